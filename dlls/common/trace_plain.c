/* Traces without Wine: the same lines, made here. */
#include "common/trace_plain.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

/* The thread whose line has not ended yet, 0 for none. Another thread's line in between makes the rest of this one look
 * like a new line, as with Wine. */
static _Atomic uint32_t partial_line;

static unsigned char plain_flags(struct cork_trace_channel *channel)
{
    unsigned char flags = __atomic_load_n(&channel->flags, __ATOMIC_RELAXED);
    char options[1024];

    if (!(flags & 1 << CORK_TRACE_CLASS_UNKNOWN)) return flags;
    cork_trace_plain_options(options, sizeof(options));
    flags = cork_trace_parse_flags(options, channel->name);
    __atomic_store_n(&channel->flags, flags, __ATOMIC_RELAXED);
    return flags;
}

static void plain_output(const char *text)
{
    size_t length = strlen(text);

    if (!length) return;
    atomic_store(&partial_line, text[length - 1] == '\n' ? 0 : cork_trace_plain_thread_id());
    cork_trace_plain_write(text);
}

static int plain_header(enum cork_trace_class class, struct cork_trace_channel *channel, const char *function)
{
    static const char *const names[] = {"fixme", "err", "warn", "trace"};
    char header[200];

    if (!(plain_flags(channel) & 1 << class)) return -1;
    if (atomic_load(&partial_line) == cork_trace_plain_thread_id()) return 0;
    snprintf(header, sizeof(header), "%04lx:%s:%.14s:%s ", (unsigned long)cork_trace_plain_thread_id(), names[class],
             channel->name, function);
    cork_trace_plain_write(header);
    return 0;
}

static const char *plain_keep(const char *text)
{
    size_t size = strlen(text) + 1;

    return memcpy(cork_trace_plain_buffer(size), text, size);
}

const struct cork_trace_backend cork_trace_plain_backend = {plain_flags, plain_header, plain_output, plain_keep};

/* Traces: what is the same on every system, and the parser of the options. */
#include "common/trace.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/trace_backend.h"

#ifdef _WIN32
#include <windows.h>

/* The C library's own knows %lld only in part; mingw-w64's follows C11. */
#define format_text __mingw_vsnprintf
#else
#define format_text vsnprintf
#endif

#define LINE_SIZE 1024

/* What a trace must leave as it was. */
struct saved_errors
{
    int c_error;
#ifdef _WIN32
    DWORD last_error;
#endif
};

static struct saved_errors save_errors(void)
{
    struct saved_errors saved;

    saved.c_error = errno;
#ifdef _WIN32
    saved.last_error = GetLastError();
#endif
    return saved;
}

static void restore_errors(const struct saved_errors *saved)
{
    errno = saved->c_error;
#ifdef _WIN32
    SetLastError(saved->last_error);
#endif
}

bool cork_trace_enabled(enum cork_trace_class class, struct cork_trace_channel *channel)
{
    struct saved_errors saved = save_errors();
    bool enabled = cork_trace_system_backend()->flags(channel) & (1 << class);

    restore_errors(&saved);
    return enabled;
}

void cork_trace_log(enum cork_trace_class class, struct cork_trace_channel *channel, const char *function,
                    const char *format, ...)
{
    struct saved_errors saved = save_errors();
    const struct cork_trace_backend *backend = cork_trace_system_backend();
    char line[LINE_SIZE];
    va_list arguments;

    if (backend->header(class, channel, function) == -1) goto done;
    va_start(arguments, format);
    format_text(line, sizeof(line), format, arguments);
    va_end(arguments);
    backend->output(line);
done:
    restore_errors(&saved);
}

const char *cork_trace_keep(const char *text)
{
    struct saved_errors saved = save_errors();
    const char *kept = cork_trace_system_backend()->keep(text);

    restore_errors(&saved);
    return kept;
}

static unsigned char class_bits(const char *name, size_t length)
{
    static const char *const names[] = {"fixme", "err", "warn", "trace"};

    if (!length) return 0x0f;
    for (unsigned i = 0; i < 4; i++)
    {
        if (strlen(names[i]) == length && !memcmp(names[i], name, length)) return (unsigned char)(1 << i);
    }
    return 0;
}

/* What the options say so far. A channel that is named starts from what holds for all at that point, and no later "all"
 * changes it: as Wine has it. */
struct parsed_flags
{
    unsigned char all, channel;
    bool named;
};

/* Applies one option. What is no option is ignored, as Wine does. */
static void apply_option(struct parsed_flags *flags, const char *option, size_t length, const char *channel)
{
    size_t class_length = strcspn(option, "+-,");
    const char *name = option + class_length + 1;
    size_t name_length;
    unsigned char bits = class_bits(option, class_length);
    unsigned char *changed;

    if (class_length >= length || !bits) return;
    name_length = length - class_length - 1;
    if (name_length == 3 && !memcmp(name, "all", 3))
        changed = &flags->all;
    else if (name_length == strlen(channel) && !memcmp(name, channel, name_length))
    {
        changed = &flags->channel;
        if (!flags->named) flags->channel = flags->all;
        flags->named = true;
    }
    else
        return;
    *changed = option[class_length] == '+' ? *changed | bits : *changed & ~bits;
}

unsigned char cork_trace_parse_flags(const char *options, const char *channel)
{
    struct parsed_flags flags = {.all = 1 << CORK_TRACE_CLASS_FIXME | 1 << CORK_TRACE_CLASS_ERR};

    while (options && *options)
    {
        size_t length = strcspn(options, ",");

        apply_option(&flags, options, length, channel);
        options += length;
        options += *options == ',';
    }
    return flags.named ? flags.channel : flags.all;
}

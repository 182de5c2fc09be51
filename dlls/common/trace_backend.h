/* Where traces go: Wine's ntdll, OutputDebugString or stderr. For libcork's own files. */
#ifndef CORK_COMMON_TRACE_BACKEND_H
#define CORK_COMMON_TRACE_BACKEND_H

#include "common/trace.h"

/* What a system does with traces. Chosen once, at the first trace. Implementations need not save the last error. */
struct cork_trace_backend
{
    /* Which classes (1 << class) of the channel are on; stores them in channel->flags where they cannot change. */
    unsigned char (*flags)(struct cork_trace_channel *channel);
    /* Begins a line, unless this thread's last one has not ended yet. Returns -1 where it is off. */
    int (*header)(enum cork_trace_class class, struct cork_trace_channel *channel, const char *function);
    /* Adds text to the line. */
    void (*output)(const char *text);
    /* A copy that is good for a while. */
    const char *(*keep)(const char *text);
};

/* The system's own. */
const struct cork_trace_backend *cork_trace_system_backend(void);

/* The system's, for text helpers. */
const char *cork_trace_keep(const char *text);

/* What a string of WINEDEBUG's syntax says about `channel`, as bits 1 << class: options [class]+channel or
 * [class]-channel, separated by commas, "all" for every channel that no option before it names. NULL or empty: errors
 * and fixmes. */
unsigned char cork_trace_parse_flags(const char *options, const char *channel);

#endif

/*
 * Debug traces on Wine's debug channels.
 *
 *   #include "common/trace.h"
 *   CORK_TRACE_CHANNEL(wsnmp32);                       once a file
 *   ...
 *   CORK_TRACE("session %p, host %s\n", session, cork_debugstr_a(host));
 *
 * Under Wine the lines come out, and are switched by WINEDEBUG, exactly as a builtin's: `WINEDEBUG=+wsnmp32`,
 * `WINEDEBUG=warn+wsnmp32,err-all`; errors and fixmes are on unless switched off. On Windows they go to
 * OutputDebugString, switched by the environment variable CORK_TRACE of the same syntax, read once. Natively (tests)
 * they go to stderr, switched by CORK_TRACE.
 *
 * A trace that is off costs the test of one byte. No trace changes the thread's last-error value or errno. Formats are
 * those of C11 printf (%zu, %llu and so on work in the Windows builds too); a line is at most 1023 bytes and ends with
 * \n. A line may be made in several calls by the same thread; the header comes before its first part only.
 */
#ifndef CORK_COMMON_TRACE_H
#define CORK_COMMON_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The numbers and the channel's layout are those of Wine's include/wine/debug.h, because ntdll fills them in. */
enum cork_trace_class
{
    CORK_TRACE_CLASS_FIXME,
    CORK_TRACE_CLASS_ERR,
    CORK_TRACE_CLASS_WARN,
    CORK_TRACE_CLASS_TRACE,
    CORK_TRACE_CLASS_UNKNOWN = 7, /* bit: the flags have yet to be asked for */
};

struct cork_trace_channel
{
    unsigned char flags;
    char name[15];
};

/* Declares the channel that the file's traces belong to: the DLL's name, at most 14 characters, without quotes. */
#define CORK_TRACE_CHANNEL(channel)                                                                                    \
    static struct cork_trace_channel cork_trace_file_channel __attribute__((unused)) = {0xff, #channel}

/* Something unusual that the caller or the peer did, and that an API error reports. Off unless switched on. */
#define CORK_WARN(...) CORK_TRACE_LOG(CORK_TRACE_CLASS_WARN, __VA_ARGS__)
/* The course of things: one line where an exported function begins. Off unless switched on. */
#define CORK_TRACE(...) CORK_TRACE_LOG(CORK_TRACE_CLASS_TRACE, __VA_ARGS__)
/* Something that must not happen. On unless switched off. */
#define CORK_ERR(...) CORK_TRACE_LOG(CORK_TRACE_CLASS_ERR, __VA_ARGS__)
/* Something that is not there yet. On unless switched off. */
#define CORK_FIXME(...) CORK_TRACE_LOG(CORK_TRACE_CLASS_FIXME, __VA_ARGS__)

/* True where traces are on, to save the work of making their arguments. */
#define CORK_TRACE_ON() CORK_TRACE_CLASS_ON(CORK_TRACE_CLASS_TRACE)

#define CORK_TRACE_CLASS_ON(class)                                                                                     \
    ((__atomic_load_n(&cork_trace_file_channel.flags, __ATOMIC_RELAXED) & (1 << (class))) &&                           \
     cork_trace_enabled((class), &cork_trace_file_channel))

#define CORK_TRACE_LOG(class, ...)                                                                                     \
    do                                                                                                                 \
    {                                                                                                                  \
        if (CORK_TRACE_CLASS_ON(class)) cork_trace_log((class), &cork_trace_file_channel, __func__, __VA_ARGS__);      \
    }                                                                                                                  \
    while (0)

/* Behind the macros. */
#ifdef _WIN32
#define CORK_PRINTF_FORMAT(string, first) __attribute__((format(gnu_printf, string, first)))
#else
#define CORK_PRINTF_FORMAT(string, first) __attribute__((format(printf, string, first)))
#endif
bool cork_trace_enabled(enum cork_trace_class class, struct cork_trace_channel *channel);
void cork_trace_log(enum cork_trace_class class, struct cork_trace_channel *channel, const char *function,
                    const char *format, ...) CORK_PRINTF_FORMAT(4, 5);

/* Text for traces: quoted and escaped, shortened with "..." where long, "(null)" for NULL. The result belongs to the
 * library and is good until a few dozen more have been asked for; don't keep it. */
const char *cork_debugstr_a(const char *string);
/* `length` in bytes; -1: up to the terminating 0. */
const char *cork_debugstr_an(const char *string, ptrdiff_t length);
/* UTF-16 (WCHAR); as L"...". */
const char *cork_debugstr_w(const void *string);
/* `length` in 16-bit units; -1: up to the terminating 0. */
const char *cork_debugstr_wn(const void *string, ptrdiff_t length);
/* Bytes in hexadecimal with their number: "4:00 01 fe ff". */
const char *cork_debugstr_bytes(const void *data, size_t size);

#endif

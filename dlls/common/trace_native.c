/* Traces in native builds (tests): to stderr. */
#ifndef _WIN32

#include "common/trace_plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#define KEPT      32
#define KEPT_SIZE 320

uint32_t cork_trace_plain_thread_id(void)
{
    return (uint32_t)syscall(SYS_gettid);
}

void cork_trace_plain_write(const char *text)
{
    fputs(text, stderr);
}

void cork_trace_plain_options(char *options, size_t size)
{
    const char *value = getenv("CORK_TRACE");
    int length = snprintf(options, size, "%s", value ? value : "");

    if (length < 0 || (size_t)length >= size) options[0] = 0;
}

char *cork_trace_plain_buffer(size_t size)
{
    static _Thread_local char kept[KEPT][KEPT_SIZE];
    static _Thread_local unsigned next;

    if (size > KEPT_SIZE) abort();
    return kept[next++ % KEPT];
}

const struct cork_trace_backend *cork_trace_system_backend(void)
{
    return &cork_trace_plain_backend;
}

#endif

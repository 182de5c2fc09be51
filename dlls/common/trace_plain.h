/* Traces without Wine: the same lines, made here. For libcork's own files. */
#ifndef CORK_COMMON_TRACE_PLAIN_H
#define CORK_COMMON_TRACE_PLAIN_H

#include <stddef.h>
#include <stdint.h>

#include "common/trace_backend.h"

extern const struct cork_trace_backend cork_trace_plain_backend;

/* Given by each system. */
uint32_t cork_trace_plain_thread_id(void);
void cork_trace_plain_write(const char *text);
/* Copies the value of the environment variable CORK_TRACE, empty where there is none or it is too long. */
void cork_trace_plain_options(char *options, size_t size);
/* A buffer of `size` bytes or more to keep a text in; the oldest of a few dozen. */
char *cork_trace_plain_buffer(size_t size);

#endif

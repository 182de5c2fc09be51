/*
 * An allocator for unit tests that counts, and fails on demand. For one thread.
 */
#ifndef CORK_TESTS_COUNTING_ALLOCATOR_H
#define CORK_TESTS_COUNTING_ALLOCATOR_H

#include <stdbool.h>
#include <stddef.h>

/* Puts it in the place of a library's allocator; nothing fails until fail_allocation. */
void count_allocations(void *(**alloc)(size_t size), void (**release)(void *memory));

/* The allocation after `successes` more fails, once; negative: none does. */
void fail_allocation(long successes);

/* Whether the failure that was asked for has happened. */
bool allocation_failed(void);

/* Blocks that are not freed yet, and allocations made so far. */
long live_allocations(void);
long total_allocations(void);

/* The most octets that one allocation asked for since fail_allocation was called. */
size_t largest_allocation(void);

#endif

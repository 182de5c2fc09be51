/*
 * The allocator of mi.dll's portable half: function pointers, so that a test can make any allocation fail.
 */
#ifndef CORK_MI_ALLOCATION_H
#define CORK_MI_ALLOCATION_H

#include <stddef.h>

/*
 * mi_alloc: `size` bytes (never 0), aligned as malloc aligns, contents undefined; NULL when there is no memory.
 * mi_free: gives back what mi_alloc returned; NULL is allowed.
 *
 * malloc and free unless set otherwise. Set both before the first use of the library, on one thread; the functions
 * themselves are called on any thread.
 */
extern void *(*mi_alloc)(size_t size);
extern void (*mi_free)(void *memory);

#endif

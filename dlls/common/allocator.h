/* Where a libcork structure gets its memory from, so that tests can make each allocation fail in turn. */
#ifndef CORK_COMMON_ALLOCATOR_H
#define CORK_COMMON_ALLOCATOR_H

#include <stddef.h>

/* `alloc` returns memory aligned for any type, or NULL; `free` takes what alloc returned, never NULL. Both may be
 * called from any thread, also at the same time. `context` is handed to both. */
struct cork_allocator
{
    void *(*alloc)(void *context, size_t size);
    void (*free)(void *context, void *memory);
    void *context;
};

/* malloc and free. */
extern const struct cork_allocator cork_default_allocator;

#endif

/* The default allocator. */
#include "common/allocator.h"

#include <stdlib.h>

static void *default_alloc(void *context, size_t size)
{
    (void)context;
    return malloc(size);
}

static void default_free(void *context, void *memory)
{
    (void)context;
    free(memory);
}

const struct cork_allocator cork_default_allocator = {default_alloc, default_free, NULL};

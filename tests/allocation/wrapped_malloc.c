/*
 * The allocator of a DLL that allocates by malloc itself: the linker's --wrap puts these in their place, which count
 * and fail as each_allocation.h says.
 */
#include "each_allocation.h"

#include <string.h>

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void __wrap_free(void *memory);

void *__wrap_malloc(size_t size)
{
    return counting_alloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    void *memory = size && count > (size_t)-1 / size ? NULL : counting_alloc(count * size);

    return memory ? memset(memory, 0, count * size) : NULL;
}

void __wrap_free(void *memory)
{
    counting_free(memory);
}

void *__wrap_realloc(void *memory, size_t size)
{
    void *larger = counting_alloc(size);
    size_t old = memory ? HeapSize(GetProcessHeap(), 0, memory) : 0;

    if (!larger) return NULL;
    if (memory) memcpy(larger, memory, old < size ? old : size);
    counting_free(memory);
    return larger;
}

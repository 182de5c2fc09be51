#include "counting_allocator.h"

#include <stdlib.h>

static long live, total, until_failure = -1;
static bool failed;
static size_t largest;

static void *counting_alloc(size_t size)
{
    void *memory;

    if (size > largest) largest = size;
    if (until_failure >= 0 && until_failure-- == 0)
    {
        failed = true;
        return NULL;
    }
    memory = malloc(size);
    live += memory != NULL;
    total += memory != NULL;
    return memory;
}

static void counting_free(void *memory)
{
    live -= memory != NULL;
    free(memory);
}

void count_allocations(void *(**alloc)(size_t size), void (**release)(void *memory))
{
    *alloc = counting_alloc;
    *release = counting_free;
    fail_allocation(-1);
}

void fail_allocation(long successes)
{
    until_failure = successes;
    failed = false;
    largest = 0;
}

size_t largest_allocation(void)
{
    return largest;
}

bool allocation_failed(void)
{
    return failed;
}

long live_allocations(void)
{
    return live;
}

long total_allocations(void)
{
    return total;
}

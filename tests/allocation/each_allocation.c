#include "each_allocation.h"

#include <stdio.h>

/* ---- The allocator -------------------------------------------------------------------------------------------- */

static volatile LONG live;        /* blocks that were not freed */
static volatile LONG allocations; /* since the last reset */
static volatile LONG fail_at;     /* number of the allocation that fails; 0: none */
static volatile DWORD uncounted_thread;

void *counting_alloc(size_t size)
{
    void *memory;

    if (GetCurrentThreadId() != uncounted_thread && InterlockedIncrement(&allocations) == fail_at) return NULL;
    /* Not malloc, which a test may have put this in the place of. */
    memory = HeapAlloc(GetProcessHeap(), 0, size);
    if (memory) InterlockedIncrement(&live);
    return memory;
}

void counting_free(void *memory)
{
    if (memory) InterlockedDecrement(&live);
    if (memory) HeapFree(GetProcessHeap(), 0, memory);
}

void count_no_allocations_here(void)
{
    uncounted_thread = GetCurrentThreadId();
}

long failing_allocation(void)
{
    return fail_at;
}

/* ---- The loop ------------------------------------------------------------------------------------------------- */

/* Receiving threads give their buffers back a moment after the close. */
static LONG settled(LONG expected)
{
    for (int i = 0; i < 10000 && live != expected; i++)
        Sleep(1);
    return live;
}

void each_allocation(void (*scenario)(void), void (*plain)(void), struct allocation_counts *counts)
{
    LONG baseline, n;

    scenario();
    Sleep(200);
    baseline = live;
    allocations = 0;
    scenario();
    counts->allocations = allocations;
    counts->left = settled(baseline) - baseline;
    counts->leaks = 0;
    if (plain) plain();
    /* A failure moves the later allocations, so go on until a run has none that fails. */
    for (n = 1; n <= 2 * counts->allocations; n++)
    {
        allocations = 0;
        fail_at = n;
        scenario();
        fail_at = 0;
        if (settled(baseline) != baseline)
        {
            printf("# allocation %ld: %ld blocks left\n", (long)n, (long)(live - baseline));
            counts->leaks++;
            baseline = live;
        }
        if (allocations < n) break;
    }
    counts->failed = n - 1;
}

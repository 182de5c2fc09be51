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

/* The blocks that are too many once everything has ended: threads of Cork and of the platform give theirs back a
 * moment after a close, and what an earlier scenario left to them may have been in the count that is compared with. */
static LONG left_over(LONG *baseline)
{
    LONG more;

    for (int i = 0; i < 10000 && live > *baseline; i++)
        Sleep(1);
    more = live - *baseline;
    *baseline += more;
    return more > 0 ? more : 0;
}

void each_allocation(void (*scenario)(void), void (*plain)(void), struct allocation_counts *counts)
{
    LONG baseline, left, n;

    scenario();
    Sleep(200);
    baseline = live;
    allocations = 0;
    scenario();
    counts->allocations = allocations;
    counts->left = left_over(&baseline);
    counts->leaks = 0;
    if (plain) plain();
    /* A failure moves the later allocations, so go on until a run has none that fails. */
    for (n = 1; n <= 2 * counts->allocations; n++)
    {
        allocations = 0;
        fail_at = n;
        scenario();
        fail_at = 0;
        left = left_over(&baseline);
        if (left) printf("# allocation %ld: %ld blocks left\n", (long)n, (long)left);
        counts->leaks += left != 0;
        if (allocations < n) break;
    }
    counts->failed = n - 1;
}

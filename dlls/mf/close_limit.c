#include "mf/close_limit.h"

static SRWLOCK lock = SRWLOCK_INIT; /* of all here; held for a few instructions at a time */
static struct close_limit *first;
static PTP_TIMER timer;
static ULONGLONG timer_end; /* when the timer fires; 0: not set */

static void take_off(struct close_limit *limit)
{
    *limit->link = limit->next;
    if (limit->next) limit->next->link = limit->link;
    limit->link = NULL;
}

/* Has the timer fire when the limit that ends first does, or before: then that is found out. To wind it wakes a thread,
 * which a Close that is over soon need not pay for, so it is left as it is wherever possible. Locked. */
static void set_timer(void)
{
    ULONGLONG now = GetTickCount64(), end = 0;
    ULARGE_INTEGER due;
    FILETIME time;

    for (const struct close_limit *limit = first; limit; limit = limit->next)
        if (!end || limit->end < end) end = limit->end;
    if (!end || (timer_end && timer_end <= end)) return;
    timer_end = end;
    due.QuadPart = (ULONGLONG) - (LONGLONG)(end > now ? (end - now) * 10000 : 1); /* from now on, in 100 ns */
    time.dwLowDateTime = due.LowPart;
    time.dwHighDateTime = due.HighPart;
    SetThreadpoolTimer(timer, &time, 0, 0);
}

/* One that is over, taken off; NULL: none. */
static struct close_limit *take_expired(void)
{
    ULONGLONG now = GetTickCount64();
    struct close_limit *limit;

    AcquireSRWLockExclusive(&lock);
    timer_end = 0; /* it has fired */
    for (limit = first; limit && limit->end > now; limit = limit->next)
        continue;
    if (limit) take_off(limit);
    /* Before anything is called, which may take long: the others' time goes on. */
    set_timer();
    ReleaseSRWLockExclusive(&lock);
    return limit;
}

static void CALLBACK timer_fires(TP_CALLBACK_INSTANCE *instance, void *context, TP_TIMER *fired)
{
    struct close_limit *limit;

    (void)instance;
    (void)context;
    (void)fired;
    while ((limit = take_expired()))
        limit->expired(limit);
}

HRESULT close_limit_set(struct close_limit *limit, DWORD time, void (*expired)(struct close_limit *limit))
{
    HRESULT hr = S_OK;

    AcquireSRWLockExclusive(&lock);
    if (!timer) timer = CreateThreadpoolTimer(timer_fires, NULL, NULL);
    if (timer)
    {
        limit->end = GetTickCount64() + time;
        limit->expired = expired;
        limit->next = first;
        limit->link = &first;
        if (first) first->link = &limit->next;
        first = limit;
        set_timer();
    }
    else
        hr = E_OUTOFMEMORY;
    ReleaseSRWLockExclusive(&lock);
    return hr;
}

bool close_limit_cancel(struct close_limit *limit)
{
    bool was_set;

    AcquireSRWLockExclusive(&lock);
    was_set = limit->link != NULL;
    if (was_set)
    {
        take_off(limit);
    }
    ReleaseSRWLockExclusive(&lock);
    return was_set;
}

/*
 * The time that Close has: one timer of the system's pool for all sessions that are closing. mfplat's own scheduled
 * work items are not for this: Wine's keeps the callback of one that is cancelled for ever, and nearly every one is.
 */
#ifndef CORK_MF_CLOSE_LIMIT_H
#define CORK_MF_CLOSE_LIMIT_H

#include <stdbool.h>
#include <windows.h>

/* Lies in what it limits. All zeros: not set. */
struct close_limit
{
    struct close_limit *next, **link; /* link: NULL while it is not set */
    ULONGLONG end;                    /* GetTickCount64 */
    /* Called once, on a thread of the pool with no lock held, when the time is over. */
    void (*expired)(struct close_limit *limit);
};

/* Sets a limit that is not set, `time` milliseconds from now. Any thread. Returns E_OUTOFMEMORY where the pool has no
 * timer. */
HRESULT close_limit_set(struct close_limit *limit, DWORD time, void (*expired)(struct close_limit *limit));

/* Returns true where it was set and `expired` has not been called, and now will not be. Does not wait. Any thread. */
bool close_limit_cancel(struct close_limit *limit);

#endif

/*
 * A lock for a few instructions, on Windows: what SRWLOCK is for, where it is taken so often that its cost counts.
 *
 *   static struct cork_quick_lock lock;      all-zero is free; nothing to destroy
 *   cork_quick_lock(&lock);
 *   ...
 *   cork_quick_unlock(&lock);
 *
 * Free of contention it takes two atomic operations; a fifth of the time of Wine 8's SRWLOCK, which makes function
 * calls and mixes operations of 16 and 32 bits on one word. Waiting threads sleep in WaitOnAddress. Not recursive, no
 * readers' side, no fairness, no condition variable. Never fails, and leaves the last-error value alone where nobody
 * waits.
 *
 * The three states are those of "Futexes Are Tricky" (U. Drepper, 2011), section 5, mutex 2.
 */
#ifndef CORK_COMMON_QUICK_LOCK_H
#define CORK_COMMON_QUICK_LOCK_H

#ifdef _WIN32

struct cork_quick_lock
{
    volatile long state; /* 0: free; 1: held; 2: held, and others may sleep */
};

/* The parts where threads meet. */
void cork_quick_lock_contended(struct cork_quick_lock *lock);
void cork_quick_lock_wake(struct cork_quick_lock *lock);

static inline void cork_quick_lock(struct cork_quick_lock *lock)
{
    long expected = 0;

    if (!__atomic_compare_exchange_n(&lock->state, &expected, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
        cork_quick_lock_contended(lock);
}

/* By the thread that holds it. The lock's memory may be freed by another thread as soon as that could take it. */
static inline void cork_quick_unlock(struct cork_quick_lock *lock)
{
    if (__atomic_exchange_n(&lock->state, 0, __ATOMIC_RELEASE) == 2) cork_quick_lock_wake(lock);
}

#endif

#endif

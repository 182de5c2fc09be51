#ifdef _WIN32

#include "common/quick_lock.h"

#include <windows.h>

/* About as long as what the lock protects: sleeping and waking takes a hundred times as much. */
#define SPINS 50

void cork_quick_lock_contended(struct cork_quick_lock *lock)
{
    long occupied = 2;

    for (int i = 0; i < SPINS; i++)
    {
        long expected = 0;

        if (__atomic_compare_exchange_n(&lock->state, &expected, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) return;
        YieldProcessor();
    }
    while (__atomic_exchange_n(&lock->state, 2, __ATOMIC_ACQUIRE))
        WaitOnAddress(&lock->state, &occupied, sizeof(occupied), INFINITE);
}

void cork_quick_lock_wake(struct cork_quick_lock *lock)
{
    /* Only the address is used, so it does not matter whether the memory is still the lock's. */
    WakeByAddressSingle((void *)&lock->state);
}

#endif

/*
 * The few things of the operating system that libcork's portable parts need: a lock and a condition variable.
 *
 * WaitOnAddress behind atomic operations on Windows, pthreads natively. None can fail.
 */
#ifndef CORK_COMMON_PLATFORM_H
#define CORK_COMMON_PLATFORM_H

#ifdef _WIN32

#include <windows.h>

#include "common/quick_lock.h"

struct cork_mutex
{
    struct cork_quick_lock lock;
};

/* How often it was woken: who waits sleeps until that changes. */
struct cork_condition
{
    volatile long wakes;
};

#define CORK_MUTEX_INIT                                                                                                \
    {                                                                                                                  \
        {                                                                                                              \
            0                                                                                                          \
        }                                                                                                              \
    }
#define CORK_CONDITION_INIT                                                                                            \
    {                                                                                                                  \
        0                                                                                                              \
    }

static inline void cork_mutex_lock(struct cork_mutex *mutex)
{
    cork_quick_lock(&mutex->lock);
}

static inline void cork_mutex_unlock(struct cork_mutex *mutex)
{
    cork_quick_unlock(&mutex->lock);
}

/* Waits with the mutex given up meanwhile; may also return for no reason. */
static inline void cork_condition_wait(struct cork_condition *condition, struct cork_mutex *mutex)
{
    long before = condition->wakes;

    cork_mutex_unlock(mutex);
    WaitOnAddress(&condition->wakes, &before, sizeof(before), INFINITE);
    cork_mutex_lock(mutex);
}

/* The same, for at most so many milliseconds. */
static inline void cork_condition_wait_for(struct cork_condition *condition, struct cork_mutex *mutex,
                                           unsigned milliseconds)
{
    long before = condition->wakes;

    cork_mutex_unlock(mutex);
    WaitOnAddress(&condition->wakes, &before, sizeof(before), milliseconds);
    cork_mutex_lock(mutex);
}

/* With the mutex held. */
static inline void cork_condition_wake_all(struct cork_condition *condition)
{
    __atomic_add_fetch(&condition->wakes, 1, __ATOMIC_RELEASE);
    WakeByAddressAll((void *)&condition->wakes);
}

#else

#include <pthread.h>
#include <time.h>

struct cork_mutex
{
    pthread_mutex_t lock;
};

struct cork_condition
{
    pthread_cond_t variable;
};

#define CORK_MUTEX_INIT                                                                                                \
    {                                                                                                                  \
        PTHREAD_MUTEX_INITIALIZER                                                                                      \
    }
#define CORK_CONDITION_INIT                                                                                            \
    {                                                                                                                  \
        PTHREAD_COND_INITIALIZER                                                                                       \
    }

static inline void cork_mutex_lock(struct cork_mutex *mutex)
{
    pthread_mutex_lock(&mutex->lock);
}

static inline void cork_mutex_unlock(struct cork_mutex *mutex)
{
    pthread_mutex_unlock(&mutex->lock);
}

/* Waits with the mutex given up meanwhile; may also return for no reason. */
static inline void cork_condition_wait(struct cork_condition *condition, struct cork_mutex *mutex)
{
    pthread_cond_wait(&condition->variable, &mutex->lock);
}

/* The same, for at most so many milliseconds. */
static inline void cork_condition_wait_for(struct cork_condition *condition, struct cork_mutex *mutex,
                                           unsigned milliseconds)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += milliseconds / 1000;
    until.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000)
    {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    pthread_cond_timedwait(&condition->variable, &mutex->lock, &until);
}

static inline void cork_condition_wake_all(struct cork_condition *condition)
{
    pthread_cond_broadcast(&condition->variable);
}

#endif

#endif

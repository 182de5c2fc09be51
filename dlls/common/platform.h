/*
 * The few things of the operating system that libcork's portable parts need: a lock and a condition variable.
 *
 * SRWLOCK and CONDITION_VARIABLE on Windows, pthreads natively. None can fail, none changes the last-error value.
 */
#ifndef CORK_COMMON_PLATFORM_H
#define CORK_COMMON_PLATFORM_H

#ifdef _WIN32

#include <windows.h>

struct cork_mutex
{
    SRWLOCK lock;
};

struct cork_condition
{
    CONDITION_VARIABLE variable;
};

#define CORK_MUTEX_INIT                                                                                                \
    {                                                                                                                  \
        SRWLOCK_INIT                                                                                                   \
    }
#define CORK_CONDITION_INIT                                                                                            \
    {                                                                                                                  \
        CONDITION_VARIABLE_INIT                                                                                        \
    }

static inline void cork_mutex_lock(struct cork_mutex *mutex)
{
    AcquireSRWLockExclusive(&mutex->lock);
}

static inline void cork_mutex_unlock(struct cork_mutex *mutex)
{
    ReleaseSRWLockExclusive(&mutex->lock);
}

/* Waits with the mutex given up meanwhile; may also return for no reason. */
static inline void cork_condition_wait(struct cork_condition *condition, struct cork_mutex *mutex)
{
    SleepConditionVariableSRW(&condition->variable, &mutex->lock, INFINITE, 0);
}

static inline void cork_condition_wake_all(struct cork_condition *condition)
{
    WakeAllConditionVariable(&condition->variable);
}

#else

#include <pthread.h>

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

static inline void cork_condition_wake_all(struct cork_condition *condition)
{
    pthread_cond_broadcast(&condition->variable);
}

#endif

#endif

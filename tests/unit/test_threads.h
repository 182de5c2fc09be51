/* Threads for tests that are built natively and for Windows. */
#ifndef TEST_THREADS_H
#define TEST_THREADS_H

#include <stdlib.h>

#ifdef _WIN32

#include <windows.h>

struct test_thread
{
    HANDLE handle;
    void (*function)(void *);
    void *argument;
};

static DWORD WINAPI test_thread_entry(void *pointer)
{
    struct test_thread *thread = pointer;

    thread->function(thread->argument);
    return 0;
}

static inline void test_thread_start(struct test_thread *thread, void (*function)(void *), void *argument)
{
    thread->function = function;
    thread->argument = argument;
    thread->handle = CreateThread(NULL, 0, test_thread_entry, thread, 0, NULL);
    if (!thread->handle) abort();
}

static inline void test_thread_join(struct test_thread *thread)
{
    WaitForSingleObject(thread->handle, INFINITE);
    CloseHandle(thread->handle);
}

static inline unsigned long test_thread_id(void)
{
    return GetCurrentThreadId();
}

static inline void test_yield(void)
{
    Sleep(0);
}

/* Gives others time to do what they must not do; no test waits with it for what has to happen. */
static inline void test_pause(void)
{
    Sleep(20);
}

#else

#include <pthread.h>
#include <sched.h>
#include <time.h>

struct test_thread
{
    pthread_t handle;
    void (*function)(void *);
    void *argument;
};

static void *test_thread_entry(void *pointer)
{
    struct test_thread *thread = pointer;

    thread->function(thread->argument);
    return NULL;
}

static inline void test_thread_start(struct test_thread *thread, void (*function)(void *), void *argument)
{
    thread->function = function;
    thread->argument = argument;
    if (pthread_create(&thread->handle, NULL, test_thread_entry, thread)) abort();
}

static inline void test_thread_join(struct test_thread *thread)
{
    pthread_join(thread->handle, NULL);
}

static inline unsigned long test_thread_id(void)
{
    return (unsigned long)pthread_self();
}

static inline void test_yield(void)
{
    sched_yield();
}

/* Gives others time to do what they must not do; no test waits with it for what has to happen. */
static inline void test_pause(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
}

#endif

#endif

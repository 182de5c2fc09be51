/*
 * Work of one object on the threads of the system's pool, one piece at a time: a clock's timers, the notices of one
 * clock state sink, the samples of one sample grabber. What takes long there (it calls the application) holds up
 * neither mfplat's work queues, of which the standard one has a single thread, nor another object's work.
 */
#ifndef CORK_MF_POOL_WORKER_H
#define CORK_MF_POOL_WORKER_H

#include <stdbool.h>
#include <windows.h>

struct pool_worker
{
    PTP_WORK work;
    volatile LONG state;
    /* Does what there is to do. Never called twice at once. */
    void (*run)(struct pool_worker *worker);
    /* Takes a reference to the object that the worker lies in; false: it is about to go. */
    bool (*hold)(struct pool_worker *worker);
    /* Gives it back; may free the object and the worker in it. */
    void (*release)(struct pool_worker *worker);
};

/* Fills in `worker`, which lies in the object that it works for. Returns E_OUTOFMEMORY where the pool has none. */
HRESULT pool_worker_init(struct pool_worker *worker, void (*run)(struct pool_worker *worker),
                         bool (*hold)(struct pool_worker *worker), void (*release)(struct pool_worker *worker));

/* Has `run` called, once or more, at a time after this call, with a reference held meanwhile. Any thread, any locks. */
void pool_worker_wake(struct pool_worker *worker);

/* As pool_worker_wake, but `run` is called on this thread, before the function returns; where a thread is at it
 * already, that one looks again instead. Any thread, no locks. */
void pool_worker_run_here(struct pool_worker *worker);

/* Lets go of what pool_worker_init made, when the object's last reference has gone. Does not wait. A worker that is all
 * zeros is left alone. */
void pool_worker_close(struct pool_worker *worker);

#endif

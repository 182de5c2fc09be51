/* See pool_worker.h. */
#include "mf/pool_worker.h"

enum
{
    IDLE,
    RUNNING,
    WOKEN
};

/* Does what there is to do, and then gives the reference back. */
static void work_here(struct pool_worker *worker)
{
    do
    {
        InterlockedExchange(&worker->state, RUNNING);
        worker->run(worker);
    }
    while (InterlockedCompareExchange(&worker->state, IDLE, RUNNING) != RUNNING);
    worker->release(worker);
}

static void CALLBACK work(PTP_CALLBACK_INSTANCE instance, void *context, PTP_WORK pool_work)
{
    (void)instance;
    (void)pool_work;
    work_here(context);
}

HRESULT pool_worker_init(struct pool_worker *worker, void (*run)(struct pool_worker *worker),
                         bool (*hold)(struct pool_worker *worker), void (*release)(struct pool_worker *worker))
{
    worker->run = run;
    worker->hold = hold;
    worker->release = release;
    worker->state = IDLE;
    worker->work = CreateThreadpoolWork(work, worker, NULL);
    return worker->work ? S_OK : E_OUTOFMEMORY;
}

void pool_worker_wake(struct pool_worker *worker)
{
    /* A worker that is at it has its reference and looks again. */
    if (InterlockedExchange(&worker->state, WOKEN) != IDLE) return;
    if (worker->hold(worker)) SubmitThreadpoolWork(worker->work);
}

void pool_worker_run_here(struct pool_worker *worker)
{
    if (InterlockedExchange(&worker->state, WOKEN) != IDLE) return;
    if (worker->hold(worker)) work_here(worker);
}

void pool_worker_close(struct pool_worker *worker)
{
    if (worker->work) CloseThreadpoolWork(worker->work);
    worker->work = NULL;
}

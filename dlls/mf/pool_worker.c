/* See pool_worker.h. */
#include "mf/pool_worker.h"

enum
{
    IDLE,
    RUNNING,
    WOKEN
};

static void CALLBACK work(PTP_CALLBACK_INSTANCE instance, void *context, PTP_WORK pool_work)
{
    struct pool_worker *worker = context;

    (void)instance;
    (void)pool_work;
    do
    {
        InterlockedExchange(&worker->state, RUNNING);
        worker->run(worker);
    }
    while (InterlockedCompareExchange(&worker->state, IDLE, RUNNING) != RUNNING);
    worker->release(worker);
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

void pool_worker_close(struct pool_worker *worker)
{
    if (worker->work) CloseThreadpoolWork(worker->work);
    worker->work = NULL;
}

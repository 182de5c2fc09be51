/* See timer.h. */
#include "mf/timer.h"

#include <stdlib.h>
#include <mfapi.h>
#include <mferror.h>

#include "mf/clock_time.h"
#include "mf/com.h"
#include "mf/pool_worker.h"

struct timer
{
    struct clock_timer public;
    volatile LONG refs;
    IMFAsyncCallback *callback;
    IMFAsyncResult *result;
    struct pool_worker worker; /* a callback that takes long holds up no other timer */
};

static const struct com_interface interfaces[] = {{&IID_IUnknown, offsetof(struct timer, public.IUnknown_iface)}};

static HRESULT timer_query(struct timer *timer, REFIID iid, void **out)
{
    return com_query(timer, interfaces, 1, iid, out);
}

static ULONG timer_addref(struct timer *timer)
{
    return InterlockedIncrement(&timer->refs);
}

static ULONG timer_release(struct timer *timer)
{
    ULONG refs = InterlockedDecrement(&timer->refs);

    if (refs) return refs;
    pool_worker_close(&timer->worker);
    if (timer->result) IMFAsyncResult_Release(timer->result);
    IMFAsyncCallback_Release(timer->callback);
    free(timer);
    return 0;
}

COM_UNKNOWN(timer_unknown, IUnknown, timer, public.IUnknown_iface)

static IUnknownVtbl timer_vtbl = {timer_unknown_QueryInterface, timer_unknown_AddRef, timer_unknown_Release};

/* "The callback's Invoke method is called": where it names a work queue of its own (IMFAsyncCallback::GetParameters),
 * there; else here. */
static void invoke(struct pool_worker *worker)
{
    struct timer *timer = CONTAINING_RECORD(worker, struct timer, worker);
    DWORD flags, queue;

    if (SUCCEEDED(IMFAsyncCallback_GetParameters(timer->callback, &flags, &queue)) && queue &&
        queue != MFASYNC_CALLBACK_QUEUE_STANDARD && SUCCEEDED(MFPutWorkItemEx(queue, timer->result)))
        return;
    IMFAsyncCallback_Invoke(timer->callback, timer->result);
}

static bool hold_timer(struct pool_worker *worker)
{
    timer_addref(CONTAINING_RECORD(worker, struct timer, worker));
    return true;
}

static void release_timer(struct pool_worker *worker)
{
    timer_release(CONTAINING_RECORD(worker, struct timer, worker));
}

HRESULT clock_timer_create(IMFAsyncCallback *callback, IUnknown *state, struct clock_timer **out)
{
    struct timer *timer = calloc(1, sizeof(*timer));
    HRESULT hr;

    if (!timer) return E_OUTOFMEMORY;
    timer->public.IUnknown_iface.lpVtbl = &timer_vtbl;
    timer->refs = 1;
    timer->callback = callback;
    IMFAsyncCallback_AddRef(callback);
    hr = MFCreateAsyncResult(NULL, callback, state, &timer->result);
    if (SUCCEEDED(hr)) hr = pool_worker_init(&timer->worker, invoke, hold_timer, release_timer);
    if (SUCCEEDED(hr))
        *out = &timer->public;
    else
        timer_release(timer);
    return hr;
}

void clock_timer_fire(struct clock_timer *public, HRESULT status)
{
    struct timer *timer = CONTAINING_RECORD(public, struct timer, public);

    IMFAsyncResult_SetStatus(timer->result, status);
    pool_worker_wake(&timer->worker);
    timer_release(timer);
}

void clock_timers_fire(struct clock_timer *timers, HRESULT status)
{
    while (timers)
    {
        struct clock_timer *next = timers->next;

        clock_timer_fire(timers, status);
        timers = next;
    }
}

struct clock_timer *clock_timers_take(struct clock_timer **timers, const IUnknown *key)
{
    for (; *timers; timers = &(*timers)->next)
    {
        struct clock_timer *timer = *timers;

        if (&timer->IUnknown_iface != key) continue;
        *timers = timer->next;
        timer->next = NULL;
        return timer;
    }
    return NULL;
}

struct clock_timer *clock_timers_due(struct clock_timer **timers, int64_t now, float rate, uint32_t *wait)
{
    struct clock_timer *due = NULL, **end = &due;

    *wait = CLOCK_NEVER;
    while (*timers)
    {
        struct clock_timer *timer = *timers;
        uint32_t left;

        if (timer->relative) timer->time = clock_timer_target(now, timer->time, rate);
        timer->relative = false;
        left = clock_timer_wait(now, timer->time, rate);
        if (left < *wait && left) *wait = left;
        if (left)
        {
            timers = &timer->next;
            continue;
        }
        *timers = timer->next;
        timer->next = NULL;
        *end = timer;
        end = &timer->next;
    }
    return due;
}

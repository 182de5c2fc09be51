/* See event_delivery.h. */
#include "mf/event_delivery.h"

#include <stdlib.h>
#include <mferror.h>

#include "common/trace.h"
#include "mf/com.h"

CORK_TRACE_CHANNEL(mf);

/* Calls the application's callback, once, however often it is posted itself. */
struct relay
{
    IMFAsyncCallback iface;
    LONG refs;
    LONG called;
    IMFAsyncCallback *to;
    DWORD flags, queue; /* the application's GetParameters */
};

static HRESULT relay_query(struct relay *relay, REFIID iid, void **out)
{
    static const struct com_interface interfaces[] = {{&IID_IMFAsyncCallback, offsetof(struct relay, iface)}};

    return com_query(relay, interfaces, ARRAYSIZE(interfaces), iid, out);
}

static ULONG relay_addref(struct relay *relay)
{
    return InterlockedIncrement(&relay->refs);
}

static ULONG relay_release(struct relay *relay)
{
    ULONG refs = InterlockedDecrement(&relay->refs);

    if (refs) return refs;
    IMFAsyncCallback_Release(relay->to);
    free(relay);
    return 0;
}

COM_UNKNOWN(relay, IMFAsyncCallback, relay, iface)

static HRESULT WINAPI relay_GetParameters(IMFAsyncCallback *iface, DWORD *flags, DWORD *queue)
{
    struct relay *relay = COM_OBJECT(iface, relay, iface);

    *flags = relay->flags;
    *queue = relay->queue;
    return S_OK;
}

static HRESULT WINAPI relay_Invoke(IMFAsyncCallback *iface, IMFAsyncResult *result)
{
    struct relay *relay = COM_OBJECT(iface, relay, iface);

    if (InterlockedExchange(&relay->called, 1)) return S_OK;
    return IMFAsyncCallback_Invoke(relay->to, result);
}

static IMFAsyncCallbackVtbl relay_vtbl = {relay_QueryInterface, relay_AddRef, relay_Release, relay_GetParameters,
                                          relay_Invoke};

/* The result that `callback` is called with. Returns E_OUTOFMEMORY. */
static HRESULT create_result(IMFAsyncCallback *callback, IUnknown *state, IMFAsyncResult **result)
{
    struct relay *relay = calloc(1, sizeof(*relay));
    HRESULT hr;

    if (!relay) return E_OUTOFMEMORY;
    relay->iface.lpVtbl = &relay_vtbl;
    relay->refs = 1;
    relay->to = callback;
    IMFAsyncCallback_AddRef(callback);
    relay->queue = MFASYNC_CALLBACK_QUEUE_STANDARD;
    if (FAILED(IMFAsyncCallback_GetParameters(callback, &relay->flags, &relay->queue)))
    {
        relay->flags = 0;
        relay->queue = MFASYNC_CALLBACK_QUEUE_STANDARD;
    }
    hr = MFCreateAsyncResult(NULL, &relay->iface, state, result);
    relay_release(relay);
    return hr;
}

/* Has the callback called. Locked. */
static HRESULT post(struct event_delivery *delivery)
{
    if (delivery->moved) return MFPutWorkItemEx(MFASYNC_CALLBACK_QUEUE_MULTITHREADED, delivery->waiting);
    return MFInvokeCallback(delivery->waiting);
}

/* Who waits gets an event, where there is one. What cannot be posted is tried again with the next event. Locked. */
static void serve(struct event_delivery *delivery)
{
    if (!delivery->waiting || delivery->posted) return;
    if (!delivery->event &&
        FAILED(IMFMediaEventQueue_GetEvent(delivery->queue, MF_EVENT_FLAG_NO_WAIT, &delivery->event)))
    {
        delivery->event = NULL;
        return;
    }
    delivery->posted = SUCCEEDED(post(delivery));
    if (!delivery->posted) CORK_ERR("an event cannot be told of now\n");
}

/* Nobody waits any more. Locked; what it gives back is to be released without the lock. */
static IMFAsyncResult *take_waiting(struct event_delivery *delivery, IMFMediaEvent **event)
{
    IMFAsyncResult *waiting = delivery->waiting;

    *event = delivery->event;
    delivery->waiting = NULL;
    delivery->called = NULL;
    delivery->event = NULL;
    delivery->posted = false;
    return waiting;
}

HRESULT event_delivery_init(struct event_delivery *delivery)
{
    InitializeSRWLock(&delivery->lock);
    return MFCreateEventQueue(&delivery->queue);
}

void event_delivery_shutdown(struct event_delivery *delivery)
{
    IMFAsyncResult *waiting;
    IMFMediaEvent *event;

    AcquireSRWLockExclusive(&delivery->lock);
    delivery->shut_down = true;
    waiting = take_waiting(delivery, &event);
    ReleaseSRWLockExclusive(&delivery->lock);
    if (waiting) IMFAsyncResult_Release(waiting);
    if (event) IMFMediaEvent_Release(event);
    IMFMediaEventQueue_Shutdown(delivery->queue);
}

void event_delivery_close(struct event_delivery *delivery)
{
    if (!delivery->queue) return;
    event_delivery_shutdown(delivery);
    IMFMediaEventQueue_Release(delivery->queue);
}

HRESULT event_delivery_get(struct event_delivery *delivery, DWORD flags, IMFMediaEvent **event)
{
    bool waited_for;

    if (!event) return E_POINTER;
    AcquireSRWLockExclusive(&delivery->lock);
    waited_for = delivery->waiting != NULL;
    ReleaseSRWLockExclusive(&delivery->lock);
    return waited_for ? MF_E_MULTIPLE_SUBSCRIBERS : IMFMediaEventQueue_GetEvent(delivery->queue, flags, event);
}

/* What a second BeginGetEvent before the first one's end is told. Locked. */
static HRESULT refuse(const struct event_delivery *delivery, const IMFAsyncCallback *callback, const IUnknown *state)
{
    if (delivery->called != callback) return MF_E_MULTIPLE_SUBSCRIBERS;
    return IMFAsyncResult_GetStateNoAddRef(delivery->waiting) == state ? MF_S_MULTIPLE_BEGIN : MF_E_MULTIPLE_BEGIN;
}

HRESULT event_delivery_begin(struct event_delivery *delivery, IMFAsyncCallback *callback, IUnknown *state)
{
    IMFAsyncResult *result;
    HRESULT hr;

    if (!callback) return E_INVALIDARG;
    if (FAILED(hr = create_result(callback, state, &result))) return hr;
    AcquireSRWLockExclusive(&delivery->lock);
    if (delivery->shut_down)
        hr = MF_E_SHUTDOWN;
    else if (delivery->waiting)
        hr = refuse(delivery, callback, state);
    else
    {
        delivery->waiting = result;
        delivery->called = callback;
        result = NULL;
        serve(delivery);
    }
    ReleaseSRWLockExclusive(&delivery->lock);
    if (result) IMFAsyncResult_Release(result);
    return hr;
}

HRESULT event_delivery_end(struct event_delivery *delivery, IMFAsyncResult *result, IMFMediaEvent **event)
{
    IMFAsyncResult *waiting = NULL;
    HRESULT hr = E_FAIL; /* that is not the result of a BeginGetEvent under way, or no event has come */

    if (!event) return E_POINTER;
    *event = NULL;
    AcquireSRWLockExclusive(&delivery->lock);
    if (delivery->shut_down)
        hr = MF_E_SHUTDOWN;
    else if (result && delivery->waiting == result)
    {
        waiting = take_waiting(delivery, event);
        if (*event) hr = S_OK;
    }
    ReleaseSRWLockExclusive(&delivery->lock);
    if (waiting) IMFAsyncResult_Release(waiting);
    return hr;
}

static void event_came(struct event_delivery *delivery)
{
    AcquireSRWLockExclusive(&delivery->lock);
    serve(delivery);
    ReleaseSRWLockExclusive(&delivery->lock);
}

HRESULT event_delivery_queue(struct event_delivery *delivery, IMFMediaEvent *event)
{
    HRESULT hr = IMFMediaEventQueue_QueueEvent(delivery->queue, event);

    if (SUCCEEDED(hr)) event_came(delivery);
    return hr;
}

HRESULT event_delivery_queue_value(struct event_delivery *delivery, MediaEventType type, REFGUID extended,
                                   HRESULT status, const PROPVARIANT *value)
{
    HRESULT hr = IMFMediaEventQueue_QueueEventParamVar(delivery->queue, type, extended, status, value);

    if (SUCCEEDED(hr)) event_came(delivery);
    return hr;
}

void event_delivery_move(struct event_delivery *delivery)
{
    AcquireSRWLockExclusive(&delivery->lock);
    delivery->moved = true;
    if (delivery->posted)
        post(delivery);
    else
        serve(delivery);
    ReleaseSRWLockExclusive(&delivery->lock);
}

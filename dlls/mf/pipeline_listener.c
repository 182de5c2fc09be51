#include "mf/pipeline_listener.h"

#include <stddef.h>
#include <stdlib.h>
#include <mferror.h>

#include "common/quick_lock.h"
#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

/* Events taken from one component before the next one's turn. */
#define TURN 8
/* Rounds without an event before components are waited for again. */
#define EMPTY_ROUNDS 2
/* Rounds with events after which data is taken to flow without end. */
#define STREAK 3
/* Milliseconds that an answer is given that comes by another thread, and how many times in vain in a row. */
#define LINGER   1
#define PATIENCE 8

struct listener
{
    IMFAsyncCallback callback;
    LONG refs;
    struct listener *next_known, **place_known; /* in `known` */
    struct serial_item item;                    /* runs when an event has come by BeginGetEvent */

    /* Guarded by known_lock, for the thread that brings an event. */
    struct serial *serial;  /* where events go to; NULL: nobody wants them */
    IMFAsyncResult *result; /* of an event that has come, until it is dealt with */

    /* The serial's. */
    struct poller *poller;             /* NULL: detached */
    IMFMediaEventGenerator *generator; /* referenced while attached */
    const struct listener_handler *handler;
    void *context;
    struct listener *next_hot;
    bool hot, armed;
    bool wait_only; /* it does not do GetEvent */
    bool closed;
};

/* Every listener there is, so that one that waits can be taken over. */
static struct listener *known;
static struct cork_quick_lock known_lock;

static struct listener *from_callback(IMFAsyncCallback *iface)
{
    return (struct listener *)((char *)iface - offsetof(struct listener, callback));
}

static struct listener *from_item(struct serial_item *item)
{
    return (struct listener *)((char *)item - offsetof(struct listener, item));
}

static HRESULT WINAPI callback_QueryInterface(IMFAsyncCallback *iface, REFIID iid, void **object)
{
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IMFAsyncCallback))
    {
        *object = NULL;
        return E_NOINTERFACE;
    }
    *object = iface;
    IMFAsyncCallback_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI callback_AddRef(IMFAsyncCallback *iface)
{
    return InterlockedIncrement(&from_callback(iface)->refs);
}

static ULONG WINAPI callback_Release(IMFAsyncCallback *iface)
{
    struct listener *listener = from_callback(iface);
    ULONG refs = InterlockedDecrement(&listener->refs);

    if (refs) return refs;

    cork_quick_lock(&known_lock);
    *listener->place_known = listener->next_known;
    if (listener->next_known) listener->next_known->place_known = listener->place_known;
    cork_quick_unlock(&known_lock);
    free(listener);
    return 0;
}

static HRESULT WINAPI callback_GetParameters(IMFAsyncCallback *iface, DWORD *flags, DWORD *queue)
{
    (void)iface;
    (void)flags;
    (void)queue;
    return E_NOTIMPL;
}

static HRESULT WINAPI callback_Invoke(IMFAsyncCallback *iface, IMFAsyncResult *result)
{
    struct listener *listener = from_callback(iface);
    IMFMediaEvent *event = NULL;
    struct serial *serial;

    cork_quick_lock(&known_lock);
    serial = listener->serial;
    if (serial)
    {
        serial_addref(serial);
        listener->result = result;
        IMFAsyncResult_AddRef(result);
    }
    cork_quick_unlock(&known_lock);

    if (serial)
    {
        callback_AddRef(iface);
        serial_run(serial, &listener->item);
        serial_release(serial);
        return S_OK;
    }

    /* Nobody listens. The wait has to be ended all the same, for whoever listens next. */
    IMFMediaEventGenerator_EndGetEvent((IMFMediaEventGenerator *)IMFAsyncResult_GetStateNoAddRef(result), result,
                                       &event);
    if (event) IMFMediaEvent_Release(event);
    return S_OK;
}

static IMFAsyncCallbackVtbl callback_vtbl = {
    callback_QueryInterface, callback_AddRef, callback_Release, callback_GetParameters, callback_Invoke,
};

static void handle(struct listener *listener, IMFMediaEvent *event)
{
    MediaEventType type;

    if (FAILED(IMFMediaEvent_GetType(event, &type))) return;
    CORK_TRACE("generator %p, event %lu\n", (void *)listener->generator, (unsigned long)type);
    listener->handler->event(listener->context, event, type);
}

/* The component is gone. */
static void close_listener(struct listener *listener, HRESULT hr)
{
    const struct listener_handler *handler = listener->handler;

    CORK_WARN("generator %p: %#lx\n", (void *)listener->generator, (unsigned long)hr);
    listener->wait_only = listener->closed = true;
    handler->closed(listener->context, hr);
}

static HRESULT arm(struct listener *listener)
{
    HRESULT hr;

    if (listener->armed) return S_OK;
    /* Before the call: the event may be there before it returns. The state keeps the component for Invoke. */
    listener->armed = true;
    hr =
        IMFMediaEventGenerator_BeginGetEvent(listener->generator, &listener->callback, (IUnknown *)listener->generator);
    if (FAILED(hr)) listener->armed = false;
    return hr;
}

static void rearm(struct listener *listener)
{
    HRESULT hr = arm(listener);

    if (FAILED(hr)) close_listener(listener, hr);
}

static void run_poller(struct serial_item *item);

static void wake_poller(struct poller *poller)
{
    poller->in_a_row = 0;
    if (poller->running) return;
    poller->running = true;
    poller->hold(poller, true);
    serial_run(poller->serial, &poller->item);
}

static void heat(struct listener *listener)
{
    struct poller *poller = listener->poller;

    if (!listener->hot)
    {
        listener->hot = true;
        listener->next_hot = poller->hot;
        poller->hot = listener;
        callback_AddRef(&listener->callback);
    }
    wake_poller(poller);
}

/* An event has come by BeginGetEvent. */
static void run_listener(struct serial_item *item)
{
    struct listener *listener = from_item(item);
    IMFMediaEventGenerator *generator;
    IMFMediaEvent *event = NULL;
    IMFAsyncResult *result;
    HRESULT hr;

    cork_quick_lock(&known_lock);
    result = listener->result;
    cork_quick_unlock(&known_lock);

    generator = (IMFMediaEventGenerator *)IMFAsyncResult_GetStateNoAddRef(result);
    listener->armed = false;
    hr = IMFMediaEventGenerator_EndGetEvent(generator, result, &event);

    cork_quick_lock(&known_lock);
    listener->result = NULL;
    cork_quick_unlock(&known_lock);

    if (listener->poller)
    {
        listener->poller->patience = PATIENCE;
        if (SUCCEEDED(hr) && event)
            handle(listener, event);
        else
            close_listener(listener, FAILED(hr) ? hr : E_UNEXPECTED);
    }
    if (listener->poller && SUCCEEDED(hr))
    {
        if (listener->wait_only)
            rearm(listener);
        else
            heat(listener);
    }

    if (event) IMFMediaEvent_Release(event);
    IMFAsyncResult_Release(result);
    callback_Release(&listener->callback);
}

/* Takes what the component has. Returns how many events that were. */
static unsigned int look(struct poller *poller, struct listener *listener)
{
    IMFMediaEvent *event;
    unsigned int count;
    HRESULT hr;

    for (count = 0; count < TURN && listener->poller == poller && !listener->wait_only && !listener->armed; count++)
    {
        if (serial_is_yielding(poller->serial)) break;
        event = NULL;
        hr = IMFMediaEventGenerator_GetEvent(listener->generator, MF_EVENT_FLAG_NO_WAIT, &event);
        if (hr == MF_E_NO_EVENTS_AVAILABLE) break;
        if (hr == MF_E_SHUTDOWN)
        {
            close_listener(listener, hr);
            break;
        }
        if (FAILED(hr) || !event)
        {
            listener->wait_only = true;
            rearm(listener);
            break;
        }
        handle(listener, event);
        IMFMediaEvent_Release(event);
    }
    return count;
}

/* Takes out of the hot list what is another's by now or waited for, and all where `all`, which is then waited for. */
static void cool(struct poller *poller, bool all)
{
    struct listener **place = &poller->hot, *listener;
    bool ours;

    while ((listener = *place))
    {
        ours = listener->poller == poller && !listener->wait_only && !listener->armed;
        if (!all && ours)
        {
            place = &listener->next_hot;
            continue;
        }
        *place = listener->next_hot;
        listener->hot = false;
        if (ours)
            rearm(listener);
        else if (listener->poller && listener->poller != poller)
            heat(listener);
        callback_Release(&listener->callback);
    }
}

static void run_poller(struct serial_item *item)
{
    struct poller *poller = (struct poller *)((char *)item - offsetof(struct poller, item));
    struct listener *listener;
    unsigned int found = 0;

    for (listener = poller->hot; listener; listener = listener->next_hot)
        found += look(poller, listener);
    cool(poller, false);

    poller->in_a_row = found ? 0 : poller->in_a_row + 1;
    poller->streak = found ? poller->streak + 1 : 0;
    if (poller->streaming && poller->streak > STREAK) serial_settle(poller->serial);
    if (poller->in_a_row < EMPTY_ROUNDS)
    {
        serial_run(poller->serial, item);
        return;
    }

    if (poller->expecting && poller->patience)
    {
        poller->expecting = false;
        poller->patience--;
        if (serial_wait(poller->serial, LINGER))
        {
            poller->in_a_row = 0;
            serial_run(poller->serial, item);
            return;
        }
    }

    cool(poller, true);
    poller->running = false;
    poller->hold(poller, false);
}

void poller_init(struct poller *poller, struct serial *serial, void (*hold)(struct poller *poller, bool hold))
{
    *poller = (struct poller){.serial = serial, .hold = hold, .patience = PATIENCE};
    poller->item.run = run_poller;
}

/* A reference to what may be on its way out. */
static bool add_reference(struct listener *listener)
{
    LONG refs = listener->refs, before;

    while (refs)
    {
        before = InterlockedCompareExchange(&listener->refs, refs + 1, refs);
        if (before == refs) return true;
        refs = before;
    }
    return false;
}

/* Finds a listener that waits for `generator`, and makes it the poller's. Returns NULL where there is none. */
static struct listener *take_over(struct poller *poller, IMFMediaEventGenerator *generator)
{
    struct listener *listener;

    cork_quick_lock(&known_lock);
    for (listener = known; listener; listener = listener->next_known)
    {
        if (listener->generator != generator) continue;
        if (listener->serial ? listener->serial != poller->serial : listener->result != NULL) continue;
        if (!add_reference(listener)) continue;
        listener->serial = poller->serial;
        break;
    }
    cork_quick_unlock(&known_lock);
    return listener;
}

static struct listener *new_listener(struct poller *poller, IMFMediaEventGenerator *generator)
{
    struct listener *listener = calloc(1, sizeof(*listener));

    if (!listener) return NULL;
    listener->callback.lpVtbl = &callback_vtbl;
    listener->refs = 1;
    listener->item.run = run_listener;
    listener->generator = generator;
    listener->serial = poller->serial;

    cork_quick_lock(&known_lock);
    listener->next_known = known;
    listener->place_known = &known;
    if (known) known->place_known = &listener->next_known;
    known = listener;
    cork_quick_unlock(&known_lock);
    return listener;
}

HRESULT listener_create(struct poller *poller, IMFMediaEventGenerator *generator, bool wait_first,
                        const struct listener_handler *handler, void *context, struct listener **out)
{
    struct listener *listener = take_over(poller, generator);
    HRESULT hr = S_OK;

    if (!listener) listener = new_listener(poller, generator);
    if (!listener) return E_OUTOFMEMORY;

    if (!listener->poller) IMFMediaEventGenerator_AddRef(generator);
    listener->poller = poller;
    listener->handler = handler;
    listener->context = context;
    *out = listener;

    if (wait_first)
        hr = arm(listener);
    else if (!listener->armed)
        heat(listener);
    if (FAILED(hr))
    {
        *out = NULL;
        listener_detach(poller, listener);
    }
    return hr;
}

void listener_expect(struct listener *listener)
{
    struct poller *poller = listener->poller;

    if (!poller || listener->wait_only) return;
    if (listener->armed)
    {
        poller->expecting = true;
        wake_poller(poller);
    }
    else
        heat(listener);
}

bool listener_is_closed(const struct listener *listener)
{
    return listener && listener->closed;
}

void listener_detach(struct poller *poller, struct listener *listener)
{
    if (!listener) return;
    if (listener->poller == poller)
    {
        cork_quick_lock(&known_lock);
        listener->serial = NULL;
        cork_quick_unlock(&known_lock);
        listener->poller = NULL;
        IMFMediaEventGenerator_Release(listener->generator);
    }
    callback_Release(&listener->callback);
}

#define COBJMACROS
#include "mf/serial.h"

#include <stddef.h>
#include <stdlib.h>
#include <mfapi.h>
#include <mfidl.h>

/*
 * Pieces of work that a thread does at a stretch. mfplat's standard queue has one thread in Wine, by which all events
 * of the process come, the application's as well: what begins there is over without a change of threads, which is most
 * of what a command costs; but a stream that goes on and on leaves it for the multithreaded queue, and gives that
 * queue's other users their turn too.
 */
#define SHORT_TURN 64
#define LONG_TURN  1024

struct serial
{
    IMFAsyncCallback callback; /* by which mfplat's queue runs the work; counts the same references */
    LONG refs;
    CRITICAL_SECTION lock; /* of what follows; held for a few instructions at a time */
    bool running;          /* a thread runs the work, or has been asked for */
    bool posted;           /* it has been asked for, and has not come yet */
    struct serial_item *first, **last;
    bool settled;        /* the work has gone over to the multithreaded queue */
    bool settling;       /* it is to do that */
    unsigned int yields; /* so often it is to go to the end of the standard queue */
    LONG waiting;        /* the thread that runs the work is in serial_wait */
    LONG thread;         /* that runs a piece of work, or 0; only ever compared with the thread's own number */
};

static struct serial *from_callback(IMFAsyncCallback *iface)
{
    return (struct serial *)((char *)iface - offsetof(struct serial, callback));
}

/* Puts `item` last. Returns whether nobody is at work, so that the caller has to see to it. */
static bool append(struct serial *serial, struct serial_item *item)
{
    bool idle;

    item->next = NULL;
    EnterCriticalSection(&serial->lock);
    *serial->last = item;
    serial->last = &item->next;
    idle = !serial->running;
    serial->running = true;
    LeaveCriticalSection(&serial->lock);
    if (serial->waiting) WakeByAddressAll(&serial->first);
    return idle;
}

/* The next piece of work, or NULL: then nobody is at work any more. */
static struct serial_item *take(struct serial *serial)
{
    struct serial_item *item;

    EnterCriticalSection(&serial->lock);
    item = serial->first;
    if (item) serial->first = item->next;
    if (!serial->first) serial->last = &serial->first;
    serial->running = item != NULL;
    LeaveCriticalSection(&serial->lock);
    return item;
}

/* Whether the work waits for a thread; the calling one then has to do it. */
static bool claim(struct serial *serial)
{
    bool posted;

    EnterCriticalSection(&serial->lock);
    posted = serial->posted;
    serial->posted = false;
    LeaveCriticalSection(&serial->lock);
    return posted;
}

/* Has a thread of `queue` go on with the work, which is the caller's no more. Returns an error where there is none. */
static HRESULT post(struct serial *serial, DWORD queue)
{
    HRESULT hr;

    EnterCriticalSection(&serial->lock);
    serial->posted = true;
    LeaveCriticalSection(&serial->lock);
    hr = MFPutWorkItem2(queue, 0, &serial->callback, NULL);
    return SUCCEEDED(hr) || !claim(serial) ? S_OK : hr;
}

/* Has a thread of the multithreaded queue go on with the work. Returns false where there is none. */
static bool hand_over(struct serial *serial)
{
    serial->settled = true;
    serial->settling = false;
    return SUCCEEDED(post(serial, MFASYNC_CALLBACK_QUEUE_MULTITHREADED));
}

/* Has the standard queue go on with the work when it has done what waits there. Returns false where that is not wanted,
 * or is of no use, or cannot be. */
static bool yield(struct serial *serial)
{
    bool wanted = serial->yields && !serial->settled && *(struct serial_item *volatile *)&serial->first;

    serial->yields = wanted ? serial->yields - 1 : 0;
    return wanted && SUCCEEDED(post(serial, MFASYNC_CALLBACK_QUEUE_STANDARD));
}

/* Runs all work that there is and that comes in meanwhile; where there is no end to it, the rest on another thread.
 * `here`: none of it is left to the standard queue. */
static void drain(struct serial *serial, bool here)
{
    struct serial_item *item;
    unsigned int left = serial->settled ? LONG_TURN : SHORT_TURN;

    if (!here && yield(serial)) return;
    serial_addref(serial);
    while ((item = take(serial)))
    {
        InterlockedExchange(&serial->thread, (LONG)GetCurrentThreadId());
        item->run(item);
        InterlockedExchange(&serial->thread, 0);
        if (!here && yield(serial)) break;
        if (--left && (serial->settled || !serial->settling)) continue;
        if (hand_over(serial)) break;
        left = LONG_TURN;
    }
    serial_release(serial);
}

static HRESULT WINAPI callback_QueryInterface(IMFAsyncCallback *iface, REFIID iid, void **object)
{
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IMFAsyncCallback))
    {
        *object = NULL;
        return E_NOINTERFACE;
    }
    *object = iface;
    serial_addref(from_callback(iface));
    return S_OK;
}

static ULONG WINAPI callback_AddRef(IMFAsyncCallback *iface)
{
    return InterlockedIncrement(&from_callback(iface)->refs);
}

static ULONG WINAPI callback_Release(IMFAsyncCallback *iface)
{
    struct serial *serial = from_callback(iface);
    ULONG refs = InterlockedDecrement(&serial->refs);

    if (!refs)
    {
        DeleteCriticalSection(&serial->lock);
        free(serial);
    }
    return refs;
}

static HRESULT WINAPI callback_GetParameters(IMFAsyncCallback *iface, DWORD *flags, DWORD *queue)
{
    (void)iface;
    *flags = 0;
    *queue = MFASYNC_CALLBACK_QUEUE_MULTITHREADED;
    return S_OK;
}

static HRESULT WINAPI callback_Invoke(IMFAsyncCallback *iface, IMFAsyncResult *result)
{
    (void)result;
    if (claim(from_callback(iface))) drain(from_callback(iface), false);
    return S_OK;
}

static const IMFAsyncCallbackVtbl callback_vtbl = {
    callback_QueryInterface, callback_AddRef, callback_Release, callback_GetParameters, callback_Invoke,
};

struct serial *serial_create(void)
{
    struct serial *serial = calloc(1, sizeof(*serial));

    if (!serial) return NULL;
    serial->callback.lpVtbl = (IMFAsyncCallbackVtbl *)&callback_vtbl;
    serial->refs = 1;
    serial->last = &serial->first;
    InitializeCriticalSection(&serial->lock);
    return serial;
}

void serial_addref(struct serial *serial)
{
    callback_AddRef(&serial->callback);
}

void serial_release(struct serial *serial)
{
    callback_Release(&serial->callback);
}

void serial_run(struct serial *serial, struct serial_item *item)
{
    if (!append(serial, item)) return;
    serial->settled = serial->settling = false;
    serial->yields = 0;
    drain(serial, false);
}

void serial_run_soon(struct serial *serial, struct serial_item *item)
{
    bool idle = append(serial, item);

    if (idle)
    {
        serial->settled = serial->settling = false;
        serial->yields = 0;
    }
    if (idle || claim(serial)) drain(serial, true);
}

/* Takes `item` out again where it is still there. Returns false where another thread has run it or is about to. */
static bool withdraw(struct serial *serial, struct serial_item *item)
{
    struct serial_item **place;

    for (place = &serial->first; *place && *place != item; place = &(*place)->next)
    {
    }
    if (!*place) return false;
    *place = item->next;
    if (!*place) serial->last = place;
    return true;
}

HRESULT serial_queue(struct serial *serial, struct serial_item *item)
{
    HRESULT hr;

    if (!append(serial, item)) return S_OK;
    serial->settled = serial->settling = false;
    serial->yields = 0;
    hr = post(serial, MFASYNC_CALLBACK_QUEUE_STANDARD);
    if (SUCCEEDED(hr)) return S_OK;

    EnterCriticalSection(&serial->lock);
    withdraw(serial, item);
    LeaveCriticalSection(&serial->lock);
    drain(serial, false); /* what others have left to the thread that did not come */
    return hr;
}

bool serial_wait(struct serial *serial, DWORD milliseconds)
{
    struct serial_item *none = NULL;

    if (serial->settled)
    {
        InterlockedExchange(&serial->waiting, 1);
        if (!*(struct serial_item *volatile *)&serial->first)
            WaitOnAddress(&serial->first, &none, sizeof(none), milliseconds);
        InterlockedExchange(&serial->waiting, 0);
    }
    return *(struct serial_item *volatile *)&serial->first != NULL;
}

void serial_settle(struct serial *serial)
{
    serial->settling = true;
}

void serial_yield(struct serial *serial, unsigned int times)
{
    serial->yields = times;
}

bool serial_is_yielding(struct serial *serial)
{
    return serial->yields && !serial->settled;
}

bool serial_is_here(struct serial *serial)
{
    return InterlockedCompareExchange(&serial->thread, 0, 0) == (LONG)GetCurrentThreadId();
}

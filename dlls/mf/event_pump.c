/* See event_pump.h. */
#define COBJMACROS
#include "mf/event_pump.h"

#include <mfapi.h>
#include <stdlib.h>

#include "common/trace.h"
#include "mf/com.h"

CORK_TRACE_CHANNEL(mf);

struct event_pump
{
    IMFAsyncCallback iface;
    LONG refs; /* BeginGetEvent's */
    IMFMediaEventGenerator *generator;
    const struct event_pump_user *user; /* NULL: never begun */
    void *context;
};

static HRESULT event_pump_query(struct event_pump *pump, REFIID iid, void **out)
{
    static const struct com_interface interfaces[] = {{&IID_IMFAsyncCallback, offsetof(struct event_pump, iface)}};

    return com_query(pump, interfaces, ARRAYSIZE(interfaces), iid, out);
}

static ULONG event_pump_addref(struct event_pump *pump)
{
    return InterlockedIncrement(&pump->refs);
}

static ULONG event_pump_release(struct event_pump *pump)
{
    ULONG refs = InterlockedDecrement(&pump->refs);

    if (refs) return refs;
    IMFMediaEventGenerator_Release(pump->generator);
    if (pump->user) pump->user->end(pump->context);
    free(pump);
    return 0;
}

COM_UNKNOWN(pump, IMFAsyncCallback, event_pump, iface)

static HRESULT WINAPI pump_GetParameters(IMFAsyncCallback *iface, DWORD *flags, DWORD *queue)
{
    (void)iface;
    (void)flags;
    (void)queue;
    return E_NOTIMPL;
}

static HRESULT WINAPI pump_Invoke(IMFAsyncCallback *iface, IMFAsyncResult *result)
{
    struct event_pump *pump = COM_OBJECT(iface, event_pump, iface);
    IMFMediaEvent *event = NULL;
    HRESULT hr = IMFMediaEventGenerator_EndGetEvent(pump->generator, result, &event);

    if (SUCCEEDED(hr) && event)
    {
        pump->user->event(pump->context, event);
        IMFMediaEvent_Release(event);
        hr = IMFMediaEventGenerator_BeginGetEvent(pump->generator, iface, NULL);
    }
    if (FAILED(hr)) CORK_TRACE("generator %p ends with %#lx\n", (void *)pump->generator, (unsigned long)hr);
    return S_OK;
}

static IMFAsyncCallbackVtbl pump_vtbl = {pump_QueryInterface, pump_AddRef, pump_Release, pump_GetParameters,
                                         pump_Invoke};

HRESULT event_pump_start(IMFMediaEventGenerator *generator, const struct event_pump_user *user, void *context)
{
    struct event_pump *pump = calloc(1, sizeof(*pump));
    HRESULT hr;

    if (!pump) return E_OUTOFMEMORY;
    pump->iface.lpVtbl = &pump_vtbl;
    pump->refs = 1;
    pump->generator = generator;
    IMFMediaEventGenerator_AddRef(generator);
    /* Before the first event can come. */
    pump->user = user;
    pump->context = context;

    hr = IMFMediaEventGenerator_BeginGetEvent(generator, &pump->iface, NULL);
    if (FAILED(hr)) pump->user = NULL;
    event_pump_release(pump);
    return hr;
}

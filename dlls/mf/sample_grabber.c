/* The sample grabber sink: IMFMediaSink, its events and services. Its stream is in sample_grabber_stream.c, its clock
 * in sample_grabber_clock.c, its work in sample_grabber_render.c. */
#include "mf/sample_grabber.h"

#include <stdlib.h>

#include "common/trace.h"
#include "mf/activate.h"

CORK_TRACE_CHANNEL(mf);

static const struct com_interface interfaces[] = {
    {&IID_IMFMediaSink, offsetof(struct grabber, IMFMediaSink_iface)},
    {&IID_IMFMediaSinkPreroll, offsetof(struct grabber, IMFMediaSinkPreroll_iface)},
    {&IID_IMFClockStateSink, offsetof(struct grabber, IMFClockStateSink_iface)},
    {&IID_IMFMediaEventGenerator, offsetof(struct grabber, IMFMediaEventGenerator_iface)},
    {&IID_IMFGetService, offsetof(struct grabber, IMFGetService_iface)},
    {&IID_IMFRateSupport, offsetof(struct grabber, IMFRateSupport_iface)},
};

HRESULT grabber_query(struct grabber *grabber, REFIID iid, void **out)
{
    return com_query(grabber, interfaces, ARRAYSIZE(interfaces), iid, out);
}

ULONG grabber_addref(struct grabber *grabber)
{
    return InterlockedIncrement(&grabber->refs);
}

/* Also of one that was not finished. */
ULONG grabber_release(struct grabber *grabber)
{
    ULONG refs = InterlockedDecrement(&grabber->refs);

    if (refs) return refs;
    pool_worker_close(&grabber->worker);
    grabber_free_work(grabber_flow_stop(&grabber->flow));
    if (grabber->events) IMFMediaEventQueue_Shutdown(grabber->events);
    if (grabber->stream_events) IMFMediaEventQueue_Shutdown(grabber->stream_events);
    com_drop(&grabber->events);
    com_drop(&grabber->stream_events);
    com_drop(&grabber->attributes);
    com_drop(&grabber->asked_type);
    com_drop(&grabber->type);
    com_drop(&grabber->timer_key);
    com_drop(&grabber->timer);
    com_drop(&grabber->clock);
    com_drop(&grabber->callback2);
    com_drop(&grabber->callback);
    free(grabber);
    return 0;
}

static HRESULT status(struct grabber *grabber)
{
    HRESULT hr;

    cork_mutex_lock(&grabber->lock);
    hr = grabber->shut_down ? MF_E_SHUTDOWN : S_OK;
    cork_mutex_unlock(&grabber->lock);
    return hr;
}

COM_UNKNOWN(sink, IMFMediaSink, grabber, IMFMediaSink_iface)

static HRESULT STDMETHODCALLTYPE sink_GetCharacteristics(IMFMediaSink *iface, DWORD *flags)
{
    struct grabber *grabber = COM_OBJECT(iface, grabber, IMFMediaSink_iface);
    HRESULT hr = status(grabber);

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)flags);
    if (FAILED(hr)) return hr;
    if (!flags) return E_POINTER;
    *flags = MEDIASINK_FIXED_STREAMS | MEDIASINK_CAN_PREROLL | (grabber->flow.rateless ? MEDIASINK_RATELESS : 0);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE sink_AddStreamSink(IMFMediaSink *iface, DWORD id, IMFMediaType *type,
                                                    IMFStreamSink **stream)
{
    HRESULT hr = status(COM_OBJECT(iface, grabber, IMFMediaSink_iface));

    CORK_TRACE("%p, %lu, %p, %p\n", (void *)iface, id, (void *)type, (void *)stream);
    return FAILED(hr) ? hr : MF_E_STREAMSINKS_FIXED;
}

static HRESULT STDMETHODCALLTYPE sink_RemoveStreamSink(IMFMediaSink *iface, DWORD id)
{
    HRESULT hr = status(COM_OBJECT(iface, grabber, IMFMediaSink_iface));

    CORK_TRACE("%p, %lu\n", (void *)iface, id);
    return FAILED(hr) ? hr : MF_E_STREAMSINKS_FIXED;
}

static HRESULT STDMETHODCALLTYPE sink_GetStreamSinkCount(IMFMediaSink *iface, DWORD *count)
{
    HRESULT hr = status(COM_OBJECT(iface, grabber, IMFMediaSink_iface));

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)count);
    if (FAILED(hr)) return hr;
    if (!count) return E_POINTER;
    *count = 1;
    return S_OK;
}

/* The one stream is number 0, and its identifier is 0. */
static HRESULT get_stream(IMFMediaSink *iface, DWORD number, HRESULT wrong, IMFStreamSink **stream)
{
    struct grabber *grabber = COM_OBJECT(iface, grabber, IMFMediaSink_iface);
    HRESULT hr = status(grabber);

    if (FAILED(hr)) return hr;
    if (!stream) return E_POINTER;
    if (number) return wrong;
    *stream = &grabber->IMFStreamSink_iface;
    IMFStreamSink_AddRef(*stream);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE sink_GetStreamSinkByIndex(IMFMediaSink *iface, DWORD index, IMFStreamSink **stream)
{
    CORK_TRACE("%p, %lu, %p\n", (void *)iface, index, (void *)stream);
    return get_stream(iface, index, MF_E_INVALIDINDEX, stream);
}

static HRESULT STDMETHODCALLTYPE sink_GetStreamSinkById(IMFMediaSink *iface, DWORD id, IMFStreamSink **stream)
{
    CORK_TRACE("%p, %lu, %p\n", (void *)iface, id, (void *)stream);
    return get_stream(iface, id, MF_E_INVALIDSTREAMNUMBER, stream);
}

/* What a grabber has of its clock. */
struct clock_parts
{
    IMFPresentationClock *clock;
    IMFTimer *timer;
};

static void release_parts(struct grabber *grabber, struct clock_parts *parts)
{
    if (parts->clock) IMFPresentationClock_RemoveClockStateSink(parts->clock, &grabber->IMFClockStateSink_iface);
    com_drop(&parts->timer);
    com_drop(&parts->clock);
}

/* Puts `parts` (which may be none) in place of what the grabber has, and takes that. */
static void swap_parts(struct grabber *grabber, struct clock_parts *parts)
{
    struct clock_parts old;

    grabber_cancel_timer(grabber);
    cork_mutex_lock(&grabber->lock);
    old = (struct clock_parts){grabber->clock, grabber->timer};
    grabber->clock = parts->clock;
    grabber->timer = parts->timer;
    cork_mutex_unlock(&grabber->lock);
    *parts = old;
}

/* Tells the application. */
static HRESULT tell_clock(struct grabber *grabber, IMFPresentationClock *clock)
{
    struct cork_pin pin;
    HRESULT hr;

    if (!cork_rundown_enter(&grabber->callbacks, &pin)) return MF_E_SHUTDOWN;
    hr = IMFSampleGrabberSinkCallback_OnSetPresentationClock(grabber->callback, clock);
    cork_rundown_leave(&pin);
    return hr;
}

/* A clock without a time source (MF_E_CLOCK_NO_TIME_SOURCE) is taken, as on Windows: it may get one before it starts.
 */
static HRESULT set_clock(struct grabber *grabber, IMFPresentationClock *clock)
{
    struct clock_parts parts = {clock, NULL};
    HRESULT hr = tell_clock(grabber, clock);

    if (FAILED(hr) || !clock)
    {
        if (SUCCEEDED(hr)) swap_parts(grabber, &parts);
        if (SUCCEEDED(hr)) release_parts(grabber, &parts);
        return hr;
    }
    hr = IMFPresentationClock_QueryInterface(clock, &IID_IMFTimer, (void **)&parts.timer);
    if (FAILED(hr) && !grabber->flow.rateless) return hr;
    IMFPresentationClock_AddRef(clock);
    swap_parts(grabber, &parts);
    release_parts(grabber, &parts);
    return IMFPresentationClock_AddClockStateSink(clock, &grabber->IMFClockStateSink_iface);
}

static HRESULT STDMETHODCALLTYPE sink_SetPresentationClock(IMFMediaSink *iface, IMFPresentationClock *clock)
{
    struct grabber *grabber = COM_OBJECT(iface, grabber, IMFMediaSink_iface);
    HRESULT hr = status(grabber);

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)clock);
    return FAILED(hr) ? hr : set_clock(grabber, clock);
}

static HRESULT STDMETHODCALLTYPE sink_GetPresentationClock(IMFMediaSink *iface, IMFPresentationClock **clock)
{
    struct grabber *grabber = COM_OBJECT(iface, grabber, IMFMediaSink_iface);
    HRESULT hr;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)clock);
    if (!clock) return E_POINTER;
    cork_mutex_lock(&grabber->lock);
    *clock = grabber->clock;
    if (*clock) IMFPresentationClock_AddRef(*clock);
    hr = grabber->shut_down ? MF_E_SHUTDOWN : *clock ? S_OK : MF_E_NO_CLOCK;
    cork_mutex_unlock(&grabber->lock);
    return hr;
}

static void callbacks_have_ended(void *context)
{
    grabber_release(context);
}

/* No callback is called from now on; waits for those under way, unless this is in one. */
static void end_callbacks(struct grabber *grabber)
{
    if (cork_rundown_close_and_wait(&grabber->callbacks) != CORK_OWN_PIN) return;
    grabber_addref(grabber);
    cork_rundown_close_and_notify(&grabber->callbacks, callbacks_have_ended, grabber);
}

static HRESULT STDMETHODCALLTYPE sink_Shutdown(IMFMediaSink *iface)
{
    struct grabber *grabber = COM_OBJECT(iface, grabber, IMFMediaSink_iface);
    struct clock_parts parts = {NULL, NULL};
    struct grabber_item *items;
    IMFMediaType *type;

    CORK_TRACE("%p\n", (void *)iface);
    cork_mutex_lock(&grabber->lock);
    if (grabber->shut_down)
    {
        cork_mutex_unlock(&grabber->lock);
        return MF_E_SHUTDOWN;
    }
    grabber->shut_down = true;
    items = grabber_flow_stop(&grabber->flow);
    type = grabber->type;
    grabber->type = NULL;
    cork_mutex_unlock(&grabber->lock);
    grabber_free_work(items);
    swap_parts(grabber, &parts);
    if (parts.clock) tell_clock(grabber, NULL);
    release_parts(grabber, &parts);
    IMFMediaEventQueue_Shutdown(grabber->stream_events);
    IMFMediaEventQueue_Shutdown(grabber->events);
    end_callbacks(grabber);
    IMFMediaType_Release(type);
    return IMFSampleGrabberSinkCallback_OnShutdown(grabber->callback);
}

IMFMediaSinkVtbl grabber_sink_vtbl = {
    sink_QueryInterface,
    sink_AddRef,
    sink_Release,
    sink_GetCharacteristics,
    sink_AddStreamSink,
    sink_RemoveStreamSink,
    sink_GetStreamSinkCount,
    sink_GetStreamSinkByIndex,
    sink_GetStreamSinkById,
    sink_SetPresentationClock,
    sink_GetPresentationClock,
    sink_Shutdown,
};

COM_UNKNOWN(events, IMFMediaEventGenerator, grabber, IMFMediaEventGenerator_iface)

COM_EVENTS(events, IMFMediaEventGenerator, grabber, IMFMediaEventGenerator_iface, events)

IMFMediaEventGeneratorVtbl grabber_events_vtbl = {
    events_QueryInterface, events_AddRef,      events_Release,    events_GetEvent,
    events_BeginGetEvent,  events_EndGetEvent, events_QueueEvent,
};

COM_UNKNOWN(service, IMFGetService, grabber, IMFGetService_iface)

static HRESULT STDMETHODCALLTYPE service_GetService(IMFGetService *iface, REFGUID service, REFIID iid, void **object)
{
    struct grabber *grabber = COM_OBJECT(iface, grabber, IMFGetService_iface);

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)object);
    if (!object) return E_POINTER;
    *object = NULL;
    if (!IsEqualGUID(service, &MF_RATE_CONTROL_SERVICE)) return MF_E_UNSUPPORTED_SERVICE;
    if (!IsEqualIID(iid, &IID_IMFRateSupport)) return E_NOINTERFACE;
    return grabber_query(grabber, iid, object);
}

IMFGetServiceVtbl grabber_service_vtbl = {service_QueryInterface, service_AddRef, service_Release, service_GetService};

/* What an activation object keeps until a sink is made. */
struct grabber_plan
{
    IMFMediaType *type;
    IMFSampleGrabberSinkCallback *callback;
    bool shut_down;
};

static void read_attributes(struct grabber *grabber, IMFAttributes *attributes)
{
    UINT32 rateless = 0;
    UINT64 lead = 0;

    IMFAttributes_GetUINT32(attributes, &MF_SAMPLEGRABBERSINK_IGNORE_CLOCK, &rateless);
    IMFAttributes_GetUINT64(attributes, &MF_SAMPLEGRABBERSINK_SAMPLE_TIME_OFFSET, &lead);
    grabber->flow.rate = 1;
    grabber->flow.rateless = rateless != 0;
    grabber->flow.lead = lead > INT64_MAX ? INT64_MAX : (int64_t)lead;
}

static void fill_in(struct grabber *grabber, const struct grabber_plan *plan)
{
    grabber->IMFMediaSink_iface.lpVtbl = &grabber_sink_vtbl;
    grabber->IMFMediaSinkPreroll_iface.lpVtbl = &grabber_preroll_vtbl;
    grabber->IMFClockStateSink_iface.lpVtbl = &grabber_clock_vtbl;
    grabber->IMFMediaEventGenerator_iface.lpVtbl = &grabber_events_vtbl;
    grabber->IMFGetService_iface.lpVtbl = &grabber_service_vtbl;
    grabber->IMFRateSupport_iface.lpVtbl = &grabber_rate_vtbl;
    grabber->IMFStreamSink_iface.lpVtbl = &grabber_stream_vtbl;
    grabber->IMFMediaTypeHandler_iface.lpVtbl = &grabber_type_vtbl;
    grabber->timer_callback.lpVtbl = &grabber_timer_vtbl;
    grabber->refs = 1;
    grabber->callback = plan->callback;
    IMFSampleGrabberSinkCallback_AddRef(plan->callback);
    IMFSampleGrabberSinkCallback_QueryInterface(plan->callback, &IID_IMFSampleGrabberSinkCallback2,
                                                (void **)&grabber->callback2);
    grabber->asked_type = grabber->type = plan->type;
    IMFMediaType_AddRef(plan->type);
    IMFMediaType_AddRef(plan->type);
}

static HRESULT create_grabber(void *context, IMFAttributes *attributes, IUnknown **object)
{
    struct grabber_plan *plan = context;
    struct grabber *grabber;
    GUID major;
    HRESULT hr;

    if (plan->shut_down) return MF_E_SHUTDOWN;
    if (FAILED(IMFMediaType_GetMajorType(plan->type, &major))) return MF_E_INVALIDMEDIATYPE;
    grabber = calloc(1, sizeof(*grabber));
    if (!grabber) return E_OUTOFMEMORY;
    fill_in(grabber, plan);
    read_attributes(grabber, attributes);
    hr = cork_rundown_init(&grabber->callbacks) ? S_OK : E_OUTOFMEMORY;
    if (SUCCEEDED(hr)) hr = MFCreateEventQueue(&grabber->events);
    if (SUCCEEDED(hr)) hr = MFCreateEventQueue(&grabber->stream_events);
    if (SUCCEEDED(hr)) hr = MFCreateAttributes(&grabber->attributes, 0);
    if (SUCCEEDED(hr)) hr = grabber_render_init(grabber);
    if (SUCCEEDED(hr))
        *object = (IUnknown *)&grabber->IMFMediaSink_iface;
    else
        grabber_release(grabber);
    return hr;
}

/* On Windows the sink goes on until its own Shutdown, and the activation object makes no other. */
static void shut_down_plan(void *context, IUnknown *object)
{
    struct grabber_plan *plan = context;

    (void)object;
    plan->shut_down = true;
}

static void free_plan(void *context)
{
    struct grabber_plan *plan = context;

    IMFMediaType_Release(plan->type);
    IMFSampleGrabberSinkCallback_Release(plan->callback);
    free(plan);
}

HRESULT WINAPI MFCreateSampleGrabberSinkActivate(IMFMediaType *type, IMFSampleGrabberSinkCallback *callback,
                                                 IMFActivate **activate)
{
    static const struct activate_kind kind = {create_grabber, shut_down_plan, free_plan, NULL};
    struct grabber_plan *plan;
    HRESULT hr;

    CORK_TRACE("%p, %p, %p\n", (void *)type, (void *)callback, (void *)activate);
    if (!type || !callback || !activate) return E_POINTER;
    plan = calloc(1, sizeof(*plan));
    if (!plan) return E_OUTOFMEMORY;
    plan->type = type;
    IMFMediaType_AddRef(type);
    plan->callback = callback;
    IMFSampleGrabberSinkCallback_AddRef(callback);
    hr = activate_create(&kind, plan, activate);
    if (FAILED(hr)) free_plan(plan);
    return hr;
}

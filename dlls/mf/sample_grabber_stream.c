/* The sample grabber's stream sink: IMFStreamSink and its IMFMediaTypeHandler. */
#include "mf/sample_grabber.h"

#include <stdlib.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

static const struct com_interface interfaces[] = {
    {&IID_IMFStreamSink, offsetof(struct grabber, IMFStreamSink_iface)},
    {&IID_IMFMediaEventGenerator, offsetof(struct grabber, IMFStreamSink_iface)},
    {&IID_IMFMediaTypeHandler, offsetof(struct grabber, IMFMediaTypeHandler_iface)},
};

static HRESULT stream_query(struct grabber *grabber, REFIID iid, void **out)
{
    return com_query(grabber, interfaces, ARRAYSIZE(interfaces), iid, out);
}

/* The stream's identity is its own, its references are the sink's. */
COM_PART_UNKNOWN(stream, IMFStreamSink, grabber, IMFStreamSink_iface, stream_query)

static bool is_shut_down(struct grabber *grabber)
{
    bool shut_down;

    cork_mutex_lock(&grabber->lock);
    shut_down = grabber->shut_down;
    cork_mutex_unlock(&grabber->lock);
    return shut_down;
}

/* Of a stream whose sink was shut down, on Windows: MF_E_STREAMSINK_REMOVED, which the documentation has beside
 * MF_E_SHUTDOWN. */
static HRESULT stream_status(IMFStreamSink *iface)
{
    return is_shut_down(COM_OBJECT(iface, grabber, IMFStreamSink_iface)) ? MF_E_STREAMSINK_REMOVED : S_OK;
}

#define STREAM_EVENTS(iface) (COM_OBJECT(iface, grabber, IMFStreamSink_iface)->stream_events)

static HRESULT STDMETHODCALLTYPE stream_GetEvent(IMFStreamSink *iface, DWORD flags, IMFMediaEvent **event)
{
    HRESULT hr = stream_status(iface);

    return FAILED(hr) ? hr : IMFMediaEventQueue_GetEvent(STREAM_EVENTS(iface), flags, event);
}

static HRESULT STDMETHODCALLTYPE stream_BeginGetEvent(IMFStreamSink *iface, IMFAsyncCallback *callback, IUnknown *state)
{
    HRESULT hr = stream_status(iface);

    return FAILED(hr) ? hr : IMFMediaEventQueue_BeginGetEvent(STREAM_EVENTS(iface), callback, state);
}

static HRESULT STDMETHODCALLTYPE stream_EndGetEvent(IMFStreamSink *iface, IMFAsyncResult *result, IMFMediaEvent **event)
{
    HRESULT hr = stream_status(iface);

    return FAILED(hr) ? hr : IMFMediaEventQueue_EndGetEvent(STREAM_EVENTS(iface), result, event);
}

static HRESULT STDMETHODCALLTYPE stream_QueueEvent(IMFStreamSink *iface, MediaEventType type, REFGUID extended,
                                                   HRESULT status, const PROPVARIANT *value)
{
    HRESULT hr = stream_status(iface);

    if (FAILED(hr)) return hr;
    return IMFMediaEventQueue_QueueEventParamVar(STREAM_EVENTS(iface), type, extended, status, value);
}

static HRESULT STDMETHODCALLTYPE stream_GetMediaSink(IMFStreamSink *iface, IMFMediaSink **sink)
{
    HRESULT hr = stream_status(iface);

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)sink);
    if (FAILED(hr)) return hr;
    if (!sink) return E_POINTER;
    *sink = &COM_OBJECT(iface, grabber, IMFStreamSink_iface)->IMFMediaSink_iface;
    IMFMediaSink_AddRef(*sink);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE stream_GetIdentifier(IMFStreamSink *iface, DWORD *id)
{
    HRESULT hr = stream_status(iface);

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)id);
    if (FAILED(hr)) return hr;
    if (!id) return E_POINTER;
    *id = 0;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE stream_GetMediaTypeHandler(IMFStreamSink *iface, IMFMediaTypeHandler **handler)
{
    HRESULT hr = stream_status(iface);

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)handler);
    if (!handler) return E_POINTER;
    if (FAILED(hr)) return hr;
    *handler = &COM_OBJECT(iface, grabber, IMFStreamSink_iface)->IMFMediaTypeHandler_iface;
    IMFMediaTypeHandler_AddRef(*handler);
    return S_OK;
}

/* Puts a piece of work in the queue, and frees it where it cannot. */
static HRESULT add_work(struct grabber *grabber, struct grabber_work *work)
{
    static const HRESULT answers[] = {[GRABBER_TAKES] = S_OK,
                                      [GRABBER_STANDS] = MF_E_INVALIDREQUEST,
                                      [GRABBER_PREROLL_DONE] = MF_E_INVALID_STATE_TRANSITION};
    HRESULT hr = S_OK;

    cork_mutex_lock(&grabber->lock);
    if (grabber->shut_down)
        hr = MF_E_STREAMSINK_REMOVED;
    else if (!work->item.marker && !grabber->clock)
        hr = MF_E_NO_CLOCK;
    else if (!work->item.marker)
        hr = answers[grabber_flow_may_add(&grabber->flow)];
    if (SUCCEEDED(hr)) grabber_send_news(grabber, grabber_flow_add(&grabber->flow, &work->item));
    cork_mutex_unlock(&grabber->lock);
    if (SUCCEEDED(hr))
        pool_worker_wake(&grabber->worker);
    else
        grabber_free_work(&work->item);
    return hr;
}

static HRESULT STDMETHODCALLTYPE stream_ProcessSample(IMFStreamSink *iface, IMFSample *sample)
{
    struct grabber *grabber = COM_OBJECT(iface, grabber, IMFStreamSink_iface);
    HRESULT hr = stream_status(iface);
    struct grabber_work *work;
    LONGLONG time, duration;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)sample);
    if (FAILED(hr)) return hr;
    if (!sample) return E_POINTER;
    hr = IMFSample_GetSampleTime(sample, &time);
    if (FAILED(hr) && !grabber->flow.rateless) return hr;
    work = calloc(1, sizeof(*work));
    if (!work) return E_OUTOFMEMORY;
    work->item.timed = SUCCEEDED(hr);
    if (work->item.timed) work->item.time = time;
    if (SUCCEEDED(IMFSample_GetSampleDuration(sample, &duration))) work->item.duration = duration;
    work->sample = sample;
    IMFSample_AddRef(sample);
    return add_work(grabber, work);
}

static HRESULT STDMETHODCALLTYPE stream_PlaceMarker(IMFStreamSink *iface, MFSTREAMSINK_MARKER_TYPE type,
                                                    const PROPVARIANT *value, const PROPVARIANT *context)
{
    struct grabber_work *work;
    HRESULT hr = stream_status(iface);

    CORK_TRACE("%p, %d, %p, %p\n", (void *)iface, type, (const void *)value, (const void *)context);
    if (FAILED(hr)) return hr;
    work = calloc(1, sizeof(*work));
    if (!work) return E_OUTOFMEMORY;
    work->item.marker = true;
    work->item.end_of_segment = type == MFSTREAMSINK_MARKER_ENDOFSEGMENT;
    hr = context ? PropVariantCopy(&work->context, context) : S_OK;
    if (FAILED(hr))
    {
        free(work);
        return hr;
    }
    return add_work(COM_OBJECT(iface, grabber, IMFStreamSink_iface), work);
}

static HRESULT STDMETHODCALLTYPE stream_Flush(IMFStreamSink *iface)
{
    struct grabber *grabber = COM_OBJECT(iface, grabber, IMFStreamSink_iface);
    struct grabber_item *items;
    struct grabber_news news;
    HRESULT hr = S_OK;

    CORK_TRACE("%p\n", (void *)iface);
    cork_mutex_lock(&grabber->lock);
    if (grabber->shut_down)
        hr = MF_E_STREAMSINK_REMOVED;
    else
    {
        items = grabber_flow_flush(&grabber->flow, &news);
        grabber_end_work(grabber, items, E_ABORT);
        grabber_send_news(grabber, news);
    }
    cork_mutex_unlock(&grabber->lock);
    return hr;
}

IMFStreamSinkVtbl grabber_stream_vtbl = {
    stream_QueryInterface, stream_AddRef,      stream_Release,      stream_GetEvent,      stream_BeginGetEvent,
    stream_EndGetEvent,    stream_QueueEvent,  stream_GetMediaSink, stream_GetIdentifier, stream_GetMediaTypeHandler,
    stream_ProcessSample,  stream_PlaceMarker, stream_Flush,
};

COM_PART_UNKNOWN(type, IMFMediaTypeHandler, grabber, IMFMediaTypeHandler_iface, stream_query)

/* One that has what the type has that the grabber was made with, and may have more. */
static HRESULT check_type(struct grabber *grabber, IMFMediaType *type)
{
    static const DWORD same =
        MF_MEDIATYPE_EQUAL_MAJOR_TYPES | MF_MEDIATYPE_EQUAL_FORMAT_TYPES | MF_MEDIATYPE_EQUAL_FORMAT_DATA;
    DWORD flags = 0;

    if (is_shut_down(grabber)) return MF_E_STREAMSINK_REMOVED;
    if (!type) return E_POINTER;
    if (IMFMediaType_IsEqual(grabber->asked_type, type, &flags) == S_OK) return S_OK;
    return (flags & same) == same ? S_OK : MF_E_INVALIDMEDIATYPE;
}

static HRESULT STDMETHODCALLTYPE type_IsMediaTypeSupported(IMFMediaTypeHandler *iface, IMFMediaType *type,
                                                           IMFMediaType **close)
{
    CORK_TRACE("%p, %p, %p\n", (void *)iface, (void *)type, (void *)close);
    return check_type(COM_OBJECT(iface, grabber, IMFMediaTypeHandler_iface), type);
}

/* There is no list of types: any that fits the one that was asked for. */
static HRESULT STDMETHODCALLTYPE type_GetMediaTypeCount(IMFMediaTypeHandler *iface, DWORD *count)
{
    CORK_TRACE("%p, %p\n", (void *)iface, (void *)count);
    if (!count) return E_POINTER;
    *count = 0;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE type_GetMediaTypeByIndex(IMFMediaTypeHandler *iface, DWORD index, IMFMediaType **type)
{
    CORK_TRACE("%p, %lu, %p\n", (void *)iface, index, (void *)type);
    return type ? MF_E_NO_MORE_TYPES : E_POINTER;
}

static HRESULT STDMETHODCALLTYPE type_SetCurrentMediaType(IMFMediaTypeHandler *iface, IMFMediaType *type)
{
    struct grabber *grabber = COM_OBJECT(iface, grabber, IMFMediaTypeHandler_iface);
    HRESULT hr = check_type(grabber, type);
    IMFMediaType *old;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)type);
    if (FAILED(hr)) return hr;
    IMFMediaType_AddRef(type);
    cork_mutex_lock(&grabber->lock);
    old = type;
    if (grabber->shut_down)
        hr = MF_E_STREAMSINK_REMOVED;
    else
    {
        old = grabber->type;
        grabber->type = type;
    }
    cork_mutex_unlock(&grabber->lock);
    IMFMediaType_Release(old);
    return hr;
}

static HRESULT STDMETHODCALLTYPE type_GetCurrentMediaType(IMFMediaTypeHandler *iface, IMFMediaType **type)
{
    struct grabber *grabber = COM_OBJECT(iface, grabber, IMFMediaTypeHandler_iface);
    HRESULT hr = S_OK;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)type);
    if (!type) return E_POINTER;
    cork_mutex_lock(&grabber->lock);
    if (grabber->shut_down)
        hr = MF_E_STREAMSINK_REMOVED;
    else
    {
        *type = grabber->type;
        IMFMediaType_AddRef(*type);
    }
    cork_mutex_unlock(&grabber->lock);
    return hr;
}

static HRESULT STDMETHODCALLTYPE type_GetMajorType(IMFMediaTypeHandler *iface, GUID *major)
{
    IMFMediaType *type;
    HRESULT hr;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)major);
    if (!major) return E_POINTER;
    hr = type_GetCurrentMediaType(iface, &type);
    if (FAILED(hr)) return hr;
    hr = IMFMediaType_GetMajorType(type, major);
    IMFMediaType_Release(type);
    return hr;
}

IMFMediaTypeHandlerVtbl grabber_type_vtbl = {
    type_QueryInterface,
    type_AddRef,
    type_Release,
    type_IsMediaTypeSupported,
    type_GetMediaTypeCount,
    type_GetMediaTypeByIndex,
    type_SetCurrentMediaType,
    type_GetCurrentMediaType,
    type_GetMajorType,
};

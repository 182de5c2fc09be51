/* The WAVE sink's stream and its type handler. See wave_sink.h. */
#define COBJMACROS
#include "common/trace.h"
#include "mf/com.h"
#include "mf/wave_sink.h"
#include "mf/wave_sink_private.h"

CORK_TRACE_CHANNEL(mf);

static const struct com_interface stream_interfaces[] = {
    {&IID_IMFStreamSink, offsetof(struct wave_sink, stream_iface)},
    {&IID_IMFMediaEventGenerator, offsetof(struct wave_sink, stream_iface)},
    {&IID_IMFMediaTypeHandler, offsetof(struct wave_sink, handler_iface)},
};

/* The stream is an object of its own to COM: another QueryInterface. */
static HRESULT wave_stream_query(struct wave_sink *sink, REFIID iid, void **out)
{
    return com_query(sink, stream_interfaces, ARRAYSIZE(stream_interfaces), iid, out);
}

COM_PART_UNKNOWN(stream, IMFStreamSink, wave_sink, stream_iface, wave_stream_query)

COM_EVENTS(stream, IMFStreamSink, wave_sink, stream_iface, queue)

static HRESULT WINAPI stream_GetMediaSink(IMFStreamSink *iface, IMFMediaSink **out)
{
    struct wave_sink *sink = COM_OBJECT(iface, wave_sink, stream_iface);
    HRESULT hr;

    if (!out) return E_POINTER;
    *out = NULL;
    hr = wave_sink_enter(sink);
    if (FAILED(hr)) return hr;
    *out = (IMFMediaSink *)&sink->sink_iface;
    wave_sink_addref(sink);
    wave_sink_leave(sink);
    return S_OK;
}

static HRESULT WINAPI stream_GetIdentifier(IMFStreamSink *iface, DWORD *id)
{
    struct wave_sink *sink = COM_OBJECT(iface, wave_sink, stream_iface);
    HRESULT hr;

    if (!id) return E_POINTER;
    hr = wave_sink_enter(sink);
    if (FAILED(hr)) return hr;
    *id = WAVE_SINK_STREAM;
    wave_sink_leave(sink);
    return S_OK;
}

static HRESULT WINAPI stream_GetMediaTypeHandler(IMFStreamSink *iface, IMFMediaTypeHandler **handler)
{
    struct wave_sink *sink = COM_OBJECT(iface, wave_sink, stream_iface);
    HRESULT hr;

    if (!handler) return E_POINTER;
    *handler = NULL;
    hr = wave_sink_enter(sink);
    if (FAILED(hr)) return hr;
    *handler = &sink->handler_iface;
    wave_sink_addref(sink);
    wave_sink_leave(sink);
    return S_OK;
}

/* The data are written before the call returns, on the caller's thread. */
static HRESULT WINAPI stream_ProcessSample(IMFStreamSink *iface, IMFSample *sample)
{
    struct wave_sink *sink = COM_OBJECT(iface, wave_sink, stream_iface);
    HRESULT hr;

    if (!sample) return E_INVALIDARG;
    hr = wave_sink_enter(sink);
    if (FAILED(hr)) return hr;
    hr = sink->is_finalized ? MF_E_INVALIDREQUEST : wave_sink_write(sink, sample);
    if (FAILED(hr))
        CORK_WARN("sink %p: %#lx\n", (void *)sink, (unsigned long)hr);
    else if (sink->is_running)
        IMFMediaEventQueue_QueueEventParamVar(sink->queue, MEStreamSinkRequestSample, &GUID_NULL, S_OK, NULL);
    wave_sink_leave(sink);
    return hr;
}

/* All samples before the marker have been written. */
static HRESULT WINAPI stream_PlaceMarker(IMFStreamSink *iface, MFSTREAMSINK_MARKER_TYPE type, const PROPVARIANT *value,
                                         const PROPVARIANT *context)
{
    struct wave_sink *sink = COM_OBJECT(iface, wave_sink, stream_iface);
    HRESULT hr = wave_sink_enter(sink);

    (void)type;
    (void)value;
    if (FAILED(hr)) return hr;
    hr = IMFMediaEventQueue_QueueEventParamVar(sink->queue, MEStreamSinkMarker, &GUID_NULL, S_OK, context);
    wave_sink_leave(sink);
    return hr;
}

/* Nothing waits. */
static HRESULT WINAPI stream_Flush(IMFStreamSink *iface)
{
    struct wave_sink *sink = COM_OBJECT(iface, wave_sink, stream_iface);
    HRESULT hr = wave_sink_enter(sink);

    if (SUCCEEDED(hr)) wave_sink_leave(sink);
    return hr;
}

static IMFStreamSinkVtbl stream_vtbl = {
    stream_QueryInterface, stream_AddRef,      stream_Release,      stream_GetEvent,      stream_BeginGetEvent,
    stream_EndGetEvent,    stream_QueueEvent,  stream_GetMediaSink, stream_GetIdentifier, stream_GetMediaTypeHandler,
    stream_ProcessSample,  stream_PlaceMarker, stream_Flush,
};

/* ---- IMFMediaTypeHandler --------------------------------------------------------------------------------------- */

static struct wave_sink *from_handler(IMFMediaTypeHandler *iface)
{
    return COM_OBJECT(iface, wave_sink, handler_iface);
}

COM_PART_UNKNOWN(handler, IMFMediaTypeHandler, wave_sink, handler_iface, wave_stream_query)

/* Whether two types have the same data: what the file's header says of them. */
static bool same_format(struct wave_sink *sink, IMFMediaType *type)
{
    static const GUID *const what[] = {&MF_MT_AUDIO_NUM_CHANNELS, &MF_MT_AUDIO_SAMPLES_PER_SECOND,
                                       &MF_MT_AUDIO_BITS_PER_SAMPLE};
    GUID ours, theirs;
    UINT32 our, their;

    if (FAILED(IMFMediaType_GetGUID(type, &MF_MT_MAJOR_TYPE, &theirs)) || !IsEqualGUID(&theirs, &MFMediaType_Audio))
        return false;
    if (FAILED(IMFMediaType_GetGUID(type, &MF_MT_SUBTYPE, &theirs)) ||
        FAILED(IMFMediaType_GetGUID(sink->type, &MF_MT_SUBTYPE, &ours)) || !IsEqualGUID(&ours, &theirs))
        return false;
    for (size_t i = 0; i < ARRAYSIZE(what); i++)
        if (FAILED(IMFMediaType_GetUINT32(type, what[i], &their)) ||
            FAILED(IMFMediaType_GetUINT32(sink->type, what[i], &our)) || our != their)
            return false;
    return true;
}

static HRESULT WINAPI handler_IsMediaTypeSupported(IMFMediaTypeHandler *iface, IMFMediaType *type,
                                                   IMFMediaType **nearest)
{
    if (nearest) *nearest = NULL;
    if (!type) return E_POINTER;
    return same_format(from_handler(iface), type) ? S_OK : MF_E_INVALIDMEDIATYPE;
}

static HRESULT WINAPI handler_GetMediaTypeCount(IMFMediaTypeHandler *iface, DWORD *count)
{
    (void)iface;
    if (!count) return E_POINTER;
    *count = 1;
    return S_OK;
}

static HRESULT WINAPI handler_GetCurrentMediaType(IMFMediaTypeHandler *iface, IMFMediaType **type)
{
    if (!type) return E_POINTER;
    *type = from_handler(iface)->type;
    IMFMediaType_AddRef(*type);
    return S_OK;
}

static HRESULT WINAPI handler_GetMediaTypeByIndex(IMFMediaTypeHandler *iface, DWORD index, IMFMediaType **type)
{
    if (!type) return E_POINTER;
    *type = NULL;
    return index ? MF_E_NO_MORE_TYPES : handler_GetCurrentMediaType(iface, type);
}

/* The type is the one that the sink was made with. */
static HRESULT WINAPI handler_SetCurrentMediaType(IMFMediaTypeHandler *iface, IMFMediaType *type)
{
    return handler_IsMediaTypeSupported(iface, type, NULL);
}

static HRESULT WINAPI handler_GetMajorType(IMFMediaTypeHandler *iface, GUID *type)
{
    (void)iface;
    if (!type) return E_POINTER;
    *type = MFMediaType_Audio;
    return S_OK;
}

static IMFMediaTypeHandlerVtbl handler_vtbl = {
    handler_QueryInterface,
    handler_AddRef,
    handler_Release,
    handler_IsMediaTypeSupported,
    handler_GetMediaTypeCount,
    handler_GetMediaTypeByIndex,
    handler_SetCurrentMediaType,
    handler_GetCurrentMediaType,
    handler_GetMajorType,
};

/* Fills in what follows from the rest. */
static HRESULT complete(IMFMediaType *type)
{
    UINT32 channels, rate, bits, block;

    if (FAILED(IMFMediaType_GetUINT32(type, &MF_MT_AUDIO_NUM_CHANNELS, &channels)) || !channels || channels > 255 ||
        FAILED(IMFMediaType_GetUINT32(type, &MF_MT_AUDIO_SAMPLES_PER_SECOND, &rate)) || !rate || rate > 10000000 ||
        FAILED(IMFMediaType_GetUINT32(type, &MF_MT_AUDIO_BITS_PER_SAMPLE, &bits)) || !bits || bits > 64 || bits % 8)
        return MF_E_INVALIDMEDIATYPE;
    block = channels * bits / 8;
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_BLOCK_ALIGNMENT, block);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_AVG_BYTES_PER_SECOND, block * rate);
    return IMFMediaType_SetUINT32(type, &MF_MT_ALL_SAMPLES_INDEPENDENT, TRUE);
}

HRESULT wave_stream_init(struct wave_sink *sink, IMFMediaType *type)
{
    GUID major, sub;
    HRESULT hr;

    sink->stream_iface.lpVtbl = &stream_vtbl;
    sink->handler_iface.lpVtbl = &handler_vtbl;
    if (FAILED(IMFMediaType_GetGUID(type, &MF_MT_MAJOR_TYPE, &major)) || !IsEqualGUID(&major, &MFMediaType_Audio) ||
        FAILED(IMFMediaType_GetGUID(type, &MF_MT_SUBTYPE, &sub)) ||
        (!IsEqualGUID(&sub, &MFAudioFormat_PCM) && !IsEqualGUID(&sub, &MFAudioFormat_Float)))
        return MF_E_INVALIDMEDIATYPE;
    hr = MFCreateMediaType(&sink->type);
    if (SUCCEEDED(hr)) hr = IMFMediaType_CopyAllItems(type, (IMFAttributes *)sink->type);
    if (SUCCEEDED(hr)) hr = complete(sink->type);
    if (SUCCEEDED(hr)) hr = MFCreateWaveFormatExFromMFMediaType(sink->type, &sink->format, &sink->format_size, 0);
    return hr;
}

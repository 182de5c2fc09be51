/*
 * See wave_sink.h.
 *
 * Sink, stream and type handler are one object with one count of references, so that they need not refer to each other
 * and a sink that nobody shuts down goes with its last reference all the same.
 */
#define COBJMACROS
#include "mf/wave_sink.h"

#include <stdlib.h>

#include "common/trace.h"
#include "mf/com.h"
#include "mf/wave_header.h"
#include "mf/wave_sink_private.h"

CORK_TRACE_CHANNEL(mf);

static const struct com_interface sink_interfaces[] = {
    {&IID_IMFMediaSink, offsetof(struct wave_sink, sink_iface)},
    {&IID_IMFFinalizableMediaSink, offsetof(struct wave_sink, sink_iface)},
    {&IID_IMFClockStateSink, offsetof(struct wave_sink, clock_iface)},
};

HRESULT wave_sink_query(struct wave_sink *sink, REFIID iid, void **out)
{
    return com_query(sink, sink_interfaces, ARRAYSIZE(sink_interfaces), iid, out);
}

ULONG wave_sink_addref(struct wave_sink *sink)
{
    return InterlockedIncrement(&sink->refs);
}

ULONG wave_sink_release(struct wave_sink *sink)
{
    ULONG refs = InterlockedDecrement(&sink->refs);

    if (refs) return refs;
    if (sink->clock) IMFPresentationClock_Release(sink->clock);
    IMFMediaEventQueue_Shutdown(sink->queue);
    IMFMediaEventQueue_Release(sink->queue);
    IMFMediaType_Release(sink->type);
    IMFByteStream_Release(sink->stream);
    CoTaskMemFree(sink->format);
    DeleteCriticalSection(&sink->lock);
    free(sink);
    return 0;
}

COM_UNKNOWN(sink, IMFFinalizableMediaSink, wave_sink, sink_iface)
COM_UNKNOWN(clock, IMFClockStateSink, wave_sink, clock_iface)

static struct wave_sink *from_sink(IMFFinalizableMediaSink *iface)
{
    return COM_OBJECT(iface, wave_sink, sink_iface);
}

HRESULT wave_sink_enter(struct wave_sink *sink)
{
    EnterCriticalSection(&sink->lock);
    if (!sink->is_shut_down) return S_OK;
    LeaveCriticalSection(&sink->lock);
    return MF_E_SHUTDOWN;
}

void wave_sink_leave(struct wave_sink *sink)
{
    LeaveCriticalSection(&sink->lock);
}

/* ---- The file -------------------------------------------------------------------------------------------------- */

/* Writes all of it: a byte stream may take less than it is given. */
static HRESULT write_all(struct wave_sink *sink, const BYTE *data, ULONG size)
{
    ULONG written;
    HRESULT hr;

    while (size)
    {
        written = 0;
        hr = IMFByteStream_Write(sink->stream, data, size, &written);
        if (FAILED(hr)) return hr;
        if (!written || written > size) return HRESULT_FROM_WIN32(ERROR_DISK_FULL);
        data += written;
        size -= written;
    }
    return S_OK;
}

static HRESULT write_header(struct wave_sink *sink)
{
    size_t size = wave_header_size((const uint8_t *)sink->format, sink->format_size);
    BYTE *header = malloc(size);
    HRESULT hr;

    if (!header) return E_OUTOFMEMORY;
    if (!wave_header_write((const uint8_t *)sink->format, sink->format_size, sink->data_size, header))
        hr = HRESULT_FROM_WIN32(ERROR_FILE_TOO_LARGE);
    else
        hr = write_all(sink, header, (ULONG)size);
    free(header);
    return hr;
}

/* Notes where the file begins, and makes room for the header. */
static HRESULT begin_file(struct wave_sink *sink)
{
    HRESULT hr;

    if (sink->has_header) return S_OK;
    hr = IMFByteStream_GetCurrentPosition(sink->stream, &sink->begin);
    if (SUCCEEDED(hr)) hr = write_header(sink);
    if (SUCCEEDED(hr)) sink->has_header = true;
    return hr;
}

static HRESULT write_buffer(struct wave_sink *sink, IMFMediaBuffer *buffer)
{
    DWORD size = 0;
    BYTE *data;
    HRESULT hr = IMFMediaBuffer_Lock(buffer, &data, NULL, &size);

    if (FAILED(hr)) return hr;
    if (sink->data_size + size > wave_data_most((const uint8_t *)sink->format, sink->format_size))
        hr = HRESULT_FROM_WIN32(ERROR_FILE_TOO_LARGE);
    else
        hr = write_all(sink, data, size);
    if (SUCCEEDED(hr)) sink->data_size += size;
    IMFMediaBuffer_Unlock(buffer);
    return hr;
}

HRESULT wave_sink_write(struct wave_sink *sink, IMFSample *sample)
{
    IMFMediaBuffer *buffer;
    DWORD count = 0;
    HRESULT hr = begin_file(sink);

    if (SUCCEEDED(hr)) hr = IMFSample_GetBufferCount(sample, &count);
    for (DWORD i = 0; SUCCEEDED(hr) && i < count; i++)
    {
        hr = IMFSample_GetBufferByIndex(sample, i, &buffer);
        if (FAILED(hr)) break;
        hr = write_buffer(sink, buffer);
        IMFMediaBuffer_Release(buffer);
    }
    if (FAILED(hr) && SUCCEEDED(sink->failure)) sink->failure = hr;
    return hr;
}

/* Wine's byte streams of files keep nothing back and have no Flush. */
static HRESULT flush(IMFByteStream *stream)
{
    HRESULT hr = IMFByteStream_Flush(stream);

    return hr == E_NOTIMPL ? S_OK : hr;
}

/* Makes the file whole: the byte of padding, and the sizes. What could be written is a valid file also where not all
 * could; the first failure is what is returned all the same. */
static HRESULT end_file(struct wave_sink *sink)
{
    static const BYTE padding;
    QWORD end;
    HRESULT hr = begin_file(sink);

    end = sink->begin + wave_header_size((const uint8_t *)sink->format, sink->format_size) + sink->data_size;
    if (SUCCEEDED(hr)) hr = IMFByteStream_SetCurrentPosition(sink->stream, end);
    if (SUCCEEDED(hr) && sink->data_size & 1) hr = write_all(sink, &padding, 1);
    if (SUCCEEDED(hr)) hr = IMFByteStream_SetCurrentPosition(sink->stream, sink->begin);
    if (SUCCEEDED(hr)) hr = write_header(sink);
    if (SUCCEEDED(hr)) hr = IMFByteStream_SetCurrentPosition(sink->stream, end + (sink->data_size & 1));
    if (SUCCEEDED(hr)) hr = flush(sink->stream);
    return FAILED(sink->failure) ? sink->failure : hr;
}

/* ---- IMFMediaSink ---------------------------------------------------------------------------------------------- */

static HRESULT WINAPI sink_GetCharacteristics(IMFFinalizableMediaSink *iface, DWORD *characteristics)
{
    struct wave_sink *sink = from_sink(iface);
    HRESULT hr;

    if (!characteristics) return E_POINTER;
    hr = wave_sink_enter(sink);
    if (FAILED(hr)) return hr;
    *characteristics = MEDIASINK_FIXED_STREAMS | MEDIASINK_RATELESS;
    wave_sink_leave(sink);
    return S_OK;
}

static HRESULT WINAPI sink_AddStreamSink(IMFFinalizableMediaSink *iface, DWORD id, IMFMediaType *type,
                                         IMFStreamSink **stream)
{
    (void)iface;
    (void)id;
    (void)type;
    (void)stream;
    return MF_E_STREAMSINKS_FIXED;
}

static HRESULT WINAPI sink_RemoveStreamSink(IMFFinalizableMediaSink *iface, DWORD id)
{
    (void)iface;
    (void)id;
    return MF_E_STREAMSINKS_FIXED;
}

static HRESULT WINAPI sink_GetStreamSinkCount(IMFFinalizableMediaSink *iface, DWORD *count)
{
    struct wave_sink *sink = from_sink(iface);
    HRESULT hr;

    if (!count) return E_POINTER;
    hr = wave_sink_enter(sink);
    if (FAILED(hr)) return hr;
    *count = 1;
    wave_sink_leave(sink);
    return S_OK;
}

static HRESULT get_stream(struct wave_sink *sink, bool is_it, HRESULT otherwise, IMFStreamSink **stream)
{
    HRESULT hr;

    if (!stream) return E_POINTER;
    *stream = NULL;
    hr = wave_sink_enter(sink);
    if (FAILED(hr)) return hr;
    if (is_it)
    {
        *stream = &sink->stream_iface;
        wave_sink_addref(sink);
    }
    wave_sink_leave(sink);
    return is_it ? S_OK : otherwise;
}

static HRESULT WINAPI sink_GetStreamSinkByIndex(IMFFinalizableMediaSink *iface, DWORD index, IMFStreamSink **stream)
{
    return get_stream(from_sink(iface), !index, MF_E_INVALIDINDEX, stream);
}

static HRESULT WINAPI sink_GetStreamSinkById(IMFFinalizableMediaSink *iface, DWORD id, IMFStreamSink **stream)
{
    return get_stream(from_sink(iface), id == WAVE_SINK_STREAM, MF_E_INVALIDSTREAMNUMBER, stream);
}

static HRESULT WINAPI sink_SetPresentationClock(IMFFinalizableMediaSink *iface, IMFPresentationClock *clock)
{
    struct wave_sink *sink = from_sink(iface);
    IMFPresentationClock *old;
    HRESULT hr = wave_sink_enter(sink);

    if (FAILED(hr)) return hr;
    old = sink->clock;
    sink->clock = clock;
    if (clock) IMFPresentationClock_AddRef(clock);
    wave_sink_leave(sink);

    /* The clock is called without the lock: it calls the sink. */
    if (old)
    {
        IMFPresentationClock_RemoveClockStateSink(old, &sink->clock_iface);
        IMFPresentationClock_Release(old);
    }
    return clock ? IMFPresentationClock_AddClockStateSink(clock, &sink->clock_iface) : S_OK;
}

static HRESULT WINAPI sink_GetPresentationClock(IMFFinalizableMediaSink *iface, IMFPresentationClock **clock)
{
    struct wave_sink *sink = from_sink(iface);
    HRESULT hr;

    if (!clock) return E_POINTER;
    *clock = NULL;
    hr = wave_sink_enter(sink);
    if (FAILED(hr)) return hr;
    *clock = sink->clock;
    if (*clock) IMFPresentationClock_AddRef(*clock);
    wave_sink_leave(sink);
    return *clock ? S_OK : MF_E_NO_CLOCK;
}

static HRESULT WINAPI sink_Shutdown(IMFFinalizableMediaSink *iface)
{
    struct wave_sink *sink = from_sink(iface);
    IMFPresentationClock *clock;
    HRESULT hr = wave_sink_enter(sink);

    if (FAILED(hr)) return hr;
    sink->is_shut_down = true;
    clock = sink->clock;
    sink->clock = NULL;
    IMFMediaEventQueue_Shutdown(sink->queue);
    wave_sink_leave(sink);
    if (!clock) return S_OK;
    IMFPresentationClock_RemoveClockStateSink(clock, &sink->clock_iface);
    IMFPresentationClock_Release(clock);
    return S_OK;
}

static HRESULT WINAPI sink_BeginFinalize(IMFFinalizableMediaSink *iface, IMFAsyncCallback *callback, IUnknown *state)
{
    struct wave_sink *sink = from_sink(iface);
    IMFAsyncResult *result;
    HRESULT hr;

    CORK_TRACE("sink %p\n", (void *)sink);
    if (!callback) return E_POINTER;
    hr = MFCreateAsyncResult(NULL, callback, state, &result);
    if (FAILED(hr)) return hr;
    hr = wave_sink_enter(sink);
    if (SUCCEEDED(hr))
    {
        hr = sink->is_finalized ? MF_E_INVALIDREQUEST : S_OK;
        if (SUCCEEDED(hr))
        {
            sink->is_finalized = true;
            IMFAsyncResult_SetStatus(result, end_file(sink));
        }
        wave_sink_leave(sink);
        if (SUCCEEDED(hr)) hr = MFInvokeCallback(result);
    }
    IMFAsyncResult_Release(result);
    return hr;
}

static HRESULT WINAPI sink_EndFinalize(IMFFinalizableMediaSink *iface, IMFAsyncResult *result)
{
    (void)iface;
    return result ? IMFAsyncResult_GetStatus(result) : E_POINTER;
}

static IMFFinalizableMediaSinkVtbl sink_vtbl = {
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
    sink_BeginFinalize,
    sink_EndFinalize,
};

/* ---- IMFClockStateSink ----------------------------------------------------------------------------------------- */

/* The stream tells of the change, and asks for data where it now runs. */
static HRESULT clock_changed(IMFClockStateSink *iface, MediaEventType event, bool runs)
{
    struct wave_sink *sink = COM_OBJECT(iface, wave_sink, clock_iface);
    HRESULT hr = wave_sink_enter(sink);

    if (FAILED(hr)) return hr;
    sink->is_running = runs;
    hr = IMFMediaEventQueue_QueueEventParamVar(sink->queue, event, &GUID_NULL, S_OK, NULL);
    for (int i = 0; SUCCEEDED(hr) && runs && i < WAVE_SINK_DEPTH; i++)
        hr = IMFMediaEventQueue_QueueEventParamVar(sink->queue, MEStreamSinkRequestSample, &GUID_NULL, S_OK, NULL);
    wave_sink_leave(sink);
    return hr;
}

static HRESULT WINAPI clock_OnClockStart(IMFClockStateSink *iface, MFTIME time, LONGLONG offset)
{
    (void)time;
    (void)offset;
    return clock_changed(iface, MEStreamSinkStarted, true);
}

static HRESULT WINAPI clock_OnClockStop(IMFClockStateSink *iface, MFTIME time)
{
    (void)time;
    return clock_changed(iface, MEStreamSinkStopped, false);
}

static HRESULT WINAPI clock_OnClockPause(IMFClockStateSink *iface, MFTIME time)
{
    (void)time;
    return clock_changed(iface, MEStreamSinkPaused, false);
}

static HRESULT WINAPI clock_OnClockRestart(IMFClockStateSink *iface, MFTIME time)
{
    (void)time;
    return clock_changed(iface, MEStreamSinkStarted, true);
}

/* A file has no rate. */
static HRESULT WINAPI clock_OnClockSetRate(IMFClockStateSink *iface, MFTIME time, float rate)
{
    struct wave_sink *sink = COM_OBJECT(iface, wave_sink, clock_iface);
    HRESULT hr = wave_sink_enter(sink);

    (void)time;
    (void)rate;
    if (FAILED(hr)) return hr;
    hr = IMFMediaEventQueue_QueueEventParamVar(sink->queue, MEStreamSinkRateChanged, &GUID_NULL, S_OK, NULL);
    wave_sink_leave(sink);
    return hr;
}

static IMFClockStateSinkVtbl clock_vtbl = {
    clock_QueryInterface, clock_AddRef,       clock_Release,        clock_OnClockStart,
    clock_OnClockStop,    clock_OnClockPause, clock_OnClockRestart, clock_OnClockSetRate,
};

/* ---- Making it ------------------------------------------------------------------------------------------------- */

static HRESULT check_stream(IMFByteStream *stream)
{
    DWORD capabilities;
    HRESULT hr = IMFByteStream_GetCapabilities(stream, &capabilities);

    if (FAILED(hr)) return hr;
    if (!(capabilities & MFBYTESTREAM_IS_WRITABLE)) return E_INVALIDARG;
    return capabilities & MFBYTESTREAM_IS_SEEKABLE ? S_OK : MF_E_BYTESTREAM_NOT_SEEKABLE;
}

HRESULT wave_sink_create(IMFByteStream *stream, IMFMediaType *type, IMFMediaSink **out)
{
    struct wave_sink *sink;
    HRESULT hr = check_stream(stream);

    if (FAILED(hr)) return hr;
    sink = calloc(1, sizeof(*sink));
    if (!sink) return E_OUTOFMEMORY;
    sink->sink_iface.lpVtbl = &sink_vtbl;
    sink->clock_iface.lpVtbl = &clock_vtbl;
    sink->refs = 1;
    sink->stream = stream;
    InitializeCriticalSection(&sink->lock);
    hr = wave_stream_init(sink, type);
    if (SUCCEEDED(hr)) hr = MFCreateEventQueue(&sink->queue);
    if (FAILED(hr))
    {
        if (sink->type) IMFMediaType_Release(sink->type);
        CoTaskMemFree(sink->format);
        DeleteCriticalSection(&sink->lock);
        free(sink);
        return hr;
    }
    IMFByteStream_AddRef(stream);
    *out = (IMFMediaSink *)&sink->sink_iface;
    return S_OK;
}

/* See source_stream.h. */
#define COBJMACROS
#include "mf/source_stream.h"

#include <stdbool.h>
#include <stdlib.h>

#include "mf/com.h"

static HRESULT source_stream_query(struct source_stream *stream, REFIID iid, void **out)
{
    static const struct com_interface interfaces[] = {
        {&IID_IMFMediaStream, offsetof(struct source_stream, iface)},
        {&IID_IMFMediaEventGenerator, offsetof(struct source_stream, iface)},
    };

    return com_query(stream, interfaces, ARRAYSIZE(interfaces), iid, out);
}

ULONG source_stream_addref(struct source_stream *stream)
{
    return InterlockedIncrement(&stream->refs);
}

ULONG source_stream_release(struct source_stream *stream)
{
    ULONG refs = InterlockedDecrement(&stream->refs);

    if (refs) return refs;
    source_stream_shut_down(stream);
    IMFMediaStream_Release(stream->native);
    IMFStreamDescriptor_Release(stream->descriptor);
    IMFMediaEventQueue_Release(stream->queue);
    free(stream);
    return 0;
}

COM_UNKNOWN(stream, IMFMediaStream, source_stream, iface)

COM_EVENTS(stream, IMFMediaStream, source_stream, iface, queue)

static HRESULT WINAPI stream_GetMediaSource(IMFMediaStream *iface, IMFMediaSource **source)
{
    struct source_stream *stream = COM_OBJECT(iface, source_stream, iface);

    if (!source) return E_POINTER;
    AcquireSRWLockShared(&stream->lock);
    *source = stream->source;
    if (*source) IMFMediaSource_AddRef(*source);
    ReleaseSRWLockShared(&stream->lock);
    return *source ? S_OK : MF_E_SHUTDOWN;
}

static bool is_shut_down(struct source_stream *stream)
{
    IMFMediaSource *source;

    AcquireSRWLockShared(&stream->lock);
    source = stream->source;
    ReleaseSRWLockShared(&stream->lock);
    return !source;
}

static HRESULT WINAPI stream_GetStreamDescriptor(IMFMediaStream *iface, IMFStreamDescriptor **descriptor)
{
    struct source_stream *stream = COM_OBJECT(iface, source_stream, iface);

    if (!descriptor) return E_POINTER;
    *descriptor = NULL;
    if (is_shut_down(stream)) return MF_E_SHUTDOWN;
    *descriptor = stream->descriptor;
    IMFStreamDescriptor_AddRef(*descriptor);
    return S_OK;
}

static HRESULT WINAPI stream_RequestSample(IMFMediaStream *iface, IUnknown *token)
{
    struct source_stream *stream = COM_OBJECT(iface, source_stream, iface);

    return is_shut_down(stream) ? MF_E_SHUTDOWN : IMFMediaStream_RequestSample(stream->native, token);
}

static IMFMediaStreamVtbl stream_vtbl = {
    stream_QueryInterface,      stream_AddRef,        stream_Release,    stream_GetEvent,
    stream_BeginGetEvent,       stream_EndGetEvent,   stream_QueueEvent, stream_GetMediaSource,
    stream_GetStreamDescriptor, stream_RequestSample,
};

HRESULT source_stream_create(IMFMediaSource *source, IMFMediaStream *native, IMFStreamDescriptor *descriptor,
                             struct source_stream **out)
{
    struct source_stream *stream = calloc(1, sizeof(*stream));
    HRESULT hr;

    if (!stream) return E_OUTOFMEMORY;
    hr = MFCreateEventQueue(&stream->queue);
    if (FAILED(hr))
    {
        free(stream);
        return hr;
    }
    stream->iface.lpVtbl = &stream_vtbl;
    stream->refs = 1;
    InitializeSRWLock(&stream->lock);
    stream->source = source;
    IMFMediaSource_AddRef(source);
    stream->native = native;
    IMFMediaStream_AddRef(native);
    stream->descriptor = descriptor;
    IMFStreamDescriptor_AddRef(descriptor);
    *out = stream;
    return S_OK;
}

void source_stream_shut_down(struct source_stream *stream)
{
    IMFMediaSource *source;

    AcquireSRWLockExclusive(&stream->lock);
    source = stream->source;
    stream->source = NULL;
    ReleaseSRWLockExclusive(&stream->lock);
    if (!source) return;
    IMFMediaEventQueue_Shutdown(stream->queue);
    IMFMediaSource_Release(source);
}

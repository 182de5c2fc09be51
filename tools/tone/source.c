/*
 * The tone as a media source: one stream, whose samples are made when they are asked for. It starts at its beginning
 * only, and is neither paused nor sought; the stream lives as long as the source.
 */
#include "tone.h"

#include <math.h>
#include <stdlib.h>

#define TURN          6.283185307179586
#define SECOND        10000000 /* 100 ns */
#define SAMPLE_FRAMES (TONE_RATE / 50)

struct source
{
    IMFMediaSource IMFMediaSource_iface;
    IMFMediaStream IMFMediaStream_iface;
    LONG references;
    IMFMediaEventQueue *source_events, *stream_events;
    IMFStreamDescriptor *descriptor;
    CRITICAL_SECTION lock; /* guards what follows */
    double frequency;
    DWORD frames, made;
    BOOL shut_down;
};

static struct source *of_source(IMFMediaSource *iface)
{
    return CONTAINING_RECORD(iface, struct source, IMFMediaSource_iface);
}

static struct source *of_stream(IMFMediaStream *iface)
{
    return CONTAINING_RECORD(iface, struct source, IMFMediaStream_iface);
}

/* ---- The stream ---------------------------------------------------------------------------------------------------
 */

static HRESULT WINAPI stream_query(IMFMediaStream *iface, REFIID iid, void **out)
{
    BOOL has = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFMediaEventGenerator) ||
               IsEqualIID(iid, &IID_IMFMediaStream);

    *out = has ? iface : NULL;
    if (has) IMFMediaStream_AddRef(iface);
    return has ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI stream_addref(IMFMediaStream *iface)
{
    return IMFMediaSource_AddRef(&of_stream(iface)->IMFMediaSource_iface);
}

static ULONG WINAPI stream_release(IMFMediaStream *iface)
{
    return IMFMediaSource_Release(&of_stream(iface)->IMFMediaSource_iface);
}

static HRESULT WINAPI stream_get_event(IMFMediaStream *iface, DWORD flags, IMFMediaEvent **event)
{
    return IMFMediaEventQueue_GetEvent(of_stream(iface)->stream_events, flags, event);
}

static HRESULT WINAPI stream_begin_get_event(IMFMediaStream *iface, IMFAsyncCallback *callback, IUnknown *state)
{
    return IMFMediaEventQueue_BeginGetEvent(of_stream(iface)->stream_events, callback, state);
}

static HRESULT WINAPI stream_end_get_event(IMFMediaStream *iface, IMFAsyncResult *result, IMFMediaEvent **event)
{
    return IMFMediaEventQueue_EndGetEvent(of_stream(iface)->stream_events, result, event);
}

static HRESULT WINAPI stream_queue_event(IMFMediaStream *iface, MediaEventType type, REFGUID extended, HRESULT status,
                                         const PROPVARIANT *value)
{
    return IMFMediaEventQueue_QueueEventParamVar(of_stream(iface)->stream_events, type, extended, status, value);
}

static HRESULT WINAPI stream_source(IMFMediaStream *iface, IMFMediaSource **source)
{
    *source = &of_stream(iface)->IMFMediaSource_iface;
    IMFMediaSource_AddRef(*source);
    return S_OK;
}

static HRESULT WINAPI stream_descriptor(IMFMediaStream *iface, IMFStreamDescriptor **descriptor)
{
    *descriptor = of_stream(iface)->descriptor;
    IMFStreamDescriptor_AddRef(*descriptor);
    return S_OK;
}

/* The next `count` frames, of which there are as many, as a sample. */
static HRESULT make_sample(struct source *source, DWORD count, IMFSample **sample)
{
    IMFMediaBuffer *buffer = NULL;
    BYTE *data = NULL;
    HRESULT result = MFCreateSample(sample);

    if (SUCCEEDED(result)) result = MFCreateMemoryBuffer(2 * count, &buffer);
    if (SUCCEEDED(result)) result = IMFMediaBuffer_Lock(buffer, &data, NULL, NULL);
    if (SUCCEEDED(result))
    {
        short *samples = (short *)(void *)data;

        for (DWORD i = 0; i < count; i++)
            samples[i] = (short)lrint(16384 * sin((source->made + i) * TURN * source->frequency / TONE_RATE));
        IMFMediaBuffer_Unlock(buffer);
        IMFMediaBuffer_SetCurrentLength(buffer, 2 * count);
        IMFSample_AddBuffer(*sample, buffer);
        IMFSample_SetSampleTime(*sample, (LONGLONG)source->made * SECOND / TONE_RATE);
        IMFSample_SetSampleDuration(*sample, (LONGLONG)count * SECOND / TONE_RATE);
        source->made += count;
    }
    if (buffer) IMFMediaBuffer_Release(buffer);
    return result;
}

/* After the last sample come the ends of stream and presentation. */
static HRESULT deliver(struct source *source, IUnknown *token)
{
    DWORD count = min(source->frames - source->made, SAMPLE_FRAMES);
    IMFSample *sample = NULL;
    HRESULT result;

    if (source->shut_down) return MF_E_SHUTDOWN;
    if (!count) return MF_E_END_OF_STREAM;
    result = make_sample(source, count, &sample);
    if (SUCCEEDED(result) && token) IMFSample_SetUnknown(sample, &MFSampleExtension_Token, token);
    if (SUCCEEDED(result))
        result = IMFMediaEventQueue_QueueEventParamUnk(source->stream_events, MEMediaSample, &GUID_NULL, S_OK,
                                                       (IUnknown *)sample);
    if (sample) IMFSample_Release(sample);
    if (FAILED(result) || source->made < source->frames) return result;
    IMFMediaEventQueue_QueueEventParamVar(source->stream_events, MEEndOfStream, &GUID_NULL, S_OK, NULL);
    return IMFMediaEventQueue_QueueEventParamVar(source->source_events, MEEndOfPresentation, &GUID_NULL, S_OK, NULL);
}

static HRESULT WINAPI stream_request(IMFMediaStream *iface, IUnknown *token)
{
    struct source *source = of_stream(iface);
    HRESULT result;

    EnterCriticalSection(&source->lock);
    result = deliver(source, token);
    LeaveCriticalSection(&source->lock);
    return result;
}

static IMFMediaStreamVtbl stream_vtbl = {
    stream_query,         stream_addref,      stream_release, stream_get_event,  stream_begin_get_event,
    stream_end_get_event, stream_queue_event, stream_source,  stream_descriptor, stream_request,
};

/* ---- The source ---------------------------------------------------------------------------------------------------
 */

static HRESULT WINAPI source_query(IMFMediaSource *iface, REFIID iid, void **out)
{
    BOOL has = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFMediaEventGenerator) ||
               IsEqualIID(iid, &IID_IMFMediaSource);

    *out = has ? iface : NULL;
    if (has) IMFMediaSource_AddRef(iface);
    return has ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI source_addref(IMFMediaSource *iface)
{
    return InterlockedIncrement(&of_source(iface)->references);
}

static ULONG WINAPI source_release(IMFMediaSource *iface)
{
    struct source *source = of_source(iface);
    ULONG left = InterlockedDecrement(&source->references);

    if (left) return left;
    IMFMediaEventQueue_Release(source->source_events);
    IMFMediaEventQueue_Release(source->stream_events);
    IMFStreamDescriptor_Release(source->descriptor);
    DeleteCriticalSection(&source->lock);
    free(source);
    return 0;
}

static HRESULT WINAPI source_get_event(IMFMediaSource *iface, DWORD flags, IMFMediaEvent **event)
{
    return IMFMediaEventQueue_GetEvent(of_source(iface)->source_events, flags, event);
}

static HRESULT WINAPI source_begin_get_event(IMFMediaSource *iface, IMFAsyncCallback *callback, IUnknown *state)
{
    return IMFMediaEventQueue_BeginGetEvent(of_source(iface)->source_events, callback, state);
}

static HRESULT WINAPI source_end_get_event(IMFMediaSource *iface, IMFAsyncResult *result, IMFMediaEvent **event)
{
    return IMFMediaEventQueue_EndGetEvent(of_source(iface)->source_events, result, event);
}

static HRESULT WINAPI source_queue_event(IMFMediaSource *iface, MediaEventType type, REFGUID extended, HRESULT status,
                                         const PROPVARIANT *value)
{
    return IMFMediaEventQueue_QueueEventParamVar(of_source(iface)->source_events, type, extended, status, value);
}

static HRESULT WINAPI source_characteristics(IMFMediaSource *iface, DWORD *characteristics)
{
    (void)iface;
    *characteristics = 0;
    return S_OK;
}

static HRESULT WINAPI source_presentation(IMFMediaSource *iface, IMFPresentationDescriptor **presentation)
{
    struct source *source = of_source(iface);
    HRESULT result = MFCreatePresentationDescriptor(1, &source->descriptor, presentation);

    if (FAILED(result)) return result;
    IMFPresentationDescriptor_SetUINT64(*presentation, &MF_PD_DURATION, (UINT64)source->frames * SECOND / TONE_RATE);
    return IMFPresentationDescriptor_SelectStream(*presentation, 0);
}

static HRESULT WINAPI source_start(IMFMediaSource *iface, IMFPresentationDescriptor *presentation, const GUID *format,
                                   const PROPVARIANT *position)
{
    struct source *source = of_source(iface);
    PROPVARIANT start = {.vt = VT_I8};
    HRESULT result = source->shut_down ? MF_E_SHUTDOWN : S_OK;

    (void)presentation;
    (void)format;
    (void)position;
    if (SUCCEEDED(result))
        result = IMFMediaEventQueue_QueueEventParamUnk(source->source_events, MENewStream, &GUID_NULL, S_OK,
                                                       (IUnknown *)&source->IMFMediaStream_iface);
    if (SUCCEEDED(result))
        result =
            IMFMediaEventQueue_QueueEventParamVar(source->source_events, MESourceStarted, &GUID_NULL, S_OK, &start);
    if (SUCCEEDED(result))
        result =
            IMFMediaEventQueue_QueueEventParamVar(source->stream_events, MEStreamStarted, &GUID_NULL, S_OK, &start);
    return result;
}

static HRESULT WINAPI source_stop(IMFMediaSource *iface)
{
    struct source *source = of_source(iface);

    IMFMediaEventQueue_QueueEventParamVar(source->stream_events, MEStreamStopped, &GUID_NULL, S_OK, NULL);
    return IMFMediaEventQueue_QueueEventParamVar(source->source_events, MESourceStopped, &GUID_NULL, S_OK, NULL);
}

static HRESULT WINAPI source_pause(IMFMediaSource *iface)
{
    (void)iface;
    return MF_E_INVALIDREQUEST;
}

static HRESULT WINAPI source_shutdown(IMFMediaSource *iface)
{
    struct source *source = of_source(iface);

    EnterCriticalSection(&source->lock);
    source->shut_down = TRUE;
    LeaveCriticalSection(&source->lock);
    IMFMediaEventQueue_Shutdown(source->stream_events);
    IMFMediaEventQueue_Shutdown(source->source_events);
    return S_OK;
}

static IMFMediaSourceVtbl source_vtbl = {
    source_query,         source_addref,      source_release,         source_get_event,    source_begin_get_event,
    source_end_get_event, source_queue_event, source_characteristics, source_presentation, source_start,
    source_stop,          source_pause,       source_shutdown,
};

static HRESULT make_descriptor(IMFStreamDescriptor **descriptor)
{
    IMFMediaTypeHandler *handler = NULL;
    IMFMediaType *type = NULL;
    HRESULT result = MFCreateMediaType(&type);

    if (FAILED(result)) return result;
    IMFMediaType_SetGUID(type, &MF_MT_MAJOR_TYPE, &MFMediaType_Audio);
    IMFMediaType_SetGUID(type, &MF_MT_SUBTYPE, &MFAudioFormat_PCM);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_NUM_CHANNELS, 1);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_SAMPLES_PER_SECOND, TONE_RATE);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_BITS_PER_SAMPLE, 16);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_BLOCK_ALIGNMENT, 2);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_AVG_BYTES_PER_SECOND, 2 * TONE_RATE);
    IMFMediaType_SetUINT32(type, &MF_MT_ALL_SAMPLES_INDEPENDENT, TRUE);
    result = MFCreateStreamDescriptor(0, 1, &type, descriptor);
    if (SUCCEEDED(result)) result = IMFStreamDescriptor_GetMediaTypeHandler(*descriptor, &handler);
    if (SUCCEEDED(result)) result = IMFMediaTypeHandler_SetCurrentMediaType(handler, type);
    if (handler) IMFMediaTypeHandler_Release(handler);
    IMFMediaType_Release(type);
    return result;
}

HRESULT tone_source(double frequency, double seconds, IMFMediaSource **out)
{
    struct source *source = calloc(1, sizeof(*source));
    HRESULT result = source ? MFCreateEventQueue(&source->source_events) : E_OUTOFMEMORY;

    if (SUCCEEDED(result)) result = MFCreateEventQueue(&source->stream_events);
    if (SUCCEEDED(result)) result = make_descriptor(&source->descriptor);
    if (FAILED(result)) return result; /* the program ends */
    source->IMFMediaSource_iface.lpVtbl = &source_vtbl;
    source->IMFMediaStream_iface.lpVtbl = &stream_vtbl;
    source->references = 1;
    InitializeCriticalSection(&source->lock);
    source->frequency = frequency;
    source->frames = (DWORD)(seconds * TONE_RATE);
    *out = &source->IMFMediaSource_iface;
    return S_OK;
}

/*
 * The streams of the rig's media sink: IMFStreamSink and IMFMediaTypeHandler as documented for those who write a media
 * sink ("Stream Sinks"), and how they consume what they are given.
 */
#include "mf_rig_sink.h"

#include <mf_more.h>
#include <stdio.h>
#include <stdlib.h>

/* A sample or marker that waits for its time. */
struct item
{
    struct item *next;
    IMFSample *sample; /* NULL: a marker */
    LONGLONG time;
    PROPVARIANT context;
    struct rig_answer answer;
};

static void *sink_stream_query(struct sink_stream *stream, REFIID iid)
{
    if (IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFStreamSink) ||
        IsEqualIID(iid, &IID_IMFMediaEventGenerator))
        return &stream->stream;
    if (IsEqualIID(iid, &IID_IMFMediaTypeHandler)) return &stream->handler;
    if (IsEqualIID(iid, &IID_IMFGetService) && stream->owner->options.allocates) return &stream->services;
    return NULL;
}

static void *timer_query(struct sink_stream *stream, REFIID iid)
{
    return IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFAsyncCallback) ? &stream->timer : NULL;
}

RIG_PART_UNKNOWN(IMFStreamSink, sink_stream, stream)
RIG_EVENTS(IMFStreamSink, sink_stream, stream, &this->owner->object, this->name)
RIG_PART_UNKNOWN(IMFMediaTypeHandler, sink_stream, handler)
RIG_PART_UNKNOWN(IMFGetService, sink_stream, services)

static HRESULT WINAPI sink_stream_GetService(IMFGetService *self, REFGUID service, REFIID iid, void **out)
{
    struct sink_stream *stream = sink_stream_of_services(self);
    HRESULT hr = rig_enter(&stream->owner->object, stream->name, "GetService", 0, NULL);

    if (FAILED(hr)) return hr;
    *out = NULL;
    if (!IsEqualGUID(service, &cork_MR_VIDEO_ACCELERATION_SERVICE)) return MF_E_UNSUPPORTED_SERVICE;
    if (!stream->allocator) stream->allocator = rig_allocator(stream->owner->object.rig, "allocator");
    return stream->allocator ? IMFVideoSampleAllocator_QueryInterface(stream->allocator, iid, out) : E_FAIL;
}

static IMFGetServiceVtbl services_table = {RIG_UNKNOWN_METHODS(sink_stream, services), sink_stream_GetService};

static struct sink_stream *sink_stream_of_timer(IMFAsyncCallback *self)
{
    return CONTAINING_RECORD(self, struct sink_stream, timer);
}

static HRESULT WINAPI timer_QueryInterface(IMFAsyncCallback *self, REFIID iid, void **out)
{
    struct sink_stream *stream = sink_stream_of_timer(self);

    *out = timer_query(stream, iid);
    if (!*out) return E_NOINTERFACE;
    rig_object_addref(&stream->owner->object);
    return S_OK;
}

static ULONG WINAPI timer_AddRef(IMFAsyncCallback *self)
{
    return rig_object_addref(&sink_stream_of_timer(self)->owner->object);
}

static ULONG WINAPI timer_Release(IMFAsyncCallback *self)
{
    return rig_object_release(&sink_stream_of_timer(self)->owner->object);
}

/* ---- Consuming -------------------------------------------------------------------------------------------------- */

void rig_sink_stream_request(struct sink_stream *stream, const struct rig_answer *answer)
{
    stream->outstanding++;
    rig_answer(stream->owner->object.rig, answer, stream->events, MEStreamSinkRequestSample, MEError, NULL);
}

static void free_item(struct item *item)
{
    if (item->sample) IMFSample_Release(item->sample);
    PropVariantClear(&item->context);
    free(item);
}

/* Answers a marker with S_OK (consumed) or E_ABORT (flushed). */
static void answer_marker(struct sink_stream *stream, const struct item *item, HRESULT status)
{
    struct rig_answer answer = item->answer;
    IMFMediaEvent *event;

    stream->state.markers++;
    if (answer.met && answer.manner == RIG_FAIL_ANSWER) status = answer.code;
    if (FAILED(MFCreateMediaEvent(MEStreamSinkMarker, &GUID_NULL, status, &item->context, &event))) return;
    rig_answer_event(stream->owner->object.rig, &answer, stream->events, event);
    IMFMediaEvent_Release(event);
}

/* Takes the first item off and does with it what its time has come for. Locked. */
static void consume(struct sink_stream *stream)
{
    struct sink *sink = stream->owner;
    struct item *item = stream->items;

    stream->items = item->next;
    if (!stream->items) stream->last = &stream->items;
    if (!item->sample)
        answer_marker(stream, item, S_OK);
    else if (sink->rate == 0)
        rig_answer(sink->object.rig, &item->answer, stream->events, MEStreamSinkScrubSampleComplete, MEError, NULL);
    else if (sink->running)
        rig_sink_stream_request(stream, &item->answer);
    free_item(item);
}

static BOOL is_due(const struct sink *sink, const struct item *item, LONGLONG now)
{
    if (!sink->options.clocked || sink->rate == 0 || !item->sample) return TRUE;
    return sink->rate < 0 ? item->time >= now : item->time <= now;
}

/* Consumes what is due and sets the timer for what comes next. Locked. */
void rig_sink_stream_consume_due(struct sink_stream *stream)
{
    struct sink *sink = stream->owner;
    LONGLONG now = 0;
    MFTIME system;
    IMFTimer *timer;

    if (!sink->running && sink->options.clocked && sink->rate != 0) return;
    if (sink->options.clocked && sink->clock &&
        FAILED(IMFPresentationClock_GetCorrelatedTime(sink->clock, 0, &now, &system)))
        return;
    while (stream->items && is_due(sink, stream->items, now))
        consume(stream);
    if (!stream->items || stream->timer_key || !sink->clock) return;
    if (FAILED(IMFPresentationClock_QueryInterface(sink->clock, &IID_IMFTimer, (void **)&timer))) return;
    IMFTimer_SetTimer(timer, 0, stream->items->time, &stream->timer, NULL, &stream->timer_key);
    IMFTimer_Release(timer);
}

void rig_sink_stream_cancel_timer(struct sink_stream *stream)
{
    IMFTimer *timer;

    if (!stream->timer_key) return;
    if (stream->owner->clock &&
        SUCCEEDED(IMFPresentationClock_QueryInterface(stream->owner->clock, &IID_IMFTimer, (void **)&timer)))
    {
        IMFTimer_CancelTimer(timer, stream->timer_key);
        IMFTimer_Release(timer);
    }
    IUnknown_Release(stream->timer_key);
    stream->timer_key = NULL;
}

/* Drops what waits; markers are answered. Locked. */
void rig_sink_stream_flush(struct sink_stream *stream)
{
    rig_sink_stream_cancel_timer(stream);
    while (stream->items)
    {
        struct item *item = stream->items;

        stream->items = item->next;
        if (!item->sample) answer_marker(stream, item, E_ABORT);
        free_item(item);
    }
    stream->last = &stream->items;
}

unsigned rig_sink_stream_waiting(const struct sink_stream *stream)
{
    unsigned waiting = 0;

    for (const struct item *item = stream->items; item; item = item->next)
        waiting += item->sample != NULL;
    return waiting;
}

static HRESULT WINAPI timer_GetParameters(IMFAsyncCallback *self, DWORD *flags, DWORD *queue)
{
    (void)self;
    (void)flags;
    (void)queue;
    return E_NOTIMPL;
}

static HRESULT WINAPI timer_Invoke(IMFAsyncCallback *self, IMFAsyncResult *result)
{
    struct sink_stream *stream = sink_stream_of_timer(self);

    (void)result;
    EnterCriticalSection(&stream->owner->lock);
    if (stream->timer_key)
    {
        IUnknown_Release(stream->timer_key);
        stream->timer_key = NULL;
    }
    if (!stream->owner->shut_down) rig_sink_stream_consume_due(stream);
    LeaveCriticalSection(&stream->owner->lock);
    return S_OK;
}

static IMFAsyncCallbackVtbl timer_table = {timer_QueryInterface, timer_AddRef, timer_Release, timer_GetParameters,
                                           timer_Invoke};

/* ---- IMFStreamSink ---------------------------------------------------------------------------------------------- */

static HRESULT WINAPI sink_stream_GetMediaSink(IMFStreamSink *self, IMFMediaSink **sink)
{
    struct sink_stream *stream = sink_stream_of_stream(self);
    HRESULT hr = rig_enter(&stream->owner->object, stream->name, "GetMediaSink", 0, NULL);

    if (FAILED(hr)) return hr;
    if (stream->owner->shut_down) return MF_E_STREAMSINK_REMOVED;
    *sink = (IMFMediaSink *)&stream->owner->media;
    IMFMediaSink_AddRef(*sink);
    return S_OK;
}

static HRESULT WINAPI sink_stream_GetIdentifier(IMFStreamSink *self, DWORD *identifier)
{
    struct sink_stream *stream = sink_stream_of_stream(self);
    HRESULT hr = rig_enter(&stream->owner->object, stream->name, "GetIdentifier", 0, NULL);

    if (FAILED(hr)) return hr;
    if (stream->owner->shut_down) return MF_E_STREAMSINK_REMOVED;
    *identifier = stream->index;
    return S_OK;
}

static HRESULT WINAPI sink_stream_GetMediaTypeHandler(IMFStreamSink *self, IMFMediaTypeHandler **handler)
{
    struct sink_stream *stream = sink_stream_of_stream(self);
    HRESULT hr = rig_enter(&stream->owner->object, stream->name, "GetMediaTypeHandler", 0, NULL);

    if (FAILED(hr)) return hr;
    if (stream->owner->shut_down) return MF_E_STREAMSINK_REMOVED;
    *handler = &stream->handler;
    IMFMediaTypeHandler_AddRef(*handler);
    return S_OK;
}

/* Notes a sample in the stream's state. Locked. */
static void note_sample(struct sink_stream *stream, IMFSample *sample, LONGLONG time)
{
    struct rig_sample_header header = {0};
    IMFMediaBuffer *buffer;
    DWORD length = 0;
    BYTE *bytes;

    if (!stream->state.samples++) stream->state.first_time = time;
    if (stream->allocator) stream->state.allocated += rig_is_allocated(stream->allocator, sample);
    stream->state.last_time = time;
    if (FAILED(IMFSample_GetBufferByIndex(sample, 0, &buffer))) return;
    if (SUCCEEDED(IMFMediaBuffer_Lock(buffer, &bytes, NULL, &length)))
    {
        if (length >= sizeof(header)) CopyMemory(&header, bytes, sizeof(header));
        IMFMediaBuffer_Unlock(buffer);
    }
    IMFMediaBuffer_Release(buffer);
    if (length < sizeof(header)) return;
    if (header.number == stream->expected) stream->state.in_order++;
    stream->expected = header.number + 1;
}

static struct item *new_item(IMFSample *sample, const struct rig_answer *answer)
{
    struct item *item = calloc(1, sizeof(*item));

    if (!item) return NULL;
    item->sample = sample;
    item->answer = *answer;
    if (sample) IMFSample_AddRef(sample);
    return item;
}

/* Locked. */
static void append(struct sink_stream *stream, struct item *item)
{
    *stream->last = item;
    stream->last = &item->next;
}

static void take_sample(struct sink_stream *stream, IMFSample *sample, const struct rig_answer *answer)
{
    struct sink *sink = stream->owner;
    struct item *item = new_item(sample, answer);

    if (!item) return;
    if (FAILED(IMFSample_GetSampleTime(sample, &item->time))) item->time = 0;
    if (stream->outstanding) stream->outstanding--;
    note_sample(stream, sample, item->time);
    append(stream, item);
    if (sink->prerolling && stream->prerolled && !--stream->prerolled)
        rig_answer(sink->object.rig, answer, stream->events, MEStreamSinkPrerolled, MEError, NULL);
    rig_sink_stream_consume_due(stream);
}

static HRESULT WINAPI sink_stream_ProcessSample(IMFStreamSink *self, IMFSample *sample)
{
    struct sink_stream *stream = sink_stream_of_stream(self);
    struct sink *sink = stream->owner;
    struct rig_answer answer;
    HRESULT hr = rig_enter(&sink->object, stream->name, "ProcessSample", 0, &answer);

    if (FAILED(hr)) return hr;
    if (!sample) return E_INVALIDARG;
    if (sink->options.consume) sink->options.consume(sink->options.context, stream->index, sample);
    EnterCriticalSection(&sink->lock);
    if (sink->shut_down)
        hr = MF_E_STREAMSINK_REMOVED;
    else if (sink->finalized)
        hr = MF_E_INVALIDREQUEST;
    else
        take_sample(stream, sample, &answer);
    LeaveCriticalSection(&sink->lock);
    rig_signal(sink->object.rig);
    return hr;
}

static HRESULT WINAPI sink_stream_PlaceMarker(IMFStreamSink *self, MFSTREAMSINK_MARKER_TYPE type,
                                              const PROPVARIANT *value, const PROPVARIANT *context)
{
    struct sink_stream *stream = sink_stream_of_stream(self);
    struct sink *sink = stream->owner;
    struct rig_answer answer;
    struct item *item;
    HRESULT hr = rig_enter(&sink->object, stream->name, "PlaceMarker", type, &answer);

    (void)value;
    if (FAILED(hr)) return hr;
    EnterCriticalSection(&sink->lock);
    if (sink->shut_down)
        hr = MF_E_STREAMSINK_REMOVED;
    else if (!(item = new_item(NULL, &answer)))
        hr = E_OUTOFMEMORY;
    else
    {
        if (context) PropVariantCopy(&item->context, context);
        append(stream, item);
        rig_sink_stream_consume_due(stream);
    }
    LeaveCriticalSection(&sink->lock);
    return hr;
}

static HRESULT WINAPI sink_stream_Flush(IMFStreamSink *self)
{
    struct sink_stream *stream = sink_stream_of_stream(self);
    HRESULT hr = rig_enter(&stream->owner->object, stream->name, "Flush", 0, NULL);

    if (FAILED(hr)) return hr;
    EnterCriticalSection(&stream->owner->lock);
    if (stream->owner->shut_down)
        hr = MF_E_STREAMSINK_REMOVED;
    else
    {
        stream->state.flushes++;
        rig_sink_stream_flush(stream);
    }
    LeaveCriticalSection(&stream->owner->lock);
    return hr;
}

static IMFStreamSinkVtbl sink_stream_table = {RIG_UNKNOWN_METHODS(sink_stream, stream),
                                              RIG_EVENTS_METHODS(sink_stream, stream),
                                              sink_stream_GetMediaSink,
                                              sink_stream_GetIdentifier,
                                              sink_stream_GetMediaTypeHandler,
                                              sink_stream_ProcessSample,
                                              sink_stream_PlaceMarker,
                                              sink_stream_Flush};

/* ---- IMFMediaTypeHandler ---------------------------------------------------------------------------------------- */

/* Begins a method of the type handler. */
#define BEGIN_HANDLER(method_name)                                                                                     \
    struct sink_stream *stream = sink_stream_of_handler(self);                                                         \
    HRESULT hr = rig_enter(&stream->owner->object, stream->name, method_name, 0, NULL);                                \
                                                                                                                       \
    if (FAILED(hr)) return hr;                                                                                         \
    if (stream->owner->shut_down) return MF_E_STREAMSINK_REMOVED

static BOOL takes_type(const struct sink *sink, IMFMediaType *type)
{
    DWORD same = 0;

    if (!sink->options.type) return TRUE;
    IMFMediaType_IsEqual(sink->options.type, type, &same);
    return (same & MF_MEDIATYPE_EQUAL_FORMAT_TYPES) && (same & MF_MEDIATYPE_EQUAL_FORMAT_DATA);
}

static HRESULT WINAPI handler_IsMediaTypeSupported(IMFMediaTypeHandler *self, IMFMediaType *type,
                                                   IMFMediaType **closest)
{
    BEGIN_HANDLER("IsMediaTypeSupported");
    if (closest) *closest = NULL;
    if (!type) return E_POINTER;
    return takes_type(stream->owner, type) ? S_OK : MF_E_INVALIDMEDIATYPE;
}

static HRESULT WINAPI handler_GetMediaTypeCount(IMFMediaTypeHandler *self, DWORD *count)
{
    BEGIN_HANDLER("GetMediaTypeCount");
    *count = stream->owner->options.type ? 1 : 0;
    return S_OK;
}

static HRESULT WINAPI handler_GetMediaTypeByIndex(IMFMediaTypeHandler *self, DWORD index, IMFMediaType **type)
{
    BEGIN_HANDLER("GetMediaTypeByIndex");
    if (index || !stream->owner->options.type) return MF_E_NO_MORE_TYPES;
    *type = stream->owner->options.type;
    IMFMediaType_AddRef(*type);
    return S_OK;
}

static HRESULT WINAPI handler_SetCurrentMediaType(IMFMediaTypeHandler *self, IMFMediaType *type)
{
    BEGIN_HANDLER("SetCurrentMediaType");
    if (!type) return E_POINTER;
    if (!takes_type(stream->owner, type)) return MF_E_INVALIDMEDIATYPE;
    EnterCriticalSection(&stream->owner->lock);
    if (stream->type) IMFMediaType_Release(stream->type);
    stream->type = type;
    IMFMediaType_AddRef(type);
    LeaveCriticalSection(&stream->owner->lock);
    return S_OK;
}

static HRESULT WINAPI handler_GetCurrentMediaType(IMFMediaTypeHandler *self, IMFMediaType **type)
{
    BEGIN_HANDLER("GetCurrentMediaType");
    EnterCriticalSection(&stream->owner->lock);
    *type = stream->type ? stream->type : stream->owner->options.type;
    if (*type) IMFMediaType_AddRef(*type);
    LeaveCriticalSection(&stream->owner->lock);
    return *type ? S_OK : MF_E_NOT_INITIALIZED;
}

static HRESULT WINAPI handler_GetMajorType(IMFMediaTypeHandler *self, GUID *major)
{
    IMFMediaType *type;
    BEGIN_HANDLER("GetMajorType");
    type = stream->type ? stream->type : stream->owner->options.type;
    if (type) return IMFMediaType_GetMajorType(type, major);
    *major = MFMediaType_Audio;
    return S_OK;
}

static IMFMediaTypeHandlerVtbl handler_table = {RIG_UNKNOWN_METHODS(sink_stream, handler),
                                                handler_IsMediaTypeSupported,
                                                handler_GetMediaTypeCount,
                                                handler_GetMediaTypeByIndex,
                                                handler_SetCurrentMediaType,
                                                handler_GetCurrentMediaType,
                                                handler_GetMajorType};

void rig_sink_stream_init(struct sink *sink, unsigned index)
{
    struct sink_stream *stream = &sink->streams[index];

    stream->owner = sink;
    stream->stream.lpVtbl = &sink_stream_table;
    stream->handler.lpVtbl = &handler_table;
    stream->services.lpVtbl = &services_table;
    stream->timer.lpVtbl = &timer_table;
    stream->index = index;
    stream->last = &stream->items;
    snprintf(stream->name, sizeof(stream->name), "%.20s:%u", sink->object.name, index);
    MFCreateEventQueue(&stream->events);
}

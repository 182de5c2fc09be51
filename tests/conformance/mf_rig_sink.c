/*
 * The rig's media sink. What it holds to: IMFMediaSink, IMFStreamSink and IMFClockStateSink as documented for those who
 * write a media sink ("Media Sinks", "Stream Sinks", "Writing a Custom Media Sink").
 */
#include "mf_rig_object.h"

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

struct sink_stream
{
    struct sink *owner;
    IMFStreamSink stream;
    IMFMediaTypeHandler handler;
    IMFAsyncCallback timer;
    IMFMediaEventQueue *events;
    IMFMediaType *type;
    char name[RIG_NAME];
    unsigned index, outstanding, prerolled;
    struct item *items, **last;
    IUnknown *timer_key;
    DWORD expected; /* number of the sample that follows on */
    struct rig_sink_state state;
};

struct sink
{
    struct rig_object object;
    IMFFinalizableMediaSink media; /* IMFMediaSink's methods come first */
    IMFClockStateSink clock_state;
    IMFMediaSinkPreroll preroll;
    IMFGetService services;
    IMFRateSupport rate_support;
    CRITICAL_SECTION lock;
    struct rig_sink_options options;
    IMFPresentationClock *clock;
    BOOL shut_down, finalized, running, prerolling;
    float rate;
    HRESULT finalize_status;
    struct sink_stream *streams;
};

RIG_UNKNOWN(IMFFinalizableMediaSink, sink, media)
RIG_UNKNOWN(IMFClockStateSink, sink, clock_state)
RIG_UNKNOWN(IMFMediaSinkPreroll, sink, preroll)
RIG_UNKNOWN(IMFGetService, sink, services)
RIG_UNKNOWN(IMFRateSupport, sink, rate_support)

static void *sink_stream_query(struct sink_stream *stream, REFIID iid)
{
    if (IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFStreamSink) ||
        IsEqualIID(iid, &IID_IMFMediaEventGenerator))
        return &stream->stream;
    if (IsEqualIID(iid, &IID_IMFMediaTypeHandler)) return &stream->handler;
    return NULL;
}

static void *timer_query(struct sink_stream *stream, REFIID iid)
{
    return IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFAsyncCallback) ? &stream->timer : NULL;
}

RIG_PART_UNKNOWN(IMFStreamSink, sink_stream, stream)
RIG_EVENTS(IMFStreamSink, sink_stream, stream, &this->owner->object, this->name)
RIG_PART_UNKNOWN(IMFMediaTypeHandler, sink_stream, handler)

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

static const struct rig_answer plain_answer = {0};

static void request(struct sink_stream *stream, const struct rig_answer *answer)
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
        request(stream, &item->answer);
    free_item(item);
}

static BOOL is_due(const struct sink *sink, const struct item *item, LONGLONG now)
{
    if (!sink->options.clocked || sink->rate == 0 || !item->sample) return TRUE;
    return sink->rate < 0 ? item->time >= now : item->time <= now;
}

/* Consumes what is due and sets the timer for what comes next. Locked. */
static void consume_due(struct sink_stream *stream)
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

static void cancel_timer(struct sink_stream *stream)
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
static void flush(struct sink_stream *stream)
{
    cancel_timer(stream);
    while (stream->items)
    {
        struct item *item = stream->items;

        stream->items = item->next;
        if (!item->sample) answer_marker(stream, item, E_ABORT);
        free_item(item);
    }
    stream->last = &stream->items;
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
    if (!stream->owner->shut_down) consume_due(stream);
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
    consume_due(stream);
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
        consume_due(stream);
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
        flush(stream);
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

/* ---- IMFMediaSink ----------------------------------------------------------------------------------------------- */

/* Begins a method of the sink. */
#define BEGIN_SINK(method_name, argument)                                                                              \
    struct sink *sink = sink_of_media(self);                                                                           \
    HRESULT hr = rig_enter(&sink->object, NULL, method_name, argument, NULL);                                          \
                                                                                                                       \
    if (FAILED(hr)) return hr;                                                                                         \
    if (sink->shut_down) return MF_E_SHUTDOWN

static HRESULT WINAPI sink_GetCharacteristics(IMFFinalizableMediaSink *self, DWORD *characteristics)
{
    BEGIN_SINK("GetCharacteristics", 0);
    *characteristics = sink->options.characteristics | MEDIASINK_FIXED_STREAMS;
    if (!sink->options.clocked) *characteristics |= MEDIASINK_RATELESS;
    if (sink->options.preroll) *characteristics |= MEDIASINK_CAN_PREROLL;
    return S_OK;
}

static HRESULT WINAPI sink_AddStreamSink(IMFFinalizableMediaSink *self, DWORD identifier, IMFMediaType *type,
                                         IMFStreamSink **stream)
{
    BEGIN_SINK("AddStreamSink", identifier);
    (void)type;
    (void)stream;
    return MF_E_STREAMSINKS_FIXED;
}

static HRESULT WINAPI sink_RemoveStreamSink(IMFFinalizableMediaSink *self, DWORD identifier)
{
    BEGIN_SINK("RemoveStreamSink", identifier);
    return MF_E_STREAMSINKS_FIXED;
}

static HRESULT WINAPI sink_GetStreamSinkCount(IMFFinalizableMediaSink *self, DWORD *count)
{
    BEGIN_SINK("GetStreamSinkCount", 0);
    *count = sink->options.streams;
    return S_OK;
}

static HRESULT hand_out_stream(struct sink *sink, DWORD index, IMFStreamSink **stream, HRESULT none)
{
    if (index >= sink->options.streams) return none;
    *stream = &sink->streams[index].stream;
    IMFStreamSink_AddRef(*stream);
    return S_OK;
}

static HRESULT WINAPI sink_GetStreamSinkByIndex(IMFFinalizableMediaSink *self, DWORD index, IMFStreamSink **stream)
{
    BEGIN_SINK("GetStreamSinkByIndex", index);
    return hand_out_stream(sink, index, stream, MF_E_INVALIDINDEX);
}

static HRESULT WINAPI sink_GetStreamSinkById(IMFFinalizableMediaSink *self, DWORD identifier, IMFStreamSink **stream)
{
    BEGIN_SINK("GetStreamSinkById", identifier);
    return hand_out_stream(sink, identifier, stream, MF_E_INVALIDSTREAMNUMBER);
}

/* Leaves the clock for another or none. Not locked: the clock calls back. */
static HRESULT change_clock(struct sink *sink, IMFPresentationClock *clock)
{
    IMFPresentationClock *old;
    HRESULT hr = S_OK;

    if (clock)
    {
        hr = IMFPresentationClock_AddClockStateSink(clock, &sink->clock_state);
        if (FAILED(hr)) return hr;
        IMFPresentationClock_AddRef(clock);
    }
    EnterCriticalSection(&sink->lock);
    for (unsigned i = 0; i < sink->options.streams; i++)
        cancel_timer(&sink->streams[i]);
    old = sink->clock;
    sink->clock = clock;
    LeaveCriticalSection(&sink->lock);
    if (!old) return S_OK;
    IMFPresentationClock_RemoveClockStateSink(old, &sink->clock_state);
    IMFPresentationClock_Release(old);
    return S_OK;
}

static HRESULT WINAPI sink_SetPresentationClock(IMFFinalizableMediaSink *self, IMFPresentationClock *clock)
{
    BEGIN_SINK("SetPresentationClock", clock != NULL);
    if (clock == sink->clock) return S_OK;
    return change_clock(sink, clock);
}

static HRESULT WINAPI sink_GetPresentationClock(IMFFinalizableMediaSink *self, IMFPresentationClock **clock)
{
    BEGIN_SINK("GetPresentationClock", 0);
    EnterCriticalSection(&sink->lock);
    *clock = sink->clock;
    if (*clock) IMFPresentationClock_AddRef(*clock);
    LeaveCriticalSection(&sink->lock);
    return *clock ? S_OK : MF_E_NO_CLOCK;
}

static HRESULT WINAPI sink_Shutdown(IMFFinalizableMediaSink *self)
{
    BEGIN_SINK("Shutdown", 0);
    EnterCriticalSection(&sink->lock);
    sink->shut_down = TRUE;
    sink->running = FALSE;
    for (unsigned i = 0; i < sink->options.streams; i++)
    {
        flush(&sink->streams[i]);
        IMFMediaEventQueue_Shutdown(sink->streams[i].events);
    }
    LeaveCriticalSection(&sink->lock);
    return change_clock(sink, NULL);
}

static HRESULT WINAPI sink_BeginFinalize(IMFFinalizableMediaSink *self, IMFAsyncCallback *callback, IUnknown *state)
{
    struct sink *sink = sink_of_media(self);
    struct rig_answer answer;
    IMFAsyncResult *result;
    HRESULT hr = rig_enter(&sink->object, NULL, "BeginFinalize", 0, &answer);

    if (FAILED(hr)) return hr;
    if (sink->shut_down) return MF_E_SHUTDOWN;
    hr = MFCreateAsyncResult((IUnknown *)self, callback, state, &result);
    if (FAILED(hr)) return hr;
    sink->finalized = TRUE;
    rig_answer_result(sink->object.rig, &answer, result);
    IMFAsyncResult_Release(result);
    return S_OK;
}

static HRESULT WINAPI sink_EndFinalize(IMFFinalizableMediaSink *self, IMFAsyncResult *result)
{
    HRESULT status = IMFAsyncResult_GetStatus(result);
    struct sink *sink = sink_of_media(self);
    HRESULT hr = rig_enter(&sink->object, NULL, "EndFinalize", 0, NULL);

    return FAILED(hr) ? hr : status;
}

static IMFFinalizableMediaSinkVtbl sink_table = {RIG_UNKNOWN_METHODS(sink, media),
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
                                                 sink_EndFinalize};

/* ---- IMFClockStateSink, IMFMediaSinkPreroll --------------------------------------------------------------------- */

/* Answers for every stream. Locked. */
static void answer_streams(struct sink *sink, const struct rig_answer *answer, MediaEventType type)
{
    for (unsigned i = 0; i < sink->options.streams; i++)
        rig_answer(sink->object.rig, answer, sink->streams[i].events, type, type, NULL);
}

static void start_streams(struct sink *sink, const struct rig_answer *answer, BOOL anew)
{
    unsigned depth = sink->rate == 0 ? 1 : sink->options.depth;

    sink->running = TRUE;
    sink->prerolling = FALSE;
    answer_streams(sink, answer, MEStreamSinkStarted);
    for (unsigned i = 0; i < sink->options.streams; i++)
    {
        struct sink_stream *stream = &sink->streams[i];
        unsigned waiting = 0;

        if (anew && !stream->items) stream->outstanding = 0;
        for (const struct item *item = stream->items; item; item = item->next)
            waiting += item->sample != NULL;
        while (stream->outstanding + waiting < depth)
            request(stream, &plain_answer);
        consume_due(stream);
    }
}

static HRESULT WINAPI sink_OnClockStart(IMFClockStateSink *self, MFTIME system, LONGLONG offset)
{
    struct sink *sink = sink_of_clock_state(self);
    struct rig_answer answer;
    HRESULT hr = rig_enter(&sink->object, NULL, "OnClockStart", offset, &answer);

    (void)system;
    if (FAILED(hr)) return hr;
    EnterCriticalSection(&sink->lock);
    if (sink->shut_down)
        hr = MF_E_SHUTDOWN;
    else
        start_streams(sink, &answer, TRUE);
    LeaveCriticalSection(&sink->lock);
    return hr;
}

static HRESULT WINAPI sink_OnClockRestart(IMFClockStateSink *self, MFTIME system)
{
    struct sink *sink = sink_of_clock_state(self);
    struct rig_answer answer;
    HRESULT hr = rig_enter(&sink->object, NULL, "OnClockRestart", 0, &answer);

    (void)system;
    if (FAILED(hr)) return hr;
    EnterCriticalSection(&sink->lock);
    if (sink->shut_down)
        hr = MF_E_SHUTDOWN;
    else
        start_streams(sink, &answer, FALSE);
    LeaveCriticalSection(&sink->lock);
    return hr;
}

static HRESULT WINAPI sink_OnClockStop(IMFClockStateSink *self, MFTIME system)
{
    struct sink *sink = sink_of_clock_state(self);
    struct rig_answer answer;
    HRESULT hr = rig_enter(&sink->object, NULL, "OnClockStop", 0, &answer);

    (void)system;
    if (FAILED(hr)) return hr;
    EnterCriticalSection(&sink->lock);
    if (sink->shut_down)
        hr = MF_E_SHUTDOWN;
    else
    {
        sink->running = sink->prerolling = FALSE;
        for (unsigned i = 0; i < sink->options.streams; i++)
        {
            flush(&sink->streams[i]);
            sink->streams[i].outstanding = 0;
        }
        answer_streams(sink, &answer, MEStreamSinkStopped);
    }
    LeaveCriticalSection(&sink->lock);
    return hr;
}

static HRESULT WINAPI sink_OnClockPause(IMFClockStateSink *self, MFTIME system)
{
    struct sink *sink = sink_of_clock_state(self);
    struct rig_answer answer;
    HRESULT hr = rig_enter(&sink->object, NULL, "OnClockPause", 0, &answer);

    (void)system;
    if (FAILED(hr)) return hr;
    EnterCriticalSection(&sink->lock);
    if (sink->shut_down)
        hr = MF_E_SHUTDOWN;
    else
    {
        sink->running = FALSE;
        for (unsigned i = 0; i < sink->options.streams; i++)
            cancel_timer(&sink->streams[i]);
        answer_streams(sink, &answer, MEStreamSinkPaused);
    }
    LeaveCriticalSection(&sink->lock);
    return hr;
}

static HRESULT WINAPI sink_OnClockSetRate(IMFClockStateSink *self, MFTIME system, float rate)
{
    struct sink *sink = sink_of_clock_state(self);
    struct rig_answer answer;
    HRESULT hr = rig_enter(&sink->object, NULL, "OnClockSetRate", (LONGLONG)(rate * 1000), &answer);

    (void)system;
    if (FAILED(hr)) return hr;
    EnterCriticalSection(&sink->lock);
    if (sink->shut_down)
        hr = MF_E_SHUTDOWN;
    else
    {
        sink->rate = rate;
        answer_streams(sink, &answer, MEStreamSinkRateChanged);
    }
    LeaveCriticalSection(&sink->lock);
    return hr;
}

static IMFClockStateSinkVtbl sink_clock_state_table = {RIG_UNKNOWN_METHODS(sink, clock_state),
                                                       sink_OnClockStart,
                                                       sink_OnClockStop,
                                                       sink_OnClockPause,
                                                       sink_OnClockRestart,
                                                       sink_OnClockSetRate};

static HRESULT WINAPI sink_NotifyPreroll(IMFMediaSinkPreroll *self, MFTIME start)
{
    struct sink *sink = sink_of_preroll(self);
    struct rig_answer answer;
    HRESULT hr = rig_enter(&sink->object, NULL, "NotifyPreroll", start, &answer);

    if (FAILED(hr)) return hr;
    EnterCriticalSection(&sink->lock);
    if (sink->shut_down)
        hr = MF_E_SHUTDOWN;
    else
    {
        sink->prerolling = TRUE;
        for (unsigned i = 0; i < sink->options.streams; i++)
        {
            sink->streams[i].prerolled = sink->options.preroll;
            for (unsigned n = 0; n < sink->options.preroll; n++)
                request(&sink->streams[i], &answer);
        }
    }
    LeaveCriticalSection(&sink->lock);
    return hr;
}

static IMFMediaSinkPrerollVtbl sink_preroll_table = {RIG_UNKNOWN_METHODS(sink, preroll), sink_NotifyPreroll};

/* ---- Rates ------------------------------------------------------------------------------------------------------ */

static HRESULT WINAPI sink_GetService(IMFGetService *self, REFGUID service, REFIID iid, void **out)
{
    struct sink *sink = sink_of_services(self);
    HRESULT hr = rig_enter(&sink->object, NULL, "GetService", 0, NULL);

    if (FAILED(hr)) return hr;
    if (!sink->options.rates || !IsEqualGUID(service, &MF_RATE_CONTROL_SERVICE)) return MF_E_UNSUPPORTED_SERVICE;
    return rig_object_query(&sink->object, iid, out);
}

static IMFGetServiceVtbl sink_services_table = {RIG_UNKNOWN_METHODS(sink, services), sink_GetService};

static HRESULT limit_rate(struct sink *sink, const char *method, MFRATE_DIRECTION direction, float limit, float *rate)
{
    HRESULT hr = rig_enter(&sink->object, NULL, method, direction, NULL);

    if (FAILED(hr)) return hr;
    *rate = direction == MFRATE_REVERSE ? -limit : limit;
    return S_OK;
}

static HRESULT WINAPI sink_GetSlowestRate(IMFRateSupport *self, MFRATE_DIRECTION direction, BOOL thin, float *rate)
{
    struct sink *sink = sink_of_rate_support(self);

    (void)thin;
    return limit_rate(sink, "GetSlowestRate", direction, sink->options.slowest, rate);
}

static HRESULT WINAPI sink_GetFastestRate(IMFRateSupport *self, MFRATE_DIRECTION direction, BOOL thin, float *rate)
{
    struct sink *sink = sink_of_rate_support(self);

    (void)thin;
    return limit_rate(sink, "GetFastestRate", direction, sink->options.fastest, rate);
}

static HRESULT WINAPI sink_IsRateSupported(IMFRateSupport *self, BOOL thin, float rate, float *nearest)
{
    struct sink *sink = sink_of_rate_support(self);
    HRESULT hr = rig_enter(&sink->object, NULL, "IsRateSupported", (LONGLONG)(rate * 1000), NULL);
    float size = rate < 0 ? -rate : rate;

    (void)thin;
    if (FAILED(hr)) return hr;
    if (nearest) *nearest = rate;
    if (size >= sink->options.slowest && size <= sink->options.fastest) return S_OK;
    if (nearest) *nearest = size > sink->options.fastest ? sink->options.fastest : sink->options.slowest;
    return MF_E_UNSUPPORTED_RATE;
}

static IMFRateSupportVtbl sink_rate_support_table = {RIG_UNKNOWN_METHODS(sink, rate_support), sink_GetSlowestRate,
                                                     sink_GetFastestRate, sink_IsRateSupported};

/* ---- Making, unmaking, asking ----------------------------------------------------------------------------------- */

static void *sink_query(struct rig_object *object, REFIID iid)
{
    struct sink *sink = (struct sink *)object;

    if (IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFMediaSink)) return &sink->media;
    if (IsEqualIID(iid, &IID_IMFClockStateSink)) return &sink->clock_state;
    if (IsEqualIID(iid, &IID_IMFFinalizableMediaSink) && sink->options.finalizable) return &sink->media;
    if (IsEqualIID(iid, &IID_IMFMediaSinkPreroll) && sink->options.preroll) return &sink->preroll;
    if (IsEqualIID(iid, &IID_IMFGetService) && sink->options.rates) return &sink->services;
    if (IsEqualIID(iid, &IID_IMFRateSupport) && sink->options.rates) return &sink->rate_support;
    return NULL;
}

static void sink_destroy(struct rig_object *object)
{
    struct sink *sink = (struct sink *)object;

    for (unsigned i = 0; i < sink->options.streams; i++)
    {
        struct sink_stream *stream = &sink->streams[i];

        flush(stream);
        if (stream->type) IMFMediaType_Release(stream->type);
        IMFMediaEventQueue_Shutdown(stream->events);
        IMFMediaEventQueue_Release(stream->events);
    }
    if (sink->clock) IMFPresentationClock_Release(sink->clock);
    if (sink->options.type) IMFMediaType_Release(sink->options.type);
    DeleteCriticalSection(&sink->lock);
    free(sink->streams);
}

static void make_stream(struct sink *sink, unsigned index)
{
    struct sink_stream *stream = &sink->streams[index];

    stream->owner = sink;
    stream->stream.lpVtbl = &sink_stream_table;
    stream->handler.lpVtbl = &handler_table;
    stream->timer.lpVtbl = &timer_table;
    stream->index = index;
    stream->last = &stream->items;
    snprintf(stream->name, sizeof(stream->name), "%.20s:%u", sink->object.name, index);
    MFCreateEventQueue(&stream->events);
}

IMFMediaSink *rig_sink(struct rig *rig, const struct rig_sink_options *options)
{
    const char *name = options->name ? options->name : "sink";
    struct sink *sink = rig_object_new(rig, sizeof(*sink), name, sink_query, sink_destroy);

    sink->media.lpVtbl = &sink_table;
    sink->clock_state.lpVtbl = &sink_clock_state_table;
    sink->preroll.lpVtbl = &sink_preroll_table;
    sink->services.lpVtbl = &sink_services_table;
    sink->rate_support.lpVtbl = &sink_rate_support_table;
    InitializeCriticalSection(&sink->lock);
    sink->options = *options;
    if (!sink->options.streams) sink->options.streams = 1;
    if (!sink->options.depth) sink->options.depth = 2;
    if (sink->options.slowest == 0 && sink->options.fastest == 0) sink->options.fastest = 8;
    if (sink->options.type) IMFMediaType_AddRef(sink->options.type);
    sink->rate = 1;
    sink->streams = calloc(sink->options.streams, sizeof(*sink->streams));
    for (unsigned i = 0; i < sink->options.streams; i++)
        make_stream(sink, i);
    return (IMFMediaSink *)&sink->media;
}

void rig_sink_state(IMFMediaSink *self, unsigned index, struct rig_sink_state *state)
{
    struct sink *sink = sink_of_media((IMFFinalizableMediaSink *)self);

    EnterCriticalSection(&sink->lock);
    *state = sink->streams[index].state;
    state->shut_down = sink->shut_down;
    state->finalized = sink->finalized;
    state->running = sink->running;
    state->type = sink->streams[index].type;
    if (state->type) IMFMediaType_AddRef(state->type);
    LeaveCriticalSection(&sink->lock);
}

struct waiting
{
    const struct sink_stream *stream;
    unsigned samples;
};

static BOOL has_samples(void *context)
{
    const struct waiting *waiting = context;

    return *(volatile const unsigned *)&waiting->stream->state.samples >= waiting->samples;
}

BOOL rig_sink_wait(IMFMediaSink *self, unsigned index, unsigned samples)
{
    struct sink *sink = sink_of_media((IMFFinalizableMediaSink *)self);
    struct waiting waiting = {&sink->streams[index], samples};

    return rig_wait_for(sink->object.rig, has_samples, &waiting, RIG_PATIENCE);
}

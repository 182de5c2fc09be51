/*
 * The rig's media sink. What it holds to: IMFMediaSink and IMFClockStateSink as documented for those who
 * write a media sink ("Media Sinks", "Writing a Custom Media Sink").
 */
#include "mf_rig_sink.h"

#include <stdlib.h>

RIG_UNKNOWN(IMFFinalizableMediaSink, sink, media)
RIG_UNKNOWN(IMFClockStateSink, sink, clock_state)
RIG_UNKNOWN(IMFMediaSinkPreroll, sink, preroll)
RIG_UNKNOWN(IMFGetService, sink, services)
RIG_UNKNOWN(IMFRateSupport, sink, rate_support)

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
        rig_sink_stream_cancel_timer(&sink->streams[i]);
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
        rig_sink_stream_flush(&sink->streams[i]);
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
        unsigned waiting = rig_sink_stream_waiting(stream);

        if (anew && !stream->items) stream->outstanding = 0;
        while (stream->outstanding + waiting < depth)
            rig_sink_stream_request(stream, &(struct rig_answer){0});
        rig_sink_stream_consume_due(stream);
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
            rig_sink_stream_flush(&sink->streams[i]);
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
            rig_sink_stream_cancel_timer(&sink->streams[i]);
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
                rig_sink_stream_request(&sink->streams[i], &answer);
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

        rig_sink_stream_flush(stream);
        if (stream->type) IMFMediaType_Release(stream->type);
        if (stream->allocator) IMFVideoSampleAllocator_Release(stream->allocator);
        IMFMediaEventQueue_Shutdown(stream->events);
        IMFMediaEventQueue_Release(stream->events);
    }
    if (sink->clock) IMFPresentationClock_Release(sink->clock);
    if (sink->options.type) IMFMediaType_Release(sink->options.type);
    DeleteCriticalSection(&sink->lock);
    free(sink->streams);
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
        rig_sink_stream_init(sink, i);
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

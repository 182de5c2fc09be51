/* Media sinks and their streams: where samples go to. */
#include "mf/pipeline_parts.h"

#include <stdlib.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

static struct link *input_of(struct sink_node *sink)
{
    return sink->node.input_count ? sink->node.inputs[0] : NULL;
}

void sink_node_expect(struct sink_node *sink)
{
    if (sink->listener) listener_expect(sink->listener);
}

static void note_end(struct pipeline *pipeline, IMFSample *sample)
{
    LONGLONG time, duration = 0;

    if (FAILED(IMFSample_GetSampleTime(sample, &time))) return;
    IMFSample_GetSampleDuration(sample, &duration);
    if (time + duration > pipeline->end_time) pipeline->end_time = time + duration;
}

static void give_sample(struct sink_node *sink, IMFSample *sample)
{
    struct pipeline *pipeline = sink->node.pipeline;
    HRESULT hr;

    quality_input(&sink->node, 0, sample);
    note_end(pipeline, sample);
    hr = IMFStreamSink_ProcessSample(sink->stream, sample);
    if (FAILED(hr)) CORK_WARN("stream sink %p: %#lx\n", (void *)sink->stream, (unsigned long)hr);
    /* What a sink refuses for its time or in its present state is lost; the next one may suit it. */
    if (FAILED(hr) && hr != MF_E_NOTACCEPTING && hr != MF_E_INVALID_TIMESTAMP && hr != MF_E_INVALID_STATE_TRANSITION)
        pipeline_fail(pipeline, hr);
    sink_node_expect(sink);
}

static void place_marker(struct sink_node *sink, MFSTREAMSINK_MARKER_TYPE type, const PROPVARIANT *value)
{
    PROPVARIANT context = {.vt = VT_UI4};
    HRESULT hr;

    context.ulVal = type;
    sink->markers++;
    hr = IMFStreamSink_PlaceMarker(sink->stream, type, value, &context);
    if (FAILED(hr)) pipeline_fail(sink->node.pipeline, hr);
    sink_node_expect(sink);
}

static void place_tick(struct sink_node *sink, MFTIME time)
{
    PROPVARIANT value = {.vt = VT_I8};

    value.hVal.QuadPart = time;
    place_marker(sink, MFSTREAMSINK_MARKER_TICK, &value);
}

static void place_event(struct sink_node *sink, IMFMediaEvent *event)
{
    PROPVARIANT value = {.vt = VT_UNKNOWN};

    value.punkVal = (IUnknown *)event;
    place_marker(sink, MFSTREAMSINK_MARKER_EVENT, &value);
}

static void place_end(struct sink_node *sink)
{
    PROPVARIANT value = {.vt = VT_EMPTY};

    sink->ending = true;
    place_marker(sink, MFSTREAMSINK_MARKER_ENDOFSEGMENT, &value);
}

/* The samples that follow have another format. */
static void set_format(struct sink_node *sink, IMFMediaType *type)
{
    struct pipeline *pipeline = sink->node.pipeline;
    IMFMediaTypeHandler *handler;
    HRESULT hr;

    hr = IMFStreamSink_GetMediaTypeHandler(sink->stream, &handler);
    if (SUCCEEDED(hr))
    {
        hr = IMFMediaTypeHandler_SetCurrentMediaType(handler, type);
        IMFMediaTypeHandler_Release(handler);
    }
    if (FAILED(hr))
        pipeline_fail(pipeline, hr);
    else
        pipeline->notify->format_changed(pipeline->context);
}

static void take(struct node *node, unsigned int input)
{
    struct sink_node *sink = (struct sink_node *)node;
    struct pipeline *pipeline = node->pipeline;
    struct link *link = node->inputs[input];
    const struct flow_item *item;
    enum flow_kind kind;
    int64_t time;
    void *object;

    while ((item = flow_first(&link->flow)) && !pipeline->failed && pipeline->flowing)
    {
        if (item->kind == FLOW_SAMPLE && !link->flow.wanted) return;
        kind = item->kind;
        time = item->time;
        object = flow_pop(&link->flow, &pipeline->pool);
        switch (kind)
        {
        case FLOW_SAMPLE:
            give_sample(sink, object);
            break;
        case FLOW_TICK:
            place_tick(sink, time);
            break;
        case FLOW_FORMAT:
            set_format(sink, object);
            break;
        case FLOW_EVENT:
            place_event(sink, object);
            break;
        case FLOW_END:
            place_end(sink);
            break;
        }
        if (object) IUnknown_Release((IUnknown *)object);
    }
}

static void want(struct node *node, unsigned int output)
{
    (void)node;
    (void)output;
}

static void destroy(struct node *node)
{
    struct sink_node *sink = (struct sink_node *)node;

    IMFStreamSink_Release(sink->stream);
    free(sink);
}

static const struct node_ops sink_ops = {want, take, destroy};

static void take_request(struct sink_node *sink)
{
    struct link *link = input_of(sink);

    if (!link) return;
    flow_want(&link->flow, 1);
    if (flow_first(&link->flow)) take(&sink->node, 0);
    link_want(link);
}

static void take_marker(struct sink_node *sink, IMFMediaEvent *event)
{
    PROPVARIANT value;

    PropVariantInit(&value);
    IMFMediaEvent_GetValue(event, &value);
    if (sink->markers) sink->markers--;
    if (sink->ending && !sink->ended &&
        ((value.vt == VT_UI4 && value.ulVal == MFSTREAMSINK_MARKER_ENDOFSEGMENT) || !sink->markers))
    {
        sink->ended = true;
        pipeline_check_drained(sink->node.pipeline);
    }
    PropVariantClear(&value);
}

/* The sink is of no use any more: tells which one. */
static void report_invalidated(struct sink_node *sink, IMFMediaEvent *event)
{
    struct pipeline *pipeline = sink->node.pipeline;

    if (event)
        IMFMediaEvent_AddRef(event);
    else if (FAILED(MFCreateMediaEvent(MESinkInvalidated, &GUID_NULL, S_OK, NULL, &event)))
        return;
    IMFMediaEvent_SetUINT64(event, &MF_EVENT_OUTPUT_NODE, sink->node.id);
    pipeline->notify->event(pipeline->context, event);
    IMFMediaEvent_Release(event);
}

static void on_stream_event(void *context, IMFMediaEvent *event, MediaEventType type)
{
    struct sink_node *sink = context;
    struct pipeline *pipeline = sink->node.pipeline;
    HRESULT status = S_OK;

    if (type == MEStreamSinkRequestSample)
    {
        take_request(sink);
        return;
    }
    IMFMediaEvent_GetStatus(event, &status);
    switch (type)
    {
    case MEStreamSinkStarted:
        sink->started = SUCCEEDED(status);
        sink->paused = false;
        pipeline_answer(pipeline, &sink->awaits, AWAIT_START, status);
        break;
    case MEStreamSinkPaused:
        sink->paused = SUCCEEDED(status);
        pipeline_answer(pipeline, &sink->awaits, AWAIT_PAUSE, status);
        break;
    case MEStreamSinkStopped:
        sink->started = sink->paused = false;
        pipeline_answer(pipeline, &sink->awaits, AWAIT_STOP, status);
        break;
    case MEStreamSinkPrerolled:
        sink->prerolled = SUCCEEDED(status);
        pipeline_answer(pipeline, &sink->awaits, AWAIT_PREROLL, status);
        break;
    case MEStreamSinkMarker:
        take_marker(sink, event);
        break;
    case MEStreamSinkScrubSampleComplete:
        sink->scrubbed = true;
        pipeline_check_scrubbed(pipeline);
        break;
    case MEStreamSinkRateChanged:
        break;
    case MEStreamSinkDeviceChanged:
        link_want(input_of(sink));
        break;
    case MEStreamSinkFormatInvalidated:
        renegotiate(input_of(sink));
        break;
    case MEQualityNotify:
        quality_event(pipeline, (IUnknown *)sink->stream, event);
        break;
    case MESinkInvalidated:
        report_invalidated(sink, event);
        break;
    case MEAudioSessionDeviceRemoved:
    case MEAudioSessionDisconnected:
    case MEAudioSessionExclusiveModeOverride:
    case MEAudioSessionFormatChanged:
    case MEAudioSessionServerShutdown:
        pipeline->notify->event(pipeline->context, event);
        report_invalidated(sink, NULL);
        break;
    default:
        pipeline_pass_event(pipeline, event, type, status);
        break;
    }
}

static void on_stream_closed(void *context, HRESULT status)
{
    struct sink_node *sink = context;

    pipeline_fail(sink->node.pipeline, status);
}

static const struct listener_handler stream_handler = {on_stream_event, on_stream_closed};

HRESULT sink_node_attach(struct sink_node *sink)
{
    if (sink->listener) return S_OK;
    return listener_create(&sink->node.pipeline->poller, (IMFMediaEventGenerator *)sink->stream, false, &stream_handler,
                           sink, &sink->listener);
}

void sink_node_detach(struct sink_node *sink)
{
    listener_detach(&sink->node.pipeline->poller, sink->listener);
    sink->listener = NULL;
}

/* Events of a media sink as a whole. */
static void on_sink_event(void *context, IMFMediaEvent *event, MediaEventType type)
{
    struct media_sink *sink = context;
    struct pipeline *pipeline = sink->pipeline;
    HRESULT status = S_OK;

    IMFMediaEvent_GetStatus(event, &status);
    if (type == MEError)
        pipeline_fail(pipeline, FAILED(status) ? status : E_FAIL);
    else
        pipeline->notify->event(pipeline->context, event);
}

static void on_sink_closed(void *context, HRESULT status)
{
    struct media_sink *sink = context;

    CORK_WARN("media sink %p: %#lx\n", (void *)sink->sink, (unsigned long)status);
    media_sink_detach(sink);
}

static const struct listener_handler sink_handler = {on_sink_event, on_sink_closed};

HRESULT media_sink_attach(struct media_sink *sink)
{
    IMFMediaEventGenerator *generator;
    HRESULT hr = S_OK;

    if (sink->has_clock) return S_OK;
    if (SUCCEEDED(IMFMediaSink_QueryInterface(sink->sink, &IID_IMFMediaEventGenerator, (void **)&generator)))
    {
        hr = listener_create(&sink->pipeline->poller, generator, true, &sink_handler, sink, &sink->listener);
        IMFMediaEventGenerator_Release(generator);
    }
    if (SUCCEEDED(hr)) hr = IMFMediaSink_SetPresentationClock(sink->sink, sink->pipeline->clock);
    sink->has_clock = SUCCEEDED(hr);
    return hr;
}

void media_sink_detach(struct media_sink *sink)
{
    listener_detach(&sink->pipeline->poller, sink->listener);
    sink->listener = NULL;
}

static HRESULT find_sink(struct pipeline *pipeline, IMFTopologyNode *topology_node, IMFStreamSink *stream,
                         struct media_sink **sink)
{
    struct media_sink **place, *entry;
    DWORD characteristics = 0;
    UINT32 no_preroll = 0;
    IMFMediaSink *object;
    HRESULT hr;

    hr = IMFStreamSink_GetMediaSink(stream, &object);
    if (FAILED(hr)) return hr;
    for (place = &pipeline->sinks; *place; place = &(*place)->next)
    {
        if ((*place)->sink != object) continue;
        IMFMediaSink_Release(object);
        *sink = *place;
        return S_OK;
    }

    entry = calloc(1, sizeof(*entry));
    if (!entry)
    {
        IMFMediaSink_Release(object);
        return E_OUTOFMEMORY;
    }
    entry->pipeline = pipeline;
    entry->sink = object;
    IMFTopologyNode_GetUINT32(topology_node, &MF_TOPONODE_DISABLE_PREROLL, &no_preroll);
    if (!no_preroll && SUCCEEDED(IMFMediaSink_GetCharacteristics(object, &characteristics)) &&
        characteristics & MEDIASINK_CAN_PREROLL)
        IMFMediaSink_QueryInterface(object, &IID_IMFMediaSinkPreroll, (void **)&entry->preroll);
    *place = entry;
    *sink = entry;
    return S_OK;
}

HRESULT sink_node_create(struct pipeline *pipeline, IMFTopologyNode *topology_node, struct node **node)
{
    struct sink_node *sink;
    IUnknown *object;
    HRESULT hr;

    sink = calloc(1, sizeof(*sink));
    if (!sink) return E_OUTOFMEMORY;
    sink->node.ops = &sink_ops;

    hr = IMFTopologyNode_GetObject(topology_node, &object);
    if (SUCCEEDED(hr))
    {
        hr = IUnknown_QueryInterface(object, &IID_IMFStreamSink, (void **)&sink->stream);
        IUnknown_Release(object);
    }
    if (SUCCEEDED(hr)) hr = find_sink(pipeline, topology_node, sink->stream, &sink->sink);
    if (FAILED(hr))
    {
        if (sink->stream) IMFStreamSink_Release(sink->stream);
        free(sink);
        return hr;
    }
    *node = &sink->node;
    return S_OK;
}

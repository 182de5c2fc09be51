/* Media sources and their streams: where samples come from. */
#include "mf/pipeline_parts.h"

#include <stdlib.h>

#include <mf_transcode.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

/* Presentation time minus the time stamps of the stream. */
static MFTIME time_shift(const struct source_node *source)
{
    return source->node.pipeline->base - source->media_start;
}

MFTIME source_node_stop_time(const struct source_node *source)
{
    if (source->media_stop == INT64_MAX) return INT64_MAX;
    return source->media_stop + time_shift(source);
}

/* Asks the stream for one sample. Returns whether more may be asked for. */
static bool request(struct source_node *source)
{
    struct pipeline *pipeline = source->node.pipeline;
    HRESULT hr = IMFMediaStream_RequestSample(source->stream, NULL);

    if (SUCCEEDED(hr)) return true;
    CORK_WARN("stream %p: %#lx\n", (void *)source->stream, (unsigned long)hr);
    /* "If the media source is stopped, the method should return MF_E_MEDIA_SOURCE_WRONGSTATE. The pipeline does not
     * treat this return code as an error condition." The end is told by its event. */
    if (hr != MF_E_MEDIA_SOURCE_WRONGSTATE && hr != MF_E_END_OF_STREAM) pipeline_fail(pipeline, hr);
    return false;
}

void source_node_pump(struct source_node *source)
{
    struct link *link = source->node.output_count ? source->node.outputs[0] : NULL;
    struct pipeline *pipeline = source->node.pipeline;

    if (!link) return;
    while (pipeline->flowing && source->running && !source->ended && flow_missing(&link->flow))
    {
        if (!request(source)) return;
        flow_asked(&link->flow);
        listener_expect(source->listener);
    }
}

static void want(struct node *node, unsigned int output)
{
    (void)output;
    source_node_pump((struct source_node *)node);
}

static void take(struct node *node, unsigned int input)
{
    (void)node;
    (void)input;
}

static void destroy(struct node *node)
{
    struct source_node *source = (struct source_node *)node;

    if (source->stream) IMFMediaStream_Release(source->stream);
    free(source);
}

static const struct node_ops source_ops = {want, take, destroy};

/* A reference to the object that is the event's value, or NULL. */
static void *object_of(IMFMediaEvent *event, REFIID iid)
{
    void *object = NULL;
    PROPVARIANT value;

    PropVariantInit(&value);
    if (FAILED(IMFMediaEvent_GetValue(event, &value))) return NULL;
    if (value.vt == VT_UNKNOWN && value.punkVal) IUnknown_QueryInterface(value.punkVal, iid, &object);
    PropVariantClear(&value);
    return object;
}

/* A sample has come. */
static void take_sample(struct source_node *source, IMFMediaEvent *event)
{
    struct pipeline *pipeline = source->node.pipeline;
    struct link *link = source->node.output_count ? source->node.outputs[0] : NULL;
    IMFSample *sample = object_of(event, &IID_IMFSample);
    MFTIME shift = time_shift(source), time;

    if (!sample || !link || !pipeline->flowing || source->ended)
    {
        CORK_WARN("stream %p: a sample that nobody waits for\n", (void *)source->stream);
        if (sample) IMFSample_Release(sample);
        return;
    }
    /* A live source may send without being asked; what nobody takes is not kept for ever. */
    if (!flow_answered(&link->flow) && link->flow.samples >= FLOW_TEE_LIMIT)
    {
        IMFSample_Release(sample);
        return;
    }
    if (shift && SUCCEEDED(IMFSample_GetSampleTime(sample, &time))) IMFSample_SetSampleTime(sample, time + shift);
    quality_output(&source->node, 0, sample);
    node_put_sample(&source->node, 0, sample);
    /* One that lay before the start has gone, and the receiver, which knows nothing of it, still waits for its own. */
    source_node_pump(source);
}

static void take_tick(struct source_node *source, IMFMediaEvent *event)
{
    PROPVARIANT value;

    PropVariantInit(&value);
    if (SUCCEEDED(IMFMediaEvent_GetValue(event, &value)) && value.vt == VT_I8 && !source->ended)
        link_put(source->node.pipeline, source->node.outputs[0], FLOW_TICK, value.hVal.QuadPart + time_shift(source),
                 NULL);
    PropVariantClear(&value);
}

static void take_format(struct source_node *source, IMFMediaEvent *event)
{
    IMFMediaType *type = object_of(event, &IID_IMFMediaType);

    if (type) link_put(source->node.pipeline, source->node.outputs[0], FLOW_FORMAT, 0, type);
}

static void end_stream(struct source_node *source)
{
    struct pipeline *pipeline = source->node.pipeline;

    if (source->ended || !pipeline->flowing) return;
    source->ended = true;
    link_put(pipeline, source->node.outputs[0], FLOW_END, 0, NULL);
    pipeline_check_ended(pipeline, NULL);
}

/* Tells a source that has other presentations to follow that this one is over, so that it says so itself. False: it has
 * none, and says nothing. */
static bool force_end(struct media_source *source)
{
    IMFMediaSourcePresentationProvider *provider = NULL;
    HRESULT hr = MFGetService((IUnknown *)source->source, &MF_SOURCE_PRESENTATION_PROVIDER_SERVICE,
                              &IID_IMFMediaSourcePresentationProvider, (void **)&provider);

    if (FAILED(hr)) return false;
    hr = IMFMediaSourcePresentationProvider_ForceEndOfPresentation(provider, source->descriptor);
    IMFMediaSourcePresentationProvider_Release(provider);
    return SUCCEEDED(hr);
}

void source_node_cut_off(struct source_node *source)
{
    struct pipeline *pipeline = source->node.pipeline;
    struct source_node *other;

    if (source->ended) return;
    source->ended = true;
    FOR_EACH_SOURCE_NODE(pipeline, other)
    {
        if (other->source == source->source && !other->ended) return;
    }
    if (source->source->ended || force_end(source->source)) return;
    source->source->ended = true;
    pipeline_check_ended(pipeline, NULL);
}

void media_source_forget_end(struct media_source *source)
{
    source->ended = false;
    if (source->end_event) IMFMediaEvent_Release(source->end_event);
    source->end_event = NULL;
}

/* The source has no more to give in this presentation. */
static void end_source(struct media_source *source, IMFMediaEvent *event, MediaEventType type)
{
    struct pipeline *pipeline = source->pipeline;
    MediaEventType before = MEUnknown;

    if (!pipeline->flowing) return;
    if (source->ended)
    {
        /* What was the end of a segment is now said to have been the last one's. */
        if (source->end_event) IMFMediaEvent_GetType(source->end_event, &before);
        if (type != MEEndOfPresentation || before != MEEndOfPresentationSegment) return;
        media_source_forget_end(source);
    }
    source->ended = true;
    source->end_event = event;
    IMFMediaEvent_AddRef(event);
    if (before == MEEndOfPresentationSegment && pipeline->ended)
        pipeline->notify->sources_ended(pipeline->context, event);
    else
        pipeline_check_ended(pipeline, event);
}

static void on_stream_event(void *context, IMFMediaEvent *event, MediaEventType type)
{
    struct source_node *source = context;
    struct pipeline *pipeline = source->node.pipeline;
    HRESULT status = S_OK;

    IMFMediaEvent_GetStatus(event, &status);
    switch (type)
    {
    case MEMediaSample:
        take_sample(source, event);
        break;
    case MEStreamTick:
        take_tick(source, event);
        break;
    case MEStreamFormatChanged:
        take_format(source, event);
        break;
    case MEEndOfStream:
        end_stream(source);
        break;
    case MEStreamStarted:
    case MEStreamSeeked:
        source->running = SUCCEEDED(status);
        pipeline_answer(pipeline, &source->awaits, AWAIT_START, status);
        source_node_pump(source);
        break;
    case MEStreamPaused:
        pipeline_answer(pipeline, &source->awaits, AWAIT_PAUSE, status);
        break;
    case MEStreamStopped:
        source->running = false;
        pipeline_answer(pipeline, &source->awaits, AWAIT_STOP, status);
        break;
    case MEStreamThinMode:
    case MEContentProtectionMetadata:
        IMFMediaEvent_AddRef(event);
        link_put(pipeline, source->node.outputs[0], FLOW_EVENT, 0, event);
        break;
    default:
        pipeline_pass_event(pipeline, event, type, status);
        break;
    }
}

static void on_stream_closed(void *context, HRESULT status)
{
    struct source_node *source = context;

    pipeline_fail(source->node.pipeline, status);
}

static const struct listener_handler stream_handler = {on_stream_event, on_stream_closed};

/* The source has a stream to offer: new, or started anew. */
static void take_stream(struct media_source *source, IMFMediaStream *stream)
{
    struct pipeline *pipeline = source->pipeline;
    IMFStreamDescriptor *descriptor;
    struct source_node *node;
    DWORD id = 0;
    HRESULT hr;

    hr = IMFMediaStream_GetStreamDescriptor(stream, &descriptor);
    if (SUCCEEDED(hr))
    {
        hr = IMFStreamDescriptor_GetStreamIdentifier(descriptor, &id);
        IMFStreamDescriptor_Release(descriptor);
    }
    if (FAILED(hr))
    {
        pipeline_fail(pipeline, hr); /* whichever it is, it would be waited for in vain */
        return;
    }

    FOR_EACH_SOURCE_NODE(pipeline, node)
    {
        if (node->source != source || node->stream_id != id || node->stream == stream) continue;
        source_node_detach(node);
        node->stream = stream;
        IMFMediaStream_AddRef(stream);
        hr = listener_create(&pipeline->poller, (IMFMediaEventGenerator *)stream, false, &stream_handler, node,
                             &node->listener);
        node->unheard = FAILED(hr);
        if (FAILED(hr)) pipeline_fail(pipeline, hr);
        return;
    }
}

static void take_stream_of(struct media_source *source, IMFMediaEvent *event)
{
    IMFMediaStream *stream = object_of(event, &IID_IMFMediaStream);

    if (!stream) return;
    take_stream(source, stream);
    IMFMediaStream_Release(stream);
}

/* Notes where the source says that it has started. */
static void note_start(struct pipeline *pipeline, IMFMediaEvent *event)
{
    PROPVARIANT value;
    UINT64 time;

    PropVariantInit(&value);
    if (SUCCEEDED(IMFMediaEvent_GetValue(event, &value)) && value.vt == VT_I8)
    {
        pipeline->start.actual = value.hVal.QuadPart;
        pipeline->start.has_actual = true;
    }
    else if (SUCCEEDED(IMFMediaEvent_GetUINT64(event, &MF_EVENT_SOURCE_ACTUAL_START, &time)))
    {
        pipeline->start.actual = time;
        pipeline->start.has_actual = true;
    }
    PropVariantClear(&value);
}

static void on_source_event(void *context, IMFMediaEvent *event, MediaEventType type)
{
    struct media_source *source = context;
    struct pipeline *pipeline = source->pipeline;
    HRESULT status = S_OK;

    IMFMediaEvent_GetStatus(event, &status);
    switch (type)
    {
    case MENewStream:
    case MEUpdatedStream:
        take_stream_of(source, event);
        break;
    case MESourceStarted:
    case MESourceSeeked:
        /* A source that fails to start sends no events of its streams: none of them is to be waited for. */
        if (FAILED(status))
        {
            pipeline_fail(pipeline, status);
            break;
        }
        note_start(pipeline, event);
        pipeline_answer(pipeline, &source->awaits, AWAIT_START, status);
        break;
    case MESourcePaused:
        pipeline_answer(pipeline, &source->awaits, AWAIT_PAUSE, status);
        break;
    case MESourceStopped:
        pipeline_answer(pipeline, &source->awaits, AWAIT_STOP, status);
        break;
    case MESourceRateChanged:
        pipeline_answer(pipeline, &source->awaits, AWAIT_RATE, status);
        break;
    case MEBufferingStarted:
    case MEBufferingStopped:
        pipeline_buffering(pipeline, type == MEBufferingStarted);
        pipeline->notify->event(pipeline->context, event);
        break;
    case MEEndOfPresentation:
    case MEEndOfPresentationSegment:
        end_source(source, event, type);
        break;
    default:
        pipeline_pass_event(pipeline, event, type, status);
        break;
    }
}

static void on_source_closed(void *context, HRESULT status)
{
    struct media_source *source = context;

    pipeline_fail(source->pipeline, status);
}

static const struct listener_handler source_handler = {on_source_event, on_source_closed};

HRESULT media_source_subscribe(struct media_source *source)
{
    if (source->listener) return S_OK;
    return listener_create(&source->pipeline->poller, (IMFMediaEventGenerator *)source->source, true, &source_handler,
                           source, &source->listener);
}

void media_source_detach(struct media_source *source)
{
    listener_detach(&source->pipeline->poller, source->listener);
    source->listener = NULL;
    media_source_forget_end(source);
}

void source_node_detach(struct source_node *source)
{
    listener_detach(&source->node.pipeline->poller, source->listener);
    source->listener = NULL;
    if (source->stream) IMFMediaStream_Release(source->stream);
    source->stream = NULL;
}

/* Has the source's streams and itself answer. */
static void await_source(struct media_source *source, enum awaited what, bool wait)
{
    struct pipeline *pipeline = source->pipeline;
    struct source_node *node;

    pipeline_await(pipeline, &source->awaits, wait ? what : AWAIT_NOTHING);
    FOR_EACH_SOURCE_NODE(pipeline, node)
    {
        if (node->source != source) continue;
        pipeline_await(pipeline, &node->awaits, wait && !node->unheard ? what : AWAIT_NOTHING);
    }
}

/* Where the source's own time starts that is played of it. */
static MFTIME media_start(struct media_source *source)
{
    struct source_node *node;
    MFTIME start = INT64_MAX;

    FOR_EACH_SOURCE_NODE(source->pipeline, node)
    {
        if (node->source == source && node->media_start < start) start = node->media_start;
    }
    return start;
}

HRESULT media_source_start(struct media_source *source, const GUID *format, const PROPVARIANT *position)
{
    MFTIME start = media_start(source);
    PROPVARIANT shifted = *position;
    HRESULT hr;

    if (start && IsEqualGUID(format, &GUID_NULL))
    {
        if (position->vt == VT_I8)
            shifted.hVal.QuadPart += start;
        else if (position->vt == VT_EMPTY && source->pipeline->start.from_stop)
        {
            shifted.vt = VT_I8;
            shifted.hVal.QuadPart = start;
        }
    }
    await_source(source, AWAIT_START, true);
    hr = IMFMediaSource_Start(source->source, source->descriptor, format, &shifted);
    if (FAILED(hr))
        await_source(source, AWAIT_START, false);
    else
    {
        source->started = source->pipeline->fed = true;
        listener_expect(source->listener);
    }
    return hr;
}

HRESULT media_source_pause(struct media_source *source)
{
    HRESULT hr;

    await_source(source, AWAIT_PAUSE, true);
    hr = IMFMediaSource_Pause(source->source);
    if (FAILED(hr))
        await_source(source, AWAIT_PAUSE, false);
    else
        listener_expect(source->listener);
    return hr;
}

HRESULT media_source_stop(struct media_source *source)
{
    HRESULT hr;

    source->started = false;
    await_source(source, AWAIT_STOP, true);
    hr = IMFMediaSource_Stop(source->source);
    if (FAILED(hr))
        await_source(source, AWAIT_STOP, false);
    else
        listener_expect(source->listener);
    return hr;
}

/* The pipeline's entry for a media source. */
static HRESULT find_source(struct pipeline *pipeline, IMFTopologyNode *topology_node, struct media_source **source)
{
    struct media_source **place, *entry;
    IMFMediaSource *object;
    HRESULT hr;

    hr = IMFTopologyNode_GetUnknown(topology_node, &MF_TOPONODE_SOURCE, &IID_IMFMediaSource, (void **)&object);
    if (FAILED(hr)) return MF_E_TOPO_MISSING_SOURCE;

    for (place = &pipeline->sources; *place; place = &(*place)->next)
    {
        if ((*place)->source != object) continue;
        IMFMediaSource_Release(object);
        *source = *place;
        return S_OK;
    }

    entry = calloc(1, sizeof(*entry));
    if (!entry)
    {
        IMFMediaSource_Release(object);
        return E_OUTOFMEMORY;
    }
    entry->pipeline = pipeline;
    entry->source = object;
    hr = IMFTopologyNode_GetUnknown(topology_node, &MF_TOPONODE_PRESENTATION_DESCRIPTOR, &IID_IMFPresentationDescriptor,
                                    (void **)&entry->descriptor);
    *place = entry;
    *source = entry;
    return FAILED(hr) ? MF_E_TOPO_MISSING_PRESENTATION_DESCRIPTOR : S_OK;
}

HRESULT source_node_create(struct pipeline *pipeline, IMFTopologyNode *topology_node, struct node **node)
{
    IMFStreamDescriptor *descriptor;
    struct source_node *source;
    UINT64 value;
    HRESULT hr;

    source = calloc(1, sizeof(*source));
    if (!source) return E_OUTOFMEMORY;
    source->node.ops = &source_ops;
    source->media_stop = INT64_MAX;

    hr = find_source(pipeline, topology_node, &source->source);
    if (SUCCEEDED(hr))
    {
        hr = IMFTopologyNode_GetUnknown(topology_node, &MF_TOPONODE_STREAM_DESCRIPTOR, &IID_IMFStreamDescriptor,
                                        (void **)&descriptor);
        if (FAILED(hr)) hr = MF_E_TOPO_MISSING_STREAM_DESCRIPTOR;
    }
    if (SUCCEEDED(hr))
    {
        hr = IMFStreamDescriptor_GetStreamIdentifier(descriptor, &source->stream_id);
        IMFStreamDescriptor_Release(descriptor);
    }
    if (FAILED(hr))
    {
        free(source);
        return hr;
    }
    if (SUCCEEDED(IMFTopologyNode_GetUINT64(topology_node, &MF_TOPONODE_MEDIASTART, &value)) && value <= INT64_MAX)
        source->media_start = (MFTIME)value;
    if (SUCCEEDED(IMFTopologyNode_GetUINT64(topology_node, &MF_TOPONODE_MEDIASTOP, &value)) && value <= INT64_MAX)
        source->media_stop = (MFTIME)value;
    *node = &source->node;
    return S_OK;
}

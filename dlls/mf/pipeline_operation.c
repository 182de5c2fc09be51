/*
 * Operations: start, seek, pause, stop. Each goes through phases; in a phase objects are told something, and the next
 * one begins when all of them have answered.
 */
#include "mf/pipeline_parts.h"
#include "mf/presentation_clock.h"

#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

static void next_phase(struct pipeline *pipeline);
static void skip_closed(struct pipeline *pipeline);
static void forget_closed(struct pipeline *pipeline);

void pipeline_await(struct pipeline *pipeline, enum awaited *object, enum awaited what)
{
    if (*object != AWAIT_NOTHING) pipeline->awaited--;
    *object = what;
    if (what != AWAIT_NOTHING) pipeline->awaited++;
}

/* Forgets what objects have not answered to. */
static void await_nothing(struct pipeline *pipeline)
{
    struct media_source *source;
    struct source_node *node;
    struct sink_node *sink;

    for (source = pipeline->sources; source; source = source->next)
        pipeline_await(pipeline, &source->awaits, AWAIT_NOTHING);
    FOR_EACH_SOURCE_NODE(pipeline, node) pipeline_await(pipeline, &node->awaits, AWAIT_NOTHING);
    FOR_EACH_SINK_NODE(pipeline, sink) pipeline_await(pipeline, &sink->awaits, AWAIT_NOTHING);
}

void pipeline_finish(struct pipeline *pipeline, HRESULT status)
{
    const struct pipeline_notify *notify = pipeline->notify;
    enum operation operation = pipeline->operation;

    CORK_TRACE("pipeline %p, operation %d: %#lx\n", (void *)pipeline, operation, (unsigned long)status);
    pipeline->operation = OPERATION_NONE;
    pipeline->poller.streaming = true;
    await_nothing(pipeline);
    if (SUCCEEDED(status)) pipeline_settle_clock(pipeline);
    switch (operation)
    {
    case OPERATION_START:
        notify->started(pipeline->context, status);
        break;
    case OPERATION_PAUSE:
        notify->paused(pipeline->context, status);
        break;
    case OPERATION_STOP:
        notify->stopped(pipeline->context, status);
        break;
    case OPERATION_RATE:
        notify->rate_changed(pipeline->context, status);
        break;
    case OPERATION_NONE:
        break;
    }
}

void pipeline_cancel(struct pipeline *pipeline)
{
    pipeline->operation = OPERATION_NONE;
    await_nothing(pipeline);
}

void pipeline_pass_event(struct pipeline *pipeline, IMFMediaEvent *event, MediaEventType type, HRESULT status)
{
    if (type == MEError)
        pipeline_fail(pipeline, FAILED(status) ? status : E_FAIL);
    else
        pipeline->notify->event(pipeline->context, event);
}

void pipeline_fail(struct pipeline *pipeline, HRESULT status)
{
    CORK_WARN("pipeline %p: %#lx\n", (void *)pipeline, (unsigned long)status);
    if (pipeline->shut_down) return;
    /* What has failed need not answer to a stop; the rest does. */
    if (pipeline->operation == OPERATION_STOP)
    {
        if (SUCCEEDED(pipeline->status)) pipeline->status = status;
        pipeline->failed = true;
        skip_closed(pipeline);
        return;
    }
    if (pipeline->failed) return;
    pipeline->failed = true;
    if (pipeline->operation != OPERATION_NONE)
        pipeline_finish(pipeline, status);
    else
        pipeline->notify->failed(pipeline->context, status);
}

void pipeline_answer(struct pipeline *pipeline, enum awaited *object, enum awaited what, HRESULT status)
{
    if (*object != what || pipeline->operation == OPERATION_NONE) return;
    pipeline_await(pipeline, object, AWAIT_NOTHING);
    if (FAILED(status) && SUCCEEDED(pipeline->status)) pipeline->status = status;
    if (!pipeline->awaited) next_phase(pipeline);
}

static void begin_phase(struct pipeline *pipeline, enum phase phase)
{
    pipeline->poller.streaming = false;
    pipeline->phase = phase;
}

/* The phase's objects have been told: goes on at once where nobody has to answer. */
static void phase_told(struct pipeline *pipeline, HRESULT hr)
{
    if (FAILED(hr))
    {
        if (SUCCEEDED(pipeline->status)) pipeline->status = hr;
        /* Stopping goes on with the others. */
        if (pipeline->operation != OPERATION_STOP)
        {
            pipeline_finish(pipeline, pipeline->status);
            return;
        }
    }
    if (!pipeline->awaited) next_phase(pipeline);
}

/* ---- Flushing ---------------------------------------------------------------------------------------------------- */

static void flush(struct pipeline *pipeline, bool seek)
{
    struct source_node *source;
    struct sink_node *sink;
    struct node *node;

    pipeline_empty_links(pipeline, seek);
    for (node = pipeline->nodes; node; node = node->next)
    {
        if (node->type == MF_TOPOLOGY_TRANSFORM_NODE) transform_node_flush(node);
    }
    FOR_EACH_SINK_NODE(pipeline, sink)
    {
        if (pipeline->fed) IMFStreamSink_Flush(sink->stream);
        sink->ended = sink->ending = sink->scrubbed = false;
        sink->markers = 0;
        sink_node_expect(sink);
    }
    FOR_EACH_SOURCE_NODE(pipeline, source) source->ended = false;
    for (struct media_source *s = pipeline->sources; s; s = s->next)
        media_source_forget_end(s);
    pipeline->ended = pipeline->drained = pipeline->fed = false;
    pipeline->buffering = 0;
}

/* ---- Start ------------------------------------------------------------------------------------------------------- */

static void start_sources(struct pipeline *pipeline)
{
    struct media_source *source;
    HRESULT hr = S_OK;

    begin_phase(pipeline, PHASE_START_SOURCES);
    pipeline->flowing = true;
    for (source = pipeline->sources; source && SUCCEEDED(hr); source = source->next)
        hr = media_source_start(source, &pipeline->start.format, &pipeline->start.position);
    if (FAILED(hr)) pipeline->flowing = pipeline->state != PIPELINE_STOPPED;
    phase_told(pipeline, hr);
}

static void stop_to_seek(struct pipeline *pipeline)
{
    struct media_source *source;
    HRESULT hr = S_OK;

    begin_phase(pipeline, PHASE_STOP_TO_SEEK);
    for (source = pipeline->sources; source && SUCCEEDED(hr); source = source->next)
        hr = media_source_stop(source);
    phase_told(pipeline, hr);
}

HRESULT pipeline_attach_sinks(struct pipeline *pipeline)
{
    struct media_sink *media_sink;
    struct sink_node *sink;
    HRESULT hr = S_OK;

    refusals_begin(pipeline);
    FOR_EACH_SINK_NODE(pipeline, sink)
    {
        if (SUCCEEDED(hr)) hr = sink_node_attach(sink);
    }
    for (media_sink = pipeline->sinks; media_sink && SUCCEEDED(hr); media_sink = media_sink->next)
        hr = media_sink_attach(media_sink);
    return hr;
}

static HRESULT start_transforms(struct pipeline *pipeline)
{
    struct node *node;
    HRESULT hr = S_OK;

    for (node = pipeline->nodes; node && SUCCEEDED(hr); node = node->next)
    {
        if (node->type == MF_TOPOLOGY_TRANSFORM_NODE) hr = transform_node_start(node);
    }
    return hr;
}

/* Where the clock starts, and from where on samples are played. */
static MFTIME clock_start(struct pipeline *pipeline)
{
    if (pipeline->start.position.vt == VT_I8 && IsEqualGUID(&pipeline->start.format, &GUID_NULL))
        return pipeline->start.position.hVal.QuadPart + pipeline->start.offset;
    if (!pipeline->start.from_stop) return PRESENTATION_CURRENT_POSITION;
    if (pipeline->start.position.vt != VT_EMPTY && pipeline->start.has_actual)
        return pipeline->start.actual + pipeline->start.offset;
    return pipeline->start.offset;
}

/* Whether a sink will tell that it runs: when it begins to, or goes on; not all do so where they run already. */
static bool will_start(struct pipeline *pipeline, const struct sink_node *sink)
{
    return !sink->started || (sink->paused && clock_start(pipeline) == PRESENTATION_CURRENT_POSITION);
}

static void start_clock(struct pipeline *pipeline)
{
    struct sink_node *sink;
    HRESULT hr = S_OK;

    begin_phase(pipeline, PHASE_START_SINKS);
    if (!pipeline->start.clock_runs)
    {
        pipeline->clock_held = false;
        FOR_EACH_SINK_NODE(pipeline, sink)
        {
            sink->scrubbed = false;
            if (will_start(pipeline, sink)) pipeline_await(pipeline, &sink->awaits, AWAIT_START);
        }
        hr = clock_change_here(pipeline->clock, CLOCK_COMMAND_START, clock_start(pipeline));
        if (FAILED(hr)) await_nothing(pipeline);
        FOR_EACH_SINK_NODE(pipeline, sink) sink_node_expect(sink);
    }
    phase_told(pipeline, hr);
}

/* Sinks that can be given data before the clock starts. */
static void preroll(struct pipeline *pipeline)
{
    MFTIME start = clock_start(pipeline);
    struct media_sink *media_sink;
    struct sink_node *sink;
    HRESULT hr = S_OK;

    begin_phase(pipeline, PHASE_PREROLL);
    if (start == PRESENTATION_CURRENT_POSITION || pipeline->start.clock_runs) start = 0;
    for (media_sink = pipeline->sinks; media_sink && SUCCEEDED(hr); media_sink = media_sink->next)
    {
        bool wanted = false;

        if (!media_sink->preroll) continue;
        FOR_EACH_SINK_NODE(pipeline, sink)
        {
            if (sink->sink != media_sink || sink->started || sink->prerolled) continue;
            pipeline_await(pipeline, &sink->awaits, AWAIT_PREROLL);
            wanted = true;
        }
        if (wanted) hr = IMFMediaSinkPreroll_NotifyPreroll(media_sink->preroll, start);
    }
    FOR_EACH_SINK_NODE(pipeline, sink) sink_node_expect(sink);
    if (FAILED(hr)) await_nothing(pipeline);
    phase_told(pipeline, hr);
}

/* Has every node look what is wanted of it: sinks may have asked before a seek. */
static void resume_flow(struct pipeline *pipeline)
{
    struct node *node;

    for (node = pipeline->nodes; node; node = node->next)
    {
        if (node->type != MF_TOPOLOGY_OUTPUT_NODE) node->ops->want(node, 0);
    }
}

static void sources_have_started(struct pipeline *pipeline)
{
    MFTIME start = clock_start(pipeline);
    HRESULT hr = S_OK;

    pipeline->base = pipeline->start.offset;
    if (start != PRESENTATION_CURRENT_POSITION) pipeline->start_time = start;
    pipeline->notify->sources_started(pipeline->context);
    if (pipeline->operation != OPERATION_START || pipeline->phase != PHASE_START_SOURCES) return;

    if (pipeline->start.from_stop) hr = start_transforms(pipeline);
    if (SUCCEEDED(hr)) hr = pipeline_attach_sinks(pipeline);
    if (FAILED(hr))
    {
        phase_told(pipeline, hr);
        return;
    }
    resume_flow(pipeline);
    if (pipeline->operation == OPERATION_START) preroll(pipeline);
}

static void sinks_have_started(struct pipeline *pipeline)
{
    pipeline->state = PIPELINE_RUNNING;
    pipeline_finish(pipeline, S_OK);
}

static bool is_beyond_end(struct pipeline *pipeline, const struct pipeline_start *start)
{
    struct media_source *source;
    UINT64 duration;

    if (start->position->vt != VT_I8 || !IsEqualGUID(&start->format, &GUID_NULL)) return false;
    for (source = pipeline->sources; source; source = source->next)
    {
        if (SUCCEEDED(IMFPresentationDescriptor_GetUINT64(source->descriptor, &MF_PD_DURATION, &duration)) &&
            start->position->hVal.QuadPart > (LONGLONG)duration)
            return true;
    }
    return false;
}

HRESULT pipeline_start(struct pipeline *pipeline, const struct pipeline_start *start)
{
    bool seek = pipeline->state != PIPELINE_STOPPED && start->position->vt != VT_EMPTY;
    struct media_source *source;
    HRESULT hr;

    if (pipeline->operation != OPERATION_NONE || pipeline->failed) return MF_E_INVALIDREQUEST;
    for (source = pipeline->sources; source; source = source->next)
    {
        hr = media_source_subscribe(source);
        if (FAILED(hr)) return hr;
    }
    if (pipeline->state == PIPELINE_RUNNING && is_beyond_end(pipeline, start)) return MF_E_INVALID_POSITION;
    pipeline_offer_clock(pipeline);

    PropVariantClear(&pipeline->start.position);
    hr = PropVariantCopy(&pipeline->start.position, start->position);
    if (FAILED(hr)) return hr;
    pipeline->start.format = start->format;
    pipeline->start.offset = start->offset;
    pipeline->start.clock_runs = start->clock_runs;
    pipeline->start.from_stop = seek || pipeline->state == PIPELINE_STOPPED;
    pipeline->start.has_actual = false;
    pipeline->operation = OPERATION_START;
    pipeline->status = S_OK;

    if (seek)
        stop_to_seek(pipeline);
    else if (pipeline->state != PIPELINE_RUNNING)
        start_sources(pipeline);
    else if (pipeline->rate == 0.0f)
        start_clock(pipeline); /* the next sample is shown */
    else
        pipeline_finish(pipeline, S_OK);
    return S_OK;
}

/* ---- Pause ------------------------------------------------------------------------------------------------------- */

static void pause_sources(struct pipeline *pipeline)
{
    struct media_source *source;
    HRESULT hr = S_OK;

    begin_phase(pipeline, PHASE_PAUSE_SOURCES);
    for (source = pipeline->sources; source && SUCCEEDED(hr); source = source->next)
        hr = media_source_pause(source);
    phase_told(pipeline, hr);
}

HRESULT pipeline_pause(struct pipeline *pipeline)
{
    bool held = pipeline->clock_held;
    struct sink_node *sink;
    HRESULT hr;

    if (pipeline->operation != OPERATION_NONE || pipeline->failed || pipeline->state != PIPELINE_RUNNING)
        return MF_E_INVALIDREQUEST;
    hr = held ? S_OK : clock_change_here(pipeline->clock, CLOCK_COMMAND_PAUSE, 0);
    if (FAILED(hr)) return hr;
    pipeline->clock_held = false;

    pipeline->operation = OPERATION_PAUSE;
    pipeline->status = S_OK;
    begin_phase(pipeline, PHASE_PAUSE_SINKS);
    FOR_EACH_SINK_NODE(pipeline, sink)
    {
        if (!sink->started || (held && sink->paused)) continue;
        pipeline_await(pipeline, &sink->awaits, AWAIT_PAUSE);
        sink_node_expect(sink);
    }
    phase_told(pipeline, S_OK);
    return S_OK;
}

/* ---- Stop -------------------------------------------------------------------------------------------------------- */

static void stop_sources(struct pipeline *pipeline)
{
    struct media_source *source;
    HRESULT hr = S_OK, first = S_OK;

    begin_phase(pipeline, PHASE_STOP_SOURCES);
    for (source = pipeline->sources; source; source = source->next)
    {
        if (!source->started) continue;
        hr = media_source_stop(source);
        if (FAILED(hr) && SUCCEEDED(first)) first = hr;
    }
    forget_closed(pipeline);
    phase_told(pipeline, first);
}

static void stop_sinks(struct pipeline *pipeline)
{
    struct sink_node *sink;
    HRESULT hr;

    begin_phase(pipeline, PHASE_STOP_SINKS);
    pipeline->clock_held = false;
    pipeline->buffering = 0;
    FOR_EACH_SINK_NODE(pipeline, sink)
    {
        if (sink->started && !listener_is_closed(sink->listener)) pipeline_await(pipeline, &sink->awaits, AWAIT_STOP);
        sink->prerolled = false;
    }
    hr = clock_change_here(pipeline->clock, CLOCK_COMMAND_STOP, 0);
    if (FAILED(hr))
        FOR_EACH_SINK_NODE(pipeline, sink) pipeline_await(pipeline, &sink->awaits, AWAIT_NOTHING);
    else
        FOR_EACH_SINK_NODE(pipeline, sink) sink_node_expect(sink);
    if (hr == MF_E_CLOCK_STATE_ALREADY_SET || hr == MF_E_INVALIDREQUEST) hr = S_OK; /* it had not been started */
    phase_told(pipeline, hr);
}

static void sources_have_stopped(struct pipeline *pipeline)
{
    pipeline->flowing = false;
    pipeline->state = PIPELINE_STOPPED;
    flush(pipeline, false);
    pipeline->poller.expecting = false; /* the next command finds the standard queue's thread, not one that waits */
    pipeline_finish(pipeline, pipeline->status);
}

/* A component that has been shut down, or cannot be listened to, answers no more. */
static void forget_closed(struct pipeline *pipeline)
{
    struct media_source *source;
    struct source_node *node;
    struct sink_node *sink;

    for (source = pipeline->sources; source; source = source->next)
    {
        if (!listener_is_closed(source->listener)) continue;
        pipeline_await(pipeline, &source->awaits, AWAIT_NOTHING);
        FOR_EACH_SOURCE_NODE(pipeline, node)
        {
            if (node->source == source) pipeline_await(pipeline, &node->awaits, AWAIT_NOTHING);
        }
    }
    FOR_EACH_SOURCE_NODE(pipeline, node)
    {
        if (listener_is_closed(node->listener)) pipeline_await(pipeline, &node->awaits, AWAIT_NOTHING);
    }
    FOR_EACH_SINK_NODE(pipeline, sink)
    {
        if (listener_is_closed(sink->listener)) pipeline_await(pipeline, &sink->awaits, AWAIT_NOTHING);
    }
}

static void skip_closed(struct pipeline *pipeline)
{
    forget_closed(pipeline);
    if (!pipeline->awaited) next_phase(pipeline);
}

HRESULT pipeline_stop(struct pipeline *pipeline)
{
    if (pipeline->operation == OPERATION_STOP) return MF_E_INVALIDREQUEST;
    await_nothing(pipeline);
    pipeline->operation = OPERATION_STOP;
    pipeline->status = S_OK;
    pipeline->flowing = false; /* a sink that has stopped may refuse what comes; it would be dropped in any case */
    stop_sinks(pipeline);
    return S_OK;
}

/* ---- From phase to phase ----------------------------------------------------------------------------------------- */

static void next_phase(struct pipeline *pipeline)
{
    if (FAILED(pipeline->status) && pipeline->operation != OPERATION_STOP)
    {
        pipeline_finish(pipeline, pipeline->status);
        return;
    }
    switch (pipeline->phase)
    {
    case PHASE_STOP_TO_SEEK:
        flush(pipeline, true);
        start_sources(pipeline);
        break;
    case PHASE_START_SOURCES:
        sources_have_started(pipeline);
        break;
    case PHASE_PREROLL:
        start_clock(pipeline);
        break;
    case PHASE_START_SINKS:
        sinks_have_started(pipeline);
        break;
    case PHASE_PAUSE_SINKS:
        pause_sources(pipeline);
        break;
    case PHASE_PAUSE_SOURCES:
        pipeline->state = PIPELINE_PAUSED;
        pipeline_finish(pipeline, S_OK);
        break;
    case PHASE_STOP_SINKS:
        stop_sources(pipeline);
        break;
    case PHASE_STOP_SOURCES:
        sources_have_stopped(pipeline);
        break;
    case PHASE_RATE_SOURCES:
        pipeline_finish(pipeline, pipeline_rate_sources_done(pipeline));
        break;
    }
}

/* ---- Ends of all ------------------------------------------------------------------------------------------------- */

void pipeline_check_ended(struct pipeline *pipeline, IMFMediaEvent *event)
{
    struct media_source *source;
    struct source_node *node;

    if (pipeline->ended) return;
    for (source = pipeline->sources; source; source = source->next)
    {
        if (!source->ended) return;
    }
    FOR_EACH_SOURCE_NODE(pipeline, node)
    {
        if (!node->ended) return;
    }
    /* The source's own, which may have come before its streams' ends, tells whether more is to come. */
    for (source = pipeline->sources; source && !event; source = source->next)
        event = source->end_event;
    if (event)
        IMFMediaEvent_AddRef(event);
    else if (FAILED(MFCreateMediaEvent(MEEndOfPresentation, &GUID_NULL, S_OK, NULL, &event)))
        return;
    pipeline->ended = true;
    pipeline->notify->sources_ended(pipeline->context, event);
    IMFMediaEvent_Release(event);
    pipeline_check_drained(pipeline);
}

void pipeline_check_drained(struct pipeline *pipeline)
{
    struct sink_node *sink;

    if (!pipeline->ended || pipeline->drained || pipeline->operation == OPERATION_STOP) return;
    FOR_EACH_SINK_NODE(pipeline, sink)
    {
        if (!sink->ended) return;
    }
    pipeline->drained = true;
    pipeline->notify->drained(pipeline->context, pipeline->end_time);
}

void pipeline_check_scrubbed(struct pipeline *pipeline)
{
    struct sink_node *sink;

    FOR_EACH_SINK_NODE(pipeline, sink)
    {
        if (!sink->scrubbed) return;
    }
    FOR_EACH_SINK_NODE(pipeline, sink) sink->scrubbed = false;
    pipeline->notify->scrubbed(pipeline->context);
}

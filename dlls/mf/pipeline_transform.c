/* Transforms: what goes in and when, drains, flushes, asynchronous ones. */
#include "mf/pipeline_transform.h"

#include <stdlib.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

/* Samples that are asked for ahead, where the receiver wants as many. */
#define AHEAD 8

static struct transform_node *from_node(struct node *node)
{
    return (struct transform_node *)node;
}

static HRESULT tell(struct transform_node *transform, MFT_MESSAGE_TYPE message, ULONG_PTR parameter)
{
    return IMFTransform_ProcessMessage(transform->transform, message, parameter);
}

/* How many samples are wanted of the output that wants most. */
static unsigned int wish(struct transform_node *transform)
{
    unsigned int i, most = 0, count;
    const struct link *link;

    for (i = 0; i < transform->node.output_count; i++)
    {
        link = transform->node.outputs[i];
        if (!link || link->flow.ended || link->flow.wanted <= link->flow.samples) continue;
        count = link->flow.wanted - link->flow.samples;
        if (count > most) most = count;
    }
    return most;
}

/* Puts an item on every output; takes over one reference. */
static void put_everywhere(struct transform_node *transform, enum flow_kind kind, int64_t time, IUnknown *object)
{
    unsigned int i;

    for (i = 0; i < transform->node.output_count; i++)
    {
        if (object) IUnknown_AddRef(object);
        link_put(transform->node.pipeline, transform->node.outputs[i], kind, time, object);
    }
    if (object) IUnknown_Release(object);
}

static void begin_drain(struct transform_node *transform, enum drain why)
{
    HRESULT hr = tell(transform, MFT_MESSAGE_COMMAND_DRAIN, 0);

    transform->drain = why;
    transform->may_output = true;
    if (transform->asynchronous) listener_expect(transform->listener);
    if (FAILED(hr)) pipeline_fail(transform->node.pipeline, hr);
}

/* Outputs that have lost their type with the input's. */
static HRESULT restore_output_types(struct transform_node *transform)
{
    IMFMediaType *type;
    HRESULT hr = S_OK;
    unsigned int i;

    for (i = 0; i < transform->output_count && SUCCEEDED(hr); i++)
    {
        hr = IMFTransform_GetOutputCurrentType(transform->transform, transform->outputs[i].id, &type);
        if (SUCCEEDED(hr))
            IMFMediaType_Release(type);
        else
            hr = hr == MF_E_TRANSFORM_TYPE_NOT_SET ? transform_choose_output_type(transform, i) : S_OK;
    }
    return hr;
}

static void change_input_type(struct transform_node *transform, unsigned int input)
{
    struct pipeline *pipeline = transform->node.pipeline;
    IMFMediaType *type = flow_pop(&transform->node.inputs[input]->flow, &pipeline->pool);
    HRESULT hr;

    hr = IMFTransform_SetInputType(transform->transform, transform->inputs[input].id, type, 0);
    IMFMediaType_Release(type);
    if (SUCCEEDED(hr))
    {
        transform_drop_spares(transform);
        hr = transform_get_streams(transform);
    }
    if (SUCCEEDED(hr)) hr = restore_output_types(transform);
    if (FAILED(hr))
    {
        pipeline_fail(pipeline, hr);
        return;
    }
    pipeline->notify->format_changed(pipeline->context);
}

/* All that was in the transform has come out. */
static void end_drain(struct transform_node *transform)
{
    enum drain why = transform->drain;
    const struct flow_item *item;
    unsigned int i;

    transform->drain = DRAIN_NONE;
    transform->discontinuity = true;
    if (why == DRAIN_END)
    {
        put_everywhere(transform, FLOW_END, transform->cut, NULL);
        return;
    }
    for (i = 0; i < transform->node.input_count; i++)
    {
        if (!transform->node.inputs[i]) continue;
        item = flow_first(&transform->node.inputs[i]->flow);
        if (item && item->kind == FLOW_FORMAT) change_input_type(transform, i);
    }
    if (transform->asynchronous) tell(transform, MFT_MESSAGE_NOTIFY_START_OF_STREAM, 0);
}

static bool all_inputs_ended(const struct transform_node *transform)
{
    unsigned int i;

    for (i = 0; i < transform->node.input_count; i++)
    {
        if (transform->node.inputs[i] && !transform->inputs[i].ended) return false;
    }
    return true;
}

/* MF_TOPONODE_DRAIN_DEFAULT: "It is not drained when markout is reached at the end of a segment." */
static bool drains_at_end(const struct transform_node *transform)
{
    if (transform->drain_mode == MF_TOPONODE_DRAIN_ALWAYS) return true;
    return transform->drain_mode != MF_TOPONODE_DRAIN_NEVER && !transform->cut;
}

static void take_end(struct transform_node *transform, unsigned int input)
{
    transform->cut = flow_first(&transform->node.inputs[input]->flow)->time != 0;
    flow_drop(&transform->node.inputs[input]->flow, &transform->node.pipeline->pool);
    transform->inputs[input].ended = true;
    tell(transform, MFT_MESSAGE_NOTIFY_END_OF_STREAM, transform->inputs[input].id);
    if (!all_inputs_ended(transform)) return;
    if (drains_at_end(transform))
        begin_drain(transform, DRAIN_END);
    else
        put_everywhere(transform, FLOW_END, transform->cut, NULL);
}

static void take_event(struct transform_node *transform, unsigned int input)
{
    IMFMediaEvent *event = flow_pop(&transform->node.inputs[input]->flow, &transform->node.pipeline->pool);
    HRESULT hr;

    hr = IMFTransform_ProcessEvent(transform->transform, transform->inputs[input].id, event);
    if (hr == MF_S_TRANSFORM_DO_NOT_PROPAGATE_EVENT)
        IMFMediaEvent_Release(event);
    else
        put_everywhere(transform, FLOW_EVENT, 0, (IUnknown *)event);
}

static void take_tick(struct transform_node *transform, unsigned int input)
{
    struct flow_link *flow = &transform->node.inputs[input]->flow;
    int64_t time = flow_first(flow)->time;

    flow_drop(flow, &transform->node.pipeline->pool);
    put_everywhere(transform, FLOW_TICK, time, NULL);
}

/* Backwards, a transform that knows nothing of it gets key frames only, each by itself. Returns whether the sample is
 * to go in. */
static bool prepare_reverse(struct transform_node *transform, IMFSample *sample)
{
    LONGLONG time = 0;
    UINT32 key = 0;

    IMFSample_GetUINT32(sample, &MFSampleExtension_CleanPoint, &key);
    if (key)
    {
        tell(transform, MFT_MESSAGE_COMMAND_FLUSH, 0);
        return true;
    }
    IMFSample_GetSampleTime(sample, &time);
    put_everywhere(transform, FLOW_TICK, time, NULL);
    return false;
}

static void keep_for_attributes(struct transform_node *transform, IMFSample *sample)
{
    if (!transform->copies) return;
    if (transform->last_input) IMFSample_Release(transform->last_input);
    transform->last_input = sample;
    IMFSample_AddRef(sample);
}

/* Gives the sample that is first at an input. Returns whether anything has changed. `first`: all output has been taken,
 * and no other input has been given anything since. */
static bool give_sample(struct transform_node *transform, unsigned int input, bool first)
{
    struct pipeline *pipeline = transform->node.pipeline;
    struct flow_link *flow = &transform->node.inputs[input]->flow;
    IMFSample *sample = flow_first(flow)->object;
    HRESULT hr;

    if (pipeline->rate < 0 && !transform->reverse_as_is)
    {
        if (!first) return false; /* what was given is not to be flushed */
        if (!prepare_reverse(transform, sample))
        {
            flow_drop(flow, &pipeline->pool);
            return true;
        }
    }
    if (transform->discontinuity) IMFSample_SetUINT32(sample, &MFSampleExtension_Discontinuity, TRUE);
    quality_input(&transform->node, input, sample);
    hr = IMFTransform_ProcessInput(transform->transform, transform->inputs[input].id, sample, 0);
    transform->may_output = true;
    if (hr == MF_E_NOTACCEPTING && !transform->asynchronous && (!first || ++transform->refusals < 3)) return first;
    if (transform->asynchronous)
    {
        transform->inputs[input].requests--;
        listener_expect(transform->listener);
    }
    if (hr == MF_E_INVALID_STREAM_DATA)
    {
        CORK_WARN("transform %p cannot read a sample\n", (void *)transform->transform);
        hr = S_OK;
    }
    if (FAILED(hr))
    {
        pipeline_fail(pipeline, hr);
        return false;
    }
    transform->refusals = 0;
    transform->discontinuity = false;
    keep_for_attributes(transform, sample);
    flow_drop(flow, &pipeline->pool);
    return true;
}

/* Takes the first item at an input. Returns whether anything has changed. `wanted`: a synchronous transform is to have
 * samples. */
static bool feed(struct transform_node *transform, unsigned int input, bool wanted)
{
    struct link *link = transform->node.inputs[input];
    const struct flow_item *item = link ? flow_first(&link->flow) : NULL;

    if (!item) return false;
    switch (item->kind)
    {
    case FLOW_SAMPLE:
        if (transform->asynchronous ? !transform->inputs[input].requests : !wanted) return false;
        return give_sample(transform, input, transform->asynchronous || !transform->may_output);
    case FLOW_TICK:
        take_tick(transform, input);
        break;
    case FLOW_EVENT:
        take_event(transform, input);
        break;
    case FLOW_FORMAT:
        if (transform->dynamic_format || transform->drain_mode == MF_TOPONODE_DRAIN_NEVER)
            change_input_type(transform, input);
        else
            begin_drain(transform, DRAIN_FORMAT);
        break;
    case FLOW_END:
        take_end(transform, input);
        break;
    }
    return true;
}

/* Takes output where there may be any and it is wanted. Returns whether anything has changed. */
static bool collect(struct transform_node *transform)
{
    HRESULT hr;

    if (!wish(transform) && transform->drain == DRAIN_NONE) return false;
    if (transform->asynchronous ? !transform->have_output : !transform->may_output) return false;

    hr = transform_output(transform);
    if (hr == S_FALSE) return false;
    if (transform->asynchronous)
    {
        transform->have_output--;
        listener_expect(transform->listener);
        /* An event from before a flush: nothing is there any more. */
        if (hr == E_UNEXPECTED || hr == MF_E_TRANSFORM_NEED_MORE_INPUT) return true;
    }
    else if (hr == MF_E_TRANSFORM_NEED_MORE_INPUT)
    {
        transform->may_output = false;
        if (transform->drain != DRAIN_NONE) end_drain(transform);
        return true;
    }
    if (FAILED(hr)) pipeline_fail(transform->node.pipeline, hr);
    return SUCCEEDED(hr);
}

/* Gives what is there at the inputs: one item of each, so that one ProcessOutput serves all outputs and no input waits
 * for another to run dry. Returns whether anything has changed. */
static bool feed_all(struct transform_node *transform)
{
    bool wanted = !transform->may_output && wish(transform), progress = false;
    unsigned int i;

    for (i = 0; i < transform->node.input_count; i++)
    {
        if (transform->drain != DRAIN_NONE || transform->node.pipeline->failed) break;
        progress |= feed(transform, i, wanted);
    }
    return progress;
}

static void ask(struct transform_node *transform)
{
    unsigned int i, count = wish(transform);

    if (count > AHEAD) count = AHEAD;
    for (i = 0; i < transform->node.input_count; i++)
    {
        if (!transform->node.inputs[i] || transform->inputs[i].ended) continue;
        if (transform->asynchronous) count = transform->inputs[i].requests;
        if (flow_want_at_least(&transform->node.inputs[i]->flow, count)) link_want(transform->node.inputs[i]);
    }
}

void transform_work(struct transform_node *transform)
{
    struct pipeline *pipeline = transform->node.pipeline;
    bool progress;

    /* What has failed would fail again, and that be taken for a failure of the stop that follows. */
    if (pipeline->failed) return;
    transform->again = true;
    if (transform->working) return;
    transform->working = true;
    do
    {
        transform->again = false;
        progress = collect(transform);
        progress |= feed_all(transform);
        if (!progress && transform->drain == DRAIN_NONE) ask(transform);
    }
    while ((progress || transform->again) && !pipeline->failed && pipeline->flowing);
    transform->working = false;
}

static void want(struct node *node, unsigned int output)
{
    (void)output;
    transform_work(from_node(node));
}

static void take(struct node *node, unsigned int input)
{
    (void)input;
    transform_work(from_node(node));
}

static void destroy(struct node *node)
{
    struct transform_node *transform = from_node(node);

    transform_drop_spares(transform);
    if (transform->last_input) IMFSample_Release(transform->last_input);
    if (transform->transform) IMFTransform_Release(transform->transform);
    free(transform->inputs);
    free(transform->outputs);
    free(transform->buffers);
    free(transform);
}

static const struct node_ops transform_ops = {want, take, destroy};

static unsigned int input_of_id(const struct transform_node *transform, DWORD id)
{
    unsigned int i;

    for (i = 0; i < transform->input_count && transform->inputs[i].id != id; i++)
    {
    }
    return i;
}

/* Events of an asynchronous transform. */
static void on_event(void *context, IMFMediaEvent *event, MediaEventType type)
{
    struct transform_node *transform = context;
    struct pipeline *pipeline = transform->node.pipeline;
    HRESULT status = S_OK;
    UINT32 id = 0;
    unsigned int i;

    IMFMediaEvent_GetStatus(event, &status);
    switch (type)
    {
    case METransformNeedInput:
        IMFMediaEvent_GetUINT32(event, &MF_EVENT_MFT_INPUT_STREAM_ID, &id);
        i = input_of_id(transform, id);
        if (i < transform->input_count) transform->inputs[i].requests++;
        break;
    case METransformHaveOutput:
        transform->have_output++;
        break;
    case METransformDrainComplete:
        if (transform->drain != DRAIN_NONE) end_drain(transform);
        break;
    case MEQualityNotify:
        quality_event(pipeline, (IUnknown *)transform->transform, event);
        return;
    default:
        pipeline_pass_event(pipeline, event, type, status);
        return;
    }
    if (pipeline->flowing) transform_work(transform);
}

static void on_closed(void *context, HRESULT status)
{
    struct transform_node *transform = context;

    pipeline_fail(transform->node.pipeline, status);
}

static const struct listener_handler transform_handler = {on_event, on_closed};

static HRESULT attach_listener(struct transform_node *transform)
{
    IMFMediaEventGenerator *generator;
    HRESULT hr;

    if (!transform->asynchronous || transform->listener) return S_OK;
    hr = IMFTransform_QueryInterface(transform->transform, &IID_IMFMediaEventGenerator, (void **)&generator);
    if (FAILED(hr)) return hr;
    hr = listener_create(&transform->node.pipeline->poller, generator, false, &transform_handler, transform,
                         &transform->listener);
    IMFMediaEventGenerator_Release(generator);
    return hr;
}

HRESULT transform_node_begin(struct node *node)
{
    struct transform_node *transform = from_node(node);
    HRESULT hr;

    if (transform->streaming) return S_OK;
    hr = transform_get_streams(transform);
    if (SUCCEEDED(hr)) hr = tell(transform, MFT_MESSAGE_NOTIFY_BEGIN_STREAMING, 0);
    transform->streaming = SUCCEEDED(hr);
    return hr;
}

HRESULT transform_node_start(struct node *node)
{
    struct transform_node *transform = from_node(node);
    unsigned int i;
    HRESULT hr;

    for (i = 0; i < transform->input_count; i++)
        transform->inputs[i].ended = false;
    for (i = 0; i < transform->output_count; i++)
        transform->outputs[i].ended = false;
    transform->drain = DRAIN_NONE;
    transform->refusals = 0;
    transform->may_output = !transform->node.input_count;
    hr = attach_listener(transform);
    if (SUCCEEDED(hr)) hr = tell(transform, MFT_MESSAGE_NOTIFY_START_OF_STREAM, 0);
    if (SUCCEEDED(hr) && transform->asynchronous) listener_expect(transform->listener);
    return hr;
}

void transform_node_flush(struct node *node)
{
    struct transform_node *transform = from_node(node);
    unsigned int i;

    for (i = 0; i < transform->input_count; i++)
        transform->inputs[i].requests = 0;
    transform->have_output = 0;
    transform->drain = DRAIN_NONE;
    if (transform->flush_mode != MF_TOPONODE_FLUSH_NEVER || transform->asynchronous)
        tell(transform, MFT_MESSAGE_COMMAND_FLUSH, 0);
}

void transform_node_detach(struct node *node)
{
    struct transform_node *transform = from_node(node);

    listener_detach(&node->pipeline->poller, transform->listener);
    transform->listener = NULL;
    transform_drop_spares(transform);
    if (transform->streaming) tell(transform, MFT_MESSAGE_NOTIFY_END_STREAMING, 0);
    transform->streaming = false;
}

IUnknown *transform_node_object(struct node *node)
{
    return (IUnknown *)from_node(node)->transform;
}

/* What the transform says of itself. An asynchronous one is unlocked. */
static void read_attributes(struct transform_node *transform)
{
    IMFRateSupport *rates;
    IMFAttributes *attributes;
    UINT32 value = 0;

    if (SUCCEEDED(IMFTransform_GetAttributes(transform->transform, &attributes)) && attributes)
    {
        if (SUCCEEDED(IMFAttributes_GetUINT32(attributes, &MF_TRANSFORM_ASYNC, &value)) && value)
        {
            transform->asynchronous = true;
            IMFAttributes_SetUINT32(attributes, &MF_TRANSFORM_ASYNC_UNLOCK, TRUE);
        }
        value = 0;
        IMFAttributes_GetUINT32(attributes, &MFT_SUPPORT_DYNAMIC_FORMAT_CHANGE, &value);
        transform->dynamic_format = value || transform->asynchronous;
        IMFAttributes_Release(attributes);
    }
    if (SUCCEEDED(MFGetService((IUnknown *)transform->transform, &MF_RATE_CONTROL_SERVICE, &IID_IMFRateSupport,
                               (void **)&rates)))
    {
        transform->reverse_as_is = SUCCEEDED(IMFRateSupport_IsRateSupported(rates, FALSE, -1.0f, NULL));
        IMFRateSupport_Release(rates);
    }
}

static HRESULT get_object(IMFTopologyNode *topology_node, IMFTransform **transform)
{
    IUnknown *object;
    HRESULT hr;

    hr = IMFTopologyNode_GetObject(topology_node, &object);
    if (FAILED(hr)) return MF_E_TOPO_CODEC_NOT_FOUND;
    hr = IUnknown_QueryInterface(object, &IID_IMFTransform, (void **)transform);
    IUnknown_Release(object);
    return hr;
}

HRESULT transform_node_create(struct pipeline *pipeline, IMFTopologyNode *topology_node, struct node **node)
{
    struct transform_node *transform = calloc(1, sizeof(*transform));
    HRESULT hr;

    (void)pipeline;
    if (!transform) return E_OUTOFMEMORY;
    transform->node.ops = &transform_ops;
    transform->drain_mode = MF_TOPONODE_DRAIN_DEFAULT;
    transform->flush_mode = MF_TOPONODE_FLUSH_ALWAYS;
    hr = get_object(topology_node, &transform->transform);
    if (FAILED(hr))
    {
        destroy(&transform->node);
        return hr;
    }
    IMFTopologyNode_GetUINT32(topology_node, &MF_TOPONODE_DRAIN, &transform->drain_mode);
    IMFTopologyNode_GetUINT32(topology_node, &MF_TOPONODE_FLUSH, &transform->flush_mode);
    read_attributes(transform);
    *node = &transform->node;
    return S_OK;
}

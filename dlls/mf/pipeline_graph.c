/* How a topology becomes nodes and links. */
#include "mf/pipeline_parts.h"

#include <stdlib.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

static HRESULT create_node(struct pipeline *pipeline, IMFTopologyNode *topology_node, struct node **node)
{
    MF_TOPOLOGY_TYPE type;
    HRESULT hr = IMFTopologyNode_GetNodeType(topology_node, &type);

    if (FAILED(hr)) return hr;
    switch (type)
    {
    case MF_TOPOLOGY_SOURCESTREAM_NODE:
        return source_node_create(pipeline, topology_node, node);
    case MF_TOPOLOGY_TRANSFORM_NODE:
        return transform_node_create(pipeline, topology_node, node);
    case MF_TOPOLOGY_TEE_NODE:
        return tee_node_create(pipeline, topology_node, node);
    case MF_TOPOLOGY_OUTPUT_NODE:
        return sink_node_create(pipeline, topology_node, node);
    default:
        return MF_E_INVALIDTYPE;
    }
}

static bool has_flag(IMFTopologyNode *node, const GUID *key)
{
    UINT32 value = 0;

    return SUCCEEDED(IMFTopologyNode_GetUINT32(node, key, &value)) && value;
}

static HRESULT add_node(struct pipeline *pipeline, IMFTopologyNode *topology_node, struct node ***last)
{
    DWORD inputs = 0, outputs = 0;
    struct node *node = NULL;
    HRESULT hr;

    hr = create_node(pipeline, topology_node, &node);
    if (FAILED(hr)) return hr;

    node->pipeline = pipeline;
    node->topology_node = topology_node;
    IMFTopologyNode_AddRef(topology_node);
    **last = node;
    *last = &node->next;

    IMFTopologyNode_GetNodeType(topology_node, &node->type);
    IMFTopologyNode_GetTopoNodeID(topology_node, &node->id);
    IMFTopologyNode_GetInputCount(topology_node, &inputs);
    IMFTopologyNode_GetOutputCount(topology_node, &outputs);
    node->marks_in = has_flag(topology_node, &MF_TOPONODE_MARKIN_HERE);
    node->marks_out = has_flag(topology_node, &MF_TOPONODE_MARKOUT_HERE);
    node->inputs = calloc(inputs + 1, sizeof(*node->inputs));
    node->outputs = calloc(outputs + 1, sizeof(*node->outputs));
    if (!node->inputs || !node->outputs) return E_OUTOFMEMORY;
    node->input_count = inputs;
    node->output_count = outputs;
    pipeline->link_count += inputs;
    return S_OK;
}

static struct node *find_node(struct pipeline *pipeline, TOPOID id)
{
    struct node *node;

    for (node = pipeline->nodes; node && node->id != id; node = node->next)
    {
    }
    return node;
}

/* Makes the link at an input, where something is connected. */
static HRESULT connect_input(struct pipeline *pipeline, struct node *node, unsigned int input, struct link *link)
{
    IMFTopologyNode *upstream;
    struct node *from;
    DWORD output;
    TOPOID id = 0;
    HRESULT hr;

    hr = IMFTopologyNode_GetInput(node->topology_node, input, &upstream, &output);
    if (FAILED(hr)) return hr == MF_E_NOT_FOUND ? S_FALSE : hr;
    IMFTopologyNode_GetTopoNodeID(upstream, &id);
    IMFTopologyNode_Release(upstream);

    from = find_node(pipeline, id);
    if (!from || output >= from->output_count || from->outputs[output]) return E_UNEXPECTED;
    flow_init(&link->flow);
    link->from = from;
    link->output = output;
    link->to = node;
    link->input = input;
    from->outputs[output] = link;
    node->inputs[input] = link;
    return S_OK;
}

static HRESULT connect_nodes(struct pipeline *pipeline)
{
    unsigned int used = 0, i;
    struct node *node;
    HRESULT hr;

    pipeline->links = calloc(pipeline->link_count + 1, sizeof(*pipeline->links));
    if (!pipeline->links) return E_OUTOFMEMORY;
    for (node = pipeline->nodes; node; node = node->next)
    {
        for (i = 0; i < node->input_count; i++)
        {
            hr = connect_input(pipeline, node, i, &pipeline->links[used]);
            if (FAILED(hr)) return hr;
            if (hr == S_OK) used++;
        }
    }
    pipeline->link_count = used;
    return S_OK;
}

/* The one source whose data comes by `node`: the first, where several meet. */
static struct source_node *source_of(struct node *node)
{
    while (node && node->type != MF_TOPOLOGY_SOURCESTREAM_NODE)
        node = node->input_count && node->inputs[0] ? node->inputs[0]->from : NULL;
    return (struct source_node *)node;
}

/* Whether `node` or one below it cuts what comes by. */
static bool is_cut_below(const struct node *node)
{
    unsigned int i;

    if (node->marks_in || node->marks_out) return true;
    for (i = 0; i < node->output_count; i++)
    {
        if (node->outputs[i] && is_cut_below(node->outputs[i]->to)) return true;
    }
    return false;
}

/* Where nothing in a branch says where it is to be cut, that is where it begins. */
static void place_cuts(struct pipeline *pipeline)
{
    struct node *node;

    for (node = pipeline->nodes; node; node = node->next)
    {
        node->source = source_of(node);
        if (node->type == MF_TOPOLOGY_SOURCESTREAM_NODE && !is_cut_below(node)) node->marks_out = true;
    }
}

HRESULT pipeline_build(struct pipeline *pipeline, IMFTopology *topology)
{
    struct node **last = &pipeline->nodes;
    IMFTopologyNode *topology_node;
    WORD count, i;
    HRESULT hr;

    hr = IMFTopology_GetNodeCount(topology, &count);
    for (i = 0; SUCCEEDED(hr) && i < count; i++)
    {
        hr = IMFTopology_GetNode(topology, i, &topology_node);
        if (FAILED(hr)) break;
        hr = add_node(pipeline, topology_node, &last);
        IMFTopologyNode_Release(topology_node);
    }
    if (SUCCEEDED(hr)) hr = connect_nodes(pipeline);
    if (SUCCEEDED(hr)) place_cuts(pipeline);
    if (FAILED(hr)) CORK_WARN("topology %p: %#lx\n", (void *)topology, (unsigned long)hr);
    return hr;
}

void pipeline_empty_links(struct pipeline *pipeline, bool keep_wishes)
{
    unsigned int i;

    for (i = 0; i < pipeline->link_count; i++)
        flow_reset(&pipeline->links[i].flow, &pipeline->pool, keep_wishes);
}

void pipeline_dismantle(struct pipeline *pipeline)
{
    struct media_source *source;
    struct media_sink *sink;
    struct node *node;

    if (pipeline->links) pipeline_empty_links(pipeline, false);
    flow_pool_clear(&pipeline->pool);
    while ((node = pipeline->nodes))
    {
        pipeline->nodes = node->next;
        if (node->topology_node) IMFTopologyNode_Release(node->topology_node);
        free(node->inputs);
        free(node->outputs);
        node->ops->destroy(node);
    }
    while ((source = pipeline->sources))
    {
        pipeline->sources = source->next;
        if (source->descriptor) IMFPresentationDescriptor_Release(source->descriptor);
        IMFMediaSource_Release(source->source);
        free(source);
    }
    while ((sink = pipeline->sinks))
    {
        pipeline->sinks = sink->next;
        if (sink->preroll) IMFMediaSinkPreroll_Release(sink->preroll);
        IMFMediaSink_Release(sink->sink);
        free(sink);
    }
    free(pipeline->links);
    pipeline->links = NULL;
}

struct source_node *next_source_node(struct node *from)
{
    while (from && from->type != MF_TOPOLOGY_SOURCESTREAM_NODE)
        from = from->next;
    return (struct source_node *)from;
}

struct sink_node *next_sink_node(struct node *from)
{
    while (from && from->type != MF_TOPOLOGY_OUTPUT_NODE)
        from = from->next;
    return (struct sink_node *)from;
}

void link_put(struct pipeline *pipeline, struct link *link, enum flow_kind kind, int64_t time, void *object)
{
    if (!link)
    {
        if (object) pipeline->pool.release(object);
        return;
    }
    if (link->flow.ended)
    {
        CORK_WARN("node %#llx: something comes after the end\n", (unsigned long long)link->from->id);
        if (object) pipeline->pool.release(object);
        return;
    }
    if (!flow_push(&link->flow, &pipeline->pool, kind, time, object))
    {
        pipeline_fail(pipeline, E_OUTOFMEMORY);
        return;
    }
    link->to->ops->take(link->to, link->input);
}

/* Where what is to be played begins, as far as this node sees to it. */
static MFTIME start_for(const struct node *node)
{
    if (node->marks_in) return node->pipeline->start_time;
    return node->pipeline->rate < 0 ? INT64_MAX : INT64_MIN;
}

void node_put_sample(struct node *node, unsigned int output, IMFSample *sample)
{
    struct pipeline *pipeline = node->pipeline;
    LONGLONG time, duration = 0;
    MFTIME start, stop;

    if ((node->marks_in || node->marks_out) && node->source && SUCCEEDED(IMFSample_GetSampleTime(sample, &time)))
    {
        start = start_for(node);
        stop = node->marks_out ? source_node_stop_time(node->source) : INT64_MAX;
        IMFSample_GetSampleDuration(sample, &duration);
        switch (flow_place(time, duration, start, stop, pipeline->rate < 0))
        {
        case FLOW_KEEP:
            if (pipeline->rate > 0) sample = node_trim_sample(node, output, sample, start, stop);
            break;
        case FLOW_BEFORE:
            IMFSample_Release(sample);
            return;
        case FLOW_AFTER:
            IMFSample_Release(sample);
            link_put(pipeline, node->outputs[output], FLOW_END, 1, NULL);
            source_node_cut_off(node->source);
            return;
        }
    }
    link_put(pipeline, node->outputs[output], FLOW_SAMPLE, 0, sample);
}

void link_want(struct link *link)
{
    if (link && flow_missing(&link->flow)) link->from->ops->want(link->from, link->output);
}

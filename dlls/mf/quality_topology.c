/* See quality_topology.h. */
#include "mf/quality_topology.h"

#include <stdlib.h>

#include "mf/clock_sinks.h"
#include "mf/com.h"

/* "To get a pointer to this interface from a media source, call IMFGetService::GetService with the service identifier
 * MF_QUALITY_SERVICES. For all other pipeline objects (transforms and media sinks), call QueryInterface." A renderer
 * may have it at the sink or at the stream. */
static IMFQualityAdvise *advise_of(IMFTopologyNode *node, MF_TOPOLOGY_TYPE type)
{
    IMFQualityAdvise *advise = NULL;
    IMFMediaSource *source;
    IMFStreamSink *stream;
    IMFMediaSink *sink;
    IUnknown *object;

    if (type == MF_TOPOLOGY_SOURCESTREAM_NODE)
    {
        if (FAILED(IMFTopologyNode_GetUnknown(node, &MF_TOPONODE_SOURCE, &IID_IMFMediaSource, (void **)&source)))
            return NULL;
        if (FAILED(MFGetService((IUnknown *)source, &MF_QUALITY_SERVICES, &IID_IMFQualityAdvise, (void **)&advise)))
            advise = NULL;
        IMFMediaSource_Release(source);
        return advise;
    }
    if (FAILED(IMFTopologyNode_GetObject(node, &object))) return NULL;
    if (FAILED(IUnknown_QueryInterface(object, &IID_IMFQualityAdvise, (void **)&advise))) advise = NULL;
    if (!advise && SUCCEEDED(IUnknown_QueryInterface(object, &IID_IMFStreamSink, (void **)&stream)))
    {
        if (SUCCEEDED(IMFStreamSink_GetMediaSink(stream, &sink)))
        {
            if (FAILED(IMFMediaSink_QueryInterface(sink, &IID_IMFQualityAdvise, (void **)&advise))) advise = NULL;
            IMFMediaSink_Release(sink);
        }
        IMFStreamSink_Release(stream);
    }
    IUnknown_Release(object);
    return advise;
}

/* What a stream of a full topology has is its current type; a sink that is asked for more than that may be one that has
 * no answer. */
static GUID major_type(IMFMediaTypeHandler *handler)
{
    IMFMediaType *type = NULL;
    GUID major = GUID_NULL;

    if (FAILED(IMFMediaTypeHandler_GetCurrentMediaType(handler, &type)) || !type) return major;
    if (FAILED(IMFMediaType_GetMajorType(type, &major))) major = GUID_NULL;
    IMFMediaType_Release(type);
    return major;
}

static bool is_audio(IUnknown *object)
{
    IMFMediaTypeHandler *handler;
    IMFStreamSink *stream;
    GUID major = GUID_NULL;

    if (FAILED(IUnknown_QueryInterface(object, &IID_IMFStreamSink, (void **)&stream))) return false;
    if (SUCCEEDED(IMFStreamSink_GetMediaTypeHandler(stream, &handler)))
    {
        major = major_type(handler);
        IMFMediaTypeHandler_Release(handler);
    }
    IMFStreamSink_Release(stream);
    return IsEqualGUID(&major, &MFMediaType_Audio);
}

static void read_component(struct quality_topology *parts, IMFTopologyNode *node, TOPOID id, MF_TOPOLOGY_TYPE type)
{
    struct quality_component *component = &parts->components[parts->component_count];

    component->advise = advise_of(node, type);
    if (!component->advise) return;
    component->node = id;
    component->type = type;
    parts->component_count++;
}

static void read_branch(struct quality_topology *parts, IMFTopologyNode *node, TOPOID id)
{
    struct quality_branch *branch = &parts->branches[parts->branch_count];
    IUnknown *object;

    if (FAILED(IMFTopologyNode_GetObject(node, &object))) return;
    branch->node = id;
    branch->renderer = clock_identity(object);
    branch->audio = is_audio(object);
    parts->branch_count++;
    IUnknown_Release(object);
}

static HRESULT read_node(struct quality_topology *parts, IMFTopology *topology, WORD index)
{
    IMFTopologyNode *node;
    MF_TOPOLOGY_TYPE type;
    TOPOID id;
    HRESULT hr = IMFTopology_GetNode(topology, index, &node);

    if (FAILED(hr)) return hr;
    hr = IMFTopologyNode_GetTopoNodeID(node, &id);
    if (SUCCEEDED(hr)) hr = IMFTopologyNode_GetNodeType(node, &type);
    if (SUCCEEDED(hr)) read_component(parts, node, id, type);
    if (SUCCEEDED(hr) && type == MF_TOPOLOGY_OUTPUT_NODE) read_branch(parts, node, id);
    IMFTopologyNode_Release(node);
    return hr;
}

/* Notes the components on the way up from a node. `depth`: a topology that is no tree ends here. */
static void walk_up(struct quality_topology *parts, struct quality_branch *branch, IMFTopologyNode *node,
                    unsigned depth)
{
    DWORD inputs = 0, output;
    TOPOID id;

    if (FAILED(IMFTopologyNode_GetTopoNodeID(node, &id))) return;
    for (size_t i = 0; i < parts->component_count; i++)
        if (parts->components[i].node == id) branch->on_it[i] = true;
    if (!depth || FAILED(IMFTopologyNode_GetInputCount(node, &inputs))) return;
    for (DWORD i = 0; i < inputs; i++)
    {
        IMFTopologyNode *upstream;

        if (FAILED(IMFTopologyNode_GetInput(node, i, &upstream, &output))) continue;
        walk_up(parts, branch, upstream, depth - 1);
        IMFTopologyNode_Release(upstream);
    }
}

static HRESULT find_ways(struct quality_topology *parts, IMFTopology *topology, WORD nodes)
{
    for (size_t i = 0; i < parts->branch_count; i++)
    {
        struct quality_branch *branch = &parts->branches[i];
        IMFTopologyNode *node;
        HRESULT hr;

        branch->on_it = calloc(parts->component_count + 1, sizeof(*branch->on_it));
        if (!branch->on_it) return E_OUTOFMEMORY;
        hr = IMFTopology_GetNodeByID(topology, branch->node, &node);
        if (FAILED(hr)) return hr;
        walk_up(parts, branch, node, nodes);
        IMFTopologyNode_Release(node);
    }
    return S_OK;
}

HRESULT quality_topology_read(struct quality_topology *parts, IMFTopology *topology)
{
    WORD nodes;
    HRESULT hr = IMFTopology_GetNodeCount(topology, &nodes);

    *parts = (struct quality_topology){0};
    if (FAILED(hr)) return hr;
    parts->components = calloc(nodes + 1u, sizeof(*parts->components));
    parts->branches = calloc(nodes + 1u, sizeof(*parts->branches));
    if (!parts->components || !parts->branches) hr = E_OUTOFMEMORY;
    for (WORD i = 0; i < nodes && SUCCEEDED(hr); i++)
        hr = read_node(parts, topology, i);
    if (SUCCEEDED(hr)) hr = find_ways(parts, topology, nodes);
    if (FAILED(hr)) quality_topology_clear(parts);
    return hr;
}

void quality_topology_clear(struct quality_topology *parts)
{
    for (size_t i = 0; i < parts->component_count; i++)
        if (parts->components[i].advise) IMFQualityAdvise_Release(parts->components[i].advise);
    for (size_t i = 0; i < parts->branch_count; i++)
        free(parts->branches[i].on_it);
    free(parts->components);
    free(parts->branches);
    *parts = (struct quality_topology){0};
}

struct quality_branch *quality_topology_branch(struct quality_topology *parts, TOPOID node)
{
    for (size_t i = 0; i < parts->branch_count; i++)
        if (parts->branches[i].node == node) return &parts->branches[i];
    return NULL;
}

/* "A component is not required to implement all five levels." What it says it does not have is not asked for again. */
static bool lower(struct quality_component *component)
{
    if (!component->lowest_quality && component->quality + 1 < MF_NUM_QUALITY_LEVELS &&
        SUCCEEDED(IMFQualityAdvise_SetQualityLevel(component->advise, (MF_QUALITY_LEVEL)(component->quality + 1))))
    {
        component->quality++;
        return true;
    }
    component->lowest_quality = true;
    if (!component->highest_drop_mode && component->drop_mode + 1 < MF_NUM_DROP_MODES &&
        SUCCEEDED(IMFQualityAdvise_SetDropMode(component->advise, (MF_QUALITY_DROP_MODE)(component->drop_mode + 1))))
    {
        component->drop_mode++;
        return true;
    }
    component->highest_drop_mode = true;
    return false;
}

static bool raise_component(struct quality_component *component)
{
    if (component->drop_mode)
    {
        component->drop_mode--;
        IMFQualityAdvise_SetDropMode(component->advise, (MF_QUALITY_DROP_MODE)component->drop_mode);
        return true;
    }
    if (!component->quality) return false;
    component->quality--;
    IMFQualityAdvise_SetQualityLevel(component->advise, (MF_QUALITY_LEVEL)component->quality);
    return true;
}

static const MF_TOPOLOGY_TYPE order[] = {MF_TOPOLOGY_TRANSFORM_NODE, MF_TOPOLOGY_OUTPUT_NODE,
                                         MF_TOPOLOGY_SOURCESTREAM_NODE};

/* Calls `step` for the branch's components of a type until one takes it. */
static bool step_of_type(struct quality_topology *parts, struct quality_branch *branch, MF_TOPOLOGY_TYPE type,
                         bool (*step)(struct quality_component *component))
{
    for (size_t i = 0; i < parts->component_count; i++)
        if (branch->on_it[i] && parts->components[i].type == type && step(&parts->components[i])) return true;
    return false;
}

bool quality_topology_lower(struct quality_topology *parts, struct quality_branch *branch)
{
    for (size_t i = 0; i < ARRAYSIZE(order); i++)
        if (step_of_type(parts, branch, order[i], lower)) return true;
    return false;
}

void quality_topology_raise(struct quality_topology *parts, struct quality_branch *branch)
{
    for (size_t i = ARRAYSIZE(order); i-- > 0;)
        if (step_of_type(parts, branch, order[i], raise_component)) return;
}

void quality_topology_drop(struct quality_topology *parts, struct quality_branch *branch, int64_t amount)
{
    for (size_t i = 0; i < parts->component_count; i++)
        if (parts->components[i].node == branch->node) IMFQualityAdvise_DropTime(parts->components[i].advise, amount);
}

void quality_topology_reset(struct quality_topology *parts)
{
    for (size_t i = 0; i < parts->component_count; i++)
        while (raise_component(&parts->components[i]))
            ;
    for (size_t i = 0; i < parts->branch_count; i++)
        parts->branches[i].policy = (struct quality_policy){0};
}

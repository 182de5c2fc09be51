/*
 * MF_LOW_LATENCY: "Applications typically do not set this attribute directly on the pipeline components, but instead
 * set the attribute on" the session's configuration or on the topology (mf-low-latency); the session sets it on the
 * sources, transforms and sinks that have attributes.
 */
#include "mf/session.h"

#include <mftransform.h>

/* The attributes of a node's component, with a reference, or NULL: of a source those that it has as IMFMediaSourceEx,
 * of a transform those of GetAttributes, of a sink its own interface. */
static IMFAttributes *source_attributes(IMFTopologyNode *node)
{
    IMFAttributes *attributes = NULL;
    IMFMediaSourceEx *source;

    if (FAILED(IMFTopologyNode_GetUnknown(node, &MF_TOPONODE_SOURCE, &IID_IMFMediaSourceEx, (void **)&source)))
        return NULL;
    if (FAILED(IMFMediaSourceEx_GetSourceAttributes(source, &attributes))) attributes = NULL;
    IMFMediaSourceEx_Release(source);
    return attributes;
}

static IMFAttributes *transform_attributes(IMFTopologyNode *node)
{
    IMFAttributes *attributes = NULL;
    IMFTransform *transform;
    IUnknown *object;

    if (FAILED(IMFTopologyNode_GetObject(node, &object)) || !object) return NULL;
    if (SUCCEEDED(IUnknown_QueryInterface(object, &IID_IMFTransform, (void **)&transform)))
    {
        if (FAILED(IMFTransform_GetAttributes(transform, &attributes))) attributes = NULL;
        IMFTransform_Release(transform);
    }
    IUnknown_Release(object);
    return attributes;
}

static IMFAttributes *sink_attributes(IMFTopologyNode *node)
{
    IMFMediaSink *sink = session_node_sink(node);
    IMFAttributes *attributes = NULL;

    if (!sink) return NULL;
    if (FAILED(IMFMediaSink_QueryInterface(sink, &IID_IMFAttributes, (void **)&attributes))) attributes = NULL;
    IMFMediaSink_Release(sink);
    return attributes;
}

void session_set_latency(const struct session *session, IMFTopology *topology)
{
    static const struct
    {
        MF_TOPOLOGY_TYPE type;
        IMFAttributes *(*attributes)(IMFTopologyNode *node);
    } kinds[] = {
        {MF_TOPOLOGY_SOURCESTREAM_NODE, source_attributes},
        {MF_TOPOLOGY_TRANSFORM_NODE, transform_attributes},
        {MF_TOPOLOGY_OUTPUT_NODE, sink_attributes},
    };
    UINT32 low = session->low_latency;
    IMFAttributes *attributes;
    IMFTopologyNode *node;

    IMFTopology_GetUINT32(topology, &MF_LOW_LATENCY, &low);
    for (size_t i = 0; low && i < ARRAYSIZE(kinds); i++)
    {
        for (WORD index = 0; (node = session_next_node(topology, kinds[i].type, &index)); IMFTopologyNode_Release(node))
        {
            if (!(attributes = kinds[i].attributes(node))) continue;
            IMFAttributes_SetUINT32(attributes, &MF_LOW_LATENCY, TRUE);
            IMFAttributes_Release(attributes);
        }
    }
}

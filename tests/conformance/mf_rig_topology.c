/*
 * Topologies of the rig's components.
 */
#include "mf_rig_object.h"

/* A new node of the type in the topology with an object (may be NULL). */
static IMFTopologyNode *new_node(struct rig *rig, IMFTopology *topology, MF_TOPOLOGY_TYPE type, IUnknown *object)
{
    IMFTopologyNode *node;
    HRESULT hr = rig_get_api(rig)->create_node(type, &node);

    if (FAILED(hr)) return NULL;
    if (object) hr = IMFTopologyNode_SetObject(node, object);
    if (SUCCEEDED(hr)) hr = IMFTopology_AddNode(topology, node);
    if (SUCCEEDED(hr)) return node;
    IMFTopologyNode_Release(node);
    return NULL;
}

IMFTopologyNode *rig_source_node(struct rig *rig, IMFTopology *topology, IMFMediaSource *source, unsigned stream)
{
    BOOL recording = rig_set_recording(rig, FALSE), selected;
    IMFPresentationDescriptor *presentation = NULL;
    IMFStreamDescriptor *descriptor = NULL;
    IMFTopologyNode *node = new_node(rig, topology, MF_TOPOLOGY_SOURCESTREAM_NODE, NULL);
    HRESULT hr = IMFMediaSource_CreatePresentationDescriptor(source, &presentation);

    if (SUCCEEDED(hr))
        hr = IMFPresentationDescriptor_GetStreamDescriptorByIndex(presentation, stream, &selected, &descriptor);
    if (SUCCEEDED(hr) && node)
    {
        IMFTopologyNode_SetUnknown(node, &MF_TOPONODE_SOURCE, (IUnknown *)source);
        IMFTopologyNode_SetUnknown(node, &MF_TOPONODE_PRESENTATION_DESCRIPTOR, (IUnknown *)presentation);
        IMFTopologyNode_SetUnknown(node, &MF_TOPONODE_STREAM_DESCRIPTOR, (IUnknown *)descriptor);
    }
    if (descriptor) IMFStreamDescriptor_Release(descriptor);
    if (presentation) IMFPresentationDescriptor_Release(presentation);
    rig_set_recording(rig, recording);
    if (SUCCEEDED(hr) || !node) return node;
    IMFTopologyNode_Release(node);
    return NULL;
}

IMFTopologyNode *rig_output_node(struct rig *rig, IMFTopology *topology, IMFMediaSink *sink, unsigned stream)
{
    BOOL recording = rig_set_recording(rig, FALSE);
    IMFStreamSink *stream_sink;
    IMFTopologyNode *node = NULL;

    if (SUCCEEDED(IMFMediaSink_GetStreamSinkByIndex(sink, stream, &stream_sink)))
    {
        node = new_node(rig, topology, MF_TOPOLOGY_OUTPUT_NODE, (IUnknown *)stream_sink);
        if (node) IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_STREAMID, stream);
        IMFStreamSink_Release(stream_sink);
    }
    rig_set_recording(rig, recording);
    return node;
}

IMFTopologyNode *rig_transform_node(struct rig *rig, IMFTopology *topology, IMFTransform *transform)
{
    return new_node(rig, topology, MF_TOPOLOGY_TRANSFORM_NODE, (IUnknown *)transform);
}

IMFTopologyNode *rig_tee_node(struct rig *rig, IMFTopology *topology)
{
    return new_node(rig, topology, MF_TOPOLOGY_TEE_NODE, NULL);
}

/* The type of the source's stream, the caller's to release. */
static IMFMediaType *stream_type(IMFTopologyNode *node)
{
    IMFStreamDescriptor *descriptor;
    IMFMediaTypeHandler *handler;
    IMFMediaType *type = NULL;

    if (FAILED(IMFTopologyNode_GetUnknown(node, &MF_TOPONODE_STREAM_DESCRIPTOR, &IID_IMFStreamDescriptor,
                                          (void **)&descriptor)))
        return NULL;
    if (SUCCEEDED(IMFStreamDescriptor_GetMediaTypeHandler(descriptor, &handler)))
    {
        if (FAILED(IMFMediaTypeHandler_GetCurrentMediaType(handler, &type))) type = NULL;
        IMFMediaTypeHandler_Release(handler);
    }
    IMFStreamDescriptor_Release(descriptor);
    return type;
}

/* Gives the transform its types and returns the output's. */
static IMFMediaType *transform_types(IMFTransform *transform, unsigned stream, IMFMediaType *type)
{
    IMFAttributes *attributes;
    IMFMediaType *output;

    if (SUCCEEDED(IMFTransform_GetAttributes(transform, &attributes)))
    {
        IMFAttributes_SetUINT32(attributes, &MF_TRANSFORM_ASYNC_UNLOCK, TRUE);
        IMFAttributes_Release(attributes);
    }
    IMFTransform_SetInputType(transform, stream, type, 0);
    if (FAILED(IMFTransform_GetOutputAvailableType(transform, stream, 0, &output))) return type;
    IMFTransform_SetOutputType(transform, stream, output, 0);
    IMFMediaType_Release(type);
    return output;
}

static void sink_type(IMFMediaSink *sink, unsigned stream, IMFMediaType *type)
{
    IMFStreamSink *stream_sink;
    IMFMediaTypeHandler *handler;

    if (FAILED(IMFMediaSink_GetStreamSinkByIndex(sink, stream, &stream_sink))) return;
    if (SUCCEEDED(IMFStreamSink_GetMediaTypeHandler(stream_sink, &handler)))
    {
        IMFMediaTypeHandler_SetCurrentMediaType(handler, type);
        IMFMediaTypeHandler_Release(handler);
    }
    IMFStreamSink_Release(stream_sink);
}

/* One stream of the source to one of the sink. */
static BOOL connect(struct rig *rig, IMFTopology *topology, IMFMediaSource *source, IMFTransform *transform,
                    IMFTopologyNode *middle, IMFMediaSink *sink, unsigned stream)
{
    IMFTopologyNode *first = rig_source_node(rig, topology, source, stream);
    IMFTopologyNode *last = rig_output_node(rig, topology, sink, stream);
    BOOL recording = rig_set_recording(rig, FALSE);
    HRESULT hr = first && last ? S_OK : E_FAIL;
    IMFMediaType *type = first ? stream_type(first) : NULL;

    if (type && transform) type = transform_types(transform, stream, type);
    if (type)
    {
        sink_type(sink, stream, type);
        IMFMediaType_Release(type);
    }
    rig_set_recording(rig, recording);
    if (SUCCEEDED(hr) && middle) hr = IMFTopologyNode_ConnectOutput(first, 0, middle, stream);
    if (SUCCEEDED(hr)) hr = IMFTopologyNode_ConnectOutput(middle ? middle : first, middle ? stream : 0, last, 0);
    if (first) IMFTopologyNode_Release(first);
    if (last) IMFTopologyNode_Release(last);
    return SUCCEEDED(hr);
}

/* How many streams the source and the sink both have. */
static DWORD common_streams(struct rig *rig, IMFMediaSource *source, IMFMediaSink *sink)
{
    BOOL recording = rig_set_recording(rig, FALSE);
    IMFPresentationDescriptor *presentation;
    DWORD streams = 0, sinks = 0;

    if (SUCCEEDED(IMFMediaSource_CreatePresentationDescriptor(source, &presentation)))
    {
        IMFPresentationDescriptor_GetStreamDescriptorCount(presentation, &streams);
        IMFPresentationDescriptor_Release(presentation);
    }
    IMFMediaSink_GetStreamSinkCount(sink, &sinks);
    rig_set_recording(rig, recording);
    return streams < sinks ? streams : sinks;
}

IMFTopology *rig_topology(struct rig *rig, IMFMediaSource *source, IMFTransform *transform, IMFMediaSink *sink)
{
    DWORD streams = common_streams(rig, source, sink);
    IMFTopologyNode *middle = NULL;
    IMFTopology *topology;
    BOOL whole;

    if (FAILED(rig_get_api(rig)->create_topology(&topology))) return NULL;
    whole = !transform || (middle = rig_transform_node(rig, topology, transform));
    for (DWORD i = 0; whole && i < streams; i++)
        whole = connect(rig, topology, source, transform, middle, sink, i);
    if (middle) IMFTopologyNode_Release(middle);
    if (whole) return topology;
    IMFTopology_Release(topology);
    return NULL;
}

void rig_finish(struct rig *rig, IMFMediaSource *source, IMFMediaSink *sink)
{
    BOOL recording = rig_set_recording(rig, FALSE);

    if (source)
    {
        IMFMediaSource_Shutdown(source);
        IMFMediaSource_Release(source);
    }
    if (sink)
    {
        IMFMediaSink_Shutdown(sink);
        IMFMediaSink_Release(sink);
    }
    rig_set_recording(rig, recording);
}

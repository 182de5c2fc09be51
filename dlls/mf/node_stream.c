/* See node_stream.h. */
#include "mf/node_stream.h"

#include <mf_more.h>
#include <stdlib.h>

#include "common/trace.h"
#include "mf/topology_node.h"

CORK_TRACE_CHANNEL(mf);

HRESULT node_stream_transform_id(IMFTransform *transform, DWORD index, BOOL output, DWORD *id)
{
    DWORD inputs, outputs, few[16], *ids = few;
    HRESULT hr;

    *id = index;
    if (FAILED(hr = IMFTransform_GetStreamCount(transform, &inputs, &outputs))) return hr;
    if (index >= (output ? outputs : inputs)) return MF_E_INVALIDSTREAMNUMBER;
    if ((size_t)inputs + outputs > sizeof(few) / sizeof(few[0]) &&
        !(ids = malloc(((size_t)inputs + outputs) * sizeof(*ids))))
        return E_OUTOFMEMORY;
    /* E_NOTIMPL, the one documented failure, means that ids are indices. */
    if (SUCCEEDED(IMFTransform_GetStreamIDs(transform, inputs, ids, outputs, ids + inputs)))
        *id = output ? ids[inputs + index] : ids[index];
    if (ids != few) free(ids);
    return S_OK;
}

static HRESULT open_transform(struct node_stream *stream)
{
    HRESULT hr = topology_node_get_object(stream->node, &IID_IMFTransform, (void **)&stream->transform);

    if (FAILED(hr)) return hr;
    hr = node_stream_transform_id(stream->transform, stream->index, stream->output, &stream->stream_id);
    if (FAILED(hr)) node_stream_close(stream);
    return hr;
}

static HRESULT open_sink(struct node_stream *stream)
{
    IMFStreamSink *sink;
    HRESULT hr;

    if (stream->output || stream->index) return MF_E_INVALIDSTREAMNUMBER;
    if (FAILED(hr = topology_node_get_object(stream->node, &IID_IMFStreamSink, (void **)&sink))) return hr;
    hr = IMFStreamSink_GetMediaTypeHandler(sink, &stream->handler);
    IMFStreamSink_Release(sink);
    return hr;
}

static HRESULT open_source(struct node_stream *stream)
{
    IMFStreamDescriptor *descriptor;
    HRESULT hr;

    if (!stream->output || stream->index) return MF_E_INVALIDSTREAMNUMBER;
    hr = IMFTopologyNode_GetUnknown(stream->node, &MF_TOPONODE_STREAM_DESCRIPTOR, &IID_IMFStreamDescriptor,
                                    (void **)&descriptor);
    if (FAILED(hr)) return hr;
    hr = IMFStreamDescriptor_GetMediaTypeHandler(descriptor, &stream->handler);
    IMFStreamDescriptor_Release(descriptor);
    return hr;
}

HRESULT node_stream_open(struct node_stream *stream, IMFTopologyNode *node, DWORD index, BOOL output)
{
    HRESULT hr;

    *stream = (struct node_stream){.node = node, .index = index, .output = output};
    if (FAILED(hr = IMFTopologyNode_GetNodeType(node, &stream->type))) return hr;
    switch (stream->type)
    {
    case MF_TOPOLOGY_OUTPUT_NODE:
        return open_sink(stream);
    case MF_TOPOLOGY_SOURCESTREAM_NODE:
        return open_source(stream);
    case MF_TOPOLOGY_TRANSFORM_NODE:
        return open_transform(stream);
    case MF_TOPOLOGY_TEE_NODE:
        return S_OK;
    default:
        return MF_E_UNEXPECTED;
    }
}

void node_stream_close(struct node_stream *stream)
{
    if (stream->transform) IMFTransform_Release(stream->transform);
    if (stream->handler) IMFMediaTypeHandler_Release(stream->handler);
    stream->transform = NULL;
    stream->handler = NULL;
}

static HRESULT tee_type(IMFTopologyNode *node, IMFMediaType **type)
{
    UINT32 primary = 0;

    if (SUCCEEDED(IMFTopologyNode_GetInputPrefType(node, 0, type))) return S_OK;
    if (FAILED(IMFTopologyNode_GetUINT32(node, &MF_TOPONODE_PRIMARYOUTPUT, &primary))) primary = 0;
    return IMFTopologyNode_GetOutputPrefType(node, primary, type);
}

HRESULT node_stream_current_type(const struct node_stream *stream, IMFMediaType **type)
{
    *type = NULL;
    if (stream->transform)
        return stream->output ? IMFTransform_GetOutputCurrentType(stream->transform, stream->stream_id, type)
                              : IMFTransform_GetInputCurrentType(stream->transform, stream->stream_id, type);
    return stream->handler ? IMFMediaTypeHandler_GetCurrentMediaType(stream->handler, type)
                           : tee_type(stream->node, type);
}

HRESULT node_stream_type_at(const struct node_stream *stream, DWORD index, IMFMediaType **type)
{
    *type = NULL;
    if (stream->transform)
        return stream->output ? IMFTransform_GetOutputAvailableType(stream->transform, stream->stream_id, index, type)
                              : IMFTransform_GetInputAvailableType(stream->transform, stream->stream_id, index, type);
    if (stream->handler) return IMFMediaTypeHandler_GetMediaTypeByIndex(stream->handler, index, type);
    return index ? MF_E_NO_MORE_TYPES : tee_type(stream->node, type);
}

HRESULT node_stream_supports(const struct node_stream *stream, IMFMediaType *type)
{
    IMFMediaType *own;
    DWORD flags;
    HRESULT hr;

    if (stream->transform)
        return stream->output
                   ? IMFTransform_SetOutputType(stream->transform, stream->stream_id, type, MFT_SET_TYPE_TEST_ONLY)
                   : IMFTransform_SetInputType(stream->transform, stream->stream_id, type, MFT_SET_TYPE_TEST_ONLY);
    if (stream->handler) return IMFMediaTypeHandler_IsMediaTypeSupported(stream->handler, type, NULL);
    if (FAILED(tee_type(stream->node, &own))) return S_OK; /* a tee takes anything until it is told */
    hr = IMFMediaType_IsEqual(own, type, &flags);
    IMFMediaType_Release(own);
    return hr == S_OK ? S_OK : MF_E_INVALIDMEDIATYPE;
}

HRESULT node_stream_set_type(const struct node_stream *stream, IMFMediaType *type)
{
    if (stream->transform)
        return stream->output ? IMFTransform_SetOutputType(stream->transform, stream->stream_id, type, 0)
                              : IMFTransform_SetInputType(stream->transform, stream->stream_id, type, 0);
    if (stream->handler) return IMFMediaTypeHandler_SetCurrentMediaType(stream->handler, type);
    return IMFTopologyNode_SetInputPrefType(stream->node, 0, type);
}

HRESULT WINAPI MFGetTopoNodeCurrentType(IMFTopologyNode *node, DWORD index, BOOL output, IMFMediaType **type)
{
    struct node_stream stream;
    HRESULT hr;

    CORK_TRACE("%p, %lu, %d, %p\n", (void *)node, index, output, (void *)type);
    if (!node || !type) return E_POINTER;
    *type = NULL;
    if (FAILED(hr = node_stream_open(&stream, node, index, output))) return hr;
    hr = node_stream_current_type(&stream, type);
    node_stream_close(&stream);
    return hr;
}

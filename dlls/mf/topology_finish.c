/* See topology_finish.h. */
#include "mf/topology_finish.h"

#include <mf_more.h>
#include <mftransform.h>

#include "common/trace.h"
#include "mf/node_stream.h"
#include "mf/topology_node.h"

CORK_TRACE_CHANNEL(mf);

/* dxva2api.h needs Direct3D's headers. */
static const IID iid_device_manager_9 = {0xa0cade0f, 0x06d5, 0x4cf4, {0xa1, 0xc7, 0xf3, 0xcd, 0xd7, 0x25, 0xaa, 0x75}};
static const IID iid_device_manager_dxgi = {
    0xeb533d5d, 0x2db6, 0x40f8, {0x97, 0xa9, 0x49, 0x46, 0x92, 0x01, 0x4f, 0x07}};

static BOOL is_set(IMFAttributes *attributes, const GUID *key)
{
    UINT32 value;

    return SUCCEEDED(IMFAttributes_GetUINT32(attributes, key, &value)) && value;
}

/* ---- Where samples are trimmed ---------------------------------------------------------------------------------- */

static HRESULT mark(IMFTopologyNode *node)
{
    HRESULT hr = IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_MARKIN_HERE, 1);

    return SUCCEEDED(hr) ? IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_MARKOUT_HERE, 1) : hr;
}

static BOOL is_marked(IMFTopologyNode *node)
{
    return is_set((IMFAttributes *)node, &MF_TOPONODE_MARKIN_HERE) ||
           is_set((IMFAttributes *)node, &MF_TOPONODE_MARKOUT_HERE);
}

/* The node after this one where the branch does not fork; its reference takes the place of that of `node`. */
static IMFTopologyNode *next_node(IMFTopologyNode *node)
{
    IMFTopologyNode *next = NULL;
    DWORD outputs = 0, input;

    IMFTopologyNode_GetOutputCount(node, &outputs);
    if (outputs != 1 || FAILED(IMFTopologyNode_GetOutput(node, 0, &next, &input))) next = NULL;
    IMFTopologyNode_Release(node);
    return next;
}

/* Encoded samples cannot be cut, so a branch is trimmed behind its decoder, where one comes before the first fork, else
 * at the source. Whatever the application has marked stays. */
static HRESULT mark_branch(IMFTopologyNode *source)
{
    IMFTopologyNode *node = source;
    HRESULT hr;

    IMFTopologyNode_AddRef(node);
    for (; node; node = next_node(node))
    {
        if (is_marked(node)) break;
        if (!is_set((IMFAttributes *)node, &MF_TOPONODE_DECODER)) continue;
        hr = mark(node);
        IMFTopologyNode_Release(node);
        return hr;
    }
    if (!node) return mark(source);
    IMFTopologyNode_Release(node);
    return S_OK;
}

/* ---- Direct3D --------------------------------------------------------------------------------------------------- */

/* The device manager of a node's sink; NULL where it has none. */
static IUnknown *device_manager(IMFTopologyNode *node)
{
    IMFGetService *services;
    IUnknown *manager = NULL;
    HRESULT hr;

    if (FAILED(topology_node_get_object(node, &IID_IMFGetService, (void **)&services))) return NULL;
    hr = IMFGetService_GetService(services, &cork_MR_VIDEO_ACCELERATION_SERVICE, &iid_device_manager_dxgi,
                                  (void **)&manager);
    if (FAILED(hr))
        hr = IMFGetService_GetService(services, &cork_MR_VIDEO_ACCELERATION_SERVICE, &iid_device_manager_9,
                                      (void **)&manager);
    IMFGetService_Release(services);
    return SUCCEEDED(hr) ? manager : NULL;
}

static BOOL is_d3d_aware(IMFTransform *transform)
{
    IMFAttributes *attributes;
    BOOL aware;

    if (FAILED(IMFTransform_GetAttributes(transform, &attributes))) return FALSE;
    aware = is_set(attributes, &MF_SA_D3D_AWARE) || is_set(attributes, &MF_SA_D3D11_AWARE);
    IMFAttributes_Release(attributes);
    return aware;
}

/* Gives the manager to a transform and those above it, as far as they can use it without a break. Returns whether the
 * first one could. */
static BOOL accelerate(IMFTopologyNode *node, IUnknown *manager)
{
    IMFTransform *transform;
    IMFTopologyNode *up;
    DWORD inputs = 0, output;
    BOOL aware;

    if (FAILED(topology_node_get_object(node, &IID_IMFTransform, (void **)&transform))) return FALSE;
    aware = is_d3d_aware(transform) &&
            SUCCEEDED(IMFTransform_ProcessMessage(transform, MFT_MESSAGE_SET_D3D_MANAGER, (ULONG_PTR)manager));
    IMFTransform_Release(transform);
    if (!aware) return FALSE;
    IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_D3DAWARE, 1);
    IMFTopologyNode_GetInputCount(node, &inputs);
    for (DWORD i = 0; i < inputs; i++)
    {
        if (FAILED(IMFTopologyNode_GetInput(node, i, &up, &output))) continue;
        accelerate(up, manager);
        IMFTopologyNode_Release(up);
    }
    return TRUE;
}

/* Whether samples come from an allocator of the node's own, so that they are not in the sink's device's memory. */
static BOOL allocates(IMFTopologyNode *node, DWORD output)
{
    MFT_OUTPUT_STREAM_INFO info = {0};
    struct node_stream stream;
    BOOL does;

    if (FAILED(node_stream_open(&stream, node, output, TRUE))) return TRUE;
    does = !stream.transform ||
           (SUCCEEDED(IMFTransform_GetOutputStreamInfo(stream.transform, stream.stream_id, &info)) &&
            info.dwFlags & (MFT_OUTPUT_STREAM_CAN_PROVIDE_SAMPLES | MFT_OUTPUT_STREAM_PROVIDES_SAMPLES));
    node_stream_close(&stream);
    return does;
}

static HRESULT make_copier(IMFTopologyNode *up, DWORD output, IMFTopologyNode **node)
{
    IMFTransform *copier;
    IMFMediaType *type;
    HRESULT hr;

    *node = NULL;
    if (FAILED(hr = MFGetTopoNodeCurrentType(up, output, TRUE, &type))) return hr;
    if (SUCCEEDED(hr = MFCreateSampleCopierMFT(&copier)))
    {
        hr = IMFTransform_SetInputType(copier, 0, type, 0);
        if (SUCCEEDED(hr)) hr = IMFTransform_SetOutputType(copier, 0, type, 0);
        if (SUCCEEDED(hr)) hr = MFCreateTopologyNode(MF_TOPOLOGY_TRANSFORM_NODE, node);
        if (SUCCEEDED(hr)) hr = IMFTopologyNode_SetObject(*node, (IUnknown *)copier);
        IMFTransform_Release(copier);
    }
    IMFMediaType_Release(type);
    if (FAILED(hr) && *node) IMFTopologyNode_Release(*node);
    return hr;
}

/* Samples of others' memory are copied to the sink's; which it can do itself, too, where there is no copier. */
static HRESULT insert_copier(IMFTopology *topology, IMFTopologyNode *up, DWORD output, IMFTopologyNode *sink)
{
    IMFTopologyNode *copier;
    HRESULT hr;

    if (FAILED(hr = make_copier(up, output, &copier)))
    {
        CORK_WARN("no copier before sink %p: %#lx\n", (void *)sink, hr);
        return S_OK;
    }
    if (SUCCEEDED(hr = IMFTopology_AddNode(topology, copier)) &&
        SUCCEEDED(hr = IMFTopologyNode_ConnectOutput(copier, 0, sink, 0)))
        hr = IMFTopologyNode_ConnectOutput(up, output, copier, 0);
    IMFTopologyNode_Release(copier);
    return hr;
}

static HRESULT finish_sink(IMFTopology *topology, IMFTopologyNode *sink, UINT32 mode)
{
    IMFTopologyNode *up;
    IUnknown *manager;
    BOOL accelerated;
    DWORD output;
    HRESULT hr = S_OK;

    if (mode == MFTOPOLOGY_DXVA_NONE || !(manager = device_manager(sink))) return S_OK;
    if (SUCCEEDED(IMFTopologyNode_GetInput(sink, 0, &up, &output)))
    {
        accelerated = mode == MFTOPOLOGY_DXVA_FULL && accelerate(up, manager);
        if (!accelerated && allocates(up, output)) hr = insert_copier(topology, up, output, sink);
        IMFTopologyNode_Release(up);
    }
    IUnknown_Release(manager);
    return hr;
}

/* ---- Nodes ------------------------------------------------------------------------------------------------------ */

static HRESULT finish_node(IMFTopology *topology, IMFTopologyNode *node)
{
    MF_TOPOLOGY_TYPE type;
    UINT32 mode;
    HRESULT hr;

    if (FAILED(hr = IMFTopologyNode_GetNodeType(node, &type))) return hr;
    if (type == MF_TOPOLOGY_SOURCESTREAM_NODE)
    {
        if (FAILED(IMFTopologyNode_GetItem(node, &MF_TOPONODE_MEDIASTART, NULL)))
            hr = IMFTopologyNode_SetUINT64(node, &MF_TOPONODE_MEDIASTART, 0);
        if (FAILED(hr) || is_set((IMFAttributes *)topology, &MF_TOPOLOGY_NO_MARKIN_MARKOUT)) return hr;
        return mark_branch(node);
    }
    if (type != MF_TOPOLOGY_OUTPUT_NODE) return S_OK;
    if (FAILED(IMFTopologyNode_GetItem(node, &MF_TOPONODE_STREAMID, NULL)) &&
        FAILED(hr = IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_STREAMID, 0)))
        return hr;
    if (FAILED(IMFTopology_GetUINT32(topology, &MF_TOPOLOGY_DXVA_MODE, &mode))) mode = MFTOPOLOGY_DXVA_DEFAULT;
    return finish_sink(topology, node, mode);
}

HRESULT topology_finish(IMFTopology *topology)
{
    IMFTopologyNode *node;
    WORD count;
    HRESULT hr;

    /* Copiers, which are added meanwhile, need nothing. */
    if (FAILED(hr = IMFTopology_GetNodeCount(topology, &count))) return hr;
    for (WORD i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (FAILED(hr = IMFTopology_GetNode(topology, i, &node))) break;
        hr = finish_node(topology, node);
        IMFTopologyNode_Release(node);
    }
    return hr;
}

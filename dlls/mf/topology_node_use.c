/*
 * What is done with topology nodes through their interface only, and so with nodes of any maker.
 */
#include "mf/topology_node.h"

#include <mferror.h>

HRESULT topology_node_get_object(IMFTopologyNode *node, REFIID iid, void **object)
{
    IUnknown *unknown;
    HRESULT hr;

    *object = NULL;
    if (FAILED(hr = IMFTopologyNode_GetObject(node, &unknown))) return hr;
    hr = IUnknown_QueryInterface(unknown, iid, object);
    IUnknown_Release(unknown);
    if (FAILED(hr)) *object = NULL;
    return hr;
}

void topology_node_disconnect(IMFTopologyNode *node)
{
    DWORD count, up_stream;
    IMFTopologyNode *up;

    if (SUCCEEDED(IMFTopologyNode_GetOutputCount(node, &count)))
        for (DWORD i = 0; i < count; i++)
            IMFTopologyNode_DisconnectOutput(node, i);
    if (FAILED(IMFTopologyNode_GetInputCount(node, &count))) return;
    for (DWORD i = 0; i < count; i++)
    {
        if (FAILED(IMFTopologyNode_GetInput(node, i, &up, &up_stream))) continue;
        IMFTopologyNode_DisconnectOutput(up, up_stream);
        IMFTopologyNode_Release(up);
    }
}

/* The preferred types of the first `count` inputs or outputs. */
static HRESULT copy_types(IMFTopologyNode *to, IMFTopologyNode *from, BOOL outputs, DWORD count)
{
    const IMFTopologyNodeVtbl *source = from->lpVtbl, *target = to->lpVtbl;
    IMFMediaType *type;
    HRESULT hr = S_OK;

    for (DWORD i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (FAILED((outputs ? source->GetOutputPrefType : source->GetInputPrefType)(from, i, &type))) continue;
        hr = (outputs ? target->SetOutputPrefType : target->SetInputPrefType)(to, i, type);
        IMFMediaType_Release(type);
    }
    return hr;
}

/* A tee has one input type, also before anything is connected and whatever is connected later. */
static DWORD input_types(IMFTopologyNode *node, MF_TOPOLOGY_TYPE type)
{
    DWORD count;

    if (type == MF_TOPOLOGY_TEE_NODE) return 1;
    if (type == MF_TOPOLOGY_SOURCESTREAM_NODE || FAILED(IMFTopologyNode_GetInputCount(node, &count))) return 0;
    return count;
}

static DWORD output_types(IMFTopologyNode *node, MF_TOPOLOGY_TYPE type)
{
    DWORD count;

    return type == MF_TOPOLOGY_OUTPUT_NODE || FAILED(IMFTopologyNode_GetOutputCount(node, &count)) ? 0 : count;
}

HRESULT topology_node_copy(IMFTopologyNode *to, IMFTopologyNode *from)
{
    MF_TOPOLOGY_TYPE type, own_type;
    IUnknown *object = NULL;
    TOPOID id;
    HRESULT hr;

    if (FAILED(hr = IMFTopologyNode_GetNodeType(from, &type))) return hr;
    if (FAILED(hr = IMFTopologyNode_GetNodeType(to, &own_type))) return hr;
    if (type != own_type) return MF_E_INVALIDREQUEST;
    if (FAILED(hr = IMFTopologyNode_GetTopoNodeID(from, &id))) return hr;
    if (FAILED(hr = IMFTopologyNode_CopyAllItems(from, (IMFAttributes *)to))) return hr;
    IMFTopologyNode_GetObject(from, &object);
    hr = IMFTopologyNode_SetObject(to, object);
    if (object) IUnknown_Release(object);
    if (SUCCEEDED(hr)) hr = IMFTopologyNode_SetTopoNodeID(to, id);
    if (SUCCEEDED(hr)) hr = copy_types(to, from, FALSE, input_types(from, type));
    if (SUCCEEDED(hr)) hr = copy_types(to, from, TRUE, output_types(from, type));
    return hr;
}

/* See topology_bind.h. */
#include "mf/topology_bind.h"

#include <mf_more.h>

#include "mf/topology_node.h"

/* mingw-w64 10 has no name for it. */
static const GUID activate_mft_locked = {0xc1f6093c, 0x7f65, 0x4fbd, {0x9e, 0x39, 0x5f, 0xae, 0xc3, 0xc4, 0xfb, 0xd7}};

/* The class of a node's transform. */
static HRESULT class_of(IMFTopologyNode *node, CLSID *class_id)
{
    return IMFTopologyNode_GetGUID(node, &MF_TOPONODE_TRANSFORM_OBJECTID, class_id);
}

static HRESULT take_transform(IMFTopologyNode *node, IMFTopologyNode *previous)
{
    IMFTransform *transform;
    CLSID wanted, found;
    HRESULT hr;

    if (FAILED(hr = class_of(node, &wanted)) || FAILED(hr = class_of(previous, &found))) return hr;
    if (!IsEqualGUID(&wanted, &found)) return MF_E_NOT_FOUND;
    if (FAILED(hr = topology_node_get_object(previous, &IID_IMFTransform, (void **)&transform))) return hr;
    hr = IMFTopologyNode_SetObject(node, (IUnknown *)transform);
    IMFTransform_Release(transform);
    return SUCCEEDED(hr) ? IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_LOCKED, 1) : hr;
}

static HRESULT reuse_transform(IMFTopologyNode *node, IMFTopology *current)
{
    IMFTopologyNode *previous;
    TOPOID id;
    HRESULT hr;

    if (!current) return MF_E_NOT_FOUND;
    if (FAILED(hr = IMFTopologyNode_GetTopoNodeID(node, &id))) return hr;
    if (FAILED(hr = IMFTopology_GetNodeByID(current, id, &previous))) return hr;
    hr = take_transform(node, previous);
    IMFTopologyNode_Release(previous);
    return hr;
}

static HRESULT create_transform(IMFTopologyNode *node)
{
    IMFTransform *transform;
    CLSID class_id;
    HRESULT hr;

    if (FAILED(class_of(node, &class_id))) return MF_E_TOPO_CODEC_NOT_FOUND;
    hr = CoCreateInstance(&class_id, NULL, CLSCTX_INPROC_SERVER, &IID_IMFTransform, (void **)&transform);
    if (FAILED(hr)) return hr;
    hr = IMFTopologyNode_SetObject(node, (IUnknown *)transform);
    IMFTransform_Release(transform);
    return hr;
}

static HRESULT activate_transform(IMFTopologyNode *node, IMFActivate *activate)
{
    IMFTransform *transform;
    UINT32 locked;
    HRESULT hr;

    if (FAILED(hr = IMFActivate_ActivateObject(activate, &IID_IMFTransform, (void **)&transform))) return hr;
    hr = IMFTopologyNode_SetObject(node, (IUnknown *)transform);
    IMFTransform_Release(transform);
    if (SUCCEEDED(hr) && SUCCEEDED(IMFActivate_GetUINT32(activate, &activate_mft_locked, &locked)))
        hr = IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_LOCKED, locked);
    return hr;
}

HRESULT topology_bind_transform(IMFTopologyNode *node, IMFTopology *current)
{
    IMFTransform *transform;
    IMFActivate *activate;
    HRESULT hr;

    if (SUCCEEDED(topology_node_get_object(node, &IID_IMFTransform, (void **)&transform)))
    {
        IMFTransform_Release(transform);
        return S_OK;
    }
    if (SUCCEEDED(reuse_transform(node, current))) return S_OK;
    if (FAILED(topology_node_get_object(node, &IID_IMFActivate, (void **)&activate))) return create_transform(node);
    hr = activate_transform(node, activate);
    IMFActivate_Release(activate);
    return hr;
}

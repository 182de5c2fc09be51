/*
 * IMFTopology: a list of nodes, with an id and attributes. Nodes may be anybody's: they are used by their interface.
 */
#include "mf/topology.h"

#include <mfapi.h>
#include <mferror.h>
#include <stdlib.h>

#include "common/trace.h"
#include "mf/attribute_methods.h"
#include "mf/topology_node.h"

CORK_TRACE_CHANNEL(mf);

/* mingw-w64 10 declares it for Store applications only. */
HRESULT WINAPI MFCreateCollection(IMFCollection **collection);

struct node_list
{
    IMFTopologyNode **items; /* a reference to each */
    size_t count, capacity;
};

struct topology
{
    IMFTopology IMFTopology_iface;
    IMFAttributes *attributes;
    volatile LONG references;
    CRITICAL_SECTION lock; /* of what follows; recursive, as nodes of others are called under it */
    TOPOID id;
    struct node_list nodes;
};

/* IMFTopology counts nodes in a WORD. */
#define MAX_NODES 0xffff

static struct topology *impl_from_iface(IMFTopology *iface)
{
    return CONTAINING_RECORD(iface, struct topology, IMFTopology_iface);
}

/* ---- Lists of nodes --------------------------------------------------------------------------------------------- */

static HRESULT list_append(struct node_list *list, IMFTopologyNode *node)
{
    if (list->count == MAX_NODES) return E_OUTOFMEMORY;
    if (list->count == list->capacity)
    {
        size_t capacity = list->capacity ? 2 * list->capacity : 8;
        IMFTopologyNode **items = realloc(list->items, capacity * sizeof(*items));

        if (!items) return E_OUTOFMEMORY;
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = node;
    IMFTopologyNode_AddRef(node);
    return S_OK;
}

static IMFTopologyNode *list_find(const struct node_list *list, TOPOID id)
{
    TOPOID other;

    for (size_t i = 0; i < list->count; i++)
        if (SUCCEEDED(IMFTopologyNode_GetTopoNodeID(list->items[i], &other)) && other == id) return list->items[i];
    return NULL;
}

/* Breaks the connections, too, which would keep nodes alive for ever. */
static void list_free(struct node_list *list)
{
    for (size_t i = 0; i < list->count; i++)
    {
        topology_node_disconnect(list->items[i]);
        IMFTopologyNode_Release(list->items[i]);
    }
    free(list->items);
    memset(list, 0, sizeof(*list));
}

/* The nodes of any topology. */
static HRESULT list_of(IMFTopology *topology, struct node_list *list)
{
    IMFTopologyNode *node;
    WORD count;
    HRESULT hr;

    if (FAILED(hr = IMFTopology_GetNodeCount(topology, &count))) return hr;
    for (WORD i = 0; i < count; i++)
    {
        if (FAILED(hr = IMFTopology_GetNode(topology, i, &node))) return hr;
        hr = list_append(list, node);
        IMFTopologyNode_Release(node);
        if (FAILED(hr)) return hr;
    }
    return S_OK;
}

/* As list_free for a list of another topology's nodes, whose connections are that one's. */
static void list_forget(struct node_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        IMFTopologyNode_Release(list->items[i]);
    free(list->items);
}

/* ---- Nodes ------------------------------------------------------------------------------------------------------ */

static HRESULT WINAPI topology_GetTopologyID(IMFTopology *iface, TOPOID *id)
{
    struct topology *topology = impl_from_iface(iface);

    if (!id) return E_POINTER;
    EnterCriticalSection(&topology->lock);
    *id = topology->id;
    LeaveCriticalSection(&topology->lock);
    return S_OK;
}

static HRESULT WINAPI topology_AddNode(IMFTopology *iface, IMFTopologyNode *node)
{
    struct topology *topology = impl_from_iface(iface);
    TOPOID id;
    HRESULT hr;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)node);
    if (!node) return E_POINTER;
    if (FAILED(hr = IMFTopologyNode_GetTopoNodeID(node, &id))) return hr;
    EnterCriticalSection(&topology->lock);
    hr = list_find(&topology->nodes, id) ? E_INVALIDARG : list_append(&topology->nodes, node);
    LeaveCriticalSection(&topology->lock);
    return hr;
}

/* Takes the node out of the list. Returns whether it was there; its reference is the caller's. */
static BOOL take_node(struct node_list *list, const IMFTopologyNode *node)
{
    for (size_t i = 0; i < list->count; i++)
    {
        if (list->items[i] != node) continue;
        list->count--;
        memmove(list->items + i, list->items + i + 1, (list->count - i) * sizeof(*list->items));
        return TRUE;
    }
    return FALSE;
}

static HRESULT WINAPI topology_RemoveNode(IMFTopology *iface, IMFTopologyNode *node)
{
    struct topology *topology = impl_from_iface(iface);
    BOOL found;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)node);
    if (!node) return E_POINTER;
    EnterCriticalSection(&topology->lock);
    found = take_node(&topology->nodes, node);
    LeaveCriticalSection(&topology->lock);
    if (!found) return E_INVALIDARG;
    topology_node_disconnect(node);
    IMFTopologyNode_Release(node);
    return S_OK;
}

static HRESULT WINAPI topology_GetNodeCount(IMFTopology *iface, WORD *count)
{
    struct topology *topology = impl_from_iface(iface);

    if (!count) return E_POINTER;
    EnterCriticalSection(&topology->lock);
    *count = (WORD)topology->nodes.count;
    LeaveCriticalSection(&topology->lock);
    return S_OK;
}

static HRESULT WINAPI topology_GetNode(IMFTopology *iface, WORD index, IMFTopologyNode **node)
{
    struct topology *topology = impl_from_iface(iface);

    if (!node) return E_POINTER;
    EnterCriticalSection(&topology->lock);
    *node = index < topology->nodes.count ? topology->nodes.items[index] : NULL;
    if (*node) IMFTopologyNode_AddRef(*node);
    LeaveCriticalSection(&topology->lock);
    return *node ? S_OK : MF_E_INVALIDINDEX;
}

static HRESULT WINAPI topology_GetNodeByID(IMFTopology *iface, TOPOID id, IMFTopologyNode **node)
{
    struct topology *topology = impl_from_iface(iface);

    if (!node) return E_POINTER;
    EnterCriticalSection(&topology->lock);
    *node = list_find(&topology->nodes, id);
    if (*node) IMFTopologyNode_AddRef(*node);
    LeaveCriticalSection(&topology->lock);
    return *node ? S_OK : MF_E_NOT_FOUND;
}

/* Puts `list` in the place of the topology's nodes. */
static void replace_nodes(struct topology *topology, const struct node_list *list)
{
    struct node_list old;

    EnterCriticalSection(&topology->lock);
    old = topology->nodes;
    topology->nodes = *list;
    LeaveCriticalSection(&topology->lock);
    list_free(&old);
}

static HRESULT WINAPI topology_Clear(IMFTopology *iface)
{
    static const struct node_list empty;

    CORK_TRACE("%p\n", (void *)iface);
    replace_nodes(impl_from_iface(iface), &empty);
    return S_OK;
}

/* ---- Copies ----------------------------------------------------------------------------------------------------- */

static HRESULT clone_nodes(const struct node_list *from, struct node_list *to)
{
    IMFTopologyNode *clone;
    MF_TOPOLOGY_TYPE type;
    HRESULT hr = S_OK;

    for (size_t i = 0; i < from->count && SUCCEEDED(hr); i++)
    {
        if (FAILED(hr = IMFTopologyNode_GetNodeType(from->items[i], &type))) return hr;
        if (FAILED(hr = MFCreateTopologyNode(type, &clone))) return hr;
        if (SUCCEEDED(hr = IMFTopologyNode_CloneFrom(clone, from->items[i]))) hr = list_append(to, clone);
        IMFTopologyNode_Release(clone);
    }
    return hr;
}

/* The clone of the node that `peer`'s id tells; NULL for a node that is not of this topology. */
static IMFTopologyNode *clone_of(const struct node_list *clones, IMFTopologyNode *peer)
{
    TOPOID id;

    return SUCCEEDED(IMFTopologyNode_GetTopoNodeID(peer, &id)) ? list_find(clones, id) : NULL;
}

/* Connects clones as the nodes are that they were made of, which stand in the same order. */
static HRESULT clone_connections(const struct node_list *from, const struct node_list *to)
{
    IMFTopologyNode *peer, *clone;
    DWORD outputs, input;
    HRESULT hr = S_OK;

    for (size_t i = 0; i < from->count; i++)
    {
        if (FAILED(hr = IMFTopologyNode_GetOutputCount(from->items[i], &outputs))) return hr;
        for (DWORD j = 0; j < outputs; j++)
        {
            if (FAILED(IMFTopologyNode_GetOutput(from->items[i], j, &peer, &input))) continue;
            if ((clone = clone_of(to, peer))) hr = IMFTopologyNode_ConnectOutput(to->items[i], j, clone, input);
            IMFTopologyNode_Release(peer);
            if (FAILED(hr)) return hr;
        }
    }
    return S_OK;
}

static HRESULT clone_topology(struct topology *topology, IMFTopology *from, const struct node_list *nodes)
{
    struct node_list clones = {NULL, 0, 0};
    TOPOID id;
    HRESULT hr;

    if (FAILED(hr = IMFTopology_GetTopologyID(from, &id))) return hr;
    if (SUCCEEDED(hr = clone_nodes(nodes, &clones))) hr = clone_connections(nodes, &clones);
    if (SUCCEEDED(hr)) hr = IMFTopology_CopyAllItems(from, topology->attributes);
    if (FAILED(hr))
    {
        list_free(&clones);
        return hr;
    }
    replace_nodes(topology, &clones);
    EnterCriticalSection(&topology->lock);
    topology->id = id;
    LeaveCriticalSection(&topology->lock);
    return S_OK;
}

static HRESULT WINAPI topology_CloneFrom(IMFTopology *iface, IMFTopology *from)
{
    struct node_list nodes = {NULL, 0, 0};
    HRESULT hr;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)from);
    if (!from) return E_POINTER;
    if (from == iface) return S_OK;
    if (SUCCEEDED(hr = list_of(from, &nodes))) hr = clone_topology(impl_from_iface(iface), from, &nodes);
    list_forget(&nodes);
    return hr;
}

/* ---- Collections ------------------------------------------------------------------------------------------------ */

static HRESULT collect(struct topology *topology, MF_TOPOLOGY_TYPE wanted, IMFCollection *collection)
{
    MF_TOPOLOGY_TYPE type;
    HRESULT hr = S_OK;

    EnterCriticalSection(&topology->lock);
    for (size_t i = 0; i < topology->nodes.count && SUCCEEDED(hr); i++)
    {
        hr = IMFTopologyNode_GetNodeType(topology->nodes.items[i], &type);
        if (SUCCEEDED(hr) && type == wanted)
            hr = IMFCollection_AddElement(collection, (IUnknown *)topology->nodes.items[i]);
    }
    LeaveCriticalSection(&topology->lock);
    return hr;
}

static HRESULT get_collection(IMFTopology *iface, MF_TOPOLOGY_TYPE type, IMFCollection **collection)
{
    HRESULT hr;

    if (!collection) return E_POINTER;
    *collection = NULL;
    if (FAILED(hr = MFCreateCollection(collection))) return hr;
    if (FAILED(hr = collect(impl_from_iface(iface), type, *collection)))
    {
        IMFCollection_Release(*collection);
        *collection = NULL;
    }
    return hr;
}

static HRESULT WINAPI topology_GetSourceNodeCollection(IMFTopology *iface, IMFCollection **collection)
{
    return get_collection(iface, MF_TOPOLOGY_SOURCESTREAM_NODE, collection);
}

static HRESULT WINAPI topology_GetOutputNodeCollection(IMFTopology *iface, IMFCollection **collection)
{
    return get_collection(iface, MF_TOPOLOGY_OUTPUT_NODE, collection);
}

/* ---- The object ------------------------------------------------------------------------------------------------- */

static HRESULT WINAPI topology_QueryInterface(IMFTopology *iface, REFIID iid, void **object)
{
    if (!object) return E_POINTER;
    if (!IsEqualIID(iid, &IID_IMFTopology) && !IsEqualIID(iid, &IID_IMFAttributes) && !IsEqualIID(iid, &IID_IUnknown))
    {
        *object = NULL;
        return E_NOINTERFACE;
    }
    *object = iface;
    IMFTopology_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI topology_AddRef(IMFTopology *iface)
{
    return (ULONG)InterlockedIncrement(&impl_from_iface(iface)->references);
}

static ULONG WINAPI topology_Release(IMFTopology *iface)
{
    struct topology *topology = impl_from_iface(iface);
    ULONG references = (ULONG)InterlockedDecrement(&topology->references);

    if (references) return references;
    list_free(&topology->nodes);
    IMFAttributes_Release(topology->attributes);
    DeleteCriticalSection(&topology->lock);
    free(topology);
    return 0;
}

static IMFTopologyVtbl topology_vtbl = {
    .QueryInterface = topology_QueryInterface,
    .AddRef = topology_AddRef,
    .Release = topology_Release,
    ATTRIBUTE_METHODS(IMFTopology),
    .GetTopologyID = topology_GetTopologyID,
    .AddNode = topology_AddNode,
    .RemoveNode = topology_RemoveNode,
    .GetNodeCount = topology_GetNodeCount,
    .GetNode = topology_GetNode,
    .Clear = topology_Clear,
    .CloneFrom = topology_CloneFrom,
    .GetNodeByID = topology_GetNodeByID,
    .GetSourceNodeCollection = topology_GetSourceNodeCollection,
    .GetOutputNodeCollection = topology_GetOutputNodeCollection,
};

HRESULT topology_create(TOPOID id, IMFTopology **topology)
{
    struct topology *created = calloc(1, sizeof(*created));
    HRESULT hr;

    if (!created) return E_OUTOFMEMORY;
    if (FAILED(hr = MFCreateAttributes(&created->attributes, 0)))
    {
        free(created);
        return hr;
    }
    created->IMFTopology_iface.lpVtbl = &topology_vtbl;
    created->references = 1;
    created->id = id;
    InitializeCriticalSection(&created->lock);
    *topology = &created->IMFTopology_iface;
    return S_OK;
}

HRESULT WINAPI MFCreateTopology(IMFTopology **topology)
{
    static volatile LONG64 last_id;

    CORK_TRACE("%p\n", (void *)topology);
    if (!topology) return E_POINTER;
    *topology = NULL;
    return topology_create((TOPOID)InterlockedIncrement64(&last_id), topology);
}

/*
 * IMFTopologyNode.
 *
 * A connection joins two nodes, and each of them holds a reference to the other until it is broken, as on Windows:
 * IMFTopology::Clear breaks them. One lock guards the streams of all nodes, so that both sides of a connection change
 * at once whatever the order in which two threads name them. It is held for a few assignments; nothing is released
 * under it.
 */
#include "mf/topology_node.h"

#include <mfapi.h>
#include <mferror.h>
#include <stdlib.h>

#include "common/quick_lock.h"
#include "common/trace.h"
#include "mf/attribute_methods.h"

CORK_TRACE_CHANNEL(mf);

struct topology_node;

/* An input or output. Its peer, where there is one, has this node as the peer of its stream `peer_stream`. */
struct stream
{
    struct topology_node *peer;
    DWORD peer_stream;
    IMFMediaType *preferred_type;
};

struct streams
{
    struct stream *items;
    DWORD count, capacity;
};

struct topology_node
{
    IMFTopologyNode IMFTopologyNode_iface;
    IMFAttributes *attributes;
    volatile LONG references;
    MF_TOPOLOGY_TYPE type;
    /* What follows is the lock's. */
    TOPOID id;
    IUnknown *object;
    struct streams inputs, outputs;
    IMFMediaType *tee_type; /* the input type of a tee that has no input yet */
};

static struct cork_quick_lock lock;
static volatile LONG last_id;

static IMFTopologyNodeVtbl node_vtbl;

static struct topology_node *impl_from_iface(IMFTopologyNode *iface)
{
    return CONTAINING_RECORD(iface, struct topology_node, IMFTopologyNode_iface);
}

/* This file's object behind the interface, or NULL: nodes of other makers exist too. */
static struct topology_node *own_node(IMFTopologyNode *iface)
{
    return iface && iface->lpVtbl == &node_vtbl ? impl_from_iface(iface) : NULL;
}

/* What a node of a full topology has, or less. */
#define USUAL_ATTRIBUTES 8

/* More do not fit in 32 bits' memory. */
#define MAX_STREAMS (1u << 24)

/* Makes stream `index` exist. The lock is held. */
static HRESULT reserve_stream(struct streams *streams, DWORD index)
{
    if (index >= MAX_STREAMS) return E_OUTOFMEMORY;
    if (index >= streams->capacity)
    {
        DWORD capacity = index < 2 * streams->capacity ? 2 * streams->capacity : index + 1;
        struct stream *items = realloc(streams->items, capacity * sizeof(*items));

        if (!items) return E_OUTOFMEMORY;
        streams->items = items;
        streams->capacity = capacity;
    }
    if (index >= streams->count)
    {
        memset(streams->items + streams->count, 0, (index + 1 - streams->count) * sizeof(*streams->items));
        streams->count = index + 1;
    }
    return S_OK;
}

static void release_type(IMFMediaType *type)
{
    if (type) IMFMediaType_Release(type);
}

/* ---- Connections ------------------------------------------------------------------------------------------------ */

/* The two nodes of a connection that was broken: each had a reference to the other. */
struct parted
{
    struct topology_node *up, *down;
};

static void release_parted(const struct parted *parted)
{
    if (!parted->up) return;
    IMFTopologyNode_Release(&parted->down->IMFTopologyNode_iface);
    IMFTopologyNode_Release(&parted->up->IMFTopologyNode_iface);
}

/* Breaks the connection of an output, if there is one; the references become the caller's. The lock is held. */
static struct parted part_output(struct topology_node *node, DWORD index)
{
    struct parted parted = {NULL, NULL};
    struct stream *stream;

    if (index >= node->outputs.count) return parted;
    stream = &node->outputs.items[index];
    if (!stream->peer) return parted;
    parted.up = node;
    parted.down = stream->peer;
    stream->peer->inputs.items[stream->peer_stream].peer = NULL;
    stream->peer = NULL;
    return parted;
}

static struct parted part_input(struct topology_node *node, DWORD index)
{
    const struct stream *stream = index < node->inputs.count ? &node->inputs.items[index] : NULL;

    return stream && stream->peer ? part_output(stream->peer, stream->peer_stream) : (struct parted){NULL, NULL};
}

/* Both with the lock held. The node's input type was kept beside its streams while it had none. */
static HRESULT join(struct topology_node *up, DWORD output, struct topology_node *down, DWORD input)
{
    int first = !down->inputs.count;
    HRESULT hr;

    if (FAILED(hr = reserve_stream(&up->outputs, output))) return hr;
    if (FAILED(hr = reserve_stream(&down->inputs, input))) return hr;
    if (first && down->tee_type)
    {
        down->inputs.items[0].preferred_type = down->tee_type;
        down->tee_type = NULL;
    }
    up->outputs.items[output].peer = down;
    up->outputs.items[output].peer_stream = input;
    down->inputs.items[input].peer = up;
    down->inputs.items[input].peer_stream = output;
    IMFTopologyNode_AddRef(&up->IMFTopologyNode_iface);
    IMFTopologyNode_AddRef(&down->IMFTopologyNode_iface);
    return S_OK;
}

static HRESULT WINAPI node_ConnectOutput(IMFTopologyNode *iface, DWORD output, IMFTopologyNode *downstream, DWORD input)
{
    struct topology_node *up = impl_from_iface(iface), *down = own_node(downstream);
    struct parted old_output, old_input;
    HRESULT hr;

    CORK_TRACE("%p, %lu, %p, %lu\n", (void *)iface, output, (void *)downstream, input);
    if (!downstream) return E_POINTER;
    if (!down)
    {
        CORK_WARN("node %p was made by other code and cannot be joined with this one\n", (void *)downstream);
        return E_UNEXPECTED;
    }
    if (up->type == MF_TOPOLOGY_OUTPUT_NODE || down->type == MF_TOPOLOGY_SOURCESTREAM_NODE) return E_FAIL;
    if (up == down) return E_INVALIDARG;

    cork_quick_lock(&lock);
    old_output = part_output(up, output);
    old_input = part_input(down, input);
    hr = join(up, output, down, input);
    cork_quick_unlock(&lock);
    release_parted(&old_output);
    release_parted(&old_input);
    return hr;
}

static HRESULT WINAPI node_DisconnectOutput(IMFTopologyNode *iface, DWORD index)
{
    struct topology_node *node = impl_from_iface(iface);
    struct parted parted;
    HRESULT hr;

    CORK_TRACE("%p, %lu\n", (void *)iface, index);
    cork_quick_lock(&lock);
    parted = part_output(node, index);
    hr = parted.up ? S_OK : index < node->outputs.count ? MF_E_NOT_FOUND : E_INVALIDARG;
    cork_quick_unlock(&lock);
    release_parted(&parted);
    return hr;
}

static HRESULT get_peer(const struct streams *streams, DWORD index, IMFTopologyNode **peer, DWORD *peer_stream)
{
    HRESULT hr = S_OK;

    if (!peer || !peer_stream) return E_POINTER;
    *peer = NULL;
    *peer_stream = 0;
    cork_quick_lock(&lock);
    if (index >= streams->count)
        hr = E_INVALIDARG;
    else if (!streams->items[index].peer)
        hr = MF_E_NOT_FOUND;
    else
    {
        *peer = &streams->items[index].peer->IMFTopologyNode_iface;
        *peer_stream = streams->items[index].peer_stream;
        IMFTopologyNode_AddRef(*peer);
    }
    cork_quick_unlock(&lock);
    return hr;
}

static HRESULT WINAPI node_GetInput(IMFTopologyNode *iface, DWORD index, IMFTopologyNode **peer, DWORD *peer_stream)
{
    return get_peer(&impl_from_iface(iface)->inputs, index, peer, peer_stream);
}

static HRESULT WINAPI node_GetOutput(IMFTopologyNode *iface, DWORD index, IMFTopologyNode **peer, DWORD *peer_stream)
{
    return get_peer(&impl_from_iface(iface)->outputs, index, peer, peer_stream);
}

static HRESULT get_count(const struct streams *streams, DWORD *count)
{
    if (!count) return E_POINTER;
    cork_quick_lock(&lock);
    *count = streams->count;
    cork_quick_unlock(&lock);
    return S_OK;
}

static HRESULT WINAPI node_GetInputCount(IMFTopologyNode *iface, DWORD *count)
{
    return get_count(&impl_from_iface(iface)->inputs, count);
}

static HRESULT WINAPI node_GetOutputCount(IMFTopologyNode *iface, DWORD *count)
{
    return get_count(&impl_from_iface(iface)->outputs, count);
}

/* ---- Preferred types -------------------------------------------------------------------------------------------- */

/* The place of a stream's type, made if need be; for a tee without inputs the place beside the streams. The lock is
 * held. */
static HRESULT input_type_place(struct topology_node *node, DWORD index, IMFMediaType ***place)
{
    HRESULT hr;

    if (node->type == MF_TOPOLOGY_SOURCESTREAM_NODE) return E_NOTIMPL;
    if (node->type == MF_TOPOLOGY_TEE_NODE && index) return MF_E_INVALIDTYPE;
    if (node->type == MF_TOPOLOGY_TEE_NODE && !node->inputs.count)
    {
        *place = &node->tee_type;
        return S_OK;
    }
    if (FAILED(hr = reserve_stream(&node->inputs, index))) return hr;
    *place = &node->inputs.items[index].preferred_type;
    return S_OK;
}

static HRESULT output_type_place(struct topology_node *node, DWORD index, IMFMediaType ***place)
{
    HRESULT hr;

    if (node->type == MF_TOPOLOGY_OUTPUT_NODE) return E_NOTIMPL;
    if (FAILED(hr = reserve_stream(&node->outputs, index))) return hr;
    *place = &node->outputs.items[index].preferred_type;
    return S_OK;
}

static HRESULT set_preferred_type(struct topology_node *node, DWORD index, IMFMediaType *type,
                                  HRESULT (*find_place)(struct topology_node *, DWORD, IMFMediaType ***))
{
    IMFMediaType **place, *old = NULL;
    HRESULT hr;

    if (type) IMFMediaType_AddRef(type);
    cork_quick_lock(&lock);
    if (SUCCEEDED(hr = find_place(node, index, &place)))
    {
        old = *place;
        *place = type;
    }
    cork_quick_unlock(&lock);
    release_type(SUCCEEDED(hr) ? old : type);
    return hr;
}

static HRESULT WINAPI node_SetInputPrefType(IMFTopologyNode *iface, DWORD index, IMFMediaType *type)
{
    CORK_TRACE("%p, %lu, %p\n", (void *)iface, index, (void *)type);
    return set_preferred_type(impl_from_iface(iface), index, type, input_type_place);
}

static HRESULT WINAPI node_SetOutputPrefType(IMFTopologyNode *iface, DWORD index, IMFMediaType *type)
{
    CORK_TRACE("%p, %lu, %p\n", (void *)iface, index, (void *)type);
    return set_preferred_type(impl_from_iface(iface), index, type, output_type_place);
}

/* `beside`: the type of a tee's only input while it has none. */
static HRESULT get_preferred_type(const struct streams *streams, DWORD index, IMFMediaType *const *beside,
                                  IMFMediaType **type)
{
    HRESULT hr = S_OK;

    if (!type) return E_POINTER;
    *type = NULL;
    cork_quick_lock(&lock);
    if (index < streams->count)
        *type = streams->items[index].preferred_type;
    else if (beside && *beside)
        *type = *beside;
    else
        hr = E_INVALIDARG;
    if (*type)
        IMFMediaType_AddRef(*type);
    else if (SUCCEEDED(hr))
        hr = E_FAIL;
    cork_quick_unlock(&lock);
    return hr;
}

static HRESULT WINAPI node_GetInputPrefType(IMFTopologyNode *iface, DWORD index, IMFMediaType **type)
{
    const struct topology_node *node = impl_from_iface(iface);

    if (node->type == MF_TOPOLOGY_SOURCESTREAM_NODE) return E_NOTIMPL;
    return get_preferred_type(&node->inputs, index, index ? NULL : &node->tee_type, type);
}

static HRESULT WINAPI node_GetOutputPrefType(IMFTopologyNode *iface, DWORD index, IMFMediaType **type)
{
    const struct topology_node *node = impl_from_iface(iface);

    if (node->type == MF_TOPOLOGY_OUTPUT_NODE) return E_NOTIMPL;
    return get_preferred_type(&node->outputs, index, NULL, type);
}

/* ---- Object, type, id ------------------------------------------------------------------------------------------- */

/* The class of an object that tells it by one of the IPersist interfaces. */
static HRESULT class_of(IUnknown *object, CLSID *class_id)
{
    static const IID *const iids[] = {&IID_IPersist, &IID_IPersistStorage, &IID_IPersistPropertyBag};

    for (size_t i = 0; i < sizeof(iids) / sizeof(iids[0]); i++)
    {
        IPersist *persist = NULL;
        HRESULT hr;

        if (FAILED(IUnknown_QueryInterface(object, iids[i], (void **)&persist)) || !persist) continue;
        hr = IPersist_GetClassID(persist, class_id);
        IPersist_Release(persist);
        if (SUCCEEDED(hr)) return hr;
    }
    return E_NOINTERFACE;
}

/* A class that the application has set itself is left alone, as on Windows. */
static HRESULT WINAPI node_SetObject(IMFTopologyNode *iface, IUnknown *object)
{
    struct topology_node *node = impl_from_iface(iface);
    CLSID class_id;
    IUnknown *old;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)object);
    if (object && FAILED(IMFAttributes_GetGUID(node->attributes, &MF_TOPONODE_TRANSFORM_OBJECTID, &class_id)) &&
        SUCCEEDED(class_of(object, &class_id)))
        IMFAttributes_SetGUID(node->attributes, &MF_TOPONODE_TRANSFORM_OBJECTID, &class_id);

    if (object) IUnknown_AddRef(object);
    cork_quick_lock(&lock);
    old = node->object;
    node->object = object;
    cork_quick_unlock(&lock);
    if (old) IUnknown_Release(old);
    return S_OK;
}

static HRESULT WINAPI node_GetObject(IMFTopologyNode *iface, IUnknown **object)
{
    struct topology_node *node = impl_from_iface(iface);

    if (!object) return E_POINTER;
    cork_quick_lock(&lock);
    if ((*object = node->object)) IUnknown_AddRef(*object);
    cork_quick_unlock(&lock);
    return *object ? S_OK : E_FAIL;
}

static HRESULT WINAPI node_GetNodeType(IMFTopologyNode *iface, MF_TOPOLOGY_TYPE *type)
{
    if (!type) return E_POINTER;
    *type = impl_from_iface(iface)->type;
    return S_OK;
}

static HRESULT WINAPI node_GetTopoNodeID(IMFTopologyNode *iface, TOPOID *id)
{
    if (!id) return E_POINTER;
    cork_quick_lock(&lock);
    *id = impl_from_iface(iface)->id;
    cork_quick_unlock(&lock);
    return S_OK;
}

/* The documentation has E_INVALIDARG for an id that has already been set; Windows changes it as often as asked. */
static HRESULT WINAPI node_SetTopoNodeID(IMFTopologyNode *iface, TOPOID id)
{
    CORK_TRACE("%p, %llx\n", (void *)iface, (unsigned long long)id);
    cork_quick_lock(&lock);
    impl_from_iface(iface)->id = id;
    cork_quick_unlock(&lock);
    return S_OK;
}

/* ---- The object ------------------------------------------------------------------------------------------------- */

static HRESULT WINAPI node_CloneFrom(IMFTopologyNode *iface, IMFTopologyNode *from)
{
    CORK_TRACE("%p, %p\n", (void *)iface, (void *)from);
    if (!from) return E_POINTER;
    return iface == from ? S_OK : topology_node_copy(iface, from);
}

static HRESULT WINAPI node_QueryInterface(IMFTopologyNode *iface, REFIID iid, void **object)
{
    if (!object) return E_POINTER;
    if (!IsEqualIID(iid, &IID_IMFTopologyNode) && !IsEqualIID(iid, &IID_IMFAttributes) &&
        !IsEqualIID(iid, &IID_IUnknown))
    {
        *object = NULL;
        return E_NOINTERFACE;
    }
    *object = iface;
    IMFTopologyNode_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI node_AddRef(IMFTopologyNode *iface)
{
    return (ULONG)InterlockedIncrement(&impl_from_iface(iface)->references);
}

/* What the application has released too often is still connected: the others must not find it any more. */
static void abandon_connections(struct topology_node *node)
{
    struct parted parted;

    for (DWORD i = 0; i < node->outputs.count; i++)
    {
        cork_quick_lock(&lock);
        parted = part_output(node, i);
        cork_quick_unlock(&lock);
        if (parted.down) IMFTopologyNode_Release(&parted.down->IMFTopologyNode_iface);
    }
    for (DWORD i = 0; i < node->inputs.count; i++)
    {
        cork_quick_lock(&lock);
        parted = part_input(node, i);
        cork_quick_unlock(&lock);
        if (parted.up) IMFTopologyNode_Release(&parted.up->IMFTopologyNode_iface);
    }
}

static void free_streams(struct streams *streams)
{
    for (DWORD i = 0; i < streams->count; i++)
        release_type(streams->items[i].preferred_type);
    free(streams->items);
}

static ULONG WINAPI node_Release(IMFTopologyNode *iface)
{
    struct topology_node *node = impl_from_iface(iface);
    ULONG references = (ULONG)InterlockedDecrement(&node->references);

    if (references) return references;
    abandon_connections(node);
    free_streams(&node->inputs);
    free_streams(&node->outputs);
    release_type(node->tee_type);
    if (node->object) IUnknown_Release(node->object);
    IMFAttributes_Release(node->attributes);
    free(node);
    return 0;
}

static IMFTopologyNodeVtbl node_vtbl = {
    .QueryInterface = node_QueryInterface,
    .AddRef = node_AddRef,
    .Release = node_Release,
    ATTRIBUTE_METHODS(IMFTopologyNode),
    .SetObject = node_SetObject,
    .GetObject = node_GetObject,
    .GetNodeType = node_GetNodeType,
    .GetTopoNodeID = node_GetTopoNodeID,
    .SetTopoNodeID = node_SetTopoNodeID,
    .GetInputCount = node_GetInputCount,
    .GetOutputCount = node_GetOutputCount,
    .ConnectOutput = node_ConnectOutput,
    .DisconnectOutput = node_DisconnectOutput,
    .GetInput = node_GetInput,
    .GetOutput = node_GetOutput,
    .SetOutputPrefType = node_SetOutputPrefType,
    .GetOutputPrefType = node_GetOutputPrefType,
    .SetInputPrefType = node_SetInputPrefType,
    .GetInputPrefType = node_GetInputPrefType,
    .CloneFrom = node_CloneFrom,
};

HRESULT WINAPI MFCreateTopologyNode(MF_TOPOLOGY_TYPE type, IMFTopologyNode **node)
{
    struct topology_node *created;
    HRESULT hr;

    CORK_TRACE("%d, %p\n", (int)type, (void *)node);
    if (!node) return E_POINTER;
    *node = NULL;
    if ((unsigned)type > MF_TOPOLOGY_TEE_NODE) return E_INVALIDARG;
    if (!(created = calloc(1, sizeof(*created)))) return E_OUTOFMEMORY;
    if (FAILED(hr = MFCreateAttributes(&created->attributes, USUAL_ATTRIBUTES)))
    {
        free(created);
        return hr;
    }
    created->IMFTopologyNode_iface.lpVtbl = &node_vtbl;
    created->references = 1;
    created->type = type;
    /* Unique among the processes of one session, as on Windows. */
    created->id = (TOPOID)GetCurrentProcessId() << 32 | (ULONG)InterlockedIncrement(&last_id);
    *node = &created->IMFTopologyNode_iface;
    return S_OK;
}

/*
 * The topology loader (IMFTopoLoader): makes a full topology of a partial one.
 *
 * The partial topology's shape is taken down as a graph of numbers; a clone of each of its connected nodes goes into
 * the full topology; then each connection is made in the order in which data flows, so that an output's type is known
 * when what comes after it is looked at. A connection that cannot be made is an error unless an optional node or branch
 * can be left out.
 */
#define COBJMACROS
#include <mf_more.h>
#include <stdlib.h>

#include "common/trace.h"
#include "mf/com.h"
#include "mf/topology.h"
#include "mf/topology_bind.h"
#include "mf/topology_connect.h"
#include "mf/topology_finish.h"
#include "mf/topology_graph.h"
#include "mf/topology_node.h"

CORK_TRACE_CHANNEL(mf);

struct loader_node
{
    IMFTopologyNode *node, *clone; /* references; the clone is NULL until it is made */
    MF_TOPOLOGY_TYPE type;
    TOPOID id;
    UINT32 method; /* MF_CONNECT_METHOD */
};

struct loader_edge
{
    BOOL made;
    struct topology_connection connection;
};

/* One call of Load. */
struct loading
{
    IMFTopology *partial, *current; /* the caller's; current may be NULL */
    struct topology_graph graph;
    struct loader_node *nodes;
    size_t node_count, node_capacity;
    struct loader_edge *edges; /* by the graph's numbers */
    struct topology_connector connector;
    UINT32 status; /* MF_TOPOLOGY_RESOLUTION_STATUS */
};

/* ---- The partial topology --------------------------------------------------------------------------------------- */

/* Takes a reference of the node over, whether it succeeds or not. */
static HRESULT append_node(struct loading *loading, IMFTopologyNode *added)
{
    struct loader_node node = {.node = added}, *nodes;
    HRESULT hr;

    if (SUCCEEDED(hr = IMFTopologyNode_GetNodeType(added, &node.type)))
        hr = IMFTopologyNode_GetTopoNodeID(added, &node.id);
    if (FAILED(IMFTopologyNode_GetUINT32(added, &MF_TOPONODE_CONNECT_METHOD, &node.method)))
        node.method = MF_CONNECT_ALLOW_DECODER;
    if (SUCCEEDED(hr) && loading->node_count == loading->node_capacity)
    {
        size_t capacity = loading->node_capacity ? 2 * loading->node_capacity : 8;

        if ((nodes = realloc(loading->nodes, capacity * sizeof(*nodes))))
        {
            loading->nodes = nodes;
            loading->node_capacity = capacity;
        }
        else
            hr = E_OUTOFMEMORY;
    }
    if (SUCCEEDED(hr))
        loading->nodes[loading->node_count++] = node;
    else
        IMFTopologyNode_Release(added);
    return hr;
}

/* The number of the node with this id; the number of nodes where it is not known. */
static size_t number_of(const struct loading *loading, TOPOID id)
{
    size_t i = 0;

    while (i < loading->node_count && loading->nodes[i].id != id)
        i++;
    return i;
}

/* What the output goes to: its node's number, which is added if the application has connected but not added it. */
static HRESULT read_output(struct loading *loading, size_t from, DWORD output, size_t *to, DWORD *input)
{
    IMFTopologyNode *peer;
    TOPOID id;
    HRESULT hr;

    if (FAILED(hr = IMFTopologyNode_GetOutput(loading->nodes[from].node, output, &peer, input))) return hr;
    if (SUCCEEDED(hr = IMFTopologyNode_GetTopoNodeID(peer, &id)) &&
        (*to = number_of(loading, id)) == loading->node_count)
        return append_node(loading, peer);
    IMFTopologyNode_Release(peer);
    return hr;
}

static HRESULT read_nodes(struct loading *loading)
{
    IMFTopologyNode *node;
    WORD count;
    HRESULT hr;

    if (FAILED(hr = IMFTopology_GetNodeCount(loading->partial, &count))) return hr;
    for (WORD i = 0; i < count; i++)
    {
        if (FAILED(hr = IMFTopology_GetNode(loading->partial, i, &node))) return hr;
        if (FAILED(hr = append_node(loading, node))) return hr;
    }
    for (size_t i = 0; i < loading->node_count; i++)
    {
        DWORD outputs = 0, input;
        size_t to;

        IMFTopologyNode_GetOutputCount(loading->nodes[i].node, &outputs);
        for (DWORD j = 0; j < outputs; j++)
            if (read_output(loading, i, j, &to, &input) == E_OUTOFMEMORY) return E_OUTOFMEMORY;
    }
    return topology_graph_init(&loading->graph, loading->node_count) ? S_OK : E_OUTOFMEMORY;
}

static HRESULT read_edges(struct loading *loading)
{
    for (size_t i = 0; i < loading->node_count; i++)
    {
        DWORD outputs = 0, input;
        size_t to;

        IMFTopologyNode_GetOutputCount(loading->nodes[i].node, &outputs);
        for (DWORD j = 0; j < outputs; j++)
        {
            if (FAILED(read_output(loading, i, j, &to, &input))) continue; /* not connected */
            /* Another thread may connect nodes meanwhile. */
            if (to >= loading->graph.node_count) return MF_E_TOPO_UNSUPPORTED;
            if (!topology_graph_connect(&loading->graph, i, j, to, input)) return E_OUTOFMEMORY;
        }
    }
    loading->edges = calloc(loading->graph.edge_count + 1, sizeof(*loading->edges));
    return loading->edges ? S_OK : E_OUTOFMEMORY;
}

/* ---- Checks ----------------------------------------------------------------------------------------------------- */

static HRESULT check_output_node(IMFTopologyNode *node)
{
    IMFStreamSink *sink;
    IUnknown *object;
    HRESULT hr;

    if (FAILED(hr = IMFTopologyNode_GetObject(node, &object))) return hr;
    hr = IUnknown_QueryInterface(object, &IID_IMFStreamSink, (void **)&sink);
    IUnknown_Release(object);
    if (FAILED(hr)) return MF_E_TOPO_SINK_ACTIVATES_UNSUPPORTED;
    IMFStreamSink_Release(sink);
    return S_OK;
}

/* Presentation descriptor and source are the session's business: nothing is done with them here, as on Windows. */
static HRESULT check_source_node(IMFTopologyNode *node)
{
    IMFStreamDescriptor *descriptor;

    if (FAILED(IMFTopologyNode_GetUnknown(node, &MF_TOPONODE_STREAM_DESCRIPTOR, &IID_IMFStreamDescriptor,
                                          (void **)&descriptor)))
        return MF_E_TOPO_MISSING_STREAM_DESCRIPTOR;
    IMFStreamDescriptor_Release(descriptor);
    return S_OK;
}

static HRESULT check_node(const struct loading *loading, size_t number)
{
    const struct loader_node *node = &loading->nodes[number];
    size_t in = topology_graph_in_degree(&loading->graph, number);
    size_t out = topology_graph_out_degree(&loading->graph, number);
    HRESULT hr = S_OK;

    if (!in && !out) return S_OK;
    if (node->type == MF_TOPOLOGY_OUTPUT_NODE) hr = check_output_node(node->node);
    if (node->type == MF_TOPOLOGY_SOURCESTREAM_NODE) hr = check_source_node(node->node);
    if (FAILED(hr)) return hr;
    /* Leaving it out must leave one connection of two. */
    return node->method & MF_CONNECT_AS_OPTIONAL && (in != 1 || out != 1) ? MF_E_TOPO_INVALID_OPTIONAL_NODE : S_OK;
}

static HRESULT check(struct loading *loading)
{
    HRESULT hr;

    if (!loading->graph.edge_count) return MF_E_TOPO_UNSUPPORTED;
    if (!topology_graph_sort(&loading->graph))
        return loading->graph.sorted ? MF_E_TOPO_LOOPS_IN_TOPOLOGY : E_OUTOFMEMORY;
    for (size_t i = 0; i < loading->graph.node_count; i++)
        if (FAILED(hr = check_node(loading, i))) return hr;
    return S_OK;
}

/* ---- Clones ----------------------------------------------------------------------------------------------------- */

/* The errors of an earlier attempt are not this one's. */
static void delete_errors(IMFTopologyNode *node)
{
    if (FAILED(IMFTopologyNode_GetItem(node, &MF_TOPONODE_ERRORCODE, NULL))) return;
    IMFTopologyNode_DeleteItem(node, &MF_TOPONODE_ERRORCODE);
    IMFTopologyNode_DeleteItem(node, &MF_TOPONODE_ERROR_MAJORTYPE);
    IMFTopologyNode_DeleteItem(node, &MF_TOPONODE_ERROR_SUBTYPE);
}

/* Nodes that are connected to nothing have no place in a full topology. */
static HRESULT clone_node(struct loading *loading, size_t number)
{
    struct loader_node *node = &loading->nodes[number];
    HRESULT hr;

    if (!topology_graph_in_degree(&loading->graph, number) && !topology_graph_out_degree(&loading->graph, number))
        return S_OK;
    if (FAILED(hr = MFCreateTopologyNode(node->type, &node->clone))) return hr;
    if (FAILED(hr = IMFTopologyNode_CloneFrom(node->clone, node->node))) return hr;
    delete_errors(node->clone);
    return IMFTopology_AddNode(loading->connector.topology, node->clone);
}

static HRESULT clone_nodes(struct loading *loading)
{
    IMFTopology *full;
    UINT32 enumerate = 0, hardware = MFTOPOLOGY_HWMODE_SOFTWARE_ONLY;
    TOPOID id;
    HRESULT hr;

    if (FAILED(hr = IMFTopology_GetTopologyID(loading->partial, &id))) return hr;
    if (FAILED(hr = topology_create(id, &full))) return hr;
    loading->connector.topology = full;
    if (FAILED(hr = IMFTopology_CopyAllItems(loading->partial, (IMFAttributes *)full))) return hr;
    IMFTopology_GetUINT32(full, &MF_TOPOLOGY_ENUMERATE_SOURCE_TYPES, &enumerate);
    IMFTopology_GetUINT32(full, &MF_TOPOLOGY_HARDWARE_MODE, &hardware);
    loading->connector.enumerate_source_types = enumerate != 0;
    transform_finder_init(&loading->connector.finder, hardware == MFTOPOLOGY_HWMODE_USE_HARDWARE);
    for (size_t i = 0; i < loading->graph.node_count; i++)
        if (FAILED(hr = clone_node(loading, i))) return hr;
    return S_OK;
}

/* ---- Connections ------------------------------------------------------------------------------------------------ */

/* The input whose types count for an edge: a tee without a type of its own wants what its primary output wants. */
static void find_target(const struct loading *loading, struct topology_connection *connection, size_t to)
{
    const struct topology_graph *graph = &loading->graph;
    UINT32 primary;
    IMFMediaType *type;

    connection->target = connection->down;
    connection->target_input = connection->input;
    while (loading->nodes[to].type == MF_TOPOLOGY_TEE_NODE)
    {
        size_t edge;

        if (SUCCEEDED(IMFTopologyNode_GetInputPrefType(loading->nodes[to].clone, 0, &type)))
        {
            IMFMediaType_Release(type);
            return;
        }
        if (FAILED(IMFTopologyNode_GetUINT32(loading->nodes[to].clone, &MF_TOPONODE_PRIMARYOUTPUT, &primary)))
            primary = 0;
        if ((edge = topology_graph_out_of(graph, to, primary)) == graph->edge_count) return;
        to = graph->edges[edge].to;
        connection->target = loading->nodes[to].clone;
        connection->target_input = graph->edges[edge].input;
    }
}

static HRESULT make_edge(struct loading *loading, size_t number)
{
    const struct topology_edge *edge = &loading->graph.edges[number];
    struct topology_connection *connection = &loading->edges[number].connection;
    HRESULT hr;

    connection->up = loading->nodes[edge->from].clone;
    connection->down = loading->nodes[edge->to].clone;
    connection->output = edge->output;
    connection->input = edge->input;
    find_target(loading, connection, edge->to);
    hr = topology_connect(&loading->connector, connection);
    /* Where a tee cannot have what its primary output wants, each branch finds its own way. */
    if (FAILED(hr) && loading->nodes[edge->to].type == MF_TOPOLOGY_TEE_NODE && connection->target != connection->down)
        hr = topology_connect_as_it_is(connection);
    loading->edges[number].made = SUCCEEDED(hr);
    return hr;
}

static void unmake_edge(struct loading *loading, size_t number)
{
    if (!loading->edges[number].made) return;
    topology_connect_undo(&loading->connector, &loading->edges[number].connection);
    loading->edges[number].made = FALSE;
}

/* Takes nodes that the graph has not any more out of the full topology. */
static void remove_nodes(struct loading *loading)
{
    for (size_t i = 0; i < loading->graph.edge_count; i++)
        if (loading->graph.edges[i].removed) unmake_edge(loading, i);
    for (size_t i = 0; i < loading->graph.node_count; i++)
    {
        struct loader_node *node = &loading->nodes[i];

        if (!loading->graph.removed[i] || !node->clone) continue;
        IMFTopology_RemoveNode(loading->connector.topology, node->clone);
        IMFTopologyNode_Release(node->clone);
        node->clone = NULL;
    }
}

/* Leaves out an optional node; the connection that replaces its two is made anew. */
static BOOL leave_out_node(struct loading *loading, size_t number)
{
    struct topology_graph *graph = &loading->graph;
    size_t in;

    if (!(loading->nodes[number].method & MF_CONNECT_AS_OPTIONAL)) return FALSE;
    for (in = 0; in < graph->edge_count; in++)
        if (!graph->edges[in].removed && graph->edges[in].to == number) break;
    if (!topology_graph_bypass(graph, number)) return FALSE;
    unmake_edge(loading, in);
    remove_nodes(loading);
    return TRUE;
}

/* The first node at or above `number` with which an optional branch begins; the number of nodes where there is none. */
static size_t optional_branch(const struct loading *loading, size_t number)
{
    const struct topology_graph *graph = &loading->graph;

    while (!(loading->nodes[number].method & MF_CONNECT_AS_OPTIONAL_BRANCH))
    {
        size_t edge = 0;

        while (edge < graph->edge_count && (graph->edges[edge].removed || graph->edges[edge].to != number))
            edge++;
        if (edge == graph->edge_count) return graph->node_count;
        number = graph->edges[edge].from;
    }
    return number;
}

/* Whether the topology can do without what a connection failed for. Then it is left out. */
static BOOL leave_out(struct loading *loading, size_t edge)
{
    size_t from = loading->graph.edges[edge].from, to = loading->graph.edges[edge].to;
    size_t branch;

    if (!leave_out_node(loading, to) && !leave_out_node(loading, from))
    {
        if ((branch = optional_branch(loading, to)) == loading->graph.node_count) return FALSE;
        topology_graph_drop_branch(&loading->graph, branch);
        remove_nodes(loading);
    }
    loading->status |= MF_OPTIONAL_NODE_REJECTED_MEDIA_TYPE;
    return TRUE;
}

/* Tells on the partial topology's node what its connection failed for. */
static void tell_error(const struct loading *loading, size_t edge, HRESULT error)
{
    IMFTopologyNode *node = loading->nodes[loading->graph.edges[edge].to].node, *up;
    IMFMediaType *type;
    GUID guid;

    IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_ERRORCODE, (UINT32)error);
    up = loading->nodes[loading->graph.edges[edge].from].clone;
    if (error != MF_E_TOPO_CODEC_NOT_FOUND || !up) return;
    if (FAILED(MFGetTopoNodeCurrentType(up, loading->graph.edges[edge].output, TRUE, &type))) return;
    if (SUCCEEDED(IMFMediaType_GetMajorType(type, &guid)))
        IMFTopologyNode_SetGUID(node, &MF_TOPONODE_ERROR_MAJORTYPE, &guid);
    if (SUCCEEDED(IMFMediaType_GetGUID(type, &MF_MT_SUBTYPE, &guid)))
        IMFTopologyNode_SetGUID(node, &MF_TOPONODE_ERROR_SUBTYPE, &guid);
    IMFMediaType_Release(type);
}

/* The first edge in order that is still to be made; the number of edges when all are. */
static size_t next_edge(const struct loading *loading)
{
    for (size_t i = 0; i < loading->graph.edge_count; i++)
    {
        size_t edge = loading->graph.sorted[i];

        if (!loading->graph.edges[edge].removed && !loading->edges[edge].made) return edge;
    }
    return loading->graph.edge_count;
}

static HRESULT make_edges(struct loading *loading)
{
    HRESULT hr, first_error = S_OK;
    BOOL any = FALSE;
    size_t edge;

    while ((edge = next_edge(loading)) != loading->graph.edge_count)
    {
        if (SUCCEEDED(hr = make_edge(loading, edge))) continue;
        if (SUCCEEDED(first_error)) first_error = hr;
        if (leave_out(loading, edge)) continue;
        tell_error(loading, edge, hr);
        return hr;
    }
    for (size_t i = 0; i < loading->graph.edge_count; i++)
        any |= loading->edges[i].made;
    return any ? S_OK : first_error;
}

/* Transforms are made now; an optional one that cannot be is left out. */
static HRESULT bind_transforms(struct loading *loading)
{
    HRESULT hr;

    for (size_t i = 0; i < loading->graph.node_count; i++)
    {
        if (loading->nodes[i].type != MF_TOPOLOGY_TRANSFORM_NODE || !loading->nodes[i].clone) continue;
        if (SUCCEEDED(hr = topology_bind_transform(loading->nodes[i].clone, loading->current))) continue;
        CORK_WARN("no transform for node %zu: %#lx\n", i, hr);
        if (!leave_out_node(loading, i)) return hr;
        loading->status |= MF_OPTIONAL_NODE_REJECTED_MEDIA_TYPE;
    }
    return S_OK;
}

/* ---- The loader ------------------------------------------------------------------------------------------------- */

static HRESULT load(struct loading *loading)
{
    HRESULT hr;

    if (FAILED(hr = read_nodes(loading))) return hr;
    if (FAILED(hr = read_edges(loading))) return hr;
    if (FAILED(hr = check(loading))) return hr;
    if (FAILED(hr = clone_nodes(loading))) return hr;
    if (FAILED(hr = bind_transforms(loading))) return hr;
    if (FAILED(hr = make_edges(loading))) return hr;
    if (FAILED(hr = topology_finish(loading->connector.topology))) return hr;
    return IMFTopology_SetUINT32(loading->connector.topology, &MF_TOPOLOGY_RESOLUTION_STATUS, loading->status);
}

/* All but the full topology. */
static void free_loading(struct loading *loading)
{
    for (size_t i = 0; i < loading->node_count; i++)
    {
        if (loading->nodes[i].clone) IMFTopologyNode_Release(loading->nodes[i].clone);
        IMFTopologyNode_Release(loading->nodes[i].node);
    }
    transform_finder_free(&loading->connector.finder);
    topology_graph_free(&loading->graph);
    free(loading->nodes);
    free(loading->edges);
}

struct loader
{
    IMFTopoLoader IMFTopoLoader_iface;
    volatile LONG references;
};

static HRESULT WINAPI loader_Load(IMFTopoLoader *iface, IMFTopology *partial, IMFTopology **full, IMFTopology *current)
{
    struct loading loading = {.partial = partial, .current = current, .status = MF_TOPOLOGY_RESOLUTION_SUCCEEDED};
    HRESULT hr;

    CORK_TRACE("%p, %p, %p, %p\n", (void *)iface, (void *)partial, (void *)full, (void *)current);
    if (!partial || !full) return E_POINTER;
    hr = load(&loading);
    free_loading(&loading);
    if (SUCCEEDED(hr))
    {
        *full = loading.connector.topology;
        return hr;
    }
    CORK_WARN("topology %p: %#lx\n", (void *)partial, hr);
    if (loading.connector.topology) IMFTopology_Release(loading.connector.topology);
    *full = NULL;
    return hr;
}

static HRESULT WINAPI loader_QueryInterface(IMFTopoLoader *iface, REFIID iid, void **object)
{
    static const struct com_interface interfaces[] = {{&IID_IMFTopoLoader, 0}};

    return com_query(iface, interfaces, 1, iid, object);
}

static ULONG WINAPI loader_AddRef(IMFTopoLoader *iface)
{
    return (ULONG)InterlockedIncrement(&COM_OBJECT(iface, loader, IMFTopoLoader_iface)->references);
}

static ULONG WINAPI loader_Release(IMFTopoLoader *iface)
{
    struct loader *loader = COM_OBJECT(iface, loader, IMFTopoLoader_iface);
    ULONG references = (ULONG)InterlockedDecrement(&loader->references);

    if (!references) free(loader);
    return references;
}

static IMFTopoLoaderVtbl loader_vtbl = {
    .QueryInterface = loader_QueryInterface,
    .AddRef = loader_AddRef,
    .Release = loader_Release,
    .Load = loader_Load,
};

HRESULT WINAPI MFCreateTopoLoader(IMFTopoLoader **loader)
{
    struct loader *created;

    CORK_TRACE("%p\n", (void *)loader);
    if (!loader) return E_POINTER;
    *loader = NULL;
    if (!(created = calloc(1, sizeof(*created)))) return E_OUTOFMEMORY;
    created->IMFTopoLoader_iface.lpVtbl = &loader_vtbl;
    created->references = 1;
    *loader = &created->IMFTopoLoader_iface;
    return S_OK;
}

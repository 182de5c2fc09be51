/*
 * Topologies. Where Windows is known to differ from its documentation (Wine's tests of it ran on Windows), the checks
 * hold to Windows.
 */
#include "mf_test.h"

static IMFTopology *new_topology(void)
{
    IMFTopology *topology = NULL;

    pMFCreateTopology(&topology);
    return topology;
}

/* A node, in the topology if one is named. */
static IMFTopologyNode *new_node(IMFTopology *topology, MF_TOPOLOGY_TYPE type)
{
    IMFTopologyNode *node = NULL;

    pMFCreateTopologyNode(type, &node);
    if (node && topology) IMFTopology_AddNode(topology, node);
    return node;
}

static TOPOID id_of(IMFTopologyNode *node)
{
    TOPOID id = 0;

    IMFTopologyNode_GetTopoNodeID(node, &id);
    return id;
}

static TOPOID topology_id(IMFTopology *topology)
{
    TOPOID id = 0;

    IMFTopology_GetTopologyID(topology, &id);
    return id;
}

static WORD count_of(IMFTopology *topology)
{
    WORD count = 0xffff;

    IMFTopology_GetNodeCount(topology, &count);
    return count;
}

static void creation(void)
{
    IMFTopology *topology = NULL, *other = NULL;
    IMFAttributes *attributes = NULL;
    UINT32 count = 1;
    TOPOID id = 0;

    CHECK(MFCreateTopology, S_OK, "The function succeeded.", OK(pMFCreateTopology(&topology)) && topology);
    if (!topology) return;
    CHECK(MFCreateTopology, E_POINTER, "Receives a pointer to the IMFTopology interface of the topology object.",
          GIVES(E_POINTER, pMFCreateTopology(NULL)));
    CHECK(IMFTopology_GetNodeCount, empty, "Initially, the topology does not contain any nodes.", !count_of(topology));
    CHECK(IMFTopology_GetTopologyID, S_OK, "Receives the identifier, as a TOPOID value.",
          OK(IMFTopology_GetTopologyID(topology, &id)) && id);
    other = new_topology();
    CHECK(IMFTopology_GetTopologyID, unique, "Gets the identifier of the topology.", topology_id(other) != id);
    CHECK(MFCreateTopology, attributes, "IMFTopology inherits from IMFAttributes.",
          OK(IMFTopology_QueryInterface(topology, &IID_IMFAttributes, (void **)&attributes)) &&
              OK(IMFAttributes_GetCount(attributes, &count)) && !count);
    drop(&attributes);
    drop(&other);
    CHECK(MFCreateTopology, reference, "The caller must release the interface.", gone(&topology));
}

static void adding(void)
{
    IMFTopology *topology = new_topology();
    IMFTopologyNode *node = new_node(NULL, MF_TOPOLOGY_TEE_NODE), *same = new_node(NULL, MF_TOPOLOGY_OUTPUT_NODE);
    WORD count = 0;

    CHECK(IMFTopology_AddNode, S_OK, "The method succeeded.",
          OK(IMFTopology_AddNode(topology, node)) && references(node) == 2);
    CHECK(IMFTopology_GetNodeCount, S_OK, "Receives the number of nodes.",
          OK(IMFTopology_GetNodeCount(topology, &count)) && count == 1);
    CHECK(IMFTopology_AddNode, E_INVALIDARG,
          "pNode is invalid, possibly because the node already exists in the topology.",
          GIVES(E_INVALIDARG, IMFTopology_AddNode(topology, node)));
    IMFTopologyNode_SetTopoNodeID(same, id_of(node));
    CHECK(IMFTopology_AddNode, same_id, "Within a topology, each node identifier should be unique.",
          GIVES(E_INVALIDARG, IMFTopology_AddNode(topology, same)) && references(same) == 1);
    CHECK(IMFTopology_AddNode, E_POINTER, "Pointer to the node's IMFTopologyNode interface.",
          GIVES(E_POINTER, IMFTopology_AddNode(topology, NULL)));
    CHECK(IMFTopology_GetNodeCount, E_POINTER, "Receives the number of nodes.",
          GIVES(E_POINTER, IMFTopology_GetNodeCount(topology, NULL)));
    drop(&same);
    drop(&topology);
    CHECK(IMFTopology_Clear, automatic, "The Clear method is called automatically when the topology is destroyed.",
          gone(&node));
}

static void finding(void)
{
    IMFTopology *topology = new_topology();
    IMFTopologyNode *first = new_node(topology, MF_TOPOLOGY_TEE_NODE), *found = NULL;
    IMFTopologyNode *second = new_node(topology, MF_TOPOLOGY_TRANSFORM_NODE);

    CHECK(IMFTopology_GetNode, S_OK, "Gets a node in the topology, specified by index.",
          OK(IMFTopology_GetNode(topology, 1, &found)) && found == second);
    drop(&found);
    CHECK(IMFTopology_GetNode, MF_E_INVALIDINDEX, "No node can be found at the index wIndex.",
          GIVES(MF_E_INVALIDINDEX, IMFTopology_GetNode(topology, 2, &found)) && !found);
    CHECK(IMFTopology_GetNode, E_POINTER, "Receives a pointer to the node's IMFTopologyNode interface.",
          GIVES(E_POINTER, IMFTopology_GetNode(topology, 0, NULL)));
    CHECK(IMFTopology_GetNodeByID, S_OK, "Gets a node in the topology, specified by node identifier.",
          OK(IMFTopology_GetNodeByID(topology, id_of(first), &found)) && found == first);
    drop(&found);
    IMFTopologyNode_SetTopoNodeID(first, 12345);
    CHECK(IMFTopology_GetNodeByID, changed_id, "Sets the identifier for the node.",
          OK(IMFTopology_GetNodeByID(topology, 12345, &found)) && found == first);
    drop(&found);
    CHECK(IMFTopology_GetNodeByID, MF_E_NOT_FOUND, "The topology does not contain a node with this identifier.",
          GIVES(MF_E_NOT_FOUND, IMFTopology_GetNodeByID(topology, 54321, &found)) && !found);
    drop(&topology);
    drop(&first);
    drop(&second);
}

static void removing(void)
{
    IMFTopology *topology = new_topology();
    IMFTopologyNode *source = new_node(topology, MF_TOPOLOGY_SOURCESTREAM_NODE), *peer = NULL;
    IMFTopologyNode *sink = new_node(topology, MF_TOPOLOGY_OUTPUT_NODE);
    IMFTopologyNode *stranger = new_node(NULL, MF_TOPOLOGY_OUTPUT_NODE);
    DWORD input;

    IMFTopologyNode_ConnectOutput(source, 0, sink, 0);
    CHECK(IMFTopology_RemoveNode, E_INVALIDARG, "The specified node is not a member of this topology.",
          GIVES(E_INVALIDARG, IMFTopology_RemoveNode(topology, stranger)));
    CHECK(IMFTopology_RemoveNode, S_OK, "The method succeeded.",
          OK(IMFTopology_RemoveNode(topology, sink)) && count_of(topology) == 1);
    CHECK(IMFTopology_RemoveNode, stays,
          "This method does not destroy the node, so the IMFTopologyNode pointer is still valid after the method "
          "returns.",
          references(sink) == 1);
    CHECK(IMFTopology_RemoveNode, connections,
          "The method breaks any connections between the specified node and other nodes.",
          GIVES(MF_E_NOT_FOUND, IMFTopologyNode_GetOutput(source, 0, &peer, &input)));
    IMFTopology_AddNode(topology, sink);
    IMFTopologyNode_ConnectOutput(source, 0, sink, 0);
    CHECK(IMFTopology_Clear, S_OK, "Removes all nodes from the topology.",
          OK(IMFTopology_Clear(topology)) && !count_of(topology) && references(source) == 1 && references(sink) == 1);
    drop(&topology);
    drop(&source);
    drop(&sink);
    drop(&stranger);
}

/* How many elements the collection has, and whether the last one is the node. */
static int holds(IMFCollection *collection, DWORD count, IMFTopologyNode *node)
{
    IMFTopologyNode *element_node = NULL;
    IUnknown *element = NULL;
    DWORD found = 0;
    int same;

    if (!collection || FAILED(IMFCollection_GetElementCount(collection, &found)) || found != count) return 0;
    if (!count) return 1;
    IMFCollection_GetElement(collection, count - 1, &element);
    if (element) IUnknown_QueryInterface(element, &IID_IMFTopologyNode, (void **)&element_node);
    same = element_node == node;
    drop(&element);
    drop(&element_node);
    return same;
}

static void collections(void)
{
    IMFTopology *topology = new_topology();
    IMFCollection *sources = NULL, *outputs = NULL;
    IMFTopologyNode *source, *output;

    CHECK(IMFTopology_GetSourceNodeCollection, empty, "The collection might be empty.",
          OK(IMFTopology_GetSourceNodeCollection(topology, &sources)) && holds(sources, 0, NULL));
    CHECK(IMFTopology_GetOutputNodeCollection, empty, "The collection might be empty.",
          OK(IMFTopology_GetOutputNodeCollection(topology, &outputs)) && holds(outputs, 0, NULL));
    CHECK(IMFTopology_GetSourceNodeCollection, reference, "The caller must release the pointer.", gone(&sources));
    drop(&outputs);
    source = new_node(topology, MF_TOPOLOGY_SOURCESTREAM_NODE);
    output = new_node(topology, MF_TOPOLOGY_OUTPUT_NODE);
    drop(&(IMFTopologyNode *){new_node(topology, MF_TOPOLOGY_TEE_NODE)});
    CHECK(IMFTopology_GetSourceNodeCollection, S_OK,
          "The collection contains IUnknown pointers to all of the source nodes in the topology.",
          OK(IMFTopology_GetSourceNodeCollection(topology, &sources)) && holds(sources, 1, source));
    CHECK(IMFTopology_GetOutputNodeCollection, S_OK,
          "The collection contains IUnknown pointers to all of the output nodes in the topology.",
          OK(IMFTopology_GetOutputNodeCollection(topology, &outputs)) && holds(outputs, 1, output));
    CHECK(IMFTopology_GetSourceNodeCollection, E_POINTER, "Receives a pointer to the IMFCollection interface.",
          GIVES(E_POINTER, IMFTopology_GetSourceNodeCollection(topology, NULL)));
    drop(&sources);
    drop(&outputs);
    drop(&topology);
    drop(&source);
    drop(&output);
}

static void cloning(void)
{
    IMFTopology *topology = new_topology(), *clone = new_topology();
    IMFTopologyNode *source = new_node(topology, MF_TOPOLOGY_SOURCESTREAM_NODE), *copy = NULL, *peer = NULL;
    IMFTopologyNode *tee = new_node(topology, MF_TOPOLOGY_TEE_NODE);
    IMFTopologyNode *sink = new_node(topology, MF_TOPOLOGY_OUTPUT_NODE);
    IMFTopologyNode *old = new_node(clone, MF_TOPOLOGY_OUTPUT_NODE);
    DWORD input = 0;
    UINT32 value = 0;

    IMFTopologyNode_ConnectOutput(source, 0, tee, 0);
    IMFTopologyNode_ConnectOutput(tee, 3, sink, 1);
    IMFTopology_SetUINT32(topology, &MF_TOPOLOGY_PROJECTSTART, 7);
    IMFTopology_SetUINT32(clone, &MF_TOPOLOGY_PROJECTSTOP, 8);
    CHECK(IMFTopology_CloneFrom, S_OK, "If this method succeeds, it returns S_OK.",
          OK(IMFTopology_CloneFrom(clone, topology)));
    CHECK(IMFTopology_CloneFrom, removes, "Removes all of the nodes from this topology.",
          count_of(clone) == 3 && references(old) == 1);
    CHECK(IMFTopology_CloneFrom, ids,
          "Clones the nodes from pTopology and adds them to this topology. The cloned nodes have the same node "
          "identifiers as the nodes from pTopology.",
          OK(IMFTopology_GetNodeByID(clone, id_of(tee), &copy)) && copy != tee);
    CHECK(IMFTopology_CloneFrom, connections, "Connects the cloned nodes to match the connections in pTopology.",
          copy && OK(IMFTopologyNode_GetOutput(copy, 3, &peer, &input)) && input == 1 && peer != sink &&
              id_of(peer) == id_of(sink));
    drop(&peer);
    CHECK(IMFTopology_CloneFrom, inner, "Connects the cloned nodes to match the connections in pTopology.",
          copy && OK(IMFTopologyNode_GetInput(copy, 0, &peer, &input)) && peer != source &&
              id_of(peer) == id_of(source));
    drop(&peer);
    CHECK(IMFTopology_CloneFrom, attributes, "Copies the attributes from pTopology to this topology.",
          OK(IMFTopology_GetUINT32(clone, &MF_TOPOLOGY_PROJECTSTART, &value)) && value == 7 &&
              GIVES(MF_E_ATTRIBUTENOTFOUND, IMFTopology_GetUINT32(clone, &MF_TOPOLOGY_PROJECTSTOP, &value)));
    CHECK(IMFTopology_CloneFrom, id, "Copies the topology identifier from pTopology to this topology.",
          topology_id(clone) == topology_id(topology));
    CHECK(IMFTopology_CloneFrom, itself, "Converts this topology into a copy of another topology.",
          OK(IMFTopology_CloneFrom(clone, clone)) && count_of(clone) == 3);
    drop(&copy);
    CHECK(IMFTopology_CloneFrom, apart, "Clones the nodes from pTopology.",
          gone(&clone) && count_of(topology) == 3 && OK(IMFTopologyNode_GetOutput(source, 0, &peer, &input)));
    drop(&peer);
    drop(&topology);
    drop(&source);
    drop(&tee);
    drop(&sink);
    drop(&old);
}

/* A node of other code's: its methods are those of a real one behind it. */
struct foreign_node
{
    IMFTopologyNode IMFTopologyNode_iface;
    IMFTopologyNode *real;
};

static HRESULT WINAPI foreign_QueryInterface(IMFTopologyNode *iface, REFIID iid, void **object)
{
    (void)iid;
    *object = iface;
    return S_OK;
}

static ULONG WINAPI foreign_count(IMFTopologyNode *iface)
{
    (void)iface;
    return 1;
}

static HRESULT WINAPI foreign_GetTopoNodeID(IMFTopologyNode *iface, TOPOID *id)
{
    return IMFTopologyNode_GetTopoNodeID(((struct foreign_node *)iface)->real, id);
}

static HRESULT WINAPI foreign_GetNodeType(IMFTopologyNode *iface, MF_TOPOLOGY_TYPE *type)
{
    return IMFTopologyNode_GetNodeType(((struct foreign_node *)iface)->real, type);
}

static HRESULT WINAPI foreign_streams(IMFTopologyNode *iface, DWORD *count)
{
    (void)iface;
    *count = 0;
    return S_OK;
}

static void foreign_nodes(void)
{
    IMFTopology *topology = new_topology();
    IMFTopologyNode *node = new_node(NULL, MF_TOPOLOGY_OUTPUT_NODE), *found = NULL;
    IMFTopologyNode *own = new_node(topology, MF_TOPOLOGY_SOURCESTREAM_NODE);
    IMFTopologyNodeVtbl methods = *node->lpVtbl;
    struct foreign_node foreign = {{&methods}, node};
    IMFCollection *outputs = NULL;

    methods.QueryInterface = foreign_QueryInterface;
    methods.AddRef = foreign_count;
    methods.Release = foreign_count;
    methods.GetTopoNodeID = foreign_GetTopoNodeID;
    methods.GetNodeType = foreign_GetNodeType;
    methods.GetInputCount = foreign_streams;
    methods.GetOutputCount = foreign_streams;
    CHECK(IMFTopology_AddNode, foreign, "Pointer to the node's IMFTopologyNode interface.",
          OK(IMFTopology_AddNode(topology, &foreign.IMFTopologyNode_iface)));
    CHECK(IMFTopology_GetNodeByID, foreign, "Gets a node in the topology, specified by node identifier.",
          OK(IMFTopology_GetNodeByID(topology, id_of(node), &found)) && found == &foreign.IMFTopologyNode_iface);
    CHECK(IMFTopology_GetOutputNodeCollection, foreign, "Gets the output nodes in the topology.",
          OK(IMFTopology_GetOutputNodeCollection(topology, &outputs)) &&
              holds(outputs, 1, &foreign.IMFTopologyNode_iface));
    drop(&outputs);
    CHECK(IMFTopologyNode_ConnectOutput, foreign, "Pointer to the IMFTopologyNode interface of the node to connect to.",
          GIVES(E_UNEXPECTED, IMFTopologyNode_ConnectOutput(own, 0, &foreign.IMFTopologyNode_iface, 0)));
    CHECK(IMFTopology_RemoveNode, foreign, "Removes a node from the topology.",
          OK(IMFTopology_RemoveNode(topology, &foreign.IMFTopologyNode_iface)) && count_of(topology) == 1);
    drop(&topology);
    drop(&own);
    drop(&node);
}

/* Two threads make and break the same connections from both sides, while a third one walks along them. */
struct race
{
    IMFTopologyNode *a, *b;
    volatile LONG stop;
};

static DWORD WINAPI reconnect(void *context)
{
    struct race *race = context;

    for (int i = 0; i < 20000; i++)
    {
        IMFTopologyNode_ConnectOutput(race->a, 0, race->b, 0);
        IMFTopologyNode_DisconnectOutput(race->b, 0);
    }
    return 0;
}

static DWORD WINAPI reconnect_backwards(void *context)
{
    struct race *race = context, turned = {race->b, race->a, 0};

    return reconnect(&turned);
}

static DWORD WINAPI walk(void *context)
{
    struct race *race = context;
    IMFTopologyNode *peer;
    DWORD stream;

    while (!race->stop)
    {
        if (SUCCEEDED(IMFTopologyNode_GetOutput(race->a, 0, &peer, &stream))) IMFTopologyNode_Release(peer);
        if (SUCCEEDED(IMFTopologyNode_GetInput(race->b, 0, &peer, &stream))) IMFTopologyNode_Release(peer);
    }
    return 0;
}

static void threads(void)
{
    struct race race = {new_node(NULL, MF_TOPOLOGY_TEE_NODE), new_node(NULL, MF_TOPOLOGY_TEE_NODE), 0};
    HANDLE workers[2] = {CreateThread(NULL, 0, reconnect, &race, 0, NULL),
                         CreateThread(NULL, 0, reconnect_backwards, &race, 0, NULL)};
    HANDLE walker = CreateThread(NULL, 0, walk, &race, 0, NULL);

    WaitForMultipleObjects(2, workers, TRUE, INFINITE);
    InterlockedExchange(&race.stop, 1);
    WaitForSingleObject(walker, INFINITE);
    for (int i = 0; i < 2; i++)
        CloseHandle(workers[i]);
    CloseHandle(walker);
    IMFTopologyNode_DisconnectOutput(race.a, 0);
    IMFTopologyNode_DisconnectOutput(race.b, 0);
    CHECK(IMFTopologyNode_ConnectOutput, threads,
          "Connects an output stream from this node to the input stream of "
          "another node.",
          references(race.a) == 1 && references(race.b) == 1);
    drop(&race.a);
    drop(&race.b);
}

static const struct test_case cases[] = {
    {"creation", creation},           {"adding", adding},           {"finding", finding},
    {"removing", removing},           {"collections", collections}, {"cloning", cloning},
    {"foreign_nodes", foreign_nodes}, {"threads", threads},         {NULL, NULL},
};
const struct group topology_group = {"topology", __FILE__, cases};

/*
 * Topology nodes. Where Windows is known to differ from its documentation (Wine's tests of it ran on Windows), the
 * checks hold to Windows.
 */
#include "mf_rig.h"
#include "mf_test.h"

static IMFTopologyNode *new_node(MF_TOPOLOGY_TYPE type)
{
    IMFTopologyNode *node = NULL;

    pMFCreateTopologyNode(type, &node);
    return node;
}

static IMFMediaType *new_type(void)
{
    IMFMediaType *type = NULL;

    MFCreateMediaType(&type);
    return type;
}

static TOPOID id_of(IMFTopologyNode *node)
{
    TOPOID id = 0;

    IMFTopologyNode_GetTopoNodeID(node, &id);
    return id;
}

static DWORD inputs_of(IMFTopologyNode *node)
{
    DWORD count = 0xffff;

    IMFTopologyNode_GetInputCount(node, &count);
    return count;
}

static DWORD outputs_of(IMFTopologyNode *node)
{
    DWORD count = 0xffff;

    IMFTopologyNode_GetOutputCount(node, &count);
    return count;
}

static void creation(void)
{
    IMFTopologyNode *node = NULL, *other = new_node(MF_TOPOLOGY_TEE_NODE);
    MF_TOPOLOGY_TYPE type = MF_TOPOLOGY_MAX;
    UINT32 count = 1;
    TOPOID id = 0;

    CHECK(MFCreateTopologyNode, S_OK, "If this function succeeds, it returns S_OK.",
          OK(pMFCreateTopologyNode(MF_TOPOLOGY_TRANSFORM_NODE, &node)) && node);
    if (!node) return;
    CHECK(MFCreateTopologyNode, E_POINTER, "Receives a pointer to the node's IMFTopologyNode interface.",
          GIVES(E_POINTER, pMFCreateTopologyNode(MF_TOPOLOGY_TEE_NODE, NULL)));
    CHECK(IMFTopologyNode_GetNodeType, S_OK,
          "Receives the node type, specified as a member of the MF_TOPOLOGY_TYPE "
          "enumeration.",
          OK(IMFTopologyNode_GetNodeType(node, &type)) && type == MF_TOPOLOGY_TRANSFORM_NODE);
    CHECK(IMFTopologyNode_GetTopoNodeID, S_OK, "When a node is first created, it is assigned an identifier.",
          OK(IMFTopologyNode_GetTopoNodeID(node, &id)) && id && id != id_of(other));
    CHECK(IMFTopologyNode_SetTopoNodeID, S_OK, "Sets the identifier for the node.",
          OK(IMFTopologyNode_SetTopoNodeID(node, 4711)) && id_of(node) == 4711);
    CHECK(MFCreateTopologyNode, attributes, "(IMFTopologyNode inherits from IMFAttributes; a new node has none.)",
          OK(IMFTopologyNode_GetCount(node, &count)) && !count);
    CHECK(MFCreateTopologyNode, reference, "The caller must release the interface.", gone(&node));
    drop(&other);
}

static void object(void)
{
    IMFTopologyNode *node = new_node(MF_TOPOLOGY_TRANSFORM_NODE);
    IMFMediaType *held = new_type();
    IUnknown *found = NULL;

    CHECK(IMFTopologyNode_GetObject, E_FAIL, "There is no object associated with this node.",
          GIVES(E_FAIL, IMFTopologyNode_GetObject(node, &found)) && !found);
    CHECK(IMFTopologyNode_SetObject, S_OK, "Sets the object associated with this node.",
          OK(IMFTopologyNode_SetObject(node, (IUnknown *)held)) && references(held) == 2);
    CHECK(IMFTopologyNode_GetObject, S_OK, "Gets the object associated with this node.",
          OK(IMFTopologyNode_GetObject(node, &found)) && found == (IUnknown *)held);
    drop(&found);
    CHECK(IMFTopologyNode_SetObject, null, "Use the value NULL to clear an object that was previous set.",
          OK(IMFTopologyNode_SetObject(node, NULL)) && references(held) == 1 &&
              GIVES(E_FAIL, IMFTopologyNode_GetObject(node, &found)));
    CHECK(IMFTopologyNode_GetObject, E_POINTER, "Receives a pointer to the object's IUnknown interface.",
          GIVES(E_POINTER, IMFTopologyNode_GetObject(node, NULL)));
    drop(&node);
    drop(&held);
}

/* An object with IPersist. */
static const CLSID persist_class = {0x1b2c3d4e, 0x1122, 0x3344, {1, 2, 3, 4, 5, 6, 7, 8}};

static HRESULT WINAPI persist_QueryInterface(IPersist *iface, REFIID iid, void **object)
{
    if (IsEqualIID(iid, &IID_IPersist) || IsEqualIID(iid, &IID_IUnknown))
    {
        *object = iface;
        return S_OK;
    }
    *object = NULL;
    return E_NOINTERFACE;
}

static ULONG WINAPI persist_count(IPersist *iface)
{
    (void)iface;
    return 1;
}

static HRESULT WINAPI persist_GetClassID(IPersist *iface, CLSID *class_id)
{
    (void)iface;
    *class_id = persist_class;
    return S_OK;
}

static void object_class(void)
{
    static IPersistVtbl methods = {persist_QueryInterface, persist_count, persist_count, persist_GetClassID};
    static const GUID other_class = {0x99, 0, 0, {0}};
    IMFTopologyNode *node = new_node(MF_TOPOLOGY_TRANSFORM_NODE);
    IPersist persist = {&methods};
    GUID found;

    CHECK(
        IMFTopologyNode_SetObject, class,
        "If the object supports IPersist, IPersistStorage, or IPersistPropertyBag, the method gets the object's CLSID "
        "and sets the MF_TOPONODE_TRANSFORM_OBJECTID attribute on the node.",
        OK(IMFTopologyNode_SetObject(node, (IUnknown *)&persist)) &&
            OK(IMFTopologyNode_GetGUID(node, &MF_TOPONODE_TRANSFORM_OBJECTID, &found)) &&
            IsEqualGUID(&found, &persist_class));
    IMFTopologyNode_SetGUID(node, &MF_TOPONODE_TRANSFORM_OBJECTID, &other_class);
    CHECK(IMFTopologyNode_SetObject, class_set,
          "If you set this attribute, you do not have to call IMFTopologyNode::SetObject (one that is set stays).",
          OK(IMFTopologyNode_SetObject(node, (IUnknown *)&persist)) &&
              OK(IMFTopologyNode_GetGUID(node, &MF_TOPONODE_TRANSFORM_OBJECTID, &found)) &&
              IsEqualGUID(&found, &other_class));
    drop(&node);
}

static void connecting(void)
{
    IMFTopologyNode *source = new_node(MF_TOPOLOGY_SOURCESTREAM_NODE), *sink = new_node(MF_TOPOLOGY_OUTPUT_NODE);
    IMFTopologyNode *tee = new_node(MF_TOPOLOGY_TEE_NODE), *peer = NULL;
    DWORD stream = 9;

    CHECK(IMFTopologyNode_GetOutput, E_INVALIDARG, "The index is out of range.",
          GIVES(E_INVALIDARG, IMFTopologyNode_GetOutput(source, 0, &peer, &stream)));
    CHECK(IMFTopologyNode_GetInput, E_INVALIDARG, "The index is out of range.",
          GIVES(E_INVALIDARG, IMFTopologyNode_GetInput(sink, 0, &peer, &stream)));
    CHECK(IMFTopologyNode_ConnectOutput, S_OK,
          "Connects an output stream from this node to the input stream of "
          "another node.",
          OK(IMFTopologyNode_ConnectOutput(source, 1, sink, 2)));
    CHECK(IMFTopologyNode_ConnectOutput, streams,
          "If dwOutputIndex or dwInputIndexOnDownstreamNode specify streams that do not exist yet, the method adds as "
          "many streams as needed.",
          outputs_of(source) == 2 && inputs_of(sink) == 3);
    CHECK(IMFTopologyNode_GetOutput, S_OK,
          "Retrieves the node that is connected to a specified output stream on this node.",
          OK(IMFTopologyNode_GetOutput(source, 1, &peer, &stream)) && peer == sink && stream == 2);
    drop(&peer);
    CHECK(IMFTopologyNode_GetInput, S_OK,
          "Retrieves the node that is connected to a specified input stream on this node.",
          OK(IMFTopologyNode_GetInput(sink, 2, &peer, &stream)) && peer == source && stream == 1);
    drop(&peer);
    CHECK(IMFTopologyNode_GetOutput, MF_E_NOT_FOUND, "The specified input stream is not connected to another node.",
          GIVES(MF_E_NOT_FOUND, IMFTopologyNode_GetOutput(source, 0, &peer, &stream)));
    CHECK(IMFTopologyNode_GetInput, MF_E_NOT_FOUND, "The specified input stream is not connected to another node.",
          GIVES(MF_E_NOT_FOUND, IMFTopologyNode_GetInput(sink, 0, &peer, &stream)));
    CHECK(IMFTopologyNode_GetOutputCount, S_OK, "(the number of output streams)", outputs_of(source) == 2);
    CHECK(IMFTopologyNode_GetInputCount, S_OK, "(the number of input streams)", inputs_of(sink) == 3);
    CHECK(IMFTopologyNode_ConnectOutput, replaces,
          "If the node is already connected at the specified output, the method breaks the existing connection.",
          OK(IMFTopologyNode_ConnectOutput(source, 1, tee, 0)) &&
              GIVES(MF_E_NOT_FOUND, IMFTopologyNode_GetInput(sink, 2, &peer, &stream)));
    CHECK(IMFTopologyNode_ConnectOutput, E_FAIL,
          "An output node cannot have any output connections. If you call this method on an output node, the method "
          "returns E_FAIL.",
          GIVES(E_FAIL, IMFTopologyNode_ConnectOutput(sink, 0, tee, 1)));
    CHECK(IMFTopologyNode_ConnectOutput, E_INVALIDARG,
          "A node cannot be connected to itself. If pDownstreamNode specifies the same node as the method call, the "
          "method returns E_INVALIDARG.",
          GIVES(E_INVALIDARG, IMFTopologyNode_ConnectOutput(tee, 0, tee, 1)));
    CHECK(IMFTopologyNode_ConnectOutput, to_source, "A source node cannot have any inputs.",
          GIVES(E_FAIL, IMFTopologyNode_ConnectOutput(tee, 0, source, 0)));
    drop(&sink);
    IMFTopologyNode_DisconnectOutput(source, 1);
    drop(&source);
    CHECK(IMFTopologyNode_DisconnectOutput, references,
          "If the specified output stream is connected to another node, "
          "this method breaks the connection.",
          gone(&tee));
}

static void disconnecting(void)
{
    IMFTopologyNode *source = new_node(MF_TOPOLOGY_SOURCESTREAM_NODE), *sink = new_node(MF_TOPOLOGY_OUTPUT_NODE);

    IMFTopologyNode_ConnectOutput(source, 1, sink, 0);
    CHECK(IMFTopologyNode_DisconnectOutput, E_INVALIDARG, "The dwOutputIndex parameter is out of range.",
          GIVES(E_INVALIDARG, IMFTopologyNode_DisconnectOutput(source, 2)));
    CHECK(IMFTopologyNode_DisconnectOutput, MF_E_NOT_FOUND,
          "The specified output stream is not connected to another node.",
          GIVES(MF_E_NOT_FOUND, IMFTopologyNode_DisconnectOutput(source, 0)));
    CHECK(IMFTopologyNode_DisconnectOutput, S_OK, "Disconnects an output stream on this node.",
          OK(IMFTopologyNode_DisconnectOutput(source, 1)) && references(sink) == 1 && references(source) == 1);
    drop(&source);
    drop(&sink);
}

static void preferred_outputs(void)
{
    IMFTopologyNode *source = new_node(MF_TOPOLOGY_SOURCESTREAM_NODE), *sink = new_node(MF_TOPOLOGY_OUTPUT_NODE);
    IMFMediaType *type = new_type(), *found = NULL;

    CHECK(IMFTopologyNode_GetOutputPrefType, E_INVALIDARG, "Invalid stream index.",
          GIVES(E_INVALIDARG, IMFTopologyNode_GetOutputPrefType(source, 0, &found)));
    CHECK(IMFTopologyNode_SetOutputPrefType, S_OK, "Sets the preferred media type for an output stream on this node.",
          OK(IMFTopologyNode_SetOutputPrefType(source, 2, type)));
    CHECK(IMFTopologyNode_SetOutputPrefType, streams,
          "If no output stream exists at the specified index, the method creates new streams up to and including the "
          "specified index number.",
          outputs_of(source) == 3);
    CHECK(IMFTopologyNode_GetOutputPrefType, S_OK,
          "Retrieves the preferred media type for an output stream on this node.",
          OK(IMFTopologyNode_GetOutputPrefType(source, 2, &found)) && found == type);
    drop(&found);
    CHECK(IMFTopologyNode_GetOutputPrefType, E_FAIL, "This node does not have a preferred output type.",
          GIVES(E_FAIL, IMFTopologyNode_GetOutputPrefType(source, 0, &found)) && !found);
    CHECK(IMFTopologyNode_SetOutputPrefType, E_NOTIMPL,
          "Output nodes cannot have outputs. If this method is called on an output node, it returns E_NOTIMPL",
          GIVES(E_NOTIMPL, IMFTopologyNode_SetOutputPrefType(sink, 0, type)));
    CHECK(IMFTopologyNode_GetOutputPrefType, E_NOTIMPL,
          "Output nodes cannot have outputs. If this method is called on an output node, it returns E_NOTIMPL.",
          GIVES(E_NOTIMPL, IMFTopologyNode_GetOutputPrefType(sink, 0, &found)));
    drop(&source);
    drop(&sink);
    CHECK(IMFTopologyNode_SetOutputPrefType, reference,
          "Sets the preferred media type for an output stream on this "
          "node.",
          gone(&type));
}

static void preferred_inputs(void)
{
    IMFTopologyNode *source = new_node(MF_TOPOLOGY_SOURCESTREAM_NODE), *sink = new_node(MF_TOPOLOGY_OUTPUT_NODE);
    IMFTopologyNode *tee = new_node(MF_TOPOLOGY_TEE_NODE);
    IMFMediaType *type = new_type(), *found = NULL;

    CHECK(IMFTopologyNode_GetInputPrefType, E_INVALIDARG, "Invalid stream index.",
          GIVES(E_INVALIDARG, IMFTopologyNode_GetInputPrefType(sink, 0, &found)));
    CHECK(IMFTopologyNode_SetInputPrefType, S_OK, "Sets the preferred media type for an input stream on this node.",
          OK(IMFTopologyNode_SetInputPrefType(sink, 1, type)));
    CHECK(IMFTopologyNode_SetInputPrefType, streams,
          "If no input stream exists at the specified index, the method creates new streams up to and including the "
          "specified index number.",
          inputs_of(sink) == 2);
    CHECK(IMFTopologyNode_GetInputPrefType, S_OK,
          "Retrieves the preferred media type for an input stream on this node.",
          OK(IMFTopologyNode_GetInputPrefType(sink, 1, &found)) && found == type);
    drop(&found);
    CHECK(IMFTopologyNode_GetInputPrefType, E_FAIL, "This node does not have a preferred input type.",
          GIVES(E_FAIL, IMFTopologyNode_GetInputPrefType(sink, 0, &found)) && !found);
    CHECK(IMFTopologyNode_SetInputPrefType, E_NOTIMPL,
          "Source nodes cannot have inputs. If this method is called on a source node, it returns E_NOTIMPL.",
          GIVES(E_NOTIMPL, IMFTopologyNode_SetInputPrefType(source, 0, type)));
    CHECK(IMFTopologyNode_GetInputPrefType, E_NOTIMPL,
          "Source nodes cannot have inputs. If this method is called on a source node, it returns E_NOTIMPL.",
          GIVES(E_NOTIMPL, IMFTopologyNode_GetInputPrefType(source, 0, &found)));
    CHECK(IMFTopologyNode_SetInputPrefType, tee, "A tee node has one input and multiple outputs.",
          OK(IMFTopologyNode_SetInputPrefType(tee, 0, type)) && !inputs_of(tee) &&
              GIVES(MF_E_INVALIDTYPE, IMFTopologyNode_SetInputPrefType(tee, 1, type)));
    CHECK(IMFTopologyNode_GetInputPrefType, tee, "A tee node has one input and multiple outputs.",
          OK(IMFTopologyNode_GetInputPrefType(tee, 0, &found)) && found == type);
    drop(&found);
    IMFTopologyNode_ConnectOutput(source, 0, tee, 0);
    CHECK(IMFTopologyNode_ConnectOutput, tee_type, "(a tee's type stays when its input is connected)",
          OK(IMFTopologyNode_GetInputPrefType(tee, 0, &found)) && found == type && inputs_of(tee) == 1);
    drop(&found);
    IMFTopologyNode_DisconnectOutput(source, 0);
    drop(&source);
    drop(&sink);
    drop(&tee);
    drop(&type);
}

static void cloning(void)
{
    IMFTopologyNode *node = new_node(MF_TOPOLOGY_TEE_NODE), *clone = new_node(MF_TOPOLOGY_TEE_NODE), *peer = NULL;
    IMFTopologyNode *sink = new_node(MF_TOPOLOGY_OUTPUT_NODE);
    IMFMediaType *input = new_type(), *output = new_type(), *found = NULL;
    IUnknown *object_found = NULL;
    UINT32 value = 0;
    DWORD stream;

    IMFTopologyNode_SetObject(node, (IUnknown *)input);
    IMFTopologyNode_SetInputPrefType(node, 0, input);
    IMFTopologyNode_SetOutputPrefType(node, 1, output);
    IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_PRIMARYOUTPUT, 1);
    IMFTopologyNode_ConnectOutput(node, 0, sink, 0);
    CHECK(IMFTopologyNode_CloneFrom, MF_E_INVALIDREQUEST, "The node types do not match.",
          GIVES(MF_E_INVALIDREQUEST, IMFTopologyNode_CloneFrom(sink, node)));
    CHECK(IMFTopologyNode_CloneFrom, S_OK, "Copies the data from another topology node into this node.",
          OK(IMFTopologyNode_CloneFrom(clone, node)));
    CHECK(IMFTopologyNode_CloneFrom, object,
          "This method copies the object pointer, preferred types, and attributes from pNode to this node.",
          OK(IMFTopologyNode_GetObject(clone, &object_found)) && object_found == (IUnknown *)input);
    drop(&object_found);
    CHECK(IMFTopologyNode_CloneFrom, output_type,
          "This method copies the object pointer, preferred types, and attributes from pNode to this node.",
          OK(IMFTopologyNode_GetOutputPrefType(clone, 1, &found)) && found == output);
    drop(&found);
    CHECK(IMFTopologyNode_CloneFrom, input_type,
          "This method copies the object pointer, preferred types, and attributes from pNode to this node.",
          OK(IMFTopologyNode_GetInputPrefType(clone, 0, &found)) && found == input);
    drop(&found);
    CHECK(IMFTopologyNode_CloneFrom, attributes,
          "This method copies the object pointer, preferred types, and attributes from pNode to this node.",
          OK(IMFTopologyNode_GetUINT32(clone, &MF_TOPONODE_PRIMARYOUTPUT, &value)) && value == 1);
    CHECK(IMFTopologyNode_CloneFrom, id, "It also copies the TOPOID that uniquely identifies each node in a topology.",
          id_of(clone) == id_of(node));
    CHECK(IMFTopologyNode_CloneFrom, connections,
          "It does not duplicate any of the connections from pNode to other nodes.",
          FAILED(IMFTopologyNode_GetOutput(clone, 0, &peer, &stream)));
    IMFTopologyNode_DisconnectOutput(node, 0);
    drop(&clone);
    drop(&sink);
    drop(&node);
    drop(&output);
    drop(&input);
}

/* ---- MFGetTopoNodeCurrentType ----------------------------------------------------------------------------------- */

static void current_type_of_tee(void)
{
    IMFTopologyNode *node = new_node(MF_TOPOLOGY_TEE_NODE);
    IMFMediaType *first = new_type(), *second = new_type(), *input = new_type(), *found = NULL;

    CHECK(MFGetTopoNodeCurrentType, tee_none,
          "if no input type is available (and no output's: E_INVALIDARG on Windows)",
          GIVES(E_INVALIDARG, pMFGetTopoNodeCurrentType(node, 0, TRUE, &found)));
    IMFTopologyNode_SetOutputPrefType(node, 0, first);
    IMFTopologyNode_SetOutputPrefType(node, 1, second);
    IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_PRIMARYOUTPUT, 1);
    CHECK(MFGetTopoNodeCurrentType, tee_output,
          "Otherwise, if no input type is available, the function gets the media type of the node's primary output "
          "stream. The primary output stream is identified by the MF_TOPONODE_PRIMARYOUTPUT attribute.",
          OK(pMFGetTopoNodeCurrentType(node, 0, FALSE, &found)) && found == second);
    drop(&found);
    IMFTopologyNode_SetInputPrefType(node, 0, input);
    CHECK(MFGetTopoNodeCurrentType, tee_input, "For tee nodes, the function gets the node's input type, if available.",
          OK(pMFGetTopoNodeCurrentType(node, 0, TRUE, &found)) && found == input);
    drop(&found);
    drop(&node);
    drop(&first);
    drop(&second);
    drop(&input);
}

static void current_type_of_source(void)
{
    IMFTopologyNode *node = new_node(MF_TOPOLOGY_SOURCESTREAM_NODE);
    IMFMediaType *type = rig_audio_type(44100, 2), *found = NULL;
    IMFMediaTypeHandler *handler = NULL;
    IMFStreamDescriptor *descriptor = NULL;

    MFCreateStreamDescriptor(0, 1, &type, &descriptor);
    IMFStreamDescriptor_GetMediaTypeHandler(descriptor, &handler);
    CHECK(MFGetTopoNodeCurrentType, source_bare,
          "If the node belongs to a partial topology, the function will probably "
          "fail.",
          GIVES(MF_E_ATTRIBUTENOTFOUND, pMFGetTopoNodeCurrentType(node, 0, TRUE, &found)));
    CHECK(MFGetTopoNodeCurrentType, MF_E_INVALIDSTREAMNUMBER, "The stream index is invalid.",
          GIVES(MF_E_INVALIDSTREAMNUMBER, pMFGetTopoNodeCurrentType(node, 1, TRUE, &found)) &&
              GIVES(MF_E_INVALIDSTREAMNUMBER, pMFGetTopoNodeCurrentType(node, 0, FALSE, &found)));
    IMFTopologyNode_SetUnknown(node, &MF_TOPONODE_STREAM_DESCRIPTOR, (IUnknown *)descriptor);
    CHECK(MFGetTopoNodeCurrentType, source_none,
          "This function gets the actual media type from the object that is "
          "associated with the topology node.",
          GIVES(MF_E_NOT_INITIALIZED, pMFGetTopoNodeCurrentType(node, 0, TRUE, &found)));
    IMFMediaTypeHandler_SetCurrentMediaType(handler, type);
    CHECK(MFGetTopoNodeCurrentType, S_OK, "Gets the media type for a stream associated with a topology node.",
          OK(pMFGetTopoNodeCurrentType(node, 0, TRUE, &found)) && found == type);
    drop(&found);
    drop(&node);
    drop(&handler);
    drop(&descriptor);
    drop(&type);
}

static void current_type_of_transform(void)
{
    IMFTopologyNode *node = new_node(MF_TOPOLOGY_TRANSFORM_NODE);
    struct rig_api api;
    struct rig *rig;
    IMFTransform *transform;
    IMFMediaType *type = rig_audio_type(44100, 2), *found = NULL;

    if (!rig_load_api(&api, L"mf.dll") || !(rig = rig_new(&api))) return;
    transform = rig_transform(rig, &(struct rig_transform_options){.inputs = 1, .outputs = 2});
    CHECK(MFGetTopoNodeCurrentType, transform_bare,
          "If the node belongs to a partial topology, the function will "
          "probably fail.",
          GIVES(E_FAIL, pMFGetTopoNodeCurrentType(node, 0, TRUE, &found)));
    IMFTopologyNode_SetObject(node, (IUnknown *)transform);
    CHECK(MFGetTopoNodeCurrentType, transform_none,
          "This function gets the actual media type from the object that is "
          "associated with the topology node.",
          GIVES(MF_E_TRANSFORM_TYPE_NOT_SET, pMFGetTopoNodeCurrentType(node, 0, FALSE, &found)));
    IMFTransform_SetInputType(transform, 0, type, 0);
    CHECK(MFGetTopoNodeCurrentType, transform_input, "Otherwise, dwStreamIndex is the index for an input stream.",
          OK(pMFGetTopoNodeCurrentType(node, 0, FALSE, &found)));
    drop(&found);
    IMFTransform_SetOutputType(transform, 1, type, 0);
    CHECK(MFGetTopoNodeCurrentType, transform_output,
          "If the value is TRUE, the dwStreamIndex parameter is the index for an output stream.",
          OK(pMFGetTopoNodeCurrentType(node, 1, TRUE, &found)));
    drop(&found);
    CHECK(MFGetTopoNodeCurrentType, transform_stream, "The stream index is invalid.",
          GIVES(MF_E_INVALIDSTREAMNUMBER, pMFGetTopoNodeCurrentType(node, 2, TRUE, &found)) &&
              GIVES(MF_E_INVALIDSTREAMNUMBER, pMFGetTopoNodeCurrentType(node, 1, FALSE, &found)));
    drop(&node);
    drop(&transform);
    drop(&type);
    CHECK(MFGetTopoNodeCurrentType, reference, "The caller must release the interface.", !rig_end(rig, NULL, 0));
}

static const struct test_case cases[] = {
    {"creation", creation},
    {"object", object},
    {"object_class", object_class},
    {"connecting", connecting},
    {"disconnecting", disconnecting},
    {"preferred_outputs", preferred_outputs},
    {"preferred_inputs", preferred_inputs},
    {"cloning", cloning},
    {"current_type_of_tee", current_type_of_tee},
    {"current_type_of_source", current_type_of_source},
    {"current_type_of_transform", current_type_of_transform},
    {NULL, NULL},
};
const struct group topology_node_group = {"topology_node", __FILE__, cases};

/*
 * The topology loader, where a topology is more than a source and a sink: tees, optional nodes and branches, transforms
 * that are still to be made, and many branches.
 */
#include "mf_test.h"
#include "mf_topology_loader.h"

#include <wmcodecdsp.h>

static UINT32 status_of(const struct loading *l)
{
    UINT32 status = 0xdead;

    if (l->full) IMFTopology_GetUINT32(l->full, &MF_TOPOLOGY_RESOLUTION_STATUS, &status);
    return status;
}

static void set_method(IMFTopologyNode *node, UINT32 method)
{
    IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_CONNECT_METHOD, method);
}

static int is_there(struct loading *l, IMFTopologyNode *node)
{
    IMFTopologyNode *found = loading_full_node(l, node);
    int there = found != NULL;

    drop(&found);
    return there;
}

/* ---- Optional nodes and branches -------------------------------------------------------------------------------- */

static void optional_node(void)
{
    struct rig_transform_options options = {0};
    struct loading l;
    IMFTopologyNode *source, *effect, *sink;

    loading_begin(&l);
    options.input_type = options.output_type = l.other_pcm;
    source = loading_source(&l, 1, &l.pcm);
    effect = loading_transform(&l, &options);
    sink = loading_sink(&l, l.pcm, MF_CONNECT_DIRECT);
    IMFTopologyNode_ConnectOutput(source, 0, effect, 0);
    IMFTopologyNode_ConnectOutput(effect, 0, sink, 0);
    set_method(effect, MF_CONNECT_DIRECT);
    CHECK(IMFTopoLoader_Load, needed_node, "Connect the node directly to its upstream neighbor. Fail otherwise.",
          FAILED(loading_load(&l)));
    set_method(effect, MF_CONNECT_DIRECT | MF_CONNECT_AS_OPTIONAL);
    CHECK(IMFTopoLoader_Load, optional_node,
          "This node is optional. If the topology loader cannot connect this node, it will skip the node and continue.",
          OK(loading_load(&l)) && loading_nodes(&l) == 2 && !is_there(&l, effect));
    CHECK(IMFTopoLoader_Load, optional_status,
          "An optional topology node was rejected because the topology loader could not find a media type for the "
          "connection.",
          status_of(&l) == MF_OPTIONAL_NODE_REJECTED_MEDIA_TYPE);
    set_method(sink, MF_CONNECT_AS_OPTIONAL);
    CHECK(IMFTopoLoader_Load, MF_E_TOPO_INVALID_OPTIONAL_NODE,
          "incorrect number of outputs and inputs or optional node is at the beginning or end of a segment.",
          GIVES(MF_E_TOPO_INVALID_OPTIONAL_NODE, loading_load(&l)));
    CHECK(IMFTopoLoader_Load, leaks_optional, "(nothing is left of what was skipped)", loading_end(&l));
}

/* What an optional node gives does not fit, though what it gets does. */
static void optional_node_by_its_output(void)
{
    struct rig_transform_options options = {0};
    struct loading l;
    IMFTopologyNode *source, *effect, *sink;

    loading_begin(&l);
    loading_decoder(&l, l.pcm);
    options.input_type = l.pcm;
    options.output_type = l.other_pcm;
    source = loading_source(&l, 1, &l.encoded);
    effect = loading_transform(&l, &options);
    sink = loading_sink(&l, l.encoded, MF_CONNECT_DIRECT);
    IMFTopologyNode_ConnectOutput(source, 0, effect, 0);
    IMFTopologyNode_ConnectOutput(effect, 0, sink, 0);
    set_method(effect, MF_CONNECT_ALLOW_DECODER | MF_CONNECT_AS_OPTIONAL);
    CHECK(IMFTopoLoader_Load, optional_output,
          "If the topology loader cannot connect this node, it will skip the node and continue. (With the decoder that "
          "was there for it.)",
          OK(loading_load(&l)) && loading_nodes(&l) == 2 && is_there(&l, sink) && is_there(&l, source));
    CHECK(IMFTopoLoader_Load, leaks_optional_output, "(nothing is left of what was skipped)", loading_end(&l));
}

static void optional_node_that_fits(void)
{
    struct loading l;
    IMFTopologyNode *source, *effect, *sink;

    loading_begin(&l);
    source = loading_source(&l, 1, &l.pcm);
    effect = loading_transform(&l, &(struct rig_transform_options){0});
    sink = loading_sink(&l, l.pcm, MF_CONNECT_DIRECT);
    IMFTopologyNode_ConnectOutput(source, 0, effect, 0);
    IMFTopologyNode_ConnectOutput(effect, 0, sink, 0);
    set_method(effect, MF_CONNECT_DIRECT | MF_CONNECT_AS_OPTIONAL);
    CHECK(IMFTopoLoader_Load, optional_kept, "This node is optional.",
          OK(loading_load(&l)) && loading_nodes(&l) == 3 && status_of(&l) == MF_TOPOLOGY_RESOLUTION_SUCCEEDED &&
              loading_types_match(&l, sink, l.pcm, l.pcm));
    loading_end(&l);
}

static void optional_branch(void)
{
    struct loading l;
    IMFTopologyNode *source, *tee, *effect, *good, *bad;

    loading_begin(&l);
    source = loading_source(&l, 1, &l.pcm);
    tee = loading_node(&l, MF_TOPOLOGY_TEE_NODE);
    effect = loading_transform(&l, &(struct rig_transform_options){0});
    good = loading_sink(&l, l.pcm, MF_CONNECT_DIRECT);
    bad = loading_sink(&l, l.other_pcm, MF_CONNECT_DIRECT);
    IMFTopologyNode_ConnectOutput(source, 0, tee, 0);
    IMFTopologyNode_ConnectOutput(tee, 0, good, 0);
    IMFTopologyNode_ConnectOutput(tee, 1, effect, 0);
    IMFTopologyNode_ConnectOutput(effect, 0, bad, 0);
    CHECK(IMFTopoLoader_Load, needed_branch, "Fail otherwise.", FAILED(loading_load(&l)));
    set_method(effect, MF_CONNECT_DIRECT | MF_CONNECT_AS_OPTIONAL_BRANCH);
    CHECK(IMFTopoLoader_Load, optional_branch,
          "The entire topology branch starting at this node is optional. If the topology loader cannot resolve this "
          "branch, it will skip the branch and continue.",
          OK(loading_load(&l)) && loading_nodes(&l) == 3 && is_there(&l, good) && !is_there(&l, effect) &&
              !is_there(&l, bad));
    CHECK(IMFTopoLoader_Load, leaks_branch, "(nothing is left of what was skipped)", loading_end(&l));
}

static void only_an_optional_branch(void)
{
    struct loading l;
    IMFTopologyNode *source, *sink;

    loading_begin(&l);
    source = loading_source(&l, 1, &l.pcm);
    sink = loading_sink(&l, l.other_pcm, MF_CONNECT_DIRECT | MF_CONNECT_AS_OPTIONAL_BRANCH);
    IMFTopologyNode_ConnectOutput(source, 0, sink, 0);
    CHECK(IMFTopoLoader_Load, nothing_left,
          "A functioning topology must contain at least one source node connected to an output node",
          GIVES(MF_E_INVALIDMEDIATYPE, loading_load(&l)));
    loading_end(&l);
}

/* ---- Tees ------------------------------------------------------------------------------------------------------- */

static void tee(void)
{
    struct loading l;
    IMFTopologyNode *source, *fork, *first, *second, *before;
    IMFMediaType *type = NULL;
    BOOL same = FALSE;

    loading_begin(&l);
    loading_decoder(&l, l.pcm);
    source = loading_source(&l, 1, &l.encoded);
    fork = loading_node(&l, MF_TOPOLOGY_TEE_NODE);
    first = loading_sink(&l, l.pcm, NO_METHOD);
    second = loading_sink(&l, l.pcm, NO_METHOD);
    IMFTopologyNode_ConnectOutput(source, 0, fork, 0);
    IMFTopologyNode_ConnectOutput(fork, 0, first, 0);
    IMFTopologyNode_ConnectOutput(fork, 1, second, 0);
    CHECK(
        IMFTopoLoader_Load, tee,
        "samples from the upstream node are delivered to all of the downstream nodes. (Decoded once, before the tee.)",
        OK(loading_load(&l)) && loading_nodes(&l) == 5);
    before = loading_before(&l, first);
    if (before && SUCCEEDED(pMFGetTopoNodeCurrentType(before, 0, FALSE, &type)))
        IMFMediaType_Compare(l.pcm, (IMFAttributes *)type, MF_ATTRIBUTES_MATCH_OUR_ITEMS, &same);
    CHECK(IMFTopoLoader_Load, tee_type, "For tee nodes, the function gets the node's input type, if available.", same);
    drop(&type);
    drop(&before);
    CHECK(IMFTopoLoader_Load, leaks_tee, "The caller must release the interface.", loading_end(&l));
}

/* The first branch wants the data as they are, the second wants them decoded. */
static void tee_of_encoded_data(void)
{
    struct loading l;
    IMFTopologyNode *source, *fork, *first, *second;

    loading_begin(&l);
    loading_decoder(&l, l.pcm);
    source = loading_source(&l, 1, &l.encoded);
    fork = loading_node(&l, MF_TOPOLOGY_TEE_NODE);
    first = loading_sink(&l, l.encoded, NO_METHOD);
    second = loading_sink(&l, l.pcm, NO_METHOD);
    IMFTopologyNode_ConnectOutput(source, 0, fork, 0);
    IMFTopologyNode_ConnectOutput(fork, 0, first, 0);
    IMFTopologyNode_ConnectOutput(fork, 1, second, 0);
    CHECK(IMFTopoLoader_Load, tee_primary, "This value indicates which output is the primary output stream.",
          OK(loading_load(&l)) && loading_nodes(&l) == 5 && loading_types_match(&l, second, l.encoded, l.pcm));
    IMFTopologyNode_SetUINT32(fork, &MF_TOPONODE_PRIMARYOUTPUT, 1);
    set_method(first, MF_CONNECT_AS_OPTIONAL_BRANCH);
    CHECK(IMFTopoLoader_Load, tee_other_primary, "This value indicates which output is the primary output stream.",
          OK(loading_load(&l)) && loading_nodes(&l) == 4 && !is_there(&l, first) && is_there(&l, second));
    loading_end(&l);
}

/* ---- Transforms that are still to be made ----------------------------------------------------------------------- */

static void transform_by_class(void)
{
    struct loading l;
    IMFTopologyNode *source, *effect, *sink, *first, *second = NULL;
    IMFTopology *next = NULL;
    IUnknown *object = NULL, *again = NULL;
    TOPOID id = 0;

    loading_begin(&l);
    source = loading_source(&l, 1, &l.pcm);
    effect = loading_node(&l, MF_TOPOLOGY_TRANSFORM_NODE);
    IMFTopologyNode_SetGUID(effect, &MF_TOPONODE_TRANSFORM_OBJECTID, &CLSID_CResamplerMediaObject);
    sink = loading_sink(&l, l.other_pcm, MF_CONNECT_ALLOW_CONVERTER);
    IMFTopologyNode_ConnectOutput(source, 0, effect, 0);
    IMFTopologyNode_ConnectOutput(effect, 0, sink, 0);
    CHECK_IF(
        l.has_resampler, "there is no audio resampler", IMFTopoLoader_Load, by_class,
        "Applications can use this attribute to initialize a transfrom node. If you set this attribute, you do not "
        "have to call IMFTopologyNode::SetObject with a pointer to an MFT or activation object.",
        OK(loading_load(&l)) && is_there(&l, effect));
    first = loading_full_node(&l, effect);
    if (first) IMFTopologyNode_GetObject(first, &object);
    if (l.full && SUCCEEDED(IMFTopoLoader_Load(l.loader, l.topology, &next, l.full)))
    {
        IMFTopologyNode_GetTopoNodeID(effect, &id);
        IMFTopology_GetNodeByID(next, id, &second);
        if (second) IMFTopologyNode_GetObject(second, &again);
    }
    CHECK_IF(l.has_resampler, "there is no audio resampler", IMFTopoLoader_Load, current,
             "The topology loader uses the identifier to look up nodes in the previous topology, so that it can reuse "
             "objects from the previous topology.",
             object && object == again);
    drop(&object);
    drop(&again);
    drop(&first);
    drop(&second);
    drop(&next);
    loading_end(&l);
}

static void unknown_class(void)
{
    static const GUID unknown = {0x436f726b, 0xdead, 0xdead, {0}};
    struct loading l;
    IMFTopologyNode *source, *effect, *sink;

    loading_begin(&l);
    source = loading_source(&l, 1, &l.pcm);
    effect = loading_node(&l, MF_TOPOLOGY_TRANSFORM_NODE);
    sink = loading_sink(&l, l.pcm, NO_METHOD);
    IMFTopologyNode_ConnectOutput(source, 0, effect, 0);
    IMFTopologyNode_ConnectOutput(effect, 0, sink, 0);
    CHECK(IMFTopoLoader_Load, no_transform, "There are several different ways to initialize a transform node",
          GIVES(MF_E_TOPO_CODEC_NOT_FOUND, loading_load(&l)));
    IMFTopologyNode_SetGUID(effect, &MF_TOPONODE_TRANSFORM_OBJECTID, &unknown);
    CHECK(IMFTopoLoader_Load, unknown_class, "The attribute value is the CLSID.",
          GIVES(REGDB_E_CLASSNOTREG, loading_load(&l)));
    set_method(effect, MF_CONNECT_AS_OPTIONAL);
    CHECK(IMFTopoLoader_Load, optional_class,
          "If the topology loader cannot connect this node, it will skip the node and continue.",
          OK(loading_load(&l)) && loading_nodes(&l) == 2);
    loading_end(&l);
}

static void transform_by_activation(void)
{
    MFT_REGISTER_TYPE_INFO input = {MFMediaType_Audio, loading_encoded_subtype};
    struct loading l;
    IMFTopologyNode *source, *node, *sink;
    IMFActivate **activates = NULL;
    UINT32 count = 0;

    loading_begin(&l);
    loading_decoder(&l, l.pcm);
    source = loading_source(&l, 1, &l.encoded);
    node = loading_node(&l, MF_TOPOLOGY_TRANSFORM_NODE);
    sink = loading_sink(&l, l.pcm, MF_CONNECT_DIRECT);
    MFTEnumEx(MFT_CATEGORY_AUDIO_DECODER, MFT_ENUM_FLAG_LOCALMFT, &input, NULL, &activates, &count);
    if (count) IMFTopologyNode_SetObject(node, (IUnknown *)activates[0]);
    for (UINT32 i = 0; i < count; i++)
        drop(&activates[i]);
    CoTaskMemFree(activates);
    IMFTopologyNode_ConnectOutput(source, 0, node, 0);
    IMFTopologyNode_ConnectOutput(node, 0, sink, 0);
    CHECK(IMFTopoLoader_Load, by_activation, "From a pointer to an activation object for the MFT.",
          count == 1 && OK(loading_load(&l)) && loading_nodes(&l) == 3 &&
              loading_types_match(&l, sink, l.encoded, l.pcm));
    IMFTopologyNode_SetObject(node, NULL);
    loading_end(&l);
}

static void locked(void)
{
    struct loading l;
    IMFTopologyNode *source, *node, *sink;
    IMFTransform *transform = NULL;
    IUnknown *object = NULL;

    loading_begin(&l);
    source = loading_source(&l, 1, &l.other_pcm);
    node = loading_transform(&l, &(struct rig_transform_options){0});
    sink = loading_sink(&l, l.pcm, MF_CONNECT_DIRECT);
    IMFTopologyNode_ConnectOutput(source, 0, node, 0);
    IMFTopologyNode_ConnectOutput(node, 0, sink, 0);
    IMFTopologyNode_GetObject(node, &object);
    IUnknown_QueryInterface(object, &IID_IMFTransform, (void **)&transform);
    drop(&object);
    IMFTransform_SetInputType(transform, 0, l.pcm, 0);
    IMFTransform_SetOutputType(transform, 0, l.pcm, 0);
    drop(&transform);
    IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_LOCKED, TRUE);
    set_method(node, MF_CONNECT_DIRECT);
    CHECK(IMFTopoLoader_Load, locked,
          "If value of this attribute is nonzero, the topology loader will not change the media types.",
          GIVES(MF_E_INVALIDMEDIATYPE, loading_load(&l)));
    set_method(node, MF_CONNECT_ALLOW_CONVERTER);
    CHECK_IF(l.has_resampler, "there is no audio resampler", IMFTopoLoader_Load, locked_converter,
             "If value of this attribute is nonzero, the topology loader will not change the media types.",
             OK(loading_load(&l)) && loading_nodes(&l) == 4 && loading_types_match(&l, node, l.other_pcm, l.pcm));
    loading_end(&l);
}

/* ---- Sizes and makers ------------------------------------------------------------------------------------------- */

static void sixty_four_branches(void)
{
    struct loading l;
    IMFTopologyNode *source, *sink;

    loading_begin(&l);
    loading_decoder(&l, l.pcm);
    for (unsigned i = 0; i < 64; i++)
    {
        source = loading_source(&l, 1, &l.encoded);
        sink = loading_sink(&l, l.pcm, NO_METHOD);
        IMFTopologyNode_ConnectOutput(source, 0, sink, 0);
    }
    CHECK(IMFTopoLoader_Load, many, "Generally there is one branch per stream. (64 of them, each with a decoder.)",
          OK(loading_load(&l)) && loading_nodes(&l) == 192);
    CHECK(IMFTopoLoader_Load, leaks_many, "The caller must release the interface.", loading_end(&l));
}

/* A topology of the next DLL's making. */
static void foreign_topology(void)
{
    struct rig_api next = {0};
    struct loading l;
    IMFTopology *own;
    IMFTopologyNode *source = NULL, *sink = NULL;
    int there = rig_load_api(&next, L"mf_next.dll");

    loading_begin(&l);
    own = l.topology;
    if (there)
    {
        next.create_node(MF_TOPOLOGY_SOURCESTREAM_NODE, &source);
        next.create_node(MF_TOPOLOGY_OUTPUT_NODE, &sink);
        IMFTopologyNode_CloneFrom(source, loading_source(&l, 1, &l.pcm));
        IMFTopologyNode_CloneFrom(sink, loading_sink(&l, l.pcm, NO_METHOD));
        next.create_topology(&l.topology);
        IMFTopology_AddNode(l.topology, source);
        IMFTopology_AddNode(l.topology, sink);
        IMFTopologyNode_ConnectOutput(source, 0, sink, 0);
    }
    CHECK_IF(there, "there is no other mf.dll", IMFTopoLoader_Load, foreign,
             "A pointer to the IMFTopology interface of the partial topology to be resolved.",
             OK(loading_load(&l)) && loading_nodes(&l) == 2);
    if (there) drop(&own);
    drop(&source);
    drop(&sink);
    loading_end(&l);
}

static const struct test_case cases[] = {
    {"optional_node", optional_node},
    {"optional_node_by_its_output", optional_node_by_its_output},
    {"optional_node_that_fits", optional_node_that_fits},
    {"optional_branch", optional_branch},
    {"only_an_optional_branch", only_an_optional_branch},
    {"tee", tee},
    {"tee_of_encoded_data", tee_of_encoded_data},
    {"transform_by_class", transform_by_class},
    {"unknown_class", unknown_class},
    {"transform_by_activation", transform_by_activation},
    {"locked", locked},
    {"sixty_four_branches", sixty_four_branches},
    {"foreign_topology", foreign_topology},
    {NULL, NULL},
};
const struct group topology_branches_group = {"topology_branches", __FILE__, cases};

/*
 * The topology loader. Where Windows is known to differ from its documentation, or the documentation is silent (Wine's
 * tests of it ran on Windows), the checks hold to Windows.
 */
#include "mf_topology_loader.h"
#include "mf_test.h"

#include <wmcodecdsp.h>

/* MF_TOPONODE_ERRORCODE of a node; S_OK where it has none. */
static HRESULT error_of(IMFTopologyNode *node)
{
    UINT32 code = 0;

    IMFTopologyNode_GetUINT32(node, &MF_TOPONODE_ERRORCODE, &code);
    return (HRESULT)code;
}

static UINT32 number_of(void *object, const GUID *key)
{
    UINT32 value = 0xdead;

    IMFAttributes_GetUINT32((IMFAttributes *)object, key, &value);
    return value;
}

/* ---- What is checked before ------------------------------------------------------------------------------------- */

static void creation(void)
{
    IMFTopoLoader *loader = NULL;
    IMFTopology *full = (void *)1, *topology = NULL;

    CHECK(MFCreateTopoLoader, S_OK, "The function succeeded.", OK(pMFCreateTopoLoader(&loader)) && loader);
    CHECK(MFCreateTopoLoader, E_POINTER, "Receives a pointer to the IMFTopoLoader interface of the topology loader.",
          GIVES(E_POINTER, pMFCreateTopoLoader(NULL)));
    if (!loader) return;
    pMFCreateTopology(&topology);
    CHECK(IMFTopoLoader_Load, MF_E_TOPO_UNSUPPORTED,
          "A functioning topology must contain at least one source node connected to an output node",
          GIVES(MF_E_TOPO_UNSUPPORTED, IMFTopoLoader_Load(loader, topology, &full, NULL)));
    CHECK(IMFTopoLoader_Load, E_POINTER,
          "A pointer to the IMFTopology interface of the partial topology to be resolved.",
          GIVES(E_POINTER, IMFTopoLoader_Load(loader, NULL, &full, NULL)) &&
              GIVES(E_POINTER, IMFTopoLoader_Load(loader, topology, NULL, NULL)));
    drop(&topology);
    CHECK(MFCreateTopoLoader, reference, "The caller must release the interface.", gone(&loader));
}

static void unconnected(void)
{
    struct loading l;
    IMFTopologyNode *source, *sink;

    loading_begin(&l);
    source = loading_source(&l, 1, &l.pcm);
    sink = loading_sink(&l, l.pcm, NO_METHOD);
    CHECK(IMFTopoLoader_Load, MF_E_TOPO_UNSUPPORTED,
          "A functioning topology must contain at least one source node connected to an output node",
          GIVES(MF_E_TOPO_UNSUPPORTED, loading_load(&l)));
    IMFTopologyNode_DeleteItem(source, &MF_TOPONODE_STREAM_DESCRIPTOR);
    IMFTopologyNode_ConnectOutput(source, 0, sink, 0);
    CHECK(IMFTopoLoader_Load, MF_E_TOPO_MISSING_STREAM_DESCRIPTOR,
          "The source node must contain pointers to the media source, the presentation descriptor, and the stream "
          "descriptor.",
          GIVES(MF_E_TOPO_MISSING_STREAM_DESCRIPTOR, loading_load(&l)));
    CHECK(IMFTopoLoader_Load, leaks_unconnected, "(nothing is left of a topology that was refused)", loading_end(&l));
}

static void sink_activates(void)
{
    IMFActivate *activate = NULL;
    struct loading l;
    IMFTopologyNode *source, *sink;

    loading_begin(&l);
    source = loading_source(&l, 1, &l.pcm);
    sink = loading_node(&l, MF_TOPOLOGY_OUTPUT_NODE);
    pMFCreateAudioRendererActivate(&activate);
    IMFTopologyNode_SetObject(sink, (IUnknown *)activate);
    drop(&activate);
    IMFTopologyNode_ConnectOutput(source, 0, sink, 0);
    CHECK(
        IMFTopoLoader_Load, MF_E_TOPO_SINK_ACTIVATES_UNSUPPORTED,
        "One or more output nodes contain IMFActivate pointers. The caller must bind the output nodes to media sinks.",
        GIVES(MF_E_TOPO_SINK_ACTIVATES_UNSUPPORTED, loading_load(&l)));
    IMFTopologyNode_SetObject(sink, NULL);
    CHECK(IMFTopoLoader_Load, E_FAIL, "There is no object associated with this node.", GIVES(E_FAIL, loading_load(&l)));
    loading_end(&l);
}

static void loops(void)
{
    struct loading l;
    IMFTopologyNode *source, *sink, *first, *second;

    loading_begin(&l);
    source = loading_source(&l, 1, &l.pcm);
    first = loading_transform(&l, &(struct rig_transform_options){.inputs = 2});
    second = loading_transform(&l, &(struct rig_transform_options){.outputs = 2});
    sink = loading_sink(&l, NULL, NO_METHOD);
    IMFTopologyNode_ConnectOutput(source, 0, first, 0);
    IMFTopologyNode_ConnectOutput(first, 0, second, 0);
    IMFTopologyNode_ConnectOutput(second, 0, first, 1);
    IMFTopologyNode_ConnectOutput(second, 1, sink, 0);
    CHECK(IMFTopoLoader_Load, MF_E_TOPO_LOOPS_IN_TOPOLOGY,
          "The topology contains loops, which are unsupported in media foundation topologies.",
          GIVES(MF_E_TOPO_LOOPS_IN_TOPOLOGY, loading_load(&l)));
    loading_end(&l);
}

/* ---- Direct connections ----------------------------------------------------------------------------------------- */

static void direct(void)
{
    struct loading l;
    IMFTopologyNode *source, *sink, *copy;
    TOPOID id = 0, full_id = 1;
    UINT64 start = 1;

    loading_begin(&l);
    source = loading_source(&l, 1, &l.pcm);
    sink = loading_sink(&l, l.pcm, MF_CONNECT_DIRECT);
    IMFTopologyNode_ConnectOutput(source, 0, sink, 0);
    IMFTopology_SetUINT32(l.topology, &MF_TOPOLOGY_PROJECTSTART, 5);
    CHECK(IMFTopoLoader_Load, S_OK, "Creates a fully loaded topology from the input partial topology.",
          OK(loading_load(&l)) && l.full && l.full != l.topology);
    CHECK(IMFTopoLoader_Load, direct, "Connect the node directly to its upstream neighbor.", loading_nodes(&l) == 2);
    IMFTopology_GetTopologyID(l.topology, &id);
    if (l.full) IMFTopology_GetTopologyID(l.full, &full_id);
    CHECK(IMFTopoLoader_Load, id, "(the full topology has the partial one's identifier)", id == full_id);
    CHECK(IMFTopoLoader_Load, attributes, "(and its attributes)",
          l.full && number_of(l.full, &MF_TOPOLOGY_PROJECTSTART) == 5);
    CHECK(IMFTopoLoader_Load, status, "The topology was resolved successfully.",
          l.full && number_of(l.full, &MF_TOPOLOGY_RESOLUTION_STATUS) == MF_TOPOLOGY_RESOLUTION_SUCCEEDED);
    copy = loading_full_node(&l, sink);
    CHECK(IMFTopoLoader_Load, stream_id,
          "If the MF_TOPONODE_STREAMID attribute is not set, the default stream identifier is zero.",
          copy && copy != sink && number_of(copy, &MF_TOPONODE_STREAMID) == 0);
    drop(&copy);
    copy = loading_full_node(&l, source);
    CHECK(IMFTopoLoader_Load, media_start, "(MF_TOPONODE_MEDIASTART of a source node is set)",
          copy && OK(IMFTopologyNode_GetUINT64(copy, &MF_TOPONODE_MEDIASTART, &start)) && !start);
    CHECK(IMFTopoLoader_Load, mark_in, "The topology loader sets this attribute when it resolves a topology.",
          copy && number_of(copy, &MF_TOPONODE_MARKIN_HERE) == 1 && number_of(copy, &MF_TOPONODE_MARKOUT_HERE) == 1);
    drop(&copy);
    CHECK(IMFTopoLoader_Load, sink_type, "(a sink's media type is not set before the topology is used)",
          !rig_count(l.rig, "*.SetCurrentMediaType"));
    CHECK(IMFTopoLoader_Load, partial, "(the partial topology stays as it was)",
          FAILED(IMFTopologyNode_GetItem(sink, &MF_TOPONODE_STREAMID, NULL)) &&
              FAILED(IMFTopology_GetItem(l.topology, &MF_TOPOLOGY_RESOLUTION_STATUS, NULL)));
    CHECK(IMFTopoLoader_Load, leaks, "The caller must release the interface.", loading_end(&l));
}

static void no_trimming(void)
{
    struct loading l;
    IMFTopologyNode *source, *sink, *copy;

    loading_begin(&l);
    source = loading_source(&l, 1, &l.pcm);
    sink = loading_sink(&l, l.pcm, NO_METHOD);
    IMFTopologyNode_ConnectOutput(source, 0, sink, 0);
    IMFTopology_SetUINT32(l.topology, &MF_TOPOLOGY_NO_MARKIN_MARKOUT, TRUE);
    loading_load(&l);
    copy = loading_full_node(&l, source);
    CHECK(IMFTopoLoader_Load, no_mark_in,
          "If the MF_TOPOLOGY_NO_MARKIN_MARKOUT attribute is set to TRUE on the topology, the pipeline does not trim "
          "samples",
          copy && FAILED(IMFTopologyNode_GetItem(copy, &MF_TOPONODE_MARKIN_HERE, NULL)));
    drop(&copy);
    loading_end(&l);
}

static void refused(void)
{
    struct loading l;
    IMFTopologyNode *source, *sink;

    loading_begin(&l);
    source = loading_source(&l, 1, &l.pcm);
    sink = loading_sink(&l, l.other_pcm, MF_CONNECT_DIRECT);
    IMFTopologyNode_ConnectOutput(source, 0, sink, 0);
    CHECK(IMFTopoLoader_Load, MF_E_INVALIDMEDIATYPE,
          "Connect the node directly to its upstream neighbor. Fail otherwise.",
          GIVES(MF_E_INVALIDMEDIATYPE, loading_load(&l)) && !l.full);
    CHECK(IMFTopoLoader_Load, error_code,
          "Contains the error code from the most recent connection failure for this toplogy node.",
          GIVES(MF_E_INVALIDMEDIATYPE, error_of(sink)) && OK(error_of(source)));
    IMFTopologyNode_SetUINT32(sink, &MF_TOPONODE_CONNECT_METHOD, MF_CONNECT_ALLOW_CONVERTER);
    CHECK_IF(l.has_resampler, "there is no audio resampler", IMFTopoLoader_Load, converter,
             "Add a converter transform upstream from this node, if needed to complete the connection. Converter "
             "transforms include color-space converters for video, and audio resamplers for audio.",
             OK(loading_load(&l)) && loading_nodes(&l) == 3 && loading_class(&l, sink, &CLSID_CResamplerMediaObject));
    CHECK_IF(l.has_resampler, "there is no audio resampler", IMFTopoLoader_Load, converter_types,
             "It also sets the input and output media types on all of the objects in the topology.",
             loading_types_match(&l, sink, l.pcm, l.other_pcm));
    loading_end(&l);
}

static void again(void)
{
    struct loading l;
    IMFTopologyNode *source, *sink, *copy = NULL;
    IMFTopology *twice = NULL;

    loading_begin(&l);
    loading_decoder(&l, l.pcm);
    source = loading_source(&l, 1, &l.encoded);
    sink = loading_sink(&l, l.pcm, NO_METHOD);
    IMFTopologyNode_ConnectOutput(source, 0, sink, 0);
    loading_load(&l);
    CHECK(IMFTopoLoader_Load, full, "(a full topology is resolved to a copy of itself)",
          l.full && OK(IMFTopoLoader_Load(l.loader, l.full, &twice, NULL)) && twice != l.full);
    if (twice)
    {
        drop(&l.full);
        l.full = twice;
    }
    copy = loading_full_node(&l, sink);
    CHECK(IMFTopoLoader_Load, full_nodes, "(a full topology is resolved to a copy of itself)",
          copy && loading_nodes(&l) == 3);
    drop(&copy);
    CHECK(IMFTopoLoader_Load, leaks_full, "The caller must release the interface.", loading_end(&l));
}

/* ---- Decoders --------------------------------------------------------------------------------------------------- */

static void decoders(void)
{
    struct loading l;
    IMFTopologyNode *source, *sink, *decoder;
    GUID guid;

    loading_begin(&l);
    source = loading_source(&l, 1, &l.encoded);
    sink = loading_sink(&l, l.pcm, NO_METHOD);
    IMFTopologyNode_ConnectOutput(source, 0, sink, 0);
    CHECK(IMFTopoLoader_Load, MF_E_TOPO_CODEC_NOT_FOUND,
          "MFTEnum can return zero matches. (No suitable transform was found to encode or decode the content.)",
          GIVES(MF_E_TOPO_CODEC_NOT_FOUND, loading_load(&l)));
    CHECK(IMFTopoLoader_Load, error_major,
          "This attribute is set when the topology fails to load because the correct decoder could not be found.",
          OK(IMFTopologyNode_GetGUID(sink, &MF_TOPONODE_ERROR_MAJORTYPE, &guid)) &&
              IsEqualGUID(&guid, &MFMediaType_Audio));
    CHECK(IMFTopoLoader_Load, error_sub,
          "This attribute is set when the topology fails to load because the correct decoder could not be found.",
          OK(IMFTopologyNode_GetGUID(sink, &MF_TOPONODE_ERROR_SUBTYPE, &guid)) &&
              IsEqualGUID(&guid, &loading_encoded_subtype));
    loading_decoder(&l, l.pcm);
    CHECK(IMFTopoLoader_Load, decoder,
          "Add a decoder transform upstream upstream from this node, if needed to complete the connection. (Local "
          "registrations count.)",
          OK(loading_load(&l)) && loading_nodes(&l) == 3);
    decoder = loading_before(&l, sink);
    CHECK(IMFTopoLoader_Load, decoder_attribute, "Specifies whether a toplogy node's object is a decoder.",
          decoder && number_of(decoder, &MF_TOPONODE_DECODER) == 1);
    CHECK(IMFTopoLoader_Load, decoder_mark,
          "It is recommended that exactly one node in every branch of the topology "
          "should have this attribute set to TRUE.",
          decoder && number_of(decoder, &MF_TOPONODE_MARKIN_HERE) == 1);
    drop(&decoder);
    CHECK(IMFTopoLoader_Load, decoder_types,
          "It also sets the input and output media types on all of the objects in the topology.",
          loading_types_match(&l, sink, l.encoded, l.pcm));
    decoder = loading_full_node(&l, sink);
    CHECK(IMFTopoLoader_Load, error_gone, "(errors of an earlier attempt are not in the full topology)",
          decoder && FAILED(IMFTopologyNode_GetItem(decoder, &MF_TOPONODE_ERRORCODE, NULL)));
    drop(&decoder);
    IMFTopologyNode_SetUINT32(sink, &MF_TOPONODE_CONNECT_METHOD, MF_CONNECT_ALLOW_CONVERTER);
    CHECK(
        IMFTopoLoader_Load, MF_E_TRANSFORM_NOT_POSSIBLE_FOR_CURRENT_MEDIATYPE_COMBINATION,
        "Add a converter transform upstream from this node, if needed to complete the connection. (A decoder is none.)",
        GIVES(MF_E_TRANSFORM_NOT_POSSIBLE_FOR_CURRENT_MEDIATYPE_COMBINATION, loading_load(&l)));
    CHECK(IMFTopoLoader_Load, leaks_decoder, "The caller must release the interface.", loading_end(&l));
}

static void decoder_and_converter(void)
{
    struct loading l;
    IMFTopologyNode *source, *sink;

    loading_begin(&l);
    loading_decoder(&l, l.other_pcm);
    source = loading_source(&l, 1, &l.encoded);
    sink = loading_sink(&l, l.pcm, NO_METHOD);
    IMFTopologyNode_ConnectOutput(source, 0, sink, 0);
    CHECK_IF(l.has_resampler, "there is no audio resampler", IMFTopoLoader_Load, both,
             "setting the MF_CONNECT_ALLOW_DECODER flag sets the MF_CONNECT_ALLOW_CONVERTER flag as well.",
             OK(loading_load(&l)) && loading_nodes(&l) == 4 && loading_types_match(&l, sink, l.other_pcm, l.pcm));
    loading_end(&l);
}

static void useless_decoder(void)
{
    struct loading l;
    IMFTopologyNode *source, *sink;
    IMFMediaType *picture;

    loading_begin(&l);
    picture = rig_video_type(16, 16);
    loading_decoder(&l, picture);
    source = loading_source(&l, 1, &l.encoded);
    sink = loading_sink(&l, l.pcm, NO_METHOD);
    IMFTopologyNode_ConnectOutput(source, 0, sink, 0);
    CHECK(IMFTopoLoader_Load, MF_E_TOPO_CANNOT_CONNECT, "Unable to find a way to connect nodes.",
          GIVES(MF_E_TOPO_CANNOT_CONNECT, loading_load(&l)));
    drop(&picture);
    CHECK(IMFTopoLoader_Load, leaks_useless, "(nothing is left of transforms that were tried)", loading_end(&l));
}

static void protected_content(void)
{
    IMFStreamDescriptor *descriptor = NULL;
    struct loading l;
    IMFTopologyNode *source, *sink;

    loading_begin(&l);
    loading_decoder(&l, l.pcm);
    source = loading_source(&l, 1, &l.encoded);
    sink = loading_sink(&l, l.pcm, NO_METHOD);
    IMFTopologyNode_ConnectOutput(source, 0, sink, 0);
    IMFTopologyNode_GetUnknown(source, &MF_TOPONODE_STREAM_DESCRIPTOR, &IID_IMFStreamDescriptor, (void **)&descriptor);
    IMFStreamDescriptor_SetUINT32(descriptor, &MF_SD_PROTECTED, 1);
    CHECK(IMFTopoLoader_Load, MF_E_TOPO_CANNOT_FIND_DECRYPTOR,
          "No suitable transform was found to decrypt the content.",
          GIVES(MF_E_TOPO_CANNOT_FIND_DECRYPTOR, loading_load(&l)));
    drop(&descriptor);
    loading_end(&l);
}

/* ---- The source's types ----------------------------------------------------------------------------------------- */

/* The documentation's example: the source offers T1, T2, T3; the sink takes T3, and so what T1 is decoded to. */
static void source_types(void)
{
    struct loading l;
    IMFTopologyNode *source, *sink;
    IMFMediaType *types[3];

    loading_begin(&l);
    loading_decoder(&l, l.pcm);
    types[0] = l.encoded;
    types[1] = l.other_pcm;
    types[2] = l.pcm;
    source = loading_source(&l, 3, types);
    sink = loading_sink(&l, l.pcm, NO_METHOD);
    IMFTopologyNode_ConnectOutput(source, 0, sink, 0);
    CHECK(IMFTopoLoader_Load, current_type,
          "If the MF_TOPOLOGY_ENUMERATE_SOURCE_TYPES attribute is FALSE or not set, the topology loader uses the "
          "stream's "
          "current media type. It does not enumerate the list of possible types.",
          OK(loading_load(&l)) && loading_nodes(&l) == 3);
    IMFTopology_SetUINT32(l.topology, &MF_TOPOLOGY_ENUMERATE_SOURCE_TYPES, TRUE);
    IMFTopologyNode_SetUINT32(source, &MF_TOPONODE_CONNECT_METHOD, MF_CONNECT_RESOLVE_INDEPENDENT_OUTPUTTYPES);
    CHECK(IMFTopoLoader_Load, independent,
          "The final topology contains: media source, decoder, media sink. (The flag is set.)",
          OK(loading_load(&l)) && loading_nodes(&l) == 3);
    IMFTopologyNode_DeleteItem(source, &MF_TOPONODE_CONNECT_METHOD);
    CHECK(IMFTopoLoader_Load, enumerate,
          "The final topology contains: media source, media sink. (The flag is not set.)",
          OK(loading_load(&l)) && loading_nodes(&l) == 2);
    CHECK(IMFTopoLoader_Load, enumerated_type,
          "It also sets the input and output media types on all of the objects in the topology.",
          loading_current_type_is(&l, source, l.pcm));
    CHECK(IMFTopoLoader_Load, leaks_types, "The caller must release the interface.", loading_end(&l));
}

static void no_source_type_fits(void)
{
    struct loading l;
    IMFTopologyNode *source, *sink;
    IMFMediaType *types[2];

    loading_begin(&l);
    types[0] = l.encoded;
    types[1] = l.other_pcm;
    source = loading_source(&l, 2, types);
    sink = loading_sink(&l, l.pcm, MF_CONNECT_DIRECT);
    IMFTopologyNode_ConnectOutput(source, 0, sink, 0);
    IMFTopology_SetUINT32(l.topology, &MF_TOPOLOGY_ENUMERATE_SOURCE_TYPES, TRUE);
    CHECK(IMFTopoLoader_Load, MF_E_NO_MORE_TYPES,
          "the topology loader enumerates the source's media types until it finds a compatible type",
          GIVES(MF_E_NO_MORE_TYPES, loading_load(&l)));
    loading_end(&l);
}

static void preferred_type(void)
{
    struct loading l;
    IMFTopologyNode *source, *sink;
    IMFMediaType *types[2];

    loading_begin(&l);
    types[0] = l.other_pcm;
    types[1] = l.pcm;
    source = loading_source(&l, 2, types);
    sink = loading_sink(&l, l.pcm, MF_CONNECT_DIRECT);
    IMFTopologyNode_SetOutputPrefType(source, 0, l.pcm);
    IMFTopologyNode_ConnectOutput(source, 0, sink, 0);
    CHECK(IMFTopoLoader_Load, preferred, "The preferred type is a hint for the topology loader.",
          OK(loading_load(&l)) && loading_current_type_is(&l, source, l.pcm));
    loading_end(&l);
}

static const struct test_case cases[] = {
    {"creation", creation},
    {"unconnected", unconnected},
    {"sink_activates", sink_activates},
    {"loops", loops},
    {"direct", direct},
    {"no_trimming", no_trimming},
    {"refused", refused},
    {"again", again},
    {"decoders", decoders},
    {"decoder_and_converter", decoder_and_converter},
    {"useless_decoder", useless_decoder},
    {"protected_content", protected_content},
    {"source_types", source_types},
    {"no_source_type_fits", no_source_type_fits},
    {"preferred_type", preferred_type},
    {NULL, NULL},
};
const struct group topology_loader_group = {"topology_loader", __FILE__, cases};

/* See mf_topology_loader.h. */
#include "mf_topology_loader.h"
#include "mf_test.h"

#include <mftransform.h>
#include <wmcodecdsp.h>

const GUID loading_encoded_subtype = {0x436f726b, 0x0001, 0x0010, {0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71}};

/* ---- A decoder that is registered in this process --------------------------------------------------------------- */

static struct
{
    struct rig *rig;
    IMFMediaType *input, *output;
} decoder;

static HRESULT WINAPI factory_QueryInterface(IClassFactory *iface, REFIID iid, void **object)
{
    *object = IsEqualIID(iid, &IID_IClassFactory) || IsEqualIID(iid, &IID_IUnknown) ? iface : NULL;
    return *object ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI factory_count(IClassFactory *iface)
{
    (void)iface;
    return 1;
}

static HRESULT WINAPI factory_CreateInstance(IClassFactory *iface, IUnknown *outer, REFIID iid, void **object)
{
    struct rig_transform_options options = {
        .name = "decoder", .input_type = decoder.input, .output_type = decoder.output};
    IMFTransform *transform = rig_transform(decoder.rig, &options);
    HRESULT hr;

    (void)iface;
    (void)outer;
    if (!transform) return E_OUTOFMEMORY;
    hr = IMFTransform_QueryInterface(transform, iid, object);
    IMFTransform_Release(transform);
    return hr;
}

static HRESULT WINAPI factory_LockServer(IClassFactory *iface, BOOL lock)
{
    (void)iface;
    (void)lock;
    return S_OK;
}

static IClassFactoryVtbl factory_methods = {factory_QueryInterface, factory_count, factory_count,
                                            factory_CreateInstance, factory_LockServer};
static IClassFactory factory = {&factory_methods};

void loading_decoder(struct loading *l, IMFMediaType *type)
{
    MFT_REGISTER_TYPE_INFO input = {MFMediaType_Audio, loading_encoded_subtype};
    MFT_REGISTER_TYPE_INFO output = {MFMediaType_Audio, MFAudioFormat_PCM};

    decoder.rig = l->rig;
    decoder.input = l->encoded;
    decoder.output = type;
    MFTRegisterLocal(&factory, &MFT_CATEGORY_AUDIO_DECODER, L"Test decoder", 0, 1, &input, 1, &output);
}

/* ---- The topology ----------------------------------------------------------------------------------------------- */

void loading_begin(struct loading *l)
{
    IMFTransform *resampler = NULL;

    memset(l, 0, sizeof(*l));
    rig_load_api(&l->api, L"mf.dll");
    l->rig = rig_new(&l->api);
    pMFCreateTopoLoader(&l->loader);
    pMFCreateTopology(&l->topology);
    l->pcm = rig_audio_type(44100, 2);
    l->other_pcm = rig_audio_type(48000, 2);
    l->encoded = rig_audio_type(44100, 2);
    IMFMediaType_SetGUID(l->encoded, &MF_MT_SUBTYPE, &loading_encoded_subtype);
    l->has_resampler = SUCCEEDED(CoCreateInstance(&CLSID_CResamplerMediaObject, NULL, CLSCTX_INPROC_SERVER,
                                                  &IID_IMFTransform, (void **)&resampler));
    drop(&resampler);
}

int loading_end(struct loading *l)
{
    char leaked[256] = "";
    unsigned left;

    MFTUnregisterLocal(&factory);
    drop(&l->full);
    drop(&l->topology);
    drop(&l->loader);
    for (unsigned i = 0; i < l->node_count; i++)
        drop(&l->nodes[i]);
    for (unsigned i = 0; i < l->sink_count; i++)
    {
        rig_finish(l->rig, NULL, l->sinks[i]);
    }
    drop(&l->pcm);
    drop(&l->other_pcm);
    drop(&l->encoded);
    left = rig_end(l->rig, leaked, sizeof(leaked));
    note("left: %s", leaked);
    return !left;
}

static IMFTopologyNode *keep(struct loading *l, IMFTopologyNode *node)
{
    if (node) l->nodes[l->node_count++] = node;
    return node;
}

IMFTopologyNode *loading_node(struct loading *l, MF_TOPOLOGY_TYPE type)
{
    IMFTopologyNode *node = NULL;

    pMFCreateTopologyNode(type, &node);
    IMFTopology_AddNode(l->topology, node);
    return keep(l, node);
}

IMFTopologyNode *loading_source(struct loading *l, unsigned count, IMFMediaType **types)
{
    IMFTopologyNode *node = loading_node(l, MF_TOPOLOGY_SOURCESTREAM_NODE);
    IMFStreamDescriptor *descriptor = NULL;
    IMFMediaTypeHandler *handler = NULL;

    MFCreateStreamDescriptor(0, count, types, &descriptor);
    IMFStreamDescriptor_GetMediaTypeHandler(descriptor, &handler);
    IMFMediaTypeHandler_SetCurrentMediaType(handler, types[0]);
    IMFTopologyNode_SetUnknown(node, &MF_TOPONODE_STREAM_DESCRIPTOR, (IUnknown *)descriptor);
    drop(&handler);
    drop(&descriptor);
    return node;
}

IMFTopologyNode *loading_transform(struct loading *l, const struct rig_transform_options *options)
{
    IMFTransform *transform = rig_transform(l->rig, options);
    IMFTopologyNode *node = rig_transform_node(l->rig, l->topology, transform);

    drop(&transform);
    return keep(l, node);
}

IMFTopologyNode *loading_sink(struct loading *l, IMFMediaType *type, UINT32 method)
{
    IMFMediaSink *sink = rig_sink(l->rig, &(struct rig_sink_options){.name = "sink", .type = type});
    IMFTopologyNode *node = rig_output_node(l->rig, l->topology, sink, 0);

    l->sinks[l->sink_count++] = sink;
    if (method != NO_METHOD)
        IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_CONNECT_METHOD, method);
    else
        IMFTopologyNode_DeleteItem(node, &MF_TOPONODE_CONNECT_METHOD);
    IMFTopologyNode_DeleteItem(node, &MF_TOPONODE_STREAMID);
    return keep(l, node);
}

/* ---- The full topology ------------------------------------------------------------------------------------------ */

HRESULT loading_load(struct loading *l)
{
    HRESULT hr;

    drop(&l->full);
    hr = IMFTopoLoader_Load(l->loader, l->topology, &l->full, NULL);
    if (FAILED(hr)) l->full = NULL;
    return hr;
}

unsigned loading_nodes(struct loading *l)
{
    WORD count = 0;

    if (l->full) IMFTopology_GetNodeCount(l->full, &count);
    note("%u nodes", count);
    return count;
}

IMFTopologyNode *loading_full_node(struct loading *l, IMFTopologyNode *node)
{
    IMFTopologyNode *found = NULL;
    TOPOID id = 0;

    IMFTopologyNode_GetTopoNodeID(node, &id);
    if (!l->full || FAILED(IMFTopology_GetNodeByID(l->full, id, &found))) return NULL;
    return found;
}

IMFTopologyNode *loading_before(struct loading *l, IMFTopologyNode *node)
{
    IMFTopologyNode *full = loading_full_node(l, node), *before = NULL;
    DWORD output;

    if (full && FAILED(IMFTopologyNode_GetInput(full, 0, &before, &output))) before = NULL;
    drop(&full);
    return before;
}

int loading_class(struct loading *l, IMFTopologyNode *node, const CLSID *class_id)
{
    IMFTopologyNode *before = loading_before(l, node);
    CLSID found = {0};

    if (before) IMFTopologyNode_GetGUID(before, &MF_TOPONODE_TRANSFORM_OBJECTID, &found);
    drop(&before);
    return IsEqualGUID(&found, class_id);
}

static int is_of_type(IMFTopologyNode *node, BOOL output, IMFMediaType *type)
{
    IMFMediaType *current = NULL;
    BOOL same = FALSE;

    if (FAILED(pMFGetTopoNodeCurrentType(node, 0, output, &current))) return 0;
    IMFMediaType_Compare(type, (IMFAttributes *)current, MF_ATTRIBUTES_MATCH_OUR_ITEMS, &same);
    drop(&current);
    return same;
}

int loading_types_match(struct loading *l, IMFTopologyNode *node, IMFMediaType *input, IMFMediaType *output)
{
    IMFTopologyNode *before = loading_before(l, node);
    int same = before && is_of_type(before, FALSE, input) && is_of_type(before, TRUE, output);

    drop(&before);
    return same;
}

int loading_current_type_is(struct loading *l, IMFTopologyNode *source, IMFMediaType *type)
{
    IMFTopologyNode *full = loading_full_node(l, source);
    int same = full && is_of_type(full, TRUE, type);

    drop(&full);
    return same;
}

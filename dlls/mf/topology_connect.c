/* See topology_connect.h. */
#include "mf/topology_connect.h"

#include <mf_more.h>
#include <wmcodecdsp.h>

#include "common/trace.h"
#include "mf/media_type_fill.h"
#include "mf/node_stream.h"
#include "mf/topology_node.h"

CORK_TRACE_CHANNEL(mf);

enum way
{
    WAY_DIRECT,
    WAY_CONVERTER,
    WAY_DECODER,
    WAY_COUNT
};

/* A connection being made. */
struct attempt
{
    struct topology_connector *connector;
    struct topology_connection *connection;
    struct node_stream up, target;
    UINT32 method;                 /* MF_CONNECT_METHOD of the downstream node */
    BOOL up_locked, target_locked; /* MF_TOPONODE_LOCKED: their types stay */
};

static BOOL is_set(IMFTopologyNode *node, const GUID *key)
{
    UINT32 value;

    return SUCCEEDED(IMFTopologyNode_GetUINT32(node, key, &value)) && value;
}

static BOOL allows(const struct attempt *attempt, enum way way)
{
    static const UINT32 needed[WAY_COUNT] = {MF_CONNECT_DIRECT, MF_CONNECT_ALLOW_CONVERTER, MF_CONNECT_ALLOW_DECODER};

    return (attempt->method & needed[way]) == needed[way];
}

/* ---- The target ------------------------------------------------------------------------------------------------- */

/* A transform that has this type already is not asked: setting an input type makes many of them forget their output's,
 * and one that is in use must not be touched. */
static BOOL has_type(const struct node_stream *stream, IMFMediaType *type)
{
    IMFMediaType *current;
    BOOL same;

    if (!stream->transform || FAILED(node_stream_current_type(stream, &current))) return FALSE;
    same = media_type_is_within(type, current);
    IMFMediaType_Release(current);
    return same;
}

static HRESULT target_accepts(const struct attempt *attempt, IMFMediaType *type)
{
    if (has_type(&attempt->target, type)) return S_OK;
    if (attempt->target_locked && attempt->target.transform) return MF_E_INVALIDMEDIATYPE;
    return node_stream_supports(&attempt->target, type);
}

/* Takes note of the type where the input is not a sink's: sinks get theirs when the topology is used. */
static HRESULT set_input_type(const struct topology_connection *connection, const struct node_stream *down,
                              IMFMediaType *type)
{
    if (down->type == MF_TOPOLOGY_OUTPUT_NODE || has_type(down, type)) return S_OK;
    if (is_set(connection->down, &MF_TOPONODE_LOCKED)) return S_OK;
    return node_stream_set_type(down, type);
}

/* The type of the downstream node's input, which is the target unless that lies behind a tee. */
static HRESULT set_down_type(const struct attempt *attempt, IMFMediaType *type)
{
    const struct topology_connection *connection = attempt->connection;
    struct node_stream down;
    HRESULT hr;

    if (connection->down == connection->target) return set_input_type(connection, &attempt->target, type);
    if (FAILED(hr = node_stream_open(&down, connection->down, connection->input, FALSE))) return hr;
    hr = set_input_type(connection, &down, type);
    node_stream_close(&down);
    return hr;
}

/* The last step: an output of this type, which the target accepts, is joined with the downstream node. */
static HRESULT join(const struct attempt *attempt, IMFTopologyNode *from, DWORD output, IMFMediaType *type)
{
    const struct topology_connection *connection = attempt->connection;
    HRESULT hr = set_down_type(attempt, type);

    return SUCCEEDED(hr) ? IMFTopologyNode_ConnectOutput(from, output, connection->down, connection->input) : hr;
}

/* ---- Transforms put in ------------------------------------------------------------------------------------------ */

/* Sets a transform's output type and checks that the target accepts what became of it. */
static HRESULT try_output_type(const struct attempt *attempt, const struct node_stream *output, IMFMediaType *type,
                               IMFMediaType *source)
{
    IMFMediaType *filled, *actual;
    HRESULT hr;

    if (FAILED(hr = media_type_fill(type, source, &filled))) return hr;
    hr = node_stream_set_type(output, filled);
    IMFMediaType_Release(filled);
    if (FAILED(hr) || FAILED(hr = node_stream_current_type(output, &actual))) return hr;
    hr = target_accepts(attempt, actual);
    IMFMediaType_Release(actual);
    return hr;
}

/* The types that the target has said it wants: its current one, or where it has none yet, those it lists. */
static HRESULT wanted_type(const struct attempt *attempt, DWORD index, IMFMediaType **type)
{
    HRESULT hr = node_stream_current_type(&attempt->target, type);

    if (SUCCEEDED(hr))
    {
        if (!index) return hr;
        IMFMediaType_Release(*type);
        return MF_E_NO_MORE_TYPES;
    }
    if (hr != MF_E_NOT_INITIALIZED && hr != MF_E_TRANSFORM_TYPE_NOT_SET) return hr;
    return node_stream_type_at(&attempt->target, index, type);
}

/* Whether a listed type would do, asked of the target before the transform has to change its mind. */
static HRESULT try_listed_type(const struct attempt *attempt, const struct node_stream *output, IMFMediaType *type,
                               IMFMediaType *source)
{
    IMFMediaType *filled;
    HRESULT hr;

    if (FAILED(hr = media_type_fill(type, source, &filled))) return hr;
    hr = target_accepts(attempt, filled);
    IMFMediaType_Release(filled);
    return SUCCEEDED(hr) ? try_output_type(attempt, output, type, source) : hr;
}

/* Finds an output type of a transform, fed with `source`, that the target accepts; it is set then. */
static HRESULT choose_output_type(const struct attempt *attempt, const struct node_stream *output, IMFMediaType *source)
{
    IMFMediaType *type;
    HRESULT hr;

    for (DWORD i = 0; SUCCEEDED(wanted_type(attempt, i, &type)); i++)
    {
        hr = try_output_type(attempt, output, type, source);
        IMFMediaType_Release(type);
        if (SUCCEEDED(hr)) return hr;
    }
    for (DWORD i = 0; SUCCEEDED(hr = node_stream_type_at(output, i, &type)); i++)
    {
        hr = try_listed_type(attempt, output, type, source);
        IMFMediaType_Release(type);
        if (SUCCEEDED(hr)) return hr;
    }
    return hr;
}

/* Puts a node that a transform was made for into the topology, behind `from`. */
static HRESULT insert(const struct attempt *attempt, IMFTopologyNode *from, DWORD output, IMFTopologyNode *node)
{
    struct topology_connection *connection = attempt->connection;
    HRESULT hr;

    if (FAILED(hr = IMFTopology_AddNode(attempt->connector->topology, node))) return hr;
    connection->inserted[connection->inserted_count++] = node;
    return IMFTopologyNode_ConnectOutput(from, output, node, 0);
}

static void remove_inserted(const struct attempt *attempt, unsigned keep)
{
    struct topology_connection *connection = attempt->connection;

    while (connection->inserted_count > keep)
        IMFTopology_RemoveNode(attempt->connector->topology, connection->inserted[--connection->inserted_count]);
}

/* Inserts a transform whose output type has been chosen, and joins it with the downstream node. */
static HRESULT insert_and_join(const struct attempt *attempt, IMFTopologyNode *from, DWORD from_output,
                               IMFTopologyNode *node, const struct node_stream *output)
{
    unsigned before = attempt->connection->inserted_count;
    IMFMediaType *type;
    HRESULT hr;

    if (FAILED(hr = node_stream_current_type(output, &type))) return hr;
    if (SUCCEEDED(hr = insert(attempt, from, from_output, node))) hr = join(attempt, node, 0, type);
    IMFMediaType_Release(type);
    if (FAILED(hr)) remove_inserted(attempt, before);
    return hr;
}

/* What is done with a new transform that accepts the type. */
typedef HRESULT (*use_transform)(const struct attempt *attempt, IMFTopologyNode *from, DWORD from_output,
                                 IMFMediaType *type, IMFTopologyNode *node, const struct node_stream *output);

static HRESULT use_converter(const struct attempt *attempt, IMFTopologyNode *from, DWORD from_output,
                             IMFMediaType *type, IMFTopologyNode *node, const struct node_stream *output)
{
    HRESULT hr = choose_output_type(attempt, output, type);

    return SUCCEEDED(hr) ? insert_and_join(attempt, from, from_output, node, output) : hr;
}

/* Feeds a transform with a type and uses it. The node is released unless it is in the topology then. */
static HRESULT feed_and_use(const struct attempt *attempt, IMFTopologyNode *from, DWORD from_output, IMFMediaType *type,
                            IMFTopologyNode *node, use_transform use)
{
    struct node_stream input, output;
    HRESULT hr;

    if (FAILED(hr = node_stream_open(&input, node, 0, FALSE))) return hr;
    hr = node_stream_set_type(&input, type);
    node_stream_close(&input);
    if (FAILED(hr) || FAILED(hr = node_stream_open(&output, node, 0, TRUE))) return hr;
    hr = use(attempt, from, from_output, type, node, &output);
    node_stream_close(&output);
    return hr;
}

/* ---- Converters ------------------------------------------------------------------------------------------------- */

static HRESULT format_of(IMFMediaType *type, MFT_REGISTER_TYPE_INFO *format)
{
    HRESULT hr = IMFMediaType_GetMajorType(type, &format->guidMajorType);

    return SUCCEEDED(hr) ? IMFMediaType_GetGUID(type, &MF_MT_SUBTYPE, &format->guidSubtype) : hr;
}

/* Tries the transforms of a category one after the other. */
static HRESULT try_category(const struct attempt *attempt, const GUID *category, IMFTopologyNode *from,
                            DWORD from_output, IMFMediaType *type, use_transform use, UINT32 *tried)
{
    struct transform_finder *finder = &attempt->connector->finder;
    MFT_REGISTER_TYPE_INFO format;
    struct transform_set *set;
    IMFTransform *transform;
    IMFTopologyNode *node;
    HRESULT hr;

    *tried = 0;
    if (FAILED(hr = format_of(type, &format))) return hr;
    if (FAILED(hr = transform_finder_find(finder, category, &format, &set, tried))) return hr;
    hr = MF_E_NOT_FOUND;
    for (UINT32 i = 0; i < *tried && FAILED(hr); i++)
    {
        if (FAILED(hr = transform_finder_make(finder, set, i, &transform, &node))) continue;
        hr = feed_and_use(attempt, from, from_output, type, node, use);
        IMFTransform_Release(transform);
        IMFTopologyNode_Release(node);
    }
    return hr;
}

/* The resampler is the converter of sound, so the registry is not searched for it. */
static HRESULT try_resampler(const struct attempt *attempt, IMFTopologyNode *from, DWORD from_output,
                             IMFMediaType *type)
{
    IMFTransform *transform;
    IMFTopologyNode *node;
    HRESULT hr;

    if (FAILED(hr = transform_finder_make_class(&CLSID_CResamplerMediaObject, &transform, &node))) return hr;
    hr = feed_and_use(attempt, from, from_output, type, node, use_converter);
    IMFTransform_Release(transform);
    IMFTopologyNode_Release(node);
    return hr;
}

static HRESULT connect_by_converter(const struct attempt *attempt, IMFTopologyNode *from, DWORD from_output,
                                    IMFMediaType *type)
{
    const GUID *category = &MFT_CATEGORY_VIDEO_PROCESSOR;
    GUID major;
    UINT32 tried;
    HRESULT hr;

    if (FAILED(hr = IMFMediaType_GetMajorType(type, &major))) return hr;
    if (IsEqualGUID(&major, &MFMediaType_Audio))
    {
        if (SUCCEEDED(hr = try_resampler(attempt, from, from_output, type))) return hr;
        category = &MFT_CATEGORY_AUDIO_EFFECT;
    }
    else if (!IsEqualGUID(&major, &MFMediaType_Video))
        return MF_E_INVALIDMEDIATYPE;
    hr = try_category(attempt, category, from, from_output, type, use_converter, &tried);
    return FAILED(hr) ? MF_E_TRANSFORM_NOT_POSSIBLE_FOR_CURRENT_MEDIATYPE_COMBINATION : hr;
}

/* ---- Decoders --------------------------------------------------------------------------------------------------- */

/* Decodes to one of the decoder's types and converts that. */
static HRESULT decode_and_convert(const struct attempt *attempt, IMFTopologyNode *from, DWORD from_output,
                                  IMFMediaType *source, IMFTopologyNode *node, const struct node_stream *output)
{
    unsigned before = attempt->connection->inserted_count;
    IMFMediaType *type, *filled = NULL;
    HRESULT hr;

    if (FAILED(hr = insert(attempt, from, from_output, node))) return hr;
    for (DWORD i = 0; SUCCEEDED(hr = node_stream_type_at(output, i, &type)); i++)
    {
        hr = media_type_fill(type, source, &filled);
        IMFMediaType_Release(type);
        if (FAILED(hr)) break;
        if (SUCCEEDED(hr = node_stream_set_type(output, filled))) hr = connect_by_converter(attempt, node, 0, filled);
        IMFMediaType_Release(filled);
        if (SUCCEEDED(hr)) return hr;
    }
    remove_inserted(attempt, before);
    return hr;
}

static HRESULT use_decoder(const struct attempt *attempt, IMFTopologyNode *from, DWORD from_output, IMFMediaType *type,
                           IMFTopologyNode *node, const struct node_stream *output)
{
    HRESULT hr;

    if (FAILED(hr = IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_DECODER, 1))) return hr;
    if (SUCCEEDED(hr = use_converter(attempt, from, from_output, type, node, output))) return hr;
    return decode_and_convert(attempt, from, from_output, type, node, output);
}

/* Whether the data would have to be decrypted, which nothing here can. */
static BOOL is_protected(const struct attempt *attempt, const GUID *major)
{
    IMFStreamDescriptor *descriptor;
    UINT32 is = 0;

    if (IsEqualGUID(major, &MFMediaType_Protected)) return TRUE;
    if (FAILED(IMFTopologyNode_GetUnknown(attempt->connection->up, &MF_TOPONODE_STREAM_DESCRIPTOR,
                                          &IID_IMFStreamDescriptor, (void **)&descriptor)))
        return FALSE;
    if (FAILED(IMFStreamDescriptor_GetUINT32(descriptor, &MF_SD_PROTECTED, &is))) is = 0;
    IMFStreamDescriptor_Release(descriptor);
    return is != 0;
}

static HRESULT connect_by_decoder(const struct attempt *attempt, IMFMediaType *type)
{
    const struct topology_connection *connection = attempt->connection;
    const GUID *category = &MFT_CATEGORY_VIDEO_DECODER;
    GUID major;
    UINT32 tried;
    HRESULT hr;

    if (FAILED(hr = IMFMediaType_GetMajorType(type, &major))) return hr;
    if (is_protected(attempt, &major)) return MF_E_TOPO_CANNOT_FIND_DECRYPTOR;
    if (IsEqualGUID(&major, &MFMediaType_Audio))
        category = &MFT_CATEGORY_AUDIO_DECODER;
    else if (!IsEqualGUID(&major, &MFMediaType_Video))
        return MF_E_INVALIDMEDIATYPE;
    hr = try_category(attempt, category, connection->up, connection->output, type, use_decoder, &tried);
    if (SUCCEEDED(hr)) return hr;
    return tried ? MF_E_TOPO_CANNOT_CONNECT : MF_E_TOPO_CODEC_NOT_FOUND;
}

/* ---- The output's types ----------------------------------------------------------------------------------------- */

static HRESULT connect_directly(const struct attempt *attempt, IMFMediaType *type)
{
    HRESULT hr = target_accepts(attempt, type);

    return SUCCEEDED(hr) ? join(attempt, attempt->connection->up, attempt->connection->output, type) : hr;
}

/* Has the output be of the type by which it was joined. */
static HRESULT set_output_type(const struct attempt *attempt, IMFMediaType *type)
{
    IMFMediaType *current;
    BOOL same;

    if (attempt->up_locked || attempt->up.type == MF_TOPOLOGY_TEE_NODE) return S_OK;
    if (SUCCEEDED(node_stream_current_type(&attempt->up, &current)))
    {
        same = current == type || media_type_is_within(type, current);
        IMFMediaType_Release(current);
        if (same) return S_OK;
    }
    return node_stream_set_type(&attempt->up, type);
}

static HRESULT try_way(const struct attempt *attempt, IMFMediaType *type, enum way way)
{
    struct topology_connection *connection = attempt->connection;
    HRESULT hr;

    if (way == WAY_DIRECT)
        hr = connect_directly(attempt, type);
    else if (way == WAY_CONVERTER)
        hr = connect_by_converter(attempt, connection->up, connection->output, type);
    else
        hr = connect_by_decoder(attempt, type);
    if (SUCCEEDED(hr) && FAILED(hr = set_output_type(attempt, type)))
        topology_connect_undo(attempt->connector, connection);
    return hr;
}

/* One type, by every way that is allowed. */
static HRESULT try_type(const struct attempt *attempt, IMFMediaType *type)
{
    HRESULT hr = E_FAIL;

    for (enum way way = WAY_DIRECT; way < WAY_COUNT; way++)
        if (allows(attempt, way) && SUCCEEDED(hr = try_way(attempt, type, way))) break;
    return hr;
}

/* The type number `index` of the output; a transform's with what it left open. */
static HRESULT output_type_at(const struct attempt *attempt, DWORD index, IMFMediaType **type)
{
    IMFMediaType *listed, *source;
    struct node_stream input;
    HRESULT hr;

    if (FAILED(hr = node_stream_type_at(&attempt->up, index, type)) || !attempt->up.transform) return hr;
    if (FAILED(node_stream_open(&input, attempt->connection->up, 0, FALSE))) return S_OK;
    if (SUCCEEDED(node_stream_current_type(&input, &source)))
    {
        listed = *type;
        hr = media_type_fill(listed, source, type);
        IMFMediaType_Release(listed);
        IMFMediaType_Release(source);
    }
    node_stream_close(&input);
    return hr;
}

/* Every type by one way, or where `way` is WAY_COUNT by each. MF_E_NO_MORE_TYPES when none was any good. */
static HRESULT try_every_type(const struct attempt *attempt, enum way way)
{
    IMFMediaType *type;
    HRESULT hr;

    for (DWORD i = 0; SUCCEEDED(hr = output_type_at(attempt, i, &type)); i++)
    {
        hr = way == WAY_COUNT ? try_type(attempt, type) : try_way(attempt, type, way);
        IMFMediaType_Release(type);
        if (SUCCEEDED(hr)) return hr;
    }
    return hr;
}

/* All types of the output, in the order that MF_TOPOLOGY_ENUMERATE_SOURCE_TYPES documents. */
static HRESULT enumerate_types(const struct attempt *attempt)
{
    UINT32 method;
    HRESULT hr = MF_E_NO_MORE_TYPES;

    if (SUCCEEDED(IMFTopologyNode_GetUINT32(attempt->connection->up, &MF_TOPONODE_CONNECT_METHOD, &method)) &&
        method & MF_CONNECT_RESOLVE_INDEPENDENT_OUTPUTTYPES)
        return try_every_type(attempt, WAY_COUNT);
    for (enum way way = WAY_DIRECT; way < WAY_COUNT; way++)
        if (allows(attempt, way) && SUCCEEDED(hr = try_every_type(attempt, way))) break;
    return hr;
}

/* The type that the application prefers for the output is tried before any other. */
static HRESULT try_preferred_type(const struct attempt *attempt)
{
    IMFMediaType *type;
    HRESULT hr;

    if (attempt->up.type == MF_TOPOLOGY_TEE_NODE || attempt->up_locked) return MF_E_NOT_FOUND;
    hr = IMFTopologyNode_GetOutputPrefType(attempt->connection->up, attempt->connection->output, &type);
    if (FAILED(hr)) return hr;
    if (SUCCEEDED(hr = node_stream_supports(&attempt->up, type))) hr = try_type(attempt, type);
    IMFMediaType_Release(type);
    return hr;
}

static HRESULT connect_output(const struct attempt *attempt)
{
    BOOL is_source = attempt->up.type == MF_TOPOLOGY_SOURCESTREAM_NODE;
    IMFMediaType *type;
    HRESULT hr;

    if (SUCCEEDED(hr = try_preferred_type(attempt))) return hr;
    if (is_source && attempt->connector->enumerate_source_types) return enumerate_types(attempt);
    if (FAILED(hr = node_stream_current_type(&attempt->up, &type)))
    {
        if (attempt->up.transform && !attempt->up_locked) return enumerate_types(attempt);
        if (!is_source || FAILED(hr = node_stream_type_at(&attempt->up, 0, &type))) return hr;
    }
    hr = try_type(attempt, type);
    IMFMediaType_Release(type);
    /* A transform may still have another output that fits. */
    if (hr == MF_E_INVALIDMEDIATYPE && attempt->up.transform && !attempt->up_locked) hr = enumerate_types(attempt);
    return hr;
}

/* ---- Connections ------------------------------------------------------------------------------------------------ */

HRESULT topology_connect(struct topology_connector *connector, struct topology_connection *connection)
{
    struct attempt attempt = {.connector = connector, .connection = connection};
    HRESULT hr;

    connection->inserted_count = 0;
    if (FAILED(IMFTopologyNode_GetUINT32(connection->down, &MF_TOPONODE_CONNECT_METHOD, &attempt.method)))
        attempt.method = MF_CONNECT_ALLOW_DECODER;
    attempt.up_locked = is_set(connection->up, &MF_TOPONODE_LOCKED);
    attempt.target_locked = is_set(connection->target, &MF_TOPONODE_LOCKED);
    if (FAILED(hr = node_stream_open(&attempt.up, connection->up, connection->output, TRUE))) return hr;
    if (SUCCEEDED(hr = node_stream_open(&attempt.target, connection->target, connection->target_input, FALSE)))
    {
        hr = connect_output(&attempt);
        node_stream_close(&attempt.target);
    }
    node_stream_close(&attempt.up);
    CORK_TRACE("%p:%lu to %p:%lu with %u between: %#lx\n", (void *)connection->up, connection->output,
               (void *)connection->down, connection->input, connection->inserted_count, hr);
    return hr;
}

/* The type that an output has, or the first that it offers. */
static HRESULT any_type(IMFTopologyNode *node, DWORD output, IMFMediaType **type)
{
    struct node_stream stream;
    HRESULT hr;

    if (FAILED(hr = node_stream_open(&stream, node, output, TRUE))) return hr;
    if (FAILED(node_stream_current_type(&stream, type))) hr = node_stream_type_at(&stream, 0, type);
    node_stream_close(&stream);
    return hr;
}

HRESULT topology_connect_as_it_is(struct topology_connection *connection)
{
    struct node_stream down;
    IMFMediaType *type;
    HRESULT hr;

    connection->inserted_count = 0;
    if (FAILED(hr = any_type(connection->up, connection->output, &type))) return hr;
    if (SUCCEEDED(hr = node_stream_open(&down, connection->down, connection->input, FALSE)))
    {
        hr = node_stream_set_type(&down, type);
        node_stream_close(&down);
    }
    IMFMediaType_Release(type);
    if (FAILED(hr)) return hr;
    return IMFTopologyNode_ConnectOutput(connection->up, connection->output, connection->down, connection->input);
}

void topology_connect_undo(struct topology_connector *connector, struct topology_connection *connection)
{
    for (unsigned i = 0; i < connection->inserted_count; i++)
        IMFTopology_RemoveNode(connector->topology, connection->inserted[i]);
    connection->inserted_count = 0;
    IMFTopologyNode_DisconnectOutput(connection->up, connection->output);
}

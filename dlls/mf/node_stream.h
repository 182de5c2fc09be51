/*
 * The media types of one input or output of a topology node, whatever the node's type: of the transform, of the stream
 * sink, of the source's stream descriptor, or a tee's.
 *
 *   struct node_stream stream;
 *   if (FAILED(hr = node_stream_open(&stream, node, 0, TRUE))) return hr;
 *   hr = node_stream_current_type(&stream, &type);
 *   node_stream_close(&stream);
 *
 * Any thread; a stream is used by one at a time.
 */
#ifndef CORK_MF_NODE_STREAM_H
#define CORK_MF_NODE_STREAM_H

#define COBJMACROS
#include <windows.h>
#include <mfidl.h>
#include <mftransform.h>

struct node_stream
{
    IMFTopologyNode *node; /* the caller's, who keeps it as long as the stream is open */
    DWORD index;
    BOOL output;
    MF_TOPOLOGY_TYPE type;
    IMFTransform *transform;      /* of a transform node; with a reference */
    DWORD stream_id;              /* the transform's, for which `index` stands */
    IMFMediaTypeHandler *handler; /* of a source or output node; with a reference */
};

/*
 * Returns S_OK, and then the stream has to be closed; MF_E_INVALIDSTREAMNUMBER where the node has no such stream by its
 * type (an output node has input 0, a source node output 0); MF_E_ATTRIBUTENOTFOUND for a source node without a stream
 * descriptor; E_FAIL for a transform or output node without an object, E_NOINTERFACE where it is not a transform or
 * stream sink; errors of the objects.
 */
HRESULT node_stream_open(struct node_stream *stream, IMFTopologyNode *node, DWORD index, BOOL output);
void node_stream_close(struct node_stream *stream);

/* The current type, which becomes the caller's: of a tee its input type, else that of its primary output. Errors are
 * the objects' (MF_E_NOT_INITIALIZED, MF_E_TRANSFORM_TYPE_NOT_SET ...); of a tee E_INVALIDARG or E_FAIL. */
HRESULT node_stream_current_type(const struct node_stream *stream, IMFMediaType **type);

/* The type number `index` of those offered, which becomes the caller's. MF_E_NO_MORE_TYPES after the last. */
HRESULT node_stream_type_at(const struct node_stream *stream, DWORD index, IMFMediaType **type);

/* Whether the type could be set: S_OK, or the object's refusal. Sets nothing. */
HRESULT node_stream_supports(const struct node_stream *stream, IMFMediaType *type);

HRESULT node_stream_set_type(const struct node_stream *stream, IMFMediaType *type);

/* The transform's id of the input or output of this index: an index where it numbers its streams from 0. Returns S_OK
 * and *id; MF_E_INVALIDSTREAMNUMBER; E_OUTOFMEMORY. */
HRESULT node_stream_transform_id(IMFTransform *transform, DWORD index, BOOL output, DWORD *id);

#endif

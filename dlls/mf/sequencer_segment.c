/* A segment's sources, and its topology as the session gets it. See sequencer_private.h. */
#define COBJMACROS
#include <stdlib.h>

#include "common/trace.h"
#include "mf/sequencer_private.h"

CORK_TRACE_CHANNEL(mf);

/* {5F0F2A3E-6B0B-4C0C-9A2B-0C3F2B7D1E55} UINT64: the serial of the segment that a presentation descriptor is of. An
 * attribute, because the session may play a clone of the descriptor. */
const GUID segment_serial_attribute = {0x5f0f2a3e, 0x6b0b, 0x4c0c, {0x9a, 0x2b, 0x0c, 0x3f, 0x2b, 0x7d, 0x1e, 0x55}};

/* What a source node says. */
struct source_node
{
    IMFMediaSource *source;
    IMFPresentationDescriptor *presentation;
    DWORD stream;
};

static void release_node(struct source_node *node)
{
    if (node->source) IMFMediaSource_Release(node->source);
    if (node->presentation) IMFPresentationDescriptor_Release(node->presentation);
}

static HRESULT read_node(IMFTopologyNode *from, struct source_node *node)
{
    IMFStreamDescriptor *stream = NULL;
    HRESULT hr;

    *node = (struct source_node){0};
    hr = IMFTopologyNode_GetUnknown(from, &MF_TOPONODE_SOURCE, &IID_IMFMediaSource, (void **)&node->source);
    if (SUCCEEDED(hr))
        hr = IMFTopologyNode_GetUnknown(from, &MF_TOPONODE_PRESENTATION_DESCRIPTOR, &IID_IMFPresentationDescriptor,
                                        (void **)&node->presentation);
    if (SUCCEEDED(hr))
        hr = IMFTopologyNode_GetUnknown(from, &MF_TOPONODE_STREAM_DESCRIPTOR, &IID_IMFStreamDescriptor,
                                        (void **)&stream);
    if (SUCCEEDED(hr)) hr = IMFStreamDescriptor_GetStreamIdentifier(stream, &node->stream);
    if (stream) IMFStreamDescriptor_Release(stream);
    if (FAILED(hr)) release_node(node);
    return hr;
}

static HRESULT get_node(IMFCollection *nodes, DWORD index, IMFTopologyNode **node)
{
    IUnknown *element = NULL;
    HRESULT hr = IMFCollection_GetElement(nodes, index, &element);

    if (FAILED(hr)) return hr;
    hr = IUnknown_QueryInterface(element, &IID_IMFTopologyNode, (void **)node);
    IUnknown_Release(element);
    return hr;
}

/* What is known of `source`, which may be in several segments but has its events taken once. */
static struct source_child *find_child(struct sequencer *sequencer, IMFMediaSource *source)
{
    struct source_child *child, **children;

    for (DWORD i = 0; i < sequencer->child_count; i++)
        if (source_child_source(sequencer->children[i]) == source) return sequencer->children[i];
    children = realloc(sequencer->children, (sequencer->child_count + 1) * sizeof(struct source_child *));
    if (!children) return NULL;
    sequencer->children = children;
    child = source_child_create(&sequencer->host, source);
    if (child) children[sequencer->child_count++] = child;
    return child;
}

/* A copy of the source's descriptor with nothing selected: a stream without a node in the topology is asked for nothing
 * and would never end. */
static HRESULT deselected(IMFPresentationDescriptor *from, IMFPresentationDescriptor **out)
{
    DWORD count = 0;
    HRESULT hr = IMFPresentationDescriptor_Clone(from, out);

    if (SUCCEEDED(hr)) hr = IMFPresentationDescriptor_GetStreamDescriptorCount(*out, &count);
    for (DWORD i = 0; SUCCEEDED(hr) && i < count; i++)
        hr = IMFPresentationDescriptor_DeselectStream(*out, i);
    return hr;
}

static HRESULT select_stream(IMFPresentationDescriptor *descriptor, DWORD id)
{
    IMFStreamDescriptor *stream;
    DWORD count = 0, other;
    BOOL selected;
    HRESULT hr = IMFPresentationDescriptor_GetStreamDescriptorCount(descriptor, &count);

    for (DWORD i = 0; SUCCEEDED(hr) && i < count; i++)
    {
        hr = IMFPresentationDescriptor_GetStreamDescriptorByIndex(descriptor, i, &selected, &stream);
        if (FAILED(hr)) break;
        hr = IMFStreamDescriptor_GetStreamIdentifier(stream, &other);
        IMFStreamDescriptor_Release(stream);
        if (SUCCEEDED(hr) && other == id) return IMFPresentationDescriptor_SelectStream(descriptor, i);
    }
    return FAILED(hr) ? hr : E_INVALIDARG;
}

/* Adds what one source node has to the children of the group to be. */
static HRESULT add_node(struct sequencer *sequencer, IMFTopologyNode *node, struct source_group_child *children,
                        DWORD *count)
{
    struct source_node source;
    struct source_child *child;
    UINT64 media_start = 0;
    HRESULT hr = read_node(node, &source);
    DWORD i;

    if (FAILED(hr)) return hr;
    if (source.source == &sequencer->host.iface) hr = E_INVALIDARG;
    IMFTopologyNode_GetUINT64(node, &MF_TOPONODE_MEDIASTART, &media_start);

    EnterCriticalSection(&sequencer->host.lock);
    child = SUCCEEDED(hr) ? find_child(sequencer, source.source) : NULL;
    LeaveCriticalSection(&sequencer->host.lock);
    if (SUCCEEDED(hr) && !child) hr = E_OUTOFMEMORY;

    for (i = 0; SUCCEEDED(hr) && i < *count && children[i].child != child;)
        i++;
    if (SUCCEEDED(hr) && i == *count)
    {
        children[i].child = child;
        children[i].media_start = (MFTIME)media_start;
        (*count)++;
        hr = deselected(source.presentation, &children[i].descriptor);
    }
    else if (SUCCEEDED(hr) && (MFTIME)media_start < children[i].media_start)
        children[i].media_start = (MFTIME)media_start;
    if (SUCCEEDED(hr)) hr = select_stream(children[i].descriptor, source.stream);
    release_node(&source);
    return hr;
}

static HRESULT make_group(struct segment *segment, struct sequencer *sequencer)
{
    struct source_group_child *children = NULL;
    IMFCollection *nodes = NULL;
    IMFTopologyNode *node;
    DWORD count = 0, node_count = 0;
    HRESULT hr = IMFTopology_GetSourceNodeCollection(segment->topology, &nodes);

    if (SUCCEEDED(hr)) hr = IMFCollection_GetElementCount(nodes, &node_count);
    if (SUCCEEDED(hr) && !node_count) hr = E_INVALIDARG;
    if (SUCCEEDED(hr) && !(children = calloc(node_count, sizeof(*children)))) hr = E_OUTOFMEMORY;
    for (DWORD i = 0; SUCCEEDED(hr) && i < node_count; i++)
    {
        hr = get_node(nodes, i, &node);
        if (FAILED(hr)) break;
        hr = add_node(sequencer, node, children, &count);
        IMFTopologyNode_Release(node);
    }
    if (SUCCEEDED(hr)) hr = source_group_create(&sequencer->host, children, count, &segment->group);
    for (DWORD i = 0; i < count; i++)
        if (children[i].descriptor) IMFPresentationDescriptor_Release(children[i].descriptor);
    free(children);
    if (nodes) IMFCollection_Release(nodes);
    return hr;
}

HRESULT segment_create(struct sequencer *sequencer, IMFTopology *topology, struct segment **out)
{
    static LONG64 last_serial;
    struct segment *segment = calloc(1, sizeof(*segment));
    HRESULT hr;

    if (!segment) return E_OUTOFMEMORY;
    segment->serial = (UINT64)InterlockedIncrement64(&last_serial);
    segment->topology = topology;
    IMFTopology_AddRef(topology);
    hr = make_group(segment, sequencer);
    if (SUCCEEDED(hr))
        hr = IMFPresentationDescriptor_SetUINT64(source_group_descriptor(segment->group), &segment_serial_attribute,
                                                 segment->serial);
    if (FAILED(hr))
        segment_destroy(segment);
    else
        *out = segment;
    return hr;
}

void segment_destroy(struct segment *segment)
{
    if (!segment) return;
    if (segment->group) source_group_release(segment->group);
    IMFTopology_Release(segment->topology);
    free(segment);
}

/* Makes a node of the copy one of the sequencer's. */
static HRESULT point_node(struct segment *segment, IMFTopologyNode *node, IMFMediaSource *sequencer)
{
    IMFPresentationDescriptor *presentation = source_group_descriptor(segment->group);
    IMFStreamDescriptor *stream;
    struct source_node source;
    HRESULT hr = read_node(node, &source);

    if (FAILED(hr)) return hr;
    stream = source_group_stream(segment->group, source.source, source.stream);
    if (!stream) hr = MF_E_INVALIDSTREAMNUMBER; /* the application has changed the topology since */
    if (SUCCEEDED(hr)) hr = IMFTopologyNode_SetUnknown(node, &MF_TOPONODE_SOURCE, (IUnknown *)sequencer);
    if (SUCCEEDED(hr))
        hr = IMFTopologyNode_SetUnknown(node, &MF_TOPONODE_PRESENTATION_DESCRIPTOR, (IUnknown *)presentation);
    if (SUCCEEDED(hr)) hr = IMFTopologyNode_SetUnknown(node, &MF_TOPONODE_STREAM_DESCRIPTOR, (IUnknown *)stream);
    if (SUCCEEDED(hr)) hr = IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_SEQUENCE_ELEMENTID, segment->id);
    release_node(&source);
    return hr;
}

HRESULT segment_session_topology(struct segment *segment, IMFMediaSource *source, IMFTopology **out)
{
    IMFTopology *topology = NULL;
    IMFCollection *nodes = NULL;
    IMFTopologyNode *node;
    DWORD count = 0;
    HRESULT hr = MFCreateTopology(&topology);

    if (SUCCEEDED(hr)) hr = IMFTopology_CloneFrom(topology, segment->topology);
    if (SUCCEEDED(hr)) hr = IMFTopology_CopyAllItems(segment->topology, (IMFAttributes *)topology);
    if (SUCCEEDED(hr)) hr = IMFTopology_GetSourceNodeCollection(topology, &nodes);
    if (SUCCEEDED(hr)) hr = IMFCollection_GetElementCount(nodes, &count);
    for (DWORD i = 0; SUCCEEDED(hr) && i < count; i++)
    {
        hr = get_node(nodes, i, &node);
        if (FAILED(hr)) break;
        hr = point_node(segment, node, source);
        IMFTopologyNode_Release(node);
    }
    if (nodes) IMFCollection_Release(nodes);
    if (SUCCEEDED(hr))
        *out = topology;
    else if (topology)
        IMFTopology_Release(topology);
    return hr;
}

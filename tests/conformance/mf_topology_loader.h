/*
 * What the tests of the topology loader share: a partial topology made by hand, of streams without a source (the loader
 * needs none), the rig's transforms and sinks, and a decoder that is registered in this process.
 */
#ifndef CORK_TESTS_MF_TOPOLOGY_LOADER_H
#define CORK_TESTS_MF_TOPOLOGY_LOADER_H

#include "mf_rig.h"

#define NO_METHOD     0xffffffffu /* no MF_TOPONODE_CONNECT_METHOD */
#define LOADING_NODES 256
#define LOADING_SINKS 64

struct loading
{
    struct rig_api api;
    struct rig *rig;
    IMFTopoLoader *loader;
    IMFTopology *topology, *full; /* partial; of the last loading_load, NULL when it failed */
    IMFTopologyNode *nodes[LOADING_NODES];
    unsigned node_count;
    IMFMediaSink *sinks[LOADING_SINKS];
    unsigned sink_count;
    IMFMediaType *pcm, *other_pcm, *encoded; /* 44.1 and 48 kHz, stereo; sound that only loading_decoder's can decode */
    BOOL has_resampler;
};

/* The subtype of `encoded`. */
extern const GUID loading_encoded_subtype;

/* An empty topology, a loader. */
void loading_begin(struct loading *l);
/* Releases everything. Returns whether all of the rig's objects are gone. */
int loading_end(struct loading *l);

/* Nodes, added to the topology; loading_end releases them. */
IMFTopologyNode *loading_node(struct loading *l, MF_TOPOLOGY_TYPE type);
/* A source node with a stream of these types, the first of which is the current one. */
IMFTopologyNode *loading_source(struct loading *l, unsigned count, IMFMediaType **types);
IMFTopologyNode *loading_transform(struct loading *l, const struct rig_transform_options *options);
/* An output node with a sink that takes this type (NULL: any). */
IMFTopologyNode *loading_sink(struct loading *l, IMFMediaType *type, UINT32 method);

/* Registers a decoder from `encoded` to this type, until loading_end. */
void loading_decoder(struct loading *l, IMFMediaType *type);

/* Resolves the topology; an earlier full one is released. */
HRESULT loading_load(struct loading *l);
/* The number of nodes of the full topology. */
unsigned loading_nodes(struct loading *l);
/* The full topology's node with the id of this one, or what comes before that; the caller's to release; or NULL. */
IMFTopologyNode *loading_full_node(struct loading *l, IMFTopologyNode *node);
IMFTopologyNode *loading_before(struct loading *l, IMFTopologyNode *node);
/* Whether what comes before this node in the full topology is a transform of the class, or of these types. */
int loading_class(struct loading *l, IMFTopologyNode *node, const CLSID *class_id);
int loading_types_match(struct loading *l, IMFTopologyNode *node, IMFMediaType *input, IMFMediaType *output);
/* Whether this is the current type of the source node in the full topology. */
int loading_current_type_is(struct loading *l, IMFTopologyNode *source, IMFMediaType *type);

#endif

/* What the groups about the pipeline under the media session share: a presentation of the rig's components. */
#ifndef CORK_TESTS_MF_PIPELINE_SHOW_H
#define CORK_TESTS_MF_PIPELINE_SHOW_H

#include "mf_session_play.h"

/* A topology of components that are all there. */
struct show
{
    struct play play;
    IMFTransform *transform; /* NULL: none */
    IMFTopology *topology;   /* until show_start */
};

/* What is to be in a show: what is NULL has the rig's defaults; no transform at all where `transform` is NULL. */
struct show_parts
{
    const struct rig_source_options *source;
    const struct rig_transform_options *transform;
    const struct rig_sink_options *sink;
};

/* Makes the components and their topology. Returns 0 and notes what failed. */
int show_new(struct show *show, const struct show_parts *parts);
/* The node of a type, the first in the topology; the caller's to release. */
IMFTopologyNode *show_node(struct show *show, MF_TOPOLOGY_TYPE type);
/* Gives the topology to a session. Returns whether it is set. */
int show_set(struct show *show);
/* The same, and starts. Returns MESessionStarted's status. */
HRESULT show_start(struct show *show);
/* The same, and waits for the end. Returns MESessionEnded's status. */
HRESULT show_all(struct show *show);
/* Closes and releases everything. Returns whether MESessionClosed came with S_OK and nothing is left. */
int show_end(struct show *show);

/* How many samples, markers the sink's stream has had; how many in order. */
struct rig_sink_state show_state(struct show *show, unsigned stream);
/* The number of the first call of the name whose argument it is, or -1. */
int show_find(struct show *show, const char *component, const char *method, LONGLONG argument);

#endif

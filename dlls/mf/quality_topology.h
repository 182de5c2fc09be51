/* What of a topology a quality manager can adjust: components with IMFQualityAdvise, and the branches that they are on.
 */
#ifndef CORK_MF_QUALITY_TOPOLOGY_H
#define CORK_MF_QUALITY_TOPOLOGY_H

#define COBJMACROS
#include <stdbool.h>
#include <stdint.h>
#include <windows.h>
#include <mf_more.h>

#include "mf/quality_policy.h"

/* A transform, a renderer or a source that takes advice. */
struct quality_component
{
    TOPOID node;
    MF_TOPOLOGY_TYPE type;
    IMFQualityAdvise *advise;
    int quality, drop_mode; /* steps below normal */
    bool lowest_quality, highest_drop_mode;
};

/* The way to one renderer. */
struct quality_branch
{
    TOPOID node;
    const void *renderer; /* identity of the output node's object; only compared */
    bool audio;           /* "Dropped audio samples cause audio glitching, which is not desirable." */
    int64_t latency;      /* that the renderer has told of, in 100 ns */
    struct quality_policy policy;
    bool *on_it; /* for each component */
};

struct quality_topology
{
    struct quality_component *components;
    size_t component_count;
    struct quality_branch *branches;
    size_t branch_count;
};

/* "Enumerates the nodes in the topology ... Queries for the IMFQualityAdvise interface." Fills in `parts`, which is
 * then given up by quality_topology_clear. Returns E_OUTOFMEMORY or an error of the topology, and then there is
 * nothing. */
HRESULT quality_topology_read(struct quality_topology *parts, IMFTopology *topology);
/* Leaves it empty. */
void quality_topology_clear(struct quality_topology *parts);

/* The branch that ends at a node; NULL: none does. */
struct quality_branch *quality_topology_branch(struct quality_topology *parts, TOPOID node);

/* Takes one component of the branch a step down: transforms first, which only save work by it, then the renderer, the
 * source at last, which may thin the stream. False where none goes further. */
bool quality_topology_lower(struct quality_topology *parts, struct quality_branch *branch);
/* Takes one a step up, the other way round. */
void quality_topology_raise(struct quality_topology *parts, struct quality_branch *branch);
/* Has the renderer, where it takes advice, drop so much. */
void quality_topology_drop(struct quality_topology *parts, struct quality_branch *branch, int64_t amount);
/* Everything as it was. */
void quality_topology_reset(struct quality_topology *parts);

#endif

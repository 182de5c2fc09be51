/*
 * The sequencer source: topologies that are played one after another, each by the sources in it.
 *
 * A segment is one topology with the group of its sources. All segments that the session may still ask for are in one
 * list, in the order in which they are played; one that was deleted while the session has its topology stays in it,
 * marked, until the session has been told of its end. What is in the list is guarded by the host's lock.
 */
#ifndef CORK_MF_SEQUENCER_PRIVATE_H
#define CORK_MF_SEQUENCER_PRIVATE_H

#include "mf/source_group.h"

/* The attribute of a presentation descriptor that has its segment's serial (UINT64). */
extern const GUID segment_serial_attribute;

struct segment
{
    struct segment *next;
    MFSequencerElementId id;
    UINT64 serial; /* of this very segment; its presentation descriptors have it as an attribute */
    DWORD flags;
    IMFTopology *topology; /* as the application gave it */
    struct source_group *group;
    bool announced;          /* MENewPresentation has been sent, or it has been started */
    bool playing;            /* started, and not ended */
    bool ended;              /* its end has been sent */
    bool presentation_ended; /* and that was the end of the whole presentation */
    bool canceled;           /* is to end as soon as the session starts it */
    bool deleted;            /* the application has no such segment any more */
    bool cancel_now;         /* to be ended by sequencer_after */
    bool has_offset;         /* playing begins at `offset` (100 ns after the segment's start) */
    MFTIME offset;
    bool answer_empty, answer_offset; /* the position that MESourceStarted is to tell */
};

struct sequencer
{
    struct source_host host; /* first */
    IMFSequencerSource sequencer_iface;
    IMFMediaSourceTopologyProvider topology_iface;
    IMFMediaSourcePresentationProvider presentation_iface;
    struct segment *segments;
    struct segment *active;
    MFSequencerElementId last_id;
    struct source_child **children; /* every source of any segment, once */
    DWORD child_count;
};

static inline struct sequencer *sequencer_from_host(struct source_host *host)
{
    return CONTAINING_RECORD(host, struct sequencer, host);
}

/* sequencer_segment.c: without the lock. */

/* A segment of `topology`, in no list yet. Returns E_INVALIDARG for a topology without sources or with the sequencer
 * itself; MF_E_ATTRIBUTENOTFOUND where a source node lacks its source, presentation or stream descriptor. */
HRESULT segment_create(struct sequencer *sequencer, IMFTopology *topology, struct segment **out);
void segment_destroy(struct segment *segment);
/* The segment's topology for the session: a copy whose source nodes have `source`, the sequencer, for their source. */
HRESULT segment_session_topology(struct segment *segment, IMFMediaSource *source, IMFTopology **out);

/* sequencer_play.c: with the lock. */

/* The segment that a presentation descriptor belongs to, or that has an identifier; NULL. */
struct segment *sequencer_find(struct sequencer *sequencer, IMFPresentationDescriptor *descriptor);
struct segment *sequencer_find_id(struct sequencer *sequencer, MFSequencerElementId id);
/* Tells the session of the segment after the active one, unless it knows or there is none. */
void sequencer_announce_next(struct sequencer *sequencer);
void sequencer_announce(struct sequencer *sequencer, struct segment *segment);
/* The segment has ended: tells the session. `canceled`: before it was over. */
void sequencer_segment_ended(struct sequencer *sequencer, struct segment *segment, bool canceled);
/* Takes the segment out of the list, or has it end first where the session has its topology. The caller frees what is
 * returned (with segment_destroy, without the lock). */
struct segment *sequencer_remove(struct sequencer *sequencer, struct segment *segment);
void sequencer_report(struct source_host *host, struct source_group *group, IMFMediaEvent *event, MediaEventType type);

/* sequencer_play.c: without the lock. */
HRESULT sequencer_start(struct source_host *host, IMFPresentationDescriptor *descriptor, const GUID *format,
                        const PROPVARIANT *position);
void sequencer_after(struct source_host *host);

#endif

/*
 * Sources that are played together as one: the children of an aggregate source, or of one segment of a sequencer
 * source.
 *
 * A group has one presentation descriptor with the streams of all its children. A command goes to every child that has
 * a stream selected; when all have answered, one answer is reported: the first child's event, or the first that failed,
 * and then the others are stopped, so that no half of a presentation plays. It ends when all have ended.
 *
 * All functions but those marked otherwise are called without the host's lock.
 */
#ifndef CORK_MF_SOURCE_GROUP_H
#define CORK_MF_SOURCE_GROUP_H

#include "mf/source_host.h"

/* A child, with what is kept of it beyond one group. */
struct source_child;

/* A child of `host` with one reference; `source` is referenced. NULL without memory. */
struct source_child *source_child_create(struct source_host *host, IMFMediaSource *source);
void source_child_addref(struct source_child *child);
void source_child_release(struct source_child *child);
IMFMediaSource *source_child_source(struct source_child *child); /* without a reference */
/* Shuts the child's source down, and the streams that were made for it. */
void source_child_shut_down(struct source_child *child);

/* One child of a group to be made. */
struct source_group_child
{
    struct source_child *child;
    IMFPresentationDescriptor *descriptor; /* the child's own; copied */
    MFTIME media_start;                    /* where it starts unless told otherwise, in 100 ns; 0: at its beginning */
};

/* A group of `count` children (1 to 64), with one reference. Returns E_OUTOFMEMORY, E_INVALIDARG, or an error of a
 * descriptor. */
HRESULT source_group_create(struct source_host *host, const struct source_group_child *children, DWORD count,
                            struct source_group **out);
void source_group_addref(struct source_group *group);
void source_group_release(struct source_group *group);

/* The group's own descriptor, without a reference; not to be changed once playing has begun. source_group_stream: the
 * stream in it that is `source`'s own stream `native`, likewise; NULL where there is none. */
IMFPresentationDescriptor *source_group_descriptor(struct source_group *group);
IMFStreamDescriptor *source_group_stream(struct source_group *group, IMFMediaSource *source, DWORD native);

/* Starts the children with what `descriptor` (the group's, or a clone) selects. `position`: VT_I8, or VT_EMPTY to go on
 * or, where the child has not played, to begin at media_start. `relative`: VT_I8 counts from each child's media_start.
 * Children become this group's, should another have had them. Returns the first error of a child, and then the others
 * are stopped and nothing is reported. */
HRESULT source_group_start(struct source_group *group, IMFPresentationDescriptor *descriptor, const GUID *format,
                           const PROPVARIANT *position, bool relative);
HRESULT source_group_stop(struct source_group *group);
HRESULT source_group_pause(struct source_group *group);
/* Stops without anything being reported; what the children still send is dropped. For each selected stream, first
 * MEEndOfStream is queued where `end_streams` and the stream has not ended. */
void source_group_end(struct source_group *group, bool end_streams);

/* What all children can do together (MFMEDIASOURCE_...), and what the first that has it offers. */
HRESULT source_group_characteristics(struct source_group *group, DWORD *characteristics);
HRESULT source_group_service(struct source_group *group, REFGUID service, REFIID iid, void **out);

/* Calls `function` for the `iid` of each child's rate service until one returns an error, which is returned.
 * MF_E_UNSUPPORTED_SERVICE (or the like) where a child has none. `answered`: the children are going to send
 * MESourceRateChanged, of which one is reported. */
HRESULT source_group_rates(struct source_group *group, REFIID iid, bool answered,
                           HRESULT (*function)(void *rate, void *context), void *context);

#endif

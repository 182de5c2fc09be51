/*
 * A media source that has no data of its own but plays other sources: the aggregate source and the sequencer source.
 *
 * Here is what both are made of, IMFMediaSource and IMFGetService; what the other sources ("children") do together is
 * source_group.h's. State is guarded by the one lock of the host. No child is given a command with the lock held;
 * events are queued with it held, so that they come in the order of what happened.
 *
 * As with any media source, Shutdown ends the references between the source, its streams and its children.
 */
#ifndef CORK_MF_SOURCE_HOST_H
#define CORK_MF_SOURCE_HOST_H

#include <stdbool.h>
#include <windows.h>
#include "mf_transcode.h"

struct source_group;
struct source_host;

/* What the two kinds of source differ in. */
struct source_host_type
{
    /* An interface beyond those that every host has; E_NOINTERFACE otherwise. */
    HRESULT (*query)(struct source_host *host, REFIID iid, void **out);
    /* The last reference has gone, the host has been shut down: frees the object. */
    void (*destroy)(struct source_host *host);

    /* With the lock held: */
    /* The group that plays, or would; NULL without one. */
    struct source_group *(*current)(struct source_host *host);
    /* Something that a group has to report: queues `event`, or another in its place. */
    void (*report)(struct source_host *host, struct source_group *group, IMFMediaEvent *event, MediaEventType type);

    /* Without the lock: */
    /* IMFMediaSource::CreatePresentationDescriptor and Start, of a host that is not shut down. */
    HRESULT (*describe)(struct source_host *host, IMFPresentationDescriptor **descriptor);
    HRESULT(*start)
    (struct source_host *host, IMFPresentationDescriptor *descriptor, const GUID *format, const PROPVARIANT *position);
    /* After something was reported: what could not be done under the lock. May be NULL. */
    void (*after)(struct source_host *host);
    /* Shuts the children down and lets go of the groups. Called once. */
    void (*shut_down)(struct source_host *host);
};

struct source_host
{
    IMFMediaSource iface;
    IMFGetService service_iface;
    const struct source_host_type *type;
    LONG refs;
    CRITICAL_SECTION lock;
    IMFMediaEventQueue *queue;
    bool is_shut_down;
};

/* Fills in a zeroed host, with one reference. Returns MFCreateEventQueue's error, and then the caller frees it. */
HRESULT source_host_init(struct source_host *host, const struct source_host_type *type);

HRESULT source_host_query(struct source_host *host, REFIID iid, void **out);
ULONG source_host_addref(struct source_host *host);
ULONG source_host_release(struct source_host *host);

/* The group that plays, or would, referenced; NULL where there is none. Returns MF_E_SHUTDOWN. Without the lock. */
HRESULT source_host_group(struct source_host *host, struct source_group **group);

/* Queues an event of the host's own, with no value or (`value`) with one. */
void source_host_queue(struct source_host *host, MediaEventType type, HRESULT status, const PROPVARIANT *value);

/* The host's IMFRateControl or IMFRateSupport, which is that of the group that plays. (source_rate.c) */
HRESULT source_rate_create(struct source_host *host, REFIID iid, void **out);

#endif

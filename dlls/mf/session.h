/*
 * The media session: its object, and what its files share.
 *
 *   session.c              IMFMediaSession and IMFMediaEventGenerator, references, MFCreateMediaSession
 *   session_state.c        what is to be done next, as a table
 *   session_command.c      the queue of commands
 *   session_topology.c     checking, binding and resolving topologies
 *   session_presentation.c the current topology and those that wait
 *   session_playback.c     start, pause, stop, seek, ends and transitions, on the pipeline (pipeline.h)
 *   session_event.c        the events that the application gets
 *   session_latency.c      MF_LOW_LATENCY
 *   session_close.c        Close and Shutdown
 *   session_finalize.c     sinks that finalize, at Close or before
 *   session_rate.c         IMFRateControl and IMFRateSupport
 *   session_service.c      IMFGetService and what else it gives
 *
 * Threads: an application's thread makes a command, gives it to the serial (serial.h) and returns. All else happens in
 * the serial, one thing at a time. `lock` guards what the getters read, and no component is called under it.
 *
 * References: `refs` are those that the application has. When the last one goes, the session shuts down by itself.
 * `uses` are the session's own reasons to be in memory: one for all of `refs`, one for each command, timer and
 * callback that will still come. The pipeline and the components' event queues have none, so there is no cycle.
 */
#ifndef CORK_MF_SESSION_H
#define CORK_MF_SESSION_H

#define COBJMACROS
#include <stdbool.h>
#include <mf_more.h>
#include "mf/close_limit.h"
#include "mf/event_delivery.h"
#include "mf/pipeline.h"
#include "mf/serial.h"
#include "mf/session_state.h"

/* ---- Commands -----------------------------------------------------------------------------------------------------
 */

struct session_command
{
    struct serial_item item; /* first, so that the serial's pointer is the command's */
    struct session_command *next;
    struct session *session; /* one use */
    enum session_input input;
    MediaEventType event; /* by which the application is told of its end */
    DWORD flags;          /* SetTopology */
    IMFTopology *topology;
    GUID format; /* Start */
    PROPVARIANT position;
    BOOL thin; /* SetRate */
    float rate;
};

/* ---- Presentations ------------------------------------------------------------------------------------------------
 */

/* A topology that was set: the current one or one that waits. */
struct presentation
{
    struct presentation *next;
    IMFTopology *topology; /* full */
    TOPOID asked;          /* the identifier of the one that the application gave */
    IMFTopology *given;    /* that one itself, for MFSESSION_SETTOPOLOGY_CLEAR_CURRENT's comparison */
    MF_TOPOSTATUS status;  /* the last that was told */
    bool ended;            /* played to its end; stays until another takes its place */
    MFTIME offset;         /* presentation time = media time + offset */
    DWORD caps;            /* what its components allow, whatever the state */
    struct pipeline *pipeline;
};

struct session
{
    IMFMediaSession media_session;
    IMFGetService get_service;
    IMFRateSupport rate_support;
    IMFRateControl rate_control;
    IMFTopologyNodeAttributeEditor attribute_editor;
    LONG refs, uses;

    struct serial *serial;
    struct event_delivery events;
    IMFTopoLoader *loader;
    IMFQualityManager *quality_manager; /* or NULL: none wanted */
    bool global_time;                   /* MF_SESSION_GLOBAL_TIME */
    bool low_latency;                   /* MF_LOW_LATENCY */

    LONG closed;    /* Close was called */
    LONG told;      /* MESessionClosed was queued */
    LONG shut_down; /* Shutdown was called */

    CRITICAL_SECTION lock; /* of the next five; only the serial changes them */
    IMFPresentationClock *clock;
    DWORD caps;
    struct presentation *current; /* NULL: none */
    struct presentation *queue;   /* in order */
    float rate;
    BOOL thin;

    /* The serial's alone. */
    enum session_state state;
    struct session_command *first, **last; /* whose turn has not come */
    struct session_command *command;       /* under way, or NULL */
    bool taking;                           /* session_take_commands is further up the stack */
    bool goes_on;                          /* what has ended is a segment: the session waits for the next one */
    bool drained;                          /* the current presentation, to be dealt with when running */
    MFTIME drained_at;                     /* presentation time of its end */
    MFTIME stopped_at;                     /* presentation time when the last stop began */
    HRESULT close_status;                  /* the first error that Close met */
    unsigned int finalizing;               /* sinks that have yet to answer */
    struct left_sink *left;                /* of topologies that are gone (session_finalize.c) */
    struct close_limit close_limit;        /* one use while it is set */
    struct serial_item limit_item;
    struct serial_item shut_item;
    LONG told_since;  /* events that the application has been told since the last command ended */
    HANDLE shut_done; /* where Shutdown waits, or NULL */
};

/* ---- session.c */

void session_use(struct session *session);
void session_unuse(struct session *session);
/* IUnknown of every interface of the session. */
HRESULT session_query(struct session *session, REFIID iid, void **out);
ULONG session_addref(struct session *session);
ULONG session_release(struct session *session);

/* ---- session_command.c */

/* Makes a command and gives it to the serial; takes over the references in it, also when it fails. Returns
 * MF_E_SHUTDOWN, E_OUTOFMEMORY, or the work queue's error. */
HRESULT session_command_submit(struct session *session, const struct session_command *command);

/* Takes the next commands as long as the state allows. In the serial. */
void session_take_commands(struct session *session);

/* The command under way ends with its event. In the serial; without a command nothing happens. */
void session_end_command(struct session *session, HRESULT status);

/* Close has come: every command that has not ended does so now, with MF_E_OPERATION_CANCELLED; not Stop unless `stops`,
 * since what it asked for is about to be done. */
void session_cancel_commands(struct session *session, bool stops);

/* ---- session_topology.c */

/* Whether a topology may be set (nf-mfidl-imfmediasession-settopology). */
HRESULT session_check_topology(const struct session *session, IMFTopology *topology);

/* Does the SetTopology under way: resolves on the work queue where it has to; goes on in session_topology_resolved. */
void session_set_topology(struct session *session, struct session_command *command);

/* A topology's nodes of one type, one after the other: *index is 0 at first. Returns NULL at the end. */
IMFTopologyNode *session_next_node(IMFTopology *topology, MF_TOPOLOGY_TYPE type, WORD *index);

/* The media sink of an output node, or NULL. */
IMFMediaSink *session_node_sink(IMFTopologyNode *node);

/* Whether an output node of the topology (NULL: none) has the sink. */
bool session_has_sink(IMFTopology *topology, const IMFMediaSink *sink);

/* Whether a node's object goes when its topology does (MF_TOPONODE_NOSHUTDOWN_ON_REMOVE). */
bool session_node_goes(IMFTopologyNode *node);

/* Shuts down the sink of one output node. `made`: only where the session itself made it from an IMFActivate. */
HRESULT session_shut_sink(IMFTopologyNode *node, bool made);

/* Shuts down the sinks of `topology` and its asynchronous transforms. `force`: all; else, and in the serial only, those
 * whose node says so by MF_TOPONODE_NOSHUTDOWN_ON_REMOVE and that `keep`, the next topology or NULL, does not have, but
 * for those that are finalizing. `made`: only the sinks that the session itself made from an IMFActivate. Returns the
 * first error. */
HRESULT session_shut_nodes(struct session *session, IMFTopology *topology, IMFTopology *keep, bool force, bool made);

/* ---- session_presentation.c */

struct presentation *presentation_create(IMFTopology *full, IMFTopology *given);
void presentation_free(struct presentation *presentation);
/* Lets go of the components; the topology stays. */
void presentation_detach(struct presentation *presentation);

/* Puts a full topology last in the queue, or makes it the current one; the SetTopology under way ends. */
void session_topology_resolved(struct session *session, IMFTopology *full, HRESULT status);

/* Clears the current topology for MFSESSION_SETTOPOLOGY_CLEAR_CURRENT. */
void session_clear_current(struct session *session, IMFTopology *given);

void session_clear_queue(struct session *session);

/* The first of the queue becomes the current one. Returns S_OK, S_FALSE where there is none, or an error of making its
 * pipeline: then it is dropped and there is no current one. */
HRESULT session_adopt_next(struct session *session, MFTIME offset);

/* Lets go of the current presentation. */
void session_drop_current(struct session *session);

/* The current presentation gives way to the first of the queue, if any, in SESSION_EMPTY. */
void session_swap(struct session *session, bool play);

/* The first of the queue follows where the current one has ended. Returns an error where it cannot. */
HRESULT session_follow(struct session *session);

/* ---- session_playback.c */

/* Something has happened: asks the table and does what it says. `status` is of what has ended. */
void session_happened(struct session *session, enum session_input input, HRESULT status);
void session_do(struct session *session, struct session_command *command);
/* The current presentation has been played to its end: what follows, once nothing else is under way. */
void session_deal_with_end(struct session *session);
extern const struct pipeline_notify session_pipeline_notify;

/* ---- session_event.c */

void session_tell(struct session *session, MediaEventType type, HRESULT status);
void session_tell_rate(struct session *session, HRESULT status, float rate);
void session_tell_topology_set(struct session *session, IMFTopology *topology, HRESULT status);
/* Only forward: a status that is not above the last one is not told. */
void session_tell_topology_status(struct session *session, struct presentation *presentation, MF_TOPOSTATUS status,
                                  HRESULT hr);
void session_tell_presentation_time(struct session *session, MFTIME start, MFTIME offset);
void session_tell_started(struct session *session, HRESULT status);
/* MESessionStopped, MESessionEnded: with the presentation time at which it happened. */
void session_tell_stopped(struct session *session, MediaEventType type, HRESULT status, MFTIME when);
/* The capabilities that the components of a topology allow. */
DWORD session_topology_caps(IMFTopology *topology);
/* Puts together the capabilities for the state and tells where they changed. */
void session_update_caps(struct session *session);

/* ---- session_close.c */

HRESULT session_close(struct session *session);
HRESULT session_shutdown(struct session *session);
/* The last reference went. */
void session_forget(struct session *session);
/* The first error of Close is what MESessionClosed comes with. */
void session_fail_close(struct session *session, HRESULT status);
/* The Stops that Close has left to end when the presentation has stopped. */
void session_end_stops(struct session *session);
/* SESSION_CLOSE, SESSION_ABANDON, SESSION_SHUT. */
void session_finish_close(struct session *session);
void session_abandon(struct session *session);
void session_let_go(struct session *session);

/* ---- session_latency.c */

/* Tells the components of a full topology where low latency is asked for. */
void session_set_latency(const struct session *session, IMFTopology *topology);

/* ---- session_finalize.c */

/* SESSION_FINALIZE: has every sink finalize that can and has not; SESSION_FINALIZED comes when all have. */
void session_finalize(struct session *session);
/* A topology gives way to `keep`, or NULL: what becomes of its sinks that finalize. */
void session_leave_sinks(struct session *session, IMFTopology *topology, IMFTopology *keep);
/* Whether the sink finalizes already, to be shut down then. */
bool session_is_finalizing(struct session *session, const IMFMediaSink *sink);
/* Waits for no more of them; those that were to be shut down are. */
void session_forget_left_sinks(struct session *session);

/* ---- session_rate.c */

extern const IMFRateSupportVtbl session_rate_support_vtbl;
extern const IMFRateControlVtbl session_rate_control_vtbl;
void session_set_rate(struct session *session, struct session_command *command);
/* MFSESSIONCAP_RATE_FORWARD and _REVERSE as `topology` allows. */
DWORD session_rate_caps(IMFTopology *topology);

/* ---- session_service.c */

extern const IMFGetServiceVtbl session_get_service_vtbl;
extern const IMFTopologyNodeAttributeEditorVtbl session_attribute_editor_vtbl;

#endif

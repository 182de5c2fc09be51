/* The current topology and those that wait for it to end. */
#include "mf/session.h"

#include <stdlib.h>
#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

struct presentation *presentation_create(IMFTopology *full, IMFTopology *given)
{
    struct presentation *presentation = calloc(1, sizeof(*presentation));

    if (!presentation) return NULL;
    IMFTopology_AddRef(full);
    presentation->topology = full;
    IMFTopology_AddRef(given);
    presentation->given = given;
    IMFTopology_GetTopologyID(given, &presentation->asked);
    return presentation;
}

void presentation_detach(struct presentation *presentation)
{
    struct pipeline *pipeline = presentation->pipeline;

    presentation->pipeline = NULL;
    if (!pipeline) return;
    pipeline_shutdown(pipeline);
    pipeline_release(pipeline);
}

void presentation_free(struct presentation *presentation)
{
    presentation_detach(presentation);
    IMFTopology_Release(presentation->topology);
    IMFTopology_Release(presentation->given);
    free(presentation);
}

/* ---- The queue ----------------------------------------------------------------------------------------------------
 */

static void enqueue(struct session *session, struct presentation *presentation)
{
    struct presentation **last;

    EnterCriticalSection(&session->lock);
    for (last = &session->queue; *last; last = &(*last)->next)
    {
    }
    *last = presentation;
    LeaveCriticalSection(&session->lock);
}

static struct presentation *dequeue(struct session *session)
{
    struct presentation *presentation;

    EnterCriticalSection(&session->lock);
    if ((presentation = session->queue)) session->queue = presentation->next;
    LeaveCriticalSection(&session->lock);
    if (presentation) presentation->next = NULL;
    return presentation;
}

void session_clear_queue(struct session *session)
{
    struct presentation *presentation;

    while ((presentation = dequeue(session)))
    {
        session_shut_nodes(session, presentation->topology, session->current ? session->current->topology : NULL,
                           session->closed || session->shut_down, false);
        presentation_free(presentation);
    }
}

/* ---- The current one ----------------------------------------------------------------------------------------------
 */

static HRESULT create_pipeline(struct session *session, struct presentation *presentation)
{
    struct pipeline_config config = {
        .serial = session->serial,
        .clock = session->clock,
        .quality_manager = session->quality_manager,
        .notify = &session_pipeline_notify,
        .context = session,
        .rate = session->rate,
        .thin = session->thin,
    };

    session_set_latency(session, presentation->topology); /* before anything streams */
    return pipeline_create(&config, presentation->topology, &presentation->pipeline);
}

/* Where the presentation lies in presentation time: for a session of global time the topology says so, else it follows
 * the one before (sequence-presentation-times). */
static MFTIME start_offset(const struct session *session, IMFTopology *topology, MFTIME follows)
{
    UINT64 start;

    if (session->global_time && SUCCEEDED(IMFTopology_GetUINT64(topology, &MF_TOPOLOGY_PROJECTSTART, &start)))
        return (MFTIME)start;
    return follows;
}

HRESULT session_adopt_next(struct session *session, MFTIME offset)
{
    struct presentation *presentation = dequeue(session);
    HRESULT hr;

    if (!presentation) return S_FALSE;
    if (FAILED(hr = create_pipeline(session, presentation)))
    {
        CORK_WARN("the topology cannot be played: %#lx\n", (unsigned long)hr);
        session_shut_nodes(session, presentation->topology, NULL, true, true);
        presentation_free(presentation);
        return hr;
    }
    presentation->offset = start_offset(session, presentation->topology, offset);
    EnterCriticalSection(&session->lock);
    session->current = presentation;
    LeaveCriticalSection(&session->lock);
    session->drained = false;
    return S_OK;
}

/* Asks the components of a topology that has become the current one what they allow, and introduces it to the quality
 * manager: after MESessionTopologySet, which need not wait for their answers. */
static void read_adopted(struct session *session)
{
    struct presentation *current = session->current;

    current->caps = session_topology_caps(current->topology);
    if (session->quality_manager) IMFQualityManager_NotifyTopology(session->quality_manager, current->topology);
}

/* Tells what there is to tell of a topology that has become the current one. */
static void tell_adopted(struct session *session)
{
    struct presentation *current = session->current;

    session_tell_presentation_time(session, current->offset, current->offset);
    session_update_caps(session);
    session_tell_topology_status(session, current, MF_TOPOSTATUS_READY, S_OK);
}

void session_drop_current(struct session *session)
{
    struct presentation *current = session->current;
    IMFTopology *next = session->queue ? session->queue->topology : NULL;

    if (!current) return;
    EnterCriticalSection(&session->lock);
    session->current = NULL;
    LeaveCriticalSection(&session->lock);
    if (current->status >= MF_TOPOSTATUS_STARTED_SOURCE)
        session_tell_topology_status(session, current, MF_TOPOSTATUS_ENDED, S_OK);
    presentation_detach(current);
    session_leave_sinks(session, current->topology, next);
    session_shut_nodes(session, current->topology, next, false, false);
    presentation_free(current);
    session->drained = false;
}

/* ---- SetTopology --------------------------------------------------------------------------------------------------
 */

/* The command under way ends with its own event, in place of session_end_command's. */
static void end_set_topology(struct session *session, IMFTopology *full, HRESULT status)
{
    struct session_command *command = session->command;

    if (FAILED(status) || !full)
    {
        session_end_command(session, status);
        return;
    }
    session_tell_topology_set(session, full, status);
    command->event = MEUnknown; /* told */
    session_end_command(session, status);
}

void session_topology_resolved(struct session *session, IMFTopology *full, HRESULT status)
{
    struct session_command *command = session->command;
    bool immediate = (command->flags & MFSESSION_SETTOPOLOGY_IMMEDIATE) != 0;
    struct presentation *presentation = NULL;

    if (SUCCEEDED(status) && !(presentation = presentation_create(full, command->topology))) status = E_OUTOFMEMORY;
    if (FAILED(status))
    {
        if (full) session_shut_nodes(session, full, NULL, true, true);
        end_set_topology(session, NULL, status);
        session_take_commands(session);
        return;
    }
    if (immediate) session_clear_queue(session);
    enqueue(session, presentation);
    if (session->state == SESSION_EMPTY)
    {
        /* Current at once: what is wrong with it is told by the command's own event. */
        status = session_adopt_next(session, 0);
        end_set_topology(session, session->current ? session->current->topology : NULL, status);
        if (SUCCEEDED(status))
        {
            read_adopted(session);
            session_happened(session, SESSION_HAS_TOPOLOGY, S_OK);
            tell_adopted(session);
        }
    }
    else
    {
        bool replace = immediate || (session->state == SESSION_STOPPED && session->current->ended);

        end_set_topology(session, full, S_OK);
        if (replace) session_happened(session, SESSION_REPLACE, S_OK);
    }
    session_take_commands(session);
}

void session_clear_current(struct session *session, IMFTopology *given)
{
    struct presentation *current = session->current;
    bool matches = current && (!given || given == current->topology || given == current->given);

    session_end_command(session, matches || !given ? S_OK : S_FALSE);
    if (matches) session_happened(session, SESSION_REPLACE, S_OK);
}

/* ---- Changes of presentation --------------------------------------------------------------------------------------
 */

void session_swap(struct session *session, bool play)
{
    HRESULT hr;

    session_drop_current(session);
    while (FAILED(hr = session_adopt_next(session, 0)))
        session_tell(session, MEError, hr);
    if (hr == S_FALSE)
    {
        session_update_caps(session);
        return;
    }
    read_adopted(session);
    tell_adopted(session);
    session_happened(session, play ? SESSION_HAS_TOPOLOGY_TO_PLAY : SESSION_HAS_TOPOLOGY, S_OK);
}

HRESULT session_follow(struct session *session)
{
    MFTIME end = session->drained_at;
    HRESULT hr;

    session_drop_current(session);
    hr = session_adopt_next(session, end);
    if (hr == S_OK)
    {
        read_adopted(session);
        tell_adopted(session);
    }
    return hr == S_FALSE ? E_UNEXPECTED : hr;
}

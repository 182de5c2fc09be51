/* Start, pause, stop, seek, ends and transitions: what the table says, done on the pipeline. */
#include "mf/session.h"

#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

static struct pipeline *current_pipeline(struct session *session)
{
    return session->current ? session->current->pipeline : NULL;
}

/* ---- Starting -----------------------------------------------------------------------------------------------------
 */

/* Where presentation time 0 of a start that does not follow another presentation lies. */
static MFTIME base_offset(const struct session *session)
{
    UINT64 start = 0;

    if (session->global_time) IMFTopology_GetUINT64(session->current->topology, &MF_TOPOLOGY_PROJECTSTART, &start);
    return (MFTIME)start;
}

/* The Start under way. `before`: the state that it was given in. Returns an error where nothing has been done. */
static HRESULT start_for_command(struct session *session, enum session_state before)
{
    struct session_command *command = session->command;
    struct presentation *current = session->current;
    struct pipeline_start start = {.format = command->format, .position = &command->position};
    PROPVARIANT position = command->position;
    bool resumes = before == SESSION_PAUSED && position.vt == VT_EMPTY;

    start.offset = resumes ? current->offset : base_offset(session);
    if (IsEqualGUID(&start.format, &GUID_NULL))
    {
        if (position.vt != VT_EMPTY && position.vt != VT_I8) return MF_E_UNSUPPORTED_TIME_FORMAT;
        if (position.vt == VT_I8) position.hVal.QuadPart -= start.offset;
        start.position = &position;
    }
    if (before == SESSION_STOPPED)
    {
        current->ended = false;
        current->status = MF_TOPOSTATUS_READY; /* played again, it goes through all of it again */
    }
    current->offset = start.offset;
    if (!resumes) session->drained = false;
    return pipeline_start(current->pipeline, &start);
}

/* A presentation that starts by itself: it follows another, whose clock may still run. */
static HRESULT start_next(struct session *session, bool clock_runs)
{
    PROPVARIANT position = {.vt = VT_EMPTY};
    struct pipeline_start start = {
        .format = GUID_NULL, .position = &position, .offset = session->current->offset, .clock_runs = clock_runs};

    return pipeline_start(session->current->pipeline, &start);
}

static void act_start(struct session *session, enum session_state before)
{
    HRESULT hr;

    if (session->state == SESSION_SWITCHING)
    {
        hr = start_next(session, before == SESSION_RUNNING);
        if (FAILED(hr)) session_happened(session, SESSION_START_REFUSED, hr);
        return;
    }
    if (!session->command) return; /* only a Start leads here */
    hr = start_for_command(session, before);
    if (SUCCEEDED(hr)) return;
    session->state = before;
    /* A source that the application has shut down: there is nothing that could be started. */
    session_end_command(session, hr == MF_E_SHUTDOWN ? MF_E_INVALIDREQUEST : hr);
}

static void act_switch(struct session *session)
{
    HRESULT hr = session_follow(session);

    if (SUCCEEDED(hr)) hr = start_next(session, true);
    if (FAILED(hr)) session_happened(session, SESSION_START_REFUSED, hr);
}

/* ---- Pausing and stopping -----------------------------------------------------------------------------------------
 */

static void act_pause(struct session *session, enum session_state before)
{
    HRESULT hr = pipeline_pause(current_pipeline(session));

    if (SUCCEEDED(hr)) return;
    session->state = before;
    session_end_command(session, hr);
}

/* Whether the pipeline is being stopped in this state, for whatever reason; its report is still to come. */
static bool is_stopping(enum session_state state)
{
    return state == SESSION_STOPPING || state == SESSION_ENDING || state == SESSION_REPLACING ||
           state == SESSION_REPLACING_RUNNING || state == SESSION_FAILING;
}

static void act_stop(struct session *session, enum session_state before)
{
    struct pipeline *pipeline = current_pipeline(session);
    HRESULT hr = S_OK;

    if (is_stopping(before)) return;
    session->drained = false;
    if (FAILED(IMFPresentationClock_GetTime(session->clock, &session->stopped_at))) session->stopped_at = 0;
    if (pipeline && SUCCEEDED(hr = pipeline_stop(pipeline))) return;
    session_happened(session, SESSION_STOP_ENDED, hr);
}

static void end_stop(struct session *session, HRESULT status)
{
    session_tell_stopped(session, MESessionStopped, status, session->stopped_at);
    if (session->command) session->command->event = MEUnknown; /* told */
    session_end_command(session, status);
}

static void end_presentation(struct session *session, HRESULT status)
{
    session_tell_topology_status(session, session->current, MF_TOPOSTATUS_ENDED, S_OK);
    session->current->ended = true;
    session_tell_stopped(session, MESessionEnded, status, session->stopped_at);
    /* What was set while it came to its end is the current one now. */
    if (session->queue) session_happened(session, SESSION_REPLACE, S_OK);
}

void session_deal_with_end(struct session *session)
{
    if (!session->drained || session->command || session->state != SESSION_RUNNING) return;
    if (session->goes_on && !session->queue) return;
    session->drained = false;
    session_happened(session, session->queue ? SESSION_DRAINED_NEXT : SESSION_DRAINED_LAST, S_OK);
}

/* ---- The table's actions ------------------------------------------------------------------------------------------
 */

static void act(struct session *session, enum session_action action, enum session_state before, HRESULT status)
{
    switch (action)
    {
    case SESSION_START:
        act_start(session, before);
        break;
    case SESSION_PAUSE:
        act_pause(session, before);
        break;
    case SESSION_STOP:
        act_stop(session, before);
        break;
    case SESSION_END_START:
    case SESSION_END_PAUSE:
        session_end_command(session, status);
        break;
    case SESSION_END_STOP:
        end_stop(session, status);
        break;
    case SESSION_END_PRESENTATION:
        end_presentation(session, status);
        break;
    case SESSION_RECOVER:
        session_end_command(session, status == MF_E_SHUTDOWN ? MF_E_INVALIDREQUEST : status);
        act_stop(session, before);
        break;
    case SESSION_FAIL:
        session_tell(session, MEError, status);
        act_stop(session, before);
        break;
    case SESSION_SWITCH:
        act_switch(session);
        break;
    case SESSION_SWITCHED:
        session_tell_topology_status(session, session->current, MF_TOPOSTATUS_SINK_SWITCHED, S_OK);
        break;
    case SESSION_SWAP:
        session_swap(session, false);
        break;
    case SESSION_SWAP_AND_PLAY:
        session_swap(session, true);
        break;
    case SESSION_FINALIZE:
        session_end_stops(session);
        session_finalize(session);
        break;
    case SESSION_CLOSE:
        session_finish_close(session);
        break;
    case SESSION_ABANDON:
        session_abandon(session);
        break;
    case SESSION_SHUT:
        session_let_go(session);
        break;
    default:
        break; /* nothing to do but the change of state */
    }
}

void session_happened(struct session *session, enum session_input input, HRESULT status)
{
    enum session_state before = session->state;
    struct session_step step = session_state_step(before, input);

    CORK_TRACE("session %p: %s (%#lx): %s -> %s\n", (void *)session, session_input_name(input), (unsigned long)status,
               session_state_name(before), session_state_name(step.next));
    if (step.action == SESSION_IGNORE) return;
    session->state = step.next;
    if (input == SESSION_DO_CLOSE) session_cancel_commands(session, false);
    if (before == SESSION_CLOSING && FAILED(status) && SUCCEEDED(session->close_status)) session->close_status = status;
    /* Who is told that the session has started finds it able to pause. */
    if (step.next != before && step.next != SESSION_SHUT_DOWN) session_update_caps(session);
    act(session, step.action, before, status);
    if (session->state == SESSION_STOPPED && !session->current) session->state = SESSION_EMPTY;
    if (session->state == SESSION_SHUT_DOWN) return;
    if (session->state != before && session->state != SESSION_CLOSED) session_update_caps(session);
    session_take_commands(session);
}

void session_do(struct session *session, struct session_command *command)
{
    switch (command->input)
    {
    case SESSION_DO_SET_TOPOLOGY:
        session_set_topology(session, command);
        break;
    case SESSION_DO_SET_RATE:
        session_set_rate(session, command);
        break;
    case SESSION_DO_CLEAR_QUEUE:
        session_clear_queue(session);
        session_end_command(session, S_OK);
        break;
    default:
        session_happened(session, command->input, S_OK);
        break;
    }
}

/* ---- The pipeline's reports ---------------------------------------------------------------------------------------
 */

static void on_started(void *context, HRESULT status)
{
    session_happened(context, SUCCEEDED(status) ? SESSION_STARTED : SESSION_START_FAILED, status);
}

static void on_paused(void *context, HRESULT status)
{
    session_happened(context, SUCCEEDED(status) ? SESSION_PAUSE_ENDED : SESSION_PAUSE_FAILED, status);
}

static void on_stopped(void *context, HRESULT status)
{
    session_happened(context, SESSION_STOP_ENDED, status);
}

static void on_rate_changed(void *context, HRESULT status)
{
    struct session *session = context;

    if (!session->command || session->command->input != SESSION_DO_SET_RATE) return;
    if (SUCCEEDED(status))
    {
        EnterCriticalSection(&session->lock);
        session->rate = session->command->rate;
        session->thin = session->command->thin;
        LeaveCriticalSection(&session->lock);
    }
    session_end_command(session, status);
    session_take_commands(session);
}

static void on_sources_started(void *context)
{
    struct session *session = context;

    if (session->current) session_tell_topology_status(session, session->current, MF_TOPOSTATUS_STARTED_SOURCE, S_OK);
}

static void on_failed(void *context, HRESULT status)
{
    struct session *session = context;

    /* A change of rate that was under way will get no report of its own any more. */
    if (session->command && session->command->input == SESSION_DO_SET_RATE) session_end_command(session, status);
    session_happened(session, SESSION_FAILED, status);
}

static void on_event(void *context, IMFMediaEvent *event)
{
    event_delivery_queue(&((struct session *)context)->events, event);
}

/* "The MEEndOfPresentation and MESessionEnded events ... are not sent unless the last segment has the
 * SequencerTopologyFlags_Last flag." */
static void on_sources_ended(void *context, IMFMediaEvent *event)
{
    struct session *session = context;
    MediaEventType type = MEUnknown;

    IMFMediaEvent_GetType(event, &type);
    session->goes_on = type == MEEndOfPresentationSegment;
    on_event(context, event);
    if (session->drained) session_take_commands(session);
}

static void on_drained(void *context, MFTIME end)
{
    struct session *session = context;

    session->drained = true;
    session->drained_at = end;
    session_take_commands(session);
}

static void on_scrubbed(void *context)
{
    session_tell(context, MESessionScrubSampleComplete, S_OK);
}

static void on_format_changed(void *context)
{
    struct session *session = context;

    if (session->current) session_tell_topology_status(session, session->current, MF_TOPOSTATUS_DYNAMIC_CHANGED, S_OK);
}

const struct pipeline_notify session_pipeline_notify = {
    .started = on_started,
    .paused = on_paused,
    .stopped = on_stopped,
    .rate_changed = on_rate_changed,
    .sources_started = on_sources_started,
    .failed = on_failed,
    .event = on_event,
    .sources_ended = on_sources_ended,
    .drained = on_drained,
    .scrubbed = on_scrubbed,
    .format_changed = on_format_changed,
};

/*
 * Close and Shutdown.
 *
 * Close: what is under way and what waits ends at once with its event (MF_E_OPERATION_CANCELLED; a Stop is done), the
 * presentation is stopped, sinks finalize (IMFFinalizableMediaSink), those that the session made are shut down, and
 * MESessionClosed comes, with the first error there was. Sources are not shut down: "After you receive this event, it
 * is safe to shut down any media sources that you created" (media-session-events). Where a component does not answer
 * within the setting CloseTimeout, MESessionClosed comes with HRESULT_FROM_WIN32(ERROR_TIMEOUT); the session has let go
 * of the components then, or does so when the one that is inside a call returns from it.
 *
 * Shutdown: at once and without an event; sinks are shut down whoever made them (mf-toponode-noshutdown-on-remove).
 */
#include "mf/session.h"

#include <stdlib.h>
#include "common/settings.h"
#include "common/trace.h"
#include "mf/com.h"
#include "mf/settings.h"

CORK_TRACE_CHANNEL(mf);

static DWORD close_timeout(void)
{
    static uint32_t stored;

    return cork_setting_dword_kept(&cork_settings_mf, "CloseTimeout", &stored);
}

void session_fail_close(struct session *session, HRESULT status)
{
    if (FAILED(status) && SUCCEEDED(session->close_status)) session->close_status = status;
}

/* MESessionClosed: exactly once. */
static void tell_closed(struct session *session, HRESULT status)
{
    if (InterlockedExchange(&session->told, 1)) return;
    CORK_TRACE("session %p: closed, %#lx\n", (void *)session, (unsigned long)status);
    session_tell(session, MESessionClosed, status);
}

/* ---- Close --------------------------------------------------------------------------------------------------------
 */

/* In the serial. */
static void limit_over(struct serial_item *item)
{
    struct session *session = CONTAINING_RECORD(item, struct session, limit_item);

    session_happened(session, SESSION_TIMED_OUT, S_OK);
    session_unuse(session);
}

static void limit_expired(struct close_limit *limit)
{
    struct session *session = CONTAINING_RECORD(limit, struct session, close_limit);

    session_use(session); /* the serial's */
    session->limit_item.run = limit_over;
    serial_run(session->serial, &session->limit_item);
    /* Where a component has not returned from a call, the work above waits for it; the application does not. The thread
     * that does not return may be the one by which the application's callbacks come. */
    if (!session->told) event_delivery_move(&session->events);
    tell_closed(session, HRESULT_FROM_WIN32(ERROR_TIMEOUT));
    session_unuse(session);
}

/* From now on Close has only so much time, wherever the session is. */
static HRESULT set_timer(struct session *session)
{
    HRESULT hr;

    session_use(session);
    hr = close_limit_set(&session->close_limit, close_timeout(), limit_expired);
    if (FAILED(hr)) session_unuse(session);
    return hr;
}

static void cancel_timer(struct session *session)
{
    if (close_limit_cancel(&session->close_limit)) session_unuse(session);
}

HRESULT session_close(struct session *session)
{
    struct session_command command = {.input = SESSION_DO_CLOSE, .event = MEUnknown};
    HRESULT hr;

    CORK_TRACE("session %p\n", (void *)session);
    if (session->shut_down) return MF_E_SHUTDOWN;
    if (InterlockedExchange(&session->closed, 1)) return MF_E_INVALIDREQUEST;
    hr = set_timer(session);
    if (SUCCEEDED(hr)) hr = session_command_submit(session, &command);
    if (FAILED(hr))
    {
        cancel_timer(session);
        InterlockedExchange(&session->closed, 0);
    }
    return hr;
}

void session_end_stops(struct session *session)
{
    bool asked = true;

    while (asked)
    {
        if (session->command) session_end_command(session, S_OK);
        if ((asked = session->first != NULL && session->first->input == SESSION_DO_STOP))
        {
            session->command = session->first;
            if (!(session->first = session->command->next)) session->last = &session->first;
        }
    }
}

void session_finish_close(struct session *session)
{
    HRESULT hr = S_OK;

    session_clear_queue(session);
    if (session->current)
    {
        presentation_detach(session->current);
        hr = session_shut_nodes(session, session->current->topology, NULL, true, true);
    }
    session_forget_left_sinks(session);
    session_fail_close(session, hr);
    session_update_caps(session);
    /* Not before: shutting a sink down may take for ever, too. */
    cancel_timer(session);
    tell_closed(session, session->close_status);
}

void session_abandon(struct session *session)
{
    CORK_ERR("a component did not answer within %lu ms of Close; the session has let go of it\n",
             (unsigned long)close_timeout());
    session_cancel_commands(session, true);
    session_update_caps(session);
    /* First: what follows calls components, one of which does not answer. */
    tell_closed(session, HRESULT_FROM_WIN32(ERROR_TIMEOUT));
    if (session->current) presentation_detach(session->current);
    session_clear_queue(session);
    session_forget_left_sinks(session);
}

/* ---- Shutdown -----------------------------------------------------------------------------------------------------
 */

void session_let_go(struct session *session)
{
    cancel_timer(session);
    session_cancel_commands(session, true);
    session_clear_queue(session);
    if (session->current)
    {
        presentation_detach(session->current);
        session_shut_nodes(session, session->current->topology, NULL, true, false);
        session_drop_current(session);
    }
    session_forget_left_sinks(session);
}

static void shut(struct serial_item *item)
{
    struct session *session = CONTAINING_RECORD(item, struct session, shut_item);

    session_happened(session, SESSION_DO_SHUTDOWN, S_OK);
    if (session->shut_done) SetEvent(session->shut_done);
    session_unuse(session);
}

static void run_shut(struct session *session)
{
    session_use(session);
    session->shut_item.run = shut;
    serial_run_soon(session->serial, &session->shut_item);
}

/* Synchronous: what another thread is doing for the session at this moment is waited for, but for no longer than Close
 * would wait, and not by the thread that does it. */
HRESULT session_shutdown(struct session *session)
{
    CORK_TRACE("session %p\n", (void *)session);
    if (InterlockedExchange(&session->shut_down, 1)) return MF_E_SHUTDOWN;
    event_delivery_shutdown(&session->events);
    session->shut_done = CreateEventW(NULL, TRUE, FALSE, NULL);
    run_shut(session);
    if (session->shut_done && !serial_is_here(session->serial))
        WaitForSingleObject(session->shut_done, close_timeout());
    if (session->quality_manager) IMFQualityManager_Shutdown(session->quality_manager);
    MFShutdownObject((IUnknown *)session->clock);
    return S_OK;
}

void session_forget(struct session *session)
{
    if (InterlockedExchange(&session->shut_down, 1)) return;
    event_delivery_shutdown(&session->events);
    run_shut(session);
}

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

/* ---- A callback of mfplat's: the time limit, or a sink's finalization ---------------------------------------------
 */

struct waiter
{
    IMFAsyncCallback callback;
    struct serial_item item;
    LONG refs;
    struct session *session; /* one use */
    IMFFinalizableMediaSink *sink;
    IMFAsyncResult *result; /* the sink's */
    LONG answered;
};

static const struct com_interface waiter_interfaces[] = {
    {&IID_IMFAsyncCallback, offsetof(struct waiter, callback)},
};

static HRESULT waiter_query(struct waiter *waiter, REFIID iid, void **out)
{
    return com_query(waiter, waiter_interfaces, ARRAYSIZE(waiter_interfaces), iid, out);
}

static ULONG waiter_addref(struct waiter *waiter)
{
    return InterlockedIncrement(&waiter->refs);
}

static ULONG waiter_release(struct waiter *waiter)
{
    ULONG refs = InterlockedDecrement(&waiter->refs);

    if (refs) return refs;
    IMFFinalizableMediaSink_Release(waiter->sink);
    if (waiter->result) IMFAsyncResult_Release(waiter->result);
    session_unuse(waiter->session);
    free(waiter);
    return 0;
}

COM_UNKNOWN(waiter, IMFAsyncCallback, waiter, callback)

static HRESULT WINAPI waiter_GetParameters(IMFAsyncCallback *iface, DWORD *flags, DWORD *queue)
{
    (void)iface;
    *flags = 0;
    *queue = MFASYNC_CALLBACK_QUEUE_MULTITHREADED;
    return S_OK;
}

static void fail_close(struct session *session, HRESULT status)
{
    if (FAILED(status) && SUCCEEDED(session->close_status)) session->close_status = status;
}

/* One sink less to wait for. */
static void count_finalized(struct session *session, HRESULT status)
{
    fail_close(session, status);
    if (!--session->finalizing) session_happened(session, SESSION_FINALIZED, S_OK);
}

/* In the serial. */
static void waiter_done(struct serial_item *item)
{
    struct waiter *waiter = CONTAINING_RECORD(item, struct waiter, item);
    HRESULT hr;

    hr = IMFFinalizableMediaSink_EndFinalize(waiter->sink, waiter->result);
    IMFAsyncResult_Release(waiter->result); /* which refers to the waiter */
    waiter->result = NULL;
    count_finalized(waiter->session, hr);
    waiter_release(waiter);
}

/* MESessionClosed: exactly once. */
static void tell_closed(struct session *session, HRESULT status)
{
    if (InterlockedExchange(&session->told, 1)) return;
    CORK_TRACE("session %p: closed, %#lx\n", (void *)session, (unsigned long)status);
    session_tell(session, MESessionClosed, status);
}

static HRESULT WINAPI waiter_Invoke(IMFAsyncCallback *iface, IMFAsyncResult *result)
{
    struct waiter *waiter = COM_OBJECT(iface, waiter, callback);

    if (InterlockedExchange(&waiter->answered, 1)) return E_UNEXPECTED;
    IMFAsyncResult_AddRef(result);
    waiter->result = result;
    waiter_addref(waiter); /* the serial's */
    serial_run(waiter->session->serial, &waiter->item);
    return S_OK;
}

static const IMFAsyncCallbackVtbl waiter_vtbl = {
    waiter_QueryInterface, waiter_AddRef, waiter_Release, waiter_GetParameters, waiter_Invoke,
};

/* A waiter with one reference, for `sink` (taken over); NULL without memory. */
static struct waiter *waiter_create(struct session *session, IMFFinalizableMediaSink *sink)
{
    struct waiter *waiter = calloc(1, sizeof(*waiter));

    if (!waiter) return NULL;
    waiter->callback.lpVtbl = (IMFAsyncCallbackVtbl *)&waiter_vtbl;
    waiter->item.run = waiter_done;
    waiter->refs = 1;
    waiter->sink = sink;
    session_use(session);
    waiter->session = session;
    return waiter;
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

/* Has one sink finalize, where it can. */
static void finalize_sink(struct session *session, IMFMediaSink *sink)
{
    IMFFinalizableMediaSink *finalizable;
    struct waiter *waiter;
    HRESULT hr;

    if (FAILED(IMFMediaSink_QueryInterface(sink, &IID_IMFFinalizableMediaSink, (void **)&finalizable))) return;
    if (!(waiter = waiter_create(session, finalizable)))
    {
        IMFFinalizableMediaSink_Release(finalizable);
        fail_close(session, E_OUTOFMEMORY);
        return;
    }
    session->finalizing++;
    hr = IMFFinalizableMediaSink_BeginFinalize(finalizable, &waiter->callback, NULL);
    if (FAILED(hr))
    {
        CORK_WARN("BeginFinalize: %#lx\n", (unsigned long)hr);
        count_finalized(session, hr);
    }
    waiter_release(waiter);
}

/* The sinks of a topology, each once. Returns how many, with a reference each; *sinks is to be freed. */
static size_t list_sinks(IMFTopology *topology, IMFMediaSink ***sinks)
{
    IMFTopologyNode *node;
    IMFMediaSink *sink;
    WORD count = 0, index = 0;
    size_t found = 0, i;

    IMFTopology_GetNodeCount(topology, &count);
    *sinks = calloc(count, sizeof(**sinks));
    while (*sinks && (node = session_next_node(topology, MF_TOPOLOGY_OUTPUT_NODE, &index)))
    {
        sink = session_node_sink(node);
        IMFTopologyNode_Release(node);
        for (i = 0; i < found && (*sinks)[i] != sink; i++)
        {
        }
        if (sink && i == found)
            (*sinks)[found++] = sink;
        else if (sink)
            IMFMediaSink_Release(sink);
    }
    return found;
}

/* The Stops that Close has left to end when the presentation has stopped. */
static void end_stops(struct session *session)
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

void session_finalize(struct session *session)
{
    IMFMediaSink **sinks = NULL;
    size_t count = 0, i;

    end_stops(session);
    session->finalizing = 1; /* this function, so that nothing ends before all have been asked */
    if (session->current) count = list_sinks(session->current->topology, &sinks);
    for (i = 0; i < count; i++)
    {
        finalize_sink(session, sinks[i]);
        IMFMediaSink_Release(sinks[i]);
    }
    free(sinks);
    count_finalized(session, S_OK);
}

void session_finish_close(struct session *session)
{
    HRESULT hr = S_OK;

    session_clear_queue(session);
    if (session->current)
    {
        presentation_detach(session->current);
        hr = session_shut_nodes(session->current->topology, NULL, true, true);
    }
    fail_close(session, hr);
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
        session_shut_nodes(session->current->topology, NULL, true, false);
        session_drop_current(session);
    }
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

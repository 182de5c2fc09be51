/*
 * Finalizing sinks: "If a media sink exposes this interface, the Media Session will call BeginFinalize on the sink
 * before the session closes" (nn-mfidl-imffinalizablemediasink).
 *
 * Those of the current topology do it at Close. So do those of topologies that gave way before: until then the
 * application may set one with the same sink again, and go on writing its file. But where a sink is to be shut down
 * when its topology goes (MF_TOPONODE_NOSHUTDOWN_ON_REMOVE is FALSE), it finalizes then, and is shut down when it has.
 */
#include "mf/session.h"

#include <stdlib.h>
#include <mferror.h>

#include "common/trace.h"
#include "mf/com.h"

CORK_TRACE_CHANNEL(mf);

/* ---- Sinks of topologies that are gone ------------------------------------------------------------------------------
 */

struct left_sink
{
    struct left_sink *next;
    IMFMediaSink *sink;
    IMFTopologyNode *node; /* NULL: it waits for Close. Else it is finalizing, and this node's sink is shut down then */
};

/* The interface, with a reference, or NULL. */
static IMFFinalizableMediaSink *as_finalizable(IMFMediaSink *sink)
{
    IMFFinalizableMediaSink *finalizable;

    if (FAILED(IMFMediaSink_QueryInterface(sink, &IID_IMFFinalizableMediaSink, (void **)&finalizable))) return NULL;
    return finalizable;
}

static bool is_finalizable(IMFMediaSink *sink)
{
    IMFFinalizableMediaSink *finalizable = as_finalizable(sink);

    if (finalizable) IMFFinalizableMediaSink_Release(finalizable);
    return finalizable != NULL;
}

static struct left_sink **find_left(struct session *session, const IMFMediaSink *sink)
{
    struct left_sink **place;

    for (place = &session->left; *place && (*place)->sink != sink; place = &(*place)->next)
    {
    }
    return place;
}

static void free_left(struct left_sink *left)
{
    if (left->node) session_shut_sink(left->node, false);
    if (left->node) IMFTopologyNode_Release(left->node);
    IMFMediaSink_Release(left->sink);
    free(left);
}

/* A sink has finalized, or never will: shut down where it is to be. */
static void shut_left(struct session *session, const IMFMediaSink *sink)
{
    struct left_sink **place = find_left(session, sink), *left = *place;

    if (!left || !left->node) return;
    *place = left->next;
    free_left(left);
}

void session_forget_left_sinks(struct session *session)
{
    struct left_sink *left;

    while ((left = session->left))
    {
        session->left = left->next;
        free_left(left);
    }
}

bool session_is_finalizing(struct session *session, const IMFMediaSink *sink)
{
    const struct left_sink *left = *find_left(session, sink);

    return left && left->node;
}

/* ---- Waiting for one -----------------------------------------------------------------------------------------------
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
    const IMFMediaSink *left; /* the one of session->left, only compared; NULL: it is of the current topology */
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

/* One sink less to wait for. */
static void count_finalized(struct session *session, HRESULT status)
{
    session_fail_close(session, status);
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
    if (waiter->left) shut_left(waiter->session, waiter->left);
    count_finalized(waiter->session, hr);
    waiter_release(waiter);
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
static struct waiter *waiter_create(struct session *session, IMFFinalizableMediaSink *sink, const IMFMediaSink *left)
{
    struct waiter *waiter = calloc(1, sizeof(*waiter));

    if (!waiter) return NULL;
    waiter->callback.lpVtbl = (IMFAsyncCallbackVtbl *)&waiter_vtbl;
    waiter->item.run = waiter_done;
    waiter->refs = 1;
    waiter->sink = sink;
    waiter->left = left;
    session_use(session);
    waiter->session = session;
    return waiter;
}

/* Has one sink finalize, where it can. `left`: one of session->left, which the application may have shut down since. */
static void finalize_sink(struct session *session, IMFMediaSink *sink, bool left)
{
    IMFFinalizableMediaSink *finalizable = as_finalizable(sink);
    struct waiter *waiter;
    HRESULT hr;

    if (!finalizable) return;
    if (!(waiter = waiter_create(session, finalizable, left ? sink : NULL)))
    {
        IMFFinalizableMediaSink_Release(finalizable);
        session_fail_close(session, E_OUTOFMEMORY);
        if (left) shut_left(session, sink);
        return;
    }
    session->finalizing++;
    hr = IMFFinalizableMediaSink_BeginFinalize(finalizable, &waiter->callback, NULL);
    if (FAILED(hr))
    {
        CORK_WARN("BeginFinalize: %#lx\n", (unsigned long)hr);
        if (left) shut_left(session, sink);
        count_finalized(session, left && hr == MF_E_SHUTDOWN ? S_OK : hr);
    }
    waiter_release(waiter);
}

/* ---- When a topology goes ------------------------------------------------------------------------------------------
 */

/* Notes the sink of an output node, and has it finalize where it goes now. */
static void leave_sink(struct session *session, IMFTopologyNode *node, IMFMediaSink *sink)
{
    struct left_sink **place = find_left(session, sink);

    if (!*place)
    {
        if (!(*place = calloc(1, sizeof(**place))))
        {
            session_fail_close(session, E_OUTOFMEMORY);
            return;
        }
        IMFMediaSink_AddRef(sink);
        (*place)->sink = sink;
    }
    if ((*place)->node || !session_node_goes(node)) return;
    IMFTopologyNode_AddRef(node);
    (*place)->node = node;
    finalize_sink(session, sink, true);
}

void session_leave_sinks(struct session *session, IMFTopology *topology, IMFTopology *keep)
{
    IMFTopologyNode *node;
    IMFMediaSink *sink;
    WORD index = 0;

    while ((node = session_next_node(topology, MF_TOPOLOGY_OUTPUT_NODE, &index)))
    {
        sink = session_node_sink(node);
        if (sink && !session_has_sink(keep, sink) && is_finalizable(sink)) leave_sink(session, node, sink);
        if (sink) IMFMediaSink_Release(sink);
        IMFTopologyNode_Release(node);
    }
}

/* ---- Close ---------------------------------------------------------------------------------------------------------
 */

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

/* The sinks that have waited for Close, but for those that the current topology has again. */
static void finalize_left(struct session *session)
{
    IMFTopology *current = session->current ? session->current->topology : NULL;
    struct left_sink *left, *next;

    for (left = session->left; left; left = next)
    {
        next = left->next;
        if (!left->node && !session_has_sink(current, left->sink)) finalize_sink(session, left->sink, true);
    }
}

void session_finalize(struct session *session)
{
    IMFMediaSink **sinks = NULL;
    size_t count = 0, i;

    session->finalizing++; /* this function, so that nothing ends before all have been asked */
    if (session->current) count = list_sinks(session->current->topology, &sinks);
    for (i = 0; i < count; i++)
    {
        if (!session_is_finalizing(session, sinks[i])) finalize_sink(session, sinks[i], false);
        IMFMediaSink_Release(sinks[i]);
    }
    free(sinks);
    finalize_left(session);
    count_finalized(session, S_OK);
}

/*
 * Sessions: opening, closing, and the queue of messages between the receiving threads and the application.
 */
#include "wsnmp32/agent.h"
#include "wsnmp32/request.h"
#include "wsnmp32/session.h"
#include "wsnmp32/trap.h"

CORK_TRACE_CHANNEL(wsnmp32);

/* ---- Messages ------------------------------------------------------------------------------------------------------
 */

struct message *message_make(struct snmp_pdu *pdu, const uint8_t *community, uint32_t community_length)
{
    struct message *message = snmp_zalloc(sizeof(*message) + community_length);

    if (!message) return NULL;
    list_init(&message->entry);
    list_init(&message->notify_entry);
    message->pdu = *pdu;
    snmp_varbind_list_init(&pdu->bindings);
    message->community_length = community_length;
    if (community_length) memcpy(message->community, community, community_length);
    return message;
}

void message_free(struct message *message)
{
    snmp_varbind_list_free(&message->pdu.bindings);
    snmp_free(message);
}

/* ---- Life of a session ---------------------------------------------------------------------------------------------
 */

void session_ref(struct session *session)
{
    InterlockedIncrement(&session->refs);
}

void session_unref(struct session *session)
{
    if (!InterlockedDecrement(&session->refs)) snmp_free(session);
}

void session_destroy(void *object)
{
    session_unref(object);
}

static HSNMP_SESSION open_session(HWND window, UINT message, SNMPAPI_CALLBACK callback, void *client_data)
{
    struct session *session = snmp_zalloc(sizeof(*session));
    enum cork_result result;
    HANDLE handle;

    if (!session) return (void)fail(NULL, SNMPAPI_ALLOC_ERROR), NULL;
    session->refs = 2; /* the table's and, until the handle is read, ours */
    session->window = window;
    session->message = message;
    session->callback = callback;
    session->client_data = client_data;
    list_init(&session->resources);
    list_init(&session->received);
    list_init(&session->unnotified);
    list_init(&session->registrations);
    result = cork_handle_open(app.table, TYPE_SESSION, session, &session->handle, NULL);
    handle = session->handle;
    if (result != CORK_OK) session_unref(session);
    session_unref(session);
    if (result == CORK_OK)
    {
        CORK_TRACE("-> %p\n", handle);
        return handle;
    }
    fail(NULL, result == CORK_SHUT ? SNMPAPI_NOT_INITIALIZED : SNMPAPI_ALLOC_ERROR);
    return NULL;
}

/*
 * SnmpOpen (nf-winsnmp-snmpopen): a session whose notifications are window messages: wMsg to hWnd, with wParam 0 for a
 * message to fetch by SnmpRecvMsg or an SNMPAPI_TL_* code, and lParam the request identifier. SNMPAPI_HWND_INVALID;
 * SNMPAPI_ALLOC_ERROR; by SnmpGetLastError(NULL). Any thread. Free it with SnmpClose.
 */
HSNMP_SESSION WINAPI SnmpOpen(HWND hWnd, UINT wMsg)
{
    CORK_TRACE("%p, %#x\n", hWnd, wMsg);
    RETURN_NULL_IF_NOT_STARTED();
    if (!IsWindow(hWnd)) return (void)fail(NULL, SNMPAPI_HWND_INVALID), NULL;
    return open_session(hWnd, wMsg, NULL, NULL);
}

/*
 * SnmpCreateSession (nf-winsnmp-snmpcreatesession): a session notified by callback (fCallBack not NULL; hWnd and wMsg
 * are only handed through) or by window message. The callback runs on a thread of Cork's, one call at a time a session,
 * with no lock held. SNMPAPI_OPERATION_INVALID (neither way named), SNMPAPI_HWND_INVALID, SNMPAPI_MESSAGE_INVALID (not
 * an application's message: below WM_USER or above 0xffff), SNMPAPI_ALLOC_ERROR. SNMPAPI_MODE_INVALID never comes: no
 * valid window and message are incompatible. Any thread.
 */
HSNMP_SESSION WINAPI SnmpCreateSession(HWND hWnd, UINT wMsg, SNMPAPI_CALLBACK fCallBack, LPVOID lpClientData)
{
    CORK_TRACE("%p, %#x, %p, %p\n", hWnd, wMsg, fCallBack, lpClientData);
    RETURN_NULL_IF_NOT_STARTED();
    if (fCallBack) return open_session(hWnd, wMsg, fCallBack, lpClientData);
    if (!hWnd && !wMsg) return (void)fail(NULL, SNMPAPI_OPERATION_INVALID), NULL;
    if (!IsWindow(hWnd)) return (void)fail(NULL, SNMPAPI_HWND_INVALID), NULL;
    if (wMsg < WM_USER || wMsg > 0xffff) return (void)fail(NULL, SNMPAPI_MESSAGE_INVALID), NULL;
    return open_session(hWnd, wMsg, NULL, NULL);
}

/* Frees what belongs to the session, a batch of handles at a time: closing one takes the session's lock again. */
static void close_resources(struct session *session)
{
    struct
    {
        HANDLE handle;
        enum resource_type type;
    } batch[64];
    int count, i;

    do
    {
        count = 0;
        cork_quick_lock(&session->lock);
        while (count < 64 && !list_empty(&session->resources))
        {
            struct resource *resource = LIST_ENTRY_OF(session->resources.next, struct resource, entry);

            list_remove(&resource->entry);
            batch[count].handle = resource->handle;
            batch[count++].type = resource->type;
        }
        cork_quick_unlock(&session->lock);
        for (i = 0; i < count; i++)
            resource_close(batch[i].handle, batch[i].type);
    }
    while (count);
}

static void discard_messages(struct session *session)
{
    struct list messages, *node;

    list_init(&messages);
    cork_quick_lock(&session->lock);
    while (!list_empty(&session->received))
    {
        node = session->received.next;
        list_remove(&LIST_ENTRY_OF(node, struct message, entry)->notify_entry);
        list_remove(node);
        list_add_tail(&messages, node);
    }
    session->unsolicited = 0;
    cork_quick_unlock(&session->lock);
    while (!list_empty(&messages))
    {
        node = messages.next;
        list_remove(node);
        message_free(LIST_ENTRY_OF(node, struct message, entry));
    }
}

void session_end(struct session *session)
{
    cork_quick_lock(&session->lock);
    session->closing = 1;
    cork_quick_unlock(&session->lock);

    requests_discard(session);
    traps_unregister_session(session);
    agents_close_session(session);
    session_wait_idle(session);
    discard_messages(session);
    session_forget_window_messages(session);
    close_resources(session);
}

int session_close(HANDLE handle)
{
    struct cork_pin pin;
    struct session *session = resource_acquire(handle, TYPE_SESSION, &pin);

    if (!session) return 0;
    if (!resource_close(handle, TYPE_SESSION))
    {
        resource_release(&pin);
        return 0;
    }
    session_end(session);
    resource_release(&pin);
    return 1;
}

/*
 * SnmpClose (nf-winsnmp-snmpclose): ends a session. Exactly one caller succeeds, the others get
 * SNMPAPI_SESSION_INVALID, as does every function from then on. "It discards all outstanding incoming and outgoing
 * asynchronous requests and replies for the session" and frees what belongs to it. When it returns no callback of the
 * session runs and none will come, but where that would wait for the calling thread itself: in the session's own
 * callback, or where two callbacks close each other's session; then it returns at once and the callback that runs is
 * the last. Window messages that were posted before are taken back where the caller is the window's thread.
 * SNMPAPI_NOT_INITIALIZED, SNMPAPI_SESSION_INVALID by SnmpGetLastError(NULL); it allocates nothing, so
 * SNMPAPI_ALLOC_ERROR never comes. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpClose(HSNMP_SESSION session)
{
    CORK_TRACE("%p\n", session);
    RETURN_IF_NOT_STARTED();
    return session_close(session) ? SNMPAPI_SUCCESS : fail(NULL, SNMPAPI_SESSION_INVALID);
}

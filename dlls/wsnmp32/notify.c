/*
 * How a session's application learns of its messages: callbacks, one at a time a session, and window messages; and how
 * a close waits for the last one.
 */
#include "common/thread_mark.h"
#include "wsnmp32/session.h"

CORK_TRACE_CHANNEL(wsnmp32);

/* ---- Callbacks -----------------------------------------------------------------------------------------------------
 */

/* Called with the session's lock held and notifier 0; the lock is released while the callback runs. The mark lets what
 * waits know that this thread is inside a callback of the session. */
static void run_callbacks(struct session *session)
{
    struct cork_pin mark;

    session->notifier = GetCurrentThreadId();
    while (!session->closing && !list_empty(&session->unnotified))
    {
        struct message *message = LIST_ENTRY_OF(session->unnotified.next, struct message, notify_entry);
        WPARAM error = message->error;
        LPARAM request_id = message->pdu.request_id;
        SNMPAPI_STATUS status;

        list_remove(&message->notify_entry);
        cork_quick_unlock(&session->lock);
        cork_thread_mark_begin(&mark, session);
        status = session->callback(session->handle, session->window, session->message, error, request_id,
                                   session->client_data);
        /* "If the function returns any other value, the implementation responds as if the application called
         * SnmpClose". */
        if (status != SNMPAPI_SUCCESS)
        {
            CORK_TRACE("the callback of %p returned %u: closed\n", session->handle, (unsigned)status);
            session_close(session->handle);
        }
        cork_thread_mark_end(&mark);
        cork_quick_lock(&session->lock);
    }
    session->notifier = 0;
    WakeByAddressAll((void *)&session->notifier);
}

int in_callback(void)
{
    return cork_thread_is_inside();
}

/* ---- Window messages -----------------------------------------------------------------------------------------------
 */

/* Called with the session's lock held, so that nothing is posted after a close. What a full queue refuses is tried
 * again with the next message and the next SnmpRecvMsg. */
static void post_messages(struct session *session)
{
    while (!session->closing && !list_empty(&session->unnotified))
    {
        struct message *message = LIST_ENTRY_OF(session->unnotified.next, struct message, notify_entry);

        if (!PostMessageA(session->window, session->message, message->error, message->pdu.request_id) &&
            IsWindow(session->window))
        {
            CORK_WARN("the message queue of %p is full\n", session->window);
            break;
        }
        list_remove(&message->notify_entry);
    }
}

/* Whether another open session is notified by the same message to the same window. */
static int window_message_is_shared(const struct session *session)
{
    struct session *other;
    struct cork_pin pin;
    uint32_t at = 0;
    int shared = 0;

    while (!shared && (other = cork_handle_next(app.table, TYPE_SESSION, &at, NULL, &pin)))
    {
        shared = other != session && !other->callback && other->window == session->window &&
                 other->message == session->message;
        resource_release(&pin);
    }
    return shared;
}

void session_forget_window_messages(struct session *session)
{
    MSG message;

    if (session->callback || GetWindowThreadProcessId(session->window, NULL) != GetCurrentThreadId()) return;
    if (window_message_is_shared(session)) return;
    while (PeekMessageA(&message, session->window, session->message, session->message,
                        PM_REMOVE | PM_NOYIELD | (QS_POSTMESSAGE << 16)))
    {
        if (message.message != session->message)
        {
            /* WM_QUIT comes through every filter. */
            if (message.message == WM_QUIT) PostQuitMessage((int)message.wParam);
            break;
        }
    }
}

/* ---- Both ----------------------------------------------------------------------------------------------------------
 */

void session_notify_locked(struct session *session)
{
    if (!session->callback)
        post_messages(session);
    else if (!session->notifier)
        run_callbacks(session);
}

void session_deliver(struct session *session, struct message *message)
{
    int dropped;

    cork_quick_lock(&session->lock);
    dropped = session->closing || (message->unsolicited && session->unsolicited >= app.queue_limit);
    if (!dropped)
    {
        session->unsolicited += message->unsolicited;
        list_add_tail(&session->received, &message->entry);
        list_add_tail(&session->unnotified, &message->notify_entry);
        session_notify_locked(session);
    }
    cork_quick_unlock(&session->lock);
    if (dropped)
    {
        CORK_TRACE("dropped for %p\n", session->handle);
        message_free(message);
    }
}

/* ---- Waiting for the last callback ----------------------------------------------------------------------------------
 */

/* A thread that waits in a close for a session's callback. */
struct close_wait
{
    struct list entry;
    DWORD thread;
    struct session *session;
};

static SRWLOCK close_wait_lock = SRWLOCK_INIT;
static struct list close_waits = {&close_waits, &close_waits};

static struct session *waited_for_by(DWORD thread)
{
    struct list *node;

    for (node = close_waits.next; node != &close_waits; node = node->next)
    {
        struct close_wait *wait = LIST_ENTRY_OF(node, struct close_wait, entry);

        if (wait->thread == thread) return wait->session;
    }
    return NULL;
}

/* Called with close_wait_lock held: whether the session's callback, by closes that wait in callbacks, waits for this
 * thread. */
static int would_wait_for_itself(const struct session *session)
{
    while (session)
    {
        DWORD notifier = session->notifier;

        if (notifier == GetCurrentThreadId()) return 1;
        session = notifier ? waited_for_by(notifier) : NULL;
    }
    return 0;
}

void session_wait_idle(struct session *session)
{
    struct close_wait wait = {.thread = GetCurrentThreadId(), .session = session};
    DWORD notifier;

    AcquireSRWLockExclusive(&close_wait_lock);
    if (would_wait_for_itself(session))
    {
        ReleaseSRWLockExclusive(&close_wait_lock);
        return;
    }
    list_add_tail(&close_waits, &wait.entry);
    ReleaseSRWLockExclusive(&close_wait_lock);

    cork_quick_lock(&session->lock);
    while ((notifier = session->notifier))
    {
        cork_quick_unlock(&session->lock);
        WaitOnAddress(&session->notifier, &notifier, sizeof(notifier), INFINITE);
        cork_quick_lock(&session->lock);
    }
    cork_quick_unlock(&session->lock);

    AcquireSRWLockExclusive(&close_wait_lock);
    list_remove(&wait.entry);
    ReleaseSRWLockExclusive(&close_wait_lock);
}

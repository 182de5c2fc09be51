/*
 * Sessions: what belongs to one, the messages that wait in it, and how it learns of them.
 */
#ifndef CORK_WSNMP32_SESSION_H
#define CORK_WSNMP32_SESSION_H

#include "wsnmp32/pending.h"
#include "wsnmp32/wsnmp32.h"

struct session
{
    HANDLE handle;
    volatile LONG refs; /* its handle, each of its resources, each message on its way to it */
    volatile LONG last_error;
    HWND window;
    UINT message;
    SNMPAPI_CALLBACK callback; /* NULL: window messages */
    void *client_data;
    volatile LONG snmpv1; /* not 0: SNMPAPI_UNTRANSLATED_V1, whatever the application's mode (manager.h) */

    struct cork_quick_lock lock; /* over what follows */
    int closing;
    struct list resources;
    struct list received;    /* struct message, oldest first, for SnmpRecvMsg */
    struct list unnotified;  /* those of them that the application was not told of yet */
    unsigned unsolicited;    /* traps and requests among the received: they are bounded */
    volatile DWORD notifier; /* the thread that runs the callback, 0: none; a close waits for 0 on its address */

    struct snmp_pending_session pending; /* outstanding requests, under engine_lock */
    struct list registrations;           /* struct registration, under engine_lock */
};

/* A message for a session: received, or a request of its own that failed (error not 0). */
struct message
{
    struct list entry;        /* in received */
    struct list notify_entry; /* in unnotified, or alone */
    SNMPAPI_STATUS error;     /* 0, or SNMPAPI_TL_* */
    int unsolicited;
    union address source;      /* who sent it */
    union address destination; /* whom it was for */
    int version;               /* of the message */
    struct snmp_pdu pdu;       /* owned */
    uint32_t community_length;
    uint8_t community[];
};

/* A message with room for the community. The PDU's contents are taken over (and pdu emptied). NULL: no memory, nothing
 * taken. */
struct message *message_make(struct snmp_pdu *pdu, const uint8_t *community, uint32_t community_length);
void message_free(struct message *message);

/* The translation mode for the session's strings. */
static inline LONG session_translate_mode(const struct session *session)
{
    return session->snmpv1 ? SNMPAPI_UNTRANSLATED_V1 : app.translate_mode;
}

void session_ref(struct session *session);
void session_unref(struct session *session);

/* Puts a message in the session's queue and tells the application, on this thread: no lock may be held. The message is
 * the session's from then on; a closing session, or a full queue for an unsolicited one, drops it. */
void session_deliver(struct session *session, struct message *message);

/* Tells the application of messages that it was not told of yet. The session's lock is held, and released while a
 * callback runs. */
void session_notify_locked(struct session *session);

/* Whether the calling thread is inside a session's callback. Not while it has handles pinned. */
int in_callback(void);

/* For a close: waits until no callback of the session runs; not where it would wait for the calling thread. */
void session_wait_idle(struct session *session);
/* For a close on the window's thread: takes the session's posted messages out of the thread's queue. */
void session_forget_window_messages(struct session *session);

/* Closes a session by its handle; 0 where it names none or another caller was first. */
int session_close(HANDLE handle);
/* Ends a session whose handle the caller has closed: discards its requests and messages, waits for its callback, closes
 * its resources. */
void session_end(struct session *session);

/* The handle table's destroy function. */
void session_destroy(void *object);

#endif

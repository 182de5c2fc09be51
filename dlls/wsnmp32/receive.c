/*
 * SnmpRecvMsg: the session's next message, as handles.
 */
#include "wsnmp32/session.h"

CORK_TRACE_CHANNEL(wsnmp32);

static struct message *take_message(struct session *session)
{
    struct message *message = NULL;

    cork_quick_lock(&session->lock);
    if (!list_empty(&session->received))
    {
        message = LIST_ENTRY_OF(session->received.next, struct message, entry);
        list_remove(&message->entry);
        list_remove(&message->notify_entry);
        session->unsolicited -= message->unsolicited;
        /* Window messages that a full queue refused are tried again now that the application makes room. */
        if (!session->callback && !list_empty(&session->unnotified)) session_notify_locked(session);
    }
    cork_quick_unlock(&session->lock);
    return message;
}

/* A session that was closed meanwhile has discarded its messages: this one goes too. */
static void put_back(struct session *session, struct message *message)
{
    int closing;

    cork_quick_lock(&session->lock);
    closing = session->closing;
    if (!closing)
    {
        message->entry.prev = &session->received;
        message->entry.next = session->received.next;
        session->received.next->prev = &message->entry;
        session->received.next = &message->entry;
        session->unsolicited += message->unsolicited;
    }
    cork_quick_unlock(&session->lock);
    if (closing) message_free(message);
}

struct outputs
{
    LPHSNMP_ENTITY source, destination;
    LPHSNMP_CONTEXT context;
    LPHSNMP_PDU pdu;
};

/* An output is written, or not wanted (NULL). */
static int outputs_valid(const struct outputs *outputs)
{
    return (!outputs->source || can_write(outputs->source, sizeof(HANDLE))) &&
           (!outputs->destination || can_write(outputs->destination, sizeof(HANDLE))) &&
           (!outputs->context || can_write(outputs->context, sizeof(HANDLE))) &&
           (!outputs->pdu || can_write(outputs->pdu, sizeof(HANDLE)));
}

/* Where the request named no source entity, or the system does not tell: any address of this host. */
static HANDLE make_entity(struct session *session, const union address *address, int version, SNMPAPI_STATUS *error)
{
    union address any;

    if (address->any.sa_family) return entity_make(session, address, NULL, version, error);
    memset(&any, 0, sizeof(any));
    any.any.sa_family = AF_INET;
    return entity_make(session, &any, NULL, version, error);
}

/* Moves the PDU's contents into the object that was made for it, once nothing can fail any more. */
static void move_pdu(struct message *message, HANDLE handle)
{
    struct cork_pin pin;
    struct pdu *pdu = resource_acquire(handle, TYPE_PDU, &pin);

    if (!pdu) return; /* the session was closed meanwhile */
    cork_quick_lock(&pdu->lock);
    pdu->pdu = message->pdu;
    snmp_varbind_list_init(&message->pdu.bindings);
    cork_quick_unlock(&pdu->lock);
    resource_release(&pin);
}

static SNMPAPI_STATUS make_handles(struct session *session, struct message *message, const struct outputs *outputs)
{
    HANDLE source = NULL, destination = NULL, context = NULL, pdu = NULL;
    SNMPAPI_STATUS error = SNMPAPI_SUCCESS;
    struct snmp_pdu empty = {.type = message->pdu.type};

    if (outputs->source && !(source = make_entity(session, &message->source, message->version, &error))) goto failed;
    if (outputs->destination && !(destination = make_entity(session, &message->destination, message->version, &error)))
        goto failed;
    if (outputs->context &&
        !(context = context_make(session, message->community, message->community_length, NULL, &error)))
        goto failed;
    if (outputs->pdu && !(pdu = pdu_make(session, &empty, &error))) goto failed;
    if (outputs->source) *outputs->source = source;
    if (outputs->destination) *outputs->destination = destination;
    if (outputs->context) *outputs->context = context;
    if (!outputs->pdu) return SNMPAPI_SUCCESS;
    move_pdu(message, pdu);
    *outputs->pdu = pdu;
    return SNMPAPI_SUCCESS;
failed:
    if (source) resource_close(source, TYPE_ENTITY);
    if (destination) resource_close(destination, TYPE_ENTITY);
    if (context) resource_close(context, TYPE_CONTEXT);
    return error;
}

/*
 * SnmpRecvMsg (nf-winsnmp-snmprecvmsg): the session's oldest message: who sent it, for whom, the community, the PDU,
 * each a new handle of the session that the caller frees; NULL for one that is not wanted. Traps come in SNMPv2c form.
 * For a request that failed the function fails with its SNMPAPI_TL_* code and the handles are set all the same:
 * dstEntity is who could not be reached, PDU the request. SNMPAPI_SESSION_INVALID; SNMPAPI_NOOP: no message, or no
 * output at all; SNMPAPI_ALLOC_ERROR (the message stays); SNMPAPI_TL_*. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpRecvMsg(HSNMP_SESSION session, LPHSNMP_ENTITY srcEntity, LPHSNMP_ENTITY dstEntity,
                                  LPHSNMP_CONTEXT context, LPHSNMP_PDU PDU)
{
    struct outputs outputs = {srcEntity, dstEntity, context, PDU};
    struct cork_pin pin;
    struct session *object;
    struct message *message = NULL;
    SNMPAPI_STATUS error;

    CORK_TRACE("%p\n", session);
    RETURN_IF_NOT_STARTED();
    if (!(object = resource_acquire(session, TYPE_SESSION, &pin))) return fail(NULL, SNMPAPI_SESSION_INVALID);
    if (!srcEntity && !dstEntity && !context && !PDU)
        error = SNMPAPI_NOOP;
    else if (!outputs_valid(&outputs))
        error = SNMPAPI_ALLOC_ERROR;
    else if (!(message = take_message(object)))
        error = SNMPAPI_NOOP;
    else
        error = make_handles(object, message, &outputs);

    if (message && error != SNMPAPI_SUCCESS)
        put_back(object, message);
    else if (message)
    {
        if (message->error) error = message->error;
        message_free(message);
    }
    if (error != SNMPAPI_SUCCESS) fail(object, error);
    resource_release(&pin);
    return error == SNMPAPI_SUCCESS ? SNMPAPI_SUCCESS : SNMPAPI_FAILURE;
}

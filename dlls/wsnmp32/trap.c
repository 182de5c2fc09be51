/*
 * SnmpRegister: which traps and informs a session receives, and their delivery.
 */
#include "wsnmp32/oid_text.h"
#include "wsnmp32/request.h"
#include "wsnmp32/trap.h"
#include "wsnmp32/trap_translation.h"

CORK_TRACE_CHANNEL(wsnmp32);

/* One filter. What is not filtered by is absent (the flag is 0, the length 0). */
struct registration
{
    struct list entry; /* in the session's, under engine_lock */
    int has_source, has_agent, has_context;
    union address source; /* the manager entity: no filter, but part of what SNMPAPI_OFF has to match */
    union address agent;
    uint32_t community_length;
    uint8_t *community; /* behind the structure */
    uint32_t ids[SNMP_OID_MAX_LENGTH];
    struct snmp_oid notification; /* len 0: every one */
};

/* Over the number of registrations and the source's start and stop; taken before engine_lock. */
static SRWLOCK registrations_lock = SRWLOCK_INIT;
static unsigned registration_count;

static const uint32_t trap_oid_name[] = {1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0};

/* ---- Filters -------------------------------------------------------------------------------------------------------
 */

static int same_octets(const struct registration *a, const struct registration *b)
{
    return a->community_length == b->community_length && !memcmp(a->community, b->community, a->community_length);
}

static int registration_equal(const struct registration *a, const struct registration *b)
{
    if (a->has_source != b->has_source || a->has_agent != b->has_agent || a->has_context != b->has_context) return 0;
    if (a->has_source && !address_equal(&a->source, &b->source, 1)) return 0;
    if (a->has_agent && !address_equal(&a->agent, &b->agent, 0)) return 0;
    if (a->has_context && !same_octets(a, b)) return 0;
    return snmp_oid_equal(&a->notification, &b->notification);
}

/* "Multiple Trap Registrations": whether everything that `b` would deliver is delivered by `a` already. */
static int registration_covers(const struct registration *a, const struct registration *b)
{
    if (a->has_agent && (!b->has_agent || !address_equal(&a->agent, &b->agent, 0))) return 0;
    if (a->has_context && (!b->has_context || !same_octets(a, b))) return 0;
    return snmp_oid_has_prefix(&b->notification, &a->notification);
}

static int registration_wants(const struct registration *registration, const struct snmp_message *trap,
                              const struct snmp_oid *oid, const union address *from)
{
    if (registration->has_agent && !address_equal(&registration->agent, from, 0)) return 0;
    if (registration->has_context && (registration->community_length != trap->community.len ||
                                      memcmp(registration->community, trap->community.ptr, trap->community.len)))
        return 0;
    return snmp_oid_has_prefix(oid, &registration->notification);
}

static struct registration *find_registration(struct session *session,
                                              int (*matches)(const struct registration *, const struct registration *),
                                              const struct registration *wanted)
{
    struct list *node;

    for (node = session->registrations.next; node != &session->registrations; node = node->next)
    {
        struct registration *registration = LIST_ENTRY_OF(node, struct registration, entry);

        if (matches(registration, wanted)) return registration;
    }
    return NULL;
}

/* ---- SnmpRegister --------------------------------------------------------------------------------------------------
 */

/* Called with registrations_lock held. Takes the registration over on success. */
static SNMPAPI_STATUS add_registration(struct session *session, struct registration *registration)
{
    SNMPAPI_STATUS error;
    int closing;

    cork_quick_lock(&engine_lock);
    closing = session->closing;
    if (find_registration(session, registration_covers, registration))
    {
        cork_quick_unlock(&engine_lock);
        CORK_TRACE("redundant\n");
        snmp_free(registration);
        return SNMPAPI_SUCCESS;
    }
    cork_quick_unlock(&engine_lock);
    if (closing) return SNMPAPI_SESSION_INVALID;
    if (!registration_count && (error = trap_source_start()) != SNMPAPI_SUCCESS) return error;

    cork_quick_lock(&engine_lock);
    closing = session->closing;
    if (!closing) list_add_tail(&session->registrations, &registration->entry);
    cork_quick_unlock(&engine_lock);
    if (!closing)
        registration_count++;
    else if (!registration_count)
        trap_source_stop();
    return closing ? SNMPAPI_SESSION_INVALID : SNMPAPI_SUCCESS;
}

/* Called with registrations_lock held. */
static void remove_registration(struct session *session, const struct registration *wanted)
{
    struct registration *found;

    cork_quick_lock(&engine_lock);
    found = find_registration(session, registration_equal, wanted);
    if (found) list_remove(&found->entry);
    cork_quick_unlock(&engine_lock);
    if (!found) return; /* "You do not need to match redundant registration calls" */
    snmp_free(found);
    if (!--registration_count) trap_source_stop();
}

void traps_unregister_session(struct session *session)
{
    AcquireSRWLockExclusive(&registrations_lock);
    for (;;)
    {
        struct registration *registration = NULL;

        cork_quick_lock(&engine_lock);
        if (!list_empty(&session->registrations))
        {
            registration = LIST_ENTRY_OF(session->registrations.next, struct registration, entry);
            list_remove(&registration->entry);
        }
        cork_quick_unlock(&engine_lock);
        if (!registration) break;
        snmp_free(registration);
        if (!--registration_count) trap_source_stop();
    }
    ReleaseSRWLockExclusive(&registrations_lock);
}

static int read_entity(HSNMP_ENTITY handle, int *given, union address *address)
{
    struct cork_pin pin;
    struct entity *entity;

    *given = handle != NULL;
    if (!handle) return 1;
    if (!(entity = resource_acquire(handle, TYPE_ENTITY, &pin))) return 0;
    *address = entity->address;
    resource_release(&pin);
    return 1;
}

static int read_notification(smiLPCOID notification, struct registration *registration)
{
    if (!notification) return 1;
    if (!can_read(notification, sizeof(*notification)) || !notification->len ||
        notification->len > SNMP_OID_MAX_LENGTH ||
        !can_read(notification->ptr, notification->len * sizeof(*notification->ptr)))
        return 0;
    memcpy(registration->ids, notification->ptr, notification->len * sizeof(*notification->ptr));
    registration->notification.len = notification->len;
    return 1;
}

/* The registration that the parameters describe, or NULL with *error. */
static struct registration *make_registration(HSNMP_ENTITY source, HSNMP_ENTITY agent, HSNMP_CONTEXT context,
                                              smiLPCOID notification, SNMPAPI_STATUS *error)
{
    struct cork_pin pin;
    struct context *object = NULL;
    struct registration *registration;

    *error = SNMPAPI_CONTEXT_INVALID;
    if (context && !(object = resource_acquire(context, TYPE_CONTEXT, &pin))) return NULL;
    registration = snmp_zalloc(sizeof(*registration) + (object ? object->length : 0));
    if (registration && object)
    {
        registration->has_context = 1;
        registration->community = (uint8_t *)(registration + 1);
        registration->community_length = object->length;
        memcpy(registration->community, object->community, object->length);
    }
    if (object) resource_release(&pin);
    *error = SNMPAPI_ALLOC_ERROR;
    if (!registration) return NULL;
    registration->notification.ids = registration->ids;
    list_init(&registration->entry);
    *error = SNMPAPI_ENTITY_INVALID;
    if (read_entity(source, &registration->has_source, &registration->source) &&
        read_entity(agent, &registration->has_agent, &registration->agent))
    {
        *error = SNMPAPI_OID_INVALID;
        if (read_notification(notification, registration)) return registration;
    }
    snmp_free(registration);
    return NULL;
}

/*
 * SnmpRegister (nf-winsnmp-snmpregister; "Multiple Trap Registrations"): the session receives (any state but
 * SNMPAPI_OFF), or no longer receives, the traps and informs from dstEntity (its address), with context's community,
 * whose identifier begins with notification; NULL: from all, with any, every one. A registration that others cover has
 * no effect; SNMPAPI_OFF takes back the one with the same parameters and succeeds where there is none. The trap port is
 * open as long as any session is registered. SNMPAPI_SESSION_INVALID, SNMPAPI_ENTITY_INVALID, SNMPAPI_CONTEXT_INVALID,
 * SNMPAPI_OID_INVALID, SNMPAPI_ALLOC_ERROR, SNMPAPI_TL_IN_USE (the port is taken, or below 1024 and not allowed),
 * SNMPAPI_TL_NOT_INITIALIZED, SNMPAPI_TL_NOT_AVAILABLE. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpRegister(HSNMP_SESSION session, HSNMP_ENTITY srcEntity, HSNMP_ENTITY dstEntity,
                                   HSNMP_CONTEXT context, smiLPCOID notification, smiUINT32 state)
{
    struct cork_pin pin;
    struct session *object;
    struct registration *registration;
    SNMPAPI_STATUS error;

    CORK_TRACE("%p, %p, %p, %p, %p, %u\n", session, srcEntity, dstEntity, context, notification, (unsigned)state);
    RETURN_IF_NOT_STARTED();
    if (!(object = resource_acquire(session, TYPE_SESSION, &pin))) return fail(NULL, SNMPAPI_SESSION_INVALID);
    registration = make_registration(srcEntity, dstEntity, context, notification, &error);
    if (registration)
    {
        AcquireSRWLockExclusive(&registrations_lock);
        if (state == SNMPAPI_OFF)
        {
            remove_registration(object, registration);
            error = SNMPAPI_SUCCESS;
        }
        else
            error = add_registration(object, registration);
        ReleaseSRWLockExclusive(&registrations_lock);
        if (state == SNMPAPI_OFF || error != SNMPAPI_SUCCESS) snmp_free(registration);
    }
    if (error != SNMPAPI_SUCCESS) fail(object, error);
    resource_release(&pin);
    return error == SNMPAPI_SUCCESS ? SNMPAPI_SUCCESS : SNMPAPI_FAILURE;
}

/* ---- Delivery ------------------------------------------------------------------------------------------------------
 */

/* The value of snmpTrapOID.0, the second binding (RFC 1905, section 4.2.6), or NULL. */
static const struct snmp_oid *trap_oid(const struct snmp_pdu *pdu)
{
    static const struct snmp_oid name = {11, (uint32_t *)trap_oid_name};
    const struct snmp_varbind *binding = snmp_varbind_list_get(&pdu->bindings, 2);

    if (!binding || binding->value.syntax != SNMP_VALUE_OID || !snmp_oid_equal(&binding->name, &name)) return NULL;
    return &binding->value.value.oid;
}

#define RECEIVERS_AT_ONCE 16

/* The sessions that want the trap, from the handle position *at on, counted; each session once. */
static int find_receivers(const struct snmp_message *trap, const struct snmp_oid *oid, const union address *from,
                          uint32_t *at, struct session *receivers[RECEIVERS_AT_ONCE])
{
    struct cork_pin pin;
    struct session *session;
    int count = 0;

    while (count < RECEIVERS_AT_ONCE && (session = cork_handle_next(app.table, TYPE_SESSION, at, NULL, &pin)))
    {
        struct list *node;
        int wanted = 0;

        cork_quick_lock(&engine_lock);
        for (node = session->registrations.next; node != &session->registrations && !wanted; node = node->next)
            wanted = registration_wants(LIST_ENTRY_OF(node, struct registration, entry), trap, oid, from);
        cork_quick_unlock(&engine_lock);
        if (wanted)
        {
            session_ref(session);
            receivers[count++] = session;
        }
        resource_release(&pin);
    }
    return count;
}

static void deliver_copy(struct session *session, const struct snmp_message *trap, const union address *from,
                         const union address *to)
{
    struct snmp_pdu copy;
    struct message *message;

    if (snmp_pdu_copy(&trap->pdu, &copy) != SNMP_LIST_OK) return;
    message = message_make(&copy, trap->community.ptr, trap->community.len);
    if (!message)
    {
        snmp_varbind_list_free(&copy.bindings);
        return;
    }
    message->unsolicited = 1;
    message->source = *from;
    message->destination = *to;
    message->version = trap->version;
    session_deliver(session, message);
}

/* "When the implementation receives traps from an entity operating under SNMPv1, it translates" (SnmpRecvMsg). */
static int translate(struct snmp_message *message)
{
    struct snmp_pdu translated;
    enum snmp_translation result;

    if (message->pdu.type != SNMP_TYPE_V1TRAP) return 1;
    result = snmp_trap_v1_to_v2(&message->pdu, next_request_id(), &translated);
    if (result != SNMP_TRANSLATION_OK) return 0;
    snmp_varbind_list_free(&message->pdu.bindings);
    message->pdu = translated;
    return 1;
}

void trap_received(struct snmp_message *message, const union address *from, const union address *to,
                   void (*acknowledge)(void *context), void *context)
{
    struct session *receivers[RECEIVERS_AT_ONCE];
    const struct snmp_oid *oid = NULL;
    uint32_t at = 0;
    int count, i, taken = 0;

    if (!translate(message) || !(oid = trap_oid(&message->pdu)))
    {
        CORK_WARN("no trap identifier in what %s sent\n", debugstr_address(from));
        return;
    }
    do
    {
        count = find_receivers(message, oid, from, &at, receivers);
        if (count && !taken && acknowledge) acknowledge(context);
        for (i = 0; i < count; i++)
        {
            deliver_copy(receivers[i], message, from, to);
            session_unref(receivers[i]);
        }
        taken += count;
    }
    while (count == RECEIVERS_AT_ONCE);
    CORK_TRACE("from %s for %d sessions\n", debugstr_address(from), taken);
}

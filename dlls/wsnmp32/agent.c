/*
 * The agent role: SnmpListen and SnmpListenEx bind an entity to its port; requests that come in are messages of the
 * entity's session.
 */
#include "wsnmp32/agent.h"
#include "wsnmp32/request.h"

CORK_TRACE_CHANNEL(wsnmp32);

/* An entity that acts as an agent. Its memory stays until its endpoint has gone. */
struct agent
{
    struct list entry;       /* in agents, under agents_lock */
    struct entity *entity;   /* under agents_lock; NULL once it ended */
    struct session *session; /* counted */
    union address address;
    struct endpoint *endpoint;
};

/* Order: before transport's locks; never held while a callback runs. */
static struct cork_quick_lock agents_lock;
static struct list agents = {&agents, &agents};

/* ---- Requests that come in -----------------------------------------------------------------------------------------
 */

static int is_request(uint8_t type)
{
    return type == SNMP_TYPE_GET || type == SNMP_TYPE_GETNEXT || type == SNMP_TYPE_GETBULK || type == SNMP_TYPE_SET ||
           type == SNMP_TYPE_INFORM || type == SNMP_TYPE_TRAP;
}

static void agent_receive(struct endpoint *endpoint, void *context, const uint8_t *data, size_t size,
                          const union address *from)
{
    struct agent *agent = context;
    struct snmp_message decoded;
    struct message *message;
    enum snmp_codec_status status = snmp_message_decode(data, size, &decoded, NULL);

    (void)endpoint;
    if (status != SNMP_CODEC_OK)
    {
        CORK_WARN("%u bytes from %s are no SNMP message (%d)\n", (unsigned)size, debugstr_address(from), status);
        return;
    }
    if (decoded.pdu.type == SNMP_TYPE_RESPONSE)
    {
        /* An answer to what the application sent from this entity. */
        requests_answer(&decoded, from);
        return;
    }
    message =
        is_request(decoded.pdu.type) ? message_make(&decoded.pdu, decoded.community.ptr, decoded.community.len) : NULL;
    if (!message)
    {
        CORK_WARN("PDU type %#x from %s dropped\n", decoded.pdu.type, debugstr_address(from));
        snmp_varbind_list_free(&decoded.pdu.bindings);
        return;
    }
    message->unsolicited = 1;
    message->source = *from;
    message->destination = agent->address;
    message->version = decoded.version;
    session_deliver(agent->session, message);
}

static void agent_release(void *context)
{
    struct agent *agent = context;

    session_unref(agent->session);
    snmp_free(agent);
}

/* ---- Beginning and ending ------------------------------------------------------------------------------------------
 */

/* Called with agents_lock held exclusively. The agent's memory goes with its endpoint. */
static void agent_end(struct agent *agent)
{
    list_remove(&agent->entry);
    if (agent->entity) agent->entity->agent = NULL;
    agent->entity = NULL;
    endpoint_close(agent->endpoint);
}

/* SNMPAPI_SUCCESS or the error of SnmpListen. */
static SNMPAPI_STATUS agent_begin(struct entity *entity, int all_addresses)
{
    struct agent *agent = snmp_zalloc(sizeof(*agent));
    union address local = entity->address;
    SNMPAPI_STATUS error;

    if (!agent) return SNMPAPI_ALLOC_ERROR;
    if (all_addresses)
    {
        if (local.any.sa_family == AF_INET6)
            memset(&local.in6.sin6_addr, 0, sizeof(local.in6.sin6_addr));
        else
            local.in4.sin_addr.s_addr = INADDR_ANY;
    }
    agent->session = entity->resource.owner;
    session_ref(agent->session);
    agent->address = entity->address;
    agent->endpoint = endpoint_open(&local, agent_receive, agent_release, agent, &error);
    if (!agent->endpoint)
    {
        agent_release(agent);
        /* "An error occurred ... while trying to bind a socket", whatever the cause. */
        return error == SNMPAPI_TL_IN_USE          ? SNMPAPI_TL_OTHER
               : error == SNMPAPI_TL_NOT_SUPPORTED ? SNMPAPI_TL_RESOURCE_ERROR
                                                   : error;
    }
    agent->entity = entity;
    entity->agent = agent;
    list_add_tail(&agents, &agent->entry);
    return SNMPAPI_SUCCESS;
}

static SNMPAPI_STATUS listen_entity(HSNMP_ENTITY handle, SNMPAPI_STATUS status, int all_addresses)
{
    struct cork_pin pin;
    struct entity *entity = resource_acquire(handle, TYPE_ENTITY, &pin);
    struct session *session;
    SNMPAPI_STATUS error = SNMPAPI_SUCCESS;

    if (!entity) return fail(NULL, SNMPAPI_ENTITY_INVALID);
    session = entity->resource.owner;
    cork_quick_lock(&agents_lock);
    if (status == SNMPAPI_ON)
    {
        if (entity->agent)
            error = SNMPAPI_NOOP;
        else if (session->closing)
            error = SNMPAPI_ENTITY_INVALID;
        else
            error = agent_begin(entity, all_addresses);
    }
    else if (entity->agent)
        agent_end(entity->agent);
    cork_quick_unlock(&agents_lock);
    if (error != SNMPAPI_SUCCESS) fail(session, error);
    resource_release(&pin);
    return error == SNMPAPI_SUCCESS ? SNMPAPI_SUCCESS : SNMPAPI_FAILURE;
}

/*
 * SnmpListen (nf-winsnmp-snmplisten): the entity begins (SNMPAPI_ON) or ends (SNMPAPI_OFF) to act as an agent at its
 * address and port: requests that come in are messages of the entity's session. Ending one that is none succeeds: what
 * was asked for is so. SNMPAPI_ENTITY_INVALID, SNMPAPI_MODE_INVALID, SNMPAPI_NOOP (listens already),
 * SNMPAPI_TL_RESOURCE_ERROR (no socket), SNMPAPI_TL_OTHER (not to be bound), SNMPAPI_ALLOC_ERROR. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpListen(HSNMP_ENTITY hEntity, SNMPAPI_STATUS lStatus)
{
    CORK_TRACE("%p, %u\n", hEntity, (unsigned)lStatus);
    RETURN_IF_NOT_STARTED();
    if (lStatus != SNMPAPI_ON && lStatus != SNMPAPI_OFF) return fail(NULL, SNMPAPI_MODE_INVALID);
    return listen_entity(hEntity, lStatus, 0);
}

/*
 * SnmpListenEx (winsnmp.h; Microsoft documents only its constants): as SnmpListen, at the entity's own address
 * (SNMPLISTEN_USEENTITY_ADDR) or at all of this host's (SNMPLISTEN_ALL_ADDR), always at the entity's port.
 * SNMPAPI_MODE_INVALID also for another nUseEntityAddr. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpListenEx(HSNMP_ENTITY hEntity, SNMPAPI_STATUS lStatus, smiUINT32 nUseEntityAddr)
{
    CORK_TRACE("%p, %u, %u\n", hEntity, (unsigned)lStatus, (unsigned)nUseEntityAddr);
    RETURN_IF_NOT_STARTED();
    if (lStatus != SNMPAPI_ON && lStatus != SNMPAPI_OFF) return fail(NULL, SNMPAPI_MODE_INVALID);
    if (nUseEntityAddr > SNMPLISTEN_ALL_ADDR) return fail(NULL, SNMPAPI_MODE_INVALID);
    return listen_entity(hEntity, lStatus, nUseEntityAddr == SNMPLISTEN_ALL_ADDR);
}

struct endpoint *agent_find_endpoint(const union address *address)
{
    struct endpoint *found = NULL;
    struct list *node;

    cork_quick_lock(&agents_lock);
    for (node = agents.next; node != &agents && !found; node = node->next)
    {
        struct agent *agent = LIST_ENTRY_OF(node, struct agent, entry);

        if (address_equal(&agent->address, address, 1)) found = agent->endpoint;
    }
    if (found) endpoint_ref(found);
    cork_quick_unlock(&agents_lock);
    return found;
}

void agent_entity_gone(struct entity *entity)
{
    cork_quick_lock(&agents_lock);
    if (entity->agent) agent_end(entity->agent);
    cork_quick_unlock(&agents_lock);
}

void agents_close_session(struct session *session)
{
    struct list *node, *next;

    cork_quick_lock(&agents_lock);
    for (node = agents.next; node != &agents; node = next)
    {
        struct agent *agent = LIST_ENTRY_OF(node, struct agent, entry);

        next = node->next;
        if (agent->session == session) agent_end(agent);
    }
    cork_quick_unlock(&agents_lock);
}

/*
 * Management entities: handles for transport addresses, with the version and the retransmission policy that go with
 * them.
 */
#include "wsnmp32/entity.h"
#include "wsnmp32/agent.h"
#include "wsnmp32/database.h"

CORK_TRACE_CHANNEL(wsnmp32);

/* The settings, read at start. */
static volatile LONG default_timeout = 500;
static volatile LONG default_retry = 3;

/* What an entity is made of. */
struct entity_parts
{
    union address address;
    const char *name; /* borrowed, or NULL */
    int version;
    uint32_t timeout, retry;
};

void entity_read_defaults(void)
{
    InterlockedExchange(&default_timeout, (LONG)cork_setting_dword(&cork_settings_wsnmp32, "Timeout"));
    InterlockedExchange(&default_retry, (LONG)cork_setting_dword(&cork_settings_wsnmp32, "Retry"));
}

/* ---- Life ------------------------------------------------------------------------------------------------------ */

static HANDLE entity_open(struct session *owner, const struct entity_parts *parts, SNMPAPI_STATUS *error)
{
    size_t name_size = parts->name ? strlen(parts->name) + 1 : 0;
    struct entity *entity = snmp_zalloc(sizeof(*entity) + name_size);

    if (!entity)
    {
        *error = SNMPAPI_ALLOC_ERROR;
        return NULL;
    }
    entity->address = parts->address;
    entity->version = parts->version;
    entity->policy_timeout = (LONG)parts->timeout;
    entity->policy_retry = (LONG)parts->retry;
    if (name_size) entity->name = memcpy(entity + 1, parts->name, name_size);
    return resource_open(owner, TYPE_ENTITY, &entity->resource, error);
}

HANDLE entity_make(struct session *owner, const union address *address, const char *name, int version,
                   SNMPAPI_STATUS *error)
{
    struct entity_parts parts = {*address, name, version, (uint32_t)default_timeout, (uint32_t)default_retry};

    return entity_open(owner, &parts, error);
}

void entity_destroy(void *object)
{
    struct entity *entity = object;

    if (entity->agent) agent_entity_gone(entity);
    resource_gone(&entity->resource);
    snmp_free(entity);
}

/* ---- What requests use ----------------------------------------------------------------------------------------- */

uint32_t entity_timeout(const struct entity *entity)
{
    LONG timeout = entity->policy_timeout;

    return (uint32_t)(timeout ? timeout : default_timeout);
}

uint32_t entity_retry(const struct entity *entity)
{
    LONG retry = entity->policy_retry;

    return (uint32_t)(retry ? retry : default_retry);
}

int entity_version(const struct entity *entity, uint8_t pdu_type)
{
    if (entity->version != VERSION_BY_PDU) return entity->version;
    return pdu_type == SNMP_TYPE_GETBULK || pdu_type == SNMP_TYPE_INFORM || pdu_type == SNMP_TYPE_TRAP ? SNMP_VERSION_2C
                                                                                                       : SNMP_VERSION_1;
}

/* ---- From strings ---------------------------------------------------------------------------------------------- */

/* A literal address, or a host name where those are translated. */
static SNMPAPI_STATUS read_address(const char *string, int translate, unsigned port, struct entity_parts *parts)
{
    struct snmp_address literal;
    int found = 0;

    switch (snmp_address_parse(string, &literal))
    {
    case SNMP_ADDRESS_IPV4:
    case SNMP_ADDRESS_IPV6:
        found = address_from_literal(&literal, port, &parts->address);
        break;
    case SNMP_ADDRESS_IPX:
        CORK_WARN("%s: there is no IPX transport\n", cork_debugstr_a(string));
        break;
    case SNMP_ADDRESS_NAME:
        found = translate && address_from_name(string, port, &parts->address);
        if (found) parts->name = string;
        break;
    case SNMP_ADDRESS_INVALID:
        break;
    }
    return found ? 0 : SNMPAPI_ENTITY_UNKNOWN;
}

static SNMPAPI_STATUS read_record(const char *string, const struct database_entity *record, struct entity_parts *parts)
{
    SNMPAPI_STATUS error;

    if (!record->port || record->port > 65535) return SNMPAPI_ENTITY_UNKNOWN;
    error = read_address(record->address, 1, record->port, parts);
    parts->name = string;
    parts->timeout = record->timeout;
    parts->retry = record->retry;
    if (record->version == 1) parts->version = SNMP_VERSION_1;
    if (record->version == 2) parts->version = SNMP_VERSION_2C;
    return error;
}

static SNMPAPI_STATUS read_string(const char *string, LONG mode, struct entity_parts *parts)
{
    struct database_entity record = {.port = SNMP_PORT, .timeout = parts->timeout, .retry = parts->retry};

    if (string_length(string, SNMP_ADDRESS_TEXT_SIZE - 1) < 1) return SNMPAPI_ENTITY_UNKNOWN;
    switch (mode)
    {
    case SNMPAPI_UNTRANSLATED_V1:
        parts->version = SNMP_VERSION_1;
        return read_address(string, 0, SNMP_PORT, parts);
    case SNMPAPI_UNTRANSLATED_V2:
        parts->version = SNMP_VERSION_2C;
        return read_address(string, 0, SNMP_PORT, parts);
    }
    parts->version = VERSION_BY_PDU;
    switch (database_find_entity(string, &record))
    {
    case DATABASE_FOUND:
        return read_record(string, &record, parts);
    case DATABASE_INVALID:
        return SNMPAPI_ENTITY_UNKNOWN;
    case DATABASE_NONE:
        break;
    }
    return read_address(string, 1, SNMP_PORT, parts);
}

/*
 * SnmpStrToEntity (nf-winsnmp-snmpstrtoentity; "Setting the Entity and Context Translation Mode"; "Support for IPX
 * Address Strings in WinSNMP"): a handle, the session's, for a literal IPv4 or IPv6 address, or in SNMPAPI_TRANSLATED
 * mode for a name of the database (database.h) or of a host, which may take as long as the resolver does. The port is
 * 161, or the database's. The mode also marks the entity as SNMPv1 or SNMPv2c. SNMPAPI_SESSION_INVALID;
 * SNMPAPI_ENTITY_UNKNOWN for a string that names none: NULL, an IPX address too, for which no transport is there;
 * SNMPAPI_ALLOC_ERROR. Any thread. The application frees it with SnmpFreeEntity.
 */
HSNMP_ENTITY WINAPI SnmpStrToEntity(HSNMP_SESSION session, LPCSTR string)
{
    struct entity_parts parts = {.timeout = (uint32_t)default_timeout, .retry = (uint32_t)default_retry};
    struct cork_pin pin;
    struct session *owner;
    SNMPAPI_STATUS error;
    HANDLE handle = NULL;

    RETURN_NULL_IF_NOT_STARTED();
    owner = resource_acquire(session, TYPE_SESSION, &pin);
    if (!owner)
    {
        fail(NULL, SNMPAPI_SESSION_INVALID);
        return NULL;
    }
    error = read_string(string, session_translate_mode(owner), &parts);
    if (!error) handle = entity_open(owner, &parts, &error);
    if (handle)
        CORK_TRACE("session %p: entity %p is %s\n", session, handle, debugstr_address(&parts.address));
    else
        fail(owner, error);
    resource_release(&pin);
    return handle;
}

/* ---- To strings ------------------------------------------------------------------------------------------------ */

/* The name of the database's entry with the entity's address: "the implementation tries to associate resources in its
 * database with the literal transport address". Ports are not compared: traps come from any. */
static size_t find_name(const struct entity *entity, char text[SNMP_ADDRESS_TEXT_SIZE])
{
    struct database_entity record;
    struct snmp_address literal;
    union address address;

    for (uint32_t i = 0; database_entity_name(i, text); i++)
    {
        if (database_find_entity(text, &record) != DATABASE_FOUND) continue;
        snmp_address_parse(record.address, &literal);
        if (address_from_literal(&literal, SNMP_PORT, &address) && address_equal(&address, &entity->address, 0))
            return strlen(text) + 1;
    }
    return 0;
}

static size_t entity_text(const struct entity *entity, char text[SNMP_ADDRESS_TEXT_SIZE])
{
    if (session_translate_mode(entity->resource.owner) == SNMPAPI_TRANSLATED)
    {
        size_t length;

        if (entity->name)
        {
            length = strlen(entity->name) + 1;
            memcpy(text, entity->name, length);
            return length;
        }
        if ((length = find_name(entity, text))) return length;
    }
    return address_to_text(&entity->address, text);
}

/*
 * SnmpEntityToStr (nf-winsnmp-snmpentitytostr): the literal address, or in SNMPAPI_TRANSLATED mode the name if there is
 * one, in the application's buffer of size bytes. Returns the bytes of the text with its 0. SNMPAPI_ENTITY_INVALID;
 * SNMPAPI_OUTPUT_TRUNCATED where the text does not fit: the buffer is left as it was; SNMPAPI_ALLOC_ERROR for a buffer
 * that cannot be written. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpEntityToStr(HSNMP_ENTITY entity, smiUINT32 size, LPSTR string)
{
    char text[SNMP_ADDRESS_TEXT_SIZE];
    struct cork_pin pin;
    struct entity *object;
    SNMPAPI_STATUS status;
    size_t length;

    RETURN_IF_NOT_STARTED();
    object = resource_acquire(entity, TYPE_ENTITY, &pin);
    if (!object) return fail(NULL, SNMPAPI_ENTITY_INVALID);
    length = entity_text(object, text);
    if (size && !string)
        status = fail(object->resource.owner, SNMPAPI_ALLOC_ERROR);
    else if (length > size)
        status = fail(object->resource.owner, SNMPAPI_OUTPUT_TRUNCATED);
    else if (!can_write(string, length))
        status = fail(object->resource.owner, SNMPAPI_ALLOC_ERROR);
    else
    {
        memcpy(string, text, length);
        status = (SNMPAPI_STATUS)length;
    }
    resource_release(&pin);
    return status;
}

/* ---- Freeing, ports -------------------------------------------------------------------------------------------- */

/*
 * SnmpFreeEntity (nf-winsnmp-snmpfreeentity): the handle is invalid from now on; an entity that acts as an agent ends
 * doing so. Messages on their way have their own copy of the address. SNMPAPI_ENTITY_INVALID, for the second of two
 * frees too. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpFreeEntity(HSNMP_ENTITY entity)
{
    RETURN_IF_NOT_STARTED();
    CORK_TRACE("entity %p\n", entity);
    if (!resource_close(entity, TYPE_ENTITY)) return fail(NULL, SNMPAPI_ENTITY_INVALID);
    return SNMPAPI_SUCCESS;
}

/*
 * SnmpSetPort (nf-winsnmp-snmpsetport): the port (1 to 65535) that later requests to the entity go to, or that
 * SnmpListen binds. Whether it is free or reachable shows there, not here. SNMPAPI_ENTITY_INVALID;
 * SNMPAPI_OPERATION_INVALID while the entity acts as an agent; SNMPAPI_OTHER_ERROR for a number that no UDP port has.
 * Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpSetPort(HSNMP_ENTITY hEntity, UINT nPort)
{
    struct cork_pin pin;
    struct entity *entity;
    SNMPAPI_STATUS error = 0;

    RETURN_IF_NOT_STARTED();
    CORK_TRACE("entity %p, port %u\n", hEntity, nPort);
    entity = resource_acquire(hEntity, TYPE_ENTITY, &pin);
    if (!entity) return fail(NULL, SNMPAPI_ENTITY_INVALID);
    if (*(struct agent *volatile *)&entity->agent)
        error = SNMPAPI_OPERATION_INVALID;
    else if (!nPort || nPort > 65535)
        error = SNMPAPI_OTHER_ERROR;
    else
        address_set_port(&entity->address, nPort);
    if (error) fail(entity->resource.owner, error);
    resource_release(&pin);
    return error ? SNMPAPI_FAILURE : SNMPAPI_SUCCESS;
}

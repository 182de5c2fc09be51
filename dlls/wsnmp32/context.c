/*
 * Contexts: handles for community strings.
 */
#include "wsnmp32/database.h"
#include "wsnmp32/session.h"
#include "wsnmp32/smi.h"

CORK_TRACE_CHANNEL(wsnmp32);

/* What a context is made of; borrowed. */
struct context_parts
{
    const void *community;
    uint32_t length;
    const void *name; /* NULL, or name_length bytes */
    uint32_t name_length;
};

static HANDLE context_open(struct session *owner, const struct context_parts *parts, SNMPAPI_STATUS *error)
{
    size_t name_size = parts->name ? (size_t)parts->name_length + 1 : 0;
    struct context *context = snmp_zalloc(sizeof(*context) + parts->length + name_size);

    if (!context)
    {
        *error = SNMPAPI_ALLOC_ERROR;
        return NULL;
    }
    context->length = parts->length;
    if (parts->length) memcpy(context->community, parts->community, parts->length);
    if (parts->name) context->name = memcpy(context->community + parts->length, parts->name, parts->name_length);
    return resource_open(owner, TYPE_CONTEXT, &context->resource, error);
}

HANDLE context_make(struct session *owner, const void *community, uint32_t length, const char *name,
                    SNMPAPI_STATUS *error)
{
    struct context_parts parts = {community, length, name, name ? (uint32_t)strlen(name) : 0};

    return context_open(owner, &parts, error);
}

void context_destroy(void *object)
{
    struct context *context = object;

    resource_gone(&context->resource);
    snmp_free(context);
}

/* The community of a user-friendly name. room: for the database's community. */
static SNMPAPI_STATUS translate(struct context_parts *parts, uint8_t room[DATABASE_COMMUNITY_MAX])
{
    uint32_t length;

    switch (database_find_context(parts->community, parts->length, room, &length))
    {
    case DATABASE_INVALID:
        return SNMPAPI_CONTEXT_UNKNOWN;
    case DATABASE_FOUND:
        parts->name = parts->community;
        parts->name_length = parts->length;
        parts->community = room;
        parts->length = length;
        return 0;
    case DATABASE_NONE:
        break;
    }
    return 0;
}

static SNMPAPI_STATUS read_string(smiLPCOCTETS string, LONG mode, struct context_parts *parts, uint8_t *room)
{
    if (!string) return SNMPAPI_CONTEXT_INVALID;
    if (!can_read(string, sizeof(*string))) return SNMPAPI_ALLOC_ERROR;
    if (!string->len || !string->ptr || string->len > SNMP_OCTETS_MAX_LENGTH) return SNMPAPI_CONTEXT_INVALID;
    if (!can_read(string->ptr, string->len)) return SNMPAPI_ALLOC_ERROR;
    parts->community = string->ptr;
    parts->length = string->len;
    return mode == SNMPAPI_TRANSLATED ? translate(parts, room) : 0;
}

/*
 * SnmpStrToContext (nf-winsnmp-snmpstrtocontext): a handle, the session's, for a community: the string itself, copied,
 * any bytes; in SNMPAPI_TRANSLATED mode what the database (database.h) has for that name, or else the string itself.
 * SNMPAPI_SESSION_INVALID; SNMPAPI_CONTEXT_INVALID for NULL, no or more than 65,535 bytes or a NULL pointer;
 * SNMPAPI_CONTEXT_UNKNOWN for a name whose entry has no community; SNMPAPI_ALLOC_ERROR for what cannot be read, and for
 * lack of memory. Any thread. The application frees it with SnmpFreeContext.
 */
HSNMP_CONTEXT WINAPI SnmpStrToContext(HSNMP_SESSION session, smiLPCOCTETS string)
{
    uint8_t room[DATABASE_COMMUNITY_MAX];
    struct context_parts parts = {0};
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
    error = read_string(string, session_translate_mode(owner), &parts, room);
    if (!error) handle = context_open(owner, &parts, &error);
    if (!handle) fail(owner, error);
    CORK_TRACE("session %p: context %p\n", session, handle);
    resource_release(&pin);
    return handle;
}

/*
 * SnmpContextToStr (nf-winsnmp-snmpcontexttostr): the community, or in SNMPAPI_TRANSLATED mode the name that the
 * context was made from, in memory that the application frees with SnmpFreeDescriptor. What the structure held before
 * is ignored. len does not count the 0 that follows. SNMPAPI_CONTEXT_INVALID; SNMPAPI_ALLOC_ERROR, for a structure that
 * cannot be written too. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpContextToStr(HSNMP_CONTEXT context, smiLPOCTETS string)
{
    struct cork_pin pin;
    struct context *object;
    SNMPAPI_STATUS error;

    RETURN_IF_NOT_STARTED();
    object = resource_acquire(context, TYPE_CONTEXT, &pin);
    if (!object) return fail(NULL, SNMPAPI_CONTEXT_INVALID);
    if (!can_write(string, sizeof(*string)))
        error = SNMPAPI_ALLOC_ERROR;
    else if (object->name && session_translate_mode(object->resource.owner) == SNMPAPI_TRANSLATED)
        error = smi_give_octets(object->name, (uint32_t)strlen(object->name), string);
    else
        error = smi_give_octets(object->community, object->length, string);
    if (error) fail(object->resource.owner, error);
    resource_release(&pin);
    return error ? SNMPAPI_FAILURE : SNMPAPI_SUCCESS;
}

/*
 * SnmpFreeContext (nf-winsnmp-snmpfreecontext): the handle is invalid from now on. Messages on their way and
 * registrations have their own copy. SNMPAPI_CONTEXT_INVALID, for the second of two frees too. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpFreeContext(HSNMP_CONTEXT context)
{
    RETURN_IF_NOT_STARTED();
    CORK_TRACE("context %p\n", context);
    if (!resource_close(context, TYPE_CONTEXT)) return fail(NULL, SNMPAPI_CONTEXT_INVALID);
    return SNMPAPI_SUCCESS;
}

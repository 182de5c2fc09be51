/*
 * Messages and their octets: SnmpEncodeMsg, SnmpDecodeMsg, and what SnmpSendMsg sends.
 */
#include "wsnmp32/descriptor.h"
#include "wsnmp32/message_build.h"
#include "wsnmp32/trap_translation.h"

CORK_TRACE_CHANNEL(wsnmp32);

#define USUAL_SIZE 1500 /* octets: most messages fit */

/* ---- Encoding -------------------------------------------------------------------------------------------------- */

static void *acquire_part(struct message_parts *parts, HANDLE handle, enum resource_type type)
{
    void *object = resource_acquire(handle, type, &parts->pins[parts->pinned]);

    if (object) parts->pinned++;
    return object;
}

static SNMPAPI_STATUS acquire_parts(HSNMP_ENTITY source, HSNMP_ENTITY destination, HSNMP_CONTEXT context, HSNMP_PDU pdu,
                                    struct message_parts *parts)
{
    parts->source = NULL;
    if (source && !(parts->source = acquire_part(parts, source, TYPE_ENTITY))) return SNMPAPI_ENTITY_INVALID;
    parts->destination = acquire_part(parts, destination, TYPE_ENTITY);
    if (!parts->destination) return SNMPAPI_ENTITY_INVALID;
    parts->context = acquire_part(parts, context, TYPE_CONTEXT);
    if (!parts->context) return SNMPAPI_CONTEXT_INVALID;
    parts->pdu = acquire_part(parts, pdu, TYPE_PDU);
    return parts->pdu ? 0 : SNMPAPI_PDU_INVALID;
}

SNMPAPI_STATUS message_acquire(HSNMP_ENTITY source, HSNMP_ENTITY destination, HSNMP_CONTEXT context, HSNMP_PDU pdu,
                               struct message_parts *parts)
{
    SNMPAPI_STATUS error;

    parts->pinned = 0;
    error = acquire_parts(source, destination, context, pdu, parts);
    if (error) message_release(parts);
    return error;
}

void message_release(struct message_parts *parts)
{
    while (parts->pinned)
        resource_release(&parts->pins[--parts->pinned]);
}

static SNMPAPI_STATUS codec_error(enum snmp_codec_status status)
{
    switch (status)
    {
    case SNMP_CODEC_OK:
        return 0;
    case SNMP_CODEC_TOO_BIG:
        return SNMPAPI_OUTPUT_TRUNCATED;
    case SNMP_CODEC_NO_MEMORY:
        return SNMPAPI_ALLOC_ERROR;
    case SNMP_CODEC_PDU_TYPE:
        return SNMPAPI_OPERATION_INVALID;
    default:
        return SNMPAPI_PDU_INVALID;
    }
}

/* The agent address of a trap: the source's. RFC 2576, section 3.2: 0.0.0.0 where that is not an IPv4 address. */
static void agent_address(const struct entity *source, uint8_t octets[4])
{
    memset(octets, 0, 4);
    if (source && source->address.any.sa_family == AF_INET) memcpy(octets, &source->address.in4.sin_addr, 4);
}

/* Under the PDU's lock: the translation shares its bindings where it can. */
static SNMPAPI_STATUS encode(const struct message_parts *parts, int version, uint8_t *buffer, size_t size,
                             size_t *length)
{
    struct snmp_message message = {version, {parts->context->length, parts->context->community}, parts->pdu->pdu};
    uint8_t address[4];
    SNMPAPI_STATUS error;

    if (version != SNMP_VERSION_1) return codec_error(snmp_message_encode(&message, buffer, size, length));
    agent_address(parts->source, address);
    switch (snmp_pdu_to_v1(&parts->pdu->pdu, address, &message.pdu))
    {
    case SNMP_TRANSLATION_IMPOSSIBLE:
        return SNMPAPI_OPERATION_INVALID;
    case SNMP_TRANSLATION_NO_MEMORY:
        return SNMPAPI_ALLOC_ERROR;
    case SNMP_TRANSLATION_OK:
        break;
    }
    error = codec_error(snmp_message_encode(&message, buffer, size, length));
    snmp_varbind_list_free(&message.pdu.bindings);
    return error;
}

SNMPAPI_STATUS message_build(const struct message_parts *parts, uint8_t *buffer, size_t size,
                             struct built_message *built)
{
    struct pdu *pdu = parts->pdu;
    SNMPAPI_STATUS error = SNMPAPI_PDU_INVALID;

    cork_quick_lock(&pdu->lock);
    built->length = 0;
    built->type = pdu->pdu.type;
    built->request_id = pdu->pdu.request_id;
    built->version = entity_version(parts->destination, built->type);
    if (pdu_valid(&pdu->pdu)) error = encode(parts, built->version, buffer, size, &built->length);
    cork_quick_unlock(&pdu->lock);
    if (error && error != SNMPAPI_OUTPUT_TRUNCATED)
        CORK_WARN("PDU of type %#x, version %d: error %u\n", built->type, built->version, (unsigned)error);
    return error;
}

/* The message in memory of its own. Again where another thread made the PDU longer in between. */
static SNMPAPI_STATUS build_long(const struct message_parts *parts, size_t length, smiOCTETS *out)
{
    struct built_message built = {.length = length};
    SNMPAPI_STATUS error;

    do
    {
        out->ptr = descriptor_alloc(built.length);
        if (!out->ptr) return SNMPAPI_ALLOC_ERROR;
        error = message_build(parts, out->ptr, built.length, &built);
        if (error) descriptor_discard(out->ptr);
    }
    while (error == SNMPAPI_OUTPUT_TRUNCATED);
    out->len = (smiUINT32)built.length;
    return error;
}

static SNMPAPI_STATUS build_descriptor(const struct message_parts *parts, smiOCTETS *out)
{
    uint8_t buffer[USUAL_SIZE];
    struct built_message built;
    SNMPAPI_STATUS error = message_build(parts, buffer, sizeof(buffer), &built);

    if (error == SNMPAPI_OUTPUT_TRUNCATED) return build_long(parts, built.length, out);
    if (error) return error;
    out->ptr = descriptor_alloc(built.length);
    if (!out->ptr) return SNMPAPI_ALLOC_ERROR;
    memcpy(out->ptr, buffer, built.length);
    out->len = (smiUINT32)built.length;
    return 0;
}

/*
 * SnmpEncodeMsg (nf-winsnmp-snmpencodemsg): the octets that SnmpSendMsg would send, in memory that the application
 * frees with SnmpFreeDescriptor. Returns their number. srcEntity may be NULL, as for SnmpSendMsg; what msgBufDesc held
 * before is ignored. SNMPAPI_SESSION_INVALID; SNMPAPI_ENTITY_INVALID; SNMPAPI_CONTEXT_INVALID; SNMPAPI_PDU_INVALID for
 * the handle, for fields that do not go together, and, since the page has no SNMPAPI_OPERATION_INVALID, for a PDU that
 * the destination's SNMP version does not have; SNMPAPI_ALLOC_ERROR, for a msgBufDesc that cannot be written too. Any
 * thread.
 */
SNMPAPI_STATUS WINAPI SnmpEncodeMsg(HSNMP_SESSION session, HSNMP_ENTITY srcEntity, HSNMP_ENTITY dstEntity,
                                    HSNMP_CONTEXT context, HSNMP_PDU pdu, smiLPOCTETS msgBufDesc)
{
    struct message_parts parts;
    struct cork_pin pin;
    struct session *caller;
    SNMPAPI_STATUS error;
    smiOCTETS message = {0, NULL};

    RETURN_IF_NOT_STARTED();
    CORK_TRACE("session %p, %p to %p, context %p, pdu %p\n", session, srcEntity, dstEntity, context, pdu);
    caller = resource_acquire(session, TYPE_SESSION, &pin);
    if (!caller) return fail(NULL, SNMPAPI_SESSION_INVALID);
    error = message_acquire(srcEntity, dstEntity, context, pdu, &parts);
    if (!error)
    {
        error = can_write(msgBufDesc, sizeof(*msgBufDesc)) ? build_descriptor(&parts, &message) : SNMPAPI_ALLOC_ERROR;
        message_release(&parts);
    }
    if (error == SNMPAPI_OPERATION_INVALID) error = SNMPAPI_PDU_INVALID;
    if (error)
        fail(caller, error);
    else
        *msgBufDesc = message;
    resource_release(&pin);
    return error ? SNMPAPI_FAILURE : message.len;
}

/* ---- Decoding -------------------------------------------------------------------------------------------------- */

/* Where SnmpDecodeMsg puts what it finds. */
struct decode_outputs
{
    HSNMP_ENTITY *source, *destination;
    HSNMP_CONTEXT *context;
    HSNMP_PDU *pdu;
};

/* "The srcEntity (dstEntity, context, pdu) parameter is invalid" can mean only that it is NULL. */
static SNMPAPI_STATUS check_outputs(const struct decode_outputs *out)
{
    if (!out->source || !out->destination) return SNMPAPI_ENTITY_INVALID;
    if (!out->context) return SNMPAPI_CONTEXT_INVALID;
    if (!out->pdu) return SNMPAPI_PDU_INVALID;
    if (!can_write(out->source, sizeof(*out->source)) || !can_write(out->destination, sizeof(*out->destination)) ||
        !can_write(out->context, sizeof(*out->context)) || !can_write(out->pdu, sizeof(*out->pdu)))
        return SNMPAPI_ALLOC_ERROR;
    return 0;
}

static SNMPAPI_STATUS check_input(smiLPCOCTETS octets)
{
    if (!octets) return SNMPAPI_MESSAGE_INVALID;
    if (!can_read(octets, sizeof(*octets))) return SNMPAPI_ALLOC_ERROR;
    if (!octets->ptr || !octets->len) return SNMPAPI_MESSAGE_INVALID;
    return can_read(octets->ptr, octets->len) ? 0 : SNMPAPI_ALLOC_ERROR;
}

/* Makes the objects, both or none, and fills in the outputs. */
static SNMPAPI_STATUS give_objects(struct session *owner, struct snmp_message *message,
                                   const struct decode_outputs *out)
{
    HANDLE context = NULL, pdu = NULL;
    SNMPAPI_STATUS error = SNMPAPI_OTHER_ERROR;

    context = context_make(owner, message->community.ptr, message->community.len, NULL, &error);
    if (context) pdu = pdu_make(owner, &message->pdu, &error);
    if (!pdu)
    {
        snmp_varbind_list_free(&message->pdu.bindings);
        if (context) resource_close(context, TYPE_CONTEXT);
        return error;
    }
    *out->source = NULL;
    *out->destination = NULL;
    *out->context = context;
    *out->pdu = pdu;
    return 0;
}

static SNMPAPI_STATUS decode(struct session *owner, smiLPCOCTETS octets, const struct decode_outputs *out,
                             size_t *consumed)
{
    struct snmp_message message;

    switch (snmp_message_decode(octets->ptr, octets->len, &message, consumed))
    {
    case SNMP_CODEC_OK:
        return give_objects(owner, &message, out);
    case SNMP_CODEC_NO_MEMORY:
        return SNMPAPI_ALLOC_ERROR;
    default:
        return SNMPAPI_MESSAGE_INVALID;
    }
}

/*
 * SnmpDecodeMsg (nf-winsnmp-snmpdecodemsg): one message from octets, as a context and a PDU of the session, which the
 * application frees. Returns the octets that the message takes, which may be fewer than there are. The entities become
 * NULL: SNMPv1 and SNMPv2c messages name none. SNMPv1 traps are not translated here ("Levels of SNMP Support"): see
 * pdu.c. SNMPAPI_SESSION_INVALID; SNMPAPI_ENTITY_INVALID, SNMPAPI_CONTEXT_INVALID, SNMPAPI_PDU_INVALID for outputs that
 * are NULL; SNMPAPI_MESSAGE_INVALID for no, an incomplete or a malformed message (SNMPAPI_OUTPUT_TRUNCATED is
 * documented for an output buffer, of which there is none); SNMPAPI_ALLOC_ERROR, for what cannot be read or written
 * too. On failure nothing is made and nothing written. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpDecodeMsg(HSNMP_SESSION session, LPHSNMP_ENTITY srcEntity, LPHSNMP_ENTITY dstEntity,
                                    LPHSNMP_CONTEXT context, LPHSNMP_PDU pdu, smiLPCOCTETS msgBufDesc)
{
    struct decode_outputs out = {srcEntity, dstEntity, context, pdu};
    struct cork_pin pin;
    struct session *owner;
    SNMPAPI_STATUS error;
    size_t consumed = 0;

    RETURN_IF_NOT_STARTED();
    CORK_TRACE("session %p\n", session);
    owner = resource_acquire(session, TYPE_SESSION, &pin);
    if (!owner) return fail(NULL, SNMPAPI_SESSION_INVALID);
    error = check_outputs(&out);
    if (!error) error = check_input(msgBufDesc);
    if (!error) error = decode(owner, msgBufDesc, &out, &consumed);
    if (error) fail(owner, error);
    resource_release(&pin);
    return error ? SNMPAPI_FAILURE : (SNMPAPI_STATUS)consumed;
}

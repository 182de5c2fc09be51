#include "wsnmp32/message_codec.h"

#include <string.h>

#define RETURN_IF_FAILED(expression)                                                                                   \
    do                                                                                                                 \
    {                                                                                                                  \
        enum snmp_codec_status failed_ = (expression);                                                                 \
        if (failed_ != SNMP_CODEC_OK) return failed_;                                                                  \
    }                                                                                                                  \
    while (0)

static bool pdu_type_of_version(uint8_t type, int32_t version)
{
    if (type >= SNMP_TYPE_GET && type <= SNMP_TYPE_SET) return true;
    if (version == SNMP_VERSION_1) return type == SNMP_TYPE_V1TRAP;
    return type >= SNMP_TYPE_GETBULK && type <= SNMP_TYPE_TRAP;
}

/* ---- Encoding --------------------------------------------------------------------------------------------------- */

static enum snmp_codec_status write_octets_value(struct ber_writer *w, const struct snmp_value *value)
{
    const struct snmp_octets *octets = &value->value.octets;
    size_t mark = ber_written(w);

    if (snmp_value_check(value) != SNMP_LIST_OK) return SNMP_CODEC_VALUE;
    ber_write_octets(w, octets->ptr, octets->len);
    ber_write_header(w, (uint8_t)value->syntax, mark);
    return SNMP_CODEC_OK;
}

/* Counter64 and the exceptions came with SNMPv2 (RFC 1902, RFC 1905). */
static bool syntax_of_version(uint32_t syntax, int32_t version)
{
    return version != SNMP_VERSION_1 || (syntax != SNMP_VALUE_CNTR64 && syntax < SNMP_VALUE_NOSUCHOBJECT);
}

static enum snmp_codec_status write_value(struct ber_writer *w, const struct snmp_value *value, int32_t version)
{
    if (!syntax_of_version(value->syntax, version)) return SNMP_CODEC_SYNTAX;
    switch (snmp_syntax_kind(value->syntax))
    {
    case SNMP_KIND_NUMBER:
        ber_write_int32(w, SNMP_VALUE_INT, value->value.number);
        break;
    case SNMP_KIND_UNSIGNED:
        ber_write_uint64(w, (uint8_t)value->syntax, value->value.unumber);
        break;
    case SNMP_KIND_COUNTER64:
        ber_write_uint64(w, (uint8_t)value->syntax, value->value.counter64);
        break;
    case SNMP_KIND_OCTETS:
        return write_octets_value(w, value);
    case SNMP_KIND_OID:
        return ber_write_oid(w, &value->value.oid) ? SNMP_CODEC_OK : SNMP_CODEC_OID;
    case SNMP_KIND_NONE:
        ber_write_header(w, (uint8_t)value->syntax, ber_written(w));
        break;
    default:
        return SNMP_CODEC_SYNTAX;
    }
    return SNMP_CODEC_OK;
}

static enum snmp_codec_status write_bindings(struct ber_writer *w, const struct snmp_varbind_list *list,
                                             int32_t version)
{
    const struct snmp_varbind_entry *entries = list->entries;
    size_t list_mark = ber_written(w);

    for (uint32_t i = list->count; i--;)
    {
        size_t mark = ber_written(w);

        RETURN_IF_FAILED(write_value(w, &entries[i].binding.value, version));
        if (!ber_write_oid(w, &entries[i].binding.name)) return SNMP_CODEC_OID;
        ber_write_header(w, BER_SEQUENCE, mark);
    }
    ber_write_header(w, BER_SEQUENCE, list_mark);
    return SNMP_CODEC_OK;
}

static enum snmp_codec_status write_v1_trap(struct ber_writer *w, const struct snmp_v1_trap *trap)
{
    size_t mark;

    ber_write_uint64(w, SNMP_VALUE_TIMETICKS, trap->timestamp);
    ber_write_int32(w, SNMP_VALUE_INT, trap->specific);
    ber_write_int32(w, SNMP_VALUE_INT, trap->generic);
    mark = ber_written(w);
    ber_write_octets(w, trap->agent_address, sizeof(trap->agent_address));
    ber_write_header(w, SNMP_VALUE_IPADDR, mark);
    return ber_write_oid(w, &trap->enterprise) ? SNMP_CODEC_OK : SNMP_CODEC_OID;
}

static enum snmp_codec_status write_message(struct ber_writer *w, const struct snmp_message *message)
{
    const struct snmp_pdu *pdu = &message->pdu;
    size_t mark;

    RETURN_IF_FAILED(write_bindings(w, &pdu->bindings, message->version));
    if (pdu->type == SNMP_TYPE_V1TRAP)
        RETURN_IF_FAILED(write_v1_trap(w, &pdu->trap));
    else
    {
        ber_write_int32(w, SNMP_VALUE_INT, pdu->error_index);
        ber_write_int32(w, SNMP_VALUE_INT, pdu->error_status);
        ber_write_int32(w, SNMP_VALUE_INT, pdu->request_id);
    }
    ber_write_header(w, pdu->type, 0);
    mark = ber_written(w);
    ber_write_octets(w, message->community.ptr, message->community.len);
    ber_write_header(w, SNMP_VALUE_OCTETS, mark);
    ber_write_int32(w, SNMP_VALUE_INT, message->version);
    ber_write_header(w, BER_SEQUENCE, 0);
    return SNMP_CODEC_OK;
}

enum snmp_codec_status snmp_message_encode(const struct snmp_message *message, uint8_t *buffer, size_t size,
                                           size_t *length)
{
    struct ber_writer w;

    *length = 0;
    if (message->version != SNMP_VERSION_1 && message->version != SNMP_VERSION_2C) return SNMP_CODEC_VERSION;
    if (!pdu_type_of_version(message->pdu.type, message->version)) return SNMP_CODEC_PDU_TYPE;
    ber_writer_init(&w, buffer, size);
    RETURN_IF_FAILED(write_message(&w, message));
    *length = ber_written(&w);
    if (w.lost) return SNMP_CODEC_TOO_BIG;
    memmove(buffer, w.p, *length);
    return SNMP_CODEC_OK;
}

/* ---- Decoding --------------------------------------------------------------------------------------------------- */

/* Version, community and PDU type; `pdu` becomes the contents of the PDU. */
static enum snmp_codec_status read_envelope(struct ber_reader *r, struct snmp_message *message, struct ber_reader *pdu)
{
    struct ber_reader sequence, community;

    RETURN_IF_FAILED(ber_read(r, BER_SEQUENCE, &sequence));
    RETURN_IF_FAILED(ber_read_int32(&sequence, &message->version));
    if (message->version != SNMP_VERSION_1 && message->version != SNMP_VERSION_2C) return SNMP_CODEC_VERSION;
    RETURN_IF_FAILED(ber_read(&sequence, SNMP_VALUE_OCTETS, &community));
    message->community.len = (uint32_t)(community.end - community.p);
    message->community.ptr = (uint8_t *)community.p;
    RETURN_IF_FAILED(ber_read_any(&sequence, &message->pdu.type, pdu));
    if (!pdu_type_of_version(message->pdu.type, message->version)) return SNMP_CODEC_PDU_TYPE;
    return sequence.p == sequence.end ? SNMP_CODEC_OK : SNMP_CODEC_TRAILING;
}

static enum snmp_codec_status read_request_head(struct ber_reader *r, struct snmp_pdu *pdu)
{
    RETURN_IF_FAILED(ber_read_int32(r, &pdu->request_id));
    RETURN_IF_FAILED(ber_read_int32(r, &pdu->error_status));
    return ber_read_int32(r, &pdu->error_index);
}

/* `enterprise` becomes the contents of the enterprise. */
static enum snmp_codec_status read_v1_trap_head(struct ber_reader *r, struct snmp_v1_trap *trap,
                                                struct ber_reader *enterprise)
{
    struct ber_reader content;

    RETURN_IF_FAILED(ber_read(r, SNMP_VALUE_OID, enterprise));
    RETURN_IF_FAILED(ber_read(r, SNMP_VALUE_IPADDR, &content));
    if (content.end - content.p != sizeof(trap->agent_address)) return SNMP_CODEC_VALUE;
    memcpy(trap->agent_address, content.p, sizeof(trap->agent_address));
    RETURN_IF_FAILED(ber_read_int32(r, &trap->generic));
    RETURN_IF_FAILED(ber_read_int32(r, &trap->specific));
    RETURN_IF_FAILED(ber_read(r, SNMP_VALUE_TIMETICKS, &content));
    return ber_parse_uint32(&content, &trap->timestamp);
}

/* One binding: the contents of its name and of its value. */
static enum snmp_codec_status read_binding(struct ber_reader *r, struct ber_reader *name, uint8_t *syntax,
                                           struct ber_reader *value)
{
    struct ber_reader binding;

    RETURN_IF_FAILED(ber_read(r, BER_SEQUENCE, &binding));
    RETURN_IF_FAILED(ber_read(&binding, SNMP_VALUE_OID, name));
    RETURN_IF_FAILED(ber_read_any(&binding, syntax, value));
    return binding.p == binding.end ? SNMP_CODEC_OK : SNMP_CODEC_TRAILING;
}

/* What the bindings of a message need: enough for any contents, since only headers are looked at. */
struct measure
{
    uint32_t bindings;
    size_t ids;
    size_t octets;
};

static enum snmp_codec_status measure_bindings(struct ber_reader bindings, struct measure *m)
{
    struct ber_reader name, value;
    uint8_t syntax;

    while (bindings.p != bindings.end)
    {
        enum snmp_value_kind kind;

        RETURN_IF_FAILED(read_binding(&bindings, &name, &syntax, &value));
        kind = snmp_syntax_kind(syntax);
        m->bindings++;
        m->ids += BER_OID_ROOM((size_t)(name.end - name.p));
        if (kind == SNMP_KIND_OID)
            m->ids += BER_OID_ROOM((size_t)(value.end - value.p));
        else if (kind == SNMP_KIND_OCTETS)
            m->octets += (size_t)(value.end - value.p);
        else if (kind == SNMP_KIND_UNKNOWN)
            return SNMP_CODEC_SYNTAX;
    }
    return SNMP_CODEC_OK;
}

static enum snmp_codec_status take_oid(struct snmp_block_cursor *cursor, const struct ber_reader *content,
                                       struct snmp_oid *oid)
{
    oid->ids = cursor->ids;
    RETURN_IF_FAILED(ber_parse_oid(content, oid->ids, &oid->len));
    cursor->ids += oid->len;
    return SNMP_CODEC_OK;
}

static enum snmp_codec_status take_octets(struct snmp_block_cursor *cursor, const struct ber_reader *content,
                                          uint32_t syntax, struct snmp_octets *octets)
{
    size_t length = (size_t)(content->end - content->p);

    if (length > SNMP_OCTETS_MAX_LENGTH || (syntax == SNMP_VALUE_IPADDR && length != 4)) return SNMP_CODEC_VALUE;
    if (syntax == SNMP_VALUE_BITS && (length == 0 || *content->p > 7)) return SNMP_CODEC_VALUE;
    octets->len = (uint32_t)length;
    octets->ptr = memcpy(cursor->octets, content->p, length);
    cursor->octets += length;
    return SNMP_CODEC_OK;
}

static enum snmp_codec_status take_value(struct snmp_block_cursor *cursor, const struct ber_reader *content,
                                         struct snmp_value *value)
{
    switch (snmp_syntax_kind(value->syntax))
    {
    case SNMP_KIND_NUMBER:
        return ber_parse_int32(content, &value->value.number);
    case SNMP_KIND_UNSIGNED:
        return ber_parse_uint32(content, &value->value.unumber);
    case SNMP_KIND_COUNTER64:
        return ber_parse_uint64(content, &value->value.counter64);
    case SNMP_KIND_OID:
        return take_oid(cursor, content, &value->value.oid);
    case SNMP_KIND_OCTETS:
        return take_octets(cursor, content, value->syntax, &value->value.octets);
    default:
        memset(&value->value, 0, sizeof(value->value));
        return content->p == content->end ? SNMP_CODEC_OK : SNMP_CODEC_VALUE;
    }
}

/* Fills the entries of `list` from bindings that measure_bindings has been through. */
static enum snmp_codec_status take_bindings(struct ber_reader bindings, struct snmp_block_cursor *cursor,
                                            struct snmp_varbind_list *list)
{
    struct ber_reader name, content;
    uint8_t syntax;

    for (uint32_t i = 0; i < list->count; i++)
    {
        struct snmp_varbind_entry *entry = &list->entries[i];

        RETURN_IF_FAILED(read_binding(&bindings, &name, &syntax, &content));
        entry->own = NULL;
        entry->binding.value.syntax = syntax;
        RETURN_IF_FAILED(take_oid(cursor, &name, &entry->binding.name));
        RETURN_IF_FAILED(take_value(cursor, &content, &entry->binding.value));
    }
    return SNMP_CODEC_OK;
}

static enum snmp_codec_status decode_bindings(struct ber_reader bindings, const struct ber_reader *enterprise,
                                              struct snmp_pdu *pdu)
{
    struct measure m = {0, 0, 0};
    struct snmp_block_cursor cursor;
    enum snmp_codec_status status = SNMP_CODEC_OK;

    RETURN_IF_FAILED(measure_bindings(bindings, &m));
    if (enterprise) m.ids += BER_OID_ROOM((size_t)(enterprise->end - enterprise->p));
    if (!snmp_varbind_list_allocate(&pdu->bindings, m.bindings, m.ids, m.octets, &cursor)) return SNMP_CODEC_NO_MEMORY;
    if (enterprise) status = take_oid(&cursor, enterprise, &pdu->trap.enterprise);
    if (status == SNMP_CODEC_OK) status = take_bindings(bindings, &cursor, &pdu->bindings);
    if (status != SNMP_CODEC_OK)
    {
        /* Entries behind the bad one are not initialized: none owns anything, so only the block goes. */
        pdu->bindings.count = 0;
        snmp_varbind_list_free(&pdu->bindings);
        pdu->trap.enterprise.len = 0;
        pdu->trap.enterprise.ids = NULL;
    }
    return status;
}

static enum snmp_codec_status decode_pdu(struct ber_reader r, struct snmp_pdu *pdu)
{
    struct ber_reader enterprise, bindings;
    bool is_trap = pdu->type == SNMP_TYPE_V1TRAP;

    if (is_trap)
        RETURN_IF_FAILED(read_v1_trap_head(&r, &pdu->trap, &enterprise));
    else
        RETURN_IF_FAILED(read_request_head(&r, pdu));
    RETURN_IF_FAILED(ber_read(&r, BER_SEQUENCE, &bindings));
    if (r.p != r.end) return SNMP_CODEC_TRAILING;
    return decode_bindings(bindings, is_trap ? &enterprise : NULL, pdu);
}

enum snmp_codec_status snmp_message_decode(const uint8_t *data, size_t size, struct snmp_message *message,
                                           size_t *consumed)
{
    struct ber_reader r = {data, data + size}, pdu;

    memset(message, 0, sizeof(*message));
    if (consumed) *consumed = 0;
    RETURN_IF_FAILED(read_envelope(&r, message, &pdu));
    RETURN_IF_FAILED(decode_pdu(pdu, &message->pdu));
    if (consumed) *consumed = (size_t)(r.p - data);
    return SNMP_CODEC_OK;
}

enum snmp_codec_status snmp_message_peek(const uint8_t *data, size_t size, struct snmp_message *message)
{
    struct ber_reader r = {data, data + size}, pdu;

    memset(message, 0, sizeof(*message));
    RETURN_IF_FAILED(read_envelope(&r, message, &pdu));
    return message->pdu.type == SNMP_TYPE_V1TRAP ? SNMP_CODEC_OK : read_request_head(&pdu, &message->pdu);
}

enum snmp_list_status snmp_pdu_copy(const struct snmp_pdu *pdu, struct snmp_pdu *copy)
{
    const struct snmp_varbind_list *from = &pdu->bindings;
    size_t id_count = pdu->type == SNMP_TYPE_V1TRAP ? pdu->trap.enterprise.len : 0, octet_count = 0;
    struct snmp_block_cursor cursor;

    *copy = *pdu;
    for (uint32_t i = 0; i < from->count; i++)
        snmp_block_measure(&from->entries[i].binding, &id_count, &octet_count);
    if (!snmp_varbind_list_allocate(&copy->bindings, from->count, id_count, octet_count, &cursor))
        return SNMP_LIST_NO_MEMORY;
    if (pdu->type == SNMP_TYPE_V1TRAP) copy->trap.enterprise = snmp_block_copy_oid(&cursor, &pdu->trap.enterprise);
    for (uint32_t i = 0; i < from->count; i++)
        snmp_block_copy_binding(&cursor, &from->entries[i].binding, &copy->bindings.entries[i]);
    return SNMP_LIST_OK;
}

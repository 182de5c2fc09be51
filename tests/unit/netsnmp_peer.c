#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>

#include "netsnmp_peer.h"

#include <stdlib.h>
#include <string.h>

struct peer_pdu
{
    netsnmp_session session;
    netsnmp_pdu *pdu;
    u_char *packet;
    size_t packet_size;
};

static size_t to_oids(const struct snmp_oid *from, oid *to)
{
    for (uint32_t i = 0; i < from->len; i++)
        to[i] = from->ids[i];
    return from->len;
}

static void add_binding(netsnmp_pdu *pdu, const struct snmp_varbind *binding)
{
    const struct snmp_value *value = &binding->value;
    oid name[MAX_OID_LEN], oid_value[MAX_OID_LEN];
    size_t name_len = to_oids(&binding->name, name);
    u_char type = (u_char)value->syntax;
    struct counter64 counter;
    u_long unsigned_value;
    long number;

    switch (snmp_syntax_kind(value->syntax))
    {
    case SNMP_KIND_NUMBER:
        number = value->value.number;
        snmp_pdu_add_variable(pdu, name, name_len, type, &number, sizeof(number));
        break;
    case SNMP_KIND_UNSIGNED:
        unsigned_value = value->value.unumber;
        snmp_pdu_add_variable(pdu, name, name_len, type, &unsigned_value, sizeof(unsigned_value));
        break;
    case SNMP_KIND_COUNTER64:
        counter.high = (u_long)(value->value.counter64 >> 32);
        counter.low = (u_long)(value->value.counter64 & 0xffffffff);
        snmp_pdu_add_variable(pdu, name, name_len, type, &counter, sizeof(counter));
        break;
    case SNMP_KIND_OCTETS:
        snmp_pdu_add_variable(pdu, name, name_len, type, value->value.octets.ptr, value->value.octets.len);
        break;
    case SNMP_KIND_OID:
        number = (long)to_oids(&value->value.oid, oid_value);
        snmp_pdu_add_variable(pdu, name, name_len, type, oid_value, (size_t)number * sizeof(oid));
        break;
    default:
        snmp_pdu_add_variable(pdu, name, name_len, type, NULL, 0);
        break;
    }
}

static netsnmp_pdu *make_pdu(const struct peer_message *message, const struct snmp_varbind_list *bindings)
{
    netsnmp_pdu *pdu = snmp_pdu_create(message->type);
    oid enterprise[MAX_OID_LEN];

    pdu->version = message->version;
    pdu->community = netsnmp_memdup(message->community, message->community_len);
    pdu->community_len = message->community_len;
    pdu->reqid = message->request_id;
    pdu->errstat = message->error_status;
    pdu->errindex = message->error_index;
    if (message->type == SNMP_MSG_TRAP)
    {
        pdu->enterprise_length = to_oids(&message->enterprise, enterprise);
        pdu->enterprise = snmp_duplicate_objid(enterprise, pdu->enterprise_length);
        memcpy(pdu->agent_addr, message->agent_address, 4);
        pdu->trap_type = message->generic;
        pdu->specific_type = message->specific;
        pdu->time = message->timestamp;
    }
    for (uint32_t i = 1; i <= bindings->count; i++)
        add_binding(pdu, snmp_varbind_list_get(bindings, i));
    return pdu;
}

struct peer_pdu *peer_prepare(const struct peer_message *message, const struct snmp_varbind_list *bindings)
{
    struct peer_pdu *prepared = calloc(1, sizeof(*prepared));

    snmp_sess_init(&prepared->session);
    prepared->session.version = message->version;
    prepared->session.community = (u_char *)message->community;
    prepared->session.community_len = message->community_len;
    prepared->pdu = make_pdu(message, bindings);
    prepared->packet_size = 2048;
    prepared->packet = malloc(prepared->packet_size);
    return prepared;
}

size_t peer_encode_prepared(struct peer_pdu *prepared)
{
    size_t offset = 0;

    /* snmp_build changes the PDU's flags and keeps a community in it. */
    if (snmp_build(&prepared->packet, &prepared->packet_size, &offset, &prepared->session, prepared->pdu)) return 0;
    return offset;
}

void peer_discard(struct peer_pdu *prepared)
{
    snmp_free_pdu(prepared->pdu);
    free(prepared->packet);
    free(prepared);
}

bool peer_decode_and_free(struct peer_pdu *prepared, const uint8_t *data, size_t length)
{
    netsnmp_pdu *pdu = snmp_pdu_create(SNMP_MSG_RESPONSE);
    bool ok = snmp_parse(NULL, &prepared->session, pdu, (u_char *)data, length) == 0;

    snmp_free_pdu(pdu);
    return ok;
}

bool peer_encode(const struct peer_message *message, const struct snmp_varbind_list *bindings, uint8_t *buffer,
                 size_t size, size_t *length)
{
    struct peer_pdu *prepared = peer_prepare(message, bindings);

    *length = peer_encode_prepared(prepared);
    if (*length && *length <= size)
        memcpy(buffer, prepared->packet + prepared->packet_size - *length, *length);
    else
        *length = 0;
    peer_discard(prepared);
    return *length != 0;
}

static struct snmp_oid from_oids(const oid *from, size_t len, uint32_t *ids)
{
    struct snmp_oid to = {(uint32_t)len, ids};

    for (size_t i = 0; i < len; i++)
        ids[i] = (uint32_t)from[i];
    return to;
}

static bool take_binding(const netsnmp_variable_list *variable, struct snmp_varbind_list *bindings)
{
    uint32_t name_ids[MAX_OID_LEN], value_ids[MAX_OID_LEN];
    struct snmp_oid name = from_oids(variable->name, variable->name_length, name_ids);
    struct snmp_value value;

    memset(&value, 0, sizeof(value));
    value.syntax = variable->type;
    switch (snmp_syntax_kind(value.syntax))
    {
    case SNMP_KIND_NUMBER:
        value.value.number = (int32_t)*variable->val.integer;
        break;
    case SNMP_KIND_UNSIGNED:
        value.value.unumber = (uint32_t)*variable->val.integer;
        break;
    case SNMP_KIND_COUNTER64:
        value.value.counter64 = (uint64_t)variable->val.counter64->high << 32 | variable->val.counter64->low;
        break;
    case SNMP_KIND_OCTETS:
        value.value.octets.len = (uint32_t)variable->val_len;
        value.value.octets.ptr = variable->val.string;
        break;
    case SNMP_KIND_OID:
        value.value.oid = from_oids(variable->val.objid, variable->val_len / sizeof(oid), value_ids);
        break;
    default:
        break;
    }
    return snmp_varbind_list_set(bindings, 0, &name, &value, NULL) == SNMP_LIST_OK;
}

static void take_head(const netsnmp_pdu *pdu, struct peer_message *message, uint32_t *enterprise_ids)
{
    memset(message, 0, sizeof(*message));
    message->version = (int32_t)pdu->version;
    message->type = (uint8_t)pdu->command;
    if (pdu->command != SNMP_MSG_TRAP)
    {
        message->request_id = (int32_t)pdu->reqid;
        message->error_status = (int32_t)pdu->errstat;
        message->error_index = (int32_t)pdu->errindex;
        return;
    }
    message->enterprise = from_oids(pdu->enterprise, pdu->enterprise_length, enterprise_ids);
    memcpy(message->agent_address, pdu->agent_addr, 4);
    message->generic = (int32_t)pdu->trap_type;
    message->specific = (int32_t)pdu->specific_type;
    message->timestamp = (uint32_t)pdu->time;
}

bool peer_decode(const uint8_t *data, size_t length, struct peer_message *message, uint32_t *enterprise_ids,
                 struct snmp_varbind_list *bindings)
{
    netsnmp_session session;
    netsnmp_pdu *pdu = snmp_pdu_create(SNMP_MSG_RESPONSE);
    bool ok;

    snmp_sess_init(&session);
    ok = snmp_parse(NULL, &session, pdu, (u_char *)data, length) == 0;
    if (ok) take_head(pdu, message, enterprise_ids);
    for (netsnmp_variable_list *v = pdu->variables; ok && v; v = v->next_variable)
        ok = take_binding(v, bindings);
    snmp_free_pdu(pdu);
    return ok;
}

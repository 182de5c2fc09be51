/*
 * net-snmp's library as a peer for the codec: it encodes and decodes the same PDUs. Its headers define a struct
 * snmp_pdu too, so they stay inside netsnmp_peer.c, and a message crosses in this form.
 */
#ifndef CORK_TESTS_NETSNMP_PEER_H
#define CORK_TESTS_NETSNMP_PEER_H

#include "wsnmp32/varbind.h"

struct peer_message
{
    int32_t version;
    const uint8_t *community;
    size_t community_len;
    uint8_t type;
    int32_t request_id, error_status, error_index;
    struct snmp_oid enterprise;
    uint8_t agent_address[4];
    int32_t generic, specific;
    uint32_t timestamp;
};

/* Encodes with snmp_build into `buffer`; false when net-snmp refuses or it does not fit. */
bool peer_encode(const struct peer_message *message, const struct snmp_varbind_list *bindings, uint8_t *buffer,
                 size_t size, size_t *length);

/*
 * Decodes with snmp_parse; false when net-snmp refuses. `bindings` (initialized and empty) and `enterprise_ids` (room
 * for 128) are filled; the community is not returned.
 */
bool peer_decode(const uint8_t *data, size_t length, struct peer_message *message, uint32_t *enterprise_ids,
                 struct snmp_varbind_list *bindings);

/* The same work without the conversions, for the benchmark: a PDU made once, then encoded or decoded again and again.
 */
struct peer_pdu;
struct peer_pdu *peer_prepare(const struct peer_message *message, const struct snmp_varbind_list *bindings);
size_t peer_encode_prepared(struct peer_pdu *prepared);
bool peer_decode_and_free(struct peer_pdu *prepared, const uint8_t *data, size_t length);
void peer_discard(struct peer_pdu *prepared);

#endif

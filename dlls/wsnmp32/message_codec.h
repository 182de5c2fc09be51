/*
 * SNMPv1 and SNMPv2c messages: encode into a buffer, decode from a datagram.
 *
 * Sources: RFC 1157 (SNMPv1), RFC 1901 (SNMPv2c), RFC 1905 and 3416 (PDUs), RFC 3417 (transport mappings).
 */
#ifndef CORK_WSNMP32_MESSAGE_CODEC_H
#define CORK_WSNMP32_MESSAGE_CODEC_H

#include "wsnmp32/ber.h"
#include "wsnmp32/varbind.h"

/* Values of the version field. */
#define SNMP_VERSION_1  0
#define SNMP_VERSION_2C 1

/* PDU types: the BER identifier octet; the values are those of SNMP_PDU_* in winsnmp.h. */
enum snmp_pdu_type
{
    SNMP_TYPE_GET = 0xa0,
    SNMP_TYPE_GETNEXT = 0xa1,
    SNMP_TYPE_RESPONSE = 0xa2,
    SNMP_TYPE_SET = 0xa3,
    SNMP_TYPE_V1TRAP = 0xa4,  /* SNMPv1 only */
    SNMP_TYPE_GETBULK = 0xa5, /* this and the following: SNMPv2c only */
    SNMP_TYPE_INFORM = 0xa6,
    SNMP_TYPE_TRAP = 0xa7
};

/* What an SNMPv1 trap has in place of request id, error status and error index (RFC 1157, section 4.1.6). */
struct snmp_v1_trap
{
    struct snmp_oid enterprise; /* of a decoded PDU: lives in the list's block, until the list is freed */
    uint8_t agent_address[4];
    int32_t generic; /* 0 coldStart to 6 enterpriseSpecific; any number is carried */
    int32_t specific;
    uint32_t timestamp; /* hundredths of a second */
};

/* A PDU. */
struct snmp_pdu
{
    uint8_t type; /* enum snmp_pdu_type */
    int32_t request_id;
    int32_t error_status;     /* non_repeaters of a GETBULK */
    int32_t error_index;      /* max_repetitions of a GETBULK */
    struct snmp_v1_trap trap; /* only of a V1TRAP, which has none of the three above (0 when decoded) */
    bool from_v1;             /* a TRAP that was translated: `trap` is what it was, without the enterprise */
    struct snmp_varbind_list bindings;
};

/* A message. */
struct snmp_message
{
    int32_t version;              /* SNMP_VERSION_1 or SNMP_VERSION_2C */
    struct snmp_octets community; /* borrowed; of a decoded message: points into the datagram */
    struct snmp_pdu pdu;
};

/*
 * Encodes `message` at the start of `buffer` of `size` octets (which is also the limit of the message's size) and sets
 * `*length` to the length of the message, for SNMP_CODEC_OK and for SNMP_CODEC_TOO_BIG (what would be needed; buffer
 * may be NULL with size 0 to ask for it). On any other result `*length` is 0. Behind the message, and on failure all
 * over, the buffer's contents are undefined. Allocates nothing; pure; any thread.
 *
 * The encoding is the shortest BER, definite lengths, byte for byte what net-snmp makes of the same PDU.
 *
 * SNMP_CODEC_VERSION; SNMP_CODEC_PDU_TYPE (a GETBULK, INFORM or TRAP in a v1 message, a V1TRAP in a v2c one);
 * SNMP_CODEC_OID (a name, value or enterprise that ber_write_oid refuses. Two sub-identifiers are the minimum: net-snmp
 * sends 0.0 for an empty OID and X.0 for X alone, which names something else than was asked, so here it is an error);
 * SNMP_CODEC_SYNTAX (unknown; Counter64 or an exception in a v1 message); SNMP_CODEC_VALUE (as snmp_value_check).
 */
enum snmp_codec_status snmp_message_encode(const struct snmp_message *message, uint8_t *buffer, size_t size,
                                           size_t *length);

/*
 * Decodes one message from the `size` octets at `data`. `*consumed`, if not NULL, receives the octets that it takes.
 * `message` is overwritten; on success its bindings own one allocation (none when there are no bindings and no trap):
 * free with snmp_varbind_list_free(&message->pdu.bindings). Its community points into `data`. On failure nothing is
 * owned and the bindings are empty.
 *
 * Octets behind the message are not an error: SnmpDecodeMsg documents a count of decoded bytes that "can be equal to,
 * or less than" the length given, and net-snmp ignores them in a datagram too. Octets behind the last element inside
 * the message are (SNMP_CODEC_TRAILING): there the lengths contradict each other.
 *
 * Tolerated as in the field: non-minimal lengths and integers, unsigned numbers without their leading zero octet, OIDs
 * of no octets (0.0), Counter64 and exceptions in a v1 message. Not tolerated: numbers that do not fit their type (net-
 * snmp cuts them; a changed value is worse than none), a REPORT (SNMPv3), a PDU type of the other version.
 *
 * Reads within the range only; the allocation is at most about 16 octets for each octet of the input; no recursion.
 */
enum snmp_codec_status snmp_message_decode(const uint8_t *data, size_t size, struct snmp_message *message,
                                           size_t *consumed);

/*
 * Only the head of a message, for dispatch without allocating: version, community, PDU type and, but for a V1TRAP,
 * request id, error status and error index. The bindings are left empty and not looked at.
 */
enum snmp_codec_status snmp_message_peek(const uint8_t *data, size_t size, struct snmp_message *message);

/*
 * Deep copy of a PDU in one allocation, the V1TRAP's enterprise included. SNMP_LIST_NO_MEMORY leaves `copy` with empty
 * bindings. Free with snmp_varbind_list_free(&copy->bindings).
 */
enum snmp_list_status snmp_pdu_copy(const struct snmp_pdu *pdu, struct snmp_pdu *copy);

#endif

/*
 * From entities, context and PDU to the octets of a message: what SnmpSendMsg and SnmpEncodeMsg have in common.
 */
#ifndef CORK_WSNMP32_MESSAGE_BUILD_H
#define CORK_WSNMP32_MESSAGE_BUILD_H

#include "wsnmp32/wsnmp32.h"

/* The objects behind the four handles, pinned by the calling thread. */
struct message_parts
{
    struct entity *source; /* NULL: this host */
    struct entity *destination;
    struct context *context;
    struct pdu *pdu;
    struct cork_pin pins[4];
    unsigned pinned;
};

/* What message_build made. */
struct built_message
{
    size_t length; /* octets of the message */
    int version;   /* SNMP_VERSION_1 or SNMP_VERSION_2C */
    uint8_t type;  /* of the PDU, as the application made it: a GETBULK that goes out as a GETNEXT is a GETBULK here */
    int32_t request_id; /* of the PDU */
};

/* Pins the objects of any session; source may be NULL. Returns 0; or SNMPAPI_ENTITY_INVALID, SNMPAPI_CONTEXT_INVALID or
 * SNMPAPI_PDU_INVALID, and nothing is pinned. On success message_release ends the pins, on the same thread; *parts has
 * to stay where it is until then. */
SNMPAPI_STATUS message_acquire(HSNMP_ENTITY source, HSNMP_ENTITY destination, HSNMP_CONTEXT context, HSNMP_PDU pdu,
                               struct message_parts *parts);
void message_release(struct message_parts *parts);

/*
 * Encodes the message into `buffer` of `size` octets, translated for an SNMPv1 destination where it needs to be
 * ("Validating a PDU", "Translating Message Requests"). Returns
 * 0: *built is filled in;
 * SNMPAPI_OUTPUT_TRUNCATED: the buffer is too small; *built is filled in, with the length that is needed (NULL and 0
 * ask for it; another thread may change the PDU before the next call);
 * SNMPAPI_PDU_INVALID: fields that do not go together, or an OID or value that cannot be sent;
 * SNMPAPI_OPERATION_INVALID: the destination's SNMP version has no such PDU or value;
 * SNMPAPI_ALLOC_ERROR.
 * Allocates nothing, but where a trap, or a response with values that SNMPv1 does not have, goes to an SNMPv1
 * destination. What a transport can carry is not looked at. Any thread.
 */
SNMPAPI_STATUS message_build(const struct message_parts *parts, uint8_t *buffer, size_t size,
                             struct built_message *built);

#endif

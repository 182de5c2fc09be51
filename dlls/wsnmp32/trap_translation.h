/*
 * Translation between the SNMPv1 and the SNMPv2 form of PDUs.
 *
 * RFC 1908 section 3.1 is what Microsoft names ("Translating Traps from SNMPv1 to SNMPv2C", "Translating Message
 * Requests"), so a v1 trap gets sysUpTime.0 and snmpTrapOID.0 in front and snmpTrapEnterprise.0 at the end, and not the
 * snmpTrapAddress.0 and snmpTrapCommunity.0 that RFC 2576 adds: snmpTrapEnterprise.0 has to be the last, a program
 * tells a translated trap by it. What RFC 1908 does not cover (v2 traps and v2 responses for a v1 peer) follows RFC
 * 2576, sections 3.2 and 4.1.2 (the same text in RFC 3584, sections 3.2 and 4.2).
 *
 * Memory: `out` is overwritten. It owns what it holds (free its bindings), but where the comment says "view" its
 * bindings share the source's (freeing them is allowed and does nothing).
 */
#ifndef CORK_WSNMP32_TRAP_TRANSLATION_H
#define CORK_WSNMP32_TRAP_TRANSLATION_H

#include "wsnmp32/message_codec.h"

enum snmp_translation
{
    SNMP_TRANSLATION_OK,
    SNMP_TRANSLATION_IMPOSSIBLE, /* SNMPAPI_OPERATION_INVALID for a request; a trap that is not one is dropped */
    SNMP_TRANSLATION_NO_MEMORY
};

/* Values of generic-trap (RFC 1157, section 4.1.6). */
#define SNMP_GENERIC_ENTERPRISE_SPECIFIC 6

/*
 * v1 trap to v2 trap (RFC 1908, section 3.1.2 (2)): sysUpTime.0 from the time-stamp; snmpTrapOID.0, which is
 * snmpTraps.(generic + 1) or, if enterpriseSpecific, enterprise.0.specific; the v1 bindings; snmpTrapEnterprise.0.
 * `out` is marked as from_v1 and keeps what this loses (the agent address, the specific code of a generic trap).
 * `request_id` is the identifier for the new PDU ("it assigns a non-zero value": "Assigning Request Identifiers").
 *
 * IMPOSSIBLE: `trap` is no V1TRAP, generic is not 0 to 6, specific is negative with enterpriseSpecific, or the
 * enterprise leaves no room for two more sub-identifiers. One allocation.
 */
enum snmp_translation snmp_trap_v1_to_v2(const struct snmp_pdu *trap, int32_t request_id, struct snmp_pdu *out);

/*
 * v2 trap to v1 trap, for an SNMPv1 destination (RFC 2576, section 3.2): enterprise, generic and specific from
 * snmpTrapOID.0 (and snmpTrapEnterprise.0 for the six standard traps), the agent address from snmpTrapAddress.0 if that
 * binding is there, else `agent_address` (the sender's IPv4 address in network order; NULL: 0.0.0.0), the time-stamp
 * from sysUpTime.0, and as bindings all but the first two.
 *
 * IMPOSSIBLE: not a TRAP; the first two bindings are not sysUpTime.0 (TimeTicks) and snmpTrapOID.0 (an OID); a last
 * sub-identifier above 2^31 - 1 that would be the specific trap; a Counter64 or an exception among the bindings.
 * One allocation.
 */
enum snmp_translation snmp_trap_v2_to_v1(const struct snmp_pdu *trap, const uint8_t agent_address[4],
                                         struct snmp_pdu *out);

/*
 * What an SNMPv1 destination is sent for `pdu`.
 *
 * GET, GETNEXT, SET: as it is, a view (RFC 1908, section 3.1.1 (1)). GETBULK: GETNEXT with both fields 0, a view
 * (section 3.1.1 (2)). RESPONSE: snmp_response_to_v1. TRAP: snmp_trap_v2_to_v1. V1TRAP: a view.
 * INFORM: IMPOSSIBLE (SnmpSendMsg names that case). A Counter64 or an exception among the bindings of a GET, GETNEXT,
 * SET, GETBULK or V1TRAP: IMPOSSIBLE, SNMPv1 has no such value.
 */
enum snmp_translation snmp_pdu_to_v1(const struct snmp_pdu *pdu, const uint8_t agent_address[4], struct snmp_pdu *out);

/*
 * A response from an SNMPv1 agent, in place, for a manager (RFC 1908, section 3.1.2 (1)): unaltered, noSuchName,
 * badValue and readOnly too; but with tooBig its bindings are removed. Other PDUs are left alone. Allocates nothing.
 */
void snmp_response_from_v1(struct snmp_pdu *response);

/*
 * A response of ours for an SNMPv1 manager (RFC 2576, sections 4.1.2.2 and 4.3), a view: the v2 error codes mapped to
 * v1 ones; an exception or a Counter64 among the bindings becomes noSuchName with its index. Since a v1 error response
 * returns the request's bindings, `request` (may be NULL) supplies them in that case; it has to outlive `out`. Without
 * it, where the response's bindings cannot be said in SNMPv1, `out` has their names with NULL values, as a GET had
 * them: one allocation, which snmp_varbind_list_free ends. IMPOSSIBLE: not a RESPONSE, or a request that SNMPv1 could
 * not have brought.
 */
enum snmp_translation snmp_response_to_v1(const struct snmp_pdu *response, const struct snmp_pdu *request,
                                          struct snmp_pdu *out);

/* The v1 error status for a v2 one (RFC 2576, section 4.3); 0 to 5 stay, unknown ones become genErr. */
int32_t snmp_error_status_to_v1(int32_t error_status);

/*
 * Whether `pdu` holds a trap that came from an SNMPv1 entity: its last binding is snmpTrapEnterprise.0.
 */
bool snmp_trap_is_translated(const struct snmp_pdu *pdu);

#endif

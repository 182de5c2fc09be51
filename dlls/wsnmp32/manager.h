/*
 * What mgmtapi.dll needs of wsnmp32.dll and WinSNMP has no function for. Exported by name, in no import library:
 * mgmtapi looks the functions up, so that it also works with another wsnmp32.dll, without what they do.
 */
#ifndef CORK_WSNMP32_MANAGER_H
#define CORK_WSNMP32_MANAGER_H

#include <windows.h>
#include <winsnmp.h>

/* What RFC 1908, section 3.1.2 (2), does not carry over from an SNMPv1 trap. */
struct cork_v1_trap
{
    BYTE agent_address[4]; /* network order */
    smiINT32 generic;
    smiINT32 specific; /* of a generic trap too */
};

/*
 * Makes messages to the entity SNMPv1 (0) or SNMPv2c (1) whatever the translation mode was when it was made.
 * SNMPAPI_NOT_INITIALIZED, SNMPAPI_ENTITY_INVALID, SNMPAPI_MODE_INVALID by SnmpGetLastError(NULL). Any thread.
 */
typedef SNMPAPI_STATUS(WINAPI *cork_entity_set_version_function)(HSNMP_ENTITY entity, smiUINT32 version);
#define CORK_ENTITY_SET_VERSION "cork_entity_set_version"

/*
 * The rest of the SNMPv1 trap that a received PDU was translated from. SNMPAPI_NOT_INITIALIZED, SNMPAPI_PDU_INVALID,
 * SNMPAPI_NOOP (the PDU is no such trap) by SnmpGetLastError(NULL). Any thread.
 */
typedef SNMPAPI_STATUS(WINAPI *cork_pdu_get_v1_trap_function)(HSNMP_PDU pdu, struct cork_v1_trap *trap);
#define CORK_PDU_GET_V1_TRAP "cork_pdu_get_v1_trap"

#endif

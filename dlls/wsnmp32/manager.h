/*
 * What mgmtapi.dll needs of wsnmp32.dll and WinSNMP has no function for. Exported by name, in no import library:
 * mgmtapi looks the functions up, so that it also works with another wsnmp32.dll, without what they do.
 */
#ifndef CORK_WSNMP32_MANAGER_H
#define CORK_WSNMP32_MANAGER_H

#include <windows.h>
#include <winsnmp.h>

/*
 * From now on the session's entity and context strings are read and given as in SNMPAPI_UNTRANSLATED_V1 mode, whatever
 * the application's mode is. SNMPAPI_NOT_INITIALIZED, SNMPAPI_SESSION_INVALID by SnmpGetLastError(NULL). Any thread.
 */
SNMPAPI_STATUS WINAPI cork_session_use_snmpv1(HSNMP_SESSION session);
typedef SNMPAPI_STATUS(WINAPI *cork_session_use_snmpv1_function)(HSNMP_SESSION session);

/* What RFC 1908, section 3.1.2 (2), does not carry over from an SNMPv1 trap. */
struct cork_v1_trap
{
    BYTE agent_address[4]; /* network order */
    smiINT32 generic;
    smiINT32 specific; /* of a generic trap too */
};

/*
 * The rest of the SNMPv1 trap that a received PDU was translated from. SNMPAPI_NOT_INITIALIZED, SNMPAPI_PDU_INVALID,
 * SNMPAPI_NOOP (the PDU is no such trap) by SnmpGetLastError(NULL). Any thread.
 */
SNMPAPI_STATUS WINAPI cork_pdu_get_v1_trap(HSNMP_PDU pdu, struct cork_v1_trap *trap);
typedef SNMPAPI_STATUS(WINAPI *cork_pdu_get_v1_trap_function)(HSNMP_PDU pdu, struct cork_v1_trap *trap);

#endif

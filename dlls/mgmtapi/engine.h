/*
 * wsnmp32.dll as mgmtapi uses it: started and ended independently of the application's own use, errors as GetLastError
 * has them, and the two things that WinSNMP's functions do not say.
 */
#ifndef CORK_MGMTAPI_ENGINE_H
#define CORK_MGMTAPI_ENGINE_H

#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <winsnmp.h>
#include <snmp.h>
#include <mgmtapi.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "wsnmp32/allocation.h"
#include "wsnmp32/manager.h"

/*
 * Starts WinSNMP once more (SnmpStartupEx) and keeps this DLL loaded, for as long as a session or the trap listener
 * lives: what the application does with SnmpStartup and SnmpCleanup has no effect on them. Returns 0, or the error for
 * SetLastError: SNMP_MEM_ALLOC_ERROR, a Windows Sockets error.
 */
DWORD engine_start(void);
/*
 * Closes the WinSNMP session that was made after an engine_start (NULL: none was) and undoes that. When it returns no
 * callback of the session runs or will. Where WinSNMP does not know the session any more, the application has taken the
 * start back by one SnmpCleanupEx too many.
 */
void engine_stop(HSNMP_SESSION session);

/* Zeroed memory of this DLL, for snmp_free; NULL: there is none. */
void *manager_zalloc(size_t size);

/*
 * The error for SetLastError that stands for a WinSNMP error. A handle of ours that WinSNMP does not know any more
 * means that the application called SnmpCleanupEx more often than SnmpStartupEx: SNMP_MGMTAPI_INVALID_SESSION.
 */
DWORD engine_error(SNMPAPI_STATUS error);
/* The same for the last error of a WinSNMP session. */
DWORD engine_session_error(HSNMP_SESSION session);

/*
 * Makes the entity and context strings of the session literal and its entities SNMPv1 ones; otherwise the translation
 * mode that the application chose for itself would decide. Does nothing with a wsnmp32.dll that is not Cork's.
 */
void engine_use_snmpv1(HSNMP_SESSION session);
/*
 * Whether the PDU of a trap was an SNMPv1 trap, and then what the translation to SNMPv2 loses of it. FALSE with a
 * wsnmp32.dll that is not Cork's.
 */
BOOL engine_v1_trap(HSNMP_PDU pdu, struct cork_v1_trap *trap);

#endif

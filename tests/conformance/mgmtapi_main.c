/*
 * The conformance tests of mgmtapi.dll: the SNMP Management API as documented in the Windows SDK (mgmtapi.h).
 *
 * The listener's port is 162, unless CORK_WSNMP32_TRAPPORT names another.
 */
#include "mgmtapi_test.h"

extern const struct group session_group, request_group, oid_group, trap_group;

const struct group *const groups[] = {&session_group, &request_group, &oid_group, &trap_group, NULL};

#define NO_MEMORY "a test cannot exhaust memory; allocation failures are unit tested"

const struct unreachable unreachable[] = {{"SnmpMgrOpen", "SNMP_MEM_ALLOC_ERROR", NO_MEMORY},
                                          {"SnmpMgrRequest", "SNMP_MGMTAPI_SELECT_FDERRORS",
                                           "it tells of select's error descriptors, which UDP sockets do not have"},
                                          {"SnmpMgrTrapListen", "SNMP_MEM_ALLOC_ERROR", NO_MEMORY},
                                          {"SnmpMgrGetTrap", "SNMP_MEM_ALLOC_ERROR", NO_MEMORY},
                                          {"SnmpMgrGetTrapEx", "SNMP_MEM_ALLOC_ERROR", NO_MEMORY},
                                          {NULL, NULL, NULL}};

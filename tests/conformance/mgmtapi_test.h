/*
 * What the mgmtapi tests share: the functions, loaded at run time, and sessions with the tests' agent.
 */
#ifndef CORK_TESTS_MGMTAPI_TEST_H
#define CORK_TESTS_MGMTAPI_TEST_H

#include "harness.h"
#include "responder.h"

#include <mgmtapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* name, number of parameters */
#define MGMTAPI_FUNCTIONS(X)                                                                                           \
    X(SnmpMgrOpen, 4)                                                                                                  \
    X(SnmpMgrCtl, 7)                                                                                                   \
    X(SnmpMgrClose, 1)                                                                                                 \
    X(SnmpMgrRequest, 5)                                                                                               \
    X(SnmpMgrStrToOid, 2)                                                                                              \
    X(SnmpMgrOidToStr, 2)                                                                                              \
    X(SnmpMgrTrapListen, 1)                                                                                            \
    X(SnmpMgrGetTrap, 6)                                                                                               \
    X(SnmpMgrGetTrapEx, 8)

#define DECLARE_FUNCTION(name, count) extern __typeof__(name) *p##name;
MGMTAPI_FUNCTIONS(DECLARE_FUNCTION)
#undef DECLARE_FUNCTION

/* Whether the call returns 0 with this code by GetLastError; with 0 for the code, whether it returns 0 with any code
 * but 0. */
#define FAILS(code, call) (SetLastError(0), failed_with((ULONG_PTR)(call), code))
int failed_with(ULONG_PTR result, DWORD code);

/* A session with the tests' agent. */
LPSNMP_MGR_SESSION open_agent(struct responder *responder, int timeout, int retries);
/* A list of one NULL binding, of snmpapi's memory, as SnmpMgrRequest wants it. */
void null_list(SnmpVarBindList *list, const unsigned *ids, unsigned count);

extern const unsigned sys_descr_ids[9], sys_name_ids[9];

#endif

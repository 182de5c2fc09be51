/* mgmtapi.exe: what its files share. It is written against mgmtapi.h, snmp.h and their documentation. */
#ifndef CORK_TESTS_MGMTAPI_H
#define CORK_TESTS_MGMTAPI_H

#include <winsock2.h>
#include <windows.h>
#include <winsnmp.h>
#include <snmp.h>
#include <mgmtapi.h>

/* Which agent, from the command line. */
struct peer
{
    char *host, *community;
    UINT port;
    INT timeout, retries; /* milliseconds; a number */
};

/* Opens a session and sets its port. Prints what failed and returns NULL. */
LPSNMP_MGR_SESSION open_peer_session(const struct peer *peer);
/* A list of bindings with these OIDs and no values, for SnmpUtilVarBindListFree. FALSE for text that is no OID. */
BOOL make_list(int count, char **oids, SnmpVarBindList *list);
/* A request for one OID; the answer is thrown away. 0, or GetLastError's code, or 1000 + the error status. */
DWORD request_one(LPSNMP_MGR_SESSION session, BYTE type, const char *oid);
/* The bindings in the format of net-snmp's tools with -On, each behind `indent`. */
void print_list(const SnmpVarBindList *list, const char *indent);
/* Prints "what: error N" and returns 1. */
int failed(const char *what, DWORD error);

/* The commands of the other files; each returns the exit code. */
int command_traps(unsigned count);
int command_listen_twice(void);
int command_session(const char *which, const struct peer *peer);

#endif

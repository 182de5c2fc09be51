/*
 * Manager sessions: SnmpMgrOpen, SnmpMgrCtl, SnmpMgrClose.
 */
#include "mgmtapi_test.h"

static LPSNMP_MGR_SESSION open_at(const char *address, const char *community)
{
    return pSnmpMgrOpen((LPSTR)address, (LPSTR)community, 500, 1);
}

static void opening(void)
{
    static const char *const refused[] = {"00aa00bbccdd", "00006112.00aa00bbccdd"};
    LPSNMP_MGR_SESSION first = open_at("127.0.0.1", "public"), second = open_at("127.0.0.1", "public");

    CHECK(SnmpMgrOpen, success,
          "If the function succeeds, the return value is a pointer to an LPSNMP_MGR_SESSION structure.",
          first && second && first != second);
    CHECK(SnmpMgrOpen, host_name, "Host Name: merlin or merlin.microsoft.com", open_at("localhost", "public") != NULL);
    CHECK(SnmpMgrOpen, ipv6, "IPv6 Address: 3ffe:8311:ffff::b3ff:fe88:c33", open_at("::1", "public") != NULL);
    CHECK(SnmpMgrOpen, unknown_host, "This function may also return Windows Sockets error codes.",
          FAILS(0, open_at("not a host!", "public")));
    /* There is no IPX to send by, and success without it would be none. */
    for (size_t i = 0; i < COUNT_OF(refused); i++)
        CHECK(SnmpMgrOpen, ipx,
              "MAC Address: 00aa00bbccdd; IPX Address: 00006112.00aa00bbccdd (refused: no such transport)",
              FAILS(0, open_at(refused[i], "public")));
    CHECK(SnmpMgrOpen, null_strings, "If the function fails, the return value is NULL.",
          FAILS(0, open_at(NULL, "public")) && FAILS(0, open_at("127.0.0.1", NULL)));
}

static void control(void)
{
    LPSNMP_MGR_SESSION session = open_at("127.0.0.1", "public");
    struct responder responder;
    UINT port = 1161;
    DWORD size = 99;

    CHECK(SnmpMgrCtl, success, "If the function succeeds, the return value is nonzero.",
          session && pSnmpMgrCtl(session, MGMCTL_SETAGENTPORT, &port, sizeof(port), NULL, 0, &size) &&
              pSnmpMgrCtl(session, MGMCTL_SETAGENTPORT, &port, sizeof(port), NULL, 0, NULL));
    CHECK(SnmpMgrCtl, SNMP_MGMTAPI_INVALID_CTL, "The dwCtlCode parameter does not specify a valid control code.",
          FAILS(SNMP_MGMTAPI_INVALID_CTL, pSnmpMgrCtl(session, 0x55, &port, sizeof(port), NULL, 0, NULL)));
    CHECK(SnmpMgrCtl, SNMP_MGMTAPI_INVALID_BUFFER,
          "One or more of the lpvInBuffer, lpvOutBuffer, or lpcbBytesRequired parameters are invalid, or the "
          "cbInBuffer or cbOutBuffer "
          "parameter is too small.",
          FAILS(SNMP_MGMTAPI_INVALID_BUFFER,
                pSnmpMgrCtl(session, MGMCTL_SETAGENTPORT, NULL, sizeof(port), NULL, 0, NULL)) &&
              FAILS(SNMP_MGMTAPI_INVALID_BUFFER,
                    pSnmpMgrCtl(session, MGMCTL_SETAGENTPORT, &port, sizeof(port) - 1, NULL, 0, NULL)));
    pSnmpMgrClose(session);
    CHECK(SnmpMgrCtl, SNMP_MGMTAPI_INVALID_SESSION, "The session parameter does not specify a valid SNMP session.",
          FAILS(SNMP_MGMTAPI_INVALID_SESSION,
                pSnmpMgrCtl(session, MGMCTL_SETAGENTPORT, &port, sizeof(port), NULL, 0, NULL)) &&
              FAILS(SNMP_MGMTAPI_INVALID_SESSION,
                    pSnmpMgrCtl(NULL, MGMCTL_SETAGENTPORT, &port, sizeof(port), NULL, 0, NULL)));
    if (!responder_start(&responder, ANSWER_ECHO)) return;
    session = open_agent(&responder, 3000, 1);
    SnmpVarBindList list;
    AsnInteger status, index;

    null_list(&list, sys_descr_ids, 9);
    CHECK(SnmpMgrCtl, used,
          "allows an SNMP management application to send requests to a remote agent that is listening ... on an "
          "arbitrary port",
          pSnmpMgrRequest(session, SNMP_PDU_GET, &list, &status, &index) && responder.seen_count == 1);
    pSnmpMgrClose(session);
    responder_stop(&responder);
}

static void closing(void)
{
    LPSNMP_MGR_SESSION session = open_at("127.0.0.1", "public");
    SnmpVarBindList list;
    AsnInteger status, index;

    null_list(&list, sys_descr_ids, 9);
    CHECK(SnmpMgrClose, success, "If the function succeeds, the return value is nonzero.",
          session && pSnmpMgrClose(session));
    CHECK(SnmpMgrClose, second, "If the function fails, the return value is zero.",
          FAILS(0, pSnmpMgrClose(session)) && FAILS(0, pSnmpMgrClose((LPSNMP_MGR_SESSION)(ULONG_PTR)0x1234)));
    CHECK(SnmpMgrRequest, closed_session, "(a closed session is none)",
          FAILS(SNMP_MGMTAPI_INVALID_SESSION, pSnmpMgrRequest(session, SNMP_PDU_GET, &list, &status, &index)));
    CHECK(SnmpMgrClose, null_without_listening,
          "If the function fails, the return value is zero. (NULL, and nothing to clean up)",
          FAILS(0, pSnmpMgrClose(NULL)));
}

struct waiting
{
    LPSNMP_MGR_SESSION session;
    volatile LONG result;
    DWORD error;
};

static DWORD WINAPI request_thread(void *context)
{
    struct waiting *waiting = context;
    SnmpVarBindList list;
    AsnInteger status, index;

    null_list(&list, sys_descr_ids, 9);
    waiting->result = pSnmpMgrRequest(waiting->session, SNMP_PDU_GET, &list, &status, &index);
    waiting->error = GetLastError();
    SnmpUtilVarBindListFree(&list);
    return 0;
}

/* A request that waits for an hour ends when its session is closed. */
static void closing_under_a_request(void)
{
    struct responder responder;
    struct waiting waiting = {.result = 99};
    HANDLE thread;

    if (!responder_start(&responder, ANSWER_NOTHING)) return;
    waiting.session = open_agent(&responder, 3600 * 1000, 1);
    thread = CreateThread(NULL, 0, request_thread, &waiting, 0, NULL);
    if (responder_wait(&responder, 1))
        CHECK(SnmpMgrClose, under_a_request,
              "closes the communications sockets and data structures (a request that waits then fails)",
              pSnmpMgrClose(waiting.session) && WaitForSingleObject(thread, 10000) == WAIT_OBJECT_0 &&
                  !waiting.result && waiting.error);
    CloseHandle(thread);
    responder_stop(&responder);
}

static void exit_without_closing(void)
{
    char path[MAX_PATH], command[MAX_PATH * 2];
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION child;
    DWORD code = 99;

    GetModuleFileNameA(NULL, path, sizeof(path));
    snprintf(command, sizeof(command), "\"%s\" --exit plain", path);
    if (!CreateProcessA(path, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &child)) return;
    if (WaitForSingleObject(child.hProcess, 20000) != WAIT_OBJECT_0) TerminateProcess(child.hProcess, 5);
    GetExitCodeProcess(child.hProcess, &code);
    note("the process ended with %lu", code);
    CHECK(SnmpMgrClose, exit_without,
          "(a process that ends without closing its session and listener ends all the same)", code == 42);
    CloseHandle(child.hThread);
    CloseHandle(child.hProcess);
}

static const struct test_case cases[] = {{"SnmpMgrOpen", opening},
                                         {"SnmpMgrCtl", control},
                                         {"SnmpMgrClose", closing},
                                         {"SnmpMgrClose under a request", closing_under_a_request},
                                         {"exit without closing", exit_without_closing},
                                         {NULL, NULL}};
const struct group session_group = {"session", __FILE__, cases};

/*
 * mgmtapi WHICH HOST PORT COMMUNITY: what happens around requests. Prints what went wrong.
 *
 * timeout        HOST is silent: as many transmissions as SnmpMgrOpen was told, then SNMP_MGMTAPI_TIMEOUT (the test
 * counts them) doubling       the agent is this program: each wait is longer than the one before late           the
 * answer to the first transmission comes after the second: it is the answer threads        eight threads, one session
 * close          a session is closed while four threads wait in it, by two threads at once
 * many           a thousand sessions opened, used and closed leave nothing behind
 * cleanup        the application's SnmpCleanup does not concern sessions; too many calls of SnmpCleanupEx do
 * callback       a request and a close in a callback of the application's own WinSNMP session
 * wrong          handles and arguments that are none
 */
#include "mgmtapi.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stress_session.h"

#define SYS_NAME ".1.3.6.1.2.1.1.5.0"

static int expect(const char *what, DWORD error, DWORD expected)
{
    if (error == expected) return 0;
    fprintf(stderr, "%s: %lu instead of %lu\n", what, error, expected);
    return 1;
}

static int close_well(LPSNMP_MGR_SESSION session)
{
    return SnmpMgrClose(session) ? 0 : failed("SnmpMgrClose", GetLastError());
}

/* ---- Time-outs ---- */

static int test_timeout(struct peer peer)
{
    LPSNMP_MGR_SESSION session;
    int result = 0;

    peer.timeout = 100;
    for (peer.retries = 0; peer.retries <= 2; peer.retries++)
    {
        if (!(session = open_peer_session(&peer))) return 1;
        result |= expect("a silent agent", request_one(session, SNMP_PDU_GET, SYS_NAME), SNMP_MGMTAPI_TIMEOUT);
        result |= close_well(session);
    }
    return result;
}

/* An agent that never answers, and when it was asked. */
struct silent_agent
{
    SOCKET socket;
    UINT port;
    int count;
    ULONGLONG asked[4];
};

static DWORD WINAPI be_silent(void *parameter)
{
    struct silent_agent *agent = parameter;
    char datagram[2048];

    while (agent->count < 4 && recv(agent->socket, datagram, sizeof(datagram), 0) > 0)
        agent->asked[agent->count++] = GetTickCount64();
    return 0;
}

static BOOL open_silent_agent(struct silent_agent *agent)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int size = sizeof(address);

    agent->count = 0;
    agent->socket = socket(AF_INET, SOCK_DGRAM, 0);
    if (agent->socket == INVALID_SOCKET || bind(agent->socket, (struct sockaddr *)&address, size)) return FALSE;
    if (getsockname(agent->socket, (struct sockaddr *)&address, &size)) return FALSE;
    agent->port = ntohs(address.sin_port);
    return TRUE;
}

static int test_doubling(struct peer peer)
{
    struct silent_agent agent;
    LPSNMP_MGR_SESSION session;
    HANDLE thread;
    int result;

    if (!open_silent_agent(&agent)) return failed("socket", GetLastError());
    peer.port = agent.port;
    peer.timeout = 200;
    peer.retries = 3;
    if (!(session = open_peer_session(&peer))) return 1;
    thread = CreateThread(NULL, 0, be_silent, &agent, 0, NULL);
    result = expect("a silent agent", request_one(session, SNMP_PDU_GET, SYS_NAME), SNMP_MGMTAPI_TIMEOUT);
    WaitForSingleObject(thread, 30000);
    closesocket(agent.socket);
    CloseHandle(thread);
    result |= expect("transmissions", (DWORD)agent.count, 4);
    for (int i = 2; i < agent.count && !result; i++)
        if (agent.asked[i] - agent.asked[i - 1] <= agent.asked[i - 1] - agent.asked[i - 2])
            result = failed("a wait that is not longer than the one before", (DWORD)i);
    return result | close_well(session);
}

static int test_late(struct peer peer)
{
    LPSNMP_MGR_SESSION session;
    int result = 0;

    peer.timeout = 150;
    peer.retries = 3;
    if (!(session = open_peer_session(&peer))) return 1;
    for (int i = 0; i < 5; i++)
        result |= expect("a slow agent", request_one(session, SNMP_PDU_GET, SYS_NAME), 0);
    return result | close_well(session);
}

/* ---- Threads ---- */

struct worker
{
    LPSNMP_MGR_SESSION session;
    int count;
    DWORD expected;
    int result;
};

static DWORD WINAPI work(void *parameter)
{
    struct worker *worker = parameter;

    for (int i = 0; i < worker->count && !worker->result; i++)
        worker->result = expect("a request", request_one(worker->session, SNMP_PDU_GET, SYS_NAME), worker->expected);
    return 0;
}

static int join(HANDLE *threads, struct worker *workers, int count)
{
    int result = 0;

    if (WaitForMultipleObjects((DWORD)count, threads, TRUE, 120000) != WAIT_OBJECT_0) return failed("threads hang", 0);
    for (int i = 0; i < count; i++)
    {
        CloseHandle(threads[i]);
        result |= workers[i].result;
    }
    return result;
}

static int test_threads(struct peer peer)
{
    struct worker workers[8];
    HANDLE threads[8];
    LPSNMP_MGR_SESSION session = open_peer_session(&peer);

    if (!session) return 1;
    for (int i = 0; i < 8; i++)
    {
        workers[i] = (struct worker){session, 200, 0, 0};
        threads[i] = CreateThread(NULL, 0, work, &workers[i], 0, NULL);
    }
    return join(threads, workers, 8) | close_well(session);
}

static DWORD WINAPI close_it(void *session)
{
    return SnmpMgrClose(session) ? 1 : 0;
}

static int test_close(struct peer peer)
{
    struct worker workers[4];
    HANDLE threads[4], closer;
    LPSNMP_MGR_SESSION session;
    ULONGLONG begin = GetTickCount64();
    DWORD closed = 0;
    int result = 0;

    peer.timeout = 600000; /* a wait that is not ended ends the test */
    if (!(session = open_peer_session(&peer))) return 1;
    for (int i = 0; i < 4; i++)
    {
        workers[i] = (struct worker){session, 1, SNMP_MGMTAPI_INVALID_SESSION, 0};
        threads[i] = CreateThread(NULL, 0, work, &workers[i], 0, NULL);
    }
    Sleep(200); /* so that most of them wait already; the others find the session closed */
    closer = CreateThread(NULL, 0, close_it, session, 0, NULL);
    result = SnmpMgrClose(session) ? 1 : 0;
    WaitForSingleObject(closer, INFINITE);
    GetExitCodeThread(closer, &closed);
    CloseHandle(closer);
    result = expect("closes that succeeded", (DWORD)result + closed, 1);
    result |= join(threads, workers, 4);
    result |= expect("afterwards", request_one(session, SNMP_PDU_GET, SYS_NAME), SNMP_MGMTAPI_INVALID_SESSION);
    return result | (GetTickCount64() - begin < 300000 ? 0 : failed("the requests waited", 0));
}

static int cycles(const struct peer *peer, int count)
{
    int result = 0;

    for (int i = 0; i < count && !result; i++)
    {
        LPSNMP_MGR_SESSION session = open_peer_session(peer);

        if (!session) return 1;
        result = expect("a request", request_one(session, SNMP_PDU_GETNEXT, "system"), 0);
        result |= close_well(session);
    }
    return result;
}

static int test_many(struct peer peer)
{
    struct growth growth;

    if (cycles(&peer, 50)) return 1;
    growth_start(&growth);
    return cycles(&peer, 1000) | !growth_end(&growth, 1000);
}

/* ---- WinSNMP beside it ---- */

static int test_cleanup(struct peer peer)
{
    smiUINT32 unused;
    LPSNMP_MGR_SESSION session = open_peer_session(&peer), second;
    int result = 0;

    if (!session) return 1;
    if (SnmpCleanup() != SNMPAPI_SUCCESS) return failed("SnmpCleanup", SnmpGetLastError(NULL));
    result |= expect("after SnmpCleanup", request_one(session, SNMP_PDU_GET, SYS_NAME), 0);

    /* One SnmpCleanupEx too many: WinSNMP ends, and with it what stands on it. */
    SnmpCleanupEx();
    result |= expect("WinSNMP is ended", request_one(session, SNMP_PDU_GET, SYS_NAME), SNMP_MGMTAPI_INVALID_SESSION);
    if (!SnmpStartupEx(&unused, &unused, &unused, &unused, &unused)) return failed("SnmpStartupEx", 0);
    result |= expect("and begun again", request_one(session, SNMP_PDU_GET, SYS_NAME), SNMP_MGMTAPI_INVALID_SESSION);
    result |= close_well(session);

    /* That close did not end the new use. */
    if (!(second = open_peer_session(&peer))) return 1;
    result |= expect("a new session", request_one(second, SNMP_PDU_GET, SYS_NAME), 0);
    result |= close_well(second);
    if (SnmpCleanupEx() != SNMPAPI_SUCCESS) result |= failed("SnmpCleanupEx", SnmpGetLastError(NULL));
    return result | (SnmpCleanupEx() == SNMPAPI_FAILURE ? 0 : failed("a second SnmpCleanupEx succeeds", 0));
}

/* What a callback of the application's own WinSNMP session does. */
struct nested
{
    LPSNMP_MGR_SESSION session;
    HANDLE done;
    DWORD error;
    BOOL closed;
};

static SNMPAPI_STATUS CALLBACK request_in_callback(HSNMP_SESSION session, HWND window, UINT message, WPARAM error,
                                                   LPARAM request_id, LPVOID data)
{
    struct nested *nested = data;

    (void)session, (void)window, (void)message, (void)error, (void)request_id;
    nested->error = request_one(nested->session, SNMP_PDU_GET, SYS_NAME);
    nested->closed = SnmpMgrClose(nested->session);
    SetEvent(nested->done);
    return SNMPAPI_SUCCESS;
}

static int send_winsnmp_request(HSNMP_SESSION session, const struct peer *peer)
{
    smiUINT32 ids[] = {1, 3, 6, 1, 2, 1, 1, 5, 0};
    smiOID name = {9, ids};
    smiOCTETS community = {(smiUINT32)strlen(peer->community), (smiLPBYTE)peer->community};
    HSNMP_ENTITY agent = SnmpStrToEntity(session, peer->host);
    HSNMP_VBL list = SnmpCreateVbl(session, &name, NULL);
    HSNMP_PDU pdu = SnmpCreatePdu(session, SNMP_PDU_GET, 0, 0, 0, list);

    SnmpSetPort(agent, peer->port);
    if (SnmpSendMsg(session, NULL, agent, SnmpStrToContext(session, &community), pdu)) return 0;
    return failed("SnmpSendMsg", SnmpGetLastError(session));
}

static int test_callback(struct peer peer)
{
    struct nested nested = {open_peer_session(&peer), CreateEventA(NULL, FALSE, FALSE, NULL), 1, FALSE};
    HSNMP_SESSION session = SnmpCreateSession(NULL, 0, request_in_callback, &nested);
    int result;

    if (!nested.session || !session) return failed("a session", SnmpGetLastError(NULL));
    result = send_winsnmp_request(session, &peer);
    if (!result && WaitForSingleObject(nested.done, 60000)) result = failed("the callback does not end", 0);
    SnmpClose(session);
    CloseHandle(nested.done);
    return result | expect("the request", nested.error, 0) | expect("the close", (DWORD)nested.closed, TRUE);
}

/* ---- Wrong arguments ---- */

static int wrong_request(LPSNMP_MGR_SESSION session)
{
    char *oid = SYS_NAME;
    AsnInteger status = 5, index = 5;
    SnmpVarBindList list;
    int result = 0;

    if (!make_list(1, &oid, &list)) return 1;
    result |= expect("GETBULK", request_one(session, SNMP_PDU_GETBULK, oid), SNMP_PDUAPI_UNRECOGNIZED_PDU);
    result |= expect("no type", request_one(session, 0, oid), SNMP_PDUAPI_UNRECOGNIZED_PDU);
    SnmpMgrRequest(session, SNMP_PDU_GET, NULL, &status, &index);
    result |= expect("no list", GetLastError(), SNMP_MGMTAPI_INVALID_BUFFER);
    SnmpMgrRequest(session, SNMP_PDU_GET, &list, NULL, &index);
    result |= expect("no status", GetLastError(), SNMP_MGMTAPI_INVALID_BUFFER);
    SnmpMgrRequest(session, SNMP_PDU_GET, &list, &status, NULL);
    result |= expect("no index", GetLastError(), SNMP_MGMTAPI_INVALID_BUFFER);
    list.list[0].value.asnType = ASN_COUNTER64;
    list.list[0].value.asnValue.counter64.QuadPart = 1;
    SnmpMgrRequest(session, SNMP_PDU_SET, &list, &status, &index);
    result |= expect("a Counter64 in SNMPv1", GetLastError(), SNMP_BERAPI_INVALID_TAG);
    list.list[0].value.asnType = 0x77;
    SnmpMgrRequest(session, SNMP_PDU_SET, &list, &status, &index);
    result |= expect("an unknown type", GetLastError(), SNMP_BERAPI_INVALID_TAG);
    list.list[0].value.asnType = ASN_NULL;
    list.list[0].name.idLength = 1;
    SnmpMgrRequest(session, SNMP_PDU_GET, &list, &status, &index);
    result |= expect("an OID of one number", GetLastError(), SNMP_BERAPI_INVALID_OBJELEM);
    if (status != 5 || index != 5) result = failed("outputs were written", 0);
    SnmpUtilVarBindListFree(&list);
    return result;
}

static int wrong_control(LPSNMP_MGR_SESSION session)
{
    UINT port = 161, zero = 0, large = 65536;
    int result = 0;

    SnmpMgrCtl(session, 2, &port, sizeof(port), NULL, 0, NULL);
    result |= expect("another control code", GetLastError(), SNMP_MGMTAPI_INVALID_CTL);
    SnmpMgrCtl(NULL, MGMCTL_SETAGENTPORT, &port, sizeof(port), NULL, 0, NULL);
    result |= expect("no session", GetLastError(), SNMP_MGMTAPI_INVALID_SESSION);
    SnmpMgrCtl(session, MGMCTL_SETAGENTPORT, NULL, sizeof(port), NULL, 0, NULL);
    result |= expect("no buffer", GetLastError(), SNMP_MGMTAPI_INVALID_BUFFER);
    SnmpMgrCtl(session, MGMCTL_SETAGENTPORT, &port, sizeof(port) - 1, NULL, 0, NULL);
    result |= expect("a small buffer", GetLastError(), SNMP_MGMTAPI_INVALID_BUFFER);
    SnmpMgrCtl(session, MGMCTL_SETAGENTPORT, &zero, sizeof(zero), NULL, 0, NULL);
    result |= expect("port 0", GetLastError(), SNMP_MGMTAPI_INVALID_BUFFER);
    SnmpMgrCtl(session, MGMCTL_SETAGENTPORT, &large, sizeof(large), NULL, 0, NULL);
    result |= expect("port 65536", GetLastError(), SNMP_MGMTAPI_INVALID_BUFFER);
    return result;
}

static int wrong_open(const struct peer *peer, char *host, char *community, INT timeout, DWORD expected)
{
    LPSNMP_MGR_SESSION session = SnmpMgrOpen(host, community, timeout, peer->retries);

    if (!session) return expect(host ? host : "NULL", GetLastError(), expected);
    SnmpMgrClose(session);
    return failed("SnmpMgrOpen succeeded", 0);
}

static int test_wrong(struct peer peer)
{
    LPSNMP_MGR_SESSION session = open_peer_session(&peer);
    int result = 0;

    if (!session) return 1;
    result |= wrong_open(&peer, NULL, "public", 100, WSAEINVAL);
    result |= wrong_open(&peer, "127.0.0.1", NULL, 100, WSAEINVAL);
    result |= wrong_open(&peer, "127.0.0.1", "", 100, WSAEINVAL);
    result |= wrong_open(&peer, "127.0.0.1", "public", -1, WSAEINVAL);
    result |= wrong_open(&peer, "00006112.00aa00bbccdd", "public", 100, WSAEAFNOSUPPORT);
    result |= wrong_open(&peer, "00aa00bbccdd", "public", 100, WSAEAFNOSUPPORT);
    result |= wrong_open(&peer, "1.2.3", "public", 100, WSAHOST_NOT_FOUND);
    result |= wrong_open(&peer, "", "public", 100, WSAHOST_NOT_FOUND);
    result |= wrong_request(session);
    result |= wrong_control(session);
    result |= expect("no session", request_one(NULL, SNMP_PDU_GET, SYS_NAME), SNMP_MGMTAPI_INVALID_SESSION);
    result |= expect("a wrong one", request_one((void *)(ULONG_PTR)0x1234, SNMP_PDU_GET, SYS_NAME),
                     SNMP_MGMTAPI_INVALID_SESSION);
    result |= close_well(session);
    if (SnmpMgrClose(session)) result = failed("a second close succeeds", 0);
    return result | expect("a second close", GetLastError(), SNMP_MGMTAPI_INVALID_SESSION);
}

int command_session(const char *which, const struct peer *peer)
{
    static const struct
    {
        const char *name;
        int (*function)(struct peer peer);
    } tests[] = {
        {"timeout", test_timeout}, {"doubling", test_doubling}, {"late", test_late},
        {"threads", test_threads}, {"close", test_close},       {"many", test_many},
        {"cleanup", test_cleanup}, {"wrong", test_wrong},       {"callback", test_callback},
    };

    for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
        if (!strcmp(tests[i].name, which)) return tests[i].function(*peer);
    return failed(which, 2);
}

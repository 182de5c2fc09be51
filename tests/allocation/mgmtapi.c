/*
 * mgmtapi without memory: a whole scenario, over and over, with another allocation failing each time, of mgmtapi, of
 * the wsnmp32 below it, and of what the caller is given. Linked with the object files of both DLLs, so that their
 * allocators can be replaced; the functions of snmpapi.dll that they use are here. Every call has to succeed or to fail
 * with an error that lack of memory explains, nothing may crash, and closing has to leave no memory behind.
 */
#include <winsock2.h>
#include <windows.h>
#include <winsnmp.h>
#include <snmp.h>
#include <mgmtapi.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wsnmp32/allocation.h"
#include "wsnmp32/message_codec.h"

#define TRAP_PORT 16249

/* ---- The allocators ------------------------------------------------------------------------------------------------
 */

static volatile LONG live;        /* blocks that were not freed */
static volatile LONG allocations; /* since the last reset */
static volatile LONG fail_at;     /* number of the allocation that fails; 0: none */
static DWORD responder_thread;    /* the responder shares the codec, and must not fail */

static void *counting_alloc(size_t size)
{
    void *memory;

    if (GetCurrentThreadId() != responder_thread && InterlockedIncrement(&allocations) == fail_at) return NULL;
    memory = malloc(size);
    if (memory) InterlockedIncrement(&live);
    return memory;
}

static void counting_free(void *memory)
{
    if (memory) InterlockedDecrement(&live);
    free(memory);
}

/* What callers free, as snmpapi.dll has it. */
LPVOID WINAPI SnmpUtilMemAlloc(UINT nBytes)
{
    return counting_alloc(nBytes);
}

VOID WINAPI SnmpUtilMemFree(LPVOID pMem)
{
    counting_free(pMem);
}

VOID WINAPI SnmpUtilOidFree(AsnObjectIdentifier *pOid)
{
    counting_free(pOid->ids);
    pOid->ids = NULL;
    pOid->idLength = 0;
}

static void free_octets(AsnOctetString *octets)
{
    if (octets->dynamic) counting_free(octets->stream);
}

VOID WINAPI SnmpUtilVarBindListFree(SnmpVarBindList *pVbl)
{
    for (UINT i = 0; i < pVbl->len; i++)
    {
        AsnAny *value = &pVbl->list[i].value;

        SnmpUtilOidFree(&pVbl->list[i].name);
        if (value->asnType == ASN_OCTETSTRING) free_octets(&value->asnValue.string);
        if (value->asnType == ASN_OBJECTIDENTIFIER) SnmpUtilOidFree(&value->asnValue.object);
    }
    counting_free(pVbl->list);
    pVbl->list = NULL;
    pVbl->len = 0;
}

/* ---- The peer: answers every request with its own bindings ---------------------------------------------------------
 */

static SOCKET peer;
static UINT peer_port;

static DWORD WINAPI respond(void *context)
{
    static uint8_t buffer[65536], answer[65536];
    struct snmp_message message;
    struct sockaddr_in from;
    size_t length;

    (void)context;
    responder_thread = GetCurrentThreadId();
    for (;;)
    {
        int size = sizeof(from), n = recvfrom(peer, (char *)buffer, sizeof(buffer), 0, (struct sockaddr *)&from, &size);

        if (n < 0) return 0;
        if (snmp_message_decode(buffer, (size_t)n, &message, NULL) != SNMP_CODEC_OK) continue;
        message.pdu.type = SNMP_TYPE_RESPONSE;
        if (snmp_message_encode(&message, answer, sizeof(answer), &length) == SNMP_CODEC_OK)
            sendto(peer, (char *)answer, (int)length, 0, (struct sockaddr *)&from, size);
        snmp_varbind_list_free(&message.pdu.bindings);
    }
}

static void start_peer(void)
{
    struct sockaddr_in local = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int size = sizeof(local);
    WSADATA data;

    WSAStartup(MAKEWORD(2, 2), &data);
    peer = socket(AF_INET, SOCK_DGRAM, 0);
    if (bind(peer, (struct sockaddr *)&local, sizeof(local))) printf("# bind: error %d\n", WSAGetLastError());
    getsockname(peer, (struct sockaddr *)&local, &size);
    peer_port = ntohs(local.sin_port);
    CloseHandle(CreateThread(NULL, 0, respond, NULL, 0, NULL));
    while (!*(volatile DWORD *)&responder_thread)
        Sleep(1);
}

/* An SNMPv2c trap with one more binding, as many times as it takes to be received. */
static void send_trap(void)
{
    static const uint8_t trap[] = {0x30, 0x51, 0x02, 0x01, 0x01, 0x04, 0x06, 'p',  'u',  'b',  'l',  'i',  'c',  0xa7,
                                   0x44, 0x02, 0x01, 0x01, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00, 0x30, 0x39, 0x30, 0x0d,
                                   0x06, 0x08, 0x2b, 0x06, 0x01, 0x02, 0x01, 0x01, 0x03, 0x00, 0x43, 0x01, 0x05, 0x30,
                                   0x16, 0x06, 0x0a, 0x2b, 0x06, 0x01, 0x06, 0x03, 0x01, 0x01, 0x04, 0x01, 0x00, 0x06,
                                   0x08, 0x2b, 0x06, 0x01, 0x04, 0x01, 0x37, 0x00, 0x07, 0x30, 0x10, 0x06, 0x08, 0x2b,
                                   0x06, 0x01, 0x02, 0x01, 0x01, 0x05, 0x00, 0x04, 0x04, 'n',  'a',  'm',  'e'};
    struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons(TRAP_PORT), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

    sendto(peer, (const char *)trap, sizeof(trap), 0, (struct sockaddr *)&to, sizeof(to));
}

/* ---- The scenario --------------------------------------------------------------------------------------------------
 */

static int wrong;    /* calls that failed with an error that lack of memory does not explain */
static int fetched;  /* traps */
static int answered; /* requests */

/* Whether a call worked; otherwise its error must be `other` or tell of memory. */
static int worked(int result, const char *what, DWORD other)
{
    DWORD error = GetLastError();

    if (result) return 1;
    if (error != SNMP_MEM_ALLOC_ERROR && error != other)
    {
        printf("# allocation %ld: %s failed with %lu\n", (long)fail_at, what, error);
        wrong++;
    }
    return 0;
}

/* The answer to a request may get lost for lack of memory; retries then bring another. */
static void use_session(LPSNMP_MGR_SESSION session)
{
    AsnInteger status, index;
    SnmpVarBindList list = {NULL, 0};
    LPSTR text;

    list.list = malloc(sizeof(*list.list));
    InterlockedIncrement(&live);
    memset(list.list, 0, sizeof(*list.list));
    list.list[0].value.asnType = ASN_NULL;
    list.len = 1;
    if (worked(SnmpMgrStrToOid("system.sysName.0", &list.list[0].name), "SnmpMgrStrToOid", 0))
    {
        if (worked(SnmpMgrRequest(session, SNMP_PDU_GET, &list, &status, &index), "SnmpMgrRequest",
                   SNMP_MGMTAPI_SELECT_FDERRORS))
            answered++;
        if (worked(SnmpMgrOidToStr(&list.list[0].name, &text), "SnmpMgrOidToStr", 0)) SnmpUtilMemFree(text);
        list.list[0].value.asnType = ASN_OBJECTIDENTIFIER;
        worked(SnmpMgrStrToOid(".1.3.6.1", &list.list[0].value.asnValue.object), "SnmpMgrStrToOid", 0);
        if (worked(SnmpMgrRequest(session, SNMP_PDU_SET, &list, &status, &index), "SnmpMgrRequest",
                   list.list[0].value.asnValue.object.ids ? SNMP_MGMTAPI_SELECT_FDERRORS : SNMP_BERAPI_INVALID_OBJELEM))
            answered++;
    }
    SnmpUtilVarBindListFree(&list);
}

static void fetch_trap(HANDLE available)
{
    AsnObjectIdentifier enterprise;
    AsnNetworkAddress agent, source;
    AsnInteger generic, specific;
    AsnOctetString community;
    AsnTimeticks timestamp;
    SnmpVarBindList bindings;

    for (int i = 0; i < 100; i++)
    {
        send_trap();
        if (WaitForSingleObject(available, 300)) continue;
        if (!worked(
                SnmpMgrGetTrapEx(&enterprise, &agent, &source, &generic, &specific, &community, &timestamp, &bindings),
                "SnmpMgrGetTrapEx", SNMP_MGMTAPI_NOTRAPS))
            continue;
        SnmpUtilOidFree(&enterprise);
        free_octets(&agent);
        free_octets(&source);
        free_octets(&community);
        SnmpUtilVarBindListFree(&bindings);
        fetched++;
        return;
    }
    printf("# allocation %ld: no trap could be fetched\n", (long)fail_at);
    wrong++;
}

static void scenario(void)
{
    LPSNMP_MGR_SESSION session;
    HANDLE available;

    session = SnmpMgrOpen("127.0.0.1", "public", 400, 4);
    if (worked(session != NULL, "SnmpMgrOpen", WSASYSNOTREADY))
    {
        worked(SnmpMgrCtl(session, MGMCTL_SETAGENTPORT, &peer_port, sizeof(peer_port), NULL, 0, NULL), "SnmpMgrCtl", 0);
        use_session(session);
        worked(SnmpMgrClose(session), "SnmpMgrClose", 0);
    }
    if (!worked(SnmpMgrTrapListen(&available), "SnmpMgrTrapListen", SNMP_MGMTAPI_TRAP_ERRORS)) return;
    fetch_trap(available);
    worked(SnmpMgrClose(NULL), "SnmpMgrClose", 0);
}

/* Receiving threads give their buffers back a moment after the close. */
static LONG settled(LONG expected)
{
    for (int i = 0; i < 10000 && live != expected; i++)
        Sleep(1);
    return live;
}

int main(void)
{
    LONG baseline, count, n;
    int leaks = 0, plain;

    SetEnvironmentVariableA("CORK_WSNMP32_TRAPPORT", "16249");
    setvbuf(stdout, NULL, _IONBF, 0);
    snmp_alloc = counting_alloc;
    snmp_free = counting_free;
    start_peer();
    printf("1..5\n");
    scenario(); /* what stays for the life of the process: the handle tables */
    Sleep(200);
    baseline = live;
    allocations = 0;
    answered = fetched = 0;
    scenario();
    count = allocations;
    plain = answered == 2 && fetched == 1 && !wrong;
    printf("%s 1 - with memory everything works\n", plain ? "ok" : "not ok");
    printf("%s 2 - nothing is left after the closes (%ld blocks)\n", settled(baseline) == baseline ? "ok" : "not ok",
           (long)(live - baseline));
    /* A failure moves the later allocations, so go on until a run has none that fails. */
    for (n = 1; n <= 2 * count; n++)
    {
        allocations = 0;
        fail_at = n;
        scenario();
        fail_at = 0;
        if (settled(baseline) != baseline)
        {
            printf("# allocation %ld: %ld blocks left\n", (long)n, (long)(live - baseline));
            leaks++;
            baseline = live;
        }
        if (allocations < n) break;
    }
    printf("%s 3 - every allocation of the scenario failed once (%ld of %ld)\n", n > count / 2 ? "ok" : "not ok",
           (long)n - 1, (long)count);
    printf("%s 4 - each failure is reported as a lack of memory\n", wrong ? "not ok" : "ok");
    printf("%s 5 - a failure leaves no memory behind\n", leaks ? "not ok" : "ok");
    return wrong || leaks || !plain;
}

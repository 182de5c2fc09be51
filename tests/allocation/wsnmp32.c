/*
 * wsnmp32 without memory: a whole scenario, over and over, with another allocation failing each time. Linked with the
 * DLL's own object files, so that its allocator can be replaced. Every call has to succeed or to fail with a documented
 * error, nothing may crash, a request has to end in an answer or an error, and SnmpCleanup has to leave no memory
 * behind.
 */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <winsnmp.h>
#include <stdio.h>
#include <stdlib.h>

#include "wsnmp32/allocation.h"
#include "wsnmp32/message_codec.h"

/* ---- The allocator -------------------------------------------------------------------------------------------------
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

/* ---- The peer: answers every request with its own bindings
 * ------------------------------------------------------------- */

static SOCKET responder_socket;
static unsigned short responder_port;

static DWORD WINAPI responder(void *context)
{
    static uint8_t buffer[65536], answer[65536];
    struct sockaddr_in from;
    struct snmp_message message;
    size_t length;

    (void)context;
    responder_thread = GetCurrentThreadId();
    for (;;)
    {
        int size = sizeof(from),
            n = recvfrom(responder_socket, (char *)buffer, sizeof(buffer), 0, (void *)&from, &size);

        if (n < 0) return 0;
        if (snmp_message_decode(buffer, (size_t)n, &message, NULL) != SNMP_CODEC_OK) continue;
        message.pdu.type = SNMP_TYPE_RESPONSE;
        if (snmp_message_encode(&message, answer, sizeof(answer), &length) == SNMP_CODEC_OK)
            sendto(responder_socket, (char *)answer, (int)length, 0, (void *)&from, sizeof(from));
        snmp_varbind_list_free(&message.pdu.bindings);
    }
}

static void start_responder(void)
{
    struct sockaddr_in local = {.sin_family = AF_INET};
    int size = sizeof(local);
    WSADATA data;

    WSAStartup(MAKEWORD(2, 2), &data);
    responder_socket = socket(AF_INET, SOCK_DGRAM, 0);
    local.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(responder_socket, (void *)&local, sizeof(local))) printf("# bind: error %d\n", WSAGetLastError());
    getsockname(responder_socket, (void *)&local, &size);
    responder_port = ntohs(local.sin_port);
    CloseHandle(CreateThread(NULL, 0, responder, NULL, 0, NULL));
    while (!responder_thread)
        Sleep(1);
}

/* ---- The scenario --------------------------------------------------------------------------------------------------
 */

static HANDLE notified;
static int wrong; /* calls that failed with an error that lack of memory does not explain */

static SNMPAPI_STATUS CALLBACK notify(HSNMP_SESSION session, HWND window, UINT message, WPARAM error, LPARAM request,
                                      LPVOID data)
{
    (void)session, (void)window, (void)message, (void)error, (void)request, (void)data;
    SetEvent(notified);
    return SNMPAPI_SUCCESS;
}

/* Whether a call worked; otherwise its error must tell of memory, or of what could not be had for lack of it: a thread,
 * the trap listener. */
static int worked(uintptr_t result, const char *what)
{
    SNMPAPI_STATUS error;

    if (result) return 1;
    error = SnmpGetLastError(NULL);
    if (error != SNMPAPI_ALLOC_ERROR && error != SNMPAPI_TL_RESOURCE_ERROR && error != SNMPAPI_TL_NOT_INITIALIZED)
    {
        printf("# allocation %ld: %s failed with %lu\n", (long)fail_at, what, (unsigned long)error);
        wrong++;
    }
    return 0;
}

static void read_answer(HSNMP_SESSION session)
{
    HSNMP_ENTITY source, destination;
    HSNMP_CONTEXT context;
    HSNMP_VBL list;
    HSNMP_PDU pdu;
    smiVALUE value;
    smiOID name;
    SNMPAPI_STATUS result;

    if (WaitForSingleObject(notified, 20000))
    {
        printf("# allocation %ld: the request neither answered nor failed\n", (long)fail_at);
        wrong++;
        return;
    }
    result = SnmpRecvMsg(session, &source, &destination, &context, &pdu);
    if (!result && SnmpGetLastError(session) == SNMPAPI_ALLOC_ERROR)
        result = SnmpRecvMsg(session, &source, &destination, &context, &pdu); /* the message stayed */
    if (!result)
    {
        SNMPAPI_STATUS error = SnmpGetLastError(session);

        if (error != SNMPAPI_TL_TIMEOUT && error != SNMPAPI_TL_RESOURCE_ERROR)
        {
            printf("# allocation %ld: SnmpRecvMsg failed with %lu\n", (long)fail_at, (unsigned long)error);
            wrong++;
        }
        return;
    }
    if (worked(SnmpGetPduData(pdu, NULL, NULL, NULL, NULL, &list), "SnmpGetPduData"))
    {
        if (worked(SnmpGetVb(list, 1, &name, &value), "SnmpGetVb"))
        {
            SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&name);
            if (value.syntax == SNMP_SYNTAX_OCTETS) SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &value.value.string);
        }
        SnmpFreeVbl(list);
    }
    SnmpFreePdu(pdu);
    SnmpFreeContext(context);
}

static void use_session(HSNMP_SESSION session)
{
    smiUINT32 ids[] = {1, 3, 6, 1, 2, 1, 1, 5, 0};
    smiOCTETS community = {6, (smiLPBYTE) "public"}, text = {3, (smiLPBYTE) "abc"}, encoded;
    smiOID name = {9, ids}, copy;
    smiVALUE value = {.syntax = SNMP_SYNTAX_OCTETS};
    HSNMP_ENTITY agent = NULL;
    HSNMP_CONTEXT context = NULL;
    HSNMP_VBL list = NULL;
    HSNMP_PDU pdu = NULL, decoded;
    HSNMP_CONTEXT decoded_context;
    HSNMP_ENTITY none1, none2;

    value.value.string = text;
    if (!worked((uintptr_t)(agent = SnmpStrToEntity(session, "127.0.0.1")), "SnmpStrToEntity")) return;
    SnmpSetPort(agent, responder_port);
    SnmpSetTimeout(agent, 20);
    SnmpSetRetry(agent, 2);
    if (!worked((uintptr_t)(context = SnmpStrToContext(session, &community)), "SnmpStrToContext")) return;
    if (!worked((uintptr_t)(list = SnmpCreateVbl(session, &name, &value)), "SnmpCreateVbl")) return;
    worked(SnmpSetVb(list, 0, &name, NULL), "SnmpSetVb");
    if (worked(SnmpOidCopy(&name, &copy), "SnmpOidCopy")) SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&copy);
    if (!worked((uintptr_t)(pdu = SnmpCreatePdu(session, SNMP_PDU_SET, 0, 0, 0, list)), "SnmpCreatePdu")) return;
    if (worked(SnmpEncodeMsg(session, agent, agent, context, pdu, &encoded), "SnmpEncodeMsg"))
    {
        worked(SnmpDecodeMsg(session, &none1, &none2, &decoded_context, &decoded, &encoded), "SnmpDecodeMsg");
        SnmpFreeDescriptor(SNMP_SYNTAX_OPAQUE, &encoded);
    }
    worked(SnmpRegister(session, NULL, agent, context, &name, SNMPAPI_ON), "SnmpRegister");
    if (worked(SnmpSendMsg(session, agent, agent, context, pdu), "SnmpSendMsg")) read_answer(session);
}

static void scenario(void)
{
    smiUINT32 major, minor, level, translate, retransmit;
    HSNMP_SESSION session;

    ResetEvent(notified);
    if (!worked(SnmpStartup(&major, &minor, &level, &translate, &retransmit), "SnmpStartup")) return;
    session = SnmpCreateSession(NULL, 0, notify, NULL);
    if (worked((uintptr_t)session, "SnmpCreateSession")) use_session(session);
    SnmpCleanup();
}

/* Receiving threads give their buffers back a moment after SnmpCleanup. */
static LONG settled(LONG expected)
{
    int i;

    for (i = 0; i < 10000 && live != expected; i++)
        Sleep(1);
    return live;
}

int main(void)
{
    LONG baseline, count, n;
    int leaks = 0;

    SetEnvironmentVariableA("CORK_WSNMP32_TRAPPORT", "0x3f7a");
    notified = CreateEventA(NULL, FALSE, FALSE, NULL);
    snmp_alloc = counting_alloc;
    snmp_free = counting_free;
    start_responder();
    printf("1..4\n");
    scenario(); /* what stays for the life of the process: the handle table */
    Sleep(200);
    baseline = live;
    allocations = 0;
    scenario();
    count = allocations;
    printf("%s 1 - nothing is left after SnmpCleanup (%ld blocks)\n", settled(baseline) == baseline ? "ok" : "not ok",
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
    printf("%s 2 - every allocation of the scenario failed once (%ld of %ld)\n", n > count / 2 ? "ok" : "not ok",
           (long)n - 1, (long)count);
    printf("%s 3 - each failure is reported as a lack of memory, and every request ends\n", wrong ? "not ok" : "ok");
    printf("%s 4 - a failure leaves no memory behind\n", leaks ? "not ok" : "ok");
    return wrong || leaks;
}

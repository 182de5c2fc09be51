#include "wsnmp32_exchange.h"
#include "bare_exchange.h"

#include <winsnmp.h>
#include <psapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WAIT_MS 60000

typedef struct
{
    HSNMP_SESSION session;
    HSNMP_ENTITY agent;
    HSNMP_CONTEXT context;
    HANDLE arrived, done;
    volatile LONG received, sent;
    LONG count;
    volatile LONG failures;
} run;

static double failed(const char *what)
{
    fprintf(stderr, "%s failed: WinSNMP error %lu\n", what, (unsigned long)SnmpGetLastError(NULL));
    return -1;
}

static int open_run(run *r, unsigned short port, SNMPAPI_CALLBACK callback)
{
    static const char community[] = "public";
    smiOCTETS octets = {6, (smiLPBYTE)community};

    r->session = SnmpCreateSession(NULL, 0, callback, r);
    if (!r->session) return 0;
    r->agent = SnmpStrToEntity(r->session, "127.0.0.1");
    r->context = SnmpStrToContext(r->session, &octets);
    r->arrived = CreateEventW(NULL, FALSE, FALSE, NULL);
    r->done = CreateEventW(NULL, TRUE, FALSE, NULL);
    return r->agent && r->context && SnmpSetPort(r->agent, port) != SNMPAPI_FAILURE;
}

static void close_run(run *r)
{
    SnmpFreeContext(r->context);
    SnmpFreeEntity(r->agent);
    SnmpClose(r->session);
    CloseHandle(r->arrived);
    CloseHandle(r->done);
}

static int send_get(run *r, LONG id)
{
    static smiUINT32 sub_ids[] = {1, 3, 6, 1, 2, 1, 1, 1, 0};
    static const smiOID name = {9, sub_ids};
    static const smiVALUE null = {.syntax = SNMP_SYNTAX_NULL};
    HSNMP_VBL list = SnmpCreateVbl(r->session, &name, &null);
    /* The same length as the bare program's: four bytes of identifier. */
    HSNMP_PDU pdu = SnmpCreatePdu(r->session, SNMP_PDU_GET, 0x10000000 + id, 0, 0, list);
    int good = SnmpSendMsg(r->session, NULL, r->agent, r->context, pdu) != SNMPAPI_FAILURE;

    SnmpFreePdu(pdu);
    SnmpFreeVbl(list);
    return good;
}

/* Receives one answer and looks at its value. id (may be NULL) is set. Returns 0 for none, or an error. */
static int receive_answer(run *r, LONG *id)
{
    HSNMP_ENTITY source = NULL, destination = NULL;
    HSNMP_CONTEXT context = NULL;
    HSNMP_VBL list = NULL;
    HSNMP_PDU pdu = NULL;
    smiINT type = 0, status = -1, index;
    smiINT32 request = 0;
    smiVALUE value;
    smiOID name;
    int good = 0;

    if (SnmpRecvMsg(r->session, &source, &destination, &context, &pdu) == SNMPAPI_FAILURE && !pdu) return 0;
    if (SnmpGetPduData(pdu, &type, &request, &status, &index, &list) != SNMPAPI_FAILURE && type == SNMP_PDU_RESPONSE &&
        status == SNMP_ERROR_NOERROR && SnmpGetVb(list, 1, &name, &value) != SNMPAPI_FAILURE)
    {
        good = value.syntax == SNMP_SYNTAX_OCTETS && value.value.string.len > 0;
        SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&name);
        SnmpFreeDescriptor(value.syntax, &value.value.string);
    }
    if (id) *id = request - 0x10000000;
    SnmpFreeVbl(list);
    SnmpFreePdu(pdu);
    SnmpFreeContext(context);
    SnmpFreeEntity(destination);
    SnmpFreeEntity(source);
    return good;
}

static SNMPAPI_STATUS CALLBACK send_next(HSNMP_SESSION session, HWND window, UINT message, WPARAM error, LPARAM id,
                                         LPVOID data)
{
    run *r = data;
    LONG received, next;

    (void)session, (void)window, (void)message, (void)id;
    if (error || !receive_answer(r, NULL)) InterlockedIncrement(&r->failures);
    received = InterlockedIncrement(&r->received);
    if (received >= r->count)
    {
        SetEvent(r->done);
        return SNMPAPI_SUCCESS;
    }
    next = InterlockedIncrement(&r->sent);
    if (next <= r->count && !send_get(r, next)) InterlockedIncrement(&r->failures);
    return SNMPAPI_SUCCESS;
}

static double run_callback(unsigned short port, int count, int outstanding)
{
    run r = {.count = count, .sent = outstanding};
    DWORD waited;
    double start;

    if (!open_run(&r, port, send_next)) return failed("a session");
    start = bench_now();
    for (int i = 1; i <= outstanding; i++)
        if (!send_get(&r, i)) return failed("SnmpSendMsg");
    waited = WaitForSingleObject(r.done, WAIT_MS);
    start = bench_now() - start;
    close_run(&r);
    if (waited || r.failures)
    {
        fprintf(stderr, "%ld of %d received, %ld failures\n", r.received, count, r.failures);
        return -1;
    }
    return start * 1e6 / count;
}

double wsnmp32_callback(unsigned short port, int count)
{
    return run_callback(port, count, 1);
}

double wsnmp32_window64(unsigned short port, int count)
{
    return run_callback(port, count, 64);
}

static SNMPAPI_STATUS CALLBACK set_event(HSNMP_SESSION session, HWND window, UINT message, WPARAM error, LPARAM id,
                                         LPVOID data)
{
    (void)session, (void)window, (void)message, (void)error, (void)id;
    SetEvent(((run *)data)->arrived);
    return SNMPAPI_SUCCESS;
}

double wsnmp32_event(unsigned short port, int count)
{
    run r = {.count = count};
    double start;
    int i;

    if (!open_run(&r, port, set_event)) return failed("a session");
    start = bench_now();
    for (i = 1; i <= count; i++)
    {
        LONG id;

        if (!send_get(&r, i) || WaitForSingleObject(r.arrived, WAIT_MS)) break;
        if (!receive_answer(&r, &id) || id != i) break;
    }
    start = bench_now() - start;
    close_run(&r);
    if (i <= count)
    {
        fprintf(stderr, "exchange %d of %d failed\n", i, count);
        return -1;
    }
    return start * 1e6 / count;
}

double wsnmp32_open_close(unsigned short port, int count, int used)
{
    double start = bench_now();

    for (int i = 0; i < count; i++)
    {
        run r = {.count = 1};

        if (used)
        {
            if (!open_run(&r, port, set_event) || !send_get(&r, i)) return failed("a session");
            close_run(&r);
            continue;
        }
        r.session = SnmpCreateSession(NULL, 0, set_event, &r);
        if (!r.session || SnmpClose(r.session) == SNMPAPI_FAILURE) return failed("a session");
    }
    return (bench_now() - start) * 1e6 / count;
}

static size_t heap_in_use(void)
{
    HANDLE heaps[64];
    DWORD count = GetProcessHeaps(64, heaps);
    size_t bytes = 0;

    for (DWORD i = 0; i < count && i < 64; i++)
    {
        PROCESS_HEAP_ENTRY entry = {.lpData = NULL};

        while (HeapWalk(heaps[i], &entry))
            if (entry.wFlags & PROCESS_HEAP_ENTRY_BUSY) bytes += entry.cbData + entry.cbOverhead;
    }
    return bytes;
}

static size_t memory_in_use(void)
{
    PROCESS_MEMORY_COUNTERS memory = {.cb = sizeof(memory)};

    GetProcessMemoryInfo(GetCurrentProcess(), &memory, sizeof(memory));
    return memory.PagefileUsage;
}

int wsnmp32_session_bytes(int count, double *heap_bytes, double *memory_bytes)
{
    HSNMP_SESSION *sessions = calloc((size_t)count, sizeof(*sessions));
    size_t heap, memory;
    int opened = 0;

    if (!sessions) return 0;
    heap = heap_in_use();
    memory = memory_in_use();
    while (opened < count && (sessions[opened] = SnmpCreateSession(NULL, 0, set_event, NULL)) != NULL)
        opened++;
    *heap_bytes = (double)(heap_in_use() - heap) / count;
    *memory_bytes = (double)(memory_in_use() - memory) / count;
    for (int i = 0; i < opened; i++)
        SnmpClose(sessions[i]);
    free(sessions);
    return opened == count;
}

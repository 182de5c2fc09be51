#include "stress_session.h"

#include <psapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tlhelp32.h>

#define NOTIFICATION (WM_USER + 7)

/* ---- the session ---- */

static void note_outcome(struct stress_session *s, smiINT32 id, int answered)
{
    if (s->outcomes && id >= 1 && id <= s->expected && InterlockedIncrement(&s->outcomes[id - 1]) > 1)
    {
        InterlockedIncrement(&s->twice);
        return;
    }
    InterlockedIncrement(answered ? &s->answered : &s->timed_out);
    InterlockedIncrement(&s->ended);
}

/* Takes one message. Returns 0 where there is none. */
static int receive_one(struct stress_session *s)
{
    HSNMP_ENTITY source = NULL, destination = NULL;
    HSNMP_CONTEXT context = NULL;
    HSNMP_PDU pdu = NULL;
    SNMPAPI_STATUS status = SnmpRecvMsg(s->handle, &source, &destination, &context, &pdu);
    smiINT32 id = 0;

    if (status == SNMPAPI_FAILURE && !pdu) return 0;
    SnmpGetPduData(pdu, NULL, &id, NULL, NULL, NULL);
    SnmpFreePdu(pdu);
    SnmpFreeContext(context);
    if (destination) SnmpFreeEntity(destination);
    if (source) SnmpFreeEntity(source);
    note_outcome(s, id, status != SNMPAPI_FAILURE);
    return 1;
}

void stress_receive(struct stress_session *s)
{
    while (receive_one(s))
    {
    }
}

static SNMPAPI_STATUS CALLBACK on_notification(HSNMP_SESSION handle, HWND window, UINT message, WPARAM error,
                                               LPARAM request_id, LPVOID data)
{
    struct stress_session *s = data;

    (void)handle, (void)window, (void)message, (void)error, (void)request_id;
    InterlockedIncrement(&s->notified);
    if (s->handle) receive_one(s);
    SetEvent(s->ended_one);
    return SNMPAPI_SUCCESS;
}

int stress_open(struct stress_session *s, unsigned port, int by_window)
{
    smiOCTETS community = {6, (smiLPBYTE) "public"};

    memset(s, 0, sizeof(*s));
    if (by_window)
    {
        s->window = CreateWindowA("STATIC", "stress", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
        s->handle = SnmpCreateSession(s->window, NOTIFICATION, NULL, NULL);
    }
    else
    {
        s->ended_one = CreateEventA(NULL, FALSE, FALSE, NULL);
        s->handle = SnmpCreateSession(NULL, 0, on_notification, s);
    }
    if (!s->handle) return 0;
    s->peer = SnmpStrToEntity(s->handle, "127.0.0.1");
    s->context = SnmpStrToContext(s->handle, &community);
    if (s->peer && s->context && SnmpSetPort(s->peer, port) != SNMPAPI_FAILURE) return 1;
    stress_close(s);
    return 0;
}

int stress_expect(struct stress_session *s, int count)
{
    free((void *)s->outcomes);
    s->outcomes = calloc((size_t)count, sizeof(*s->outcomes));
    s->expected = count;
    return s->outcomes != NULL;
}

int stress_send(struct stress_session *s, smiINT type, smiINT32 id)
{
    static smiUINT32 sub_ids[] = {1, 3, 6, 1, 2, 1, 1, 1, 0};
    static const smiOID name = {9, sub_ids};
    smiVALUE value = {.syntax = SNMP_SYNTAX_NULL};
    HSNMP_VBL list = SnmpCreateVbl(s->handle, &name, &value);
    HSNMP_PDU pdu = SnmpCreatePdu(s->handle, type, id, 0, 0, list);
    int good = pdu && SnmpSendMsg(s->handle, NULL, s->peer, s->context, pdu) != SNMPAPI_FAILURE;

    SnmpFreePdu(pdu);
    SnmpFreeVbl(list);
    return good;
}

static int wait_for_one(struct stress_session *s, DWORD milliseconds)
{
    MSG message;

    if (!s->window) return WaitForSingleObject(s->ended_one, milliseconds) == WAIT_OBJECT_0;
    if (MsgWaitForMultipleObjects(0, NULL, FALSE, milliseconds, QS_ALLINPUT) == WAIT_TIMEOUT) return 0;
    while (PeekMessageA(&message, NULL, 0, 0, PM_REMOVE))
        if (message.message == NOTIFICATION && message.hwnd == s->window) receive_one(s);
    return 1;
}

int stress_wait(struct stress_session *s, LONG ended, DWORD milliseconds)
{
    while (s->ended < ended)
        if (!wait_for_one(s, milliseconds))
        {
            printf("only %ld of %ld requests have ended\n", s->ended, ended);
            return 0;
        }
    return 1;
}

void stress_free_objects(struct stress_session *s)
{
    SnmpFreeContext(s->context);
    SnmpFreeEntity(s->peer);
}

int stress_close(struct stress_session *s)
{
    int good = !s->handle || SnmpClose(s->handle) != SNMPAPI_FAILURE;

    if (s->window) DestroyWindow(s->window);
    if (s->ended_one) CloseHandle(s->ended_one);
    free((void *)s->outcomes);
    memset(s, 0, sizeof(*s));
    return good;
}

/* ---- what the process uses ---- */

int count_threads(void)
{
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
    THREADENTRY32 entry = {.dwSize = sizeof(entry)};
    int count = 0;

    for (BOOL more = Thread32First(snapshot, &entry); more; more = Thread32Next(snapshot, &entry))
        if (entry.th32OwnerProcessID == GetCurrentProcessId()) count++;
    CloseHandle(snapshot);
    return count;
}

/* The entries of SystemHandleInformation (NtQuerySystemInformation). */
struct handle_entry
{
    ULONG process;
    BYTE type, flags;
    USHORT handle;
    void *object;
    ULONG access;
};

struct handle_list
{
    ULONG count;
    struct handle_entry entries[];
};

/* Wine's GetProcessHandleCount (8.0) says 0 for every process: then the system's list of handles is counted. */
static DWORD count_handles(void)
{
    typedef LONG(WINAPI * query_function)(int, void *, ULONG, ULONG *);
    query_function query =
        (query_function)(void *)GetProcAddress(GetModuleHandleA("ntdll"), "NtQuerySystemInformation");
    ULONG size = 1 << 20, needed;
    struct handle_list *list;
    DWORD count = 0;

    if (GetProcessHandleCount(GetCurrentProcess(), &count) && count) return count;
    count = 0;
    list = malloc(size);
    if (list && query && query(16, list, size, &needed) >= 0)
        for (ULONG i = 0; i < list->count; i++)
            if (list->entries[i].process == GetCurrentProcessId()) count++;
    free(list);
    return count;
}

/* Blocks and bytes in use, of all heaps of the process. */
static void measure_heaps(struct growth *growth)
{
    HANDLE heaps[64];
    DWORD count = GetProcessHeaps(64, heaps);

    growth->heap_bytes = growth->heap_blocks = 0;
    for (DWORD i = 0; i < count && i < 64; i++)
    {
        PROCESS_HEAP_ENTRY entry = {.lpData = NULL};

        HeapLock(heaps[i]);
        while (HeapWalk(heaps[i], &entry))
        {
            if (!(entry.wFlags & PROCESS_HEAP_ENTRY_BUSY)) continue;
            growth->heap_blocks++;
            growth->heap_bytes += entry.cbData;
        }
        HeapUnlock(heaps[i]);
    }
}

static void measure(struct growth *growth)
{
    PROCESS_MEMORY_COUNTERS memory = {.cb = sizeof(memory)};

    memset(growth, 0, sizeof(*growth));
    growth->handles = count_handles();
    growth->threads = count_threads();
    if (GetProcessMemoryInfo(GetCurrentProcess(), &memory, sizeof(memory))) growth->memory = memory.PagefileUsage;
    measure_heaps(growth);
}

void growth_start(struct growth *growth)
{
    /* What ends now ends before it is counted: threads that leave, buffers that are given back. */
    Sleep(300);
    measure(growth);
}

int growth_end(const struct growth *before, int operations)
{
    struct growth after;
    long long bytes, slack = operations * 8LL > 65536 ? operations * 8LL : 65536;
    int good;

    Sleep(300);
    measure(&after);
    bytes = (long long)after.heap_bytes - (long long)before->heap_bytes;
    printf("handles %lu -> %lu, threads %d -> %d, heap blocks %llu -> %llu, heap bytes %llu -> %llu, memory %llu -> "
           "%llu\n",
           before->handles, after.handles, before->threads, after.threads, (unsigned long long)before->heap_blocks,
           (unsigned long long)after.heap_blocks, (unsigned long long)before->heap_bytes,
           (unsigned long long)after.heap_bytes, (unsigned long long)before->memory, (unsigned long long)after.memory);
    /* The thread pool may keep a few threads more or fewer at any time; each has a handle or two. */
    if (!before->handles) printf("the handles cannot be counted here\n");
    good = before->handles && after.threads <= before->threads + 4 && after.handles <= before->handles + 16 &&
           bytes <= slack;
    if (!good) printf("that has grown\n");
    return good;
}

/*
 * Closing sessions at the same time as others close them or begin operations, and so often that growth shows.
 */
#include "mi_closing.h"

#include <malloc.h>
#include <tlhelp32.h>

enum
{
    CYCLES = 10000,
    OPERATION_CYCLES = 500,
    CLOSERS = 8,
    RACES = 50
};

/* ---- Races ------------------------------------------------------------------------------------------------------ */

struct closer
{
    MI_Session session; /* a copy */
    HANDLE go;
    volatile LONG *good, *bad;
    struct completion *completion; /* NULL: synchronously */
};

static DWORD WINAPI close_at_once(void *context)
{
    struct closer *closer = context;
    MI_Result result;

    WaitForSingleObject(closer->go, INFINITE);
    result = MI_Session_Close(&closer->session, closer->completion, closer->completion ? completed : NULL);
    if (result == MI_RESULT_OK) InterlockedIncrement(closer->good);
    if (result == MI_RESULT_INVALID_PARAMETER) InterlockedIncrement(closer->bad);
    return 0;
}

static void racing_closes(void)
{
    volatile LONG good = 0, bad = 0;

    for (int race = 0; race < RACES; race++)
    {
        struct completion completion = {CreateEventW(NULL, TRUE, FALSE, NULL), 0};
        MI_Session session = new_session();
        MI_Operation operation = start_synchronous(&session);
        struct closer closers[CLOSERS];
        HANDLE go = CreateEventW(NULL, TRUE, FALSE, NULL), threads[CLOSERS];

        for (int i = 0; i < CLOSERS; i++)
        {
            closers[i] = (struct closer){session, go, &good, &bad, i % 2 ? &completion : NULL};
            threads[i] = CreateThread(NULL, 0, close_at_once, &closers[i], 0, NULL);
        }
        SetEvent(go);
        final_result(&operation);
        MI_Operation_Close(&operation);
        for (int i = 0; i < CLOSERS; i++)
        {
            WaitForSingleObject(threads[i], PATIENCE);
            CloseHandle(threads[i]);
        }
        CloseHandle(go);
        CloseHandle(completion.event);
    }
    CHECK(MI_Session_Close, racing_closes, "(of closes at the same time exactly one closes the session)",
          good == RACES && bad == (LONG)RACES * (CLOSERS - 1));
}

struct starter
{
    MI_Session session;
    HANDLE begun;
    volatile LONG started, ended;
};

/* Begins operations until the session is closed; each has its end. */
static DWORD WINAPI start_until_closed(void *context)
{
    struct starter *starter = context;

    for (;;)
    {
        MI_Operation operation = start_synchronous(&starter->session);
        MI_Result result;

        SetEvent(starter->begun);
        if (!operation.ft) return 0;
        starter->started++;
        result = final_result(&operation);
        if (result == MI_RESULT_OK || result == MI_RESULT_FAILED) starter->ended++;
        MI_Operation_Close(&operation);
    }
}

static void racing_operations(void)
{
    int closed = 0, all_ended = 0;

    for (int race = 0; race < RACES; race++)
    {
        MI_Session session = new_session();
        struct starter starter = {session, CreateEventW(NULL, TRUE, FALSE, NULL), 0, 0};
        HANDLE thread = CreateThread(NULL, 0, start_until_closed, &starter, 0, NULL);

        WaitForSingleObject(starter.begun, PATIENCE);
        closed += MI_Session_Close(&session, NULL, NULL) == MI_RESULT_OK;
        if (WaitForSingleObject(thread, PATIENCE) == WAIT_OBJECT_0) all_ended += starter.started == starter.ended;
        CloseHandle(thread);
        CloseHandle(starter.begun);
    }
    CHECK(MI_Session_Close, racing_operation,
          "(an operation that is begun while the session is closed is cancelled, or finds no session)",
          closed == RACES && all_ended == RACES);
}

/* ---- Growth ----------------------------------------------------------------------------------------------------- */

struct footprint
{
    DWORD handles, threads;
    size_t blocks; /* in the C library's heap, which is mi.dll's, too */
};

static DWORD count_threads(void)
{
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
    THREADENTRY32 entry = {.dwSize = sizeof(entry)};
    DWORD count = 0;

    for (BOOL more = Thread32First(snapshot, &entry); more; more = Thread32Next(snapshot, &entry))
        count += entry.th32OwnerProcessID == GetCurrentProcessId();
    CloseHandle(snapshot);
    return count;
}

static struct footprint footprint(void)
{
    struct footprint now = {0, count_threads(), 0};
    _HEAPINFO entry = {0};

    GetProcessHandleCount(GetCurrentProcess(), &now.handles);
    while (_heapwalk(&entry) == _HEAPOK)
        now.blocks += entry._useflag == _USEDENTRY;
    return now;
}

static void cycle(int operations)
{
    MI_Session session = new_session();
    MI_Operation operation = MI_OPERATION_NULL;

    if (operations)
    {
        MI_Session_TestConnection(&session, 0, NULL, &operation);
        final_result(&operation);
        MI_Operation_Close(&operation);
    }
    MI_Session_Close(&session, NULL, NULL);
}

/* Whether as much is there as before; threads of operations may be on their way out, so it waits for them. */
static int as_before(const struct footprint *before)
{
    struct footprint now = footprint();

    for (int i = 0; i < 1000 && (now.threads > before->threads || now.handles > before->handles); i++)
    {
        SwitchToThread();
        now = footprint();
    }
    note("handles %lu, then %lu; threads %lu, then %lu; blocks %lu, then %lu", before->handles, now.handles,
         before->threads, now.threads, (unsigned long)before->blocks, (unsigned long)now.blocks);
    return now.threads <= before->threads && now.handles <= before->handles && now.blocks <= before->blocks + 8;
}

static void cycles(void)
{
    struct footprint before;

    application();
    for (int i = 0; i < CYCLES / 10; i++)
        cycle(0);
    before = footprint();
    for (int i = 0; i < CYCLES; i++)
        cycle(0);
    CHECK(MI_Session_Close, cycles, "Closes a session and releases all associated memory. (10,000 times)",
          as_before(&before));
    for (int i = 0; i < OPERATION_CYCLES / 10; i++)
        cycle(1);
    before = footprint();
    for (int i = 0; i < OPERATION_CYCLES; i++)
        cycle(1);
    CHECK(MI_Session_Close, operation_cycles, "(and with an operation in each)", as_before(&before));
}

static const struct test_case cases[] = {
    {"racing closes", racing_closes}, {"racing operations", racing_operations}, {"cycles", cycles}, {NULL, NULL}};
const struct group close_stress_group = {"close_stress", __FILE__, cases};

/*
 * Many sessions, many threads: after SnmpClose has returned no callback of that session runs or comes. And a process
 * that ends without closing anything.
 */
#include "wsnmp32_test.h"

enum
{
    THREADS = 4,
    ROUNDS = 60,
    REQUESTS = 8
};

struct session_life
{
    volatile LONG closed; /* SnmpClose has returned */
    volatile LONG seen;   /* callbacks of this session */
    volatile LONG inside; /* callbacks that run just now */
    volatile LONG *late;  /* callbacks after the close */
    volatile LONG *calls;
};

static SNMPAPI_STATUS CALLBACK watch(HSNMP_SESSION session, HWND window, UINT message, WPARAM wparam, LPARAM lparam,
                                     LPVOID data)
{
    struct session_life *life = data;
    HSNMP_ENTITY source, destination;
    HSNMP_CONTEXT context;
    HSNMP_PDU pdu;

    (void)window, (void)message, (void)wparam, (void)lparam;
    InterlockedIncrement(&life->inside);
    if (life->closed) InterlockedIncrement(life->late);
    InterlockedIncrement(life->calls);
    InterlockedIncrement(&life->seen);
    pSnmpRecvMsg(session, &source, &destination, &context, &pdu);
    if (life->closed) InterlockedIncrement(life->late);
    InterlockedDecrement(&life->inside);
    return SNMPAPI_SUCCESS;
}

struct worker
{
    struct responder *responder;
    volatile LONG late, calls, running_at_close, failed;
    struct session_life lives[ROUNDS];
};

static DWORD WINAPI live_and_close(void *context)
{
    struct worker *worker = context;

    for (int round = 0; round < ROUNDS; round++)
    {
        struct session_life *life = &worker->lives[round];
        HSNMP_SESSION session;
        HSNMP_ENTITY agent;
        HSNMP_CONTEXT community;

        life->late = &worker->late;
        life->calls = &worker->calls;
        session = pSnmpCreateSession(NULL, 0, watch, life);
        agent = entity_of(session, worker->responder->port);
        community = context_of(session, "public");
        for (int i = 0; i < REQUESTS; i++)
            pSnmpSendMsg(session, NULL, agent, community, pdu_of(session, SNMP_PDU_GET, 0));
        /* Closed at once, soon, or with the first callback seen and the others on their way. */
        if (round % 3 == 1) SwitchToThread();
        for (int i = 0; round % 3 == 2 && i < 10000 && !life->seen; i++)
            Sleep(1);
        if (pSnmpClose(session) != SNMPAPI_SUCCESS) InterlockedIncrement(&worker->failed);
        InterlockedExchange(&life->closed, 1);
        if (life->inside) InterlockedIncrement(&worker->running_at_close);
    }
    return 0;
}

static void no_callback_after_close(void)
{
    static struct worker workers[THREADS];
    struct exchange exchange;
    HANDLE threads[THREADS];
    LONG late = 0, calls = 0, running = 0, failed = 0;
    int ended;

    if (!exchange_start(&exchange, ANSWER_ECHO, 1)) return;
    for (int i = 0; i < THREADS; i++)
    {
        workers[i].responder = &exchange.responder;
        threads[i] = CreateThread(NULL, 0, live_and_close, &workers[i], 0, NULL);
    }
    ended = WaitForMultipleObjects(THREADS, threads, TRUE, 60000) < WAIT_OBJECT_0 + THREADS;
    /* A request of the session that was there before: what the others were sent has been received when it is answered.
     */
    exchange_send(&exchange, SNMP_PDU_GET, 1);
    wait_for_notifications(&exchange.inbox, 1);
    for (int i = 0; i < THREADS; i++)
    {
        late += workers[i].late;
        calls += workers[i].calls;
        running += workers[i].running_at_close;
        failed += workers[i].failed;
    }
    note("%ld callbacks, %ld late, %ld running at the close, %ld closes failed", calls, late, running, failed);
    CHECK(SnmpClose, threads,
          "A WinSNMP application with multiple threads (each with its sessions, all closes succeed)",
          ended && !failed && calls);
    note("%ld callbacks, %ld late, %ld running at the close", calls, late, running);
    CHECK(SnmpClose, no_callback_after,
          "discards all outstanding ... replies for the session (no callback runs or comes after it returned)",
          calls && !late && !running);
    exchange_stop(&exchange);
}

/* ---- Ending without closing ------------------------------------------------------------------------------------- */

static int run_me(const char *how)
{
    char path[MAX_PATH], command[MAX_PATH * 2];
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION child;
    DWORD code = 99;

    GetModuleFileNameA(NULL, path, sizeof(path));
    snprintf(command, sizeof(command), "\"%s\" --exit %s", path, how);
    if (!CreateProcessA(path, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &child)) return -1;
    if (WaitForSingleObject(child.hProcess, 20000) != WAIT_OBJECT_0)
    {
        TerminateProcess(child.hProcess, 5);
        note("the process did not end");
    }
    else
        GetExitCodeProcess(child.hProcess, &code);
    CloseHandle(child.hThread);
    CloseHandle(child.hProcess);
    return (int)code;
}

static void exit_without_closing(void)
{
    int plain = run_me("exit"), free_library = run_me("free");

    note("the processes ended with %d and %d", plain, free_library);
    CHECK(SnmpCleanup, exit_without, "(a process that ends without SnmpClose and SnmpCleanup ends all the same)",
          plain == 42);
    CHECK(SnmpCleanup, unload_without,
          "SnmpCleanup must not be called when the application DLL is in the process of unloading.",
          free_library == 42);
}

/* The child's part: sessions, a request under way, a registration; then exit, or the DLL is let go first. */
void end_without_closing(const char *how)
{
    static struct exchange exchange;

    load_api(0);
    if (!exchange_start(&exchange, ANSWER_NOTHING, 1)) ExitProcess(41);
    exchange_send(&exchange, SNMP_PDU_GET, 1);
    pSnmpRegister(exchange.session, NULL, NULL, NULL, NULL, SNMPAPI_ON);
    if (!strcmp(how, "free")) FreeLibrary(GetModuleHandleA("wsnmp32.dll"));
    ExitProcess(42);
}

static const struct test_case cases[] = {{"no callback after SnmpClose", no_callback_after_close},
                                         {"exit without closing", exit_without_closing},
                                         {NULL, NULL}};
const struct group stress_group = {"stress", __FILE__, cases};

/*
 * Sessions and notifications: opening and closing.
 */
#include "ntmsapi_test.h"

static void opening(void)
{
    static const WCHAR *const bad[] = {L"", L"a computer", L"back\\slash", L"sla/sh", L"\\\\", L"a|b", L"a:b"};

    for (size_t i = 0; i < COUNT_OF(bad); i++)
        CHECK(OpenNtmsSessionW, ERROR_INVALID_COMPUTERNAME,
              "The computer name format that was specified was not in a valid format.",
              FAILS(ERROR_INVALID_COMPUTERNAME, pOpenNtmsSessionW(bad[i], L"test", 0)));
    CHECK(OpenNtmsSessionA, ERROR_INVALID_COMPUTERNAME,
          "The computer name format that was specified was not in a valid format.",
          FAILS(ERROR_INVALID_COMPUTERNAME, pOpenNtmsSessionA("a computer", "test", 0)));
    CHECK(OpenNtmsSessionW, ERROR_INVALID_PARAMETER, "dwOptions: Reserved; must be zero.",
          FAILS(ERROR_INVALID_PARAMETER, pOpenNtmsSessionW(NULL, L"test", 0x80000000)));
    CHECK(OpenNtmsSessionA, ERROR_INVALID_PARAMETER, "dwOptions: Reserved; must be zero.",
          FAILS(ERROR_INVALID_PARAMETER, pOpenNtmsSessionA(NULL, "test", 2)));
    CHECK(OpenNtmsSessionW, INVALID_HANDLE_VALUE, "RSM cannot open a session.",
          pOpenNtmsSessionW(L"a computer", NULL, 0) == INVALID_HANDLE_VALUE);
    CHECK(OpenNtmsSessionA, INVALID_HANDLE_VALUE, "RSM cannot open a session.",
          pOpenNtmsSessionA("a computer", NULL, 0) == INVALID_HANDLE_VALUE);
    CHECK(OpenNtmsSessionW, remote,
          "Unable to connect to the RSM service. (of another computer, under a name that nobody can have)",
          FAILS(ERROR_NOT_CONNECTED, pOpenNtmsSessionW(L"\\\\cork.invalid", L"test", 0)));
}

static void closing(void)
{
    WCHAR name[MAX_COMPUTERNAME_LENGTH + 1] = L"", long_name[NTMS_APPLICATIONNAME_LENGTH + 1] = L"";
    DWORD size = COUNT_OF(name);
    HANDLE session, ansi;

    for (size_t i = 0; i < COUNT_OF(long_name) - 1; i++)
        long_name[i] = L'x';
    GetComputerNameW(name, &size);

    CHECK(CloseNtmsSession, null, "The value specified in the hSession parameter is NULL.",
          RETURNS(ERROR_INVALID_HANDLE, pCloseNtmsSession(NULL)));
    CHECK(CloseNtmsSession, ERROR_INVALID_HANDLE,
          "The value specified in the hSession parameter ... is not a valid session handle.",
          RETURNS(ERROR_INVALID_HANDLE, pCloseNtmsSession(INVALID_HANDLE_VALUE)) &&
              RETURNS(ERROR_INVALID_HANDLE, pCloseNtmsSession((HANDLE)(ULONG_PTR)0x1234)) &&
              RETURNS(ERROR_INVALID_HANDLE, pCloseNtmsSession(GetCurrentProcess())));
    session = open_session();
    SetLastError(0xdead);
    ansi = session != INVALID_HANDLE_VALUE ? pOpenNtmsSessionA(".", "test", 0) : session;
    CHECK_IF(session != INVALID_HANDLE_VALUE, NO_SERVICE, OpenNtmsSessionA, ERROR_SUCCESS,
             "The function was successful.",
             RETURNS(ERROR_SUCCESS, GetLastError()) && RETURNS(ERROR_SUCCESS, pCloseNtmsSession(ansi)));
    SetLastError(0xdead);
    ansi = session != INVALID_HANDLE_VALUE ? pOpenNtmsSessionW(name, NULL, 0) : session;
    CHECK_IF(session != INVALID_HANDLE_VALUE, NO_SERVICE, OpenNtmsSessionW, ERROR_SUCCESS,
             "The function was successful. (by this computer's name)",
             RETURNS(ERROR_SUCCESS, GetLastError()) && RETURNS(ERROR_SUCCESS, pCloseNtmsSession(ansi)));
    CHECK_IF(session != INVALID_HANDLE_VALUE, NO_SERVICE, OpenNtmsSessionW, application,
             "One of the parameter values was not valid. (a name of an application that is longer than one can be)",
             FAILS(ERROR_INVALID_PARAMETER, pOpenNtmsSessionW(NULL, long_name, 0)));
    CHECK_IF(session != INVALID_HANDLE_VALUE, NO_SERVICE, CloseNtmsSession, second,
             "Use of a closed session handle returns an error code.",
             RETURNS(ERROR_SUCCESS, pCloseNtmsSession(session)) &&
                 RETURNS(ERROR_INVALID_HANDLE, pCloseNtmsSession(session)) &&
                 RETURNS(ERROR_INVALID_HANDLE, pExportNtmsDatabase(session)));
}

struct waiting
{
    HANDLE session, notification;
    NTMS_GUID request;
    volatile LONG started;
    DWORD result;
};

static DWORD WINAPI wait_for_operator(void *context)
{
    struct waiting *waiting = context;

    InterlockedExchange(&waiting->started, 1);
    waiting->result = pWaitForNtmsOperatorRequest(waiting->session, &waiting->request, INFINITE);
    return 0;
}

static DWORD WINAPI wait_for_notification(void *context)
{
    struct waiting *waiting = context;
    NTMS_NOTIFICATIONINFORMATION information;

    InterlockedExchange(&waiting->started, 1);
    waiting->result = pWaitForNtmsNotification(waiting->notification, &information, INFINITE);
    return 0;
}

/* Starts the thread and lets it get into its wait. It is no failure where it gets there later than the close: the
 * result is then ERROR_INVALID_HANDLE. */
static HANDLE start(LPTHREAD_START_ROUTINE routine, struct waiting *waiting)
{
    HANDLE thread = CreateThread(NULL, 0, routine, waiting, 0, NULL);

    while (!waiting->started)
        Sleep(1);
    Sleep(200);
    return thread;
}

static void closing_under_a_wait(void)
{
    struct waiting waiting = {.session = open_session(), .result = 99};
    HANDLE thread = NULL;
    DWORD error = ERROR_SUCCESS;
    BOOL submitted = FALSE, ended = FALSE;

    if (waiting.session != INVALID_HANDLE_VALUE)
        submitted = !pSubmitNtmsOperatorRequestW(waiting.session, NTMS_OPREQ_MESSAGE, L"A test: never mind.", NULL,
                                                 NULL, &waiting.request);
    if (submitted)
    {
        thread = start(wait_for_operator, &waiting);
        error = pCloseNtmsSession(waiting.session);
        ended = WaitForSingleObject(thread, 20000) == WAIT_OBJECT_0;
        CloseHandle(thread);
    }
    CHECK_IF(
        submitted, NO_SERVICE, CloseNtmsSession, under_a_wait,
        "If a call ... occurs while an application has an outstanding synchronous request ..., the request is unwound "
        "and canceled.",
        !error && ended && RETURNS(ERROR_CANCELLED, waiting.result));
}

static void notifications(void)
{
    struct waiting waiting = {.session = open_session(), .notification = INVALID_HANDLE_VALUE, .result = 99};
    NTMS_NOTIFICATIONINFORMATION information;
    HANDLE thread;
    BOOL ended = FALSE;

    CHECK(OpenNtmsNotification, ERROR_INVALID_HANDLE,
          "The value specified in the hSession parameter is NULL or is not valid.",
          FAILS(ERROR_INVALID_HANDLE, pOpenNtmsNotification(NULL, NTMS_LIBRARY)) &&
              FAILS(ERROR_INVALID_HANDLE, pOpenNtmsNotification((HANDLE)(ULONG_PTR)0x1234, NTMS_LIBRARY)));
    CHECK(WaitForNtmsNotification, ERROR_INVALID_HANDLE,
          "The value specified in the hNotification parameter is NULL or is not valid.",
          RETURNS(ERROR_INVALID_HANDLE, pWaitForNtmsNotification(NULL, &information, 0)) &&
              RETURNS(ERROR_INVALID_HANDLE, pWaitForNtmsNotification((HANDLE)(ULONG_PTR)0x1234, &information, 0)));
    CHECK(CloseNtmsNotification, ERROR_INVALID_PARAMETER, "The hNotification parameter is NULL.",
          RETURNS(ERROR_INVALID_PARAMETER, pCloseNtmsNotification(NULL)));
    CHECK(CloseNtmsNotification, ERROR_INVALID_HANDLE,
          "The value specified in the hNotification parameter is not valid.",
          RETURNS(ERROR_INVALID_HANDLE, pCloseNtmsNotification((HANDLE)(ULONG_PTR)0x1234)));
    if (waiting.session != INVALID_HANDLE_VALUE)
        waiting.notification = pOpenNtmsNotification(waiting.session, NTMS_LIBRARY);
    CHECK_IF(waiting.notification != INVALID_HANDLE_VALUE, NO_SERVICE, WaitForNtmsNotification, ERROR_TIMEOUT,
             "The time-out event expired.",
             RETURNS(ERROR_TIMEOUT, pWaitForNtmsNotification(waiting.notification, &information, 0)));
    CHECK_IF(waiting.notification != INVALID_HANDLE_VALUE, NO_SERVICE, CloseNtmsNotification, other_handle,
             "The value specified in the hNotification parameter is not valid. (a session is no notification)",
             RETURNS(ERROR_INVALID_HANDLE, pCloseNtmsNotification(waiting.session)) &&
                 RETURNS(ERROR_INVALID_HANDLE, pCloseNtmsSession(waiting.notification)));
    if (waiting.notification != INVALID_HANDLE_VALUE)
    {
        thread = start(wait_for_notification, &waiting);
        pCloseNtmsNotification(waiting.notification);
        ended = WaitForSingleObject(thread, 20000) == WAIT_OBJECT_0;
        CloseHandle(thread);
    }
    CHECK_IF(
        waiting.notification != INVALID_HANDLE_VALUE, NO_SERVICE, CloseNtmsNotification, under_a_wait,
        "If ... called while there is an outstanding call to the WaitForNtmsNotification function, an error returns.",
        ended && RETURNS(ERROR_INVALID_HANDLE, waiting.result));
    if (waiting.session != INVALID_HANDLE_VALUE) pCloseNtmsSession(waiting.session);
}

/* An open session in a process that ends. */
static void exit_without_closing(void)
{
    char path[MAX_PATH], command[MAX_PATH * 2];
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION child;
    DWORD code = 99;

    GetModuleFileNameA(NULL, path, sizeof(path));
    snprintf(command, sizeof(command), "\"%s\" --exit plain", path);
    if (!CreateProcessA(path, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &child)) return;
    if (WaitForSingleObject(child.hProcess, 60000) != WAIT_OBJECT_0) TerminateProcess(child.hProcess, 5);
    GetExitCodeProcess(child.hProcess, &code);
    CHECK(CloseNtmsSession, exit_without, "(a process that ends without closing its session ends all the same)",
          RETURNS(42, code));
    CloseHandle(child.hThread);
    CloseHandle(child.hProcess);
}

static const struct test_case cases[] = {{"opening", opening},
                                         {"closing", closing},
                                         {"closing under a wait", closing_under_a_wait},
                                         {"notifications", notifications},
                                         {"exit without closing", exit_without_closing},
                                         {NULL, NULL}};
const struct group session_group = {"session", __FILE__, cases};

/*
 * A session for subscriptions, and programs that come and go. See mi_subscription.h.
 */
#include "mi_subscription.h"

MI_Session subscribed_session;

MI_Session *subscription_session(void)
{
    memset(&subscribed_session, 0, sizeof(subscribed_session));
    MI_Application_NewSession(application(), NULL, NULL, NULL, NULL, NULL, &subscribed_session);
    return &subscribed_session;
}

/* Starts a program that ends when its input does. NULL where it cannot be started. */
static HANDLE start_program(HANDLE *input, DWORD *id)
{
    SECURITY_ATTRIBUTES inherited = {sizeof(inherited), NULL, TRUE};
    HANDLE nowhere = CreateFileW(L"NUL", GENERIC_WRITE, 0, &inherited, OPEN_EXISTING, 0, NULL);
    WCHAR line[] = L"cmd.exe";
    PROCESS_INFORMATION process;
    STARTUPINFOW startup;
    BOOL started;

    memset(&startup, 0, sizeof(startup));
    startup.cb = sizeof(startup);
    startup.dwFlags = STARTF_USESTDHANDLES;
    CreatePipe(&startup.hStdInput, input, &inherited, 0);
    SetHandleInformation(*input, HANDLE_FLAG_INHERIT, 0);
    startup.hStdOutput = nowhere;
    startup.hStdError = nowhere;
    started = CreateProcessW(NULL, line, NULL, NULL, TRUE, CREATE_NO_WINDOW, NULL, NULL, &startup, &process);
    CloseHandle(nowhere);
    CloseHandle(startup.hStdInput);
    if (!started) return NULL;
    CloseHandle(process.hThread);
    *id = process.dwProcessId;
    return process.hProcess;
}

static DWORD WINAPI make_traffic(void *context)
{
    struct traffic *traffic = context;

    do
    {
        HANDLE input = NULL, process;
        DWORD id = 0;

        process = start_program(&input, &id);
        InterlockedIncrement(&traffic->started);
        WaitForSingleObject(traffic->stop, 500);
        CloseHandle(input);
        if (WaitForSingleObject(process, PATIENCE) != WAIT_OBJECT_0) TerminateProcess(process, 1);
        CloseHandle(process);
    }
    while (WaitForSingleObject(traffic->stop, 500) == WAIT_TIMEOUT);
    return 0;
}

void start_traffic(struct traffic *traffic)
{
    traffic->started = 0;
    traffic->stop = CreateEventW(NULL, TRUE, FALSE, NULL);
    traffic->thread = CreateThread(NULL, 0, make_traffic, traffic, 0, NULL);
}

void stop_traffic(struct traffic *traffic)
{
    SetEvent(traffic->stop);
    WaitForSingleObject(traffic->thread, INFINITE);
    CloseHandle(traffic->thread);
    CloseHandle(traffic->stop);
}

const MI_Char *about_children(MI_Char query[300], const MI_Char *select, const MI_Char *event)
{
    swprintf(query, 300,
             L"SELECT %ls FROM %ls WITHIN 0.1 WHERE TargetInstance ISA \"Win32_Process\" AND "
             L"TargetInstance.ParentProcessId = %lu AND TargetInstance.Name LIKE 'CMD%%'",
             select, event, GetCurrentProcessId());
    return query;
}

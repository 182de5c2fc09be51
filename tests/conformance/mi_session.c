/*
 * Sessions and operations on the machine's own WMI: results one at a time, synchronous and by callbacks, and how they
 * are cancelled and closed.
 */
#include "mi_test.h"

static MI_Session the_session;

static MI_Session *session(void)
{
    memset(&the_session, 0, sizeof(the_session));
    MI_Application_NewSession(application(), NULL, NULL, NULL, NULL, NULL, &the_session);
    return &the_session;
}

/* ---- Sessions --------------------------------------------------------------------------------------------------- */

static void open_and_close(void)
{
    MI_Session one = MI_SESSION_NULL, copy;
    MI_Application found = MI_APPLICATION_NULL;
    MI_Instance *error = NULL;

    CHECK(MI_Application_NewSession, local,
          "If the destination argument is NULL, the session communicates with the local machine.",
          OK(MI_Application_NewSession(application(), NULL, NULL, NULL, NULL, &error, &one)) && one.ft && !error);
    CHECK(MI_Session_GetApplication, gets, "(the application that the session is of)",
          OK(MI_Session_GetApplication(&one, &found)) && found.reserved1 == application()->reserved1);
    copy = one;
    CHECK(MI_Session_Close, closes, "Closes a session and releases all associated memory.",
          OK(MI_Session_Close(&one, NULL, NULL)));
    CHECK(MI_Session_Close, second, "(a second close, and a copy of the handle, are bad parameters)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Session_Close(&one, NULL, NULL)) &&
              GIVES(MI_RESULT_INVALID_PARAMETER, MI_Session_Close(&copy, NULL, NULL)));
    CHECK(MI_Application_NewSession, protocol, "Currently supported protocols are L\"WMIDCOM\" and L\"WINRM\".",
          GIVES(MI_RESULT_INVALID_PARAMETER,
                MI_Application_NewSession(application(), MI_T("TELNET"), NULL, NULL, NULL, NULL, &one)));
    CHECK(MI_Application_NewSession, extendedError,
          "Pointer to optional additional error information if the operation failed.",
          GIVES(MI_RESULT_NOT_SUPPORTED,
                MI_Application_NewSession(application(), MI_T("WINRM"), NULL, NULL, NULL, &error, &one)) &&
              error && has_number(error, MI_T("CIMStatusCode"), MI_RESULT_NOT_SUPPORTED));
    if (error) MI_Instance_Delete(error);
}

static HANDLE completed_event;
static void MI_CALL completed(void *context)
{
    *(int *)context += 1;
    SetEvent(completed_event);
}

static void close_by_callback(void)
{
    MI_Operation operation = MI_OPERATION_NULL;
    int calls = 0;

    completed_event = CreateEventW(NULL, TRUE, FALSE, NULL);
    session();
    MI_Session_EnumerateInstances(&the_session, 0, NULL, MI_T("root/cimv2"), MI_T("Win32_Process"), MI_FALSE, NULL,
                                  &operation);
    CHECK(MI_Session_Close, completionCallback, "Optional callback to make the session close asynchronous.",
          OK(MI_Session_Close(&the_session, &calls, completed)));
    CHECK(MI_Session_Close, operations_open,
          "Not closing all operation handles that were created with the current session will cause ... the "
          "asynchronous callback will not be called.",
          WaitForSingleObject(completed_event, 50) == WAIT_TIMEOUT);
    CHECK(MI_Operation_Close, closes, "Closes an operation handle", OK(MI_Operation_Close(&operation)));
    CHECK(MI_Session_Close, completionContext,
          "Optional parameter to be returned through the completionCallback "
          "callback.",
          WaitForSingleObject(completed_event, 30000) == WAIT_OBJECT_0 && calls == 1);
    CHECK(MI_Operation_Close, second, "(a second close is a bad parameter)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Operation_Close(&operation)));
    CloseHandle(completed_event);
}

static DWORD WINAPI close_in_thread(void *context)
{
    return (DWORD)MI_Session_Close(context, NULL, NULL);
}

static void close_waits(void)
{
    MI_Operation operation = MI_OPERATION_NULL;
    const MI_Instance *instance = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_OK;
    DWORD code = 99;
    HANDLE thread;

    session();
    MI_Session_EnumerateInstances(&the_session, 0, NULL, MI_T("root/cimv2"), MI_T("Win32_Process"), MI_FALSE, NULL,
                                  &operation);
    thread = CreateThread(NULL, 0, close_in_thread, &the_session, 0, NULL);
    CHECK(MI_Session_Close, waits,
          "Not closing all operation handles that were created with the current session will cause the closing of the "
          "session to stop responding for synchronous calls",
          WaitForSingleObject(thread, 100) == WAIT_TIMEOUT);
    while (more)
        MI_Operation_GetInstance(&operation, &instance, &more, &result, NULL, NULL);
    CHECK(MI_Session_Close, cancels,
          "Closing a session will cause all operations that are currently running to be "
          "canceled.",
          result == MI_RESULT_FAILED);
    MI_Operation_Close(&operation);
    CHECK(MI_Session_Close, returns, "(it returns when the last operation handle is closed)",
          WaitForSingleObject(thread, 30000) == WAIT_OBJECT_0 && GetExitCodeThread(thread, &code) && code == 0);
    CloseHandle(thread);
}

/* ---- Synchronous operations ---------------------------------------------------------------------------------------
 */

static void enumerate(void)
{
    MI_Operation operation = MI_OPERATION_NULL;
    const MI_Instance *instance = NULL, *details = NULL;
    const MI_Char *name = NULL;
    MI_Boolean more = MI_FALSE;
    MI_Result result = MI_RESULT_FAILED;
    MI_Uint32 flags = 0;
    MI_Type type = MI_BOOLEAN;

    session();
    MI_Session_EnumerateInstances(&the_session, 0, NULL, MI_T("root/cimv2"), MI_T("Win32_OperatingSystem"), MI_FALSE,
                                  NULL, &operation);
    CHECK(MI_Operation_GetInstance, gets, "Gets a result of a synchronous operation",
          OK(MI_Operation_GetInstance(&operation, &instance, &more, &result, NULL, &details)) && instance &&
              result == MI_RESULT_OK);
    CHECK(MI_Session_EnumerateInstances, className, "(the instances are of the class)",
          instance && OK(MI_Instance_GetClassName(instance, &name)) && !wcscmp(name, MI_T("Win32_OperatingSystem")));
    CHECK(MI_Session_EnumerateInstances, types, "(properties have their CIM types)",
          OK(MI_Instance_GetElement(instance, MI_T("Caption"), NULL, &type, &flags, NULL)) && type == MI_STRING &&
              OK(MI_Instance_GetElement(instance, MI_T("FreePhysicalMemory"), NULL, &type, &flags, NULL)) &&
              type == MI_UINT64 &&
              OK(MI_Instance_GetElement(instance, MI_T("LastBootUpTime"), NULL, &type, &flags, NULL)) &&
              type == MI_DATETIME);
    CHECK(MI_Operation_GetInstance, moreResults, "(the last result says that there are no more)",
          OK(MI_Operation_GetInstance(&operation, &instance, &more, &result, NULL, &details)) && !more && !instance &&
              result == MI_RESULT_OK);
    CHECK(MI_Operation_GetInstance, again, "(and says so again)",
          OK(MI_Operation_GetInstance(&operation, &instance, &more, &result, NULL, &details)) && !more);
    MI_Operation_Close(&operation);
    MI_Session_Close(&the_session, NULL, NULL);
}

/* The final result of an operation, whatever it hands out before. */
static MI_Result outcome(MI_Operation *operation, int *results, MI_Uint32 *status)
{
    const MI_Instance *instance = NULL, *details = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_OK;

    *results = 0;
    while (more && MI_Operation_GetInstance(operation, &instance, &more, &result, NULL, &details) == MI_RESULT_OK)
        *results += instance != NULL;
    if (details && status)
    {
        MI_Value value = {0};

        MI_Instance_GetElement(details, MI_T("CIMStatusCode"), &value, NULL, NULL, NULL);
        *status = value.uint32;
    }
    MI_Operation_Close(operation);
    note("the result is %d after %d", (int)result, *results);
    return result;
}

static void query(void)
{
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Uint32 status = 0;
    int results;

    session();
    MI_Session_QueryInstances(&the_session, 0, NULL, MI_T("root/cimv2"), MI_T("WQL"),
                              MI_T("SELECT Handle, Name FROM Win32_Process"), NULL, &operation);
    CHECK(MI_Session_QueryInstances, queries, "Queries for a set of instances based on a query expression.",
          outcome(&operation, &results, NULL) == MI_RESULT_OK && results > 0);
    MI_Session_QueryInstances(&the_session, 0, NULL, MI_T("root/cimv2"), MI_T("SQL"),
                              MI_T("SELECT * FROM Win32_Process"), NULL, &operation);
    CHECK(MI_Session_QueryInstances, queryDialect, "(a language that there is not)",
          outcome(&operation, &results, &status) == MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED && !results &&
              status == MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED);
    MI_Session_QueryInstances(&the_session, 0, NULL, MI_T("root/cimv2"), MI_T("WQL"), MI_T("SELECT FROM WHERE"), NULL,
                              &operation);
    CHECK(MI_Session_QueryInstances, invalid, "(a query that is none)",
          outcome(&operation, &results, &status) == MI_RESULT_INVALID_QUERY && status == MI_RESULT_INVALID_QUERY);
    MI_Session_QueryInstances(&the_session, 0, NULL, MI_T("root/none"), MI_T("WQL"), MI_T("SELECT * FROM X"), NULL,
                              &operation);
    CHECK(MI_Session_QueryInstances, namespaceName, "(a namespace that there is not)",
          outcome(&operation, &results, NULL) == MI_RESULT_INVALID_NAMESPACE);
    MI_Session_QueryInstances(&the_session, 0, NULL, NULL, NULL, NULL, NULL, &operation);
    CHECK(MI_Session_QueryInstances, nothing, "(no query is a bad parameter)",
          outcome(&operation, &results, NULL) == MI_RESULT_INVALID_PARAMETER);
    MI_Session_Close(&the_session, NULL, NULL);
}

static void get_instance(void)
{
    MI_Instance *key = NULL;
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Char pid[16] = {0};
    MI_Value value = text_value(pid);
    int results;

    session();
    swprintf(pid, COUNT_OF(pid), L"%lu", GetCurrentProcessId());
    MI_Application_NewInstance(application(), MI_T("Win32_Process"), NULL, &key);
    MI_Instance_AddElement(key, MI_T("Handle"), &value, MI_STRING, MI_FLAG_KEY);
    MI_Session_GetInstance(&the_session, 0, NULL, MI_T("root/cimv2"), key, NULL, &operation);
    CHECK(MI_Session_GetInstance, gets, "Gets a single instance by its keys",
          outcome(&operation, &results, NULL) == MI_RESULT_OK && results == 1);
    value = text_value(MI_T("none"));
    MI_Instance_SetElement(key, MI_T("Handle"), &value, MI_STRING, 0);
    MI_Session_GetInstance(&the_session, 0, NULL, MI_T("root/cimv2"), key, NULL, &operation);
    CHECK(MI_Session_GetInstance, none, "(there is no such instance)",
          outcome(&operation, &results, NULL) == MI_RESULT_NOT_FOUND && results == 0);
    MI_Session_GetInstance(&the_session, 0, NULL, MI_T("root/cimv2"), NULL, NULL, &operation);
    CHECK(MI_Session_GetInstance, null_instance, "(no instance is a bad parameter)",
          outcome(&operation, &results, NULL) == MI_RESULT_INVALID_PARAMETER);
    MI_Instance_Delete(key);
    MI_Session_Close(&the_session, NULL, NULL);
}

static void test_connection(void)
{
    MI_Operation operation = MI_OPERATION_NULL;
    int results;

    session();
    MI_Session_TestConnection(&the_session, 0, NULL, &operation);
    CHECK(MI_Session_TestConnection, tests, "Tests a connection to the session's destination",
          outcome(&operation, &results, NULL) == MI_RESULT_OK && results == 0);
    MI_Session_TestConnection(&the_session, 0, NULL, &operation);
    MI_Operation_Close(&operation);
    CHECK(MI_Session_Close, during_test, "(a session can be closed while its connection is tested)",
          OK(MI_Session_Close(&the_session, NULL, NULL)));
}

static void options(void)
{
    MI_OperationOptions with = MI_OPERATIONOPTIONS_NULL;
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Interval minute = {0, 0, 1, 0, 0, 0, 0, 0};
    MI_Value value = number_value(1);
    int results;

    session();
    MI_Application_NewOperationOptions(application(), MI_FALSE, &with);
    MI_OperationOptions_SetTimeout(&with, &minute);
    MI_Session_EnumerateInstances(&the_session, 0, &with, NULL, MI_T("Win32_OperatingSystem"), MI_FALSE, NULL,
                                  &operation);
    CHECK(MI_OperationOptions_SetTimeout, in_time, "(an operation that ends in time is not disturbed)",
          outcome(&operation, &results, NULL) == MI_RESULT_OK && results == 1);
    MI_OperationOptions_SetCustomOption(&with, MI_T("Custom"), MI_UINT32, &value, MI_TRUE);
    MI_Session_EnumerateInstances(&the_session, 0, &with, NULL, MI_T("Win32_OperatingSystem"), MI_FALSE, NULL,
                                  &operation);
    CHECK(MI_OperationOptions_SetCustomOption, mustComply, "(an option that must be understood, and is not)",
          outcome(&operation, &results, NULL) == MI_RESULT_NOT_SUPPORTED && results == 0);
    MI_OperationOptions_Delete(&with);
    MI_Session_EnumerateInstances(&the_session, 0, &with, NULL, MI_T("Win32_OperatingSystem"), MI_FALSE, NULL,
                                  &operation);
    CHECK(MI_OperationOptions_Delete, used, "(deleted options are a bad parameter)",
          outcome(&operation, &results, NULL) == MI_RESULT_INVALID_PARAMETER && results == 0);
    MI_Session_Close(&the_session, NULL, NULL);
}

static void cancel(void)
{
    MI_Operation operation = MI_OPERATION_NULL;
    const MI_Instance *instance = NULL;
    MI_Session found = MI_SESSION_NULL;
    MI_Boolean more = MI_FALSE;
    int results;

    session();
    MI_Session_EnumerateInstances(&the_session, 0, NULL, NULL, MI_T("Win32_Process"), MI_FALSE, NULL, &operation);
    CHECK(MI_Operation_GetSession, gets, "Gets the session that is associated with the operation",
          OK(MI_Operation_GetSession(&operation, &found)) && found.reserved1 == the_session.reserved1);
    MI_Operation_GetInstance(&operation, &instance, &more, NULL, NULL, NULL);
    CHECK(MI_Operation_Cancel, cancels, "Cancels an operation.",
          OK(MI_Operation_Cancel(&operation, MI_REASON_NONE)) &&
              outcome(&operation, &results, NULL) == MI_RESULT_FAILED);
    CHECK(MI_Operation_Cancel, closed, "(a closed operation is a bad parameter)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Operation_Cancel(&operation, MI_REASON_NONE)));
    CHECK(MI_Session_Close, after, "(nothing is left)", OK(MI_Session_Close(&the_session, NULL, NULL)));
}

/* ---- Asynchronous operations ---------------------------------------------------------------------------------------
 */

struct inbox
{
    volatile LONG instances, finals, wrong;
    volatile LONG unacknowledged; /* results that were not acknowledged when the next came */
    MI_OperationCallback_ResultAcknowledgement acknowledge;
    MI_Operation operation;
    MI_Result result, close_result;
    int close_session; /* 1: without a completion, 2: with one */
    int completions;
    HANDLE final;
};

static void MI_CALL on_instance(MI_Operation *operation, void *context, const MI_Instance *instance, MI_Boolean more,
                                MI_Result result, const MI_Char *message, const MI_Instance *details,
                                MI_OperationCallback_ResultAcknowledgement acknowledge)
{
    struct inbox *inbox = context;

    (void)message;
    (void)details;
    if (inbox->finals) InterlockedIncrement(&inbox->wrong);
    if (instance) InterlockedIncrement(&inbox->instances);
    if (inbox->acknowledge) InterlockedIncrement(&inbox->unacknowledged);
    if (instance && inbox->close_session)
    {
        inbox->close_result =
            MI_Session_Close(&the_session, &inbox->completions, inbox->close_session == 2 ? completed : NULL);
        inbox->close_session = 0;
    }
    if (operation) inbox->operation = *operation;
    if (more)
    {
        inbox->acknowledge = acknowledge;
        return;
    }
    inbox->result = result;
    InterlockedIncrement(&inbox->finals);
    SetEvent(inbox->final);
}

static void start(struct inbox *inbox, MI_Uint32 flags, MI_Operation *operation)
{
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;

    inbox->final = CreateEventW(NULL, TRUE, FALSE, NULL);
    callbacks.callbackContext = inbox;
    callbacks.instanceResult = on_instance;
    session();
    MI_Session_EnumerateInstances(&the_session, flags, NULL, MI_T("root/cimv2"), MI_T("Win32_Process"), MI_FALSE,
                                  &callbacks, operation);
}

static void by_callbacks(void)
{
    static struct inbox inbox;
    MI_Operation operation = MI_OPERATION_NULL;
    const MI_Instance *instance = NULL;

    memset(&inbox, 0, sizeof(inbox));
    start(&inbox, 0, &operation);
    CHECK(MI_OperationCallback_Instance, final, "(the final result comes once, and last)",
          WaitForSingleObject(inbox.final, 30000) == WAIT_OBJECT_0 && inbox.finals == 1 && !inbox.wrong &&
              inbox.result == MI_RESULT_OK);
    CHECK(MI_OperationCallback_Instance, instances, "(after each of the instances)", inbox.instances > 0);
    CHECK(MI_Operation_GetInstance, asynchronous, "(an asynchronous operation hands nothing out)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Operation_GetInstance(&operation, &instance, NULL, NULL, NULL, NULL)));
    MI_Operation_Close(&operation);
    CHECK(MI_Session_Close, asynchronous, "(an asynchronous operation that ended holds up no close)",
          OK(MI_Session_Close(&the_session, NULL, NULL)));
    CloseHandle(inbox.final);
}

static void acknowledged(void)
{
    static struct inbox inbox;
    MI_Operation operation = MI_OPERATION_NULL;

    memset(&inbox, 0, sizeof(inbox));
    start(&inbox, MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS, &operation);
    for (int i = 0; !inbox.instances && i < 3000; i++)
        Sleep(10);
    CHECK(MI_OperationCallback_Instance, resultAcknowledgement,
          "(with MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS there is no next result before the last one was acknowledged)",
          inbox.acknowledge && WaitForSingleObject(inbox.final, 50) == WAIT_TIMEOUT && inbox.instances == 1);
    while (WaitForSingleObject(inbox.final, 1) == WAIT_TIMEOUT)
    {
        MI_OperationCallback_ResultAcknowledgement acknowledge = inbox.acknowledge;

        inbox.acknowledge = NULL;
        if (acknowledge) acknowledge(&inbox.operation);
    }
    CHECK(MI_OperationCallback_Instance, all_acknowledged, "(and all come when each was)",
          inbox.finals == 1 && !inbox.unacknowledged && inbox.result == MI_RESULT_OK);
    MI_Operation_Close(&operation);
    MI_Session_Close(&the_session, NULL, NULL);
    CloseHandle(inbox.final);
}

static void close_in_callback(void)
{
    static struct inbox inbox;
    MI_Operation operation = MI_OPERATION_NULL;

    memset(&inbox, 0, sizeof(inbox));
    inbox.close_session = 1;
    inbox.close_result = MI_RESULT_OK;
    start(&inbox, 0, &operation);
    WaitForSingleObject(inbox.final, 30000);
    CHECK(MI_Session_Close, in_callback,
          "If the MI_Session_Close is called from a callback the completion callback must be specified. (Else it is "
          "refused, without a deadlock.)",
          inbox.close_result == MI_RESULT_FAILED && inbox.result == MI_RESULT_OK);
    MI_Operation_Close(&operation);
    MI_Session_Close(&the_session, NULL, NULL);
    CloseHandle(inbox.final);

    memset(&inbox, 0, sizeof(inbox));
    completed_event = CreateEventW(NULL, TRUE, FALSE, NULL);
    inbox.close_session = 2;
    inbox.close_result = MI_RESULT_FAILED;
    start(&inbox, 0, &operation);
    WaitForSingleObject(inbox.final, 30000);
    CHECK(MI_Session_Close, in_callback_completed,
          "Canceling operations will cause asynchronous operation callbacks to be called (with the final result ... "
          "moreResults parameter equal to MI_FALSE",
          inbox.close_result == MI_RESULT_OK && inbox.finals == 1 && inbox.result == MI_RESULT_FAILED);
    MI_Operation_Close(&operation);
    CHECK(MI_Session_Close, completed_after, "(then the completion callback comes, once)",
          WaitForSingleObject(completed_event, 30000) == WAIT_OBJECT_0 && inbox.completions == 1);
    CloseHandle(completed_event);
    CloseHandle(inbox.final);
}

static void application_close_waits(void)
{
    MI_Application *app = application();
    MI_Operation operation = MI_OPERATION_NULL;
    const MI_Instance *instance = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_OK;
    HANDLE threads[2];

    session();
    MI_Session_EnumerateInstances(&the_session, 0, NULL, NULL, MI_T("Win32_Process"), MI_FALSE, NULL, &operation);
    threads[0] = CreateThread(NULL, 0, (LPTHREAD_START_ROUTINE)(void *)app->ft->Close, app, 0, NULL);
    CHECK(MI_Application_Close, waits,
          "Sessions created under the target application and those sessions' operations must close before this "
          "function will return.",
          WaitForSingleObject(threads[0], 100) == WAIT_TIMEOUT);
    while (more)
        MI_Operation_GetInstance(&operation, &instance, &more, &result, NULL, NULL);
    CHECK(MI_Application_Close, cancels, "MI_Application_Close cancels all active sessions and operations.",
          result == MI_RESULT_FAILED);
    MI_Operation_Close(&operation);
    MI_Session_Close(&the_session, NULL, NULL);
    CHECK(MI_Application_Close, returns, "(and it returns when the last one is)",
          WaitForSingleObject(threads[0], 30000) == WAIT_OBJECT_0);
    CloseHandle(threads[0]);
}

static void many_times(void)
{
    int good = 0;

    for (int i = 0; i < 200; i++)
    {
        MI_Operation operation = MI_OPERATION_NULL;

        session();
        MI_Session_EnumerateInstances(&the_session, 0, NULL, NULL, MI_T("Win32_Process"), MI_FALSE, NULL, &operation);
        MI_Operation_Close(&operation);
        good += MI_Session_Close(&the_session, NULL, NULL) == MI_RESULT_OK;
    }
    CHECK(MI_Session_Close, many_times,
          "(a session can be opened and closed with an operation under way, any number "
          "of times)",
          good == 200);
}

static const struct test_case cases[] = {{"open and close", open_and_close},
                                         {"close by callback", close_by_callback},
                                         {"close waits", close_waits},
                                         {"enumerate", enumerate},
                                         {"query", query},
                                         {"get instance", get_instance},
                                         {"test connection", test_connection},
                                         {"options", options},
                                         {"cancel", cancel},
                                         {"by callbacks", by_callbacks},
                                         {"acknowledged", acknowledged},
                                         {"close in a callback", close_in_callback},
                                         {"the application's close waits", application_close_waits},
                                         {"many times", many_times},
                                         {NULL, NULL}};
const struct group session_group = {"session", __FILE__, cases};

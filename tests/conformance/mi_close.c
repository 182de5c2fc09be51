/*
 * Closing sessions, operations and applications, whatever runs in them and whoever closes.
 */
#include "mi_closing.h"
#include "mi_fake_wmi.h"

enum
{
    MANY = 100
};

/* An operation that runs until it is acknowledged or ended: its callback has the first result and does not acknowledge
 * it. */
struct running
{
    MI_Operation operation;
    HANDLE begun, ended;
    volatile LONG finals, after_final;
    MI_Result result;
    /* What the first callback closes, if anything, and what came of it. */
    MI_Session *close;
    MI_SessionCloseCompleted completed;
    MI_Application *close_application;
    MI_Result close_result;
};

static void MI_CALL on_instance(MI_Operation *operation, void *context, const MI_Instance *instance, MI_Boolean more,
                                MI_Result result, const MI_Char *message, const MI_Instance *details,
                                MI_OperationCallback_ResultAcknowledgement acknowledge)
{
    struct running *running = context;

    (void)operation;
    (void)instance;
    (void)message;
    (void)details;
    (void)acknowledge;
    if (running->finals) InterlockedIncrement(&running->after_final);
    if (more && running->close) running->close_result = MI_Session_Close(running->close, running, running->completed);
    if (more && running->close_application) running->close_result = MI_Application_Close(running->close_application);
    if (more)
    {
        SetEvent(running->begun);
        return;
    }
    running->result = result;
    InterlockedIncrement(&running->finals);
    SetEvent(running->ended);
}

static void start(MI_Session *session, struct running *running)
{
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;

    running->begun = CreateEventW(NULL, TRUE, FALSE, NULL);
    running->ended = CreateEventW(NULL, TRUE, FALSE, NULL);
    callbacks.callbackContext = running;
    callbacks.instanceResult = on_instance;
    MI_Session_EnumerateInstances(session, MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS, NULL, NULL,
                                  MI_T("Win32_OperatingSystem"), MI_FALSE, &callbacks, &running->operation);
}

/* With its first result on the way. */
static void start_and_wait(MI_Session *session, struct running *running)
{
    start(session, running);
    WaitForSingleObject(running->begun, PATIENCE);
}

static int ended_once(const struct running *running)
{
    return WaitForSingleObject(running->ended, PATIENCE) == WAIT_OBJECT_0 && running->finals == 1 &&
           !running->after_final;
}

static void forget(struct running *running)
{
    CloseHandle(running->begun);
    CloseHandle(running->ended);
}

/* ---- Nothing runs -------------------------------------------------------------------------------------------------
 */

static void none_running(void)
{
    struct completion completion = {CreateEventW(NULL, TRUE, FALSE, NULL), 0};
    MI_Session session = new_session(), copy = session;
    MI_Application found = MI_APPLICATION_NULL;

    CHECK(MI_Session_Close, idle, "Closes a session and releases all associated memory.",
          OK(MI_Session_Close(&session, NULL, NULL)));
    CHECK(MI_Session_Close, twice, "(a second close, of the handle or a copy, is a bad parameter)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Session_Close(&session, NULL, NULL)) &&
              GIVES(MI_RESULT_INVALID_PARAMETER, MI_Session_Close(&copy, NULL, NULL)) &&
              GIVES(MI_RESULT_INVALID_PARAMETER, MI_Session_Close(&copy, &completion, completed)) && !completion.calls);
    CHECK(MI_Session_GetApplication, closed, "(a closed session has no application)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Session_GetApplication(&copy, &found)) && !found.ft);
    session = new_session();
    CHECK(MI_Session_Close, idle_completed, "Optional callback to make the session close asynchronous.",
          OK(MI_Session_Close(&session, &completion, completed)) &&
              WaitForSingleObject(completion.event, PATIENCE) == WAIT_OBJECT_0 && completion.calls == 1);
    CloseHandle(completion.event);
}

/* Every function of a closed session, synchronously and by a callback. */
static void use_after_close(void)
{
    MI_Session session = new_session(), copy = session;
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;
    MI_Instance *instance = new_instance();
    struct running running = {0};
    MI_Operation operation;
    int refused = 0;

    MI_Session_Close(&session, NULL, NULL);
#define REFUSED(call)                                                                                                  \
    do                                                                                                                 \
    {                                                                                                                  \
        memset(&operation, 0x5a, sizeof(operation));                                                                   \
        call;                                                                                                          \
        refused += !operation.ft && !operation.reserved1;                                                              \
    }                                                                                                                  \
    while (0)
    REFUSED(MI_Session_GetInstance(&copy, 0, NULL, NULL, instance, NULL, &operation));
    REFUSED(MI_Session_EnumerateInstances(&copy, 0, NULL, NULL, MI_T("X"), MI_FALSE, NULL, &operation));
    REFUSED(MI_Session_QueryInstances(&copy, 0, NULL, NULL, MI_T("WQL"), MI_T("X"), NULL, &operation));
    REFUSED(MI_Session_CreateInstance(&copy, 0, NULL, NULL, instance, NULL, &operation));
    REFUSED(MI_Session_ModifyInstance(&copy, 0, NULL, NULL, instance, NULL, &operation));
    REFUSED(MI_Session_DeleteInstance(&copy, 0, NULL, NULL, instance, NULL, &operation));
    REFUSED(MI_Session_Invoke(&copy, 0, NULL, NULL, MI_T("X"), MI_T("Y"), NULL, NULL, NULL, &operation));
    REFUSED(MI_Session_AssociatorInstances(&copy, 0, NULL, NULL, instance, NULL, NULL, NULL, NULL, MI_FALSE, NULL,
                                           &operation));
    REFUSED(MI_Session_ReferenceInstances(&copy, 0, NULL, NULL, instance, NULL, NULL, MI_FALSE, NULL, &operation));
    REFUSED(MI_Session_GetClass(&copy, 0, NULL, NULL, MI_T("X"), NULL, &operation));
    REFUSED(MI_Session_EnumerateClasses(&copy, 0, NULL, NULL, NULL, MI_FALSE, NULL, &operation));
    REFUSED(MI_Session_Subscribe(&copy, 0, NULL, NULL, MI_T("WQL"), MI_T("X"), NULL, NULL, &operation));
    REFUSED(MI_Session_TestConnection(&copy, 0, NULL, &operation));
#undef REFUSED
    CHECK(MI_Session_Close, used, "(nothing can be begun with a copy of a closed handle)", refused == 13);
    running.ended = CreateEventW(NULL, TRUE, FALSE, NULL);
    callbacks.callbackContext = &running;
    callbacks.instanceResult = on_instance;
    MI_Session_TestConnection(&copy, 0, &callbacks, &operation);
    CHECK(MI_OperationCallback_Instance, refused, "(an operation that cannot be begun has a final result, too)",
          running.finals == 1 && running.result == MI_RESULT_INVALID_PARAMETER);
    CloseHandle(running.ended);
    MI_Instance_Delete(instance);
}

/* ---- Operations run -----------------------------------------------------------------------------------------------
 */

static void one_running(void)
{
    struct completion completion = {CreateEventW(NULL, TRUE, FALSE, NULL), 0};
    MI_Session session = new_session();
    struct running running = {0};

    start_and_wait(&session, &running);
    MI_Session_Close(&session, &completion, completed);
    CHECK(MI_Session_Close, final_results,
          "Canceling operations will cause asynchronous operation callbacks to be called (with the final result ... "
          "moreResults parameter equal to MI_FALSE",
          ended_once(&running) && running.result == MI_RESULT_FAILED && !completion.calls);
    MI_Operation_Close(&running.operation);
    CHECK(MI_Session_Close, then_completed, "(the completion callback comes when the last operation handle is closed)",
          WaitForSingleObject(completion.event, PATIENCE) == WAIT_OBJECT_0 && completion.calls == 1);
    CloseHandle(completion.event);
    forget(&running);
}

static void many_running(void)
{
    static struct running running[MANY];
    struct completion completion = {CreateEventW(NULL, TRUE, FALSE, NULL), 0};
    MI_Session session = new_session();
    MI_Operation synchronous[MANY];
    int ended = 0, failed = 0;

    memset(running, 0, sizeof(running));
    for (int i = 0; i < MANY; i++)
    {
        start(&session, &running[i]);
        synchronous[i] = start_synchronous(&session);
    }
    MI_Session_Close(&session, &completion, completed);
    for (int i = 0; i < MANY; i++)
    {
        ended += ended_once(&running[i]) && running[i].result == MI_RESULT_FAILED;
        failed += final_result(&synchronous[i]) == MI_RESULT_FAILED;
        if (i < MANY - 1) MI_Operation_Close(&running[i].operation);
        MI_Operation_Close(&synchronous[i]);
        forget(&running[i]);
    }
    CHECK(MI_Session_Close, many,
          "Closing a session will cause all operations that are currently running to be canceled.",
          ended == MANY && failed == MANY && !completion.calls);
    MI_Operation_Close(&running[MANY - 1].operation);
    CHECK(MI_Session_Close, many_completed, "(the last of 200 operation handles completes the close)",
          WaitForSingleObject(completion.event, PATIENCE) == WAIT_OBJECT_0 && completion.calls == 1);
    CloseHandle(completion.event);
}

static DWORD WINAPI close_in_thread(void *context)
{
    return (DWORD)MI_Session_Close(context, NULL, NULL);
}

static void handle_left_open(void)
{
    MI_Session session = new_session();
    MI_Operation operation;
    struct running running = {0};
    DWORD code = 99;
    HANDLE thread;

    start_and_wait(&session, &running);
    /* Neither must be able to end by itself before it is cancelled. */
    fake_wmi_begin();
    fake_wmi_block();
    operation = start_synchronous(&session);
    fake_wmi_wait_blocked(1);
    thread = CreateThread(NULL, 0, close_in_thread, &session, 0, NULL);
    CHECK(MI_Session_Close, cancels_both, "(operations of both ways end while the close waits)",
          ended_once(&running) && final_result(&operation) == MI_RESULT_FAILED);
    fake_wmi_end();
    CHECK(MI_Session_Close, handles_open,
          "Not closing all operation handles that were created with the current session will cause the closing of the "
          "session to stop responding for synchronous calls",
          WaitForSingleObject(thread, 0) == WAIT_TIMEOUT);
    MI_Operation_Close(&running.operation);
    CHECK(MI_Session_Close, one_handle_open, "(one of two handles is enough)",
          WaitForSingleObject(thread, 20) == WAIT_TIMEOUT);
    MI_Operation_Close(&operation);
    CHECK(MI_Session_Close, no_handle_open, "(it returns when another thread has closed the last one)",
          WaitForSingleObject(thread, PATIENCE) == WAIT_OBJECT_0 && GetExitCodeThread(thread, &code) && code == 0);
    CloseHandle(thread);
    forget(&running);
}

/* ---- In a callback --------------------------------------------------------------------------------------------------
 */

static struct completion in_callback;

static void MI_CALL completed_in_callback(void *context)
{
    (void)context;
    completed(&in_callback);
}

static void from_callback(void)
{
    MI_Session session = new_session();
    struct running running = {0};

    in_callback = (struct completion){CreateEventW(NULL, TRUE, FALSE, NULL), 0};
    running.close = &session;
    start_and_wait(&session, &running);
    CHECK(MI_Session_Close, callback_without,
          "If the MI_Session_Close is called from a callback the completion callback must be specified. (Else it is "
          "refused, and the session stays open.)",
          running.close_result == MI_RESULT_FAILED && !running.finals);
    MI_Operation_Close(&running.operation);
    CHECK(MI_Operation_Close, cancelled,
          "(an operation that is closed while it runs has its final result all the same)",
          ended_once(&running) && running.result == MI_RESULT_FAILED);
    forget(&running);

    memset(&running, 0, sizeof(running));
    running.close = &session;
    running.completed = completed_in_callback;
    start_and_wait(&session, &running);
    CHECK(MI_Session_Close, callback_with, "(with a completion callback it does not wait)",
          running.close_result == MI_RESULT_OK && ended_once(&running) && running.result == MI_RESULT_FAILED &&
              !in_callback.calls);
    MI_Operation_Close(&running.operation);
    CHECK(MI_Session_Close, callback_completed, "(and completes when the operation's handle is closed)",
          WaitForSingleObject(in_callback.event, PATIENCE) == WAIT_OBJECT_0 && in_callback.calls == 1);
    CloseHandle(in_callback.event);
    forget(&running);
}

static void application_from_callback(void)
{
    MI_Session session = new_session();
    struct running running = {0};

    running.close_application = application();
    start_and_wait(&session, &running);
    CHECK(MI_Application_Close, callback,
          "MI_Application_Close must not be called from within an asynchronous callback, otherwise it will cause "
          "deadlocks. (It is refused instead, and the application stays open.)",
          running.close_result == MI_RESULT_FAILED && !running.finals);
    MI_Operation_Close(&running.operation);
    CHECK(MI_Application_Close, callback_after, "(all can be closed afterwards)",
          ended_once(&running) && OK(MI_Session_Close(&session, NULL, NULL)));
    forget(&running);
}

/* A session of one application closed in another session's callback. */
static void other_session_from_callback(void)
{
    MI_Session session = new_session(), other = new_session();
    struct running running = {0};

    running.close = &other;
    start_and_wait(&session, &running);
    CHECK(MI_Session_Close, other_callback, "(another session than the callback's can be closed in it)",
          OK(running.close_result));
    MI_Operation_Close(&running.operation);
    ended_once(&running);
    MI_Session_Close(&session, NULL, NULL);
    forget(&running);
}

/* ---- WMI does not answer
 * ---------------------------------------------------------------------------------------------- */

static void during_test_connection(void)
{
    struct completion completion = {CreateEventW(NULL, TRUE, FALSE, NULL), 0};
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;
    struct running running = {.ended = CreateEventW(NULL, TRUE, FALSE, NULL)};
    MI_Session session = new_session();
    MI_Operation operation = MI_OPERATION_NULL;

    fake_wmi_begin();
    fake_wmi_block();
    callbacks.callbackContext = &running;
    callbacks.instanceResult = on_instance;
    MI_Session_TestConnection(&session, 0, &callbacks, &running.operation);
    MI_Session_TestConnection(&session, 0, NULL, &operation);
    fake_wmi_wait_blocked(2);
    MI_Session_Close(&session, &completion, completed);
    CHECK(MI_Session_Close, during_test,
          "(while a connection is tested, and WMI does not answer, both ways of doing it end at once)",
          ended_once(&running) && running.result == MI_RESULT_FAILED && final_result(&operation) == MI_RESULT_FAILED &&
              !completion.calls);
    MI_Operation_Close(&operation);
    MI_Operation_Close(&running.operation);
    CHECK(MI_Session_Close, during_test_closed, "(and the close completes without WMI's answer)",
          WaitForSingleObject(completion.event, PATIENCE) == WAIT_OBJECT_0);
    fake_wmi_end();
    CloseHandle(completion.event);
    CloseHandle(running.ended);
}

/* ---- Applications ---------------------------------------------------------------------------------------------------
 */

static DWORD WINAPI close_application_in_thread(void *context)
{
    return (DWORD)MI_Application_Close(context);
}

static void application_over_sessions(void)
{
    MI_Application *app = application(), copy = *app;
    MI_Session first = new_session(), second = new_session(), late = MI_SESSION_NULL;
    MI_Operation operation;
    MI_Instance *error = NULL;
    struct running running = {0};
    DWORD code = 99;
    HANDLE thread;

    start_and_wait(&first, &running);
    /* One session is cancelled after the other, so this operation must not be able to end by itself meanwhile. */
    fake_wmi_begin();
    fake_wmi_block();
    operation = start_synchronous(&second);
    fake_wmi_wait_blocked(1);
    thread = CreateThread(NULL, 0, close_application_in_thread, app, 0, NULL);
    CHECK(MI_Application_Close, cancels_all, "MI_Application_Close cancels all active sessions and operations.",
          ended_once(&running) && running.result == MI_RESULT_FAILED && final_result(&operation) == MI_RESULT_FAILED);
    fake_wmi_end();
    CHECK(MI_Application_Close, new_session, "(no session can be opened any more)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Application_NewSession(&copy, NULL, NULL, NULL, NULL, &error, &late)) &&
              !late.ft);
    if (error) MI_Instance_Delete(error);
    MI_Operation_Close(&running.operation);
    MI_Session_Close(&first, NULL, NULL);
    MI_Operation_Close(&operation);
    CHECK(MI_Application_Close, sessions_open,
          "Sessions created under the target application and those sessions' operations must close before this "
          "function will return.",
          WaitForSingleObject(thread, 20) == WAIT_TIMEOUT);
    MI_Session_Close(&second, NULL, NULL);
    CHECK(MI_Application_Close, all_closed, "(it returns when the last session is closed)",
          WaitForSingleObject(thread, PATIENCE) == WAIT_OBJECT_0 && GetExitCodeThread(thread, &code) && code == 0);
    CHECK(MI_Application_Close, twice, "(a second close, of the handle or a copy, is a bad parameter)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Application_Close(app)) &&
              GIVES(MI_RESULT_INVALID_PARAMETER, MI_Application_Close(&copy)));
    CloseHandle(thread);
    forget(&running);
}

/* In the completion callback all of the session is gone, so the application can be closed there. */
static MI_Result closed_in_completion;

static void MI_CALL close_application_in_completion(void *context)
{
    closed_in_completion = MI_Application_Close(context);
}

static void application_in_completion(void)
{
    MI_Session session = new_session();

    closed_in_completion = MI_RESULT_FAILED;
    CHECK(MI_Session_Close, application_in_completion, "(the application can be closed in the completion callback)",
          OK(MI_Session_Close(&session, application(), close_application_in_completion)) && OK(closed_in_completion));
}

static const struct test_case cases[] = {{"none running", none_running},
                                         {"use after close", use_after_close},
                                         {"one running", one_running},
                                         {"many running", many_running},
                                         {"a handle left open", handle_left_open},
                                         {"from a callback", from_callback},
                                         {"the application from a callback", application_from_callback},
                                         {"another session from a callback", other_session_from_callback},
                                         {"during a test of the connection", during_test_connection},
                                         {"the application over its sessions", application_over_sessions},
                                         {"the application in a completion callback", application_in_completion},
                                         {NULL, NULL}};
const struct group close_group = {"close", __FILE__, cases};

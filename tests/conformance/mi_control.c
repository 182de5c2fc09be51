/*
 * What holds operations back and sets their limits: cancelling and its reasons, time-outs, operation options, threads,
 * and the DLL's own going.
 */
#include "mi_control_support.h"
#include "mi_fake_wmi.h"

#define PATIENCE 60000 /* milliseconds, for what happens at once where it happens at all */

static MI_Session open_with(MI_DestinationOptions *options)
{
    MI_Session session = MI_SESSION_NULL;

    MI_Application_NewSession(application(), NULL, NULL, options, NULL, NULL, &session);
    return session;
}

static struct ending end_of(MI_Operation *operation)
{
    const MI_Instance *instance = NULL, *error = NULL;
    struct ending ending = {0};
    MI_Boolean more = MI_TRUE;

    while (more && MI_Operation_GetInstance(operation, &instance, &more, &ending.result, NULL, &error) == MI_RESULT_OK)
    {
        ending.results += instance != NULL;
        ending.empty_results += more && !instance;
    }
    read_error(error, &ending);
    MI_Operation_Close(operation);
    note("result %d, category %u, code %#x, %d results", (int)ending.result, ending.category, ending.code,
         ending.results);
    return ending;
}

struct inbox
{
    HANDLE begun, ended, go; /* go: what the callback waits for, or NULL */
    volatile LONG instances, finals;
    struct ending ending;
};

static void MI_CALL on_instance(MI_Operation *operation, void *context, const MI_Instance *instance, MI_Boolean more,
                                MI_Result result, const MI_Char *message, const MI_Instance *details,
                                MI_OperationCallback_ResultAcknowledgement acknowledge)
{
    struct inbox *inbox = context;

    (void)operation;
    (void)message;
    (void)acknowledge;
    if (instance) InterlockedIncrement(&inbox->instances);
    if (more)
    {
        SetEvent(inbox->begun);
        if (inbox->go) WaitForSingleObject(inbox->go, INFINITE);
        return;
    }
    inbox->ending.result = result;
    read_error(details, &inbox->ending);
    InterlockedIncrement(&inbox->finals);
    SetEvent(inbox->ended);
}

static MI_Operation start(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options, struct inbox *inbox)
{
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;
    MI_Operation operation = MI_OPERATION_NULL;

    if (inbox)
    {
        inbox->begun = CreateEventW(NULL, TRUE, FALSE, NULL);
        inbox->ended = CreateEventW(NULL, TRUE, FALSE, NULL);
        callbacks.callbackContext = inbox;
        callbacks.instanceResult = on_instance;
    }
    MI_Session_EnumerateInstances(session, flags, options, NULL, MI_T("Win32_OperatingSystem"), MI_FALSE,
                                  inbox ? &callbacks : NULL, &operation);
    return operation;
}

static int ended(struct inbox *inbox)
{
    return WaitForSingleObject(inbox->ended, PATIENCE) == WAIT_OBJECT_0 && inbox->finals == 1;
}

static void forget(struct inbox *inbox)
{
    CloseHandle(inbox->begun);
    CloseHandle(inbox->ended);
}

static MI_OperationOptions operation_options(MI_Boolean must_understand)
{
    MI_OperationOptions options = MI_OPERATIONOPTIONS_NULL;

    MI_Application_NewOperationOptions(application(), must_understand, &options);
    return options;
}

/* ---- Cancelling ---------------------------------------------------------------------------------------------------
 */

static struct ending cancelled_for(MI_Session *session, MI_CancellationReason reason)
{
    MI_Operation operation = start(session, 0, NULL, NULL);

    MI_Operation_Cancel(&operation, reason);
    return end_of(&operation);
}

static void reasons(void)
{
    MI_Session session = open_with(NULL);
    struct ending none = cancelled_for(&session, MI_REASON_NONE), late = cancelled_for(&session, MI_REASON_TIMEOUT),
                  shutdown = cancelled_for(&session, MI_REASON_SHUTDOWN),
                  stop = cancelled_for(&session, MI_REASON_SERVICESTOP);
    MI_Operation operation = start(&session, 0, NULL, NULL);

    CHECK(MI_Operation_Cancel, stopped,
          "Cancellation will cause the operation to finish as soon as possible. (It failed, and says so)",
          none.result == MI_RESULT_FAILED && none.category == MI_ERRORCATEGORY_OPERATION_STOPPED &&
              none.code == 0x80041032 && none.message[0]);
    CHECK(MI_Operation_Cancel, reason, "MI_CancellationReason enumeration value. (The error tells which)",
          late.category == MI_ERRORCATEGORY_OPERATION_TIMEOUT && late.code == 0x80041069 &&
              shutdown.category == MI_ERRORCATEGORY_OPERATION_STOPPED && wcscmp(shutdown.message, none.message) &&
              stop.category == MI_ERRORCATEGORY_OPERATION_STOPPED && wcscmp(stop.message, shutdown.message));
    CHECK(MI_Operation_Cancel, no_reason, "(a reason that there is not)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Operation_Cancel(&operation, (MI_CancellationReason)4)) &&
              end_of(&operation).result == MI_RESULT_OK);
    MI_Session_Close(&session, NULL, NULL);
}

static void cancel_late(void)
{
    MI_Session session = open_with(NULL);
    MI_Operation operation = start(&session, 0, NULL, NULL);
    const MI_Instance *instance = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_FAILED;

    while (more)
        MI_Operation_GetInstance(&operation, &instance, &more, &result, NULL, NULL);
    CHECK(MI_Operation_Cancel, ended, "(an operation that has ended stays as it ended)",
          OK(MI_Operation_Cancel(&operation, MI_REASON_NONE)) && end_of(&operation).result == MI_RESULT_OK);
    operation = start(&session, 0, NULL, NULL);
    MI_Operation_Cancel(&operation, MI_REASON_SERVICESTOP);
    CHECK(MI_Operation_Cancel, twice, "(the first cancellation counts)",
          OK(MI_Operation_Cancel(&operation, MI_REASON_TIMEOUT)) &&
              end_of(&operation).category == MI_ERRORCATEGORY_OPERATION_STOPPED);
    MI_Session_Close(&session, NULL, NULL);
}

/* The one that is handed out stays whole; what was fetched ahead is gone. */
static void cancel_amid_results(void)
{
    MI_Session session = open_with(NULL);
    MI_Operation operation = MI_OPERATION_NULL;
    const MI_Instance *instance = NULL;
    const MI_Char *name = NULL;
    MI_Boolean more = MI_TRUE;

    MI_Session_EnumerateInstances(&session, 0, NULL, NULL, MI_T("Win32_Process"), MI_FALSE, NULL, &operation);
    MI_Operation_GetInstance(&operation, &instance, &more, NULL, NULL, NULL);
    MI_Operation_Cancel(&operation, MI_REASON_NONE);
    CHECK(MI_Operation_GetInstance, until_next, "(a result stays valid until the next is asked for, cancelled or not)",
          instance && OK(MI_Instance_GetClassName(instance, &name)) && !wcscmp(name, MI_T("Win32_Process")));
    CHECK(MI_Operation_Cancel, final, "For a synchronous operation, the final result should be available soon.",
          end_of(&operation).result == MI_RESULT_FAILED);
    MI_Session_Close(&session, NULL, NULL);
}

static void cancel_in_wmi(void)
{
    MI_Session session = open_with(NULL);
    struct inbox inbox = {0};
    MI_Operation operation, synchronous;

    fake_wmi_begin();
    fake_wmi_block();
    operation = start(&session, 0, NULL, &inbox);
    synchronous = start(&session, 0, NULL, NULL);
    fake_wmi_wait_blocked(2);
    MI_Operation_Cancel(&operation, MI_REASON_NONE);
    MI_Operation_Cancel(&synchronous, MI_REASON_NONE);
    CHECK(MI_Operation_Cancel, in_wmi,
          "The client does disconnect from the server as soon as possible, though, so it will not wait for the entire "
          "operation to complete before giving a final result.",
          ended(&inbox) && inbox.ending.result == MI_RESULT_FAILED && inbox.ending.has_error &&
              end_of(&synchronous).result == MI_RESULT_FAILED);
    MI_Operation_Close(&operation);
    CHECK(MI_Session_Close, in_wmi, "(the session closes while WMI still has not answered)",
          OK(MI_Session_Close(&session, NULL, NULL)));
    fake_wmi_end();
    forget(&inbox);
}

/* ---- Time-outs ------------------------------------------------------------------------------------------------------
 */

static const MI_Interval moment = {.microseconds = 1000}, day = {.days = 1};

static void time_outs(void)
{
    MI_DestinationOptions session_wide = destination_options();
    MI_OperationOptions one = operation_options(MI_FALSE), longer = operation_options(MI_FALSE);
    MI_Session session = open_with(NULL), hasty;
    MI_Operation synchronous, asynchronous, patient;
    struct inbox inbox = {0};
    struct ending late, by_default;

    MI_DestinationOptions_SetTimeout(&session_wide, &moment);
    MI_OperationOptions_SetTimeout(&one, &moment);
    MI_OperationOptions_SetTimeout(&longer, &day);
    hasty = open_with(&session_wide);
    fake_wmi_begin();
    fake_wmi_block();
    synchronous = start(&session, 0, &one, NULL);
    asynchronous = start(&session, 0, &one, &inbox);
    late = end_of(&synchronous);
    CHECK(MI_OperationOptions_SetTimeout, synchronous, "Sets the operation timeout for a specific operation.",
          late.result == MI_RESULT_FAILED && late.category == MI_ERRORCATEGORY_OPERATION_TIMEOUT &&
              late.code == 0x80041069);
    CHECK(MI_OperationOptions_SetTimeout, asynchronous, "(by callbacks, too)",
          ended(&inbox) && inbox.ending.category == MI_ERRORCATEGORY_OPERATION_TIMEOUT);
    MI_Operation_Close(&asynchronous);
    synchronous = start(&hasty, 0, NULL, NULL);
    by_default = end_of(&synchronous);
    CHECK(MI_DestinationOptions_SetTimeout, default, "Sets the default options timeout value.",
          by_default.category == MI_ERRORCATEGORY_OPERATION_TIMEOUT);
    patient = start(&hasty, 0, &longer, NULL);
    fake_wmi_wait_blocked(1);
    fake_wmi_end();
    CHECK(MI_OperationOptions_SetTimeout, overrides,
          "use this function to override specific operations that may take longer.",
          end_of(&patient).result == MI_RESULT_OK);
    MI_Session_Close(&session, NULL, NULL);
    MI_Session_Close(&hasty, NULL, NULL);
    MI_OperationOptions_Delete(&one);
    MI_OperationOptions_Delete(&longer);
    MI_DestinationOptions_Delete(&session_wide);
    forget(&inbox);
}

/* The caller takes longer with a result than WMI may: that is none of the operation's. The time-out is one that WMI
 * keeps unless the machine is very busy. */
static void callers_time(void)
{
    static const MI_Interval seconds = {.seconds = 3};
    MI_OperationOptions options = operation_options(MI_FALSE);
    MI_Session session = open_with(NULL);
    struct inbox inbox = {.go = CreateEventW(NULL, TRUE, FALSE, NULL)};
    MI_Operation operation;
    HANDLE either[2];
    int begun;

    MI_OperationOptions_SetTimeout(&options, &seconds);
    operation = start(&session, 0, &options, &inbox);
    either[0] = inbox.begun;
    either[1] = inbox.ended;
    begun = WaitForMultipleObjects(2, either, FALSE, PATIENCE) == WAIT_OBJECT_0;
    WaitForSingleObject(inbox.ended, begun ? 3200 : 0);
    SetEvent(inbox.go);
    CHECK_IF(begun, "WMI took more than three seconds", MI_OperationOptions_SetTimeout, between_results,
             "For enumerations/subscribe/association, the interval is the maximum length before objects are delivered "
             "before it times out",
             ended(&inbox) && inbox.ending.result == MI_RESULT_OK && inbox.instances == 1);
    MI_Operation_Close(&operation);
    MI_Session_Close(&session, NULL, NULL);
    MI_OperationOptions_Delete(&options);
    CloseHandle(inbox.go);
    forget(&inbox);
}

/* ---- What WMI is told
 * ------------------------------------------------------------------------------------------------ */

static void told_to_wmi(void)
{
    MI_DestinationOptions where = destination_options();
    MI_OperationOptions options = operation_options(MI_FALSE);
    const struct wmi_told *told = fake_wmi_told();
    MI_Value value = text_value(MI_T("value"));
    MI_Session session;
    MI_Operation operation;
    struct ending ending;

    MI_DestinationOptions_SetUILocale(&where, MI_T("de-de"));
    session = open_with(&where);
    MI_OperationOptions_SetProviderArchitecture(&options, MI_PROVIDER_ARCHITECTURE_32BIT, MI_FALSE);
    MI_OperationOptions_SetCustomOption(&options, MI_T("TestOption"), MI_STRING, &value, MI_FALSE);
    fake_wmi_begin();
    fake_wmi_note_only();
    operation = start(&session, MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW | MI_OPERATIONFLAGS_LOCALIZED_QUALIFIERS,
                      &options, NULL);
    ending = end_of(&operation);
    fake_wmi_end();
    CHECK(MI_OperationCallback_Instance, wmi_error, "(WMI's error is the operation's)",
          ending.result == MI_RESULT_ACCESS_DENIED && ending.code == 0x80041003);
    CHECK(MI_DestinationOptions_SetUILocale, told,
          "The UI locale represents the language that error messages should come back to the client in.",
          !wcscmp(told->locale, L"MS_407"));
    CHECK(MI_OperationOptions_SetProviderArchitecture, told, "Sets the provider architecture for an operation.",
          told->architecture == 32);
    CHECK(MI_OperationOptions_SetCustomOption, told, "Sets a custom option for the operation.",
          !wcscmp(told->option, L"value"));
    CHECK(MI_Session_EnumerateInstances, flags, "Polymorphic and runtime type information (RTTI) flags.",
          (told->flags & WBEM_FLAG_SHALLOW) && (told->flags & WBEM_FLAG_USE_AMENDED_QUALIFIERS));
    MI_Session_Close(&session, NULL, NULL);
    MI_OperationOptions_Delete(&options);
    MI_DestinationOptions_Delete(&where);
}

static MI_Result with_options(MI_Session *session, MI_OperationOptions *options)
{
    MI_Operation operation = start(session, 0, options, NULL);
    MI_Result result = end_of(&operation).result;

    MI_OperationOptions_Delete(options);
    return result;
}

static void options_refused(void)
{
    MI_Session session = open_with(NULL);
    MI_OperationOptions options = operation_options(MI_TRUE);
    MI_Value value = number_value(1);

    MI_OperationOptions_SetCustomOption(&options, MI_T("Custom"), MI_UINT32, &value, MI_FALSE);
    CHECK(MI_Application_NewOperationOptions, mustUnderstand,
          "Setting this parameter to MI_TRUE can cause the operation to fail if the server cannot process one of the "
          "options.",
          with_options(&session, &options) == MI_RESULT_NOT_SUPPORTED);
    options = operation_options(MI_FALSE);
    MI_OperationOptions_SetCustomOption(&options, MI_T("Custom"), MI_UINT32, &value, MI_FALSE);
    CHECK(MI_OperationOptions_SetCustomOption, optional, "(an option that need not be complied with disturbs nobody)",
          with_options(&session, &options) == MI_RESULT_OK);
    options = operation_options(MI_FALSE);
    MI_OperationOptions_SetResourceUri(&options, MI_T("http://example.com/class"));
    CHECK(MI_OperationOptions_SetResourceUri, local, "(resource URIs are WINRM's)",
          with_options(&session, &options) == MI_RESULT_NOT_SUPPORTED);
    options = operation_options(MI_FALSE);
    MI_OperationOptions_SetUseMachineID(&options, MI_TRUE);
    MI_OperationOptions_SetWriteErrorMode(&options, MI_CALLBACKMODE_INQUIRE);
    MI_OperationOptions_SetPromptUserMode(&options, MI_CALLBACKMODE_REPORT);
    MI_OperationOptions_EnableChannel(&options, MI_WRITEMESSAGE_CHANNEL_DEBUG);
    CHECK(MI_OperationOptions_SetPromptUserMode, hold, "(modes and channels hold where providers ask and tell nothing)",
          with_options(&session, &options) == MI_RESULT_OK);
    MI_Session_Close(&session, NULL, NULL);
}

static void flags(void)
{
    MI_Session session = open_with(NULL);
    MI_Operation operation = start(&session, 0x80000000, NULL, NULL);
    struct ending started;

    CHECK(MI_Session_EnumerateInstances, unknown_flags, "(flags that there are not are a bad parameter)",
          end_of(&operation).result == MI_RESULT_INVALID_PARAMETER);
    operation = start(&session, MI_OPERATIONFLAGS_REPORT_OPERATION_STARTED, NULL, NULL);
    started = end_of(&operation);
    CHECK(MI_Session_EnumerateInstances, MI_OPERATIONFLAGS_REPORT_OPERATION_STARTED,
          "Requires a report to be issued whenever an operation has started.",
          started.result == MI_RESULT_OK && started.results == 1 && started.empty_results == 1);
    operation = start(&session,
                      MI_OPERATIONFLAGS_FULL_RTTI | MI_OPERATIONFLAGS_EXPENSIVE_PROPERTIES |
                          MI_OPERATIONFLAGS_POLYMORPHISM_DEEP_BASE_PROPS_ONLY,
                      NULL, NULL);
    CHECK(MI_Session_EnumerateInstances, acceptable_flags, "(flags that hold anyway)",
          end_of(&operation).result == MI_RESULT_OK);
    MI_Session_TestConnection(&session, MI_OPERATIONFLAGS_FULL_RTTI, NULL, &operation);
    CHECK(MI_Session_TestConnection, flags, "Must be 0.", end_of(&operation).result == MI_RESULT_INVALID_PARAMETER);
    MI_Session_Close(&session, NULL, NULL);
}

/* ---- Threads
 * --------------------------------------------------------------------------------------------------------- */

static DWORD WINAPI end_in_thread(void *context)
{
    MI_Operation *operation = context;

    return end_of(operation).results == 1;
}

static void any_thread(void)
{
    MI_Session session = open_with(NULL);
    MI_Operation operation = start(&session, 0, NULL, NULL);
    HANDLE thread = CreateThread(NULL, 0, end_in_thread, &operation, 0, NULL);
    DWORD good = 0;

    CHECK(MI_Operation_GetInstance, any_thread, "(results can be taken, and the handle closed, on another thread)",
          WaitForSingleObject(thread, PATIENCE) == WAIT_OBJECT_0 && GetExitCodeThread(thread, &good) && good);
    CloseHandle(thread);
    MI_Session_Close(&session, NULL, NULL);
}

static void blocked_callback(void)
{
    MI_Session session = open_with(NULL);
    struct inbox slow = {.go = CreateEventW(NULL, TRUE, FALSE, NULL)}, quick = {0};
    MI_Operation blocked = start(&session, 0, NULL, &slow), other, synchronous;

    WaitForSingleObject(slow.begun, PATIENCE);
    other = start(&session, 0, NULL, &quick);
    synchronous = start(&session, 0, NULL, NULL);
    CHECK(MI_OperationCallback_Instance, blocked, "(a callback that does not return holds up its own operation only)",
          ended(&quick) && quick.ending.result == MI_RESULT_OK && end_of(&synchronous).result == MI_RESULT_OK &&
              !slow.finals);
    SetEvent(slow.go);
    CHECK(MI_OperationCallback_Instance, unblocked, "(which goes on when it returns)",
          ended(&slow) && slow.ending.result == MI_RESULT_OK);
    MI_Operation_Close(&blocked);
    MI_Operation_Close(&other);
    MI_Session_Close(&session, NULL, NULL);
    CloseHandle(slow.go);
    forget(&slow);
    forget(&quick);
}

/* More results than are fetched ahead wait for a callback, and WMI is wanted by another operation meanwhile. */
static void blocked_amid_results(void)
{
    MI_Session session = open_with(NULL);
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;
    struct inbox slow = {.go = CreateEventW(NULL, TRUE, FALSE, NULL)};
    MI_Operation blocked = MI_OPERATION_NULL, other = MI_OPERATION_NULL;
    struct ending ending;

    slow.begun = CreateEventW(NULL, TRUE, FALSE, NULL);
    slow.ended = CreateEventW(NULL, TRUE, FALSE, NULL);
    callbacks.callbackContext = &slow;
    callbacks.instanceResult = on_instance;
    MI_Session_EnumerateInstances(&session, 0, NULL, NULL, MI_T("Win32_Service"), MI_FALSE, &callbacks, &blocked);
    WaitForSingleObject(slow.begun, PATIENCE);
    MI_Session_EnumerateInstances(&session, 0, NULL, NULL, MI_T("Win32_Service"), MI_FALSE, NULL, &other);
    ending = end_of(&other);
    CHECK(MI_OperationCallback_Instance, blocked_amid,
          "(nor does it keep others from the class that it has results of)",
          ending.result == MI_RESULT_OK && ending.results > 0 && !slow.finals);
    SetEvent(slow.go);
    CHECK(MI_OperationCallback_Instance, unblocked_amid, "(and none of its own results is lost)",
          ended(&slow) && slow.ending.result == MI_RESULT_OK && slow.instances == ending.results);
    MI_Operation_Close(&blocked);
    MI_Session_Close(&session, NULL, NULL);
    CloseHandle(slow.go);
    forget(&slow);
}

/* ---- The DLL goes
 * ------------------------------------------------------------------------------------------------------ */

static void unload(void)
{
    MI_Session session = open_with(NULL);
    HMODULE module = GetModuleHandleW(L"mi.dll");
    MI_Operation operation;

    fake_wmi_begin();
    fake_wmi_block();
    operation = start(&session, 0, NULL, NULL);
    fake_wmi_wait_blocked(1);
    MI_Operation_Close(&operation);
    MI_Session_Close(&session, NULL, NULL);
    CHECK(MI_Application_Close, unload, "Once the API does so, Mi.dll can be unloaded",
          OK(MI_Application_Close(application())) && FreeLibrary(module));
    CHECK(MI_Application_Close, stays, "(its code stays until its last thread has come back from WMI)",
          GetModuleHandleW(L"mi.dll") == module);
    fake_wmi_end();
    for (int i = 0; i < 10000 && GetModuleHandleW(L"mi.dll"); i++)
        Sleep(1);
    CHECK(MI_Application_Close, goes, "(and then it goes)", !GetModuleHandleW(L"mi.dll"));
    memset(application(), 0, sizeof(MI_Application));
    load_api(0);
    session = open_with(NULL);
    operation = start(&session, 0, NULL, NULL);
    CHECK(MI_Application_Initialize, again, "(it can be loaded and used again)",
          end_of(&operation).result == MI_RESULT_OK && OK(MI_Session_Close(&session, NULL, NULL)));
}

static const struct test_case cases[] = {{"reasons", reasons},
                                         {"cancel late", cancel_late},
                                         {"cancel amid results", cancel_amid_results},
                                         {"cancel in WMI", cancel_in_wmi},
                                         {"time-outs", time_outs},
                                         {"the caller's time", callers_time},
                                         {"told to WMI", told_to_wmi},
                                         {"operation options refused", options_refused},
                                         {"flags", flags},
                                         {"any thread", any_thread},
                                         {"a blocked callback", blocked_callback},
                                         {"a callback blocked amid results", blocked_amid_results},
                                         {"unload", unload},
                                         {NULL, NULL}};
const struct group control_group = {"control", __FILE__, cases};

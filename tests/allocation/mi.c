/*
 * mi without memory: a whole scenario, over and over, with another allocation failing each time. Linked with the DLL's
 * own object files, so that its allocator can be replaced. Every call has to succeed, and then with all that belongs to
 * its result, or to fail with a result that lack of memory explains; nothing may crash, and closing has to leave no
 * memory behind.
 */
#include "each_allocation.h"

#define MI_CLIENT_IMPORT
#include <mi.h>

#include <stdio.h>
#include <string.h>

/* ---- The DLL's allocator ------------------------------------------------------------------------------------------
 */

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void __wrap_free(void *memory);

void *__wrap_malloc(size_t size)
{
    return counting_alloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    void *memory = size && count > (size_t)-1 / size ? NULL : counting_alloc(count * size);

    return memory ? memset(memory, 0, count * size) : NULL;
}

void __wrap_free(void *memory)
{
    counting_free(memory);
}

void *__wrap_realloc(void *memory, size_t size)
{
    void *larger = counting_alloc(size);
    size_t old = memory ? HeapSize(GetProcessHeap(), 0, memory) : 0;

    if (!larger) return NULL;
    if (memory) memcpy(larger, memory, old < size ? old : size);
    counting_free(memory);
    return larger;
}

/* ---- The scenario -------------------------------------------------------------------------------------------------
 */

static int wrong;          /* calls that failed otherwise, or succeeded in part */
static int succeeded;      /* calls */
static MI_Uint32 elements; /* of the instance that is enumerated, when there is memory */
static MI_Application application;

static int worked(MI_Result result, const char *what)
{
    if (result == MI_RESULT_OK) return ++succeeded;
    if (result == MI_RESULT_SERVER_LIMITS_EXCEEDED) return 0;
    printf("# allocation %ld: %s gives %d\n", failing_allocation(), what, (int)result);
    wrong++;
    return 0;
}

/* An instance has all of its elements. */
static void look_at(const MI_Instance *instance)
{
    MI_Uint32 count = 0;

    MI_Instance_GetElementCount(instance, &count);
    if (!elements) elements = count;
    if (count == elements) return;
    printf("# allocation %ld: an instance has %u elements of %u\n", failing_allocation(), count, elements);
    wrong++;
}

/* What a synchronous operation comes to. One without a handle had no memory for it. */
static void finish(MI_Operation *operation, const char *what)
{
    const MI_Instance *instance = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_SERVER_LIMITS_EXCEEDED;

    if (!operation->ft) return;
    while (more && MI_Operation_GetInstance(operation, &instance, &more, &result, NULL, NULL) == MI_RESULT_OK)
        if (instance && more && !strcmp(what, "EnumerateInstances")) look_at(instance);
    worked(result, what);
    worked(MI_Operation_Close(operation), "Close");
}

static void get_class(MI_Session *session)
{
    MI_Operation operation = MI_OPERATION_NULL;
    const MI_Class *class_result = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_OK;

    MI_Session_GetClass(session, 0, NULL, NULL, MI_T("Win32_OperatingSystem"), NULL, &operation);
    if (!operation.ft) return;
    while (more && MI_Operation_GetClass(&operation, &class_result, &more, &result, NULL, NULL) == MI_RESULT_OK)
        ;
    worked(result, "GetClass");
    MI_Operation_Close(&operation);
}

struct inbox
{
    HANDLE ended;
    MI_Result result;
};

static void MI_CALL on_instance(MI_Operation *operation, void *context, const MI_Instance *instance, MI_Boolean more,
                                MI_Result result, const MI_Char *message, const MI_Instance *details,
                                MI_OperationCallback_ResultAcknowledgement acknowledge)
{
    struct inbox *inbox = context;

    (void)operation;
    (void)message;
    (void)details;
    (void)acknowledge;
    if (instance) look_at(instance);
    if (more) return;
    inbox->result = result;
    SetEvent(inbox->ended);
}

/* The final result comes in any case. */
static void by_callback(MI_Session *session)
{
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;
    struct inbox inbox = {CreateEventW(NULL, TRUE, FALSE, NULL), MI_RESULT_OK};
    MI_Operation operation = MI_OPERATION_NULL;

    callbacks.callbackContext = &inbox;
    callbacks.instanceResult = on_instance;
    MI_Session_QueryInstances(session, 0, NULL, NULL, MI_T("WQL"), MI_T("SELECT * FROM Win32_OperatingSystem"),
                              &callbacks, &operation);
    WaitForSingleObject(inbox.ended, INFINITE);
    worked(inbox.result, "QueryInstances");
    if (operation.ft) MI_Operation_Close(&operation);
    CloseHandle(inbox.ended);
}

static void use_session(MI_Session *session, MI_OperationOptions *options)
{
    MI_Operation operation = MI_OPERATION_NULL;

    MI_Session_EnumerateInstances(session, 0, options, NULL, MI_T("Win32_OperatingSystem"), MI_FALSE, NULL, &operation);
    finish(&operation, "EnumerateInstances");
    MI_Session_TestConnection(session, 0, NULL, &operation);
    finish(&operation, "TestConnection");
    get_class(session);
    by_callback(session);
}

static void with_options(MI_DestinationOptions *where, MI_OperationOptions *options)
{
    static const MI_Interval hour = {.hours = 1};
    MI_Value value = {.string = (MI_Char *)MI_T("value")};
    MI_Session session = MI_SESSION_NULL;
    MI_Instance *error = NULL;

    worked(MI_DestinationOptions_SetUILocale(where, MI_T("en-us")), "SetUILocale");
    worked(MI_DestinationOptions_SetTimeout(where, &hour), "SetTimeout");
    worked(MI_OperationOptions_SetTimeout(options, &hour), "SetTimeout");
    worked(MI_OperationOptions_SetCustomOption(options, MI_T("Custom"), MI_STRING, &value, MI_FALSE),
           "SetCustomOption");
    if (worked(MI_Application_NewSession(&application, NULL, NULL, where, NULL, &error, &session), "NewSession"))
    {
        use_session(&session, options);
        worked(MI_Session_Close(&session, NULL, NULL), "MI_Session_Close");
    }
    if (error) MI_Instance_Delete(error);
}

static void scenario(void)
{
    MI_DestinationOptions where = MI_DESTINATIONOPTIONS_NULL;
    MI_OperationOptions options = MI_OPERATIONOPTIONS_NULL;
    MI_Instance *error = NULL;

    if (!worked(MI_Application_Initialize(0, MI_T("allocation"), &error, &application), "MI_Application_Initialize"))
    {
        if (error) MI_Instance_Delete(error);
        return;
    }
    if (worked(MI_Application_NewDestinationOptions(&application, &where), "NewDestinationOptions"))
    {
        if (worked(MI_Application_NewOperationOptions(&application, MI_FALSE, &options), "NewOperationOptions"))
        {
            with_options(&where, &options);
            MI_OperationOptions_Delete(&options);
        }
        MI_DestinationOptions_Delete(&where);
    }
    worked(MI_Application_Close(&application), "MI_Application_Close");
}

static int worked_with_memory;

static void note_plain(void)
{
    worked_with_memory = succeeded == 32 && elements && !wrong;
    printf("# %d calls in two runs\n", succeeded);
}

int main(void)
{
    struct allocation_counts counts;

    setvbuf(stdout, NULL, _IONBF, 0);
    printf("1..5\n");
    each_allocation(scenario, note_plain, &counts);
    printf("%s 1 - with memory everything works\n", worked_with_memory ? "ok" : "not ok");
    printf("%s 2 - nothing is left after the closes (%ld blocks)\n", counts.left ? "not ok" : "ok", counts.left);
    printf("%s 3 - every allocation of the scenario failed once (%ld of %ld)\n",
           counts.failed > counts.allocations / 2 ? "ok" : "not ok", counts.failed, counts.allocations);
    printf("%s 4 - each failure is reported as a lack of memory, and nothing is left out\n", wrong ? "not ok" : "ok");
    printf("%s 5 - a failure leaves no memory behind\n", counts.leaks ? "not ok" : "ok");
    return wrong || counts.leaks || counts.left || !worked_with_memory;
}

/*
 * Without memory: the operations of sessions, on the machine's own WMI. See mi_scenario.h.
 */
#include "mi_scenario.h"

#include <string.h>

#define SPACE  MI_T("root/cimv2")
#define SYSTEM MI_T("Win32_OperatingSystem")
/* Its local time and free memory are others each time. */
#define CHANGES                                                                                                        \
    MI_T("SELECT * FROM __InstanceModificationEvent WITHIN 0.01 WHERE TargetInstance ISA '") SYSTEM MI_T("'")

/* What Wine's WMI lacks ends with the same result each time, or for lack of memory. */
static void ended(MI_Result result, const char *what, long amount)
{
    int lacks = result != MI_RESULT_OK && result != MI_RESULT_SERVER_LIMITS_EXCEEDED;

    if (lacks || worked(result, what)) complete(what, lacks ? -(long)result : amount);
}

/* ---- Synchronous operations ------------------------------------------------------------------------------------- */

/* What it comes to. One without a handle had no memory for it. */
static void finish(MI_Operation *operation, const char *what)
{
    const MI_Instance *instance = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_SERVER_LIMITS_EXCEEDED;
    long amount = 0;

    if (!operation->ft)
    {
        worked(MI_RESULT_SERVER_LIMITS_EXCEEDED, what);
        return;
    }
    while (more && MI_Operation_GetInstance(operation, &instance, &more, &result, NULL, NULL) == MI_RESULT_OK)
        if (instance) amount += 1 + amount_of(instance);
    ended(result, what, amount);
    worked(MI_Operation_Close(operation), "Close");
}

static void finish_classes(MI_Operation *operation, const char *what)
{
    const MI_Class *class_object = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_SERVER_LIMITS_EXCEEDED;
    MI_Uint32 elements = 0, methods = 0;
    long amount = 0;

    if (!operation->ft)
    {
        worked(MI_RESULT_SERVER_LIMITS_EXCEEDED, what);
        return;
    }
    while (more && MI_Operation_GetClass(operation, &class_object, &more, &result, NULL, NULL) == MI_RESULT_OK)
    {
        if (!class_object) continue;
        MI_Class_GetElementCount(class_object, &elements);
        MI_Class_GetMethodCount(class_object, &methods);
        amount += 1 + (long)elements + (long)methods;
    }
    ended(result, what, amount);
    worked(MI_Operation_Close(operation), "Close");
}

/* With a value, which is a key. NULL where there is no memory. */
static MI_Instance *key_instance(const MI_Char *class_name, const MI_Char *key, const MI_Char *text)
{
    MI_Value value = {.string = (MI_Char *)text};
    MI_Instance *instance = NULL;

    if (!worked(MI_Application_NewInstance(&application, class_name, NULL, &instance), "NewInstance")) return NULL;
    if (worked(MI_Instance_AddElement(instance, key, &value, MI_STRING, MI_FLAG_KEY), "AddElement")) return instance;
    MI_Instance_Delete(instance);
    return NULL;
}

static void enumerate(MI_Session *session)
{
    MI_Value value = {.string = (MI_Char *)MI_T("value")};
    MI_OperationOptions options = MI_OPERATIONOPTIONS_NULL;
    MI_Operation operation = MI_OPERATION_NULL;

    if (!worked(MI_Application_NewOperationOptions(&application, MI_FALSE, &options), "NewOperationOptions")) return;
    worked(MI_OperationOptions_SetCustomOption(&options, MI_T("Custom"), MI_STRING, &value, MI_FALSE),
           "SetCustomOption");
    MI_Session_EnumerateInstances(session, 0, &options, NULL, SYSTEM, MI_FALSE, NULL, &operation);
    finish(&operation, "EnumerateInstances");
    MI_Session_EnumerateInstances(session, 0, &options, SPACE, MI_T("Win32_LogicalDisk"), MI_TRUE, NULL, &operation);
    finish(&operation, "EnumerateInstances, keys only");
    MI_OperationOptions_Delete(&options);
}

static void test_connection(MI_Session *session)
{
    MI_Operation operation = MI_OPERATION_NULL;

    MI_Session_TestConnection(session, 0, NULL, &operation);
    finish(&operation, "TestConnection");
}

static void get_instance(MI_Session *session)
{
    MI_Instance *disk = key_instance(MI_T("Win32_LogicalDisk"), MI_T("DeviceID"), MI_T("C:"));
    MI_Operation operation = MI_OPERATION_NULL;

    if (!disk) return;
    MI_Session_GetInstance(session, 0, NULL, SPACE, disk, NULL, &operation);
    finish(&operation, "GetInstance");
    MI_Instance_Delete(disk);
}

static void associators(MI_Session *session)
{
    MI_Instance *disk = key_instance(MI_T("Win32_LogicalDisk"), MI_T("DeviceID"), MI_T("C:"));
    MI_Operation operation = MI_OPERATION_NULL;

    if (!disk) return;
    MI_Session_AssociatorInstances(session, 0, NULL, SPACE, disk, NULL, MI_T("Win32_DiskPartition"), NULL, NULL,
                                   MI_FALSE, NULL, &operation);
    finish(&operation, "AssociatorInstances");
    MI_Instance_Delete(disk);
}

static void references(MI_Session *session)
{
    MI_Instance *disk = key_instance(MI_T("Win32_LogicalDisk"), MI_T("DeviceID"), MI_T("C:"));
    MI_Operation operation = MI_OPERATION_NULL;

    if (!disk) return;
    MI_Session_ReferenceInstances(session, 0, NULL, SPACE, disk, MI_T("Win32_LogicalDiskToPartition"), NULL, MI_FALSE,
                                  NULL, &operation);
    finish(&operation, "ReferenceInstances");
    MI_Instance_Delete(disk);
}

/* Nothing that Wine's WMI has can be written. */
static void change(MI_Session *session)
{
    MI_Value text = {.string = (MI_Char *)MI_T("x")};
    MI_Instance *disk = key_instance(MI_T("Win32_LogicalDisk"), MI_T("DeviceID"), MI_T("none:"));
    MI_Operation operation = MI_OPERATION_NULL;

    if (!disk) return;
    if (worked(MI_Instance_AddElement(disk, MI_T("VolumeName"), &text, MI_STRING, 0), "AddElement"))
    {
        MI_Session_CreateInstance(session, 0, NULL, SPACE, disk, NULL, &operation);
        finish(&operation, "CreateInstance");
        MI_Session_ModifyInstance(session, 0, NULL, SPACE, disk, NULL, &operation);
        finish(&operation, "ModifyInstance");
    }
    MI_Session_DeleteInstance(session, 0, NULL, SPACE, disk, NULL, &operation);
    finish(&operation, "DeleteInstance");
    MI_Instance_Delete(disk);
}

/* Instances with references to others. */
static void links(MI_Session *session)
{
    MI_Operation operation = MI_OPERATION_NULL;

    MI_Session_EnumerateInstances(session, 0, NULL, SPACE, MI_T("Win32_LogicalDiskToPartition"), MI_FALSE, NULL,
                                  &operation);
    finish(&operation, "EnumerateInstances, references");
}

/* ---- Methods ---------------------------------------------------------------------------------------------------- */

static int put_text(MI_Instance *instance, const MI_Char *name, const MI_Char *text)
{
    MI_Value value = {.string = (MI_Char *)text};

    return worked(MI_Instance_AddElement(instance, name, &value, MI_STRING, 0), "AddElement");
}

static int put_parameters(MI_Instance *parameters, const MI_Char *value_name)
{
    MI_Value root = {.uint32 = 0x80000002u};

    return worked(MI_Instance_AddElement(parameters, MI_T("hDefKey"), &root, MI_UINT32, 0), "AddElement") &&
           put_text(parameters, MI_T("sSubKeyName"), MI_T("Software\\Microsoft\\Windows NT\\CurrentVersion")) &&
           (!value_name || put_text(parameters, MI_T("sValueName"), value_name));
}

static void call(MI_Session *session, const MI_Char *method, const MI_Char *value_name, const char *what)
{
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Instance *parameters = NULL;

    if (!worked(MI_Application_NewParameterSet(&application, NULL, &parameters), "NewParameterSet")) return;
    if (put_parameters(parameters, value_name))
    {
        MI_Session_Invoke(session, 0, NULL, SPACE, MI_T("StdRegProv"), method, NULL, parameters, NULL, &operation);
        finish(&operation, what);
    }
    MI_Instance_Delete(parameters);
}

static void invoke(MI_Session *session)
{
    call(session, MI_T("GetStringValue"), MI_T("CurrentVersion"), "Invoke");
    call(session, MI_T("EnumKey"), NULL, "Invoke, array");
}

/* ---- Classes ---------------------------------------------------------------------------------------------------- */

static void get_class(MI_Session *session)
{
    MI_Operation operation = MI_OPERATION_NULL;

    MI_Session_GetClass(session, 0, NULL, NULL, MI_T("StdRegProv"), NULL, &operation);
    finish_classes(&operation, "GetClass");
}

static void enumerate_classes(MI_Session *session)
{
    MI_Operation operation = MI_OPERATION_NULL;

    MI_Session_EnumerateClasses(session, 0, NULL, SPACE, NULL, MI_TRUE, NULL, &operation);
    finish_classes(&operation, "EnumerateClasses");
}

/* ---- By callbacks ----------------------------------------------------------------------------------------------- */

struct inbox
{
    HANDLE ended;
    MI_Result result;
    long amount;
    int cancels; /* after the first result */
};

static void take(struct inbox *inbox, MI_Operation *operation, MI_Boolean more, MI_Result result)
{
    if (more && inbox->cancels) MI_Operation_Cancel(operation, MI_REASON_NONE);
    if (more) return;
    inbox->result = result;
    SetEvent(inbox->ended);
}

static void MI_CALL on_instance(MI_Operation *operation, void *context, const MI_Instance *instance, MI_Boolean more,
                                MI_Result result, const MI_Char *message, const MI_Instance *details,
                                MI_OperationCallback_ResultAcknowledgement acknowledge)
{
    struct inbox *inbox = context;

    (void)message;
    (void)details;
    (void)acknowledge;
    if (instance) inbox->amount += 1 + amount_of(instance);
    take(inbox, operation, more, result);
}

static void MI_CALL on_class(MI_Operation *operation, void *context, const MI_Class *class_object, MI_Boolean more,
                             MI_Result result, const MI_Char *message, const MI_Instance *details,
                             MI_OperationCallback_ResultAcknowledgement acknowledge)
{
    struct inbox *inbox = context;
    MI_Uint32 count = 0;

    (void)message;
    (void)details;
    (void)acknowledge;
    if (class_object && MI_Class_GetElementCount(class_object, &count) == MI_RESULT_OK)
        inbox->amount += 1 + (long)count;
    take(inbox, operation, more, result);
}

/* Whether an event has its instances. */
static void look_at_event(const MI_Instance *event, const MI_Char *machine)
{
    MI_Value value = {0};

    complete("an event", amount_of(event));
    if (MI_Instance_GetElement(event, MI_T("TargetInstance"), &value, NULL, NULL, NULL) == MI_RESULT_OK)
        complete("an event's instance", amount_of(value.instance));
    if (!machine || !*machine) complain("an event", "lacks its machine's name", 1);
}

static void MI_CALL on_indication(MI_Operation *operation, void *context, const MI_Instance *event,
                                  const MI_Char *bookmark, const MI_Char *machine, MI_Boolean more, MI_Result result,
                                  const MI_Char *message, const MI_Instance *details,
                                  MI_OperationCallback_ResultAcknowledgement acknowledge)
{
    struct inbox *inbox = context;

    (void)bookmark;
    (void)message;
    (void)details;
    (void)acknowledge;
    if (event) look_at_event(event, machine);
    inbox->amount += event != NULL;
    take(inbox, operation, more, result);
}

static MI_OperationCallbacks callbacks_to(struct inbox *inbox)
{
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;

    memset(inbox, 0, sizeof(*inbox));
    inbox->ended = CreateEventW(NULL, TRUE, FALSE, NULL);
    callbacks.callbackContext = inbox;
    callbacks.instanceResult = on_instance;
    callbacks.classResult = on_class;
    callbacks.indicationResult = on_indication;
    return callbacks;
}

/* The final result comes in any case. */
static void wait_for_end(struct inbox *inbox, MI_Operation *operation)
{
    WaitForSingleObject(inbox->ended, INFINITE);
    CloseHandle(inbox->ended);
    if (operation->ft) worked(MI_Operation_Close(operation), "Close");
}

static void query_by_callback(MI_Session *session)
{
    MI_Operation operation = MI_OPERATION_NULL;
    struct inbox inbox;
    MI_OperationCallbacks callbacks = callbacks_to(&inbox);

    MI_Session_QueryInstances(session, 0, NULL, NULL, MI_T("WQL"), MI_T("SELECT * FROM ") SYSTEM, &callbacks,
                              &operation);
    wait_for_end(&inbox, &operation);
    if (worked(inbox.result, "QueryInstances")) complete("QueryInstances", inbox.amount);
}

static void get_class_by_callback(MI_Session *session)
{
    MI_Operation operation = MI_OPERATION_NULL;
    struct inbox inbox;
    MI_OperationCallbacks callbacks = callbacks_to(&inbox);

    MI_Session_GetClass(session, 0, NULL, SPACE, SYSTEM, &callbacks, &operation);
    wait_for_end(&inbox, &operation);
    if (worked(inbox.result, "GetClass")) complete("GetClass", inbox.amount);
}

/* ---- Events ----------------------------------------------------------------------------------------------------- */

/* A subscription that was cancelled says that it failed; one that failed earlier, why. */
static void look_at_end(const char *what, MI_Result result, long events)
{
    if (result != MI_RESULT_FAILED)
        worked(result, what);
    else if (events == 0)
        complain(what, "fails without an event, as", result);
    else
        worked(MI_RESULT_OK, what);
    if (result == MI_RESULT_OK) complain(what, "ends by itself, after", events);
}

static void finish_events(MI_Operation *operation, const char *what)
{
    const MI_Instance *event = NULL;
    const MI_Char *machine = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_SERVER_LIMITS_EXCEEDED;
    long events = 0;

    if (!operation->ft)
    {
        worked(MI_RESULT_SERVER_LIMITS_EXCEEDED, what);
        return;
    }
    while (more &&
           MI_Operation_GetIndication(operation, &event, NULL, &machine, &more, &result, NULL, NULL) == MI_RESULT_OK)
    {
        if (event) look_at_event(event, machine);
        if (event && ++events == 1) MI_Operation_Cancel(operation, MI_REASON_NONE);
    }
    look_at_end(what, result, events);
    worked(MI_Operation_Close(operation), "Close");
}

static void subscribe(MI_Session *session)
{
    MI_SubscriptionDeliveryOptions delivery = MI_SUBSCRIPTIONDELIVERYOPTIONS_NULL;
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Interval hour = {.hours = 1};

    if (!worked(
            MI_Application_NewSubscriptionDeliveryOptions(&application, MI_SubscriptionDeliveryType_Pull, &delivery),
            "NewSubscriptionDeliveryOptions"))
        return;
    worked(MI_SubscriptionDeliveryOptions_SetMaximumLatency(&delivery, &hour), "SetMaximumLatency");
    MI_Session_Subscribe(session, 0, NULL, SPACE, MI_T("WQL"), CHANGES, &delivery, NULL, &operation);
    finish_events(&operation, "Subscribe");
    worked(MI_SubscriptionDeliveryOptions_Delete(&delivery), "Delete");
}

static void subscribe_by_callback(MI_Session *session)
{
    MI_Operation operation = MI_OPERATION_NULL;
    struct inbox inbox;
    MI_OperationCallbacks callbacks = callbacks_to(&inbox);

    inbox.cancels = 1;
    MI_Session_Subscribe(session, 0, NULL, SPACE, MI_T("WQL"), CHANGES, NULL, &callbacks, &operation);
    wait_for_end(&inbox, &operation);
    look_at_end("Subscribe by callback", inbox.result, inbox.amount);
}

const struct scenario operation_scenarios[] = {{"EnumerateInstances", NULL, enumerate},
                                               {"TestConnection", NULL, test_connection},
                                               {"GetInstance", NULL, get_instance},
                                               {"AssociatorInstances", NULL, associators},
                                               {"ReferenceInstances", NULL, references},
                                               {"values that are references", NULL, links},
                                               {"changes", NULL, change},
                                               {"Invoke", NULL, invoke},
                                               {"GetClass", NULL, get_class},
                                               {"EnumerateClasses", NULL, enumerate_classes},
                                               {"QueryInstances by callback", NULL, query_by_callback},
                                               {"GetClass by callback", NULL, get_class_by_callback},
                                               {"Subscribe", NULL, subscribe},
                                               {"Subscribe by callback", NULL, subscribe_by_callback},
                                               {NULL, NULL, NULL}};

/* Operations that are carried through. See mi_operate.h. */
#include "mi_operate.h"

static MI_Session the_session;

MI_Session *open_session(void)
{
    MI_Application found;

    if (the_session.ft && MI_Session_GetApplication(&the_session, &found) == MI_RESULT_OK) return &the_session;
    memset(&the_session, 0, sizeof(the_session));
    MI_Application_NewSession(application(), NULL, NULL, NULL, NULL, NULL, &the_session);
    return &the_session;
}

int close_session(void)
{
    MI_Result result = MI_Session_Close(&the_session, NULL, NULL);

    memset(&the_session, 0, sizeof(the_session));
    return OK(result);
}

/* ---- Endings ---------------------------------------------------------------------------------------------------- */

static void take_error(struct ending *ending, MI_Result result, const MI_Char *message, const MI_Instance *details)
{
    ending->result = result;
    if (message) swprintf(ending->text, COUNT_OF(ending->text), L"%.199ls", message);
    if (details)
    {
        const MI_Char *text = text_of(details, MI_T("Message"));

        ending->status = (MI_Uint32)number_of(details, MI_T("CIMStatusCode"));
        ending->code = (MI_Uint32)number_of(details, MI_T("error_Code"));
        ending->has_error = text && *text && message && !wcscmp(text, message) &&
                            text_of(details, MI_T("error_Type")) && text_of(details, MI_T("MessageID")) &&
                            text_of(details, MI_T("OMI_Type")) && type_of(details, MI_T("error_Category")) == MI_UINT16;
    }
    note("the result is %d after %d, its code 0x%x, its text %ls", (int)result, ending->results, ending->code,
         ending->text);
}

struct ending finish(MI_Operation *operation, MI_Instance **first)
{
    const MI_Instance *instance = NULL, *details = NULL;
    const MI_Char *message = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_FAILED;
    struct ending ending;

    memset(&ending, 0, sizeof(ending));
    if (first) *first = NULL;
    while (more && MI_Operation_GetInstance(operation, &instance, &more, &result, &message, &details) == MI_RESULT_OK)
    {
        if (instance && first && !*first) MI_Instance_Clone(instance, first);
        ending.results += instance != NULL;
    }
    take_error(&ending, result, message, details);
    MI_Operation_Close(operation);
    return ending;
}

struct ending finish_classes(MI_Operation *operation, MI_Class **first)
{
    const MI_Class *class_object = NULL;
    const MI_Instance *details = NULL;
    const MI_Char *message = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_FAILED;
    struct ending ending;

    memset(&ending, 0, sizeof(ending));
    if (first) *first = NULL;
    while (more && MI_Operation_GetClass(operation, &class_object, &more, &result, &message, &details) == MI_RESULT_OK)
    {
        if (class_object && first && !*first) MI_Class_Clone(class_object, first);
        ending.results += class_object != NULL;
    }
    take_error(&ending, result, message, details);
    MI_Operation_Close(operation);
    return ending;
}

/* ---- Callbacks -------------------------------------------------------------------------------------------------- */

struct receipt
{
    struct inbox *inbox;
    MI_Operation operation;
    MI_OperationCallback_ResultAcknowledgement acknowledge;
};

static DWORD WINAPI acknowledge_later(void *context)
{
    struct receipt receipt = *(struct receipt *)context;

    HeapFree(GetProcessHeap(), 0, context);
    Sleep(5);
    InterlockedExchange(&receipt.inbox->open, 0);
    receipt.acknowledge(&receipt.operation);
    return 0;
}

/* Whether there is to be more. */
static void take(struct inbox *inbox, MI_Operation *operation, int has_result, MI_Boolean more, MI_Result result,
                 const MI_Char *message, const MI_Instance *details,
                 MI_OperationCallback_ResultAcknowledgement acknowledge)
{
    struct receipt *receipt;

    if (InterlockedExchange(&inbox->open, inbox->manual && more)) inbox->ending.bad_order++;
    inbox->ending.results += has_result;
    if (!more)
    {
        take_error(&inbox->ending, result, message, details);
        SetEvent(inbox->final);
        return;
    }
    if (!inbox->manual) return;
    if (!acknowledge) inbox->ending.bad_order++;
    receipt = HeapAlloc(GetProcessHeap(), 0, sizeof(*receipt));
    *receipt = (struct receipt){inbox, *operation, acknowledge};
    CloseHandle(CreateThread(NULL, 0, acknowledge_later, receipt, 0, NULL));
}

static void MI_CALL on_instance(MI_Operation *operation, void *context, const MI_Instance *instance, MI_Boolean more,
                                MI_Result result, const MI_Char *message, const MI_Instance *details,
                                MI_OperationCallback_ResultAcknowledgement acknowledge)
{
    struct inbox *inbox = context;

    if (instance && !inbox->first) MI_Instance_Clone(instance, &inbox->first);
    take(inbox, operation, instance != NULL, more, result, message, details, acknowledge);
}

static void MI_CALL on_class(MI_Operation *operation, void *context, const MI_Class *class_object, MI_Boolean more,
                             MI_Result result, const MI_Char *message, const MI_Instance *details,
                             MI_OperationCallback_ResultAcknowledgement acknowledge)
{
    struct inbox *inbox = context;

    if (class_object && !inbox->first_class) MI_Class_Clone(class_object, &inbox->first_class);
    take(inbox, operation, class_object != NULL, more, result, message, details, acknowledge);
}

MI_OperationCallbacks callbacks_to(struct inbox *inbox, int manual)
{
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;

    memset(inbox, 0, sizeof(*inbox));
    inbox->manual = manual;
    inbox->final = CreateEventW(NULL, TRUE, FALSE, NULL);
    callbacks.callbackContext = inbox;
    callbacks.instanceResult = on_instance;
    callbacks.classResult = on_class;
    return callbacks;
}

struct ending wait_for(struct inbox *inbox, MI_Operation *operation)
{
    if (WaitForSingleObject(inbox->final, 30000) != WAIT_OBJECT_0) inbox->ending.bad_order++;
    MI_Operation_Close(operation);
    if (inbox->first) MI_Instance_Delete(inbox->first);
    if (inbox->first_class) MI_Class_Delete(inbox->first_class);
    CloseHandle(inbox->final);
    return inbox->ending;
}

/* ---- Elements --------------------------------------------------------------------------------------------------- */

const MI_Char *text_of(const MI_Instance *instance, const MI_Char *name)
{
    MI_Value value = {0};
    MI_Type type = MI_BOOLEAN;

    if (!instance || MI_Instance_GetElement(instance, name, &value, &type, NULL, NULL) != MI_RESULT_OK) return NULL;
    return type == MI_STRING ? value.string : NULL;
}

long long number_of(const MI_Instance *instance, const MI_Char *name)
{
    MI_Value value = {0};
    MI_Type type = MI_BOOLEAN;

    if (!instance || MI_Instance_GetElement(instance, name, &value, &type, NULL, NULL) != MI_RESULT_OK) return -999;
    switch (type)
    {
    case MI_BOOLEAN:
    case MI_UINT8:
        return value.uint8;
    case MI_SINT8:
        return value.sint8;
    case MI_UINT16:
    case MI_CHAR16:
        return value.uint16;
    case MI_SINT16:
        return value.sint16;
    case MI_UINT32:
        return value.uint32;
    case MI_SINT32:
        return value.sint32;
    default:
        return value.sint64;
    }
}

MI_Type type_of(const MI_Instance *instance, const MI_Char *name)
{
    MI_Type type = (MI_Type)-1;

    if (instance) MI_Instance_GetElement(instance, name, NULL, &type, NULL, NULL);
    return type;
}

MI_Uint32 flags_of(const MI_Instance *instance, const MI_Char *name)
{
    MI_Uint32 flags = 0;

    if (instance) MI_Instance_GetElement(instance, name, NULL, NULL, &flags, NULL);
    return flags;
}

MI_Uint32 count_of(const MI_Instance *instance)
{
    MI_Uint32 count = 0;

    if (instance) MI_Instance_GetElementCount(instance, &count);
    return count;
}

void put_text(MI_Instance *instance, const MI_Char *name, const MI_Char *text)
{
    MI_Value value = text_value(text);

    MI_Instance_AddElement(instance, name, &value, MI_STRING, 0);
}

void put_number(MI_Instance *instance, const MI_Char *name, MI_Uint32 number)
{
    MI_Value value = number_value(number);

    MI_Instance_AddElement(instance, name, &value, MI_UINT32, 0);
}

MI_Instance *key_instance(const MI_Char *class_name, const MI_Char *key, const MI_Char *text)
{
    MI_Instance *instance = NULL;
    MI_Value value = text_value(text);

    MI_Application_NewInstance(application(), class_name, NULL, &instance);
    MI_Instance_AddElement(instance, key, &value, MI_STRING, MI_FLAG_KEY);
    return instance;
}

/*
 * A program on the Management Infrastructure API as its documentation has it: it names the operating system, asks a
 * method of a class for a value of the registry, and hears of results by callbacks. It prints three lines. C and C++.
 */
#include <windows.h>
#include <mi.h>
#include <stdio.h>

struct Results
{
    HANDLE done;
    unsigned count;
    MI_Result result;
};

static void MI_CALL InstanceCallback(MI_Operation *operation, void *callbackContext, const MI_Instance *instance,
                                     MI_Boolean moreResults, MI_Result resultCode, const MI_Char *errorString,
                                     const MI_Instance *errorDetails,
                                     MI_OperationCallback_ResultAcknowledgement resultAcknowledgement)
{
    struct Results *results = (struct Results *)callbackContext;

    (void)operation, (void)errorString, (void)errorDetails, (void)resultAcknowledgement;
    if (instance) results->count++;
    if (moreResults) return;
    results->result = resultCode;
    SetEvent(results->done);
}

static MI_Result NameSystem(MI_Session *session)
{
    MI_Operation operation = MI_OPERATION_NULL;
    const MI_Instance *instance = NULL;
    MI_Boolean moreResults = MI_TRUE;
    MI_Result result = MI_RESULT_OK;
    MI_Value value;
    MI_Type type;

    MI_Session_EnumerateInstances(session, 0, NULL, MI_T("root/cimv2"), MI_T("Win32_OperatingSystem"), MI_FALSE, NULL,
                                  &operation);
    while (moreResults)
    {
        if (MI_Operation_GetInstance(&operation, &instance, &moreResults, &result, NULL, NULL) != MI_RESULT_OK) break;
        if (instance && MI_Instance_GetElement(instance, MI_T("Caption"), &value, &type, NULL, NULL) == MI_RESULT_OK &&
            type == MI_STRING)
            wprintf(L"system: %ls\n", value.string);
    }
    MI_Operation_Close(&operation);
    return result;
}

static MI_Result AskRegistry(MI_Application *application, MI_Session *session)
{
    MI_Operation operation = MI_OPERATION_NULL;
    const MI_Instance *instance = NULL;
    MI_Instance *parameters = NULL;
    MI_Boolean moreResults;
    MI_Result result;
    MI_Value value;
    MI_Type type;

    result = MI_Application_NewParameterSet(application, NULL, &parameters);
    if (result != MI_RESULT_OK) return result;
    value.sint32 = (MI_Sint32)0x80000002; /* HKEY_LOCAL_MACHINE */
    MI_Instance_AddElement(parameters, MI_T("hDefKey"), &value, MI_SINT32, 0);
    value.string = (MI_Char *)MI_T("Software\\Microsoft\\Windows NT\\CurrentVersion");
    MI_Instance_AddElement(parameters, MI_T("sSubKeyName"), &value, MI_STRING, MI_FLAG_BORROW);
    value.string = (MI_Char *)MI_T("CurrentVersion");
    MI_Instance_AddElement(parameters, MI_T("sValueName"), &value, MI_STRING, MI_FLAG_BORROW);
    MI_Session_Invoke(session, 0, NULL, MI_T("root/cimv2"), MI_T("StdRegProv"), MI_T("GetStringValue"), NULL,
                      parameters, NULL, &operation);
    MI_Operation_GetInstance(&operation, &instance, &moreResults, &result, NULL, NULL);
    if (instance && MI_Instance_GetElement(instance, MI_T("sValue"), &value, &type, NULL, NULL) == MI_RESULT_OK &&
        type == MI_STRING)
        wprintf(L"version: %ls\n", value.string);
    MI_Operation_Close(&operation);
    MI_Instance_Delete(parameters);
    return result;
}

static MI_Result CountProcesses(MI_Session *session)
{
    struct Results results = {CreateEventW(NULL, TRUE, FALSE, NULL), 0, MI_RESULT_FAILED};
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;
    MI_Operation operation = MI_OPERATION_NULL;

    callbacks.callbackContext = &results;
    callbacks.instanceResult = InstanceCallback;
    MI_Session_QueryInstances(session, 0, NULL, MI_T("root/cimv2"), MI_T("WQL"),
                              MI_T("SELECT Handle FROM Win32_Process"), &callbacks, &operation);
    WaitForSingleObject(results.done, INFINITE);
    MI_Operation_Close(&operation);
    CloseHandle(results.done);
    if (results.count > 0) wprintf(L"processes: some\n");
    return results.result;
}

int main(void)
{
    MI_Application application = MI_APPLICATION_NULL;
    MI_Session session = MI_SESSION_NULL;
    MI_Result result = MI_Application_Initialize(0, NULL, NULL, &application);

    if (result != MI_RESULT_OK) return (int)result;
    result = MI_Application_NewSession(&application, NULL, NULL, NULL, NULL, NULL, &session);
    if (result == MI_RESULT_OK) result = NameSystem(&session);
    if (result == MI_RESULT_OK) result = AskRegistry(&application, &session);
    if (result == MI_RESULT_OK) result = CountProcesses(&session);
    MI_Session_Close(&session, NULL, NULL);
    MI_Application_Close(&application);
    return (int)result;
}

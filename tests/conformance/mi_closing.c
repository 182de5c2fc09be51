/*
 * Sessions to close, and what runs in them. See mi_closing.h.
 */
#include "mi_closing.h"

MI_Session new_session(void)
{
    MI_Session session = MI_SESSION_NULL;

    MI_Application_NewSession(application(), NULL, NULL, NULL, NULL, NULL, &session);
    return session;
}

MI_Operation start_synchronous(MI_Session *session)
{
    MI_Operation operation = MI_OPERATION_NULL;

    MI_Session_EnumerateInstances(session, 0, NULL, NULL, MI_T("Win32_OperatingSystem"), MI_FALSE, NULL, &operation);
    return operation;
}

MI_Result final_result(MI_Operation *operation)
{
    const MI_Instance *instance;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_OK;

    while (more && MI_Operation_GetInstance(operation, &instance, &more, &result, NULL, NULL) == MI_RESULT_OK)
        ;
    return result;
}

void MI_CALL completed(void *context)
{
    struct completion *completion = context;

    InterlockedIncrement(&completion->calls);
    SetEvent(completion->event);
}

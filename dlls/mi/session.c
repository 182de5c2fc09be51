/*
 * Sessions and operations, which are not there yet: none can be made, so every handle is of none.
 */
#include "mi/session.h"

#include "common/trace.h"
#include "mi/application.h"
#include "mi/handles.h"

#include <string.h>

CORK_TRACE_CHANNEL(mi);

#pragma GCC diagnostic ignored "-Wunused-parameter"

MI_Result MI_CALL mi_session_new(MI_Application *application, const MI_Char *protocol, const MI_Char *destination,
                                 MI_DestinationOptions *options, MI_SessionCallbacks *callbacks,
                                 MI_Instance **extended_error, MI_Session *session)
{
    struct cork_pin pin;

    CORK_FIXME("protocol %s, destination %s: not implemented\n", cork_debugstr_w(protocol),
               cork_debugstr_w(destination));
    if (extended_error) *extended_error = NULL;
    if (session) memset(session, 0, sizeof(*session));
    if (!session || !application || !mi_handle_acquire(application->reserved1, MI_HANDLE_APPLICATION, &pin))
        return mi_fail(extended_error, MI_RESULT_INVALID_PARAMETER, NULL);
    cork_pin_release(&pin);
    return mi_fail(extended_error, MI_RESULT_NOT_SUPPORTED, MI_T("Sessions are not implemented."));
}

static MI_Result MI_CALL session_Close(MI_Session *self, void *context, MI_SessionCloseCompleted completed)
{
    if (!completed) return MI_RESULT_INVALID_PARAMETER;
    completed(context);
    return MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL session_GetApplication(MI_Session *self, MI_Application *application)
{
    if (application) memset(application, 0, sizeof(*application));
    return MI_RESULT_INVALID_PARAMETER;
}

#define HEAD MI_Session *self, MI_Uint32 flags, MI_OperationOptions *options, const MI_Char *name_space
#define TAIL MI_OperationCallbacks *callbacks, MI_Operation *operation

static void MI_CALL session_one(HEAD, const MI_Instance *instance, TAIL)
{
    MI_NoInstanceOperation_(callbacks, operation);
}

static void MI_CALL session_Invoke(HEAD, const MI_Char *class_name, const MI_Char *method, const MI_Instance *instance,
                                   const MI_Instance *parameters, TAIL)
{
    MI_NoInstanceOperation_(callbacks, operation);
}

static void MI_CALL session_EnumerateInstances(HEAD, const MI_Char *class_name, MI_Boolean keys_only, TAIL)
{
    MI_NoInstanceOperation_(callbacks, operation);
}

static void MI_CALL session_QueryInstances(HEAD, const MI_Char *dialect, const MI_Char *query, TAIL)
{
    MI_NoInstanceOperation_(callbacks, operation);
}

static void MI_CALL session_AssociatorInstances(HEAD, const MI_Instance *instance, const MI_Char *association,
                                                const MI_Char *result_class, const MI_Char *role,
                                                const MI_Char *result_role, MI_Boolean keys_only, TAIL)
{
    MI_NoInstanceOperation_(callbacks, operation);
}

static void MI_CALL session_ReferenceInstances(HEAD, const MI_Instance *instance, const MI_Char *result_class,
                                               const MI_Char *role, MI_Boolean keys_only, TAIL)
{
    MI_NoInstanceOperation_(callbacks, operation);
}

static void MI_CALL session_Subscribe(HEAD, const MI_Char *dialect, const MI_Char *query,
                                      const MI_SubscriptionDeliveryOptions *delivery, TAIL)
{
    MI_NoIndicationOperation_(callbacks, operation);
}

static void MI_CALL session_GetClass(HEAD, const MI_Char *class_name, TAIL)
{
    MI_NoClassOperation_(callbacks, operation);
}

static void MI_CALL session_EnumerateClasses(HEAD, const MI_Char *class_name, MI_Boolean names_only, TAIL)
{
    MI_NoClassOperation_(callbacks, operation);
}

static void MI_CALL session_TestConnection(MI_Session *self, MI_Uint32 flags, TAIL)
{
    MI_NoInstanceOperation_(callbacks, operation);
}

const MI_SessionFT mi_session_table = {
    .Close = session_Close,
    .GetApplication = session_GetApplication,
    .GetInstance = session_one,
    .ModifyInstance = session_one,
    .CreateInstance = session_one,
    .DeleteInstance = session_one,
    .Invoke = session_Invoke,
    .EnumerateInstances = session_EnumerateInstances,
    .QueryInstances = session_QueryInstances,
    .AssociatorInstances = session_AssociatorInstances,
    .ReferenceInstances = session_ReferenceInstances,
    .Subscribe = session_Subscribe,
    .GetClass = session_GetClass,
    .EnumerateClasses = session_EnumerateClasses,
    .TestConnection = session_TestConnection,
};

void mi_session_cancel(void *object)
{
}

void mi_session_destroy(void *object)
{
}

/* ---- Operations ------------------------------------------------------------------------------------------------- */

static MI_Result MI_CALL operation_Close(MI_Operation *self)
{
    return MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL operation_Cancel(MI_Operation *self, MI_CancellationReason reason)
{
    return MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL operation_GetSession(MI_Operation *self, MI_Session *session)
{
    if (session) memset(session, 0, sizeof(*session));
    return MI_RESULT_INVALID_PARAMETER;
}

static MI_Result no_result(MI_Boolean *more, MI_Result *result, const MI_Char **message, const MI_Instance **details)
{
    if (more) *more = MI_FALSE;
    if (result) *result = MI_RESULT_INVALID_PARAMETER;
    if (message) *message = NULL;
    if (details) *details = NULL;
    return MI_RESULT_INVALID_PARAMETER;
}

#define RESULT MI_Boolean *more, MI_Result *result, const MI_Char **message, const MI_Instance **details

static MI_Result MI_CALL operation_GetInstance(MI_Operation *self, const MI_Instance **instance, RESULT)
{
    if (instance) *instance = NULL;
    return no_result(more, result, message, details);
}

static MI_Result MI_CALL operation_GetIndication(MI_Operation *self, const MI_Instance **instance,
                                                 const MI_Char **bookmark, const MI_Char **machine, RESULT)
{
    if (instance) *instance = NULL;
    if (bookmark) *bookmark = NULL;
    if (machine) *machine = NULL;
    return no_result(more, result, message, details);
}

static MI_Result MI_CALL operation_GetClass(MI_Operation *self, const MI_Class **class_result, RESULT)
{
    if (class_result) *class_result = NULL;
    return no_result(more, result, message, details);
}

const MI_OperationFT mi_operation_table = {
    .Close = operation_Close,
    .Cancel = operation_Cancel,
    .GetSession = operation_GetSession,
    .GetInstance = operation_GetInstance,
    .GetIndication = operation_GetIndication,
    .GetClass = operation_GetClass,
};

void mi_operation_cancel(void *object)
{
}

void mi_operation_destroy(void *object)
{
}

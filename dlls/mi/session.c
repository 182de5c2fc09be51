/* Sessions. See session.h. */
#include "mi/session.h"

#include <windows.h>

#include "common/trace.h"
#include "mi/allocation.h"
#include "mi/application.h"
#include "mi/event_delivery.h"
#include "mi/destination.h"
#include "mi/handles.h"
#include "mi/operation.h"
#include "mi/operation_options.h"
#include "mi/options.h"
#include "mi/text.h"

#include <stdatomic.h>
#include <stdint.h>
#include <string.h>

CORK_TRACE_CHANNEL(mi);

struct session
{
    struct cork_reference application;
    MI_Application application_handle;
    struct mi_destination destination;
    atomic_bool closing;
    atomic_flag completion_taken;
    MI_SessionCloseCompleted completed; /* called when all is gone */
    void *context;
};

void mi_session_enter(const struct cork_reference *reference, struct mi_session_visit *visit)
{
    const struct session *session = reference->object;

    visit->session = *reference;
    visit->application = session->application;
    cork_reference_adopt(&visit->session, &visit->pins[0]);
    cork_reference_adopt(&visit->application, &visit->pins[1]);
}

void mi_session_leave(struct mi_session_visit *visit)
{
    cork_pin_detach(&visit->pins[1], &visit->application);
    cork_pin_detach(&visit->pins[0], &visit->session);
}

static struct session *acquire_session(const MI_Session *self, struct cork_pin *pin)
{
    return self ? mi_handle_acquire(self->reserved1, MI_HANDLE_SESSION, pin) : NULL;
}

bool mi_session_is_closing(const void *object)
{
    const struct session *session = object;

    return atomic_load(&session->closing);
}

/* ---- The beginning and the end ------------------------------------------------------------------------------------
 */

/* The operations that are open, in whatever state; one that is being opened finds `closing` set. */
void mi_session_cancel(void *object)
{
    struct session *session = object;
    struct mi_operation *operation;
    struct cork_pin pin;

    atomic_store(&session->closing, true);
    for (uint32_t at = 0; (operation = cork_handle_next(mi_handles(), MI_HANDLE_OPERATION, &at, NULL, &pin));)
    {
        if (mi_operation_session(operation) == session) mi_operation_stop(operation, MI_REASON_SHUTDOWN);
        cork_pin_release(&pin);
    }
}

void mi_sessions_stop(const void *application)
{
    struct session *session;
    struct cork_pin pin;

    for (uint32_t at = 0; (session = cork_handle_next(mi_handles(), MI_HANDLE_SESSION, &at, NULL, &pin));)
    {
        if (session->application.object == application) mi_session_cancel(session);
        cork_pin_release(&pin);
    }
}

void mi_session_destroy(void *object)
{
    struct session *session = object;
    MI_SessionCloseCompleted completed = session->completed;
    void *context = session->context;

    cork_reference_release(&session->application);
    mi_destination_clear(&session->destination);
    mi_free(session);
    if (completed) completed(context);
}

/* Takes what the destination has in every case. */
static MI_Result open_session(struct cork_pin *application_pin, const MI_Application *application,
                              struct mi_destination *destination, MI_Session *out)
{
    struct session *session = mi_alloc(sizeof(*session));
    MI_Result result;

    if (!session)
    {
        mi_destination_clear(destination);
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    memset(session, 0, sizeof(*session));
    session->destination = *destination;
    atomic_init(&session->closing, false);
    atomic_flag_clear(&session->completion_taken);
    session->application_handle = *application;
    cork_pin_reference(application_pin, &session->application);
    result = mi_handle_open(MI_HANDLE_SESSION, session, &out->reserved1, NULL);
    if (result == MI_RESULT_OK)
        out->ft = &mi_session_table;
    else
        mi_session_destroy(session);
    return result;
}

MI_Result MI_CALL mi_session_new(MI_Application *application, const MI_Char *protocol, const MI_Char *destination,
                                 MI_DestinationOptions *options, MI_SessionCallbacks *callbacks,
                                 MI_Instance **extended_error, MI_Session *session)
{
    struct mi_destination to;
    struct cork_pin pin;
    MI_Result result;

    CORK_TRACE("protocol %s, destination %s, options %p, callbacks %p\n", cork_debugstr_w(protocol),
               cork_debugstr_w(destination), (void *)options, (void *)callbacks);
    if (extended_error) *extended_error = NULL;
    if (session) memset(session, 0, sizeof(*session));
    if (!session || !application || !mi_handle_acquire(application->reserved1, MI_HANDLE_APPLICATION, &pin))
        return mi_fail(extended_error, MI_RESULT_INVALID_PARAMETER, NULL);
    result = mi_destination_read(protocol, destination, options, callbacks, application, &to, extended_error);
    if (result == MI_RESULT_OK)
    {
        result = open_session(&pin, application, &to, session);
        if (result != MI_RESULT_OK) mi_fail(extended_error, result, NULL);
    }
    cork_pin_release(&pin);
    return result;
}

/* The completion is the first closer's; whoever else closes finds the handle closed. */
static MI_Result close_later(MI_Session *self, void *context, MI_SessionCloseCompleted completed)
{
    struct cork_pin pin;
    struct session *session = acquire_session(self, &pin);

    if (!session) return MI_RESULT_INVALID_PARAMETER;
    if (atomic_flag_test_and_set(&session->completion_taken))
    {
        cork_pin_release(&pin);
        return MI_RESULT_INVALID_PARAMETER;
    }
    session->context = context;
    session->completed = completed;
    if (cork_handle_close(mi_handles(), (const void *)(uintptr_t)self->reserved1, MI_HANDLE_SESSION) != CORK_OK)
    {
        session->completed = NULL;
        cork_pin_release(&pin);
        return MI_RESULT_INVALID_PARAMETER;
    }
    cork_pin_release(&pin);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL session_Close(MI_Session *self, void *context, MI_SessionCloseCompleted completed)
{
    struct cork_handle_table *table = mi_handles();

    CORK_TRACE("session %p, completed %p\n", (void *)self, (void *)(uintptr_t)completed);
    if (!self || !table || self->reserved1 > UINT32_MAX) return MI_RESULT_INVALID_PARAMETER;
    if (completed) return close_later(self, context, completed);
    switch (cork_handle_close_and_wait(table, (const void *)(uintptr_t)self->reserved1, MI_HANDLE_SESSION))
    {
    case CORK_OK:
        return MI_RESULT_OK;
    case CORK_OWN_PIN:
        CORK_WARN("called from a callback without a completion callback\n");
        return MI_RESULT_FAILED;
    default:
        return MI_RESULT_INVALID_PARAMETER;
    }
}

static MI_Result MI_CALL session_GetApplication(MI_Session *self, MI_Application *application)
{
    struct cork_pin pin;
    struct session *session = acquire_session(self, &pin);

    if (application) memset(application, 0, sizeof(*application));
    if (!session) return MI_RESULT_INVALID_PARAMETER;
    if (application) *application = session->application_handle;
    cork_pin_release(&pin);
    return application ? MI_RESULT_OK : MI_RESULT_INVALID_PARAMETER;
}

/* ---- Operations ------------------------------------------------------------------------------------------------- */

void mi_request_free(struct mi_request *request)
{
    mi_free(request->name_space);
    mi_free(request->class_name);
    mi_free(request->dialect);
    mi_free(request->query);
    mi_free(request->method);
    mi_free(request->association);
    mi_free(request->role);
    mi_free(request->result_role);
    mi_free(request->locale);
    mi_options_delete(request->options);
    if (request->instance) MI_Instance_Delete(request->instance);
    if (request->parameters) MI_Instance_Delete(request->parameters);
}

/* root\cimv2 where none is named, as WMI has it. */
static MI_Char *copy_namespace(const MI_Char *name_space)
{
    MI_Char *copy = mi_text_copy(name_space && *name_space ? name_space : MI_T("root\\cimv2"));

    for (MI_Char *at = copy; at && *at; at++)
        if (*at == '/') *at = '\\';
    return copy;
}

/* Starts what `request` says; the rest of it is filled in here. */
static void start(MI_Session *self, struct mi_request *request, enum mi_result_kind kind, MI_Uint32 flags,
                  const MI_OperationOptions *options, const MI_Char *name_space, MI_OperationCallbacks *callbacks,
                  MI_Operation *operation)
{
    struct cork_pin pin;
    struct session *session;

    CORK_TRACE("%s, session %p, flags %#x, namespace %s, class %s, query %s\n", cork_debugstr_w(request->name),
               (void *)self, flags, cork_debugstr_w(name_space), cork_debugstr_w(request->class_name),
               cork_debugstr_w(request->query));
    if (!name_space && request->instance) name_space = request->instance->nameSpace;
    request->name_space = copy_namespace(name_space);
    if (!request->name_space) request->refused = MI_RESULT_SERVER_LIMITS_EXCEEDED;
    session = acquire_session(self, &pin);
    if (session)
    {
        mi_request_take_options(request, flags, options, &session->destination);
        mi_operation_start(&pin, self, request, kind, flags, callbacks, operation);
        cork_pin_release(&pin);
        return;
    }
    mi_request_free(request);
    if (kind == MI_RESULTS_CLASSES)
        MI_NoClassOperation_(callbacks, operation);
    else if (kind == MI_RESULTS_INDICATIONS)
        MI_NoIndicationOperation_(callbacks, operation);
    else
        MI_NoInstanceOperation_(callbacks, operation);
}

#define HEAD MI_Session *self, MI_Uint32 flags, MI_OperationOptions *options, const MI_Char *name_space
#define TAIL MI_OperationCallbacks *callbacks, MI_Operation *operation

/* A text that may be NULL, and an instance that may be: what could not be copied spoils the request. */
static void keep_text(struct mi_request *request, MI_Char **copy, const MI_Char *text)
{
    *copy = mi_text_copy(text);
    if (text && !*copy) request->refused = MI_RESULT_SERVER_LIMITS_EXCEEDED;
}

static void keep_instance(struct mi_request *request, MI_Instance **copy, const MI_Instance *instance)
{
    MI_Result result = instance ? MI_Instance_Clone(instance, copy) : MI_RESULT_OK;

    if (result == MI_RESULT_INVALID_PARAMETER)
        request->bad = true;
    else if (result != MI_RESULT_OK)
        request->refused = result;
}

/* Operations that are about one instance. */
static void start_with(MI_Session *self, enum mi_request_kind kind, const MI_Char *name, MI_Uint32 flags,
                       MI_OperationOptions *options, const MI_Char *name_space, const MI_Instance *instance, TAIL)
{
    struct mi_request request = {.kind = kind, .name = name, .bad = !instance};

    keep_instance(&request, &request.instance, instance);
    start(self, &request, MI_RESULTS_INSTANCES, flags, options, name_space, callbacks, operation);
}

static void MI_CALL session_GetInstance(HEAD, const MI_Instance *instance, TAIL)
{
    start_with(self, MI_REQUEST_GET_INSTANCE, MI_T("GetInstance"), flags, options, name_space, instance, callbacks,
               operation);
}

static void MI_CALL session_ModifyInstance(HEAD, const MI_Instance *instance, TAIL)
{
    start_with(self, MI_REQUEST_MODIFY_INSTANCE, MI_T("ModifyInstance"), flags, options, name_space, instance,
               callbacks, operation);
}

static void MI_CALL session_CreateInstance(HEAD, const MI_Instance *instance, TAIL)
{
    start_with(self, MI_REQUEST_CREATE_INSTANCE, MI_T("CreateInstance"), flags, options, name_space, instance,
               callbacks, operation);
}

static void MI_CALL session_DeleteInstance(HEAD, const MI_Instance *instance, TAIL)
{
    start_with(self, MI_REQUEST_DELETE_INSTANCE, MI_T("DeleteInstance"), flags, options, name_space, instance,
               callbacks, operation);
}

static void MI_CALL session_EnumerateInstances(HEAD, const MI_Char *class_name, MI_Boolean keys_only, TAIL)
{
    struct mi_request request = {.kind = MI_REQUEST_ENUMERATE_INSTANCES, .name = MI_T("EnumerateInstances")};

    request.keys_only = keys_only;
    request.bad = !class_name || !*class_name;
    keep_text(&request, &request.class_name, class_name);
    start(self, &request, MI_RESULTS_INSTANCES, flags, options, name_space, callbacks, operation);
}

static void MI_CALL session_QueryInstances(HEAD, const MI_Char *dialect, const MI_Char *query, TAIL)
{
    struct mi_request request = {.kind = MI_REQUEST_QUERY_INSTANCES, .name = MI_T("QueryInstances")};

    request.bad = !dialect || !query;
    keep_text(&request, &request.dialect, dialect);
    keep_text(&request, &request.query, query);
    start(self, &request, MI_RESULTS_INSTANCES, flags, options, name_space, callbacks, operation);
}

/* A static method has a class alone. */
static void MI_CALL session_Invoke(HEAD, const MI_Char *class_name, const MI_Char *method, const MI_Instance *instance,
                                   const MI_Instance *parameters, TAIL)
{
    struct mi_request request = {.kind = MI_REQUEST_INVOKE, .name = MI_T("Invoke")};

    request.bad = !method || !*method || (!instance && (!class_name || !*class_name));
    keep_text(&request, &request.class_name, class_name);
    keep_text(&request, &request.method, method);
    keep_instance(&request, &request.instance, instance);
    keep_instance(&request, &request.parameters, parameters);
    start(self, &request, MI_RESULTS_INSTANCES, flags, options, name_space, callbacks, operation);
}

static void MI_CALL session_AssociatorInstances(HEAD, const MI_Instance *instance, const MI_Char *association,
                                                const MI_Char *result_class, const MI_Char *role,
                                                const MI_Char *result_role, MI_Boolean keys_only, TAIL)
{
    struct mi_request request = {.kind = MI_REQUEST_ASSOCIATOR_INSTANCES, .name = MI_T("AssociatorInstances")};

    request.bad = !instance;
    request.keys_only = keys_only;
    keep_instance(&request, &request.instance, instance);
    keep_text(&request, &request.association, association);
    keep_text(&request, &request.class_name, result_class);
    keep_text(&request, &request.role, role);
    keep_text(&request, &request.result_role, result_role);
    start(self, &request, MI_RESULTS_INSTANCES, flags, options, name_space, callbacks, operation);
}

static void MI_CALL session_ReferenceInstances(HEAD, const MI_Instance *instance, const MI_Char *result_class,
                                               const MI_Char *role, MI_Boolean keys_only, TAIL)
{
    struct mi_request request = {.kind = MI_REQUEST_REFERENCE_INSTANCES, .name = MI_T("ReferenceInstances")};

    request.bad = !instance;
    request.keys_only = keys_only;
    keep_instance(&request, &request.instance, instance);
    keep_text(&request, &request.class_name, result_class);
    keep_text(&request, &request.role, role);
    start(self, &request, MI_RESULTS_INSTANCES, flags, options, name_space, callbacks, operation);
}

static void MI_CALL session_GetClass(HEAD, const MI_Char *class_name, TAIL)
{
    struct mi_request request = {.kind = MI_REQUEST_GET_CLASS, .name = MI_T("GetClass")};

    request.bad = !class_name || !*class_name;
    keep_text(&request, &request.class_name, class_name);
    start(self, &request, MI_RESULTS_CLASSES, flags, options, name_space, callbacks, operation);
}

/* Without a class, all classes of the namespace. */
static void MI_CALL session_EnumerateClasses(HEAD, const MI_Char *class_name, MI_Boolean names_only, TAIL)
{
    struct mi_request request = {.kind = MI_REQUEST_ENUMERATE_CLASSES, .name = MI_T("EnumerateClasses")};

    request.keys_only = names_only;
    keep_text(&request, &request.class_name, class_name);
    start(self, &request, MI_RESULTS_CLASSES, flags, options, name_space, callbacks, operation);
}

/* That WMI can be reached; there is no result but the final one. */
static void MI_CALL session_TestConnection(MI_Session *self, MI_Uint32 flags, TAIL)
{
    struct mi_request request = {.kind = MI_REQUEST_TEST_CONNECTION, .name = MI_T("TestConnection")};

    request.bad = flags != 0;
    start(self, &request, MI_RESULTS_INSTANCES, flags, NULL, NULL, callbacks, operation);
}

/* ---- Subscriptions ---------------------------------------------------------------------------------------------- */

static void read_delivery(struct mi_request *request, const MI_SubscriptionDeliveryOptions *options)
{
    struct cork_pin pin;
    struct mi_options *set = mi_handle_acquire(options->reserved1, MI_HANDLE_SUBSCRIPTION_OPTIONS, &pin);
    MI_Uint64 now = GetTickCount64();
    struct mi_event_delivery delivery;
    FILETIME time;

    if (!set)
    {
        request->bad = true;
        return;
    }
    GetSystemTimeAsFileTime(&time);
    delivery = mi_event_delivery_read(set, ((MI_Uint64)time.dwHighDateTime << 32) | time.dwLowDateTime);
    cork_pin_release(&pin);
    if (delivery.refused != MI_RESULT_OK)
    {
        request->refused = delivery.refused;
        request->refusal = delivery.why;
    }
    if (delivery.expires) request->expires = now + delivery.lifetime;
}

/* "For WMI DCOM transport, this value [the query] must be specified." The language is WQL where none is named. */
static void MI_CALL session_Subscribe(HEAD, const MI_Char *dialect, const MI_Char *query,
                                      const MI_SubscriptionDeliveryOptions *delivery, TAIL)
{
    struct mi_request request = {.kind = MI_REQUEST_SUBSCRIBE, .name = MI_T("Subscribe")};

    request.bad = !query;
    keep_text(&request, &request.dialect, dialect);
    keep_text(&request, &request.query, query);
    if (delivery) read_delivery(&request, delivery);
    start(self, &request, MI_RESULTS_INDICATIONS, flags, options, name_space, callbacks, operation);
}

const MI_SessionFT mi_session_table = {
    .Close = session_Close,
    .GetApplication = session_GetApplication,
    .GetInstance = session_GetInstance,
    .ModifyInstance = session_ModifyInstance,
    .CreateInstance = session_CreateInstance,
    .DeleteInstance = session_DeleteInstance,
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

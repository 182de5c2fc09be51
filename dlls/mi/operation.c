/* Operations. See operation.h. */
#include "mi/operation.h"

#include <windows.h>

#include "common/platform.h"
#include "common/trace.h"
#include "mi/allocation.h"
#include "mi/error.h"
#include "mi/handles.h"
#include "mi/session.h"
#include "mi/text.h"
#include "mi/wmi.h"

#include <stdint.h>
#include <string.h>

CORK_TRACE_CHANNEL(mi);

#define CALL_CANCELLED 0x80041032u /* WBEM_E_CALL_CANCELLED */

/* A result on its way: one of these, by the kind of results. It owns what it points to. */
struct mi_posted
{
    MI_Instance *instance;
    MI_Class *class_object;
};

struct mi_operation
{
    MI_Operation handle; /* for callbacks */
    MI_Session session_handle;
    struct cork_reference session, own, session_of_thread; /* the latter two are the thread's */
    struct mi_request request;
    enum mi_result_kind kind;
    MI_Uint32 flags;
    bool asynchronous;
    MI_OperationCallbacks callbacks;
    struct cork_mutex lock;
    struct cork_condition changed;
    /* Below the lock: */
    struct mi_posted posted; /* a result that is not taken back yet */
    bool acknowledged;       /* asynchronous: the callback's result may go; synchronous: the result was handed out */
    bool stopped, ended;
    MI_CancellationReason reason;
    MI_Result result; /* how it ended */
    const MI_Char *message;
    MI_Instance *error;
};

static const struct mi_posted nothing;

static bool is_posted(const struct mi_posted *posted)
{
    return posted->instance || posted->class_object;
}

static void delete_posted(struct mi_posted *posted)
{
    if (posted->instance) MI_Instance_Delete(posted->instance);
    if (posted->class_object) MI_Class_Delete(posted->class_object);
    *posted = nothing;
}

/* The callback for the operation's kind of results. */
static bool has_callback(enum mi_result_kind kind, const MI_OperationCallbacks *callbacks)
{
    if (!callbacks) return false;
    if (kind == MI_RESULTS_CLASSES) return callbacks->classResult;
    if (kind == MI_RESULTS_INDICATIONS) return callbacks->indicationResult;
    return callbacks->instanceResult;
}

static void call_back(enum mi_result_kind kind, const MI_OperationCallbacks *callbacks, MI_Operation *handle,
                      const struct mi_posted *posted, MI_Boolean more, MI_Result result, const MI_Char *message,
                      const MI_Instance *error, MI_OperationCallback_ResultAcknowledgement acknowledge)
{
    void *context = callbacks->callbackContext;

    if (kind == MI_RESULTS_CLASSES)
        callbacks->classResult(handle, context, posted->class_object, more, result, message, error, acknowledge);
    else if (kind == MI_RESULTS_INDICATIONS)
        callbacks->indicationResult(handle, context, posted->instance, NULL, NULL, more, result, message, error,
                                    acknowledge);
    else
        callbacks->instanceResult(handle, context, posted->instance, more, result, message, error, acknowledge);
}

/* ---- The thread's side ------------------------------------------------------------------------------------------ */

void mi_operation_stop(struct mi_operation *operation, MI_CancellationReason reason)
{
    cork_mutex_lock(&operation->lock);
    if (!operation->stopped) operation->reason = reason;
    operation->stopped = true;
    cork_condition_wake_all(&operation->changed);
    cork_mutex_unlock(&operation->lock);
}

/* Looks at the clock, too. */
bool mi_operation_stopped(struct mi_operation *operation)
{
    bool stopped;

    if (operation->request.deadline && GetTickCount64() >= operation->request.deadline)
        mi_operation_stop(operation, MI_REASON_TIMEOUT);
    cork_mutex_lock(&operation->lock);
    stopped = operation->stopped;
    cork_mutex_unlock(&operation->lock);
    return stopped;
}

const void *mi_operation_session(const struct mi_operation *operation)
{
    return operation->session.object;
}

void mi_operation_fail(struct mi_operation *operation, const MI_Char *type, MI_Uint32 code, const MI_Char *message)
{
    MI_Value text = {0};
    MI_Instance *error;
    MI_Result result = mi_error_result(type, code);

    if (operation->result != MI_RESULT_OK || result == MI_RESULT_OK) return;
    operation->result = result;
    operation->message = mi_result_text(result);
    if (mi_error_new(code, type, message, &error) != MI_RESULT_OK) return;
    operation->error = error;
    MI_Instance_GetElement(error, MI_T("Message"), &text, NULL, NULL, NULL);
    if (text.string) operation->message = text.string;
}

static MI_Result MI_CALL acknowledge(MI_Operation *handle)
{
    struct cork_pin pin;
    struct mi_operation *operation = handle ? mi_handle_acquire(handle->reserved1, MI_HANDLE_OPERATION, &pin) : NULL;

    if (!operation) return MI_RESULT_INVALID_PARAMETER;
    cork_mutex_lock(&operation->lock);
    operation->acknowledged = true;
    cork_condition_wake_all(&operation->changed);
    cork_mutex_unlock(&operation->lock);
    cork_pin_release(&pin);
    return MI_RESULT_OK;
}

/* A copy of the handle: a callback may close its own. */
static void hand_to_callback(struct mi_operation *operation, const struct mi_posted *posted)
{
    bool manual = operation->flags & MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS;
    MI_Operation handle = operation->handle;

    operation->acknowledged = false;
    call_back(operation->kind, &operation->callbacks, &handle, posted, MI_TRUE, MI_RESULT_OK, NULL, NULL,
              manual ? acknowledge : NULL);
    if (!manual) return;
    cork_mutex_lock(&operation->lock);
    while (!operation->acknowledged && !operation->stopped)
        cork_condition_wait(&operation->changed, &operation->lock);
    cork_mutex_unlock(&operation->lock);
}

static bool post(struct mi_operation *operation, struct mi_posted posted)
{
    bool stopped = mi_operation_stopped(operation);

    if (operation->asynchronous)
    {
        if (!stopped) hand_to_callback(operation, &posted);
        delete_posted(&posted);
        return !mi_operation_stopped(operation);
    }
    cork_mutex_lock(&operation->lock);
    while (is_posted(&operation->posted) && !operation->stopped)
        cork_condition_wait(&operation->changed, &operation->lock);
    stopped = operation->stopped;
    if (!stopped) operation->posted = posted;
    cork_condition_wake_all(&operation->changed);
    cork_mutex_unlock(&operation->lock);
    if (stopped) delete_posted(&posted);
    return !stopped;
}

bool mi_operation_post(struct mi_operation *operation, MI_Instance *instance)
{
    return post(operation, (struct mi_posted){.instance = instance});
}

bool mi_operation_post_class(struct mi_operation *operation, MI_Class *class_object)
{
    return post(operation, (struct mi_posted){.class_object = class_object});
}

static void end(struct mi_operation *operation)
{
    MI_Operation handle = operation->handle;

    if (mi_operation_stopped(operation) && operation->result == MI_RESULT_OK)
        mi_operation_fail(operation, MI_RESULT_TYPE_HRESULT, CALL_CANCELLED,
                          operation->reason == MI_REASON_TIMEOUT ? MI_T("The operation took too long.")
                                                                 : MI_T("The operation was cancelled."));
    if (operation->asynchronous)
        call_back(operation->kind, &operation->callbacks, &handle, &nothing, MI_FALSE, operation->result,
                  operation->message, operation->error, NULL);
    cork_mutex_lock(&operation->lock);
    operation->ended = true;
    cork_condition_wake_all(&operation->changed);
    cork_mutex_unlock(&operation->lock);
}

/* The pins say to a close in a callback that it would wait for this thread. */
static DWORD WINAPI run(void *context)
{
    struct mi_operation *operation = context;
    struct cork_pin own, session;
    struct cork_reference own_reference = operation->own, session_reference = operation->session_of_thread;

    cork_reference_adopt(&session_reference, &session);
    cork_reference_adopt(&own_reference, &own);
    if (operation->request.kind == MI_REQUEST_NOT_THERE)
    {
        CORK_FIXME("%s: not implemented\n", cork_debugstr_w(operation->request.name));
        mi_operation_fail(operation, MI_RESULT_TYPE_MI, MI_RESULT_NOT_SUPPORTED,
                          MI_T("The operation is not implemented."));
    }
    else if (operation->request.refused != MI_RESULT_OK)
        mi_operation_fail(operation, MI_RESULT_TYPE_MI, (MI_Uint32)operation->request.refused, NULL);
    else if (operation->request.bad)
        mi_operation_fail(operation, MI_RESULT_TYPE_MI, MI_RESULT_INVALID_PARAMETER, NULL);
    else
        mi_wmi_run(operation, &operation->request);
    end(operation);
    cork_pin_release(&own);
    cork_pin_release(&session);
    return 0;
}

/* ---- Beginning and end ------------------------------------------------------------------------------------------ */

void mi_operation_cancel(void *object)
{
    mi_operation_stop(object, MI_REASON_NONE);
}

void mi_operation_destroy(void *object)
{
    struct mi_operation *operation = object;
    struct cork_reference session = operation->session;

    delete_posted(&operation->posted);
    if (operation->error) MI_Instance_Delete(operation->error);
    mi_request_free(&operation->request);
    mi_free(operation);
    cork_reference_release(&session);
}

/* The handle is in the caller's place before the thread runs, and so before any callback. */
static MI_Result open_operation(struct cork_pin *session_pin, struct mi_operation *operation, MI_Operation *out)
{
    struct cork_pin pin;
    MI_Result result;
    HANDLE thread;

    cork_pin_reference(session_pin, &operation->session);
    result = mi_handle_open(MI_HANDLE_OPERATION, operation, &operation->handle.reserved1, &pin);
    if (result != MI_RESULT_OK)
    {
        mi_operation_destroy(operation);
        return result;
    }
    *out = operation->handle;
    cork_pin_reference(&pin, &operation->own);
    cork_pin_reference(session_pin, &operation->session_of_thread);
    if (mi_session_is_closing(operation->session.object)) mi_operation_stop(operation, MI_REASON_SHUTDOWN);
    thread = CreateThread(NULL, 0, run, operation, 0, NULL);
    if (thread)
        CloseHandle(thread);
    else
    {
        struct cork_reference own = operation->own, session = operation->session_of_thread;

        memset(out, 0, sizeof(*out));
        result = MI_RESULT_SERVER_LIMITS_EXCEEDED;
        cork_handle_close(mi_handles(), (const void *)(uintptr_t)operation->handle.reserved1, MI_HANDLE_OPERATION);
        cork_reference_release(&own);
        cork_reference_release(&session);
    }
    cork_pin_release(&pin);
    return result;
}

void mi_operation_start(struct cork_pin *session_pin, const MI_Session *session, struct mi_request *request,
                        enum mi_result_kind kind, MI_Uint32 flags, const MI_OperationCallbacks *callbacks,
                        MI_Operation *out)
{
    struct mi_operation *operation = mi_alloc(sizeof(*operation));
    MI_Result result = MI_RESULT_SERVER_LIMITS_EXCEEDED;
    MI_Operation unwanted;

    if (!out) out = &unwanted;
    memset(out, 0, sizeof(*out));
    if (!operation)
        mi_request_free(request);
    else
    {
        memset(operation, 0, sizeof(*operation));
        operation->handle.ft = &mi_operation_table;
        operation->session_handle = *session;
        operation->request = *request;
        operation->kind = kind;
        operation->flags = flags;
        operation->asynchronous = has_callback(kind, callbacks);
        if (callbacks) operation->callbacks = *callbacks;
        result = open_operation(session_pin, operation, out);
    }
    if (result != MI_RESULT_OK && has_callback(kind, callbacks))
        call_back(kind, callbacks, NULL, &nothing, MI_FALSE, result, mi_result_text(result), NULL, NULL);
}

/* ---- The caller's side ------------------------------------------------------------------------------------------ */

static MI_Result MI_CALL operation_Close(MI_Operation *self)
{
    struct cork_handle_table *table = mi_handles();

    CORK_TRACE("operation %p\n", (void *)self);
    if (!self || !table || self->reserved1 > UINT32_MAX) return MI_RESULT_INVALID_PARAMETER;
    return cork_handle_close(table, (const void *)(uintptr_t)self->reserved1, MI_HANDLE_OPERATION) == CORK_OK
               ? MI_RESULT_OK
               : MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL operation_Cancel(MI_Operation *self, MI_CancellationReason reason)
{
    struct cork_pin pin;
    struct mi_operation *operation = self ? mi_handle_acquire(self->reserved1, MI_HANDLE_OPERATION, &pin) : NULL;

    if (!operation) return MI_RESULT_INVALID_PARAMETER;
    mi_operation_stop(operation, reason);
    cork_pin_release(&pin);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL operation_GetSession(MI_Operation *self, MI_Session *session)
{
    struct cork_pin pin;
    struct mi_operation *operation = self ? mi_handle_acquire(self->reserved1, MI_HANDLE_OPERATION, &pin) : NULL;

    if (session) memset(session, 0, sizeof(*session));
    if (!operation) return MI_RESULT_INVALID_PARAMETER;
    if (session) *session = operation->session_handle;
    cork_pin_release(&pin);
    return session ? MI_RESULT_OK : MI_RESULT_INVALID_PARAMETER;
}

struct outcome
{
    MI_Boolean *more;
    MI_Result *result;
    const MI_Char **message;
    const MI_Instance **details;
};

static void give(const struct outcome *to, MI_Boolean more, MI_Result result, const MI_Char *message,
                 const MI_Instance *details)
{
    if (to->more) *to->more = more;
    if (to->result) *to->result = result;
    if (to->message) *to->message = message;
    if (to->details) *to->details = details;
}

/* Takes the last result back, and waits for the next or the end. */
static struct mi_posted next_result(struct mi_operation *operation, const struct outcome *to)
{
    struct mi_posted posted;

    cork_mutex_lock(&operation->lock);
    if (operation->acknowledged)
    {
        delete_posted(&operation->posted);
        operation->acknowledged = false;
        cork_condition_wake_all(&operation->changed);
    }
    while (!is_posted(&operation->posted) && !operation->ended)
        cork_condition_wait(&operation->changed, &operation->lock);
    posted = operation->posted;
    operation->acknowledged = is_posted(&posted);
    if (operation->acknowledged)
        give(to, MI_TRUE, MI_RESULT_OK, NULL, NULL);
    else
        give(to, MI_FALSE, operation->result, operation->message, operation->error);
    cork_mutex_unlock(&operation->lock);
    return posted;
}

static MI_Result get_result(MI_Operation *self, enum mi_result_kind kind, struct mi_posted *posted,
                            const struct outcome *to)
{
    struct cork_pin pin;
    struct mi_operation *operation = self ? mi_handle_acquire(self->reserved1, MI_HANDLE_OPERATION, &pin) : NULL;
    bool fits = operation && operation->kind == kind && !operation->asynchronous;

    *posted = nothing;
    give(to, MI_FALSE, MI_RESULT_INVALID_PARAMETER, NULL, NULL);
    if (fits) *posted = next_result(operation, to);
    if (operation) cork_pin_release(&pin);
    return fits ? MI_RESULT_OK : MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL operation_GetInstance(MI_Operation *self, const MI_Instance **instance, MI_Boolean *more,
                                               MI_Result *result, const MI_Char **message, const MI_Instance **details)
{
    struct mi_posted posted;
    MI_Result got = get_result(self, MI_RESULTS_INSTANCES, &posted, &(struct outcome){more, result, message, details});

    if (instance) *instance = posted.instance;
    return got;
}

static MI_Result MI_CALL operation_GetIndication(MI_Operation *self, const MI_Instance **instance,
                                                 const MI_Char **bookmark, const MI_Char **machine, MI_Boolean *more,
                                                 MI_Result *result, const MI_Char **message,
                                                 const MI_Instance **details)
{
    struct mi_posted posted;
    MI_Result got =
        get_result(self, MI_RESULTS_INDICATIONS, &posted, &(struct outcome){more, result, message, details});

    if (instance) *instance = posted.instance;
    if (bookmark) *bookmark = NULL;
    if (machine) *machine = NULL;
    return got;
}

static MI_Result MI_CALL operation_GetClass(MI_Operation *self, const MI_Class **class_result, MI_Boolean *more,
                                            MI_Result *result, const MI_Char **message, const MI_Instance **details)
{
    struct mi_posted posted;
    MI_Result got = get_result(self, MI_RESULTS_CLASSES, &posted, &(struct outcome){more, result, message, details});

    if (class_result) *class_result = posted.class_object;
    return got;
}

const MI_OperationFT mi_operation_table = {
    .Close = operation_Close,
    .Cancel = operation_Cancel,
    .GetSession = operation_GetSession,
    .GetInstance = operation_GetInstance,
    .GetIndication = operation_GetIndication,
    .GetClass = operation_GetClass,
};

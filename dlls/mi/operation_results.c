/* Results on their way from an operation's thread to the caller, and MI_Operation's table. See operation_state.h. */
#include "mi/operation_state.h"

#include "common/trace.h"
#include "mi/allocation.h"
#include "mi/error.h"
#include "mi/handles.h"
#include "mi/session.h"

#include <stdint.h>
#include <string.h>

CORK_TRACE_CHANNEL(mi);

void mi_result_clear(struct mi_result *result)
{
    if (result->instance) MI_Instance_Delete(result->instance);
    if (result->class_object) MI_Class_Delete(result->class_object);
    mi_free(result->bookmark);
    mi_free(result->machine);
    memset(result, 0, sizeof(*result));
}

/* ---- Callbacks -------------------------------------------------------------------------------------------------- */

bool mi_has_callback(enum mi_result_kind kind, const MI_OperationCallbacks *callbacks)
{
    if (!callbacks) return false;
    if (kind == MI_RESULTS_CLASSES) return callbacks->classResult;
    if (kind == MI_RESULTS_INDICATIONS) return callbacks->indicationResult;
    return callbacks->instanceResult;
}

/* What a callback is told of the end, or of there being more. */
struct tidings
{
    MI_Boolean more;
    MI_Result result;
    const MI_Char *message;
    const MI_Instance *error;
    MI_OperationCallback_ResultAcknowledgement acknowledge;
};

static void call(enum mi_result_kind kind, const MI_OperationCallbacks *callbacks, MI_Operation *handle,
                 const struct mi_result *result, const struct tidings *tell)
{
    void *context = callbacks->callbackContext;

    if (kind == MI_RESULTS_CLASSES)
        callbacks->classResult(handle, context, result->class_object, tell->more, tell->result, tell->message,
                               tell->error, tell->acknowledge);
    else if (kind == MI_RESULTS_INDICATIONS)
        callbacks->indicationResult(handle, context, result->instance, result->bookmark, result->machine, tell->more,
                                    tell->result, tell->message, tell->error, tell->acknowledge);
    else
        callbacks->instanceResult(handle, context, result->instance, tell->more, tell->result, tell->message,
                                  tell->error, tell->acknowledge);
}

void mi_operation_refuse(enum mi_result_kind kind, const MI_OperationCallbacks *callbacks, MI_Result result)
{
    static const struct mi_result nothing;

    if (mi_has_callback(kind, callbacks))
        call(kind, callbacks, NULL, &nothing,
             &(struct tidings){.more = MI_FALSE, .result = result, .message = mi_result_text(result)});
}

/* With pins, so that a close in the callback knows that it would wait for its own thread. The handle is a copy: the
 * callback may close it. */
void mi_operation_call_back(struct mi_operation *operation, const struct mi_result *result,
                            MI_OperationCallback_ResultAcknowledgement acknowledge)
{
    static const struct mi_result nothing;
    struct tidings tell = {MI_TRUE, MI_RESULT_OK, NULL, NULL, acknowledge};
    struct cork_reference own = operation->own;
    MI_Operation handle = operation->handle;
    struct mi_session_visit visit;
    struct cork_pin pin;

    if (!result) tell = (struct tidings){MI_FALSE, operation->result, operation->message, operation->error, NULL};
    mi_session_enter(&operation->session, &visit);
    cork_reference_adopt(&own, &pin);
    call(operation->kind, &operation->callbacks, &handle, result ? result : &nothing, &tell);
    cork_pin_detach(&pin, &own);
    mi_session_leave(&visit);
}

/* ---- From the operation's thread ----------------------------------------------------------------------------------
 */

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

/* Called with the lock, which is given up meanwhile. */
static void hand_to_callback(struct mi_operation *operation, const struct mi_result *result)
{
    bool manual = operation->flags & MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS;

    operation->acknowledged = false;
    cork_mutex_unlock(&operation->lock);
    mi_operation_call_back(operation, result, manual ? acknowledge : NULL);
    cork_mutex_lock(&operation->lock);
    while (manual && !operation->acknowledged && !operation->stopped)
        cork_condition_wait(&operation->changed, &operation->lock);
}

/* Called with the lock, which is given up meanwhile. */
static void hand_to_caller(struct mi_operation *operation, struct mi_result *result)
{
    while (operation->count == MI_RESULT_ROOM && !operation->stopped)
        cork_condition_wait(&operation->changed, &operation->lock);
    if (operation->stopped) return;
    operation->results[(operation->first + operation->count++) % MI_RESULT_ROOM] = *result;
    memset(result, 0, sizeof(*result));
    if (operation->count == 1) cork_condition_wake_all(&operation->changed);
}

bool mi_operation_post_result(struct mi_operation *operation, struct mi_result *result)
{
    bool stopped;

    cork_mutex_lock(&operation->lock);
    if (!operation->stopped)
    {
        operation->in_wmi = false;
        if (operation->asynchronous)
            hand_to_callback(operation, result);
        else
            hand_to_caller(operation, result);
        operation->in_wmi = !operation->stopped;
        operation->deadline = GetTickCount64() + operation->request.timeout;
    }
    stopped = operation->stopped;
    cork_mutex_unlock(&operation->lock);
    mi_result_clear(result);
    return !stopped;
}

bool mi_operation_post(struct mi_operation *operation, MI_Instance *instance)
{
    return mi_operation_post_result(operation, &(struct mi_result){.instance = instance});
}

bool mi_operation_post_class(struct mi_operation *operation, MI_Class *class_object)
{
    return mi_operation_post_result(operation, &(struct mi_result){.class_object = class_object});
}

/* ---- The caller's side --------------------------------------------------------------------------------------------
 */

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
    bool known = (unsigned)reason <= MI_REASON_SERVICESTOP;

    CORK_TRACE("operation %p, reason %d\n", (void *)self, (int)reason);
    if (!operation) return MI_RESULT_INVALID_PARAMETER;
    if (known) mi_operation_stop(operation, reason);
    cork_pin_release(&pin);
    return known ? MI_RESULT_OK : MI_RESULT_INVALID_PARAMETER;
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

/* Takes the last result back. Its thread is woken when half of the room is free, not for each result. */
static void take_back(struct mi_operation *operation)
{
    struct mi_result last = operation->results[operation->first];

    operation->first = (operation->first + 1) % MI_RESULT_ROOM;
    operation->count--;
    operation->handed_out = false;
    if (operation->count == MI_RESULT_ROOM / 2) cork_condition_wake_all(&operation->changed);
    cork_mutex_unlock(&operation->lock);
    mi_result_clear(&last);
    cork_mutex_lock(&operation->lock);
}

/* Takes the last result back, and waits for the next or the end. What is returned stays the operation's. */
static struct mi_result next_result(struct mi_operation *operation, const struct outcome *to)
{
    struct mi_result result = {0};

    cork_mutex_lock(&operation->lock);
    if (operation->handed_out) take_back(operation);
    while (!operation->count && !operation->ended)
        cork_condition_wait(&operation->changed, &operation->lock);
    operation->handed_out = operation->count;
    if (operation->handed_out) result = operation->results[operation->first];
    if (operation->handed_out)
        give(to, MI_TRUE, MI_RESULT_OK, NULL, NULL);
    else
        give(to, MI_FALSE, operation->result, operation->message, operation->error);
    cork_mutex_unlock(&operation->lock);
    return result;
}

static MI_Result get_result(MI_Operation *self, enum mi_result_kind kind, struct mi_result *found,
                            const struct outcome *to)
{
    struct cork_pin pin;
    struct mi_operation *operation = self ? mi_handle_acquire(self->reserved1, MI_HANDLE_OPERATION, &pin) : NULL;
    bool fits = operation && operation->kind == kind && !operation->asynchronous;

    memset(found, 0, sizeof(*found));
    give(to, MI_FALSE, MI_RESULT_INVALID_PARAMETER, NULL, NULL);
    if (fits) *found = next_result(operation, to);
    if (operation) cork_pin_release(&pin);
    return fits ? MI_RESULT_OK : MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL operation_GetInstance(MI_Operation *self, const MI_Instance **instance, MI_Boolean *more,
                                               MI_Result *result, const MI_Char **message, const MI_Instance **details)
{
    struct mi_result found;
    MI_Result done = get_result(self, MI_RESULTS_INSTANCES, &found, &(struct outcome){more, result, message, details});

    if (instance) *instance = found.instance;
    return done;
}

static MI_Result MI_CALL operation_GetIndication(MI_Operation *self, const MI_Instance **instance,
                                                 const MI_Char **bookmark, const MI_Char **machine, MI_Boolean *more,
                                                 MI_Result *result, const MI_Char **message,
                                                 const MI_Instance **details)
{
    struct mi_result found;
    MI_Result done =
        get_result(self, MI_RESULTS_INDICATIONS, &found, &(struct outcome){more, result, message, details});

    if (instance) *instance = found.instance;
    if (bookmark) *bookmark = found.bookmark;
    if (machine) *machine = found.machine;
    return done;
}

static MI_Result MI_CALL operation_GetClass(MI_Operation *self, const MI_Class **class_result, MI_Boolean *more,
                                            MI_Result *result, const MI_Char **message, const MI_Instance **details)
{
    struct mi_result found;
    MI_Result done = get_result(self, MI_RESULTS_CLASSES, &found, &(struct outcome){more, result, message, details});

    if (class_result) *class_result = found.class_object;
    return done;
}

const MI_OperationFT mi_operation_table = {
    .Close = operation_Close,
    .Cancel = operation_Cancel,
    .GetSession = operation_GetSession,
    .GetInstance = operation_GetInstance,
    .GetIndication = operation_GetIndication,
    .GetClass = operation_GetClass,
};

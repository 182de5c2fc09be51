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
static void call_back(struct mi_operation *operation, const struct mi_result *result,
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

/* Doubles the ring. Returns false where there is no memory. */
static bool grow(struct mi_operation *operation)
{
    struct mi_result *larger = mi_alloc(2 * (size_t)operation->room * sizeof(*larger));

    if (!larger) return false;
    for (unsigned i = 0; i < operation->count; i++)
        larger[i] = operation->results[(operation->first + i) % operation->room];
    if (operation->results != operation->few) mi_free(operation->results);
    operation->results = larger;
    operation->room *= 2;
    operation->first = 0;
    return true;
}

/* Called with the lock, which is given up meanwhile. Returns false where it was stopped. */
static bool wait_for_room(struct mi_operation *operation)
{
    operation->in_wmi = false;
    while (operation->count >= MI_RESULT_ROOM && !operation->stopped)
    {
        if (operation->hurried && (operation->count < operation->room || grow(operation))) break;
        cork_condition_wait(&operation->changed, &operation->lock);
    }
    operation->in_wmi = true;
    operation->deadline = GetTickCount64() + operation->request.timeout;
    return !operation->stopped;
}

bool mi_operation_post_result(struct mi_operation *operation, struct mi_result *result)
{
    bool room;

    cork_mutex_lock(&operation->lock);
    room = wait_for_room(operation);
    if (room)
    {
        operation->results[(operation->first + operation->count++) % operation->room] = *result;
        memset(result, 0, sizeof(*result));
        if (operation->count == 1) cork_condition_wake_all(&operation->changed);
    }
    cork_mutex_unlock(&operation->lock);
    mi_result_clear(result);
    return room;
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

/* "For synchronous operations ... if the client does not retrieve all results, then this call will fail." Here it
 * cancels the operation and succeeds: a handle that stays open keeps MI_Session_Close waiting for ever, and who closes
 * one early wants it closed. */
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

    operation->first = (operation->first + 1) % operation->room;
    operation->count--;
    operation->handed_out = false;
    if (operation->count == MI_RESULT_ROOM / 2) cork_condition_wake_all(&operation->changed);
    cork_mutex_unlock(&operation->lock);
    mi_result_clear(&last);
    cork_mutex_lock(&operation->lock);
}

/* Takes the last result back, and waits for the next. Returns false at the end. What is returned stays the operation's.
 */
static bool next_result(struct mi_operation *operation, struct mi_result *result)
{
    bool more;

    cork_mutex_lock(&operation->lock);
    if (operation->handed_out) take_back(operation);
    while (!operation->count && !operation->ended)
        cork_condition_wait(&operation->changed, &operation->lock);
    more = operation->handed_out = operation->count;
    if (more)
        *result = operation->results[operation->first];
    else
        operation->told = true;
    operation->acknowledged = false;
    cork_mutex_unlock(&operation->lock);
    return more;
}

static void wait_for_acknowledgement(struct mi_operation *operation)
{
    cork_mutex_lock(&operation->lock);
    while (!operation->acknowledged && !operation->stopped)
        cork_condition_wait(&operation->changed, &operation->lock);
    cork_mutex_unlock(&operation->lock);
}

void mi_operation_deliver(struct mi_operation *operation)
{
    bool manual = operation->flags & MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS;
    struct mi_result result = {0};

    while (next_result(operation, &result))
    {
        call_back(operation, &result, manual ? acknowledge : NULL);
        if (manual) wait_for_acknowledgement(operation);
    }
    call_back(operation, NULL, NULL);
    cork_mutex_lock(&operation->lock);
    operation->delivered = true;
    cork_mutex_unlock(&operation->lock);
}

static MI_Result get_result(MI_Operation *self, enum mi_result_kind kind, struct mi_result *found,
                            const struct outcome *to)
{
    struct cork_pin pin;
    struct mi_operation *operation = self ? mi_handle_acquire(self->reserved1, MI_HANDLE_OPERATION, &pin) : NULL;
    bool fits = operation && operation->kind == kind && !operation->asynchronous;

    memset(found, 0, sizeof(*found));
    give(to, MI_FALSE, MI_RESULT_INVALID_PARAMETER, NULL, NULL);
    if (fits && next_result(operation, found))
        give(to, MI_TRUE, MI_RESULT_OK, NULL, NULL);
    else if (fits)
        give(to, MI_FALSE, operation->result, operation->message, operation->error);
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

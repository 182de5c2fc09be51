/*
 * Operations: a request that a thread of its own carries out, and its results on their way to the caller, one at a
 * time.
 *
 * A synchronous one (no callback for its kind of result) hands a result to MI_Operation_Get..., which takes the one
 * before back; an asynchronous one to the callback, and the next one only when that was acknowledged: by its return, or
 * by resultAcknowledgement where the flags say so. So there is never more than one result in memory.
 *
 * The operation lives as long as its handle is open or its thread runs. It keeps its session.
 */
#ifndef CORK_MI_OPERATION_H
#define CORK_MI_OPERATION_H

#include <mi.h>

#include "common/handle_table.h"
#include "mi/request.h"

struct mi_operation;

enum mi_result_kind
{
    MI_RESULTS_INSTANCES,
    MI_RESULTS_CLASSES,
    MI_RESULTS_INDICATIONS
};

/* Starts an operation of a session that the caller has pinned. Takes the request's copies in every case. Where it
 * cannot be started, the callback gets the final result, and the handle is of nothing. */
void mi_operation_start(struct cork_pin *session_pin, const MI_Session *session, struct mi_request *request,
                        enum mi_result_kind kind, MI_Uint32 flags, const MI_OperationCallbacks *callbacks,
                        MI_Operation *operation);

/* Cancels an operation: it ends soon, with a final result that says so. */
void mi_operation_stop(struct mi_operation *operation, MI_CancellationReason reason);
/* Whether it was, for the thread that carries it out. */
bool mi_operation_stopped(struct mi_operation *operation);
/* The session object that it belongs to. */
const void *mi_operation_session(const struct mi_operation *operation);

/* Hands on a result and waits until there is room for the next. Takes the instance. Returns false where the operation
 * was cancelled. */
bool mi_operation_post(struct mi_operation *operation, MI_Instance *instance);
/* The same for an operation whose results are classes. */
bool mi_operation_post_class(struct mi_operation *operation, MI_Class *class_object);

/* Says how it ends; the first call counts. `type`, `code`: as mi_error_new; `message` may be NULL. */
void mi_operation_fail(struct mi_operation *operation, const MI_Char *type, MI_Uint32 code, const MI_Char *message);

#endif

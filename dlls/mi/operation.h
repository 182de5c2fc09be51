/*
 * Operations: a request that a thread of its own carries out, and its results on their way to the caller.
 *
 * A synchronous one (no callback for its kind of result) hands a result to MI_Operation_Get..., which takes the one
 * before back. An asynchronous one hands it to the callback, and the next one only when that was acknowledged: by its
 * return, or by resultAcknowledgement where the flags say so. A few results are fetched ahead.
 *
 * A time-out is the longest that a result, or the end, may take after the one before was handed on; the time that the
 * caller takes does not count.
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

/* One result. Nothing in it: that the operation has begun. */
struct mi_result
{
    MI_Instance *instance; /* of instances and indications */
    MI_Class *class_object;
    MI_Char *bookmark, *machine; /* of indications; from mi_alloc, may be NULL */
};

/* Starts an operation of a session that the caller has pinned. Takes the request's copies in every case. Where it
 * cannot be started, the callback gets the final result, and the handle is of nothing. */
void mi_operation_start(struct cork_pin *session_pin, const MI_Session *session, struct mi_request *request,
                        enum mi_result_kind kind, MI_Uint32 flags, const MI_OperationCallbacks *callbacks,
                        MI_Operation *operation);

/* Cancels an operation: it ends soon, with a final result that says so. Any thread, also one in a callback; waits for
 * nothing. */
void mi_operation_stop(struct mi_operation *operation, MI_CancellationReason reason);
/* Whether its thread must not wait for room for its results, because another operation waits for WMI. */
void mi_operation_hurry(struct mi_operation *operation, bool hurried);
/* The session object that it belongs to. Only while the operation's handle is open. */
const void *mi_operation_session(const struct mi_operation *operation);

/* ---- For the thread that carries it out ---- */

/* Whether the operation was cancelled or is late: to be asked now and then. */
bool mi_operation_stopped(struct mi_operation *operation);

/* Waits until so much time has passed. Returns false, at once, where the operation was cancelled or is late. */
bool mi_operation_pause(struct mi_operation *operation, MI_Uint64 milliseconds);

/* Hand on a result and wait until there is room for the next. Take what it has in every case. Return false where the
 * operation was cancelled. */
bool mi_operation_post_result(struct mi_operation *operation, struct mi_result *result);
bool mi_operation_post(struct mi_operation *operation, MI_Instance *instance);
bool mi_operation_post_class(struct mi_operation *operation, MI_Class *class_object);

/* Says how it ends; the first call counts. `type`, `code`: as mi_error_new; `message` may be NULL. */
void mi_operation_fail(struct mi_operation *operation, const MI_Char *type, MI_Uint32 code, const MI_Char *message);

#endif

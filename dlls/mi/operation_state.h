/*
 * What an operation is made of: for operation.c, which carries it out and ends it, and operation_results.c, which hands
 * its results to the caller.
 *
 * Who ends an operation. Its thread does, normally. But it may be inside WMI for long, where nothing reaches it; one
 * that is cancelled, or took too long, is ended without it then: on the thread that cancels if it is synchronous, else
 * on a thread of the system's pool, because that calls back. Whoever sets `finishing` gives the final result, once. The
 * operation's thread, once it comes back, finds that and throws away what it has.
 *
 * What keeps what. The handle, as long as it is open, and the workers (the operation's thread and a pool thread) keep
 * the operation. It keeps its session until the handle is closed and the final result was given.
 */
#ifndef CORK_MI_OPERATION_STATE_H
#define CORK_MI_OPERATION_STATE_H

#include <windows.h>

#include "common/platform.h"
#include "mi/operation.h"

/* How many results of a synchronous operation are fetched ahead, so that the two threads need not wait for each other
 * at each of them. */
#define MI_RESULT_ROOM 16

struct mi_operation
{
    MI_Operation handle; /* for callbacks */
    MI_Session session_handle;
    struct cork_reference session, own; /* own: the workers' */
    struct mi_request request;
    enum mi_result_kind kind;
    MI_Uint32 flags;
    bool asynchronous;
    MI_OperationCallbacks callbacks;
    PTP_TIMER timer; /* of an operation with a time-out */
    struct cork_mutex lock;
    struct cork_condition changed;
    /* Below the lock: */
    unsigned workers;
    bool in_wmi;        /* whether its thread is out of reach */
    MI_Uint64 deadline; /* when the next result has to be there, in GetTickCount64's milliseconds */
    struct mi_result results[MI_RESULT_ROOM]; /* synchronous: a ring */
    unsigned first, count;
    bool handed_out;        /* the first of them was, and is taken back by the next call */
    bool acknowledged;      /* asynchronous: the callback's result may go */
    bool stopped;           /* cancelled, for `reason` */
    bool finishing, ended;  /* somebody gives the final result; it is given */
    bool closed, abandoned; /* the handle; its thread is still in WMI after the end */
    MI_CancellationReason reason;
    MI_Result result; /* how it ended */
    const MI_Char *message;
    MI_Instance *error;
};

/* Calls the application back with one result, or with the final one (`result` NULL). `acknowledge` may be NULL. */
void mi_operation_call_back(struct mi_operation *operation, const struct mi_result *result,
                            MI_OperationCallback_ResultAcknowledgement acknowledge);

/* Frees what results have. */
void mi_result_clear(struct mi_result *result);

/* Whether the callback for a kind of results is there. */
bool mi_has_callback(enum mi_result_kind kind, const MI_OperationCallbacks *callbacks);

/* The final result of an operation that could not be made at all: there is no handle. */
void mi_operation_refuse(enum mi_result_kind kind, const MI_OperationCallbacks *callbacks, MI_Result result);

/* Whether it was cancelled, or is late, for its own thread. */
bool mi_operation_stopped(struct mi_operation *operation);

#endif

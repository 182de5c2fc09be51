/*
 * What an operation is made of: for operation.c, which carries it out and ends it, and operation_results.c, which hands
 * its results to the caller.
 *
 * An operation's thread reads results from WMI into a ring, from where the caller takes them: on its own thread, or, if
 * the operation is asynchronous, on a second one that calls back. The ring is short, so that memory stays bounded; it
 * grows only while another operation waits for its turn in WMI.
 *
 * The operation's thread may be inside WMI for long, where nothing reaches it. Who cancels, and the time-out, end the
 * operation without it: whoever sets `ended` says with what. That thread, once it comes back, finds that and throws
 * away what it has.
 *
 * What keeps what. The handle, as long as it is open, and the operation's threads keep the operation. It keeps its
 * session until the handle is closed and the final result was given.
 */
#ifndef CORK_MI_OPERATION_STATE_H
#define CORK_MI_OPERATION_STATE_H

#include <windows.h>

#include "common/platform.h"
#include "mi/operation.h"

/* How many results are fetched ahead, so that the two threads need not wait for each other at each of them. */
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
    unsigned workers;   /* threads */
    bool in_wmi;        /* whether its thread is out of reach */
    bool hurried;       /* it must not wait for room: another operation waits for WMI */
    MI_Uint64 deadline; /* when the next result has to be there, in GetTickCount64's milliseconds */
    struct mi_result *results, few[MI_RESULT_ROOM]; /* a ring; `few` until it has to grow */
    unsigned room, first, count;
    bool handed_out;        /* the first of them was, and is taken back by the next call */
    bool acknowledged;      /* asynchronous: the callback's result may go */
    bool stopped;           /* cancelled, for `reason` */
    bool ended;             /* there is a final result */
    bool told, delivered;   /* the caller gets it; asynchronous: the callback has had it */
    bool closed, abandoned; /* the handle; its thread is still in WMI after the end */
    MI_CancellationReason reason;
    MI_Result result; /* how it ended */
    const MI_Char *message;
    MI_Instance *error;
};

/* Calls back with all results and the final one, as they come. */
void mi_operation_deliver(struct mi_operation *operation);

/* Frees what results have. */
void mi_result_clear(struct mi_result *result);

/* Whether the callback for a kind of results is there. */
bool mi_has_callback(enum mi_result_kind kind, const MI_OperationCallbacks *callbacks);

/* The final result of an operation that could not be made at all: there is no handle. */
void mi_operation_refuse(enum mi_result_kind kind, const MI_OperationCallbacks *callbacks, MI_Result result);

#endif

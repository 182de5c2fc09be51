/*
 * Sessions and operations.
 */
#ifndef CORK_MI_SESSION_H
#define CORK_MI_SESSION_H

#include <mi.h>

#include "common/handle_table.h"

#include <stdbool.h>

/* MI_ApplicationFT.NewSession. */
MI_Result MI_CALL mi_session_new(MI_Application *application, const MI_Char *protocol, const MI_Char *destination,
                                 MI_DestinationOptions *options, MI_SessionCallbacks *callbacks,
                                 MI_Instance **extended_error, MI_Session *session);

extern const MI_SessionFT mi_session_table;
extern const MI_OperationFT mi_operation_table;

/* Whether the session's close has begun, of its object. */
bool mi_session_is_closing(const void *session);

/* Around a callback of an operation that has a reference to its session: tells closes of the session and the
 * application in it that they would wait for this thread. */
struct mi_session_visit
{
    struct cork_reference session, application;
    struct cork_pin pins[2];
};
void mi_session_enter(const struct cork_reference *session, struct mi_session_visit *visit);
void mi_session_leave(struct mi_session_visit *visit);

/* Cancels the operations of all sessions of an application's object. */
void mi_sessions_stop(const void *application);

/* The callbacks of sessions and operations in the handle table. */
void mi_session_cancel(void *object);
void mi_session_destroy(void *object);
void mi_operation_cancel(void *object);
void mi_operation_destroy(void *object);

#endif

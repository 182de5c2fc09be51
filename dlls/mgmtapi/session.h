/*
 * Manager sessions: one agent, one community, and the requests that threads wait for.
 */
#ifndef CORK_MGMTAPI_SESSION_H
#define CORK_MGMTAPI_SESSION_H

#include "common/handle_table.h"
#include "mgmtapi/engine.h"

/* A thread that waits for the answer to its request; on its stack, in the session's list. */
struct waiter
{
    struct waiter *next;
    smiINT32 request_id;
    CONDITION_VARIABLE changed;
    BOOL done;     /* the answer is there, or the request failed for good */
    DWORD error;   /* then: 0, or the error for SetLastError */
    smiINT status; /* the answer's error status and index */
    smiINT index;
    HSNMP_VBL vbl; /* the answer's bindings, the waiter's to free; NULL: none */
};

struct manager_session
{
    HSNMP_SESSION winsnmp;
    HSNMP_ENTITY agent;
    HSNMP_CONTEXT community;
    uint32_t timeout; /* of the first attempt, milliseconds */
    uint32_t retries;
    SRWLOCK agent_lock; /* the agent's port: shared while a message is sent, exclusive while it is set */

    uint32_t left_behind; /* the callback's: messages that it was told of and could not read for lack of memory */

    SRWLOCK lock; /* over what follows */
    BOOL closing;
    struct waiter *waiters;
};

/* Pins the session behind the caller's handle, or returns NULL with SNMP_MGMTAPI_INVALID_SESSION set. Undone by
 * cork_pin_release. */
struct manager_session *session_acquire(LPSNMP_MGR_SESSION handle, struct cork_pin *pin);

/* request.c: the session's WinSNMP callback, and what ends the waiting of all its requests. */
SNMPAPI_STATUS CALLBACK session_answered(HSNMP_SESSION winsnmp, HWND window, UINT message, WPARAM error,
                                         LPARAM request_id, LPVOID object);
void session_cancel_requests(struct manager_session *session);

#endif

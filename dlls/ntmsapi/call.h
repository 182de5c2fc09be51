/*
 * One call of the removable storage service, on behalf of one of the DLL's handles.
 *
 *   struct ntms_call call;
 *   DWORD error = call_begin(&call, hSession, HANDLE_SESSION);
 *   if (error) return error;
 *   host_put_guid(&call.arguments, id);
 *   error = call_send(&call, RSM_CLEAN_DRIVE);
 *   ... read call.reply.values into locals ...
 *   return call_end(&call, error);
 *
 * What the requests and replies hold stands in tools/corkd/rsm/rsm_service.h. Any thread may call; a call is its own
 * thread's.
 */
#ifndef CORK_NTMSAPI_CALL_H
#define CORK_NTMSAPI_CALL_H

#include <windows.h>
#include <ntmsapi.h>

#include "../tools/corkd/rsm/rsm_service.h"
#include "common/handle_table.h"
#include "common/host_channel.h"

enum ntms_handle_type
{
    HANDLE_SESSION = 1,
    HANDLE_NOTIFICATION,
    HANDLE_DETECTION,
};

/* What a session, notification or detection handle stands for. */
struct ntms_handle
{
    uint64_t connection; /* the connection that the session belongs to */
    uint32_t session;    /* the service's number */
    uint32_t number;     /* the service's number of the notification or detection */

    SRWLOCK lock; /* over what follows */
    BOOL closed;
    BOOL session_closed;     /* of a notification or detection: its session took it along */
    BOOL lost;               /* of a notification: a wait has said that nothing comes any more */
    struct ntms_call *calls; /* under way */
};

struct ntms_call
{
    struct ntms_handle *handle;
    struct cork_pin pin;
    struct host_encoder arguments;
    struct host_call call;
    struct host_reply reply;
    BOOL sent; /* there is a reply to free */
    struct ntms_call *next, *previous;
};

/* Pins the handle and puts the session's number. 0, or ERROR_INVALID_HANDLE and there is nothing to end. */
DWORD call_begin(struct ntms_call *call, HANDLE handle, enum ntms_handle_type type);
/* Asks and waits for the answer. Returns the service's result, or ERROR_CANCELLED where the handle was closed
 * meanwhile, or what the function's page documents for a service that cannot be reached. */
DWORD call_send(struct ntms_call *call, uint32_t method);
/* Frees and unpins. Returns `error`, or another where the reply could not be read: what was read then is not to be
 * given to the caller. */
DWORD call_end(struct ntms_call *call, DWORD error);

/* Calls whose arguments are identifiers and at most one number, and whose reply is the result only. An identifier that
 * is NULL is `missing`, the code that the function's page has for that. */
DWORD ask(HANDLE session, uint32_t method);
DWORD ask_one(HANDLE session, uint32_t method, const NTMS_GUID *id, DWORD missing);
DWORD ask_one_number(HANDLE session, uint32_t method, const NTMS_GUID *id, DWORD number, DWORD missing);
DWORD ask_two(HANDLE session, uint32_t method, const NTMS_GUID *first, const NTMS_GUID *second, DWORD missing);

/* What a function returns that got no reply: `method` says which page counts. */
DWORD call_error(uint32_t method, const struct host_reply *reply);

/* Handles. `handle_open` takes a copy; 0 or an error. `handle_close` waits for the calls under way, which end with
 * ERROR_CANCELLED; `copy` (may be NULL) is what was behind it. ERROR_INVALID_HANDLE for all but one caller. */
DWORD handle_open(enum ntms_handle_type type, uint64_t connection, uint32_t session, uint32_t number, HANDLE *handle);
DWORD handle_close(HANDLE handle, enum ntms_handle_type type, struct ntms_handle *copy);
/* Closes the notifications and detections of a session that has been closed. */
void handle_close_session(const struct ntms_handle *session);

/* Tells the service that a notification or detection, which handle_close gave, is no longer needed. Returns its result,
 * or what the page of `method` has where it cannot be reached. */
DWORD tell_closed(const struct ntms_handle *closed, uint32_t method);

/* Text: terminated UTF-16 for terminated ANSI, to be freed with free(); NULL for NULL. 0 or an error. */
DWORD text_to_wide(const char *text, WCHAR **wide);
/* Converts into `buffer` of `size` bytes, always terminated, shortened where it does not fit. */
void text_to_ansi(const WCHAR *wide, char *buffer, int size);
/* Puts a string of the service, empty for NULL. */
void put_text(struct host_encoder *encoder, const WCHAR *text);
/* Puts a valid security descriptor, absolute or self-relative, as a self-relative one. 0 or an error. */
DWORD put_descriptor(struct host_encoder *encoder, PSECURITY_DESCRIPTOR descriptor);

#endif

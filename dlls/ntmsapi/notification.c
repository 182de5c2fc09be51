/*
 * Notifications: OpenNtmsNotification, WaitForNtmsNotification, CloseNtmsNotification.
 */
#include "ntmsapi/call.h"

#include <stdlib.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(ntmsapi);

static DWORD open_notification(HANDLE session, DWORD type, HANDLE *notification)
{
    struct ntms_call call;
    struct ntms_handle owner;
    uint32_t number = 0;
    DWORD error = call_begin(&call, session, HANDLE_SESSION);

    if (error) return error;
    owner = *call.handle;
    host_put_u32(&call.arguments, type);
    error = call_send(&call, RSM_OPEN_NOTIFICATION);
    if (!error) number = host_get_u32(&call.reply.values);
    error = call_end(&call, error);
    /* Where there is no memory for the handle the service's part goes with the session. */
    return error ? error : handle_open(HANDLE_NOTIFICATION, owner.connection, owner.session, number, notification);
}

/*
 * OpenNtmsNotification (nf-ntmsapi-openntmsnotification): from now on changes of objects of dwType are kept for
 * WaitForNtmsNotification. The handle is closed by CloseNtmsNotification, or with its session. INVALID_HANDLE_VALUE
 * with GetLastError: ERROR_INVALID_HANDLE, ERROR_NOT_CONNECTED, ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE. Any
 * thread.
 */
HANDLE WINAPI OpenNtmsNotification(HANDLE hSession, DWORD dwType)
{
    HANDLE notification = INVALID_HANDLE_VALUE;
    DWORD error;

    CORK_TRACE("%p, %lu\n", hSession, dwType);
    error = open_notification(hSession, dwType, &notification);
    if (error) notification = INVALID_HANDLE_VALUE;
    SetLastError(error);
    CORK_TRACE("returning %p, error %lu\n", notification, error);
    return notification;
}

/* "Notification pipe failed. Attempt to set up notification again." That is said once; who waits on such a handle again
 * is "unable to connect to the RSM service". */
static DWORD say_lost(struct ntms_handle *handle)
{
    BOOL said;

    AcquireSRWLockExclusive(&handle->lock);
    said = handle->lost;
    handle->lost = TRUE;
    ReleaseSRWLockExclusive(&handle->lock);
    return said ? ERROR_NOT_CONNECTED : ERROR_NO_DATA;
}

static BOOL session_closed(struct ntms_handle *handle)
{
    BOOL closed;

    AcquireSRWLockShared(&handle->lock);
    closed = handle->session_closed;
    ReleaseSRWLockShared(&handle->lock);
    return closed;
}

static DWORD wait_for(struct ntms_call *call, DWORD timeout, NTMS_NOTIFICATIONINFORMATION *information)
{
    DWORD error;

    host_put_u32(&call->arguments, call->handle->number);
    host_put_u32(&call->arguments, timeout);
    error = call_send(call, RSM_WAIT_NOTIFICATION);
    if (!error)
    {
        information->dwOperation = host_get_u32(&call->reply.values);
        host_get_guid(&call->reply.values, &information->ObjectId);
    }
    if (call->sent && call->reply.status == HOST_CALL_LOST) error = say_lost(call->handle);
    /* The handle has been closed under the wait. With its session that is "unwound and canceled" (CloseNtmsSession). */
    if (error == ERROR_CANCELLED && !session_closed(call->handle)) error = ERROR_INVALID_HANDLE;
    return call_end(call, error);
}

/*
 * WaitForNtmsNotification (nf-ntmsapi-waitforntmsnotification): the next change, dwTimeout milliseconds at most
 * (INFINITE: without end). ERROR_INVALID_HANDLE (also: closed meanwhile), ERROR_CANCELLED (its session was),
 * ERROR_NO_DATA (the service has gone), ERROR_TIMEOUT, ERROR_NOT_CONNECTED, ERROR_DATABASE_FAILURE; nowhere to put it:
 * ERROR_INVALID_PARAMETER. Any thread.
 */
DWORD WINAPI WaitForNtmsNotification(HANDLE hNotification, LPNTMS_NOTIFICATIONINFORMATION lpNotificationInformation,
                                     DWORD dwTimeout)
{
    NTMS_NOTIFICATIONINFORMATION information;
    struct ntms_call call;
    DWORD error;

    CORK_TRACE("%p, %p, %lu\n", hNotification, lpNotificationInformation, dwTimeout);
    error = call_begin(&call, hNotification, HANDLE_NOTIFICATION);
    if (error) return error;
    if (!lpNotificationInformation) return call_end(&call, ERROR_INVALID_PARAMETER);
    error = wait_for(&call, dwTimeout, &information);
    if (!error) *lpNotificationInformation = information;
    return error;
}

/*
 * CloseNtmsNotification (nf-ntmsapi-closentmsnotification): a wait that is under way returns ERROR_INVALID_HANDLE.
 * Exactly one caller succeeds. ERROR_INVALID_PARAMETER: NULL; ERROR_INVALID_HANDLE: no notification, or closed already;
 * ERROR_NOT_CONNECTED: the service has gone, and the handle is closed all the same. Any thread, but not from DllMain.
 */
DWORD WINAPI CloseNtmsNotification(HANDLE hNotification)
{
    struct ntms_handle closed;
    DWORD error;

    CORK_TRACE("%p\n", hNotification);
    if (!hNotification) return ERROR_INVALID_PARAMETER;
    error = handle_close(hNotification, HANDLE_NOTIFICATION, &closed);
    return error ? error : tell_closed(&closed, RSM_CLOSE_NOTIFICATION);
}

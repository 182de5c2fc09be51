/*
 * Library requests: cancelled, ordered, deleted.
 */
#include "ntmsapi/call.h"

#include <stdlib.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(ntmsapi);

/*
 * CancelNtmsLibraryRequest (nf-ntmsapi-cancelntmslibraryrequest): ERROR_INVALID_HANDLE, ERROR_OBJECT_NOT_FOUND (also:
 * missing), ERROR_ACCESS_DENIED (also: it is being handled), ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI CancelNtmsLibraryRequest(HANDLE hSession, LPNTMS_GUID lpRequestId)
{
    CORK_TRACE("%p, %p\n", hSession, lpRequestId);
    return ask_one(hSession, RSM_CANCEL_REQUEST, lpRequestId, ERROR_OBJECT_NOT_FOUND);
}

/*
 * GetNtmsRequestOrder (nf-ntmsapi-getntmsrequestorder): the request's place among those of its kind, 1 is the first; 0:
 * they have no order. ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, ERROR_OBJECT_NOT_FOUND, ERROR_ACCESS_DENIED,
 * ERROR_DATABASE_FAILURE. Any thread.
 */
DWORD WINAPI GetNtmsRequestOrder(HANDLE hSession, LPNTMS_GUID lpRequestId, LPDWORD lpdwOrderNumber)
{
    struct ntms_call call;
    DWORD error, order = 0;

    CORK_TRACE("%p, %p, %p\n", hSession, lpRequestId, lpdwOrderNumber);
    error = call_begin(&call, hSession, HANDLE_SESSION);
    if (error) return error;
    if (!lpRequestId || !lpdwOrderNumber) return call_end(&call, ERROR_INVALID_PARAMETER);
    host_put_guid(&call.arguments, lpRequestId);
    error = call_send(&call, RSM_GET_REQUEST_ORDER);
    if (!error) order = host_get_u32(&call.reply.values);
    error = call_end(&call, error);
    if (!error) *lpdwOrderNumber = order;
    return error;
}

/* SetNtmsRequestOrder (nf-ntmsapi-setntmsrequestorder): changes it; 0xFFFFFFFF is the last. The same errors. */
DWORD WINAPI SetNtmsRequestOrder(HANDLE hSession, LPNTMS_GUID lpRequestId, DWORD dwOrderNumber)
{
    CORK_TRACE("%p, %p, %lu\n", hSession, lpRequestId, dwOrderNumber);
    return ask_one_number(hSession, RSM_SET_REQUEST_ORDER, lpRequestId, dwOrderNumber, ERROR_INVALID_PARAMETER);
}

static DWORD delete_request(HANDLE session, const NTMS_GUID *id, DWORD type)
{
    struct ntms_call call;
    DWORD error = call_begin(&call, session, HANDLE_SESSION);

    if (error) return error;
    /* GUID_NULL would be every request there is. */
    if (NTMS_IS_NULLGUID((*id))) return call_end(&call, ERROR_SUCCESS);
    host_put_guid(&call.arguments, id);
    host_put_u32(&call.arguments, type);
    host_put_u32(&call.arguments, 1);
    return call_end(&call, call_send(&call, RSM_DELETE_REQUESTS));
}

/*
 * DeleteNtmsRequests (nf-ntmsapi-deletentmsrequests): forgets dwCount requests that are completed, failed, refused or
 * cancelled. dwType: NTMS_LIBREQUEST or NTMS_OPREQUEST. "An error is not returned if a request ... is not found." Those
 * that go on stay, and are told by ERROR_ACCESS_DENIED when the others have been deleted; any other error ends it.
 * ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER (another type; no list, or none in it), ERROR_DATABASE_FAILURE,
 * ERROR_DATABASE_FULL, ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI DeleteNtmsRequests(HANDLE hSession, LPNTMS_GUID lpRequestId, DWORD dwType, DWORD dwCount)
{
    DWORD error, going_on = ERROR_SUCCESS;
    struct ntms_call call;

    CORK_TRACE("%p, %p, %lu, %lu\n", hSession, lpRequestId, dwType, dwCount);
    error = call_begin(&call, hSession, HANDLE_SESSION);
    if (error) return error;
    if (!lpRequestId || !dwCount || (dwType != NTMS_LIBREQUEST && dwType != NTMS_OPREQUEST))
        error = ERROR_INVALID_PARAMETER;
    error = call_end(&call, error);
    for (DWORD i = 0; i < dwCount && lpRequestId && !error; i++)
    {
        error = delete_request(hSession, &lpRequestId[i], dwType);
        if (error != ERROR_ACCESS_DENIED) continue;
        going_on = error;
        error = ERROR_SUCCESS;
    }
    return error ? error : going_on;
}

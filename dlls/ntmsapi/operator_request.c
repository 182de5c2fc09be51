/*
 * Operator requests: submitted, waited for, satisfied, cancelled.
 */
#include "ntmsapi/call.h"

#include <stdlib.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(ntmsapi);

/*
 * SubmitNtmsOperatorRequest (nf-ntmsapi-submitntmsoperatorrequesta): asks a person for something, NTMS_OPREQ_*.
 * lpMessage may be NULL; what the arguments are depends on the kind, those that it does not need may be NULL.
 * *lpRequestId receives the request. ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, ERROR_NOT_CONNECTED,
 * ERROR_OBJECT_NOT_FOUND, ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE. Any thread.
 */
DWORD WINAPI SubmitNtmsOperatorRequestW(HANDLE hSession, DWORD dwRequest, LPCWSTR lpMessage, LPNTMS_GUID lpArg1Id,
                                        LPNTMS_GUID lpArg2Id, LPNTMS_GUID lpRequestId)
{
    struct ntms_call call;
    NTMS_GUID request;
    DWORD error;

    CORK_TRACE("%p, %lu, %s, %p, %p, %p\n", hSession, dwRequest, cork_debugstr_w(lpMessage), lpArg1Id, lpArg2Id,
               lpRequestId);
    error = call_begin(&call, hSession, HANDLE_SESSION);
    if (error) return error;
    if (!lpRequestId || dwRequest < NTMS_OPREQ_NEWMEDIA || dwRequest > NTMS_OPREQ_MESSAGE)
        return call_end(&call, ERROR_INVALID_PARAMETER);
    host_put_u32(&call.arguments, dwRequest);
    put_text(&call.arguments, lpMessage);
    host_put_guid(&call.arguments, lpArg1Id);
    host_put_guid(&call.arguments, lpArg2Id);
    error = call_send(&call, RSM_SUBMIT_OPREQUEST);
    if (!error) host_get_guid(&call.reply.values, &request);
    error = call_end(&call, error);
    if (!error) *lpRequestId = request;
    return error;
}

DWORD WINAPI SubmitNtmsOperatorRequestA(HANDLE hSession, DWORD dwRequest, LPCSTR lpMessage, LPNTMS_GUID lpArg1Id,
                                        LPNTMS_GUID lpArg2Id, LPNTMS_GUID lpRequestId)
{
    WCHAR *message;
    DWORD error = text_to_wide(lpMessage, &message);

    if (!error) error = SubmitNtmsOperatorRequestW(hSession, dwRequest, message, lpArg1Id, lpArg2Id, lpRequestId);
    free(message);
    return error;
}

/*
 * WaitForNtmsOperatorRequest (nf-ntmsapi-waitforntmsoperatorrequest): until the request is satisfied, dwTimeout
 * milliseconds at most (0: only looks; INFINITE: without end). ERROR_CANCELLED (refused, or the session was closed
 * meanwhile), ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, ERROR_NOT_CONNECTED, ERROR_OBJECT_NOT_FOUND,
 * ERROR_TIMEOUT. Any thread.
 */
DWORD WINAPI WaitForNtmsOperatorRequest(HANDLE hSession, LPNTMS_GUID lpRequestId, DWORD dwTimeout)
{
    CORK_TRACE("%p, %p, %lu\n", hSession, lpRequestId, dwTimeout);
    return ask_one_number(hSession, RSM_WAIT_OPREQUEST, lpRequestId, dwTimeout, ERROR_INVALID_PARAMETER);
}

/*
 * CancelNtmsOperatorRequest (nf-ntmsapi-cancelntmsoperatorrequest): refuses it. ERROR_INVALID_HANDLE,
 * ERROR_INVALID_PARAMETER, ERROR_INVALID_STATE (it has ended), ERROR_OBJECT_NOT_FOUND, ERROR_ACCESS_DENIED. Any thread.
 */
DWORD WINAPI CancelNtmsOperatorRequest(HANDLE hSession, LPNTMS_GUID lpRequestId)
{
    CORK_TRACE("%p, %p\n", hSession, lpRequestId);
    return ask_one(hSession, RSM_CANCEL_OPREQUEST, lpRequestId, ERROR_INVALID_PARAMETER);
}

/*
 * SatisfyNtmsOperatorRequest (nf-ntmsapi-satisfyntmsoperatorrequest): what it asks for has been done.
 * ERROR_INVALID_HANDLE, ERROR_OBJECT_NOT_FOUND (also: missing), ERROR_ACCESS_DENIED. Any thread.
 */
DWORD WINAPI SatisfyNtmsOperatorRequest(HANDLE hSession, LPNTMS_GUID lpRequestId)
{
    CORK_TRACE("%p, %p\n", hSession, lpRequestId);
    return ask_one(hSession, RSM_SATISFY_OPREQUEST, lpRequestId, ERROR_OBJECT_NOT_FOUND);
}

/*
 * Media pools: CreateNtmsMediaPool, GetNtmsMediaPoolName, MoveToNtmsMediaPool, DeleteNtmsMediaPool.
 */
#include "ntmsapi/call.h"

#include <stdlib.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(ntmsapi);

/* The longest name that is asked for, in characters with its terminator. */
#define LONGEST_NAME 0x8000

/*
 * CreateNtmsMediaPool (nf-ntmsapi-createntmsmediapoola): makes or opens an application media pool. Levels of lpPoolName
 * are separated by backslashes and made one by one. lpMediaType NULL: a pool for pools only. dwAction:
 * NTMS_OPEN_EXISTING, NTMS_CREATE_NEW, NTMS_OPEN_ALWAYS. lpSecurityAttributes may be NULL. *lpPoolId receives the
 * identifier. ERROR_ALREADY_EXISTS, ERROR_OBJECT_NOT_FOUND, ERROR_INVALID_HANDLE, ERROR_INVALID_MEDIA (no such media
 * type), ERROR_INVALID_NAME, ERROR_INVALID_PARAMETER (no name, nowhere to put the identifier, another action),
 * ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE, ERROR_DATABASE_FULL. Any thread.
 */
DWORD WINAPI CreateNtmsMediaPoolW(HANDLE hSession, LPCWSTR lpPoolName, LPNTMS_GUID lpMediaType, DWORD dwAction,
                                  LPSECURITY_ATTRIBUTES lpSecurityAttributes, LPNTMS_GUID lpPoolId)
{
    struct ntms_call call;
    NTMS_GUID pool;
    DWORD error;

    CORK_TRACE("%p, %s, %p, %lu, %p, %p\n", hSession, cork_debugstr_w(lpPoolName), lpMediaType, dwAction,
               lpSecurityAttributes, lpPoolId);
    error = call_begin(&call, hSession, HANDLE_SESSION);
    if (error) return error;
    if (!lpPoolName || !lpPoolId || dwAction < NTMS_OPEN_EXISTING || dwAction > NTMS_OPEN_ALWAYS)
        return call_end(&call, ERROR_INVALID_PARAMETER);
    put_text(&call.arguments, lpPoolName);
    host_put_guid(&call.arguments, lpMediaType);
    host_put_u32(&call.arguments, dwAction);
    if (lpSecurityAttributes && lpSecurityAttributes->lpSecurityDescriptor)
        error = put_descriptor(&call.arguments, lpSecurityAttributes->lpSecurityDescriptor);
    else
        host_put_bytes(&call.arguments, NULL, 0);
    if (!error) error = call_send(&call, RSM_CREATE_POOL);
    if (!error) host_get_guid(&call.reply.values, &pool);
    error = call_end(&call, error);
    if (!error) *lpPoolId = pool;
    return error;
}

DWORD WINAPI CreateNtmsMediaPoolA(HANDLE hSession, LPCSTR lpPoolName, LPNTMS_GUID lpMediaType, DWORD dwAction,
                                  LPSECURITY_ATTRIBUTES lpSecurityAttributes, LPNTMS_GUID lpPoolId)
{
    WCHAR *name;
    DWORD error = text_to_wide(lpPoolName, &name);

    if (!error) error = CreateNtmsMediaPoolW(hSession, name, lpMediaType, dwAction, lpSecurityAttributes, lpPoolId);
    free(name);
    return error;
}

/* The pool's whole name, the caller's to free. `buffer` and `size` are the caller's, and only checked. */
static DWORD get_name(HANDLE session, const NTMS_GUID *id, const void *buffer, const DWORD *size, WCHAR **name)
{
    struct ntms_call call;
    DWORD error = call_begin(&call, session, HANDLE_SESSION);

    *name = NULL;
    if (error) return error;
    if (!id) return call_end(&call, ERROR_INVALID_MEDIA_POOL);
    if (!size || (*size && !buffer)) return call_end(&call, ERROR_INVALID_PARAMETER);
    host_put_guid(&call.arguments, id);
    host_put_u32(&call.arguments, LONGEST_NAME);
    error = call_send(&call, RSM_GET_POOL_NAME);
    if (!error)
    {
        host_get_u32(&call.reply.values);
        *name = (WCHAR *)host_get_utf16(&call.reply.values);
    }
    error = call_end(&call, error);
    return error || *name ? error : ERROR_NOT_ENOUGH_MEMORY;
}

/*
 * GetNtmsMediaPoolName (nf-ntmsapi-getntmsmediapoolnamea): the name with those of the pools that it is in.
 * *lpdwBufSize: in, the buffer's size, out, the name's with its terminator, in characters. ERROR_INSUFFICIENT_BUFFER,
 * ERROR_INVALID_HANDLE, ERROR_INVALID_MEDIA_POOL (missing, or no pool), ERROR_INVALID_PARAMETER,
 * ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI GetNtmsMediaPoolNameW(HANDLE hSession, LPNTMS_GUID lpPoolId, LPWSTR lpNameBuf, LPDWORD lpdwBufSize)
{
    WCHAR *name;
    DWORD error, needed, room;

    CORK_TRACE("%p, %p, %p, %p\n", hSession, lpPoolId, lpNameBuf, lpdwBufSize);
    error = get_name(hSession, lpPoolId, lpNameBuf, lpdwBufSize, &name);
    if (!error && name)
    {
        room = *lpdwBufSize;
        needed = (DWORD)lstrlenW(name) + 1;
        *lpdwBufSize = needed;
        if (needed > room)
            error = ERROR_INSUFFICIENT_BUFFER;
        else
            memcpy(lpNameBuf, name, needed * sizeof(WCHAR));
    }
    free(name);
    return error;
}

DWORD WINAPI GetNtmsMediaPoolNameA(HANDLE hSession, LPNTMS_GUID lpPoolId, LPSTR lpNameBuf, LPDWORD lpdwBufSize)
{
    WCHAR *name;
    DWORD error, needed, room;

    CORK_TRACE("%p, %p, %p, %p\n", hSession, lpPoolId, lpNameBuf, lpdwBufSize);
    error = get_name(hSession, lpPoolId, lpNameBuf, lpdwBufSize, &name);
    if (!error)
    {
        room = *lpdwBufSize;
        needed = (DWORD)WideCharToMultiByte(CP_ACP, 0, name, -1, NULL, 0, NULL, NULL);
        *lpdwBufSize = needed;
        if (needed > room)
            error = ERROR_INSUFFICIENT_BUFFER;
        else
            WideCharToMultiByte(CP_ACP, 0, name, -1, lpNameBuf, (int)room, NULL, NULL);
    }
    free(name);
    return error;
}

/*
 * MoveToNtmsMediaPool (nf-ntmsapi-movetontmsmediapool): a physical medium into another pool of its media type.
 * ERROR_BUSY, ERROR_INVALID_HANDLE, ERROR_INVALID_MEDIA, ERROR_INVALID_MEDIA_POOL, ERROR_INVALID_PARAMETER (an
 * identifier that is missing), ERROR_MEDIA_INCOMPATIBLE, ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE,
 * ERROR_DATABASE_FULL, ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI MoveToNtmsMediaPool(HANDLE hSession, LPNTMS_GUID lpMediaId, LPNTMS_GUID lpPoolId)
{
    CORK_TRACE("%p, %p, %p\n", hSession, lpMediaId, lpPoolId);
    return ask_two(hSession, RSM_MOVE_TO_POOL, lpMediaId, lpPoolId, ERROR_INVALID_PARAMETER);
}

/*
 * DeleteNtmsMediaPool (nf-ntmsapi-deletentmsmediapool): an empty application pool. ERROR_INVALID_HANDLE,
 * ERROR_INVALID_MEDIA_POOL, ERROR_INVALID_PARAMETER, ERROR_NOT_EMPTY, ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE,
 * ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI DeleteNtmsMediaPool(HANDLE hSession, LPNTMS_GUID lpPoolId)
{
    CORK_TRACE("%p, %p\n", hSession, lpPoolId);
    return ask_one(hSession, RSM_DELETE_POOL, lpPoolId, ERROR_INVALID_PARAMETER);
}

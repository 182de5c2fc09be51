/*
 * Where requests are shown: GetNtmsUIOptions, SetNtmsUIOptions.
 */
#include "ntmsapi/call.h"

#include <stdlib.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(ntmsapi);

/* More than any list of destinations, in characters. */
#define LONGEST_LIST 0x40000

static BOOL is_ui_type(DWORD type)
{
    return type > NTMS_UITYPE_INVALID && type < NTMS_UITYPE_MAX;
}

/* One destination behind the others, which take `*used` of `room` characters. Too little room is only counted. */
static void add_destination(const WCHAR *text, void *buffer, DWORD room, DWORD *used, BOOL wide)
{
    DWORD length =
        wide ? (DWORD)lstrlenW(text) + 1 : (DWORD)WideCharToMultiByte(CP_ACP, 0, text, -1, NULL, 0, NULL, NULL);

    if (*used + length < room)
    {
        if (wide)
            memcpy((WCHAR *)buffer + *used, text, length * sizeof(WCHAR));
        else
            WideCharToMultiByte(CP_ACP, 0, text, -1, (char *)buffer + *used, (int)length, NULL, NULL);
    }
    *used += length;
}

/* Reads the list as strings one after another and an empty one. Returns the characters that it takes; 0 for no list. */
static DWORD get_destinations(struct host_decoder *values, void *buffer, DWORD room, BOOL wide)
{
    DWORD used = 0;
    uint32_t count;

    host_get_u32(values);
    count = host_get_list(values, 1);
    for (uint32_t i = 0; i < count && !values->error; i++)
    {
        WCHAR *text = (WCHAR *)host_get_utf16(values);

        if (text) add_destination(text, buffer, room, &used, wide);
        free(text);
    }
    if (!used) return 0;
    if (used < room && wide)
        ((WCHAR *)buffer)[used] = 0;
    else if (used < room)
        ((char *)buffer)[used] = 0;
    return used + 1;
}

static DWORD get_options(HANDLE session, const NTMS_GUID *id, DWORD type, void *buffer, DWORD *size, BOOL wide)
{
    struct ntms_call call;
    DWORD needed = 0, error = call_begin(&call, session, HANDLE_SESSION);

    if (error) return error;
    if (!buffer || !size || !is_ui_type(type)) return call_end(&call, ERROR_INVALID_PARAMETER);
    host_put_guid(&call.arguments, id);
    host_put_u32(&call.arguments, type);
    host_put_u32(&call.arguments, LONGEST_LIST);
    error = call_send(&call, RSM_GET_UI_OPTIONS);
    if (!error) needed = get_destinations(&call.reply.values, buffer, *size, wide);
    error = call_end(&call, error);
    if (error) return error;
    error = needed > *size ? ERROR_INSUFFICIENT_BUFFER : ERROR_SUCCESS;
    *size = needed;
    return error;
}

/*
 * GetNtmsUIOptions (nf-ntmsapi-getntmsuioptionsa): the computers that messages of a kind (NTMS_UITYPE_*) are shown on,
 * for a library, the computer object, or, with lpObjectId NULL, this session. *lpdwBufSize: in, the buffer's size, out,
 * the list's, in characters; 0 with success where there is none. ERROR_INSUFFICIENT_BUFFER, ERROR_INVALID_HANDLE,
 * ERROR_INVALID_PARAMETER, ERROR_OBJECT_NOT_FOUND, ERROR_ACCESS_DENIED, ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI GetNtmsUIOptionsW(HANDLE hSession, const LPNTMS_GUID lpObjectId, DWORD dwType, LPWSTR lpszDestination,
                               LPDWORD lpdwBufSize)
{
    CORK_TRACE("%p, %p, %lu, %p, %p\n", hSession, lpObjectId, dwType, lpszDestination, lpdwBufSize);
    return get_options(hSession, lpObjectId, dwType, lpszDestination, lpdwBufSize, TRUE);
}

DWORD WINAPI GetNtmsUIOptionsA(HANDLE hSession, const LPNTMS_GUID lpObjectId, DWORD dwType, LPSTR lpszDestination,
                               LPDWORD lpdwBufSize)
{
    CORK_TRACE("%p, %p, %lu, %p, %p\n", hSession, lpObjectId, dwType, lpszDestination, lpdwBufSize);
    return get_options(hSession, lpObjectId, dwType, lpszDestination, lpdwBufSize, FALSE);
}

/*
 * SetNtmsUIOptions (nf-ntmsapi-setntmsuioptionsa): adds a computer to that list, or takes one or all away
 * (NTMS_UIDEST_*; lpszDestination is ignored with NTMS_UIDEST_DELETEALL). "A pointer to an empty string is taken to
 * mean the local machine"; no name is checked. ERROR_ALREADY_EXISTS, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER,
 * ERROR_OBJECT_NOT_FOUND, ERROR_ACCESS_DENIED, ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI SetNtmsUIOptionsW(HANDLE hSession, const LPNTMS_GUID lpObjectId, DWORD dwType, DWORD dwOperation,
                               LPCWSTR lpszDestination)
{
    WCHAR own_name[MAX_COMPUTERNAME_LENGTH + 1];
    struct ntms_call call;
    DWORD error, size = MAX_COMPUTERNAME_LENGTH + 1;

    CORK_TRACE("%p, %p, %lu, %lu, %s\n", hSession, lpObjectId, dwType, dwOperation, cork_debugstr_w(lpszDestination));
    error = call_begin(&call, hSession, HANDLE_SESSION);
    if (error) return error;
    if (!is_ui_type(dwType) || dwOperation < NTMS_UIDEST_ADD || dwOperation >= NTMS_UIOPERATION_MAX ||
        (!lpszDestination && dwOperation != NTMS_UIDEST_DELETEALL))
        return call_end(&call, ERROR_INVALID_PARAMETER);
    host_put_guid(&call.arguments, lpObjectId);
    host_put_u32(&call.arguments, dwType);
    host_put_u32(&call.arguments, dwOperation);
    if (lpszDestination && !*lpszDestination && GetComputerNameW(own_name, &size)) lpszDestination = own_name;
    put_text(&call.arguments, lpszDestination);
    return call_end(&call, call_send(&call, RSM_SET_UI_OPTIONS));
}

DWORD WINAPI SetNtmsUIOptionsA(HANDLE hSession, const LPNTMS_GUID lpObjectId, DWORD dwType, DWORD dwOperation,
                               LPCSTR lpszDestination)
{
    WCHAR *destination;
    DWORD error = text_to_wide(lpszDestination, &destination);

    if (!error) error = SetNtmsUIOptionsW(hSession, lpObjectId, dwType, dwOperation, destination);
    free(destination);
    return error;
}

/*
 * Objects: EnumerateNtmsObject, Get and SetNtmsObjectInformation, EnableNtmsObject, DisableNtmsObject.
 */
#include "ntmsapi/information.h"

#include <stdlib.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(ntmsapi);

/* More identifiers than a reply can hold are not asked for. */
#define MOST_IDS 500000u

/* ---- Enumerating ---- */

/* Reads the reply into the caller's list. */
static void get_list(struct host_decoder *values, NTMS_GUID *list, DWORD capacity, DWORD *found)
{
    DWORD count;

    *found = host_get_u32(values);
    count = host_get_list(values, sizeof(NTMS_GUID));
    if (count > capacity) values->error = HOST_MALFORMED;
    host_get_guids(values, list, count);
}

/*
 * EnumerateNtmsObject (nf-ntmsapi-enumeratentmsobject): the identifiers of the objects of dwType in lpContainerId
 * (NULL: all of them). *lpdwListSize: in, room in lpList, in identifiers (0: lpList may be NULL); out, how many there
 * are. dwOptions: NTMS_ENUM_DEFAULT or NTMS_ENUM_ROOTPOOL. ERROR_INSUFFICIENT_BUFFER: there are more, the list is
 * truncated; ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, ERROR_NOT_ENOUGH_MEMORY, ERROR_OBJECT_NOT_FOUND. Any
 * thread.
 */
DWORD WINAPI EnumerateNtmsObject(HANDLE hSession, const LPNTMS_GUID lpContainerId, LPNTMS_GUID lpList,
                                 LPDWORD lpdwListSize, DWORD dwType, DWORD dwOptions)
{
    struct ntms_call call;
    DWORD error, capacity, found = 0;

    CORK_TRACE("%p, %p, %p, %p, %lu, %#lx\n", hSession, lpContainerId, lpList, lpdwListSize, dwType, dwOptions);
    error = call_begin(&call, hSession, HANDLE_SESSION);
    if (error) return error;
    if (!lpdwListSize || (*lpdwListSize && !lpList)) return call_end(&call, ERROR_INVALID_PARAMETER);
    capacity = *lpdwListSize < MOST_IDS ? *lpdwListSize : MOST_IDS;
    host_put_guid(&call.arguments, lpContainerId);
    host_put_u32(&call.arguments, dwType);
    host_put_u32(&call.arguments, dwOptions);
    host_put_u32(&call.arguments, capacity);
    error = call_send(&call, RSM_ENUMERATE);
    if (error && error != ERROR_INSUFFICIENT_BUFFER) return call_end(&call, error);
    get_list(&call.reply.values, lpList, capacity, &found);
    error = call_end(&call, error);
    if (!error || error == ERROR_INSUFFICIENT_BUFFER) *lpdwListSize = found;
    return error;
}

/* ---- Information ---- */

/* dwSize and dwType, which lie at the same place in both structures. */
static BOOL is_valid(const void *information, BOOL wide)
{
    const NTMS_OBJECTINFORMATIONW *info = information;

    return info && information_is_valid(info->dwType, info->dwSize, wide);
}

static DWORD get_information(HANDLE session, const NTMS_GUID *id, void *information, BOOL wide)
{
    NTMS_OBJECTINFORMATIONW *info = information;
    struct ntms_call call;
    DWORD error = call_begin(&call, session, HANDLE_SESSION);

    if (error) return error;
    if (!id || !is_valid(information, wide)) return call_end(&call, ERROR_INVALID_PARAMETER);
    host_put_guid(&call.arguments, id);
    host_put_u32(&call.arguments, info->dwType);
    error = call_send(&call, RSM_GET_INFORMATION);
    if (!error) information_get(&call.reply.values, information, info->dwType, info->dwSize, wide);
    return call_end(&call, error);
}

/* The identifier is the one in lpObjectId, whatever the structure has. */
static DWORD set_information(HANDLE session, const NTMS_GUID *id, const void *information, BOOL wide)
{
    union
    {
        NTMS_OBJECTINFORMATIONA ansi;
        NTMS_OBJECTINFORMATIONW wide;
    } copy;
    struct ntms_call call;
    DWORD error = call_begin(&call, session, HANDLE_SESSION);

    if (error) return error;
    if (!id || !is_valid(information, wide)) return call_end(&call, ERROR_INVALID_PARAMETER);
    if (((const NTMS_OBJECTINFORMATIONW *)information)->dwType == NTMS_UNKNOWN)
        return call_end(&call, ERROR_INVALID_PARAMETER);
    memset(&copy, 0, sizeof(copy));
    memcpy(&copy, information, ((const NTMS_OBJECTINFORMATIONW *)information)->dwSize);
    copy.wide.ObjectGuid = *id; /* lies at the same place in both */
    information_put(&call.arguments, &copy, wide);
    return call_end(&call, call_send(&call, RSM_SET_INFORMATION));
}

/*
 * GetNtmsObjectInformation (nf-ntmsapi-getntmsobjectinformationa): all there is to know of an object. lpInfo->dwSize
 * and dwType "must be set correctly" before; dwType NTMS_UNKNOWN is any. ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER
 * (an identifier or structure that is missing, a wrong size or type), ERROR_OBJECT_NOT_FOUND, ERROR_ACCESS_DENIED,
 * ERROR_NOT_ENOUGH_MEMORY. On failure *lpInfo is as it was. Any thread.
 */
DWORD WINAPI GetNtmsObjectInformationW(HANDLE hSession, LPNTMS_GUID lpObjectId, LPNTMS_OBJECTINFORMATIONW lpInfo)
{
    CORK_TRACE("%p, %p, %p\n", hSession, lpObjectId, lpInfo);
    return get_information(hSession, lpObjectId, lpInfo, TRUE);
}

DWORD WINAPI GetNtmsObjectInformationA(HANDLE hSession, LPNTMS_GUID lpObjectId, LPNTMS_OBJECTINFORMATIONA lpInfo)
{
    CORK_TRACE("%p, %p, %p\n", hSession, lpObjectId, lpInfo);
    return get_information(hSession, lpObjectId, lpInfo, FALSE);
}

/*
 * SetNtmsObjectInformation (nf-ntmsapi-setntmsobjectinformationa): changes the members that can be changed, each type's
 * own, to what the structure has. ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, ERROR_OBJECT_NOT_FOUND,
 * ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE, ERROR_DATABASE_FULL, ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI SetNtmsObjectInformationW(HANDLE hSession, LPNTMS_GUID lpObjectId, LPNTMS_OBJECTINFORMATIONW lpInfo)
{
    CORK_TRACE("%p, %p, %p\n", hSession, lpObjectId, lpInfo);
    return set_information(hSession, lpObjectId, lpInfo, TRUE);
}

DWORD WINAPI SetNtmsObjectInformationA(HANDLE hSession, LPNTMS_GUID lpObjectId, LPNTMS_OBJECTINFORMATIONA lpInfo)
{
    CORK_TRACE("%p, %p, %p\n", hSession, lpObjectId, lpInfo);
    return set_information(hSession, lpObjectId, lpInfo, FALSE);
}

/* ---- Enabling ---- */

static DWORD enable(HANDLE session, uint32_t method, DWORD type, const NTMS_GUID *id)
{
    struct ntms_call call;
    DWORD error = call_begin(&call, session, HANDLE_SESSION);

    if (error) return error;
    if (!id || (type != NTMS_LIBRARY && type != NTMS_DRIVE && type != NTMS_PHYSICAL_MEDIA))
        return call_end(&call, ERROR_INVALID_PARAMETER);
    host_put_u32(&call.arguments, type);
    host_put_guid(&call.arguments, id);
    return call_end(&call, call_send(&call, method));
}

/*
 * EnableNtmsObject, DisableNtmsObject (nf-ntmsapi-enablentmsobject, -disablentmsobject): queue the change of a library,
 * drive or physical medium. ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER (no identifier, another type),
 * ERROR_INVALID_STATE (it is so already), ERROR_LIBRARY_OFFLINE, ERROR_OBJECT_NOT_FOUND, ERROR_ACCESS_DENIED,
 * ERROR_DATABASE_FAILURE. Any thread.
 */
DWORD WINAPI EnableNtmsObject(HANDLE hSession, DWORD dwType, LPNTMS_GUID lpObjectId)
{
    CORK_TRACE("%p, %lu, %p\n", hSession, dwType, lpObjectId);
    return enable(hSession, RSM_ENABLE, dwType, lpObjectId);
}

DWORD WINAPI DisableNtmsObject(HANDLE hSession, DWORD dwType, LPNTMS_GUID lpObjectId)
{
    CORK_TRACE("%p, %lu, %p\n", hSession, dwType, lpObjectId);
    return enable(hSession, RSM_DISABLE, dwType, lpObjectId);
}

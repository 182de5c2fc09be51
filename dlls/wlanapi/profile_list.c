/*
 * The order of profiles: WlanGetProfileList, WlanSetProfileList, WlanSetProfilePosition.
 */
#include "common/trace.h"
#include "wlanapi/call.h"
#include "wlanapi/handle.h"
#include "wlanapi/profile.h"
#include "wlanapi/security.h"

CORK_TRACE_CHANNEL(wlanapi);

/* The least that an entry takes of the wire: an empty name, flags. */
#define ENTRY_LEAST 8

static DWORD get_list(uint32_t index, WLAN_PROFILE_INFO_LIST **list)
{
    struct wlan_call call;
    struct host_decoder *values = &call.reply.values;
    uint32_t count;
    size_t size;
    DWORD error;

    *list = NULL;
    call_begin(&call);
    host_put_u32(&call.arguments, index);
    error = call_send(&call, WLAN_PROFILE_LIST);
    if (error) return call_end(&call, error);
    count = host_get_list(values, ENTRY_LEAST);
    size = sizeof(**list) + count * sizeof((*list)->ProfileInfo[0]);
    *list = WlanAllocateMemory((DWORD)size);
    if (!*list) return call_end(&call, ERROR_NOT_ENOUGH_MEMORY);
    memset(*list, 0, size);
    (*list)->dwNumberOfItems = count;
    for (uint32_t i = 0; i < count; i++)
    {
        get_text(values, (*list)->ProfileInfo[i].strProfileName, WLAN_MAX_NAME_LENGTH);
        (*list)->ProfileInfo[i].dwFlags = host_get_u32(values);
    }
    error = call_end(&call, ERROR_SUCCESS);
    if (!error) return ERROR_SUCCESS;
    WlanFreeMemory(*list);
    *list = NULL;
    return error;
}

/*
 * WlanGetProfileList (nf-wlanapi-wlangetprofilelist): the interface's profiles in the order of preference; none is an
 * empty list. *ppProfileList is to be freed by WlanFreeMemory. ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER (a NULL,
 * pReserved), ERROR_NOT_ENOUGH_MEMORY, ERROR_NOT_FOUND (no such interface), ERROR_READ_FAULT (what is kept cannot be
 * read), ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanGetProfileList(HANDLE hClientHandle, const GUID *pInterfaceGuid, PVOID pReserved,
                                WLAN_PROFILE_INFO_LIST **ppProfileList)
{
    uint32_t index;
    DWORD error;

    CORK_TRACE("%p, %p, %p, %p\n", hClientHandle, pInterfaceGuid, pReserved, ppProfileList);
    if (!pInterfaceGuid || pReserved || !ppProfileList) return ERROR_INVALID_PARAMETER;
    error = handle_check(hClientHandle);
    if (!error) error = interface_index(pInterfaceGuid, &index);
    return error ? error : get_list(index, ppProfileList);
}

static DWORD send_names(uint32_t index, DWORD count, LPCWSTR *names)
{
    struct wlan_call call;

    call_begin(&call);
    host_put_u32(&call.arguments, index);
    host_put_list(&call.arguments, count);
    for (DWORD i = 0; i < count; i++)
        host_put_utf16(&call.arguments, (const uint16_t *)names[i]);
    return call_end(&call, call_send(&call, WLAN_SET_PROFILE_LIST));
}

static BOOL has_null(DWORD count, LPCWSTR *names)
{
    for (DWORD i = 0; i < count; i++)
        if (!names[i]) return TRUE;
    return FALSE;
}

/*
 * WlanSetProfileList (nf-wlanapi-wlansetprofilelist): all of an interface's profiles in another order.
 * ERROR_ACCESS_DENIED (wlan_secure_all_user_profiles_order, or a group policy's would move), ERROR_INVALID_HANDLE,
 * ERROR_INVALID_PARAMETER (a NULL, no names, one twice, one missing, pReserved, an interface that is not there),
 * ERROR_NOT_FOUND (no profile has one of the names), ERROR_DISK_FULL, ERROR_WRITE_FAULT, ERROR_SERVICE_NOT_ACTIVE. Any
 * thread.
 */
DWORD WINAPI WlanSetProfileList(HANDLE hClientHandle, const GUID *pInterfaceGuid, DWORD dwItems,
                                LPCWSTR *strProfileNames, PVOID pReserved)
{
    uint32_t index;
    DWORD error;

    CORK_TRACE("%p, %p, %lu, %p, %p\n", hClientHandle, pInterfaceGuid, dwItems, strProfileNames, pReserved);
    if (!pInterfaceGuid || !dwItems || !strProfileNames || pReserved || has_null(dwItems, strProfileNames))
        return ERROR_INVALID_PARAMETER;
    error = handle_check(hClientHandle);
    if (!error) error = profile_interface(pInterfaceGuid, &index);
    if (!error) error = security_check(wlan_secure_all_user_profiles_order, WLAN_WRITE_ACCESS);
    return error ? error : send_names(index, dwItems, strProfileNames);
}

/*
 * WlanSetProfilePosition (nf-wlanapi-wlansetprofileposition): moves one profile to a place, 0 the first.
 * ERROR_ACCESS_DENIED (as WlanSetProfileList), ERROR_INVALID_PARAMETER (a NULL, pReserved, a place behind the last, an
 * interface that is not there), ERROR_INVALID_HANDLE, ERROR_NOT_FOUND, ERROR_DISK_FULL, ERROR_WRITE_FAULT,
 * ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanSetProfilePosition(HANDLE hClientHandle, const GUID *pInterfaceGuid, LPCWSTR strProfileName,
                                    DWORD dwPosition, PVOID pReserved)
{
    struct wlan_call call;
    uint32_t index;
    DWORD error;

    CORK_TRACE("%p, %p, %p, %lu, %p\n", hClientHandle, pInterfaceGuid, strProfileName, dwPosition, pReserved);
    if (!pInterfaceGuid || !strProfileName || pReserved) return ERROR_INVALID_PARAMETER;
    error = handle_check(hClientHandle);
    if (!error) error = profile_interface(pInterfaceGuid, &index);
    if (!error) error = security_check(wlan_secure_all_user_profiles_order, WLAN_WRITE_ACCESS);
    if (error) return error;
    call_begin(&call);
    host_put_u32(&call.arguments, index);
    host_put_utf16(&call.arguments, (const uint16_t *)strProfileName);
    host_put_u32(&call.arguments, dwPosition);
    return call_end(&call, call_send(&call, WLAN_SET_PROFILE_POSITION));
}

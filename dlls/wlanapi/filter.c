/*
 * The permit and the deny list: WlanSetFilterList, WlanGetFilterList.
 */
#include "common/trace.h"
#include "wlanapi/call.h"
#include "wlanapi/handle.h"
#include "wlanapi/security.h"

CORK_TRACE_CHANNEL(wlanapi);

#define NETWORK_LEAST 8 /* bytes of the wire */

/* What the lists of the user are secured by; there is no group policy, whose lists anybody may read. */
static DWORD check_access(WLAN_FILTER_LIST_TYPE type, DWORD access)
{
    if (type == wlan_filter_list_type_user_permit) return security_check(wlan_secure_permit_list, access);
    if (type == wlan_filter_list_type_user_deny) return security_check(wlan_secure_deny_list, access);
    return ERROR_SUCCESS;
}

static DWORD set_list(WLAN_FILTER_LIST_TYPE type, const DOT11_NETWORK_LIST *list)
{
    DWORD count = list ? list->dwNumberOfItems : 0;
    struct wlan_call call;

    call_begin(&call);
    host_put_u32(&call.arguments, type);
    host_put_list(&call.arguments, count);
    for (DWORD i = 0; i < count; i++)
    {
        const DOT11_NETWORK *network = &list->Network[i];

        if (network->dot11Ssid.uSSIDLength > DOT11_SSID_MAX_LENGTH) return call_end(&call, ERROR_INVALID_PARAMETER);
        host_put_bytes(&call.arguments, network->dot11Ssid.ucSSID, network->dot11Ssid.uSSIDLength);
        host_put_u32(&call.arguments, network->dot11BssType);
    }
    return call_end(&call, call_send(&call, WLAN_SET_FILTER));
}

/*
 * WlanSetFilterList (nf-wlanapi-wlansetfilterlist): the user's permit or deny list, kept once a prefix; NULL or no
 * items clear it. An SSID without bytes is any, a type dot11_BSS_type_any too; a network on both lists is permitted.
 * All programs are told by wlan_notification_acm_filter_list_change. ERROR_INVALID_PARAMETER (NULL, pReserved, a list
 * of group policy, more than 1024 networks, what is no SSID or type), ERROR_INVALID_HANDLE, ERROR_ACCESS_DENIED,
 * ERROR_NOT_SUPPORTED (a client of Windows XP's API), ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanSetFilterList(HANDLE hClientHandle, WLAN_FILTER_LIST_TYPE wlanFilterListType,
                               const DOT11_NETWORK_LIST *pNetworkList, PVOID pReserved)
{
    DWORD error;

    CORK_TRACE("%p, %d, %p, %p\n", hClientHandle, wlanFilterListType, pNetworkList, pReserved);
    if (pReserved || (wlanFilterListType != wlan_filter_list_type_user_permit &&
                      wlanFilterListType != wlan_filter_list_type_user_deny))
        return ERROR_INVALID_PARAMETER;
    error = handle_check_version(hClientHandle);
    if (!error) error = check_access(wlanFilterListType, WLAN_WRITE_ACCESS);
    return error ? error : set_list(wlanFilterListType, pNetworkList);
}

static DWORD get_list(WLAN_FILTER_LIST_TYPE type, DOT11_NETWORK_LIST **list)
{
    struct wlan_call call;
    struct host_decoder *values = &call.reply.values;
    uint32_t count;
    DWORD error;

    call_begin(&call);
    host_put_u32(&call.arguments, type);
    error = call_send(&call, WLAN_GET_FILTER);
    if (error) return call_end(&call, error);
    count = host_get_list(values, NETWORK_LEAST);
    *list = WlanAllocateMemory((DWORD)(sizeof(**list) + count * sizeof((*list)->Network[0])));
    if (!*list) return call_end(&call, ERROR_NOT_ENOUGH_MEMORY);
    memset(*list, 0, sizeof(**list));
    (*list)->dwNumberOfItems = count;
    for (uint32_t i = 0; i < count; i++)
    {
        get_ssid(values, &(*list)->Network[i].dot11Ssid);
        (*list)->Network[i].dot11BssType = (DOT11_BSS_TYPE)host_get_u32(values);
    }
    error = call_end(&call, ERROR_SUCCESS);
    if (!error) return ERROR_SUCCESS;
    WlanFreeMemory(*list);
    *list = NULL;
    return error;
}

/*
 * WlanGetFilterList (nf-wlanapi-wlangetfilterlist): a list, to be freed by WlanFreeMemory; those of group policy are
 * empty. ERROR_INVALID_PARAMETER (a NULL, pReserved, no such list), ERROR_INVALID_HANDLE, ERROR_ACCESS_DENIED,
 * ERROR_NOT_SUPPORTED (a client of Windows XP's API), ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanGetFilterList(HANDLE hClientHandle, WLAN_FILTER_LIST_TYPE wlanFilterListType, PVOID pReserved,
                               DOT11_NETWORK_LIST **ppNetworkList)
{
    DWORD error;

    CORK_TRACE("%p, %d, %p, %p\n", hClientHandle, wlanFilterListType, pReserved, ppNetworkList);
    if (pReserved || !ppNetworkList || (unsigned)wlanFilterListType > wlan_filter_list_type_user_deny)
        return ERROR_INVALID_PARAMETER;
    *ppNetworkList = NULL;
    error = handle_check_version(hClientHandle);
    if (!error) error = check_access(wlanFilterListType, WLAN_READ_ACCESS);
    return error ? error : get_list(wlanFilterListType, ppNetworkList);
}

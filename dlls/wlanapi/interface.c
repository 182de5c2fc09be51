/*
 * Interfaces: WlanEnumInterfaces, WlanGetInterfaceCapability.
 */
#include "common/trace.h"
#include "wlanapi/call.h"
#include "wlanapi/handle.h"

CORK_TRACE_CHANNEL(wlanapi);

/* The least that an interface takes of the wire: its number, an empty description, its state. */
#define INTERFACE_LEAST 9

static DWORD enum_interfaces(WLAN_INTERFACE_INFO_LIST **list)
{
    struct wlan_call call;
    struct host_decoder *values = &call.reply.values;
    uint32_t count;
    DWORD error;

    *list = NULL;
    call_begin(&call);
    error = call_send(&call, WLAN_ENUM_INTERFACES);
    if (error) return call_end(&call, error);
    count = host_get_list(values, INTERFACE_LEAST);
    *list = WlanAllocateMemory(sizeof(**list) + count * sizeof((*list)->InterfaceInfo[0]));
    if (!*list) return call_end(&call, ERROR_NOT_ENOUGH_MEMORY);
    memset(*list, 0, sizeof(**list) + count * sizeof((*list)->InterfaceInfo[0]));
    (*list)->dwNumberOfItems = count;
    for (uint32_t i = 0; i < count; i++)
    {
        WLAN_INTERFACE_INFO *info = &(*list)->InterfaceInfo[i];

        interface_guid(host_get_u32(values), &info->InterfaceGuid);
        get_text(values, info->strInterfaceDescription, WLAN_MAX_NAME_LENGTH);
        info->isState = (WLAN_INTERFACE_STATE)host_get_u32(values);
    }
    error = call_end(&call, ERROR_SUCCESS);
    if (!error) return ERROR_SUCCESS;
    WlanFreeMemory(*list);
    *list = NULL;
    return error;
}

/*
 * WlanEnumInterfaces (nf-wlanapi-wlanenuminterfaces): the wireless interfaces that wpa_supplicant serves; none is an
 * empty list. *ppInterfaceList is to be freed by WlanFreeMemory. ERROR_INVALID_PARAMETER (a NULL, pReserved),
 * ERROR_INVALID_HANDLE, ERROR_NOT_ENOUGH_MEMORY, ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanEnumInterfaces(HANDLE hClientHandle, PVOID pReserved, WLAN_INTERFACE_INFO_LIST **ppInterfaceList)
{
    DWORD error;

    CORK_TRACE("%p, %p, %p\n", hClientHandle, pReserved, ppInterfaceList);
    if (!ppInterfaceList || pReserved) return ERROR_INVALID_PARAMETER;
    error = handle_check(hClientHandle);
    return error ? error : enum_interfaces(ppInterfaceList);
}

static DWORD get_capability(uint32_t index, WLAN_INTERFACE_CAPABILITY **capability)
{
    struct wlan_call call;
    uint32_t count;
    DWORD error;

    *capability = NULL;
    call_begin(&call);
    host_put_u32(&call.arguments, index);
    error = call_send(&call, WLAN_INTERFACE_CAPABILITY_OF);
    if (error) return call_end(&call, error);
    *capability = WlanAllocateMemory(sizeof(**capability));
    if (!*capability) return call_end(&call, ERROR_NOT_ENOUGH_MEMORY);
    memset(*capability, 0, sizeof(**capability));
    (*capability)->interfaceType = wlan_interface_type_native_802_11;
    (*capability)->bDot11DSupported = TRUE; /* the kernel has the regulatory domain follow what it hears */
    (*capability)->dwMaxDesiredSsidListSize = 1;
    (*capability)->dwMaxDesiredBssidListSize = 1;
    count = host_get_u32(&call.reply.values);
    if (count > WLAN_MAX_PHY_INDEX) count = WLAN_MAX_PHY_INDEX;
    (*capability)->dwNumberOfSupportedPhys = count;
    for (uint32_t i = 0; i < count; i++)
        (*capability)->dot11PhyTypes[i] = (DOT11_PHY_TYPE)host_get_u32(&call.reply.values);
    error = call_end(&call, ERROR_SUCCESS);
    if (!error) return ERROR_SUCCESS;
    WlanFreeMemory(*capability);
    *capability = NULL;
    return error;
}

/*
 * WlanGetInterfaceCapability (nf-wlanapi-wlangetinterfacecapability): *ppCapability is to be freed by WlanFreeMemory.
 * ERROR_INVALID_PARAMETER (a NULL, pReserved), ERROR_INVALID_HANDLE, ERROR_NOT_SUPPORTED (a client of Windows XP's
 * API), ERROR_NOT_FOUND (no such interface), ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanGetInterfaceCapability(HANDLE hClientHandle, const GUID *pInterfaceGuid, PVOID pReserved,
                                        WLAN_INTERFACE_CAPABILITY **ppCapability)
{
    uint32_t index;
    DWORD error;

    CORK_TRACE("%p, %p, %p, %p\n", hClientHandle, pInterfaceGuid, pReserved, ppCapability);
    if (!pInterfaceGuid || !ppCapability || pReserved) return ERROR_INVALID_PARAMETER;
    error = handle_check_version(hClientHandle);
    if (!error) error = interface_index(pInterfaceGuid, &index);
    return error ? error : get_capability(index, ppCapability);
}

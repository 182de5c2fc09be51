/*
 * What a hardware vendor's driver and service would do: WlanGetSupportedDeviceServices, WlanDeviceServiceCommand,
 * WlanRegisterDeviceServiceNotification, WlanIhvControl. No driver of Linux has any of it.
 */
#include "common/trace.h"
#include "wlanapi/call.h"
#include "wlanapi/handle.h"
#include "wlanapi/security.h"

CORK_TRACE_CHANNEL(wlanapi);

/* A handle of version 2 and an interface that is there. */
static DWORD check(HANDLE client, const GUID *guid)
{
    uint32_t index;
    DWORD error = handle_check_version(client);

    if (!error) error = interface_index(guid, &index);
    return error ? error : call_interface(WLAN_INTERFACE_CAPABILITY_OF, index);
}

/*
 * WlanGetSupportedDeviceServices (nf-wlanapi-wlangetsupporteddeviceservices): there are none, so *ppDevSvcGuidList is
 * an empty list, to be freed by WlanFreeMemory. ERROR_INVALID_PARAMETER (a NULL), ERROR_INVALID_HANDLE,
 * ERROR_NOT_SUPPORTED (a client of Windows XP's API), ERROR_NOT_FOUND (no such interface), ERROR_NOT_ENOUGH_MEMORY,
 * ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanGetSupportedDeviceServices(HANDLE hClientHandle, const GUID *pInterfaceGuid,
                                            WLAN_DEVICE_SERVICE_GUID_LIST **ppDevSvcGuidList)
{
    DWORD error;

    CORK_TRACE("%p, %p, %p\n", hClientHandle, pInterfaceGuid, ppDevSvcGuidList);
    if (!pInterfaceGuid || !ppDevSvcGuidList) return ERROR_INVALID_PARAMETER;
    *ppDevSvcGuidList = NULL;
    error = check(hClientHandle, pInterfaceGuid);
    if (error) return error;
    *ppDevSvcGuidList = WlanAllocateMemory(sizeof(**ppDevSvcGuidList));
    if (!*ppDevSvcGuidList) return ERROR_NOT_ENOUGH_MEMORY;
    memset(*ppDevSvcGuidList, 0, sizeof(**ppDevSvcGuidList));
    return ERROR_SUCCESS;
}

/*
 * WlanDeviceServiceCommand (nf-wlanapi-wlandeviceservicecommand): no device service is there to take a command:
 * ERROR_NOT_SUPPORTED. ERROR_INVALID_PARAMETER (a NULL, a size without a buffer), ERROR_INVALID_HANDLE, ERROR_NOT_FOUND
 * (no such interface), ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanDeviceServiceCommand(HANDLE hClientHandle, const GUID *pInterfaceGuid, GUID *pDeviceServiceGuid,
                                      DWORD dwOpCode, DWORD dwInBufferSize, PVOID pInBuffer, DWORD dwOutBufferSize,
                                      PVOID pOutBuffer, DWORD *pdwBytesReturned)
{
    DWORD error;

    CORK_TRACE("%p, %p, %p, %#lx, %lu, %p, %lu, %p, %p\n", hClientHandle, pInterfaceGuid, pDeviceServiceGuid, dwOpCode,
               dwInBufferSize, pInBuffer, dwOutBufferSize, pOutBuffer, pdwBytesReturned);
    if (!pInterfaceGuid || !pDeviceServiceGuid || !pdwBytesReturned) return ERROR_INVALID_PARAMETER;
    if ((dwInBufferSize && !pInBuffer) || (dwOutBufferSize && !pOutBuffer)) return ERROR_INVALID_PARAMETER;
    *pdwBytesReturned = 0;
    error = check(hClientHandle, pInterfaceGuid);
    if (error) return error;
    CORK_FIXME("no driver of this system has device services\n");
    return ERROR_NOT_SUPPORTED;
}

/*
 * WlanRegisterDeviceServiceNotification (nf-wlanapi-wlanregisterdeviceservicenotification): "The WLAN service, or the
 * OS, will not check to see whether the device service GUIDs that the client registers for are actually supported", so
 * registering succeeds, and nothing ever comes: no driver has device services. ERROR_INVALID_PARAMETER (NULL),
 * ERROR_INVALID_HANDLE, ERROR_NOT_SUPPORTED (a client of Windows XP's API), ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanRegisterDeviceServiceNotification(HANDLE hClientHandle,
                                                   const WLAN_DEVICE_SERVICE_GUID_LIST *pDevSvcGuidList)
{
    DWORD error;

    CORK_TRACE("%p, %p\n", hClientHandle, pDevSvcGuidList);
    error = handle_check_version(hClientHandle);
    return error ? error : reach_service();
}

/*
 * WlanIhvControl (nf-wlanapi-wlanihvcontrol): no driver or service of a hardware vendor is there to be controlled:
 * ERROR_NOT_SUPPORTED. ERROR_INVALID_PARAMETER (a NULL, a type that is none, a size without a buffer),
 * ERROR_INVALID_HANDLE, ERROR_NOT_FOUND (no such interface), ERROR_ACCESS_DENIED, ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanIhvControl(HANDLE hClientHandle, const GUID *pInterfaceGuid, WLAN_IHV_CONTROL_TYPE Type,
                            DWORD dwInBufferSize, PVOID pInBuffer, DWORD dwOutBufferSize, PVOID pOutBuffer,
                            DWORD *pdwBytesReturned)
{
    DWORD error;

    CORK_TRACE("%p, %p, %d, %lu, %p, %lu, %p, %p\n", hClientHandle, pInterfaceGuid, Type, dwInBufferSize, pInBuffer,
               dwOutBufferSize, pOutBuffer, pdwBytesReturned);
    if (!pInterfaceGuid || !pdwBytesReturned || (unsigned)Type > wlan_ihv_control_type_driver)
        return ERROR_INVALID_PARAMETER;
    if ((dwInBufferSize && !pInBuffer) || (dwOutBufferSize && !pOutBuffer)) return ERROR_INVALID_PARAMETER;
    *pdwBytesReturned = 0;
    error = check(hClientHandle, pInterfaceGuid);
    if (!error) error = security_check(wlan_secure_ihv_control, WLAN_WRITE_ACCESS);
    if (error) return error;
    CORK_FIXME("no driver of this system has a hardware vendor's control\n");
    return ERROR_NOT_SUPPORTED;
}

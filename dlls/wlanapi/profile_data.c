/*
 * What goes with a profile: WlanSetProfileCustomUserData, WlanGetProfileCustomUserData, WlanSetProfileEapUserData,
 * WlanSetProfileEapXmlUserData.
 */
#include "common/trace.h"
#include "wlanapi/call.h"
#include "wlanapi/handle.h"
#include "wlanapi/profile.h"

CORK_TRACE_CHANNEL(wlanapi);

/* ---- Custom user data ---- */

static DWORD set_data(uint32_t index, const WCHAR *name, const void *data, DWORD size)
{
    struct wlan_call call;

    call_begin(&call);
    host_put_u32(&call.arguments, index);
    host_put_utf16(&call.arguments, (const uint16_t *)name);
    host_put_bytes(&call.arguments, size ? data : NULL, size);
    return call_end(&call, call_send(&call, WLAN_SET_PROFILE_USER_DATA));
}

/*
 * WlanSetProfileCustomUserData (nf-wlanapi-wlansetprofilecustomuserdata): dwDataSize bytes, at most 64 KB, that stay
 * with the profile until WlanSetProfile changes it; 0 bytes: there are none then. ERROR_INVALID_PARAMETER (a NULL,
 * pReserved, no data but a size, an interface that is not there), ERROR_INVALID_HANDLE, ERROR_NOT_SUPPORTED (a client
 * of Windows XP's API), ERROR_NOT_FOUND (no such profile), ERROR_ACCESS_DENIED, ERROR_NOT_ENOUGH_MEMORY (more than 64
 * KB), ERROR_DISK_FULL, ERROR_WRITE_FAULT, ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanSetProfileCustomUserData(HANDLE hClientHandle, const GUID *pInterfaceGuid, LPCWSTR strProfileName,
                                          DWORD dwDataSize, const BYTE *pData, PVOID pReserved)
{
    uint32_t index;
    DWORD error;

    CORK_TRACE("%p, %p, %p, %lu, %p, %p\n", hClientHandle, pInterfaceGuid, strProfileName, dwDataSize, pData,
               pReserved);
    if (!pInterfaceGuid || !strProfileName || pReserved || (dwDataSize && !pData)) return ERROR_INVALID_PARAMETER;
    error = handle_check_version(hClientHandle);
    if (!error) error = profile_interface(pInterfaceGuid, &index);
    if (!error) error = profile_access(index, strProfileName, WLAN_WRITE_ACCESS, NULL);
    return error ? error : set_data(index, strProfileName, pData, dwDataSize);
}

static DWORD get_data(uint32_t index, const WCHAR *name, DWORD *size, BYTE **data)
{
    struct wlan_call call;
    const uint8_t *bytes = NULL;
    size_t length = 0;
    DWORD error;

    *data = NULL;
    call_begin(&call);
    host_put_u32(&call.arguments, index);
    host_put_utf16(&call.arguments, (const uint16_t *)name);
    error = call_send(&call, WLAN_GET_PROFILE_USER_DATA);
    if (!error) bytes = host_get_bytes(&call.reply.values, &length);
    if (bytes && length)
    {
        *data = WlanAllocateMemory((DWORD)length);
        if (*data)
            memcpy(*data, bytes, length);
        else
            error = ERROR_NOT_ENOUGH_MEMORY;
    }
    error = call_end(&call, error);
    if (!error)
    {
        *size = (DWORD)length;
        return ERROR_SUCCESS;
    }
    WlanFreeMemory(*data);
    *data = NULL;
    return error;
}

/*
 * WlanGetProfileCustomUserData (nf-wlanapi-wlangetprofilecustomuserdata): the same again, to be freed by
 * WlanFreeMemory. ERROR_FILE_NOT_FOUND (there are none), ERROR_INVALID_PARAMETER (a NULL, pReserved),
 * ERROR_INVALID_HANDLE, ERROR_NOT_SUPPORTED (a client of Windows XP's API), ERROR_NOT_FOUND (no such profile or
 * interface), ERROR_ACCESS_DENIED, ERROR_NOT_ENOUGH_MEMORY, ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanGetProfileCustomUserData(HANDLE hClientHandle, const GUID *pInterfaceGuid, LPCWSTR strProfileName,
                                          PVOID pReserved, DWORD *pdwDataSize, PBYTE *ppData)
{
    uint32_t index;
    DWORD error;

    CORK_TRACE("%p, %p, %p, %p, %p, %p\n", hClientHandle, pInterfaceGuid, strProfileName, pReserved, pdwDataSize,
               ppData);
    if (!pInterfaceGuid || !strProfileName || pReserved || !pdwDataSize || !ppData) return ERROR_INVALID_PARAMETER;
    error = handle_check_version(hClientHandle);
    if (!error) error = interface_index(pInterfaceGuid, &index);
    if (!error) error = profile_access(index, strProfileName, WLAN_READ_ACCESS, NULL);
    return error ? error : get_data(index, strProfileName, pdwDataSize, ppData);
}

/* ---- Credentials for 802.1X ---- */

/* No profile that is kept uses 802.1X (WlanSetProfile refuses those), and "ERROR_NOT_SUPPORTED ... is returned if the
 * ... function was called on a profile that uses a method other than 802.1X for authentication". */
static DWORD refuse_credentials(HANDLE client, const GUID *guid, const WCHAR *name)
{
    uint32_t index;
    DWORD error = handle_check_version(client);

    if (!error) error = profile_interface(guid, &index);
    if (!error) error = profile_access(index, name, WLAN_WRITE_ACCESS, NULL);
    if (error) return error;
    CORK_WARN("the profile does not use 802.1X, for which there is no support yet\n");
    return ERROR_NOT_SUPPORTED;
}

/*
 * WlanSetProfileEapUserData (nf-wlanapi-wlansetprofileeapuserdata): refused, see above. ERROR_INVALID_PARAMETER (a
 * NULL, pReserved, no data and not the flag and size that delete them, other flags, an interface that is not there),
 * ERROR_INVALID_HANDLE, ERROR_NOT_FOUND (no such profile), ERROR_ACCESS_DENIED, ERROR_NOT_SUPPORTED,
 * ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanSetProfileEapUserData(HANDLE hClientHandle, const GUID *pInterfaceGuid, LPCWSTR strProfileName,
                                       EAP_METHOD_TYPE eapType, WLAN_SET_EAPHOST_FLAGS dwFlags, DWORD dwEapUserDataSize,
                                       const BYTE *pbEapUserData, PVOID pReserved)
{
    BOOL deletes = dwFlags == WLAN_SET_EAPHOST_DATA_ALL_USERS && !dwEapUserDataSize;

    CORK_TRACE("%p, %p, %p, type %u, %#x, %lu, %p, %p\n", hClientHandle, pInterfaceGuid, strProfileName,
               eapType.eapType.type, dwFlags, dwEapUserDataSize, pbEapUserData, pReserved);
    if (!pInterfaceGuid || !strProfileName || pReserved || (DWORD)dwFlags > WLAN_SET_EAPHOST_DATA_ALL_USERS)
        return ERROR_INVALID_PARAMETER;
    if (!pbEapUserData && !deletes) return ERROR_INVALID_PARAMETER;
    return refuse_credentials(hClientHandle, pInterfaceGuid, strProfileName);
}

/*
 * WlanSetProfileEapXmlUserData (nf-wlanapi-wlansetprofileeapxmluserdata): refused, see above. The errors are those of
 * WlanSetProfileEapUserData. Any thread.
 */
DWORD WINAPI WlanSetProfileEapXmlUserData(HANDLE hClientHandle, const GUID *pInterfaceGuid, LPCWSTR strProfileName,
                                          WLAN_SET_EAPHOST_FLAGS dwFlags, LPCWSTR strEapXmlUserData, PVOID pReserved)
{
    CORK_TRACE("%p, %p, %p, %#x, %p, %p\n", hClientHandle, pInterfaceGuid, strProfileName, dwFlags, strEapXmlUserData,
               pReserved);
    if (!pInterfaceGuid || !strProfileName || !strEapXmlUserData || pReserved ||
        (DWORD)dwFlags > WLAN_SET_EAPHOST_DATA_ALL_USERS)
        return ERROR_INVALID_PARAMETER;
    return refuse_credentials(hClientHandle, pInterfaceGuid, strProfileName);
}

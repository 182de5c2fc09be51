/*
 * The parameters of automatic configuration: WlanQueryAutoConfigParameter, WlanSetAutoConfigParameter.
 */
#include "common/trace.h"
#include "wlanapi/call.h"
#include "wlanapi/handle.h"
#include "wlanapi/security.h"

CORK_TRACE_CHANNEL(wlanapi);

/* Some parameters are secured. */
static DWORD check_access(WLAN_AUTOCONF_OPCODE opcode, DWORD access)
{
    if (opcode == wlan_autoconf_opcode_show_denied_networks) return security_check(wlan_secure_show_denied, access);
    if (opcode == wlan_autoconf_opcode_allow_virtual_station_extensibility)
        return security_check(wlan_secure_virtual_station_extensibility, access);
    return ERROR_SUCCESS;
}

/*
 * WlanQueryAutoConfigParameter (nf-wlanapi-wlanqueryautoconfigparameter): the value, to be freed by WlanFreeMemory, its
 * size, and whether it can be set. ERROR_INVALID_PARAMETER (a NULL, pReserved, no such parameter),
 * ERROR_INVALID_HANDLE, ERROR_ACCESS_DENIED, ERROR_NOT_SUPPORTED (a client of Windows XP's API),
 * ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanQueryAutoConfigParameter(HANDLE hClientHandle, WLAN_AUTOCONF_OPCODE OpCode, PVOID pReserved,
                                          DWORD *pdwDataSize, PVOID *ppData,
                                          WLAN_OPCODE_VALUE_TYPE *pWlanOpcodeValueType)
{
    struct wlan_call call;
    DWORD error;

    CORK_TRACE("%p, %d, %p, %p, %p, %p\n", hClientHandle, OpCode, pReserved, pdwDataSize, ppData, pWlanOpcodeValueType);
    if (pReserved || !pdwDataSize || !ppData) return ERROR_INVALID_PARAMETER;
    error = handle_check_version(hClientHandle);
    if (!error) error = check_access(OpCode, WLAN_READ_ACCESS);
    if (error) return error;
    call_begin(&call);
    host_put_u32(&call.arguments, OpCode);
    return call_for_data(&call, WLAN_QUERY_AUTO_CONFIG, pdwDataSize, ppData, pWlanOpcodeValueType);
}

/*
 * WlanSetAutoConfigParameter (nf-wlanapi-wlansetautoconfigparameter): the value, kept once a prefix.
 * ERROR_INVALID_PARAMETER (a NULL, pReserved, a parameter that cannot be set, another size than that of its value),
 * ERROR_INVALID_HANDLE, ERROR_ACCESS_DENIED, ERROR_NOT_SUPPORTED (a client of Windows XP's API),
 * ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanSetAutoConfigParameter(HANDLE hClientHandle, WLAN_AUTOCONF_OPCODE OpCode, DWORD dwDataSize,
                                        const VOID *pData, PVOID pReserved)
{
    struct wlan_call call;
    DWORD error;

    CORK_TRACE("%p, %d, %lu, %p, %p\n", hClientHandle, OpCode, dwDataSize, pData, pReserved);
    if (pReserved || !pData || dwDataSize != sizeof(DWORD)) return ERROR_INVALID_PARAMETER;
    error = handle_check_version(hClientHandle);
    if (!error) error = check_access(OpCode, WLAN_WRITE_ACCESS);
    if (error) return error;
    call_begin(&call);
    host_put_u32(&call.arguments, OpCode);
    host_put_bytes(&call.arguments, pData, dwDataSize);
    return call_end(&call, call_send(&call, WLAN_SET_AUTO_CONFIG));
}

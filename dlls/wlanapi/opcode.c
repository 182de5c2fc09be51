/*
 * What an interface is asked and told by number: WlanQueryInterface, WlanSetInterface.
 */
#include "common/trace.h"
#include "wlanapi/call.h"
#include "wlanapi/handle.h"
#include "wlanapi/security.h"

CORK_TRACE_CHANNEL(wlanapi);

/* ne-wlanapi-wlan_securable_object says which object secures what. "The DACL is also not retrieved when OpCode is set
 * to wlan_intf_opcode_radio_state and the caller is the console user": in a prefix everybody is. */
static DWORD check_access(WLAN_INTF_OPCODE opcode, DWORD access)
{
    switch (opcode)
    {
    case wlan_intf_opcode_autoconf_enabled:
        return security_check(wlan_secure_ac_enabled, access);
    case wlan_intf_opcode_background_scan_enabled:
        return security_check(wlan_secure_bc_scan_enabled, access);
    case wlan_intf_opcode_media_streaming_mode:
        return security_check(wlan_secure_media_streaming_mode_enabled, access);
    case wlan_intf_opcode_bss_type:
        return security_check(wlan_secure_bss_type, access);
    case wlan_intf_opcode_current_operation_mode:
        return security_check(wlan_secure_current_operation_mode, access);
    case wlan_intf_opcode_radio_state:
        return ERROR_SUCCESS;
    default:
        return security_check(wlan_secure_interface_properties, access);
    }
}

/* "Only the wlan_intf_opcode_autoconf_enabled, wlan_intf_opcode_bss_type, wlan_intf_opcode_interface_state, and
 * wlan_intf_opcode_current_connection constants are valid" for a client of Windows XP's API. */
static DWORD check_client(HANDLE handle, WLAN_INTF_OPCODE opcode)
{
    DWORD error = handle_check_version(handle);

    if (error != ERROR_NOT_SUPPORTED) return error;
    if (opcode == wlan_intf_opcode_autoconf_enabled || opcode == wlan_intf_opcode_bss_type ||
        opcode == wlan_intf_opcode_interface_state || opcode == wlan_intf_opcode_current_connection)
        return ERROR_SUCCESS;
    return ERROR_INVALID_PARAMETER;
}

/*
 * WlanQueryInterface (nf-wlanapi-wlanqueryinterface): the value, to be freed by WlanFreeMemory, its size, and whether
 * it can be set. ERROR_INVALID_PARAMETER (a NULL, pReserved, no such opcode, one that a client of Windows XP's API does
 * not have), ERROR_INVALID_HANDLE, ERROR_ACCESS_DENIED, ERROR_NOT_FOUND (no such interface), ERROR_INVALID_STATE (of a
 * connection where there is none), ERROR_NOT_SUPPORTED (what this system does not tell), ERROR_SERVICE_NOT_ACTIVE. Any
 * thread.
 */
DWORD WINAPI WlanQueryInterface(HANDLE hClientHandle, const GUID *pInterfaceGuid, WLAN_INTF_OPCODE OpCode,
                                PVOID pReserved, DWORD *pdwDataSize, PVOID *ppData,
                                WLAN_OPCODE_VALUE_TYPE *pWlanOpcodeValueType)
{
    struct wlan_call call;
    uint32_t index;
    DWORD error;

    CORK_TRACE("%p, %p, %#x, %p, %p, %p, %p\n", hClientHandle, pInterfaceGuid, OpCode, pReserved, pdwDataSize, ppData,
               pWlanOpcodeValueType);
    if (!pInterfaceGuid || pReserved || !pdwDataSize || !ppData) return ERROR_INVALID_PARAMETER;
    error = check_client(hClientHandle, OpCode);
    if (!error) error = interface_index(pInterfaceGuid, &index);
    if (!error) error = check_access(OpCode, WLAN_READ_ACCESS);
    if (error) return error;
    call_begin(&call);
    host_put_u32(&call.arguments, index);
    host_put_u32(&call.arguments, OpCode);
    return call_for_data(&call, WLAN_QUERY_INTERFACE_OPCODE, pdwDataSize, ppData, pWlanOpcodeValueType);
}

/*
 * WlanSetInterface (nf-wlanapi-wlansetinterface): wlan_intf_opcode_autoconf_enabled and _bss_type are kept once a
 * prefix; _background_scan_enabled and _media_streaming_mode last as long as the interface is connected and the process
 * is there; _radio_state switches the whole radio, whichever of its physical layers is named. ERROR_INVALID_PARAMETER
 * (a NULL, pReserved, an opcode that cannot be set, another size than that of its value, a value that is none),
 * ERROR_INVALID_HANDLE, ERROR_ACCESS_DENIED, ERROR_NOT_FOUND (no such interface), ERROR_INVALID_STATE (not connected),
 * ERROR_NOT_SUPPORTED (what this system, or this radio, cannot do), ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanSetInterface(HANDLE hClientHandle, const GUID *pInterfaceGuid, WLAN_INTF_OPCODE OpCode,
                              DWORD dwDataSize, const VOID *pData, PVOID pReserved)
{
    struct wlan_call call;
    uint32_t index;
    DWORD error;

    CORK_TRACE("%p, %p, %#x, %lu, %p, %p\n", hClientHandle, pInterfaceGuid, OpCode, dwDataSize, pData, pReserved);
    if (!pInterfaceGuid || pReserved || !pData || !dwDataSize) return ERROR_INVALID_PARAMETER;
    error = check_client(hClientHandle, OpCode);
    if (!error) error = interface_index(pInterfaceGuid, &index);
    if (!error) error = check_access(OpCode, WLAN_WRITE_ACCESS);
    if (error) return error;
    call_begin(&call);
    host_put_u32(&call.arguments, index);
    host_put_u32(&call.arguments, OpCode);
    host_put_bytes(&call.arguments, pData, dwDataSize);
    return call_end(&call, call_send(&call, WLAN_SET_INTERFACE_OPCODE));
}

/*
 * Calls of the service "wlan".
 */
#include "wlanapi/call.h"

#include <winsock2.h>
#include <ws2ipdef.h>
#include <iphlpapi.h>
#include <netioapi.h>
#include <stdlib.h>

#include "common/trace.h"
#include "wlanapi/handle.h"

CORK_TRACE_CHANNEL(wlanapi);

/* ---- Calls ---- */

void call_begin(struct wlan_call *call)
{
    memset(call, 0, sizeof(*call));
    host_encoder_init(&call->arguments);
}

DWORD call_send(struct wlan_call *call, enum wlan_method method)
{
    struct host_call host;

    if (method != WLAN_ATTACH) attach_again();
    host_call_init(&host, WLAN_SERVICE, method, &call->arguments, INFINITE);
    call->sent = TRUE;
    switch (host_call(&host, &call->reply))
    {
    case HOST_CALL_OK:
        return call->reply.code;
    case HOST_CALL_NO_MEMORY:
        return ERROR_NOT_ENOUGH_MEMORY;
    case HOST_CALL_BAD_ARGUMENTS:
        return call->arguments.error == HOST_NO_MEMORY ? ERROR_NOT_ENOUGH_MEMORY : ERROR_INVALID_PARAMETER;
    default:
        CORK_ERR("request %d: %s\n", method, call->reply.text);
        return ERROR_SERVICE_NOT_ACTIVE;
    }
}

DWORD call_end(struct wlan_call *call, DWORD error)
{
    if (call->sent)
    {
        if (!error && host_decoder_finish(&call->reply.values, true))
            error = call->reply.values.error == HOST_NO_MEMORY ? ERROR_NOT_ENOUGH_MEMORY : ERROR_GEN_FAILURE;
        host_reply_free(&call->reply);
    }
    host_encoder_free(&call->arguments);
    return error;
}

DWORD call_plain(enum wlan_method method)
{
    struct wlan_call call;

    call_begin(&call);
    return call_end(&call, call_send(&call, method));
}

DWORD call_interface(enum wlan_method method, uint32_t index)
{
    struct wlan_call call;

    call_begin(&call);
    host_put_u32(&call.arguments, index);
    return call_end(&call, call_send(&call, method));
}

DWORD call_for_data(struct wlan_call *call, enum wlan_method method, DWORD *size, void **data,
                    WLAN_OPCODE_VALUE_TYPE *type)
{
    DWORD error = call_send(call, method), kind;
    const uint8_t *bytes;
    size_t count;

    *data = NULL;
    *size = 0;
    if (error) return call_end(call, error);
    bytes = host_get_bytes(&call->reply.values, &count);
    kind = host_get_u32(&call->reply.values);
    *data = bytes ? WlanAllocateMemory((DWORD)max(count, 1)) : NULL;
    if (*data) memcpy(*data, bytes, count);
    error = call_end(call, bytes && !*data ? ERROR_NOT_ENOUGH_MEMORY : ERROR_SUCCESS);
    if (error)
    {
        WlanFreeMemory(*data);
        *data = NULL;
        return error;
    }
    *size = (DWORD)count;
    if (type) *type = (WLAN_OPCODE_VALUE_TYPE)kind;
    return ERROR_SUCCESS;
}

/* ---- Interfaces ---- */

DWORD interface_index(const GUID *guid, uint32_t *index)
{
    NET_IFINDEX number = 0;
    NET_LUID luid;

    *index = 0;
    if (ConvertInterfaceGuidToLuid(guid, &luid) || ConvertInterfaceLuidToIndex(&luid, &number)) return ERROR_NOT_FOUND;
    *index = number;
    return ERROR_SUCCESS;
}

void interface_guid(uint32_t index, GUID *guid)
{
    NET_LUID luid;

    memset(guid, 0, sizeof(*guid));
    if (ConvertInterfaceIndexToLuid(index, &luid)) return;
    if (ConvertInterfaceLuidToGuid(&luid, guid)) memset(guid, 0, sizeof(*guid));
}

/* ---- Values ---- */

void put_ssid(struct host_encoder *arguments, const DOT11_SSID *ssid)
{
    host_put_bool(arguments, ssid != NULL);
    host_put_bytes(arguments, ssid ? ssid->ucSSID : NULL, ssid ? ssid->uSSIDLength : 0);
}

void get_ssid(struct host_decoder *values, DOT11_SSID *ssid)
{
    size_t size;
    const uint8_t *bytes = host_get_bytes(values, &size);

    memset(ssid, 0, sizeof(*ssid));
    if (!bytes || size > sizeof(ssid->ucSSID)) return;
    ssid->uSSIDLength = (ULONG)size;
    memcpy(ssid->ucSSID, bytes, size);
}

void get_text(struct host_decoder *values, WCHAR *text, size_t room)
{
    uint16_t *wide = host_get_utf16(values);

    lstrcpynW(text, wide ? (const WCHAR *)wide : L"", (int)room);
    free(wide);
}

void get_address(struct host_decoder *values, DOT11_MAC_ADDRESS address)
{
    for (int i = 0; i < 6; i++)
        address[i] = host_get_u8(values);
}

/*
 * What the hosted network is set to: its properties and its keys.
 */
#include "common/trace.h"
#include "wlanapi/hosted.h"
#include "wlanapi/security.h"

CORK_TRACE_CHANNEL(wlanapi);

DWORD hosted_check_elevated(WLAN_HOSTED_NETWORK_REASON *reason)
{
    DWORD error = security_check(wlan_secure_hosted_network_elevated_access, WLAN_WRITE_ACCESS);

    if (!error) return ERROR_SUCCESS;
    return hosted_fail(error,
                       error == ERROR_ACCESS_DENIED ? wlan_hosted_network_reason_elevation_required
                                                    : wlan_hosted_network_reason_service_unavailable,
                       reason);
}

static DWORD ask_plainly(HANDLE handle, enum wlan_method method, WLAN_HOSTED_NETWORK_REASON *reason, void *reserved)
{
    DWORD error = hosted_check(handle, reserved, reason);
    struct wlan_call call;

    if (error) return error;
    call_begin(&call);
    return call_end(&call, hosted_send(&call, method, reason));
}

/*
 * WlanHostedNetworkInitSettings (nf-wlanapi-wlanhostednetworkinitsettings): makes an SSID of the host's name and a
 * primary key, and keeps them, where there are none. ERROR_INVALID_PARAMETER (NULL, pvReserved), ERROR_INVALID_HANDLE,
 * ERROR_GEN_FAILURE (they could not be kept), ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanHostedNetworkInitSettings(HANDLE hClientHandle, WLAN_HOSTED_NETWORK_REASON *pFailReason,
                                           PVOID pvReserved)
{
    CORK_TRACE("%p, %p, %p\n", hClientHandle, pFailReason, pvReserved);
    return ask_plainly(hClientHandle, WLAN_HOSTED_INIT, pFailReason, pvReserved);
}

/*
 * WlanHostedNetworkRefreshSecuritySettings (nf-wlanapi-wlanhostednetworkrefreshsecuritysettings): a new primary key; a
 * network that is active becomes idle. Errors as WlanHostedNetworkInitSettings. Any thread.
 */
DWORD WINAPI WlanHostedNetworkRefreshSecuritySettings(HANDLE hClientHandle, WLAN_HOSTED_NETWORK_REASON *pFailReason,
                                                      PVOID pvReserved)
{
    CORK_TRACE("%p, %p, %p\n", hClientHandle, pFailReason, pvReserved);
    return ask_plainly(hClientHandle, WLAN_HOSTED_REFRESH, pFailReason, pvReserved);
}

/* ---- Properties ---- */

/*
 * WlanHostedNetworkQueryProperty (nf-wlanapi-wlanhostednetworkqueryproperty): a property, to be freed by
 * WlanFreeMemory. ERROR_BAD_CONFIGURATION (no SSID is set yet), ERROR_INVALID_PARAMETER (a NULL, pvReserved, no such
 * property), ERROR_INVALID_HANDLE, ERROR_OUTOFMEMORY, ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanHostedNetworkQueryProperty(HANDLE hClientHandle, WLAN_HOSTED_NETWORK_OPCODE OpCode, DWORD *pdwDataSize,
                                            PVOID *ppvData, WLAN_OPCODE_VALUE_TYPE *pWlanOpcodeValueType,
                                            PVOID pvReserved)
{
    struct wlan_call call;
    DWORD error;

    CORK_TRACE("%p, %d, %p, %p, %p, %p\n", hClientHandle, OpCode, pdwDataSize, ppvData, pWlanOpcodeValueType,
               pvReserved);
    if (!pdwDataSize || !ppvData || !pWlanOpcodeValueType) return ERROR_INVALID_PARAMETER;
    error = hosted_check(hClientHandle, pvReserved, NULL);
    if (error) return error;
    call_begin(&call);
    host_put_u32(&call.arguments, OpCode);
    error = call_for_data(&call, WLAN_HOSTED_GET, pdwDataSize, ppvData, pWlanOpcodeValueType);
    return error == ERROR_NOT_ENOUGH_MEMORY ? ERROR_OUTOFMEMORY : error;
}

/*
 * WlanHostedNetworkSetProperty (nf-wlanapi-wlanhostednetworksetproperty): the connection settings, or whether the
 * network is allowed at all, kept once a prefix; a network that is active becomes idle. ERROR_ACCESS_DENIED (allowing
 * takes wlan_secure_hosted_network_elevated_access), ERROR_INVALID_PARAMETER (NULL, pvReserved, no data, another size
 * than the property's, no such property, an SSID or a number of peers that is none), ERROR_INVALID_HANDLE,
 * ERROR_NOT_SUPPORTED (the profile and the security settings), ERROR_GEN_FAILURE (it could not be kept),
 * ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanHostedNetworkSetProperty(HANDLE hClientHandle, WLAN_HOSTED_NETWORK_OPCODE OpCode, DWORD dwDataSize,
                                          PVOID pvData, WLAN_HOSTED_NETWORK_REASON *pFailReason, PVOID pvReserved)
{
    struct wlan_call call;
    DWORD error;

    CORK_TRACE("%p, %d, %lu, %p, %p, %p\n", hClientHandle, OpCode, dwDataSize, pvData, pFailReason, pvReserved);
    error = hosted_check(hClientHandle, pvReserved, pFailReason);
    if (error) return error;
    if (!dwDataSize || !pvData)
        return hosted_fail(ERROR_INVALID_PARAMETER, wlan_hosted_network_reason_bad_parameters, pFailReason);
    if (OpCode == wlan_hosted_network_opcode_enable && (error = hosted_check_elevated(pFailReason))) return error;
    call_begin(&call);
    host_put_u32(&call.arguments, OpCode);
    host_put_bytes(&call.arguments, pvData, dwDataSize);
    return call_end(&call, hosted_send(&call, WLAN_HOSTED_SET, pFailReason));
}

/* ---- The secondary key ---- */

/*
 * WlanHostedNetworkSetSecondaryKey (nf-wlanapi-wlanhostednetworksetsecondarykey): the user's own key: a pass phrase of
 * 8 to 63 characters with its end, or 32 bytes; no bytes and NULL take it away. bPersistent: kept, else for this run or
 * the next. A network that is active is made anew with it. wpa_supplicant's access points have one key, so that this
 * one is in the place of the primary key, not beside it. ERROR_INVALID_PARAMETER (NULL, pvReserved, no such key),
 * ERROR_INVALID_HANDLE, ERROR_GEN_FAILURE (it could not be kept, or the network not be made anew),
 * ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanHostedNetworkSetSecondaryKey(HANDLE hClientHandle, DWORD dwKeyLength, BYTE *pucKeyData,
                                              BOOL bIsPassPhrase, BOOL bPersistent,
                                              WLAN_HOSTED_NETWORK_REASON *pFailReason, PVOID pvReserved)
{
    struct wlan_call call;
    DWORD error;

    CORK_TRACE("%p, %lu, %p, %d, %d, %p, %p\n", hClientHandle, dwKeyLength, pucKeyData, bIsPassPhrase, bPersistent,
               pFailReason, pvReserved);
    error = hosted_check(hClientHandle, pvReserved, pFailReason);
    if (error) return error;
    if (!dwKeyLength != !pucKeyData)
        return hosted_fail(ERROR_INVALID_PARAMETER, wlan_hosted_network_reason_bad_parameters, pFailReason);
    call_begin(&call);
    host_put_bytes(&call.arguments, pucKeyData, dwKeyLength);
    host_put_bool(&call.arguments, bIsPassPhrase != FALSE);
    host_put_bool(&call.arguments, bPersistent != FALSE);
    return call_end(&call, hosted_send(&call, WLAN_HOSTED_SET_KEY, pFailReason));
}

/*
 * WlanHostedNetworkQuerySecondaryKey (nf-wlanapi-wlanhostednetworkquerysecondarykey): that key, to be freed by
 * WlanFreeMemory; no bytes and NULL where none is set. ERROR_INVALID_PARAMETER (a NULL, pvReserved),
 * ERROR_INVALID_HANDLE, ERROR_OUTOFMEMORY, ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanHostedNetworkQuerySecondaryKey(HANDLE hClientHandle, DWORD *pdwKeyLength, PUCHAR *ppucKeyData,
                                                BOOL *pbIsPassPhrase, BOOL *pbPersistent,
                                                WLAN_HOSTED_NETWORK_REASON *pFailReason, PVOID pvReserved)
{
    struct wlan_call call;
    const uint8_t *bytes;
    UCHAR *key = NULL;
    BOOL is_phrase, is_persistent;
    size_t size;
    DWORD error;

    CORK_TRACE("%p, %p, %p, %p, %p, %p, %p\n", hClientHandle, pdwKeyLength, ppucKeyData, pbIsPassPhrase, pbPersistent,
               pFailReason, pvReserved);
    if (!pdwKeyLength || !ppucKeyData || !pbIsPassPhrase || !pbPersistent)
        return hosted_fail(ERROR_INVALID_PARAMETER, wlan_hosted_network_reason_bad_parameters, pFailReason);
    error = hosted_check(hClientHandle, pvReserved, pFailReason);
    if (error) return error;
    call_begin(&call);
    error = hosted_send(&call, WLAN_HOSTED_GET_KEY, pFailReason);
    if (error) return call_end(&call, error);
    bytes = host_get_bytes(&call.reply.values, &size);
    is_phrase = host_get_bool(&call.reply.values);
    is_persistent = host_get_bool(&call.reply.values);
    if (bytes && size && !(key = WlanAllocateMemory((DWORD)size)))
        return hosted_fail(call_end(&call, ERROR_OUTOFMEMORY), wlan_hosted_network_reason_insufficient_resources,
                           pFailReason);
    if (key) memcpy(key, bytes, size);
    error = call_end(&call, ERROR_SUCCESS);
    if (error)
    {
        WlanFreeMemory(key);
        return hosted_fail(error, wlan_hosted_network_reason_unspecified, pFailReason);
    }
    *pdwKeyLength = (DWORD)size;
    *ppucKeyData = key;
    *pbIsPassPhrase = is_phrase;
    *pbPersistent = is_persistent;
    return ERROR_SUCCESS;
}

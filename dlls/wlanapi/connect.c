/*
 * Connecting: WlanConnect, WlanConnect2, WlanDisconnect.
 */
#include "common/settings.h"
#include "common/trace.h"
#include "wlanapi/call.h"
#include "wlanapi/handle.h"
#include "wlanapi/profile.h"

CORK_TRACE_CHANNEL(wlanapi);

extern const struct cork_settings cork_settings_wlanapi;

#define BSSIDS_MAX  64 /* that the service takes */
#define ANY_OPTIONS 0xffffffffu

#define PERSIST_DETAILS                                                                                                \
    (WLAN_CONNECTION_PERSIST_DISCOVERY_PROFILE_CONNECTION_MODE_AUTO |                                                  \
     WLAN_CONNECTION_PERSIST_DISCOVERY_PROFILE_OVERWRITE_EXISTING)
#define PERSIST_FLAGS (WLAN_CONNECTION_PERSIST_DISCOVERY_PROFILE | PERSIST_DETAILS)
#define ALL_FLAGS                                                                                                      \
    (WLAN_CONNECTION_HIDDEN_NETWORK | WLAN_CONNECTION_ADHOC_JOIN_ONLY | WLAN_CONNECTION_IGNORE_PRIVACY_BIT |           \
     WLAN_CONNECTION_EAPOL_PASSTHROUGH | PERSIST_FLAGS)

static BOOL is_discovery(const WLAN_CONNECTION_PARAMETERS_V2 *parameters)
{
    return parameters->wlanConnectionMode == wlan_connection_mode_discovery_secure ||
           parameters->wlanConnectionMode == wlan_connection_mode_discovery_unsecure;
}

/* What the page says of wlanConnectionMode and what goes with it. */
static BOOL is_mode(const WLAN_CONNECTION_PARAMETERS_V2 *parameters)
{
    const WCHAR *profile = parameters->strProfile;

    switch (parameters->wlanConnectionMode)
    {
    case wlan_connection_mode_profile:
        return profile && *profile && wcsnlen(profile, WLAN_MAX_NAME_LENGTH + 1) <= WLAN_MAX_NAME_LENGTH;
    case wlan_connection_mode_temporary_profile:
        return profile && *profile;
    case wlan_connection_mode_discovery_secure:
    case wlan_connection_mode_discovery_unsecure:
        return parameters->pDot11Ssid && parameters->dot11BssType != dot11_BSS_type_any;
    default:
        return FALSE;
    }
}

/* What the pages say of dwFlags. */
static BOOL are_flags(const WLAN_CONNECTION_PARAMETERS_V2 *parameters)
{
    DWORD flags = parameters->dwFlags;
    BOOL temporary = parameters->wlanConnectionMode == wlan_connection_mode_temporary_profile;
    BOOL ad_hoc = parameters->dot11BssType == dot11_BSS_type_independent;

    if (flags & ~ALL_FLAGS) return FALSE;
    if (flags & WLAN_CONNECTION_ADHOC_JOIN_ONLY && parameters->dot11BssType == dot11_BSS_type_infrastructure)
        return FALSE;
    if (flags & WLAN_CONNECTION_HIDDEN_NETWORK && ad_hoc) return FALSE;
    if (flags & WLAN_CONNECTION_IGNORE_PRIVACY_BIT && (!temporary || ad_hoc)) return FALSE;
    if (flags & WLAN_CONNECTION_EAPOL_PASSTHROUGH && !temporary) return FALSE;
    if (flags & PERSIST_FLAGS && !is_discovery(parameters)) return FALSE;
    return !(flags & PERSIST_DETAILS) || flags & WLAN_CONNECTION_PERSIST_DISCOVERY_PROFILE;
}

static BOOL is_bssid_list(const DOT11_BSSID_LIST *list)
{
    return !list || (list->Header.Type == NDIS_OBJECT_TYPE_DEFAULT &&
                     list->Header.Revision == DOT11_BSSID_LIST_REVISION_1 && list->uNumOfEntries <= BSSIDS_MAX);
}

static BOOL are_parameters(const WLAN_CONNECTION_PARAMETERS_V2 *parameters)
{
    if (parameters->dot11BssType != dot11_BSS_type_infrastructure &&
        parameters->dot11BssType != dot11_BSS_type_independent && parameters->dot11BssType != dot11_BSS_type_any)
        return FALSE;
    if (parameters->pDot11Ssid && parameters->pDot11Ssid->uSSIDLength > DOT11_SSID_MAX_LENGTH) return FALSE;
    return is_mode(parameters) && are_flags(parameters) && is_bssid_list(parameters->pDesiredBssidList);
}

/* "Only the wlan_connection_mode_profile value is supported", "this member must be NULL", "must be set to 0". */
static BOOL are_old_parameters(const WLAN_CONNECTION_PARAMETERS_V2 *parameters)
{
    return parameters->wlanConnectionMode == wlan_connection_mode_profile && !parameters->pDesiredBssidList &&
           !parameters->dwFlags;
}

static void put_bssids(struct host_encoder *arguments, const DOT11_BSSID_LIST *list)
{
    uint32_t count = list ? list->uNumOfEntries : 0;

    host_put_list(arguments, count);
    for (uint32_t i = 0; i < count; i++)
        host_put_raw(arguments, list->BSSIDs[i], sizeof(list->BSSIDs[i]));
}

/* As the element has them (IEEE 802.11-2020, 9.4.2.91). */
static uint32_t join_options(const DOT11_ACCESSNETWORKOPTIONS *options)
{
    if (!options) return ANY_OPTIONS;
    return (options->AccessNetworkType & 15u) | (options->Internet ? 0x10u : 0) | (options->ASRA ? 0x20u : 0) |
           (options->ESR ? 0x40u : 0) | (options->UESA ? 0x80u : 0);
}

static DWORD send_connect(uint32_t index, const WLAN_CONNECTION_PARAMETERS_V2 *parameters)
{
    const WCHAR *profile = is_discovery(parameters) ? NULL : parameters->strProfile;
    struct wlan_call call;

    call_begin(&call);
    host_put_u32(&call.arguments, index);
    host_put_u32(&call.arguments, parameters->wlanConnectionMode);
    host_put_utf16(&call.arguments, (const uint16_t *)profile);
    put_ssid(&call.arguments, parameters->pDot11Ssid);
    put_bssids(&call.arguments, parameters->pDesiredBssidList);
    host_put_u32(&call.arguments, parameters->dot11BssType);
    host_put_u32(&call.arguments, parameters->dwFlags);
    host_put_bytes(&call.arguments, parameters->pDot11Hessid, parameters->pDot11Hessid ? 6 : 0);
    host_put_u32(&call.arguments, join_options(parameters->pDot11AccessNetworkOptions));
    host_put_u32(&call.arguments, cork_setting_dword(&cork_settings_wlanapi, "ConnectTimeout"));
    return call_end(&call, call_send(&call, WLAN_CONNECT));
}

/* The parameters as WLAN_CONNECTION_PARAMETERS_V2 for both. `has_old`: Windows XP's API has the function, with less. */
static DWORD connect_interface(HANDLE client, const GUID *guid, const WLAN_CONNECTION_PARAMETERS_V2 *parameters,
                               BOOL has_old)
{
    uint32_t index = 0;
    DWORD error = handle_check_version(client);

    if (error == ERROR_NOT_SUPPORTED && has_old)
        error = are_old_parameters(parameters) ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER;
    if (!error && !are_parameters(parameters)) error = ERROR_INVALID_PARAMETER;
    if (!error) error = interface_index(guid, &index);
    if (!error && parameters->wlanConnectionMode == wlan_connection_mode_profile)
        error = profile_access(index, parameters->strProfile, WLAN_EXECUTE_ACCESS, NULL);
    return error ? error : send_connect(index, parameters);
}

/*
 * WlanConnect (nf-wlanapi-wlanconnect): asks for a connection and returns; notifications tell what becomes of it. What
 * the interface is connected to is left. ERROR_INVALID_PARAMETER (a NULL, pReserved, parameters that contradict the
 * page or the profile), ERROR_INVALID_HANDLE, ERROR_NOT_FOUND (no such interface, no such profile), ERROR_BAD_PROFILE
 * (the temporary profile's XML), ERROR_ACCESS_DENIED (an all-user profile's list does not let the caller use it),
 * ERROR_NOT_SUPPORTED (WLAN_CONNECTION_IGNORE_PRIVACY_BIT and _EAPOL_PASSTHROUGH, which
 * wpa_supplicant has not), ERROR_NDIS_DOT11_POWER_STATE_INVALID (the radio is off), ERROR_SERVICE_NOT_ACTIVE. Any
 * thread.
 */
DWORD WINAPI WlanConnect(HANDLE hClientHandle, const GUID *pInterfaceGuid,
                         const WLAN_CONNECTION_PARAMETERS *pConnectionParameters, PVOID pReserved)
{
    WLAN_CONNECTION_PARAMETERS_V2 parameters = {.wlanConnectionMode = wlan_connection_mode_invalid};

    CORK_TRACE("%p, %p, %p, %p\n", hClientHandle, pInterfaceGuid, pConnectionParameters, pReserved);
    if (!pInterfaceGuid || !pConnectionParameters || pReserved) return ERROR_INVALID_PARAMETER;
    parameters.wlanConnectionMode = pConnectionParameters->wlanConnectionMode;
    parameters.strProfile = pConnectionParameters->strProfile;
    parameters.pDot11Ssid = pConnectionParameters->pDot11Ssid;
    parameters.pDesiredBssidList = pConnectionParameters->pDesiredBssidList;
    parameters.dot11BssType = pConnectionParameters->dot11BssType;
    parameters.dwFlags = pConnectionParameters->dwFlags;
    return connect_interface(hClientHandle, pInterfaceGuid, &parameters, TRUE);
}

/*
 * WlanConnect2: the same, of access points alone with that HESSID and those access network options, where they are
 * given. No page has it but the structure's; its errors are those of WlanConnect, and ERROR_NOT_SUPPORTED for a client
 * of Windows XP's API.
 */
DWORD WINAPI WlanConnect2(HANDLE hClientHandle, const GUID *pInterfaceGuid,
                          const WLAN_CONNECTION_PARAMETERS_V2 *pConnectionParameters, PVOID pReserved)
{
    CORK_TRACE("%p, %p, %p, %p\n", hClientHandle, pInterfaceGuid, pConnectionParameters, pReserved);
    if (!pInterfaceGuid || !pConnectionParameters || pReserved) return ERROR_INVALID_PARAMETER;
    return connect_interface(hClientHandle, pInterfaceGuid, pConnectionParameters, FALSE);
}

/* "If that profile was an all-user profile, the WlanDisconnect caller must have execute access on the profile." One
 * that has been deleted keeps nobody from it. */
static DWORD may_disconnect(uint32_t index)
{
    WLAN_CONNECTION_ATTRIBUTES attributes;
    const uint8_t *bytes = NULL;
    struct wlan_call call;
    size_t size = 0;
    DWORD error;

    call_begin(&call);
    host_put_u32(&call.arguments, index);
    host_put_u32(&call.arguments, wlan_intf_opcode_current_connection);
    error = call_send(&call, WLAN_QUERY_INTERFACE_OPCODE);
    if (!error) bytes = host_get_bytes(&call.reply.values, &size);
    if (bytes && size == sizeof(attributes)) memcpy(&attributes, bytes, size);
    error = call_end(&call, error);
    if (error == ERROR_INVALID_STATE) return ERROR_SUCCESS; /* it is not connected */
    if (error || !bytes || size != sizeof(attributes)) return error;
    if (attributes.wlanConnectionMode != wlan_connection_mode_profile || !attributes.strProfileName[0])
        return ERROR_SUCCESS;
    error = profile_access(index, attributes.strProfileName, WLAN_EXECUTE_ACCESS, NULL);
    return error == ERROR_NOT_FOUND ? ERROR_SUCCESS : error;
}

/*
 * WlanDisconnect (nf-wlanapi-wlandisconnect): has the interface leave its network, or give up an attempt; notifications
 * tell when it has. One that is not connected is left as it is. ERROR_INVALID_PARAMETER (a NULL, pReserved),
 * ERROR_INVALID_HANDLE, ERROR_NOT_FOUND (no such interface), ERROR_ACCESS_DENIED (as of WlanConnect),
 * ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanDisconnect(HANDLE hClientHandle, const GUID *pInterfaceGuid, PVOID pReserved)
{
    uint32_t index;
    DWORD error;

    CORK_TRACE("%p, %p, %p\n", hClientHandle, pInterfaceGuid, pReserved);
    if (!pInterfaceGuid || pReserved) return ERROR_INVALID_PARAMETER;
    error = handle_check(hClientHandle);
    if (!error) error = interface_index(pInterfaceGuid, &index);
    if (!error) error = may_disconnect(index);
    return error ? error : call_interface(WLAN_DISCONNECT, index);
}

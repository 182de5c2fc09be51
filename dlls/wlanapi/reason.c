/*
 * Reason codes in words: WlanReasonCodeToString.
 */
#include <windows.h>
#include <wlanapi.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(wlanapi);

/* The documented codes (wlan_reasons.h); the texts are ours. */
static const struct
{
    DWORD code;
    const WCHAR *text;
} reasons[] = {
    {L2_REASON_CODE_PROFILE_MISSING, L"The profile is missing."},
    {WLAN_REASON_CODE_SUCCESS, L"The operation succeeded."},
    {WLAN_REASON_CODE_UNKNOWN, L"The reason is not known."},
    {WLAN_REASON_CODE_NETWORK_NOT_COMPATIBLE, L"The wireless network is not compatible with this adapter."},
    {WLAN_REASON_CODE_PROFILE_NOT_COMPATIBLE, L"The profile does not fit the wireless network."},
    {WLAN_REASON_CODE_NO_AUTO_CONNECTION, L"The profile asks for no automatic connection."},
    {WLAN_REASON_CODE_NOT_VISIBLE, L"The wireless network is not visible."},
    {WLAN_REASON_CODE_GP_DENIED, L"Group policy forbids this wireless network."},
    {WLAN_REASON_CODE_USER_DENIED, L"The user has forbidden this wireless network."},
    {WLAN_REASON_CODE_BSS_TYPE_NOT_ALLOWED,
     L"Networks of this type (infrastructure or ad hoc) are not allowed on this adapter."},
    {WLAN_REASON_CODE_IN_FAILED_LIST, L"The wireless network failed a short while ago."},
    {WLAN_REASON_CODE_IN_BLOCKED_LIST, L"The wireless network is blocked for a while after it failed."},
    {WLAN_REASON_CODE_SSID_LIST_TOO_LONG, L"The list of network names is too long."},
    {WLAN_REASON_CODE_CONNECT_CALL_FAIL, L"The call that was to connect failed."},
    {WLAN_REASON_CODE_SCAN_CALL_FAIL, L"The call that was to scan failed."},
    {WLAN_REASON_CODE_NETWORK_NOT_AVAILABLE, L"The wireless network is not available."},
    {WLAN_REASON_CODE_PROFILE_CHANGED_OR_DELETED, L"The profile was changed or deleted while it was being connected."},
    {WLAN_REASON_CODE_KEY_MISMATCH, L"The key does not match."},
    {WLAN_REASON_CODE_USER_NOT_RESPOND, L"The user did not answer in time."},
    {WLAN_REASON_CODE_AP_PROFILE_NOT_ALLOWED_FOR_CLIENT,
     L"A profile of an access point cannot be applied to a client."},
    {WLAN_REASON_CODE_AP_PROFILE_NOT_ALLOWED, L"Profiles of access points are not allowed."},
    {WLAN_REASON_CODE_HOTSPOT2_PROFILE_DENIED, L"The Hotspot 2.0 profile was denied."},
    {WLAN_REASON_CODE_INVALID_PROFILE_SCHEMA, L"The profile is not valid according to the schema."},
    {WLAN_REASON_CODE_PROFILE_MISSING, L"The profile is missing: there is no WLANProfile element."},
    {WLAN_REASON_CODE_INVALID_PROFILE_NAME, L"The name of the profile is not valid."},
    {WLAN_REASON_CODE_INVALID_PROFILE_TYPE, L"The type of the profile is not valid."},
    {WLAN_REASON_CODE_INVALID_PHY_TYPE, L"The physical layer that the profile names is not valid."},
    {WLAN_REASON_CODE_MSM_SECURITY_MISSING, L"The profile has no security settings for the media specific module."},
    {WLAN_REASON_CODE_IHV_SECURITY_NOT_SUPPORTED, L"The security settings of a hardware vendor are not supported."},
    {WLAN_REASON_CODE_IHV_OUI_MISMATCH,
     L"The vendor's identifier in the profile is not that of this adapter's vendor."},
    {WLAN_REASON_CODE_IHV_OUI_MISSING,
     L"The profile has settings of a hardware vendor without the vendor's identifier."},
    {WLAN_REASON_CODE_IHV_SETTINGS_MISSING, L"The profile names a hardware vendor without any settings of it."},
    {WLAN_REASON_CODE_CONFLICT_SECURITY, L"The profile has two security settings that exclude each other."},
    {WLAN_REASON_CODE_SECURITY_MISSING, L"The profile has no security settings."},
    {WLAN_REASON_CODE_INVALID_BSS_TYPE, L"The connection type (infrastructure or ad hoc) in the profile is not valid."},
    {WLAN_REASON_CODE_INVALID_ADHOC_CONNECTION_MODE, L"An ad hoc network cannot be connected to automatically."},
    {WLAN_REASON_CODE_NON_BROADCAST_SET_FOR_ADHOC,
     L"An ad hoc network cannot be one that does not broadcast its name."},
    {WLAN_REASON_CODE_AUTO_SWITCH_SET_FOR_ADHOC,
     L"Switching to a preferred network cannot be set for an ad hoc network."},
    {WLAN_REASON_CODE_AUTO_SWITCH_SET_FOR_MANUAL_CONNECTION,
     L"Switching to a preferred network cannot be set for a profile that is connected manually."},
    {WLAN_REASON_CODE_IHV_SECURITY_ONEX_MISSING, L"The security settings of a hardware vendor lack those of 802.1X."},
    {WLAN_REASON_CODE_PROFILE_SSID_INVALID, L"The network name in the profile is missing or not valid."},
    {WLAN_REASON_CODE_TOO_MANY_SSID, L"The profile has too many network names."},
    {WLAN_REASON_CODE_IHV_CONNECTIVITY_NOT_SUPPORTED,
     L"The connection settings of a hardware vendor are not supported."},
    {WLAN_REASON_CODE_BAD_MAX_NUMBER_OF_CLIENTS_FOR_AP,
     L"The greatest number of clients of the access point is not valid."},
    {WLAN_REASON_CODE_INVALID_CHANNEL, L"The channel is not valid."},
    {WLAN_REASON_CODE_OPERATION_MODE_NOT_SUPPORTED, L"The adapter does not support this mode of operation."},
    {WLAN_REASON_CODE_AUTO_AP_PROFILE_NOT_ALLOWED, L"A profile of an access point cannot be started automatically."},
    {WLAN_REASON_CODE_AUTO_CONNECTION_NOT_ALLOWED, L"Automatic connection is not allowed."},
    {WLAN_REASON_CODE_HOTSPOT2_PROFILE_NOT_ALLOWED, L"Hotspot 2.0 profiles are not allowed."},
    {WLAN_REASON_CODE_UNSUPPORTED_SECURITY_SET_BY_OS, L"The system does not support the security settings."},
    {WLAN_REASON_CODE_UNSUPPORTED_SECURITY_SET, L"The adapter does not support the security settings."},
    {WLAN_REASON_CODE_BSS_TYPE_UNMATCH,
     L"The network is of another type (infrastructure or ad hoc) than was asked for."},
    {WLAN_REASON_CODE_PHY_TYPE_UNMATCH, L"The physical layers of the network and of the adapter do not match."},
    {WLAN_REASON_CODE_DATARATE_UNMATCH, L"The data rates of the network and of the adapter do not match."},
    {WLAN_REASON_CODE_USER_CANCELLED, L"The user cancelled the operation."},
    {WLAN_REASON_CODE_ASSOCIATION_FAILURE, L"The network did not accept the association."},
    {WLAN_REASON_CODE_ASSOCIATION_TIMEOUT, L"The association timed out."},
    {WLAN_REASON_CODE_PRE_SECURITY_FAILURE, L"What precedes security failed."},
    {WLAN_REASON_CODE_START_SECURITY_FAILURE, L"Security could not be started."},
    {WLAN_REASON_CODE_SECURITY_FAILURE, L"Security failed."},
    {WLAN_REASON_CODE_SECURITY_TIMEOUT, L"Security timed out."},
    {WLAN_REASON_CODE_ROAMING_FAILURE, L"Roaming to another access point failed."},
    {WLAN_REASON_CODE_ROAMING_SECURITY_FAILURE, L"Security failed while roaming to another access point."},
    {WLAN_REASON_CODE_ADHOC_SECURITY_FAILURE, L"Security of the ad hoc network failed."},
    {WLAN_REASON_CODE_DRIVER_DISCONNECTED, L"The driver has disconnected."},
    {WLAN_REASON_CODE_DRIVER_OPERATION_FAILURE, L"An operation of the driver failed."},
    {WLAN_REASON_CODE_IHV_NOT_AVAILABLE, L"The service of the hardware vendor is not available."},
    {WLAN_REASON_CODE_IHV_NOT_RESPONDING, L"The service of the hardware vendor does not respond."},
    {WLAN_REASON_CODE_DISCONNECT_TIMEOUT, L"Disconnecting timed out."},
    {WLAN_REASON_CODE_INTERNAL_FAILURE, L"An internal failure prevented the operation."},
    {WLAN_REASON_CODE_UI_REQUEST_TIMEOUT, L"A request to the user timed out."},
    {WLAN_REASON_CODE_TOO_MANY_SECURITY_ATTEMPTS, L"Security was attempted too many times."},
    {WLAN_REASON_CODE_AP_STARTING_FAILURE, L"The access point could not be started."},
    {WLAN_REASON_CODE_NO_VISIBLE_AP, L"No access point of the network is visible."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_INVALID_KEY_INDEX, L"The key index in the profile is not valid."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_PSK_PRESENT,
     L"The profile has a pre-shared key, which its authentication does not use."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_KEY_LENGTH, L"The length of the key in the profile is not valid."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_PSK_LENGTH, L"The length of the pre-shared key in the profile is not valid."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_NO_AUTH_CIPHER_SPECIFIED, L"The profile names no authentication and encryption."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_TOO_MANY_AUTH_CIPHER_SPECIFIED,
     L"The profile names too many kinds of authentication and encryption."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_DUPLICATE_AUTH_CIPHER,
     L"The profile names the same authentication and encryption twice."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_RAWDATA_INVALID, L"Raw data in the profile is not valid."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_INVALID_AUTH_CIPHER,
     L"The authentication and encryption in the profile do not go together."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_ONEX_DISABLED,
     L"802.1X is disabled in the profile, and its authentication needs it."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_ONEX_ENABLED,
     L"802.1X is enabled in the profile, and its authentication has none."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_INVALID_PMKCACHE_MODE, L"The mode of the pairwise master key cache is not valid."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_INVALID_PMKCACHE_SIZE, L"The size of the pairwise master key cache is not valid."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_INVALID_PMKCACHE_TTL,
     L"The lifetime of entries of the pairwise master key cache is not valid."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_INVALID_PREAUTH_MODE, L"The mode of pre-authentication is not valid."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_INVALID_PREAUTH_THROTTLE,
     L"The number of pre-authentication attempts is not valid."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_PREAUTH_ONLY_ENABLED,
     L"Pre-authentication is enabled without the pairwise master key cache."},
    {WLAN_REASON_CODE_MSMSEC_CAPABILITY_NETWORK, L"The network lacks a security capability that is needed."},
    {WLAN_REASON_CODE_MSMSEC_CAPABILITY_NIC, L"The adapter lacks a security capability that is needed."},
    {WLAN_REASON_CODE_MSMSEC_CAPABILITY_PROFILE, L"The network lacks a security capability that the profile asks for."},
    {WLAN_REASON_CODE_MSMSEC_CAPABILITY_DISCOVERY, L"The network lacks a security capability that discovery asks for."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_PASSPHRASE_CHAR,
     L"The pass phrase in the profile has a character that is not allowed."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_KEYMATERIAL_CHAR, L"The key in the profile has a character that is not allowed."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_WRONG_KEYTYPE,
     L"The kind of key in the profile does not fit its authentication and encryption."},
    {WLAN_REASON_CODE_MSMSEC_MIXED_CELL,
     L"A mixed cell is suspected: the access point tells no security, and the profile asks for some."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_AUTH_TIMERS_INVALID, L"The authentication timers in the profile are not valid."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_INVALID_GKEY_INTV,
     L"The group key's update interval in the profile is not valid."},
    {WLAN_REASON_CODE_MSMSEC_TRANSITION_NETWORK, L"A transition network is suspected: legacy security is tried."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_KEY_UNMAPPED_CHAR, L"The key has characters that cannot be mapped to ASCII."},
    {WLAN_REASON_CODE_MSMSEC_CAPABILITY_PROFILE_AUTH,
     L"The network lacks the authentication that the profile asks for."},
    {WLAN_REASON_CODE_MSMSEC_CAPABILITY_PROFILE_CIPHER, L"The network lacks the encryption that the profile asks for."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_SAFE_MODE,
     L"The profile asks for a safe mode that is not valid with its settings."},
    {WLAN_REASON_CODE_MSMSEC_CAPABILITY_PROFILE_SAFE_MODE_NIC,
     L"The profile asks for safe mode, which the adapter does not support."},
    {WLAN_REASON_CODE_MSMSEC_CAPABILITY_PROFILE_SAFE_MODE_NW,
     L"The profile asks for safe mode, which the network does not support."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_UNSUPPORTED_AUTH, L"The authentication in the profile is not supported."},
    {WLAN_REASON_CODE_MSMSEC_PROFILE_UNSUPPORTED_CIPHER, L"The encryption in the profile is not supported."},
    {WLAN_REASON_CODE_MSMSEC_CAPABILITY_MFP_NW_NIC,
     L"The network requires management frame protection, which the adapter does not support."},
    {WLAN_REASON_CODE_MSMSEC_UI_REQUEST_FAILURE, L"A request to the user failed."},
    {WLAN_REASON_CODE_MSMSEC_AUTH_START_TIMEOUT, L"Authentication did not start in time."},
    {WLAN_REASON_CODE_MSMSEC_AUTH_SUCCESS_TIMEOUT, L"Authentication did not succeed in time."},
    {WLAN_REASON_CODE_MSMSEC_KEY_START_TIMEOUT, L"The exchange of keys did not start in time."},
    {WLAN_REASON_CODE_MSMSEC_KEY_SUCCESS_TIMEOUT, L"The exchange of keys did not succeed in time."},
    {WLAN_REASON_CODE_MSMSEC_M3_MISSING_KEY_DATA, L"Message 3 of the four-way handshake has no key data."},
    {WLAN_REASON_CODE_MSMSEC_M3_MISSING_IE, L"Message 3 of the four-way handshake has no information element."},
    {WLAN_REASON_CODE_MSMSEC_M3_MISSING_GRP_KEY, L"Message 3 of the four-way handshake has no group key."},
    {WLAN_REASON_CODE_MSMSEC_PR_IE_MATCHING,
     L"Security capabilities of the access point do not match (RSN/WPA element of probe responses)."},
    {WLAN_REASON_CODE_MSMSEC_SEC_IE_MATCHING,
     L"Security capabilities of the access point do not match (secondary element in message 3)."},
    {WLAN_REASON_CODE_MSMSEC_NO_PAIRWISE_KEY, L"A pairwise key was needed, and there is none."},
    {WLAN_REASON_CODE_MSMSEC_G1_MISSING_KEY_DATA, L"Message 1 of the group key handshake has no key data."},
    {WLAN_REASON_CODE_MSMSEC_G1_MISSING_GRP_KEY, L"Message 1 of the group key handshake has no group key."},
    {WLAN_REASON_CODE_MSMSEC_PEER_INDICATED_INSECURE,
     L"The access point reset the secure bit after security was established."},
    {WLAN_REASON_CODE_MSMSEC_NO_AUTHENTICATOR, L"802.1X was indicated, and there is no authenticator."},
    {WLAN_REASON_CODE_MSMSEC_NIC_FAILURE, L"Setting security on the adapter failed."},
    {WLAN_REASON_CODE_MSMSEC_CANCELLED, L"Security was cancelled."},
    {WLAN_REASON_CODE_MSMSEC_KEY_FORMAT, L"The format of the key was not known."},
    {WLAN_REASON_CODE_MSMSEC_DOWNGRADE_DETECTED, L"A downgrade of security was detected."},
    {WLAN_REASON_CODE_MSMSEC_PSK_MISMATCH_SUSPECTED, L"The pre-shared key seems to be wrong."},
    {WLAN_REASON_CODE_MSMSEC_FORCED_FAILURE, L"The connection failed because it was forced to."},
    {WLAN_REASON_CODE_MSMSEC_M3_TOO_MANY_RSNIE, L"Message 3 of the four-way handshake has too many RSN elements."},
    {WLAN_REASON_CODE_MSMSEC_M2_MISSING_KEY_DATA, L"Message 2 of the four-way handshake has no key data."},
    {WLAN_REASON_CODE_MSMSEC_M2_MISSING_IE, L"Message 2 of the four-way handshake has no RSN element."},
    {WLAN_REASON_CODE_MSMSEC_AUTH_WCN_COMPLETED, L"Authentication by Wi-Fi Protected Setup was completed."},
    {WLAN_REASON_CODE_MSMSEC_M3_MISSING_MGMT_GRP_KEY,
     L"Message 3 of the four-way handshake has no group key for management frames."},
    {WLAN_REASON_CODE_MSMSEC_G1_MISSING_MGMT_GRP_KEY,
     L"Message 1 of the group key handshake has no group key for management frames."},
};

static const WCHAR *text_of(DWORD code)
{
    for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
        if (reasons[i].code == code) return reasons[i].text;
    return L"The reason is not known.";
}

/*
 * WlanReasonCodeToString (nf-wlanapi-wlanreasoncodetostring): a text for people into pStringBuffer of dwBufferSize
 * characters, shortened and terminated where it does not fit; a code that is not documented gets the text of
 * WLAN_REASON_CODE_UNKNOWN. ERROR_INVALID_PARAMETER (no buffer, no room, pReserved). Any thread; no handle, no service.
 */
DWORD WINAPI WlanReasonCodeToString(DWORD dwReasonCode, DWORD dwBufferSize, PWCHAR pStringBuffer, PVOID pReserved)
{
    const WCHAR *text = text_of(dwReasonCode);
    DWORD length = 0;

    CORK_TRACE("%#lx, %lu, %p, %p\n", dwReasonCode, dwBufferSize, pStringBuffer, pReserved);
    if (!dwBufferSize || !pStringBuffer || pReserved) return ERROR_INVALID_PARAMETER;
    for (; length < dwBufferSize - 1 && text[length]; length++)
        pStringBuffer[length] = text[length];
    pStringBuffer[length] = 0;
    return ERROR_SUCCESS;
}

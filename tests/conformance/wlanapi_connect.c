/*
 * Connecting: WlanConnect, WlanConnect2, WlanDisconnect, and what notifications tell of it. The networks do as their
 * names say (tests/wifi/fake_connect.h).
 */
#include "wlanapi_story.h"

#define PROFILE(key)                                                                                                   \
    L"<?xml version=\"1.0\"?><WLANProfile xmlns=\"http://www.microsoft.com/networking/WLAN/profile/v1\">"              \
    L"<name>Temporary</name><SSIDConfig><SSID><name>Net0000.</name></SSID></SSIDConfig>"                               \
    L"<connectionType>ESS</connectionType><connectionMode>manual</connectionMode><MSM><security><authEncryption>"      \
    L"<authentication>WPA2PSK</authentication><encryption>AES</encryption><useOneX>false</useOneX></authEncryption>"   \
    L"<sharedKey><keyType>passPhrase</keyType><protected>false</"                                                      \
    L"protected><keyMaterial>" key L"</keyMaterial></sharedKey></security></MSM></WLANProfile>"

static WCHAR right_key[] = PROFILE(L"right key!"), wrong_key[] = PROFILE(L"wrong key!"),
             bad_profile[] = L"<WLANProfile/>";

static void set_ssid(DOT11_SSID *ssid, const char *name)
{
    memset(ssid, 0, sizeof(*ssid));
    ssid->uSSIDLength = (ULONG)strlen(name);
    memcpy(ssid->ucSSID, name, strlen(name));
}

/* Connects to an open network of that name. */
static DWORD discover(const GUID *guid, const char *name, DWORD flags)
{
    DOT11_SSID ssid;
    WLAN_CONNECTION_PARAMETERS parameters = {.wlanConnectionMode = wlan_connection_mode_discovery_unsecure,
                                             .pDot11Ssid = &ssid,
                                             .dot11BssType = dot11_BSS_type_infrastructure,
                                             .dwFlags = flags};

    set_ssid(&ssid, name);
    return pWlanConnect(client(), guid, &parameters, NULL);
}

static DWORD connect_temporary(const GUID *guid, WCHAR *profile)
{
    WLAN_CONNECTION_PARAMETERS parameters = {.wlanConnectionMode = wlan_connection_mode_temporary_profile,
                                             .strProfile = profile,
                                             .dot11BssType = dot11_BSS_type_infrastructure};

    return pWlanConnect(client(), guid, &parameters, NULL);
}

static DWORD try_parameters(WLAN_CONNECTION_MODE mode, WCHAR *profile, DOT11_SSID *ssid, DOT11_BSS_TYPE type,
                            DWORD flags)
{
    WLAN_CONNECTION_PARAMETERS parameters = {mode, profile, ssid, NULL, type, flags};
    GUID guid;

    station(&guid);
    return pWlanConnect(client(), &guid, &parameters, NULL);
}

#define REFUSED_PARAMETERS(mode, profile, ssid, type, flags)                                                           \
    GIVES(ERROR_INVALID_PARAMETER,                                                                                     \
          try_parameters(wlan_connection_mode_##mode, profile, ssid, dot11_BSS_type_##type, flags))

static void arguments(void)
{
    WLAN_CONNECTION_PARAMETERS parameters = {.wlanConnectionMode = wlan_connection_mode_profile};
    WLAN_CONNECTION_PARAMETERS_V2 parameters2 = {.wlanConnectionMode = wlan_connection_mode_invalid};
    DWORD reserved;
    GUID guid;

    station(&guid);
    CHECK(WlanConnect, ERROR_INVALID_PARAMETER, "hClientHandle is NULL or invalid.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanConnect(NULL, &guid, &parameters, NULL)));
    CHECK(WlanConnect, null, "pInterfaceGuid is NULL. pConnectionParameters is NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanConnect(client(), NULL, &parameters, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanConnect(client(), &guid, NULL, NULL)));
    CHECK(WlanConnect, reserved, "Reserved for future use. Must be set to NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanConnect(client(), &guid, &parameters, &reserved)));
    parameters.strProfile = right_key;
    parameters.dot11BssType = dot11_BSS_type_any;
    parameters.wlanConnectionMode = wlan_connection_mode_temporary_profile;
    CHECK(WlanConnect, ERROR_INVALID_HANDLE, "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanConnect(BAD_HANDLE, &guid, &parameters, NULL)));
    CHECK(WlanConnect, no_interface, "The GUID of the interface to use for the connection.",
          GIVES(ERROR_NOT_FOUND, pWlanConnect(client(), &unknown_interface, &parameters, NULL)));
    CHECK(WlanConnect2, ERROR_INVALID_PARAMETER, "As WlanConnect: a NULL, pReserved, parameters that say nothing.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanConnect2(client(), NULL, &parameters2, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanConnect2(client(), &guid, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanConnect2(client(), &guid, &parameters2, &reserved)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanConnect2(client(), &guid, &parameters2, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanConnect2(NULL, &guid, &parameters2, NULL)));
    CHECK(WlanConnect2, ERROR_INVALID_HANDLE, "As WlanConnect: the handle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanConnect2(BAD_HANDLE, &guid, &parameters2, NULL)));
    CHECK(WlanDisconnect, ERROR_INVALID_PARAMETER,
          "hClientHandle is NULL or invalid, pInterfaceGuid is NULL, or pReserved is not NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanDisconnect(NULL, &guid, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanDisconnect(client(), NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanDisconnect(client(), &guid, &reserved)));
    CHECK(WlanDisconnect, ERROR_INVALID_HANDLE, "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanDisconnect(BAD_HANDLE, &guid, NULL)));
    CHECK(WlanDisconnect, no_interface, "The GUID of the interface to be disconnected.",
          GIVES(ERROR_NOT_FOUND, pWlanDisconnect(client(), &unknown_interface, NULL)));
}

static void parameters(void)
{
    WCHAR empty[] = L"", name[] = L"no such profile", long_name[WLAN_MAX_NAME_LENGTH + 2];
    DOT11_SSID ssid, long_ssid = {.uSSIDLength = 33};

    set_ssid(&ssid, "Net0000.");
    for (unsigned i = 0; i < ARRAYSIZE(long_name); i++)
        long_name[i] = i + 1 < ARRAYSIZE(long_name) ? L'x' : 0;
    CHECK(WlanConnect, flags, "The dwFlags member is not set to one of the values specified on the page.",
          REFUSED_PARAMETERS(discovery_unsecure, NULL, &ssid, infrastructure, 0x80));
    CHECK(WlanConnect, discovery_ssid,
          "wlanConnectionMode is set to a discovery mode, and the pDot11Ssid member is NULL.",
          REFUSED_PARAMETERS(discovery_unsecure, NULL, NULL, infrastructure, 0) &&
              REFUSED_PARAMETERS(discovery_secure, NULL, NULL, infrastructure, 0));
    CHECK(WlanConnect, discovery_type,
          "wlanConnectionMode is set to a discovery mode, and the dot11BssType member is set to dot11_BSS_type_any.",
          REFUSED_PARAMETERS(discovery_unsecure, NULL, &ssid, any, 0) &&
              REFUSED_PARAMETERS(discovery_secure, NULL, &ssid, any, 0));
    CHECK(WlanConnect, profile_name,
          "The strProfile member is NULL or the length of the profile exceeds WLAN_MAX_NAME_LENGTH, or is zero.",
          REFUSED_PARAMETERS(profile, NULL, NULL, infrastructure, 0) &&
              REFUSED_PARAMETERS(profile, empty, NULL, infrastructure, 0) &&
              REFUSED_PARAMETERS(profile, long_name, NULL, infrastructure, 0));
    CHECK(WlanConnect, mode, "wlanConnectionMode is set to wlan_connection_mode_invalid or wlan_connection_mode_auto.",
          REFUSED_PARAMETERS(invalid, name, NULL, infrastructure, 0) &&
              REFUSED_PARAMETERS(auto, name, NULL, infrastructure, 0));
    CHECK(WlanConnect, join_only,
          "dot11BssType is set to infrastructure, and dwFlags is set to WLAN_CONNECTION_ADHOC_JOIN_ONLY.",
          REFUSED_PARAMETERS(profile, name, NULL, infrastructure, WLAN_CONNECTION_ADHOC_JOIN_ONLY));
    CHECK(WlanConnect, hidden,
          "dot11BssType is set to independent, and dwFlags is set to WLAN_CONNECTION_HIDDEN_NETWORK.",
          REFUSED_PARAMETERS(profile, name, NULL, independent, WLAN_CONNECTION_HIDDEN_NETWORK));
    CHECK(
        WlanConnect, privacy,
        "dwFlags is WLAN_CONNECTION_IGNORE_PRIVACY_BIT, and either the mode is not a temporary profile or the type is "
        "independent.",
        REFUSED_PARAMETERS(profile, name, NULL, infrastructure, WLAN_CONNECTION_IGNORE_PRIVACY_BIT) &&
            REFUSED_PARAMETERS(temporary_profile, right_key, NULL, independent, WLAN_CONNECTION_IGNORE_PRIVACY_BIT));
    CHECK(WlanConnect, eapol,
          "This flag is only valid when wlanConnectionMode is set to wlan_connection_mode_temporary_profile.",
          REFUSED_PARAMETERS(profile, name, NULL, infrastructure, WLAN_CONNECTION_EAPOL_PASSTHROUGH));
    CHECK(WlanConnect, persist, "This flag is only valid for the discovery modes.",
          REFUSED_PARAMETERS(profile, name, NULL, infrastructure, WLAN_CONNECTION_PERSIST_DISCOVERY_PROFILE) &&
              REFUSED_PARAMETERS(discovery_unsecure, NULL, &ssid, infrastructure,
                                 WLAN_CONNECTION_PERSIST_DISCOVERY_PROFILE_OVERWRITE_EXISTING));
    CHECK(WlanConnect, ssid, "An SSID has at most 32 bytes.",
          REFUSED_PARAMETERS(discovery_unsecure, NULL, &long_ssid, infrastructure, 0));
}

static void profiles(void)
{
    WCHAR name[] = L"no such profile";
    DOT11_SSID ssid;
    GUID guid;
    BOOL there = station(&guid);

    set_ssid(&ssid, "Another");
    CHECK_IF(there, NEEDS_STATION, WlanConnect, no_profile, "strProfile specifies the name of the profile used.",
             GIVES(ERROR_NOT_FOUND,
                   try_parameters(wlan_connection_mode_profile, name, NULL, dot11_BSS_type_infrastructure, 0)));
    CHECK_IF(there, NEEDS_STATION, WlanConnect, bad_profile,
             "strProfile specifies the XML representation of the profile used for the connection.",
             GIVES(ERROR_BAD_PROFILE, connect_temporary(&guid, bad_profile)));
    CHECK_IF(there, NEEDS_STATION, WlanConnect, type_of_profile,
             "If a profile is provided, this BSS type must be the same as the one in the profile.",
             GIVES(ERROR_INVALID_PARAMETER, try_parameters(wlan_connection_mode_temporary_profile, right_key, NULL,
                                                           dot11_BSS_type_independent, 0)));
    CHECK_IF(there, NEEDS_STATION, WlanConnect, ssid_of_profile,
             "When set to NULL, all SSIDs in the profile are tried.",
             GIVES(ERROR_INVALID_PARAMETER, try_parameters(wlan_connection_mode_temporary_profile, right_key, &ssid,
                                                           dot11_BSS_type_infrastructure, 0)));
    CHECK_IF(
        there, NEEDS_STATION, WlanConnect, not_supported,
        "Ignore the privacy bit, exempt EAPOL traffic from encryption: wpa_supplicant does not.",
        GIVES(ERROR_NOT_SUPPORTED, try_parameters(wlan_connection_mode_temporary_profile, right_key, NULL,
                                                  dot11_BSS_type_infrastructure, WLAN_CONNECTION_IGNORE_PRIVACY_BIT)) &&
            GIVES(ERROR_NOT_SUPPORTED,
                  try_parameters(wlan_connection_mode_temporary_profile, right_key, NULL, dot11_BSS_type_infrastructure,
                                 WLAN_CONNECTION_EAPOL_PASSTHROUGH)));
}

/* ---- Connections ---- */

static BOOL is_ssid(const DOT11_SSID *ssid, const char *name)
{
    return ssid->uSSIDLength == strlen(name) && !memcmp(ssid->ucSSID, name, strlen(name));
}

static WLAN_INTERFACE_STATE state_of(const GUID *guid)
{
    WLAN_INTERFACE_INFO_LIST *list = NULL;
    WLAN_INTERFACE_STATE state = (WLAN_INTERFACE_STATE)-1;

    if (pWlanEnumInterfaces(client(), NULL, &list)) return state;
    for (DWORD i = 0; i < list->dwNumberOfItems; i++)
        if (IsEqualGUID(&list->InterfaceInfo[i].InterfaceGuid, guid)) state = list->InterfaceInfo[i].isState;
    pWlanFreeMemory(list);
    return state;
}

/* The station is left disconnected. */
static BOOL leave(struct story *story, const GUID *guid)
{
    return GIVES(ERROR_SUCCESS, pWlanDisconnect(client(), guid, NULL)) && story_is(story, DISCONNECTS);
}

static void by_temporary_profile(void)
{
    static const DOT11_MAC_ADDRESS address = {2, 0x10, 0, 0, 0, 0};
    struct story story;
    GUID guid;
    BOOL there = station(&guid) && story_begin(&story);

    if (!there) return;
    CHECK(WlanConnect, ERROR_SUCCESS, "To be notified when a connection is established, a client must register.",
          GIVES(ERROR_SUCCESS, connect_temporary(&guid, right_key)) && story_is(&story, CONNECTS));
    CHECK(WlanConnect, acm_data, "A WLAN_CONNECTION_NOTIFICATION_DATA that identifies the network information.",
          story.acm.wlanConnectionMode == wlan_connection_mode_temporary_profile &&
              !wcscmp(story.acm.strProfileName, L"Temporary") && is_ssid(&story.acm.dot11Ssid, "Net0000.") &&
              story.acm.dot11BssType == dot11_BSS_type_infrastructure && story.acm.bSecurityEnabled &&
              story.acm.wlanReasonCode == WLAN_REASON_CODE_SUCCESS && IsEqualGUID(&story.guid, &guid));
    CHECK(WlanConnect, msm_data, "A WLAN_MSM_NOTIFICATION_DATA that contains connection-related information.",
          !wcscmp(story.msm.strProfileName, L"Temporary") && is_ssid(&story.msm.dot11Ssid, "Net0000.") &&
              !memcmp(story.msm.dot11MacAddr, address, sizeof(address)) && story.msm.bSecurityEnabled &&
              !story.msm.bFirstPeer && story.msm.wlanReasonCode == WLAN_REASON_CODE_SUCCESS);
    CHECK(WlanEnumInterfaces, connected, "wlan_interface_state_connected: the interface is connected to a network.",
          state_of(&guid) == wlan_interface_state_connected);
    CHECK(WlanDisconnect, ERROR_SUCCESS, "If the function succeeds, the return value is ERROR_SUCCESS.",
          leave(&story, &guid));
    CHECK(WlanEnumInterfaces, disconnected, "wlan_interface_state_disconnected: the interface is not connected.",
          state_of(&guid) == wlan_interface_state_disconnected);
    CHECK(WlanDisconnect, not_connected, "Disconnects an interface from its current network: there may be none.",
          GIVES(ERROR_SUCCESS, pWlanDisconnect(client(), &guid, NULL)));
    story_end(&story);
}

static void by_discovery(void)
{
    struct story story;
    DOT11_SSID ssid;
    GUID guid;
    BOOL there = station(&guid) && story_begin(&story);

    if (!there) return;
    set_ssid(&ssid, "Net0000.");
    CHECK(WlanConnect, discovery, "Unsecure discovery will be used to make the connection.",
          GIVES(ERROR_SUCCESS, discover(&guid, "Open", 0)) && story_is(&story, CONNECTS) &&
              story.acm.wlanConnectionMode == wlan_connection_mode_discovery_unsecure && !story.acm.bSecurityEnabled);
    CHECK(WlanConnect, discovery_xml,
          "This field contains the XML presentation of the profile used for discovery, if the connection succeeds.",
          wcsstr(story.xml, L"<WLANProfile") && wcsstr(story.xml, L"Open"));
    CHECK(WlanConnect, drops, "Any existing network connection is dropped automatically.",
          GIVES(ERROR_SUCCESS, discover(&guid, "Other", 0)) && story_is(&story, DISCONNECTS CONNECTS) &&
              is_ssid(&story.acm.dot11Ssid, "Other"));
    leave(&story, &guid);
    CHECK(WlanConnect, secure_discovery,
          "Secure discovery will be used to make the connection: there is nobody to ask for the key.",
          GIVES(ERROR_SUCCESS,
                try_parameters(wlan_connection_mode_discovery_secure, NULL, &ssid, dot11_BSS_type_infrastructure, 0)) &&
              story_is(&story, "A9 A11 A10 ") &&
              story.acm.wlanReasonCode == WLAN_REASON_CODE_MSMSEC_UI_REQUEST_FAILURE);
    CHECK(WlanConnect, unsecure_discovery, "Unsecure discovery does not connect to a network that is secured.",
          GIVES(ERROR_SUCCESS, discover(&guid, "Net0000.", 0)) && story_is(&story, "A9 A11 A10 ") &&
              story.acm.wlanReasonCode == WLAN_REASON_CODE_NETWORK_NOT_COMPATIBLE);
    story_end(&story);
}

static void failures(void)
{
    struct story story;
    GUID guid;
    BOOL there = station(&guid) && story_begin(&story);

    if (!there) return;
    CHECK(WlanConnect, wrong_key,
          "The connection succeeded if the wlanReasonCode is SUCCESS. Otherwise, it has failed.",
          GIVES(ERROR_SUCCESS, connect_temporary(&guid, wrong_key)) && story_is(&story, "A9 M1 M2 M3 M10 A11 A10 ") &&
              story.acm.wlanReasonCode == WLAN_REASON_CODE_MSMSEC_PSK_MISMATCH_SUSPECTED &&
              story.left_reason == WLAN_REASON_CODE_SECURITY_FAILURE);
    CHECK(WlanConnect, missing, "wlan_notification_acm_connection_attempt_fail: a connection attempt has failed.",
          GIVES(ERROR_SUCCESS, discover(&guid, "Missing", 0)) && story_is(&story, "A9 A11 A10 ") &&
              story.attempt_reason == WLAN_REASON_CODE_NETWORK_NOT_AVAILABLE &&
              story.acm.wlanReasonCode == WLAN_REASON_CODE_NETWORK_NOT_AVAILABLE);
    CHECK(WlanConnect, refused,
          "An application may receive zero or more attempt_fail notifications between start and complete.",
          GIVES(ERROR_SUCCESS, discover(&guid, "Refuses", 0)) &&
              story_is(&story, "A9 M1 M10 A11 M1 M10 A11 M1 M10 A11 A10 ") &&
              story.acm.wlanReasonCode == WLAN_REASON_CODE_ASSOCIATION_FAILURE);
    CHECK(WlanConnect, silent, "... when no further connections will be attempted: time runs out.",
          GIVES(ERROR_SUCCESS, discover(&guid, "Silent", 0)) && story_is(&story, "A9 A11 A10 ") &&
              story.acm.wlanReasonCode == WLAN_REASON_CODE_NETWORK_NOT_AVAILABLE);
    CHECK(WlanDisconnect, cancels, "Disconnects an interface: an attempt ends as cancelled by the user.",
          GIVES(ERROR_SUCCESS, discover(&guid, "Silent", 0)) &&
              GIVES(ERROR_SUCCESS, pWlanDisconnect(client(), &guid, NULL)) && story_is(&story, "A9 A11 A10 ") &&
              story.acm.wlanReasonCode == WLAN_REASON_CODE_USER_CANCELLED);
    CHECK(WlanConnect, replaced, "An attempt ends as cancelled where another is asked for.",
          GIVES(ERROR_SUCCESS, discover(&guid, "Silent", 0)) && GIVES(ERROR_SUCCESS, discover(&guid, "Open", 0)) &&
              story_is(&story, "A9 A11 A10 " CONNECTS));
    leave(&story, &guid);
    story_end(&story);
}

static void denied(void)
{
    DOT11_NETWORK_LIST list = {1, 0, {{{4, "Open"}, dot11_BSS_type_infrastructure}}};
    struct story story;
    GUID guid;
    BOOL there = station(&guid) && story_begin(&story);

    if (!there) return;
    CHECK(WlanSetFilterList, not_connected, "Denied networks cannot be connected by means of auto config.",
          GIVES(ERROR_SUCCESS, pWlanSetFilterList(client(), wlan_filter_list_type_user_deny, &list, NULL)) &&
              GIVES(ERROR_SUCCESS, discover(&guid, "Open", 0)) && story_is(&story, "A9 A11 A10 ") &&
              story.acm.wlanReasonCode == WLAN_REASON_CODE_USER_DENIED);
    CHECK(WlanSetFilterList, others_connected, "Networks that are not on a user list [...] will be permitted.",
          GIVES(ERROR_SUCCESS, discover(&guid, "Other", 0)) && story_is(&story, CONNECTS) && leave(&story, &guid));
    CHECK(WlanSetFilterList, allowed_again, "To clear a filter list, set the pNetworkList parameter to NULL.",
          GIVES(ERROR_SUCCESS, pWlanSetFilterList(client(), wlan_filter_list_type_user_deny, NULL, NULL)) &&
              GIVES(ERROR_SUCCESS, discover(&guid, "Open", 0)) && story_is(&story, CONNECTS) && leave(&story, &guid));
    story_end(&story);
}

/* What happens to a connection, and wpa_supplicant that says more than is so. */
static void events(void)
{
    struct story story;
    GUID guid;
    BOOL there = station(&guid) && story_begin(&story);

    if (!there) return;
    CHECK(WlanConnect, twice, "A connection has completed: once, however often wpa_supplicant says so.",
          GIVES(ERROR_SUCCESS, discover(&guid, "Twice", 0)) &&
              story_is(&story, "A9 A11 "
                               "M1 M2 M3 M4 A10 M5 M6 M4 ") &&
              leave(&story, &guid));
    CHECK(WlanConnect, lost, "wlan_notification_msm_disconnected: the reason for the disconnect.",
          GIVES(ERROR_SUCCESS, discover(&guid, "Lost", 0)) && story_is(&story, CONNECTS "M10 A21 ") &&
              story.left_reason == WLAN_REASON_CODE_DRIVER_DISCONNECTED);
    CHECK(WlanConnect, roams, "wlan_notification_msm_roaming_start, wlan_notification_msm_roaming_end.",
          GIVES(ERROR_SUCCESS, discover(&guid, "Roams", 0)) && story_is(&story, CONNECTS "M5 M6 M4 ") &&
              story.msm.dot11MacAddr[5] == 1 && leave(&story, &guid));
    CHECK(WlanConnect, signal, "wlan_notification_msm_signal_quality_change: a ULONG WLAN_SIGNAL_QUALITY.",
          GIVES(ERROR_SUCCESS, discover(&guid, "Weak", 0)) && story_is(&story, CONNECTS "M8 ") && story.number == 50 &&
              leave(&story, &guid));
    CHECK(WlanConnect, taken, "wlan_connection_mode_auto: the connection is initiated by the wireless service.",
          GIVES(ERROR_SUCCESS, discover(&guid, "Taken", 0)) &&
              story_is(&story, CONNECTS "M5 M10 A21 A9 M1 M2 M3 M4 A10 ") &&
              story.acm.wlanConnectionMode == wlan_connection_mode_auto && !story.acm.strProfileName[0] &&
              leave(&story, &guid));
    story_end(&story);
}

static void radio(void)
{
    WLAN_AVAILABLE_NETWORK_LIST *list = NULL;
    struct story story;
    GUID guid;
    BOOL there = station(&guid) && story_begin(&story);

    if (!there) return;
    CHECK(WlanConnect, radio_off, "wlan_notification_msm_radio_state_change: the radio state has changed.",
          GIVES(ERROR_SUCCESS, discover(&guid, "Off", 0)) && story_is(&story, "A9 M1 M10 A11 A10 M7 ") &&
              story.radio.dot11SoftwareRadioState == dot11_radio_state_off);
    CHECK(WlanGetAvailableNetworkList, ERROR_NDIS_DOT11_POWER_STATE_INVALID,
          "The radio associated with the interface is turned off.",
          GIVES(ERROR_NDIS_DOT11_POWER_STATE_INVALID, pWlanGetAvailableNetworkList(client(), &guid, 0, NULL, &list)));
    CHECK(WlanConnect, power_state, "The radio associated with the interface is turned off.",
          GIVES(ERROR_NDIS_DOT11_POWER_STATE_INVALID, discover(&guid, "Open", 0)));
    CHECK(WlanConnect, radio_on, "wlan_notification_msm_radio_state_change: the radio state has changed.",
          GIVES(ERROR_SUCCESS, pWlanScan(client(), &guid, NULL, NULL, NULL)) && story_is(&story, "M7 ") &&
              story.radio.dot11SoftwareRadioState == dot11_radio_state_on &&
              story.radio.dot11HardwareRadioState == dot11_radio_state_on);
    story_end(&story);
}

/* A list of access points, as windot11.h has it; and a client of Windows XP's. */
static void access_points(void)
{
    DOT11_BSSID_LIST bssids = {
        {NDIS_OBJECT_TYPE_DEFAULT, DOT11_BSSID_LIST_REVISION_1, sizeof(bssids)}, 1, 1, {{2, 0x10, 0, 0, 0, 0}}};
    UCHAR hessid[6] = {1, 2, 3, 4, 5, 6};
    DOT11_SSID ssid;
    WLAN_CONNECTION_PARAMETERS parameters = {wlan_connection_mode_discovery_unsecure, NULL, &ssid, &bssids,
                                             dot11_BSS_type_infrastructure,           0};
    WLAN_CONNECTION_PARAMETERS_V2 parameters2 = {.wlanConnectionMode = wlan_connection_mode_discovery_unsecure,
                                                 .pDot11Ssid = &ssid,
                                                 .dot11BssType = dot11_BSS_type_infrastructure};
    struct story story;
    DWORD version;
    HANDLE old;
    GUID guid;
    BOOL there = station(&guid) && story_begin(&story);

    if (!there) return;
    set_ssid(&ssid, "Open");
    CHECK(WlanConnect, bssids, "The list of basic service set (BSS) identifiers desired for the connection.",
          GIVES(ERROR_SUCCESS, pWlanConnect(client(), &guid, &parameters, NULL)) && story_is(&story, CONNECTS) &&
              leave(&story, &guid));
    bssids.Header.Type = 0;
    CHECK(WlanConnect, bssid_header, "Header.Type: NDIS_OBJECT_TYPE_DEFAULT.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanConnect(client(), &guid, &parameters, NULL)));
    CHECK(WlanConnect2, ERROR_SUCCESS, "As WlanConnect: if the function succeeds, ERROR_SUCCESS.",
          GIVES(ERROR_SUCCESS, pWlanConnect2(client(), &guid, &parameters2, NULL)) && story_is(&story, CONNECTS) &&
              leave(&story, &guid));
    parameters2.pDot11Hessid = hessid;
    CHECK(WlanConnect2, hessid, "pDot11Hessid: no access point that is heard has it.",
          GIVES(ERROR_SUCCESS, pWlanConnect2(client(), &guid, &parameters2, NULL)) && story_is(&story, "A9 A11 A10 ") &&
              story.acm.wlanReasonCode == WLAN_REASON_CODE_NETWORK_NOT_AVAILABLE);
    parameters.pDesiredBssidList = NULL;
    CHECK(WlanConnect, version_1, "Only the wlan_connection_mode_profile value is supported.",
          GIVES(ERROR_SUCCESS, pWlanOpenHandle(1, NULL, &version, &old)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanConnect(old, &guid, &parameters, NULL)) &&
              GIVES(ERROR_NOT_SUPPORTED, pWlanConnect2(old, &guid, &parameters2, NULL)));
    pWlanCloseHandle(old, NULL);
    story_end(&story);
}

static const struct test_case cases[] = {{"arguments", arguments},
                                         {"parameters", parameters},
                                         {"profiles", profiles},
                                         {"by_temporary_profile", by_temporary_profile},
                                         {"by_discovery", by_discovery},
                                         {"failures", failures},
                                         {"denied", denied},
                                         {"events", events},
                                         {"radio", radio},
                                         {"access_points", access_points},
                                         {NULL, NULL}};
extern const struct group connect_group;
const struct group connect_group = {"connect", __FILE__, cases};

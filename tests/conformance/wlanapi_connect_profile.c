/*
 * Connecting by a profile that is kept, and what is asked about the connection then.
 */
#include "wlanapi_story.h"

#define READ_ONLY L"D:(A;;0x20001;;;WD)" /* WLAN_READ_ACCESS for everybody */

static DWORD keep(const GUID *guid, const WCHAR *name, const WCHAR *ssid, BOOL hidden, const WCHAR *security)
{
    WCHAR xml[2048];
    DWORD reason;

    _snwprintf(xml, ARRAYSIZE(xml),
               L"<?xml version=\"1.0\"?><WLANProfile xmlns=\"http://www.microsoft.com/networking/WLAN/profile/v1\">"
               L"<name>%ls</name><SSIDConfig><SSID><name>%ls</name></SSID>%ls</SSIDConfig>"
               L"<connectionType>ESS</connectionType><connectionMode>manual</connectionMode><MSM><security>"
               L"<authEncryption><authentication>WPA2PSK</authentication><encryption>AES</encryption>"
               L"<useOneX>false</useOneX></authEncryption><sharedKey><keyType>passPhrase</keyType>"
               L"<protected>false</protected><keyMaterial>right key!</keyMaterial></sharedKey></security></MSM>"
               L"</WLANProfile>",
               name, ssid, hidden ? L"<nonBroadcast>true</nonBroadcast>" : L"");
    return pWlanSetProfile(client(), guid, 0, xml, security, TRUE, NULL, &reason);
}

static DWORD connect_by(const GUID *guid, WCHAR *name)
{
    WLAN_CONNECTION_PARAMETERS parameters = {wlan_connection_mode_profile,  name, NULL, NULL,
                                             dot11_BSS_type_infrastructure, 0};

    return pWlanConnect(client(), guid, &parameters, NULL);
}

/* The flags of the network's entry with that profile, or 0xffffffff. */
static DWORD flags_of(const GUID *guid, DWORD which, const WCHAR *profile)
{
    WLAN_AVAILABLE_NETWORK_LIST *list = NULL;
    DWORD flags = 0xffffffff;

    if (pWlanGetAvailableNetworkList(client(), guid, which, NULL, &list)) return flags;
    for (DWORD i = 0; i < list->dwNumberOfItems; i++)
        if (!wcscmp(list->Network[i].strProfileName, profile)) flags = list->Network[i].dwFlags;
    pWlanFreeMemory(list);
    return flags;
}

/* A copy of what is asked, of `size` bytes, into `data`. */
static DWORD ask(const GUID *guid, WLAN_INTF_OPCODE opcode, void *data, DWORD size)
{
    void *answer = NULL;
    DWORD answer_size = 0, error = pWlanQueryInterface(client(), guid, opcode, NULL, &answer_size, &answer, NULL);

    if (!error && answer_size != size) error = ERROR_BAD_LENGTH;
    if (!error) memcpy(data, answer, size);
    pWlanFreeMemory(answer);
    return error;
}

static void queries(const GUID *guid)
{
    static const DOT11_MAC_ADDRESS address = {2, 0x10, 0, 0, 0, 0};
    WLAN_CONNECTION_ATTRIBUTES connection = {.isState = wlan_interface_state_not_ready};
    const WLAN_ASSOCIATION_ATTRIBUTES *association = &connection.wlanAssociationAttributes;
    WLAN_STATISTICS statistics = {.dwNumberOfPhys = 7};
    ULONG channel = 0;
    LONG rssi = 0;

    CHECK(WlanQueryInterface, current_connection, "Queries information about the current connection of the interface.",
          GIVES(ERROR_SUCCESS, ask(guid, wlan_intf_opcode_current_connection, &connection, sizeof(connection))) &&
              connection.isState == wlan_interface_state_connected &&
              connection.wlanConnectionMode == wlan_connection_mode_profile &&
              !wcscmp(connection.strProfileName, L"By name"));
    CHECK(WlanQueryInterface, association, "wlanAssociationAttributes: the attributes of the association.",
          association->dot11Ssid.uSSIDLength == 8 && !memcmp(association->dot11Ssid.ucSSID, "Net0001.", 8) &&
              association->dot11BssType == dot11_BSS_type_infrastructure &&
              !memcmp(association->dot11Bssid, address, sizeof(address)) && association->wlanSignalQuality == 80 &&
              association->ulTxRate == 54000);
    CHECK(WlanQueryInterface, security, "wlanSecurityAttributes: the security attributes of the connection.",
          connection.wlanSecurityAttributes.bSecurityEnabled && !connection.wlanSecurityAttributes.bOneXEnabled &&
              connection.wlanSecurityAttributes.dot11AuthAlgorithm == DOT11_AUTH_ALGO_RSNA_PSK &&
              connection.wlanSecurityAttributes.dot11CipherAlgorithm == DOT11_CIPHER_ALGO_CCMP);
    CHECK(WlanQueryInterface, channel_number, "The current channel on which the wireless interface is operating.",
          GIVES(ERROR_SUCCESS, ask(guid, wlan_intf_opcode_channel_number, &channel, sizeof(channel))) && channel == 6);
    CHECK(WlanQueryInterface, rssi, "The received signal strength.",
          GIVES(ERROR_SUCCESS, ask(guid, wlan_intf_opcode_rssi, &rssi, sizeof(rssi))) && rssi == -60);
    CHECK(WlanQueryInterface, statistics, "Driver statistics.",
          GIVES(ERROR_SUCCESS, ask(guid, wlan_intf_opcode_statistics, &statistics, sizeof(statistics))) &&
              statistics.dwNumberOfPhys == 0);
}

static void by_name(void)
{
    WLAN_CONNECTION_ATTRIBUTES connection;
    WCHAR name[] = L"By name";
    struct story story;
    GUID guid;
    BOOL there = forget_profiles() && station(&guid) && !keep(&guid, name, L"Net0001.", FALSE, NULL) &&
                 !keep(&guid, L"Hidden", L"Nowhere", TRUE, NULL) && story_begin(&story);

    if (!there) return;
    CHECK(WlanConnect, by_profile, "A profile will be used to make the connection.",
          GIVES(ERROR_SUCCESS, connect_by(&guid, name)) && story_is(&story, CONNECTS) &&
              story.acm.wlanConnectionMode == wlan_connection_mode_profile && !wcscmp(story.acm.strProfileName, name) &&
              !story.xml[0]);
    CHECK(WlanGetAvailableNetworkList, WLAN_AVAILABLE_NETWORK_HAS_PROFILE, "There is a profile for this network.",
          flags_of(&guid, 0, name) == (WLAN_AVAILABLE_NETWORK_CONNECTED | WLAN_AVAILABLE_NETWORK_HAS_PROFILE));
    queries(&guid);
    CHECK(WlanDisconnect, by_profile, "Disconnects an interface from its current network.",
          GIVES(ERROR_SUCCESS, pWlanDisconnect(client(), &guid, NULL)) && story_is(&story, DISCONNECTS));
    CHECK(WlanQueryInterface, ERROR_INVALID_STATE,
          "If the interface is in disconnected or disconnecting state, ERROR_INVALID_STATE.",
          GIVES(ERROR_INVALID_STATE, ask(&guid, wlan_intf_opcode_current_connection, &connection, sizeof(connection))));
    CHECK(WlanGetAvailableNetworkList, WLAN_AVAILABLE_NETWORK_INCLUDE_ALL_MANUAL_HIDDEN_PROFILES,
          "Include all hidden network profiles in the available network list, including profiles that are not visible.",
          flags_of(&guid, 0, L"Hidden") == 0xffffffff &&
              flags_of(&guid, WLAN_AVAILABLE_NETWORK_INCLUDE_ALL_MANUAL_HIDDEN_PROFILES, L"Hidden") ==
                  WLAN_AVAILABLE_NETWORK_HAS_PROFILE &&
              flags_of(&guid, WLAN_AVAILABLE_NETWORK_INCLUDE_ALL_ADHOC_PROFILES, L"Hidden") == 0xffffffff);
    story_end(&story);
    forget_profiles();
}

static void who_may(void)
{
    WCHAR name[] = L"Mine", other[] = L"Another's";
    struct story story;
    GUID guid;
    BOOL there = forget_profiles() && station(&guid) && !keep(&guid, name, L"Net0001.", FALSE, NULL) &&
                 !keep(&guid, other, L"Net0001.", FALSE, READ_ONLY) && story_begin(&story);

    if (!there) return;
    CHECK(WlanConnect, ERROR_ACCESS_DENIED,
          "If this profile is an all-user profile, the WlanConnect caller must have execute access on the profile.",
          GIVES(ERROR_ACCESS_DENIED, connect_by(&guid, other)));
    CHECK(WlanDisconnect, ERROR_ACCESS_DENIED,
          "If that profile was an all-user profile, the WlanDisconnect caller must have execute access on the profile.",
          GIVES(ERROR_SUCCESS, connect_by(&guid, name)) && story_is(&story, CONNECTS) &&
              GIVES(ERROR_SUCCESS, keep(&guid, name, L"Net0001.", FALSE, READ_ONLY)) &&
              GIVES(ERROR_ACCESS_DENIED, pWlanDisconnect(client(), &guid, NULL)));
    story_end(&story);
    /* It ends with the service, whose next start finds what is left. */
    CHECK_IF(forget_profiles(), NOT_FORGOTTEN, WlanEnumInterfaces, disconnected_by_end,
             "wlan_interface_state_disconnected: the interface is not connected.",
             GIVES(ERROR_SUCCESS, pWlanDisconnect(client(), &guid, NULL)));
}

static const struct test_case cases[] = {{"by_name", by_name}, {"who_may", who_may}, {NULL, NULL}};
extern const struct group connect_profile_group;
const struct group connect_profile_group = {"connect_profile", __FILE__, cases};

/*
 * The hosted network. tests/wifi/fake_hosted.h says what becomes of it, by its SSID.
 */
#include "wlanapi_test.h"

#include <stddef.h>

#define REASON(name) wlan_hosted_network_reason_##name
#define PHRASE       "a pass phrase"

static const BYTE peer[6] = {0x02, 0x20, 0, 0, 0, 1};

/* ---- What is told ---- */

#define HEARD_MAX 64

static struct
{
    SRWLOCK lock;
    CONDITION_VARIABLE changed;
    int state_count, peer_count;
    WLAN_HOSTED_NETWORK_STATE_CHANGE states[HEARD_MAX];
    WLAN_HOSTED_NETWORK_DATA_PEER_STATE_CHANGE peers[HEARD_MAX];
} heard;

static void WINAPI on_notification(WLAN_NOTIFICATION_DATA *data, void *context)
{
    (void)context;
    AcquireSRWLockExclusive(&heard.lock);
    if (data->NotificationCode == wlan_hosted_network_state_change && data->dwDataSize == sizeof(heard.states[0]) &&
        heard.state_count < HEARD_MAX)
        memcpy(&heard.states[heard.state_count++], data->pData, data->dwDataSize);
    if (data->NotificationCode == wlan_hosted_network_peer_state_change && data->dwDataSize == sizeof(heard.peers[0]) &&
        heard.peer_count < HEARD_MAX)
        memcpy(&heard.peers[heard.peer_count++], data->pData, data->dwDataSize);
    ReleaseSRWLockExclusive(&heard.lock);
    WakeAllConditionVariable(&heard.changed);
}

static void begin_listening(void)
{
    AcquireSRWLockExclusive(&heard.lock);
    heard.state_count = heard.peer_count = 0;
    ReleaseSRWLockExclusive(&heard.lock);
    pWlanRegisterNotification(client(), WLAN_NOTIFICATION_SOURCE_HNWK, FALSE, on_notification, NULL, NULL, NULL);
}

/* The state's change of that number, waited for. */
static BOOL is_told(int number, WLAN_HOSTED_NETWORK_STATE before, WLAN_HOSTED_NETWORK_STATE now,
                    WLAN_HOSTED_NETWORK_REASON reason)
{
    BOOL same;

    AcquireSRWLockExclusive(&heard.lock);
    while (heard.state_count <= number)
        if (!SleepConditionVariableSRW(&heard.changed, &heard.lock, LONG_TIME, 0)) break;
    same = heard.state_count > number && heard.states[number].OldState == before &&
           heard.states[number].NewState == now && heard.states[number].StateChangeReason == reason;
    note("%d changes of the state; reason %d", heard.state_count,
         heard.state_count > number ? (int)heard.states[number].StateChangeReason : -1);
    ReleaseSRWLockExclusive(&heard.lock);
    return same;
}

static BOOL peer_is_told(int number, WLAN_HOSTED_NETWORK_PEER_AUTH_STATE before,
                         WLAN_HOSTED_NETWORK_PEER_AUTH_STATE now, WLAN_HOSTED_NETWORK_REASON reason)
{
    const WLAN_HOSTED_NETWORK_DATA_PEER_STATE_CHANGE *change = &heard.peers[number];
    BOOL same;

    AcquireSRWLockExclusive(&heard.lock);
    while (heard.peer_count <= number)
        if (!SleepConditionVariableSRW(&heard.changed, &heard.lock, LONG_TIME, 0)) break;
    same = heard.peer_count > number && !memcmp(change->OldState.PeerMacAddress, peer, 6) &&
           !memcmp(change->NewState.PeerMacAddress, peer, 6) && change->OldState.PeerAuthState == before &&
           change->NewState.PeerAuthState == now && change->PeerStateChangeReason == reason;
    note("%d changes of a peer", heard.peer_count);
    ReleaseSRWLockExclusive(&heard.lock);
    return same;
}

/* ---- What it is ---- */

static BOOL state_is(WLAN_HOSTED_NETWORK_STATE state, DWORD peers)
{
    WLAN_HOSTED_NETWORK_STATUS *status = NULL;
    BOOL same;

    if (!GIVES(ERROR_SUCCESS, pWlanHostedNetworkQueryStatus(client(), &status, NULL))) return FALSE;
    note("state %d, %lu peers", status->HostedNetworkState, status->dwNumberOfPeers);
    same = status->HostedNetworkState == state && status->dwNumberOfPeers == peers &&
           (!peers || (!memcmp(status->PeerList[0].PeerMacAddress, peer, 6) &&
                       status->PeerList[0].PeerAuthState == wlan_hosted_network_peer_state_authenticated));
    pWlanFreeMemory(status);
    return same;
}

static BOOL set_ssid(const char *ssid)
{
    WLAN_HOSTED_NETWORK_CONNECTION_SETTINGS settings = {.dwMaxNumberOfPeers = 7};

    settings.hostedNetworkSSID.uSSIDLength = (ULONG)strlen(ssid);
    memcpy(settings.hostedNetworkSSID.ucSSID, ssid, strlen(ssid));
    return GIVES(ERROR_SUCCESS, pWlanHostedNetworkSetProperty(client(), wlan_hosted_network_opcode_connection_settings,
                                                              sizeof(settings), &settings, NULL, NULL));
}

/* A property of that size at least; freed by the caller. */
static void *property(WLAN_HOSTED_NETWORK_OPCODE opcode, DWORD least, DWORD code)
{
    WLAN_OPCODE_VALUE_TYPE type;
    void *data = NULL;
    DWORD size = 0;

    if (!GIVES(code, pWlanHostedNetworkQueryProperty(client(), opcode, &size, &data, &type, NULL)) || code) return NULL;
    if (size >= least) return data;
    pWlanFreeMemory(data);
    return NULL;
}

static BOOL has_ssid(const char *ssid, DWORD max_peers)
{
    WLAN_HOSTED_NETWORK_CONNECTION_SETTINGS *settings =
        property(wlan_hosted_network_opcode_connection_settings, sizeof(*settings), ERROR_SUCCESS);
    BOOL same = settings && settings->dwMaxNumberOfPeers == max_peers && settings->hostedNetworkSSID.uSSIDLength;

    if (same && ssid)
        same = settings->hostedNetworkSSID.uSSIDLength == strlen(ssid) &&
               !memcmp(settings->hostedNetworkSSID.ucSSID, ssid, strlen(ssid));
    pWlanFreeMemory(settings);
    return same;
}

/* The key of the profile for stations; empty where there is none. */
static void profile_key(WCHAR key[80])
{
    WCHAR *xml = property(wlan_hosted_network_opcode_station_profile, 2, ERROR_SUCCESS);
    const WCHAR *at = xml ? wcsstr(xml, L"<keyMaterial>") : NULL, *end = at ? wcschr(at + 13, '<') : NULL;

    key[0] = 0;
    if (end && end - at - 13 < 80)
    {
        memcpy(key, at + 13, (size_t)(end - at - 13) * sizeof(WCHAR));
        key[end - at - 13] = 0;
    }
    pWlanFreeMemory(xml);
}

/* ---- Settings ---- */

static void settings(void)
{
    WLAN_HOSTED_NETWORK_REASON reason = REASON(unspecified);
    WLAN_HOSTED_NETWORK_SECURITY_SETTINGS *security;
    WCHAR before[80], after[80];
    DWORD value = 1;
    BOOL *enabled;

    CHECK(WlanHostedNetworkQueryProperty, ERROR_BAD_CONFIGURATION,
          "The configuration data for the wireless Hosted Network is unconfigured.",
          !property(wlan_hosted_network_opcode_connection_settings, 0, ERROR_BAD_CONFIGURATION) &&
              !property(wlan_hosted_network_opcode_station_profile, 0, ERROR_BAD_CONFIGURATION));
    CHECK(WlanHostedNetworkInitSettings, ERROR_SUCCESS,
          "This function also uses sets a value for the maximum number of peers allowed that defaults to 100.",
          GIVES(ERROR_SUCCESS, pWlanHostedNetworkInitSettings(client(), &reason, NULL)) && reason == REASON(success) &&
              has_ssid(NULL, 100));
    profile_key(before);
    CHECK(WlanHostedNetworkInitSettings, key,
          "The WlanHostedNetworkInitSettings function computes a random and readable SSID from the host name and "
          "computes a random primary key.",
          wcslen(before) == 63);
    CHECK(WlanHostedNetworkSetProperty, ERROR_SUCCESS,
          "A client application calls the WlanHostedNetworkSetProperty function to set the current static properties "
          "of the wireless Hosted Network.",
          set_ssid("Cork") && has_ssid("Cork", 7));
    CHECK(WlanHostedNetworkInitSettings, configured,
          "If the wireless Hosted Network has already been configured, this function does nothing and returns "
          "ERROR_SUCCESS.",
          GIVES(ERROR_SUCCESS, pWlanHostedNetworkInitSettings(client(), NULL, NULL)) && has_ssid("Cork", 7));
    CHECK(WlanHostedNetworkRefreshSecuritySettings, ERROR_SUCCESS,
          "A client application calls the WlanHostedNetworkRefreshSecuritySettings function to force a refresh of the "
          "configurable and auto-generated parts of the security settings (the primary key).",
          GIVES(ERROR_SUCCESS, pWlanHostedNetworkRefreshSecuritySettings(client(), &reason, NULL)) &&
              (profile_key(after), wcslen(after) == 63) && wcscmp(before, after) && has_ssid("Cork", 7));
    security = property(wlan_hosted_network_opcode_security_settings, sizeof(*security), ERROR_SUCCESS);
    CHECK(WlanHostedNetworkQueryProperty, ERROR_SUCCESS,
          "The wireless Hosted Network requires that all devices connected use the WPA2-PSK/AES cipher suite.",
          security && security->dot11AuthAlgo == DOT11_AUTH_ALGO_RSNA_PSK &&
              security->dot11CipherAlgo == DOT11_CIPHER_ALGO_CCMP);
    pWlanFreeMemory(security);
    enabled = property(wlan_hosted_network_opcode_enable, sizeof(*enabled), ERROR_SUCCESS);
    CHECK(WlanHostedNetworkQueryProperty, enable, "A PBOOL that indicates if wireless Hosted Network is enabled.",
          enabled && *enabled == TRUE);
    pWlanFreeMemory(enabled);
    CHECK(
        WlanHostedNetworkSetProperty, ERROR_NOT_SUPPORTED,
        "This error is returned if the application calls the WlanHostedNetworkSetProperty function with the OpCode "
        "parameter set to wlan_hosted_network_opcode_station_profile or wlan_hosted_network_opcode_security_settings.",
        GIVES(ERROR_NOT_SUPPORTED, pWlanHostedNetworkSetProperty(client(), 1, 4, &value, &reason, NULL)) &&
            reason == REASON(read_only) &&
            GIVES(ERROR_NOT_SUPPORTED, pWlanHostedNetworkSetProperty(client(), 2, 4, &value, NULL, NULL)));
}

/* ---- Keys ---- */

static DWORD set_key(const void *bytes, DWORD size, BOOL is_phrase, BOOL is_persistent)
{
    return pWlanHostedNetworkSetSecondaryKey(client(), size, (BYTE *)bytes, is_phrase, is_persistent, NULL, NULL);
}

static BOOL key_is(const void *bytes, DWORD size, BOOL is_phrase, BOOL is_persistent)
{
    BOOL got_phrase = 7, got_persistent = 7, same;
    UCHAR *got = (UCHAR *)&same;
    DWORD got_size = 7;

    if (!GIVES(ERROR_SUCCESS, pWlanHostedNetworkQuerySecondaryKey(client(), &got_size, &got, &got_phrase,
                                                                  &got_persistent, NULL, NULL)))
        return FALSE;
    note("%lu bytes", got_size);
    same = got_size == size &&
           (size ? got_phrase == is_phrase && got_persistent == is_persistent && !memcmp(got, bytes, size) : !got);
    pWlanFreeMemory(got);
    return same;
}

static void keys(void)
{
    static const char binary[32] = "0123456789abcdef0123456789abcde";
    WLAN_HOSTED_NETWORK_REASON reason = REASON(success);
    WCHAR key[80];

    CHECK(WlanHostedNetworkQuerySecondaryKey, none,
          "If there is no secondary security key currently configured, the returned value pointed to by the "
          "pdwKeyLength parameter will be zero, and the value returned in the ppucKeyData parameter will be NULL.",
          key_is(NULL, 0, FALSE, FALSE));
    CHECK(WlanHostedNetworkSetSecondaryKey, ERROR_SUCCESS,
          "A key passphrase that consists of an array of ASCII characters from 8 to 63 characters.",
          GIVES(ERROR_SUCCESS, set_key(PHRASE, sizeof(PHRASE), TRUE, TRUE)));
    CHECK(WlanHostedNetworkQuerySecondaryKey, ERROR_SUCCESS,
          "The value pointed to by the pdwKeyLength parameter includes the terminating '\\0' in the passphrase.",
          key_is(PHRASE, sizeof(PHRASE), TRUE, TRUE));
    profile_key(key);
    CHECK(WlanHostedNetworkSetSecondaryKey, in_force,
          "Once started, the wireless Hosted Network will allow wireless peers to associate with this secondary "
          "security key.",
          !wcscmp(key, L"" PHRASE));
    CHECK(WlanHostedNetworkSetSecondaryKey, binary, "A binary key that consists of 32 bytes of binary key data.",
          GIVES(ERROR_SUCCESS, set_key(binary, 32, FALSE, FALSE)) && key_is(binary, 32, FALSE, FALSE));
    CHECK(WlanHostedNetworkSetSecondaryKey, removed,
          "To remove the currently configured secondary security key from the system, the application should call the "
          "WlanHostedNetworkSetSecondaryKey function with zero in dwKeyLength parameter and NULL in the pucKeyData "
          "parameter.",
          GIVES(ERROR_SUCCESS, set_key(NULL, 0, FALSE, FALSE)) && key_is(NULL, 0, FALSE, FALSE));
    CHECK(WlanHostedNetworkSetSecondaryKey, not_well_formed, "pucKeyData does not point to a well- formed valid key.",
          GIVES(ERROR_INVALID_PARAMETER, set_key("1234567", 8, TRUE, TRUE)) &&
              GIVES(ERROR_INVALID_PARAMETER, set_key(PHRASE, sizeof(PHRASE) - 1, TRUE, TRUE)) &&
              GIVES(ERROR_INVALID_PARAMETER, set_key("12345678\n", 10, TRUE, TRUE)) &&
              GIVES(ERROR_INVALID_PARAMETER, set_key(binary, 31, FALSE, TRUE)) && key_is(NULL, 0, FALSE, FALSE));
    CHECK(WlanHostedNetworkSetSecondaryKey, ERROR_INVALID_PARAMETER,
          "The WlanHostedNetworkSetSecondaryKey function will return ERROR_INVALID_PARAMETER if the pucKeyData "
          "parameter is NULL, but the dwKeyLength parameter is not zero.",
          GIVES(ERROR_INVALID_PARAMETER, set_key(NULL, 9, TRUE, TRUE)) &&
              GIVES(ERROR_INVALID_PARAMETER, set_key("", 0, TRUE, TRUE)) &&
              GIVES(ERROR_INVALID_PARAMETER,
                    pWlanHostedNetworkSetSecondaryKey(client(), 9, NULL, TRUE, TRUE, &reason, NULL)) &&
              reason == REASON(bad_parameters));
}

/* ---- Start and end ---- */

static BOOL starts(HANDLE handle)
{
    WLAN_HOSTED_NETWORK_REASON reason = REASON(unspecified);

    return GIVES(ERROR_SUCCESS, pWlanHostedNetworkStartUsing(handle, &reason, NULL)) && reason == REASON(success);
}

static void uses(void)
{
    WLAN_HOSTED_NETWORK_REASON reason = REASON(success);
    DWORD version;
    HANDLE other;
    BOOL there;
    GUID guid;

    there = station(&guid) && set_ssid("Cork") && !set_key(PHRASE, sizeof(PHRASE), TRUE, TRUE) &&
            !pWlanOpenHandle(2, NULL, &version, &other);
    begin_listening();
    was_asked(NULL);
    CHECK_IF(there, NEEDS_STATION, WlanHostedNetworkQueryStatus, idle, "wlan_hosted_network_idle",
             state_is(wlan_hosted_network_idle, 0));
    CHECK_IF(there, NEEDS_STATION, WlanHostedNetworkStopUsing, ERROR_INVALID_STATE,
             "The resource is not in the correct state to perform the requested operation.",
             GIVES(ERROR_INVALID_STATE, pWlanHostedNetworkStopUsing(client(), &reason, NULL)) &&
                 reason == REASON(stop_before_start));
    CHECK_IF(there, NEEDS_STATION, WlanHostedNetworkStartUsing, ERROR_SUCCESS,
             "The WlanHostedNetworkStartUsing function starts the wireless Hosted Network.",
             starts(client()) && was_asked("psk \"" PHRASE "\"") && was_asked("mode 2") && was_asked("ssid 436f726b"));
    CHECK_IF(there, NEEDS_STATION, WlanHostedNetworkStartUsing, notification,
             "An application registers for wireless Hosted Network notifications by calling the "
             "WlanRegisterNotification.",
             is_told(0, wlan_hosted_network_idle, wlan_hosted_network_active, REASON(user_action)));
    CHECK_IF(there, NEEDS_STATION, WlanHostedNetworkStartUsing, peer,
             "A peer connected to the wireless Hosted Network.",
             peer_is_told(0, wlan_hosted_network_peer_state_invalid, wlan_hosted_network_peer_state_authenticated,
                          REASON(peer_arrived)));
    CHECK_IF(there, NEEDS_STATION, WlanHostedNetworkQueryStatus, ERROR_SUCCESS,
             "The WlanHostedNetworkQueryStatus function queries the current status of the wireless Hosted Network.",
             state_is(wlan_hosted_network_active, 1));
    CHECK_IF(there, NEEDS_STATION, WlanHostedNetworkStopUsing, others,
             "The wireless Hosted Network will remain active until all applications have called the "
             "WlanHostedNetworkStopUsing function.",
             starts(other) && GIVES(ERROR_SUCCESS, pWlanHostedNetworkStopUsing(client(), &reason, NULL)) &&
                 state_is(wlan_hosted_network_active, 1));
    CHECK_IF(there, NEEDS_STATION, WlanHostedNetworkStartUsing, handle_closed,
             "Any Hosted Network state change caused by this function would be automatically undone if the calling "
             "application closes its calling handle.",
             GIVES(ERROR_SUCCESS, pWlanCloseHandle(other, NULL)) && state_is(wlan_hosted_network_idle, 0) &&
                 is_told(1, wlan_hosted_network_active, wlan_hosted_network_idle, REASON(user_action)) &&
                 peer_is_told(1, wlan_hosted_network_peer_state_authenticated, wlan_hosted_network_peer_state_invalid,
                              REASON(peer_departed)));
    CHECK_IF(there, NEEDS_STATION, WlanHostedNetworkStopUsing, ERROR_SUCCESS,
             "When the wireless Hosted Network has stopped, the state switches to wlan_hosted_network_idle.",
             starts(client()) && GIVES(ERROR_SUCCESS, pWlanHostedNetworkStopUsing(client(), &reason, NULL)) &&
                 state_is(wlan_hosted_network_idle, 0) && was_asked("REMOVE_NETWORK ") &&
                 is_told(3, wlan_hosted_network_active, wlan_hosted_network_idle, REASON(user_action)) &&
                 peer_is_told(3, wlan_hosted_network_peer_state_authenticated, wlan_hosted_network_peer_state_invalid,
                              REASON(peer_departed)));
}

/* Runs this program's other half, which starts the network and dies. */
static BOOL use_and_die(void)
{
    char path[MAX_PATH], command[MAX_PATH + 32];
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;

    GetModuleFileNameA(NULL, path, sizeof(path));
    snprintf(command, sizeof(command), "\"%s\" --exit hosted", path);
    if (!CreateProcessA(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process)) return FALSE;
    WaitForSingleObject(process.hProcess, LONG_TIME);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return TRUE;
}

static void force(void)
{
    WLAN_HOSTED_NETWORK_REASON reason = REASON(success);
    BOOL there, no = FALSE, yes = TRUE;
    DWORD version;
    HANDLE other;
    GUID guid;

    there = station(&guid) && set_ssid("visited") && !pWlanOpenHandle(2, NULL, &version, &other);
    begin_listening();
    CHECK_IF(there, NEEDS_STATION, WlanHostedNetworkStartUsing, process_ends, "[...] or if the process ends.",
             use_and_die() && is_told(1, wlan_hosted_network_active, wlan_hosted_network_idle, REASON(client_abort)) &&
                 state_is(wlan_hosted_network_idle, 0));
    CHECK_IF(there, NEEDS_STATION, WlanHostedNetworkStartUsing, peer_departed,
             "A peer disconnected from the wireless Hosted Network.",
             peer_is_told(1, wlan_hosted_network_peer_state_authenticated, wlan_hosted_network_peer_state_invalid,
                          REASON(peer_departed)));
    CHECK_IF(there, NEEDS_STATION, WlanHostedNetworkForceStart, ERROR_SUCCESS,
             "Any Hosted Network state change caused by this function would not be automatically undone if the calling "
             "application closes its calling handle.",
             GIVES(ERROR_SUCCESS, pWlanHostedNetworkForceStart(other, &reason, NULL)) &&
                 !pWlanCloseHandle(other, NULL) && state_is(wlan_hosted_network_active, 0));
    CHECK_IF(there, NEEDS_STATION, WlanHostedNetworkForceStop, ERROR_SUCCESS,
             "Transitions the wireless Hosted Network to the wlan_hosted_network_idle without associating the request "
             "with the application's calling handle.",
             starts(client()) && GIVES(ERROR_SUCCESS, pWlanHostedNetworkForceStop(client(), &reason, NULL)) &&
                 state_is(wlan_hosted_network_idle, 0));
    CHECK_IF(there, NEEDS_STATION, WlanHostedNetworkStopUsing, stopped_meanwhile,
             "This call could also fail if the Hosted Network state changed because of external events.",
             GIVES(ERROR_INVALID_STATE, pWlanHostedNetworkStopUsing(client(), &reason, NULL)));
    CHECK_IF(there, NEEDS_STATION, WlanHostedNetworkForceStop, ERROR_INVALID_STATE,
             "The WlanHostedNetworkForceStop function could fail if Hosted Network state is not "
             "wlan_hosted_network_active.",
             GIVES(ERROR_INVALID_STATE, pWlanHostedNetworkForceStop(client(), &reason, NULL)));
    CHECK_IF(there, NEEDS_STATION, WlanHostedNetworkSetProperty, becomes_idle,
             "The WlanHostedNetworkSetProperty function must persist the new settings which requires that the Hosted "
             "Network state be transitioned to wlan_hosted_network_idle.",
             starts(client()) && set_ssid("Cork") && state_is(wlan_hosted_network_idle, 0) &&
                 is_told(5, wlan_hosted_network_active, wlan_hosted_network_idle, REASON(properties_change)));
    CHECK_IF(there, NEEDS_STATION, WlanHostedNetworkStartUsing, ap_start_failed,
             "The driver for the wireless Hosted Network failed to start.",
             set_ssid("fails") && GIVES(ERROR_GEN_FAILURE, pWlanHostedNetworkStartUsing(client(), &reason, NULL)) &&
                 reason == REASON(ap_start_failed) && state_is(wlan_hosted_network_idle, 0));
    set_ssid("Cork");
    CHECK_IF(there, NEEDS_STATION, WlanHostedNetworkStartUsing, ERROR_INVALID_STATE,
             "This reason code is returned by the wireless Hosted Network functions any time the network state of the "
             "wireless Hosted Network is wlan_hosted_network_unavailable.",
             GIVES(ERROR_SUCCESS,
                   pWlanHostedNetworkSetProperty(client(), wlan_hosted_network_opcode_enable, 4, &no, NULL, NULL)) &&
                 state_is(wlan_hosted_network_unavailable, 0) &&
                 GIVES(ERROR_INVALID_STATE, pWlanHostedNetworkStartUsing(client(), &reason, NULL)) &&
                 reason == REASON(interface_unavailable));
    CHECK_IF(there, NEEDS_STATION, WlanHostedNetworkForceStart, ERROR_INVALID_STATE,
             "The WlanHostedNetworkForceStart function could fail if Hosted Network state is "
             "wlan_hosted_network_unavailable.",
             GIVES(ERROR_INVALID_STATE, pWlanHostedNetworkForceStart(client(), &reason, NULL)));
    pWlanHostedNetworkSetProperty(client(), wlan_hosted_network_opcode_enable, 4, &yes, NULL, NULL);
}

/* ---- Arguments ---- */

static void access_denied(void)
{
    WLAN_HOSTED_NETWORK_REASON reason = REASON(success);
    BOOL yes = TRUE;

    pWlanSetSecuritySettings(client(), wlan_secure_hosted_network_elevated_access, L"D:(A;;0x20021;;;AU)");
    CHECK(WlanHostedNetworkForceStart, ERROR_ACCESS_DENIED, "The caller does not have sufficient permissions.",
          GIVES(ERROR_ACCESS_DENIED, pWlanHostedNetworkForceStart(client(), &reason, NULL)) &&
              reason == REASON(elevation_required));
    CHECK(WlanHostedNetworkSetProperty, ERROR_ACCESS_DENIED, "The caller does not have sufficient permissions.",
          GIVES(ERROR_ACCESS_DENIED,
                pWlanHostedNetworkSetProperty(client(), wlan_hosted_network_opcode_enable, 4, &yes, &reason, NULL)));
    pWlanSetSecuritySettings(client(), wlan_secure_hosted_network_elevated_access, L"D:(A;;0x70023;;;AU)");
}

/* The functions that have a handle, a reason and nothing else. */
#define CHECK_PLAIN(function)                                                                                          \
    do                                                                                                                 \
    {                                                                                                                  \
        WLAN_HOSTED_NETWORK_REASON reason = REASON(success);                                                           \
                                                                                                                       \
        CHECK(function, ERROR_INVALID_PARAMETER, "hClientHandle is NULL. pvReserved is not NULL.",                     \
              GIVES(ERROR_INVALID_PARAMETER, p##function(NULL, &reason, NULL)) && reason == REASON(bad_parameters) &&  \
                  GIVES(ERROR_INVALID_PARAMETER, p##function(client(), NULL, &reason)));                               \
        CHECK(function, ERROR_INVALID_HANDLE,                                                                          \
              "This error is returned if the handle specified in the hClientHandle parameter was not found in the "    \
              "handle table.",                                                                                         \
              GIVES(ERROR_INVALID_HANDLE, p##function(BAD_HANDLE, &reason, NULL)) &&                                   \
                  reason == REASON(bad_parameters));                                                                   \
    }                                                                                                                  \
    while (0)

static void plain_arguments(void)
{
    CHECK_PLAIN(WlanHostedNetworkStartUsing);
    CHECK_PLAIN(WlanHostedNetworkStopUsing);
    CHECK_PLAIN(WlanHostedNetworkForceStart);
    CHECK_PLAIN(WlanHostedNetworkForceStop);
    CHECK_PLAIN(WlanHostedNetworkInitSettings);
    CHECK_PLAIN(WlanHostedNetworkRefreshSecuritySettings);
}

static void virtual_station(void)
{
    DWORD reserved;

    CHECK(WlanRegisterVirtualStationNotification, ERROR_SUCCESS,
          "Is used to register and unregister notifications on a virtual station.",
          GIVES(ERROR_SUCCESS, pWlanRegisterVirtualStationNotification(client(), TRUE, NULL)) &&
              GIVES(ERROR_SUCCESS, pWlanRegisterVirtualStationNotification(client(), FALSE, NULL)));
    CHECK(WlanRegisterVirtualStationNotification, ERROR_INVALID_PARAMETER,
          "hClientHandle is NULL. pvReserved is not NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanRegisterVirtualStationNotification(NULL, TRUE, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanRegisterVirtualStationNotification(client(), TRUE, &reserved)));
    CHECK(WlanRegisterVirtualStationNotification, ERROR_INVALID_HANDLE, "A handle is invalid.",
          GIVES(ERROR_INVALID_HANDLE, pWlanRegisterVirtualStationNotification(BAD_HANDLE, TRUE, NULL)));
}

static void property_arguments(void)
{
    WLAN_HOSTED_NETWORK_CONNECTION_SETTINGS settings = {{4, "Cork"}, 0};
    WLAN_OPCODE_VALUE_TYPE type;
    DWORD size, value = 1;
    void *data;

    CHECK(
        WlanHostedNetworkQueryProperty, ERROR_INVALID_PARAMETER,
        "OpCode is not one of the enumerated values defined in the WLAN_HOSTED_NETWORK_OPCODE.",
        GIVES(ERROR_INVALID_PARAMETER, pWlanHostedNetworkQueryProperty(NULL, 3, &size, &data, &type, NULL)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanHostedNetworkQueryProperty(client(), 4, &size, &data, &type, NULL)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanHostedNetworkQueryProperty(client(), 3, NULL, &data, &type, NULL)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanHostedNetworkQueryProperty(client(), 3, &size, NULL, &type, NULL)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanHostedNetworkQueryProperty(client(), 3, &size, &data, NULL, NULL)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanHostedNetworkQueryProperty(client(), 3, &size, &data, &type, &value)));
    CHECK(WlanHostedNetworkQueryProperty, ERROR_INVALID_HANDLE, "A handle is invalid.",
          GIVES(ERROR_INVALID_HANDLE, pWlanHostedNetworkQueryProperty(BAD_HANDLE, 3, &size, &data, &type, NULL)));
    CHECK(WlanHostedNetworkSetProperty, ERROR_INVALID_PARAMETER, "dwDataSize is zero. pvData is NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanHostedNetworkSetProperty(NULL, 3, 4, &value, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanHostedNetworkSetProperty(client(), 4, 4, &value, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanHostedNetworkSetProperty(client(), 3, 0, &value, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanHostedNetworkSetProperty(client(), 3, 4, NULL, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanHostedNetworkSetProperty(client(), 3, 4, &value, NULL, &value)));
    CHECK(WlanHostedNetworkSetProperty, not_well_formed, "pvData does not point to a well- formed static property.",
          GIVES(ERROR_INVALID_PARAMETER,
                pWlanHostedNetworkSetProperty(client(), 0, sizeof(settings), &settings, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanHostedNetworkSetProperty(client(), 0, 4, &settings, NULL, NULL)));
    CHECK(WlanHostedNetworkSetProperty, ERROR_INVALID_HANDLE, "A handle is invalid.",
          GIVES(ERROR_INVALID_HANDLE, pWlanHostedNetworkSetProperty(BAD_HANDLE, 3, 4, &value, NULL, NULL)));
}

static void other_arguments(void)
{
    WLAN_HOSTED_NETWORK_STATUS *status;
    BOOL phrase, persistent;
    DWORD size, reserved;
    UCHAR *key;

    CHECK(WlanHostedNetworkQueryStatus, ERROR_INVALID_PARAMETER, "ppWlanHostedNetworkStatus is NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanHostedNetworkQueryStatus(NULL, &status, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanHostedNetworkQueryStatus(client(), NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanHostedNetworkQueryStatus(client(), &status, &reserved)));
    CHECK(WlanHostedNetworkQueryStatus, ERROR_INVALID_HANDLE, "A handle is invalid.",
          GIVES(ERROR_INVALID_HANDLE, pWlanHostedNetworkQueryStatus(BAD_HANDLE, &status, NULL)));
    CHECK(WlanHostedNetworkQuerySecondaryKey, ERROR_INVALID_PARAMETER,
          "pdwKeyLength is NULL. ppucKeyData is NULL or invalid. pbIsPassPhrase is NULL or invalid. pbPersistent is "
          "NULL.",
          GIVES(ERROR_INVALID_PARAMETER,
                pWlanHostedNetworkQuerySecondaryKey(NULL, &size, &key, &phrase, &persistent, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER,
                    pWlanHostedNetworkQuerySecondaryKey(client(), NULL, &key, &phrase, &persistent, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER,
                    pWlanHostedNetworkQuerySecondaryKey(client(), &size, NULL, &phrase, &persistent, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER,
                    pWlanHostedNetworkQuerySecondaryKey(client(), &size, &key, NULL, &persistent, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER,
                    pWlanHostedNetworkQuerySecondaryKey(client(), &size, &key, &phrase, NULL, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER,
                    pWlanHostedNetworkQuerySecondaryKey(client(), &size, &key, &phrase, &persistent, NULL, &reserved)));
    CHECK(WlanHostedNetworkQuerySecondaryKey, ERROR_INVALID_HANDLE, "A handle is invalid.",
          GIVES(ERROR_INVALID_HANDLE,
                pWlanHostedNetworkQuerySecondaryKey(BAD_HANDLE, &size, &key, &phrase, &persistent, NULL, NULL)));
    CHECK(WlanHostedNetworkSetSecondaryKey, ERROR_INVALID_HANDLE, "A handle is invalid.",
          GIVES(ERROR_INVALID_HANDLE, pWlanHostedNetworkSetSecondaryKey(BAD_HANDLE, 0, NULL, TRUE, TRUE, NULL, NULL)));
}

static const struct test_case cases[] = {{"settings", settings},
                                         {"keys", keys},
                                         {"uses", uses},
                                         {"force", force},
                                         {"access_denied", access_denied},
                                         {"plain_arguments", plain_arguments},
                                         {"virtual_station", virtual_station},
                                         {"property_arguments", property_arguments},
                                         {"other_arguments", other_arguments},
                                         {NULL, NULL}};
extern const struct group hosted_group;
const struct group hosted_group = {"hosted", __FILE__, cases};

/*
 * Connecting, in the Wi-Fi guest: to access points that are really there, with right and wrong keys, and what
 * notifications tell of it.
 *
 * connect FOLDER       prints TAP; exit code 0 if all went as it should. Files in FOLDER ask who started it for
 *                      something: "end-ap" for the end of the access point "Cork open", "end-corkd" for a crash of
 * corkd; they are gone when it is done.
 */
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <string.h>
#include <wlanapi.h>

#define WAIT 180000 /* milliseconds; what is waited for has to come, however slow the guest is */

#define CONNECTS    "A9 M1 M2 M3 M4 A10 "
#define DISCONNECTS "A20 M9 M10 A21 "

static int tests_run, tests_failed;

static BOOL check(BOOL good, const char *what)
{
    printf("%sok %d - %s\n", good ? "" : "not ", ++tests_run, what);
    tests_failed += !good;
    return good;
}

/* ---- What is told ---- */

static CRITICAL_SECTION lock;
static HANDLE told, scanned;
static char story[1024];
static WLAN_REASON_CODE reason;
static HANDLE client;
static GUID station;

static void WINAPI on_notification(WLAN_NOTIFICATION_DATA *data, void *context)
{
    BOOL is_acm = data->NotificationSource == WLAN_NOTIFICATION_SOURCE_ACM;
    DWORD code = data->NotificationCode;
    size_t length;

    (void)context;
    if (is_acm && code == wlan_notification_acm_scan_complete) SetEvent(scanned);
    if (is_acm &&
        !(code >= wlan_notification_acm_connection_start && code <= wlan_notification_acm_connection_attempt_fail) &&
        code != wlan_notification_acm_disconnecting && code != wlan_notification_acm_disconnected)
        return;
    if (!is_acm && code == wlan_notification_msm_signal_quality_change) return;
    EnterCriticalSection(&lock);
    length = strlen(story);
    if (length + 16 < sizeof(story)) sprintf(story + length, "%c%lu ", is_acm ? 'A' : 'M', code);
    if (is_acm && code == wlan_notification_acm_connection_complete)
        reason = ((const WLAN_CONNECTION_NOTIFICATION_DATA *)data->pData)->wlanReasonCode;
    LeaveCriticalSection(&lock);
    SetEvent(told);
}

/* Waits until the story ends so. Whether it is exactly `expected` (NULL: any that ends so); begins a new one. */
static BOOL story_is(const char *expected, const char *end)
{
    BOOL same, more = TRUE;

    EnterCriticalSection(&lock);
    while (more && (strlen(story) < strlen(end) || strcmp(story + strlen(story) - strlen(end), end) != 0))
    {
        LeaveCriticalSection(&lock);
        more = WaitForSingleObject(told, WAIT) == WAIT_OBJECT_0;
        EnterCriticalSection(&lock);
    }
    same = more && (!expected || !strcmp(story, expected));
    if (!same) printf("# told %s, reason %#lx\n", story, reason);
    story[0] = 0;
    LeaveCriticalSection(&lock);
    return same;
}

static BOOL completes(const char *expected, WLAN_REASON_CODE with)
{
    BOOL same = story_is(expected, "A10 ");

    if (reason != with) printf("# reason %#lx, not %#lx\n", reason, with);
    return same && reason == with;
}

/* ---- Asking ---- */

static DWORD connect_profile(const WCHAR *ssid, const WCHAR *authentication, const WCHAR *key, BOOL hidden)
{
    static WCHAR profile[2048];
    WLAN_CONNECTION_PARAMETERS parameters = {wlan_connection_mode_temporary_profile, profile, NULL, NULL,
                                             dot11_BSS_type_infrastructure,          0};

    swprintf(profile, ARRAYSIZE(profile),
             L"<?xml version=\"1.0\"?><WLANProfile xmlns=\"http://www.microsoft.com/networking/WLAN/profile/v1\">"
             L"<name>%ls</name><SSIDConfig><SSID><name>%ls</name></SSID>%ls</SSIDConfig>"
             L"<connectionType>ESS</connectionType><connectionMode>manual</connectionMode><MSM><security>"
             L"<authEncryption><authentication>%ls</authentication><encryption>AES</encryption>"
             L"<useOneX>false</useOneX></authEncryption><sharedKey><keyType>passPhrase</keyType>"
             L"<protected>false</protected><keyMaterial>%ls</keyMaterial></sharedKey></security></MSM></WLANProfile>",
             ssid, ssid, hidden ? L"<nonBroadcast>true</nonBroadcast>" : L"", authentication, key);
    return WlanConnect(client, &station, &parameters, NULL);
}

static DWORD discover(const char *name)
{
    DOT11_SSID ssid = {.uSSIDLength = (ULONG)strlen(name)};
    WLAN_CONNECTION_PARAMETERS parameters = {wlan_connection_mode_discovery_unsecure, NULL, &ssid, NULL,
                                             dot11_BSS_type_infrastructure,           0};

    memcpy(ssid.ucSSID, name, strlen(name));
    return WlanConnect(client, &station, &parameters, NULL);
}

static void leave(const char *what)
{
    check(!WlanDisconnect(client, &station, NULL) && story_is(DISCONNECTS, "A21 "), what);
}

/* The network of that name, FALSE: there is none. */
static BOOL find(const char *ssid, WLAN_AVAILABLE_NETWORK *network)
{
    WLAN_AVAILABLE_NETWORK_LIST *list = NULL;
    BOOL found = FALSE;

    if (WlanGetAvailableNetworkList(client, &station, 0, NULL, &list)) return FALSE;
    for (DWORD i = 0; i < list->dwNumberOfItems && !found; i++)
    {
        *network = list->Network[i];
        found =
            network->dot11Ssid.uSSIDLength == strlen(ssid) && !memcmp(network->dot11Ssid.ucSSID, ssid, strlen(ssid));
    }
    WlanFreeMemory(list);
    return found;
}

/* Scans until all three are heard. */
static void look_for_networks(void)
{
    WLAN_AVAILABLE_NETWORK network;
    BOOL all = FALSE;

    for (int i = 0; i < 20 && !all; i++)
    {
        WlanScan(client, &station, NULL, NULL, NULL);
        WaitForSingleObject(scanned, WAIT);
        all = find("Cork test", &network) && find("Cork SAE", &network) && find("Cork open", &network);
    }
    check(all, "the networks are available");
    check(find("Cork test", &network) && network.bSecurityEnabled && network.bNetworkConnectable &&
              network.dot11DefaultAuthAlgorithm == DOT11_AUTH_ALGO_RSNA_PSK &&
              network.dot11DefaultCipherAlgorithm == DOT11_CIPHER_ALGO_CCMP && !network.dwFlags,
          "one with WPA2");
    check(find("Cork SAE", &network) && network.bSecurityEnabled &&
              (int)network.dot11DefaultAuthAlgorithm == 9 /* DOT11_AUTH_ALGO_WPA3_SAE */,
          "one with WPA3");
    check(find("Cork open", &network) && !network.bSecurityEnabled &&
              network.dot11DefaultAuthAlgorithm == DOT11_AUTH_ALGO_80211_OPEN,
          "one that is open");
}

/* Asks for something and waits until it is done. */
static BOOL ask(const char *folder, const char *name)
{
    char path[MAX_PATH];
    HANDLE file;

    snprintf(path, sizeof(path), "%s\\%s", folder, name);
    file = CreateFileA(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return FALSE;
    CloseHandle(file);
    for (int i = 0; i < WAIT / 100; i++)
    {
        if (GetFileAttributesA(path) == INVALID_FILE_ATTRIBUTES) return TRUE;
        Sleep(100);
    }
    return FALSE;
}

static void secured(void)
{
    WLAN_AVAILABLE_NETWORK network;

    check(!connect_profile(L"Cork test", L"WPA2PSK", L"correct horse", FALSE) &&
              completes(CONNECTS, WLAN_REASON_CODE_SUCCESS),
          "WPA2 with its key");
    check(find("Cork test", &network) && network.dwFlags & WLAN_AVAILABLE_NETWORK_CONNECTED,
          "the network is the one that is connected");
    check(!connect_profile(L"Cork SAE", L"WPA3SAE", L"correct horse", FALSE) &&
              completes(DISCONNECTS CONNECTS, WLAN_REASON_CODE_SUCCESS),
          "WPA3 with its key, instead");
    leave("disconnected");
    check(!connect_profile(L"Cork test", L"WPA2PSK", L"wrong horse", FALSE) &&
              completes("A9 M1 M2 M3 M10 A11 A10 ", WLAN_REASON_CODE_MSMSEC_PSK_MISMATCH_SUSPECTED),
          "WPA2 with a wrong key");
    check(!connect_profile(L"Cork SAE", L"WPA3SAE", L"wrong horse", FALSE) &&
              completes("A9 M1 M10 A11 A10 ", WLAN_REASON_CODE_MSMSEC_PSK_MISMATCH_SUSPECTED),
          "WPA3 with a wrong key");
    check(!connect_profile(L"Cork hidden", L"WPA2PSK", L"correct horse", TRUE) &&
              completes(CONNECTS, WLAN_REASON_CODE_SUCCESS),
          "a hidden network");
    leave("disconnected from it");
}

static void others(const char *folder)
{
    WLAN_INTERFACE_INFO_LIST *interfaces = NULL;

    check(!discover("Cork nowhere") && completes("A9 A11 A10 ", WLAN_REASON_CODE_NETWORK_NOT_AVAILABLE),
          "a network that is not there");
    check(!discover("Cork open") && completes(CONNECTS, WLAN_REASON_CODE_SUCCESS), "an open network");
    check(ask(folder, "end-ap") && story_is("M10 A21 ", "A21 "), "the access point goes away");
    check(!connect_profile(L"Cork test", L"WPA2PSK", L"correct horse", FALSE) &&
              completes(CONNECTS, WLAN_REASON_CODE_SUCCESS),
          "another is connected");
    check(ask(folder, "end-corkd"), "the service is killed");
    check(!WlanEnumInterfaces(client, NULL, &interfaces) && interfaces->dwNumberOfItems == 1, "another one begins");
    WlanFreeMemory(interfaces);
}

int main(int argc, char **argv)
{
    WLAN_INTERFACE_INFO_LIST *interfaces = NULL;
    DWORD version = 0;

    setvbuf(stdout, NULL, _IONBF, 0);
    if (argc != 2) return 2;
    InitializeCriticalSection(&lock);
    told = CreateEventW(NULL, FALSE, FALSE, NULL);
    scanned = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (!check(!WlanOpenHandle(2, NULL, &version, &client), "a handle")) return 1;
    if (!check(!WlanEnumInterfaces(client, NULL, &interfaces) && interfaces->dwNumberOfItems == 1, "one interface"))
        return 1;
    station = interfaces->InterfaceInfo[0].InterfaceGuid;
    WlanFreeMemory(interfaces);
    check(!WlanRegisterNotification(client, WLAN_NOTIFICATION_SOURCE_ACM | WLAN_NOTIFICATION_SOURCE_MSM, FALSE,
                                    on_notification, NULL, NULL, NULL),
          "a callback is registered");
    look_for_networks();
    secured();
    others(argv[1]);
    check(!WlanCloseHandle(client, NULL), "the handle is closed");
    printf("1..%d\n", tests_run);
    return tests_failed != 0;
}

/*
 * The hosted network, in the Wi-Fi guest: a Windows program makes one, and another machine's station joins it.
 *
 * hosted SSID KEY     prints TAP, and "# active" when the other machine is to join; exit code 0 if all went as it
 * should
 */
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <string.h>
#include <wlanapi.h>

#define LONG_TIME 300000 /* milliseconds */

static int tests_run, tests_failed;

static BOOL check(BOOL good, const char *what)
{
    printf("%sok %d - %s\n", good ? "" : "not ", ++tests_run, what);
    tests_failed += !good;
    return good;
}

static HANDLE peer_came, peer_went, became_active, became_idle;
static BYTE peer[6];

static void WINAPI on_notification(WLAN_NOTIFICATION_DATA *data, void *context)
{
    const WLAN_HOSTED_NETWORK_DATA_PEER_STATE_CHANGE *change = data->pData;
    const WLAN_HOSTED_NETWORK_STATE_CHANGE *state = data->pData;

    (void)context;
    if (data->NotificationSource != WLAN_NOTIFICATION_SOURCE_HNWK) return;
    if (data->NotificationCode == wlan_hosted_network_state_change && data->dwDataSize == sizeof(*state))
        SetEvent(state->NewState == wlan_hosted_network_active ? became_active : became_idle);
    if (data->NotificationCode != wlan_hosted_network_peer_state_change || data->dwDataSize != sizeof(*change)) return;
    memcpy(peer, change->NewState.PeerMacAddress, sizeof(peer));
    SetEvent(change->NewState.PeerAuthState == wlan_hosted_network_peer_state_authenticated ? peer_came : peer_went);
}

static BOOL comes(HANDLE event)
{
    return WaitForSingleObject(event, LONG_TIME) == WAIT_OBJECT_0;
}

static BOOL set_up(HANDLE client, const char *ssid, char *key)
{
    WLAN_HOSTED_NETWORK_CONNECTION_SETTINGS settings = {.dwMaxNumberOfPeers = 5};

    settings.hostedNetworkSSID.uSSIDLength = (ULONG)strlen(ssid);
    memcpy(settings.hostedNetworkSSID.ucSSID, ssid, strlen(ssid));
    return !WlanHostedNetworkSetProperty(client, wlan_hosted_network_opcode_connection_settings, sizeof(settings),
                                         &settings, NULL, NULL) &&
           !WlanHostedNetworkSetSecondaryKey(client, (DWORD)strlen(key) + 1, (BYTE *)key, TRUE, FALSE, NULL, NULL);
}

static BOOL status_is(HANDLE client, WLAN_HOSTED_NETWORK_STATE state, DWORD peers)
{
    WLAN_HOSTED_NETWORK_STATUS *status = NULL;
    BOOL same;

    if (WlanHostedNetworkQueryStatus(client, &status, NULL)) return FALSE;
    printf("# state %d, %lu MHz, %lu peers\n", status->HostedNetworkState, status->ulChannelFrequency,
           status->dwNumberOfPeers);
    same = status->HostedNetworkState == state && status->dwNumberOfPeers == peers &&
           (!peers || !memcmp(status->PeerList[0].PeerMacAddress, peer, sizeof(peer)));
    WlanFreeMemory(status);
    return same;
}

int main(int argc, char **argv)
{
    WLAN_HOSTED_NETWORK_REASON reason = wlan_hosted_network_reason_unspecified;
    DWORD version = 0, error;
    HANDLE client = NULL;

    setvbuf(stdout, NULL, _IONBF, 0);
    if (argc != 3) return 2;
    peer_came = CreateEventW(NULL, TRUE, FALSE, NULL);
    peer_went = CreateEventW(NULL, TRUE, FALSE, NULL);
    became_active = CreateEventW(NULL, TRUE, FALSE, NULL);
    became_idle = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (!check(!WlanOpenHandle(2, NULL, &version, &client), "a handle")) return 1;
    check(!WlanRegisterNotification(client, WLAN_NOTIFICATION_SOURCE_HNWK, FALSE, on_notification, NULL, NULL, NULL),
          "a callback is registered");
    check(set_up(client, argv[1], argv[2]), "its name and its key are set");
    check(status_is(client, wlan_hosted_network_idle, 0), "it is idle");
    error = WlanHostedNetworkStartUsing(client, &reason, NULL);
    printf("# error %lu, reason %d\n", error, reason);
    if (!check(!error, "it starts")) return 1;
    check(comes(became_active), "that it is active is told");
    printf("# active\n");
    check(comes(peer_came), "a peer that joins is told");
    check(status_is(client, wlan_hosted_network_active, 1), "it is in the status");
    check(comes(peer_went), "a peer that leaves is told");
    check(status_is(client, wlan_hosted_network_active, 0), "it is in the status no more");
    check(!WlanHostedNetworkStopUsing(client, NULL, NULL), "it stops");
    check(comes(became_idle) && status_is(client, wlan_hosted_network_idle, 0), "that it is idle is told");
    check(!WlanCloseHandle(client, NULL), "the handle is closed");
    printf("1..%d\n", tests_run);
    return tests_failed != 0;
}

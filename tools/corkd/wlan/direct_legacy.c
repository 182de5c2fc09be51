/*
 * Wi-Fi Direct sessions with legacy devices: those that have Wi-Fi and its simple set-up (WPS), but not Wi-Fi Direct.
 *
 * What pairing with one leaves (wpa_cli wps_pbc, or a user interface of the system's) is a network of wpa_supplicant's
 * configuration: that is the stored profile, which a session has the station connect to. Its networks are as they were
 * when the session has ended.
 */
#include <net/if.h>
#include <stdlib.h>
#include <string.h>

#include "corkd/wlan/direct_connection.h"
#include "corkd/wlan/direct_device.h"

#define NETWORKS_MAX 64 /* of which it is remembered whether they were enabled */

/* ---- The stored network ---- */

/* The columns of a line of LIST_NETWORKS: number, SSID, BSSID, flags. */
struct network_line
{
    int number;
    char ssid[4 * WLAN_SSID_MAX + 1], bssid[18];
    bool enabled, current;
};

/* Reads the line at *at and goes on to the next. False: it has no network. */
static bool read_network(const char **at, struct network_line *network)
{
    char line[256], *ssid, *bssid, *flags;
    size_t length = strcspn(*at, "\n");

    memset(network, 0, sizeof(*network));
    if (length < sizeof(line)) memcpy(line, *at, length);
    line[length < sizeof(line) ? length : 0] = 0;
    *at += length + ((*at)[length] == '\n');
    if (line[0] < '0' || line[0] > '9' || !(ssid = strchr(line, '\t'))) return false;
    *ssid++ = 0;
    if (!(bssid = strchr(ssid, '\t'))) return false;
    *bssid++ = 0;
    flags = bssid + strcspn(bssid, "\t");
    if (*flags) *flags++ = 0;
    if (strlen(ssid) >= sizeof(network->ssid) || strlen(bssid) >= sizeof(network->bssid)) return false;
    network->number = atoi(line);
    strcpy(network->ssid, ssid);
    strcpy(network->bssid, bssid);
    network->enabled = !strstr(flags, "[DISABLED]");
    network->current = strstr(flags, "[CURRENT]") != NULL;
    return !strstr(flags, "[P2P-PERSISTENT]");
}

/* The network with the peer on that station: it names its address, or the SSID that is heard from there. */
static bool find_network(struct wlan *wlan, const char *station, struct direct_connection *connection)
{
    char reply[SUPPLICANT_REPLY_SIZE], ssid[4 * WLAN_SSID_MAX + 1] = "", address[18];
    struct network_line network;

    direct_address_text(connection->peer, address);
    if (supplicant_ask(wlan->supplicant, station, reply, "BSS %s", address) == SUPPLICANT_OK)
        supplicant_line(reply, "ssid", ssid, sizeof(ssid));
    if (supplicant_ask(wlan->supplicant, station, reply, "LIST_NETWORKS") != SUPPLICANT_OK) return false;
    connection->network = -1;
    connection->enabled = 0;
    for (const char *at = reply; *at;)
    {
        if (!read_network(&at, &network)) continue;
        if (network.enabled && network.number >= 0 && network.number < NETWORKS_MAX)
            connection->enabled |= UINT64_C(1) << network.number;
        if (connection->network < 0 && (!strcmp(network.bssid, address) || (ssid[0] && !strcmp(network.ssid, ssid))))
            connection->network = network.number;
    }
    return connection->network >= 0;
}

enum direct_input direct_legacy_beginning(struct wlan *wlan, struct direct_connection *connection)
{
    char names[16][CONTROL_IFNAME_SIZE];
    size_t count = supplicant_names(wlan->supplicant, names, 16);
    bool found = false, station = false;

    for (size_t i = 0; i < count && !found; i++)
    {
        if (!strncmp(names[i], "p2p-", 4)) continue;
        station = true;
        found = find_network(wlan, names[i], connection);
        if (found) strcpy(connection->device, names[i]);
    }
    if (found) return INPUT_BEGIN_NEW;
    connection->error = station ? ERROR_NOT_FOUND : ERROR_NOT_SUPPORTED;
    connection->reason = station ? REASON_PROFILE_MISSING : REASON_DRIVER_OPERATION_FAILURE;
    return INPUT_COMMAND_FAILED;
}

/* ---- Connecting and leaving ---- */

bool direct_legacy_connect(struct wlan *wlan, const struct direct_connection *connection)
{
    char address[18];

    /* Of several with that SSID the one that was asked for. */
    return supplicant_ask_ok(wlan->supplicant, connection->device, "BSSID %d %s", connection->network,
                             direct_address_text(connection->peer, address)) == SUPPLICANT_OK &&
           supplicant_ask_ok(wlan->supplicant, connection->device, "SELECT_NETWORK %d", connection->network) ==
               SUPPLICANT_OK;
}

static bool was_enabled(const struct direct_connection *connection, int network)
{
    return network < NETWORKS_MAX && connection->enabled >> network & 1;
}

bool direct_legacy_leave(struct wlan *wlan, const struct direct_connection *connection)
{
    struct supplicant *supplicant = wlan->supplicant;
    bool good = supplicant_ask_ok(supplicant, connection->device, "DISCONNECT") == SUPPLICANT_OK;

    supplicant_ask_ok(supplicant, connection->device, "BSSID %d 00:00:00:00:00:00", connection->network);
    if (!was_enabled(connection, connection->network))
        supplicant_ask_ok(supplicant, connection->device, "DISABLE_NETWORK %d", connection->network);
    for (int i = 0; i < NETWORKS_MAX; i++)
        if (was_enabled(connection, i))
            supplicant_ask_ok(supplicant, connection->device, "ENABLE_NETWORK %d no-connect", i);
    /* What it would connect to by itself it may connect to again. */
    if (connection->enabled) supplicant_ask_ok(supplicant, connection->device, "RECONNECT");
    return good;
}

void direct_legacy_event(struct wlan *wlan, const struct control_event *event)
{
    for (struct direct_connection *connection = wlan->connections; connection; connection = connection->next)
    {
        uint8_t address[6];

        if (connection->network < 0 || strcmp(connection->device, event->ifname) != 0) continue;
        if (event->kind == CONTROL_CONNECTED)
        {
            if (!control_event_address(event, NULL, address) || memcmp(address, connection->peer, 6) != 0) continue;
            strcpy(connection->group, connection->device);
            connection->index = if_nametoindex(connection->device);
            direct_feed(wlan, connection, INPUT_STARTED);
        }
        else if (event->kind == CONTROL_SSID_TEMP_DISABLED)
            direct_feed(wlan, connection, INPUT_REFUSED);
        else if (event->kind == CONTROL_DISCONNECTED)
            direct_feed(wlan, connection, connection->state == DIRECT_OPEN ? INPUT_PEER_LEFT : INPUT_REMOVED);
    }
}

/* Wi-Fi Direct: what wpa_supplicant says of peers and groups, what has gone, time that has run out. */
#include <net/if.h>
#include <string.h>

#include "corkd/wlan/direct_connection.h"

static struct direct_connection *forming_connection(struct wlan *wlan)
{
    struct direct_connection *cancelled = NULL;

    for (struct direct_connection *connection = wlan->connections; connection; connection = connection->next)
    {
        if (direct_is_forming(connection)) return connection;
        if (connection->state == DIRECT_CANCELLING && !cancelled) cancelled = connection;
    }
    return cancelled;
}

/* The one with that peer that a group may come up for. */
static struct direct_connection *connection_for_owner(struct wlan *wlan, const uint8_t owner[6])
{
    for (struct direct_connection *connection = wlan->connections; connection; connection = connection->next)
        if ((direct_is_forming(connection) || connection->state == DIRECT_CANCELLING) &&
            !memcmp(connection->peer, owner, 6))
            return connection;
    return NULL;
}

static struct direct_connection *connection_of_group(struct wlan *wlan, const char *group)
{
    for (struct direct_connection *connection = wlan->connections; connection; connection = connection->next)
        if (connection->group[0] && !strcmp(connection->group, group)) return connection;
    return NULL;
}

/* "IFNAME GO|client ssid=... go_dev_addr=..." As its client the owner has to be the peer; as its owner nobody else can
 * have asked for it but the connection that is being formed. */
static void group_started(struct wlan *wlan, const struct control_event *event)
{
    struct direct_connection *connection;
    char role[8] = "", group[CONTROL_IFNAME_SIZE];
    uint8_t owner[6];

    if (control_event_word(event, 0, group, sizeof(group)) <= 0) return;
    control_event_word(event, 1, role, sizeof(role));
    if (!strcmp(role, "GO"))
        connection = forming_connection(wlan);
    else
        connection = control_event_address(event, "go_dev_addr", owner) ? connection_for_owner(wlan, owner) : NULL;
    if (!connection) return;
    strcpy(connection->group, group);
    connection->index = if_nametoindex(group);
    connection->is_owner = !strcmp(role, "GO");
    direct_feed(wlan, connection, INPUT_STARTED);
}

static void group_removed(struct wlan *wlan, const struct control_event *event)
{
    struct direct_connection *connection;
    char group[CONTROL_IFNAME_SIZE];

    if (control_event_word(event, 0, group, sizeof(group)) <= 0) return;
    connection = connection_of_group(wlan, group);
    if (connection) direct_feed(wlan, connection, INPUT_REMOVED);
}

static void peer_left(struct wlan *wlan, const struct control_event *event)
{
    struct direct_connection *connection = connection_of_group(wlan, event->ifname);
    uint8_t address[6];

    if (!connection || !connection->is_owner) return;
    if (control_event_address(event, "p2p_dev_addr", address) && memcmp(address, connection->peer, 6) != 0) return;
    direct_feed(wlan, connection, INPUT_PEER_LEFT);
}

static void device_found(struct wlan *wlan, const struct control_event *event)
{
    struct direct_connection *connection = forming_connection(wlan);
    uint8_t address[6];

    if (!connection || connection->state != DIRECT_FINDING || !control_event_address(event, "p2p_dev_addr", address))
        return;
    if (!memcmp(address, connection->peer, 6)) direct_feed(wlan, connection, direct_beginning(wlan, connection));
}

/* The connection that an event about a peer is for; one that names no peer is for the one that is being formed. */
static struct direct_connection *connection_of_peer(struct wlan *wlan, const struct control_event *event,
                                                    const char *name)
{
    struct direct_connection *connection = forming_connection(wlan);
    uint8_t address[6];

    if (connection && control_event_address(event, name, address) && memcmp(address, connection->peer, 6) != 0)
        return NULL;
    return connection;
}

static void feed_peer(struct wlan *wlan, const struct control_event *event, const char *name, enum direct_input input)
{
    struct direct_connection *connection = connection_of_peer(wlan, event, name);

    if (connection) direct_feed(wlan, connection, input);
}

static void take_event(struct wlan *wlan, const struct control_event *event)
{
    switch (event->kind)
    {
    case CONTROL_P2P_DEVICE_FOUND:
        device_found(wlan, event);
        break;
    case CONTROL_P2P_INVITATION_RESULT:
        feed_peer(wlan, event, "peer",
                  control_event_number(event, "status", -1) ? INPUT_INVITATION_REFUSED : INPUT_INVITATION_TAKEN);
        break;
    case CONTROL_P2P_GO_NEG_SUCCESS:
        feed_peer(wlan, event, "peer_dev", INPUT_NEGOTIATED);
        break;
    case CONTROL_P2P_PROV_DISC_FAILURE:
        feed_peer(wlan, event, NULL, INPUT_REFUSED);
        break;
    case CONTROL_P2P_GO_NEG_FAILURE:
    case CONTROL_P2P_GROUP_FORMATION_FAILURE:
        feed_peer(wlan, event, "peer", INPUT_REFUSED);
        break;
    case CONTROL_P2P_GROUP_STARTED:
        group_started(wlan, event);
        break;
    case CONTROL_P2P_GROUP_REMOVED:
        group_removed(wlan, event);
        break;
    case CONTROL_AP_STA_DISCONNECTED:
        peer_left(wlan, event);
        break;
    case CONTROL_CONNECTED:
    case CONTROL_DISCONNECTED:
    case CONTROL_SSID_TEMP_DISABLED:
        direct_legacy_event(wlan, event);
        break;
    default:
        return;
    }
    direct_advance(wlan);
}

void wlan_direct_event(struct wlan *wlan, const struct control_event *event)
{
    pthread_mutex_lock(&wlan->direct_lock);
    if (wlan->connections) take_event(wlan, event);
    pthread_mutex_unlock(&wlan->direct_lock);
}

void wlan_direct_gone(struct wlan *wlan, const char *name)
{
    pthread_mutex_lock(&wlan->direct_lock);
    for (struct direct_connection *connection = wlan->connections; connection; connection = connection->next)
        if (!strcmp(connection->device, name)) direct_feed(wlan, connection, INPUT_GONE);
        /* A group's own interface goes before its end is told. */
        else if (!strcmp(connection->group, name))
            direct_feed(wlan, connection, INPUT_REMOVED);
    direct_advance(wlan);
    pthread_mutex_unlock(&wlan->direct_lock);
}

int64_t wlan_direct_deadline(struct wlan *wlan, int64_t now)
{
    int64_t next = 0;

    pthread_mutex_lock(&wlan->direct_lock);
    for (struct direct_connection *connection = wlan->connections; connection; connection = connection->next)
    {
        if (connection->deadline && connection->deadline <= now)
        {
            connection->deadline = 0;
            direct_feed(wlan, connection, INPUT_TIMEOUT);
        }
        if (connection->deadline && (!next || connection->deadline < next)) next = connection->deadline;
    }
    direct_advance(wlan);
    pthread_mutex_unlock(&wlan->direct_lock);
    return next;
}

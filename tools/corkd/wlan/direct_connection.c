/* Wi-Fi Direct connections: telling, doing, turns. */
#include "corkd/wlan/direct_connection.h"

#include <net/if.h>
#include <stdlib.h>
#include <string.h>

#include "corkd/wlan/direct_device.h"

#define ENDING_MS 10000 /* what was told to end counts as ended after that */

/* ---- Telling ---- */

void direct_tell_opened(const struct direct_session *session, uint32_t error, uint32_t reason, uint32_t index)
{
    struct host_encoder values;

    host_encoder_init(&values);
    host_put_u32(&values, session->number);
    host_put_u32(&values, error);
    host_put_u32(&values, reason);
    host_put_u32(&values, index);
    host_client_event(session->client, WLAN_SERVICE, WLAN_DIRECT_OPENED, &values);
    host_encoder_free(&values);
}

static void tell_ended(const struct direct_session *session)
{
    struct host_encoder values;

    host_encoder_init(&values);
    host_put_u32(&values, session->number);
    host_client_event(session->client, WLAN_SERVICE, WLAN_DIRECT_ENDED, &values);
    host_encoder_free(&values);
}

void direct_tell_all_opened(struct direct_connection *connection)
{
    for (unsigned i = 0; i < connection->session_count; i++)
    {
        if (connection->sessions[i].open) continue;
        connection->sessions[i].open = true;
        direct_tell_opened(&connection->sessions[i], ERROR_SUCCESS, REASON_SUCCESS, connection->index);
    }
}

/* Those that wait are told why, and are no sessions any more. */
static void tell_all_failed(struct direct_connection *connection)
{
    unsigned kept = 0;

    for (unsigned i = 0; i < connection->session_count; i++)
        if (connection->sessions[i].open)
            connection->sessions[kept++] = connection->sessions[i];
        else
            direct_tell_opened(&connection->sessions[i], connection->error, connection->reason, 0);
    connection->session_count = kept;
}

static void tell_all_ended(struct direct_connection *connection)
{
    for (unsigned i = 0; i < connection->session_count; i++)
        if (connection->sessions[i].open) tell_ended(&connection->sessions[i]);
    connection->session_count = 0;
}

/* ---- Doing ---- */

static bool send_connect(struct wlan *wlan, struct direct_connection *connection)
{
    char address[18];
    const char *peer = direct_address_text(connection->peer, address);
    const char *method = connection->pin[0] ? connection->pin : "pbc", *way = connection->pin[0] ? " keypad" : "";

    if (connection->network >= 0) return direct_legacy_connect(wlan, connection);
    if (!connection->may_form && connection->persistent < 0)
    {
        connection->error = ERROR_NOT_FOUND, connection->reason = REASON_PROFILE_MISSING;
        return false;
    }
    return supplicant_ask_ok(wlan->supplicant, connection->device, "P2P_CONNECT %s %s%s %s", peer, method, way,
                             connection->peer_is_owner ? "join" : "persistent") == SUPPLICANT_OK;
}

static void send_cancel(struct wlan *wlan, const struct direct_connection *connection)
{
    if (connection->network >= 0)
        direct_legacy_leave(wlan, connection);
    else
        supplicant_ask_ok(wlan->supplicant, connection->device, "P2P_CANCEL");
}

static bool send_remove(struct wlan *wlan, const struct direct_connection *connection)
{
    if (connection->network >= 0) return direct_legacy_leave(wlan, connection);
    return supplicant_ask_ok(wlan->supplicant, connection->device, "P2P_GROUP_REMOVE %s", connection->group) ==
           SUPPLICANT_OK;
}

static bool send_invite(struct wlan *wlan, const struct direct_connection *connection)
{
    char address[18];

    return supplicant_ask_ok(wlan->supplicant, connection->device, "P2P_INVITE persistent=%d peer=%s",
                             connection->persistent, direct_address_text(connection->peer, address)) == SUPPLICANT_OK;
}

/* Whether a command was refused that had to succeed. */
static bool send_commands(struct wlan *wlan, struct direct_connection *connection, unsigned actions)
{
    struct supplicant *supplicant = wlan->supplicant;
    bool good = true;

    if (actions & ACTION_FIND) good = supplicant_ask_ok(supplicant, connection->device, "P2P_FIND") == SUPPLICANT_OK;
    if (actions & ACTION_STOP_FIND) supplicant_ask_ok(supplicant, connection->device, "P2P_STOP_FIND");
    if (actions & ACTION_INVITE) good = send_invite(wlan, connection);
    if (actions & ACTION_CONNECT) good = send_connect(wlan, connection);
    if (actions & ACTION_CANCEL) send_cancel(wlan, connection);
    if (actions & ACTION_REMOVE) good = send_remove(wlan, connection);
    return !good;
}

/* What whoever asked is told if this input ends the attempt. */
static void set_error(struct direct_connection *connection, enum direct_input input)
{
    static const struct
    {
        uint32_t error, reason;
    } errors[DIRECT_INPUTS] = {
        [INPUT_REFUSED] = {ERROR_CONNECTION_REFUSED, REASON_USER_DENIED},
        [INPUT_COMMAND_FAILED] = {ERROR_GEN_FAILURE, REASON_DRIVER_OPERATION_FAILURE},
        [INPUT_REMOVED] = {ERROR_GEN_FAILURE, REASON_ASSOCIATION_FAILURE},
        [INPUT_CANCEL] = {ERROR_CANCELLED, REASON_USER_CANCELLED},
        [INPUT_TIMEOUT] = {ERROR_TIMEOUT, REASON_ASSOCIATION_TIMEOUT},
        [INPUT_GONE] = {ERROR_SERVICE_NOT_ACTIVE, REASON_DRIVER_DISCONNECTED},
    };

    if (connection->error || !errors[input].error) return;
    connection->error = errors[input].error;
    connection->reason = errors[input].reason;
    if (input == INPUT_TIMEOUT && connection->state == DIRECT_FINDING) connection->reason = REASON_NOT_VISIBLE;
}

void direct_feed(struct wlan *wlan, struct direct_connection *connection, enum direct_input input)
{
    enum direct_state before = connection->state;
    unsigned actions;
    char address[18];

    set_error(connection, input);
    actions = direct_step(&connection->state, input);
    host_log_detail("%s: %s, %s -> %s", direct_address_text(connection->peer, address), direct_input_name(input),
                    direct_state_name(before), direct_state_name(connection->state));
    if (before == connection->state && !actions)
    {
        if (before != DIRECT_ENDED) connection->error = 0;
        return;
    }
    if (connection->state == DIRECT_OPEN) connection->deadline = 0;
    if (actions & ACTION_TIMER) connection->deadline = supplicant_now() + ENDING_MS;
    if (connection->deadline) supplicant_wake_at(wlan->supplicant, connection->deadline);
    direct_record(wlan); /* before anything is done of it */
    if (actions & ACTION_TELL_ENDED) tell_all_ended(connection);
    if (send_commands(wlan, connection, actions))
    {
        direct_feed(wlan, connection, INPUT_COMMAND_FAILED);
        return;
    }
    if (actions & ACTION_TELL_OPENED) direct_tell_all_opened(connection);
    if (actions & ACTION_TELL_FAILED) tell_all_failed(connection);
}

/* ---- Turns ---- */

/* wpa_supplicant has it under way. What was cancelled it has not: that only waits for what may come all the same. */
bool direct_is_forming(const struct direct_connection *connection)
{
    return connection->state >= DIRECT_FINDING && connection->state <= DIRECT_STARTING;
}

/* The peer has been seen, or not. */
enum direct_input direct_beginning(struct wlan *wlan, struct direct_connection *connection)
{
    struct direct_peer peer;

    if (!direct_find_peer(wlan->supplicant, connection->device, connection->peer, &peer)) return INPUT_BEGIN_UNKNOWN;
    connection->peer_is_owner = peer.is_owner;
    connection->persistent = direct_persistent_group(wlan->supplicant, connection->device, connection->peer);
    return connection->persistent >= 0 && !peer.is_owner ? INPUT_BEGIN_PERSISTENT : INPUT_BEGIN_NEW;
}

static uint32_t highest_interface(void)
{
    struct if_nameindex *all = if_nameindex();
    uint32_t highest = 0;

    for (const struct if_nameindex *at = all; at && at->if_index; at++)
        if (at->if_index > highest) highest = at->if_index;
    if (all) if_freenameindex(all);
    return highest;
}

static void begin(struct wlan *wlan, struct direct_connection *connection)
{
    connection->index = highest_interface();
    if (connection->is_legacy)
        direct_feed(wlan, connection, direct_legacy_beginning(wlan, connection));
    else if (direct_device(wlan->supplicant, connection->device))
        direct_feed(wlan, connection, direct_beginning(wlan, connection));
    else
    {
        connection->error = ERROR_NOT_SUPPORTED; /* no radio, or one without Wi-Fi Direct */
        connection->reason = REASON_DRIVER_OPERATION_FAILURE;
        direct_feed(wlan, connection, INPUT_COMMAND_FAILED);
    }
}

/* Frees what has ended, and gives the next its turn. */
void direct_advance(struct wlan *wlan)
{
    bool again = true;

    while (again)
    {
        struct direct_connection *waiting = NULL, *connection;
        bool forming = false;

        for (struct direct_connection **at = &wlan->connections; (connection = *at);)
        {
            if (connection->state == DIRECT_ENDED)
            {
                *at = connection->next;
                free(connection);
                continue;
            }
            forming |= direct_is_forming(connection);
            if (connection->state == DIRECT_WAITING) waiting = connection; /* the last is the oldest */
            at = &connection->next;
        }
        again = waiting && !forming;
        if (again) begin(wlan, waiting);
    }
}

/* Nobody is left who wants it. */
void direct_leave(struct wlan *wlan, struct direct_connection *connection)
{
    if (connection->session_count) return;
    direct_feed(wlan, connection, connection->state == DIRECT_OPEN ? INPUT_CLOSE : INPUT_CANCEL);
}

/*
 * Wi-Fi Direct: sessions, and the connections that they share.
 *
 * A connection is what there is with one peer; its sessions may be of several programs. One connection is formed at a
 * time, the others wait for their turn. Everything here runs with direct_lock held, which is held while wpa_supplicant
 * answers, too.
 */
#include <net/if.h>
#include <stdlib.h>
#include <string.h>

#include "corkd/wlan/direct_device.h"
#include "corkd/wlan/direct_session.h"
#include "corkd/wlan/wlan.h"

#define ENDING_MS    10000 /* what was told to end counts as ended after that */
#define SESSIONS_MAX 64    /* of a peer */
#define TIMEOUT_MAX  3600  /* seconds */

struct direct_session
{
    host_client client;
    uint32_t number;
    bool open; /* the program has been told so */
};

struct direct_connection
{
    struct direct_connection *next;
    enum direct_state state;
    uint8_t peer[6];
    char pin[16];       /* empty: push button */
    bool may_form;      /* a new group */
    int persistent;     /* the number of the group with it, or -1 */
    bool peer_is_owner; /* of a group, which is joined */
    char device[CONTROL_IFNAME_SIZE];
    char group[CONTROL_IFNAME_SIZE]; /* the group's interface, or empty */
    uint32_t index;                  /* of that, in the kernel */
    bool is_owner;                   /* this side */
    int64_t deadline;                /* or 0 */
    uint32_t error, reason;          /* what whoever asked is told where it fails */
    struct direct_session sessions[SESSIONS_MAX];
    unsigned session_count;
};

static void feed(struct wlan *wlan, struct direct_connection *connection, enum direct_input input);

/* ---- Telling ---- */

static void tell_opened(const struct direct_session *session, uint32_t error, uint32_t reason, uint32_t index)
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

static void tell_all_opened(struct direct_connection *connection)
{
    for (unsigned i = 0; i < connection->session_count; i++)
    {
        if (connection->sessions[i].open) continue;
        connection->sessions[i].open = true;
        tell_opened(&connection->sessions[i], ERROR_SUCCESS, REASON_SUCCESS, connection->index);
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
            tell_opened(&connection->sessions[i], connection->error, connection->reason, 0);
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

    return supplicant_ask_ok(wlan->supplicant, connection->device, "P2P_CONNECT %s %s%s %s", peer, method, way,
                             connection->peer_is_owner ? "join" : "persistent") == SUPPLICANT_OK;
}

static bool send_remove(struct wlan *wlan, const struct direct_connection *connection)
{
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
    if (actions & ACTION_CONNECT)
    {
        if (!connection->may_form && connection->persistent < 0)
            connection->error = ERROR_NOT_FOUND, connection->reason = REASON_PROFILE_MISSING;
        good = (connection->may_form || connection->persistent >= 0) && send_connect(wlan, connection);
    }
    if (actions & ACTION_CANCEL) supplicant_ask_ok(supplicant, connection->device, "P2P_CANCEL");
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

static void feed(struct wlan *wlan, struct direct_connection *connection, enum direct_input input)
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
    if (actions & ACTION_TELL_ENDED) tell_all_ended(connection);
    if (send_commands(wlan, connection, actions))
    {
        feed(wlan, connection, INPUT_COMMAND_FAILED);
        return;
    }
    if (actions & ACTION_TELL_OPENED) tell_all_opened(connection);
    if (actions & ACTION_TELL_FAILED) tell_all_failed(connection);
}

/* ---- Turns ---- */

/* wpa_supplicant has it under way. What was cancelled it has not: that only waits for what may come all the same. */
static bool is_forming(const struct direct_connection *connection)
{
    return connection->state >= DIRECT_FINDING && connection->state <= DIRECT_STARTING;
}

/* The peer has been seen, or not. */
static enum direct_input beginning(struct wlan *wlan, struct direct_connection *connection)
{
    struct direct_peer peer;

    if (!direct_find_peer(wlan->supplicant, connection->device, connection->peer, &peer)) return INPUT_BEGIN_UNKNOWN;
    connection->peer_is_owner = peer.is_owner;
    connection->persistent = direct_persistent_group(wlan->supplicant, connection->device, connection->peer);
    return connection->persistent >= 0 && !peer.is_owner ? INPUT_BEGIN_PERSISTENT : INPUT_BEGIN_NEW;
}

static void begin(struct wlan *wlan, struct direct_connection *connection)
{
    if (direct_device(wlan->supplicant, connection->device))
        feed(wlan, connection, beginning(wlan, connection));
    else
    {
        connection->error = ERROR_NOT_SUPPORTED; /* no radio, or one without Wi-Fi Direct */
        connection->reason = REASON_DRIVER_OPERATION_FAILURE;
        feed(wlan, connection, INPUT_COMMAND_FAILED);
    }
}

/* Frees what has ended, and gives the next its turn. */
static void advance(struct wlan *wlan)
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
            forming |= is_forming(connection);
            if (connection->state == DIRECT_WAITING) waiting = connection; /* the last is the oldest */
            at = &connection->next;
        }
        again = waiting && !forming;
        if (again) begin(wlan, waiting);
    }
}

/* ---- What wpa_supplicant says ---- */

static struct direct_connection *forming_connection(struct wlan *wlan)
{
    struct direct_connection *cancelled = NULL;

    for (struct direct_connection *connection = wlan->connections; connection; connection = connection->next)
    {
        if (is_forming(connection)) return connection;
        if (connection->state == DIRECT_CANCELLING && !cancelled) cancelled = connection;
    }
    return cancelled;
}

/* The one with that peer that a group may come up for. */
static struct direct_connection *connection_for_owner(struct wlan *wlan, const uint8_t owner[6])
{
    for (struct direct_connection *connection = wlan->connections; connection; connection = connection->next)
        if ((is_forming(connection) || connection->state == DIRECT_CANCELLING) && !memcmp(connection->peer, owner, 6))
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
    feed(wlan, connection, INPUT_STARTED);
}

static void group_removed(struct wlan *wlan, const struct control_event *event)
{
    struct direct_connection *connection;
    char group[CONTROL_IFNAME_SIZE];

    if (control_event_word(event, 0, group, sizeof(group)) <= 0) return;
    connection = connection_of_group(wlan, group);
    if (connection) feed(wlan, connection, INPUT_REMOVED);
}

static void peer_left(struct wlan *wlan, const struct control_event *event)
{
    struct direct_connection *connection = connection_of_group(wlan, event->ifname);
    uint8_t address[6];

    if (!connection || !connection->is_owner) return;
    if (control_event_address(event, "p2p_dev_addr", address) && memcmp(address, connection->peer, 6) != 0) return;
    feed(wlan, connection, INPUT_PEER_LEFT);
}

static void device_found(struct wlan *wlan, const struct control_event *event)
{
    struct direct_connection *connection = forming_connection(wlan);
    uint8_t address[6];

    if (!connection || connection->state != DIRECT_FINDING || !control_event_address(event, "p2p_dev_addr", address))
        return;
    if (!memcmp(address, connection->peer, 6)) feed(wlan, connection, beginning(wlan, connection));
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

    if (connection) feed(wlan, connection, input);
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
    default:
        return;
    }
    advance(wlan);
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
        if (!strcmp(connection->device, name)) feed(wlan, connection, INPUT_GONE);
        /* A group's own interface goes before its end is told. */
        else if (!strcmp(connection->group, name))
            feed(wlan, connection, INPUT_REMOVED);
    advance(wlan);
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
            feed(wlan, connection, INPUT_TIMEOUT);
        }
        if (connection->deadline && (!next || connection->deadline < next)) next = connection->deadline;
    }
    advance(wlan);
    pthread_mutex_unlock(&wlan->direct_lock);
    return next;
}

/* ---- Sessions ---- */

/* What there is, or is being made, with the peer. */
static struct direct_connection *connection_with(struct wlan *wlan, const uint8_t peer[6])
{
    for (struct direct_connection *connection = wlan->connections; connection; connection = connection->next)
        if (!memcmp(connection->peer, peer, 6) && connection->state <= DIRECT_OPEN) return connection;
    return NULL;
}

static uint32_t add_session(struct direct_connection *connection, host_client client, uint32_t number)
{
    if (connection->session_count == SESSIONS_MAX) return ERROR_NOT_ENOUGH_MEMORY;
    connection->sessions[connection->session_count++] = (struct direct_session){client, number, false};
    return ERROR_SUCCESS;
}

struct direct_request
{
    uint8_t peer[6];
    uint32_t number, seconds;
    bool may_form;
    const char *pin; /* or NULL */
};

static uint32_t open_session(struct wlan *wlan, host_client client, const struct direct_request *request)
{
    struct direct_connection *connection = connection_with(wlan, request->peer);
    uint32_t error;

    if (!connection)
    {
        connection = calloc(1, sizeof(*connection));
        if (!connection) return ERROR_NOT_ENOUGH_MEMORY;
        memcpy(connection->peer, request->peer, 6);
        connection->persistent = -1;
        connection->may_form = request->may_form;
        if (request->pin) strcpy(connection->pin, request->pin);
        connection->deadline = supplicant_now() + (int64_t)request->seconds * 1000;
        connection->next = wlan->connections;
        wlan->connections = connection;
        supplicant_wake_at(wlan->supplicant, connection->deadline);
    }
    error = add_session(connection, client, request->number);
    if (!error && connection->state == DIRECT_OPEN) tell_all_opened(connection);
    advance(wlan);
    return error;
}

/* Four or eight digits. */
static bool is_pin(const char *pin)
{
    size_t length = strspn(pin, "0123456789");

    return !pin[length] && (length == 4 || length == 8);
}

static void get_peer(struct host_decoder *arguments, uint8_t peer[6])
{
    for (int i = 0; i < 6; i++)
        peer[i] = host_get_u8(arguments);
}

uint32_t wlan_direct_open(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                          struct host_encoder *values)
{
    struct direct_request request;
    uint32_t error;

    (void)values;
    get_peer(arguments, request.peer);
    request.number = host_get_u32(arguments);
    request.seconds = host_get_u32(arguments);
    request.may_form = host_get_bool(arguments);
    request.pin = host_get_utf8(arguments);
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    if (!request.seconds || request.seconds > TIMEOUT_MAX || (request.pin && !is_pin(request.pin)))
        return ERROR_INVALID_PARAMETER;
    pthread_mutex_lock(&wlan->direct_lock);
    error = open_session(wlan, client, &request);
    pthread_mutex_unlock(&wlan->direct_lock);
    return error;
}

/* Takes session `number` of the client out (`open`: that is open, or that is not), telling it nothing. Its connection,
 * or NULL. */
static struct direct_connection *take_session(struct wlan *wlan, host_client client, uint32_t number, bool open)
{
    for (struct direct_connection *connection = wlan->connections; connection; connection = connection->next)
        for (unsigned i = 0; i < connection->session_count; i++)
        {
            struct direct_session *session = &connection->sessions[i];

            if (session->client != client || session->number != number || session->open != open) continue;
            *session = connection->sessions[--connection->session_count];
            return connection;
        }
    return NULL;
}

/* Nobody is left who wants it. */
static void leave(struct wlan *wlan, struct direct_connection *connection)
{
    if (connection->session_count) return;
    feed(wlan, connection, connection->state == DIRECT_OPEN ? INPUT_CLOSE : INPUT_CANCEL);
}

/* Ends session `number` of the client, one that is open, or one that is being opened, which is told so. Whose is
 * neither has failed, or its group has ended: there is nothing to do. */
static uint32_t end_session(struct wlan *wlan, host_client client, struct host_decoder *arguments, bool open)
{
    struct direct_session session = {client, host_get_u32(arguments), open};
    struct direct_connection *connection;

    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    pthread_mutex_lock(&wlan->direct_lock);
    connection = take_session(wlan, client, session.number, open);
    if (connection)
    {
        if (!open) tell_opened(&session, ERROR_CANCELLED, REASON_USER_CANCELLED, 0);
        leave(wlan, connection);
        advance(wlan);
    }
    pthread_mutex_unlock(&wlan->direct_lock);
    return ERROR_SUCCESS;
}

uint32_t wlan_direct_cancel(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                            struct host_encoder *values)
{
    (void)values;
    return end_session(wlan, client, arguments, false);
}

uint32_t wlan_direct_close(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                           struct host_encoder *values)
{
    (void)values;
    return end_session(wlan, client, arguments, true);
}

void wlan_direct_client_gone(struct wlan *wlan, host_client client)
{
    pthread_mutex_lock(&wlan->direct_lock);
    for (struct direct_connection *connection = wlan->connections; connection; connection = connection->next)
    {
        unsigned kept = 0, before = connection->session_count;

        for (unsigned i = 0; i < before; i++)
            if (connection->sessions[i].client != client) connection->sessions[kept++] = connection->sessions[i];
        connection->session_count = kept;
        if (kept != before) leave(wlan, connection);
    }
    advance(wlan);
    pthread_mutex_unlock(&wlan->direct_lock);
}

void wlan_direct_stop(struct wlan *wlan)
{
    struct direct_connection *connection;

    pthread_mutex_lock(&wlan->direct_lock);
    while ((connection = wlan->connections))
    {
        connection->session_count = 0;
        if (connection->state != DIRECT_ENDED) leave(wlan, connection);
        wlan->connections = connection->next;
        free(connection);
    }
    pthread_mutex_unlock(&wlan->direct_lock);
}

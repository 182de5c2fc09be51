/* The hosted network: its start, its end, its peers, and who uses it. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "corkd/wlan/network_list.h"
#include "corkd/wlan/wlan.h"

#define START_SECONDS   60
#define FREQUENCY       2437 /* MHz, channel 6: allowed everywhere */
#define CODE_STATE      0x1000u
#define CODE_PEER       0x1001u
#define PEER_INVALID    0u
#define PEER_THERE      1u
#define AP_ELEMENTS_MAX 1024

/* ---- Telling; with the lock ---- */

static void notify(struct wlan *wlan, uint32_t code, const struct host_encoder *structure)
{
    struct host_encoder data;

    host_encoder_init(&data);
    host_put_bytes(&data, structure->data, structure->size);
    wlan_notify(wlan, SOURCE_HNWK, code, wlan->hosted.index, WLAN_DATA_BYTES, &data);
    host_encoder_free(&data);
}

/* WLAN_HOSTED_NETWORK_STATE_CHANGE */
static void tell_state(struct wlan *wlan, enum hosted_state before, enum hosted_state now, enum hosted_reason reason)
{
    struct host_encoder structure;

    host_encoder_init(&structure);
    host_put_u32(&structure, before);
    host_put_u32(&structure, now);
    host_put_u32(&structure, reason);
    notify(wlan, CODE_STATE, &structure);
    host_encoder_free(&structure);
}

/* WLAN_HOSTED_NETWORK_DATA_PEER_STATE_CHANGE: each state is an address, two bytes that fill, and a number. */
static void tell_peer(struct wlan *wlan, const uint8_t *address, uint32_t before, uint32_t now,
                      enum hosted_reason reason)
{
    struct host_encoder structure;

    host_encoder_init(&structure);
    host_put_raw(&structure, address, 6);
    host_put_u16(&structure, 0);
    host_put_u32(&structure, before);
    host_put_raw(&structure, address, 6);
    host_put_u16(&structure, 0);
    host_put_u32(&structure, now);
    host_put_u32(&structure, reason);
    notify(wlan, CODE_PEER, &structure);
    host_encoder_free(&structure);
}

/* ---- Users; with the lock ---- */

static struct hosted_user *find_user(struct wlan *wlan, host_client client)
{
    struct hosted_user *user = wlan->hosted.users;

    while (user && user->client != client)
        user = user->next;
    return user;
}

static bool add_use(struct wlan *wlan, host_client client)
{
    struct hosted_user *user = find_user(wlan, client);

    if (!user && (user = calloc(1, sizeof(*user))))
    {
        user->client = client;
        user->next = wlan->hosted.users;
        wlan->hosted.users = user;
    }
    if (user) user->uses++;
    return user != NULL;
}

/* Takes one use, or all, away. False: there was none. */
static bool drop_use(struct wlan *wlan, host_client client, bool all)
{
    struct hosted_user **at = &wlan->hosted.users, *user;

    while (*at && (*at)->client != client)
        at = &(*at)->next;
    user = *at;
    if (!user) return false;
    if (!all && --user->uses) return true;
    *at = user->next;
    free(user);
    return true;
}

static void drop_users(struct wlan *wlan)
{
    while (wlan->hosted.users)
        drop_use(wlan, wlan->hosted.users->client, true);
    wlan->hosted.is_forced = false;
}

/* ---- Peers, and what wpa_supplicant says; with the lock ---- */

static unsigned find_peer(const struct hosted *hosted, const uint8_t *address)
{
    unsigned i = 0;

    while (i < hosted->peer_count && memcmp(hosted->peers[i], address, 6))
        i++;
    return i;
}

static void peer_came(struct wlan *wlan, const uint8_t *address)
{
    struct hosted *hosted = &wlan->hosted;

    if (find_peer(hosted, address) < hosted->peer_count || hosted->peer_count >= HOSTED_PEERS_MAX) return;
    memcpy(hosted->peers[hosted->peer_count++], address, 6);
    tell_peer(wlan, address, PEER_INVALID, PEER_THERE, HOSTED_PEER_ARRIVED);
}

static void peer_went(struct wlan *wlan, const uint8_t *address)
{
    struct hosted *hosted = &wlan->hosted;
    unsigned i = find_peer(hosted, address);

    if (i == hosted->peer_count) return;
    memmove(hosted->peers[i], hosted->peers[i + 1], (--hosted->peer_count - i) * sizeof(hosted->peers[0]));
    tell_peer(wlan, address, PEER_THERE, PEER_INVALID, HOSTED_PEER_DEPARTED);
}

/* It is over: tells so, if programs knew that it was there. */
static void over(struct wlan *wlan, enum hosted_state now, enum hosted_reason reason)
{
    struct hosted *hosted = &wlan->hosted;
    bool was_active = hosted->phase == HOSTED_ACTIVE;
    uint8_t address[6];

    while (hosted->peer_count)
    {
        memcpy(address, hosted->peers[0], 6);
        peer_went(wlan, address);
    }
    hosted->phase = HOSTED_IDLE;
    if (was_active) tell_state(wlan, HOSTED_STATE_ACTIVE, now, reason);
    hosted->name[0] = 0;
    explicit_bzero(&hosted->once, sizeof(hosted->once));
    pthread_cond_broadcast(&hosted->changed);
}

void wlan_hosted_event(struct wlan *wlan, const struct control_event *event)
{
    struct hosted *hosted = &wlan->hosted;
    uint8_t address[6];

    if (hosted->phase == HOSTED_IDLE || strcmp(hosted->name, event->ifname)) return;
    switch (event->kind)
    {
    case CONTROL_AP_ENABLED:
        hosted->phase = HOSTED_ACTIVE;
        pthread_cond_broadcast(&hosted->changed);
        break;
    case CONTROL_AP_DISABLED:
        if (hosted->phase != HOSTED_ACTIVE) break;
        drop_users(wlan);
        over(wlan, HOSTED_STATE_IDLE, HOSTED_MINIPORT_STOPPED);
        break;
    case CONTROL_AP_STA_CONNECTED:
        if (control_event_address(event, NULL, address)) peer_came(wlan, address);
        break;
    case CONTROL_AP_STA_DISCONNECTED:
        if (control_event_address(event, NULL, address)) peer_went(wlan, address);
        break;
    default:
        break;
    }
}

void wlan_hosted_left(struct wlan *wlan, const char *name)
{
    if (wlan->hosted.phase == HOSTED_IDLE || strcmp(wlan->hosted.name, name)) return;
    drop_users(wlan);
    over(wlan, HOSTED_STATE_UNAVAILABLE, HOSTED_INTERFACE_UNAVAILABLE);
}

bool wlan_hosted_has(struct wlan *wlan, const char *name)
{
    return wlan->hosted.phase != HOSTED_IDLE && !strcmp(wlan->hosted.name, name);
}

/* ---- wpa_supplicant's network blocks; with `operation` ---- */

static void remember_network(void *context, const struct network_line *line)
{
    struct hosted *hosted = context;

    if (line->enabled && hosted->disabled_count < HOSTED_NETWORKS_MAX)
        hosted->disabled[hosted->disabled_count++] = line->id;
}

/* Which are enabled now: selecting ours disables them. */
static void remember_networks(struct wlan *wlan, const char *name)
{
    wlan->hosted.disabled_count = 0;
    wlan_for_networks(wlan, name, remember_network, &wlan->hosted);
}

static void remove_network(struct wlan *wlan, const char *name)
{
    struct hosted *hosted = &wlan->hosted;

    supplicant_ask_ok(wlan->supplicant, name, "REMOVE_NETWORK %d", hosted->network);
    for (unsigned i = 0; i < hosted->disabled_count; i++)
        supplicant_ask_ok(wlan->supplicant, name, "ENABLE_NETWORK %d", hosted->disabled[i]);
    hosted->disabled_count = 0;
}

/* The elements of proximity service discovery go into beacons. */
static void set_elements(struct wlan *wlan, const char *name)
{
    uint8_t elements[AP_ELEMENTS_MAX];
    char text[2 * AP_ELEMENTS_MAX + 1];
    size_t size = wlan_psd_elements(wlan, elements, sizeof(elements));

    wlan_to_hex(elements, size, text);
    supplicant_ask_ok(wlan->supplicant, name, "SET ap_vendor_elements %s", text);
}

static bool set_network(struct wlan *wlan, const char *name)
{
    static const char *const settings[] = {"mode 2",        "key_mgmt WPA-PSK", "proto RSN",
                                           "pairwise CCMP", "group CCMP",       "scan_ssid 0"};
    int network = wlan->hosted.network;
    char ssid_text[2 * WLAN_SSID_MAX + 1], key[160];
    uint8_t ssid[WLAN_SSID_MAX];
    bool good;

    wlan_to_hex(ssid, hosted_ssid(wlan, ssid), ssid_text);
    good = hosted_key_text(wlan, key, sizeof(key)) &&
           !supplicant_ask_ok(wlan->supplicant, name, "SET_NETWORK %d ssid %s", network, ssid_text) &&
           !supplicant_ask_ok(wlan->supplicant, name, "SET_NETWORK %d psk %s", network, key) &&
           !supplicant_ask_ok(wlan->supplicant, name, "SET_NETWORK %d frequency %d", network, FREQUENCY);
    explicit_bzero(key, sizeof(key));
    for (size_t i = 0; good && i < sizeof(settings) / sizeof(settings[0]); i++)
        good = !supplicant_ask_ok(wlan->supplicant, name, "SET_NETWORK %d %s", network, settings[i]);
    return good;
}

static bool make_network(struct wlan *wlan, const char *name)
{
    char reply[SUPPLICANT_REPLY_SIZE];
    char *end;

    remember_networks(wlan, name);
    if (supplicant_ask(wlan->supplicant, name, reply, "ADD_NETWORK") != SUPPLICANT_OK) return false;
    wlan->hosted.network = (int)strtol(reply, &end, 10);
    if (end == reply) return false;
    set_elements(wlan, name);
    supplicant_ask_ok(wlan->supplicant, name, "SET max_num_sta %u", hosted_max_peers(wlan));
    if (set_network(wlan, name) &&
        !supplicant_ask_ok(wlan->supplicant, name, "SELECT_NETWORK %d", wlan->hosted.network))
        return true;
    remove_network(wlan, name);
    return false;
}

/* ---- Start and end; with `operation` ---- */

/* An interface that can be an access point and is not connected; any that can if `busy`. */
static bool choose_interface(struct wlan *wlan, bool busy, char *name)
{
    char names[WLAN_INTERFACES_MAX][CONTROL_IFNAME_SIZE];
    unsigned count = 0;

    pthread_mutex_lock(&wlan->lock);
    for (unsigned i = 0; i < WLAN_INTERFACES_MAX; i++)
        if (wlan->interfaces[i].name[0] && (busy || wlan->interfaces[i].state == STATE_DISCONNECTED))
            strcpy(names[count++], wlan->interfaces[i].name);
    pthread_mutex_unlock(&wlan->lock);
    for (unsigned i = 0; i < count; i++)
        if (wlan_is_capable(wlan, names[i], "modes", "AP"))
        {
            strcpy(name, names[i]);
            return true;
        }
    return false;
}

/* Waits until it is active, or has failed. */
static bool wait_until_active(struct wlan *wlan)
{
    struct hosted *hosted = &wlan->hosted;
    struct timespec until;
    bool active;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += START_SECONDS;
    pthread_mutex_lock(&wlan->lock);
    while (hosted->phase == HOSTED_STARTING)
        if (pthread_cond_timedwait(&hosted->changed, &wlan->lock, &until)) break;
    active = hosted->phase == HOSTED_ACTIVE;
    pthread_mutex_unlock(&wlan->lock);
    return active;
}

/* Its address and channel. */
static void look(struct wlan *wlan, const char *name)
{
    char reply[SUPPLICANT_REPLY_SIZE], value[32] = "";
    uint8_t address[6] = {0};
    uint32_t frequency = FREQUENCY;

    if (supplicant_ask(wlan->supplicant, name, reply, "STATUS") == SUPPLICANT_OK)
    {
        if (supplicant_line(reply, "address", value, sizeof(value))) control_parse_address(value, address);
        if (supplicant_line(reply, "freq", value, sizeof(value))) frequency = (uint32_t)strtoul(value, NULL, 10);
    }
    pthread_mutex_lock(&wlan->lock);
    memcpy(wlan->hosted.address, address, sizeof(address));
    wlan->hosted.frequency = frequency;
    pthread_mutex_unlock(&wlan->lock);
}

static uint32_t start_on(struct wlan *wlan, const char *name, uint32_t *reason)
{
    struct hosted *hosted = &wlan->hosted;
    const struct wlan_interface *interface;

    pthread_mutex_lock(&wlan->lock);
    interface = wlan_interface_by_name(wlan, name);
    hosted->phase = HOSTED_STARTING;
    hosted->index = interface ? interface->index : 0;
    strcpy(hosted->name, name);
    pthread_mutex_unlock(&wlan->lock);
    if (make_network(wlan, name))
    {
        if (wait_until_active(wlan))
        {
            look(wlan, name);
            return ERROR_SUCCESS;
        }
        remove_network(wlan, name);
    }
    pthread_mutex_lock(&wlan->lock);
    hosted->phase = HOSTED_IDLE;
    hosted->name[0] = 0;
    pthread_mutex_unlock(&wlan->lock);
    *reason = HOSTED_AP_START_FAILED;
    return ERROR_GEN_FAILURE;
}

static uint32_t start(struct wlan *wlan, uint32_t *reason)
{
    char name[CONTROL_IFNAME_SIZE];
    uint32_t error;
    bool is_active;

    pthread_mutex_lock(&wlan->lock);
    is_active = wlan->hosted.phase == HOSTED_ACTIVE;
    pthread_mutex_unlock(&wlan->lock);
    if (is_active) return ERROR_SUCCESS;
    if (!hosted_is_enabled(wlan) || !choose_interface(wlan, false, name))
    {
        *reason = HOSTED_INTERFACE_UNAVAILABLE;
        return ERROR_INVALID_STATE;
    }
    if (!hosted_init(wlan, reason)) return ERROR_GEN_FAILURE;
    error = start_on(wlan, name, reason);
    if (error) return error;
    pthread_mutex_lock(&wlan->lock);
    if (wlan->hosted.phase == HOSTED_ACTIVE)
        tell_state(wlan, HOSTED_STATE_IDLE, HOSTED_STATE_ACTIVE, HOSTED_USER_ACTION);
    pthread_mutex_unlock(&wlan->lock);
    return ERROR_SUCCESS;
}

bool hosted_end(struct wlan *wlan, enum hosted_reason reason)
{
    char name[CONTROL_IFNAME_SIZE];
    bool was_active;

    pthread_mutex_lock(&wlan->lock);
    was_active = wlan->hosted.phase == HOSTED_ACTIVE;
    strcpy(name, wlan->hosted.name);
    drop_users(wlan);
    /* Before wpa_supplicant is told: what it says then is no news. */
    if (was_active) over(wlan, HOSTED_STATE_IDLE, reason);
    pthread_mutex_unlock(&wlan->lock);
    if (was_active) remove_network(wlan, name);
    return was_active;
}

uint32_t hosted_renew(struct wlan *wlan, uint32_t *reason)
{
    char name[CONTROL_IFNAME_SIZE];
    uint32_t error;

    pthread_mutex_lock(&wlan->lock);
    strcpy(name, wlan->hosted.phase == HOSTED_ACTIVE ? wlan->hosted.name : "");
    if (name[0]) wlan->hosted.phase = HOSTED_STARTING;
    pthread_mutex_unlock(&wlan->lock);
    if (!name[0]) return ERROR_SUCCESS;
    remove_network(wlan, name);
    error = start_on(wlan, name, reason);
    if (!error) return ERROR_SUCCESS;
    pthread_mutex_lock(&wlan->lock);
    drop_users(wlan);
    tell_state(wlan, HOSTED_STATE_ACTIVE, HOSTED_STATE_IDLE, HOSTED_AP_START_FAILED);
    pthread_mutex_unlock(&wlan->lock);
    return error;
}

/* ---- Operations ---- */

uint32_t wlan_hosted_start(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                           struct host_encoder *values)
{
    bool by_force = host_get_bool(arguments);
    uint32_t reason = HOSTED_SUCCESS, error;

    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    pthread_mutex_lock(&wlan->hosted.operation);
    error = start(wlan, &reason);
    pthread_mutex_lock(&wlan->lock);
    if (!error && by_force) wlan->hosted.is_forced = true;
    if (!error && !by_force && !add_use(wlan, client))
    {
        error = ERROR_NOT_ENOUGH_MEMORY;
        reason = HOSTED_INSUFFICIENT_RESOURCES;
    }
    pthread_mutex_unlock(&wlan->lock);
    pthread_mutex_unlock(&wlan->hosted.operation);
    host_put_u32(values, reason);
    return error;
}

uint32_t wlan_hosted_stop(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                          struct host_encoder *values)
{
    bool by_force = host_get_bool(arguments), right, last;

    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    pthread_mutex_lock(&wlan->hosted.operation);
    pthread_mutex_lock(&wlan->lock);
    right = by_force ? wlan->hosted.phase == HOSTED_ACTIVE : drop_use(wlan, client, false);
    last = by_force || (!wlan->hosted.users && !wlan->hosted.is_forced);
    pthread_mutex_unlock(&wlan->lock);
    if (right && last) hosted_end(wlan, HOSTED_USER_ACTION);
    pthread_mutex_unlock(&wlan->hosted.operation);
    host_put_u32(values, right ? HOSTED_SUCCESS : HOSTED_STOP_BEFORE_START);
    return right ? ERROR_SUCCESS : ERROR_INVALID_STATE;
}

uint32_t wlan_hosted_status(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                            struct host_encoder *values)
{
    const struct hosted *hosted = &wlan->hosted;
    char name[CONTROL_IFNAME_SIZE];
    bool is_there;

    (void)client;
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    is_there = hosted_is_enabled(wlan) && choose_interface(wlan, true, name);
    host_put_u32(values, HOSTED_SUCCESS);
    pthread_mutex_lock(&wlan->lock);
    if (hosted->phase == HOSTED_ACTIVE)
    {
        host_put_u32(values, HOSTED_STATE_ACTIVE);
        host_put_u32(values, hosted->index);
        host_put_raw(values, hosted->address, 6);
        host_put_u32(values, WLAN_PHY_ERP);
        host_put_u32(values, hosted->frequency);
    }
    else
    {
        const struct wlan_interface *interface = is_there ? wlan_interface_by_name(wlan, name) : NULL;

        host_put_u32(values, is_there ? HOSTED_STATE_IDLE : HOSTED_STATE_UNAVAILABLE);
        host_put_u32(values, interface ? interface->index : 0);
        host_put_raw(values, (const uint8_t[6]){0}, 6);
        host_put_u32(values, 0);
        host_put_u32(values, 0);
    }
    host_put_list(values, hosted->peer_count);
    for (unsigned i = 0; i < hosted->peer_count; i++)
    {
        host_put_raw(values, hosted->peers[i], 6);
        host_put_u32(values, PEER_THERE);
    }
    pthread_mutex_unlock(&wlan->lock);
    return ERROR_SUCCESS;
}

/* ---- Begin and end ---- */

void wlan_hosted_init(struct wlan *wlan)
{
    pthread_condattr_t attributes;

    pthread_mutex_init(&wlan->hosted.operation, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&wlan->hosted.changed, &attributes);
    pthread_condattr_destroy(&attributes);
}

void wlan_hosted_client_gone(struct wlan *wlan, host_client client)
{
    bool last;

    pthread_mutex_lock(&wlan->hosted.operation);
    pthread_mutex_lock(&wlan->lock);
    last = drop_use(wlan, client, true) && !wlan->hosted.users && !wlan->hosted.is_forced;
    pthread_mutex_unlock(&wlan->lock);
    if (last) hosted_end(wlan, HOSTED_CLIENT_ABORT);
    pthread_mutex_unlock(&wlan->hosted.operation);
}

bool wlan_hosted_is_active(struct wlan *wlan)
{
    bool active;

    pthread_mutex_lock(&wlan->lock);
    active = wlan->hosted.phase != HOSTED_IDLE;
    pthread_mutex_unlock(&wlan->lock);
    return active;
}

void wlan_hosted_end(struct wlan *wlan)
{
    pthread_mutex_lock(&wlan->hosted.operation);
    hosted_end(wlan, HOSTED_USER_ACTION);
    pthread_mutex_unlock(&wlan->hosted.operation);
}

void wlan_hosted_free(struct wlan *wlan)
{
    drop_users(wlan);
    explicit_bzero(&wlan->hosted.once, sizeof(wlan->hosted.once));
    pthread_cond_destroy(&wlan->hosted.changed);
    pthread_mutex_destroy(&wlan->hosted.operation);
}

/*
 * Connecting: WlanConnect, WlanDisconnect, and what wpa_supplicant says of the connection.
 *
 * Each interface has a link, from its arrival to its removal. What is to be done and told when is the table's matter
 * (connection.c); here it is fed and its actions are done.
 */
#include "corkd/wlan/connect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ATTEMPTS_MAX 3 /* an access point's refusals after which nothing more is tried */
#define MISSED_MAX   3 /* scans that did not hear the network */

static void feed(struct wlan *wlan, struct wlan_link *link, enum connection_input input);

static struct wlan_link *find_link(struct wlan *wlan, const char *name)
{
    struct wlan_link *link = wlan->links;

    while (link && strcmp(link->name, name) != 0)
        link = link->next;
    return link;
}

/* ---- Doing ---- */

static uint32_t interface_state(const struct wlan_link *link)
{
    static const uint32_t states[CONNECTION_STATES] = {
        [CONNECTION_IDLE] = STATE_DISCONNECTED,
        [CONNECTION_SEARCHING] = STATE_DISCOVERING,
        [CONNECTION_RETRYING] = STATE_DISCOVERING,
        [CONNECTION_ASSOCIATING] = STATE_ASSOCIATING,
        [CONNECTION_AUTHENTICATING] = STATE_AUTHENTICATING,
        [CONNECTION_CONNECTED] = STATE_CONNECTED,
        [CONNECTION_ROAMING] = STATE_CONNECTED,
        [CONNECTION_OTHER_ASSOCIATING] = STATE_ASSOCIATING,
        [CONNECTION_OTHER_AUTHENTICATING] = STATE_AUTHENTICATING,
        [CONNECTION_OTHER_CONNECTED] = STATE_CONNECTED,
        [CONNECTION_OTHER_ROAMING] = STATE_CONNECTED,
        [CONNECTION_FAILING] = STATE_DISCONNECTING,
        [CONNECTION_ENDING] = STATE_DISCONNECTING,
        [CONNECTION_LEAVING] = STATE_DISCONNECTING,
        [CONNECTION_TIDYING] = STATE_DISCONNECTING,
    };

    return link->radio_off && link->state == CONNECTION_IDLE ? STATE_NOT_READY : states[link->state];
}

/* WlanSaveTemporaryProfile saves what is connected. */
static void keep_temporary(struct wlan_interface *interface, const struct wlan_link *link)
{
    bool temporary = link->state == CONNECTION_CONNECTED && link->target && link->target->xml;

    free(interface->temporary_profile);
    interface->temporary_profile = temporary ? strdup(link->target->xml) : NULL;
}

static void show_state(struct wlan *wlan, const struct wlan_link *link)
{
    struct wlan_interface *interface;

    pthread_mutex_lock(&wlan->lock);
    interface = wlan_interface_by_name(wlan, link->name);
    if (interface)
    {
        interface->state = interface_state(link);
        if (link->state != CONNECTION_ROAMING) keep_temporary(interface, link);
    }
    pthread_mutex_unlock(&wlan->lock);
}

static void leave(struct wlan *wlan, struct wlan_link *link)
{
    supplicant_ask_ok(wlan->supplicant, link->name, "DISCONNECT");
    link->deadline = 0;
    /* What has been said by now is read between the monitor's next round and the one behind it. */
    link->fence = 2;
    supplicant_wake_at(wlan->supplicant, supplicant_now());
}

/* What a connection begins with. */
static void begin(struct wlan_link *link)
{
    connect_target_free(link->target);
    link->target = link->awaited;
    link->awaited = NULL;
    link->reason = REASON_SUCCESS;
    link->attempts = link->missed = 0;
}

/* "Automatically persist discovery profile on successful connection completion." */
static void persist(struct wlan *wlan, const struct wlan_link *link)
{
    const struct connect_target *target = link->target;
    char name[PROFILE_NAME_SIZE], *xml;
    const struct profile_edit edit = {.name = name};
    uint32_t error = ERROR_ALREADY_EXISTS, reason = 0;

    if (!(target->flags & CONNECTION_PERSIST) || !target->xml) return;
    /* "If there is already a profile with the same name, a number will be appended to the end of the profile name." */
    for (unsigned number = 1; error == ERROR_ALREADY_EXISTS && number < 1000; number++)
    {
        snprintf(name, sizeof(name), number > 1 ? "%s %u" : "%s", target->profile, number);
        xml = profile_rewrite(target->xml, strlen(target->xml), &edit);
        if (!xml) return;
        error = profile_store_set(wlan->profiles, link->name, xml, strlen(xml), PROFILE_ALL_USER, NULL,
                                  target->flags & CONNECTION_PERSIST_OVERWRITE, &reason, NULL);
        free(xml);
    }
    if (error) host_log("%s: the profile %s could not be kept: %u, reason %u", link->name, name, error, reason);
}

static void do_action(struct wlan *wlan, struct wlan_link *link, unsigned action)
{
    switch (action)
    {
    case DO_LEAVE:
        leave(wlan, link);
        break;
    case DO_TIDY:
        link->fence = 0;
        connect_network_remove(wlan, link, !link->awaited);
        break;
    case DO_SELECT:
        link->deadline = supplicant_now() + (int64_t)link->target->seconds * 1000;
        supplicant_wake_at(wlan->supplicant, link->deadline);
        link->reason = connect_network_select(wlan, link);
        if (link->reason) feed(wlan, link, ON_FAIL);
        break;
    case TELL_COMPLETE:
        link->deadline = 0;
        connect_tell(wlan, link, TELL_COMPLETE);
        persist(wlan, link);
        break;
    default:
        connect_tell(wlan, link, (enum connection_action)action);
        break;
    }
}

/* What nothing is left of; and what waited for that. */
static void become_idle(struct wlan *wlan, struct wlan_link *link)
{
    connect_target_free(link->target);
    link->target = NULL;
    link->deadline = 0;
    memset(link->address, 0, 6);
    if (link->awaited) feed(wlan, link, ON_CONNECT);
}

static void feed(struct wlan *wlan, struct wlan_link *link, enum connection_input input)
{
    enum connection_state before = link->state;
    unsigned actions = connection_step(&link->state, input);

    host_log_detail("%s: %s, %s -> %s", link->name, connection_input_name(input), connection_state_name(before),
                    connection_state_name(link->state));
    if (before == link->state && !actions) return;
    if (input == ON_CONNECT) begin(link);
    show_state(wlan, link);
    for (unsigned bit = 0; actions >> bit; bit++)
        if (actions >> bit & 1) do_action(wlan, link, 1u << bit);
    if (link->state == CONNECTION_IDLE && before != CONNECTION_IDLE) become_idle(wlan, link);
}

static void feed_reason(struct wlan *wlan, struct wlan_link *link, enum connection_input input, uint32_t reason)
{
    /* What has failed already has its reason. */
    if (link->state != CONNECTION_FAILING && link->state != CONNECTION_ENDING && link->state != CONNECTION_LEAVING)
        link->reason = reason;
    feed(wlan, link, input);
}

/* ---- What wpa_supplicant says ---- */

static bool is_other(enum connection_state state)
{
    return state >= CONNECTION_OTHER_ASSOCIATING && state <= CONNECTION_OTHER_ROAMING;
}

/* Another's connection: what it is to is asked for whenever it is heard of, as wpa_supplicant tells more of it later.
 * False: it is none that programs are told of. */
static bool know_other(struct wlan *wlan, struct wlan_link *link)
{
    struct connect_target *target;

    if (link->state != CONNECTION_IDLE && !is_other(link->state)) return true;
    target = connect_target_of_other(wlan, link->name);
    if (!target) return link->target != NULL;
    connect_target_free(link->target);
    link->target = target;
    return true;
}

static void progress(struct wlan *wlan, struct wlan_link *link, const struct control_event *event,
                     enum connection_input input)
{
    control_event_address(event, NULL, link->address);
    if (!know_other(wlan, link)) return;
    feed(wlan, link, input);
}

/* "Trying to associate with ...", "SME: Trying to authenticate with ..." */
static void trying(struct wlan *wlan, struct wlan_link *link, const struct control_event *event)
{
    const char *text = event->text;

    if (!strncmp(text, "Trying ", 7)) text += 7;
    if (strncmp(text, "to associate", 12) != 0 && strncmp(text, "to authenticate", 15) != 0) return;
    progress(wlan, link, event, ON_ASSOCIATING);
}

/* Whose network it is: "[id=0 id_str=]". */
static bool is_ours(const struct wlan_link *link, const struct control_event *event, const char *name)
{
    return link->network < 0 || control_event_number(event, name, link->network) == link->network;
}

static void connected(struct wlan *wlan, struct wlan_link *link, const struct control_event *event)
{
    if (!is_ours(link, event, "[id")) feed_reason(wlan, link, ON_TAKEN, REASON_USER_CANCELLED);
    progress(wlan, link, event, ON_CONNECTED);
    if (link->state == CONNECTION_CONNECTED) /* tells of the signal when it gets worse or better than that */
        supplicant_ask_ok(wlan->supplicant, link->name, "SIGNAL_MONITOR THRESHOLD=-70 HYSTERESIS=4");
}

static bool is_searching(const struct wlan_link *link)
{
    return link->state == CONNECTION_SEARCHING || link->state == CONNECTION_RETRYING;
}

static bool is_attempt(const struct wlan_link *link)
{
    return link->state >= CONNECTION_SEARCHING && link->state <= CONNECTION_AUTHENTICATING;
}

/* An attempt of wpa_supplicant's that did not succeed: it will try again, but not for ever. */
static void attempt_failed(struct wlan *wlan, struct wlan_link *link, enum connection_input input, uint32_t reason)
{
    if (is_attempt(link) && ++link->attempts >= ATTEMPTS_MAX) input = ON_FAIL;
    feed_reason(wlan, link, input, reason);
}

static void disconnected(struct wlan *wlan, struct wlan_link *link)
{
    bool securing = link->state == CONNECTION_AUTHENTICATING || link->state == CONNECTION_OTHER_AUTHENTICATING;

    if (connection_is_up(link->state))
        feed_reason(wlan, link, ON_DISCONNECTED, REASON_DRIVER_DISCONNECTED);
    else if (!is_searching(link)) /* that is of what was connected before */
        attempt_failed(wlan, link, ON_DISCONNECTED, securing ? REASON_SECURITY_FAILURE : REASON_ASSOCIATION_FAILURE);
}

/* SAE (auth_type 3) finds the key wrong when the other side's confirmation is checked: status 15 of IEEE 802.11-2020,
 * 9.4.1.9, "challenge failure"; some access points say 1, "unspecified". */
static void authentication_refused(struct wlan *wlan, struct wlan_link *link, const struct control_event *event)
{
    long status = control_event_number(event, "status_code", 0);

    if (control_event_number(event, "auth_type", 0) == 3 && (status == 15 || status == 1))
        feed_reason(wlan, link, ON_FAIL, REASON_PSK_MISMATCH_SUSPECTED);
    else
        attempt_failed(wlan, link, ON_REFUSED, REASON_ASSOCIATION_FAILURE);
}

/* wpa_supplicant pauses a network that has failed. */
static void paused(struct wlan *wlan, struct wlan_link *link, const struct control_event *event)
{
    char word[32] = "";

    if (!is_ours(link, event, "id")) return;
    control_event_value(event, "reason", word, sizeof(word));
    feed_reason(wlan, link, ON_FAIL,
                !strcmp(word, "WRONG_KEY")     ? REASON_PSK_MISMATCH_SUSPECTED
                : !strcmp(word, "AUTH_FAILED") ? REASON_SECURITY_FAILURE
                                               : REASON_ASSOCIATION_FAILURE);
}

static void not_found(struct wlan *wlan, struct wlan_link *link)
{
    if (is_searching(link) && ++link->missed >= MISSED_MAX)
        feed_reason(wlan, link, ON_FAIL, REASON_NETWORK_NOT_AVAILABLE);
}

static void signal_changed(struct wlan *wlan, const struct wlan_link *link, const struct control_event *event)
{
    long level = control_event_number(event, "signal", 0);

    if (!connection_is_up(link->state) || level >= 0 || level < -200) return;
    pthread_mutex_lock(&wlan->lock);
    wlan_notify_number(wlan, SOURCE_MSM, MSM_SIGNAL_QUALITY_CHANGE, link->index, bss_quality((int32_t)level));
    pthread_mutex_unlock(&wlan->lock);
}

static void radio(struct wlan *wlan, struct wlan_link *link, bool off)
{
    if (link->radio_off == off) return;
    link->radio_off = off;
    if (off) feed_reason(wlan, link, ON_GONE, REASON_DRIVER_DISCONNECTED);
    show_state(wlan, link);
    connect_tell_radio(wlan, link);
}

static void take_event(struct wlan *wlan, struct wlan_link *link, const struct control_event *event)
{
    switch (event->kind)
    {
    case CONTROL_TRYING_TO_ASSOCIATE:
        trying(wlan, link, event);
        break;
    case CONTROL_ASSOCIATED:
        progress(wlan, link, event, ON_ASSOCIATED);
        break;
    case CONTROL_CONNECTED:
        connected(wlan, link, event);
        break;
    case CONTROL_DISCONNECTED:
        disconnected(wlan, link);
        break;
    case CONTROL_ASSOC_REJECT:
        attempt_failed(wlan, link, ON_REFUSED, REASON_ASSOCIATION_FAILURE);
        break;
    case CONTROL_AUTH_REJECT:
        authentication_refused(wlan, link, event);
        break;
    case CONTROL_SSID_TEMP_DISABLED:
        paused(wlan, link, event);
        break;
    case CONTROL_NETWORK_NOT_FOUND:
        not_found(wlan, link);
        break;
    case CONTROL_SIGNAL_CHANGE:
        signal_changed(wlan, link, event);
        break;
    case CONTROL_INTERFACE_DISABLED:
    case CONTROL_INTERFACE_ENABLED:
        radio(wlan, link, event->kind == CONTROL_INTERFACE_DISABLED);
        break;
    default:
        break;
    }
}

void wlan_connect_event(struct wlan *wlan, const struct control_event *event)
{
    struct wlan_link *link;

    pthread_mutex_lock(&wlan->connect_lock);
    link = find_link(wlan, event->ifname);
    if (link) take_event(wlan, link, event);
    pthread_mutex_unlock(&wlan->connect_lock);
}

/* ---- Interfaces ---- */

void wlan_connect_arrived(struct wlan *wlan, const char *name, uint32_t index)
{
    struct wlan_link *link = calloc(1, sizeof(*link));
    char reply[SUPPLICANT_REPLY_SIZE], state[32] = "";

    if (!link) return;
    strcpy(link->name, name);
    link->index = index;
    link->network = -1;
    connect_network_clean(wlan, name);
    pthread_mutex_lock(&wlan->connect_lock);
    link->next = wlan->links;
    wlan->links = link;
    if (supplicant_ask(wlan->supplicant, name, reply, "STATUS") == SUPPLICANT_OK)
    {
        supplicant_line(reply, "wpa_state", state, sizeof(state));
        link->radio_off = !strcmp(state, "INTERFACE_DISABLED");
        if (!strcmp(state, "COMPLETED") && know_other(wlan, link)) feed(wlan, link, ON_FOUND);
        if (supplicant_line(reply, "bssid", state, sizeof(state))) control_parse_address(state, link->address);
    }
    show_state(wlan, link);
    pthread_mutex_unlock(&wlan->connect_lock);
}

static void free_link(struct wlan *wlan, struct wlan_link *link)
{
    struct wlan_link **at = &wlan->links;

    while (*at != link)
        at = &(*at)->next;
    *at = link->next;
    connect_target_free(link->target);
    connect_target_free(link->awaited);
    free(link);
}

void wlan_connect_gone(struct wlan *wlan, const char *name)
{
    struct wlan_link *link;

    pthread_mutex_lock(&wlan->connect_lock);
    link = find_link(wlan, name);
    if (link)
    {
        feed_reason(wlan, link, ON_GONE, REASON_DRIVER_DISCONNECTED);
        /* What waited for the end begins, and ends at once: whoever asked is told. */
        feed_reason(wlan, link, ON_GONE, REASON_DRIVER_DISCONNECTED);
        connect_tell_removal(wlan, link);
        free_link(wlan, link);
    }
    pthread_mutex_unlock(&wlan->connect_lock);
}

/* The monitor has come round once more. */
static void settle(struct wlan *wlan, struct wlan_link *link)
{
    if (!link->fence || --link->fence) return;
    feed(wlan, link, ON_SETTLED);
}

static uint32_t timeout_reason(const struct wlan_link *link)
{
    switch (link->state)
    {
    case CONNECTION_SEARCHING:
    case CONNECTION_RETRYING:
        return link->reason ? link->reason : REASON_NETWORK_NOT_AVAILABLE;
    case CONNECTION_AUTHENTICATING:
        return REASON_SECURITY_TIMEOUT;
    default:
        return REASON_ASSOCIATION_TIMEOUT;
    }
}

int64_t wlan_connect_deadline(struct wlan *wlan, int64_t now)
{
    int64_t next = 0;

    pthread_mutex_lock(&wlan->connect_lock);
    for (struct wlan_link *link = wlan->links; link; link = link->next)
    {
        int64_t due;

        settle(wlan, link);
        if (link->deadline && link->deadline <= now)
        {
            link->deadline = 0;
            feed_reason(wlan, link, ON_FAIL, timeout_reason(link));
        }
        due = link->fence ? now : link->deadline;
        if (due && (!next || due < next)) next = due;
    }
    pthread_mutex_unlock(&wlan->connect_lock);
    return next;
}

/* corkd ends: what is ours goes, what it displaced comes back. */
void wlan_connect_stop(struct wlan *wlan)
{
    pthread_mutex_lock(&wlan->connect_lock);
    while (wlan->links)
    {
        struct wlan_link *link = wlan->links;

        if (link->network >= 0)
        {
            supplicant_ask_ok(wlan->supplicant, link->name, "DISCONNECT");
            connect_network_remove(wlan, link, true);
        }
        free_link(wlan, link);
    }
    pthread_mutex_unlock(&wlan->connect_lock);
}

bool wlan_connect_is_busy(struct wlan *wlan)
{
    bool busy = false;

    pthread_mutex_lock(&wlan->connect_lock);
    for (const struct wlan_link *link = wlan->links; link; link = link->next)
        busy |= link->network >= 0 || link->awaited;
    pthread_mutex_unlock(&wlan->connect_lock);
    return busy;
}

/* ---- Operations ---- */

bool wlan_connection_view(struct wlan *wlan, const char *name, struct connection_view *view)
{
    const struct wlan_link *link;

    memset(view, 0, sizeof(*view));
    view->mode = MODE_AUTO;
    pthread_mutex_lock(&wlan->connect_lock);
    link = find_link(wlan, name);
    if (link)
    {
        view->radio_off = link->radio_off;
        view->up = connection_is_up(link->state);
        view->state = interface_state(link);
        memcpy(view->address, link->address, 6);
    }
    if (link && link->target)
    {
        view->mode = link->target->mode;
        view->bss_type = link->target->bss_type;
        strcpy(view->profile, link->target->profile);
        memcpy(view->ssid, link->target->ssid, link->target->ssid_length);
        view->ssid_length = link->target->ssid_length;
        view->secure = link->target->secure;
    }
    pthread_mutex_unlock(&wlan->connect_lock);
    return link != NULL;
}

/* Whoever waited is told that it will not be. */
static void cancel_awaited(struct wlan *wlan, struct wlan_link *link)
{
    struct wlan_link shown = *link;

    if (!link->awaited) return;
    shown.target = link->awaited;
    shown.reason = REASON_USER_CANCELLED;
    memset(shown.address, 0, 6);
    connect_tell(wlan, &shown, TELL_STARTED);
    connect_tell(wlan, &shown, TELL_FAILED);
    connect_target_free(link->awaited);
    link->awaited = NULL;
}

static uint32_t connect_link(struct wlan *wlan, const char *name, struct connect_target *target)
{
    struct wlan_link *link = find_link(wlan, name);

    if (!link || link->radio_off)
    {
        connect_target_free(target);
        return link ? ERROR_NDIS_DOT11_POWER_STATE_INVALID : ERROR_NOT_FOUND;
    }
    cancel_awaited(wlan, link);
    link->awaited = target;
    link->resume |= is_other(link->state);
    if (link->state == CONNECTION_IDLE)
        feed(wlan, link, ON_CONNECT);
    else
        feed_reason(wlan, link, ON_LEAVE, REASON_USER_CANCELLED);
    return ERROR_SUCCESS;
}

uint32_t wlan_connect(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                      struct host_encoder *values)
{
    uint32_t index = host_get_u32(arguments), error;
    char name[CONTROL_IFNAME_SIZE] = "";
    struct connect_target *target;
    bool there = wlan_interface_name(wlan, index, name);

    (void)client, (void)values;
    error = connect_target_read(wlan, index, name, arguments, &target);
    if (error == WLAN_MALFORMED) return error;
    if (!there)
    {
        connect_target_free(target);
        return ERROR_NOT_FOUND;
    }
    if (error) return error;
    pthread_mutex_lock(&wlan->connect_lock);
    error = connect_link(wlan, name, target);
    pthread_mutex_unlock(&wlan->connect_lock);
    return error;
}

uint32_t wlan_disconnect(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                         struct host_encoder *values)
{
    char name[CONTROL_IFNAME_SIZE];
    uint32_t index = host_get_u32(arguments);
    struct wlan_link *link;

    (void)client, (void)values;
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    if (!wlan_interface_name(wlan, index, name)) return ERROR_NOT_FOUND;
    pthread_mutex_lock(&wlan->connect_lock);
    link = find_link(wlan, name);
    if (link)
    {
        cancel_awaited(wlan, link);
        link->resume = false; /* a program wants it disconnected, so wpa_supplicant does not connect by itself either */
        feed_reason(wlan, link, ON_LEAVE, REASON_USER_CANCELLED);
    }
    pthread_mutex_unlock(&wlan->connect_lock);
    return link ? ERROR_SUCCESS : ERROR_NOT_FOUND;
}

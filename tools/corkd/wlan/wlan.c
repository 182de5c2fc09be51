/* Native Wifi on wpa_supplicant: begin and end, interfaces that come and go, what they say. */
#include "corkd/wlan/wlan.h"

#include <net/if.h>
#include <stdlib.h>
#include <string.h>

/* ---- Interfaces ---- */

struct wlan_interface *wlan_interface_by_index(struct wlan *wlan, uint32_t index)
{
    for (unsigned i = 0; i < WLAN_INTERFACES_MAX; i++)
        if (wlan->interfaces[i].name[0] && wlan->interfaces[i].index == index) return &wlan->interfaces[i];
    return NULL;
}

struct wlan_interface *wlan_interface_by_name(struct wlan *wlan, const char *name)
{
    for (unsigned i = 0; i < WLAN_INTERFACES_MAX; i++)
        if (name[0] && !strcmp(wlan->interfaces[i].name, name)) return &wlan->interfaces[i];
    return NULL;
}

bool wlan_interface_name(struct wlan *wlan, uint32_t index, char *name)
{
    struct wlan_interface *interface;

    pthread_mutex_lock(&wlan->lock);
    interface = wlan_interface_by_index(wlan, index);
    if (interface) strcpy(name, interface->name);
    pthread_mutex_unlock(&wlan->lock);
    return interface != NULL;
}

/* A station's, that is: those of Wi-Fi Direct are a matter of its sessions. */
static bool is_station(const char *name)
{
    return strncmp(name, "p2p-", 4) != 0;
}

static void arrived(void *context, const char *name)
{
    struct wlan *wlan = context;
    struct wlan_interface *interface = NULL;
    uint32_t index = if_nametoindex(name);

    if (!is_station(name) || !index) return;
    pthread_mutex_lock(&wlan->lock);
    for (unsigned i = 0; i < WLAN_INTERFACES_MAX && !interface; i++)
        if (!wlan->interfaces[i].name[0]) interface = &wlan->interfaces[i];
    if (interface)
    {
        memset(interface, 0, sizeof(*interface));
        strcpy(interface->name, name);
        interface->index = index;
        interface->state = STATE_NOT_READY;
        interface->bss_stale = true;
    }
    pthread_mutex_unlock(&wlan->lock);
    if (!interface) return;
    wlan_connect_arrived(wlan, name, index);
    wlan_opcodes_arrived(wlan, name);
    pthread_mutex_lock(&wlan->lock);
    wlan_notify(wlan, SOURCE_ACM, ACM_INTERFACE_ARRIVAL, index, WLAN_DATA_NONE, NULL);
    pthread_mutex_unlock(&wlan->lock);
}

static void left(void *context, const char *name)
{
    struct wlan *wlan = context;
    struct wlan_interface *interface;

    wlan_connect_gone(wlan, name);
    pthread_mutex_lock(&wlan->lock);
    wlan_hosted_left(wlan, name);
    interface = wlan_interface_by_name(wlan, name);
    if (interface)
    {
        wlan_notify(wlan, SOURCE_ACM, ACM_INTERFACE_REMOVAL, interface->index, WLAN_DATA_NONE, NULL);
        wlan_forget_bss(interface);
        memset(interface, 0, sizeof(*interface));
    }
    pthread_mutex_unlock(&wlan->lock);
    wlan_direct_gone(wlan, name);
}

/* ---- What wpa_supplicant says ---- */

static void on_event(void *context, const struct control_event *event)
{
    struct wlan *wlan = context;
    struct wlan_interface *interface;
    bool is_hosted;

    host_log_detail("%s: event %d %s", event->ifname, (int)event->kind, event->text);
    pthread_mutex_lock(&wlan->lock);
    interface = wlan_interface_by_name(wlan, event->ifname);
    if (interface) wlan_scan_event(wlan, interface, event);
    is_hosted = wlan_hosted_has(wlan, event->ifname);
    wlan_hosted_event(wlan, event);
    pthread_mutex_unlock(&wlan->lock);
    /* What is said of an access point is not said of a station. */
    if (!is_hosted) wlan_connect_event(wlan, event);
    wlan_opcodes_look(wlan, event->ifname);
    wlan_direct_event(wlan, event);
}

static void woken(void *context)
{
    struct wlan *wlan = context;
    int64_t next, direct, connect;

    pthread_mutex_lock(&wlan->lock);
    next = wlan_scan_deadline(wlan, supplicant_now());
    pthread_mutex_unlock(&wlan->lock);
    direct = wlan_direct_deadline(wlan, supplicant_now());
    connect = wlan_connect_deadline(wlan, supplicant_now());
    if (next) supplicant_wake_at(wlan->supplicant, next);
    if (direct) supplicant_wake_at(wlan->supplicant, direct);
    if (connect) supplicant_wake_at(wlan->supplicant, connect);
}

/* ---- Begin and end ---- */

struct wlan *wlan_open(const struct host_place *place)
{
    struct wlan *wlan = calloc(1, sizeof(*wlan));
    struct supplicant_listener listener = {arrived, left, on_event, woken, wlan};

    if (!wlan) return NULL;
    wlan->place = place;
    pthread_mutex_init(&wlan->lock, NULL);
    pthread_mutex_init(&wlan->direct_lock, NULL);
    wlan_hosted_init(wlan);
    wlan->settings = kept_settings_open(place->folder, "wlan.settings");
    pthread_mutex_init(&wlan->connect_lock, NULL);
    wlan->supplicant = supplicant_make(NULL, &listener);
    if (wlan->settings && wlan_profiles_open(wlan, place->folder) && wlan->supplicant &&
        supplicant_start(wlan->supplicant))
    {
        wlan_direct_end_recorded(wlan);
        return wlan;
    }
    wlan_close(wlan);
    return NULL;
}

void wlan_close(struct wlan *wlan)
{
    struct wlan_client *client;

    if (wlan->supplicant)
    {
        wlan_direct_stop(wlan);
        wlan_connect_stop(wlan);
        wlan_hosted_end(wlan);
        supplicant_stop(wlan->supplicant);
    }
    wlan_psd_stop(wlan);
    wlan_opcodes_stop(wlan);
    wlan_hosted_free(wlan);
    if (wlan->settings) kept_settings_close(wlan->settings);
    for (unsigned i = 0; i < WLAN_INTERFACES_MAX; i++)
        wlan_forget_bss(&wlan->interfaces[i]);
    while ((client = wlan->clients))
    {
        wlan->clients = client->next;
        free(client);
    }
    pthread_mutex_destroy(&wlan->lock);
    pthread_mutex_destroy(&wlan->direct_lock);
    profile_store_close(wlan->profiles);
    pthread_mutex_destroy(&wlan->connect_lock);
    free(wlan);
}

/* ---- For the operations ---- */

uint32_t wlan_error(enum supplicant_result result)
{
    switch (result)
    {
    case SUPPLICANT_OK:
        return ERROR_SUCCESS;
    case SUPPLICANT_NONE:
        return ERROR_NOT_FOUND;
    case SUPPLICANT_TIMEOUT:
        return ERROR_TIMEOUT;
    default:
        return ERROR_GEN_FAILURE;
    }
}

bool wlan_arguments_end(struct host_decoder *arguments)
{
    return host_decoder_finish(arguments, true) == HOST_OK;
}

void wlan_to_hex(const uint8_t *bytes, size_t size, char *text)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < size; i++)
    {
        *text++ = digits[bytes[i] >> 4];
        *text++ = digits[bytes[i] & 15];
    }
    *text = 0;
}

void wlan_put_number_data(struct host_encoder *values, uint32_t number)
{
    uint8_t bytes[4] = {(uint8_t)number, (uint8_t)(number >> 8), (uint8_t)(number >> 16), (uint8_t)(number >> 24)};

    host_put_bytes(values, bytes, sizeof(bytes));
}

bool wlan_get_number_data(struct host_decoder *arguments, uint32_t *number)
{
    struct host_decoder data;
    size_t size;
    const uint8_t *bytes = host_get_bytes(arguments, &size);

    *number = 0;
    if (!bytes || size != 4) return false;
    host_decoder_init(&data, bytes, size);
    *number = host_get_u32(&data);
    return true;
}

bool wlan_get_ssid(struct host_decoder *arguments, uint8_t *ssid, size_t *length)
{
    const uint8_t *bytes = host_get_bytes(arguments, length);

    if (*length > WLAN_SSID_MAX) return false;
    if (bytes) memcpy(ssid, bytes, *length);
    return true;
}

/* The permit and the deny list: which networks the user wants to see and to be connected to. */
#include <stdlib.h>
#include <string.h>

#include "corkd/wlan/wlan.h"

#define NETWORKS_MAX 1024

enum filter_list /* WLAN_FILTER_LIST_TYPE */
{
    FILTER_POLICY_PERMIT,
    FILTER_POLICY_DENY,
    FILTER_USER_PERMIT,
    FILTER_USER_DENY,
    FILTER_LISTS,
};

/* There is no group policy. A kept list is one network behind the other: the length of its SSID, the SSID, its type. */
static const char *const names[FILTER_LISTS] = {NULL, NULL, "filter.permit", "filter.deny"};

/* The next network of a kept list. False: the end. */
static bool next_network(const uint8_t **at, const uint8_t *end, const uint8_t **ssid, uint8_t *length, uint8_t *type)
{
    if (end - *at < 2 || **at > WLAN_SSID_MAX || end - *at < **at + 2) return false;
    *length = **at;
    *ssid = *at + 1;
    *type = (*at)[*length + 1];
    *at += *length + 2;
    return true;
}

/* ---- In effect ---- */

static bool is_listed(struct wlan *wlan, const char *name, const uint8_t *ssid, size_t length, uint32_t type)
{
    size_t size;
    uint8_t *list = kept_settings_get(wlan->settings, name, &size), listed_length, listed_type;
    const uint8_t *at = list, *listed;
    bool found = false;

    while (list && !found && next_network(&at, list + size, &listed, &listed_length, &listed_type))
        found = (!listed_length || (listed_length == length && !memcmp(listed, ssid, length))) &&
                (listed_type == BSS_ANY || type == BSS_ANY || listed_type == type);
    free(list);
    return found;
}

bool wlan_filter_allows(struct wlan *wlan, const uint8_t *ssid, size_t length, uint32_t type)
{
    return is_listed(wlan, names[FILTER_USER_PERMIT], ssid, length, type) ||
           !is_listed(wlan, names[FILTER_USER_DENY], ssid, length, type);
}

/* ---- Operations ---- */

/* The arguments' list in the form that is kept, into `list`. Returns its size; -1: it is none. */
static int read_list(struct host_decoder *arguments, uint8_t *list)
{
    uint32_t count = host_get_list(arguments, 8);
    int size = 0;

    if (count > NETWORKS_MAX) return -1;
    for (uint32_t i = 0; i < count; i++)
    {
        uint8_t ssid[WLAN_SSID_MAX];
        size_t length;
        bool right = wlan_get_ssid(arguments, ssid, &length);
        uint32_t type = host_get_u32(arguments);

        if (!right || type < BSS_INFRASTRUCTURE || type > BSS_ANY) return -1;
        list[size] = (uint8_t)length;
        memcpy(list + size + 1, ssid, length);
        list[size + 1 + (int)length] = (uint8_t)type;
        size += (int)length + 2;
    }
    return size;
}

uint32_t wlan_set_filter(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                         struct host_encoder *values)
{
    uint32_t type = host_get_u32(arguments);
    uint8_t *list = malloc(NETWORKS_MAX * (WLAN_SSID_MAX + 2));
    bool kept = false;
    int size;

    (void)client, (void)values;
    if (!list) return ERROR_NOT_ENOUGH_MEMORY;
    size = read_list(arguments, list);
    if (size >= 0 && type < FILTER_LISTS && names[type] && !arguments->error)
        kept = size ? kept_settings_put(wlan->settings, names[type], list, (size_t)size)
                    : kept_settings_remove(wlan->settings, names[type]);
    free(list);
    if (arguments->error) return WLAN_MALFORMED;
    if (size < 0 || type >= FILTER_LISTS || !names[type]) return ERROR_INVALID_PARAMETER;
    if (!kept) return ERROR_GEN_FAILURE;
    pthread_mutex_lock(&wlan->lock);
    wlan_notify(wlan, SOURCE_ACM, ACM_FILTER_LIST_CHANGE, 0, WLAN_DATA_NONE, NULL);
    pthread_mutex_unlock(&wlan->lock);
    return ERROR_SUCCESS;
}

uint32_t wlan_get_filter(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                         struct host_encoder *values)
{
    uint32_t type = host_get_u32(arguments), count = 0;
    const uint8_t *at, *ssid;
    uint8_t *list = NULL, length, bss_type;
    size_t size = 0;

    (void)client;
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    if (type >= FILTER_LISTS) return ERROR_INVALID_PARAMETER;
    if (names[type]) list = kept_settings_get(wlan->settings, names[type], &size);
    for (at = list; list && next_network(&at, list + size, &ssid, &length, &bss_type);)
        count++;
    host_put_list(values, count);
    for (at = list; list && next_network(&at, list + size, &ssid, &length, &bss_type);)
    {
        host_put_bytes(values, ssid, length);
        host_put_u32(values, bss_type);
    }
    free(list);
    return ERROR_SUCCESS;
}

/* WlanGetAvailableNetworkList's answer: networks, each with the profiles that are for it. */
#include <stdlib.h>
#include <string.h>

#include "corkd/wlan/available.h"
#include "corkd/wlan/wlan.h"

/* What a list is made of. */
struct available_list
{
    struct wlan *wlan; /* whose filter lists count */
    bool show_denied;
    struct available_network *networks;
    int network_count;
    struct wlan_profile **profiles;
    size_t profile_count;
    struct connection_view view; /* what the interface is connected to */
    struct host_encoder entries;
    uint32_t count;
};

static void put_phys(struct host_encoder *values, uint32_t phys)
{
    uint32_t count = 0;

    for (uint32_t phy = 0; phy < 32; phy++)
        count += phys >> phy & 1;
    host_put_list(values, count);
    for (uint32_t phy = 0; phy < 32; phy++)
        if (phys >> phy & 1) host_put_u32(values, phy);
}

static bool is_connected(const struct available_list *list, const struct available_network *network,
                         const struct wlan_profile *profile)
{
    const struct connection_view *view = &list->view;

    if (!view->up || view->ssid_length != network->ssid_length ||
        memcmp(view->ssid, network->ssid, network->ssid_length) || view->secure != network->secure)
        return false;
    return !profile || !view->profile[0] || !strcmp(view->profile, profile->name);
}

/* "Denied networks [...] will not be included on the visible networks list" (WlanSetFilterList), unless the automatic
 * configuration is to show them; then it says that they cannot be connected to. */
static void put_entry(struct available_list *list, const struct available_network *network,
                      const struct wlan_profile *profile)
{
    struct host_encoder *values = &list->entries;
    uint32_t reason = available_reason(network), flags = 0;

    if (!wlan_filter_allows(list->wlan, network->ssid, network->ssid_length, network->bss_type))
    {
        if (!list->show_denied) return;
        reason = REASON_USER_DENIED;
    }
    if (is_connected(list, network, profile)) flags |= AVAILABLE_CONNECTED;
    if (profile) flags |= AVAILABLE_HAS_PROFILE;
    if (profile && profile->flags & PROFILE_USER) flags |= AVAILABLE_CONSOLE_USER_PROFILE;
    if (network->interworking) flags |= AVAILABLE_INTERWORKING_SUPPORTED;
    wlan_put_text(values, profile ? profile->name : "");
    host_put_bytes(values, network->ssid, network->ssid_length);
    host_put_u32(values, network->bss_type);
    host_put_u32(values, network->bss_count);
    host_put_bool(values, reason == REASON_SUCCESS);
    host_put_u32(values, reason);
    put_phys(values, network->phys);
    host_put_u32(values, network->quality);
    host_put_bool(values, network->secure);
    host_put_u32(values, network->auth);
    host_put_u32(values, network->cipher);
    host_put_u32(values, flags);
    host_put_u8(values, network->access_network);
    host_put_u8(values, network->venue_group);
    host_put_u8(values, network->venue_type);
    host_put_bytes(values, network->hessid, network->has_hessid ? 6 : 0);
    list->count++;
}

/* "If multiple profiles are associated with the network, there will be multiple entries with the same SSID." */
static void put_network(struct available_list *list, const struct available_network *network)
{
    bool has_profile = false;

    for (size_t i = 0; i < list->profile_count; i++)
    {
        if (!available_matches(network, list->profiles[i])) continue;
        has_profile = true;
        put_entry(list, network, list->profiles[i]);
    }
    if (!has_profile) put_entry(list, network, NULL);
}

/* A profile's network that is not heard. */
static void put_unheard(struct available_list *list, const struct wlan_profile *profile)
{
    struct available_network network = {
        .bss_type = profile->bss_type, .auth = profile->auth, .cipher = profile->cipher};

    network.ssid_length = profile->ssids[0].length;
    memcpy(network.ssid, profile->ssids[0].bytes, network.ssid_length);
    network.auths = profile->auth < 32 ? 1u << profile->auth : 0;
    network.secure = profile->auth != WLAN_AUTH_OPEN || profile->cipher != WLAN_CIPHER_NONE;
    put_entry(list, &network, profile);
}

static bool is_heard(const struct available_list *list, const struct wlan_profile *profile)
{
    for (int i = 0; i < list->network_count; i++)
        if (available_matches(&list->networks[i], profile)) return true;
    return false;
}

/* "... including profiles that are not visible." */
static void put_all_unheard(struct available_list *list, uint32_t flags)
{
    for (size_t i = 0; i < list->profile_count; i++)
    {
        const struct wlan_profile *profile = list->profiles[i];
        bool ad_hoc = flags & INCLUDE_ADHOC_PROFILES && profile->bss_type == BSS_INDEPENDENT;
        bool hidden = flags & INCLUDE_HIDDEN_PROFILES && profile->non_broadcast && !profile->automatic;

        if ((ad_hoc || hidden) && !is_heard(list, profile)) put_unheard(list, profile);
    }
}

/* The networks of the interface's list as it is now. */
static uint32_t group(struct wlan *wlan, uint32_t index, struct available_list *list)
{
    struct wlan_interface *interface;

    pthread_mutex_lock(&wlan->lock);
    interface = wlan_interface_by_index(wlan, index);
    list->network_count = interface ? available_group(interface->bss, interface->bss_count, &list->networks) : 0;
    pthread_mutex_unlock(&wlan->lock);
    if (!interface) return ERROR_NOT_FOUND;
    return list->network_count < 0 ? ERROR_NOT_ENOUGH_MEMORY : ERROR_SUCCESS;
}

static uint32_t make_list(struct wlan *wlan, uint32_t index, uint32_t flags, struct available_list *list)
{
    char name[CONTROL_IFNAME_SIZE];
    uint32_t error;

    if (!wlan_interface_name(wlan, index, name)) return ERROR_NOT_FOUND;
    if (wlan_connection_view(wlan, name, &list->view) && list->view.radio_off)
        return ERROR_NDIS_DOT11_POWER_STATE_INVALID;
    error = wlan_error(wlan_refresh_bss(wlan, index));
    if (!error) error = group(wlan, index, list);
    if (!error) error = profile_store_all(wlan->profiles, name, &list->profiles, &list->profile_count);
    if (error) return error;
    for (int i = 0; i < list->network_count; i++)
        put_network(list, &list->networks[i]);
    put_all_unheard(list, flags);
    return ERROR_SUCCESS;
}

uint32_t wlan_available_networks(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                                 struct host_encoder *values)
{
    uint32_t index = host_get_u32(arguments), flags = host_get_u32(arguments), error;
    struct available_list list = {.wlan = wlan, .show_denied = wlan_auto_config(wlan, AUTOCONF_SHOW_DENIED)};

    (void)client;
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    if (flags & ~(INCLUDE_ADHOC_PROFILES | INCLUDE_HIDDEN_PROFILES)) return ERROR_INVALID_PARAMETER;
    host_encoder_init(&list.entries);
    error = make_list(wlan, index, flags, &list);
    if (!error)
    {
        host_put_list(values, list.count);
        host_put_raw(values, list.entries.data, list.entries.size);
        if (list.entries.error) values->error = list.entries.error;
    }
    host_encoder_free(&list.entries);
    profile_list_free(list.profiles, list.profile_count);
    free(list.networks);
    return error;
}

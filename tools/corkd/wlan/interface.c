/* Interfaces: which there are, what they can do, in which state they are. */
#include <string.h>

#include "corkd/wlan/wlan.h"

/* ---- State ---- */

static const struct
{
    const char *name; /* wpa_supplicant's */
    uint32_t state;
} states[] = {
    {"COMPLETED", STATE_CONNECTED},
    {"DISCONNECTED", STATE_DISCONNECTED},
    {"INACTIVE", STATE_DISCONNECTED},
    {"SCANNING", STATE_DISCONNECTED},
    {"AUTHENTICATING", STATE_ASSOCIATING},
    {"ASSOCIATING", STATE_ASSOCIATING},
    {"ASSOCIATED", STATE_ASSOCIATING},
    {"4WAY_HANDSHAKE", STATE_AUTHENTICATING},
    {"GROUP_HANDSHAKE", STATE_AUTHENTICATING},
    {"INTERFACE_DISABLED", STATE_NOT_READY},
};

static uint32_t state_of(const char *name)
{
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
        if (!strcmp(states[i].name, name)) return states[i].state;
    return STATE_NOT_READY;
}

void wlan_interface_look(struct wlan *wlan, const char *name)
{
    char reply[SUPPLICANT_REPLY_SIZE], state[32] = "";
    struct wlan_interface *interface;
    bool known;

    pthread_mutex_lock(&wlan->lock);
    known = wlan_interface_by_name(wlan, name) != NULL;
    pthread_mutex_unlock(&wlan->lock);
    if (!known || supplicant_ask(wlan->supplicant, name, reply, "STATUS") != SUPPLICANT_OK) return;
    supplicant_line(reply, "wpa_state", state, sizeof(state));
    pthread_mutex_lock(&wlan->lock);
    interface = wlan_interface_by_name(wlan, name);
    if (interface) interface->state = state_of(state);
    pthread_mutex_unlock(&wlan->lock);
}

/* ---- Operations ---- */

uint32_t wlan_enum_interfaces(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                              struct host_encoder *values)
{
    uint32_t count = 0;

    (void)client;
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    pthread_mutex_lock(&wlan->lock);
    for (unsigned i = 0; i < WLAN_INTERFACES_MAX; i++)
        count += wlan->interfaces[i].name[0] != 0;
    host_put_list(values, count);
    for (unsigned i = 0; i < WLAN_INTERFACES_MAX; i++)
    {
        const struct wlan_interface *interface = &wlan->interfaces[i];

        if (!interface->name[0]) continue;
        host_put_u32(values, interface->index);
        wlan_put_text(values, interface->name);
        host_put_u32(values, interface->state);
    }
    pthread_mutex_unlock(&wlan->lock);
    return ERROR_SUCCESS;
}

/* The physical layers, from the channels that wpa_supplicant has by mode ("Mode[G] Channels: 1 2 ..."). */
uint32_t wlan_interface_capability(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                                   struct host_encoder *values)
{
    static const struct
    {
        const char *mode;
        uint32_t phy;
    } modes[] = {{"Mode[B]", WLAN_PHY_HRDSSS}, {"Mode[G]", WLAN_PHY_ERP}, {"Mode[A]", WLAN_PHY_OFDM}};
    uint32_t index = host_get_u32(arguments), phys[3], count = 0;
    char reply[SUPPLICANT_REPLY_SIZE], name[CONTROL_IFNAME_SIZE];
    enum supplicant_result result;

    (void)client;
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    if (!wlan_interface_name(wlan, index, name)) return ERROR_NOT_FOUND;
    result = supplicant_ask(wlan->supplicant, name, reply, "GET_CAPABILITY channels");
    if (result != SUPPLICANT_OK) return wlan_error(result);
    for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
        if (strstr(reply, modes[i].mode)) phys[count++] = modes[i].phy;
    host_put_u32(values, count);
    for (uint32_t i = 0; i < count; i++)
        host_put_u32(values, phys[i]);
    return ERROR_SUCCESS;
}

/* Interfaces: which there are, what they can do, in which state they are. */
#include <string.h>

#include "corkd/wlan/wlan.h"

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

/* Wi-Fi Direct: looking for peers. */
#include "corkd/wlan/direct_device.h"
#include "corkd/wlan/wlan.h"

#define PEERS_MAX       128
#define FIND_SECONDS    120 /* at most */
#define VISIBLE_SECONDS 5   /* a targeted discovery's */

static uint32_t find(struct wlan *wlan, uint32_t seconds)
{
    char device[CONTROL_IFNAME_SIZE];

    if (!direct_device(wlan->supplicant, device)) return ERROR_NOT_SUPPORTED;
    return wlan_error(supplicant_ask_ok(wlan->supplicant, device, "P2P_FIND %u", (unsigned)seconds));
}

uint32_t wlan_direct_find(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                          struct host_encoder *values)
{
    uint32_t seconds = host_get_u32(arguments);

    (void)client, (void)values;
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    return seconds && seconds <= FIND_SECONDS ? find(wlan, seconds) : ERROR_INVALID_PARAMETER;
}

/* A targeted discovery: the peer is asked whether it is there. */
uint32_t wlan_direct_visibility(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                                struct host_encoder *values)
{
    char device[CONTROL_IFNAME_SIZE], address[18];
    uint8_t peer[6];

    (void)client, (void)values;
    for (int i = 0; i < 6; i++)
        peer[i] = host_get_u8(arguments);
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    if (!direct_device(wlan->supplicant, device)) return ERROR_NOT_SUPPORTED;
    return wlan_error(supplicant_ask_ok(wlan->supplicant, device, "P2P_FIND %d dev_id=%s", VISIBLE_SECONDS,
                                        direct_address_text(peer, address)));
}

uint32_t wlan_direct_peers(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                           struct host_encoder *values)
{
    struct direct_peer peers[PEERS_MAX];
    char device[CONTROL_IFNAME_SIZE];
    size_t count;

    (void)client;
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    if (!direct_device(wlan->supplicant, device)) return ERROR_NOT_SUPPORTED;
    count = direct_peers(wlan->supplicant, device, peers, PEERS_MAX);
    host_put_list(values, (uint32_t)count);
    for (size_t i = 0; i < count; i++)
    {
        host_put_raw(values, peers[i].address, 6);
        wlan_put_text(values, peers[i].name);
        wlan_put_text(values, peers[i].device_type);
        host_put_bool(values, peers[i].is_owner || peers[i].is_member);
    }
    return ERROR_SUCCESS;
}

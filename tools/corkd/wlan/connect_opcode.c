/* Connecting: what WlanQueryInterface is asked about the connection. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corkd/wlan/wlan.h"

#define NAME_MAX_UNITS 256 /* WLAN_MAX_NAME_LENGTH */
#define KBIT_PER_MBIT  1000

/* ---- What wpa_supplicant says ---- */

/* How a connection is secured, by the words of STATUS. */
static const struct
{
    const char *words;
    uint32_t auth;
} managements[] = {
    {"NONE", WLAN_AUTH_OPEN},
    {"WPA-PSK", WLAN_AUTH_WPA_PSK},
    {"WPA2-PSK", WLAN_AUTH_RSNA_PSK},
    {"WPA2-PSK-SHA256", WLAN_AUTH_RSNA_PSK},
    {"FT-PSK", WLAN_AUTH_RSNA_PSK},
    {"SAE", WLAN_AUTH_WPA3_SAE},
    {"FT-SAE", WLAN_AUTH_WPA3_SAE},
    {"OWE", WLAN_AUTH_OWE},
    {"WPA/IEEE 802.1X/EAP", WLAN_AUTH_WPA},
    {"WPA2/IEEE 802.1X/EAP", WLAN_AUTH_RSNA},
    {"WPA2-EAP-SHA256", WLAN_AUTH_RSNA},
    {"WPA2-EAP-SUITE-B-192", WLAN_AUTH_WPA3_ENT_192},
};

static const struct
{
    const char *words;
    uint32_t cipher;
} ciphers[] = {
    {"NONE", WLAN_CIPHER_NONE},    {"CCMP", WLAN_CIPHER_CCMP},         {"TKIP", WLAN_CIPHER_TKIP},
    {"GCMP", WLAN_CIPHER_GCMP},    {"GCMP-256", WLAN_CIPHER_GCMP_256}, {"CCMP-256", WLAN_CIPHER_CCMP_256},
    {"WEP-40", WLAN_CIPHER_WEP40}, {"WEP-104", WLAN_CIPHER_WEP104},
};

static void read_security(const char *status, uint32_t *auth, uint32_t *cipher)
{
    char words[64] = "";

    *auth = WLAN_AUTH_OPEN;
    *cipher = WLAN_CIPHER_NONE;
    supplicant_line(status, "key_mgmt", words, sizeof(words));
    for (size_t i = 0; i < sizeof(managements) / sizeof(managements[0]); i++)
        if (!strcmp(words, managements[i].words)) *auth = managements[i].auth;
    words[0] = 0;
    supplicant_line(status, "pairwise_cipher", words, sizeof(words));
    for (size_t i = 0; i < sizeof(ciphers) / sizeof(ciphers[0]); i++)
        if (!strcmp(words, ciphers[i].words)) *cipher = ciphers[i].cipher;
}

static long number_of(const char *reply, const char *name, long missing)
{
    char text[24], *end;
    long number;

    if (!supplicant_line(reply, name, text, sizeof(text))) return missing;
    number = strtol(text, &end, 10);
    return end == text || *end ? missing : number;
}

/* The number of the channel with that centre (IEEE 802.11-2020, annex E); 0: none that is known. */
static uint32_t channel_of(long frequency)
{
    if (frequency == 2484) return 14;
    if (frequency >= 2412 && frequency <= 2472) return (uint32_t)(frequency - 2407) / 5;
    if (frequency > 5000 && frequency < 5950) return (uint32_t)(frequency - 5000) / 5;
    return frequency >= 5955 && frequency <= 7115 ? (uint32_t)(frequency - 5950) / 5 : 0;
}

/* ---- wlan_intf_opcode_current_connection: WLAN_CONNECTION_ATTRIBUTES ---- */

static void put_zeros(struct host_encoder *data, size_t count)
{
    for (size_t i = 0; i < count; i++)
        host_put_u8(data, 0);
}

/* A text in a field of its own. */
static void put_name(struct host_encoder *data, const char *name)
{
    struct host_encoder text;
    struct host_decoder decoder;
    uint16_t units[NAME_MAX_UNITS] = {0};

    host_encoder_init(&text);
    wlan_put_text(&text, name);
    host_decoder_init(&decoder, text.data, text.size);
    host_get_utf16_into(&decoder, units, NAME_MAX_UNITS);
    host_encoder_free(&text);
    for (int i = 0; i < NAME_MAX_UNITS; i++)
        host_put_u16(data, units[i]);
}

/* The physical layer of the access point of that address, and the number that the interface has for that layer. */
static uint32_t phy_of(struct wlan *wlan, uint32_t index, const uint8_t address[6])
{
    const struct wlan_interface *interface;
    uint32_t phy = 0;

    wlan_refresh_bss(wlan, index);
    pthread_mutex_lock(&wlan->lock);
    interface = wlan_interface_by_index(wlan, index);
    for (size_t i = 0; interface && i < interface->bss_count; i++)
    {
        const struct wlan_bss *bss = &interface->bss[i];
        struct wlan_elements elements;

        if (memcmp(bss->address, address, 6) != 0) continue;
        wlan_read_elements(bss->elements, bss->element_size, &elements);
        phy = wlan_phy_of(&elements, bss->frequency);
    }
    pthread_mutex_unlock(&wlan->lock);
    return phy;
}

static void put_association(struct wlan *wlan, uint32_t index, const char *name, const struct connection_view *view,
                            struct host_encoder *data)
{
    char reply[SUPPLICANT_REPLY_SIZE] = "";
    long rate;

    supplicant_ask(wlan->supplicant, name, reply, "SIGNAL_POLL");
    rate = number_of(reply, "LINKSPEED", 0);
    host_put_u32(data, (uint32_t)view->ssid_length);
    host_put_raw(data, view->ssid, WLAN_SSID_MAX);
    host_put_u32(data, view->bss_type);
    host_put_raw(data, view->address, 6);
    put_zeros(data, 2);
    host_put_u32(data, phy_of(wlan, index, view->address));
    host_put_u32(data, 0); /* the physical layer's number */
    host_put_u32(data, bss_quality((int32_t)number_of(reply, "RSSI", -100)));
    host_put_u32(data, 0); /* the receiving rate: wpa_supplicant does not tell it */
    host_put_u32(data, rate > 0 ? (uint32_t)rate * KBIT_PER_MBIT : 0);
}

uint32_t wlan_query_connection(struct wlan *wlan, uint32_t index, const char *name, struct host_encoder *data)
{
    char reply[SUPPLICANT_REPLY_SIZE] = "";
    struct connection_view view;
    uint32_t auth, cipher;

    /* "If the interface is in disconnected or disconnecting state ... ERROR_INVALID_STATE." */
    if (!wlan_connection_view(wlan, name, &view) || !view.ssid_length || view.state == STATE_DISCONNECTED ||
        view.state == STATE_DISCONNECTING || view.state == STATE_NOT_READY)
        return ERROR_INVALID_STATE;
    supplicant_ask(wlan->supplicant, name, reply, "STATUS");
    read_security(reply, &auth, &cipher);
    host_put_u32(data, view.state);
    host_put_u32(data, view.mode);
    put_name(data, view.profile);
    put_association(wlan, index, name, &view, data);
    host_put_u32(data, view.secure);
    host_put_u32(data, auth == WLAN_AUTH_RSNA || auth == WLAN_AUTH_WPA || auth == WLAN_AUTH_WPA3_ENT_192);
    host_put_u32(data, auth);
    host_put_u32(data, cipher);
    return ERROR_SUCCESS;
}

/* ---- Of a connection that is up ---- */

static bool poll_signal(struct wlan *wlan, const char *name, char reply[SUPPLICANT_REPLY_SIZE])
{
    struct connection_view view;

    return wlan_connection_view(wlan, name, &view) && view.up &&
           supplicant_ask(wlan->supplicant, name, reply, "SIGNAL_POLL") == SUPPLICANT_OK;
}

uint32_t wlan_query_channel(struct wlan *wlan, uint32_t index, const char *name, struct host_encoder *data)
{
    char reply[SUPPLICANT_REPLY_SIZE];
    uint32_t channel;

    (void)index;
    channel = poll_signal(wlan, name, reply) ? channel_of(number_of(reply, "FREQUENCY", 0)) : 0;
    if (!channel) return ERROR_INVALID_STATE;
    host_put_u32(data, channel);
    return ERROR_SUCCESS;
}

uint32_t wlan_query_rssi(struct wlan *wlan, uint32_t index, const char *name, struct host_encoder *data)
{
    char reply[SUPPLICANT_REPLY_SIZE];
    long level;

    (void)index;
    level = poll_signal(wlan, name, reply) ? number_of(reply, "RSSI", 0) : 0;
    if (level >= 0) return ERROR_INVALID_STATE;
    host_put_i32(data, (int32_t)level);
    return ERROR_SUCCESS;
}

/* ---- wlan_intf_opcode_statistics: WLAN_STATISTICS ---- */

#define MAC_REST 10 /* of WLAN_MAC_FRAME_STATISTICS' numbers, behind the two that the kernel counts */
#define PHY_SIZE 18 /* of WLAN_PHY_FRAME_STATISTICS' */

static uint64_t counter(const char *name, const char *what)
{
    unsigned long long number = 0;
    char path[128], line[32];
    FILE *file;

    snprintf(path, sizeof(path), "/sys/class/net/%s/statistics/%s", name, what);
    file = fopen(path, "re");
    if (!file) return 0;
    if (fgets(line, sizeof(line), file)) number = strtoull(line, NULL, 10);
    fclose(file);
    return number;
}

static void put_frames(struct host_encoder *data, uint64_t sent, uint64_t received)
{
    host_put_u64(data, sent);
    host_put_u64(data, received);
    put_zeros(data, MAC_REST * sizeof(uint64_t));
}

/* The kernel counts frames of an interface, not of a physical layer, and tells no others than these. */
uint32_t wlan_query_statistics(struct wlan *wlan, uint32_t index, const char *name, struct host_encoder *data)
{
    uint64_t received = counter(name, "rx_packets"), multicast = counter(name, "multicast");

    (void)wlan, (void)index;
    put_zeros(data, 3 * sizeof(uint64_t));
    put_frames(data, counter(name, "tx_packets"), received > multicast ? received - multicast : 0);
    put_frames(data, 0, multicast);
    host_put_u32(data, 0); /* physical layers */
    put_zeros(data, sizeof(uint32_t) + PHY_SIZE * sizeof(uint64_t));
    return ERROR_SUCCESS;
}

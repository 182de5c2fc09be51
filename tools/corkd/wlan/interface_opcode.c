/* What an interface is asked and told by number: WlanQueryInterface and WlanSetInterface. */
#include "corkd/wlan/interface_opcode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corkd/wlan/radio.h"

#define MODE_STATION 0x00000004u /* DOT11_OPERATION_MODE_EXTENSIBLE_STATION */
#define MODE_MONITOR 0x80000000u /* DOT11_OPERATION_MODE_NETWORK_MONITOR */
#define PHYS_MAX     64          /* WLAN_MAX_PHY_INDEX */

/* ---- What programs wish as long as the interface is connected ---- */

struct interface_wish
{
    struct interface_wish *next;
    host_client client;
    uint32_t index, opcode;
};

/* With the lock: whether anybody wishes it. */
static bool is_wished(struct wlan *wlan, uint32_t index, uint32_t opcode)
{
    const struct interface_wish *wish = wlan->wishes;

    while (wish && (wish->index != index || wish->opcode != opcode))
        wish = wish->next;
    return wish != NULL;
}

/* With the lock: takes wishes away, of that client, or of that interface where the client is 0; of all opcodes where
 * that is 0. */
static void forget_wishes(struct wlan *wlan, host_client client, uint32_t index, uint32_t opcode)
{
    struct interface_wish **at = &wlan->wishes, *wish;

    while ((wish = *at))
        if ((client && wish->client != client) || (index && wish->index != index) || (opcode && wish->opcode != opcode))
            at = &wish->next;
        else
        {
            *at = wish->next;
            free(wish);
        }
}

/* With the lock. */
static bool add_wish(struct wlan *wlan, host_client client, uint32_t index, uint32_t opcode)
{
    struct interface_wish *wish = calloc(1, sizeof(*wish));

    if (!wish) return false;
    *wish = (struct interface_wish){wlan->wishes, client, index, opcode};
    wlan->wishes = wish;
    return true;
}

/* Keeps or ends what a client wishes. *any: whether somebody wishes it then. */
static uint32_t set_wish(struct wlan *wlan, host_client client, uint32_t index, uint32_t opcode, bool on, bool *any)
{
    const struct wlan_interface *interface;
    uint32_t error = ERROR_SUCCESS;

    pthread_mutex_lock(&wlan->lock);
    interface = wlan_interface_by_index(wlan, index);
    if (!interface)
        error = ERROR_NOT_FOUND;
    else if (interface->state != STATE_CONNECTED)
        error = ERROR_INVALID_STATE;
    else
    {
        forget_wishes(wlan, client, index, opcode);
        if (on && !add_wish(wlan, client, index, opcode)) error = ERROR_NOT_ENOUGH_MEMORY;
    }
    *any = is_wished(wlan, index, opcode);
    pthread_mutex_unlock(&wlan->lock);
    return error;
}

/* Media streaming is what the driver's power saving is in the way of. */
static enum supplicant_result stream(struct wlan *wlan, const char *name, bool on)
{
    return supplicant_ask_ok(wlan->supplicant, name, "SET ps %d", on ? 0 : 1);
}

void wlan_opcodes_look(struct wlan *wlan, const char *name)
{
    const struct wlan_interface *interface;
    bool streamed = false;

    pthread_mutex_lock(&wlan->lock);
    interface = wlan_interface_by_name(wlan, name);
    if (interface && interface->state != STATE_CONNECTED)
    {
        streamed = is_wished(wlan, interface->index, OPCODE_MEDIA_STREAMING);
        forget_wishes(wlan, 0, interface->index, 0);
    }
    pthread_mutex_unlock(&wlan->lock);
    if (streamed) stream(wlan, name, false);
}

void wlan_opcodes_client_gone(struct wlan *wlan, host_client client)
{
    char names[WLAN_INTERFACES_MAX][CONTROL_IFNAME_SIZE];
    unsigned count = 0;

    pthread_mutex_lock(&wlan->lock);
    for (unsigned i = 0; i < WLAN_INTERFACES_MAX; i++)
    {
        const struct wlan_interface *interface = &wlan->interfaces[i];
        bool streamed = is_wished(wlan, interface->index, OPCODE_MEDIA_STREAMING);

        if (!interface->name[0]) continue;
        forget_wishes(wlan, client, interface->index, 0);
        if (streamed && !is_wished(wlan, interface->index, OPCODE_MEDIA_STREAMING))
            strcpy(names[count++], interface->name);
    }
    pthread_mutex_unlock(&wlan->lock);
    for (unsigned i = 0; i < count; i++)
        stream(wlan, names[i], false);
}

void wlan_opcodes_stop(struct wlan *wlan)
{
    forget_wishes(wlan, 0, 0, 0);
}

/* ---- Kept for each interface ---- */

static void kept_name(char name[KEPT_NAME_SIZE], const char *what, const char *interface)
{
    snprintf(name, KEPT_NAME_SIZE, "interface.%s.%s", interface, what);
}

static uint32_t kept_number(struct wlan *wlan, const char *what, const char *interface, uint32_t missing)
{
    char name[KEPT_NAME_SIZE];

    kept_name(name, what, interface);
    return kept_settings_number(wlan->settings, name, missing);
}

static uint32_t keep_number(struct wlan *wlan, const char *what, const char *interface, uint32_t number)
{
    char name[KEPT_NAME_SIZE];

    kept_name(name, what, interface);
    return kept_settings_put_number(wlan->settings, name, number) ? ERROR_SUCCESS : ERROR_GEN_FAILURE;
}

bool wlan_autoconf_enabled(struct wlan *wlan, const char *name)
{
    return kept_number(wlan, "autoconf", name, 1) != 0;
}

uint32_t wlan_allowed_bss_type(struct wlan *wlan, const char *name)
{
    return kept_number(wlan, "bss_type", name, BSS_ANY);
}

static enum supplicant_result connect_by_itself(struct wlan *wlan, const char *name, bool on)
{
    return supplicant_ask_ok(wlan->supplicant, name, "STA_AUTOCONNECT %d", on);
}

void wlan_opcodes_arrived(struct wlan *wlan, const char *name)
{
    if (!wlan_autoconf_enabled(wlan, name)) connect_by_itself(wlan, name, false);
}

/* ---- Queries ---- */

static uint32_t query_autoconf(struct wlan *wlan, uint32_t index, const char *name, struct host_encoder *data)
{
    (void)index;
    host_put_u32(data, wlan_autoconf_enabled(wlan, name));
    return ERROR_SUCCESS;
}

static uint32_t query_bss_type(struct wlan *wlan, uint32_t index, const char *name, struct host_encoder *data)
{
    (void)index;
    host_put_u32(data, wlan_allowed_bss_type(wlan, name));
    return ERROR_SUCCESS;
}

static uint32_t query_background_scan(struct wlan *wlan, uint32_t index, const char *name, struct host_encoder *data)
{
    (void)name;
    pthread_mutex_lock(&wlan->lock);
    host_put_u32(data, !is_wished(wlan, index, OPCODE_BACKGROUND_SCAN));
    pthread_mutex_unlock(&wlan->lock);
    return ERROR_SUCCESS;
}

static uint32_t query_media_streaming(struct wlan *wlan, uint32_t index, const char *name, struct host_encoder *data)
{
    (void)name;
    pthread_mutex_lock(&wlan->lock);
    host_put_u32(data, is_wished(wlan, index, OPCODE_MEDIA_STREAMING));
    pthread_mutex_unlock(&wlan->lock);
    return ERROR_SUCCESS;
}

static uint32_t query_state(struct wlan *wlan, uint32_t index, const char *name, struct host_encoder *data)
{
    const struct wlan_interface *interface;

    (void)name;
    pthread_mutex_lock(&wlan->lock);
    interface = wlan_interface_by_index(wlan, index);
    host_put_u32(data, interface ? interface->state : STATE_NOT_READY);
    pthread_mutex_unlock(&wlan->lock);
    return ERROR_SUCCESS;
}

/* How many physical layers WlanGetInterfaceCapability has of it: they are one radio. */
static uint32_t phy_count(struct wlan *wlan, uint32_t index)
{
    struct host_encoder arguments, values;
    struct host_decoder decoder;
    uint32_t count = 0;

    host_encoder_init(&arguments);
    host_encoder_init(&values);
    host_put_u32(&arguments, index);
    host_decoder_init(&decoder, arguments.data, arguments.size);
    if (!wlan_interface_capability(wlan, 0, &decoder, &values))
    {
        host_decoder_init(&decoder, values.data, values.size);
        count = host_get_u32(&decoder);
    }
    host_encoder_free(&arguments);
    host_encoder_free(&values);
    return count < PHYS_MAX ? count : PHYS_MAX;
}

static uint32_t query_radio(struct wlan *wlan, uint32_t index, const char *name, struct host_encoder *data)
{
    uint32_t count = phy_count(wlan, index);
    struct radio radio;

    radio_look(name, &radio);
    host_put_u32(data, count);
    for (uint32_t i = 0; i < PHYS_MAX; i++)
    {
        bool is_there = i < count;

        host_put_u32(data, is_there ? i : 0);
        host_put_u32(data, !is_there ? RADIO_UNKNOWN : radio.soft_off ? RADIO_OFF : RADIO_ON);
        host_put_u32(data, !is_there ? RADIO_UNKNOWN : radio.hard_off ? RADIO_OFF : RADIO_ON);
    }
    return ERROR_SUCCESS;
}

bool wlan_is_capable(struct wlan *wlan, const char *name, const char *kind, const char *word)
{
    char reply[SUPPLICANT_REPLY_SIZE];
    size_t length = strlen(word);

    if (supplicant_ask(wlan->supplicant, name, reply, "GET_CAPABILITY %s", kind) != SUPPLICANT_OK) return false;
    for (const char *at = reply; *at; at += strcspn(at, " "), at += *at == ' ')
        if (!strncmp(at, word, length) && (at[length] == ' ' || !at[length])) return true;
    return false;
}

/* What wpa_supplicant can do of what profiles may ask for. */
static uint32_t query_infrastructure_pairs(struct wlan *wlan, uint32_t index, const char *name,
                                           struct host_encoder *data)
{
    static const struct
    {
        const char *key_management, *kind, *cipher;
        uint32_t auth_number, cipher_number;
    } pairs[] = {
        {"NONE", "pairwise", "NONE", WLAN_AUTH_OPEN, WLAN_CIPHER_NONE},
        {"NONE", "group", "WEP40", WLAN_AUTH_OPEN, WLAN_CIPHER_WEP40},
        {"NONE", "group", "WEP104", WLAN_AUTH_OPEN, WLAN_CIPHER_WEP104},
        {"WPA-PSK", "pairwise", "TKIP", WLAN_AUTH_WPA_PSK, WLAN_CIPHER_TKIP},
        {"WPA-PSK", "pairwise", "CCMP", WLAN_AUTH_WPA_PSK, WLAN_CIPHER_CCMP},
        {"WPA-PSK", "pairwise", "TKIP", WLAN_AUTH_RSNA_PSK, WLAN_CIPHER_TKIP},
        {"WPA-PSK", "pairwise", "CCMP", WLAN_AUTH_RSNA_PSK, WLAN_CIPHER_CCMP},
        {"SAE", "pairwise", "CCMP", WLAN_AUTH_WPA3_SAE, WLAN_CIPHER_CCMP},
    };
    bool has[sizeof(pairs) / sizeof(pairs[0])];
    uint32_t count = 0;

    (void)index;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
    {
        has[i] = wlan_is_capable(wlan, name, "key_mgmt", pairs[i].key_management) &&
                 wlan_is_capable(wlan, name, pairs[i].kind, pairs[i].cipher);
        count += has[i];
    }
    host_put_u32(data, count);
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
    {
        if (!has[i]) continue;
        host_put_u32(data, pairs[i].auth_number);
        host_put_u32(data, pairs[i].cipher_number);
    }
    return ERROR_SUCCESS;
}

/* Profiles of ad hoc networks are refused: there is no pair. */
static uint32_t query_no_pairs(struct wlan *wlan, uint32_t index, const char *name, struct host_encoder *data)
{
    (void)wlan, (void)index, (void)name;
    host_put_u32(data, 0);
    return ERROR_SUCCESS;
}

/* wpa_supplicant knows the country whose rules are in force; which others the kernel has rules for it does not tell. */
static uint32_t query_countries(struct wlan *wlan, uint32_t index, const char *name, struct host_encoder *data)
{
    char reply[SUPPLICANT_REPLY_SIZE];
    bool known = supplicant_ask(wlan->supplicant, name, reply, "GET country") == SUPPLICANT_OK && strlen(reply) == 2 &&
                 reply[0] >= 'A' && reply[0] <= 'Z';

    (void)index;
    host_put_u32(data, known);
    if (!known) return ERROR_SUCCESS;
    host_put_u8(data, (uint8_t)reply[0]);
    host_put_u8(data, (uint8_t)reply[1]);
    host_put_u8(data, ' ');
    return ERROR_SUCCESS;
}

static uint32_t query_mode(struct wlan *wlan, uint32_t index, const char *name, struct host_encoder *data)
{
    (void)wlan, (void)index, (void)name;
    host_put_u32(data, MODE_STATION);
    return ERROR_SUCCESS;
}

static uint32_t query_no(struct wlan *wlan, uint32_t index, const char *name, struct host_encoder *data)
{
    (void)wlan, (void)index, (void)name;
    host_put_u32(data, 0);
    return ERROR_SUCCESS;
}

static uint32_t query_hosted_capable(struct wlan *wlan, uint32_t index, const char *name, struct host_encoder *data)
{
    (void)index;
    host_put_u32(data, wlan_is_capable(wlan, name, "modes", "AP"));
    return ERROR_SUCCESS;
}

static uint32_t query_protection_capable(struct wlan *wlan, uint32_t index, const char *name, struct host_encoder *data)
{
    (void)index;
    host_put_u32(data, wlan_is_capable(wlan, name, "group_mgmt", "AES-128-CMAC"));
    return ERROR_SUCCESS;
}

/* ---- Changes ---- */

static uint32_t set_autoconf(struct wlan *wlan, host_client client, uint32_t index, const char *name,
                             struct host_decoder *data)
{
    bool on = host_get_u32(data) != 0;
    enum supplicant_result result = connect_by_itself(wlan, name, on);

    (void)client, (void)index;
    return result == SUPPLICANT_OK ? keep_number(wlan, "autoconf", name, on) : wlan_error(result);
}

/* This service scans when it is asked to, and never else, so that nothing but the wish is to be kept. */
static uint32_t set_background_scan(struct wlan *wlan, host_client client, uint32_t index, const char *name,
                                    struct host_decoder *data)
{
    bool any;

    (void)name;
    return set_wish(wlan, client, index, OPCODE_BACKGROUND_SCAN, !host_get_u32(data), &any);
}

static uint32_t set_media_streaming(struct wlan *wlan, host_client client, uint32_t index, const char *name,
                                    struct host_decoder *data)
{
    bool on = host_get_u32(data) != 0, any;
    uint32_t error = set_wish(wlan, client, index, OPCODE_MEDIA_STREAMING, on, &any);

    if (error || stream(wlan, name, any) == SUPPLICANT_OK) return error;
    set_wish(wlan, client, index, OPCODE_MEDIA_STREAMING, false, &any);
    return ERROR_NOT_SUPPORTED;
}

static uint32_t set_radio(struct wlan *wlan, host_client client, uint32_t index, const char *name,
                          struct host_decoder *data)
{
    uint32_t phy = host_get_u32(data), soft = host_get_u32(data);

    (void)client;
    if (phy >= phy_count(wlan, index) || (soft != RADIO_ON && soft != RADIO_OFF)) return ERROR_INVALID_PARAMETER;
    switch (radio_switch(name, soft == RADIO_ON))
    {
    case RADIO_SWITCHED:
        return ERROR_SUCCESS;
    case RADIO_DENIED:
        return ERROR_ACCESS_DENIED;
    case RADIO_NO_SWITCH:
        return ERROR_NOT_SUPPORTED;
    default:
        return ERROR_GEN_FAILURE;
    }
}

static uint32_t set_bss_type(struct wlan *wlan, host_client client, uint32_t index, const char *name,
                             struct host_decoder *data)
{
    uint32_t type = host_get_u32(data);

    (void)client, (void)index;
    if (type < BSS_INFRASTRUCTURE || type > BSS_ANY) return ERROR_INVALID_PARAMETER;
    if (type == BSS_INDEPENDENT) return ERROR_NOT_SUPPORTED; /* nothing could be connected any more */
    return keep_number(wlan, "bss_type", name, type);
}

static uint32_t set_mode(struct wlan *wlan, host_client client, uint32_t index, const char *name,
                         struct host_decoder *data)
{
    (void)wlan, (void)client, (void)index, (void)name;
    switch (host_get_u32(data))
    {
    case MODE_STATION:
        return ERROR_SUCCESS; /* so it is */
    case MODE_MONITOR:
        return ERROR_NOT_SUPPORTED; /* wpa_supplicant has no such thing */
    default:
        return ERROR_INVALID_PARAMETER;
    }
}

/* ---- The table ---- */

static const struct interface_opcode
{
    uint32_t opcode;
    opcode_query *query;
    opcode_set *set; /* NULL: it can be queried only */
    size_t size;     /* of what it is set to */
} opcodes[] = {
    {OPCODE_AUTOCONF_ENABLED, query_autoconf, set_autoconf, 4},
    {OPCODE_BACKGROUND_SCAN, query_background_scan, set_background_scan, 4},
    {OPCODE_MEDIA_STREAMING, query_media_streaming, set_media_streaming, 4},
    {OPCODE_RADIO_STATE, query_radio, set_radio, 12},
    {OPCODE_BSS_TYPE, query_bss_type, set_bss_type, 4},
    {OPCODE_INTERFACE_STATE, query_state, NULL, 0},
    {OPCODE_CURRENT_CONNECTION, wlan_query_connection, NULL, 0},
    {OPCODE_CHANNEL, wlan_query_channel, NULL, 0},
    {OPCODE_INFRASTRUCTURE_PAIRS, query_infrastructure_pairs, NULL, 0},
    {OPCODE_ADHOC_PAIRS, query_no_pairs, NULL, 0},
    {OPCODE_COUNTRIES, query_countries, NULL, 0},
    {OPCODE_OPERATION_MODE, query_mode, set_mode, 4},
    {OPCODE_SUPPORTED_SAFE_MODE, query_no, NULL, 0},
    {OPCODE_CERTIFIED_SAFE_MODE, query_no, NULL, 0},
    {OPCODE_HOSTED_CAPABLE, query_hosted_capable, NULL, 0},
    {OPCODE_PROTECTION_CAPABLE, query_protection_capable, NULL, 0},
    {OPCODE_STATISTICS, wlan_query_statistics, NULL, 0},
    {OPCODE_RSSI, wlan_query_rssi, NULL, 0},
};

static const struct interface_opcode *opcode_of(uint32_t number)
{
    for (size_t i = 0; i < sizeof(opcodes) / sizeof(opcodes[0]); i++)
        if (opcodes[i].opcode == number) return &opcodes[i];
    return NULL;
}

/* One that the documentation has, and that is not in the table. */
static bool is_documented(uint32_t number)
{
    return (number >= OPCODE_AUTOCONF_ENABLED && number <= OPCODE_LAST_AUTOCONF) || number == OPCODE_STATISTICS ||
           number == OPCODE_RSSI;
}

uint32_t wlan_query_opcode(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                           struct host_encoder *values)
{
    uint32_t index = host_get_u32(arguments), number = host_get_u32(arguments), error;
    const struct interface_opcode *opcode = opcode_of(number);
    char name[CONTROL_IFNAME_SIZE];
    struct host_encoder data;

    (void)client;
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    if (!wlan_interface_name(wlan, index, name)) return ERROR_NOT_FOUND;
    if (!opcode) return is_documented(number) ? ERROR_NOT_SUPPORTED : ERROR_INVALID_PARAMETER;
    host_encoder_init(&data);
    error = opcode->query(wlan, index, name, &data);
    host_put_bytes(values, data.data, data.size);
    host_put_u32(values, opcode->set ? VALUE_SET_BY_USER : VALUE_QUERY_ONLY);
    if (data.error) values->error = data.error;
    host_encoder_free(&data);
    return error;
}

uint32_t wlan_set_opcode(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                         struct host_encoder *values)
{
    uint32_t index = host_get_u32(arguments), number = host_get_u32(arguments);
    const struct interface_opcode *opcode = opcode_of(number);
    size_t size;
    const uint8_t *bytes = host_get_bytes(arguments, &size);
    char name[CONTROL_IFNAME_SIZE];
    struct host_decoder data;

    (void)values;
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    if (!opcode || !opcode->set || size != opcode->size) return ERROR_INVALID_PARAMETER;
    if (!wlan_interface_name(wlan, index, name)) return ERROR_NOT_FOUND;
    host_decoder_init(&data, bytes, size);
    return opcode->set(wlan, client, index, name, &data);
}

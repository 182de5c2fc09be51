/* Information elements of IEEE 802.11. */
#include "corkd/wlan/elements.h"

#include <string.h>

enum element_id
{
    ELEMENT_SSID = 0,
    ELEMENT_RATES = 1,
    ELEMENT_COUNTRY = 7,
    ELEMENT_HT_CAPABILITIES = 45,
    ELEMENT_RSN = 48,
    ELEMENT_EXTENDED_RATES = 50,
    ELEMENT_INTERWORKING = 107,
    ELEMENT_VHT_CAPABILITIES = 191,
    ELEMENT_VENDOR = 221,
    ELEMENT_EXTENSION = 255,
};

#define EXTENSION_HE_CAPABILITIES 35

static const uint8_t oui_ieee[3] = {0x00, 0x0f, 0xac}, oui_microsoft[3] = {0x00, 0x50, 0xf2};

bool wlan_next_element(const uint8_t *bytes, size_t size, size_t *at, uint8_t *id, const uint8_t **data,
                       uint8_t *length)
{
    if (*at > size || size - *at < 2 || size - *at - 2 < bytes[*at + 1]) return false;
    *id = bytes[*at];
    *length = bytes[*at + 1];
    *data = bytes + *at + 2;
    *at += 2u + *length;
    return true;
}

/* ---- Security ---- */

static uint32_t rsn_auth(uint8_t type)
{
    switch (type)
    {
    case 1: /* 802.1X; and with fast transition, with SHA-256 */
    case 3:
    case 5:
        return WLAN_AUTH_RSNA;
    case 2: /* a pre-shared key; likewise */
    case 4:
    case 6:
        return WLAN_AUTH_RSNA_PSK;
    case 8:
    case 9:
        return WLAN_AUTH_WPA3_SAE;
    case 12:
    case 13:
        return WLAN_AUTH_WPA3_ENT_192;
    case 18:
        return WLAN_AUTH_OWE;
    default:
        return 0;
    }
}

static uint32_t wpa_auth(uint8_t type)
{
    if (type == 1) return WLAN_AUTH_WPA;
    return type == 2 ? WLAN_AUTH_WPA_PSK : 0;
}

static uint32_t cipher_of(uint8_t type)
{
    switch (type)
    {
    case 1:
    case 2:
    case 4:
    case 5:
    case 8:
    case 9:
    case 10:
        return type; /* Microsoft's numbers are those of the suites */
    default:
        return WLAN_CIPHER_NONE;
    }
}

static void add_once(uint32_t *list, unsigned *count, unsigned room, uint32_t value)
{
    for (unsigned i = 0; i < *count; i++)
        if (list[i] == value) return;
    if (value && *count < room) list[(*count)++] = value;
}

static unsigned read_u16(const uint8_t *bytes)
{
    return bytes[0] | (unsigned)bytes[1] << 8;
}

/* A list of suites: moves *data and *length behind it. False: it is cut off. */
static bool read_suites(const uint8_t **data, uint8_t *length, const uint8_t oui[3], uint32_t (*meaning)(uint8_t type),
                        uint32_t *list, unsigned *list_count, unsigned room)
{
    unsigned count;

    if (*length < 2) return false;
    count = read_u16(*data);
    *data += 2, *length -= 2;
    if (count > *length / 4u) return false;
    for (unsigned i = 0; i < count; i++, *data += 4, *length -= 4)
        if (!memcmp(*data, oui, 3)) add_once(list, list_count, room, meaning((*data)[3]));
    return true;
}

/* Version, group cipher, pairwise ciphers, key managements; what is left out at the end has the standard's default. */
static void read_security(const uint8_t *data, uint8_t length, const uint8_t oui[3], uint32_t (*auth)(uint8_t type),
                          struct wlan_security *security)
{
    struct wlan_security read = {.present = true};
    bool is_rsn = oui == oui_ieee;

    if (length < 2 || read_u16(data) != 1) return;
    data += 2, length -= 2;
    if (length >= 4) data += 4, length -= 4;
    if (length && !read_suites(&data, &length, oui, cipher_of, read.ciphers, &read.cipher_count, WLAN_CIPHERS_MAX))
        return;
    if (length >= 2 && !read_suites(&data, &length, oui, auth, read.auths, &read.auth_count, WLAN_AUTHS_MAX)) return;
    if (!read.cipher_count)
        add_once(read.ciphers, &read.cipher_count, WLAN_CIPHERS_MAX, is_rsn ? WLAN_CIPHER_CCMP : WLAN_CIPHER_TKIP);
    if (!read.auth_count)
        add_once(read.auths, &read.auth_count, WLAN_AUTHS_MAX, is_rsn ? WLAN_AUTH_RSNA : WLAN_AUTH_WPA);
    *security = read;
}

/* ---- All of them ---- */

static void read_rates(const uint8_t *data, uint8_t length, struct wlan_elements *elements)
{
    for (uint8_t i = 0; i < length && elements->rate_count < WLAN_RATES_MAX; i++)
        /* Of 802.11: the top bit says "basic", the rest counts 500 kbit/s. */
        elements->rates[elements->rate_count++] = (uint16_t)((data[i] & 0x7f) | (data[i] & 0x80 ? 0x8000 : 0));
}

static void read_interworking(const uint8_t *data, uint8_t length, struct wlan_elements *elements)
{
    if (length != 1 && length != 3 && length != 7 && length != 9) return;
    elements->interworking = true;
    elements->access_network = data[0];
    if (length == 3 || length == 9)
    {
        elements->has_venue = true;
        elements->venue_group = data[1];
        elements->venue_type = data[2];
    }
    if (length >= 7)
    {
        elements->has_hessid = true;
        memcpy(elements->hessid, data + length - 6, 6);
    }
}

static void read_country(const uint8_t *data, uint8_t length, struct wlan_elements *elements)
{
    if (length < 3 || data[0] < 'A' || data[0] > 'Z' || data[1] < 'A' || data[1] > 'Z') return;
    elements->country[0] = (char)data[0];
    elements->country[1] = (char)data[1];
}

void wlan_read_elements(const uint8_t *bytes, size_t size, struct wlan_elements *elements)
{
    const uint8_t *data;
    uint8_t id, length;

    memset(elements, 0, sizeof(*elements));
    for (size_t at = 0; wlan_next_element(bytes, size, &at, &id, &data, &length);)
        switch (id)
        {
        case ELEMENT_SSID:
            if (length > WLAN_SSID_MAX || elements->ssid) break;
            elements->ssid = data;
            elements->ssid_length = length;
            break;
        case ELEMENT_RATES:
        case ELEMENT_EXTENDED_RATES:
            read_rates(data, length, elements);
            break;
        case ELEMENT_COUNTRY:
            read_country(data, length, elements);
            break;
        case ELEMENT_HT_CAPABILITIES:
            elements->ht = true;
            break;
        case ELEMENT_VHT_CAPABILITIES:
            elements->vht = true;
            break;
        case ELEMENT_RSN:
            read_security(data, length, oui_ieee, rsn_auth, &elements->rsn);
            break;
        case ELEMENT_INTERWORKING:
            read_interworking(data, length, elements);
            break;
        case ELEMENT_VENDOR:
            if (length >= 4 && !memcmp(data, oui_microsoft, 3) && data[3] == 1)
                read_security(data + 4, (uint8_t)(length - 4), oui_microsoft, wpa_auth, &elements->wpa);
            break;
        case ELEMENT_EXTENSION:
            if (length && data[0] == EXTENSION_HE_CAPABILITIES) elements->he = true;
            break;
        default:
            break;
        }
}

enum wlan_phy wlan_phy_of(const struct wlan_elements *elements, uint32_t frequency)
{
    bool only_b = elements->rate_count > 0;

    if (elements->he) return WLAN_PHY_HE;
    if (elements->vht) return WLAN_PHY_VHT;
    if (elements->ht) return WLAN_PHY_HT;
    if (frequency >= 4900) return WLAN_PHY_OFDM;
    for (unsigned i = 0; i < elements->rate_count; i++)
    {
        unsigned rate = elements->rates[i] & 0x7fff;

        only_b &= rate == 2 || rate == 4 || rate == 11 || rate == 22;
    }
    return only_b ? WLAN_PHY_HRDSSS : WLAN_PHY_ERP;
}

/* ---- The choice ---- */

/* From `list`, what stands first in `order` (ended by 0); 0 if nothing does. */
static uint32_t best_of(const uint32_t *list, unsigned count, const uint32_t *order)
{
    for (; *order; order++)
        for (unsigned i = 0; i < count; i++)
            if (list[i] == *order) return *order;
    return 0;
}

void wlan_default_security(const struct wlan_elements *elements, bool privacy, uint32_t *auth, uint32_t *cipher)
{
    static const uint32_t auths[] = {WLAN_AUTH_WPA3_SAE, WLAN_AUTH_WPA3_ENT_192, WLAN_AUTH_RSNA_PSK, WLAN_AUTH_RSNA,
                                     WLAN_AUTH_OWE,      WLAN_AUTH_WPA_PSK,      WLAN_AUTH_WPA,      0};
    static const uint32_t ciphers[] = {WLAN_CIPHER_GCMP_256, WLAN_CIPHER_CCMP_256, WLAN_CIPHER_GCMP,  WLAN_CIPHER_CCMP,
                                       WLAN_CIPHER_TKIP,     WLAN_CIPHER_WEP104,   WLAN_CIPHER_WEP40, 0};
    const struct wlan_security *security = elements->rsn.present ? &elements->rsn : &elements->wpa;

    *auth = WLAN_AUTH_OPEN;
    *cipher = privacy ? WLAN_CIPHER_WEP : WLAN_CIPHER_NONE;
    if (!security->present) return;
    *auth = best_of(security->auths, security->auth_count, auths);
    *cipher = best_of(security->ciphers, security->cipher_count, ciphers);
}

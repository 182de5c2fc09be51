/* Available networks. */
#include "corkd/wlan/available.h"

#include <stdlib.h>
#include <string.h>

#include "corkd/wlan/wlan_constants.h"

/* A name of zeros is how some access points hide theirs. */
static bool is_named(const struct wlan_elements *elements)
{
    for (uint8_t i = 0; i < elements->ssid_length; i++)
        if (elements->ssid[i]) return true;
    return false;
}

static uint32_t bits_of(const uint32_t *list, unsigned count)
{
    uint32_t bits = 0;

    for (unsigned i = 0; i < count; i++)
        if (list[i] < 32) bits |= 1u << list[i];
    return bits;
}

/* What it has, not only what would be chosen. */
static void read_security(const struct wlan_elements *elements, bool privacy, struct available_network *network)
{
    const struct wlan_security *securities[] = {&elements->rsn, &elements->wpa};

    for (int i = 0; i < 2; i++)
    {
        if (!securities[i]->present) continue;
        network->auths |= bits_of(securities[i]->auths, securities[i]->auth_count);
        network->ciphers |= bits_of(securities[i]->ciphers, securities[i]->cipher_count);
    }
    if (!elements->rsn.present && !elements->wpa.present)
    {
        network->auths = 1u << WLAN_AUTH_OPEN | (privacy ? 1u << WLAN_AUTH_SHARED_KEY : 0);
        network->ciphers = privacy ? AVAILABLE_CIPHER_WEP : 1u << WLAN_CIPHER_NONE;
    }
    network->secure = privacy || elements->rsn.present || elements->wpa.present;
    wlan_default_security(elements, privacy, &network->auth, &network->cipher);
}

static void read_interworking(const struct wlan_elements *elements, struct available_network *network)
{
    network->interworking = elements->interworking;
    network->access_network = elements->access_network;
    network->venue_group = elements->has_venue ? elements->venue_group : 0;
    network->venue_type = elements->has_venue ? elements->venue_type : 0;
    network->has_hessid = elements->has_hessid;
    memcpy(network->hessid, elements->hessid, 6);
}

void available_of_bss(const struct wlan_bss *bss, struct available_network *network)
{
    struct wlan_elements elements;

    memset(network, 0, sizeof(*network));
    wlan_read_elements(bss->elements, bss->element_size, &elements);
    if (is_named(&elements))
    {
        memcpy(network->ssid, elements.ssid, elements.ssid_length);
        network->ssid_length = elements.ssid_length;
    }
    network->bss_type = bss_type(bss);
    read_security(&elements, bss->capabilities & CAPABILITY_PRIVACY, network);
    network->bss_count = 1;
    network->phys = 1u << wlan_phy_of(&elements, bss->frequency);
    network->quality = bss_quality(bss->level);
    read_interworking(&elements, network);
}

static bool is_same(const struct available_network *a, const struct available_network *b)
{
    return a->ssid_length == b->ssid_length && !memcmp(a->ssid, b->ssid, a->ssid_length) &&
           a->bss_type == b->bss_type && a->secure == b->secure && a->auth == b->auth && a->cipher == b->cipher;
}

static void merge(struct available_network *network, const struct available_network *one)
{
    bool stronger = one->quality > network->quality;

    network->bss_count++;
    network->phys |= one->phys;
    network->auths |= one->auths;
    network->ciphers |= one->ciphers;
    if (one->interworking && (stronger || !network->interworking))
    {
        network->interworking = true;
        network->access_network = one->access_network;
        network->venue_group = one->venue_group;
        network->venue_type = one->venue_type;
        network->has_hessid = one->has_hessid;
        memcpy(network->hessid, one->hessid, 6);
    }
    if (stronger) network->quality = one->quality;
}

int available_group(const struct wlan_bss *list, size_t count, struct available_network **networks)
{
    struct available_network one;
    int found = 0;

    *networks = calloc(count + 1, sizeof(**networks));
    if (!*networks) return -1;
    for (size_t i = 0; i < count; i++)
    {
        int at = 0;

        available_of_bss(&list[i], &one);
        while (at < found && !is_same(&(*networks)[at], &one))
            at++;
        if (at < found)
            merge(&(*networks)[at], &one);
        else
            (*networks)[found++] = one;
    }
    return found;
}

/* ---- Profiles ---- */

static bool has_ssid(const struct wlan_profile *profile, const struct available_network *network)
{
    for (size_t i = 0; i < profile->ssid_count; i++)
        if (profile->ssids[i].length == network->ssid_length &&
            !memcmp(profile->ssids[i].bytes, network->ssid, network->ssid_length))
            return true;
    return false;
}

/* Whether the network offers that authentication with the profile's cipher. */
static bool offers(const struct available_network *network, uint32_t auth, uint32_t cipher)
{
    if (auth >= 32 || !(network->auths & 1u << auth)) return false;
    if (cipher == WLAN_CIPHER_WEP) return network->ciphers & AVAILABLE_CIPHER_WEP;
    return cipher < 32 && network->ciphers & 1u << cipher;
}

bool available_matches(const struct available_network *network, const struct wlan_profile *profile)
{
    if (!network->ssid_length || profile->bss_type != network->bss_type || !has_ssid(profile, network)) return false;
    if (offers(network, profile->auth, profile->cipher)) return true;
    return profile->transition && profile->auth == WLAN_AUTH_WPA3_SAE &&
           offers(network, WLAN_AUTH_RSNA_PSK, profile->cipher);
}

uint32_t available_reason(const struct available_network *network)
{
    /* What a profile can say and wpa_supplicant is told: no 802.1X. */
    static const uint32_t known = 1u << WLAN_AUTH_OPEN | 1u << WLAN_AUTH_SHARED_KEY | 1u << WLAN_AUTH_WPA_PSK |
                                  1u << WLAN_AUTH_RSNA_PSK | 1u << WLAN_AUTH_WPA3_SAE | 1u << WLAN_AUTH_OWE;

    return network->auths & known ? REASON_SUCCESS : REASON_UNSUPPORTED_SECURITY_SET_BY_OS;
}

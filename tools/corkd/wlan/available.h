/*
 * Available networks: what a radio hears, as networks rather than access points.
 *
 * Basic service sets of one SSID, type and security are one network ("uNumberOfBssids indicates the number of BSSIDs in
 * the network"). No Windows header, no lock.
 */
#ifndef CORKD_WLAN_AVAILABLE_H
#define CORKD_WLAN_AVAILABLE_H

#include "corkd/wlan/bss.h"
#include "corkd/wlan/profile.h"

struct available_network
{
    uint8_t ssid[WLAN_SSID_MAX];
    uint8_t ssid_length; /* 0: it does not say its name */
    uint32_t bss_type;
    bool secure;
    uint32_t auth, cipher;   /* the default: the strongest that it has and this side knows; auth 0: none is known */
    uint32_t auths, ciphers; /* all that it has: bits 1 << enum wlan_auth, 1 << enum wlan_cipher (WEP: its own bit) */
    uint32_t bss_count;
    uint32_t phys;    /* bits 1 << enum wlan_phy */
    uint32_t quality; /* of the strongest */
    bool interworking, has_hessid;
    uint8_t access_network, venue_group, venue_type, hessid[6]; /* of the strongest that has them */
};

#define AVAILABLE_CIPHER_WEP (1u << WLAN_CIPHER_WEP40 | 1u << WLAN_CIPHER_WEP104)

/* One service set as a network of its own. */
void available_of_bss(const struct wlan_bss *bss, struct available_network *network);
/* Groups `count` service sets. Returns how many networks *networks then has, which the caller frees; -1: no memory. */
int available_group(const struct wlan_bss *list, size_t count, struct available_network **networks);
/* Whether a profile is for the network: its SSID, its type, its security. */
bool available_matches(const struct available_network *network, const struct wlan_profile *profile);
/* REASON_SUCCESS where it can be connected to, or why it cannot. */
uint32_t available_reason(const struct available_network *network);

#endif

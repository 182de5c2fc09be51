/*
 * The information elements of beacons and probe responses (IEEE 802.11-2020, 9.4.2), as far as Native Wifi asks for
 * them.
 *
 * What comes from the air may be anything: every length is checked, nothing is allocated, pointers lead into the
 * caller's bytes. No Windows header, no lock.
 */
#ifndef CORKD_WLAN_ELEMENTS_H
#define CORKD_WLAN_ELEMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WLAN_SSID_MAX    32
#define WLAN_RATES_MAX   126 /* DOT11_RATE_SET_MAX_LENGTH */
#define WLAN_AUTHS_MAX   8
#define WLAN_CIPHERS_MAX 8

/* DOT11_AUTH_ALGORITHM and DOT11_CIPHER_ALGORITHM by their numbers. */
enum wlan_auth
{
    WLAN_AUTH_OPEN = 1,
    WLAN_AUTH_SHARED_KEY = 2,
    WLAN_AUTH_WPA = 3,
    WLAN_AUTH_WPA_PSK = 4,
    WLAN_AUTH_RSNA = 6,
    WLAN_AUTH_RSNA_PSK = 7,
    WLAN_AUTH_WPA3_ENT_192 = 8,
    WLAN_AUTH_WPA3_SAE = 9,
    WLAN_AUTH_OWE = 10,
};

enum wlan_cipher
{
    WLAN_CIPHER_NONE = 0,
    WLAN_CIPHER_WEP40 = 1,
    WLAN_CIPHER_TKIP = 2,
    WLAN_CIPHER_CCMP = 4,
    WLAN_CIPHER_WEP104 = 5,
    WLAN_CIPHER_GCMP = 8,
    WLAN_CIPHER_GCMP_256 = 9,
    WLAN_CIPHER_CCMP_256 = 10,
    WLAN_CIPHER_WEP = 0x101,
};

/* DOT11_PHY_TYPE by its numbers. */
enum wlan_phy
{
    WLAN_PHY_OFDM = 4,   /* 802.11a */
    WLAN_PHY_HRDSSS = 5, /* b */
    WLAN_PHY_ERP = 6,    /* g */
    WLAN_PHY_HT = 7,     /* n */
    WLAN_PHY_VHT = 8,    /* ac */
    WLAN_PHY_HE = 10,    /* ax */
};

/* What one security element (RSN, or Wi-Fi Alliance's of WPA) offers. */
struct wlan_security
{
    bool present;
    unsigned auth_count, cipher_count;
    uint32_t auths[WLAN_AUTHS_MAX], ciphers[WLAN_CIPHERS_MAX]; /* in the element's order, each once */
};

struct wlan_elements
{
    const uint8_t *ssid; /* NULL: there is no such element */
    uint8_t ssid_length;
    uint8_t rate_count;
    uint16_t rates[WLAN_RATES_MAX]; /* in half megabits a second; the top bit as in the element: a basic rate */
    struct wlan_security rsn, wpa;
    bool ht, vht, he;
    bool interworking, has_venue, has_hessid;
    uint8_t access_network; /* the access network options' byte */
    uint8_t venue_group, venue_type, hessid[6];
    char country[3]; /* terminated, or empty */
};

/* Goes from element to element: true with the next one's number, bytes and length; false at the end, or where the rest
 * is no element. *at begins with 0. */
bool wlan_next_element(const uint8_t *bytes, size_t size, size_t *at, uint8_t *id, const uint8_t **data,
                       uint8_t *length);
/* Reads them all, as far as they are well-formed; a malformed element counts as one that is not there. */
void wlan_read_elements(const uint8_t *bytes, size_t size, struct wlan_elements *elements);
/* The physical layer of a network whose elements and channel centre (MHz) these are. */
enum wlan_phy wlan_phy_of(const struct wlan_elements *elements, uint32_t frequency);
/* The authentication and cipher that a station would choose: the strongest that both know. `privacy`: of its
 * capabilities. */
void wlan_default_security(const struct wlan_elements *elements, bool privacy, uint32_t *auth, uint32_t *cipher);

#endif

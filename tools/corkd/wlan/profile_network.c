/*
 * A profile as a network block of wpa_supplicant ("NETWORK BLOCK" in wpa_supplicant.conf(5) and its commented example).
 *
 * Not mapped: phyType (wpa_supplicant chooses the band), the PMK cache's times (its own are global), preAuthMode (it is
 * for 802.1X), autoSwitch and connectionMode (who connects when is corkd's business).
 */
#include <stdio.h>
#include <string.h>

#include "corkd/wlan/profile.h"
#include "corkd/wlan/wlan_constants.h"

#define ADHOC_MHZ "2412" /* where an ad hoc network begins that nobody has begun yet */

struct settings
{
    struct profile_setting *list;
    size_t count;
};

static char *next(struct settings *settings, const char *name)
{
    struct profile_setting *setting = &settings->list[settings->count++];

    setting->name = name;
    setting->value[0] = 0;
    return setting->value;
}

static void put(struct settings *settings, const char *name, const char *value)
{
    snprintf(next(settings, name), sizeof(settings->list->value), "%s", value);
}

/* The SSID in hexadecimal digits without quotation marks: any byte may be in it. */
static void put_ssid(struct settings *settings, const struct profile_ssid *ssid)
{
    char *text = next(settings, "ssid");

    for (size_t i = 0; i < ssid->length; i++, text += 2)
        snprintf(text, 3, "%02x", ssid->bytes[i]);
}

/* A pass phrase goes in quotation marks: wpa_supplicant looks for the last one, so that there is nothing to escape; the
 * key itself, 64 digits, without. SAE's password is the same setting. */
static void put_psk(struct settings *settings, const struct wlan_profile *profile)
{
    bool phrase = profile->key_type == PROFILE_KEY_PASS_PHRASE;

    snprintf(next(settings, "psk"), sizeof(settings->list->value), phrase ? "\"%s\"" : "%s", profile->key);
}

static void put_wep(struct settings *settings, const struct wlan_profile *profile)
{
    static const char *const names[] = {"wep_key0", "wep_key1", "wep_key2", "wep_key3"};
    char index[2] = {(char)('0' + (profile->key_index & 3)), 0};

    put(settings, "auth_alg", profile->auth == WLAN_AUTH_SHARED_KEY ? "SHARED" : "OPEN");
    put(settings, names[profile->key_index & 3], profile->key);
    put(settings, "wep_tx_keyidx", index);
}

static const char *pairwise(uint32_t cipher)
{
    switch (cipher)
    {
    case WLAN_CIPHER_TKIP:
        return "TKIP";
    case WLAN_CIPHER_GCMP_256:
        return "GCMP-256";
    default:
        return "CCMP";
    }
}

/* `management` is ieee80211w: whether management frames are protected: 0 no, 1 where the network can, 2 always. */
static void put_rsn(struct settings *settings, const struct wlan_profile *profile, const char *proto, const char *keys,
                    const char *management)
{
    put(settings, "proto", proto);
    put(settings, "key_mgmt", keys);
    put(settings, "pairwise", pairwise(profile->cipher));
    put(settings, "ieee80211w", management);
}

/* "WPA3-Personal transition": WPA2-Personal networks with the same pass phrase are the profile's too. */
static void put_sae(struct settings *settings, const struct wlan_profile *profile)
{
    if (profile->transition)
        put_rsn(settings, profile, "RSN", "SAE WPA-PSK WPA-PSK-SHA256", "1");
    else
        put_rsn(settings, profile, "RSN", "SAE", "2");
    put_psk(settings, profile);
}

/* An ad hoc network knows neither keys by SHA-256 nor protected management frames. */
static void put_wpa2(struct settings *settings, const struct wlan_profile *profile)
{
    if (profile->bss_type == BSS_INDEPENDENT)
        put_rsn(settings, profile, "RSN", "WPA-PSK", "0");
    else
        put_rsn(settings, profile, "RSN", "WPA-PSK WPA-PSK-SHA256", "1");
    put_psk(settings, profile);
}

static bool put_security(struct settings *settings, const struct wlan_profile *profile)
{
    bool wep = profile->cipher == WLAN_CIPHER_WEP, open = profile->cipher == WLAN_CIPHER_NONE;

    if (profile->one_x) return false;
    if (!profile->key[0] && !open && profile->auth != WLAN_AUTH_OWE) return false;
    switch (profile->auth)
    {
    case WLAN_AUTH_OPEN:
    case WLAN_AUTH_SHARED_KEY:
        put(settings, "key_mgmt", "NONE");
        if (wep) put_wep(settings, profile);
        return true;
    case WLAN_AUTH_WPA_PSK:
        put_rsn(settings, profile, "WPA", "WPA-PSK", "0");
        put_psk(settings, profile);
        return true;
    case WLAN_AUTH_RSNA_PSK:
        put_wpa2(settings, profile);
        return true;
    case WLAN_AUTH_WPA3_SAE:
        put_sae(settings, profile);
        return true;
    case WLAN_AUTH_OWE:
        put_rsn(settings, profile, "RSN", "OWE", "2");
        return true;
    default:
        return false;
    }
}

size_t profile_network(const struct wlan_profile *profile, const struct profile_ssid *ssid,
                       struct profile_setting list[PROFILE_SETTINGS_MAX])
{
    struct settings settings = {list, 0};

    put_ssid(&settings, ssid);
    if (profile->non_broadcast) put(&settings, "scan_ssid", "1");
    if (profile->bss_type == BSS_INDEPENDENT)
    {
        put(&settings, "mode", "1");
        put(&settings, "frequency", ADHOC_MHZ);
    }
    if (profile->randomize_mac) put(&settings, "mac_addr", "1");
    return put_security(&settings, profile) ? settings.count : 0;
}

/*
 * What the WLAN_profile pages say of a profile beside its schema: which values go together, which keys are keys.
 *
 * 802.1X is refused: corkd has no credentials for it. The nearest reason is UNSUPPORTED_SECURITY_SET_BY_OS, "The
 * security settings are not supported by the operating system."
 */
#include <string.h>

#include "corkd/wlan/profile_reasons.h"
#include "corkd/wlan/profile_schema.h"
#include "corkd/wlan/wlan_constants.h"

/* The pages' defaults of WPA2's PMK cache. */
#define PMK_MINUTES       720
#define PMK_SIZE          128
#define PRE_AUTH_THROTTLE 3

/* ---- Authentication and encryption ---- */

enum key_need
{
    KEY_NONE,
    KEY_WEP,
    KEY_PSK,
    KEY_PASS_PHRASE, /* SAE's: never the key itself */
};

static const struct pair
{
    uint32_t auth, cipher;
    enum key_need key;
    bool one_x; /* is there to be used with it */
    bool adhoc;
} pairs[] = {
    {WLAN_AUTH_OPEN, WLAN_CIPHER_NONE, KEY_NONE, false, true},
    {WLAN_AUTH_OPEN, WLAN_CIPHER_WEP, KEY_WEP, false, true},
    {WLAN_AUTH_SHARED_KEY, WLAN_CIPHER_WEP, KEY_WEP, false, true},
    {WLAN_AUTH_WPA_PSK, WLAN_CIPHER_TKIP, KEY_PSK, false, false},
    {WLAN_AUTH_WPA_PSK, WLAN_CIPHER_CCMP, KEY_PSK, false, false},
    {WLAN_AUTH_RSNA_PSK, WLAN_CIPHER_TKIP, KEY_PSK, false, false},
    {WLAN_AUTH_RSNA_PSK, WLAN_CIPHER_CCMP, KEY_PSK, false, true},
    {WLAN_AUTH_WPA3_SAE, WLAN_CIPHER_CCMP, KEY_PASS_PHRASE, false, false},
    {WLAN_AUTH_WPA3_SAE, WLAN_CIPHER_GCMP_256, KEY_PASS_PHRASE, false, false},
    {WLAN_AUTH_OWE, WLAN_CIPHER_CCMP, KEY_NONE, false, false},
    {WLAN_AUTH_WPA, WLAN_CIPHER_TKIP, KEY_NONE, true, false},
    {WLAN_AUTH_WPA, WLAN_CIPHER_CCMP, KEY_NONE, true, false},
    {WLAN_AUTH_RSNA, WLAN_CIPHER_TKIP, KEY_NONE, true, false},
    {WLAN_AUTH_RSNA, WLAN_CIPHER_CCMP, KEY_NONE, true, false},
    {WLAN_AUTH_WPA3_ENT_192, WLAN_CIPHER_GCMP_256, KEY_NONE, true, false},
    {PROFILE_AUTH_WPA3_ENT, WLAN_CIPHER_CCMP, KEY_NONE, true, false},
    {PROFILE_AUTH_WPA3_ENT, WLAN_CIPHER_GCMP_256, KEY_NONE, true, false},
};

static const struct pair *find_pair(const struct wlan_profile *profile)
{
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        if (pairs[i].auth == profile->auth && pairs[i].cipher == profile->cipher) return &pairs[i];
    return NULL;
}

static bool is_wpa2(uint32_t auth)
{
    return auth == WLAN_AUTH_RSNA || auth == WLAN_AUTH_RSNA_PSK;
}

static uint32_t check_pair(const struct profile_document *document, const struct pair *pair)
{
    const struct wlan_profile *profile = document->profile;
    bool open = profile->auth == WLAN_AUTH_OPEN;

    if (!pair) return REASON_INVALID_AUTH_CIPHER;
    if (pair->one_x && !profile->one_x) return REASON_ONE_X_DISABLED;
    if (profile->one_x && !pair->one_x && !open) return REASON_ONE_X_ENABLED;
    if (profile->one_x) return REASON_UNSUPPORTED_BY_OS;
    if (document->fips && !is_wpa2(profile->auth)) return REASON_SAFE_MODE;
    if (document->fips) return REASON_SAFE_MODE_NIC; /* no driver is known to be certified */
    if (profile->bss_type == BSS_INDEPENDENT && !pair->adhoc) return REASON_UNSUPPORTED_SECURITY_SET;
    return REASON_SUCCESS;
}

/* "This element is valid only for WPA2-defined networks with PMKCacheMode set to enabled." */
static uint32_t check_pmk_cache(struct profile_document *document)
{
    struct wlan_profile *profile = document->profile;
    bool wpa2 = is_wpa2(profile->auth) || profile->auth == WLAN_AUTH_WPA3_SAE;

    if (profile->pmk_cache && !wpa2) return REASON_PMK_MODE;
    if (wpa2 && !document->has_pmk_mode) profile->pmk_cache = true;
    if (!profile->pmk_cache && profile->pre_auth) return REASON_PRE_AUTH_ONLY;
    if (!profile->pmk_cache && profile->pmk_cache_minutes) return REASON_PMK_TTL;
    if (!profile->pmk_cache && profile->pmk_cache_size) return REASON_PMK_SIZE;
    if (!profile->pre_auth && profile->pre_auth_throttle) return REASON_PRE_AUTH_THROTTLE;
    if (!profile->pmk_cache) return REASON_SUCCESS;
    if (!profile->pmk_cache_minutes) profile->pmk_cache_minutes = PMK_MINUTES;
    if (!profile->pmk_cache_size) profile->pmk_cache_size = PMK_SIZE;
    if (!profile->pre_auth_throttle) profile->pre_auth_throttle = PRE_AUTH_THROTTLE;
    return REASON_SUCCESS;
}

/* "Microsoft security settings and IHV security settings are mutually exclusive." No radio here has a vendor's own. */
static uint32_t check_vendor(const struct profile_document *document)
{
    if (document->has_security && document->ihv_security) return REASON_CONFLICT_SECURITY;
    if (document->ihv_security) return REASON_IHV_SECURITY_NOT_SUPPORTED;
    if (document->ihv_connectivity) return REASON_IHV_CONNECTIVITY;
    if (document->has_ihv) return REASON_IHV_SETTINGS_MISSING;
    if (!document->has_msm) return REASON_SECURITY_MISSING;
    return document->has_security ? REASON_SUCCESS : REASON_MSM_SECURITY_MISSING;
}

/* ---- Connection ---- */

static uint32_t check_connection(struct profile_document *document)
{
    struct wlan_profile *profile = document->profile;
    bool adhoc = profile->bss_type == BSS_INDEPENDENT;

    if (!document->has_mode) profile->automatic = !adhoc;
    if (adhoc && profile->automatic) return REASON_ADHOC_CONNECTION_MODE;
    if (adhoc && profile->non_broadcast) return REASON_ADHOC_NON_BROADCAST;
    if (adhoc && profile->auto_switch) return REASON_ADHOC_AUTO_SWITCH;
    if (profile->auto_switch && !profile->automatic) return REASON_MANUAL_AUTO_SWITCH;
    if (document->hotspot) return REASON_HOTSPOT2_NOT_ALLOWED;
    /* "If multiple SSIDs are set within the profile, they must all have the same nonBroadcast value." */
    return document->non_broadcast_differs ? REASON_INVALID_SCHEMA : REASON_SUCCESS;
}

uint32_t profile_check_rules(struct profile_document *document)
{
    uint32_t reason = check_connection(document);

    if (!reason) reason = check_vendor(document);
    if (!reason) reason = check_pair(document, find_pair(document->profile));
    if (!reason) reason = check_pmk_cache(document);
    return reason;
}

/* ---- Keys ---- */

static bool all_hex(const char *text)
{
    return strspn(text, "0123456789abcdefABCDEF") == strlen(text);
}

/* "if the supplied Unicode characters cannot be mapped to ANSI or ASCII characters, then the supplied key material is
 * rejected." */
static bool all_ascii(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text > 127) return false;
    return true;
}

static bool all_printable(const char *text)
{
    for (; *text; text++)
        if (*text < 32 || *text > 126) return false;
    return true;
}

/* "a WEP key of 5 or 13 ANSI characters, or of 10 or 26 hexadecimal characters"; kept as the latter (WlanGetProfile).
 */
static uint32_t check_wep_key(struct wlan_profile *profile, const char *key)
{
    size_t length = strlen(key);

    if (profile->key_type != PROFILE_KEY_NETWORK) return REASON_PSK_PRESENT;
    if (!all_ascii(key)) return REASON_KEY_UNMAPPED;
    if (length == 10 || length == 26)
    {
        if (!all_hex(key)) return REASON_KEY_CHAR;
        memcpy(profile->key, key, length + 1);
        return REASON_SUCCESS;
    }
    if (length != 5 && length != 13) return REASON_KEY_LENGTH;
    for (size_t i = 0; i < length; i++)
    {
        profile->key[2 * i] = "0123456789abcdef"[(unsigned char)key[i] >> 4];
        profile->key[2 * i + 1] = "0123456789abcdef"[key[i] & 15];
    }
    profile->key[2 * length] = 0;
    return REASON_SUCCESS;
}

static uint32_t check_pass_phrase(const char *key)
{
    size_t length = strlen(key);

    if (!all_ascii(key)) return REASON_KEY_UNMAPPED;
    if (!all_printable(key)) return REASON_PASS_PHRASE_CHAR;
    if (length == 64 && all_hex(key)) return REASON_KEY_TYPE; /* the key itself, called a pass phrase */
    return length < 8 || length > 63 ? REASON_PSK_LENGTH : REASON_SUCCESS;
}

static uint32_t check_network_key(const char *key)
{
    if (!all_ascii(key)) return REASON_KEY_UNMAPPED;
    if (strlen(key) != 64) return REASON_PSK_LENGTH;
    return all_hex(key) ? REASON_SUCCESS : REASON_KEY_CHAR;
}

uint32_t profile_check_key(struct wlan_profile *profile, const char *key)
{
    const struct pair *pair = find_pair(profile);
    uint32_t reason;

    if (!pair) return REASON_INVALID_AUTH_CIPHER;
    if (pair->key == KEY_NONE) return REASON_PSK_PRESENT;
    if (pair->key == KEY_WEP) return check_wep_key(profile, key);
    if (pair->key == KEY_PASS_PHRASE && profile->key_type != PROFILE_KEY_PASS_PHRASE) return REASON_KEY_TYPE;
    reason = profile->key_type == PROFILE_KEY_PASS_PHRASE ? check_pass_phrase(key) : check_network_key(key);
    if (!reason) memcpy(profile->key, key, strlen(key) + 1);
    return reason;
}

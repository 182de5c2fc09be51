/*
 * What a profile asks of the radio and of wpa_supplicant ("GET_CAPABILITY" of its control interface). WlanSetProfile:
 * "if a profile specifies the use of WPA2 when the NIC only supports WPA, then this error code is returned."
 */
#include <string.h>

#include "corkd/wlan/profile_reasons.h"
#include "corkd/wlan/wlan.h"

struct need
{
    const char *list, *word; /* GET_CAPABILITY's argument, and what has to be in the answer; list NULL: nothing */
    uint32_t reason;
};

static struct need auth_need(const struct wlan_profile *profile)
{
    switch (profile->auth)
    {
    case WLAN_AUTH_WPA_PSK:
    case WLAN_AUTH_RSNA_PSK:
        return (struct need){"key_mgmt", "WPA-PSK", REASON_NIC_AUTH};
    case WLAN_AUTH_WPA3_SAE:
        return (struct need){"key_mgmt", "SAE", REASON_NIC_AUTH};
    case WLAN_AUTH_OWE:
        return (struct need){"key_mgmt", "OWE", REASON_NIC_AUTH};
    case WLAN_AUTH_SHARED_KEY:
        return (struct need){"auth_alg", "SHARED", REASON_NIC_AUTH};
    default:
        return (struct need){0};
    }
}

static struct need proto_need(const struct wlan_profile *profile)
{
    if (profile->cipher == WLAN_CIPHER_NONE || profile->cipher == WLAN_CIPHER_WEP) return (struct need){0};
    return (struct need){"proto", profile->auth == WLAN_AUTH_WPA_PSK ? "WPA" : "RSN", REASON_NIC_AUTH};
}

static struct need mode_need(const struct wlan_profile *profile)
{
    if (profile->bss_type != BSS_INDEPENDENT) return (struct need){0};
    return (struct need){"modes", "IBSS", REASON_BSS_TYPE_UNMATCH};
}

static struct need cipher_need(const struct wlan_profile *profile)
{
    switch (profile->cipher)
    {
    case WLAN_CIPHER_WEP:
        return (struct need){"group", strlen(profile->key) > 10 ? "WEP104" : "WEP40", REASON_NIC_CIPHER};
    case WLAN_CIPHER_TKIP:
        return (struct need){"pairwise", "TKIP", REASON_NIC_CIPHER};
    case WLAN_CIPHER_CCMP:
        return (struct need){"pairwise", "CCMP", REASON_NIC_CIPHER};
    case WLAN_CIPHER_GCMP_256:
        return (struct need){"pairwise", "GCMP-256", REASON_NIC_CIPHER};
    default:
        return (struct need){0};
    }
}

uint32_t wlan_profile_capability(struct wlan *wlan, const char *interface, const struct wlan_profile *profile,
                                 uint32_t *reason)
{
    const struct need needs[] = {mode_need(profile), auth_need(profile), proto_need(profile), cipher_need(profile)};

    for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++)
        if (needs[i].list && !wlan_is_capable(wlan, interface, needs[i].list, needs[i].word))
        {
            *reason = needs[i].reason;
            return ERROR_NO_MATCH;
        }
    return ERROR_SUCCESS;
}

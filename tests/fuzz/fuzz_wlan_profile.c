/*
 * A profile's XML, which any program may hand to WlanSetProfile. What is accepted has what the rest relies on, can be
 * rewritten without becoming another profile, and gives wpa_supplicant settings of one line.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "corkd/wlan/profile.h"

static bool unprotect(void *context, const char *material, char *key)
{
    (void)context;
    if (strlen(material) >= PROFILE_KEY_SIZE) return false;
    strcpy(key, material);
    return true;
}

static void check_settings(const struct wlan_profile *profile)
{
    struct profile_setting settings[PROFILE_SETTINGS_MAX];
    size_t count = profile_network(profile, &profile->ssids[0], settings);

    REQUIRE(count <= PROFILE_SETTINGS_MAX);
    for (size_t i = 0; i < count; i++)
    {
        REQUIRE(memchr(settings[i].value, 0, sizeof(settings[i].value)));
        REQUIRE(!strpbrk(settings[i].value, "\r\n"));
    }
}

static void check_again(const struct wlan_profile *profile, const char *xml)
{
    struct wlan_profile *again;

    REQUIRE(xml && !profile_parse(xml, strlen(xml), unprotect, NULL, &again));
    REQUIRE(!strcmp(again->name, profile->name) && again->ssid_count == profile->ssid_count);
    REQUIRE(!memcmp(again->ssids, profile->ssids, again->ssid_count * sizeof(*again->ssids)));
    REQUIRE(again->auth == profile->auth && again->cipher == profile->cipher && !strcmp(again->key, profile->key));
    REQUIRE(again->automatic == profile->automatic && again->non_broadcast == profile->non_broadcast);
    profile_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct wlan_profile *profile;
    char *xml;

    if (profile_parse((const char *)data, size, unprotect, NULL, &profile)) return 0;
    REQUIRE(profile->name[0] && profile->ssid_count && profile->ssid_count <= PROFILE_SSIDS_MAX && !profile->one_x);
    for (size_t i = 0; i < profile->ssid_count; i++)
        REQUIRE(profile->ssids[i].length && profile->ssids[i].length <= WLAN_SSID_MAX);
    check_settings(profile);
    xml = profile_rewrite((const char *)data, size, &(struct profile_edit){0});
    check_again(profile, xml);
    free(xml);
    xml = profile_write(profile);
    check_again(profile, xml);
    free(xml);
    profile_free(profile);
    return 0;
}

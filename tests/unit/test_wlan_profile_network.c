/* Profiles as network blocks of wpa_supplicant. */
#include <string.h>

#include "test_framework.h"

#include "corkd/wlan/profile.h"
#include "corkd/wlan/wlan_constants.h"

static const struct profile_ssid attic = {"At\0ic \"", 7};

/* The settings as one text: name=value, one a line. */
static const char *settings_of(const struct wlan_profile *profile)
{
    static char text[4096];
    struct profile_setting settings[PROFILE_SETTINGS_MAX];
    size_t count = profile_network(profile, &attic, settings);

    require(count <= PROFILE_SETTINGS_MAX);
    text[0] = 0;
    for (size_t i = 0; i < count; i++)
    {
        strcat(strcat(text, settings[i].name), "=");
        strcat(strcat(text, settings[i].value), "\n");
    }
    return text;
}

static struct wlan_profile personal(uint32_t auth, uint32_t cipher, const char *phrase)
{
    struct wlan_profile profile = {.bss_type = BSS_INFRASTRUCTURE, .auth = auth, .cipher = cipher};

    profile.key_type = PROFILE_KEY_PASS_PHRASE;
    strcpy(profile.key, phrase);
    return profile;
}

#define SSID "ssid=41740069632022\n"

START_TEST(open_networks)
{
    struct wlan_profile profile = personal(WLAN_AUTH_OPEN, WLAN_CIPHER_NONE, "");

    require(!strcmp(settings_of(&profile), SSID "key_mgmt=NONE\n"));
    profile.non_broadcast = true;
    profile.randomize_mac = true;
    require(!strcmp(settings_of(&profile), SSID "scan_ssid=1\nmac_addr=1\nkey_mgmt=NONE\n"));
    profile = personal(WLAN_AUTH_OPEN, WLAN_CIPHER_NONE, "");
    profile.bss_type = BSS_INDEPENDENT;
    require(!strcmp(settings_of(&profile), SSID "mode=1\nfrequency=2412\nkey_mgmt=NONE\n"));
    profile = personal(WLAN_AUTH_OWE, WLAN_CIPHER_CCMP, "");
    require(!strcmp(settings_of(&profile), SSID "proto=RSN\nkey_mgmt=OWE\npairwise=CCMP\nieee80211w=2\n"));
}
END_TEST

START_TEST(wep)
{
    struct wlan_profile profile = personal(WLAN_AUTH_OPEN, WLAN_CIPHER_WEP, "6170706c65");

    profile.key_type = PROFILE_KEY_NETWORK;
    require(
        !strcmp(settings_of(&profile), SSID "key_mgmt=NONE\nauth_alg=OPEN\nwep_key0=6170706c65\nwep_tx_keyidx=0\n"));
    profile.auth = WLAN_AUTH_SHARED_KEY;
    profile.key_index = 3;
    require(
        !strcmp(settings_of(&profile), SSID "key_mgmt=NONE\nauth_alg=SHARED\nwep_key3=6170706c65\nwep_tx_keyidx=3\n"));
    profile.key[0] = 0;
    require(!*settings_of(&profile));
}
END_TEST

START_TEST(personal_networks)
{
    static const char digits[] = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    struct wlan_profile profile = personal(WLAN_AUTH_WPA_PSK, WLAN_CIPHER_TKIP, "a \"b\" \\c");

    require(!strcmp(settings_of(&profile), SSID "proto=WPA\nkey_mgmt=WPA-PSK\npairwise=TKIP\nieee80211w=0\n"
                                                "psk=\"a \"b\" \\c\"\n"));
    profile = personal(WLAN_AUTH_RSNA_PSK, WLAN_CIPHER_CCMP, digits);
    profile.key_type = PROFILE_KEY_NETWORK;
    require(!strcmp(settings_of(&profile),
                    SSID "proto=RSN\nkey_mgmt=WPA-PSK WPA-PSK-SHA256\npairwise=CCMP\nieee80211w=1\n"
                         "psk=00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n"));
    profile.bss_type = BSS_INDEPENDENT;
    require(strstr(settings_of(&profile), "mode=1\nfrequency=2412\nproto=RSN\nkey_mgmt=WPA-PSK\npairwise=CCMP\n"
                                          "ieee80211w=0\n"));
    profile.key[0] = 0;
    require(!*settings_of(&profile));
}
END_TEST

START_TEST(sae)
{
    struct wlan_profile profile = personal(WLAN_AUTH_WPA3_SAE, WLAN_CIPHER_CCMP, "correct horse");

    require(!strcmp(settings_of(&profile),
                    SSID "proto=RSN\nkey_mgmt=SAE\npairwise=CCMP\nieee80211w=2\npsk=\"correct horse\"\n"));
    profile.transition = true;
    profile.cipher = WLAN_CIPHER_GCMP_256;
    require(!strcmp(settings_of(&profile), SSID "proto=RSN\nkey_mgmt=SAE WPA-PSK WPA-PSK-SHA256\npairwise=GCMP-256\n"
                                                "ieee80211w=1\npsk=\"correct horse\"\n"));
}
END_TEST

START_TEST(what_it_has_not)
{
    struct wlan_profile profile = personal(WLAN_AUTH_RSNA, WLAN_CIPHER_CCMP, "correct horse");

    require(!*settings_of(&profile));
    profile = personal(WLAN_AUTH_OPEN, WLAN_CIPHER_NONE, "");
    profile.one_x = true;
    require(!*settings_of(&profile));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wlan_profile_network");
    TCase *cases = tcase_create("tests");
    SRunner *runner;
    int failed;

    tcase_add_test(cases, open_networks);
    tcase_add_test(cases, wep);
    tcase_add_test(cases, personal_networks);
    tcase_add_test(cases, sae);
    tcase_add_test(cases, what_it_has_not);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

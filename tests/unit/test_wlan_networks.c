/* What is heard, as networks; and wpa_supplicant's own list of networks, with the mark that ours bear. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test_framework.h"

#include "corkd/wlan/available.h"
#include "corkd/wlan/network_list.h"
#include "corkd/wlan/wlan_constants.h"

/* ---- Available networks ---- */

/* Elements: an SSID, and behind it what is given in hexadecimal digits. */
static struct wlan_bss heard(const char *ssid, const char *more, int level, unsigned capabilities)
{
    static uint32_t number;
    struct wlan_bss bss;
    const char *rest;
    char text[1024];
    size_t length;
    bool whole;

    length = (size_t)snprintf(text, sizeof(text),
                              "id=%u\nbssid=02:00:00:00:00:01\nfreq=2437\ncapabilities=0x%04x\nlevel=%d\nie=00%02x",
                              (unsigned)number++, capabilities, level, (unsigned)strlen(ssid));
    for (const char *at = ssid; *at; at++)
        length += (size_t)snprintf(text + length, sizeof(text) - length, "%02x", (uint8_t)*at);
    snprintf(text + length, sizeof(text) - length, "%s\n####\n", more);
    require(bss_read(text, &rest, &whole, &bss) && whole);
    return bss;
}

#define WPA2       "30140100000fac040100000fac040100000fac020000"
#define WPA3       "30140100000fac040100000fac040100000fac080000"
#define TRANSITION "30180100000fac040100000fac040200000fac02000fac080000"
#define ENTERPRISE "30140100000fac040100000fac040100000fac010000"
#define HOTSPOT    "6b07f2010a0b0c0d0e"

START_TEST(one_network_of_many_access_points)
{
    struct wlan_bss list[] = {heard("A", WPA2, -80, 0x11), heard("A", WPA2, -60, 0x11), heard("A", WPA3, -50, 0x11),
                              heard("A", "", -50, 0x01),   heard("B", WPA2, -40, 0x11), heard("", WPA2, -40, 0x11)};
    struct available_network *networks;

    require(available_group(list, 6, &networks) == 5);
    require(networks[0].bss_count == 2 && networks[0].quality == 80 && networks[0].auth == WLAN_AUTH_RSNA_PSK);
    require(networks[1].bss_count == 1 && networks[1].auth == WLAN_AUTH_WPA3_SAE);
    require(networks[2].auth == WLAN_AUTH_OPEN && !networks[2].secure && networks[2].cipher == WLAN_CIPHER_NONE);
    require(networks[3].ssid_length == 1 && networks[3].ssid[0] == 'B' && networks[4].ssid_length == 0);
    free(networks);
    require(available_group(list, 0, &networks) == 0);
    free(networks);
    for (int i = 0; i < 6; i++)
        bss_free(&list[i]);
}
END_TEST

START_TEST(what_can_be_connected_to)
{
    struct wlan_bss list[] = {heard("A", ENTERPRISE, -80, 0x11), heard("A", WPA3, -60, 0x11), heard("A", "", -60, 0x11),
                              heard("A", HOTSPOT, -60, 0x02)};
    struct available_network network;

    available_of_bss(&list[0], &network);
    require(available_reason(&network) == REASON_UNSUPPORTED_SECURITY_SET_BY_OS && network.secure);
    available_of_bss(&list[1], &network);
    require(available_reason(&network) == REASON_SUCCESS);
    available_of_bss(&list[2], &network);
    require(available_reason(&network) == REASON_SUCCESS && network.cipher == WLAN_CIPHER_WEP);
    available_of_bss(&list[3], &network);
    require(network.bss_type == BSS_INDEPENDENT && network.interworking && network.access_network == 0xf2);
    require(network.has_hessid && network.hessid[0] == 1 && network.hessid[5] == 0x0e);
    for (int i = 0; i < 4; i++)
        bss_free(&list[i]);
}
END_TEST

START_TEST(which_profile_is_for_it)
{
    struct profile_ssid ssids[2] = {{{'B'}, 1}, {{'A'}, 1}};
    struct wlan_profile profile = {.ssids = ssids, .ssid_count = 2, .bss_type = BSS_INFRASTRUCTURE};
    struct wlan_bss list[] = {heard("A", WPA2, -80, 0x11), heard("A", TRANSITION, -60, 0x11), heard("A", "", -60, 0x11),
                              heard("A", "", -60, 0x01)};
    struct available_network wpa2, both, wep, open;

    available_of_bss(&list[0], &wpa2);
    available_of_bss(&list[1], &both);
    available_of_bss(&list[2], &wep);
    available_of_bss(&list[3], &open);
    profile.auth = WLAN_AUTH_RSNA_PSK, profile.cipher = WLAN_CIPHER_CCMP;
    require(available_matches(&wpa2, &profile) && available_matches(&both, &profile));
    require(!available_matches(&wep, &profile) && !available_matches(&open, &profile));
    profile.auth = WLAN_AUTH_WPA3_SAE;
    require(!available_matches(&wpa2, &profile) && available_matches(&both, &profile));
    profile.transition = true;
    require(available_matches(&wpa2, &profile) && !available_matches(&open, &profile));
    profile.auth = WLAN_AUTH_OPEN, profile.cipher = WLAN_CIPHER_WEP;
    require(available_matches(&wep, &profile) && !available_matches(&open, &profile));
    profile.cipher = WLAN_CIPHER_NONE;
    require(available_matches(&open, &profile) && !available_matches(&wep, &profile));
    profile.bss_type = BSS_INDEPENDENT;
    require(!available_matches(&open, &profile));
    profile.bss_type = BSS_INFRASTRUCTURE, profile.ssid_count = 1;
    require(!available_matches(&open, &profile));
    for (int i = 0; i < 4; i++)
        bss_free(&list[i]);
}
END_TEST

/* ---- wpa_supplicant's list ---- */

START_TEST(lines_of_a_list)
{
    const char *at = "network id / ssid / bssid / flags\n0\tHome\tany\t[CURRENT]\nx\n1\t[DISABLED]\tany\t\n"
                     "2\tWork\tany\t[DISABLED]\n7\tDIRECT-x\tany\t[DISABLED][P2P-PERSISTENT]\n99999999999\ta\tany\t\n"
                     "-1\tb\tany\t\n8";
    struct network_line line;

    require(network_list_next(&at, &line) && line.id == 0 && line.enabled);
    require(network_list_next(&at, &line) && line.id == 1 && line.enabled); /* its name only looks like a flag */
    require(network_list_next(&at, &line) && line.id == 2 && !line.enabled);
    require(network_list_next(&at, &line) && line.id == 7 && !line.enabled);
    require(!network_list_next(&at, &line) && !*at);
    at = "";
    require(!network_list_next(&at, &line));
}
END_TEST

START_TEST(a_mark_comes_back)
{
    int displaced[3] = {0, 17, 123456}, read[4] = {0};
    struct network_mark mark = {4711, 987654321098ull, true, displaced, 3, 3};
    struct network_mark again = {.displaced = read, .room = 4};
    char text[NETWORK_MARK_SIZE], quoted[NETWORK_MARK_SIZE + 2];

    require(network_mark_write(&mark, text));
    snprintf(quoted, sizeof(quoted), "\"%s\"", text);
    require(network_mark_read(quoted, &again) && again.process == 4711 && again.started == 987654321098ull);
    require(again.resume && again.count == 3 && !memcmp(read, displaced, sizeof(displaced)));
    mark.count = 0, mark.resume = false;
    require(network_mark_write(&mark, text) && network_mark_read(text, &again) && !again.count && !again.resume);
}
END_TEST

START_TEST(a_mark_that_is_none)
{
    static const char *const texts[] = {"",
                                        "\"\"",
                                        "FAIL",
                                        "\"home\"",
                                        "cork:",
                                        "cork:x:1:0:",
                                        "cork:1",
                                        "cork:1:",
                                        "cork:1:x",
                                        "cork:1:2",
                                        "cork:1:2:",
                                        "cork:1:2:3:",
                                        "cork:0:1",
                                        "cork:1:1:1",
                                        "cork:-1:2:0:",
                                        "\"cork",
                                        "cork:99999999999999999999:1:0:"};
    struct network_mark mark = {.room = 0};

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        require(!network_mark_read(texts[i], &mark));
    require(network_mark_read("cork:1:2:0:1.2.3", &mark) && !mark.count); /* more than there is room for */
}
END_TEST

START_TEST(too_much_is_displaced)
{
    static int displaced[300];
    struct network_mark mark = {1, 1, false, displaced, 300, 300};
    char text[NETWORK_MARK_SIZE];

    for (int i = 0; i < 300; i++)
        displaced[i] = 100000 + i;
    require(!network_mark_write(&mark, text) && !text[0]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wlan_networks");
    TCase *cases = tcase_create("tests");
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, one_network_of_many_access_points);
    tcase_add_test(cases, what_can_be_connected_to);
    tcase_add_test(cases, which_profile_is_for_it);
    tcase_add_test(cases, lines_of_a_list);
    tcase_add_test(cases, a_mark_comes_back);
    tcase_add_test(cases, a_mark_that_is_none);
    tcase_add_test(cases, too_much_is_displaced);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

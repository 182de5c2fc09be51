/* What wpa_supplicant says (event lines, answers to BSS), and what comes from the air (information elements). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test_framework.h"

#include "corkd/wlan/bss.h"
#include "corkd/wlan/control_event.h"

/* ---- Events ---- */

START_TEST(an_event_has_its_kind_and_words)
{
    struct control_event event;
    uint8_t address[6];
    char text[64];

    require(control_event_parse("<3>P2P-DEVICE-FOUND 02:00:00:00:01:00 p2p_dev_addr=42:00:00:00:01:00 "
                                "pri_dev_type=1-0050F204-1 name='A b=c' config_methods=0x80 dev_capab=0x25",
                                &event));
    require(event.kind == CONTROL_P2P_DEVICE_FOUND && !event.ifname[0]);
    require(control_event_address(&event, NULL, address) && address[0] == 2 && address[4] == 1);
    require(control_event_address(&event, "p2p_dev_addr", address) && address[0] == 0x42);
    require(control_event_value(&event, "name", text, sizeof(text)) == 5 && !strcmp(text, "A b=c"));
    require(control_event_number(&event, "dev_capab", -1) == 0x25);
    require(control_event_number(&event, "name", -1) == -1 && control_event_number(&event, "missing", 7) == 7);
    require(control_event_value(&event, "b", text, sizeof(text)) == -1);
    require(control_event_word(&event, 0, text, sizeof(text)) == 17 &&
            control_event_word(&event, 9, text, sizeof(text)) == -1);
}
END_TEST

START_TEST(quotation_marks_and_escapes_are_undone)
{
    struct control_event event;
    char text[64];

    require(control_event_parse(
        "IFNAME=wlan0 <3>P2P-GROUP-STARTED p2p-wlan0-0 GO ssid=\"a\\\"b\\\\ \\x00\\n\" freq=2437", &event));
    require(event.kind == CONTROL_P2P_GROUP_STARTED && !strcmp(event.ifname, "wlan0"));
    require(control_event_value(&event, "ssid", text, sizeof(text)) == 7 && !memcmp(text, "a\"b\\ \0\n", 7));
    require(control_event_number(&event, "freq", 0) == 2437);
    require(control_event_word(&event, 1, text, sizeof(text)) == 2 && !strcmp(text, "GO"));
    require(control_event_value(&event, "ssid", text, 7) == -1);
    require(control_event_value(&event, "ssid", text, 8) == 7);
}
END_TEST

START_TEST(what_is_no_event_is_none)
{
    static const char *const lines[] = {"",
                                        "OK",
                                        "<",
                                        "<3",
                                        "<3>",
                                        "<x>CTRL-EVENT-CONNECTED",
                                        "IFNAME=",
                                        "IFNAME= <3>A",
                                        "IFNAME=wlan0",
                                        "IFNAME=a-name-of-16-chr <3>A",
                                        "IFNAME=wlan0 OK"};
    struct control_event event;
    char text[8];

    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        require(!control_event_parse(lines[i], &event) && event.text);
    require(control_event_parse("<3>CTRL-EVENT-SCAN-RESULTS", &event) && event.kind == CONTROL_SCAN_RESULTS &&
            !event.text[0]);
    require(control_event_parse("<2>CTRL-EVENT-SCAN-RESULTSX a=\"b", &event) && event.kind == CONTROL_OTHER);
    require(control_event_value(&event, "a", text, sizeof(text)) == 2 && !strcmp(text, "\"b"));
}
END_TEST

/* ---- Elements ---- */

START_TEST(elements_of_an_access_point)
{
    static const uint8_t bytes[] = {0, 4,    'T',  'e', 's', 't', 1,   3,    0x82, 0x84, 12, 48, 20, 1,    0,
                                    0, 0x0f, 0xac, 4,   1,   0,   0,   0x0f, 0xac, 4,    1,  0,  0,  0x0f, 0xac,
                                    8, 0,    0,    7,   6,   'D', 'E', ' ',  1,    13,   20, 45, 2,  0,    0};
    struct wlan_elements elements;
    uint32_t auth, cipher;

    wlan_read_elements(bytes, sizeof(bytes), &elements);
    require(elements.ssid_length == 4 && !memcmp(elements.ssid, "Test", 4));
    require(elements.rate_count == 3 && elements.rates[0] == 0x8002 && elements.rates[2] == 12);
    require(elements.rsn.present && elements.rsn.auth_count == 1 && elements.rsn.auths[0] == WLAN_AUTH_WPA3_SAE);
    require(!strcmp(elements.country, "DE") && elements.ht && !elements.vht && !elements.wpa.present);
    wlan_default_security(&elements, true, &auth, &cipher);
    require(auth == WLAN_AUTH_WPA3_SAE && cipher == WLAN_CIPHER_CCMP);
    require(wlan_phy_of(&elements, 2412) == WLAN_PHY_HT);
    elements.ht = false;
    require(wlan_phy_of(&elements, 2412) == WLAN_PHY_ERP && wlan_phy_of(&elements, 5180) == WLAN_PHY_OFDM);
    elements.rate_count = 2;
    require(wlan_phy_of(&elements, 2412) == WLAN_PHY_HRDSSS);
}
END_TEST

START_TEST(elements_that_lie)
{
    static const uint8_t too_long[] = {0, 5, 'a', 'b'},
                         many_suites[] = {48, 10, 1, 0, 0, 0x0f, 0xac, 4, 0xff, 0xff, 0, 0x0f}, long_ssid[36] = {0, 33},
                         defaults[] = {48, 2, 1, 0};
    struct wlan_elements elements;
    uint32_t auth, cipher;

    wlan_read_elements(too_long, sizeof(too_long), &elements);
    require(!elements.ssid);
    wlan_read_elements(many_suites, sizeof(many_suites), &elements);
    require(!elements.rsn.present);
    wlan_read_elements(long_ssid, sizeof(long_ssid), &elements);
    require(!elements.ssid || elements.ssid_length <= WLAN_SSID_MAX);
    wlan_read_elements(NULL, 0, &elements);
    require(!elements.ssid);
    wlan_default_security(&elements, true, &auth, &cipher);
    require(auth == WLAN_AUTH_OPEN && cipher == WLAN_CIPHER_WEP);
    wlan_default_security(&elements, false, &auth, &cipher);
    require(auth == WLAN_AUTH_OPEN && cipher == WLAN_CIPHER_NONE);
    wlan_read_elements(defaults, sizeof(defaults), &elements);
    require(elements.rsn.present && elements.rsn.auths[0] == WLAN_AUTH_RSNA &&
            elements.rsn.ciphers[0] == WLAN_CIPHER_CCMP);
}
END_TEST

/* ---- Answers to BSS ---- */

static const char answer[] =
    "id=3\nbssid=02:00:00:00:01:00\nfreq=2437\nbeacon_int=100\ncapabilities=0x0411\nlevel=-30\n"
    "tsf=1795287709696472\nage=8\nie=000474657374\nflags=[WPA2-PSK-CCMP][ESS]\n====\n"
    "id=4\nbssid=02:00:00:00:02:00\nfreq=5180\nie=0\n####\n";

START_TEST(records_are_read_one_by_one)
{
    const char *rest = answer;
    struct wlan_bss bss;
    bool whole;

    require(bss_read(rest, &rest, &whole, &bss) && whole);
    require(bss.id == 3 && bss.address[4] == 1 && bss.frequency == 2437 && bss.beacon_interval == 100);
    require(bss.capabilities == 0x411 && bss.level == -30 && bss.timestamp == 1795287709696472u && bss.age == 8);
    require(bss.element_size == 6 && !memcmp(bss.elements, "\0\4test", 6) && !bss.is_mesh);
    bss_free(&bss);
    /* Half a byte is no element. */
    require(!bss_read(rest, &rest, &whole, &bss) && whole && !*rest);
}
END_TEST

/* Wherever the answer is cut off: nothing is read behind its end, and a record that is not whole says so. */
START_TEST(an_answer_may_end_anywhere)
{
    for (size_t size = 0; size < sizeof(answer); size++)
    {
        char *cut = malloc(size + 1);
        const char *rest = cut;

        require(cut);
        memcpy(cut, answer, size);
        cut[size] = 0;
        while (*rest)
        {
            struct wlan_bss bss;
            bool whole;

            if (bss_read(rest, &rest, &whole, &bss)) bss_free(&bss);
            require(whole || !*rest);
        }
        free(cut);
    }
}
END_TEST

START_TEST(signal_quality)
{
    require(bss_quality(-120) == 0 && bss_quality(-100) == 0 && bss_quality(-75) == 50 && bss_quality(-50) == 100);
    require(bss_quality(0) == 100);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wlan_parsers");
    TCase *cases = tcase_create("tests");
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, an_event_has_its_kind_and_words);
    tcase_add_test(cases, quotation_marks_and_escapes_are_undone);
    tcase_add_test(cases, what_is_no_event_is_none);
    tcase_add_test(cases, elements_of_an_access_point);
    tcase_add_test(cases, elements_that_lie);
    tcase_add_test(cases, records_are_read_one_by_one);
    tcase_add_test(cases, an_answer_may_end_anywhere);
    tcase_add_test(cases, signal_quality);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

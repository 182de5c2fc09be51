/* wlan.exe: its command line, in the style of Microsoft's documentation of netsh wlan, and what it shows of names. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../tools/wlan/command_line.h"
#include "../tools/wlan/text.h"
#include "manual_page.h"

static struct command_line line;
static char message[LINE_ERROR_SIZE];

static bool parse(const char *const *arguments)
{
    int count = 0;

    while (arguments[count])
        count++;
    return command_line_parse(&line, count, arguments, message);
}

#define PARSE(...) parse((const char *const[]){__VA_ARGS__, NULL})

static void expect_verb(const char *name)
{
    ck_assert_ptr_nonnull(line.verb);
    ck_assert_str_eq(line.verb->name, name);
}

static void expect_text(const char *name, const char *text)
{
    ck_assert_msg(line_value(&line, name)->given, "%s", name);
    ck_assert_str_eq(line_value(&line, name)->text, text);
}

static void expect_error(const char *part)
{
    ck_assert_msg(strstr(message, part), "%s: %s", part, message);
}

/* ---- The manual page ---- */

/* What `wlan COMMAND --help` says stands in the page, line by line, under the command's own heading. */
START_TEST(manual_has_every_verb)
{
    char *page = manual_read("tools/wlan/wlan.1"), heading[64];

    for (const struct verb *verb = verbs; verb->name; verb++)
    {
        snprintf(heading, sizeof(heading), "%swlan %s", verb->refused ? ".B " : ".SS ", verb->name);
        manual_has_help(page, heading, verb->refused ? verb->summary : verb->help);
    }
    free(page);
}
END_TEST

/* ---- Verbs ---- */

START_TEST(documented_command_lines)
{
    ck_assert(PARSE("show", "networks", "mode=bssid"));
    expect_verb("show networks");
    ck_assert_uint_eq(line_number(&line, "mode", 9), 1);
    ck_assert(PARSE("show", "interfaces"));
    ck_assert(PARSE("show", "profiles", "name=Home", "key=clear"));
    ck_assert(PARSE("add", "profile", "filename=C:\\Home.xml", "user=current"));
    ck_assert_uint_eq(line_number(&line, "user", 9), 1);
    ck_assert(PARSE("set", "profileorder", "name=Home", "interface=wlan0", "priority=1"));
    ck_assert(PARSE("connect", "name=Home", "ssid=Home 5", "interface=wlan0"));
    expect_text("ssid", "Home 5");
    ck_assert(PARSE("add", "filter", "permission=denyall", "networktype=adhoc"));
    ck_assert_uint_eq(line_number(&line, "permission", 9), 2);
    ck_assert(PARSE("set", "hostednetwork", "mode=allow", "ssid=S", "key=12345678", "keyUsage=temporary"));
    ck_assert_uint_eq(line_number(&line, "keyusage", 9), 1);
    ck_assert(PARSE("export", "profile", "folder=.", "key=clear"));
    ck_assert(PARSE("refresh", "hostednetwork", "key"));
}
END_TEST

START_TEST(shortened_words)
{
    ck_assert(PARSE("sh", "int"));
    expect_verb("show interfaces");
    ck_assert(PARSE("SHOW", "Profile", "Home"));
    expect_verb("show profiles");
    expect_text("name", "Home");
    ck_assert(PARSE("show", "al"));
    expect_verb("show all");
    ck_assert(!PARSE("set", "a"));
    ck_assert_ptr_null(line.verb);
    expect_error("more than one");
    ck_assert(PARSE("disc"));
    expect_verb("disconnect");
    ck_assert(!PARSE("d"));
    ck_assert(PARSE("set", "profileo", "name=x", "priority=2"));
    expect_verb("set profileorder");
}
END_TEST

START_TEST(unknown_verbs)
{
    ck_assert(!PARSE("netsh"));
    expect_error("netsh");
    ck_assert(!PARSE("show", "everything"));
    expect_error("show everything");
    ck_assert(!PARSE(""));
    ck_assert(!PARSE("show", ""));
    ck_assert(!PARSE("help", "nothing"));
    ck_assert_ptr_null(line.verb);
}
END_TEST

START_TEST(help_at_each_level)
{
    static const char *const ways[][3] = {{"help"}, {"?"}, {"/?"}, {"-h"}, {"--help"}};
    static const char *const of_connect[][4] = {
        {"connect", "--help"}, {"help", "connect"}, {"connect", "name=x", "?"}, {"connect", "/?", "nonsense=x"}};
    static const char *const of_show[][3] = {{"show"}, {"show", "?"}, {"help", "show"}};

    ck_assert(command_line_parse(&line, 0, NULL, message) && line.help && !line.verb && !line.context);
    for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++)
        ck_assert(parse(ways[i]) && line.help && !line.verb && !line.context);
    for (size_t i = 0; i < sizeof(of_connect) / sizeof(*of_connect); i++)
    {
        ck_assert(parse(of_connect[i]) && line.help);
        expect_verb("connect");
    }
    for (size_t i = 0; i < sizeof(of_show) / sizeof(*of_show); i++)
    {
        ck_assert(parse(of_show[i]) && line.help && !line.verb);
        ck_assert_str_eq(line.context, "show");
        ck_assert(verb_is_of(&verbs[0], line.context));
    }
    ck_assert(!verb_is_of(&verbs[0], "set"));
}
END_TEST

/* What netsh has and this has not is known all the same, whatever follows it. */
START_TEST(refused_verbs)
{
    ck_assert(PARSE("set", "profileparameter", "name=Home", "cost=fixed"));
    ck_assert(line.verb->refused);
    ck_assert(PARSE("dump"));
    ck_assert(line.verb->refused);
    ck_assert(PARSE("ihv", "startlogging"));
    ck_assert(line.verb->refused);
}
END_TEST

/* ---- Parameters ---- */

START_TEST(names_may_be_left_out)
{
    ck_assert(PARSE("connect", "Home", "interface=wlan0", "Home 5"));
    expect_text("name", "Home");
    expect_text("ssid", "Home 5");
    expect_text("interface", "wlan0");
    ck_assert(PARSE("add", "profile", "home.xml", "wlan0", "all"));
    expect_text("interface", "wlan0");
    ck_assert(!PARSE("disconnect", "wlan0", "wlan1"));
    expect_error("wlan1");
}
END_TEST

/* A misspelt name is not taken for a value. */
START_TEST(unknown_parameters)
{
    ck_assert(!PARSE("show", "networks", "moed=bssid"));
    expect_error("moed");
    ck_assert(!PARSE("show", "settings", "x"));
    ck_assert(PARSE("connect", "name=a=b", "ssid==x"));
    expect_text("name", "a=b");
    expect_text("ssid", "=x");
    ck_assert(PARSE("connect", "5G=fast"));
    expect_text("name", "5G=fast");
}
END_TEST

START_TEST(values)
{
    ck_assert(!PARSE("show", "networks", "mode=all"));
    expect_error("ssid|bssid");
    ck_assert(!PARSE("show", "networks", "mode=ss"));
    ck_assert(!PARSE("show", "networks", "mode="));
    ck_assert(PARSE("show", "networks", "MODE=BSSID"));
    ck_assert(!PARSE("connect", "name="));
    expect_error("empty");
    ck_assert(!PARSE("connect", "name=a", "name=b"));
    expect_error("twice");
    ck_assert(!PARSE("connect", "ssid=a"));
    expect_error("needs name=");
    ck_assert_uint_eq(line_number(&line, "timeout", 77), 77);
}
END_TEST

START_TEST(numbers)
{
    ck_assert(PARSE("connect", "Home", "timeout=0"));
    ck_assert_uint_eq(line_number(&line, "timeout", 9), 0);
    ck_assert(!PARSE("connect", "Home", "timeout=3601"));
    ck_assert(!PARSE("connect", "Home", "timeout=18446744073709551617"));
    ck_assert(!PARSE("connect", "Home", "timeout=-1"));
    ck_assert(!PARSE("connect", "Home", "timeout=1x"));
    ck_assert(!PARSE("set", "profileorder", "a", "priority=0"));
    ck_assert(PARSE("set", "blockperiod", "60"));
    ck_assert(!PARSE("set", "blockperiod", "61"));
    expect_error("0 to 60");
}
END_TEST

START_TEST(addresses)
{
    static const uint8_t expected[6] = {0x02, 0x00, 0x5e, 0xAB, 0xcd, 0xff};

    ck_assert(PARSE("direct", "connect", "02:00:5e:AB:cd:ff"));
    ck_assert_mem_eq(line_value(&line, "address")->address, expected, 6);
    ck_assert(PARSE("direct", "close", "address=02-00-5E-ab-CD-FF"));
    ck_assert_mem_eq(line_value(&line, "address")->address, expected, 6);
    ck_assert(!PARSE("direct", "connect", "02:00:5e:AB:cd"));
    ck_assert(!PARSE("direct", "connect", "02:00:5e:AB:cd:ff:00"));
    ck_assert(!PARSE("direct", "connect", "02:00:5e:AB:cd:f"));
    ck_assert(!PARSE("direct", "connect", "02005eABcdff"));
    ck_assert(!PARSE("direct", "connect", "address="));
    ck_assert(!PARSE("direct", "connect"));
}
END_TEST

/* ---- Names ---- */

static void expect_shown(const char *bytes, size_t length, const char *expected)
{
    char text[512];

    ck_assert_str_eq(shown_text((const uint8_t *)bytes, length, text), expected);
}

START_TEST(names_cannot_steer_a_terminal)
{
    expect_shown("Cork test", 9, "Cork test");
    expect_shown("", 0, "");
    expect_shown("\xc3\xa4\xe2\x82\xac\xf0\x9f\x93\xb6", 9, "\xc3\xa4\xe2\x82\xac\xf0\x9f\x93\xb6");
    expect_shown("\x1b[2J", 4, "\\x1b[2J");
    expect_shown("a\nb\0c\x7f", 6, "a\\x0ab\\x00c\\x7f");
    /* A control character of two bytes, and one that turns the direction of writing. */
    expect_shown("\xc2\x9b", 2, "\\xc2\\x9b");
    expect_shown("\xe2\x80\x8f", 3, "\\xe2\\x80\\x8f");
    /* Too long for what it says, half of a pair, past the last character, cut off. */
    expect_shown("\xc0\xaf", 2, "\\xc0\\xaf");
    expect_shown("\xed\xa0\x80", 3, "\\xed\\xa0\\x80");
    expect_shown("\xf4\x90\x80\x80", 4, "\\xf4\\x90\\x80\\x80");
    expect_shown("x\xe2\x82", 3, "x\\xe2\\x82");
}
END_TEST

#define PROFILE(INSIDE)                                                                                                \
    "<?xml version=\"1.0\"?>\r\n<WLANProfile xmlns=\"http://www.microsoft.com/networking/WLAN/profile/v1\">" INSIDE    \
    "</WLANProfile>"

static void expect_element(const char *xml, const char *path, const char *expected)
{
    char text[64];

    ck_assert_int_eq(profile_text(xml, path, text, sizeof(text)), expected != NULL);
    if (expected) ck_assert_str_eq(text, expected);
}

START_TEST(elements_of_a_profile)
{
    static const char *const profile =
        PROFILE("<!-- <name>no</name> --><SSIDConfig><SSID><hex>4e</hex><name >N &amp; &#x20ac;</name></SSID>"
                "<nonBroadcast/></SSIDConfig><name>Profile</name><a><name x='>'></name></a>");

    expect_element(profile, "name", "Profile");
    expect_element(profile, "SSIDConfig/SSID/name", "N & \xe2\x82\xac");
    expect_element(profile, "SSIDConfig/SSID/hex", "4e");
    expect_element(profile, "SSIDConfig/nonBroadcast", "");
    expect_element(profile, "a/name", "");
    expect_element(profile, "SSIDConfig/name", NULL);
    expect_element(profile, "SSIDConfig", NULL); /* has no text of its own */
    expect_element(profile, "SSIDConfig/SSID/name/name", NULL);
    expect_element(profile, "nam", NULL);
}
END_TEST

START_TEST(what_is_no_profile)
{
    static const char *const texts[] = {"",
                                        "<",
                                        "<WLANProfile",
                                        "<WLANProfile>",
                                        "<WLANProfile><name>x",
                                        "<WLANProfile><name>x</WLANProfile>",
                                        "<!--",
                                        "<?xml",
                                        "</name>",
                                        "&#x;",
                                        "<WLANProfile><name></name"};

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        expect_element(texts[i], "name", NULL);
    expect_element(PROFILE("<name>&#xffffffffff;&#0;&bogus;&#x41</name>"), "name", "&#xffffffffff;&#0;&bogus;&#x41");
    expect_element(PROFILE("<name>0123456789012345678901234567890123456789012345678901234567890123456789</name>"),
                   "name", NULL);
}
END_TEST

START_TEST(patterns)
{
    ck_assert(fits_pattern("Home", "Home") && !fits_pattern("Home", "home") && !fits_pattern("Home", "Home 5"));
    ck_assert(fits_pattern("*", "") && fits_pattern("*", "x") && fits_pattern("**", "x") && !fits_pattern("", "x"));
    ck_assert(fits_pattern("H*e", "Home") && fits_pattern("H*m*", "Home") && !fits_pattern("H*x", "Home"));
    ck_assert(fits_pattern("*ab", "aab") && fits_pattern("*a?c*", "xxabxabc"));
    ck_assert(fits_pattern("?", "\xe2\x82\xac") && !fits_pattern("?", "") && !fits_pattern("?", "ab"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wlan_command");
    TCase *lines = tcase_create("command line"), *names = tcase_create("names");
    SRunner *runner;
    int failed;

    tcase_add_test(lines, manual_has_every_verb);
    tcase_add_test(lines, documented_command_lines);
    tcase_add_test(lines, shortened_words);
    tcase_add_test(lines, unknown_verbs);
    tcase_add_test(lines, help_at_each_level);
    tcase_add_test(lines, refused_verbs);
    tcase_add_test(lines, names_may_be_left_out);
    tcase_add_test(lines, unknown_parameters);
    tcase_add_test(lines, values);
    tcase_add_test(lines, numbers);
    tcase_add_test(lines, addresses);
    tcase_add_test(names, names_cannot_steer_a_terminal);
    tcase_add_test(names, elements_of_a_profile);
    tcase_add_test(names, what_is_no_profile);
    tcase_add_test(names, patterns);
    suite_add_tcase(suite, lines);
    suite_add_tcase(suite, names);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}

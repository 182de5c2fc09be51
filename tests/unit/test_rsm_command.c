/* rsm.exe: its command line, in the style of Microsoft's documentation of Rsm, and its tables. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../tools/rsm/command_line.h"
#include "../tools/rsm/table.h"
#include "manual_page.h"

#define GUID_DIGITS "6BA7B8109DAD11D180B400C04FD430C8"
#define GUID_BRACES "{6BA7B8109DAD11D180B400C04FD430C8}"
#define IN_GUID     "/cg6BA7B8109DAD11D180B400C04FD430C8"

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

static void expect_text(const char *letters, const char *text)
{
    ck_assert_msg(line_switch(&line, letters)->given, "/%s", letters);
    ck_assert_str_eq(line_switch(&line, letters)->text, text);
}

static void expect_error(const char *part)
{
    ck_assert_msg(strstr(message, part), "%s: %s", part, message);
}

/* ---- The manual page ---- */

/* What `rsm VERB /?` says stands in the page, line by line, under the verb's own heading. */
START_TEST(manual_has_every_verb)
{
    char *page = manual_read("tools/rsm/rsm.1"), heading[64];

    for (const struct verb *verb = verbs; verb->name; verb++)
    {
        snprintf(heading, sizeof(heading), "%srsm %s", verb->refused ? ".B " : ".SS ", verb->name);
        manual_has_help(page, heading, verb->help);
    }
    free(page);
}
END_TEST

/* ---- Verbs ---- */

/* "All commands are case insensitive, except when you specify media objects by their friendly names". */
START_TEST(case_does_not_matter)
{
    ck_assert(PARSE("EJECT", "/PFTape One", "/AStart"));
    ck_assert_str_eq(line.verb->name, "eject");
    ck_assert(!line_switch(&line, "p")->is_guid);
    expect_text("p", "Tape One");
    ck_assert_uint_eq(line_word(&line, "a", 9), 0);
}
END_TEST

START_TEST(unknown_verbs)
{
    ck_assert(!PARSE("ejec", "/pfTape"));
    ck_assert_ptr_null(line.verb);
    expect_error("ejec");
    ck_assert(!command_line_parse(&line, 0, NULL, message));
    ck_assert(!PARSE(""));
    ck_assert(!PARSE("help", "nothing"));
}
END_TEST

/* "rsm dismount is a valid command, but rsm allocate dismount is not." */
START_TEST(one_verb_at_a_time)
{
    ck_assert(!PARSE("allocate", "dismount"));
    expect_error("dismount");
    ck_assert_str_eq(line.verb->name, "allocate");
}
END_TEST

START_TEST(help_at_each_level)
{
    static const char *const ways[][3] = {{"/?"}, {"help"}, {"--help"}, {"-?"}};
    static const char *const of_mount[][4] = {
        {"mount", "/?"}, {"help", "mount"}, {"MOUNT", "/lfX", "/?"}, {"/?", "mount"}};

    for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++)
    {
        ck_assert_msg(parse(ways[i]) && line.help && !line.verb, "%s", ways[i][0]);
        ck_assert_msg(parse(of_mount[i]) && line.help && !strcmp(line.verb->name, "mount"), "%s", of_mount[i][0]);
    }
    for (const struct verb *verb = verbs; verb->name; verb++)
    {
        ck_assert_msg(!strncmp(verb->help, "rsm ", 4) && strstr(verb->help, verb->name) == verb->help + 4, "%s",
                      verb->name);
        ck_assert_msg(verb->help[strlen(verb->help) - 1] == '\n', "%s", verb->name);
        ck_assert_ptr_nonnull(verb->summary);
    }
}
END_TEST

/* ---- Switches ---- */

/* "Argument switches may be specified in any order." */
START_TEST(any_order)
{
    ck_assert(PARSE("allocate", "/b", "/t5000", "/lnMy Media", "/mA Pool\\Child", "/oerrunavail"));
    expect_text("m", "A Pool\\Child");
    expect_text("ln", "My Media");
    ck_assert_uint_eq(line_switch(&line, "t")->number, 5000);
    ck_assert(line_switch(&line, "b")->given);
    ck_assert(!line_switch(&line, "l")->given);
    ck_assert_uint_eq(line_switch(&line, "o")->number, 1);
}
END_TEST

/* "no spaces are allowed between a tag and the actual argument"; the syntax lines have some: "/m MediaPoolName". */
START_TEST(value_in_the_next_argument)
{
    ck_assert(PARSE("allocate", "/m", "A Pool", "/t", "70"));
    expect_text("m", "A Pool");
    ck_assert_uint_eq(line_switch(&line, "t")->number, 70);
    ck_assert(PARSE("mount", "/lf", "Tape", "/o", "drive", "/df", "Drive 0"));
    expect_text("l", "Tape");
    ck_assert(!PARSE("allocate", "/m", "/b"));
    expect_error("/m needs a value");
    ck_assert(!PARSE("allocate", "/mPool", "/t"));
    expect_error("/t needs a value");
    ck_assert(!PARSE("allocate", "/m", ""));
}
END_TEST

START_TEST(names_and_guids)
{
    static const uint8_t bytes[16] = {0x10, 0xb8, 0xa7, 0x6b, 0xad, 0x9d, 0xd1, 0x11,
                                      0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8};
    static const char *const good[] = {GUID_DIGITS, "6ba7b8109dad11d180b400c04fd430c8",
                                       "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "{6BA7B810-9DAD-11D1-80B4-00C04FD430C8}",
                                       GUID_BRACES};
    static const char *const bad[] = {"",
                                      "6",
                                      "6BA7B8109DAD11D180B400C04FD430C",
                                      GUID_DIGITS "0",
                                      "{" GUID_DIGITS,
                                      GUID_DIGITS "}",
                                      "6ba7b810-9dad-11d1-80b400c0-4fd430c8",
                                      "{}",
                                      "6BA7B8109DAD11D180B400C04FD430CG",
                                      "6ba7b8109-dad-11d1-80b4-00c04fd430c8"};
    char text[GUID_TEXT_SIZE];
    uint8_t guid[16];

    for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
    {
        memset(guid, 0, sizeof(guid));
        ck_assert_msg(guid_from_text(good[i], guid) && !memcmp(guid, bytes, 16), "%s", good[i]);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        ck_assert_msg(!guid_from_text(bad[i], guid), "%s", bad[i]);
    ck_assert_str_eq(guid_to_text(bytes, text), GUID_DIGITS);
    ck_assert(PARSE("deallocate", "/lg" GUID_DIGITS));
    ck_assert(line_switch(&line, "l")->is_guid);
    ck_assert_int_eq(memcmp(line_switch(&line, "l")->guid, bytes, 16), 0);
    ck_assert(!PARSE("deallocate", "/lg123"));
    expect_error("/lg takes a GUID");
    ck_assert(PARSE("eject", "/astop", "/o" GUID_DIGITS));
    ck_assert_int_eq(memcmp(line_switch(&line, "o")->guid, bytes, 16), 0);
}
END_TEST

/* The longest switch that fits counts: /ln is not /l, /d alone is not /df. */
START_TEST(switches_that_begin_alike)
{
    ck_assert(PARSE("allocate", "/mP", "/lnfoo", "/ldbar", "/pnside", "/pdtext"));
    ck_assert(!line_switch(&line, "l")->given);
    expect_text("ld", "bar");
    ck_assert(PARSE("createpool", "/mP", "/aNEW", "/d", "/r", "/tfFolder"));
    ck_assert(line_switch(&line, "d")->given && line_switch(&line, "r")->given);
    expect_text("t", "Folder");
    ck_assert(!PARSE("createpool", "/mP", "/anew", "/dx"));
    expect_error("no switch /dx");
    ck_assert(PARSE("view", "/tDRIVE", IN_GUID, "/GUIDDISPLAY", "/B"));
    ck_assert(line_switch(&line, "guiddisplay")->given && line_switch(&line, "b")->given);
    ck_assert(!PARSE("mount", "/l" GUID_DIGITS));
    expect_error("no switch");
    ck_assert(!PARSE("mount", "/"));
}
END_TEST

START_TEST(words)
{
    ck_assert(PARSE("mount", "/lfX", "/oread", "/oWRITE", "/odrive", "/dfDrive 0", "/rlowest"));
    ck_assert_uint_eq(line_switch(&line, "o")->number, 2 | 4 | 8);
    ck_assert_uint_eq(line_word(&line, "r", 0), 4);
    ck_assert_uint_eq(line_word(&line, "t", 7), 7);
    ck_assert(!PARSE("mount", "/lfX", "/orea"));
    expect_error("errunavail|drive|read|write|offline");
    ck_assert(!PARSE("mount", "/lfX", "/oreadwrite"));
    ck_assert(!PARSE("mount", "/lfX", "/rlow", "/rhigh"));
    expect_error("twice");
    /* With its underscore or without. */
    ck_assert(PARSE("view", "/tphysicalmedia"));
    ck_assert_uint_eq(line_word(&line, "t", 0), 10);
    ck_assert(PARSE("view", "/tPHYSICAL_MEDIA"));
    ck_assert_uint_eq(line_word(&line, "t", 0), 10);
    ck_assert(!PARSE("view", "/tphysical__media"));
}
END_TEST

START_TEST(numbers)
{
    ck_assert(PARSE("ejectatapi", "/n0"));
    ck_assert(PARSE("allocate", "/mP", "/t4294967295"));
    ck_assert_uint_eq(line_switch(&line, "t")->number, UINT32_MAX);
    ck_assert(!PARSE("allocate", "/mP", "/t4294967296"));
    ck_assert(!PARSE("allocate", "/mP", "/t-1"));
    ck_assert(!PARSE("allocate", "/mP", "/t99999999999999999999999"));
    ck_assert(!PARSE("allocate", "/mP", "/t5s"));
    expect_error("5s");
}
END_TEST

/* "You can only specify media using one method." */
START_TEST(rules)
{
    ck_assert(!PARSE("mount"));
    expect_error("needs /l or /p or /s");
    ck_assert(!PARSE("mount", "/lfX", "/pfX"));
    expect_error("only one of /l or /p or /s");
    ck_assert(!PARSE("deallocate", "/lfX", "/lfY"));
    expect_error("twice");
    ck_assert(!PARSE("allocate", "/mP", "/lfX", "/pfX"));
    ck_assert(PARSE("allocate", "/mP"));
    ck_assert(!PARSE("allocate", "/b"));
    ck_assert(!PARSE("createpool", "/mP"));
    expect_error("needs /a");
    ck_assert(!PARSE("inventory", "/afull"));
    expect_error("needs /l");
    ck_assert(PARSE("erase", "/whatever"));
    ck_assert(line.verb->refused);
}
END_TEST

START_TEST(operands)
{
    ck_assert(PARSE("addlibrary", "/dev/sg1", "/nTapes"));
    ck_assert_str_eq(line.operand, "/dev/sg1");
    ck_assert(PARSE("addlibrary", "iscsi://host/target/0"));
    ck_assert(PARSE("addlibrary", "C:\\tapes", "/drives2", "/slots", "10", "/b"));
    ck_assert_uint_eq(line_switch(&line, "drives")->number, 2);
    ck_assert_uint_eq(line_switch(&line, "slots")->number, 10);
    ck_assert(!PARSE("addlibrary"));
    expect_error("needs a folder");
    ck_assert(!PARSE("addlibrary", "C:\\tapes", "D:\\more"));
    ck_assert(PARSE("satisfy", GUID_DIGITS));
    ck_assert(!PARSE("satisfy", GUID_DIGITS, "/b"));
}
END_TEST

/* ---- Tables ---- */

static void expect_table(struct table *table, const char *expected)
{
    char *text = table_text(table);

    ck_assert_ptr_nonnull(text);
    ck_assert_str_eq(text, expected);
    free(text);
    table_free(table);
}

START_TEST(columns_are_as_wide_as_needed)
{
    struct table table;

    table_begin(&table, 3, (const char *const[]){"A", "Name", "C"});
    table_add(&table, (const char *const[]){"long cell", "x", ""});
    table_add(&table, (const char *const[]){"\xc3\xa4", "\xe2\x82\xac uro", "end"});
    expect_table(&table, "A          Name   C\n"
                         "---------  -----  ---\n"
                         "long cell  x      -\n"
                         "\xc3\xa4          \xe2\x82\xac uro  end\n");
    table_begin(&table, 1, (const char *const[]){"Empty"});
    expect_table(&table, "Empty\n-----\n");
}
END_TEST

START_TEST(rows_in_natural_order)
{
    static const char *const names[] = {"Slot 10", "Slot 2", "Slot 1", "Slot", "Slot 2b", "Slot 02", "Drive 3", ""};
    struct table table;

    table_begin(&table, 2, (const char *const[]){"N", "Name"});
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        table_add(&table, (const char *const[]){"x", names[i]});
    table_sort(&table, 1);
    expect_table(&table,
                 "N  Name\n-  -------\nx  -\nx  Drive 3\nx  Slot\nx  Slot 1\nx  Slot 02\nx  Slot 2\nx  Slot 2b\n"
                 "x  Slot 10\n");
    ck_assert_int_lt(natural_order("a9", "a10"), 0);
    ck_assert_int_gt(natural_order("a99999999999999999999999", "a9"), 0);
    ck_assert_int_eq(natural_order("a1b2", "a1b2"), 0);
    ck_assert_int_ne(natural_order("a01", "a1"), 0);
}
END_TEST

START_TEST(large_tables)
{
    struct table table;
    char *text;

    table_begin(&table, 2, (const char *const[]){"a", "b"});
    for (int i = 0; i < 1000; i++)
        table_add(&table, (const char *const[]){"1234", "5"});
    table_sort(&table, 0);
    text = table_text(&table);
    ck_assert_uint_eq(strlen(text), 1002 * 8);
    free(text);
    table_free(&table);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rsm_command");
    TCase *lines = tcase_create("command line"), *tables = tcase_create("tables");
    SRunner *runner;
    int failed;

    tcase_add_test(lines, case_does_not_matter);
    tcase_add_test(lines, unknown_verbs);
    tcase_add_test(lines, one_verb_at_a_time);
    tcase_add_test(lines, help_at_each_level);
    tcase_add_test(lines, any_order);
    tcase_add_test(lines, value_in_the_next_argument);
    tcase_add_test(lines, names_and_guids);
    tcase_add_test(lines, switches_that_begin_alike);
    tcase_add_test(lines, words);
    tcase_add_test(lines, numbers);
    tcase_add_test(lines, rules);
    tcase_add_test(lines, operands);
    tcase_add_test(lines, manual_has_every_verb);
    tcase_add_test(tables, columns_are_as_wide_as_needed);
    tcase_add_test(tables, rows_in_natural_order);
    tcase_add_test(tables, large_tables);
    suite_add_tcase(suite, lines);
    suite_add_tcase(suite, tables);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}

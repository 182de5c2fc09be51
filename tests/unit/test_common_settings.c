/* Settings: which value counts, and what is no value. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "common/settings.h"
#include "test_framework.h"

static const struct cork_setting list[] = {
    {.name = "Port", .type = CORK_SETTING_DWORD, .number = 162, .min = 1, .max = 65535, .description = "a port"},
    {.name = "Any", .type = CORK_SETTING_DWORD, .number = 7, .min = 0, .max = UINT32_MAX, .description = "a number"},
    {.name = "Path", .type = CORK_SETTING_STRING, .string = "default", .description = "a path"},
    {.name = "Empty", .type = CORK_SETTING_STRING, .description = "no default"},
};
static const struct cork_settings settings = {"test32", list, sizeof(list) / sizeof(*list)};

/* What stands in for the registry. */
static struct
{
    bool present;
    enum cork_setting_type type;
    uint32_t number;
    const char *string;
} stored;

static bool read_stored(const char *dll, const char *name, enum cork_setting_type *type, uint32_t *number, char *string)
{
    require(!strcmp(dll, "test32"));
    require(name[0] == 'P' || name[0] == 'A' || name[0] == 'E');
    if (!stored.present) return false;
    *type = stored.type;
    *number = stored.number;
    if (stored.string) strcpy(string, stored.string);
    return true;
}

static const struct cork_setting_source source = {read_stored};

static void start(void)
{
    cork_settings_set_source(&source);
    stored.present = false;
}

static void store_number(uint32_t number)
{
    stored.present = true;
    stored.type = CORK_SETTING_DWORD;
    stored.number = number;
    stored.string = NULL;
}

static void store_string(const char *string)
{
    stored.present = true;
    stored.type = CORK_SETTING_STRING;
    stored.string = string;
}

static bool string_is(const char *name, const char *expected)
{
    char value[CORK_SETTING_STRING_MAX];

    return cork_setting_string(&settings, name, value, sizeof(value)) == strlen(expected) && !strcmp(value, expected);
}

START_TEST(default_counts_where_nothing_is_set)
{
    start();
    require(cork_setting_dword(&settings, "Port") == 162);
    require(string_is("Path", "default"));
    require(string_is("Empty", ""));
    cork_settings_set_source(NULL);
    require(cork_setting_dword(&settings, "Port") == 162);
}
END_TEST

START_TEST(stored_value_beats_the_default)
{
    start();
    store_number(1162);
    require(cork_setting_dword(&settings, "Port") == 1162);
    store_string("0x50");
    require(cork_setting_dword(&settings, "Port") == 80);
    require(string_is("Path", "0x50"));
}
END_TEST

START_TEST(environment_beats_the_stored_value)
{
    start();
    store_number(1162);
    setenv("CORK_TEST32_PORT", "2162", 1);
    require(cork_setting_dword(&settings, "Port") == 2162);
    store_string("stored");
    setenv("CORK_TEST32_PATH", "from environment", 1);
    require(string_is("Path", "from environment"));
    setenv("CORK_TEST32_PATH", "", 1);
    require(string_is("Path", ""));
}
END_TEST

START_TEST(range_includes_both_ends)
{
    start();
    for (uint32_t number = 0; number < 3; number++)
    {
        store_number(number);
        require(cork_setting_dword(&settings, "Port") == (number ? number : 162));
        store_number(65534 + number);
        require(cork_setting_dword(&settings, "Port") == (number < 2 ? 65534 + number : 162));
    }
    store_number(UINT32_MAX);
    require(cork_setting_dword(&settings, "Any") == UINT32_MAX);
    store_string("4294967295");
    require(cork_setting_dword(&settings, "Any") == UINT32_MAX);
}
END_TEST

START_TEST(what_is_no_number_counts_as_not_given)
{
    static const char *const bad[] = {"",    " ",   "x",          "12x",         " 12",
                                      "12 ", "-1",  "+1",         "0x",          "0xg",
                                      "1.5", "1e3", "4294967296", "0x100000000", "99999999999999999999"};

    start();
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
    {
        setenv("CORK_TEST32_ANY", bad[i], 1);
        stored.present = false;
        require(cork_setting_dword(&settings, "Any") == 7);
        store_number(9); /* the next source has its turn */
        require(cork_setting_dword(&settings, "Any") == 9);
        unsetenv("CORK_TEST32_ANY");
        store_string(bad[i]);
        require(cork_setting_dword(&settings, "Any") == 7);
    }
}
END_TEST

START_TEST(number_for_a_string_counts_as_not_given)
{
    start();
    store_number(5);
    require(string_is("Path", "default"));
}
END_TEST

START_TEST(longest_string_fits_and_a_longer_one_counts_as_not_given)
{
    char value[CORK_SETTING_STRING_MAX + 1];

    start();
    memset(value, 'a', sizeof(value));
    value[CORK_SETTING_STRING_MAX] = 0;
    setenv("CORK_TEST32_PATH", value, 1);
    require(string_is("Path", "default"));
    value[CORK_SETTING_STRING_MAX - 1] = 0;
    setenv("CORK_TEST32_PATH", value, 1);
    require(string_is("Path", value));
}
END_TEST

START_TEST(short_buffers_get_a_terminated_part)
{
    char buffer[4] = "xyz";

    start();
    require(cork_setting_string(&settings, "Path", NULL, 0) == 7);
    require(cork_setting_string(&settings, "Path", buffer, 1) == 7);
    require(buffer[0] == 0 && buffer[1] == 'y');
    require(cork_setting_string(&settings, "Path", buffer, 4) == 7);
    require(!strcmp(buffer, "def"));
}
END_TEST

START_TEST(unknown_setting_stops_the_program)
{
    start();
    cork_setting_dword(&settings, "Nonesuch");
}
END_TEST

START_TEST(setting_of_another_type_stops_the_program)
{
    start();
    cork_setting_dword(&settings, "Path");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("settings");
    TCase *tcase = tcase_create("settings");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, default_counts_where_nothing_is_set);
    tcase_add_test(tcase, stored_value_beats_the_default);
    tcase_add_test(tcase, environment_beats_the_stored_value);
    tcase_add_test(tcase, range_includes_both_ends);
    tcase_add_test(tcase, what_is_no_number_counts_as_not_given);
    tcase_add_test(tcase, number_for_a_string_counts_as_not_given);
    tcase_add_test(tcase, longest_string_fits_and_a_longer_one_counts_as_not_given);
    tcase_add_test(tcase, short_buffers_get_a_terminated_part);
    tcase_add_test_raise_signal(tcase, unknown_setting_stops_the_program, SIGILL);
    tcase_add_test_raise_signal(tcase, setting_of_another_type_stops_the_program, SIGILL);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

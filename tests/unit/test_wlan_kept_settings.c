/* What the Wi-Fi service is told to remember: names with values, in a file. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "test_framework.h"

#include "corkd/wlan/kept_file.h"
#include "corkd/wlan/kept_settings.h"

static char folder[64];
static struct kept_settings *settings;

static void begin(void)
{
    snprintf(folder, sizeof(folder), "/tmp/cork-kept-XXXXXX");
    require(mkdtemp(folder) != NULL);
    settings = kept_settings_open(folder, "all");
    require(settings != NULL);
}

static void again(void)
{
    kept_settings_close(settings);
    settings = kept_settings_open(folder, "all");
    require(settings != NULL);
}

static void end(void)
{
    kept_settings_close(settings);
    kept_file_remove(folder, "all");
    require(!rmdir(folder));
}

static bool is(const char *name, const char *value, size_t size)
{
    size_t got;
    uint8_t *bytes = kept_settings_get(settings, name, &got);
    bool same = bytes && got == size && !memcmp(bytes, value, size) && !bytes[size];

    free(bytes);
    return same;
}

START_TEST(what_is_put_stays)
{
    begin();
    require(kept_settings_put(settings, "one", "a\0\xff", 3) && kept_settings_put(settings, "two", "", 0));
    require(kept_settings_put_number(settings, "three", 0x89abcdef));
    for (int i = 0; i < 2; i++, again())
    {
        require(is("one", "a\0\xff", 3) && is("two", "", 0) && !is("four", "", 0));
        require(kept_settings_number(settings, "three", 7) == 0x89abcdef);
        require(kept_settings_number(settings, "four", 7) == 7 && kept_settings_number(settings, "one", 7) == 7);
    }
    require(kept_settings_put(settings, "one", "other", 5) && kept_settings_remove(settings, "two"));
    require(kept_settings_remove(settings, "two"));
    for (int i = 0; i < 2; i++, again())
        require(is("one", "other", 5) && !is("two", "", 0));
    end();
}
END_TEST

START_TEST(what_cannot_be_kept_is_not_changed)
{
    char name[sizeof(folder) + KEPT_NAME_SIZE];

    begin();
    memset(name, 'x', KEPT_NAME_SIZE);
    name[KEPT_NAME_SIZE] = 0;
    require(kept_settings_put(settings, "one", "old", 3) && !kept_settings_put(settings, name, "a", 1));
    require(!unlink(strcat(strcpy(name, folder), "/all")) && !rmdir(folder));
    require(!kept_settings_put(settings, "one", "new", 3) && is("one", "old", 3));
    require(!kept_settings_put(settings, "two", "new", 3) && !is("two", "new", 3));
    require(!kept_settings_remove(settings, "one") && is("one", "old", 3));
    kept_settings_close(settings);
}
END_TEST

START_TEST(lines_that_are_none_are_left_out)
{
    static const char file[] = "one 61\n\nnothing\ntwo 6\nthree 6g\nfour 62 63\none 64\n"
                               "a-name-that-is-longer-than-any-name-of-a-setting-is 61\nfive \nsix 65";

    begin();
    require(kept_file_write(folder, "all", file, sizeof(file) - 1) == KEPT_OK);
    again();
    require(is("one", "a", 1) && !is("two", "", 0) && !is("three", "", 0) && !is("four", "b", 1));
    require(is("five", "", 0) && is("six", "e", 1));
    end();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wlan_kept_settings");
    TCase *cases = tcase_create("tests");
    SRunner *runner;
    int failed;

    tcase_add_test(cases, what_is_put_stays);
    tcase_add_test(cases, what_cannot_be_kept_is_not_changed);
    tcase_add_test(cases, lines_that_are_none_are_left_out);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

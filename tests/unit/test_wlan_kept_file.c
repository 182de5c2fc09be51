/* Files that the Wi-Fi service keeps: whole or not at all, and readable by their user alone. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test_framework.h"

#include "corkd/wlan/kept_file.h"

static char folder[64];

static void make_folder(void)
{
    snprintf(folder, sizeof(folder), "/tmp/cork-kept-XXXXXX");
    require(mkdtemp(folder) != NULL);
}

static const char *path_of(const char *name)
{
    static char path[128];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return path;
}

static void remove_folder(void)
{
    kept_file_remove(folder, "one");
    unlink(path_of("one.new"));
    require(!rmdir(folder));
}

static bool has(const char *text)
{
    uint8_t *bytes;
    size_t size;
    bool same;

    if (kept_file_read(folder, "one", &bytes, &size) != KEPT_OK) return false;
    same = size == strlen(text) && !memcmp(bytes, text, size + 1);
    free(bytes);
    return same;
}

START_TEST(what_is_written_is_read)
{
    uint8_t *bytes = (uint8_t *)folder;
    size_t size = 7;

    make_folder();
    require(kept_file_read(folder, "one", &bytes, &size) == KEPT_NONE && !bytes && !size);
    require(kept_file_write(folder, "one", "abc", 3) == KEPT_OK && has("abc"));
    require(kept_file_write(folder, "one", "", 0) == KEPT_OK && has(""));
    require(kept_file_write(folder, "one", "longer than before", 18) == KEPT_OK && has("longer than before"));
    require(kept_file_remove(folder, "one") == KEPT_OK && kept_file_remove(folder, "one") == KEPT_OK);
    require(kept_file_read(folder, "one", &bytes, &size) == KEPT_NONE);
    remove_folder();
}
END_TEST

START_TEST(only_its_user_reads_it)
{
    mode_t before = umask(0);
    struct stat status;

    make_folder();
    require(kept_file_write(folder, "one", "key", 3) == KEPT_OK);
    require(!stat(path_of("one"), &status) && (status.st_mode & 0777) == 0600);
    umask(before);
    remove_folder();
}
END_TEST

START_TEST(a_draft_that_a_crash_left_is_in_nobodys_way)
{
    FILE *draft;
    struct stat status;

    make_folder();
    draft = fopen(path_of("one.new"), "w");
    require(draft != NULL && fputs("half", draft) >= 0 && !fclose(draft) && !chmod(path_of("one.new"), 0666));
    require(kept_file_write(folder, "one", "whole", 5) == KEPT_OK && has("whole"));
    require(!stat(path_of("one"), &status) && (status.st_mode & 0777) == 0600);
    require(stat(path_of("one.new"), &status) && errno == ENOENT);
    remove_folder();
}
END_TEST

START_TEST(what_cannot_be_written_leaves_the_old_one)
{
    make_folder();
    require(kept_file_write(folder, "one", "old", 3) == KEPT_OK);
    require(!mkdir(path_of("one.new"), 0700)); /* no draft can be made there */
    require(kept_file_write(folder, "one", "new", 3) == KEPT_FAILED && has("old"));
    require(!rmdir(path_of("one.new")));
    require(kept_file_write("/nowhere/at/all", "one", "new", 3) == KEPT_FAILED);
    remove_folder();
}
END_TEST

START_TEST(what_is_no_file_of_ours_is_not_read)
{
    uint8_t *bytes;
    size_t size;

    make_folder();
    require(!mkdir(path_of("one"), 0700) && kept_file_read(folder, "one", &bytes, &size) == KEPT_FAILED && !bytes);
    require(!rmdir(path_of("one")));
    require(!symlink("/etc/passwd", path_of("one")) && kept_file_read(folder, "one", &bytes, &size) == KEPT_FAILED);
    require(!unlink(path_of("one")));
    require(kept_file_write(folder, "one", "", 0) == KEPT_OK && !truncate(path_of("one"), (off_t)KEPT_FILE_MAX + 1));
    require(kept_file_read(folder, "one", &bytes, &size) == KEPT_FAILED && errno == EFBIG);
    remove_folder();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wlan_kept_file");
    TCase *cases = tcase_create("tests");
    SRunner *runner;
    int failed;

    tcase_add_test(cases, what_is_written_is_read);
    tcase_add_test(cases, only_its_user_reads_it);
    tcase_add_test(cases, a_draft_that_a_crash_left_is_in_nobodys_way);
    tcase_add_test(cases, what_cannot_be_written_leaves_the_old_one);
    tcase_add_test(cases, what_is_no_file_of_ours_is_not_read);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

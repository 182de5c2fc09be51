/* The store of profiles: what it keeps, in which order, and that neither a full disk, a damaged file, a kill nor the
 * end of memory loses what it had. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test_framework.h"

#include "corkd/wlan/profile_reasons.h"
#include "corkd/wlan/profile_store.h"
#include "corkd/wlan/wlan_constants.h"
#include "wlan_profile_text.h"

#define WLAN "wlan0"

/* ---- Faults ---- */

/* Which call of those below fails, counted down; 0: none. `kill_there`: the process ends there instead. */
static unsigned fail_file, fail_memory;
static int fail_errno = ENOSPC;
static bool kill_there;

static bool file_fails(void)
{
    if (!fail_file || --fail_file) return false;
    if (kill_there) _exit(9);
    errno = fail_errno;
    return true;
}

static bool memory_fails(void)
{
    return fail_memory && !--fail_memory;
}

ssize_t __real_write(int fd, const void *bytes, size_t size);
int __real_fsync(int fd);
int __real_rename(const char *from, const char *to);
int __real_open(const char *path, int flags, ...);
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
char *__real_strdup(const char *text);
ssize_t __wrap_write(int fd, const void *bytes, size_t size);
int __wrap_fsync(int fd);
int __wrap_rename(const char *from, const char *to);
int __wrap_open(const char *path, int flags, ...);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
char *__wrap_strdup(const char *text);

/* A write that fails has written half before. */
ssize_t __wrap_write(int fd, const void *bytes, size_t size)
{
    bool last = fail_file == 1;

    if (last && size > 1) (void)!__real_write(fd, bytes, size / 2);
    return file_fails() ? -1 : __real_write(fd, bytes, size);
}

int __wrap_fsync(int fd)
{
    return file_fails() ? -1 : __real_fsync(fd);
}

int __wrap_rename(const char *from, const char *to)
{
    return file_fails() ? -1 : __real_rename(from, to);
}

int __wrap_open(const char *path, int flags, ...)
{
    va_list list;
    int mode;

    va_start(list, flags);
    mode = flags & O_CREAT ? va_arg(list, int) : 0;
    va_end(list);
    return file_fails() ? -1 : __real_open(path, flags, mode);
}

void *__wrap_malloc(size_t size)
{
    return memory_fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return memory_fails() ? NULL : __real_calloc(count, size);
}

char *__wrap_strdup(const char *text)
{
    return memory_fails() ? NULL : __real_strdup(text);
}

/* ---- Folders and profiles ---- */

static char folder[64];

static struct profile_store *fresh(void)
{
    struct profile_store *store;

    strcpy(folder, "/tmp/wlan-profiles-XXXXXX");
    require(mkdtemp(folder));
    store = profile_store_open(folder);
    require(store);
    return store;
}

static struct profile_store *again(struct profile_store *store)
{
    profile_store_close(store);
    store = profile_store_open(folder);
    require(store);
    return store;
}

static void done(struct profile_store *store)
{
    char command[128];

    profile_store_close(store);
    snprintf(command, sizeof(command), "rm -r %s", folder);
    require(!system(command));
}

static const char *path_of(const char *name)
{
    static char path[128];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return path;
}

static uint32_t set_text(struct profile_store *store, const char *interface, const char *xml, uint32_t flags,
                         bool overwrite)
{
    uint32_t reason;

    return profile_store_set(store, interface, xml, strlen(xml), flags, NULL, overwrite, &reason, NULL);
}

/* A WPA2 profile of that name. */
static uint32_t set_flags(struct profile_store *store, const char *name, uint32_t flags, bool overwrite)
{
    char *xml = replaced(PROFILE_WPA2, "Attic<", "@<"), *named = replaced(xml, "@", name);
    uint32_t error = set_text(store, WLAN, named, flags, overwrite);

    free(xml);
    free(named);
    return error;
}

static uint32_t set(struct profile_store *store, const char *name)
{
    return set_flags(store, name, 0, false);
}

/* The names in their order, with a space behind each. */
static const char *names(struct profile_store *store)
{
    static char text[4096];
    struct profile_entry *entries;
    size_t count;

    require(!profile_store_list(store, WLAN, &entries, &count));
    text[0] = 0;
    for (size_t i = 0; i < count; i++)
        strcat(strcat(text, entries[i].name), " ");
    free(entries);
    return text;
}

static const char *key_of(struct profile_store *store, const char *name)
{
    static char key[PROFILE_KEY_SIZE];
    struct wlan_profile *profile;

    if (profile_store_find(store, WLAN, name, &profile)) return "none";
    strcpy(key, profile->key);
    profile_free(profile);
    return key;
}

/* ---- What is kept ---- */

START_TEST(profiles_are_there_after_a_restart)
{
    struct profile_store *store = fresh();
    struct stat status;
    char *xml;
    uint32_t flags = 9;

    require(!*names(store) && !set(store, "Attic") && !set_text(store, "wlan1", PROFILE_OPEN, PROFILE_USER, false));
    store = again(store);
    require(!strcmp(names(store), "Attic ") && !strcmp(key_of(store, "Attic"), "correct horse"));
    require(!strcmp(key_of(store, "attic"), "none"));
    require(!profile_store_xml(store, WLAN, "Attic", false, &xml, &flags) && flags == 0);
    require(strstr(xml, "<protected>true</protected>") && !strstr(xml, "correct") && strstr(xml, "<hex>"));
    free(xml);
    require(!profile_store_xml(store, WLAN, "Attic", true, &xml, &flags));
    require(strstr(xml, "<protected>false</protected><keyMaterial>correct horse<"));
    free(xml);
    require(!profile_store_xml(store, "wlan1", "Attic", true, &xml, &flags) && flags == PROFILE_USER);
    free(xml);
    require(profile_store_xml(store, "wlan2", "Attic", true, &xml, &flags) == ERROR_NOT_FOUND && !xml);
    require(!stat(path_of("wlan-profiles"), &status) && (status.st_mode & 0777) == 0600);
    require(!stat(path_of("wlan-key"), &status) && (status.st_mode & 0777) == 0600 && status.st_size == 32);
    done(store);
}
END_TEST

START_TEST(what_is_protected_comes_back)
{
    struct profile_store *store = fresh();
    struct profile_cipher other = {{1}};
    struct wlan_profile *profile;
    char *xml, material[PROFILE_MATERIAL_SIZE], key[PROFILE_KEY_SIZE];
    uint32_t flags, reason;

    require(!set(store, "Attic") && !profile_store_xml(store, WLAN, "Attic", false, &xml, &flags));
    require(!profile_store_delete(store, WLAN, "Attic") && !set_text(store, WLAN, xml, 0, false));
    require(!strcmp(key_of(store, "Attic"), "correct horse"));
    free(xml);

    require(profile_protect(&store->cipher, "key", material));
    require(profile_cipher_unprotect(&store->cipher, material, key) && !strcmp(key, "key"));
    require(!profile_cipher_unprotect(&other, material, key) && !key[0]);
    material[strlen(material) - 1] ^= 1;
    require(!profile_cipher_unprotect(&store->cipher, material, key));
    material[0] = '2';
    require(!profile_cipher_unprotect(&store->cipher, material, key));
    require(!profile_cipher_unprotect(&store->cipher, "", key) && !profile_cipher_unprotect(&store->cipher, "01", key));
    require(!profile_cipher_unprotect(&store->cipher, "no digits", key));

    xml = replaced(PROFILE_WPA2, "false</protected><keyMaterial>correct horse", "true</protected><keyMaterial>0102");
    require(profile_store_parse(store, xml, strlen(xml), &profile, &reason) == ERROR_BAD_PROFILE);
    require(reason == REASON_RAW_DATA);
    free(xml);
    done(store);
}
END_TEST

START_TEST(overwriting)
{
    struct profile_store *store = fresh();
    char *xml = replaced(PROFILE_WPA2, "correct horse", "battery staple"), *security;
    void *data;
    size_t size;
    uint32_t flags, reason;

    require(!set(store, "Attic") && !set(store, "Barn") && !strcmp(names(store), "Barn Attic "));
    require(set(store, "Attic") == ERROR_ALREADY_EXISTS);
    require(!profile_store_set_data(store, WLAN, "Attic", "abc", 3));
    require(!profile_store_data(store, WLAN, "Attic", &data, &size) && size == 3 && !memcmp(data, "abc", 3));
    free(data);
    require(set_text(store, WLAN, xml, PROFILE_USER, true) == ERROR_ALREADY_EXISTS);
    require(!profile_store_set(store, WLAN, xml, strlen(xml), 0, "D:(A;;GA;;;WD)", true, &reason, NULL));
    require(!strcmp(names(store), "Barn Attic ") && !strcmp(key_of(store, "Attic"), "battery staple"));
    require(profile_store_data(store, WLAN, "Attic", &data, &size) == ERROR_FILE_NOT_FOUND && !data);
    require(!set_text(store, WLAN, xml, 0, true));
    store = again(store);
    require(!profile_store_security(store, WLAN, "Attic", &security, &flags) && !strcmp(security, "D:(A;;GA;;;WD)"));
    free(security);
    require(!profile_store_security(store, WLAN, "Barn", &security, &flags) && !security);
    require(profile_store_set_data(store, WLAN, "House", "a", 1) == ERROR_NOT_FOUND);
    require(!profile_store_set_data(store, WLAN, "Barn", "a", 1) &&
            !profile_store_set_data(store, WLAN, "Barn", "", 0));
    require(profile_store_data(store, WLAN, "Barn", &data, &size) == ERROR_FILE_NOT_FOUND);
    free(xml);
    done(store);
}
END_TEST

START_TEST(bad_profiles_say_why)
{
    struct profile_store *store = fresh();
    char *xml = replaced(PROFILE_WPA2, "correct horse", "short");
    uint32_t reason;

    require(profile_store_set(store, WLAN, xml, strlen(xml), 0, NULL, false, &reason, NULL) == ERROR_BAD_PROFILE);
    require(reason == REASON_PSK_LENGTH && !*names(store));
    free(xml);
    xml = replaced(PROFILE_WPA2, "</authEncryption>",
                   "<FIPSMode xmlns=\"http://www.microsoft.com/networking/WLAN/profile/v2\">true</FIPSMode>"
                   "</authEncryption>");
    require(profile_store_set(store, WLAN, xml, strlen(xml), 0, NULL, false, &reason, NULL) == ERROR_NO_MATCH);
    free(xml);
    done(store);
}
END_TEST

START_TEST(renaming)
{
    struct profile_store *store = fresh();
    char longest[257] = "";
    struct wlan_profile *profile;

    memset(longest, 'n', 256);
    require(!set(store, "Attic") && !set(store, "Barn"));
    require(profile_store_rename(store, WLAN, "House", "Cellar") == ERROR_NOT_FOUND);
    require(profile_store_rename(store, WLAN, "Attic", "Barn") == ERROR_ALREADY_EXISTS);
    require(profile_store_rename(store, WLAN, "Attic", "") == ERROR_INVALID_PARAMETER);
    require(profile_store_rename(store, WLAN, "Attic", longest) == ERROR_INVALID_PARAMETER);
    require(profile_store_rename(store, WLAN, "Attic", "\x01") == ERROR_INVALID_PARAMETER); /* no XML can have it */
    longest[255] = 0;
    require(!profile_store_rename(store, WLAN, "Attic", longest));
    require(!profile_store_rename(store, WLAN, longest, "<C> & \"D\""));
    require(!profile_store_rename(store, WLAN, "Barn", "Barn"));
    store = again(store);
    require(!strcmp(names(store), "Barn <C> & \"D\" "));
    require(!profile_store_find(store, WLAN, "<C> & \"D\"", &profile) && !strcmp(profile->name, "<C> & \"D\""));
    profile_free(profile);
    done(store);
}
END_TEST

START_TEST(the_order)
{
    char *const reversed[] = {"A", "B", "C"}, *const twice[] = {"A", "A", "B"}, *const unknown[] = {"A", "B", "D"};
    struct profile_store *store = fresh();

    require(!set(store, "A") && !set(store, "B") && !set(store, "C") && !strcmp(names(store), "C B A "));
    require(profile_store_set_order(store, WLAN, twice, 3) == ERROR_INVALID_PARAMETER);
    require(profile_store_set_order(store, WLAN, unknown, 3) == ERROR_NOT_FOUND);
    require(profile_store_set_order(store, WLAN, reversed, 2) == ERROR_INVALID_PARAMETER);
    require(!profile_store_set_order(store, WLAN, reversed, 3) && !strcmp(names(store), "A B C "));
    require(!profile_store_move(store, WLAN, "A", 2) && !strcmp(names(store), "B C A "));
    require(!profile_store_move(store, WLAN, "A", 0) && !strcmp(names(store), "A B C "));
    require(!profile_store_move(store, WLAN, "A", 1) && !strcmp(names(store), "B A C "));
    require(profile_store_move(store, WLAN, "A", 3) == ERROR_INVALID_PARAMETER);
    require(profile_store_move(store, WLAN, "D", 0) == ERROR_NOT_FOUND);
    store = again(store);
    require(!strcmp(names(store), "B A C "));
    require(!profile_store_delete(store, WLAN, "A") && !strcmp(names(store), "B C "));
    require(profile_store_delete(store, WLAN, "A") == ERROR_NOT_FOUND);
    done(store);
}
END_TEST

START_TEST(group_policy_profiles_are_read_only)
{
    struct profile_store *store = fresh();

    require(!set(store, "A") && !set_flags(store, "G", PROFILE_GROUP_POLICY, true));
    require(!set_flags(store, "H", PROFILE_GROUP_POLICY, true) && !set(store, "B"));
    require(!strcmp(names(store), "G H B A "));
    require(profile_store_delete(store, WLAN, "G") == ERROR_ACCESS_DENIED);
    require(profile_store_rename(store, WLAN, "G", "I") == ERROR_ACCESS_DENIED);
    require(profile_store_move(store, WLAN, "G", 1) == ERROR_ACCESS_DENIED);
    require(profile_store_move(store, WLAN, "A", 1) == ERROR_ACCESS_DENIED);
    require(!profile_store_move(store, WLAN, "A", 2) && !strcmp(names(store), "G H A B "));
    require(set_flags(store, "G", 0, true) == ERROR_ALREADY_EXISTS);
    require(!set_flags(store, "G", PROFILE_GROUP_POLICY, true));
    done(store);
}
END_TEST

/* ---- Threads ---- */

static void *change_and_look(void *context)
{
    struct profile_store *store = context;
    static _Atomic unsigned next;
    char name[16];
    struct wlan_profile *profile;
    struct profile_entry *entries;
    size_t count;

    snprintf(name, sizeof(name), "T%u", next++);
    for (int i = 0; i < 20; i++)
    {
        require(!set(store, name) && !profile_store_find(store, WLAN, name, &profile));
        require(!strcmp(profile->name, name));
        profile_free(profile);
        require(!profile_store_list(store, WLAN, &entries, &count) && count);
        free(entries);
        require(!profile_store_move(store, WLAN, name, 0) && !profile_store_set_data(store, WLAN, name, "x", 1));
        require(!profile_store_delete(store, WLAN, name));
    }
    return NULL;
}

START_TEST(several_threads)
{
    struct profile_store *store = fresh();
    pthread_t threads[4];

    for (unsigned i = 0; i < 4; i++)
        require(!pthread_create(&threads[i], NULL, change_and_look, store));
    for (unsigned i = 0; i < 4; i++)
        require(!pthread_join(threads[i], NULL));
    store = again(store);
    require(!*names(store));
    done(store);
}
END_TEST

/* ---- What goes wrong ---- */

/* Every call that a change makes of the file system fails once: the answer says so, and nothing has changed. */
START_TEST(a_full_disk_changes_nothing)
{
    static const int errors[] = {ENOSPC, EIO};
    struct profile_store *store = fresh();
    uint32_t error;

    require(!set(store, "Attic"));
    for (unsigned e = 0; e < 2; e++)
    {
        fail_errno = errors[e];
        for (unsigned at = 1;; at++)
        {
            fail_file = at;
            error = profile_store_delete(store, WLAN, "Attic");
            if (!error) break;
            require(error == (e ? ERROR_WRITE_FAULT : ERROR_DISK_FULL) && at < 20);
            require(!strcmp(names(store), "Attic ") && access(path_of("wlan-profiles.new"), F_OK));
            store = again(store);
            require(!strcmp(key_of(store, "Attic"), "correct horse"));
        }
        fail_file = 0;
        require(!*names(store) && !set(store, "Attic"));
    }
    done(store);
}
END_TEST

/* The same, but the process ends there: the file is the old one or the new one. */
START_TEST(a_kill_leaves_the_old_or_the_new)
{
    struct profile_store *store = fresh();
    bool was_new = false, was_old = false;

    require(!set(store, "Attic"));
    for (unsigned at = 1; at < 12; at++)
    {
        int status;
        pid_t child = fork();

        if (!child)
        {
            fail_file = at;
            kill_there = true;
            _exit((int)set(store, "Barn"));
        }
        require(waitpid(child, &status, 0) == child && WIFEXITED(status));
        store = again(store);
        was_old = was_old || !strcmp(names(store), "Attic ");
        if (strcmp(names(store), "Attic ") != 0)
        {
            was_new = true;
            require(!strcmp(names(store), "Barn Attic ") && !profile_store_delete(store, WLAN, "Barn"));
        }
        require(!strcmp(key_of(store, "Attic"), "correct horse"));
    }
    require(was_new && was_old);
    done(store);
}
END_TEST

static void write_file(const char *name, const char *bytes, size_t size)
{
    FILE *file = fopen(path_of(name), "w");

    require(file && fwrite(bytes, 1, size, file) == size && !fclose(file));
}

START_TEST(a_damaged_file_is_put_aside)
{
    struct profile_store *store = fresh();
    char bytes[8192];
    FILE *file;
    size_t size;

    require(!set(store, "Attic"));
    file = fopen(path_of("wlan-profiles"), "r");
    require(file && (size = fread(bytes, 1, sizeof(bytes), file)) > 100 && size < sizeof(bytes) && !fclose(file));
    for (size_t at = 0; at < size; at += at < 60 ? 1 : 37)
    {
        if (at >= 8 && at < 12) continue; /* the format's number: below */
        bytes[at] ^= 0x20;
        write_file("wlan-profiles", bytes, size);
        bytes[at] ^= 0x20;
        store = again(store);
        require(!*names(store) && !access(path_of("wlan-profiles.damaged"), F_OK));
        require(access(path_of("wlan-profiles"), F_OK));
    }
    for (size_t at = 0; at < size; at += 29)
    {
        write_file("wlan-profiles", bytes, at);
        store = again(store);
        require(!*names(store));
    }
    write_file("wlan-profiles", bytes, size);
    store = again(store);
    require(!strcmp(names(store), "Attic "));
    done(store);
}
END_TEST

START_TEST(what_cannot_be_read_is_left_alone)
{
    struct profile_store *store = fresh();
    struct profile_entry *entries;
    struct wlan_profile *profile;
    size_t count;
    char byte;
    int fd;

    require(!set(store, "Attic"));
    fd = open(path_of("wlan-profiles"), O_RDWR);
    require(fd >= 0 && pread(fd, &byte, 1, 8) == 1 && pwrite(fd, "\x02", 1, 8) == 1); /* a later format */
    store = again(store);
    require(profile_store_list(store, WLAN, &entries, &count) == ERROR_READ_FAULT && !entries);
    require(set(store, "Barn") == ERROR_READ_FAULT);
    require(profile_store_find(store, WLAN, "Attic", &profile) == ERROR_READ_FAULT && !profile);
    require(profile_store_move(store, WLAN, "Attic", 0) == ERROR_READ_FAULT);
    require(pwrite(fd, &byte, 1, 8) == 1 && !close(fd));
    store = again(store);
    require(!strcmp(names(store), "Attic "));
    done(store);
}
END_TEST

START_TEST(without_the_keys_file_nothing_is_made_up)
{
    struct profile_store *store = fresh();
    struct wlan_profile **all, *profile;
    size_t count;

    require(!set(store, "Attic") && !set_text(store, "wlan1", PROFILE_OPEN, 0, false) && !unlink(path_of("wlan-key")));
    store = again(store);
    require(profile_store_find(store, WLAN, "Attic", &profile) == ERROR_BAD_PROFILE && !profile);
    require(!strcmp(names(store), "Attic ") && !profile_store_all(store, WLAN, &all, &count) && !count);
    profile_list_free(all, count);
    require(!profile_store_all(store, "wlan1", &all, &count) && count == 1 && !strcmp(all[0]->name, "Attic"));
    profile_list_free(all, count);
    require(!set_flags(store, "Attic", 0, true) && !strcmp(key_of(store, "Attic"), "correct horse"));

    write_file("wlan-key", "short", 5);
    store = again(store);
    require(set(store, "Barn") == ERROR_WRITE_FAULT && !strcmp(names(store), "Attic "));
    done(store);
}
END_TEST

/* Everything that the store does, with one allocation after the other failing: an error that says so or the whole
 * result, and never a change by halves. */
START_TEST(the_end_of_memory)
{
    struct profile_store *store = fresh();
    struct wlan_profile **all;
    struct profile_entry *entries;
    size_t count;
    uint32_t error, flags;
    char *xml, *const order[] = {"Attic", "Barn"};

    require(!set(store, "Attic") && !set(store, "Barn"));
    for (unsigned step = 0; step < 7; step++)
        for (unsigned at = 1;; at++)
        {
            bool hit;

            xml = NULL;
            all = NULL;
            entries = NULL;
            count = 0;
            fail_memory = at;
            error = step == 0   ? profile_store_xml(store, WLAN, "Attic", true, &xml, &flags)
                    : step == 1 ? profile_store_all(store, WLAN, &all, &count)
                    : step == 2 ? set_text(store, WLAN, PROFILE_WPA2, 0, true)
                    : step == 3 ? profile_store_set_order(store, WLAN, order, 2)
                    : step == 4 ? profile_store_rename(store, WLAN, "Attic", "Attic2")
                    : step == 5 ? profile_store_list(store, WLAN, &entries, &count)
                                : profile_store_delete(store, WLAN, "Barn");
            hit = !fail_memory;
            fail_memory = 0;
            free(xml);
            if (all) profile_list_free(all, count);
            free(entries);
            if (!hit) require(!error);
            if (!hit || !error) break;
            require(error == ERROR_NOT_ENOUGH_MEMORY && at < 1000);
            require(!strcmp(names(store), step < 4   ? "Barn Attic "
                                          : step < 5 ? "Attic Barn "
                                                     : "Attic2 Barn ") ||
                    !strcmp(names(store), "Attic Barn "));
        }
    require(!strcmp(names(store), "Attic2 "));
    done(store);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wlan_profile_store");
    TCase *cases = tcase_create("tests");
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, profiles_are_there_after_a_restart);
    tcase_add_test(cases, what_is_protected_comes_back);
    tcase_add_test(cases, overwriting);
    tcase_add_test(cases, bad_profiles_say_why);
    tcase_add_test(cases, renaming);
    tcase_add_test(cases, the_order);
    tcase_add_test(cases, group_policy_profiles_are_read_only);
    tcase_add_test(cases, several_threads);
    tcase_add_test(cases, a_full_disk_changes_nothing);
    tcase_add_test(cases, a_kill_leaves_the_old_or_the_new);
    tcase_add_test(cases, a_damaged_file_is_put_aside);
    tcase_add_test(cases, what_cannot_be_read_is_left_alone);
    tcase_add_test(cases, without_the_keys_file_nothing_is_made_up);
    tcase_add_test(cases, the_end_of_memory);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

/* The database's log is written in one piece for each transaction, and no later than without. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rsm/database.h"
#include "win_error.h"
#include "test_framework.h"

/* ---- A VFS below that counts what is written to logs, and refuses it ---- */

static sqlite3_vfs counting;
static int (*real_open)(sqlite3_vfs *, sqlite3_filename, sqlite3_file *, int, int *);
static const sqlite3_io_methods *real;
static sqlite3_io_methods counted;
static unsigned log_writes;
static bool refuse;

static int count_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
    log_writes++;
    return refuse ? SQLITE_FULL : real->xWrite(file, bytes, size, at);
}

static int count_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *result_flags)
{
    int error = real_open(vfs, name, file, flags, result_flags);

    if (error || !(flags & SQLITE_OPEN_WAL)) return error;
    real = file->pMethods;
    counted = *real;
    counted.xWrite = count_write;
    file->pMethods = &counted;
    return SQLITE_OK;
}

static void count_writes(void)
{
    require(!sqlite3_initialize());
    counting = *sqlite3_vfs_find(NULL);
    real_open = counting.xOpen;
    counting.xOpen = count_open;
    counting.zName = "counting";
    require(!sqlite3_vfs_register(&counting, 1));
}

/* ---- A database in a folder of its own ---- */

static char folder[200], path[300];
static struct database db;

static void open_database(void)
{
    const char *above = getenv("TMPDIR");

    snprintf(folder, sizeof(folder), "%s/cork-log-XXXXXX", above ? above : "/tmp");
    require(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/test.db", folder);
    require(!db_open(&db, path));
    db_begin(&db);
    db_run(&db, "CREATE TABLE thing(number INT, bytes BLOB)", "");
    require(!db_commit(&db));
}

static void delete_file(const char *suffix)
{
    char name[400];

    snprintf(name, sizeof(name), "%s%s", path, suffix);
    unlink(name);
}

static void close_database(void)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", ".copy", ".copy-wal", ".copy-shm"};

    require(db_number(&db, "SELECT integrity_check='ok' FROM pragma_integrity_check", "") == 1);
    db_close(&db);
    for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
        delete_file(suffixes[i]);
    require(!rmdir(folder));
}

static void insert(int number, int size)
{
    db_run(&db, "INSERT INTO thing VALUES(?, zeroblob(?))", "ii", (long long)number, (long long)size);
}

static void copy_file(const char *suffix)
{
    char name[400], bytes[65536];
    FILE *from, *to;
    size_t size;

    snprintf(name, sizeof(name), "%s%s", path, suffix);
    from = fopen(name, "rb");
    snprintf(name, sizeof(name), "%s.copy%s", path, suffix);
    to = fopen(name, "wb");
    require(from && to);
    while ((size = fread(bytes, 1, sizeof(bytes), from)))
        require(fwrite(bytes, 1, size, to) == size);
    fclose(from);
    require(!fclose(to));
}

/* What the files have at this moment, as one finds it who comes after a crash. */
static int found_after_crash(const char *sql)
{
    char name[400];
    sqlite3_stmt *query;
    sqlite3 *copy;
    int number;

    copy_file("");
    copy_file("-wal");
    snprintf(name, sizeof(name), "%s.copy", path);
    require(!sqlite3_open_v2(name, &copy, SQLITE_OPEN_READWRITE, "unix"));
    require(!sqlite3_prepare_v2(copy, sql, -1, &query, NULL) && sqlite3_step(query) == SQLITE_ROW);
    number = sqlite3_column_int(query, 0);
    sqlite3_finalize(query);
    sqlite3_close(copy);
    delete_file(".copy-wal");
    return number;
}

START_TEST(one_write_a_transaction)
{
    open_database();
    for (int i = 0; i < 20; i++)
    {
        unsigned before = log_writes;

        db_begin(&db);
        insert(i, 20000);
        require(log_writes == before);
        require(!db_commit(&db) && log_writes == before + 1);
    }
    close_database();
}
END_TEST

START_TEST(committed_is_on_the_disk)
{
    open_database();
    for (int i = 1; i <= 5; i++)
    {
        db_begin(&db);
        insert(i, i * 40000);
        require(found_after_crash("SELECT COUNT(*) FROM thing") == i - 1);
        require(!db_commit(&db));
        require(found_after_crash("SELECT COUNT(*) FROM thing") == i);
        require(found_after_crash("SELECT integrity_check='ok' FROM pragma_integrity_check") == 1);
    }
    close_database();
}
END_TEST

/* More than is collected, and more than SQLite keeps in memory: what has gone to the log is read back from it. */
START_TEST(large_transactions)
{
    open_database();
    db_run(&db, "PRAGMA cache_size=10", "");
    for (int i = 1; i <= 4; i++)
    {
        db_begin(&db);
        for (int j = 0; j < 100; j++)
            insert(i, 10000);
        insert(i, 3000000);
        db_run(&db, "UPDATE thing SET number=number+1", "");
        require(db_number(&db, "SELECT SUM(LENGTH(bytes)) FROM thing", "") == (i / 2 + 1) * 4000000LL);
        if (i % 2 == 0)
            db_rollback(&db);
        else
            require(!db_commit(&db));
    }
    require(db_number(&db, "SELECT COUNT(*) FROM thing", "") == 202);
    require(found_after_crash("SELECT COUNT(*) FROM thing") == 202);
    close_database();
}
END_TEST

/* A log that takes nothing fails the transaction, and no other. */
START_TEST(refused_writes)
{
    open_database();
    for (int i = 0; i < 6; i++)
    {
        db_begin(&db);
        insert(i, i % 3 * 100000);
        refuse = i % 2 == 0;
        require(db_commit(&db) == (i % 2 ? 0u : ERROR_DATABASE_FULL));
        refuse = false;
        require(db_number(&db, "SELECT COUNT(*) FROM thing", "") == (i + 1) / 2);
    }
    require(found_after_crash("SELECT SUM(number) FROM thing") == 1 + 3 + 5);
    close_database();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("database log");
    TCase *tests = tcase_create("all");
    SRunner *runner;
    int failed;

    tcase_add_unchecked_fixture(tests, count_writes, NULL);
    tcase_add_test(tests, one_write_a_transaction);
    tcase_add_test(tests, committed_is_on_the_disk);
    tcase_add_test(tests, large_transactions);
    tcase_add_test(tests, refused_writes);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

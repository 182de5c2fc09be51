/*
 * The removable storage engine against the SQLite that it stands on, in one process, without the channel.
 *
 * bench_rsm [cycles|enumerate]
 *                         cycles of allocate, mount, dismount, deallocate on a folder library against as many bare
 *                         transactions; EnumerateNtmsObject over 100,000 media against its bare query
 * bench_rsm populate DIR  puts 100,000 media into the database of the NtmsData folder DIR, and tells what the bare
 * query over them takes, in microseconds
 * bench_rsm query DIR     tells the latter again
 *
 * The folders are made below TMPDIR. A cycle is held to as many bare transactions as it commits itself (SQLite's hook
 * for that counts them), in a database with the engine's own settings, so each is as durable as the engine's, by
 * SQLite's own VFS, with statements that are prepared once: first to the least that there can be, one row changed and
 * committed; then to such that write as many pages as the engine's do on average. The rounds are interleaved, a figure
 * is the median of its rounds, in brackets the lowest and the highest.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "rsm/engine.h"
#include "../unit/rsm_support.h"

#define ROUNDS       9
#define CYCLES       100
#define ENUMERATIONS 10
#define MEDIA        100000

static double now_us(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* What a part took: time that passed, and time that the processor worked in all threads. */
struct span
{
    double passed, worked;
};

static struct span begin_span(void)
{
    return (struct span){now_us(CLOCK_MONOTONIC), now_us(CLOCK_PROCESS_CPUTIME_ID)};
}

static struct span end_span(struct span begin, double count)
{
    return (struct span){(now_us(CLOCK_MONOTONIC) - begin.passed) / count,
                         (now_us(CLOCK_PROCESS_CPUTIME_ID) - begin.worked) / count};
}

static int compare(const void *a, const void *b)
{
    return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

struct figure
{
    double lowest, median, highest;
};

static struct figure figure_of(const double *values)
{
    double sorted[ROUNDS];

    memcpy(sorted, values, sizeof(sorted));
    qsort(sorted, ROUNDS, sizeof(*sorted), compare);
    return (struct figure){sorted[0], sorted[ROUNDS / 2], sorted[ROUNDS - 1]};
}

static void print_ratio(const char *what, const struct span *bare, const struct span *ours, const char *to_reach)
{
    double passed[ROUNDS], worked[ROUNDS];
    struct figure ratio, processor;

    for (int i = 0; i < ROUNDS; i++)
    {
        passed[i] = bare[i].passed / ours[i].passed;
        worked[i] = bare[i].worked / ours[i].worked;
    }
    ratio = figure_of(passed);
    processor = figure_of(worked);
    printf("%s: %.2f (%.2f-%.2f) of it%s; by processor time %.2f\n", what, ratio.median, ratio.lowest, ratio.highest,
           to_reach, processor.median);
}

static double median_passed(const struct span *spans)
{
    double passed[ROUNDS];

    for (int i = 0; i < ROUNDS; i++)
        passed[i] = spans[i].passed;
    return figure_of(passed).median;
}

static void give_up(const char *what)
{
    fprintf(stderr, "bench_rsm: %s\n", what);
    exit(1);
}

/* ---- Cycles ---- */

#define TABLES_MAX 32

/* Bare transactions: each changes one row in each of the first tables, one page each. */
struct bare
{
    sqlite3 *db;
    sqlite3_stmt *begin, *update[TABLES_MAX], *commit;
};

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL)) give_up(sqlite3_errmsg(db));
    return statement;
}

static void run(sqlite3_stmt *statement)
{
    if (sqlite3_step(statement) != SQLITE_DONE) give_up(sqlite3_errmsg(sqlite3_db_handle(statement)));
    sqlite3_reset(statement);
}

static void bare_table(struct bare *bare, int number)
{
    char text[400];

    snprintf(text, sizeof(text),
             "CREATE TABLE thing%d(id BLOB PRIMARY KEY, state INT) WITHOUT ROWID;"
             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<50)"
             "INSERT INTO thing%d SELECT CAST(printf('%%016d', i) AS BLOB), 0 FROM n",
             number, number);
    if (sqlite3_exec(bare->db, text, NULL, NULL, NULL)) give_up(sqlite3_errmsg(bare->db));
    snprintf(text, sizeof(text), "UPDATE thing%d SET state=? WHERE id=?", number);
    bare->update[number] = prepare(bare->db, text);
}

static void bare_open(struct bare *bare, const char *root)
{
    char path[400];

    snprintf(path, sizeof(path), "%s/bare.db", root);
    if (sqlite3_open_v2(path, &bare->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) ||
        sqlite3_exec(bare->db,
                     "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                     "PRAGMA foreign_keys=ON",
                     NULL, NULL, NULL))
        give_up(sqlite3_errmsg(bare->db));
    for (int i = 0; i < TABLES_MAX; i++)
        bare_table(bare, i);
    bare->begin = prepare(bare->db, "BEGIN IMMEDIATE");
    bare->commit = prepare(bare->db, "COMMIT");
}

static void bare_close(struct bare *bare)
{
    sqlite3_finalize(bare->begin);
    for (int i = 0; i < TABLES_MAX; i++)
        sqlite3_finalize(bare->update[i]);
    sqlite3_finalize(bare->commit);
    sqlite3_close(bare->db);
}

static void bare_transaction(struct bare *bare, int number, int tables)
{
    char key[32];

    snprintf(key, sizeof(key), "%016d", number % 50 + 1);
    run(bare->begin);
    for (int i = 0; i < tables; i++)
    {
        sqlite3_bind_int(bare->update[i], 1, number);
        sqlite3_bind_blob(bare->update[i], 2, key, 16, SQLITE_STATIC);
        run(bare->update[i]);
    }
    run(bare->commit);
}

static struct span time_bare(struct bare *bare, int count, int tables)
{
    struct span span = begin_span();

    for (int n = 0; n < count; n++)
        bare_transaction(bare, n, tables);
    return end_span(span, CYCLES);
}

/* What the engine has committed. */
struct commits
{
    unsigned count, pages, counted_pages;
    int in_log;
};

/* Called for each transaction that has written something. */
static int count_commit(void *context, sqlite3 *db, const char *name, int pages)
{
    struct commits *commits = context;

    (void)name;
    commits->count++;
    if (commits->in_log && pages > commits->in_log)
    {
        commits->pages += (unsigned)(pages - commits->in_log);
        commits->counted_pages++;
    }
    commits->in_log = pages;
    return pages >= 1000 ? sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL) : SQLITE_OK;
}

static void cycle(struct bench *bench, const struct guid *pool)
{
    struct guid media, drive;

    if (allocate(bench, pool, NTMS_ALLOCATE_NEW, 10000, &media) ||
        mount(bench, &media, NTMS_MOUNT_WRITE, 10000, &drive) || dismount(bench, &media, NTMS_DISMOUNT_IMMEDIATE) ||
        simple_number(bench, RSM_DEALLOCATE, &media, 0))
        give_up("a cycle failed");
}

static struct span time_cycles(struct bench *bench, const struct guid *pool)
{
    struct span span = begin_span();

    for (int n = 0; n < CYCLES; n++)
        cycle(bench, pool);
    rsm_drain(bench->rsm);
    return end_span(span, CYCLES);
}

static struct guid open_pool(struct bench *bench)
{
    struct guid type, pool, medium;

    bench_open(bench, 1, 4, 1, 1);
    type = media_type_of(bench);
    pool = create_pool(bench, "Application", &type);
    free_medium(bench, "M001");
    medium = named(bench, NULL, NTMS_PHYSICAL_MEDIA, "M001");
    if (simple2(bench, RSM_MOVE_TO_POOL, &medium, &pool)) give_up("no medium");
    return pool;
}

static void bench_cycles(void)
{
    struct span ours[ROUNDS], least[ROUNDS], alike[ROUNDS];
    struct commits commits = {0};
    int transactions, pages;
    struct bench bench;
    struct bare bare;
    struct guid pool = open_pool(&bench);

    bare_open(&bare, bench.root);
    sqlite3_wal_hook(bench.rsm->db.handle, count_commit, &commits);
    time_cycles(&bench, &pool);
    sqlite3_wal_autocheckpoint(bench.rsm->db.handle, 1000);
    transactions = (int)commits.count;
    pages = (int)((commits.pages + commits.counted_pages / 2) / commits.counted_pages);
    for (int i = 0; i < ROUNDS; i++)
    {
        least[i] = time_bare(&bare, transactions, 1);
        ours[i] = time_cycles(&bench, &pool);
        alike[i] = time_bare(&bare, transactions, pages < TABLES_MAX ? pages : TABLES_MAX);
    }
    printf(
        "%.0f cycles of allocate, mount, dismount, deallocate a second, %.0f us each: %.1f transactions of %d pages\n",
        1e6 / median_passed(ours), median_passed(ours), (double)transactions / CYCLES, pages);
    printf("as many bare transactions: of one page %.0f us, of %d pages %.0f us\n", median_passed(least), pages,
           median_passed(alike));
    print_ratio("cycles against bare transactions of one page", least, ours, " (to reach: 0.5)");
    print_ratio("cycles against bare transactions of as many pages", alike, ours, "");
    bare_close(&bare);
    bench_delete(&bench);
}

/* ---- Enumeration ---- */

/* With the engine's lock: its threads use the same connection. */
static void populate(struct rsm *rsm)
{
    static const char sql[] =
        "PRAGMA synchronous=OFF; BEGIN;"
        "CREATE TEMP TABLE new(i INT, id BLOB, side BLOB);"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<%d)"
        "INSERT INTO new SELECT i, randomblob(16), randomblob(16) FROM n;"
        "CREATE TEMP TABLE place AS SELECT (SELECT id FROM system WHERE name='offline') AS library,"
        " (SELECT MIN(id) FROM media_type) AS type, (SELECT MIN(id) FROM pool WHERE media_type IS NOT NULL) AS pool;"
        "INSERT INTO object(id, type, created, modified, name) SELECT id, 15, 0, 0, printf('B%%06d', i) FROM new;"
        "INSERT INTO object(id, type, created, modified, name) SELECT side, 14, 0, 0, printf('B%%06d', i) FROM new;"
        "INSERT INTO medium(id, library, pool, place, place_type, media_type, barcode, barcode_state, sequence, state)"
        " SELECT id, library, pool, library, 9, type, printf('B%%06d', i), 1, '', 0 FROM new, place;"
        "INSERT INTO side(id, medium, state, number) SELECT side, id, 4, 0 FROM new;"
        "DROP TABLE new; DROP TABLE place; COMMIT; PRAGMA synchronous=FULL;";
    char text[2000];

    snprintf(text, sizeof(text), sql, MEDIA);
    pthread_mutex_lock(&rsm->lock);
    if (sqlite3_exec(rsm->db.handle, text, NULL, NULL, NULL)) give_up(sqlite3_errmsg(rsm->db.handle));
    pthread_mutex_unlock(&rsm->lock);
}

/* The identifiers of all media: what EnumerateNtmsObject gives. */
static void bare_query(struct rsm *rsm, sqlite3_stmt *query, struct guid *ids)
{
    int count = 0;

    pthread_mutex_lock(&rsm->lock);
    while (count < MEDIA + 100 && sqlite3_step(query) == SQLITE_ROW)
        memcpy(&ids[count++], sqlite3_column_blob(query, 0), sizeof(*ids));
    sqlite3_reset(query);
    pthread_mutex_unlock(&rsm->lock);
    if (count < MEDIA) give_up("media are missing");
}

#define BARE_QUERY "SELECT id FROM object WHERE type=15"

static void bench_enumerate(void)
{
    static struct guid ids[MEDIA + 100];
    struct span ours[ROUNDS], bare[ROUNDS];
    struct bench bench;
    sqlite3_stmt *query;
    uint32_t count = 0;

    bench_open(&bench, 1, 4, 1, 1);
    rsm_drain(bench.rsm);
    populate(bench.rsm);
    query = prepare(bench.rsm->db.handle, BARE_QUERY);
    for (int i = 0; i < ROUNDS; i++)
    {
        bare[i] = begin_span();
        for (int n = 0; n < ENUMERATIONS; n++)
            bare_query(bench.rsm, query, ids);
        bare[i] = end_span(bare[i], ENUMERATIONS);
        ours[i] = begin_span();
        for (int n = 0; n < ENUMERATIONS; n++)
            if (enumerate(&bench, NULL, NTMS_PHYSICAL_MEDIA, ids, MEDIA + 100, &count) || count < MEDIA)
                give_up("an enumeration failed");
        ours[i] = end_span(ours[i], ENUMERATIONS);
    }
    printf("the identifiers of %d media: the bare query %.1f ms, EnumerateNtmsObject in the engine %.1f ms\n", MEDIA,
           median_passed(bare) / 1000, median_passed(ours) / 1000);
    print_ratio("EnumerateNtmsObject in the engine against the bare query", bare, ours, " (to reach: 0.5)");
    sqlite3_finalize(query);
    bench_delete(&bench);
}

static void query_folder(const char *folder, bool fill)
{
    static struct guid ids[MEDIA + 100];
    struct span spans[ROUNDS];
    struct rsm_options options = {.folder = folder};
    sqlite3_stmt *query;
    struct rsm *rsm;

    if (rsm_open(&options, &rsm)) give_up("the database cannot be opened");
    if (fill) populate(rsm);
    query = prepare(rsm->db.handle, BARE_QUERY);
    for (int i = 0; i < ROUNDS; i++)
    {
        spans[i] = begin_span();
        bare_query(rsm, query, ids);
        spans[i] = end_span(spans[i], 1);
    }
    printf("%.1f\n", median_passed(spans));
    sqlite3_finalize(query);
    rsm_close(rsm);
}

int main(int argc, char **argv)
{
    if (argc == 3)
    {
        query_folder(argv[2], !strcmp(argv[1], "populate"));
        return 0;
    }
    if (argc == 1 || !strcmp(argv[1], "cycles")) bench_cycles();
    if (argc == 1 || !strcmp(argv[1], "enumerate")) bench_enumerate();
    return 0;
}

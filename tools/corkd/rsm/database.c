/* SQLite with kept errors and cached statements. */
#include "rsm/database.h"

#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "rsm/database_log.h"
#include "rsm/schema.h"
#include "win_error.h"

struct guid guid_new(void)
{
    struct guid guid;
    size_t filled = 0;

    while (filled < sizeof(guid))
    {
        ssize_t got = getrandom(guid.bytes + filled, sizeof(guid) - filled, 0);

        if (got > 0) filled += (size_t)got;
    }
    guid.bytes[7] = (uint8_t)(0x40 | (guid.bytes[7] & 0x0f));
    guid.bytes[8] = (uint8_t)(0x80 | (guid.bytes[8] & 0x3f));
    return guid;
}

uint64_t filetime_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)(now.tv_sec + 11644473600LL) * 10000000u + (uint64_t)now.tv_nsec / 100;
}

/* ---- Errors ---- */

static uint32_t windows_error(int code)
{
    switch (code & 0xff)
    {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return 0;
    case SQLITE_NOMEM:
        return ERROR_NOT_ENOUGH_MEMORY;
    case SQLITE_FULL:
        return ERROR_DATABASE_FULL;
    default:
        return ERROR_DATABASE_FAILURE;
    }
}

static bool keep_error(struct database *db, int code)
{
    uint32_t error = windows_error(code);

    /* A file system that is full can show itself as an I/O error (of the shared-memory file, say). */
    if ((code & 0xff) == SQLITE_IOERR &&
        (sqlite3_system_errno(db->handle) == ENOSPC || sqlite3_system_errno(db->handle) == EDQUOT))
        error = ERROR_DATABASE_FULL;
    if (error && !db->error)
    {
        db->error = error;
        if (getenv("CORK_RSM_DEBUG")) fprintf(stderr, "rsm database: %s\n", sqlite3_errmsg(db->handle));
    }
    return !error;
}

/* ---- Statements ---- */

static sqlite3_stmt *prepare(struct database *db, const char *sql)
{
    size_t at = ((uintptr_t)sql >> 3) % DB_STATEMENTS;
    sqlite3_stmt *statement = NULL;

    for (size_t i = 0; i < DB_STATEMENTS; i++, at = (at + 1) % DB_STATEMENTS)
    {
        if (db->statements[at].sql == sql)
        {
            if (!sqlite3_stmt_busy(db->statements[at].statement)) return db->statements[at].statement;
            break; /* a query inside itself: one that is not kept */
        }
        if (db->statements[at].sql) continue;
        if (!keep_error(db, sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL)))
            return NULL;
        db->statements[at].sql = sql;
        return db->statements[at].statement = statement;
    }
    if (keep_error(db, sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL))) db->loose++;
    return statement;
}

static bool is_kept(const struct database *db, sqlite3_stmt *statement)
{
    for (size_t i = 0; i < DB_STATEMENTS; i++)
        if (db->statements[i].statement == statement) return true;
    return false;
}

/* `keep`: SQLITE_TRANSIENT when the values may go before the statement is done, else SQLITE_STATIC. */
static void bind(struct database *db, sqlite3_stmt *statement, sqlite3_destructor_type keep, const char *formats,
                 va_list values)
{
    for (int i = 1; *formats; i++, formats++)
    {
        int code = SQLITE_OK;

        if (*formats == 'i')
            code = sqlite3_bind_int64(statement, i, va_arg(values, long long));
        else if (*formats == 't')
            code = sqlite3_bind_text(statement, i, va_arg(values, const char *), -1, keep);
        else if (*formats == 'g')
        {
            const struct guid *guid = va_arg(values, const struct guid *);

            if (guid && !guid_is_null(guid)) code = sqlite3_bind_blob(statement, i, guid, sizeof(*guid), keep);
        }
        else
        {
            const void *bytes = va_arg(values, const void *);
            size_t size = va_arg(values, size_t);

            code = sqlite3_bind_blob64(statement, i, size ? bytes : "", size, keep);
        }
        keep_error(db, code);
    }
}

static sqlite3_stmt *query_list(struct database *db, sqlite3_destructor_type keep, const char *sql, const char *formats,
                                va_list values)
{
    sqlite3_stmt *statement = db->error ? NULL : prepare(db, sql);

    if (statement) bind(db, statement, keep, formats, values);
    return statement;
}

sqlite3_stmt *db_query(struct database *db, const char *sql, const char *formats, ...)
{
    sqlite3_stmt *statement;
    va_list values;

    va_start(values, formats);
    statement = query_list(db, SQLITE_TRANSIENT, sql, formats, values);
    va_end(values);
    return statement;
}

bool db_row(struct database *db, sqlite3_stmt *query)
{
    int code;

    if (!query || db->error) return false;
    code = sqlite3_step(query);
    keep_error(db, code);
    return code == SQLITE_ROW;
}

void db_done(struct database *db, sqlite3_stmt *query)
{
    if (!query) return;
    sqlite3_reset(query);
    sqlite3_clear_bindings(query);
    if (!db->loose || is_kept(db, query)) return;
    sqlite3_finalize(query);
    db->loose--;
}

void db_run(struct database *db, const char *sql, const char *formats, ...)
{
    sqlite3_stmt *statement;
    va_list values;

    va_start(values, formats);
    statement = query_list(db, SQLITE_STATIC, sql, formats, values);
    va_end(values);
    while (db_row(db, statement))
        ;
    db_done(db, statement);
}

int db_changes(struct database *db)
{
    return db->error ? 0 : sqlite3_changes(db->handle);
}

/* ---- Columns ---- */

struct guid db_guid(sqlite3_stmt *query, int column)
{
    struct guid guid = {{0}};
    const void *bytes = sqlite3_column_blob(query, column);

    if (bytes && sqlite3_column_bytes(query, column) == sizeof(guid)) memcpy(&guid, bytes, sizeof(guid));
    return guid;
}

const char *db_text(sqlite3_stmt *query, int column)
{
    const char *text = (const char *)sqlite3_column_text(query, column);

    return text ? text : "";
}

long long db_number(struct database *db, const char *sql, const char *formats, ...)
{
    sqlite3_stmt *query;
    long long number = 0;
    va_list values;

    va_start(values, formats);
    query = query_list(db, SQLITE_STATIC, sql, formats, values);
    va_end(values);
    if (db_row(db, query)) number = db_int(query, 0);
    db_done(db, query);
    return number;
}

struct guid db_id(struct database *db, const char *sql, const char *formats, ...)
{
    struct guid guid = {{0}};
    sqlite3_stmt *query;
    va_list values;

    va_start(values, formats);
    query = query_list(db, SQLITE_STATIC, sql, formats, values);
    va_end(values);
    if (db_row(db, query)) guid = db_guid(query, 0);
    db_done(db, query);
    return guid;
}

/* ---- Transactions ---- */

void db_begin(struct database *db)
{
    db->error = 0;
    db->active = true;
    db_run(db, "BEGIN IMMEDIATE", "");
}

void db_rollback(struct database *db)
{
    db->error = 0;
    db->active = false;
    if (!sqlite3_get_autocommit(db->handle)) db_run(db, "ROLLBACK", "");
    db->error = 0;
}

uint32_t db_commit(struct database *db)
{
    uint32_t error;

    db_run(db, "COMMIT", "");
    error = db->error;
    if (error) db_rollback(db);
    db->active = false;
    return error;
}

/* ---- Opening ---- */

static uint32_t set_up(struct database *db)
{
    long long version;

    sqlite3_busy_timeout(db->handle, 5000);
    sqlite3_extended_result_codes(db->handle, 1);
    db_run(db, "PRAGMA locking_mode=EXCLUSIVE", "");
    db_run(db, "PRAGMA journal_mode=WAL", "");
    db_run(db, "PRAGMA synchronous=FULL", "");
    db_run(db, "PRAGMA foreign_keys=ON", "");
    version = db_number(db, "PRAGMA user_version", "");
    if (db->error) return db->error;
    if (version > RSM_SCHEMA_VERSION) return ERROR_DATABASE_FAILURE;
    if (version == RSM_SCHEMA_VERSION)
    {
        db_run(db, RSM_SCHEMA_LATER, "");
        return db->error;
    }
    db_begin(db);
    if (!db->error) keep_error(db, sqlite3_exec(db->handle, rsm_schema, NULL, NULL, NULL));
    return db_commit(db);
}

static const char *vfs; /* NULL: SQLite's own */

/* Once in a process, before SQLite is used: no count of its memory, which is a lock for each allocation, and no memory
 * ahead for the pages of tables that a single query needs (a list behind IN). */
static void configure(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, 0);
    vfs = database_log_init();
}

uint32_t db_open(struct database *db, const char *path)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    uint32_t error;
    int code;

    pthread_once(&once, configure);
    memset(db, 0, sizeof(*db));
    code = sqlite3_open_v2(path, &db->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, vfs);
    error = keep_error(db, code) ? set_up(db) : db->error;
    if (error) db_close(db);
    return error;
}

void db_close(struct database *db)
{
    for (size_t i = 0; i < DB_STATEMENTS; i++)
        sqlite3_finalize(db->statements[i].statement);
    sqlite3_close(db->handle);
    memset(db, 0, sizeof(*db));
}

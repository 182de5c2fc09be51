/* Copies of the database: ExportNtmsDatabase, ImportNtmsDatabase ("Recovering from a Disaster"). */
#include "rsm/database.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rsm/schema.h"
#include "win_error.h"

#define PATH_SIZE 4200

static uint32_t copy(sqlite3 *from, const char *path)
{
    sqlite3_backup *backup = NULL;
    sqlite3 *to = NULL;
    int code = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);

    if (code == SQLITE_OK)
    {
        backup = sqlite3_backup_init(to, "main", from, "main");
        code = backup ? sqlite3_backup_step(backup, -1) : sqlite3_errcode(to);
        if (backup) sqlite3_backup_finish(backup);
    }
    sqlite3_close(to);
    return code == SQLITE_DONE    ? 0
           : code == SQLITE_FULL  ? ERROR_DATABASE_FULL
           : code == SQLITE_NOMEM ? ERROR_NOT_ENOUGH_MEMORY
                                  : ERROR_DATABASE_FAILURE;
}

/* Whether somebody has the file open: no write lease is to be had on it then. Where there are no leases nobody can say,
 * and it makes no difference either: an open file keeps what it has when another takes its name. */
static bool is_open(const char *path)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    bool open_elsewhere;

    if (fd < 0) return false;
    open_elsewhere = fcntl(fd, F_SETLEASE, F_WRLCK) && errno == EAGAIN;
    close(fd);
    return open_elsewhere;
}

uint32_t db_export(struct database *db, const char *folder)
{
    char draft[PATH_SIZE], path[PATH_SIZE];
    uint32_t error;

    snprintf(path, sizeof(path), "%s/Export", folder);
    if (mkdir(path, 0700) && errno != EEXIST) return errno == ENOSPC ? ERROR_DATABASE_FULL : ERROR_DATABASE_FAILURE;
    snprintf(draft, sizeof(draft), "%s/Export/NtmsData.new", folder);
    snprintf(path, sizeof(path), "%s/Export/NtmsData.db", folder);
    if (is_open(path)) return ERROR_SHARING_VIOLATION;
    unlink(draft);
    error = copy(db->handle, draft);
    if (!error && rename(draft, path)) error = ERROR_DATABASE_FAILURE;
    if (error) unlink(draft);
    return error;
}

/* The first column of the first row as a number: of a text that is "ok", 1. -1: an error. */
static long long ask(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *query = NULL;
    long long answer = -1;

    if (sqlite3_prepare_v2(db, sql, -1, &query, NULL) == SQLITE_OK && sqlite3_step(query) == SQLITE_ROW)
        answer = sqlite3_column_int64(query, 0);
    sqlite3_finalize(query);
    return answer;
}

/* 0 for a whole database of this or an earlier version. */
static uint32_t check_ours(sqlite3 *db)
{
    long long whole = ask(db, "SELECT integrity_check='ok' FROM pragma_integrity_check LIMIT 1");
    long long version = whole == 1 ? ask(db, "PRAGMA user_version") : -1;

    if (version >= 1 && version <= RSM_SCHEMA_VERSION) return 0;
    return sqlite3_errcode(db) == SQLITE_NOMEM ? ERROR_NOT_ENOUGH_MEMORY : ERROR_DATABASE_FAILURE;
}

uint32_t db_import(const char *folder)
{
    char from[PATH_SIZE], draft[PATH_SIZE], to[PATH_SIZE];
    uint32_t error = ERROR_DATABASE_FAILURE;
    sqlite3 *source = NULL;

    snprintf(from, sizeof(from), "%s/Export/NtmsData.db", folder);
    snprintf(draft, sizeof(draft), "%s/NtmsData.new", folder);
    snprintf(to, sizeof(to), "%s/NtmsData.import", folder);
    unlink(draft);
    if (sqlite3_open_v2(from, &source, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
        error = check_ours(source);
    else if (sqlite3_errcode(source) == SQLITE_NOMEM)
        error = ERROR_NOT_ENOUGH_MEMORY;
    if (!error) error = copy(source, draft);
    sqlite3_close(source);
    if (!error && rename(draft, to)) error = ERROR_DATABASE_FAILURE;
    return error;
}

void db_take_import(const char *folder)
{
    char from[PATH_SIZE], to[PATH_SIZE], rest[PATH_SIZE + 8];

    snprintf(from, sizeof(from), "%s/NtmsData.import", folder);
    snprintf(to, sizeof(to), "%s/NtmsData.db", folder);
    if (access(from, R_OK)) return;
    /* The old one's log first: it must not be applied to the new one. Killed in between, this runs again. */
    snprintf(rest, sizeof(rest), "%s-wal", to);
    unlink(rest);
    snprintf(rest, sizeof(rest), "%s-shm", to);
    unlink(rest);
    rename(from, to);
}

/*
 * The database of removable storage: an SQLite file in the NtmsData folder.
 *
 * Errors are kept: after the first one in a transaction (a full disk, a damaged file, no memory) every further call
 * does nothing, queries give no rows, and db_commit rolls back and returns it as a Windows error code. So the code of
 * an operation reads straight on. The functions are called with the engine's lock held.
 */
#ifndef CORK_RSM_DATABASE_H
#define CORK_RSM_DATABASE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rsm/guid.h"

#define DB_STATEMENTS 512 /* places for prepared statements; a power of two */

struct database
{
    sqlite3 *handle;
    struct
    {
        const char *sql; /* the literal's address is the key */
        sqlite3_stmt *statement;
    } statements[DB_STATEMENTS];
    uint32_t error; /* of the transaction under way; 0: none */
    bool active;    /* in a transaction */
    unsigned loose; /* statements in use that are not kept */
};

/* Opens or makes `path`, checks what was written last and brings the schema up to date. Returns a Windows error code;
 * ERROR_DATABASE_FAILURE for a file that is damaged or of a later version. */
uint32_t db_open(struct database *db, const char *path);
void db_close(struct database *db);

/* A transaction: begin, any number of calls, then commit or rollback. db_commit returns 0 when all of it is on the
 * disk. */
void db_begin(struct database *db);
uint32_t db_commit(struct database *db);
void db_rollback(struct database *db);

/* Runs a statement. `formats` has a letter for each "?": g struct guid * (NULL or all zero: NULL), i long long, t const
 * char *, b const void *, size_t. */
void db_run(struct database *db, const char *sql, const char *formats, ...);
/* The number of rows that the last db_run changed. */
int db_changes(struct database *db);

/* A query: each db_row that returns true has a row; db_done ends it (also early). `sql` has to be a string literal.
 * NULL is a query without rows. */
sqlite3_stmt *db_query(struct database *db, const char *sql, const char *formats, ...);
bool db_row(struct database *db, sqlite3_stmt *query);
void db_done(struct database *db, sqlite3_stmt *query);

/* Columns. A text stays valid until the next db_row or db_done; never NULL. */
struct guid db_guid(sqlite3_stmt *query, int column);
const char *db_text(sqlite3_stmt *query, int column);
#define db_int(query, column) sqlite3_column_int64(query, column)

/* One number or identifier, 0 and null where there is no row. */
long long db_number(struct database *db, const char *sql, const char *formats, ...);
struct guid db_id(struct database *db, const char *sql, const char *formats, ...);

/* ExportNtmsDatabase: a consistent copy, Export/NtmsData.db in the database's folder; an older one is replaced when the
 * copy is whole. */
uint32_t db_export(struct database *db, const char *folder);
/* ImportNtmsDatabase: lays the copy that is in the folder Export ready for db_take_import. ERROR_DATABASE_FAILURE when
 * it is none. */
uint32_t db_import(const char *folder);
/* At the start: what ImportNtmsDatabase has laid ready takes the place of the old database. */
void db_take_import(const char *folder);

#endif

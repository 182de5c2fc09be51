/*
 * SQLite's write-ahead log with one write for a transaction: a VFS over SQLite's own.
 *
 * SQLite writes a log two calls a page. What it appends is collected here and written in one piece when it asks for the
 * log on the disk (which it does before a transaction counts as committed), or reads from it. So what is on the disk
 * when is as without. All other files are SQLite's own.
 */
#ifndef CORK_RSM_DATABASE_LOG_H
#define CORK_RSM_DATABASE_LOG_H

/* Registers it over the VFS that is the default now. Returns its name for sqlite3_open_v2, or NULL, which is there the
 * default. Once in a process. */
const char *database_log_init(void);

#endif

/* The VFS that collects what goes to a write-ahead log. */
#include "rsm/database_log.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define COLLECTED_MAX 131072

/* SQLite gives the memory, with room for the real file behind. */
struct log_file
{
    sqlite3_file base;
    uint8_t *bytes; /* collected, for the place `at`; NULL: nothing was written so far, or there was no memory */
    size_t size;
    sqlite3_int64 at;
};

#define REAL_OFFSET ((sizeof(struct log_file) + 15) / 16 * 16)

static sqlite3_vfs vfs;
static int (*real_open)(sqlite3_vfs *, sqlite3_filename, sqlite3_file *, int, int *);

static struct log_file *log_of(sqlite3_file *file)
{
    return (struct log_file *)file;
}

static sqlite3_file *real_of(sqlite3_file *file)
{
    return (sqlite3_file *)((uint8_t *)file + REAL_OFFSET);
}

/* What could not be written is gone, as with a write of SQLite's own. */
static int flush(sqlite3_file *file)
{
    struct log_file *log = log_of(file);
    size_t size = log->size;

    if (!size) return SQLITE_OK;
    log->size = 0;
    return real_of(file)->pMethods->xWrite(real_of(file), log->bytes, (int)size, log->at);
}

static int log_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
    struct log_file *log = log_of(file);
    bool follows = at == log->at + (sqlite3_int64)log->size && log->size + (size_t)size <= COLLECTED_MAX;
    int error = follows ? SQLITE_OK : flush(file);

    if (error) return error;
    if (!log->bytes) log->bytes = malloc(COLLECTED_MAX);
    if (!log->bytes || size > COLLECTED_MAX) return real_of(file)->pMethods->xWrite(real_of(file), bytes, size, at);
    if (!log->size) log->at = at;
    memcpy(log->bytes + log->size, bytes, (size_t)size);
    log->size += (size_t)size;
    return SQLITE_OK;
}

static int log_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 at)
{
    int error = flush(file);

    return error ? error : real_of(file)->pMethods->xRead(real_of(file), bytes, size, at);
}

static int log_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    int error = flush(file);

    return error ? error : real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int log_sync(sqlite3_file *file, int flags)
{
    int error = flush(file);

    return error ? error : real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int log_size(sqlite3_file *file, sqlite3_int64 *size)
{
    int error = flush(file);

    return error ? error : real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int log_close(sqlite3_file *file)
{
    flush(file);
    free(log_of(file)->bytes);
    return real_of(file)->pMethods->xClose(real_of(file));
}

static int log_lock(sqlite3_file *file, int lock)
{
    return real_of(file)->pMethods->xLock(real_of(file), lock);
}

static int log_unlock(sqlite3_file *file, int lock)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), lock);
}

static int log_check_lock(sqlite3_file *file, int *locked)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), locked);
}

static int log_control(sqlite3_file *file, int operation, void *argument)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}

static int log_sector_size(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int log_characteristics(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static const sqlite3_io_methods log_methods = {
    .iVersion = 1,
    .xClose = log_close,
    .xRead = log_read,
    .xWrite = log_write,
    .xTruncate = log_truncate,
    .xSync = log_sync,
    .xFileSize = log_size,
    .xLock = log_lock,
    .xUnlock = log_unlock,
    .xCheckReservedLock = log_check_lock,
    .xFileControl = log_control,
    .xSectorSize = log_sector_size,
    .xDeviceCharacteristics = log_characteristics,
};

static int log_open(sqlite3_vfs *this_vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *result_flags)
{
    struct log_file *log = log_of(file);
    int error;

    if (!(flags & SQLITE_OPEN_WAL)) return real_open(this_vfs, name, file, flags, result_flags);
    memset(log, 0, sizeof(*log));
    error = real_open(this_vfs, name, real_of(file), flags, result_flags);
    /* A file without methods is not closed by SQLite. */
    if (real_of(file)->pMethods) log->base.pMethods = &log_methods;
    return error;
}

const char *database_log_init(void)
{
    if (sqlite3_initialize() || !sqlite3_vfs_find(NULL)) return NULL;
    vfs = *sqlite3_vfs_find(NULL);
    real_open = vfs.xOpen;
    vfs.xOpen = log_open;
    vfs.szOsFile += (int)REAL_OFFSET;
    vfs.zName = "cork-log";
    vfs.pNext = NULL;
    return sqlite3_vfs_register(&vfs, 0) ? NULL : vfs.zName;
}

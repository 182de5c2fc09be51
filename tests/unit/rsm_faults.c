/* Faults on demand: the linker leads the engine's allocations here (--wrap), SQLite its own and its files' writes. */
#include "rsm_faults.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "rsm/rsm.h"

static atomic_int armed, waiting; /* enum fault; waiting: for the next request */
static atomic_uint left;
static atomic_bool has_come;

void faults_arm(enum fault fault, unsigned after)
{
    atomic_store(&left, after);
    atomic_store(&has_come, false);
    atomic_store(&waiting, fault);
}

bool faults_disarm(void)
{
    atomic_store(&waiting, FAULT_NONE);
    atomic_store(&armed, FAULT_NONE);
    return atomic_load(&has_come);
}

static bool is_due(void)
{
    unsigned now = atomic_load(&left);

    while (now && !atomic_compare_exchange_weak(&left, &now, now - 1))
        ;
    return !now;
}

static bool memory_fails(void)
{
    int expected = FAULT_MEMORY;

    if (atomic_load(&armed) != FAULT_MEMORY || !is_due()) return false;
    if (!atomic_compare_exchange_strong(&armed, &expected, FAULT_NONE)) return false; /* just one */
    atomic_store(&has_come, true);
    return true;
}

static int write_fails(void)
{
    int fault = atomic_load(&armed);

    if ((fault != FAULT_FULL && fault != FAULT_IO) || !is_due()) return SQLITE_OK;
    atomic_store(&has_come, true);
    return fault == FAULT_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

/* ---- The engine's allocations, and where its requests begin ---- */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
char *__real_strdup(const char *text);
bool __real_rsm_request(struct rsm *rsm, uint64_t client, uint32_t method, struct host_decoder *arguments,
                        struct rsm_reply *reply, struct rsm_waiter *waiter);
uint32_t __real_rsm_open(const struct rsm_options *options, struct rsm **rsm);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
char *__wrap_strdup(const char *text);
bool __wrap_rsm_request(struct rsm *rsm, uint64_t client, uint32_t method, struct host_decoder *arguments,
                        struct rsm_reply *reply, struct rsm_waiter *waiter);
uint32_t __wrap_rsm_open(const struct rsm_options *options, struct rsm **rsm);

static void *no_memory(void)
{
    errno = ENOMEM;
    return NULL;
}

void *__wrap_malloc(size_t size)
{
    return memory_fails() ? no_memory() : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return memory_fails() ? no_memory() : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return memory_fails() ? no_memory() : __real_realloc(memory, size);
}

char *__wrap_strdup(const char *text)
{
    return memory_fails() ? no_memory() : __real_strdup(text);
}

static void begin(void)
{
    int fault = atomic_exchange(&waiting, FAULT_NONE);

    if (fault != FAULT_NONE) atomic_store(&armed, fault);
}

bool __wrap_rsm_request(struct rsm *rsm, uint64_t client, uint32_t method, struct host_decoder *arguments,
                        struct rsm_reply *reply, struct rsm_waiter *waiter)
{
    begin();
    return __real_rsm_request(rsm, client, method, arguments, reply, waiter);
}

uint32_t __wrap_rsm_open(const struct rsm_options *options, struct rsm **rsm)
{
    begin();
    return __real_rsm_open(options, rsm);
}

/* ---- SQLite's allocations ---- */

static sqlite3_mem_methods memory;

static void *sqlite_malloc(int size)
{
    return memory_fails() ? NULL : memory.xMalloc(size);
}

static void *sqlite_realloc(void *block, int size)
{
    return memory_fails() ? NULL : memory.xRealloc(block, size);
}

/* ---- SQLite's files ---- */

#define KINDS 4

static sqlite3_vfs vfs;
static int (*real_open)(sqlite3_vfs *, sqlite3_filename, sqlite3_file *, int, int *);
/* The methods of each kind of file that there is (databases, which are locked; logs, which are not), and ours. */
static struct
{
    const sqlite3_io_methods *real;
    sqlite3_io_methods failing;
} kinds[KINDS];

static const sqlite3_io_methods *real_methods(const sqlite3_file *file)
{
    size_t kind = 0;

    while (file->pMethods != &kinds[kind].failing)
        kind++;
    return kinds[kind].real;
}

static int file_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
    int error = write_fails();

    return error ? error : real_methods(file)->xWrite(file, bytes, size, at);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    int error = write_fails();

    return error ? error : real_methods(file)->xTruncate(file, size);
}

static int file_sync(sqlite3_file *file, int flags)
{
    int error = write_fails();

    return error ? error : real_methods(file)->xSync(file, flags);
}

static int file_open(sqlite3_vfs *this_vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *result_flags)
{
    int error = real_open(this_vfs, name, file, flags, result_flags);
    size_t kind = 0;

    if (error || !file->pMethods) return error;
    while (kind < KINDS && kinds[kind].real && kinds[kind].real != file->pMethods)
        kind++;
    if (kind == KINDS) abort();
    if (!kinds[kind].real)
    {
        kinds[kind].real = file->pMethods;
        kinds[kind].failing = *file->pMethods;
        kinds[kind].failing.xWrite = file_write;
        kinds[kind].failing.xTruncate = file_truncate;
        kinds[kind].failing.xSync = file_sync;
    }
    file->pMethods = &kinds[kind].failing;
    return SQLITE_OK;
}

void faults_init(void)
{
    sqlite3_mem_methods with_faults;

    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &memory);
    if (!memory.xMalloc) abort();
    with_faults = memory;
    with_faults.xMalloc = sqlite_malloc;
    with_faults.xRealloc = sqlite_realloc;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &with_faults)) abort();
    /* What the engine sets comes later, and too late for a process that has initialized SQLite: here as there. */
    sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, 0);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    vfs = *sqlite3_vfs_find(NULL);
    real_open = vfs.xOpen;
    vfs.xOpen = file_open;
    vfs.zName = "faults";
    if (sqlite3_vfs_register(&vfs, 1)) abort();
}

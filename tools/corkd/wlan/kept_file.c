/* Files that are read and written as a whole. */
#include "corkd/wlan/kept_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool make_path(char path[PATH_MAX], const char *folder, const char *name, const char *suffix)
{
    if (snprintf(path, PATH_MAX, "%s/%s%s", folder, name, suffix) < PATH_MAX) return true;
    errno = ENAMETOOLONG;
    return false;
}

/* ---- Writing ---- */

static bool write_all(int fd, const uint8_t *bytes, size_t size)
{
    while (size)
    {
        ssize_t written = write(fd, bytes, size);

        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes += written;
        size -= (size_t)written;
    }
    return true;
}

/* A new file with that content, on the disk. */
static bool write_new(const char *path, const void *bytes, size_t size)
{
    int fd, error;
    bool good;

    if (unlink(path) && errno != ENOENT) return false; /* what a crash has left, whatever its mode */
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return false;
    good = write_all(fd, bytes, size) && !fsync(fd);
    error = errno;
    if (close(fd) && good) return false;
    errno = error;
    return good;
}

/* The renaming is on the disk, too. */
static void sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0) return;
    if (fsync(fd)) errno = 0; /* some file systems have none for folders: the file itself is whole */
    close(fd);
}

enum kept_result kept_file_write(const char *folder, const char *name, const void *bytes, size_t size)
{
    char path[PATH_MAX], fresh[PATH_MAX];
    int error;

    if (!make_path(path, folder, name, "") || !make_path(fresh, folder, name, ".new")) return KEPT_FAILED;
    if (write_new(fresh, bytes, size) && !rename(fresh, path))
    {
        sync_folder(folder);
        return KEPT_OK;
    }
    error = errno;
    unlink(fresh);
    errno = error;
    return KEPT_FAILED;
}

enum kept_result kept_file_remove(const char *folder, const char *name)
{
    char path[PATH_MAX];

    if (!make_path(path, folder, name, "")) return KEPT_FAILED;
    if (unlink(path) && errno != ENOENT) return KEPT_FAILED;
    sync_folder(folder);
    return KEPT_OK;
}

/* ---- Reading ---- */

static enum kept_result read_all(int fd, uint8_t **bytes, size_t *size)
{
    struct stat status;
    size_t room;

    if (fstat(fd, &status)) return KEPT_FAILED;
    if (!S_ISREG(status.st_mode) || status.st_size < 0 || status.st_size > (off_t)KEPT_FILE_MAX)
    {
        errno = EFBIG;
        return KEPT_FAILED;
    }
    room = (size_t)status.st_size;
    *bytes = malloc(room + 1);
    if (!*bytes) return KEPT_NO_MEMORY;
    for (*size = 0; *size < room;)
    {
        ssize_t got = read(fd, *bytes + *size, room - *size);

        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return KEPT_FAILED;
        if (!got) break;
        *size += (size_t)got;
    }
    (*bytes)[*size] = 0;
    return KEPT_OK;
}

enum kept_result kept_file_read(const char *folder, const char *name, uint8_t **bytes, size_t *size)
{
    char path[PATH_MAX];
    enum kept_result result;
    int fd, error;

    *bytes = NULL;
    *size = 0;
    if (!make_path(path, folder, name, "")) return KEPT_FAILED;
    fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0) return errno == ENOENT ? KEPT_NONE : KEPT_FAILED;
    result = read_all(fd, bytes, size);
    error = errno;
    close(fd);
    errno = error;
    if (result == KEPT_OK) return KEPT_OK;
    free(*bytes);
    *bytes = NULL;
    *size = 0;
    return result;
}

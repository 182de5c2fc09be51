/* The lock and the endpoint file. */
#include "corkd/endpoint.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LOCK_TRIES 250 /* of LOCK_PAUSE each: five seconds */
#define LOCK_PAUSE 20000000L

static int join(char *path, const char *folder, const char *name)
{
    if ((size_t)snprintf(path, PATH_MAX, "%s/%s", folder, name) < PATH_MAX) return 0;
    errno = ENAMETOOLONG;
    return -1;
}

/* A folder of this user that nobody else can change. */
static const char *folder_problem(const char *path)
{
    struct stat status;

    if (lstat(path, &status)) return strerror(errno);
    if (!S_ISDIR(status.st_mode)) return "it is not a folder";
    if (status.st_uid != geteuid()) return "it belongs to another user";
    if (status.st_mode & (S_IWGRP | S_IWOTH)) return "others can write to it";
    return NULL;
}

int endpoint_init(struct endpoint *endpoint, const char *prefix, char *error, size_t size)
{
    struct stat status;
    const char *problem;

    memset(endpoint, 0, sizeof(*endpoint));
    endpoint->lock_fd = -1;
    if (!realpath(prefix, endpoint->prefix) || stat(endpoint->prefix, &status))
    {
        snprintf(error, size, "the prefix %s: %s", prefix, strerror(errno));
        return -1;
    }
    if (!S_ISDIR(status.st_mode) || status.st_uid != geteuid())
    {
        snprintf(error, size, "the prefix %s is not a folder of this user", prefix);
        return -1;
    }
    if (join(endpoint->folder, endpoint->prefix, HOST_ENDPOINT_FOLDER) ||
        join(endpoint->path, endpoint->folder, HOST_ENDPOINT_NAME) ||
        (mkdir(endpoint->folder, 0700) && errno != EEXIST))
    {
        snprintf(error, size, "cannot make the folder %s: %s", endpoint->folder, strerror(errno));
        return -1;
    }
    if ((problem = folder_problem(endpoint->folder)))
    {
        snprintf(error, size, "the folder %s cannot be used: %s", endpoint->folder, problem);
        return -1;
    }
    return 0;
}

/* The endpoint that the file names, whoever wrote it. */
static bool read_endpoint(const struct endpoint *endpoint, struct host_endpoint *content)
{
    char text[HOST_ENDPOINT_SIZE];
    int fd = open(endpoint->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t size = fd < 0 ? -1 : read(fd, text, sizeof(text));

    if (fd >= 0) close(fd);
    return size > 0 && host_endpoint_parse(text, (size_t)size, content);
}

/* The holder of the lock publishes within moments of taking it and withdraws within moments of giving it up, so that
 * only a held lock with a file means that a corkd serves. A stale file of one that was killed has no held lock. */
enum endpoint_lock endpoint_lock(struct endpoint *endpoint, char *error, size_t size)
{
    static const struct timespec pause = {0, LOCK_PAUSE};
    char path[PATH_MAX];

    if (join(path, endpoint->folder, "corkd.lock") ||
        (endpoint->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) < 0)
    {
        snprintf(error, size, "cannot open the lock %s/corkd.lock: %s", endpoint->folder, strerror(errno));
        return ENDPOINT_FAILED;
    }
    for (int i = 0; i < LOCK_TRIES; i++)
    {
        if (!flock(endpoint->lock_fd, LOCK_EX | LOCK_NB))
        {
            unlink(endpoint->path); /* of one that was killed */
            return ENDPOINT_LOCKED;
        }
        if (errno != EWOULDBLOCK && errno != EINTR)
        {
            snprintf(error, size, "cannot lock %s: %s", path, strerror(errno));
            endpoint_unlock(endpoint);
            return ENDPOINT_FAILED;
        }
        if (read_endpoint(endpoint, &endpoint->content)) break;
        nanosleep(&pause, NULL);
    }
    snprintf(error, size, "corkd (process %lu) serves the prefix %s already", (unsigned long)endpoint->content.pid,
             endpoint->prefix);
    endpoint_unlock(endpoint);
    return ENDPOINT_TAKEN;
}

/* Writes the whole text and has it on the disk. */
static int write_whole(int fd, const char *text, size_t size)
{
    while (size)
    {
        ssize_t written = write(fd, text, size);

        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return -1;
        text += written;
        size -= (size_t)written;
    }
    return 0;
}

static int write_file(struct endpoint *endpoint, const char *path)
{
    char text[HOST_ENDPOINT_SIZE];
    size_t size = host_endpoint_format(&endpoint->content, text);
    struct stat status;
    int fd, result = -1;

    unlink(path);
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return -1;
    /* A umask may have taken rights away from its owner. */
    if (!fchmod(fd, 0600) && !write_whole(fd, text, size) && !fstat(fd, &status))
    {
        endpoint->inode = status.st_ino;
        endpoint->device = status.st_dev;
        result = rename(path, endpoint->path);
    }
    if (result)
    {
        int saved = errno;

        unlink(path);
        errno = saved;
    }
    close(fd);
    return result;
}

int endpoint_publish(struct endpoint *endpoint, uint16_t port, char *error, size_t size)
{
    char path[PATH_MAX];

    endpoint->content.major = HOST_PROTOCOL_MAJOR;
    endpoint->content.port = port;
    endpoint->content.pid = (uint32_t)getpid();
    if (getrandom(endpoint->content.token, HOST_TOKEN_SIZE, 0) != HOST_TOKEN_SIZE)
    {
        snprintf(error, size, "no random numbers: %s", strerror(errno));
        return -1;
    }
    if (join(path, endpoint->folder, HOST_ENDPOINT_NAME ".new") || write_file(endpoint, path))
    {
        snprintf(error, size, "cannot write %s: %s", endpoint->path, strerror(errno));
        return -1;
    }
    return 0;
}

bool endpoint_is_gone(const struct endpoint *endpoint)
{
    struct stat status;

    if (lstat(endpoint->path, &status)) return true;
    return status.st_ino != endpoint->inode || status.st_dev != endpoint->device;
}

const char *endpoint_problem(const struct endpoint *endpoint)
{
    struct stat status;

    if (endpoint_is_gone(endpoint) || lstat(endpoint->path, &status)) return "it is gone, or another file in its place";
    if (!S_ISREG(status.st_mode)) return "it is not a file";
    if (status.st_uid != geteuid()) return "it belongs to another user";
    if (status.st_mode & (S_IRWXG | S_IRWXO)) return "others can read or write it";
    return folder_problem(endpoint->folder);
}

void endpoint_withdraw(struct endpoint *endpoint)
{
    if (endpoint->inode && !endpoint_is_gone(endpoint)) unlink(endpoint->path);
    endpoint->inode = 0;
}

void endpoint_unlock(struct endpoint *endpoint)
{
    if (endpoint->lock_fd >= 0) close(endpoint->lock_fd);
    endpoint->lock_fd = -1;
}

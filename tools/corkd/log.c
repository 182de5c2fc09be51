/* corkd's log. */
#include "corkd/log.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LINE_SIZE 1024

static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static char log_path[PATH_MAX];
static int log_fd = STDERR_FILENO;
static off_t log_size;
static bool log_verbose;

static int open_log(void)
{
    struct stat status;
    int fd = open(log_path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (fd < 0) return -1;
    log_size = fstat(fd, &status) ? 0 : status.st_size;
    log_fd = fd;
    return 0;
}

void log_to_stderr(bool verbose)
{
    pthread_mutex_lock(&log_lock);
    log_fd = STDERR_FILENO;
    log_path[0] = 0;
    log_verbose = verbose;
    pthread_mutex_unlock(&log_lock);
}

int log_to_file(const char *path, bool verbose)
{
    int result = -1;

    pthread_mutex_lock(&log_lock);
    log_verbose = verbose;
    if ((size_t)snprintf(log_path, sizeof(log_path), "%s", path) < sizeof(log_path))
        result = open_log();
    else
        errno = ENAMETOOLONG;
    if (result) log_path[0] = 0;
    pthread_mutex_unlock(&log_lock);
    return result;
}

static void rotate(void)
{
    char old[PATH_MAX + 2];

    snprintf(old, sizeof(old), "%s.1", log_path);
    if (rename(log_path, old)) return;
    close(log_fd);
    if (open_log()) log_fd = -1;
}

static void write_line(const char *line, size_t length)
{
    pthread_mutex_lock(&log_lock);
    if (log_path[0] && log_size >= LOG_ROTATE_SIZE) rotate();
    if (log_fd < 0 && log_path[0]) open_log();
    if (log_fd >= 0)
    {
        ssize_t written = write(log_fd, line, length); /* what does not fit on the disk is lost */

        if (written > 0) log_size += written;
    }
    pthread_mutex_unlock(&log_lock);
}

/* What clients say of themselves comes in too: no control character reaches a terminal. */
static void make_printable(char *line, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f) line[i] = '?';
}

static void log_line(const char *format, va_list arguments)
{
    char line[LINE_SIZE];
    struct timespec now;
    struct tm tm;
    size_t start, length;

    clock_gettime(CLOCK_REALTIME, &now);
    localtime_r(&now.tv_sec, &tm);
    start = strftime(line, sizeof(line), "%Y-%m-%d %H:%M:%S", &tm);
    start += (size_t)snprintf(line + start, sizeof(line) - start, ".%03ld corkd[%ld]: ", now.tv_nsec / 1000000,
                              (long)getpid());
    vsnprintf(line + start, sizeof(line) - start - 1, format, arguments);
    length = strlen(line);
    make_printable(line, length);
    line[length++] = '\n';
    write_line(line, length);
}

void host_log(const char *format, ...)
{
    va_list arguments;
    int error = errno;

    va_start(arguments, format);
    log_line(format, arguments);
    va_end(arguments);
    errno = error;
}

void host_log_detail(const char *format, ...)
{
    va_list arguments;
    int error = errno;

    if (!log_verbose) return;
    va_start(arguments, format);
    log_line(format, arguments);
    va_end(arguments);
    errno = error;
}

/* The control interfaces of wpa_supplicant. */
#include "corkd/wlan/supplicant.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>
#include <wpa_ctrl.h>

#include "corkd/service.h"

#define USUAL_FOLDER   "/run/wpa_supplicant"
#define INTERFACES_MAX 32
#define COMMAND_SIZE   4096
#define TRY_MS         2000 /* between two looks at whether they are still there */

/* One interface's sockets. Counted: a command may be under way when it goes. */
struct control
{
    struct control *next;
    char name[CONTROL_IFNAME_SIZE];
    ino_t inode;             /* of the socket: another one is another wpa_supplicant's */
    struct timespec changed; /* that, as it was seen last */
    unsigned references;     /* under the supplicant's lock */
    bool is_dead;            /* likewise: nobody takes its commands, whoever has a socket of that name and number now */
    struct wpa_ctrl *events;
    pthread_mutex_t command_lock;
    struct wpa_ctrl *commands; /* under command_lock; NULL: gone */
};

struct supplicant
{
    struct supplicant_listener listener;
    char folder[256];
    pthread_t thread;
    bool running; /* the thread */
    int wake_fd, inotify_fd, folder_watch;

    pthread_mutex_t lock;
    struct control *controls;
    int64_t wake_at; /* or 0 */
    bool stop;
    enum supplicant_access access;
};

int64_t supplicant_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- Interfaces ---- */

static bool socket_path(const struct supplicant *supplicant, const char *name, char *path, size_t size)
{
    return snprintf(path, size, "%s/%s", supplicant->folder, name) < (int)size;
}

static void control_free(struct control *control)
{
    if (control->events) wpa_ctrl_close(control->events);
    if (control->commands) wpa_ctrl_close(control->commands);
    pthread_mutex_destroy(&control->command_lock);
    free(control);
}

static struct control *control_find(struct supplicant *supplicant, const char *name)
{
    struct control *control;

    pthread_mutex_lock(&supplicant->lock);
    for (control = supplicant->controls; control && strcmp(control->name, name); control = control->next)
        ;
    if (control) control->references++;
    pthread_mutex_unlock(&supplicant->lock);
    return control;
}

static void control_release(struct supplicant *supplicant, struct control *control)
{
    bool last;

    pthread_mutex_lock(&supplicant->lock);
    last = !--control->references;
    pthread_mutex_unlock(&supplicant->lock);
    if (last) control_free(control);
}

/* Two connections and an attachment. NULL: nobody answers there. */
static struct control *control_open(const char *path, const char *name, ino_t inode)
{
    struct control *control = calloc(1, sizeof(*control));

    if (!control) return NULL;
    strcpy(control->name, name);
    control->inode = inode;
    control->references = 1;
    pthread_mutex_init(&control->command_lock, NULL);
    control->commands = wpa_ctrl_open(path);
    control->events = wpa_ctrl_open(path);
    if (control->commands && control->events && !wpa_ctrl_attach(control->events)) return control;
    control_free(control);
    return NULL;
}

/* Whether somebody has the socket open: connecting is refused where nobody does, and sends nothing. */
static bool is_served(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    bool served;

    if (fd < 0) return true;
    strncpy(address.sun_path, path, sizeof(address.sun_path) - 1);
    served = !connect(fd, (struct sockaddr *)&address, sizeof(address));
    close(fd);
    return served;
}

/* Takes a control interface out of the list and tells. */
static void control_leave(struct supplicant *supplicant, struct control *control)
{
    struct control **at;

    pthread_mutex_lock(&supplicant->lock);
    for (at = &supplicant->controls; *at && *at != control; at = &(*at)->next)
        ;
    if (*at) *at = control->next;
    pthread_mutex_unlock(&supplicant->lock);
    host_log_detail("wpa_supplicant no longer serves %s", control->name);
    supplicant->listener.left(supplicant->listener.context, control->name);
    control_release(supplicant, control);
}

/* A new socket may have got the number of the one before. One that was changed since is asked: what is sent to a socket
 * that nobody has open any more is refused, and the answer, which is no event, is passed over. */
static bool is_same(struct control *control, const struct stat *status)
{
    if (control->changed.tv_sec == status->st_ctim.tv_sec && control->changed.tv_nsec == status->st_ctim.tv_nsec)
        return true;
    control->changed = status->st_ctim;
    return send(wpa_ctrl_get_fd(control->events), "PING", 4, MSG_DONTWAIT) == 4;
}

static void control_arrive(struct supplicant *supplicant, const char *name)
{
    char path[sizeof(((struct sockaddr_un *)NULL)->sun_path)];
    struct control *control;
    struct stat status;
    unsigned count = 0;

    if (strlen(name) >= CONTROL_IFNAME_SIZE || !socket_path(supplicant, name, path, sizeof(path))) return;
    if (stat(path, &status) || !S_ISSOCK(status.st_mode)) return;
    for (control = supplicant->controls; control; control = control->next, count++)
        if (!strcmp(control->name, name)) break;
    if (control && control->inode == status.st_ino && is_same(control, &status)) return;
    if (control) control_leave(supplicant, control);
    if (count >= INTERFACES_MAX || !is_served(path))
    {
        if (errno == EACCES || errno == EPERM) supplicant->access = SUPPLICANT_DENIED;
        return;
    }
    control = control_open(path, name, status.st_ino);
    if (!control) return;
    control->changed = status.st_ctim;
    pthread_mutex_lock(&supplicant->lock);
    control->next = supplicant->controls;
    supplicant->controls = control;
    pthread_mutex_unlock(&supplicant->lock);
    host_log_detail("wpa_supplicant serves %s", name);
    supplicant->listener.arrived(supplicant->listener.context, name);
}

/* ---- The folder ---- */

static void watch_folder(struct supplicant *supplicant)
{
    if (supplicant->folder_watch >= 0 || supplicant->inotify_fd < 0) return;
    supplicant->folder_watch = inotify_add_watch(supplicant->inotify_fd, supplicant->folder,
                                                 IN_CREATE | IN_DELETE | IN_ATTRIB | IN_DELETE_SELF);
}

/* Who has come, and who has gone without a word. */
static void look_around(struct supplicant *supplicant)
{
    char path[sizeof(((struct sockaddr_un *)NULL)->sun_path)];
    struct control *control, *next;
    struct dirent *entry;
    DIR *folder;
    bool is_dead;

    watch_folder(supplicant);
    for (control = supplicant->controls; control; control = next)
    {
        next = control->next;
        pthread_mutex_lock(&supplicant->lock);
        is_dead = control->is_dead;
        pthread_mutex_unlock(&supplicant->lock);
        if (is_dead || !socket_path(supplicant, control->name, path, sizeof(path)) || !is_served(path))
            control_leave(supplicant, control);
    }
    folder = opendir(supplicant->folder);
    supplicant->access = folder ? SUPPLICANT_ACCESSIBLE : errno == EACCES ? SUPPLICANT_DENIED : SUPPLICANT_NO_FOLDER;
    if (!folder) return;
    while ((entry = readdir(folder)))
        if (entry->d_name[0] != '.') control_arrive(supplicant, entry->d_name);
    closedir(folder);
}

/* What happened there is found by looking. */
static void drain_inotify(struct supplicant *supplicant)
{
    union
    {
        struct inotify_event event;
        char bytes[4096];
    } buffer;
    ssize_t size;

    while ((size = read(supplicant->inotify_fd, &buffer, sizeof(buffer))) > 0)
        for (char *at = buffer.bytes; at < buffer.bytes + size;)
        {
            const struct inotify_event *event = (const struct inotify_event *)at;

            if (event->mask & IN_IGNORED) supplicant->folder_watch = -1;
            at += sizeof(*event) + event->len;
        }
}

/* ---- The monitor ---- */

/* All that a socket has to say. False: it has said its last. */
static bool receive(struct supplicant *supplicant, struct control *control)
{
    char line[COMMAND_SIZE];
    struct control_event event;

    while (wpa_ctrl_pending(control->events) > 0)
    {
        size_t size = sizeof(line) - 1;

        if (wpa_ctrl_recv(control->events, line, &size)) return false;
        line[size] = 0;
        if (!control_event_parse(line, &event)) continue;
        if (!event.ifname[0]) strcpy(event.ifname, control->name);
        supplicant->listener.event(supplicant->listener.context, &event);
        if (event.kind == CONTROL_TERMINATING) return false;
    }
    return true;
}

/* Milliseconds until something is due, at most TRY_MS. */
static int wait_time(struct supplicant *supplicant, int64_t next_look)
{
    int64_t now = supplicant_now(), until = next_look;

    pthread_mutex_lock(&supplicant->lock);
    if (supplicant->wake_at && supplicant->wake_at < until) until = supplicant->wake_at;
    pthread_mutex_unlock(&supplicant->lock);
    return until <= now ? 0 : (int)(until - now);
}

/* Calls `woken` if it is time. Returns whether the monitor is to go on. */
static bool run_deadlines(struct supplicant *supplicant)
{
    uint64_t count;
    bool due, stop;

    if (read(supplicant->wake_fd, &count, sizeof(count)) < 0 && errno != EAGAIN) return false;
    pthread_mutex_lock(&supplicant->lock);
    due = supplicant->wake_at && supplicant->wake_at <= supplicant_now();
    if (due) supplicant->wake_at = 0;
    stop = supplicant->stop;
    pthread_mutex_unlock(&supplicant->lock);
    if (due && !stop) supplicant->listener.woken(supplicant->listener.context);
    return !stop;
}

static void *monitor(void *argument)
{
    struct supplicant *supplicant = argument;
    int64_t next_look = supplicant_now() + TRY_MS;

    while (run_deadlines(supplicant))
    {
        struct pollfd fds[INTERFACES_MAX + 2] = {{supplicant->wake_fd, POLLIN, 0}, {supplicant->inotify_fd, POLLIN, 0}};
        struct control *controls[INTERFACES_MAX];
        unsigned count = 0;

        for (struct control *control = supplicant->controls; control; control = control->next)
        {
            fds[count + 2] = (struct pollfd){wpa_ctrl_get_fd(control->events), POLLIN, 0};
            controls[count++] = control;
        }
        poll(fds, count + 2, wait_time(supplicant, next_look));
        /* The list changes on this thread alone, and a control interface that is left is freed by it too. */
        for (unsigned i = 0; i < count; i++)
            if (fds[i + 2].revents && !receive(supplicant, controls[i])) control_leave(supplicant, controls[i]);
        if (fds[1].revents) drain_inotify(supplicant);
        if (fds[1].revents || supplicant_now() >= next_look)
        {
            look_around(supplicant);
            next_look = supplicant_now() + TRY_MS;
        }
    }
    return NULL;
}

static void wake(struct supplicant *supplicant)
{
    uint64_t one = 1;

    if (write(supplicant->wake_fd, &one, sizeof(one)) < 0) return; /* it is awake already */
}

void supplicant_wake_at(struct supplicant *supplicant, int64_t time)
{
    pthread_mutex_lock(&supplicant->lock);
    if (!supplicant->wake_at || time < supplicant->wake_at) supplicant->wake_at = time;
    pthread_mutex_unlock(&supplicant->lock);
    wake(supplicant);
}

enum supplicant_access supplicant_access(struct supplicant *supplicant)
{
    return supplicant->access;
}

/* ---- Begin and end ---- */

struct supplicant *supplicant_make(const char *folder, const struct supplicant_listener *listener)
{
    struct supplicant *supplicant = calloc(1, sizeof(*supplicant));
    const char *named = folder ? folder : getenv("CORK_CORKD_WPA_SUPPLICANT");

    if (!supplicant) return NULL;
    supplicant->listener = *listener;
    snprintf(supplicant->folder, sizeof(supplicant->folder), "%s", named ? named : USUAL_FOLDER);
    pthread_mutex_init(&supplicant->lock, NULL);
    supplicant->folder_watch = -1;
    supplicant->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    supplicant->inotify_fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (supplicant->wake_fd >= 0 && supplicant->inotify_fd >= 0) return supplicant;
    supplicant_stop(supplicant);
    return NULL;
}

bool supplicant_start(struct supplicant *supplicant)
{
    look_around(supplicant);
    supplicant->running = !pthread_create(&supplicant->thread, NULL, monitor, supplicant);
    return supplicant->running;
}

void supplicant_stop(struct supplicant *supplicant)
{
    struct control *control;

    pthread_mutex_lock(&supplicant->lock);
    supplicant->stop = true;
    pthread_mutex_unlock(&supplicant->lock);
    if (supplicant->running)
    {
        wake(supplicant);
        pthread_join(supplicant->thread, NULL);
    }
    while ((control = supplicant->controls))
    {
        supplicant->controls = control->next;
        control_release(supplicant, control);
    }
    if (supplicant->inotify_fd >= 0) close(supplicant->inotify_fd);
    if (supplicant->wake_fd >= 0) close(supplicant->wake_fd);
    pthread_mutex_destroy(&supplicant->lock);
    free(supplicant);
}

/* ---- Commands ---- */

static enum supplicant_result ask(struct supplicant *supplicant, const char *name, char *reply, const char *command)
{
    struct control *control = control_find(supplicant, name);
    size_t size = SUPPLICANT_REPLY_SIZE - 1;
    int result;

    reply[0] = 0;
    if (!control) return SUPPLICANT_NONE;
    pthread_mutex_lock(&control->command_lock);
    result = wpa_ctrl_request(control->commands, command, strlen(command), reply, &size, NULL);
    pthread_mutex_unlock(&control->command_lock);
    if (result == -1)
    {
        pthread_mutex_lock(&supplicant->lock);
        control->is_dead = true;
        pthread_mutex_unlock(&supplicant->lock);
    }
    control_release(supplicant, control);
    if (result == -2) return SUPPLICANT_TIMEOUT;
    if (result) return SUPPLICANT_NONE;
    while (size && reply[size - 1] == '\n')
        size--;
    reply[size] = 0;
    return SUPPLICANT_OK;
}

enum supplicant_result supplicant_ask(struct supplicant *supplicant, const char *name, char *reply, const char *format,
                                      ...)
{
    char command[COMMAND_SIZE];
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(command, sizeof(command), format, arguments);
    va_end(arguments);
    reply[0] = 0;
    if (length < 0 || length >= (int)sizeof(command)) return SUPPLICANT_FAIL;
    return ask(supplicant, name, reply, command);
}

enum supplicant_result supplicant_ask_ok(struct supplicant *supplicant, const char *name, const char *format, ...)
{
    char command[COMMAND_SIZE], reply[SUPPLICANT_REPLY_SIZE];
    enum supplicant_result result;
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(command, sizeof(command), format, arguments);
    va_end(arguments);
    if (length < 0 || length >= (int)sizeof(command)) return SUPPLICANT_FAIL;
    result = ask(supplicant, name, reply, command);
    return result == SUPPLICANT_OK && strcmp(reply, "OK") ? SUPPLICANT_FAIL : result;
}

size_t supplicant_names(struct supplicant *supplicant, char (*names)[CONTROL_IFNAME_SIZE], size_t room)
{
    size_t count = 0;

    pthread_mutex_lock(&supplicant->lock);
    for (const struct control *control = supplicant->controls; control && count < room; control = control->next)
        strcpy(names[count++], control->name);
    pthread_mutex_unlock(&supplicant->lock);
    return count;
}

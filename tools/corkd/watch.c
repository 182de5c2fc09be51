/* Descriptors of services that the loop looks after. */
#include "corkd/loop.h"

#include <stdlib.h>

struct watch
{
    struct watch *next;
    uint64_t id;
    int fd;
    void (*readable)(int fd, void *context);
    void *context;
};

static pthread_mutex_t watch_lock; /* recursive: a callback may unwatch its own descriptor */
static pthread_once_t watch_once = PTHREAD_ONCE_INIT;
static struct watch *watches;
static uint64_t last_id;

static void init(void)
{
    pthread_mutexattr_t attributes;

    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&watch_lock, &attributes);
    pthread_mutexattr_destroy(&attributes);
}

bool host_watch(int fd, void (*readable)(int fd, void *context), void *context)
{
    struct watch *watch = malloc(sizeof(*watch));
    bool added;

    if (!watch) return false;
    pthread_once(&watch_once, init);
    pthread_mutex_lock(&watch_lock);
    *watch = (struct watch){watches, ++last_id, fd, readable, context};
    added = loop_add(fd, LOOP_WATCH | watch->id);
    if (added)
        watches = watch;
    else
        free(watch);
    pthread_mutex_unlock(&watch_lock);
    return added;
}

void host_unwatch(int fd)
{
    struct watch **at, *watch;

    pthread_once(&watch_once, init);
    pthread_mutex_lock(&watch_lock);
    at = &watches;
    while (*at && (*at)->fd != fd)
        at = &(*at)->next;
    watch = *at;
    if (watch)
    {
        *at = watch->next;
        loop_remove(fd);
        free(watch);
    }
    pthread_mutex_unlock(&watch_lock);
}

void watch_readable(uint64_t id)
{
    struct watch *watch;

    pthread_once(&watch_once, init);
    pthread_mutex_lock(&watch_lock);
    for (watch = watches; watch && watch->id != id; watch = watch->next)
        ;
    if (watch) watch->readable(watch->fd, watch->context);
    pthread_mutex_unlock(&watch_lock);
}

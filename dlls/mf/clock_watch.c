/* See clock_watch.h. */
#include "mf/clock_watch.h"

#include <stdlib.h>

#include "common/platform.h"

struct clock_watch
{
    volatile LONG refs;
    struct cork_mutex lock; /* of what follows */
    const struct clock_watcher *watcher;
    void *context;
};

struct clock_watch *clock_watch_create(void)
{
    struct clock_watch *watch = calloc(1, sizeof(*watch));

    if (watch) watch->refs = 1;
    return watch;
}

void clock_watch_addref(struct clock_watch *watch)
{
    InterlockedIncrement(&watch->refs);
}

void clock_watch_release(struct clock_watch *watch)
{
    if (watch && !InterlockedDecrement(&watch->refs)) free(watch);
}

void clock_watch_set(struct clock_watch *watch, const struct clock_watcher *watcher, void *context)
{
    cork_mutex_lock(&watch->lock);
    watch->watcher = watcher;
    watch->context = context;
    cork_mutex_unlock(&watch->lock);
}

void clock_watch_end(struct clock_watch *watch, const void *context)
{
    cork_mutex_lock(&watch->lock);
    if (watch->context == context)
    {
        watch->watcher = NULL;
        watch->context = NULL;
    }
    cork_mutex_unlock(&watch->lock);
}

void clock_watch_report(struct clock_watch *watch, const IUnknown *sink, enum clock_notice notice, HRESULT status)
{
    const struct clock_watcher *watcher;
    void *context;

    cork_mutex_lock(&watch->lock);
    watcher = watch->watcher;
    context = watch->context;
    if (watcher) watcher->hold(context);
    cork_mutex_unlock(&watch->lock);
    if (watcher) watcher->refused(context, sink, notice, status);
}

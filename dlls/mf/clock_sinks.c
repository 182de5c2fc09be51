/* See clock_sinks.h. */
#include "mf/clock_sinks.h"

#include <stdlib.h>

#include "common/platform.h"
#include "common/trace.h"
#include "mf/pool_worker.h"

CORK_TRACE_CHANNEL(mf);

struct queued
{
    struct queued *next;
    struct clock_notification notification;
};

struct clock_sink
{
    struct clock_sink *next;
    volatile LONG refs;
    IMFClockStateSink *sink;
    const IUnknown *identity;
    struct clock_watch *watch; /* of the clock that it was put into; NULL */
    struct pool_worker worker;
    bool here;               /* what is queued is to be told by clock_sinks_tell_here; the clock's lock guards it */
    struct queued *spare[2]; /* for the next change; and, of a new entry, for the present state */
    struct cork_mutex lock;  /* guards what follows */
    struct queued *first, *last;
    bool removed;
};

HRESULT clock_notify(IMFClockStateSink *sink, const struct clock_notification *notification)
{
    MFTIME time = notification->system_time;

    switch (notification->notice)
    {
    case CLOCK_NOTICE_START:
        return IMFClockStateSink_OnClockStart(sink, time, notification->offset);
    case CLOCK_NOTICE_RESTART:
        return IMFClockStateSink_OnClockRestart(sink, time);
    case CLOCK_NOTICE_PAUSE:
        return IMFClockStateSink_OnClockPause(sink, time);
    case CLOCK_NOTICE_STOP:
        return IMFClockStateSink_OnClockStop(sink, time);
    default:
        return IMFClockStateSink_OnClockSetRate(sink, time, notification->rate);
    }
}

const IUnknown *clock_identity(void *object)
{
    IUnknown *identity;

    if (FAILED(IUnknown_QueryInterface((IUnknown *)object, &IID_IUnknown, (void **)&identity))) return object;
    IUnknown_Release(identity);
    return identity;
}

/* The next one to be told of, and whether it still is to be. */
static struct queued *next_queued(struct clock_sink *entry, bool *removed)
{
    struct queued *queued;

    cork_mutex_lock(&entry->lock);
    queued = entry->first;
    if (queued) entry->first = queued->next;
    if (!entry->first) entry->last = NULL;
    *removed = entry->removed;
    cork_mutex_unlock(&entry->lock);
    return queued;
}

static void tell_of(struct clock_sink *entry, const struct clock_notification *notification)
{
    HRESULT hr = clock_notify(entry->sink, notification);

    if (FAILED(hr) && entry->watch) clock_watch_report(entry->watch, entry->identity, notification->notice, hr);
}

static void tell(struct pool_worker *worker)
{
    struct clock_sink *entry = CONTAINING_RECORD(worker, struct clock_sink, worker);
    struct queued *queued;
    bool removed;

    while ((queued = next_queued(entry, &removed)))
    {
        if (!removed) tell_of(entry, &queued->notification);
        free(queued);
    }
}

static bool hold_entry(struct pool_worker *worker)
{
    InterlockedIncrement(&CONTAINING_RECORD(worker, struct clock_sink, worker)->refs);
    return true;
}

static void release_entry(struct pool_worker *worker)
{
    clock_sink_release(CONTAINING_RECORD(worker, struct clock_sink, worker));
}

struct clock_sink *clock_sink_create(IMFClockStateSink *sink)
{
    struct clock_sink *entry = calloc(1, sizeof(*entry));

    if (!entry) return NULL;
    entry->refs = 1;
    entry->sink = sink;
    IMFClockStateSink_AddRef(sink);
    entry->identity = clock_identity(sink);
    for (int i = 0; i < 2; i++)
        entry->spare[i] = malloc(sizeof(*entry->spare[i]));
    if (entry->spare[0] && entry->spare[1] &&
        SUCCEEDED(pool_worker_init(&entry->worker, tell, hold_entry, release_entry)))
        return entry;
    clock_sink_release(entry);
    return NULL;
}

void clock_sink_release(struct clock_sink *entry)
{
    struct queued *queued;
    bool removed;

    if (InterlockedDecrement(&entry->refs)) return;
    while ((queued = next_queued(entry, &removed)))
        free(queued); /* of one that was taken off the list before it was told */
    pool_worker_close(&entry->worker);
    IMFClockStateSink_Release(entry->sink);
    clock_watch_release(entry->watch);
    for (int i = 0; i < 2; i++)
        free(entry->spare[i]);
    free(entry);
}

/* With what was put by for it. A time source that changes the clock while the clock changes uses that up. */
static void post(struct clock_sink *entry, const struct clock_notification *notification, bool here)
{
    struct queued *queued = entry->spare[0] ? entry->spare[0] : entry->spare[1];

    if (entry->spare[0])
        entry->spare[0] = NULL;
    else
        entry->spare[1] = NULL;
    if (!queued && !(queued = malloc(sizeof(*queued))))
    {
        CORK_ERR("no memory to tell %p of a change\n", (void *)entry->sink);
        return;
    }
    queued->notification = *notification;
    queued->next = NULL;
    cork_mutex_lock(&entry->lock);
    if (entry->last)
        entry->last->next = queued;
    else
        entry->first = queued;
    entry->last = queued;
    cork_mutex_unlock(&entry->lock);
    if (here)
        entry->here = true;
    else
        pool_worker_wake(&entry->worker);
}

bool clock_sinks_add(struct clock_sinks *sinks, struct clock_sink *entry, const struct clock_notification *current,
                     const IUnknown *source)
{
    struct clock_sink **end = &sinks->first;

    for (; *end; end = &(*end)->next)
        if ((*end)->sink == entry->sink) return false;
    *end = entry;
    entry->watch = sinks->watch;
    if (entry->watch) clock_watch_addref(entry->watch);
    if (current && entry->identity != source) post(entry, current, false);
    return true;
}

struct clock_sink *clock_sinks_remove(struct clock_sinks *sinks, IMFClockStateSink *sink)
{
    for (struct clock_sink **link = &sinks->first; *link; link = &(*link)->next)
    {
        struct clock_sink *entry = *link;

        if (entry->sink != sink) continue;
        *link = entry->next;
        entry->next = NULL;
        cork_mutex_lock(&entry->lock);
        entry->removed = true;
        cork_mutex_unlock(&entry->lock);
        return entry;
    }
    return NULL;
}

bool clock_sinks_reserve(struct clock_sinks *sinks)
{
    for (struct clock_sink *entry = sinks->first; entry; entry = entry->next)
    {
        if (entry->spare[0] || entry->spare[1]) continue;
        entry->spare[0] = malloc(sizeof(*entry->spare[0]));
        if (!entry->spare[0]) return false;
    }
    return true;
}

void clock_sinks_notify(struct clock_sinks *sinks, const struct clock_notification *notification,
                        const IUnknown *source, bool here)
{
    for (struct clock_sink *entry = sinks->first; entry; entry = entry->next)
        if (entry->identity != source) post(entry, notification, here);
}

/* The first one that is still to be told, with a reference, or NULL. */
static struct clock_sink *take_untold(struct clock_sinks *sinks, struct cork_mutex *lock)
{
    struct clock_sink *entry;

    cork_mutex_lock(lock);
    for (entry = sinks->first; entry && !entry->here; entry = entry->next)
        continue;
    if (entry)
    {
        entry->here = false;
        InterlockedIncrement(&entry->refs);
    }
    cork_mutex_unlock(lock);
    return entry;
}

void clock_sinks_tell_here(struct clock_sinks *sinks, struct cork_mutex *lock)
{
    struct clock_sink *entry;

    while ((entry = take_untold(sinks, lock)))
    {
        pool_worker_run_here(&entry->worker);
        clock_sink_release(entry);
    }
}

struct clock_sink *clock_sinks_take(struct clock_sinks *sinks)
{
    struct clock_sink *taken = sinks->first;

    sinks->first = NULL;
    for (struct clock_sink *entry = taken; entry; entry = entry->next)
        if (entry->here) pool_worker_wake(&entry->worker); /* who was to tell it finds it no more */
    return taken;
}

void clock_sinks_release(struct clock_sink *taken)
{
    while (taken)
    {
        struct clock_sink *next = taken->next;

        clock_sink_release(taken);
        taken = next;
    }
}

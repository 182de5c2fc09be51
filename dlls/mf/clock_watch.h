/*
 * Who hears of clock state sinks that refuse a change of the clock.
 *
 * The clock itself passes over what a sink returns ("the return value from this method is ignored"): the change has
 * taken place. But whoever waits for the sink to say that it has followed would wait for ever for one that refused.
 */
#ifndef CORK_MF_CLOCK_WATCH_H
#define CORK_MF_CLOCK_WATCH_H

#include <windows.h>
#include <unknwn.h>

#include "mf/clock_time.h"

struct clock_watcher
{
    /* Keeps `context` until `refused` ends, which is called next. Under the watch's lock. */
    void (*hold)(void *context);
    /* `sink`, an identity (clock_identity), has returned `status` to the notification. On any thread, without locks. */
    void (*refused)(void *context, const IUnknown *sink, enum clock_notice notice, HRESULT status);
};

struct clock_watch;

/* A watch with one reference, without a watcher. Returns NULL without memory. NULL is allowed in release. */
struct clock_watch *clock_watch_create(void);
void clock_watch_addref(struct clock_watch *watch);
void clock_watch_release(struct clock_watch *watch);

/* Puts a watcher in the place of the one there was. Any thread. */
void clock_watch_set(struct clock_watch *watch, const struct clock_watcher *watcher, void *context);
/* Ends the watching for `context`, where it has not been replaced: `hold` is not called after this. Any thread. */
void clock_watch_end(struct clock_watch *watch, const void *context);

/* Tells the watcher, if there is one. Any thread, without locks. */
void clock_watch_report(struct clock_watch *watch, const IUnknown *sink, enum clock_notice notice, HRESULT status);

#endif

/*
 * Those who are told of a presentation clock's changes (IMFClockStateSink): each on a thread of the pool, in the order
 * of the changes, and none held up by another that takes its time.
 *
 * "If the call [of the time source] succeeds, the state changes, and the clock notifies the other state-change
 * subscribers ... These calls are made asynchronously." What they return "is ignored", but for who watches it
 * (clock_watch.h).
 */
#ifndef CORK_MF_CLOCK_SINKS_H
#define CORK_MF_CLOCK_SINKS_H

#define COBJMACROS
#include <stdbool.h>
#include <windows.h>
#include <mfidl.h>

#include "common/platform.h"
#include "mf/clock_time.h"
#include "mf/clock_watch.h"

struct clock_notification
{
    enum clock_notice notice;
    MFTIME system_time;
    LONGLONG offset; /* CLOCK_NOTICE_START */
    float rate;      /* CLOCK_NOTICE_RATE */
};

/* Makes the call that the notification stands for, at once. */
HRESULT clock_notify(IMFClockStateSink *sink, const struct clock_notification *notification);

struct clock_sink;

/* A clock's list, in the order of registration. Zeros: empty. The clock's lock guards it. */
struct clock_sinks
{
    struct clock_sink *first;
    struct clock_watch *watch; /* the clock's, or NULL */
};

/* Makes an entry for `sink`, with a reference to it. Returns NULL without memory. */
struct clock_sink *clock_sink_create(IMFClockStateSink *sink);
/* Gives up the entry; notifications that it still has are made. */
void clock_sink_release(struct clock_sink *entry);

/* Puts an entry, which then belongs to the list, at its end, and has it told of `current` (may be NULL). False where
 * its sink is in the list already; then the entry is still the caller's. `source`: the identity of the time source,
 * which is told otherwise. */
bool clock_sinks_add(struct clock_sinks *sinks, struct clock_sink *entry, const struct clock_notification *current,
                     const IUnknown *source);
/* Takes the entry of `sink` off the list. Returns it, to be released, or NULL. It is told nothing more. */
struct clock_sink *clock_sinks_remove(struct clock_sinks *sinks, IMFClockStateSink *sink);

/* Before a change: makes sure that clock_sinks_notify has the memory it needs. Returns false without memory. */
bool clock_sinks_reserve(struct clock_sinks *sinks);
/* Has everybody but the time source told, in the order of these calls. Once for each clock_sinks_reserve at most.
 * `here`: not by a thread of the pool, clock_sinks_tell_here follows. */
void clock_sinks_notify(struct clock_sinks *sinks, const struct clock_notification *notification,
                        const IUnknown *source, bool here);
/* After clock_sinks_notify, without the clock's lock, which is `lock`: makes the calls on this thread, one sink after
 * the other. One that another thread is telling of an earlier change at this moment is told by that thread. */
void clock_sinks_tell_here(struct clock_sinks *sinks, struct cork_mutex *lock);
/* Takes all entries off, to be released by clock_sinks_release without the clock's lock. */
struct clock_sink *clock_sinks_take(struct clock_sinks *sinks);
void clock_sinks_release(struct clock_sink *taken);

/* The identity of an object, without a reference: only to be compared. */
const IUnknown *clock_identity(void *object);

#endif

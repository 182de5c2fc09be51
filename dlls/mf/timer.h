/* The timers of a presentation clock (IMFTimer), kept until the clock has reached their time. */
#ifndef CORK_MF_TIMER_H
#define CORK_MF_TIMER_H

#define COBJMACROS
#include <stdbool.h>
#include <stdint.h>
#include <windows.h>
#include <mfidl.h>

/* One timer; its key (IMFTimer::SetTimer's *ppunkKey) is its IUnknown. */
struct clock_timer
{
    IUnknown IUnknown_iface;
    struct clock_timer *next; /* the list's owner's, which has a reference */
    int64_t time;             /* the presentation time that it is for */
    bool relative;            /* `time` is yet to be added to the time at which the clock starts */
};

/* Makes a timer with one reference. Returns E_OUTOFMEMORY or an error of MFCreateAsyncResult. */
HRESULT clock_timer_create(IMFAsyncCallback *callback, IUnknown *state, struct clock_timer **timer);

/* Has the timer's callback invoked, once, with `status` as the result's, on a thread of the pool or on the work queue
 * that the callback names; takes the caller's reference. */
void clock_timer_fire(struct clock_timer *timer, HRESULT status);
/* The same for a list. */
void clock_timers_fire(struct clock_timer *timers, HRESULT status);

/* Finds the timer of a key in a list and takes it off; NULL where there is none. */
struct clock_timer *clock_timers_take(struct clock_timer **timers, const IUnknown *key);

/* Takes those off the list that are due when a running clock is at `now`, in the order in which they were set; `wait`
 * gets the milliseconds until the next one is (CLOCK_NEVER). */
struct clock_timer *clock_timers_due(struct clock_timer **timers, int64_t now, float rate, uint32_t *wait);

#endif

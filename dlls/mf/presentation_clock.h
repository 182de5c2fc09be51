/* A presentation clock's insides, for the files that its interfaces are spread over. */
#ifndef CORK_MF_PRESENTATION_CLOCK_H
#define CORK_MF_PRESENTATION_CLOCK_H

#define COBJMACROS
#include <windows.h>
#include <mf_more.h>

#include "common/platform.h"
#include "mf/clock_sinks.h"
#include "mf/clock_time.h"
#include "mf/com.h"
#include "mf/pool_worker.h"
#include "mf/timer.h"

struct clock
{
    IMFPresentationClock IMFPresentationClock_iface;
    IMFRateControl IMFRateControl_iface;
    IMFTimer IMFTimer_iface;
    IMFShutdown IMFShutdown_iface;
    volatile LONG refs;

    /* Changes happen one after another. Held while the time source is told, which may call the clock. */
    CRITICAL_SECTION changing;

    /* Guards what follows. Nothing is called with it. */
    struct cork_mutex lock;
    IMFPresentationTimeSource *source; /* NULL: none was set */
    IMFClockStateSink *source_sink;    /* the same object */
    const IUnknown *source_identity;
    enum clock_state state;
    struct clock_time time;
    LONGLONG start_offset; /* of the last start at a position */
    float rate;
    unsigned changes; /* how many there were, to notice one that happened meanwhile */
    bool shut_down;
    struct clock_sinks sinks;
    struct clock_timer *timers; /* in the order in which they were set */

    struct pool_worker timing; /* fires timers that are due, and winds the alarm for the next one */
    PTP_TIMER alarm;
};

extern IMFRateControlVtbl clock_rate_vtbl;
extern IMFTimerVtbl clock_timer_vtbl;
extern IMFShutdownVtbl clock_shutdown_vtbl;

/* Has `watcher` hear of sinks that refuse the clock's changes, and end it for `context` where it is its turn still.
 * `clock` is one of MFCreatePresentationClock's. */
void presentation_clock_watch(IMFPresentationClock *clock, const struct clock_watcher *watcher, void *context);
void presentation_clock_end_watch(IMFPresentationClock *clock, const void *context);

HRESULT clock_query(struct clock *clock, REFIID iid, void **out);
ULONG clock_addref(struct clock *clock);
ULONG clock_release(struct clock *clock);

/* The time source with a reference, or NULL. */
IMFPresentationTimeSource *clock_source(struct clock *clock);

/* The presentation time now, and the system time that it goes with. 0 for a stopped clock. Returns
 * MF_E_CLOCK_NO_TIME_SOURCE, or an error of the time source. */
HRESULT clock_now(struct clock *clock, LONGLONG *time, MFTIME *system_time);

/* For a clock of MFCreatePresentationClock's: as its Start (at `offset`, in 100 ns), Pause or Stop (`offset` has no
 * meaning), but its state sinks are told on this thread before the function returns, which saves two changes of threads
 * for each. A sink that does not return holds the caller up. Call it without locks. */
HRESULT clock_change_here(IMFPresentationClock *iface, enum clock_command command, LONGLONG offset);

/* (clock_timer.c) After a change of the time, the state or the timers: looks at the timers anew. */
void clock_look_at_timers(struct clock *clock);
/* (clock_timer.c) At the clock's making and at its end. */
HRESULT clock_timing_init(struct clock *clock);
void clock_timing_close(struct clock *clock);

#endif

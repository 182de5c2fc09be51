/* MFCreatePresentationClock: IMFPresentationClock and IMFShutdown. Timers are in clock_timer.c, the rate in
 * clock_rate.c. */
#include "mf/presentation_clock.h"

#include <stdlib.h>
#include <mfapi.h>
#include <mferror.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

static const struct com_interface interfaces[] = {
    {&IID_IMFPresentationClock, offsetof(struct clock, IMFPresentationClock_iface)},
    {&IID_IMFClock, offsetof(struct clock, IMFPresentationClock_iface)},
    {&IID_IMFRateControl, offsetof(struct clock, IMFRateControl_iface)},
    {&IID_IMFTimer, offsetof(struct clock, IMFTimer_iface)},
    {&IID_IMFShutdown, offsetof(struct clock, IMFShutdown_iface)},
};

HRESULT clock_query(struct clock *clock, REFIID iid, void **out)
{
    return com_query(clock, interfaces, ARRAYSIZE(interfaces), iid, out);
}

ULONG clock_addref(struct clock *clock)
{
    return InterlockedIncrement(&clock->refs);
}

/* The end of a clock is also the end of timers that nobody will fire any more. */
static void end_timers_and_sinks(struct clock *clock)
{
    struct clock_timer *timers;
    struct clock_sink *sinks;

    cork_mutex_lock(&clock->lock);
    timers = clock->timers;
    clock->timers = NULL;
    sinks = clock_sinks_take(&clock->sinks);
    cork_mutex_unlock(&clock->lock);
    clock_timers_fire(timers, MF_E_TIMER_ORPHANED);
    clock_sinks_release(sinks);
}

ULONG clock_release(struct clock *clock)
{
    ULONG refs = InterlockedDecrement(&clock->refs);

    if (refs) return refs;
    clock_timing_close(clock);
    end_timers_and_sinks(clock);
    if (clock->source) IMFPresentationTimeSource_Release(clock->source);
    if (clock->source_sink) IMFClockStateSink_Release(clock->source_sink);
    clock_watch_release(clock->sinks.watch);
    DeleteCriticalSection(&clock->changing);
    free(clock);
    return 0;
}

IMFPresentationTimeSource *clock_source(struct clock *clock)
{
    IMFPresentationTimeSource *source;

    cork_mutex_lock(&clock->lock);
    source = clock->source;
    if (source) IMFPresentationTimeSource_AddRef(source);
    cork_mutex_unlock(&clock->lock);
    return source;
}

/* The source is asked without a lock; where the clock changed meanwhile its answer may belong to neither time. */
HRESULT clock_now(struct clock *clock, LONGLONG *time, MFTIME *system_time)
{
    for (;;)
    {
        IMFPresentationTimeSource *source = clock_source(clock);
        enum clock_state state;
        struct clock_time offsets;
        unsigned changes;
        bool changed;
        HRESULT hr;

        if (!source) return MF_E_CLOCK_NO_TIME_SOURCE;
        cork_mutex_lock(&clock->lock);
        changes = clock->changes;
        offsets = clock->time;
        state = clock->state;
        cork_mutex_unlock(&clock->lock);
        hr = IMFPresentationTimeSource_GetCorrelatedTime(source, 0, time, system_time);
        IMFPresentationTimeSource_Release(source);
        cork_mutex_lock(&clock->lock);
        changed = changes != clock->changes;
        cork_mutex_unlock(&clock->lock);
        if (changed) continue;
        if (FAILED(hr)) return hr;
        *time = state == CLOCK_STOPPED ? 0 : clock_time_at(&offsets, *time);
        return hr;
    }
}

COM_UNKNOWN(presentation_clock, IMFPresentationClock, clock, IMFPresentationClock_iface)

static HRESULT STDMETHODCALLTYPE presentation_clock_GetClockCharacteristics(IMFPresentationClock *iface, DWORD *flags)
{
    IMFPresentationTimeSource *source = clock_source(COM_OBJECT(iface, clock, IMFPresentationClock_iface));
    HRESULT hr;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)flags);
    if (!source) return MF_E_CLOCK_NO_TIME_SOURCE;
    hr = flags ? IMFPresentationTimeSource_GetClockCharacteristics(source, flags) : E_POINTER;
    IMFPresentationTimeSource_Release(source);
    return hr;
}

static HRESULT STDMETHODCALLTYPE presentation_clock_GetCorrelatedTime(IMFPresentationClock *iface, DWORD reserved,
                                                                      LONGLONG *time, MFTIME *system_time)
{
    struct clock *clock = COM_OBJECT(iface, clock, IMFPresentationClock_iface);
    LONGLONG now;
    MFTIME system_now;
    HRESULT hr = clock_now(clock, &now, &system_now);

    CORK_TRACE("%p, %#lx, %p, %p\n", (void *)iface, reserved, (void *)time, (void *)system_time);
    if (FAILED(hr)) return hr;
    if (!time || !system_time) return E_POINTER;
    *time = now;
    *system_time = system_now;
    return hr;
}

/* "Continuity keys are currently not supported in Media Foundation. Clocks must return the value zero" */
static HRESULT STDMETHODCALLTYPE presentation_clock_GetContinuityKey(IMFPresentationClock *iface, DWORD *key)
{
    CORK_TRACE("%p, %p\n", (void *)iface, (void *)key);
    if (!key) return E_POINTER;
    *key = 0;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE presentation_clock_GetState(IMFPresentationClock *iface, DWORD reserved,
                                                             MFCLOCK_STATE *state)
{
    struct clock *clock = COM_OBJECT(iface, clock, IMFPresentationClock_iface);

    CORK_TRACE("%p, %#lx, %p\n", (void *)iface, reserved, (void *)state);
    if (!state) return E_POINTER;
    cork_mutex_lock(&clock->lock);
    *state = (MFCLOCK_STATE)clock->state;
    cork_mutex_unlock(&clock->lock);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE presentation_clock_GetProperties(IMFPresentationClock *iface,
                                                                  MFCLOCK_PROPERTIES *properties)
{
    IMFPresentationTimeSource *source = clock_source(COM_OBJECT(iface, clock, IMFPresentationClock_iface));
    HRESULT hr;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)properties);
    if (!source) return MF_E_CLOCK_NO_TIME_SOURCE;
    hr = properties ? IMFPresentationTimeSource_GetProperties(source, properties) : E_POINTER;
    IMFPresentationTimeSource_Release(source);
    return hr;
}

/* "MF_E_CLOCK_NOT_SIMPLE The time source does not have a frequency of 10 MHz." A source that cannot say yet ("The time
 * source has not been initialized") says so itself, by MF_E_NOT_INITIALIZED. */
static HRESULT check_frequency(IMFPresentationTimeSource *source)
{
    MFCLOCK_PROPERTIES properties;
    DWORD flags;
    HRESULT hr = IMFPresentationTimeSource_GetClockCharacteristics(source, &flags);

    if (FAILED(hr)) return hr;
    if (flags & MFCLOCK_CHARACTERISTICS_FLAG_FREQUENCY_10MHZ) return S_OK;
    hr = IMFPresentationTimeSource_GetProperties(source, &properties);
    if (FAILED(hr)) return hr;
    return properties.qwClockFrequency == MFCLOCK_FREQUENCY_HNS ? S_OK : MF_E_CLOCK_NOT_SIMPLE;
}

/* A source that comes to a clock that runs, or is paused, has to be brought there: it is told what the one before was.
 */
static HRESULT bring_source(struct clock *clock, IMFClockStateSink *sink)
{
    struct clock_notification notification = {
        .notice = CLOCK_NOTICE_RATE, .system_time = MFGetSystemTime(), .rate = clock->rate};
    MFTIME system_time;
    HRESULT hr = S_OK;

    if (!clock->source || (clock->state != CLOCK_RUNNING && clock->state != CLOCK_PAUSED)) return S_OK;
    if (notification.rate != 1 && notification.rate != 0) hr = clock_notify(sink, &notification);
    if (SUCCEEDED(hr)) hr = clock_now(clock, &notification.offset, &system_time);
    notification.notice = CLOCK_NOTICE_START;
    if (SUCCEEDED(hr)) hr = clock_notify(sink, &notification);
    notification.notice = CLOCK_NOTICE_PAUSE;
    if (SUCCEEDED(hr) && clock->state == CLOCK_PAUSED) hr = clock_notify(sink, &notification);
    return hr;
}

static HRESULT set_source(struct clock *clock, IMFPresentationTimeSource *source)
{
    IMFPresentationTimeSource *old_source;
    IMFClockStateSink *sink, *old_sink;
    HRESULT hr = IMFPresentationTimeSource_QueryInterface(source, &IID_IMFClockStateSink, (void **)&sink);

    if (FAILED(hr)) return hr;
    hr = check_frequency(source);
    if (SUCCEEDED(hr)) hr = bring_source(clock, sink);
    if (FAILED(hr))
    {
        IMFClockStateSink_Release(sink);
        return hr;
    }
    IMFPresentationTimeSource_AddRef(source);
    cork_mutex_lock(&clock->lock);
    old_source = clock->source;
    old_sink = clock->source_sink;
    clock->source = source;
    clock->source_sink = sink;
    clock->source_identity = clock_identity(source);
    clock->time.ahead = 0;
    clock->changes++;
    cork_mutex_unlock(&clock->lock);
    if (old_source) IMFPresentationTimeSource_Release(old_source);
    if (old_sink) IMFClockStateSink_Release(old_sink);
    clock_look_at_timers(clock);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE presentation_clock_SetTimeSource(IMFPresentationClock *iface,
                                                                  IMFPresentationTimeSource *source)
{
    struct clock *clock = COM_OBJECT(iface, clock, IMFPresentationClock_iface);
    HRESULT hr;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)source);
    if (!source) return E_INVALIDARG;
    EnterCriticalSection(&clock->changing);
    hr = set_source(clock, source);
    LeaveCriticalSection(&clock->changing);
    return hr;
}

static HRESULT STDMETHODCALLTYPE presentation_clock_GetTimeSource(IMFPresentationClock *iface,
                                                                  IMFPresentationTimeSource **source)
{
    CORK_TRACE("%p, %p\n", (void *)iface, (void *)source);
    if (!source) return E_INVALIDARG;
    *source = clock_source(COM_OBJECT(iface, clock, IMFPresentationClock_iface));
    return *source ? S_OK : MF_E_CLOCK_NO_TIME_SOURCE;
}

static HRESULT STDMETHODCALLTYPE presentation_clock_GetTime(IMFPresentationClock *iface, MFTIME *time)
{
    MFTIME system_time;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)time);
    if (!time) return E_POINTER;
    return clock_now(COM_OBJECT(iface, clock, IMFPresentationClock_iface), time, &system_time);
}

/* Who comes late is told what state the clock is in. */
static HRESULT STDMETHODCALLTYPE presentation_clock_AddClockStateSink(IMFPresentationClock *iface,
                                                                      IMFClockStateSink *sink)
{
    static const enum clock_notice notices[CLOCK_STATES] = {
        [CLOCK_RUNNING] = CLOCK_NOTICE_START, [CLOCK_STOPPED] = CLOCK_NOTICE_STOP, [CLOCK_PAUSED] = CLOCK_NOTICE_PAUSE};
    struct clock *clock = COM_OBJECT(iface, clock, IMFPresentationClock_iface);
    struct clock_notification current;
    struct clock_sink *entry;
    bool added;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)sink);
    if (!sink) return E_INVALIDARG;
    entry = clock_sink_create(sink);
    if (!entry) return E_OUTOFMEMORY;
    cork_mutex_lock(&clock->lock);
    current.notice = notices[clock->state];
    current.system_time = MFGetSystemTime();
    current.offset = clock->start_offset;
    added =
        clock_sinks_add(&clock->sinks, entry, clock->state == CLOCK_INVALID ? NULL : &current, clock->source_identity);
    cork_mutex_unlock(&clock->lock);
    if (!added) clock_sink_release(entry);
    return added ? S_OK : E_INVALIDARG;
}

static HRESULT STDMETHODCALLTYPE presentation_clock_RemoveClockStateSink(IMFPresentationClock *iface,
                                                                         IMFClockStateSink *sink)
{
    struct clock *clock = COM_OBJECT(iface, clock, IMFPresentationClock_iface);
    struct clock_sink *entry;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)sink);
    if (!sink) return E_INVALIDARG;
    cork_mutex_lock(&clock->lock);
    entry = clock_sinks_remove(&clock->sinks, sink);
    cork_mutex_unlock(&clock->lock);
    if (entry) clock_sink_release(entry);
    return S_OK;
}

static void changed(struct clock *clock, struct clock_change change, const struct clock_notification *notification,
                    bool here)
{
    cork_mutex_lock(&clock->lock);
    clock->state = change.state;
    if (change.notice == CLOCK_NOTICE_STOP) clock_time_seek(&clock->time, 0);
    if (change.notice == CLOCK_NOTICE_START && notification->offset != PRESENTATION_CURRENT_POSITION)
    {
        clock_time_seek(&clock->time, notification->offset);
        clock->start_offset = notification->offset;
    }
    clock->changes++;
    clock_sinks_notify(&clock->sinks, notification, clock->source_identity, here);
    cork_mutex_unlock(&clock->lock);
    clock_look_at_timers(clock);
}

/* "The presentation clock initiates the state change by calling ... on the clock's time source. This call is made
 * synchronously. If it fails, the state change does not occur." */
static HRESULT change_locked(struct clock *clock, enum clock_command command, LONGLONG offset, bool here)
{
    struct clock_change change = clock_change_of(clock->state, command);
    struct clock_notification notification = {.notice = change.notice, .offset = offset};
    bool reserved;
    HRESULT hr;

    if (!clock->source) return MF_E_CLOCK_NO_TIME_SOURCE;
    if (change.answer == CLOCK_ALREADY_SET) return MF_E_CLOCK_STATE_ALREADY_SET;
    if (change.answer == CLOCK_REFUSES) return MF_E_INVALIDREQUEST;
    cork_mutex_lock(&clock->lock);
    reserved = clock_sinks_reserve(&clock->sinks);
    cork_mutex_unlock(&clock->lock);
    if (!reserved) return E_OUTOFMEMORY;
    notification.system_time = MFGetSystemTime();
    hr = clock_notify(clock->source_sink, &notification);
    if (FAILED(hr)) return hr;
    changed(clock, change, &notification, here);
    return S_OK;
}

static HRESULT change(IMFPresentationClock *iface, enum clock_command command, LONGLONG offset)
{
    struct clock *clock = COM_OBJECT(iface, clock, IMFPresentationClock_iface);
    HRESULT hr;

    EnterCriticalSection(&clock->changing);
    hr = change_locked(clock, command, offset, false);
    LeaveCriticalSection(&clock->changing);
    return hr;
}

HRESULT clock_change_here(IMFPresentationClock *iface, enum clock_command command, LONGLONG offset)
{
    struct clock *clock = COM_OBJECT(iface, clock, IMFPresentationClock_iface);
    HRESULT hr;

    if (command == CLOCK_COMMAND_START && offset == PRESENTATION_CURRENT_POSITION)
        command = CLOCK_COMMAND_START_CURRENT;
    CORK_TRACE("%p, %d, %lld\n", (void *)iface, command, offset);
    EnterCriticalSection(&clock->changing);
    hr = change_locked(clock, command, offset, true);
    LeaveCriticalSection(&clock->changing);
    clock_sinks_tell_here(&clock->sinks, &clock->lock);
    return hr;
}

static HRESULT STDMETHODCALLTYPE presentation_clock_Start(IMFPresentationClock *iface, LONGLONG offset)
{
    CORK_TRACE("%p, %lld\n", (void *)iface, offset);
    return change(iface, offset == PRESENTATION_CURRENT_POSITION ? CLOCK_COMMAND_START_CURRENT : CLOCK_COMMAND_START,
                  offset);
}

static HRESULT STDMETHODCALLTYPE presentation_clock_Stop(IMFPresentationClock *iface)
{
    CORK_TRACE("%p\n", (void *)iface);
    return change(iface, CLOCK_COMMAND_STOP, 0);
}

static HRESULT STDMETHODCALLTYPE presentation_clock_Pause(IMFPresentationClock *iface)
{
    CORK_TRACE("%p\n", (void *)iface);
    return change(iface, CLOCK_COMMAND_PAUSE, 0);
}

static IMFPresentationClockVtbl presentation_clock_vtbl = {
    presentation_clock_QueryInterface,
    presentation_clock_AddRef,
    presentation_clock_Release,
    presentation_clock_GetClockCharacteristics,
    presentation_clock_GetCorrelatedTime,
    presentation_clock_GetContinuityKey,
    presentation_clock_GetState,
    presentation_clock_GetProperties,
    presentation_clock_SetTimeSource,
    presentation_clock_GetTimeSource,
    presentation_clock_GetTime,
    presentation_clock_AddClockStateSink,
    presentation_clock_RemoveClockStateSink,
    presentation_clock_Start,
    presentation_clock_Stop,
    presentation_clock_Pause,
};

void presentation_clock_watch(IMFPresentationClock *clock, const struct clock_watcher *watcher, void *context)
{
    clock_watch_set(COM_OBJECT(clock, clock, IMFPresentationClock_iface)->sinks.watch, watcher, context);
}

void presentation_clock_end_watch(IMFPresentationClock *clock, const void *context)
{
    clock_watch_end(COM_OBJECT(clock, clock, IMFPresentationClock_iface)->sinks.watch, context);
}

COM_UNKNOWN(clock_shutdown, IMFShutdown, clock, IMFShutdown_iface)

/* On Windows a clock that was shut down still starts, stops and tells the time; timers it takes no more, and it lets go
 * of those who listened to it. */
static HRESULT STDMETHODCALLTYPE clock_shutdown_Shutdown(IMFShutdown *iface)
{
    struct clock *clock = COM_OBJECT(iface, clock, IMFShutdown_iface);

    CORK_TRACE("%p\n", (void *)iface);
    cork_mutex_lock(&clock->lock);
    clock->shut_down = true;
    cork_mutex_unlock(&clock->lock);
    end_timers_and_sinks(clock);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE clock_shutdown_GetShutdownStatus(IMFShutdown *iface, MFSHUTDOWN_STATUS *status)
{
    struct clock *clock = COM_OBJECT(iface, clock, IMFShutdown_iface);
    bool shut_down;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)status);
    if (!status) return E_INVALIDARG;
    cork_mutex_lock(&clock->lock);
    shut_down = clock->shut_down;
    cork_mutex_unlock(&clock->lock);
    if (!shut_down) return MF_E_INVALIDREQUEST;
    *status = MFSHUTDOWN_COMPLETED;
    return S_OK;
}

IMFShutdownVtbl clock_shutdown_vtbl = {clock_shutdown_QueryInterface, clock_shutdown_AddRef, clock_shutdown_Release,
                                       clock_shutdown_Shutdown, clock_shutdown_GetShutdownStatus};

HRESULT WINAPI MFCreatePresentationClock(IMFPresentationClock **out)
{
    struct clock *clock;
    HRESULT hr;

    CORK_TRACE("%p\n", (void *)out);
    if (!out) return E_POINTER;
    *out = NULL;
    clock = calloc(1, sizeof(*clock));
    if (!clock) return E_OUTOFMEMORY;
    clock->IMFPresentationClock_iface.lpVtbl = &presentation_clock_vtbl;
    clock->IMFRateControl_iface.lpVtbl = &clock_rate_vtbl;
    clock->IMFTimer_iface.lpVtbl = &clock_timer_vtbl;
    clock->IMFShutdown_iface.lpVtbl = &clock_shutdown_vtbl;
    clock->refs = 1;
    clock->rate = 1;
    InitializeCriticalSection(&clock->changing);
    clock->sinks.watch = clock_watch_create();
    hr = clock->sinks.watch ? clock_timing_init(clock) : E_OUTOFMEMORY;
    if (SUCCEEDED(hr))
        *out = &clock->IMFPresentationClock_iface;
    else
        clock_release(clock);
    return hr;
}

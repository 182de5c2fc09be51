/* The presentation clock's IMFTimer. */
#include "mf/presentation_clock.h"

#include <mfapi.h>
#include <mferror.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

/* After this many milliseconds a time source that could not tell the time is asked again. */
#define ASK_AGAIN 10

static void wind_alarm(struct clock *clock, uint32_t wait)
{
    ULARGE_INTEGER due = {.QuadPart = (ULONGLONG)(-10000 * (LONGLONG)wait)};
    FILETIME time = {due.LowPart, due.HighPart};

    SetThreadpoolTimer(clock->alarm, wait == CLOCK_NEVER ? NULL : &time, 0, 0);
}

/* Whether anybody waits for a time that comes nearer. */
static bool waits_for_time(struct clock *clock)
{
    bool waits;

    cork_mutex_lock(&clock->lock);
    waits = clock->state == CLOCK_RUNNING && clock->timers;
    cork_mutex_unlock(&clock->lock);
    return waits;
}

/* An alarm comes as soon as the system's timer says so, at a rate that the time source need not share: who is not due
 * yet is waited for again. */
static void look_at_timers(struct pool_worker *worker)
{
    struct clock *clock = CONTAINING_RECORD(worker, struct clock, timing);
    struct clock_timer *due = NULL;
    uint32_t wait = CLOCK_NEVER;
    LONGLONG now = 0;
    MFTIME system_time;
    HRESULT hr = waits_for_time(clock) ? clock_now(clock, &now, &system_time) : E_PENDING;

    cork_mutex_lock(&clock->lock);
    if (clock->state == CLOCK_RUNNING && clock->timers)
    {
        if (SUCCEEDED(hr))
            due = clock_timers_due(&clock->timers, now, clock->rate, &wait);
        else
            wait = ASK_AGAIN;
    }
    cork_mutex_unlock(&clock->lock);
    wind_alarm(clock, wait);
    clock_timers_fire(due, S_OK);
}

static void CALLBACK alarm_rings(PTP_CALLBACK_INSTANCE instance, void *context, PTP_TIMER timer)
{
    (void)instance;
    (void)timer;
    clock_look_at_timers(context);
}

void clock_look_at_timers(struct clock *clock)
{
    if (waits_for_time(clock)) pool_worker_wake(&clock->timing);
}

/* An alarm may ring while the last reference goes. */
static bool hold_clock(struct pool_worker *worker)
{
    struct clock *clock = CONTAINING_RECORD(worker, struct clock, timing);
    LONG refs = clock->refs;

    while (refs)
    {
        LONG was = InterlockedCompareExchange(&clock->refs, refs + 1, refs);

        if (was == refs) return true;
        refs = was;
    }
    return false;
}

static void release_clock(struct pool_worker *worker)
{
    clock_release(CONTAINING_RECORD(worker, struct clock, timing));
}

HRESULT clock_timing_init(struct clock *clock)
{
    clock->alarm = CreateThreadpoolTimer(alarm_rings, clock, NULL);
    if (!clock->alarm) return E_OUTOFMEMORY;
    return pool_worker_init(&clock->timing, look_at_timers, hold_clock, release_clock);
}

void clock_timing_close(struct clock *clock)
{
    if (clock->alarm)
    {
        SetThreadpoolTimer(clock->alarm, NULL, 0, 0);
        WaitForThreadpoolTimerCallbacks(clock->alarm, TRUE);
        CloseThreadpoolTimer(clock->alarm);
    }
    pool_worker_close(&clock->timing);
}

COM_UNKNOWN(clock_timer, IMFTimer, clock, IMFTimer_iface)

/* A relative time is counted from the time that the clock has; a clock that is stopped has none yet. */
static HRESULT put_timer(struct clock *clock, struct clock_timer *timer, DWORD flags)
{
    struct clock_timer **end;
    bool stopped, relative = flags & MFTIMER_RELATIVE;
    LONGLONG now = 0;
    MFTIME system_time;
    HRESULT hr = relative ? clock_now(clock, &now, &system_time) : S_OK;

    if (FAILED(hr) && hr != MF_E_CLOCK_NO_TIME_SOURCE) return hr;
    cork_mutex_lock(&clock->lock);
    stopped = clock->state == CLOCK_STOPPED || clock->state == CLOCK_INVALID;
    timer->relative = relative && stopped;
    if (relative && !stopped) timer->time = clock_timer_target(now, timer->time, clock->rate);
    hr = clock->shut_down ? MF_E_SHUTDOWN : stopped ? MF_S_CLOCK_STOPPED : S_OK;
    if (SUCCEEDED(hr))
    {
        for (end = &clock->timers; *end;)
            end = &(*end)->next;
        *end = timer;
    }
    cork_mutex_unlock(&clock->lock);
    if (hr == S_OK) clock_look_at_timers(clock);
    return hr;
}

static HRESULT STDMETHODCALLTYPE clock_timer_SetTimer(IMFTimer *iface, DWORD flags, LONGLONG time,
                                                      IMFAsyncCallback *callback, IUnknown *state, IUnknown **key)
{
    struct clock *clock = COM_OBJECT(iface, clock, IMFTimer_iface);
    struct clock_timer *timer;
    HRESULT hr;

    CORK_TRACE("%p, %#lx, %lld, %p, %p, %p\n", (void *)iface, flags, time, (void *)callback, (void *)state,
               (void *)key);
    if (!callback) return E_INVALIDARG;
    hr = clock_timer_create(callback, state, &timer);
    if (FAILED(hr)) return hr;
    timer->time = time;
    /* From put_timer on it may fire, which takes the list's reference: this one is the key's. */
    IUnknown_AddRef(&timer->IUnknown_iface);
    hr = put_timer(clock, timer, flags);
    if (SUCCEEDED(hr) && key)
        *key = &timer->IUnknown_iface;
    else
        IUnknown_Release(&timer->IUnknown_iface);
    if (FAILED(hr)) IUnknown_Release(&timer->IUnknown_iface);
    return hr;
}

/* A timer that has fired, or was cancelled before, is no error: who cancels cannot know. */
static HRESULT STDMETHODCALLTYPE clock_timer_CancelTimer(IMFTimer *iface, IUnknown *key)
{
    struct clock *clock = COM_OBJECT(iface, clock, IMFTimer_iface);
    struct clock_timer *timer;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)key);
    if (!key) return E_INVALIDARG;
    cork_mutex_lock(&clock->lock);
    timer = clock_timers_take(&clock->timers, key);
    cork_mutex_unlock(&clock->lock);
    if (timer) IUnknown_Release(&timer->IUnknown_iface);
    return S_OK;
}

IMFTimerVtbl clock_timer_vtbl = {clock_timer_QueryInterface, clock_timer_AddRef, clock_timer_Release,
                                 clock_timer_SetTimer, clock_timer_CancelTimer};

/* The presentation clock's IMFRateControl. */
#include "mf/presentation_clock.h"

#include <math.h>
#include <mfapi.h>
#include <mferror.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

COM_UNKNOWN(clock_rate, IMFRateControl, clock, IMFRateControl_iface)

/* Rate 0 is not the system time source's: it refuses, and the clock itself stands still. Any other refusal is the
 * answer: "If the time source returns an error from OnClockSetRate, the presentation clock's SetRate method returns an
 * error and the state change does not take place." */
static HRESULT tell_source(struct clock *clock, const struct clock_notification *notification)
{
    IMFPresentationTimeSource *source = clock->source;
    struct clock_time time = clock->time;
    bool stopped = clock->state == CLOCK_STOPPED;
    LONGLONG now = 0;
    MFTIME system_time;
    HRESULT hr;

    if (notification->rate == 0 && !stopped)
    {
        hr = IMFPresentationTimeSource_GetCorrelatedTime(source, 0, &now, &system_time);
        if (FAILED(hr)) return hr;
    }
    hr = clock_notify(clock->source_sink, notification);
    if (notification->rate == 0 && hr == MF_E_UNSUPPORTED_RATE)
    {
        clock_time_hold(&time, now);
        hr = S_OK;
    }
    else if (SUCCEEDED(hr) && time.held)
    {
        if (!stopped) hr = IMFPresentationTimeSource_GetCorrelatedTime(source, 0, &now, &system_time);
        if (SUCCEEDED(hr)) clock_time_go_on(&time, now);
    }
    if (FAILED(hr)) return hr;
    cork_mutex_lock(&clock->lock);
    clock->time = time;
    cork_mutex_unlock(&clock->lock);
    return S_OK;
}

static HRESULT set_rate(struct clock *clock, float rate)
{
    struct clock_notification notification = {.notice = CLOCK_NOTICE_RATE, .rate = rate};
    bool reserved;
    HRESULT hr;

    if (!clock->source) return MF_E_CLOCK_NO_TIME_SOURCE;
    cork_mutex_lock(&clock->lock);
    reserved = clock_sinks_reserve(&clock->sinks);
    cork_mutex_unlock(&clock->lock);
    if (!reserved) return E_OUTOFMEMORY;
    notification.system_time = MFGetSystemTime();
    hr = tell_source(clock, &notification);
    if (FAILED(hr)) return hr;
    cork_mutex_lock(&clock->lock);
    clock->rate = rate;
    clock->changes++;
    clock_sinks_notify(&clock->sinks, &notification, clock->source_identity, false);
    cork_mutex_unlock(&clock->lock);
    clock_look_at_timers(clock);
    return S_OK;
}

/* A clock has no samples to thin. */
static HRESULT STDMETHODCALLTYPE clock_rate_SetRate(IMFRateControl *iface, BOOL thin, float rate)
{
    struct clock *clock = COM_OBJECT(iface, clock, IMFRateControl_iface);
    HRESULT hr;

    CORK_TRACE("%p, %d, %f\n", (void *)iface, thin, (double)rate);
    if (thin) return MF_E_THINNING_UNSUPPORTED;
    if (!isfinite(rate)) return MF_E_UNSUPPORTED_RATE;
    EnterCriticalSection(&clock->changing);
    hr = set_rate(clock, rate);
    LeaveCriticalSection(&clock->changing);
    return hr;
}

static HRESULT STDMETHODCALLTYPE clock_rate_GetRate(IMFRateControl *iface, BOOL *thin, float *rate)
{
    struct clock *clock = COM_OBJECT(iface, clock, IMFRateControl_iface);

    CORK_TRACE("%p, %p, %p\n", (void *)iface, (void *)thin, (void *)rate);
    if (!rate) return E_INVALIDARG;
    if (thin) *thin = FALSE;
    cork_mutex_lock(&clock->lock);
    *rate = clock->rate;
    cork_mutex_unlock(&clock->lock);
    return S_OK;
}

IMFRateControlVtbl clock_rate_vtbl = {clock_rate_QueryInterface, clock_rate_AddRef, clock_rate_Release,
                                      clock_rate_SetRate, clock_rate_GetRate};

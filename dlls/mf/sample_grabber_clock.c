/* The sample grabber sink and its presentation clock: IMFClockStateSink, IMFMediaSinkPreroll, IMFRateSupport. */
#include "mf/sample_grabber.h"

#include <float.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

COM_UNKNOWN(clock_sink, IMFClockStateSink, grabber, IMFClockStateSink_iface)

/* The application's callback is a clock state sink, too, and hears of a start before its first sample. Not called after
 * Shutdown. */
static HRESULT enter_callback(struct grabber *grabber, struct cork_pin *pin)
{
    return cork_rundown_enter(&grabber->callbacks, pin) ? S_OK : MF_E_SHUTDOWN;
}

/* `position`: NULL: where the clock is. */
static void start(struct grabber *grabber, const int64_t *position)
{
    cork_mutex_lock(&grabber->lock);
    if (!grabber->shut_down)
    {
        struct grabber_news news = grabber_flow_start(&grabber->flow, position);

        grabber_send(grabber, MEStreamSinkStarted);
        grabber_send_news(grabber, news);
    }
    cork_mutex_unlock(&grabber->lock);
    pool_worker_wake(&grabber->worker);
}

static HRESULT STDMETHODCALLTYPE clock_sink_OnClockStart(IMFClockStateSink *iface, MFTIME system_time, LONGLONG offset)
{
    struct grabber *grabber = COM_OBJECT(iface, grabber, IMFClockStateSink_iface);
    struct cork_pin pin;
    HRESULT hr = enter_callback(grabber, &pin);

    CORK_TRACE("%p, %lld, %lld\n", (void *)iface, system_time, offset);
    if (FAILED(hr)) return hr;
    hr = IMFSampleGrabberSinkCallback_OnClockStart(grabber->callback, system_time, offset);
    cork_rundown_leave(&pin);
    start(grabber, offset == PRESENTATION_CURRENT_POSITION ? NULL : &offset);
    return hr;
}

static HRESULT STDMETHODCALLTYPE clock_sink_OnClockRestart(IMFClockStateSink *iface, MFTIME system_time)
{
    struct grabber *grabber = COM_OBJECT(iface, grabber, IMFClockStateSink_iface);
    struct cork_pin pin;
    HRESULT hr = enter_callback(grabber, &pin);

    CORK_TRACE("%p, %lld\n", (void *)iface, system_time);
    if (FAILED(hr)) return hr;
    hr = IMFSampleGrabberSinkCallback_OnClockRestart(grabber->callback, system_time);
    cork_rundown_leave(&pin);
    start(grabber, NULL);
    return hr;
}

static HRESULT STDMETHODCALLTYPE clock_sink_OnClockStop(IMFClockStateSink *iface, MFTIME system_time)
{
    struct grabber *grabber = COM_OBJECT(iface, grabber, IMFClockStateSink_iface);
    struct cork_pin pin;
    HRESULT hr = enter_callback(grabber, &pin);

    CORK_TRACE("%p, %lld\n", (void *)iface, system_time);
    if (FAILED(hr)) return hr;
    cork_mutex_lock(&grabber->lock);
    if (!grabber->shut_down)
    {
        grabber_end_work(grabber, grabber_flow_stop(&grabber->flow), S_OK);
        grabber_send(grabber, MEStreamSinkStopped);
    }
    cork_mutex_unlock(&grabber->lock);
    grabber_cancel_timer(grabber);
    hr = IMFSampleGrabberSinkCallback_OnClockStop(grabber->callback, system_time);
    cork_rundown_leave(&pin);
    return hr;
}

static HRESULT STDMETHODCALLTYPE clock_sink_OnClockPause(IMFClockStateSink *iface, MFTIME system_time)
{
    struct grabber *grabber = COM_OBJECT(iface, grabber, IMFClockStateSink_iface);
    struct cork_pin pin;
    HRESULT hr = enter_callback(grabber, &pin);

    CORK_TRACE("%p, %lld\n", (void *)iface, system_time);
    if (FAILED(hr)) return hr;
    cork_mutex_lock(&grabber->lock);
    if (!grabber_flow_pause(&grabber->flow))
        hr = MF_E_INVALID_STATE_TRANSITION;
    else if (!grabber->shut_down)
        grabber_send(grabber, MEStreamSinkPaused);
    cork_mutex_unlock(&grabber->lock);
    if (SUCCEEDED(hr)) hr = IMFSampleGrabberSinkCallback_OnClockPause(grabber->callback, system_time);
    cork_rundown_leave(&pin);
    return hr;
}

static HRESULT STDMETHODCALLTYPE clock_sink_OnClockSetRate(IMFClockStateSink *iface, MFTIME system_time, float rate)
{
    struct grabber *grabber = COM_OBJECT(iface, grabber, IMFClockStateSink_iface);
    struct cork_pin pin;
    HRESULT hr = enter_callback(grabber, &pin);

    CORK_TRACE("%p, %lld, %f\n", (void *)iface, system_time, (double)rate);
    if (FAILED(hr)) return hr;
    cork_mutex_lock(&grabber->lock);
    if (!grabber->shut_down)
    {
        struct grabber_news news = grabber_flow_set_rate(&grabber->flow, rate);

        grabber_send(grabber, MEStreamSinkRateChanged);
        grabber_send_news(grabber, news);
    }
    cork_mutex_unlock(&grabber->lock);
    pool_worker_wake(&grabber->worker);
    hr = IMFSampleGrabberSinkCallback_OnClockSetRate(grabber->callback, system_time, rate);
    cork_rundown_leave(&pin);
    return hr;
}

IMFClockStateSinkVtbl grabber_clock_vtbl = {
    clock_sink_QueryInterface, clock_sink_AddRef,       clock_sink_Release,        clock_sink_OnClockStart,
    clock_sink_OnClockStop,    clock_sink_OnClockPause, clock_sink_OnClockRestart, clock_sink_OnClockSetRate,
};

COM_UNKNOWN(preroll, IMFMediaSinkPreroll, grabber, IMFMediaSinkPreroll_iface)

static HRESULT STDMETHODCALLTYPE preroll_NotifyPreroll(IMFMediaSinkPreroll *iface, MFTIME start_time)
{
    struct grabber *grabber = COM_OBJECT(iface, grabber, IMFMediaSinkPreroll_iface);
    HRESULT hr = S_OK;

    CORK_TRACE("%p, %lld\n", (void *)iface, start_time);
    cork_mutex_lock(&grabber->lock);
    if (grabber->shut_down)
        hr = MF_E_SHUTDOWN;
    else if (!grabber->clock)
        hr = MF_E_NO_CLOCK;
    else
        grabber_send_news(grabber, grabber_flow_preroll(&grabber->flow, start_time));
    cork_mutex_unlock(&grabber->lock);
    if (SUCCEEDED(hr)) pool_worker_wake(&grabber->worker);
    return hr;
}

IMFMediaSinkPrerollVtbl grabber_preroll_vtbl = {preroll_QueryInterface, preroll_AddRef, preroll_Release,
                                                preroll_NotifyPreroll};

/* Any rate is the clock's business. */
COM_UNKNOWN(rate, IMFRateSupport, grabber, IMFRateSupport_iface)

static HRESULT STDMETHODCALLTYPE rate_GetSlowestRate(IMFRateSupport *iface, MFRATE_DIRECTION direction, BOOL thin,
                                                     float *rate)
{
    CORK_TRACE("%p, %d, %d, %p\n", (void *)iface, direction, thin, (void *)rate);
    if (!rate) return E_POINTER;
    *rate = 0;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE rate_GetFastestRate(IMFRateSupport *iface, MFRATE_DIRECTION direction, BOOL thin,
                                                     float *rate)
{
    CORK_TRACE("%p, %d, %d, %p\n", (void *)iface, direction, thin, (void *)rate);
    if (!rate) return E_POINTER;
    *rate = direction == MFRATE_REVERSE ? -FLT_MAX : FLT_MAX;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE rate_IsRateSupported(IMFRateSupport *iface, BOOL thin, float rate, float *nearest)
{
    CORK_TRACE("%p, %d, %f, %p\n", (void *)iface, thin, (double)rate, (void *)nearest);
    if (nearest) *nearest = rate;
    return S_OK;
}

IMFRateSupportVtbl grabber_rate_vtbl = {rate_QueryInterface, rate_AddRef,         rate_Release,
                                        rate_GetSlowestRate, rate_GetFastestRate, rate_IsRateSupported};

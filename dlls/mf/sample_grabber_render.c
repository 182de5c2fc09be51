/* The sample grabber sink's work: samples and markers in their order, each at its time, on a thread of the pool. */
#include "mf/sample_grabber.h"

#include <stdlib.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

void grabber_send(struct grabber *grabber, MediaEventType type)
{
    IMFMediaEventQueue_QueueEventParamVar(grabber->stream_events, type, &GUID_NULL, S_OK, NULL);
}

void grabber_send_news(struct grabber *grabber, struct grabber_news news)
{
    if (news.prerolled) grabber_send(grabber, MEStreamSinkPrerolled);
    if (news.scrubbed) grabber_send(grabber, MEStreamSinkScrubSampleComplete);
    while (news.requests--)
        grabber_send(grabber, MEStreamSinkRequestSample);
}

static void free_work(struct grabber_work *work)
{
    if (work->sample)
        IMFSample_Release(work->sample);
    else
        PropVariantClear(&work->context);
    free(work);
}

static void send_marker(struct grabber *grabber, struct grabber_work *work, HRESULT status)
{
    IMFMediaEventQueue_QueueEventParamVar(grabber->stream_events, MEStreamSinkMarker, &GUID_NULL, status,
                                          &work->context);
}

void grabber_end_work(struct grabber *grabber, struct grabber_item *items, HRESULT status)
{
    for (struct grabber_item *item = items; item; item = item->next)
        if (item->marker) send_marker(grabber, CONTAINING_RECORD(item, struct grabber_work, item), status);
    grabber_free_work(items);
}

void grabber_free_work(struct grabber_item *items)
{
    while (items)
    {
        struct grabber_work *work = CONTAINING_RECORD(items, struct grabber_work, item);

        items = items->next;
        free_work(work);
    }
}

/* "Presentation time for which data was rendered." */
static void send_scrubbed(struct grabber *grabber, const struct grabber_item *item)
{
    IMFMediaEvent *event;

    if (!item->timed || FAILED(MFCreateMediaEvent(MEStreamSinkScrubSampleComplete, &GUID_NULL, S_OK, NULL, &event)))
    {
        grabber_send(grabber, MEStreamSinkScrubSampleComplete);
        return;
    }
    IMFMediaEvent_SetUINT64(event, &MF_EVENT_SCRUBSAMPLE_TIME, (UINT64)item->time);
    IMFMediaEventQueue_QueueEvent(grabber->stream_events, event);
    IMFMediaEvent_Release(event);
}

struct sample_data
{
    GUID major_type;
    DWORD flags, size;
    LONGLONG time, duration;
    BYTE *data;
};

/* "If the sample does not have a presentation time [a duration], the value of this parameter is _I64_MAX." */
static void describe(struct grabber *grabber, IMFSample *sample, struct sample_data *data)
{
    cork_mutex_lock(&grabber->lock);
    if (!grabber->type || FAILED(IMFMediaType_GetMajorType(grabber->type, &data->major_type)))
        data->major_type = GUID_NULL;
    cork_mutex_unlock(&grabber->lock);
    if (FAILED(IMFSample_GetSampleFlags(sample, &data->flags))) data->flags = 0;
    if (FAILED(IMFSample_GetSampleTime(sample, &data->time))) data->time = INT64_MAX;
    if (FAILED(IMFSample_GetSampleDuration(sample, &data->duration))) data->duration = INT64_MAX;
}

static HRESULT call_application(struct grabber *grabber, IMFSample *sample, const struct sample_data *data)
{
    HRESULT hr;

    if (!grabber->callback2)
        return IMFSampleGrabberSinkCallback_OnProcessSample(grabber->callback, &data->major_type, data->flags,
                                                            data->time, data->duration, data->data, data->size);
    hr = IMFSample_CopyAllItems(sample, grabber->attributes);
    if (FAILED(hr)) return hr;
    return IMFSampleGrabberSinkCallback2_OnProcessSampleEx(grabber->callback2, &data->major_type, data->flags,
                                                           data->time, data->duration, data->data, data->size,
                                                           grabber->attributes);
}

/* What the application's callback returns changes nothing here: the next sample may be welcome. */
static void render(struct grabber *grabber, IMFSample *sample)
{
    struct sample_data data;
    struct cork_pin pin;
    IMFMediaBuffer *buffer;
    HRESULT hr;

    if (!cork_rundown_enter(&grabber->callbacks, &pin)) return;
    describe(grabber, sample, &data);
    hr = IMFSample_ConvertToContiguousBuffer(sample, &buffer);
    if (SUCCEEDED(hr))
    {
        hr = IMFMediaBuffer_Lock(buffer, &data.data, NULL, &data.size);
        if (SUCCEEDED(hr))
        {
            hr = call_application(grabber, sample, &data);
            IMFMediaBuffer_Unlock(buffer);
        }
        IMFMediaBuffer_Release(buffer);
    }
    if (FAILED(hr)) CORK_WARN("%p: sample %p: %#lx\n", (void *)grabber, (void *)sample, hr);
    cork_rundown_leave(&pin);
}

/* Has the clock call back at `time`. Only the worker does this. */
static void wait_until(struct grabber *grabber, int64_t time)
{
    IMFTimer *timer;
    IUnknown *key = NULL;
    HRESULT hr;

    cork_mutex_lock(&grabber->lock);
    timer = grabber->timer_key && grabber->timer_time == time ? NULL : grabber->timer;
    if (timer) IMFTimer_AddRef(timer);
    cork_mutex_unlock(&grabber->lock);
    if (!timer) return;
    grabber_cancel_timer(grabber);
    hr = IMFTimer_SetTimer(timer, 0, time, &grabber->timer_callback, NULL, &key);
    if (FAILED(hr)) CORK_WARN("%p: no timer: %#lx\n", (void *)grabber, hr);
    cork_mutex_lock(&grabber->lock);
    if (SUCCEEDED(hr) && !grabber->shut_down && grabber->timer == timer)
    {
        grabber->timer_key = key;
        grabber->timer_time = time;
        key = NULL;
    }
    cork_mutex_unlock(&grabber->lock);
    if (key) IMFTimer_CancelTimer(timer, key);
    if (key) IUnknown_Release(key);
    IMFTimer_Release(timer);
}

static IUnknown *take_timer_key(struct grabber *grabber, IMFTimer **timer)
{
    IUnknown *key;

    cork_mutex_lock(&grabber->lock);
    key = grabber->timer_key;
    grabber->timer_key = NULL;
    *timer = key ? grabber->timer : NULL;
    if (*timer) IMFTimer_AddRef(*timer);
    cork_mutex_unlock(&grabber->lock);
    return key;
}

void grabber_cancel_timer(struct grabber *grabber)
{
    IMFTimer *timer;
    IUnknown *key = take_timer_key(grabber, &timer);

    if (timer)
    {
        IMFTimer_CancelTimer(timer, key);
        IMFTimer_Release(timer);
    }
    if (key) IUnknown_Release(key);
}

/* The clock's time, where it can tell it. */
static bool clock_time(struct grabber *grabber, MFTIME *time)
{
    IMFPresentationClock *clock;
    HRESULT hr = MF_E_NO_CLOCK;

    cork_mutex_lock(&grabber->lock);
    clock = grabber->clock;
    if (clock) IMFPresentationClock_AddRef(clock);
    cork_mutex_unlock(&grabber->lock);
    if (clock)
    {
        hr = IMFPresentationClock_GetTime(clock, time);
        IMFPresentationClock_Release(clock);
    }
    return SUCCEEDED(hr);
}

static enum grabber_step next_step(struct grabber *grabber, struct grabber_work **work, int64_t *until)
{
    struct grabber_item *item = NULL;
    enum grabber_step step;
    MFTIME now;

    cork_mutex_lock(&grabber->lock);
    step = grabber_flow_next(&grabber->flow, NULL, &item, until);
    if (step == GRABBER_ASK_TIME)
    {
        bool known;

        cork_mutex_unlock(&grabber->lock);
        known = clock_time(grabber, &now);
        cork_mutex_lock(&grabber->lock);
        step = known ? grabber_flow_next(&grabber->flow, &now, &item, until) : GRABBER_NOTHING;
    }
    if (step == GRABBER_MARK)
    {
        send_marker(grabber, CONTAINING_RECORD(item, struct grabber_work, item), S_OK);
        grabber_send_news(grabber, grabber_flow_marked(&grabber->flow, item));
    }
    cork_mutex_unlock(&grabber->lock);
    *work = item ? CONTAINING_RECORD(item, struct grabber_work, item) : NULL;
    return step;
}

/* Does the first of the queue; false where there is nothing to do for now. */
static bool do_next(struct grabber *grabber)
{
    struct grabber_work *work;
    int64_t until = 0;
    enum grabber_step step = next_step(grabber, &work, &until);

    if (step == GRABBER_WAIT) wait_until(grabber, until);
    if (!work) return false;
    if (step == GRABBER_RENDER || step == GRABBER_SHOW) render(grabber, work->sample);
    cork_mutex_lock(&grabber->lock);
    if (step == GRABBER_SHOW) send_scrubbed(grabber, &work->item);
    if (step != GRABBER_MARK) grabber_send_news(grabber, grabber_flow_done(&grabber->flow));
    cork_mutex_unlock(&grabber->lock);
    free_work(work);
    return true;
}

static void work(struct pool_worker *worker)
{
    while (do_next(CONTAINING_RECORD(worker, struct grabber, worker)))
        ;
}

static bool hold(struct pool_worker *worker)
{
    grabber_addref(CONTAINING_RECORD(worker, struct grabber, worker));
    return true;
}

static void release(struct pool_worker *worker)
{
    grabber_release(CONTAINING_RECORD(worker, struct grabber, worker));
}

HRESULT grabber_render_init(struct grabber *grabber)
{
    return pool_worker_init(&grabber->worker, work, hold, release);
}

/* The clock's timer. */
static HRESULT STDMETHODCALLTYPE timer_QueryInterface(IMFAsyncCallback *iface, REFIID iid, void **out)
{
    static const struct com_interface interfaces[] = {{&IID_IMFAsyncCallback, 0}};

    return com_query(iface, interfaces, 1, iid, out);
}

static ULONG STDMETHODCALLTYPE timer_AddRef(IMFAsyncCallback *iface)
{
    return grabber_addref(COM_OBJECT(iface, grabber, timer_callback));
}

static ULONG STDMETHODCALLTYPE timer_Release(IMFAsyncCallback *iface)
{
    return grabber_release(COM_OBJECT(iface, grabber, timer_callback));
}

static HRESULT STDMETHODCALLTYPE timer_GetParameters(IMFAsyncCallback *iface, DWORD *flags, DWORD *queue)
{
    (void)iface;
    (void)flags;
    (void)queue;
    return E_NOTIMPL;
}

/* Looks at the time again, also where the timer has lost its clock. */
static HRESULT STDMETHODCALLTYPE timer_Invoke(IMFAsyncCallback *iface, IMFAsyncResult *result)
{
    struct grabber *grabber = COM_OBJECT(iface, grabber, timer_callback);
    IMFTimer *timer;
    IUnknown *key = take_timer_key(grabber, &timer);

    (void)result;
    if (timer) IMFTimer_Release(timer);
    if (key) IUnknown_Release(key);
    pool_worker_wake(&grabber->worker);
    return S_OK;
}

IMFAsyncCallbackVtbl grabber_timer_vtbl = {timer_QueryInterface, timer_AddRef, timer_Release, timer_GetParameters,
                                           timer_Invoke};

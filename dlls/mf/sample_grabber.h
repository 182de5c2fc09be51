/* A sample grabber sink's insides, for the files that its interfaces are spread over. */
#ifndef CORK_MF_SAMPLE_GRABBER_H
#define CORK_MF_SAMPLE_GRABBER_H

#define COBJMACROS
#include <windows.h>
#include <mf_more.h>

#include "common/platform.h"
#include "common/rundown.h"
#include "mf/com.h"
#include "mf/grabber_flow.h"
#include "mf/pool_worker.h"

/* A sample or a marker that waits. */
struct grabber_work
{
    struct grabber_item item;
    IMFSample *sample;   /* NULL: a marker */
    PROPVARIANT context; /* the marker's */
};

/* The sink and its one stream sink: one object with two identities. */
struct grabber
{
    IMFMediaSink IMFMediaSink_iface;
    IMFMediaSinkPreroll IMFMediaSinkPreroll_iface;
    IMFClockStateSink IMFClockStateSink_iface;
    IMFMediaEventGenerator IMFMediaEventGenerator_iface;
    IMFGetService IMFGetService_iface;
    IMFRateSupport IMFRateSupport_iface;
    IMFStreamSink IMFStreamSink_iface;
    IMFMediaTypeHandler IMFMediaTypeHandler_iface;
    IMFAsyncCallback timer_callback;
    volatile LONG refs;

    IMFSampleGrabberSinkCallback *callback;
    IMFSampleGrabberSinkCallback2 *callback2; /* the same object, or NULL */
    IMFAttributes *attributes;                /* of the sample that callback2 gets */
    IMFMediaType *asked_type;                 /* MFCreateSampleGrabberSinkActivate's */
    IMFMediaEventQueue *events, *stream_events;
    struct pool_worker worker; /* renders */

    /* Entered while the application's callback is called: none is after Shutdown. */
    struct cork_rundown callbacks;

    /* Guards what follows. Nothing but mfplat is called with it: events have an order. */
    struct cork_mutex lock;
    bool shut_down;
    struct grabber_flow flow;
    IMFMediaType *type;
    IMFPresentationClock *clock;
    IMFTimer *timer; /* the clock's; NULL: the sink is rateless */
    IUnknown *timer_key;
    int64_t timer_time; /* where there is a key */
};

extern IMFMediaSinkVtbl grabber_sink_vtbl;
extern IMFMediaSinkPrerollVtbl grabber_preroll_vtbl;
extern IMFClockStateSinkVtbl grabber_clock_vtbl;
extern IMFMediaEventGeneratorVtbl grabber_events_vtbl;
extern IMFGetServiceVtbl grabber_service_vtbl;
extern IMFRateSupportVtbl grabber_rate_vtbl;
extern IMFStreamSinkVtbl grabber_stream_vtbl;
extern IMFMediaTypeHandlerVtbl grabber_type_vtbl;
extern IMFAsyncCallbackVtbl grabber_timer_vtbl;

/* The sink's interfaces; the stream sink has its own. */
HRESULT grabber_query(struct grabber *grabber, REFIID iid, void **out);
ULONG grabber_addref(struct grabber *grabber);
ULONG grabber_release(struct grabber *grabber);

/* (sample_grabber_render.c) What a call of the flow asks for; with the lock. */
void grabber_send_news(struct grabber *grabber, struct grabber_news news);
/* MEStreamSinkStarted and the like, without a value; with the lock. */
void grabber_send(struct grabber *grabber, MediaEventType type);
/* Frees a queue; its markers are sent with `status`. With the lock. */
void grabber_end_work(struct grabber *grabber, struct grabber_item *items, HRESULT status);
/* Frees a queue whose markers nobody waits for any more. */
void grabber_free_work(struct grabber_item *items);
/* Makes the worker's part. */
HRESULT grabber_render_init(struct grabber *grabber);
/* Takes the timer off the clock. */
void grabber_cancel_timer(struct grabber *grabber);

#endif

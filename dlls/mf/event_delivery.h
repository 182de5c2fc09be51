/*
 * The events of an object, from mfplat's queue to whoever waits for them by BeginGetEvent.
 *
 * mfplat keeps the events; who waits is kept here, because of where the callback is called: Wine's mfplat calls it on
 * the standard work queue only, which has a single thread, so that a component that does not return from a call on
 * that thread would keep every event from the application. Here a callback can be moved to another thread.
 */
#ifndef CORK_MF_EVENT_DELIVERY_H
#define CORK_MF_EVENT_DELIVERY_H

#define COBJMACROS
#include <stdbool.h>
#include <windows.h>
#include <mfapi.h>
#include <mfidl.h>

/* Lies in the object that it belongs to. All zeros: event_delivery_init was not called or failed. */
struct event_delivery
{
    IMFMediaEventQueue *queue;
    SRWLOCK lock;             /* of what follows; no code of the application is called with it */
    IMFAsyncResult *waiting;  /* who waits by BeginGetEvent, or NULL */
    IMFAsyncCallback *called; /* its callback, as the application gave it; `waiting` has the reference */
    IMFMediaEvent *event;     /* that it gets, or NULL: none has come yet */
    bool posted;              /* its callback is on its way */
    bool moved;               /* event_delivery_move */
    bool shut_down;
};

/* Returns MFCreateEventQueue's error. */
HRESULT event_delivery_init(struct event_delivery *delivery);

/* No event comes any more; GetEvent, BeginGetEvent and EndGetEvent return MF_E_SHUTDOWN. Any thread, more than once. */
void event_delivery_shutdown(struct event_delivery *delivery);

/* Shuts down and gives up what event_delivery_init made; nobody may use it any more. */
void event_delivery_close(struct event_delivery *delivery);

/* IMFMediaEventGenerator's methods of the same names, with their errors. Any thread. */
HRESULT event_delivery_get(struct event_delivery *delivery, DWORD flags, IMFMediaEvent **event);
HRESULT event_delivery_begin(struct event_delivery *delivery, IMFAsyncCallback *callback, IUnknown *state);
HRESULT event_delivery_end(struct event_delivery *delivery, IMFAsyncResult *result, IMFMediaEvent **event);

/* IMFMediaEventQueue's QueueEvent and QueueEventParamVar, with their errors. Any thread. */
HRESULT event_delivery_queue(struct event_delivery *delivery, IMFMediaEvent *event);
HRESULT event_delivery_queue_value(struct event_delivery *delivery, MediaEventType type, REFGUID extended,
                                   HRESULT status, const PROPVARIANT *value);

/* The thread by which callbacks come may be stuck: from now on they are called on the multithreaded queue, also the one
 * that is on its way. It is still called once. Any thread. */
void event_delivery_move(struct event_delivery *delivery);

#endif

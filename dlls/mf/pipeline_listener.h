/*
 * Listening to the events of components: media sources, streams, stream sinks, media sinks, asynchronous transforms.
 *
 * A listener waits for a component's event by BeginGetEvent, which costs a work item and a change of threads for each.
 * So after an event, and after something was asked of the component, the listener is hot: it is looked at again and
 * again (GetEvent with MF_EVENT_FLAG_NO_WAIT) as part of the session's work, until nothing comes any more; then it
 * waits by BeginGetEvent again. While data flows no thread changes at all. A component that does not do GetEvent is
 * only waited for.
 *
 * All functions are called inside the serial of the poller.
 */
#ifndef CORK_MF_PIPELINE_LISTENER_H
#define CORK_MF_PIPELINE_LISTENER_H

#define COBJMACROS
#include <stdbool.h>
#include <windows.h>
#include <mfapi.h>
#include <mfidl.h>

#include "mf/serial.h"

struct listener;

/* What is done with events, inside the serial. `closed`: the component has been shut down (MF_E_SHUTDOWN) or cannot be
 * listened to any more; the last call. Either may detach the listener. */
struct listener_handler
{
    void (*event)(void *context, IMFMediaEvent *event, MediaEventType type);
    void (*closed)(void *context, HRESULT status);
};

/* The listeners of one pipeline. */
struct poller
{
    struct serial *serial;
    void (*hold)(struct poller *poller, bool hold); /* keeps the poller's memory while it is at work */
    struct serial_item item;
    struct listener *hot;  /* what is looked at */
    bool running;          /* item is in the serial */
    bool expecting;        /* something was asked of a component that is waited for by BeginGetEvent */
    unsigned int patience; /* how many more times it may be waited in vain for such an answer */
    unsigned int in_a_row; /* rounds in which nothing was found */
    unsigned int streak;   /* rounds in which something was */
    bool streaming;        /* nothing is being started or stopped: what is found is mostly data */
};

/* `serial` and `hold` are kept; the poller is not to be moved. */
void poller_init(struct poller *poller, struct serial *serial, void (*hold)(struct poller *poller, bool hold));

/* Listens to `generator`, which it holds, for `handler` and `context`. `wait_first`: begins by BeginGetEvent, and fails
 * where that fails; otherwise by looking. A listener to the same generator that belongs to a pipeline of the same
 * serial, or to nobody any more, is taken over: an event that is waited for already cannot be waited for twice. Returns
 * E_OUTOFMEMORY; BeginGetEvent's error. */
HRESULT listener_create(struct poller *poller, IMFMediaEventGenerator *generator, bool wait_first,
                        const struct listener_handler *handler, void *context, struct listener **listener);

/* Something was asked of the component, an event is to be expected soon. */
void listener_expect(struct listener *listener);

/* Whether the component has been shut down. NULL: no. */
bool listener_is_closed(const struct listener *listener);

/* Calls the handler no more, unless another pipeline has taken the listener over; the caller's reference ends. NULL is
 * allowed. */
void listener_detach(struct poller *poller, struct listener *listener);

#endif

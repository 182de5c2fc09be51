/* Takes the events of a generator one after another, for as long as it has any to give. */
#ifndef CORK_MF_EVENT_PUMP_H
#define CORK_MF_EVENT_PUMP_H

#include <windows.h>
#include <mfobjects.h>

/* Who gets the events. */
struct event_pump_user
{
    /* One event, on a thread of mfplat's standard work queue, the next one not before this returns. The event is the
     * pump's. No lock is held. */
    void (*event)(void *context, IMFMediaEvent *event);
    /* The generator has been shut down or failed: the last call, after which `context` is not used any more. */
    void (*end)(void *context);
};

/* Begins to take the events of `generator`, which is referenced meanwhile. It ends only with the generator's shutdown:
 * an event that is waited for cannot be waited for by anybody else. Returns E_OUTOFMEMORY or BeginGetEvent's error, and
 * then neither function of `user` is called. */
HRESULT event_pump_start(IMFMediaEventGenerator *generator, const struct event_pump_user *user, void *context);

#endif

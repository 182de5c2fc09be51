/*
 * Work done one piece at a time: what a media session and its pipeline do is never done by two threads at once, and yet
 * no lock is held while a component (source, transform, sink) is called.
 *
 * A thread that has work runs it at once where nobody else runs any; otherwise the thread that is at it takes it over
 * when it has done with its own. So an event of a component is handled on the thread that brought it, without a change
 * of threads, and a component that calls back from inside a call cannot deadlock: its work waits for its turn.
 */
#ifndef CORK_MF_SERIAL_H
#define CORK_MF_SERIAL_H

#include <stdbool.h>
#include <windows.h>

struct serial;

/* One piece of work, lying in whatever it belongs to: nothing is allocated. From serial_run or serial_queue until `run`
 * is called it belongs to the serial; it may be used again from then on, also inside `run`, and `run` may free it. */
struct serial_item
{
    void (*run)(struct serial_item *item);
    struct serial_item *next; /* the serial's own */
};

/* A serial with one reference. Returns NULL without memory. */
struct serial *serial_create(void);

/* Any thread. The serial lasts while a thread runs its work, also when the last reference goes in that work. */
void serial_addref(struct serial *serial);
void serial_release(struct serial *serial);

/* Has `item` run after all that was given before: on this thread before the call returns, or on the thread that is
 * running the serial's work at this moment (which may be this one, further up its stack). Any thread; cannot fail. */
void serial_run(struct serial *serial, struct serial_item *item);

/* As serial_run, but where the work waits for a thread of a queue this thread does it: for who waits for the
 * item on what may be that very thread. */
void serial_run_soon(struct serial *serial, struct serial_item *item);

/* As serial_run, but never on this thread's stack: for calls of the application, which must not be held up. Uses
 * mfplat's standard work queue. Returns MFPutWorkItem's error (MF_E_SHUTDOWN before MFStartup), and then `item` is
 * the caller's again and won't be run. */
HRESULT serial_queue(struct serial *serial, struct serial_item *item);

/* Inside the serial's work: waits until more work has been given by another thread, at most for so many milliseconds.
 * Returns whether there is any. For an answer that is on its way, so that the work need not change threads. Does not
 * wait on a thread by which such work comes itself. */
bool serial_wait(struct serial *serial, DWORD milliseconds);

/* Inside the serial's work: much more of it is to come. Has the rest done on another thread than the one by which
 * events come, so that they need not wait. */
void serial_settle(struct serial *serial);

/* Inside the serial's work: as many events have been queued for the application, the last of which it waits for. They
 * go out before the serial's next piece of work, where both have the same thread. A piece that takes long asks by
 * serial_is_yielding whether it is to end. */
void serial_yield(struct serial *serial, unsigned int times);
bool serial_is_yielding(struct serial *serial);

/* Whether the calling thread is running the serial's work, so that waiting for it would never end. */
bool serial_is_here(struct serial *serial);

#endif

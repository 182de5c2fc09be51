/*
 * Rundown: protection for an object that callers hold by pointer (a COM object, an MI_Session): those who use it enter
 * and leave; the one who closes it makes further entries fail and waits, or is told, when the last one has left.
 *
 *   struct cork_pin pin;
 *   if (!cork_rundown_enter(&session->rundown, &pin)) return MI_RESULT_FAILED;    closed
 *   ... work ...
 *   cork_rundown_leave(&pin);
 *
 *   switch (cork_rundown_close_and_wait(&session->rundown)) {
 *   case CORK_OK: everybody has left, nobody can enter; free what it protects
 *   case CORK_OWN_PIN: this thread is itself inside; use cork_rundown_close_and_notify
 *   case CORK_NOT_FOUND: somebody else closed it
 *   }
 *
 * Unlike a handle table it does not own the memory: the caller has to have a reason (a COM reference) why the object is
 * still there when it calls cork_rundown_enter. enter and leave are lock-free and O(1). Any thread may call anything.
 */
#ifndef CORK_COMMON_RUNDOWN_H
#define CORK_COMMON_RUNDOWN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/result.h"
#include "common/pin.h"

/* Called once, on the thread that was the last to leave (or that closed, when nobody was inside), with no lock held.
 * May free the memory that the rundown lies in. */
typedef void (*cork_rundown_notify)(void *context);

/* Lies inside the object that it protects. The members are the library's own. */
struct cork_rundown
{
    _Atomic uint64_t state;
    cork_rundown_notify notify;
    void *context;
};

/* Opens a rundown. Returns false where the system gave no thread-local storage. */
bool cork_rundown_init(struct cork_rundown *rundown);

/* Enters on behalf of this thread, until cork_rundown_leave(pin). `pin` (caller's, normally on the stack) is written
 * only on success. May nest. Returns false once the rundown is closed. */
bool cork_rundown_enter(struct cork_rundown *rundown, struct cork_pin *pin);

/* Leaves; on the thread that entered. */
void cork_rundown_leave(struct cork_pin *pin);

/* As enter and leave, but belonging to no thread: for what outlives the call and ends on another thread. */
bool cork_rundown_enter_unowned(struct cork_rundown *rundown);
void cork_rundown_leave_unowned(struct cork_rundown *rundown);

/* Makes an entry that belongs to no thread this thread's own, so that a close on this thread knows of it: around a call
 * into the application. The pin ends with cork_rundown_leave. */
void cork_rundown_adopt(struct cork_rundown *rundown, struct cork_pin *pin);

/* True once closed. Only a hint, unless the caller is inside. */
bool cork_rundown_is_closed(struct cork_rundown *rundown);

/* Closes, and waits without limit until everybody has left.
 * Returns CORK_OK for exactly one of all callers of the two close functions; CORK_NOT_FOUND at once for the others;
 * CORK_OWN_PIN where the calling thread is inside itself, and then it stays open. */
enum cork_result cork_rundown_close_and_wait(struct cork_rundown *rundown);

/* Closes, and has notify(context) called when everybody has left, at once where nobody is inside. The calling thread
 * may be inside. Returns CORK_OK for exactly one of all callers of the two close functions, else CORK_NOT_FOUND; notify
 * is called only for CORK_OK. */
enum cork_result cork_rundown_close_and_notify(struct cork_rundown *rundown, cork_rundown_notify notify, void *context);

#endif

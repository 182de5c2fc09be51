/*
 * Marks a thread as being inside something of an object, a callback say, for as long as it lasts: what would wait for
 * that to end, on the same thread, can tell. The marks are in the list of the thread's pins (pin.h), which handle
 * tables and rundowns look at too.
 *
 *   struct cork_pin mark;
 *   cork_thread_mark_begin(&mark, session);
 *   session->callback(...);
 *   cork_thread_mark_end(&mark);
 *
 * A mark counts for its own thread alone and allocates nothing. On Windows a thread without thread-local storage cannot
 * be marked; no handle table or rundown can be made where there is none.
 */
#ifndef CORK_COMMON_THREAD_MARK_H
#define CORK_COMMON_THREAD_MARK_H

#include <stdbool.h>

#include "common/pin.h"

/* Begins; `mark` is the caller's memory, normally on the stack, and has to stay until cork_thread_mark_end. `object`
 * is only compared, never looked into. */
void cork_thread_mark_begin(struct cork_pin *mark, void *object);
/* Ends, on the same thread; marks may end in any order. A mark of another thread stops the program. */
void cork_thread_mark_end(struct cork_pin *mark);
/* Whether the calling thread is marked with this object. */
bool cork_thread_is_marked(const void *object);
/* Whether it has any mark or pin at all: whether somebody's callback called what asks. */
bool cork_thread_is_inside(void);

#endif

/*
 * What a thread itself holds: the list behind the own-thread detection of handle tables and rundowns.
 *
 * Each pin lies in the caller's memory (normally its stack) and is linked into a list of its thread, so nothing is
 * allocated and no other thread ever looks at it.
 */
#ifndef CORK_COMMON_THREAD_PINS_H
#define CORK_COMMON_THREAD_PINS_H

#include <stdbool.h>

/* One hold of the thread on something. The members are the library's own, except `object`, which may be read. */
struct cork_pin
{
    void *object;          /* what is held */
    const void *held;      /* which slot or rundown counts it */
    void *owner;           /* the table of a slot, NULL for a rundown */
    struct cork_pin *next; /* the pin that the thread acquired before this one */
};

/* False where the system gave no thread-local storage: nothing that pins can be created then. */
bool cork_thread_pins_available(void);

/* Adds a pin to the calling thread's list. */
void cork_thread_pins_push(struct cork_pin *pin);

/* Takes a pin out of the calling thread's list. A pin that is not in it is a caller's error and stops the program. */
void cork_thread_pins_remove(struct cork_pin *pin);

/* True where the calling thread has a pin on `held`. */
bool cork_thread_pins_holds(const void *held);

/* The calling thread's newest pin, or NULL; follow `next` for the others. */
const struct cork_pin *cork_thread_pins_first(void);

#endif

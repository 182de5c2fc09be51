/*
 * Handle table: typed objects behind opaque handles that any number of threads use and close at once.
 *
 *   enum { TYPE_SESSION = 1, TYPE_ENTITY };
 *   static const struct cork_handle_type types[] = {
 *       { "session", session_cancel, session_destroy }, { "entity", NULL, entity_destroy },
 *   };
 *   struct cork_handle_table *table = cork_handle_table_create(
 *       &(struct cork_handle_table_config){ .types = types, .type_count = 2 });
 *
 *   cork_handle_open(table, TYPE_SESSION, session, &session->handle, NULL);      a handle for an object
 *
 *   struct cork_pin pin;                                                         every API call that takes a handle
 *   struct session *session = cork_handle_acquire(table, handle, TYPE_SESSION, &pin);
 *   if (!session) return SNMPAPI_SESSION_INVALID;
 *   ... the object stays whole until ...
 *   cork_pin_release(&pin);
 *
 *   switch (cork_handle_close_and_wait(table, handle, TYPE_SESSION)) {           the API's close
 *   case CORK_OK: break;                  closed, drained, destroyed
 *   case CORK_OWN_PIN:                    this thread is inside a callback of this session
 *       result = cork_handle_close(table, handle, TYPE_SESSION);   closed; destroyed when the callback has returned
 *       break;
 *   default: return SNMPAPI_SESSION_INVALID;
 *   }
 *
 * Handles. A handle is a non-zero multiple of 4 below 2^31, so it survives truncation to 32 bits and sign extension,
 * and is never INVALID_HANDLE_VALUE. It names a slot (index) and how often the slot was used before (generation). A
 * value comes back only when its slot's generation has gone round; a slot whose generations are used up is retired
 * first and comes back, oldest first, only when very many are retired or no other slot is left. A handle of another
 * type, a closed one, a forged one, NULL and INVALID_HANDLE_VALUE are all "not found".
 *
 * Life of an object. open -> any number of pins -> close (one winner) -> cancel callback -> last pin goes -> destroy
 * callback. From the moment of the winning close no acquire succeeds. The destroy callback runs exactly once, with no
 * lock held: on the thread that released the last pin, or, after close_and_wait, on the thread that waited.
 *
 * Pins and references. A pin belongs to the thread that acquired it: it lies on that thread's stack, is released by
 * that thread, and is how a close that waits knows that it would wait for itself. A reference keeps the object in the
 * same way but belongs to no thread: it is for what outlives the call (a request in flight). A thread that works on
 * behalf of a reference and may call the application (a callback) adopts it first, so that a close in the callback is
 * recognised.
 *
 * Cost. acquire and release are lock-free and O(1): a load and a compare-and-swap, and a fetch-and-subtract, on the
 * slot's own word. open and the end of a close take the table's lock for a few instructions. A handle takes about 16
 * bytes beside its object. Slots never move, so growing the table does not disturb readers.
 *
 * Threads. Every function may be called from any thread at any time, create and destroy apart. None changes the
 * thread's last-error value unless a callback does.
 */
#ifndef CORK_COMMON_HANDLE_TABLE_H
#define CORK_COMMON_HANDLE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/allocator.h"
#include "common/result.h"
#include "common/pin.h"

struct cork_handle_table;

/* What a table calls for objects of one type. Both are called with no lock held. */
struct cork_handle_type
{
    const char *name; /* for traces, e.g. "session" */

    /* Optional. Called once, by the thread whose close won, after new acquires fail and before anything waits or is
     * destroyed: cancels what is under way, so that pins and references go soon. An operation that had its pin before
     * the close may still start something after the callback ran: have the callback set a flag under the object's own
     * lock, and let operations look at it under that lock. */
    void (*cancel)(void *object);

    /* Called once, when the last pin or reference has gone: frees the object. May be NULL. */
    void (*destroy)(void *object);
};

/* For functions that take a type: all types. */
#define CORK_ANY_TYPE 0u

/* How a table is made. Zero for a number means its default. `types` must outlive the table. */
struct cork_handle_table_config
{
    const struct cork_handle_type *types; /* type number n (1 ...) is types[n - 1] */
    unsigned type_count;                  /* 1 to 255 */
    unsigned generation_bits; /* how many of a handle's 9 bits for the generation are used: 1 to 9, the default; fewer
                                 make values come back sooner, for tests */
    uint32_t max_slots;       /* most handles open at once: up to 1,048,576 (20 bits), the default */
    uint32_t min_retired;     /* a retired slot comes back only while more than this many are retired, unless
                                 the table can grow no further; default 65,536 */
    const struct cork_allocator *allocator; /* memory of the table itself, not of objects; default malloc and free */
};

/* Makes an empty table.
 * Returns NULL for lack of memory, or (Windows) of a thread-local storage index. */
struct cork_handle_table *cork_handle_table_create(const struct cork_handle_table_config *config);

/* Frees the table. The caller makes sure that nobody uses it any more: cork_handle_table_shut, then
 * cork_handle_close_all_and_wait returned 0. Handles still open are closed first, as by cork_handle_close_all; that an
 * object is still pinned then is a caller's error and stops the program. NULL is ignored. */
void cork_handle_table_destroy(struct cork_handle_table *table);

/* From now on cork_handle_open returns CORK_SHUT (for the start of a clean-up). */
void cork_handle_table_shut(struct cork_handle_table *table);

/* Undoes cork_handle_table_shut (for an API that can be started again after its clean-up). */
void cork_handle_table_reopen(struct cork_handle_table *table);

/* How many objects of `type` (or CORK_ANY_TYPE) exist: open, or closed and not yet destroyed. */
uint32_t cork_handle_count(struct cork_handle_table *table, unsigned type);

/* Bytes that the table has allocated for itself. */
size_t cork_handle_table_bytes(struct cork_handle_table *table);

/* Gives `object` (not NULL) of type number `type` a handle. The table owns the object from success on, until the
 * type's destroy callback.
 * `handle`: receives the handle, before anybody else can find the object; may be a member of the object. On failure it
 *   receives NULL.
 * `pin`: NULL, or the opener's pin on the new object. Without one, another thread's close may destroy the object at
 * once. Returns CORK_OK, CORK_NO_MEMORY, CORK_FULL (max_slots are in use), CORK_SHUT. */
enum cork_result cork_handle_open(struct cork_handle_table *table, unsigned type, void *object, void **handle,
                                  struct cork_pin *pin);

/* Pins the open object of type number `type` behind `handle`, on behalf of this thread, until cork_pin_release(pin).
 * `pin` (caller's, normally on the stack) has no meaning where it fails. Pins nest: a thread may hold any number, of
 * the same object too. Returns the object, or NULL where the handle names no open object of that type. */
static inline void *cork_handle_acquire(struct cork_handle_table *table, const void *handle, unsigned type,
                                        struct cork_pin *pin);

/* Ends a pin of this thread (in any order; last in, first out is fastest). If it was the last one of a closed object,
 * destroys the object. A pin of another thread is a caller's error and stops the program. */
static inline void cork_pin_release(struct cork_pin *pin);

/* A transferable pin: may be stored, and released on any thread. Copying it does not add one. */
struct cork_reference
{
    void *object; /* the members are the library's own, except this one, which may be read */
    void *held;
    void *owner;
};

/* As cork_handle_acquire, but belonging to no thread. `reference` is written only on success. */
void *cork_handle_acquire_reference(struct cork_handle_table *table, const void *handle, unsigned type,
                                    struct cork_reference *reference);

/* A further reference to an object that the caller has pinned; works after the handle was closed, too. */
void cork_pin_reference(const struct cork_pin *pin, struct cork_reference *reference);

/* Ends a reference. If it was the last hold on a closed object, destroys the object. */
void cork_reference_release(struct cork_reference *reference);

/* Turns a reference into a pin of this thread (`reference` is used up), so that closes know of it. Costs no atomic
 * operation. */
void cork_reference_adopt(struct cork_reference *reference, struct cork_pin *pin);

/* Turns this thread's pin into a reference (`pin` is used up). */
void cork_pin_detach(struct cork_pin *pin, struct cork_reference *reference);

/* Closes a handle without waiting: the object is destroyed when its last pin or reference goes, at once if there is
 * none. The calling thread may hold pins.
 * Returns CORK_OK for exactly one of all callers, CORK_NOT_FOUND for the rest and for bad handles. */
enum cork_result cork_handle_close(struct cork_handle_table *table, const void *handle, unsigned type);

/* Closes a handle and waits, without limit, until all pins and references have gone; then destroys the object, on this
 * thread, and returns.
 * Returns CORK_OK for exactly one of all callers; CORK_NOT_FOUND for the rest (at once, they do not wait) and for bad
 * handles; CORK_OWN_PIN where the calling thread itself holds a pin of the object, which then stays open. */
enum cork_result cork_handle_close_and_wait(struct cork_handle_table *table, const void *handle, unsigned type);

/* Closes every open handle of `type` (or CORK_ANY_TYPE), as cork_handle_close does. What other threads open meanwhile
 * may be missed: cork_handle_table_shut first. */
void cork_handle_close_all(struct cork_handle_table *table, unsigned type);

/* The same, then waits until no object of `type` is left, whoever closed it, except those that the calling thread has
 * pinned. Two threads that do this at once while each holds a pin would wait for each other: don't hold any.
 * Returns the number of objects left because of the calling thread's own pins; they go when it releases them. */
uint32_t cork_handle_close_all_and_wait(struct cork_handle_table *table, unsigned type);

/* Walks the open objects of `type` (or CORK_ANY_TYPE):
 *     for (uint32_t at = 0; (object = cork_handle_next(table, type, &at, &handle, &pin));) { ...;
 * cork_pin_release(&pin); } Each object comes pinned and is the caller's to release before or after the next step. What
 * is opened or closed during the walk may be met or not; what is open all the while is met exactly once. `handle` may
 * be NULL. */
void *cork_handle_next(struct cork_handle_table *table, unsigned type, uint32_t *at, void **handle,
                       struct cork_pin *pin);

#include "common/handle_table_inline.h"

#endif

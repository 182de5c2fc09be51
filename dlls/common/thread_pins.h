/*
 * What the calling thread itself holds: the list behind the own-thread detection of handle tables and rundowns. For
 * libcork's own files.
 *
 * Natively the list's head is a thread-local variable. mingw-w64's GCC would make a function call with a lock of that,
 * so on Windows it is a TlsAlloc index whose slot in the TEB (TlsSlots, documented in winternl.h) is read directly; an
 * index beyond those 64 goes through TlsGetValue and TlsSetValue.
 */
#ifndef CORK_COMMON_THREAD_PINS_H
#define CORK_COMMON_THREAD_PINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/pin.h"

#ifdef _WIN32

/* Where in the TEB the slot of the list's head is; 0: not there. Set before the module's DllMain or main runs. */
extern size_t cork_thread_pins_teb_offset;

struct cork_pin *cork_thread_pins_get_slow(void);
void cork_thread_pins_set_slow(struct cork_pin *head);

static inline struct cork_pin *cork_thread_pins_get(void)
{
    size_t offset = cork_thread_pins_teb_offset;
    struct cork_pin *head;

    if (__builtin_expect(!offset, 0)) return cork_thread_pins_get_slow();
#ifdef __x86_64__
    __asm__ volatile("movq %%gs:(%1), %0" : "=r"(head) : "r"(offset) : "memory");
#else
    __asm__ volatile("movl %%fs:(%1), %0" : "=r"(head) : "r"(offset) : "memory");
#endif
    return head;
}

static inline void cork_thread_pins_set(struct cork_pin *head)
{
    size_t offset = cork_thread_pins_teb_offset;

    if (__builtin_expect(!offset, 0))
    {
        cork_thread_pins_set_slow(head);
        return;
    }
#ifdef __x86_64__
    __asm__ volatile("movq %0, %%gs:(%1)" : : "r"(head), "r"(offset) : "memory");
#else
    __asm__ volatile("movl %0, %%fs:(%1)" : : "r"(head), "r"(offset) : "memory");
#endif
}

#else

extern _Thread_local struct cork_pin *cork_thread_pins_head;

static inline struct cork_pin *cork_thread_pins_get(void)
{
    return cork_thread_pins_head;
}

static inline void cork_thread_pins_set(struct cork_pin *head)
{
    cork_thread_pins_head = head;
}

#endif

/* Takes `pin` out of the middle of the calling thread's list. One that is not in it stops the program. */
void cork_thread_pins_remove_inner(struct cork_pin *pin);

/* False where the system gave no thread-local storage: nothing that pins can be created then. */
bool cork_thread_pins_available(void);

/* True where the calling thread has a pin on `held`. */
bool cork_thread_pins_holds(const void *held);

/* Fills in `pin` and adds it to the calling thread's list. */
static inline void cork_thread_pins_push(struct cork_pin *pin, void *object, void *held, void *owner)
{
    pin->object = object;
    pin->held = held;
    pin->owner = owner;
    pin->next = cork_thread_pins_get();
    cork_thread_pins_set(pin);
}

/* Takes `pin` out of the calling thread's list. One that is not in it (a pin of another thread, or one released twice)
 * stops the program, because the list it is in would be broken. */
static inline void cork_thread_pins_remove(struct cork_pin *pin)
{
    if (__builtin_expect(cork_thread_pins_get() == pin, 1))
        cork_thread_pins_set(pin->next);
    else
        cork_thread_pins_remove_inner(pin);
}

#endif

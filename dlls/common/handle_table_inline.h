/*
 * The part of the handle table that is compiled into its callers: acquire and release. For handle_table.h, which has
 * the description; nobody else includes this or relies on what is in it.
 *
 * Inline because their two atomic operations leave little room: a call, or a store to memory between the two that has
 * to be waited for, costs as much as all the rest. For the same reason acquire links its pin before the
 * compare-and-swap and release unlinks it after the subtraction; the list is the thread's own, so nobody sees the
 * difference.
 */
#ifndef CORK_COMMON_HANDLE_TABLE_INLINE_H
#define CORK_COMMON_HANDLE_TABLE_INLINE_H

#include <stdatomic.h>

#include "common/thread_pins.h"

/* A slot's state, so that one compare-and-swap checks and changes all of it:
 *   bits 0-31 pins, 32-39 flags, 40-47 type (0: free), 48-63 generation. */
#define CORK_SLOT_PINS    UINT64_C(0x00000000ffffffff)
#define CORK_SLOT_OPEN    UINT64_C(0x0000000100000000) /* can be acquired */
#define CORK_SLOT_CLOSING UINT64_C(0x0000000200000000) /* a close has won; the object exists still */
#define CORK_SLOT_WAITED                                                                                               \
    UINT64_C(0x0000000400000000) /* a thread waits for the last pin and will destroy the object                        \
                                  */
#define CORK_SLOT_DRAINED    UINT64_C(0x0000000800000000) /* the last pin has gone, for the waiting thread */
#define CORK_SLOT_TYPE_SHIFT 40
#define CORK_SLOT_GEN_SHIFT  48

#define CORK_CHUNK_BITS  10
#define CORK_CHUNK_SLOTS (1u << CORK_CHUNK_BITS)
#define CORK_CHUNK_MASK  (CORK_CHUNK_SLOTS - 1)

/* Two neighbouring cache lines: processors fetch them together, so two threads that write to them get in each other's
 * way as with one. */
#define CORK_LINE_PAIR 128

struct cork_handle_slot
{
    _Atomic uint64_t state;
    union
    {
        void *object;  /* in use */
        uint32_t next; /* in a queue: index of the slot after it */
    };
};

struct cork_handle_chunk
{
    struct cork_handle_table *table;
    void *memory;   /* what the allocator gave; the chunk lies at the next multiple of CORK_LINE_PAIR */
    uint32_t first; /* index of slots[0] */
    _Alignas(CORK_LINE_PAIR) struct cork_handle_slot slots[];
};

/* A handle / 4: the lower bits are the slot's index, the upper ones its generation. Constants, not members of a table,
 * because acquire has no time to load them. */
#define CORK_HANDLE_INDEX_BITS      20
#define CORK_HANDLE_GENERATION_BITS 9
#define CORK_HANDLE_SLOTS           (UINT32_C(1) << CORK_HANDLE_INDEX_BITS)
#define CORK_HANDLE_CHUNKS          (CORK_HANDLE_SLOTS / CORK_CHUNK_SLOTS)

/* The beginning of every table: its chunks, NULL where there is none yet. They are never replaced. */
struct cork_handle_directory
{
    struct cork_handle_chunk *_Atomic chunks[CORK_HANDLE_CHUNKS];
};

/* Pins beyond this are refused, far below where the count would run over into the flags. */
#define CORK_MAX_PINS UINT32_C(0x7fffffff)

#define CORK_LIKELY(condition)   __builtin_expect(!!(condition), 1)
#define CORK_UNLIKELY(condition) __builtin_expect(!!(condition), 0)

/* Finds the chunk and slot of a handle, and what the upper half of the state is while the handle is open. False where
 * no handle looks like that. */
static inline bool cork_handle_find(struct cork_handle_table *table, const void *handle, unsigned type,
                                    struct cork_handle_chunk **chunk, struct cork_handle_slot **slot, uint32_t *wanted)
{
    const struct cork_handle_directory *directory = (const struct cork_handle_directory *)table;
    /* Rotated, so that a handle that is no multiple of 4 becomes a big number too. */
    uintptr_t value = (uintptr_t)handle >> 2 | (uintptr_t)handle << (sizeof(uintptr_t) * 8 - 2);
    uint32_t index = value & (CORK_HANDLE_SLOTS - 1);

    if (CORK_UNLIKELY(value >> (CORK_HANDLE_INDEX_BITS + CORK_HANDLE_GENERATION_BITS) != 0)) return false;
    *chunk = atomic_load_explicit(&directory->chunks[index >> CORK_CHUNK_BITS], memory_order_acquire);
    if (CORK_UNLIKELY(!*chunk)) return false;
    *slot = &(*chunk)->slots[index & CORK_CHUNK_MASK];
    *wanted = (uint32_t)(value >> CORK_HANDLE_INDEX_BITS) << (CORK_SLOT_GEN_SHIFT - 32) |
              type << (CORK_SLOT_TYPE_SHIFT - 32) | (uint32_t)(CORK_SLOT_OPEN >> 32);
    return true;
}

static inline bool cork_slot_can_pin(uint64_t state, uint32_t wanted)
{
    return state >> 32 == wanted && (uint32_t)state < CORK_MAX_PINS;
}

/* Adds a pin to a slot whose state was `state`, provided that its upper half is still `wanted`. */
static inline bool cork_slot_add_pin(struct cork_handle_slot *slot, uint64_t state, uint32_t wanted)
{
    while (CORK_UNLIKELY(!atomic_compare_exchange_weak_explicit(&slot->state, &state, state + 1, memory_order_acquire,
                                                                memory_order_relaxed)))
    {
        if (!cork_slot_can_pin(state, wanted)) return false;
    }
    return true;
}

/* True where that was the last pin of a closed object; `state` is what it was before. */
static inline bool cork_slot_was_last_pin(uint64_t state)
{
    return (state & (CORK_SLOT_PINS | CORK_SLOT_OPEN)) == 1;
}

/* The rest of a release whose pin is not the thread's newest, or was the last one of a closed object; `state` is what
 * the slot's was before. */
void cork_pin_release_rest(struct cork_pin *pin, uint64_t state) __attribute__((cold));

static inline void *cork_handle_acquire(struct cork_handle_table *table, const void *handle, unsigned type,
                                        struct cork_pin *pin)
{
    struct cork_handle_chunk *chunk;
    struct cork_handle_slot *slot;
    struct cork_pin *older;
    uint32_t wanted;
    uint64_t state;

    if (!cork_handle_find(table, handle, type, &chunk, &slot, &wanted)) return NULL;
    older = cork_thread_pins_get();
    pin->held = slot;
    pin->next = older;
    pin->owner = chunk;
    cork_thread_pins_set(pin);
    state = atomic_load_explicit(&slot->state, memory_order_relaxed);
    if (CORK_UNLIKELY(!cork_slot_can_pin(state, wanted) || !cork_slot_add_pin(slot, state, wanted)))
    {
        cork_thread_pins_set(older);
        return NULL;
    }
    return pin->object = slot->object;
}

static inline void cork_pin_release(struct cork_pin *pin)
{
    struct cork_handle_slot *slot = (struct cork_handle_slot *)pin->held;
    struct cork_pin *older = pin->next;
    uint64_t state = atomic_fetch_sub_explicit(&slot->state, 1, memory_order_acq_rel);

    if (CORK_LIKELY(cork_thread_pins_get() == pin && !cork_slot_was_last_pin(state)))
        cork_thread_pins_set(older);
    else
        cork_pin_release_rest(pin, state);
}

#endif

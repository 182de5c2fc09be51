/*
 * Handle table: the life of the objects in it. Where their slots lie is handle_slots.c's business.
 *
 * All that decides about an object is in its slot's state word. Pinning adds 1 to it provided that the type, the
 * generation and "open" are what the handle says, so a pin and a winning close are ordered by that word alone:
 *
 *   free -> open -> closing -> (last pin goes) -> destroyed -> free, generation + 1
 *
 * The close that wins keeps a pin of its own until the cancel callback has run, so the object cannot go under it. To
 * wait it drops that pin and sets "waited" in one step; from then on the thread that releases the last pin sets
 * "drained" under the lock and touches neither slot nor table after that, while the waiting thread goes on only when it
 * sees "drained" under the lock. tests/model/handle_table.pml is a model of this.
 */
#include "common/handle_table.h"

#include <string.h>

#include "common/handle_slots.h"
#include "common/platform.h"
#include "common/thread_pins.h"

#define DEFAULT_MIN_RETIRED 65536

struct cork_handle_table
{
    /* Only read once the table is made, but for chunks that are added. First, because acquire looks there. */
    struct cork_handle_directory directory;
    const struct cork_handle_type *types;
    unsigned type_count;
    const struct cork_allocator *allocator;
    char padding[CORK_LINE_PAIR]; /* so that opening a handle does not disturb those who look one up */

    /* Guarded by the lock. */
    struct cork_mutex lock;
    struct cork_condition changed; /* a slot was drained, or an object destroyed while somebody waits for that */
    struct handle_slots slots;
    uint32_t waiting_for_all;
    bool shut;
    uint32_t live[256]; /* objects of each type; [CORK_ANY_TYPE]: of all */
};

/* --- creation --- */

/* Fills in the defaults. False where the numbers make no table. */
static bool complete_config(struct cork_handle_table_config *config)
{
    if (!config->type_count || config->type_count > 255 || config->generation_bits > CORK_HANDLE_GENERATION_BITS ||
        config->max_slots > CORK_HANDLE_SLOTS)
        return false;
    if (!config->generation_bits) config->generation_bits = CORK_HANDLE_GENERATION_BITS;
    if (!config->max_slots) config->max_slots = CORK_HANDLE_SLOTS;
    if (!config->min_retired) config->min_retired = DEFAULT_MIN_RETIRED;
    if (!config->allocator) config->allocator = &cork_default_allocator;
    return true;
}

struct cork_handle_table *cork_handle_table_create(const struct cork_handle_table_config *given)
{
    struct cork_handle_table_config config = *given;
    struct cork_handle_table *table;

    if (!complete_config(&config) || !cork_thread_pins_available()) return NULL;
    table = config.allocator->alloc(config.allocator->context, sizeof(*table));
    if (!table) return NULL;
    memset(table, 0, sizeof(*table));
    table->types = config.types;
    table->type_count = config.type_count;
    table->allocator = config.allocator;
    table->lock = (struct cork_mutex)CORK_MUTEX_INIT;
    table->changed = (struct cork_condition)CORK_CONDITION_INIT;
    table->slots.allocator = config.allocator;
    table->slots.directory = &table->directory;
    table->slots.generation_max = (UINT32_C(1) << config.generation_bits) - 1;
    table->slots.limit = config.max_slots;
    table->slots.min_retired = config.min_retired;
    return table;
}

void cork_handle_table_destroy(struct cork_handle_table *table)
{
    if (!table) return;
    cork_handle_table_shut(table);
    cork_handle_close_all(table, CORK_ANY_TYPE);
    if (cork_handle_count(table, CORK_ANY_TYPE)) __builtin_trap();
    handle_slots_free(&table->slots);
    table->allocator->free(table->allocator->context, table);
}

static void set_shut(struct cork_handle_table *table, bool shut)
{
    cork_mutex_lock(&table->lock);
    table->shut = shut;
    cork_mutex_unlock(&table->lock);
}

void cork_handle_table_shut(struct cork_handle_table *table)
{
    set_shut(table, true);
}

void cork_handle_table_reopen(struct cork_handle_table *table)
{
    set_shut(table, false);
}

uint32_t cork_handle_count(struct cork_handle_table *table, unsigned type)
{
    uint32_t count;

    cork_mutex_lock(&table->lock);
    count = table->live[type];
    cork_mutex_unlock(&table->lock);
    return count;
}

size_t cork_handle_table_bytes(struct cork_handle_table *table)
{
    size_t bytes;

    cork_mutex_lock(&table->lock);
    bytes = sizeof(*table) + table->slots.bytes;
    cork_mutex_unlock(&table->lock);
    return bytes;
}

/* --- open --- */

static void *make_handle(uint32_t index, uint64_t state)
{
    uint32_t generation = state >> CORK_SLOT_GEN_SHIFT;

    return (void *)((uintptr_t)(generation << CORK_HANDLE_INDEX_BITS | index) << 2);
}

enum cork_result cork_handle_open(struct cork_handle_table *table, unsigned type, void *object, void **handle,
                                  struct cork_pin *pin)
{
    enum cork_result result = CORK_SHUT;
    struct cork_handle_slot *slot;
    uint32_t index;
    uint64_t state;

    if (!type || type > table->type_count) __builtin_trap();
    *handle = NULL;
    cork_mutex_lock(&table->lock);
    if (!table->shut) result = handle_slots_take(&table->slots, table, &index);
    if (result != CORK_OK) goto done;
    slot = handle_slots_at(&table->slots, index);
    slot->object = object;
    state = atomic_load_explicit(&slot->state, memory_order_relaxed);
    *handle = make_handle(index, state);
    state |= (uint64_t)type << CORK_SLOT_TYPE_SHIFT | CORK_SLOT_OPEN;
    if (pin)
    {
        cork_thread_pins_push(pin, object, slot, table->directory.chunks[index >> CORK_CHUNK_BITS]);
        state++;
    }
    table->live[CORK_ANY_TYPE]++;
    table->live[type]++;
    /* Still under the lock, so that a table is never shut with an object on its way in. */
    atomic_store_explicit(&slot->state, state, memory_order_release);
done:
    cork_mutex_unlock(&table->lock);
    return result;
}

/* --- references --- */

static void last_pin_gone(struct cork_handle_chunk *chunk, struct cork_handle_slot *slot, uint64_t state);

static void drop_pin(struct cork_handle_chunk *chunk, struct cork_handle_slot *slot)
{
    uint64_t state = atomic_fetch_sub_explicit(&slot->state, 1, memory_order_acq_rel);

    if (cork_slot_was_last_pin(state)) last_pin_gone(chunk, slot, state);
}

/* Adds a pin provided that the upper half of the state is `wanted`. */
static bool add_pin(struct cork_handle_slot *slot, uint32_t wanted)
{
    uint64_t state = atomic_load_explicit(&slot->state, memory_order_relaxed);

    return cork_slot_can_pin(state, wanted) && cork_slot_add_pin(slot, state, wanted);
}

void *cork_handle_acquire_reference(struct cork_handle_table *table, const void *handle, unsigned type,
                                    struct cork_reference *reference)
{
    struct cork_handle_chunk *chunk;
    struct cork_handle_slot *slot;
    uint32_t wanted;

    if (!cork_handle_find(table, handle, type, &chunk, &slot, &wanted) || !add_pin(slot, wanted)) return NULL;
    *reference = (struct cork_reference){slot->object, slot, chunk};
    return reference->object;
}

void cork_pin_reference(const struct cork_pin *pin, struct cork_reference *reference)
{
    struct cork_handle_slot *slot = pin->held;

    *reference = (struct cork_reference){pin->object, pin->held, pin->owner};
    /* The caller's pin keeps the object: nothing needs to be looked at. The count has room, because acquire stops at
     * half of it and each reference takes memory of its own. */
    atomic_fetch_add_explicit(&slot->state, 1, memory_order_relaxed);
}

void cork_reference_release(struct cork_reference *reference)
{
    drop_pin(reference->owner, reference->held);
}

void cork_reference_adopt(struct cork_reference *reference, struct cork_pin *pin)
{
    cork_thread_pins_push(pin, reference->object, reference->held, reference->owner);
}

void cork_pin_detach(struct cork_pin *pin, struct cork_reference *reference)
{
    cork_thread_pins_remove(pin);
    *reference = (struct cork_reference){pin->object, pin->held, pin->owner};
}

/* --- close --- */

static const struct cork_handle_type *slot_type(const struct cork_handle_chunk *chunk, uint64_t state)
{
    return &chunk->table->types[(state >> CORK_SLOT_TYPE_SHIFT & 0xff) - 1];
}

/* Destroys a closed object without pins, and frees its slot. The callback runs with a pin on the thread's list (not in
 * the count), so that a wait for all objects in it does not wait for this one. */
static void destroy_object(struct cork_handle_chunk *chunk, struct cork_handle_slot *slot, uint64_t state)
{
    struct cork_handle_table *table = chunk->table;
    const struct cork_handle_type *type = slot_type(chunk, state);
    struct cork_pin pin;

    if (type->destroy)
    {
        cork_thread_pins_push(&pin, slot->object, slot, chunk);
        type->destroy(slot->object);
        cork_thread_pins_remove(&pin);
    }
    cork_mutex_lock(&table->lock);
    handle_slots_give_back(&table->slots, chunk->first + (uint32_t)(slot - chunk->slots));
    table->live[CORK_ANY_TYPE]--;
    table->live[state >> CORK_SLOT_TYPE_SHIFT & 0xff]--;
    if (table->waiting_for_all) cork_condition_wake_all(&table->changed);
    cork_mutex_unlock(&table->lock);
}

/* On the thread that released the last pin of a closed object. */
static void last_pin_gone(struct cork_handle_chunk *chunk, struct cork_handle_slot *slot, uint64_t state)
{
    struct cork_handle_table *table = chunk->table;

    if (!(state & CORK_SLOT_WAITED))
    {
        destroy_object(chunk, slot, state);
        return;
    }
    cork_mutex_lock(&table->lock);
    atomic_fetch_or_explicit(&slot->state, CORK_SLOT_DRAINED, memory_order_release);
    cork_condition_wake_all(&table->changed);
    cork_mutex_unlock(&table->lock);
}

void cork_pin_release_rest(struct cork_pin *pin, uint64_t state)
{
    cork_thread_pins_remove(pin);
    if (cork_slot_was_last_pin(state)) last_pin_gone(pin->owner, pin->held, state);
}

/* Closes the object and cancels what it does, for the one caller that finds the upper half of its state as `wanted`.
 * That caller then has a pin in the count. `wait`: refuse where the thread has pinned the object. */
static enum cork_result begin_close(struct cork_handle_chunk *chunk, struct cork_handle_slot *slot, uint32_t wanted,
                                    bool wait)
{
    uint64_t state = atomic_load_explicit(&slot->state, memory_order_relaxed);
    uint64_t closing;
    struct cork_pin pin;

    if (state >> 32 != wanted) return CORK_NOT_FOUND;
    if (wait && cork_thread_pins_holds(slot)) return CORK_OWN_PIN;
    do
    {
        if (state >> 32 != wanted) return CORK_NOT_FOUND;
        closing = ((state & ~CORK_SLOT_OPEN) | CORK_SLOT_CLOSING) + 1;
    }
    while (!atomic_compare_exchange_weak_explicit(&slot->state, &state, closing, memory_order_acq_rel,
                                                  memory_order_relaxed));
    if (slot_type(chunk, state)->cancel)
    {
        cork_thread_pins_push(&pin, slot->object, slot, chunk);
        slot_type(chunk, state)->cancel(slot->object);
        cork_thread_pins_remove(&pin);
    }
    return CORK_OK;
}

/* Drops the closer's pin, waits until the others have gone, destroys the object. */
static void wait_and_destroy(struct cork_handle_chunk *chunk, struct cork_handle_slot *slot)
{
    struct cork_handle_table *table = chunk->table;
    uint64_t state = atomic_load_explicit(&slot->state, memory_order_relaxed);

    while (!atomic_compare_exchange_weak_explicit(&slot->state, &state, (state - 1) | CORK_SLOT_WAITED,
                                                  memory_order_acq_rel, memory_order_relaxed))
        ;
    if ((state & CORK_SLOT_PINS) > 1)
    {
        cork_mutex_lock(&table->lock);
        while (!(atomic_load_explicit(&slot->state, memory_order_acquire) & CORK_SLOT_DRAINED))
            cork_condition_wait(&table->changed, &table->lock);
        cork_mutex_unlock(&table->lock);
    }
    destroy_object(chunk, slot, state);
}

static enum cork_result close_handle(struct cork_handle_table *table, const void *handle, unsigned type, bool wait)
{
    struct cork_handle_chunk *chunk;
    struct cork_handle_slot *slot;
    uint32_t wanted;
    enum cork_result result;

    if (!cork_handle_find(table, handle, type, &chunk, &slot, &wanted)) return CORK_NOT_FOUND;
    result = begin_close(chunk, slot, wanted, wait);
    if (result != CORK_OK) return result;
    if (wait)
        wait_and_destroy(chunk, slot);
    else
        drop_pin(chunk, slot);
    return CORK_OK;
}

enum cork_result cork_handle_close(struct cork_handle_table *table, const void *handle, unsigned type)
{
    return close_handle(table, handle, type, false);
}

enum cork_result cork_handle_close_and_wait(struct cork_handle_table *table, const void *handle, unsigned type)
{
    return close_handle(table, handle, type, true);
}

/* --- all objects --- */

static bool state_matches(uint64_t state, unsigned type)
{
    return (state & CORK_SLOT_OPEN) && (type == CORK_ANY_TYPE || (state >> CORK_SLOT_TYPE_SHIFT & 0xff) == type);
}

/* Pins the next open object of `type` from index *at on. Sets *at to the index after it, *state to what it was. */
static bool next_open(struct cork_handle_table *table, unsigned type, uint32_t *at, struct cork_pin *pin,
                      uint64_t *state)
{
    uint32_t allocated = atomic_load_explicit(&table->slots.allocated, memory_order_acquire);

    while (*at < allocated)
    {
        uint32_t index = (*at)++;
        struct cork_handle_chunk *chunk = table->directory.chunks[index >> CORK_CHUNK_BITS];
        struct cork_handle_slot *slot = &chunk->slots[index & CORK_CHUNK_MASK];

        *state = atomic_load_explicit(&slot->state, memory_order_relaxed);
        if (!state_matches(*state, type) || !add_pin(slot, *state >> 32)) continue;
        cork_thread_pins_push(pin, slot->object, slot, chunk);
        return true;
    }
    return false;
}

void *cork_handle_next(struct cork_handle_table *table, unsigned type, uint32_t *at, void **handle,
                       struct cork_pin *pin)
{
    uint64_t state;

    if (!next_open(table, type, at, pin, &state)) return NULL;
    if (handle) *handle = make_handle(*at - 1, state);
    return pin->object;
}

void cork_handle_close_all(struct cork_handle_table *table, unsigned type)
{
    struct cork_pin pin;
    uint64_t state;

    for (uint32_t at = 0; next_open(table, type, &at, &pin, &state);)
    {
        if (begin_close(pin.owner, pin.held, state >> 32, false) == CORK_OK) drop_pin(pin.owner, pin.held);
        cork_pin_release(&pin);
    }
}

static bool slot_pinned_before(const struct cork_pin *until, const void *slot)
{
    for (const struct cork_pin *pin = cork_thread_pins_get(); pin != until; pin = pin->next)
    {
        if (pin->held == slot) return true;
    }
    return false;
}

/* How many of the table's objects of `type` the calling thread has pinned. */
static uint32_t count_own(const struct cork_handle_table *table, unsigned type)
{
    uint32_t count = 0;

    for (const struct cork_pin *pin = cork_thread_pins_get(); pin; pin = pin->next)
    {
        const struct cork_handle_chunk *chunk = pin->owner;
        const struct cork_handle_slot *slot = pin->held;

        if (!chunk || chunk->table != table || slot_pinned_before(pin, slot)) continue;
        if (type == CORK_ANY_TYPE || (atomic_load(&slot->state) >> CORK_SLOT_TYPE_SHIFT & 0xff) == type) count++;
    }
    return count;
}

uint32_t cork_handle_close_all_and_wait(struct cork_handle_table *table, unsigned type)
{
    uint32_t own;

    cork_handle_close_all(table, type);
    own = count_own(table, type);
    cork_mutex_lock(&table->lock);
    table->waiting_for_all++;
    while (table->live[type] > own)
        cork_condition_wait(&table->changed, &table->lock);
    table->waiting_for_all--;
    cork_mutex_unlock(&table->lock);
    return own;
}

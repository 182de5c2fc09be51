/* The slots of a handle table: chunks, the queue of free slots, the queue of retired ones. */
#include "common/handle_slots.h"

#include <string.h>

_Static_assert(sizeof(struct cork_handle_slot) == 16, "a handle's cost");

struct cork_handle_slot *handle_slots_at(struct handle_slots *slots, uint32_t index)
{
    struct cork_handle_chunk *chunk =
        atomic_load_explicit(&slots->directory->chunks[index >> CORK_CHUNK_BITS], memory_order_acquire);

    return &chunk->slots[index & CORK_CHUNK_MASK];
}

static void queue_push(struct handle_slots *slots, struct slot_queue *queue, uint32_t index)
{
    if (queue->count++)
        handle_slots_at(slots, queue->last)->next = index;
    else
        queue->first = index;
    queue->last = index;
}

static uint32_t queue_pop(struct handle_slots *slots, struct slot_queue *queue)
{
    uint32_t index = queue->first;

    if (--queue->count) queue->first = handle_slots_at(slots, index)->next;
    return index;
}

/* Index 0 has no generation 0, because the two together would make the handle NULL. */
static uint32_t first_generation(uint32_t index)
{
    return index == 0;
}

static void set_generation(struct handle_slots *slots, uint32_t index, uint32_t generation)
{
    atomic_store_explicit(&handle_slots_at(slots, index)->state, (uint64_t)generation << CORK_SLOT_GEN_SHIFT,
                          memory_order_relaxed);
}

static bool coprime(uint32_t a, uint32_t b)
{
    while (b)
    {
        uint32_t rest = a % b;

        a = b;
        b = rest;
    }
    return a == 1;
}

/* A step with which all of `count` slots are met, and two in a row never lie on one line pair. */
static uint32_t choose_stride(uint32_t count)
{
    uint32_t stride = LINE_PAIR_SLOTS + 1;

    if (count < 3 * LINE_PAIR_SLOTS) return 1;
    while (!coprime(stride, count))
        stride++;
    return stride;
}

static bool grow(struct handle_slots *slots, struct cork_handle_table *table)
{
    uint32_t first = atomic_load_explicit(&slots->allocated, memory_order_relaxed);
    uint32_t count = slots->limit - first < CORK_CHUNK_SLOTS ? slots->limit - first : CORK_CHUNK_SLOTS;
    /* Whole even where the limit needs less, so that a forged index finds a slot that is not open. */
    size_t used = sizeof(struct cork_handle_chunk) + CORK_CHUNK_SLOTS * sizeof(struct cork_handle_slot);
    size_t size = used + CORK_LINE_PAIR - 1;
    void *memory = slots->allocator->alloc(slots->allocator->context, size);
    struct cork_handle_chunk *chunk;

    if (!memory) return false;
    chunk = (void *)(((uintptr_t)memory + CORK_LINE_PAIR - 1) & ~(uintptr_t)(CORK_LINE_PAIR - 1));
    memset(chunk, 0, used);
    chunk->table = table;
    chunk->memory = memory;
    chunk->first = first;
    slots->bytes += size;
    slots->stride = choose_stride(count);
    atomic_store_explicit(&slots->directory->chunks[first >> CORK_CHUNK_BITS], chunk, memory_order_release);
    if (!first) set_generation(slots, 0, first_generation(0));
    atomic_store_explicit(&slots->allocated, first + count, memory_order_release);
    return true;
}

/* The next slot that was never used: within a chunk in steps of the stride, so that handles opened one after another
 * lie on different line pairs. */
static uint32_t take_fresh(struct handle_slots *slots)
{
    uint32_t number = slots->fresh++;
    uint32_t first = number & ~CORK_CHUNK_MASK;
    uint32_t count = atomic_load_explicit(&slots->allocated, memory_order_relaxed) - first;

    return first + (number - first) * slots->stride % count;
}

/* The slot that has been free for longest, but for those on the line pair of the one given out last: as many slots as
 * a line pair has are looked at. */
static uint32_t take_free(struct handle_slots *slots)
{
    uint32_t tries = slots->free.count < LINE_PAIR_SLOTS ? slots->free.count : LINE_PAIR_SLOTS;

    while (--tries && slots->free.first / LINE_PAIR_SLOTS == slots->last_pair)
        queue_push(slots, &slots->free, queue_pop(slots, &slots->free));
    return queue_pop(slots, &slots->free);
}

enum cork_result handle_slots_take(struct handle_slots *slots, struct cork_handle_table *table, uint32_t *index)
{
    uint32_t allocated = atomic_load_explicit(&slots->allocated, memory_order_relaxed);

    if (slots->fresh < allocated)
        *index = take_fresh(slots);
    else if (slots->free.count)
        *index = take_free(slots);
    else if (slots->retired.count > slots->min_retired)
        *index = queue_pop(slots, &slots->retired);
    else if (allocated < slots->limit && grow(slots, table))
        *index = take_fresh(slots);
    else if (slots->retired.count)
        *index = queue_pop(slots, &slots->retired);
    else
        return allocated < slots->limit ? CORK_NO_MEMORY : CORK_FULL;
    slots->last_pair = *index / LINE_PAIR_SLOTS;
    return CORK_OK;
}

void handle_slots_give_back(struct handle_slots *slots, uint32_t index)
{
    uint64_t state = atomic_load_explicit(&handle_slots_at(slots, index)->state, memory_order_relaxed);
    uint32_t generation = state >> CORK_SLOT_GEN_SHIFT;

    if (generation < slots->generation_max)
    {
        set_generation(slots, index, generation + 1);
        queue_push(slots, &slots->free, index);
        return;
    }
    set_generation(slots, index, first_generation(index));
    queue_push(slots, &slots->retired, index);
}

void handle_slots_free(struct handle_slots *slots)
{
    uint32_t allocated = atomic_load_explicit(&slots->allocated, memory_order_relaxed);

    for (uint32_t first = 0; first < allocated; first += CORK_CHUNK_SLOTS)
    {
        struct cork_handle_chunk *chunk =
            atomic_load_explicit(&slots->directory->chunks[first >> CORK_CHUNK_BITS], memory_order_relaxed);

        slots->allocator->free(slots->allocator->context, chunk->memory);
    }
}

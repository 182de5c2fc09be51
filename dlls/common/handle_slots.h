/*
 * The slots of a handle table: where they lie, and which one is given out next. For handle_table.c.
 *
 * Slots lie in chunks that are allocated as needed and stay until the table goes, so a thread that looks one up needs
 * no lock. A slot that is given back goes to the end of a queue of free slots, so that a handle's value stays unused
 * for as long as there are others; when its generations are used up it goes to the end of the queue of retired ones.
 */
#ifndef CORK_COMMON_HANDLE_SLOTS_H
#define CORK_COMMON_HANDLE_SLOTS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/allocator.h"
#include "common/handle_table.h"
#include "common/result.h"

#define LINE_PAIR_SLOTS (CORK_LINE_PAIR / sizeof(struct cork_handle_slot))

struct slot_queue
{
    uint32_t first, last, count;
};

/* All but `directory` is guarded by the table's lock. */
struct handle_slots
{
    const struct cork_allocator *allocator;
    struct cork_handle_directory *directory;
    uint32_t generation_max;
    uint32_t stride;            /* fresh slots of the newest chunk are given out in steps of this */
    uint32_t limit;             /* most slots */
    _Atomic uint32_t allocated; /* slots in all chunks; read without the lock by walks */
    uint32_t fresh;             /* slots that were given out once at least */
    uint32_t min_retired;
    uint32_t last_pair; /* line pair of the slot that was given out last */
    struct slot_queue free, retired;
    size_t bytes; /* allocated for chunks */
};

/* The slot of that index, which is below `allocated`. */
struct cork_handle_slot *handle_slots_at(struct handle_slots *slots, uint32_t index);

/* Takes a slot that is not in use; the slot's generation is in its state. Returns CORK_OK, CORK_NO_MEMORY, CORK_FULL.
 */
enum cork_result handle_slots_take(struct handle_slots *slots, struct cork_handle_table *table, uint32_t *index);

/* Gives a slot back, with its generation stepped on and everything else in its state zero. */
void handle_slots_give_back(struct handle_slots *slots, uint32_t index);

/* Frees the chunks. */
void handle_slots_free(struct handle_slots *slots);

#endif

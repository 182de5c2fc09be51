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
#include "common/result.h"

/* A slot's state, so that one compare-and-swap checks and changes all of it:
 *   bits 0-31 pins, 32-39 flags, 40-47 type (0: free), 48-63 generation. */
#define SLOT_PINS       UINT64_C(0x00000000ffffffff)
#define SLOT_OPEN       UINT64_C(0x0000000100000000) /* can be acquired */
#define SLOT_CLOSING    UINT64_C(0x0000000200000000) /* a close has won; the object exists still */
#define SLOT_WAITED     UINT64_C(0x0000000400000000) /* a thread waits for the last pin and will destroy the object */
#define SLOT_DRAINED    UINT64_C(0x0000000800000000) /* the last pin has gone, for the waiting thread */
#define SLOT_TYPE_SHIFT 40
#define SLOT_GEN_SHIFT  48

#define CHUNK_BITS  10
#define CHUNK_SLOTS (1u << CHUNK_BITS)
#define CHUNK_MASK  (CHUNK_SLOTS - 1)

/* Two neighbouring cache lines: processors fetch them together, so two threads that write to them get in each other's
 * way as with one. */
#define LINE_PAIR       128
#define LINE_PAIR_SLOTS (LINE_PAIR / sizeof(struct handle_slot))

struct handle_slot
{
    _Atomic uint64_t state;
    union
    {
        void *object;  /* in use */
        uint32_t next; /* in a queue: index of the slot after it */
    };
};

struct handle_chunk
{
    struct cork_handle_table *table;
    void *memory;   /* what the allocator gave; the chunk lies at the next multiple of LINE_PAIR */
    uint32_t first; /* index of slots[0] */
    _Alignas(LINE_PAIR) struct handle_slot slots[];
};

struct slot_queue
{
    uint32_t first, last, count;
};

/* All but `directory` is guarded by the table's lock. */
struct handle_slots
{
    const struct cork_allocator *allocator;
    struct handle_chunk *_Atomic *directory;
    uint32_t generation_max;
    uint32_t chunk_slots;       /* in each chunk: CHUNK_SLOTS, fewer in a table with less than 10 index bits */
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
struct handle_slot *handle_slots_at(struct handle_slots *slots, uint32_t index);

/* Takes a slot that is not in use; the slot's generation is in its state. Returns CORK_OK, CORK_NO_MEMORY, CORK_FULL.
 */
enum cork_result handle_slots_take(struct handle_slots *slots, struct cork_handle_table *table, uint32_t *index);

/* Gives a slot back, with its generation stepped on and everything else in its state zero. */
void handle_slots_give_back(struct handle_slots *slots, uint32_t index);

/* Frees the chunks. */
void handle_slots_free(struct handle_slots *slots);

#endif

/*
 * Values: an MI_Value kept for as long as its owner lives, in a third of its size.
 *
 * A slot's numbers lie in itself; texts, date-times and arrays lie in the owner's arena, in a block that the slot keeps
 * and uses again; instances are the slot's own copies. By MI_FLAG_BORROW pointers are kept as they are, and belong to
 * the caller. By MI_FLAG_ADOPT instances (also those of an array) become the slot's and are deleted with it; of a text
 * or an array of numbers there is no documented allocator that both sides could use, so that it is copied, and stays
 * the caller's.
 */
#ifndef CORK_MI_VALUE_H
#define CORK_MI_VALUE_H

#include <mi.h>

#include "mi/arena.h"

#include <stdbool.h>

struct mi_slot
{
    union
    {
        MI_Uint64 scalar;
        void *pointer;  /* text, date-time, instance */
        MI_Array array; /* any array */
    } u;
    void *block; /* the arena's memory that is the slot's, or NULL */
    MI_Uint32 block_size;
    MI_Uint32 flags; /* MI_FLAG_NULL; MI_FLAG_ADOPT: its instances are the slot's own; MI_FLAG_BORROW; others are the
                        owner's */
    MI_Uint32 type;
    MI_Uint32 name_hash; /* the owner's; here because there is room */
};

/* Whether it is one of the 32 types. */
bool mi_type_is_valid(MI_Uint32 type);
/* Bytes of one value of a scalar type, or of one item of an array type, as arrays hold them. */
size_t mi_type_size(MI_Uint32 type);
bool mi_type_is_array(MI_Uint32 type);
/* Whether it is MI_INSTANCE, MI_REFERENCE, or an array of them. */
bool mi_type_is_instance(MI_Uint32 type);

/* Begins a slot of the type (a valid one) whose value is NULL. */
void mi_slot_init(struct mi_slot *slot, MI_Uint32 type);

/* Deletes the instances that are the slot's own. Its value is NULL then. The block stays for the next value. */
void mi_slot_clear(struct mi_slot *slot);

/* Sets the value; its type becomes `type`.
 * `value`: NULL, or MI_FLAG_NULL in `flags`: the value is NULL then. It may be one that mi_slot_get gave.
 * `flags`: MI_FLAG_BORROW, MI_FLAG_ADOPT, MI_FLAG_NULL; others are ignored.
 * Returns MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER (no such type; a NULL text, instance or item; BORROW and ADOPT at
 * once); MI_RESULT_SERVER_LIMITS_EXCEEDED (no memory); what MI_Instance_Clone says of an instance. On failure the slot
 * is unchanged, and nothing was adopted. */
MI_Result mi_slot_set(struct mi_slot *slot, struct mi_arena *arena, const MI_Value *value, MI_Uint32 type,
                      MI_Uint32 flags);

/* The value; its pointers belong to the slot and are good until it is set or cleared. All zero where it is NULL.
 * Returns whether there is one. */
bool mi_slot_get(const struct mi_slot *slot, MI_Value *value);

#endif

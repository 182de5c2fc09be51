/*
 * Elements: named values in the order in which they were added, in an arena of their owner (an instance, a set of
 * options). Names compare without case.
 */
#ifndef CORK_MI_ELEMENTS_H
#define CORK_MI_ELEMENTS_H

#include <mi.h>

#include "mi/arena.h"
#include "mi/value.h"

struct mi_element
{
    const MI_Char *name;
    struct mi_slot slot;
};

struct mi_elements
{
    struct mi_element *list;
    MI_Uint32 count, room;
};

#define MI_NO_ELEMENT ((MI_Uint32)-1)

/* The index of the element, or MI_NO_ELEMENT. */
MI_Uint32 mi_elements_find(const struct mi_elements *elements, const MI_Char *name);

/* Makes room for `count` elements in all. Returns false for lack of memory. */
bool mi_elements_reserve(struct mi_elements *elements, struct mi_arena *arena, MI_Uint32 count);

/* Adds an element of the type (a valid one) whose value is NULL; its index is count - 1. The name is not copied, and
 * must not be there yet. Returns NULL for lack of memory. */
struct mi_element *mi_elements_append(struct mi_elements *elements, struct mi_arena *arena, const MI_Char *name,
                                      MI_Uint32 type);

/* Adds an element with a value and a copy of the name.
 * `value`, `type`, `flags`: as mi_slot_set; `element_flags` are kept with the element.
 * Returns MI_RESULT_OK, MI_RESULT_ALREADY_EXISTS, or what mi_slot_set returns; on failure nothing changes. */
MI_Result mi_elements_add(struct mi_elements *elements, struct mi_arena *arena, const MI_Char *name,
                          const MI_Value *value, MI_Uint32 type, MI_Uint32 flags, MI_Uint32 element_flags);

/* Clears all values and forgets the elements. The memory is the arena's. */
void mi_elements_clear(struct mi_elements *elements);

#endif

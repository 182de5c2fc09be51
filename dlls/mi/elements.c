/* Elements. See elements.h. */
#include "mi/elements.h"

#include "mi/text.h"

#include <string.h>

#define FIRST_ROOM 12u

static MI_Uint32 find(const struct mi_elements *elements, const MI_Char *name, MI_Uint32 hash)
{
    for (MI_Uint32 i = 0; i < elements->count; i++)
        if (elements->list[i].slot.name_hash == hash && mi_name_equal(elements->list[i].name, name)) return i;
    return MI_NO_ELEMENT;
}

MI_Uint32 mi_elements_find(const struct mi_elements *elements, const MI_Char *name)
{
    return find(elements, name, mi_name_hash(name));
}

bool mi_elements_reserve(struct mi_elements *elements, struct mi_arena *arena, MI_Uint32 count)
{
    struct mi_element *list;

    if (count <= elements->room) return true;
    if (count > 0x7fffffff / sizeof(*list)) return false;
    list = mi_arena_alloc(arena, count * sizeof(*list));
    if (!list) return false;
    if (elements->count) memcpy(list, elements->list, elements->count * sizeof(*list));
    elements->list = list;
    elements->room = count;
    return true;
}

static struct mi_element *append(struct mi_elements *elements, struct mi_arena *arena, const MI_Char *name,
                                 MI_Uint32 hash, MI_Uint32 type)
{
    struct mi_element *element;

    if (elements->count == elements->room &&
        !mi_elements_reserve(elements, arena, elements->room ? 2 * elements->room : FIRST_ROOM))
        return NULL;
    element = &elements->list[elements->count++];
    element->name = name;
    mi_slot_init(&element->slot, type);
    element->slot.name_hash = hash;
    return element;
}

struct mi_element *mi_elements_append(struct mi_elements *elements, struct mi_arena *arena, const MI_Char *name,
                                      MI_Uint32 type)
{
    return append(elements, arena, name, mi_name_hash(name), type);
}

MI_Result mi_elements_add(struct mi_elements *elements, struct mi_arena *arena, const MI_Char *name,
                          const MI_Value *value, MI_Uint32 type, MI_Uint32 flags, MI_Uint32 element_flags)
{
    MI_Uint32 hash = mi_name_hash(name);
    struct mi_element *element;
    MI_Char *own_name;
    MI_Result result;

    if (!mi_type_is_valid(type)) return MI_RESULT_INVALID_PARAMETER;
    if (find(elements, name, hash) != MI_NO_ELEMENT) return MI_RESULT_ALREADY_EXISTS;
    own_name = mi_arena_text(arena, name);
    element = own_name ? append(elements, arena, own_name, hash, type) : NULL;
    if (!element) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    result = mi_slot_set(&element->slot, arena, value, type, flags);
    element->slot.flags |= element_flags;
    if (result != MI_RESULT_OK) elements->count--;
    return result;
}

void mi_elements_clear(struct mi_elements *elements)
{
    for (MI_Uint32 i = 0; i < elements->count; i++)
        mi_slot_clear(&elements->list[i].slot);
    memset(elements, 0, sizeof(*elements));
}

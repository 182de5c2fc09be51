/* Values. See value.h. */
#include "mi/value.h"

#include "mi/allocation.h"
#include "mi/text.h"

#include <stdint.h>
#include <string.h>

#define LARGEST_BLOCK ((MI_Uint64)0x7fffffff)

bool mi_type_is_valid(MI_Uint32 type)
{
    return type <= MI_INSTANCEA;
}

bool mi_type_is_array(MI_Uint32 type)
{
    return type & MI_ARRAY;
}

size_t mi_type_size(MI_Uint32 type)
{
    static const unsigned char sizes[] = {
        1, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8, 2, sizeof(MI_Datetime), sizeof(void *), sizeof(void *), sizeof(void *)};

    return sizes[type & 15];
}

bool mi_type_is_instance(MI_Uint32 type)
{
    type &= ~(MI_Uint32)MI_ARRAY;
    return type == MI_INSTANCE || type == MI_REFERENCE;
}

static bool is_pointer(MI_Uint32 type)
{
    return type == MI_STRING || type == MI_INSTANCE || type == MI_REFERENCE;
}

void mi_slot_init(struct mi_slot *slot, MI_Uint32 type)
{
    memset(slot, 0, sizeof(*slot));
    slot->type = type;
    slot->flags = MI_FLAG_NULL;
}

/* ---- Instances -------------------------------------------------------------------------------------------------- */

static void delete_instances(MI_Instance **instances, MI_Uint32 count)
{
    while (count)
        MI_Instance_Delete(instances[--count]);
}

/* Deletes what is the slot's own by its type, flags and value. */
static void drop_instances(const struct mi_slot *slot)
{
    if (!(slot->flags & MI_FLAG_ADOPT)) return;
    if (mi_type_is_array(slot->type))
    {
        delete_instances(slot->u.array.data, slot->u.array.size);
        mi_free(slot->u.array.data);
    }
    else
        MI_Instance_Delete(slot->u.pointer);
}

void mi_slot_clear(struct mi_slot *slot)
{
    drop_instances(slot);
    slot->flags = (slot->flags & ~(MI_FLAG_ADOPT | MI_FLAG_BORROW)) | MI_FLAG_NULL;
}

static MI_Result take_instance(struct mi_slot *slot, MI_Instance *instance, MI_Uint32 flags)
{
    MI_Result result = MI_RESULT_OK;
    MI_Instance *own = instance;

    if (!instance) return MI_RESULT_INVALID_PARAMETER;
    if (!(flags & (MI_FLAG_BORROW | MI_FLAG_ADOPT))) result = MI_Instance_Clone(instance, &own);
    slot->u.pointer = own;
    slot->flags |= flags & MI_FLAG_BORROW ? MI_FLAG_BORROW : MI_FLAG_ADOPT;
    return result;
}

/* The pointers go into memory of their own: the block may hold the old ones until these are known to be good. */
static MI_Result take_instances(struct mi_slot *slot, const MI_InstanceA *array, MI_Uint32 flags)
{
    MI_Instance **own;

    for (MI_Uint32 i = 0; i < array->size; i++)
        if (!array->data[i]) return MI_RESULT_INVALID_PARAMETER;
    slot->u.array.size = array->size;
    if (flags & MI_FLAG_BORROW)
    {
        slot->u.array.data = array->data;
        slot->flags |= MI_FLAG_BORROW;
        return MI_RESULT_OK;
    }
    if (array->size > LARGEST_BLOCK / sizeof(*own)) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    own = mi_alloc(array->size ? array->size * sizeof(*own) : 1);
    if (!own) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    for (MI_Uint32 i = 0; i < array->size; i++)
    {
        MI_Result result = MI_RESULT_OK;

        own[i] = array->data[i];
        if (!(flags & MI_FLAG_ADOPT)) result = MI_Instance_Clone(array->data[i], &own[i]);
        if (result == MI_RESULT_OK) continue;
        delete_instances(own, i);
        mi_free(own);
        return result;
    }
    slot->u.array.data = own;
    slot->flags |= MI_FLAG_ADOPT;
    return MI_RESULT_OK;
}

/* ---- What lies in the arena -------------------------------------------------------------------------------------- */

static bool lies_in_block(const struct mi_slot *slot, const void *pointer)
{
    uintptr_t begin = (uintptr_t)slot->block;

    return slot->block && (uintptr_t)pointer >= begin && (uintptr_t)pointer - begin < slot->block_size;
}

/* The slot's block, if it is large enough and `keep` says that nothing in it is needed any more, else a new one, at
 * least twice as large as the last, so that a value that is set again and again takes bounded memory. */
static void *get_block(struct mi_slot *slot, struct mi_arena *arena, MI_Uint64 size, bool keep)
{
    void *block;

    if (slot->block && size <= slot->block_size && !keep) return slot->block;
    if (slot->block && !keep && size < 2 * (MI_Uint64)slot->block_size) size = 2 * (MI_Uint64)slot->block_size;
    if (size > LARGEST_BLOCK) return NULL;
    block = mi_arena_alloc(arena, size ? (size_t)size : 1);
    if (!block) return NULL;
    slot->block = block;
    slot->block_size = (MI_Uint32)size;
    return block;
}

/* The text may lie in the block. */
static MI_Result take_text(struct mi_slot *slot, struct mi_arena *arena, MI_Char *text, MI_Uint32 flags)
{
    size_t size;
    void *block;

    if (!text) return MI_RESULT_INVALID_PARAMETER;
    slot->u.pointer = text;
    slot->flags |= flags & MI_FLAG_BORROW;
    if (flags & MI_FLAG_BORROW) return MI_RESULT_OK;
    size = (mi_text_length(text) + 1) * sizeof(*text);
    block = get_block(slot, arena, size, false);
    if (!block) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    slot->u.pointer = memmove(block, text, size);
    return MI_RESULT_OK;
}

/* Pointers first, then the texts that they point to. What lies in the block whole stays as it is. */
static MI_Result take_texts(struct mi_slot *slot, struct mi_arena *arena, const MI_StringA *array)
{
    MI_Uint64 size = (MI_Uint64)array->size * sizeof(MI_Char *);
    MI_Uint32 inside = 0;
    MI_Char **pointers, *at;

    for (MI_Uint32 i = 0; i < array->size; i++)
    {
        if (!array->data[i]) return MI_RESULT_INVALID_PARAMETER;
        inside += lies_in_block(slot, array->data[i]);
        size += (mi_text_length(array->data[i]) + 1) * sizeof(MI_Char);
    }
    if (inside == array->size && lies_in_block(slot, array->data)) return MI_RESULT_OK;
    pointers = get_block(slot, arena, size, inside || lies_in_block(slot, array->data));
    if (!pointers) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    at = (MI_Char *)(pointers + array->size);
    for (MI_Uint32 i = 0; i < array->size; i++)
    {
        size_t length = mi_text_length(array->data[i]) + 1;

        pointers[i] = memcpy(at, array->data[i], length * sizeof(*at));
        at += length;
    }
    slot->u.array.data = pointers;
    return MI_RESULT_OK;
}

static MI_Result take_array(struct mi_slot *slot, struct mi_arena *arena, const MI_Array *array, MI_Uint32 flags)
{
    MI_Uint64 size = (MI_Uint64)array->size * mi_type_size(slot->type);
    void *block;

    if (array->size && !array->data) return MI_RESULT_INVALID_PARAMETER;
    slot->u.array.size = array->size;
    slot->u.array.data = array->data;
    slot->flags |= flags & MI_FLAG_BORROW;
    if (flags & MI_FLAG_BORROW) return MI_RESULT_OK;
    if (slot->type == MI_STRINGA) return take_texts(slot, arena, (const MI_StringA *)(const void *)array);
    block = get_block(slot, arena, size, false);
    if (!block) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    if (size) memmove(block, array->data, (size_t)size);
    slot->u.array.data = block;
    return MI_RESULT_OK;
}

static MI_Result take_datetime(struct mi_slot *slot, struct mi_arena *arena, const MI_Datetime *datetime)
{
    void *block = get_block(slot, arena, sizeof(*datetime), false);

    if (!block) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    slot->u.pointer = memcpy(block, datetime, sizeof(*datetime));
    return MI_RESULT_OK;
}

/* Only as many bytes as the type has: what a caller of another language passes need not be a whole MI_Value. */
static MI_Uint64 read_scalar(const MI_Value *value, MI_Uint32 type)
{
    switch (mi_type_size(type))
    {
    case 1:
        return value->uint8;
    case 2:
        return value->uint16;
    case 4:
        return value->uint32;
    default:
        return value->uint64;
    }
}

static MI_Result take(struct mi_slot *slot, struct mi_arena *arena, const MI_Value *value, MI_Uint32 flags)
{
    if (mi_type_is_array(slot->type))
        return mi_type_is_instance(slot->type) ? take_instances(slot, &value->instancea, flags)
                                               : take_array(slot, arena, &value->array, flags);
    switch (slot->type)
    {
    case MI_STRING:
        return take_text(slot, arena, value->string, flags);
    case MI_INSTANCE:
    case MI_REFERENCE:
        return take_instance(slot, value->instance, flags);
    case MI_DATETIME:
        return take_datetime(slot, arena, &value->datetime);
    default:
        slot->u.scalar = read_scalar(value, slot->type);
        return MI_RESULT_OK;
    }
}

MI_Result mi_slot_set(struct mi_slot *slot, struct mi_arena *arena, const MI_Value *value, MI_Uint32 type,
                      MI_Uint32 flags)
{
    struct mi_slot next = *slot;
    MI_Result result = MI_RESULT_OK;

    if (!mi_type_is_valid(type)) return MI_RESULT_INVALID_PARAMETER;
    if ((flags & MI_FLAG_BORROW) && (flags & MI_FLAG_ADOPT)) return MI_RESULT_INVALID_PARAMETER;
    next.type = type;
    next.flags &= ~(MI_FLAG_NULL | MI_FLAG_BORROW | MI_FLAG_ADOPT);
    if (!value || (flags & MI_FLAG_NULL))
        next.flags |= MI_FLAG_NULL;
    else
        result = take(&next, arena, value, flags);
    if (result != MI_RESULT_OK) return result;
    drop_instances(slot);
    *slot = next;
    return MI_RESULT_OK;
}

bool mi_slot_get(const struct mi_slot *slot, MI_Value *value)
{
    if (slot->flags & MI_FLAG_NULL)
    {
        memset(value, 0, sizeof(*value));
        return false;
    }
    if (mi_type_is_array(slot->type))
        value->array = slot->u.array;
    else if (is_pointer(slot->type))
        value->string = slot->u.pointer;
    else if (slot->type == MI_DATETIME)
        memcpy(&value->datetime, slot->u.pointer, sizeof(value->datetime));
    else
        value->uint64 = slot->u.scalar;
    return true;
}

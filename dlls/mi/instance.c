/* Instances. See instance.h. */
#include "mi/instance.h"

#include "mi/allocation.h"
#include "mi/class.h"
#include "mi/elements.h"
#include "mi/text.h"

#include <string.h>

/* What AddElement and SetElement keep with an element. */
#define ELEMENT_FLAGS                                                                                                  \
    (MI_FLAG_ANY | MI_FLAG_KEY | MI_FLAG_IN | MI_FLAG_OUT | MI_FLAG_REQUIRED | MI_FLAG_STATIC | MI_FLAG_EXPENSIVE |    \
     MI_FLAG_STREAM | MI_FLAG_READONLY | MI_FLAG_NOT_MODIFIED)

/* Of a dynamic instance's block: a dozen elements with short names and texts. */
#define DYNAMIC_ROOM 1200
#define NEXT_CHUNK   1024

/* A text that can be set anew. */
struct own_text
{
    MI_Char *text;
    MI_Uint32 room; /* characters */
};

struct instance
{
    MI_Instance object; /* first: what the caller holds */
    struct mi_arena arena;
    struct mi_elements elements;
    struct mi_class_data *data;
    const MI_Char *class_name; /* NULL once it was destructed */
    size_t block_size;
    struct own_text server_name, name_space;
    bool dynamic;
};

static struct instance *any_instance(const MI_Instance *self)
{
    return self && self->ft == &mi_instance_table ? (struct instance *)(void *)self : NULL;
}

static struct instance *get_instance(const MI_Instance *self)
{
    struct instance *instance = any_instance(self);

    return instance && instance->class_name ? instance : NULL;
}

/* ---- Making one ------------------------------------------------------------------------------------------------- */

/* `room`: bytes beside the structure. */
static struct instance *allocate(size_t room)
{
    size_t begin = (sizeof(struct instance) + 7) & ~(size_t)7;
    struct instance *instance = mi_alloc(begin + room);

    if (!instance) return NULL;
    memset(instance, 0, sizeof(*instance));
    instance->object.ft = &mi_instance_table;
    instance->block_size = begin + room;
    mi_arena_init(&instance->arena, (char *)instance + begin, room, NEXT_CHUNK);
    return instance;
}

static void empty(struct instance *instance)
{
    mi_elements_clear(&instance->elements);
    mi_arena_free(&instance->arena);
    mi_class_data_release(instance->data);
    instance->data = NULL;
    instance->class_name = NULL;
    instance->object.classDecl = NULL;
    instance->object.serverName = instance->object.nameSpace = NULL;
}

/* The declaration of a dynamic instance says no more than the class's name. */
static bool make_dynamic(struct instance *instance, const MI_Char *class_name)
{
    MI_ClassDecl *decl = mi_arena_alloc(&instance->arena, sizeof(*decl));

    instance->class_name = mi_arena_text(&instance->arena, class_name);
    if (!decl || !instance->class_name) return false;
    memset(decl, 0, sizeof(*decl));
    decl->flags = MI_FLAG_CLASS;
    decl->name = instance->class_name;
    instance->object.classDecl = decl;
    instance->dynamic = true;
    return true;
}

MI_Result mi_instance_new(const MI_Char *class_name, MI_Instance **out)
{
    struct instance *instance;

    *out = NULL;
    if (!class_name || !*class_name) return MI_RESULT_INVALID_PARAMETER;
    instance = allocate(DYNAMIC_ROOM);
    if (!instance) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    if (!make_dynamic(instance, class_name))
    {
        empty(instance);
        mi_free(instance);
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    *out = &instance->object;
    return MI_RESULT_OK;
}

static MI_Result add_declared(struct instance *instance, const MI_PropertyDecl *property)
{
    struct mi_element *element;
    MI_Result result = MI_RESULT_OK;

    if (!property || !property->name || !mi_type_is_valid(property->type)) return MI_RESULT_INVALID_CLASS;
    element = mi_elements_append(&instance->elements, &instance->arena, property->name, property->type);
    if (!element) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    if (property->value && !(property->flags & MI_FLAG_NULL))
        result = mi_slot_set(&element->slot, &instance->arena, property->value, property->type, 0);
    element->slot.flags |= (property->flags & ELEMENT_FLAGS) | MI_FLAG_NOT_MODIFIED;
    return result;
}

static MI_Result add_all_declared(struct instance *instance, const MI_ClassDecl *decl)
{
    MI_Result result = MI_RESULT_OK;

    if (!mi_elements_reserve(&instance->elements, &instance->arena, decl->numProperties))
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    for (MI_Uint32 i = 0; i < decl->numProperties && result == MI_RESULT_OK; i++)
        result = add_declared(instance, decl->properties[i]);
    return result;
}

MI_Result mi_instance_of(const MI_Char *class_name, const MI_ClassDecl *decl, struct mi_class_data *data,
                         MI_Instance **out)
{
    struct instance *instance;
    MI_Result result;

    *out = NULL;
    if (class_name && !*class_name) return MI_RESULT_INVALID_PARAMETER;
    if (!class_name) class_name = decl->name;
    if (!class_name || (decl->numProperties && !decl->properties)) return MI_RESULT_INVALID_CLASS;
    if (decl->numProperties > 0xffffff) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    instance = allocate(decl->numProperties * sizeof(struct mi_element) + 64);
    if (!instance) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    if (data) mi_class_data_add_reference(data);
    instance->data = data;
    instance->object.classDecl = decl;
    instance->class_name = class_name == decl->name ? class_name : mi_arena_text(&instance->arena, class_name);
    result = instance->class_name ? add_all_declared(instance, decl) : MI_RESULT_SERVER_LIMITS_EXCEEDED;
    if (result != MI_RESULT_OK)
    {
        empty(instance);
        mi_free(instance);
        return result;
    }
    *out = &instance->object;
    return MI_RESULT_OK;
}

size_t mi_instance_bytes(const MI_Instance *self)
{
    const struct instance *instance = any_instance(self);

    return instance ? instance->block_size + instance->arena.bytes : 0;
}

/* ---- Its names -------------------------------------------------------------------------------------------------- */

static MI_Result set_text(struct instance *instance, struct own_text *own, const MI_Char *text, const MI_Char **shown)
{
    size_t length = text ? mi_text_length(text) + 1 : 0;

    if (length > own->room)
    {
        size_t room = length < 2 * (size_t)own->room ? 2 * (size_t)own->room : length;
        MI_Char *copy = room < 0x3fffffff ? mi_arena_alloc(&instance->arena, room * sizeof(*copy)) : NULL;

        if (!copy) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
        own->text = copy;
        own->room = (MI_Uint32)room;
    }
    if (text) memmove(own->text, text, length * sizeof(*text));
    *shown = text ? own->text : NULL;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_SetNameSpace(MI_Instance *self, const MI_Char *name_space)
{
    struct instance *instance = get_instance(self);

    if (!instance) return MI_RESULT_INVALID_PARAMETER;
    return set_text(instance, &instance->name_space, name_space, &instance->object.nameSpace);
}

static MI_Result MI_CALL instance_SetServerName(MI_Instance *self, const MI_Char *name)
{
    struct instance *instance = get_instance(self);

    if (!instance) return MI_RESULT_INVALID_PARAMETER;
    return set_text(instance, &instance->server_name, name, &instance->object.serverName);
}

static MI_Result MI_CALL instance_GetNameSpace(const MI_Instance *self, const MI_Char **name_space)
{
    if (name_space) *name_space = NULL;
    if (!get_instance(self) || !name_space) return MI_RESULT_INVALID_PARAMETER;
    *name_space = self->nameSpace;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_GetServerName(const MI_Instance *self, const MI_Char **name)
{
    if (name) *name = NULL;
    if (!get_instance(self) || !name) return MI_RESULT_INVALID_PARAMETER;
    *name = self->serverName;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_GetClassName(const MI_Instance *self, const MI_Char **class_name)
{
    const struct instance *instance = get_instance(self);

    if (class_name) *class_name = NULL;
    if (!instance || !class_name) return MI_RESULT_INVALID_PARAMETER;
    *class_name = instance->class_name;
    return MI_RESULT_OK;
}

/* ---- Its elements ----------------------------------------------------------------------------------------------- */

static MI_Result MI_CALL instance_GetElementCount(const MI_Instance *self, MI_Uint32 *count)
{
    const struct instance *instance = get_instance(self);

    if (count) *count = 0;
    if (!instance || !count) return MI_RESULT_INVALID_PARAMETER;
    *count = instance->elements.count;
    return MI_RESULT_OK;
}

/* An instance that is embedded in itself would be deleted twice. */
static bool holds(const MI_Instance *self, const MI_Value *value, MI_Type type, MI_Uint32 flags)
{
    if (!value || (flags & MI_FLAG_NULL) || !(flags & (MI_FLAG_ADOPT | MI_FLAG_BORROW))) return false;
    if (!mi_type_is_instance(type)) return false;
    if (!mi_type_is_array(type)) return value->instance == self;
    for (MI_Uint32 i = 0; value->instancea.data && i < value->instancea.size; i++)
        if (value->instancea.data[i] == self) return true;
    return false;
}

static MI_Result MI_CALL instance_AddElement(MI_Instance *self, const MI_Char *name, const MI_Value *value,
                                             MI_Type type, MI_Uint32 flags)
{
    struct instance *instance = get_instance(self);

    if (!instance || !name || !*name) return MI_RESULT_INVALID_PARAMETER;
    if (!instance->dynamic) return MI_RESULT_NOT_SUPPORTED;
    if (holds(self, value, type, flags)) return MI_RESULT_INVALID_PARAMETER;
    return mi_elements_add(&instance->elements, &instance->arena, name, value, type, flags, flags & ELEMENT_FLAGS);
}

static MI_Result set_at(struct instance *instance, MI_Uint32 index, const MI_Value *value, MI_Type type,
                        MI_Uint32 flags)
{
    struct mi_slot *slot = &instance->elements.list[index].slot;
    MI_Result result;

    if (!mi_type_is_valid(type) || holds(&instance->object, value, type, flags)) return MI_RESULT_INVALID_PARAMETER;
    if (slot->type != (MI_Uint32)type) return MI_RESULT_TYPE_MISMATCH;
    result = mi_slot_set(slot, &instance->arena, value, type, flags);
    if (result != MI_RESULT_OK) return result;
    slot->flags = (slot->flags & ~MI_FLAG_NOT_MODIFIED) | (flags & MI_FLAG_NOT_MODIFIED);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_SetElement(MI_Instance *self, const MI_Char *name, const MI_Value *value,
                                             MI_Type type, MI_Uint32 flags)
{
    struct instance *instance = get_instance(self);
    MI_Uint32 index;

    if (!instance || !name) return MI_RESULT_INVALID_PARAMETER;
    index = mi_elements_find(&instance->elements, name);
    return index == MI_NO_ELEMENT ? MI_RESULT_NO_SUCH_PROPERTY : set_at(instance, index, value, type, flags);
}

static MI_Result MI_CALL instance_SetElementAt(MI_Instance *self, MI_Uint32 index, const MI_Value *value, MI_Type type,
                                               MI_Uint32 flags)
{
    struct instance *instance = get_instance(self);

    if (!instance) return MI_RESULT_INVALID_PARAMETER;
    return index >= instance->elements.count ? MI_RESULT_NOT_FOUND : set_at(instance, index, value, type, flags);
}

/* All out parameters are optional. */
static MI_Result get_at(const struct instance *instance, MI_Uint32 at, const MI_Char **name, MI_Value *value,
                        MI_Type *type, MI_Uint32 *flags, MI_Uint32 *index)
{
    const struct mi_element *element = &instance->elements.list[at];

    if (name) *name = element->name;
    if (value) mi_slot_get(&element->slot, value);
    if (type) *type = (MI_Type)element->slot.type;
    if (flags) *flags = element->slot.flags & (ELEMENT_FLAGS | MI_FLAG_NULL);
    if (index) *index = at;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_GetElement(const MI_Instance *self, const MI_Char *name, MI_Value *value,
                                             MI_Type *type, MI_Uint32 *flags, MI_Uint32 *index)
{
    const struct instance *instance = get_instance(self);
    MI_Uint32 at;

    if (!instance || !name) return MI_RESULT_INVALID_PARAMETER;
    at = mi_elements_find(&instance->elements, name);
    return at == MI_NO_ELEMENT ? MI_RESULT_NO_SUCH_PROPERTY : get_at(instance, at, NULL, value, type, flags, index);
}

static MI_Result MI_CALL instance_GetElementAt(const MI_Instance *self, MI_Uint32 index, const MI_Char **name,
                                               MI_Value *value, MI_Type *type, MI_Uint32 *flags)
{
    const struct instance *instance = get_instance(self);

    if (!instance) return MI_RESULT_INVALID_PARAMETER;
    return index >= instance->elements.count ? MI_RESULT_NOT_FOUND
                                             : get_at(instance, index, name, value, type, flags, NULL);
}

static void clear_at(struct instance *instance, MI_Uint32 index)
{
    struct mi_slot *slot = &instance->elements.list[index].slot;

    mi_slot_clear(slot);
    slot->flags &= ~MI_FLAG_NOT_MODIFIED;
}

static MI_Result MI_CALL instance_ClearElement(MI_Instance *self, const MI_Char *name)
{
    struct instance *instance = get_instance(self);
    MI_Uint32 index;

    if (!instance || !name) return MI_RESULT_INVALID_PARAMETER;
    index = mi_elements_find(&instance->elements, name);
    if (index == MI_NO_ELEMENT) return MI_RESULT_NO_SUCH_PROPERTY;
    clear_at(instance, index);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_ClearElementAt(MI_Instance *self, MI_Uint32 index)
{
    struct instance *instance = get_instance(self);

    if (!instance) return MI_RESULT_INVALID_PARAMETER;
    if (index >= instance->elements.count) return MI_RESULT_NOT_FOUND;
    clear_at(instance, index);
    return MI_RESULT_OK;
}

/* ---- Its class -------------------------------------------------------------------------------------------------- */

/* By name, up the chain: two modules may have a declaration each of one class. */
static MI_Result MI_CALL instance_IsA(const MI_Instance *self, const MI_ClassDecl *decl, MI_Boolean *flag)
{
    const struct instance *instance = get_instance(self);
    const MI_ClassDecl *own;
    int steps = 0;

    if (flag) *flag = MI_FALSE;
    if (!instance || !decl || !decl->name || !flag) return MI_RESULT_INVALID_PARAMETER;
    own = self->classDecl;
    if (own == decl || mi_name_equal(instance->class_name, decl->name)) *flag = MI_TRUE;
    for (; own && !*flag && steps++ < MI_MAX_SUPERCLASSES; own = own->superClassDecl)
        if ((own->name && mi_name_equal(own->name, decl->name)) ||
            (own->superClass && mi_name_equal(own->superClass, decl->name)))
            *flag = MI_TRUE;
    return MI_RESULT_OK;
}

/* A declaration of a dynamic instance's elements, flat and without values. `properties` has room for all. */
static void declare_elements(const struct instance *instance, MI_PropertyDecl *list, MI_PropertyDecl **pointers)
{
    for (MI_Uint32 i = 0; i < instance->elements.count; i++)
    {
        const struct mi_element *element = &instance->elements.list[i];

        memset(&list[i], 0, sizeof(list[i]));
        list[i].flags =
            MI_FLAG_PROPERTY | (element->slot.flags & ELEMENT_FLAGS & ~(MI_FLAG_NOT_MODIFIED | MI_FLAG_ANY));
        list[i].name = element->name;
        list[i].type = element->slot.type;
        list[i].origin = list[i].propagator = instance->class_name;
        pointers[i] = &list[i];
    }
}

static MI_Result class_of_dynamic(const struct instance *instance, MI_Class **object)
{
    MI_ClassDecl decl = *instance->object.classDecl;
    size_t count = instance->elements.count;
    MI_PropertyDecl *list = mi_alloc(count * (sizeof(*list) + sizeof(MI_PropertyDecl *)) + 1);
    MI_PropertyDecl **pointers;
    MI_Result result;

    if (!list) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    pointers = (MI_PropertyDecl **)(void *)(list + count);
    declare_elements(instance, list, pointers);
    decl.properties = (MI_PropertyDecl MI_CONST * MI_CONST *)pointers;
    decl.numProperties = (MI_Uint32)count;
    result = mi_class_from_decl(&decl, instance->object.nameSpace, instance->object.serverName, object);
    mi_free(list);
    return result;
}

static MI_Result MI_CALL instance_GetClass(const MI_Instance *self, MI_Class **object)
{
    const struct instance *instance = get_instance(self);

    if (object) *object = NULL;
    if (!instance || !object) return MI_RESULT_INVALID_PARAMETER;
    if (instance->data) return mi_class_new(instance->data, self->classDecl, self->nameSpace, self->serverName, object);
    if (instance->dynamic) return class_of_dynamic(instance, object);
    return mi_class_from_decl(self->classDecl, self->nameSpace, self->serverName, object);
}

/* ---- Copies and the end ----------------------------------------------------------------------------------------- */

static MI_Result copy_elements(struct instance *copy, const struct instance *from)
{
    MI_Result result = MI_RESULT_OK;

    for (MI_Uint32 i = 0; i < from->elements.count && result == MI_RESULT_OK; i++)
    {
        const struct mi_slot *slot = &from->elements.list[i].slot;
        MI_Uint32 flags = slot->flags & (ELEMENT_FLAGS | MI_FLAG_NULL);
        MI_Value value;

        mi_slot_get(slot, &value);
        if (copy->dynamic)
            result = mi_elements_add(&copy->elements, &copy->arena, from->elements.list[i].name, &value, slot->type,
                                     flags, flags & ELEMENT_FLAGS);
        else
        {
            result = mi_slot_set(&copy->elements.list[i].slot, &copy->arena, &value, slot->type, flags);
            copy->elements.list[i].slot.flags &= ~ELEMENT_FLAGS;
            copy->elements.list[i].slot.flags |= flags & ELEMENT_FLAGS;
        }
    }
    return result;
}

static MI_Result MI_CALL instance_Clone(const MI_Instance *self, MI_Instance **new_instance)
{
    const struct instance *from = get_instance(self);
    MI_Instance *copy;
    MI_Result result;

    if (new_instance) *new_instance = NULL;
    if (!from || !new_instance) return MI_RESULT_INVALID_PARAMETER;
    result = from->dynamic ? mi_instance_new(from->class_name, &copy)
                           : mi_instance_of(from->class_name, self->classDecl, from->data, &copy);
    if (result != MI_RESULT_OK) return result;
    result = copy_elements(get_instance(copy), from);
    if (result == MI_RESULT_OK) result = instance_SetNameSpace(copy, self->nameSpace);
    if (result == MI_RESULT_OK) result = instance_SetServerName(copy, self->serverName);
    if (result == MI_RESULT_OK)
        *new_instance = copy;
    else
        MI_Instance_Delete(copy);
    return result;
}

/* What it held is freed; the structure itself stays until it is deleted, and answers MI_RESULT_INVALID_PARAMETER. */
static MI_Result MI_CALL instance_Destruct(MI_Instance *self)
{
    struct instance *instance = get_instance(self);

    if (!instance) return MI_RESULT_INVALID_PARAMETER;
    empty(instance);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL instance_Delete(MI_Instance *self)
{
    struct instance *instance = any_instance(self);

    if (!instance) return MI_RESULT_INVALID_PARAMETER;
    if (instance->class_name) empty(instance);
    instance->object.ft = NULL;
    mi_free(instance);
    return MI_RESULT_OK;
}

const MI_InstanceFT mi_instance_table = {
    .Clone = instance_Clone,
    .Destruct = instance_Destruct,
    .Delete = instance_Delete,
    .IsA = instance_IsA,
    .GetClassName = instance_GetClassName,
    .SetNameSpace = instance_SetNameSpace,
    .GetNameSpace = instance_GetNameSpace,
    .GetElementCount = instance_GetElementCount,
    .AddElement = instance_AddElement,
    .SetElement = instance_SetElement,
    .SetElementAt = instance_SetElementAt,
    .GetElement = instance_GetElement,
    .GetElementAt = instance_GetElementAt,
    .ClearElement = instance_ClearElement,
    .ClearElementAt = instance_ClearElementAt,
    .GetServerName = instance_GetServerName,
    .SetServerName = instance_SetServerName,
    .GetClass = instance_GetClass,
};

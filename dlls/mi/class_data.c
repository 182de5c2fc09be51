/* The data of a class: a copy of its declaration, shared by what stands on it. See class.h. */
#include "mi/class.h"

#include "mi/allocation.h"
#include "mi/arena.h"
#include "mi/value.h"

#include <stdatomic.h>
#include <string.h>

/* A value of a qualifier or a default. */
struct kept_value
{
    struct kept_value *next;
    struct mi_slot slot;
    MI_Value value;
};

struct mi_class_data
{
    atomic_uint references;
    struct mi_arena arena;
    struct kept_value *values;
    const MI_ClassDecl *decl;
};

/* A copy that is under way: after the first failure nothing more is done. */
struct copier
{
    struct mi_class_data *data;
    MI_Result result;
    int depth;
};

static void fail(struct copier *copier, MI_Result result)
{
    if (copier->result == MI_RESULT_OK) copier->result = result;
}

/* Whether the copy goes on: a list that has parts, and each of them, has to be there. */
static bool is_there(struct copier *copier, const void *part)
{
    if (!part) fail(copier, MI_RESULT_INVALID_CLASS);
    return copier->result == MI_RESULT_OK;
}

/* `count` items of `size` bytes; NULL for none, and after a failure. */
static void *get_memory(struct copier *copier, MI_Uint32 count, size_t size)
{
    void *memory;

    if (!count || copier->result != MI_RESULT_OK) return NULL;
    memory = count <= 0x7fffffff / size ? mi_arena_alloc(&copier->data->arena, count * size) : NULL;
    if (!memory) fail(copier, MI_RESULT_SERVER_LIMITS_EXCEEDED);
    return memory;
}

static const MI_Char *copy_text(struct copier *copier, const MI_Char *text)
{
    MI_Char *copy;

    if (!text || copier->result != MI_RESULT_OK) return NULL;
    copy = mi_arena_text(&copier->data->arena, text);
    if (!copy) fail(copier, MI_RESULT_SERVER_LIMITS_EXCEEDED);
    return copy;
}

static const MI_Char *copy_name(struct copier *copier, const MI_Char *name)
{
    if (!name || !*name) fail(copier, MI_RESULT_INVALID_CLASS);
    return copy_text(copier, name);
}

static const void *copy_value(struct copier *copier, const void *value, MI_Uint32 type)
{
    struct kept_value *kept;
    MI_Result result;

    if (!mi_type_is_valid(type)) fail(copier, MI_RESULT_INVALID_CLASS);
    if (!value) return NULL;
    kept = get_memory(copier, 1, sizeof(*kept));
    if (!kept) return NULL;
    mi_slot_init(&kept->slot, type);
    result = mi_slot_set(&kept->slot, &copier->data->arena, value, type, 0);
    if (result != MI_RESULT_OK)
    {
        fail(copier, result == MI_RESULT_INVALID_PARAMETER ? MI_RESULT_INVALID_CLASS : result);
        return NULL;
    }
    mi_slot_get(&kept->slot, &kept->value);
    kept->next = copier->data->values;
    copier->data->values = kept;
    return &kept->value;
}

/* ---- The parts of a declaration: each copies an array of pointers to it -------------------------------------------
 */

static MI_Qualifier MI_CONST *MI_CONST *copy_qualifiers(struct copier *copier, MI_Qualifier MI_CONST *MI_CONST *from,
                                                        MI_Uint32 count)
{
    MI_Qualifier *list = get_memory(copier, count, sizeof(*list));
    MI_Qualifier **pointers = get_memory(copier, count, sizeof(*pointers));

    for (MI_Uint32 i = 0; i < count && is_there(copier, from) && is_there(copier, from[i]); i++)
    {
        list[i] = *from[i];
        list[i].name = copy_name(copier, from[i]->name);
        list[i].value = copy_value(copier, from[i]->value, from[i]->type);
        pointers[i] = &list[i];
    }
    return (MI_Qualifier MI_CONST * MI_CONST *)pointers;
}

static MI_PropertyDecl MI_CONST *MI_CONST *copy_properties(struct copier *copier,
                                                           MI_PropertyDecl MI_CONST *MI_CONST *from, MI_Uint32 count)
{
    MI_PropertyDecl *list = get_memory(copier, count, sizeof(*list));
    MI_PropertyDecl **pointers = get_memory(copier, count, sizeof(*pointers));

    for (MI_Uint32 i = 0; i < count && is_there(copier, from) && is_there(copier, from[i]); i++)
    {
        list[i] = *from[i];
        list[i].name = copy_name(copier, from[i]->name);
        list[i].qualifiers = copy_qualifiers(copier, from[i]->qualifiers, from[i]->numQualifiers);
        list[i].className = copy_text(copier, from[i]->className);
        list[i].origin = copy_text(copier, from[i]->origin);
        list[i].propagator = copy_text(copier, from[i]->propagator);
        list[i].value = copy_value(copier, from[i]->value, from[i]->type);
        pointers[i] = &list[i];
    }
    return (MI_PropertyDecl MI_CONST * MI_CONST *)pointers;
}

static MI_ParameterDecl MI_CONST *MI_CONST *copy_parameters(struct copier *copier,
                                                            MI_ParameterDecl MI_CONST *MI_CONST *from, MI_Uint32 count)
{
    MI_ParameterDecl *list = get_memory(copier, count, sizeof(*list));
    MI_ParameterDecl **pointers = get_memory(copier, count, sizeof(*pointers));

    for (MI_Uint32 i = 0; i < count && is_there(copier, from) && is_there(copier, from[i]); i++)
    {
        if (!mi_type_is_valid(from[i]->type)) fail(copier, MI_RESULT_INVALID_CLASS);
        list[i] = *from[i];
        list[i].name = copy_name(copier, from[i]->name);
        list[i].qualifiers = copy_qualifiers(copier, from[i]->qualifiers, from[i]->numQualifiers);
        list[i].className = copy_text(copier, from[i]->className);
        pointers[i] = &list[i];
    }
    return (MI_ParameterDecl MI_CONST * MI_CONST *)pointers;
}

/* Methods are described, not implemented: their functions and schema stay where they were. */
static MI_MethodDecl MI_CONST *MI_CONST *copy_methods(struct copier *copier, MI_MethodDecl MI_CONST *MI_CONST *from,
                                                      MI_Uint32 count)
{
    MI_MethodDecl *list = get_memory(copier, count, sizeof(*list));
    MI_MethodDecl **pointers = get_memory(copier, count, sizeof(*pointers));

    for (MI_Uint32 i = 0; i < count && is_there(copier, from) && is_there(copier, from[i]); i++)
    {
        list[i] = *from[i];
        list[i].name = copy_name(copier, from[i]->name);
        list[i].qualifiers = copy_qualifiers(copier, from[i]->qualifiers, from[i]->numQualifiers);
        list[i].parameters = copy_parameters(copier, from[i]->parameters, from[i]->numParameters);
        list[i].origin = copy_text(copier, from[i]->origin);
        list[i].propagator = copy_text(copier, from[i]->propagator);
        list[i].schema = NULL;
        list[i].function = NULL;
        pointers[i] = &list[i];
    }
    return (MI_MethodDecl MI_CONST * MI_CONST *)pointers;
}

/* Super-classes too; the depth is bounded. */
static MI_ClassDecl *copy_class(struct copier *copier, const MI_ClassDecl *from)
{
    MI_ClassDecl *decl = get_memory(copier, 1, sizeof(*decl));

    if (copier->depth++ > MI_MAX_SUPERCLASSES) fail(copier, MI_RESULT_INVALID_SUPERCLASS);
    if (copier->result != MI_RESULT_OK) return NULL;
    *decl = *from;
    decl->name = copy_name(copier, from->name);
    decl->qualifiers = copy_qualifiers(copier, from->qualifiers, from->numQualifiers);
    decl->properties = copy_properties(copier, from->properties, from->numProperties);
    decl->methods = copy_methods(copier, from->methods, from->numMethods);
    decl->superClass = copy_text(copier, from->superClass       ? from->superClass
                                         : from->superClassDecl ? from->superClassDecl->name
                                                                : NULL);
    decl->superClassDecl = from->superClassDecl ? copy_class(copier, from->superClassDecl) : NULL;
    decl->schema = NULL;
    decl->providerFT = NULL;
    decl->owningClass = NULL;
    return decl;
}

/* ---- Life ------------------------------------------------------------------------------------------------------- */

MI_Result mi_class_data_new(const MI_ClassDecl *decl, struct mi_class_data **out)
{
    struct mi_class_data *data = mi_alloc(sizeof(*data));
    struct copier copier = {data, MI_RESULT_OK, 0};

    *out = NULL;
    if (!data) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    atomic_init(&data->references, 1);
    mi_arena_init(&data->arena, NULL, 0, 1024);
    data->values = NULL;
    data->decl = copy_class(&copier, decl);
    if (copier.result == MI_RESULT_OK)
        *out = data;
    else
        mi_class_data_release(data);
    return copier.result;
}

void mi_class_data_add_reference(struct mi_class_data *data)
{
    atomic_fetch_add_explicit(&data->references, 1, memory_order_relaxed);
}

void mi_class_data_release(struct mi_class_data *data)
{
    if (!data || atomic_fetch_sub_explicit(&data->references, 1, memory_order_acq_rel) != 1) return;
    for (struct kept_value *kept = data->values; kept; kept = kept->next)
        mi_slot_clear(&kept->slot);
    mi_arena_free(&data->arena);
    mi_free(data);
}

const MI_ClassDecl *mi_class_data_decl(const struct mi_class_data *data)
{
    return data->decl;
}

size_t mi_class_data_bytes(const struct mi_class_data *data)
{
    return sizeof(*data) + data->arena.bytes;
}

/* The classes that an instance needs to be read again. See class_list.h. */
#include "mi/class_list.h"

#include "mi/class.h"
#include "mi/codec_names.h"
#include "mi/codec_output.h"
#include "mi/value.h"

struct walk
{
    void (*visit)(void *context, const MI_ClassDecl *decl, bool whole);
    void *context;
    bool references;
    struct mi_names names; /* of those visited: a dynamic instance's class goes before the walk ends */
};

/* A class object's chain of super-classes is not longer than MI_MAX_SUPERCLASSES. */
static MI_Result visit_class(struct walk *walk, const MI_ClassDecl *decl)
{
    MI_Result result = MI_RESULT_OK;

    if (mi_names_find(&walk->names, decl->name)) return MI_RESULT_OK;
    if (decl->superClassDecl) result = visit_class(walk, decl->superClassDecl);
    if (result == MI_RESULT_OK && !mi_names_add(&walk->names, decl->name, 0)) result = MI_RESULT_SERVER_LIMITS_EXCEEDED;
    if (result == MI_RESULT_OK) walk->visit(walk->context, decl, decl->superClass && !decl->superClassDecl);
    return result;
}

static MI_Result visit_instance(struct walk *walk, const MI_Instance *instance, int depth);

static MI_Result visit_value(struct walk *walk, MI_Type type, const MI_Value *value, int depth)
{
    MI_Result result = MI_RESULT_OK;

    if (!mi_type_is_array(type)) return visit_instance(walk, value->instance, depth);
    for (MI_Uint32 i = 0; i < value->instancea.size && result == MI_RESULT_OK; i++)
        result = visit_instance(walk, value->instancea.data[i], depth);
    return result;
}

static MI_Result visit_instance(struct walk *walk, const MI_Instance *instance, int depth)
{
    MI_Class *class_object = NULL;
    MI_Result result;
    MI_Uint32 count = 0;

    if (depth == MI_CODEC_MAX_DEPTH) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    result = MI_Instance_GetClass(instance, &class_object);
    if (result != MI_RESULT_OK) return result;
    result = visit_class(walk, class_object->classDecl);
    MI_Class_Delete(class_object);
    MI_Instance_GetElementCount(instance, &count);
    for (MI_Uint32 i = 0; i < count && result == MI_RESULT_OK; i++)
    {
        MI_Value value = {0};
        MI_Type type = MI_BOOLEAN;
        MI_Uint32 flags = MI_FLAG_NULL;

        MI_Instance_GetElementAt(instance, i, NULL, &value, &type, &flags);
        if (!(flags & MI_FLAG_NULL) &&
            ((type & ~MI_ARRAY) == MI_INSTANCE || (type == MI_REFERENCE && walk->references)))
            result = visit_value(walk, type, &value, depth + 1);
    }
    return result;
}

MI_Result mi_each_class_of(const MI_Instance *instance, bool references,
                           void (*visit)(void *context, const MI_ClassDecl *decl, bool whole), void *context)
{
    struct walk walk = {.visit = visit, .context = context, .references = references};
    MI_Result result = visit_instance(&walk, instance, 0);

    mi_names_free(&walk.names);
    return result;
}

/* Classes: MI_Class and its function table. See class.h. */
#include "mi/class.h"

#include "mi/allocation.h"
#include "mi/text.h"
#include "mi/value.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct class_object
{
    MI_Class object; /* first: what the caller holds */
    struct mi_class_data *data;
};

static struct class_object *get_class(const MI_Class *self)
{
    return self && self->ft == &mi_class_table ? (struct class_object *)(void *)self : NULL;
}

struct mi_class_data *mi_class_get_data(const MI_Class *self)
{
    struct class_object *object = get_class(self);

    return object ? object->data : NULL;
}

MI_Result mi_class_new(struct mi_class_data *data, const MI_ClassDecl *decl, const MI_Char *name_space,
                       const MI_Char *server_name, MI_Class **out)
{
    struct class_object *object = mi_alloc(sizeof(*object));
    MI_Char *own_space = mi_text_copy(name_space), *own_server = mi_text_copy(server_name);

    *out = NULL;
    if (!object || (name_space && !own_space) || (server_name && !own_server))
    {
        mi_free(own_space);
        mi_free(own_server);
        mi_free(object);
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    memset(object, 0, sizeof(*object));
    mi_class_data_add_reference(data);
    object->object.ft = &mi_class_table;
    object->object.classDecl = decl;
    object->object.namespaceName = own_space;
    object->object.serverName = own_server;
    object->data = data;
    *out = &object->object;
    return MI_RESULT_OK;
}

MI_Result mi_class_from_decl(const MI_ClassDecl *decl, const MI_Char *name_space, const MI_Char *server_name,
                             MI_Class **object)
{
    struct mi_class_data *data;
    MI_Result result = mi_class_data_new(decl, &data);

    *object = NULL;
    if (result != MI_RESULT_OK) return result;
    result = mi_class_new(data, mi_class_data_decl(data), name_space, server_name, object);
    mi_class_data_release(data);
    return result;
}

/* ---- Its names -------------------------------------------------------------------------------------------------- */

static MI_Result give_name(const MI_Class *self, const MI_Char *name, const MI_Char **out)
{
    if (out) *out = NULL;
    if (!get_class(self) || !out) return MI_RESULT_INVALID_PARAMETER;
    *out = name;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL class_GetClassName(const MI_Class *self, const MI_Char **class_name)
{
    return give_name(self, get_class(self) ? self->classDecl->name : NULL, class_name);
}

static MI_Result MI_CALL class_GetNameSpace(const MI_Class *self, const MI_Char **name_space)
{
    return give_name(self, get_class(self) ? self->namespaceName : NULL, name_space);
}

static MI_Result MI_CALL class_GetServerName(const MI_Class *self, const MI_Char **server_name)
{
    return give_name(self, get_class(self) ? self->serverName : NULL, server_name);
}

static MI_Result MI_CALL class_GetParentClassName(const MI_Class *self, const MI_Char **name)
{
    MI_Result result = give_name(self, get_class(self) ? self->classDecl->superClass : NULL, name);

    return result == MI_RESULT_OK && !*name ? MI_RESULT_INVALID_SUPERCLASS : result;
}

static MI_Result MI_CALL class_GetParentClass(const MI_Class *self, MI_Class **parent)
{
    struct class_object *object = get_class(self);

    if (parent) *parent = NULL;
    if (!object || !parent) return MI_RESULT_INVALID_PARAMETER;
    if (!self->classDecl->superClassDecl) return MI_RESULT_INVALID_SUPERCLASS;
    return mi_class_new(object->data, self->classDecl->superClassDecl, self->namespaceName, self->serverName, parent);
}

/* ---- Its elements ----------------------------------------------------------------------------------------------- */

static MI_Result MI_CALL class_GetElementCount(const MI_Class *self, MI_Uint32 *count)
{
    if (count) *count = 0;
    if (!get_class(self) || !count) return MI_RESULT_INVALID_PARAMETER;
    *count = self->classDecl->numProperties;
    return MI_RESULT_OK;
}

/* All out parameters but `exists`, where there is a `value`, are optional. */
static MI_Result give_element(const MI_PropertyDecl *property, MI_Value *value, MI_Boolean *exists, MI_Type *type,
                              MI_Char **reference_class, MI_QualifierSet *qualifiers, MI_Uint32 *flags)
{
    bool has_value = property->value && !(property->flags & MI_FLAG_NULL);

    if (exists) *exists = has_value;
    if (value) memset(value, 0, sizeof(*value));
    if (value && has_value) *value = *(const MI_Value *)property->value;
    if (type) *type = (MI_Type)property->type;
    if (reference_class) *reference_class = (MI_Char *)property->className;
    if (qualifiers) mi_qualifier_set_init(qualifiers, property->qualifiers, property->numQualifiers);
    if (flags) *flags = property->flags;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL class_GetElementAt(const MI_Class *self, MI_Uint32 index, const MI_Char **name,
                                            MI_Value *value, MI_Boolean *exists, MI_Type *type,
                                            MI_Char **reference_class, MI_QualifierSet *qualifiers, MI_Uint32 *flags)
{
    if (!get_class(self) || (value && !exists)) return MI_RESULT_INVALID_PARAMETER;
    if (index >= self->classDecl->numProperties) return MI_RESULT_NOT_FOUND;
    if (name) *name = self->classDecl->properties[index]->name;
    return give_element(self->classDecl->properties[index], value, exists, type, reference_class, qualifiers, flags);
}

static MI_Result MI_CALL class_GetElement(const MI_Class *self, const MI_Char *name, MI_Value *value,
                                          MI_Boolean *exists, MI_Type *type, MI_Char **reference_class,
                                          MI_QualifierSet *qualifiers, MI_Uint32 *flags, MI_Uint32 *index)
{
    if (!get_class(self) || !name || (value && !exists)) return MI_RESULT_INVALID_PARAMETER;
    for (MI_Uint32 i = 0; i < self->classDecl->numProperties; i++)
    {
        const MI_PropertyDecl *property = self->classDecl->properties[i];

        if (!mi_name_equal(property->name, name)) continue;
        if (index) *index = i;
        return give_element(property, value, exists, type, reference_class, qualifiers, flags);
    }
    return MI_RESULT_NO_SUCH_PROPERTY;
}

static MI_Result MI_CALL class_GetClassQualifierSet(const MI_Class *self, MI_QualifierSet *qualifiers)
{
    if (!get_class(self) || !qualifiers) return MI_RESULT_INVALID_PARAMETER;
    mi_qualifier_set_init(qualifiers, self->classDecl->qualifiers, self->classDecl->numQualifiers);
    return MI_RESULT_OK;
}

/* ---- Its methods ------------------------------------------------------------------------------------------------ */

static MI_Result MI_CALL class_GetMethodCount(const MI_Class *self, MI_Uint32 *count)
{
    if (count) *count = 0;
    if (!get_class(self) || !count) return MI_RESULT_INVALID_PARAMETER;
    *count = self->classDecl->numMethods;
    return MI_RESULT_OK;
}

static MI_Result give_method(const MI_MethodDecl *method, MI_QualifierSet *qualifiers, MI_ParameterSet *parameters)
{
    if (qualifiers) mi_qualifier_set_init(qualifiers, method->qualifiers, method->numQualifiers);
    if (parameters) mi_parameter_set_init(parameters, method);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL class_GetMethodAt(const MI_Class *self, MI_Uint32 index, const MI_Char **name,
                                           MI_QualifierSet *qualifiers, MI_ParameterSet *parameters)
{
    if (!get_class(self)) return MI_RESULT_INVALID_PARAMETER;
    if (index >= self->classDecl->numMethods) return MI_RESULT_NOT_FOUND;
    if (name) *name = self->classDecl->methods[index]->name;
    return give_method(self->classDecl->methods[index], qualifiers, parameters);
}

static MI_Result MI_CALL class_GetMethod(const MI_Class *self, const MI_Char *name, MI_QualifierSet *qualifiers,
                                         MI_ParameterSet *parameters, MI_Uint32 *index)
{
    if (!get_class(self) || !name) return MI_RESULT_INVALID_PARAMETER;
    for (MI_Uint32 i = 0; i < self->classDecl->numMethods; i++)
    {
        if (!mi_name_equal(self->classDecl->methods[i]->name, name)) continue;
        if (index) *index = i;
        return give_method(self->classDecl->methods[i], qualifiers, parameters);
    }
    return MI_RESULT_METHOD_NOT_FOUND;
}

/* ---- Copies and the end ----------------------------------------------------------------------------------------- */

static MI_Result MI_CALL class_Clone(const MI_Class *self, MI_Class **new_class)
{
    struct class_object *object = get_class(self);

    if (new_class) *new_class = NULL;
    if (!object || !new_class) return MI_RESULT_INVALID_PARAMETER;
    return mi_class_new(object->data, self->classDecl, self->namespaceName, self->serverName, new_class);
}

static MI_Result MI_CALL class_Delete(MI_Class *self)
{
    struct class_object *object = get_class(self);

    if (!object) return MI_RESULT_INVALID_PARAMETER;
    mi_free((void *)self->namespaceName);
    mi_free((void *)self->serverName);
    mi_class_data_release(object->data);
    self->ft = NULL;
    mi_free(object);
    return MI_RESULT_OK;
}

const MI_ClassFT mi_class_table = {
    .GetClassName = class_GetClassName,
    .GetNameSpace = class_GetNameSpace,
    .GetServerName = class_GetServerName,
    .GetElementCount = class_GetElementCount,
    .GetElement = class_GetElement,
    .GetElementAt = class_GetElementAt,
    .GetClassQualifierSet = class_GetClassQualifierSet,
    .GetMethodCount = class_GetMethodCount,
    .GetMethodAt = class_GetMethodAt,
    .GetMethod = class_GetMethod,
    .GetParentClassName = class_GetParentClassName,
    .GetParentClass = class_GetParentClass,
    .Delete = class_Delete,
    .Clone = class_Clone,
};

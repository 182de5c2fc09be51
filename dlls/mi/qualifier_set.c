/*
 * Qualifier sets and parameter sets: views of a part of a class's declaration, which they point into.
 * reserved1: how many qualifiers; reserved2: where they are, or the method.
 */
#include "mi/class.h"

#include "mi/text.h"

#include <string.h>

extern const MI_QualifierSetFT mi_qualifier_set_table;
extern const MI_ParameterSetFT mi_parameter_set_table;

/* ---- Qualifiers ------------------------------------------------------------------------------------------------- */

void mi_qualifier_set_init(MI_QualifierSet *set, MI_Qualifier MI_CONST *MI_CONST *qualifiers, MI_Uint32 count)
{
    set->reserved1 = count;
    set->reserved2 = (ptrdiff_t)qualifiers;
    set->ft = &mi_qualifier_set_table;
}

static MI_Qualifier MI_CONST *MI_CONST *qualifiers_of(const MI_QualifierSet *self)
{
    return (MI_Qualifier MI_CONST * MI_CONST *)self->reserved2;
}

static MI_Result MI_CALL set_GetQualifierCount(const MI_QualifierSet *self, MI_Uint32 *count)
{
    if (!self || !count) return MI_RESULT_INVALID_PARAMETER;
    *count = (MI_Uint32)self->reserved1;
    return MI_RESULT_OK;
}

static MI_Result give_qualifier(const MI_Qualifier *qualifier, MI_Type *type, MI_Uint32 *flags, MI_Value *value)
{
    if (!type || !flags || !value) return MI_RESULT_INVALID_PARAMETER;
    *type = (MI_Type)qualifier->type;
    *flags = qualifier->flavor;
    memset(value, 0, sizeof(*value));
    if (qualifier->value) *value = *(const MI_Value *)qualifier->value;
    return MI_RESULT_OK;
}

static MI_Result MI_CALL set_GetQualifierAt(const MI_QualifierSet *self, MI_Uint32 index, const MI_Char **name,
                                            MI_Type *type, MI_Uint32 *flags, MI_Value *value)
{
    if (!self || !name) return MI_RESULT_INVALID_PARAMETER;
    if (index >= self->reserved1) return MI_RESULT_NOT_FOUND;
    *name = qualifiers_of(self)[index]->name;
    return give_qualifier(qualifiers_of(self)[index], type, flags, value);
}

static MI_Result MI_CALL set_GetQualifier(const MI_QualifierSet *self, const MI_Char *name, MI_Type *type,
                                          MI_Uint32 *flags, MI_Value *value, MI_Uint32 *index)
{
    if (!self || !name) return MI_RESULT_INVALID_PARAMETER;
    for (MI_Uint32 i = 0; i < self->reserved1; i++)
    {
        if (!mi_name_equal(qualifiers_of(self)[i]->name, name)) continue;
        if (index) *index = i;
        return give_qualifier(qualifiers_of(self)[i], type, flags, value);
    }
    return MI_RESULT_NOT_FOUND;
}

const MI_QualifierSetFT mi_qualifier_set_table = {set_GetQualifierCount, set_GetQualifierAt, set_GetQualifier};

/* ---- Parameters ------------------------------------------------------------------------------------------------- */

void mi_parameter_set_init(MI_ParameterSet *set, const MI_MethodDecl *method)
{
    set->reserved1 = 0;
    set->reserved2 = (ptrdiff_t)method;
    set->ft = &mi_parameter_set_table;
}

static const MI_MethodDecl *method_of(const MI_ParameterSet *self)
{
    return (const MI_MethodDecl *)self->reserved2;
}

static MI_Result MI_CALL set_GetMethodReturnType(const MI_ParameterSet *self, MI_Type *type,
                                                 MI_QualifierSet *qualifiers)
{
    if (!self || !type) return MI_RESULT_INVALID_PARAMETER;
    *type = (MI_Type)method_of(self)->returnType;
    if (qualifiers) mi_qualifier_set_init(qualifiers, method_of(self)->qualifiers, method_of(self)->numQualifiers);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL set_GetParameterCount(const MI_ParameterSet *self, MI_Uint32 *count)
{
    if (!self || !count) return MI_RESULT_INVALID_PARAMETER;
    *count = method_of(self)->numParameters;
    return MI_RESULT_OK;
}

static MI_Result give_parameter(const MI_ParameterDecl *parameter, MI_Type *type, MI_Char **reference_class,
                                MI_QualifierSet *qualifiers)
{
    if (type) *type = (MI_Type)parameter->type;
    if (reference_class) *reference_class = (MI_Char *)parameter->className;
    if (qualifiers) mi_qualifier_set_init(qualifiers, parameter->qualifiers, parameter->numQualifiers);
    return MI_RESULT_OK;
}

static MI_Result MI_CALL set_GetParameterAt(const MI_ParameterSet *self, MI_Uint32 index, const MI_Char **name,
                                            MI_Type *type, MI_Char **reference_class, MI_QualifierSet *qualifiers)
{
    if (!self) return MI_RESULT_INVALID_PARAMETER;
    if (index >= method_of(self)->numParameters) return MI_RESULT_NOT_FOUND;
    if (name) *name = method_of(self)->parameters[index]->name;
    return give_parameter(method_of(self)->parameters[index], type, reference_class, qualifiers);
}

static MI_Result MI_CALL set_GetParameter(const MI_ParameterSet *self, const MI_Char *name, MI_Type *type,
                                          MI_Char **reference_class, MI_QualifierSet *qualifiers, MI_Uint32 *index)
{
    if (!self || !name) return MI_RESULT_INVALID_PARAMETER;
    for (MI_Uint32 i = 0; i < method_of(self)->numParameters; i++)
    {
        if (!mi_name_equal(method_of(self)->parameters[i]->name, name)) continue;
        if (index) *index = i;
        return give_parameter(method_of(self)->parameters[i], type, reference_class, qualifiers);
    }
    return MI_RESULT_NOT_FOUND;
}

const MI_ParameterSetFT mi_parameter_set_table = {set_GetMethodReturnType, set_GetParameterCount, set_GetParameterAt,
                                                  set_GetParameter};

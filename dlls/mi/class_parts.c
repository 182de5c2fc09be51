/* A class that is being read. See class_parts.h. */
#include "mi/class_parts.h"

#include "mi/class.h"
#include "mi/text.h"

#include <string.h>

/* What sub-classes have of their super-class's flags. */
#define INHERITED_CLASS_FLAGS    (MI_FLAG_ASSOCIATION | MI_FLAG_INDICATION)
#define INHERITED_PROPERTY_FLAGS MI_FLAG_KEY

/* ---- Qualifiers -------------------------------------------------------------------------------------------------- */

/* The list as the rest of mi.dll has such lists. */
static MI_Qualifier MI_CONST *MI_CONST *as_qualifiers(const struct mi_pointers *qualifiers)
{
    return (MI_Qualifier MI_CONST * MI_CONST *)(void *)qualifiers->list;
}

const MI_Qualifier *mi_find_qualifier(const struct mi_pointers *qualifiers, const MI_Char *name)
{
    return mi_qualifier_find(as_qualifiers(qualifiers), qualifiers->count, name);
}

MI_Uint32 mi_flags_of_qualifiers(const struct mi_pointers *qualifiers, MI_Uint32 flags)
{
    return mi_qualifier_flags(as_qualifiers(qualifiers), qualifiers->count) & flags;
}

MI_Uint32 mi_flags_of_parameter(const struct mi_pointers *qualifiers)
{
    MI_Uint32 flags = MI_FLAG_PARAMETER | mi_flags_of_qualifiers(qualifiers, MI_PARAMETER_FLAGS);

    return mi_find_qualifier(qualifiers, MI_T("In")) ? flags : flags | MI_FLAG_IN;
}

bool mi_is_embedded(const struct mi_pointers *qualifiers, const MI_Char **class_name)
{
    const MI_Qualifier *qualifier = mi_find_qualifier(qualifiers, MI_T("EmbeddedInstance"));

    *class_name = NULL;
    if (qualifier && qualifier->type == MI_STRING && qualifier->value)
    {
        *class_name = ((const MI_Value *)qualifier->value)->string;
        return true;
    }
    return mi_qualifier_is_true(as_qualifiers(qualifiers), qualifiers->count, MI_T("EmbeddedObject"));
}

/* ---- Parts ------------------------------------------------------------------------------------------------------- */

static bool add(struct mi_codec_reader *reader, const MI_Char *at, struct mi_pointers *list, void *part,
                const MI_Char *name, bool is_there)
{
    if (is_there)
        return mi_codec_fail(reader, at, reader->bad_input, "there are two of the name", name, mi_text_length(name));
    if (list->count >= MI_CODEC_MAX_MEMBERS)
        return mi_codec_fail(reader, at, MI_RESULT_SERVER_LIMITS_EXCEEDED, "there are too many members", NULL, 0);
    return mi_pointers_add(reader, list, part);
}

bool mi_class_parts_add_qualifier(struct mi_codec_reader *reader, const MI_Char *at, struct mi_pointers *qualifiers,
                                  MI_Qualifier *qualifier)
{
    return add(reader, at, qualifiers, qualifier, qualifier->name, mi_find_qualifier(qualifiers, qualifier->name));
}

/* Properties and methods begin alike: both are features. */
static MI_Uint32 find_feature(void *const *list, MI_Uint32 count, const MI_Char *name)
{
    for (MI_Uint32 i = 0; i < count; i++)
        if (mi_name_equal(((const MI_FeatureDecl *)list[i])->name, name)) return i;
    return count;
}

bool mi_class_parts_add_property(struct mi_codec_reader *reader, const MI_Char *at, struct mi_class_parts *parts,
                                 MI_PropertyDecl *property)
{
    const struct mi_pointers *list = &parts->properties;

    return add(reader, at, &parts->properties, property, property->name,
               find_feature(list->list, list->count, property->name) < list->count);
}

bool mi_class_parts_add_method(struct mi_codec_reader *reader, const MI_Char *at, struct mi_class_parts *parts,
                               MI_MethodDecl *method)
{
    const struct mi_pointers *list = &parts->methods;

    return add(reader, at, &parts->methods, method, method->name,
               find_feature(list->list, list->count, method->name) < list->count);
}

bool mi_class_has(const MI_ClassDecl *decl, bool method, const MI_Char *name)
{
    if (method) return find_feature((void *const *)decl->methods, decl->numMethods, name) < decl->numMethods;
    return find_feature((void *const *)decl->properties, decl->numProperties, name) < decl->numProperties;
}

/* ---- The class --------------------------------------------------------------------------------------------------- */

/* Adds what the super-class's part says to sub-classes too, unless this one says it. */
static bool inherit_qualifiers(struct mi_codec_reader *reader, struct mi_pointers *qualifiers,
                               MI_Qualifier MI_CONST *MI_CONST *from, MI_Uint32 count)
{
    for (MI_Uint32 i = 0; i < count; i++)
        if (!(from[i]->flavor & MI_FLAG_RESTRICTED) && !mi_find_qualifier(qualifiers, from[i]->name) &&
            !mi_pointers_add(reader, qualifiers, (void *)from[i]))
            return false;
    return true;
}

static bool inherit_feature_qualifiers(struct mi_codec_reader *reader, MI_FeatureDecl *feature,
                                       const MI_FeatureDecl *from)
{
    struct mi_pointers qualifiers = {0};

    for (MI_Uint32 i = 0; i < feature->numQualifiers; i++)
        if (!mi_pointers_add(reader, &qualifiers, (void *)feature->qualifiers[i])) return false;
    if (!inherit_qualifiers(reader, &qualifiers, from->qualifiers, from->numQualifiers)) return false;
    feature->qualifiers = (MI_Qualifier MI_CONST * MI_CONST *)qualifiers.list;
    feature->numQualifiers = qualifiers.count;
    return true;
}

/* The list of the super-class's features, those that the class has itself in their places, then the class's others.
 * `override` makes one of the class's own take over what it has to from the super-class's. */
static bool merge(struct mi_codec_reader *reader, const MI_Char *at, struct mi_pointers *merged,
                  const struct mi_pointers *own, void *const *inherited, MI_Uint32 inherited_count,
                  bool (*override)(struct mi_codec_reader *reader, const MI_Char *at, void *own, const void *inherited))
{
    for (MI_Uint32 i = 0; i < inherited_count; i++)
    {
        const MI_FeatureDecl *feature = inherited[i];
        MI_Uint32 found = find_feature(own->list, own->count, feature->name);

        if (found < own->count && !override(reader, at, own->list[found], feature)) return false;
        if (!mi_pointers_add(reader, merged, found < own->count ? own->list[found] : inherited[i])) return false;
    }
    for (MI_Uint32 i = 0; i < own->count; i++)
        if (find_feature(inherited, inherited_count, ((const MI_FeatureDecl *)own->list[i])->name) == inherited_count &&
            !mi_pointers_add(reader, merged, own->list[i]))
            return false;
    if (merged->count > MI_CODEC_MAX_MEMBERS)
        return mi_codec_fail(reader, at, MI_RESULT_SERVER_LIMITS_EXCEEDED, "there are too many members", NULL, 0);
    return true;
}

static bool override_property(struct mi_codec_reader *reader, const MI_Char *at, void *own, const void *inherited)
{
    const MI_PropertyDecl *from = inherited;
    MI_PropertyDecl *property = own;

    if (property->type != from->type)
        return mi_codec_fail(reader, at, MI_RESULT_TYPE_MISMATCH, "the property is of another type in the super-class",
                             property->name, mi_text_length(property->name));
    property->flags |= from->flags & INHERITED_PROPERTY_FLAGS;
    property->origin = from->origin;
    if (!property->className) property->className = from->className;
    return inherit_feature_qualifiers(reader, (MI_FeatureDecl *)(void *)property,
                                      (const MI_FeatureDecl *)(const void *)from);
}

static bool override_method(struct mi_codec_reader *reader, const MI_Char *at, void *own, const void *inherited)
{
    const MI_MethodDecl *from = inherited;
    MI_MethodDecl *method = own;

    (void)at;
    method->origin = from->origin;
    return inherit_feature_qualifiers(reader, (MI_FeatureDecl *)(void *)method,
                                      (const MI_FeatureDecl *)(const void *)from);
}

/* What has no origin yet comes from this class. */
static void set_origins(struct mi_class_parts *parts)
{
    for (MI_Uint32 i = 0; i < parts->properties.count; i++)
    {
        MI_PropertyDecl *property = parts->properties.list[i];

        if (!property->origin) property->origin = parts->name;
        if (!property->propagator) property->propagator = parts->name;
    }
    for (MI_Uint32 i = 0; i < parts->methods.count; i++)
    {
        MI_MethodDecl *method = parts->methods.list[i];

        if (!method->origin) method->origin = parts->name;
        if (!method->propagator) method->propagator = parts->name;
    }
}

MI_Class *mi_class_parts_finish(struct mi_codec_reader *reader, const MI_Char *at, struct mi_class_parts *parts,
                                const MI_Class *super_class)
{
    const MI_ClassDecl none = {0}, *super = super_class ? super_class->classDecl : &none;
    struct mi_pointers properties = {0}, methods = {0};
    MI_ClassDecl decl = {.flags = MI_FLAG_CLASS, .name = parts->name, .superClass = parts->super_class};
    MI_Class *class_object = NULL;
    MI_Result result;

    set_origins(parts);
    if (!inherit_qualifiers(reader, &parts->qualifiers, super->qualifiers, super->numQualifiers) ||
        !merge(reader, at, &properties, &parts->properties, (void *const *)super->properties, super->numProperties,
               override_property) ||
        !merge(reader, at, &methods, &parts->methods, (void *const *)super->methods, super->numMethods,
               override_method))
        return NULL;
    decl.flags |= mi_flags_of_qualifiers(&parts->qualifiers, MI_CLASS_FLAGS) | (super->flags & INHERITED_CLASS_FLAGS);
    decl.qualifiers = (MI_Qualifier MI_CONST * MI_CONST *)parts->qualifiers.list;
    decl.numQualifiers = parts->qualifiers.count;
    decl.properties = (MI_PropertyDecl MI_CONST * MI_CONST *)properties.list;
    decl.numProperties = properties.count;
    decl.methods = (MI_MethodDecl MI_CONST * MI_CONST *)methods.list;
    decl.numMethods = methods.count;
    decl.superClassDecl = super_class ? super : NULL;
    result = mi_class_from_decl(&decl, reader->request->name_space, reader->request->server_name, &class_object);
    if (result != MI_RESULT_OK)
        mi_codec_fail(reader, at, result, "the class cannot be made", parts->name, mi_text_length(parts->name));
    if (result != MI_RESULT_OK || !mi_codec_add_class(reader, class_object)) return NULL;
    return class_object;
}

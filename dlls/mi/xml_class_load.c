/* Classes from CIM-XML. See xml_load.h. */
#include "mi/xml_load.h"

#include "mi/class_parts.h"
#include "mi/class.h"
#include "mi/codec_number.h"
#include "mi/text.h"
#include "mi/value.h"

#include <string.h>

/* ---- Qualifiers -------------------------------------------------------------------------------------------------- */

static bool read_flavor(struct mi_xml *xml, const struct mi_xml_tag *tag, MI_Uint32 *flavor)
{
    bool overridable = true, to_subclass = true, translatable = false;

    if (!mi_xml_boolean(xml, tag, "OVERRIDABLE", &overridable) ||
        !mi_xml_boolean(xml, tag, "TOSUBCLASS", &to_subclass) ||
        !mi_xml_boolean(xml, tag, "TRANSLATABLE", &translatable))
        return false;
    *flavor = (overridable ? MI_FLAG_ENABLEOVERRIDE : MI_FLAG_DISABLEOVERRIDE) |
              (to_subclass ? MI_FLAG_TOSUBCLASS : MI_FLAG_RESTRICTED) | (translatable ? MI_FLAG_TRANSLATABLE : 0);
    return true;
}

static bool read_qualifier(struct mi_xml *xml, const struct mi_xml_tag *tag, struct mi_pointers *qualifiers)
{
    struct mi_codec_reader *reader = xml->reader;
    MI_Qualifier *qualifier = mi_codec_alloc(reader, sizeof(*qualifier));
    MI_Value *value = mi_codec_alloc(reader, sizeof(*value));
    const MI_Char *at = tag->at;
    MI_Type type = MI_STRING;
    struct mi_xml_tag child;
    MI_Char *name;
    bool found;

    if (!qualifier || !value || !mi_xml_attribute(xml, tag, "NAME", true, &name) ||
        !mi_xml_type(xml, tag, true, &type) || !read_flavor(xml, tag, &qualifier->flavor) ||
        !mi_xml_next(xml, &child, &found))
        return false;
    if (found && mi_xml_is(&child, "VALUE.ARRAY")) type = (MI_Type)(type | MI_ARRAY);
    if (found && (!mi_xml_read_value(xml, &child, type, value) || !mi_xml_expect_end(xml))) return false;
    qualifier->name = name;
    qualifier->type = type;
    qualifier->value = found ? value : NULL;
    return mi_class_parts_add_qualifier(reader, at, qualifiers, qualifier);
}

/* ---- Features ---------------------------------------------------------------------------------------------------- */

/* What a property's, parameter's and method's tag say in the same way. */
struct feature
{
    const MI_Char *at;
    MI_Char *name, *reference_class;
    MI_Type type;
    MI_Uint32 subscript;
};

/* `reference`, `array`: what the element's name says. */
static bool read_feature(struct mi_xml *xml, const struct mi_xml_tag *tag, bool reference, bool array,
                         struct feature *feature)
{
    MI_Value number = {0};
    struct mi_integer size;
    MI_Char *text;

    memset(feature, 0, sizeof(*feature));
    feature->at = tag->at;
    feature->type = MI_REFERENCE;
    if (!mi_xml_attribute(xml, tag, "NAME", true, &feature->name) ||
        !mi_xml_attribute(xml, tag, "REFERENCECLASS", false, &feature->reference_class) ||
        !mi_xml_attribute(xml, tag, "ARRAYSIZE", false, &text))
        return false;
    if (!reference && !mi_xml_type(xml, tag, true, &feature->type)) return false;
    if (array) feature->type = (MI_Type)(feature->type | MI_ARRAY);
    if (!text) return true;
    if (!mi_integer_parse(text, mi_text_length(text), &size) || !mi_integer_fit(&size, MI_UINT32, &number))
        return mi_codec_bad(xml->reader, tag->at, "ARRAYSIZE is no number of items");
    feature->subscript = number.uint32;
    return true;
}

/* An embedded instance is a string whose qualifiers say so. */
static void apply_embedding(const struct mi_pointers *qualifiers, MI_Uint32 *type, const MI_Char **class_name)
{
    const MI_Char *embedded;

    if ((*type & ~(MI_Uint32)MI_ARRAY) != MI_STRING || !mi_is_embedded(qualifiers, &embedded)) return;
    *type = MI_INSTANCE | (*type & MI_ARRAY);
    *class_name = embedded;
}

/* Where a feature was declared, as its tag says. */
static bool read_origin(struct mi_xml *xml, const struct mi_xml_tag *tag, const MI_Char **origin,
                        const MI_Char **propagator)
{
    static const MI_Char somewhere[] = {'?', 0};
    bool propagated = false;
    MI_Char *name;

    if (!mi_xml_attribute(xml, tag, "CLASSORIGIN", false, &name) ||
        !mi_xml_boolean(xml, tag, "PROPAGATED", &propagated))
        return false;
    *origin = name;
    *propagator = !propagated ? NULL : name ? name : somewhere;
    return true;
}

/* Reads qualifiers up to the first other child. `found`: whether there is one. */
static bool read_qualifiers(struct mi_xml *xml, struct mi_pointers *qualifiers, struct mi_xml_tag *child, bool *found)
{
    while (mi_xml_next(xml, child, found))
    {
        if (!*found || !mi_xml_is(child, "QUALIFIER")) return true;
        if (!read_qualifier(xml, child, qualifiers)) return false;
    }
    return false;
}

static bool read_property(struct mi_xml *xml, const struct mi_xml_tag *tag, struct mi_class_parts *parts)
{
    struct mi_codec_reader *reader = xml->reader;
    MI_PropertyDecl *property = mi_codec_alloc(reader, sizeof(*property));
    MI_Value *value = mi_codec_alloc(reader, sizeof(*value));
    struct mi_pointers qualifiers = {0};
    struct feature feature;
    struct mi_xml_tag child;
    bool found;

    if (!property || !value) return false;
    memset(property, 0, sizeof(*property));
    if (!read_feature(xml, tag, mi_xml_is(tag, "PROPERTY.REFERENCE"), mi_xml_is(tag, "PROPERTY.ARRAY"), &feature) ||
        !read_origin(xml, tag, &property->origin, &property->propagator) ||
        !read_qualifiers(xml, &qualifiers, &child, &found))
        return false;
    property->name = feature.name;
    property->type = feature.type;
    property->className = feature.reference_class;
    property->subscript = feature.subscript;
    apply_embedding(&qualifiers, &property->type, &property->className);
    if (found && (!mi_xml_read_value(xml, &child, (MI_Type)property->type, value) || !mi_xml_expect_end(xml)))
        return false;
    property->value = found ? value : NULL;
    property->flags = MI_FLAG_PROPERTY | mi_flags_of_qualifiers(&qualifiers, MI_PROPERTY_FLAGS);
    property->qualifiers = (MI_Qualifier MI_CONST * MI_CONST *)qualifiers.list;
    property->numQualifiers = qualifiers.count;
    return mi_class_parts_add_property(reader, feature.at, parts, property);
}

static MI_ParameterDecl *read_parameter(struct mi_xml *xml, const struct mi_xml_tag *tag)
{
    MI_ParameterDecl *parameter = mi_codec_alloc(xml->reader, sizeof(*parameter));
    bool reference = mi_xml_is(tag, "PARAMETER.REFERENCE"), references = mi_xml_is(tag, "PARAMETER.REFARRAY");
    struct mi_pointers qualifiers = {0};
    struct feature feature;
    struct mi_xml_tag child;
    bool found;

    if (!parameter) return NULL;
    memset(parameter, 0, sizeof(*parameter));
    if (!reference && !references && !mi_xml_is(tag, "PARAMETER") && !mi_xml_is(tag, "PARAMETER.ARRAY"))
    {
        mi_xml_unexpected(xml, tag);
        return NULL;
    }
    if (!read_feature(xml, tag, reference || references, references || mi_xml_is(tag, "PARAMETER.ARRAY"), &feature) ||
        !read_qualifiers(xml, &qualifiers, &child, &found) || (found && !mi_xml_unexpected(xml, &child)))
        return NULL;
    parameter->name = feature.name;
    parameter->type = feature.type;
    parameter->className = feature.reference_class;
    parameter->subscript = feature.subscript;
    apply_embedding(&qualifiers, &parameter->type, &parameter->className);
    parameter->flags = mi_flags_of_parameter(&qualifiers);
    parameter->qualifiers = (MI_Qualifier MI_CONST * MI_CONST *)qualifiers.list;
    parameter->numQualifiers = qualifiers.count;
    return parameter;
}

static bool read_parameters(struct mi_xml *xml, struct mi_xml_tag *child, bool found, struct mi_pointers *parameters)
{
    while (found)
    {
        MI_ParameterDecl *parameter = read_parameter(xml, child);

        if (!parameter) return false;
        if (parameters->count == MI_CODEC_MAX_MEMBERS)
            return mi_codec_fail(xml->reader, child->at, MI_RESULT_SERVER_LIMITS_EXCEEDED, "there are too many members",
                                 NULL, 0);
        if (!mi_pointers_add(xml->reader, parameters, parameter) || !mi_xml_next(xml, child, &found)) return false;
    }
    return true;
}

static bool read_method(struct mi_xml *xml, const struct mi_xml_tag *tag, struct mi_class_parts *parts)
{
    struct mi_codec_reader *reader = xml->reader;
    MI_MethodDecl *method = mi_codec_alloc(reader, sizeof(*method));
    struct mi_pointers qualifiers = {0}, parameters = {0};
    const MI_Char *class_name;
    struct feature feature;
    struct mi_xml_tag child;
    bool found;

    if (!method) return false;
    memset(method, 0, sizeof(*method));
    if (!read_feature(xml, tag, false, false, &feature) ||
        !read_origin(xml, tag, &method->origin, &method->propagator) ||
        !read_qualifiers(xml, &qualifiers, &child, &found) || !read_parameters(xml, &child, found, &parameters))
        return false;
    method->name = feature.name;
    method->returnType = feature.type;
    apply_embedding(&qualifiers, &method->returnType, &class_name);
    method->flags = MI_FLAG_METHOD | mi_flags_of_qualifiers(&qualifiers, MI_METHOD_FLAGS);
    method->qualifiers = (MI_Qualifier MI_CONST * MI_CONST *)qualifiers.list;
    method->numQualifiers = qualifiers.count;
    method->parameters = (MI_ParameterDecl MI_CONST * MI_CONST *)parameters.list;
    method->numParameters = parameters.count;
    return mi_class_parts_add_method(reader, feature.at, parts, method);
}

/* ---- Super-classes ----------------------------------------------------------------------------------------------- */

/* Features begin alike, but their origins do not lie at the same place. */
static const MI_Char **origin_of(void *feature, bool method)
{
    return method ? &((MI_MethodDecl *)feature)->origin : &((MI_PropertyDecl *)feature)->origin;
}

static const MI_Char **propagator_of(void *feature, bool method)
{
    return method ? &((MI_MethodDecl *)feature)->propagator : &((MI_PropertyDecl *)feature)->propagator;
}

/* The features that come from the class of the name, copied as that class's own. */
static bool take_features(struct mi_codec_reader *reader, const struct mi_pointers *from, bool method,
                          const MI_Char *name, struct mi_pointers *features)
{
    size_t size = method ? sizeof(MI_MethodDecl) : sizeof(MI_PropertyDecl);

    for (MI_Uint32 i = 0; i < from->count; i++)
    {
        const MI_Char *origin = *origin_of(from->list[i], method);
        void *copy;

        if (!origin || !mi_name_equal(origin, name)) continue;
        copy = mi_codec_alloc(reader, size);
        if (!copy) return false;
        memcpy(copy, from->list[i], size);
        *propagator_of(copy, method) = name;
        if (!mi_pointers_add(reader, features, copy)) return false;
    }
    return true;
}

/* Leaves out what the super-class has and the class only shows. */
static void drop_propagated(struct mi_pointers *features, bool method, const MI_Class *super_class)
{
    const MI_ClassDecl *super = super_class ? super_class->classDecl : NULL;
    MI_Uint32 kept = 0;

    for (MI_Uint32 i = 0; i < features->count; i++)
    {
        const MI_Char **propagator = propagator_of(features->list[i], method), **origin;

        if (*propagator && super && mi_class_has(super, method, ((const MI_FeatureDecl *)features->list[i])->name))
            continue;
        origin = origin_of(features->list[i], method);
        if (!*origin) *propagator = NULL;
        features->list[kept++] = features->list[i];
    }
    features->count = kept;
}

/* What is propagated without an origin comes from the nearest super-class. */
static void fix_origins(struct mi_pointers *features, bool method, const MI_Char *nearest)
{
    for (MI_Uint32 i = 0; i < features->count; i++)
    {
        const MI_Char **origin = origin_of(features->list[i], method);

        if (!*origin && *propagator_of(features->list[i], method)) *origin = nearest;
    }
}

/* The names that DERIVATION lists, the nearest first. */
static bool split_derivation(struct mi_codec_reader *reader, const MI_Char *at, MI_Char *text,
                             struct mi_pointers *names)
{
    while (*text)
    {
        MI_Char *begin = text;

        while (*text && *text != ',')
            text++;
        if (text == begin || names->count == MI_MAX_SUPERCLASSES) return mi_codec_bad(reader, at, "DERIVATION is bad");
        if (*text) *text++ = 0;
        if (!mi_pointers_add(reader, names, begin)) return false;
    }
    return names->count || mi_codec_bad(reader, at, "DERIVATION is empty");
}

/* The super-classes as far as a class that says everything shows them: names, and what each has brought in. */
static MI_Class *derive(struct mi_codec_reader *reader, const MI_Char *at, struct mi_class_parts *parts,
                        MI_Char *derivation)
{
    struct mi_pointers names = {0};
    MI_Class *above = NULL;

    if (!split_derivation(reader, at, derivation, &names) || !names.list) return NULL;
    if (!mi_name_equal(names.list[0], parts->super_class))
    {
        mi_codec_bad(reader, at, "DERIVATION does not begin with SUPERCLASS");
        return NULL;
    }
    fix_origins(&parts->properties, false, names.list[0]);
    fix_origins(&parts->methods, true, names.list[0]);
    for (MI_Uint32 i = names.count; i-- > 0;)
    {
        struct mi_class_parts super = {.name = names.list[i],
                                       .super_class = i + 1 < names.count ? names.list[i + 1] : NULL};

        if (!take_features(reader, &parts->properties, false, super.name, &super.properties) ||
            !take_features(reader, &parts->methods, true, super.name, &super.methods))
            return NULL;
        above = mi_class_parts_finish(reader, at, &super, above);
        if (!above) return NULL;
    }
    return above;
}

/* The super-class of the class: given, known, derived, or asked for. */
static bool find_super_class(struct mi_codec_reader *reader, const MI_Char *at, struct mi_class_parts *parts,
                             MI_Char *derivation, MI_Class **super_class)
{
    const MI_Char *name = parts->super_class;

    if (*super_class && (!name || !mi_name_equal((*super_class)->classDecl->name, name)))
        return mi_codec_fail(reader, at, reader->bad_input, "the class has another super-class", parts->name,
                             mi_text_length(parts->name));
    if (!name || *super_class) return true;
    *super_class = mi_codec_known_class(reader, name);
    if (!*super_class && derivation)
    {
        *super_class = derive(reader, at, parts, derivation);
        return *super_class != NULL;
    }
    if (!*super_class) *super_class = mi_codec_find_class(reader, at, name, false);
    if (*super_class) return true;
    return mi_codec_fail(reader, at, MI_RESULT_INVALID_SUPERCLASS, "the super-class is not known", name,
                         mi_text_length(name));
}

/* ---- Classes ----------------------------------------------------------------------------------------------------- */

static bool read_member(struct mi_xml *xml, const struct mi_xml_tag *child, struct mi_class_parts *parts)
{
    if (mi_xml_is(child, "QUALIFIER")) return read_qualifier(xml, child, &parts->qualifiers);
    if (mi_xml_is(child, "PROPERTY") || mi_xml_is(child, "PROPERTY.ARRAY") || mi_xml_is(child, "PROPERTY.REFERENCE"))
        return read_property(xml, child, parts);
    if (mi_xml_is(child, "METHOD")) return read_method(xml, child, parts);
    return mi_xml_unexpected(xml, child);
}

MI_Class *mi_xml_read_class(struct mi_xml *xml, const struct mi_xml_tag *tag, MI_Class *super_class)
{
    struct mi_class_parts parts = {0};
    const MI_Char *at = tag->at;
    MI_Char *name, *super_name, *derivation;
    struct mi_xml_tag child;
    bool found;

    if (!mi_xml_attribute(xml, tag, "NAME", true, &name) ||
        !mi_xml_attribute(xml, tag, "SUPERCLASS", false, &super_name) ||
        !mi_xml_attribute(xml, tag, "DERIVATION", false, &derivation))
        return NULL;
    parts.name = name;
    parts.super_class = super_name;
    do
    {
        if (!mi_xml_next(xml, &child, &found)) return NULL;
        if (found && !read_member(xml, &child, &parts)) return NULL;
    }
    while (found);
    if (!find_super_class(xml->reader, at, &parts, derivation, &super_class)) return NULL;
    drop_propagated(&parts.properties, false, super_class);
    drop_propagated(&parts.methods, true, super_class);
    return mi_class_parts_finish(xml->reader, at, &parts, super_class);
}

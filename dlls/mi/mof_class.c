/* Qualifiers and classes of MOF. See mof_load.h. */
#include "mi/mof_load.h"

#include "mi/class_parts.h"
#include "mi/codec_types.h"
#include "mi/mof_qualifiers.h"
#include "mi/text.h"
#include "mi/value.h"

#include <string.h>

#define OVERRIDE_FLAVORS  (MI_FLAG_ENABLEOVERRIDE | MI_FLAG_DISABLEOVERRIDE)
#define PROPAGATE_FLAVORS (MI_FLAG_TOSUBCLASS | MI_FLAG_RESTRICTED)

/* ---- Flavors ----------------------------------------------------------------------------------------------------- */

/* Applies the flavor that is the next word. ToInstance is WMI's: it says nothing here. */
static bool read_flavor(struct mi_mof *mof, MI_Uint32 *flavor, bool *taken)
{
    static const struct
    {
        const char *name;
        MI_Uint32 flag, group;
    } flavors[] = {
        {"EnableOverride", MI_FLAG_ENABLEOVERRIDE, OVERRIDE_FLAVORS},
        {"DisableOverride", MI_FLAG_DISABLEOVERRIDE, OVERRIDE_FLAVORS},
        {"ToSubclass", MI_FLAG_TOSUBCLASS, PROPAGATE_FLAVORS},
        {"Restricted", MI_FLAG_RESTRICTED, PROPAGATE_FLAVORS},
        {"Translatable", MI_FLAG_TRANSLATABLE, MI_FLAG_TRANSLATABLE},
        {"NotToInstance", 0, 0},
        {"ToInstance", 0, 0},
        {"Amended", 0, 0},
    };

    for (size_t i = 0; i < MI_COUNT(flavors); i++)
    {
        *taken = mi_mof_is(&mof->lexer, flavors[i].name);
        if (!*taken) continue;
        *flavor = (*flavor & ~flavors[i].group) | flavors[i].flag;
        return mi_mof_advance(&mof->lexer);
    }
    return true;
}

/* One flavor or more. `comma`: they have commas between them. */
static bool read_flavors(struct mi_mof *mof, bool comma, MI_Uint32 *flavor)
{
    bool taken, first = true;

    for (;;)
    {
        if (!read_flavor(mof, flavor, &taken)) return false;
        if (!taken) return !first || mi_mof_unexpected(&mof->lexer);
        first = false;
        if (!comma) continue;
        if (!mi_mof_try_punctuation(&mof->lexer, ',', &taken)) return false;
        if (!taken) return true;
        first = true;
    }
}

/* ---- Qualifier declarations -------------------------------------------------------------------------------------- */

static bool read_type(struct mi_mof *mof, MI_Type *type)
{
    const struct mi_mof_word *word = &mof->lexer.word;

    if (word->kind != MI_MOF_NAME || !mi_cim_type(word->text, word->length, type))
        return mi_codec_fail(mof->reader, word->at, mof->reader->bad_input, "there is no such type", word->text,
                             word->length);
    return mi_mof_advance(&mof->lexer);
}

/* "[]" or "[size]", if there is one. */
static bool read_subscript(struct mi_mof *mof, bool *array, MI_Uint32 *size)
{
    const struct mi_mof_word *word = &mof->lexer.word;
    MI_Value number = {0};

    *size = 0;
    if (!mi_mof_try_punctuation(&mof->lexer, '[', array)) return false;
    if (!*array) return true;
    if (word->kind == MI_MOF_INTEGER)
    {
        if (!mi_integer_fit(&word->integer, MI_UINT32, &number) || !number.uint32)
            return mi_codec_bad(mof->reader, word->at, "this is no number of items");
        *size = number.uint32;
        if (!mi_mof_advance(&mof->lexer)) return false;
    }
    return mi_mof_expect(&mof->lexer, ']');
}

/* What scopes there are makes no difference here. */
static bool skip_scopes(struct mi_mof *mof)
{
    const MI_Char *name;
    bool more = true;

    if (!mi_mof_expect(&mof->lexer, '(')) return false;
    while (more)
        if (!mi_mof_expect_name(&mof->lexer, &name) || !mi_mof_try_punctuation(&mof->lexer, ',', &more)) return false;
    return mi_mof_expect(&mof->lexer, ')');
}

static bool read_clauses(struct mi_mof *mof, MI_QualifierDecl *decl)
{
    bool taken, more;

    if (!mi_mof_try_punctuation(&mof->lexer, ',', &more)) return false;
    while (more)
    {
        if (!mi_mof_try(&mof->lexer, "scope", &taken)) return false;
        if (taken)
        {
            if (!skip_scopes(mof)) return false;
        }
        else
        {
            if (!mi_mof_try(&mof->lexer, "flavor", &taken)) return false;
            if (!taken) return mi_mof_unexpected(&mof->lexer);
            if (!mi_mof_expect(&mof->lexer, '(') || !read_flavors(mof, true, &decl->flavor) ||
                !mi_mof_expect(&mof->lexer, ')'))
                return false;
        }
        if (!mi_mof_try_punctuation(&mof->lexer, ',', &more)) return false;
    }
    return true;
}

bool mi_mof_read_declaration(struct mi_mof *mof)
{
    MI_QualifierDecl *decl = mi_codec_alloc(mof->reader, sizeof(*decl));
    MI_Value *value = mi_codec_alloc(mof->reader, sizeof(*value));
    struct mi_mof_value written;
    MI_Type type = MI_STRING;
    bool array, taken;

    if (!decl || !value) return false;
    memset(decl, 0, sizeof(*decl));
    decl->flavor = MI_MOF_DEFAULT_FLAVOR;
    if (!mi_mof_expect_name(&mof->lexer, &decl->name) || !mi_mof_expect(&mof->lexer, ':') || !read_type(mof, &type) ||
        !read_subscript(mof, &array, &decl->subscript))
        return false;
    decl->type = type | (array ? MI_ARRAY : 0);
    if (!mi_mof_try_punctuation(&mof->lexer, '=', &taken)) return false;
    if (taken)
    {
        if (!mi_mof_read_value(mof, &written) || !mi_mof_convert(mof, &written, (MI_Type)decl->type, value))
            return false;
        decl->value = written.is_null ? NULL : value;
    }
    return read_clauses(mof, decl) && mi_mof_expect(&mof->lexer, ';') &&
           mi_pointers_add(mof->reader, &mof->declared, decl);
}

/* ---- Qualifiers -------------------------------------------------------------------------------------------------- */

static const MI_QualifierDecl *find_declared(const struct mi_mof *mof, const MI_Char *name)
{
    for (MI_Uint32 i = mof->declared.count; i-- > 0;)
    {
        const MI_QualifierDecl *decl = mof->declared.list[i];

        if (mi_name_equal(decl->name, name)) return decl;
    }
    return NULL;
}

/* Asks the caller for a declaration; what it does not know is no failure. */
static bool ask_declaration(struct mi_mof *mof, const MI_Char *name, const MI_QualifierDecl **found)
{
    const struct mi_mof_callbacks *callbacks = &mof->callbacks;
    MI_QualifierDecl *decl;

    if (!callbacks->qualifier_needed) return true;
    decl = mi_codec_alloc(mof->reader, sizeof(*decl));
    if (!decl) return false;
    memset(decl, 0, sizeof(*decl));
    decl->name = name;
    if (callbacks->qualifier_needed(callbacks->qualifier_context, decl) != MI_RESULT_OK ||
        !mi_type_is_valid(decl->type))
        return true;
    *found = decl;
    return mi_pointers_add(mof->reader, &mof->declared, decl);
}

/* "(value)" or "{values}", if there is one. */
static bool read_qualifier_value(struct mi_mof *mof, struct mi_mof_value *value, bool *found)
{
    bool taken;

    *found = mi_mof_is_punctuation(&mof->lexer, '{');
    if (*found) return mi_mof_read_value(mof, value);
    if (!mi_mof_try_punctuation(&mof->lexer, '(', &taken)) return false;
    *found = taken;
    return !taken || (mi_mof_read_value(mof, value) && mi_mof_expect(&mof->lexer, ')'));
}

/* Without a value a boolean one is true; another has its declaration's. */
static bool read_qualifier(struct mi_mof *mof, struct mi_pointers *qualifiers)
{
    MI_Qualifier *qualifier = mi_codec_alloc(mof->reader, sizeof(*qualifier));
    MI_Value *value = mi_codec_alloc(mof->reader, sizeof(*value));
    const MI_Char *at = mof->lexer.word.at;
    const MI_QualifierDecl *decl;
    struct mi_mof_value written;
    MI_Type type;
    bool found, standard, flavors;

    if (!qualifier || !value || !mi_mof_expect_name(&mof->lexer, &qualifier->name)) return false;
    standard = mi_mof_standard_qualifier(qualifier->name, &type, &qualifier->flavor);
    decl = find_declared(mof, qualifier->name);
    if (!decl && !standard && !ask_declaration(mof, qualifier->name, &decl)) return false;
    if (!read_qualifier_value(mof, &written, &found)) return false;
    if (!standard) type = found && !written.is_null ? mi_mof_natural_type(&written) : found ? MI_STRING : MI_BOOLEAN;
    if (decl)
    {
        type = (MI_Type)decl->type;
        qualifier->flavor = decl->flavor;
    }
    qualifier->type = type;
    memset(value, 0, sizeof(*value));
    value->boolean = MI_TRUE;
    qualifier->value = found                ? (written.is_null ? NULL : value)
                       : type == MI_BOOLEAN ? value
                       : decl               ? decl->value
                                            : NULL;
    if (found && !mi_mof_convert(mof, &written, type, value)) return false;
    if (!mi_mof_try_punctuation(&mof->lexer, ':', &flavors) ||
        (flavors && !read_flavors(mof, false, &qualifier->flavor)))
        return false;
    return mi_class_parts_add_qualifier(mof->reader, at, qualifiers, qualifier);
}

bool mi_mof_read_qualifiers(struct mi_mof *mof, struct mi_pointers *qualifiers)
{
    bool more;

    if (!mi_mof_try_punctuation(&mof->lexer, '[', &more)) return false;
    if (!more) return true;
    while (more)
        if (!read_qualifier(mof, qualifiers) || !mi_mof_try_punctuation(&mof->lexer, ',', &more)) return false;
    return mi_mof_expect(&mof->lexer, ']');
}

/* ---- Features ---------------------------------------------------------------------------------------------------- */

/* A type and a name, as properties, parameters and methods have them. */
struct feature
{
    const MI_Char *at, *name, *class_name;
    MI_Uint32 type;
};

/* "type name", or "Class REF name". */
static bool read_feature(struct mi_mof *mof, const struct mi_pointers *qualifiers, struct feature *feature)
{
    const struct mi_mof_word *word = &mof->lexer.word;
    const MI_Char *embedded;
    MI_Type type;
    bool reference;

    memset(feature, 0, sizeof(*feature));
    feature->at = word->at;
    if (word->kind == MI_MOF_NAME && mi_cim_type(word->text, word->length, &type))
    {
        feature->type = type;
        if (type == MI_STRING && mi_is_embedded(qualifiers, &embedded))
        {
            feature->type = MI_INSTANCE;
            feature->class_name = embedded;
        }
        return mi_mof_advance(&mof->lexer) && mi_mof_expect_name(&mof->lexer, &feature->name);
    }
    feature->type = MI_REFERENCE;
    return mi_mof_expect_name(&mof->lexer, &feature->class_name) && mi_mof_try(&mof->lexer, "ref", &reference) &&
           (reference || mi_codec_fail(mof->reader, feature->at, mof->reader->bad_input, "there is no such type",
                                       feature->class_name, mi_text_length(feature->class_name))) &&
           mi_mof_expect_name(&mof->lexer, &feature->name);
}

static bool read_parameter(struct mi_mof *mof, struct mi_pointers *parameters)
{
    MI_ParameterDecl *parameter = mi_codec_alloc(mof->reader, sizeof(*parameter));
    struct mi_pointers qualifiers = {0};
    struct feature feature;
    bool array;

    if (!parameter || !mi_mof_read_qualifiers(mof, &qualifiers) || !read_feature(mof, &qualifiers, &feature))
        return false;
    memset(parameter, 0, sizeof(*parameter));
    if (!read_subscript(mof, &array, &parameter->subscript)) return false;
    parameter->name = feature.name;
    parameter->type = feature.type | (array ? MI_ARRAY : 0);
    parameter->className = feature.class_name;
    parameter->flags = mi_flags_of_parameter(&qualifiers);
    parameter->qualifiers = (MI_Qualifier MI_CONST * MI_CONST *)qualifiers.list;
    parameter->numQualifiers = qualifiers.count;
    if (parameters->count == MI_CODEC_MAX_MEMBERS)
        return mi_codec_fail(mof->reader, feature.at, MI_RESULT_SERVER_LIMITS_EXCEEDED, "there are too many members",
                             NULL, 0);
    return mi_pointers_add(mof->reader, parameters, parameter);
}

/* Behind the opening parenthesis. */
static bool read_method(struct mi_mof *mof, const struct mi_pointers *qualifiers, const struct feature *feature,
                        struct mi_class_parts *parts)
{
    MI_MethodDecl *method = mi_codec_alloc(mof->reader, sizeof(*method));
    struct mi_pointers parameters = {0};
    bool more = !mi_mof_is_punctuation(&mof->lexer, ')');

    if (!method) return false;
    while (more)
        if (!read_parameter(mof, &parameters) || !mi_mof_try_punctuation(&mof->lexer, ',', &more)) return false;
    memset(method, 0, sizeof(*method));
    method->name = feature->name;
    method->returnType = feature->type;
    method->flags = MI_FLAG_METHOD | mi_flags_of_qualifiers(qualifiers, MI_METHOD_FLAGS);
    method->qualifiers = (MI_Qualifier MI_CONST * MI_CONST *)qualifiers->list;
    method->numQualifiers = qualifiers->count;
    method->parameters = (MI_ParameterDecl MI_CONST * MI_CONST *)parameters.list;
    method->numParameters = parameters.count;
    return mi_mof_expect(&mof->lexer, ')') && mi_class_parts_add_method(mof->reader, feature->at, parts, method);
}

static bool read_property(struct mi_mof *mof, const struct mi_pointers *qualifiers, const struct feature *feature,
                          struct mi_class_parts *parts)
{
    MI_PropertyDecl *property = mi_codec_alloc(mof->reader, sizeof(*property));
    MI_Value *value = mi_codec_alloc(mof->reader, sizeof(*value));
    struct mi_mof_value written;
    bool array, has_value;

    if (!property || !value) return false;
    memset(property, 0, sizeof(*property));
    if (!read_subscript(mof, &array, &property->subscript)) return false;
    property->name = feature->name;
    property->type = feature->type | (array ? MI_ARRAY : 0);
    property->className = feature->class_name;
    property->flags = MI_FLAG_PROPERTY | mi_flags_of_qualifiers(qualifiers, MI_PROPERTY_FLAGS);
    property->qualifiers = (MI_Qualifier MI_CONST * MI_CONST *)qualifiers->list;
    property->numQualifiers = qualifiers->count;
    if (!mi_mof_try_punctuation(&mof->lexer, '=', &has_value)) return false;
    if (has_value)
    {
        if (!mi_mof_read_value(mof, &written) || !mi_mof_convert(mof, &written, (MI_Type)property->type, value))
            return false;
        property->value = written.is_null ? NULL : value;
    }
    return mi_class_parts_add_property(mof->reader, feature->at, parts, property);
}

static bool read_member(struct mi_mof *mof, struct mi_class_parts *parts)
{
    struct mi_pointers qualifiers = {0};
    struct feature feature;
    bool method;

    if (!mi_mof_read_qualifiers(mof, &qualifiers) || !read_feature(mof, &qualifiers, &feature) ||
        !mi_mof_try_punctuation(&mof->lexer, '(', &method))
        return false;
    return (method ? read_method(mof, &qualifiers, &feature, parts)
                   : read_property(mof, &qualifiers, &feature, parts)) &&
           mi_mof_expect(&mof->lexer, ';');
}

/* ---- Classes ----------------------------------------------------------------------------------------------------- */

/* "Name [as $alias] [: SuperClass]". Aliases of classes are of no use here. */
static bool read_names(struct mi_mof *mof, struct mi_class_parts *parts, const MI_Char **super_at)
{
    bool taken;

    if (!mi_mof_expect_name(&mof->lexer, &parts->name) || !mi_mof_try(&mof->lexer, "as", &taken)) return false;
    if (taken)
    {
        if (mof->lexer.word.kind != MI_MOF_ALIAS) return mi_mof_unexpected(&mof->lexer);
        if (!mi_mof_advance(&mof->lexer)) return false;
    }
    if (!mi_mof_try_punctuation(&mof->lexer, ':', &taken)) return false;
    *super_at = mof->lexer.word.at;
    return !taken || mi_mof_expect_name(&mof->lexer, &parts->super_class);
}

static bool is_defined(const struct mi_mof *mof, const MI_Char *name)
{
    for (MI_Uint32 i = 0; i < mof->classes.count; i++)
        if (mi_name_equal(((const MI_Class *)mof->classes.list[i])->classDecl->name, name)) return true;
    return false;
}

bool mi_mof_read_class(struct mi_mof *mof, struct mi_pointers *qualifiers)
{
    struct mi_class_parts parts = {.qualifiers = *qualifiers};
    const MI_Char *at = mof->lexer.word.at, *super_at = at;
    MI_Class *super_class = NULL, *class_object;

    if (!read_names(mof, &parts, &super_at)) return false;
    if (is_defined(mof, parts.name))
        return mi_codec_fail(mof->reader, at, MI_RESULT_ALREADY_EXISTS, "the class is there already", parts.name,
                             mi_text_length(parts.name));
    if (parts.super_class)
    {
        super_class = mi_codec_find_class(mof->reader, super_at, parts.super_class, false);
        if (!super_class)
            return mi_codec_fail(mof->reader, super_at, MI_RESULT_INVALID_SUPERCLASS, "the super-class is not known",
                                 parts.super_class, mi_text_length(parts.super_class));
    }
    if (!mi_mof_expect(&mof->lexer, '{')) return false;
    while (!mi_mof_is_punctuation(&mof->lexer, '}'))
        if (!read_member(mof, &parts)) return false;
    if (!mi_mof_advance(&mof->lexer) || !mi_mof_expect(&mof->lexer, ';')) return false;
    class_object = mi_class_parts_finish(mof->reader, at, &parts, super_class);
    return class_object && mi_pointers_add(mof->reader, &mof->classes, class_object);
}

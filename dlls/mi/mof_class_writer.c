/* Classes as MOF. See mof_writer.h. */
#include "mi/mof_writer.h"

#include "mi/class_parts.h"
#include "mi/codec_types.h"
#include "mi/mof_qualifiers.h"
#include "mi/text.h"
#include "mi/value.h"

/* ---- Types ------------------------------------------------------------------------------------------------------- */

/* "Uint32", "Class REF". */
static void write_type(struct mi_codec_output *output, MI_Uint32 type, const MI_Char *class_name)
{
    const char *name = mi_cim_type_name((MI_Type)type);

    if ((type & ~(MI_Uint32)MI_ARRAY) == MI_REFERENCE)
    {
        mi_mof_write_name(output, class_name ? class_name : MI_T("object"));
        mi_output_ascii(output, " REF");
        return;
    }
    mi_output_char(output, (MI_Char)(*name - 'a' + 'A'));
    mi_output_ascii(output, name + 1);
}

static void write_subscript(struct mi_codec_output *output, MI_Uint32 type, MI_Uint32 subscript)
{
    MI_Value value = {0};

    if (!mi_type_is_array(type)) return;
    value.uint32 = subscript;
    mi_output_char(output, '[');
    if (subscript) mi_output_number(output, MI_UINT32, &value, false);
    mi_output_char(output, ']');
}

/* ---- Qualifiers -------------------------------------------------------------------------------------------------- */

static MI_Uint32 whole_flavor(MI_Uint32 flavor)
{
    return (flavor & MI_FLAG_DISABLEOVERRIDE ? MI_FLAG_DISABLEOVERRIDE : MI_FLAG_ENABLEOVERRIDE) |
           (flavor & MI_FLAG_RESTRICTED ? MI_FLAG_RESTRICTED : MI_FLAG_TOSUBCLASS) | (flavor & MI_FLAG_TRANSLATABLE);
}

/* Whether a qualifier is read as something else unless it is declared: of another type than the standard has or than
 * its value shows, or translatable by the standard. */
static bool needs_declaration(const MI_Qualifier *qualifier)
{
    MI_Type type;
    MI_Uint32 flavor;

    if (mi_mof_standard_qualifier(qualifier->name, &type, &flavor))
        return type != (MI_Type)qualifier->type ||
               ((flavor & MI_FLAG_TRANSLATABLE) && !(qualifier->flavor & MI_FLAG_TRANSLATABLE));
    if (qualifier->type == MI_STRING) return false;
    return !qualifier->value || (qualifier->type != MI_BOOLEAN && qualifier->type != MI_STRINGA &&
                                 qualifier->type != MI_SINT32 && qualifier->type != MI_REAL64);
}

static void write_declarations(struct mi_codec_output *output, MI_Qualifier MI_CONST *MI_CONST *list, MI_Uint32 count)
{
    for (MI_Uint32 i = 0; i < count; i++)
    {
        if (!needs_declaration(list[i]) || mi_names_find(&output->declared, list[i]->name)) continue;
        if (!mi_names_add(&output->declared, list[i]->name, list[i]->type))
            mi_output_fail(output, MI_RESULT_SERVER_LIMITS_EXCEEDED);
        mi_output_ascii(output, "Qualifier ");
        mi_mof_write_name(output, list[i]->name);
        mi_output_ascii(output, " : ");
        write_type(output, list[i]->type, NULL);
        if (mi_type_is_array(list[i]->type)) mi_output_ascii(output, "[]");
        mi_output_ascii(output, ", Scope(any);\n");
    }
}

static void write_flavor(struct mi_codec_output *output, const MI_Qualifier *qualifier)
{
    MI_Uint32 flavor = whole_flavor(qualifier->flavor), known;
    MI_Type type;

    mi_mof_standard_qualifier(qualifier->name, &type, &known);
    if (flavor == (mi_names_find(&output->declared, qualifier->name) ? MI_MOF_DEFAULT_FLAVOR : known)) return;
    mi_output_ascii(output, flavor & MI_FLAG_DISABLEOVERRIDE ? " : DisableOverride" : " : EnableOverride");
    mi_output_ascii(output, flavor & MI_FLAG_RESTRICTED ? " Restricted" : " ToSubclass");
    if (flavor & MI_FLAG_TRANSLATABLE) mi_output_ascii(output, " Translatable");
}

/* A boolean one that is true says so by being there. */
static void write_qualifier(struct mi_codec_output *output, const MI_Qualifier *qualifier)
{
    const MI_Value *value = qualifier->value;
    const struct mi_named *declared = mi_names_find(&output->declared, qualifier->name);
    bool braces = mi_type_is_array(qualifier->type) && value;

    if (declared && declared->number != qualifier->type) mi_output_fail(output, MI_RESULT_NOT_SUPPORTED);
    mi_mof_write_name(output, qualifier->name);
    if (qualifier->type != MI_BOOLEAN || !value || !value->boolean)
    {
        if (!braces) mi_output_char(output, '(');
        mi_mof_write_value(output, (MI_Type)qualifier->type, value);
        if (!braces) mi_output_char(output, ')');
    }
    write_flavor(output, qualifier);
}

/* The list in its brackets, as it grows; nothing before the first qualifier. */
struct list
{
    struct mi_codec_output *output;
    const char *indent;
    bool begun;
};

static void begin_item(struct list *list)
{
    mi_output_ascii(list->output, list->begun ? ", " : list->indent);
    if (!list->begun) mi_output_char(list->output, '[');
    list->begun = true;
}

static void add_word(struct list *list, const char *word)
{
    begin_item(list);
    mi_output_ascii(list->output, word);
}

/* Qualifiers, and those that flags and type say where no qualifier does, each list on a line. `flags`, `type`,
 * `class_name`: as of xml_writer's. */
static void write_qualifiers(struct mi_codec_output *output, const char *indent, MI_Qualifier MI_CONST *MI_CONST *from,
                             MI_Uint32 count, MI_Uint32 flags, MI_Uint32 type, const MI_Char *class_name)
{
    struct mi_pointers qualifiers = {(void **)from, count, count};
    struct list list = {output, indent, false};
    const MI_Char *named;

    if ((flags & MI_FLAG_PARAMETER) && !(flags & MI_FLAG_IN) && !mi_find_qualifier(&qualifiers, MI_T("In")))
        add_word(&list, "In(False)");
    for (MI_Uint32 i = 0; i < mi_flag_qualifier_count; i++)
    {
        if (!(flags & mi_flag_qualifiers[i].flag & ~MI_FLAG_IN)) continue;
        if (mi_find_qualifier(&qualifiers, mi_flag_qualifiers[i].name)) continue;
        begin_item(&list);
        mi_output_text(output, mi_flag_qualifiers[i].name);
    }
    if ((type & ~(MI_Uint32)MI_ARRAY) == MI_INSTANCE && !mi_is_embedded(&qualifiers, &named))
    {
        add_word(&list, class_name ? "EmbeddedInstance(" : "EmbeddedObject");
        if (class_name)
        {
            MI_Value value = {.string = (MI_Char *)class_name};

            mi_mof_write_value(output, MI_STRING, &value);
            mi_output_char(output, ')');
        }
    }
    for (MI_Uint32 i = 0; i < count; i++)
    {
        begin_item(&list);
        write_qualifier(output, from[i]);
    }
    if (list.begun) mi_output_ascii(output, "]\n");
}

/* ---- Features ---------------------------------------------------------------------------------------------------- */

static void write_property(struct mi_codec_output *output, const MI_PropertyDecl *property)
{
    MI_Uint32 flags = property->flags & MI_PROPERTY_FLAGS;

    if (property->type == MI_REFERENCEA) mi_output_fail(output, MI_RESULT_NOT_SUPPORTED);
    write_qualifiers(output, "    ", property->qualifiers, property->numQualifiers, flags, property->type,
                     property->className);
    mi_output_ascii(output, "    ");
    write_type(output, property->type, property->className);
    mi_output_char(output, ' ');
    mi_mof_write_name(output, property->name);
    write_subscript(output, property->type, property->subscript);
    if (property->value && !(property->flags & MI_FLAG_NULL))
    {
        mi_output_ascii(output, " = ");
        mi_mof_write_value(output, (MI_Type)property->type, property->value);
    }
    mi_output_ascii(output, ";\n");
}

static void write_parameter(struct mi_codec_output *output, const MI_ParameterDecl *parameter)
{
    MI_Uint32 flags = MI_FLAG_PARAMETER | (parameter->flags & MI_PARAMETER_FLAGS);

    write_qualifiers(output, "        ", parameter->qualifiers, parameter->numQualifiers, flags, parameter->type,
                     parameter->className);
    mi_output_ascii(output, "        ");
    write_type(output, parameter->type, parameter->className);
    mi_output_char(output, ' ');
    mi_mof_write_name(output, parameter->name);
    write_subscript(output, parameter->type, parameter->subscript);
}

static void write_method(struct mi_codec_output *output, const MI_MethodDecl *method)
{
    write_qualifiers(output, "    ", method->qualifiers, method->numQualifiers, method->flags & MI_METHOD_FLAGS,
                     method->returnType, NULL);
    mi_output_ascii(output, "    ");
    write_type(output, method->returnType, NULL);
    mi_output_char(output, ' ');
    mi_mof_write_name(output, method->name);
    mi_output_char(output, '(');
    for (MI_Uint32 i = 0; i < method->numParameters; i++)
    {
        mi_output_ascii(output, i ? ",\n" : "\n");
        write_parameter(output, method->parameters[i]);
    }
    mi_output_ascii(output, ");\n");
}

/* ---- Classes ----------------------------------------------------------------------------------------------------- */

static bool is_own(const MI_ClassDecl *decl, const MI_Char *propagator, bool whole)
{
    return whole || !propagator || mi_name_equal(propagator, decl->name);
}

static void write_all_declarations(struct mi_codec_output *output, const MI_ClassDecl *decl, bool whole)
{
    write_declarations(output, decl->qualifiers, decl->numQualifiers);
    for (MI_Uint32 i = 0; i < decl->numProperties; i++)
        if (is_own(decl, decl->properties[i]->propagator, whole))
            write_declarations(output, decl->properties[i]->qualifiers, decl->properties[i]->numQualifiers);
    for (MI_Uint32 i = 0; i < decl->numMethods; i++)
    {
        const MI_MethodDecl *method = decl->methods[i];

        if (!is_own(decl, method->propagator, whole)) continue;
        write_declarations(output, method->qualifiers, method->numQualifiers);
        for (MI_Uint32 k = 0; k < method->numParameters; k++)
            write_declarations(output, method->parameters[k]->qualifiers, method->parameters[k]->numQualifiers);
    }
}

void mi_mof_write_one_class(struct mi_codec_output *output, const MI_ClassDecl *decl, bool whole)
{
    write_all_declarations(output, decl, whole);
    write_qualifiers(output, "", decl->qualifiers, decl->numQualifiers, decl->flags & MI_CLASS_FLAGS, MI_BOOLEAN, NULL);
    mi_output_ascii(output, "class ");
    mi_mof_write_name(output, decl->name);
    if (decl->superClass && !whole)
    {
        mi_output_ascii(output, " : ");
        mi_mof_write_name(output, decl->superClass);
    }
    mi_output_ascii(output, "\n{\n");
    for (MI_Uint32 i = 0; i < decl->numProperties; i++)
        if (is_own(decl, decl->properties[i]->propagator, whole)) write_property(output, decl->properties[i]);
    for (MI_Uint32 i = 0; i < decl->numMethods; i++)
        if (is_own(decl, decl->methods[i]->propagator, whole)) write_method(output, decl->methods[i]);
    mi_output_ascii(output, "};\n\n");
}

/* A class object's chain of super-classes is not longer than MI_MAX_SUPERCLASSES. */
void mi_mof_write_class(struct mi_codec_output *output, const MI_ClassDecl *decl, bool deep)
{
    if (deep && decl->superClassDecl) mi_mof_write_class(output, decl->superClassDecl, true);
    mi_mof_write_one_class(output, decl, deep && decl->superClass && !decl->superClassDecl);
}

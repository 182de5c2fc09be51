/* Classes as CIM-XML. See xml_writer.h. */
#include "mi/xml_writer.h"

#include "mi/class_parts.h"
#include "mi/codec_types.h"
#include "mi/text.h"
#include "mi/value.h"

static bool is_embedded_type(MI_Uint32 type)
{
    return (type & ~(MI_Uint32)MI_ARRAY) == MI_INSTANCE;
}

static void write_type(struct mi_codec_output *output, MI_Uint32 type)
{
    mi_output_ascii(output, " TYPE=\"");
    mi_output_ascii(output, mi_cim_type_name((MI_Type)type));
    mi_output_ascii(output, "\"");
}

static void write_end(struct mi_codec_output *output, const char *element)
{
    mi_output_ascii(output, "</");
    mi_output_ascii(output, element);
    mi_output_ascii(output, ">");
}

/* ---- Qualifiers -------------------------------------------------------------------------------------------------- */

/* The flavors that are not what is so without them: OVERRIDABLE and TOSUBCLASS true, TRANSLATABLE false (DSP0201). */
static void write_qualifier(struct mi_codec_output *output, const MI_Char *name, MI_Type type, MI_Uint32 flavor,
                            const MI_Value *value)
{
    mi_output_ascii(output, "<QUALIFIER");
    mi_xml_write_attribute(output, "NAME", name);
    write_type(output, type);
    if (flavor & MI_FLAG_DISABLEOVERRIDE) mi_output_ascii(output, " OVERRIDABLE=\"false\"");
    if (flavor & MI_FLAG_RESTRICTED) mi_output_ascii(output, " TOSUBCLASS=\"false\"");
    if (flavor & MI_FLAG_TRANSLATABLE) mi_output_ascii(output, " TRANSLATABLE=\"true\"");
    mi_output_ascii(output, ">");
    if (value) mi_xml_write_value(output, type, value);
    write_end(output, "QUALIFIER");
}

static void write_boolean_qualifier(struct mi_codec_output *output, const MI_Char *name, bool is)
{
    MI_Value value = {.boolean = is};

    write_qualifier(output, name, MI_BOOLEAN, 0, &value);
}

/* Qualifiers of anything, and those that its flags and type say where no qualifier does: `flags` has only the flags
 * that say something of it; a parameter is in without saying so. `type`: of a property, parameter or method. */
static void write_qualifiers(struct mi_codec_output *output, MI_Qualifier MI_CONST *MI_CONST *list, MI_Uint32 count,
                             MI_Uint32 flags, MI_Uint32 type, const MI_Char *class_name)
{
    struct mi_pointers qualifiers = {(void **)list, count, count};
    const MI_Char *named;

    for (MI_Uint32 i = 0; i < count; i++)
        write_qualifier(output, list[i]->name, (MI_Type)list[i]->type, list[i]->flavor, list[i]->value);
    for (MI_Uint32 i = 0; i < mi_flag_qualifier_count; i++)
        if ((flags & mi_flag_qualifiers[i].flag & ~MI_FLAG_IN) &&
            !mi_find_qualifier(&qualifiers, mi_flag_qualifiers[i].name))
            write_boolean_qualifier(output, mi_flag_qualifiers[i].name, true);
    if ((flags & MI_FLAG_PARAMETER) && !(flags & MI_FLAG_IN) && !mi_find_qualifier(&qualifiers, MI_T("In")))
        write_boolean_qualifier(output, MI_T("In"), false);
    if (!is_embedded_type(type) || mi_is_embedded(&qualifiers, &named)) return;
    if (class_name)
    {
        MI_Value value = {.string = (MI_Char *)class_name};

        write_qualifier(output, MI_T("EmbeddedInstance"), MI_STRING, 0, &value);
    }
    else
        write_boolean_qualifier(output, MI_T("EmbeddedObject"), true);
}

/* ---- Features ---------------------------------------------------------------------------------------------------- */

static void write_subscript(struct mi_codec_output *output, MI_Uint32 type, MI_Uint32 subscript)
{
    MI_Value value = {0};

    if (!mi_type_is_array(type) || !subscript) return;
    value.uint32 = subscript;
    mi_output_ascii(output, " ARRAYSIZE=\"");
    mi_output_number(output, MI_UINT32, &value, false);
    mi_output_ascii(output, "\"");
}

static void write_origin(struct mi_codec_output *output, const MI_Char *class_name, const MI_Char *origin,
                         const MI_Char *propagator)
{
    mi_xml_write_attribute(output, "CLASSORIGIN", origin);
    if (propagator && !mi_name_equal(propagator, class_name)) mi_output_ascii(output, " PROPAGATED=\"true\"");
}

static void write_property(struct mi_codec_output *output, const MI_Char *class_name, const MI_PropertyDecl *property)
{
    MI_Uint32 flags = property->flags & MI_PROPERTY_FLAGS;
    bool reference = property->type == MI_REFERENCE;
    const char *element = reference                          ? "PROPERTY.REFERENCE"
                          : mi_type_is_array(property->type) ? "PROPERTY.ARRAY"
                                                             : "PROPERTY";

    if (property->type == MI_REFERENCEA) mi_output_fail(output, MI_RESULT_NOT_SUPPORTED);
    mi_output_ascii(output, "<");
    mi_output_ascii(output, element);
    mi_xml_write_attribute(output, "NAME", property->name);
    if (reference)
        mi_xml_write_attribute(output, "REFERENCECLASS", property->className);
    else
        write_type(output, property->type);
    write_subscript(output, property->type, property->subscript);
    write_origin(output, class_name, property->origin, property->propagator);
    mi_output_ascii(output, ">");
    write_qualifiers(output, property->qualifiers, property->numQualifiers, flags, property->type, property->className);
    if (property->value && !(property->flags & MI_FLAG_NULL))
        mi_xml_write_value(output, (MI_Type)property->type, property->value);
    write_end(output, element);
}

static void write_parameter(struct mi_codec_output *output, const MI_ParameterDecl *parameter)
{
    bool reference = (parameter->type & ~(MI_Uint32)MI_ARRAY) == MI_REFERENCE;
    const char *element = parameter->type == MI_REFERENCE     ? "PARAMETER.REFERENCE"
                          : parameter->type == MI_REFERENCEA  ? "PARAMETER.REFARRAY"
                          : mi_type_is_array(parameter->type) ? "PARAMETER.ARRAY"
                                                              : "PARAMETER";

    mi_output_ascii(output, "<");
    mi_output_ascii(output, element);
    mi_xml_write_attribute(output, "NAME", parameter->name);
    if (reference)
        mi_xml_write_attribute(output, "REFERENCECLASS", parameter->className);
    else
        write_type(output, parameter->type);
    write_subscript(output, parameter->type, parameter->subscript);
    mi_output_ascii(output, ">");
    write_qualifiers(output, parameter->qualifiers, parameter->numQualifiers,
                     MI_FLAG_PARAMETER | (parameter->flags & MI_PARAMETER_FLAGS), parameter->type,
                     parameter->className);
    write_end(output, element);
}

static void write_method(struct mi_codec_output *output, const MI_Char *class_name, const MI_MethodDecl *method)
{
    mi_output_ascii(output, "<METHOD");
    mi_xml_write_attribute(output, "NAME", method->name);
    write_type(output, method->returnType);
    write_origin(output, class_name, method->origin, method->propagator);
    mi_output_ascii(output, ">");
    write_qualifiers(output, method->qualifiers, method->numQualifiers, method->flags & MI_METHOD_FLAGS,
                     method->returnType, NULL);
    for (MI_Uint32 i = 0; i < method->numParameters; i++)
        write_parameter(output, method->parameters[i]);
    write_end(output, "METHOD");
}

/* ---- Classes ----------------------------------------------------------------------------------------------------- */

/* The names of the super-classes, the nearest first, with commas between them. */
static void write_derivation(struct mi_codec_output *output, const MI_ClassDecl *decl)
{
    mi_output_ascii(output, " DERIVATION=\"");
    output->escape++;
    mi_output_text(output, decl->superClass);
    for (decl = decl->superClassDecl; decl && decl->superClass; decl = decl->superClassDecl)
    {
        mi_output_ascii(output, ",");
        mi_output_text(output, decl->superClass);
    }
    output->escape--;
    mi_output_ascii(output, "\"");
}

static bool is_own(const MI_ClassDecl *decl, const MI_Char *propagator)
{
    return !propagator || mi_name_equal(propagator, decl->name);
}

void mi_xml_write_class(struct mi_codec_output *output, const MI_ClassDecl *decl, bool deep)
{
    mi_output_ascii(output, "<CLASS");
    mi_xml_write_attribute(output, "NAME", decl->name);
    mi_xml_write_attribute(output, "SUPERCLASS", decl->superClass);
    if (deep && decl->superClass) write_derivation(output, decl);
    mi_output_ascii(output, ">");
    write_qualifiers(output, decl->qualifiers, decl->numQualifiers, decl->flags & MI_CLASS_FLAGS, MI_BOOLEAN, NULL);
    for (MI_Uint32 i = 0; i < decl->numProperties; i++)
        if (deep || is_own(decl, decl->properties[i]->propagator))
            write_property(output, decl->name, decl->properties[i]);
    for (MI_Uint32 i = 0; i < decl->numMethods; i++)
        if (deep || is_own(decl, decl->methods[i]->propagator)) write_method(output, decl->name, decl->methods[i]);
    write_end(output, "CLASS");
}

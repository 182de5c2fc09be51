/* Values and instances as CIM-XML. See xml_writer.h. */
#include "mi/xml_writer.h"

#include "mi/class_list.h"
#include "mi/codec_types.h"
#include "mi/value.h"

#include <string.h>

static void write_instance(struct mi_codec_output *output, const MI_Instance *instance);
static void write_reference(struct mi_codec_output *output, const MI_Instance *instance);

/* ---- Values ------------------------------------------------------------------------------------------------------ */

/* What is text to the element around it. */
static void write_content(struct mi_codec_output *output, const MI_Char *text)
{
    output->escape++;
    mi_output_text(output, text);
    output->escape--;
}

void mi_xml_write_attribute(struct mi_codec_output *output, const char *name, const MI_Char *value)
{
    if (!value) return;
    mi_output_ascii(output, " ");
    mi_output_ascii(output, name);
    mi_output_ascii(output, "=\"");
    write_content(output, value);
    mi_output_ascii(output, "\"");
}

static void write_scalar(struct mi_codec_output *output, MI_Type type, const MI_Value *value)
{
    switch (type)
    {
    case MI_BOOLEAN:
        mi_output_ascii(output, value->boolean ? "true" : "false");
        break;
    case MI_STRING:
        write_content(output, value->string);
        break;
    case MI_CHAR16:
        if (value->char16)
            mi_output_escaped(output, (MI_Char)value->char16, output->escape + 1);
        else
            mi_output_ascii(output, "&#0;");
        break;
    case MI_DATETIME:
        mi_output_datetime(output, &value->datetime);
        break;
    case MI_INSTANCE:
        output->escape++;
        write_instance(output, value->instance);
        output->escape--;
        break;
    default:
        mi_output_number(output, type, value, true);
    }
}

static void write_item(struct mi_codec_output *output, MI_Type type, const MI_Value *value)
{
    const char *name = type == MI_REFERENCE ? "VALUE.REFERENCE>" : "VALUE>";

    mi_output_ascii(output, "<");
    mi_output_ascii(output, name);
    if (type == MI_REFERENCE)
        write_reference(output, value->reference);
    else
        write_scalar(output, type, value);
    mi_output_ascii(output, "</");
    mi_output_ascii(output, name);
}

void mi_xml_write_value(struct mi_codec_output *output, MI_Type type, const MI_Value *value)
{
    MI_Type item_type = (MI_Type)(type & ~MI_ARRAY);
    const char *name = item_type == MI_REFERENCE ? "VALUE.REFARRAY>" : "VALUE.ARRAY>";
    size_t size = mi_type_size(type);

    if (!mi_type_is_array(type))
    {
        write_item(output, type, value);
        return;
    }
    mi_output_ascii(output, "<");
    mi_output_ascii(output, name);
    for (MI_Uint32 i = 0; i < value->array.size; i++)
    {
        MI_Value item = {0};

        memcpy(&item, (const char *)value->array.data + i * size, size);
        write_item(output, item_type, &item);
    }
    mi_output_ascii(output, "</");
    mi_output_ascii(output, name);
}

/* ---- References -------------------------------------------------------------------------------------------------- */

/* The parts of "root/cimv2". */
static void write_namespace(struct mi_codec_output *output, const MI_Char *name_space)
{
    mi_output_ascii(output, "<LOCALNAMESPACEPATH>");
    while (*name_space)
    {
        mi_output_ascii(output, "<NAMESPACE NAME=\"");
        output->escape++;
        for (; *name_space && *name_space != '/' && *name_space != '\\'; name_space++)
            mi_output_escaped(output, *name_space, output->escape);
        output->escape--;
        mi_output_ascii(output, "\"/>");
        while (*name_space == '/' || *name_space == '\\')
            name_space++;
    }
    mi_output_ascii(output, "</LOCALNAMESPACEPATH>");
}

static void write_namespace_path(struct mi_codec_output *output, const MI_Char *server, const MI_Char *name_space)
{
    mi_output_ascii(output, "<NAMESPACEPATH><HOST>");
    write_content(output, server);
    mi_output_ascii(output, "</HOST>");
    write_namespace(output, name_space);
    mi_output_ascii(output, "</NAMESPACEPATH>");
}

static void write_key(struct mi_codec_output *output, const MI_Char *name, MI_Type type, const MI_Value *value)
{
    bool text = type == MI_STRING || type == MI_CHAR16 || type == MI_DATETIME;

    if (mi_type_is_array(type) || type == MI_INSTANCE)
    {
        mi_output_fail(output, MI_RESULT_NOT_SUPPORTED);
        return;
    }
    mi_output_ascii(output, "<KEYBINDING");
    mi_xml_write_attribute(output, "NAME", name);
    mi_output_ascii(output, ">");
    if (type == MI_REFERENCE)
        write_item(output, type, value);
    else
    {
        mi_output_ascii(output, "<KEYVALUE VALUETYPE=\"");
        mi_output_ascii(output, text ? "string" : type == MI_BOOLEAN ? "boolean" : "numeric");
        mi_output_ascii(output, "\" TYPE=\"");
        mi_output_ascii(output, mi_cim_type_name(type));
        mi_output_ascii(output, "\">");
        write_scalar(output, type, value);
        mi_output_ascii(output, "</KEYVALUE>");
    }
    mi_output_ascii(output, "</KEYBINDING>");
}

static void write_name(struct mi_codec_output *output, const MI_Instance *instance)
{
    const MI_Char *name = NULL;
    MI_Uint32 count = 0;

    MI_Instance_GetClassName(instance, &name);
    mi_output_ascii(output, "<INSTANCENAME");
    mi_xml_write_attribute(output, "CLASSNAME", name);
    mi_output_ascii(output, ">");
    MI_Instance_GetElementCount(instance, &count);
    for (MI_Uint32 i = 0; i < count; i++)
    {
        MI_Value value = {0};
        MI_Type type = MI_BOOLEAN;
        MI_Uint32 flags = MI_FLAG_NULL;

        MI_Instance_GetElementAt(instance, i, &name, &value, &type, &flags);
        if ((flags & MI_FLAG_KEY) && !(flags & MI_FLAG_NULL)) write_key(output, name, type, &value);
    }
    mi_output_ascii(output, "</INSTANCENAME>");
}

/* A key may be a reference in its turn. */
static void write_reference(struct mi_codec_output *output, const MI_Instance *instance)
{
    const MI_Char *server = NULL, *name_space = NULL;

    if (!mi_output_enter(output)) return;
    MI_Instance_GetServerName(instance, &server);
    MI_Instance_GetNameSpace(instance, &name_space);
    if (name_space && server)
    {
        mi_output_ascii(output, "<INSTANCEPATH>");
        write_namespace_path(output, server, name_space);
        write_name(output, instance);
        mi_output_ascii(output, "</INSTANCEPATH>");
    }
    else if (name_space)
    {
        mi_output_ascii(output, "<LOCALINSTANCEPATH>");
        write_namespace(output, name_space);
        write_name(output, instance);
        mi_output_ascii(output, "</LOCALINSTANCEPATH>");
    }
    else
        write_name(output, instance);
    mi_output_leave(output);
}

/* ---- Instances --------------------------------------------------------------------------------------------------- */

/* The class that the declaration says an embedded instance is of; NULL where it says none. */
static const MI_Char *declared_class(const MI_Instance *instance, MI_Uint32 index)
{
    const MI_ClassDecl *decl = instance->classDecl;

    return decl && index < decl->numProperties ? decl->properties[index]->className : NULL;
}

static void write_property(struct mi_codec_output *output, const MI_Instance *instance, MI_Uint32 index)
{
    const MI_Char *name = NULL;
    MI_Value value = {0};
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 flags = 0;
    const char *element;

    MI_Instance_GetElementAt(instance, index, &name, &value, &type, &flags);
    if (type == MI_REFERENCEA) mi_output_fail(output, MI_RESULT_NOT_SUPPORTED);
    element = type == MI_REFERENCE ? "PROPERTY.REFERENCE" : mi_type_is_array(type) ? "PROPERTY.ARRAY" : "PROPERTY";
    mi_output_ascii(output, "<");
    mi_output_ascii(output, element);
    mi_xml_write_attribute(output, "NAME", name);
    if (type != MI_REFERENCE)
    {
        mi_output_ascii(output, " TYPE=\"");
        mi_output_ascii(output, mi_cim_type_name(type));
        mi_output_ascii(output, "\"");
    }
    if ((type & ~MI_ARRAY) == MI_INSTANCE)
    {
        mi_output_ascii(output, declared_class(instance, index) ? " EmbeddedObject=\"instance\""
                                                                : " EmbeddedObject=\"object\"");
        mi_xml_write_attribute(output, "EmbeddedClassName", declared_class(instance, index));
    }
    if (!(flags & MI_FLAG_NOT_MODIFIED)) mi_output_ascii(output, " MODIFIED=\"TRUE\"");
    mi_output_ascii(output, ">");
    if (!(flags & MI_FLAG_NULL)) mi_xml_write_value(output, type, &value);
    mi_output_ascii(output, "</");
    mi_output_ascii(output, element);
    mi_output_ascii(output, ">");
}

static void write_instance(struct mi_codec_output *output, const MI_Instance *instance)
{
    const MI_Char *name = NULL;
    MI_Uint32 count = 0;

    if (!mi_output_enter(output)) return;
    MI_Instance_GetClassName(instance, &name);
    MI_Instance_GetElementCount(instance, &count);
    mi_output_ascii(output, "<INSTANCE");
    mi_xml_write_attribute(output, "CLASSNAME", name);
    mi_output_ascii(output, ">");
    for (MI_Uint32 i = 0; i < count; i++)
        write_property(output, instance, i);
    mi_output_ascii(output, "</INSTANCE>");
    mi_output_leave(output);
}

static void write_class_object(void *context, const MI_ClassDecl *decl, bool whole)
{
    struct mi_codec_output *output = context;

    mi_output_ascii(output, "<VALUE.OBJECT>");
    mi_xml_write_class(output, decl, whole);
    mi_output_ascii(output, "</VALUE.OBJECT>");
}

void mi_xml_write_instance(struct mi_codec_output *output, const MI_Instance *instance, bool with_class)
{
    const MI_Char *server = NULL, *name_space = NULL;

    if (!with_class)
    {
        write_instance(output, instance);
        return;
    }
    MI_Instance_GetServerName(instance, &server);
    MI_Instance_GetNameSpace(instance, &name_space);
    mi_output_ascii(output, "<CIM CIMVERSION=\"2.6.0\" DTDVERSION=\"2.3.1\"><DECLARATION><DECLGROUP>");
    if (server && name_space)
        write_namespace_path(output, server, name_space);
    else if (name_space)
        write_namespace(output, name_space);
    mi_output_fail(output, mi_each_class_of(instance, false, write_class_object, output));
    mi_output_ascii(output, "<VALUE.OBJECT>");
    write_instance(output, instance);
    mi_output_ascii(output, "</VALUE.OBJECT></DECLGROUP></DECLARATION></CIM>");
}

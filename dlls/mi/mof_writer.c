/* Values and instances as MOF. See mof_writer.h. */
#include "mi/mof_writer.h"

#include "mi/class_list.h"
#include "mi/value.h"

#include <stdio.h>
#include <string.h>

static bool is_in_name(MI_Char c, bool first)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c >= 0x80 ||
           (!first && c >= '0' && c <= '9');
}

void mi_mof_write_name(struct mi_codec_output *output, const MI_Char *name)
{
    for (const MI_Char *c = name; *c; c++)
        if (!is_in_name(*c, c == name)) mi_output_fail(output, MI_RESULT_NOT_SUPPORTED);
    mi_output_text(output, name);
}

/* ---- Values ------------------------------------------------------------------------------------------------------ */

static void write_char(struct mi_codec_output *output, MI_Char c)
{
    static const char special[] = "\b\t\n\f\r\"'\\", letters[] = "btnfr\"'\\";
    const char *found = c && c < 0x80 ? strchr(special, (char)c) : NULL;
    char code[8];

    if (found)
    {
        mi_output_char(output, '\\');
        mi_output_char(output, (MI_Char)letters[found - special]);
    }
    else if (c < 0x20 || c == 0x7f)
    {
        snprintf(code, sizeof(code), "\\x%04X", (unsigned)c);
        mi_output_ascii(output, code);
    }
    else
        mi_output_char(output, c);
}

static void write_text(struct mi_codec_output *output, const MI_Char *text)
{
    mi_output_char(output, '"');
    for (; *text; text++)
        write_char(output, *text);
    mi_output_char(output, '"');
}

static void write_scalar(struct mi_codec_output *output, MI_Type type, const MI_Value *value)
{
    switch (type)
    {
    case MI_BOOLEAN:
        mi_output_ascii(output, value->boolean ? "True" : "False");
        break;
    case MI_STRING:
        write_text(output, value->string);
        break;
    case MI_CHAR16:
        mi_output_char(output, '\'');
        write_char(output, (MI_Char)value->char16);
        mi_output_char(output, '\'');
        break;
    case MI_DATETIME:
        mi_output_char(output, '"');
        mi_output_datetime(output, &value->datetime);
        mi_output_char(output, '"');
        break;
    case MI_REFERENCE:
    case MI_INSTANCE:
        mi_output_fail(output, MI_RESULT_NOT_SUPPORTED);
        break;
    default:
        mi_output_number(output, type, value, false);
    }
}

void mi_mof_write_value(struct mi_codec_output *output, MI_Type type, const MI_Value *value)
{
    size_t size = mi_type_size(type);

    if (!value)
        mi_output_ascii(output, "NULL");
    else if (!mi_type_is_array(type))
        write_scalar(output, type, value);
    else
    {
        mi_output_char(output, '{');
        for (MI_Uint32 i = 0; i < value->array.size; i++)
        {
            MI_Value item = {0};

            memcpy(&item, (const char *)value->array.data + i * size, size);
            if (i) mi_output_ascii(output, ", ");
            write_scalar(output, (MI_Type)(type & ~MI_ARRAY), &item);
        }
        mi_output_char(output, '}');
    }
}

/* ---- Instances in instances -------------------------------------------------------------------------------------- */

/* An element, as the writer goes through them. */
struct element
{
    const MI_Char *name;
    MI_Value value;
    MI_Type type;
    MI_Uint32 flags;
};

/* How many elements of an instance there are; in a reference only keys count. */
static MI_Uint32 count_elements(const MI_Instance *instance)
{
    MI_Uint32 count = 0;

    MI_Instance_GetElementCount(instance, &count);
    return count;
}

static bool get_element(const MI_Instance *instance, MI_Uint32 index, bool keys_only, struct element *element)
{
    memset(element, 0, sizeof(*element));
    if (MI_Instance_GetElementAt(instance, index, &element->name, &element->value, &element->type, &element->flags) !=
        MI_RESULT_OK)
        return false;
    return !keys_only || (element->flags & MI_FLAG_KEY);
}

/* The instances that an element's value has. */
static MI_Uint32 count_instances(const struct element *element)
{
    if ((element->flags & MI_FLAG_NULL) || !mi_type_is_instance(element->type)) return 0;
    return mi_type_is_array(element->type) ? element->value.instancea.size : 1;
}

static const MI_Instance *instance_at(const struct element *element, MI_Uint32 index)
{
    return mi_type_is_array(element->type) ? element->value.instancea.data[index] : element->value.instance;
}

/* How many instances are written for this one: itself, and all that it holds. */
static MI_Uint32 count_written(struct mi_codec_output *output, const MI_Instance *instance, bool keys_only)
{
    MI_Uint32 elements = count_elements(instance), count = 1;

    if (!mi_output_enter(output)) return 0;
    for (MI_Uint32 i = 0; i < elements && output->result == MI_RESULT_OK; i++)
    {
        struct element element;

        if (!get_element(instance, i, keys_only, &element)) continue;
        for (MI_Uint32 k = 0; k < count_instances(&element); k++)
            count += count_written(output, instance_at(&element, k), element.type == MI_REFERENCE);
    }
    mi_output_leave(output);
    return count;
}

static void write_alias(struct mi_codec_output *output, MI_Uint32 alias)
{
    char text[24];

    snprintf(text, sizeof(text), "$Alias%08X", alias);
    mi_output_ascii(output, text);
}

/* Instances have aliases by number, in the order in which they are written: that of the last of a value's instances is
 * one less than the number of all written up to it. `next` is the first number of this element's. */
static void write_aliases(struct mi_codec_output *output, const struct element *element, MI_Uint32 *next)
{
    bool array = mi_type_is_array(element->type);

    if (array) mi_output_char(output, '{');
    for (MI_Uint32 i = 0; i < count_instances(element); i++)
    {
        if (i) mi_output_ascii(output, ", ");
        *next += count_written(output, instance_at(element, i), element->type == MI_REFERENCE);
        write_alias(output, *next - 1);
    }
    if (array) mi_output_char(output, '}');
}

/* ---- Instances --------------------------------------------------------------------------------------------------- */

/* Whether the class gives the element a value that NULL has to be written against. */
static bool has_default(const MI_Instance *instance, MI_Uint32 index)
{
    const MI_ClassDecl *decl = instance->classDecl;

    return decl && index < decl->numProperties && decl->properties[index]->value;
}

static void write_property(struct mi_codec_output *output, const MI_Instance *instance, MI_Uint32 index,
                           const struct element *element, MI_Uint32 *next)
{
    if (element->type == MI_REFERENCEA) mi_output_fail(output, MI_RESULT_NOT_SUPPORTED);
    if ((element->flags & MI_FLAG_NULL) && !has_default(instance, index)) return;
    mi_output_ascii(output, "    ");
    mi_mof_write_name(output, element->name);
    mi_output_ascii(output, " = ");
    if (!(element->flags & MI_FLAG_NULL) && mi_type_is_instance(element->type))
        write_aliases(output, element, next);
    else
        mi_mof_write_value(output, element->type, element->flags & MI_FLAG_NULL ? NULL : &element->value);
    mi_output_ascii(output, ";\n");
}

/* `next`: the number of the next alias. `named`: this one has an alias, the last of its numbers. */
static void write_instance(struct mi_codec_output *output, const MI_Instance *instance, bool keys_only, bool named,
                           MI_Uint32 *next)
{
    MI_Uint32 count = count_elements(instance), first = *next;
    const MI_Char *name = NULL;
    struct element element;

    mi_output_fail(output, MI_Instance_GetClassName(instance, &name));
    if (!name || output->result != MI_RESULT_OK || !mi_output_enter(output)) return;
    for (MI_Uint32 i = 0; i < count; i++)
        if (get_element(instance, i, keys_only, &element))
            for (MI_Uint32 k = 0; k < count_instances(&element); k++)
                write_instance(output, instance_at(&element, k), element.type == MI_REFERENCE, true, next);
    mi_output_ascii(output, "instance of ");
    mi_mof_write_name(output, name);
    if (named)
    {
        mi_output_ascii(output, " as ");
        write_alias(output, *next);
    }
    ++*next;
    mi_output_ascii(output, "\n{\n");
    for (MI_Uint32 i = 0; i < count && output->result == MI_RESULT_OK; i++)
        if (get_element(instance, i, keys_only, &element)) write_property(output, instance, i, &element, &first);
    mi_output_ascii(output, "};\n\n");
    mi_output_leave(output);
}

static void write_class(void *context, const MI_ClassDecl *decl, bool whole)
{
    mi_mof_write_one_class(context, decl, whole);
}

void mi_mof_write_instance(struct mi_codec_output *output, const MI_Instance *instance, bool with_class)
{
    MI_Uint32 next = 1;

    if (with_class) mi_output_fail(output, mi_each_class_of(instance, true, write_class, output));
    write_instance(output, instance, false, false, &next);
}

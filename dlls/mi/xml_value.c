/* Values from CIM-XML, references and namespaces. See xml_load.h. */
#include "mi/xml_load.h"

#include "mi/codec_number.h"
#include "mi/codec_types.h"
#include "mi/datetime.h"
#include "mi/text.h"
#include "mi/value.h"

#include <string.h>

/* ---- Elements ---------------------------------------------------------------------------------------------------- */

bool mi_xml_expect(struct mi_xml *xml, struct mi_xml_tag *tag, const char *name)
{
    bool found;

    if (!mi_xml_next(xml, tag, &found)) return false;
    if (!found) return mi_codec_bad(xml->reader, xml->at, "the element has too little in it");
    return mi_xml_is(tag, name) || mi_xml_unexpected(xml, tag);
}

bool mi_xml_expect_end(struct mi_xml *xml)
{
    struct mi_xml_tag tag;
    bool found;

    if (!mi_xml_next(xml, &tag, &found)) return false;
    return !found || mi_xml_unexpected(xml, &tag);
}

/* Elements and characters alike. */
bool mi_xml_skip(struct mi_xml *xml)
{
    unsigned nesting = xml->nesting;

    while (xml->nesting >= nesting)
    {
        struct mi_xml_tag tag;
        bool found;

        if (!xml->ends)
            while (xml->at < xml->end && *xml->at != '<')
                xml->at++;
        if (!mi_xml_next(xml, &tag, &found)) return false;
    }
    return true;
}

bool mi_xml_type(struct mi_xml *xml, const struct mi_xml_tag *tag, bool required, MI_Type *type)
{
    MI_Char *name;

    if (!mi_xml_attribute(xml, tag, "TYPE", required, &name)) return false;
    if (!name || mi_cim_type(name, mi_text_length(name), type)) return true;
    return mi_codec_fail(xml->reader, tag->at, xml->reader->bad_input, "there is no such type", name,
                         mi_text_length(name));
}

bool mi_xml_boolean(struct mi_xml *xml, const struct mi_xml_tag *tag, const char *name, bool *flag)
{
    MI_Char *value;

    if (!mi_xml_attribute(xml, tag, name, false, &value)) return false;
    if (!value) return true;
    *flag = mi_is_word(value, mi_text_length(value), "true");
    if (*flag || mi_is_word(value, mi_text_length(value), "false")) return true;
    return mi_codec_fail(xml->reader, tag->at, xml->reader->bad_input, "this is neither true nor false", value,
                         mi_text_length(value));
}

/* ---- Scalars ----------------------------------------------------------------------------------------------------- */

/* An instance is text to the element around it: what is wrong in it is wrong where the text begins. */
static bool read_embedded(struct mi_xml *xml, const MI_Char *at, const MI_Char *text, size_t length, MI_Value *value)
{
    struct mi_codec_reader *reader = xml->reader;
    const MI_Char *outer = reader->outer;
    struct mi_xml inner;
    struct mi_xml_tag tag;

    if (reader->depth == MI_CODEC_MAX_DEPTH)
        return mi_codec_fail(reader, at, MI_RESULT_SERVER_LIMITS_EXCEEDED, "instances are embedded too deeply", NULL,
                             0);
    if (!outer) reader->outer = at;
    reader->depth++;
    mi_xml_begin(&inner, reader, text, length);
    value->instance = mi_xml_expect(&inner, &tag, "INSTANCE") ? mi_xml_read_instance(&inner, &tag) : NULL;
    while (value->instance && inner.at < inner.end && (*inner.at <= ' '))
        inner.at++;
    if (value->instance && inner.at < inner.end)
    {
        mi_codec_bad(reader, at, "something follows the embedded instance");
        value->instance = NULL;
    }
    reader->depth--;
    reader->outer = outer;
    return value->instance != NULL;
}

static void trim(const MI_Char **text, size_t *length)
{
    while (*length && **text <= ' ')
    {
        ++*text;
        --*length;
    }
    while (*length && (*text)[*length - 1] <= ' ')
        --*length;
}

static bool parse_datetime(const MI_Char *text, size_t length, MI_Value *value)
{
    MI_Char copy[MI_DATETIME_LENGTH + 1];

    if (length != MI_DATETIME_LENGTH) return false;
    memcpy(copy, text, length * sizeof(*text));
    copy[length] = 0;
    return mi_datetime_parse(copy, &value->datetime);
}

static bool parse(const MI_Char *text, size_t length, MI_Type type, MI_Value *value)
{
    struct mi_integer number;

    switch (type)
    {
    case MI_CHAR16:
        value->char16 = length ? (MI_Char16)*text : 0;
        return length == 1;
    case MI_BOOLEAN:
        trim(&text, &length);
        value->boolean = mi_is_word(text, length, "true");
        return value->boolean || mi_is_word(text, length, "false");
    case MI_DATETIME:
        trim(&text, &length);
        return parse_datetime(text, length, value);
    case MI_REAL32:
    case MI_REAL64:
        trim(&text, &length);
        return mi_real_parse(text, length, true, type, value);
    default:
        trim(&text, &length);
        return mi_integer_parse(text, length, &number) && mi_integer_fit(&number, type, value);
    }
}

/* The content of a VALUE or KEYVALUE, and its end tag. */
static bool read_scalar(struct mi_xml *xml, MI_Type type, MI_Value *value)
{
    const MI_Char *at;
    MI_Char *text;
    size_t length;

    memset(value, 0, sizeof(*value));
    if (!mi_xml_text(xml, &at, &text, &length)) return false;
    if (type == MI_INSTANCE) return read_embedded(xml, at, text, length, value);
    if (type == MI_STRING)
    {
        if (mi_text_length(text) != length) return mi_codec_bad(xml->reader, at, "a text has a character 0 in it");
        value->string = text;
        return true;
    }
    if (parse(text, length, type, value)) return true;
    return mi_codec_fail(xml->reader, at, xml->reader->bad_input, "this is no value of the type", text, length);
}

/* ---- References -------------------------------------------------------------------------------------------------- */

bool mi_xml_read_namespace(struct mi_xml *xml, MI_Char **name_space)
{
    MI_Char *whole = mi_codec_alloc(xml->reader, sizeof(*whole));
    size_t length = 0;
    struct mi_xml_tag tag;

    if (!whole) return false;
    *whole = 0;
    for (;;)
    {
        MI_Char *name, *longer;
        size_t part;
        bool found;

        *name_space = whole;
        if (!mi_xml_next(xml, &tag, &found)) return false;
        if (!found) return length || mi_codec_bad(xml->reader, xml->at, "the namespace has no name");
        if (!mi_xml_is(&tag, "NAMESPACE")) return mi_xml_unexpected(xml, &tag);
        if (!mi_xml_attribute(xml, &tag, "NAME", true, &name) || !mi_xml_expect_end(xml)) return false;
        part = mi_text_length(name);
        longer = mi_codec_alloc(xml->reader, (length + part + 2) * sizeof(*longer));
        if (!longer) return false;
        memcpy(longer, whole, length * sizeof(*longer));
        if (length) longer[length++] = '/';
        memcpy(longer + length, name, (part + 1) * sizeof(*longer));
        length += part;
        whole = longer;
    }
}

bool mi_xml_read_namespace_path(struct mi_xml *xml, MI_Char **server, MI_Char **name_space)
{
    const MI_Char *at;
    struct mi_xml_tag tag;
    MI_Char *text;
    size_t length;

    if (!mi_xml_expect(xml, &tag, "HOST") || !mi_xml_text(xml, &at, &text, &length)) return false;
    *server = mi_codec_copy(xml->reader, text, length);
    return *server && mi_xml_expect(xml, &tag, "LOCALNAMESPACEPATH") && mi_xml_read_namespace(xml, name_space) &&
           mi_xml_expect_end(xml);
}

static MI_Instance *read_name(struct mi_xml *xml, const struct mi_xml_tag *tag);

/* Without a class and a TYPE, the type that the VALUETYPE stands for. */
static bool key_type(struct mi_xml *xml, const struct mi_xml_tag *tag, MI_Type *type)
{
    MI_Char *kind;

    if (!mi_xml_attribute(xml, tag, "VALUETYPE", false, &kind)) return false;
    *type = MI_STRING;
    if (kind && mi_is_word(kind, mi_text_length(kind), "boolean")) *type = MI_BOOLEAN;
    if (kind && mi_is_word(kind, mi_text_length(kind), "numeric")) *type = MI_SINT64;
    return mi_xml_type(xml, tag, false, type);
}

static bool read_key(struct mi_xml *xml, const struct mi_xml_tag *tag, MI_Instance *instance, bool dynamic)
{
    struct mi_codec_reader *reader = xml->reader;
    MI_Uint32 first = reader->made.count;
    struct mi_xml_tag child;
    MI_Value value;
    MI_Type type = MI_REFERENCE;
    MI_Char *name;
    bool found;

    if (!mi_xml_attribute(xml, tag, "NAME", true, &name)) return false;
    if (!mi_xml_next(xml, &child, &found)) return false;
    if (found && mi_xml_is(&child, "KEYVALUE"))
    {
        if (!key_type(xml, &child, &type)) return false;
        if (!dynamic) MI_Instance_GetElement(instance, name, NULL, &type, NULL, NULL);
        if (mi_type_is_array(type) || mi_type_is_instance(type))
            return mi_codec_bad(reader, child.at, "the key is of another type");
        if (!read_scalar(xml, type, &value)) return false;
    }
    else if (found && mi_xml_is(&child, "VALUE.REFERENCE"))
    {
        if (!mi_xml_read_value(xml, &child, type, &value)) return false;
    }
    else
        return mi_codec_bad(reader, tag->at, "the key has no value");
    return mi_xml_expect_end(xml) &&
           mi_codec_set(reader, tag->at, instance, dynamic, name, &value, type, dynamic ? MI_FLAG_KEY : 0, first);
}

/* INSTANCENAME. Of a class that is not known a dynamic instance has the keys. */
static MI_Instance *read_name(struct mi_xml *xml, const struct mi_xml_tag *tag)
{
    struct mi_codec_reader *reader = xml->reader;
    MI_Instance *instance;
    MI_Class *class_object;
    MI_Char *name;
    struct mi_xml_tag child;
    bool found;

    if (!mi_xml_attribute(xml, tag, "CLASSNAME", true, &name)) return NULL;
    class_object = mi_codec_find_class(reader, tag->at, name, false);
    if (reader->result != MI_RESULT_OK) return NULL;
    instance = mi_codec_new_instance(reader, tag->at, name, class_object);
    if (!instance) return NULL;
    while (mi_xml_next(xml, &child, &found))
    {
        if (!found) return instance;
        if (!mi_xml_is(&child, "KEYBINDING"))
        {
            mi_xml_unexpected(xml, &child);
            return NULL;
        }
        if (!read_key(xml, &child, instance, !class_object)) return NULL;
    }
    return NULL;
}

/* What VALUE.REFERENCE has in it. */
static bool read_path(struct mi_xml *xml, MI_Value *value)
{
    MI_Char *server = NULL, *name_space = NULL;
    struct mi_xml_tag tag;
    bool found, path, good = true;

    if (!mi_xml_next(xml, &tag, &found)) return false;
    if (!found) return mi_codec_bad(xml->reader, xml->at, "the reference is empty");
    path = mi_xml_is(&tag, "INSTANCEPATH") || mi_xml_is(&tag, "LOCALINSTANCEPATH");
    if (mi_xml_is(&tag, "INSTANCEPATH"))
        good = mi_xml_expect(xml, &tag, "NAMESPACEPATH") && mi_xml_read_namespace_path(xml, &server, &name_space);
    else if (path)
        good = mi_xml_expect(xml, &tag, "LOCALNAMESPACEPATH") && mi_xml_read_namespace(xml, &name_space);
    if (!good || (path && !mi_xml_expect(xml, &tag, "INSTANCENAME"))) return false;
    if (!mi_xml_is(&tag, "INSTANCENAME")) return mi_xml_unexpected(xml, &tag);
    value->reference = read_name(xml, &tag);
    if (!value->reference) return false;
    if ((server && MI_Instance_SetServerName(value->reference, server) != MI_RESULT_OK) ||
        (name_space && MI_Instance_SetNameSpace(value->reference, name_space) != MI_RESULT_OK))
        return mi_codec_no_memory(xml->reader);
    return (!path || mi_xml_expect_end(xml)) && mi_xml_expect_end(xml);
}

static bool read_reference(struct mi_xml *xml, const struct mi_xml_tag *tag, MI_Value *value)
{
    struct mi_codec_reader *reader = xml->reader;
    bool good;

    memset(value, 0, sizeof(*value));
    if (reader->depth == MI_CODEC_MAX_DEPTH)
        return mi_codec_fail(reader, tag->at, MI_RESULT_SERVER_LIMITS_EXCEEDED, "references are nested too deeply",
                             NULL, 0);
    reader->depth++;
    good = read_path(xml, value);
    reader->depth--;
    return good;
}

/* ---- Values ------------------------------------------------------------------------------------------------------ */

static bool read_item(struct mi_xml *xml, const struct mi_xml_tag *tag, MI_Type type, MI_Value *value)
{
    if (!mi_xml_is(tag, type == MI_REFERENCE ? "VALUE.REFERENCE" : "VALUE")) return mi_xml_unexpected(xml, tag);
    return type == MI_REFERENCE ? read_reference(xml, tag, value) : read_scalar(xml, type, value);
}

bool mi_xml_read_value(struct mi_xml *xml, const struct mi_xml_tag *tag, MI_Type type, MI_Value *value)
{
    MI_Type item_type = (MI_Type)(type & ~MI_ARRAY);
    struct mi_items items = {0};
    struct mi_xml_tag child;
    MI_Value item;
    bool found;

    if (!mi_type_is_array(type)) return read_item(xml, tag, type, value);
    if (!mi_xml_is(tag, item_type == MI_REFERENCE ? "VALUE.REFARRAY" : "VALUE.ARRAY"))
        return mi_xml_unexpected(xml, tag);
    while (mi_xml_next(xml, &child, &found))
    {
        if (!found)
        {
            mi_items_get(&items, value);
            return true;
        }
        if (!read_item(xml, &child, item_type, &item) || !mi_items_add(xml->reader, &items, item_type, &item))
            return false;
    }
    return false;
}

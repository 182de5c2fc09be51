/* Instances from CIM-XML, and documents of one. See xml_load.h. */
#include "mi/xml_load.h"

#include "mi/codec_types.h"
#include "mi/text.h"
#include "mi/value.h"

/* ---- Instances --------------------------------------------------------------------------------------------------- */

/* Whether the element and its TYPE are those of a property of this type. */
static bool check_type(struct mi_xml *xml, const struct mi_xml_tag *tag, MI_Type type)
{
    bool reference = type == MI_REFERENCE;
    MI_Type item_type = (MI_Type)(type & ~MI_ARRAY), said = item_type == MI_INSTANCE ? MI_STRING : item_type;
    MI_Type expected = said;

    if (!mi_xml_type(xml, tag, !reference, &said)) return false;
    if (said == expected && mi_xml_is(tag, reference                ? "PROPERTY.REFERENCE"
                                           : mi_type_is_array(type) ? "PROPERTY.ARRAY"
                                                                    : "PROPERTY"))
        return true;
    return mi_codec_fail(xml->reader, tag->at, MI_RESULT_TYPE_MISMATCH, "the property is of another type", tag->name,
                         tag->name_length);
}

/* The value of a property, up to its end tag. `found`: whether there is one. */
static bool read_property_value(struct mi_xml *xml, MI_Type type, MI_Value *value, bool *found)
{
    struct mi_xml_tag child;

    for (;;)
    {
        if (!mi_xml_next(xml, &child, found)) return false;
        if (!*found) return true;
        if (!mi_xml_is(&child, "QUALIFIER"))
            return mi_xml_read_value(xml, &child, type, value) && mi_xml_expect_end(xml);
        if (!mi_xml_skip(xml)) return false;
    }
}

static bool read_property(struct mi_xml *xml, const struct mi_xml_tag *tag, MI_Instance *instance)
{
    struct mi_codec_reader *reader = xml->reader;
    MI_Uint32 first = reader->made.count;
    bool modified = false, found;
    MI_Type type = MI_STRING;
    MI_Value value;
    MI_Char *name;

    if (!mi_xml_is(tag, "PROPERTY") && !mi_xml_is(tag, "PROPERTY.ARRAY") && !mi_xml_is(tag, "PROPERTY.REFERENCE"))
        return mi_xml_unexpected(xml, tag);
    if (!mi_xml_attribute(xml, tag, "NAME", true, &name) || !mi_xml_boolean(xml, tag, "MODIFIED", &modified))
        return false;
    if (MI_Instance_GetElement(instance, name, NULL, &type, NULL, NULL) != MI_RESULT_OK)
        return mi_codec_fail(reader, tag->at, MI_RESULT_NO_SUCH_PROPERTY, "the class has no such property", name,
                             mi_text_length(name));
    return check_type(xml, tag, type) && read_property_value(xml, type, &value, &found) &&
           mi_codec_set(reader, tag->at, instance, false, name, found ? &value : NULL, type,
                        (modified ? 0 : MI_FLAG_NOT_MODIFIED) | (found ? 0 : MI_FLAG_NULL), first);
}

MI_Instance *mi_xml_read_instance(struct mi_xml *xml, const struct mi_xml_tag *tag)
{
    struct mi_codec_reader *reader = xml->reader;
    const MI_Class *class_object;
    MI_Instance *instance;
    struct mi_xml_tag child;
    MI_Char *name;
    bool found;

    if (!mi_xml_attribute(xml, tag, "CLASSNAME", true, &name)) return NULL;
    class_object = mi_codec_find_class(reader, tag->at, name, true);
    instance = class_object ? mi_codec_new_instance(reader, tag->at, name, class_object) : NULL;
    if (!instance) return NULL;
    while (mi_xml_next(xml, &child, &found))
    {
        if (!found) return instance;
        if (mi_xml_is(&child, "QUALIFIER") ? !mi_xml_skip(xml) : !read_property(xml, &child, instance)) return NULL;
    }
    return NULL;
}

/* ---- Documents --------------------------------------------------------------------------------------------------- */

/* A document whose DECLGROUP has the namespace, the classes, and the instance, each in a VALUE.OBJECT. The request's
 * names become the document's. */
static MI_Instance *read_document(struct mi_xml *xml, struct mi_codec_request *request)
{
    MI_Instance *instance = NULL;
    MI_Char *server = NULL, *name_space = NULL;
    struct mi_xml_tag tag;
    bool found, good;

    if (!mi_xml_expect(xml, &tag, "DECLARATION") || !mi_xml_expect(xml, &tag, "DECLGROUP")) return NULL;
    while ((good = mi_xml_next(xml, &tag, &found)) && found)
    {
        if (mi_xml_is(&tag, "NAMESPACEPATH"))
            good = mi_xml_read_namespace_path(xml, &server, &name_space);
        else if (mi_xml_is(&tag, "LOCALNAMESPACEPATH"))
            good = mi_xml_read_namespace(xml, &name_space);
        else if (!mi_xml_is(&tag, "VALUE.OBJECT") || instance)
            good = mi_xml_unexpected(xml, &tag);
        else
        {
            request->server_name = server;
            request->name_space = name_space;
            good = mi_xml_next(xml, &tag, &found) &&
                   (found || mi_codec_bad(xml->reader, xml->at, "the element has too little in it"));
            if (good && mi_xml_is(&tag, "INSTANCE"))
                good = (instance = mi_xml_read_instance(xml, &tag)) != NULL;
            else if (good)
                good = mi_xml_is(&tag, "CLASS") ? mi_xml_read_class(xml, &tag, NULL) != NULL
                                                : mi_xml_unexpected(xml, &tag);
            good = good && mi_xml_expect_end(xml);
        }
        if (!good) return NULL;
    }
    if (!good || !mi_xml_expect_end(xml) || !mi_xml_expect_end(xml)) return NULL;
    if (!instance) mi_codec_bad(xml->reader, xml->at, "there is no instance");
    return instance;
}

MI_Instance *mi_xml_load_instance(struct mi_codec_reader *reader, const MI_Char **end)
{
    struct mi_codec_request request = *reader->request;
    const struct mi_codec_request *given = reader->request;
    MI_Instance *instance;
    struct mi_xml_tag tag;
    struct mi_xml xml;
    bool found;

    mi_xml_begin(&xml, reader, reader->text.begin, reader->text.length);
    if (!mi_xml_next(&xml, &tag, &found)) return NULL;
    reader->request = &request;
    if (mi_xml_is(&tag, "CIM"))
        instance = read_document(&xml, &request);
    else
        instance = mi_xml_is(&tag, "INSTANCE") ? mi_xml_read_instance(&xml, &tag) : NULL;
    reader->request = given;
    *end = xml.at;
    if (!instance)
    {
        mi_xml_unexpected(&xml, &tag);
        return NULL;
    }
    if ((request.server_name && MI_Instance_SetServerName(instance, request.server_name) != MI_RESULT_OK) ||
        (request.name_space && MI_Instance_SetNameSpace(instance, request.name_space) != MI_RESULT_OK))
    {
        mi_codec_no_memory(reader);
        return NULL;
    }
    return mi_codec_take(reader);
}

MI_Class *mi_xml_load_class(struct mi_codec_reader *reader, MI_Class *super_class, const MI_Char **end)
{
    MI_Class *class_object;
    struct mi_xml xml;
    struct mi_xml_tag tag;

    mi_xml_begin(&xml, reader, reader->text.begin, reader->text.length);
    if (!mi_xml_expect(&xml, &tag, "CLASS")) return NULL;
    class_object = mi_xml_read_class(&xml, &tag, super_class);
    *end = xml.at;
    return class_object;
}

/* ---- Names ------------------------------------------------------------------------------------------------------- */

bool mi_xml_class_name(struct mi_codec_reader *reader, MI_Char **name, MI_Char **super_class)
{
    struct mi_xml xml;
    struct mi_xml_tag tag;

    mi_xml_begin(&xml, reader, reader->text.begin, reader->text.length);
    return mi_xml_expect(&xml, &tag, "CLASS") && mi_xml_attribute(&xml, &tag, "NAME", true, name) &&
           mi_xml_attribute(&xml, &tag, "SUPERCLASS", false, super_class);
}

bool mi_xml_instance_class_name(struct mi_codec_reader *reader, MI_Char **name)
{
    struct mi_xml xml;
    struct mi_xml_tag tag;
    bool found;

    mi_xml_begin(&xml, reader, reader->text.begin, reader->text.length);
    while (mi_xml_next(&xml, &tag, &found))
    {
        if (!found) continue;
        if (mi_xml_is(&tag, "INSTANCE")) return mi_xml_attribute(&xml, &tag, "CLASSNAME", true, name);
        if (mi_xml_is(&tag, "CIM") || mi_xml_is(&tag, "DECLARATION") || mi_xml_is(&tag, "DECLGROUP") ||
            mi_xml_is(&tag, "VALUE.OBJECT"))
            continue;
        if (mi_xml_is(&tag, "CLASS") || mi_xml_is(&tag, "NAMESPACEPATH") || mi_xml_is(&tag, "LOCALNAMESPACEPATH"))
        {
            if (!mi_xml_skip(&xml)) return false;
        }
        else
            return mi_xml_unexpected(&xml, &tag);
    }
    return false;
}

/* The tables of the XML serializer and deserializer. See codec_tables.h. */
#include "mi/codec_tables.h"

#include "mi/class.h"
#include "mi/xml_load.h"
#include "mi/xml_writer.h"

#include <string.h>

static MI_Result MI_CALL xml_SerializeClass(MI_Serializer *self, MI_Uint32 flags, const MI_Class *class_object,
                                            MI_Uint8 *buffer, MI_Uint32 length, MI_Uint32 *needed)
{
    return mi_codec_write_class(self, flags, class_object, buffer, length, needed, mi_xml_write_class);
}

static MI_Result MI_CALL xml_SerializeInstance(MI_Serializer *self, MI_Uint32 flags, const MI_Instance *instance,
                                               MI_Uint8 *buffer, MI_Uint32 length, MI_Uint32 *needed)
{
    return mi_codec_write_instance(self, flags, instance, buffer, length, needed, mi_xml_write_instance);
}

const MI_SerializerFT mi_xml_serializer_table = {mi_codec_close_serializer, xml_SerializeClass, xml_SerializeInstance};

static MI_Result MI_CALL xml_DeserializeClass(MI_Deserializer *self, MI_Uint32 flags, MI_Uint8 *buffer,
                                              MI_Uint32 length, MI_Class *parent, const MI_Char *server,
                                              const MI_Char *name_space, MI_Deserializer_ClassObjectNeeded needed,
                                              void *context, MI_Uint32 *read, MI_Class **class_object,
                                              MI_Instance **error)
{
    struct mi_codec_request request = {.buffer = buffer,
                                       .length = length,
                                       .server_name = server,
                                       .name_space = name_space,
                                       .class_needed = needed,
                                       .class_context = context};
    struct mi_codec_reader reader;
    const MI_Char *end;
    MI_Class *made;

    if (read) *read = 0;
    if (class_object) *class_object = NULL;
    if (error) *error = NULL;
    if (!self || flags || !buffer || !class_object || (parent && !mi_class_get_data(parent)))
        return mi_codec_refuse(MI_RESULT_INVALID_PARAMETER, error);
    if (mi_codec_begin(&reader, &request, MI_XML_BAD_INPUT) && (made = mi_xml_load_class(&reader, parent, &end)))
    {
        if (read) *read = mi_codec_bytes(&reader, end);
        *class_object = mi_codec_take_class(&reader, made);
    }
    return mi_codec_finish(&reader, error);
}

static MI_Result MI_CALL xml_DeserializeInstance(MI_Deserializer *self, MI_Uint32 flags, MI_Uint8 *buffer,
                                                 MI_Uint32 length, MI_Class **classes, MI_Uint32 class_count,
                                                 MI_Deserializer_ClassObjectNeeded needed, void *context,
                                                 MI_Uint32 *read, MI_Instance **instance, MI_Instance **error)
{
    struct mi_codec_request request = {.buffer = buffer,
                                       .length = length,
                                       .classes = classes,
                                       .class_count = class_count,
                                       .class_needed = needed,
                                       .class_context = context};
    struct mi_codec_reader reader;
    const MI_Char *end;

    if (read) *read = 0;
    if (instance) *instance = NULL;
    if (error) *error = NULL;
    if (!self || flags || !buffer || !instance || (class_count && !classes))
        return mi_codec_refuse(MI_RESULT_INVALID_PARAMETER, error);
    if (mi_codec_begin(&reader, &request, MI_XML_BAD_INPUT) && (*instance = mi_xml_load_instance(&reader, &end)) &&
        read)
        *read = mi_codec_bytes(&reader, end);
    return mi_codec_finish(&reader, error);
}

/* ---- Names ------------------------------------------------------------------------------------------------------- */

enum wanted
{
    CLASS_NAME,
    PARENT_NAME,
    INSTANCE_CLASS_NAME
};

static MI_Result get_name(MI_Deserializer *self, MI_Uint8 *buffer, MI_Uint32 length, enum wanted wanted, MI_Char *name,
                          MI_Uint32 *name_length, MI_Instance **error)
{
    struct mi_codec_request request = {.buffer = buffer, .length = length};
    MI_Char *found = NULL, *super = NULL;
    struct mi_codec_reader reader;
    MI_Result result = MI_RESULT_OK;

    if (error) *error = NULL;
    if (!self || !buffer || !name_length) return mi_codec_refuse(MI_RESULT_INVALID_PARAMETER, error);
    if (mi_codec_begin(&reader, &request, MI_XML_BAD_INPUT))
    {
        if (wanted == INSTANCE_CLASS_NAME ? mi_xml_instance_class_name(&reader, &found)
                                          : mi_xml_class_name(&reader, &found, &super))
        {
            if (wanted == PARENT_NAME) found = super;
            result = found ? mi_codec_give_name(found, name, name_length) : MI_RESULT_NOT_FOUND;
        }
    }
    if (reader.result == MI_RESULT_OK && result == MI_RESULT_NOT_FOUND) mi_codec_refuse(result, error);
    return mi_codec_finish(&reader, error) == MI_RESULT_OK ? result : reader.result;
}

static MI_Result MI_CALL xml_Class_GetClassName(MI_Deserializer *self, MI_Uint8 *buffer, MI_Uint32 length,
                                                MI_Char *name, MI_Uint32 *name_length, MI_Instance **error)
{
    return get_name(self, buffer, length, CLASS_NAME, name, name_length, error);
}

static MI_Result MI_CALL xml_Class_GetParentClassName(MI_Deserializer *self, MI_Uint8 *buffer, MI_Uint32 length,
                                                      MI_Char *name, MI_Uint32 *name_length, MI_Instance **error)
{
    return get_name(self, buffer, length, PARENT_NAME, name, name_length, error);
}

static MI_Result MI_CALL xml_Instance_GetClassName(MI_Deserializer *self, MI_Uint8 *buffer, MI_Uint32 length,
                                                   MI_Char *name, MI_Uint32 *name_length, MI_Instance **error)
{
    return get_name(self, buffer, length, INSTANCE_CLASS_NAME, name, name_length, error);
}

const MI_DeserializerFT mi_xml_deserializer_table = {
    .Close = mi_codec_close_deserializer,
    .DeserializeClass = xml_DeserializeClass,
    .Class_GetClassName = xml_Class_GetClassName,
    .Class_GetParentClassName = xml_Class_GetParentClassName,
    .DeserializeInstance = xml_DeserializeInstance,
    .Instance_GetClassName = xml_Instance_GetClassName,
};

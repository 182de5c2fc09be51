/*
 * Serializers and deserializers, which are not there yet: none can be made, so every handle is of none.
 */
#include "mi/serializer.h"

#include "common/trace.h"

#include <string.h>

CORK_TRACE_CHANNEL(mi);

MI_Result MI_CALL mi_serializer_new(MI_Application *application, MI_Uint32 flags, MI_Char *format,
                                    MI_Serializer *serializer)
{
    CORK_FIXME("format %s: not implemented\n", cork_debugstr_w(format));
    if (serializer) memset(serializer, 0, sizeof(*serializer));
    return !application || flags || !format || !serializer ? MI_RESULT_INVALID_PARAMETER : MI_RESULT_NOT_SUPPORTED;
}

MI_Result MI_CALL mi_deserializer_new(MI_Application *application, MI_Uint32 flags, MI_Char *format,
                                      MI_Deserializer *deserializer)
{
    CORK_FIXME("format %s: not implemented\n", cork_debugstr_w(format));
    if (deserializer) memset(deserializer, 0, sizeof(*deserializer));
    return !application || flags || !format || !deserializer ? MI_RESULT_INVALID_PARAMETER : MI_RESULT_NOT_SUPPORTED;
}

#pragma GCC diagnostic ignored "-Wunused-parameter"

static MI_Result MI_CALL serializer_Close(MI_Serializer *self)
{
    return MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL serializer_SerializeClass(MI_Serializer *self, MI_Uint32 flags, const MI_Class *class_object,
                                                   MI_Uint8 *buffer, MI_Uint32 length, MI_Uint32 *needed)
{
    return MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL serializer_SerializeInstance(MI_Serializer *self, MI_Uint32 flags, const MI_Instance *instance,
                                                      MI_Uint8 *buffer, MI_Uint32 length, MI_Uint32 *needed)
{
    return MI_RESULT_INVALID_PARAMETER;
}

const MI_SerializerFT mi_serializer_table = {serializer_Close, serializer_SerializeClass, serializer_SerializeInstance};

static MI_Result MI_CALL deserializer_Close(MI_Deserializer *self)
{
    return MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL deserializer_DeserializeClass(MI_Deserializer *self, MI_Uint32 flags, MI_Uint8 *buffer,
                                                       MI_Uint32 length, MI_Class *parent, const MI_Char *server,
                                                       const MI_Char *name_space,
                                                       MI_Deserializer_ClassObjectNeeded needed, void *context,
                                                       MI_Uint32 *read, MI_Class **class_object, MI_Instance **error)
{
    return MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL deserializer_GetName(MI_Deserializer *self, MI_Uint8 *buffer, MI_Uint32 length, MI_Char *name,
                                              MI_Uint32 *name_length, MI_Instance **error)
{
    return MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL deserializer_DeserializeInstance(MI_Deserializer *self, MI_Uint32 flags, MI_Uint8 *buffer,
                                                          MI_Uint32 length, MI_Class **classes, MI_Uint32 class_count,
                                                          MI_Deserializer_ClassObjectNeeded needed, void *context,
                                                          MI_Uint32 *read, MI_Instance **instance, MI_Instance **error)
{
    return MI_RESULT_INVALID_PARAMETER;
}

const MI_DeserializerFT mi_deserializer_table = {
    .Close = deserializer_Close,
    .DeserializeClass = deserializer_DeserializeClass,
    .Class_GetClassName = deserializer_GetName,
    .Class_GetParentClassName = deserializer_GetName,
    .DeserializeInstance = deserializer_DeserializeInstance,
    .Instance_GetClassName = deserializer_GetName,
};

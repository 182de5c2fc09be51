/* Serializers and deserializers. See serializer.h. */
#include "mi/serializer.h"

#include "common/trace.h"
#include "mi/codec_tables.h"
#include "mi/handles.h"
#include "mi/text.h"

#include <string.h>

CORK_TRACE_CHANNEL(mi);

/* ---- Making them ------------------------------------------------------------------------------------------------- */

static bool is_application(const MI_Application *application)
{
    struct cork_pin pin;

    if (!application || !mi_handle_acquire(application->reserved1, MI_HANDLE_APPLICATION, &pin)) return false;
    cork_pin_release(&pin);
    return true;
}

/* Gives a handle its table: that of XML or of MOF. */
static MI_Result open_format(const MI_Application *application, MI_Uint32 flags, const MI_Char *format, const void *xml,
                             const void *mof, MI_Uint64 *reserved1, ptrdiff_t *reserved2)
{
    bool is_mof;

    CORK_TRACE("application %p, flags %#x, format %s\n", (const void *)application, flags, cork_debugstr_w(format));
    if (!is_application(application) || flags || !format) return MI_RESULT_INVALID_PARAMETER;
    is_mof = mi_name_equal(format, MOFCODEC_FORMAT);
    if (!is_mof && !mi_name_equal(format, MI_T("MI_XML")) && !mi_name_equal(format, MI_T("MI_XML_V1")))
        return MI_RESULT_NOT_SUPPORTED;
    *reserved1 = cCodecMagic;
    *reserved2 = (ptrdiff_t)(is_mof ? mof : xml);
    return MI_RESULT_OK;
}

MI_Result MI_CALL mi_serializer_new(MI_Application *application, MI_Uint32 flags, MI_Char *format,
                                    MI_Serializer *serializer)
{
    if (!serializer) return MI_RESULT_INVALID_PARAMETER;
    memset(serializer, 0, sizeof(*serializer));
    return open_format(application, flags, format, &mi_xml_serializer_table, &mi_mof_serializer_table,
                       &serializer->reserved1, &serializer->reserved2);
}

MI_Result MI_CALL mi_deserializer_new(MI_Application *application, MI_Uint32 flags, MI_Char *format,
                                      MI_Deserializer *deserializer)
{
    if (!deserializer) return MI_RESULT_INVALID_PARAMETER;
    memset(deserializer, 0, sizeof(*deserializer));
    return open_format(application, flags, format, &mi_xml_deserializer_table, &mi_mof_deserializer_table,
                       &deserializer->reserved1, &deserializer->reserved2);
}

/* ---- Calling them ------------------------------------------------------------------------------------------------ */

/* The handle's table; NULL for a handle that is none of ours, or was closed. */
static const MI_SerializerFT *serializer_table(const MI_Serializer *self)
{
    if (!self || self->reserved1 != cCodecMagic) return NULL;
    if (self->reserved2 == (ptrdiff_t)&mi_xml_serializer_table) return &mi_xml_serializer_table;
    return self->reserved2 == (ptrdiff_t)&mi_mof_serializer_table ? &mi_mof_serializer_table : NULL;
}

static const MI_DeserializerFT *deserializer_table(const MI_Deserializer *self)
{
    if (!self || self->reserved1 != cCodecMagic) return NULL;
    if (self->reserved2 == (ptrdiff_t)&mi_xml_deserializer_table) return &mi_xml_deserializer_table;
    return self->reserved2 == (ptrdiff_t)&mi_mof_deserializer_table ? &mi_mof_deserializer_table.ft : NULL;
}

static MI_Result MI_CALL serializer_Close(MI_Serializer *self)
{
    const MI_SerializerFT *table = serializer_table(self);

    return table ? table->Close(self) : MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL serializer_SerializeClass(MI_Serializer *self, MI_Uint32 flags, const MI_Class *class_object,
                                                   MI_Uint8 *buffer, MI_Uint32 length, MI_Uint32 *needed)
{
    const MI_SerializerFT *table = serializer_table(self);

    CORK_TRACE("flags %#x, class %p, length %u\n", flags, (const void *)class_object, length);
    if (needed && !table) *needed = 0;
    return table ? table->SerializeClass(self, flags, class_object, buffer, length, needed)
                 : MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL serializer_SerializeInstance(MI_Serializer *self, MI_Uint32 flags, const MI_Instance *instance,
                                                      MI_Uint8 *buffer, MI_Uint32 length, MI_Uint32 *needed)
{
    const MI_SerializerFT *table = serializer_table(self);

    CORK_TRACE("flags %#x, instance %p, length %u\n", flags, (const void *)instance, length);
    if (needed && !table) *needed = 0;
    return table ? table->SerializeInstance(self, flags, instance, buffer, length, needed)
                 : MI_RESULT_INVALID_PARAMETER;
}

const MI_SerializerFT mi_serializer_table = {serializer_Close, serializer_SerializeClass, serializer_SerializeInstance};

static MI_Result MI_CALL deserializer_Close(MI_Deserializer *self)
{
    const MI_DeserializerFT *table = deserializer_table(self);

    return table ? table->Close(self) : MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL deserializer_DeserializeClass(MI_Deserializer *self, MI_Uint32 flags, MI_Uint8 *buffer,
                                                       MI_Uint32 length, MI_Class *parent, const MI_Char *server,
                                                       const MI_Char *name_space,
                                                       MI_Deserializer_ClassObjectNeeded needed, void *context,
                                                       MI_Uint32 *read, MI_Class **class_object, MI_Instance **error)
{
    const MI_DeserializerFT *table = deserializer_table(self);

    CORK_TRACE("flags %#x, length %u\n", flags, length);
    if (table)
        return table->DeserializeClass(self, flags, buffer, length, parent, server, name_space, needed, context, read,
                                       class_object, error);
    if (read) *read = 0;
    if (class_object) *class_object = NULL;
    return mi_codec_refuse(MI_RESULT_INVALID_PARAMETER, error);
}

static MI_Result MI_CALL deserializer_Class_GetClassName(MI_Deserializer *self, MI_Uint8 *buffer, MI_Uint32 length,
                                                         MI_Char *name, MI_Uint32 *name_length, MI_Instance **error)
{
    const MI_DeserializerFT *table = deserializer_table(self);

    return table ? table->Class_GetClassName(self, buffer, length, name, name_length, error)
                 : mi_codec_refuse(MI_RESULT_INVALID_PARAMETER, error);
}

static MI_Result MI_CALL deserializer_Class_GetParentClassName(MI_Deserializer *self, MI_Uint8 *buffer,
                                                               MI_Uint32 length, MI_Char *name, MI_Uint32 *name_length,
                                                               MI_Instance **error)
{
    const MI_DeserializerFT *table = deserializer_table(self);

    return table ? table->Class_GetParentClassName(self, buffer, length, name, name_length, error)
                 : mi_codec_refuse(MI_RESULT_INVALID_PARAMETER, error);
}

static MI_Result MI_CALL deserializer_DeserializeInstance(MI_Deserializer *self, MI_Uint32 flags, MI_Uint8 *buffer,
                                                          MI_Uint32 length, MI_Class **classes, MI_Uint32 class_count,
                                                          MI_Deserializer_ClassObjectNeeded needed, void *context,
                                                          MI_Uint32 *read, MI_Instance **instance, MI_Instance **error)
{
    const MI_DeserializerFT *table = deserializer_table(self);

    CORK_TRACE("flags %#x, length %u, %u classes\n", flags, length, class_count);
    if (table)
        return table->DeserializeInstance(self, flags, buffer, length, classes, class_count, needed, context, read,
                                          instance, error);
    if (read) *read = 0;
    if (instance) *instance = NULL;
    return mi_codec_refuse(MI_RESULT_INVALID_PARAMETER, error);
}

static MI_Result MI_CALL deserializer_Instance_GetClassName(MI_Deserializer *self, MI_Uint8 *buffer, MI_Uint32 length,
                                                            MI_Char *name, MI_Uint32 *name_length, MI_Instance **error)
{
    const MI_DeserializerFT *table = deserializer_table(self);

    return table ? table->Instance_GetClassName(self, buffer, length, name, name_length, error)
                 : mi_codec_refuse(MI_RESULT_INVALID_PARAMETER, error);
}

const MI_DeserializerFT mi_deserializer_table = {
    .Close = deserializer_Close,
    .DeserializeClass = deserializer_DeserializeClass,
    .Class_GetClassName = deserializer_Class_GetClassName,
    .Class_GetParentClassName = deserializer_Class_GetParentClassName,
    .DeserializeInstance = deserializer_DeserializeInstance,
    .Instance_GetClassName = deserializer_Instance_GetClassName,
};

/*
 * Serializers and deserializers: how applications make them, and mi.h's tables, which call the table of the format that
 * a handle is of. Formats: "MI_XML" as documented, also "MI_XML_V1" as Windows' own clients say, and
 * "MI_MOF_CIMV2_EXTV1", which mimofcodec.dll hands on to here.
 */
#ifndef CORK_MI_SERIALIZER_H
#define CORK_MI_SERIALIZER_H

#include <mi.h>

/* MI_RESULT_NOT_SUPPORTED for a format that there is not. */
MI_Result MI_CALL mi_serializer_new(MI_Application *application, MI_Uint32 flags, MI_Char *format,
                                    MI_Serializer *serializer);
MI_Result MI_CALL mi_deserializer_new(MI_Application *application, MI_Uint32 flags, MI_Char *format,
                                      MI_Deserializer *deserializer);

extern const MI_SerializerFT mi_serializer_table;
extern const MI_DeserializerFT mi_deserializer_table;

#endif

/*
 * Serializers and deserializers. Neither is there yet: making one fails with MI_RESULT_NOT_SUPPORTED.
 */
#ifndef CORK_MI_SERIALIZER_H
#define CORK_MI_SERIALIZER_H

#include <mi.h>

MI_Result MI_CALL mi_serializer_new(MI_Application *application, MI_Uint32 flags, MI_Char *format,
                                    MI_Serializer *serializer);
MI_Result MI_CALL mi_deserializer_new(MI_Application *application, MI_Uint32 flags, MI_Char *format,
                                      MI_Deserializer *deserializer);

extern const MI_SerializerFT mi_serializer_table;
extern const MI_DeserializerFT mi_deserializer_table;

#endif

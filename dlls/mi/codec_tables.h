/*
 * The function tables of the serializers and deserializers, one for each format, and what they share. None has a state
 * of its own: a handle says which table it is by cCodecMagic and the table's address (micodec.h), any number of threads
 * may use it at once, and there is nothing to free.
 *
 * Serializing: MI_RESULT_FAILED, with the needed size, where the buffer is NULL or too small; the writers' errors.
 * Deserializing: the readers' errors, with an error instance that says in words, and in MessageArguments as numbers, in
 * which line and column.
 */
#ifndef CORK_MI_CODEC_TABLES_H
#define CORK_MI_CODEC_TABLES_H

#include <micodec.h>

#include "mi/codec_reader.h"

#include <stdbool.h>

extern const MI_SerializerFT mi_xml_serializer_table, mi_mof_serializer_table;
extern const MI_DeserializerFT mi_xml_deserializer_table;
extern const MI_DeserializerFT_INTL mi_mof_deserializer_table;

/* What a serializer's functions do: check their arguments, and have `write` write. `write`'s last parameter: the one
 * flag that there is for it. */
MI_Result mi_codec_write_class(const MI_Serializer *self, MI_Uint32 flags, const MI_Class *class_object,
                               MI_Uint8 *buffer, MI_Uint32 length, MI_Uint32 *needed,
                               void (*write)(struct mi_codec_output *output, const MI_ClassDecl *decl, bool deep));
MI_Result mi_codec_write_instance(const MI_Serializer *self, MI_Uint32 flags, const MI_Instance *instance,
                                  MI_Uint8 *buffer, MI_Uint32 length, MI_Uint32 *needed,
                                  void (*write)(struct mi_codec_output *output, const MI_Instance *instance,
                                                bool with_class));

/* A deserializer's failure: makes the error instance, if it is asked for. Returns `result`. */
MI_Result mi_codec_refuse(MI_Result result, MI_Instance **error);
/* The same of what the reader has noted; ends the reader. */
MI_Result mi_codec_finish(struct mi_codec_reader *reader, MI_Instance **error);

/* Gives a name: `length` is the room in characters, and becomes what the name and its terminating 0 take.
 * MI_RESULT_FAILED where it does not fit, or `name` is NULL. */
MI_Result mi_codec_give_name(const MI_Char *from, MI_Char *name, MI_Uint32 *length);

/* Forgets a handle. */
MI_Result MI_CALL mi_codec_close_serializer(MI_Serializer *self);
MI_Result MI_CALL mi_codec_close_deserializer(MI_Deserializer *self);

#endif

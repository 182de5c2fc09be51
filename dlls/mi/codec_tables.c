/* What the tables of both formats share. See codec_tables.h. */
#include "mi/codec_tables.h"

#include "mi/class.h"
#include "mi/error.h"
#include "mi/text.h"

#include <string.h>

MI_Result mi_codec_write_class(const MI_Serializer *self, MI_Uint32 flags, const MI_Class *class_object,
                               MI_Uint8 *buffer, MI_Uint32 length, MI_Uint32 *needed,
                               void (*write)(struct mi_codec_output *output, const MI_ClassDecl *decl, bool deep))
{
    struct mi_codec_output output;

    if (needed) *needed = 0;
    if (!self || (flags & ~(MI_Uint32)MI_SERIALIZER_FLAGS_CLASS_DEEP) || !mi_class_get_data(class_object) || !needed)
        return MI_RESULT_INVALID_PARAMETER;
    mi_output_init(&output, buffer, length);
    write(&output, class_object->classDecl, flags & MI_SERIALIZER_FLAGS_CLASS_DEEP);
    return mi_output_finish(&output, needed);
}

MI_Result mi_codec_write_instance(const MI_Serializer *self, MI_Uint32 flags, const MI_Instance *instance,
                                  MI_Uint8 *buffer, MI_Uint32 length, MI_Uint32 *needed,
                                  void (*write)(struct mi_codec_output *output, const MI_Instance *instance,
                                                bool with_class))
{
    const MI_Char *name = NULL;
    struct mi_codec_output output;

    if (needed) *needed = 0;
    if (!self || (flags & ~(MI_Uint32)MI_SERIALIZER_FLAGS_INSTANCE_WITH_CLASS) || !instance || !needed ||
        MI_Instance_GetClassName(instance, &name) != MI_RESULT_OK)
        return MI_RESULT_INVALID_PARAMETER;
    mi_output_init(&output, buffer, length);
    write(&output, instance, flags & MI_SERIALIZER_FLAGS_INSTANCE_WITH_CLASS);
    return mi_output_finish(&output, needed);
}

MI_Result mi_codec_refuse(MI_Result result, MI_Instance **error)
{
    if (error) mi_error_new((MI_Uint32)result, MI_RESULT_TYPE_MI, NULL, error);
    return result;
}

MI_Result mi_codec_finish(struct mi_codec_reader *reader, MI_Instance **error)
{
    MI_Result result = reader->result;

    if (result != MI_RESULT_OK && error) *error = mi_codec_error(reader);
    mi_codec_end(reader);
    return result;
}

MI_Result mi_codec_give_name(const MI_Char *from, MI_Char *name, MI_Uint32 *length)
{
    size_t needed = mi_text_length(from) + 1;
    bool fits = name && needed <= *length;

    *length = (MI_Uint32)needed;
    if (!fits) return MI_RESULT_FAILED;
    memcpy(name, from, needed * sizeof(*name));
    return MI_RESULT_OK;
}

MI_Result MI_CALL mi_codec_close_serializer(MI_Serializer *self)
{
    memset(self, 0, sizeof(*self));
    return MI_RESULT_OK;
}

MI_Result MI_CALL mi_codec_close_deserializer(MI_Deserializer *self)
{
    memset(self, 0, sizeof(*self));
    return MI_RESULT_OK;
}

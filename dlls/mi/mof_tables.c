/* The tables of the MOF serializer and deserializer. See codec_tables.h. */
#include "mi/codec_tables.h"

#include "mi/allocation.h"
#include "mi/class.h"
#include "mi/mof_load.h"
#include "mi/mof_writer.h"
#include "mi/text.h"

#include <string.h>

/* ---- Serializing ------------------------------------------------------------------------------------------------- */

static MI_Result MI_CALL mof_SerializeClass(MI_Serializer *self, MI_Uint32 flags, const MI_Class *class_object,
                                            MI_Uint8 *buffer, MI_Uint32 length, MI_Uint32 *needed)
{
    return mi_codec_write_class(self, flags, class_object, buffer, length, needed, mi_mof_write_class);
}

static MI_Result MI_CALL mof_SerializeInstance(MI_Serializer *self, MI_Uint32 flags, const MI_Instance *instance,
                                               MI_Uint8 *buffer, MI_Uint32 length, MI_Uint32 *needed)
{
    return mi_codec_write_instance(self, flags, instance, buffer, length, needed, mi_mof_write_instance);
}

const MI_SerializerFT mi_mof_serializer_table = {mi_codec_close_serializer, mof_SerializeClass, mof_SerializeInstance};

/* ---- One object -------------------------------------------------------------------------------------------------- */

/* The class that is wanted is the last: those before it are there for it. */
static MI_Result MI_CALL mof_DeserializeClass(MI_Deserializer *self, MI_Uint32 flags, MI_Uint8 *buffer,
                                              MI_Uint32 length, MI_Class *parent, const MI_Char *server,
                                              const MI_Char *name_space, MI_Deserializer_ClassObjectNeeded needed,
                                              void *context, MI_Uint32 *read, MI_Class **class_object,
                                              MI_Instance **error)
{
    struct mi_codec_request request = {.buffer = buffer,
                                       .length = length,
                                       .classes = &parent,
                                       .class_count = 1,
                                       .server_name = server,
                                       .name_space = name_space,
                                       .class_needed = needed,
                                       .class_context = context};
    struct mi_codec_reader reader;
    struct mi_mof mof;

    if (read) *read = 0;
    if (class_object) *class_object = NULL;
    if (error) *error = NULL;
    if (!self || flags || !buffer || !class_object || (parent && !mi_class_get_data(parent)))
        return mi_codec_refuse(MI_RESULT_INVALID_PARAMETER, error);
    if (mi_codec_begin(&reader, &request, MI_MOF_BAD_INPUT) && mi_mof_load(&mof, &reader, NULL))
    {
        if (mof.classes.count)
        {
            if (read) *read = mi_codec_bytes(&reader, mof.lexer.end);
            *class_object = mi_codec_take_class(&reader, mof.classes.list[mof.classes.count - 1]);
        }
        else
            mi_codec_bad(&reader, mof.lexer.end, "there is no class");
    }
    return mi_codec_finish(&reader, error);
}

/* The instances that no other one holds, in order; each is taken from the reader by `take`. */
static MI_Uint32 count_results(const struct mi_mof *mof)
{
    MI_Uint32 count = 0;

    for (MI_Uint32 i = 0; i < mof->instances.count; i++)
        count += !((const struct mi_mof_instance *)mof->instances.list[i])->used;
    return count;
}

static void take_results(struct mi_codec_reader *reader, const struct mi_mof *mof, MI_Instance **results)
{
    MI_Uint32 count = 0;

    for (MI_Uint32 i = 0; i < mof->instances.count; i++)
    {
        const struct mi_mof_instance *top = mof->instances.list[i];

        if (top->used) continue;
        results[count++] = top->instance;
        mi_codec_release(&reader->made, top->instance, i);
    }
}

static MI_Result MI_CALL mof_DeserializeInstance(MI_Deserializer *self, MI_Uint32 flags, MI_Uint8 *buffer,
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
    struct mi_mof mof;

    if (read) *read = 0;
    if (instance) *instance = NULL;
    if (error) *error = NULL;
    if (!self || flags || !buffer || !instance || (class_count && !classes))
        return mi_codec_refuse(MI_RESULT_INVALID_PARAMETER, error);
    if (mi_codec_begin(&reader, &request, MI_MOF_BAD_INPUT) && mi_mof_load(&mof, &reader, NULL))
    {
        if (count_results(&mof) == 1)
        {
            if (read) *read = mi_codec_bytes(&reader, mof.lexer.end);
            take_results(&reader, &mof, instance);
        }
        else
            mi_codec_bad(&reader, mof.lexer.end, "there is not one instance");
    }
    return mi_codec_finish(&reader, error);
}

/* Not all serializers include enough information, the documentation says: a text may have any number of classes. */
static MI_Result MI_CALL mof_GetName(MI_Deserializer *self, MI_Uint8 *buffer, MI_Uint32 length, MI_Char *name,
                                     MI_Uint32 *name_length, MI_Instance **error)
{
    (void)length;
    (void)name;
    if (error) *error = NULL;
    return mi_codec_refuse(self && buffer && name_length ? MI_RESULT_NOT_SUPPORTED : MI_RESULT_INVALID_PARAMETER,
                           error);
}

/* ---- Arrays ------------------------------------------------------------------------------------------------------ */

static void MI_CALL delete_classes(MI_ExtendedArray *self)
{
    MI_Class **classes = self->arr.data;

    for (MI_Uint32 i = 0; i < self->arr.size; i++)
        MI_Class_Delete(classes[i]);
    mi_free(self);
}

static void MI_CALL delete_instances(MI_ExtendedArray *self)
{
    MI_Instance **instances = self->arr.data;

    for (MI_Uint32 i = 0; i < self->arr.size; i++)
        MI_Instance_Delete(instances[i]);
    mi_free(self);
}

static const MI_ExtendedArrayFT class_array_table = {delete_classes}, instance_array_table = {delete_instances};

/* The items' pointers lie behind the array. */
static MI_ExtendedArray *new_array(struct mi_codec_reader *reader, MI_Uint32 count, const MI_ExtendedArrayFT *table)
{
    MI_ExtendedArray *array = mi_alloc(sizeof(*array) + count * sizeof(void *));

    if (!array)
    {
        mi_codec_no_memory(reader);
        return NULL;
    }
    memset(array, 0, sizeof(*array));
    array->arr.data = array + 1;
    array->arr.size = count;
    array->reserved1 = cCodecMagic;
    array->reserved2 = (ptrdiff_t)table;
    return array;
}

/* Whether the callbacks and options are ones that MOF has. */
static MI_Result check(const MI_DeserializerCallbacks *callbacks, MI_OperationOptions *options)
{
    const MI_Char *validation = NULL;
    MI_Uint32 index, flags;

    if (callbacks && (callbacks->instanceResult || callbacks->classResult || callbacks->classObjectNeededOnId ||
                      callbacks->classObjectAndId))
        return MI_RESULT_INVALID_PARAMETER;
    if (!options || !options->ft ||
        MI_OperationOptions_GetString(options, MOFCODEC_SCHEMA_VALIDATION_OPTION_NAME, &validation, &index, &flags) !=
            MI_RESULT_OK)
        return MI_RESULT_OK;
    return mi_name_equal(validation, MOFCODEC_SCHEMA_VALIDATION_DEFAULT) ? MI_RESULT_OK : MI_RESULT_NOT_SUPPORTED;
}

static void set_callbacks(struct mi_codec_request *request, struct mi_mof_callbacks *mof,
                          const MI_DeserializerCallbacks *callbacks)
{
    memset(mof, 0, sizeof(*mof));
    if (!callbacks) return;
    request->class_needed = callbacks->classObjectNeeded;
    request->class_context = callbacks->classObjectNeededContext;
    mof->include_context = callbacks->includedFileContext;
    mof->get_included = callbacks->getIncludedFileContent;
    mof->free_included = callbacks->freeIncludedFileContent;
    mof->qualifier_context = callbacks->qualifierDeclNeededContext;
    mof->qualifier_needed = callbacks->qualifierDeclNeeded;
}

/* Reads a whole text with callbacks and classes (either may be NULL). */
static bool load_all(struct mi_codec_reader *reader, struct mi_mof *mof, struct mi_codec_request *request,
                     const MI_DeserializerCallbacks *callbacks, const MI_ClassA *classes)
{
    struct mi_mof_callbacks mof_callbacks;

    set_callbacks(request, &mof_callbacks, callbacks);
    request->classes = classes ? classes->data : NULL;
    request->class_count = classes && classes->data ? classes->size : 0;
    return mi_codec_begin(reader, request, MI_MOF_BAD_INPUT) && mi_mof_load(mof, reader, &mof_callbacks);
}

static MI_Result MI_CALL mof_DeserializeClassArray(MI_Deserializer *self, MI_Uint32 flags, MI_OperationOptions *options,
                                                   MI_DeserializerCallbacks *callbacks, MI_Uint8 *buffer,
                                                   MI_Uint32 length, MI_ClassA *classes, const MI_Char *server,
                                                   const MI_Char *name_space, MI_Uint32 *read, MI_ClassA **results,
                                                   MI_Instance **error)
{
    struct mi_codec_request request = {
        .buffer = buffer, .length = length, .server_name = server, .name_space = name_space};
    MI_Result result = check(callbacks, options);
    struct mi_codec_reader reader;
    MI_ExtendedArray *array;
    struct mi_mof mof;

    if (read) *read = 0;
    if (results) *results = NULL;
    if (error) *error = NULL;
    if (!self || flags || !buffer || !results) result = MI_RESULT_INVALID_PARAMETER;
    if (result != MI_RESULT_OK) return mi_codec_refuse(result, error);
    if (load_all(&reader, &mof, &request, callbacks, classes) &&
        (array = new_array(&reader, mof.classes.count, &class_array_table)))
    {
        for (MI_Uint32 i = 0; i < mof.classes.count; i++)
            ((MI_Class **)array->arr.data)[i] = mi_codec_take_class(&reader, mof.classes.list[i]);
        if (read) *read = mi_codec_bytes(&reader, mof.lexer.end);
        *results = (MI_ClassA *)(void *)array;
    }
    return mi_codec_finish(&reader, error);
}

static MI_Result MI_CALL mof_DeserializeInstanceArray(MI_Deserializer *self, MI_Uint32 flags,
                                                      MI_OperationOptions *options, MI_DeserializerCallbacks *callbacks,
                                                      MI_Uint8 *buffer, MI_Uint32 length, MI_ClassA *classes,
                                                      MI_Uint32 *read, MI_InstanceA **results, MI_Instance **error)
{
    struct mi_codec_request request = {.buffer = buffer, .length = length};
    MI_Result result = check(callbacks, options);
    struct mi_codec_reader reader;
    MI_ExtendedArray *array;
    struct mi_mof mof;

    if (read) *read = 0;
    if (results) *results = NULL;
    if (error) *error = NULL;
    if (!self || flags || !buffer || !results) result = MI_RESULT_INVALID_PARAMETER;
    if (result != MI_RESULT_OK) return mi_codec_refuse(result, error);
    if (load_all(&reader, &mof, &request, callbacks, classes) &&
        (array = new_array(&reader, count_results(&mof), &instance_array_table)))
    {
        take_results(&reader, &mof, array->arr.data);
        if (read) *read = mi_codec_bytes(&reader, mof.lexer.end);
        *results = (MI_InstanceA *)(void *)array;
    }
    return mi_codec_finish(&reader, error);
}

const MI_DeserializerFT_INTL mi_mof_deserializer_table = {
    .ft = {.Close = mi_codec_close_deserializer,
           .DeserializeClass = mof_DeserializeClass,
           .Class_GetClassName = mof_GetName,
           .Class_GetParentClassName = mof_GetName,
           .DeserializeInstance = mof_DeserializeInstance,
           .Instance_GetClassName = mof_GetName},
    .DeserializeClassArray = mof_DeserializeClassArray,
    .DeserializeInstanceArray = mof_DeserializeInstanceArray,
};

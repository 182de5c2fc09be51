#include "mi_codec_support.h"

#include "mi/class.h"
#include "mi/class_parts.h"
#include "mi/codec_tables.h"
#include "mi/instance.h"
#include "mi/text.h"
#include "mi_support.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

const struct codec_format codec_formats[FORMATS] = {
    {"XML", &mi_xml_serializer_table, &mi_xml_deserializer_table},
    {"MOF", &mi_mof_serializer_table, &mi_mof_deserializer_table.ft},
};

/* ---- Objects ----------------------------------------------------------------------------------------------------- */

MI_Instance *new_holder(void)
{
    MI_Instance *instance = NULL;

    ck_assert_int_eq(mi_instance_new(MI_T("Holder"), &instance), MI_RESULT_OK);
    return instance;
}

MI_Class *new_sample_class(void)
{
    MI_Class *class_object = NULL;

    ck_assert_int_eq(mi_class_from_decl(&sample_class, MI_T("root/cimv2"), MI_T("server"), &class_object),
                     MI_RESULT_OK);
    return class_object;
}

void add_element(MI_Instance *instance, const MI_Char *name, const MI_Value *value, MI_Type type, MI_Uint32 flags)
{
    ck_assert_int_eq(MI_Instance_AddElement(instance, name, value, type, flags | MI_FLAG_PROPERTY), MI_RESULT_OK);
}

/* ---- Buffers ----------------------------------------------------------------------------------------------------- */

static MI_Uint8 *last;
static MI_Serializer serializer;
static MI_Deserializer deserializer;

static struct written new_buffer(MI_Uint32 bytes)
{
    struct written written;

    free(last);
    last = malloc(bytes + 2u);
    ck_assert_ptr_nonnull(last);
    memset(last, 0, bytes + 2u);
    written.buffer = last;
    written.bytes = bytes;
    return written;
}

void free_written(void)
{
    free(last);
    last = NULL;
}

struct written text_buffer(const MI_Char *text)
{
    struct written written = new_buffer((MI_Uint32)(mi_text_length(text) * sizeof(*text)));

    memcpy(written.buffer, text, written.bytes);
    return written;
}

struct written ascii_buffer(const char *text)
{
    struct written written = new_buffer((MI_Uint32)strlen(text));

    memcpy(written.buffer, text, written.bytes);
    return written;
}

struct written write_instance(int format, MI_Uint32 flags, const MI_Instance *instance)
{
    const MI_SerializerFT *table = codec_formats[format].serializer;
    struct written written;
    MI_Uint32 needed = 0;

    ck_assert_int_eq(table->SerializeInstance(&serializer, flags, instance, NULL, 0, &needed), MI_RESULT_FAILED);
    ck_assert_uint_gt(needed, 0);
    written = new_buffer(needed);
    ck_assert_int_eq(table->SerializeInstance(&serializer, flags, instance, written.buffer, needed, &needed),
                     MI_RESULT_OK);
    ck_assert_uint_eq(needed, written.bytes);
    return written;
}

struct written write_class(int format, MI_Uint32 flags, const MI_Class *class_object)
{
    const MI_SerializerFT *table = codec_formats[format].serializer;
    struct written written;
    MI_Uint32 needed = 0;

    ck_assert_int_eq(table->SerializeClass(&serializer, flags, class_object, NULL, 0, &needed), MI_RESULT_FAILED);
    ck_assert_uint_gt(needed, 0);
    written = new_buffer(needed);
    ck_assert_int_eq(table->SerializeClass(&serializer, flags, class_object, written.buffer, needed, &needed),
                     MI_RESULT_OK);
    ck_assert_uint_eq(needed, written.bytes);
    return written;
}

bool written_is(struct written written, const MI_Char *text)
{
    return written.bytes == mi_text_length(text) * sizeof(*text) && !memcmp(written.buffer, text, written.bytes);
}

MI_Result read_instance(int format, struct written from, MI_Class **classes, MI_Uint32 count, MI_Instance **instance,
                        MI_Instance **error)
{
    MI_Uint32 read = 0;
    MI_Result result = codec_formats[format].deserializer->DeserializeInstance(
        &deserializer, 0, from.buffer, from.bytes, classes, count, NULL, NULL, &read, instance, error);

    if (result == MI_RESULT_OK) ck_assert_uint_eq(read, from.bytes);
    return result;
}

MI_Result read_class(int format, struct written from, MI_Class *parent, MI_Class **class_object, MI_Instance **error)
{
    MI_Uint32 read = 0;
    MI_Result result = codec_formats[format].deserializer->DeserializeClass(&deserializer, 0, from.buffer, from.bytes,
                                                                            parent, MI_T("server"), MI_T("root/cimv2"),
                                                                            NULL, NULL, &read, class_object, error);

    if (result == MI_RESULT_OK) ck_assert_uint_eq(read, from.bytes);
    return result;
}

static unsigned number_of(const MI_Char *text)
{
    unsigned number = 0;

    for (; *text; text++)
        number = 10 * number + (unsigned)(*text - '0');
    return number;
}

void take_place(MI_Instance *error, unsigned *line, unsigned *column)
{
    MI_Value value = {0};
    MI_Uint32 flags = 0;

    *line = *column = 0;
    if (!error) return;
    MI_Instance_GetElement(error, MI_T("MessageArguments"), &value, NULL, &flags, NULL);
    if (!(flags & MI_FLAG_NULL) && value.stringa.size == 2)
    {
        *line = number_of(value.stringa.data[0]);
        *column = number_of(value.stringa.data[1]);
    }
    MI_Instance_Delete(error);
}

/* ---- Classes ----------------------------------------------------------------------------------------------------- */

static bool same_text(const MI_Char *left, const MI_Char *right)
{
    return left && right ? texts_equal(left, right) : left == right;
}

static bool same_value(MI_Uint32 type, const void *left, const void *right)
{
    if (!left || !right) return left == right;
    return values_equal((MI_Type)type, left, right);
}

static MI_Uint32 whole_flavor(MI_Uint32 flavor)
{
    if (!(flavor & MI_FLAG_DISABLEOVERRIDE)) flavor |= MI_FLAG_ENABLEOVERRIDE;
    if (!(flavor & MI_FLAG_RESTRICTED)) flavor |= MI_FLAG_TOSUBCLASS;
    return flavor;
}

static bool qualifiers_equal(MI_Qualifier MI_CONST *MI_CONST *original, MI_Uint32 count,
                             MI_Qualifier MI_CONST *MI_CONST *read, MI_Uint32 read_count)
{
    struct mi_pointers list = {(void **)read, read_count, read_count};

    for (MI_Uint32 i = 0; i < count; i++)
    {
        const MI_Qualifier *found = mi_find_qualifier(&list, original[i]->name);

        if (!found || found->type != original[i]->type || found->flavor != whole_flavor(original[i]->flavor) ||
            !texts_equal(found->name, original[i]->name) || !same_value(found->type, original[i]->value, found->value))
            return false;
    }
    return true;
}

static bool properties_equal(const MI_PropertyDecl *left, const MI_PropertyDecl *right)
{
    return texts_equal(left->name, right->name) && left->type == right->type && left->flags == right->flags &&
           left->subscript == right->subscript && same_text(left->className, right->className) &&
           same_text(left->origin, right->origin) && same_text(left->propagator, right->propagator) &&
           same_value(left->type, left->value, right->value) &&
           qualifiers_equal(left->qualifiers, left->numQualifiers, right->qualifiers, right->numQualifiers);
}

static bool parameters_equal(const MI_ParameterDecl *left, const MI_ParameterDecl *right)
{
    return texts_equal(left->name, right->name) && left->type == right->type && left->flags == right->flags &&
           left->subscript == right->subscript && same_text(left->className, right->className) &&
           qualifiers_equal(left->qualifiers, left->numQualifiers, right->qualifiers, right->numQualifiers);
}

static bool methods_equal(const MI_MethodDecl *left, const MI_MethodDecl *right)
{
    if (!texts_equal(left->name, right->name) || left->returnType != right->returnType || left->flags != right->flags ||
        left->numParameters != right->numParameters || !same_text(left->origin, right->origin) ||
        !same_text(left->propagator, right->propagator) ||
        !qualifiers_equal(left->qualifiers, left->numQualifiers, right->qualifiers, right->numQualifiers))
        return false;
    for (MI_Uint32 i = 0; i < left->numParameters; i++)
        if (!parameters_equal(left->parameters[i], right->parameters[i])) return false;
    return true;
}

bool classes_equal(const MI_ClassDecl *left, const MI_ClassDecl *right, bool parents)
{
    if (!texts_equal(left->name, right->name) || left->flags != right->flags ||
        !same_text(left->superClass, right->superClass) || left->numProperties != right->numProperties ||
        left->numMethods != right->numMethods ||
        !qualifiers_equal(left->qualifiers, left->numQualifiers, right->qualifiers, right->numQualifiers))
        return false;
    for (MI_Uint32 i = 0; i < left->numProperties; i++)
        if (!properties_equal(left->properties[i], right->properties[i])) return false;
    for (MI_Uint32 i = 0; i < left->numMethods; i++)
        if (!methods_equal(left->methods[i], right->methods[i])) return false;
    if (!parents) return true;
    if (!left->superClassDecl || !right->superClassDecl) return left->superClassDecl == right->superClassDecl;
    return classes_equal(left->superClassDecl, right->superClassDecl, true);
}

void codec_set_up(void)
{
    use_mi_allocator();
    /* An instance of a class knows that its elements are properties. */
    ignore_element_flags(MI_FLAG_PROPERTY | MI_FLAG_NOT_MODIFIED);
}

void codec_tear_down(void)
{
    free_sample_instances();
    free_written();
    ck_assert_int_eq(live_allocations(), 0);
}

/*
 * Serializers and deserializers of both formats: what is written is read again as it was; buffers; arguments.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mi/class.h"
#include "mi/codec_tables.h"
#include "mi/error.h"
#include "mi/instance.h"
#include "mi/value.h"
#include "mi_codec_support.h"
#include "mi_support.h"

/* Writes and reads an instance; it has to be the same. Both are deleted. */
static void check_trip(int format, MI_Instance *instance)
{
    MI_Instance *again = NULL, *error = NULL;
    struct written written = write_instance(format, MI_SERIALIZER_FLAGS_INSTANCE_WITH_CLASS, instance);

    ck_assert_int_eq(read_instance(format, written, NULL, 0, &again, &error), MI_RESULT_OK);
    ck_assert(!error && again && instances_equal(instance, again));
    MI_Instance_Delete(instance);
    MI_Instance_Delete(again);
}

/* ---- Instances --------------------------------------------------------------------------------------------------- */

START_TEST(every_type)
{
    int format = _i % FORMATS, type = _i / FORMATS;
    MI_Instance *instance = new_holder();
    MI_Value first = sample_value((MI_Type)type, 0), second = sample_value((MI_Type)type, 1);

    if (type == MI_REFERENCEA)
    {
        MI_Uint32 needed = 9;
        MI_Serializer serializer = {0};

        add_element(instance, MI_T("A"), &first, (MI_Type)type, 0);
        ck_assert_int_eq(
            codec_formats[format].serializer->SerializeInstance(&serializer, 0, instance, NULL, 0, &needed),
            MI_RESULT_NOT_SUPPORTED);
        ck_assert_uint_eq(needed, 0);
        MI_Instance_Delete(instance);
        return;
    }
    add_element(instance, MI_T("A"), &first, (MI_Type)type, 0);
    add_element(instance, MI_T("B"), &second, (MI_Type)type, MI_FLAG_READONLY);
    add_element(instance, MI_T("C"), NULL, (MI_Type)type, MI_FLAG_NULL);
    check_trip(format, instance);
}
END_TEST

/* The least and the greatest value of each number, and reals that take all their digits. */
START_TEST(limits_of_numbers)
{
    static const double reals[] = {
        0.1, 1.0 / 3, 5e-324, 1.7976931348623157e308, 2.2250738585072014e-308, -1e-300, 123456789012345680.0};
    static const float floats[] = {0.1f, 1.0f / 3, 1e-45f, 3.4028235e38f, 1.17549435e-38f, -16777217.0f};
    MI_Instance *instance = new_holder();
    MI_Value value;

    for (int type = MI_UINT8; type <= MI_SINT64; type++)
        for (int which = 0; which < 4; which++)
        {
            unsigned bits = 8 * (unsigned)mi_type_size((MI_Uint32)type);
            const MI_Uint64 numbers[] = {0, ~(MI_Uint64)0, (MI_Uint64)1 << (bits - 1),
                                         ((MI_Uint64)1 << (bits - 1)) - 1};
            MI_Char name[] = {'N', (MI_Char)('a' + type), (MI_Char)('a' + which), 0};

            memset(&value, 0, sizeof(value));
            value.uint64 = numbers[which] & (~(MI_Uint64)0 >> (64 - bits));
            add_element(instance, name, &value, (MI_Type)type, 0);
        }
    memset(&value, 0, sizeof(value));
    value.array.data = (void *)reals;
    value.array.size = MI_COUNT(reals);
    add_element(instance, MI_T("Reals"), &value, MI_REAL64A, 0);
    value.array.data = (void *)floats;
    value.array.size = MI_COUNT(floats);
    add_element(instance, MI_T("Floats"), &value, MI_REAL32A, 0);
    check_trip(_i, instance);
}
END_TEST

START_TEST(every_character)
{
    MI_Instance *instance = new_holder();
    MI_Char *text = malloc(65536 * sizeof(*text));
    MI_Char16 *characters = malloc(65536 * sizeof(*characters));
    MI_Value value = {.string = text};

    ck_assert(text && characters);
    for (unsigned c = 1; c < 65536; c++)
        text[c - 1] = (MI_Char)c;
    text[65535] = 0;
    for (unsigned c = 0; c < 65536; c++)
        characters[c] = (MI_Char16)c;
    add_element(instance, MI_T("Text"), &value, MI_STRING, 0);
    value.char16a.data = characters;
    value.char16a.size = 65536;
    add_element(instance, MI_T("Characters"), &value, MI_CHAR16A, 0);
    value.string = (MI_Char *)MI_T("");
    add_element(instance, MI_T("Empty"), &value, MI_STRING, 0);
    value.string = (MI_Char *)MI_T("  spaces \t and\r\nlines \\x41 &amp; ]]> ");
    add_element(instance, MI_T("Spaces"), &value, MI_STRING, 0);
    value.array.data = NULL;
    value.array.size = 0;
    add_element(instance, MI_T("None"), &value, MI_STRINGA, 0);
    free(text);
    free(characters);
    check_trip(_i, instance);
}
END_TEST

/* Instances in instances; texts in them that have to be escaped once for each. */
START_TEST(embedded_instances)
{
    MI_Instance *instance = new_holder(), *other;
    MI_Value value;

    for (int depth = 1; depth < MI_CODEC_MAX_DEPTH; depth++)
    {
        MI_Char name[] = {'H', (MI_Char)('A' + depth / 8), (MI_Char)('0' + depth % 8), 0};

        value.string = (MI_Char *)MI_T("<\"&\"> 'text'\n");
        add_element(instance, MI_T("Text"), &value, MI_STRING, 0);
        ck_assert_int_eq(mi_instance_new(name, &other), MI_RESULT_OK);
        value.instance = instance;
        add_element(other, MI_T("Inner"), &value, MI_INSTANCE, MI_FLAG_ADOPT);
        instance = other;
    }
    check_trip(_i, instance);
}
END_TEST

START_TEST(too_deep_to_write)
{
    MI_Instance *instance = new_holder(), *other;
    MI_Serializer serializer = {0};
    MI_Uint32 needed = 0;

    for (int depth = 0; depth < MI_CODEC_MAX_DEPTH; depth++)
    {
        MI_Value value = {.instance = instance};

        other = new_holder();
        add_element(other, MI_T("Inner"), &value, MI_INSTANCE, MI_FLAG_ADOPT);
        instance = other;
    }
    for (MI_Uint32 flags = 0; flags < 2; flags++)
        ck_assert_int_eq(
            codec_formats[_i].serializer->SerializeInstance(&serializer, flags, instance, NULL, 0, &needed),
            MI_RESULT_SERVER_LIMITS_EXCEEDED);
    MI_Instance_Delete(instance);
}
END_TEST

/* Embedded instances and references side by side: MOF's aliases have to be the right ones. */
START_TEST(many_instances)
{
    MI_Instance *instance = new_holder(), *pair[2];
    MI_Value value = {.uint32 = 0};

    for (MI_Uint32 i = 0; i < 3; i++)
    {
        MI_Char name[] = {'E', (MI_Char)('0' + i), 0};

        for (MI_Uint32 k = 0; k < 2; k++)
        {
            MI_Instance *leaf;

            ck_assert_int_eq(mi_instance_new(MI_T("Leaf"), &leaf), MI_RESULT_OK);
            ck_assert_int_eq(mi_instance_new(MI_T("Branch"), &pair[k]), MI_RESULT_OK);
            value.uint32 = 10 * i + k;
            add_element(leaf, MI_T("Number"), &value, MI_UINT32, MI_FLAG_KEY);
            value.instance = leaf;
            add_element(pair[k], MI_T("Leaf"), &value, MI_INSTANCE, MI_FLAG_ADOPT);
        }
        value.instancea.data = pair;
        value.instancea.size = 2;
        add_element(instance, name, &value, MI_INSTANCEA, MI_FLAG_ADOPT);
        name[0] = 'R';
        value = sample_value(MI_REFERENCE, (int)i % 2);
        if (_i == FORMAT_XML) add_element(instance, name, &value, MI_REFERENCE, 0);
    }
    check_trip(_i, instance);
}
END_TEST

START_TEST(namespace_and_server)
{
    MI_Instance *instance = new_holder(), *again = NULL;
    struct written written;

    ck_assert_int_eq(MI_Instance_SetNameSpace(instance, MI_T("root/a&b")), MI_RESULT_OK);
    if (_i) ck_assert_int_eq(MI_Instance_SetServerName(instance, MI_T("server")), MI_RESULT_OK);
    written = write_instance(FORMAT_XML, MI_SERIALIZER_FLAGS_INSTANCE_WITH_CLASS, instance);
    ck_assert_int_eq(read_instance(FORMAT_XML, written, NULL, 0, &again, NULL), MI_RESULT_OK);
    ck_assert(instances_equal(instance, again));
    MI_Instance_Delete(instance);
    MI_Instance_Delete(again);
}
END_TEST

/* Its class's super-class is known by name only. */
START_TEST(error_instance)
{
    MI_Instance *error = NULL;

    ck_assert_int_eq(mi_error_new(MI_RESULT_NOT_FOUND, MI_RESULT_TYPE_MI, MI_T("Not \"there\""), &error), MI_RESULT_OK);
    check_trip(_i, error);
}
END_TEST

/* Also what differs from the class's defaults: NULL where there is one, and which elements were set. */
START_TEST(instance_of_given_class)
{
    MI_Class *classes[] = {NULL, new_sample_class()};
    MI_Instance *instance = NULL, *again = NULL;
    MI_Value value = {.string = (MI_Char *)MI_T("name")};
    struct written written;

    if (_i == FORMAT_XML) ignore_element_flags(0);
    ck_assert_int_eq(mi_instance_of(NULL, classes[1]->classDecl, mi_class_get_data(classes[1]), &instance),
                     MI_RESULT_OK);
    ck_assert_int_eq(MI_Instance_SetElement(instance, MI_T("Name"), &value, MI_STRING, 0), MI_RESULT_OK);
    ck_assert_int_eq(MI_Instance_ClearElement(instance, MI_T("Size")), MI_RESULT_OK);
    written = write_instance(_i, 0, instance);
    ck_assert_int_eq(read_instance(_i, written, classes, 2, &again, NULL), MI_RESULT_OK);
    ck_assert(instances_equal(instance, again));
    MI_Class_Delete(classes[1]);
    MI_Instance_Delete(instance);
    MI_Instance_Delete(again);
}
END_TEST

START_TEST(class_has_to_be_known)
{
    MI_Instance *instance = new_holder(), *again = NULL, *error = NULL;
    struct written written = write_instance(_i, 0, instance);
    unsigned line, column;

    ck_assert_int_eq(read_instance(_i, written, NULL, 0, &again, &error), MI_RESULT_INVALID_CLASS);
    ck_assert_ptr_null(again);
    take_place(error, &line, &column);
    ck_assert_uint_eq(line, 1);
    ck_assert_uint_eq(column, _i == FORMAT_XML ? 1 : 13);
    MI_Instance_Delete(instance);
}
END_TEST

/* ---- The callback ------------------------------------------------------------------------------------------------ */

static int asked;

static MI_Result MI_CALL give_class(void *context, const MI_Char *server, const MI_Char *name_space,
                                    const MI_Char *name, MI_Class **class_object)
{
    (void)server;
    (void)name_space;
    asked++;
    ck_assert(texts_equal(name, MI_T("Sample_Class")));
    return *(MI_Result *)context != MI_RESULT_OK ? *(MI_Result *)context
                                                 : mi_class_from_decl(&sample_class, NULL, NULL, class_object);
}

START_TEST(class_is_asked_for)
{
    MI_Instance *instance = NULL, *again = NULL, *error = NULL;
    MI_Deserializer deserializer = {0};
    MI_Result answer = MI_RESULT_OK;
    struct written written;

    ck_assert_int_eq(mi_instance_of(NULL, &sample_class, NULL, &instance), MI_RESULT_OK);
    written = write_instance(_i, 0, instance);
    asked = 0;
    ck_assert_int_eq(codec_formats[_i].deserializer->DeserializeInstance(&deserializer, 0, written.buffer,
                                                                         written.bytes, NULL, 0, give_class, &answer,
                                                                         NULL, &again, &error),
                     MI_RESULT_OK);
    ck_assert(asked == 1 && !error && instances_equal(instance, again));
    MI_Instance_Delete(again);
    answer = MI_RESULT_ACCESS_DENIED;
    ck_assert_int_eq(codec_formats[_i].deserializer->DeserializeInstance(&deserializer, 0, written.buffer,
                                                                         written.bytes, NULL, 0, give_class, &answer,
                                                                         NULL, &again, &error),
                     MI_RESULT_ACCESS_DENIED);
    ck_assert(asked == 2 && error && !again);
    MI_Instance_Delete(error);
    MI_Instance_Delete(instance);
}
END_TEST

/* ---- Classes ----------------------------------------------------------------------------------------------------- */

START_TEST(class_by_itself)
{
    MI_Class *class_object = new_sample_class(), *parent = NULL, *again = NULL;
    const MI_Char *name = NULL;
    struct written written = write_class(_i, 0, class_object);

    ck_assert_int_eq(MI_Class_GetParentClass(class_object, &parent), MI_RESULT_OK);
    ck_assert_int_eq(read_class(_i, written, parent, &again, NULL), MI_RESULT_OK);
    ck_assert(classes_equal(class_object->classDecl, again->classDecl, false));
    ck_assert(MI_Class_GetNameSpace(again, &name) == MI_RESULT_OK && texts_equal(name, MI_T("root/cimv2")));
    ck_assert(MI_Class_GetServerName(again, &name) == MI_RESULT_OK && texts_equal(name, MI_T("server")));
    MI_Class_Delete(again);
    ck_assert_int_eq(read_class(_i, written, NULL, &again, NULL), MI_RESULT_INVALID_SUPERCLASS);
    ck_assert_ptr_null(again);
    MI_Class_Delete(parent);
    MI_Class_Delete(class_object);
}
END_TEST

START_TEST(class_with_its_parents)
{
    MI_Class *class_object = new_sample_class(), *again = NULL;
    struct written written = write_class(_i, MI_SERIALIZER_FLAGS_CLASS_DEEP, class_object);

    ck_assert_int_eq(read_class(_i, written, NULL, &again, NULL), MI_RESULT_OK);
    ck_assert(classes_equal(class_object->classDecl, again->classDecl, false));
    ck_assert(again->classDecl->superClassDecl && again->classDecl->superClassDecl->numProperties == 1);
    /* XML says of a super-class no more than what the class has of it. */
    if (_i == FORMAT_MOF) ck_assert(classes_equal(class_object->classDecl, again->classDecl, true));
    MI_Class_Delete(again);
    MI_Class_Delete(class_object);
}
END_TEST

/* A property, a default, a qualifier and a parameter of each type that they can have. */
START_TEST(class_of_every_type)
{
    static const MI_Boolean yes = MI_TRUE;
    static const MI_Qualifier embedded = {MI_T("EmbeddedObject"), MI_BOOLEAN, MI_FLAG_DISABLEOVERRIDE, &yes};
    static const MI_Qualifier *const embeddings[] = {&embedded};
    MI_PropertyDecl list[32];
    MI_ParameterDecl parameters[32];
    MI_Qualifier qualifiers[32];
    MI_Char names[32][4];
    MI_Value values[32];
    const MI_PropertyDecl *properties[32];
    const MI_ParameterDecl *parameter_list[32];
    const MI_Qualifier *qualifier_list[32];
    MI_MethodDecl method = {.flags = MI_FLAG_METHOD,
                            .name = MI_T("Do"),
                            .returnType = MI_SINT16,
                            .origin = MI_T("All"),
                            .propagator = MI_T("All")};
    const MI_MethodDecl *methods[] = {&method};
    MI_ClassDecl decl = {.flags = MI_FLAG_CLASS | MI_FLAG_ASSOCIATION, .name = MI_T("All")};
    MI_Class *class_object = NULL, *again = NULL;
    struct written written;
    MI_Uint32 count = 0, qualifier_count = 0;

    memset(list, 0, sizeof(list));
    memset(parameters, 0, sizeof(parameters));
    memset(qualifiers, 0, sizeof(qualifiers));
    for (MI_Uint32 type = 0; type < 32; type++)
    {
        bool instance = mi_type_is_instance(type);

        names[type][0] = 'P';
        names[type][1] = (MI_Char)('A' + type / 8);
        names[type][2] = (MI_Char)('0' + type % 8);
        names[type][3] = 0;
        values[type] = sample_value((MI_Type)type, 0);
        parameters[type] = (MI_ParameterDecl){.flags = MI_FLAG_PARAMETER | (type & 1 ? MI_FLAG_IN : MI_FLAG_OUT),
                                              .name = names[type],
                                              .type = type,
                                              .className = instance ? MI_T("Other") : NULL,
                                              .subscript = type == MI_UINT8A ? 7 : 0};
        parameter_list[type] = &parameters[type];
        if (!instance)
        {
            qualifiers[type] = (MI_Qualifier){names[type], type, (type * 0x80) & 0x380, &values[type]};
            if (qualifiers[type].flavor & MI_FLAG_DISABLEOVERRIDE) qualifiers[type].flavor &= ~MI_FLAG_ENABLEOVERRIDE;
            qualifier_list[qualifier_count++] = &qualifiers[type];
        }
        if (type == MI_REFERENCEA) continue;
        list[count] = (MI_PropertyDecl){.flags = MI_FLAG_PROPERTY | (type == MI_UINT64 ? MI_FLAG_KEY : 0),
                                        .name = names[type],
                                        .type = type,
                                        .className = instance && type != MI_INSTANCEA ? MI_T("Other") : NULL,
                                        .origin = MI_T("All"),
                                        .propagator = MI_T("All"),
                                        .subscript = type == MI_STRINGA ? 3 : 0,
                                        .value = instance ? NULL : &values[type]};
        if (type == MI_INSTANCEA)
        {
            list[count].qualifiers = embeddings;
            list[count].numQualifiers = 1;
        }
        properties[count] = &list[count];
        count++;
    }
    method.parameters = parameter_list;
    method.numParameters = 32;
    method.qualifiers = qualifier_list;
    method.numQualifiers = 3;
    decl.qualifiers = qualifier_list;
    decl.numQualifiers = qualifier_count;
    decl.properties = properties;
    decl.numProperties = count;
    decl.methods = methods;
    decl.numMethods = 1;
    ck_assert_int_eq(mi_class_from_decl(&decl, NULL, NULL, &class_object), MI_RESULT_OK);
    written = write_class(_i, 0, class_object);
    ck_assert_int_eq(read_class(_i, written, NULL, &again, NULL), MI_RESULT_OK);
    ck_assert(classes_equal(class_object->classDecl, again->classDecl, true));
    MI_Class_Delete(class_object);
    MI_Class_Delete(again);
}
END_TEST

/* ---- Buffers and arguments --------------------------------------------------------------------------------------- */

START_TEST(buffers_that_are_too_small)
{
    MI_Instance *instance = new_holder();
    const MI_SerializerFT *table = codec_formats[_i].serializer;
    struct written whole = write_instance(_i, 0, instance);
    MI_Serializer serializer = {0};

    for (MI_Uint32 length = 0; length <= whole.bytes + 3; length++)
    {
        MI_Uint8 *buffer = malloc(length + 1u);
        MI_Uint32 needed = 0;
        MI_Result result = table->SerializeInstance(&serializer, 0, instance, buffer, length, &needed);

        ck_assert_int_eq(result, length < whole.bytes ? MI_RESULT_FAILED : MI_RESULT_OK);
        ck_assert_uint_eq(needed, whole.bytes);
        if (result == MI_RESULT_OK) ck_assert_mem_eq(buffer, whole.buffer, whole.bytes);
        free(buffer);
    }
    MI_Instance_Delete(instance);
}
END_TEST

START_TEST(bad_arguments)
{
    const MI_SerializerFT *writer = codec_formats[_i].serializer;
    const MI_DeserializerFT *reader = codec_formats[_i].deserializer;
    MI_Instance *instance = new_holder(), *made = NULL, *error = NULL;
    MI_Class *class_object = new_sample_class(), *read = NULL;
    MI_Serializer serializer = {0};
    MI_Deserializer deserializer = {0};
    MI_Uint8 buffer[2] = {0};
    MI_Uint32 needed;

    ck_assert_int_eq(writer->SerializeInstance(&serializer, 2, instance, NULL, 0, &needed),
                     MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(writer->SerializeInstance(&serializer, 0, NULL, NULL, 0, &needed), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(writer->SerializeInstance(&serializer, 0, instance, NULL, 0, NULL), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(writer->SerializeClass(&serializer, 2, class_object, NULL, 0, &needed),
                     MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(writer->SerializeClass(&serializer, 0, NULL, NULL, 0, &needed), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(reader->DeserializeInstance(&deserializer, 1, buffer, 2, NULL, 0, NULL, NULL, NULL, &made, &error),
                     MI_RESULT_INVALID_PARAMETER);
    ck_assert_ptr_nonnull(error);
    MI_Instance_Delete(error);
    ck_assert_int_eq(reader->DeserializeInstance(&deserializer, 0, NULL, 2, NULL, 0, NULL, NULL, NULL, &made, NULL),
                     MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(reader->DeserializeInstance(&deserializer, 0, buffer, 2, NULL, 1, NULL, NULL, NULL, &made, NULL),
                     MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(reader->DeserializeInstance(&deserializer, 0, buffer, 2, NULL, 0, NULL, NULL, NULL, NULL, NULL),
                     MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(
        reader->DeserializeClass(&deserializer, 0, buffer, 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
        MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(
        reader->DeserializeClass(&deserializer, 0, NULL, 2, NULL, NULL, NULL, NULL, NULL, NULL, &read, NULL),
        MI_RESULT_INVALID_PARAMETER);
    MI_Class_Delete(class_object);
    MI_Instance_Delete(instance);
}
END_TEST

/* What cannot be a date-time, and numbers that MOF cannot write. */
START_TEST(values_that_cannot_be_written)
{
    MI_Instance *instance = new_holder();
    MI_Serializer serializer = {0};
    MI_Value value;
    MI_Uint32 needed;

    memset(&value, 0, sizeof(value));
    value.datetime.isTimestamp = 1;
    add_element(instance, MI_T("When"), &value, MI_DATETIME, 0);
    ck_assert_int_eq(codec_formats[_i].serializer->SerializeInstance(&serializer, 0, instance, NULL, 0, &needed),
                     MI_RESULT_INVALID_PARAMETER);
    MI_Instance_Delete(instance);
    instance = new_holder();
    value.real64 = (double)INFINITY;
    add_element(instance, MI_T("Much"), &value, MI_REAL64, 0);
    value.real32 = -INFINITY;
    add_element(instance, MI_T("Little"), &value, MI_REAL32, 0);
    if (_i == FORMAT_XML)
    {
        check_trip(_i, instance);
        return;
    }
    ck_assert_int_eq(codec_formats[_i].serializer->SerializeInstance(&serializer, 0, instance, NULL, 0, &needed),
                     MI_RESULT_NOT_SUPPORTED);
    MI_Instance_Delete(instance);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mi codec");
    TCase *tests = tcase_create("both formats");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(tests, codec_set_up, codec_tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, every_type, 0, 32 * FORMATS);
    tcase_add_loop_test(tests, limits_of_numbers, 0, FORMATS);
    tcase_add_loop_test(tests, every_character, 0, FORMATS);
    tcase_add_loop_test(tests, embedded_instances, 0, FORMATS);
    tcase_add_loop_test(tests, too_deep_to_write, 0, FORMATS);
    tcase_add_loop_test(tests, many_instances, 0, FORMATS);
    tcase_add_loop_test(tests, namespace_and_server, 0, 2);
    tcase_add_loop_test(tests, error_instance, 0, FORMATS);
    tcase_add_loop_test(tests, instance_of_given_class, 0, FORMATS);
    tcase_add_loop_test(tests, class_has_to_be_known, 0, FORMATS);
    tcase_add_loop_test(tests, class_is_asked_for, 0, FORMATS);
    tcase_add_loop_test(tests, class_by_itself, 0, FORMATS);
    tcase_add_loop_test(tests, class_with_its_parents, 0, FORMATS);
    tcase_add_loop_test(tests, class_of_every_type, 0, FORMATS);
    tcase_add_loop_test(tests, buffers_that_are_too_small, 0, FORMATS);
    tcase_add_loop_test(tests, bad_arguments, 0, FORMATS);
    tcase_add_loop_test(tests, values_that_cannot_be_written, 0, FORMATS);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

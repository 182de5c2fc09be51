/*
 * Classes, qualifier sets and parameter sets; date-times as text; error codes and error instances.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "mi/class.h"
#include "mi/datetime.h"
#include "mi/error.h"
#include "mi/text.h"
#include "mi_support.h"

static MI_Class *class;

static void set_up(void)
{
    use_mi_allocator();
    ck_assert_int_eq(mi_class_from_decl(&sample_class, MI_T("root/cimv2"), MI_T("server"), &class), MI_RESULT_OK);
}

static void tear_down(void)
{
    ck_assert_int_eq(MI_Class_Delete(class), MI_RESULT_OK);
    ck_assert_int_eq(live_allocations(), 0);
}

/* ---- Classes ---------------------------------------------------------------------------------------------------- */

START_TEST(names_and_counts)
{
    const MI_Char *name = NULL;
    MI_Uint32 count = 0;

    ck_assert(MI_Class_GetClassName(class, &name) == MI_RESULT_OK && texts_equal(name, MI_T("Sample_Class")));
    ck_assert(MI_Class_GetNameSpace(class, &name) == MI_RESULT_OK && texts_equal(name, MI_T("root/cimv2")));
    ck_assert(MI_Class_GetServerName(class, &name) == MI_RESULT_OK && texts_equal(name, MI_T("server")));
    ck_assert(MI_Class_GetParentClassName(class, &name) == MI_RESULT_OK && texts_equal(name, MI_T("Sample_Base")));
    ck_assert(MI_Class_GetElementCount(class, &count) == MI_RESULT_OK && count == 4);
    ck_assert(MI_Class_GetMethodCount(class, &count) == MI_RESULT_OK && count == 1);
}
END_TEST

START_TEST(elements_by_name_and_index)
{
    const MI_Char *name = NULL;
    MI_Char *reference = NULL;
    MI_Value value = {0};
    MI_Boolean exists = MI_FALSE;
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 flags = 0, index = 0;
    MI_QualifierSet qualifiers = {0};

    ck_assert_int_eq(
        MI_Class_GetElement(class, MI_T("size"), &value, &exists, &type, &reference, &qualifiers, &flags, &index),
        MI_RESULT_OK);
    ck_assert(exists && value.uint32 == 42 && type == MI_UINT32 && !reference && index == 1);
    ck_assert_uint_eq(flags, MI_FLAG_PROPERTY);
    ck_assert_int_eq(MI_Class_GetElementAt(class, 3, &name, &value, &exists, &type, &reference, &qualifiers, &flags),
                     MI_RESULT_OK);
    ck_assert(!exists && type == MI_REFERENCE && texts_equal(reference, MI_T("Sample_Base")));
    ck_assert(texts_equal(name, MI_T("Owner")));
    ck_assert_int_eq(MI_Class_GetElementAt(class, 4, &name, NULL, NULL, NULL, NULL, NULL, NULL), MI_RESULT_NOT_FOUND);
    ck_assert_int_eq(MI_Class_GetElement(class, MI_T("None"), NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                     MI_RESULT_NO_SUCH_PROPERTY);
    ck_assert_int_eq(MI_Class_GetElement(class, MI_T("Size"), &value, NULL, NULL, NULL, NULL, NULL, NULL),
                     MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_Class_GetElement(class, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                     MI_RESULT_INVALID_PARAMETER);
}
END_TEST

START_TEST(qualifiers_have_values)
{
    MI_QualifierSet set = {0};
    MI_Uint32 count = 0, flags = 0, index = 0;
    MI_Type type = MI_BOOLEAN;
    MI_Value value = {0};
    const MI_Char *name = NULL;

    MI_Class_GetElement(class, MI_T("Size"), NULL, NULL, NULL, NULL, &set, NULL, NULL);
    ck_assert(MI_QualifierSet_GetQualifierCount(&set, &count) == MI_RESULT_OK && count == 2);
    ck_assert_int_eq(MI_QualifierSet_GetQualifier(&set, MI_T("VALUES"), &type, &flags, &value, &index), MI_RESULT_OK);
    ck_assert(type == MI_STRINGA && index == 1 && flags == MI_FLAG_TRANSLATABLE);
    ck_assert(texts_equal(value.stringa.data[1], MI_T("two")));
    ck_assert_int_eq(MI_QualifierSet_GetQualifierAt(&set, 0, &name, &type, &flags, &value), MI_RESULT_OK);
    ck_assert(texts_equal(name, MI_T("Units")) && texts_equal(value.string, MI_T("metres")));
    ck_assert_int_eq(MI_QualifierSet_GetQualifierAt(&set, 2, &name, &type, &flags, &value), MI_RESULT_NOT_FOUND);
    ck_assert_int_eq(MI_QualifierSet_GetQualifier(&set, MI_T("Key"), &type, &flags, &value, NULL), MI_RESULT_NOT_FOUND);
    ck_assert_int_eq(MI_Class_GetClassQualifierSet(class, &set), MI_RESULT_OK);
    ck_assert_int_eq(MI_QualifierSet_GetQualifier(&set, MI_T("Version"), &type, &flags, &value, NULL), MI_RESULT_OK);
    ck_assert_uint_eq(value.uint32, 42);
    ck_assert_int_eq(MI_QualifierSet_GetQualifier(&set, MI_T("Version"), NULL, NULL, NULL, NULL),
                     MI_RESULT_INVALID_PARAMETER);
}
END_TEST

START_TEST(methods_have_parameters)
{
    MI_QualifierSet qualifiers = {0};
    MI_ParameterSet parameters = {0};
    MI_Uint32 count = 0, index = 0;
    MI_Type type = MI_BOOLEAN;
    MI_Char *reference = NULL;
    const MI_Char *name = NULL;

    ck_assert_int_eq(MI_Class_GetMethod(class, MI_T("move"), &qualifiers, &parameters, &index), MI_RESULT_OK);
    ck_assert(MI_QualifierSet_GetQualifierCount(&qualifiers, &count) == MI_RESULT_OK && count == 1);
    ck_assert(MI_ParameterSet_GetMethodReturnType(&parameters, &type, &qualifiers) == MI_RESULT_OK &&
              type == MI_UINT32);
    ck_assert(MI_ParameterSet_GetParameterCount(&parameters, &count) == MI_RESULT_OK && count == 2);
    ck_assert_int_eq(MI_ParameterSet_GetParameter(&parameters, MI_T("TARGET"), &type, &reference, &qualifiers, &index),
                     MI_RESULT_OK);
    ck_assert(type == MI_REFERENCE && index == 0 && texts_equal(reference, MI_T("Sample_Base")));
    ck_assert_int_eq(MI_ParameterSet_GetParameterAt(&parameters, 1, &name, &type, NULL, NULL), MI_RESULT_OK);
    ck_assert(type == MI_UINT8A && texts_equal(name, MI_T("Result")));
    ck_assert_int_eq(MI_ParameterSet_GetParameterAt(&parameters, 2, &name, &type, NULL, NULL), MI_RESULT_NOT_FOUND);
    ck_assert_int_eq(MI_ParameterSet_GetParameter(&parameters, MI_T("x"), &type, NULL, NULL, NULL),
                     MI_RESULT_NOT_FOUND);
    ck_assert_int_eq(MI_Class_GetMethodAt(class, 0, &name, NULL, NULL), MI_RESULT_OK);
    ck_assert_int_eq(MI_Class_GetMethodAt(class, 1, &name, NULL, NULL), MI_RESULT_NOT_FOUND);
    ck_assert_int_eq(MI_Class_GetMethod(class, MI_T("x"), NULL, NULL, NULL), MI_RESULT_METHOD_NOT_FOUND);
}
END_TEST

START_TEST(parents_and_clones_outlive_it)
{
    MI_Class *parent = NULL, *copy = NULL, *none = NULL;
    const MI_Char *name = NULL;

    ck_assert_int_eq(MI_Class_GetParentClass(class, &parent), MI_RESULT_OK);
    ck_assert_int_eq(MI_Class_Clone(parent, &copy), MI_RESULT_OK);
    MI_Class_Delete(class);
    MI_Class_Delete(parent);
    ck_assert(MI_Class_GetClassName(copy, &name) == MI_RESULT_OK && texts_equal(name, MI_T("Sample_Base")));
    ck_assert_int_eq(MI_Class_GetParentClass(copy, &none), MI_RESULT_INVALID_SUPERCLASS);
    ck_assert_ptr_null(none);
    ck_assert_int_eq(MI_Class_GetParentClassName(copy, &name), MI_RESULT_INVALID_SUPERCLASS);
    class = copy;
}
END_TEST

START_TEST(broken_declarations_are_refused)
{
    static const MI_PropertyDecl no_name = {.flags = MI_FLAG_PROPERTY, .type = MI_UINT8};
    static const MI_PropertyDecl no_type = {.flags = MI_FLAG_PROPERTY, .name = MI_T("X"), .type = 32};
    static const MI_PropertyDecl *const lists[][1] = {{&no_name}, {&no_type}, {NULL}};
    static MI_ClassDecl circle;
    MI_ClassDecl decl = {.name = MI_T("Broken"), .numProperties = 1};
    MI_Class *made = NULL;

    for (size_t i = 0; i < 3; i++)
    {
        decl.properties = lists[i];
        ck_assert_int_eq(mi_class_from_decl(&decl, NULL, NULL, &made), MI_RESULT_INVALID_CLASS);
    }
    decl.properties = NULL;
    ck_assert_int_eq(mi_class_from_decl(&decl, NULL, NULL, &made), MI_RESULT_INVALID_CLASS);
    decl.numProperties = 0;
    decl.name = NULL;
    ck_assert_int_eq(mi_class_from_decl(&decl, NULL, NULL, &made), MI_RESULT_INVALID_CLASS);
    circle.name = MI_T("Circle");
    circle.superClassDecl = &circle;
    ck_assert_int_eq(mi_class_from_decl(&circle, NULL, NULL, &made), MI_RESULT_INVALID_SUPERCLASS);
    ck_assert_ptr_null(made);
}
END_TEST

START_TEST(every_failing_allocation_of_a_class)
{
    MI_Class *made = NULL, *parent = NULL;
    long successes = 0;

    for (;; successes++)
    {
        MI_Result result;
        long before = live_allocations();

        fail_allocation(successes);
        result = mi_class_from_decl(&sample_class, MI_T("root"), MI_T("server"), &made);
        if (result == MI_RESULT_OK) result = MI_Class_GetParentClass(made, &parent);
        if (!allocation_failed()) break;
        if (made) MI_Class_Delete(made);
        ck_assert_int_eq(result, MI_RESULT_SERVER_LIMITS_EXCEEDED);
        ck_assert_int_eq(live_allocations(), before);
    }
    fail_allocation(-1);
    ck_assert_int_ge(successes, 6);
    MI_Class_Delete(made);
    MI_Class_Delete(parent);
}
END_TEST

/* ---- Date-times -------------------------------------------------------------------------------------------------- */

START_TEST(datetimes_there_and_back)
{
    static const MI_Char *const texts[] = {
        MI_T("20240229235958.999999+060"), MI_T("19991231000000.000000-480"), MI_T("00010101000000.000000+000"),
        MI_T("99999999235959.999999:000"), MI_T("00000000000000.000001:000"),
    };

    for (size_t i = 0; i < MI_COUNT(texts); i++)
    {
        MI_Datetime datetime = {0};
        MI_Char text[MI_DATETIME_LENGTH + 1] = {0};

        ck_assert(mi_datetime_parse(texts[i], &datetime));
        ck_assert(mi_datetime_format(&datetime, text));
        ck_assert(texts_equal(text, texts[i]));
    }
}
END_TEST

START_TEST(unknown_fields_are_least)
{
    MI_Datetime datetime = {0};

    ck_assert(mi_datetime_parse(MI_T("2024**********.******+***"), &datetime));
    ck_assert(datetime.isTimestamp && datetime.u.timestamp.year == 2024 && datetime.u.timestamp.month == 1);
    ck_assert(datetime.u.timestamp.day == 1 && !datetime.u.timestamp.hour && !datetime.u.timestamp.utc);
    ck_assert(mi_datetime_parse(MI_T("00000001******.******:000"), &datetime));
    ck_assert(!datetime.isTimestamp && datetime.u.interval.days == 1);
}
END_TEST

START_TEST(what_is_no_datetime)
{
    static const MI_Char *const texts[] = {
        MI_T(""),
        MI_T("2024"),
        MI_T("20240229235958.999999+0600"),
        MI_T("20230229235958.999999+060"),
        MI_T("20241301000000.000000+000"),
        MI_T("20240100000000.000000+000"),
        MI_T("20240101240000.000000+000"),
        MI_T("20240101006000.000000+000"),
        MI_T("20240101000060.000000+000"),
        MI_T("20240101000000,000000+000"),
        MI_T("20240101000000.000000 000"),
        MI_T("2024010100000a.000000+000"),
        MI_T("**************.******+***"),
        MI_T("202*0101000000.000000+000"),
        MI_T("00000001000000.000000:060"),
        MI_T("00000001250000.000000:000"),
    };
    static const MI_Datetime bad[] = {
        {1, {.timestamp = {2024, 2, 30, 0, 0, 0, 0, 0}}},    {1, {.timestamp = {10000, 1, 1, 0, 0, 0, 0, 0}}},
        {1, {.timestamp = {2024, 0, 1, 0, 0, 0, 0, 0}}},     {1, {.timestamp = {2024, 1, 1, 0, 0, 0, 0, 1000}}},
        {0, {.interval = {100000000, 0, 0, 0, 0, 0, 0, 0}}}, {0, {.interval = {0, 0, 0, 0, 1000000, 0, 0, 0}}}};
    MI_Datetime datetime = {0};
    MI_Char text[MI_DATETIME_LENGTH + 1] = {0};

    for (size_t i = 0; i < MI_COUNT(texts); i++)
        ck_assert_msg(!mi_datetime_parse(texts[i], &datetime), "text %zu", i);
    for (size_t i = 0; i < MI_COUNT(bad); i++)
        ck_assert_msg(!mi_datetime_format(&bad[i], text) && !text[0], "value %zu", i);
}
END_TEST

/* ---- Errors ----------------------------------------------------------------------------------------------------- */

static MI_Value element(const MI_Instance *instance, const MI_Char *name)
{
    MI_Value value = {0};

    ck_assert_int_eq(MI_Instance_GetElement(instance, name, &value, NULL, NULL, NULL), MI_RESULT_OK);
    return value;
}

START_TEST(codes_have_results_and_categories)
{
    ck_assert_int_eq(mi_error_result(MI_RESULT_TYPE_HRESULT, 0x80041010), MI_RESULT_INVALID_CLASS);
    ck_assert_int_eq(mi_error_result(MI_RESULT_TYPE_HRESULT, 0x80070005), MI_RESULT_ACCESS_DENIED);
    ck_assert_int_eq(mi_error_result(MI_RESULT_TYPE_HRESULT, 0x80123456), MI_RESULT_FAILED);
    ck_assert_int_eq(mi_error_result(MI_RESULT_TYPE_HRESULT, 1), MI_RESULT_OK);
    ck_assert_int_eq(mi_error_result(MI_RESULT_TYPE_WIN32, 87), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(mi_error_result(MI_RESULT_TYPE_MI, 7), MI_RESULT_NOT_SUPPORTED);
    ck_assert_int_eq(mi_error_category(MI_RESULT_TYPE_MI, MI_RESULT_NOT_FOUND), MI_ERRORCATEGORY_OBJECT_NOT_FOUND);
    ck_assert_int_eq(mi_error_category(MI_RESULT_TYPE_WIN32, 1460), MI_ERRORCATEGORY_OPERATION_TIMEOUT);
    ck_assert_int_eq(mi_error_category(MI_RESULT_TYPE_HRESULT, 0x800704c7), MI_ERRORCATEGORY_OPERATION_STOPPED);
    ck_assert_int_eq(mi_error_category(MI_RESULT_TYPE_WIN32, 0), MI_ERRORCATEGORY_NOT_SPECIFIED);
    ck_assert_int_eq(mi_error_category(MI_T("other"), 5), MI_ERRORCATEGORY_NOT_SPECIFIED);
    ck_assert_int_eq(mi_error_category(NULL, 5), MI_ERRORCATEGORY_NOT_SPECIFIED);
    ck_assert_int_eq(mi_error_category(MI_RESULT_TYPE_MI, 0xffffffff), MI_ERRORCATEGORY_NOT_SPECIFIED);
}
END_TEST

START_TEST(error_instances_say_it_all)
{
    static const MI_ClassDecl cim_error = {.flags = MI_FLAG_CLASS, .name = MI_T("CIM_Error")};
    MI_Instance *error = NULL;
    MI_Boolean flag = MI_FALSE;

    ck_assert_int_eq(mi_error_new(0x80041010, MI_RESULT_TYPE_HRESULT, MI_T("No such class: X"), &error), MI_RESULT_OK);
    ck_assert_uint_eq(element(error, MI_T("CIMStatusCode")).uint32, MI_RESULT_INVALID_CLASS);
    ck_assert(texts_equal(element(error, MI_T("Message")).string, MI_T("No such class: X")));
    ck_assert(texts_equal(element(error, MI_T("MessageID")).string, MI_T("HRESULT 0x80041010")));
    ck_assert_uint_eq(element(error, MI_T("error_Code")).uint32, 0x80041010);
    ck_assert_uint_eq(element(error, MI_T("OMI_Code")).uint32, 0x80041010);
    ck_assert_uint_eq(element(error, MI_T("error_Category")).uint16, MI_ERRORCATEGORY_METADATA_ERROR);
    ck_assert(texts_equal(element(error, MI_T("OMI_Type")).string, MI_RESULT_TYPE_HRESULT));
    ck_assert(MI_Instance_IsA(error, &cim_error, &flag) == MI_RESULT_OK && flag);
    MI_Instance_Delete(error);
    ck_assert_int_eq(mi_error_new(5, MI_RESULT_TYPE_WIN32, NULL, &error), MI_RESULT_OK);
    ck_assert(texts_equal(element(error, MI_T("MessageID")).string, MI_T("WIN32 5")));
    ck_assert(texts_equal(element(error, MI_T("Message")).string, mi_result_text(MI_RESULT_ACCESS_DENIED)));
    MI_Instance_Delete(error);
    ck_assert_int_eq(mi_error_new(0, MI_RESULT_TYPE_MI, NULL, &error), MI_RESULT_OK);
    ck_assert(texts_equal(element(error, MI_T("MessageID")).string, MI_T("MI RESULT 0")));
    MI_Instance_Delete(error);
    ck_assert_int_eq(mi_error_new(5, MI_T("ERRNO"), NULL, &error), MI_RESULT_INVALID_PARAMETER);
    ck_assert_ptr_null(error);
}
END_TEST

START_TEST(every_failing_allocation_of_an_error)
{
    MI_Instance *error = NULL;
    long successes = 0;

    for (;; successes++)
    {
        MI_Result result;

        fail_allocation(successes);
        result = mi_error_new(7, MI_RESULT_TYPE_MI, NULL, &error);
        if (!allocation_failed()) break;
        ck_assert_int_eq(result, MI_RESULT_SERVER_LIMITS_EXCEEDED);
        ck_assert_ptr_null(error);
    }
    fail_allocation(-1);
    ck_assert_int_ge(successes, 1);
    MI_Instance_Delete(error);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mi classes");
    TCase *tcase = tcase_create("class");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, names_and_counts);
    tcase_add_test(tcase, elements_by_name_and_index);
    tcase_add_test(tcase, qualifiers_have_values);
    tcase_add_test(tcase, methods_have_parameters);
    tcase_add_test(tcase, parents_and_clones_outlive_it);
    tcase_add_test(tcase, broken_declarations_are_refused);
    tcase_add_test(tcase, every_failing_allocation_of_a_class);
    tcase_add_test(tcase, datetimes_there_and_back);
    tcase_add_test(tcase, unknown_fields_are_least);
    tcase_add_test(tcase, what_is_no_datetime);
    tcase_add_test(tcase, codes_have_results_and_categories);
    tcase_add_test(tcase, error_instances_say_it_all);
    tcase_add_test(tcase, every_failing_allocation_of_an_error);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}

/*
 * Object paths: written, read, there and back; what is no path; names of keys in paths as Wine writes them.
 */
#include <check.h>
#include <stdlib.h>

#include "mi/instance.h"
#include "mi/allocation.h"
#include "mi/object_path.h"
#include "mi_support.h"

static MI_Instance *instance;

static void set_up(void)
{
    use_mi_allocator();
    ck_assert_int_eq(mi_instance_new(MI_T("Class"), &instance), MI_RESULT_OK);
}

static void tear_down(void)
{
    MI_Instance_Delete(instance);
    free_sample_instances();
    ck_assert_int_eq(live_allocations(), 0);
}

static void add(const MI_Char *name, MI_Type type, MI_Value value, MI_Uint32 flags)
{
    ck_assert_int_eq(MI_Instance_AddElement(instance, name, &value, type, flags), MI_RESULT_OK);
}

static void check_path(const MI_Instance *of, bool whole, const MI_Char *expected)
{
    MI_Char *path = NULL;

    ck_assert_int_eq(mi_object_path(of, whole, &path), MI_RESULT_OK);
    ck_assert(texts_equal(path, expected));
    mi_free(path);
}

/* Reads a path, and writes it again. */
static void check_both_ways(const MI_Char *path)
{
    MI_Instance *read = NULL;

    ck_assert_int_eq(mi_object_path_parse(path, &read), MI_RESULT_OK);
    check_path(read, true, path);
    MI_Instance_Delete(read);
}

START_TEST(keys_of_every_type)
{
    add(MI_T("Text"), MI_STRING, (MI_Value){.string = (MI_Char *)MI_T("a\"b\\c")}, MI_FLAG_KEY);
    add(MI_T("None"), MI_STRING, (MI_Value){.string = (MI_Char *)MI_T("no key")}, 0);
    add(MI_T("Yes"), MI_BOOLEAN, (MI_Value){.boolean = MI_TRUE}, MI_FLAG_KEY);
    add(MI_T("U8"), MI_UINT8, (MI_Value){.uint8 = 255}, MI_FLAG_KEY);
    add(MI_T("S8"), MI_SINT8, (MI_Value){.sint8 = -128}, MI_FLAG_KEY);
    add(MI_T("U16"), MI_UINT16, (MI_Value){.uint16 = 65535}, MI_FLAG_KEY);
    add(MI_T("S16"), MI_SINT16, (MI_Value){.sint16 = -1}, MI_FLAG_KEY);
    add(MI_T("U32"), MI_UINT32, (MI_Value){.uint32 = 4294967295u}, MI_FLAG_KEY);
    add(MI_T("S32"), MI_SINT32, (MI_Value){.sint32 = -2147483647 - 1}, MI_FLAG_KEY);
    add(MI_T("U64"), MI_UINT64, (MI_Value){.uint64 = ~(MI_Uint64)0}, MI_FLAG_KEY);
    add(MI_T("S64"), MI_SINT64, (MI_Value){.uint64 = (MI_Uint64)1 << 63}, MI_FLAG_KEY);
    add(MI_T("C"), MI_CHAR16, (MI_Value){.char16 = 65}, MI_FLAG_KEY);
    add(MI_T("D"), MI_DATETIME, sample_value(MI_DATETIME, 0), MI_FLAG_KEY);
    add(MI_T("R"), MI_REFERENCE, sample_value(MI_REFERENCE, 0), MI_FLAG_KEY);
    check_path(instance, false,
               MI_T("Class.Text=\"a\\\"b\\\\c\",Yes=TRUE,U8=255,S8=-128,U16=65535,S16=-1,U32=4294967295,")
                   MI_T("S32=-2147483648,U64=18446744073709551615,S64=-9223372036854775808,C=65,")
                       MI_T("D=\"20240229235958.999999-480\",R=\"Embedded.Number=40\""));
}
END_TEST

START_TEST(keys_that_are_none)
{
    static const MI_Type types[] = {MI_REAL32, MI_REAL64, MI_INSTANCE, MI_UINT8A, MI_STRINGA};
    MI_Char *path = NULL;

    for (size_t i = 0; i < MI_COUNT(types); i++)
    {
        MI_Instance *other = NULL;
        MI_Value value = sample_value(types[i], 0);

        ck_assert_int_eq(mi_instance_new(MI_T("Class"), &other), MI_RESULT_OK);
        MI_Instance_AddElement(other, MI_T("K"), &value, types[i], MI_FLAG_KEY);
        ck_assert_int_eq(mi_object_path(other, false, &path), MI_RESULT_INVALID_PARAMETER);
        ck_assert_ptr_null(path);
        MI_Instance_Delete(other);
    }
    MI_Instance_AddElement(instance, MI_T("Null"), NULL, MI_STRING, MI_FLAG_KEY | MI_FLAG_NULL);
    ck_assert_int_eq(mi_object_path(instance, false, &path), MI_RESULT_INVALID_PARAMETER);
}
END_TEST

START_TEST(places)
{
    check_path(instance, true, MI_T("Class=@"));
    MI_Instance_SetNameSpace(instance, MI_T("root\\cimv2"));
    check_path(instance, true, MI_T("\\\\.\\root\\cimv2:Class=@"));
    MI_Instance_SetServerName(instance, MI_T("HERE"));
    check_path(instance, true, MI_T("\\\\HERE\\root\\cimv2:Class=@"));
    check_path(instance, false, MI_T("Class=@"));
}
END_TEST

START_TEST(there_and_back)
{
    check_both_ways(MI_T("C.K=\"v\""));
    check_both_ways(MI_T("C.K=\"\""));
    check_both_ways(MI_T("C.K=\"a,b=c.d:e\",L=5,M=-5,N=TRUE,O=FALSE"));
    check_both_ways(MI_T("C.K=\"\\\\\\\\.\\\\PHYSICALDRIVE0\""));
    check_both_ways(MI_T("\\\\VM\\ROOT\\CIMV2:Win32_DiskDrive.DeviceId=\"\\\\\\\\.\\\\PHYSICALDRIVE0\""));
    check_both_ways(MI_T("C.R=\"\\\\\\\\VM\\\\ROOT:D.K=\\\"x\\\"\""));
    check_both_ways(MI_T("C=@"));
    check_both_ways(MI_T("C.K=18446744073709551615,L=-9223372036854775808"));
}
END_TEST

START_TEST(what_is_read)
{
    MI_Instance *read = NULL;
    const MI_Char *text = NULL;
    MI_Value value = {0};
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 flags = 0, count = 0;

    ck_assert_int_eq(mi_object_path_parse(MI_T("\\\\S\\root/x:C.K='it''"), &read), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(mi_object_path_parse(MI_T("\\\\S\\root\\x:C.K='it',L=-3,M=true"), &read), MI_RESULT_OK);
    ck_assert(MI_Instance_GetClassName(read, &text) == MI_RESULT_OK && texts_equal(text, MI_T("C")));
    ck_assert(MI_Instance_GetNameSpace(read, &text) == MI_RESULT_OK && texts_equal(text, MI_T("root\\x")));
    ck_assert(MI_Instance_GetServerName(read, &text) == MI_RESULT_OK && texts_equal(text, MI_T("S")));
    MI_Instance_GetElementCount(read, &count);
    ck_assert_uint_eq(count, 3);
    MI_Instance_GetElement(read, MI_T("K"), &value, &type, &flags, NULL);
    ck_assert(type == MI_STRING && flags == MI_FLAG_KEY && texts_equal(value.string, MI_T("it")));
    MI_Instance_GetElement(read, MI_T("L"), &value, &type, &flags, NULL);
    ck_assert(type == MI_SINT64 && flags == MI_FLAG_KEY && value.sint64 == -3);
    MI_Instance_GetElement(read, MI_T("M"), &value, &type, &flags, NULL);
    ck_assert(type == MI_BOOLEAN && value.boolean == MI_TRUE);
    MI_Instance_Delete(read);
    ck_assert_int_eq(mi_object_path_parse(MI_T("root\\x:C"), &read), MI_RESULT_OK);
    ck_assert(MI_Instance_GetNameSpace(read, &text) == MI_RESULT_OK && texts_equal(text, MI_T("root\\x")));
    ck_assert(MI_Instance_GetServerName(read, &text) == MI_RESULT_OK && !text);
    MI_Instance_Delete(read);
}
END_TEST

START_TEST(what_is_no_path)
{
    static const MI_Char *const bad[] = {
        MI_T(""),
        MI_T(":"),
        MI_T("\\\\S:C"),
        MI_T("C."),
        MI_T("C.K"),
        MI_T("C.K="),
        MI_T("C.=1"),
        MI_T("C.K=\"open"),
        MI_T("C.K=\"a\"b"),
        MI_T("C.K=1,"),
        MI_T("C.K=1,K=2"),
        MI_T("C.K=\"1\",k=\"2\""),
        MI_T("C.K=12x"),
        MI_T("C.K=-"),
        MI_T("C=@x"),
        MI_T("C=1"),
        MI_T(".K=1"),
        MI_T("C.K=\"a\\"),
        MI_T("C.K=18446744073709551616"),
        MI_T("C.K=-9223372036854775809"),
    };

    for (size_t i = 0; i < MI_COUNT(bad); i++)
    {
        MI_Instance *read = NULL;

        ck_assert_msg(mi_object_path_parse(bad[i], &read) == MI_RESULT_INVALID_PARAMETER, "path %d", (int)i);
        ck_assert_ptr_null(read);
    }
}
END_TEST

START_TEST(names_of_keys)
{
    const MI_Char *plain = MI_T("C.One=\"a,Two=b\",Three=3,Four=\"x\\\",Five=\"");
    /* As Wine 8 writes it, without back-slashes before the quotes within. */
    const MI_Char *wine = MI_T("C.Antecedent=\"\\\\VM\\ROOT\\CIMV2:D.DeviceId=\"\\\\\\\\.\\\\DRIVE0\"\",")
        MI_T("Dependent=\"\\\\VM\\ROOT\\CIMV2:P.DeviceId=\"Disk #0, Partition #0\"\"");

    ck_assert(mi_object_path_has_key(plain, MI_T("one")) && mi_object_path_has_key(plain, MI_T("Three")));
    ck_assert(mi_object_path_has_key(plain, MI_T("Four")) && !mi_object_path_has_key(plain, MI_T("Five")));
    ck_assert(!mi_object_path_has_key(plain, MI_T("Two")) && !mi_object_path_has_key(plain, MI_T("C")));
    ck_assert(mi_object_path_has_key(wine, MI_T("Antecedent")) && mi_object_path_has_key(wine, MI_T("Dependent")));
    ck_assert(!mi_object_path_has_key(wine, MI_T("DeviceId")));
    ck_assert(!mi_object_path_has_key(MI_T("C=@"), MI_T("C")) && !mi_object_path_has_key(MI_T("C"), MI_T("C")));
    ck_assert(!mi_object_path_has_key(MI_T("C.K"), MI_T("K")));
}
END_TEST

START_TEST(every_failing_allocation)
{
    MI_Instance *read = NULL;
    MI_Char *path = NULL;
    MI_Result result = MI_RESULT_FAILED;
    int successes;

    for (successes = 0; successes < 1000; successes++)
    {
        fail_allocation(successes);
        result = mi_object_path_parse(MI_T("\\\\VM\\ROOT:C.K=\"a\",L=5,M=TRUE"), &read);
        if (result == MI_RESULT_OK) result = mi_object_path(read, true, &path);
        if (read) MI_Instance_Delete(read);
        read = NULL;
        if (!allocation_failed()) break;
        ck_assert_int_eq(result, MI_RESULT_SERVER_LIMITS_EXCEEDED);
        ck_assert_ptr_null(path);
    }
    fail_allocation(-1);
    ck_assert_int_eq(result, MI_RESULT_OK);
    ck_assert_int_ge(successes, 5);
    mi_free(path);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mi object paths");
    TCase *tcase = tcase_create("paths");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, keys_of_every_type);
    tcase_add_test(tcase, keys_that_are_none);
    tcase_add_test(tcase, places);
    tcase_add_test(tcase, there_and_back);
    tcase_add_test(tcase, what_is_read);
    tcase_add_test(tcase, what_is_no_path);
    tcase_add_test(tcase, names_of_keys);
    tcase_add_test(tcase, every_failing_allocation);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}

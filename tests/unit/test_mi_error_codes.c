/*
 * Every row of the table of error codes: the result, the category and a text of its own.
 */
#include <check.h>
#include <stdlib.h>

#include "mi/error.h"
#include "mi/error_codes.h"
#include "mi_support.h"

/* The category is the result's. */
#define SAME MI_ERRORCATEGORY_NOT_SPECIFIED

struct row
{
    MI_Uint32 code;
    MI_Result result;
    MI_ErrorCategory category;
};

/* WBEM_E_... of wbemcli.h, and HRESULTs of winerror.h. */
static const struct row hresults[] = {
    {0x80004001, MI_RESULT_NOT_SUPPORTED, SAME},
    {0x80004002, MI_RESULT_NOT_SUPPORTED, SAME},
    {0x80004004, MI_RESULT_FAILED, MI_ERRORCATEGORY_OPERATION_STOPPED},
    {0x80004005, MI_RESULT_FAILED, SAME},
    {0x80041001, MI_RESULT_FAILED, SAME},
    {0x80041002, MI_RESULT_NOT_FOUND, SAME},
    {0x80041003, MI_RESULT_ACCESS_DENIED, SAME},
    {0x80041004, MI_RESULT_FAILED, SAME},
    {0x80041005, MI_RESULT_TYPE_MISMATCH, SAME},
    {0x80041006, MI_RESULT_SERVER_LIMITS_EXCEEDED, SAME},
    {0x80041007, MI_RESULT_INVALID_PARAMETER, SAME},
    {0x80041008, MI_RESULT_INVALID_PARAMETER, SAME},
    {0x80041009, MI_RESULT_FAILED, MI_ERRORCATEGORY_RESOURCE_UNAVAILABLE},
    {0x8004100c, MI_RESULT_NOT_SUPPORTED, SAME},
    {0x8004100d, MI_RESULT_INVALID_SUPERCLASS, SAME},
    {0x8004100e, MI_RESULT_INVALID_NAMESPACE, SAME},
    {0x8004100f, MI_RESULT_INVALID_PARAMETER, SAME},
    {0x80041010, MI_RESULT_INVALID_CLASS, SAME},
    {0x80041011, MI_RESULT_FAILED, MI_ERRORCATEGORY_NOT_INSTALLED},
    {0x80041013, MI_RESULT_FAILED, MI_ERRORCATEGORY_NOT_INSTALLED},
    {0x80041015, MI_RESULT_FAILED, MI_ERRORCATEGORY_CONNECTION_ERROR},
    {0x80041016, MI_RESULT_FAILED, MI_ERRORCATEGORY_INVALID_OPERATION},
    {0x80041017, MI_RESULT_INVALID_QUERY, SAME},
    {0x80041018, MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED, SAME},
    {0x80041019, MI_RESULT_ALREADY_EXISTS, SAME},
    {0x80041020, MI_RESULT_INVALID_CLASS, SAME},
    {0x80041021, MI_RESULT_INVALID_QUERY, MI_ERRORCATEGORY_SYNTAX_ERROR},
    {0x80041023, MI_RESULT_FAILED, MI_ERRORCATEGORY_INVALID_OPERATION},
    {0x80041024, MI_RESULT_NOT_SUPPORTED, SAME},
    {0x80041025, MI_RESULT_CLASS_HAS_CHILDREN, SAME},
    {0x80041026, MI_RESULT_CLASS_HAS_INSTANCES, SAME},
    {0x80041028, MI_RESULT_INVALID_PARAMETER, SAME},
    {0x8004102d, MI_RESULT_TYPE_MISMATCH, SAME},
    {0x8004102e, MI_RESULT_METHOD_NOT_FOUND, SAME},
    {0x8004102f, MI_RESULT_INVALID_PARAMETER, SAME},
    {0x80041031, MI_RESULT_NO_SUCH_PROPERTY, SAME},
    {0x80041032, MI_RESULT_FAILED, MI_ERRORCATEGORY_OPERATION_STOPPED},
    {0x80041033, MI_RESULT_SERVER_IS_SHUTTING_DOWN, SAME},
    {0x8004103a, MI_RESULT_INVALID_PARAMETER, SAME},
    {0x80041055, MI_RESULT_METHOD_NOT_AVAILABLE, SAME},
    {0x80041058, MI_RESULT_INVALID_QUERY, MI_ERRORCATEGORY_SYNTAX_ERROR},
    {0x80041059, MI_RESULT_INVALID_QUERY, SAME},
    {0x80041064, MI_RESULT_NOT_SUPPORTED, SAME},
    {0x80041069, MI_RESULT_FAILED, MI_ERRORCATEGORY_OPERATION_TIMEOUT},
    {0x8004106c, MI_RESULT_SERVER_LIMITS_EXCEEDED, SAME},
    {0x80042001, MI_RESULT_INVALID_QUERY, SAME},
    {0x80042002, MI_RESULT_INVALID_QUERY, SAME},
    {0x8007000e, MI_RESULT_SERVER_LIMITS_EXCEEDED, SAME},
};

static const struct row win32_codes[] = {
    {2, MI_RESULT_NOT_FOUND, SAME},
    {3, MI_RESULT_NOT_FOUND, SAME},
    {5, MI_RESULT_ACCESS_DENIED, SAME},
    {8, MI_RESULT_SERVER_LIMITS_EXCEEDED, SAME},
    {14, MI_RESULT_SERVER_LIMITS_EXCEEDED, SAME},
    {50, MI_RESULT_NOT_SUPPORTED, SAME},
    {87, MI_RESULT_INVALID_PARAMETER, SAME},
    {120, MI_RESULT_NOT_SUPPORTED, SAME},
    {170, MI_RESULT_FAILED, MI_ERRORCATEGORY_RESOURCE_BUSY},
    {183, MI_RESULT_ALREADY_EXISTS, SAME},
    {995, MI_RESULT_FAILED, MI_ERRORCATEGORY_OPERATION_STOPPED},
    {1131, MI_RESULT_FAILED, MI_ERRORCATEGORY_DEADLOCK_DETECTED},
    {1168, MI_RESULT_NOT_FOUND, SAME},
    {1223, MI_RESULT_FAILED, MI_ERRORCATEGORY_OPERATION_STOPPED},
    {1460, MI_RESULT_FAILED, MI_ERRORCATEGORY_OPERATION_TIMEOUT},
};

static void check_row(const MI_Char *type, const struct row *row)
{
    MI_Instance *error = NULL;
    MI_Value value = {0};

    ck_assert_int_eq(mi_error_result(type, row->code), row->result);
    if (row->category == SAME)
        ck_assert_int_eq(mi_error_category(type, row->code),
                         mi_error_category(MI_RESULT_TYPE_MI, (MI_Uint32)row->result));
    else
        ck_assert_int_eq(mi_error_category(type, row->code), row->category);
    ck_assert_int_eq(mi_error_new(row->code, type, NULL, &error), MI_RESULT_OK);
    MI_Instance_GetElement(error, MI_T("Message"), &value, NULL, NULL, NULL);
    ck_assert(texts_equal(value.string, mi_error_text(type, row->code)));
    MI_Instance_GetElement(error, MI_T("CIMStatusCode"), &value, NULL, NULL, NULL);
    ck_assert_uint_eq(value.uint32, (MI_Uint32)row->result);
    MI_Instance_GetElement(error, MI_T("error_Code"), &value, NULL, NULL, NULL);
    ck_assert_uint_eq(value.uint32, row->code);
    MI_Instance_GetElement(error, MI_T("error_Category"), &value, NULL, NULL, NULL);
    ck_assert_uint_eq(value.uint16, mi_error_category(type, row->code));
    MI_Instance_Delete(error);
}

START_TEST(every_hresult)
{
    ck_assert_uint_eq(MI_COUNT(hresults), mi_error_hresult_count);
    for (size_t i = 0; i < MI_COUNT(hresults); i++)
    {
        check_row(MI_RESULT_TYPE_HRESULT, &hresults[i]);
        ck_assert_ptr_eq(mi_error_text(MI_RESULT_TYPE_HRESULT, hresults[i].code),
                         mi_error_find_hresult(hresults[i].code)->text);
    }
}
END_TEST

/* Also as HRESULTs of FACILITY_WIN32. */
START_TEST(every_win32_code)
{
    ck_assert_uint_eq(MI_COUNT(win32_codes), mi_error_win32_count);
    for (size_t i = 0; i < MI_COUNT(win32_codes); i++)
    {
        struct row wrapped = win32_codes[i];

        check_row(MI_RESULT_TYPE_WIN32, &win32_codes[i]);
        wrapped.code |= 0x80070000;
        check_row(MI_RESULT_TYPE_HRESULT, &wrapped);
    }
}
END_TEST

START_TEST(unknown_codes_are_failures)
{
    ck_assert_ptr_null(mi_error_find_hresult(0x80041fff));
    ck_assert_ptr_null(mi_error_find_hresult(0x8007ffff));
    ck_assert_ptr_null(mi_error_find_win32(0x80041010));
    ck_assert_int_eq(mi_error_result(MI_RESULT_TYPE_HRESULT, 0x80041fff), MI_RESULT_FAILED);
    ck_assert_int_eq(mi_error_result(MI_RESULT_TYPE_WIN32, 99999), MI_RESULT_FAILED);
    ck_assert(texts_equal(mi_error_text(MI_RESULT_TYPE_HRESULT, 0x80041fff), mi_result_text(MI_RESULT_FAILED)));
    ck_assert_int_eq(mi_error_result(MI_RESULT_TYPE_HRESULT, 0x40001), MI_RESULT_OK);
    ck_assert_int_eq(mi_error_result(MI_RESULT_TYPE_WIN32, 0), MI_RESULT_OK);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mi error codes");
    TCase *tcase = tcase_create("codes");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tcase, use_mi_allocator, NULL);
    tcase_add_test(tcase, every_hresult);
    tcase_add_test(tcase, every_win32_code);
    tcase_add_test(tcase, unknown_codes_are_failures);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}

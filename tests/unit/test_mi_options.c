/*
 * Sets of options: values, credentials, channels, copies, and their handles: deleted and made up ones are found out.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "mi/handles.h"
#include "mi/option_tables.h"
#include "mi/options.h"
#include "mi/text.h"
#include "mi_support.h"

const struct cork_handle_type mi_handle_types[MI_HANDLE_KINDS] = {
    {"application", NULL, NULL},
    {"session", NULL, NULL},
    {"operation", NULL, NULL},
    {"destination options", NULL, mi_option_handle_destroy},
    {"operation options", NULL, mi_option_handle_destroy},
    {"subscription delivery options", NULL, mi_option_handle_destroy},
};

static MI_DestinationOptions destination;
static MI_OperationOptions operation;
static MI_SubscriptionDeliveryOptions subscription;

static void set_up(void)
{
    use_mi_allocator();
    ck_assert_int_eq(mi_destination_options_new(&destination), MI_RESULT_OK);
    ck_assert_int_eq(mi_operation_options_new(MI_FALSE, &operation), MI_RESULT_OK);
    ck_assert_int_eq(mi_subscription_options_new(MI_SubscriptionDeliveryType_Pull, &subscription), MI_RESULT_OK);
}

static void tear_down(void)
{
    MI_DestinationOptions_Delete(&destination);
    MI_OperationOptions_Delete(&operation);
    ck_assert_int_eq(MI_SubscriptionDeliveryOptions_Delete(&subscription), MI_RESULT_OK);
    ck_assert_int_eq(live_allocations(), 0);
}

START_TEST(named_options_come_back)
{
    static const MI_Interval minute = {0, 0, 1, 0, 0, 0, 0, 0};
    MI_DestinationOptions_ImpersonationType type = MI_DestinationOptions_ImpersonationType_Default;
    MI_Interval interval = {0};
    const MI_Char *text = NULL;
    MI_Boolean flag = MI_FALSE;
    MI_Uint32 number = 0;

    ck_assert_int_eq(MI_DestinationOptions_GetTimeout(&destination, &interval), MI_RESULT_NO_SUCH_PROPERTY);
    ck_assert_int_eq(MI_DestinationOptions_SetTimeout(&destination, &minute), MI_RESULT_OK);
    ck_assert_int_eq(MI_DestinationOptions_GetTimeout(&destination, &interval), MI_RESULT_OK);
    ck_assert_uint_eq(interval.minutes, 1);
    ck_assert_int_eq(MI_DestinationOptions_SetDataLocale(&destination, MI_T("de-DE")), MI_RESULT_OK);
    ck_assert_int_eq(MI_DestinationOptions_GetDataLocale(&destination, &text), MI_RESULT_OK);
    ck_assert(texts_equal(text, MI_T("de-DE")));
    ck_assert_int_eq(MI_DestinationOptions_SetCertCACheck(&destination, MI_FALSE), MI_RESULT_OK);
    ck_assert(MI_DestinationOptions_GetCertCACheck(&destination, &flag) == MI_RESULT_OK && !flag);
    ck_assert_int_eq(
        MI_DestinationOptions_SetImpersonationType(&destination, MI_DestinationOptions_ImpersonationType_Delegate),
        MI_RESULT_OK);
    ck_assert_int_eq(MI_DestinationOptions_GetImpersonationType(&destination, &type), MI_RESULT_OK);
    ck_assert_int_eq(type, MI_DestinationOptions_ImpersonationType_Delegate);
    ck_assert(MI_DestinationOptions_GetOptionCount(&destination, &number) == MI_RESULT_OK && number == 4);
}
END_TEST

START_TEST(wrong_types_and_names)
{
    const MI_Char *text = NULL;
    MI_Uint32 number = 0, index = 0, flags = 0;
    MI_Interval interval = {0};
    MI_Datetime now = {1, {.timestamp = {2024, 1, 1, 0, 0, 0, 0, 0}}};

    ck_assert_int_eq(MI_OperationOptions_SetNumber(&operation, MI_T("N"), 5, 17), MI_RESULT_OK);
    ck_assert_int_eq(MI_OperationOptions_GetString(&operation, MI_T("n"), &text, NULL, NULL), MI_RESULT_TYPE_MISMATCH);
    ck_assert_int_eq(MI_OperationOptions_GetNumber(&operation, MI_T("n"), &number, &index, &flags), MI_RESULT_OK);
    ck_assert(number == 5 && index == 0 && flags == 17);
    ck_assert_int_eq(MI_OperationOptions_SetString(&operation, MI_T("n"), MI_T("text"), 0), MI_RESULT_OK);
    ck_assert_int_eq(MI_OperationOptions_GetString(&operation, MI_T("N"), &text, NULL, NULL), MI_RESULT_OK);
    ck_assert_int_eq(MI_OperationOptions_SetString(&operation, MI_T("n"), NULL, 0), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_OperationOptions_SetString(&operation, NULL, MI_T("x"), 0), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_OperationOptions_SetString(&operation, MI_T(""), MI_T("x"), 0), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_OperationOptions_GetString(&operation, MI_T("N"), NULL, NULL, NULL),
                     MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_OperationOptions_GetNumber(&operation, MI_T("no"), &number, NULL, NULL),
                     MI_RESULT_NO_SUCH_PROPERTY);
    ck_assert_int_eq(MI_OperationOptions_GetOptionAt(&operation, 1, &text, NULL, NULL, NULL),
                     MI_RESULT_NO_SUCH_PROPERTY);
    ck_assert_int_eq(MI_SubscriptionDeliveryOptions_SetDateTime(&subscription, MI_T("T"), &now, 0), MI_RESULT_OK);
    ck_assert_int_eq(MI_SubscriptionDeliveryOptions_GetInterval(&subscription, MI_T("T"), &interval, NULL, NULL),
                     MI_RESULT_TYPE_MISMATCH);
}
END_TEST

START_TEST(custom_options_have_any_type)
{
    for (int type = 0; type <= MI_INSTANCEA; type++)
    {
        MI_Char name[] = {MI_T('A'), (MI_Char)(type + 'A'), 0};
        MI_Value value = sample_value((MI_Type)type, 0), found;
        MI_Type found_type = MI_BOOLEAN;

        ck_assert_int_eq(MI_OperationOptions_SetCustomOption(&operation, name, (MI_Type)type, &value, MI_TRUE),
                         MI_RESULT_OK);
        ck_assert_int_eq(MI_OperationOptions_GetOption(&operation, name, &found, &found_type, NULL, NULL),
                         MI_RESULT_OK);
        ck_assert(found_type == (MI_Type)type && values_equal((MI_Type)type, &value, &found));
    }
    free_sample_instances();
}
END_TEST

START_TEST(channels)
{
    MI_Uint32 list[4] = {0}, count = 0, flags = 0;

    ck_assert(MI_OperationOptions_GetEnabledChannels(&operation, NULL, 0, &count, &flags) == MI_RESULT_OK && !count);
    ck_assert_int_eq(MI_OperationOptions_EnableChannel(&operation, 2), MI_RESULT_OK);
    ck_assert_int_eq(MI_OperationOptions_EnableChannel(&operation, 0), MI_RESULT_OK);
    ck_assert_int_eq(MI_OperationOptions_EnableChannel(&operation, 2), MI_RESULT_OK);
    ck_assert_int_eq(MI_OperationOptions_GetEnabledChannels(&operation, list, 4, &count, NULL), MI_RESULT_OK);
    ck_assert(count == 2 && list[0] + list[1] == 2);
    ck_assert_int_eq(MI_OperationOptions_GetEnabledChannels(&operation, list, 1, &count, NULL), MI_RESULT_FAILED);
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(MI_OperationOptions_DisableChannel(&operation, 2), MI_RESULT_OK);
    ck_assert_int_eq(MI_OperationOptions_DisableChannel(&operation, 9), MI_RESULT_OK);
    ck_assert_int_eq(MI_OperationOptions_GetEnabledChannels(&operation, list, 4, &count, NULL), MI_RESULT_OK);
    ck_assert(count == 1 && list[0] == 0);
    ck_assert_int_eq(MI_OperationOptions_GetEnabledChannels(&operation, NULL, 4, &count, NULL),
                     MI_RESULT_INVALID_PARAMETER);
}
END_TEST

START_TEST(passwords_are_not_shown)
{
    MI_UserCredentials user = {MI_AUTH_TYPE_BASIC, {.usernamePassword = {MI_T("dom"), MI_T("me"), MI_T("secret1")}}};
    MI_UserCredentials certificate = {MI_AUTH_TYPE_CLIENT_CERTS, {.certificateThumbprint = MI_T("abcdef")}};
    MI_UserCredentials unknown = {MI_T("Handshake"), {.certificateThumbprint = MI_T("x")}}, found;
    MI_Char password[16] = {0};
    const MI_Char *name = NULL;
    MI_Uint32 count = 0, length = 0, flags = 0;

    ck_assert_int_eq(MI_DestinationOptions_AddDestinationCredentials(&destination, &user), MI_RESULT_OK);
    ck_assert_int_eq(MI_DestinationOptions_AddProxyCredentials(&destination, &certificate), MI_RESULT_OK);
    ck_assert_int_eq(MI_DestinationOptions_AddProxyCredentials(&destination, &unknown), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_DestinationOptions_AddProxyCredentials(&destination, NULL), MI_RESULT_INVALID_PARAMETER);
    ck_assert(MI_DestinationOptions_GetCredentialsCount(&destination, &count) == MI_RESULT_OK && count == 2);
    ck_assert_int_eq(MI_DestinationOptions_GetCredentialsAt(&destination, 0, &name, &found, &flags), MI_RESULT_OK);
    ck_assert(texts_equal(found.credentials.usernamePassword.username, MI_T("me")));
    ck_assert(texts_equal(found.credentials.usernamePassword.password, MI_T("******")));
    ck_assert(texts_equal(name, MI_T("__MI_DESTINATIONOPTIONS_DESTINATION_CREDENTIALS")));
    ck_assert_int_eq(MI_DestinationOptions_GetCredentialsAt(&destination, 1, &name, &found, NULL), MI_RESULT_OK);
    ck_assert(texts_equal(found.credentials.certificateThumbprint, MI_T("abcdef")));
    ck_assert_int_eq(MI_DestinationOptions_GetCredentialsAt(&destination, 2, &name, &found, NULL),
                     MI_RESULT_NO_SUCH_PROPERTY);
    ck_assert_int_eq(MI_DestinationOptions_GetCredentialsPasswordAt(&destination, 0, &name, NULL, 0, &length, NULL),
                     MI_RESULT_OK);
    ck_assert_uint_eq(length, 8);
    ck_assert_int_eq(MI_DestinationOptions_GetCredentialsPasswordAt(&destination, 0, &name, password, 7, &length, NULL),
                     MI_RESULT_FAILED);
    ck_assert_int_eq(MI_DestinationOptions_GetCredentialsPasswordAt(&destination, 0, &name, password, 8, &length, NULL),
                     MI_RESULT_OK);
    ck_assert(texts_equal(password, MI_T("secret1")));
    ck_assert_int_eq(MI_DestinationOptions_GetCredentialsPasswordAt(&destination, 1, &name, password, 8, &length, NULL),
                     MI_RESULT_INVALID_PARAMETER);
}
END_TEST

START_TEST(copies_are_whole)
{
    MI_UserCredentials user = {MI_AUTH_TYPE_BASIC, {.usernamePassword = {NULL, MI_T("me"), MI_T("secret1")}}};
    MI_DestinationOptions copy;
    MI_Uint32 count = 0, flags = 0;
    const MI_Char *text = NULL;

    MI_DestinationOptions_SetString(&destination, MI_T("Custom"), MI_T("value"));
    destination.ft->SetNumber(&destination, MI_T("Number"), 3, 99);
    MI_DestinationOptions_AddDestinationCredentials(&destination, &user);
    ck_assert_int_eq(MI_DestinationOptions_Clone(&destination, &copy), MI_RESULT_OK);
    MI_DestinationOptions_Delete(&destination);
    destination = copy;
    ck_assert_int_eq(MI_DestinationOptions_GetString(&destination, MI_T("custom"), &text, NULL), MI_RESULT_OK);
    ck_assert(texts_equal(text, MI_T("value")));
    ck_assert_int_eq(MI_DestinationOptions_GetOption(&destination, MI_T("Number"), NULL, NULL, NULL, &flags),
                     MI_RESULT_OK);
    ck_assert_uint_eq(flags, 99);
    ck_assert(MI_DestinationOptions_GetCredentialsCount(&destination, &count) == MI_RESULT_OK && count == 1);
    ck_assert_int_eq(MI_DestinationOptions_Clone(&destination, NULL), MI_RESULT_INVALID_PARAMETER);
}
END_TEST

START_TEST(handles_that_are_none)
{
    MI_DestinationOptions gone = destination, forged = {12345678, 0, destination.ft},
                          empty = MI_DESTINATIONOPTIONS_NULL;
    MI_OperationOptions other = {destination.reserved1, 0, operation.ft};
    MI_DestinationOptions huge = {~(MI_Uint64)0, 0, destination.ft};
    MI_Uint32 count = 0;

    ck_assert_int_eq(MI_DestinationOptions_GetOptionCount(&gone, &count), MI_RESULT_OK);
    MI_DestinationOptions_Delete(&gone);
    ck_assert_int_eq(MI_DestinationOptions_GetOptionCount(&destination, &count), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_DestinationOptions_SetDataLocale(&destination, MI_T("x")), MI_RESULT_INVALID_PARAMETER);
    MI_DestinationOptions_Delete(&destination);
    ck_assert_int_eq(MI_DestinationOptions_GetOptionCount(&forged, &count), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_DestinationOptions_GetOptionCount(&huge, &count), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_DestinationOptions_GetOptionCount(&empty, &count), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_DestinationOptions_GetOptionCount(NULL, &count), MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_OperationOptions_GetOptionCount(&other, &count), MI_RESULT_INVALID_PARAMETER);
}
END_TEST

/* The set alone, so that the handle table's memory does not count. */
static bool everything(const MI_Value *list)
{
    MI_UserCredentials user = {MI_AUTH_TYPE_BASIC, {.usernamePassword = {NULL, MI_T("me"), MI_T("secret1")}}};
    MI_Value number = {.uint32 = 1};
    struct mi_options *set = mi_options_new(0), *copy = NULL;
    bool good = set && mi_options_set(set, MI_T("A"), &number, MI_UINT32, 0, false) == MI_RESULT_OK &&
                mi_options_set(set, MI_T("B"), list, MI_STRINGA, 0, true) == MI_RESULT_OK &&
                mi_options_set_channel(set, 1, true) == MI_RESULT_OK &&
                mi_options_add_credentials(set, MI_T("C"), &user, 0) == MI_RESULT_OK;

    if (good) copy = mi_options_clone(set);
    mi_options_delete(set);
    mi_options_delete(copy);
    return good && copy;
}

START_TEST(every_failing_allocation)
{
    MI_Value list = sample_value(MI_STRINGA, 1);
    long before = live_allocations(), successes = 0;

    for (;; successes++)
    {
        bool good;

        fail_allocation(successes);
        good = everything(&list);
        ck_assert_int_eq(live_allocations(), before);
        if (!allocation_failed()) break;
        ck_assert(!good);
    }
    fail_allocation(-1);
    ck_assert_int_ge(successes, 8);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mi options");
    TCase *tcase = tcase_create("options");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, named_options_come_back);
    tcase_add_test(tcase, wrong_types_and_names);
    tcase_add_test(tcase, custom_options_have_any_type);
    tcase_add_test(tcase, channels);
    tcase_add_test(tcase, passwords_are_not_shown);
    tcase_add_test(tcase, copies_are_whole);
    tcase_add_test(tcase, handles_that_are_none);
    tcase_add_test(tcase, every_failing_allocation);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}

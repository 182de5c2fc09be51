/*
 * Options by their names: what the functions of the single options stand on, for all kinds of options. And what else
 * mi.dll exports that no other group calls by itself.
 */
#include "mi_test.h"

/* The functions that operation options and subscription delivery options have alike. `options` has none yet. */
#define NAMED_OPTIONS(type, options)                                                                                   \
    do                                                                                                                 \
    {                                                                                                                  \
        const MI_Char *text_ = NULL, *name_ = NULL;                                                                    \
        MI_Uint32 number_ = 0, index_ = 9, count_ = 9, flags_ = 0;                                                     \
        MI_Value value_;                                                                                               \
        MI_Type type_ = MI_BOOLEAN;                                                                                    \
        CHECK(MI_##type##_SetString, sets, "(by its name)",                                                            \
              OK(MI_##type##_SetString(options, MI_T("Text"), MI_T("dry"), 0)) &&                                      \
                  GIVES(MI_RESULT_INVALID_PARAMETER, MI_##type##_SetString(NULL, MI_T("Text"), MI_T("dry"), 0)));      \
        CHECK(MI_##type##_GetString, gets, "(by its name, in any capitals)",                                           \
              OK(MI_##type##_GetString(options, MI_T("TEXT"), &text_, &index_, &flags_)) && index_ == 0 &&             \
                  !wcscmp(text_, MI_T("dry")));                                                                        \
        CHECK(MI_##type##_GetString, MI_RESULT_NO_SUCH_PROPERTY, "(of an option that was not set)",                    \
              GIVES(MI_RESULT_NO_SUCH_PROPERTY,                                                                        \
                    MI_##type##_GetString(options, MI_T("None"), &text_, &index_, &flags_)));                          \
        CHECK(MI_##type##_SetNumber, sets, "(by its name)",                                                            \
              OK(MI_##type##_SetNumber(options, MI_T("Number"), 42, 0)));                                              \
        CHECK(MI_##type##_GetNumber, gets, "(by its name)",                                                            \
              OK(MI_##type##_GetNumber(options, MI_T("Number"), &number_, &index_, &flags_)) && index_ == 1 &&         \
                  number_ == 42);                                                                                      \
        CHECK(                                                                                                         \
            MI_##type##_GetNumber, MI_RESULT_TYPE_MISMATCH, "(of an option that is a text)",                           \
            GIVES(MI_RESULT_TYPE_MISMATCH, MI_##type##_GetNumber(options, MI_T("Text"), &number_, &index_, &flags_))); \
        CHECK(MI_##type##_GetOptionCount, counts, "(those that were set)",                                             \
              OK(MI_##type##_GetOptionCount(options, &count_)) && count_ == 2);                                        \
        CHECK(MI_##type##_GetOption, gets, "(with the type that it has)",                                              \
              OK(MI_##type##_GetOption(options, MI_T("Text"), &value_, &type_, &index_, &flags_)) &&                   \
                  type_ == MI_STRING && !wcscmp(value_.string, MI_T("dry")) && index_ == 0);                           \
        CHECK(MI_##type##_GetOptionAt, gets, "(with the name and the type that it has)",                               \
              OK(MI_##type##_GetOptionAt(options, 1, &name_, &value_, &type_, &flags_)) && type_ == MI_UINT32 &&       \
                  value_.uint32 == 42 && !wcscmp(name_, MI_T("Number")));                                              \
        CHECK(MI_##type##_GetOptionAt, beyond, "(behind the last one there is none)",                                  \
              MI_##type##_GetOptionAt(options, 2, &name_, &value_, &type_, &flags_) != MI_RESULT_OK);                  \
    }                                                                                                                  \
    while (0)

static void operation(void)
{
    MI_OperationOptions options = MI_OPERATIONOPTIONS_NULL, copy = MI_OPERATIONOPTIONS_NULL;
    MI_Uint32 count = 0;

    MI_Application_NewOperationOptions(application(), MI_FALSE, &options);
    NAMED_OPTIONS(OperationOptions, &options);
    CHECK(MI_OperationOptions_Clone, copies, "(the copy is by itself)",
          OK(MI_OperationOptions_Clone(&options, &copy)) &&
              OK(MI_OperationOptions_SetNumber(&copy, MI_T("Another"), 1, 0)) &&
              OK(MI_OperationOptions_GetOptionCount(&copy, &count)) && count == 3 &&
              OK(MI_OperationOptions_GetOptionCount(&options, &count)) && count == 2);
    MI_OperationOptions_Delete(&copy);
    MI_OperationOptions_Delete(&options);
}

static void subscription(void)
{
    MI_SubscriptionDeliveryOptions options = MI_SUBSCRIPTIONDELIVERYOPTIONS_NULL;
    MI_Datetime time = {MI_TRUE, {.timestamp = {2026, 11, 21, 12, 30, 15, 500000, 60}}}, found = {0};
    MI_Interval interval = {1, 2, 3, 4, 5, 0, 0, 0}, found_interval = {0};
    MI_Uint32 index = 9, flags = 0;

    MI_Application_NewSubscriptionDeliveryOptions(application(), MI_SubscriptionDeliveryType_Pull, &options);
    NAMED_OPTIONS(SubscriptionDeliveryOptions, &options);
    CHECK(MI_SubscriptionDeliveryOptions_SetDateTime, sets, "(by its name)",
          OK(MI_SubscriptionDeliveryOptions_SetDateTime(&options, MI_T("Time"), &time, 0)));
    memset(&found, 0xff, sizeof(found));
    CHECK(MI_SubscriptionDeliveryOptions_GetDateTime, gets, "(by its name)",
          OK(MI_SubscriptionDeliveryOptions_GetDateTime(&options, MI_T("Time"), &found, &index, &flags)) &&
              !memcmp(&found, &time, sizeof(time)));
    CHECK(MI_SubscriptionDeliveryOptions_SetInterval, sets, "(by its name)",
          OK(MI_SubscriptionDeliveryOptions_SetInterval(&options, MI_T("Interval"), &interval, 0)));
    CHECK(MI_SubscriptionDeliveryOptions_GetInterval, gets, "(by its name)",
          OK(MI_SubscriptionDeliveryOptions_GetInterval(&options, MI_T("Interval"), &found_interval, &index, &flags)) &&
              found_interval.days == 1 && found_interval.microseconds == 5);
    CHECK(MI_SubscriptionDeliveryOptions_GetExpirationTime, MI_RESULT_NO_SUCH_PROPERTY, "(where none was set)",
          GIVES(MI_RESULT_NO_SUCH_PROPERTY, MI_SubscriptionDeliveryOptions_GetExpirationTime(&options, &found)));
    CHECK(MI_SubscriptionDeliveryOptions_GetExpirationTime, gets, "(as it was set)",
          OK(MI_SubscriptionDeliveryOptions_SetExpirationTime(&options, &time)) &&
              OK(MI_SubscriptionDeliveryOptions_GetExpirationTime(&options, &found)) &&
              !memcmp(&found, &time, sizeof(time)));
    MI_SubscriptionDeliveryOptions_Delete(&options);
}

static void subscription_credentials(void)
{
    MI_SubscriptionDeliveryOptions options = MI_SUBSCRIPTIONDELIVERYOPTIONS_NULL;
    MI_UserCredentials credentials = {MI_AUTH_TYPE_BASIC, {{MI_T("domain"), MI_T("me"), MI_T("secret")}}}, found;
    MI_Uint32 flags = 0, length = 0;
    const MI_Char *name = NULL;
    MI_Char password[16];

    MI_Application_NewSubscriptionDeliveryOptions(application(), MI_SubscriptionDeliveryType_Push, &options);
    MI_SubscriptionDeliveryOptions_AddDeliveryCredentials(&options, &credentials);
    memset(&found, 0, sizeof(found));
    CHECK(MI_SubscriptionDeliveryOptions_GetCredentialsAt, gets, "(with asterisks for the password)",
          OK(MI_SubscriptionDeliveryOptions_GetCredentialsAt(&options, 0, &name, &found, &flags)) &&
              !wcscmp(found.credentials.usernamePassword.username, MI_T("me")) &&
              !wcscmp(found.credentials.usernamePassword.password, MI_T("******")));
    CHECK(MI_SubscriptionDeliveryOptions_GetCredentialsPasswordAt, gets, "(the password itself)",
          OK(MI_SubscriptionDeliveryOptions_GetCredentialsPasswordAt(&options, 0, &name, password, 16, &length,
                                                                     &flags)) &&
              !wcscmp(password, MI_T("secret")));
    MI_SubscriptionDeliveryOptions_Delete(&options);
}

static void others(void)
{
    MI_DestinationOptions options = MI_DESTINATIONOPTIONS_NULL;
    MI_Instance *instance = new_instance();
    const MI_Char *text = NULL;

    MI_Application_NewDestinationOptions(application(), &options);
    CHECK(MI_DestinationOptions_SetString, sets, "(by its name)",
          OK(MI_DestinationOptions_SetString(&options, MI_T("Text"), MI_T("dry"))) &&
              OK(MI_DestinationOptions_GetString(&options, MI_T("Text"), &text, NULL)) && !wcscmp(text, MI_T("dry")));
    MI_DestinationOptions_Delete(&options);
    CHECK(MI_Instance_GetClassName, gets, "(the name that it was made with)",
          OK(MI_Instance_GetClassName(instance, &text)) && !wcscmp(text, MI_T("Test_Class")) &&
              GIVES(MI_RESULT_INVALID_PARAMETER, MI_Instance_GetClassName(instance, NULL)));
    CHECK(MI_Instance_GetServerName, gets, "(the name that was set)",
          OK(MI_Instance_SetServerName(instance, MI_T("cellar"))) && OK(MI_Instance_GetServerName(instance, &text)) &&
              !wcscmp(text, MI_T("cellar")));
    MI_Instance_Delete(instance);
    CHECK(mi_clientFT_V1, tables, "(has the table of every kind of object)",
          mi_clientFT_V1->applicationFT && mi_clientFT_V1->sessionFT && mi_clientFT_V1->operationFT &&
              mi_clientFT_V1->hostedProviderFT && mi_clientFT_V1->serializerFT && mi_clientFT_V1->deserializerFT &&
              mi_clientFT_V1->subscribeDeliveryOptionsFT && mi_clientFT_V1->destinationOptionsFT &&
              mi_clientFT_V1->operationOptionsFT && mi_clientFT_V1->utilitiesFT);
}

static const struct test_case cases[] = {{"operation", operation},
                                         {"subscription", subscription},
                                         {"credentials of a subscription", subscription_credentials},
                                         {"others", others},
                                         {NULL, NULL}};
const struct group named_options_group = {"named-options", __FILE__, cases};

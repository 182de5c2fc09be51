/*
 * Destination options, operation options, subscription delivery options.
 */
#include "mi_test.h"

static const MI_Interval minute = {0, 0, 1, 0, 0, 0, 0, 0};

/* Checks that an option comes back as it was set, and is not there before. */
#define TEXT_OPTION(type, options, option, sentence)                                                                   \
    do                                                                                                                 \
    {                                                                                                                  \
        const MI_Char *text_ = NULL;                                                                                   \
        CHECK(MI_##type##_Get##option, unset, "(the option was not set)",                                              \
              GIVES(MI_RESULT_NO_SUCH_PROPERTY, MI_##type##_Get##option(options, &text_)));                            \
        CHECK(MI_##type##_Set##option, sets, sentence, OK(MI_##type##_Set##option(options, MI_T("a text"))));          \
        CHECK(MI_##type##_Get##option, gets, sentence,                                                                 \
              OK(MI_##type##_Get##option(options, &text_)) && text_ && !wcscmp(text_, MI_T("a text")));                \
    }                                                                                                                  \
    while (0)

#define NUMBER_OPTION(type, options, option, c_type, value, sentence)                                                  \
    do                                                                                                                 \
    {                                                                                                                  \
        c_type number_ = 0;                                                                                            \
        CHECK(MI_##type##_Get##option, unset, "(the option was not set)",                                              \
              GIVES(MI_RESULT_NO_SUCH_PROPERTY, MI_##type##_Get##option(options, &number_)));                          \
        CHECK(MI_##type##_Set##option, sets, sentence, OK(MI_##type##_Set##option(options, value)));                   \
        CHECK(MI_##type##_Get##option, gets, sentence,                                                                 \
              OK(MI_##type##_Get##option(options, &number_)) && number_ == (value));                                   \
    }                                                                                                                  \
    while (0)

#define INTERVAL_OPTION(type, options, option, sentence)                                                               \
    do                                                                                                                 \
    {                                                                                                                  \
        MI_Interval interval_ = {0};                                                                                   \
        CHECK(MI_##type##_Get##option, unset, "(the option was not set)",                                              \
              GIVES(MI_RESULT_NO_SUCH_PROPERTY, MI_##type##_Get##option(options, &interval_)));                        \
        CHECK(MI_##type##_Set##option, sets, sentence, OK(MI_##type##_Set##option(options, (MI_Interval *)&minute)));  \
        CHECK(MI_##type##_Get##option, gets, sentence,                                                                 \
              OK(MI_##type##_Get##option(options, &interval_)) && interval_.minutes == 1);                             \
    }                                                                                                                  \
    while (0)

static void destination(void)
{
    MI_DestinationOptions options = MI_DESTINATIONOPTIONS_NULL;

    CHECK(MI_Application_NewDestinationOptions, creates,
          "Creates an MI_DestinationOptions object that can be used with the MI_Application_NewSession function.",
          OK(MI_Application_NewDestinationOptions(application(), &options)) && options.ft);
    INTERVAL_OPTION(DestinationOptions, &options, Timeout, "the time-out of the destination");
    NUMBER_OPTION(DestinationOptions, &options, CertCACheck, MI_Boolean, MI_TRUE,
                  "Gets the server certificate CA check value.");
    NUMBER_OPTION(DestinationOptions, &options, CertCNCheck, MI_Boolean, MI_TRUE,
                  "Gets the server certificate CN check value.");
    NUMBER_OPTION(DestinationOptions, &options, CertRevocationCheck, MI_Boolean, MI_TRUE,
                  "Gets the server certificate's revocation check value.");
    NUMBER_OPTION(DestinationOptions, &options, PacketPrivacy, MI_Boolean, MI_TRUE,
                  "Gets the packet privacy (encryption) setting.");
    NUMBER_OPTION(DestinationOptions, &options, PacketIntegrity, MI_Boolean, MI_TRUE,
                  "Gets the packet integrity setting.");
    TEXT_OPTION(DestinationOptions, &options, PacketEncoding, "Gets the previously set packet encoding setting.");
    TEXT_OPTION(DestinationOptions, &options, DataLocale,
                "Gets the data locale (as opposed to UI locale) set by the user.");
    TEXT_OPTION(DestinationOptions, &options, UILocale, "the UI locale");
    NUMBER_OPTION(DestinationOptions, &options, MaxEnvelopeSize, MI_Uint32, 500,
                  "the maximum size of the packet sent to a server or received by the client from the server");
    NUMBER_OPTION(DestinationOptions, &options, EncodePortInSPN, MI_Boolean, MI_TRUE,
                  "Gets the port's Service Principal Name encoding value.");
    TEXT_OPTION(DestinationOptions, &options, HttpUrlPrefix, "Gets the HTTP URL prefix.");
    NUMBER_OPTION(DestinationOptions, &options, DestinationPort, MI_Uint32, 5985,
                  "Gets the default port for transport.");
    TEXT_OPTION(DestinationOptions, &options, Transport, "the transport");
    TEXT_OPTION(DestinationOptions, &options, ProxyType, "the proxy type");
    NUMBER_OPTION(DestinationOptions, &options, ImpersonationType, MI_DestinationOptions_ImpersonationType,
                  MI_DestinationOptions_ImpersonationType_Delegate, "Gets the impersonation type.");
    MI_DestinationOptions_Delete(&options);
}

static void destination_generic(void)
{
    MI_DestinationOptions options = MI_DESTINATIONOPTIONS_NULL, copy = MI_DESTINATIONOPTIONS_NULL, closed;
    const MI_Char *text = NULL;
    MI_Uint32 number = 0, count = 0, index = 9;
    MI_Value value = {0};
    MI_Type type = MI_BOOLEAN;

    MI_Application_NewDestinationOptions(application(), &options);
    MI_DestinationOptions_SetString(&options, MI_T("Text"), MI_T("a text"));
    CHECK(MI_DestinationOptions_SetNumber, sets, "(a custom number option is set)",
          OK(MI_DestinationOptions_SetNumber(&options, MI_T("Number"), 5)));
    CHECK(MI_DestinationOptions_GetNumber, gets, "Gets a previously added custom number option.",
          OK(MI_DestinationOptions_GetNumber(&options, MI_T("number"), &number, &index)) && number == 5 && index == 1);
    CHECK(MI_DestinationOptions_GetString, type, "(the option is no string)",
          GIVES(MI_RESULT_TYPE_MISMATCH, MI_DestinationOptions_GetString(&options, MI_T("Number"), &text, NULL)));
    CHECK(MI_DestinationOptions_GetOptionCount, gets, "Gets the number of options previously added.",
          OK(MI_DestinationOptions_GetOptionCount(&options, &count)) && count == 2);
    CHECK(MI_DestinationOptions_GetOption, gets, "Gets a previously added option value based on the option name.",
          OK(MI_DestinationOptions_GetOption(&options, MI_T("Text"), &value, &type, &index, NULL)) &&
              type == MI_STRING && !wcscmp(value.string, MI_T("a text")));
    CHECK(MI_DestinationOptions_GetOptionAt, gets, "Gets a previously added option value based on the specified index.",
          OK(MI_DestinationOptions_GetOptionAt(&options, 1, &text, &value, &type, NULL)) && type == MI_UINT32 &&
              !wcscmp(text, MI_T("Number")));
    CHECK(MI_DestinationOptions_Clone, clones, "Creates a copy of a MI_DestinationOptions structure.",
          OK(MI_DestinationOptions_Clone(&options, &copy)) && OK(MI_DestinationOptions_GetOptionCount(&copy, &count)) &&
              count == 2);
    closed = options;
    MI_DestinationOptions_Delete(&options);
    CHECK(MI_DestinationOptions_Delete, deletes, "(a deleted handle is a bad parameter, not a crash)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_DestinationOptions_GetOptionCount(&closed, &count)) &&
              OK(MI_DestinationOptions_GetOptionCount(&copy, &count)));
    MI_DestinationOptions_Delete(&copy);
}

static void credentials(void)
{
    MI_UserCredentials user = {MI_AUTH_TYPE_BASIC, {.usernamePassword = {MI_T("domain"), MI_T("me"), MI_T("secret")}}};
    MI_UserCredentials found = {0};
    MI_DestinationOptions options = MI_DESTINATIONOPTIONS_NULL;
    MI_Char password[10] = {0};
    const MI_Char *name = NULL;
    MI_Uint32 count = 0, length = 0;

    MI_Application_NewDestinationOptions(application(), &options);
    CHECK(MI_DestinationOptions_AddDestinationCredentials, adds, "Sets the credentials for talking to the destination.",
          OK(MI_DestinationOptions_AddDestinationCredentials(&options, &user)));
    CHECK(MI_DestinationOptions_AddProxyCredentials, adds, "Adds credentials to authenticate against a proxy.",
          OK(MI_DestinationOptions_AddProxyCredentials(&options, &user)));
    CHECK(MI_DestinationOptions_GetCredentialsCount, gets, "Gets the number of previously added credentials.",
          OK(MI_DestinationOptions_GetCredentialsCount(&options, &count)) && count == 2);
    CHECK(MI_DestinationOptions_GetCredentialsAt, gets, "Get the credentials at the specified index.",
          OK(MI_DestinationOptions_GetCredentialsAt(&options, 0, &name, &found, NULL)) &&
              !wcscmp(found.credentials.usernamePassword.username, MI_T("me")));
    CHECK(MI_DestinationOptions_GetCredentialsAt, asterisks,
          "If the credentials include a password, it will be filled with 6 asterisks for security purposes.",
          count && !wcscmp(found.credentials.usernamePassword.password, MI_T("******")));
    CHECK(MI_DestinationOptions_GetCredentialsPasswordAt, bufferLength,
          "If 0, the passwordLength parameter will contain the buffer size needed to hold the password.",
          OK(MI_DestinationOptions_GetCredentialsPasswordAt(&options, 0, &name, NULL, 0, &length, NULL)) &&
              length == 7);
    CHECK(MI_DestinationOptions_GetCredentialsPasswordAt, passwordLength,
          "Returned amount of the password buffer used, including the null terminator.",
          OK(MI_DestinationOptions_GetCredentialsPasswordAt(&options, 0, &name, password, 10, &length, NULL)) &&
              length == 7 && !wcscmp(password, MI_T("secret")));
    MI_DestinationOptions_Delete(&options);
}

static void operation(void)
{
    MI_OperationOptions options = MI_OPERATIONOPTIONS_NULL;
    MI_ProviderArchitecture architecture = MI_PROVIDER_ARCHITECTURE_32BIT;
    MI_CallbackMode mode = MI_CALLBACKMODE_REPORT;
    MI_Value value = number_value(3), found;
    MI_Boolean flag = MI_FALSE;
    MI_Uint32 channels[4] = {0}, count = 9;
    MI_Type type = MI_BOOLEAN;

    CHECK(
        MI_Application_NewOperationOptions, creates,
        "Creates an MI_OperationOptions object that can be used with the operation functions on the MI_Session object.",
        OK(MI_Application_NewOperationOptions(application(), MI_FALSE, &options)) && options.ft);
    INTERVAL_OPTION(OperationOptions, &options, Timeout, "the time-out of the operation");
    TEXT_OPTION(OperationOptions, &options, ResourceUri, "the resource URI");
    TEXT_OPTION(OperationOptions, &options, ResourceUriPrefix, "the resource URI prefix");
    NUMBER_OPTION(OperationOptions, &options, UseMachineID, MI_Boolean, MI_TRUE, "whether the machine ID is used");
    NUMBER_OPTION(OperationOptions, &options, WriteErrorMode, MI_CallbackMode, MI_CALLBACKMODE_INQUIRE,
                  "the mode of write errors");
    NUMBER_OPTION(OperationOptions, &options, PromptUserMode, MI_CallbackMode, MI_CALLBACKMODE_IGNORE,
                  "the mode of prompts");
    CHECK(MI_OperationOptions_SetPromptUserRegularMode, sets, "(the mode of regular prompts and its answer are set)",
          OK(MI_OperationOptions_SetPromptUserRegularMode(&options, MI_CALLBACKMODE_INQUIRE, MI_TRUE)));
    CHECK(MI_OperationOptions_GetPromptUserRegularMode, gets, "(and come back)",
          OK(MI_OperationOptions_GetPromptUserRegularMode(&options, &mode, &flag)) && flag &&
              mode == MI_CALLBACKMODE_INQUIRE);
    CHECK(MI_OperationOptions_SetProviderArchitecture, sets, "(the provider's architecture is set)",
          OK(MI_OperationOptions_SetProviderArchitecture(&options, MI_PROVIDER_ARCHITECTURE_64BIT, MI_TRUE)));
    CHECK(MI_OperationOptions_GetProviderArchitecture, gets, "(and comes back)",
          OK(MI_OperationOptions_GetProviderArchitecture(&options, &architecture, &flag)) && flag &&
              architecture == MI_PROVIDER_ARCHITECTURE_64BIT);
    CHECK(MI_OperationOptions_GetEnabledChannels, none, "(no channel was enabled)",
          OK(MI_OperationOptions_GetEnabledChannels(&options, channels, 4, &count, NULL)) && count == 0);
    CHECK(MI_OperationOptions_EnableChannel, enables, "(a channel is enabled)",
          OK(MI_OperationOptions_EnableChannel(&options, MI_WRITEMESSAGE_CHANNEL_VERBOSE)) &&
              OK(MI_OperationOptions_EnableChannel(&options, MI_WRITEMESSAGE_CHANNEL_DEBUG)));
    CHECK(MI_OperationOptions_GetEnabledChannels, bufferLength,
          "If 0, the returned channelCount value will reflect how large the channels buffer needs to be.",
          OK(MI_OperationOptions_GetEnabledChannels(&options, NULL, 0, &count, NULL)) && count == 2);
    CHECK(MI_OperationOptions_DisableChannel, disables, "(a channel is disabled)",
          OK(MI_OperationOptions_DisableChannel(&options, MI_WRITEMESSAGE_CHANNEL_VERBOSE)));
    CHECK(MI_OperationOptions_GetEnabledChannels, gets, "Gets the list of previously enabled channels.",
          OK(MI_OperationOptions_GetEnabledChannels(&options, channels, 4, &count, NULL)) && count == 1 &&
              channels[0] == MI_WRITEMESSAGE_CHANNEL_DEBUG);
    CHECK(MI_OperationOptions_SetCustomOption, sets, "(a custom option of any type)",
          OK(MI_OperationOptions_SetCustomOption(&options, MI_T("Custom"), MI_UINT32, &value, MI_TRUE)) &&
              OK(MI_OperationOptions_GetOption(&options, MI_T("Custom"), &found, &type, NULL, NULL)) &&
              type == MI_UINT32 && found.uint32 == 3);
    MI_OperationOptions_Delete(&options);
}

static void subscription(void)
{
    MI_UserCredentials user = {MI_AUTH_TYPE_BASIC, {.usernamePassword = {MI_T("domain"), MI_T("me"), MI_T("secret")}}};
    MI_Datetime at = {1, {.timestamp = {2030, 1, 2, 3, 4, 5, 6, 60}}}, found = {0};
    MI_SubscriptionDeliveryOptions options = MI_SUBSCRIPTIONDELIVERYOPTIONS_NULL, copy = {0};
    MI_Uint32 count = 0;

    CHECK(MI_Application_NewSubscriptionDeliveryOptions, creates,
          "Creates an MI_SubscriptionDeliveryOptions object that represents the configuration needed to carry out "
          "subscribe operations over certain protocols.",
          OK(MI_Application_NewSubscriptionDeliveryOptions(application(), MI_SubscriptionDeliveryType_Pull, &options)));
    INTERVAL_OPTION(SubscriptionDeliveryOptions, &options, MaximumLatency, "the maximum latency");
    INTERVAL_OPTION(SubscriptionDeliveryOptions, &options, HeartbeatInterval, "the heartbeat interval");
    INTERVAL_OPTION(SubscriptionDeliveryOptions, &options, DeliveryRetryInterval, "the retry interval");
    TEXT_OPTION(SubscriptionDeliveryOptions, &options, Bookmark, "the bookmark");
    TEXT_OPTION(SubscriptionDeliveryOptions, &options, DeliveryDestination, "the delivery destination");
    NUMBER_OPTION(SubscriptionDeliveryOptions, &options, DeliveryPortNumber, MI_Uint32, 80, "the port");
    NUMBER_OPTION(SubscriptionDeliveryOptions, &options, DeliveryRetryAttempts, MI_Uint32, 3, "the retry attempts");
    CHECK(MI_SubscriptionDeliveryOptions_SetExpirationTime, sets, "the expiration time",
          OK(MI_SubscriptionDeliveryOptions_SetExpirationTime(&options, &at)) &&
              OK(MI_SubscriptionDeliveryOptions_GetExpirationTime(&options, &found)) &&
              !memcmp(&found, &at, sizeof(at)));
    CHECK(MI_SubscriptionDeliveryOptions_AddDeliveryCredentials, adds, "the credentials of the delivery",
          OK(MI_SubscriptionDeliveryOptions_AddDeliveryCredentials(&options, &user)) &&
              OK(MI_SubscriptionDeliveryOptions_GetCredentialsCount(&options, &count)) && count == 1);
    CHECK(MI_SubscriptionDeliveryOptions_Clone, clones, "(a copy has the same options)",
          OK(MI_SubscriptionDeliveryOptions_Clone(&options, &copy)) &&
              OK(MI_SubscriptionDeliveryOptions_GetOptionCount(&copy, &count)) && count == 8 &&
              OK(MI_SubscriptionDeliveryOptions_Delete(&copy)));
    CHECK(MI_SubscriptionDeliveryOptions_Delete, deletes, "(deleted once, and no second time)",
          OK(MI_SubscriptionDeliveryOptions_Delete(&options)) &&
              GIVES(MI_RESULT_INVALID_PARAMETER, MI_SubscriptionDeliveryOptions_Delete(&options)));
}

static const struct test_case cases[] = {{"destination", destination},   {"destination, generic", destination_generic},
                                         {"credentials", credentials},   {"operation", operation},
                                         {"subscription", subscription}, {NULL, NULL}};
const struct group options_group = {"options", __FILE__, cases};

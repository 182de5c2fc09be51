/*
 * Without memory: applications, sessions, the options of destinations, operations and subscriptions, and classes with
 * their instances. See mi_scenario.h.
 */
#include "mi_scenario.h"

static const MI_Interval hour = {.hours = 1};

/* ---- Applications and sessions ---------------------------------------------------------------------------------- */

static void MI_CALL on_closed(void *context)
{
    SetEvent(context);
}

/* The completion comes where the close was begun, and only there. */
static void close_and_wait(MI_Session *session)
{
    HANDLE closed = CreateEventW(NULL, TRUE, FALSE, NULL);

    if (worked(MI_Session_Close(session, closed, on_closed), "MI_Session_Close, asynchronous"))
        WaitForSingleObject(closed, INFINITE);
    else
        worked(MI_Session_Close(session, NULL, NULL), "MI_Session_Close");
    CloseHandle(closed);
}

static void MI_CALL on_message(MI_Application *from, void *context, MI_Uint32 channel, const MI_Char *message)
{
    (void)from;
    (void)context;
    (void)channel;
    (void)message;
}

static void use_application(MI_Application *own)
{
    MI_SessionCallbacks callbacks = {NULL, on_message, NULL};
    MI_DestinationOptions where = MI_DESTINATIONOPTIONS_NULL;
    MI_Session session = MI_SESSION_NULL;
    MI_Instance *error = NULL;

    if (worked(MI_Application_NewDestinationOptions(own, &where), "NewDestinationOptions"))
    {
        worked(MI_DestinationOptions_SetUILocale(&where, MI_T("en-us")), "SetUILocale");
        worked(MI_DestinationOptions_SetTimeout(&where, &hour), "SetTimeout");
        if (worked(MI_Application_NewSession(own, NULL, NULL, &where, &callbacks, &error, &session), "NewSession"))
            close_and_wait(&session);
        MI_DestinationOptions_Delete(&where);
    }
    if (error) MI_Instance_Delete(error);
}

static void applications(void)
{
    MI_Application own = MI_APPLICATION_NULL;
    MI_Instance *error = NULL;

    if (worked(MI_Application_Initialize(0, MI_T("another"), &error, &own), "MI_Application_Initialize"))
    {
        use_application(&own);
        worked(MI_Application_Close(&own), "MI_Application_Close");
    }
    if (error) MI_Instance_Delete(error);
}

/* ---- Options ---------------------------------------------------------------------------------------------------- */

static const MI_UserCredentials user = {MI_AUTH_TYPE_BASIC,
                                        {.usernamePassword = {MI_T("domain"), MI_T("me"), MI_T("secret")}}};

/* Whether a copy has all of it. */
static void compare(const char *what, MI_Uint32 options, MI_Uint32 copied, MI_Uint32 credentials, MI_Uint32 copied_too)
{
    if (options != copied) complain(what, "lacks options, it has", (long)copied);
    if (credentials != copied_too) complain(what, "lacks credentials, it has", (long)copied_too);
}

static void destination_options(void)
{
    MI_DestinationOptions options = MI_DESTINATIONOPTIONS_NULL, copy = MI_DESTINATIONOPTIONS_NULL;
    MI_Uint32 count = 0, copied = 0, credentials = 0, copied_too = 0, set = 0;

    if (!worked(MI_Application_NewDestinationOptions(&application, &options), "NewDestinationOptions")) return;
    set += worked(MI_DestinationOptions_SetString(&options, MI_T("Text"), MI_T("a text")), "SetString") != 0;
    set += worked(MI_DestinationOptions_SetNumber(&options, MI_T("Number"), 5), "SetNumber") != 0;
    set += worked(MI_DestinationOptions_SetTimeout(&options, &hour), "SetTimeout") != 0;
    set += worked(MI_DestinationOptions_SetDataLocale(&options, MI_T("en-us")), "SetDataLocale") != 0;
    worked(MI_DestinationOptions_SetString(&options, MI_T("Text"), MI_T("a longer text")), "SetString again");
    worked(MI_DestinationOptions_AddDestinationCredentials(&options, &user), "AddDestinationCredentials");
    worked(MI_DestinationOptions_AddProxyCredentials(&options, &user), "AddProxyCredentials");
    MI_DestinationOptions_GetOptionCount(&options, &count);
    MI_DestinationOptions_GetCredentialsCount(&options, &credentials);
    /* The second text may have been the first to be set. */
    if (count != set && count != set + 1) complain("destination options", "count", (long)count);
    if (worked(MI_DestinationOptions_Clone(&options, &copy), "Clone"))
    {
        MI_DestinationOptions_GetOptionCount(&copy, &copied);
        MI_DestinationOptions_GetCredentialsCount(&copy, &copied_too);
        compare("a copy of destination options", count, copied, credentials, copied_too);
        MI_DestinationOptions_Delete(&copy);
    }
    MI_DestinationOptions_Delete(&options);
}

static void operation_options(void)
{
    MI_Char *texts[] = {(MI_Char *)MI_T("one"), (MI_Char *)MI_T("two")};
    MI_Value value = {.string = texts[0]}, list = {.stringa = {texts, COUNT_OF(texts)}};
    MI_OperationOptions options = MI_OPERATIONOPTIONS_NULL, copy = MI_OPERATIONOPTIONS_NULL;
    MI_Uint32 count = 0, copied = 0;

    if (!worked(MI_Application_NewOperationOptions(&application, MI_FALSE, &options), "NewOperationOptions")) return;
    worked(MI_OperationOptions_SetTimeout(&options, &hour), "SetTimeout");
    worked(MI_OperationOptions_SetResourceUri(&options, MI_T("uri")), "SetResourceUri");
    worked(MI_OperationOptions_EnableChannel(&options, MI_WRITEMESSAGE_CHANNEL_DEBUG), "EnableChannel");
    worked(MI_OperationOptions_SetCustomOption(&options, MI_T("Text"), MI_STRING, &value, MI_FALSE), "SetCustomOption");
    worked(MI_OperationOptions_SetCustomOption(&options, MI_T("List"), MI_STRINGA, &list, MI_TRUE),
           "SetCustomOption, array");
    MI_OperationOptions_GetOptionCount(&options, &count);
    if (worked(MI_OperationOptions_Clone(&options, &copy), "Clone"))
    {
        MI_OperationOptions_GetOptionCount(&copy, &copied);
        compare("a copy of operation options", count, copied, 0, 0);
        MI_OperationOptions_Delete(&copy);
    }
    MI_OperationOptions_Delete(&options);
}

static void subscription_options(void)
{
    MI_Datetime at = {1, {.timestamp = {2030, 1, 2, 3, 4, 5, 6, 60}}};
    MI_SubscriptionDeliveryOptions options = MI_SUBSCRIPTIONDELIVERYOPTIONS_NULL,
                                   copy = MI_SUBSCRIPTIONDELIVERYOPTIONS_NULL;
    MI_Uint32 count = 0, copied = 0, credentials = 0, copied_too = 0;

    if (!worked(MI_Application_NewSubscriptionDeliveryOptions(&application, MI_SubscriptionDeliveryType_Push, &options),
                "NewSubscriptionDeliveryOptions"))
        return;
    worked(MI_SubscriptionDeliveryOptions_SetMaximumLatency(&options, &hour), "SetMaximumLatency");
    worked(MI_SubscriptionDeliveryOptions_SetExpirationTime(&options, &at), "SetExpirationTime");
    worked(MI_SubscriptionDeliveryOptions_SetBookmark(&options, MI_T("here")), "SetBookmark");
    worked(MI_SubscriptionDeliveryOptions_SetNumber(&options, MI_T("Custom"), 3, 0), "SetNumber");
    worked(MI_SubscriptionDeliveryOptions_AddDeliveryCredentials(&options, &user), "AddDeliveryCredentials");
    MI_SubscriptionDeliveryOptions_GetOptionCount(&options, &count);
    MI_SubscriptionDeliveryOptions_GetCredentialsCount(&options, &credentials);
    if (worked(MI_SubscriptionDeliveryOptions_Clone(&options, &copy), "Clone"))
    {
        MI_SubscriptionDeliveryOptions_GetOptionCount(&copy, &copied);
        MI_SubscriptionDeliveryOptions_GetCredentialsCount(&copy, &copied_too);
        compare("a copy of delivery options", count, copied, credentials, copied_too);
        worked(MI_SubscriptionDeliveryOptions_Delete(&copy), "Delete");
    }
    worked(MI_SubscriptionDeliveryOptions_Delete(&options), "Delete");
}

/* ---- Classes and instances -------------------------------------------------------------------------------------- */

static const MI_Boolean yes = MI_TRUE;
static const MI_Uint32 forty_two = 42;
static const MI_Qualifier key_qualifier = {MI_T("Key"), MI_BOOLEAN, MI_FLAG_DISABLEOVERRIDE, &yes};
static const MI_Qualifier *const key_qualifiers[] = {&key_qualifier};
static const MI_PropertyDecl name_property = {.flags = MI_FLAG_PROPERTY | MI_FLAG_KEY,
                                              .name = MI_T("Name"),
                                              .qualifiers = key_qualifiers,
                                              .numQualifiers = 1,
                                              .type = MI_STRING,
                                              .origin = MI_T("Base"),
                                              .propagator = MI_T("Base")};
static const MI_PropertyDecl size_property = {.flags = MI_FLAG_PROPERTY,
                                              .name = MI_T("Size"),
                                              .type = MI_UINT32,
                                              .origin = MI_T("Derived"),
                                              .propagator = MI_T("Derived"),
                                              .value = &forty_two};
static const MI_PropertyDecl *const base_properties[] = {&name_property};
static const MI_PropertyDecl *const properties[] = {&name_property, &size_property};
static const MI_ParameterDecl parameter = {
    .flags = MI_FLAG_PARAMETER | MI_FLAG_IN, .name = MI_T("To"), .type = MI_STRING};
static const MI_ParameterDecl *const parameters[] = {&parameter};
static const MI_MethodDecl move_method = {.flags = MI_FLAG_METHOD,
                                          .name = MI_T("Move"),
                                          .parameters = parameters,
                                          .numParameters = 1,
                                          .returnType = MI_UINT32,
                                          .origin = MI_T("Derived"),
                                          .propagator = MI_T("Derived")};
static const MI_MethodDecl *const methods[] = {&move_method};
static const MI_ClassDecl base_class = {
    .flags = MI_FLAG_CLASS, .name = MI_T("Base"), .properties = base_properties, .numProperties = 1};
static const MI_ClassDecl derived_class = {.flags = MI_FLAG_CLASS,
                                           .name = MI_T("Derived"),
                                           .qualifiers = key_qualifiers,
                                           .numQualifiers = 1,
                                           .properties = properties,
                                           .numProperties = 2,
                                           .superClass = MI_T("Base"),
                                           .superClassDecl = &base_class,
                                           .methods = methods,
                                           .numMethods = 1};

static void use_class(const MI_Class *class_object)
{
    MI_Class *copy = NULL, *parent = NULL;
    MI_Uint32 count = 0;

    if (worked(MI_Class_GetParentClass(class_object, &parent), "GetParentClass"))
    {
        MI_Class_GetElementCount(parent, &count);
        complete("the parent class", (long)count);
        MI_Class_Delete(parent);
    }
    if (worked(MI_Class_Clone(class_object, &copy), "MI_Class_Clone"))
    {
        MI_Class_GetElementCount(copy, &count);
        complete("a copy of a class", (long)count);
        MI_Class_Delete(copy);
    }
}

static void fill(MI_Instance *instance)
{
    MI_Char *texts[] = {(MI_Char *)MI_T("one"), (MI_Char *)MI_T("two")};
    MI_Value text = {.string = texts[0]}, list = {.stringa = {texts, COUNT_OF(texts)}}, inner = {.instance = instance};
    MI_Instance *outer = NULL, *copy = NULL;
    int whole = worked(MI_Instance_SetElement(instance, MI_T("Name"), &text, MI_STRING, 0), "SetElement") != 0;

    if (!worked(MI_Application_NewInstance(&application, MI_T("Outer"), NULL, &outer), "NewInstance")) return;
    whole &= worked(MI_Instance_AddElement(outer, MI_T("List"), &list, MI_STRINGA, 0), "AddElement, array") != 0;
    whole &= worked(MI_Instance_AddElement(outer, MI_T("Inner"), &inner, MI_INSTANCE, 0), "AddElement, instance") != 0;
    whole &= worked(MI_Instance_SetNameSpace(outer, MI_T("root/cork")), "SetNameSpace") != 0;
    if (worked(MI_Instance_Clone(outer, &copy), "MI_Instance_Clone"))
    {
        if (whole) complete("a copy of an instance", amount_of(copy));
        MI_Instance_Delete(copy);
    }
    MI_Instance_Delete(outer);
}

static void classes(void)
{
    MI_Class *class_object = NULL;
    MI_Instance *instance = NULL;

    if (!worked(MI_Application_NewClass(&application, &derived_class, MI_T("root/cork"), MI_T("server"), &class_object),
                "NewClass"))
        return;
    use_class(class_object);
    if (worked(MI_Application_NewInstanceFromClass(&application, MI_T("Derived"), class_object, &instance),
               "NewInstanceFromClass"))
    {
        complete("an instance of a class", amount_of(instance));
        fill(instance);
        MI_Instance_Delete(instance);
    }
    MI_Class_Delete(class_object);
}

static void declared_instances(void)
{
    MI_Instance *instance = NULL;

    if (!worked(MI_Application_NewInstance(&application, MI_T("Derived"), &derived_class, &instance),
                "NewInstance of a declaration"))
        return;
    complete("an instance of a declaration", amount_of(instance));
    MI_Instance_Delete(instance);
}

const struct scenario object_scenarios[] = {{"applications", applications, NULL},
                                            {"destination options", destination_options, NULL},
                                            {"operation options", operation_options, NULL},
                                            {"subscription options", subscription_options, NULL},
                                            {"classes", classes, NULL},
                                            {"declared instances", declared_instances, NULL},
                                            {NULL, NULL, NULL}};

/*
 * Subscriptions whose indications are asked for: intrinsic events of the machine's own WMI; queries and delivery
 * options that are refused; how they are cancelled, closed and expire.
 */
#include "mi_subscription.h"

static void subscribe(const MI_Char *query, const MI_SubscriptionDeliveryOptions *delivery, MI_Operation *operation)
{
    memset(operation, 0, sizeof(*operation));
    MI_Session_Subscribe(subscription_session(), 0, NULL, MI_T("root/cimv2"), MI_QUERY_DIALECT_WQL, query, delivery,
                         NULL, operation);
}

/* What a synchronous subscription ends with. */
struct end
{
    MI_Result result;
    MI_Uint32 code; /* of the error instance */
    MI_Char message[300];
};

static struct end end_of(MI_Operation *operation)
{
    const MI_Instance *indication = NULL, *details = NULL;
    const MI_Char *message = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Value value = {0};
    struct end end;

    memset(&end, 0, sizeof(end));
    while (more && MI_Operation_GetIndication(operation, &indication, NULL, NULL, &more, &end.result, &message,
                                              &details) == MI_RESULT_OK)
        continue;
    if (details) MI_Instance_GetElement(details, MI_T("error_Code"), &value, NULL, NULL, NULL);
    end.code = value.uint32;
    if (message) swprintf(end.message, COUNT_OF(end.message), L"%.299ls", message);
    note("the result is %d, the code 0x%x: %ls", (int)end.result, end.code, end.message);
    MI_Operation_Close(operation);
    MI_Session_Close(&subscribed_session, NULL, NULL);
    return end;
}

static struct end end_of_query(const MI_Char *query)
{
    MI_Operation operation;

    subscribe(query, NULL, &operation);
    return end_of(&operation);
}

/* ---- Events ----------------------------------------------------------------------------------------------------- */

/* The next indication, or NULL when the subscription has ended. */
static const MI_Instance *next(MI_Operation *operation)
{
    const MI_Instance *indication = NULL;
    MI_Boolean more = MI_FALSE;
    MI_Result result = MI_RESULT_FAILED;

    MI_Operation_GetIndication(operation, &indication, NULL, NULL, &more, &result, NULL, NULL);
    if (!indication) note("no indication, result %d", (int)result);
    return more && result == MI_RESULT_OK ? indication : NULL;
}

static int is_of_class(const MI_Instance *instance, const MI_Char *expected)
{
    const MI_Char *name = NULL;

    return instance && MI_Instance_GetClassName(instance, &name) == MI_RESULT_OK && !wcscmp(name, expected);
}

static const MI_Instance *embedded(const MI_Instance *event, const MI_Char *name)
{
    MI_Value value = {0};
    MI_Type type = MI_BOOLEAN;

    if (!event || MI_Instance_GetElement(event, name, &value, &type, NULL, NULL) != MI_RESULT_OK) return NULL;
    return type == MI_INSTANCE ? value.instance : NULL;
}

/* Whether the event is of this class, about a process that this one started. */
static int is_about_child(const MI_Instance *event, const MI_Char *class_name)
{
    const MI_Instance *target = embedded(event, MI_T("TargetInstance"));

    return is_of_class(event, class_name) && is_of_class(target, MI_T("Win32_Process")) &&
           has_text(target, MI_T("Name"), MI_T("cmd.exe")) &&
           has_number(target, MI_T("ParentProcessId"), GetCurrentProcessId());
}

static MI_Uint64 time_now(void)
{
    FILETIME now;

    GetSystemTimeAsFileTime(&now);
    return ((MI_Uint64)now.dwHighDateTime << 32) | now.dwLowDateTime;
}

static MI_Uint64 time_of(const MI_Instance *event)
{
    MI_Value value = {0};
    MI_Type type = MI_BOOLEAN;

    if (event) MI_Instance_GetElement(event, MI_T("TIME_CREATED"), &value, &type, NULL, NULL);
    return type == MI_UINT64 ? value.uint64 : 0;
}

static void created(void)
{
    MI_Char query[300];
    struct traffic traffic;
    MI_Operation operation;
    const MI_Instance *event;
    MI_Uint64 before = time_now(), first;
    MI_Uint32 flags = 0;
    MI_Type type = MI_BOOLEAN;

    subscribe(about_children(query, L"*", L"__InstanceCreationEvent"), NULL, &operation);
    start_traffic(&traffic);
    event = next(&operation);
    CHECK(
        MI_Session_Subscribe, __InstanceCreationEvent,
        "Reports an instance creation event, which is a type of intrinsic event that is generated when a new instance "
        "is added to the namespace. TargetInstance: Copy of the instance that was created.",
        is_about_child(event, MI_T("__InstanceCreationEvent")));
    first = time_of(event);
    CHECK(MI_Session_Subscribe, TIME_CREATED,
          "This is a 64-bit value that represents the number of 100-nanosecond intervals after January 1, 1601.",
          first >= before && first <= time_now());
    CHECK(MI_Session_Subscribe, SECURITY_DESCRIPTOR, "uint8 SECURITY_DESCRIPTOR[] (NULL: everybody may receive it)",
          event && OK(MI_Instance_GetElement(event, MI_T("SECURITY_DESCRIPTOR"), NULL, &type, &flags, NULL)) &&
              type == MI_UINT8A && (flags & MI_FLAG_NULL));
    event = next(&operation);
    CHECK(MI_Operation_GetIndication, further, "This function will block until a new indication arrives.",
          is_about_child(event, MI_T("__InstanceCreationEvent")));
    CHECK(MI_Session_Subscribe, unique_time, "Unique value that indicates the time at which the event was generated.",
          time_of(event) > first);
    stop_traffic(&traffic);
    MI_Operation_Cancel(&operation, MI_REASON_NONE);
    end_of(&operation);
}

static void gone(void)
{
    MI_Char query[300];
    struct traffic traffic;
    MI_Operation operation;

    subscribe(about_children(query, L"*", L"__InstanceDeletionEvent"), NULL, &operation);
    start_traffic(&traffic);
    CHECK(MI_Session_Subscribe, __InstanceDeletionEvent,
          "Notifies a consumer when an instance is deleted. TargetInstance: For deletion events, this is the deleted "
          "instance.",
          is_about_child(next(&operation), MI_T("__InstanceDeletionEvent")));
    stop_traffic(&traffic);
    MI_Operation_Cancel(&operation, MI_REASON_NONE);
    end_of(&operation);
}

/* The clock is a property of the operating system. */
static void modified(void)
{
    const MI_Instance *event, *target, *previous;
    MI_Value now = {0}, before = {0};
    MI_Operation operation;

    subscribe(MI_T("SELECT * FROM __InstanceModificationEvent WITHIN 0.2 WHERE TargetInstance ISA "
                   "'Win32_OperatingSystem' AND TargetInstance.LocalDateTime > PreviousInstance.LocalDateTime"),
              NULL, &operation);
    event = next(&operation);
    target = embedded(event, MI_T("TargetInstance"));
    previous = embedded(event, MI_T("PreviousInstance"));
    if (target) MI_Instance_GetElement(target, MI_T("LocalDateTime"), &now, NULL, NULL, NULL);
    if (previous) MI_Instance_GetElement(previous, MI_T("LocalDateTime"), &before, NULL, NULL, NULL);
    CHECK(MI_Session_Subscribe, __InstanceModificationEvent,
          "TargetInstance: New version of the changed instance. PreviousInstance: Copy of the instance prior to "
          "modification.",
          is_of_class(event, MI_T("__InstanceModificationEvent")) && target && previous &&
              memcmp(&now.datetime, &before.datetime, sizeof(now.datetime)));
    MI_Operation_Cancel(&operation, MI_REASON_NONE);
    end_of(&operation);
}

/* A process also changes while it lives: its modifications come between. */
static void all_kinds(void)
{
    MI_Char query[300];
    struct traffic traffic;
    MI_Operation operation;
    int creations = 0, deletions = 0, wrong = 0;

    subscribe(about_children(query, L"TargetInstance.Handle", L"__InstanceOperationEvent"), NULL, &operation);
    start_traffic(&traffic);
    while (creations < 1 || deletions < 1)
    {
        const MI_Instance *event = next(&operation);
        MI_Uint32 count = 0;

        if (!event) break;
        creations += is_about_child(event, MI_T("__InstanceCreationEvent"));
        deletions += is_about_child(event, MI_T("__InstanceDeletionEvent"));
        MI_Instance_GetElementCount(event, &count);
        wrong += count != 1;
    }
    CHECK(MI_Session_Subscribe, __InstanceOperationEvent,
          "You can use this class in queries to get all types events associated with an instance.",
          creations >= 1 && deletions >= 1);
    CHECK(MI_Session_Subscribe, embedded_properties,
          "However, all of the properties of an embedded object are returned, even if the query specifies embedded "
          "object properties. (And of the event's own, only those that are named.)",
          !wrong);
    stop_traffic(&traffic);
    MI_Operation_Cancel(&operation, MI_REASON_NONE);
    end_of(&operation);
}

static void results(void)
{
    MI_Char query[300], name[MAX_COMPUTERNAME_LENGTH + 1] = {0};
    const MI_Char *bookmark = MI_T("?"), *machine = NULL, *message = MI_T("?");
    const MI_Instance *event = NULL, *details = NULL;
    DWORD length = COUNT_OF(name);
    MI_Boolean more = MI_FALSE;
    MI_Result result = MI_RESULT_FAILED;
    struct traffic traffic;
    MI_Operation operation;

    GetComputerNameW(name, &length);
    subscribe(about_children(query, L"*", L"__InstanceCreationEvent"), NULL, &operation);
    start_traffic(&traffic);
    CHECK(MI_Operation_GetIndication, instance, "Returned indication instance.",
          OK(MI_Operation_GetIndication(&operation, &event, &bookmark, &machine, &more, &result, &message, &details)) &&
              event);
    CHECK(MI_Operation_GetIndication, result, "A value of MI_RESULT_OK indicates success.",
          result == MI_RESULT_OK && !message && !details);
    CHECK(MI_Operation_GetIndication, moreResults, "A value of MI_TRUE means that more results can be retrieved.",
          more == MI_TRUE);
    CHECK(MI_Operation_GetIndication, bookmark, "Most providers do not support this functionality. (NULL)", !bookmark);
    CHECK(MI_Operation_GetIndication, machineID, "Returned machine identification indicating the origin of the event.",
          machine && !wcscmp(machine, name));
    stop_traffic(&traffic);
    MI_Operation_Cancel(&operation, MI_REASON_NONE);
    end_of(&operation);
}

/* The clock makes an event a second. */
static void grouped(void)
{
    const MI_Instance *event, *first;
    MI_Operation operation;
    MI_Value count = {0};

    subscribe(MI_T("SELECT * FROM __InstanceModificationEvent WITHIN 0.1 WHERE TargetInstance ISA "
                   "'Win32_OperatingSystem' AND TargetInstance.LocalDateTime <> PreviousInstance.LocalDateTime GROUP "
                   "WITHIN 3 BY TargetInstance.Caption HAVING NumberOfEvents > 1"),
              NULL, &operation);
    event = next(&operation);
    first = embedded(event, MI_T("Representative"));
    if (event) MI_Instance_GetElement(event, MI_T("NumberOfEvents"), &count, NULL, NULL, NULL);
    CHECK(MI_Session_Subscribe, __AggregateEvent,
          "The NumberOfEvents property contains the number of events received during the grouping interval.",
          is_of_class(event, MI_T("__AggregateEvent")) && count.uint32 > 1);
    CHECK(MI_Session_Subscribe, Representative,
          "The Representative property is an embedded object that contains one of the instances received during the "
          "grouping interval",
          is_of_class(first, MI_T("__InstanceModificationEvent")) && embedded(first, MI_T("TargetInstance")));
    MI_Operation_Cancel(&operation, MI_REASON_NONE);
    end_of(&operation);
}

/* ---- What is refused -------------------------------------------------------------------------------------------- */

static void refused_queries(void)
{
    struct end end = end_of_query(MI_T("SELECT * FROM __InstanceCreationEvent WITHIN"));

    CHECK(MI_Session_Subscribe, WBEM_E_INVALID_QUERY, "The query contained a syntax error. (And the text says where.)",
          end.result == MI_RESULT_INVALID_QUERY && end.code == 0x80041017 && wcsstr(end.message, L"Character 45"));
    end = end_of_query(MI_T("SELECT * FROM __InstanceCreationEvent WITHIN 1 WHERE TargetInstance ISA 'Nothing'"));
    CHECK(MI_Session_Subscribe, WBEM_E_INVALID_CLASS, "The query specifies a class that does not exist.",
          end.result == MI_RESULT_INVALID_CLASS && end.code == 0x80041010);
    end = end_of_query(MI_T("SELECT * FROM __InstanceCreationEvent WITHIN 1"));
    CHECK(MI_Session_Subscribe, WBEMESS_E_REGISTRATION_TOO_BROAD,
          "returned when an event query results in a request to poll all objects in a namespace",
          end.result == MI_RESULT_INVALID_QUERY && end.code == 0x80042001);
    end = end_of_query(MI_T("SELECT * FROM __InstanceCreationEvent WHERE TargetInstance ISA 'Win32_Process'"));
    CHECK(MI_Session_Subscribe, WBEMESS_E_REGISTRATION_TOO_PRECISE, "A WITHIN clause was not used in this query.",
          end.result == MI_RESULT_INVALID_QUERY && end.code == 0x80042002);
    end = end_of_query(
        MI_T("SELECT * FROM __InstanceCreationEvent WITHIN 0.001 WHERE TargetInstance ISA 'Win32_Process'"));
    CHECK(MI_Session_Subscribe, too_short,
          "specifying a value that is too small can cause WMI to reject the statement as not valid",
          end.result == MI_RESULT_INVALID_QUERY && end.code == 0x80042002);
    end =
        end_of_query(MI_T("SELECT * FROM __InstanceCreationEvent WITHIN 1 WHERE TargetInstance ISA 'Win32_Process' AND "
                          "TargetInstance.ProcessId = 'some'"));
    CHECK(MI_Session_Subscribe, type, "The value of the constant must be of the correct type for the property.",
          end.result == MI_RESULT_TYPE_MISMATCH);
    end =
        end_of_query(MI_T("SELECT * FROM __InstanceCreationEvent WITHIN 1 WHERE TargetInstance ISA 'Win32_Process' AND "
                          "TargetInstance.Nmae = 'some'"));
    CHECK(MI_Session_Subscribe, property, "(a property that the class has not)",
          end.result == MI_RESULT_INVALID_QUERY && wcsstr(end.message, L"Nmae"));
    end = end_of_query(MI_T("SELECT * FROM __InstanceCreationEvent WITHIN 1 WHERE TargetInstance ISA 'Win32_Process' "
                            "GROUP BY TargetInstance.Name"));
    CHECK(MI_Session_Subscribe, group_within,
          "The GROUP clause must contain a WITHIN clause to specify the grouping interval",
          end.result == MI_RESULT_INVALID_QUERY && end.code == 0x80041017);
    end = end_of_query(MI_T("SELECT * FROM Win32_ProcessStartTrace"));
    CHECK(MI_Session_Subscribe, extrinsic, "(an extrinsic event that nobody provides: WMI's own error)",
          end.result == MI_RESULT_FAILED && end.code == 0x80041001 && wcsstr(end.message, L"Win32_ProcessStartTrace"));
}

static struct end end_with(const MI_Char *name_space, const MI_Char *dialect, const MI_Char *query)
{
    MI_Operation operation = MI_OPERATION_NULL;

    MI_Session_Subscribe(subscription_session(), 0, NULL, name_space, dialect, query, NULL, NULL, &operation);
    return end_of(&operation);
}

static void refused_arguments(void)
{
    MI_Operation operation = MI_OPERATION_NULL;
    MI_SubscriptionDeliveryOptions none = MI_SUBSCRIPTIONDELIVERYOPTIONS_NULL;
    const MI_Instance *indication = NULL;

    CHECK(MI_Session_Subscribe, queryDialect, "Note that some servers do not support both dialects.",
          end_with(NULL, MI_QUERY_DIALECT_CQL, NEVER).result == MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED);
    CHECK(MI_Session_Subscribe, no_dialect, "An optional, null-terminated string (WQL where there is none)",
          end_with(NULL, NULL, MI_T("SELECT")).code == 0x80041017);
    CHECK(MI_Session_Subscribe, queryExpression, "For WMI DCOM transport, this value must be specified.",
          end_with(NULL, MI_QUERY_DIALECT_WQL, NULL).result == MI_RESULT_INVALID_PARAMETER);
    CHECK(MI_Session_Subscribe, namespaceName, "(a namespace that there is not)",
          end_with(MI_T("root/none"), MI_QUERY_DIALECT_WQL, NEVER).result == MI_RESULT_INVALID_NAMESPACE);
    subscribe(NEVER, &none, &operation);
    CHECK(MI_Session_Subscribe, deliverOptions, "(options that are none)",
          end_of(&operation).result == MI_RESULT_INVALID_PARAMETER);
    MI_Session_EnumerateInstances(subscription_session(), 0, NULL, NULL, MI_T("Win32_Process"), MI_FALSE, NULL,
                                  &operation);
    CHECK(MI_Operation_GetIndication, no_subscription,
          "This function should not be called on non-subscription calls or a non-subscription operation.",
          GIVES(MI_RESULT_INVALID_PARAMETER,
                MI_Operation_GetIndication(&operation, &indication, NULL, NULL, NULL, NULL, NULL, NULL)));
    MI_Operation_Close(&operation);
    MI_Session_Close(&subscribed_session, NULL, NULL);
}

/* ---- Delivery options ------------------------------------------------------------------------------------------- */

static MI_SubscriptionDeliveryOptions delivery;

static MI_SubscriptionDeliveryOptions *deliver(MI_SubscriptionDeliveryType type)
{
    memset(&delivery, 0, sizeof(delivery));
    MI_Application_NewSubscriptionDeliveryOptions(application(), type, &delivery);
    return &delivery;
}

static struct end end_of_delivery(void)
{
    MI_Operation operation;

    subscribe(NEVER, &delivery, &operation);
    MI_SubscriptionDeliveryOptions_Delete(&delivery);
    return end_of(&operation);
}

static void refused_options(void)
{
    static const MI_Interval second = {0, 0, 0, 1, 0, 0, 0, 0};
    MI_UserCredentials credentials = {MI_AUTH_TYPE_BASIC, {{MI_T("domain"), MI_T("user"), MI_T("password")}}};
    MI_Datetime past = {MI_TRUE, {{2001, 2, 3, 4, 5, 6, 0, 0}}};

    deliver(MI_SubscriptionDeliveryType_Push);
    CHECK(MI_SubscriptionDeliveryType, MI_SubscriptionDeliveryType_Push,
          "This is not supported when using the DCOM protocol.", end_of_delivery().result == MI_RESULT_NOT_SUPPORTED);
    MI_SubscriptionDeliveryOptions_SetHeartbeatInterval(deliver(MI_SubscriptionDeliveryType_Pull), &second);
    CHECK(MI_SubscriptionDeliveryOptions_SetHeartbeatInterval, pull, "This function is relevant for push delivery.",
          end_of_delivery().result == MI_RESULT_NOT_SUPPORTED);
    MI_SubscriptionDeliveryOptions_SetDeliveryDestination(deliver(MI_SubscriptionDeliveryType_Pull), MI_T("there"));
    CHECK(MI_SubscriptionDeliveryOptions_SetDeliveryDestination, pull,
          "This function is relevant only to push delivery.", end_of_delivery().result == MI_RESULT_NOT_SUPPORTED);
    MI_SubscriptionDeliveryOptions_SetDeliveryPortNumber(deliver(MI_SubscriptionDeliveryType_Pull), 99);
    CHECK(MI_SubscriptionDeliveryOptions_SetDeliveryPortNumber, pull,
          "This function is only valid when using Windows Remote Management (WinRM). It is relevant only for push "
          "delivery.",
          end_of_delivery().result == MI_RESULT_NOT_SUPPORTED);
    MI_SubscriptionDeliveryOptions_SetDeliveryRetryInterval(deliver(MI_SubscriptionDeliveryType_Pull), &second);
    CHECK(MI_SubscriptionDeliveryOptions_SetDeliveryRetryInterval, pull,
          "Sets the delivery retry interval for subscriptions that are for push delivery.",
          end_of_delivery().result == MI_RESULT_NOT_SUPPORTED);
    MI_SubscriptionDeliveryOptions_SetDeliveryRetryAttempts(deliver(MI_SubscriptionDeliveryType_Pull), 3);
    CHECK(MI_SubscriptionDeliveryOptions_SetDeliveryRetryAttempts, pull,
          "Sets the number of times a push delivery subscription will try to deliver a result.",
          end_of_delivery().result == MI_RESULT_NOT_SUPPORTED);
    MI_SubscriptionDeliveryOptions_AddDeliveryCredentials(deliver(MI_SubscriptionDeliveryType_Pull), &credentials);
    CHECK(MI_SubscriptionDeliveryOptions_AddDeliveryCredentials, pull,
          "This setting is only used by Windows Remote Management (WinRM).",
          end_of_delivery().result == MI_RESULT_NOT_SUPPORTED);
    MI_SubscriptionDeliveryOptions_SetBookmark(deliver(MI_SubscriptionDeliveryType_Pull), MI_T("page 5"));
    CHECK(MI_SubscriptionDeliveryOptions_SetBookmark, bookmark, "Most providers do not support this functionality.",
          end_of_delivery().result == MI_RESULT_NOT_SUPPORTED);
    MI_SubscriptionDeliveryOptions_SetExpirationTime(deliver(MI_SubscriptionDeliveryType_Pull), &past);
    CHECK(MI_SubscriptionDeliveryOptions_SetExpirationTime, past, "(a time that is past)",
          end_of_delivery().result == MI_RESULT_INVALID_PARAMETER);
    MI_SubscriptionDeliveryOptions_SetNumber(deliver(MI_SubscriptionDeliveryType_Pull), MI_T("Colour"), 3, 0);
    CHECK(MI_SubscriptionDeliveryOptions_SetNumber, unknown, "(an option that nobody knows)",
          end_of_delivery().result == MI_RESULT_NOT_SUPPORTED);
}

static void honoured_options(void)
{
    static const MI_Interval second = {0, 0, 0, 1, 0, 0, 0, 0};
    MI_Datetime in_a_second = {MI_FALSE, {{0}}};
    struct end end;

    in_a_second.u.interval = second;
    deliver(MI_SubscriptionDeliveryType_Pull);
    MI_SubscriptionDeliveryOptions_SetMaximumLatency(&delivery, &second);
    MI_SubscriptionDeliveryOptions_SetBookmark(&delivery, MI_SUBSCRIBE_BOOKMARK_NEWEST);
    MI_SubscriptionDeliveryOptions_SetExpirationTime(&delivery, &in_a_second);
    end = end_of_delivery();
    CHECK(MI_SubscriptionDeliveryOptions_SetExpirationTime, expires,
          "Sets the subscription expiration time (when the subscription will shut down).", end.result == MI_RESULT_OK);
    CHECK(MI_SubscriptionDeliveryOptions_SetMaximumLatency, pull,
          "Sets the maximum amount of time that the server will hold a result before delivering it to the client.",
          end.result == MI_RESULT_OK);
    deliver(MI_SubscriptionDeliveryType_Pull);
    MI_SubscriptionDeliveryOptions_SetBookmark(&delivery, MI_SUBSCRIBE_BOOKMARK_OLDEST);
    MI_SubscriptionDeliveryOptions_SetExpirationTime(&delivery, &in_a_second);
    CHECK(MI_SubscriptionDeliveryOptions_SetBookmark, MI_SUBSCRIBE_BOOKMARK_OLDEST,
          "Start the subscription from the earliest possible indication.", end_of_delivery().result == MI_RESULT_OK);
}

/* ---- Cancelling and closing ------------------------------------------------------------------------------------- */

static DWORD WINAPI wait_for_end(void *context)
{
    const MI_Instance *indication = NULL;
    MI_Boolean more = MI_TRUE;
    MI_Result result = MI_RESULT_OK;

    while (more)
        MI_Operation_GetIndication(context, &indication, NULL, NULL, &more, &result, NULL, NULL);
    return (DWORD)result;
}

static void cancelled(void)
{
    MI_Operation operation;
    DWORD result = 0;
    HANDLE thread;

    subscribe(NEVER, NULL, &operation);
    thread = CreateThread(NULL, 0, wait_for_end, &operation, 0, NULL);
    CHECK(MI_Operation_GetIndication, blocks, "This function will block until a new indication arrives.",
          WaitForSingleObject(thread, 200) == WAIT_TIMEOUT);
    MI_Operation_Cancel(&operation, MI_REASON_NONE);
    CHECK(MI_Operation_Cancel, subscription,
          "Calling MI_Operation_Cancel before it is complete will cause the operation to shutdown. (The interval of an "
          "hour is not waited for.)",
          WaitForSingleObject(thread, PATIENCE) == WAIT_OBJECT_0 && GetExitCodeThread(thread, &result) &&
              result == MI_RESULT_FAILED);
    CloseHandle(thread);
    MI_Operation_Close(&operation);
    CHECK(MI_Session_Close, after_subscription, "(nothing is left)",
          OK(MI_Session_Close(&subscribed_session, NULL, NULL)));
    subscribe(NEVER, NULL, &operation);
    MI_Operation_Close(&operation);
    CHECK(MI_Operation_Close, subscription, "(a subscription can be closed as it is)",
          OK(MI_Session_Close(&subscribed_session, NULL, NULL)));
}

static void too_late(void)
{
    static const MI_Interval second = {0, 0, 0, 1, 0, 0, 0, 0};
    MI_OperationOptions options = MI_OPERATIONOPTIONS_NULL;
    MI_Operation operation = MI_OPERATION_NULL;
    struct end end;

    MI_Application_NewOperationOptions(application(), MI_FALSE, &options);
    MI_OperationOptions_SetTimeout(&options, &second);
    MI_Session_Subscribe(subscription_session(), 0, &options, NULL, NULL, NEVER, NULL, NULL, &operation);
    end = end_of(&operation);
    CHECK(MI_OperationOptions_SetTimeout, subscription,
          "For enumerations/subscribe/association, the interval is the maximum length before objects are delivered "
          "before it times out",
          end.result == MI_RESULT_FAILED && end.code == 0x80041069);
    MI_OperationOptions_Delete(&options);
}

static const struct test_case cases[] = {{"created", created},
                                         {"gone", gone},
                                         {"modified", modified},
                                         {"all kinds", all_kinds},
                                         {"results", results},
                                         {"grouped", grouped},
                                         {"refused queries", refused_queries},
                                         {"refused arguments", refused_arguments},
                                         {"refused options", refused_options},
                                         {"honoured options", honoured_options},
                                         {"cancelled", cancelled},
                                         {"too late", too_late},
                                         {NULL, NULL}};
const struct group subscribe_group = {"subscribe", __FILE__, cases};

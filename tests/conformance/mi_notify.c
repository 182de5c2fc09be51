/*
 * Subscriptions to a WMI of the tests' own: it says when it is polled, its classes are derived from others, and it has
 * notification queries.
 */
#include "mi_operate.h"

#include "mi_own_wmi.h"

#define SPACE MI_T("root\\fake")
/* Both classes, of which the one is derived from the other: each event comes once. */
#define CHANGES                                                                                                        \
    MI_T("SELECT * FROM __InstanceOperationEvent WITHIN 0.05 WHERE (TargetInstance ISA 'Fake_Everything' OR "          \
         "TargetInstance ISA 'Fake_Root') AND TargetInstance ISA 'fake_root'")

static void subscribe(const MI_Char *query, MI_Operation *operation)
{
    memset(operation, 0, sizeof(*operation));
    MI_Session_Subscribe(open_session(), 0, NULL, SPACE, NULL, query, NULL, NULL, operation);
}

/* Waits until the subscription has seen what there is, whatever comes after: until it has begun to poll again. */
static void wait_for_polls(long before)
{
    while (own_wmi_enumerations() < before + 2)
        Sleep(1);
}

/* The class of the next event, and of its target, as "event target"; how it ended where there is none. */
static const MI_Char *next(MI_Operation *operation, MI_Char text[100])
{
    const MI_Instance *event = NULL;
    const MI_Char *class_name = L"", *target_name = L"";
    MI_Boolean more = MI_FALSE;
    MI_Result result = MI_RESULT_FAILED;
    MI_Value target = {0};

    MI_Operation_GetIndication(operation, &event, NULL, NULL, &more, &result, NULL, NULL);
    if (event)
    {
        MI_Instance_GetClassName(event, &class_name);
        if (MI_Instance_GetElement(event, MI_T("TargetInstance"), &target, NULL, NULL, NULL) == MI_RESULT_OK)
            MI_Instance_GetClassName(target.instance, &target_name);
        swprintf(text, 100, L"%ls %ls", class_name, target_name);
    }
    else
        swprintf(text, 100, L"the end: %d", (int)result);
    note("%ls", text);
    return text;
}

static void cancel(MI_Operation *operation)
{
    MI_Char text[100];

    MI_Operation_Cancel(operation, MI_REASON_NONE);
    while (wcsncmp(next(operation, text), L"the end", 7))
        continue;
    MI_Operation_Close(operation);
}

static void change(void (*start)(MI_Session *session, const MI_Instance *instance, MI_Operation *operation),
                   MI_Instance *instance)
{
    MI_Operation operation = MI_OPERATION_NULL;

    start(open_session(), instance, &operation);
    finish(&operation, NULL);
}

static void create(MI_Session *session, const MI_Instance *instance, MI_Operation *operation)
{
    MI_Session_CreateInstance(session, 0, NULL, SPACE, instance, NULL, operation);
}

static void modify(MI_Session *session, const MI_Instance *instance, MI_Operation *operation)
{
    MI_Session_ModifyInstance(session, 0, NULL, SPACE, instance, NULL, operation);
}

static void remove_it(MI_Session *session, const MI_Instance *instance, MI_Operation *operation)
{
    MI_Session_DeleteInstance(session, 0, NULL, SPACE, instance, NULL, operation);
}

static void derived(void)
{
    MI_Instance *instance = key_instance(MI_T("Fake_Everything"), MI_T("Id"), MI_T("one"));
    long before = own_wmi_enumerations();
    MI_Operation operation;
    MI_Char text[100];

    own_wmi_begin();
    change(create, instance);
    subscribe(CHANGES, &operation);
    wait_for_polls(before);
    put_number(instance, MI_T("uint32"), 7);
    change(modify, instance);
    CHECK(MI_Session_Subscribe, derived_modified,
          "it requests notification of events for all classes within a class hierarchy, rather than a specific event "
          "class (What was there already is no event.)",
          !wcscmp(next(&operation, text), L"__InstanceModificationEvent Fake_Everything"));
    change(remove_it, instance);
    CHECK(MI_Session_Subscribe, derived_deleted, "Notifies a consumer when an instance is deleted. (Each event once.)",
          !wcscmp(next(&operation, text), L"__InstanceDeletionEvent Fake_Everything"));
    change(create, instance);
    CHECK(MI_Session_Subscribe, derived_created, "Notifies a consumer when a class instance is created.",
          !wcscmp(next(&operation, text), L"__InstanceCreationEvent Fake_Everything"));
    cancel(&operation);
    MI_Instance_Delete(instance);
    CHECK(MI_Session_Close, objects_of_subscription, "(a subscription leaves nothing of WMI's)", own_wmi_end());
}

/* Of the instances that are polled, those that the condition is true for: of the base, and not of what is derived. */
static void base_only(void)
{
    MI_Instance *instance = key_instance(MI_T("Fake_Everything"), MI_T("Id"), MI_T("one"));
    MI_Instance *base = key_instance(MI_T("Fake_Root"), MI_T("Id"), MI_T("two"));
    long before = own_wmi_enumerations();
    MI_Operation operation;
    MI_Char text[100];

    own_wmi_begin();
    subscribe(MI_T("SELECT * FROM __InstanceCreationEvent WITHIN 0.05 WHERE NOT TargetInstance ISA 'Fake_Everything' "
                   "AND TargetInstance ISA 'Fake_Root'"),
              &operation);
    wait_for_polls(before);
    change(create, instance);
    change(create, base);
    CHECK(MI_Session_Subscribe, not_isa, "Each group must be joined with the AND, OR, or NOT operators",
          !wcscmp(next(&operation, text), L"__InstanceCreationEvent Fake_Root"));
    cancel(&operation);
    MI_Instance_Delete(instance);
    MI_Instance_Delete(base);
    own_wmi_end();
}

static void notified(void)
{
    MI_Instance *instance = key_instance(MI_T("Fake_Everything"), MI_T("Id"), MI_T("one"));
    MI_Operation operation;
    MI_Char text[100];

    own_wmi_begin();
    change(create, instance);
    subscribe(MI_T("SELECT * FROM Fake_Notice"), &operation);
    CHECK(MI_Session_Subscribe, notification, "(where WMI has notification queries, its events are handed on)",
          !wcscmp(next(&operation, text), L"Fake_Everything ") && !wcscmp(next(&operation, text), L"the end: 0"));
    MI_Operation_Close(&operation);
    subscribe(MI_T("SELECT * FROM Fake_Denied"), &operation);
    CHECK(MI_Session_Subscribe, denied, "WBEM_E_ACCESS_DENIED (what WMI says of the query itself is the result)",
          !wcscmp(next(&operation, text), L"the end: 2"));
    MI_Operation_Close(&operation);
    MI_Instance_Delete(instance);
    CHECK(MI_Session_Close, objects_of_notification, "(a subscription leaves nothing of WMI's)", own_wmi_end());
}

static const struct test_case cases[] = {
    {"derived", derived}, {"base only", base_only}, {"notified", notified}, {NULL, NULL}};
const struct group notify_group = {"notify", __FILE__, cases};

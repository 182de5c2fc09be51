/*
 * Subscriptions by callbacks: indications and their acknowledgement, the final result, the close of the session.
 */
#include "mi_subscription.h"

struct inbox
{
    volatile LONG indications, finals, wrong;
    MI_OperationCallback_ResultAcknowledgement acknowledge;
    MI_Operation operation;
    MI_Result result;
    HANDLE arrived, final;
};

static void MI_CALL on_indication(MI_Operation *operation, void *context, const MI_Instance *indication,
                                  const MI_Char *bookmark, const MI_Char *machine, MI_Boolean more, MI_Result result,
                                  const MI_Char *message, const MI_Instance *details,
                                  MI_OperationCallback_ResultAcknowledgement acknowledge)
{
    struct inbox *inbox = context;

    (void)message;
    (void)details;
    if (inbox->finals || more != (indication != NULL) || bookmark || (indication && !machine))
        InterlockedIncrement(&inbox->wrong);
    if (operation) inbox->operation = *operation;
    inbox->acknowledge = acknowledge;
    if (more)
    {
        InterlockedIncrement(&inbox->indications);
        SetEvent(inbox->arrived);
        return;
    }
    inbox->result = result;
    InterlockedIncrement(&inbox->finals);
    SetEvent(inbox->final);
}

static void subscribe_by_callback(struct inbox *inbox, MI_Uint32 flags, const MI_Char *query, MI_Operation *operation)
{
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;

    memset(inbox, 0, sizeof(*inbox));
    inbox->arrived = CreateEventW(NULL, FALSE, FALSE, NULL);
    inbox->final = CreateEventW(NULL, TRUE, FALSE, NULL);
    callbacks.callbackContext = inbox;
    callbacks.indicationResult = on_indication;
    memset(operation, 0, sizeof(*operation));
    MI_Session_Subscribe(subscription_session(), flags, NULL, NULL, MI_QUERY_DIALECT_WQL, query, NULL, &callbacks,
                         operation);
}

static void close_inbox(struct inbox *inbox)
{
    CloseHandle(inbox->arrived);
    CloseHandle(inbox->final);
}

static void by_callbacks(void)
{
    static struct inbox inbox;
    MI_Char query[300];
    struct traffic traffic;
    MI_Operation operation;
    const MI_Instance *indication = NULL;

    subscribe_by_callback(&inbox, 0, about_children(query, L"*", L"__InstanceCreationEvent"), &operation);
    start_traffic(&traffic);
    CHECK(MI_OperationCallback_Indication, indications,
          "To carry out the operation asynchronously, the structure's indicationResult callback member must be "
          "specified.",
          WaitForSingleObject(inbox.arrived, INFINITE) == WAIT_OBJECT_0 &&
              WaitForSingleObject(inbox.arrived, INFINITE) == WAIT_OBJECT_0 && inbox.indications >= 2);
    CHECK(MI_Operation_GetIndication, asynchronous,
          "If this member is not specified, the client must call the MI_Operation_GetIndication function (and else it "
          "hands nothing out)",
          GIVES(MI_RESULT_INVALID_PARAMETER,
                MI_Operation_GetIndication(&operation, &indication, NULL, NULL, NULL, NULL, NULL, NULL)));
    stop_traffic(&traffic);
    MI_Operation_Cancel(&operation, MI_REASON_NONE);
    CHECK(MI_OperationCallback_Indication, final, "(the final result comes once, and last)",
          WaitForSingleObject(inbox.final, PATIENCE) == WAIT_OBJECT_0 && inbox.result == MI_RESULT_FAILED);
    MI_Operation_Close(&operation);
    MI_Session_Close(&subscribed_session, NULL, NULL);
    CHECK(MI_OperationCallback_Indication, order,
          "(no indication comes after it; each has its machine, and no bookmark)", !inbox.wrong && inbox.finals == 1);
    close_inbox(&inbox);
}

/* While an indication is not acknowledged, further events wait in the machine's state, not in memory. */
static void acknowledged(void)
{
    static struct inbox inbox;
    MI_Char query[300];
    struct traffic traffic;
    MI_Operation operation;
    LONG started;

    subscribe_by_callback(&inbox, MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS,
                          about_children(query, L"*", L"__InstanceOperationEvent"), &operation);
    start_traffic(&traffic);
    WaitForSingleObject(inbox.arrived, INFINITE);
    for (started = traffic.started; traffic.started < started + 2;)
        Sleep(50);
    CHECK(
        MI_OperationCallback_Indication, resultAcknowledgement,
        "(with MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS there is no next indication before the last one was acknowledged)",
        inbox.indications == 1 && inbox.acknowledge);
    if (inbox.acknowledge) inbox.acknowledge(&inbox.operation);
    CHECK(MI_OperationCallback_Indication, next, "(and then it comes)",
          inbox.acknowledge && WaitForSingleObject(inbox.arrived, INFINITE) == WAIT_OBJECT_0 && inbox.indications == 2);
    stop_traffic(&traffic);
    MI_Operation_Close(&operation);
    CHECK(MI_Session_Close, unacknowledged, "(an indication that is never acknowledged holds up no close)",
          OK(MI_Session_Close(&subscribed_session, NULL, NULL)) && inbox.finals == 1 && !inbox.wrong);
    close_inbox(&inbox);
}

static DWORD WINAPI wait_for_session(void *context)
{
    (void)context;
    return (DWORD)MI_Session_Close(&subscribed_session, NULL, NULL);
}

static void session_closed(void)
{
    static struct inbox inbox;
    MI_Operation operation;
    HANDLE thread;

    subscribe_by_callback(&inbox, 0, NEVER, &operation);
    thread = CreateThread(NULL, 0, wait_for_session, NULL, 0, NULL);
    CHECK(
        MI_Session_Close, cancels_subscription,
        "Closing a session will cause all operations that are currently running to be canceled. (The callback gets the "
        "final result first.)",
        WaitForSingleObject(inbox.final, PATIENCE) == WAIT_OBJECT_0 && inbox.finals == 1);
    MI_Operation_Close(&operation);
    CHECK(MI_Session_Close, waits_for_subscription, "(it returns when the operation handle is closed)",
          WaitForSingleObject(thread, PATIENCE) == WAIT_OBJECT_0);
    CloseHandle(thread);
    close_inbox(&inbox);
}

/* As many as one session has. */
static void many_at_once(void)
{
    enum
    {
        COUNT = 50
    };
    static struct inbox inboxes[COUNT];
    static MI_Operation operations[COUNT];
    MI_OperationCallbacks callbacks = MI_OPERATIONCALLBACKS_NULL;
    HANDLE thread;
    int ended = 0;

    subscription_session();
    callbacks.indicationResult = on_indication;
    memset(inboxes, 0, sizeof(inboxes));
    for (int i = 0; i < COUNT; i++)
    {
        inboxes[i].final = CreateEventW(NULL, TRUE, FALSE, NULL);
        callbacks.callbackContext = &inboxes[i];
        MI_Session_Subscribe(&subscribed_session, 0, NULL, NULL, NULL, NEVER, NULL, &callbacks, &operations[i]);
    }
    thread = CreateThread(NULL, 0, wait_for_session, NULL, 0, NULL);
    for (int i = 0; i < COUNT; i++)
    {
        ended += WaitForSingleObject(inboxes[i].final, PATIENCE) == WAIT_OBJECT_0 && inboxes[i].finals == 1;
        MI_Operation_Close(&operations[i]);
    }
    CHECK(MI_Session_Close, many_subscriptions, "(50 subscriptions are cancelled, and each gets its final result)",
          WaitForSingleObject(thread, PATIENCE) == WAIT_OBJECT_0 && ended == COUNT);
    CloseHandle(thread);
    for (int i = 0; i < COUNT; i++)
        CloseHandle(inboxes[i].final);
}

static const struct test_case cases[] = {{"by callbacks", by_callbacks},
                                         {"acknowledged", acknowledged},
                                         {"session closed", session_closed},
                                         {"many at once", many_at_once},
                                         {NULL, NULL}};
const struct group subscribe_callbacks_group = {"subscribe_callbacks", __FILE__, cases};

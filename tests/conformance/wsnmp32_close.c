/*
 * SnmpClose: one close wins, nothing works with the session afterwards, what is outstanding is discarded, and nothing
 * is delivered any more. Close in the callback, close racing close, exit without closing.
 */
#include "wsnmp32_test.h"

static struct exchange it;

static void success_and_second(void)
{
    struct inbox inbox;
    HSNMP_SESSION session;

    start_snmp();
    session = open_session(&inbox);
    CHECK(SnmpClose, SNMPAPI_SUCCESS, "If the function succeeds, the return value is SNMPAPI_SUCCESS.",
          returned(pSnmpClose(session), SNMPAPI_SUCCESS));
    CHECK(SnmpClose, SNMPAPI_SESSION_INVALID, "The session parameter is invalid.",
          FAILS(SNMPAPI_SESSION_INVALID, pSnmpClose(session)) && FAILS(SNMPAPI_SESSION_INVALID, pSnmpClose(NULL)));
    for (int i = 0; i < 100; i++)
        pSnmpClose(open_session(&inbox));
    CHECK(SnmpClose, stale_handle,
          "The session parameter is invalid. (the handle of a closed session stays so when others are opened)",
          FAILS(SNMPAPI_SESSION_INVALID, pSnmpClose(session)));
}

#define REFUSES(function, ...)                                                                                         \
    CHECK(function, closed_session, "The session parameter is invalid. (the session was closed)",                      \
          FAILS(SNMPAPI_SESSION_INVALID, p##function(__VA_ARGS__)))

static void closed_session_everywhere(void)
{
    struct inbox inbox, other_inbox;
    HSNMP_SESSION session, other;
    HSNMP_ENTITY entity;
    HSNMP_CONTEXT context;
    HSNMP_VBL vbl;
    HSNMP_PDU pdu;
    smiOCTETS octets = {6, (smiLPBYTE) "public"};

    start_snmp();
    session = open_session(&inbox);
    other = open_session(&other_inbox);
    entity = pSnmpStrToEntity(other, "127.0.0.1");
    context = context_of(other, "public");
    vbl = pSnmpCreateVbl(other, &sys_descr, NULL);
    pdu = pdu_of(other, SNMP_PDU_GET, 1);
    pSnmpClose(session);
    REFUSES(SnmpStrToEntity, session, "127.0.0.1");
    REFUSES(SnmpStrToContext, session, &octets);
    REFUSES(SnmpCreateVbl, session, &sys_descr, NULL);
    REFUSES(SnmpDuplicateVbl, session, vbl);
    REFUSES(SnmpCreatePdu, session, SNMP_PDU_GET, 1, 0, 0, vbl);
    REFUSES(SnmpDuplicatePdu, session, pdu);
    REFUSES(SnmpSendMsg, session, entity, entity, context, pdu);
    REFUSES(SnmpRecvMsg, session, &entity, &entity, &context, &pdu);
    REFUSES(SnmpRegister, session, NULL, NULL, NULL, NULL, SNMPAPI_ON);
    REFUSES(SnmpCancelMsg, session, 1);
    REFUSES(SnmpEncodeMsg, session, entity, entity, context, pdu, &octets);
    octets = (smiOCTETS){6, (smiLPBYTE) "public"};
    REFUSES(SnmpDecodeMsg, session, &entity, &entity, &context, &pdu, &octets);
}

static void outstanding_discarded(void)
{
    struct inbox later;
    HSNMP_SESSION session;

    if (!exchange_start(&it, ANSWER_NOTHING, 1)) return;
    pSnmpSetTimeout(it.agent, 20);
    if (exchange_send(&it, SNMP_PDU_GET, 41) && responder_wait(&it.responder, 1))
    {
        LONG seen;
        HSNMP_ENTITY agent;

        CHECK(SnmpClose, with_outstanding,
              "it discards all outstanding incoming and outgoing asynchronous requests and replies for the session",
              returned(pSnmpClose(it.session), SNMPAPI_SUCCESS));
        seen = it.responder.seen_count;
        /* A later session's request has its whole cycle, longer than the discarded one's, while nothing comes of that.
         */
        session = open_session(&later);
        agent = entity_of(session, it.responder.port);
        pSnmpSetTimeout(agent, 40);
        pSnmpSetRetry(agent, 1);
        pSnmpSendMsg(session, NULL, agent, context_of(session, "public"), pdu_of(session, SNMP_PDU_GET, 42));
        if (wait_for_notifications(&later, 1))
        {
            responder_wait(&it.responder, seen + 2);
            CHECK(SnmpClose, outgoing_discarded, "discards all outstanding ... outgoing asynchronous requests",
                  it.responder.seen_count - seen == 2);
            CHECK(SnmpClose, no_notification_after,
                  "discards all outstanding incoming ... replies (no notification comes after it returned)",
                  it.inbox.count == 0);
        }
        pSnmpClose(session);
    }
    it.session = NULL;
    exchange_stop(&it);
}

static void window_messages(void)
{
    struct responder responder;
    HWND window = make_window();
    HSNMP_SESSION first, second;
    HSNMP_ENTITY agent;
    MSG message;

    start_snmp();
    if (!responder_start(&responder, ANSWER_ECHO)) return;
    first = pSnmpOpen(window, WM_USER + 1);
    second = pSnmpOpen(window, WM_USER + 2);
    agent = entity_of(second, responder.port);
    for (int i = 0; i < 10; i++)
        pSnmpSendMsg(first, NULL, agent, context_of(second, "public"), pdu_of(second, SNMP_PDU_GET, 100 + i));
    pSnmpClose(first);
    while (PeekMessageA(&message, window, WM_USER + 1, WM_USER + 1, PM_REMOVE))
        ;
    if (pSnmpSendMsg(second, NULL, agent, context_of(second, "public"), pdu_of(second, SNMP_PDU_GET, 200)))
        CHECK(SnmpClose, no_window_message_after,
              "discards all outstanding ... replies for the session (none is posted after it returned)",
              wait_for_window_message(window, WM_USER + 2, &message) && message.lParam == 200 &&
                  !PeekMessageA(&message, window, WM_USER + 1, WM_USER + 1, PM_REMOVE));
    pSnmpClose(second);
    responder_stop(&responder);
}

/* ---- Closing in the callback ------------------------------------------------------------------------------------ */

struct closing
{
    volatile LONG calls, close_status, second_status, second_error, cleanup_status;
    int clean_up;
    HANDLE done;
};

static SNMPAPI_STATUS CALLBACK close_here(HSNMP_SESSION session, HWND window, UINT message, WPARAM wparam,
                                          LPARAM lparam, LPVOID data)
{
    struct closing *closing = data;

    (void)window, (void)message, (void)wparam, (void)lparam;
    InterlockedIncrement(&closing->calls);
    if (closing->clean_up)
        closing->cleanup_status = (LONG)pSnmpCleanup();
    else
    {
        closing->close_status = (LONG)pSnmpClose(session);
        closing->second_status = (LONG)pSnmpClose(session);
        closing->second_error = (LONG)pSnmpGetLastError(NULL);
    }
    SetEvent(closing->done);
    return SNMPAPI_SUCCESS;
}

static void run_closing(struct closing *closing)
{
    HSNMP_SESSION session;
    HSNMP_ENTITY agent;

    closing->done = CreateEventA(NULL, TRUE, FALSE, NULL);
    session = pSnmpCreateSession(NULL, 0, close_here, closing);
    agent = entity_of(session, it.responder.port);
    for (int i = 0; i < 5; i++)
        pSnmpSendMsg(session, NULL, agent, context_of(session, "public"), pdu_of(session, SNMP_PDU_GET, 300 + i));
}

static void close_in_callback(void)
{
    struct closing closing = {0};

    if (!exchange_start(&it, ANSWER_ECHO, 1)) return;
    run_closing(&closing);
    CHECK(SnmpClose, in_callback,
          "enables the implementation to deallocate memory, resources, and data structures (called in the callback)",
          WaitForSingleObject(closing.done, 10000) == WAIT_OBJECT_0 && closing.close_status == SNMPAPI_SUCCESS);
    CHECK(SnmpClose, second_in_callback, "The session parameter is invalid.",
          closing.close_status && closing.second_status == SNMPAPI_FAILURE &&
              closing.second_error == SNMPAPI_SESSION_INVALID);
    /* The answers of this request come after those of the closed session's five. */
    exchange_send(&it, SNMP_PDU_GET, 310);
    wait_for_notifications(&it.inbox, 1);
    CHECK(SnmpClose, no_callback_after_in_callback, "discards all outstanding ... replies for the session",
          closing.calls == 1);
    exchange_stop(&it);
}

static void cleanup_in_callback(void)
{
    struct closing closing = {.clean_up = 1};

    if (!exchange_start(&it, ANSWER_ECHO, 1)) return;
    run_closing(&closing);
    CHECK(SnmpCleanup, in_callback,
          "deallocates all resources allocated to the application (called in a session's callback, without a deadlock)",
          WaitForSingleObject(closing.done, 10000) == WAIT_OBJECT_0);
    it.session = NULL;
    exchange_stop(&it);
}

/* ---- Races ------------------------------------------------------------------------------------------------------- */

struct race
{
    HSNMP_SESSION session;
    HANDLE go;
    volatile LONG succeeded, refused;
};

static DWORD WINAPI close_thread(void *context)
{
    struct race *race = context;

    WaitForSingleObject(race->go, 10000);
    if (pSnmpClose(race->session) == SNMPAPI_SUCCESS)
        InterlockedIncrement(&race->succeeded);
    else
        InterlockedIncrement(&race->refused);
    return 0;
}

static void close_races_close(void)
{
    enum
    {
        THREADS = 4,
        ROUNDS = 50
    };
    int right = 1;

    start_snmp();
    for (int round = 0; round < ROUNDS && right; round++)
    {
        struct inbox inbox;
        struct race race = {.session = open_session(&inbox), .go = CreateEventA(NULL, TRUE, FALSE, NULL)};
        HANDLE threads[THREADS];

        for (int i = 0; i < THREADS; i++)
            threads[i] = CreateThread(NULL, 0, close_thread, &race, 0, NULL);
        SetEvent(race.go);
        right = WaitForMultipleObjects(THREADS, threads, TRUE, 20000) < WAIT_OBJECT_0 + THREADS;
        for (int i = 0; i < THREADS; i++)
            CloseHandle(threads[i]);
        CloseHandle(race.go);
        CloseHandle(inbox.arrived);
        right = right && race.succeeded == 1 && race.refused == THREADS - 1;
        note("round %d: %ld succeeded, %ld were refused", round, race.succeeded, race.refused);
    }
    CHECK(SnmpClose, races_close,
          "Handle to the WinSNMP session to close. (of several closes at once exactly one succeeds)", right);
}

static void cleanup_closes(void)
{
    struct exchange *exchange = &it;

    if (!exchange_start(exchange, ANSWER_NOTHING, 1)) return;
    exchange_send(exchange, SNMP_PDU_GET, 61);
    CHECK(SnmpClose, by_cleanup,
          "The implementation processes one SnmpCleanup call as if it were a series of SnmpClose calls, one call for "
          "each session",
          returned(pSnmpCleanup(), SNMPAPI_SUCCESS) &&
              (start_snmp(), FAILS(SNMPAPI_SESSION_INVALID, pSnmpClose(exchange->session))));
    CHECK(SnmpCleanup, no_notification_after, "as if it were a series of SnmpClose calls", exchange->inbox.count == 0);
    exchange->session = NULL;
    exchange_stop(exchange);
}

static const struct test_case cases[] = {{"SnmpClose", success_and_second},
                                         {"a closed session everywhere", closed_session_everywhere},
                                         {"outstanding requests", outstanding_discarded},
                                         {"window messages", window_messages},
                                         {"SnmpClose in the callback", close_in_callback},
                                         {"SnmpCleanup in the callback", cleanup_in_callback},
                                         {"close races close", close_races_close},
                                         {"SnmpCleanup closes", cleanup_closes},
                                         {NULL, NULL}};
const struct group close_group = {"close", __FILE__, cases};

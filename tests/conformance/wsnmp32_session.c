/*
 * Sessions: SnmpOpen and SnmpCreateSession, by window message and by callback. Closing has a file of its own.
 */
#include "wsnmp32_test.h"

/* A handle that no table of handles gives out for a session. */
#define FORGED_HANDLE ((HANDLE)(ULONG_PTR)0x12345678)

static HWND destroyed_window(void)
{
    HWND window = make_window();

    DestroyWindow(window);
    return window;
}

static void open_window(void)
{
    HWND window = make_window();
    HSNMP_SESSION first, second;

    start_snmp();
    first = pSnmpOpen(window, WM_USER + 1);
    CHECK(SnmpOpen, success,
          "the return value is a handle that identifies the WinSNMP session that the implementation opens",
          window && first);
    second = pSnmpOpen(window, WM_USER + 2);
    CHECK(SnmpOpen, unique_handle,
          "returns a unique handle to each open WinSNMP session within the calling WinSNMP application",
          second && second != first);
    CHECK(SnmpOpen, same_window, "If an application opens multiple sessions using the same window handle",
          second != NULL);
    CHECK(SnmpOpen, SNMPAPI_HWND_INVALID, "The hWnd parameter is not a valid window handle.",
          FAILS(SNMPAPI_HWND_INVALID, pSnmpOpen(NULL, WM_USER)) &&
              FAILS(SNMPAPI_HWND_INVALID, pSnmpOpen(destroyed_window(), WM_USER)));
    pSnmpCleanup();
    start_snmp();
    CHECK(SnmpOpen, cleanup_closes,
          "The implementation treats one SnmpCleanup call as if it were a series of SnmpClose calls, one call for each "
          "session",
          FAILS(SNMPAPI_SESSION_INVALID, pSnmpClose(first)) && FAILS(SNMPAPI_SESSION_INVALID, pSnmpClose(second)));
}

static void create_session(void)
{
    HWND window = make_window();
    HSNMP_SESSION first, second, third;
    struct inbox inbox;

    start_snmp();
    first = pSnmpCreateSession(window, WM_USER + 1, NULL, NULL);
    CHECK(SnmpCreateSession, window_session, "hSession = SnmpCreateSession (myWnd, myMsg, NULL, NULL);",
          window && first);
    second = open_session(&inbox);
    CHECK(SnmpCreateSession, callback_session, "hSession = SnmpCreateSession (0, 0, myFunc, <NULL|myData>);",
          second != NULL);
    third = pSnmpCreateSession(NULL, 0, keep_notification, NULL);
    CHECK(SnmpCreateSession, null_client_data, "This parameter is optional and can be NULL.", third != NULL);
    CHECK(SnmpCreateSession, unique_handle,
          "returns a unique handle to each open WinSNMP session within the calling WinSNMP application",
          first && first != second && second != third && first != third);
    CHECK(SnmpCreateSession, several_sessions, "One WinSNMP application can open multiple WinSNMP sessions.",
          pSnmpClose(first) && pSnmpClose(second) && pSnmpClose(third));
}

static void create_session_errors(void)
{
    HWND window = make_window();

    start_snmp();
    CHECK(SnmpCreateSession, SNMPAPI_HWND_INVALID,
          "The fCallback parameter is NULL, but the hWnd parameter is not a valid window handle.",
          FAILS(SNMPAPI_HWND_INVALID, pSnmpCreateSession(destroyed_window(), WM_USER, NULL, NULL)) &&
              FAILS(SNMPAPI_HWND_INVALID, pSnmpCreateSession(NULL, WM_USER, NULL, NULL)));
    CHECK(SnmpCreateSession, SNMPAPI_MESSAGE_INVALID,
          "The fCallback parameter is NULL, but the wMsg parameter is not a valid message value.",
          FAILS(SNMPAPI_MESSAGE_INVALID, pSnmpCreateSession(window, 0, NULL, NULL)));
    CHECK(
        SnmpCreateSession, SNMPAPI_OPERATION_INVALID,
        "The combination of parameter values does not specify callback notifications or window notification messages.",
        FAILS(SNMPAPI_OPERATION_INVALID, pSnmpCreateSession(NULL, 0, NULL, NULL)));
}

static void window_message(void)
{
    struct responder responder;
    struct received got;
    HWND window = make_window();
    HSNMP_SESSION session;
    HSNMP_ENTITY agent;
    HSNMP_PDU pdu;
    MSG message = {0};

    start_snmp();
    if (!responder_start(&responder, ANSWER_ECHO)) return;
    session = pSnmpOpen(window, WM_USER + 1);
    agent = entity_of(session, responder.port);
    pdu = pdu_of(session, SNMP_PDU_GET, 4711);
    if (pSnmpSendMsg(session, NULL, agent, context_of(session, "public"), pdu))
    {
        CHECK(SnmpOpen, wParam_zero,
              "If the wParam component of the notification message specified by the wMsg parameter is equal to zero, "
              "the WinSNMP application "
              "must retrieve the incoming protocol data unit (PDU).",
              wait_for_window_message(window, WM_USER + 1, &message) && message.message == WM_USER + 1 &&
                  message.wParam == 0);
        CHECK(SnmpOpen, lParam_request_id,
              "the PDU identified by the request identifier in the lParam parameter of the notification message",
              message.lParam == 4711);
        receive(session, &got);
        CHECK(SnmpCreateSession, window_receives,
              "the WinSNMP application must retrieve the incoming protocol data unit (PDU) ... by calling the "
              "SnmpRecvMsg function",
              got.status == SNMPAPI_SUCCESS && got.request_id == 4711);
    }
    pSnmpClose(session);
    responder_stop(&responder);
}

static void window_error_message(void)
{
    struct responder responder;
    struct received got;
    HWND window = make_window();
    HSNMP_SESSION session;
    HSNMP_ENTITY agent;
    MSG message = {0};

    start_snmp();
    if (!responder_start(&responder, ANSWER_NOTHING)) return;
    session = pSnmpOpen(window, WM_USER + 1);
    agent = entity_of(session, responder.port);
    pSnmpSetTimeout(agent, 10);
    pSnmpSetRetry(agent, 1);
    if (pSnmpSendMsg(session, NULL, agent, context_of(session, "public"), pdu_of(session, SNMP_PDU_GET, 4712)))
    {
        CHECK(SnmpOpen, wParam_error,
              "If the wParam parameter of the notification message is not equal to zero, it represents a WinSNMP error "
              "code. The error code "
              "applies to the PDU identified by the request identifier in the lParam parameter",
              wait_for_window_message(window, WM_USER + 1, &message) && message.wParam == SNMPAPI_TL_TIMEOUT &&
                  message.lParam == 4712);
        receive(session, &got);
        CHECK(SnmpRecvMsg, after_window_error,
              "returns SNMPAPI_FAILURE on the next call to the SnmpRecvMsg function for the session",
              !got.status && got.error == SNMPAPI_TL_TIMEOUT);
    }
    pSnmpClose(session);
    responder_stop(&responder);
}

/* "The implementation always passes the value to the callback function", whatever window and message a callback session
 * was given. */
static void callback_parameters(void)
{
    struct exchange exchange = {0};
    HWND window = make_window();
    const struct notification *got = &exchange.inbox.list[0];

    if (!exchange_start(&exchange, ANSWER_ECHO, 1)) return;
    pSnmpClose(exchange.session);
    exchange.session = pSnmpCreateSession(window, WM_USER + 7, keep_notification, &exchange.inbox);
    exchange.source = NULL;
    exchange.agent = entity_of(exchange.session, exchange.responder.port);
    exchange.context = context_of(exchange.session, "public");
    if (exchange_send(&exchange, SNMP_PDU_GET, 99) && wait_for_notifications(&exchange.inbox, 1))
    {
        CHECK(SNMPAPI_CALLBACK, hSession, "Handle to the WinSNMP session.", got->session == exchange.session);
        CHECK(SNMPAPI_CALLBACK, hWnd,
              "This parameter does not have significance for the WinSNMP session, but the implementation always passes "
              "the value to the callback",
              got->window == window);
        CHECK(SNMPAPI_CALLBACK, wMsg,
              "This parameter does not have significance for the WinSNMP session, but the implementation always passes "
              "the value to the callback",
              got->message == WM_USER + 7);
        CHECK(SNMPAPI_CALLBACK, wParam_zero,
              "If this parameter is equal to zero, an SNMP message is available for the session.", got->wparam == 0);
        CHECK(SNMPAPI_CALLBACK, lParam, "specifies the request identifier of the PDU being processed",
              got->lparam == 99);
        CHECK(SNMPAPI_CALLBACK, lpClientData, "this parameter is a pointer to application-defined data",
              got->client_data == &exchange.inbox);
    }
    exchange_stop(&exchange);
}

static void callback_that_ends(void)
{
    struct exchange exchange;
    struct inbox inbox = {0};

    if (!exchange_start(&exchange, ANSWER_ECHO, 1)) return;
    exchange.inbox.answer = SNMPAPI_FAILURE;
    if (exchange_send(&exchange, SNMP_PDU_GET, 5) && wait_for_notifications(&exchange.inbox, 1))
    {
        /* The close runs on the callback's thread after the callback returned. */
        for (int i = 0; i < 1000 && pSnmpStrToEntity(exchange.session, "127.0.0.1"); i++)
            Sleep(10);
        CHECK(SNMPAPI_CALLBACK, other_value_closes,
              "If the function returns any other value, the implementation responds as if the application called the "
              "SnmpClose function for "
              "the indicated session.",
              FAILS(SNMPAPI_SESSION_INVALID, pSnmpClose(exchange.session)));
        inbox.count = exchange.inbox.count;
        CHECK(SNMPAPI_CALLBACK, other_value_no_more, "as if the application called the SnmpClose function",
              inbox.count == 1);
    }
    exchange.session = NULL;
    exchange_stop(&exchange);
}

static void forged_session(void)
{
    struct inbox inbox;
    HSNMP_SESSION session;
    HSNMP_ENTITY entity;

    start_snmp();
    session = open_session(&inbox);
    entity = pSnmpStrToEntity(session, "127.0.0.1");
    CHECK(SnmpClose, forged_handle, "The session parameter is invalid.",
          FAILS(SNMPAPI_SESSION_INVALID, pSnmpClose(FORGED_HANDLE)) &&
              FAILS(SNMPAPI_SESSION_INVALID, pSnmpClose(INVALID_HANDLE_VALUE)));
    CHECK(SnmpClose, wrong_type, "The session parameter is invalid.",
          FAILS(SNMPAPI_SESSION_INVALID, pSnmpClose(entity)));
}

static const struct test_case cases[] = {{"SnmpOpen", open_window},
                                         {"SnmpCreateSession", create_session},
                                         {"SnmpCreateSession's errors", create_session_errors},
                                         {"window message", window_message},
                                         {"window message of an error", window_error_message},
                                         {"callback's parameters", callback_parameters},
                                         {"callback that ends the session", callback_that_ends},
                                         {"forged session", forged_session},
                                         {NULL, NULL}};
const struct group session_group = {"session", __FILE__, cases};

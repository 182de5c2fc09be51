/*
 * The retransmission policy: time-outs, retries, SnmpCancelMsg. What must not come is shown by something later that has
 * come.
 */
#include "wsnmp32_test.h"

static struct exchange it;

/* The policy of a silent agent: short, but two transmissions. */
static void short_policy(void)
{
    pSnmpSetTimeout(it.agent, 10);
    pSnmpSetRetry(it.agent, 1);
}

/* Waits until the request's notification has come, at most 10 seconds; what comes before stays in the inbox. */
static int wait_for_request(struct inbox *inbox, LPARAM request_id)
{
    for (LONG i = 0; wait_for_notifications(inbox, i + 1); i++)
        if (inbox->list[i].lparam == request_id) return 1;
    return 0;
}

static void time_out(void)
{
    struct received got;
    char text[64] = "";

    if (!exchange_start(&it, ANSWER_NOTHING, 1)) return;
    short_policy();
    if (exchange_send(&it, SNMP_PDU_GET, 21) && wait_for_notifications(&it.inbox, 1))
    {
        CHECK(SNMPAPI_CALLBACK, SNMPAPI_TL_TIMEOUT,
              "In this situation the value of the wParam parameter would be SNMPAPI_TL_TIMEOUT.",
              it.inbox.list[0].wparam == SNMPAPI_TL_TIMEOUT && it.inbox.list[0].lparam == 21);
        receive(it.session, &got);
        note("status %lu, error %lu", (unsigned long)got.status, (unsigned long)got.error);
        CHECK(SnmpRecvMsg, SNMPAPI_TL_TIMEOUT,
              "The SnmpRecvMsg function fails with an extended error code that indicates a network transport layer "
              "error.",
              !got.status && got.error == SNMPAPI_TL_TIMEOUT);
        CHECK(SnmpRecvMsg, outputs_of_errors,
              "If the function fails with ... SNMPAPI_TL_, the output parameters also contain the values indicated "
              "preceding to enable the "
              "WinSNMP application to recover gracefully.",
              got.pdu && got.request_id == 21 && got.source && got.destination && got.context);
        CHECK(SnmpRecvMsg, entities_of_errors, "receives a handle to the entity that sends the message (or was to)",
              pSnmpEntityToStr(got.source, sizeof(text), text) && !strcmp(text, "127.0.0.1"));
        received_free(&got);
        receive(it.session, &got);
        CHECK(SnmpRecvMsg, errors_once,
              "returns SNMPAPI_FAILURE on the next call to the SnmpRecvMsg function (on that one only)",
              got.error == SNMPAPI_NOOP);
    }
    exchange_stop(&it);
}

static void retries(void)
{
    struct parsed first, second;

    if (!exchange_start(&it, ANSWER_NOTHING, 3)) return;
    pSnmpSetTimeout(it.agent, 10);
    if (exchange_send(&it, SNMP_PDU_GET, 22) && wait_for_notifications(&it.inbox, 1))
    {
        responder_wait(&it.responder, 4);
        note("%ld transmissions", it.responder.seen_count);
        CHECK(SnmpSetRetry, transmissions,
              "A retry count is the maximum number of retransmission attempts the implementation makes",
              it.responder.seen_count == 4);
        parse_message(it.responder.seen[0].data, (size_t)it.responder.seen[0].length, &first);
        parse_message(it.responder.seen[1].data, (size_t)it.responder.seen[1].length, &second);
        CHECK(SnmpSendMsg, same_request_id,
              "it includes the request_id field of the original PDU in each retransmitted SNMP message",
              first.ok && second.ok && first.request_id == 22 && second.request_id == 22);
    }
    exchange_stop(&it);
}

static void answered_late(void)
{
    struct received got;
    smiTIMETICKS policy = 0, actual = 99;
    smiUINT32 retries = 99;

    if (!exchange_start(&it, ANSWER_SECOND, 5)) return;
    pSnmpSetTimeout(it.agent, 50);
    CHECK(SnmpSendMsg, retransmits,
          "If there is no response within the time-out period, the implementation ... retransmits the request if the "
          "retry count value specifies",
          exchange_send(&it, SNMP_PDU_GET, 23) && wait_for_notifications(&it.inbox, 1) &&
              it.inbox.list[0].wparam == 0 && (receive(it.session, &got), got.status && got.request_id == 23) &&
              it.responder.seen_count >= 2);
    /* The page says both that the last interval is reported and that 0 is. */
    CHECK(SnmpGetTimeout, actual_after_answer,
          "receive the last actual or estimated response interval for the destination entity",
          pSnmpGetTimeout(it.agent, &policy, &actual) && actual <= 6 * 50);
    CHECK(SnmpGetRetry, actual_after_answer,
          "receive the last actual or estimated retry count for the destination entity",
          pSnmpGetRetry(it.agent, NULL, &retries) && retries <= 5);
    exchange_stop(&it);
}

static void implementation_chooses(void)
{
    if (!exchange_start(&it, ANSWER_SECOND, 1)) return;
    pSnmpSetTimeout(it.agent, 10);
    pSnmpSetRetry(it.agent, 0);
    CHECK(SnmpSetRetry, zero,
          "If this parameter is equal to zero, and the current retransmission mode is equal to SNMPAPI_ON, the "
          "implementation "
          "selects a value for the retry count.",
          exchange_send(&it, SNMP_PDU_GET, 24) && wait_for_notifications(&it.inbox, 1));
    exchange_stop(&it);
    if (!exchange_start(&it, ANSWER_ECHO, 1)) return;
    pSnmpSetTimeout(it.agent, 0);
    CHECK(SnmpSetTimeout, zero,
          "If this parameter is equal to zero, and the current retransmission mode is equal to SNMPAPI_ON, the "
          "implementation selects a time-out value.",
          exchange_send(&it, SNMP_PDU_GET, 25) && wait_for_notifications(&it.inbox, 1) && it.inbox.list[0].wparam == 0);
    exchange_stop(&it);
}

/* With the mode off nothing is sent again and no time-out is told; a second request with the mode on has its time-out
 * later. */
static void mode_off(void)
{
    LONG seen;

    if (!exchange_start(&it, ANSWER_NOTHING, 1)) return;
    short_policy();
    pSnmpSetRetransmitMode(SNMPAPI_OFF);
    if (exchange_send(&it, SNMP_PDU_GET, 26) && responder_wait(&it.responder, 1))
    {
        pSnmpSetRetransmitMode(SNMPAPI_ON);
        exchange_send(&it, SNMP_PDU_GET, 27);
        if (wait_for_notifications(&it.inbox, 1))
        {
            responder_wait(&it.responder, 3);
            seen = it.responder.seen_count;
            note("%ld transmissions, the first notification is of request %ld", seen, (long)it.inbox.list[0].lparam);
            CHECK(SnmpSetRetransmitMode, SNMPAPI_OFF,
                  "If a WinSNMP application sets the retransmission mode to SNMPAPI_OFF, the implementation does not "
                  "initiate retransmission attempts",
                  it.inbox.list[0].lparam == 27 && seen == 3);
            CHECK(SnmpSetRetransmitMode, SNMPAPI_ON,
                  "until the WinSNMP application sets the retransmission mode back to SNMPAPI_ON",
                  it.inbox.list[0].wparam == SNMPAPI_TL_TIMEOUT);
            CHECK(SnmpSetRetransmitMode, outstanding_unaffected,
                  "The new retransmission mode does not affect outstanding SNMP messages.", it.inbox.count == 1);
        }
    }
    exchange_stop(&it);
}

static void mode_off_cancels(void)
{
    if (!exchange_start(&it, ANSWER_NOTHING, 1)) return;
    pSnmpSetTimeout(it.agent, 30);
    pSnmpSetRetry(it.agent, 20);
    if (exchange_send(&it, SNMP_PDU_GET, 28) && responder_wait(&it.responder, 1))
    {
        HSNMP_ENTITY other;
        LONG seen;

        pSnmpSetRetransmitMode(SNMPAPI_OFF);
        seen = it.responder.seen_count;
        pSnmpSetRetransmitMode(SNMPAPI_ON);
        /* Another request's whole cycle, longer than the first one's interval. */
        other = entity_of(it.session, it.responder.port);
        pSnmpSetTimeout(other, 60);
        pSnmpSetRetry(other, 1);
        pSnmpSendMsg(it.session, NULL, other, it.context, pdu_of(it.session, SNMP_PDU_GET, 29));
        if (wait_for_request(&it.inbox, 29))
        {
            responder_wait(&it.responder, seen + 2);
            note("%ld transmissions after %ld", it.responder.seen_count, seen);
            CHECK(SnmpSetRetransmitMode, off_cancels,
                  "The implementation cancels retransmission attempts for outstanding SNMP messages.",
                  it.responder.seen_count - seen == 2);
        }
    }
    exchange_stop(&it);
}

static void cancel(void)
{
    HSNMP_ENTITY other;
    struct received got;

    if (!exchange_start(&it, ANSWER_NOTHING, 1)) return;
    pSnmpSetTimeout(it.agent, 30);
    pSnmpSetRetry(it.agent, 20);
    if (exchange_send(&it, SNMP_PDU_GET, 31) && responder_wait(&it.responder, 1))
    {
        LONG seen;

        CHECK(SnmpCancelMsg, SNMPAPI_SUCCESS, "If the function succeeds, the return value is SNMPAPI_SUCCESS.",
              returned(pSnmpCancelMsg(it.session, 31), SNMPAPI_SUCCESS));
        seen = it.responder.seen_count;
        other = entity_of(it.session, it.responder.port);
        pSnmpSetTimeout(other, 60);
        pSnmpSetRetry(other, 1);
        pSnmpSendMsg(it.session, NULL, other, it.context, pdu_of(it.session, SNMP_PDU_GET, 32));
        if (wait_for_request(&it.inbox, 32))
        {
            responder_wait(&it.responder, seen + 2);
            CHECK(SnmpCancelMsg, not_retransmitted,
                  "the Microsoft WinSNMP implementation will not retransmit the message",
                  it.responder.seen_count - seen == 2);
            CHECK(SnmpCancelMsg, no_time_out,
                  "[will not] send a time-out notification to the application for that message",
                  it.inbox.count == 1 && it.inbox.list[0].lparam == 32);
            receive(it.session, &got);
            CHECK(SnmpCancelMsg, released, "release internal data structures associated with the message request",
                  got.request_id == 32 && (receive(it.session, &got), got.error == SNMPAPI_NOOP));
        }
        CHECK(SnmpCancelMsg, second,
              "The reqId parameter does not identify an outstanding message for the specified session.",
              FAILS_IN(it.session, SNMPAPI_PDU_INVALID, pSnmpCancelMsg(it.session, 31)));
    }
    exchange_stop(&it);
}

/* The agent answers after the cancel: the answer is not delivered; the next request's is. */
static void cancel_before_answer(void)
{
    struct bytes bindings = {.length = 0}, answer = {.length = 0};
    struct received got;

    if (!exchange_start(&it, ANSWER_NOTHING, 1)) return;
    pSnmpSetTimeout(it.agent, 500);
    if (exchange_send(&it, SNMP_PDU_GET, 33) && responder_wait(&it.responder, 1) && pSnmpCancelMsg(it.session, 33))
    {
        put_null_binding(&bindings, sys_descr_ids, 9);
        put_message(&answer, 1, "public", 0xa2, 33, 0, 0, &bindings);
        sendto(it.responder.socket, (char *)answer.data, (int)answer.length, 0,
               (struct sockaddr *)&it.responder.seen[0].from, sizeof(it.responder.seen[0].from));
        it.responder.answer = ANSWER_ECHO;
        CHECK(SnmpCancelMsg, no_response, "[will not] submit a response PDU ... for that message",
              exchange_send(&it, SNMP_PDU_GET, 34) && wait_for_notifications(&it.inbox, 1) &&
                  it.inbox.list[0].lparam == 34 && (receive(it.session, &got), got.request_id == 34) &&
                  it.inbox.count == 1);
    }
    exchange_stop(&it);
}

static void cancel_errors(void)
{
    struct inbox other_inbox;
    HSNMP_SESSION other;
    struct received got;

    if (!exchange_start(&it, ANSWER_NOTHING, 1)) return;
    other = open_session(&other_inbox);
    pSnmpSetTimeout(it.agent, 3000);
    exchange_send(&it, SNMP_PDU_GET, 35);
    responder_wait(&it.responder, 1); /* it must not be answered by what is set below */
    CHECK(SnmpCancelMsg, SNMPAPI_PDU_INVALID,
          "The reqId parameter does not identify an outstanding message for the specified session.",
          FAILS_IN(it.session, SNMPAPI_PDU_INVALID, pSnmpCancelMsg(it.session, 36)) &&
              FAILS_IN(other, SNMPAPI_PDU_INVALID, pSnmpCancelMsg(other, 35)));
    CHECK(SnmpCancelMsg, SNMPAPI_SESSION_INVALID, "The session parameter is invalid.",
          FAILS(SNMPAPI_SESSION_INVALID, pSnmpCancelMsg(NULL, 35)));
    responder_wait(&it.responder, 1);
    it.responder.answer = ANSWER_ECHO;
    if (exchange_send(&it, SNMP_PDU_GET, 37) && wait_for_request(&it.inbox, 37))
    {
        receive(it.session, &got);
        CHECK(SnmpCancelMsg, answered,
              "The reqId parameter does not identify an outstanding message for the specified session.",
              got.request_id == 37 && FAILS_IN(it.session, SNMPAPI_PDU_INVALID, pSnmpCancelMsg(it.session, 37)));
    }
    exchange_stop(&it);
}

/* Nobody listens on the port: UDP may tell (undeliverable) or not (time-out). */
static void no_agent(void)
{
    struct received got;
    unsigned short port;
    SOCKET sock = loopback_socket(&port);

    closesocket(sock);
    if (!exchange_start(&it, ANSWER_NOTHING, 1)) return;
    pSnmpSetPort(it.agent, port);
    short_policy();
    if (exchange_send(&it, SNMP_PDU_GET, 38) && wait_for_notifications(&it.inbox, 1))
    {
        receive(it.session, &got);
        note("the error is %lu", (unsigned long)got.error);
        CHECK(SnmpRecvMsg, SNMPAPI_TL_UNDELIVERABLE,
              "The entity specified by the dstEntity parameter is unavailable. (or SNMPAPI_TL_TIMEOUT)",
              !got.status && (got.error == SNMPAPI_TL_UNDELIVERABLE || got.error == SNMPAPI_TL_TIMEOUT) &&
                  got.request_id == 38);
    }
    exchange_stop(&it);
}

static const struct test_case cases[] = {{"time-out", time_out},
                                         {"retries", retries},
                                         {"answered late", answered_late},
                                         {"the implementation's choice", implementation_chooses},
                                         {"mode off", mode_off},
                                         {"mode off for what is outstanding", mode_off_cancels},
                                         {"SnmpCancelMsg", cancel},
                                         {"SnmpCancelMsg before the answer", cancel_before_answer},
                                         {"SnmpCancelMsg's errors", cancel_errors},
                                         {"nobody listens", no_agent},
                                         {NULL, NULL}};
const struct group retransmit_group = {"retransmit", __FILE__, cases};

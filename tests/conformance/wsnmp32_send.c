/*
 * SnmpSendMsg and SnmpRecvMsg with an agent that answers.
 */
#include "wsnmp32_test.h"

#include <ws2tcpip.h>

static struct exchange it;

static void first_seen(struct parsed *out)
{
    memset(out, 0, sizeof(*out));
    if (responder_wait(&it.responder, 1))
        parse_message(it.responder.seen[0].data, (size_t)it.responder.seen[0].length, out);
    note("version %d, type %#x, request id %d", out->version, out->tag, out->request_id);
}

static void round_trip(void)
{
    struct received got;
    struct parsed seen;
    smiOCTETS community = {0, NULL};
    char text[64] = "";
    smiOID name = {0, NULL};
    smiVALUE value;

    if (!exchange_start(&it, ANSWER_BINDINGS, 1)) return;
    put_binding(&it.responder.canned, sys_descr_ids, 9, 0x04, "a test agent", 12);
    CHECK(SnmpSendMsg, SNMPAPI_SUCCESS, "If the function succeeds, the return value is SNMPAPI_SUCCESS.",
          returned(exchange_send(&it, SNMP_PDU_GET, 1234), SNMPAPI_SUCCESS));
    CHECK(SnmpSendMsg, notification,
          "The implementation notifies the WinSNMP application when the asynchronous request is completed.",
          wait_for_notifications(&it.inbox, 1));
    receive(it.session, &got);
    first_seen(&seen);
    CHECK(SnmpSendMsg, transmits, "transmit an SNMP protocol data unit (PDU), in the form of an SNMP message",
          seen.ok && seen.tag == 0xa0 && seen.request_id == 1234 && !strcmp(seen.community, "public"));
    CHECK(SnmpRecvMsg, SNMPAPI_SUCCESS,
          "the return value is SNMPAPI_SUCCESS, and the output parameters contain the values indicated",
          returned(got.status, SNMPAPI_SUCCESS));
    CHECK(SnmpRecvMsg, four_objects,
          "instantiates four objects and allocates their resources: two entity handles, a context handle, and a PDU "
          "handle",
          got.source && got.destination && got.context && got.pdu && got.source != got.destination);
    CHECK(SnmpRecvMsg, PDU, "receives a handle to the protocol data unit (PDU) component of the message",
          got.type == (smiINT)SNMP_PDU_RESPONSE && got.request_id == 1234 && got.error_status == 0 &&
              pSnmpCountVbl(got.vbl) == 1);
    CHECK(SnmpRecvMsg, bindings,
          "The handle to the variable bindings list ... is not instantiated until the application calls SnmpGetPduData",
          pSnmpGetVb(got.vbl, 1, &name, &value) && same_oid(&name, &sys_descr) && value.syntax == SNMP_SYNTAX_OCTETS &&
              value.value.string.len == 12 && !memcmp(value.value.string.ptr, "a test agent", 12));
    CHECK(SnmpRecvMsg, srcEntity, "receives a handle to the entity that sends the message",
          pSnmpEntityToStr(got.source, sizeof(text), text) && !strcmp(text, "127.0.0.1"));
    CHECK(SnmpRecvMsg, context, "receives a handle to the context",
          pSnmpContextToStr(got.context, &community) && community.len == 6 && !memcmp(community.ptr, "public", 6));
    CHECK(SnmpRecvMsg, free_individually, "the WinSNMP application must free the individual resources",
          pSnmpFreeEntity(got.source) && pSnmpFreeEntity(got.destination) && pSnmpFreeContext(got.context) &&
              pSnmpFreePdu(got.pdu) && pSnmpFreeVbl(got.vbl));
    CHECK(SnmpRecvMsg, SNMPAPI_NOOP, "The specified session has no messages in its queue at this time.",
          FAILS_IN(it.session, SNMPAPI_NOOP,
                   pSnmpRecvMsg(it.session, &got.source, &got.destination, &got.context, &got.pdu)));
    exchange_stop(&it);
}

static void versions(void)
{
    struct parsed seen;
    HSNMP_ENTITY entity;

    for (smiUINT32 mode = SNMPAPI_UNTRANSLATED_V1; mode <= SNMPAPI_UNTRANSLATED_V2; mode++)
    {
        if (!exchange_start(&it, ANSWER_ECHO, 1)) return;
        pSnmpSetTranslateMode(mode);
        entity = entity_of(it.session, it.responder.port);
        pSnmpSendMsg(it.session, it.source, entity, it.context, pdu_of(it.session, SNMP_PDU_GET, 1));
        first_seen(&seen);
        if (mode == SNMPAPI_UNTRANSLATED_V1)
            CHECK(SnmpSetTranslateMode, SNMPAPI_UNTRANSLATED_V1,
                  "creates outgoing SNMP messages that contain a value of zero in the version field",
                  seen.ok && seen.version == 0);
        else
            CHECK(SnmpSetTranslateMode, SNMPAPI_UNTRANSLATED_V2,
                  "creates outgoing SNMP messages that contain a value of 1 in the version field",
                  seen.ok && seen.version == 1);
        exchange_stop(&it);
    }
}

static void request_types(void)
{
    static const struct
    {
        smiINT type;
        int tag;
    } types[] = {{SNMP_PDU_GET, 0xa0},
                 {SNMP_PDU_GETNEXT, 0xa1},
                 {SNMP_PDU_SET, 0xa3},
                 {SNMP_PDU_GETBULK, 0xa5},
                 {SNMP_PDU_INFORM, 0xa6}};
    struct received got;
    struct parsed seen;

    for (size_t i = 0; i < COUNT_OF(types); i++)
    {
        if (!exchange_start(&it, ANSWER_ECHO, 1)) return;
        CHECK(SnmpSendMsg, request_types,
              "transmit an SNMP protocol data unit (PDU): GET, GETNEXT, SET, GETBULK, INFORM, each answered",
              exchange_send(&it, types[i].type, 50) && wait_for_notifications(&it.inbox, 1) &&
                  (receive(it.session, &got), got.status && got.request_id == 50) &&
                  (first_seen(&seen), seen.tag == types[i].tag));
        if (types[i].type == SNMP_PDU_GETBULK)
            CHECK(SnmpSendMsg, getbulk_fields,
                  "this parameter specifies a value for the max_repetitions field of the PDU",
                  (first_seen(&seen), seen.second == 0 && seen.third == 5));
        exchange_stop(&it);
    }
}

static void no_answer_expected(void)
{
    static const struct
    {
        smiINT type;
        int tag;
    } types[] = {{SNMP_PDU_RESPONSE, 0xa2}, {SNMP_PDU_TRAP, 0xa7}};
    struct parsed seen;

    for (size_t i = 0; i < COUNT_OF(types); i++)
    {
        if (!exchange_start(&it, ANSWER_ECHO, 1)) return;
        CHECK(SnmpSendMsg, responses_and_traps, "transmit an SNMP protocol data unit (PDU): RESPONSE and TRAP",
              exchange_send(&it, types[i].type, 50) && (first_seen(&seen), seen.tag == types[i].tag));
        /* A request behind it is answered first and alone. */
        CHECK(SnmpSendMsg, no_notification,
              "If a WinSNMP application expects a PDU in response (a response or trap has none)",
              exchange_send(&it, SNMP_PDU_GET, 51) && wait_for_notifications(&it.inbox, 1) &&
                  it.inbox.list[0].lparam == 51);
        exchange_stop(&it);
    }
}

static void objects_freed_early(void)
{
    HSNMP_ENTITY agent;
    HSNMP_CONTEXT context;
    HSNMP_VBL vbl;
    HSNMP_PDU pdu;
    struct received got;

    if (!exchange_start(&it, ANSWER_ECHO, 1)) return;
    agent = entity_of(it.session, it.responder.port);
    context = context_of(it.session, "public");
    vbl = pSnmpCreateVbl(it.session, &sys_descr, NULL);
    pdu = pSnmpCreatePdu(it.session, SNMP_PDU_GET, 60, 0, 0, vbl);
    pSnmpFreeVbl(vbl);
    CHECK(SnmpSendMsg, freed_after_sending,
          "executes asynchronously and therefore returns immediately (its inputs may go then)",
          pSnmpSendMsg(it.session, NULL, agent, context, pdu) && pSnmpFreePdu(pdu) && pSnmpFreeEntity(agent) &&
              pSnmpFreeContext(context) && wait_for_notifications(&it.inbox, 1) &&
              (receive(it.session, &got), got.status && got.request_id == 60));
    exchange_stop(&it);
}

static void several_in_flight(void)
{
    unsigned answered = 0;
    int known = 1;

    if (!exchange_start(&it, ANSWER_ECHO, 3)) return;
    for (smiINT32 id = 100; id < 132; id++)
        exchange_send(&it, SNMP_PDU_GET, id);
    if (wait_for_notifications(&it.inbox, 32))
    {
        for (;;)
        {
            struct received got;

            receive(it.session, &got);
            if (!got.status) break;
            known &= got.request_id >= 100 && got.request_id < 132 && !(answered & 1u << (got.request_id - 100));
            answered |= 1u << (got.request_id - 100);
            received_free(&got);
        }
    }
    CHECK(SnmpRecvMsg, match_by_request_id,
          "To match the response with the request, the application must use the request identifier field",
          known && answered == 0xffffffff);
    CHECK(SnmpSendMsg, several_requests,
          "The application can issue several requests to an SNMP agent, without waiting for a response",
          it.inbox.count == 32 && answered == 0xffffffff);
    exchange_stop(&it);
}

static void odd_agents(void)
{
    static const enum answer answers[] = {ANSWER_GARBAGE, ANSWER_WRONG_ID, ANSWER_TWICE};
    struct received got;

    for (size_t i = 0; i < COUNT_OF(answers); i++)
    {
        if (!exchange_start(&it, answers[i], 1)) return;
        CHECK(SnmpRecvMsg, only_the_answer,
              "retrieves the results of a completed asynchronous request (what is no answer is none)",
              exchange_send(&it, SNMP_PDU_GET, 0x70) && wait_for_notifications(&it.inbox, 1) &&
                  (receive(it.session, &got), got.status && got.request_id == 0x70));
        /* The agent answers in order: what it sent besides has come when the second answer is here. */
        it.responder.answer = ANSWER_ECHO;
        CHECK(SnmpRecvMsg, one_notification,
              "notifies the WinSNMP application when the asynchronous request is completed (once)",
              exchange_send(&it, SNMP_PDU_GET, 0x71) && wait_for_notifications(&it.inbox, 2) && it.inbox.count == 2 &&
                  it.inbox.list[1].lparam == 0x71 && (receive(it.session, &got), got.request_id == 0x71) &&
                  (receive(it.session, &got), got.error == SNMPAPI_NOOP));
        exchange_stop(&it);
    }
    if (!exchange_start(&it, ANSWER_ERROR, 1)) return;
    CHECK(SnmpGetPduData, error_status_of_response,
          "SNMP_ERROR_NOSUCHNAME: The requested SNMP operation identified an unknown variable.",
          exchange_send(&it, SNMP_PDU_GET, 1) && wait_for_notifications(&it.inbox, 1) &&
              (receive(it.session, &got), got.status) && got.error_status == SNMP_ERROR_NOSUCHNAME &&
              got.error_index == 1);
    exchange_stop(&it);
}

/* "the application can call SnmpDeleteVb to delete the entry. Then the application can resubmit the request PDU". */
static void delete_and_resubmit(void)
{
    struct received got;
    HSNMP_VBL vbl;
    HSNMP_PDU pdu;

    if (!exchange_start(&it, ANSWER_ERROR, 1)) return;
    vbl = pSnmpCreateVbl(it.session, &sys_descr, NULL);
    pSnmpSetVb(vbl, 0, &sys_name, NULL);
    pdu = pSnmpCreatePdu(it.session, SNMP_PDU_GET, 1, 0, 0, vbl);
    if (pSnmpSendMsg(it.session, NULL, it.agent, it.context, pdu) && wait_for_notifications(&it.inbox, 1))
    {
        receive(it.session, &got);
        it.responder.answer = ANSWER_ECHO;
        CHECK(SnmpDeleteVb, resubmit,
              "Then the application can resubmit the request PDU ... without the invalid variable binding entry",
              pSnmpDeleteVb(vbl, (smiUINT32)got.error_index) && pSnmpSetPduData(pdu, NULL, NULL, NULL, NULL, &vbl) &&
                  pSnmpSendMsg(it.session, NULL, it.agent, it.context, pdu) && wait_for_notifications(&it.inbox, 2) &&
                  (receive(it.session, &got), got.status && pSnmpCountVbl(got.vbl) == 1));
    }
    exchange_stop(&it);
}

static void send_errors(void)
{
    HSNMP_PDU pdu, wrong;

    if (!exchange_start(&it, ANSWER_ECHO, 1)) return;
    pdu = pdu_of(it.session, SNMP_PDU_GET, 1);
    wrong = pSnmpCreatePdu(it.session, SNMP_PDU_GET, 1, 5, 1, pSnmpCreateVbl(it.session, &sys_descr, NULL));
    CHECK(SnmpSendMsg, SNMPAPI_SESSION_INVALID, "The session parameter is invalid.",
          FAILS(SNMPAPI_SESSION_INVALID, pSnmpSendMsg(NULL, it.source, it.agent, it.context, pdu)));
    CHECK(SnmpSendMsg, SNMPAPI_ENTITY_INVALID, "One or both of the entity parameters is invalid.",
          FAILS_IN(it.session, SNMPAPI_ENTITY_INVALID, pSnmpSendMsg(it.session, it.source, NULL, it.context, pdu)) &&
              FAILS_IN(it.session, SNMPAPI_ENTITY_INVALID,
                       pSnmpSendMsg(it.session, it.context, it.agent, it.context, pdu)) &&
              FAILS_IN(it.session, SNMPAPI_ENTITY_INVALID, pSnmpSendMsg(it.session, it.source, pdu, it.context, pdu)));
    CHECK(SnmpSendMsg, SNMPAPI_CONTEXT_INVALID, "The context parameter is invalid.",
          FAILS_IN(it.session, SNMPAPI_CONTEXT_INVALID, pSnmpSendMsg(it.session, it.source, it.agent, NULL, pdu)) &&
              FAILS_IN(it.session, SNMPAPI_CONTEXT_INVALID,
                       pSnmpSendMsg(it.session, it.source, it.agent, it.agent, pdu)));
    CHECK(SnmpSendMsg, SNMPAPI_PDU_INVALID, "The PDU parameter is invalid.",
          FAILS_IN(it.session, SNMPAPI_PDU_INVALID, pSnmpSendMsg(it.session, it.source, it.agent, it.context, NULL)) &&
              FAILS_IN(it.session, SNMPAPI_PDU_INVALID,
                       pSnmpSendMsg(it.session, it.source, it.agent, it.context, it.context)));
    CHECK(SnmpSendMsg, error_fields,
          "unless the PDU_type field of the PDU is SNMP_PDU_GETBULK or SNMP_PDU_RESPONSE, both the error_status and "
          "error_index fields must be "
          "equal to zero",
          FAILS_IN(it.session, SNMPAPI_PDU_INVALID, pSnmpSendMsg(it.session, it.source, it.agent, it.context, wrong)));
    /* The page is silent; manager programs pass NULL where the source does not matter. */
    CHECK(SnmpSendMsg, null_source, "(not documented; NULL is the local system)",
          returned(pSnmpSendMsg(it.session, NULL, it.agent, it.context, pdu), SNMPAPI_SUCCESS) &&
              wait_for_notifications(&it.inbox, 1));
    CHECK(SnmpRecvMsg, SNMPAPI_SESSION_INVALID, "The session parameter is invalid.",
          FAILS(SNMPAPI_SESSION_INVALID, pSnmpRecvMsg(NULL, &it.source, &it.agent, &it.context, &pdu)));
    exchange_stop(&it);
}

static void too_big(void)
{
    static unsigned char large[60000];
    smiVALUE value = {.syntax = SNMP_SYNTAX_OCTETS, .value.string = {sizeof(large), large}};
    HSNMP_VBL vbl;

    if (!exchange_start(&it, ANSWER_ECHO, 1)) return;
    vbl = pSnmpCreateVbl(it.session, &sys_descr, &value);
    pSnmpSetVb(vbl, 0, &sys_descr, &value);
    CHECK(SnmpSendMsg, SNMPAPI_TL_PDU_TOO_BIG,
          "The PDU is too large for the network transport layer to send or receive.",
          vbl && FAILS_IN(it.session, SNMPAPI_TL_PDU_TOO_BIG,
                          pSnmpSendMsg(it.session, NULL, it.agent, it.context,
                                       pSnmpCreatePdu(it.session, SNMP_PDU_SET, 1, 0, 0, vbl))));
    exchange_stop(&it);
}

static void to_version_1(void)
{
    smiVALUE big = {.syntax = SNMP_SYNTAX_CNTR64, .value.hNumber = {1, 2}};
    HSNMP_ENTITY agent;
    HSNMP_PDU pdu;
    struct parsed seen;

    if (!exchange_start(&it, ANSWER_ECHO, 1)) return;
    pSnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V1);
    agent = entity_of(it.session, it.responder.port);
    CHECK(SnmpSendMsg, SNMPAPI_OPERATION_INVALID,
          "The operation specified in the PDU_type field of the PDU is inappropriate for the destination entity. (an "
          "inform to an SNMPv1 entity)",
          FAILS_IN(it.session, SNMPAPI_OPERATION_INVALID,
                   pSnmpSendMsg(it.session, NULL, agent, it.context, pdu_of(it.session, SNMP_PDU_INFORM, 1))));
    pdu = pSnmpCreatePdu(it.session, SNMP_PDU_SET, 1, 0, 0, pSnmpCreateVbl(it.session, &sys_descr, &big));
    CHECK(SnmpSendMsg, counter64_to_version_1,
          "If translation is not possible, SnmpSendMsg fails with the extended error code SNMPAPI_OPERATION_INVALID.",
          FAILS_IN(it.session, SNMPAPI_OPERATION_INVALID, pSnmpSendMsg(it.session, NULL, agent, it.context, pdu)));
    CHECK(SnmpSendMsg, getbulk_to_version_1,
          "the implementation attempts to translate the request to SNMPv1 ... [by] the procedures defined in RFC1908 "
          "(GetBulk becomes GetNext)",
          pSnmpSendMsg(it.session, NULL, agent, it.context, pdu_of(it.session, SNMP_PDU_GETBULK, 80)) &&
              (first_seen(&seen), seen.version == 0 && seen.tag == 0xa1 && seen.second == 0 && seen.third == 0));
    exchange_stop(&it);
}

static void null_outputs(void)
{
    HSNMP_PDU pdu = NULL;

    if (!exchange_start(&it, ANSWER_ECHO, 1)) return;
    if (exchange_send(&it, SNMP_PDU_GET, 90) && wait_for_notifications(&it.inbox, 1))
    {
        /* Not documented for this function; the common code for it is SNMPAPI_NOOP, and a message must not be lost by
         * it. */
        CHECK(SnmpRecvMsg, all_null,
              "The function did not complete successfully because all output parameters are NULL.",
              FAILS_IN(it.session, SNMPAPI_NOOP, pSnmpRecvMsg(it.session, NULL, NULL, NULL, NULL)));
        CHECK(SnmpRecvMsg, null_outputs, "(not documented; a NULL output is one that is not wanted)",
              returned(pSnmpRecvMsg(it.session, NULL, NULL, NULL, &pdu), SNMPAPI_SUCCESS) && request_id_of(pdu) == 90);
    }
    exchange_stop(&it);
}

/* The same over IPv6, as far as to the agent. */
static void over_ipv6(void)
{
    struct sockaddr_in6 address = {.sin6_family = AF_INET6};
    struct parsed seen = {0};
    unsigned char data[1500];
    int size = sizeof(address), length;
    DWORD limit = 10000;
    HSNMP_ENTITY agent;
    SOCKET sock;

    if (!exchange_start(&it, ANSWER_NOTHING, 1)) return;
    address.sin6_addr.s6_addr[15] = 1;
    sock = socket(AF_INET6, SOCK_DGRAM, 0);
    if (bind(sock, (struct sockaddr *)&address, sizeof(address)) ||
        getsockname(sock, (struct sockaddr *)&address, &size))
        closesocket(sock), sock = INVALID_SOCKET;
    setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, (char *)&limit, sizeof(limit));
    agent = pSnmpStrToEntity(it.session, "::1");
    pSnmpSetPort(agent, ntohs(address.sin6_port));
    if (sock != INVALID_SOCKET &&
        pSnmpSendMsg(it.session, NULL, agent, it.context, pdu_of(it.session, SNMP_PDU_GET, 92)))
    {
        length = recv(sock, (char *)data, sizeof(data), 0);
        if (length > 0) parse_message(data, (size_t)length, &seen);
    }
    CHECK_IF(sock != INVALID_SOCKET, "this machine has no IPv6 loopback", SnmpSendMsg, ipv6,
             "(not documented; an entity with an IPv6 address is sent to)", seen.ok && seen.request_id == 92);
    closesocket(sock);
    exchange_stop(&it);
}

static void shared_handles(void)
{
    struct inbox other_inbox;
    HSNMP_SESSION other;

    if (!exchange_start(&it, ANSWER_ECHO, 1)) return;
    other = open_session(&other_inbox);
    CHECK(SnmpSendMsg, shared_handles, "Multiple sessions within an application can share handle variables.",
          pSnmpSendMsg(other, it.source, it.agent, it.context, pdu_of(it.session, SNMP_PDU_GET, 91)) &&
              wait_for_notifications(&other_inbox, 1) && other_inbox.list[0].session == other && it.inbox.count == 0);
    exchange_stop(&it);
}

static const struct test_case cases[] = {{"a request and its answer", round_trip},
                                         {"versions", versions},
                                         {"request types", request_types},
                                         {"responses and traps", no_answer_expected},
                                         {"objects freed early", objects_freed_early},
                                         {"several requests", several_in_flight},
                                         {"odd agents", odd_agents},
                                         {"SnmpDeleteVb and resubmit", delete_and_resubmit},
                                         {"SnmpSendMsg's errors", send_errors},
                                         {"too big", too_big},
                                         {"to an SNMPv1 entity", to_version_1},
                                         {"SnmpRecvMsg with NULL", null_outputs},
                                         {"over IPv6", over_ipv6},
                                         {"handles of another session", shared_handles},
                                         {NULL, NULL}};
const struct group send_group = {"send", __FILE__, cases};

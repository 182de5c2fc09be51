/*
 * SnmpRegister: traps and informs, and the filters. What must not be delivered is shown by a later trap that is.
 */
#include "wsnmp32_test.h"

#include <stdlib.h>

static const unsigned sys_uptime[] = {1, 3, 6, 1, 2, 1, 1, 3, 0}, snmp_trap_oid[] = {1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0};
static const unsigned cold_start[] = {1, 3, 6, 1, 6, 3, 1, 1, 5, 1}, link_up[] = {1, 3, 6, 1, 6, 3, 1, 1, 5, 4};
static const unsigned enterprise[] = {1, 3, 6, 1, 4, 1, 99999};
static smiUINT32 cold_start_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 5, 1}, traps_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 5};
static smiUINT32 longer_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 5, 1, 7},
                 trap_enterprise_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 4, 3, 0};
static smiUINT32 specific_ids[] = {1, 3, 6, 1, 4, 1, 99999, 0, 42};

static struct inbox inbox, witness_inbox;
static HSNMP_SESSION session,
    witness; /* the witness is registered for everything: what it has got has been dispatched */
static SOCKET sender;
static unsigned short sender_port;

static unsigned short trap_port(void)
{
    char text[16];

    return GetEnvironmentVariableA("CORK_WSNMP32_TRAPPORT", text, sizeof(text)) ? (unsigned short)atoi(text) : 162;
}

static int open_one(void)
{
    start_snmp();
    sender = loopback_socket(&sender_port);
    session = open_session(&inbox);
    witness = NULL;
    return session && sender != INVALID_SOCKET;
}

static int open_with_witness(void)
{
    if (!open_one()) return 0;
    witness = open_session(&witness_inbox);
    return pSnmpRegister(witness, NULL, NULL, NULL, NULL, SNMPAPI_ON) == SNMPAPI_SUCCESS;
}

static void close_all(void)
{
    pSnmpClose(session);
    if (witness) pSnmpClose(witness);
    closesocket(sender);
}

static void send_v2(unsigned char tag, const char *community, const unsigned *trap, size_t count, int request_id)
{
    struct bytes bindings = {.length = 0}, message = {.length = 0}, oid = {.length = 0};

    put_oid(&oid, trap, count);
    put_binding(&bindings, sys_uptime, 9, 0x43, "\x12\x34", 2);
    put_binding(&bindings, snmp_trap_oid, 11, 0x06, oid.data + 2, oid.length - 2);
    put_binding(&bindings, sys_name_ids, 9, 0x04, "here", 4);
    put_message(&message, 1, community, tag, request_id, 0, 0, &bindings);
    send_to_port(sender, trap_port(), message.data, message.length);
}

static void send_cold_start(int request_id)
{
    send_v2(0xa7, "public", cold_start, COUNT_OF(cold_start), request_id);
}

static void send_link_up(int request_id)
{
    send_v2(0xa7, "public", link_up, COUNT_OF(link_up), request_id);
}

/* The request ids of what has come, in order, until one with the id `last`, at most 10 seconds. Returns how many. */
static int ids_until(HSNMP_SESSION from, struct inbox *box, smiINT32 last, smiINT32 *ids, int max)
{
    int count = 0;

    for (int waited = 0; waited < 1000 && count < max;)
    {
        struct received got;

        receive(from, &got);
        if (!got.status)
        {
            WaitForSingleObject(box->arrived, 10);
            waited++;
            continue;
        }
        ids[count++] = got.request_id;
        received_free(&got);
        if (ids[count - 1] == last) break;
    }
    note("%d came, the first is %ld, the last %ld", count, count ? (long)ids[0] : 0, count ? (long)ids[count - 1] : 0);
    return count;
}

static void wait_for_witness(smiINT32 last)
{
    smiINT32 ids[16];

    ids_until(witness, &witness_inbox, last, ids, COUNT_OF(ids));
}

static int binding_is(HSNMP_VBL vbl, smiUINT32 index, const unsigned *name, size_t count, smiUINT32 syntax,
                      smiVALUE *value)
{
    smiOID got;

    if (!pSnmpGetVb(vbl, index, &got, value)) return 0;
    return got.len == count && !memcmp(got.ptr, name, count * sizeof(*name)) && value->syntax == syntax;
}

static void everything(void)
{
    struct received got = {0};
    smiOCTETS community;
    char text[64] = "";
    smiVALUE value;

    if (!open_one()) return;
    CHECK(SnmpRegister, SNMPAPI_SUCCESS, "If the function succeeds, the return value is SNMPAPI_SUCCESS.",
          returned(pSnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON), SNMPAPI_SUCCESS));
    send_cold_start(501);
    CHECK(SnmpRegister, all_null,
          "If an application passes NULL in all of the parameters ..., the implementation delivers all received "
          "notifications to the session.",
          wait_for_notifications(&inbox, 1) && inbox.list[0].wparam == 0);
    receive(session, &got);
    CHECK(SnmpRecvMsg, trap,
          "The SnmpRecvMsg function also returns outstanding trap data and notifications registered for a WinSNMP "
          "session.",
          got.status == SNMPAPI_SUCCESS && got.type == (smiINT)SNMP_PDU_TRAP && got.request_id == 501);
    CHECK(SnmpRecvMsg, trap_bindings,
          "The first variable binding entry contains a time-stamp. The second variable binding entry is an object "
          "identifier that identifies the trap.",
          pSnmpCountVbl(got.vbl) == 3 && binding_is(got.vbl, 1, sys_uptime, 9, SNMP_SYNTAX_TIMETICKS, &value) &&
              value.value.uNumber == 0x1234 && binding_is(got.vbl, 2, snmp_trap_oid, 11, SNMP_SYNTAX_OID, &value) &&
              value.value.oid.len == 10);
    CHECK(SnmpRecvMsg, trap_source, "In that function, srcEntity receives a handle to the entity that sent the trap.",
          pSnmpEntityToStr(got.source, sizeof(text), text) && !strcmp(text, "127.0.0.1"));
    CHECK(SnmpRecvMsg, trap_context,
          "The entity specified by the srcEntity parameter issues the message from this context.",
          pSnmpContextToStr(got.context, &community) && community.len == 6 && !memcmp(community.ptr, "public", 6));
    close_all();
}

static void send_v1(int generic, int specific)
{
    struct bytes bindings = {.length = 0}, message = {.length = 0};

    put_binding(&bindings, sys_name_ids, 9, 0x04, "here", 4);
    put_v1_trap(&message, "public", enterprise, COUNT_OF(enterprise), (const unsigned char *)"\x0a\1\2\3", generic,
                specific, 4711, &bindings);
    send_to_port(sender, trap_port(), message.data, message.length);
}

static void version_1(void)
{
    struct received got = {0};
    smiVALUE value;
    smiUINT32 last;

    if (!open_one() || !pSnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON)) return;
    send_v1(0, 0);
    if (wait_for_notifications(&inbox, 1))
    {
        receive(session, &got);
        CHECK(SnmpRecvMsg, v1_trap_type, "when SnmpRecvMsg delivers a trap it is always in the SNMPv2C format",
              got.type == (smiINT)SNMP_PDU_TRAP);
        CHECK(SnmpRecvMsg, v1_trap_request_id,
              "When the implementation receives traps from an SNMPv1 entity, it assigns a non-zero value to the "
              "request_id field of the PDU.",
              got.request_id != 0);
        CHECK(SnmpRecvMsg, v1_trap_uptime, "The first variable binding entry contains a time-stamp.",
              binding_is(got.vbl, 1, sys_uptime, 9, SNMP_SYNTAX_TIMETICKS, &value) && value.value.uNumber == 4711);
        CHECK(SnmpRecvMsg, v1_generic_trap,
              "The second variable binding entry is an object identifier that identifies the trap. (RFC 1908 3.1.2)",
              binding_is(got.vbl, 2, snmp_trap_oid, 11, SNMP_SYNTAX_OID, &value) &&
                  same_oid(&value.value.oid, &(smiOID){10, cold_start_ids}));
        last = pSnmpCountVbl(got.vbl);
        CHECK(SnmpRecvMsg, v1_trap_last_binding,
              "the last variable binding will always be equal to the value snmpTrapEnterpriseOID.0",
              last >= 4 &&
                  binding_is(got.vbl, last, (const unsigned *)trap_enterprise_ids, 11, SNMP_SYNTAX_OID, &value) &&
                  value.value.oid.len == 7 && value.value.oid.ptr[6] == 99999);
        received_free(&got);
    }
    send_v1(6, 42);
    if (wait_for_notifications(&inbox, 2))
    {
        receive(session, &got);
        CHECK(SnmpRecvMsg, v1_specific_trap, "(RFC 1908 3.1.2: the enterprise, 0 and the specific trap)",
              binding_is(got.vbl, 2, snmp_trap_oid, 11, SNMP_SYNTAX_OID, &value) &&
                  same_oid(&value.value.oid, &(smiOID){9, specific_ids}));
    }
    close_all();
}

static void inform(void)
{
    struct received got = {0};
    struct datagram answer;
    struct parsed parsed = {0};

    if (!open_one() || !pSnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON)) return;
    send_v2(0xa6, "public", cold_start, COUNT_OF(cold_start), 777);
    if (receive_within(sender, &answer, 10000) > 0) parse_message(answer.data, (size_t)answer.length, &parsed);
    CHECK(SnmpRegister, inform_answered,
          "(RFC 1905 4.2.7: an InformRequest is answered with a Response of the same bindings)",
          parsed.ok && parsed.tag == 0xa2 && parsed.request_id == 777 && parsed.second == 0);
    wait_for_notifications(&inbox, 1);
    receive(session, &got);
    CHECK(SnmpRecvMsg, inform, "returns outstanding trap data and notifications registered for a WinSNMP session",
          got.status && got.type == (smiINT)SNMP_PDU_INFORM && got.request_id == 777 && pSnmpCountVbl(got.vbl) == 3);
    close_all();
}

static void by_notification(void)
{
    const smiOID exact = {10, cold_start_ids}, prefix = {9, traps_ids}, longer = {11, longer_ids};
    smiINT32 ids[8];

    if (!open_with_witness() || !pSnmpRegister(session, NULL, NULL, NULL, &exact, SNMPAPI_ON)) return;
    send_link_up(1);
    send_cold_start(2);
    CHECK(SnmpRegister, notification,
          "the first n subidentifiers in a received trap match all the passed subidentifiers, then ... is a match",
          ids_until(session, &inbox, 2, ids, 8) == 1 && ids[0] == 2);
    pSnmpRegister(session, NULL, NULL, NULL, &exact, SNMPAPI_OFF);
    pSnmpRegister(session, NULL, NULL, NULL, &longer, SNMPAPI_ON);
    send_cold_start(3);
    wait_for_witness(3);
    pSnmpRegister(session, NULL, NULL, NULL, &prefix, SNMPAPI_ON);
    send_link_up(4);
    CHECK(SnmpRegister, notification_longer,
          "If a received trap has fewer subidentifiers than n, the object identifier does not match.",
          ids_until(session, &inbox, 4, ids, 8) == 1 && ids[0] == 4);
    CHECK(SnmpRegister, notification_prefix,
          "For example, you can specify [a prefix] to receive notifications originating from any [agent below it]",
          (send_cold_start(5), ids_until(session, &inbox, 5, ids, 8) == 1) &&
              (send_link_up(6), ids_until(session, &inbox, 6, ids, 8) == 1));
    close_all();
}

static void by_entity_and_context(void)
{
    HSNMP_ENTITY here, elsewhere;
    HSNMP_CONTEXT secret;
    smiINT32 ids[8];

    if (!open_with_witness()) return;
    here = pSnmpStrToEntity(session, "127.0.0.1");
    elsewhere = pSnmpStrToEntity(session, "127.0.0.77");
    secret = context_of(session, "secret");
    pSnmpRegister(session, NULL, elsewhere, NULL, NULL, SNMPAPI_ON);
    pSnmpRegister(session, NULL, NULL, secret, NULL, SNMPAPI_ON);
    send_cold_start(1);
    send_v2(0xa7, "secret", cold_start, COUNT_OF(cold_start), 2);
    CHECK(SnmpRegister, context, "Handle to the context (only traps and notifications of that context are delivered)",
          ids_until(session, &inbox, 2, ids, 8) == 1 && ids[0] == 2);
    pSnmpRegister(session, NULL, NULL, secret, NULL, SNMPAPI_OFF);
    send_cold_start(3);
    wait_for_witness(3);
    CHECK(SnmpRegister, dstEntity,
          "This entity, acting in an SNMP agent role, will send the trap or notification. (others' are not delivered)",
          pSnmpRegister(session, NULL, here, NULL, NULL, SNMPAPI_ON) &&
              (send_cold_start(4), ids_until(session, &inbox, 4, ids, 8) == 1) && ids[0] == 4);
    pSnmpRegister(session, NULL, here, NULL, NULL, SNMPAPI_OFF);
    CHECK(SnmpRegister, srcEntity,
          "Because the implementation does not use this parameter to filter traps and notifications",
          pSnmpRegister(session, elsewhere, here, NULL, NULL, SNMPAPI_ON) &&
              (send_cold_start(5), ids_until(session, &inbox, 5, ids, 8) == 1));
    close_all();
}

static void unregister(void)
{
    const smiOID cold = {10, cold_start_ids}, prefix = {9, traps_ids};
    smiINT32 ids[8];

    if (!open_with_witness()) return;
    pSnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON);
    CHECK(SnmpRegister, redundant, "the redundant registration is ineffective (and returns SNMPAPI_SUCCESS)",
          pSnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON) &&
              pSnmpRegister(session, NULL, NULL, NULL, &cold, SNMPAPI_ON));
    send_cold_start(1);
    send_cold_start(2);
    CHECK(SnmpRegister, delivered_once,
          "This call is redundant because the session is already receiving all traps and notifications",
          ids_until(session, &inbox, 2, ids, 8) == 2 && ids[0] == 1);
    CHECK(SnmpRegister, every_session,
          "delivers all received notifications to the session (each one that is registered)",
          ids_until(witness, &witness_inbox, 2, ids, 8) == 2);
    CHECK(SnmpRegister, SNMPAPI_OFF, "Disable traps and notifications.",
          returned(pSnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_OFF), SNMPAPI_SUCCESS));
    send_cold_start(3);
    wait_for_witness(3);
    pSnmpRegister(session, NULL, NULL, NULL, NULL, 12345);
    send_cold_start(4);
    CHECK(SnmpRegister, unregistered,
          "You do not need to match redundant registration calls ... You need only match the first unique registration",
          ids_until(session, &inbox, 4, ids, 8) == 1 && ids[0] == 4);
    CHECK(SnmpRegister, other_state, "if it contains a different value, the implementation registers the application",
          ids[0] == 4);
    pSnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_OFF);
    pSnmpRegister(session, NULL, NULL, NULL, &prefix, SNMPAPI_ON);
    pSnmpRegister(session, NULL, NULL, NULL, &cold, SNMPAPI_ON);
    pSnmpRegister(session, NULL, NULL, NULL, &prefix, SNMPAPI_OFF);
    send_cold_start(5);
    wait_for_witness(5);
    pSnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON);
    send_cold_start(6);
    CHECK(SnmpRegister, redundant_prefix,
          "the second call is redundant because the session is already receiving all traps and notifications that "
          "contain the OID prefix",
          ids_until(session, &inbox, 6, ids, 8) == 1 && ids[0] == 6);
    close_all();
}

static void errors(void)
{
    smiUINT32 none[1] = {1};
    HSNMP_ENTITY entity;
    HSNMP_CONTEXT context;

    if (!open_one()) return;
    entity = pSnmpStrToEntity(session, "127.0.0.1");
    context = context_of(session, "public");
    CHECK(SnmpRegister, SNMPAPI_SESSION_INVALID, "The session parameter is invalid.",
          FAILS(SNMPAPI_SESSION_INVALID, pSnmpRegister(NULL, NULL, NULL, NULL, NULL, SNMPAPI_ON)));
    CHECK(SnmpRegister, SNMPAPI_ENTITY_INVALID, "One or both of the entity parameters is invalid.",
          FAILS_IN(session, SNMPAPI_ENTITY_INVALID, pSnmpRegister(session, context, NULL, NULL, NULL, SNMPAPI_ON)) &&
              FAILS_IN(session, SNMPAPI_ENTITY_INVALID, pSnmpRegister(session, NULL, context, NULL, NULL, SNMPAPI_ON)));
    CHECK(SnmpRegister, SNMPAPI_CONTEXT_INVALID, "The context parameter is invalid.",
          FAILS_IN(session, SNMPAPI_CONTEXT_INVALID, pSnmpRegister(session, NULL, NULL, entity, NULL, SNMPAPI_ON)));
    CHECK(SnmpRegister, SNMPAPI_OID_INVALID, "The notification parameter is invalid.",
          FAILS_IN(session, SNMPAPI_OID_INVALID,
                   pSnmpRegister(session, NULL, NULL, NULL, &(smiOID){0, none}, SNMPAPI_ON)) &&
              FAILS_IN(session, SNMPAPI_OID_INVALID,
                       pSnmpRegister(session, NULL, NULL, NULL, &(smiOID){5, NULL}, SNMPAPI_ON)) &&
              FAILS_IN(session, SNMPAPI_OID_INVALID,
                       pSnmpRegister(session, NULL, NULL, NULL, &(smiOID){129, none}, SNMPAPI_ON)));
    close_all();
}

static void port_in_use(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(trap_port())};
    SOCKET busy;
    BOOL on = TRUE;
    int bound;

    if (!open_one()) return;
    busy = socket(AF_INET, SOCK_DGRAM, 0);
    setsockopt(busy, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, (char *)&on, sizeof(on));
    bound = !bind(busy, (struct sockaddr *)&address, sizeof(address));
    CHECK_IF(bound, "the test may not bind the trap port itself", SnmpRegister, SNMPAPI_TL_IN_USE,
             "The trap port is not available.",
             FAILS_IN(session, SNMPAPI_TL_IN_USE, pSnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON)));
    closesocket(busy);
    CHECK(SnmpRegister, free_again, "The trap port is not available. (until it is)",
          returned(pSnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON), SNMPAPI_SUCCESS));
    close_all();
}

static const struct test_case cases[] = {{"all traps", everything},
                                         {"SNMPv1 traps", version_1},
                                         {"informs", inform},
                                         {"by notification", by_notification},
                                         {"by entity and context", by_entity_and_context},
                                         {"unregister", unregister},
                                         {"errors", errors},
                                         {"port in use", port_in_use},
                                         {NULL, NULL}};
const struct group register_group = {"register", __FILE__, cases};

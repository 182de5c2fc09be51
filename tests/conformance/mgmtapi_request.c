/*
 * SnmpMgrRequest with an agent that answers, errs or is silent.
 */
#include "mgmtapi_test.h"

static struct responder responder;
static LPSNMP_MGR_SESSION session;
static SnmpVarBindList list;
static AsnInteger status, error_index;

static int begin(enum answer answer, int timeout, int retries)
{
    if (!responder_start(&responder, answer)) return 0;
    session = open_agent(&responder, timeout, retries);
    null_list(&list, sys_descr_ids, 9);
    status = error_index = 99;
    return session != NULL;
}

static void end(void)
{
    SnmpUtilVarBindListFree(&list);
    pSnmpMgrClose(session);
    responder_stop(&responder);
}

static void get(void)
{
    struct parsed seen = {0};

    if (!begin(ANSWER_BINDINGS, 3000, 1)) return;
    put_binding(&responder.canned, sys_descr_ids, 9, 0x04, "an agent", 8);
    CHECK(SnmpMgrRequest, success, "If the function succeeds, the return value is nonzero.",
          pSnmpMgrRequest(session, SNMP_PDU_GET, &list, &status, &error_index) != 0);
    CHECK(SnmpMgrRequest, SNMP_ERRORSTATUS_NOERROR, "The agent reports that no errors occurred during transmission.",
          status == SNMP_ERRORSTATUS_NOERROR && error_index == 0);
    CHECK(SnmpMgrRequest, variableBindings, "Retrieve the value or values of the specified variables.",
          list.len == 1 && list.list[0].name.idLength == 9 && list.list[0].value.asnType == ASN_OCTETSTRING &&
              list.list[0].value.asnValue.string.length == 8 &&
              !memcmp(list.list[0].value.asnValue.string.stream, "an agent", 8));
    if (responder.seen_count) parse_message(responder.seen[0].data, (size_t)responder.seen[0].length, &seen);
    CHECK(SnmpMgrRequest, snmpv1, "This parameter can be one of the following values defined by SNMPv1.",
          seen.ok && seen.version == 0 && seen.tag == 0xa0);
    CHECK(SnmpMgrOpen, lpAgentCommunity, "specifies the SNMP community name to use when communicating with the agent",
          !strcmp(seen.community, "public"));
    end();
}

static void get_next(void)
{
    struct parsed seen = {0};

    if (!begin(ANSWER_BINDINGS, 3000, 1)) return;
    put_binding(&responder.canned, sys_name_ids, 9, 0x04, "next", 4);
    CHECK(SnmpMgrRequest, SNMP_PDU_GETNEXT,
          "Retrieve the value or values of the lexicographic successor of the specified variable.",
          pSnmpMgrRequest(session, SNMP_PDU_GETNEXT, &list, &status, &error_index) && list.list[0].name.idLength == 9 &&
              list.list[0].name.ids[7] == 5);
    if (responder.seen_count) parse_message(responder.seen[0].data, (size_t)responder.seen[0].length, &seen);
    CHECK(SnmpMgrRequest, requestType, "Specifies the SNMP request type.", seen.tag == 0xa1);
    end();
}

static void set(void)
{
    static const unsigned char expected[] = {0x02, 0x02, 0xff, 0x7f};
    struct parsed seen = {0};

    if (!begin(ANSWER_ECHO, 3000, 1)) return;
    list.list[0].value.asnType = ASN_INTEGER;
    list.list[0].value.asnValue.number = -129;
    CHECK(SnmpMgrRequest, SNMP_PDU_SET, "Write a value within a specific variable.",
          pSnmpMgrRequest(session, SNMP_PDU_SET, &list, &status, &error_index) && status == 0 &&
              list.list[0].value.asnType == ASN_INTEGER && list.list[0].value.asnValue.number == -129);
    if (responder.seen_count) parse_message(responder.seen[0].data, (size_t)responder.seen[0].length, &seen);
    CHECK(SnmpMgrRequest, set_bytes, "Write a value within a specific variable. (what is sent)",
          seen.tag == 0xa3 && seen.bindings_length > 4 &&
              !memcmp(seen.bindings + seen.bindings_length - 4, expected, 4));
    end();
}

/* Each type's value, through the structures packed to 4. */
static void types(void)
{
    static const unsigned name[] = {1, 3, 6, 1};

    if (!begin(ANSWER_BINDINGS, 3000, 1)) return;
    put_binding(&responder.canned, name, 4, 0x02, "\x80\0\0\0", 4);
    put_binding(&responder.canned, name, 4, 0x06, "\x2b\x8f\xff\xff\xff\x7f", 6);
    put_binding(&responder.canned, name, 4, 0x40, "\x7f\0\0\1", 4);
    put_binding(&responder.canned, name, 4, 0x41, "\0\xff\xff\xff\xff", 5);
    put_binding(&responder.canned, name, 4, 0x42, "\5", 1);
    put_binding(&responder.canned, name, 4, 0x43, "\x7f\xff", 2);
    put_binding(&responder.canned, name, 4, 0x44, "opaque", 6);
    CHECK(SnmpMgrRequest, values, "Pointer to the variable bindings list. (each SNMPv1 type in the answer)",
          pSnmpMgrRequest(session, SNMP_PDU_GET, &list, &status, &error_index) && list.len == 7 &&
              list.list[0].value.asnType == ASN_INTEGER && list.list[0].value.asnValue.number == (LONG)0x80000000 &&
              list.list[1].value.asnType == ASN_OBJECTIDENTIFIER && list.list[1].value.asnValue.object.idLength == 3 &&
              list.list[1].value.asnValue.object.ids[2] == 0xffffffff && list.list[2].value.asnType == ASN_IPADDRESS &&
              list.list[2].value.asnValue.address.length == 4 && list.list[3].value.asnType == ASN_COUNTER32 &&
              list.list[3].value.asnValue.counter == 0xffffffff && list.list[4].value.asnType == ASN_GAUGE32 &&
              list.list[4].value.asnValue.gauge == 5 && list.list[5].value.asnType == ASN_TIMETICKS &&
              list.list[5].value.asnValue.ticks == 0x7fff && list.list[6].value.asnType == ASN_OPAQUE &&
              list.list[6].value.asnValue.arbitrary.length == 6);
    end();
}

static void errors(void)
{
    if (!begin(ANSWER_ERROR, 3000, 1)) return;
    CHECK(SnmpMgrRequest, SNMP_ERRORSTATUS_NOSUCHNAME, "The requested operation identified an unknown variable.",
          pSnmpMgrRequest(session, SNMP_PDU_GET, &list, &status, &error_index) != 0 &&
              status == SNMP_ERRORSTATUS_NOSUCHNAME);
    CHECK(SnmpMgrRequest, errorIndex, "Pointer to a variable in which the error index result will be returned.",
          error_index == 1);
    CHECK(SnmpMgrRequest, bad_type, "Specifies the SNMP request type. (one that is none of the three)",
          FAILS(0, pSnmpMgrRequest(session, SNMP_PDU_GETBULK, &list, &status, &error_index)));
    CHECK(SnmpMgrRequest, null_pointers, "If the function fails, the return value is NULL.",
          FAILS(0, pSnmpMgrRequest(session, SNMP_PDU_GET, NULL, &status, &error_index)) &&
              FAILS(SNMP_MGMTAPI_INVALID_SESSION, pSnmpMgrRequest(NULL, SNMP_PDU_GET, &list, &status, &error_index)));
    end();
}

static void time_out(void)
{
    enum
    {
        TIMEOUT = 100,
        RETRIES = 2
    };
    DWORD start, took;

    if (!begin(ANSWER_NOTHING, TIMEOUT, RETRIES)) return;
    start = GetTickCount();
    CHECK(SnmpMgrRequest, SNMP_MGMTAPI_TIMEOUT, "The request timed-out.",
          FAILS(SNMP_MGMTAPI_TIMEOUT, pSnmpMgrRequest(session, SNMP_PDU_GET, &list, &status, &error_index)));
    took = GetTickCount() - start;
    note("%ld transmissions", responder.seen_count);
    CHECK(SnmpMgrOpen, nRetries, "Specifies the communications retry count.",
          responder_wait(&responder, 3) && responder.seen_count == 1 + RETRIES);
    /* 100 + 200 + 400 milliseconds; without the doubling 300. A slow machine only makes it longer; the clock's step
     * is 16. */
    note("it took %lu ms", took);
    CHECK(SnmpMgrOpen, nTimeOut,
          "The time-out that is specified in the nTimeOut parameter is doubled each time that a retry attempt is "
          "transmitted.",
          took >= 6 * TIMEOUT);
    end();
}

static void answered_late(void)
{
    if (!begin(ANSWER_SECOND, 100, 5)) return;
    CHECK(SnmpMgrRequest, retries, "Retries and time-outs are supplied to the SnmpMgrOpen function.",
          pSnmpMgrRequest(session, SNMP_PDU_GET, &list, &status, &error_index) && status == 0 &&
              responder.seen_count >= 2);
    end();
}

static const struct test_case cases[] = {
    {"get", get},           {"get next", get_next},           {"set", set}, {"types", types}, {"errors", errors},
    {"time-out", time_out}, {"answered late", answered_late}, {NULL, NULL}};
const struct group request_group = {"request", __FILE__, cases};

/*
 * Entities and contexts: names and addresses in the three translation modes, ports, the retransmission policy.
 */
#include "wsnmp32_test.h"

static struct inbox inbox;
static HSNMP_SESSION session;

static void open_one(smiUINT32 mode)
{
    start_snmp();
    pSnmpSetTranslateMode(mode);
    session = open_session(&inbox);
}

static const char *text_of(HSNMP_ENTITY entity)
{
    static char text[256];

    memset(text, 'x', sizeof(text));
    if (!pSnmpEntityToStr(entity, sizeof(text), text)) strcpy(text, "(failed)");
    text[sizeof(text) - 1] = 0;
    note("the text is %s", text);
    return text;
}

static void entity_literal(void)
{
    static const smiUINT32 modes[] = {SNMPAPI_UNTRANSLATED_V1, SNMPAPI_UNTRANSLATED_V2};

    for (size_t i = 0; i < COUNT_OF(modes); i++)
    {
        HSNMP_ENTITY entity, second;

        open_one(modes[i]);
        entity = pSnmpStrToEntity(session, "127.0.0.1");
        second = pSnmpStrToEntity(session, "127.0.0.1");
        CHECK(SnmpStrToEntity, literal_address,
              "The implementation interprets the string parameter as a literal SNMP transport address.",
              entity && second && entity != second);
        CHECK(SnmpEntityToStr, literal_address,
              "When the mode is SNMPAPI_UNTRANSLATED_V1 or SNMPAPI_UNTRANSLATED_V2, ... also returns the literal SNMP "
              "transport address",
              !strcmp(text_of(entity), "127.0.0.1"));
        CHECK(SnmpStrToEntity, name_untranslated,
              "interprets the string parameter as a literal SNMP transport address (a name is none)",
              FAILS_IN(session, SNMPAPI_ENTITY_UNKNOWN, pSnmpStrToEntity(session, "localhost")));
    }
}

static void entity_ipv6(void)
{
    HSNMP_ENTITY entity;

    open_one(SNMPAPI_UNTRANSLATED_V2);
    entity = pSnmpStrToEntity(session, "::1");
    CHECK(SnmpStrToEntity, ipv6_literal, "(not documented; an IPv6 literal is a transport address too)",
          entity != NULL);
    CHECK(SnmpEntityToStr, ipv6_literal, "returns the literal SNMP transport address of the management entity",
          entity && !strcmp(text_of(entity), "::1"));
}

static void entity_translated(void)
{
    HSNMP_ENTITY entity;

    open_one(SNMPAPI_TRANSLATED);
    entity = pSnmpStrToEntity(session, "localhost");
    CHECK(SnmpStrToEntity, friendly_name, "The implementation interprets the string parameter as a user-friendly name.",
          entity != NULL);
    CHECK(SnmpEntityToStr, friendly_name,
          "When the mode is SNMPAPI_TRANSLATED, and an entry exists in the database, the implementation returns the "
          "associated user-friendly name",
          entity && !strcmp(text_of(entity), "localhost"));
    pSnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V1);
    CHECK(SnmpEntityToStr, current_mode,
          "The current setting of the entity and context translation mode determines the type of output string",
          entity && (!strcmp(text_of(entity), "127.0.0.1") || !strcmp(text_of(entity), "::1")));
    pSnmpSetTranslateMode(SNMPAPI_TRANSLATED);
    entity = pSnmpStrToEntity(session, "127.0.0.9");
    CHECK(SnmpEntityToStr, no_entry,
          "If an entry does not exist for the management entity, SnmpEntityToStr returns the literal SNMP transport "
          "address",
          entity && !strcmp(text_of(entity), "127.0.0.9"));
}

static void entity_errors(void)
{
    static const char *const bad[] = {"",
                                      "999.1.1.1",
                                      "127.0.0",
                                      "1.2.3.4.5",
                                      "127.0.0.1x",
                                      " 127.0.0.1 ",
                                      ":::1",
                                      "not an address",
                                      "00000001:00081A0D01C2",
                                      "00000001.00081a0d01c2"};
    HSNMP_ENTITY entity;

    open_one(SNMPAPI_UNTRANSLATED_V2);
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        CHECK(SnmpStrToEntity, SNMPAPI_ENTITY_UNKNOWN, "The entity string is invalid.",
              FAILS_IN(session, SNMPAPI_ENTITY_UNKNOWN, pSnmpStrToEntity(session, bad[i])));
    CHECK(SnmpStrToEntity, null_string, "The entity string is invalid. (NULL is none)",
          FAILS_IN(session, SNMPAPI_ENTITY_UNKNOWN, pSnmpStrToEntity(session, NULL)));
    CHECK(SnmpStrToEntity, SNMPAPI_SESSION_INVALID, "The session parameter is invalid.",
          FAILS(SNMPAPI_SESSION_INVALID, pSnmpStrToEntity(NULL, "127.0.0.1")));
    entity = pSnmpStrToEntity(session, "127.0.0.1");
    CHECK(SnmpStrToEntity, wrong_type, "The session parameter is invalid.",
          FAILS(SNMPAPI_SESSION_INVALID, pSnmpStrToEntity(entity, "127.0.0.1")));
    pSnmpFreeEntity(entity);
    CHECK(SnmpEntityToStr, SNMPAPI_ENTITY_INVALID, "The entity parameter is invalid.",
          FAILS(SNMPAPI_ENTITY_INVALID, pSnmpEntityToStr(entity, 64, (char[64]){0})) &&
              FAILS(SNMPAPI_ENTITY_INVALID, pSnmpEntityToStr(NULL, 64, (char[64]){0})));
}

static void entity_to_str_size(void)
{
    char text[32];
    HSNMP_ENTITY entity;

    open_one(SNMPAPI_UNTRANSLATED_V2);
    entity = pSnmpStrToEntity(session, "127.0.0.1");
    memset(text, 'x', sizeof(text));
    CHECK(SnmpEntityToStr, success, "the return value is the number of bytes, including a terminating null byte",
          returned(pSnmpEntityToStr(entity, sizeof(text), text), 10));
    CHECK(SnmpEntityToStr, exact_size, "This value can be less than or equal to the value of the size parameter",
          returned(pSnmpEntityToStr(entity, 10, text), 10) && text[10] == 'x');
    memset(text, 'x', sizeof(text));
    CHECK(SnmpEntityToStr, SNMPAPI_OUTPUT_TRUNCATED, "The output buffer length is insufficient.",
          FAILS(SNMPAPI_OUTPUT_TRUNCATED, pSnmpEntityToStr(entity, 9, text)) && text[9] == 'x' &&
              FAILS(SNMPAPI_OUTPUT_TRUNCATED, pSnmpEntityToStr(entity, 0, text)));
    CHECK(SnmpEntityToStr, SNMPAPI_ALLOC_ERROR,
          "The application specified an invalid pointer, or an error occurred during memory allocation.",
          FAILS(SNMPAPI_ALLOC_ERROR, pSnmpEntityToStr(entity, 32, NULL)) &&
              FAILS(SNMPAPI_ALLOC_ERROR, pSnmpEntityToStr(entity, 32, (char *)1)));
}

static void free_entity(void)
{
    HSNMP_ENTITY entity, other;
    HSNMP_CONTEXT context;

    open_one(SNMPAPI_UNTRANSLATED_V2);
    entity = pSnmpStrToEntity(session, "127.0.0.1");
    CHECK(SnmpFreeEntity, SNMPAPI_SUCCESS, "If the function succeeds, the return value is SNMPAPI_SUCCESS.",
          returned(pSnmpFreeEntity(entity), SNMPAPI_SUCCESS));
    context = context_of(session, "public");
    CHECK(SnmpFreeEntity, SNMPAPI_ENTITY_INVALID, "The entity parameter is invalid.",
          FAILS(SNMPAPI_ENTITY_INVALID, pSnmpFreeEntity(entity)) &&
              FAILS(SNMPAPI_ENTITY_INVALID, pSnmpFreeEntity(NULL)) &&
              FAILS(SNMPAPI_ENTITY_INVALID, pSnmpFreeEntity(context)) &&
              FAILS(SNMPAPI_ENTITY_INVALID, pSnmpFreeEntity(session)));
    other = pSnmpStrToEntity(session, "127.0.0.1");
    pSnmpClose(session);
    CHECK(SnmpFreeEntity, freed_by_close,
          "calls the SnmpClose function ... frees all resources it allocated for the WinSNMP session",
          other && FAILS(SNMPAPI_ENTITY_INVALID, pSnmpFreeEntity(other)));
}

static void set_port(void)
{
    HSNMP_ENTITY entity;
    struct exchange exchange;

    open_one(SNMPAPI_UNTRANSLATED_V2);
    entity = pSnmpStrToEntity(session, "127.0.0.1");
    CHECK(SnmpSetPort, SNMPAPI_SUCCESS, "If the function succeeds, the return value is SNMPAPI_SUCCESS.",
          returned(pSnmpSetPort(entity, 1161), SNMPAPI_SUCCESS));
    pSnmpFreeEntity(entity);
    CHECK(SnmpSetPort, SNMPAPI_ENTITY_INVALID,
          "This parameter must be a handle returned by a previous call to the SnmpStrToEntity function.",
          FAILS(SNMPAPI_ENTITY_INVALID, pSnmpSetPort(entity, 161)) &&
              FAILS(SNMPAPI_ENTITY_INVALID, pSnmpSetPort(NULL, 161)));
    entity = pSnmpStrToEntity(session, "127.0.0.1");
    /* UDP has no such ports. */
    CHECK(SnmpSetPort, SNMPAPI_OTHER_ERROR, "(a port that UDP does not have: the page leaves only this code)",
          FAILS(SNMPAPI_OTHER_ERROR, pSnmpSetPort(entity, 65536)));
    if (!exchange_start(&exchange, ANSWER_ECHO, 1)) return;
    CHECK(SnmpSetPort, used, "change the port assigned to a destination entity",
          exchange_send(&exchange, SNMP_PDU_GET, 1) && responder_wait(&exchange.responder, 1));
    exchange_stop(&exchange);
}

static void default_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(161)};
    struct datagram datagram = {.length = 0};
    unsigned short unused;
    SOCKET starter = loopback_socket(&unused), sock = socket(AF_INET, SOCK_DGRAM, 0);
    int bound, got = -1;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bound = !bind(sock, (struct sockaddr *)&address, sizeof(address));
    open_one(SNMPAPI_UNTRANSLATED_V2);
    if (bound && pSnmpSendMsg(session, NULL, pSnmpStrToEntity(session, "127.0.0.1"), context_of(session, "public"),
                              pdu_of(session, SNMP_PDU_GET, 1)))
        got = receive_within(sock, &datagram, 10000);
    CHECK_IF(bound, "the test may not bind port 161", SnmpSetPort, default_port,
             "the implementation typically assigns the standard SNMP request port for the respective protocol family "
             "to the entity; for "
             "example, UDP 161",
             got > 0);
    closesocket(sock);
    closesocket(starter);
}

static void set_port_of_agent(void)
{
    unsigned short port;
    SOCKET sock = loopback_socket(&port);
    HSNMP_ENTITY entity;

    closesocket(sock);
    open_one(SNMPAPI_UNTRANSLATED_V2);
    entity = entity_of(session, port);
    if (!pSnmpListen(entity, SNMPAPI_ON)) return;
    CHECK(SnmpSetPort, SNMPAPI_OPERATION_INVALID,
          "The entity specified by the hEntity parameter is already functioning in an agent role as the result of a "
          "call to the SnmpListen function.",
          FAILS(SNMPAPI_OPERATION_INVALID, pSnmpSetPort(entity, 1161)));
    pSnmpListen(entity, SNMPAPI_OFF);
    CHECK(SnmpSetPort, after_listening, "(an entity that is no longer an agent takes a new port)",
          returned(pSnmpSetPort(entity, 1161), SNMPAPI_SUCCESS));
}

static void timeout_and_retry(void)
{
    HSNMP_ENTITY entity, other;
    smiTIMETICKS policy = 99, actual = 99;
    smiUINT32 policy_retry = 99, actual_retry = 99;

    open_one(SNMPAPI_UNTRANSLATED_V2);
    entity = pSnmpStrToEntity(session, "127.0.0.1");
    other = pSnmpStrToEntity(session, "127.0.0.2");
    CHECK(SnmpSetTimeout, SNMPAPI_SUCCESS, "If the function succeeds, the return value is SNMPAPI_SUCCESS.",
          returned(pSnmpSetTimeout(entity, 321), SNMPAPI_SUCCESS));
    CHECK(SnmpGetTimeout, nPolicyTimeout,
          "receive the time-out value, in hundredths of a second, for the specified management entity",
          pSnmpGetTimeout(entity, &policy, &actual) == SNMPAPI_SUCCESS && policy == 321);
    CHECK(SnmpGetTimeout, nActualTimeout,
          "If this parameter is a valid pointer, the function returns 0. (nothing has been measured yet)", actual == 0);
    CHECK(SnmpSetRetry, SNMPAPI_SUCCESS, "If the function succeeds, the return value is SNMPAPI_SUCCESS.",
          returned(pSnmpSetRetry(entity, 7), SNMPAPI_SUCCESS));
    CHECK(SnmpGetRetry, nPolicyRetry, "receive the retry count value for the specified management entity",
          pSnmpGetRetry(entity, &policy_retry, &actual_retry) == SNMPAPI_SUCCESS && policy_retry == 7);
    CHECK(SnmpGetRetry, nActualRetry,
          "If this parameter is a valid pointer, the function returns 0. (nothing has been measured yet)",
          actual_retry == 0);
    pSnmpGetTimeout(other, &policy, NULL);
    pSnmpGetRetry(other, &policy_retry, NULL);
    CHECK(SnmpSetTimeout, per_entity, "The implementation stores individual values for each destination entity.",
          policy != 321);
    CHECK(SnmpSetRetry, per_entity, "The implementation stores individual values for each destination entity.",
          policy_retry != 7);
    policy = policy_retry = actual = actual_retry = 99;
    CHECK(SnmpGetTimeout, one_null,
          "If you do not need the information returned in this parameter, [it] must be a NULL pointer.",
          pSnmpGetTimeout(entity, &policy, NULL) && policy == 321 && pSnmpGetTimeout(entity, NULL, &actual) &&
              actual == 0);
    CHECK(SnmpGetRetry, one_null,
          "If you do not need the information returned in this parameter, [it] must be a NULL pointer.",
          pSnmpGetRetry(entity, &policy_retry, NULL) && policy_retry == 7 &&
              pSnmpGetRetry(entity, NULL, &actual_retry) && actual_retry == 0);
    CHECK(SnmpGetTimeout, SNMPAPI_NOOP,
          "The nPolicyRetry and nActualRetry parameters are both NULL. The operation was not performed.",
          FAILS(SNMPAPI_NOOP, pSnmpGetTimeout(entity, NULL, NULL)));
    CHECK(SnmpGetRetry, SNMPAPI_NOOP,
          "The nPolicyRetry and nActualRetry parameters are both NULL. The operation was not performed.",
          FAILS(SNMPAPI_NOOP, pSnmpGetRetry(entity, NULL, NULL)));
}

static void timeout_and_retry_errors(void)
{
    HSNMP_ENTITY entity;
    smiTIMETICKS ticks;
    smiUINT32 count;

    open_one(SNMPAPI_UNTRANSLATED_V2);
    entity = pSnmpStrToEntity(session, "127.0.0.1");
    CHECK(SnmpGetTimeout, SNMPAPI_ALLOC_ERROR,
          "The application specified an invalid pointer, or an error occurred during memory allocation.",
          FAILS(SNMPAPI_ALLOC_ERROR, pSnmpGetTimeout(entity, (smiLPTIMETICKS)1, NULL)) &&
              FAILS(SNMPAPI_ALLOC_ERROR, pSnmpGetTimeout(entity, NULL, (smiLPTIMETICKS)1)));
    CHECK(SnmpGetRetry, SNMPAPI_ALLOC_ERROR,
          "The application specified an invalid pointer, or an error occurred during memory allocation.",
          FAILS(SNMPAPI_ALLOC_ERROR, pSnmpGetRetry(entity, (smiLPUINT32)1, NULL)) &&
              FAILS(SNMPAPI_ALLOC_ERROR, pSnmpGetRetry(entity, NULL, (smiLPUINT32)1)));
    pSnmpFreeEntity(entity);
    CHECK(SnmpGetTimeout, SNMPAPI_ENTITY_INVALID, "The hEntity parameter is invalid.",
          FAILS(SNMPAPI_ENTITY_INVALID, pSnmpGetTimeout(entity, &ticks, NULL)));
    CHECK(SnmpSetTimeout, SNMPAPI_ENTITY_INVALID, "The hEntity parameter is invalid.",
          FAILS(SNMPAPI_ENTITY_INVALID, pSnmpSetTimeout(entity, 5)) &&
              FAILS(SNMPAPI_ENTITY_INVALID, pSnmpSetTimeout(NULL, 5)));
    CHECK(SnmpGetRetry, SNMPAPI_ENTITY_INVALID, "The hEntity parameter is invalid.",
          FAILS(SNMPAPI_ENTITY_INVALID, pSnmpGetRetry(entity, &count, NULL)));
    CHECK(SnmpSetRetry, SNMPAPI_ENTITY_INVALID, "The hEntity parameter is invalid.",
          FAILS(SNMPAPI_ENTITY_INVALID, pSnmpSetRetry(entity, 5)) &&
              FAILS(SNMPAPI_ENTITY_INVALID, pSnmpSetRetry(NULL, 5)));
}

/* ---- Contexts --------------------------------------------------------------------------------------------------- */

static int context_reads(HSNMP_CONTEXT context, const void *community, smiUINT32 length)
{
    smiOCTETS octets = {99, NULL};
    int same;

    if (!pSnmpContextToStr(context, &octets)) return 0;
    note("the length is %lu, expected %lu", (unsigned long)octets.len, (unsigned long)length);
    same = octets.len == length && octets.ptr && !memcmp(octets.ptr, community, length);
    pSnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &octets);
    return same;
}

static void context_literal(void)
{
    char community[] = {'p', 'u', 0, 'b', (char)0xff};
    smiOCTETS octets = {sizeof(community), (smiLPBYTE)community};
    HSNMP_CONTEXT context, second;

    for (smiUINT32 mode = SNMPAPI_UNTRANSLATED_V1; mode <= SNMPAPI_UNTRANSLATED_V2; mode++)
    {
        open_one(mode);
        community[0] = 'p';
        context = pSnmpStrToContext(session, &octets);
        second = pSnmpStrToContext(session, &octets);
        CHECK(SnmpStrToContext, literal_community,
              "The implementation interprets the string parameter as a literal SNMP community string.",
              context && second && context != second && context_reads(context, community, sizeof(community)));
        community[0] = 'x';
        CHECK(SnmpStrToContext, own_copy,
              "The WinSNMP application should free the memory associated with the ptr member",
              context && context_reads(context, "pu\0b\xff", 5));
        CHECK(SnmpContextToStr, untranslated, "returns the SNMP community string",
              context_reads(second, "pu\0b\xff", 5));
    }
}

static void context_translated(void)
{
    HSNMP_CONTEXT context;

    open_one(SNMPAPI_TRANSLATED);
    context = context_of(session, "public");
    CHECK(SnmpStrToContext, translated,
          "interprets the string parameter as a user-friendly name for a collection of managed objects",
          context != NULL);
    CHECK(SnmpContextToStr, no_entry,
          "If an entry does not exist for the context name, SnmpContextToStr returns the SNMP community string.",
          context && context_reads(context, "public", 6));
}

static void context_errors(void)
{
    smiOCTETS no_length = {0, (smiLPBYTE) "public"}, no_pointer = {6, NULL}, good = {6, (smiLPBYTE) "public"}, out;
    HSNMP_CONTEXT context;

    open_one(SNMPAPI_UNTRANSLATED_V2);
    CHECK(SnmpStrToContext, SNMPAPI_CONTEXT_INVALID,
          "The string parameter format is invalid. For example, the len member or the ptr member of the smiOCTETS "
          "structure ... is NULL.",
          FAILS_IN(session, SNMPAPI_CONTEXT_INVALID, pSnmpStrToContext(session, &no_length)) &&
              FAILS_IN(session, SNMPAPI_CONTEXT_INVALID, pSnmpStrToContext(session, &no_pointer)) &&
              FAILS_IN(session, SNMPAPI_CONTEXT_INVALID, pSnmpStrToContext(session, NULL)));
    CHECK(SnmpStrToContext, SNMPAPI_SESSION_INVALID, "The session parameter is invalid.",
          FAILS(SNMPAPI_SESSION_INVALID, pSnmpStrToContext(NULL, &good)));
    context = pSnmpStrToContext(session, &good);
    CHECK(SnmpContextToStr, SNMPAPI_SUCCESS, "the implementation initializes the len and ptr members of the structure",
          context_reads(context, "public", 6));
    CHECK(SnmpContextToStr, SNMPAPI_ALLOC_ERROR,
          "The application specified an invalid pointer, or an error occurred during memory allocation.",
          FAILS(SNMPAPI_ALLOC_ERROR, pSnmpContextToStr(context, NULL)));
    CHECK(SnmpFreeContext, SNMPAPI_SUCCESS, "If the function succeeds, the return value is SNMPAPI_SUCCESS.",
          returned(pSnmpFreeContext(context), SNMPAPI_SUCCESS));
    CHECK(SnmpFreeContext, SNMPAPI_CONTEXT_INVALID, "The context parameter is invalid.",
          FAILS(SNMPAPI_CONTEXT_INVALID, pSnmpFreeContext(context)) &&
              FAILS(SNMPAPI_CONTEXT_INVALID, pSnmpFreeContext(NULL)) &&
              FAILS(SNMPAPI_CONTEXT_INVALID, pSnmpFreeContext(session)));
    CHECK(SnmpContextToStr, SNMPAPI_CONTEXT_INVALID, "The context parameter is invalid.",
          FAILS(SNMPAPI_CONTEXT_INVALID, pSnmpContextToStr(context, &out)) &&
              FAILS(SNMPAPI_CONTEXT_INVALID, pSnmpContextToStr(NULL, &out)));
    context = pSnmpStrToContext(session, &good);
    pSnmpClose(session);
    CHECK(SnmpFreeContext, freed_by_close,
          "calls the SnmpClose function ... frees all resources it allocated for the WinSNMP session",
          context && FAILS(SNMPAPI_CONTEXT_INVALID, pSnmpFreeContext(context)));
}

static const struct test_case cases[] = {{"literal addresses", entity_literal},
                                         {"IPv6 addresses", entity_ipv6},
                                         {"host names", entity_translated},
                                         {"entities' errors", entity_errors},
                                         {"SnmpEntityToStr's size", entity_to_str_size},
                                         {"SnmpFreeEntity", free_entity},
                                         {"SnmpSetPort", set_port},
                                         {"the default port", default_port},
                                         {"SnmpSetPort of an agent", set_port_of_agent},
                                         {"time-outs and retries", timeout_and_retry},
                                         {"errors of time-outs and retries", timeout_and_retry_errors},
                                         {"contexts", context_literal},
                                         {"translated contexts", context_translated},
                                         {"contexts' errors", context_errors},
                                         {NULL, NULL}};
const struct group entity_group = {"entity", __FILE__, cases};

/*
 * The agent role: SnmpListen and SnmpListenEx, with a manager that is a plain socket.
 */
#include "wsnmp32_test.h"

static struct inbox inbox;
static HSNMP_SESSION session;
static SOCKET manager;
static unsigned short manager_port;

static unsigned short free_port(void)
{
    unsigned short port = 0;

    closesocket(loopback_socket(&port));
    return port;
}

static int open_one(void)
{
    start_snmp();
    manager = loopback_socket(&manager_port);
    session = open_session(&inbox);
    return session && manager != INVALID_SOCKET;
}

static void close_all(void)
{
    pSnmpClose(session);
    closesocket(manager);
}

static void ask(unsigned short port, unsigned char tag, int request_id)
{
    struct bytes bindings = {.length = 0}, message = {.length = 0};

    put_null_binding(&bindings, sys_descr_ids, 9);
    put_message(&message, 1, "public", tag, request_id, 0, 0, &bindings);
    send_to_port(manager, port, message.data, message.length);
}

static int port_is_free(unsigned short port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    SOCKET sock = socket(AF_INET, SOCK_DGRAM, 0);
    int free;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    free = !bind(sock, (struct sockaddr *)&address, sizeof(address));
    closesocket(sock);
    return free;
}

static void agent(void)
{
    unsigned short port = free_port();
    struct received got = {0};
    struct datagram answer = {.length = 0};
    struct parsed parsed = {0};
    char text[64] = "";
    smiVALUE value = {.syntax = SNMP_SYNTAX_OCTETS, .value.string = {5, (smiLPBYTE) "agent"}};
    HSNMP_ENTITY entity;
    HSNMP_PDU response;

    if (!open_one()) return;
    entity = entity_of(session, port);
    CHECK(SnmpListen, SNMPAPI_SUCCESS, "If the function succeeds, the return value is SNMPAPI_SUCCESS.",
          returned(pSnmpListen(entity, SNMPAPI_ON), SNMPAPI_SUCCESS));
    ask(port, 0xa0, 4242);
    CHECK(SnmpListen, notification,
          "Handle to the WinSNMP entity to notify when the implementation receives an incoming SNMP request message "
          "(PDU).",
          wait_for_notifications(&inbox, 1) && inbox.list[0].wparam == 0 && inbox.list[0].session == session);
    receive(session, &got);
    CHECK(SnmpListen, request_received, "binds to its assigned port, and listens for incoming SNMP message requests",
          got.status && got.type == (smiINT)SNMP_PDU_GET && got.request_id == 4242 && pSnmpCountVbl(got.vbl) == 1);
    CHECK(SnmpListen, srcEntity, "the address of the remote manager entity (is what SnmpRecvMsg gives as srcEntity)",
          pSnmpEntityToStr(got.source, sizeof(text), text) && !strcmp(text, "127.0.0.1"));
    pSnmpSetVb(got.vbl, 1, NULL, &value);
    response = pSnmpCreatePdu(session, SNMP_PDU_RESPONSE, 4242, 0, 0, got.vbl);
    CHECK(SnmpListen, response,
          "The agent transmits the response to the requesting entity by calling the SnmpSendMsg function.",
          pSnmpSendMsg(session, got.destination, got.source, got.context, response) &&
              receive_within(manager, &answer, 10000) > 0);
    parse_message(answer.data, (size_t)answer.length, &parsed);
    CHECK(SnmpListen, response_bytes, "(the response has the request's id and community)",
          parsed.ok && parsed.tag == 0xa2 && parsed.request_id == 4242 && parsed.version == 1 &&
              !strcmp(parsed.community, "public"));
    CHECK(SnmpListen, response_from,
          "When the agent calls SnmpSendMsg, it specifies the address of the agent in the srcEntity parameter",
          ntohs(answer.from.sin_port) == port);
    close_all();
}

static void request_types(void)
{
    static const struct
    {
        unsigned char tag;
        smiINT type;
    } types[] = {{0xa0, SNMP_PDU_GET}, {0xa1, SNMP_PDU_GETNEXT}, {0xa3, SNMP_PDU_SET}, {0xa5, SNMP_PDU_GETBULK}};
    unsigned short port = free_port();
    struct received got;

    if (!open_one() || !pSnmpListen(entity_of(session, port), SNMPAPI_ON)) return;
    for (size_t i = 0; i < COUNT_OF(types); i++)
    {
        ask(port, types[i].tag, (int)i + 1);
        wait_for_notifications(&inbox, (LONG)i + 1);
        receive(session, &got);
        CHECK(SnmpListen, request_types, "The agent uses application-specific logic to process each SNMP request.",
              got.status && got.type == types[i].type && got.request_id == (smiINT32)i + 1);
    }
    close_all();
}

static void ending(void)
{
    unsigned short port = free_port();
    HSNMP_ENTITY entity;

    if (!open_one()) return;
    entity = entity_of(session, port);
    if (!pSnmpListen(entity, SNMPAPI_ON)) return;
    CHECK(SnmpListen, SNMPAPI_NOOP,
          "The entity specified by the hEntity parameter is already functioning in the role of an SNMP agent.",
          FAILS(SNMPAPI_NOOP, pSnmpListen(entity, SNMPAPI_ON)));
    CHECK(SnmpListen, bound, "The entity that will be functioning in an SNMP agent role binds to its assigned port",
          !port_is_free(port));
    CHECK(
        SnmpListen, SNMPAPI_OFF,
        "Passing a value of SNMPAPI_OFF releases both the resources allocated to the entity and the port assigned it.",
        returned(pSnmpListen(entity, SNMPAPI_OFF), SNMPAPI_SUCCESS) && port_is_free(port));
    CHECK(SnmpListen, on_again,
          "inform the implementation when an entity will no longer be acting in this role (and when again)",
          returned(pSnmpListen(entity, SNMPAPI_ON), SNMPAPI_SUCCESS) && !port_is_free(port));
    pSnmpClose(session);
    CHECK(SnmpListen, released_by_close,
          "When you call the SnmpClose function ..., you must release all ports associated with WinSNMP agent "
          "applications.",
          port_is_free(port));
    session = open_session(&inbox);
    entity = entity_of(session, port);
    pSnmpListen(entity, SNMPAPI_ON);
    CHECK(SnmpFreeEntity, listening, "releases resources associated with an SNMP management entity",
          returned(pSnmpFreeEntity(entity), SNMPAPI_SUCCESS) && port_is_free(port));
    close_all();
}

static void errors(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    BOOL on = TRUE;
    unsigned short port = free_port();
    HSNMP_ENTITY entity;
    SOCKET busy;

    if (!open_one()) return;
    entity = entity_of(session, port);
    CHECK(SnmpListen, SNMPAPI_MODE_INVALID, "The lStatus parameter is invalid.",
          FAILS(SNMPAPI_MODE_INVALID, pSnmpListen(entity, 2)));
    CHECK(SnmpListenEx, SNMPAPI_MODE_INVALID, "(as SnmpListen; also for an address use that is none)",
          FAILS(SNMPAPI_MODE_INVALID, pSnmpListenEx(entity, 2, SNMPLISTEN_ALL_ADDR)) &&
              FAILS(SNMPAPI_MODE_INVALID, pSnmpListenEx(entity, SNMPAPI_ON, 7)));
    busy = socket(AF_INET, SOCK_DGRAM, 0);
    setsockopt(busy, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, (char *)&on, sizeof(on));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    if (bind(busy, (struct sockaddr *)&address, sizeof(address))) note("the port is taken already");
    CHECK(SnmpListen, SNMPAPI_TL_OTHER,
          "An error occurred in the network transport layer while trying to bind a socket for the entity",
          FAILS(SNMPAPI_TL_OTHER, pSnmpListen(entity, SNMPAPI_ON)));
    CHECK(SnmpListenEx, SNMPAPI_TL_OTHER, "(as SnmpListen)",
          FAILS(SNMPAPI_TL_OTHER, pSnmpListenEx(entity, SNMPAPI_ON, SNMPLISTEN_USEENTITY_ADDR)));
    closesocket(busy);
    pSnmpFreeEntity(entity);
    CHECK(SnmpListen, SNMPAPI_ENTITY_INVALID,
          "This parameter must be a handle returned by a previous call to the SnmpStrToEntity function.",
          FAILS(SNMPAPI_ENTITY_INVALID, pSnmpListen(entity, SNMPAPI_ON)) &&
              FAILS(SNMPAPI_ENTITY_INVALID, pSnmpListen(NULL, SNMPAPI_OFF)));
    CHECK(SnmpListenEx, SNMPAPI_ENTITY_INVALID, "(as SnmpListen)",
          FAILS(SNMPAPI_ENTITY_INVALID, pSnmpListenEx(entity, SNMPAPI_ON, SNMPLISTEN_ALL_ADDR)));
    close_all();
}

/* No page describes SnmpListenEx; its constants in the header name what it adds. */
static void listen_ex(void)
{
    static const smiUINT32 uses[] = {SNMPLISTEN_USEENTITY_ADDR, SNMPLISTEN_ALL_ADDR};

    for (size_t i = 0; i < COUNT_OF(uses); i++)
    {
        unsigned short port = free_port();
        HSNMP_ENTITY entity;

        if (!open_one()) return;
        entity = entity_of(session, port);
        CHECK(SnmpListenEx, SNMPAPI_SUCCESS, "(SNMPLISTEN_USEENTITY_ADDR and SNMPLISTEN_ALL_ADDR)",
              returned(pSnmpListenEx(entity, SNMPAPI_ON, uses[i]), SNMPAPI_SUCCESS));
        ask(port, 0xa0, 5);
        CHECK(SnmpListenEx, request_received, "(as SnmpListen)", wait_for_notifications(&inbox, 1));
        CHECK(SnmpListenEx, SNMPAPI_NOOP, "(as SnmpListen)",
              FAILS(SNMPAPI_NOOP, pSnmpListenEx(entity, SNMPAPI_ON, uses[i])));
        CHECK(SnmpListenEx, SNMPAPI_OFF, "(as SnmpListen)",
              returned(pSnmpListenEx(entity, SNMPAPI_OFF, uses[i]), SNMPAPI_SUCCESS) && port_is_free(port));
        close_all();
    }
}

static const struct test_case cases[] = {{"an agent", agent}, {"request types", request_types}, {"ending", ending},
                                         {"errors", errors},  {"SnmpListenEx", listen_ex},      {NULL, NULL}};
const struct group listen_group = {"listen", __FILE__, cases};

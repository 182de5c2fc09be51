/*
 * SnmpMgrTrapListen, SnmpMgrGetTrap and SnmpMgrGetTrapEx.
 */
#include "mgmtapi_test.h"

static const unsigned sys_uptime[] = {1, 3, 6, 1, 2, 1, 1, 3, 0}, snmp_trap_oid[] = {1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0};
static const unsigned link_down[] = {1, 3, 6, 1, 6, 3, 1, 1, 5, 3}, enterprise[] = {1, 3, 6, 1, 4, 1, 99999};
static SOCKET sender;
static HANDLE available;

static unsigned short trap_port(void)
{
    char text[16];

    return GetEnvironmentVariableA("CORK_WSNMP32_TRAPPORT", text, sizeof(text)) ? (unsigned short)atoi(text) : 162;
}

static int listen_here(void)
{
    unsigned short port;

    sender = loopback_socket(&port);
    return pSnmpMgrTrapListen(&available);
}

static void stop_here(void)
{
    pSnmpMgrClose(NULL);
    closesocket(sender);
}

static void send_v1(int generic, int specific)
{
    struct bytes bindings = {.length = 0}, message = {.length = 0};

    put_binding(&bindings, sys_name_ids, 9, 0x04, "here", 4);
    put_v1_trap(&message, "traps", enterprise, COUNT_OF(enterprise), (const unsigned char *)"\x0a\1\2\3", generic,
                specific, 4711, &bindings);
    send_to_port(sender, trap_port(), message.data, message.length);
}

static void send_v2(void)
{
    struct bytes bindings = {.length = 0}, message = {.length = 0}, oid = {.length = 0};

    put_oid(&oid, link_down, COUNT_OF(link_down));
    put_binding(&bindings, sys_uptime, 9, 0x43, "\x12\x34", 2);
    put_binding(&bindings, snmp_trap_oid, 11, 0x06, oid.data + 2, oid.length - 2);
    put_binding(&bindings, sys_name_ids, 9, 0x04, "there", 5);
    put_message(&message, 1, "traps", 0xa7, 7, 0, 0, &bindings);
    send_to_port(sender, trap_port(), message.data, message.length);
}

struct trap
{
    AsnObjectIdentifier enterprise;
    AsnNetworkAddress agent, source;
    AsnInteger generic, specific;
    AsnOctetString community;
    AsnTimeticks timestamp;
    RFC1157VarBindList bindings;
};

static BOOL get_trap(struct trap *trap)
{
    memset(trap, 0, sizeof(*trap));
    return pSnmpMgrGetTrap(&trap->enterprise, &trap->agent, &trap->generic, &trap->specific, &trap->timestamp,
                           &trap->bindings);
}

static BOOL get_trap_ex(struct trap *trap)
{
    memset(trap, 0, sizeof(*trap));
    return pSnmpMgrGetTrapEx(&trap->enterprise, &trap->agent, &trap->source, &trap->generic, &trap->specific,
                             &trap->community, &trap->timestamp, &trap->bindings);
}

static int octets_are(const AsnOctetString *octets, const char *content, UINT length)
{
    note("the length is %u, expected %u", octets->length, length);
    return octets->length == length && !memcmp(octets->stream, content, length);
}

static int oid_is(const AsnObjectIdentifier *oid, const unsigned *ids, UINT count)
{
    note("%u subidentifiers, expected %u", oid->idLength, count);
    return oid->idLength == count && !memcmp(oid->ids, ids, count * sizeof(*ids));
}

static void listening(void)
{
    HANDLE second;
    struct trap trap;

    CHECK(SnmpMgrGetTrap, SNMP_MGMTAPI_TRAP_ERRORS,
          "Indicates errors were encountered; traps are not accessible. (nobody listens)",
          FAILS(SNMP_MGMTAPI_TRAP_ERRORS, get_trap(&trap)));
    CHECK(SnmpMgrGetTrapEx, SNMP_MGMTAPI_TRAP_ERRORS,
          "Indicates that errors were encountered; traps are not accessible. (nobody listens)",
          FAILS(SNMP_MGMTAPI_TRAP_ERRORS, get_trap_ex(&trap)));
    CHECK(SnmpMgrTrapListen, success, "If the function succeeds, the return value is nonzero.", listen_here());
    CHECK(SnmpMgrTrapListen, phTrapAvailable,
          "Pointer to an event handle to receive an indication that there are traps available",
          available && WaitForSingleObject(available, 0) == WAIT_TIMEOUT);
    CHECK(SnmpMgrTrapListen, SNMP_MGMTAPI_TRAP_DUPINIT, "Indicates that this function has already been called.",
          FAILS(SNMP_MGMTAPI_TRAP_DUPINIT, pSnmpMgrTrapListen(&second)));
    CHECK(SnmpMgrGetTrap, SNMP_MGMTAPI_NOTRAPS, "Indicates no traps are available.",
          FAILS(SNMP_MGMTAPI_NOTRAPS, get_trap(&trap)));
    CHECK(SnmpMgrGetTrapEx, SNMP_MGMTAPI_NOTRAPS, "Indicates that no traps are available.",
          FAILS(SNMP_MGMTAPI_NOTRAPS, get_trap_ex(&trap)));
    CHECK(SnmpMgrClose, after_listening,
          "can call SnmpMgrClose with a NULL session parameter to clean up the resources that are associated with a "
          "successful call to the "
          "SnmpMgrTrapListen function",
          pSnmpMgrClose(NULL) && pSnmpMgrTrapListen(&available) && pSnmpMgrClose(NULL));
    CHECK(SnmpMgrTrapListen, null_pointer, "If the function fails, the return value is zero.",
          FAILS(0, pSnmpMgrTrapListen(NULL)));
    closesocket(sender);
}

static void port_in_use(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(trap_port())};
    unsigned short unused;
    SOCKET starter = loopback_socket(&unused), busy = socket(AF_INET, SOCK_DGRAM, 0);
    BOOL on = TRUE;
    int bound;

    setsockopt(busy, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, (char *)&on, sizeof(on));
    bound = !bind(busy, (struct sockaddr *)&address, sizeof(address));
    CHECK_IF(bound, "the test may not bind the trap port itself", SnmpMgrTrapListen, SNMP_MGMTAPI_TRAP_ERRORS,
             "Indicates one or more errors occurred; traps are not accessible.",
             FAILS(SNMP_MGMTAPI_TRAP_ERRORS, pSnmpMgrTrapListen(&available)));
    closesocket(busy);
    closesocket(starter);
    CHECK(SnmpMgrTrapListen, again, "The application can attempt to call the function again.",
          pSnmpMgrTrapListen(&available) != 0);
}

static void version_1(void)
{
    struct trap trap;

    if (!listen_here()) return;
    send_v1(6, 42);
    CHECK(SnmpMgrTrapListen, event,
          "The SNMP Management API signals an application's event when the SNMP Trap Service delivers a trap.",
          WaitForSingleObject(available, 10000) == WAIT_OBJECT_0);
    CHECK(SnmpMgrGetTrap, success, "If the function returns a trap, the return value is TRUE.", get_trap(&trap) != 0);
    CHECK(SnmpMgrGetTrap, enterprise, "receive the enterprise that generated the SNMP trap",
          oid_is(&trap.enterprise, enterprise, 7));
    CHECK(SnmpMgrGetTrap, IPAddress, "receive the address of the agent that generated the SNMP trap",
          octets_are(&trap.agent, "\x0a\1\2\3", 4));
    CHECK(SnmpMgrGetTrap, genericTrap, "SNMP_GENERICTRAP_ENTERSPECIFIC: An extraordinary event has occurred",
          trap.generic == SNMP_GENERICTRAP_ENTERSPECIFIC);
    CHECK(SnmpMgrGetTrap, specificTrap, "receive an indication of the specific trap generated", trap.specific == 42);
    CHECK(SnmpMgrGetTrap, timeStamp, "Pointer to a variable to receive the time stamp.", trap.timestamp == 4711);
    CHECK(SnmpMgrGetTrap, variableBindings, "receive the variable bindings list",
          trap.bindings.len == 1 && oid_is(&trap.bindings.list[0].name, sys_name_ids, 9) &&
              octets_are(&trap.bindings.list[0].value.asnValue.string, "here", 4));
    SnmpUtilOidFree(&trap.enterprise);
    SnmpUtilMemFree(trap.agent.stream);
    SnmpUtilVarBindListFree(&trap.bindings);
    CHECK(SnmpMgrGetTrap, until_zero,
          "You should call the SnmpMgrGetTrap function repeatedly until it returns FALSE (zero).",
          FAILS(SNMP_MGMTAPI_NOTRAPS, get_trap(&trap)));
    stop_here();
}

static void extended(void)
{
    struct trap trap;

    if (!listen_here()) return;
    send_v1(3, 0);
    WaitForSingleObject(available, 10000);
    CHECK(SnmpMgrGetTrapEx, success, "If the function returns a trap, the return value is nonzero.",
          get_trap_ex(&trap) != 0);
    CHECK(SnmpMgrGetTrapEx, agentAddress, "this information is retrieved from the SNMP protocol data unit (PDU)",
          octets_are(&trap.agent, "\x0a\1\2\3", 4));
    CHECK(SnmpMgrGetTrapEx, sourceAddress, "this information is retrieved from the network transport",
          octets_are(&trap.source, "\x7f\0\0\1", 4));
    CHECK(SnmpMgrGetTrapEx, community, "receive the community string of the generated SNMP trap",
          octets_are(&trap.community, "traps", 5));
    CHECK(SnmpMgrGetTrapEx, enterprise, "receive the enterprise that generated the SNMP trap",
          oid_is(&trap.enterprise, enterprise, 7));
    CHECK(SnmpMgrGetTrapEx, genericTrap,
          "SNMP_GENERICTRAP_LINKUP: An attached interface has changed from the down state to the up state.",
          trap.generic == SNMP_GENERICTRAP_LINKUP && trap.specific == 0);
    CHECK(SnmpMgrGetTrapEx, timeStamp, "Pointer to a variable to receive the time stamp.", trap.timestamp == 4711);
    CHECK(SnmpMgrGetTrapEx, variableBindings, "receive the variable bindings list", trap.bindings.len == 1);
    stop_here();
}

static void version_2c(void)
{
    struct trap trap;

    if (!listen_here()) return;
    send_v2();
    WaitForSingleObject(available, 10000);
    CHECK(SnmpMgrGetTrapEx, snmpv2c, "returns outstanding trap data (an SNMPv2c trap, by RFC 2576's translation)",
          get_trap_ex(&trap) && trap.generic == SNMP_GENERICTRAP_LINKDOWN && trap.timestamp == 0x1234 &&
              trap.bindings.len == 1 && octets_are(&trap.bindings.list[0].value.asnValue.string, "there", 5));
    stop_here();
}

static const struct test_case cases[] = {{"SnmpMgrTrapListen", listening}, {"port in use", port_in_use},
                                         {"an SNMPv1 trap", version_1},    {"SnmpMgrGetTrapEx", extended},
                                         {"an SNMPv2c trap", version_2c},  {NULL, NULL}};
const struct group trap_group = {"trap", __FILE__, cases};

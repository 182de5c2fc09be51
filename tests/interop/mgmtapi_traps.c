/*
 * mgmtapi traps COUNT: prints so many traps, each as SnmpMgrGetTrapEx gives it (every second one, from the second on,
 * by SnmpMgrGetTrap), and ends; or after a minute. Prints "listening" first. mgmtapi listen-twice: what
 * SnmpMgrTrapListen, SnmpMgrGetTrap and SnmpMgrClose(NULL) say when called in the wrong order.
 */
#include "mgmtapi.h"

#include <stdio.h>
#include <string.h>

/* What SnmpMgrGetTrapEx gives. */
struct trap
{
    AsnObjectIdentifier enterprise;
    AsnNetworkAddress agent, source;
    AsnOctetString community;
    AsnInteger generic, specific;
    AsnTimeticks timestamp;
    SnmpVarBindList bindings;
};

static BOOL get_trap(struct trap *trap, BOOL extended)
{
    memset(trap, 0xa5, sizeof(*trap)); /* outputs are not read */
    if (extended)
        return SnmpMgrGetTrapEx(&trap->enterprise, &trap->agent, &trap->source, &trap->generic, &trap->specific,
                                &trap->community, &trap->timestamp, &trap->bindings);
    memset(&trap->source, 0, sizeof(trap->source));
    memset(&trap->community, 0, sizeof(trap->community));
    return SnmpMgrGetTrap(&trap->enterprise, &trap->agent, &trap->generic, &trap->specific, &trap->timestamp,
                          &trap->bindings);
}

static void free_octets(AsnOctetString *octets)
{
    if (octets->dynamic) SnmpUtilMemFree(octets->stream);
}

static void free_trap(struct trap *trap)
{
    SnmpUtilOidFree(&trap->enterprise);
    free_octets(&trap->agent);
    free_octets(&trap->source);
    free_octets(&trap->community);
    SnmpUtilVarBindListFree(&trap->bindings);
}

static void print_address(const char *name, const AsnNetworkAddress *address)
{
    if (address->length == 4)
        printf(" %s %u.%u.%u.%u", name, address->stream[0], address->stream[1], address->stream[2], address->stream[3]);
    else if (address->length)
        printf(" %s of %u bytes", name, address->length);
}

static void print_trap(const struct trap *trap)
{
    printf("enterprise ");
    for (UINT i = 0; i < trap->enterprise.idLength; i++)
        printf(".%u", trap->enterprise.ids[i]);
    print_address("agent", &trap->agent);
    print_address("source", &trap->source);
    printf(" generic %ld specific %ld time %lu", trap->generic, trap->specific, trap->timestamp);
    if (trap->community.length) printf(" community %.*s", (int)trap->community.length, (char *)trap->community.stream);
    putchar('\n');
    print_list(&trap->bindings, "  ");
    fflush(stdout);
}

int command_traps(unsigned count)
{
    HANDLE available;
    struct trap trap;
    unsigned received = 0;

    if (!SnmpMgrTrapListen(&available)) return failed("SnmpMgrTrapListen", GetLastError());
    puts("listening");
    fflush(stdout);
    while (received < count && WaitForSingleObject(available, 60000) == WAIT_OBJECT_0)
    {
        while (received < count && get_trap(&trap, received % 2 == 0))
        {
            print_trap(&trap);
            free_trap(&trap);
            received++;
        }
    }
    if (received < count) return failed("waiting for traps", GetLastError());
    if (get_trap(&trap, TRUE) || GetLastError() != SNMP_MGMTAPI_NOTRAPS) return failed("one too many", GetLastError());
    if (WaitForSingleObject(available, 0) != WAIT_TIMEOUT) return failed("the event without a trap", 0);
    return SnmpMgrClose(NULL) ? 0 : failed("SnmpMgrClose", GetLastError());
}

/* The call fails with that code. */
static int fails(const char *what, BOOL result, DWORD expected)
{
    DWORD error = GetLastError();

    if (!result && error == expected) return 0;
    fprintf(stderr, "%s: returned %d, error %lu, expected %lu\n", what, result, error, expected);
    return 1;
}

int command_listen_twice(void)
{
    HANDLE available = NULL, second = NULL;
    struct trap trap;
    int result = 0;

    result |= fails("SnmpMgrGetTrap before", get_trap(&trap, FALSE), SNMP_MGMTAPI_TRAP_ERRORS);
    result |= fails("SnmpMgrGetTrapEx before", get_trap(&trap, TRUE), SNMP_MGMTAPI_TRAP_ERRORS);
    result |= fails("SnmpMgrClose(NULL) before", SnmpMgrClose(NULL), SNMP_MGMTAPI_INVALID_SESSION);
    result |= fails("SnmpMgrTrapListen(NULL)", SnmpMgrTrapListen(NULL), SNMP_MGMTAPI_INVALID_BUFFER);
    for (int i = 0; i < 3; i++)
    {
        if (!SnmpMgrTrapListen(&available)) return failed("SnmpMgrTrapListen", GetLastError());
        result |= fails("SnmpMgrTrapListen again", SnmpMgrTrapListen(&second), SNMP_MGMTAPI_TRAP_DUPINIT);
        result |= fails("SnmpMgrGetTrap", get_trap(&trap, FALSE), SNMP_MGMTAPI_NOTRAPS);
        if (WaitForSingleObject(available, 0) != WAIT_TIMEOUT) result = failed("the event", GetLastError());
        if (!SnmpMgrClose(NULL)) result = failed("SnmpMgrClose", GetLastError());
        result |= fails("SnmpMgrGetTrap after", get_trap(&trap, FALSE), SNMP_MGMTAPI_TRAP_ERRORS);
    }
    return result;
}

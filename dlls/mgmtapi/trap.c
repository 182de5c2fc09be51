/*
 * SnmpMgrTrapListen, SnmpMgrGetTrap and SnmpMgrGetTrapEx.
 */
#include "mgmtapi/trap.h"
#include "common/trace.h"
#include "mgmtapi/binding.h"
#include "wsnmp32/address.h"
#include "wsnmp32/trap_translation.h"

CORK_TRACE_CHANNEL(mgmtapi);

/* The listener. The lock is held shared while traps are fetched, exclusive while it begins and ends; the callback takes
 * none. */
static SRWLOCK listener_lock = SRWLOCK_INIT;
static HSNMP_SESSION listener; /* NULL: nobody listens */
static HANDLE trap_available;  /* manual-reset: signalled while traps may wait */

/* ---- SnmpMgrTrapListen ---------------------------------------------------------------------------------------------
 */

/* WinSNMP's callback: a trap is in the session's queue. */
static SNMPAPI_STATUS CALLBACK trap_arrived(HSNMP_SESSION session, HWND window, UINT message, WPARAM error,
                                            LPARAM request_id, LPVOID event)
{
    (void)session, (void)window, (void)message, (void)error, (void)request_id;
    SetEvent(event);
    return SNMPAPI_SUCCESS;
}

/* Called with the lock held exclusively. 0 or the error for SetLastError. */
static DWORD listen_with(HANDLE event)
{
    HSNMP_SESSION session;
    DWORD error = engine_start();

    if (error) return error == SNMP_MEM_ALLOC_ERROR ? error : SNMP_MGMTAPI_TRAP_ERRORS;
    session = SnmpCreateSession(NULL, 0, trap_arrived, event);
    if (session) engine_use_snmpv1(session);
    if (session && SnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON) == SNMPAPI_SUCCESS)
    {
        listener = session;
        return 0;
    }
    error = SnmpGetLastError(session) == SNMPAPI_ALLOC_ERROR ? SNMP_MEM_ALLOC_ERROR : SNMP_MGMTAPI_TRAP_ERRORS;
    engine_stop(session);
    return error;
}

/* Called with the lock held exclusively. */
static DWORD start_listening(void)
{
    DWORD error;

    if (listener) return SNMP_MGMTAPI_TRAP_DUPINIT;
    trap_available = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (!trap_available) return SNMP_MEM_ALLOC_ERROR;
    error = listen_with(trap_available);
    if (error) CloseHandle(trap_available);
    return error;
}

/*
 * SnmpMgrTrapListen (nf-mgmtapi-snmpmgrtraplisten): from now on traps, SNMPv1 and v2c, and informs are kept for
 * SnmpMgrGetTrap. *phTrapAvailable receives an event that is signalled when one comes, and reset by SnmpMgrGetTrap(Ex)
 * when it finds none left; the application may reset it before it fetches them. The event is mgmtapi's, and closed by
 * SnmpMgrClose(NULL), which ends the listening. Once at a time in a process. FALSE with GetLastError:
 * SNMP_MGMTAPI_TRAP_DUPINIT, SNMP_MGMTAPI_TRAP_ERRORS (the trap port is not to be had, WinSNMP does not start; try
 * again later), SNMP_MEM_ALLOC_ERROR, SNMP_MGMTAPI_INVALID_BUFFER (NULL). Any thread.
 */
BOOL WINAPI SnmpMgrTrapListen(HANDLE *phTrapAvailable)
{
    DWORD error = SNMP_MGMTAPI_INVALID_BUFFER;

    CORK_TRACE("%p\n", phTrapAvailable);
    if (phTrapAvailable)
    {
        AcquireSRWLockExclusive(&listener_lock);
        error = start_listening();
        if (!error) *phTrapAvailable = trap_available;
        ReleaseSRWLockExclusive(&listener_lock);
    }
    if (error) SetLastError(error);
    return !error;
}

BOOL trap_stop_listening(void)
{
    HSNMP_SESSION session;

    AcquireSRWLockExclusive(&listener_lock);
    session = listener;
    if (session)
    {
        engine_stop(session);
        CloseHandle(trap_available);
        listener = NULL;
    }
    ReleaseSRWLockExclusive(&listener_lock);
    return session != NULL;
}

/* ---- Fetching ------------------------------------------------------------------------------------------------------
 */

/* What SnmpRecvMsg gave. */
struct message
{
    HSNMP_ENTITY source, destination;
    HSNMP_CONTEXT context;
    HSNMP_PDU pdu;
};

static void free_message(struct message *message)
{
    if (message->source) SnmpFreeEntity(message->source);
    if (message->destination) SnmpFreeEntity(message->destination);
    if (message->context) SnmpFreeContext(message->context);
    if (message->pdu) SnmpFreePdu(message->pdu);
}

/* The next trap. 0, SNMP_MGMTAPI_NOTRAPS, or another error for SetLastError. */
static DWORD receive(struct message *message)
{
    memset(message, 0, sizeof(*message));
    if (SnmpRecvMsg(listener, &message->source, &message->destination, &message->context, &message->pdu) ==
        SNMPAPI_SUCCESS)
        return 0;
    free_message(message);
    switch (SnmpGetLastError(listener))
    {
    case SNMPAPI_NOOP:
        return SNMP_MGMTAPI_NOTRAPS;
    case SNMPAPI_ALLOC_ERROR:
        return SNMP_MEM_ALLOC_ERROR;
    default:
        return SNMP_MGMTAPI_TRAP_ERRORS;
    }
}

/* The same, with the event reset where none is left. One that came just before the reset is found by the second look.
 */
static DWORD receive_or_reset(struct message *message)
{
    DWORD error = receive(message);

    if (error != SNMP_MGMTAPI_NOTRAPS) return error;
    ResetEvent(trap_available);
    error = receive(message);
    if (!error) SetEvent(trap_available);
    return error;
}

/* ---- The SNMPv1 view of a trap -------------------------------------------------------------------------------------
 */

/* A trap as SnmpMgrGetTrapEx has it. */
struct trap
{
    struct bindings all;        /* as received, in SNMPv2 form */
    struct snmp_pdu head;       /* what read_v2_trap translated */
    struct snmp_oid enterprise; /* in `all` or `head` */
    BYTE agent_address[4];
    BYTE source_address[16];
    UINT source_length; /* 4, 16, or 0 where it is not known */
    AsnInteger generic, specific;
    AsnTimeticks timestamp;
    const struct snmp_varbind_entry *bindings; /* in `all` */
    uint32_t binding_count;
    smiOCTETS community;
};

static void free_trap(struct trap *trap)
{
    bindings_free(&trap->all);
    snmp_varbind_list_free(&trap->head.bindings);
    if (trap->community.ptr) SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &trap->community);
}

static void read_source(HSNMP_ENTITY source, struct trap *trap)
{
    char text[SNMP_ADDRESS_TEXT_SIZE];
    struct snmp_address address;

    if (SnmpEntityToStr(source, sizeof(text), text) == SNMPAPI_FAILURE) return;
    switch (snmp_address_parse(text, &address))
    {
    case SNMP_ADDRESS_IPV4:
        trap->source_length = 4;
        break;
    case SNMP_ADDRESS_IPV6:
        trap->source_length = 16;
        break;
    default:
        return;
    }
    memcpy(trap->source_address, address.bytes, trap->source_length);
}

/* What was an SNMPv1 trap: sysUpTime.0, snmpTrapOID.0, its own bindings, snmpTrapEnterprise.0. FALSE for another. */
static BOOL read_v1_trap(HSNMP_PDU pdu, struct trap *trap)
{
    const struct snmp_varbind_entry *entries = trap->all.entries;
    struct cork_v1_trap v1;

    if (trap->all.count < 3 || !engine_v1_trap(pdu, &v1)) return FALSE;
    trap->enterprise = entries[trap->all.count - 1].binding.value.value.oid;
    memcpy(trap->agent_address, v1.agent_address, sizeof(trap->agent_address));
    trap->generic = v1.generic;
    trap->specific = v1.specific;
    trap->timestamp = entries[0].binding.value.value.unumber;
    trap->bindings = entries + 2;
    trap->binding_count = trap->all.count - 3;
    return TRUE;
}

/* Leaves out the bindings that SNMPv1 has no syntax for: they would make the translation give up, but need not go into
 * a message here. Returns the number of entries in `plain`, which has room for all. */
static uint32_t leave_out_v2_values(const struct bindings *bindings, struct snmp_varbind_entry *plain)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < bindings->count; i++)
    {
        uint32_t syntax = bindings->entries[i].binding.value.syntax;

        if (syntax != SNMP_VALUE_CNTR64 && syntax < SNMP_VALUE_NOSUCHOBJECT) plain[count++] = bindings->entries[i];
    }
    return count;
}

/* An SNMPv2 trap or inform, by RFC 2576, section 3.2; its bindings are all but the first two. */
static enum snmp_translation read_v2_trap(struct trap *trap)
{
    struct snmp_varbind_entry *plain = manager_zalloc((trap->all.count + 1) * sizeof(*plain));
    struct snmp_pdu pdu = {.type = SNMP_TYPE_TRAP, .bindings = {.entries = plain, .view = true}};
    enum snmp_translation result;

    if (!plain) return SNMP_TRANSLATION_NO_MEMORY;
    pdu.bindings.count = leave_out_v2_values(&trap->all, plain);
    result = snmp_trap_v2_to_v1(&pdu, trap->source_length == 4 ? trap->source_address : NULL, &trap->head);
    snmp_free(plain);
    if (result != SNMP_TRANSLATION_OK) return result;
    trap->enterprise = trap->head.trap.enterprise;
    memcpy(trap->agent_address, trap->head.trap.agent_address, sizeof(trap->agent_address));
    trap->generic = trap->head.trap.generic;
    trap->specific = trap->head.trap.specific;
    trap->timestamp = trap->head.trap.timestamp;
    trap->bindings = trap->all.entries + 2;
    trap->binding_count = trap->all.count - 2;
    return result;
}

/* Reads a received trap. SNMP_TRANSLATION_IMPOSSIBLE: it is none that SNMPv1 could tell of. Free with free_trap in any
 * case. */
static enum snmp_translation read_trap(const struct message *message, struct trap *trap)
{
    HSNMP_VBL vbl = NULL;
    DWORD error;

    memset(trap, 0, sizeof(*trap));
    read_source(message->source, trap);
    if (SnmpContextToStr(message->context, &trap->community) != SNMPAPI_SUCCESS) return SNMP_TRANSLATION_NO_MEMORY;
    if (SnmpGetPduData(message->pdu, NULL, NULL, NULL, NULL, &vbl) != SNMPAPI_SUCCESS)
        return SNMP_TRANSLATION_NO_MEMORY;
    error = bindings_read(vbl, &trap->all);
    SnmpFreeVbl(vbl);
    if (error) return SNMP_TRANSLATION_NO_MEMORY;
    return read_v1_trap(message->pdu, trap) ? SNMP_TRANSLATION_OK : read_v2_trap(trap);
}

/* ---- SnmpMgrGetTrap and SnmpMgrGetTrapEx ---------------------------------------------------------------------------
 */

/* Where the caller wants what; each may be NULL. */
struct trap_outputs
{
    AsnObjectIdentifier *enterprise;
    AsnNetworkAddress *agent_address, *source_address;
    AsnInteger *generic, *specific;
    AsnOctetString *community;
    AsnTimeticks *timestamp;
    RFC1157VarBindList *bindings;
};

/* The parts that need memory, before any output is written. */
struct trap_copies
{
    AsnObjectIdentifier enterprise;
    AsnOctetString agent_address, source_address, community;
    SnmpVarBindList bindings;
};

/* SnmpUtilOctetsFree, which mingw-w64's 32-bit import library lacks. */
static void free_octets(const AsnOctetString *octets)
{
    if (octets->dynamic) SnmpUtilMemFree(octets->stream);
}

static void free_copies(struct trap_copies *copies)
{
    SnmpUtilOidFree(&copies->enterprise);
    free_octets(&copies->agent_address);
    free_octets(&copies->source_address);
    free_octets(&copies->community);
    SnmpUtilVarBindListFree(&copies->bindings);
}

static BOOL make_copies(const struct trap *trap, const struct trap_outputs *to, struct trap_copies *copies)
{
    memset(copies, 0, sizeof(*copies));
    if ((!to->enterprise || asn_copy_oid(&trap->enterprise, &copies->enterprise)) &&
        (!to->agent_address || asn_copy_octets(trap->agent_address, 4, &copies->agent_address)) &&
        (!to->source_address || asn_copy_octets(trap->source_address, trap->source_length, &copies->source_address)) &&
        (!to->community || asn_copy_octets(trap->community.ptr, trap->community.len, &copies->community)) &&
        (!to->bindings || asn_copy_bindings(trap->bindings, trap->binding_count, &copies->bindings)))
        return TRUE;
    free_copies(copies);
    return FALSE;
}

static BOOL hand_over(const struct trap *trap, const struct trap_outputs *to)
{
    struct trap_copies copies;

    if (!make_copies(trap, to, &copies)) return FALSE;
    if (to->enterprise) *to->enterprise = copies.enterprise;
    if (to->agent_address) *to->agent_address = copies.agent_address;
    if (to->source_address) *to->source_address = copies.source_address;
    if (to->community) *to->community = copies.community;
    if (to->bindings) *to->bindings = copies.bindings;
    if (to->generic) *to->generic = trap->generic;
    if (to->specific) *to->specific = trap->specific;
    if (to->timestamp) *to->timestamp = trap->timestamp;
    return TRUE;
}

/* The next trap that can be told of. Called with the lock held shared. 0 or the error for SetLastError. */
static DWORD fetch(const struct trap_outputs *to)
{
    enum snmp_translation result;
    struct message message;
    struct trap trap;
    DWORD error;

    if (!listener) return SNMP_MGMTAPI_TRAP_ERRORS;
    do
    {
        error = receive_or_reset(&message);
        if (error) return error;
        result = read_trap(&message, &trap);
        if (result == SNMP_TRANSLATION_OK && !hand_over(&trap, to)) result = SNMP_TRANSLATION_NO_MEMORY;
        if (result == SNMP_TRANSLATION_IMPOSSIBLE) CORK_WARN("dropped a trap that has no SNMPv1 form\n");
        free_trap(&trap);
        free_message(&message);
    }
    while (result == SNMP_TRANSLATION_IMPOSSIBLE);
    return result == SNMP_TRANSLATION_OK ? 0 : SNMP_MEM_ALLOC_ERROR;
}

static BOOL get_trap(const struct trap_outputs *to)
{
    DWORD error;

    AcquireSRWLockShared(&listener_lock);
    error = fetch(to);
    ReleaseSRWLockShared(&listener_lock);
    if (error) SetLastError(error);
    return !error;
}

/*
 * SnmpMgrGetTrap (nf-mgmtapi-snmpmgrgettrap): the oldest trap that was not fetched yet, in the terms of SNMPv1 (RFC
 * 1157, section 4.1.6): as it was sent, or an SNMPv2 trap or inform translated by RFC 2576, section 3.2, where the
 * address is that of snmpTrapAddress.0 or of the sender. A Counter64 stays among the bindings; a notification without
 * the two bindings that say what it is is dropped. Each output may be NULL and is not read. The caller frees enterprise
 * with SnmpUtilOidFree, IPAddress (4 bytes in network order) with SnmpUtilOctetsFree, variableBindings with
 * SnmpUtilVarBindListFree.
 * FALSE with GetLastError, and no output written: SNMP_MGMTAPI_NOTRAPS, SNMP_MGMTAPI_TRAP_ERRORS (nobody listens, or
 * WinSNMP was ended), SNMP_MEM_ALLOC_ERROR (the trap may be lost). Any thread; each trap goes to one caller.
 */
BOOL WINAPI SnmpMgrGetTrap(AsnObjectIdentifier *enterprise, AsnNetworkAddress *IPAddress, AsnInteger *genericTrap,
                           AsnInteger *specificTrap, AsnTimeticks *timeStamp, RFC1157VarBindList *variableBindings)
{
    struct trap_outputs to = {
        .enterprise = enterprise,
        .agent_address = IPAddress,
        .generic = genericTrap,
        .specific = specificTrap,
        .timestamp = timeStamp,
        .bindings = variableBindings,
    };

    CORK_TRACE("%p, %p, %p, %p, %p, %p\n", enterprise, IPAddress, genericTrap, specificTrap, timeStamp,
               variableBindings);
    return get_trap(&to);
}

/*
 * SnmpMgrGetTrapEx (nf-mgmtapi-snmpmgrgettrapex): SnmpMgrGetTrap with, in addition, the address that the datagram came
 * from (4 bytes, or 16 of an IPv6 one) and the community, each for SnmpUtilOctetsFree. Errors and threads as there.
 */
BOOL WINAPI SnmpMgrGetTrapEx(AsnObjectIdentifier *enterprise, AsnNetworkAddress *agentAddress,
                             AsnNetworkAddress *sourceAddress, AsnInteger *genericTrap, AsnInteger *specificTrap,
                             AsnOctetString *community, AsnTimeticks *timeStamp, RFC1157VarBindList *variableBindings)
{
    struct trap_outputs to = {
        .enterprise = enterprise,
        .agent_address = agentAddress,
        .source_address = sourceAddress,
        .generic = genericTrap,
        .specific = specificTrap,
        .community = community,
        .timestamp = timeStamp,
        .bindings = variableBindings,
    };

    CORK_TRACE("%p, %p, %p, %p, %p, %p, %p, %p\n", enterprise, agentAddress, sourceAddress, genericTrap, specificTrap,
               community, timeStamp, variableBindings);
    return get_trap(&to);
}

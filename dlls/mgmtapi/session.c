/*
 * SnmpMgrOpen, SnmpMgrCtl and SnmpMgrClose.
 */
#include "mgmtapi/session.h"
#include "mgmtapi/trap.h"
#include "common/trace.h"
#include "wsnmp32/address.h"

CORK_TRACE_CHANNEL(mgmtapi);

/* ---- The handle table ----------------------------------------------------------------------------------------------
 */

enum
{
    TYPE_SESSION = 1
};

static void cancel_session(void *object)
{
    session_cancel_requests(object);
}

/* Frees what SnmpMgrOpen made, however far it came. SnmpClose also frees the entity and the context. */
static void free_session(struct manager_session *session)
{
    if (session->winsnmp) engine_stop(session->winsnmp);
    snmp_free(session);
}

static void destroy_session(void *object)
{
    free_session(object);
}

static const struct cork_handle_type types[] = {{"session", cancel_session, destroy_session}};
static struct cork_handle_table *table;
static INIT_ONCE table_once = INIT_ONCE_STATIC_INIT;

static BOOL CALLBACK make_table(INIT_ONCE *once, void *parameter, void **context)
{
    (void)once, (void)parameter, (void)context;
    table = cork_handle_table_create(&(struct cork_handle_table_config){.types = types, .type_count = 1});
    return table != NULL;
}

struct manager_session *session_acquire(LPSNMP_MGR_SESSION handle, struct cork_pin *pin)
{
    struct manager_session *session = table ? cork_handle_acquire(table, handle, TYPE_SESSION, pin) : NULL;

    if (!session) SetLastError(SNMP_MGMTAPI_INVALID_SESSION);
    return session;
}

/* ---- SnmpMgrOpen ---------------------------------------------------------------------------------------------------
 */

/* "MAC Address 00aa00bbccdd". */
static BOOL is_mac_address(const char *text)
{
    return strlen(text) == 12 && strspn(text, "0123456789abcdefABCDEF") == 12;
}

/* The numeric address of a host, IPv4 rather than IPv6: agents that listen on both are fewer. 0 or a Windows Sockets
 * error. */
static DWORD look_up(const char *name, char *text, DWORD size)
{
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_DGRAM}, *found = NULL;
    int error = getaddrinfo(name, NULL, &hints, &found);

    if (error)
    {
        hints.ai_family = AF_INET6;
        if (getaddrinfo(name, NULL, &hints, &found)) return (DWORD)error;
    }
    error = getnameinfo(found->ai_addr, (socklen_t)found->ai_addrlen, text, size, NULL, 0, NI_NUMERICHOST);
    freeaddrinfo(found);
    return (DWORD)error;
}

/*
 * The literal address for what names the agent. Names are looked up here, because WinSNMP does it only in one of the
 * translation modes that the application chooses among. 0 or a Windows Sockets error.
 */
static DWORD resolve(const char *name, char text[SNMP_ADDRESS_TEXT_SIZE])
{
    struct snmp_address address;
    WSADATA data;
    DWORD error;

    if (is_mac_address(name)) return WSAEAFNOSUPPORT;
    switch (snmp_address_parse(name, &address))
    {
    case SNMP_ADDRESS_IPV4:
    case SNMP_ADDRESS_IPV6:
        strcpy(text, name); /* what could be parsed fits */
        return 0;
    case SNMP_ADDRESS_IPX:
        return WSAEAFNOSUPPORT;
    case SNMP_ADDRESS_NAME:
        break;
    default:
        return WSAHOST_NOT_FOUND;
    }
    error = (DWORD)WSAStartup(MAKEWORD(2, 2), &data);
    if (error) return error;
    error = look_up(name, text, SNMP_ADDRESS_TEXT_SIZE);
    WSACleanup();
    return error;
}

/* Makes the WinSNMP objects. The time-outs are the requests' own, so WinSNMP's never comes. */
static DWORD connect_session(struct manager_session *session, const char *address, const char *community)
{
    const smiOCTETS octets = {(smiUINT32)strlen(community), (smiLPBYTE)community};

    engine_use_snmpv1(session->winsnmp);
    session->agent = SnmpStrToEntity(session->winsnmp, address);
    if (!session->agent) return engine_session_error(session->winsnmp);
    session->community = SnmpStrToContext(session->winsnmp, &octets);
    if (!session->community) return engine_session_error(session->winsnmp);
    SnmpSetTimeout(session->agent, 0x7fffffff);
    return 0;
}

static DWORD start_session(struct manager_session *session)
{
    DWORD error = engine_start();

    if (error) return error;
    session->winsnmp = SnmpCreateSession(NULL, 0, session_answered, session);
    if (session->winsnmp) return 0;
    error = engine_error(SnmpGetLastError(NULL));
    engine_stop(NULL);
    return error;
}

static LPSNMP_MGR_SESSION open_session(const char *address, const char *community, INT timeout, INT retries,
                                       DWORD *error)
{
    struct manager_session *session = manager_zalloc(sizeof(*session));
    void *handle = NULL;

    *error = SNMP_MEM_ALLOC_ERROR;
    if (!session) return NULL;
    session->timeout = (uint32_t)timeout;
    session->retries = retries > 0 ? (uint32_t)retries : 0;
    InitializeSRWLock(&session->agent_lock);
    InitializeSRWLock(&session->lock);
    *error = start_session(session);
    if (!*error) *error = connect_session(session, address, community);
    if (!*error && cork_handle_open(table, TYPE_SESSION, session, &handle, NULL) != CORK_OK)
        *error = SNMP_MEM_ALLOC_ERROR;
    if (*error) free_session(session);
    return handle;
}

/*
 * SnmpMgrOpen (nf-mgmtapi-snmpmgropen): a session with the agent at lpAgentAddress (host name, IPv4 or IPv6 address;
 * UDP port 161 until SnmpMgrCtl sets another) in the community lpAgentCommunity, SNMPv1. nTimeOut is in milliseconds,
 * "doubled each time that a retry attempt is transmitted"; nRetries transmissions follow the first one, none where it
 * is not positive. Both strings are copied. The session is closed by SnmpMgrClose. NULL with GetLastError:
 * SNMP_MEM_ALLOC_ERROR, or a Windows Sockets error: WSAHOST_NOT_FOUND and its like, WSAEAFNOSUPPORT for the forms of
 * IPX (8.12 digits, or a MAC address), WSAEINVAL for NULL, an empty community and a negative time-out, WSASYSNOTREADY.
 * Any thread. (The page wants a session used only by the thread that opened it; here every thread may.)
 */
LPSNMP_MGR_SESSION WINAPI SnmpMgrOpen(LPSTR lpAgentAddress, LPSTR lpAgentCommunity, INT nTimeOut, INT nRetries)
{
    char address[SNMP_ADDRESS_TEXT_SIZE];
    LPSNMP_MGR_SESSION handle = NULL;
    DWORD error = WSAEINVAL;

    CORK_TRACE("%s, %s, %d, %d\n", cork_debugstr_a(lpAgentAddress), cork_debugstr_a(lpAgentCommunity), nTimeOut,
               nRetries);
    if (lpAgentAddress && lpAgentCommunity && *lpAgentCommunity && nTimeOut >= 0)
    {
        error = SNMP_MEM_ALLOC_ERROR;
        if (InitOnceExecuteOnce(&table_once, make_table, NULL, NULL)) error = resolve(lpAgentAddress, address);
        if (!error) handle = open_session(address, lpAgentCommunity, nTimeOut, nRetries, &error);
    }
    if (!handle) SetLastError(error);
    CORK_TRACE("returning %p\n", handle);
    return handle;
}

/* ---- SnmpMgrCtl ----------------------------------------------------------------------------------------------------
 */

/* 0 or the error for SetLastError. */
static DWORD set_agent_port(struct manager_session *session, UINT port)
{
    SNMPAPI_STATUS result;

    if (!port || port > 0xffff) return SNMP_MGMTAPI_INVALID_BUFFER;
    AcquireSRWLockExclusive(&session->agent_lock);
    result = SnmpSetPort(session->agent, port);
    ReleaseSRWLockExclusive(&session->agent_lock);
    return result == SNMPAPI_SUCCESS ? 0 : engine_error(SnmpGetLastError(NULL));
}

/*
 * SnmpMgrCtl (nf-mgmtapi-snmpmgrctl): MGMCTL_SETAGENTPORT, the only control code, sets the agent's UDP port for the
 * requests from now on; the input is a UINT in host byte order. There is no output: *lpcbBytesReturned (may be NULL)
 * becomes 0, lpvOUTBuffer is not used. FALSE with GetLastError: SNMP_MGMTAPI_INVALID_SESSION, SNMP_MGMTAPI_INVALID_CTL,
 * SNMP_MGMTAPI_INVALID_BUFFER (no input, less than a UINT, no port). Any thread.
 */
BOOL WINAPI SnmpMgrCtl(LPSNMP_MGR_SESSION session, DWORD dwCtlCode, LPVOID lpvInBuffer, DWORD cbInBuffer,
                       LPVOID lpvOUTBuffer, DWORD cbOUTBuffer, LPDWORD lpcbBytesReturned)
{
    struct cork_pin pin;
    struct manager_session *object;
    DWORD error;

    CORK_TRACE("%p, %#lx, %p, %lu, %p, %lu, %p\n", session, dwCtlCode, lpvInBuffer, cbInBuffer, lpvOUTBuffer,
               cbOUTBuffer, lpcbBytesReturned);
    object = session_acquire(session, &pin);
    if (!object) return FALSE;
    if (dwCtlCode != MGMCTL_SETAGENTPORT)
        error = SNMP_MGMTAPI_INVALID_CTL;
    else if (!lpvInBuffer || cbInBuffer < sizeof(UINT))
        error = SNMP_MGMTAPI_INVALID_BUFFER;
    else
        error = set_agent_port(object, *(const UINT *)lpvInBuffer);
    if (!error && lpcbBytesReturned) *lpcbBytesReturned = 0;
    cork_pin_release(&pin);
    if (error) SetLastError(error);
    return !error;
}

/* ---- SnmpMgrClose --------------------------------------------------------------------------------------------------
 */

/*
 * SnmpMgrClose (nf-mgmtapi-snmpmgrclose): ends a session, or for NULL what SnmpMgrTrapListen began. Exactly one caller
 * succeeds. Requests that other threads wait for end at once with SNMP_MGMTAPI_INVALID_SESSION; the close waits for
 * them, and when it returns nothing of the session is left. FALSE with GetLastError SNMP_MGMTAPI_INVALID_SESSION: no
 * open session, or nobody listens. Any thread, but not from DllMain.
 */
BOOL WINAPI SnmpMgrClose(LPSNMP_MGR_SESSION session)
{
    BOOL closed;

    CORK_TRACE("%p\n", session);
    if (!session)
        closed = trap_stop_listening();
    else
        closed = table && cork_handle_close_and_wait(table, session, TYPE_SESSION) == CORK_OK;
    if (!closed) SetLastError(SNMP_MGMTAPI_INVALID_SESSION);
    return closed;
}

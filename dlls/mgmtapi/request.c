/*
 * SnmpMgrRequest: a thread sends a request and waits for the answer that WinSNMP's callback brings.
 */
#include "common/trace.h"
#include "mgmtapi/binding.h"
#include "mgmtapi/session.h"

CORK_TRACE_CHANNEL(mgmtapi);

/* ---- Waiters -------------------------------------------------------------------------------------------------------
 */

static void add_waiter(struct manager_session *session, struct waiter *waiter)
{
    AcquireSRWLockExclusive(&session->lock);
    waiter->next = session->waiters;
    session->waiters = waiter;
    ReleaseSRWLockExclusive(&session->lock);
}

static void remove_waiter(struct manager_session *session, struct waiter *waiter)
{
    struct waiter **link;

    AcquireSRWLockExclusive(&session->lock);
    for (link = &session->waiters; *link != waiter; link = &(*link)->next)
        ;
    *link = waiter->next;
    ReleaseSRWLockExclusive(&session->lock);
}

/* Ends the waiting for a request, once; called with the session's lock held. FALSE where nobody waits for it any more.
 */
static BOOL finish(struct manager_session *session, smiINT32 request_id, const struct waiter *result)
{
    struct waiter *waiter = session->waiters;

    while (waiter && (waiter->request_id != request_id || waiter->done))
        waiter = waiter->next;
    if (!waiter) return FALSE;
    waiter->done = TRUE;
    waiter->error = result->error;
    waiter->status = result->status;
    waiter->index = result->index;
    waiter->vbl = result->vbl;
    WakeConditionVariable(&waiter->changed);
    return TRUE;
}

void session_cancel_requests(struct manager_session *session)
{
    struct waiter *waiter;

    AcquireSRWLockExclusive(&session->lock);
    session->closing = TRUE;
    for (waiter = session->waiters; waiter; waiter = waiter->next)
        WakeConditionVariable(&waiter->changed);
    ReleaseSRWLockExclusive(&session->lock);
}

/* ---- Answers -------------------------------------------------------------------------------------------------------
 */

static void take_answer(struct manager_session *session, HSNMP_PDU pdu, DWORD error)
{
    struct waiter result = {.error = error};
    smiINT32 request_id;
    smiINT type;
    BOOL taken;

    if (SnmpGetPduData(pdu, &type, &request_id, &result.status, &result.index, error ? NULL : &result.vbl) !=
        SNMPAPI_SUCCESS)
        return;
    if (!error && type != SNMP_PDU_RESPONSE)
    {
        SnmpFreeVbl(result.vbl);
        return;
    }
    AcquireSRWLockExclusive(&session->lock);
    taken = finish(session, request_id, &result);
    ReleaseSRWLockExclusive(&session->lock);
    CORK_TRACE("%p: request %ld, error %lu, status %ld%s\n", session, (long)request_id, error, (long)result.status,
               taken ? "" : ", nobody waits");
    if (!taken && result.vbl) SnmpFreeVbl(result.vbl);
}

/*
 * Whether a request that WinSNMP reports as failed is lost. An agent that cannot be reached at the moment, or WinSNMP's
 * own idea of a time-out, is no answer: the request waits its own time and is sent again.
 */
static BOOL is_lost(SNMPAPI_STATUS error)
{
    return error != SNMPAPI_TL_UNDELIVERABLE && error != SNMPAPI_TL_TIMEOUT && error != SNMPAPI_TL_NOT_AVAILABLE;
}

/*
 * Takes a message from WinSNMP: an answer, or (error not 0, or to be asked for) a request that failed. FALSE: it could
 * not be had for lack of memory, and waits there still.
 */
static BOOL receive(struct manager_session *session, HSNMP_SESSION winsnmp, SNMPAPI_STATUS error)
{
    HSNMP_ENTITY source = NULL, destination = NULL;
    HSNMP_CONTEXT context = NULL;
    HSNMP_PDU pdu = NULL;

    if (SnmpRecvMsg(winsnmp, &source, &destination, &context, &pdu) == SNMPAPI_SUCCESS)
        error = 0;
    else if (!error || !pdu)
        error = SnmpGetLastError(winsnmp);
    if (pdu && (!error || is_lost(error))) take_answer(session, pdu, error ? engine_error(error) : 0);
    if (pdu) SnmpFreePdu(pdu);
    if (context) SnmpFreeContext(context);
    if (source) SnmpFreeEntity(source);
    if (destination) SnmpFreeEntity(destination);
    return pdu || error != SNMPAPI_ALLOC_ERROR;
}

/* WinSNMP's callback, one at a time a session: there is one message more. */
SNMPAPI_STATUS CALLBACK session_answered(HSNMP_SESSION winsnmp, HWND window, UINT message, WPARAM error,
                                         LPARAM request_id, LPVOID object)
{
    struct manager_session *session = object;
    uint32_t left = session->left_behind;

    (void)window, (void)message, (void)request_id;
    for (session->left_behind = 0; left; left--)
        if (!receive(session, winsnmp, 0)) session->left_behind++;
    if (!receive(session, winsnmp, (SNMPAPI_STATUS)error)) session->left_behind++;
    return SNMPAPI_SUCCESS;
}

/* ---- The request ---------------------------------------------------------------------------------------------------
 */

/* Waits until the waiter is done, the session closes, or `timeout` milliseconds have passed. FALSE: none of the first
 * two. */
static BOOL wait_for_answer(struct manager_session *session, struct waiter *waiter, uint32_t timeout)
{
    ULONGLONG now = GetTickCount64(), end = now + timeout;
    BOOL ended;

    AcquireSRWLockExclusive(&session->lock);
    while (!(ended = waiter->done || session->closing) && now < end)
    {
        SleepConditionVariableSRW(&waiter->changed, &session->lock, (DWORD)(end - now), 0);
        now = GetTickCount64();
    }
    if (session->closing && !waiter->done) waiter->error = SNMP_MGMTAPI_INVALID_SESSION;
    ReleaseSRWLockExclusive(&session->lock);
    return ended;
}

/* 0 where it was sent, or might have been with better luck: then the next attempt has it. */
static DWORD send_request(struct manager_session *session, HSNMP_PDU pdu)
{
    SNMPAPI_STATUS result, error;

    AcquireSRWLockShared(&session->agent_lock);
    result = SnmpSendMsg(session->winsnmp, NULL, session->agent, session->community, pdu);
    ReleaseSRWLockShared(&session->agent_lock);
    if (result == SNMPAPI_SUCCESS) return 0;
    error = SnmpGetLastError(session->winsnmp);
    return is_lost(error) ? engine_error(error) : 0;
}

/*
 * Sends the PDU, again after each time-out, until the answer is there. Every transmission is a message of its own to
 * WinSNMP, with the same request id, and none is cancelled before the end: an answer to the first that comes after the
 * second was sent is the answer.
 */
static DWORD exchange(struct manager_session *session, HSNMP_PDU pdu, struct waiter *waiter)
{
    uint32_t timeout = session->timeout, sent = 0;
    DWORD error;

    add_waiter(session, waiter);
    do
    {
        error = send_request(session, pdu);
        if (error) break;
        sent++;
        if (wait_for_answer(session, waiter, timeout))
            error = waiter->error;
        else
            error = SNMP_MGMTAPI_TIMEOUT;
        timeout = timeout > INT_MAX / 2 ? INT_MAX : timeout * 2;
    }
    while (error == SNMP_MGMTAPI_TIMEOUT && sent <= session->retries);
    remove_waiter(session, waiter);
    if (error == SNMP_MGMTAPI_TIMEOUT && waiter->done) error = waiter->error; /* at the last moment */
    while (sent && SnmpCancelMsg(session->winsnmp, waiter->request_id) == SNMPAPI_SUCCESS)
        sent--;
    return error;
}

/* Puts the answer's bindings in the place of the request's. */
static DWORD replace_bindings(HSNMP_VBL vbl, SnmpVarBindList *list)
{
    struct bindings bindings;
    SnmpVarBindList answer;
    DWORD error = bindings_read(vbl, &bindings);

    if (error) return error;
    if (!asn_copy_bindings(bindings.entries, bindings.count, &answer)) error = SNMP_MEM_ALLOC_ERROR;
    bindings_free(&bindings);
    if (error) return error;
    SnmpUtilVarBindListFree(list);
    *list = answer;
    return 0;
}

static DWORD perform(struct manager_session *session, HSNMP_VBL vbl, BYTE type, SnmpVarBindList *list,
                     AsnInteger *status, AsnInteger *index)
{
    struct waiter waiter = {.changed = CONDITION_VARIABLE_INIT};
    HSNMP_PDU pdu = SnmpCreatePdu(session->winsnmp, type, 0, 0, 0, vbl);
    DWORD error;

    if (!pdu) return engine_session_error(session->winsnmp);
    if (SnmpGetPduData(pdu, NULL, &waiter.request_id, NULL, NULL, NULL) != SNMPAPI_SUCCESS)
        error = engine_error(SnmpGetLastError(NULL));
    else
        error = exchange(session, pdu, &waiter);
    SnmpFreePdu(pdu);
    if (!error && !waiter.status) error = replace_bindings(waiter.vbl, list);
    if (!error)
    {
        *status = waiter.status;
        *index = waiter.index;
    }
    if (waiter.vbl) SnmpFreeVbl(waiter.vbl);
    return error;
}

static DWORD request(struct manager_session *session, BYTE type, SnmpVarBindList *list, AsnInteger *status,
                     AsnInteger *index)
{
    HSNMP_VBL vbl;
    DWORD error;

    if (!list || !status || !index) return SNMP_MGMTAPI_INVALID_BUFFER;
    if (type != SNMP_PDU_GET && type != SNMP_PDU_GETNEXT && type != SNMP_PDU_SET) return SNMP_PDUAPI_UNRECOGNIZED_PDU;
    error = bindings_make_vbl(session->winsnmp, list, type == SNMP_PDU_SET, &vbl);
    if (error) return error;
    error = perform(session, vbl, type, list, status, index);
    SnmpFreeVbl(vbl);
    return error;
}

/*
 * SnmpMgrRequest (nf-mgmtapi-snmpmgrrequest): sends SNMP_PDU_GET, SNMP_PDU_GETNEXT or SNMP_PDU_SET ("values defined by
 * SNMPv1": SNMP_PDU_GETBULK is none) for the bindings and waits for the agent's answer, for the time and the retries
 * that SnmpMgrOpen was given. Returns SNMPAPI_NOERROR when the agent has answered, with its error status and index (the
 * binding's number from 1). Only with SNMP_ERRORSTATUS_NOERROR are the bindings replaced: the list and all that it
 * points to are freed and made anew with SnmpUtilMemAlloc, for the caller to free with SnmpUtilVarBindListFree. The
 * values of a Get or Get Next are sent as NULL whatever they are. SNMPAPI_ERROR with GetLastError, and nothing changed:
 * SNMP_MGMTAPI_TIMEOUT (an agent that cannot be reached, too), SNMP_MGMTAPI_SELECT_FDERRORS (the transport failed),
 * SNMP_MGMTAPI_INVALID_SESSION (not open, or closed meanwhile), SNMP_MGMTAPI_INVALID_BUFFER (NULL),
 * SNMP_PDUAPI_UNRECOGNIZED_PDU (another type), SNMP_BERAPI_INVALID_OBJELEM and SNMP_BERAPI_INVALID_TAG (a binding that
 * cannot be sent, a Counter64 for example), SNMP_BERAPI_OVERFLOW (more than a datagram holds), SNMP_MEM_ALLOC_ERROR.
 * Any thread, several on one session at once.
 */
SNMPAPI WINAPI SnmpMgrRequest(LPSNMP_MGR_SESSION session, BYTE requestType, RFC1157VarBindList *variableBindings,
                              AsnInteger *errorStatus, AsnInteger *errorIndex)
{
    struct cork_pin pin;
    struct manager_session *object;
    DWORD error;

    CORK_TRACE("%p, %#x, %p, %p, %p\n", session, requestType, variableBindings, errorStatus, errorIndex);
    object = session_acquire(session, &pin);
    if (!object) return SNMPAPI_ERROR;
    error = request(object, requestType, variableBindings, errorStatus, errorIndex);
    cork_pin_release(&pin);
    if (!error) return SNMPAPI_NOERROR;
    CORK_WARN("%p: error %lu\n", session, error);
    SetLastError(error);
    return SNMPAPI_ERROR;
}

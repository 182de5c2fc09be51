/*
 * What mgmtapi.dll needs beyond WinSNMP; see manager.h.
 */
#include "wsnmp32/manager.h"
#include "wsnmp32/session.h"

CORK_TRACE_CHANNEL(wsnmp32);

SNMPAPI_STATUS WINAPI cork_session_use_snmpv1(HSNMP_SESSION session)
{
    struct cork_pin pin;
    struct session *object;

    RETURN_IF_NOT_STARTED();
    object = resource_acquire(session, TYPE_SESSION, &pin);
    if (!object) return fail(NULL, SNMPAPI_SESSION_INVALID);
    InterlockedExchange(&object->snmpv1, 1);
    resource_release(&pin);
    CORK_TRACE("session %p\n", session);
    return SNMPAPI_SUCCESS;
}

SNMPAPI_STATUS WINAPI cork_pdu_get_v1_trap(HSNMP_PDU pdu, struct cork_v1_trap *trap)
{
    struct cork_pin pin;
    struct pdu *object;
    int from_v1;

    RETURN_IF_NOT_STARTED();
    object = resource_acquire(pdu, TYPE_PDU, &pin);
    if (!object) return fail(NULL, SNMPAPI_PDU_INVALID);
    cork_quick_lock(&object->lock);
    from_v1 = object->pdu.from_v1;
    memcpy(trap->agent_address, object->pdu.trap.agent_address, sizeof(trap->agent_address));
    trap->generic = object->pdu.trap.generic;
    trap->specific = object->pdu.trap.specific;
    cork_quick_unlock(&object->lock);
    resource_release(&pin);
    return from_v1 ? SNMPAPI_SUCCESS : fail(NULL, SNMPAPI_NOOP);
}

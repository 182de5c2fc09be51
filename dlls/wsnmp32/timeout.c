/*
 * The retransmission policy of an entity: time-outs and retry counts, as wished (policy) and as last seen (actual).
 *
 * Kept for each entity handle: two handles for one address are two entities. The values of a request are read when it
 * is sent.
 */
#include "wsnmp32/wsnmp32.h"

CORK_TRACE_CHANNEL(wsnmp32);

static LONG read_value(volatile LONG *value)
{
    return InterlockedCompareExchange(value, 0, 0);
}

/* What SnmpGetTimeout and SnmpGetRetry have in common. */
static SNMPAPI_STATUS get_values(struct entity *entity, volatile LONG *policy, volatile LONG *actual,
                                 smiUINT32 *policy_out, smiUINT32 *actual_out)
{
    struct session *session = entity->resource.owner;

    if (!policy_out && !actual_out) return fail(session, SNMPAPI_NOOP);
    if (policy_out && !can_write(policy_out, sizeof(*policy_out))) return fail(session, SNMPAPI_ALLOC_ERROR);
    if (actual_out && !can_write(actual_out, sizeof(*actual_out))) return fail(session, SNMPAPI_ALLOC_ERROR);
    if (policy_out) *policy_out = (smiUINT32)read_value(policy);
    if (actual_out) *actual_out = (smiUINT32)read_value(actual);
    return SNMPAPI_SUCCESS;
}

/*
 * SnmpGetTimeout (nf-winsnmp-snmpgettimeout): the policy time-out and the response interval last measured, in
 * hundredths of a second; the latter is 0 until a request to the entity was answered. Either pointer may be NULL.
 * SNMPAPI_ENTITY_INVALID; SNMPAPI_NOOP where both are NULL; SNMPAPI_ALLOC_ERROR for one that cannot be written. Any
 * thread.
 */
SNMPAPI_STATUS WINAPI SnmpGetTimeout(HSNMP_ENTITY hEntity, smiLPTIMETICKS nPolicyTimeout, smiLPTIMETICKS nActualTimeout)
{
    struct cork_pin pin;
    struct entity *entity;
    SNMPAPI_STATUS status;

    RETURN_IF_NOT_STARTED();
    entity = resource_acquire(hEntity, TYPE_ENTITY, &pin);
    if (!entity) return fail(NULL, SNMPAPI_ENTITY_INVALID);
    status = get_values(entity, &entity->policy_timeout, &entity->actual_timeout, nPolicyTimeout, nActualTimeout);
    resource_release(&pin);
    return status;
}

/*
 * SnmpSetTimeout (nf-winsnmp-snmpsettimeout): the policy time-out for requests sent from now on, in hundredths of a
 * second; with 0 Cork uses its default. SNMPAPI_ENTITY_INVALID. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpSetTimeout(HSNMP_ENTITY hEntity, smiTIMETICKS nPolicyTimeout)
{
    struct cork_pin pin;
    struct entity *entity;

    RETURN_IF_NOT_STARTED();
    CORK_TRACE("entity %p, %u hundredths of a second\n", hEntity, (unsigned)nPolicyTimeout);
    entity = resource_acquire(hEntity, TYPE_ENTITY, &pin);
    if (!entity) return fail(NULL, SNMPAPI_ENTITY_INVALID);
    InterlockedExchange(&entity->policy_timeout, (LONG)nPolicyTimeout);
    resource_release(&pin);
    return SNMPAPI_SUCCESS;
}

/*
 * SnmpGetRetry (nf-winsnmp-snmpgetretry): the policy retry count and how many retries the last request took, 0 until
 * there was one. Pointers and errors as for SnmpGetTimeout. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpGetRetry(HSNMP_ENTITY hEntity, smiLPUINT32 nPolicyRetry, smiLPUINT32 nActualRetry)
{
    struct cork_pin pin;
    struct entity *entity;
    SNMPAPI_STATUS status;

    RETURN_IF_NOT_STARTED();
    entity = resource_acquire(hEntity, TYPE_ENTITY, &pin);
    if (!entity) return fail(NULL, SNMPAPI_ENTITY_INVALID);
    status = get_values(entity, &entity->policy_retry, &entity->actual_retry, nPolicyRetry, nActualRetry);
    resource_release(&pin);
    return status;
}

/*
 * SnmpSetRetry (nf-winsnmp-snmpsetretry): the policy retry count for requests sent from now on; with 0 Cork uses its
 * default. SNMPAPI_ENTITY_INVALID. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpSetRetry(HSNMP_ENTITY hEntity, smiUINT32 nPolicyRetry)
{
    struct cork_pin pin;
    struct entity *entity;

    RETURN_IF_NOT_STARTED();
    CORK_TRACE("entity %p, %u retries\n", hEntity, (unsigned)nPolicyRetry);
    entity = resource_acquire(hEntity, TYPE_ENTITY, &pin);
    if (!entity) return fail(NULL, SNMPAPI_ENTITY_INVALID);
    InterlockedExchange(&entity->policy_retry, (LONG)nPolicyRetry);
    resource_release(&pin);
    return SNMPAPI_SUCCESS;
}

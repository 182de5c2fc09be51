/*
 * The retransmission policy of an entity: time-outs and retry counts, as wished (policy) and as last seen (actual).
 *
 * Kept for each entity handle: two handles for one address are two entities. The values of a request are read when it
 * is sent.
 */
#include "wsnmp32/wsnmp32.h"

CORK_TRACE_CHANNEL(wsnmp32);

/* A policy value and what was last seen, as in struct entity. */
struct policy
{
    volatile LONG *policy, *actual;
};

static struct policy timeout_of(struct entity *entity)
{
    return (struct policy){&entity->policy_timeout, &entity->actual_timeout};
}

static struct policy retry_of(struct entity *entity)
{
    return (struct policy){&entity->policy_retry, &entity->actual_retry};
}

static LONG read_value(volatile LONG *value)
{
    return InterlockedCompareExchange(value, 0, 0);
}

static SNMPAPI_STATUS read_values(struct session *session, struct policy values, smiUINT32 *policy, smiUINT32 *actual)
{
    if (!policy && !actual) return fail(session, SNMPAPI_NOOP);
    if (policy && !can_write(policy, sizeof(*policy))) return fail(session, SNMPAPI_ALLOC_ERROR);
    if (actual && !can_write(actual, sizeof(*actual))) return fail(session, SNMPAPI_ALLOC_ERROR);
    if (policy) *policy = (smiUINT32)read_value(values.policy);
    if (actual) *actual = (smiUINT32)read_value(values.actual);
    return SNMPAPI_SUCCESS;
}

static SNMPAPI_STATUS get_values(HSNMP_ENTITY handle, struct policy (*values)(struct entity *), smiUINT32 *policy,
                                 smiUINT32 *actual)
{
    struct cork_pin pin;
    struct entity *entity = resource_acquire(handle, TYPE_ENTITY, &pin);
    SNMPAPI_STATUS status;

    if (!entity) return fail(NULL, SNMPAPI_ENTITY_INVALID);
    status = read_values(entity->resource.owner, values(entity), policy, actual);
    resource_release(&pin);
    return status;
}

static SNMPAPI_STATUS set_policy(HSNMP_ENTITY handle, struct policy (*values)(struct entity *), smiUINT32 policy)
{
    struct cork_pin pin;
    struct entity *entity = resource_acquire(handle, TYPE_ENTITY, &pin);

    CORK_TRACE("entity %p, %u\n", handle, (unsigned)policy);
    if (!entity) return fail(NULL, SNMPAPI_ENTITY_INVALID);
    InterlockedExchange(values(entity).policy, (LONG)policy);
    resource_release(&pin);
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
    RETURN_IF_NOT_STARTED();
    return get_values(hEntity, timeout_of, nPolicyTimeout, nActualTimeout);
}

/*
 * SnmpSetTimeout (nf-winsnmp-snmpsettimeout): the policy time-out for requests sent from now on, in hundredths of a
 * second; with 0 Cork uses its default. SNMPAPI_ENTITY_INVALID. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpSetTimeout(HSNMP_ENTITY hEntity, smiTIMETICKS nPolicyTimeout)
{
    RETURN_IF_NOT_STARTED();
    return set_policy(hEntity, timeout_of, nPolicyTimeout);
}

/*
 * SnmpGetRetry (nf-winsnmp-snmpgetretry): the policy retry count and how many retries the last request took, 0 until
 * there was one. Pointers and errors as for SnmpGetTimeout. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpGetRetry(HSNMP_ENTITY hEntity, smiLPUINT32 nPolicyRetry, smiLPUINT32 nActualRetry)
{
    RETURN_IF_NOT_STARTED();
    return get_values(hEntity, retry_of, nPolicyRetry, nActualRetry);
}

/*
 * SnmpSetRetry (nf-winsnmp-snmpsetretry): the policy retry count for requests sent from now on; with 0 Cork uses its
 * default. SNMPAPI_ENTITY_INVALID. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpSetRetry(HSNMP_ENTITY hEntity, smiUINT32 nPolicyRetry)
{
    RETURN_IF_NOT_STARTED();
    return set_policy(hEntity, retry_of, nPolicyRetry);
}

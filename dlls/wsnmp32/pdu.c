/*
 * Protocol data units.
 *
 * A PDU has its own copy of the variable bindings it is given. A PDU of type SNMP_PDU_V1TRAP comes only from
 * SnmpDecodeMsg, where translating SNMPv1 traps is the application's business ("Levels of SNMP Support"):
 * SnmpGetPduData shows its generic and specific trap number as error status and error index, and its bindings; it can
 * be duplicated, freed and encoded again, but not changed.
 */
#include "wsnmp32/wsnmp32.h"

CORK_TRACE_CHANNEL(wsnmp32);

/* ---- Life ------------------------------------------------------------------------------------------------------ */

HANDLE pdu_make(struct session *owner, struct snmp_pdu *pdu, SNMPAPI_STATUS *error)
{
    struct pdu *object = snmp_zalloc(sizeof(*object));

    if (!object)
    {
        snmp_varbind_list_free(&pdu->bindings);
        *error = SNMPAPI_ALLOC_ERROR;
        return NULL;
    }
    object->pdu = *pdu;
    snmp_varbind_list_init(&pdu->bindings);
    return resource_open(owner, TYPE_PDU, &object->resource, error);
}

void pdu_destroy(void *object)
{
    struct pdu *pdu = object;

    snmp_varbind_list_free(&pdu->pdu.bindings);
    resource_gone(&pdu->resource);
    snmp_free(pdu);
}

/* ---- What is valid --------------------------------------------------------------------------------------------- */

/* The types that an application can make: "the only type of trap PDU you can create is an SNMPv2C trap PDU". */
static int type_valid(smiINT type)
{
    switch (type)
    {
    case SNMP_PDU_GET:
    case SNMP_PDU_GETNEXT:
    case SNMP_PDU_RESPONSE:
    case SNMP_PDU_SET:
    case SNMP_PDU_GETBULK:
    case SNMP_PDU_INFORM:
    case SNMP_PDU_TRAP:
        return 1;
    }
    return 0;
}

int pdu_valid(const struct snmp_pdu *pdu)
{
    switch (pdu->type)
    {
    case SNMP_TYPE_RESPONSE:
        return 1;
    case SNMP_TYPE_GETBULK: /* RFC 1905, section 4.2.3: both from 0 on */
        return pdu->error_status >= 0 && pdu->error_index >= 0;
    default:
        return pdu->error_status == 0 && pdu->error_index == 0;
    }
}

/* Begins somewhere else in each process, so that late answers to one that ran before match nothing. */
int32_t next_request_id(void)
{
    static volatile LONG counter;
    LARGE_INTEGER now;
    uint32_t id;

    if (!counter)
    {
        QueryPerformanceCounter(&now);
        id = (now.LowPart ^ GetCurrentProcessId() * 0x9e3779b9u) * 0x85ebca6bu;
        InterlockedCompareExchange(&counter, (LONG)(id | 1), 0);
    }
    do
        id = (uint32_t)InterlockedIncrement(&counter) & 0x7fffffff;
    while (!id);
    return (int32_t)id;
}

/* ---- Making ---------------------------------------------------------------------------------------------------- */

/* A copy of the list behind a handle. */
static SNMPAPI_STATUS copy_list(HSNMP_VBL vbl, struct snmp_varbind_list *copy)
{
    struct cork_pin pin;
    struct vbl *source = resource_acquire(vbl, TYPE_VBL, &pin);
    enum snmp_list_status status;

    if (!source) return SNMPAPI_VBL_INVALID;
    cork_quick_lock(&source->lock);
    status = snmp_varbind_list_copy(&source->list, copy);
    cork_quick_unlock(&source->lock);
    resource_release(&pin);
    return status == SNMP_LIST_OK ? 0 : SNMPAPI_ALLOC_ERROR;
}

/*
 * SnmpCreatePdu (nf-winsnmp-snmpcreatepdu; "Assigning Request Identifiers"): a new PDU, the session's. PDU_type 0:
 * SNMP_PDU_GETNEXT; request_id 0: one that Cork chooses; error_status and error_index are the non-repeaters and
 * max-repetitions of an SNMP_PDU_GETBULK; varbindlist, which may be NULL, is copied. Fields that do not go together
 * show when the PDU is sent or encoded. SNMPAPI_SESSION_INVALID; SNMPAPI_PDU_INVALID for another type, SNMP_PDU_V1TRAP
 * too; SNMPAPI_VBL_INVALID; SNMPAPI_ALLOC_ERROR. Any thread. The application frees it with SnmpFreePdu.
 */
HSNMP_PDU WINAPI SnmpCreatePdu(HSNMP_SESSION session, smiINT PDU_type, smiINT32 request_id, smiINT error_status,
                               smiINT error_index, HSNMP_VBL varbindlist)
{
    struct snmp_pdu pdu = {.error_status = error_status, .error_index = error_index};
    struct cork_pin pin;
    struct session *owner;
    SNMPAPI_STATUS error = 0;
    HANDLE handle = NULL;

    RETURN_NULL_IF_NOT_STARTED();
    CORK_TRACE("session %p, type %#x, id %d, vbl %p\n", session, (unsigned)PDU_type, (int)request_id, varbindlist);
    owner = resource_acquire(session, TYPE_SESSION, &pin);
    if (!owner)
    {
        fail(NULL, SNMPAPI_SESSION_INVALID);
        return NULL;
    }
    if (!PDU_type) PDU_type = SNMP_PDU_GETNEXT;
    pdu.type = (uint8_t)PDU_type;
    pdu.request_id = request_id ? request_id : next_request_id();
    if (!type_valid(PDU_type))
        error = SNMPAPI_PDU_INVALID;
    else if (varbindlist)
        error = copy_list(varbindlist, &pdu.bindings);
    if (!error) handle = pdu_make(owner, &pdu, &error);
    if (!handle) fail(owner, error);
    resource_release(&pin);
    return handle;
}

static SNMPAPI_STATUS copy_pdu(HSNMP_PDU handle, struct snmp_pdu *copy)
{
    struct cork_pin pin;
    struct pdu *source = resource_acquire(handle, TYPE_PDU, &pin);
    enum snmp_list_status status;

    if (!source) return SNMPAPI_PDU_INVALID;
    cork_quick_lock(&source->lock);
    status = snmp_pdu_copy(&source->pdu, copy);
    cork_quick_unlock(&source->lock);
    resource_release(&pin);
    return status == SNMP_LIST_OK ? 0 : SNMPAPI_ALLOC_ERROR;
}

/*
 * SnmpDuplicatePdu (nf-winsnmp-snmpduplicatepdu): a copy, the session's, of a PDU of any session, with the same request
 * identifier. SNMPAPI_SESSION_INVALID; SNMPAPI_PDU_INVALID; SNMPAPI_ALLOC_ERROR. Any thread. The application frees it
 * with SnmpFreePdu.
 */
HSNMP_PDU WINAPI SnmpDuplicatePdu(HSNMP_SESSION session, HSNMP_PDU PDU)
{
    struct snmp_pdu copy;
    struct cork_pin pin;
    struct session *owner;
    SNMPAPI_STATUS error;
    HANDLE handle = NULL;

    RETURN_NULL_IF_NOT_STARTED();
    CORK_TRACE("session %p, pdu %p\n", session, PDU);
    owner = resource_acquire(session, TYPE_SESSION, &pin);
    if (!owner)
    {
        fail(NULL, SNMPAPI_SESSION_INVALID);
        return NULL;
    }
    error = copy_pdu(PDU, &copy);
    if (!error) handle = pdu_make(owner, &copy, &error);
    if (!handle) fail(owner, error);
    resource_release(&pin);
    return handle;
}

/*
 * SnmpFreePdu (nf-winsnmp-snmpfreepdu): the handle is invalid from now on; the application's VBL handles stay. Messages
 * on their way are not affected. SNMPAPI_PDU_INVALID, for the second of two frees too. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpFreePdu(HSNMP_PDU PDU)
{
    RETURN_IF_NOT_STARTED();
    CORK_TRACE("pdu %p\n", PDU);
    if (!resource_close(PDU, TYPE_PDU)) return fail(NULL, SNMPAPI_PDU_INVALID);
    return SNMPAPI_SUCCESS;
}

/* ---- Fields ---------------------------------------------------------------------------------------------------- */

/* Where SnmpGetPduData puts what it finds; each may be NULL. */
struct pdu_outputs
{
    smiINT *type, *error_status, *error_index;
    smiINT32 *request_id;
    HSNMP_VBL *vbl;
};

static int can_write_or_null(void *pointer, size_t size)
{
    return !pointer || can_write(pointer, size);
}

static int outputs_valid(const struct pdu_outputs *out)
{
    return can_write_or_null(out->type, sizeof(*out->type)) &&
           can_write_or_null(out->error_status, sizeof(*out->error_status)) &&
           can_write_or_null(out->error_index, sizeof(*out->error_index)) &&
           can_write_or_null(out->request_id, sizeof(*out->request_id)) &&
           can_write_or_null(out->vbl, sizeof(*out->vbl));
}

static SNMPAPI_STATUS get_fields(struct pdu *pdu, const struct pdu_outputs *out)
{
    struct snmp_varbind_list list;
    struct snmp_pdu fields;
    enum snmp_list_status status = SNMP_LIST_OK;
    SNMPAPI_STATUS error;
    HANDLE vbl = NULL;

    cork_quick_lock(&pdu->lock);
    fields = pdu->pdu;
    if (out->vbl) status = snmp_varbind_list_copy(&pdu->pdu.bindings, &list);
    cork_quick_unlock(&pdu->lock);
    if (status != SNMP_LIST_OK) return SNMPAPI_ALLOC_ERROR;
    if (out->vbl && !(vbl = vbl_make(pdu->resource.owner, &list, &error)))
        return error == SNMPAPI_SESSION_INVALID ? SNMPAPI_PDU_INVALID : error; /* it closes, and the PDU with it */

    if (fields.type == SNMP_TYPE_V1TRAP)
    {
        fields.error_status = fields.trap.generic;
        fields.error_index = fields.trap.specific;
    }
    if (out->type) *out->type = fields.type;
    if (out->request_id) *out->request_id = fields.request_id;
    if (out->error_status) *out->error_status = fields.error_status;
    if (out->error_index) *out->error_index = fields.error_index;
    if (out->vbl) *out->vbl = vbl;
    return 0;
}

/*
 * SnmpGetPduData (nf-winsnmp-snmpgetpdudata): the fields of a PDU; each output may be NULL. error_status and
 * error_index are the non-repeaters and max-repetitions of an SNMP_PDU_GETBULK. *varbindlist is always a new list, a
 * copy that belongs to the PDU's session and may be empty; the application frees it with SnmpFreeVbl.
 * SNMPAPI_PDU_INVALID for the handle; SNMPAPI_NOOP where all outputs are NULL; SNMPAPI_ALLOC_ERROR, for an output that
 * cannot be written too: then nothing is written. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpGetPduData(HSNMP_PDU PDU, smiLPINT PDU_type, smiLPINT32 request_id, smiLPINT error_status,
                                     smiLPINT error_index, LPHSNMP_VBL varbindlist)
{
    struct pdu_outputs out = {PDU_type, error_status, error_index, request_id, varbindlist};
    struct cork_pin pin;
    struct pdu *object;
    SNMPAPI_STATUS error;

    RETURN_IF_NOT_STARTED();
    CORK_TRACE("pdu %p\n", PDU);
    object = resource_acquire(PDU, TYPE_PDU, &pin);
    if (!object) return fail(NULL, SNMPAPI_PDU_INVALID);
    if (!PDU_type && !request_id && !error_status && !error_index && !varbindlist)
        error = SNMPAPI_NOOP;
    else if (!outputs_valid(&out))
        error = SNMPAPI_ALLOC_ERROR;
    else
        error = get_fields(object, &out);
    if (error) fail(object->resource.owner, error);
    resource_release(&pin);
    return error ? SNMPAPI_FAILURE : SNMPAPI_SUCCESS;
}

/* What SnmpSetPduData changes; each may be NULL. */
struct pdu_inputs
{
    const smiINT *type, *non_repeaters, *max_repetitions;
    const smiINT32 *request_id;
    const HSNMP_VBL *vbl;
};

static int can_read_or_null(const void *pointer, size_t size)
{
    return !pointer || can_read(pointer, size);
}

static int inputs_valid(const struct pdu_inputs *in)
{
    return can_read_or_null(in->type, sizeof(*in->type)) &&
           can_read_or_null(in->non_repeaters, sizeof(*in->non_repeaters)) &&
           can_read_or_null(in->max_repetitions, sizeof(*in->max_repetitions)) &&
           can_read_or_null(in->request_id, sizeof(*in->request_id)) && can_read_or_null(in->vbl, sizeof(*in->vbl));
}

/* Under the PDU's lock. list: what the bindings become, where in->vbl is given; receives what they were. */
static SNMPAPI_STATUS set_fields(struct snmp_pdu *pdu, const struct pdu_inputs *in, struct snmp_varbind_list *list)
{
    struct snmp_varbind_list old = pdu->bindings;

    if (pdu->type == SNMP_TYPE_V1TRAP || (in->type && !type_valid(*in->type))) return SNMPAPI_PDU_INVALID;
    if (in->type) pdu->type = (uint8_t)*in->type;
    if (in->request_id) pdu->request_id = *in->request_id;
    if (pdu->type == SNMP_TYPE_GETBULK)
    {
        if (in->non_repeaters) pdu->error_status = *in->non_repeaters;
        if (in->max_repetitions) pdu->error_index = *in->max_repetitions;
    }
    if (in->vbl)
    {
        pdu->bindings = *list;
        *list = old;
    }
    return 0;
}

static SNMPAPI_STATUS change(struct pdu *pdu, const struct pdu_inputs *in)
{
    struct snmp_varbind_list list;
    SNMPAPI_STATUS error;

    snmp_varbind_list_init(&list);
    if (in->vbl && *in->vbl && (error = copy_list(*in->vbl, &list))) return error;
    cork_quick_lock(&pdu->lock);
    error = set_fields(&pdu->pdu, in, &list);
    cork_quick_unlock(&pdu->lock);
    snmp_varbind_list_free(&list);
    return error;
}

/*
 * SnmpSetPduData (nf-winsnmp-snmpsetpdudata; "Updating a PDU"): changes the fields whose pointers are not NULL, all or
 * none. non_repeaters and max_repetitions are ignored but for an SNMP_PDU_GETBULK (after the change). *varbindlist is
 * copied; NULL in it leaves the PDU without bindings. SNMPAPI_PDU_INVALID for the handle, for a type that SnmpCreatePdu
 * refuses, and for an SNMPv1 trap; SNMPAPI_VBL_INVALID; SNMPAPI_NOOP where all pointers are NULL; SNMPAPI_ALLOC_ERROR,
 * for one that cannot be read too. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpSetPduData(HSNMP_PDU PDU, const smiINT *PDU_type, const smiINT32 *request_id,
                                     const smiINT *non_repeaters, const smiINT *max_repetitions,
                                     const HSNMP_VBL *varbindlist)
{
    struct pdu_inputs in = {PDU_type, non_repeaters, max_repetitions, request_id, varbindlist};
    struct cork_pin pin;
    struct pdu *object;
    SNMPAPI_STATUS error;

    RETURN_IF_NOT_STARTED();
    CORK_TRACE("pdu %p\n", PDU);
    object = resource_acquire(PDU, TYPE_PDU, &pin);
    if (!object) return fail(NULL, SNMPAPI_PDU_INVALID);
    if (!PDU_type && !request_id && !non_repeaters && !max_repetitions && !varbindlist)
        error = SNMPAPI_NOOP;
    else if (!inputs_valid(&in))
        error = SNMPAPI_ALLOC_ERROR;
    else
        error = change(object, &in);
    if (error) fail(object->resource.owner, error);
    resource_release(&pin);
    return error ? SNMPAPI_FAILURE : SNMPAPI_SUCCESS;
}

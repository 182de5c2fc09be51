#include "wsnmp32/trap_translation.h"
#include "wsnmp32/oid_text.h"

#include <string.h>

#define OID_OF(array) ((struct snmp_oid){sizeof(array) / sizeof((array)[0]), (uint32_t *)(array)})

static const uint32_t sys_up_time[] = {1, 3, 6, 1, 2, 1, 1, 3, 0};
static const uint32_t snmp_trap_oid[] = {1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0};
static const uint32_t snmp_trap_enterprise[] = {1, 3, 6, 1, 6, 3, 1, 1, 4, 3, 0};
static const uint32_t snmp_traps[] = {1, 3, 6, 1, 6, 3, 1, 1, 5};
static const uint32_t snmp_trap_address[] = {1, 3, 6, 1, 6, 3, 18, 1, 3, 0};

/* Standard traps snmpTraps.1 coldStart to snmpTraps.6 egpNeighborLoss: generic-trap 0 to 5. */
#define STANDARD_TRAPS 6

#define ERROR_TOO_BIG      1
#define ERROR_NO_SUCH_NAME 2
#define ERROR_BAD_VALUE    3
#define ERROR_GEN_ERR      5

static struct snmp_varbind oid_binding(struct snmp_oid name, struct snmp_oid value)
{
    struct snmp_varbind binding = {name, {SNMP_VALUE_OID, {0}}};

    binding.value.value.oid = value;
    return binding;
}

/* A list of `head` bindings, those of `list`, and `tail` if not NULL, with room for the OID `extra`, in one allocation.
 */
struct recipe
{
    const struct snmp_varbind *head;
    uint32_t head_count;
    const struct snmp_varbind_entry *middle;
    uint32_t middle_count;
    const struct snmp_varbind *tail;
    const struct snmp_oid *extra;
};

static bool build(const struct recipe *recipe, struct snmp_varbind_list *list, struct snmp_oid *extra_copy)
{
    size_t id_count = recipe->extra ? recipe->extra->len : 0, octet_count = 0;
    uint32_t count = recipe->head_count + recipe->middle_count + (recipe->tail ? 1 : 0);
    struct snmp_varbind_entry *to;
    struct snmp_block_cursor cursor;

    for (uint32_t i = 0; i < recipe->head_count; i++)
        snmp_block_measure(&recipe->head[i], &id_count, &octet_count);
    for (uint32_t i = 0; i < recipe->middle_count; i++)
        snmp_block_measure(&recipe->middle[i].binding, &id_count, &octet_count);
    if (recipe->tail) snmp_block_measure(recipe->tail, &id_count, &octet_count);
    if (!snmp_varbind_list_allocate(list, count, id_count, octet_count, &cursor)) return false;
    to = list->entries;
    for (uint32_t i = 0; i < recipe->head_count; i++)
        snmp_block_copy_binding(&cursor, &recipe->head[i], to++);
    for (uint32_t i = 0; i < recipe->middle_count; i++)
        snmp_block_copy_binding(&cursor, &recipe->middle[i].binding, to++);
    if (recipe->tail) snmp_block_copy_binding(&cursor, recipe->tail, to);
    if (recipe->extra) *extra_copy = snmp_block_copy_oid(&cursor, recipe->extra);
    return true;
}

/* The value of snmpTrapOID.0 for a v1 trap, in `ids`; 0 when there is none. */
static uint32_t trap_identity(const struct snmp_v1_trap *trap, uint32_t ids[SNMP_OID_MAX_LENGTH])
{
    const struct snmp_oid *enterprise = &trap->enterprise;
    uint32_t len;

    if (trap->generic >= 0 && trap->generic < STANDARD_TRAPS)
    {
        len = sizeof(snmp_traps) / sizeof(snmp_traps[0]);
        memcpy(ids, snmp_traps, sizeof(snmp_traps));
        ids[len++] = (uint32_t)trap->generic + 1;
        return len;
    }
    if (trap->generic != SNMP_GENERIC_ENTERPRISE_SPECIFIC || trap->specific < 0) return 0;
    len = enterprise->len;
    memcpy(ids, enterprise->ids, len * sizeof(*ids));
    ids[len++] = 0;
    ids[len++] = (uint32_t)trap->specific;
    return len;
}

enum snmp_translation snmp_trap_v1_to_v2(const struct snmp_pdu *trap, int32_t request_id, struct snmp_pdu *out)
{
    uint32_t ids[SNMP_OID_MAX_LENGTH];
    struct snmp_oid identity = {0, ids};
    struct snmp_varbind head[2], tail;
    struct recipe recipe = {head, 2, trap->bindings.entries, trap->bindings.count, &tail, NULL};

    memset(out, 0, sizeof(*out));
    if (trap->type != SNMP_TYPE_V1TRAP || !snmp_name_check(&trap->trap.enterprise) ||
        trap->trap.enterprise.len > SNMP_OID_MAX_LENGTH - 2)
        return SNMP_TRANSLATION_IMPOSSIBLE;
    identity.len = trap_identity(&trap->trap, ids);
    if (identity.len == 0) return SNMP_TRANSLATION_IMPOSSIBLE;
    head[0].name = OID_OF(sys_up_time);
    head[0].value.syntax = SNMP_VALUE_TIMETICKS;
    head[0].value.value.unumber = trap->trap.timestamp;
    head[1] = oid_binding(OID_OF(snmp_trap_oid), identity);
    tail = oid_binding(OID_OF(snmp_trap_enterprise), trap->trap.enterprise);
    out->type = SNMP_TYPE_TRAP;
    out->request_id = request_id;
    out->from_v1 = true;
    out->trap = trap->trap;
    out->trap.enterprise = (struct snmp_oid){0, NULL};
    return build(&recipe, &out->bindings, NULL) ? SNMP_TRANSLATION_OK : SNMP_TRANSLATION_NO_MEMORY;
}

static bool is_binding(const struct snmp_varbind *binding, struct snmp_oid name, uint32_t syntax)
{
    return binding && binding->value.syntax == syntax && snmp_oid_equal(&binding->name, &name);
}

/* The binding of that name and syntax behind the first two, or NULL. */
static const struct snmp_varbind *find_parameter(const struct snmp_pdu *trap, struct snmp_oid name, uint32_t syntax)
{
    for (uint32_t i = 3; i <= trap->bindings.count; i++)
    {
        const struct snmp_varbind *binding = snmp_varbind_list_get(&trap->bindings, i);

        if (is_binding(binding, name, syntax)) return binding;
    }
    return NULL;
}

/* The 1-based index of the first binding that SNMPv1 has no syntax for, or 0. */
static uint32_t first_v2_value(const struct snmp_varbind_list *list)
{
    for (uint32_t i = 0; i < list->count; i++)
    {
        uint32_t syntax = list->entries[i].binding.value.syntax;

        if (syntax == SNMP_VALUE_CNTR64 || syntax >= SNMP_VALUE_NOSUCHOBJECT) return i + 1;
    }
    return 0;
}

/* Enterprise, generic and specific for the trap that `identity` names (RFC 2576, section 3.2 (1), (3), (4)). */
static bool v1_identity(const struct snmp_pdu *trap, const struct snmp_oid *identity, struct snmp_v1_trap *v1)
{
    struct snmp_oid traps = OID_OF(snmp_traps);
    uint32_t last = identity->ids[identity->len - 1];
    const struct snmp_varbind *enterprise;

    if (identity->len == traps.len + 1 && snmp_oid_has_prefix(identity, &traps) && last >= 1 && last <= STANDARD_TRAPS)
    {
        enterprise = find_parameter(trap, OID_OF(snmp_trap_enterprise), SNMP_VALUE_OID);
        v1->enterprise = enterprise ? enterprise->value.value.oid : traps;
        v1->generic = (int32_t)last - 1;
        return true;
    }
    v1->enterprise = *identity;
    v1->enterprise.len -= identity->len >= 2 && identity->ids[identity->len - 2] == 0 ? 2 : 1;
    v1->generic = SNMP_GENERIC_ENTERPRISE_SPECIFIC;
    v1->specific = (int32_t)last;
    return last <= INT32_MAX && v1->enterprise.len >= SNMP_OID_MIN_LENGTH;
}

enum snmp_translation snmp_trap_v2_to_v1(const struct snmp_pdu *trap, const uint8_t agent_address[4],
                                         struct snmp_pdu *out)
{
    const struct snmp_varbind *time = snmp_varbind_list_get(&trap->bindings, 1);
    const struct snmp_varbind *identity = snmp_varbind_list_get(&trap->bindings, 2);
    const struct snmp_varbind *address;
    struct snmp_v1_trap v1;
    struct recipe recipe = {NULL, 0, NULL, 0, NULL, &v1.enterprise};

    memset(out, 0, sizeof(*out));
    memset(&v1, 0, sizeof(v1));
    if (trap->type != SNMP_TYPE_TRAP || !is_binding(time, OID_OF(sys_up_time), SNMP_VALUE_TIMETICKS) ||
        !is_binding(identity, OID_OF(snmp_trap_oid), SNMP_VALUE_OID) || first_v2_value(&trap->bindings) ||
        !v1_identity(trap, &identity->value.value.oid, &v1))
        return SNMP_TRANSLATION_IMPOSSIBLE;
    v1.timestamp = time->value.value.unumber;
    address = find_parameter(trap, OID_OF(snmp_trap_address), SNMP_VALUE_IPADDR);
    if (address) agent_address = address->value.value.octets.ptr;
    if (agent_address) memcpy(v1.agent_address, agent_address, sizeof(v1.agent_address));
    recipe.middle = trap->bindings.entries + 2;
    recipe.middle_count = trap->bindings.count - 2;
    out->type = SNMP_TYPE_V1TRAP;
    out->trap = v1;
    return build(&recipe, &out->bindings, &out->trap.enterprise) ? SNMP_TRANSLATION_OK : SNMP_TRANSLATION_NO_MEMORY;
}

static void view_pdu(const struct snmp_pdu *pdu, struct snmp_pdu *out)
{
    *out = *pdu;
    out->bindings = snmp_varbind_list_view(&pdu->bindings);
}

static enum snmp_translation request_to_v1(const struct snmp_pdu *pdu, struct snmp_pdu *out)
{
    if (first_v2_value(&pdu->bindings)) return SNMP_TRANSLATION_IMPOSSIBLE;
    view_pdu(pdu, out);
    if (pdu->type == SNMP_TYPE_GETBULK)
    {
        out->type = SNMP_TYPE_GETNEXT;
        out->error_status = out->error_index = 0;
    }
    return SNMP_TRANSLATION_OK;
}

enum snmp_translation snmp_pdu_to_v1(const struct snmp_pdu *pdu, const uint8_t agent_address[4], struct snmp_pdu *out)
{
    memset(out, 0, sizeof(*out));
    switch (pdu->type)
    {
    case SNMP_TYPE_GET:
    case SNMP_TYPE_GETNEXT:
    case SNMP_TYPE_SET:
    case SNMP_TYPE_GETBULK:
    case SNMP_TYPE_V1TRAP:
        return request_to_v1(pdu, out);
    case SNMP_TYPE_RESPONSE:
        return snmp_response_to_v1(pdu, NULL, out);
    case SNMP_TYPE_TRAP:
        return snmp_trap_v2_to_v1(pdu, agent_address, out);
    default:
        return SNMP_TRANSLATION_IMPOSSIBLE;
    }
}

void snmp_response_from_v1(struct snmp_pdu *response)
{
    if (response->type == SNMP_TYPE_RESPONSE && response->error_status == ERROR_TOO_BIG)
        snmp_varbind_list_free(&response->bindings);
}

int32_t snmp_error_status_to_v1(int32_t error_status)
{
    /* Indexed by the v2 codes from noAccess (6) to inconsistentName (18). */
    static const uint8_t v1_codes[] = {
        ERROR_NO_SUCH_NAME, /* noAccess */
        ERROR_BAD_VALUE,    /* wrongType */
        ERROR_BAD_VALUE,    /* wrongLength */
        ERROR_BAD_VALUE,    /* wrongEncoding */
        ERROR_BAD_VALUE,    /* wrongValue */
        ERROR_NO_SUCH_NAME, /* noCreation */
        ERROR_BAD_VALUE,    /* inconsistentValue */
        ERROR_GEN_ERR,      /* resourceUnavailable */
        ERROR_GEN_ERR,      /* commitFailed */
        ERROR_GEN_ERR,      /* undoFailed */
        ERROR_NO_SUCH_NAME, /* authorizationError */
        ERROR_NO_SUCH_NAME, /* notWritable */
        ERROR_NO_SUCH_NAME  /* inconsistentName */
    };
    uint32_t index = (uint32_t)error_status - (ERROR_GEN_ERR + 1);

    if (error_status >= 0 && error_status <= ERROR_GEN_ERR) return error_status;
    if (index >= sizeof(v1_codes)) return ERROR_GEN_ERR;
    return v1_codes[index];
}

/* The names alone, each with a NULL: what a request for them looks like. */
static bool names_only(const struct snmp_varbind_list *list, struct snmp_varbind_list *out)
{
    struct snmp_block_cursor cursor;
    size_t id_count = 0, octet_count = 0;

    for (uint32_t i = 0; i < list->count; i++)
    {
        struct snmp_varbind named = {list->entries[i].binding.name, {.syntax = SNMP_VALUE_NULL}};

        snmp_block_measure(&named, &id_count, &octet_count);
    }
    if (!snmp_varbind_list_allocate(out, list->count, id_count, octet_count, &cursor)) return false;
    for (uint32_t i = 0; i < list->count; i++)
    {
        struct snmp_varbind named = {list->entries[i].binding.name, {.syntax = SNMP_VALUE_NULL}};

        snmp_block_copy_binding(&cursor, &named, &out->entries[i]);
    }
    return true;
}

enum snmp_translation snmp_response_to_v1(const struct snmp_pdu *response, const struct snmp_pdu *request,
                                          struct snmp_pdu *out)
{
    uint32_t index;

    memset(out, 0, sizeof(*out));
    if (response->type != SNMP_TYPE_RESPONSE) return SNMP_TRANSLATION_IMPOSSIBLE;
    index = first_v2_value(&response->bindings);
    view_pdu(response, out);
    if (response->error_status == 0 && index)
    {
        out->error_status = ERROR_NO_SUCH_NAME;
        out->error_index = (int32_t)index;
    }
    else
        out->error_status = snmp_error_status_to_v1(response->error_status);
    if (out->error_status && request) out->bindings = snmp_varbind_list_view(&request->bindings);
    if (first_v2_value(&out->bindings) == 0) return SNMP_TRANSLATION_OK;
    if (!request && names_only(&response->bindings, &out->bindings)) return SNMP_TRANSLATION_OK;
    memset(out, 0, sizeof(*out));
    return request ? SNMP_TRANSLATION_IMPOSSIBLE : SNMP_TRANSLATION_NO_MEMORY;
}

bool snmp_trap_is_translated(const struct snmp_pdu *pdu)
{
    const struct snmp_varbind *last = snmp_varbind_list_get(&pdu->bindings, pdu->bindings.count);

    return pdu->type == SNMP_TYPE_TRAP && is_binding(last, OID_OF(snmp_trap_enterprise), SNMP_VALUE_OID);
}

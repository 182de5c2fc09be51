#include "wsnmp32/smi.h"
#include "wsnmp32/descriptor.h"

_Static_assert(sizeof(smiUINT32) == sizeof(uint32_t), "sub-identifiers are 32 bits");

SNMPAPI_STATUS smi_read_oid(smiLPCOID from, uint32_t min_length, struct snmp_oid *to)
{
    if (!can_read(from, sizeof(*from))) return SNMPAPI_OID_INVALID;
    to->len = from->len;
    to->ids = (uint32_t *)from->ptr;
    if (to->len < min_length || to->len > SNMP_OID_MAX_LENGTH) return SNMPAPI_OID_INVALID;
    if (to->len && !can_read(to->ids, to->len * sizeof(*to->ids))) return SNMPAPI_OID_INVALID;
    return 0;
}

static SNMPAPI_STATUS read_octets(const smiOCTETS *from, struct snmp_octets *to)
{
    to->len = from->len;
    to->ptr = from->ptr;
    if (to->len > SNMP_OCTETS_MAX_LENGTH) return SNMPAPI_SYNTAX_INVALID;
    return !to->len || can_read(to->ptr, to->len) ? 0 : SNMPAPI_ALLOC_ERROR;
}

static SNMPAPI_STATUS read_contents(smiLPCVALUE from, struct snmp_value *to)
{
    switch (snmp_syntax_kind(from->syntax))
    {
    case SNMP_KIND_UNKNOWN:
        return SNMPAPI_SYNTAX_INVALID;
    case SNMP_KIND_NONE:
        return 0;
    case SNMP_KIND_NUMBER:
        to->value.number = from->value.sNumber;
        return 0;
    case SNMP_KIND_UNSIGNED:
        to->value.unumber = from->value.uNumber;
        return 0;
    case SNMP_KIND_COUNTER64:
        to->value.counter64 = (uint64_t)from->value.hNumber.hipart << 32 | from->value.hNumber.lopart;
        return 0;
    case SNMP_KIND_OCTETS:
        return read_octets(&from->value.string, &to->value.octets);
    case SNMP_KIND_OID:
        return smi_read_oid(&from->value.oid, SNMP_OID_MIN_LENGTH, &to->value.oid);
    }
    return SNMPAPI_SYNTAX_INVALID;
}

SNMPAPI_STATUS smi_read_value(smiLPCVALUE from, struct snmp_value *to)
{
    SNMPAPI_STATUS error;

    if (!can_read(from, sizeof(*from))) return SNMPAPI_ALLOC_ERROR;
    memset(to, 0, sizeof(*to));
    to->syntax = from->syntax;
    if ((error = read_contents(from, to))) return error;
    return snmp_value_check(to) == SNMP_LIST_OK ? 0 : SNMPAPI_SYNTAX_INVALID;
}

SNMPAPI_STATUS smi_give_oid(const struct snmp_oid *from, smiLPOID to)
{
    size_t size = from->len * sizeof(*from->ids);
    void *ids = descriptor_alloc(size);

    if (!ids) return SNMPAPI_ALLOC_ERROR;
    if (size) memcpy(ids, from->ids, size);
    to->len = from->len;
    to->ptr = ids;
    return 0;
}

/* A terminating 0 follows, which the length does not count: programs print communities and strings. */
SNMPAPI_STATUS smi_give_octets(const void *octets, uint32_t length, smiLPOCTETS to)
{
    uint8_t *copy = descriptor_alloc((size_t)length + 1);

    if (!copy) return SNMPAPI_ALLOC_ERROR;
    if (length) memcpy(copy, octets, length);
    copy[length] = 0;
    to->len = length;
    to->ptr = copy;
    return 0;
}

SNMPAPI_STATUS smi_give_value(const struct snmp_value *from, smiLPVALUE to)
{
    smiVALUE value;
    SNMPAPI_STATUS error = 0;

    memset(&value, 0, sizeof(value));
    value.syntax = from->syntax;
    switch (snmp_syntax_kind(from->syntax))
    {
    case SNMP_KIND_NUMBER:
        value.value.sNumber = from->value.number;
        break;
    case SNMP_KIND_UNSIGNED:
        value.value.uNumber = from->value.unumber;
        break;
    case SNMP_KIND_COUNTER64:
        value.value.hNumber.hipart = (smiUINT32)(from->value.counter64 >> 32);
        value.value.hNumber.lopart = (smiUINT32)from->value.counter64;
        break;
    case SNMP_KIND_OCTETS:
        error = smi_give_octets(from->value.octets.ptr, from->value.octets.len, &value.value.string);
        break;
    case SNMP_KIND_OID:
        error = smi_give_oid(&from->value.oid, &value.value.oid);
        break;
    case SNMP_KIND_UNKNOWN:
    case SNMP_KIND_NONE:
        break;
    }
    if (!error) *to = value;
    return error;
}

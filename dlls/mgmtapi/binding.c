/*
 * Variable bindings: between the forms of snmp.h, of winsnmp.h and of the portable translations.
 */
#include "mgmtapi/binding.h"

/* snmp.h packs its structures to 4 bytes, winsnmp.h does not. The numbers are those of the public win32metadata. */
#ifdef _WIN64
#define BY_BITNESS(on_64, on_32) (on_64)
#else
#define BY_BITNESS(on_64, on_32) (on_32)
#endif
_Static_assert(sizeof(AsnOctetString) == BY_BITNESS(16, 12), "stream, length, dynamic");
_Static_assert(offsetof(AsnOctetString, length) == sizeof(void *), "behind stream");
_Static_assert(offsetof(AsnOctetString, dynamic) == sizeof(void *) + 4, "behind length");
_Static_assert(sizeof(AsnObjectIdentifier) == BY_BITNESS(12, 8), "idLength, ids");
_Static_assert(offsetof(AsnObjectIdentifier, ids) == 4, "ids without a gap");
_Static_assert(offsetof(AsnAny, asnValue) == 4, "behind asnType");
_Static_assert(sizeof(AsnAny) == BY_BITNESS(20, 16), "asnType and the largest value");
_Static_assert(offsetof(SnmpVarBind, value) == BY_BITNESS(12, 8), "name without a gap");
_Static_assert(sizeof(SnmpVarBind) == BY_BITNESS(32, 24), "name, value");
_Static_assert(sizeof(SnmpVarBindList) == BY_BITNESS(12, 8), "list, len");
_Static_assert(offsetof(SnmpVarBindList, len) == sizeof(void *), "behind list");
_Static_assert(sizeof(smiOID) == BY_BITNESS(16, 8), "len, ptr");
_Static_assert(offsetof(smiOID, ptr) == sizeof(void *), "ptr aligned");
_Static_assert(sizeof(smiOCTETS) == BY_BITNESS(16, 8), "len, ptr");
_Static_assert(sizeof(smiVALUE) == BY_BITNESS(24, 12), "syntax and the largest value");
_Static_assert(offsetof(smiVALUE, value) == sizeof(void *), "value aligned");

/* ---- From WinSNMP --------------------------------------------------------------------------------------------------
 */

static struct snmp_oid oid_view(const smiOID *oid)
{
    return (struct snmp_oid){oid->len, (uint32_t *)oid->ptr};
}

static struct snmp_value value_view(const smiVALUE *value)
{
    struct snmp_value view = {value->syntax, {0}};

    switch (snmp_syntax_kind(value->syntax))
    {
    case SNMP_KIND_NUMBER:
        view.value.number = value->value.sNumber;
        break;
    case SNMP_KIND_UNSIGNED:
        view.value.unumber = value->value.uNumber;
        break;
    case SNMP_KIND_COUNTER64:
        view.value.counter64 = (uint64_t)value->value.hNumber.hipart << 32 | value->value.hNumber.lopart;
        break;
    case SNMP_KIND_OCTETS:
        view.value.octets = (struct snmp_octets){value->value.string.len, value->value.string.ptr};
        break;
    case SNMP_KIND_OID:
        view.value.oid = oid_view(&value->value.oid);
        break;
    default:
        break;
    }
    return view;
}

static DWORD read_binding(HSNMP_VBL vbl, uint32_t index, struct snmp_varbind *binding)
{
    smiOID name;
    smiVALUE value;

    if (SnmpGetVb(vbl, index, &name, &value) == SNMPAPI_FAILURE) return engine_error(SnmpGetLastError(NULL));
    binding->name = oid_view(&name);
    binding->value = value_view(&value);
    return 0;
}

DWORD bindings_read(HSNMP_VBL vbl, struct bindings *bindings)
{
    uint32_t count = vbl ? SnmpCountVbl(vbl) : 0;
    DWORD error = 0;

    memset(bindings, 0, sizeof(*bindings));
    if (!count) return 0;
    bindings->entries = manager_zalloc(count * sizeof(*bindings->entries));
    if (!bindings->entries) return SNMP_MEM_ALLOC_ERROR;
    while (bindings->count < count && !error)
    {
        error = read_binding(vbl, bindings->count + 1, &bindings->entries[bindings->count].binding);
        if (!error) bindings->count++;
    }
    if (error) bindings_free(bindings);
    return error;
}

static void free_binding(const struct snmp_varbind *binding)
{
    const struct snmp_value *value = &binding->value;
    smiOID oid = {binding->name.len, (smiLPUINT32)binding->name.ids};
    smiOCTETS octets;

    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid);
    if (snmp_syntax_kind(value->syntax) == SNMP_KIND_OID)
    {
        oid.len = value->value.oid.len;
        oid.ptr = (smiLPUINT32)value->value.oid.ids;
        SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid);
    }
    if (snmp_syntax_kind(value->syntax) == SNMP_KIND_OCTETS && value->value.octets.ptr)
    {
        octets.len = value->value.octets.len;
        octets.ptr = value->value.octets.ptr;
        SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &octets);
    }
}

void bindings_free(struct bindings *bindings)
{
    for (uint32_t i = 0; i < bindings->count; i++)
        free_binding(&bindings->entries[i].binding);
    snmp_free(bindings->entries);
    memset(bindings, 0, sizeof(*bindings));
}

/* ---- To WinSNMP ----------------------------------------------------------------------------------------------------
 */

static BOOL octets_of(const AsnOctetString *string, smiOCTETS *octets)
{
    octets->len = string->length;
    octets->ptr = string->stream;
    return string->stream || !string->length;
}

static BOOL oid_of(const AsnObjectIdentifier *id, smiOID *oid)
{
    oid->len = id->idLength;
    oid->ptr = (smiLPUINT32)id->ids;
    return id->ids || !id->idLength;
}

/* The types of snmp.h and the syntaxes of winsnmp.h are the same BER tags. */
static BOOL value_of(const AsnAny *any, smiVALUE *value)
{
    value->syntax = any->asnType;
    switch (snmp_syntax_kind(any->asnType))
    {
    case SNMP_KIND_NUMBER:
        value->value.sNumber = any->asnValue.number;
        return TRUE;
    case SNMP_KIND_UNSIGNED:
        value->value.uNumber = any->asnValue.unsigned32;
        return TRUE;
    case SNMP_KIND_COUNTER64:
        value->value.hNumber.hipart = any->asnValue.counter64.HighPart;
        value->value.hNumber.lopart = any->asnValue.counter64.LowPart;
        return TRUE;
    case SNMP_KIND_OCTETS:
        return octets_of(&any->asnValue.string, &value->value.string);
    case SNMP_KIND_OID:
        return oid_of(&any->asnValue.object, &value->value.oid);
    default:
        value->value.empty = 0;
        return TRUE;
    }
}

static DWORD add_binding(HSNMP_SESSION session, HSNMP_VBL vbl, const SnmpVarBind *binding, BOOL with_value)
{
    smiOID name;
    smiVALUE value = {SNMP_SYNTAX_NULL, {0}};

    if (!oid_of(&binding->name, &name)) return SNMP_MGMTAPI_INVALID_BUFFER;
    if (with_value && !value_of(&binding->value, &value)) return SNMP_MGMTAPI_INVALID_BUFFER;
    return SnmpSetVb(vbl, 0, &name, &value) == SNMPAPI_FAILURE ? engine_session_error(session) : 0;
}

DWORD bindings_make_vbl(HSNMP_SESSION session, const SnmpVarBindList *list, BOOL with_values, HSNMP_VBL *vbl)
{
    DWORD error = 0;

    if (list->len && !list->list) return SNMP_MGMTAPI_INVALID_BUFFER;
    *vbl = SnmpCreateVbl(session, NULL, NULL);
    if (!*vbl) return engine_error(SnmpGetLastError(NULL));
    for (UINT i = 0; i < list->len && !error; i++)
        error = add_binding(session, *vbl, &list->list[i], with_values);
    if (error) SnmpFreeVbl(*vbl);
    return error;
}

/* ---- To the caller -------------------------------------------------------------------------------------------------
 */

BOOL asn_copy_oid(const struct snmp_oid *oid, AsnObjectIdentifier *copy)
{
    copy->idLength = 0;
    copy->ids = NULL;
    if (!oid->len) return TRUE;
    copy->ids = SnmpUtilMemAlloc(oid->len * (UINT)sizeof(*copy->ids));
    if (!copy->ids) return FALSE;
    memcpy(copy->ids, oid->ids, oid->len * sizeof(*copy->ids));
    copy->idLength = oid->len;
    return TRUE;
}

BOOL asn_copy_octets(const void *octets, uint32_t length, AsnOctetString *copy)
{
    memset(copy, 0, sizeof(*copy));
    if (!length) return TRUE;
    copy->stream = SnmpUtilMemAlloc(length);
    if (!copy->stream) return FALSE;
    memcpy(copy->stream, octets, length);
    copy->length = length;
    copy->dynamic = TRUE;
    return TRUE;
}

static BOOL asn_copy_value(const struct snmp_value *value, AsnAny *copy)
{
    memset(copy, 0, sizeof(*copy));
    copy->asnType = ASN_NULL; /* until the rest is there, so that it can be freed */
    switch (snmp_syntax_kind(value->syntax))
    {
    case SNMP_KIND_NUMBER:
        copy->asnValue.number = value->value.number;
        break;
    case SNMP_KIND_UNSIGNED:
        copy->asnValue.unsigned32 = value->value.unumber;
        break;
    case SNMP_KIND_COUNTER64:
        copy->asnValue.counter64.QuadPart = value->value.counter64;
        break;
    case SNMP_KIND_OCTETS:
        if (!asn_copy_octets(value->value.octets.ptr, value->value.octets.len, &copy->asnValue.string)) return FALSE;
        break;
    case SNMP_KIND_OID:
        if (!asn_copy_oid(&value->value.oid, &copy->asnValue.object)) return FALSE;
        break;
    default:
        break;
    }
    copy->asnType = (BYTE)value->syntax;
    return TRUE;
}

BOOL asn_copy_bindings(const struct snmp_varbind_entry *entries, uint32_t count, SnmpVarBindList *list)
{
    list->len = 0;
    list->list = NULL;
    if (!count) return TRUE;
    list->list = SnmpUtilMemAlloc(count * (UINT)sizeof(*list->list));
    if (!list->list) return FALSE;
    memset(list->list, 0, count * sizeof(*list->list));
    for (list->len = 0; list->len < count;)
    {
        const struct snmp_varbind *binding = &entries[list->len].binding;
        SnmpVarBind *copy = &list->list[list->len++];

        copy->value.asnType = ASN_NULL;
        if (!asn_copy_oid(&binding->name, &copy->name) || !asn_copy_value(&binding->value, &copy->value))
        {
            SnmpUtilVarBindListFree(list);
            return FALSE;
        }
    }
    return TRUE;
}

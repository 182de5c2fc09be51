/*
 * Object identifiers: text, copies, order. None of these belongs to a session; any thread may call them.
 */
#include "wsnmp32/descriptor.h"
#include "wsnmp32/oid_text.h"
#include "wsnmp32/smi.h"

CORK_TRACE_CHANNEL(wsnmp32);

/*
 * SnmpStrToOid (nf-winsnmp-snmpstrtooid): dotted text to an OID, whose ids the application frees with
 * SnmpFreeDescriptor. Returns the number of sub-identifiers. SNMPAPI_OID_INVALID for a string that is NULL, not
 * readable, not terminated within 1,408 bytes or not the text of an OID of 2 to 128 sub-identifiers;
 * SNMPAPI_ALLOC_ERROR for a dstOID that cannot be written. The page says nothing of a leading dot; it is accepted,
 * since so many programs and MIB tools write it.
 */
SNMPAPI_STATUS WINAPI SnmpStrToOid(LPCSTR string, smiLPOID dstOID)
{
    uint32_t ids[SNMP_OID_MAX_LENGTH];
    struct snmp_oid oid = {0, ids};

    RETURN_IF_NOT_STARTED();
    if (!string || IsBadStringPtrA(string, SNMP_OID_TEXT_SIZE)) return fail(NULL, SNMPAPI_OID_INVALID);
    if (!can_write(dstOID, sizeof(*dstOID))) return fail(NULL, SNMPAPI_ALLOC_ERROR);
    if (snmp_oid_parse(string, SNMP_OID_PARSE_LEADING_DOT, ids, &oid.len) != SNMP_OID_PARSE_OK)
    {
        CORK_WARN("%s is no OID\n", cork_debugstr_an(string, (ptrdiff_t)strnlen(string, SNMP_OID_TEXT_SIZE)));
        return fail(NULL, SNMPAPI_OID_INVALID);
    }
    if (smi_give_oid(&oid, dstOID)) return fail(NULL, SNMPAPI_ALLOC_ERROR);
    return oid.len;
}

/*
 * SnmpOidToStr (nf-winsnmp-snmpoidtostr): an OID to dotted text in the application's buffer of size bytes. Returns the
 * bytes of the text with its 0. SNMPAPI_SIZE_INVALID for size 0; SNMPAPI_OID_INVALID for no valid OID;
 * SNMPAPI_ALLOC_ERROR for a buffer that cannot be written; SNMPAPI_OUTPUT_TRUNCATED where the text does not fit: the
 * buffer is left as it was.
 */
SNMPAPI_STATUS WINAPI SnmpOidToStr(smiLPCOID srcOID, smiUINT32 size, LPSTR string)
{
    char text[SNMP_OID_TEXT_SIZE];
    struct snmp_oid oid;
    size_t length;

    RETURN_IF_NOT_STARTED();
    if (!size) return fail(NULL, SNMPAPI_SIZE_INVALID);
    if (smi_read_oid(srcOID, SNMP_OID_MIN_LENGTH, &oid)) return fail(NULL, SNMPAPI_OID_INVALID);
    if (!string) return fail(NULL, SNMPAPI_ALLOC_ERROR);
    if (snmp_oid_format(&oid, text, sizeof(text), &length) != SNMP_OID_FORMAT_OK)
        return fail(NULL, SNMPAPI_OID_INVALID);
    if (length > size) return fail(NULL, SNMPAPI_OUTPUT_TRUNCATED);
    if (!can_write(string, length)) return fail(NULL, SNMPAPI_ALLOC_ERROR);
    memcpy(string, text, length);
    return (SNMPAPI_STATUS)length;
}

/*
 * SnmpOidCopy (nf-winsnmp-snmpoidcopy): a copy whose ids the application frees with SnmpFreeDescriptor; srcOID and
 * dstOID may be the same structure. Returns the number of sub-identifiers. SNMPAPI_OID_INVALID for no valid source;
 * SNMPAPI_ALLOC_ERROR for a dstOID that cannot be written.
 */
SNMPAPI_STATUS WINAPI SnmpOidCopy(smiLPCOID srcOID, smiLPOID dstOID)
{
    struct snmp_oid oid;

    RETURN_IF_NOT_STARTED();
    if (smi_read_oid(srcOID, SNMP_OID_MIN_LENGTH, &oid)) return fail(NULL, SNMPAPI_OID_INVALID);
    if (!can_write(dstOID, sizeof(*dstOID)) || smi_give_oid(&oid, dstOID)) return fail(NULL, SNMPAPI_ALLOC_ERROR);
    return oid.len;
}

/*
 * SnmpOidCompare (nf-winsnmp-snmpoidcompare): the lexicographic order of two OIDs, which may be empty, over at most
 * maxlen sub-identifiers (0: all): *result is negative, 0 or positive. SNMPAPI_OID_INVALID, SNMPAPI_SIZE_INVALID for a
 * maxlen above 128, SNMPAPI_ALLOC_ERROR for a result that cannot be written.
 */
SNMPAPI_STATUS WINAPI SnmpOidCompare(smiLPCOID xOID, smiLPCOID yOID, smiUINT32 maxlen, smiLPINT result)
{
    struct snmp_oid x, y;
    int order;

    RETURN_IF_NOT_STARTED();
    if (smi_read_oid(xOID, 0, &x) || smi_read_oid(yOID, 0, &y)) return fail(NULL, SNMPAPI_OID_INVALID);
    if (maxlen > MAXOBJIDSIZE) return fail(NULL, SNMPAPI_SIZE_INVALID);
    if (!can_write(result, sizeof(*result))) return fail(NULL, SNMPAPI_ALLOC_ERROR);
    if (snmp_oid_compare_limited(&x, &y, maxlen, &order) != SNMP_OID_COMPARE_OK) return fail(NULL, SNMPAPI_OID_INVALID);
    *result = order;
    return SNMPAPI_SUCCESS;
}

/*
 * SnmpMgrStrToOid and SnmpMgrOidToStr.
 */
#include "common/trace.h"
#include "mgmtapi/binding.h"
#include "mgmtapi/mib_names.h"

CORK_TRACE_CHANNEL(mgmtapi);

_Static_assert(MIB_OID_MAX == SNMP_MAX_OID_LEN, "room for every identifier");

/*
 * SnmpMgrStrToOid (nf-mgmtapi-snmpmgrstrtooid): the identifier that a text names. With a period in front the text is
 * the whole identifier; "SnmpMgrStrToOid assumes that the object identifier is under the Internet MIB of the management
 * subtree" otherwise, so that "1.1.0" is .1.3.6.1.2.1.1.1.0. A sub-identifier is a number or a name of MIB-II (see
 * mib_names.h). The caller frees *oid with SnmpUtilOidFree. FALSE, with *oid as it was, for NULL, for what is no such
 * text, and where there is no memory. The page names no GetLastError code: SNMP_MEM_ALLOC_ERROR, else
 * SNMP_BERAPI_INVALID_OBJELEM. Any thread.
 */
BOOL WINAPI SnmpMgrStrToOid(LPSTR string, AsnObjectIdentifier *oid)
{
    uint32_t ids[MIB_OID_MAX];
    struct snmp_oid parsed = {0, ids};
    AsnObjectIdentifier copy;

    CORK_TRACE("%s, %p\n", cork_debugstr_a(string), oid);
    if (!oid || !mib_oid_parse(string, ids, &parsed.len))
        SetLastError(SNMP_BERAPI_INVALID_OBJELEM);
    else if (!asn_copy_oid(&parsed, &copy))
        SetLastError(SNMP_MEM_ALLOC_ERROR);
    else
    {
        *oid = copy;
        return TRUE;
    }
    return FALSE;
}

/*
 * SnmpMgrOidToStr (nf-mgmtapi-snmpmgroidtostr): the text of an identifier, which SnmpMgrStrToOid makes the same
 * identifier of: "system.sysDescr.0" for an object of MIB-II, ".iso.org.dod.internet.private.enterprises.311.1" for
 * another. The caller frees *string with SnmpUtilMemFree. FALSE, with *string as it was, for NULL, an identifier of 0
 * or more than 128 sub-identifiers, and where there is no memory; GetLastError as SnmpMgrStrToOid. Any thread.
 */
BOOL WINAPI SnmpMgrOidToStr(AsnObjectIdentifier *oid, LPSTR *string)
{
    const uint32_t *ids;
    size_t size;
    char *text;

    CORK_TRACE("%p, %p\n", oid, string);
    if (!oid || !string || !oid->ids || !oid->idLength || oid->idLength > MIB_OID_MAX)
    {
        SetLastError(SNMP_BERAPI_INVALID_OBJELEM);
        return FALSE;
    }
    ids = oid->ids;
    size = mib_oid_format(ids, oid->idLength, NULL, 0);
    text = SnmpUtilMemAlloc((UINT)size);
    if (!text)
    {
        SetLastError(SNMP_MEM_ALLOC_ERROR);
        return FALSE;
    }
    mib_oid_format(ids, oid->idLength, text, size);
    *string = text;
    return TRUE;
}

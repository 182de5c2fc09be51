/*
 * Variable bindings: between the forms of snmp.h (SnmpVarBind, memory of SnmpUtilMemAlloc), of winsnmp.h (smiVALUE) and
 * of the portable translations (struct snmp_varbind).
 */
#ifndef CORK_MGMTAPI_BINDING_H
#define CORK_MGMTAPI_BINDING_H

#include "mgmtapi/engine.h"
#include "wsnmp32/varbind.h"

/* A list of bindings read from a VBL: views of the memory that WinSNMP gave. */
struct bindings
{
    uint32_t count;
    struct snmp_varbind_entry *entries;
};

/* Reads a VBL. Returns 0 or the error for SetLastError, with nothing to free. Free with bindings_free. */
DWORD bindings_read(HSNMP_VBL vbl, struct bindings *bindings);
void bindings_free(struct bindings *bindings);

/*
 * A new VBL for the caller's bindings. Values are left out (NULL) unless with_values. Returns 0 with *vbl, or the error
 * for SetLastError: SNMP_MGMTAPI_INVALID_BUFFER (no memory behind a length), SNMP_BERAPI_INVALID_OBJELEM (an OID or a
 * value that is not one), SNMP_BERAPI_INVALID_TAG (an unknown type), SNMP_MEM_ALLOC_ERROR,
 * SNMP_MGMTAPI_INVALID_SESSION.
 */
DWORD bindings_make_vbl(HSNMP_SESSION session, const SnmpVarBindList *list, BOOL with_values, HSNMP_VBL *vbl);

/*
 * Copies for the caller of the API, to be freed with SnmpUtilVarBindListFree, SnmpUtilOidFree and SnmpUtilOctetsFree.
 * FALSE where there is no memory: then the destination is empty.
 */
BOOL asn_copy_bindings(const struct snmp_varbind_entry *entries, uint32_t count, SnmpVarBindList *list);
BOOL asn_copy_oid(const struct snmp_oid *oid, AsnObjectIdentifier *copy);
BOOL asn_copy_octets(const void *octets, uint32_t length, AsnOctetString *copy);

#endif

/*
 * Between the structures of winsnmp.h and the plain ones of value.h. Functions that read return 0 or an SNMPAPI_*
 * error; what they fill in borrows the application's memory.
 */
#ifndef CORK_WSNMP32_SMI_H
#define CORK_WSNMP32_SMI_H

#include "wsnmp32/wsnmp32.h"

/* An OID of at least min_length sub-identifiers (2 for a name; 0 where an empty one is allowed). SNMPAPI_OID_INVALID:
 * NULL, not readable, too short, more than 128 sub-identifiers, a length without a pointer. */
SNMPAPI_STATUS smi_read_oid(smiLPCOID from, uint32_t min_length, struct snmp_oid *to);

/* A value. SNMPAPI_ALLOC_ERROR: it, or what it points to, is not readable. SNMPAPI_SYNTAX_INVALID: no syntax of
 * WinSNMP, or contents that the syntax cannot have (an IpAddress that is not 4 octets, more than 65,535 octets).
 * SNMPAPI_OID_INVALID: an object identifier as smi_read_oid refuses it. */
SNMPAPI_STATUS smi_read_value(smiLPCVALUE from, struct snmp_value *to);

/* Copies for the application, in memory of descriptor_alloc. 0, or SNMPAPI_ALLOC_ERROR with *to untouched. */
SNMPAPI_STATUS smi_give_oid(const struct snmp_oid *from, smiLPOID to);
SNMPAPI_STATUS smi_give_octets(const void *octets, uint32_t length, smiLPOCTETS to);
SNMPAPI_STATUS smi_give_value(const struct snmp_value *from, smiLPVALUE to);

#endif

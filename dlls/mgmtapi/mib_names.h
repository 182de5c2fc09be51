/*
 * Object identifiers as SnmpMgrStrToOid and SnmpMgrOidToStr write them: numbers, or names of the standard MIB-II.
 *
 * The text is sub-identifiers separated by single periods, each a decimal number or a name that is known at that place
 * of the tree. With a period in front it starts at the root (".1.3.6.1.2.1.1", ".iso.org.dod"), and so does a text
 * whose first name is iso. Otherwise it is below the Internet MIB of the management subtree, 1.3.6.1.2.1: "1.1.0" and
 * "system.sysDescr.0" are 1.3.6.1.2.1.1.1.0, and so, as the page of SnmpMgrStrToOid warns, "1.3.6.1.2.1.1"
 * is 1.3.6.1.2.1.1.3.6.1.2.1.1.
 *
 * Windows takes its names from MIB.BIN, compiled from the MIB files that it ships. The names known here are those of
 * RFC 1213 (MIB-II) and of RFC 1155 (the arcs above it); other objects are written in numbers.
 *
 * Portable; no allocation, no state; any thread.
 */
#ifndef CORK_MGMTAPI_MIB_NAMES_H
#define CORK_MGMTAPI_MIB_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MIB_OID_MAX 128 /* SNMP_MAX_OID_LEN */

/*
 * Converts text to sub-identifiers at `ids` (room for MIB_OID_MAX); their number, at least 1, goes to `*len`. Names are
 * recognised in either case of letters, and "mib" is another name of mib-2 (RFC 1156).
 *
 * False, with nothing written: NULL, no sub-identifier, an empty one, a name that is not known there, a number above
 * 2^32 - 1, more than 128 sub-identifiers.
 */
bool mib_oid_parse(const char *text, uint32_t *ids, uint32_t *len);

/*
 * Converts `len` (1 to MIB_OID_MAX) sub-identifiers to text, as much with its NUL as fits into `size` bytes at
 * `buffer`. Returns the bytes that the whole text takes with its NUL. Objects of MIB-II are written from below mib-2
 * ("system.sysDescr.0"), others from the root (".iso.org.dod.internet.private.enterprises.311.1"); mib_oid_parse
 * makes the same identifier of it.
 */
size_t mib_oid_format(const uint32_t *ids, uint32_t len, char *buffer, size_t size);

#endif

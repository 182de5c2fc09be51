/*
 * Object identifiers: dotted text, order, prefix.
 *
 * No allocation, no locale, no reading past a terminator. The enumerations distinguish every case that the WinSNMP
 * reference does; the comment of each says which SNMPAPI_* code that is.
 *
 * Sources: SnmpStrToOid, SnmpOidToStr, SnmpOidCompare, SnmpOidCopy of the WinSNMP reference.
 */
#ifndef CORK_WSNMP32_OID_TEXT_H
#define CORK_WSNMP32_OID_TEXT_H

#include "wsnmp32/value.h"

#include <stddef.h>

/* MAXOBJIDSTRSIZE: bytes of the longest text with its NUL; 128 numbers of 10 digits, 127 dots, 1 NUL. */
#define SNMP_OID_TEXT_SIZE 1408

/* SnmpStrToOid: everything but OK is SNMPAPI_OID_INVALID there. */
enum snmp_oid_parse_status
{
    SNMP_OID_PARSE_OK,
    SNMP_OID_PARSE_NULL,      /* no string */
    SNMP_OID_PARSE_TOO_LONG,  /* no NUL within 1,408 bytes: too long, or not terminated */
    SNMP_OID_PARSE_FORM,      /* not numbers separated by single dots; empty */
    SNMP_OID_PARSE_RANGE,     /* a number above 2^32 - 1 */
    SNMP_OID_PARSE_TOO_SHORT, /* fewer than two sub-identifiers */
    SNMP_OID_PARSE_TOO_MANY   /* more than 128 sub-identifiers */
};

/* Flags of snmp_oid_parse. */
#define SNMP_OID_PARSE_LEADING_DOT 1u /* ".1.3.6" is accepted too, the notation of mgmtapi and of net-snmp */

/*
 * Converts dotted text to sub-identifiers at `ids` (room for SNMP_OID_MAX_LENGTH), their number to `*len`; both are
 * written only when the result is OK.
 *
 * The text is decimal numbers of 0 to 2^32 - 1 and single dots, nothing else: no sign, no space, no name, no dot at
 * the end, and at the start only with the flag. Leading zeros do not change a number (decimal, never octal). Values
 * are not held to X.660 (first arc below 3): the WinSNMP definition is "a sequence of non-negative integers", and
 * programs convert index suffixes too; what BER cannot express is refused when it is encoded.
 *
 * Reads at most SNMP_OID_TEXT_SIZE bytes, and nothing behind a NUL.
 */
enum snmp_oid_parse_status snmp_oid_parse(const char *text, unsigned flags, uint32_t *ids, uint32_t *len);

/* SnmpOidToStr. */
enum snmp_oid_format_status
{
    SNMP_OID_FORMAT_OK,
    SNMP_OID_FORMAT_SIZE,     /* SNMPAPI_SIZE_INVALID: size is 0, or there is no buffer */
    SNMP_OID_FORMAT_OID,      /* SNMPAPI_OID_INVALID: no OID, no ids, fewer than 2 or more than 128 sub-identifiers */
    SNMP_OID_FORMAT_TRUNCATED /* SNMPAPI_OUTPUT_TRUNCATED: the text does not fit */
};

/*
 * Writes the dotted text with its NUL to `buffer` of `size` bytes. `*length`, if not NULL, receives the bytes of the
 * whole text with its NUL, for OK (never more than `size`: the function's return value) and for TRUNCATED (what would
 * be needed). On TRUNCATED the buffer holds as much of the text as fits, NUL-terminated; on the other errors it is
 * untouched.
 */
enum snmp_oid_format_status snmp_oid_format(const struct snmp_oid *oid, char *buffer, size_t size, size_t *length);

/* SnmpOidCompare. */
enum snmp_oid_compare_status
{
    SNMP_OID_COMPARE_OK,
    SNMP_OID_COMPARE_OID, /* SNMPAPI_OID_INVALID: no OID, a length without ids, more than 128 sub-identifiers */
    SNMP_OID_COMPARE_SIZE /* SNMPAPI_SIZE_INVALID: maxlen above 128 */
};

/*
 * Compares lexicographically, as SnmpOidCompare is documented: at most `maxlen` sub-identifiers when that is not 0,
 * never more than the shorter OID has. Unequal sub-identifiers decide. When all compared are equal, the result is 0 if
 * `maxlen` sub-identifiers were compared or both lengths are the same; else the shorter OID is the lesser. Lengths of
 * 0 are allowed. `*result` receives -1, 0 or 1, only for OK. An invalid OID is reported before an invalid maxlen.
 * (The page says both "must be less than MAXOBJIDSIZE" and "not greater than"; the error is for greater, so 128 works.)
 */
enum snmp_oid_compare_status snmp_oid_compare_limited(const struct snmp_oid *x, const struct snmp_oid *y,
                                                      uint32_t maxlen, int *result);

/* The order of two valid OIDs: -1, 0 or 1; a prefix comes before what it is a prefix of. */
int snmp_oid_order(const struct snmp_oid *x, const struct snmp_oid *y);

/* Whether two OIDs have the same length and sub-identifiers. */
bool snmp_oid_equal(const struct snmp_oid *x, const struct snmp_oid *y);

/* Whether `oid` begins with all of `prefix` (an empty prefix: always). */
bool snmp_oid_has_prefix(const struct snmp_oid *oid, const struct snmp_oid *prefix);

#endif

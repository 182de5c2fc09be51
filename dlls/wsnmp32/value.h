/*
 * Values of management objects: object identifiers and the WinSNMP syntaxes.
 *
 * Plain data, shared by the codec, the variable-binding store and the translations. Nothing here owns memory: every
 * pointer is borrowed from whoever filled the structure in.
 *
 * Sources: smiVALUE and smiOID of winsnmp.h as Microsoft documents them; RFC 1155, RFC 1902 (SMI), RFC 1905
 * (exceptions).
 */
#ifndef CORK_WSNMP32_VALUE_H
#define CORK_WSNMP32_VALUE_H

#include <stdbool.h>
#include <stdint.h>

/* Limits of an object identifier ("Object Identifiers (SNMP)": a minimum of two and at most 128 sub-identifiers). */
#define SNMP_OID_MIN_LENGTH 2
#define SNMP_OID_MAX_LENGTH 128 /* MAXOBJIDSIZE */

/* The longest OCTET STRING of the SMI, in octets (RFC 1902, section 7.1.2). */
#define SNMP_OCTETS_MAX_LENGTH 65535

/* Syntaxes. A syntax is its BER identifier octet; the values are those of SNMP_SYNTAX_* in winsnmp.h. */
enum snmp_syntax
{
    SNMP_VALUE_INT = 0x02,     /* INTEGER, Integer32: value.number */
    SNMP_VALUE_BITS = 0x03,    /* BIT STRING (RFC 1442): value.octets, the first octet counts the unused bits, 0 to 7 */
    SNMP_VALUE_OCTETS = 0x04,  /* value.octets */
    SNMP_VALUE_NULL = 0x05,    /* no value */
    SNMP_VALUE_OID = 0x06,     /* value.oid */
    SNMP_VALUE_IPADDR = 0x40,  /* value.octets, always 4 */
    SNMP_VALUE_CNTR32 = 0x41,  /* value.unumber */
    SNMP_VALUE_GAUGE32 = 0x42, /* value.unumber; Unsigned32 is the same */
    SNMP_VALUE_TIMETICKS = 0x43,    /* value.unumber, hundredths of a second */
    SNMP_VALUE_OPAQUE = 0x44,       /* value.octets, uninterpreted */
    SNMP_VALUE_NSAPADDR = 0x45,     /* value.octets (RFC 1442) */
    SNMP_VALUE_CNTR64 = 0x46,       /* value.counter64; not in SNMPv1 */
    SNMP_VALUE_UINT32 = 0x47,       /* value.unumber (RFC 1442) */
    SNMP_VALUE_NOSUCHOBJECT = 0x80, /* exceptions of RFC 1905, no value; not in SNMPv1 */
    SNMP_VALUE_NOSUCHINSTANCE = 0x81,
    SNMP_VALUE_ENDOFMIBVIEW = 0x82
};

/* An object identifier: `len` sub-identifiers at `ids`, borrowed. */
struct snmp_oid
{
    uint32_t len;
    uint32_t *ids;
};

/* Octets: `len` bytes at `ptr`, borrowed; `ptr` may be NULL when `len` is 0. */
struct snmp_octets
{
    uint32_t len;
    uint8_t *ptr;
};

/* A value; `syntax` (enum snmp_syntax) says which member of the union holds. */
struct snmp_value
{
    uint32_t syntax;
    union
    {
        int32_t number;
        uint32_t unumber;
        uint64_t counter64;
        struct snmp_octets octets;
        struct snmp_oid oid;
    } value;
};

/* Which member of the union a syntax uses. */
enum snmp_value_kind
{
    SNMP_KIND_UNKNOWN, /* no syntax of WinSNMP */
    SNMP_KIND_NONE,
    SNMP_KIND_NUMBER,
    SNMP_KIND_UNSIGNED,
    SNMP_KIND_COUNTER64,
    SNMP_KIND_OCTETS,
    SNMP_KIND_OID
};

static inline enum snmp_value_kind snmp_syntax_kind(uint32_t syntax)
{
    switch (syntax)
    {
    case SNMP_VALUE_INT:
        return SNMP_KIND_NUMBER;
    case SNMP_VALUE_CNTR32:
    case SNMP_VALUE_GAUGE32:
    case SNMP_VALUE_TIMETICKS:
    case SNMP_VALUE_UINT32:
        return SNMP_KIND_UNSIGNED;
    case SNMP_VALUE_CNTR64:
        return SNMP_KIND_COUNTER64;
    case SNMP_VALUE_BITS:
    case SNMP_VALUE_OCTETS:
    case SNMP_VALUE_IPADDR:
    case SNMP_VALUE_OPAQUE:
    case SNMP_VALUE_NSAPADDR:
        return SNMP_KIND_OCTETS;
    case SNMP_VALUE_OID:
        return SNMP_KIND_OID;
    case SNMP_VALUE_NULL:
    case SNMP_VALUE_NOSUCHOBJECT:
    case SNMP_VALUE_NOSUCHINSTANCE:
    case SNMP_VALUE_ENDOFMIBVIEW:
        return SNMP_KIND_NONE;
    default:
        return SNMP_KIND_UNKNOWN;
    }
}

/* A variable binding: a name and its value, both borrowed. */
struct snmp_varbind
{
    struct snmp_oid name;
    struct snmp_value value;
};

#endif

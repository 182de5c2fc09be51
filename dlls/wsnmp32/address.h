/*
 * Entity strings: literal transport addresses and host names. A pure parser: no sockets, no look-ups, no allocation.
 *
 * Sources: SnmpStrToEntity, SnmpEntityToStr, "Support for IPX Address Strings in WinSNMP"; RFC 4291 section 2.2,
 * RFC 4007 section 11, RFC 5952 (IPv6 text); RFC 952, RFC 1123 section 2.1 (host names).
 */
#ifndef CORK_WSNMP32_ADDRESS_H
#define CORK_WSNMP32_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SNMP_ADDRESS_TEXT_SIZE 256 /* bytes of the longest entity string with its NUL */
#define SNMP_SCOPE_TEXT_SIZE   64  /* bytes of the longest IPv6 scope with its NUL */

enum snmp_address_kind
{
    SNMP_ADDRESS_INVALID, /* SNMPAPI_ENTITY_UNKNOWN */
    SNMP_ADDRESS_IPV4,    /* bytes[0..3] */
    SNMP_ADDRESS_IPV6,    /* bytes[0..15], scope */
    SNMP_ADDRESS_IPX,     /* bytes[0..3] network, bytes[4..9] node; recognised to be refused */
    SNMP_ADDRESS_NAME     /* a well-formed host name: the string itself */
};

/* A parsed entity string. Bytes are in network order. */
struct snmp_address
{
    enum snmp_address_kind kind;
    uint8_t bytes[16];
    char scope[SNMP_SCOPE_TEXT_SIZE]; /* what follows '%', "" if none: an interface's number or name */
};

/*
 * Parses `text` into `address` and returns its kind (address->kind). NULL, empty and longer than 255 characters
 * (without a NUL within 256 bytes) are INVALID.
 *
 * IPv4: four decimal numbers of 0 to 255 without leading zeros. The other forms of inet_addr ("10.1", "0x7f.1",
 * "010.0.0.1") are INVALID: which address they mean depends on the resolver (010 is 8 to one, 10 to another), and a
 * manager must not talk to another host than was meant. They are not host names either: RFC 1123 has no name whose last
 * label is a number, decimal or hexadecimal. IPv6: every form of RFC 4291 section 2.2, with "%scope" behind it. No
 * brackets, no prefix length, no port. IPX: 8 hexadecimal digits, one of ":", "." and "-", 12 hexadecimal digits. Tried
 * before host names. Name: labels of 1 to 63 letters, digits, hyphens and underscores (Windows computer names have
 * them), no hyphen at either end of a label, 253 characters in all, one dot at the end allowed; the last label not a
 * number.
 */
enum snmp_address_kind snmp_address_parse(const char *text, struct snmp_address *address);

/*
 * Formats an IPv4, IPv6 (RFC 5952; IPv4-mapped addresses in mixed notation; "%scope" if there is one) or IPX
 * ("00000001:00081a0d01c2") address with its NUL. Returns the bytes of the text with its NUL, or 0 for another kind.
 * When that is more than `size`, the buffer holds as much as fits, NUL-terminated (nothing when size is 0; the buffer
 * may be NULL then). SNMP_ADDRESS_TEXT_SIZE always suffices.
 */
size_t snmp_address_format(const struct snmp_address *address, char *buffer, size_t size);

/* Whether two addresses are of the same kind and equal, scope included. Names and invalid ones never are. */
bool snmp_address_equal(const struct snmp_address *a, const struct snmp_address *b);

#endif

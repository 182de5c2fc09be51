/*
 * What the unit tests of wsnmp32's portable half share: its allocator, and random values.
 */
#ifndef CORK_TESTS_WSNMP32_SUPPORT_H
#define CORK_TESTS_WSNMP32_SUPPORT_H

#include "counting_allocator.h"
#include "wsnmp32/varbind.h"

#include <stddef.h>

/* Puts the counting allocator in place; nothing fails until fail_allocation. */
void use_counting_allocator(void);

/* A small fast generator (xorshift), so that a seed gives the same run everywhere. */
struct random
{
    uint64_t state;
};

uint64_t random_next(struct random *r);

/* 0 to `bound` - 1. */
uint32_t random_below(struct random *r, uint32_t bound);

/* An integer that is often at an edge of its encoding. */
uint64_t random_edgy(struct random *r);

/* Scratch memory for one random binding. */
struct binding_room
{
    uint32_t name[SNMP_OID_MAX_LENGTH];
    uint32_t oid[SNMP_OID_MAX_LENGTH];
    uint8_t octets[2048];
};

/* An OID that BER can express, in `ids`. */
struct snmp_oid random_oid(struct random *r, uint32_t ids[SNMP_OID_MAX_LENGTH]);

/* A valid binding whose memory is `room`; without Counter64 and exceptions where `v1`. */
struct snmp_varbind random_binding(struct random *r, bool v1, struct binding_room *room);

/* Fills an empty list with 0 to `most` random bindings. */
void random_list(struct random *r, bool v1, uint32_t most, struct snmp_varbind_list *list);

/* Whether two lists hold equal names and values. */
bool lists_equal(const struct snmp_varbind_list *a, const struct snmp_varbind_list *b);

/* Octets of a string of hexadecimal digits and spaces. */
struct octet_string
{
    uint8_t at[4096];
    size_t length;
};

/* Appends, puts in front, or starts with the octets of a hexadecimal string; the caller keeps within the room. */
void append_hex(struct octet_string *to, const char *hex);
void prepend_hex(struct octet_string *octets, const char *hex);
struct octet_string from_hex(const char *hex);

/* Puts an identifier and a length of two octets, the form that every length fits, in front. */
void wrap(struct octet_string *octets, uint8_t tag);

#endif

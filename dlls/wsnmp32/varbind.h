/*
 * Variable-binding lists: the store behind a VBL handle and behind a PDU.
 *
 * Memory: a list that was decoded or copied lives in one allocation (its array, OIDs and octets together); an entry
 * that is set later owns one block of its own. When an allocation fails, the list stays exactly as it was.
 *
 * Threads: a list is not locked. Reading from several threads at once is safe, changing it needs exclusion.
 *
 * Sources: SnmpSetVb, SnmpGetVb, SnmpDeleteVb, SnmpCountVbl, SnmpDuplicateVbl, SnmpCreateVbl of the WinSNMP reference.
 */
#ifndef CORK_WSNMP32_VARBIND_H
#define CORK_WSNMP32_VARBIND_H

#include "wsnmp32/value.h"

#include <stddef.h>

enum snmp_list_status
{
    SNMP_LIST_OK,
    SNMP_LIST_NO_MEMORY,      /* SNMPAPI_ALLOC_ERROR */
    SNMP_LIST_INDEX_INVALID,  /* SNMPAPI_INDEX_INVALID */
    SNMP_LIST_NAME_INVALID,   /* SNMPAPI_OID_INVALID: no name for a new entry, NULL ids, not 2 to 128 sub-identifiers */
    SNMP_LIST_SYNTAX_INVALID, /* SNMPAPI_SYNTAX_INVALID: not one of enum snmp_syntax */
    SNMP_LIST_VALUE_INVALID   /* the syntax is known but what it describes is not valid: see snmp_value_check */
};

/* An entry of the store. `binding` comes first, so that a struct snmp_varbind pointer is all that a reader needs. */
struct snmp_varbind_entry
{
    struct snmp_varbind binding;
    void *own; /* the block of an entry that was set later; NULL when it lives in the list's block */
};

/* A list. The members are for varbind.c, the codec and the translations; others use the functions. */
struct snmp_varbind_list
{
    uint32_t count;
    uint32_t capacity;                  /* entries that the array has room for; 0 for a view */
    struct snmp_varbind_entry *entries; /* inside `block`, an allocation of its own, or borrowed (a view) */
    void *block;                        /* the one allocation of a decoded or copied list, or NULL */
    bool view;                          /* see snmp_varbind_list_view */
};

/* An empty list. Allocates nothing; also what a freed list looks like. */
void snmp_varbind_list_init(struct snmp_varbind_list *list);

/* Frees everything that the list owns and leaves it empty. An all-zero or freed list is allowed. */
void snmp_varbind_list_free(struct snmp_varbind_list *list);

/* Number of entries. */
static inline uint32_t snmp_varbind_list_count(const struct snmp_varbind_list *list)
{
    return list->count;
}

/*
 * The entry at the 1-based `index`, or NULL when there is none. What it points to is borrowed: it holds until that
 * entry is set or deleted or the list is freed; the entry structure itself only until any change of the list.
 */
const struct snmp_varbind *snmp_varbind_list_get(const struct snmp_varbind_list *list, uint32_t index);

/*
 * Sets the entry at the 1-based `index`, or appends one when `index` is 0 (SnmpSetVb). Name and value are deep-copied
 * and may point into this very list.
 *
 * name:  2 to 128 sub-identifiers; NULL keeps the entry's name (not when appending: SNMP_LIST_NAME_INVALID).
 * value: NULL stands for a value of syntax SNMP_VALUE_NULL. With both NULL: SNMP_LIST_NAME_INVALID.
 * position: if not NULL, receives the entry's index (n + 1 after an append) when the result is SNMP_LIST_OK.
 *
 * The order of the checks: index, name, syntax, value, memory. A view cannot be changed: SNMP_LIST_INDEX_INVALID.
 */
enum snmp_list_status snmp_varbind_list_set(struct snmp_varbind_list *list, uint32_t index, const struct snmp_oid *name,
                                            const struct snmp_value *value, uint32_t *position);

/* Removes the entry at the 1-based `index`; those behind it move up by one (SnmpDeleteVb). Allocates nothing. */
enum snmp_list_status snmp_varbind_list_delete(struct snmp_varbind_list *list, uint32_t index);

/*
 * Makes `copy` (whose previous contents are overwritten, not freed) a deep copy of `list`, in one allocation.
 * SNMP_LIST_OK, or SNMP_LIST_NO_MEMORY with `copy` empty. An empty list copies without allocating.
 */
enum snmp_list_status snmp_varbind_list_copy(const struct snmp_varbind_list *list, struct snmp_varbind_list *copy);

/*
 * A read-only view of `list` that shares its entries and owns nothing; freeing it frees nothing. It holds until the
 * list is changed or freed.
 */
struct snmp_varbind_list snmp_varbind_list_view(const struct snmp_varbind_list *list);

/* Room for what the entries of a new list point to; each piece that is copied advances it. */
struct snmp_block_cursor
{
    uint32_t *ids;
    uint8_t *octets;
};

/*
 * For the codec and the translations: makes `list` (overwritten) one with `count` uninitialized entries and room for
 * `id_count` sub-identifiers and `octet_count` octets behind them, in one allocation; none when all three are 0.
 * False when there is no memory: the list is empty.
 */
bool snmp_varbind_list_allocate(struct snmp_varbind_list *list, uint32_t count, size_t id_count, size_t octet_count,
                                struct snmp_block_cursor *cursor);

/* Copies an OID or a binding, with its sub-identifiers and octets going to the cursor's room. */
struct snmp_oid snmp_block_copy_oid(struct snmp_block_cursor *cursor, const struct snmp_oid *oid);
void snmp_block_copy_binding(struct snmp_block_cursor *cursor, const struct snmp_varbind *from,
                             struct snmp_varbind_entry *to);

/* Adds the room that a binding's copy takes. */
void snmp_block_measure(const struct snmp_varbind *binding, size_t *id_count, size_t *octet_count);

/*
 * Whether a name is one: not NULL, ids not NULL, 2 to 128 sub-identifiers ("Object identifiers must have a minimum of
 * two subidentifiers and they must not exceed 128"). Says nothing of whether BER can express it: the encoder does.
 */
bool snmp_name_check(const struct snmp_oid *name);

/*
 * SNMP_LIST_OK, SNMP_LIST_SYNTAX_INVALID, or SNMP_LIST_VALUE_INVALID for: an OID that snmp_name_check refuses; octets
 * with a length but no pointer, or of more than 65,535; an IpAddress that is not 4 octets; BITS that are empty or
 * have more than 7 unused bits.
 */
enum snmp_list_status snmp_value_check(const struct snmp_value *value);

/* Whether two values are the same: syntax and contents. Two exceptions, or two NULLs, are. */
bool snmp_value_equal(const struct snmp_value *a, const struct snmp_value *b);

#endif

/*
 * Variable bindings lists: what is put in comes out, as copies.
 */
#include "wsnmp32_test.h"

static struct inbox inbox;
static HSNMP_SESSION session;
static smiUINT32 many_ids[129];

static void open_one(void)
{
    start_snmp();
    session = open_session(&inbox);
    many_ids[0] = 1;
    many_ids[1] = 3;
}

static void free_value(smiVALUE *value)
{
    switch (value->syntax)
    {
    case SNMP_SYNTAX_OCTETS:
    case SNMP_SYNTAX_BITS:
    case SNMP_SYNTAX_OID:
    case SNMP_SYNTAX_IPADDR:
    case SNMP_SYNTAX_OPAQUE:
    case SNMP_SYNTAX_NSAPADDR:
        if (value->value.string.ptr) pSnmpFreeDescriptor(value->syntax, &value->value.string);
    }
}

/* Whether the entry is `name` with a value of the syntax; gives the value, which the caller frees. */
static int entry_is(HSNMP_VBL vbl, smiUINT32 index, const smiOID *name, smiUINT32 syntax, smiVALUE *value)
{
    smiOID got = {77, (smiLPUINT32)1};
    int same;

    memset(value, 0xcc, sizeof(*value));
    if (!pSnmpGetVb(vbl, index, &got, value))
    {
        note("SnmpGetVb failed with %lu", (unsigned long)pSnmpGetLastError(NULL));
        value->syntax = 0;
        return 0;
    }
    same = same_oid(&got, name);
    note("the name is %s, the syntax %#lx, expected %#lx", same ? "right" : "another", (unsigned long)value->syntax,
         (unsigned long)syntax);
    pSnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&got);
    return same && value->syntax == syntax;
}

static int has_entry(HSNMP_VBL vbl, smiUINT32 index, const smiOID *name, smiUINT32 syntax)
{
    smiVALUE value;
    int same = entry_is(vbl, index, name, syntax, &value);

    free_value(&value);
    return same;
}

static void create_vbl(void)
{
    smiVALUE bad = {.syntax = 0x7f}, number = {.syntax = SNMP_SYNTAX_INT, .value.sNumber = -5}, got;
    HSNMP_VBL vbl, second;

    open_one();
    vbl = pSnmpCreateVbl(session, NULL, &bad);
    CHECK(SnmpCreateVbl, null_name,
          "If the name parameter is NULL, the Microsoft WinSNMP implementation ignores the value parameter and creates "
          "an empty variable "
          "bindings list.",
          vbl && FAILS(SNMPAPI_NOOP, pSnmpCountVbl(vbl)));
    vbl = pSnmpCreateVbl(session, &sys_descr, NULL);
    CHECK(SnmpCreateVbl, null_value, "It initializes the syntax member ... with the value SNMP_SYNTAX_NULL.",
          vbl && pSnmpCountVbl(vbl) == 1 && has_entry(vbl, 1, &sys_descr, SNMP_SYNTAX_NULL));
    second = pSnmpCreateVbl(session, &sys_name, &number);
    CHECK(SnmpCreateVbl, name_and_value,
          "uses their values to create the first variable binding entry for the new variable bindings list",
          second && second != vbl && entry_is(second, 1, &sys_name, SNMP_SYNTAX_INT, &got) && got.value.sNumber == -5);
}

static void create_vbl_errors(void)
{
    static smiUINT32 three[3] = {1, 3, 6};
    const smiOID bad[] = {{0, three}, {1, three}, {3, NULL}, {129, many_ids}};
    const smiOID longest = {128, many_ids};
    smiVALUE value = {.syntax = SNMP_SYNTAX_SEQUENCE};
    const smiUINT32 syntaxes[] = {0, 1, 0x7f, SNMP_SYNTAX_SEQUENCE, 0x83, 0x102, 0xffffffff};

    open_one();
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        CHECK(SnmpCreateVbl, SNMPAPI_OID_INVALID, "The name parameter references an invalid smiOID structure.",
              FAILS_IN(session, SNMPAPI_OID_INVALID, pSnmpCreateVbl(session, &bad[i], NULL)));
    CHECK(SnmpCreateVbl, longest_name,
          "Object identifiers must have a minimum of two subidentifiers and they must not exceed 128",
          pSnmpCreateVbl(session, &longest, NULL) != NULL &&
              pSnmpCreateVbl(session, &(smiOID){2, three}, NULL) != NULL);
    for (size_t i = 0; i < COUNT_OF(syntaxes); i++)
    {
        value.syntax = syntaxes[i];
        CHECK(SnmpCreateVbl, SNMPAPI_SYNTAX_INVALID,
              "The syntax member of the structure pointed to by the value parameter is invalid.",
              FAILS_IN(session, SNMPAPI_SYNTAX_INVALID, pSnmpCreateVbl(session, &sys_descr, &value)));
    }
    CHECK(SnmpCreateVbl, SNMPAPI_SESSION_INVALID, "The session handle is invalid.",
          FAILS(SNMPAPI_SESSION_INVALID, pSnmpCreateVbl(NULL, &sys_descr, NULL)));
    CHECK(SnmpCreateVbl, unreadable_name,
          "(an smiOID that cannot be read is refused, by either code that fits, and is no crash)",
          !pSnmpCreateVbl(session, (smiLPCOID)1, NULL) &&
              (pSnmpGetLastError(session) == SNMPAPI_OID_INVALID || pSnmpGetLastError(session) == SNMPAPI_ALLOC_ERROR));
}

static void scalar_syntaxes(void)
{
    static const struct
    {
        smiUINT32 syntax;
        smiUINT32 number;
    } numbers[] = {{SNMP_SYNTAX_INT, 0x80000000},
                   {SNMP_SYNTAX_CNTR32, 0xffffffff},
                   {SNMP_SYNTAX_GAUGE32, 0x80000001},
                   {SNMP_SYNTAX_TIMETICKS, 4294967295u},
                   {SNMP_SYNTAX_UINT32, 7}};
    static const smiUINT32 empties[] = {SNMP_SYNTAX_NULL, SNMP_SYNTAX_NOSUCHOBJECT, SNMP_SYNTAX_NOSUCHINSTANCE,
                                        SNMP_SYNTAX_ENDOFMIBVIEW};
    smiVALUE value, got;

    open_one();
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
    {
        value = (smiVALUE){.syntax = numbers[i].syntax, .value.uNumber = numbers[i].number};
        CHECK(SnmpGetVb, numbers, "SNMP_SYNTAX_INT, _CNTR32, _GAUGE32, _TIMETICKS, _UINT32: 32-bit integer variables",
              entry_is(pSnmpCreateVbl(session, &sys_descr, &value), 1, &sys_descr, numbers[i].syntax, &got) &&
                  got.value.uNumber == numbers[i].number);
    }
    value = (smiVALUE){.syntax = SNMP_SYNTAX_CNTR64, .value.hNumber = {0xfedcba98, 0x76543210}};
    CHECK(SnmpGetVb, counter64,
          "Indicates a counter variable that increases until it reaches a maximum value of (2^64) - 1.",
          entry_is(pSnmpCreateVbl(session, &sys_descr, &value), 1, &sys_descr, SNMP_SYNTAX_CNTR64, &got) &&
              got.value.hNumber.hipart == 0xfedcba98 && got.value.hNumber.lopart == 0x76543210);
    for (size_t i = 0; i < COUNT_OF(empties); i++)
    {
        value = (smiVALUE){.syntax = empties[i]};
        CHECK(SnmpGetVb, exceptions,
              "The last three syntax types describe exception conditions under the SNMPv2C framework.",
              has_entry(pSnmpCreateVbl(session, &sys_descr, &value), 1, &sys_descr, empties[i]));
    }
}

static void descriptor_syntaxes(void)
{
    static const smiUINT32 syntaxes[] = {SNMP_SYNTAX_OCTETS, SNMP_SYNTAX_IPADDR, SNMP_SYNTAX_OPAQUE};
    unsigned char content[4] = {127, 0, 1, 0xff};
    smiUINT32 ids[3] = {1, 3, 0xffffffff};
    smiVALUE value, got;
    HSNMP_VBL vbl;

    open_one();
    for (size_t i = 0; i < COUNT_OF(syntaxes); i++)
    {
        content[0] = 127;
        value = (smiVALUE){.syntax = syntaxes[i], .value.string = {4, content}};
        vbl = pSnmpCreateVbl(session, &sys_descr, &value);
        content[0] = 1;
        CHECK(SnmpCreateVbl, deep_copy,
              "(input descriptors stay the application's: their later change does not reach the list)",
              entry_is(vbl, 1, &sys_descr, syntaxes[i], &got) && got.value.string.len == 4 &&
                  got.value.string.ptr != content && !memcmp(got.value.string.ptr, "\x7f\0\1\xff", 4));
        free_value(&got);
    }
    value = (smiVALUE){.syntax = SNMP_SYNTAX_OID, .value.oid = {3, ids}};
    vbl = pSnmpCreateVbl(session, &sys_descr, &value);
    ids[2] = 6;
    CHECK(SnmpGetVb, oid_value,
          "Indicates an object identifier variable that is an assigned name with a maximum of 128 subidentifiers.",
          entry_is(vbl, 1, &sys_descr, SNMP_SYNTAX_OID, &got) && got.value.oid.len == 3 &&
              got.value.oid.ptr[2] == 0xffffffff);
    free_value(&got);
    value = (smiVALUE){.syntax = SNMP_SYNTAX_OCTETS, .value.string = {0, NULL}};
    CHECK(SnmpGetVb, empty_octets, "Indicates an octet string variable that is binary or textual data. (of no length)",
          entry_is(pSnmpCreateVbl(session, &sys_descr, &value), 1, &sys_descr, SNMP_SYNTAX_OCTETS, &got) &&
              got.value.string.len == 0);
    free_value(&got);
}

static void get_vb(void)
{
    smiVALUE value = {.syntax = SNMP_SYNTAX_OCTETS, .value.string = {3, (smiLPBYTE) "abc"}}, first, second;
    smiOID name, other;
    HSNMP_VBL vbl;

    open_one();
    vbl = pSnmpCreateVbl(session, &sys_descr, &value);
    CHECK(SnmpGetVb, SNMPAPI_SUCCESS, "If the function succeeds, the return value is SNMPAPI_SUCCESS.",
          returned(pSnmpGetVb(vbl, 1, &name, &first), SNMPAPI_SUCCESS));
    CHECK(SnmpGetVb, own_copies,
          "the application must call SnmpFreeDescriptor to free the resources allocated for these structures",
          pSnmpGetVb(vbl, 1, &other, &second) && first.value.string.ptr != second.value.string.ptr &&
              name.ptr != other.ptr && pSnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &first.value.string) &&
              pSnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&name) && !memcmp(second.value.string.ptr, "abc", 3));
    pSnmpFreeVbl(vbl);
    CHECK(SnmpGetVb, outlives_the_list, "(a descriptor is the application's until it frees it)",
          !memcmp(second.value.string.ptr, "abc", 3) && same_oid(&other, &sys_descr) &&
              pSnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &second.value.string) &&
              pSnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&other));
}

static void get_vb_errors(void)
{
    HSNMP_VBL vbl, empty;
    smiOID name;
    smiVALUE value;

    open_one();
    vbl = pSnmpCreateVbl(session, &sys_descr, NULL);
    empty = pSnmpCreateVbl(session, NULL, NULL);
    CHECK(SnmpGetVb, SNMPAPI_INDEX_INVALID, "The index parameter is invalid.",
          FAILS(SNMPAPI_INDEX_INVALID, pSnmpGetVb(vbl, 0, &name, &value)) &&
              FAILS(SNMPAPI_INDEX_INVALID, pSnmpGetVb(vbl, 2, &name, &value)) &&
              FAILS(SNMPAPI_INDEX_INVALID, pSnmpGetVb(vbl, 0xffffffff, &name, &value)) &&
              FAILS(SNMPAPI_INDEX_INVALID, pSnmpGetVb(empty, 1, &name, &value)));
    CHECK(SnmpGetVb, SNMPAPI_ALLOC_ERROR,
          "The application specified an invalid pointer, or an error occurred during memory allocation.",
          FAILS(SNMPAPI_ALLOC_ERROR, pSnmpGetVb(vbl, 1, NULL, NULL)));
    pSnmpFreeVbl(vbl);
    CHECK(SnmpGetVb, SNMPAPI_VBL_INVALID, "The vbl parameter is invalid.",
          FAILS(SNMPAPI_VBL_INVALID, pSnmpGetVb(vbl, 1, &name, &value)) &&
              FAILS(SNMPAPI_VBL_INVALID, pSnmpGetVb(NULL, 1, &name, &value)));
}

static void set_vb(void)
{
    smiVALUE number = {.syntax = SNMP_SYNTAX_INT, .value.sNumber = 42}, got;
    HSNMP_VBL vbl;

    open_one();
    vbl = pSnmpCreateVbl(session, &sys_descr, NULL);
    CHECK(SnmpSetVb, append, "If the function appends a variable binding entry, the return value is n + 1.",
          returned(pSnmpSetVb(vbl, 0, &sys_name, &number), 2) && entry_is(vbl, 2, &sys_name, SNMP_SYNTAX_INT, &got) &&
              got.value.sNumber == 42);
    CHECK(SnmpSetVb, append_null_value,
          "If the name parameter is not NULL, but the value parameter is NULL, [the syntax is] SNMP_SYNTAX_NULL",
          returned(pSnmpSetVb(vbl, 0, &sys_descr, NULL), 3) && has_entry(vbl, 3, &sys_descr, SNMP_SYNTAX_NULL));
    CHECK(SnmpSetVb, update,
          "If the function successfully performs an update operation, the return value equals the value of the index",
          returned(pSnmpSetVb(vbl, 1, &sys_name, &number), 1) && has_entry(vbl, 1, &sys_name, SNMP_SYNTAX_INT));
    number.value.sNumber = 43;
    CHECK(SnmpSetVb, update_value_only,
          "If the index parameter is not equal to zero, and the name parameter is NULL, ... updates only the value of "
          "the variable",
          returned(pSnmpSetVb(vbl, 3, NULL, &number), 3) && entry_is(vbl, 3, &sys_descr, SNMP_SYNTAX_INT, &got) &&
              got.value.sNumber == 43);
    CHECK(SnmpSetVb, others_unchanged,
          "changes variable binding entries in a variable bindings list (only the one named)",
          pSnmpCountVbl(vbl) == 3 && has_entry(vbl, 2, &sys_name, SNMP_SYNTAX_INT));
    vbl = pSnmpCreateVbl(session, NULL, NULL);
    CHECK(SnmpSetVb, append_to_empty, "appends new variable binding entries to an existing variable bindings list",
          returned(pSnmpSetVb(vbl, 0, &sys_name, NULL), 1) && pSnmpCountVbl(vbl) == 1);
}

static void set_vb_errors(void)
{
    smiVALUE bad = {.syntax = SNMP_SYNTAX_SEQUENCE};
    HSNMP_VBL vbl;

    open_one();
    vbl = pSnmpCreateVbl(session, &sys_descr, NULL);
    CHECK(SnmpSetVb, SNMPAPI_INDEX_INVALID, "The index parameter is invalid.",
          FAILS(SNMPAPI_INDEX_INVALID, pSnmpSetVb(vbl, 2, &sys_name, NULL)));
    CHECK(SnmpSetVb, SNMPAPI_OID_INVALID, "The name parameter is invalid.",
          FAILS(SNMPAPI_OID_INVALID, pSnmpSetVb(vbl, 0, &(smiOID){129, many_ids}, NULL)) &&
              FAILS(SNMPAPI_OID_INVALID, pSnmpSetVb(vbl, 1, &(smiOID){5, NULL}, NULL)));
    /* "If the index parameter is not equal to zero, and the name parameter is NULL": so an entry that is appended needs
     * a name. */
    CHECK(SnmpSetVb, append_without_name, "The name parameter is invalid.",
          FAILS(SNMPAPI_OID_INVALID, pSnmpSetVb(vbl, 0, NULL, NULL)));
    CHECK(SnmpSetVb, SNMPAPI_SYNTAX_INVALID,
          "The syntax member of the structure pointed to by the value parameter is invalid.",
          FAILS(SNMPAPI_SYNTAX_INVALID, pSnmpSetVb(vbl, 0, &sys_name, &bad)));
    CHECK(SnmpSetVb, unchanged_by_failure, "(a failed call leaves the list as it was)",
          pSnmpCountVbl(vbl) == 1 && has_entry(vbl, 1, &sys_descr, SNMP_SYNTAX_NULL));
    pSnmpFreeVbl(vbl);
    CHECK(SnmpSetVb, SNMPAPI_VBL_INVALID, "The vbl parameter is invalid.",
          FAILS(SNMPAPI_VBL_INVALID, pSnmpSetVb(vbl, 0, &sys_name, NULL)) &&
              FAILS(SNMPAPI_VBL_INVALID, pSnmpSetVb(NULL, 0, &sys_name, NULL)));
}

static void count_and_delete(void)
{
    HSNMP_VBL vbl;

    open_one();
    vbl = pSnmpCreateVbl(session, &sys_descr, NULL);
    pSnmpSetVb(vbl, 0, &sys_name, NULL);
    CHECK(SnmpCountVbl, success,
          "the return value is the count of variable binding entries in the variable bindings list",
          returned(pSnmpCountVbl(vbl), 2));
    CHECK(SnmpDeleteVb, SNMPAPI_INDEX_INVALID, "The index parameter is invalid.",
          FAILS(SNMPAPI_INDEX_INVALID, pSnmpDeleteVb(vbl, 0)) && FAILS(SNMPAPI_INDEX_INVALID, pSnmpDeleteVb(vbl, 3)));
    CHECK(SnmpDeleteVb, SNMPAPI_SUCCESS, "If the function succeeds, the return value is SNMPAPI_SUCCESS.",
          returned(pSnmpDeleteVb(vbl, 1), SNMPAPI_SUCCESS));
    CHECK(SnmpDeleteVb, moves_up, "the index value of all entries after the deleted entry will decrement by one",
          has_entry(vbl, 1, &sys_name, SNMP_SYNTAX_NULL));
    CHECK(SnmpDeleteVb, one_less, "The new total is one less than the count returned by a call to SnmpCountVbl before",
          pSnmpCountVbl(vbl) == 1);
    pSnmpDeleteVb(vbl, 1);
    CHECK(SnmpCountVbl, SNMPAPI_NOOP,
          "The variable bindings list does not contain any variable binding entries at this time.",
          FAILS(SNMPAPI_NOOP, pSnmpCountVbl(vbl)));
    CHECK(SnmpDeleteVb, empty_list,
          "The variable bindings list still has a valid handle and the WinSNMP application must release the handle",
          pSnmpSetVb(vbl, 0, &sys_name, NULL) == 1 && returned(pSnmpFreeVbl(vbl), SNMPAPI_SUCCESS));
    CHECK(SnmpCountVbl, SNMPAPI_VBL_INVALID, "The vbl parameter is invalid.",
          FAILS(SNMPAPI_VBL_INVALID, pSnmpCountVbl(vbl)) && FAILS(SNMPAPI_VBL_INVALID, pSnmpCountVbl(NULL)));
    CHECK(SnmpDeleteVb, SNMPAPI_VBL_INVALID, "The vbl parameter is invalid.",
          FAILS(SNMPAPI_VBL_INVALID, pSnmpDeleteVb(vbl, 1)) && FAILS(SNMPAPI_VBL_INVALID, pSnmpDeleteVb(NULL, 1)));
}

static void duplicate_and_free(void)
{
    struct inbox other_inbox;
    HSNMP_SESSION other;
    HSNMP_VBL vbl, copy, empty;

    open_one();
    other = open_session(&other_inbox);
    vbl = pSnmpCreateVbl(session, &sys_descr, NULL);
    pSnmpSetVb(vbl, 0, &sys_name, NULL);
    copy = pSnmpDuplicateVbl(session, vbl);
    CHECK(SnmpDuplicateVbl, unique_handle, "The handle the SnmpDuplicateVbl function returns is unique",
          copy && copy != vbl);
    pSnmpDeleteVb(vbl, 1);
    CHECK(SnmpDuplicateVbl, copy,
          "This function initializes the new list with a copy of the data in the source variable bindings list.",
          pSnmpCountVbl(copy) == 2 && has_entry(copy, 1, &sys_descr, SNMP_SYNTAX_NULL) &&
              has_entry(copy, 2, &sys_name, SNMP_SYNTAX_NULL));
    empty = pSnmpDuplicateVbl(session, pSnmpCreateVbl(session, NULL, NULL));
    CHECK(SnmpDuplicateVbl, empty, "The source variable bindings list can be empty.",
          empty && FAILS(SNMPAPI_NOOP, pSnmpCountVbl(empty)));
    CHECK(SnmpDuplicateVbl, other_session, "creates a new variable bindings list for the specified WinSNMP session",
          pSnmpDuplicateVbl(other, vbl) != NULL);
    CHECK(SnmpDuplicateVbl, SNMPAPI_SESSION_INVALID, "The session handle is invalid.",
          FAILS(SNMPAPI_SESSION_INVALID, pSnmpDuplicateVbl(NULL, vbl)));
    CHECK(SnmpFreeVbl, SNMPAPI_SUCCESS, "If the function succeeds, the return value is SNMPAPI_SUCCESS.",
          returned(pSnmpFreeVbl(vbl), SNMPAPI_SUCCESS));
    CHECK(SnmpFreeVbl, SNMPAPI_VBL_INVALID, "The vbl parameter is invalid.",
          FAILS(SNMPAPI_VBL_INVALID, pSnmpFreeVbl(vbl)) && FAILS(SNMPAPI_VBL_INVALID, pSnmpFreeVbl(NULL)) &&
              FAILS(SNMPAPI_VBL_INVALID, pSnmpFreeVbl(session)));
    CHECK(SnmpDuplicateVbl, SNMPAPI_VBL_INVALID, "The vbl parameter is invalid.",
          FAILS_IN(session, SNMPAPI_VBL_INVALID, pSnmpDuplicateVbl(session, vbl)));
    pSnmpClose(session);
    CHECK(SnmpFreeVbl, freed_by_close,
          "calls the SnmpClose ... frees all resources it allocates for the WinSNMP session",
          FAILS(SNMPAPI_VBL_INVALID, pSnmpFreeVbl(copy)));
}

static const struct test_case cases[] = {{"SnmpCreateVbl", create_vbl},
                                         {"SnmpCreateVbl's errors", create_vbl_errors},
                                         {"numbers and exceptions", scalar_syntaxes},
                                         {"descriptors", descriptor_syntaxes},
                                         {"SnmpGetVb", get_vb},
                                         {"SnmpGetVb's errors", get_vb_errors},
                                         {"SnmpSetVb", set_vb},
                                         {"SnmpSetVb's errors", set_vb_errors},
                                         {"SnmpCountVbl and SnmpDeleteVb", count_and_delete},
                                         {"SnmpDuplicateVbl and SnmpFreeVbl", duplicate_and_free},
                                         {NULL, NULL}};
const struct group vbl_group = {"vbl", __FILE__, cases};

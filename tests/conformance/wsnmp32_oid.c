/*
 * Object identifiers as text, their copies and their order; SnmpFreeDescriptor.
 */
#include "wsnmp32_test.h"

static smiUINT32 many_ids[129];

static void start_here(void)
{
    start_snmp();
    for (size_t i = 0; i < COUNT_OF(many_ids); i++)
        many_ids[i] = 0xffffffff;
    many_ids[0] = 1;
    many_ids[1] = 3;
}

static void free_oid(smiOID *oid)
{
    pSnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)oid);
}

/* The text of `count` subidentifiers 1.3.N.N... with ten digits each. */
static char *long_text(size_t count)
{
    static char text[4096];

    strcpy(text, "1.3");
    for (size_t i = 2; i < count; i++)
        strcat(text, ".4294967295");
    return text;
}

static void str_to_oid(void)
{
    static const smiUINT32 expected[] = {1, 2, 3, 4, 5, 6}, largest[] = {1, 4294967295u};
    smiOID oid = {99, (smiLPUINT32)1};

    start_here();
    CHECK(SnmpStrToOid, success,
          "the return value is the number of subidentifiers in the converted object identifier. This number is also "
          "the value of the len member",
          returned(pSnmpStrToOid("1.2.3.4.5.6", &oid), 6) && oid.len == 6);
    CHECK(SnmpStrToOid, value, "converts the dotted numeric string format ... to its internal binary representation",
          oid.len == 6 && !memcmp(oid.ptr, expected, sizeof(expected)));
    CHECK(SnmpStrToOid, freed,
          "must call the SnmpFreeDescriptor function to free resources allocated for the ptr member",
          returned(pSnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid), SNMPAPI_SUCCESS));
    CHECK(SnmpStrToOid, two_subidentifiers, "all object identifiers must have two subidentifiers",
          pSnmpStrToOid("1.4294967295", &oid) == 2 && !memcmp(oid.ptr, largest, sizeof(largest)));
    free_oid(&oid);
    CHECK(SnmpStrToOid, longest, "Object identifiers ... must not exceed 128 subidentifiers.",
          returned(pSnmpStrToOid(long_text(128), &oid), 128));
    free_oid(&oid);
}

static void str_to_oid_errors(void)
{
    static const char *const bad[] = {"",
                                      "1",
                                      "1..3",
                                      "1.3.",
                                      "1.-2",
                                      "1.3 ",
                                      "1.4294967296",
                                      "1.3.six",
                                      "iso.3.6.1",
                                      "1.3,6",
                                      "1.3.18446744073709551617",
                                      ".",
                                      "0x1.3"};
    static char too_long[2048];
    smiOID oid;

    start_here();
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        CHECK(SnmpStrToOid, SNMPAPI_OID_INVALID, "Is not the textual form of a valid object identifier.",
              FAILS(SNMPAPI_OID_INVALID, pSnmpStrToOid(bad[i], &oid)));
    CHECK(SnmpStrToOid, null_string, "The string parameter is invalid.",
          FAILS(SNMPAPI_OID_INVALID, pSnmpStrToOid(NULL, &oid)));
    CHECK(SnmpStrToOid, too_many, "they must not exceed 128 subidentifiers",
          FAILS(SNMPAPI_OID_INVALID, pSnmpStrToOid(long_text(129), &oid)));
    memset(too_long, '0', sizeof(too_long) - 1);
    memcpy(too_long, "1.3.", 4);
    CHECK(SnmpStrToOid, too_long, "Exceeds the MAXOBJIDSTRSIZE of 1408 bytes.",
          FAILS(SNMPAPI_OID_INVALID, pSnmpStrToOid(too_long, &oid)));
    CHECK(SnmpStrToOid, SNMPAPI_ALLOC_ERROR,
          "The application specified an invalid pointer, or an error occurred during memory allocation.",
          FAILS(SNMPAPI_ALLOC_ERROR, pSnmpStrToOid("1.3.6", NULL)));
}

/* The string runs up to the end of its page. */
static void str_to_oid_unterminated(void)
{
    SYSTEM_INFO info;
    char *pages;
    smiOID oid;

    start_here();
    GetSystemInfo(&info);
    pages = VirtualAlloc(NULL, 2 * info.dwPageSize, MEM_RESERVE, PAGE_NOACCESS);
    pages = VirtualAlloc(pages, info.dwPageSize, MEM_COMMIT, PAGE_READWRITE);
    memset(pages, '1', info.dwPageSize);
    memcpy(pages + info.dwPageSize - 5, "1.3.6", 5);
    CHECK(SnmpStrToOid, unterminated, "Is not null-terminated.",
          FAILS(SNMPAPI_OID_INVALID, pSnmpStrToOid(pages + info.dwPageSize - 5, &oid)));
    VirtualFree(pages, 0, MEM_RELEASE);
}

static void oid_to_str(void)
{
    smiUINT32 ids[] = {1, 3, 4294967295u, 0};
    smiOID oid = {4, ids}, longest = {128, many_ids};
    char text[MAXOBJIDSTRSIZE + 1];

    start_here();
    memset(text, 'x', sizeof(text));
    CHECK(SnmpOidToStr, success, "The return value includes a null-terminating byte.",
          returned(pSnmpOidToStr(&oid, sizeof(text), text), 17) && !strcmp(text, "1.3.4294967295.0"));
    memset(text, 'x', sizeof(text));
    CHECK(SnmpOidToStr, exact_size,
          "This value may be less than or equal to the value of the size parameter, but it may not be greater.",
          returned(pSnmpOidToStr(&oid, 17, text), 17) && text[17] == 'x');
    memset(text, 'x', sizeof(text));
    CHECK(SnmpOidToStr, SNMPAPI_OUTPUT_TRUNCATED, "The output buffer length is insufficient.",
          FAILS(SNMPAPI_OUTPUT_TRUNCATED, pSnmpOidToStr(&oid, 16, text)) && text[16] == 'x' &&
              FAILS(SNMPAPI_OUTPUT_TRUNCATED, pSnmpOidToStr(&oid, 1, text)));
    CHECK(SnmpOidToStr, SNMPAPI_SIZE_INVALID, "This parameter cannot be equal to zero",
          FAILS(SNMPAPI_SIZE_INVALID, pSnmpOidToStr(&oid, 0, text)));
    CHECK(SnmpOidToStr, MAXOBJIDSTRSIZE,
          "This ensures that the output buffer is large enough to hold the converted string.",
          pSnmpOidToStr(&longest, 1408, text) == strlen(long_text(128)) + 1 && !strcmp(text, long_text(128)));
    CHECK(SnmpOidToStr, SNMPAPI_OID_INVALID, "The srcOID parameter is invalid.",
          FAILS(SNMPAPI_OID_INVALID, pSnmpOidToStr(NULL, sizeof(text), text)) &&
              FAILS(SNMPAPI_OID_INVALID, pSnmpOidToStr(&(smiOID){0, ids}, sizeof(text), text)) &&
              FAILS(SNMPAPI_OID_INVALID, pSnmpOidToStr(&(smiOID){4, NULL}, sizeof(text), text)) &&
              FAILS(SNMPAPI_OID_INVALID, pSnmpOidToStr(&(smiOID){129, many_ids}, sizeof(text), text)));
    CHECK(SnmpOidToStr, SNMPAPI_ALLOC_ERROR,
          "The application specified an invalid pointer, or an error occurred during memory allocation.",
          FAILS(SNMPAPI_ALLOC_ERROR, pSnmpOidToStr(&oid, 64, NULL)) &&
              FAILS(SNMPAPI_ALLOC_ERROR, pSnmpOidToStr(&oid, 64, (char *)1)));
}

static void oid_copy(void)
{
    smiUINT32 ids[] = {1, 3, 6, 1};
    smiOID oid = {4, ids}, copy = {77, (smiLPUINT32)1};

    start_here();
    CHECK(SnmpOidCopy, success,
          "the return value is the number of subidentifiers in the copied object identifier. This number is also the "
          "value of the len member",
          returned(pSnmpOidCopy(&oid, &copy), 4) && copy.len == 4);
    ids[3] = 9;
    CHECK(SnmpOidCopy, own_memory, "allocating any necessary memory for the copy",
          copy.len == 4 && copy.ptr != ids && copy.ptr[3] == 1);
    CHECK(SnmpOidCopy, freed,
          "must call the SnmpFreeDescriptor function to enable the implementation to free resources",
          returned(pSnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&copy), SNMPAPI_SUCCESS));
    CHECK(SnmpOidCopy, SNMPAPI_OID_INVALID, "The srcOID parameter is invalid.",
          FAILS(SNMPAPI_OID_INVALID, pSnmpOidCopy(NULL, &copy)) &&
              FAILS(SNMPAPI_OID_INVALID, pSnmpOidCopy(&(smiOID){0, ids}, &copy)) &&
              FAILS(SNMPAPI_OID_INVALID, pSnmpOidCopy(&(smiOID){4, NULL}, &copy)) &&
              FAILS(SNMPAPI_OID_INVALID, pSnmpOidCopy(&(smiOID){129, many_ids}, &copy)));
    CHECK(SnmpOidCopy, SNMPAPI_ALLOC_ERROR,
          "The application specified an invalid pointer, or an error occurred during memory allocation.",
          FAILS(SNMPAPI_ALLOC_ERROR, pSnmpOidCopy(&oid, NULL)));
}

/* -1, 0 or 1; 99 where the function failed. */
static int compare(const smiOID *x, const smiOID *y, smiUINT32 maxlen)
{
    smiINT result = 77;

    if (!pSnmpOidCompare(x, y, maxlen, &result)) return 99;
    note("the result is %ld", (long)result);
    return (result > 0) - (result < 0);
}

static void oid_compare(void)
{
    static smiUINT32 a[] = {1, 3, 6}, b[] = {1, 3, 6, 1}, c[] = {1, 3, 7}, big[] = {1, 3, 0x80000000};
    const smiOID oid_a = {3, a}, oid_b = {4, b}, oid_c = {3, c}, oid_big = {3, big}, empty = {0, NULL};

    start_here();
    CHECK(SnmpOidCompare, greater, "Greater than 0: xOID is greater than yOID",
          compare(&oid_c, &oid_b, 0) == 1 && compare(&oid_b, &oid_a, 0) == 1);
    CHECK(SnmpOidCompare, less, "Less than 0: xOID is less than yOID",
          compare(&oid_b, &oid_c, 0) == -1 && compare(&oid_a, &oid_b, 0) == -1);
    CHECK(SnmpOidCompare, equal, "Equal to 0: xOID equals yOID", compare(&oid_a, &oid_a, 0) == 0);
    CHECK(SnmpOidCompare, maxlen, "equal if ... SnmpOidCompare compares a maxlen number of subidentifiers",
          compare(&oid_a, &oid_b, 3) == 0 && compare(&oid_a, &oid_c, 2) == 0 && compare(&oid_a, &oid_c, 3) == -1);
    CHECK(SnmpOidCompare, maxlen_beyond,
          "equal if ... the len members of both smiOID structures are equal, but less than the maxlen parameter",
          compare(&oid_a, &oid_a, 100) == 0 && compare(&oid_a, &oid_b, 4) == -1);
    CHECK(SnmpOidCompare, zero_length, "The length of the object identifier can be zero.",
          compare(&empty, &empty, 0) == 0 && compare(&empty, &oid_a, 0) == -1 && compare(&oid_a, &empty, 0) == 1);
    CHECK(SnmpOidCompare, unsigned,
          "Pointer to an array of unsigned long integers that represent the object identifier's subidentifiers.",
          compare(&oid_big, &oid_a, 0) == 1);
    /* The parameter's text says "less than MAXOBJIDSIZE", the remarks and the error's text "not greater": 128 is a
     * whole identifier. */
    CHECK(SnmpOidCompare, MAXOBJIDSIZE, "If the maxlen parameter is ... not greater than MAXOBJIDSIZE",
          compare(&oid_a, &oid_a, 128) == 0);
}

static void oid_compare_errors(void)
{
    smiINT result;

    start_here();
    CHECK(SnmpOidCompare, SNMPAPI_SIZE_INVALID,
          "The maxlen parameter is invalid. The parameter size is greater than MAXOBJIDSIZE.",
          FAILS(SNMPAPI_SIZE_INVALID, pSnmpOidCompare(&sys_descr, &sys_name, 129, &result)));
    CHECK(SnmpOidCompare, SNMPAPI_OID_INVALID, "One or both of the xOID and yOID parameters is invalid.",
          FAILS(SNMPAPI_OID_INVALID, pSnmpOidCompare(NULL, &sys_name, 0, &result)) &&
              FAILS(SNMPAPI_OID_INVALID, pSnmpOidCompare(&sys_name, NULL, 0, &result)) &&
              FAILS(SNMPAPI_OID_INVALID, pSnmpOidCompare(&(smiOID){3, NULL}, &sys_name, 0, &result)) &&
              FAILS(SNMPAPI_OID_INVALID, pSnmpOidCompare(&sys_name, &(smiOID){129, many_ids}, 0, &result)));
    CHECK(SnmpOidCompare, SNMPAPI_ALLOC_ERROR,
          "The application specified an invalid pointer, or an error occurred during memory allocation.",
          FAILS(SNMPAPI_ALLOC_ERROR, pSnmpOidCompare(&sys_descr, &sys_name, 0, NULL)));
}

static void free_descriptor(void)
{
    static const smiUINT32 scalars[] = {SNMP_SYNTAX_INT,
                                        SNMP_SYNTAX_NULL,
                                        SNMP_SYNTAX_CNTR32,
                                        SNMP_SYNTAX_GAUGE32,
                                        SNMP_SYNTAX_TIMETICKS,
                                        SNMP_SYNTAX_CNTR64,
                                        SNMP_SYNTAX_UINT32,
                                        0,
                                        0x1234};
    static unsigned char own[8];
    smiOCTETS mine = {sizeof(own), own}, null = {0, NULL}, saved;
    smiOID oid;

    start_here();
    pSnmpStrToOid("1.3.6.1", &oid);
    for (size_t i = 0; i < COUNT_OF(scalars); i++)
        CHECK(SnmpFreeDescriptor, SNMPAPI_SYNTAX_INVALID, "The syntax parameter is invalid.",
              FAILS(SNMPAPI_SYNTAX_INVALID, pSnmpFreeDescriptor(scalars[i], (smiLPOPAQUE)&oid)));
    memcpy(&saved, &oid, sizeof(saved));
    CHECK(SnmpFreeDescriptor, SNMPAPI_SUCCESS, "If the function succeeds, the return value is SNMPAPI_SUCCESS.",
          returned(pSnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid), SNMPAPI_SUCCESS));
    CHECK(SnmpFreeDescriptor, released_before,
          "returns the SNMPAPI_OPERATION_INVALID error code if the descriptor parameter specifies a memory allocation "
          "that the implementation "
          "released in a prior call",
          FAILS(SNMPAPI_OPERATION_INVALID, pSnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid)) &&
              FAILS(SNMPAPI_OPERATION_INVALID, pSnmpFreeDescriptor(SNMP_SYNTAX_OID, &saved)));
    CHECK(SnmpFreeDescriptor, not_allocated_here,
          "returns the same error code if the descriptor parameter specifies a memory allocation that the "
          "implementation did not make",
          FAILS(SNMPAPI_OPERATION_INVALID, pSnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &mine)));
    CHECK(SnmpFreeDescriptor, SNMPAPI_OPERATION_INVALID, "The descriptor parameter is invalid.",
          FAILS(SNMPAPI_OPERATION_INVALID, pSnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, NULL)) &&
              FAILS(SNMPAPI_OPERATION_INVALID, pSnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &null)));
}

static const struct test_case cases[] = {{"SnmpStrToOid", str_to_oid},
                                         {"SnmpStrToOid's errors", str_to_oid_errors},
                                         {"SnmpStrToOid without a terminator", str_to_oid_unterminated},
                                         {"SnmpOidToStr", oid_to_str},
                                         {"SnmpOidCopy", oid_copy},
                                         {"SnmpOidCompare", oid_compare},
                                         {"SnmpOidCompare's errors", oid_compare_errors},
                                         {"SnmpFreeDescriptor", free_descriptor},
                                         {NULL, NULL}};
const struct group oid_group = {"oid", __FILE__, cases};

/* Object identifiers as mgmtapi writes them. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "mgmtapi/mib_names.h"
#include "mgmtapi/mib_tree.h"

static void expect(const char *text, uint32_t count, const uint32_t *expected)
{
    uint32_t ids[MIB_OID_MAX] = {0}, len = 0;

    ck_assert_msg(mib_oid_parse(text, ids, &len), "%s", text);
    ck_assert_uint_eq(len, count);
    ck_assert_int_eq(memcmp(ids, expected, count * sizeof(*ids)), 0);
}

#define EXPECT(text, ...) expect(text, sizeof((uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t), (uint32_t[]){__VA_ARGS__})

static void refuse(const char *text)
{
    uint32_t ids[MIB_OID_MAX] = {0}, len = 77;

    ids[0] = 99;
    ck_assert_msg(!mib_oid_parse(text, ids, &len), "%s", text ? text : "NULL");
    ck_assert_uint_eq(len, 77);
    ck_assert_uint_eq(ids[0], 99);
}

/* "You must always precede the object identifier with a period (.) to obtain the correct system group". */
START_TEST(absolute_with_a_period)
{
    EXPECT(".1.3.6.1.2.1.1", 1, 3, 6, 1, 2, 1, 1);
    EXPECT(".1.3.6.1.4.1.311.1.1.3.1.2", 1, 3, 6, 1, 4, 1, 311, 1, 1, 3, 1, 2);
    EXPECT(".0.0", 0, 0);
    EXPECT(".4294967295.007", 4294967295u, 7);
}
END_TEST

/* "SnmpMgrStrToOid assumes that the object identifier is under the Internet MIB of the management subtree". */
START_TEST(relative_without_one)
{
    EXPECT("1.1.0", 1, 3, 6, 1, 2, 1, 1, 1, 0);
    EXPECT("1.3.6.1.2.1.1", 1, 3, 6, 1, 2, 1, 1, 3, 6, 1, 2, 1, 1);
    EXPECT("25", 1, 3, 6, 1, 2, 1, 25);
}
END_TEST

START_TEST(names)
{
    EXPECT("system.sysDescr.0", 1, 3, 6, 1, 2, 1, 1, 1, 0);
    EXPECT("SYSTEM.sysdescr.0", 1, 3, 6, 1, 2, 1, 1, 1, 0);
    EXPECT("1.sysDescr.0", 1, 3, 6, 1, 2, 1, 1, 1, 0);
    EXPECT(".1.3.6.1.2.1.system.1", 1, 3, 6, 1, 2, 1, 1, 1);
    EXPECT(".iso.org.dod.internet.mgmt.mib-2.snmp.snmpEnableAuthenTraps.0", 1, 3, 6, 1, 2, 1, 11, 30, 0);
    EXPECT(".iso.org.dod.internet.mgmt.mib.system", 1, 3, 6, 1, 2, 1, 1);
    EXPECT("iso.org.dod.internet.private.enterprises.311", 1, 3, 6, 1, 4, 1, 311);
    EXPECT("interfaces.ifTable.ifEntry.ifOutQLen.7", 1, 3, 6, 1, 2, 1, 2, 2, 1, 21, 7);
    EXPECT("tcp.tcpConnTable.tcpConnEntry.1.127.0.0.1", 1, 3, 6, 1, 2, 1, 6, 13, 1, 1, 127, 0, 0, 1);
    EXPECT("ip.ipRoutingDiscards", 1, 3, 6, 1, 2, 1, 4, 23);
    EXPECT("egp.egpNeighTable.egpNeighEntry.egpNeighEventTrigger", 1, 3, 6, 1, 2, 1, 8, 5, 1, 15);
    EXPECT("icmp.icmpOutAddrMaskReps", 1, 3, 6, 1, 2, 1, 5, 26);
}
END_TEST

START_TEST(what_is_not_one)
{
    static const char *const texts[] = {
        "",       ".",      "..",           ".1.",          ".1..3",       "1.1.",
        " .1.3",  ".1.3 ",  ".1.-3",        ".1.+3",        ".1.0x3",      ".1.4294967296",
        "mib-2",  "sysDes", ".system",      "system.ifMtu", "mib",         "interfaces.ifEntry",
        ".1.3.a", "a",      "sysDescr.0.x", ".iso.dod",     "enterprises", "99999999999999999999999.1",
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        refuse(texts[i]);
    refuse(NULL);
}
END_TEST

static char *repeated(const char *first, const char *piece, int count)
{
    char *text = malloc(strlen(first) + strlen(piece) * (size_t)count + 1);

    ck_assert_ptr_nonnull(text);
    strcpy(text, first);
    for (int i = 0; i < count; i++)
        strcat(text, piece);
    return text;
}

START_TEST(at_most_128)
{
    static const struct
    {
        const char *first, *piece;
        int count;
        uint32_t len; /* 0: refused */
    } cases[] = {{"", ".1", 128, 128}, {"", ".1", 129, 0}, {"1", ".1", 121, 128}, {"1", ".1", 122, 0}};

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    {
        char *text = repeated(cases[i].first, cases[i].piece, cases[i].count);
        uint32_t ids[MIB_OID_MAX] = {0}, len = 0;

        ck_assert_int_eq(mib_oid_parse(text, ids, &len), cases[i].len != 0);
        ck_assert_uint_eq(len, cases[i].len);
        free(text);
    }
}
END_TEST

static void formats(const char *expected, uint32_t len, const uint32_t *ids)
{
    char buffer[256];
    size_t size = strlen(expected) + 1;

    ck_assert_uint_eq(mib_oid_format(ids, len, buffer, sizeof(buffer)), size);
    ck_assert_str_eq(buffer, expected);
    memset(buffer, '#', sizeof(buffer));
    ck_assert_uint_eq(mib_oid_format(ids, len, buffer, size), size);
    ck_assert_str_eq(buffer, expected);
    ck_assert_int_eq(buffer[size], '#');
    ck_assert_uint_eq(mib_oid_format(ids, len, buffer, size - 1), size);
    ck_assert_uint_eq(strlen(buffer), size - 2);
    ck_assert_uint_eq(mib_oid_format(ids, len, NULL, 0), size);
    expect(expected, len, ids);
}

#define FORMATS(text, ...)                                                                                             \
    formats(text, sizeof((uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t), (uint32_t[]){__VA_ARGS__})

START_TEST(text_of)
{
    FORMATS("system.sysDescr.0", 1, 3, 6, 1, 2, 1, 1, 1, 0);
    FORMATS("interfaces.ifTable.ifEntry.ifDescr.4294967295", 1, 3, 6, 1, 2, 1, 2, 2, 1, 2, 4294967295u);
}
END_TEST

START_TEST(text_of_others)
{
    FORMATS(".iso.org.dod.internet.private.enterprises.311.1", 1, 3, 6, 1, 4, 1, 311, 1);
    FORMATS(".iso.org.dod.internet.mgmt.mib-2", 1, 3, 6, 1, 2, 1);
    FORMATS(".iso.org.dod.internet.mgmt.mib-2.25.1.1.0", 1, 3, 6, 1, 2, 1, 25, 1, 1, 0);
    FORMATS(".iso.org.dod.internet.6.3.1", 1, 3, 6, 1, 6, 3, 1);
    FORMATS(".0.0", 0, 0);
    FORMATS(".2.3.6.1", 2, 3, 6, 1);
}
END_TEST

/* Every node's text leads back to it. */
START_TEST(round_trip)
{
    uint32_t path[MIB_OID_MAX];

    for (unsigned at = 0; at < mib_tree_size; at++)
    {
        uint32_t ids[MIB_OID_MAX] = {0}, len = 0, depth = mib_tree[at].depth;
        char text[256];

        path[depth - 1] = mib_tree[at].id;
        path[depth] = 4000000000u;
        ck_assert_uint_le(mib_oid_format(path, depth + 1, text, sizeof(text)), sizeof(text));
        ck_assert_msg(strstr(text, mib_tree[at].name) != NULL, "%s", text);
        ck_assert(mib_oid_parse(text, ids, &len));
        ck_assert_uint_eq(len, depth + 1);
        ck_assert_int_eq(memcmp(ids, path, len * sizeof(*ids)), 0);
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("mib_names");
    Suite *suite = suite_create("mgmtapi");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, absolute_with_a_period);
    tcase_add_test(tests, relative_without_one);
    tcase_add_test(tests, names);
    tcase_add_test(tests, what_is_not_one);
    tcase_add_test(tests, at_most_128);
    tcase_add_test(tests, text_of);
    tcase_add_test(tests, text_of_others);
    tcase_add_test(tests, round_trip);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}

/*
 * OID text, OID comparison and entity addresses: every documented case, the limits to the byte.
 */
#include <arpa/inet.h>
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "wsnmp32/address.h"
#include "wsnmp32/oid_text.h"

#define LENGTH_OF(array) (sizeof(array) / sizeof((array)[0]))

/* ---- OID text --------------------------------------------------------------------------------------------------- */

static const struct
{
    const char *text;
    enum snmp_oid_parse_status status, with_dot;
} oid_texts[] = {
    {"1.2.3.4.5.6", SNMP_OID_PARSE_OK, SNMP_OID_PARSE_OK},
    {"0.0", SNMP_OID_PARSE_OK, SNMP_OID_PARSE_OK},
    {"1.3", SNMP_OID_PARSE_OK, SNMP_OID_PARSE_OK},
    {"3.99.1", SNMP_OID_PARSE_OK, SNMP_OID_PARSE_OK},
    {"4294967295.4294967295", SNMP_OID_PARSE_OK, SNMP_OID_PARSE_OK},
    {"1.007", SNMP_OID_PARSE_OK, SNMP_OID_PARSE_OK},
    {"1.00000000000000000003", SNMP_OID_PARSE_OK, SNMP_OID_PARSE_OK},
    {".1.3", SNMP_OID_PARSE_FORM, SNMP_OID_PARSE_OK},
    {".1", SNMP_OID_PARSE_FORM, SNMP_OID_PARSE_TOO_SHORT},
    {"..1.3", SNMP_OID_PARSE_FORM, SNMP_OID_PARSE_FORM},
    {"", SNMP_OID_PARSE_FORM, SNMP_OID_PARSE_FORM},
    {".", SNMP_OID_PARSE_FORM, SNMP_OID_PARSE_FORM},
    {"1", SNMP_OID_PARSE_TOO_SHORT, SNMP_OID_PARSE_TOO_SHORT},
    {"1.", SNMP_OID_PARSE_FORM, SNMP_OID_PARSE_FORM},
    {"1.3.", SNMP_OID_PARSE_FORM, SNMP_OID_PARSE_FORM},
    {"1..3", SNMP_OID_PARSE_FORM, SNMP_OID_PARSE_FORM},
    {"1.3 ", SNMP_OID_PARSE_FORM, SNMP_OID_PARSE_FORM},
    {" 1.3", SNMP_OID_PARSE_FORM, SNMP_OID_PARSE_FORM},
    {"1.+3", SNMP_OID_PARSE_FORM, SNMP_OID_PARSE_FORM},
    {"1.-3", SNMP_OID_PARSE_FORM, SNMP_OID_PARSE_FORM},
    {"1.0x3", SNMP_OID_PARSE_FORM, SNMP_OID_PARSE_FORM},
    {"1,3", SNMP_OID_PARSE_FORM, SNMP_OID_PARSE_FORM},
    {"iso.3", SNMP_OID_PARSE_FORM, SNMP_OID_PARSE_FORM},
    {"1.4294967296", SNMP_OID_PARSE_RANGE, SNMP_OID_PARSE_RANGE},
    {"1.99999999999999999999999999", SNMP_OID_PARSE_RANGE, SNMP_OID_PARSE_RANGE},
};

START_TEST(oid_text)
{
    uint32_t ids[SNMP_OID_MAX_LENGTH], len = 77;

    ids[0] = 66;
    ck_assert_int_eq(snmp_oid_parse(oid_texts[_i].text, 0, ids, &len), oid_texts[_i].status);
    if (oid_texts[_i].status != SNMP_OID_PARSE_OK)
    {
        ck_assert_uint_eq(len, 77);
        ck_assert_uint_eq(ids[0], 66);
    }
    ck_assert_int_eq(snmp_oid_parse(oid_texts[_i].text, SNMP_OID_PARSE_LEADING_DOT, ids, &len), oid_texts[_i].with_dot);
}
END_TEST

/* `count` numbers of ten digits. */
static void longest_text(char *text, int count)
{
    for (int i = 0; i < count; i++)
        memcpy(text + 11 * i, "4294967295.", 11);
    text[11 * count - 1] = 0;
}

START_TEST(oid_text_limits)
{
    char *text = malloc(11 * 130);
    uint32_t ids[SNMP_OID_MAX_LENGTH], len;
    struct snmp_oid oid;
    char back[SNMP_OID_TEXT_SIZE];
    size_t length;

    ck_assert_int_eq(snmp_oid_parse(NULL, 0, ids, &len), SNMP_OID_PARSE_NULL);
    longest_text(text, 128);
    ck_assert_uint_eq(strlen(text) + 1, SNMP_OID_TEXT_SIZE);
    ck_assert_int_eq(snmp_oid_parse(text, 0, ids, &len), SNMP_OID_PARSE_OK);
    ck_assert_uint_eq(len, 128);
    oid.len = len;
    oid.ids = ids;
    ck_assert_int_eq(snmp_oid_format(&oid, back, sizeof(back), &length), SNMP_OID_FORMAT_OK);
    ck_assert_uint_eq(length, SNMP_OID_TEXT_SIZE);
    ck_assert_str_eq(back, text);
    longest_text(text, 129);
    ck_assert_int_eq(snmp_oid_parse(text, 0, ids, &len), SNMP_OID_PARSE_TOO_LONG);
    for (int i = 0; i < 129; i++)
        memcpy(text + 2 * i, "1.", 3);
    text[257] = 0;
    ck_assert_int_eq(snmp_oid_parse(text, 0, ids, &len), SNMP_OID_PARSE_TOO_MANY);
    text[255] = 0;
    ck_assert_int_eq(snmp_oid_parse(text, 0, ids, &len), SNMP_OID_PARSE_OK);
    free(text);

    /* Not terminated: exactly as many bytes as may be read. */
    text = malloc(SNMP_OID_TEXT_SIZE);
    memset(text, '1', SNMP_OID_TEXT_SIZE);
    ck_assert_int_eq(snmp_oid_parse(text, 0, ids, &len), SNMP_OID_PARSE_TOO_LONG);
    free(text);
}
END_TEST

START_TEST(oid_format_contract)
{
    uint32_t ids[SNMP_OID_MAX_LENGTH + 1] = {1, 3, 6, 4294967295u};
    struct snmp_oid oid = {4, ids}, bad[] = {{0, ids}, {1, ids}, {2, NULL}, {SNMP_OID_MAX_LENGTH + 1, ids}};
    static const char expected[] = "1.3.6.4294967295";
    char buffer[32];
    size_t length;

    for (size_t size = 1; size <= sizeof(buffer); size++)
    {
        memset(buffer, '#', sizeof(buffer));
        length = 0;
        ck_assert_int_eq(snmp_oid_format(&oid, buffer, size, &length),
                         size < sizeof(expected) ? SNMP_OID_FORMAT_TRUNCATED : SNMP_OID_FORMAT_OK);
        ck_assert_uint_eq(length, sizeof(expected));
        ck_assert_mem_eq(buffer, expected, size < sizeof(expected) ? size - 1 : sizeof(expected));
        ck_assert_int_eq(buffer[size < sizeof(expected) ? size - 1 : sizeof(expected) - 1], 0);
        if (size < sizeof(buffer)) ck_assert_int_eq(buffer[size], '#');
    }
    length = 5;
    buffer[0] = '#';
    ck_assert_int_eq(snmp_oid_format(&oid, buffer, 0, &length), SNMP_OID_FORMAT_SIZE);
    ck_assert_int_eq(snmp_oid_format(&oid, NULL, 10, &length), SNMP_OID_FORMAT_SIZE);
    ck_assert_int_eq(snmp_oid_format(NULL, buffer, 10, &length), SNMP_OID_FORMAT_OID);
    for (size_t i = 0; i < LENGTH_OF(bad); i++)
        ck_assert_int_eq(snmp_oid_format(&bad[i], buffer, sizeof(buffer), &length), SNMP_OID_FORMAT_OID);
    ck_assert_int_eq(buffer[0], '#');
    ck_assert_uint_eq(length, 5);
    ck_assert_int_eq(snmp_oid_format(&oid, buffer, sizeof(buffer), NULL), SNMP_OID_FORMAT_OK);
}
END_TEST

/* ---- Comparison ------------------------------------------------------------------------------------------------- */

static const struct
{
    const char *x, *y;
    uint32_t maxlen;
    int result;
} comparisons[] = {
    {"1.3.6", "1.3.6", 0, 0},      {"1.3.6", "1.3.7", 0, -1},
    {"1.4", "1.3.7", 0, 1},        {"1.3.6", "1.3.6.1", 0, -1},
    {"1.3.6.1", "1.3.6", 0, 1},    {"1.3.6", "1.3.6.1", 3, 0},
    {"1.3.6", "1.3.6.1", 4, -1},   {"1.3.6.1", "1.3.6", 4, 1},
    {"1.3.6", "1.3.7", 2, 0},      {"1.3.6", "1.3.7", 3, -1},
    {"1.3.6", "1.3.6", 10, 0},     {"1.3.6", "1.3.6", 128, 0},
    {"1.4294967295", "1.1", 0, 1}, {"1.2147483648", "1.2147483647", 2, 1},
};

START_TEST(comparison)
{
    uint32_t x_ids[SNMP_OID_MAX_LENGTH], y_ids[SNMP_OID_MAX_LENGTH];
    struct snmp_oid x = {0, x_ids}, y = {0, y_ids};
    int result = 5;

    ck_assert_int_eq(snmp_oid_parse(comparisons[_i].x, 0, x_ids, &x.len), SNMP_OID_PARSE_OK);
    ck_assert_int_eq(snmp_oid_parse(comparisons[_i].y, 0, y_ids, &y.len), SNMP_OID_PARSE_OK);
    ck_assert_int_eq(snmp_oid_compare_limited(&x, &y, comparisons[_i].maxlen, &result), SNMP_OID_COMPARE_OK);
    ck_assert_int_eq(result, comparisons[_i].result);
    ck_assert_int_eq(snmp_oid_compare_limited(&y, &x, comparisons[_i].maxlen, &result), SNMP_OID_COMPARE_OK);
    ck_assert_int_eq(result, -comparisons[_i].result);
    if (comparisons[_i].maxlen == 0)
    {
        ck_assert_int_eq(snmp_oid_order(&x, &y), comparisons[_i].result);
        ck_assert_int_eq(snmp_oid_equal(&x, &y), comparisons[_i].result == 0);
    }
}
END_TEST

START_TEST(comparison_errors_and_empty)
{
    uint32_t ids[SNMP_OID_MAX_LENGTH + 1] = {1, 3, 6};
    struct snmp_oid oid = {3, ids}, empty = {0, NULL}, no_ids = {3, NULL}, long_one = {SNMP_OID_MAX_LENGTH + 1, ids};
    int result = 5;

    ck_assert_int_eq(snmp_oid_compare_limited(NULL, &oid, 0, &result), SNMP_OID_COMPARE_OID);
    ck_assert_int_eq(snmp_oid_compare_limited(&oid, NULL, 0, &result), SNMP_OID_COMPARE_OID);
    ck_assert_int_eq(snmp_oid_compare_limited(&oid, &no_ids, 0, &result), SNMP_OID_COMPARE_OID);
    ck_assert_int_eq(snmp_oid_compare_limited(&long_one, &oid, 0, &result), SNMP_OID_COMPARE_OID);
    ck_assert_int_eq(snmp_oid_compare_limited(&oid, &oid, 129, &result), SNMP_OID_COMPARE_SIZE);
    ck_assert_int_eq(snmp_oid_compare_limited(NULL, &oid, 129, &result), SNMP_OID_COMPARE_OID);
    ck_assert_int_eq(result, 5);
    ck_assert_int_eq(snmp_oid_compare_limited(&empty, &oid, 0, &result), SNMP_OID_COMPARE_OK);
    ck_assert_int_eq(result, -1);
    ck_assert_int_eq(snmp_oid_compare_limited(&oid, &empty, 3, &result), SNMP_OID_COMPARE_OK);
    ck_assert_int_eq(result, 1);
    ck_assert_int_eq(snmp_oid_compare_limited(&empty, &empty, 0, &result), SNMP_OID_COMPARE_OK);
    ck_assert_int_eq(result, 0);
    ck_assert(snmp_oid_has_prefix(&oid, &empty));
    ck_assert(snmp_oid_has_prefix(&oid, &oid));
    oid.len = 2;
    ck_assert(!snmp_oid_has_prefix(&oid, &(struct snmp_oid){3, ids}));
}
END_TEST

/* ---- Addresses -------------------------------------------------------------------------------------------------- */

static const struct
{
    const char *text;
    enum snmp_address_kind kind;
    const char *formatted; /* NULL: the same */
} addresses[] = {
    {"127.0.0.1", SNMP_ADDRESS_IPV4, NULL},
    {"0.0.0.0", SNMP_ADDRESS_IPV4, NULL},
    {"255.255.255.255", SNMP_ADDRESS_IPV4, NULL},
    {"10.20.30.40", SNMP_ADDRESS_IPV4, NULL},
    {"256.1.1.1", SNMP_ADDRESS_INVALID, NULL},
    {"1.2.3", SNMP_ADDRESS_INVALID, NULL},
    {"1.2.3.4.5", SNMP_ADDRESS_INVALID, NULL},
    {"1.2.3.", SNMP_ADDRESS_INVALID, NULL},
    {"1.2.3.4.", SNMP_ADDRESS_INVALID, NULL},
    {"010.0.0.1", SNMP_ADDRESS_INVALID, NULL},
    {"1.2.3.04", SNMP_ADDRESS_INVALID, NULL},
    {"0x7f.0.0.1", SNMP_ADDRESS_INVALID, NULL},
    {"10.0x1", SNMP_ADDRESS_INVALID, NULL},
    {"10.1", SNMP_ADDRESS_INVALID, NULL},
    {"2130706433", SNMP_ADDRESS_INVALID, NULL},
    {"0x7f000001", SNMP_ADDRESS_INVALID, NULL},
    {"1.2.3.4 ", SNMP_ADDRESS_INVALID, NULL},
    {" 1.2.3.4", SNMP_ADDRESS_INVALID, NULL},
    {"1.2.3.4:161", SNMP_ADDRESS_INVALID, NULL},
    {"::", SNMP_ADDRESS_IPV6, NULL},
    {"::1", SNMP_ADDRESS_IPV6, NULL},
    {"1::", SNMP_ADDRESS_IPV6, NULL},
    {"fe80::1%eth0", SNMP_ADDRESS_IPV6, NULL},
    {"fe80::1%12", SNMP_ADDRESS_IPV6, NULL},
    {"FE80::ABCD", SNMP_ADDRESS_IPV6, "fe80::abcd"},
    {"2001:db8:0:0:1:0:0:1", SNMP_ADDRESS_IPV6, "2001:db8::1:0:0:1"},
    {"2001:0db8::0001", SNMP_ADDRESS_IPV6, "2001:db8::1"},
    {"2001:db8:0:1:1:1:1:1", SNMP_ADDRESS_IPV6, NULL},
    {"2001:db8::1:1:1:1:1", SNMP_ADDRESS_IPV6, "2001:db8:0:1:1:1:1:1"},
    {"2001:0:0:1:0:0:0:1", SNMP_ADDRESS_IPV6, "2001:0:0:1::1"},
    {"1:2:3:4:5:6:7:8", SNMP_ADDRESS_IPV6, NULL},
    {"1:2:3:4:5:6:7::", SNMP_ADDRESS_IPV6, "1:2:3:4:5:6:7:0"},
    {"::2:3:4:5:6:7:8", SNMP_ADDRESS_IPV6, "0:2:3:4:5:6:7:8"},
    {"::ffff:192.0.2.1", SNMP_ADDRESS_IPV6, NULL},
    {"::ffff:c000:201", SNMP_ADDRESS_IPV6, "::ffff:192.0.2.1"},
    {"64:ff9b::192.0.2.33", SNMP_ADDRESS_IPV6, "64:ff9b::c000:221"},
    {"1:2:3:4:5:6:1.2.3.4", SNMP_ADDRESS_IPV6, "1:2:3:4:5:6:102:304"},
    {"1:2:3:4:5:6:7:1.2.3.4", SNMP_ADDRESS_INVALID, NULL},
    {"1:2.3.4.5", SNMP_ADDRESS_INVALID, NULL},
    {"1:2:3:4:5:6:7:8:9", SNMP_ADDRESS_INVALID, NULL},
    {"1:2:3:4:5:6:7:8::", SNMP_ADDRESS_INVALID, NULL},
    {"1::2::3", SNMP_ADDRESS_INVALID, NULL},
    {":::", SNMP_ADDRESS_INVALID, NULL},
    {"1:::2", SNMP_ADDRESS_INVALID, NULL},
    {":1", SNMP_ADDRESS_INVALID, NULL},
    {"1:", SNMP_ADDRESS_INVALID, NULL},
    {":", SNMP_ADDRESS_INVALID, NULL},
    {"12345::", SNMP_ADDRESS_INVALID, NULL},
    {"::g", SNMP_ADDRESS_INVALID, NULL},
    {"::1.2.3", SNMP_ADDRESS_INVALID, NULL},
    {"::1.2.3.4:5", SNMP_ADDRESS_INVALID, NULL},
    {"::1.2.3.256", SNMP_ADDRESS_INVALID, NULL},
    {"fe80::1%", SNMP_ADDRESS_INVALID, NULL},
    {"fe80::1%a%b", SNMP_ADDRESS_INVALID, NULL},
    {"fe80::1%a b", SNMP_ADDRESS_INVALID, NULL},
    {"%eth0", SNMP_ADDRESS_INVALID, NULL},
    {"[::1]", SNMP_ADDRESS_INVALID, NULL},
    {"::1/64", SNMP_ADDRESS_INVALID, NULL},
    {"00000001:00081A0D01C2", SNMP_ADDRESS_IPX, "00000001:00081a0d01c2"},
    {"00000001.00081a0d01c2", SNMP_ADDRESS_IPX, "00000001:00081a0d01c2"},
    {"00000001-00081a0d01c2", SNMP_ADDRESS_IPX, "00000001:00081a0d01c2"},
    {"FFFFFFFF:FFFFFFFFFFFF", SNMP_ADDRESS_IPX, "ffffffff:ffffffffffff"},
    {"0000001:00081a0d01c2", SNMP_ADDRESS_INVALID, NULL},
    {"00000001:00081a0d01c", SNMP_ADDRESS_INVALID, NULL},
    {"00000001:00081a0d01c2a", SNMP_ADDRESS_INVALID, NULL},
    {"0000000g:00081a0d01c2", SNMP_ADDRESS_INVALID, NULL},
    {"localhost", SNMP_ADDRESS_NAME, NULL},
    {"router-1.example.com", SNMP_ADDRESS_NAME, NULL},
    {"router-1.example.com.", SNMP_ADDRESS_NAME, NULL},
    {"MY_COMPUTER", SNMP_ADDRESS_NAME, NULL},
    {"3com.com", SNMP_ADDRESS_NAME, NULL},
    {"1.2.3.4.example", SNMP_ADDRESS_NAME, NULL},
    {"fe80", SNMP_ADDRESS_NAME, NULL},
    {"0x", SNMP_ADDRESS_INVALID, NULL},
    {"0xg", SNMP_ADDRESS_NAME, NULL},
    {"xn--bcher-kva.example", SNMP_ADDRESS_NAME, NULL},
    {"-host", SNMP_ADDRESS_INVALID, NULL},
    {"host-", SNMP_ADDRESS_INVALID, NULL},
    {"a.-b", SNMP_ADDRESS_INVALID, NULL},
    {"a..b", SNMP_ADDRESS_INVALID, NULL},
    {".", SNMP_ADDRESS_INVALID, NULL},
    {".a", SNMP_ADDRESS_INVALID, NULL},
    {"a..", SNMP_ADDRESS_INVALID, NULL},
    {"ho st", SNMP_ADDRESS_INVALID, NULL},
    {"host\xc3\xa9", SNMP_ADDRESS_INVALID, NULL},
    {"host/1", SNMP_ADDRESS_INVALID, NULL},
    {"host.1", SNMP_ADDRESS_INVALID, NULL},
    {"", SNMP_ADDRESS_INVALID, NULL},
};

START_TEST(address)
{
    const char *expected = addresses[_i].formatted ? addresses[_i].formatted : addresses[_i].text;
    struct snmp_address parsed, again;
    char text[SNMP_ADDRESS_TEXT_SIZE];
    size_t length;

    memset(&parsed, 0x5a, sizeof(parsed));
    ck_assert_int_eq(snmp_address_parse(addresses[_i].text, &parsed), addresses[_i].kind);
    ck_assert_int_eq(parsed.kind, addresses[_i].kind);
    length = snmp_address_format(&parsed, text, sizeof(text));
    if (parsed.kind == SNMP_ADDRESS_INVALID || parsed.kind == SNMP_ADDRESS_NAME)
    {
        ck_assert_uint_eq(length, 0);
        ck_assert(!snmp_address_equal(&parsed, &parsed));
        return;
    }
    ck_assert_str_eq(text, expected);
    ck_assert_uint_eq(length, strlen(text) + 1);
    ck_assert_int_eq(snmp_address_parse(text, &again), parsed.kind);
    ck_assert(snmp_address_equal(&parsed, &again));
    for (size_t size = 0; size < length; size++)
    {
        memset(text, '#', sizeof(text));
        ck_assert_uint_eq(snmp_address_format(&parsed, text, size), length);
        ck_assert_int_eq(text[size], '#');
        if (size)
        {
            ck_assert_mem_eq(text, expected, size - 1);
            ck_assert_int_eq(text[size - 1], 0);
        }
    }
}
END_TEST

START_TEST(address_bytes)
{
    struct snmp_address a, b;

    ck_assert_int_eq(snmp_address_parse("1.2.3.4", &a), SNMP_ADDRESS_IPV4);
    ck_assert_mem_eq(a.bytes, "\1\2\3\4", 4);
    ck_assert_int_eq(snmp_address_parse("2001:db8::102%3", &a), SNMP_ADDRESS_IPV6);
    ck_assert_mem_eq(a.bytes, "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\1\2", 16);
    ck_assert_str_eq(a.scope, "3");
    ck_assert_int_eq(snmp_address_parse("2001:db8::102%4", &b), SNMP_ADDRESS_IPV6);
    ck_assert(!snmp_address_equal(&a, &b));
    ck_assert_int_eq(snmp_address_parse("00000001:00081A0D01C2", &a), SNMP_ADDRESS_IPX);
    ck_assert_mem_eq(a.bytes, "\0\0\0\1\x00\x08\x1a\x0d\x01\xc2", 10);
    ck_assert_int_eq(snmp_address_parse(NULL, &a), SNMP_ADDRESS_INVALID);
}
END_TEST

START_TEST(name_limits)
{
    struct snmp_address a;
    char text[300], *exact;

    memset(text, 'a', sizeof(text));
    text[63] = 0;
    ck_assert_int_eq(snmp_address_parse(text, &a), SNMP_ADDRESS_NAME);
    text[63] = 'a';
    text[64] = 0;
    ck_assert_int_eq(snmp_address_parse(text, &a), SNMP_ADDRESS_INVALID);
    memset(text, 'a', sizeof(text));
    text[63] = text[127] = text[191] = '.';
    text[253] = 0;
    ck_assert_int_eq(snmp_address_parse(text, &a), SNMP_ADDRESS_NAME);
    text[253] = '.';
    text[254] = 0;
    ck_assert_int_eq(snmp_address_parse(text, &a), SNMP_ADDRESS_NAME);
    text[253] = 'a';
    ck_assert_int_eq(snmp_address_parse(text, &a), SNMP_ADDRESS_INVALID);
    exact = malloc(SNMP_ADDRESS_TEXT_SIZE);
    memset(exact, 'a', SNMP_ADDRESS_TEXT_SIZE);
    ck_assert_int_eq(snmp_address_parse(exact, &a), SNMP_ADDRESS_INVALID);
    free(exact);
}
END_TEST

START_TEST(scope_limit)
{
    struct snmp_address a;
    char text[100] = "fe80::1%";

    memset(text + 8, 's', 63);
    text[8 + 63] = 0;
    ck_assert_int_eq(snmp_address_parse(text, &a), SNMP_ADDRESS_IPV6);
    ck_assert_uint_eq(strlen(a.scope), 63);
    text[8 + 63] = 's';
    ck_assert_int_eq(snmp_address_parse(text, &a), SNMP_ADDRESS_INVALID);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wsnmp32 text");
    TCase *tcase = tcase_create("text");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tcase, oid_text, 0, LENGTH_OF(oid_texts));
    tcase_add_test(tcase, oid_text_limits);
    tcase_add_test(tcase, oid_format_contract);
    tcase_add_loop_test(tcase, comparison, 0, LENGTH_OF(comparisons));
    tcase_add_test(tcase, comparison_errors_and_empty);
    tcase_add_loop_test(tcase, address, 0, LENGTH_OF(addresses));
    tcase_add_test(tcase, address_bytes);
    tcase_add_test(tcase, name_limits);
    tcase_add_test(tcase, scope_limit);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}

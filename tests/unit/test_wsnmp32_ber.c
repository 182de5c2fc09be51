/*
 * BER: integers at the edges of their lengths, object identifiers, what cannot be expressed.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "wsnmp32/ber.h"
#include "wsnmp32/oid_text.h"
#include "wsnmp32_support.h"

#define LENGTH_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Integers at the edges of their lengths (X.690, section 8.3). */
static const struct
{
    int32_t value;
    const char *octets;
} int32_vectors[] = {
    {0, "02 01 00"},
    {1, "02 01 01"},
    {127, "02 01 7f"},
    {128, "02 02 00 80"},
    {255, "02 02 00 ff"},
    {256, "02 02 01 00"},
    {32767, "02 02 7f ff"},
    {32768, "02 03 00 80 00"},
    {8388607, "02 03 7f ff ff"},
    {8388608, "02 04 00 80 00 00"},
    {INT32_MAX, "02 04 7f ff ff ff"},
    {-1, "02 01 ff"},
    {-128, "02 01 80"},
    {-129, "02 02 ff 7f"},
    {-32768, "02 02 80 00"},
    {-32769, "02 03 ff 7f ff"},
    {-8388609, "02 04 ff 7f ff ff"},
    {INT32_MIN, "02 04 80 00 00 00"},
};

START_TEST(int32_both_ways)
{
    struct octet_string octets = from_hex(int32_vectors[_i].octets);
    struct ber_reader r = {octets.at, octets.at + octets.length};
    struct ber_writer w;
    uint8_t buffer[16];
    int32_t value;

    ber_writer_init(&w, buffer, sizeof(buffer));
    ber_write_int32(&w, SNMP_VALUE_INT, int32_vectors[_i].value);
    ck_assert_uint_eq(ber_written(&w), octets.length);
    ck_assert_mem_eq(w.p, octets.at, octets.length);
    ck_assert_int_eq(ber_read_int32(&r, &value), SNMP_CODEC_OK);
    ck_assert_int_eq(value, int32_vectors[_i].value);
}
END_TEST

static const struct
{
    uint64_t value;
    const char *octets;
} uint64_vectors[] = {
    {0, "46 01 00"},
    {127, "46 01 7f"},
    {128, "46 02 00 80"},
    {UINT32_MAX, "46 05 00 ff ff ff ff"},
    {INT64_MAX, "46 08 7f ff ff ff ff ff ff ff"},
    {(uint64_t)INT64_MAX + 1, "46 09 00 80 00 00 00 00 00 00 00"},
    {UINT64_MAX, "46 09 00 ff ff ff ff ff ff ff ff"},
};

START_TEST(uint64_both_ways)
{
    struct octet_string octets = from_hex(uint64_vectors[_i].octets);
    struct ber_reader content = {octets.at + 2, octets.at + octets.length};
    struct ber_writer w;
    uint8_t buffer[16];
    uint64_t value;

    ber_writer_init(&w, buffer, sizeof(buffer));
    ber_write_uint64(&w, SNMP_VALUE_CNTR64, uint64_vectors[_i].value);
    ck_assert_uint_eq(ber_written(&w), octets.length);
    ck_assert_mem_eq(w.p, octets.at, octets.length);
    ck_assert_int_eq(ber_parse_uint64(&content, &value), SNMP_CODEC_OK);
    ck_assert_uint_eq(value, uint64_vectors[_i].value);
}
END_TEST

/* Object identifiers; the first is the example of X.690, section 8.19.5. */
static const struct
{
    const char *text;
    const char *octets;
} oid_vectors[] = {
    {"2.100.3", "06 03 81 34 03"},
    {"0.0", "06 01 00"},
    {"0.39", "06 01 27"},
    {"1.0", "06 01 28"},
    {"1.39", "06 01 4f"},
    {"2.0", "06 01 50"},
    {"2.47", "06 01 7f"},
    {"2.48", "06 02 81 00"},
    {"2.4294967215", "06 05 8f ff ff ff 7f"},
    {"1.3.127.128.16383.16384", "06 09 2b 7f 81 00 ff 7f 81 80 00"},
    {"1.3.2097151.2097152.268435455.268435456.4294967295",
     "06 16 2b ff ff 7f 81 80 80 00 ff ff ff 7f 81 80 80 80 00 8f ff ff ff 7f"},
};

START_TEST(oid_both_ways)
{
    struct octet_string octets = from_hex(oid_vectors[_i].octets);
    struct ber_reader content = {octets.at + 2, octets.at + octets.length};
    uint32_t ids[SNMP_OID_MAX_LENGTH], decoded[SNMP_OID_MAX_LENGTH];
    struct snmp_oid oid = {0, decoded}, expected;
    struct ber_writer w;
    uint8_t buffer[64];

    ck_assert_int_eq(snmp_oid_parse(oid_vectors[_i].text, 0, ids, &oid.len), SNMP_OID_PARSE_OK);
    expected.ids = ids;
    expected.len = oid.len;
    ber_writer_init(&w, buffer, sizeof(buffer));
    ck_assert(ber_write_oid(&w, &expected));
    ck_assert_uint_eq(ber_written(&w), octets.length);
    ck_assert_mem_eq(w.p, octets.at, octets.length);
    ck_assert_int_eq(ber_parse_oid(&content, decoded, &oid.len), SNMP_CODEC_OK);
    ck_assert(snmp_oid_equal(&oid, &expected));
}
END_TEST

/* OIDs that BER or the limits do not have. */
static const char *const unencodable[] = {"3.0", "0.40", "1.40", "2.4294967216", "4294967295.1"};

START_TEST(oid_refused_by_the_encoder)
{
    uint32_t ids[SNMP_OID_MAX_LENGTH + 1] = {1, 3};
    struct snmp_oid oid = {0, ids}, one = {1, ids}, none = {0, ids}, null = {2, NULL};
    struct ber_writer w;
    uint8_t buffer[1024];

    ck_assert_int_eq(snmp_oid_parse(unencodable[_i], 0, ids, &oid.len), SNMP_OID_PARSE_OK);
    ber_writer_init(&w, buffer, sizeof(buffer));
    ck_assert(!ber_write_oid(&w, &oid));
    ck_assert(!ber_write_oid(&w, &one));
    ck_assert(!ber_write_oid(&w, &none));
    ck_assert(!ber_write_oid(&w, &null));
    memset(ids, 0, sizeof(ids));
    oid.len = SNMP_OID_MAX_LENGTH + 1;
    ck_assert(!ber_write_oid(&w, &oid));
    ck_assert_uint_eq(ber_written(&w), 0);
    oid.len = SNMP_OID_MAX_LENGTH;
    ck_assert(ber_write_oid(&w, &oid));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wsnmp32 BER");
    TCase *tcase = tcase_create("BER");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tcase, int32_both_ways, 0, LENGTH_OF(int32_vectors));
    tcase_add_loop_test(tcase, uint64_both_ways, 0, LENGTH_OF(uint64_vectors));
    tcase_add_loop_test(tcase, oid_both_ways, 0, LENGTH_OF(oid_vectors));
    tcase_add_loop_test(tcase, oid_refused_by_the_encoder, 0, LENGTH_OF(unencodable));
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}

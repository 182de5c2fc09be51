/*
 * The message codec: the example of RFC 3417, every error, the limits, allocation failures.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "wsnmp32/message_codec.h"
#include "wsnmp32/oid_text.h"
#include "wsnmp32_support.h"

#define LENGTH_OF(array) (sizeof(array) / sizeof((array)[0]))

/* A v2c response around the bindings given in hexadecimal. */
static struct octet_string response_of(const char *bindings)
{
    struct octet_string octets = from_hex(bindings);

    wrap(&octets, 0x30);
    prepend_hex(&octets, "02 01 07 02 01 00 02 01 00");
    wrap(&octets, 0xa2);
    prepend_hex(&octets, "02 01 01 04 01 63");
    wrap(&octets, 0x30);
    return octets;
}

/* Such a response with one binding: name 1.3 and the element given. */
static struct octet_string response_with_value(const char *value)
{
    struct octet_string octets = from_hex(value);

    prepend_hex(&octets, "06 01 2b");
    wrap(&octets, 0x30);
    wrap(&octets, 0x30);
    prepend_hex(&octets, "02 01 07 02 01 00 02 01 00");
    wrap(&octets, 0xa2);
    prepend_hex(&octets, "02 01 01 04 01 63");
    wrap(&octets, 0x30);
    return octets;
}

/* Decodes from a heap block of the exact size, so that a read outside it is seen. */
static enum snmp_codec_status decode(const uint8_t *data, size_t size, struct snmp_message *message, size_t *consumed)
{
    uint8_t *exact = malloc(size ? size : 1);
    enum snmp_codec_status status;

    memcpy(exact, data, size);
    status = snmp_message_decode(exact, size, message, consumed);
    free(exact);
    message->community.ptr = NULL;
    return status;
}

static enum snmp_codec_status decode_octets(const struct octet_string *octets, struct snmp_message *message)
{
    return decode(octets->at, octets->length, message, NULL);
}

static struct snmp_oid oid_of(const char *text, uint32_t *ids)
{
    struct snmp_oid oid = {0, ids};

    ck_assert_int_eq(snmp_oid_parse(text, 0, ids, &oid.len), SNMP_OID_PARSE_OK);
    return oid;
}

static void append_null(struct snmp_varbind_list *list, const char *name)
{
    uint32_t ids[SNMP_OID_MAX_LENGTH];
    struct snmp_oid oid = oid_of(name, ids);

    ck_assert_int_eq(snmp_varbind_list_set(list, 0, &oid, NULL, NULL), SNMP_LIST_OK);
}

static void assert_name(const struct snmp_message *message, uint32_t index, const char *expected)
{
    const struct snmp_varbind *binding = snmp_varbind_list_get(&message->pdu.bindings, index);
    char text[SNMP_OID_TEXT_SIZE];

    ck_assert_ptr_nonnull(binding);
    ck_assert_int_eq(snmp_oid_format(&binding->name, text, sizeof(text), NULL), SNMP_OID_FORMAT_OK);
    ck_assert_str_eq(text, expected);
}

/* The example of RFC 3417 (and RFC 1906), section 8.1: a GetBulkRequest-PDU whose length is not minimal. */
static const char rfc3417_pdu[] = "a5 82 00 39 02 04 54 52 5d 76 02 01 01 02 01 02 30 2b"
                                  "30 0b 06 07 2b 06 01 02 01 01 03 05 00"
                                  "30 0d 06 09 2b 06 01 02 01 04 16 01 02 05 00"
                                  "30 0d 06 09 2b 06 01 02 01 04 16 01 04 05 00";

START_TEST(rfc3417_example_is_decoded)
{
    struct octet_string octets = from_hex(rfc3417_pdu);
    struct snmp_message m;

    prepend_hex(&octets, "02 01 01 04 06 70 75 62 6c 69 63");
    wrap(&octets, 0x30);
    ck_assert_int_eq(decode_octets(&octets, &m), SNMP_CODEC_OK);
    ck_assert_int_eq(m.version, SNMP_VERSION_2C);
    ck_assert_uint_eq(m.pdu.type, SNMP_TYPE_GETBULK);
    ck_assert_int_eq(m.pdu.request_id, 1414684022);
    ck_assert_int_eq(m.pdu.error_status, 1);
    ck_assert_int_eq(m.pdu.error_index, 2);
    ck_assert_uint_eq(snmp_varbind_list_count(&m.pdu.bindings), 3);
    assert_name(&m, 1, "1.3.6.1.2.1.1.3");
    assert_name(&m, 2, "1.3.6.1.2.1.4.22.1.2");
    assert_name(&m, 3, "1.3.6.1.2.1.4.22.1.4");
    ck_assert_uint_eq(snmp_varbind_list_get(&m.pdu.bindings, 3)->value.syntax, SNMP_VALUE_NULL);
    snmp_varbind_list_free(&m.pdu.bindings);
}
END_TEST

START_TEST(rfc3417_example_is_encoded)
{
    struct octet_string expected = from_hex(rfc3417_pdu);
    struct snmp_message m;
    uint8_t buffer[128];
    size_t length;

    memset(&m, 0, sizeof(m));
    m.version = SNMP_VERSION_2C;
    m.community.ptr = (uint8_t *)"public";
    m.community.len = 6;
    m.pdu.type = SNMP_TYPE_GETBULK;
    m.pdu.request_id = 1414684022;
    m.pdu.error_status = 1;
    m.pdu.error_index = 2;
    append_null(&m.pdu.bindings, "1.3.6.1.2.1.1.3");
    append_null(&m.pdu.bindings, "1.3.6.1.2.1.4.22.1.2");
    append_null(&m.pdu.bindings, "1.3.6.1.2.1.4.22.1.4");
    ck_assert_int_eq(snmp_message_encode(&m, buffer, sizeof(buffer), &length), SNMP_CODEC_OK);
    /* Ours is minimal: 30 46, version, community, then a5 39 and what follows a5 82 00 39. */
    ck_assert_uint_eq(length, 72);
    ck_assert_mem_eq(buffer, "\x30\x46\x02\x01\x01\x04\x06public\xa5\x39", 15);
    ck_assert_mem_eq(buffer + 15, expected.at + 4, 57);
    snmp_varbind_list_free(&m.pdu.bindings);
}
END_TEST

/* Malformed messages, each with its error. */
static const struct
{
    const char *octets;
    enum snmp_codec_status status;
} malformed[] = {
    {"", SNMP_CODEC_TRUNCATED},
    {"30", SNMP_CODEC_TRUNCATED},
    {"31 00", SNMP_CODEC_TAG},
    {"30 00", SNMP_CODEC_TRUNCATED},
    {"30 80 02 01 01 00 00", SNMP_CODEC_LENGTH},
    {"30 85 00 00 00 00 02 02 01", SNMP_CODEC_LENGTH},
    {"30 ff 00", SNMP_CODEC_LENGTH},
    {"30 84 ff ff ff ff 02 01 01", SNMP_CODEC_TRUNCATED},
    {"30 82 01", SNMP_CODEC_TRUNCATED},
    {"30 03 04 01 01", SNMP_CODEC_TAG},
    {"30 03 02 01 02", SNMP_CODEC_VERSION},
    {"30 03 02 01 03", SNMP_CODEC_VERSION},
    {"30 03 02 01 ff", SNMP_CODEC_VERSION},
    {"30 02 02 00", SNMP_CODEC_INTEGER},
    {"30 0b 02 09 00 00 00 00 00 00 00 00 01", SNMP_CODEC_INTEGER},
    {"30 07 02 05 01 00 00 00 00", SNMP_CODEC_INTEGER},
    {"30 05 02 01 01 02 00", SNMP_CODEC_TAG},
    {"30 05 02 01 01 04 00", SNMP_CODEC_TRUNCATED},
    {"30 07 02 01 01 04 00 a8 00", SNMP_CODEC_PDU_TYPE},
    {"30 07 02 01 01 04 00 30 00", SNMP_CODEC_PDU_TYPE},
    {"30 07 02 01 01 04 00 a4 00", SNMP_CODEC_PDU_TYPE},
    {"30 07 02 01 00 04 00 a5 00", SNMP_CODEC_PDU_TYPE},
    {"30 07 02 01 00 04 00 a6 00", SNMP_CODEC_PDU_TYPE},
    {"30 07 02 01 00 04 00 a7 00", SNMP_CODEC_PDU_TYPE},
    {"30 07 02 01 01 04 00 a0 00", SNMP_CODEC_TRUNCATED},
    {"30 09 02 01 01 04 00 a0 00 05 00", SNMP_CODEC_TRAILING},
    {"30 12 02 01 01 04 00 a0 0b 02 01 00 02 01 00 02 01 00 31 00", SNMP_CODEC_TAG},
    {"30 14 02 01 01 04 00 a0 0d 02 01 00 02 01 00 02 01 00 30 00 05 00", SNMP_CODEC_TRAILING},
    {"30 12 02 01 01 04 00 a0 0b 02 01 00 02 01 00 02 01 00 30 01", SNMP_CODEC_TRUNCATED},
};

START_TEST(malformed_message)
{
    struct octet_string octets = from_hex(malformed[_i].octets);
    struct snmp_message m;
    size_t consumed = 77;

    ck_assert_int_eq(decode(octets.at, octets.length, &m, &consumed), malformed[_i].status);
    ck_assert_uint_eq(consumed, 0);
    ck_assert_uint_eq(m.pdu.bindings.count, 0);
    ck_assert_int_eq(live_allocations(), 0);
    ck_assert_int_eq(snmp_message_peek(octets.at, octets.length, &m) == SNMP_CODEC_OK,
                     malformed[_i].octets[0] && _i >= (int)LENGTH_OF(malformed) - 3);
}
END_TEST

/* Malformed bindings inside a good message. */
static const struct
{
    const char *bindings;
    enum snmp_codec_status status;
} malformed_bindings[] = {
    {"31 05 06 01 2b 05 00", SNMP_CODEC_TAG},
    {"30 06 06 01 2b 05 00", SNMP_CODEC_TRUNCATED},
    {"30 03 06 01 2b", SNMP_CODEC_TRUNCATED},
    {"30 00", SNMP_CODEC_TRUNCATED},
    {"30", SNMP_CODEC_TRUNCATED},
    {"30 05 04 01 2b 05 00", SNMP_CODEC_TAG},
    {"30 07 06 01 2b 05 00 05 00", SNMP_CODEC_TRAILING},
    {"30 05 06 01 ab 05 00", SNMP_CODEC_OID},
    {"30 09 06 05 90 80 80 80 00 05 00", SNMP_CODEC_OID},
    {"30 0a 06 06 2b 90 80 80 80 00 05 00", SNMP_CODEC_OID},
    {"30 05 06 01 2b 05 00 30 05 06 01 ab 05 00", SNMP_CODEC_OID},
    {"30 05 06 01 2b 05 00 30 06 06 01 2b 05 01 00", SNMP_CODEC_VALUE},
};

START_TEST(malformed_binding)
{
    struct octet_string octets = response_of(malformed_bindings[_i].bindings);
    struct snmp_message m;

    ck_assert_int_eq(decode_octets(&octets, &m), malformed_bindings[_i].status);
    ck_assert_uint_eq(m.pdu.bindings.count, 0);
    ck_assert_int_eq(live_allocations(), 0);
}
END_TEST

/* Values: what is tolerated, and what is not. */
static const struct
{
    const char *element;
    enum snmp_codec_status status;
    uint64_t number;
} values[] = {
    {"02 01 80", SNMP_CODEC_OK, (uint64_t)-128},
    {"02 04 00 00 00 05", SNMP_CODEC_OK, 5},
    {"02 08 ff ff ff ff ff ff ff fe", SNMP_CODEC_OK, (uint64_t)-2},
    {"02 81 01 07", SNMP_CODEC_OK, 7},
    {"02 84 00 00 00 01 07", SNMP_CODEC_OK, 7},
    {"02 00", SNMP_CODEC_INTEGER, 0},
    {"02 05 00 80 00 00 00", SNMP_CODEC_INTEGER, 0},
    {"02 05 ff 7f ff ff ff", SNMP_CODEC_INTEGER, 0},
    {"02 09 00 00 00 00 00 00 00 00 01", SNMP_CODEC_INTEGER, 0},
    {"41 04 ff ff ff ff", SNMP_CODEC_OK, UINT32_MAX},
    {"42 04 80 00 00 00", SNMP_CODEC_OK, UINT32_C(0x80000000)},
    {"43 05 00 ff ff ff ff", SNMP_CODEC_OK, UINT32_MAX},
    {"47 08 00 00 00 00 ff ff ff ff", SNMP_CODEC_OK, UINT32_MAX},
    {"41 01 ff", SNMP_CODEC_OK, UINT32_MAX},
    {"41 02 80 00", SNMP_CODEC_OK, UINT32_C(0xffff8000)},
    {"41 00", SNMP_CODEC_INTEGER, 0},
    {"41 05 01 00 00 00 00", SNMP_CODEC_INTEGER, 0},
    {"41 05 ff 00 00 00 00", SNMP_CODEC_INTEGER, 0},
    {"41 08 ff ff ff ff ff ff ff ff", SNMP_CODEC_INTEGER, 0},
    {"41 09 00 ff ff ff ff ff ff ff ff", SNMP_CODEC_INTEGER, 0},
    {"46 08 ff ff ff ff ff ff ff ff", SNMP_CODEC_OK, UINT64_MAX},
    {"46 09 00 ff ff ff ff ff ff ff ff", SNMP_CODEC_OK, UINT64_MAX},
    {"46 09 01 00 00 00 00 00 00 00 00", SNMP_CODEC_INTEGER, 0},
    {"46 00", SNMP_CODEC_INTEGER, 0},
    {"04 00", SNMP_CODEC_OK, 0},
    {"44 03 01 02 03", SNMP_CODEC_OK, 0},
    {"45 00", SNMP_CODEC_OK, 0},
    {"03 01 00", SNMP_CODEC_OK, 0},
    {"03 02 07 80", SNMP_CODEC_OK, 0},
    {"03 00", SNMP_CODEC_VALUE, 0},
    {"03 02 08 80", SNMP_CODEC_VALUE, 0},
    {"40 04 7f 00 00 01", SNMP_CODEC_OK, 0},
    {"40 03 7f 00 00", SNMP_CODEC_VALUE, 0},
    {"40 05 7f 00 00 01 00", SNMP_CODEC_VALUE, 0},
    {"05 00", SNMP_CODEC_OK, 0},
    {"05 01 00", SNMP_CODEC_VALUE, 0},
    {"80 00", SNMP_CODEC_OK, 0},
    {"81 00", SNMP_CODEC_OK, 0},
    {"82 00", SNMP_CODEC_OK, 0},
    {"82 01 00", SNMP_CODEC_VALUE, 0},
    {"83 00", SNMP_CODEC_SYNTAX, 0},
    {"01 01 00", SNMP_CODEC_SYNTAX, 0},
    {"30 00", SNMP_CODEC_SYNTAX, 0},
    {"24 00", SNMP_CODEC_SYNTAX, 0},
    {"48 01 00", SNMP_CODEC_SYNTAX, 0},
    {"1f 81 00 00", SNMP_CODEC_TRAILING, 0},
    {"06 00", SNMP_CODEC_OK, 0},
    {"06 02 2b 80", SNMP_CODEC_OID, 0},
    {"06 03 2b 80 01", SNMP_CODEC_OK, 0},
    {"06 06 2b 8f ff ff ff 7f", SNMP_CODEC_OK, 0},
    {"06 06 2b 90 80 80 80 00", SNMP_CODEC_OID, 0},
};

static uint64_t number_of(const struct snmp_value *value)
{
    switch (snmp_syntax_kind(value->syntax))
    {
    case SNMP_KIND_NUMBER:
        return (uint64_t)(int64_t)value->value.number;
    case SNMP_KIND_UNSIGNED:
        return value->value.unumber;
    case SNMP_KIND_COUNTER64:
        return value->value.counter64;
    default:
        return 0;
    }
}

START_TEST(value_tolerated_or_refused)
{
    struct octet_string octets = response_with_value(values[_i].element), element = from_hex(values[_i].element);
    const struct snmp_value *value;
    struct snmp_message m;

    ck_assert_int_eq(decode_octets(&octets, &m), values[_i].status);
    if (values[_i].status == SNMP_CODEC_OK)
    {
        value = &snmp_varbind_list_get(&m.pdu.bindings, 1)->value;
        ck_assert_uint_eq(value->syntax, element.at[0]);
        ck_assert_uint_eq(number_of(value), values[_i].number);
        if (snmp_syntax_kind(value->syntax) == SNMP_KIND_OCTETS)
        {
            ck_assert_uint_eq(value->value.octets.len, element.length - 2);
            ck_assert_int_eq(memcmp(value->value.octets.ptr, element.at + 2, element.length - 2), 0);
        }
    }
    snmp_varbind_list_free(&m.pdu.bindings);
    ck_assert_int_eq(live_allocations(), 0);
}
END_TEST

START_TEST(empty_oid_is_zero_zero)
{
    struct octet_string octets = response_of("30 04 06 00 06 00");
    const struct snmp_oid *oid;
    struct snmp_message m;

    ck_assert_int_eq(decode_octets(&octets, &m), SNMP_CODEC_OK);
    assert_name(&m, 1, "0.0");
    oid = &snmp_varbind_list_get(&m.pdu.bindings, 1)->value.value.oid;
    ck_assert_uint_eq(oid->len, 2);
    ck_assert_uint_eq(oid->ids[0] + oid->ids[1], 0);
    snmp_varbind_list_free(&m.pdu.bindings);
}
END_TEST

START_TEST(oid_length_limit)
{
    struct snmp_message m;

    for (size_t octets = SNMP_OID_MAX_LENGTH - 1; octets <= SNMP_OID_MAX_LENGTH; octets++)
    {
        struct octet_string name = {{0}, octets};

        memset(name.at, 1, octets);
        wrap(&name, 0x06);
        append_hex(&name, "05 00");
        wrap(&name, 0x30);
        wrap(&name, 0x30);
        prepend_hex(&name, "02 01 07 02 01 00 02 01 00");
        wrap(&name, 0xa2);
        prepend_hex(&name, "02 01 01 04 01 63");
        wrap(&name, 0x30);
        ck_assert_int_eq(decode_octets(&name, &m), octets < SNMP_OID_MAX_LENGTH ? SNMP_CODEC_OK : SNMP_CODEC_OID);
        ck_assert_uint_eq(m.pdu.bindings.count, octets < SNMP_OID_MAX_LENGTH ? 1 : 0);
        snmp_varbind_list_free(&m.pdu.bindings);
    }
}
END_TEST

/* A message of each type for the tests that cut and starve. */
static struct snmp_message sample(uint8_t type, uint32_t *enterprise)
{
    struct random r = {99};
    struct snmp_message m;

    memset(&m, 0, sizeof(m));
    m.version = type == SNMP_TYPE_V1TRAP ? SNMP_VERSION_1 : SNMP_VERSION_2C;
    m.community.ptr = (uint8_t *)"private";
    m.community.len = 7;
    m.pdu.type = type;
    if (type == SNMP_TYPE_V1TRAP)
    {
        m.pdu.trap.enterprise = oid_of("1.3.6.1.4.1.311.1.1.3.1.1", enterprise);
        memcpy(m.pdu.trap.agent_address, "\x0a\x01\x02\x03", 4);
        m.pdu.trap.generic = 6;
        m.pdu.trap.specific = 1234567;
        m.pdu.trap.timestamp = 4000000000u;
    }
    else
        m.pdu.request_id = -5;
    do
        random_list(&r, m.version == SNMP_VERSION_1, 6, &m.pdu.bindings);
    while (m.pdu.bindings.count < 6);
    return m;
}

START_TEST(every_prefix_is_truncated)
{
    uint32_t enterprise[SNMP_OID_MAX_LENGTH];
    struct snmp_message m = sample((uint8_t)(SNMP_TYPE_GET + _i), enterprise), decoded;
    static uint8_t buffer[60000];
    size_t length, consumed;

    ck_assert_int_eq(snmp_message_encode(&m, buffer, sizeof(buffer), &length), SNMP_CODEC_OK);
    snmp_varbind_list_free(&m.pdu.bindings);
    for (size_t cut = 0; cut < length; cut++)
    {
        ck_assert_int_eq(decode(buffer, cut, &decoded, NULL), SNMP_CODEC_TRUNCATED);
        ck_assert_int_eq(snmp_message_peek(buffer, cut, &decoded), SNMP_CODEC_TRUNCATED);
    }
    ck_assert_int_eq(live_allocations(), 0);
    /* Octets behind the message are left alone. */
    memset(buffer + length, 0x30, 16);
    ck_assert_int_eq(decode(buffer, length + 16, &decoded, &consumed), SNMP_CODEC_OK);
    ck_assert_uint_eq(consumed, length);
    snmp_varbind_list_free(&decoded.pdu.bindings);
}
END_TEST

START_TEST(every_small_buffer_is_too_small)
{
    uint32_t enterprise[SNMP_OID_MAX_LENGTH];
    struct snmp_message m = sample((uint8_t)(SNMP_TYPE_GET + _i), enterprise);
    static uint8_t whole[60000];
    size_t needed, length;

    ck_assert_int_eq(snmp_message_encode(&m, NULL, 0, &needed), SNMP_CODEC_TOO_BIG);
    for (size_t size = 1; size <= needed; size++)
    {
        uint8_t *exact = malloc(size);

        ck_assert_int_eq(snmp_message_encode(&m, exact, size, &length),
                         size < needed ? SNMP_CODEC_TOO_BIG : SNMP_CODEC_OK);
        ck_assert_uint_eq(length, needed);
        if (size == needed)
        {
            ck_assert_int_eq(snmp_message_encode(&m, whole, sizeof(whole), &length), SNMP_CODEC_OK);
            ck_assert_mem_eq(exact, whole, needed);
        }
        free(exact);
    }
    snmp_varbind_list_free(&m.pdu.bindings);
}
END_TEST

START_TEST(encoder_refuses)
{
    static const uint32_t v2_syntaxes[] = {SNMP_VALUE_CNTR64, SNMP_VALUE_NOSUCHOBJECT, SNMP_VALUE_NOSUCHINSTANCE,
                                           SNMP_VALUE_ENDOFMIBVIEW};
    uint32_t enterprise[SNMP_OID_MAX_LENGTH], ids[] = {1, 3};
    struct snmp_oid name = {2, ids};
    struct snmp_value value = {SNMP_VALUE_CNTR64, {0}};
    struct snmp_message m = sample(SNMP_TYPE_GET, enterprise);
    uint8_t buffer[128];
    size_t length = 5;

    snmp_varbind_list_free(&m.pdu.bindings);
    m.version = 3;
    ck_assert_int_eq(snmp_message_encode(&m, buffer, sizeof(buffer), &length), SNMP_CODEC_VERSION);
    ck_assert_uint_eq(length, 0);
    for (int type = 0; type < 256; type++)
    {
        bool both = type >= SNMP_TYPE_GET && type <= SNMP_TYPE_SET;
        bool v2 = both || (type >= SNMP_TYPE_GETBULK && type <= SNMP_TYPE_TRAP);

        m.pdu.type = (uint8_t)type;
        m.pdu.trap.enterprise = name;
        m.version = SNMP_VERSION_1;
        ck_assert_int_eq(snmp_message_encode(&m, buffer, sizeof(buffer), &length),
                         both || type == SNMP_TYPE_V1TRAP ? SNMP_CODEC_OK : SNMP_CODEC_PDU_TYPE);
        m.version = SNMP_VERSION_2C;
        ck_assert_int_eq(snmp_message_encode(&m, buffer, sizeof(buffer), &length),
                         v2 ? SNMP_CODEC_OK : SNMP_CODEC_PDU_TYPE);
    }
    m.pdu.type = SNMP_TYPE_SET;
    for (size_t i = 0; i < LENGTH_OF(v2_syntaxes); i++)
    {
        value.syntax = v2_syntaxes[i];
        ck_assert_int_eq(snmp_varbind_list_set(&m.pdu.bindings, 0, &name, &value, NULL), SNMP_LIST_OK);
        m.version = SNMP_VERSION_1;
        ck_assert_int_eq(snmp_message_encode(&m, buffer, sizeof(buffer), &length), SNMP_CODEC_SYNTAX);
        m.version = SNMP_VERSION_2C;
        ck_assert_int_eq(snmp_message_encode(&m, buffer, sizeof(buffer), &length), SNMP_CODEC_OK);
        snmp_varbind_list_free(&m.pdu.bindings);
    }
    ids[0] = 3;
    ck_assert_int_eq(snmp_varbind_list_set(&m.pdu.bindings, 0, &name, NULL, NULL), SNMP_LIST_OK);
    ck_assert_int_eq(snmp_message_encode(&m, buffer, sizeof(buffer), &length), SNMP_CODEC_OID);
    /* What the store would refuse does not get past the encoder either. */
    m.pdu.bindings.entries[0].binding.name.ids[0] = 1;
    m.pdu.bindings.entries[0].binding.value.syntax = 0x30;
    ck_assert_int_eq(snmp_message_encode(&m, buffer, sizeof(buffer), &length), SNMP_CODEC_SYNTAX);
    m.pdu.bindings.entries[0].binding.value.syntax = SNMP_VALUE_IPADDR;
    ck_assert_int_eq(snmp_message_encode(&m, buffer, sizeof(buffer), &length), SNMP_CODEC_VALUE);
    m.pdu.bindings.entries[0].binding.value.syntax = 0x102;
    ck_assert_int_eq(snmp_message_encode(&m, buffer, sizeof(buffer), &length), SNMP_CODEC_SYNTAX);
    snmp_varbind_list_free(&m.pdu.bindings);
    m.pdu.type = SNMP_TYPE_V1TRAP;
    m.version = SNMP_VERSION_1;
    m.pdu.trap.enterprise.len = 1;
    ck_assert_int_eq(snmp_message_encode(&m, buffer, sizeof(buffer), &length), SNMP_CODEC_OID);
}
END_TEST

START_TEST(v1_trap_and_counter64_in_v1_are_decoded)
{
    static const char trap[] = "30 35 02 01 00 04 06 70 75 62 6c 69 63 a4 28 06 06 2b 06 01 04 01 09 40 04 c0 a8 00 01 "
                               "02 01 06 02 02 03 e8 43 02 30 39 30 0d 30 0b 06 03 2b 06 01 46 04 7f ff ff ff";
    struct octet_string octets = from_hex(trap);
    struct snmp_message m, copy;

    ck_assert_int_eq(decode_octets(&octets, &m), SNMP_CODEC_OK);
    ck_assert_uint_eq(m.pdu.trap.enterprise.len, 7);
    ck_assert_uint_eq(m.pdu.trap.enterprise.ids[6], 9);
    ck_assert_mem_eq(m.pdu.trap.agent_address, "\xc0\xa8\x00\x01", 4);
    ck_assert_int_eq(m.pdu.trap.generic, 6);
    ck_assert_int_eq(m.pdu.trap.specific, 1000);
    ck_assert_uint_eq(m.pdu.trap.timestamp, 12345);
    ck_assert_uint_eq(m.pdu.bindings.entries[0].binding.value.value.counter64, 0x7fffffff);
    copy = m;
    ck_assert_int_eq(snmp_pdu_copy(&m.pdu, &copy.pdu), SNMP_LIST_OK);
    snmp_varbind_list_free(&m.pdu.bindings);
    ck_assert_uint_eq(copy.pdu.trap.enterprise.ids[6], 9);
    ck_assert_uint_eq(copy.pdu.bindings.count, 1);
    snmp_varbind_list_free(&copy.pdu.bindings);
    ck_assert_int_eq(live_allocations(), 0);
}
END_TEST

START_TEST(one_allocation_that_may_fail)
{
    uint32_t enterprise[SNMP_OID_MAX_LENGTH];
    struct snmp_message m = sample((uint8_t)(SNMP_TYPE_GET + _i), enterprise), decoded;
    static uint8_t buffer[60000];
    struct snmp_pdu copy;
    long before, total;
    size_t length;

    ck_assert_int_eq(snmp_message_encode(&m, buffer, sizeof(buffer), &length), SNMP_CODEC_OK);
    before = live_allocations();
    fail_allocation(0);
    ck_assert_int_eq(snmp_message_decode(buffer, length, &decoded, NULL), SNMP_CODEC_NO_MEMORY);
    ck_assert_uint_eq(decoded.pdu.bindings.count, 0);
    ck_assert(allocation_failed());
    fail_allocation(0);
    ck_assert_int_eq(snmp_pdu_copy(&m.pdu, &copy), SNMP_LIST_NO_MEMORY);
    ck_assert_uint_eq(copy.bindings.count, 0);
    ck_assert_int_eq(live_allocations(), before);

    fail_allocation(-1);
    total = total_allocations();
    ck_assert_int_eq(snmp_message_decode(buffer, length, &decoded, NULL), SNMP_CODEC_OK);
    ck_assert_int_eq(total_allocations(), total + 1);
    ck_assert_int_eq(snmp_pdu_copy(&m.pdu, &copy), SNMP_LIST_OK);
    ck_assert_int_eq(total_allocations(), total + 2);
    ck_assert(lists_equal(&copy.bindings, &decoded.pdu.bindings));
    snmp_varbind_list_free(&copy.bindings);
    snmp_varbind_list_free(&decoded.pdu.bindings);
    snmp_varbind_list_free(&m.pdu.bindings);
    ck_assert_int_eq(live_allocations(), 0);
}
END_TEST

START_TEST(memory_is_proportional_to_the_input)
{
    struct octet_string bindings = {{0}, 0};
    struct snmp_message m;

    /* The smallest bindings: 6 octets each. */
    for (int i = 0; i < 600; i++)
        append_hex(&bindings, "30 04 06 00 06 00");
    wrap(&bindings, 0x30);
    prepend_hex(&bindings, "02 01 07 02 01 00 02 01 00");
    wrap(&bindings, 0xa2);
    prepend_hex(&bindings, "02 01 01 04 01 63");
    wrap(&bindings, 0x30);
    fail_allocation(-1);
    ck_assert_int_eq(decode_octets(&bindings, &m), SNMP_CODEC_OK);
    ck_assert_uint_eq(m.pdu.bindings.count, 600);
    ck_assert_uint_le(largest_allocation(), 16 * bindings.length);
    snmp_varbind_list_free(&m.pdu.bindings);
}
END_TEST

START_TEST(peek_reads_the_head)
{
    uint32_t enterprise[SNMP_OID_MAX_LENGTH];
    struct snmp_message m = sample(SNMP_TYPE_RESPONSE, enterprise), head;
    static uint8_t buffer[60000];
    size_t length;
    long total;

    m.pdu.error_status = 2;
    m.pdu.error_index = 3;
    ck_assert_int_eq(snmp_message_encode(&m, buffer, sizeof(buffer), &length), SNMP_CODEC_OK);
    snmp_varbind_list_free(&m.pdu.bindings);
    total = total_allocations();
    ck_assert_int_eq(snmp_message_peek(buffer, length, &head), SNMP_CODEC_OK);
    ck_assert_int_eq(total_allocations(), total);
    ck_assert_int_eq(head.version, SNMP_VERSION_2C);
    ck_assert_uint_eq(head.pdu.type, SNMP_TYPE_RESPONSE);
    ck_assert_int_eq(head.pdu.request_id, -5);
    ck_assert_int_eq(head.pdu.error_status, 2);
    ck_assert_int_eq(head.pdu.error_index, 3);
    ck_assert_uint_eq(head.community.len, 7);
    ck_assert_mem_eq(head.community.ptr, "private", 7);
    ck_assert_uint_eq(head.pdu.bindings.count, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wsnmp32 codec");
    TCase *tcase = tcase_create("codec");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tcase, use_counting_allocator, NULL);
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, rfc3417_example_is_decoded);
    tcase_add_test(tcase, rfc3417_example_is_encoded);
    tcase_add_loop_test(tcase, malformed_message, 0, LENGTH_OF(malformed));
    tcase_add_loop_test(tcase, malformed_binding, 0, LENGTH_OF(malformed_bindings));
    tcase_add_loop_test(tcase, value_tolerated_or_refused, 0, LENGTH_OF(values));
    tcase_add_test(tcase, empty_oid_is_zero_zero);
    tcase_add_test(tcase, oid_length_limit);
    tcase_add_loop_test(tcase, every_prefix_is_truncated, 0, 8);
    tcase_add_loop_test(tcase, every_small_buffer_is_too_small, 0, 8);
    tcase_add_test(tcase, encoder_refuses);
    tcase_add_test(tcase, v1_trap_and_counter64_in_v1_are_decoded);
    tcase_add_loop_test(tcase, one_allocation_that_may_fail, 0, 8);
    tcase_add_test(tcase, memory_is_proportional_to_the_input);
    tcase_add_test(tcase, peek_reads_the_head);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}

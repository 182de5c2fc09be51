/*
 * Translation between the versions, rule by rule of RFC 1908 section 3.1 and RFC 2576 sections 3.2 and 4.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "wsnmp32/oid_text.h"
#include "wsnmp32/trap_translation.h"
#include "wsnmp32_support.h"

#define LENGTH_OF(array) (sizeof(array) / sizeof((array)[0]))

#define SYS_UP_TIME          "1.3.6.1.2.1.1.3.0"
#define SNMP_TRAP_OID        "1.3.6.1.6.3.1.1.4.1.0"
#define SNMP_TRAP_ENTERPRISE "1.3.6.1.6.3.1.1.4.3.0"
#define SNMP_TRAP_ADDRESS    "1.3.6.1.6.3.18.1.3.0"
#define SNMP_TRAPS           "1.3.6.1.6.3.1.1.5"
#define IF_INDEX             "1.3.6.1.2.1.2.2.1.1.7"

static uint32_t enterprise_ids[SNMP_OID_MAX_LENGTH];
static struct snmp_pdu from, to;

static void set_up(void)
{
    use_counting_allocator();
    memset(&from, 0, sizeof(from));
    memset(&to, 0x5a, sizeof(to)); /* overwritten, whatever it held */
    snmp_varbind_list_init(&to.bindings);
}

static void tear_down(void)
{
    snmp_varbind_list_free(&to.bindings);
    snmp_varbind_list_free(&from.bindings);
    ck_assert_int_eq(live_allocations(), 0);
}

static struct snmp_oid oid_of(const char *text, uint32_t *ids)
{
    struct snmp_oid oid = {0, ids};

    ck_assert_int_eq(snmp_oid_parse(text, 0, ids, &oid.len), SNMP_OID_PARSE_OK);
    return oid;
}

static void append(const char *name, const struct snmp_value *value)
{
    uint32_t ids[SNMP_OID_MAX_LENGTH];
    struct snmp_oid oid = oid_of(name, ids);

    ck_assert_int_eq(snmp_varbind_list_set(&from.bindings, 0, &oid, value, NULL), SNMP_LIST_OK);
}

static void append_unsigned(const char *name, uint32_t syntax, uint32_t number)
{
    struct snmp_value value = {syntax, {0}};

    value.value.unumber = number;
    append(name, &value);
}

static void append_oid(const char *name, const char *text)
{
    uint32_t ids[SNMP_OID_MAX_LENGTH];
    struct snmp_value value = {SNMP_VALUE_OID, {0}};

    value.value.oid = oid_of(text, ids);
    append(name, &value);
}

static void append_address(const char *name, const char *four)
{
    struct snmp_value value = {SNMP_VALUE_IPADDR, {0}};

    value.value.octets.len = 4;
    value.value.octets.ptr = (uint8_t *)four;
    append(name, &value);
}

static void assert_oid(const struct snmp_oid *oid, const char *expected)
{
    char text[SNMP_OID_TEXT_SIZE];

    ck_assert_int_eq(snmp_oid_format(oid, text, sizeof(text), NULL), SNMP_OID_FORMAT_OK);
    ck_assert_str_eq(text, expected);
}

static const struct snmp_varbind *binding_at(uint32_t index, const char *name, uint32_t syntax)
{
    const struct snmp_varbind *binding = snmp_varbind_list_get(&to.bindings, index);

    ck_assert_ptr_nonnull(binding);
    assert_oid(&binding->name, name);
    ck_assert_uint_eq(binding->value.syntax, syntax);
    return binding;
}

static void make_v1_trap(const char *enterprise, int32_t generic, int32_t specific)
{
    from.type = SNMP_TYPE_V1TRAP;
    from.trap.enterprise = oid_of(enterprise, enterprise_ids);
    memcpy(from.trap.agent_address, "\x0a\0\0\x01", 4);
    from.trap.generic = generic;
    from.trap.specific = specific;
    from.trap.timestamp = 4000000000u;
    append_unsigned(IF_INDEX, SNMP_VALUE_GAUGE32, 7);
}

/* ---- v1 trap to v2 trap ----------------------------------------------------------------------------------------- */

static const struct
{
    int32_t generic, specific;
    const char *identity;
} identities[] = {
    {0, 0, SNMP_TRAPS ".1"},
    {1, 99, SNMP_TRAPS ".2"},
    {2, 0, SNMP_TRAPS ".3"},
    {3, 0, SNMP_TRAPS ".4"},
    {4, 0, SNMP_TRAPS ".5"},
    {5, 0, SNMP_TRAPS ".6"},
    {6, 0, "1.3.6.1.4.1.311.1.0.0"},
    {6, 42, "1.3.6.1.4.1.311.1.0.42"},
    {6, INT32_MAX, "1.3.6.1.4.1.311.1.0.2147483647"},
};

START_TEST(v1_trap_to_v2)
{
    const struct snmp_varbind *binding;
    long total;

    make_v1_trap("1.3.6.1.4.1.311.1", identities[_i].generic, identities[_i].specific);
    total = total_allocations();
    ck_assert_int_eq(snmp_trap_v1_to_v2(&from, 77, &to), SNMP_TRANSLATION_OK);
    ck_assert_int_eq(total_allocations(), total + 1);
    ck_assert_uint_eq(to.type, SNMP_TYPE_TRAP);
    ck_assert_int_eq(to.request_id, 77);
    ck_assert_int_eq(to.error_status, 0);
    ck_assert_int_eq(to.error_index, 0);
    ck_assert(to.from_v1);
    ck_assert_mem_eq(to.trap.agent_address, "\x0a\0\0\x01", 4);
    ck_assert_uint_eq(snmp_varbind_list_count(&to.bindings), 4);
    binding = binding_at(1, SYS_UP_TIME, SNMP_VALUE_TIMETICKS);
    ck_assert_uint_eq(binding->value.value.unumber, 4000000000u);
    binding = binding_at(2, SNMP_TRAP_OID, SNMP_VALUE_OID);
    assert_oid(&binding->value.value.oid, identities[_i].identity);
    binding = binding_at(3, IF_INDEX, SNMP_VALUE_GAUGE32);
    ck_assert_uint_eq(binding->value.value.unumber, 7);
    binding = binding_at(4, SNMP_TRAP_ENTERPRISE, SNMP_VALUE_OID);
    assert_oid(&binding->value.value.oid, "1.3.6.1.4.1.311.1");
    ck_assert(snmp_trap_is_translated(&to));
}
END_TEST

START_TEST(v1_trap_that_is_none)
{
    make_v1_trap("1.3.6.1.4.1.311.1", 7, 0);
    ck_assert_int_eq(snmp_trap_v1_to_v2(&from, 1, &to), SNMP_TRANSLATION_IMPOSSIBLE);
    from.trap.generic = -1;
    ck_assert_int_eq(snmp_trap_v1_to_v2(&from, 1, &to), SNMP_TRANSLATION_IMPOSSIBLE);
    from.trap.generic = 6;
    from.trap.specific = -1;
    ck_assert_int_eq(snmp_trap_v1_to_v2(&from, 1, &to), SNMP_TRANSLATION_IMPOSSIBLE);
    from.trap.specific = 1;
    from.trap.enterprise.len = SNMP_OID_MAX_LENGTH - 1;
    ck_assert_int_eq(snmp_trap_v1_to_v2(&from, 1, &to), SNMP_TRANSLATION_IMPOSSIBLE);
    from.trap.enterprise.len = 1;
    ck_assert_int_eq(snmp_trap_v1_to_v2(&from, 1, &to), SNMP_TRANSLATION_IMPOSSIBLE);
    ck_assert_uint_eq(to.bindings.count, 0);
    from.trap.enterprise.len = SNMP_OID_MAX_LENGTH - 2;
    ck_assert_int_eq(snmp_trap_v1_to_v2(&from, 1, &to), SNMP_TRANSLATION_OK);
    snmp_varbind_list_free(&to.bindings);
    from.type = SNMP_TYPE_TRAP;
    ck_assert_int_eq(snmp_trap_v1_to_v2(&from, 1, &to), SNMP_TRANSLATION_IMPOSSIBLE);
}
END_TEST

/* ---- v2 trap to v1 trap ----------------------------------------------------------------------------------------- */

static void make_v2_trap(const char *identity)
{
    from.type = SNMP_TYPE_TRAP;
    from.request_id = 5;
    append_unsigned(SYS_UP_TIME, SNMP_VALUE_TIMETICKS, 123);
    append_oid(SNMP_TRAP_OID, identity);
    append_unsigned(IF_INDEX, SNMP_VALUE_GAUGE32, 7);
}

static const struct
{
    const char *identity, *enterprise;
    int32_t generic, specific;
} v2_identities[] = {
    {SNMP_TRAPS ".1", SNMP_TRAPS, 0, 0},
    {SNMP_TRAPS ".6", SNMP_TRAPS, 5, 0},
    {SNMP_TRAPS ".7", SNMP_TRAPS, 6, 7},
    {SNMP_TRAPS ".0", SNMP_TRAPS, 6, 0},
    {SNMP_TRAPS ".3.1", SNMP_TRAPS ".3", 6, 1},
    {"1.3.6.1.4.1.311.1.0.42", "1.3.6.1.4.1.311.1", 6, 42},
    {"1.3.6.1.4.1.311.1.42", "1.3.6.1.4.1.311.1", 6, 42},
    {"1.3.6.1.4.1.311.0", "1.3.6.1.4.1.311", 6, 0},
    {"1.3.0.2147483647", "1.3", 6, INT32_MAX},
};

START_TEST(v2_trap_to_v1)
{
    static const uint8_t ours[4] = {192, 0, 2, 9};
    const struct snmp_varbind *binding;

    make_v2_trap(v2_identities[_i].identity);
    ck_assert_int_eq(snmp_trap_v2_to_v1(&from, ours, &to), SNMP_TRANSLATION_OK);
    ck_assert_uint_eq(to.type, SNMP_TYPE_V1TRAP);
    assert_oid(&to.trap.enterprise, v2_identities[_i].enterprise);
    ck_assert_int_eq(to.trap.generic, v2_identities[_i].generic);
    ck_assert_int_eq(to.trap.specific, v2_identities[_i].specific);
    ck_assert_uint_eq(to.trap.timestamp, 123);
    ck_assert_mem_eq(to.trap.agent_address, ours, 4);
    ck_assert_uint_eq(to.bindings.count, 1);
    binding = binding_at(1, IF_INDEX, SNMP_VALUE_GAUGE32);
    ck_assert_uint_eq(binding->value.value.unumber, 7);
    /* It stands alone: nothing points into the source. */
    snmp_varbind_list_free(&from.bindings);
    assert_oid(&to.trap.enterprise, v2_identities[_i].enterprise);
}
END_TEST

START_TEST(v2_trap_parameters)
{
    make_v2_trap(SNMP_TRAPS ".3");
    append_address(SNMP_TRAP_ADDRESS, "\x0a\x02\x03\x04");
    append_oid(SNMP_TRAP_ENTERPRISE, "1.3.6.1.4.1.9.1.2");
    ck_assert_int_eq(snmp_trap_v2_to_v1(&from, (const uint8_t *)"\1\1\1\1", &to), SNMP_TRANSLATION_OK);
    assert_oid(&to.trap.enterprise, "1.3.6.1.4.1.9.1.2");
    ck_assert_int_eq(to.trap.generic, 2);
    ck_assert_mem_eq(to.trap.agent_address, "\x0a\x02\x03\x04", 4);
    ck_assert_uint_eq(to.bindings.count, 3);
    snmp_varbind_list_free(&to.bindings);
    snmp_varbind_list_free(&from.bindings);

    make_v2_trap(SNMP_TRAPS ".3");
    ck_assert_int_eq(snmp_trap_v2_to_v1(&from, NULL, &to), SNMP_TRANSLATION_OK);
    ck_assert_mem_eq(to.trap.agent_address, "\0\0\0\0", 4);
}
END_TEST

START_TEST(there_and_back)
{
    make_v1_trap("1.3.6.1.4.1.311.1", 6, 42);
    ck_assert_int_eq(snmp_trap_v1_to_v2(&from, 1, &to), SNMP_TRANSLATION_OK);
    snmp_varbind_list_free(&from.bindings);
    from = to;
    ck_assert_int_eq(snmp_trap_v2_to_v1(&from, NULL, &to), SNMP_TRANSLATION_OK);
    assert_oid(&to.trap.enterprise, "1.3.6.1.4.1.311.1");
    ck_assert_int_eq(to.trap.generic, 6);
    ck_assert_int_eq(to.trap.specific, 42);
    ck_assert_uint_eq(to.trap.timestamp, 4000000000u);
}
END_TEST

static void v2_trap_without_bindings(void)
{
    from.type = SNMP_TYPE_TRAP;
}

static void v2_trap_with_time_only(void)
{
    from.type = SNMP_TYPE_TRAP;
    append_unsigned(SYS_UP_TIME, SNMP_VALUE_TIMETICKS, 1);
}

static void v2_trap_in_wrong_order(void)
{
    from.type = SNMP_TYPE_TRAP;
    append_oid(SNMP_TRAP_OID, SNMP_TRAPS ".1");
    append_unsigned(SYS_UP_TIME, SNMP_VALUE_TIMETICKS, 1);
}

static void v2_trap_with_time_as_counter(void)
{
    from.type = SNMP_TYPE_TRAP;
    append_unsigned(SYS_UP_TIME, SNMP_VALUE_CNTR32, 1);
    append_oid(SNMP_TRAP_OID, SNMP_TRAPS ".1");
}

static void v2_trap_with_number_as_identity(void)
{
    from.type = SNMP_TYPE_TRAP;
    append_unsigned(SYS_UP_TIME, SNMP_VALUE_TIMETICKS, 1);
    append_unsigned(SNMP_TRAP_OID, SNMP_VALUE_GAUGE32, 1);
}

static void v2_trap_with_huge_specific(void)
{
    make_v2_trap("1.3.6.1.4.1.311.1.0.2147483648");
}

static void v2_trap_without_enterprise(void)
{
    make_v2_trap("1.3");
}

static void v2_trap_with_counter64(void)
{
    struct snmp_value value = {SNMP_VALUE_CNTR64, {0}};

    make_v2_trap(SNMP_TRAPS ".1");
    append(IF_INDEX, &value);
}

static void v2_trap_with_exception(void)
{
    struct snmp_value value = {SNMP_VALUE_NOSUCHINSTANCE, {0}};

    make_v2_trap(SNMP_TRAPS ".1");
    append(IF_INDEX, &value);
}

static void not_a_trap(void)
{
    make_v2_trap(SNMP_TRAPS ".1");
    from.type = SNMP_TYPE_INFORM;
}

static void (*const impossible_traps[])(void) = {v2_trap_without_bindings,        v2_trap_with_time_only,
                                                 v2_trap_in_wrong_order,          v2_trap_with_time_as_counter,
                                                 v2_trap_with_number_as_identity, v2_trap_with_huge_specific,
                                                 v2_trap_without_enterprise,      v2_trap_with_counter64,
                                                 v2_trap_with_exception,          not_a_trap};

START_TEST(v2_trap_that_v1_cannot_carry)
{
    impossible_traps[_i]();
    ck_assert_int_eq(snmp_trap_v2_to_v1(&from, NULL, &to), SNMP_TRANSLATION_IMPOSSIBLE);
    ck_assert_int_eq(snmp_pdu_to_v1(&from, NULL, &to), SNMP_TRANSLATION_IMPOSSIBLE);
    ck_assert_uint_eq(to.bindings.count, 0);
}
END_TEST

/* ---- Requests and responses ------------------------------------------------------------------------------------- */

START_TEST(requests_pass_unaltered)
{
    static const uint8_t types[] = {SNMP_TYPE_GET, SNMP_TYPE_GETNEXT, SNMP_TYPE_SET};
    long total;

    append_unsigned(IF_INDEX, SNMP_VALUE_UINT32, 7);
    total = total_allocations();
    for (size_t i = 0; i < LENGTH_OF(types); i++)
    {
        from.type = types[i];
        from.request_id = 9;
        ck_assert_int_eq(snmp_pdu_to_v1(&from, NULL, &to), SNMP_TRANSLATION_OK);
        ck_assert_uint_eq(to.type, types[i]);
        ck_assert_int_eq(to.request_id, 9);
        ck_assert(lists_equal(&from.bindings, &to.bindings));
        snmp_varbind_list_free(&to.bindings);
    }
    ck_assert_int_eq(total_allocations(), total);
}
END_TEST

START_TEST(getbulk_becomes_getnext)
{
    from.type = SNMP_TYPE_GETBULK;
    from.request_id = 9;
    from.error_status = 1;
    from.error_index = 20;
    append(IF_INDEX, NULL);
    ck_assert_int_eq(snmp_pdu_to_v1(&from, NULL, &to), SNMP_TRANSLATION_OK);
    ck_assert_uint_eq(to.type, SNMP_TYPE_GETNEXT);
    ck_assert_int_eq(to.request_id, 9);
    ck_assert_int_eq(to.error_status, 0);
    ck_assert_int_eq(to.error_index, 0);
    ck_assert_uint_eq(to.bindings.count, 1);
    ck_assert_int_eq(from.error_index, 20);
}
END_TEST

START_TEST(inform_and_counter64_have_no_v1_form)
{
    struct snmp_value value = {SNMP_VALUE_CNTR64, {0}};

    from.type = SNMP_TYPE_INFORM;
    ck_assert_int_eq(snmp_pdu_to_v1(&from, NULL, &to), SNMP_TRANSLATION_IMPOSSIBLE);
    from.type = 0xa8;
    ck_assert_int_eq(snmp_pdu_to_v1(&from, NULL, &to), SNMP_TRANSLATION_IMPOSSIBLE);
    append(IF_INDEX, &value);
    for (from.type = SNMP_TYPE_GET; from.type <= SNMP_TYPE_TRAP; from.type++)
        if (from.type != SNMP_TYPE_RESPONSE)
            ck_assert_int_eq(snmp_pdu_to_v1(&from, NULL, &to), SNMP_TRANSLATION_IMPOSSIBLE);
}
END_TEST

START_TEST(responses_from_v1)
{
    append(IF_INDEX, NULL);
    from.type = SNMP_TYPE_RESPONSE;
    for (from.error_status = 0; from.error_status <= 5; from.error_status++)
    {
        struct snmp_pdu response = from;

        if (from.error_status == 1) continue;
        snmp_response_from_v1(&response);
        ck_assert_int_eq(response.error_status, from.error_status);
        ck_assert_uint_eq(response.bindings.count, 1);
    }
    from.error_status = 1;
    from.type = SNMP_TYPE_GET;
    snmp_response_from_v1(&from);
    ck_assert_uint_eq(from.bindings.count, 1);
    from.type = SNMP_TYPE_RESPONSE;
    snmp_response_from_v1(&from);
    ck_assert_int_eq(from.error_status, 1);
    ck_assert_uint_eq(from.bindings.count, 0);
}
END_TEST

START_TEST(error_codes_for_v1)
{
    /* RFC 2576, section 4.3, in the order of the v2 codes. */
    static const int32_t expected[] = {0, 1, 2, 3, 4, 5, 2, 3, 3, 3, 3, 2, 3, 5, 5, 5, 2, 2, 2};

    for (int32_t i = 0; i < (int32_t)LENGTH_OF(expected); i++)
        ck_assert_int_eq(snmp_error_status_to_v1(i), expected[i]);
    ck_assert_int_eq(snmp_error_status_to_v1(19), 5);
    ck_assert_int_eq(snmp_error_status_to_v1(-1), 5);
    ck_assert_int_eq(snmp_error_status_to_v1(INT32_MAX), 5);
    ck_assert_int_eq(snmp_error_status_to_v1(INT32_MIN), 5);
}
END_TEST

START_TEST(responses_to_v1)
{
    struct snmp_value exception = {SNMP_VALUE_NOSUCHOBJECT, {0}};
    struct snmp_pdu request;

    memset(&request, 0, sizeof(request));
    request.type = SNMP_TYPE_GET;
    from.type = SNMP_TYPE_RESPONSE;
    append_unsigned(IF_INDEX, SNMP_VALUE_GAUGE32, 7);
    ck_assert_int_eq(snmp_response_to_v1(&from, &request, &to), SNMP_TRANSLATION_OK);
    ck_assert_int_eq(to.error_status, 0);
    ck_assert_uint_eq(to.bindings.count, 1);

    from.error_status = 17;
    from.error_index = 1;
    ck_assert_int_eq(snmp_response_to_v1(&from, NULL, &to), SNMP_TRANSLATION_OK);
    ck_assert_int_eq(to.error_status, 2);
    ck_assert_int_eq(to.error_index, 1);
    ck_assert_uint_eq(to.bindings.count, 1);

    /* An exception: noSuchName at its place, with the bindings of the request. */
    from.error_status = from.error_index = 0;
    append(IF_INDEX, &exception);
    ck_assert_int_eq(snmp_response_to_v1(&from, &request, &to), SNMP_TRANSLATION_OK);
    ck_assert_int_eq(to.error_status, 2);
    ck_assert_int_eq(to.error_index, 2);
    ck_assert_uint_eq(to.bindings.count, 0);

    /* Without the request: the names, as it had them. */
    ck_assert_int_eq(snmp_pdu_to_v1(&from, NULL, &to), SNMP_TRANSLATION_OK);
    ck_assert_int_eq(to.error_status, 2);
    ck_assert_int_eq(to.error_index, 2);
    ck_assert_uint_eq(to.bindings.count, 2);
    binding_at(1, IF_INDEX, SNMP_VALUE_NULL);
    binding_at(2, IF_INDEX, SNMP_VALUE_NULL);
    snmp_varbind_list_free(&to.bindings);
    fail_allocation(0);
    ck_assert_int_eq(snmp_pdu_to_v1(&from, NULL, &to), SNMP_TRANSLATION_NO_MEMORY);
    ck_assert_uint_eq(to.bindings.count, 0);
    fail_allocation(-1);
    from.type = SNMP_TYPE_GET;
    ck_assert_int_eq(snmp_response_to_v1(&from, &request, &to), SNMP_TRANSLATION_IMPOSSIBLE);
}
END_TEST

START_TEST(translated_traps_are_told)
{
    from.type = SNMP_TYPE_TRAP;
    ck_assert(!snmp_trap_is_translated(&from));
    make_v2_trap(SNMP_TRAPS ".1");
    ck_assert(!snmp_trap_is_translated(&from));
    append_oid(SNMP_TRAP_ENTERPRISE, "1.3");
    ck_assert(snmp_trap_is_translated(&from));
    append_unsigned(IF_INDEX, SNMP_VALUE_GAUGE32, 7);
    ck_assert(!snmp_trap_is_translated(&from));
}
END_TEST

START_TEST(no_memory)
{
    make_v1_trap("1.3.6.1.4.1.311.1", 6, 42);
    fail_allocation(0);
    ck_assert_int_eq(snmp_trap_v1_to_v2(&from, 1, &to), SNMP_TRANSLATION_NO_MEMORY);
    ck_assert_uint_eq(to.bindings.count, 0);
    fail_allocation(-1);
    snmp_varbind_list_free(&from.bindings);
    make_v2_trap(SNMP_TRAPS ".1");
    fail_allocation(0);
    ck_assert_int_eq(snmp_pdu_to_v1(&from, NULL, &to), SNMP_TRANSLATION_NO_MEMORY);
    ck_assert_uint_eq(to.bindings.count, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wsnmp32 translation");
    TCase *tcase = tcase_create("translation");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, v1_trap_to_v2, 0, LENGTH_OF(identities));
    tcase_add_test(tcase, v1_trap_that_is_none);
    tcase_add_loop_test(tcase, v2_trap_to_v1, 0, LENGTH_OF(v2_identities));
    tcase_add_test(tcase, v2_trap_parameters);
    tcase_add_test(tcase, there_and_back);
    tcase_add_loop_test(tcase, v2_trap_that_v1_cannot_carry, 0, LENGTH_OF(impossible_traps));
    tcase_add_test(tcase, requests_pass_unaltered);
    tcase_add_test(tcase, getbulk_becomes_getnext);
    tcase_add_test(tcase, inform_and_counter64_have_no_v1_form);
    tcase_add_test(tcase, responses_from_v1);
    tcase_add_test(tcase, error_codes_for_v1);
    tcase_add_test(tcase, responses_to_v1);
    tcase_add_test(tcase, translated_traps_are_told);
    tcase_add_test(tcase, no_memory);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}

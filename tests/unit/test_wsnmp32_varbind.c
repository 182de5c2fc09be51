/*
 * The store of variable bindings: index rules of SnmpSetVb, deep copies, one allocation, and that a failing allocation
 * changes nothing.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "wsnmp32/varbind.h"
#include "wsnmp32_support.h"

static uint32_t name_ids[] = {1, 3, 6, 1, 2, 1};
static struct snmp_oid name = {6, name_ids};
static struct snmp_varbind_list list;

static void set_up(void)
{
    use_counting_allocator();
    snmp_varbind_list_init(&list);
}

static void tear_down(void)
{
    snmp_varbind_list_free(&list);
    ck_assert_int_eq(live_allocations(), 0);
}

static struct snmp_value number(int32_t n)
{
    struct snmp_value value = {SNMP_VALUE_INT, {0}};

    value.value.number = n;
    return value;
}

static struct snmp_value text(const char *string)
{
    struct snmp_value value = {SNMP_VALUE_OCTETS, {0}};

    value.value.octets.len = (uint32_t)strlen(string);
    value.value.octets.ptr = (uint8_t *)string;
    return value;
}

static void append_number(int32_t n)
{
    struct snmp_value value = number(n);

    ck_assert_int_eq(snmp_varbind_list_set(&list, 0, &name, &value, NULL), SNMP_LIST_OK);
}

static int32_t number_at(uint32_t index)
{
    return snmp_varbind_list_get(&list, index)->value.value.number;
}

START_TEST(positions)
{
    struct snmp_value value = number(7);
    uint32_t position = 99;

    ck_assert_uint_eq(snmp_varbind_list_count(&list), 0);
    ck_assert_ptr_null(snmp_varbind_list_get(&list, 0));
    ck_assert_ptr_null(snmp_varbind_list_get(&list, 1));
    ck_assert_int_eq(snmp_varbind_list_set(&list, 1, &name, &value, &position), SNMP_LIST_INDEX_INVALID);
    ck_assert_uint_eq(position, 99);
    for (uint32_t i = 1; i <= 100; i++)
    {
        ck_assert_int_eq(snmp_varbind_list_set(&list, 0, &name, &value, &position), SNMP_LIST_OK);
        ck_assert_uint_eq(position, i);
    }
    ck_assert_int_eq(snmp_varbind_list_set(&list, 50, &name, NULL, &position), SNMP_LIST_OK);
    ck_assert_uint_eq(position, 50);
    ck_assert_uint_eq(snmp_varbind_list_get(&list, 50)->value.syntax, SNMP_VALUE_NULL);
    ck_assert_int_eq(number_at(49), 7);
    ck_assert_int_eq(number_at(51), 7);
    ck_assert_int_eq(snmp_varbind_list_set(&list, 101, &name, &value, &position), SNMP_LIST_INDEX_INVALID);
    ck_assert_int_eq(snmp_varbind_list_set(&list, UINT32_MAX, &name, &value, &position), SNMP_LIST_INDEX_INVALID);
}
END_TEST

START_TEST(null_name_keeps_the_name)
{
    struct snmp_value value = text("new");
    const struct snmp_varbind *entry;

    append_number(1);
    ck_assert_int_eq(snmp_varbind_list_set(&list, 1, NULL, &value, NULL), SNMP_LIST_OK);
    entry = snmp_varbind_list_get(&list, 1);
    ck_assert_uint_eq(entry->name.len, 6);
    ck_assert_mem_eq(entry->name.ids, name_ids, sizeof(name_ids));
    ck_assert(entry->name.ids != name_ids);
    ck_assert(snmp_value_equal(&entry->value, &value));
    ck_assert_int_eq(snmp_varbind_list_set(&list, 0, NULL, &value, NULL), SNMP_LIST_NAME_INVALID);
    ck_assert_int_eq(snmp_varbind_list_set(&list, 1, NULL, NULL, NULL), SNMP_LIST_NAME_INVALID);
    ck_assert(snmp_value_equal(&snmp_varbind_list_get(&list, 1)->value, &value));
}
END_TEST

START_TEST(invalid_names)
{
    uint32_t long_ids[SNMP_OID_MAX_LENGTH + 1] = {1, 3};
    struct snmp_oid bad[] = {{0, name_ids}, {1, name_ids}, {2, NULL}, {SNMP_OID_MAX_LENGTH + 1, long_ids}};
    struct snmp_oid longest = {SNMP_OID_MAX_LENGTH, long_ids};

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        ck_assert_int_eq(snmp_varbind_list_set(&list, 0, &bad[i], NULL, NULL), SNMP_LIST_NAME_INVALID);
    ck_assert_int_eq(snmp_varbind_list_set(&list, 0, &longest, NULL, NULL), SNMP_LIST_OK);
    ck_assert_uint_eq(snmp_varbind_list_count(&list), 1);
}
END_TEST

START_TEST(every_syntax)
{
    uint8_t four[] = {1, 2, 3, 4};

    for (uint32_t syntax = 0; syntax < 0x200; syntax++)
    {
        struct snmp_value value = {syntax, {0}};
        bool known = snmp_syntax_kind(syntax) != SNMP_KIND_UNKNOWN;

        if (snmp_syntax_kind(syntax) == SNMP_KIND_OCTETS)
        {
            value.value.octets.len = 4;
            value.value.octets.ptr = four;
        }
        if (syntax == SNMP_VALUE_OID) value.value.oid = name;
        ck_assert_int_eq(snmp_varbind_list_set(&list, 0, &name, &value, NULL),
                         known ? SNMP_LIST_OK : SNMP_LIST_SYNTAX_INVALID);
        if (known)
            ck_assert(snmp_value_equal(&snmp_varbind_list_get(&list, snmp_varbind_list_count(&list))->value, &value));
    }
    ck_assert_uint_eq(snmp_varbind_list_count(&list), 16);
}
END_TEST

START_TEST(invalid_values)
{
    static uint8_t octets[SNMP_OCTETS_MAX_LENGTH + 1];
    struct snmp_value value = {SNMP_VALUE_OCTETS, {0}};

    ck_assert_int_eq(snmp_value_check(&value), SNMP_LIST_OK); /* no octets, no pointer */
    value.value.octets.len = 1;
    ck_assert_int_eq(snmp_value_check(&value), SNMP_LIST_VALUE_INVALID);
    value.value.octets.ptr = octets;
    value.value.octets.len = SNMP_OCTETS_MAX_LENGTH;
    ck_assert_int_eq(snmp_value_check(&value), SNMP_LIST_OK);
    value.value.octets.len++;
    ck_assert_int_eq(snmp_value_check(&value), SNMP_LIST_VALUE_INVALID);
    value.syntax = SNMP_VALUE_IPADDR;
    for (uint32_t len = 0; len < 20; len++)
    {
        value.value.octets.len = len;
        ck_assert_int_eq(snmp_value_check(&value), len == 4 ? SNMP_LIST_OK : SNMP_LIST_VALUE_INVALID);
    }
    value.syntax = SNMP_VALUE_BITS;
    value.value.octets.len = 0;
    ck_assert_int_eq(snmp_value_check(&value), SNMP_LIST_VALUE_INVALID);
    value.value.octets.len = 2;
    for (int unused = 0; unused < 256; unused++)
    {
        octets[0] = (uint8_t)unused;
        ck_assert_int_eq(snmp_value_check(&value), unused <= 7 ? SNMP_LIST_OK : SNMP_LIST_VALUE_INVALID);
    }
    value.syntax = SNMP_VALUE_OID;
    value.value.oid = (struct snmp_oid){1, name_ids};
    ck_assert_int_eq(snmp_varbind_list_set(&list, 0, &name, &value, NULL), SNMP_LIST_VALUE_INVALID);
    ck_assert_uint_eq(snmp_varbind_list_count(&list), 0);
}
END_TEST

START_TEST(order_of_the_checks)
{
    struct snmp_oid bad_name = {1, name_ids};
    struct snmp_value bad_syntax = {0x99, {0}};

    ck_assert_int_eq(snmp_varbind_list_set(&list, 1, &bad_name, &bad_syntax, NULL), SNMP_LIST_INDEX_INVALID);
    ck_assert_int_eq(snmp_varbind_list_set(&list, 0, &bad_name, &bad_syntax, NULL), SNMP_LIST_NAME_INVALID);
    fail_allocation(0);
    ck_assert_int_eq(snmp_varbind_list_set(&list, 0, &name, &bad_syntax, NULL), SNMP_LIST_SYNTAX_INVALID);
    ck_assert(!allocation_failed());
}
END_TEST

START_TEST(values_are_copied)
{
    uint32_t ids[] = {1, 3, 9};
    char octets[] = "abc";
    struct snmp_oid own = {3, ids};
    struct snmp_value value = text(octets);

    ck_assert_int_eq(snmp_varbind_list_set(&list, 0, &own, &value, NULL), SNMP_LIST_OK);
    memset(ids, 0xff, sizeof(ids));
    memset(octets, 'x', 3);
    ck_assert_uint_eq(snmp_varbind_list_get(&list, 1)->name.ids[2], 9);
    ck_assert_mem_eq(snmp_varbind_list_get(&list, 1)->value.value.octets.ptr, "abc", 3);
}
END_TEST

START_TEST(set_from_the_list_itself)
{
    struct snmp_value value = text("one");
    const struct snmp_varbind *entry;

    ck_assert_int_eq(snmp_varbind_list_set(&list, 0, &name, &value, NULL), SNMP_LIST_OK);
    for (int i = 0; i < 20; i++) /* through growths of the array */
    {
        entry = snmp_varbind_list_get(&list, 1);
        ck_assert_int_eq(snmp_varbind_list_set(&list, 0, &entry->name, &entry->value, NULL), SNMP_LIST_OK);
    }
    entry = snmp_varbind_list_get(&list, 5);
    ck_assert_int_eq(snmp_varbind_list_set(&list, 5, &entry->name, &entry->value, NULL), SNMP_LIST_OK);
    for (uint32_t i = 1; i <= 21; i++)
        ck_assert(snmp_value_equal(&snmp_varbind_list_get(&list, i)->value, &value));
}
END_TEST

START_TEST(deleting_moves_up)
{
    for (int32_t i = 1; i <= 5; i++)
        append_number(i);
    ck_assert_int_eq(snmp_varbind_list_delete(&list, 0), SNMP_LIST_INDEX_INVALID);
    ck_assert_int_eq(snmp_varbind_list_delete(&list, 6), SNMP_LIST_INDEX_INVALID);
    ck_assert_int_eq(snmp_varbind_list_delete(&list, 2), SNMP_LIST_OK);
    ck_assert_uint_eq(snmp_varbind_list_count(&list), 4);
    ck_assert_int_eq(number_at(1), 1);
    ck_assert_int_eq(number_at(2), 3);
    ck_assert_int_eq(number_at(4), 5);
    ck_assert_int_eq(snmp_varbind_list_delete(&list, 4), SNMP_LIST_OK);
    ck_assert_int_eq(snmp_varbind_list_delete(&list, 4), SNMP_LIST_INDEX_INVALID);
    while (snmp_varbind_list_count(&list))
        ck_assert_int_eq(snmp_varbind_list_delete(&list, 1), SNMP_LIST_OK);
    append_number(9);
    ck_assert_int_eq(number_at(1), 9);
}
END_TEST

START_TEST(copy_is_deep_and_one_allocation)
{
    struct random r = {42};
    struct snmp_varbind_list copy, again;
    long total;

    random_list(&r, false, 200, &list);
    total = total_allocations();
    ck_assert_int_eq(snmp_varbind_list_copy(&list, &copy), SNMP_LIST_OK);
    ck_assert_int_eq(total_allocations(), total + 1);
    ck_assert(lists_equal(&list, &copy));
    snmp_varbind_list_free(&list);
    ck_assert_int_eq(live_allocations(), 1);

    /* A copy can be changed like any list; what was copied stays beside what is new. */
    append_number(1);
    ck_assert_int_eq(snmp_varbind_list_copy(&copy, &again), SNMP_LIST_OK);
    for (int i = 0; i < 10; i++)
        ck_assert_int_eq(snmp_varbind_list_set(&copy, 0, &name, NULL, NULL), SNMP_LIST_OK);
    ck_assert_int_eq(snmp_varbind_list_set(&copy, 1, &name, NULL, NULL), SNMP_LIST_OK);
    ck_assert_int_eq(snmp_varbind_list_delete(&copy, 2), SNMP_LIST_OK);
    ck_assert_uint_eq(copy.count, again.count + 9);
    for (uint32_t i = 3; i <= again.count; i++)
        ck_assert(
            snmp_value_equal(&snmp_varbind_list_get(&copy, i - 1)->value, &snmp_varbind_list_get(&again, i)->value));
    snmp_varbind_list_free(&copy);
    snmp_varbind_list_free(&again);

    snmp_varbind_list_free(&list);
    ck_assert_int_eq(snmp_varbind_list_copy(&list, &copy), SNMP_LIST_OK);
    ck_assert_uint_eq(copy.count, 0);
    ck_assert_int_eq(live_allocations(), 0);
    snmp_varbind_list_free(&copy);
}
END_TEST

START_TEST(a_view_cannot_be_changed)
{
    struct snmp_varbind_list view;

    append_number(3);
    view = snmp_varbind_list_view(&list);
    ck_assert(lists_equal(&view, &list));
    ck_assert_int_eq(snmp_varbind_list_set(&view, 1, &name, NULL, NULL), SNMP_LIST_INDEX_INVALID);
    ck_assert_int_eq(snmp_varbind_list_set(&view, 0, &name, NULL, NULL), SNMP_LIST_INDEX_INVALID);
    ck_assert_int_eq(snmp_varbind_list_delete(&view, 1), SNMP_LIST_INDEX_INVALID);
    snmp_varbind_list_free(&view);
    ck_assert_uint_eq(view.count, 0);
    ck_assert_int_eq(number_at(1), 3);
}
END_TEST

/* One change of a list, for the allocation failures. */
static enum snmp_list_status change(struct snmp_varbind_list *target, int which)
{
    struct snmp_value value = text("changed");
    struct snmp_varbind_list copy;
    enum snmp_list_status status;

    switch (which)
    {
    case 0:
        return snmp_varbind_list_set(target, 0, &name, &value, NULL);
    case 1:
        return snmp_varbind_list_set(target, 2, &name, &value, NULL);
    case 2:
        return snmp_varbind_list_set(target, 2, NULL, &value, NULL);
    default:
        status = snmp_varbind_list_copy(target, &copy);
        ck_assert(status == SNMP_LIST_OK ? lists_equal(target, &copy) : copy.count == 0 && !copy.block);
        snmp_varbind_list_free(&copy);
        return status;
    }
}

START_TEST(every_failing_allocation_changes_nothing)
{
    /* On a list of single entries whose array is full, and on a copy, whose array lies inside its block. */
    for (int copied = 0; copied < 2; copied++)
        for (long successes = 0;; successes++)
        {
            struct snmp_varbind_list target, before;
            enum snmp_list_status status;
            bool failed;

            fail_allocation(-1);
            for (int32_t i = 1; i <= 4; i++)
                append_number(i);
            ck_assert_int_eq(snmp_varbind_list_copy(&list, &before), SNMP_LIST_OK);
            if (copied)
                ck_assert_int_eq(snmp_varbind_list_copy(&list, &target), SNMP_LIST_OK);
            else
                target = list;
            fail_allocation(successes);
            status = change(&target, _i);
            failed = allocation_failed();
            if (failed)
            {
                ck_assert_int_eq(status, SNMP_LIST_NO_MEMORY);
                ck_assert(lists_equal(&target, &before));
            }
            else
                ck_assert_int_eq(status, SNMP_LIST_OK);
            snmp_varbind_list_free(&before);
            if (copied) snmp_varbind_list_free(&list);
            snmp_varbind_list_free(&target);
            snmp_varbind_list_init(&list);
            ck_assert_int_eq(live_allocations(), 0);
            if (!failed) break;
        }
    fail_allocation(-1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wsnmp32 variable bindings");
    TCase *tcase = tcase_create("list");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, positions);
    tcase_add_test(tcase, null_name_keeps_the_name);
    tcase_add_test(tcase, invalid_names);
    tcase_add_test(tcase, every_syntax);
    tcase_add_test(tcase, invalid_values);
    tcase_add_test(tcase, order_of_the_checks);
    tcase_add_test(tcase, values_are_copied);
    tcase_add_test(tcase, set_from_the_list_itself);
    tcase_add_test(tcase, deleting_moves_up);
    tcase_add_test(tcase, copy_is_deep_and_one_allocation);
    tcase_add_test(tcase, a_view_cannot_be_changed);
    tcase_add_loop_test(tcase, every_failing_allocation_changes_nothing, 0, 4);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}

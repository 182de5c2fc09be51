/*
 * Events: patterns and comparisons, conditions of three values, the instances of events, snapshots, groups.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "mi/event_filter.h"
#include "mi/event_group.h"
#include "mi/event_query.h"
#include "mi/event_snapshot.h"
#include "mi/event_value.h"
#include "mi/instance.h"
#include "mi_support.h"

static MI_Instance *target, *previous;

static void add(MI_Instance *instance, const MI_Char *name, MI_Value value, MI_Type type, MI_Uint32 flags)
{
    ck_assert_int_eq(MI_Instance_AddElement(instance, name, &value, type, flags), MI_RESULT_OK);
}

static MI_Value text(const MI_Char *string)
{
    return (MI_Value){.string = (MI_Char *)string};
}

static MI_Instance *new_disk(const MI_Char *name, MI_Uint64 space)
{
    static const MI_Datetime time = {1, {.timestamp = {2024, 3, 1, 1, 0, 0, 0, 60}}};
    MI_Instance *disk = NULL;

    ck_assert_int_eq(mi_instance_new(MI_T("Disk"), &disk), MI_RESULT_OK);
    add(disk, MI_T("Name"), text(name), MI_STRING, MI_FLAG_KEY);
    add(disk, MI_T("FreeSpace"), (MI_Value){.uint64 = space}, MI_UINT64, 0);
    add(disk, MI_T("Balance"), (MI_Value){.sint16 = -7}, MI_SINT16, 0);
    add(disk, MI_T("Share"), (MI_Value){.real32 = 0.1f}, MI_REAL32, 0);
    add(disk, MI_T("Removable"), (MI_Value){.boolean = MI_TRUE}, MI_BOOLEAN, 0);
    add(disk, MI_T("Mounted"), (MI_Value){.datetime = time}, MI_DATETIME, 0);
    ck_assert_int_eq(MI_Instance_AddElement(disk, MI_T("Label"), NULL, MI_STRING, MI_FLAG_NULL), MI_RESULT_OK);
    return disk;
}

static void set_up(void)
{
    use_mi_allocator();
    target = new_disk(MI_T("C:"), 100);
    previous = new_disk(MI_T("C:"), 200);
}

static void tear_down(void)
{
    MI_Instance_Delete(target);
    MI_Instance_Delete(previous);
    ck_assert_int_eq(live_allocations(), 0);
}

START_TEST(patterns)
{
    static const struct
    {
        const MI_Char *text, *pattern;
        bool like;
    } cases[] = {
        {MI_T(""), MI_T(""), true},
        {MI_T(""), MI_T("%"), true},
        {MI_T(""), MI_T("_"), false},
        {MI_T("Win32_Process"), MI_T("win%"), true},
        {MI_T("Win32_Process"), MI_T("%PROCESS"), true},
        {MI_T("Win32_Process"), MI_T("%32%ss"), true},
        {MI_T("Win32_Process"), MI_T("%32%sx"), false},
        {MI_T("abc"), MI_T("a_c"), true},
        {MI_T("abc"), MI_T("a_"), false},
        {MI_T("abc"), MI_T("[a-c]b[xyzc]"), true},
        {MI_T("abc"), MI_T("[^a-c]bc"), false},
        {MI_T("Zbc"), MI_T("[^a-c]bc"), true},
        {MI_T("a_c"), MI_T("a[_]c"), true},
        {MI_T("abc"), MI_T("a[_]c"), false},
        {MI_T("a%c"), MI_T("a[%]c"), true},
        {MI_T("a]c"), MI_T("a[]]c"), true},
        {MI_T("a[c"), MI_T("a[c"), true},
        {MI_T("a-c"), MI_T("a[b-]c"), true},
        {MI_T("aab"), MI_T("%ab"), true},
        {MI_T("mississippi"), MI_T("%iss%ip%"), true},
        {MI_T("mississippi"), MI_T("%iss%is%iss%"), false},
    };

    for (size_t i = 0; i < MI_COUNT(cases); i++)
        ck_assert_msg(mi_event_like(cases[i].text, cases[i].pattern) == cases[i].like, "case %zu", i);
}
END_TEST

/* A pattern of many % takes a time that grows with the product of the lengths, not with a power. */
START_TEST(patterns_are_matched_in_time)
{
    static MI_Char long_text[20001], pattern[2001];

    for (size_t i = 0; i + 1 < MI_COUNT(long_text); i++)
        long_text[i] = 'a';
    for (size_t i = 0; i + 2 < MI_COUNT(pattern); i += 2)
    {
        pattern[i] = '%';
        pattern[i + 1] = 'a';
    }
    pattern[MI_COUNT(pattern) - 2] = 'b';
    ck_assert(!mi_event_like(long_text, pattern));
}
END_TEST

static bool is_derived(void *context, const MI_Char *class_name, const MI_Char *base)
{
    (void)context;
    return texts_equal(class_name, MI_T("Disk")) && texts_equal(base, MI_T("Device"));
}

static enum mi_truth truth_of(const MI_Char *condition)
{
    static const struct mi_event_classes classes = {is_derived, NULL};
    struct mi_event event = {MI_EVENT_MODIFICATION, target, previous, 1000};
    struct mi_event_error error;
    struct mi_event_query *query;
    MI_Char all[400] = {0}, *at = all;
    enum mi_truth truth;

    for (const MI_Char *from = MI_T("SELECT * FROM __InstanceModificationEvent WITHIN 1 WHERE "); *from;)
        *at++ = *from++;
    while (*condition)
        *at++ = *condition++;
    query = mi_event_query_parse(all, &error);
    ck_assert(query != NULL);
    truth = mi_event_filter(query, &event, &classes);
    mi_event_query_free(query);
    return truth;
}

START_TEST(conditions)
{
    static const struct
    {
        const MI_Char *condition;
        enum mi_truth truth;
    } cases[] = {
        {MI_T("TargetInstance ISA 'disk'"), MI_TRUTH_YES},
        {MI_T("TargetInstance ISA 'Device'"), MI_TRUTH_YES},
        {MI_T("PreviousInstance ISA 'Tape'"), MI_TRUTH_NO},
        {MI_T("__this ISA '__InstanceOperationEvent'"), MI_TRUTH_YES},
        {MI_T("__this ISA '__InstanceCreationEvent'"), MI_TRUTH_NO},
        {MI_T("__CLASS = '__instancemodificationevent'"), MI_TRUTH_YES},
        {MI_T("TargetInstance.__CLASS <> 'Disk'"), MI_TRUTH_NO},
        {MI_T("TargetInstance.Name = 'c:'"), MI_TRUTH_YES},
        {MI_T("TargetInstance.Name > 'B'"), MI_TRUTH_YES},
        {MI_T("TargetInstance.Name LIKE '[a-d]:'"), MI_TRUTH_YES},
        {MI_T("TargetInstance.FreeSpace < PreviousInstance.FreeSpace"), MI_TRUTH_YES},
        {MI_T("TargetInstance.FreeSpace = PreviousInstance.FreeSpace"), MI_TRUTH_NO},
        {MI_T("TargetInstance.Name = PreviousInstance.Name"), MI_TRUTH_YES},
        {MI_T("TargetInstance.FreeSpace >= 100"), MI_TRUTH_YES},
        {MI_T("101 > TargetInstance.FreeSpace"), MI_TRUTH_YES},
        {MI_T("TargetInstance.FreeSpace = '100'"), MI_TRUTH_YES},
        {MI_T("TargetInstance.FreeSpace = 100.5"), MI_TRUTH_NO},
        {MI_T("TargetInstance.FreeSpace > -1"), MI_TRUTH_YES},
        {MI_T("TargetInstance.Balance = -7"), MI_TRUTH_YES},
        {MI_T("TargetInstance.Balance > -8"), MI_TRUTH_YES},
        {MI_T("TargetInstance.Balance < -6.5"), MI_TRUTH_YES},
        {MI_T("TargetInstance.Share = 0.1"), MI_TRUTH_YES},
        {MI_T("TargetInstance.Share > 0"), MI_TRUTH_YES},
        {MI_T("TargetInstance.Removable = TRUE"), MI_TRUTH_YES},
        {MI_T("TargetInstance.Removable <> 1"), MI_TRUTH_NO},
        {MI_T("TargetInstance.Removable != 'FALSE'"), MI_TRUTH_YES},
        {MI_T("TargetInstance.Mounted = '20240301000000.000000+000'"), MI_TRUTH_YES},
        {MI_T("TargetInstance.Mounted > '20240229235959.999999+000'"), MI_TRUTH_YES},
        {MI_T("TargetInstance.Mounted < '20240228000000.000000-480'"), MI_TRUTH_NO},
        {MI_T("TargetInstance.Mounted = '00000001000000.000000:000'"), MI_TRUTH_UNKNOWN},
        {MI_T("TargetInstance.Label IS NULL"), MI_TRUTH_YES},
        {MI_T("TargetInstance.Label IS NOT NULL"), MI_TRUTH_NO},
        {MI_T("TargetInstance.Label = 'x'"), MI_TRUTH_UNKNOWN},
        {MI_T("NOT TargetInstance.Label = 'x'"), MI_TRUTH_UNKNOWN},
        {MI_T("TargetInstance.Label = 'x' OR TargetInstance.FreeSpace = 100"), MI_TRUTH_YES},
        {MI_T("TargetInstance.Label = 'x' OR TargetInstance.FreeSpace = 1"), MI_TRUTH_UNKNOWN},
        {MI_T("TargetInstance.Label = 'x' AND TargetInstance.FreeSpace = 100"), MI_TRUTH_UNKNOWN},
        {MI_T("TargetInstance.Label = 'x' AND TargetInstance.FreeSpace = 1"), MI_TRUTH_NO},
        {MI_T("TargetInstance.None = 5"), MI_TRUTH_UNKNOWN},
        {MI_T("TargetInstance.Name.None = 5"), MI_TRUTH_UNKNOWN},
        {MI_T("NOT (TargetInstance.FreeSpace = 1 OR TargetInstance.FreeSpace = 2)"), MI_TRUTH_YES},
        {MI_T("TIME_CREATED = 1000"), MI_TRUTH_YES},
        {MI_T("SECURITY_DESCRIPTOR IS NULL"), MI_TRUTH_YES},
    };

    for (size_t i = 0; i < MI_COUNT(cases); i++)
        ck_assert_msg(truth_of(cases[i].condition) == cases[i].truth, "case %zu", i);
}
END_TEST

/* Of the numbers of the Gregorian calendar: every day is one day after the one before, over all leap rules. */
START_TEST(days_follow_each_other)
{
    static const unsigned char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    MI_Sint64 last = 0;

    for (MI_Uint32 year = 1599; year <= 2401; year++)
        for (MI_Uint32 month = 1; month <= 12; month++)
        {
            bool leap = month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

            for (MI_Uint32 day = 1; day <= lengths[month - 1] + (leap ? 1u : 0u); day++)
            {
                MI_Value value = {.datetime = {1, {.timestamp = {year, month, day, 0, 0, 0, 0, 0}}}};
                struct mi_event_value at = mi_event_value_of(MI_DATETIME, &value, false);

                if (last) ck_assert_int_eq(at.microseconds - last, (MI_Sint64)86400 * 1000000);
                last = at.microseconds;
            }
        }
}
END_TEST

static MI_Result make_event(const MI_Char *text_of_query, const struct mi_event *event, MI_Instance **made)
{
    struct mi_event_error error;
    struct mi_event_query *query = mi_event_query_parse(text_of_query, &error);
    MI_Result result;

    *made = NULL;
    if (!query) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    result = mi_event_instance(query, event, made);
    mi_event_query_free(query);
    return result;
}

START_TEST(events_are_instances)
{
    struct mi_event event = {MI_EVENT_MODIFICATION, target, previous, 42};
    MI_Instance *made;
    MI_Value value;
    MI_Uint32 count = 0;
    MI_Type type;

    ck_assert_int_eq(make_event(MI_T("SELECT * FROM __InstanceOperationEvent"), &event, &made), MI_RESULT_OK);
    ck_assert(MI_Instance_GetElementCount(made, &count) == MI_RESULT_OK && count == 4);
    ck_assert_int_eq(MI_Instance_GetElement(made, MI_T("PreviousInstance"), &value, &type, NULL, NULL), MI_RESULT_OK);
    ck_assert(type == MI_INSTANCE && value.instance != previous && instances_equal(value.instance, previous));
    ck_assert_int_eq(MI_Instance_GetElement(made, MI_T("TIME_CREATED"), &value, &type, NULL, NULL), MI_RESULT_OK);
    ck_assert(type == MI_UINT64 && value.uint64 == 42);
    MI_Instance_Delete(made);
    event.class_name = MI_EVENT_CREATION;
    event.previous = NULL;
    ck_assert_int_eq(make_event(MI_T("SELECT TargetInstance.Name FROM X"), &event, &made), MI_RESULT_OK);
    ck_assert(MI_Instance_GetElementCount(made, &count) == MI_RESULT_OK && count == 1);
    ck_assert_int_eq(MI_Instance_GetElement(made, MI_T("TargetInstance"), &value, &type, NULL, NULL), MI_RESULT_OK);
    ck_assert(instances_equal(value.instance, target));
    MI_Instance_Delete(made);
}
END_TEST

/* ---- Snapshots -------------------------------------------------------------------------------------------------- */

static enum mi_event_change see(struct mi_event_snapshot *snapshot, MI_Instance *instance, MI_Uint64 *space_before)
{
    enum mi_event_change change = MI_CHANGE_NONE;
    MI_Instance *before = NULL;
    MI_Value value = {0};

    ck_assert_int_eq(mi_event_snapshot_see(snapshot, instance, &change, &before), MI_RESULT_OK);
    ck_assert_int_eq(before != NULL, change == MI_CHANGE_MODIFIED);
    if (!before) return change;
    MI_Instance_GetElement(before, MI_T("FreeSpace"), &value, NULL, NULL, NULL);
    if (space_before) *space_before = value.uint64;
    MI_Instance_Delete(before);
    return change;
}

START_TEST(changes_are_found)
{
    struct mi_event_snapshot *snapshot = mi_event_snapshot_new();
    MI_Uint64 space = 0;
    MI_Instance *gone;

    ck_assert(snapshot != NULL);
    mi_event_snapshot_begin(snapshot);
    ck_assert_int_eq(see(snapshot, new_disk(MI_T("C:"), 1), NULL), MI_CHANGE_CREATED);
    ck_assert_int_eq(see(snapshot, new_disk(MI_T("D:"), 1), NULL), MI_CHANGE_CREATED);
    ck_assert(!mi_event_snapshot_take_gone(snapshot));
    mi_event_snapshot_begin(snapshot);
    ck_assert_int_eq(see(snapshot, new_disk(MI_T("E:"), 1), NULL), MI_CHANGE_CREATED);
    ck_assert_int_eq(see(snapshot, new_disk(MI_T("C:"), 2), &space), MI_CHANGE_MODIFIED);
    ck_assert_uint_eq(space, 1);
    gone = mi_event_snapshot_take_gone(snapshot);
    ck_assert(gone && !mi_event_snapshot_take_gone(snapshot));
    MI_Instance_Delete(gone);
    mi_event_snapshot_begin(snapshot);
    ck_assert_int_eq(see(snapshot, new_disk(MI_T("C:"), 2), NULL), MI_CHANGE_NONE);
    ck_assert_int_eq(see(snapshot, new_disk(MI_T("D:"), 1), NULL), MI_CHANGE_CREATED);
    mi_event_snapshot_delete(snapshot);
}
END_TEST

/* Of the same keys, the first is the first of the last time. */
START_TEST(instances_without_keys)
{
    struct mi_event_snapshot *snapshot = mi_event_snapshot_new();
    MI_Instance *gone;

    for (int round = 0; round < 2; round++)
    {
        mi_event_snapshot_begin(snapshot);
        for (int i = 0; i < 3 - round; i++)
        {
            MI_Instance *line = NULL;

            ck_assert_int_eq(mi_instance_new(MI_T("Line"), &line), MI_RESULT_OK);
            add(line, MI_T("Text"), text(i ? MI_T("second") : MI_T("first")), MI_STRING, 0);
            ck_assert_int_eq(see(snapshot, line, NULL), round ? MI_CHANGE_NONE : MI_CHANGE_CREATED);
        }
    }
    gone = mi_event_snapshot_take_gone(snapshot);
    ck_assert(gone && !mi_event_snapshot_take_gone(snapshot));
    MI_Instance_Delete(gone);
    mi_event_snapshot_delete(snapshot);
}
END_TEST

START_TEST(many_instances)
{
    struct mi_event_snapshot *snapshot = mi_event_snapshot_new();
    MI_Instance *gone;
    int count = 0;

    for (int round = 0; round < 2; round++)
    {
        mi_event_snapshot_begin(snapshot);
        for (int i = 0; i < 3000; i += 1 + round)
        {
            MI_Char name[] = {(MI_Char)('0' + i / 1000), (MI_Char)('0' + i / 100 % 10), (MI_Char)('0' + i / 10 % 10),
                              (MI_Char)('0' + i % 10), 0};

            ck_assert_int_eq(see(snapshot, new_disk(name, 1), NULL), round ? MI_CHANGE_NONE : MI_CHANGE_CREATED);
        }
    }
    for (; (gone = mi_event_snapshot_take_gone(snapshot)); count++)
        MI_Instance_Delete(gone);
    ck_assert_int_eq(count, 1500);
    mi_event_snapshot_delete(snapshot);
}
END_TEST

/* Values of all types, each with another of its type. */
START_TEST(every_difference_is_seen)
{
    for (int type = 0; type < 32; type++)
    {
        MI_Type of = (MI_Type)(type < 16 ? type : (type - 16) | MI_ARRAY);
        MI_Instance *one = NULL, *same = NULL, *other = NULL;

        ck_assert_int_eq(mi_instance_new(MI_T("Any"), &one), MI_RESULT_OK);
        add(one, MI_T("Value"), sample_value(of, 0), of, 0);
        ck_assert_int_eq(MI_Instance_Clone(one, &same), MI_RESULT_OK);
        ck_assert_int_eq(mi_instance_new(MI_T("Any"), &other), MI_RESULT_OK);
        add(other, MI_T("Value"), sample_value(of, 1), of, 0);
        ck_assert_msg(mi_event_same_instance(one, same), "type %d", of);
        ck_assert_msg(!mi_event_same_instance(one, other), "type %d", of);
        MI_Instance_SetElement(other, MI_T("Value"), NULL, of, MI_FLAG_NULL);
        ck_assert_msg(!mi_event_same_instance(one, other), "type %d", of);
        MI_Instance_Delete(one);
        MI_Instance_Delete(same);
        MI_Instance_Delete(other);
    }
    free_sample_instances();
}
END_TEST

/* ---- Groups ----------------------------------------------------------------------------------------------------- */

static struct mi_event_query *grouped;
static struct mi_event_groups *groups;

static void group_by(const MI_Char *clause)
{
    MI_Char all[300] = {0}, *at = all;
    struct mi_event_error error;

    for (const MI_Char *from = MI_T("SELECT * FROM __InstanceModificationEvent GROUP WITHIN 10 "); *from;)
        *at++ = *from++;
    while (*clause)
        *at++ = *clause++;
    grouped = mi_event_query_parse(all, &error);
    groups = grouped ? mi_event_groups_new(grouped) : NULL;
    ck_assert(groups != NULL);
}

static void end_groups(void)
{
    mi_event_groups_delete(groups);
    mi_event_query_free(grouped);
}

static MI_Result add_event(const MI_Char *name, MI_Uint64 now)
{
    MI_Instance *disk = new_disk(name, now);
    struct mi_event event = {MI_EVENT_MODIFICATION, disk, disk, now};
    MI_Result result = mi_event_groups_add(groups, &event, now);

    MI_Instance_Delete(disk);
    return result;
}

/* Takes a group: how many events it is of, 0 for none; `first`: when the first was generated. */
static MI_Uint32 take_group(MI_Uint64 now, MI_Uint64 *first)
{
    MI_Instance *aggregate;
    MI_Value count = {0}, event = {0}, time = {0};

    ck_assert_int_eq(mi_event_groups_take(groups, now, &aggregate), MI_RESULT_OK);
    if (!aggregate) return 0;
    ck_assert_int_eq(MI_Instance_GetElement(aggregate, MI_T("NumberOfEvents"), &count, NULL, NULL, NULL), MI_RESULT_OK);
    ck_assert_int_eq(MI_Instance_GetElement(aggregate, MI_T("Representative"), &event, NULL, NULL, NULL), MI_RESULT_OK);
    MI_Instance_GetElement(event.instance, MI_T("TIME_CREATED"), &time, NULL, NULL, NULL);
    *first = time.uint64;
    MI_Instance_Delete(aggregate);
    return count.uint32;
}

START_TEST(groups_begin_with_the_first_event)
{
    MI_Uint64 first = 0;

    group_by(MI_T(""));
    ck_assert_uint_eq(mi_event_groups_due(groups), ~(MI_Uint64)0);
    ck_assert_int_eq(add_event(MI_T("C:"), 1000), MI_RESULT_OK);
    ck_assert_int_eq(add_event(MI_T("D:"), 10999), MI_RESULT_OK);
    ck_assert_uint_eq(mi_event_groups_due(groups), 11000);
    ck_assert_uint_eq(take_group(10999, &first), 0);
    ck_assert_int_eq(add_event(MI_T("C:"), 11000), MI_RESULT_OK);
    ck_assert_uint_eq(take_group(11000, &first), 2);
    ck_assert_uint_eq(first, 1000);
    ck_assert_uint_eq(take_group(11000, &first), 0);
    ck_assert_uint_eq(mi_event_groups_due(groups), 21000);
    ck_assert_uint_eq(take_group(30000, &first), 1);
    ck_assert_uint_eq(first, 11000);
    end_groups();
}
END_TEST

START_TEST(groups_by_values)
{
    MI_Uint64 first = 0;

    group_by(MI_T("BY TargetInstance.Name, TargetInstance.Label, TargetInstance.Share"));
    ck_assert_int_eq(add_event(MI_T("C:"), 1), MI_RESULT_OK);
    ck_assert_int_eq(add_event(MI_T("D:"), 2), MI_RESULT_OK);
    ck_assert_int_eq(add_event(MI_T("c:"), 3), MI_RESULT_OK);
    ck_assert_uint_eq(take_group(20000, &first), 2);
    ck_assert_uint_eq(first, 1);
    ck_assert_uint_eq(take_group(20000, &first), 1);
    ck_assert_uint_eq(first, 2);
    ck_assert_uint_eq(take_group(20000, &first), 0);
    end_groups();
}
END_TEST

/* "returns nothing unless there HAVE been at least 5 events" */
START_TEST(groups_that_are_too_small)
{
    MI_Uint64 first = 0;

    group_by(MI_T("BY TargetInstance.Name HAVING NumberOfEvents >= 2"));
    ck_assert_int_eq(add_event(MI_T("C:"), 1), MI_RESULT_OK);
    ck_assert_int_eq(add_event(MI_T("D:"), 2), MI_RESULT_OK);
    ck_assert_int_eq(add_event(MI_T("D:"), 3), MI_RESULT_OK);
    ck_assert_uint_eq(take_group(20000, &first), 2);
    ck_assert_uint_eq(first, 2);
    ck_assert_uint_eq(take_group(20000, &first), 0);
    end_groups();
}
END_TEST

START_TEST(groups_have_a_limit)
{
    MI_Result result = MI_RESULT_OK;
    int count = 0;

    group_by(MI_T("BY TargetInstance.FreeSpace"));
    for (; result == MI_RESULT_OK; count++)
        result = add_event(MI_T("C:"), (MI_Uint64)count);
    ck_assert_int_eq(result, MI_RESULT_SERVER_LIMITS_EXCEEDED);
    ck_assert_int_eq(count, MI_EVENT_GROUP_LIMIT + 1);
    end_groups();
}
END_TEST

START_TEST(groups_without_memory)
{
    struct mi_event event = {MI_EVENT_MODIFICATION, target, previous, 42};
    bool good = false;

    for (int i = 0; !good; i++)
    {
        MI_Instance *aggregate = NULL;

        group_by(MI_T("BY TargetInstance.Name"));
        fail_allocation(i);
        good = mi_event_groups_add(groups, &event, 1) == MI_RESULT_OK &&
               mi_event_groups_take(groups, 20000, &aggregate) == MI_RESULT_OK;
        fail_allocation(-1);
        ck_assert_int_eq(aggregate != NULL, good);
        if (aggregate) MI_Instance_Delete(aggregate);
        end_groups();
    }
}
END_TEST

/* ---- Memory ----------------------------------------------------------------------------------------------------- */

START_TEST(every_failing_allocation)
{
    struct mi_event event = {MI_EVENT_MODIFICATION, target, previous, 42};
    bool good = false;
    MI_Instance *made;

    for (int i = 0; !good; i++)
    {
        struct mi_event_snapshot *snapshot;
        MI_Instance *disk = new_disk(MI_T("C:"), 1), *before = NULL;
        enum mi_event_change change;

        fail_allocation(i);
        good = make_event(MI_T("SELECT * FROM X"), &event, &made) == MI_RESULT_OK;
        snapshot = mi_event_snapshot_new();
        if (snapshot)
        {
            mi_event_snapshot_begin(snapshot);
            if (mi_event_snapshot_see(snapshot, disk, &change, &before) != MI_RESULT_OK) good = false;
        }
        else
        {
            MI_Instance_Delete(disk);
            good = false;
        }
        fail_allocation(-1);
        mi_event_snapshot_delete(snapshot);
        if (made) MI_Instance_Delete(made);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mi events");
    TCase *tcase = tcase_create("events");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, patterns);
    tcase_add_test(tcase, patterns_are_matched_in_time);
    tcase_add_test(tcase, conditions);
    tcase_add_test(tcase, days_follow_each_other);
    tcase_add_test(tcase, events_are_instances);
    tcase_add_test(tcase, changes_are_found);
    tcase_add_test(tcase, instances_without_keys);
    tcase_add_test(tcase, many_instances);
    tcase_add_test(tcase, every_difference_is_seen);
    tcase_add_test(tcase, groups_begin_with_the_first_event);
    tcase_add_test(tcase, groups_by_values);
    tcase_add_test(tcase, groups_that_are_too_small);
    tcase_add_test(tcase, groups_have_a_limit);
    tcase_add_test(tcase, groups_without_memory);
    tcase_add_test(tcase, every_failing_allocation);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}

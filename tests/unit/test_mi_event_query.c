/*
 * Event queries: what is parsed, what is refused and where, and that no failing allocation leaks.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mi/event_check.h"
#include "mi/event_query.h"
#include "mi/instance.h"
#include "mi_support.h"

#define EVENT MI_T("SELECT * FROM __InstanceModificationEvent WITHIN 1 WHERE ")
#define OF_A  MI_T("TargetInstance ISA 'A'")

static struct mi_event_query *query;
static struct mi_event_error error;

static void set_up(void)
{
    use_mi_allocator();
    query = NULL;
}

static void tear_down(void)
{
    mi_event_query_free(query);
    ck_assert_int_eq(live_allocations(), 0);
}

static struct mi_event_query *parse(const MI_Char *text)
{
    mi_event_query_free(query);
    query = mi_event_query_parse(text, &error);
    return query;
}

/* A text of the test's, as the error's message is one. */
static bool begins(const MI_Char *text, const char *start)
{
    for (; *start; text++, start++)
        if (*text != (MI_Char)*start) return false;
    return true;
}

static bool contains(const MI_Char *text, const char *part)
{
    for (; *text; text++)
        if (begins(text, part)) return true;
    return false;
}

static void show_error(void)
{
    char text[MI_EVENT_TEXT_LENGTH];
    size_t i = 0;

    do
        text[i] = (char)error.text[i];
    while (error.text[i++]);
    printf("# 0x%08x %s\n", (unsigned)error.code, text);
}

START_TEST(the_whole_of_a_query)
{
    ck_assert(parse(MI_T("select TargetInstance.Name, TIME_CREATED from __InstanceCreationEvent within 2.5\n"
                         " where TargetInstance isa \"Win32_Process\" group within 300 by TargetInstance.Name, "
                         "TargetInstance.ParentProcessId having NumberOfEvents >= 5")));
    ck_assert(texts_equal(query->class_name, MI_T("__InstanceCreationEvent")));
    ck_assert_uint_eq(query->interval, 2500);
    ck_assert(query->selected && query->selected->count == 2 && query->selected->next && !query->selected->next->next);
    ck_assert(texts_equal(query->selected->names[1], MI_T("Name")));
    ck_assert(query->where && query->where->kind == MI_CONDITION_COMPARISON);
    ck_assert_int_eq(query->where->operator_, MI_OPERATOR_ISA);
    ck_assert(texts_equal(query->where->right.text, MI_T("Win32_Process")));
    ck_assert(query->grouped && query->group_interval == 300000 && query->group_by && query->group_by->next);
    ck_assert(query->has_having && query->having == MI_OPERATOR_GREATER_OR_EQUAL && query->having_count == 5);
    ck_assert(parse(MI_T("SELECT * FROM EmailEvent")) && !query->selected && !query->interval && !query->where);
    ck_assert(!query->grouped && parse(MI_T("SELECT * FROM SecurityViolationEvent WHERE Building = 24;")));
}
END_TEST

START_TEST(intervals)
{
    static const struct
    {
        const MI_Char *text;
        MI_Uint64 milliseconds; /* 0: refused */
        MI_Uint32 code;
    } cases[] = {
        {MI_T("1"), 1000, 0},
        {MI_T("0.5"), 500, 0},
        {MI_T(".25"), 250, 0},
        {MI_T("1e2"), 100000, 0},
        {MI_T("2.5E-1"), 250, 0},
        {MI_T("4294967295"), 4294967295000, 0},
        {MI_T("0.01"), 10, 0},
        {MI_T("0.001"), 0, MI_EVENT_TOO_PRECISE},
        {MI_T("0"), 0, MI_EVENT_INVALID_QUERY},
        {MI_T("-1"), 0, MI_EVENT_INVALID_QUERY},
        {MI_T("4294967296"), 0, MI_EVENT_INVALID_QUERY},
        {MI_T("1e999999999999"), 0, MI_EVENT_INVALID_QUERY},
        {MI_T("'1'"), 0, MI_EVENT_INVALID_QUERY},
        {MI_T("1s"), 0, MI_EVENT_INVALID_QUERY},
        {MI_T(""), 0, MI_EVENT_INVALID_QUERY},
    };

    for (size_t i = 0; i < MI_COUNT(cases); i++)
    {
        MI_Char text[100] = {0}, *at = text;

        for (const MI_Char *from = MI_T("SELECT * FROM E WITHIN "); *from;)
            *at++ = *from++;
        for (const MI_Char *from = cases[i].text; *from;)
            *at++ = *from++;
        parse(text);
        ck_assert_uint_eq(query ? query->interval : 0, cases[i].milliseconds);
        if (!query) ck_assert_uint_eq(error.code, cases[i].code);
    }
}
END_TEST

/* a OR b AND NOT c is a OR (b AND (NOT c)) */
START_TEST(precedence)
{
    const struct mi_event_condition *where, *second;

    ck_assert(parse(MI_T("SELECT * FROM E WHERE a = 1 OR b = 2 AND NOT c = 3 AND d = 4")));
    where = query->where;
    ck_assert_int_eq(where->kind, MI_CONDITION_OR);
    ck_assert_int_eq(where->child->kind, MI_CONDITION_COMPARISON);
    second = where->child->next;
    ck_assert(second->kind == MI_CONDITION_AND && !second->next);
    ck_assert_int_eq(second->child->next->kind, MI_CONDITION_NOT);
    ck_assert(second->child->next->next && !second->child->next->next->next);
    ck_assert(parse(MI_T("SELECT * FROM E WHERE (a = 1 OR b = 2) AND c = 3")));
    ck_assert_int_eq(query->where->kind, MI_CONDITION_AND);
    ck_assert_int_eq(query->where->child->kind, MI_CONDITION_OR);
}
END_TEST

START_TEST(operands)
{
    const struct mi_event_condition *where;

    ck_assert(parse(MI_T("SELECT * FROM E WHERE 5 < a.b")));
    where = query->where;
    ck_assert(where->left.kind == MI_OPERAND_PATH && where->operator_ == MI_OPERATOR_GREATER);
    ck_assert(where->right.kind == MI_OPERAND_INTEGER && where->right.magnitude == 5);
    ck_assert(parse(MI_T("SELECT * FROM E WHERE a = 'it\\'s \\\\ \\n \"x\"'")));
    ck_assert(texts_equal(query->where->right.text, MI_T("it's \\ \\n \"x\"")));
    ck_assert(parse(MI_T("SELECT * FROM E WHERE a <> -9223372036854775808")));
    ck_assert(query->where->right.negative && query->where->right.magnitude == (MI_Uint64)1 << 63);
    ck_assert(parse(MI_T("SELECT * FROM E WHERE a = 18446744073709551615")));
    ck_assert(query->where->right.magnitude == ~(MI_Uint64)0);
    ck_assert(parse(MI_T("SELECT * FROM E WHERE a = -1.25e2")) && query->where->right.real == -125);
    ck_assert(parse(MI_T("SELECT * FROM E WHERE a = 0.1")) && query->where->right.real == 0.1);
    ck_assert(parse(MI_T("SELECT * FROM E WHERE a != FALSE")) && query->where->right.kind == MI_OPERAND_BOOLEAN);
    ck_assert(parse(MI_T("SELECT * FROM E WHERE a IS NULL")) && query->where->operator_ == MI_OPERATOR_IS_NULL);
    ck_assert(parse(MI_T("SELECT * FROM E WHERE a is not null")));
    ck_assert_int_eq(query->where->operator_, MI_OPERATOR_IS_NOT_NULL);
    ck_assert(parse(MI_T("SELECT * FROM E WHERE NULL = a")) && query->where->operator_ == MI_OPERATOR_IS_NULL);
    ck_assert(parse(MI_T("SELECT * FROM E WHERE a.State <> b.State")));
    ck_assert_int_eq(query->where->right.kind, MI_OPERAND_PATH);
}
END_TEST

START_TEST(syntax_errors_say_where)
{
    static const struct
    {
        const MI_Char *text;
        const char *message;
    } cases[] = {
        {MI_T(""), "Character 1: SELECT expected, not the end."},
        {MI_T("ASSOCIATORS OF {A}"), "Character 1: SELECT expected, not 'ASSOCIATORS'."},
        {MI_T("SELECT"), "Character 7: the name of a property was expected, not the end."},
        {MI_T("SELECT FROM X"), "Character 8: the name of a property was expected, not 'FROM'."},
        {MI_T("SELECT a, FROM X"), "Character 11: the name of a property"},
        {MI_T("SELECT a. FROM"), "Character 15: FROM expected, not the end."},
        {MI_T("SELECT * FROM 'X'"), "Character 15: the name of an event class was expected, not 'X'."},
        {MI_T("SELECT * FROM X Y"), "Character 17: the end of the query was expected, not 'Y'."},
        {MI_T("SELECT * FROM X WHERE"), "Character 22: a property or a constant was expected, not the end."},
        {MI_T("SELECT * FROM X WHERE a"), "Character 24: an operator was expected, not the end."},
        {MI_T("SELECT * FROM X WHERE a ="), "Character 26: a property or a constant was expected"},
        {MI_T("SELECT * FROM X WHERE a == 1"), "Character 26: a property or a constant was expected, not '='."},
        {MI_T("SELECT * FROM X WHERE 1 = 1"), "Character 23: a constant is compared with a constant."},
        {MI_T("SELECT * FROM X WHERE a >= null"), "Character 28: NULL is neither less nor greater"},
        {MI_T("SELECT * FROM X WHERE a IS 5"), "Character 28: NULL expected, not '5'."},
        {MI_T("SELECT * FROM X WHERE a IS NOT \"NTFS\""), "Character 32: NULL expected, not 'NTFS'."},
        {MI_T("SELECT * FROM X WHERE a ISA B"), "Character 29: the name of a class in quotes was expected, not 'B'."},
        {MI_T("SELECT * FROM X WHERE a ISA ''"), "Character 29: the name of a class"},
        {MI_T("SELECT * FROM X WHERE 'a' ISA 'B'"), "Character 23: a property has to stand before ISA."},
        {MI_T("SELECT * FROM X WHERE a LIKE 5"), "Character 30: a pattern in quotes was expected"},
        {MI_T("SELECT * FROM X WHERE (a = 1"), "Character 29: ')' was expected, not the end."},
        {MI_T("SELECT * FROM X WHERE a = 1)"), "Character 28: the end of the query was expected, not ')'."},
        {MI_T("SELECT * FROM X WHERE a < (4 + 7 - 2)"), "Character 27: a property or a constant was expected"},
        {MI_T("SELECT * FROM X WHERE a = 'b"), "Character 27: the text has no closing quote."},
        {MI_T("SELECT * FROM X WHERE a = 'b\\'"), "Character 27: the text has no closing quote."},
        {MI_T("SELECT * FROM X WHERE a = b[0]"), "Character 28: '[' has no meaning here."},
        {MI_T("SELECT * FROM X WHERE a = 18446744073709551616"), "Character 27: the number is out of range."},
        {MI_T("SELECT * FROM X WHERE a = -"), "Character 27: a sign without a number."},
        {MI_T("SELECT * FROM X GROUP BY a"), "Character 23: WITHIN expected, not 'BY'."},
        {MI_T("SELECT * FROM X GROUP WITHIN 0.5"), "Character 30: a whole number of seconds was expected"},
        {MI_T("SELECT * FROM X GROUP WITHIN 5 HAVING n > 5"), "Character 39: NumberOfEvents expected, not 'n'."},
        {MI_T("SELECT * FROM X GROUP WITHIN 5 HAVING NumberOfEvents > -5"), "Character 56: a number of events was"},
        {MI_T("SELECT * FROM X HAVING NumberOfEvents > 5"), "Character 17: the end of the query was expected"},
        {MI_T("SELECT * FROM X WHERE a = 1 WITHIN 5"), "Character 29: the end of the query was expected"},
    };

    for (size_t i = 0; i < MI_COUNT(cases); i++)
    {
        bool refused = !parse(cases[i].text);

        if (!refused || !begins(error.text, cases[i].message)) show_error();
        ck_assert_msg(refused && begins(error.text, cases[i].message), "case %zu", i);
        ck_assert_uint_eq(error.code, MI_EVENT_INVALID_QUERY);
    }
}
END_TEST

/* A query of `count` times `part` between two texts, from malloc. */
static MI_Char *repeat(const char *before, const char *part, int count, const char *after)
{
    size_t room = strlen(before) + strlen(part) * (size_t)count + strlen(after) + 1;
    MI_Char *text = malloc(room * sizeof(*text)), *at = text;

    ck_assert(text != NULL);
    while (*before)
        *at++ = (MI_Char)*before++;
    for (int i = 0; i < count; i++)
        for (const char *from = part; *from;)
            *at++ = (MI_Char)*from++;
    while (*after)
        *at++ = (MI_Char)*after++;
    *at = 0;
    return text;
}

START_TEST(complexity_has_limits)
{
    static const struct
    {
        const char *part, *after;
        int good, bad;
    } cases[] = {
        {"a = 1 AND ", "a = 1", MI_EVENT_CONDITION_LIMIT - 2, MI_EVENT_CONDITION_LIMIT},
        {"a = 1 OR ", "a = 1", MI_EVENT_CONDITION_LIMIT - 2, 100000},
        {"(", "a = 1", 0, 1000000},
        {"NOT ", "a = 1", MI_EVENT_DEPTH_LIMIT - 1, 1000000},
        {"a.", "b = 1", MI_EVENT_PATH_LIMIT - 1, MI_EVENT_PATH_LIMIT},
    };

    for (size_t i = 0; i < MI_COUNT(cases); i++)
    {
        MI_Char *good = repeat("SELECT * FROM X WHERE ", cases[i].part, cases[i].good, cases[i].after);
        MI_Char *bad = repeat("SELECT * FROM X WHERE ", cases[i].part, cases[i].bad, cases[i].after);

        ck_assert_msg(parse(good) != NULL, "case %zu", i);
        ck_assert_msg(!parse(bad) && error.code == MI_EVENT_QUOTA, "case %zu", i);
        free(good);
        free(bad);
    }
}
END_TEST

/* However long a word is that the error names, the text ends. */
START_TEST(long_words_are_cut)
{
    MI_Char *text = repeat("", "x", 10000, "");

    ck_assert(!parse(text) && error.code == MI_EVENT_INVALID_QUERY);
    ck_assert(begins(error.text, "Character 1: SELECT expected, not 'xxxx"));
    ck_assert_int_eq(error.text[MI_EVENT_TEXT_LENGTH - 1], 0);
    free(text);
}
END_TEST

START_TEST(every_failing_allocation)
{
    bool good = false;

    for (int i = 0; !good; i++)
    {
        fail_allocation(i);
        good =
            parse(MI_T("SELECT a.b, c FROM X WITHIN 5 WHERE a = 'text' AND (NOT b LIKE '%x' OR c IS NULL) GROUP WITHIN "
                       "5 BY a, b HAVING NumberOfEvents > 7"));
        if (!good) ck_assert_uint_eq(error.code, MI_EVENT_NO_MEMORY);
    }
    fail_allocation(-1);
}
END_TEST

/* ---- What can be polled ----------------------------------------------------------------------------------------- */

static struct mi_event_targets targets;

static bool check(const MI_Char *text)
{
    ck_assert(parse(text) != NULL);
    return mi_event_check(query, &targets, &error);
}

START_TEST(targets_are_found)
{
    ck_assert(check(EVENT OF_A) && targets.count == 1 && texts_equal(targets.names[0], MI_T("A")));
    ck_assert(check(EVENT MI_T("PreviousInstance ISA 'A' AND TargetInstance.x = 5")) && targets.count == 1);
    ck_assert(
        check(EVENT MI_T("TargetInstance.x = 5 AND NOT TargetInstance ISA 'B' AND TargetInstance.__CLASS = 'A'")));
    ck_assert(targets.count == 1 && texts_equal(targets.names[0], MI_T("A")));
    ck_assert(check(EVENT OF_A MI_T(" OR TargetInstance ISA 'B' OR TargetInstance ISA 'a'")) && targets.count == 2);
    ck_assert(check(EVENT MI_T("(") OF_A MI_T(" OR TargetInstance ISA 'B') AND TargetInstance.x = 1")));
    ck_assert(targets.count == 2);
}
END_TEST

START_TEST(what_cannot_be_polled)
{
    static const struct
    {
        const MI_Char *text;
        MI_Uint32 code;
        const char *message;
    } cases[] = {
        {MI_T("SELECT * FROM __InstanceCreationEvent WITHIN 1"), MI_EVENT_TOO_BROAD, "TargetInstance"},
        {EVENT MI_T("TargetInstance.x = 1"), MI_EVENT_TOO_BROAD, "all objects"},
        {EVENT MI_T("NOT ") OF_A, MI_EVENT_TOO_BROAD, "all objects"},
        {EVENT OF_A MI_T(" OR TargetInstance.x = 1"), MI_EVENT_TOO_BROAD, "all objects"},
        {EVENT MI_T("__this ISA '__InstanceCreationEvent'"), MI_EVENT_TOO_BROAD, "all objects"},
        {MI_T("SELECT * FROM __InstanceCreationEvent WHERE ") OF_A, MI_EVENT_TOO_PRECISE, "WITHIN"},
        {EVENT OF_A MI_T(" AND Name = 'x'"), MI_EVENT_INVALID_QUERY, "Name is no property of"},
        {EVENT OF_A MI_T(" AND TIME_CREATED.x = 1"), MI_EVENT_INVALID_QUERY, "no properties of its own"},
        {EVENT OF_A MI_T(" AND TIME_CREATED ISA 'x'"), MI_EVENT_INVALID_QUERY, "ISA is about objects"},
        {EVENT OF_A MI_T(" AND __GENUS = 1"), MI_EVENT_NOT_SUPPORTED, "__GENUS"},
        {EVENT OF_A MI_T(" AND TargetInstance.__PATH = 'x'"), MI_EVENT_NOT_SUPPORTED, "__PATH"},
        {MI_T("SELECT Name FROM __InstanceCreationEvent WITHIN 1 WHERE ") OF_A, MI_EVENT_INVALID_QUERY, "Name"},
        {MI_T("SELECT PreviousInstance FROM __InstanceCreationEvent WITHIN 1 WHERE ") OF_A, MI_EVENT_INVALID_QUERY,
         "PreviousInstance is no property of __InstanceCreationEvent"},
        {EVENT OF_A MI_T(" GROUP WITHIN 5 BY Sender"), MI_EVENT_INVALID_QUERY, "Sender"},
    };

    for (size_t i = 0; i < MI_COUNT(cases); i++)
    {
        bool refused = !check(cases[i].text);

        if (!refused || error.code != cases[i].code || !contains(error.text, cases[i].message)) show_error();
        ck_assert_msg(refused && error.code == cases[i].code && contains(error.text, cases[i].message), "case %zu", i);
    }
    ck_assert(mi_event_can_be_polled(MI_T("__instanceOPERATIONevent")));
    ck_assert(!mi_event_can_be_polled(MI_T("__ClassCreationEvent")) && !mi_event_can_be_polled(MI_T("EmailEvent")));
}
END_TEST

START_TEST(not_too_many_targets)
{
    MI_Char text[2000] = {0}, *at = text;

    for (const MI_Char *from = EVENT; *from;)
        *at++ = *from++;
    for (int i = 0; i < MI_EVENT_TARGET_LIMIT; i++)
    {
        for (const MI_Char *from = OF_A MI_T(" OR "); *from;)
            *at++ = *from++;
        at[-6] = (MI_Char)('A' + i); /* the class's name */
    }
    at[-4] = 0;
    ck_assert(check(text) && targets.count == MI_EVENT_TARGET_LIMIT);
    at[-4] = ' ';
    for (const MI_Char *from = MI_T("TargetInstance ISA 'One_More'"); *from;)
        *at++ = *from++;
    ck_assert(!check(text) && error.code == MI_EVENT_QUOTA);
}
END_TEST

START_TEST(types_are_checked)
{
    static const struct
    {
        const MI_Char *condition;
        MI_Uint32 code; /* 0: good */
    } cases[] = {
        {MI_T("TargetInstance.Text = 'x'"), 0},
        {MI_T("TargetInstance.Text = 5"), 0},
        {MI_T("TargetInstance.Text LIKE '%x'"), 0},
        {MI_T("TargetInstance.Number = 5"), 0},
        {MI_T("TargetInstance.Number = '5'"), 0},
        {MI_T("TargetInstance.Number > 5.5"), 0},
        {MI_T("TargetInstance.Number < TargetInstance.Real"), 0},
        {MI_T("TargetInstance.Flag = TRUE"), 0},
        {MI_T("TargetInstance.Flag <> 0"), 0},
        {MI_T("TargetInstance.Flag = 'true'"), 0},
        {MI_T("TargetInstance.Time > '20240101000000.000000+000'"), 0},
        {MI_T("TargetInstance.List IS NULL"), 0},
        {MI_T("TargetInstance.Object ISA 'B'"), 0},
        {MI_T("TargetInstance.Object.Anything = 5"), 0},
        {MI_T("TargetInstance.__CLASS LIKE 'A%'"), 0},
        {MI_T("TIME_CREATED > 5"), 0},
        {MI_T("__CLASS = '__InstanceModificationEvent'"), 0},
        {MI_T("__this ISA '__InstanceModificationEvent'"), 0},
        {MI_T("TargetInstance.None = 5"), MI_EVENT_INVALID_QUERY},
        {MI_T("TargetInstance.Text = PreviousInstance.None"), MI_EVENT_INVALID_QUERY},
        {MI_T("TargetInstance.Number = 'x'"), MI_EVENT_MISMATCH},
        {MI_T("TargetInstance.Number LIKE 'x'"), MI_EVENT_MISMATCH},
        {MI_T("TargetInstance.Text = TargetInstance.Number"), MI_EVENT_MISMATCH},
        {MI_T("TargetInstance.Flag = 2"), MI_EVENT_MISMATCH},
        {MI_T("TargetInstance.Flag <= TRUE"), MI_EVENT_INVALID_QUERY},
        {MI_T("TargetInstance.Flag > PreviousInstance.Flag"), MI_EVENT_INVALID_QUERY},
        {MI_T("TargetInstance.Time = 'noon'"), MI_EVENT_MISMATCH},
        {MI_T("TargetInstance.List = 5"), MI_EVENT_MISMATCH},
        {MI_T("TargetInstance.Number ISA 'B'"), MI_EVENT_MISMATCH},
        {MI_T("TargetInstance = PreviousInstance"), MI_EVENT_MISMATCH},
        {MI_T("TIME_CREATED > 0 GROUP WITHIN 5 BY TargetInstance.Text, __CLASS"), 0},
        {MI_T("TIME_CREATED > 0 GROUP WITHIN 5 BY TargetInstance.None"), MI_EVENT_INVALID_QUERY},
        {MI_T("TIME_CREATED > 0 GROUP WITHIN 5 BY TargetInstance"), MI_EVENT_MISMATCH},
        {MI_T("TIME_CREATED > 0 GROUP WITHIN 5 BY TargetInstance.List"), MI_EVENT_MISMATCH},
    };
    static const struct
    {
        const MI_Char *name;
        MI_Type type;
    } elements[] = {{MI_T("Text"), MI_STRING},    {MI_T("Number"), MI_UINT32}, {MI_T("Real"), MI_REAL32},
                    {MI_T("Flag"), MI_BOOLEAN},   {MI_T("Time"), MI_DATETIME}, {MI_T("List"), MI_UINT32A},
                    {MI_T("Object"), MI_INSTANCE}};
    MI_Instance *prototype = NULL;

    ck_assert_int_eq(mi_instance_new(MI_T("A"), &prototype), MI_RESULT_OK);
    for (size_t i = 0; i < MI_COUNT(elements); i++)
        MI_Instance_AddElement(prototype, elements[i].name, NULL, elements[i].type, MI_FLAG_NULL);
    for (size_t i = 0; i < MI_COUNT(cases); i++)
    {
        MI_Char text[300] = {0}, *at = text;
        bool good;

        for (const MI_Char *from = EVENT OF_A MI_T(" AND "); *from;)
            *at++ = *from++;
        for (const MI_Char *from = cases[i].condition; *from;)
            *at++ = *from++;
        good = check(text) && mi_event_check_types(query, &prototype, 1, &error);
        if (!good && error.code != cases[i].code) show_error();
        ck_assert_msg(good == !cases[i].code && (good || error.code == cases[i].code), "case %zu", i);
    }
    MI_Instance_Delete(prototype);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mi event queries");
    TCase *tcase = tcase_create("queries");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, the_whole_of_a_query);
    tcase_add_test(tcase, intervals);
    tcase_add_test(tcase, precedence);
    tcase_add_test(tcase, operands);
    tcase_add_test(tcase, syntax_errors_say_where);
    tcase_add_test(tcase, complexity_has_limits);
    tcase_add_test(tcase, long_words_are_cut);
    tcase_add_test(tcase, every_failing_allocation);
    tcase_add_test(tcase, targets_are_found);
    tcase_add_test(tcase, what_cannot_be_polled);
    tcase_add_test(tcase, not_too_many_targets);
    tcase_add_test(tcase, types_are_checked);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}

/*
 * The bookkeeping of what flows between the nodes of a presentation: order, wishes, ends, tees, cuts.
 */
#include <check.h>
#include <stdlib.h>

#include "mf/flow.h"

static struct flow_pool pool;
static struct flow_link link;
static int released;

static void release(void *object)
{
    released++;
    free(object);
}

static void set_up(void)
{
    pool = (struct flow_pool){.release = release};
    released = 0;
    flow_init(&link);
}

static void tear_down(void)
{
    flow_reset(&link, &pool, false);
    flow_pool_clear(&pool);
}

static void push(enum flow_kind kind, int64_t time)
{
    bool has_object = kind == FLOW_SAMPLE || kind == FLOW_FORMAT || kind == FLOW_EVENT;

    ck_assert(flow_push(&link, &pool, kind, time, has_object ? malloc(1) : NULL));
}

static void take(enum flow_kind kind)
{
    ck_assert_ptr_nonnull(flow_first(&link));
    ck_assert_int_eq(flow_first(&link)->kind, kind);
    flow_drop(&link, &pool);
}

START_TEST(marks_keep_their_place)
{
    push(FLOW_SAMPLE, 0);
    push(FLOW_TICK, 7);
    push(FLOW_SAMPLE, 0);
    push(FLOW_FORMAT, 0);
    push(FLOW_EVENT, 0);
    push(FLOW_END, 0);
    take(FLOW_SAMPLE);
    ck_assert_int_eq(flow_first(&link)->time, 7);
    take(FLOW_TICK);
    take(FLOW_SAMPLE);
    take(FLOW_FORMAT);
    take(FLOW_EVENT);
    take(FLOW_END);
    ck_assert_ptr_null(flow_first(&link));
    ck_assert_int_eq(released, 4);
}
END_TEST

START_TEST(nothing_follows_the_end)
{
    push(FLOW_END, 0);
    ck_assert(!flow_push(&link, &pool, FLOW_SAMPLE, 0, malloc(1)));
    ck_assert_int_eq(released, 1);
    flow_want(&link, 3);
    ck_assert_uint_eq(flow_missing(&link), 0);
    flow_reset(&link, &pool, true);
    ck_assert_uint_eq(flow_missing(&link), 3);
    push(FLOW_SAMPLE, 0);
}
END_TEST

START_TEST(wishes_are_met_once)
{
    flow_want(&link, 2);
    ck_assert_uint_eq(flow_missing(&link), 2);
    flow_asked(&link);
    ck_assert_uint_eq(flow_missing(&link), 1);
    ck_assert(flow_answered(&link));
    ck_assert(!flow_answered(&link)); /* was not asked for */
    push(FLOW_SAMPLE, 0);
    ck_assert_uint_eq(flow_missing(&link), 1);
    push(FLOW_SAMPLE, 0);
    push(FLOW_SAMPLE, 0); /* one too many */
    ck_assert_uint_eq(flow_missing(&link), 0);
    take(FLOW_SAMPLE);
    take(FLOW_SAMPLE);
    ck_assert_uint_eq(link.wanted, 0);
    take(FLOW_SAMPLE);
    ck_assert_uint_eq(link.wanted, 0);
    ck_assert(flow_want_at_least(&link, 1));
    ck_assert(!flow_want_at_least(&link, 1));
    ck_assert_uint_eq(flow_missing(&link), 1);
}
END_TEST

START_TEST(a_reset_forgets_what_was_asked)
{
    flow_want(&link, 2);
    flow_asked(&link);
    push(FLOW_SAMPLE, 0);
    flow_reset(&link, &pool, true);
    ck_assert_int_eq(released, 1);
    ck_assert_uint_eq(flow_missing(&link), 2);
    flow_reset(&link, &pool, false);
    ck_assert_uint_eq(flow_missing(&link), 0);
}
END_TEST

START_TEST(a_tee_goes_at_its_primary_outputs_pace)
{
    struct flow_link other;
    struct flow_branch branches[2] = {{&link, false}, {&other, false}};
    int i;

    flow_init(&other);
    flow_want(&other, 5);
    ck_assert_uint_eq(flow_tee_wish(branches, 2, 0), 0);
    flow_want(&link, 2);
    ck_assert_uint_eq(flow_tee_wish(branches, 2, 0), 2);
    push(FLOW_SAMPLE, 0);
    ck_assert_uint_eq(flow_tee_wish(branches, 2, 0), 1);
    for (i = 0; i < FLOW_TEE_LIMIT; i++)
        ck_assert(flow_push(&other, &pool, FLOW_SAMPLE, 0, malloc(1)));
    ck_assert_uint_eq(flow_tee_wish(branches, 2, 0), 0); /* held up */
    branches[1].discardable = true;
    ck_assert_uint_eq(flow_tee_wish(branches, 2, 0), 1);
    ck_assert(!flow_tee_takes(&branches[1]));
    ck_assert(flow_tee_takes(&branches[0]));
    flow_reset(&other, &pool, true);
    ck_assert(flow_tee_takes(&branches[1]));
}
END_TEST

START_TEST(what_lies_outside_is_cut)
{
    ck_assert_int_eq(flow_place(0, 10, 10, 100, false), FLOW_BEFORE);
    ck_assert_int_eq(flow_place(0, 11, 10, 100, false), FLOW_KEEP);
    ck_assert_int_eq(flow_place(10, 10, 10, 100, false), FLOW_KEEP);
    ck_assert_int_eq(flow_place(10, 0, 10, 100, false), FLOW_KEEP);
    ck_assert_int_eq(flow_place(99, 10, 10, 100, false), FLOW_KEEP);
    ck_assert_int_eq(flow_place(100, 10, 10, 100, false), FLOW_AFTER);
    ck_assert_int_eq(flow_place(INT64_MAX - 1, INT64_MAX, 0, INT64_MAX, false), FLOW_KEEP);
    ck_assert_int_eq(flow_place(-5, 1, INT64_MIN, INT64_MAX, false), FLOW_KEEP);
    ck_assert_int_eq(flow_place(51, 10, 50, 100, true), FLOW_BEFORE);
    ck_assert_int_eq(flow_place(50, 10, 50, 100, true), FLOW_KEEP);
    ck_assert_int_eq(flow_place(0, 10, 50, 100, true), FLOW_KEEP);
}
END_TEST

START_TEST(sound_is_cut_between_blocks)
{
    struct flow_trim trim;

    /* 1,000 bytes a second in blocks of 4; 100 bytes are a tenth of a second. */
    ck_assert(!flow_trim(&trim, 0, 100, 1000, 4, INT64_MIN, INT64_MAX));
    ck_assert(!flow_trim(&trim, 0, 100, 1000, 4, 0, 1000000));
    ck_assert(flow_trim(&trim, 0, 100, 1000, 4, 400000, INT64_MAX));
    ck_assert_uint_eq(trim.skip, 40);
    ck_assert_uint_eq(trim.keep, 60);
    ck_assert_int_eq(trim.time, 400000);
    ck_assert_int_eq(trim.duration, 600000);
    ck_assert(flow_trim(&trim, 5000000, 100, 1000, 4, INT64_MIN, 5410000));
    ck_assert_uint_eq(trim.skip, 0);
    ck_assert_uint_eq(trim.keep, 44); /* 41 bytes are 11 blocks */
    ck_assert_int_eq(trim.time, 5000000);
    ck_assert_int_eq(trim.duration, 440000);
    ck_assert(flow_trim(&trim, 0, 100, 1000, 4, 200000, 800000));
    ck_assert_uint_eq(trim.skip, 20);
    ck_assert_uint_eq(trim.keep, 60);
    ck_assert(!flow_trim(&trim, 0, 100, 1000, 4, 1000000, INT64_MAX)); /* nothing would stay */
    ck_assert(!flow_trim(&trim, 0, 100, 0, 4, 400000, INT64_MAX));
    ck_assert(!flow_trim(&trim, 0, 100, 1000, 0, 400000, INT64_MAX));
    ck_assert(flow_trim(&trim, 0, UINT32_MAX, UINT32_MAX, 1, 5000000, INT64_MAX - 1));
    ck_assert_uint_eq(trim.skip, UINT32_MAX / 2 + 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mf flow");
    TCase *tests = tcase_create("flow");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, marks_keep_their_place);
    tcase_add_test(tests, nothing_follows_the_end);
    tcase_add_test(tests, wishes_are_met_once);
    tcase_add_test(tests, a_reset_forgets_what_was_asked);
    tcase_add_test(tests, a_tee_goes_at_its_primary_outputs_pace);
    tcase_add_test(tests, what_lies_outside_is_cut);
    tcase_add_test(tests, sound_is_cut_between_blocks);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

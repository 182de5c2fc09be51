/*
 * When the quality manager lowers and raises quality.
 */
#include <check.h>
#include <stdlib.h>

#include "mf/quality_policy.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define SECOND       10000000

/* So many samples of this lag are kept, and the next one gives `advice`. */
static void run(struct quality_policy *policy, int64_t lag, int kept, enum quality_advice advice)
{
    for (int i = 0; i < kept; i++)
        ck_assert_int_eq(quality_policy_sample(policy, lag), QUALITY_KEEP);
    ck_assert_int_eq(quality_policy_sample(policy, lag), advice);
}

START_TEST(in_time)
{
    struct quality_policy policy = {0};

    run(&policy, -SECOND, 1000, QUALITY_KEEP);
    run(&policy, QUALITY_LATE, 1000, QUALITY_KEEP);
    ck_assert(!policy.lowered && !policy.lowest);
}
END_TEST

START_TEST(late_ones_in_a_row)
{
    struct quality_policy policy = {0};

    run(&policy, QUALITY_LATE + 1, QUALITY_LATE_RUN - 1, QUALITY_LOWER);
    quality_policy_lowered(&policy, true);
    /* The step is given time to help. */
    run(&policy, QUALITY_LATE + 1, QUALITY_LATE_RUN - 1, QUALITY_LOWER);
    quality_policy_lowered(&policy, true);
    ck_assert_uint_eq(policy.lowered, 2);
    /* One in between that is not late ends the row. */
    run(&policy, QUALITY_LATE + 1, QUALITY_LATE_RUN - 2, QUALITY_KEEP);
    run(&policy, 0, 0, QUALITY_KEEP);
    run(&policy, QUALITY_LATE + 1, QUALITY_LATE_RUN - 1, QUALITY_LOWER);
}
END_TEST

START_TEST(nothing_left_to_lower)
{
    struct quality_policy policy = {0};

    run(&policy, QUALITY_FAR_LATE + 1, QUALITY_LATE_RUN - 1, QUALITY_LOWER);
    quality_policy_lowered(&policy, false);
    run(&policy, QUALITY_FAR_LATE, QUALITY_LATE_RUN - 1, QUALITY_KEEP);
    run(&policy, QUALITY_FAR_LATE + 1, QUALITY_LATE_RUN - 1, QUALITY_DROP);
    run(&policy, QUALITY_FAR_LATE + 1, QUALITY_LATE_RUN - 1, QUALITY_DROP);
}
END_TEST

START_TEST(back_to_normal)
{
    struct quality_policy policy = {.lowered = 2, .lowest = true};

    run(&policy, QUALITY_IN_TIME, QUALITY_GOOD_RUN - 1, QUALITY_RAISE);
    ck_assert(policy.lowered == 1 && !policy.lowest);
    /* Neither late nor in time: begins anew. */
    run(&policy, 0, QUALITY_GOOD_RUN - 2, QUALITY_KEEP);
    run(&policy, QUALITY_IN_TIME + 1, 0, QUALITY_KEEP);
    run(&policy, 0, QUALITY_GOOD_RUN - 1, QUALITY_RAISE);
    run(&policy, 0, 10 * QUALITY_GOOD_RUN, QUALITY_KEEP);
    ck_assert_uint_eq(policy.lowered, 0);
}
END_TEST

START_TEST(restart)
{
    struct quality_policy policy = {.lowered = 1};

    run(&policy, SECOND, QUALITY_LATE_RUN - 2, QUALITY_KEEP);
    quality_policy_restart(&policy);
    run(&policy, SECOND, QUALITY_LATE_RUN - 1, QUALITY_LOWER);
    ck_assert_uint_eq(policy.lowered, 1);
}
END_TEST

START_TEST(lags)
{
    static const struct
    {
        int64_t now, time;
        float rate;
        int64_t latency, lag;
    } rows[] = {
        {SECOND, SECOND, 1, 0, 0},
        {2 * SECOND, SECOND, 1, 0, SECOND},
        {SECOND, 2 * SECOND, 1, 0, -SECOND},
        {2 * SECOND, SECOND, 1, 5, SECOND + 5},
        {3 * SECOND, SECOND, 2, 0, SECOND},
        {2 * SECOND, SECOND, 0.5f, 0, 2 * SECOND},
        {SECOND, 2 * SECOND, -1, 0, SECOND}, /* backwards it should have come before */
        {2 * SECOND, SECOND, 0, 7, 0},
        {2 * SECOND, SECOND, __builtin_nanf(""), 7, 0},
        {INT64_MAX, INT64_MIN, 1, INT64_MAX, INT64_MAX},
        {INT64_MIN, INT64_MAX, 1, INT64_MIN, INT64_MIN},
        {INT64_MAX, 0, 1e-30f, 0, INT64_MAX},
        {INT64_MIN, 0, 1e-30f, 0, INT64_MIN},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_int_eq(quality_lag(rows[i].now, rows[i].time, rows[i].rate, rows[i].latency), rows[i].lag);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mf quality policy");
    TCase *tcase = tcase_create("policy");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tcase, in_time);
    tcase_add_test(tcase, late_ones_in_a_row);
    tcase_add_test(tcase, nothing_left_to_lower);
    tcase_add_test(tcase, back_to_normal);
    tcase_add_test(tcase, restart);
    tcase_add_test(tcase, lags);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

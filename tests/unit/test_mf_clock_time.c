/*
 * A presentation clock's states, its time against the time source's, and when its timers are due.
 */
#include <check.h>
#include <stdlib.h>

#include "mf/clock_time.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define SECOND       10000000

/* Every state by every command, by what the pages of Start, Pause and Stop say. */
START_TEST(states)
{
    for (int state = 0; state < CLOCK_STATES; state++)
    {
        for (int command = 0; command < CLOCK_COMMANDS; command++)
        {
            struct clock_change change = clock_change_of(state, command);

            switch (command)
            {
            case CLOCK_COMMAND_START:
                /* "This method is valid in all states (stopped, paused, or running)." */
                ck_assert(change.answer == CLOCK_CHANGES && change.state == CLOCK_RUNNING);
                ck_assert_int_eq(change.notice, CLOCK_NOTICE_START);
                break;
            case CLOCK_COMMAND_START_CURRENT:
                ck_assert(change.answer == CLOCK_CHANGES && change.state == CLOCK_RUNNING);
                /* "If the clock is paused and restarted from the same position ... OnClockRestart" */
                ck_assert_int_eq(change.notice, state == CLOCK_PAUSED ? CLOCK_NOTICE_RESTART : CLOCK_NOTICE_START);
                break;
            case CLOCK_COMMAND_PAUSE:
                /* "MF_E_CLOCK_STATE_ALREADY_SET The clock is already paused." */
                if (state == CLOCK_PAUSED) ck_assert_int_eq(change.answer, CLOCK_ALREADY_SET);
                /* "MF_E_INVALIDREQUEST The clock is stopped." */
                else if (state == CLOCK_STOPPED)
                    ck_assert_int_eq(change.answer, CLOCK_REFUSES);
                else
                    ck_assert(change.answer == CLOCK_CHANGES && change.state == CLOCK_PAUSED &&
                              change.notice == CLOCK_NOTICE_PAUSE);
                break;
            default:
                /* "MF_E_CLOCK_STATE_ALREADY_SET The clock is already stopped." */
                if (state == CLOCK_STOPPED)
                    ck_assert_int_eq(change.answer, CLOCK_ALREADY_SET);
                else
                    ck_assert(change.answer == CLOCK_CHANGES && change.state == CLOCK_STOPPED &&
                              change.notice == CLOCK_NOTICE_STOP);
                break;
            }
            if (change.answer != CLOCK_CHANGES) ck_assert_int_eq(change.state, state);
        }
    }
}
END_TEST

START_TEST(sums)
{
    static const int64_t numbers[] = {INT64_MIN, INT64_MIN + 1, -SECOND, -1, 0, 1, SECOND, INT64_MAX - 1, INT64_MAX};

    for (size_t i = 0; i < COUNT(numbers); i++)
    {
        for (size_t j = 0; j < COUNT(numbers); j++)
        {
            __int128 sum = (__int128)numbers[i] + numbers[j], difference = (__int128)numbers[i] - numbers[j];

            if (sum > INT64_MAX) sum = INT64_MAX;
            if (sum < INT64_MIN) sum = INT64_MIN;
            if (difference > INT64_MAX) difference = INT64_MAX;
            if (difference < INT64_MIN) difference = INT64_MIN;
            ck_assert_int_eq(clock_add(numbers[i], numbers[j]), (int64_t)sum);
            ck_assert_int_eq(clock_subtract(numbers[i], numbers[j]), (int64_t)difference);
        }
    }
}
END_TEST

START_TEST(time_follows_the_source)
{
    struct clock_time time = {0};

    ck_assert_int_eq(clock_time_at(&time, 0), 0);
    ck_assert_int_eq(clock_time_at(&time, 7 * SECOND), 7 * SECOND);
    ck_assert_int_eq(clock_time_at(&time, INT64_MAX), INT64_MAX);
    clock_time_go_on(&time, 5);
    ck_assert_int_eq(clock_time_at(&time, 9), 9);
}
END_TEST

/* "A rate of zero causes one frame to be rendered; after that, the presentation clock does not advance." */
START_TEST(held_time)
{
    struct clock_time time = {0};

    clock_time_hold(&time, 3 * SECOND);
    ck_assert_int_eq(clock_time_at(&time, 8 * SECOND), 3 * SECOND);
    clock_time_hold(&time, 9 * SECOND);
    ck_assert_int_eq(clock_time_at(&time, 10 * SECOND), 3 * SECOND);
    clock_time_go_on(&time, 10 * SECOND);
    ck_assert_int_eq(clock_time_at(&time, 10 * SECOND), 3 * SECOND);
    ck_assert_int_eq(clock_time_at(&time, 12 * SECOND), 5 * SECOND);
    /* Held again, from the time that it has by now. */
    clock_time_hold(&time, 12 * SECOND);
    ck_assert_int_eq(clock_time_at(&time, 20 * SECOND), 5 * SECOND);
    /* A new position while held: there it stands. */
    clock_time_seek(&time, SECOND);
    ck_assert_int_eq(clock_time_at(&time, 2 * SECOND), SECOND);
    clock_time_go_on(&time, 2 * SECOND);
    ck_assert_int_eq(clock_time_at(&time, 3 * SECOND), 2 * SECOND);
    /* A new position while running: the source is there itself. */
    clock_time_seek(&time, 60 * SECOND);
    ck_assert_int_eq(clock_time_at(&time, 61 * SECOND), 61 * SECOND);
    clock_time_hold(&time, INT64_MIN);
    clock_time_go_on(&time, INT64_MAX);
    ck_assert_int_eq(clock_time_at(&time, INT64_MAX), 0);
}
END_TEST

START_TEST(targets)
{
    ck_assert_int_eq(clock_timer_target(5, 7, 1), 12);
    ck_assert_int_eq(clock_timer_target(5, 7, 0), 12);
    ck_assert_int_eq(clock_timer_target(5, 7, -2), -2);
    ck_assert_int_eq(clock_timer_target(5, -7, 1), -2);
    ck_assert_int_eq(clock_timer_target(5, -7, -1), 12);
    ck_assert_int_eq(clock_timer_target(INT64_MAX, INT64_MAX, 1), INT64_MAX);
    ck_assert_int_eq(clock_timer_target(INT64_MIN, INT64_MAX, -1), INT64_MIN);
    /* An amount below 0 is past, whichever way the clock goes. */
    ck_assert_uint_eq(clock_timer_wait(5, clock_timer_target(5, -7, 1), 1), 0);
    ck_assert_uint_eq(clock_timer_wait(5, clock_timer_target(5, -7, -1), -1), 0);
}
END_TEST

START_TEST(waits)
{
    static const struct
    {
        int64_t now, target;
        float rate;
        uint32_t wait;
    } rows[] = {
        {0, 0, 1, 0},
        {1, 0, 1, 0},
        {0, SECOND, 1, 1000},
        {0, 1, 1, 1}, /* rounded up: never early */
        {0, 10000, 1, 1},
        {0, 10001, 1, 2},
        {0, SECOND, 2, 500},
        {0, SECOND, 0.5f, 2000},
        {-SECOND, SECOND, 1, 2000},
        {0, 0, -1, 0},
        {0, 1, -1, 0}, /* backwards, it has passed that */
        {SECOND, 0, -1, 1000},
        {SECOND, -SECOND, -4, 500},
        {0, 1, 0, CLOCK_NEVER},
        {5, 5, 0, 0},
        {6, 5, 0, 0},
        {0, INT64_MAX, 1, CLOCK_LONGEST_WAIT},
        {INT64_MIN, INT64_MAX, 1, CLOCK_LONGEST_WAIT},
        {INT64_MAX, INT64_MIN, -1, CLOCK_LONGEST_WAIT},
        {INT64_MIN, INT64_MAX, 3e38f, 1},
        {0, 1, 1e-44f, CLOCK_LONGEST_WAIT},
        {0, 1, 3e38f, 1},
        {0, SECOND, __builtin_nanf(""), CLOCK_NEVER},
        {0, SECOND, -0.0f, CLOCK_NEVER},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_msg(clock_timer_wait(rows[i].now, rows[i].target, rows[i].rate) == rows[i].wait, "row %zu: %u", i,
                      clock_timer_wait(rows[i].now, rows[i].target, rows[i].rate));
}
END_TEST

/* Whatever the numbers: 0 exactly where the target is reached, and after a wait that was not cut short it is reached.
 */
START_TEST(waits_suffice)
{
    static const int64_t numbers[] = {INT64_MIN, -3 * (int64_t)SECOND, -1,       0, 1, 9999, 10001,
                                      SECOND,    5 * SECOND + 3,       INT64_MAX};
    static const float rates[] = {-8, -1, -0.3f, 0.3f, 1, 1.5f, 100};

    for (size_t i = 0; i < COUNT(numbers); i++)
    {
        for (size_t j = 0; j < COUNT(numbers); j++)
        {
            for (size_t k = 0; k < COUNT(rates); k++)
            {
                uint32_t wait = clock_timer_wait(numbers[i], numbers[j], rates[k]);
                bool there = rates[k] > 0 ? numbers[i] >= numbers[j] : numbers[i] <= numbers[j];
                __int128 after = numbers[i] + (__int128)((double)wait * 10000 * (double)rates[k] * 1.0000001);

                ck_assert_int_eq(wait == 0, there);
                if (wait == 0 || wait == CLOCK_LONGEST_WAIT) continue;
                ck_assert(rates[k] > 0 ? after >= numbers[j] : after <= numbers[j]);
            }
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mf clock time");
    TCase *tcase = tcase_create("clock");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tcase, states);
    tcase_add_test(tcase, sums);
    tcase_add_test(tcase, time_follows_the_source);
    tcase_add_test(tcase, held_time);
    tcase_add_test(tcase, targets);
    tcase_add_test(tcase, waits);
    tcase_add_test(tcase, waits_suffice);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

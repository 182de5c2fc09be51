/*
 * The media session's table: every state by every command and event, and what must hold of it as a whole.
 */
#include <check.h>
#include <stdlib.h>

#include "mf/session_state.h"

static bool is_command(int input)
{
    return input <= SESSION_DO_SHUTDOWN;
}

static bool is_closing(int state)
{
    return state == SESSION_CLOSING || state == SESSION_FINALIZING || state == SESSION_CLOSED;
}

static struct session_step step(int state, int input)
{
    return session_state_step((enum session_state)state, (enum session_input)input);
}

/* Every pair has an answer that makes sense by itself. */
START_TEST(every_pair)
{
    for (int state = 0; state < SESSION_STATES; state++)
    {
        for (int input = 0; input < SESSION_INPUTS; input++)
        {
            struct session_step s = step(state, input);

            ck_assert_int_lt(s.action, SESSION_ACTIONS);
            ck_assert_int_lt(s.next, SESSION_STATES);
            switch (s.action)
            {
            case SESSION_IGNORE: /* only reports can be late; a command is never lost */
                ck_assert_msg(!is_command(input), "%s loses %s", session_state_name(state), session_input_name(input));
                ck_assert_int_eq(s.next, state);
                break;
            case SESSION_WAIT:
                ck_assert(is_command(input) && !session_state_is_steady(state));
                ck_assert_int_eq(s.next, state);
                break;
            case SESSION_REFUSE:
            case SESSION_REFUSE_STOPPED:
            case SESSION_REFUSE_SHUTDOWN:
            case SESSION_SUCCEED:
            case SESSION_PROCEED:
                ck_assert(is_command(input));
                ck_assert_int_eq(s.next, state);
                break;
            default:
                break;
            }
        }
    }
}
END_TEST

/* A steady state gives each command its end or its beginning; none waits there. */
START_TEST(steady_states_take_commands)
{
    for (int state = 0; state < SESSION_STATES; state++)
    {
        if (!session_state_is_steady(state)) continue;
        for (int input = 0; is_command(input); input++)
            ck_assert_int_ne(step(state, input).action, SESSION_WAIT);
    }
}
END_TEST

/* What may follow on each action, as a report of the pipeline, of sinks or of the session itself. */
static bool reports(int action, int state, int input)
{
    switch (action)
    {
    case SESSION_START:
    case SESSION_SWITCH:
        return input == SESSION_STARTED || input == SESSION_START_FAILED ||
               (state == SESSION_SWITCHING && input == SESSION_START_REFUSED);
    case SESSION_PAUSE:
        return input == SESSION_PAUSE_ENDED || input == SESSION_PAUSE_FAILED;
    case SESSION_STOP:
    case SESSION_RECOVER:
    case SESSION_FAIL:
        return input == SESSION_STOP_ENDED;
    case SESSION_FINALIZE:
        return input == SESSION_FINALIZED;
    default:
        return false;
    }
}

/* Every report of what an action began is heard in the state that the action led to, and leads out of it. */
START_TEST(no_state_is_a_trap)
{
    for (int state = 0; state < SESSION_STATES; state++)
    {
        for (int input = 0; input < SESSION_INPUTS; input++)
        {
            struct session_step s = step(state, input);

            for (int report = 0; report < SESSION_INPUTS; report++)
            {
                if (!reports(s.action, s.next, report)) continue;
                ck_assert_msg(step(s.next, report).action != SESSION_IGNORE && step(s.next, report).next != s.next,
                              "%s, %s: then %s is not heard in %s", session_state_name(state),
                              session_input_name(input), session_input_name(report), session_state_name(s.next));
            }
        }
    }
}
END_TEST

/* IMFMediaSession::Close from every state: MESessionClosed comes once, by the answers, or else by the time limit. */
START_TEST(close_from_every_state)
{
    for (int state = 0; state < SESSION_CLOSING; state++)
    {
        struct session_step s = step(state, SESSION_DO_CLOSE);

        ck_assert_msg(s.action == SESSION_STOP || s.action == SESSION_FINALIZE, "%s", session_state_name(state));
        if (s.action == SESSION_STOP)
        {
            ck_assert_int_eq(s.next, SESSION_CLOSING);
            s = step(s.next, SESSION_STOP_ENDED);
        }
        ck_assert(s.action == SESSION_FINALIZE && s.next == SESSION_FINALIZING);
        s = step(s.next, SESSION_FINALIZED);
        ck_assert(s.action == SESSION_CLOSE && s.next == SESSION_CLOSED);
    }
    for (int state = 0; state < SESSION_SHUT_DOWN; state++)
    {
        struct session_step s = step(state, SESSION_TIMED_OUT);

        ck_assert_int_eq(s.next, SESSION_CLOSED);
        ck_assert_int_eq(s.action, state == SESSION_CLOSED ? SESSION_IGNORE : SESSION_ABANDON);
    }
}
END_TEST

/* "All other methods return MF_E_INVALIDREQUEST, or else queue an event with that error code." */
START_TEST(closed)
{
    for (int input = 0; input < SESSION_INPUTS; input++)
    {
        struct session_step s = step(SESSION_CLOSED, input);

        if (input == SESSION_DO_SHUTDOWN)
            ck_assert_int_eq(s.action, SESSION_SHUT);
        else
            ck_assert_int_eq(s.action, is_command(input) ? SESSION_REFUSE : SESSION_IGNORE);
    }
}
END_TEST

/* Nothing leads back out of closing: no start, no other presentation. */
START_TEST(closing_goes_one_way)
{
    for (int state = 0; state < SESSION_STATES; state++)
    {
        if (!is_closing(state)) continue;
        for (int input = 0; input < SESSION_INPUTS; input++)
        {
            struct session_step s = step(state, input);

            ck_assert(is_closing(s.next) || s.next == SESSION_SHUT_DOWN);
            ck_assert(s.action != SESSION_START && s.action != SESSION_SWITCH && s.action != SESSION_SWAP);
            ck_assert_int_ge(s.next, state);
        }
    }
}
END_TEST

/* "After this method is called, other IMFMediaSession methods return MF_E_SHUTDOWN." */
START_TEST(shut_down)
{
    for (int state = 0; state < SESSION_SHUT_DOWN; state++)
    {
        struct session_step s = step(state, SESSION_DO_SHUTDOWN);

        ck_assert(s.action == SESSION_SHUT && s.next == SESSION_SHUT_DOWN);
    }
    for (int input = 0; input < SESSION_INPUTS; input++)
    {
        struct session_step s = step(SESSION_SHUT_DOWN, input);

        ck_assert_int_eq(s.next, SESSION_SHUT_DOWN);
        ck_assert_int_eq(s.action, is_command(input) ? SESSION_REFUSE_SHUTDOWN : SESSION_IGNORE);
    }
}
END_TEST

/* The table of "How to Control Presentation States", and what a session without a topology says. */
START_TEST(documented_transitions)
{
    ck_assert_int_eq(step(SESSION_RUNNING, SESSION_DO_PAUSE).next, SESSION_PAUSING);
    ck_assert_int_eq(step(SESSION_PAUSING, SESSION_PAUSE_ENDED).next, SESSION_PAUSED);
    ck_assert_int_eq(step(SESSION_RUNNING, SESSION_DO_STOP).next, SESSION_STOPPING);
    ck_assert_int_eq(step(SESSION_PAUSED, SESSION_DO_STOP).next, SESSION_STOPPING);
    ck_assert_int_eq(step(SESSION_STOPPING, SESSION_STOP_ENDED).next, SESSION_STOPPED);
    ck_assert_int_eq(step(SESSION_PAUSED, SESSION_DO_START).next, SESSION_STARTING);
    ck_assert_int_eq(step(SESSION_STOPPED, SESSION_DO_START).next, SESSION_STARTING);
    ck_assert_int_eq(step(SESSION_STARTING, SESSION_STARTED).next, SESSION_RUNNING);
    ck_assert_int_eq(step(SESSION_STOPPED, SESSION_DO_PAUSE).action, SESSION_REFUSE_STOPPED);

    for (int input = SESSION_DO_START; input <= SESSION_DO_STOP; input++)
        ck_assert_int_eq(step(SESSION_EMPTY, input).action, SESSION_REFUSE);

    /* Seeking: from running and paused to running. */
    ck_assert_int_eq(step(SESSION_RUNNING, SESSION_DO_SEEK).next, SESSION_SEEKING);
    ck_assert_int_eq(step(SESSION_PAUSED, SESSION_DO_SEEK).next, SESSION_SEEKING);
    ck_assert_int_eq(step(SESSION_SEEKING, SESSION_STARTED).next, SESSION_RUNNING);

    /* The end, with and without another presentation in the queue. */
    ck_assert_int_eq(step(SESSION_RUNNING, SESSION_DRAINED_LAST).next, SESSION_ENDING);
    ck_assert_int_eq(step(SESSION_ENDING, SESSION_STOP_ENDED).action, SESSION_END_PRESENTATION);
    ck_assert_int_eq(step(SESSION_RUNNING, SESSION_DRAINED_NEXT).next, SESSION_SWITCHING);
    ck_assert_int_eq(step(SESSION_SWITCHING, SESSION_STARTED).action, SESSION_SWITCHED);
}
END_TEST

START_TEST(names)
{
    for (int state = 0; state < SESSION_STATES; state++)
        ck_assert_str_ne(session_state_name(state), "?");
    for (int input = 0; input < SESSION_INPUTS; input++)
        ck_assert_str_ne(session_input_name(input), "?");
    ck_assert_str_eq(session_state_name(SESSION_STATES), "?");
    ck_assert_str_eq(session_input_name(SESSION_INPUTS), "?");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mf_session_state");
    TCase *cases = tcase_create("table");
    SRunner *runner;
    int failed;

    tcase_add_test(cases, every_pair);
    tcase_add_test(cases, steady_states_take_commands);
    tcase_add_test(cases, no_state_is_a_trap);
    tcase_add_test(cases, close_from_every_state);
    tcase_add_test(cases, closed);
    tcase_add_test(cases, closing_goes_one_way);
    tcase_add_test(cases, shut_down);
    tcase_add_test(cases, documented_transitions);
    tcase_add_test(cases, names);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

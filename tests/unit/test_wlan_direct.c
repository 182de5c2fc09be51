/* The life of a Wi-Fi Direct connection: every state by every input. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "test_framework.h"

#include "corkd/wlan/direct_session.h"

#define TELLS (ACTION_TELL_OPENED | ACTION_TELL_FAILED)

/* What whoever asked has been told so far. */
enum told
{
    NOTHING,
    OPENED,
    FAILED,
    TOLD_KINDS,
};

/* All that can be reached from the beginning, with what was told on the way. */
static bool reached[DIRECT_STATES][TOLD_KINDS];

static enum told tell(enum told told, unsigned actions)
{
    require((actions & TELLS) != TELLS);
    if (!(actions & TELLS)) return told;
    require(told == NOTHING);
    return actions & ACTION_TELL_OPENED ? OPENED : FAILED;
}

static void explore(enum direct_state state, enum told told)
{
    if (reached[state][told]) return;
    reached[state][told] = true;
    for (int input = 0; input < DIRECT_INPUTS; input++)
    {
        enum direct_state next = state;
        unsigned actions = direct_step(&next, (enum direct_input)input);

        if (actions & ACTION_TELL_ENDED) require(told == OPENED);
        explore(next, tell(told, actions));
    }
}

START_TEST(whoever_asks_is_answered_once)
{
    explore(DIRECT_WAITING, NOTHING);
    for (int state = 0; state < DIRECT_STATES; state++)
    {
        require(reached[state][NOTHING] || reached[state][OPENED] || reached[state][FAILED]);
        require(state >= DIRECT_OPEN || !reached[state][OPENED]);
    }
    require(!reached[DIRECT_ENDED][NOTHING] && !reached[DIRECT_OPEN][NOTHING] && !reached[DIRECT_OPEN][FAILED]);
    require(!reached[DIRECT_REMOVING][NOTHING] && !reached[DIRECT_CANCELLING][NOTHING]);
}
END_TEST

/* Whatever the state: with nothing but time, or with wpa_supplicant gone, it comes to its end. */
START_TEST(nothing_stays_for_ever)
{
    for (int from = 0; from < DIRECT_STATES; from++)
    {
        enum direct_state state = (enum direct_state)from;

        for (int i = 0; i < 3 && state != DIRECT_OPEN; i++)
            direct_step(&state, INPUT_TIMEOUT);
        require(state == DIRECT_ENDED || from == DIRECT_OPEN);
        state = (enum direct_state)from;
        direct_step(&state, INPUT_GONE);
        require(state == DIRECT_ENDED);
    }
}
END_TEST

START_TEST(nothing_follows_the_end)
{
    for (int input = 0; input < DIRECT_INPUTS; input++)
    {
        enum direct_state state = DIRECT_ENDED;

        require(!direct_step(&state, (enum direct_input)input) && state == DIRECT_ENDED);
        require(direct_input_name((enum direct_input)input) != NULL);
    }
    for (int state = 0; state < DIRECT_STATES; state++)
        require(direct_state_name((enum direct_state)state) != NULL);
}
END_TEST

/* What whoever cancelled does not want any more must not stay behind. */
START_TEST(a_group_that_comes_too_late_is_ended)
{
    static const enum direct_input before[] = {INPUT_BEGIN_NEW, INPUT_BEGIN_PERSISTENT};

    for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++)
    {
        enum direct_state state = DIRECT_WAITING;

        direct_step(&state, before[i]);
        require(direct_step(&state, INPUT_CANCEL) & ACTION_CANCEL);
        require(state == DIRECT_CANCELLING && direct_step(&state, INPUT_STARTED) & ACTION_REMOVE);
        require(state == DIRECT_REMOVING && !direct_step(&state, INPUT_REMOVED) && state == DIRECT_ENDED);
    }
}
END_TEST

START_TEST(a_refused_invitation_becomes_a_new_group)
{
    enum direct_state state = DIRECT_WAITING;

    require(direct_step(&state, INPUT_BEGIN_UNKNOWN) == ACTION_FIND);
    require(direct_step(&state, INPUT_BEGIN_PERSISTENT) == (ACTION_STOP_FIND | ACTION_INVITE));
    require(direct_step(&state, INPUT_INVITATION_REFUSED) == ACTION_CONNECT);
    require(direct_step(&state, INPUT_NEGOTIATED) == 0 && state == DIRECT_STARTING);
    require(direct_step(&state, INPUT_STARTED) == ACTION_TELL_OPENED);
    require(direct_step(&state, INPUT_STARTED) == 0); /* said twice */
    require(direct_step(&state, INPUT_PEER_LEFT) == (ACTION_REMOVE | ACTION_TELL_ENDED | ACTION_TIMER));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wlan_direct");
    TCase *cases = tcase_create("tests");
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, whoever_asks_is_answered_once);
    tcase_add_test(cases, nothing_stays_for_ever);
    tcase_add_test(cases, nothing_follows_the_end);
    tcase_add_test(cases, a_group_that_comes_too_late_is_ended);
    tcase_add_test(cases, a_refused_invitation_becomes_a_new_group);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

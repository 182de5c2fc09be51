/* The life of an interface's connection: every state by every input. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "test_framework.h"

#include "corkd/wlan/connection.h"

/* What programs have been told last, of the connection and of the association. */
enum told
{
    NOTHING,
    STARTED,
    COMPLETE,
    DISCONNECTING,
    TOLD_KINDS,
};

struct view
{
    enum told told;
    bool associating, associated, roaming;
    bool leaving; /* wpa_supplicant has been told to */
    bool ours;    /* there is a network block of ours */
    bool failed;  /* the last attempt's failure has been told, and no other has begun */
};

#define VIEWS (TOLD_KINDS * 64)

static bool reached[CONNECTION_STATES][VIEWS];

static unsigned view_number(const struct view *view)
{
    return (unsigned)view->told * 64 + (view->associating ? 1 : 0) + (view->associated ? 2 : 0) +
           (view->roaming ? 4 : 0) + (view->leaving ? 8 : 0) + (view->ours ? 16 : 0) + (view->failed ? 32 : 0);
}

static void leave_association(struct view *view)
{
    view->associating = view->associated = view->roaming = false;
}

/* The end of what there was, in the actions' order. */
static void take_ends(struct view *view, unsigned actions)
{
    if (actions & TELL_DISCONNECTING)
    {
        require(view->told == COMPLETE);
        view->told = DISCONNECTING;
    }
    if (actions & TELL_DISASSOCIATING) require(view->associated && view->told == DISCONNECTING);
    if (actions & DO_LEAVE)
    {
        require(!view->leaving);
        view->leaving = true;
    }
    if (actions & TELL_LEFT)
    {
        require(view->associating || view->associated);
        leave_association(view);
    }
    if (actions & TELL_ATTEMPT_FAILED)
    {
        require(view->told == STARTED && !view->associating && !view->associated);
        view->failed = true;
    }
    if (actions & TELL_FAILED)
    {
        require(view->told == STARTED && view->failed);
        view->told = NOTHING;
        view->failed = false;
    }
    if (actions & TELL_DISCONNECTED)
    {
        require((view->told == COMPLETE || view->told == DISCONNECTING) && !view->associated);
        view->told = NOTHING;
    }
    if (actions & DO_TIDY) view->ours = view->leaving = false;
}

/* The beginning of what there will be. */
static void take_beginnings(struct view *view, unsigned actions)
{
    if (actions & TELL_STARTED)
    {
        require(view->told == NOTHING && !view->ours && !view->leaving);
        view->told = STARTED;
    }
    if (actions & DO_SELECT) view->ours = true;
    if (actions & TELL_ASSOCIATING)
    {
        require(view->told == STARTED && !view->associating);
        view->associating = true;
        view->failed = false;
    }
    if (actions & TELL_ASSOCIATED)
    {
        require(view->associating && !view->associated);
        view->associated = true;
    }
    if (actions & TELL_AUTHENTICATING) require(view->associated);
    if (actions & TELL_ROAMING)
    {
        require(view->told == COMPLETE && !view->roaming);
        view->roaming = true;
    }
    if (actions & TELL_ROAMED)
    {
        require(view->roaming);
        view->roaming = false;
    }
    if (actions & TELL_CONNECTED) require(view->associated && !view->roaming);
    if (actions & TELL_COMPLETE)
    {
        require(view->told == STARTED && actions & TELL_CONNECTED);
        view->told = COMPLETE;
    }
}

static void explore(enum connection_state state, struct view view)
{
    if (reached[state][view_number(&view)]) return;
    reached[state][view_number(&view)] = true;
    for (int input = 0; input < CONNECTION_INPUTS; input++)
    {
        enum connection_state next = state;
        struct view after = view;
        unsigned actions = connection_step(&next, (enum connection_input)input);

        /* It was connected when it was found: programs that came later know that by asking. */
        if (input == ON_FOUND && next != state) after = (struct view){COMPLETE, true, true, false, false, false, false};
        take_ends(&after, actions);
        take_beginnings(&after, actions);
        explore(next, after);
    }
}

START_TEST(what_is_told_is_told_in_order)
{
    explore(CONNECTION_IDLE, (struct view){NOTHING, false, false, false, false, false, false});
    for (int state = 0; state < CONNECTION_STATES; state++)
    {
        bool any = false;

        for (unsigned view = 0; view < VIEWS; view++)
        {
            enum told told = (enum told)(view / 64);

            if (!reached[state][view]) continue;
            any = true;
            if (state == CONNECTION_IDLE) require(view == 0);
            if (connection_is_up((enum connection_state)state)) require(told == COMPLETE);
            if (state == CONNECTION_FAILING || state == CONNECTION_ENDING) require(told == STARTED && view & 8);
            if (state == CONNECTION_LEAVING) require(told == DISCONNECTING && view & 8);
            if (state == CONNECTION_TIDYING) require(told == NOTHING && view & 8);
            /* Ours until it is tidied up; another's never. */
            if (state >= CONNECTION_SEARCHING && state <= CONNECTION_ROAMING) require(view & 16);
            if (state >= CONNECTION_OTHER_ASSOCIATING && state <= CONNECTION_OTHER_ROAMING) require(!(view & 16));
        }
        require(any);
    }
}
END_TEST

/* With wpa_supplicant gone, or when it is told to leave and has been heard, nothing stays. */
START_TEST(everything_ends)
{
    for (int from = 0; from < CONNECTION_STATES; from++)
    {
        enum connection_state state = (enum connection_state)from;

        connection_step(&state, ON_GONE);
        require(state == CONNECTION_IDLE);
        state = (enum connection_state)from;
        connection_step(&state, ON_LEAVE);
        connection_step(&state, ON_SETTLED);
        require(state == CONNECTION_IDLE);
    }
}
END_TEST

/* What was said before wpa_supplicant was told to leave is not about what comes afterwards. */
START_TEST(nothing_is_heard_while_it_leaves)
{
    static const enum connection_state leaving[] = {CONNECTION_FAILING, CONNECTION_ENDING, CONNECTION_LEAVING,
                                                    CONNECTION_TIDYING};

    for (size_t i = 0; i < sizeof(leaving) / sizeof(leaving[0]); i++)
        for (int input = 0; input < CONNECTION_INPUTS; input++)
        {
            enum connection_state state = leaving[i];
            unsigned actions = connection_step(&state, (enum connection_input)input);

            if (input == ON_SETTLED || input == ON_GONE)
                require(state == CONNECTION_IDLE && actions & DO_TIDY);
            else
                require(state == leaving[i] && !actions);
        }
}
END_TEST

START_TEST(a_connection)
{
    enum connection_state state = CONNECTION_IDLE;

    require(connection_step(&state, ON_CONNECT) == (TELL_STARTED | DO_SELECT));
    require(connection_step(&state, ON_ASSOCIATING) == TELL_ASSOCIATING);
    require(connection_step(&state, ON_ASSOCIATING) == 0); /* said twice: to authenticate, and to associate */
    require(connection_step(&state, ON_REFUSED) == (TELL_LEFT | TELL_ATTEMPT_FAILED));
    require(connection_step(&state, ON_ASSOCIATED) == (TELL_ASSOCIATING | TELL_ASSOCIATED | TELL_AUTHENTICATING));
    require(connection_step(&state, ON_CONNECTED) == (TELL_CONNECTED | TELL_COMPLETE));
    require(connection_step(&state, ON_CONNECTED) == 0); /* keys made anew */
    require(connection_step(&state, ON_ASSOCIATING) == TELL_ROAMING);
    require(connection_step(&state, ON_CONNECTED) == (TELL_ROAMED | TELL_CONNECTED));
    require(connection_step(&state, ON_LEAVE) == (TELL_DISCONNECTING | TELL_DISASSOCIATING | DO_LEAVE));
    require(connection_step(&state, ON_DISCONNECTED) == 0);
    require(connection_step(&state, ON_SETTLED) == (TELL_LEFT | TELL_DISCONNECTED | DO_TIDY));
    require(state == CONNECTION_IDLE);
}
END_TEST

START_TEST(another_clients_connection)
{
    enum connection_state state = CONNECTION_IDLE;

    require(connection_step(&state, ON_ASSOCIATING) == (TELL_STARTED | TELL_ASSOCIATING));
    require(connection_step(&state, ON_FAIL) == (TELL_LEFT | TELL_ATTEMPT_FAILED | TELL_FAILED));
    require(connection_step(&state, ON_FOUND) == 0 && connection_is_up(state));
    require(connection_step(&state, ON_DISCONNECTED) == (TELL_LEFT | TELL_DISCONNECTED));
    require(state == CONNECTION_IDLE);
}
END_TEST

START_TEST(all_have_names)
{
    for (int state = 0; state < CONNECTION_STATES; state++)
        require(connection_state_name((enum connection_state)state) != NULL);
    for (int input = 0; input < CONNECTION_INPUTS; input++)
        require(connection_input_name((enum connection_input)input) != NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wlan_connection");
    TCase *cases = tcase_create("tests");
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, what_is_told_is_told_in_order);
    tcase_add_test(cases, everything_ends);
    tcase_add_test(cases, nothing_is_heard_while_it_leaves);
    tcase_add_test(cases, a_connection);
    tcase_add_test(cases, another_clients_connection);
    tcase_add_test(cases, all_have_names);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

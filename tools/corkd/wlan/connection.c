/* The life of an interface's connection. */
#include "corkd/wlan/connection.h"

struct step
{
    unsigned next; /* enum connection_state plus 1; 0: nothing happens */
    unsigned actions;
};

#define GO(state, actions)                                                                                             \
    {                                                                                                                  \
        (state) + 1, actions                                                                                           \
    }

#define ASSOCIATION (TELL_ASSOCIATED | TELL_AUTHENTICATING)
#define COMPLETION  (TELL_CONNECTED | TELL_COMPLETE)
#define FAILURE     (TELL_ATTEMPT_FAILED | TELL_FAILED)
#define LOSS        (TELL_LEFT | TELL_DISCONNECTED)

/* What ends an attempt of ours: before anything was told of an association, and afterwards. */
#define FAIL_EARLY GO(CONNECTION_FAILING, DO_LEAVE)
#define FAIL_LATE  GO(CONNECTION_FAILING, DO_LEAVE | TELL_LEFT)
#define RETRY      GO(CONNECTION_RETRYING, TELL_LEFT | TELL_ATTEMPT_FAILED)
#define ABANDON    GO(CONNECTION_IDLE, TELL_LEFT | FAILURE | DO_TIDY)
/* What ends a connection of ours. */
#define LOSE    GO(CONNECTION_TIDYING, LOSS | DO_LEAVE)
#define LOSE_IT GO(CONNECTION_IDLE, LOSS | DO_TIDY)
#define LEAVE   GO(CONNECTION_LEAVING, TELL_DISCONNECTING | TELL_DISASSOCIATING | DO_LEAVE)
/* And another's. */
#define OTHER_FAIL GO(CONNECTION_IDLE, TELL_LEFT | FAILURE)
#define OTHER_LOSE GO(CONNECTION_IDLE, LOSS)

/* What is not named does nothing: events come late, twice, or for somebody else. */
static const struct step table[CONNECTION_STATES][CONNECTION_INPUTS] = {
    [CONNECTION_IDLE] =
        {
            [ON_CONNECT] = GO(CONNECTION_SEARCHING, TELL_STARTED | DO_SELECT),
            [ON_FOUND] = GO(CONNECTION_OTHER_CONNECTED, 0),
            [ON_ASSOCIATING] = GO(CONNECTION_OTHER_ASSOCIATING, TELL_STARTED | TELL_ASSOCIATING),
            [ON_ASSOCIATED] = GO(CONNECTION_OTHER_AUTHENTICATING, TELL_STARTED | TELL_ASSOCIATING | ASSOCIATION),
            [ON_CONNECTED] = GO(CONNECTION_OTHER_CONNECTED, TELL_STARTED | TELL_ASSOCIATING | ASSOCIATION | COMPLETION),
        },
    [CONNECTION_SEARCHING] =
        {
            [ON_LEAVE] = FAIL_EARLY,
            [ON_ASSOCIATING] = GO(CONNECTION_ASSOCIATING, TELL_ASSOCIATING),
            [ON_ASSOCIATED] = GO(CONNECTION_AUTHENTICATING, TELL_ASSOCIATING | ASSOCIATION),
            [ON_CONNECTED] = GO(CONNECTION_CONNECTED, TELL_ASSOCIATING | ASSOCIATION | COMPLETION),
            [ON_REFUSED] = GO(CONNECTION_RETRYING, TELL_ATTEMPT_FAILED),
            [ON_FAIL] = FAIL_EARLY,
            [ON_TAKEN] = GO(CONNECTION_IDLE, FAILURE | DO_TIDY),
            [ON_GONE] = GO(CONNECTION_IDLE, FAILURE | DO_TIDY),
        },
    [CONNECTION_RETRYING] =
        {
            [ON_LEAVE] = GO(CONNECTION_ENDING, DO_LEAVE),
            [ON_ASSOCIATING] = GO(CONNECTION_ASSOCIATING, TELL_ASSOCIATING),
            [ON_ASSOCIATED] = GO(CONNECTION_AUTHENTICATING, TELL_ASSOCIATING | ASSOCIATION),
            [ON_CONNECTED] = GO(CONNECTION_CONNECTED, TELL_ASSOCIATING | ASSOCIATION | COMPLETION),
            [ON_REFUSED] = GO(CONNECTION_RETRYING, TELL_ATTEMPT_FAILED),
            [ON_FAIL] = GO(CONNECTION_ENDING, DO_LEAVE),
            [ON_TAKEN] = GO(CONNECTION_IDLE, TELL_FAILED | DO_TIDY),
            [ON_GONE] = GO(CONNECTION_IDLE, TELL_FAILED | DO_TIDY),
        },
    [CONNECTION_ASSOCIATING] =
        {
            [ON_LEAVE] = FAIL_LATE,
            [ON_ASSOCIATED] = GO(CONNECTION_AUTHENTICATING, ASSOCIATION),
            [ON_CONNECTED] = GO(CONNECTION_CONNECTED, ASSOCIATION | COMPLETION),
            [ON_REFUSED] = RETRY,
            [ON_FAIL] = FAIL_LATE,
            [ON_DISCONNECTED] = RETRY,
            [ON_TAKEN] = ABANDON,
            [ON_GONE] = ABANDON,
        },
    [CONNECTION_AUTHENTICATING] =
        {
            [ON_LEAVE] = FAIL_LATE,
            [ON_CONNECTED] = GO(CONNECTION_CONNECTED, COMPLETION),
            [ON_REFUSED] = RETRY,
            [ON_FAIL] = FAIL_LATE,
            [ON_DISCONNECTED] = RETRY,
            [ON_TAKEN] = ABANDON,
            [ON_GONE] = ABANDON,
        },
    [CONNECTION_CONNECTED] =
        {
            [ON_LEAVE] = LEAVE,
            [ON_ASSOCIATING] = GO(CONNECTION_ROAMING, TELL_ROAMING),
            [ON_ASSOCIATED] = GO(CONNECTION_ROAMING, TELL_ROAMING),
            [ON_DISCONNECTED] = LOSE,
            [ON_TAKEN] = LOSE_IT,
            [ON_GONE] = LOSE_IT,
        },
    [CONNECTION_ROAMING] =
        {
            [ON_LEAVE] = LEAVE,
            [ON_CONNECTED] = GO(CONNECTION_CONNECTED, TELL_ROAMED | TELL_CONNECTED),
            [ON_FAIL] = LOSE,
            [ON_DISCONNECTED] = LOSE,
            [ON_TAKEN] = LOSE_IT,
            [ON_GONE] = LOSE_IT,
        },
    [CONNECTION_OTHER_ASSOCIATING] =
        {
            [ON_LEAVE] = FAIL_LATE,
            [ON_ASSOCIATED] = GO(CONNECTION_OTHER_AUTHENTICATING, ASSOCIATION),
            [ON_CONNECTED] = GO(CONNECTION_OTHER_CONNECTED, ASSOCIATION | COMPLETION),
            [ON_REFUSED] = OTHER_FAIL,
            [ON_FAIL] = OTHER_FAIL,
            [ON_DISCONNECTED] = OTHER_FAIL,
            [ON_GONE] = OTHER_FAIL,
        },
    [CONNECTION_OTHER_AUTHENTICATING] =
        {
            [ON_LEAVE] = FAIL_LATE,
            [ON_CONNECTED] = GO(CONNECTION_OTHER_CONNECTED, COMPLETION),
            [ON_REFUSED] = OTHER_FAIL,
            [ON_FAIL] = OTHER_FAIL,
            [ON_DISCONNECTED] = OTHER_FAIL,
            [ON_GONE] = OTHER_FAIL,
        },
    [CONNECTION_OTHER_CONNECTED] =
        {
            [ON_LEAVE] = LEAVE,
            [ON_ASSOCIATING] = GO(CONNECTION_OTHER_ROAMING, TELL_ROAMING),
            [ON_ASSOCIATED] = GO(CONNECTION_OTHER_ROAMING, TELL_ROAMING),
            [ON_DISCONNECTED] = OTHER_LOSE,
            [ON_GONE] = OTHER_LOSE,
        },
    [CONNECTION_OTHER_ROAMING] =
        {
            [ON_LEAVE] = LEAVE,
            [ON_CONNECTED] = GO(CONNECTION_OTHER_CONNECTED, TELL_ROAMED | TELL_CONNECTED),
            [ON_FAIL] = OTHER_LOSE,
            [ON_DISCONNECTED] = OTHER_LOSE,
            [ON_GONE] = OTHER_LOSE,
        },
    [CONNECTION_FAILING] =
        {
            [ON_SETTLED] = GO(CONNECTION_IDLE, FAILURE | DO_TIDY),
            [ON_GONE] = GO(CONNECTION_IDLE, FAILURE | DO_TIDY),
        },
    [CONNECTION_ENDING] =
        {
            [ON_SETTLED] = GO(CONNECTION_IDLE, TELL_FAILED | DO_TIDY),
            [ON_GONE] = GO(CONNECTION_IDLE, TELL_FAILED | DO_TIDY),
        },
    [CONNECTION_LEAVING] =
        {
            [ON_SETTLED] = LOSE_IT,
            [ON_GONE] = LOSE_IT,
        },
    [CONNECTION_TIDYING] =
        {
            [ON_SETTLED] = GO(CONNECTION_IDLE, DO_TIDY),
            [ON_GONE] = GO(CONNECTION_IDLE, DO_TIDY),
        },
};

unsigned connection_step(enum connection_state *state, enum connection_input input)
{
    const struct step *step = &table[*state][input];

    if (!step->next) return 0;
    *state = (enum connection_state)(step->next - 1);
    return step->actions;
}

int connection_is_up(enum connection_state state)
{
    return state == CONNECTION_CONNECTED || state == CONNECTION_ROAMING || state == CONNECTION_OTHER_CONNECTED ||
           state == CONNECTION_OTHER_ROAMING;
}

const char *connection_state_name(enum connection_state state)
{
    static const char *const names[CONNECTION_STATES] = {
        "idle",
        "searching",
        "retrying",
        "associating",
        "authenticating",
        "connected",
        "roaming",
        "another associating",
        "another authenticating",
        "another connected",
        "another roaming",
        "failing",
        "ending",
        "leaving",
        "tidying",
    };

    return names[state];
}

const char *connection_input_name(enum connection_input input)
{
    static const char *const names[CONNECTION_INPUTS] = {"connect",      "leave",     "found",   "associating",
                                                         "associated",   "connected", "refused", "fail",
                                                         "disconnected", "taken",     "settled", "gone"};

    return names[input];
}

/* The life of a Wi-Fi Direct connection. */
#include "corkd/wlan/direct_session.h"

#include <stddef.h>

struct step
{
    unsigned char next; /* enum direct_state plus 1; 0: nothing happens */
    unsigned short actions;
};

#define GO(state, actions)                                                                                             \
    {                                                                                                                  \
        (state) + 1, actions                                                                                           \
    }

/* Given up, and to be tidied up; whoever asked is told why. */
#define GIVE_UP    GO(DIRECT_CANCELLING, ACTION_CANCEL | ACTION_TELL_FAILED | ACTION_TIMER)
#define FAIL       GO(DIRECT_ENDED, ACTION_TELL_FAILED)
#define OPEN       GO(DIRECT_OPEN, ACTION_TELL_OPENED)
#define FAIL_FOUND GO(DIRECT_ENDED, ACTION_STOP_FIND | ACTION_TELL_FAILED)

/* What is not named does nothing: events come late, twice, or for somebody else. */
static const struct step table[DIRECT_STATES][DIRECT_INPUTS] =
    {
        [DIRECT_WAITING] =
            {
                [INPUT_BEGIN_UNKNOWN] = GO(DIRECT_FINDING, ACTION_FIND),
                [INPUT_BEGIN_PERSISTENT] = GO(DIRECT_INVITING, ACTION_INVITE),
                [INPUT_BEGIN_NEW] = GO(DIRECT_NEGOTIATING, ACTION_CONNECT),
                [INPUT_COMMAND_FAILED] = FAIL,
                [INPUT_CANCEL] = FAIL,
                [INPUT_TIMEOUT] = FAIL,
                [INPUT_GONE] = FAIL,
            },
        [DIRECT_FINDING] =
            {
                [INPUT_BEGIN_PERSISTENT] = GO(DIRECT_INVITING, ACTION_STOP_FIND | ACTION_INVITE),
                [INPUT_BEGIN_NEW] = GO(DIRECT_NEGOTIATING, ACTION_STOP_FIND | ACTION_CONNECT),
                [INPUT_COMMAND_FAILED] = FAIL,
                [INPUT_CANCEL] = FAIL_FOUND,
                [INPUT_TIMEOUT] = FAIL_FOUND,
                [INPUT_GONE] = FAIL,
            },
        [DIRECT_INVITING] =
            {
                [INPUT_INVITATION_TAKEN] = GO(DIRECT_STARTING, 0),
                [INPUT_INVITATION_REFUSED] = GO(DIRECT_NEGOTIATING, ACTION_CONNECT),
                [INPUT_COMMAND_FAILED] = GO(DIRECT_NEGOTIATING, ACTION_CONNECT),
                [INPUT_STARTED] = OPEN,
                [INPUT_CANCEL] = GIVE_UP,
                [INPUT_TIMEOUT] = GIVE_UP,
                [INPUT_GONE] = FAIL,
            },
        [DIRECT_NEGOTIATING] =
            {
                [INPUT_NEGOTIATED] = GO(DIRECT_STARTING, 0),
                [INPUT_REFUSED] = GO(DIRECT_ENDED, ACTION_CANCEL | ACTION_TELL_FAILED),
                [INPUT_COMMAND_FAILED] = FAIL,
                [INPUT_STARTED] = OPEN,
                [INPUT_CANCEL] = GIVE_UP,
                [INPUT_TIMEOUT] = GIVE_UP,
                [INPUT_GONE] = FAIL,
            },
        [DIRECT_STARTING] =
            {
                [INPUT_REFUSED] = GO(DIRECT_ENDED, ACTION_CANCEL | ACTION_TELL_FAILED),
                [INPUT_STARTED] = OPEN,
                [INPUT_REMOVED] = FAIL,
                [INPUT_CANCEL] = GIVE_UP,
                [INPUT_TIMEOUT] = GIVE_UP,
                [INPUT_GONE] = FAIL,
            },
        [DIRECT_OPEN] =
            {
                [INPUT_REMOVED] = GO(DIRECT_ENDED, ACTION_TELL_ENDED),
                [INPUT_PEER_LEFT] = GO(DIRECT_REMOVING, ACTION_REMOVE | ACTION_TELL_ENDED | ACTION_TIMER),
                [INPUT_CLOSE] = GO(DIRECT_REMOVING, ACTION_REMOVE | ACTION_TIMER),
                [INPUT_GONE] = GO(DIRECT_ENDED, ACTION_TELL_ENDED),
            },
        [DIRECT_REMOVING] =
            {
                [INPUT_COMMAND_FAILED] = GO(DIRECT_ENDED, 0),
                [INPUT_REMOVED] = GO(DIRECT_ENDED, 0),
                [INPUT_TIMEOUT] = GO(DIRECT_ENDED, 0),
                [INPUT_GONE] = GO(DIRECT_ENDED, 0),
            },
        [DIRECT_CANCELLING] =
            {
                [INPUT_REFUSED] = GO(DIRECT_ENDED, 0),
                [INPUT_INVITATION_REFUSED] = GO(DIRECT_ENDED, 0),
                [INPUT_STARTED] = GO(DIRECT_REMOVING, ACTION_REMOVE | ACTION_TIMER),
                [INPUT_REMOVED] = GO(DIRECT_ENDED, 0),
                [INPUT_TIMEOUT] = GO(DIRECT_ENDED, 0),
                [INPUT_GONE] = GO(DIRECT_ENDED, 0),
            },
};

unsigned direct_step(enum direct_state *state, enum direct_input input)
{
    const struct step *step = &table[*state][input];

    if (!step->next) return 0;
    *state = (enum direct_state)(step->next - 1);
    return step->actions;
}

const char *direct_state_name(enum direct_state state)
{
    static const char *const names[DIRECT_STATES] = {"waiting", "finding",  "inviting",   "negotiating", "starting",
                                                     "open",    "removing", "cancelling", "ended"};

    return names[state];
}

const char *direct_input_name(enum direct_input input)
{
    static const char *const names[DIRECT_INPUTS] = {"begin, peer unknown",
                                                     "begin, persistent group",
                                                     "begin",
                                                     "invitation taken",
                                                     "invitation refused",
                                                     "negotiated",
                                                     "refused",
                                                     "command failed",
                                                     "started",
                                                     "removed",
                                                     "peer left",
                                                     "cancel",
                                                     "close",
                                                     "time-out",
                                                     "gone"};

    return names[input];
}

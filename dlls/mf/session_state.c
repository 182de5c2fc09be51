#include "mf/session_state.h"

#include <stddef.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A set of states as bits. */
#define IN(state) (1u << SESSION_##state)
#define STEADY    (IN(EMPTY) | IN(STOPPED) | IN(RUNNING) | IN(PAUSED))
/* Something is under way that a command has to wait for. */
#define BUSY                                                                                                           \
    (IN(STARTING) | IN(SEEKING) | IN(PAUSING) | IN(STOPPING) | IN(ENDING) | IN(SWITCHING) | IN(REPLACING) |            \
     IN(REPLACING_RUNNING) | IN(FAILING))
/* Close was called: whatever the application asks for now is refused. */
#define SHUT (IN(CLOSING) | IN(FINALIZING) | IN(CLOSED))
#define OPEN (STEADY | BUSY)
#define ANY  (OPEN | SHUT)

#define SAME SESSION_STATES

/* In any of `states`, `input` leads to `action` and to `next`; SAME: the state stays. What no line names is ignored and
 * changes nothing, except in SESSION_SHUT_DOWN. Of two lines that both fit the first counts. */
static const struct
{
    unsigned int states;
    enum session_input input;
    enum session_action action;
    enum session_state next;
} rules[] = {
    /* IMFMediaSession::SetTopology, ClearTopologies, IMFRateControl::SetRate. */
    {STEADY, SESSION_DO_SET_TOPOLOGY, SESSION_PROCEED, SAME},
    {STEADY, SESSION_DO_CLEAR_QUEUE, SESSION_PROCEED, SAME},
    {STEADY, SESSION_DO_SET_RATE, SESSION_PROCEED, SAME},
    {IN(EMPTY), SESSION_HAS_TOPOLOGY, SESSION_ENTER, SESSION_STOPPED},
    {IN(EMPTY), SESSION_HAS_TOPOLOGY_TO_PLAY, SESSION_START, SESSION_SWITCHING},
    {IN(EMPTY) | IN(STOPPED), SESSION_REPLACE, SESSION_SWAP, SESSION_EMPTY},
    {IN(PAUSED), SESSION_REPLACE, SESSION_STOP, SESSION_REPLACING},
    {IN(RUNNING), SESSION_REPLACE, SESSION_STOP, SESSION_REPLACING_RUNNING},
    {IN(REPLACING), SESSION_STOP_ENDED, SESSION_SWAP, SESSION_EMPTY},
    {IN(REPLACING_RUNNING), SESSION_STOP_ENDED, SESSION_SWAP_AND_PLAY, SESSION_EMPTY},

    /* Start: without a topology there is nothing to start. */
    {IN(EMPTY), SESSION_DO_START, SESSION_REFUSE, SAME},
    {IN(EMPTY), SESSION_DO_SEEK, SESSION_REFUSE, SAME},
    {IN(STOPPED) | IN(PAUSED), SESSION_DO_START, SESSION_START, SESSION_STARTING},
    {IN(STOPPED), SESSION_DO_SEEK, SESSION_START, SESSION_STARTING},
    {IN(RUNNING), SESSION_DO_START, SESSION_SUCCEED, SAME},
    {IN(RUNNING) | IN(PAUSED), SESSION_DO_SEEK, SESSION_START, SESSION_SEEKING},
    {IN(STARTING) | IN(SEEKING), SESSION_STARTED, SESSION_END_START, SESSION_RUNNING},
    {IN(STARTING) | IN(SEEKING), SESSION_START_FAILED, SESSION_RECOVER, SESSION_FAILING},

    /* Pause. */
    {IN(EMPTY) | IN(PAUSED), SESSION_DO_PAUSE, SESSION_REFUSE, SAME},
    {IN(STOPPED), SESSION_DO_PAUSE, SESSION_REFUSE_STOPPED, SAME},
    {IN(RUNNING), SESSION_DO_PAUSE, SESSION_PAUSE, SESSION_PAUSING},
    {IN(PAUSING), SESSION_PAUSE_ENDED, SESSION_END_PAUSE, SESSION_PAUSED},
    {IN(PAUSING), SESSION_PAUSE_FAILED, SESSION_END_PAUSE, SESSION_PAUSED},

    /* Stop. */
    {IN(EMPTY), SESSION_DO_STOP, SESSION_REFUSE, SAME},
    {IN(STOPPED), SESSION_DO_STOP, SESSION_SUCCEED, SAME},
    {IN(RUNNING) | IN(PAUSED), SESSION_DO_STOP, SESSION_STOP, SESSION_STOPPING},
    {IN(STOPPING), SESSION_STOP_ENDED, SESSION_END_STOP, SESSION_STOPPED},

    /* The end of a presentation. */
    {IN(RUNNING), SESSION_DRAINED_LAST, SESSION_STOP, SESSION_ENDING},
    {IN(ENDING), SESSION_STOP_ENDED, SESSION_END_PRESENTATION, SESSION_STOPPED},
    {IN(RUNNING), SESSION_DRAINED_NEXT, SESSION_SWITCH, SESSION_SWITCHING},
    {IN(SWITCHING), SESSION_STARTED, SESSION_SWITCHED, SESSION_RUNNING},
    {IN(SWITCHING), SESSION_START_FAILED, SESSION_FAIL, SESSION_FAILING},
    {IN(SWITCHING), SESSION_START_REFUSED, SESSION_FAIL, SESSION_FAILING},

    /* Failures. */
    {IN(RUNNING) | IN(PAUSED), SESSION_FAILED, SESSION_FAIL, SESSION_FAILING},
    {IN(FAILING), SESSION_STOP_ENDED, SESSION_ENTER, SESSION_STOPPED},

    /* Close: from every state, and from then on nothing else (nf-mfidl-imfmediasession-close). */
    {IN(EMPTY) | IN(STOPPED), SESSION_DO_CLOSE, SESSION_FINALIZE, SESSION_FINALIZING},
    {OPEN, SESSION_DO_CLOSE, SESSION_STOP, SESSION_CLOSING},
    {IN(CLOSING), SESSION_STOP_ENDED, SESSION_FINALIZE, SESSION_FINALIZING},
    {IN(FINALIZING), SESSION_FINALIZED, SESSION_CLOSE, SESSION_CLOSED},
    {ANY & ~IN(CLOSED), SESSION_TIMED_OUT, SESSION_ABANDON, SESSION_CLOSED},
    {ANY, SESSION_DO_SHUTDOWN, SESSION_SHUT, SESSION_SHUT_DOWN},
};

static bool is_command(enum session_input input)
{
    return input <= SESSION_DO_SHUTDOWN;
}

/* The state that a refused Start goes back to is the caller's to know: nothing has been done, so nothing changes. */
struct session_step session_state_step(enum session_state state, enum session_input input)
{
    struct session_step step = {SESSION_IGNORE, state};
    size_t i;

    for (i = 0; i < COUNT(rules); i++)
    {
        if (rules[i].input != input || !(rules[i].states & (1u << state))) continue;
        step.action = rules[i].action;
        if (rules[i].next != SAME) step.next = rules[i].next;
        return step;
    }
    if (!is_command(input)) return step;
    if (state == SESSION_SHUT_DOWN)
        step.action = SESSION_REFUSE_SHUTDOWN;
    else if (state != SESSION_CLOSING && (SHUT & (1u << state)))
        step.action = SESSION_REFUSE;
    else
        step.action = SESSION_WAIT;
    return step;
}

bool session_state_is_steady(enum session_state state)
{
    return ((STEADY | IN(FINALIZING) | IN(CLOSED)) & (1u << state)) != 0;
}

const char *session_state_name(enum session_state state)
{
    static const char *const names[SESSION_STATES] = {
        [SESSION_EMPTY] = "empty",           [SESSION_STOPPED] = "stopped",
        [SESSION_STARTING] = "starting",     [SESSION_RUNNING] = "running",
        [SESSION_SEEKING] = "seeking",       [SESSION_PAUSING] = "pausing",
        [SESSION_PAUSED] = "paused",         [SESSION_STOPPING] = "stopping",
        [SESSION_ENDING] = "ending",         [SESSION_SWITCHING] = "switching",
        [SESSION_REPLACING] = "replacing",   [SESSION_REPLACING_RUNNING] = "replacing while running",
        [SESSION_FAILING] = "failing",       [SESSION_CLOSING] = "closing",
        [SESSION_FINALIZING] = "finalizing", [SESSION_CLOSED] = "closed",
        [SESSION_SHUT_DOWN] = "shut down",
    };
    return state < SESSION_STATES ? names[state] : "?";
}

const char *session_input_name(enum session_input input)
{
    static const char *const names[SESSION_INPUTS] = {
        [SESSION_DO_SET_TOPOLOGY] = "SetTopology",
        [SESSION_DO_CLEAR_QUEUE] = "ClearTopologies",
        [SESSION_DO_START] = "Start",
        [SESSION_DO_SEEK] = "Start at a position",
        [SESSION_DO_PAUSE] = "Pause",
        [SESSION_DO_STOP] = "Stop",
        [SESSION_DO_SET_RATE] = "SetRate",
        [SESSION_DO_CLOSE] = "Close",
        [SESSION_DO_SHUTDOWN] = "Shutdown",
        [SESSION_HAS_TOPOLOGY] = "has a topology",
        [SESSION_HAS_TOPOLOGY_TO_PLAY] = "has a topology to play",
        [SESSION_REPLACE] = "replace",
        [SESSION_STARTED] = "started",
        [SESSION_START_REFUSED] = "start refused",
        [SESSION_START_FAILED] = "start failed",
        [SESSION_PAUSE_ENDED] = "paused",
        [SESSION_PAUSE_FAILED] = "pause failed",
        [SESSION_STOP_ENDED] = "stopped",
        [SESSION_DRAINED_LAST] = "drained, last",
        [SESSION_DRAINED_NEXT] = "drained, next waits",
        [SESSION_FAILED] = "failed",
        [SESSION_FINALIZED] = "finalized",
        [SESSION_TIMED_OUT] = "timed out",
    };
    return input < SESSION_INPUTS ? names[input] : "?";
}

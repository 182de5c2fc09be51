/*
 * What a media session does next: its states, what can happen in each, and what then is to be done, as one table.
 *
 * Portable: no Windows header, nothing is called. The session (session.c) asks session_state_step with what happened,
 * does the action that it is told, and is then in the state that it is told.
 */
#ifndef CORK_MF_SESSION_STATE_H
#define CORK_MF_SESSION_STATE_H

#include <stdbool.h>

/* Steady states are those in which the next command of the queue is taken; in the others something is under way. */
enum session_state
{
    SESSION_EMPTY,             /* steady: no current topology */
    SESSION_STOPPED,           /* steady: there is a current topology, ready to start */
    SESSION_STARTING,          /* Start from stopped, or from paused without a position */
    SESSION_RUNNING,           /* steady */
    SESSION_SEEKING,           /* Start at a position while running or paused */
    SESSION_PAUSING,           /* Pause */
    SESSION_PAUSED,            /* steady */
    SESSION_STOPPING,          /* Stop */
    SESSION_ENDING,            /* the last presentation was played to its end and is being stopped */
    SESSION_SWITCHING,         /* the next presentation of the queue is being started */
    SESSION_REPLACING,         /* the current presentation is being stopped for another, which won't start by itself */
    SESSION_REPLACING_RUNNING, /* likewise, and the other is to start */
    SESSION_FAILING,           /* a component failed, the rest is being stopped */
    SESSION_CLOSING,           /* Close: the presentation is being stopped */
    SESSION_FINALIZING,        /* steady, since every command is refused: sinks are finalizing */
    SESSION_CLOSED,            /* steady, likewise */
    SESSION_SHUT_DOWN,
    SESSION_STATES
};

enum session_input
{
    /* Commands of the application, when their turn has come. */
    SESSION_DO_SET_TOPOLOGY, /* also the clearing of the current one */
    SESSION_DO_CLEAR_QUEUE,
    SESSION_DO_START, /* without a position, or with one while stopped */
    SESSION_DO_SEEK,  /* with a position while there is something under way that can be moved */
    SESSION_DO_PAUSE,
    SESSION_DO_STOP,
    SESSION_DO_SET_RATE,
    SESSION_DO_CLOSE, /* its turn comes at once */
    SESSION_DO_SHUTDOWN,
    /* What came of it. */
    SESSION_HAS_TOPOLOGY,         /* a topology became current, where there was none */
    SESSION_HAS_TOPOLOGY_TO_PLAY, /* likewise, and it is to start at once */
    SESSION_REPLACE,              /* the current presentation is to give way */
    SESSION_STARTED,
    SESSION_START_REFUSED, /* nothing has been done */
    SESSION_START_FAILED,  /* something has */
    SESSION_PAUSE_ENDED,
    SESSION_PAUSE_FAILED,
    SESSION_STOP_ENDED, /* with or without an error: it is over */
    SESSION_DRAINED_LAST,
    SESSION_DRAINED_NEXT, /* there is a next presentation in the queue */
    SESSION_FAILED,       /* a component, with no operation under way */
    SESSION_FINALIZED,
    SESSION_TIMED_OUT, /* Close's time limit */
    SESSION_INPUTS
};

enum session_action
{
    SESSION_IGNORE,          /* a late report */
    SESSION_WAIT,            /* a command: its turn has not come */
    SESSION_REFUSE,          /* a command: it ends with MF_E_INVALIDREQUEST */
    SESSION_REFUSE_STOPPED,  /* with MF_E_SESSION_PAUSEWHILESTOPPED */
    SESSION_REFUSE_SHUTDOWN, /* with MF_E_SHUTDOWN */
    SESSION_SUCCEED,         /* a command: it ends well, there is nothing to do */
    SESSION_PROCEED, /* a command that does its work in any steady state: SetTopology, rate, clearing the queue */
    SESSION_ENTER,   /* nothing but the change of state */
    SESSION_START,   /* start the pipeline, resume or seek it */
    SESSION_PAUSE,
    SESSION_STOP,      /* stop the pipeline; the state says what for */
    SESSION_END_START, /* the Start under way ends; its status is at hand */
    SESSION_RECOVER,   /* likewise; then stop what has been started */
    SESSION_END_PAUSE,
    SESSION_END_STOP,
    SESSION_END_PRESENTATION, /* MESessionEnded */
    SESSION_SWITCH,           /* let the next presentation follow */
    SESSION_SWITCHED,         /* it has */
    SESSION_SWAP,             /* drop the current presentation; the next of the queue becomes current, if any */
    SESSION_SWAP_AND_PLAY,    /* likewise, and starts */
    SESSION_FAIL,             /* MEError, and stop the rest */
    SESSION_FINALIZE,         /* let the sinks finalize */
    SESSION_CLOSE,            /* MESessionClosed */
    SESSION_ABANDON,          /* MESessionClosed with the error of the time limit, and let go of everything */
    SESSION_SHUT,             /* let go of everything, without an event */
    SESSION_ACTIONS
};

struct session_step
{
    enum session_action action;
    enum session_state next;
};

/* What is to be done when `input` happens in `state`. Every pair has an answer. */
struct session_step session_state_step(enum session_state state, enum session_input input);

/* Whether the next command of the queue may be taken in `state`. */
bool session_state_is_steady(enum session_state state);

/* Names for traces and tests. */
const char *session_state_name(enum session_state state);
const char *session_input_name(enum session_input input);

#endif

/*
 * The life of a Wi-Fi Direct connection with one peer, as a table: what comes, and what is to be done then.
 *
 * A connection is what sessions to one peer share: from the first WFDStartOpenSession to the end of the group. Nothing
 * here waits, sends or locks, and no Windows header is needed: whoever has it does the actions.
 *
 * Whoever asks gets exactly one answer (ACTION_TELL_OPENED or ACTION_TELL_FAILED), whatever comes, twice or never: time
 * runs out by itself (INPUT_TIMEOUT), as a peer's refusal may come with no event at all.
 */
#ifndef CORKD_WLAN_DIRECT_SESSION_H
#define CORKD_WLAN_DIRECT_SESSION_H

enum direct_state
{
    DIRECT_WAITING,     /* another connection is being formed; one at a time */
    DIRECT_FINDING,     /* the peer is looked for */
    DIRECT_INVITING,    /* the peer is asked to take up a persistent group again */
    DIRECT_NEGOTIATING, /* who will be the group's owner, and whether at all */
    DIRECT_STARTING,    /* agreed; the group comes up */
    DIRECT_OPEN,
    DIRECT_REMOVING,   /* the group is told to end */
    DIRECT_CANCELLING, /* given up; a group that comes up all the same is ended */
    DIRECT_ENDED,      /* nothing is left */
    DIRECT_STATES,
};

enum direct_input
{
    INPUT_BEGIN_UNKNOWN,    /* its turn, and the peer has not been seen */
    INPUT_BEGIN_PERSISTENT, /* ... seen, and there is a persistent group with it */
    INPUT_BEGIN_NEW,        /* ... seen, and there is none */
    INPUT_INVITATION_TAKEN,
    INPUT_INVITATION_REFUSED, /* the peer has forgotten the group, or does not want */
    INPUT_NEGOTIATED,
    INPUT_REFUSED,        /* negotiation, provisioning or formation failed, the peer's doing */
    INPUT_COMMAND_FAILED, /* wpa_supplicant would not */
    INPUT_STARTED,        /* the group is up */
    INPUT_REMOVED,        /* the group has ended, whoever ended it */
    INPUT_PEER_LEFT,      /* this side owns the group, and the peer is no longer in it */
    INPUT_CANCEL,         /* nobody wants it any more, before it was open */
    INPUT_CLOSE,          /* its last session is closed */
    INPUT_TIMEOUT,
    INPUT_GONE, /* wpa_supplicant, or the radio */
    DIRECT_INPUTS,
};

enum direct_action
{
    ACTION_FIND = 1,
    ACTION_STOP_FIND = 2,
    ACTION_INVITE = 4,
    ACTION_CONNECT = 8,
    ACTION_CANCEL = 16, /* what wpa_supplicant has under way with the peer */
    ACTION_REMOVE = 32, /* the group */
    ACTION_TELL_OPENED = 64,
    ACTION_TELL_FAILED = 128,
    ACTION_TELL_ENDED = 256, /* those that are open */
    ACTION_TIMER = 512,      /* a short time-out for what ends */
};

/* Takes an input: changes *state, returns the actions, a mask, to be done in the order of their numbers. */
unsigned direct_step(enum direct_state *state, enum direct_input input);

/* For logs. */
const char *direct_state_name(enum direct_state state);
const char *direct_input_name(enum direct_input input);

#endif

/*
 * The life of an interface's connection, as a table: what comes, and what is to be done and told then.
 *
 * A connection is ours (a program asked for it: corkd has a network block of its own in wpa_supplicant), or another's:
 * a network of the user's configuration, or one that another client selected. Of the latter programs are told just as
 * Windows tells them of what its own service connects, but nothing is commanded.
 *
 * Nothing here waits, sends or locks, and no Windows header is needed: connect.c does the actions. Whatever comes,
 * late, twice or never: what was told to have started is told to have completed, once; what was told to be connected is
 * told to be disconnected, once.
 *
 * Leaving takes two steps: wpa_supplicant is told to, and what it has already said is read (ON_SETTLED); until then
 * nothing that it says is about anything that begins afterwards.
 */
#ifndef CORKD_WLAN_CONNECTION_H
#define CORKD_WLAN_CONNECTION_H

enum connection_state
{
    CONNECTION_IDLE,
    CONNECTION_SEARCHING, /* ours: the network is looked for */
    CONNECTION_RETRYING,  /* likewise, after an attempt that has failed, which has been told */
    CONNECTION_ASSOCIATING,
    CONNECTION_AUTHENTICATING,
    CONNECTION_CONNECTED,
    CONNECTION_ROAMING, /* connected, and going over to another of the network's access points */
    CONNECTION_OTHER_ASSOCIATING,
    CONNECTION_OTHER_AUTHENTICATING,
    CONNECTION_OTHER_CONNECTED,
    CONNECTION_OTHER_ROAMING,
    CONNECTION_FAILING, /* an attempt has failed, or was cancelled; it has to be told when all has settled */
    CONNECTION_ENDING,  /* the same where no attempt is under way: the last one's failure has been told */
    CONNECTION_LEAVING, /* a program disconnects */
    CONNECTION_TIDYING, /* it was lost, and that has been told */
    CONNECTION_STATES,
};

enum connection_input
{
    ON_CONNECT, /* a program asks, and nothing is connected */
    ON_LEAVE,   /* a program disconnects, or asks for another connection */
    ON_FOUND,   /* wpa_supplicant was connected when corkd found it */
    ON_ASSOCIATING,
    ON_ASSOCIATED,
    ON_CONNECTED,
    ON_REFUSED, /* the access point refuses, or an attempt fails otherwise; wpa_supplicant will try again */
    ON_FAIL,    /* no further attempt is worth while: wrong key, no such network, too many attempts, time-out */
    ON_DISCONNECTED,
    ON_TAKEN,   /* another client of wpa_supplicant has selected another network */
    ON_SETTLED, /* all that was said before wpa_supplicant was told to leave has been heard */
    ON_GONE,    /* wpa_supplicant, or the radio */
    CONNECTION_INPUTS,
};

enum connection_action
{
    TELL_DISCONNECTING = 1 << 0,  /* ACM */
    TELL_DISASSOCIATING = 1 << 1, /* MSM */
    DO_LEAVE = 1 << 2,            /* wpa_supplicant is told to disconnect; ON_SETTLED follows */
    TELL_LEFT = 1 << 3,           /* MSM: disconnected */
    TELL_ATTEMPT_FAILED = 1 << 4, /* ACM */
    TELL_FAILED = 1 << 5,         /* ACM: complete, with a reason */
    TELL_DISCONNECTED = 1 << 6,   /* ACM */
    DO_TIDY = 1 << 7,             /* our network block goes, what it displaced comes back */
    TELL_STARTED = 1 << 8,        /* ACM */
    DO_SELECT = 1 << 9,           /* our network block, for the connection that is asked for */
    TELL_ASSOCIATING = 1 << 10,   /* MSM, as all that follow but the last */
    TELL_ASSOCIATED = 1 << 11,
    TELL_AUTHENTICATING = 1 << 12,
    TELL_ROAMING = 1 << 13,
    TELL_ROAMED = 1 << 14,
    TELL_CONNECTED = 1 << 15,
    TELL_COMPLETE = 1 << 16, /* ACM */
};

/* Takes an input: changes *state, returns the actions, a mask, to be done in the order of their numbers. */
unsigned connection_step(enum connection_state *state, enum connection_input input);

/* Whether it is a connection that programs can use, ours or another's. */
int connection_is_up(enum connection_state state);

/* For logs. */
const char *connection_state_name(enum connection_state state);
const char *connection_input_name(enum connection_input input);

#endif

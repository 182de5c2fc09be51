/*
 * Wi-Fi Direct connections: what there is with one peer, and the sessions that share it.
 *
 * The sessions may be of several programs. One connection is formed at a time, the others wait for their turn.
 * Everything here runs with direct_lock held, which is held while wpa_supplicant answers, too.
 */
#ifndef CORKD_WLAN_DIRECT_CONNECTION_H
#define CORKD_WLAN_DIRECT_CONNECTION_H

#include "corkd/wlan/direct_session.h"
#include "corkd/wlan/wlan.h"

#define DIRECT_SESSIONS_MAX 64 /* of a peer */

struct direct_session
{
    host_client client;
    uint32_t number;
    bool open; /* the program has been told so */
};

struct direct_connection
{
    struct direct_connection *next;
    enum direct_state state;
    uint8_t peer[6];
    char pin[16];       /* empty: push button */
    bool is_legacy;     /* a device without Wi-Fi Direct */
    bool may_form;      /* a new group */
    int persistent;     /* the number of the group with it, or -1 */
    bool peer_is_owner; /* of a group, which is joined */
    int network;        /* a legacy device's, or -1: `device` and `group` are then the station's interface */
    uint64_t enabled;   /* with a legacy device: the networks that were enabled before, a bit each */
    char device[CONTROL_IFNAME_SIZE];
    char group[CONTROL_IFNAME_SIZE]; /* the group's interface, or empty */
    uint32_t index;                  /* of that, in the kernel; before there is one, the highest there was */
    bool is_owner;                   /* this side */
    int64_t deadline;                /* or 0 */
    uint32_t error, reason;          /* what whoever asked is told where it fails */
    struct direct_session sessions[DIRECT_SESSIONS_MAX];
    unsigned session_count;
};

/* ---- direct_connection.c ---- */

/* Tells a program how the opening of its session ended. */
void direct_tell_opened(const struct direct_session *session, uint32_t error, uint32_t reason, uint32_t index);
/* Tells all that wait that their session is open. */
void direct_tell_all_opened(struct direct_connection *connection);
/* Takes the input in, and does what follows from it. */
void direct_feed(struct wlan *wlan, struct direct_connection *connection, enum direct_input input);
/* Whether wpa_supplicant has its forming under way. */
bool direct_is_forming(const struct direct_connection *connection);
/* What its turn begins with: whether the peer has been seen, and a group with it is known. */
enum direct_input direct_beginning(struct wlan *wlan, struct direct_connection *connection);
/* Frees what has ended, and gives the next its turn. */
void direct_advance(struct wlan *wlan);
/* If nobody is left who wants it: closes it, or gives it up. */
void direct_leave(struct wlan *wlan, struct direct_connection *connection);

/* ---- direct_legacy.c ---- */

/* Finds the station and the stored network for the connection's peer, a device without Wi-Fi Direct. */
enum direct_input direct_legacy_beginning(struct wlan *wlan, struct direct_connection *connection);
/* Connects to it, and leaves it. False: wpa_supplicant would not. */
bool direct_legacy_connect(struct wlan *wlan, const struct direct_connection *connection);
bool direct_legacy_leave(struct wlan *wlan, const struct direct_connection *connection);
/* What wpa_supplicant said of a station. */
void direct_legacy_event(struct wlan *wlan, const struct control_event *event);

/* ---- direct_record.c ---- */

/* Writes down which connections wpa_supplicant has to do with, for the next corkd if this one is killed. */
void direct_record(struct wlan *wlan);

#endif

/*
 * What the parts of the connecting share: an interface's link, and what it is connected to, or to be connected to.
 *
 * Everything here is under wlan->connect_lock, which is held while commands are sent, so that what comes and what is
 * done about it do not mix; it is taken before wlan->lock.
 */
#ifndef CORKD_WLAN_CONNECT_H
#define CORKD_WLAN_CONNECT_H

#include "corkd/wlan/connection.h"
#include "corkd/wlan/network_list.h"
#include "corkd/wlan/wlan.h"

#define CONNECT_BSSIDS_MAX    64
#define CONNECT_DISPLACED_MAX 128 /* of the user's networks, that are switched off while ours is connected */

/* What a connection is to: asked for by a program, or, of another's, what wpa_supplicant says of it. */
struct connect_target
{
    uint32_t mode, bss_type, flags;
    char profile[PROFILE_NAME_SIZE]; /* its name, or empty */
    uint8_t ssid[WLAN_SSID_MAX];
    size_t ssid_length;
    bool secure;
    char *xml;                   /* the profile's, where a program gave it or it was made for a discovery; or NULL */
    struct wlan_profile *wanted; /* NULL: another's */
    uint8_t bssids[CONNECT_BSSIDS_MAX][6];
    size_t bssid_count; /* 0: any */
    uint32_t failure;   /* a reason why it cannot be, which is told as the end of an attempt; or REASON_SUCCESS */
    uint32_t seconds;   /* until it counts as failed */
};

struct wlan_link
{
    struct wlan_link *next;
    char name[CONTROL_IFNAME_SIZE];
    uint32_t index; /* in the kernel */
    enum connection_state state;
    struct connect_target *target;  /* NULL when idle */
    struct connect_target *awaited; /* what comes next, when the present one has ended; or NULL */
    bool radio_off;

    uint8_t address[6]; /* of the access point, zeros: not known */
    uint32_t reason;    /* what whoever asked is told where it fails */
    unsigned attempts;  /* that have failed */
    unsigned missed;    /* times that it was not heard */
    int64_t deadline;   /* of the attempt, or 0 */
    unsigned fence;     /* times that the monitor has yet to come round until all has settled; 0: nothing is awaited */

    int network;                          /* our network block's number, or -1 */
    bool resume;                          /* wpa_supplicant was connecting by itself before */
    int displaced[CONNECT_DISPLACED_MAX]; /* what it would connect to, by number */
    unsigned displaced_count;
};

/* ---- connect_target.c ---- */

/* Reads WLAN_CONNECT's arguments behind the interface and finds what they name. ERROR_NOT_FOUND, ERROR_BAD_PROFILE,
 * ERROR_INVALID_PARAMETER, ERROR_NOT_SUPPORTED, ERROR_NOT_ENOUGH_MEMORY, WLAN_MALFORMED. */
uint32_t connect_target_read(struct wlan *wlan, uint32_t index, const char *name, struct host_decoder *arguments,
                             struct connect_target **target);
/* What wpa_supplicant is connecting to, or connected to. NULL: nothing, an access point of its own, or no memory. */
struct connect_target *connect_target_of_other(struct wlan *wlan, const char *name);
void connect_target_free(struct connect_target *target);

/* ---- connect_network.c ---- */

/* Makes the network block for link->target and selects it; what that displaces is noted down. Returns REASON_SUCCESS or
 * the reason why not: what there is of it by then goes by connect_network_remove, too. */
uint32_t connect_network_select(struct wlan *wlan, struct wlan_link *link);
/* Removes it. `restore`: what it displaced is switched on again, and connected to if `resume` was so. */
void connect_network_remove(struct wlan *wlan, struct wlan_link *link, bool restore);
/* Removes what a corkd has left that was killed. */
void connect_network_clean(struct wlan *wlan, const char *name);

/* ---- connect_tell.c ---- */

/* Tells one thing, an action of connection_action. */
void connect_tell(struct wlan *wlan, const struct wlan_link *link, enum connection_action what);
void connect_tell_radio(struct wlan *wlan, const struct wlan_link *link);
void connect_tell_removal(struct wlan *wlan, const struct wlan_link *link);

#endif

/*
 * The hosted network: an access point that wpa_supplicant makes of an interface that is not connected (a network block
 * with mode=2). One a prefix.
 *
 * Threads: what starts or ends it does so one at a time, under `operation`, which is taken before the service's lock
 * and held while wpa_supplicant answers. What wpa_supplicant says is taken in by the monitor under the service's lock
 * alone, and wakes whoever waits for the start.
 */
#ifndef CORKD_WLAN_HOSTED_H
#define CORKD_WLAN_HOSTED_H

#include <pthread.h>

#include "corkd/service.h"
#include "corkd/wlan/control_event.h"

#define HOSTED_PEERS_MAX    128
#define HOSTED_NETWORKS_MAX 64
#define HOSTED_KEY_MAX      64 /* bytes: a pass phrase with its end; a key has 32 */
#define HOSTED_PHRASE_SIZE  64 /* of the primary key, terminated */

enum hosted_phase
{
    HOSTED_IDLE,
    HOSTED_STARTING,
    HOSTED_ACTIVE,
};

/* WLAN_HOSTED_NETWORK_STATE */
enum hosted_state
{
    HOSTED_STATE_UNAVAILABLE = 0,
    HOSTED_STATE_IDLE = 1,
    HOSTED_STATE_ACTIVE = 2,
};

/* WLAN_HOSTED_NETWORK_REASON */
enum hosted_reason
{
    HOSTED_SUCCESS = 0,
    HOSTED_BAD_PARAMETERS = 2,
    HOSTED_INSUFFICIENT_RESOURCES = 4,
    HOSTED_READ_ONLY = 6,
    HOSTED_PERSISTENCE_FAILED = 7,
    HOSTED_CRYPT_ERROR = 8,
    HOSTED_STOP_BEFORE_START = 10,
    HOSTED_INTERFACE_UNAVAILABLE = 12,
    HOSTED_MINIPORT_STOPPED = 13,
    HOSTED_USER_ACTION = 17,
    HOSTED_CLIENT_ABORT = 18,
    HOSTED_AP_START_FAILED = 19,
    HOSTED_PEER_ARRIVED = 20,
    HOSTED_PEER_DEPARTED = 21,
    HOSTED_PROPERTIES_CHANGE = 26,
};

/* A program that uses it, so many times. */
struct hosted_user
{
    struct hosted_user *next;
    host_client client;
    unsigned uses;
};

struct hosted_key
{
    uint8_t bytes[HOSTED_KEY_MAX];
    size_t size; /* 0: none is set */
    bool is_phrase, is_persistent;
};

struct hosted
{
    pthread_mutex_t operation;

    /* Under the service's lock. */
    pthread_cond_t changed;
    enum hosted_phase phase;
    char name[CONTROL_IFNAME_SIZE]; /* the interface's, unless it is idle */
    uint32_t index;
    uint8_t address[6];
    uint32_t frequency; /* MHz */
    uint8_t peers[HOSTED_PEERS_MAX][6];
    unsigned peer_count;
    struct hosted_user *users;
    bool is_forced;         /* it is to go on without users */
    struct hosted_key once; /* a secondary key for this run or the next */

    /* Under `operation`. */
    int network;                       /* the block's number */
    int disabled[HOSTED_NETWORKS_MAX]; /* the blocks that were enabled before */
    unsigned disabled_count;
};

struct wlan;

/* ---- hosted.c ---- */

/* Ends it if it is active, for that reason, with `operation` held. Returns whether it was. */
bool hosted_end(struct wlan *wlan, enum hosted_reason reason);
/* Makes it anew with what is set now, if it is active; with `operation` held. */
uint32_t hosted_renew(struct wlan *wlan, uint32_t *reason);

/* ---- hosted_settings.c ---- */

bool hosted_is_enabled(struct wlan *wlan);
/* An SSID and a primary key are there, made where they were not. False: they could not be kept. */
bool hosted_init(struct wlan *wlan, uint32_t *reason);
/* Into `ssid` of WLAN_SSID_MAX bytes. Returns its length; 0: none is set. */
size_t hosted_ssid(struct wlan *wlan, uint8_t *ssid);
uint32_t hosted_max_peers(struct wlan *wlan);
/* The key in force as SET_NETWORK is told: a pass phrase in quotation marks, or 64 digits; text of 160 bytes. It is the
 * secondary key where there is one: an access point of wpa_supplicant has one key. False: none is set. */
bool hosted_key_text(struct wlan *wlan, char *text, size_t size);

#endif

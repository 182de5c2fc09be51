/*
 * The control interfaces of wpa_supplicant: which there are, what they are asked, what they say.
 *
 * wpa_supplicant has a socket for each interface in a folder (/run/wpa_supplicant; the environment variable
 * CORK_CORKD_WPA_SUPPLICANT names another). A monitor thread looks after the folder, is attached to each socket, and
 * calls the listener for what they say; it also runs deadlines. Commands are sent on a socket of their own, by any
 * thread, one at a time for an interface, and wait for the answer: 10 seconds at most, as libwpa_client does.
 *
 * Nothing tells of a wpa_supplicant that was killed: its sockets stay and are silent. So the monitor tries each now and
 * then.
 */
#ifndef CORKD_WLAN_SUPPLICANT_H
#define CORKD_WLAN_SUPPLICANT_H

#include "corkd/wlan/control_event.h"

#define SUPPLICANT_REPLY_SIZE 8192 /* with the 0: wpa_supplicant's answers have 4096 bytes at most */

enum supplicant_result
{
    SUPPLICANT_OK,      /* an answer, whatever it says; supplicant_ask_ok: "OK" */
    SUPPLICANT_FAIL,    /* it said "FAIL", "FAIL-BUSY", "UNKNOWN COMMAND" or anything else than "OK" */
    SUPPLICANT_NONE,    /* no such interface, or it has gone */
    SUPPLICANT_TIMEOUT, /* no answer */
};

/* Called by the monitor thread, one at a time; may send commands. */
struct supplicant_listener
{
    /* A control interface is there, or has gone. `name` is the interface's ("wlan0", "p2p-dev-wlan0"). */
    void (*arrived)(void *context, const char *name);
    void (*left)(void *context, const char *name);
    /* It said something; the event's ifname is filled in. */
    void (*event)(void *context, const struct control_event *event);
    /* The deadline that supplicant_wake_at asked for. */
    void (*woken)(void *context);
    void *context;
};

struct supplicant;

/* Why no interface can be seen, for the log and for people. */
enum supplicant_access
{
    SUPPLICANT_ACCESSIBLE,
    SUPPLICANT_NO_FOLDER, /* wpa_supplicant does not run, or has no control interface */
    SUPPLICANT_DENIED,    /* the right to the sockets is missing */
};

/* One that has not begun; `folder` NULL: the usual one. NULL: no memory. supplicant_stop ends it. */
struct supplicant *supplicant_make(const char *folder, const struct supplicant_listener *listener);
/* Begins: the interfaces that are there arrive before it returns, on this thread. False: no memory. */
bool supplicant_start(struct supplicant *supplicant);
/* Ends and frees: no callback runs afterwards. Not in a callback. */
void supplicant_stop(struct supplicant *supplicant);

/* Sends a command to an interface and waits. `reply` of SUPPLICANT_REPLY_SIZE bytes is terminated, without its last
 * line feed. */
enum supplicant_result supplicant_ask(struct supplicant *supplicant, const char *name, char *reply, const char *format,
                                      ...) __attribute__((format(printf, 4, 5)));
/* The same where "OK" is the only good answer. */
enum supplicant_result supplicant_ask_ok(struct supplicant *supplicant, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The control interfaces that are there, up to `room`. Returns how many. */
size_t supplicant_names(struct supplicant *supplicant, char (*names)[CONTROL_IFNAME_SIZE], size_t room);
/* The value of a line NAME=VALUE of an answer such as STATUS's, into `value`, terminated. False: there is none. */
bool supplicant_line(const char *reply, const char *name, char *value, size_t size);

/* Has `woken` called at that time (milliseconds of CLOCK_MONOTONIC), unless an earlier one is asked for already. Any
 * thread. */
void supplicant_wake_at(struct supplicant *supplicant, int64_t time);
int64_t supplicant_now(void);

enum supplicant_access supplicant_access(struct supplicant *supplicant);

#endif

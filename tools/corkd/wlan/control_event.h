/*
 * What wpa_supplicant says unasked: event lines of its control interface, taken apart.
 *
 * A line of an interface's own socket is "<LEVEL>EVENT ...", one of the global socket "IFNAME=NAME <LEVEL>EVENT ...".
 * What follows the event's name are words, some of them NAME=VALUE, where a value may stand in quotation marks.
 * Sources: the public header wpa_ctrl.h, and lines that real ones sent.
 *
 * No Windows header, no allocation, no lock: a line is taken apart on the caller's stack, whatever bytes it has.
 */
#ifndef CORKD_WLAN_CONTROL_EVENT_H
#define CORKD_WLAN_CONTROL_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CONTROL_IFNAME_SIZE 16 /* IFNAMSIZ */

enum control_event_kind
{
    CONTROL_OTHER, /* any that is not looked at */
    CONTROL_SCAN_STARTED,
    CONTROL_SCAN_RESULTS,
    CONTROL_SCAN_FAILED,
    CONTROL_BSS_ADDED,
    CONTROL_BSS_REMOVED,
    CONTROL_STATE_CHANGE,
    CONTROL_TRYING_TO_ASSOCIATE,
    CONTROL_ASSOCIATED,
    CONTROL_ASSOC_REJECT,
    CONTROL_AUTH_REJECT,
    CONTROL_CONNECTED,
    CONTROL_DISCONNECTED,
    CONTROL_NETWORK_NOT_FOUND,
    CONTROL_SSID_TEMP_DISABLED,
    CONTROL_SIGNAL_CHANGE,
    CONTROL_TERMINATING,
    CONTROL_INTERFACE_ENABLED,
    CONTROL_INTERFACE_DISABLED,
    CONTROL_AP_ENABLED,
    CONTROL_AP_DISABLED,
    CONTROL_AP_STA_CONNECTED,
    CONTROL_AP_STA_DISCONNECTED,
    CONTROL_P2P_DEVICE_FOUND,
    CONTROL_P2P_DEVICE_LOST,
    CONTROL_P2P_FIND_STOPPED,
    CONTROL_P2P_GO_NEG_REQUEST,
    CONTROL_P2P_GO_NEG_SUCCESS,
    CONTROL_P2P_GO_NEG_FAILURE,
    CONTROL_P2P_GROUP_FORMATION_SUCCESS,
    CONTROL_P2P_GROUP_FORMATION_FAILURE,
    CONTROL_P2P_GROUP_STARTED,
    CONTROL_P2P_GROUP_REMOVED,
    CONTROL_P2P_INVITATION_RECEIVED,
    CONTROL_P2P_INVITATION_ACCEPTED,
    CONTROL_P2P_INVITATION_RESULT,
    CONTROL_P2P_PROV_DISC_REQUEST, /* push button, or a PIN shown or to be entered */
    CONTROL_P2P_PROV_DISC_RESPONSE,
    CONTROL_P2P_PROV_DISC_FAILURE,
    CONTROL_EVENT_KINDS,
};

struct control_event
{
    enum control_event_kind kind;
    char ifname[CONTROL_IFNAME_SIZE]; /* what the line itself names, or empty */
    const char *text;                 /* behind the event's name; terminated; in the caller's line */
};

/* Takes a terminated line apart; `line` stays the caller's and has to stay as long as the event is used. False: it is
 * no event line at all. */
bool control_event_parse(const char *line, struct control_event *event);

/* The value of the first word NAME=VALUE, with its quotation marks and the escapes of a quoted one (\\ \" \e \n \r \t
 * \xNN) taken away, into `value` of `size` bytes, terminated. Returns its length, which may count zeros, or -1 where
 * there is none, or where it does not fit. */
int control_event_value(const struct control_event *event, const char *name, char *value, size_t size);
/* The same as a number, decimal or 0x...; `missing` where there is none. */
long control_event_number(const struct control_event *event, const char *name, long missing);
/* The word of that number, the first being 0, as control_event_value has it. */
int control_event_word(const struct control_event *event, unsigned number, char *word, size_t size);
/* The first word that is an address (xx:xx:xx:xx:xx:xx), or the value of NAME=ADDRESS where `name` is not NULL. */
bool control_event_address(const struct control_event *event, const char *name, uint8_t address[6]);

/* Six bytes of "xx:xx:xx:xx:xx:xx", nothing behind it but the end of the text or of the line, or a space. */
bool control_parse_address(const char *text, uint8_t address[6]);

#endif

/* wlan.exe: what its files share. It is written against wlanapi.h and its documentation; wire.c alone goes past them.
 */
#ifndef CORK_WLAN_COMMAND_H
#define CORK_WLAN_COMMAND_H

#include <windows.h>
#include <wlanapi.h>

#include "../console/program.h"
#include "command_line.h"
#include "text.h"

enum
{
    NAME_SIZE = 12 * WLAN_MAX_NAME_LENGTH, /* bytes of the longest name as it may be shown */
};

/* ---- main.c ---- */

/* Set by Ctrl-C. What waits, waits for it too, and ends with ERROR_CANCELLED. */
extern HANDLE break_event;

/* ---- show.c: lines of what is shown ---- */

/* "    Label                  : value". */
__attribute__((format(gnu_printf, 2, 3))) void show(const char *label, const char *format, ...);
/* The same without a colon: a heading. */
__attribute__((format(gnu_printf, 1, 2))) void show_heading(const char *format, ...);
const char *yes_or_no(BOOL value);
/* "02:00:00:00:00:01", into `text` of 18 bytes. Returns text. */
const char *address_text(const UCHAR *address, char *text);
/* An SSID as it may be shown, into `text` of SSID_TEXT_SIZE bytes. Returns text. */
const char *ssid_text(const DOT11_SSID *ssid, char *text);
/* A name as it may be shown, into `text` of NAME_SIZE bytes. Returns text. */
const char *name_text(const WCHAR *name, char *text);
/* The bytes of a parameter. Prints what is wrong: it is too long. */
DWORD read_ssid(const struct tag_value *value, DOT11_SSID *ssid);
/* A reason's words, into `text` of NAME_SIZE bytes. Returns text. */
const char *reason_text(WLAN_REASON_CODE reason, char *text);
/* "wlan: WHAT: the reason's words (reason NUMBER)". Returns `error`. */
__attribute__((format(gnu_printf, 3, 4))) DWORD fail_for_reason(DWORD error, WLAN_REASON_CODE reason,
                                                                const char *format, ...);

/* ---- words.c: the API's numbers in words ---- */

const char *interface_state(WLAN_INTERFACE_STATE state);
const char *bss_type(DOT11_BSS_TYPE type);
const char *phy_type(DOT11_PHY_TYPE type);
const char *authentication(DOT11_AUTH_ALGORITHM algorithm);
const char *cipher(DOT11_CIPHER_ALGORITHM algorithm);
const char *connection_mode(WLAN_CONNECTION_MODE mode);
const char *radio_state(DOT11_RADIO_STATE state);
const char *hosted_state(WLAN_HOSTED_NETWORK_STATE state);
const char *hosted_reason(WLAN_HOSTED_NETWORK_REASON reason);
/* 0: of no band that is known. */
unsigned channel_of(ULONG kilohertz);

/* ---- interface.c ---- */

/* Its name, as the parameter interface= has it, into `text` of NAME_SIZE bytes. Returns text. */
const char *interface_name(const WLAN_INTERFACE_INFO *radio, char *text);

typedef DWORD interface_function(HANDLE client, const WLAN_INTERFACE_INFO *radio, const struct command_line *line);
/* For the interface that the parameter names, or each; none at all is an error. Returns the first error, which was
 * printed. */
DWORD each_interface(HANDLE client, const struct command_line *line, interface_function *function);
/* The same, where it has to be one: that which the parameter names, or the only one there is. */
DWORD one_interface(HANDLE client, const struct command_line *line, interface_function *function);
/* How many there are; 0, too, where that cannot be asked, which was printed then (*error). */
DWORD count_interfaces(HANDLE client, DWORD *error);
/* Says that there is no radio. */
void show_no_interface(void);
/* Queries an interface. The data of WlanFreeMemory, or NULL: it cannot be had, or is shorter than `least`. */
void *query_interface(HANDLE client, const GUID *radio, WLAN_INTF_OPCODE opcode, DWORD least);

/* ---- wait.c ---- */

struct wait;
/* Told from now on what becomes of an interface: the notifications ACM and MSM. NULL: printed what is wrong. */
struct wait *wait_begin(HANDLE client, const GUID *radio, DWORD *error);
/* Until one of the two ACM codes came: *code, and the reason that it had. ERROR_TIMEOUT, ERROR_CANCELLED; nothing
 * printed but progress. */
DWORD wait_for(struct wait *wait, DWORD one, DWORD other, DWORD milliseconds, DWORD *code, WLAN_REASON_CODE *reason);
void wait_end(HANDLE client, struct wait *wait);

/* ---- wire.c: what no function of the API asks for ---- */

struct direct_peer
{
    UCHAR address[6];
    WCHAR name[64], type[32];
    BOOL in_group;
};
/* Begins to look for Wi-Fi Direct devices. */
DWORD wire_find(DWORD seconds);
/* Those that were found, of malloc. */
DWORD wire_peers(struct direct_peer **peers, DWORD *count);

/* ---- The verbs: each returns the exit code, 0 or a Windows error code, and has printed what is wrong ---- */

typedef DWORD verb_function(HANDLE client, const struct command_line *line);

verb_function verb_show_interfaces, verb_show_drivers, verb_show_capabilities; /* radio.c */
verb_function verb_show_networks;                                              /* network.c */
verb_function verb_connect, verb_disconnect;                                   /* connect.c */
verb_function verb_show_profiles, verb_add_profile, verb_delete_profile;       /* profile.c */
verb_function verb_profile_order, verb_export_profile;                         /* profile.c */
verb_function verb_show_filters, verb_add_filter, verb_delete_filter;          /* filter.c */
verb_function verb_show_settings, verb_show_autoconfig, verb_autoconfig;       /* setting.c */
verb_function verb_blocked_networks, verb_explicit_creds, verb_block_period;   /* setting.c */
verb_function verb_show_hosted, verb_set_hosted;                               /* hosted.c */
verb_function verb_start_hosted, verb_stop_hosted, verb_refresh_hosted;        /* hosted.c */
verb_function verb_direct_find, verb_direct_connect, verb_direct_close;        /* direct.c */

#endif

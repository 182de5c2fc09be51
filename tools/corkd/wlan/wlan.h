/*
 * Native Wifi and Wi-Fi Direct on wpa_supplicant: the inside.
 *
 * Threads: requests come on corkd's workers, several at a time; what wpa_supplicant says comes on its monitor's thread.
 * One lock, `lock`, is over all that is here; it is not held while a command is sent (supplicant_ask waits), so that
 * whoever goes on afterwards looks again at what it had found. Notifications are sent with it held: their order is that
 * of what happened.
 */
#ifndef CORKD_WLAN_H
#define CORKD_WLAN_H

#include <pthread.h>

#include "corkd/service.h"
#include "corkd/wlan/bss.h"
#include "corkd/wlan/hosted.h"
#include "corkd/wlan/kept_settings.h"
#include "corkd/wlan/profile.h"
#include "corkd/wlan/supplicant.h"
#include "corkd/wlan/wlan_constants.h"
#include "corkd/wlan/wlan_service.h"

#define WLAN_INTERFACES_MAX 16
#define WLAN_BSS_MAX        4096        /* networks an interface remembers */
#define WLAN_MALFORMED      0xffffffffu /* an operation's result: the arguments are not what the method has */

struct wlan_interface
{
    char name[CONTROL_IFNAME_SIZE]; /* empty: a free place */
    uint32_t index;                 /* the kernel's number */
    uint32_t state;                 /* WLAN_INTERFACE_STATE */

    bool scanning;         /* a scan that a program asked for */
    int64_t scan_deadline; /* when it counts as failed */
    bool bss_stale;        /* the list has to be fetched anew */
    struct wlan_bss *bss;  /* its networks as of `bss_time` */
    size_t bss_count;
    int64_t bss_time; /* of supplicant_now */

    /* The XML of the temporary profile that it is connected by, or NULL: WlanSaveTemporaryProfile saves it. */
    char *temporary_profile;
};

struct wlan_client
{
    struct wlan_client *next;
    host_client id;
    uint32_t sources; /* which notifications it wants */
};

struct wlan
{
    pthread_mutex_t lock;
    struct supplicant *supplicant;
    const struct host_place *place;
    struct wlan_interface interfaces[WLAN_INTERFACES_MAX];
    struct wlan_client *clients;
    struct profile_store *profiles; /* has a lock of its own */
    struct psd_list *psd;
    struct kept_settings *settings; /* has a lock of its own */
    struct interface_wish *wishes;
    struct hosted hosted;

    /* Wi-Fi Direct. Its lock is held while commands are sent, so that what comes and what is done about it do not mix;
     * it is taken before `lock`. */
    pthread_mutex_t direct_lock;
    struct direct_connection *connections;

    /* Connecting. The same of its lock (connect.h). */
    pthread_mutex_t connect_lock;
    struct wlan_link *links;
};

/* What an interface is connected to, or about to be. */
struct connection_view
{
    bool radio_off, up;
    uint32_t state; /* WLAN_INTERFACE_STATE */
    uint32_t mode, bss_type;
    char profile[PROFILE_NAME_SIZE]; /* its name, or empty */
    uint8_t ssid[WLAN_SSID_MAX];
    size_t ssid_length; /* 0: nothing */
    uint8_t address[6]; /* the access point's */
    bool secure;
};

/* Reads its arguments, does its work, puts its values. Returns the result, or WLAN_MALFORMED. */
typedef uint32_t wlan_operation(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                                struct host_encoder *values);

/* ---- wlan.c ---- */

/* Begins with what wpa_supplicant there is. NULL: no memory. */
struct wlan *wlan_open(const struct host_place *place);
void wlan_close(struct wlan *wlan);
/* Nothing of the client is used any more. */
void wlan_client_gone(struct wlan *wlan, host_client client);
/* With the lock: the interface of that number or name, or NULL. */
struct wlan_interface *wlan_interface_by_index(struct wlan *wlan, uint32_t index);
struct wlan_interface *wlan_interface_by_name(struct wlan *wlan, const char *name);
/* Its name, into `name` of CONTROL_IFNAME_SIZE bytes, without the lock held. False: there is none of that number. */
bool wlan_interface_name(struct wlan *wlan, uint32_t index, char *name);
/* The Windows error for what came of a command. */
uint32_t wlan_error(enum supplicant_result result);
/* All arguments were read. */
bool wlan_arguments_end(struct host_decoder *arguments);
/* Bytes as hexadecimal digits, terminated, into `text` of 2 * size + 1. */
void wlan_to_hex(const uint8_t *bytes, size_t size, char *text);
/* An SSID of the arguments into `ssid` of WLAN_SSID_MAX bytes. False: it is longer. */
bool wlan_get_ssid(struct host_decoder *arguments, uint8_t *ssid, size_t *length);

/* ---- text.c ---- */

/* A terminated UTF-8 text as UTF-16; what is not UTF-8 becomes U+FFFD. */
void wlan_put_text(struct host_encoder *values, const char *text);
/* A UTF-16 text of the arguments as UTF-8, which the caller frees; NULL where NULL was put, and on an error of the
 * arguments'. Half of a surrogate pair becomes U+FFFD. */
char *wlan_get_text(struct host_decoder *arguments);

/* ---- interface.c ---- */

wlan_operation wlan_enum_interfaces, wlan_interface_capability;

/* ---- notification.c ---- */

wlan_operation wlan_attach;
/* With the lock held. `data`, the values behind the kind of data, may be NULL: WLAN_DATA_NONE. */
void wlan_notify(struct wlan *wlan, uint32_t source, uint32_t code, uint32_t index, enum wlan_notification_data kind,
                 const struct host_encoder *data);
/* The same with a number. */
void wlan_notify_number(struct wlan *wlan, uint32_t source, uint32_t code, uint32_t index, uint32_t number);

/* ---- scan.c ---- */

wlan_operation wlan_scan, wlan_bss_list;
/* With the lock held: what wpa_supplicant said of a scan. */
void wlan_scan_event(struct wlan *wlan, struct wlan_interface *interface, const struct control_event *event);
/* With the lock held: fails what is overdue. Returns when to look again, or 0. */
int64_t wlan_scan_deadline(struct wlan *wlan, int64_t now);
/* Has the interface's list of networks be that of now. Without the lock; afterwards it is read with it. */
enum supplicant_result wlan_refresh_bss(struct wlan *wlan, uint32_t index);
void wlan_forget_bss(struct wlan_interface *interface);

/* An opcode's data that is one number of 32 bits: puts it, and reads it; false: it has another size. */
void wlan_put_number_data(struct host_encoder *values, uint32_t number);
bool wlan_get_number_data(struct host_decoder *arguments, uint32_t *number);

/* ---- interface_opcode.c ---- */

wlan_operation wlan_query_opcode, wlan_set_opcode;
/* Whether wpa_supplicant names that word among the interface's capabilities of that kind ("key_mgmt", "pairwise" ...).
 * Without the lock. */
bool wlan_is_capable(struct wlan *wlan, const char *name, const char *kind, const char *word);
/* The monitor's: an interface has come; its state may be another one. */
void wlan_opcodes_arrived(struct wlan *wlan, const char *name);
void wlan_opcodes_look(struct wlan *wlan, const char *name);
void wlan_opcodes_client_gone(struct wlan *wlan, host_client client);
void wlan_opcodes_stop(struct wlan *wlan);
/* Whether the interface may be connected without a program's asking (wlan_intf_opcode_autoconf_enabled), and to
 * networks of which type (wlan_intf_opcode_bss_type). Without the lock. */
bool wlan_autoconf_enabled(struct wlan *wlan, const char *name);
uint32_t wlan_allowed_bss_type(struct wlan *wlan, const char *name);

/* Whether wpa_supplicant names that word among the interface's capabilities of that kind. Without the lock. */
bool wlan_is_capable(struct wlan *wlan, const char *name, const char *kind, const char *word);

/* ---- hosted.c, hosted_settings.c ---- */

wlan_operation wlan_hosted_start, wlan_hosted_stop, wlan_hosted_status, wlan_hosted_initialize, wlan_hosted_refresh,
    wlan_hosted_get, wlan_hosted_set, wlan_hosted_set_key, wlan_hosted_get_key;
void wlan_hosted_init(struct wlan *wlan);
/* With the lock held: what wpa_supplicant said; an interface has gone; whether the interface is the hosted network's at
 * the moment, so that what is said of it is not said of a station. */
void wlan_hosted_event(struct wlan *wlan, const struct control_event *event);
void wlan_hosted_left(struct wlan *wlan, const char *name);
bool wlan_hosted_has(struct wlan *wlan, const char *name);
void wlan_hosted_client_gone(struct wlan *wlan, host_client client);
bool wlan_hosted_is_active(struct wlan *wlan);
/* Ends it; frees what is left of it, when nothing runs any more. */
void wlan_hosted_end(struct wlan *wlan);
void wlan_hosted_free(struct wlan *wlan);

/* ---- connect_network.c ---- */

struct network_line; /* network_list.h */
/* Calls `each` for every network block of the interface's. Waits for wpa_supplicant's answers. */
void wlan_for_networks(struct wlan *wlan, const char *name, void (*each)(void *context, const struct network_line *),
                       void *context);

/* ---- auto_config.c ---- */

wlan_operation wlan_query_auto_config, wlan_set_auto_config, wlan_set_security, wlan_get_security;
/* A parameter's value. Without the lock. */
uint32_t wlan_auto_config(struct wlan *wlan, enum wlan_autoconf opcode);

/* ---- filter.c ---- */

wlan_operation wlan_set_filter, wlan_get_filter;
/* Whether the user's lists allow a network to be seen and connected to: one on the permit list is, else
 * one on the deny list is not, else it is. With or without the lock. */
bool wlan_filter_allows(struct wlan *wlan, const uint8_t *ssid, size_t length, uint32_t type);

/* ---- profile_service.c, profile_capability.c ---- */

wlan_operation wlan_set_profile, wlan_get_profile, wlan_profile_security, wlan_profile_name, wlan_delete_profile,
    wlan_rename_profile, wlan_profile_list, wlan_set_profile_list, wlan_set_profile_position, wlan_set_profile_data,
    wlan_profile_data, wlan_save_temporary_profile;
/* Opens the store, and logs what is wrong with it. False: no memory. */
bool wlan_profiles_open(struct wlan *wlan, const char *folder);
/* Whether the radio and wpa_supplicant can do what the profile asks for. Without the lock. ERROR_SUCCESS, or
 * ERROR_NO_MATCH and the reason. */
uint32_t wlan_profile_capability(struct wlan *wlan, const char *interface, const struct wlan_profile *profile,
                                 uint32_t *reason);

/* ---- psd.c ---- */

wlan_operation wlan_set_psd;
/* The elements that all programs together have set, as many as fit into `room` bytes. Returns their size. Without the
 * lock. */
size_t wlan_psd_elements(struct wlan *wlan, uint8_t *elements, size_t room);
void wlan_psd_client_gone(struct wlan *wlan, host_client client);
void wlan_psd_stop(struct wlan *wlan);

/* ---- available_list.c ---- */

wlan_operation wlan_available_networks;

/* ---- connect.c ---- */

wlan_operation wlan_connect, wlan_disconnect;
/* False: there is no such interface; all is zeros then. */
bool wlan_connection_view(struct wlan *wlan, const char *name, struct connection_view *view);
/* The monitor's: an interface that has come, what wpa_supplicant said, an interface that has gone, time that has run
 * out (returns when to look again, or 0). */
void wlan_connect_arrived(struct wlan *wlan, const char *name, uint32_t index);
void wlan_connect_event(struct wlan *wlan, const struct control_event *event);
void wlan_connect_gone(struct wlan *wlan, const char *name);
int64_t wlan_connect_deadline(struct wlan *wlan, int64_t now);
/* Ends every connection that is ours. */
void wlan_connect_stop(struct wlan *wlan);
/* Whether there is one: corkd does not end then, as a connection outlives the program that asked for it. */
bool wlan_connect_is_busy(struct wlan *wlan);

/* ---- connect_opcode.c ---- */

/* What WlanQueryInterface is asked about the connection: the data as it lies in memory on Windows. Without the lock. */
uint32_t wlan_query_connection(struct wlan *wlan, uint32_t index, const char *name, struct host_encoder *data);
uint32_t wlan_query_channel(struct wlan *wlan, uint32_t index, const char *name, struct host_encoder *data);
uint32_t wlan_query_rssi(struct wlan *wlan, uint32_t index, const char *name, struct host_encoder *data);
uint32_t wlan_query_statistics(struct wlan *wlan, uint32_t index, const char *name, struct host_encoder *data);

/* ---- direct.c, direct_event.c, direct_record.c ---- */

wlan_operation wlan_direct_open, wlan_direct_open_legacy, wlan_direct_cancel, wlan_direct_close, wlan_direct_visibility,
    wlan_direct_find, wlan_direct_peers;
/* The monitor's: what wpa_supplicant said, an interface that has gone, time that has run out (returns when to look
 * again, or 0). */
void wlan_direct_event(struct wlan *wlan, const struct control_event *event);
void wlan_direct_gone(struct wlan *wlan, const char *name);
int64_t wlan_direct_deadline(struct wlan *wlan, int64_t now);
/* Closes the sessions of a program that has gone. */
void wlan_direct_client_gone(struct wlan *wlan, host_client client);
/* Whether a corkd that was killed has left connections there, and the end of those. */
bool wlan_direct_has_record(const struct host_place *place);
void wlan_direct_end_recorded(struct wlan *wlan);
/* Ends every group that is ours. */
void wlan_direct_stop(struct wlan *wlan);

#endif

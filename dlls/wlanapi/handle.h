/*
 * The handles of wlanapi.dll.
 *
 * A handle lives in this process: the service knows the process and what it wants to be told. NULL is
 * ERROR_INVALID_PARAMETER, what is in no table, was closed, or is a handle of another kind ERROR_INVALID_HANDLE.
 */
#ifndef CORK_WLANAPI_HANDLE_H
#define CORK_WLANAPI_HANDLE_H

#include <windows.h>
#include <wlanapi.h>

#include "common/handle_table.h"

enum wlan_handle_type
{
    HANDLE_CLIENT = 1,     /* WlanOpenHandle */
    HANDLE_DIRECT,         /* WFDOpenHandle */
    HANDLE_DIRECT_SESSION, /* WFDStartOpenSession, WFDOpenLegacySession */
};

/* What WlanOpenHandle's handle stands for. */
struct wlan_client
{
    DWORD version; /* negotiated: WLAN_API_VERSION_1_0 or 2_0 */

    LONG hosted_uses; /* WlanHostedNetworkStartUsing without its StopUsing */

    SRWLOCK callback_lock; /* held while the callback runs, so that who unregisters can wait for its end */
    SRWLOCK lock;          /* over what follows */
    DWORD callback_thread; /* 0: none runs */
    DWORD sources;
    BOOL ignore_duplicate;
    WLAN_NOTIFICATION_CALLBACK callback;
    void *context;
    WLAN_NOTIFICATION_DATA *last; /* what came last, for ignore_duplicate; with its data behind it */
};

/* The DLL's table; NULL where there is no memory for it. */
struct cork_handle_table *handle_table(void);
/* Opens a handle for `object`, which the table owns from then on. 0 or an error: ERROR_NOT_ENOUGH_MEMORY,
 * ERROR_REMOTE_SESSION_LIMIT_EXCEEDED. */
DWORD handle_open(enum wlan_handle_type type, void *object, HANDLE *handle);
/* Pins what is behind the handle; cork_pin_release ends that. ERROR_INVALID_PARAMETER for NULL, ERROR_INVALID_HANDLE.
 */
DWORD handle_pin(HANDLE handle, enum wlan_handle_type type, void **object, struct cork_pin *pin);
/* For functions that need of a client's handle only that it is one. */
DWORD handle_check(HANDLE handle);
/* The same for those that Windows XP's API, version 1, does not have: ERROR_NOT_SUPPORTED. */
DWORD handle_check_version(HANDLE handle);

/* Whether the service is there: ERROR_SERVICE_NOT_ACTIVE if not. */
DWORD reach_service(void);

/* hosted.c: gives up what the handle used. */
void hosted_client_closed(struct wlan_client *client);

/* notification.c: has the service's events come. */
void subscribe_to_service(void);
/* notification.c: has a new service told what handles want, where the one that knew it has gone. */
void attach_again(void);
/* Whether this is the thread that calls callbacks, in one: what comes of the service waits behind it. */
BOOL is_event_thread(void);
/* notification.c: frees what the client keeps of notifications, and has the service told what is still wanted. */
void notification_client_closed(struct wlan_client *client);

#endif

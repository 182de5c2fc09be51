/* What the functions of the hosted network share. */
#ifndef CORK_WLANAPI_HOSTED_H
#define CORK_WLANAPI_HOSTED_H

#include "wlanapi/call.h"

/* `error`, with the reason put to `place`, which may be NULL. */
DWORD hosted_fail(DWORD error, WLAN_HOSTED_NETWORK_REASON reason, WLAN_HOSTED_NETWORK_REASON *place);
/* A client's handle, and nothing that is reserved: ERROR_INVALID_PARAMETER, ERROR_INVALID_HANDLE. */
DWORD hosted_check(HANDLE handle, const void *reserved, WLAN_HOSTED_NETWORK_REASON *reason);
/* Whether the caller may do what takes wlan_secure_hosted_network_elevated_access: ERROR_ACCESS_DENIED. */
DWORD hosted_check_elevated(WLAN_HOSTED_NETWORK_REASON *reason);
/* Asks, and reads the reason, which the reply has whatever the result. Returns the result. */
DWORD hosted_send(struct wlan_call *call, enum wlan_method method, WLAN_HOSTED_NETWORK_REASON *reason);

#endif

/* Who may do what: the discretionary access control lists of WLAN_SECURABLE_OBJECT. */
#ifndef CORK_WLANAPI_SECURITY_H
#define CORK_WLANAPI_SECURITY_H

#include <windows.h>
#include <wlanapi.h>

/* Whether the object's list grants the calling thread's token that access (WLAN_READ_ACCESS, WLAN_EXECUTE_ACCESS or
 * WLAN_WRITE_ACCESS): 0, ERROR_ACCESS_DENIED, or an error of the service's. Any thread. */
DWORD security_check(WLAN_SECURABLE_OBJECT object, DWORD access);
/* What the list of a profile's own security descriptor's text grants the calling thread's token: 0, WLAN_READ_ACCESS,
 * WLAN_EXECUTE_ACCESS (has the first in it) or WLAN_WRITE_ACCESS (has both); NULL grants all.
 * ERROR_INVALID_PARAMETER: the text is no descriptor, or has no such list. Any thread. */
DWORD security_granted(const WCHAR *text, DWORD *granted);
/* The object's text where a program has set it, else NULL; to be freed by WlanFreeMemory. Any thread. */
DWORD security_set_by_user(WLAN_SECURABLE_OBJECT object, WCHAR **text);

#endif

/* Who may do what: the discretionary access control lists of WLAN_SECURABLE_OBJECT. */
#ifndef CORK_WLANAPI_SECURITY_H
#define CORK_WLANAPI_SECURITY_H

#include <windows.h>
#include <wlanapi.h>

/* Whether the object's list grants the calling thread's token that access (WLAN_READ_ACCESS, WLAN_EXECUTE_ACCESS or
 * WLAN_WRITE_ACCESS): 0, ERROR_ACCESS_DENIED, or an error of the service's. Any thread. */
DWORD security_check(WLAN_SECURABLE_OBJECT object, DWORD access);

#endif

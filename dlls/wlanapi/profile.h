/* Profiles: what their functions share. */
#ifndef CORK_WLANAPI_PROFILE_H
#define CORK_WLANAPI_PROFILE_H

#include <stdint.h>
#include <windows.h>
#include <wlanapi.h>

/* The number of the interface for a change of its profiles. WlanSetProfile and its kin "can fail with
 * ERROR_INVALID_PARAMETER if the wireless interface ... has been removed from the system". */
DWORD profile_interface(const GUID *guid, uint32_t *index);
/* ERROR_SUCCESS, or ERROR_ACCESS_DENIED: whether an all-user profile's own access list grants `wanted`
 * (WLAN_..._ACCESS); ERROR_NOT_FOUND: there is no such profile. `granted` may be NULL. */
DWORD profile_access(uint32_t index, const WCHAR *name, DWORD wanted, DWORD *granted);

#endif

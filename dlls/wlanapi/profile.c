/*
 * Profiles: WlanSetProfile, WlanGetProfile, WlanDeleteProfile, WlanRenameProfile, WlanSaveTemporaryProfile.
 *
 * Who may do what is decided here, by the access lists and the calling thread's token; the service then does it.
 */
#include "wlanapi/profile.h"

#include <stdlib.h>

#include "common/trace.h"
#include "wlanapi/call.h"
#include "wlanapi/handle.h"
#include "wlanapi/security.h"

CORK_TRACE_CHANNEL(wlanapi);

/* ---- What they share ---- */

DWORD profile_interface(const GUID *guid, uint32_t *index)
{
    return interface_index(guid, index) ? ERROR_INVALID_PARAMETER : ERROR_SUCCESS;
}

DWORD profile_access(uint32_t index, const WCHAR *name, DWORD wanted, DWORD *granted)
{
    struct wlan_call call;
    WCHAR *security = NULL;
    DWORD error, flags = 0, rights = WLAN_WRITE_ACCESS;

    call_begin(&call);
    host_put_u32(&call.arguments, index);
    host_put_utf16(&call.arguments, (const uint16_t *)name);
    error = call_send(&call, WLAN_PROFILE_SECURITY);
    if (!error)
    {
        security = (WCHAR *)host_get_utf16(&call.reply.values);
        flags = host_get_u32(&call.reply.values);
    }
    error = call_end(&call, error);
    if (!error && !(flags & WLAN_PROFILE_USER)) error = security_granted(security, &rights);
    free(security);
    if (granted) *granted = rights;
    if (error) return error;
    return (rights & wanted) == wanted ? ERROR_SUCCESS : ERROR_ACCESS_DENIED;
}

/* A request of an interface and a name: begins it. */
static void begin(struct wlan_call *call, uint32_t index, const WCHAR *name)
{
    call_begin(call);
    host_put_u32(&call->arguments, index);
    host_put_utf16(&call->arguments, (const uint16_t *)name);
}

/* ---- Setting ---- */

/* A security descriptor string that a program gives has to be one. */
static DWORD check_string(const WCHAR *security)
{
    DWORD granted;

    return security ? security_granted(security, &granted) : ERROR_SUCCESS;
}

/* The name in the XML, memory of malloc, or why it is none. */
static DWORD name_of(const WCHAR *xml, WCHAR **name, DWORD *reason)
{
    struct wlan_call call;
    DWORD error;

    *name = NULL;
    call_begin(&call);
    host_put_utf16(&call.arguments, (const uint16_t *)xml);
    error = call_send(&call, WLAN_PROFILE_NAME);
    if (call.sent)
    {
        *name = (WCHAR *)host_get_utf16(&call.reply.values);
        *reason = host_get_u32(&call.reply.values);
        if (call.reply.values.error) *reason = WLAN_REASON_CODE_UNKNOWN; /* nobody said one */
    }
    error = call_end(&call, error);
    if (!error) return ERROR_SUCCESS;
    free(*name);
    *name = NULL;
    return error;
}

/* Whether the caller may add a profile of that kind, and change the one of that name, if there is one. NULL: of no name
 * that is known yet. */
static DWORD may_set(uint32_t index, const WCHAR *name, DWORD flags)
{
    DWORD error = security_check(flags & WLAN_PROFILE_USER ? wlan_secure_add_new_per_user_profiles
                                                           : wlan_secure_add_new_all_user_profiles,
                                 WLAN_WRITE_ACCESS);

    if (!error && name) error = profile_access(index, name, WLAN_WRITE_ACCESS, NULL);
    return error == ERROR_NOT_FOUND ? ERROR_SUCCESS : error;
}

static DWORD send_profile(uint32_t index, DWORD flags, const WCHAR *xml, const WCHAR *security, BOOL overwrite,
                          DWORD *reason)
{
    struct wlan_call call;
    WCHAR *first = NULL;
    DWORD error = security_set_by_user(wlan_secure_add_new_all_user_profiles, &first);

    if (error) return error;
    call_begin(&call);
    host_put_u32(&call.arguments, index);
    host_put_u32(&call.arguments, flags);
    host_put_utf16(&call.arguments, (const uint16_t *)xml);
    host_put_utf16(&call.arguments, (const uint16_t *)(flags & WLAN_PROFILE_USER ? NULL : security));
    host_put_utf16(&call.arguments, (const uint16_t *)(flags & WLAN_PROFILE_USER ? NULL : first));
    host_put_bool(&call.arguments, overwrite != FALSE);
    WlanFreeMemory(first);
    error = call_send(&call, WLAN_SET_PROFILE);
    *reason = host_get_u32(&call.reply.values);
    if (call.reply.values.error) *reason = WLAN_REASON_CODE_UNKNOWN; /* nobody said one */
    error = call_end(&call, error);
    return error == ERROR_NOT_FOUND ? ERROR_INVALID_PARAMETER : error; /* the interface has gone */
}

static DWORD set_profile(uint32_t index, DWORD flags, const WCHAR *xml, const WCHAR *security, BOOL overwrite,
                         DWORD *reason)
{
    WCHAR *name = NULL;
    DWORD error = flags & WLAN_PROFILE_USER ? ERROR_SUCCESS : check_string(security);

    if (!error) error = name_of(xml, &name, reason);
    if (!error) error = may_set(index, name, flags);
    free(name);
    return error ? error : send_profile(index, flags, xml, security, overwrite, reason);
}

/*
 * WlanSetProfile (nf-wlanapi-wlansetprofile): adds a profile in front of the others, group policy's aside, or, with
 * bOverwrite, changes the one of its name. *pdwReasonCode says what is wrong with a profile. ERROR_ACCESS_DENIED,
 * ERROR_ALREADY_EXISTS (bOverwrite is FALSE, or the other one is of another kind), ERROR_BAD_PROFILE,
 * ERROR_INVALID_PARAMETER (a NULL, pReserved, other flags, a group policy's without bOverwrite, an empty ConfigBlob, an
 * interface that is not there, a security descriptor string that is none), ERROR_INVALID_HANDLE, ERROR_NO_MATCH (the
 * radio cannot do it), ERROR_DISK_FULL, ERROR_WRITE_FAULT, ERROR_NOT_ENOUGH_MEMORY, ERROR_SERVICE_NOT_ACTIVE. Any
 * thread.
 */
DWORD WINAPI WlanSetProfile(HANDLE hClientHandle, const GUID *pInterfaceGuid, DWORD dwFlags, LPCWSTR strProfileXml,
                            LPCWSTR strAllUserProfileSecurity, BOOL bOverwrite, PVOID pReserved, DWORD *pdwReasonCode)
{
    uint32_t index;
    DWORD error;

    CORK_TRACE("%p, %p, %#lx, %p, %p, %d, %p, %p\n", hClientHandle, pInterfaceGuid, dwFlags, strProfileXml,
               strAllUserProfileSecurity, bOverwrite, pReserved, pdwReasonCode);
    if (!pInterfaceGuid || !strProfileXml || pReserved || !pdwReasonCode) return ERROR_INVALID_PARAMETER;
    if (dwFlags > WLAN_PROFILE_USER || (dwFlags == WLAN_PROFILE_GROUP_POLICY && !bOverwrite))
        return ERROR_INVALID_PARAMETER;
    error = handle_check_version(hClientHandle);
    if (error == ERROR_NOT_SUPPORTED)
        error = dwFlags || strAllUserProfileSecurity ? ERROR_INVALID_PARAMETER : ERROR_SUCCESS;
    if (!error) error = profile_interface(pInterfaceGuid, &index);
    if (error) return error;
    *pdwReasonCode = WLAN_REASON_CODE_UNKNOWN;
    return set_profile(index, dwFlags, strProfileXml, strAllUserProfileSecurity, bOverwrite, pdwReasonCode);
}

static DWORD save_temporary(uint32_t index, const WCHAR *name, const WCHAR *security, DWORD flags, BOOL overwrite)
{
    struct wlan_call call;
    DWORD error = flags & WLAN_PROFILE_USER ? ERROR_SUCCESS : check_string(security);

    if (!error) error = may_set(index, name, flags);
    if (error) return error;
    begin(&call, index, name);
    host_put_u32(&call.arguments, flags);
    host_put_utf16(&call.arguments, (const uint16_t *)(flags & WLAN_PROFILE_USER ? NULL : security));
    host_put_bool(&call.arguments, overwrite != FALSE);
    return call_end(&call, call_send(&call, WLAN_SAVE_TEMPORARY_PROFILE));
}

/*
 * WlanSaveTemporaryProfile (nf-wlanapi-wlansavetemporaryprofile): keeps the temporary profile that the interface is
 * connected by, under strProfileName (NULL: its own name). ERROR_INVALID_PARAMETER (a NULL, pReserved, other flags,
 * WLAN_PROFILE_CONNECTION_MODE_AUTO without a name), ERROR_INVALID_HANDLE, ERROR_NOT_SUPPORTED (a client of Windows
 * XP's API), ERROR_INVALID_STATE (not connected by a temporary profile), ERROR_ALREADY_EXISTS, ERROR_ACCESS_DENIED,
 * ERROR_NOT_FOUND (no such interface), ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanSaveTemporaryProfile(HANDLE hClientHandle, const GUID *pInterfaceGuid, LPCWSTR strProfileName,
                                      LPCWSTR strAllUserProfileSecurity, DWORD dwFlags, BOOL bOverWrite,
                                      PVOID pReserved)
{
    static const DWORD known =
        WLAN_PROFILE_USER | WLAN_PROFILE_CONNECTION_MODE_SET_BY_CLIENT | WLAN_PROFILE_CONNECTION_MODE_AUTO;
    uint32_t index;
    DWORD error;

    CORK_TRACE("%p, %p, %p, %p, %#lx, %d, %p\n", hClientHandle, pInterfaceGuid, strProfileName,
               strAllUserProfileSecurity, dwFlags, bOverWrite, pReserved);
    if (!pInterfaceGuid || pReserved || dwFlags & ~known) return ERROR_INVALID_PARAMETER;
    if (dwFlags & WLAN_PROFILE_CONNECTION_MODE_AUTO && !strProfileName) return ERROR_INVALID_PARAMETER;
    error = handle_check_version(hClientHandle);
    if (!error) error = interface_index(pInterfaceGuid, &index);
    if (error) return error;
    return save_temporary(index, strProfileName, strAllUserProfileSecurity, dwFlags, bOverWrite);
}

/* ---- Getting ---- */

/* The text in memory of WlanAllocateMemory. */
static DWORD give_text(WCHAR *text, WCHAR **given)
{
    DWORD size = (DWORD)((wcslen(text) + 1) * sizeof(WCHAR));

    *given = WlanAllocateMemory(size);
    if (!*given) return ERROR_NOT_ENOUGH_MEMORY;
    memcpy(*given, text, size);
    return ERROR_SUCCESS;
}

static DWORD get_xml(uint32_t index, const WCHAR *name, BOOL clear, WCHAR **xml, DWORD *flags)
{
    struct wlan_call call;
    WCHAR *text = NULL;
    DWORD error;

    *xml = NULL;
    begin(&call, index, name);
    host_put_bool(&call.arguments, clear != FALSE);
    error = call_send(&call, WLAN_GET_PROFILE);
    if (!error)
    {
        text = (WCHAR *)host_get_utf16(&call.reply.values);
        *flags = host_get_u32(&call.reply.values);
    }
    error = call_end(&call, error);
    if (!error) error = text ? give_text(text, xml) : ERROR_NOT_ENOUGH_MEMORY;
    free(text);
    return error;
}

/* "If the calling thread lacks the required permissions, the WlanGetProfile function returns the encrypted key". */
static BOOL may_have_clear_key(void)
{
    return !security_check(wlan_secure_get_plaintext_key, WLAN_READ_ACCESS);
}

/*
 * WlanGetProfile (nf-wlanapi-wlangetprofile): a profile's XML, to be freed by WlanFreeMemory, its flags and what the
 * caller may do with it. With WLAN_PROFILE_GET_PLAINTEXT_KEY in *pdwFlags its keyMaterial is the key itself, if the
 * caller may have that; else it is encrypted, for WlanSetProfile in the same prefix. ERROR_ACCESS_DENIED,
 * ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER (a NULL, pReserved), ERROR_NOT_ENOUGH_MEMORY, ERROR_NOT_FOUND (no such
 * profile or interface), ERROR_BAD_PROFILE (its key cannot be had any more), ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanGetProfile(HANDLE hClientHandle, const GUID *pInterfaceGuid, LPCWSTR strProfileName, PVOID pReserved,
                            LPWSTR *pstrProfileXml, DWORD *pdwFlags, DWORD *pdwGrantedAccess)
{
    DWORD error, flags = 0, granted;
    uint32_t index;
    BOOL clear;

    CORK_TRACE("%p, %p, %p, %p, %p, %p, %p\n", hClientHandle, pInterfaceGuid, strProfileName, pReserved, pstrProfileXml,
               pdwFlags, pdwGrantedAccess);
    if (!pInterfaceGuid || !strProfileName || pReserved || !pstrProfileXml) return ERROR_INVALID_PARAMETER;
    error = handle_check(hClientHandle);
    if (!error) error = interface_index(pInterfaceGuid, &index);
    if (!error) error = profile_access(index, strProfileName, WLAN_READ_ACCESS, &granted);
    if (error) return error;
    clear = pdwFlags && *pdwFlags & WLAN_PROFILE_GET_PLAINTEXT_KEY && may_have_clear_key();
    error = get_xml(index, strProfileName, clear, pstrProfileXml, &flags);
    if (error) return error;
    if (pdwFlags) *pdwFlags = flags;
    if (pdwGrantedAccess) *pdwGrantedAccess = granted;
    return ERROR_SUCCESS;
}

/* ---- Deleting, renaming ---- */

/*
 * WlanDeleteProfile (nf-wlanapi-wlandeleteprofile): the profile is kept no longer. ERROR_INVALID_PARAMETER (a NULL,
 * pReserved, an interface that is not there), ERROR_INVALID_HANDLE, ERROR_NOT_FOUND, ERROR_ACCESS_DENIED (its access
 * list, or it is a group policy's), ERROR_DISK_FULL, ERROR_WRITE_FAULT, ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanDeleteProfile(HANDLE hClientHandle, const GUID *pInterfaceGuid, LPCWSTR strProfileName,
                               PVOID pReserved)
{
    struct wlan_call call;
    uint32_t index;
    DWORD error;

    CORK_TRACE("%p, %p, %p, %p\n", hClientHandle, pInterfaceGuid, strProfileName, pReserved);
    if (!pInterfaceGuid || !strProfileName || pReserved) return ERROR_INVALID_PARAMETER;
    error = handle_check(hClientHandle);
    if (!error) error = profile_interface(pInterfaceGuid, &index);
    if (!error) error = profile_access(index, strProfileName, WLAN_WRITE_ACCESS, NULL);
    if (error) return error;
    begin(&call, index, strProfileName);
    return call_end(&call, call_send(&call, WLAN_DELETE_PROFILE));
}

/*
 * WlanRenameProfile (nf-wlanapi-wlanrenameprofile): the profile, its place and its custom user data stay, under another
 * name. ERROR_INVALID_PARAMETER (a NULL, pReserved, an interface that is not there, a name that no profile can have),
 * ERROR_INVALID_HANDLE, ERROR_NOT_FOUND, ERROR_ALREADY_EXISTS (another one has the name), ERROR_ACCESS_DENIED,
 * ERROR_NOT_SUPPORTED (a client of Windows XP's API), ERROR_DISK_FULL, ERROR_WRITE_FAULT, ERROR_SERVICE_NOT_ACTIVE. Any
 * thread.
 */
DWORD WINAPI WlanRenameProfile(HANDLE hClientHandle, const GUID *pInterfaceGuid, LPCWSTR strOldProfileName,
                               LPCWSTR strNewProfileName, PVOID pReserved)
{
    struct wlan_call call;
    uint32_t index;
    DWORD error;

    CORK_TRACE("%p, %p, %p, %p, %p\n", hClientHandle, pInterfaceGuid, strOldProfileName, strNewProfileName, pReserved);
    if (!pInterfaceGuid || !strOldProfileName || !strNewProfileName || pReserved) return ERROR_INVALID_PARAMETER;
    error = handle_check_version(hClientHandle);
    if (!error) error = profile_interface(pInterfaceGuid, &index);
    if (!error) error = profile_access(index, strOldProfileName, WLAN_WRITE_ACCESS, NULL);
    if (error) return error;
    begin(&call, index, strOldProfileName);
    host_put_utf16(&call.arguments, (const uint16_t *)strNewProfileName);
    return call_end(&call, call_send(&call, WLAN_RENAME_PROFILE));
}

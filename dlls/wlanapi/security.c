/*
 * Who may do what: WlanSetSecuritySettings, WlanGetSecuritySettings, and the check that other functions make.
 *
 * The service keeps the texts once a prefix; what they grant is decided here, by the calling thread's token, as the
 * prefix's own users and groups are known to Wine alone. It is no protection from who may write into the prefix.
 */
#include "wlanapi/security.h"

#include <sddl.h>
#include <stdlib.h>

#include "common/trace.h"
#include "wlanapi/call.h"
#include "wlanapi/handle.h"

CORK_TRACE_CHANNEL(wlanapi);

/* Where nothing was set: a prefix is its user's own, so every user who has logged on may do everything
 * (0x70023: WLAN_WRITE_ACCESS, which has the others in it). */
#define DEFAULT_SDDL L"O:BAG:BAD:(A;;0x70023;;;BA)(A;;0x70023;;;SY)(A;;0x70023;;;AU)"

/* The object's text, to be freed by WlanFreeMemory. */
static DWORD get_text_of(WLAN_SECURABLE_OBJECT object, WCHAR **text, WLAN_OPCODE_VALUE_TYPE *type)
{
    struct wlan_call call;
    const WCHAR *source;
    uint16_t *kept;
    size_t size;
    DWORD error;

    *text = NULL;
    call_begin(&call);
    host_put_u32(&call.arguments, object);
    error = call_send(&call, WLAN_GET_SECURITY);
    if (error) return call_end(&call, error);
    kept = host_get_utf16(&call.reply.values);
    *type = (WLAN_OPCODE_VALUE_TYPE)host_get_u32(&call.reply.values);
    error = call_end(&call, ERROR_SUCCESS);
    source = kept ? (const WCHAR *)kept : DEFAULT_SDDL;
    size = (wcslen(source) + 1) * sizeof(*source);
    if (!error && !(*text = WlanAllocateMemory((DWORD)size))) error = ERROR_NOT_ENOUGH_MEMORY;
    if (!error) memcpy(*text, source, size);
    free(kept);
    return error;
}

/* ---- What a token is granted ---- */

/* The calling thread's, or the process's in a form that can be checked; to be closed. */
static HANDLE callers_token(void)
{
    HANDLE own = NULL, token = NULL;

    if (OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token)) return token;
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY | TOKEN_DUPLICATE, &own)) return NULL;
    if (!DuplicateToken(own, SecurityImpersonation, &token)) token = NULL;
    CloseHandle(own);
    return token;
}

/* A descriptor of the administrators' with that list: a check needs an owner and a group, which a text may lack. */
static BOOL describe(SECURITY_DESCRIPTOR *descriptor, ACL *list, SID *administrators, DWORD sid_size)
{
    return CreateWellKnownSid(WinBuiltinAdministratorsSid, NULL, administrators, &sid_size) &&
           InitializeSecurityDescriptor(descriptor, SECURITY_DESCRIPTOR_REVISION) &&
           SetSecurityDescriptorOwner(descriptor, administrators, FALSE) &&
           SetSecurityDescriptorGroup(descriptor, administrators, FALSE) &&
           SetSecurityDescriptorDacl(descriptor, TRUE, list, FALSE);
}

/* The rights that the list grants the caller, of all that there are. 0 also where it cannot be told. */
static DWORD granted_by(ACL *list)
{
    GENERIC_MAPPING mapping = {WLAN_READ_ACCESS, WLAN_WRITE_ACCESS, WLAN_EXECUTE_ACCESS, WLAN_WRITE_ACCESS};
    BYTE sid[SECURITY_MAX_SID_SIZE];
    SECURITY_DESCRIPTOR descriptor;
    DWORD granted = 0, size;
    PRIVILEGE_SET privileges;
    HANDLE token = callers_token();
    BOOL allowed = FALSE;

    size = sizeof(privileges);
    if (!token || !describe(&descriptor, list, (SID *)sid, sizeof(sid)) ||
        !AccessCheck(&descriptor, token, MAXIMUM_ALLOWED, &mapping, &privileges, &size, &granted, &allowed))
        CORK_ERR("the access cannot be told: error %lu\n", GetLastError());
    if (token) CloseHandle(token);
    return allowed ? granted : 0;
}

/* The list of a text, which *descriptor, to be freed by LocalFree, has. NULL: the text is none. */
static ACL *parse(const WCHAR *text, PSECURITY_DESCRIPTOR *descriptor)
{
    BOOL is_there = FALSE, is_default;
    ACL *list = NULL;

    *descriptor = NULL;
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(text, SDDL_REVISION_1, descriptor, NULL)) return NULL;
    if (!GetSecurityDescriptorDacl(*descriptor, &is_there, &list, &is_default) || !is_there) return NULL;
    return list;
}

/* The text of an object, to be freed by WlanFreeMemory, and what it grants the caller. */
static DWORD get_settings(WLAN_SECURABLE_OBJECT object, WCHAR **text, WLAN_OPCODE_VALUE_TYPE *type, DWORD *granted)
{
    PSECURITY_DESCRIPTOR descriptor;
    DWORD error = get_text_of(object, text, type);
    ACL *list;

    *granted = 0;
    if (error) return error;
    list = parse(*text, &descriptor);
    if (list) *granted = granted_by(list);
    LocalFree(descriptor);
    return ERROR_SUCCESS;
}

DWORD security_check(WLAN_SECURABLE_OBJECT object, DWORD access)
{
    WLAN_OPCODE_VALUE_TYPE type;
    DWORD granted, error;
    WCHAR *text;

    error = get_settings(object, &text, &type, &granted);
    WlanFreeMemory(text);
    if (error) return error;
    if ((granted & access) == access) return ERROR_SUCCESS;
    CORK_WARN("object %d grants %#lx, %#lx is needed\n", object, granted, access);
    return ERROR_ACCESS_DENIED;
}

DWORD security_granted(const WCHAR *text, DWORD *granted)
{
    PSECURITY_DESCRIPTOR descriptor;
    DWORD rights;
    ACL *list;

    *granted = WLAN_WRITE_ACCESS;
    if (!text) return ERROR_SUCCESS;
    *granted = 0;
    list = parse(text, &descriptor);
    rights = list ? granted_by(list) : 0;
    LocalFree(descriptor);
    if (!list) return ERROR_INVALID_PARAMETER;
    if (rights & FILE_WRITE_DATA)
        *granted = WLAN_WRITE_ACCESS;
    else if (rights & FILE_EXECUTE)
        *granted = WLAN_EXECUTE_ACCESS;
    else if (rights & FILE_READ_DATA)
        *granted = WLAN_READ_ACCESS;
    return ERROR_SUCCESS;
}

DWORD security_set_by_user(WLAN_SECURABLE_OBJECT object, WCHAR **text)
{
    WLAN_OPCODE_VALUE_TYPE type = wlan_opcode_value_type_query_only;
    DWORD error = get_text_of(object, text, &type);

    if (*text && type == wlan_opcode_value_type_query_only)
    {
        WlanFreeMemory(*text);
        *text = NULL;
    }
    return error;
}

/* ---- Functions ---- */

/*
 * WlanSetSecuritySettings (nf-wlanapi-wlansetsecuritysettings): the object's access control list is that of the
 * security descriptor's text from now on, also after a restart. ERROR_INVALID_PARAMETER (a NULL, no such object, a text
 * that is no descriptor or has no such list), ERROR_INVALID_HANDLE, ERROR_ACCESS_DENIED (the present list does not
 * grant WRITE_DAC, and the caller is no administrator), ERROR_NOT_SUPPORTED (a client of Windows XP's API),
 * ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanSetSecuritySettings(HANDLE hClientHandle, WLAN_SECURABLE_OBJECT SecurableObject,
                                     LPCWSTR strModifiedSDDL)
{
    PSECURITY_DESCRIPTOR descriptor;
    struct wlan_call call;
    BOOL is_list;
    DWORD error;

    CORK_TRACE("%p, %d, %s\n", hClientHandle, SecurableObject, cork_debugstr_w(strModifiedSDDL));
    if (!strModifiedSDDL || (unsigned)SecurableObject >= WLAN_SECURABLE_OBJECT_COUNT) return ERROR_INVALID_PARAMETER;
    error = handle_check_version(hClientHandle);
    if (error) return error;
    is_list = parse(strModifiedSDDL, &descriptor) != NULL;
    LocalFree(descriptor);
    if (!is_list) return ERROR_INVALID_PARAMETER;
    error = security_check(SecurableObject, WRITE_DAC);
    if (error) return error;
    call_begin(&call);
    host_put_u32(&call.arguments, SecurableObject);
    host_put_utf16(&call.arguments, (const uint16_t *)strModifiedSDDL);
    return call_end(&call, call_send(&call, WLAN_SET_SECURITY));
}

/*
 * WlanGetSecuritySettings (nf-wlanapi-wlangetsecuritysettings): the object's security descriptor as text, to be freed
 * by WlanFreeMemory, who set it, and what it grants the caller. ERROR_INVALID_PARAMETER (a NULL, no such object),
 * ERROR_INVALID_HANDLE, ERROR_ACCESS_DENIED (the list does not grant READ_CONTROL, and the caller is no administrator),
 * ERROR_NOT_SUPPORTED (a client of Windows XP's API), ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanGetSecuritySettings(HANDLE hClientHandle, WLAN_SECURABLE_OBJECT SecurableObject,
                                     WLAN_OPCODE_VALUE_TYPE *pValueType, LPWSTR *pstrCurrentSDDL,
                                     DWORD *pdwGrantedAccess)
{
    WLAN_OPCODE_VALUE_TYPE type;
    DWORD error, granted;
    WCHAR *text;

    CORK_TRACE("%p, %d, %p, %p, %p\n", hClientHandle, SecurableObject, pValueType, pstrCurrentSDDL, pdwGrantedAccess);
    if (!pstrCurrentSDDL || !pdwGrantedAccess || (unsigned)SecurableObject >= WLAN_SECURABLE_OBJECT_COUNT)
        return ERROR_INVALID_PARAMETER;
    error = handle_check_version(hClientHandle);
    if (error) return error;
    error = get_settings(SecurableObject, &text, &type, &granted);
    if (!error && !(granted & READ_CONTROL)) error = ERROR_ACCESS_DENIED;
    if (error)
    {
        WlanFreeMemory(text);
        return error;
    }
    *pstrCurrentSDDL = text;
    *pdwGrantedAccess = granted;
    if (pValueType) *pValueType = type;
    return ERROR_SUCCESS;
}

/*
 * What objects carry besides: named private data, and security.
 */
#include "ntmsapi/call.h"

#include <stdlib.h>
#include <wchar.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(ntmsapi);

/* Reads `u32 size, blob` into the caller's buffer of `room` bytes. Returns whether there was room. */
static BOOL get_blob(struct host_decoder *values, DWORD error, void *buffer, DWORD room, DWORD *size)
{
    size_t length;
    const uint8_t *bytes;

    *size = host_get_u32(values);
    bytes = host_get_bytes(values, &length);
    if (error || values->error || !length) return TRUE;
    if (length > room) return FALSE;
    memcpy(buffer, bytes, length);
    return TRUE;
}

/* ---- Attributes ---- */

static DWORD get_attribute(struct ntms_call *call, const NTMS_GUID *id, DWORD type, const WCHAR *name, void *data,
                           DWORD *size)
{
    DWORD error, room = *size, needed = 0;

    host_put_guid(&call->arguments, id);
    host_put_u32(&call->arguments, type);
    put_text(&call->arguments, name);
    host_put_u32(&call->arguments, room);
    error = call_send(call, RSM_GET_ATTRIBUTE);
    if (error && error != ERROR_INSUFFICIENT_BUFFER) return call_end(call, error);
    if (!get_blob(&call->reply.values, error, data, room, &needed)) error = ERROR_INSUFFICIENT_BUFFER;
    error = call_end(call, error);
    if (!error || error == ERROR_INSUFFICIENT_BUFFER) *size = needed;
    return error;
}

/*
 * GetNtmsObjectAttribute (nf-ntmsapi-getntmsobjectattributea): the data under a name of the object's. *lpAttributeSize:
 * in, the buffer's size, out, the data's, in bytes; 0 with no buffer asks for it. ERROR_INSUFFICIENT_BUFFER,
 * ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER (a pointer that is NULL), ERROR_OBJECT_NOT_FOUND (no such attribute),
 * ERROR_NOT_CONNECTED, ERROR_DATABASE_FAILURE, ERROR_ACCESS_DENIED. Any thread.
 */
DWORD WINAPI GetNtmsObjectAttributeW(HANDLE hSession, LPNTMS_GUID lpObjectId, DWORD dwType, LPCWSTR lpAttributeName,
                                     LPVOID lpAttributeData, LPDWORD lpAttributeSize)
{
    struct ntms_call call;
    DWORD error;

    CORK_TRACE("%p, %p, %lu, %s, %p, %p\n", hSession, lpObjectId, dwType, cork_debugstr_w(lpAttributeName),
               lpAttributeData, lpAttributeSize);
    error = call_begin(&call, hSession, HANDLE_SESSION);
    if (error) return error;
    if (!lpObjectId || !lpAttributeName || !lpAttributeSize || (*lpAttributeSize && !lpAttributeData))
        return call_end(&call, ERROR_INVALID_PARAMETER);
    return get_attribute(&call, lpObjectId, dwType, lpAttributeName, lpAttributeData, lpAttributeSize);
}

DWORD WINAPI GetNtmsObjectAttributeA(HANDLE hSession, LPNTMS_GUID lpObjectId, DWORD dwType, LPCSTR lpAttributeName,
                                     LPVOID lpAttributeData, LPDWORD lpAttributeSize)
{
    WCHAR *name;
    DWORD error = text_to_wide(lpAttributeName, &name);

    if (!error) error = GetNtmsObjectAttributeW(hSession, lpObjectId, dwType, name, lpAttributeData, lpAttributeSize);
    free(name);
    return error;
}

static DWORD check_attribute(const WCHAR *name, const void *data, DWORD size)
{
    if (!name || (size && !data)) return ERROR_INVALID_PARAMETER;
    if (!*name || wcslen(name) >= NTMS_MAXATTR_NAMELEN) return ERROR_INVALID_NAME;
    return size < NTMS_MAXATTR_LENGTH ? ERROR_SUCCESS : ERROR_NO_DATA;
}

/*
 * SetNtmsObjectAttribute (nf-ntmsapi-setntmsobjectattributea): keeps dwAttributeSize bytes under a name with the
 * object; none deletes the name. ERROR_INVALID_NAME (empty, or with its terminator longer than NTMS_MAXATTR_NAMELEN),
 * ERROR_NO_DATA (NTMS_MAXATTR_LENGTH bytes or more), ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER,
 * ERROR_OBJECT_NOT_FOUND, ERROR_NOT_CONNECTED, ERROR_DATABASE_FAILURE, ERROR_ACCESS_DENIED. Any thread.
 */
DWORD WINAPI SetNtmsObjectAttributeW(HANDLE hSession, LPNTMS_GUID lpObjectId, DWORD dwType, LPCWSTR lpAttributeName,
                                     LPVOID lpAttributeData, DWORD AttributeSize)
{
    struct ntms_call call;
    DWORD error;

    CORK_TRACE("%p, %p, %lu, %s, %p, %lu\n", hSession, lpObjectId, dwType, cork_debugstr_w(lpAttributeName),
               lpAttributeData, AttributeSize);
    error = call_begin(&call, hSession, HANDLE_SESSION);
    if (error) return error;
    error = lpObjectId ? check_attribute(lpAttributeName, lpAttributeData, AttributeSize) : ERROR_INVALID_PARAMETER;
    if (error) return call_end(&call, error);
    host_put_guid(&call.arguments, lpObjectId);
    host_put_u32(&call.arguments, dwType);
    put_text(&call.arguments, lpAttributeName);
    host_put_bytes(&call.arguments, lpAttributeData, AttributeSize);
    return call_end(&call, call_send(&call, RSM_SET_ATTRIBUTE));
}

DWORD WINAPI SetNtmsObjectAttributeA(HANDLE hSession, LPNTMS_GUID lpObjectId, DWORD dwType, LPCSTR lpAttributeName,
                                     LPVOID lpAttributeData, DWORD AttributeSize)
{
    WCHAR *name;
    DWORD error = text_to_wide(lpAttributeName, &name);

    if (!error) error = SetNtmsObjectAttributeW(hSession, lpObjectId, dwType, name, lpAttributeData, AttributeSize);
    free(name);
    return error;
}

/* ---- Security ---- */

/* "To set the system ACL of an object, the SE_SECURITY_NAME privilege must be enabled for the application"; to see it
 * as well (SetPrivateObjectSecurity). */
static BOOL may_use_system_list(void)
{
    PRIVILEGE_SET set = {.PrivilegeCount = 1, .Control = PRIVILEGE_SET_ALL_NECESSARY};
    BOOL held = FALSE;
    HANDLE token;

    if (!LookupPrivilegeValueW(NULL, L"SeSecurityPrivilege", &set.Privilege[0].Luid)) return FALSE;
    if (!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token) &&
        !OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
        return FALSE;
    if (!PrivilegeCheck(token, &set, &held)) held = FALSE;
    CloseHandle(token);
    return held;
}

static DWORD check_parts(SECURITY_INFORMATION parts)
{
    return parts & SACL_SECURITY_INFORMATION && !may_use_system_list() ? ERROR_ACCESS_DENIED : ERROR_SUCCESS;
}

/*
 * GetNtmsObjectSecurity (nf-ntmsapi-getntmsobjectsecurity): the asked-for parts of the object's security descriptor,
 * self-relative, in a buffer of nLength bytes; *lpnLengthNeeded receives its size. ERROR_INSUFFICIENT_BUFFER where it
 * does not fit, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, ERROR_OBJECT_NOT_FOUND, ERROR_NO_SECURITY_ON_OBJECT,
 * ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE. Any thread.
 */
DWORD WINAPI GetNtmsObjectSecurity(HANDLE hSession, LPNTMS_GUID lpObjectId, DWORD dwType,
                                   SECURITY_INFORMATION RequestedInformation, PSECURITY_DESCRIPTOR lpSecurityDescriptor,
                                   DWORD nLength, LPDWORD lpnLengthNeeded)
{
    struct ntms_call call;
    DWORD error, needed = 0;

    CORK_TRACE("%p, %p, %lu, %#lx, %p, %lu, %p\n", hSession, lpObjectId, dwType, RequestedInformation,
               lpSecurityDescriptor, nLength, lpnLengthNeeded);
    error = call_begin(&call, hSession, HANDLE_SESSION);
    if (error) return error;
    if (!lpObjectId || !lpnLengthNeeded || (nLength && !lpSecurityDescriptor))
        return call_end(&call, ERROR_INVALID_PARAMETER);
    error = check_parts(RequestedInformation);
    if (error) return call_end(&call, error);
    host_put_guid(&call.arguments, lpObjectId);
    host_put_u32(&call.arguments, dwType);
    host_put_u32(&call.arguments, RequestedInformation);
    host_put_u32(&call.arguments, nLength);
    error = call_send(&call, RSM_GET_SECURITY);
    if (error && error != ERROR_INSUFFICIENT_BUFFER) return call_end(&call, error);
    if (!get_blob(&call.reply.values, error, lpSecurityDescriptor, nLength, &needed)) error = ERROR_INSUFFICIENT_BUFFER;
    error = call_end(&call, error);
    if (!error || error == ERROR_INSUFFICIENT_BUFFER) *lpnLengthNeeded = needed;
    return error;
}

DWORD put_descriptor(struct host_encoder *encoder, PSECURITY_DESCRIPTOR descriptor)
{
    DWORD size = 0, error = ERROR_SUCCESS;
    void *relative;

    if (!IsValidSecurityDescriptor(descriptor)) return ERROR_INVALID_SECURITY_DESCR;
    MakeSelfRelativeSD(descriptor, NULL, &size);
    if (GetLastError() == ERROR_BAD_DESCRIPTOR_FORMAT) /* it is so already */
    {
        host_put_bytes(encoder, descriptor, GetSecurityDescriptorLength(descriptor));
        return ERROR_SUCCESS;
    }
    relative = malloc(size);
    if (!relative) return ERROR_NOT_ENOUGH_MEMORY;
    if (MakeSelfRelativeSD(descriptor, relative, &size))
        host_put_bytes(encoder, relative, size);
    else
        error = GetLastError();
    free(relative);
    return error;
}

/*
 * SetNtmsObjectSecurity (nf-ntmsapi-setntmsobjectsecurity): changes the named parts of the object's security descriptor
 * to those of lpSecurityDescriptor, absolute or self-relative. ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER,
 * ERROR_INVALID_SECURITY_DESCR, ERROR_OBJECT_NOT_FOUND, ERROR_NO_SECURITY_ON_OBJECT, ERROR_ACCESS_DENIED,
 * ERROR_DATABASE_FAILURE, ERROR_DATABASE_FULL. Any thread.
 */
DWORD WINAPI SetNtmsObjectSecurity(HANDLE hSession, LPNTMS_GUID lpObjectId, DWORD dwType,
                                   SECURITY_INFORMATION SecurityInformation, PSECURITY_DESCRIPTOR lpSecurityDescriptor)
{
    struct ntms_call call;
    DWORD error;

    CORK_TRACE("%p, %p, %lu, %#lx, %p\n", hSession, lpObjectId, dwType, SecurityInformation, lpSecurityDescriptor);
    error = call_begin(&call, hSession, HANDLE_SESSION);
    if (error) return error;
    if (!lpObjectId || !lpSecurityDescriptor) return call_end(&call, ERROR_INVALID_PARAMETER);
    error = check_parts(SecurityInformation);
    if (error) return call_end(&call, error);
    host_put_guid(&call.arguments, lpObjectId);
    host_put_u32(&call.arguments, dwType);
    host_put_u32(&call.arguments, SecurityInformation);
    error = put_descriptor(&call.arguments, lpSecurityDescriptor);
    if (!error) error = call_send(&call, RSM_SET_SECURITY);
    return call_end(&call, error);
}

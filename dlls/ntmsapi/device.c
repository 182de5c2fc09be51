/*
 * Devices: change detection, stand-alone drives, volumes.
 */
#include "ntmsapi/call.h"
#include "ntmsapi/session.h"

#include <stdlib.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(ntmsapi);

/* ---- Change detection ---- */

/*
 * BeginNtmsDeviceChangeDetection (nf-ntmsapi-beginntmsdevicechangedetection): *lpDetectHandle receives a handle, closed
 * by EndNtmsDeviceChangeDetection or with its session. ERROR_INVALID_HANDLE; nowhere to put it:
 * ERROR_INVALID_PARAMETER. Any thread.
 */
DWORD WINAPI BeginNtmsDeviceChangeDetection(HANDLE hSession, LPHANDLE lpDetectHandle)
{
    struct ntms_call call;
    struct ntms_handle owner;
    uint32_t number = 0;
    DWORD error;

    CORK_TRACE("%p, %p\n", hSession, lpDetectHandle);
    error = call_begin(&call, hSession, HANDLE_SESSION);
    if (error) return error;
    if (!lpDetectHandle) return call_end(&call, ERROR_INVALID_PARAMETER);
    owner = *call.handle;
    error = call_send(&call, RSM_BEGIN_DETECTION);
    if (!error) number = host_get_u32(&call.reply.values);
    error = call_end(&call, error);
    return error ? error : handle_open(HANDLE_DETECTION, owner.connection, owner.session, number, lpDetectHandle);
}

/* The service's number of a session's detection. */
static DWORD find_detection(const struct ntms_handle *session, HANDLE handle, uint32_t *number)
{
    struct ntms_call detection;
    DWORD error = call_begin(&detection, handle, HANDLE_DETECTION);

    if (error) return error;
    *number = detection.handle->number;
    if (detection.handle->session != session->session || detection.handle->connection != session->connection)
        error = ERROR_INVALID_HANDLE;
    return call_end(&detection, error);
}

/*
 * SetNtmsDeviceChangeDetection (nf-ntmsapi-setntmsdevicechangedetection): dwCount libraries, or media types or physical
 * media whose stand-alone libraries are meant, are watched from now on; with no detection handle they are looked at
 * once. ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER (another dwType; no list, or none in it), ERROR_INVALID_LIBRARY,
 * ERROR_INVALID_MEDIA. Any thread.
 */
DWORD WINAPI SetNtmsDeviceChangeDetection(HANDLE hSession, HANDLE DetectHandle, LPNTMS_GUID lpRequestId, DWORD dwType,
                                          DWORD dwCount)
{
    struct ntms_call call;
    uint32_t number = 0;
    DWORD error;

    CORK_TRACE("%p, %p, %p, %lu, %lu\n", hSession, DetectHandle, lpRequestId, dwType, dwCount);
    error = call_begin(&call, hSession, HANDLE_SESSION);
    if (error) return error;
    if (DetectHandle) error = find_detection(call.handle, DetectHandle, &number);
    if (!error && (!lpRequestId || !dwCount || dwCount > HOST_LIST_MAX ||
                   (dwType != NTMS_LIBRARY && dwType != NTMS_MEDIA_TYPE && dwType != NTMS_PHYSICAL_MEDIA)))
        error = ERROR_INVALID_PARAMETER;
    if (error) return call_end(&call, error);
    host_put_u32(&call.arguments, number);
    host_put_list(&call.arguments, dwCount);
    for (DWORD i = 0; i < dwCount && !call.arguments.error; i++)
        host_put_guid(&call.arguments, &lpRequestId[i]);
    host_put_u32(&call.arguments, dwType);
    return call_end(&call, call_send(&call, RSM_SET_DETECTION));
}

/*
 * EndNtmsDeviceChangeDetection (nf-ntmsapi-endntmsdevicechangedetection): exactly one caller succeeds.
 * ERROR_INVALID_HANDLE: no session, no detection of it, or ended already. Any thread.
 */
DWORD WINAPI EndNtmsDeviceChangeDetection(HANDLE hSession, HANDLE DetectHandle)
{
    struct ntms_call call;
    struct ntms_handle closed;
    uint32_t number;
    DWORD error;

    CORK_TRACE("%p, %p\n", hSession, DetectHandle);
    error = call_begin(&call, hSession, HANDLE_SESSION);
    if (error) return error;
    error = call_end(&call, find_detection(call.handle, DetectHandle, &number));
    if (!error) error = handle_close(DetectHandle, HANDLE_DETECTION, &closed);
    return error ? error : tell_closed(&closed, RSM_END_DETECTION);
}

/* ---- Stand-alone drives ---- */

static DWORD eject(HANDLE session, const WCHAR *device, DWORD options)
{
    struct ntms_call call;
    DWORD error = call_begin(&call, session, HANDLE_SESSION);

    if (error) return error;
    put_text(&call.arguments, device);
    host_put_u32(&call.arguments, options);
    return call_end(&call, call_send(&call, RSM_EJECT_FROM_DRIVE));
}

/*
 * EjectDiskFromSADrive (nf-ntmsapi-ejectdiskfromsadrivea): ejects the medium in the stand-alone drive of that device
 * name. lpComputerName and lpAppName as OpenNtmsSession's. dwOptions: NTMS_EJECT_*; with NTMS_EJECT_ASK_USER lpMessage,
 * under lpTitle, above hWnd, asks the user whether to use force where the medium does not come out.
 * ERROR_INVALID_PARAMETER (no device; another option), ERROR_DEVICE_NOT_AVAILABLE, ERROR_INVALID_OPERATION,
 * ERROR_LIBRARY_OFFLINE, ERROR_MEDIA_NOT_AVAILABLE, ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE, ERROR_DATABASE_FULL,
 * ERROR_NOT_ENOUGH_MEMORY, and what OpenNtmsSession fails with. Any thread.
 */
DWORD WINAPI EjectDiskFromSADriveW(LPCWSTR lpComputerName, LPCWSTR lpAppName, LPCWSTR lpDeviceName, HWND hWnd,
                                   LPCWSTR lpTitle, LPCWSTR lpMessage, DWORD dwOptions)
{
    HANDLE session;
    DWORD error;

    CORK_TRACE("%s, %s, %s, %p, %s, %s, %lu\n", cork_debugstr_w(lpComputerName), cork_debugstr_w(lpAppName),
               cork_debugstr_w(lpDeviceName), hWnd, cork_debugstr_w(lpTitle), cork_debugstr_w(lpMessage), dwOptions);
    if (!lpDeviceName || !*lpDeviceName || dwOptions > NTMS_EJECT_ASK_USER) return ERROR_INVALID_PARAMETER;
    error = session_open(lpComputerName, lpAppName, 0, &session);
    if (error) return error;
    error = eject(session, lpDeviceName, dwOptions == NTMS_EJECT_ASK_USER ? NTMS_EJECT_IMMEDIATE : dwOptions);
    if (error && dwOptions == NTMS_EJECT_ASK_USER && lpMessage &&
        MessageBoxW(hWnd, lpMessage, lpTitle, MB_OKCANCEL | MB_ICONWARNING) == IDOK)
        error = eject(session, lpDeviceName, NTMS_EJECT_FORCE);
    CloseNtmsSession(session);
    return error;
}

DWORD WINAPI EjectDiskFromSADriveA(LPCSTR lpComputerName, LPCSTR lpAppName, LPCSTR lpDeviceName, HWND hWnd,
                                   LPCSTR lpTitle, LPCSTR lpMessage, DWORD dwOptions)
{
    const char *const ansi[] = {lpComputerName, lpAppName, lpDeviceName, lpTitle, lpMessage};
    WCHAR *wide[sizeof(ansi) / sizeof(*ansi)] = {NULL};
    DWORD error = ERROR_SUCCESS;

    for (size_t i = 0; i < sizeof(ansi) / sizeof(*ansi) && !error; i++)
        error = text_to_wide(ansi[i], &wide[i]);
    if (!error) error = EjectDiskFromSADriveW(wide[0], wide[1], wide[2], hWnd, wide[3], wide[4], dwOptions);
    for (size_t i = 0; i < sizeof(ansi) / sizeof(*ansi); i++)
        free(wide[i]);
    return error;
}

/* ---- Volumes ---- */

/* The first string of a list, the caller's to free; an empty one where there is none. */
static WCHAR *get_first(struct host_decoder *values)
{
    WCHAR *first = NULL;
    uint32_t count = host_get_list(values, 1);

    for (uint32_t i = 0; i < count && !values->error; i++)
    {
        WCHAR *text = (WCHAR *)host_get_utf16(values);

        if (i == 0)
            first = text;
        else
            free(text);
    }
    return first ? first : calloc(1, sizeof(WCHAR));
}

static DWORD get_volumes(const WCHAR *name, WCHAR **volume, WCHAR **letter)
{
    struct ntms_call call;
    HANDLE session;
    DWORD error = session_open(NULL, NULL, 0, &session);

    *volume = *letter = NULL;
    if (error) return error;
    error = call_begin(&call, session, HANDLE_SESSION);
    if (!error)
    {
        put_text(&call.arguments, name);
        error = call_send(&call, RSM_VOLUMES_OF_DRIVE);
        if (!error)
        {
            *volume = get_first(&call.reply.values);
            *letter = get_first(&call.reply.values);
            if (!*volume || !*letter) error = ERROR_NOT_ENOUGH_MEMORY;
        }
        error = call_end(&call, error);
    }
    CloseNtmsSession(session);
    return error;
}

/* Memory that LocalFree takes, and whatever else a program may take for the process heap's. */
static void *local_copy(const void *data, size_t size)
{
    void *copy = LocalAlloc(LMEM_FIXED, size);

    return copy ? memcpy(copy, data, size) : NULL;
}

static void *local_text(const WCHAR *text, BOOL wide)
{
    int size;
    char *copy;

    if (wide) return local_copy(text, ((size_t)lstrlenW(text) + 1) * sizeof(WCHAR));
    size = WideCharToMultiByte(CP_ACP, 0, text, -1, NULL, 0, NULL, NULL);
    copy = LocalAlloc(LMEM_FIXED, (size_t)size);
    if (copy) WideCharToMultiByte(CP_ACP, 0, text, -1, copy, size, NULL, NULL);
    return copy;
}

static DWORD return_volumes(const WCHAR *name, void **volume, void **letter, BOOL wide)
{
    WCHAR *found_volume, *found_letter;
    void *copy_of_volume = NULL, *copy_of_letter = NULL;
    DWORD error = get_volumes(name, &found_volume, &found_letter);

    if (!error && (!found_volume || !found_letter)) error = ERROR_NOT_ENOUGH_MEMORY;

    if (!error)
    {
        copy_of_volume = local_text(found_volume, wide);
        copy_of_letter = local_text(found_letter, wide);
        if (!copy_of_volume || !copy_of_letter) error = ERROR_NOT_ENOUGH_MEMORY;
    }
    free(found_volume);
    free(found_letter);
    if (error)
    {
        LocalFree(copy_of_volume);
        LocalFree(copy_of_letter);
        return error;
    }
    *volume = copy_of_volume;
    *letter = copy_of_letter;
    return ERROR_SUCCESS;
}

/*
 * GetVolumesFromDrive (nf-ntmsapi-getvolumesfromdrivea): the volume's name and the letter of the medium in a drive,
 * "zero or one" of each: empty where there is none. The strings are the caller's, for LocalFree (the page does not say
 * how). ERROR_INVALID_PARAMETER (a pointer that is NULL), what OpenNtmsSession fails with, "one of the system error
 * codes". Any thread.
 */
DWORD WINAPI GetVolumesFromDriveW(LPWSTR pszDriveName, LPWSTR *VolumeNameBufferPtr, LPWSTR *DriveLetterBufferPtr)
{
    CORK_TRACE("%s, %p, %p\n", cork_debugstr_w(pszDriveName), VolumeNameBufferPtr, DriveLetterBufferPtr);
    if (!pszDriveName || !VolumeNameBufferPtr || !DriveLetterBufferPtr) return ERROR_INVALID_PARAMETER;
    return return_volumes(pszDriveName, (void **)VolumeNameBufferPtr, (void **)DriveLetterBufferPtr, TRUE);
}

DWORD WINAPI GetVolumesFromDriveA(LPSTR pszDriveName, LPSTR *VolumeNameBufferPtr, LPSTR *DriveLetterBufferPtr)
{
    WCHAR *name;
    DWORD error;

    CORK_TRACE("%s, %p, %p\n", cork_debugstr_a(pszDriveName), VolumeNameBufferPtr, DriveLetterBufferPtr);
    if (!pszDriveName || !VolumeNameBufferPtr || !DriveLetterBufferPtr) return ERROR_INVALID_PARAMETER;
    error = text_to_wide(pszDriveName, &name);
    if (!error) error = return_volumes(name, (void **)VolumeNameBufferPtr, (void **)DriveLetterBufferPtr, FALSE);
    free(name);
    return error;
}

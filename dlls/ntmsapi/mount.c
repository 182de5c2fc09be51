/*
 * Mounting: MountNtmsMedia, DismountNtmsMedia, DismountNtmsDrive.
 */
#include "ntmsapi/call.h"

#include <stdlib.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(ntmsapi);

static void put_ids(struct host_encoder *arguments, const NTMS_GUID *list, DWORD count)
{
    host_put_list(arguments, count);
    for (DWORD i = 0; i < count && !arguments->error; i++)
        host_put_guid(arguments, list ? &list[i] : NULL);
}

/* Reads `count` drives; the caller's list is written only where all of them are there. */
static void get_drives(struct host_decoder *values, NTMS_GUID *drives, DWORD count)
{
    NTMS_GUID drive;
    struct host_decoder ahead = *values;

    if (host_get_list(&ahead, sizeof(drive)) != count) ahead.error = HOST_MALFORMED;
    for (DWORD i = 0; i < count && !ahead.error; i++)
        host_get_guid(&ahead, &drive);
    if (ahead.error)
    {
        *values = ahead;
        return;
    }
    host_get_list(values, sizeof(drive));
    for (DWORD i = 0; i < count; i++)
        host_get_guid(values, &drives[i]);
}

/*
 * MountNtmsMedia (nf-ntmsapi-mountntmsmedia): brings dwCount logical media or sides into drives, all of one library,
 * and waits until they are there, dwTimeout milliseconds at most (INFINITE: without end). lpDriveId: with
 * NTMS_MOUNT_SPECIFIC_DRIVE the drives to use; receives the drives that were used. dwOptions: NTMS_MOUNT_*. dwPriority:
 * -15 to 15. lpMountInformation: "reserved and should be NULL", not looked at. Codes: ERROR_BUSY, ERROR_CANCELLED (the
 * session was closed meanwhile), ERROR_DRIVE_MEDIA_MISMATCH, ERROR_INVALID_DRIVE (also: no list), ERROR_INVALID_HANDLE,
 * ERROR_INVALID_LIBRARY, ERROR_INVALID_MEDIA (also: no list, none in it, one twice), ERROR_INVALID_STATE,
 * ERROR_MEDIA_OFFLINE, ERROR_REQUEST_REFUSED, ERROR_RESOURCE_DISABLED, ERROR_TIMEOUT, ERROR_WRITE_PROTECT,
 * ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE, ERROR_DATABASE_FULL, ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI MountNtmsMedia(HANDLE hSession, LPNTMS_GUID lpMediaId, LPNTMS_GUID lpDriveId, DWORD dwCount,
                            DWORD dwOptions, int dwPriority, DWORD dwTimeout,
                            LPNTMS_MOUNT_INFORMATION lpMountInformation)
{
    struct ntms_call call;
    DWORD error;

    CORK_TRACE("%p, %p, %p, %lu, %#lx, %d, %lu, %p\n", hSession, lpMediaId, lpDriveId, dwCount, dwOptions, dwPriority,
               dwTimeout, lpMountInformation);
    error = call_begin(&call, hSession, HANDLE_SESSION);
    if (error) return error;
    if (!lpMediaId || !dwCount || dwCount > HOST_LIST_MAX) return call_end(&call, ERROR_INVALID_MEDIA);
    if (!lpDriveId) return call_end(&call, ERROR_INVALID_DRIVE);
    put_ids(&call.arguments, lpMediaId, dwCount);
    put_ids(&call.arguments, dwOptions & NTMS_MOUNT_SPECIFIC_DRIVE ? lpDriveId : NULL, dwCount);
    host_put_u32(&call.arguments, dwOptions);
    host_put_i32(&call.arguments, dwPriority);
    host_put_u32(&call.arguments, dwTimeout);
    error = call_send(&call, RSM_MOUNT);
    if (!error) get_drives(&call.reply.values, lpDriveId, dwCount);
    return call_end(&call, error);
}

/*
 * DismountNtmsMedia (nf-ntmsapi-dismountntmsmedia): queues the way back of dwCount logical media or sides. dwOptions:
 * NTMS_DISMOUNT_DEFERRED leaves them in the drives until somebody needs these; else at once.
 * ERROR_DEVICE_NOT_AVAILABLE, ERROR_INVALID_HANDLE, ERROR_INVALID_LIBRARY, ERROR_INVALID_MEDIA (also: no list, none in
 * it), ERROR_INVALID_STATE, ERROR_MEDIA_NOT_AVAILABLE, ERROR_MEDIA_OFFLINE, ERROR_TIMEOUT, ERROR_ACCESS_DENIED,
 * ERROR_DATABASE_FAILURE, ERROR_DATABASE_FULL, ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI DismountNtmsMedia(HANDLE hSession, LPNTMS_GUID lpMediaId, DWORD dwCount, DWORD dwOptions)
{
    struct ntms_call call;
    DWORD error;

    CORK_TRACE("%p, %p, %lu, %#lx\n", hSession, lpMediaId, dwCount, dwOptions);
    error = call_begin(&call, hSession, HANDLE_SESSION);
    if (error) return error;
    if (!lpMediaId || !dwCount || dwCount > HOST_LIST_MAX) return call_end(&call, ERROR_INVALID_MEDIA);
    put_ids(&call.arguments, lpMediaId, dwCount);
    host_put_u32(&call.arguments, dwOptions);
    return call_end(&call, call_send(&call, RSM_DISMOUNT));
}

/*
 * DismountNtmsDrive (nf-ntmsapi-dismountntmsdrive): queues the way back of the medium in a drive.
 * ERROR_DEVICE_NOT_AVAILABLE, ERROR_INVALID_DRIVE, ERROR_INVALID_HANDLE, ERROR_INVALID_LIBRARY,
 * ERROR_INVALID_PARAMETER, ERROR_INVALID_STATE (it is empty), ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE,
 * ERROR_DATABASE_FULL, ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI DismountNtmsDrive(HANDLE hSession, LPNTMS_GUID lpDriveId)
{
    CORK_TRACE("%p, %p\n", hSession, lpDriveId);
    return ask_one(hSession, RSM_DISMOUNT_DRIVE, lpDriveId, ERROR_INVALID_PARAMETER);
}

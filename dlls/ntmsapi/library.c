/*
 * Libraries: inventory, doors, ejecting and injecting, cleaners, and what is no longer there.
 */
#include "ntmsapi/call.h"

#include <stdlib.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(ntmsapi);

/*
 * InventoryNtmsLibrary (nf-ntmsapi-inventoryntmslibrary): marks the library's media for identification and returns.
 * dwAction: NTMS_INVENTORY_FAST, _OMID, _DEFAULT, _STOP. ERROR_DEVICE_NOT_AVAILABLE, ERROR_INVALID_HANDLE,
 * ERROR_INVALID_LIBRARY (the offline library), ERROR_INVALID_PARAMETER, ERROR_NOT_CONNECTED, ERROR_ACCESS_DENIED. Any
 * thread.
 */
DWORD WINAPI InventoryNtmsLibrary(HANDLE hSession, LPNTMS_GUID lpLibraryId, DWORD dwAction)
{
    CORK_TRACE("%p, %p, %lu\n", hSession, lpLibraryId, dwAction);
    return ask_one_number(hSession, RSM_INVENTORY, lpLibraryId, dwAction, ERROR_INVALID_PARAMETER);
}

/*
 * IdentifyNtmsSlot (nf-ntmsapi-identifyntmsslot): reads the labels of the medium in a slot, and returns when that is
 * done; an empty slot is done at once. dwOption: NTMS_DISMOUNT_DEFERRED or _IMMEDIATE, for afterwards.
 * ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, ERROR_ACCESS_DENIED; beside the page ERROR_CANCELLED (the session was
 * closed meanwhile), and what keeps a drive from reading it, as MountNtmsMedia. Any thread.
 */
DWORD WINAPI IdentifyNtmsSlot(HANDLE hSession, LPNTMS_GUID lpSlotId, DWORD dwOption)
{
    CORK_TRACE("%p, %p, %lu\n", hSession, lpSlotId, dwOption);
    if (dwOption != NTMS_DISMOUNT_DEFERRED && dwOption != NTMS_DISMOUNT_IMMEDIATE) lpSlotId = NULL;
    return ask_one_number(hSession, RSM_IDENTIFY_SLOT, lpSlotId, dwOption, ERROR_INVALID_PARAMETER);
}

/*
 * AccessNtmsLibraryDoor (nf-ntmsapi-accessntmslibrarydoor): unlocks the door; dwAction (NTMS_INVENTORY_*) says what is
 * done when it has been closed. ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, ERROR_LIBRARY_OFFLINE,
 * ERROR_RESOURCE_DISABLED, ERROR_RESOURCE_NOT_PRESENT, ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE,
 * ERROR_DATABASE_FULL, ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI AccessNtmsLibraryDoor(HANDLE hSession, LPNTMS_GUID lpLibraryId, DWORD dwAction)
{
    CORK_TRACE("%p, %p, %lu\n", hSession, lpLibraryId, dwAction);
    return ask_one_number(hSession, RSM_ACCESS_DOOR, lpLibraryId, dwAction, ERROR_INVALID_PARAMETER);
}

/* ---- Ejecting and injecting ---- */

/* Sends a request that has begun and whose arguments are whole; its reply is the operation's identifier, which the
 * caller gets where the operation has been started. */
static DWORD run_operation(struct ntms_call *call, uint32_t method, NTMS_GUID *operation, BOOL started)
{
    NTMS_GUID id;
    DWORD error = call_send(call, method);

    if (!error) host_get_guid(&call->reply.values, &id);
    error = call_end(call, error);
    if (!error && started && operation) *operation = id;
    return error;
}

/*
 * EjectNtmsMedia (nf-ntmsapi-ejectntmsmedia): sends a physical medium out of the library's port. dwAction:
 * NTMS_EJECT_START
 * (*lpEjectOperation receives the operation; lpMediaId may be NULL: what has been queued), NTMS_EJECT_STOP
 * (*lpEjectOperation is the operation to stop), NTMS_EJECT_QUEUE (lpEjectOperation is not used). ERROR_BUSY,
 * ERROR_DEVICE_NOT_AVAILABLE, ERROR_INVALID_HANDLE, ERROR_INVALID_OPERATION, ERROR_INVALID_PARAMETER,
 * ERROR_LIBRARY_OFFLINE, ERROR_MEDIA_NOT_AVAILABLE, ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE, ERROR_DATABASE_FULL,
 * ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI EjectNtmsMedia(HANDLE hSession, LPNTMS_GUID lpMediaId, LPNTMS_GUID lpEjectOperation, DWORD dwAction)
{
    struct ntms_call call;
    DWORD error;

    CORK_TRACE("%p, %p, %p, %lu\n", hSession, lpMediaId, lpEjectOperation, dwAction);
    error = call_begin(&call, hSession, HANDLE_SESSION);
    if (error) return error;
    if ((!lpEjectOperation && dwAction != NTMS_EJECT_QUEUE) || (!lpMediaId && dwAction == NTMS_EJECT_QUEUE))
        return call_end(&call, ERROR_INVALID_PARAMETER);
    host_put_guid(&call.arguments, lpMediaId);
    host_put_guid(&call.arguments, dwAction == NTMS_EJECT_STOP ? lpEjectOperation : NULL);
    host_put_u32(&call.arguments, dwAction);
    return run_operation(&call, RSM_EJECT_MEDIA, lpEjectOperation,
                         dwAction != NTMS_EJECT_STOP && dwAction != NTMS_EJECT_QUEUE);
}

/*
 * InjectNtmsMedia (nf-ntmsapi-injectntmsmedia): takes media in by the library's port. dwAction: NTMS_INJECT_START,
 * NTMS_INJECT_STARTMANY (*lpInjectOperation receives the operation), NTMS_INJECT_STOP (it is the operation to stop),
 * NTMS_INJECT_RETRACT. ERROR_DEVICE_NOT_AVAILABLE, ERROR_INVALID_HANDLE, ERROR_INVALID_OPERATION,
 * ERROR_INVALID_PARAMETER, ERROR_LIBRARY_OFFLINE, ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE, ERROR_DATABASE_FULL,
 * ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI InjectNtmsMedia(HANDLE hSession, LPNTMS_GUID lpLibraryId, LPNTMS_GUID lpInjectOperation, DWORD dwAction)
{
    struct ntms_call call;
    DWORD error;

    CORK_TRACE("%p, %p, %p, %lu\n", hSession, lpLibraryId, lpInjectOperation, dwAction);
    error = call_begin(&call, hSession, HANDLE_SESSION);
    if (error) return error;
    if (!lpLibraryId || !lpInjectOperation) return call_end(&call, ERROR_INVALID_PARAMETER);
    host_put_guid(&call.arguments, lpLibraryId);
    host_put_guid(&call.arguments,
                  dwAction == NTMS_INJECT_STOP || dwAction == NTMS_INJECT_RETRACT ? lpInjectOperation : NULL);
    host_put_u32(&call.arguments, dwAction);
    return run_operation(&call, RSM_INJECT_MEDIA, lpInjectOperation,
                         dwAction == NTMS_INJECT_START || dwAction == NTMS_INJECT_STARTMANY);
}

/* ---- Cleaners ---- */

/*
 * CleanNtmsDrive (nf-ntmsapi-cleanntmsdrive): queues the cleaning of a drive; a stand-alone one is noted as cleaned.
 * ERROR_INVALID_DRIVE, ERROR_INVALID_HANDLE, ERROR_INVALID_LIBRARY, ERROR_INVALID_PARAMETER, ERROR_RESOURCE_DISABLED,
 * ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE, ERROR_DATABASE_FULL, ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI CleanNtmsDrive(HANDLE hSession, LPNTMS_GUID lpDriveId)
{
    CORK_TRACE("%p, %p\n", hSession, lpDriveId);
    return ask_one(hSession, RSM_CLEAN_DRIVE, lpDriveId, ERROR_INVALID_PARAMETER);
}

/*
 * ReserveNtmsCleanerSlot (nf-ntmsapi-reserventmscleanerslot): an empty slot for the cleaner. The page names codes that
 * no header has; the real ones ([MS-RSMP] 3.2.5.2.1.8): ERROR_CLEANER_SLOT_SET for ERROR_ALREADY_RESERVED,
 * ERROR_RESOURCE_NOT_AVAILABLE for ERROR_SLOT_FULL and ERROR_SLOT_NOT_PRESENT, ERROR_OBJECT_NOT_FOUND for
 * ERROR_INVALID_SLOT; and ERROR_DEVICE_NOT_AVAILABLE, ERROR_INVALID_HANDLE, ERROR_NOT_CONNECTED, ERROR_ACCESS_DENIED,
 * beside the page ERROR_INVALID_LIBRARY, ERROR_LIBRARY_OFFLINE, ERROR_RESOURCE_DISABLED, and for an identifier that is
 * missing ERROR_INVALID_PARAMETER. Any thread.
 */
DWORD WINAPI ReserveNtmsCleanerSlot(HANDLE hSession, LPNTMS_GUID lpLibrary, LPNTMS_GUID lpSlot)
{
    CORK_TRACE("%p, %p, %p\n", hSession, lpLibrary, lpSlot);
    return ask_two(hSession, RSM_RESERVE_CLEANER, lpLibrary, lpSlot, ERROR_INVALID_PARAMETER);
}

/* ReleaseNtmsCleanerSlot (nf-ntmsapi-releasentmscleanerslot): the reverse, for a slot that is empty. The same errors,
 * but ERROR_CLEANER_SLOT_NOT_SET for ERROR_NO_SLOT_RESERVED and ERROR_CLEANER_CARTRIDGE_INSTALLED for ERROR_SLOT_FULL.
 */
DWORD WINAPI ReleaseNtmsCleanerSlot(HANDLE hSession, LPNTMS_GUID lpLibrary)
{
    CORK_TRACE("%p, %p\n", hSession, lpLibrary);
    return ask_one(hSession, RSM_RELEASE_CLEANER, lpLibrary, ERROR_INVALID_PARAMETER);
}

/*
 * InjectNtmsCleaner (nf-ntmsapi-injectntmscleaner): takes a cleaner with dwNumberOfCleansLeft cycles into the reserved
 * slot. dwAction: NTMS_INJECT_START, NTMS_INJECT_STOP, as InjectNtmsMedia. ERROR_DEVICE_NOT_AVAILABLE,
 * ERROR_INVALID_HANDLE, ERROR_INVALID_LIBRARY (also: missing), ERROR_LIBRARY_OFFLINE, ERROR_CLEANER_SLOT_NOT_SET (the
 * page's ERROR_NO_SLOT_SET), ERROR_RESOURCE_NOT_AVAILABLE (its ERROR_SLOT_FULL and ERROR_SLOT_NOT_PRESENT),
 * ERROR_ACCESS_DENIED; no place for the operation: ERROR_INVALID_PARAMETER; a stop of what does not go on:
 * ERROR_INVALID_OPERATION. Any thread.
 */
DWORD WINAPI InjectNtmsCleaner(HANDLE hSession, LPNTMS_GUID lpLibrary, LPNTMS_GUID lpInjectOperation,
                               DWORD dwNumberOfCleansLeft, DWORD dwAction)
{
    struct ntms_call call;
    DWORD error;

    CORK_TRACE("%p, %p, %p, %lu, %lu\n", hSession, lpLibrary, lpInjectOperation, dwNumberOfCleansLeft, dwAction);
    error = call_begin(&call, hSession, HANDLE_SESSION);
    if (error) return error;
    if (!lpLibrary) return call_end(&call, ERROR_INVALID_LIBRARY);
    if (!lpInjectOperation) return call_end(&call, ERROR_INVALID_PARAMETER);
    host_put_guid(&call.arguments, lpLibrary);
    host_put_guid(&call.arguments, dwAction == NTMS_INJECT_STOP ? lpInjectOperation : NULL);
    host_put_u32(&call.arguments, dwNumberOfCleansLeft);
    host_put_u32(&call.arguments, dwAction);
    return run_operation(&call, RSM_INJECT_CLEANER, lpInjectOperation, dwAction == NTMS_INJECT_START);
}

/*
 * EjectNtmsCleaner (nf-ntmsapi-ejectntmscleaner): sends the cleaner in the reserved slot out. dwAction:
 * NTMS_EJECT_START, NTMS_EJECT_STOP, as EjectNtmsMedia. ERROR_INVALID_HANDLE, ERROR_INVALID_LIBRARY (also: missing),
 * ERROR_NOT_CONNECTED, ERROR_CLEANER_SLOT_NOT_SET (the page's ERROR_NO_SLOT_SET), ERROR_EMPTY (its ERROR_SLOT_EMPTY),
 * ERROR_RESOURCE_NOT_AVAILABLE (its ERROR_SLOT_NOT_PRESENT), ERROR_ACCESS_DENIED; no place for the operation:
 * ERROR_INVALID_PARAMETER; a stop of what does not go on: ERROR_INVALID_OPERATION. Any thread.
 */
DWORD WINAPI EjectNtmsCleaner(HANDLE hSession, LPNTMS_GUID lpLibrary, LPNTMS_GUID lpEjectOperation, DWORD dwAction)
{
    struct ntms_call call;
    DWORD error;

    CORK_TRACE("%p, %p, %p, %lu\n", hSession, lpLibrary, lpEjectOperation, dwAction);
    error = call_begin(&call, hSession, HANDLE_SESSION);
    if (error) return error;
    if (!lpLibrary) return call_end(&call, ERROR_INVALID_LIBRARY);
    if (!lpEjectOperation) return call_end(&call, ERROR_INVALID_PARAMETER);
    host_put_guid(&call.arguments, lpLibrary);
    host_put_guid(&call.arguments, dwAction == NTMS_EJECT_STOP ? lpEjectOperation : NULL);
    host_put_u32(&call.arguments, dwAction);
    return run_operation(&call, RSM_EJECT_CLEANER, lpEjectOperation, dwAction == NTMS_EJECT_START);
}

/* ---- What is no longer there ---- */

/*
 * DeleteNtmsLibrary (nf-ntmsapi-deletentmslibrary): forgets a library and its devices; its media go to the offline
 * library. ERROR_INVALID_HANDLE, ERROR_INVALID_LIBRARY, ERROR_INVALID_PARAMETER, ERROR_ACCESS_DENIED,
 * ERROR_DATABASE_FAILURE, ERROR_DATABASE_FULL, ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI DeleteNtmsLibrary(HANDLE hSession, LPNTMS_GUID lpLibraryId)
{
    CORK_TRACE("%p, %p\n", hSession, lpLibraryId);
    return ask_one(hSession, RSM_DELETE_LIBRARY, lpLibraryId, ERROR_INVALID_PARAMETER);
}

/*
 * DeleteNtmsDrive (nf-ntmsapi-deletentmsdrive): forgets a drive that is not present. ERROR_INVALID_DRIVE (also:
 * missing), ERROR_INVALID_HANDLE, ERROR_INVALID_LIBRARY, ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE,
 * ERROR_DATABASE_FULL, ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI DeleteNtmsDrive(HANDLE hSession, LPNTMS_GUID lpDriveId)
{
    CORK_TRACE("%p, %p\n", hSession, lpDriveId);
    return ask_one(hSession, RSM_DELETE_DRIVE, lpDriveId, ERROR_INVALID_DRIVE);
}

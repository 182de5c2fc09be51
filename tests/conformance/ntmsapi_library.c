/*
 * Libraries: inventories, the door, cleaners, media types, change detection, requests.
 */
#include "ntmsapi_test.h"

/* The pages' names of codes that no header has, and which they are ([MS-RSMP] 3.2.5.2.1). */
#define ERROR_ALREADY_RESERVED ERROR_CLEANER_SLOT_SET
#define ERROR_NO_SLOT_SET      ERROR_CLEANER_SLOT_NOT_SET
#define ERROR_NO_SLOT_RESERVED ERROR_CLEANER_SLOT_NOT_SET
#define ERROR_INVALID_SLOT     ERROR_OBJECT_NOT_FOUND
#define ERROR_SLOT_EMPTY       ERROR_EMPTY
#define ERROR_SLOT_FULL        ERROR_RESOURCE_NOT_AVAILABLE

static NTMS_GUID offline_library(struct world *world)
{
    return world->there ? object_named(world->session, NULL, NTMS_LIBRARY, L"Off-line Media") : no_object;
}

static NTMS_GUID slot_of(struct world *world, const WCHAR *name)
{
    return world->there ? object_named(world->session, &world->one, NTMS_STORAGESLOT, name) : no_object;
}

/* An empty slot of the first library, and its name with that of a medium in it. */
static NTMS_GUID empty_slot(struct world *world, WCHAR name[64], const WCHAR *medium)
{
    static NTMS_GUID ids[64];
    NTMS_OBJECTINFORMATIONW information;
    DWORD count = 64;

    lstrcpyW(name, L"nowhere");
    if (!world->there || pEnumerateNtmsObject(world->session, &world->one, ids, &count, NTMS_STORAGESLOT, 0))
        return no_object;
    while (count-- > 0)
    {
        information_of(world->session, &ids[count], NTMS_STORAGESLOT, &information);
        if (information.Info.StorageSlot.State != NTMS_SLOTSTATE_EMPTY) continue;
        wsprintfW(name, L"slots\\%04lu\\%s", information.Info.StorageSlot.Number + 1, medium);
        return ids[count];
    }
    return no_object;
}

/* Below the folder of the first library, a Windows path. */
static void library_path(WCHAR path[MAX_PATH], const WCHAR *name)
{
    DWORD length = GetEnvironmentVariableW(L"CORK_TEST_MEDIA", path, MAX_PATH);

    if (!length || length > MAX_PATH - 64) lstrcpyW(path, L"C:\\nowhere");
    lstrcatW(path, L"\\ONE\\");
    lstrcatW(path, name);
}

static int becomes(int wanted, const WCHAR *name)
{
    WCHAR path[MAX_PATH];

    library_path(path, name);
    for (int i = 0; i < 1000; i++)
    {
        if ((GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES) == wanted) return 1;
        Sleep(20);
    }
    return 0;
}

static int appears(struct world *world, const WCHAR *barcode, int wanted)
{
    for (int i = 0; i < 1000; i++)
    {
        NTMS_GUID medium = object_named(world->session, &world->one, NTMS_PHYSICAL_MEDIA, barcode), none = {0};

        if (same_object(&medium, &none) != wanted) return 1;
        Sleep(20);
    }
    return 0;
}

/* The newest request of a kind and state. */
static NTMS_GUID find_request(struct world *world, DWORD operation, DWORD state)
{
    static NTMS_GUID ids[4096];
    NTMS_OBJECTINFORMATIONW information;
    DWORD count = 4096;

    pEnumerateNtmsObject(world->session, &world->one, ids, &count, NTMS_LIBREQUEST, 0);
    while (count-- > 0 && count < 4096)
    {
        information_of(world->session, &ids[count], NTMS_LIBREQUEST, &information);
        if (information.Info.LibRequest.OperationCode == operation && information.Info.LibRequest.State == state)
            return ids[count];
    }
    return no_object;
}

static NTMS_GUID await_request(struct world *world, DWORD operation, DWORD state)
{
    NTMS_GUID found = no_object;

    for (int i = 0; i < 1000 && same_object(&found, &no_object); i++)
    {
        if (i) Sleep(20);
        found = find_request(world, operation, state);
    }
    return found;
}

static void inventories(void)
{
    NTMS_GUID offline, slot, empty;
    struct world world;
    WCHAR name[64];

    world_begin(&world);
    offline = offline_library(&world);
    slot = slot_of(&world, L"Slot 0");
    empty = empty_slot(&world, name, L"");
    ON_WORLD(&world, InventoryNtmsLibrary, ERROR_INVALID_LIBRARY, "The library is the offline library.", &offline,
             NTMS_INVENTORY_FAST);
    ON_WORLD(&world, InventoryNtmsLibrary, ERROR_INVALID_PARAMETER, "The library ID ... is not valid.", &no_object,
             NTMS_INVENTORY_FAST);
    ON_WORLD(&world, InventoryNtmsLibrary, ERROR_SUCCESS, "The function was successful.", &world.one,
             NTMS_INVENTORY_FAST);
    ON_WORLD(&world, InventoryNtmsLibrary, ERROR_SUCCESS, "Stop the current inventory in the specified library.",
             &world.one, NTMS_INVENTORY_STOP);
    ON_WORLD(&world, IdentifyNtmsSlot, ERROR_SUCCESS, "The function was successful.", &slot, NTMS_DISMOUNT_IMMEDIATE);
    ON_WORLD(&world, IdentifyNtmsSlot, ERROR_SUCCESS, "If the slot is empty the function returns ERROR_SUCCESS", &empty,
             NTMS_DISMOUNT_IMMEDIATE);
    ON_WORLD(&world, IdentifyNtmsSlot, ERROR_INVALID_PARAMETER, "The slot ID ... is not valid.", &world.one,
             NTMS_DISMOUNT_IMMEDIATE);
    ON_WORLD(&world, DisableNtmsObject, ERROR_LIBRARY_OFFLINE,
             "The library ID refers to an off-line library that cannot be enabled or disabled.", NTMS_LIBRARY,
             &offline);
    ON_WORLD(&world, EnableNtmsObject, ERROR_LIBRARY_OFFLINE,
             "The library ID refers to an off-line library that cannot be enabled or disabled.", NTMS_LIBRARY,
             &offline);
    ON_WORLD(&world, DeleteNtmsLibrary, ERROR_INVALID_LIBRARY, "The library identifier is not valid.", &slot);
    world_end(&world);
}

/* A person puts a medium into a slot while the door is open, and takes it out again. */
static int person_moves(const WCHAR *name, int in)
{
    WCHAR medium[MAX_PATH], door[MAX_PATH];

    library_path(medium, name);
    library_path(door, L"open");
    if (!becomes(1, L"open")) return 0;
    if (in)
        CreateDirectoryW(medium, NULL);
    else
        RemoveDirectoryW(medium);
    DeleteFileW(door);
    return becomes(0, L"open");
}

static void door(void)
{
    NTMS_GUID offline;
    struct world world;
    WCHAR name[64];

    world_begin(&world);
    offline = offline_library(&world);
    empty_slot(&world, name, L"DOOR");
    ON_WORLD(&world, AccessNtmsLibraryDoor, ERROR_LIBRARY_OFFLINE,
             "The library ID references an offline library without a door.", &offline, NTMS_INVENTORY_FAST);
    ON_WORLD(&world, AccessNtmsLibraryDoor, ERROR_SUCCESS, "Door access is queued.", &world.one, NTMS_INVENTORY_FAST);
    OF_WORLD(&world, AccessNtmsLibraryDoor, NTMS_INVENTORY_FAST,
             "The OMIDs are checked on each medium placed in an empty slot while the door is open.",
             person_moves(name, 1) && appears(&world, L"DOOR", 1));
    if (world.there) await_request(&world, NTMS_LM_PROCESSOMID, NTMS_LM_PASSED);
    if (world.there) pAccessNtmsLibraryDoor(world.session, &world.one, NTMS_INVENTORY_DEFAULT);
    OF_WORLD(&world, AccessNtmsLibraryDoor, NTMS_INVENTORY_DEFAULT,
             "Use the InventoryMethod specified in the library object",
             person_moves(name, 0) && appears(&world, L"DOOR", 0));
    world_end(&world);
}

/* A cleaner put into the port. */
static int cleaner_goes(int in, const WCHAR *slot)
{
    WCHAR path[MAX_PATH];

    library_path(path, L"ports\\1\\CLN001");
    if (in && !becomes(1, L"open")) return 0;
    if (in) return CreateDirectoryW(path, NULL) && becomes(1, slot);
    return becomes(1, L"ports\\1\\CLN001") && RemoveDirectoryW(path);
}

static void cleaner(void)
{
    NTMS_GUID slot, full, drive = no_object, operation = no_object, offline;
    NTMS_OBJECTINFORMATIONW information;
    struct world world;
    WCHAR name[64];

    world_begin(&world);
    forget_requests(&world);
    slot = empty_slot(&world, name, L"CLN001");
    full = slot_of(&world, L"Slot 0");
    offline = offline_library(&world);
    if (world.there) drive = first_object(world.session, &world.one, NTMS_DRIVE);
    ON_WORLD(&world, CleanNtmsDrive, ERROR_INVALID_DRIVE, "The drive ID is not valid.", &slot);
    ON_WORLD(&world, EjectNtmsCleaner, ERROR_NO_SLOT_SET, "This library does not have a cleaner slot reserved.",
             &world.one, &operation, NTMS_EJECT_START);
    ON_WORLD(&world, InjectNtmsCleaner, ERROR_NO_SLOT_SET, "This library has no slot reserved as a cleaner slot.",
             &world.one, &operation, 3, NTMS_INJECT_START);
    ON_WORLD(&world, InjectNtmsCleaner, ERROR_LIBRARY_OFFLINE,
             "The library must be online for a cleaner cartridge to be inserted.", &offline, &operation, 3,
             NTMS_INJECT_START);
    ON_WORLD(&world, ReleaseNtmsCleanerSlot, ERROR_NO_SLOT_RESERVED,
             "This library has no slot reserved for a cleaner cartridge.", &world.one);
    ON_WORLD(&world, ReserveNtmsCleanerSlot, ERROR_SLOT_FULL, "Reservation can only be performed on an empty slot.",
             &world.one, &full);
    ON_WORLD(&world, ReserveNtmsCleanerSlot, ERROR_INVALID_SLOT, "Unable to retrieve the slot definition", &world.one,
             &drive);
    ON_WORLD(&world, ReserveNtmsCleanerSlot, ERROR_SUCCESS, "The function was queued successfully.", &world.one, &slot);
    ON_WORLD(&world, ReserveNtmsCleanerSlot, ERROR_ALREADY_RESERVED,
             "Either this slot or another slot in the library has already been reserved for cleaning.", &world.one,
             &slot);
    ON_WORLD(&world, EjectNtmsCleaner, ERROR_SLOT_EMPTY, "A cleaner slot is reserved but is already empty.", &world.one,
             &operation, NTMS_EJECT_START);
    ON_WORLD(&world, InjectNtmsCleaner, ERROR_SUCCESS, "The function was successful.", &world.one, &operation, 3,
             NTMS_INJECT_START);
    OF_WORLD(&world, InjectNtmsCleaner, slot,
             "the NTMS_IEPORT object directs the cartridge to the currently reserved cleaner slot",
             cleaner_goes(1, name));
    if (world.there) await_request(&world, NTMS_LM_INJECTCLEANER, NTMS_LM_PASSED);
    ON_WORLD(&world, InjectNtmsCleaner, ERROR_SLOT_FULL,
             "A cleaner slot is reserved but already has a cleaner cartridge.", &world.one, &operation, 3,
             NTMS_INJECT_START);
    OF_WORLD(&world, ReleaseNtmsCleanerSlot, ERROR_SLOT_FULL,
             "The library has a reserved cleaner cartridge slot but the slot contains a cleaner cartridge",
             RETURNS(ERROR_CLEANER_CARTRIDGE_INSTALLED, pReleaseNtmsCleanerSlot(world.session, &world.one)));
    ON_WORLD(&world, CleanNtmsDrive, ERROR_SUCCESS, "The cleaning was queued successfully.", &drive);
    if (world.there) await_request(&world, NTMS_LM_CLEANDRIVE, NTMS_LM_PASSED);
    information_of(world.session, &world.one, NTMS_LIBRARY, &information);
    OF_WORLD(
        &world, InjectNtmsCleaner, uses,
        "the number of cleaning cycles that remain on the cleaner cartridge must be specified so that RSM can keep "
        "track of it",
        information.Info.Library.dwCleanerUsesRemaining == 2);
    ON_WORLD(&world, EjectNtmsCleaner, ERROR_SUCCESS, "The function was successful.", &world.one, &operation,
             NTMS_EJECT_START);
    OF_WORLD(&world, EjectNtmsCleaner, port, "RSM uses the NTMS_IEPORT object to eject the cleaner",
             cleaner_goes(0, name));
    if (world.there) await_request(&world, NTMS_LM_EJECTCLEANER, NTMS_LM_PASSED);
    ON_WORLD(&world, ReleaseNtmsCleanerSlot, ERROR_SUCCESS, "The function was queued successfully.", &world.one);
    world_end(&world);
}

/* A medium with which nothing is being done. */
static NTMS_GUID idle_medium(struct world *world, const WCHAR *barcode)
{
    NTMS_GUID medium = object_named(world->session, NULL, NTMS_PHYSICAL_MEDIA, barcode);
    NTMS_OBJECTINFORMATIONW information;

    for (int i = 0; i < 500; i++)
    {
        information_of(world->session, &medium, NTMS_PHYSICAL_MEDIA, &information);
        if (information.Info.PhysicalMedia.MediaState == NTMS_MEDIASTATE_IDLE) break;
        Sleep(20);
    }
    return medium;
}

static void media_types(void)
{
    NTMS_GUID medium = no_object, free_pool;
    struct world world;

    world_begin(&world);
    if (world.there) medium = idle_medium(&world, L"A003");
    ON_WORLD(&world, AddNtmsMediaType, ERROR_INVALID_LIBRARY, "The library ID is not valid.", &world.type_one,
             &no_object);
    ON_WORLD(&world, AddNtmsMediaType, ERROR_INVALID_MEDIA, "The media type is not valid.", &no_object, &world.one);
    ON_WORLD(&world, AddNtmsMediaType, ERROR_SUCCESS, "The function was successful.", &world.type_two, &world.one);
    ON_WORLD(&world, AddNtmsMediaType, ERROR_SUCCESS, "if there is not currently a relation in the library object",
             &world.type_two, &world.one);
    OF_WORLD(&world, AddNtmsMediaType, types, "adds the specified media type to the specified library",
             count_objects(world.session, &world.one, NTMS_MEDIA_TYPE) == 2);
    free_pool = world.there ? system_pool_of(world.session, L"Free", &world.type_two) : no_object;
    ON_WORLD(&world, ChangeNtmsMediaType, ERROR_INVALID_MEDIA_POOL, "The media pool ID is not valid.", &medium,
             &no_object);
    ON_WORLD(&world, ChangeNtmsMediaType, ERROR_INVALID_MEDIA_POOL,
             "(media with one side cannot be of a type with two)", &medium, &free_pool);
    free_pool = world.there ? system_pool_of(world.session, L"Free", &world.type_one) : no_object;
    ON_WORLD(&world, ChangeNtmsMediaType, ERROR_SUCCESS, "The function was successful.", &medium, &free_pool);
    ON_WORLD(&world, DeleteNtmsMediaType, ERROR_INVALID_LIBRARY, "The library ID is not valid.", &world.type_two,
             &no_object);
    ON_WORLD(&world, DeleteNtmsMediaType, ERROR_NOT_EMPTY,
             "provided that the library does not contain any physical media objects of the specified media type",
             &world.type_one, &world.one);
    ON_WORLD(&world, DeleteNtmsMediaType, ERROR_SUCCESS, "The function was successful.", &world.type_two, &world.one);
    OF_WORLD(&world, DeleteNtmsMediaType, types, "deletes the specified media type relation from the specified library",
             count_objects(world.session, &world.one, NTMS_MEDIA_TYPE) == 1);
    world_end(&world);
}

static void detection(void)
{
    WCHAR path[MAX_PATH], name[64];
    HANDLE handle = NULL;
    struct world world;

    world_begin(&world);
    ON_WORLD(&world, BeginNtmsDeviceChangeDetection, ERROR_SUCCESS, "(it has begun)", &handle);
    ON_WORLD(&world, SetNtmsDeviceChangeDetection, ERROR_INVALID_LIBRARY, "The specified library was not found.",
             handle, &no_object, NTMS_LIBRARY, 1);
    ON_WORLD(&world, SetNtmsDeviceChangeDetection, ERROR_INVALID_MEDIA, "The specified media or type was not found.",
             handle, &no_object, NTMS_PHYSICAL_MEDIA, 1);
    ON_WORLD(&world, SetNtmsDeviceChangeDetection, ERROR_SUCCESS, "(it is watched)", handle, &world.one, NTMS_LIBRARY,
             1);
    empty_slot(&world, name, L"FOUND");
    library_path(path, name);
    OF_WORLD(&world, SetNtmsDeviceChangeDetection, changes,
             "All devices specified continue to be detected until the device change detection handle is closed",
             CreateDirectoryW(path, NULL) && appears(&world, L"FOUND", 1));
    if (world.there) await_request(&world, NTMS_LM_PROCESSOMID, NTMS_LM_PASSED);
    ON_WORLD(&world, EndNtmsDeviceChangeDetection, ERROR_SUCCESS, "(it has ended)", handle);
    ON_WORLD(&world, EndNtmsDeviceChangeDetection, ERROR_INVALID_HANDLE,
             "The session handle or detection handle is not valid.", handle);
    /* The medium may be in a drive just now, to be identified. */
    for (int i = 0; world.there && i < 1000 && !RemoveDirectoryW(path); i++)
        Sleep(20);
    OF_WORLD(&world, SetNtmsDeviceChangeDetection, poll,
             "This function can also be used to poll for changed media in the specified devices.",
             RETURNS(ERROR_SUCCESS, pSetNtmsDeviceChangeDetection(world.session, NULL, &world.one, NTMS_LIBRARY, 1)) &&
                 appears(&world, L"FOUND", 0));
    world_end(&world);
}

static void requests(void)
{
    NTMS_GUID drives[2] = {{0}}, sides[2] = {{0}}, request = no_object, ended = no_object, used;
    NTMS_OBJECTINFORMATIONW information;
    DWORD order = 7, count = 2;
    struct world world;

    world_begin(&world);
    if (world.there)
    {
        NTMS_GUID first = object_named(world.session, NULL, NTMS_PHYSICAL_MEDIA, L"A003");

        pEnumerateNtmsObject(world.session, &world.one, drives, &count, NTMS_DRIVE, 0);
        sides[0] = first_object(world.session, &first, NTMS_PARTITION);
        used = drives[0];
        pMountNtmsMedia(world.session, sides, &used, 1, NTMS_MOUNT_READ | NTMS_MOUNT_SPECIFIC_DRIVE, 0, 60000, NULL);
        ended = find_request(&world, NTMS_LM_MOUNT, NTMS_LM_PASSED);
        pMountNtmsMedia(world.session, sides, &used, 1, NTMS_MOUNT_READ | NTMS_MOUNT_NOWAIT, 0, 0, NULL);
        request = await_request(&world, NTMS_LM_MOUNT, NTMS_LM_QUEUED);
    }
    ON_WORLD(&world, GetNtmsRequestOrder, ERROR_SUCCESS, "The function was successful.", &request, &order);
    OF_WORLD(&world, GetNtmsRequestOrder, order, "1 is the first request processed", order == 1);
    ON_WORLD(&world, GetNtmsRequestOrder, ERROR_OBJECT_NOT_FOUND,
             "A request object with the specified identifier cannot be found.", &no_object, &order);
    OF_WORLD(&world, GetNtmsRequestOrder, none,
             "If the GetNtmsRequestOrder function returns zero in lpdwOrderNumber, ordering is not available for this "
             "request.",
             RETURNS(ERROR_SUCCESS, pGetNtmsRequestOrder(world.session, &ended, &order)) && order == 0);
    ON_WORLD(&world, SetNtmsRequestOrder, ERROR_SUCCESS, "The function was successful.", &request, 0xffffffff);
    ON_WORLD(&world, SetNtmsRequestOrder, ERROR_OBJECT_NOT_FOUND,
             "A request object with the specified identifier cannot be found.", &no_object, 1);
    ON_WORLD(&world, SetNtmsRequestOrder, ERROR_INVALID_PARAMETER,
             "The order number of a request, which currently has an order number of zero, cannot be changed.", &ended,
             1);
    ON_WORLD(&world, DeleteNtmsRequests, ERROR_ACCESS_DENIED,
             "Submitted requests, queued requests, waiting requests, and in progress requests cannot be deleted.",
             &request, NTMS_LIBREQUEST, 1);
    ON_WORLD(&world, CancelNtmsLibraryRequest, ERROR_SUCCESS, "The library request has been queued for cancellation.",
             &request);
    ON_WORLD(&world, CancelNtmsLibraryRequest, ERROR_OBJECT_NOT_FOUND,
             "This error occurs if the request is completed prior to issuing the cancel", &request);
    ON_WORLD(&world, DeleteNtmsRequests, ERROR_SUCCESS, "The function executed successfully.", &request,
             NTMS_LIBREQUEST, 1);
    ON_WORLD(&world, DeleteNtmsRequests, ERROR_SUCCESS,
             "An error is not returned if a request or list of requests is not found.", &request, NTMS_LIBREQUEST, 1);
    information_of(world.session, &drives[0], NTMS_DRIVE, &information);
    {
        LPWSTR volume = NULL, letter = NULL;
        LPSTR ansi_volume = NULL, ansi_letter = NULL;
        char ansi[64] = "";

        OF_WORLD(&world, GetVolumesFromDriveW, ERROR_SUCCESS,
                 "retrieves the volume and drive letter for a given ... drive",
                 RETURNS(ERROR_SUCCESS, pGetVolumesFromDriveW(information.Info.Drive.szDeviceName, &volume, &letter)) &&
                     lstrlenW(letter) == 2 && letter[1] == ':');
        WideCharToMultiByte(CP_ACP, 0, information.Info.Drive.szDeviceName, -1, ansi, sizeof(ansi), NULL, NULL);
        OF_WORLD(&world, GetVolumesFromDriveA, ERROR_SUCCESS,
                 "retrieves the volume and drive letter for a given ... drive",
                 RETURNS(ERROR_SUCCESS, pGetVolumesFromDriveA(ansi, &ansi_volume, &ansi_letter)) &&
                     lstrlenA(ansi_letter) == 2 && ansi_letter[1] == ':');
    }
    if (world.there) pDismountNtmsMedia(world.session, sides, 1, NTMS_DISMOUNT_IMMEDIATE);
    world_end(&world);
}

static const struct test_case cases[] = {
    {"inventories", inventories}, {"door", door},         {"cleaner", cleaner}, {"media types", media_types},
    {"detection", detection},     {"requests", requests}, {NULL, NULL}};
const struct group library_group = {"library", __FILE__, cases};

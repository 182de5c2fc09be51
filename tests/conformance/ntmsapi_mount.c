/*
 * Mounting and dismounting.
 */
#include "ntmsapi_test.h"

#define PATIENCE 60000 /* milliseconds */

static NTMS_GUID side_of(struct world *world, const WCHAR *barcode)
{
    NTMS_GUID medium = object_named(world->session, NULL, NTMS_PHYSICAL_MEDIA, barcode);

    return first_object(world->session, &medium, NTMS_PARTITION);
}

static DWORD mount_one(struct world *world, NTMS_GUID *media, NTMS_GUID *drive, DWORD options, DWORD timeout)
{
    return pMountNtmsMedia(world->session, media, drive, 1, options, 0, timeout, NULL);
}

static int drive_becomes(struct world *world, NTMS_GUID *drive, DWORD state)
{
    NTMS_OBJECTINFORMATIONW information;

    for (int i = 0; i < 3000; i++)
    {
        information_of(world->session, drive, NTMS_DRIVE, &information);
        if (information.Info.Drive.State == state) return 1;
        Sleep(20);
    }
    note("the drive's state is %lu", information.Info.Drive.State);
    return 0;
}

static void refusals(void)
{
    NTMS_GUID sides[2] = {{0}}, drives[2] = {{0}}, other;
    struct world world;

    world_begin(&world);
    if (world.there)
    {
        sides[0] = side_of(&world, L"A004");
        sides[1] = side_of(&world, L"B001");
        drives[0] = first_object(world.session, &world.two, NTMS_DRIVE);
    }
    ON_WORLD(&world, MountNtmsMedia, ERROR_DRIVE_MEDIA_MISMATCH,
             "The media and drive specified are not in the same library.", sides, drives, 1,
             NTMS_MOUNT_READ | NTMS_MOUNT_SPECIFIC_DRIVE, 0, PATIENCE, NULL);
    ON_WORLD(&world, MountNtmsMedia, ERROR_INVALID_LIBRARY, "all the specified media must be in a single library",
             sides, drives, 2, NTMS_MOUNT_READ, 0, PATIENCE, NULL);
    ON_WORLD(&world, MountNtmsMedia, ERROR_INVALID_DRIVE, "At least one of the specified drives is not valid.", sides,
             sides, 1, NTMS_MOUNT_READ | NTMS_MOUNT_SPECIFIC_DRIVE, 0, PATIENCE, NULL);
    other = no_object;
    ON_WORLD(&world, MountNtmsMedia, ERROR_INVALID_MEDIA, "One or more of the media specified is not valid", &other,
             drives, 1, NTMS_MOUNT_READ, 0, PATIENCE, NULL);
    sides[1] = sides[0];
    ON_WORLD(&world, MountNtmsMedia, ERROR_INVALID_MEDIA, "there are duplicate media IDs in list of media", sides,
             drives, 2, NTMS_MOUNT_READ, 0, PATIENCE, NULL);
    ON_WORLD(&world, DismountNtmsMedia, ERROR_INVALID_STATE,
             "An unexpected media or device state occurred during dismount. (it is not mounted)", sides, 1,
             NTMS_DISMOUNT_IMMEDIATE);
    ON_WORLD(&world, DismountNtmsMedia, ERROR_INVALID_MEDIA, "At least one of the specified media is not valid.",
             &other, 1, NTMS_DISMOUNT_IMMEDIATE);
    drives[0] = world.there ? first_object(world.session, &world.one, NTMS_DRIVE) : no_object;
    ON_WORLD(&world, DismountNtmsDrive, ERROR_INVALID_STATE, "The drive does not contain media.", drives);
    ON_WORLD(&world, DismountNtmsDrive, ERROR_INVALID_DRIVE, "The drive ID is not valid.", sides);
    world_end(&world);
}

static void mounting(void)
{
    NTMS_GUID side = no_object, drive = no_object, again = no_object, medium;
    struct world world;

    world_begin(&world);
    if (world.there) side = side_of(&world, L"A004");
    ON_WORLD(&world, MountNtmsMedia, ERROR_SUCCESS, "The media has been mounted and is ready for use.", &side, &drive,
             1, NTMS_MOUNT_READ, NTMS_PRIORITY_NORMAL, PATIENCE, NULL);
    OF_WORLD(&world, MountNtmsMedia, drives, "receives the list of drives that media is mounted into",
             drive_becomes(&world, &drive, NTMS_DRIVESTATE_LOADED));
    ON_WORLD(&world, MountNtmsMedia, ERROR_BUSY,
             "If the NTMS_MOUNT_ERROR_NOT_AVAILABLE value is specified, the function returns an immediate error when a "
             "resource (media or drive) is not available.",
             &side, &again, 1, NTMS_MOUNT_READ | NTMS_MOUNT_ERROR_NOT_AVAILABLE, 0, PATIENCE, NULL);
    ON_WORLD(&world, MountNtmsMedia, ERROR_TIMEOUT,
             "The time-out event expired while attempting to acquire one or more required resources.", &side, &again, 1,
             NTMS_MOUNT_READ, 0, 100, NULL);
    medium = world.there ? object_named(world.session, NULL, NTMS_PHYSICAL_MEDIA, L"A004") : no_object;
    ON_WORLD(&world, EjectNtmsMedia, ERROR_BUSY,
             "If the media is currently in use (mounted or opened), this function returns an error.", &medium, &again,
             NTMS_EJECT_START);
    ON_WORLD(&world, DismountNtmsMedia, ERROR_SUCCESS, "The media dismount has been queued.", &side, 1,
             NTMS_DISMOUNT_DEFERRED);
    OF_WORLD(&world, DismountNtmsMedia, NTMS_DISMOUNT_DEFERRED,
             "Marks media state as Dismountable, and keeps the medium in the drive.",
             drive_becomes(&world, &drive, NTMS_DRIVESTATE_DISMOUNTABLE));
    OF_WORLD(&world, MountNtmsMedia, dismountable,
             "Subsequent mount requests are satisfied using dismounted or dismountable drives.",
             RETURNS(ERROR_SUCCESS, mount_one(&world, &side, &again, NTMS_MOUNT_READ, PATIENCE)) &&
                 same_object(&drive, &again));
    ON_WORLD(&world, DismountNtmsDrive, ERROR_SUCCESS, "The function was successful.", &drive);
    OF_WORLD(&world, DismountNtmsDrive, slot, "Otherwise, the media is returned to its slot.",
             drive_becomes(&world, &drive, NTMS_DRIVESTATE_DISMOUNTED));
    OF_WORLD(&world, DismountNtmsMedia, idle, "The application can wait for the side state to become idle.",
             wait_for_idle(world.session, &medium));
    world_end(&world);
}

static void disabled(void)
{
    NTMS_GUID side = no_object, drive = no_object, medium = no_object;
    struct world world;

    world_begin(&world);
    if (world.there)
    {
        medium = object_named(world.session, NULL, NTMS_PHYSICAL_MEDIA, L"A004");
        side = side_of(&world, L"A004");
        drive = first_object(world.session, &world.one, NTMS_DRIVE);
    }
    ON_WORLD(&world, EnableNtmsObject, ERROR_INVALID_STATE, "The object is already enabled.", NTMS_DRIVE, &drive);
    ON_WORLD(&world, DisableNtmsObject, ERROR_SUCCESS, "The disable is queued.", NTMS_PHYSICAL_MEDIA, &medium);
    ON_WORLD(&world, DisableNtmsObject, ERROR_INVALID_STATE, "The object is already disabled.", NTMS_PHYSICAL_MEDIA,
             &medium);
    ON_WORLD(&world, MountNtmsMedia, ERROR_RESOURCE_DISABLED,
             "One or more resources required to perform the mount are disabled.", &side, &drive, 1, NTMS_MOUNT_READ, 0,
             PATIENCE, NULL);
    ON_WORLD(&world, EjectNtmsMedia, ERROR_MEDIA_NOT_AVAILABLE, "The media is disabled.", &medium, &no_object,
             NTMS_EJECT_START);
    ON_WORLD(&world, EnableNtmsObject, ERROR_SUCCESS, "The enable is queued.", NTMS_PHYSICAL_MEDIA, &medium);
    if (world.there) mount_one(&world, &side, &drive, NTMS_MOUNT_READ, PATIENCE);
    if (world.there) pDisableNtmsObject(world.session, NTMS_PHYSICAL_MEDIA, &medium);
    ON_WORLD(&world, DismountNtmsMedia, ERROR_MEDIA_NOT_AVAILABLE,
             "One or more media resources ... are not currently available (probably disabled).", &side, 1, 0);
    if (world.there) pEnableNtmsObject(world.session, NTMS_PHYSICAL_MEDIA, &medium);
    if (world.there) pDisableNtmsObject(world.session, NTMS_LIBRARY, &world.one);
    ON_WORLD(&world, DismountNtmsMedia, ERROR_DEVICE_NOT_AVAILABLE,
             "One or more resources required to perform the dismount are not currently available (probably disabled).",
             &side, 1, 0);
    ON_WORLD(&world, DismountNtmsDrive, ERROR_DEVICE_NOT_AVAILABLE, "The drive or library is not enabled.", &drive);
    ON_WORLD(&world, AccessNtmsLibraryDoor, ERROR_RESOURCE_DISABLED, "The library is disabled.", &world.one,
             NTMS_INVENTORY_NONE);
    ON_WORLD(&world, CleanNtmsDrive, ERROR_RESOURCE_DISABLED, "The drive or the library is not enabled.", &drive);
    ON_WORLD(&world, EjectNtmsMedia, ERROR_DEVICE_NOT_AVAILABLE, "The library is disabled.", &medium, &no_object,
             NTMS_EJECT_START);
    ON_WORLD(&world, InjectNtmsMedia, ERROR_DEVICE_NOT_AVAILABLE, "The library is disabled.", &world.one, &no_object,
             NTMS_INJECT_START);
    if (world.there) pEnableNtmsObject(world.session, NTMS_LIBRARY, &world.one);
    OF_WORLD(&world, EnableNtmsObject, again, "(it can be used again)",
             RETURNS(ERROR_SUCCESS, pDismountNtmsMedia(world.session, &side, 1, NTMS_DISMOUNT_IMMEDIATE)) &&
                 drive_becomes(&world, &drive, NTMS_DRIVESTATE_DISMOUNTED));
    ON_WORLD(&world, EnableNtmsObject, ERROR_OBJECT_NOT_FOUND, "The object is not valid.", NTMS_DRIVE, &medium);
    ON_WORLD(&world, DisableNtmsObject, ERROR_OBJECT_NOT_FOUND, "The object is not valid.", NTMS_DRIVE, &medium);
    world_end(&world);
}

struct waiting
{
    struct world *world;
    NTMS_GUID media, drive;
    DWORD result;
};

static DWORD WINAPI mount_in_vain(void *context)
{
    struct waiting *waiting = context;

    waiting->result = mount_one(waiting->world, &waiting->media, &waiting->drive, NTMS_MOUNT_READ, PATIENCE);
    return 0;
}

/* Whether a mount of an offline medium ends as the operator says. */
static int refused(struct world *world, NTMS_GUID *media)
{
    struct waiting waiting = {.world = world, .media = *media};
    HANDLE thread;

    forget_requests(world);
    thread = CreateThread(NULL, 0, mount_in_vain, &waiting, 0, NULL);
    for (int i = 0; i < 3000 && !count_objects(world->session, NULL, NTMS_OPREQUEST); i++)
        Sleep(20);
    forget_requests(world);
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
    return RETURNS(ERROR_REQUEST_REFUSED, waiting.result);
}

static int in_library(struct world *world, NTMS_GUID *medium, NTMS_GUID *library)
{
    NTMS_OBJECTINFORMATIONW information;

    for (int i = 0; i < 3000; i++)
    {
        information_of(world->session, medium, NTMS_PHYSICAL_MEDIA, &information);
        if (same_object(&information.Info.PhysicalMedia.CurrentLibrary, library)) return 1;
        Sleep(20);
    }
    return 0;
}

static void offline(void)
{
    NTMS_GUID pool = no_object, medium = no_object, media = no_object, drive = no_object, operation = no_object,
              library = no_object;
    struct world world;

    world_begin(&world);
    if (world.there)
    {
        medium = free_medium(world.session, L"A005");
        pCreateNtmsMediaPoolW(world.session, L"CTMount", &world.type_one, NTMS_CREATE_NEW, NULL, &pool);
        pMoveToNtmsMediaPool(world.session, &medium, &pool);
        pAllocateNtmsMedia(world.session, &pool, NULL, &media, NTMS_ALLOCATE_NEW, PATIENCE, NULL);
        library = object_named(world.session, NULL, NTMS_LIBRARY, L"Off-line Media");
    }
    ON_WORLD(&world, EjectNtmsMedia, ERROR_SUCCESS, "The eject is queued.", &medium, &operation, NTMS_EJECT_START);
    OF_WORLD(&world, EjectNtmsMedia, offline,
             "Media ejected using the EjectNtmsMedia function is moved to the offline library",
             in_library(&world, &medium, &library));
    ON_WORLD(&world, EjectNtmsMedia, ERROR_INVALID_OPERATION,
             "A stop was performed on an operation ID that was not valid.", &medium, &operation, NTMS_EJECT_STOP);
    ON_WORLD(&world, EjectNtmsMedia, ERROR_LIBRARY_OFFLINE,
             "The library ID refers to an offline library that cannot eject media.", &medium, &operation,
             NTMS_EJECT_START);
    ON_WORLD(&world, MountNtmsMedia, ERROR_MEDIA_OFFLINE, "The media is offline and cannot be mounted.", &media, &drive,
             1, NTMS_MOUNT_READ | NTMS_MOUNT_ERROR_OFFLINE, 0, PATIENCE, NULL);
    ON_WORLD(&world, DismountNtmsMedia, ERROR_MEDIA_OFFLINE, "The specified media is offline.", &media, 1, 0);
    OF_WORLD(&world, MountNtmsMedia, ERROR_REQUEST_REFUSED, "The user canceled the request through the user interface.",
             refused(&world, &media));
    ON_WORLD(&world, InjectNtmsMedia, ERROR_SUCCESS, "The insert is queued.", &world.one, &operation,
             NTMS_INJECT_START);
    OF_WORLD(&world, InjectNtmsMedia, slot, "each medium in the NTMS_IEPORT is moved to a slot",
             in_library(&world, &medium, &world.one));
    ON_WORLD(&world, InjectNtmsMedia, ERROR_INVALID_OPERATION,
             "A Stop action was performed on an operation ID that was not valid.", &world.one, &no_object,
             NTMS_INJECT_STOP);
    ON_WORLD(&world, InjectNtmsMedia, ERROR_LIBRARY_OFFLINE,
             "The library ID refers to an offline library that cannot eject media.", &library, &operation,
             NTMS_INJECT_START);
    if (world.there) pSetNtmsMediaComplete(world.session, &media);
    ON_WORLD(&world, MountNtmsMedia, ERROR_WRITE_PROTECT,
             "The media state is set to Completed and the NTMS_MOUNT_WRITE value was specified.", &media, &drive, 1,
             NTMS_MOUNT_READ | NTMS_MOUNT_WRITE, 0, PATIENCE, NULL);
    if (world.there)
    {
        pDeallocateNtmsMedia(world.session, &media, 0);
        free_medium(world.session, L"A005");
        pDeleteNtmsMediaPool(world.session, &pool);
        forget_requests(&world);
    }
    world_end(&world);
}

static void swapping(void)
{
    NTMS_GUID pools[2] = {{0}}, media[3] = {{0}}, sides[2], swapped;
    static const WCHAR *const barcodes[] = {L"A004", L"A005", L"A006"};
    struct world world;

    world_begin(&world);
    if (world.there)
    {
        pCreateNtmsMediaPoolW(world.session, L"CTSwap", &world.type_one, NTMS_CREATE_NEW, NULL, &pools[0]);
        pCreateNtmsMediaPoolW(world.session, L"CTSwap2", &world.type_one, NTMS_CREATE_NEW, NULL, &pools[1]);
        for (int i = 0; i < 3; i++)
        {
            NTMS_GUID medium = free_medium(world.session, barcodes[i]);

            pMoveToNtmsMediaPool(world.session, &medium, &pools[i == 2]);
            pAllocateNtmsMedia(world.session, &pools[i == 2], NULL, &media[i], NTMS_ALLOCATE_NEW, PATIENCE, NULL);
        }
    }
    sides[0] = first_object(world.session, &media[0], NTMS_PARTITION);
    ON_WORLD(&world, SwapNtmsMedia, ERROR_INVALID_MEDIA, "At least one of the media IDs is not valid.", &media[0],
             &no_object);
    ON_WORLD(&world, SwapNtmsMedia, ERROR_INVALID_MEDIA_POOL, "The specified LMIDs must be in the same media pool.",
             &media[0], &media[2]);
    ON_WORLD(&world, SwapNtmsMedia, ERROR_SUCCESS, "The function was successful.", &media[0], &media[1]);
    swapped = first_object(world.session, &media[1], NTMS_PARTITION);
    OF_WORLD(&world, SwapNtmsMedia, sides, "swaps the sides associated with the two specified LMIDs",
             same_object(&sides[0], &swapped));
    if (world.there)
    {
        /* All of them first: the logical media stand for each other's sides now. */
        for (int i = 0; i < 3; i++)
            pDeallocateNtmsMedia(world.session, &media[i], 0);
        for (int i = 0; i < 3; i++)
            free_medium(world.session, barcodes[i]);
        pDeleteNtmsMediaPool(world.session, &pools[0]);
        pDeleteNtmsMediaPool(world.session, &pools[1]);
    }
    world_end(&world);
}

static const struct test_case cases[] = {{"refusals", refusals}, {"mounting", mounting}, {"disabled", disabled},
                                         {"offline", offline},   {"swapping", swapping}, {NULL, NULL}};
const struct group mount_group = {"mount", __FILE__, cases};

/*
 * Media: allocated, completed, deallocated, decommissioned, labelled.
 */
#include "ntmsapi_test.h"

static NTMS_GUID make_pool(struct world *world, const WCHAR *name, NTMS_GUID *type, DWORD allocation,
                           DWORD deallocation, DWORD most)
{
    NTMS_OBJECTINFORMATIONW information;
    NTMS_GUID pool = no_object;

    if (!world->there) return pool;
    pCreateNtmsMediaPoolW(world->session, name, type, NTMS_CREATE_NEW, NULL, &pool);
    information_of(world->session, &pool, NTMS_MEDIA_POOL, &information);
    information.Info.MediaPool.AllocationPolicy = allocation;
    information.Info.MediaPool.DeallocationPolicy = deallocation;
    information.Info.MediaPool.dwMaxAllocates = most;
    pSetNtmsObjectInformationW(world->session, &pool, &information);
    return pool;
}

#define NOW (NTMS_ALLOCATE_NEW | NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE)

static void allocating(void)
{
    NTMS_GUID pool, medium, side, media = {0}, other = {0}, unrecognized;
    NTMS_ALLOCATION_INFORMATION from = {.dwSize = sizeof(from)};
    struct world world;

    world_begin(&world);
    forget_requests(&world);
    pool = make_pool(&world, L"CMAllocate", &world.type_one, 0, 0, 0);
    ON_WORLD(&world, AllocateNtmsMedia, ERROR_MEDIA_UNAVAILABLE,
             "If NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE is specified, ERROR_MEDIA_UNAVAILABLE is returned if no media is "
             "available.",
             &pool, NULL, &media, NOW, 0, NULL);
    ON_WORLD(&world, AllocateNtmsMedia, ERROR_TIMEOUT, "The time-out event expired before media was available.", &pool,
             NULL, &media, NTMS_ALLOCATE_NEW, 50, NULL);
    OF_WORLD(&world, AllocateNtmsMedia, timed_out, "RSM returns ERROR_TIMEOUT and deletes the operator request.",
             count_objects(world.session, NULL, NTMS_OPREQUEST) == 0);
    medium = world.there ? free_medium(world.session, L"A002") : no_object;
    if (world.there) pMoveToNtmsMediaPool(world.session, &medium, &pool);
    side = first_object(world.session, &medium, NTMS_PARTITION);
    ON_WORLD(&world, AllocateNtmsMedia, ERROR_SUCCESS, "The function was successful.", &pool, NULL, &media, NOW, 0,
             &from);
    OF_WORLD(&world, AllocateNtmsMedia, state, "(a side that is allocated is in that state, and has a logical medium)",
             side_state(world.session, &side) == NTMS_PARTSTATE_ALLOCATED && same_object(&from.AllocatedFrom, &pool) &&
                 (other = first_object(world.session, &side, NTMS_LOGICAL_MEDIA), same_object(&media, &other)));
    ON_WORLD(&world, AllocateNtmsMedia, ERROR_INVALID_MEDIA,
             "The side must be in the Available or Import state. (lpPartId)", &pool, &side, &other, NOW, 0, NULL);
    ON_WORLD(&world, AllocateNtmsMedia, ERROR_INVALID_MEDIA,
             "The partition ID or LMID was not valid upon input when using the NTMS_ALLOCATE_NEXT flag.", &pool, NULL,
             &no_object, NTMS_ALLOCATE_NEXT, 0, NULL);
    ON_WORLD(&world, AllocateNtmsMedia, ERROR_INVALID_MEDIA_POOL, "The media pool ID is not valid.", &no_object, NULL,
             &other, NOW, 0, NULL);
    unrecognized = system_pool_of(world.session, L"Free", &world.type_one);
    ON_WORLD(&world, AllocateNtmsMedia, ERROR_INVALID_MEDIA_POOL,
             "Only application pools may be specified for allocation.", &unrecognized, NULL, &other, NOW, 0, NULL);
    ON_WORLD(&world, AllocateNtmsMedia, ERROR_INVALID_PARAMETER, "(two options that exclude each other)", &pool, NULL,
             &media, NTMS_ALLOCATE_NEW | NTMS_ALLOCATE_NEXT, 0, NULL);
    if (world.there)
    {
        pDeallocateNtmsMedia(world.session, &media, 0);
        free_medium(world.session, L"A002");
        pDeleteNtmsMediaPool(world.session, &pool);
    }
    world_end(&world);
}

/* The pool's policies. */
static void policies(void)
{
    NTMS_GUID pool, medium, side, media = {0}, free_pool;
    NTMS_ALLOCATION_INFORMATION from = {.dwSize = sizeof(from)};
    NTMS_OBJECTINFORMATIONW information;
    struct world world;

    world_begin(&world);
    pool = make_pool(&world, L"CMPolicy", &world.type_one, NTMS_ALLOCATE_FROMSCRATCH, NTMS_DEALLOCATE_TOSCRATCH, 0);
    medium = world.there ? free_medium(world.session, L"A002") : no_object;
    free_pool = system_pool_of(world.session, L"Free", &world.type_one);
    OF_WORLD(&world, AllocateNtmsMedia, free_pool,
             "If the media pool is configured to allocate media from the free pool automatically, and the free pool "
             "contains online Available media, a medium is moved to the specified pool and allocated.",
             RETURNS(ERROR_SUCCESS, pAllocateNtmsMedia(world.session, &pool, NULL, &media, NOW, 0, &from)) &&
                 same_object(&from.AllocatedFrom, &free_pool));
    side = first_object(world.session, &media, NTMS_PARTITION);
    information_of(world.session, &side, NTMS_PARTITION, &information);
    medium = information.Info.Partition.PhysicalMedia;
    information_of(world.session, &medium, NTMS_PHYSICAL_MEDIA, &information);
    OF_WORLD(&world, AllocateNtmsMedia, moved, "a medium is moved to the specified pool",
             same_object(&information.Info.PhysicalMedia.MediaPool, &pool));
    ON_WORLD(&world, DeallocateNtmsMedia, ERROR_SUCCESS, "The function was successful.", &media, 0);
    information_of(world.session, &medium, NTMS_PHYSICAL_MEDIA, &information);
    OF_WORLD(&world, DeallocateNtmsMedia, to_free, "(with NTMS_DEALLOCATE_TOSCRATCH the medium goes to the free pool)",
             same_object(&information.Info.PhysicalMedia.MediaPool, &free_pool) &&
                 wait_for_side(world.session, &side, NTMS_PARTSTATE_AVAILABLE));
    ON_WORLD(&world, DeallocateNtmsMedia, ERROR_INVALID_MEDIA,
             "The logical media is deleted from the system when the logical media is deallocated.", &media, 0);
    ON_WORLD(&world, DeallocateNtmsMedia, ERROR_INVALID_MEDIA, "The LMID is not valid.", &side, 0);
    if (world.there) pDeleteNtmsMediaPool(world.session, &pool);
    world_end(&world);
}

static void wearing_out(void)
{
    NTMS_GUID pool, medium, side, media = {0};
    struct world world;

    world_begin(&world);
    pool = make_pool(&world, L"CMWorn", &world.type_one, 0, 0, 1);
    medium = world.there ? free_medium(world.session, L"A007") : no_object;
    side = first_object(world.session, &medium, NTMS_PARTITION);
    OF_WORLD(&world, AllocateNtmsMedia, partition, "This feature can be used to allocate a particular side",
             RETURNS(ERROR_SUCCESS, pAllocateNtmsMedia(world.session, &pool, &side, &media, NOW, 0, NULL)) &&
                 side_state(world.session, &side) == NTMS_PARTSTATE_ALLOCATED);
    ON_WORLD(&world, DecommissionNtmsMedia, ERROR_INVALID_STATE, "The media is not in the Available state.", &side);
    ON_WORLD(&world, SetNtmsMediaComplete, ERROR_SUCCESS, "The function was successful.", &media);
    OF_WORLD(&world, SetNtmsMediaComplete, state, "marks the specified medium as Complete",
             side_state(world.session, &side) == NTMS_PARTSTATE_COMPLETE);
    ON_WORLD(&world, SetNtmsMediaComplete, ERROR_INVALID_STATE, "The media is not in the allocated state", &media);
    ON_WORLD(&world, SetNtmsMediaComplete, ERROR_INVALID_MEDIA, "The media identifier is not valid.", &no_object);
    OF_WORLD(&world, DeallocateNtmsMedia, worn,
             "Sides are decommissioned upon deallocation if the side has been allocated the maximum number of times "
             "specified in the media pool.",
             RETURNS(ERROR_SUCCESS, pDeallocateNtmsMedia(world.session, &media, 0)) &&
                 side_state(world.session, &side) == NTMS_PARTSTATE_DECOMMISSIONED);
    ON_WORLD(&world, AllocateNtmsMedia, ERROR_INVALID_MEDIA,
             "After media is in the Decommissioned state, it cannot be allocated again. (DeallocateNtmsMedia)", &pool,
             &side, &media, NOW, 0, NULL);
    medium = world.there ? free_medium(world.session, L"A008") : no_object;
    side = first_object(world.session, &medium, NTMS_PARTITION);
    ON_WORLD(&world, DecommissionNtmsMedia, ERROR_SUCCESS, "The function was successful.", &side);
    OF_WORLD(&world, DecommissionNtmsMedia, state, "moves a side from the Available state to the Decommissioned state",
             side_state(world.session, &side) == NTMS_PARTSTATE_DECOMMISSIONED);
    ON_WORLD(&world, DecommissionNtmsMedia, ERROR_INVALID_MEDIA, "The media identifier is not valid.", &medium);
    world_end(&world);
}

/* Two sides. */
static void sides(void)
{
    NTMS_GUID pool, medium, sides_of[2] = {{0}}, media = {0}, next, other = {0};
    DWORD count = COUNT_OF(sides_of);
    struct world world;

    world_begin(&world);
    pool = make_pool(&world, L"CMSides", &world.type_two, 0, 0, 0);
    medium = world.there ? free_medium(world.session, L"B001") : no_object;
    if (world.there)
    {
        pEnumerateNtmsObject(world.session, &medium, sides_of, &count, NTMS_PARTITION, 0);
        wait_for_side(world.session, &sides_of[1], NTMS_PARTSTATE_AVAILABLE);
        pMoveToNtmsMediaPool(world.session, &medium, &pool);
        pAllocateNtmsMedia(world.session, &pool, NULL, &media, NOW, 0, NULL);
    }
    OF_WORLD(
        &world, AllocateNtmsMedia, NTMS_ALLOCATE_NEW, "this value reserves the second side of two-sided ... media",
        count == 2 && side_state(world.session, &sides_of[0]) == NTMS_PARTSTATE_ALLOCATED &&
            side_state(world.session, &sides_of[1]) == NTMS_PARTSTATE_RESERVED &&
            RETURNS(ERROR_MEDIA_UNAVAILABLE, pAllocateNtmsMedia(world.session, &pool, NULL, &other, NOW, 0, NULL)));
    next = media;
    OF_WORLD(
        &world, AllocateNtmsMedia, NTMS_ALLOCATE_NEXT,
        "The next side of the multiple sided medium specified by lpMediaId is allocated, and the new partition ID "
        "is returned through lpMediaId",
        RETURNS(ERROR_SUCCESS, pAllocateNtmsMedia(world.session, &pool, NULL, &next, NTMS_ALLOCATE_NEXT, 0, NULL)) &&
            !same_object(&next, &media) && side_state(world.session, &sides_of[1]) == NTMS_PARTSTATE_ALLOCATED);
    other = media;
    OF_WORLD(&world, AllocateNtmsMedia, no_next,
             "If all the sides of the medium are already allocated, the allocation request fails.",
             RETURNS(ERROR_MEDIA_UNAVAILABLE,
                     pAllocateNtmsMedia(world.session, &pool, NULL, &other, NTMS_ALLOCATE_NEXT, 0, NULL)) &&
                 same_object(&other, &media));
    if (world.there)
    {
        pDeallocateNtmsMedia(world.session, &next, 0);
        pDeallocateNtmsMedia(world.session, &media, 0);
    }
    OF_WORLD(&world, DeallocateNtmsMedia, sides, "(with the last side what was reserved is Available again)",
             wait_for_side(world.session, &sides_of[0], NTMS_PARTSTATE_AVAILABLE) &&
                 wait_for_side(world.session, &sides_of[1], NTMS_PARTSTATE_AVAILABLE));
    if (world.there)
    {
        free_medium(world.session, L"B001");
        pDeleteNtmsMediaPool(world.session, &pool);
    }
    world_end(&world);
}

/* A VOL1 label of 80 characters. */
static char ansi_label[] = "VOL1CORK01                                                                     3";

static void labels(void)
{
    NTMS_FILESYSTEM_INFO info = {L"NTFS", L"A volume", 0x12345678};
    NTMS_OBJECTINFORMATIONW information;
    NTMS_GUID pool, medium, side, media = {0};
    struct world world;

    world_begin(&world);
    pool = make_pool(&world, L"CMLabel", &world.type_one, 0, 0, 0);
    medium = world.there ? free_medium(world.session, L"A005") : no_object;
    side = first_object(world.session, &medium, NTMS_PARTITION);
    if (world.there) pAllocateNtmsMedia(world.session, &pool, &side, &media, NOW, 0, NULL);
    ON_WORLD(&world, UpdateNtmsOmidInfo, ERROR_SUCCESS, "The function was successful.", &media,
             NTMS_OMID_TYPE_FILESYSTEM_INFO, sizeof(info), &info);
    information_of(world.session, &side, NTMS_PARTITION, &information);
    OF_WORLD(&world, UpdateNtmsOmidInfo, file_system, "RSM uses this file system info as the OMID.",
             !wcscmp(information.Info.Partition.szOmidLabelType, L"NTFS") &&
                 !wcscmp(information.Info.Partition.szOmidLabelInfo, L"A volume") &&
                 information.Info.Partition.dwOmidLabelIdLength);
    ON_WORLD(&world, UpdateNtmsOmidInfo, ERROR_SUCCESS, "The function was successful.", &media,
             NTMS_OMID_TYPE_RAW_LABEL, sizeof(ansi_label) - 1, ansi_label);
    information_of(world.session, &side, NTMS_PARTITION, &information);
    OF_WORLD(&world, UpdateNtmsOmidInfo, raw,
             "The label information is stored ... with the side associated with this "
             "LMID.",
             !wcscmp(information.Info.Partition.szOmidLabelType, L"ANSI") &&
                 information.Info.Partition.dwOmidLabelIdLength == 6 &&
                 !memcmp(information.Info.Partition.OmidLabelId, "CORK01", 6));
    ON_WORLD(&world, UpdateNtmsOmidInfo, ERROR_INVALID_PARAMETER,
             "One of the installed MLLs must recognize a valid label in this data.", &media, NTMS_OMID_TYPE_RAW_LABEL,
             8, "nonsense");
    ON_WORLD(&world, UpdateNtmsOmidInfo, ERROR_INVALID_MEDIA,
             "Unable to retrieve the logical media definition from the database.", &no_object,
             NTMS_OMID_TYPE_FILESYSTEM_INFO, sizeof(info), &info);
    ON_WORLD(&world, UpdateNtmsOmidInfo, ERROR_INVALID_PARAMETER, "(no such type of label)", &media, 7, sizeof(info),
             &info);
    if (world.there)
    {
        pDeallocateNtmsMedia(world.session, &media, 0);
        free_medium(world.session, L"A005");
        pDeleteNtmsMediaPool(world.session, &pool);
    }
    world_end(&world);
}

static const struct test_case cases[] = {{"allocating", allocating},   {"policies", policies},
                                         {"wearing out", wearing_out}, {"sides", sides},
                                         {"labels", labels},           {NULL, NULL}};
const struct group media_group = {"media", __FILE__, cases};

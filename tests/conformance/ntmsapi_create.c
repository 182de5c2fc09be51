/*
 * CreateNtmsMedia, DeleteNtmsMedia: media that are known and offline.
 */
#include "ntmsapi_test.h"

static struct world world;
static NTMS_GUID pool, two_pool;
static NTMS_OBJECTINFORMATIONW medium, sides[2];
static NTMS_OBJECTINFORMATIONA medium_a, side_a;

/* A medium of the pool with one side, as it should be. */
static void reset(const WCHAR *barcode)
{
    memset(&medium, 0, sizeof(medium));
    memset(sides, 0, sizeof(sides));
    medium.dwSize = sizeof(medium);
    medium.dwType = NTMS_PHYSICAL_MEDIA;
    medium.Enabled = TRUE;
    medium.Info.PhysicalMedia.MediaPool = pool;
    medium.Info.PhysicalMedia.dwNumberOfPartitions = 1;
    wcscpy(medium.Info.PhysicalMedia.szBarCode, barcode);
    for (int i = 0; i < 2; i++)
    {
        sides[i].dwSize = sizeof(sides[i]);
        sides[i].dwType = NTMS_PARTITION;
        sides[i].Enabled = TRUE;
        sides[i].Info.Partition.State = NTMS_PARTSTATE_AVAILABLE;
        sides[i].Info.Partition.dwOmidLabelIdLength = 4;
        memcpy(sides[i].Info.Partition.OmidLabelId, "ID-A", 4);
        sides[i].Info.Partition.OmidLabelId[3] = (BYTE)('A' + i);
        wcscpy(sides[i].Info.Partition.szOmidLabelType, L"Conformance");
        wcscpy(sides[i].Info.Partition.szOmidLabelInfo, L"label info");
        sides[i].Info.Partition.dwMountCount = 3;
    }
}

static DWORD create(DWORD options)
{
    return pCreateNtmsMediaW(world.session, &medium, sides, options);
}

#define CREATE(code, sentence, barcode, change, options)                                                               \
    CHECK_NAMED_IF(world.there, NO_LIBRARY, "CreateNtmsMediaW", #code, sentence,                                       \
                   (reset(barcode), change, RETURNS(code, create(options))))
#define PAGE_PARAMETER "A parameter is missing, or the object information size or object type is not valid."

static void begin(void)
{
    world_begin(&world);
    if (!world.there) return;
    pCreateNtmsMediaPoolW(world.session, L"CCOne", &world.type_one, NTMS_OPEN_ALWAYS, NULL, &pool);
    pCreateNtmsMediaPoolW(world.session, L"CCTwo", &world.type_two, NTMS_OPEN_ALWAYS, NULL, &two_pool);
}

static void created(void)
{
    NTMS_GUID offline, side, logical = {0};

    begin();
    offline = object_named(world.session, NULL, NTMS_LIBRARY, L"Off-line Media");
    CREATE(ERROR_SUCCESS, "The function executed successfully.", L"CC01  ", (void)0, 0);
    OF_WORLD(&world, CreateNtmsMediaW, medium,
             "[out] ... ObjectGuid, Created, szBarCode stripped of any ending spaces, BarCodeState, szSequenceNumber, "
             "MediaType of the pool, LocationType NTMS_STORAGESLOT, Location NULL_GUID",
             !wcscmp(medium.Info.PhysicalMedia.szBarCode, L"CC01") && !wcscmp(medium.szName, L"CC01") &&
                 medium.Info.PhysicalMedia.BarCodeState == NTMS_BARCODESTATE_OK &&
                 *medium.Info.PhysicalMedia.szSequenceNumber && medium.Created.wYear > 2000 &&
                 medium.dwOperationalState == NTMS_READY &&
                 same_object(&medium.Info.PhysicalMedia.MediaType, &world.type_one) &&
                 same_object(&medium.Info.PhysicalMedia.CurrentLibrary, &offline) &&
                 medium.Info.PhysicalMedia.LocationType == NTMS_STORAGESLOT &&
                 same_object(&medium.Info.PhysicalMedia.Location, &medium.Info.PhysicalMedia.HomeSlot) &&
                 medium.Info.PhysicalMedia.MediaState == NTMS_MEDIASTATE_IDLE);
    OF_WORLD(&world, CreateNtmsMediaW, side,
             "[out] ... PhysicalMedia, Side: its offset in the Partitions array; the others as they were given",
             same_object(&sides[0].Info.Partition.PhysicalMedia, &medium.ObjectGuid) && !sides[0].Info.Partition.Side &&
                 sides[0].Info.Partition.dwMountCount == 3 && !memcmp(sides[0].Info.Partition.OmidLabelId, "ID-A", 4) &&
                 (side = first_object(world.session, &medium.ObjectGuid, NTMS_PARTITION),
                  same_object(&side, &sides[0].ObjectGuid)));
    side = sides[0].ObjectGuid;
    ON_WORLD(&world, AllocateNtmsMedia, ERROR_MEDIA_OFFLINE, "The specified media is offline and cannot be allocated.",
             &pool, &side, &logical, NTMS_ALLOCATE_NEW | NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, 0, NULL);
    CREATE(ERROR_INVALID_MEDIA, "An entry already exists for a medium with this barcode.", L"CC01", (void)0, 0);
    CREATE(ERROR_DUPLICATE_OMID,
           "The option NTMS_ERROR_ON_DUPLICATE was provided and a medium already exists with this OMID.", L"CC02",
           (void)0, NTMS_ERROR_ON_DUPLICATE);
    CREATE(ERROR_SUCCESS, "Allows the creation of a duplicate medium with a duplicate OMID.", L"CC03", (void)0, 0);
    ON_WORLD(&world, DeleteNtmsMedia, ERROR_SUCCESS, "The function was successful.", &medium.ObjectGuid);
    ON_WORLD(&world, DeleteNtmsMedia, ERROR_INVALID_MEDIA, "The media identifier is not valid.", &medium.ObjectGuid);
    world_end(&world);
}

static void given(void)
{
    NTMS_GUID own = no_object, logical = no_object, found;

    begin();
    own.Data1 = 1;
    logical.Data1 = 2;
    OF_WORLD(&world, CreateNtmsMediaW, guids,
             "If a non-NULL value is provided, the value is used as the GUID (of the medium, the side, the logical "
             "medium)",
             (reset(L"CC04"), medium.ObjectGuid = own, sides[0].Info.Partition.State = NTMS_PARTSTATE_ALLOCATED,
              sides[0].Info.Partition.LogicalMedia = logical, RETURNS(ERROR_SUCCESS, create(0))) &&
                 same_object(&medium.ObjectGuid, &own) &&
                 (found = first_object(world.session, &sides[0].ObjectGuid, NTMS_LOGICAL_MEDIA),
                  same_object(&found, &logical)));
    ON_WORLD(&world, DeleteNtmsMedia, ERROR_INVALID_STATE,
             "Media ... must ... not have a side in the Allocated, Completed, or Reserved states.", &own);
    CREATE(ERROR_INVALID_PARAMETER, "If the GUID is not unique, CreateNtmsMedia returns an error.", L"CC05",
           (sides[0].Info.Partition.State = NTMS_PARTSTATE_ALLOCATED, sides[0].Info.Partition.LogicalMedia = logical),
           0);
    if (world.there)
    {
        pDeallocateNtmsMedia(world.session, &logical, 0);
        pDeleteNtmsMedia(world.session, &own);
    }
    OF_WORLD(&world, CreateNtmsMediaW, names,
             "The RSM default naming selection is: for single sided: Barcode, then Label Info value or Sequence Number",
             (reset(L""), RETURNS(ERROR_SUCCESS, create(0))) && !wcscmp(medium.szName, L"label info") &&
                 medium.Info.PhysicalMedia.BarCodeState == NTMS_BARCODESTATE_UNREADABLE &&
                 RETURNS(ERROR_SUCCESS, pDeleteNtmsMedia(world.session, &medium.ObjectGuid)) &&
                 (reset(L""), sides[0].Info.Partition.szOmidLabelInfo[0] = 0, RETURNS(ERROR_SUCCESS, create(0))) &&
                 !wcscmp(medium.szName, medium.Info.PhysicalMedia.szSequenceNumber) &&
                 RETURNS(ERROR_SUCCESS, pDeleteNtmsMedia(world.session, &medium.ObjectGuid)));
    OF_WORLD(&world, CreateNtmsMediaW, sides, "specifies array of sides associated with the medium",
             (reset(L"CC06"), medium.Info.PhysicalMedia.MediaPool = two_pool,
              medium.Info.PhysicalMedia.dwNumberOfPartitions = 2, RETURNS(ERROR_SUCCESS, create(0))) &&
                 sides[1].Info.Partition.Side == 1 && sides[1].Info.Partition.OmidLabelId[3] == 'B' &&
                 RETURNS(ERROR_SUCCESS, pDeleteNtmsMedia(world.session, &medium.ObjectGuid)));
    world_end(&world);
}

static void refused(void)
{
    NTMS_GUID system_pool, online;

    begin();
    system_pool = system_pool_of(world.session, L"Free", &world.type_one);
    online = object_named(world.session, NULL, NTMS_PHYSICAL_MEDIA, L"A001");
    CREATE(ERROR_INVALID_MEDIA_POOL,
           "Media pool specified either does not exist, or is not a valid Import or Application pool.", L"CC07",
           medium.Info.PhysicalMedia.MediaPool = no_object, 0);
    CREATE(ERROR_INVALID_MEDIA_POOL,
           "Media pool specified either does not exist, or is not a valid Import or Application pool.", L"CC07",
           medium.Info.PhysicalMedia.MediaPool = system_pool, 0);
    CREATE(ERROR_MEDIA_INCOMPATIBLE,
           "Number of specified sides does not match the number of sides associated with the media pool's media type.",
           L"CC07", medium.Info.PhysicalMedia.dwNumberOfPartitions = 2, 0);
    CREATE(ERROR_INVALID_PARAMETER, PAGE_PARAMETER, L"CC07", medium.dwSize -= 4, 0);
    CREATE(ERROR_INVALID_PARAMETER, PAGE_PARAMETER, L"CC07", medium.dwType = NTMS_DRIVE, 0);
    CREATE(ERROR_INVALID_PARAMETER, PAGE_PARAMETER, L"CC07", sides[0].dwSize -= 4, 0);
    CREATE(ERROR_INVALID_PARAMETER, PAGE_PARAMETER, L"CC07", sides[0].dwType = NTMS_PHYSICAL_MEDIA, 0);
    CREATE(ERROR_INVALID_PARAMETER, "dwOmidLabelIdLength: Must be a positive value.", L"CC07",
           sides[0].Info.Partition.dwOmidLabelIdLength = 0, 0);
    CREATE(ERROR_INVALID_PARAMETER, "szOmidLabelType: Must not be an empty string.", L"CC07",
           sides[0].Info.Partition.szOmidLabelType[0] = 0, 0);
    CREATE(ERROR_INVALID_PARAMETER, "State: Any valid side state.", L"CC07", sides[0].Info.Partition.State = 77, 0);
    CREATE(ERROR_INVALID_PARAMETER, "CurrentLibrary: Must be either the NULL_GUID, or the GUID of the Offline library.",
           L"CC07", medium.Info.PhysicalMedia.CurrentLibrary = world.one, 0);
    ON_WORLD(&world, DeleteNtmsMedia, ERROR_INVALID_STATE, "The media is not offline.", &online);
    world_end(&world);
}

/* The same in ANSI. */
static void ansi(void)
{
    NTMS_GUID made;

    begin();
    medium_a = (NTMS_OBJECTINFORMATIONA){.dwSize = sizeof(medium_a), .dwType = NTMS_PHYSICAL_MEDIA, .Enabled = TRUE};
    side_a = (NTMS_OBJECTINFORMATIONA){.dwSize = sizeof(side_a), .dwType = NTMS_PARTITION, .Enabled = TRUE};
    medium_a.Info.PhysicalMedia.MediaPool = pool;
    medium_a.Info.PhysicalMedia.dwNumberOfPartitions = 1;
    strcpy(medium_a.Info.PhysicalMedia.szBarCode, "CC08");
    side_a.Info.Partition.State = NTMS_PARTSTATE_IMPORT;
    side_a.Info.Partition.dwOmidLabelIdLength = 2;
    memcpy(side_a.Info.Partition.OmidLabelId, "XY", 2);
    strcpy(side_a.Info.Partition.szOmidLabelType, "Conformance");
    ON_WORLD(&world, CreateNtmsMediaA, ERROR_SUCCESS, "The function executed successfully.", &medium_a, &side_a, 0);
    OF_WORLD(&world, CreateNtmsMediaA, names, "The RSM default naming selection is: ... Barcode",
             !strcmp(medium_a.szName, "CC08"));
    made = medium_a.ObjectGuid;
    medium_a.ObjectGuid = side_a.ObjectGuid = (NTMS_GUID){0};
    ON_WORLD(&world, CreateNtmsMediaA, ERROR_INVALID_MEDIA, "An entry already exists for a medium with this barcode.",
             &medium_a, &side_a, 0);
    strcpy(medium_a.Info.PhysicalMedia.szBarCode, "CC09");
    ON_WORLD(&world, CreateNtmsMediaA, ERROR_DUPLICATE_OMID,
             "The option NTMS_ERROR_ON_DUPLICATE was provided and a medium already exists with this OMID.", &medium_a,
             &side_a, NTMS_ERROR_ON_DUPLICATE);
    medium_a.Info.PhysicalMedia.MediaPool = no_object;
    ON_WORLD(&world, CreateNtmsMediaA, ERROR_INVALID_MEDIA_POOL,
             "Media pool specified either does not exist, or is not a valid Import or Application pool.", &medium_a,
             &side_a, 0);
    medium_a.Info.PhysicalMedia.MediaPool = two_pool;
    ON_WORLD(
        &world, CreateNtmsMediaA, ERROR_MEDIA_INCOMPATIBLE,
        "Number of specified sides does not match the number of sides associated with the media pool's media type.",
        &medium_a, &side_a, 0);
    if (world.there)
    {
        NTMS_GUID cc01 = object_named(world.session, NULL, NTMS_PHYSICAL_MEDIA, L"CC01");

        pDeleteNtmsMedia(world.session, &made);
        pDeleteNtmsMedia(world.session, &cc01);
        pDeleteNtmsMediaPool(world.session, &pool);
        pDeleteNtmsMediaPool(world.session, &two_pool);
    }
    world_end(&world);
}

static const struct test_case cases[] = {
    {"created", created}, {"given", given}, {"refused", refused}, {"in ANSI", ansi}, {NULL, NULL}};
const struct group create_group = {"create", __FILE__, cases};

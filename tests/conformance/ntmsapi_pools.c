/*
 * Media pools: names, levels, media types; moving media between pools.
 */
#include "ntmsapi_test.h"

#define PAGE_NAME "The pool name syntax is not valid. (The name is too long.)"

static char long_name[NTMS_OBJECTNAME_LENGTH + 8];
static WCHAR long_wide[NTMS_OBJECTNAME_LENGTH + 8];

static void creating(void)
{
    NTMS_GUID pool = no_object, again = no_object, child = no_object;
    struct world world;

    world_begin(&world);
    memset(long_name, 'x', NTMS_OBJECTNAME_LENGTH);
    for (int i = 0; i < NTMS_OBJECTNAME_LENGTH; i++)
        long_wide[i] = L'x';
    ON_WORLD(&world, CreateNtmsMediaPoolW, ERROR_SUCCESS, "The function was successful.", L"CP1", &world.type_one,
             NTMS_CREATE_NEW, NULL, &pool);
    ON_WORLD(&world, CreateNtmsMediaPoolA, ERROR_SUCCESS, "The function was successful.", "CP1", NULL,
             NTMS_OPEN_EXISTING, NULL, &again);
    OF_WORLD(&world, CreateNtmsMediaPoolA, same, "Opens an existing media pool by name.", same_object(&pool, &again));
    ON_WORLD(&world, CreateNtmsMediaPoolW, ERROR_ALREADY_EXISTS,
             "Unable to create a new media pool because one already exists with this name.", L"cp1", &world.type_one,
             NTMS_CREATE_NEW, NULL, &again);
    OF_WORLD(&world, CreateNtmsMediaPoolW, NTMS_OPEN_ALWAYS,
             "Opens an existing media pool or creates the pool if it does not exist.",
             RETURNS(ERROR_SUCCESS,
                     pCreateNtmsMediaPoolW(world.session, L"CP1", &world.type_one, NTMS_OPEN_ALWAYS, NULL, &again)) &&
                 same_object(&pool, &again) &&
                 RETURNS(ERROR_SUCCESS,
                         pCreateNtmsMediaPoolW(world.session, L"CP2", NULL, NTMS_OPEN_ALWAYS, NULL, &again)) &&
                 !same_object(&pool, &again));
    ON_WORLD(&world, CreateNtmsMediaPoolA, ERROR_OBJECT_NOT_FOUND, "Unable to open existing media pool.", "Nobody's",
             NULL, NTMS_OPEN_EXISTING, NULL, &child);
    ON_WORLD(&world, CreateNtmsMediaPoolW, ERROR_OBJECT_NOT_FOUND,
             "Each pool level must be created individually (without the level above there is none)", L"Nobody's\\Pool",
             NULL, NTMS_CREATE_NEW, NULL, &child);
    ON_WORLD(&world, CreateNtmsMediaPoolA, ERROR_INVALID_MEDIA, "The selected media type is not valid.", "CP3",
             &no_object, NTMS_CREATE_NEW, NULL, &child);
    ON_WORLD(&world, CreateNtmsMediaPoolW, ERROR_INVALID_MEDIA, "The selected media type is not valid.", L"CP3",
             &world.one, NTMS_CREATE_NEW, NULL, &child);
    ON_WORLD(&world, CreateNtmsMediaPoolA, ERROR_INVALID_NAME, PAGE_NAME, long_name, NULL, NTMS_CREATE_NEW, NULL,
             &child);
    ON_WORLD(&world, CreateNtmsMediaPoolW, ERROR_INVALID_NAME, PAGE_NAME, long_wide, NULL, NTMS_CREATE_NEW, NULL,
             &child);
    ON_WORLD(&world, CreateNtmsMediaPoolW, ERROR_INVALID_NAME,
             "Free, Unrecognized, and Import media pools ... cannot be created with the CreateNtmsMediaPool function. "
             "(nor any in them)",
             L"Free\\Mine", &world.type_one, NTMS_CREATE_NEW, NULL, &child);
    ON_WORLD(&world, CreateNtmsMediaPoolW, ERROR_INVALID_NAME,
             "Only the end-point of the name contains media and policy. (a pool of media holds no pools)", L"CP1\\Pool",
             &world.type_one, NTMS_CREATE_NEW, NULL, &child);
    if (world.there)
    {
        pDeleteNtmsMediaPool(world.session, &pool);
        pDeleteNtmsMediaPool(world.session, &again);
    }
    world_end(&world);
}

static void levels(void)
{
    NTMS_GUID top = no_object, pool = no_object, list[8];
    NTMS_OBJECTINFORMATIONW information;
    DWORD size = 64, small = 3, count = COUNT_OF(list);
    struct world world;
    WCHAR name[64] = L"";
    char ansi[64] = "";

    world_begin(&world);
    if (world.there)
    {
        pCreateNtmsMediaPoolW(world.session, L"CPTop", NULL, NTMS_CREATE_NEW, NULL, &top);
        pCreateNtmsMediaPoolW(world.session, L"CPTop\\One", &world.type_one, NTMS_CREATE_NEW, NULL, &pool);
    }
    ON_WORLD(&world, GetNtmsMediaPoolNameW, ERROR_SUCCESS, "The function was successful.", &pool, name, &size);
    OF_WORLD(&world, GetNtmsMediaPoolNameW, hierarchy, "retrieves the specified media pool's full name hierarchy",
             !wcscmp(name, L"CPTop\\One") && RETURNS(10, size));
    size = 64;
    ON_WORLD(&world, GetNtmsMediaPoolNameA, ERROR_SUCCESS, "The function was successful.", &pool, ansi, &size);
    OF_WORLD(&world, GetNtmsMediaPoolNameA, hierarchy, "retrieves the specified media pool's full name hierarchy",
             !strcmp(ansi, "CPTop\\One") && RETURNS(10, size));
    ON_WORLD(&world, GetNtmsMediaPoolNameA, ERROR_INSUFFICIENT_BUFFER, "The correct size is returned in lpdwBufSize.",
             &pool, ansi, &small);
    OF_WORLD(&world, GetNtmsMediaPoolNameA, needed, "The correct size is returned in lpdwBufSize.", RETURNS(10, small));
    ON_WORLD(&world, GetNtmsMediaPoolNameA, ERROR_INVALID_MEDIA_POOL, "The media pool ID is missing or is not valid.",
             &no_object, ansi, &size);
    ON_WORLD(&world, GetNtmsMediaPoolNameW, ERROR_INVALID_MEDIA_POOL, "The media pool ID is missing or is not valid.",
             &world.one, name, &size);
    ON_WORLD(&world, EnumerateNtmsObject, ERROR_SUCCESS, "lpContainerId ... must be NULL or a media pool GUID.", &top,
             list, &count, NTMS_MEDIA_POOL, 0);
    OF_WORLD(&world, EnumerateNtmsObject, pools, "If NULL is specified ..., only the top-level names are returned.",
             count == 1 && same_object(&list[0], &pool) &&
                 (count = COUNT_OF(list),
                  !pEnumerateNtmsObject(world.session, NULL, list, &count, NTMS_MEDIA_POOL, NTMS_ENUM_DEFAULT)) &&
                 count == 4);
    information_of(world.session, &pool, NTMS_MEDIA_POOL, &information);
    OF_WORLD(&world, GetNtmsObjectInformationW, pool, "(a pool's information: its kind, media type and parent)",
             information.Info.MediaPool.PoolType == NTMS_POOLTYPE_APPLICATION &&
                 same_object(&information.Info.MediaPool.MediaType, &world.type_one) &&
                 same_object(&information.Info.MediaPool.Parent, &top));
    ON_WORLD(&world, DeleteNtmsMediaPool, ERROR_NOT_EMPTY, "The media pool must be empty to be deleted.", &top);
    ON_WORLD(&world, DeleteNtmsMediaPool, ERROR_SUCCESS, "The function was successful.", &pool);
    if (world.there) pDeleteNtmsMediaPool(world.session, &top);
    ON_WORLD(&world, DeleteNtmsMediaPool, ERROR_INVALID_MEDIA_POOL, "Unable to open existing media pool", &top);
    pool = system_pool_of(world.session, L"Free", &world.type_one);
    ON_WORLD(&world, DeleteNtmsMediaPool, ERROR_INVALID_MEDIA_POOL,
             "... or attempting to delete free, import, or unrecognized media pools.", &pool);
    world_end(&world);
}

static void moving(void)
{
    NTMS_GUID pool = no_object, other = no_object, import, unrecognized, free_pool, medium, raw, media = {0};
    struct world world;

    world_begin(&world);
    if (world.there)
    {
        pCreateNtmsMediaPoolW(world.session, L"CPMove", &world.type_one, NTMS_CREATE_NEW, NULL, &pool);
        pCreateNtmsMediaPoolW(world.session, L"CPOther", &world.type_two, NTMS_CREATE_NEW, NULL, &other);
        medium = free_medium(world.session, L"A001");
        raw = object_named(world.session, NULL, NTMS_PHYSICAL_MEDIA, L"A006");
        import = system_pool_of(world.session, L"Import", &world.type_one);
        free_pool = system_pool_of(world.session, L"Free", &world.type_one);
        unrecognized = system_pool_of(world.session, L"Unrecognized", &world.type_one);
    }
    ON_WORLD(&world, MoveToNtmsMediaPool, ERROR_SUCCESS, "The function was successful.", &medium, &pool);
    ON_WORLD(&world, MoveToNtmsMediaPool, ERROR_INVALID_MEDIA, "The source media ... is not valid.", &no_object, &pool);
    ON_WORLD(&world, MoveToNtmsMediaPool, ERROR_INVALID_MEDIA_POOL,
             "The destination media pool is not valid; the media pool is nonexistent", &medium, &no_object);
    ON_WORLD(&world, MoveToNtmsMediaPool, ERROR_INVALID_MEDIA_POOL,
             "... the media in the unrecognized or import pool may only be moved to the free pool.", &raw, &pool);
    ON_WORLD(&world, MoveToNtmsMediaPool, ERROR_MEDIA_INCOMPATIBLE,
             "The media type of the source differs from the media type of the destination media pool.", &medium,
             &other);
    ON_WORLD(
        &world, MoveToNtmsMediaPool, ERROR_INVALID_MEDIA_POOL,
        "A medium may be moved to an Import pool only if all the partitions of the medium are in the Import state.",
        &medium, &import);
    ON_WORLD(&world, MoveToNtmsMediaPool, ERROR_INVALID_MEDIA_POOL,
             "The destination media pool is not valid (media do not become unrecognized by being moved)", &medium,
             &unrecognized);
    if (world.there)
        pAllocateNtmsMedia(world.session, &pool, NULL, &media, NTMS_ALLOCATE_NEW | NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE,
                           0, NULL);
    ON_WORLD(&world, MoveToNtmsMediaPool, ERROR_BUSY, "At least one side of the media is in use", &medium, &free_pool);
    OF_WORLD(&world, MoveToNtmsMediaPool, allocated,
             "A medium having a partition in the Completed, Allocated, or Reserved state may not be moved to the Free "
             "media pool.",
             RETURNS(ERROR_SUCCESS, pSetNtmsMediaComplete(world.session, &media)) &&
                 RETURNS(ERROR_BUSY, pMoveToNtmsMediaPool(world.session, &medium, &free_pool)) &&
                 RETURNS(ERROR_SUCCESS, pDeallocateNtmsMedia(world.session, &media, 0)) &&
                 RETURNS(ERROR_SUCCESS, pMoveToNtmsMediaPool(world.session, &medium, &free_pool)));
    if (world.there)
    {
        pDeleteNtmsMediaPool(world.session, &pool);
        pDeleteNtmsMediaPool(world.session, &other);
    }
    world_end(&world);
}

/* What of a pool can be changed. */
static void settings(void)
{
    NTMS_OBJECTINFORMATIONW information;
    NTMS_GUID pool = no_object, other = no_object;
    struct world world;

    world_begin(&world);
    if (world.there)
    {
        pCreateNtmsMediaPoolW(world.session, L"CPSet", &world.type_one, NTMS_CREATE_NEW, NULL, &pool);
        pCreateNtmsMediaPoolW(world.session, L"CPSet2", &world.type_one, NTMS_CREATE_NEW, NULL, &other);
    }
    information_of(world.session, &pool, NTMS_MEDIA_POOL, &information);
    information.Info.MediaPool.AllocationPolicy = NTMS_ALLOCATE_FROMSCRATCH;
    information.Info.MediaPool.DeallocationPolicy = NTMS_DEALLOCATE_TOSCRATCH;
    information.Info.MediaPool.dwMaxAllocates = 7;
    information.Info.MediaPool.MediaType = world.type_two;
    wcscpy(information.szName, L"CPSetRenamed");
    wcscpy(information.szDescription, L"a description");
    information.Info.MediaPool.dwNumberOfPhysicalMedia = 99;
    OF_WORLD(&world, SetNtmsObjectInformationW, pool,
             "NTMS_MEDIA_POOL: AllocationPolicy, DeallocationPolicy, dwMaxAllocates, MediaType, szDescription, szName",
             RETURNS(ERROR_SUCCESS, pSetNtmsObjectInformationW(world.session, &pool, &information)) &&
                 (information_of(world.session, &pool, NTMS_MEDIA_POOL, &information),
                  information.Info.MediaPool.AllocationPolicy == NTMS_ALLOCATE_FROMSCRATCH) &&
                 information.Info.MediaPool.DeallocationPolicy == NTMS_DEALLOCATE_TOSCRATCH &&
                 information.Info.MediaPool.dwMaxAllocates == 7 &&
                 same_object(&information.Info.MediaPool.MediaType, &world.type_two) &&
                 !wcscmp(information.szName, L"CPSetRenamed") && !wcscmp(information.szDescription, L"a description") &&
                 !information.Info.MediaPool.dwNumberOfPhysicalMedia);
    wcscpy(information.szName, L"CPSet2");
    OF_WORLD(&world, SetNtmsObjectInformationW, pool_name, "Media pool names must be unique (CreateNtmsMediaPool)",
             RETURNS(ERROR_INVALID_PARAMETER, pSetNtmsObjectInformationW(world.session, &pool, &information)));
    if (world.there)
    {
        pDeleteNtmsMediaPool(world.session, &pool);
        pDeleteNtmsMediaPool(world.session, &other);
    }
    world_end(&world);
}

static const struct test_case cases[] = {
    {"creating", creating}, {"levels", levels}, {"moving", moving}, {"settings", settings}, {NULL, NULL}};
const struct group pools_group = {"pools", __FILE__, cases};

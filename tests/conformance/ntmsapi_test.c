/*
 * What the ntmsapi tests share. See ntmsapi_test.h.
 */
#include "ntmsapi_test.h"

#include "api_loader.h"

#define DEFINE_FUNCTION(name, count) __typeof__(name) *p##name;
NTMSAPI_FUNCTIONS(DEFINE_FUNCTION)

#define LIST_FUNCTION(name, count) {#name, count, (void **)&p##name, 0},
static struct api_entry functions[] = {NTMSAPI_FUNCTIONS(LIST_FUNCTION){NULL, 0, NULL, 0}};

NTMS_GUID no_object = {0x6ba7b810, 0x9dad, 0x11d1, {0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}};

void load_api(int report)
{
    load_functions("ntmsapi.dll", functions, report);
}

int function_is_there(const char *name)
{
    return entry_is_there(functions, name);
}

void before_case(void)
{
}

int returned(DWORD result, DWORD code)
{
    note("returned %lu, expected %lu", result, code);
    return result == code;
}

int failed_with(HANDLE result, DWORD code)
{
    DWORD error = GetLastError();

    note("returned %p, the last error is %lu, expected %lu", result, error, code);
    return result == INVALID_HANDLE_VALUE && error == code;
}

HANDLE open_session(void)
{
    return function_is_there("OpenNtmsSessionW") ? pOpenNtmsSessionW(NULL, L"ntmsapi_conformance", 0)
                                                 : INVALID_HANDLE_VALUE;
}

/* ---- Worlds ---- */

int same_object(const NTMS_GUID *a, const NTMS_GUID *b)
{
    return !memcmp(a, b, sizeof(*a));
}

static int is_nothing(const NTMS_GUID *id)
{
    static const NTMS_GUID nothing;

    return same_object(id, &nothing);
}

/* All objects of a type, to be freed. */
static NTMS_GUID *list_objects(HANDLE session, NTMS_GUID *container, DWORD type, DWORD *count)
{
    DWORD room = 256, error;
    NTMS_GUID *list;

    do
    {
        list = calloc(room, sizeof(*list));
        *count = room;
        error = list ? pEnumerateNtmsObject(session, container, list, count, type, 0) : ERROR_NOT_ENOUGH_MEMORY;
        room = *count + 64;
        if (error) free(list);
    }
    while (error == ERROR_INSUFFICIENT_BUFFER);
    if (error) *count = 0;
    return error ? NULL : list;
}

void information_of(HANDLE session, NTMS_GUID *id, DWORD type, NTMS_OBJECTINFORMATIONW *information)
{
    memset(information, 0, sizeof(*information));
    information->dwSize = sizeof(*information);
    information->dwType = type;
    if (pGetNtmsObjectInformationW(session, id, information)) memset(information, 0, sizeof(*information));
}

NTMS_GUID object_named(HANDLE session, NTMS_GUID *container, DWORD type, const WCHAR *name)
{
    NTMS_OBJECTINFORMATIONW information;
    NTMS_GUID found = {0};
    DWORD count;
    NTMS_GUID *list = list_objects(session, container, type, &count);

    for (DWORD i = 0; i < count; i++)
    {
        information_of(session, &list[i], type, &information);
        if (!wcscmp(information.szName, name)) found = list[i];
    }
    free(list);
    return found;
}

NTMS_GUID first_object(HANDLE session, NTMS_GUID *container, DWORD type)
{
    NTMS_GUID found = {0};
    DWORD count;
    NTMS_GUID *list = list_objects(session, container, type, &count);

    if (count) found = list[0];
    free(list);
    return found;
}

DWORD count_objects(HANDLE session, NTMS_GUID *container, DWORD type)
{
    DWORD count;

    free(list_objects(session, container, type, &count));
    return count;
}

NTMS_GUID system_pool_of(HANDLE session, const WCHAR *top, const NTMS_GUID *type)
{
    NTMS_GUID parent = object_named(session, NULL, NTMS_MEDIA_POOL, top), found = {0};
    NTMS_OBJECTINFORMATIONW information;
    DWORD count;
    NTMS_GUID *list = list_objects(session, &parent, NTMS_MEDIA_POOL, &count);

    for (DWORD i = 0; i < count; i++)
    {
        information_of(session, &list[i], NTMS_MEDIA_POOL, &information);
        if (same_object(&information.Info.MediaPool.MediaType, type)) found = list[i];
    }
    free(list);
    return found;
}

void world_begin(struct world *world)
{
    memset(world, 0, sizeof(*world));
    world->session = open_session();
    if (world->session == INVALID_HANDLE_VALUE || !getenv("CORK_TEST_MEDIA")) return;
    world->one = object_named(world->session, NULL, NTMS_LIBRARY, L"Conformance One");
    world->two = object_named(world->session, NULL, NTMS_LIBRARY, L"Conformance Two");
    world->there = !is_nothing(&world->one) && !is_nothing(&world->two);
    if (!world->there) return;
    world->type_one = first_object(world->session, &world->one, NTMS_MEDIA_TYPE);
    world->type_two = first_object(world->session, &world->two, NTMS_MEDIA_TYPE);
    world->computer = first_object(world->session, NULL, NTMS_COMPUTER);
}

void world_end(struct world *world)
{
    if (world->session != INVALID_HANDLE_VALUE) pCloseNtmsSession(world->session);
}

DWORD side_state(HANDLE session, NTMS_GUID *side)
{
    NTMS_OBJECTINFORMATIONW information;

    information_of(session, side, NTMS_PARTITION, &information);
    return information.Info.Partition.State;
}

/* How long a library may take, in looks ten milliseconds apart. */
#define PATIENCE 6000

int wait_for_side(HANDLE session, NTMS_GUID *side, DWORD state)
{
    DWORD is = side_state(session, side);

    for (int i = 0; i < PATIENCE && is != state; i++, is = side_state(session, side))
        Sleep(10);
    note("the side is in state %lu, not %lu", is, state);
    return is == state;
}

int wait_for_idle(HANDLE session, NTMS_GUID *medium)
{
    NTMS_OBJECTINFORMATIONW information;

    for (int i = 0; i < PATIENCE; i++)
    {
        information_of(session, medium, NTMS_PHYSICAL_MEDIA, &information);
        if (information.Info.PhysicalMedia.MediaState == NTMS_MEDIASTATE_IDLE &&
            information.Info.PhysicalMedia.LocationType == NTMS_STORAGESLOT)
            return 1;
        Sleep(10);
    }
    note("the medium is in state %lu, its place is of type %lu", information.Info.PhysicalMedia.MediaState,
         information.Info.PhysicalMedia.LocationType);
    return 0;
}

/* Media that are in use are not moved between pools. */
static int is_in_use(HANDLE session, NTMS_GUID *medium)
{
    NTMS_OBJECTINFORMATIONW information;

    information_of(session, medium, NTMS_PHYSICAL_MEDIA, &information);
    return information.Info.PhysicalMedia.MediaState != NTMS_MEDIASTATE_IDLE &&
           information.Info.PhysicalMedia.MediaState != NTMS_MEDIASTATE_UNLOADED;
}

NTMS_GUID free_medium(HANDLE session, const WCHAR *barcode)
{
    NTMS_GUID medium = object_named(session, NULL, NTMS_PHYSICAL_MEDIA, barcode), pool, side;
    NTMS_OBJECTINFORMATIONW information;

    /* A service that has just started takes its inventory first. */
    for (int i = 0; i < PATIENCE && is_nothing(&medium); i++)
    {
        Sleep(10);
        medium = object_named(session, NULL, NTMS_PHYSICAL_MEDIA, barcode);
    }
    side = first_object(session, &medium, NTMS_PARTITION);
    for (int i = 0; i < PATIENCE && side_state(session, &side) == NTMS_PARTSTATE_UNKNOWN; i++)
        Sleep(10);
    information_of(session, &medium, NTMS_PHYSICAL_MEDIA, &information);
    pool = system_pool_of(session, L"Free", &information.Info.PhysicalMedia.MediaType);
    for (int i = 0; i < PATIENCE && pMoveToNtmsMediaPool(session, &medium, &pool) == ERROR_BUSY; i++)
        Sleep(10);
    wait_for_side(session, &side, NTMS_PARTSTATE_AVAILABLE);
    /* Its label is written; it is in use until the drive lets it go. */
    for (int i = 0; i < PATIENCE && is_in_use(session, &medium); i++)
        Sleep(10);
    return medium;
}

void forget_requests(struct world *world)
{
    DWORD count = 0;
    NTMS_GUID *list = world->there ? list_objects(world->session, NULL, NTMS_OPREQUEST, &count) : NULL;

    for (DWORD i = 0; i < count; i++)
    {
        pCancelNtmsOperatorRequest(world->session, &list[i]);
        pDeleteNtmsRequests(world->session, &list[i], NTMS_OPREQUEST, 1);
    }
    free(list);
}

/* A process that ends, or is ended, with a session open: what `how` says first. */
void end_without_closing(const char *how)
{
    HANDLE session;

    load_api(0);
    session = open_session();
    if (!strncmp(how, "close:", 6)) ExitProcess(pCloseNtmsSession((HANDLE)(ULONG_PTR)strtoull(how + 6, NULL, 16)));
    if (!strcmp(how, "unload")) FreeLibrary(GetModuleHandleA("ntmsapi.dll"));
    if (!strcmp(how, "allocate"))
    {
        NTMS_GUID pool = object_named(session, NULL, NTMS_MEDIA_POOL, L"CKilled"), media;

        pAllocateNtmsMedia(session, &pool, NULL, &media, NTMS_ALLOCATE_NEW, INFINITE, NULL);
    }
    ExitProcess(42);
}

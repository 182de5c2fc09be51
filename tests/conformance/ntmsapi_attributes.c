/*
 * What objects carry besides: attributes, and where messages about them are shown.
 */
#include "ntmsapi_test.h"

static char data[NTMS_MAXATTR_LENGTH];

static void attributes(void)
{
    DWORD size = sizeof(data), small = 3;
    NTMS_GUID drive;
    struct world world;

    world_begin(&world);
    drive = first_object(world.session, &world.one, NTMS_DRIVE);
    memset(data, 'd', sizeof(data));
    ON_WORLD(&world, SetNtmsObjectAttributeA, ERROR_SUCCESS, "The function was successful.", &drive, NTMS_DRIVE,
             "conformance", data, sizeof(data) - 1);
    ON_WORLD(&world, GetNtmsObjectAttributeW, ERROR_SUCCESS, "The function was successful.", &drive, NTMS_DRIVE,
             L"conformance", data, &size);
    OF_WORLD(&world, GetNtmsObjectAttributeW, size, "On output, the actual size of the data, in bytes.",
             size == sizeof(data) - 1 && data[size - 1] == 'd');
    ON_WORLD(&world, GetNtmsObjectAttributeA, ERROR_INSUFFICIENT_BUFFER,
             "The correct size is returned in the lpAttributeSize parameter.", &drive, NTMS_DRIVE, "conformance", data,
             &small);
    OF_WORLD(&world, GetNtmsObjectAttributeA, needed, "The correct size is returned in the lpAttributeSize parameter.",
             small == sizeof(data) - 1);
    ON_WORLD(&world, GetNtmsObjectAttributeW, ERROR_OBJECT_NOT_FOUND, "The specified attribute was not found.", &drive,
             NTMS_DRIVE, L"another", data, &size);
    ON_WORLD(&world, SetNtmsObjectAttributeA, ERROR_OBJECT_NOT_FOUND, "The GUID is not valid.", &no_object, NTMS_DRIVE,
             "conformance", data, 1);
    ON_WORLD(&world, SetNtmsObjectAttributeW, ERROR_OBJECT_NOT_FOUND, "The GUID is not valid. (of another type)",
             &drive, NTMS_LIBRARY, L"conformance", data, 1);
    OF_WORLD(
        &world, SetNtmsObjectAttributeW, deleting,
        "To delete an attribute, perform a set of the attribute with a length of zero.",
        RETURNS(ERROR_SUCCESS, pSetNtmsObjectAttributeW(world.session, &drive, NTMS_DRIVE, L"conformance", NULL, 0)) &&
            (size = sizeof(data),
             RETURNS(ERROR_OBJECT_NOT_FOUND,
                     pGetNtmsObjectAttributeA(world.session, &drive, NTMS_DRIVE, "conformance", data, &size))));
    world_end(&world);
}

/* Every type of object has its information, in the size of the whole structure and of its own. */
static void every_type(void)
{
    static const DWORD types[] = {NTMS_CHANGER,    NTMS_CHANGER_TYPE, NTMS_COMPUTER,       NTMS_DRIVE,
                                  NTMS_DRIVE_TYPE, NTMS_IEPORT,       NTMS_LIBRARY,        NTMS_MEDIA_POOL,
                                  NTMS_MEDIA_TYPE, NTMS_PARTITION,    NTMS_PHYSICAL_MEDIA, NTMS_STORAGESLOT};
    NTMS_OBJECTINFORMATIONW wide;
    NTMS_OBJECTINFORMATIONA ansi;
    struct world world;
    int good = 1;

    world_begin(&world);
    for (size_t i = 0; world.there && i < COUNT_OF(types) && good; i++)
    {
        NTMS_GUID id = first_object(world.session, NULL, types[i]);

        memset(&ansi, 0, sizeof(ansi));
        ansi.dwSize = sizeof(ansi);
        information_of(world.session, &id, types[i], &wide);
        good = wide.dwType == types[i] &&
               RETURNS(ERROR_SUCCESS, pGetNtmsObjectInformationA(world.session, &id, &ansi)) &&
               ansi.dwType == types[i] && same_object(&ansi.ObjectGuid, &wide.ObjectGuid) &&
               (ansi.dwType = types[i] == NTMS_DRIVE ? NTMS_LIBRARY : NTMS_DRIVE,
                RETURNS(ERROR_INVALID_PARAMETER, pGetNtmsObjectInformationA(world.session, &id, &ansi)));
        if (good) good = RETURNS(ERROR_SUCCESS, pSetNtmsObjectInformationW(world.session, &id, &wide));
    }
    OF_WORLD(&world, GetNtmsObjectInformationA, types,
             "returns an object's information structure (of each type; of another type than the object's: the object "
             "type is not valid)",
             good);
    OF_WORLD(&world, SetNtmsObjectInformationW, types, "the list of objects that have members that can be updated",
             good);
    ON_WORLD(&world, SetNtmsObjectInformationW, ERROR_OBJECT_NOT_FOUND, "The object ID is not valid.", &no_object,
             &wide);
    memset(&ansi, 0, sizeof(ansi));
    ansi.dwSize = sizeof(ansi);
    ansi.dwType = NTMS_DRIVE;
    ON_WORLD(&world, SetNtmsObjectInformationA, ERROR_OBJECT_NOT_FOUND, "The object ID is not valid.", &no_object,
             &ansi);
    ON_WORLD(&world, GetNtmsObjectInformationA, ERROR_OBJECT_NOT_FOUND, "The object ID is not valid.", &no_object,
             &ansi);
    world_end(&world);
}

/* ---- Destinations ---- */

#define LIST_OF(id) (size = COUNT_OF(text), pGetNtmsUIOptionsW(world.session, id, NTMS_UITYPE_REQ, text, &size))

static void destinations_of(struct world *of, NTMS_GUID *id, int *good)
{
    struct world world = *of;
    DWORD size, small = 2;
    WCHAR text[64];

    *good =
        RETURNS(ERROR_SUCCESS, LIST_OF(id)) && RETURNS(0, size) &&
        RETURNS(ERROR_SUCCESS,
                pSetNtmsUIOptionsW(world.session, id, NTMS_UITYPE_REQ, NTMS_UIDEST_ADD, L"one.invalid")) &&
        RETURNS(ERROR_ALREADY_EXISTS,
                pSetNtmsUIOptionsA(world.session, id, NTMS_UITYPE_REQ, NTMS_UIDEST_ADD, "one.invalid")) &&
        RETURNS(ERROR_SUCCESS, pSetNtmsUIOptionsA(world.session, id, NTMS_UITYPE_REQ, NTMS_UIDEST_ADD, "two")) &&
        RETURNS(ERROR_SUCCESS, LIST_OF(id)) && RETURNS(17, size) && !wcscmp(text, L"one.invalid") &&
        !wcscmp(text + 12, L"two") && !text[16] &&
        RETURNS(ERROR_INSUFFICIENT_BUFFER, pGetNtmsUIOptionsW(world.session, id, NTMS_UITYPE_REQ, text, &small)) &&
        RETURNS(17, small) &&
        RETURNS(ERROR_SUCCESS,
                pSetNtmsUIOptionsW(world.session, id, NTMS_UITYPE_REQ, NTMS_UIDEST_DELETE, L"one.invalid")) &&
        RETURNS(ERROR_SUCCESS, LIST_OF(id)) && RETURNS(5, size) &&
        RETURNS(ERROR_SUCCESS, pSetNtmsUIOptionsW(world.session, id, NTMS_UITYPE_REQ, NTMS_UIDEST_DELETEALL, NULL)) &&
        RETURNS(ERROR_SUCCESS, LIST_OF(id)) && RETURNS(0, size);
}

static void destinations(void)
{
    WCHAR name[MAX_COMPUTERNAME_LENGTH + 1] = L"", text[64];
    DWORD size = COUNT_OF(name), small = 1;
    int library = 0, computer = 0, session = 0;
    char ansi[64];
    HANDLE other;
    NTMS_GUID drive;
    struct world world;

    world_begin(&world);
    other = open_session();
    GetComputerNameW(name, &size);
    drive = first_object(world.session, &world.one, NTMS_DRIVE);
    if (world.there)
    {
        destinations_of(&world, &world.one, &library);
        destinations_of(&world, &world.computer, &computer);
        destinations_of(&world, NULL, &session);
    }
    OF_WORLD(&world, SetNtmsUIOptionsW, library, "(a library's list: added to, taken from, cleared, in full)", library);
    OF_WORLD(&world, SetNtmsUIOptionsW, computer, "(the computer's)", computer);
    OF_WORLD(&world, SetNtmsUIOptionsW, session, "To specify an application, pass in a NULL pointer.", session);
    OF_WORLD(
        &world, SetNtmsUIOptionsW, other_session, "the value set applies only to the hSession session",
        RETURNS(ERROR_SUCCESS, pSetNtmsUIOptionsW(world.session, NULL, NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, L"mine")) &&
            (size = COUNT_OF(text),
             RETURNS(ERROR_SUCCESS, pGetNtmsUIOptionsW(other, NULL, NTMS_UITYPE_INFO, text, &size))) &&
            RETURNS(0, size));
    ON_WORLD(&world, SetNtmsUIOptionsW, ERROR_SUCCESS, "The function was successful.", &world.one, NTMS_UITYPE_ERR,
             NTMS_UIDEST_ADD, L"");
    ON_WORLD(&world, SetNtmsUIOptionsA, ERROR_ALREADY_EXISTS, "The given destination already exists in the list.",
             &world.one, NTMS_UITYPE_ERR, NTMS_UIDEST_ADD, "");
    ON_WORLD(&world, SetNtmsUIOptionsW, ERROR_ALREADY_EXISTS, "The given destination already exists in the list.",
             &world.one, NTMS_UITYPE_ERR, NTMS_UIDEST_ADD, name);
    size = COUNT_OF(text);
    ON_WORLD(&world, GetNtmsUIOptionsW, ERROR_SUCCESS, "The function was successful.", &world.one, NTMS_UITYPE_ERR,
             text, &size);
    OF_WORLD(&world, SetNtmsUIOptionsW, own_name, "A pointer to an empty string is taken to mean the local machine.",
             !wcscmp(text, name));
    size = COUNT_OF(ansi);
    ON_WORLD(&world, GetNtmsUIOptionsA, ERROR_SUCCESS, "The function was successful.", &world.one, NTMS_UITYPE_ERR,
             ansi, &size);
    ON_WORLD(&world, GetNtmsUIOptionsA, ERROR_INSUFFICIENT_BUFFER, "The function returns the actual size in lpdwSize.",
             &world.one, NTMS_UITYPE_ERR, ansi, &small);
    small = 1;
    ON_WORLD(&world, GetNtmsUIOptionsW, ERROR_INSUFFICIENT_BUFFER, "The function returns the actual size in lpdwSize.",
             &world.one, NTMS_UITYPE_ERR, text, &small);
    ON_WORLD(&world, SetNtmsUIOptionsA, ERROR_SUCCESS, "The function was successful.", &world.one, NTMS_UITYPE_ERR,
             NTMS_UIDEST_DELETEALL, NULL);
    ON_WORLD(&world, GetNtmsUIOptionsA, ERROR_OBJECT_NOT_FOUND,
             "The GUID specified by lpObjectId is not the GUID of any computer or library object in the database.",
             &no_object, NTMS_UITYPE_ERR, ansi, &size);
    ON_WORLD(&world, GetNtmsUIOptionsW, ERROR_OBJECT_NOT_FOUND,
             "The GUID specified by lpObjectId is not the GUID of any computer or library object in the database.",
             &no_object, NTMS_UITYPE_ERR, text, &size);
    ON_WORLD(&world, SetNtmsUIOptionsA, ERROR_OBJECT_NOT_FOUND,
             "The GUID specified by lpObjectId is not the GUID of any computer or library object in the database.",
             &no_object, NTMS_UITYPE_ERR, NTMS_UIDEST_ADD, "a");
    ON_WORLD(&world, SetNtmsUIOptionsW, ERROR_OBJECT_NOT_FOUND,
             "The GUID specified by lpObjectId is not the GUID of any computer or library object in the database.",
             &no_object, NTMS_UITYPE_ERR, NTMS_UIDEST_ADD, L"a");
    ON_WORLD(&world, SetNtmsUIOptionsW, ERROR_INVALID_PARAMETER, "lpObjectId is not a valid container", &drive,
             NTMS_UITYPE_ERR, NTMS_UIDEST_ADD, L"a");
    ON_WORLD(&world, GetNtmsUIOptionsW, ERROR_INVALID_PARAMETER, "lpObjectId is not a valid container", &drive,
             NTMS_UITYPE_ERR, text, &size);
    if (other != INVALID_HANDLE_VALUE) pCloseNtmsSession(other);
    world_end(&world);
}

/* ---- Containers ---- */

static void containers(void)
{
    NTMS_GUID list[64], medium, drive, pool;
    DWORD count;
    struct world world;

    world_begin(&world);
    medium = object_named(world.session, NULL, NTMS_PHYSICAL_MEDIA, L"B001");
    pool = system_pool_of(world.session, L"Import", &world.type_two);
    drive = first_object(world.session, &world.one, NTMS_DRIVE);
    OF_WORLD(&world, EnumerateNtmsObject, elements, "lpContainerId ... must be NULL or a library GUID.",
             count_objects(world.session, &world.one, NTMS_DRIVE) == 2 &&
                 count_objects(world.session, &world.two, NTMS_DRIVE) == 1 &&
                 count_objects(world.session, &world.one, NTMS_STORAGESLOT) == 12 &&
                 count_objects(world.session, &world.one, NTMS_IEPORT) == 1 &&
                 count_objects(world.session, &world.one, NTMS_CHANGER) == 1);
    OF_WORLD(&world, EnumerateNtmsObject, partitions,
             "lpContainerId ... must be NULL, a logical media GUID, a physical media GUID, or a media pool GUID.",
             count_objects(world.session, &medium, NTMS_PARTITION) == 2);
    count = COUNT_OF(list);
    ON_WORLD(&world, EnumerateNtmsObject, ERROR_SUCCESS,
             "If lpContainerId contains no objects of the type specified by dwType, the function returns ERROR_SUCCESS "
             "and a lpdwListSize of zero.",
             &pool, list, &count, NTMS_LOGICAL_MEDIA, 0);
    OF_WORLD(&world, EnumerateNtmsObject, none, "... and a lpdwListSize of zero.", RETURNS(0, count));
    count = COUNT_OF(list);
    ON_WORLD(&world, EnumerateNtmsObject, ERROR_INVALID_PARAMETER,
             "lpContainerId is not a valid container for the object type specified by dwType.", &drive, list, &count,
             NTMS_STORAGESLOT, 0);
    ON_WORLD(&world, EnumerateNtmsObject, ERROR_INVALID_PARAMETER,
             "Libraries: The lpContainerId parameter must be NULL.", &world.one, list, &count, NTMS_LIBRARY, 0);
    ON_WORLD(&world, EnumerateNtmsObject, ERROR_INVALID_PARAMETER, "dwType must be NTMS_MEDIA_POOL", NULL, list, &count,
             NTMS_DRIVE, NTMS_ENUM_ROOTPOOL);
    count = COUNT_OF(list);
    OF_WORLD(&world, EnumerateNtmsObject, NTMS_ENUM_ROOTPOOL, "it is always returned as the first GUID in the list",
             RETURNS(ERROR_SUCCESS,
                     pEnumerateNtmsObject(world.session, NULL, list, &count, NTMS_MEDIA_POOL, NTMS_ENUM_ROOTPOOL)) &&
                 count == count_objects(world.session, NULL, NTMS_MEDIA_POOL) + 1 &&
                 (drive = system_pool_of(world.session, L"Free", &world.type_one), !same_object(&list[0], &drive)));
    world_end(&world);
}

static const struct test_case cases[] = {{"attributes", attributes},
                                         {"every type", every_type},
                                         {"destinations", destinations},
                                         {"containers", containers},
                                         {NULL, NULL}};
const struct group attributes_group = {"attributes", __FILE__, cases};

/*
 * Finding and showing objects: the driver's commands that change nothing.
 *
 *   libraries                     NAME type= drives= slots= ports= barcodes= cleaning= present=
 *   drives|slots|ports LIBRARY    NUMBER state= ..., in the order of their numbers, from 1
 *   media                         BARCODE library= in= state= side= pool= label=
 *   requests LIBRARY              OPERATION state= error= medium=, what the library has done and has to do
 *   settle LIBRARY                waits, half a minute at most, until nothing is queued or in process; ERROR_TIMEOUT
 *   operator                      REQUEST state= message=
 *   await WHAT STATE ARGUMENT...  waits, half a minute at most, until the line that WHAT (medium or side BARCODE, drive
 *                                 or slot LIBRARY NUMBER, request LIBRARY OPERATION) shows has STATE; "place" BARCODE
 *                                 waits for "slot:3" and the like
 */
#include "ntmsapi_driver.h"

#include <stdio.h>
#include <string.h>

#define PATIENCE 30000
#define POLL     20

static const char *const operations[] = {
    "remove",       "disablechanger", "enablechanger",  "disabledrive",  "enabledrive", "disablemedia",
    "enablemedia",  "updateomid",     "inventory",      "dooraccess",    "eject",       "ejectcleaner",
    "inject",       "injectcleaner",  "identify",       "clean",         "dismount",    "mount",
    "writescratch", "classify",       "reservecleaner", "releasecleaner"};
static const char *const request_states[] = {"queued",  "inprocess", "passed",    "failed", "invalid",
                                             "waiting", "deferred",  "cancelled", "stopped"};
static const char *const media_states[] = {"idle", "inuse", "mounted", "loaded", "unloaded", "operror", "opreq"};
static const char *const side_states[] = {"unknown",   "unprepared", "incompatible", "decommissioned", "available",
                                          "allocated", "complete",   "foreign",      "import",         "reserved"};
static const char *const drive_states[] = {"dismounted", "mounted",  "loaded",       "3",
                                           "4",          "unloaded", "beingcleaned", "dismountable"};
static const char *const fullness[] = {"unknown", "full", "empty", "notpresent", "needsinventory"};
static const char *const operator_states[] = {"unknown", "submitted", "active", "inprogress", "refused", "complete"};

#define NAME_OF(names, value) ((value) < sizeof(names) / sizeof((names)[0]) ? (names)[value] : "?")

/* ---- Finding ---- */

DWORD list_objects(const NTMS_GUID *container, DWORD type, NTMS_GUID found[FOUND_MAX], DWORD *count)
{
    NTMS_GUID in = {0};

    if (container) in = *container;
    *count = FOUND_MAX;
    return EnumerateNtmsObject(session, container ? &in : NULL, found, count, type, 0);
}

DWORD get_object(const NTMS_GUID *id, DWORD type, NTMS_OBJECTINFORMATIONA *object)
{
    NTMS_GUID of = *id;

    memset(object, 0, sizeof(*object));
    object->dwSize = sizeof(*object);
    object->dwType = type;
    return GetNtmsObjectInformationA(session, &of, object);
}

static DWORD find_named(const NTMS_GUID *container, DWORD type, const char *name, NTMS_GUID *id)
{
    static __thread NTMS_GUID found[FOUND_MAX];
    NTMS_OBJECTINFORMATIONA object;
    DWORD count, error = list_objects(container, type, found, &count);

    if (error) return error;
    for (DWORD i = 0; i < count; i++)
    {
        if (get_object(&found[i], type, &object)) continue; /* it went meanwhile */
        if (strcmp(type == NTMS_PHYSICAL_MEDIA ? object.Info.PhysicalMedia.szBarCode : object.szName, name)) continue;
        *id = found[i];
        return 0;
    }
    return ERROR_OBJECT_NOT_FOUND;
}

DWORD find_library(const char *name, NTMS_GUID *id)
{
    return name ? find_named(NULL, NTMS_LIBRARY, name, id) : ERROR_INVALID_PARAMETER;
}

DWORD find_medium(const char *barcode, NTMS_GUID *id)
{
    return barcode ? find_named(NULL, NTMS_PHYSICAL_MEDIA, barcode, id) : ERROR_INVALID_PARAMETER;
}

DWORD find_pool(const char *name, NTMS_GUID *id)
{
    return name ? find_named(NULL, NTMS_MEDIA_POOL, name, id) : ERROR_INVALID_PARAMETER;
}

DWORD find_side(const char *barcode, NTMS_GUID *side, NTMS_OBJECTINFORMATIONA *object)
{
    static __thread NTMS_GUID sides[FOUND_MAX];
    NTMS_GUID medium;
    DWORD count, error = find_medium(barcode, &medium);

    if (!error) error = list_objects(&medium, NTMS_PARTITION, sides, &count);
    if (error) return error;
    if (!count) return ERROR_OBJECT_NOT_FOUND;
    *side = sides[0];
    return get_object(side, NTMS_PARTITION, object);
}

static DWORD element_number(const NTMS_OBJECTINFORMATIONA *object)
{
    switch (object->dwType)
    {
    case NTMS_DRIVE:
        return object->Info.Drive.Number;
    case NTMS_STORAGESLOT:
        return object->Info.StorageSlot.Number;
    default:
        return object->Info.IEPort.Number;
    }
}

/* What the library's first element of a type has for a number. */
static DWORD first_number(const NTMS_GUID *library, DWORD type)
{
    NTMS_OBJECTINFORMATIONA object;

    if (get_object(library, NTMS_LIBRARY, &object)) return 0;
    return type == NTMS_DRIVE         ? object.Info.Library.FirstDriveNumber
           : type == NTMS_STORAGESLOT ? object.Info.Library.FirstSlotNumber
                                      : object.Info.Library.FirstPortNumber;
}

DWORD find_element(const char *library, DWORD type, DWORD position, NTMS_GUID *id)
{
    static __thread NTMS_GUID found[FOUND_MAX];
    NTMS_OBJECTINFORMATIONA object;
    NTMS_GUID in;
    DWORD count, error = find_library(library, &in);

    if (!error) error = list_objects(&in, type, found, &count);
    if (error) return error;
    for (DWORD i = 0; i < count; i++)
        if (!get_object(&found[i], type, &object) && element_number(&object) == first_number(&in, type) + position - 1)
        {
            *id = found[i];
            return 0;
        }
    return ERROR_OBJECT_NOT_FOUND;
}

DWORD find_system_pool(DWORD pool_type, const NTMS_GUID *media_type, NTMS_GUID *id)
{
    static __thread NTMS_GUID top[FOUND_MAX], below[FOUND_MAX];
    NTMS_OBJECTINFORMATIONA object;
    DWORD count, inner, error = list_objects(NULL, NTMS_MEDIA_POOL, top, &count);

    if (error) return error;
    for (DWORD i = 0; i < count; i++)
    {
        if (get_object(&top[i], NTMS_MEDIA_POOL, &object) || object.Info.MediaPool.PoolType != pool_type) continue;
        if (list_objects(&top[i], NTMS_MEDIA_POOL, below, &inner)) continue;
        for (DWORD j = 0; j < inner; j++)
            if (!get_object(&below[j], NTMS_MEDIA_POOL, &object) &&
                !memcmp(&object.Info.MediaPool.MediaType, media_type, sizeof(*media_type)))
            {
                *id = below[j];
                return 0;
            }
    }
    return ERROR_OBJECT_NOT_FOUND;
}

/* ---- Showing ---- */

static DWORD show_libraries(struct command *command)
{
    static __thread NTMS_GUID found[FOUND_MAX];
    NTMS_OBJECTINFORMATIONA object;
    DWORD count, error = list_objects(NULL, NTMS_LIBRARY, found, &count);

    for (DWORD i = 0; i < count && !error; i++)
    {
        const NTMS_LIBRARYINFORMATION *library = &object.Info.Library;

        error = get_object(&found[i], NTMS_LIBRARY, &object);
        if (!error)
            say(command, "%s type=%lu drives=%lu slots=%lu ports=%lu barcodes=%d cleaning=%d present=%d", object.szName,
                library->LibraryType, library->dwNumberOfDrives, library->dwNumberOfSlots, library->dwNumberOfPorts,
                library->BarCodeReaderInstalled, library->LibrarySupportsDriveCleaning,
                object.dwOperationalState != NTMS_NOT_PRESENT);
    }
    return error;
}

/* The bar code of what stands in a place. */
static void barcode_in(const NTMS_GUID *place, char barcode[NTMS_BARCODE_LENGTH])
{
    static __thread NTMS_GUID found[FOUND_MAX];
    NTMS_OBJECTINFORMATIONA object;
    DWORD count = 0;

    strcpy(barcode, "-");
    if (list_objects(NULL, NTMS_PHYSICAL_MEDIA, found, &count)) return;
    for (DWORD i = 0; i < count; i++)
        if (!get_object(&found[i], NTMS_PHYSICAL_MEDIA, &object) &&
            !memcmp(&object.Info.PhysicalMedia.Location, place, sizeof(*place)))
            strcpy(barcode, object.Info.PhysicalMedia.szBarCode);
}

static void show_element(struct command *command, DWORD position, const NTMS_OBJECTINFORMATIONA *object)
{
    char barcode[NTMS_BARCODE_LENGTH];

    barcode_in(&object->ObjectGuid, barcode);
    if (object->dwType == NTMS_DRIVE)
        say(command, "%lu state=%s medium=%s mounts=%lu serial=%s device=%s", position,
            NAME_OF(drive_states, object->Info.Drive.State), barcode, object->Info.Drive.dwMountCount,
            object->Info.Drive.szSerialNumber, object->Info.Drive.szDeviceName);
    else if (object->dwType == NTMS_STORAGESLOT)
        say(command, "%lu state=%s medium=%s", position, NAME_OF(fullness, object->Info.StorageSlot.State), barcode);
    else
        say(command, "%lu state=%s", position, NAME_OF(fullness, object->Info.IEPort.Content));
}

static DWORD show_elements(struct command *command, DWORD type)
{
    NTMS_OBJECTINFORMATIONA object;
    NTMS_GUID id;
    DWORD error = find_library(command->words[1], &id);

    if (error) return error;
    for (DWORD position = 1; !find_element(command->words[1], type, position, &id); position++)
    {
        error = get_object(&id, type, &object);
        if (error) return error;
        show_element(command, position, &object);
    }
    return 0;
}

static DWORD show_drives(struct command *command)
{
    return show_elements(command, NTMS_DRIVE);
}

static DWORD show_slots(struct command *command)
{
    return show_elements(command, NTMS_STORAGESLOT);
}

static DWORD show_ports(struct command *command)
{
    return show_elements(command, NTMS_IEPORT);
}

/* "slot:3" */
static void place_text(const NTMS_PMIDINFORMATIONA *medium, char *text, size_t size)
{
    NTMS_OBJECTINFORMATIONA place;
    const char *kind = medium->LocationType == NTMS_DRIVE         ? "drive"
                       : medium->LocationType == NTMS_STORAGESLOT ? "slot"
                       : medium->LocationType == NTMS_IEPORT      ? "port"
                                                                  : NULL;

    if (!kind || get_object(&medium->Location, medium->LocationType, &place))
        /* "Offline media are in slots", of which the offline library has none. */
        snprintf(text, size, "%s", medium->LocationType == NTMS_STORAGESLOT ? "shelf" : "nowhere");
    else
        snprintf(text, size, "%s:%lu", kind,
                 element_number(&place) - first_number(&medium->CurrentLibrary, medium->LocationType) + 1);
}

static DWORD show_medium(struct command *command, const NTMS_GUID *id)
{
    NTMS_OBJECTINFORMATIONA object, library, side = {0};
    char place[64], pool[512] = "?";
    DWORD size = sizeof(pool), error = get_object(id, NTMS_PHYSICAL_MEDIA, &object), count = 1;
    const NTMS_PMIDINFORMATIONA *medium = &object.Info.PhysicalMedia;
    NTMS_GUID of = *id, first;

    if (error) return error;
    place_text(medium, place, sizeof(place));
    if (get_object(&medium->CurrentLibrary, NTMS_LIBRARY, &library)) strcpy(library.szName, "?");
    GetNtmsMediaPoolNameA(session, &object.Info.PhysicalMedia.MediaPool, pool, &size);
    error = EnumerateNtmsObject(session, &of, &first, &count, NTMS_PARTITION, 0);
    if (!error || error == ERROR_INSUFFICIENT_BUFFER) error = get_object(&first, NTMS_PARTITION, &side);
    if (error) return error;
    say(command, "%s library=%s in=%s state=%s side=%s pool=%s label=%s,%s", medium->szBarCode, library.szName, place,
        NAME_OF(media_states, medium->MediaState), NAME_OF(side_states, side.Info.Partition.State), pool,
        side.Info.Partition.szOmidLabelType, side.Info.Partition.szOmidLabelInfo);
    return 0;
}

static DWORD show_media(struct command *command)
{
    static __thread NTMS_GUID found[FOUND_MAX];
    DWORD count, error = list_objects(NULL, NTMS_PHYSICAL_MEDIA, found, &count);

    for (DWORD i = 0; i < count && !error; i++)
        error = show_medium(command, &found[i]);
    return error;
}

static void show_request(struct command *command, const NTMS_OBJECTINFORMATIONA *object)
{
    const NTMS_LIBREQUESTINFORMATIONA *request = &object->Info.LibRequest;
    NTMS_OBJECTINFORMATIONA medium;

    if (get_object(&request->PhysMediaId, NTMS_PHYSICAL_MEDIA, &medium))
        strcpy(medium.Info.PhysicalMedia.szBarCode, "-");
    say(command, "%s state=%s error=%lu medium=%s", NAME_OF(operations, request->OperationCode),
        NAME_OF(request_states, request->State), request->dwErrorCode, medium.Info.PhysicalMedia.szBarCode);
}

static DWORD show_requests(struct command *command)
{
    static __thread NTMS_GUID found[FOUND_MAX];
    NTMS_OBJECTINFORMATIONA object;
    NTMS_GUID library;
    DWORD count, error = find_library(command->words[1], &library);

    if (!error) error = list_objects(NULL, NTMS_LIBREQUEST, found, &count);
    for (DWORD i = 0; !error && i < count; i++)
        if (!get_object(&found[i], NTMS_LIBREQUEST, &object) &&
            !memcmp(&object.Info.LibRequest.Library, &library, sizeof(library)))
            show_request(command, &object);
    return error;
}

static DWORD show_operator_requests(struct command *command)
{
    static __thread NTMS_GUID found[FOUND_MAX];
    NTMS_OBJECTINFORMATIONA object;
    DWORD count, error = list_objects(NULL, NTMS_OPREQUEST, found, &count);

    for (DWORD i = 0; !error && i < count; i++)
        if (!get_object(&found[i], NTMS_OPREQUEST, &object))
            say(command, "%lu state=%s message=%s", object.Info.OpRequest.Request,
                NAME_OF(operator_states, object.Info.OpRequest.State), object.Info.OpRequest.szMessage);
    return error;
}

/* ---- Waiting ---- */

static BOOL is_working(const NTMS_GUID *library)
{
    static __thread NTMS_GUID found[FOUND_MAX];
    NTMS_OBJECTINFORMATIONA object;
    DWORD count;

    if (list_objects(NULL, NTMS_LIBREQUEST, found, &count)) return TRUE;
    for (DWORD i = 0; i < count; i++)
        if (!get_object(&found[i], NTMS_LIBREQUEST, &object) &&
            !memcmp(&object.Info.LibRequest.Library, library, sizeof(*library)) &&
            object.Info.LibRequest.State <= NTMS_LM_INPROCESS && object.Info.LibRequest.OperationCode != NTMS_LM_INJECT)
            return TRUE;
    return FALSE;
}

static DWORD settle(struct command *command)
{
    NTMS_GUID library;
    DWORD error = find_library(command->words[1], &library), begin = GetTickCount();

    while (!error && is_working(&library))
    {
        if (GetTickCount() - begin > PATIENCE) error = ERROR_TIMEOUT;
        Sleep(POLL);
    }
    return error;
}

/* The state that "await" looks at; NULL: none. */
static const char *state_of(char **words)
{
    static __thread NTMS_GUID found[FOUND_MAX];
    NTMS_OBJECTINFORMATIONA object;
    const char *state = NULL;
    static __thread char place[64];
    NTMS_GUID id;
    DWORD count;

    if (!strcmp(words[1], "medium") && !find_medium(words[3], &id) && !get_object(&id, NTMS_PHYSICAL_MEDIA, &object))
        return NAME_OF(media_states, object.Info.PhysicalMedia.MediaState);
    if (!strcmp(words[1], "place") && !find_medium(words[3], &id) && !get_object(&id, NTMS_PHYSICAL_MEDIA, &object))
    {
        place_text(&object.Info.PhysicalMedia, place, sizeof(place));
        return place;
    }
    if (!strcmp(words[1], "side") && !find_side(words[3], &id, &object))
        return NAME_OF(side_states, object.Info.Partition.State);
    if (!strcmp(words[1], "drive") && words[3] && !find_element(words[3], NTMS_DRIVE, number(words[4]), &id) &&
        !get_object(&id, NTMS_DRIVE, &object))
        return NAME_OF(drive_states, object.Info.Drive.State);
    if (!strcmp(words[1], "slot") && words[3] && !find_element(words[3], NTMS_STORAGESLOT, number(words[4]), &id) &&
        !get_object(&id, NTMS_STORAGESLOT, &object))
        return NAME_OF(fullness, object.Info.StorageSlot.State);
    if (strcmp(words[1], "request") || !words[3] || !words[4] || find_library(words[3], &id) ||
        list_objects(NULL, NTMS_LIBREQUEST, found, &count))
        return NULL;
    for (DWORD i = 0; i < count; i++)
        if (!get_object(&found[i], NTMS_LIBREQUEST, &object) &&
            !memcmp(&object.Info.LibRequest.Library, &id, sizeof(id)) &&
            !strcmp(NAME_OF(operations, object.Info.LibRequest.OperationCode), words[4]))
            state = NAME_OF(request_states, object.Info.LibRequest.State);
    return state;
}

static DWORD await(struct command *command)
{
    DWORD begin = GetTickCount();

    if (!command->words[1] || !command->words[2] || !command->words[3]) return ERROR_INVALID_PARAMETER;
    for (;;)
    {
        const char *state = state_of(command->words);

        if (state && !strcmp(state, command->words[2])) return 0;
        if (GetTickCount() - begin > PATIENCE)
        {
            say(command, "%s is %s", command->words[1], state ? state : "not there");
            return ERROR_TIMEOUT;
        }
        Sleep(POLL);
    }
}

const struct verb object_verbs[] = {{"libraries", show_libraries},
                                    {"drives", show_drives},
                                    {"slots", show_slots},
                                    {"ports", show_ports},
                                    {"media", show_media},
                                    {"requests", show_requests},
                                    {"operator", show_operator_requests},
                                    {"settle", settle},
                                    {"await", await},
                                    {NULL, NULL}};

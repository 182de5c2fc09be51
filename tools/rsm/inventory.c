/* rsm inventory, rsm refresh, rsm door. */
#include "command.h"

#include <stdlib.h>

/* In the order of the words of /a. */
static const DWORD actions[] = {NTMS_INVENTORY_NONE, NTMS_INVENTORY_FAST, NTMS_INVENTORY_OMID, NTMS_INVENTORY_DEFAULT,
                                NTMS_INVENTORY_STOP};

DWORD verb_inventory(HANDLE session, const struct command_line *line)
{
    NTMS_GUID library;
    DWORD error = find_object(session, line_switch(line, "l"), NTMS_LIBRARY, NULL, &library);

    if (error) return error;
    error = InventoryNtmsLibrary(session, &library, actions[line_word(line, "a", 3)]);
    return error ? fail(error, "inventory of %s", line_switch(line, "l")->text) : 0;
}

/* ---- Refreshing ---- */

static DWORD refresh_library(HANDLE session, NTMS_GUID *library)
{
    char name[TEXT_SIZE];
    DWORD error = InventoryNtmsLibrary(session, library, NTMS_INVENTORY_FAST);

    return error ? fail(error, "refresh %s", name_of(session, library, name)) : 0;
}

static BOOL takes_type(HANDLE session, const NTMS_GUID *library, const NTMS_GUID *type)
{
    object_information information;
    NTMS_GUID *types;
    DWORD count;
    BOOL found = FALSE;

    if (read_object(session, library, NTMS_LIBRARY, &information) ||
        information.Info.Library.LibraryType == NTMS_LIBRARYTYPE_OFFLINE ||
        list_objects(session, library, NTMS_MEDIA_TYPE, &types, &count))
        return FALSE;
    for (DWORD i = 0; i < count; i++)
        found = found || same_id(&types[i], type);
    free(types);
    return found;
}

static DWORD refresh_type(HANDLE session, const struct switch_value *type)
{
    NTMS_GUID id, *libraries;
    DWORD count, error = find_object(session, type, NTMS_MEDIA_TYPE, NULL, &id);

    if (error) return error;
    error = list_objects(session, NULL, NTMS_LIBRARY, &libraries, &count);
    if (error) return fail(error, "refresh %s", type->text);
    for (DWORD i = 0; i < count && !error; i++)
        if (takes_type(session, &libraries[i], &id)) error = refresh_library(session, &libraries[i]);
    free(libraries);
    return error;
}

DWORD verb_refresh(HANDLE session, const struct command_line *line)
{
    const struct switch_value *library = line_switch(line, "l"), *medium = line_switch(line, "p");
    object_information information;
    NTMS_GUID id;
    DWORD error;

    if (line_switch(line, "t")->given) return refresh_type(session, line_switch(line, "t"));
    if (library->given)
    {
        error = find_object(session, library, NTMS_LIBRARY, NULL, &id);
        return error ? error : refresh_library(session, &id);
    }
    error = find_object(session, medium, NTMS_PHYSICAL_MEDIA, NULL, &id);
    if (error) return error;
    error = read_object(session, &id, NTMS_PHYSICAL_MEDIA, &information);
    if (error) return fail(error, "refresh %s", medium->text);
    return refresh_library(session, &information.Info.PhysicalMedia.CurrentLibrary);
}

/* ---- The door ---- */

DWORD verb_door(HANDLE session, const struct command_line *line)
{
    NTMS_GUID library;
    DWORD error = find_object(session, line_switch(line, "l"), NTMS_LIBRARY, NULL, &library);

    if (error) return error;
    error = AccessNtmsLibraryDoor(session, &library, actions[line_word(line, "a", 3)]);
    return error ? fail(error, "door of %s", line_switch(line, "l")->text) : 0;
}

/* rsm view. */
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "table.h"

/* ---- Plain lists, as Windows' rsm prints them ---- */

static const char *heading(DWORD type)
{
    static const char *const headings[] = {
        [NTMS_CHANGER] = "CHANGER",         [NTMS_CHANGER_TYPE] = "CHANGER_TYPE",
        [NTMS_COMPUTER] = "COMPUTER",       [NTMS_DRIVE] = "DRIVE",
        [NTMS_DRIVE_TYPE] = "DRIVE_TYPE",   [NTMS_IEDOOR] = "IEDOOR",
        [NTMS_IEPORT] = "IEPORT",           [NTMS_LIBRARY] = "LIBRARY",
        [NTMS_LIBREQUEST] = "LIBREQUEST",   [NTMS_LOGICAL_MEDIA] = "LOGICAL_MEDIA",
        [NTMS_MEDIA_POOL] = "MEDIA_POOL",   [NTMS_MEDIA_TYPE] = "MEDIA_TYPE",
        [NTMS_PARTITION] = "PARTITION",     [NTMS_PHYSICAL_MEDIA] = "PHYSICAL_MEDIA",
        [NTMS_STORAGESLOT] = "STORAGESLOT", [NTMS_OPREQUEST] = "OPREQUEST",
    };

    return headings[type];
}

/* GUIDs alone come in the service's order: no name is read. */
static void print_guids(const NTMS_GUID *ids, DWORD count)
{
    for (DWORD i = 0; i < count; i++)
        say("%s\n", id_text(&ids[i]));
}

struct named
{
    const NTMS_GUID *id;
    char *name;
};

static int compare_names(const void *a, const void *b)
{
    return natural_order(((const struct named *)a)->name, ((const struct named *)b)->name);
}

static void print_list(HANDLE session, const NTMS_GUID *ids, DWORD count, BOOL guids)
{
    struct named *list = malloc((count + 1) * sizeof(*list));
    char name[TEXT_SIZE];
    DWORD named = 0;

    for (; list && named < count; named++)
    {
        list[named] = (struct named){&ids[named], _strdup(name_of(session, &ids[named], name))};
        if (!list[named].name) break;
    }
    if (list) qsort(list, named, sizeof(*list), compare_names);
    for (DWORD i = 0; i < named; i++)
    {
        say("%s%s%s\n", guids ? id_text(list[i].id) : "", guids ? "  " : "", list[i].name);
        free(list[i].name);
    }
    free(list);
    if (named < count) tell("rsm: not enough memory for the rest\n");
}

static void print_names(HANDLE session, DWORD type, const NTMS_GUID *ids, DWORD count, const struct command_line *line)
{
    const BOOL bare = line_switch(line, "b")->given, guids = line_switch(line, "guiddisplay")->given;

    if (bare && guids)
    {
        print_guids(ids, count);
        return;
    }
    if (!bare) say("%s\n", heading(type));
    print_list(session, ids, count, guids);
    if (!bare) say("\nThe command completed successfully.\n");
}

/* ---- Tables ---- */

enum
{
    COLUMNS = 7
};

struct row
{
    char cells[COLUMNS][TEXT_SIZE];
};

static void set(struct row *row, int column, const char *text)
{
    snprintf(row->cells[column], TEXT_SIZE, "%s", text);
}

static void set_number(struct row *row, int column, DWORD number)
{
    snprintf(row->cells[column], TEXT_SIZE, "%lu", number);
}

static void set_wide(struct row *row, int column, const WCHAR *text)
{
    to_utf8(text, row->cells[column], TEXT_SIZE);
}

static void set_name(HANDLE session, struct row *row, int column, const NTMS_GUID *id)
{
    name_of(session, id, row->cells[column]);
}

/* Each fills in the cells behind the name. */
static void fill_library(HANDLE session, const object_information *object, struct row *row)
{
    const NTMS_LIBRARYINFORMATION *library = &object->Info.Library;

    (void)session;
    set(row, 1, library_type(library->LibraryType));
    set(row, 2, object->Enabled ? operational_state(object->dwOperationalState) : "disabled");
    set_number(row, 3, library->dwNumberOfDrives);
    set_number(row, 4, library->dwNumberOfSlots);
    set_number(row, 5, library->dwNumberOfPorts);
    set_number(row, 6, library->dwNumberOfMedia);
}

static void fill_drive(HANDLE session, const object_information *object, struct row *row)
{
    const NTMS_DRIVEINFORMATIONW *drive = &object->Info.Drive;
    NTMS_GUID medium;

    set_name(session, row, 1, &drive->Library);
    set(row, 2, object->Enabled ? drive_state(drive->State) : "disabled");
    if (drive->State != NTMS_DRIVESTATE_DISMOUNTED &&
        !medium_at(session, &drive->Library, &object->ObjectGuid, &medium))
        set_name(session, row, 3, &medium);
    set_wide(row, 4, drive->szDeviceName);
    set_number(row, 5, drive->dwMountCount);
}

static void fill_slot(HANDLE session, const object_information *object, struct row *row)
{
    set_name(session, row, 1, &object->Info.StorageSlot.Library);
    set(row, 2, slot_state(object->Info.StorageSlot.State));
}

static void fill_door(HANDLE session, const object_information *object, struct row *row)
{
    set_name(session, row, 1, &object->Info.IEDoor.Library);
    set(row, 2, door_state(object->Info.IEDoor.State));
}

static void fill_port(HANDLE session, const object_information *object, struct row *row)
{
    set_name(session, row, 1, &object->Info.IEPort.Library);
    set(row, 2, port_content(object->Info.IEPort.Content));
}

static void fill_changer(HANDLE session, const object_information *object, struct row *row)
{
    set_name(session, row, 1, &object->Info.Changer.Library);
    set_name(session, row, 2, &object->Info.Changer.ChangerType);
    set_wide(row, 3, object->Info.Changer.szDeviceName);
}

static void fill_pool(HANDLE session, const object_information *object, struct row *row)
{
    const NTMS_MEDIAPOOLINFORMATION *pool = &object->Info.MediaPool;

    set(row, 1, pool_type(pool->PoolType));
    set_name(session, row, 2, &pool->MediaType);
    set_number(row, 3, pool->dwNumberOfPhysicalMedia);
    set_number(row, 4, pool->dwNumberOfLogicalMedia);
}

static void fill_medium(HANDLE session, const object_information *object, struct row *row)
{
    const NTMS_PMIDINFORMATIONW *medium = &object->Info.PhysicalMedia;

    set_wide(row, 1, medium->szBarCode);
    set(row, 2, object->Enabled ? medium_state(medium->MediaState) : "disabled");
    set_name(session, row, 3, &medium->CurrentLibrary);
    if (!same_id(&medium->Location, &medium->CurrentLibrary)) set_name(session, row, 4, &medium->Location);
    set_name(session, row, 5, &medium->MediaPool);
}

static void fill_partition(HANDLE session, const object_information *object, struct row *row)
{
    const NTMS_PARTITIONINFORMATIONW *side = &object->Info.Partition;

    set_name(session, row, 1, &side->PhysicalMedia);
    set_number(row, 2, side->Side);
    set(row, 3, partition_state(side->State));
    if (!is_null_id(&side->LogicalMedia)) set_name(session, row, 4, &side->LogicalMedia);
    set_wide(row, 5, side->szOmidLabelType);
    set_wide(row, 6, side->szOmidLabelInfo);
}

static void fill_logical(HANDLE session, const object_information *object, struct row *row)
{
    NTMS_GUID physical;

    set_name(session, row, 1, &object->Info.LogicalMedia.MediaPool);
    if (!physical_medium_of(session, &object->ObjectGuid, &physical)) set_name(session, row, 2, &physical);
}

static void fill_nothing(HANDLE session, const object_information *object, struct row *row)
{
    (void)session;
    set_wide(row, 1, object->szDescription);
}

static const struct columns
{
    DWORD type;
    unsigned count;
    const char *head[COLUMNS];
    void (*fill)(HANDLE session, const object_information *object, struct row *row);
} all_columns[] = {
    {NTMS_LIBRARY, 7, {"Library", "Kind", "State", "Drives", "Slots", "Ports", "Media"}, fill_library},
    {NTMS_DRIVE, 6, {"Drive", "Library", "State", "Medium", "Device", "Mounts"}, fill_drive},
    {NTMS_STORAGESLOT, 3, {"Slot", "Library", "State"}, fill_slot},
    {NTMS_IEDOOR, 3, {"Door", "Library", "State"}, fill_door},
    {NTMS_IEPORT, 3, {"Port", "Library", "State"}, fill_port},
    {NTMS_CHANGER, 4, {"Changer", "Library", "Type", "Device"}, fill_changer},
    {NTMS_MEDIA_POOL, 5, {"Media pool", "Kind", "Media type", "Media", "Allocated"}, fill_pool},
    {NTMS_PHYSICAL_MEDIA, 6, {"Medium", "Bar code", "State", "Library", "Place", "Media pool"}, fill_medium},
    {NTMS_PARTITION,
     7,
     {"Partition", "Medium", "Side", "State", "Logical medium", "Label", "Label text"},
     fill_partition},
    {NTMS_LOGICAL_MEDIA, 3, {"Logical medium", "Media pool", "Medium"}, fill_logical},
    {NTMS_UNKNOWN, 2, {"Name", "Description"}, fill_nothing},
};

static const struct columns *columns_of(DWORD type)
{
    const struct columns *columns = all_columns;

    while (columns->type != type && columns->type != NTMS_UNKNOWN)
        columns++;
    return columns;
}

/* One more column in front, where GUIDs are wanted. */
static void add_row(struct table *table, const NTMS_GUID *id, const struct row *row, unsigned count, BOOL guids)
{
    const char *cells[COLUMNS + 1];

    for (unsigned i = 0; i < count; i++)
        cells[i + guids] = row->cells[i];
    if (guids) cells[0] = id_text(id);
    table_add(table, cells);
}

static void print_table(HANDLE session, DWORD type, const NTMS_GUID *ids, DWORD count, BOOL guids)
{
    const struct columns *columns = columns_of(type);
    const char *head[COLUMNS + 1];
    struct table table;
    char *text;

    for (unsigned i = 0; i < columns->count; i++)
        head[i + guids] = columns->head[i];
    if (guids) head[0] = "GUID";
    table_begin(&table, columns->count + guids, head);
    for (DWORD i = 0; i < count; i++)
    {
        static struct row row;
        object_information object;

        memset(&row, 0, sizeof(row));
        /* One that has gone since they were listed is left out. */
        if (read_object(session, &ids[i], type, &object)) continue;
        set_name(session, &row, 0, &ids[i]);
        columns->fill(session, &object, &row);
        add_row(&table, &ids[i], &row, columns->count, guids);
    }
    table_sort(&table, guids ? 1 : 0);
    text = table_text(&table);
    say("%s", text ? text : "not enough memory\n");
    free(text);
    table_free(&table);
}

/* ---- The verb ---- */

static DWORD view_all(HANDLE session, const struct command_line *line)
{
    static const DWORD types[] = {NTMS_LIBRARY, NTMS_DRIVE, NTMS_MEDIA_POOL, NTMS_PHYSICAL_MEDIA, NTMS_LOGICAL_MEDIA};

    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
    {
        NTMS_GUID *ids;
        DWORD count, error = list_objects(session, NULL, types[i], &ids, &count);

        if (error) return fail(error, "view");
        if (i) say("\n");
        print_table(session, types[i], ids, count, line_switch(line, "guiddisplay")->given);
        free(ids);
    }
    return 0;
}

/* The container that /c names: by its name one of the types that contain others. */
static DWORD find_container(HANDLE session, const struct switch_value *value, NTMS_GUID *id)
{
    static const DWORD types[] = {NTMS_LIBRARY, NTMS_PHYSICAL_MEDIA, NTMS_LOGICAL_MEDIA, NTMS_PARTITION};
    object_information information;
    char name[TEXT_SIZE];

    if (value->is_guid)
    {
        memcpy(id, value->guid, sizeof(*id));
        return 0; /* the service says whether it contains what is wanted */
    }
    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
    {
        NTMS_GUID *ids;
        DWORD count;
        BOOL found = FALSE;

        if (list_objects(session, NULL, types[i], &ids, &count)) continue;
        for (DWORD j = 0; j < count && !found; j++)
        {
            found = !read_object(session, &ids[j], types[i], &information) &&
                    !strcmp(to_utf8(information.szName, name, sizeof(name)), value->text);
            if (found) *id = ids[j];
        }
        free(ids);
        if (found) return 0;
    }
    return find_pool(session, value->text, id);
}

DWORD verb_view(HANDLE session, const struct command_line *line)
{
    const struct switch_value *container = line_switch(line, "c");
    NTMS_GUID *ids, id;
    DWORD type, count, error;

    if (!line_switch(line, "t")->given)
    {
        if (!container->given && !line_switch(line, "b")->given) return view_all(session, line);
        return fail_plainly(ERROR_INVALID_PARAMETER, "/b and /c need a type of objects, by /t");
    }
    type = type_of_word(line_word(line, "t", 0));
    if (container->given && (error = find_container(session, container, &id))) return error;
    error = list_objects(session, container->given ? &id : NULL, type, &ids, &count);
    if (error) return fail(error, "view %s", type_name(type));
    if (line_switch(line, "v")->given)
        print_table(session, type, ids, count, line_switch(line, "guiddisplay")->given);
    else
        print_names(session, type, ids, count, line);
    free(ids);
    return 0;
}

/* rsm mount, rsm dismount. */
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct mounting
{
    NTMS_GUID medium, drive;
    NTMS_GUID physical, library; /* for those who watch */
    DWORD options, timeout;
    int priority;
};

/* ---- What is to be mounted ---- */

/* The first side of the medium in a slot. */
static DWORD side_in_slot(HANDLE session, const struct command_line *line, NTMS_GUID *id)
{
    const struct switch_value *changer = line_switch(line, "c"), *value = line_switch(line, "s");
    object_information information;
    NTMS_GUID library, slot, medium;
    DWORD error = 0;

    if (changer->given)
    {
        error = find_object(session, changer, NTMS_CHANGER, NULL, &library);
        if (error) return error;
        error = read_object(session, &library, NTMS_CHANGER, &information);
        if (error) return fail(error, "changer %s", changer->text);
        library = information.Info.Changer.Library;
    }
    error = find_object(session, value, NTMS_STORAGESLOT, changer->given ? &library : NULL, &slot);
    if (error) return error;
    error = medium_in_slot(session, &slot, &medium);
    if (error == ERROR_MEDIA_NOT_AVAILABLE) return fail_plainly(error, "the slot %s is empty", value->text);
    if (!error) error = first_side_of(session, &medium, id);
    return error ? fail(error, "slot %s", value->text) : 0;
}

static DWORD find_medium(HANDLE session, const struct command_line *line, NTMS_GUID *id)
{
    if (line_switch(line, "l")->given)
        return find_object(session, line_switch(line, "l"), NTMS_LOGICAL_MEDIA, NULL, id);
    if (line_switch(line, "p")->given) return find_object(session, line_switch(line, "p"), NTMS_PARTITION, NULL, id);
    return side_in_slot(session, line, id);
}

/* The physical medium, and the library that has it. */
static void find_place(HANDLE session, struct mounting *mounting)
{
    object_information information;

    if (physical_medium_of(session, &mounting->medium, &mounting->physical) ||
        read_object(session, &mounting->physical, NTMS_PHYSICAL_MEDIA, &information))
        return;
    mounting->library = information.Info.PhysicalMedia.CurrentLibrary;
}

static DWORD read_mounting(HANDLE session, const struct command_line *line, struct mounting *mounting)
{
    static const DWORD options[] = {NTMS_MOUNT_ERROR_NOT_AVAILABLE, NTMS_MOUNT_SPECIFIC_DRIVE, NTMS_MOUNT_READ,
                                    NTMS_MOUNT_WRITE, NTMS_MOUNT_ERROR_OFFLINE};
    static const int priorities[] = {NTMS_PRIORITY_NORMAL, NTMS_PRIORITY_HIGH, NTMS_PRIORITY_LOW, NTMS_PRIORITY_HIGHEST,
                                     NTMS_PRIORITY_LOWEST};
    const struct switch_value *drive = line_switch(line, "d"), *timeout = line_switch(line, "t");
    DWORD error = find_medium(session, line, &mounting->medium);

    if (error) return error;
    for (int i = 0; i < 5; i++)
        if (line_switch(line, "o")->number >> i & 1) mounting->options |= options[i];
    mounting->priority = priorities[line_word(line, "r", 0)];
    mounting->timeout = timeout->given ? timeout->number : INFINITE;
    find_place(session, mounting);
    if (drive->given)
    {
        mounting->options |= NTMS_MOUNT_SPECIFIC_DRIVE;
        return find_object(session, drive, NTMS_DRIVE, is_null_id(&mounting->library) ? NULL : &mounting->library,
                           &mounting->drive);
    }
    if (mounting->options & NTMS_MOUNT_SPECIFIC_DRIVE)
        return fail_plainly(ERROR_INVALID_PARAMETER, "/odrive uses the drive of /d: that is needed, too");
    return 0;
}

/* ---- Waiting ---- */

static DWORD mount(HANDLE session, void *context)
{
    struct mounting *mounting = context;

    return MountNtmsMedia(session, &mounting->medium, &mounting->drive, 1, mounting->options, mounting->priority,
                          mounting->timeout, NULL);
}

/* What is in the drives of the library. */
static void describe_drives(HANDLE session, const struct mounting *mounting, char *text, size_t size)
{
    char drive[TEXT_SIZE], medium[TEXT_SIZE];
    NTMS_GUID *drives, physical;
    DWORD count;

    snprintf(text, size, "for a drive of %s", name_of(session, &mounting->library, drive));
    if (list_objects(session, &mounting->library, NTMS_DRIVE, &drives, &count)) return;
    for (DWORD i = 0; i < count; i++)
    {
        size_t at = strlen(text);

        if (medium_at(session, &mounting->library, &drives[i], &physical)) continue;
        snprintf(text + at, size - at, "; %s has %s", name_of(session, &drives[i], drive),
                 name_of(session, &physical, medium));
    }
    free(drives);
}

static void describe(HANDLE session, void *context, char *text, size_t size)
{
    const struct mounting *mounting = context;
    object_information medium;
    char name[TEXT_SIZE], place[TEXT_SIZE];

    if (read_object(session, &mounting->physical, NTMS_PHYSICAL_MEDIA, &medium)) return;
    to_utf8(medium.szName, name, sizeof(name));
    switch (medium.Info.PhysicalMedia.MediaState)
    {
    case NTMS_MEDIASTATE_OPREQ:
        describe_operator_requests(session, text, size);
        break;
    case NTMS_MEDIASTATE_LOADED:
        snprintf(text, size, "%s is in use in %s", name, name_of(session, &medium.Info.PhysicalMedia.Location, place));
        break;
    case NTMS_MEDIASTATE_INUSE:
    case NTMS_MEDIASTATE_MOUNTED:
        snprintf(text, size, "%s is being moved", name);
        break;
    default:
        describe_drives(session, mounting, text, size);
        break;
    }
}

/* ---- The verbs ---- */

static void say_where(HANDLE session, const struct command_line *line, const NTMS_GUID *drive)
{
    object_information information;
    char name[TEXT_SIZE], device[TEXT_SIZE] = "", path[TEXT_SIZE] = "";

    if (!read_object(session, drive, NTMS_DRIVE, &information))
        to_utf8(information.Info.Drive.szDeviceName, device, sizeof(device));
    if (line_switch(line, "b")->given)
    {
        say("%s\n", device[0] && device[1] == ':' ? device : id_text(drive));
        return;
    }
    say("Mounted in %s", name_of(session, drive, name));
    if (device[0]) say(", %s", device);
    if (!wire_drive_path(drive, path) && path[0]) say(" (%s)", path);
    say("\n");
}

DWORD verb_mount(HANDLE session, const struct command_line *line)
{
    struct mounting mounting = {.options = 0};
    const struct long_call call = {mount, describe, &mounting};
    char name[TEXT_SIZE];
    DWORD error = read_mounting(session, line, &mounting);

    if (error) return error;
    name_of(session, &mounting.physical, name);
    error = wait_for(session, &call);
    if (error) return fail(error, "mount %s", name);
    say_where(session, line, &mounting.drive);
    return 0;
}

DWORD verb_dismount(HANDLE session, const struct command_line *line)
{
    const struct switch_value *drive = line_switch(line, "d");
    char name[TEXT_SIZE];
    NTMS_GUID id;
    DWORD error;

    error = drive->given ? find_object(session, drive, NTMS_DRIVE, NULL, &id) : find_medium(session, line, &id);
    if (error) return error;
    if (drive->given)
        error = DismountNtmsDrive(session, &id);
    else
        error = DismountNtmsMedia(session, &id, 1,
                                  line_switch(line, "o")->given ? NTMS_DISMOUNT_DEFERRED : NTMS_DISMOUNT_IMMEDIATE);
    return error ? fail(error, "dismount %s", name_of(session, &id, name)) : 0;
}

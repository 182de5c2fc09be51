/*
 * The driver's commands that allocate and mount media.
 *
 *   pool NAME LIBRARY               makes or opens a media pool for media as the library's first one, which takes from
 *                                   the free pool and gives back to it
 *   free BARCODE...                 moves media to the free pool
 *   allocate POOL [timeout=MS] [options=N]   says the bar code of what it got
 *   deallocate BARCODE, decommission BARCODE, delete BARCODE
 *   mount BARCODE... [timeout=MS] [options=N] [priority=N] [drive=LIBRARY:N]   says the drives' numbers and devices
 *   dismount BARCODE... [options=N], dismountdrive LIBRARY N
 *   write FILE TEXT, read FILE      a text file, as any Windows program does it
 *   cycle TIMES BARCODE...          mounts and dismounts, each time the next of the media; says how often it worked
 */
#include "ntmsapi_driver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOUNTS_MAX     16
#define MOUNT_PATIENCE 60000

static DWORD make_pool(struct command *command)
{
    static __thread NTMS_GUID found[FOUND_MAX];
    NTMS_OBJECTINFORMATIONA medium, object;
    NTMS_GUID library, pool;
    DWORD count, error = find_library(command->words[2], &library);

    if (!error) error = list_objects(&library, NTMS_PHYSICAL_MEDIA, found, &count);
    if (!error && !count) error = ERROR_EMPTY;
    if (!error) error = get_object(&found[0], NTMS_PHYSICAL_MEDIA, &medium);
    if (error) return error;
    error = CreateNtmsMediaPoolA(session, command->words[1], &medium.Info.PhysicalMedia.MediaType, NTMS_OPEN_ALWAYS,
                                 NULL, &pool);
    if (!error) error = get_object(&pool, NTMS_MEDIA_POOL, &object);
    if (error) return error;
    object.Info.MediaPool.AllocationPolicy = NTMS_ALLOCATE_FROMSCRATCH;
    object.Info.MediaPool.DeallocationPolicy = NTMS_DEALLOCATE_TOSCRATCH;
    return SetNtmsObjectInformationA(session, &pool, &object);
}

static DWORD free_media(struct command *command)
{
    NTMS_OBJECTINFORMATIONA object;
    NTMS_GUID medium, pool;
    DWORD error = 0;

    for (int i = 1; command->words[i] && !error; i++)
    {
        error = find_medium(command->words[i], &medium);
        if (!error) error = get_object(&medium, NTMS_PHYSICAL_MEDIA, &object);
        if (!error) error = find_system_pool(NTMS_POOLTYPE_SCRATCH, &object.Info.PhysicalMedia.MediaType, &pool);
        if (!error) error = MoveToNtmsMediaPool(session, &medium, &pool);
    }
    return error;
}

/* The bar code of a logical medium. */
static void say_medium_of(struct command *command, NTMS_GUID *logical)
{
    NTMS_OBJECTINFORMATIONA side, medium;
    NTMS_GUID partition;
    DWORD count = 1;

    if (EnumerateNtmsObject(session, logical, &partition, &count, NTMS_PARTITION, 0) ||
        get_object(&partition, NTMS_PARTITION, &side) ||
        get_object(&side.Info.Partition.PhysicalMedia, NTMS_PHYSICAL_MEDIA, &medium))
        say(command, "?");
    else
        say(command, "%s", medium.Info.PhysicalMedia.szBarCode);
}

static DWORD allocate(struct command *command)
{
    NTMS_GUID pool, medium;
    DWORD error = find_pool(command->words[1], &pool);

    if (error) return error;
    error = AllocateNtmsMedia(session, &pool, NULL, &medium, option_number(command, "options", 0),
                              option_number(command, "timeout", MOUNT_PATIENCE), NULL);
    if (!error) say_medium_of(command, &medium);
    return error;
}

static DWORD deallocate(struct command *command)
{
    NTMS_OBJECTINFORMATIONA object;
    NTMS_GUID side;
    DWORD error = find_side(command->words[1], &side, &object);

    if (error) return error;
    return DeallocateNtmsMedia(session, &object.Info.Partition.LogicalMedia, 0);
}

static DWORD decommission(struct command *command)
{
    NTMS_OBJECTINFORMATIONA object;
    NTMS_GUID side;
    DWORD error = find_side(command->words[1], &side, &object);

    return error ? error : DecommissionNtmsMedia(session, &side);
}

static DWORD delete_medium(struct command *command)
{
    NTMS_GUID medium;
    DWORD error = find_medium(command->words[1], &medium);

    return error ? error : DeleteNtmsMedia(session, &medium);
}

/* ---- Mounting ---- */

static DWORD find_sides(const struct command *command, NTMS_GUID sides[MOUNTS_MAX], DWORD *count)
{
    NTMS_OBJECTINFORMATIONA object;
    DWORD error = 0;

    for (int i = 1; command->words[i] && *count < MOUNTS_MAX && !error; i++)
        if (!strchr(command->words[i], '=')) error = find_side(command->words[i], &sides[(*count)++], &object);
    return error;
}

/* "LIBRARY:NUMBER" */
static DWORD specific_drive(const char *text, NTMS_GUID *drive)
{
    char library[NTMS_OBJECTNAME_LENGTH];
    const char *colon = strchr(text, ':');

    if (!colon) return ERROR_INVALID_PARAMETER;
    snprintf(library, sizeof(library), "%.*s", (int)(colon - text), text);
    return find_element(library, NTMS_DRIVE, number(colon + 1), drive);
}

static DWORD mount(struct command *command)
{
    NTMS_GUID sides[MOUNTS_MAX], drives[MOUNTS_MAX] = {{0}};
    NTMS_OBJECTINFORMATIONA object;
    const char *drive = option(command, "drive"), *priority = option(command, "priority");
    DWORD count = 0, options = option_number(command, "options", 0), error = find_sides(command, sides, &count);

    if (!error && drive) error = specific_drive(drive, &drives[0]);
    if (error) return error;
    if (drive) options |= NTMS_MOUNT_SPECIFIC_DRIVE;
    error = MountNtmsMedia(session, sides, drives, count, options, priority ? atoi(priority) : 0,
                           option_number(command, "timeout", MOUNT_PATIENCE), NULL);
    for (DWORD i = 0; i < count && !error && !(options & NTMS_MOUNT_NOWAIT); i++)
    {
        error = get_object(&drives[i], NTMS_DRIVE, &object);
        if (!error) say(command, "drive=%lu device=%s", object.Info.Drive.Number, object.Info.Drive.szDeviceName);
    }
    return error;
}

static DWORD dismount(struct command *command)
{
    NTMS_GUID sides[MOUNTS_MAX];
    DWORD count = 0, error = find_sides(command, sides, &count);

    return error ? error : DismountNtmsMedia(session, sides, count, option_number(command, "options", 0));
}

static DWORD dismount_drive(struct command *command)
{
    NTMS_GUID drive;
    DWORD error = find_element(command->words[1], NTMS_DRIVE, number(command->words[2]), &drive);

    return error ? error : DismountNtmsDrive(session, &drive);
}

static DWORD cycle(struct command *command)
{
    NTMS_GUID sides[MOUNTS_MAX], drive;
    NTMS_OBJECTINFORMATIONA object;
    DWORD count = 0, times = number(command->words[1]), done = 0, error = 0;

    for (int i = 2; command->words[i] && count < MOUNTS_MAX && !error; i++)
        error = find_side(command->words[i], &sides[count++], &object);
    if (!count) return ERROR_INVALID_PARAMETER;
    while (done < times && !error)
    {
        NTMS_GUID *side = &sides[done % count];

        error = MountNtmsMedia(session, side, &drive, 1, 0, 0, MOUNT_PATIENCE, NULL);
        if (!error) error = DismountNtmsMedia(session, side, 1, done % 3 ? NTMS_DISMOUNT_DEFERRED : 0);
        if (!error) done++;
    }
    say(command, "%lu", done);
    return error;
}

/* ---- Files ---- */

static DWORD write_file(struct command *command)
{
    FILE *file = command->words[1] && command->words[2] ? fopen(command->words[1], "w") : NULL;

    if (!file) return ERROR_FILE_NOT_FOUND;
    fprintf(file, "%s\n", command->words[2]);
    return fclose(file) ? ERROR_WRITE_FAULT : 0;
}

static DWORD read_file(struct command *command)
{
    FILE *file = command->words[1] ? fopen(command->words[1], "r") : NULL;
    char text[256];

    if (!file) return ERROR_FILE_NOT_FOUND;
    while (fgets(text, sizeof(text), file))
    {
        text[strcspn(text, "\r\n")] = 0;
        say(command, "%s", text);
    }
    fclose(file);
    return 0;
}

const struct verb media_verbs[] = {{"pool", make_pool},
                                   {"free", free_media},
                                   {"allocate", allocate},
                                   {"deallocate", deallocate},
                                   {"decommission", decommission},
                                   {"delete", delete_medium},
                                   {"mount", mount},
                                   {"dismount", dismount},
                                   {"dismountdrive", dismount_drive},
                                   {"cycle", cycle},
                                   {"write", write_file},
                                   {"read", read_file},
                                   {NULL, NULL}};

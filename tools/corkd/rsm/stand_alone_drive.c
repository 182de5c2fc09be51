/* A stand-alone drive as a library. */
#include "rsm/stand_alone_drive.h"

#include <limits.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>

#include "win_error.h"

#define INSERT_SECONDS 30 /* in which a drive has drawn in what lies in its tray */
#define INSERT_POLL_MS 200

struct stand_alone_drive
{
    struct changer base;
    const struct drive_device_kind *kind;
    struct drive_device device;
    char name[CHANGER_TEXT]; /* "\\.\Cdrom0" */
    bool full;               /* as last seen */
    uint32_t generation;     /* counts the media that have been put in */
};

static struct stand_alone_drive *drive_of(struct changer *changer)
{
    return (struct stand_alone_drive *)changer;
}

/* ---- Names ---- */

const struct drive_device_kind *stand_alone_kind_of(const char *node, unsigned *number)
{
    for (const struct drive_device_kind *const *kind = drive_device_kinds; *kind; kind++)
    {
        size_t length = strlen((*kind)->prefix),
               digits = strspn(node + (strncmp(node, (*kind)->prefix, length) ? 0 : length), "0123456789");

        if (strncmp(node, (*kind)->prefix, length) != 0 || !digits || digits > 4 || node[length + digits]) continue;
        *number = (unsigned)strtoul(node + length, NULL, 10);
        return *kind;
    }
    return NULL;
}

void stand_alone_device_name(const char *location, char name[CHANGER_TEXT])
{
    const char *node = strrchr(location, '/');
    const struct drive_device_kind *kind;
    unsigned number;

    name[0] = 0;
    if (strncmp(location, STAND_ALONE_SCHEME, strlen(STAND_ALONE_SCHEME)) != 0 || !node) return;
    kind = stand_alone_kind_of(node + 1, &number);
    if (kind && kind->windows_name)
        snprintf(name, CHANGER_TEXT, "\\\\.\\%s%u", kind->windows_name, number);
    else if (kind)
        snprintf(name, CHANGER_TEXT, "%s", location + strlen(STAND_ALONE_SCHEME)); /* which gets a name: tape_name */
}

/* ---- Opening ---- */

static uint32_t drive_open(const char *location, struct changer **changer, char *message, size_t size)
{
    const char *node = strrchr(location, '/');
    struct stand_alone_drive *drive;
    const struct drive_device_kind *kind;
    char whole[sizeof(STAND_ALONE_SCHEME) + sizeof(drive->device.path)];
    unsigned number;
    bool full, changed;
    uint32_t error;

    kind = node ? stand_alone_kind_of(node + 1, &number) : NULL;
    if (!kind || strlen(location) >= sizeof(drive->device.path))
    {
        snprintf(message, size, "a stand-alone drive is named by its device, such as /dev/sr0 or /dev/nst0");
        return ERROR_INVALID_NAME;
    }
    drive = calloc(1, sizeof(*drive));
    if (!drive) return ERROR_NOT_ENOUGH_MEMORY;
    drive->base.kind = &stand_alone_drive_kind;
    drive->kind = kind;
    strcpy(drive->device.path, location);
    drive->device.sys_classes = "/sys/class";
    snprintf(whole, sizeof(whole), STAND_ALONE_SCHEME "%s", location);
    stand_alone_device_name(whole, drive->name);
    error = kind->status(&drive->device, &full, &changed);
    if (error == ERROR_DEVICE_NOT_AVAILABLE || error == ERROR_ACCESS_DENIED)
    {
        snprintf(message, size, "%.60s %s", location,
                 error == ERROR_ACCESS_DENIED ? "may not be opened by this user" : "is not there");
        free(drive);
        return error;
    }
    *changer = &drive->base;
    return 0;
}

static void drive_close(struct changer *changer)
{
    free(changer);
}

/* ---- Describing ---- */

/* What the kernel has read from the device: an attribute in /sys/class/CLASS/NODE/device. */
static void read_attribute(const struct stand_alone_drive *drive, const char *attribute, size_t skip, char *text)
{
    char path[512], bytes[CHANGER_TEXT + 8] = "";
    size_t length = 0, size;
    FILE *file;

    snprintf(path, sizeof(path), "%s/%s/%s/device/%s", drive->device.sys_classes, drive->kind->sys_class,
             strrchr(drive->device.path, '/') + 1, attribute);
    text[0] = 0;
    file = fopen(path, "re");
    if (!file) return;
    size = fread(bytes, 1, sizeof(bytes) - 1, file);
    fclose(file);
    for (size_t i = skip; i < size && length < CHANGER_TEXT - 1; i++)
        if (bytes[i] > ' ' || (bytes[i] == ' ' && length)) text[length++] = bytes[i];
    while (length && text[length - 1] == ' ')
        length--;
    text[length] = 0;
}

/* "6:0:0:3", the name of the SCSI unit in the kernel. */
static void read_address(const struct stand_alone_drive *drive, struct changer_description *description)
{
    char path[512], target[PATH_MAX] = "";
    unsigned numbers[4];
    const char *last;

    snprintf(path, sizeof(path), "%s/%s/%s/device", drive->device.sys_classes, drive->kind->sys_class,
             strrchr(drive->device.path, '/') + 1);
    if (!realpath(path, target)) return;
    last = strrchr(target, '/');
    if (!last || sscanf(last + 1, "%5u:%5u:%5u:%5u", &numbers[0], &numbers[1], &numbers[2], &numbers[3]) != 4) return;
    description->port = (uint16_t)numbers[0];
    description->bus = (uint16_t)numbers[1];
    description->target = (uint16_t)numbers[2];
    description->lun = (uint16_t)numbers[3];
}

static uint32_t drive_describe(struct changer *changer, struct changer_description *description)
{
    struct stand_alone_drive *drive = drive_of(changer);

    memset(description, 0, sizeof(*description));
    read_attribute(drive, "vendor", 0, description->vendor);
    read_attribute(drive, "model", 0, description->product);
    read_attribute(drive, "rev", 0, description->revision);
    read_attribute(drive, "vpd_pg80", 4, description->serial);
    read_address(drive, description);
    strcpy(description->device, drive->name);
    description->elements[CHANGER_DRIVE] = 1;
    description->elements[CHANGER_PORT] = 1;
    description->stand_alone = true;
    description->sides = 1;
    return drive->kind->describe(&drive->device, description);
}

static uint32_t drive_describe_drive(struct changer *changer, uint32_t index, struct changer_drive *described)
{
    struct changer_description description;
    uint32_t error;

    memset(described, 0, sizeof(*described));
    if (index) return ERROR_INVALID_DRIVE;
    error = drive_describe(changer, &description);
    strcpy(described->vendor, description.vendor);
    strcpy(described->product, description.product);
    strcpy(described->revision, description.revision);
    strcpy(described->serial, description.serial);
    strcpy(described->device, description.device);
    described->port = description.port;
    described->bus = description.bus;
    described->target = description.target;
    described->lun = description.lun;
    return error;
}

/* ---- Contents ---- */

/* A drive that is at work, or that another program has, keeps what it had. */
static uint32_t look(struct stand_alone_drive *drive, bool *sure)
{
    bool full, changed;
    uint32_t error = drive->kind->status(&drive->device, &full, &changed);

    *sure = !error;
    if (error == ERROR_DEVICE_NOT_AVAILABLE) return error;
    if (error) return 0;
    if (full && (!drive->full || changed)) drive->generation++;
    drive->full = full;
    return 0;
}

static uint32_t drive_inventory(struct changer *changer, enum changer_element_type type, bool scan,
                                struct changer_content *contents)
{
    struct stand_alone_drive *drive = drive_of(changer);
    uint32_t error;
    bool sure;

    (void)scan;
    if (type == CHANGER_SLOT) return 0;
    memset(contents, 0, sizeof(*contents));
    contents->readable = true;
    if (type == CHANGER_PORT) return 0; /* what lies in a tray that is out cannot be seen */
    error = look(drive, &sure);
    contents->full = drive->full;
    contents->readable = sure;
    contents->generation = drive->generation;
    return error;
}

static void pause_ms(long milliseconds)
{
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};

    nanosleep(&time, NULL);
}

static uint32_t insert(struct stand_alone_drive *drive)
{
    uint32_t error = drive->kind->insert(&drive->device);
    bool sure;

    for (int waited = 0; !error && waited < INSERT_SECONDS * 1000; waited += INSERT_POLL_MS)
    {
        error = look(drive, &sure);
        if (!error && sure) return drive->full ? 0 : ERROR_EMPTY;
        pause_ms(INSERT_POLL_MS);
    }
    return error ? error : ERROR_NOT_READY;
}

static uint32_t drive_move(struct changer *changer, struct changer_element from, struct changer_element to, bool flip)
{
    struct stand_alone_drive *drive = drive_of(changer);
    uint32_t error;
    bool sure;

    (void)flip;
    if (from.type == CHANGER_PORT && to.type == CHANGER_DRIVE) return insert(drive);
    if (from.type != CHANGER_DRIVE || to.type != CHANGER_PORT) return ERROR_INVALID_PARAMETER;
    error = look(drive, &sure);
    if (!error && sure && !drive->full) return ERROR_EMPTY;
    if (!error) error = drive->kind->eject(&drive->device);
    if (!error) drive->full = false;
    return error;
}

/* ---- The drive ---- */

static uint32_t drive_load(struct changer *changer, uint32_t index, uint32_t side)
{
    struct stand_alone_drive *drive = drive_of(changer);
    bool sure;
    uint32_t error;

    if (index || side) return ERROR_INVALID_PARAMETER;
    error = look(drive, &sure);
    if (error) return error;
    if (!sure) return ERROR_BUSY;
    return drive->full ? 0 : ERROR_EMPTY;
}

static uint32_t drive_unload(struct changer *changer, uint32_t index)
{
    struct stand_alone_drive *drive = drive_of(changer);
    uint32_t error;

    if (index) return ERROR_INVALID_PARAMETER;
    error = drive->kind->is_in_use(&drive->device);
    return error ? error : drive->kind->unlock(&drive->device);
}

static uint32_t drive_identify(struct changer *changer, uint32_t index, uint32_t side, struct media_label *label)
{
    struct stand_alone_drive *drive = drive_of(changer);

    if (index || side) return ERROR_INVALID_PARAMETER;
    return drive->kind->identify(&drive->device, label);
}

static uint32_t drive_write_label(struct changer *changer, uint32_t index, uint32_t side,
                                  const struct media_label *label)
{
    struct stand_alone_drive *drive = drive_of(changer);

    if (index || side) return ERROR_INVALID_PARAMETER;
    return drive->kind->write_label(&drive->device, label);
}

/* ---- File systems ---- */

/* Where the device's file system is mounted; "": it is not. */
static void find_mount(const char *device, char path[CHANGER_PATH])
{
    FILE *table = setmntent("/proc/self/mounts", "r");
    char strings[2 * CHANGER_PATH];
    struct stat wanted, other;
    struct mntent entry;

    path[0] = 0;
    if (!table) return;
    if (stat(device, &wanted)) wanted.st_rdev = 0;
    while (!path[0] && getmntent_r(table, &entry, strings, sizeof(strings)))
    {
        bool same = !strcmp(entry.mnt_fsname, device);

        if (!same && entry.mnt_fsname[0] == '/' && wanted.st_rdev && !stat(entry.mnt_fsname, &other))
            same = S_ISBLK(other.st_mode) && other.st_rdev == wanted.st_rdev;
        if (same) snprintf(path, CHANGER_PATH, "%s", entry.mnt_dir);
    }
    endmntent(table);
}

/* Where the disc's files are, while it is mounted; else the device's node. */
static uint32_t drive_path(struct changer *changer, uint32_t index, char path[CHANGER_PATH])
{
    struct stand_alone_drive *drive = drive_of(changer);

    if (index) return ERROR_INVALID_PARAMETER;
    find_mount(drive->device.path, path);
    if (!path[0]) snprintf(path, CHANGER_PATH, "%s", drive->device.path);
    return 0;
}

/* "NTFS can hold locks on media, and this option will cause the media to be ejected despite that lock." */
static uint32_t drive_force(struct changer *changer, uint32_t index)
{
    struct stand_alone_drive *drive = drive_of(changer);
    char path[CHANGER_PATH];

    if (index) return ERROR_INVALID_PARAMETER;
    find_mount(drive->device.path, path);
    if (!path[0]) return 0;
    return umount2(path, MNT_DETACH) ? ERROR_ACCESS_DENIED : 0;
}

const struct changer_kind stand_alone_drive_kind = {
    .scheme = "drive",
    .open = drive_open,
    .close = drive_close,
    .describe = drive_describe,
    .describe_drive = drive_describe_drive,
    .inventory = drive_inventory,
    .move = drive_move,
    .load = drive_load,
    .unload = drive_unload,
    .identify = drive_identify,
    .write_label = drive_write_label,
    .path = drive_path,
    .force = drive_force,
};

/* CD and DVD drives, /dev/srN: the ioctls of linux/cdrom.h. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/cdrom.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "rsm/drive_device.h"
#include "rsm/label_formats.h"
#include "rsm/media_label.h"
#include "rsm/ntms_constants.h"
#include "win_error.h"

#define FILE_DEVICE_CD_ROM 0x02
#define FILE_DEVICE_DVD    0x33
#define MEDIA_CD_ROM       0x33 /* CD_ROM and DVD_ROM of ntddstor.h's STORAGE_MEDIA_TYPE */
#define MEDIA_DVD_ROM      0x36

/* Without O_NONBLOCK the kernel would close the tray, and fail without a disc. */
static int open_drive(const struct drive_device *device)
{
    return open(device->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
}

/* One ioctl with a number for its argument. */
static uint32_t control(const struct drive_device *device, unsigned long request, unsigned long argument)
{
    int drive = open_drive(device);
    uint32_t error;

    if (drive < 0) return drive_device_error(errno);
    error = ioctl(drive, request, argument) < 0 ? drive_device_error(errno) : 0;
    close(drive);
    return error;
}

static uint32_t cdrom_describe(struct drive_device *device, struct changer_description *description)
{
    int drive = open_drive(device), able;

    if (drive < 0) return drive_device_error(errno);
    able = ioctl(drive, CDROM_GET_CAPABILITY, 0);
    close(drive);
    if (able < 0) able = 0;
    description->rw = NTMS_MEDIARW_READONLY;
    description->media_type = able & CDC_DVD ? MEDIA_DVD_ROM : MEDIA_CD_ROM;
    description->device_type = able & CDC_DVD ? FILE_DEVICE_DVD : FILE_DEVICE_CD_ROM;
    strcpy(description->media_type_name, able & CDC_DVD ? "DVD-ROM" : "CD-ROM");
    return 0;
}

/* The time of the last change goes on from call to call; kernels before 5.16 say only whether there was one, and only
 * to the first program that asks. */
static bool has_changed(struct drive_device *device, int drive)
{
#ifdef CDROM_TIMED_MEDIA_CHANGE
    struct cdrom_timed_media_change_info info = {.last_media_change = device->last_change};

    if (!ioctl(drive, CDROM_TIMED_MEDIA_CHANGE, &info))
    {
        device->last_change = info.last_media_change;
        return info.media_flags & MEDIA_CHANGED_FLAG;
    }
#endif
    return ioctl(drive, CDROM_MEDIA_CHANGED, CDSL_CURRENT) == 1;
}

static uint32_t cdrom_status(struct drive_device *device, bool *full, bool *changed)
{
    int drive = open_drive(device), status;
    uint32_t error = 0;

    *full = *changed = false;
    if (drive < 0) return drive_device_error(errno);
    status = ioctl(drive, CDROM_DRIVE_STATUS, CDSL_CURRENT);
    if (status < 0)
        error = drive_device_error(errno);
    else if (status == CDS_DRIVE_NOT_READY)
        error = ERROR_NOT_READY;
    else
    {
        *full = status == CDS_DISC_OK;
        *changed = has_changed(device, drive);
    }
    close(drive);
    return error;
}

static uint32_t cdrom_unlock(struct drive_device *device)
{
    uint32_t error = control(device, CDROM_LOCKDOOR, 0);

    return error == ERROR_NOT_SUPPORTED ? 0 : error;
}

static uint32_t cdrom_eject(struct drive_device *device)
{
    uint32_t error = cdrom_unlock(device);

    return error ? error : control(device, CDROMEJECT, 0);
}

static uint32_t cdrom_insert(struct drive_device *device)
{
    uint32_t error = control(device, CDROMCLOSETRAY, 0);

    return error == ERROR_NOT_SUPPORTED ? 0 : error; /* no motor: a person pushes it in */
}

/* A file system that is mounted, and who else wants it so, has the device exclusively. */
static uint32_t cdrom_is_in_use(struct drive_device *device)
{
    int drive = open(device->path, O_RDONLY | O_NONBLOCK | O_EXCL | O_CLOEXEC);

    if (drive < 0) return errno == EBUSY ? ERROR_BUSY : 0;
    close(drive);
    return 0;
}

/* ---- Labels ---- */

static bool track_start(int drive, uint8_t track, struct cdrom_msf0 *start)
{
    struct cdrom_tocentry entry = {.cdte_track = track, .cdte_format = CDROM_MSF};

    if (ioctl(drive, CDROMREADTOCENTRY, &entry)) return false;
    *start = entry.cdte_addr.msf;
    return true;
}

static uint32_t frames(const struct cdrom_msf0 *at)
{
    return ((uint32_t)at->minute * 60 + at->second) * 75 + at->frame;
}

/* An audio CD is named by its table of contents: the sum of its tracks' starts, and of one with few tracks its length.
 */
static uint32_t identify_audio(int drive, struct media_label *label)
{
    struct cdrom_msf0 start = {0}, first = {0}, end = {0};
    struct cdrom_tochdr header;
    uint32_t serial = 0;

    if (ioctl(drive, CDROMREADTOCHDR, &header)) return drive_device_error(errno);
    for (unsigned track = header.cdth_trk0; track <= header.cdth_trk1; track++)
    {
        if (!track_start(drive, (uint8_t)track, &start)) return ERROR_GEN_FAILURE;
        if (track == header.cdth_trk0) first = start;
        serial += (uint32_t)start.minute << 16 | (uint32_t)start.second << 8 | start.frame;
    }
    if (!track_start(drive, CDROM_LEADOUT, &end)) return ERROR_GEN_FAILURE;
    if (header.cdth_trk1 - header.cdth_trk0 + 1 < 3) serial += frames(&end) - frames(&first);
    label_set_type(label, "CDFS");
    label_set_serial(label, serial);
    strcpy(label->info, "Audio CD");
    return 0;
}

static uint32_t read_beginning(const struct drive_device *device, uint8_t *data, size_t *size)
{
    int drive = open(device->path, O_RDONLY | O_CLOEXEC); /* which makes the kernel look at the disc's size */
    size_t room = *size;
    ssize_t got = 0;
    uint32_t error;

    *size = 0;
    if (drive < 0) return drive_device_error(errno);
    while (*size < room && (got = read(drive, data + *size, room - *size)) > 0)
        *size += (size_t)got;
    error = got < 0 && !*size ? drive_device_error(errno) : 0;
    close(drive);
    return error;
}

static uint32_t identify_data(const struct drive_device *device, struct media_label *label)
{
    size_t size = MEDIA_LABEL_DISC_BYTES;
    uint8_t *data = malloc(size);
    uint32_t error = data ? read_beginning(device, data, &size) : ERROR_NOT_ENOUGH_MEMORY;

    if (!error) media_label_recognise(data, size, label);
    free(data);
    return error;
}

static uint32_t cdrom_identify(struct drive_device *device, struct media_label *label)
{
    int drive = open_drive(device), status;
    uint32_t error = 0;

    memset(label, 0, sizeof(*label));
    if (drive < 0) return drive_device_error(errno);
    status = ioctl(drive, CDROM_DRIVE_STATUS, CDSL_CURRENT);
    if (status != CDS_DISC_OK)
        error = status == CDS_DRIVE_NOT_READY ? ERROR_NOT_READY : ERROR_EMPTY;
    else
        status = ioctl(drive, CDROM_DISC_STATUS, 0);
    if (!error && status == CDS_AUDIO) error = identify_audio(drive, label);
    close(drive);
    if (error || status == CDS_AUDIO) return error;
    error = identify_data(device, label);
    /* A disc that can be written to and has not been has nothing to read. */
    if (error == ERROR_GEN_FAILURE && status == CDS_NO_INFO) error = 0;
    return error;
}

static uint32_t cdrom_write_label(struct drive_device *device, const struct media_label *label)
{
    uint8_t block[2048];
    ssize_t written;
    int drive;

    if (!media_label_write_free(label, block, sizeof(block))) return ERROR_INVALID_PARAMETER;
    drive = open(device->path, O_RDWR | O_CLOEXEC | O_SYNC);
    if (drive < 0) return drive_device_error(errno);
    written = write(drive, block, sizeof(block));
    if (written == (ssize_t)sizeof(block) && fsync(drive)) written = -1;
    close(drive);
    return written == (ssize_t)sizeof(block) ? 0 : ERROR_WRITE_PROTECT;
}

const struct drive_device_kind cdrom_device_kind = {
    .prefix = "sr",
    .windows_name = "Cdrom",
    .sys_class = "block",
    .describe = cdrom_describe,
    .status = cdrom_status,
    .eject = cdrom_eject,
    .insert = cdrom_insert,
    .unlock = cdrom_unlock,
    .is_in_use = cdrom_is_in_use,
    .identify = cdrom_identify,
    .write_label = cdrom_write_label,
};

/* A drive as a SCSI unit. */
#include "rsm/tape_drive.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mtio.h>
#include <unistd.h>

#include "rsm/media_label.h"
#include "win_error.h"

#define MINUTE      60000u
#define QUICK_MS    30000u
#define MOTION_MS   (15 * MINUTE) /* load, unload, rewind */
#define TRANSFER_MS (5 * MINUTE)
#define LOAD_MS     (5 * MINUTE)  /* for a medium to become ready after it was moved in */
#define CLEANING_MS (15 * MINUTE) /* for a cleaning */
#define BLOCK_MAX   65536u        /* a label stands in the first bytes of a block, however long that is */
#define LABEL_BLOCK 1024u

/* ---- The kernel's node ----
 *
 * The tape driver of the kernel lets one program in. Whoever has the node open uses the drive; while Cork has it, no
 * program comes in between. It also keeps an opinion of where the tape is, which a rewind through it sets right. */

static uint32_t hold_node(const struct tape_drive *drive, int *fd)
{
    *fd = -1;
    if (!drive->node[0]) return 0;
    /* Without O_NONBLOCK it would wait for a medium, for minutes. */
    *fd = open(drive->node, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    return *fd < 0 && errno == EBUSY ? ERROR_BUSY : 0;
}

static void release_node(int fd, bool rewound)
{
    struct mtop rewind = {.mt_op = MTREW, .mt_count = 1};

    if (fd < 0) return;
    if (rewound) ioctl(fd, MTIOCTOP, &rewind);
    close(fd);
}

/* ---- Commands ---- */

static bool is_known(const struct tape_drive *drive)
{
    return drive->device.transport != NULL;
}

static bool is_tape(const struct tape_drive *drive)
{
    return is_known(drive) && drive->device.inquiry.type == SCSI_TAPE;
}

/* LOAD UNLOAD of a tape, START STOP UNIT of a disc: the same operation code, and for both bit 0 starts. */
static uint32_t load_unload(struct tape_drive *drive, bool load)
{
    uint8_t cdb[6] = {0x1b, 0, 0, 0, load};

    return scsi_device_simple(&drive->device, cdb, 6, MOTION_MS, SCSI_REPEAT, QUICK_MS);
}

static uint32_t rewind_tape(struct tape_drive *drive)
{
    static const uint8_t cdb[6] = {0x01};

    return scsi_device_simple(&drive->device, cdb, 6, MOTION_MS, SCSI_REPEAT, LOAD_MS);
}

void tape_drive_close(struct tape_drive *drive)
{
    if (drive->owns_transport && is_known(drive)) drive->device.transport->kind->close(drive->device.transport);
    drive->device.transport = NULL;
}

/* ---- Loading ---- */

/* A cleaning medium makes the drive not ready until it is done, or the drive puts it out: either way it answers
 * differently from then on. */
static uint32_t wait_for_cleaning(struct tape_drive *drive)
{
    uint32_t error = 0, limit = drive->device.transport->limit_ms;

    if (!limit || limit > CLEANING_MS) limit = CLEANING_MS;
    for (uint32_t waited = 0; waited < limit; waited += 500)
    {
        error = scsi_device_ready(&drive->device, CLEANING_MS);
        if (error != ERROR_CLEANER_CARTRIDGE_INSTALLED) break;
        usleep(1000 * (limit < 500 ? limit : 500));
    }
    drive->device.wants_cleaning = false;
    return error == ERROR_DEVICE_NOT_AVAILABLE || error == ERROR_TIMEOUT || error == ERROR_NOT_READY ? error : 0;
}

uint32_t tape_drive_load(struct tape_drive *drive, bool cleaner)
{
    uint32_t error;

    if (!is_known(drive)) return 0;
    if (cleaner) return wait_for_cleaning(drive);
    error = scsi_device_ready(&drive->device, LOAD_MS);
    /* It stands in the mouth of the drive, or waits to be told to start. */
    if (error == ERROR_NO_MEDIA_IN_DRIVE || error == ERROR_NOT_READY)
    {
        error = load_unload(drive, true);
        if (!error) error = scsi_device_ready(&drive->device, LOAD_MS);
    }
    drive->device.changed = false;
    switch (error)
    {
    case ERROR_NO_MEDIA_IN_DRIVE:
    case ERROR_NOT_READY:
    case ERROR_CLEANER_CARTRIDGE_INSTALLED:
    case ERROR_INVALID_PARAMETER:
    case ERROR_NOT_SUPPORTED:
        return ERROR_UNABLE_TO_LOAD_MEDIUM;
    default:
        return error;
    }
}

uint32_t tape_drive_unload(struct tape_drive *drive)
{
    uint32_t error;
    int fd;

    if (!is_known(drive)) return 0;
    error = hold_node(drive, &fd);
    if (error) return error;
    error = load_unload(drive, false);
    release_node(fd, false);
    /* Empty, or one whose changer takes media out by itself. */
    if (error == ERROR_NO_MEDIA_IN_DRIVE || error == ERROR_NOT_SUPPORTED || error == ERROR_NOT_READY ||
        error == ERROR_CLEANER_CARTRIDGE_INSTALLED)
        error = 0;
    return error;
}

/* ---- Labels ---- */

/* Reads the next block, as much of it as there is room for. ERROR_FILEMARK_DETECTED, ERROR_NO_DATA_DETECTED. */
static uint32_t read_block(struct tape_drive *drive, uint8_t *block, uint32_t room, uint32_t *size)
{
    uint8_t cdb[6] = {0x08, 0, (uint8_t)(room >> 16), (uint8_t)(room >> 8), (uint8_t)room};
    const struct scsi_sense *sense = &drive->device.sense;
    struct scsi_command command;
    uint32_t error;

    scsi_command_init(&command, cdb, 6, TRANSFER_MS);
    scsi_command_data(&command, SCSI_DATA_IN, block, room);
    error = scsi_device_run(&drive->device, &command, SCSI_IF_UNCHANGED, LOAD_MS);
    *size = command.transferred;
    if (error) return error;
    /* A block of another length than asked for: the difference says which. One that is longer fills the room. */
    if (sense->valid && sense->wrong_length && sense->has_information)
        *size = sense->information <= 0 ? room : sense->information < room ? room - (uint32_t)sense->information : 0;
    return 0;
}

static uint32_t read_label(struct tape_drive *drive, uint8_t *block, struct media_label *label)
{
    uint32_t size = 0, error = rewind_tape(drive);

    drive->device.changed = false; /* whichever it is, it stands at its beginning */
    if (!error) error = read_block(drive, block, BLOCK_MAX, &size);
    if (error == ERROR_FILEMARK_DETECTED) /* nothing before it: what comes behind it */
    {
        error = read_block(drive, block, BLOCK_MAX, &size);
        if (error == ERROR_FILEMARK_DETECTED)
        {
            label->kind = LABEL_UNKNOWN;
            return 0;
        }
    }
    if (error == ERROR_NO_DATA_DETECTED || error == ERROR_END_OF_MEDIA)
    {
        error = 0;
        size = 0;
    }
    if (!error) media_label_recognise(block, size, label);
    return error;
}

uint32_t tape_drive_identify(struct tape_drive *drive, struct media_label *label)
{
    uint32_t error, again;
    uint8_t *block;
    int fd;

    memset(label, 0, sizeof(*label));
    if (!is_tape(drive)) return ERROR_NOT_SUPPORTED;
    block = malloc(BLOCK_MAX);
    if (!block) return ERROR_NOT_ENOUGH_MEMORY;
    error = hold_node(drive, &fd);
    if (!error)
    {
        error = read_label(drive, block, label);
        again = rewind_tape(drive);
        if (!error) error = again;
        release_node(fd, true);
    }
    free(block);
    return error;
}

/* Blocks of any length; a drive that was left with another mode would cut the label into pieces. */
static uint32_t set_variable_blocks(struct tape_drive *drive)
{
    static const uint8_t cdb[6] = {0x15, 0x10, 0, 0, 12};
    uint8_t parameters[12] = {0, 0, 0x10 /* buffered */, 8};
    struct scsi_command command;
    uint32_t error;

    scsi_command_init(&command, cdb, 6, QUICK_MS);
    scsi_command_data(&command, SCSI_DATA_OUT, parameters, sizeof(parameters));
    error = scsi_device_run(&drive->device, &command, SCSI_REPEAT, QUICK_MS);
    return error == ERROR_NOT_SUPPORTED || error == ERROR_INVALID_PARAMETER ? 0 : error;
}

static uint32_t write_block(struct tape_drive *drive, uint8_t *block, uint32_t size)
{
    uint8_t cdb[6] = {0x0a, 0, (uint8_t)(size >> 16), (uint8_t)(size >> 8), (uint8_t)size};
    static const uint8_t filemark[6] = {0x10, 0, 0, 0, 1};
    struct scsi_command command;
    uint32_t error;

    scsi_command_init(&command, cdb, 6, TRANSFER_MS);
    scsi_command_data(&command, SCSI_DATA_OUT, block, size);
    error = scsi_device_run(&drive->device, &command, SCSI_IF_UNCHANGED, LOAD_MS);
    if (!error && command.transferred != size) error = ERROR_IO_DEVICE;
    if (!error) error = scsi_device_simple(&drive->device, filemark, 6, TRANSFER_MS, SCSI_IF_UNCHANGED, LOAD_MS);
    return error;
}

uint32_t tape_drive_write_label(struct tape_drive *drive, const struct media_label *label)
{
    uint8_t block[LABEL_BLOCK];
    uint32_t error, again;
    int fd;

    if (!is_tape(drive) || label->kind != LABEL_FREE) return ERROR_NOT_SUPPORTED;
    if (media_label_write_free(label, block, sizeof(block)) != sizeof(block)) return ERROR_INVALID_PARAMETER;
    error = hold_node(drive, &fd);
    if (error) return error;
    error = rewind_tape(drive);
    if (!error) error = set_variable_blocks(drive);
    if (!error) error = write_block(drive, block, sizeof(block));
    again = rewind_tape(drive);
    if (!error) error = again;
    release_node(fd, true);
    return error;
}

/* ---- Cleaning ---- */

bool tape_drive_wants_cleaning(struct tape_drive *drive)
{
    static const uint8_t cdb[10] = {0x4d, 0, 0x40 | 0x2e, 0, 0, 0, 0, 4, 0};
    struct scsi_command command;
    uint8_t data[1024];

    if (!is_tape(drive)) return false;
    scsi_command_init(&command, cdb, 10, QUICK_MS);
    scsi_command_data(&command, SCSI_DATA_IN, data, sizeof(data));
    /* Reading the flags clears them in the drive. */
    if (!scsi_device_run(&drive->device, &command, SCSI_REPEAT, 0) &&
        tape_alert_wants_cleaning(data, command.transferred))
        drive->device.wants_cleaning = true;
    return drive->device.wants_cleaning;
}

/* Tape drives, /dev/nstN: the ioctls of sys/mtio.h, st(4). */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mtio.h>
#include <unistd.h>

#include "rsm/drive_device.h"
#include "rsm/media_label.h"
#include "rsm/ntms_constants.h"
#include "rsm/tape_media.h"
#include "win_error.h"

#define FILE_DEVICE_TAPE 0x1f
#define BLOCK_MAX        (1u << 20) /* of a tape's first block, read */

static uint32_t operate(int tape, short operation, int count)
{
    struct mtop command = {operation, count};

    return ioctl(tape, MTIOCTOP, &command) ? drive_device_error(errno) : 0;
}

/* With O_NONBLOCK the kernel does not wait for a tape to be put in, which it does for minutes otherwise. */
static uint32_t operate_once(const struct drive_device *device, short operation)
{
    int tape = open(device->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    uint32_t error;

    if (tape < 0) return drive_device_error(errno);
    error = operate(tape, operation, 1);
    close(tape);
    return error;
}

static uint32_t tape_status(struct drive_device *device, bool *full, bool *changed)
{
    int tape = open(device->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    uint32_t error = 0;
    struct mtget state;

    *full = *changed = false; /* a tape takes longer to be exchanged than one looks away */
    if (tape < 0) return drive_device_error(errno);
    if (ioctl(tape, MTIOCGET, &state))
        error = drive_device_error(errno);
    else
        *full = GMT_ONLINE(state.mt_gstat) != 0;
    close(tape);
    return error;
}

static uint32_t tape_describe(struct drive_device *device, struct changer_description *description)
{
    (void)device;
    description->rw = NTMS_MEDIARW_REWRITABLE;
    description->device_type = FILE_DEVICE_TAPE;
    tape_media_of(description->product, description);
    return 0;
}

/* Not all drives have a lock. */
static uint32_t tape_unlock(struct drive_device *device)
{
    uint32_t error = operate_once(device, MTUNLOCK);

    return error == ERROR_BUSY || error == ERROR_DEVICE_NOT_AVAILABLE ? error : 0;
}

static uint32_t tape_eject(struct drive_device *device)
{
    uint32_t error = tape_unlock(device);

    return error ? error : operate_once(device, MTOFFL);
}

static uint32_t tape_insert(struct drive_device *device)
{
    uint32_t error = operate_once(device, MTLOAD);

    return error == ERROR_GEN_FAILURE ? 0 : error; /* nothing there to be drawn in, or nothing to draw with */
}

static uint32_t tape_is_in_use(struct drive_device *device)
{
    int tape = open(device->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC); /* one program at a time */

    if (tape < 0) return errno == EBUSY ? ERROR_BUSY : 0;
    close(tape);
    return 0;
}

/* ---- Labels ---- */

/* At its beginning, with blocks of any size. */
static uint32_t open_tape(struct drive_device *device, int mode, int *tape)
{
    bool full, changed;
    uint32_t error = tape_status(device, &full, &changed);

    if (error) return error;
    if (!full) return ERROR_EMPTY;
    *tape = open(device->path, mode | O_CLOEXEC);
    if (*tape < 0) return drive_device_error(errno);
    error = operate(*tape, MTREW, 1);
    if (error)
        close(*tape);
    else
        operate(*tape, MTSETBLK, 0); /* a drive that cannot keeps its own size */
    return error;
}

/* Reading failed, or read nothing: the tape may end before it has begun. */
static bool is_at_end(int tape)
{
    struct mtget state;

    return !ioctl(tape, MTIOCGET, &state) && (GMT_EOD(state.mt_gstat) || GMT_EOF(state.mt_gstat));
}

static uint32_t tape_identify(struct drive_device *device, struct media_label *label)
{
    uint8_t *data = malloc(BLOCK_MAX);
    uint32_t error;
    ssize_t got;
    int tape;

    memset(label, 0, sizeof(*label));
    if (!data) return ERROR_NOT_ENOUGH_MEMORY;
    error = open_tape(device, O_RDONLY, &tape);
    if (!error)
    {
        got = read(tape, data, BLOCK_MAX);
        if (got >= 0)
            media_label_recognise(data, (size_t)got, label);
        else if (errno == ENOMEM || errno == EOVERFLOW) /* a block that is larger */
            label->kind = LABEL_UNKNOWN;
        else if (!is_at_end(tape))
            error = drive_device_error(errno);
        operate(tape, MTREW, 1);
        close(tape);
    }
    free(data);
    return error;
}

static uint32_t write_block(int tape, const struct media_label *label)
{
    size_t size = MEDIA_LABEL_FREE_BYTES;
    struct mtget state;
    uint8_t *block;
    ssize_t written;
    int code;

    if (!ioctl(tape, MTIOCGET, &state) && state.mt_dsreg & MT_ST_BLKSIZE_MASK)
        size = (size_t)((state.mt_dsreg & MT_ST_BLKSIZE_MASK) >> MT_ST_BLKSIZE_SHIFT); /* the drive's own size */
    block = malloc(size);
    if (!block) return ERROR_NOT_ENOUGH_MEMORY;
    written = media_label_write_free(label, block, size) ? write(tape, block, size) : -1;
    code = errno;
    free(block);
    if (written == (ssize_t)size) return 0;
    return written < 0 && (code == EACCES || code == EROFS || code == EPERM) ? ERROR_WRITE_PROTECT : ERROR_GEN_FAILURE;
}

static uint32_t tape_write_label(struct drive_device *device, const struct media_label *label)
{
    uint32_t error;
    int tape;

    if (!label->id_size || label->id_size > LABEL_ID_MAX) return ERROR_INVALID_PARAMETER;
    error = open_tape(device, O_RDWR, &tape);
    if (error) return error;
    error = write_block(tape, label);
    if (!error) error = operate(tape, MTWEOF, 1);
    operate(tape, MTREW, 1);
    if (close(tape) && !error) error = ERROR_GEN_FAILURE;
    return error;
}

const struct drive_device_kind tape_device_kind = {
    .prefix = "nst",
    .sys_class = "scsi_tape",
    .exclusive = true,
    .describe = tape_describe,
    .status = tape_status,
    .eject = tape_eject,
    .insert = tape_insert,
    .unlock = tape_unlock,
    .is_in_use = tape_is_in_use,
    .identify = tape_identify,
    .write_label = tape_write_label,
};

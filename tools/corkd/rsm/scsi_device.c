/* A SCSI unit. */
#include "rsm/scsi_device.h"

#include <string.h>
#include <time.h>

#include "win_error.h"

#define QUICK_MS       30000u /* commands that move nothing */
#define ATTENTIONS_MAX 16     /* that a unit may have queued for a new initiator */
#define ABORTS_MAX     3
#define PAUSE_MS       100 /* between two looks at a unit that is not ready, growing to */
#define PAUSE_MAX_MS   2000

static uint64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void sleep_ms(uint32_t ms)
{
    struct timespec pause = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000L};

    nanosleep(&pause, NULL);
}

void scsi_command_init(struct scsi_command *command, const uint8_t *cdb, uint32_t cdb_size, uint32_t timeout_ms)
{
    memset(command, 0, sizeof(*command));
    memcpy(command->cdb, cdb, cdb_size);
    command->cdb_size = cdb_size;
    command->timeout_ms = timeout_ms;
}

void scsi_command_data(struct scsi_command *command, enum scsi_direction direction, uint8_t *data, uint32_t size)
{
    command->direction = size ? direction : SCSI_NO_DATA;
    command->data = data;
    command->size = size;
}

/* ---- Repeating ---- */

struct attempts
{
    enum scsi_repeat repeat;
    uint64_t until; /* to become ready */
    uint32_t pause;
    int attentions, aborts;
    bool reconnected;
};

#define AGAIN 0xffffffffu

static uint32_t wait_and_repeat(struct attempts *attempts, uint32_t error)
{
    uint64_t now = now_ms();

    if (now >= attempts->until) return error;
    sleep_ms(attempts->until - now < attempts->pause ? (uint32_t)(attempts->until - now) : attempts->pause);
    attempts->pause = attempts->pause * 2 > PAUSE_MAX_MS ? PAUSE_MAX_MS : attempts->pause * 2;
    return AGAIN;
}

/* What follows from sense data. */
static uint32_t sense_result(struct scsi_device *device, struct attempts *attempts)
{
    const struct scsi_sense *sense = &device->sense;

    if (scsi_sense_wants_cleaning(sense)) device->wants_cleaning = true;
    if (scsi_sense_changed(sense)) device->changed = true;
    switch (sense->valid ? sense->key : SENSE_VENDOR)
    {
    case SENSE_NONE:
    case SENSE_RECOVERED:
        return sense->filemark || sense->end_of_medium ? scsi_sense_error(sense) : 0;
    case SENSE_UNIT_ATTENTION:
        if (attempts->repeat == SCSI_IF_UNCHANGED && device->changed) return ERROR_MEDIA_CHANGED;
        return ++attempts->attentions < ATTENTIONS_MAX ? AGAIN : scsi_sense_error(sense);
    case SENSE_ABORTED_COMMAND:
        return attempts->repeat == SCSI_REPEAT && ++attempts->aborts < ABORTS_MAX ? AGAIN : scsi_sense_error(sense);
    case SENSE_NOT_READY:
        return scsi_sense_becoming_ready(sense) ? wait_and_repeat(attempts, ERROR_NOT_READY) : scsi_sense_error(sense);
    default:
        return scsi_sense_error(sense);
    }
}

static uint32_t status_result(struct scsi_device *device, const struct scsi_command *command, struct attempts *attempts)
{
    scsi_sense_parse(command->sense, command->sense_size, &device->sense);
    switch (command->status)
    {
    case SCSI_CHECK_CONDITION:
        return sense_result(device, attempts);
    case SCSI_BUSY:
    case SCSI_SET_FULL:
        return wait_and_repeat(attempts, ERROR_BUSY);
    case SCSI_RESERVED:
        return ERROR_BUSY;
    case SCSI_GOOD:
        if (scsi_sense_wants_cleaning(&device->sense)) device->wants_cleaning = true;
        return 0;
    default:
        return ERROR_IO_DEVICE;
    }
}

/* ---- The same unit ---- */

static uint32_t read_serial(struct scsi_device *device, char serial[SCSI_IDENTIFIER_MAX]);

/* After a new connection: that there is the same unit, and that nothing is taken for known about what is in it. */
static uint32_t check_connection(struct scsi_device *device)
{
    char serial[SCSI_IDENTIFIER_MAX];
    uint32_t error;

    if (device->connection == device->transport->connections) return 0;
    device->connection = device->transport->connections;
    device->changed = true;
    error = read_serial(device, serial);
    if (!error && strcmp(serial, device->serial) != 0) error = ERROR_DEVICE_NOT_AVAILABLE;
    if (error) device->connection = 0;
    return error;
}

/* One attempt. */
static uint32_t attempt(struct scsi_device *device, struct scsi_command *command, struct attempts *attempts)
{
    struct scsi_transport *transport = device->transport;
    uint32_t result = transport->kind->execute(transport, device->unit, command);

    if (!result && device->opened) result = check_connection(device);
    if (!result) return status_result(device, command, attempts);
    if (result != ERROR_DEVICE_NOT_AVAILABLE || attempts->repeat != SCSI_REPEAT || attempts->reconnected) return result;
    attempts->reconnected = true;
    return AGAIN;
}

uint32_t scsi_device_run(struct scsi_device *device, struct scsi_command *command, enum scsi_repeat repeat,
                         uint32_t patience_ms)
{
    struct attempts attempts = {.repeat = repeat, .pause = PAUSE_MS};
    uint32_t limit = device->transport->limit_ms, result = AGAIN;

    if (limit && command->timeout_ms > limit) command->timeout_ms = limit;
    if (limit && patience_ms > limit) patience_ms = limit;
    if (repeat == SCSI_IF_UNCHANGED)
    {
        /* Whatever it says of being ready: what matters are attentions, and a connection that has to be made anew. */
        result = scsi_device_ready(device, patience_ms);
        if (result == ERROR_DEVICE_NOT_AVAILABLE || result == ERROR_TIMEOUT) return result;
        if (device->changed) return ERROR_MEDIA_CHANGED;
        result = AGAIN;
    }
    attempts.until = now_ms() + patience_ms;
    while (result == AGAIN)
        result = attempt(device, command, &attempts);
    return result;
}

uint32_t scsi_device_simple(struct scsi_device *device, const uint8_t *cdb, uint32_t cdb_size, uint32_t timeout_ms,
                            enum scsi_repeat repeat, uint32_t patience_ms)
{
    struct scsi_command command;

    scsi_command_init(&command, cdb, cdb_size, timeout_ms);
    return scsi_device_run(device, &command, repeat, patience_ms);
}

uint32_t scsi_device_ready(struct scsi_device *device, uint32_t patience_ms)
{
    static const uint8_t cdb[6] = {0};

    return scsi_device_simple(device, cdb, 6, QUICK_MS, SCSI_REPEAT, patience_ms);
}

/* ---- Asking ---- */

static uint32_t inquire(struct scsi_device *device, bool vital, uint8_t page, uint8_t *data, uint8_t size,
                        uint32_t *got)
{
    uint8_t cdb[6] = {0x12, vital, page, 0, size};
    struct scsi_command command;
    uint32_t error;

    scsi_command_init(&command, cdb, 6, QUICK_MS);
    scsi_command_data(&command, SCSI_DATA_IN, data, size);
    error = scsi_device_run(device, &command, SCSI_REPEAT, QUICK_MS);
    *got = command.transferred;
    return error;
}

uint32_t scsi_device_vital(struct scsi_device *device, uint8_t page, uint8_t *data, uint8_t size, uint32_t *got)
{
    return inquire(device, true, page, data, size, got);
}

uint32_t scsi_device_mode(struct scsi_device *device, uint8_t page, uint8_t *data, uint8_t size, uint32_t *got)
{
    uint8_t cdb[6] = {0x1a, 0x08 /* no block descriptors */, page, 0, size};
    struct scsi_command command;
    uint32_t error;

    scsi_command_init(&command, cdb, 6, QUICK_MS);
    scsi_command_data(&command, SCSI_DATA_IN, data, size);
    error = scsi_device_run(device, &command, SCSI_REPEAT, QUICK_MS);
    *got = command.transferred;
    return error;
}

/* "" for a unit that has none. */
static uint32_t read_serial(struct scsi_device *device, char serial[SCSI_IDENTIFIER_MAX])
{
    uint8_t data[255];
    uint32_t got, error = scsi_device_vital(device, 0x80, data, sizeof(data), &got);

    serial[0] = 0;
    if (!error) scsi_serial_parse(data, got, serial);
    return error == ERROR_INVALID_PARAMETER || error == ERROR_NOT_SUPPORTED ? 0 : error;
}

uint32_t scsi_device_open(struct scsi_device *device, struct scsi_transport *transport, uint32_t unit)
{
    uint8_t data[96];
    uint32_t got, error;

    memset(device, 0, sizeof(*device));
    device->transport = transport;
    device->unit = unit;
    error = inquire(device, false, 0, data, sizeof(data), &got);
    if (!error && !scsi_inquiry_parse(data, got, &device->inquiry)) error = ERROR_DEVICE_NOT_AVAILABLE;
    if (!error) error = read_serial(device, device->serial);
    device->connection = transport->connections;
    device->opened = !error;
    return error;
}

/* Sense data and what it means. */
#include "rsm/scsi_sense.h"

#include <string.h>

#include "win_error.h"

#define CODE(sense) ((uint32_t)(sense)->asc << 8 | (sense)->ascq)

static int64_t read_signed(const uint8_t *data, size_t size)
{
    uint64_t value = data[0] & 0x80 ? UINT64_MAX : 0;

    for (size_t i = 0; i < size; i++)
        value = value << 8 | data[i];
    return (int64_t)value;
}

/* The bits of the stream commands stand in the same places in both formats. */
static void read_flags(uint8_t byte, struct scsi_sense *sense)
{
    sense->filemark = byte & 0x80;
    sense->end_of_medium = byte & 0x40;
    sense->wrong_length = byte & 0x20;
}

static void parse_fixed(const uint8_t *data, size_t size, struct scsi_sense *sense)
{
    if (size < 3) return;
    sense->valid = true;
    sense->key = data[2] & 0xf;
    read_flags(data[2], sense);
    if (size >= 7 && data[0] & 0x80)
    {
        sense->has_information = true;
        sense->information = read_signed(data + 3, 4);
    }
    /* The additional length says how much the device filled in, some devices leave it 0: what was not sent is 0. */
    if (size >= 13) sense->asc = data[12];
    if (size >= 14) sense->ascq = data[13];
}

static void parse_descriptors(const uint8_t *data, size_t size, struct scsi_sense *sense)
{
    size_t at = 8;

    if (size < 4) return;
    sense->valid = true;
    sense->key = data[1] & 0xf;
    sense->asc = data[2];
    sense->ascq = data[3];
    while (at + 2 <= size)
    {
        size_t length = (size_t)data[at + 1] + 2;

        if (length > size - at) return;
        if (data[at] == 0 && length >= 12 && data[at + 2] & 0x80)
        {
            sense->has_information = true;
            sense->information = read_signed(data + at + 4, 8);
        }
        if (data[at] == 4 && length >= 4) read_flags(data[at + 3], sense);
        at += length;
    }
}

void scsi_sense_parse(const uint8_t *data, size_t size, struct scsi_sense *sense)
{
    memset(sense, 0, sizeof(*sense));
    if (!size) return;
    switch (data[0] & 0x7f)
    {
    case 0x70:
    case 0x71:
        parse_fixed(data, size, sense);
        break;
    case 0x72:
    case 0x73:
        parse_descriptors(data, size, sense);
        break;
    default:
        break;
    }
}

bool scsi_sense_becoming_ready(const struct scsi_sense *sense)
{
    if (!sense->valid || sense->key != SENSE_NOT_READY || sense->asc != 0x04) return false;
    switch (sense->ascq)
    {
    case 0x01: /* in process of becoming ready */
    case 0x04: /* format in progress */
    case 0x07: /* operation in progress */
    case 0x08: /* long write in progress */
    case 0x09: /* self-test in progress */
    case 0x0a: /* asymmetric access state transition */
        return true;
    default:
        return false;
    }
}

bool scsi_sense_wants_cleaning(const struct scsi_sense *sense)
{
    if (!sense->valid) return false;
    return CODE(sense) == 0x0017 ||                                     /* cleaning requested */
           (sense->key == SENSE_MEDIUM_ERROR && CODE(sense) == 0x3007); /* cleaning failure */
}

bool scsi_sense_changed(const struct scsi_sense *sense)
{
    if (!sense->valid || sense->key != SENSE_UNIT_ATTENTION) return false;
    /* 28: medium may have changed, import or export element accessed; 29: power on, reset; 3B/12, 13: a magazine
     * removed or inserted; 3F/0E: the units have changed; 5A: a person asks for the medium. */
    return sense->asc == 0x28 || sense->asc == 0x29 || sense->asc == 0x5a ||
           (sense->asc == 0x3b && sense->ascq >= 0x11 && sense->ascq <= 0x1b) || CODE(sense) == 0x3f0e;
}

/* NOT READY. */
static uint32_t not_ready_error(const struct scsi_sense *sense)
{
    switch (sense->asc)
    {
    case 0x30:
        return CODE(sense) == 0x3003 ? ERROR_CLEANER_CARTRIDGE_INSTALLED : ERROR_UNRECOGNIZED_MEDIA;
    case 0x3a:
        return ERROR_NO_MEDIA_IN_DRIVE;
    case 0x3b:
        return ERROR_MAGAZINE_NOT_PRESENT;
    case 0x04:
        break;
    default:
        return ERROR_NOT_READY;
    }
    switch (sense->ascq)
    {
    case 0x12: /* offline */
        return ERROR_LIBRARY_OFFLINE;
    case 0x18: /* a door is open */
        return ERROR_DEVICE_DOOR_OPEN;
    default:
        return ERROR_NOT_READY;
    }
}

/* ILLEGAL REQUEST. */
static uint32_t refused_error(const struct scsi_sense *sense)
{
    switch (CODE(sense))
    {
    case 0x2000: /* invalid command operation code */
        return ERROR_NOT_SUPPORTED;
    case 0x2101: /* invalid element address */
        return ERROR_ILLEGAL_ELEMENT_ADDRESS;
    case 0x3b0d: /* medium destination element full */
        return ERROR_NOT_EMPTY;
    case 0x3b0e: /* medium source element empty */
        return ERROR_EMPTY;
    case 0x3b11: /* magazine not accessible */
    case 0x3b12: /* magazine removed */
        return ERROR_MAGAZINE_NOT_PRESENT;
    case 0x3b18: /* element disabled */
        return ERROR_RESOURCE_DISABLED;
    default:
        break;
    }
    if (sense->asc == 0x53) return ERROR_BUSY; /* load or eject failed, removal prevented */
    if (sense->asc == 0x3a) return ERROR_NO_MEDIA_IN_DRIVE;
    return ERROR_INVALID_PARAMETER;
}

uint32_t scsi_sense_error(const struct scsi_sense *sense)
{
    if (!sense->valid) return ERROR_IO_DEVICE;
    switch (sense->key)
    {
    case SENSE_NOT_READY:
        return not_ready_error(sense);
    case SENSE_MEDIUM_ERROR:
        return CODE(sense) == 0x3003 ? ERROR_CLEANER_CARTRIDGE_INSTALLED
               : sense->asc == 0x30  ? ERROR_UNRECOGNIZED_MEDIA
               : sense->asc == 0x27  ? ERROR_WRITE_PROTECT
                                     : ERROR_CRC;
    case SENSE_ILLEGAL_REQUEST:
        return refused_error(sense);
    case SENSE_UNIT_ATTENTION:
        return sense->asc == 0x29 ? ERROR_BUS_RESET : ERROR_MEDIA_CHANGED;
    case SENSE_DATA_PROTECT:
        return ERROR_WRITE_PROTECT;
    case SENSE_BLANK_CHECK:
        return ERROR_NO_DATA_DETECTED;
    case SENSE_VOLUME_OVERFLOW:
        return ERROR_END_OF_MEDIA;
    case SENSE_NONE:
    case SENSE_RECOVERED:
        if (sense->filemark) return ERROR_FILEMARK_DETECTED;
        if (sense->end_of_medium) return ERROR_END_OF_MEDIA;
        return ERROR_IO_DEVICE;
    default:
        return ERROR_IO_DEVICE;
    }
}

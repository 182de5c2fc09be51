/*
 * SCSI sense data: why a command ended with CHECK CONDITION ("SCSI Primary Commands - 4", 4.5), and what that is in the
 * error codes of Windows. Portable: no system's header.
 */
#ifndef CORK_RSM_SCSI_SENSE_H
#define CORK_RSM_SCSI_SENSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sense keys. */
enum
{
    SENSE_NONE = 0,
    SENSE_RECOVERED = 1,
    SENSE_NOT_READY = 2,
    SENSE_MEDIUM_ERROR = 3,
    SENSE_HARDWARE_ERROR = 4,
    SENSE_ILLEGAL_REQUEST = 5,
    SENSE_UNIT_ATTENTION = 6,
    SENSE_DATA_PROTECT = 7,
    SENSE_BLANK_CHECK = 8,
    SENSE_VENDOR = 9,
    SENSE_ABORTED_COMMAND = 11,
    SENSE_VOLUME_OVERFLOW = 13
};

struct scsi_sense
{
    bool valid; /* false: there was none, or nothing that could be read */
    uint8_t key, asc, ascq;
    bool filemark, end_of_medium, wrong_length; /* of the stream commands */
    bool has_information;
    int64_t information; /* of a read: the length asked for less that of the block, in bytes or blocks */
};

/* Reads sense data in fixed or descriptor format (SPC-4 4.5.2, 4.5.3). No length in it is trusted. */
void scsi_sense_parse(const uint8_t *data, size_t size, struct scsi_sense *sense);

/* Whether the code says that the unit becomes ready by itself: waiting helps. */
bool scsi_sense_becoming_ready(const struct scsi_sense *sense);
/* Whether it says that a drive has to be cleaned (00/17, or a cleaning that a medium error asks for). */
bool scsi_sense_wants_cleaning(const struct scsi_sense *sense);
/* Whether a unit attention leaves open which medium is where: a reset, a medium that may have been changed, a door or
 * port that a person had access to. */
bool scsi_sense_changed(const struct scsi_sense *sense);

/* The Windows error (win_error.h) for sense data of a command that failed. Never 0. ERROR_EMPTY and ERROR_NOT_EMPTY for
 * a move whose source is empty or whose destination is full. */
uint32_t scsi_sense_error(const struct scsi_sense *sense);

#endif

/*
 * A SCSI unit and the rules by which commands to it are repeated: unit attentions, a unit that becomes ready, one that
 * is busy, a connection that was lost. What it comes to is a Windows error (win_error.h).
 */
#ifndef CORK_RSM_SCSI_DEVICE_H
#define CORK_RSM_SCSI_DEVICE_H

#include <stdbool.h>

#include "rsm/scsi_inquiry.h"
#include "rsm/scsi_sense.h"
#include "rsm/scsi_transport.h"

struct scsi_device
{
    struct scsi_transport *transport; /* may be shared by several units; the changer's owner closes it */
    uint32_t unit;
    bool opened;         /* what the unit is is known */
    uint32_t connection; /* of the transport, when the unit was last found to be the same; 0: to be asked again */
    struct scsi_inquiry inquiry;
    char serial[SCSI_IDENTIFIER_MAX];
    struct scsi_sense sense; /* of the last command; not valid: it had none */
    bool changed;            /* what is where, or in it, may have changed since this was cleared */
    bool wants_cleaning;     /* a drive has said so since this was cleared */
};

/* How a command may be repeated. */
enum scsi_repeat
{
    SCSI_REPEAT,       /* it may be done twice */
    SCSI_IF_UNCHANGED, /* it is done at most once, and not at all when device->changed: ERROR_MEDIA_CHANGED. The unit is
                          asked for attentions before */
};

/* Finds out what the unit is. */
uint32_t scsi_device_open(struct scsi_device *device, struct scsi_transport *transport, uint32_t unit);

/* Performs a command. A unit that becomes ready, or is busy, is waited for up to `patience_ms`. Errors: those of
 * scsi_sense_error and of the transport; ERROR_BUSY: reserved by another, or busy to the end; ERROR_NOT_READY.
 * device->sense has the sense data also of a success (recovered errors, filemarks are ERROR_FILEMARK_DETECTED). */
uint32_t scsi_device_run(struct scsi_device *device, struct scsi_command *command, enum scsi_repeat repeat,
                         uint32_t patience_ms);

/* Fills in a command. `cdb_size`: 6, 10, 12, 16. */
void scsi_command_init(struct scsi_command *command, const uint8_t *cdb, uint32_t cdb_size, uint32_t timeout_ms);
/* ... and where its data go, or come from. */
void scsi_command_data(struct scsi_command *command, enum scsi_direction direction, uint8_t *data, uint32_t size);

/* A command without data. */
uint32_t scsi_device_simple(struct scsi_device *device, const uint8_t *cdb, uint32_t cdb_size, uint32_t timeout_ms,
                            enum scsi_repeat repeat, uint32_t patience_ms);

/* TEST UNIT READY. */
uint32_t scsi_device_ready(struct scsi_device *device, uint32_t patience_ms);

/* A page of vital product data. *got: bytes. */
uint32_t scsi_device_vital(struct scsi_device *device, uint8_t page, uint8_t *data, uint8_t size, uint32_t *got);
/* MODE SENSE (6) of a page's current values. */
uint32_t scsi_device_mode(struct scsi_device *device, uint8_t page, uint8_t *data, uint8_t size, uint32_t *got);

#endif

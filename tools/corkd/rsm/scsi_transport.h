/*
 * How a SCSI command reaches a unit: a device node of the kernel (scsi_generic.c) or an iSCSI session (scsi_iscsi.c).
 *
 * A transport is used by one thread at a time. Nothing here waits longer than a command's time-out and, once, the time
 * that making a connection may take.
 */
#ifndef CORK_RSM_SCSI_TRANSPORT_H
#define CORK_RSM_SCSI_TRANSPORT_H

#include <stddef.h>
#include <stdint.h>

enum scsi_direction
{
    SCSI_NO_DATA,
    SCSI_DATA_IN,
    SCSI_DATA_OUT
};

enum
{
    SCSI_CDB_MAX = 16,
    SCSI_SENSE_MAX = 252,
    SCSI_CONNECT_MS = 15000 /* to make a connection */
};

/* Statuses ("SCSI Architecture Model - 5", 5.3). */
enum
{
    SCSI_GOOD = 0x00,
    SCSI_CHECK_CONDITION = 0x02,
    SCSI_BUSY = 0x08,
    SCSI_RESERVED = 0x18,
    SCSI_SET_FULL = 0x28,
    SCSI_ABORTED = 0x40
};

struct scsi_command
{
    uint8_t cdb[SCSI_CDB_MAX];
    uint32_t cdb_size;
    enum scsi_direction direction;
    uint8_t *data; /* the caller's; of a read, what was not sent is 0 */
    uint32_t size; /* of the data, or of the room for them */
    uint32_t timeout_ms;

    /* Results. */
    uint32_t transferred; /* bytes of data that came, or went */
    uint8_t status;
    uint8_t sense[SCSI_SENSE_MAX];
    uint32_t sense_size;
};

struct scsi_transport;

struct scsi_transport_kind
{
    /* Performs the command on a unit. 0 when the unit has answered it: status and sense are set. Otherwise
     * ERROR_DEVICE_NOT_AVAILABLE: it has gone, or cannot be reached; ERROR_TIMEOUT: it has not answered in time.
     * Whether it has done the command is not known then. ERROR_ACCESS_DENIED, ERROR_NOT_ENOUGH_MEMORY: it has not. */
    uint32_t (*execute)(struct scsi_transport *transport, uint32_t unit, struct scsi_command *command);
    void (*close)(struct scsi_transport *transport);
};

/* Every implementation begins with this. */
struct scsi_transport
{
    const struct scsi_transport_kind *kind;
    uint32_t limit_ms;    /* no command takes longer; 0: no limit but its own time-out */
    uint32_t connections; /* how often it was opened: a new one may be of another device */
    char message[256];    /* why the last command did not reach the unit, for people */
};

/* A device node, "/dev/sg3". Commands go to its unit, whatever number they name. ERROR_ACCESS_DENIED,
 * ERROR_DEVICE_NOT_AVAILABLE, ERROR_NOT_ENOUGH_MEMORY; `message` says why. */
uint32_t scsi_generic_open(const char *path, uint32_t limit_ms, struct scsi_transport **transport, char *message,
                           size_t size);

/* A session with an iSCSI target, "iscsi://[user[%password]@]host[:port]/name/unit" and options as libiscsi has them.
 * `initiator`: the name to go by; "": iqn.2026-01.invalid.cork:HOST. *unit is the URL's. ERROR_INVALID_NAME: no such
 * URL; ERROR_ACCESS_DENIED: the target refuses the login; others as above. */
uint32_t scsi_iscsi_open(const char *url, const char *initiator, uint32_t limit_ms, struct scsi_transport **transport,
                         uint32_t *unit, char *message, size_t size);

#endif

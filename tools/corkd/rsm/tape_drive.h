/*
 * A drive as a SCSI unit: making a medium ready, taking it back, its label (SSC-3, SPC-4). Where the kernel has a node
 * of its own for programs (/dev/nst0), that is kept in step.
 *
 * One thread at a time works with a drive. Results are Windows errors (win_error.h).
 */
#ifndef CORK_RSM_TAPE_DRIVE_H
#define CORK_RSM_TAPE_DRIVE_H

#include "rsm/changer.h"
#include "rsm/scsi_device.h"

struct tape_drive
{
    struct scsi_device device; /* transport NULL: the unit is not known, nothing can be done with the drive */
    bool owns_transport;       /* closed by tape_drive_close */
    char node[64];             /* by which programs use it; "": none */
    uint16_t port, bus, target, lun;
};

void tape_drive_close(struct tape_drive *drive);

/* Makes the medium that was moved into the drive ready. ERROR_UNABLE_TO_LOAD_MEDIUM: it does not become so.
 * `cleaner`: it is a cleaning medium; returns when the drive has done with it. 0 for a drive that is not known. */
uint32_t tape_drive_load(struct tape_drive *drive, bool cleaner);

/* Unthreads it, so that it can be taken out. ERROR_BUSY: a program holds the node, or removal is prevented. 0 for a
 * drive that is not known, and one that is empty. */
uint32_t tape_drive_unload(struct tape_drive *drive);

/* Reads the label; leaves the tape at its beginning. ERROR_NOT_SUPPORTED: no tape drive, or it is not known. */
uint32_t tape_drive_identify(struct tape_drive *drive, struct media_label *label);

/* Writes the label of a free medium and a filemark at the beginning: what was on the tape is gone. ERROR_WRITE_PROTECT.
 * ERROR_NOT_SUPPORTED: as above, and of any other kind of label. */
uint32_t tape_drive_write_label(struct tape_drive *drive, const struct media_label *label);

/* Whether the drive has asked for cleaning, in sense data or by TapeAlert, since a cleaning medium was last loaded. */
bool tape_drive_wants_cleaning(struct tape_drive *drive);

#endif

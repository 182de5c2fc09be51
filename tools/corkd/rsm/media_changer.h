/*
 * SCSI media changers: the kinds "sg" (sg:/dev/sg3) and "iscsi" (iscsi://host/target/unit) of changer.h. Their
 * locations are described in changer_location.h and corkd(8).
 */
#ifndef CORK_RSM_MEDIA_CHANGER_H
#define CORK_RSM_MEDIA_CHANGER_H

#include "rsm/changer.h"
#include "rsm/changer_location.h"
#include "rsm/element_status.h"
#include "rsm/scsi_device.h"
#include "rsm/scsi_nodes.h"
#include "rsm/tape_drive.h"

extern const struct changer_kind sg_changer_kind, iscsi_changer_kind;

/* Opens the changer that is a unit of a transport, as the kind "iscsi" does when it has connected: its drives are other
 * units of the same transport. Takes over the transport, also when it fails. */
uint32_t media_changer_open(struct scsi_transport *transport, uint32_t unit, struct changer **opened, char *message,
                            size_t size);

/* ---- The inside, shared by media_changer.c, changer_elements.c and changer_drives.c ---- */

struct media_changer
{
    struct changer base;
    struct changer_location location;
    struct scsi_device device;
    struct scsi_node node; /* "sg": the kernel's */
    struct element_range ranges[CHANGER_ELEMENT_TYPES];
    uint16_t picker;
    bool has_tags; /* it reads bar codes */
    bool lockable;
    bool rotates;
    struct changer_content *known[CHANGER_ELEMENT_TYPES]; /* what the engine was told last, and has moved since */
    unsigned told;                                        /* bits of the types that it was told of since a change */
    struct tape_drive *drives;                            /* by element */
};

/* Reads what stands in the elements of a type. An element that the changer does not report is not readable. */
uint32_t changer_elements_read(struct media_changer *changer, enum changer_element_type type,
                               struct changer_content *contents);
/* Whether everything is still as the engine was told: 0, or ERROR_MEDIA_CHANGED. */
uint32_t changer_elements_verify(struct media_changer *changer);

/* Finds the units of the drives: those that the location names, else those whose serial numbers the changer tells.
 * A drive of which nothing is known stays without a transport; that is no error. */
uint32_t changer_drives_find(struct media_changer *changer, char *message, size_t size);
void changer_drives_close(struct media_changer *changer);

#endif

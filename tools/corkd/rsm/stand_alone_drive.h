/*
 * A stand-alone drive as a library: "Removable Storage Manager treats stand-alone drives as libraries with one drive
 * and an insert/eject port" ("Libraries"). It has no slots; a person moves the media. Its location is "drive:" and the
 * device's path, "drive:/dev/sr0".
 */
#ifndef CORK_RSM_STAND_ALONE_DRIVE_H
#define CORK_RSM_STAND_ALONE_DRIVE_H

#include "rsm/drive_device.h"

#define STAND_ALONE_SCHEME "drive:"

extern const struct changer_kind stand_alone_drive_kind;

/* The kind of device that a node is by its name ("sr0"), and its number; NULL: none that is known. */
const struct drive_device_kind *stand_alone_kind_of(const char *node, unsigned *number);

/* The name by which Windows programs know the drive at a location, "\\.\Cdrom0", or the node of a tape; "" if it is
 * none. */
void stand_alone_device_name(const char *location, char name[CHANGER_TEXT]);

#endif

/*
 * The device of a stand-alone drive, one table of operations for each sort of drive: CD and DVD (cdrom_device.c), tape
 * (tape_device.c). Tests have one of their own.
 *
 * No operation keeps the device open: other programs use it too, and one that is open cannot be ejected. Every function
 * returns a Windows error (win_error.h): ERROR_BUSY while another program has the device for itself, ERROR_NOT_READY
 * while the drive is at work on a medium that was just put in, ERROR_EMPTY where a medium is needed,
 * ERROR_DEVICE_NOT_AVAILABLE when the device has gone. One thread at a time.
 */
#ifndef CORK_RSM_DRIVE_DEVICE_H
#define CORK_RSM_DRIVE_DEVICE_H

#include "rsm/changer.h"

struct drive_device
{
    char path[64];           /* "/dev/sr0" */
    int64_t last_change;     /* what the kind notes between two calls of status */
    const char *sys_classes; /* "/sys/class", where the kernel describes devices */
};

struct drive_device_kind
{
    const char *prefix;       /* of the nodes' names in /dev; a number follows */
    const char *windows_name; /* "Cdrom" for "\\.\Cdrom0"; NULL: what tape_name gives it */
    const char *sys_class;    /* where the kernel describes it: "block" for /sys/class/block/sr0 */
    bool exclusive;           /* the kernel lets one program in at a time */

    /* Fills media_type, media_type_name, device_type and rw; vendor, product, revision and serial, which may be used,
     * are what the kernel knows. */
    uint32_t (*describe)(struct drive_device *device, struct changer_description *description);
    /* Whether there is a medium in the drive, and whether it may be another one than the last time. */
    uint32_t (*status)(struct drive_device *device, bool *full, bool *changed);
    uint32_t (*eject)(struct drive_device *device);
    /* Draws in what lies in the tray, or at the drive's mouth. Returns when the drive begins; 0 also if it cannot. */
    uint32_t (*insert)(struct drive_device *device);
    /* Lets the medium out again, whoever has kept it in. */
    uint32_t (*unlock)(struct drive_device *device);
    /* ERROR_BUSY: a program uses the medium. */
    uint32_t (*is_in_use)(struct drive_device *device);
    /* As those of struct changer_kind. */
    uint32_t (*identify)(struct drive_device *device, struct media_label *label);
    uint32_t (*write_label)(struct drive_device *device, const struct media_label *label);
};

/* The kinds, ended by NULL: drive_devices.c. */
extern const struct drive_device_kind *const drive_device_kinds[];
extern const struct drive_device_kind cdrom_device_kind, tape_device_kind;

/* The error for an errno of a device. */
uint32_t drive_device_error(int code);

#endif

/*
 * Where a SCSI changer is: "/dev/sg3?drives=/dev/sg1,/dev/sg2&timeout=60", "//host:3260/iqn.../3?drives=1,2". Portable.
 */
#ifndef CORK_RSM_CHANGER_LOCATION_H
#define CORK_RSM_CHANGER_LOCATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum
{
    LOCATION_TEXT = 1024,
    LOCATION_DRIVES = 64
};

struct changer_location
{
    char device[LOCATION_TEXT]; /* without the options of this file; others stay */
    bool has_drives;            /* drives are named, in the order of the changer's elements */
    size_t drive_count;
    char drives[LOCATION_DRIVES][128]; /* "": that drive's device is not known */
    uint32_t timeout_s;                /* what no command may take longer than; 0: each as long as it should need */
    char initiator[224];               /* the iSCSI name that Cork goes by, "": its own */
};

/* False: too long, or an option's value is none; `message` says what. */
bool changer_location_parse(const char *location, struct changer_location *parsed, char *message, size_t size);

/* The location without the password that it may have: for people and logs. */
void changer_location_public(const char *location, char *text, size_t size);

#endif

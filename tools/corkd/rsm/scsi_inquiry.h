/*
 * What a SCSI unit says of itself: INQUIRY data and the pages of vital product data, MODE SENSE's pages of a changer,
 * REPORT LUNS, a drive's TapeAlert flags. Portable: no system's header; no length in the data is trusted.
 */
#ifndef CORK_RSM_SCSI_INQUIRY_H
#define CORK_RSM_SCSI_INQUIRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Peripheral device types. */
enum
{
    SCSI_DISK = 0,
    SCSI_TAPE = 1,
    SCSI_CD = 5,
    SCSI_OPTICAL = 7,
    SCSI_CHANGER = 8,
    SCSI_NO_DEVICE = 0x1f
};

enum
{
    SCSI_IDENTIFIER_MAX = 255 + 1, /* bytes of an identifier as text, with the 0 */
};

struct scsi_inquiry
{
    uint8_t type; /* peripheral device type; SCSI_NO_DEVICE also where no unit is behind the number */
    bool removable;
    char vendor[9], product[17], revision[5];
};

/* Standard INQUIRY data (SPC-4 6.6.2). False: shorter than what is mandatory. */
bool scsi_inquiry_parse(const uint8_t *data, size_t size, struct scsi_inquiry *inquiry);

/* The unit's serial number (vital product data page 80h), without the blanks around it. False: none. */
bool scsi_serial_parse(const uint8_t *data, size_t size, char serial[SCSI_IDENTIFIER_MAX]);

/* Whether the device identification page (83h) has an identifier of the unit that is `size` bytes at `identifier`. */
bool scsi_identification_has(const uint8_t *page, size_t page_size, const uint8_t *identifier, size_t size);

/* The units of a REPORT LUNS answer, of peripheral or flat addressing. Returns how many were stored. */
size_t scsi_luns_parse(const uint8_t *data, size_t size, uint32_t *luns, size_t room);

/* Printable text of a field of ASCII, without the blanks (or zeros) around it; what is not printable becomes '?'. */
void scsi_text(const uint8_t *data, size_t size, char *text, size_t room);

/* ---- Pages of MODE SENSE (6) of a changer (SMC-3 7.3) ---- */

struct element_range
{
    uint16_t first, count;
};

struct element_addresses
{
    struct element_range pickers, slots, ports, drives;
};

/* Page 1Dh. False: it is not there or cut. */
bool element_addresses_parse(const uint8_t *data, size_t size, struct element_addresses *addresses);
/* Page 1Eh: whether the first picker can turn media over. */
bool changer_rotates(const uint8_t *data, size_t size);

/* ---- LOG SENSE page 2Eh (SSC-3 8.2.3) ---- */

/* Whether a TapeAlert flag asks for cleaning: "clean now" (20), "clean periodic" (21), or "hard error" (3), which the
 * drive's own table of actions answers by cleaning first. */
bool tape_alert_wants_cleaning(const uint8_t *data, size_t size);

#endif

/*
 * READ ELEMENT STATUS of a media changer (SMC-3 6.11): what stands in its elements. Portable: no system's header.
 *
 * Real devices, and emulated ones, get a good deal of it wrong: counts and lengths that do not fit what was sent, a
 * last descriptor that is cut, a first address that is none of the report. So nothing is taken from the header;
 * descriptors are read one by one as far as there are bytes, and what lies beyond the end of the data counts as 0.
 */
#ifndef CORK_RSM_ELEMENT_STATUS_H
#define CORK_RSM_ELEMENT_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Element type codes. */
enum
{
    ELEMENT_PICKER = 1,
    ELEMENT_SLOT = 2,
    ELEMENT_PORT = 3,
    ELEMENT_DRIVE = 4
};

enum
{
    ELEMENT_TAG = 33 /* bytes of a volume tag, with the 0 */
};

struct element_status
{
    uint8_t type;
    uint16_t address;
    bool full, exception, accessible, inverted;
    uint8_t asc, ascq; /* with `exception`: why */
    bool has_source;
    uint16_t source; /* address of the element that the medium came from */
    bool has_tag;    /* the report has volume tags */
    char tag[ELEMENT_TAG];
    /* The drive's identifier (DVCID), in the data that was parsed; size 0: none. */
    const uint8_t *identifier;
    size_t identifier_size;
    uint8_t identifier_codes; /* 1 binary, 2 ASCII, 3 UTF-8 */
    bool identifier_cut;      /* the data ended before it did */
};

/* Calls `found` for every descriptor in the order of the data. Returns how many there were. */
size_t element_status_parse(const uint8_t *data, size_t size,
                            void (*found)(void *context, const struct element_status *status), void *context);

/* Whether a drive with that vendor, product and serial number may be the one that the identifier names: it is the
 * serial number, or a text that ends with it (vendor, product, serial). One that was cut is never enough. */
bool element_identifier_matches(const struct element_status *status, const char *serial);

/* The command. `count` elements from `first` on; `tags`: with volume tags; `identifiers`: with the drives'. */
void element_status_command(uint8_t cdb[12], uint8_t type, uint16_t first, uint16_t count, bool tags, bool identifiers,
                            uint32_t room);

#endif

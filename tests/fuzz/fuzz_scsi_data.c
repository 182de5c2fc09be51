/*
 * What SCSI units say of themselves and of errors: the first byte chooses the parser. No failure becomes success, texts
 * are printable and end, element ranges stay within 16 bits.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "rsm/changer_location.h"
#include "rsm/scsi_inquiry.h"
#include "rsm/scsi_sense.h"

static void check_text(const char *text, size_t room)
{
    REQUIRE(memchr(text, 0, room));
    for (; *text; text++)
        REQUIRE(*text >= 0x20 && *text < 0x7f);
}

static void check_sense(const uint8_t *data, size_t size)
{
    struct scsi_sense sense;

    scsi_sense_parse(data, size, &sense);
    REQUIRE(scsi_sense_error(&sense) != 0 && sense.key < 16);
    REQUIRE(sense.valid ||
            (!scsi_sense_changed(&sense) && !scsi_sense_becoming_ready(&sense) && !scsi_sense_wants_cleaning(&sense)));
}

static void check_inquiry(const uint8_t *data, size_t size)
{
    struct scsi_inquiry inquiry;
    char serial[SCSI_IDENTIFIER_MAX];

    scsi_inquiry_parse(data, size, &inquiry);
    REQUIRE(inquiry.type < 0x20);
    check_text(inquiry.vendor, sizeof(inquiry.vendor));
    check_text(inquiry.product, sizeof(inquiry.product));
    check_text(inquiry.revision, sizeof(inquiry.revision));
    REQUIRE(scsi_serial_parse(data, size, serial) == (serial[0] != 0));
    check_text(serial, sizeof(serial));
    if (size > 4) scsi_identification_has(data, size, data + size / 2, size - size / 2);
}

static void check_range(struct element_range range)
{
    REQUIRE((uint32_t)range.first + range.count <= 0x10000);
}

static void check_pages(const uint8_t *data, size_t size)
{
    struct element_addresses addresses;
    uint32_t units[16];

    element_addresses_parse(data, size, &addresses);
    check_range(addresses.pickers);
    check_range(addresses.slots);
    check_range(addresses.ports);
    check_range(addresses.drives);
    changer_rotates(data, size);
    tape_alert_wants_cleaning(data, size);
    REQUIRE(scsi_luns_parse(data, size, units, 16) <= 16);
}

static void check_location(const uint8_t *data, size_t size)
{
    struct changer_location location;
    char *text = malloc(size + 1), shown[64], message[64];

    REQUIRE(text != NULL);
    memcpy(text, data, size);
    text[size] = 0;
    if (changer_location_parse(text, &location, message, sizeof(message)))
        REQUIRE(strlen(location.device) <= strlen(text) && location.drive_count <= LOCATION_DRIVES);
    changer_location_public(text, shown, sizeof(shown));
    REQUIRE(memchr(shown, 0, sizeof(shown)));
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const checks[])(const uint8_t *data, size_t size) = {check_sense, check_inquiry, check_pages,
                                                                       check_location};

    if (size) checks[data[0] % 4](data + 1, size - 1);
    return 0;
}

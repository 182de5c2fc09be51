/* What SCSI units send: sense data, INQUIRY, mode pages, READ ELEMENT STATUS, TapeAlert; and what is wrong with it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test_framework.h"

#include "rsm/changer_location.h"
#include "rsm/element_status.h"
#include "rsm/scsi_inquiry.h"
#include "rsm/scsi_sense.h"
#include "win_error.h"

/* ---- Sense data ---- */

static uint32_t fixed(uint8_t key, uint8_t asc, uint8_t ascq)
{
    uint8_t data[18] = {0x70, 0, key, 0, 0, 0, 0, 10, 0, 0, 0, 0, asc, ascq};
    struct scsi_sense sense;

    scsi_sense_parse(data, sizeof(data), &sense);
    require(sense.valid && sense.key == (key & 0xf) && sense.asc == asc && sense.ascq == ascq);
    return scsi_sense_error(&sense);
}

START_TEST(test_errors)
{
    require(fixed(SENSE_NOT_READY, 0x04, 0x01) == ERROR_NOT_READY);
    require(fixed(SENSE_NOT_READY, 0x04, 0x12) == ERROR_LIBRARY_OFFLINE);
    require(fixed(SENSE_NOT_READY, 0x04, 0x18) == ERROR_DEVICE_DOOR_OPEN);
    require(fixed(SENSE_NOT_READY, 0x3a, 0x00) == ERROR_NO_MEDIA_IN_DRIVE);
    require(fixed(SENSE_NOT_READY, 0x30, 0x03) == ERROR_CLEANER_CARTRIDGE_INSTALLED);
    require(fixed(SENSE_NOT_READY, 0x30, 0x00) == ERROR_UNRECOGNIZED_MEDIA);
    require(fixed(SENSE_NOT_READY, 0x3b, 0x12) == ERROR_MAGAZINE_NOT_PRESENT);
    require(fixed(SENSE_NOT_READY, 0x99, 0x00) == ERROR_NOT_READY);
    require(fixed(SENSE_MEDIUM_ERROR, 0x11, 0x00) == ERROR_CRC);
    require(fixed(SENSE_MEDIUM_ERROR, 0x30, 0x01) == ERROR_UNRECOGNIZED_MEDIA);
    require(fixed(SENSE_HARDWARE_ERROR, 0x15, 0x01) == ERROR_IO_DEVICE);
    require(fixed(SENSE_ILLEGAL_REQUEST, 0x20, 0x00) == ERROR_NOT_SUPPORTED);
    require(fixed(SENSE_ILLEGAL_REQUEST, 0x21, 0x01) == ERROR_ILLEGAL_ELEMENT_ADDRESS);
    require(fixed(SENSE_ILLEGAL_REQUEST, 0x3b, 0x0d) == ERROR_NOT_EMPTY);
    require(fixed(SENSE_ILLEGAL_REQUEST, 0x3b, 0x0e) == ERROR_EMPTY);
    require(fixed(SENSE_ILLEGAL_REQUEST, 0x3b, 0x11) == ERROR_MAGAZINE_NOT_PRESENT);
    require(fixed(SENSE_ILLEGAL_REQUEST, 0x3b, 0x18) == ERROR_RESOURCE_DISABLED);
    require(fixed(SENSE_ILLEGAL_REQUEST, 0x53, 0x02) == ERROR_BUSY);
    require(fixed(SENSE_ILLEGAL_REQUEST, 0x24, 0x00) == ERROR_INVALID_PARAMETER);
    require(fixed(SENSE_UNIT_ATTENTION, 0x28, 0x00) == ERROR_MEDIA_CHANGED);
    require(fixed(SENSE_UNIT_ATTENTION, 0x29, 0x00) == ERROR_BUS_RESET);
    require(fixed(SENSE_DATA_PROTECT, 0x27, 0x00) == ERROR_WRITE_PROTECT);
    require(fixed(SENSE_BLANK_CHECK, 0x00, 0x05) == ERROR_NO_DATA_DETECTED);
    require(fixed(SENSE_NONE | 0x80, 0x00, 0x01) == ERROR_FILEMARK_DETECTED);
    require(fixed(SENSE_NONE | 0x40, 0x00, 0x02) == ERROR_END_OF_MEDIA);
    require(fixed(SENSE_VOLUME_OVERFLOW, 0x00, 0x00) == ERROR_END_OF_MEDIA);
    require(fixed(SENSE_VENDOR, 0x00, 0x00) == ERROR_IO_DEVICE);
}
END_TEST

/* Every key and code is an error: none that a command failed with is taken for success. */
START_TEST(no_failure_is_success)
{
    struct scsi_sense sense = {.valid = true};

    for (int key = 0; key < 16; key++)
        for (int code = 0; code < 0x10000; code++)
        {
            sense.key = (uint8_t)key;
            sense.asc = (uint8_t)(code >> 8);
            sense.ascq = (uint8_t)code;
            require(scsi_sense_error(&sense) != 0);
        }
    sense.valid = false;
    require(scsi_sense_error(&sense) == ERROR_IO_DEVICE);
}
END_TEST

START_TEST(descriptor_format)
{
    /* Information descriptor, stream commands descriptor. */
    uint8_t data[] = {0x72, 0x00, 0x00, 0x01, 0,    0,    0,    16,   0x00, 0x0a, 0x80, 0,
                      0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe, 0x00, 0x04, 0x02, 0x00, 0xa0};
    struct scsi_sense sense;

    scsi_sense_parse(data, sizeof(data), &sense);
    require(sense.valid && sense.key == 0 && sense.ascq == 1 && sense.filemark && sense.wrong_length);
    require(!sense.end_of_medium && sense.has_information && sense.information == -512);
    for (size_t size = 0; size < sizeof(data); size++)
    {
        uint8_t *exact = malloc(size ? size : 1);

        require(exact != NULL);
        memcpy(exact, data, size);
        scsi_sense_parse(exact, size, &sense);
        require(sense.valid == (size >= 4) && !sense.filemark);
        free(exact);
    }
    data[9] = 0xff; /* a descriptor beyond the end */
    scsi_sense_parse(data, sizeof(data), &sense);
    require(sense.valid && !sense.has_information && !sense.filemark);
    data[0] = 0x7f; /* vendor specific */
    scsi_sense_parse(data, sizeof(data), &sense);
    require(!sense.valid);
}
END_TEST

START_TEST(fixed_format_cut)
{
    uint8_t data[18] = {0xf0, 0, 0x20, 0xff, 0xff, 0xfc, 0x00, 10};
    struct scsi_sense sense;

    scsi_sense_parse(data, sizeof(data), &sense);
    require(sense.wrong_length && sense.has_information && sense.information == -1024);
    for (size_t size = 0; size < sizeof(data); size++)
    {
        scsi_sense_parse(data, size, &sense);
        require(sense.valid == (size >= 3) && sense.has_information == (size >= 7));
    }
}
END_TEST

START_TEST(test_meanings)
{
    struct scsi_sense sense = {.valid = true, .key = SENSE_NOT_READY, .asc = 4, .ascq = 1};

    require(scsi_sense_becoming_ready(&sense) && !scsi_sense_changed(&sense) && !scsi_sense_wants_cleaning(&sense));
    sense.ascq = 3; /* a person has to do something */
    require(!scsi_sense_becoming_ready(&sense));
    sense = (struct scsi_sense){.valid = true, .key = SENSE_UNIT_ATTENTION, .asc = 0x28, .ascq = 1};
    require(scsi_sense_changed(&sense));
    sense.asc = 0x2a; /* mode parameters: says nothing about media */
    require(!scsi_sense_changed(&sense));
    sense.asc = 0x3f;
    sense.ascq = 0x0e;
    require(scsi_sense_changed(&sense));
    sense = (struct scsi_sense){.valid = true, .key = SENSE_RECOVERED, .asc = 0, .ascq = 0x17};
    require(scsi_sense_wants_cleaning(&sense));
    sense.valid = false;
    require(!scsi_sense_wants_cleaning(&sense));
}
END_TEST

/* ---- INQUIRY and vital product data ---- */

START_TEST(test_inquiry)
{
    uint8_t data[36] = "\x08\x80\x05\x02\x1f\0\0\0STK     L700            0318";
    struct scsi_inquiry inquiry;

    require(scsi_inquiry_parse(data, 36, &inquiry));
    require(inquiry.type == SCSI_CHANGER && inquiry.removable && !strcmp(inquiry.vendor, "STK") &&
            !strcmp(inquiry.product, "L700") && !strcmp(inquiry.revision, "0318"));
    require(!scsi_inquiry_parse(data, 35, &inquiry));
    data[0] = 0x7f; /* no unit behind this number */
    require(scsi_inquiry_parse(data, 36, &inquiry) && inquiry.type == SCSI_NO_DEVICE);
    data[0] = 0x28; /* one that is not connected */
    require(scsi_inquiry_parse(data, 36, &inquiry) && inquiry.type == SCSI_NO_DEVICE);
    data[8] = 0x01;
    data[9] = 0xe4;
    require(scsi_inquiry_parse(data, 36, &inquiry) && !strcmp(inquiry.vendor, "??K"));
}
END_TEST

START_TEST(test_serial_number)
{
    uint8_t data[] = {0x08, 0x80, 0, 8, ' ', ' ', 'L', 'I', 'B', '1', ' ', 0};
    char serial[SCSI_IDENTIFIER_MAX];

    require(scsi_serial_parse(data, sizeof(data), serial) && !strcmp(serial, "LIB1"));
    data[3] = 0xff; /* more than was sent */
    require(scsi_serial_parse(data, sizeof(data), serial) && !strcmp(serial, "LIB1"));
    require(!scsi_serial_parse(data, 6, serial) && !serial[0]);
    require(!scsi_serial_parse(data, 3, serial));
    data[1] = 0;
    require(!scsi_serial_parse(data, sizeof(data), serial));
}
END_TEST

START_TEST(test_identification)
{
    uint8_t page[] = {1,    0x83, 0, 22,  0x02, 0x11, 0,   4,   'P', 'O', 'R', 'T', 0x02,
                      0x01, 0,    3, 'A', 'B',  'C',  0x1, 0x3, 0,   0,   0,   0,   0};
    const uint8_t *abc = (const uint8_t *)"ABC", *port = (const uint8_t *)"PORT";

    require(scsi_identification_has(page, sizeof(page), abc, 3));
    require(!scsi_identification_has(page, sizeof(page), port, 4)); /* the port's, not the unit's */
    require(!scsi_identification_has(page, sizeof(page), abc, 2));
    require(!scsi_identification_has(page, sizeof(page), abc, 0));
    require(!scsi_identification_has(page, 18, abc, 3)); /* cut */
    page[3] = 0xff;
    require(scsi_identification_has(page, sizeof(page), abc, 3));
    page[7] = 0xff;
    require(!scsi_identification_has(page, sizeof(page), abc, 3));
}
END_TEST

START_TEST(test_luns)
{
    uint8_t data[8 + 4 * 8] = {0, 0, 0, 32};
    uint32_t units[8];

    data[8 + 1] = 1;
    data[16] = 0x41; /* flat addressing */
    data[17] = 2;
    data[24] = 0xc1; /* a well known unit: none that can be asked like the others */
    data[32 + 1] = 7;
    require(scsi_luns_parse(data, sizeof(data), units, 8) == 3);
    require(units[0] == 1 && units[1] == 0x102 && units[2] == 7);
    require(scsi_luns_parse(data, sizeof(data), units, 1) == 1);
    require(scsi_luns_parse(data, 20, units, 8) == 1);
    require(scsi_luns_parse(data, 7, units, 8) == 0);
    memset(data, 0xff, 4);
    require(scsi_luns_parse(data, sizeof(data), units, 8) == 3);
}
END_TEST

/* ---- Mode pages ---- */

START_TEST(test_addresses)
{
    uint8_t data[] = {0,    0,    0, 8, 0, 0, 0,    0, 0, 0, 0, 0, /* a block descriptor, though none was wanted */
                      0x1d, 0x12, 0, 1, 0, 1, 0x10, 0, 0, 8, 0, 16, 0, 2, 1, 0, 0, 2, 0, 0};
    struct element_addresses addresses;

    require(element_addresses_parse(data, sizeof(data), &addresses));
    require(addresses.pickers.first == 1 && addresses.pickers.count == 1 && addresses.slots.first == 4096 &&
            addresses.slots.count == 8 && addresses.ports.first == 16 && addresses.ports.count == 2 &&
            addresses.drives.first == 256 && addresses.drives.count == 2);
    for (size_t size = 0; size < 30; size++)
        require(!element_addresses_parse(data, size, &addresses));
    data[18] = 0xff; /* slots from ff00h on: there are no more than 256 addresses */
    data[20] = 0xff;
    require(element_addresses_parse(data, sizeof(data), &addresses) && addresses.slots.count == 0x100);
    data[12] = 0x1e;
    require(!element_addresses_parse(data, sizeof(data), &addresses));
    data[3] = 0xff;
    require(!element_addresses_parse(data, sizeof(data), &addresses));
}
END_TEST

START_TEST(test_rotation)
{
    uint8_t geometry[] = {0, 0, 0, 0, 0x1e, 0x02, 0x01, 0};

    require(changer_rotates(geometry, sizeof(geometry)) && !changer_rotates(geometry, 6));
}
END_TEST

/* ---- READ ELEMENT STATUS ---- */

struct found
{
    struct element_status elements[8];
    size_t count;
};

static void note(void *context, const struct element_status *status)
{
    struct found *found = context;

    if (found->count < 8) found->elements[found->count] = *status;
    found->count++;
}

/* Two drives with bar codes and identifiers as tgt reports them: the last 8 bytes are not sent. */
static size_t two_drives(uint8_t data[256])
{
    static const char *const serials[] = {"DRV000001 ", "DRV000002 "};
    size_t at = 16;

    memset(data, 0, 256);
    memcpy(data, "\x01\x00\x00\x02\x00\x00\x00\xb4\x04\x80\x00\x56\x00\x00\x00\xac", 16);
    for (int i = 0; i < 2; i++, at += 86)
    {
        data[at] = 1;
        data[at + 1] = (uint8_t)i;
        data[at + 2] = i == 0;
        data[at + 9] = i ? 0 : 0x80;
        data[at + 10] = i ? 0 : 0x10;
        memcpy(data + at + 12, i ? "                                " : "RSM001L4                        ", 32);
        memcpy(data + at + 48, "\x02\x01\x00\x22", 4);
        memcpy(data + at + 52, "IBM     ULT3580-TD4     ", 24);
        memcpy(data + at + 76, serials[i], 10);
    }
    return at - 8;
}

START_TEST(test_drives)
{
    uint8_t data[256];
    size_t size = two_drives(data);
    struct found found = {0};

    require(element_status_parse(data, size, note, &found) == 2 && found.count == 2);
    require(found.elements[0].type == ELEMENT_DRIVE && found.elements[0].address == 256 && found.elements[0].full &&
            found.elements[0].has_tag && !strcmp(found.elements[0].tag, "RSM001L4") && found.elements[0].has_source &&
            found.elements[0].source == 4096);
    require(element_identifier_matches(&found.elements[0], "DRV000001"));
    require(!element_identifier_matches(&found.elements[0], "RV000001"));
    require(!element_identifier_matches(&found.elements[0], "DRV000002"));
    require(!element_identifier_matches(&found.elements[0], ""));
    require(!found.elements[1].full && !found.elements[1].tag[0] && !found.elements[1].has_source);
    require(found.elements[1].identifier_cut && found.elements[1].identifier_size == 26);
    require(!element_identifier_matches(&found.elements[1], "DRV000002"));
}
END_TEST

START_TEST(every_cut)
{
    uint8_t data[256];
    size_t size = two_drives(data);

    for (size_t cut = 0; cut <= size; cut++)
    {
        uint8_t *exact = malloc(cut ? cut : 1);
        struct found found = {0};

        require(exact != NULL);
        memcpy(exact, data, cut);
        element_status_parse(exact, cut, note, &found);
        require(found.count == (cut < 28 ? 0u : cut < 114 ? 1u : 2u));
        free(exact);
    }
}
END_TEST

START_TEST(test_lies)
{
    uint8_t data[256];
    size_t size = two_drives(data);
    struct found found = {0};

    memset(data, 0xff, 8); /* the header says nothing that counts */
    require(element_status_parse(data, size, note, &found) == 2);
    memset(data + 13, 0xff, 3); /* a page that is longer than the data */
    require(element_status_parse(data, size, note, &found) == 2);
    data[11] = 11; /* descriptors shorter than what all have */
    require(element_status_parse(data, size, note, &found) == 0);
    data[10] = 0xff; /* one that is longer than everything */
    data[11] = 0xff;
    require(element_status_parse(data, size, note, &found) == 1);
    data[8] = 0; /* no type */
    require(element_status_parse(data, size, note, &found) == 0);
    data[8] = 5;
    require(element_status_parse(data, size, note, &found) == 0);
}
END_TEST

START_TEST(several_pages)
{
    uint8_t data[8 + 2 * (8 + 16)] = {0};
    struct found found = {0};

    for (int page = 0; page < 2; page++)
    {
        uint8_t *at = data + 8 + page * 24;

        at[0] = (uint8_t)(page + 1);
        at[3] = 16;
        at[7] = 16;
        at[9] = (uint8_t)(7 + page);
        at[8 + 2] = 4; /* exception */
        at[8 + 4] = 0x83;
        at[8 + 5] = 0x02;
    }
    require(element_status_parse(data, sizeof(data), note, &found) == 2);
    require(found.elements[0].type == ELEMENT_PICKER && found.elements[0].address == 7 && found.elements[0].exception &&
            found.elements[0].asc == 0x83 && found.elements[0].ascq == 2);
    require(found.elements[1].type == ELEMENT_SLOT && found.elements[1].address == 8 && !found.elements[1].has_tag);
}
END_TEST

START_TEST(test_command)
{
    uint8_t cdb[12], expected[12] = {0xb8, 0x14, 0x01, 0x00, 0x12, 0x34, 0x01, 0x02, 0x03, 0x04};

    element_status_command(cdb, ELEMENT_DRIVE, 0x100, 0x1234, true, true, 0x020304);
    require(!memcmp(cdb, expected, 12));
}
END_TEST

/* ---- TapeAlert ---- */

START_TEST(test_tape_alert)
{
    uint8_t data[4 + 3 * 5] = {0x2e, 0, 0, 15, 0, 1, 0, 1, 1, 0, 20, 0, 1, 0, 0, 21, 0, 1, 1};

    require(tape_alert_wants_cleaning(data, sizeof(data)));
    require(!tape_alert_wants_cleaning(data, sizeof(data) - 1));
    data[18] = 0;
    require(!tape_alert_wants_cleaning(data, sizeof(data)));
    data[5] = 3;
    require(tape_alert_wants_cleaning(data, sizeof(data)));
    data[0] = 0;
    require(!tape_alert_wants_cleaning(data, sizeof(data)));
    data[0] = 0x2e;
    memset(data + 4, 0, 15); /* parameters without a value */
    require(!tape_alert_wants_cleaning(data, sizeof(data)));
}
END_TEST

/* ---- Locations ---- */

START_TEST(locations)
{
    struct changer_location location;
    char message[256], text[256], *long_one;

    require(changer_location_parse("/dev/sg3?drives=/dev/sg1,,/dev/sg2&timeout=60", &location, message, 256));
    require(!strcmp(location.device, "/dev/sg3") && location.has_drives && location.drive_count == 3 &&
            !strcmp(location.drives[0], "/dev/sg1") && !location.drives[1][0] &&
            !strcmp(location.drives[2], "/dev/sg2") && location.timeout_s == 60);
    require(changer_location_parse("//host/iqn.x/3?header_digest=crc32c&drives=1&a=b", &location, message, 256));
    require(!strcmp(location.device, "//host/iqn.x/3?header_digest=crc32c&a=b") && location.drive_count == 1);
    require(changer_location_parse("//host/iqn.x/3?initiator=iqn.y:z", &location, message, 256));
    require(!strcmp(location.initiator, "iqn.y:z") && !location.has_drives &&
            !strcmp(location.device, "//host/iqn.x/3"));
    require(!changer_location_parse("/dev/sg3?timeout=", &location, message, 256));
    require(!changer_location_parse("/dev/sg3?timeout=-1", &location, message, 256));
    require(!changer_location_parse("/dev/sg3?timeout=99999999999999999999", &location, message, 256));
    require(!changer_location_parse("/dev/sg3?timeout=0", &location, message, 256) && strstr(message, "seconds"));
    long_one = malloc(5000);
    require(long_one != NULL);
    for (size_t length = 900; length < 4999; length++)
    {
        memset(long_one, ',', length);
        memcpy(long_one, "/dev/sg3?drives=", 16);
        long_one[length] = 0;
        require(!changer_location_parse(long_one, &location, message, 256)); /* too many, or too long */
        memset(long_one + 9, 'x', length - 9);
        require(changer_location_parse(long_one, &location, message, 256) == (length < LOCATION_TEXT - 1));
    }
    free(long_one);
    changer_location_public("iscsi://me%secret@host:3260/iqn.x/3", text, sizeof(text));
    require(!strcmp(text, "iscsi://me@host:3260/iqn.x/3"));
    changer_location_public("iscsi://host/iqn.x/3?target_user=a&target_password=secret", text, sizeof(text));
    require(!strstr(text, "secret"));
    changer_location_public("folder:/a%b/c@d", text, sizeof(text));
    require(!strcmp(text, "folder:/a%b/c@d"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("SCSI data");
    TCase *tests = tcase_create("tests");
    SRunner *runner;
    int failed;

    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_errors);
    tcase_add_test(tests, no_failure_is_success);
    tcase_add_test(tests, descriptor_format);
    tcase_add_test(tests, fixed_format_cut);
    tcase_add_test(tests, test_meanings);
    tcase_add_test(tests, test_inquiry);
    tcase_add_test(tests, test_serial_number);
    tcase_add_test(tests, test_identification);
    tcase_add_test(tests, test_luns);
    tcase_add_test(tests, test_addresses);
    tcase_add_test(tests, test_rotation);
    tcase_add_test(tests, test_drives);
    tcase_add_test(tests, every_cut);
    tcase_add_test(tests, test_lies);
    tcase_add_test(tests, several_pages);
    tcase_add_test(tests, test_command);
    tcase_add_test(tests, test_tape_alert);
    tcase_add_test(tests, locations);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

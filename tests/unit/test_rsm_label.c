/* On-media labels: each format as its specification lays it out, and what must not pass for one. */
#include "test_framework.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rsm/media_label.h"

#define SECTOR 2048u

/* A medium's beginning, in memory that ends with it, so that reading on is seen. */
struct medium
{
    uint8_t *data;
    size_t size;
};

static struct medium medium_new(size_t size)
{
    struct medium medium = {calloc(1, size), size};

    require(medium.data);
    return medium;
}

static void put(struct medium *medium, size_t at, const void *bytes, size_t size)
{
    require(at + size <= medium->size);
    memcpy(medium->data + at, bytes, size);
}

static void put_text(struct medium *medium, size_t at, const char *text)
{
    put(medium, at, text, strlen(text));
}

static void put_number(struct medium *medium, size_t at, uint32_t number, size_t size)
{
    for (size_t i = 0; i < size; i++)
        medium->data[at + i] = (uint8_t)(number >> 8 * i);
}

static struct media_label label_of(const struct medium *medium)
{
    struct media_label label;

    memset(&label, 0xa5, sizeof(label));
    media_label_recognise(medium->data, medium->size, &label);
    return label;
}

static bool is(const struct media_label *label, const char *type, const void *id, size_t id_size, const char *info)
{
    return label->kind == LABEL_KNOWN && !strcmp(label->type, type) && label->id_size == id_size &&
           !memcmp(label->id, id, id_size) && !strcmp(label->info, info);
}

/* Nothing of it is known, whatever is cut off or damaged. */
static void never_half(struct medium *medium, size_t used)
{
    for (size_t size = 1; size < used; size++)
    {
        struct medium cut = {malloc(size), size};
        struct media_label label;

        require(cut.data);
        memcpy(cut.data, medium->data, size);
        label = label_of(&cut);
        require(label.kind == LABEL_UNKNOWN && !label.type[0] && !label.id_size && !label.info[0]);
        free(cut.data);
    }
}

START_TEST(blank_and_unknown)
{
    struct medium medium = medium_new(70000);
    struct media_label label;

    media_label_recognise(NULL, 0, &label);
    require(label.kind == LABEL_NONE && !label.id_size);
    label = label_of(&medium);
    require(label.kind == LABEL_UNKNOWN); /* zeros are data */
    for (size_t i = 0; i < medium.size; i++)
        medium.data[i] = (uint8_t)(i * 7 + i / 256);
    label = label_of(&medium);
    require(label.kind == LABEL_UNKNOWN && !label.type[0]);
    free(medium.data);
}
END_TEST

/* ---- The label of a free medium ---- */

START_TEST(free_label)
{
    struct media_label label = {.kind = LABEL_FREE, .id = {1, 2, 3, 0, 5}, .id_size = 16}, read;
    struct medium medium = medium_new(1024);

    memset(medium.data, 0xff, medium.size);
    require(media_label_write_free(&label, medium.data, 511) == 0);
    require(medium.data[0] == 0xff);
    require(media_label_write_free(&label, medium.data, medium.size) == medium.size);
    require(medium.data[1023] == 0);
    read = label_of(&medium);
    require(read.kind == LABEL_FREE && read.id_size == 16 && !memcmp(read.id, label.id, 16));
    require(!strcmp(read.type, MEDIA_LABEL_FREE_TYPE));
    never_half(&medium, MEDIA_LABEL_FREE_BYTES);
    for (size_t i = 0; i < MEDIA_LABEL_FREE_BYTES; i++)
    {
        medium.data[i] ^= 0x10;
        read = label_of(&medium);
        require(read.kind == LABEL_UNKNOWN);
        medium.data[i] ^= 0x10;
    }
    label.id_size = 0;
    require(media_label_write_free(&label, medium.data, medium.size) == 0);
    label.id_size = LABEL_ID_MAX + 1;
    require(media_label_write_free(&label, medium.data, medium.size) == 0);
    label.id_size = LABEL_ID_MAX;
    require(media_label_write_free(&label, medium.data, medium.size) == medium.size);
    read = label_of(&medium);
    require(read.kind == LABEL_FREE && read.id_size == LABEL_ID_MAX && !memcmp(read.id, label.id, LABEL_ID_MAX));
    free(medium.data);
}
END_TEST

/* ---- Microsoft Tape Format ---- */

enum
{
    MTF_SIZE = 1024,
    MTF_USED = 600,
};

static void mtf_sum(struct medium *medium)
{
    uint16_t sum = 0;

    for (size_t i = 0; i < 50; i += 2)
        sum ^= (uint16_t)(medium->data[i] | medium->data[i + 1] << 8);
    put_number(medium, 50, sum, 2);
}

static void mtf_string(struct medium *medium, size_t field, size_t at, const char *text, bool wide)
{
    size_t length = strlen(text);

    put_number(medium, field, (uint32_t)(wide ? 2 * length : length), 2);
    put_number(medium, field + 2, (uint32_t)at, 2);
    for (size_t i = 0; i < length; i++)
        put_number(medium, at + (wide ? 2 * i : i), (uint8_t)text[i], wide ? 2 : 1);
}

static struct medium mtf(bool wide, const char *media_label)
{
    struct medium medium = medium_new(MTF_SIZE);

    put_text(&medium, 0, "TAPE");
    put_number(&medium, 8, MTF_USED, 2);
    medium.data[48] = wide ? 2 : 1;
    put_number(&medium, 52, 0xcafe, 4);              /* media family */
    put_number(&medium, 56, media_label ? 2 : 0, 4); /* attributes */
    put_number(&medium, 60, 1, 2);                   /* sequence */
    mtf_string(&medium, 68, 100, "Monday, 1", wide);
    mtf_string(&medium, 72, 200, media_label ? media_label : "A description", wide);
    mtf_string(&medium, 80, 400, "Some Backup", wide);
    put_number(&medium, 84, 1024, 2);
    medium.data[93] = 1;
    mtf_sum(&medium);
    return medium;
}

/* "RSM uses the TapeName value as the Label Application Description and the SoftwareName value as the Label Type." "If
 * found, RSM uses the UUID as the LabelID of the side." */
START_TEST(mtf_with_guid)
{
    static const uint8_t id[16] = {0x78, 0x56, 0x34, 0x12, 0x34, 0x12, 0xcd, 0xab,
                                   0x12, 0x34, 0x12, 0x34, 0x56, 0x78, 0x90, 0x12};

    for (int wide = 0; wide < 2; wide++)
    {
        struct medium medium = mtf(wide, "Tag|1.0|V|1|2026|12345|0|12345678-1234-ABcd-1234-123456789012|");
        struct media_label label = label_of(&medium);

        require(is(&label, "Some Backup", id, 16, "Monday, 1"));
        never_half(&medium, MTF_USED);
        free(medium.data);
    }
}
END_TEST

/* "If a GUID is not found in the field, then an MD5 algorithm is used to generate a unique ID from the MTF block". */
START_TEST(mtf_without_guid)
{
    struct medium medium = mtf(true, "12345678-1234-1234-1234-12345678901"), other = mtf(true, NULL);
    struct media_label label = label_of(&medium), again;

    require(label.kind == LABEL_KNOWN && label.id_size == 16);
    again = label_of(&other);
    require(again.kind == LABEL_KNOWN && memcmp(label.id, again.id, 16));
    /* What follows the block does not matter; what is in it does. */
    medium.data[MTF_USED] = 1;
    again = label_of(&medium);
    require(!memcmp(label.id, again.id, 16));
    medium.data[52] ^= 1;
    again = label_of(&medium);
    require(again.kind == LABEL_KNOWN && memcmp(label.id, again.id, 16));
    /* A GUID counts only where the media label bit is set. */
    free(other.data);
    other = mtf(false, "12345678-1234-1234-1234-123456789012");
    label = label_of(&other);
    other.data[56] = 0;
    again = label_of(&other);
    require(again.id_size == 16 && memcmp(label.id, again.id, 16));
    free(medium.data);
    free(other.data);
}
END_TEST

/* "The Header Checksum value in the Common Block Header of the Media Header is set correctly." "The DBLK Type field ...
 * must be 'TAPE'." */
START_TEST(mtf_damaged)
{
    struct medium medium = mtf(true, NULL);
    struct media_label label;

    for (size_t i = 0; i < 52; i++)
    {
        medium.data[i] ^= 0x40;
        label = label_of(&medium);
        require(label.kind == LABEL_UNKNOWN);
        medium.data[i] ^= 0x40;
    }
    put_text(&medium, 0, "SSET");
    mtf_sum(&medium);
    label = label_of(&medium);
    require(label.kind == LABEL_UNKNOWN);
    free(medium.data);

    /* Strings that are not in the block are empty; without a software's name the type is the format's. */
    medium = mtf(true, NULL);
    put_number(&medium, 68, 0xffff, 2);
    put_number(&medium, 82, MTF_USED - 4, 2);
    label = label_of(&medium);
    require(label.kind == LABEL_KNOWN && !strcmp(label.type, "MTF") && !label.info[0]);
    medium.data[48] = 0; /* "no strings" */
    mtf_sum(&medium);
    label = label_of(&medium);
    require(label.kind == LABEL_KNOWN && !strcmp(label.type, "MTF"));
    free(medium.data);
}
END_TEST

START_TEST(mtf_text)
{
    struct medium medium = mtf(true, NULL);
    struct media_label label;
    size_t length;

    /* U+1D11E in two units, a lone surrogate, a control character, e acute. */
    static const uint8_t units[] = {0x34, 0xd8, 0x1e, 0xdd, 0x00, 0xd8, 0x07, 0x00, 0xe9, 0x00, 0x20, 0x00};

    put(&medium, 100, units, sizeof(units));
    put_number(&medium, 68, sizeof(units), 2);
    label = label_of(&medium);
    require(!strcmp(label.info, "\xf0\x9d\x84\x9e\xed\xa0\x80\xc3\xa9"));
    /* Longer than there is room for: whole characters. */
    for (size_t i = 100; i < 500; i += 2)
        put_number(&medium, i, 0x20ac, 2);
    put_number(&medium, 68, 400, 2);
    label = label_of(&medium);
    length = strlen(label.info);
    require(length % 3 == 0 && length > 240 && length < LABEL_TEXT_MAX);
    free(medium.data);
}
END_TEST

/* ---- Discs ---- */

START_TEST(iso9660)
{
    struct medium medium = medium_new(19 * SECTOR);
    struct media_label label;
    uint8_t serial[4] = {0};

    put_text(&medium, 16 * SECTOR, "\1CD001\1");
    put_text(&medium, 16 * SECTOR + 40, "MY_DISC                         ");
    put_text(&medium, 17 * SECTOR, "\377CD001\1");
    /* The columns' sums, the first of them the highest byte of the number. */
    for (size_t i = 0; i < SECTOR; i++)
        serial[3 - i % 4] = (uint8_t)(serial[3 - i % 4] + medium.data[16 * SECTOR + i]);
    label = label_of(&medium);
    require(is(&label, "CDFS", serial, 4, "MY_DISC"));

    /* Joliet's name. */
    put_text(&medium, 17 * SECTOR, "\2CD001\1");
    put_text(&medium, 17 * SECTOR + 88, "%/E");
    put(&medium, 17 * SECTOR + 40, "\0M\0y\0 \0D\0i\0s\0c", 14);
    put_text(&medium, 18 * SECTOR, "\377CD001\1");
    label = label_of(&medium);
    require(is(&label, "CDFS", serial, 4, "My Disc"));

    /* No primary descriptor; half of one. */
    medium.data[16 * SECTOR] = 0;
    label = label_of(&medium);
    require(label.kind == LABEL_UNKNOWN);
    medium.data[16 * SECTOR] = 1;
    medium.size = 17 * SECTOR - 1;
    label = label_of(&medium);
    require(label.kind == LABEL_UNKNOWN);
    free(medium.data);
}
END_TEST

static void udf_tag(struct medium *medium, size_t sector, uint16_t tag)
{
    uint8_t sum = 0;

    put_number(medium, sector * SECTOR, tag, 2);
    for (size_t i = 0; i < 16; i++)
        sum = (uint8_t)(sum + (i == 4 ? 0 : medium->data[sector * SECTOR + i]));
    medium->data[sector * SECTOR + 4] = sum;
}

static struct medium udf(void)
{
    struct medium medium = medium_new(300 * SECTOR);

    put_text(&medium, 16 * SECTOR + 1, "BEA01");
    put_text(&medium, 17 * SECTOR + 1, "NSR03");
    put_number(&medium, 256 * SECTOR + 16, 16 * SECTOR, 4);
    put_number(&medium, 256 * SECTOR + 20, 260, 4);
    udf_tag(&medium, 256, 2);
    put_text(&medium, 260 * SECTOR + 72,
             "\x08"
             "0123456789abcdefVolume set");
    medium.data[260 * SECTOR + 72 + 127] = 27;
    udf_tag(&medium, 260, 1);
    put(&medium, 261 * SECTOR + 84, "\x10\0U\0D\0F", 7);
    medium.data[261 * SECTOR + 84 + 127] = 7;
    put_number(&medium, 261 * SECTOR + 252, 3, 4);
    udf_tag(&medium, 261, 6);
    put_number(&medium, 262 * SECTOR + 188, 280, 4);
    udf_tag(&medium, 262, 5);
    udf_tag(&medium, 263, 8);
    udf_tag(&medium, 283, 256);
    return medium;
}

START_TEST(udf_disc)
{
    static const uint8_t serial[4] = {0x01, 0x01, 0, 0}; /* of a file set that has its tag and no more */
    struct medium medium = udf();
    struct media_label label = label_of(&medium);

    require(label.kind == LABEL_KNOWN && label.id_size == 4);
    require(medium.data[283 * SECTOR + 1] == 1 && medium.data[283 * SECTOR + 4] == 1);
    /* The first column is the lowest byte: 0 + 1 (the tag's sum), then 1 (the tag's second byte). */
    require(is(&label, "UDF", serial, 4, "UDF"));
    /* The file set is elsewhere: the volume set's unique characters. */
    put_number(&medium, 261 * SECTOR + 252, 0xfffffff0, 4);
    label = label_of(&medium);
    require(is(&label, "UDF", "0123456789abcdef", 16, "UDF"));
    /* Descriptors that are not where the anchor says. */
    put_number(&medium, 256 * SECTOR + 20, 0xffffffff, 4);
    label = label_of(&medium);
    require(is(&label, "UDF", "", 0, ""));
    medium.size = 256 * SECTOR;
    label = label_of(&medium);
    require(is(&label, "UDF", "", 0, ""));
    free(medium.data);
}
END_TEST

/* ---- Disks ---- */

static struct medium boot_sector(void)
{
    struct medium medium = medium_new(512);

    put_number(&medium, 11, 512, 2);
    medium.data[13] = 4;
    medium.data[16] = 2;
    put_number(&medium, 22, 64, 2);
    put_number(&medium, 510, 0xaa55, 2);
    return medium;
}

/* "An NTFS-formatted Jaz cartridge, for example, has an NTFS label type, and the ID is the volume serial number." */
START_TEST(disks)
{
    static const uint8_t serial[4] = {0xcd, 0xab, 0x34, 0x12};
    struct medium medium = boot_sector();
    struct media_label label;

    put_text(&medium, 0x26, "\x29\xcd\xab\x34\x12MY DISK    FAT16   ");
    label = label_of(&medium);
    require(is(&label, "FAT", serial, 4, "MY DISK"));
    never_half(&medium, 512);
    put_text(&medium, 0x2b, "NO NAME    ");
    label = label_of(&medium);
    require(is(&label, "FAT", serial, 4, ""));
    medium.data[11] = 1;
    label = label_of(&medium);
    require(label.kind == LABEL_UNKNOWN);
    free(medium.data);

    medium = boot_sector();
    put_number(&medium, 22, 0, 2);
    put_text(&medium, 0x42,
             "\x29\xcd\xab\x34\x12"
             "BIG DISK   FAT32   ");
    label = label_of(&medium);
    require(is(&label, "FAT32", serial, 4, "BIG DISK"));
    free(medium.data);

    medium = boot_sector();
    put_text(&medium, 3, "NTFS    ");
    put_text(&medium, 0x48, "\xcd\xab\x34\x12zzzz");
    label = label_of(&medium);
    require(is(&label, "NTFS", serial, 4, ""));
    put_text(&medium, 3, "EXFAT   ");
    put_text(&medium, 0x64, "\xcd\xab\x34\x12");
    label = label_of(&medium);
    require(is(&label, "exFAT", serial, 4, ""));
    free(medium.data);
}
END_TEST

START_TEST(ext)
{
    static const struct
    {
        uint32_t compatible, incompatible;
        const char *type;
    } cases[] = {{0, 0, "ext2"}, {4, 0, "ext3"}, {4, 0x40, "ext4"}};

    for (size_t i = 0; i < 3; i++)
    {
        struct medium medium = medium_new(2048);
        struct media_label label;

        put_number(&medium, 1024 + 0x38, 0xef53, 2);
        put_number(&medium, 1024 + 0x5c, cases[i].compatible, 4);
        put_number(&medium, 1024 + 0x60, cases[i].incompatible, 4);
        put_text(&medium, 1024 + 0x68, "0123456789abcdef0123456789abcdef");
        label = label_of(&medium);
        require(is(&label, cases[i].type, "0123456789abcdef", 16, "0123456789abcdef"));
        never_half(&medium, 2048);
        free(medium.data);
    }
}
END_TEST

/* ---- Tapes ---- */

START_TEST(ansi)
{
    struct medium medium = medium_new(80);
    struct media_label label;

    memset(medium.data, ' ', 80);
    put_text(&medium, 0, "VOL1ABC01");
    put_text(&medium, 37, "The owner");
    label = label_of(&medium);
    require(is(&label, "ANSI", "ABC01 ", 6, "ABC01 The owner"));
    never_half(&medium, 80);
    put_text(&medium, 24, "LTFS");
    label = label_of(&medium);
    require(is(&label, "LTFS", "ABC01 ", 6, "ABC01 The owner"));
    medium.data[60] = 0;
    label = label_of(&medium);
    require(label.kind == LABEL_UNKNOWN);
    free(medium.data);
}
END_TEST

static void tar_sum(struct medium *medium)
{
    uint32_t sum = 0;
    char digits[8];

    memset(medium->data + 148, ' ', 8);
    for (size_t i = 0; i < 512; i++)
        sum += medium->data[i];
    snprintf(digits, sizeof(digits), "%06o", sum);
    put(medium, 148, digits, 7);
}

START_TEST(tar)
{
    struct medium medium = medium_new(512);
    struct media_label label;

    put_text(&medium, 0, "a/file");
    put_text(&medium, 257, "ustar");
    medium.data[156] = '0';
    tar_sum(&medium);
    label = label_of(&medium);
    require(is(&label, "tar", "", 0, "")); /* a file's name identifies no tape */
    never_half(&medium, 512);
    medium.data[0] ^= 1;
    label = label_of(&medium);
    require(label.kind == LABEL_UNKNOWN);
    put_text(&medium, 0, "Tape of Monday");
    memset(medium.data + 257, 0, 5);
    medium.data[156] = 'V';
    tar_sum(&medium);
    label = label_of(&medium);
    require(label.kind == LABEL_KNOWN && !strcmp(label.type, "tar") && label.id_size == 16);
    require(!strcmp(label.info, "Tape of Monday"));
    free(medium.data);
}
END_TEST

/* A free medium's label on what was a disc with files. */
START_TEST(first_label_counts)
{
    struct medium medium = udf();
    struct media_label label = {.id_size = 16, .id = {7}}, read;

    require(media_label_write_free(&label, medium.data, SECTOR) == SECTOR);
    read = label_of(&medium);
    require(read.kind == LABEL_FREE && read.id[0] == 7);
    free(medium.data);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("labels");
    Suite *suite = suite_create("test_rsm_label");
    SRunner *runner;
    int failed;

    tcase_add_test(tests, blank_and_unknown);
    tcase_add_test(tests, free_label);
    tcase_add_test(tests, mtf_with_guid);
    tcase_add_test(tests, mtf_without_guid);
    tcase_add_test(tests, mtf_damaged);
    tcase_add_test(tests, mtf_text);
    tcase_add_test(tests, iso9660);
    tcase_add_test(tests, udf_disc);
    tcase_add_test(tests, disks);
    tcase_add_test(tests, ext);
    tcase_add_test(tests, ansi);
    tcase_add_test(tests, tar);
    tcase_add_test(tests, first_label_counts);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}

/* UDF (ECMA-167, OSTA UDF 2.60) on sectors of 2,048 bytes: the recognition sequence says that it is one; the anchor in
 * sector 256 leads to the volume's descriptors. */
#include <string.h>

#include "rsm/label_formats.h"

enum
{
    SECTOR = 2048,
    FIRST = 16,
    LAST = 64,
    ANCHOR = 256,
    DESCRIPTORS = 32, /* of a sequence, looked at */

    TAG_PRIMARY = 1,
    TAG_ANCHOR = 2,
    TAG_PARTITION = 5,
    TAG_LOGICAL_VOLUME = 6,
    TAG_TERMINATING = 8,
    TAG_FILE_SET = 256,

    AT_EXTENT_SIZE = 16, /* of the anchor: the main sequence */
    AT_EXTENT = 20,
    AT_PARTITION_START = 188,
    AT_VOLUME_SET = 72, /* of the primary descriptor; dstring: the way of its characters, the characters; the last byte
                           says how many are used */
    AT_VOLUME = 84,     /* of the logical volume descriptor; dstring */
    DSTRING_SIZE = 128,
    UNIQUE_CHARACTERS = 16, /* with which a volume set identifier begins (OSTA UDF 2.2.2.5) */
    AT_FILE_SET = 252,      /* block of the file set descriptor in the partition */
};

static bool is_udf(struct label_bytes bytes)
{
    for (size_t sector = FIRST; sector < LAST; sector++)
    {
        size_t at = sector * SECTOR + 1;

        if (label_is(bytes, at, "NSR02") || label_is(bytes, at, "NSR03")) return true;
        if (!label_is(bytes, at, "CD001") && !label_is(bytes, at, "BEA01") && !label_is(bytes, at, "BOOT2") &&
            !label_is(bytes, at, "CDW02"))
            return false;
    }
    return false;
}

/* Where the descriptor with that tag is, in the sequence that the anchor names; 0: not in the data. A tag's bytes add
 * up to its fifth. */
static bool is_tag(struct label_bytes bytes, size_t at, uint16_t tag)
{
    uint8_t sum = 0;

    if (!label_has(bytes, at, SECTOR) || label_u16(bytes, at) != tag) return false;
    for (size_t i = 0; i < 16; i++)
        if (i != 4) sum = (uint8_t)(sum + bytes.data[at + i]);
    return sum == bytes.data[at + 4];
}

static size_t find_descriptor(struct label_bytes bytes, uint16_t tag)
{
    size_t sector = label_u32(bytes, (size_t)ANCHOR * SECTOR + AT_EXTENT);
    size_t count = label_u32(bytes, (size_t)ANCHOR * SECTOR + AT_EXTENT_SIZE) / SECTOR;

    if (count > DESCRIPTORS) count = DESCRIPTORS;
    for (; count && sector < bytes.size / SECTOR; sector++, count--)
    {
        if (is_tag(bytes, sector * SECTOR, tag)) return sector * SECTOR;
        if (is_tag(bytes, sector * SECTOR, TAG_TERMINATING)) break;
    }
    return 0;
}

static void read_dstring(struct label_bytes bytes, size_t at, char *text, size_t room)
{
    size_t used = bytes.data[at + DSTRING_SIZE - 1];

    text[0] = 0;
    if (used < 2 || used >= DSTRING_SIZE) return;
    if (bytes.data[at] == 8) label_latin1(bytes, at + 1, used - 1, text, room);
    if (bytes.data[at] == 16) label_utf16(bytes, at + 1, used - 1, false, text, room);
}

/* The serial number that Windows gives the volume is that of the file set descriptor. */
static bool set_serial(struct label_bytes bytes, size_t volume, size_t partition, struct media_label *label)
{
    size_t sector;

    if (!volume || !partition) return false;
    sector = (size_t)label_u32(bytes, partition + AT_PARTITION_START) + label_u32(bytes, volume + AT_FILE_SET);
    if (sector >= bytes.size / SECTOR || !is_tag(bytes, sector * SECTOR, TAG_FILE_SET)) return false;
    label_set_serial(label, label_column_sum(bytes, sector * SECTOR, true));
    return true;
}

bool label_udf(struct label_bytes bytes, struct media_label *label)
{
    size_t primary, volume;

    if (!is_udf(bytes)) return false;
    label_set_type(label, "UDF");
    if (!is_tag(bytes, (size_t)ANCHOR * SECTOR, TAG_ANCHOR)) return true;
    volume = find_descriptor(bytes, TAG_LOGICAL_VOLUME);
    if (volume) read_dstring(bytes, volume + AT_VOLUME, label->info, sizeof(label->info));
    if (set_serial(bytes, volume, find_descriptor(bytes, TAG_PARTITION), label)) return true;
    primary = find_descriptor(bytes, TAG_PRIMARY);
    if (primary)
    {
        char set[UNIQUE_CHARACTERS * 4 + 1];

        read_dstring(bytes, primary + AT_VOLUME_SET, set, sizeof(set));
        label->id_size = (uint32_t)(strlen(set) < UNIQUE_CHARACTERS ? strlen(set) : UNIQUE_CHARACTERS);
        memcpy(label->id, set, label->id_size);
    }
    return true;
}

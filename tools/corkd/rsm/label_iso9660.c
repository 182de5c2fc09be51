/* ISO 9660 (ECMA-119) discs: the primary volume descriptor, from sector 16 on. Joliet's supplementary one, where there
 * is one, has the better name. */
#include "rsm/label_formats.h"

enum
{
    SECTOR = 2048,
    FIRST = 16,
    LAST = 64, /* descriptors that are looked at */
    TYPE_PRIMARY = 1,
    TYPE_SUPPLEMENTARY = 2,
    TYPE_END = 255,
    AT_VOLUME = 40,
    VOLUME_SIZE = 32,
    AT_ESCAPES = 88,
};

static bool is_joliet(struct label_bytes bytes, size_t at)
{
    return label_is(bytes, at + AT_ESCAPES, "%/@") || label_is(bytes, at + AT_ESCAPES, "%/C") ||
           label_is(bytes, at + AT_ESCAPES, "%/E");
}

bool label_iso9660(struct label_bytes bytes, struct media_label *label)
{
    size_t primary = 0, joliet = 0;

    for (size_t sector = FIRST; sector < LAST; sector++)
    {
        size_t at = sector * SECTOR;

        if (!label_has(bytes, at, SECTOR) || !label_is(bytes, at + 1, "CD001")) break;
        if (bytes.data[at] == TYPE_END) break;
        if (bytes.data[at] == TYPE_PRIMARY && !primary) primary = at;
        if (bytes.data[at] == TYPE_SUPPLEMENTARY && is_joliet(bytes, at)) joliet = at;
    }
    if (!primary) return false;
    label_set_type(label, "CDFS");
    label_set_serial(label, label_column_sum(bytes, primary, false));
    if (joliet) label_utf16(bytes, joliet + AT_VOLUME, VOLUME_SIZE, false, label->info, sizeof(label->info));
    if (!label->info[0]) label_latin1(bytes, primary + AT_VOLUME, VOLUME_SIZE, label->info, sizeof(label->info));
    return true;
}

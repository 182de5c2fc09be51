/* What a medium's beginning says about itself. */
#include "rsm/media_label.h"

#include <string.h>

#include "rsm/label_formats.h"

/* In this order: what is written at the very beginning goes before what may have been left further in (a label of a
 * free medium on what was a disc with files), and a UDF disc may have an ISO 9660 descriptor as well. */
static bool (*const formats[])(struct label_bytes bytes, struct media_label *label) = {
    label_cork, label_mtf,  label_ansi,  label_udf, label_iso9660,
    label_tar,  label_ntfs, label_exfat, label_fat, label_ext,
};

void media_label_recognise(const uint8_t *data, size_t size, struct media_label *label)
{
    struct label_bytes bytes = {data, size};

    memset(label, 0, sizeof(*label));
    if (!size) return;
    for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
    {
        if (formats[i](bytes, label)) return;
        memset(label, 0, sizeof(*label));
    }
    label->kind = LABEL_UNKNOWN;
}

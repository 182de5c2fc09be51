/* What other systems write on tapes: ANSI labels (ANSI X3.27, ECMA-13; LTFS has one too) and tar archives (POSIX ustar,
 * GNU tar). */
#include <string.h>

#include "rsm/label_formats.h"

enum
{
    ANSI_SIZE = 80,
    ANSI_VOLUME = 4,
    ANSI_VOLUME_SIZE = 6,
    ANSI_SYSTEM = 24,
    ANSI_OWNER = 37,
    ANSI_OWNER_SIZE = 14,

    TAR_SIZE = 512,
    TAR_NAME_SIZE = 100,
    TAR_CHECKSUM = 148,
    TAR_TYPE = 156,
    TAR_MAGIC = 257,
};

bool label_ansi(struct label_bytes bytes, struct media_label *label)
{
    char owner[4 * ANSI_OWNER_SIZE + 8];

    if (!label_is(bytes, 0, "VOL1") || !label_has(bytes, 0, ANSI_SIZE)) return false;
    for (size_t i = 0; i < ANSI_SIZE; i++)
        if (bytes.data[i] < ' ' || bytes.data[i] > '~') return false;
    label_set_type(label, label_is(bytes, ANSI_SYSTEM, "LTFS") ? "LTFS" : "ANSI");
    label_set_id(label, bytes, ANSI_VOLUME, ANSI_VOLUME_SIZE);
    label_latin1(bytes, ANSI_VOLUME, ANSI_VOLUME_SIZE, label->info, sizeof(label->info));
    label_latin1(bytes, ANSI_OWNER, ANSI_OWNER_SIZE, owner, sizeof(owner));
    if (label->info[0] && owner[0]) strcat(label->info, " ");
    strcat(label->info, owner);
    return true;
}

/* The checksum is the sum of the header's bytes with its own taken for spaces, in octal digits. */
static bool checksum_holds(struct label_bytes bytes)
{
    uint32_t sum = 0, written = 0;
    size_t at = TAR_CHECKSUM;

    for (size_t i = 0; i < TAR_SIZE; i++)
        sum += i >= TAR_CHECKSUM && i < TAR_CHECKSUM + 8 ? ' ' : bytes.data[i];
    while (at < TAR_CHECKSUM + 8 && bytes.data[at] == ' ')
        at++;
    for (; at < TAR_CHECKSUM + 8 && bytes.data[at] >= '0' && bytes.data[at] <= '7'; at++)
        written = written * 8 + (bytes.data[at] - '0');
    return sum == written;
}

bool label_tar(struct label_bytes bytes, struct media_label *label)
{
    bool volume;

    if (!label_has(bytes, 0, TAR_SIZE) || !checksum_holds(bytes)) return false;
    volume = bytes.data[TAR_TYPE] == 'V'; /* GNU tar's volume header has no magic */
    if (!volume && !label_is(bytes, TAR_MAGIC, "ustar")) return false;
    label_set_type(label, "tar");
    if (!volume) return true; /* the first file's name says nothing of the tape */
    label_set_digest(label, bytes, TAR_SIZE);
    label_latin1(bytes, 0, TAR_NAME_SIZE, label->info, sizeof(label->info));
    return true;
}

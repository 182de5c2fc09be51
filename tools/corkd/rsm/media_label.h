/*
 * On-media labels: what the beginning of a medium says about itself ("On-media Identifiers" of the Removable Storage
 * Manager's documentation), and the label that this service writes on free media.
 *
 * Portable: works on bytes in memory, keeps no state, includes nothing of a device. Any thread.
 */
#ifndef CORK_RSM_MEDIA_LABEL_H
#define CORK_RSM_MEDIA_LABEL_H

#include "rsm/changer.h"

#define MEDIA_LABEL_FREE_TYPE  "Cork free" /* struct media_label's type of a free medium */
#define MEDIA_LABEL_FREE_BYTES 512u        /* of a free medium's label */

/* How much of a medium a reader has to offer so that every known label is found: of a tape the first block, whatever
 * its size; of a disc this many bytes (a UDF disc names itself after sector 256 of 2,048 bytes), or all if it holds
 * less. */
#define MEDIA_LABEL_DISC_BYTES (384u * 2048u)

/*
 * Says what `size` bytes from the beginning of a medium are:
 *
 *   size 0                     LABEL_NONE
 *   a free medium's label      LABEL_FREE, type MEDIA_LABEL_FREE_TYPE, the id that it was written with
 *   Microsoft Tape Format      LABEL_KNOWN, type: the software's name, or "MTF" where it gives none; id: the GUID in
 * the media label, or 16 bytes of MD5 of the descriptor block; info: the tape's name CDFS, UDF, FAT, FAT32,
 * LABEL_KNOWN, type as GetVolumeInformation calls the file system; id: the volume's serial exFAT, NTFS number, 4 bytes
 * as a DWORD lies in memory (of a UDF disc whose file set begins further in: the 16 characters that its volume set
 * identifier begins with); info: the volume's name (exFAT and NTFS have it elsewhere: "") ext2, ext3, ext4 LABEL_KNOWN,
 * id: the UUID; info: the volume's name ANSI, LTFS (a VOL1 label)  LABEL_KNOWN, id: the six characters of the volume
 * identifier; info: these and the owner tar                        LABEL_KNOWN, id: none, or where the archive has a
 * volume header MD5 of that; info: its name anything else              LABEL_UNKNOWN
 *
 * A label that is damaged (a checksum that does not hold, fields outside the data) is LABEL_UNKNOWN, never half filled.
 * Text is UTF-8 without control characters, cut where it does not fit.
 *
 * data: may be NULL when size is 0. label: filled whole.
 */
void media_label_recognise(const uint8_t *data, size_t size, struct media_label *label);

/*
 * Writes the label of a free medium with the id of `label` into `block`: all of its `size` bytes, the label first, then
 * zeros. Returns `size`; 0, and nothing is written, when size is less than MEDIA_LABEL_FREE_BYTES or the label has no
 * id, or one longer than LABEL_ID_MAX.
 */
size_t media_label_write_free(const struct media_label *label, uint8_t *block, size_t size);

#endif

/* The formats that media_label.c knows, a file each, and what they share. */
#ifndef CORK_RSM_LABEL_FORMATS_H
#define CORK_RSM_LABEL_FORMATS_H

#include "rsm/media_label.h"

struct label_bytes
{
    const uint8_t *data;
    size_t size;
};

/* Each says whether the bytes have that format, and if so has filled the label's kind, type, id and info. The label is
 * all zero before. */
bool label_cork(struct label_bytes bytes, struct media_label *label);
bool label_mtf(struct label_bytes bytes, struct media_label *label);
bool label_ansi(struct label_bytes bytes, struct media_label *label);
bool label_tar(struct label_bytes bytes, struct media_label *label);
bool label_udf(struct label_bytes bytes, struct media_label *label);
bool label_iso9660(struct label_bytes bytes, struct media_label *label);
bool label_ntfs(struct label_bytes bytes, struct media_label *label);
bool label_exfat(struct label_bytes bytes, struct media_label *label);
bool label_fat(struct label_bytes bytes, struct media_label *label);
bool label_ext(struct label_bytes bytes, struct media_label *label);

/* ---- label_bytes.c ---- */

/* Whether `size` bytes from `at` are there; whether they are exactly those of `text` (without its 0). */
bool label_has(struct label_bytes bytes, size_t at, size_t size);
bool label_is(struct label_bytes bytes, size_t at, const char *text);
/* A little-endian number; 0 where it is outside. */
uint16_t label_u16(struct label_bytes bytes, size_t at);
uint32_t label_u32(struct label_bytes bytes, size_t at);

/* Text of `size` bytes into `text` of `room` bytes: one byte a character (ISO 8859-1), or two, the lower (`little`) or
 * the higher one first. It ends at a NUL; spaces around it and control characters go. Text outside the data is empty.
 */
void label_latin1(struct label_bytes bytes, size_t at, size_t size, char *text, size_t room);
void label_utf16(struct label_bytes bytes, size_t at, size_t size, bool little, char *text, size_t room);

/* Makes the label a known one. Its id is `size` (at most LABEL_ID_MAX) bytes from `at`, or the number, or MD5 of the
 * bytes. */
void label_set_type(struct media_label *label, const char *type);
void label_set_id(struct media_label *label, struct label_bytes bytes, size_t at, size_t size);
void label_set_serial(struct media_label *label, uint32_t serial);
void label_set_digest(struct media_label *label, struct label_bytes bytes, size_t size);

/* The serial number that Windows computes for discs from a sector: each of its four columns summed, the first one the
 * highest, or (`reverse`) the lowest byte. */
uint32_t label_column_sum(struct label_bytes bytes, size_t at, bool reverse);

#endif

/*
 * The beginning of a WAVE file (RIFF; "Multimedia Programming Interface and Data Specifications 1.0", 1991, chapters 2
 * and 3; 8 bytes RIFF header, then the chunks "fmt ", "fact" where the data are not PCM, and "data").
 *
 * Portable: no Windows header.
 */
#ifndef CORK_MF_WAVE_HEADER_H
#define CORK_MF_WAVE_HEADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The most bytes that wave_header_write writes: a format of 64 KiB, and the rest. */
#define WAVE_HEADER_MOST (65535 + 64)

/* The size in bytes of the header before the data, for a format chunk (WAVEFORMATEX, little-endian, as in memory) of
 * `format_size` bytes, at least 14. */
size_t wave_header_size(const uint8_t *format, size_t format_size);

/* Writes the header of a file with `data_size` bytes of data to `out`, which has room for wave_header_size bytes.
 * Returns that size, or 0 where the file would be larger than its 32-bit sizes can tell. */
size_t wave_header_write(const uint8_t *format, size_t format_size, uint64_t data_size, uint8_t *out);

/* The most bytes of data that a file with this format can have. */
uint64_t wave_data_most(const uint8_t *format, size_t format_size);

#endif

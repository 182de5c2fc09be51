/* See wave_header.h. */
#include "mf/wave_header.h"

#include <string.h>

#define FORMAT_PCM 1

static unsigned get16(const uint8_t *from)
{
    return from[0] | (unsigned)from[1] << 8;
}

static uint8_t *put32(uint8_t *to, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        to[i] = (uint8_t)(value >> 8 * i);
    return to + 4;
}

static uint8_t *put_chunk(uint8_t *to, const char *name, uint32_t size)
{
    memcpy(to, name, 4);
    return put32(to + 4, size);
}

/* Plain PCM has the first 16 bytes of the format only: some readers know no other. */
static size_t stored_size(const uint8_t *format, size_t format_size)
{
    return get16(format) == FORMAT_PCM && format_size > 16 ? 16 : format_size;
}

static bool has_fact(const uint8_t *format)
{
    return get16(format) != FORMAT_PCM;
}

size_t wave_header_size(const uint8_t *format, size_t format_size)
{
    size_t stored = stored_size(format, format_size);

    return 12 + 8 + stored + (stored & 1) + (has_fact(format) ? 12 : 0) + 8;
}

uint64_t wave_data_most(const uint8_t *format, size_t format_size)
{
    /* The RIFF chunk's size counts all that follows its own header, and a byte of padding. */
    return UINT32_MAX - (wave_header_size(format, format_size) - 8) - 1;
}

size_t wave_header_write(const uint8_t *format, size_t format_size, uint64_t data_size, uint8_t *out)
{
    size_t stored = stored_size(format, format_size), size = wave_header_size(format, format_size);
    unsigned block = format_size >= 14 ? get16(format + 12) : 0;
    uint8_t *to;

    if (data_size > wave_data_most(format, format_size)) return 0;
    to = put_chunk(out, "RIFF", (uint32_t)(size - 8 + data_size + (data_size & 1)));
    memcpy(to, "WAVE", 4);
    to = put_chunk(to + 4, "fmt ", (uint32_t)stored);
    memcpy(to, format, stored);
    to += stored;
    if (stored & 1) *to++ = 0;
    if (has_fact(format))
    {
        /* Samples of each channel: of what has a fixed number of bytes for each. */
        to = put_chunk(to, "fact", 4);
        to = put32(to, block ? (uint32_t)(data_size / block) : 0);
    }
    put_chunk(to, "data", (uint32_t)data_size);
    return size;
}

/* Text between the database (UTF-8; a lone surrogate is kept as three bytes) and the protocol (UTF-16). */
#include "rsm/engine.h"

#include <stdlib.h>

#include "rsm/utf8.h"

/* Takes one code point; anything that is no UTF-8 is taken byte by byte. */
static uint32_t take_point(const uint8_t **text)
{
    const uint8_t *at = *text;
    uint32_t length = at[0] < 0x80 ? 1 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
    uint32_t point = length == 1 ? at[0] : length == 2 ? at[0] & 0x1f : length == 3 ? at[0] & 0x0f : at[0] & 0x07;

    for (uint32_t i = 1; i < length; i++)
    {
        if ((at[i] & 0xc0) != 0x80)
        {
            *text = at + 1;
            return at[0];
        }
        point = point << 6 | (at[i] & 0x3f);
    }
    *text = at + length;
    return point;
}

size_t text_units(const char *text)
{
    const uint8_t *at = (const uint8_t *)text;
    size_t units = 0;

    while (*at)
        units += take_point(&at) >= 0x10000 ? 2 : 1;
    return units;
}

void put_text(struct host_encoder *values, const char *text)
{
    uint16_t *units = malloc((text_units(text) + 1) * sizeof(*units));
    const uint8_t *at = (const uint8_t *)text;
    size_t count = 0;

    if (!units)
    {
        if (!values->error) values->error = HOST_NO_MEMORY;
        return;
    }
    while (*at)
    {
        uint32_t point = take_point(&at);

        if (point >= 0x10000)
        {
            units[count++] = (uint16_t)(0xd800 + ((point - 0x10000) >> 10));
            point = 0xdc00 + ((point - 0x10000) & 0x3ff);
        }
        units[count++] = (uint16_t)point;
    }
    units[count] = 0;
    host_put_utf16(values, units);
    free(units);
}

bool text_of_units(const uint16_t *units, size_t count, char *text, size_t size)
{
    size_t at = 0;

    text[0] = 0;
    if (3 * count >= size) return false;
    for (size_t i = 0; i < count; i++)
    {
        uint32_t point = units[i];

        if (point >= 0xd800 && point < 0xdc00 && i + 1 < count && units[i + 1] >= 0xdc00 && units[i + 1] < 0xe000)
            point = 0x10000 + ((point - 0xd800) << 10) + (units[++i] - 0xdc00u);
        at += utf8_put(text + at, point);
    }
    text[at] = 0;
    return true;
}

bool get_text(struct host_decoder *arguments, char *text, size_t size, size_t units, bool *too_long)
{
    uint16_t *given = host_get_utf16(arguments);
    size_t count = 0;

    text[0] = 0;
    if (!given) return !arguments->error; /* NULL is an empty text here */
    while (given[count])
        count++;
    if (count >= units || !text_of_units(given, count, text, size)) *too_long = true;
    free(given);
    return true;
}

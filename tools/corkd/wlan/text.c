/* Texts: UTF-16 on the wire, UTF-8 inside. */
#include <stdlib.h>
#include <string.h>

#include "corkd/wlan/wlan.h"

#define REPLACEMENT 0xfffdu

/* How many bytes a sequence has that begins so, and the bits of its first byte; 0: none begins so. */
static unsigned sequence_length(uint8_t first, uint32_t *bits)
{
    if (first < 0x80)
    {
        *bits = first;
        return 1;
    }
    if (first >= 0xc2 && first < 0xe0)
    {
        *bits = first & 0x1f;
        return 2;
    }
    if (first >= 0xe0 && first < 0xf0)
    {
        *bits = first & 0x0f;
        return 3;
    }
    if (first >= 0xf0 && first < 0xf5)
    {
        *bits = first & 0x07;
        return 4;
    }
    return 0;
}

/* The character at *text, which moves behind it. A byte that is not UTF-8 is one character, REPLACEMENT. */
static uint32_t next_character(const char **text)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    uint32_t character;
    unsigned length = sequence_length((uint8_t) * *text, &character);

    for (unsigned i = 1; i < length; i++)
    {
        if (((uint8_t)(*text)[i] & 0xc0) != 0x80)
        {
            length = 0;
            break;
        }
        character = character << 6 | ((uint8_t)(*text)[i] & 0x3f);
    }
    if (!length || character < least[length] || character > 0x10ffff || (character >= 0xd800 && character < 0xe000))
    {
        ++*text;
        return REPLACEMENT;
    }
    *text += length;
    return character;
}

void wlan_put_text(struct host_encoder *values, const char *text)
{
    /* No character takes more units than it takes bytes. */
    uint16_t *wide = malloc((strlen(text) + 1) * sizeof(*wide)), *at = wide;

    if (!wide)
    {
        values->error = HOST_NO_MEMORY;
        return;
    }
    while (*text)
    {
        uint32_t character = next_character(&text);

        if (character >= 0x10000)
        {
            *at++ = (uint16_t)(0xd7c0 + (character >> 10));
            *at++ = (uint16_t)(0xdc00 + (character & 0x3ff));
        }
        else
            *at++ = (uint16_t)character;
    }
    *at = 0;
    host_put_utf16(values, wide);
    free(wide);
}

/* The character at *wide, which moves behind it; half of a pair is REPLACEMENT. */
static uint32_t next_wide(const uint16_t **wide)
{
    uint32_t unit = *(*wide)++;

    if (unit < 0xd800 || unit > 0xdfff) return unit;
    if (unit > 0xdbff || (**wide & 0xfc00) != 0xdc00) return REPLACEMENT;
    return 0x10000 + ((unit & 0x3ff) << 10) + (*(*wide)++ & 0x3ff);
}

static char *put_character(char *at, uint32_t character)
{
    if (character < 0x80)
        *at++ = (char)character;
    else if (character < 0x800)
        *at++ = (char)(0xc0 | character >> 6);
    else if (character < 0x10000)
    {
        *at++ = (char)(0xe0 | character >> 12);
        *at++ = (char)(0x80 | (character >> 6 & 0x3f));
    }
    else
    {
        *at++ = (char)(0xf0 | character >> 18);
        *at++ = (char)(0x80 | (character >> 12 & 0x3f));
        *at++ = (char)(0x80 | (character >> 6 & 0x3f));
    }
    if (character >= 0x80) *at++ = (char)(0x80 | (character & 0x3f));
    return at;
}

char *wlan_get_text(struct host_decoder *arguments)
{
    uint16_t *wide = host_get_utf16(arguments);
    const uint16_t *from = wide;
    size_t length = 0;
    char *text, *at;

    if (!wide) return NULL;
    while (wide[length])
        length++;
    text = at = malloc(3 * length + 1); /* no unit takes more than three bytes */
    while (text && *from)
        at = put_character(at, next_wide(&from));
    if (text)
        *at = 0;
    else
        arguments->error = HOST_NO_MEMORY;
    free(wide);
    return text;
}

/* Bytes as hexadecimal digits: SSIDs, keys. */
#include <string.h>

#include "corkd/wlan/profile_schema.h"

static int digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

int profile_hex_bytes(const char *text, uint8_t *bytes, size_t room)
{
    size_t length = strlen(text);

    if (length % 2 || length / 2 > room) return -1;
    for (size_t i = 0; i < length / 2; i++)
    {
        int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);

        if (high < 0 || low < 0) return -1;
        bytes[i] = (uint8_t)(high << 4 | low);
    }
    return (int)(length / 2);
}

void profile_hex_text(const uint8_t *bytes, size_t count, char *text)
{
    for (size_t i = 0; i < count; i++)
    {
        *text++ = "0123456789ABCDEF"[bytes[i] >> 4];
        *text++ = "0123456789ABCDEF"[bytes[i] & 15];
    }
    *text = 0;
}

/*
 * Text: the A functions' strings in the ANSI code page, the service's in UTF-16.
 */
#include "ntmsapi/call.h"

#include <stdlib.h>

DWORD text_to_wide(const char *text, WCHAR **wide)
{
    int length;

    *wide = NULL;
    if (!text) return ERROR_SUCCESS;
    length = MultiByteToWideChar(CP_ACP, 0, text, -1, NULL, 0);
    if (length <= 0) return ERROR_NO_UNICODE_TRANSLATION;
    *wide = malloc((size_t)length * sizeof(WCHAR));
    if (!*wide) return ERROR_NOT_ENOUGH_MEMORY;
    MultiByteToWideChar(CP_ACP, 0, text, -1, *wide, length);
    return ERROR_SUCCESS;
}

void text_to_ansi(const WCHAR *wide, char *buffer, int size)
{
    int length = lstrlenW(wide), bytes = 0;

    /* Shortened by whole characters: half a double-byte one would swallow the terminator. */
    while (length > 0 && !(bytes = WideCharToMultiByte(CP_ACP, 0, wide, length, buffer, size - 1, NULL, NULL)))
        length--;
    buffer[length > 0 ? bytes : 0] = 0;
}

void put_text(struct host_encoder *encoder, const WCHAR *text)
{
    host_put_utf16(encoder, (const uint16_t *)(text ? text : L""));
}

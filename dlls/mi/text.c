/* Texts of MI_Char. See text.h. */
#include "mi/text.h"

#include "mi/allocation.h"

#include <string.h>

MI_Char mi_char_lower(MI_Char c)
{
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? (MI_Char)(c + 32) : c;
    if (c >= 0xc0 && c <= 0xde && c != 0xd7) return (MI_Char)(c + 32);
    if (c >= 0x391 && c <= 0x3a9 && c != 0x3a2) return (MI_Char)(c + 32);
    if (c >= 0x410 && c <= 0x42f) return (MI_Char)(c + 32);
    if (c >= 0x400 && c <= 0x40f) return (MI_Char)(c + 80);
    return c;
}

size_t mi_text_length(const MI_Char *text)
{
    const MI_Char *end = text;

    while (*end)
        end++;
    return (size_t)(end - text);
}

bool mi_name_equal(const MI_Char *left, const MI_Char *right)
{
    while (*left == *right || mi_char_lower(*left) == mi_char_lower(*right))
    {
        if (!*left) return true;
        left++;
        right++;
    }
    return false;
}

/* FNV-1a over the lower-case characters. */
MI_Uint32 mi_name_hash(const MI_Char *name)
{
    MI_Uint32 hash = 2166136261u;

    for (; *name; name++)
        hash = (hash ^ (MI_Uint32)mi_char_lower(*name)) * 16777619u;
    return hash;
}

MI_Char *mi_text_copy(const MI_Char *text)
{
    size_t size;
    MI_Char *copy;

    if (!text) return NULL;
    size = (mi_text_length(text) + 1) * sizeof(*text);
    copy = mi_alloc(size);
    if (copy) memcpy(copy, text, size);
    return copy;
}

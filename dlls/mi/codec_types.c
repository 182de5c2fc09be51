/* Names of the scalar types. See codec_types.h. */
#include "mi/codec_types.h"

static const char *const names[] = {
    "boolean", "uint8",  "sint8",  "uint16", "sint16",   "uint32", "sint32", "uint64",
    "sint64",  "real32", "real64", "char16", "datetime", "string", "string", "string",
};

const char *mi_cim_type_name(MI_Type type)
{
    return names[type & 15];
}

static unsigned lower(unsigned c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

bool mi_is_word(const MI_Char *text, size_t length, const char *word)
{
    size_t i;

    for (i = 0; i < length && word[i]; i++)
        if (lower((unsigned)text[i]) != lower((unsigned char)word[i])) return false;
    return i == length && !word[i];
}

bool mi_cim_type(const MI_Char *name, size_t length, MI_Type *type)
{
    for (int i = MI_BOOLEAN; i <= MI_STRING; i++)
    {
        if (!mi_is_word(name, length, names[i])) continue;
        *type = (MI_Type)i;
        return true;
    }
    return false;
}

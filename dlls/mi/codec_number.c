/* Numbers as text. See codec_number.h. */
#include "mi/codec_number.h"

#include "mi/value.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Digits beyond these make no difference that a double could hold; a longer text is refused. */
#define MAX_REAL 512

static unsigned digit_of(MI_Char c)
{
    if (c >= '0' && c <= '9') return (unsigned)(c - '0');
    if (c >= 'a' && c <= 'f') return (unsigned)(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') return (unsigned)(c - 'A') + 10;
    return 99;
}

bool mi_digits_parse(const MI_Char *text, size_t length, unsigned base, MI_Uint64 *number)
{
    MI_Uint64 most = ~(MI_Uint64)0;

    *number = 0;
    if (!length) return false;
    for (size_t i = 0; i < length; i++)
    {
        unsigned digit = digit_of(text[i]);

        if (digit >= base || *number > (most - digit) / base) return false;
        *number = *number * base + digit;
    }
    return true;
}

bool mi_integer_parse(const MI_Char *text, size_t length, struct mi_integer *number)
{
    number->negative = length && *text == '-';
    if (length && (*text == '-' || *text == '+'))
    {
        text++;
        length--;
    }
    if (length > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
        return mi_digits_parse(text + 2, length - 2, 16, &number->magnitude);
    return mi_digits_parse(text, length, 10, &number->magnitude);
}

/* 0 is negative in no type. */
bool mi_integer_fit(const struct mi_integer *number, MI_Type type, MI_Value *value)
{
    unsigned bits = 8 * (unsigned)mi_type_size(type);
    bool is_signed = type == MI_SINT8 || type == MI_SINT16 || type == MI_SINT32 || type == MI_SINT64;
    MI_Uint64 most = ~(MI_Uint64)0 >> (64 - bits);
    MI_Uint64 bytes;

    if (type < MI_UINT8 || type > MI_SINT64) return false;
    if (is_signed) most = number->negative ? most / 2 + 1 : most / 2;
    if (number->magnitude > most || (number->negative && number->magnitude && !is_signed)) return false;
    bytes = number->negative ? ~number->magnitude + 1 : number->magnitude;
    memset(value, 0, sizeof(*value));
    switch (bits)
    {
    case 8:
        value->uint8 = (MI_Uint8)bytes;
        break;
    case 16:
        value->uint16 = (MI_Uint16)bytes;
        break;
    case 32:
        value->uint32 = (MI_Uint32)bytes;
        break;
    default:
        value->uint64 = bytes;
    }
    return true;
}

/* ---- Reals ------------------------------------------------------------------------------------------------------- */

static bool is_word(const MI_Char *text, size_t length, const char *word)
{
    if (length != strlen(word)) return false;
    for (size_t i = 0; i < length; i++)
        if (text[i] != (MI_Char)word[i]) return false;
    return true;
}

static size_t skip_digits(const MI_Char *text, size_t length, size_t at)
{
    while (at < length && text[at] >= '0' && text[at] <= '9')
        at++;
    return at;
}

/* [+-] digits [. digits] [e [+-] digits], with a digit before or behind the point. */
static bool is_decimal(const MI_Char *text, size_t length)
{
    size_t at = length && (*text == '+' || *text == '-') ? 1 : 0, begin = at, exponent;
    size_t digits;

    at = skip_digits(text, length, at);
    digits = at - begin;
    if (at < length && text[at] == '.')
    {
        begin = ++at;
        at = skip_digits(text, length, at);
        digits += at - begin;
    }
    if (!digits) return false;
    if (at == length) return true;
    if (text[at] != 'e' && text[at] != 'E') return false;
    at++;
    if (at < length && (text[at] == '+' || text[at] == '-')) at++;
    exponent = at;
    at = skip_digits(text, length, at);
    return at == length && at > exponent;
}

static bool read_decimal(const MI_Char *text, size_t length, MI_Type type, MI_Value *value)
{
    const struct lconv *locale = localeconv();
    char narrow[MAX_REAL];

    if (length >= sizeof(narrow) || !is_decimal(text, length)) return false;
    for (size_t i = 0; i < length; i++)
        narrow[i] = text[i] == '.' ? *locale->decimal_point : (char)text[i];
    narrow[length] = 0;
    if (type == MI_REAL32)
        value->real32 = strtof(narrow, NULL);
    else
        value->real64 = strtod(narrow, NULL);
    return type == MI_REAL32 ? isfinite(value->real32) : isfinite(value->real64);
}

bool mi_real_parse(const MI_Char *text, size_t length, bool special, MI_Type type, MI_Value *value)
{
    double number = 0;

    memset(value, 0, sizeof(*value));
    if (special && is_word(text, length, "INF"))
        number = (double)INFINITY;
    else if (special && is_word(text, length, "-INF"))
        number = -(double)INFINITY;
    else if (special && is_word(text, length, "NaN"))
        number = (double)NAN;
    else
        return read_decimal(text, length, type, value);
    if (type == MI_REAL32)
        value->real32 = (float)number;
    else
        value->real64 = number;
    return true;
}

/*
 * Numbers as text, as CIM-XML (DSP0201, VALUE) and MOF (DSP0004, annex A) have them, into values of the numeric types.
 */
#ifndef CORK_MI_CODEC_NUMBER_H
#define CORK_MI_CODEC_NUMBER_H

#include <mi.h>

#include <stdbool.h>
#include <stddef.h>

/* An integer literal, before its type is known. */
struct mi_integer
{
    MI_Uint64 magnitude;
    bool negative;
};

/* Reads the digits of a number of base 2, 8, 10 or 16. Returns false for none, for another character, and for more than
 * 64 bits. */
bool mi_digits_parse(const MI_Char *text, size_t length, unsigned base, MI_Uint64 *number);

/* Reads an integer with its sign, decimal or hexadecimal ("0x"). */
bool mi_integer_parse(const MI_Char *text, size_t length, struct mi_integer *number);

/* Makes a value of one of the eight integer types. Returns false where the number is out of its range. */
bool mi_integer_fit(const struct mi_integer *number, MI_Type type, MI_Value *value);

/* Reads a decimal number with or without fraction and exponent into a MI_REAL32 or MI_REAL64; `special`: INF, -INF and
 * NaN too. Returns false for what is none, and for one that is too large. */
bool mi_real_parse(const MI_Char *text, size_t length, bool special, MI_Type type, MI_Value *value);

#endif

/*
 * Texts of MI_Char (UTF-16): length, comparison and hash of names. Names of classes, properties, methods, qualifiers
 * and namespaces compare without case (DSP0004, "Common Information Model (CIM) Infrastructure", 5.1: names are
 * case-insensitive). Case is that of ASCII, Latin-1, Greek and Cyrillic letters.
 */
#ifndef CORK_MI_TEXT_H
#define CORK_MI_TEXT_H

#include <mi.h>

#include <stdbool.h>
#include <stddef.h>

/* Characters before the terminating 0. */
size_t mi_text_length(const MI_Char *text);

/* The character in lower case. */
MI_Char mi_char_lower(MI_Char c);

/* Whether two names are the same without regard to case. Neither may be NULL. */
bool mi_name_equal(const MI_Char *left, const MI_Char *right);

/* A number that is the same for names that mi_name_equal finds equal. */
MI_Uint32 mi_name_hash(const MI_Char *name);

/* A copy of the text from mi_alloc, which the caller frees; NULL for lack of memory, and for NULL. */
MI_Char *mi_text_copy(const MI_Char *text);

#endif

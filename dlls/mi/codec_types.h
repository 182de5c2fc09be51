/*
 * CIM's names of the scalar types (DSP0004, 5.2), as XML and MOF write them.
 */
#ifndef CORK_MI_CODEC_TYPES_H
#define CORK_MI_CODEC_TYPES_H

#include <mi.h>

#include <stdbool.h>
#include <stddef.h>

/* The name, in lower case; an embedded instance is a "string". `type` is no reference. */
const char *mi_cim_type_name(MI_Type type);

/* The type of the name, compared without case. Returns false for none. */
bool mi_cim_type(const MI_Char *name, size_t length, MI_Type *type);

/* Whether characters are the ASCII word, compared without case. */
bool mi_is_word(const MI_Char *text, size_t length, const char *word);

#endif

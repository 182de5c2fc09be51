/*
 * Qualifiers that flags of mi.h say too, as Key and MI_FLAG_KEY do: the one table of both, and what a list of
 * qualifiers says by it. Portable; any thread.
 */
#ifndef CORK_MI_QUALIFIER_FLAGS_H
#define CORK_MI_QUALIFIER_FLAGS_H

#include <mi.h>

#include <stdbool.h>

/* Each qualifier is a boolean (DSP0004, 5.6.3); its flag stands where it is true. */
struct mi_flag_qualifier
{
    MI_Uint32 flag;
    const MI_Char *name;
};
extern const struct mi_flag_qualifier mi_flag_qualifiers[];
extern const MI_Uint32 mi_flag_qualifier_count;

/* The first of `count` qualifiers that has the name; NULL where there is none. It stays the list's. */
const MI_Qualifier *mi_qualifier_find(MI_Qualifier MI_CONST *MI_CONST *list, MI_Uint32 count, const MI_Char *name);

/* Whether there is a boolean one of the name that is true. */
bool mi_qualifier_is_true(MI_Qualifier MI_CONST *MI_CONST *list, MI_Uint32 count, const MI_Char *name);

/* All flags of the table that the qualifiers say. What can be written (Write) is not read-only. */
MI_Uint32 mi_qualifier_flags(MI_Qualifier MI_CONST *MI_CONST *list, MI_Uint32 count);

#endif

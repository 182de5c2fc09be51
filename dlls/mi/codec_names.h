/*
 * A set of names, compared without case, each with a number, in memory of its own.
 */
#ifndef CORK_MI_CODEC_NAMES_H
#define CORK_MI_CODEC_NAMES_H

#include <mi.h>

#include <stdbool.h>

/* All zero: empty. */
struct mi_names
{
    struct mi_named
    {
        MI_Char *name;
        MI_Uint32 number;
    } * list;
    MI_Uint32 count, room;
};

/* The name and its number; NULL where it is not there. */
const struct mi_named *mi_names_find(const struct mi_names *names, const MI_Char *name);

/* Adds a copy of a name. Returns false for lack of memory. */
bool mi_names_add(struct mi_names *names, const MI_Char *name, MI_Uint32 number);

/* Empties it. */
void mi_names_free(struct mi_names *names);

#endif

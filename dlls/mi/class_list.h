/*
 * The classes that an instance needs to be read again: its own and those of the instances in it (and, where it is asked
 * for, of those that it refers to), each after its super-classes, and each once.
 */
#ifndef CORK_MI_CLASS_LIST_H
#define CORK_MI_CLASS_LIST_H

#include <mi.h>

#include <stdbool.h>

/* Calls `visit` for each. `whole`: its super-class is known by name only, so that nobody else describes what it has of
 * it. Returns MI_RESULT_OK, MI_RESULT_SERVER_LIMITS_EXCEEDED (no memory, too deep), or what MI_Instance_GetClass says.
 */
MI_Result mi_each_class_of(const MI_Instance *instance, bool references,
                           void (*visit)(void *context, const MI_ClassDecl *decl, bool whole), void *context);

#endif

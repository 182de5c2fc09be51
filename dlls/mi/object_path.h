/*
 * WMI's object paths: which instance, by its class and keys ("Win32_Process.Handle=\"32\""), with the machine and the
 * namespace before it where they are said ("\\\\.\\root\\cimv2:Win32_Process.Handle=\"32\""). Keys are quoted texts
 * with a back-slash before quotes and back-slashes, numbers, TRUE and FALSE; "=@" stands for the one instance of a
 * class without keys. (Windows' documentation, "Describing an Object's Path" and "Describing the Location of a WMI
 * Object".)
 */
#ifndef CORK_MI_OBJECT_PATH_H
#define CORK_MI_OBJECT_PATH_H

#include <mi.h>

#include <stdbool.h>

/* The path of an instance's class and keys, from mi_alloc; with `whole`, its machine and namespace come first where it
 * has a namespace. A key that is an instance itself is written as its whole path, quoted.
 * Returns MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER where a key has no value or is of a type that keys have not (reals,
 * embedded instances, arrays); MI_RESULT_SERVER_LIMITS_EXCEEDED (no memory). */
MI_Result mi_object_path(const MI_Instance *instance, bool whole, MI_Char **path);

/* A dynamic instance with what a path says: class, machine, namespace, and keys: texts, Booleans, numbers as MI_UINT64
 * or, when negative, as MI_SINT64. The caller deletes it.
 * Returns MI_RESULT_OK, MI_RESULT_INVALID_PARAMETER (it is no path of an object), MI_RESULT_SERVER_LIMITS_EXCEEDED. */
MI_Result mi_object_path_parse(const MI_Char *path, MI_Instance **instance);

/* Whether the path, which has no machine and namespace, has a key of this name. Wine writes references in paths without
 * back-slashes before the quotes in them, so a quote ends a text only before a comma or at the end here. */
bool mi_object_path_has_key(const MI_Char *path, const MI_Char *name);

#endif

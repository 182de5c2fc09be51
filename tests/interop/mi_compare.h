/*
 * mi_compare.exe: what its files share. WMI's objects, read without mi.dll and through it, as plain texts that can be
 * compared.
 */
#ifndef CORK_TESTS_MI_COMPARE_H
#define CORK_TESTS_MI_COMPARE_H

#include <windows.h>
#include <wbemcli.h>

#include <mi.h>

#include <stdbool.h>
#include <stddef.h>

/* "TYPE VALUE", with what has no place in a line escaped. */
enum
{
    NAME_SIZE = 128,
    VALUE_SIZE = 2048,
};

struct property
{
    WCHAR name[NAME_SIZE];
    WCHAR value[VALUE_SIZE];
};

struct object
{
    struct property *properties;
    size_t count;
};

/* The results of an enumeration or a query, and how it ended. */
struct objects
{
    struct object *list;
    size_t count;
    HRESULT error; /* 0: none */
};

void objects_free(struct objects *objects);
/* A new object at the end of a list, and a new property at the end of an object. They end the program where memory is
 * short. */
struct object *objects_add(struct objects *objects);
struct property *object_add(struct object *object, const WCHAR *name);
/* Adds to a property's value; what does not fit is cut off. */
void value_add(struct property *property, const WCHAR *format, ...);
/* The same for a text of WMI's, escaped. */
void value_add_text(struct property *property, const WCHAR *text);

/* What differs first, or NULL: the same objects with the same properties of the same types and values, in the same
 * order of objects. With `moving` (another reading of the first), properties that it has another value for count by
 * name and type alone. The text stays until the next call. */
const WCHAR *objects_differ(const struct objects *expected, const struct objects *found, const struct objects *moving);

/* ---- mi_compare_wmi.c: IWbemServices, without mi.dll ---- */

bool wmi_connect(const WCHAR *name_space);
void wmi_disconnect(void);
/* `query`: a WQL query, else `name` is a class whose instances are enumerated. */
void wmi_read(const WCHAR *name, const WCHAR *query, struct objects *objects);
/* A class's declaration: an object with its properties, whose values are their types. None: there is no such class, or
 * no instance of it. */
void wmi_read_class(const WCHAR *name, struct objects *objects);
/* Calls `found` for each name of a class that the DLL behind WMI has among its texts; they may come again. */
void wmi_each_class(void (*found)(const WCHAR *name));

/* ---- mi_compare_mi.c: the same through mi.dll ---- */

bool mi_connect(void);
void mi_disconnect(void);
void mi_read(const WCHAR *name_space, const WCHAR *name, const WCHAR *query, struct objects *objects);
void mi_read_class(const WCHAR *name_space, const WCHAR *name, struct objects *objects);

#endif

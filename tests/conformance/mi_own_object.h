/*
 * The objects of the WMI of the tests' own: its classes, with qualifiers and one method, and their instances.
 */
#ifndef CORK_TESTS_MI_OWN_OBJECT_H
#define CORK_TESTS_MI_OWN_OBJECT_H

#include <winsock2.h>
#include <windows.h>
#include <wbemcli.h>

#define COUNT_OF(array)    (sizeof(array) / sizeof((array)[0]))
#define OWN_MAX_PROPERTIES 40
#define OWN_CLASSES        3

struct own_property
{
    const WCHAR *name;
    CIMTYPE type;
    int key;
    const WCHAR *cimtype; /* of the qualifier */
};

struct own_class
{
    const WCHAR *name, *super;
    const struct own_property *properties;
    int count;
    const WCHAR *says; /* a qualifier that is true */
    int has_method;
};

struct own_object
{
    IWbemClassObject iface; /* first: what callers hold */
    LONG references;
    const struct own_class *class;
    int genus, at, method_at;
    VARIANT values[OWN_MAX_PROPERTIES];
};

extern const struct own_class own_classes[OWN_CLASSES], own_out_class; /* the latter of what the method gives */

/* Objects that somebody holds, sets of qualifiers and enumerations too. */
extern volatile LONG own_objects;

static inline struct own_object *own_object_of(IWbemClassObject *iface)
{
    return (struct own_object *)iface;
}

/* An object without values but defaults, with one reference; `genus` is WBEM_GENUS_... */
struct own_object *own_object_new(const struct own_class *class, int genus);
struct own_object *own_object_copy(struct own_object *from);

/* The text of a system property, "__RELPATH" and so on. */
HRESULT own_object_get_system(struct own_object *object, const WCHAR *name, VARIANT *value);

#endif

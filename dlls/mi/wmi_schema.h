/*
 * WMI's objects as classes.
 */
#ifndef CORK_MI_WMI_SCHEMA_H
#define CORK_MI_WMI_SCHEMA_H

#include <windows.h>
#include <wbemcli.h>

#include <mi.h>

#include <stdbool.h>

struct mi_wmi_call;

/* Makes the class that an object says: its name, qualifiers, properties with types and keys, methods with parameters,
 * and its super-class's name. Of a class's own object the properties have their defaults; an instance's values are
 * none. Where WMI has no "key" qualifiers, as Wine's has not, the keys are those of the object's path.
 * `call`: reads the super-classes too, and so on; NULL: their name is all.
 * Returns S_OK, E_OUTOFMEMORY, WBEM_E_INVALID_CLASS (its parts make no class), or WMI's own error. */
HRESULT mi_class_from_wmi(IWbemClassObject *object, const WCHAR *name_space, const struct mi_wmi_call *call,
                          MI_Class **class_object);

/* The same, with its and its super-class's names alone. */
HRESULT mi_class_name_from_wmi(IWbemClassObject *object, const WCHAR *name_space, MI_Class **class_object);

/* A text among an object's properties, for SysFreeString; NULL where it has none of the name. */
BSTR mi_wmi_text(IWbemClassObject *object, const WCHAR *name);

/* The name of an object's class, for SysFreeString; "__PARAMETERS", the class of what methods take and give, for one
 * that does not say it, as Wine's parameters do not. NULL for lack of memory. */
BSTR mi_wmi_class_name(IWbemClassObject *object);

/* Whether the object is a class itself. */
bool mi_wmi_is_class(IWbemClassObject *object);

#endif

/*
 * WMI's objects as instances, and instances as WMI's objects.
 */
#ifndef CORK_MI_WMI_OBJECT_H
#define CORK_MI_WMI_OBJECT_H

#include <windows.h>
#include <wbemcli.h>

#include <mi.h>

#include <stdbool.h>

struct mi_wmi_call;

/* Makes an instance of an object: its properties with their CIM types, of the class that the object says (its
 * properties, keys, qualifiers, methods and super-classes' names), in the namespace. A property whose value is not of
 * its type is NULL, with a trace.
 * Returns S_OK, E_OUTOFMEMORY, or WMI's own error. */
HRESULT mi_instance_from_wmi(IWbemClassObject *object, const WCHAR *name_space, MI_Instance **instance);

/* The same for many objects: `known` is the class of the last one, NULL at first, which is used again while the
 * objects have the same name and properties; the caller deletes it. */
HRESULT mi_instance_from_wmi_like(IWbemClassObject *object, const WCHAR *name_space, MI_Class **known,
                                  MI_Instance **instance);

/* Makes an instance of `base`, which the object's class is derived from, with the object's values of its properties. */
HRESULT mi_instance_from_wmi_as(IWbemClassObject *object, const WCHAR *name_space, MI_Class *base,
                                MI_Instance **instance);

/* Makes a dynamic instance of an object's keys alone. */
HRESULT mi_keys_from_wmi(IWbemClassObject *object, const WCHAR *name_space, MI_Class **known, MI_Instance **instance);

/* Makes an object of an instance's class, which is read from `call`, with the instance's values. The caller
 * releases it.
 * Returns S_OK; WBEM_E_INVALID_CLASS, WBEM_E_INVALID_PROPERTY, WBEM_E_TYPE_MISMATCH where it does not fit its class;
 * E_OUTOFMEMORY, or WMI's own error. */
HRESULT mi_object_from_instance(const struct mi_wmi_call *call, const MI_Instance *instance, IWbemClassObject **object);

/* Puts an instance's values into an object. What is marked MI_FLAG_NOT_MODIFIED is left out where it is NULL (the
 * class's default stays) or, with `modified`, in any case. Returns as mi_object_from_instance. */
HRESULT mi_object_put_elements(const struct mi_wmi_call *call, IWbemClassObject *object, const MI_Instance *instance,
                               bool modified);

/* The class object of a name (not empty). WBEM_E_INVALID_CLASS where there is none. The caller releases it. */
HRESULT mi_class_object_get(const struct mi_wmi_call *call, const WCHAR *class_name, IWbemClassObject **object);

#endif

/*
 * WMI's objects as instances.
 */
#ifndef CORK_MI_WMI_OBJECT_H
#define CORK_MI_WMI_OBJECT_H

#include <windows.h>
#include <wbemcli.h>

#include <mi.h>

/* Makes a dynamic instance of an object: its properties with their CIM types, keys marked, the names of its class and
 * namespace. Returns S_OK, E_OUTOFMEMORY, E_NOTIMPL for a type that is not translated yet, or WMI's own error. */
HRESULT mi_instance_from_wmi(IWbemClassObject *object, const WCHAR *name_space, MI_Instance **instance);

/* The object path of an instance's class and keys (Class.Key="value",Other=5), from mi_alloc. Returns
 * MI_RESULT_INVALID_PARAMETER where a key has no value or a type that keys have not. */
MI_Result mi_object_path(const MI_Instance *instance, MI_Char **path);

#endif

/*
 * Values on their way from WMI and to it: a VARIANT and its CIM type, an MI_Value and its MI_Type.
 */
#ifndef CORK_MI_WMI_VALUE_H
#define CORK_MI_WMI_VALUE_H

#include <windows.h>
#include <wbemcli.h>

#include <mi.h>

#include <stdbool.h>

struct mi_wmi_call;

/* The MI type of a CIM type, arrays included; -1 for one that there is not. */
int mi_type_of_cim(CIMTYPE type);

/* The MI type of what a VARIANT has where no CIM type is said, as of qualifiers; -1 for one that there is not. */
int mi_type_of_variant(const VARIANT *variant);

/* Reads a value of the MI type. Its texts stay the VARIANT's; instances and the memory of arrays are the caller's, by
 * mi_value_from_wmi_free.
 * `name_space`: of embedded instances.
 * Returns S_OK; S_FALSE for NULL, a date-time of which nothing is known included; WBEM_E_TYPE_MISMATCH where the
 * VARIANT has no such value; E_OUTOFMEMORY; what reading an embedded object returns. */
HRESULT mi_value_from_wmi(const VARIANT *variant, MI_Type type, const WCHAR *name_space, MI_Value *value);
void mi_value_from_wmi_free(MI_Type type, MI_Value *value);

/* Makes a VARIANT as WMI has values of a CIM type; the caller clears it. Integers and reals of any size become the CIM
 * type's if they fit, unsigned ones signed ones of their size bit for bit; texts and date-times each other.
 * `value`: NULL for NULL. `call`: reads the classes of embedded instances.
 * Returns S_OK, WBEM_E_TYPE_MISMATCH, E_OUTOFMEMORY, what making an embedded object returns. */
HRESULT mi_value_to_wmi(const MI_Value *value, MI_Type type, CIMTYPE cim_type, const struct mi_wmi_call *call,
                        VARIANT *variant);

/* Makes a VARIANT with a number that stands in a larger type one of its own type, as Wine wants it. Returns whether it
 * was one. */
bool mi_variant_to_own_type(VARIANT *variant, CIMTYPE cim_type);

#endif

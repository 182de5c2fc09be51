/*
 * What classes are derived from, as WMI says it; asked once of each class. One thread at a time.
 */
#ifndef CORK_MI_WMI_LINEAGE_H
#define CORK_MI_WMI_LINEAGE_H

#include <windows.h>
#include <wbemcli.h>

#include <mi.h>

#include <stdbool.h>

struct mi_wmi_lineage;

/* NULL for lack of memory. The caller deletes it. */
struct mi_wmi_lineage *mi_wmi_lineage_new(void);
void mi_wmi_lineage_delete(struct mi_wmi_lineage *lineage);

/* Asks WMI about a class, unless that was done before; where WMI does not say, it is derived from nothing. False for
 * lack of memory. */
bool mi_wmi_learn(struct mi_wmi_lineage *lineage, IWbemServices *services, const MI_Char *class_name);

/* Whether a class, about which WMI was asked, is derived from another, at whatever distance; it is not derived from
 * itself. */
bool mi_wmi_is_derived(const struct mi_wmi_lineage *lineage, const MI_Char *class_name, const MI_Char *base);

/* Whether a name is among the texts of a VARIANT, such as __DERIVATION's value; one that is no array has none. */
bool mi_wmi_is_among(const VARIANT *names, const MI_Char *name);

#endif

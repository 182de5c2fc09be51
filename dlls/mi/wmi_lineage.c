/* What classes are derived from. See wmi_lineage.h. */
#define COBJMACROS
#include "mi/wmi_lineage.h"

#include "mi/allocation.h"
#include "mi/text.h"

#include <string.h>

struct known_class
{
    struct known_class *next;
    MI_Char *name;
    VARIANT bases; /* an array of texts, or nothing */
};

struct mi_wmi_lineage
{
    struct known_class *classes;
};

struct mi_wmi_lineage *mi_wmi_lineage_new(void)
{
    struct mi_wmi_lineage *lineage = mi_alloc(sizeof(*lineage));

    if (lineage) lineage->classes = NULL;
    return lineage;
}

void mi_wmi_lineage_delete(struct mi_wmi_lineage *lineage)
{
    struct known_class *known = lineage ? lineage->classes : NULL;

    while (known)
    {
        struct known_class *next = known->next;

        VariantClear(&known->bases);
        mi_free(known->name);
        mi_free(known);
        known = next;
    }
    mi_free(lineage);
}

static void read_bases(IWbemServices *services, const MI_Char *class_name, VARIANT *bases)
{
    BSTR path = SysAllocString(class_name);
    IWbemClassObject *object = NULL;

    VariantInit(bases);
    if (path && SUCCEEDED(IWbemServices_GetObject(services, path, 0, NULL, &object, NULL)))
    {
        if (FAILED(IWbemClassObject_Get(object, L"__DERIVATION", 0, bases, NULL, NULL))) VariantInit(bases);
        IWbemClassObject_Release(object);
    }
    SysFreeString(path);
}

static const struct known_class *find(const struct mi_wmi_lineage *lineage, const MI_Char *class_name)
{
    const struct known_class *known = lineage->classes;

    while (known && !mi_name_equal(known->name, class_name))
        known = known->next;
    return known;
}

bool mi_wmi_learn(struct mi_wmi_lineage *lineage, IWbemServices *services, const MI_Char *class_name)
{
    struct known_class *known;

    if (find(lineage, class_name)) return true;
    known = mi_alloc(sizeof(*known));
    if (!known) return false;
    known->name = mi_text_copy(class_name);
    if (!known->name)
    {
        mi_free(known);
        return false;
    }
    read_bases(services, class_name, &known->bases);
    known->next = lineage->classes;
    lineage->classes = known;
    return true;
}

bool mi_wmi_is_among(const VARIANT *names, const MI_Char *name)
{
    SAFEARRAY *array = V_VT(names) == (VT_ARRAY | VT_BSTR) ? V_ARRAY(names) : NULL;
    LONG lower = 0, upper = -1;
    bool found = false;
    BSTR *list;

    if (!array || SafeArrayGetDim(array) != 1 || FAILED(SafeArrayAccessData(array, (void **)&list))) return false;
    SafeArrayGetLBound(array, 1, &lower);
    SafeArrayGetUBound(array, 1, &upper);
    for (LONG i = 0; i <= upper - lower && !found; i++)
        found = list[i] && mi_name_equal(list[i], name);
    SafeArrayUnaccessData(array);
    return found;
}

bool mi_wmi_is_derived(const struct mi_wmi_lineage *lineage, const MI_Char *class_name, const MI_Char *base)
{
    const struct known_class *known = find(lineage, class_name);

    return known && mi_wmi_is_among(&known->bases, base);
}

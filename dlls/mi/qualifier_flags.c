/* What qualifiers say as flags. See qualifier_flags.h. */
#include "mi/qualifier_flags.h"

#include "mi/text.h"
#include "mi/value.h"

const struct mi_flag_qualifier mi_flag_qualifiers[] = {
    {MI_FLAG_KEY, MI_T("Key")},
    {MI_FLAG_REQUIRED, MI_T("Required")},
    {MI_FLAG_STATIC, MI_T("Static")},
    {MI_FLAG_EXPENSIVE, MI_T("Expensive")},
    {MI_FLAG_STREAM, MI_T("Stream")},
    {MI_FLAG_READONLY, MI_T("Read")},
    {MI_FLAG_IN, MI_T("In")},
    {MI_FLAG_OUT, MI_T("Out")},
    {MI_FLAG_ABSTRACT, MI_T("Abstract")},
    {MI_FLAG_TERMINAL, MI_T("Terminal")},
    {MI_FLAG_ASSOCIATION, MI_T("Association")},
    {MI_FLAG_INDICATION, MI_T("Indication")},
};
const MI_Uint32 mi_flag_qualifier_count = MI_COUNT(mi_flag_qualifiers);

const MI_Qualifier *mi_qualifier_find(MI_Qualifier MI_CONST *MI_CONST *list, MI_Uint32 count, const MI_Char *name)
{
    for (MI_Uint32 i = 0; i < count; i++)
        if (mi_name_equal(list[i]->name, name)) return list[i];
    return NULL;
}

bool mi_qualifier_is_true(MI_Qualifier MI_CONST *MI_CONST *list, MI_Uint32 count, const MI_Char *name)
{
    const MI_Qualifier *qualifier = mi_qualifier_find(list, count, name);

    return qualifier && qualifier->type == MI_BOOLEAN && qualifier->value &&
           ((const MI_Value *)qualifier->value)->boolean;
}

MI_Uint32 mi_qualifier_flags(MI_Qualifier MI_CONST *MI_CONST *list, MI_Uint32 count)
{
    MI_Uint32 flags = 0;

    for (MI_Uint32 i = 0; i < mi_flag_qualifier_count; i++)
        if (mi_qualifier_is_true(list, count, mi_flag_qualifiers[i].name)) flags |= mi_flag_qualifiers[i].flag;
    if (mi_qualifier_is_true(list, count, MI_T("Write"))) flags &= ~MI_FLAG_READONLY;
    return flags;
}

/* The qualifiers of the standard. See mof_qualifiers.h. */
#include "mi/mof_qualifiers.h"

#include "mi/codec_types.h"
#include "mi/text.h"

/* Flavors: what the name says is other than MI_MOF_DEFAULT_FLAVOR. */
#define FIXED      (MI_FLAG_DISABLEOVERRIDE | MI_FLAG_TOSUBCLASS)
#define RESTRICTED (MI_FLAG_ENABLEOVERRIDE | MI_FLAG_RESTRICTED)
#define TRANSLATED (MI_MOF_DEFAULT_FLAVOR | MI_FLAG_TRANSLATABLE)

static const struct
{
    const char *name;
    MI_Type type;
    MI_Uint32 flavor;
} standard[] = {
    {"Abstract", MI_BOOLEAN, RESTRICTED},
    {"Aggregate", MI_BOOLEAN, FIXED},
    {"Aggregation", MI_BOOLEAN, FIXED},
    {"ArrayType", MI_STRING, FIXED},
    {"Association", MI_BOOLEAN, FIXED},
    {"BitMap", MI_STRINGA, MI_MOF_DEFAULT_FLAVOR},
    {"BitValues", MI_STRINGA, TRANSLATED},
    {"ClassConstraint", MI_STRINGA, MI_MOF_DEFAULT_FLAVOR},
    {"ClassVersion", MI_STRING, MI_MOF_DEFAULT_FLAVOR},
    {"Composition", MI_BOOLEAN, FIXED},
    {"Correlatable", MI_STRINGA, MI_MOF_DEFAULT_FLAVOR},
    {"Counter", MI_BOOLEAN, FIXED},
    {"Deprecated", MI_STRINGA, RESTRICTED},
    {"Description", MI_STRING, TRANSLATED},
    {"DisplayName", MI_STRING, TRANSLATED},
    {"DN", MI_BOOLEAN, FIXED},
    {"EmbeddedInstance", MI_STRING, MI_MOF_DEFAULT_FLAVOR},
    {"EmbeddedObject", MI_BOOLEAN, FIXED},
    {"Exception", MI_BOOLEAN, FIXED},
    {"Expensive", MI_BOOLEAN, MI_MOF_DEFAULT_FLAVOR},
    {"Experimental", MI_BOOLEAN, RESTRICTED},
    {"Gauge", MI_BOOLEAN, FIXED},
    {"In", MI_BOOLEAN, FIXED},
    {"Indication", MI_BOOLEAN, FIXED},
    {"IsPUnit", MI_BOOLEAN, MI_MOF_DEFAULT_FLAVOR},
    {"Key", MI_BOOLEAN, FIXED},
    {"MappingStrings", MI_STRINGA, MI_MOF_DEFAULT_FLAVOR},
    {"Max", MI_UINT32, MI_MOF_DEFAULT_FLAVOR},
    {"MaxLen", MI_UINT32, MI_MOF_DEFAULT_FLAVOR},
    {"MaxValue", MI_SINT64, MI_MOF_DEFAULT_FLAVOR},
    {"MethodConstraint", MI_STRINGA, MI_MOF_DEFAULT_FLAVOR},
    {"Min", MI_UINT32, MI_MOF_DEFAULT_FLAVOR},
    {"MinLen", MI_UINT32, MI_MOF_DEFAULT_FLAVOR},
    {"MinValue", MI_SINT64, MI_MOF_DEFAULT_FLAVOR},
    {"ModelCorrespondence", MI_STRINGA, MI_MOF_DEFAULT_FLAVOR},
    {"NullValue", MI_STRING, FIXED},
    {"OctetString", MI_BOOLEAN, FIXED},
    {"Out", MI_BOOLEAN, FIXED},
    {"Override", MI_STRING, RESTRICTED},
    {"Propagated", MI_STRING, FIXED},
    {"PropertyConstraint", MI_STRINGA, MI_MOF_DEFAULT_FLAVOR},
    {"PUnit", MI_STRING, MI_MOF_DEFAULT_FLAVOR},
    {"Read", MI_BOOLEAN, MI_MOF_DEFAULT_FLAVOR},
    {"Required", MI_BOOLEAN, FIXED},
    {"Static", MI_BOOLEAN, FIXED},
    {"Stream", MI_BOOLEAN, MI_MOF_DEFAULT_FLAVOR},
    {"Structure", MI_BOOLEAN, FIXED},
    {"Terminal", MI_BOOLEAN, MI_MOF_DEFAULT_FLAVOR},
    {"UMLPackagePath", MI_STRING, MI_MOF_DEFAULT_FLAVOR},
    {"Units", MI_STRING, TRANSLATED},
    {"UnknownValues", MI_STRINGA, FIXED},
    {"UnsupportedValues", MI_STRINGA, FIXED},
    {"ValueMap", MI_STRINGA, MI_MOF_DEFAULT_FLAVOR},
    {"Values", MI_STRINGA, TRANSLATED},
    {"Version", MI_STRING, RESTRICTED | MI_FLAG_TRANSLATABLE},
    {"Weak", MI_BOOLEAN, FIXED},
    {"Write", MI_BOOLEAN, MI_MOF_DEFAULT_FLAVOR},
    {"XMLNamespaceName", MI_STRING, MI_MOF_DEFAULT_FLAVOR},
};

bool mi_mof_standard_qualifier(const MI_Char *name, MI_Type *type, MI_Uint32 *flavor)
{
    size_t length = mi_text_length(name);

    for (size_t i = 0; i < MI_COUNT(standard); i++)
    {
        if (!mi_is_word(name, length, standard[i].name)) continue;
        *type = standard[i].type;
        *flavor = standard[i].flavor;
        return true;
    }
    *type = MI_STRING;
    *flavor = MI_MOF_DEFAULT_FLAVOR;
    return false;
}

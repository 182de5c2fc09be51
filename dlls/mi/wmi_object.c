/* WMI's objects as instances. See wmi_object.h. */
#define COBJMACROS
#include "mi/wmi_object.h"

#include "common/trace.h"
#include "mi/allocation.h"
#include "mi/datetime.h"
#include "mi/instance.h"
#include "mi/text.h"
#include "mi/value.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

CORK_TRACE_CHANNEL(mi);

/* ---- Types ------------------------------------------------------------------------------------------------------ */

/* The MI type of a CIM type without its array bit; -1 for one that is not translated. References are texts yet, as
 * documented of instances whose type information is basic ("All instance elements may be strings or the correct type").
 */
static int type_of(CIMTYPE type)
{
    static const struct
    {
        CIMTYPE cim;
        MI_Type mi;
    } types[] = {
        {CIM_BOOLEAN, MI_BOOLEAN}, {CIM_UINT8, MI_UINT8},     {CIM_SINT8, MI_SINT8},       {CIM_UINT16, MI_UINT16},
        {CIM_SINT16, MI_SINT16},   {CIM_UINT32, MI_UINT32},   {CIM_SINT32, MI_SINT32},     {CIM_UINT64, MI_UINT64},
        {CIM_SINT64, MI_SINT64},   {CIM_REAL32, MI_REAL32},   {CIM_REAL64, MI_REAL64},     {CIM_CHAR16, MI_CHAR16},
        {CIM_STRING, MI_STRING},   {CIM_OBJECT, MI_INSTANCE}, {CIM_DATETIME, MI_DATETIME}, {CIM_REFERENCE, MI_STRING},
    };

    for (size_t i = 0; i < MI_COUNT(types); i++)
        if (types[i].cim == type) return types[i].mi;
    return -1;
}

static bool read_decimal(const WCHAR *text, MI_Uint64 *number)
{
    bool negative = *text == '-';

    *number = 0;
    text += negative;
    if (!*text) return false;
    for (; *text; text++)
    {
        if (*text < '0' || *text > '9') return false;
        *number = 10 * *number + (MI_Uint64)(*text - '0');
    }
    if (negative) *number = ~*number + 1;
    return true;
}

/* ---- Values ----------------------------------------------------------------------------------------------------- */

/* Wine 8 writes some with a digit too few: minutes from UTC of two digits. */
static bool read_datetime(const WCHAR *text, MI_Datetime *datetime)
{
    MI_Char longer[MI_DATETIME_LENGTH + 1];

    if (!text) return false;
    if (mi_datetime_parse(text, datetime)) return true;
    if (mi_text_length(text) != MI_DATETIME_LENGTH - 1) return false;
    memcpy(longer, text, 22 * sizeof(*text));
    longer[22] = '0';
    memcpy(longer + 23, text + 22, 3 * sizeof(*text));
    return mi_datetime_parse(longer, datetime);
}

/* A scalar, from where a VARIANT's union or a SAFEARRAY has it. `variant_type`: how it stands there. What the value
 * points to stays WMI's, but for instances, which are the caller's. */
static HRESULT read_scalar(const void *from, VARTYPE variant_type, MI_Type type, const WCHAR *name_space,
                           MI_Value *value)
{
    memset(value, 0, sizeof(*value));
    switch (type)
    {
    case MI_STRING:
        value->string = *(BSTR const *)from;
        if (!value->string) value->string = (MI_Char *)L"";
        return variant_type == VT_BSTR ? S_OK : E_NOTIMPL;
    case MI_DATETIME:
        return variant_type == VT_BSTR && read_datetime(*(BSTR const *)from, &value->datetime) ? S_OK : E_NOTIMPL;
    case MI_UINT64:
    case MI_SINT64:
        if (variant_type == VT_BSTR) return read_decimal(*(BSTR const *)from, &value->uint64) ? S_OK : E_NOTIMPL;
        memcpy(value, from, sizeof(MI_Uint64));
        return variant_type == VT_I8 || variant_type == VT_UI8 ? S_OK : E_NOTIMPL;
    case MI_INSTANCE:
        if (variant_type != VT_UNKNOWN && variant_type != VT_DISPATCH) return E_NOTIMPL;
        return mi_instance_from_wmi(*(IWbemClassObject *const *)from, name_space, &value->instance);
    case MI_BOOLEAN:
        value->boolean = *(const VARIANT_BOOL *)from != 0;
        return variant_type == VT_BOOL ? S_OK : E_NOTIMPL;
    default:
        /* Numbers of up to 32 bits stand in one of their size or a larger one, the low bytes first. */
        memcpy(value, from, mi_type_size(type));
        return variant_type == VT_BSTR || variant_type == VT_UNKNOWN ? E_NOTIMPL : S_OK;
    }
}

static HRESULT read_items(SAFEARRAY *array, VARTYPE item_type, MI_Type type, const WCHAR *name_space, char *items,
                          MI_Uint32 count)
{
    size_t step = SafeArrayGetElemsize(array), size = mi_type_size(type);
    HRESULT result;
    char *data;

    result = SafeArrayAccessData(array, (void **)&data);
    for (MI_Uint32 i = 0; i < count && SUCCEEDED(result); i++)
    {
        MI_Value item;

        result = read_scalar(data + i * step, item_type, type, name_space, &item);
        if (SUCCEEDED(result)) memcpy(items + i * size, &item, size);
    }
    SafeArrayUnaccessData(array);
    return result;
}

/* An array of one dimension. Arrays of instances are not translated. */
static HRESULT add_array(MI_Instance *instance, const WCHAR *name, VARIANT *variant, MI_Type type,
                         const WCHAR *name_space, MI_Uint32 flags)
{
    SAFEARRAY *array = V_ARRAY(variant);
    LONG lower = 0, upper = -1;
    MI_Value value = {0};
    MI_Uint32 count;
    HRESULT result;

    if (type == MI_INSTANCE || !array || SafeArrayGetDim(array) != 1) return E_NOTIMPL;
    SafeArrayGetLBound(array, 1, &lower);
    SafeArrayGetUBound(array, 1, &upper);
    count = upper < lower ? 0 : (MI_Uint32)(upper - lower) + 1;
    value.array.size = count;
    value.array.data = mi_alloc(count * mi_type_size(type) + 1);
    if (!value.array.data) return E_OUTOFMEMORY;
    result = read_items(array, V_VT(variant) & VT_TYPEMASK, type, name_space, value.array.data, count);
    if (SUCCEEDED(result) &&
        MI_Instance_AddElement(instance, name, &value, (MI_Type)(type | MI_ARRAY), flags) != MI_RESULT_OK)
        result = E_OUTOFMEMORY;
    mi_free(value.array.data);
    return result;
}

static HRESULT add_property(MI_Instance *instance, const WCHAR *name, VARIANT *variant, CIMTYPE cim_type,
                            const WCHAR *name_space, MI_Uint32 flags)
{
    bool array = cim_type & CIM_FLAG_ARRAY;
    int type = type_of(cim_type & ~CIM_FLAG_ARRAY);
    MI_Value value;
    HRESULT result;

    if (type < 0) return E_NOTIMPL;
    if (V_VT(variant) == VT_NULL || V_VT(variant) == VT_EMPTY)
        return MI_Instance_AddElement(instance, name, NULL, (MI_Type)(type | (array ? MI_ARRAY : 0)),
                                      flags | MI_FLAG_NULL) == MI_RESULT_OK
                   ? S_OK
                   : E_OUTOFMEMORY;
    if (array) return add_array(instance, name, variant, (MI_Type)type, name_space, flags);
    result = read_scalar(&V_UI1(variant), V_VT(variant), (MI_Type)type, name_space, &value);
    if (FAILED(result)) return result;
    if (type == MI_INSTANCE) flags |= MI_FLAG_ADOPT;
    if (MI_Instance_AddElement(instance, name, &value, (MI_Type)type, flags) == MI_RESULT_OK) return S_OK;
    if (type == MI_INSTANCE) MI_Instance_Delete(value.instance);
    return E_OUTOFMEMORY;
}

/* ---- Objects ---------------------------------------------------------------------------------------------------- */

static bool is_key(IWbemClassObject *object, const WCHAR *name)
{
    IWbemQualifierSet *qualifiers;
    HRESULT result = IWbemClassObject_GetPropertyQualifierSet(object, name, &qualifiers);
    VARIANT value;

    if (FAILED(result)) return false;
    VariantInit(&value);
    result = IWbemQualifierSet_Get(qualifiers, L"key", 0, &value, NULL);
    IWbemQualifierSet_Release(qualifiers);
    VariantClear(&value);
    return SUCCEEDED(result);
}

static HRESULT add_properties(MI_Instance *instance, IWbemClassObject *object, const WCHAR *name_space)
{
    HRESULT result = IWbemClassObject_BeginEnumeration(object, WBEM_FLAG_NONSYSTEM_ONLY);

    while (SUCCEEDED(result))
    {
        CIMTYPE type = 0;
        VARIANT value;
        BSTR name;

        VariantInit(&value);
        result = IWbemClassObject_Next(object, 0, &name, &value, &type, NULL);
        if (result != S_OK) break;
        result = add_property(instance, name, &value, type, name_space,
                              MI_FLAG_PROPERTY | MI_FLAG_NOT_MODIFIED | (is_key(object, name) ? MI_FLAG_KEY : 0));
        if (FAILED(result))
            CORK_FIXME("property %s of CIM type %#lx: error %#lx\n", cork_debugstr_w(name), type, result);
        VariantClear(&value);
        SysFreeString(name);
    }
    IWbemClassObject_EndEnumeration(object);
    return FAILED(result) ? result : S_OK;
}

HRESULT mi_instance_from_wmi(IWbemClassObject *object, const WCHAR *name_space, MI_Instance **instance)
{
    MI_Instance *made = NULL;
    VARIANT class_name;
    HRESULT result;

    *instance = NULL;
    VariantInit(&class_name);
    result = IWbemClassObject_Get(object, L"__CLASS", 0, &class_name, NULL, NULL);
    if (SUCCEEDED(result) && (V_VT(&class_name) != VT_BSTR || !V_BSTR(&class_name))) result = E_UNEXPECTED;
    if (SUCCEEDED(result) && mi_instance_new(V_BSTR(&class_name), &made) != MI_RESULT_OK) result = E_OUTOFMEMORY;
    VariantClear(&class_name);
    if (SUCCEEDED(result) && MI_Instance_SetNameSpace(made, name_space) != MI_RESULT_OK) result = E_OUTOFMEMORY;
    if (SUCCEEDED(result)) result = add_properties(made, object, name_space);
    if (SUCCEEDED(result))
        *instance = made;
    else if (made)
        MI_Instance_Delete(made);
    return result;
}

/* ---- Object paths ------------------------------------------------------------------------------------------------ */

/* A text that grows; `failed` once there was no memory. */
struct text
{
    MI_Char *at;
    size_t length, room;
    bool failed;
};

static void put_char(struct text *text, MI_Char c)
{
    if (text->length + 1 >= text->room)
    {
        size_t room = 2 * text->room + 64;
        MI_Char *larger = text->failed ? NULL : mi_alloc(room * sizeof(*larger));

        if (!larger)
        {
            text->failed = true;
            return;
        }
        if (text->at) memcpy(larger, text->at, text->length * sizeof(*larger));
        mi_free(text->at);
        text->at = larger;
        text->room = room;
    }
    text->at[text->length++] = c;
    text->at[text->length] = 0;
}

static void put_text(struct text *text, const MI_Char *from)
{
    while (*from)
        put_char(text, *from++);
}

static void put_quoted(struct text *text, const MI_Char *from)
{
    put_char(text, '"');
    for (; *from; from++)
    {
        if (*from == '"' || *from == '\\') put_char(text, '\\');
        put_char(text, *from);
    }
    put_char(text, '"');
}

static void put_number(struct text *text, MI_Uint64 number, bool negative)
{
    MI_Char digits[24], *at = digits + MI_COUNT(digits) - 1;

    *at = 0;
    if (negative) number = ~number + 1;
    do
        *--at = (MI_Char)('0' + number % 10);
    while (number /= 10);
    if (negative) put_char(text, '-');
    put_text(text, at);
}

static bool put_key(struct text *text, MI_Type type, const MI_Value *value)
{
    unsigned bits = 8 * (unsigned)mi_type_size(type);
    MI_Uint64 number = bits == 64 ? value->uint64 : value->uint64 & (((MI_Uint64)1 << bits) - 1);
    bool negative = false;

    if (type == MI_STRING)
        put_quoted(text, value->string);
    else if (type == MI_BOOLEAN)
        put_text(text, value->boolean ? MI_T("TRUE") : MI_T("FALSE"));
    else if (type <= MI_SINT64)
    {
        if (type == MI_SINT8 || type == MI_SINT16 || type == MI_SINT32 || type == MI_SINT64)
            negative = number >> (bits - 1);
        if (negative && bits < 64) number |= ~(MI_Uint64)0 << bits;
        put_number(text, number, negative);
    }
    else
        return false;
    return true;
}

MI_Result mi_object_path(const MI_Instance *instance, MI_Char **path)
{
    struct text text = {0};
    const MI_Char *name = NULL;
    MI_Uint32 count = 0, flags = 0, keys = 0;
    bool good = true;

    *path = NULL;
    if (MI_Instance_GetClassName(instance, &name) != MI_RESULT_OK) return MI_RESULT_INVALID_PARAMETER;
    put_text(&text, name);
    MI_Instance_GetElementCount(instance, &count);
    for (MI_Uint32 i = 0; i < count && good; i++)
    {
        MI_Type type = MI_STRING;
        MI_Value value = {0};

        MI_Instance_GetElementAt(instance, i, &name, &value, &type, &flags);
        if (!(flags & MI_FLAG_KEY)) continue;
        put_char(&text, keys++ ? ',' : '.');
        put_text(&text, name);
        put_char(&text, '=');
        good = !(flags & MI_FLAG_NULL) && put_key(&text, type, &value);
    }
    if (good && !keys) put_text(&text, MI_T("=@"));
    if (good && !text.failed)
        *path = text.at;
    else
        mi_free(text.at);
    return !good ? MI_RESULT_INVALID_PARAMETER : text.failed ? MI_RESULT_SERVER_LIMITS_EXCEEDED : MI_RESULT_OK;
}

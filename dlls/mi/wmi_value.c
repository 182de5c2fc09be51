/* Values from WMI and to it. See wmi_value.h. */
#define COBJMACROS
#include "mi/wmi_value.h"

#include "mi/allocation.h"
#include "mi/datetime.h"
#include "mi/object_path.h"
#include "mi/text.h"
#include "mi/value.h"
#include "mi/wmi_object.h"

#include <string.h>

static const struct
{
    CIMTYPE cim;
    MI_Type mi;
} types[] = {
    {CIM_BOOLEAN, MI_BOOLEAN}, {CIM_UINT8, MI_UINT8},     {CIM_SINT8, MI_SINT8},       {CIM_UINT16, MI_UINT16},
    {CIM_SINT16, MI_SINT16},   {CIM_UINT32, MI_UINT32},   {CIM_SINT32, MI_SINT32},     {CIM_UINT64, MI_UINT64},
    {CIM_SINT64, MI_SINT64},   {CIM_REAL32, MI_REAL32},   {CIM_REAL64, MI_REAL64},     {CIM_CHAR16, MI_CHAR16},
    {CIM_STRING, MI_STRING},   {CIM_OBJECT, MI_INSTANCE}, {CIM_DATETIME, MI_DATETIME}, {CIM_REFERENCE, MI_REFERENCE},
};

int mi_type_of_cim(CIMTYPE type)
{
    for (size_t i = 0; i < MI_COUNT(types); i++)
        if (types[i].cim == (type & ~CIM_FLAG_ARRAY)) return types[i].mi | (type & CIM_FLAG_ARRAY ? MI_ARRAY : 0);
    return -1;
}

int mi_type_of_variant(const VARIANT *variant)
{
    static const struct
    {
        VARTYPE variant;
        MI_Type mi;
    } plain[] = {{VT_BSTR, MI_STRING}, {VT_BOOL, MI_BOOLEAN}, {VT_I4, MI_SINT32}, {VT_R8, MI_REAL64}};

    for (size_t i = 0; i < MI_COUNT(plain); i++)
        if (plain[i].variant == (V_VT(variant) & VT_TYPEMASK))
            return plain[i].mi | (V_VT(variant) & VT_ARRAY ? MI_ARRAY : 0);
    return -1;
}

/* ---- Numbers ---------------------------------------------------------------------------------------------------- */

/* An integer: its bits, and whether they are those of a negative number. */
struct integer
{
    MI_Uint64 bits;
    bool negative;
};

static struct integer from_signed(LONGLONG number)
{
    return (struct integer){(MI_Uint64)number, number < 0};
}

static bool read_decimal(const WCHAR *text, struct integer *number)
{
    bool negative = text && *text == '-';

    *number = (struct integer){0, negative};
    if (!text) return false;
    text += negative;
    if (!*text) return false;
    for (; *text; text++)
    {
        if (*text < '0' || *text > '9') return false;
        number->bits = 10 * number->bits + (MI_Uint64)(*text - '0');
    }
    if (negative) number->bits = ~number->bits + 1;
    return true;
}

static bool read_integer(const void *from, VARTYPE type, struct integer *number)
{
    switch (type)
    {
    case VT_I1:
        *number = from_signed(*(const signed char *)from);
        return true;
    case VT_UI1:
        *number = (struct integer){*(const unsigned char *)from, false};
        return true;
    case VT_I2:
    case VT_BOOL:
        *number = from_signed(*(const SHORT *)from);
        return true;
    case VT_UI2:
        *number = (struct integer){*(const USHORT *)from, false};
        return true;
    case VT_I4:
    case VT_INT:
        *number = from_signed(*(const LONG *)from);
        return true;
    case VT_UI4:
    case VT_UINT:
        *number = (struct integer){*(const ULONG *)from, false};
        return true;
    case VT_I8:
    case VT_UI8:
        memcpy(&number->bits, from, sizeof(number->bits));
        number->negative = type == VT_I8 && number->bits >> 63;
        return true;
    case VT_BSTR:
        return read_decimal(*(BSTR const *)from, number);
    default:
        return false;
    }
}

static bool read_real(const void *from, VARTYPE type, double *number)
{
    struct integer integer;

    if (type == VT_R4)
        *number = *(const float *)from;
    else if (type == VT_R8)
        memcpy(number, from, sizeof(*number));
    else if (type != VT_BSTR && read_integer(from, type, &integer))
        *number = integer.negative ? (double)(LONGLONG)integer.bits : (double)integer.bits;
    else
        return false;
    return true;
}

/* ---- From WMI --------------------------------------------------------------------------------------------------- */

/* Wine 8 writes some with a digit too few: minutes from UTC of two digits. */
static HRESULT read_datetime(const WCHAR *text, MI_Datetime *datetime)
{
    MI_Char longer[MI_DATETIME_LENGTH + 1];
    size_t length = text ? mi_text_length(text) : 0;

    if (!length || *text == '*') return S_FALSE;
    if (mi_datetime_parse(text, datetime)) return S_OK;
    if (length != MI_DATETIME_LENGTH - 1) return WBEM_E_TYPE_MISMATCH;
    memcpy(longer, text, 22 * sizeof(*text));
    longer[22] = '0';
    memcpy(longer + 23, text + 22, 3 * sizeof(*text));
    return mi_datetime_parse(longer, datetime) ? S_OK : (HRESULT)WBEM_E_TYPE_MISMATCH;
}

static HRESULT read_object(IUnknown *unknown, const WCHAR *name_space, MI_Instance **instance)
{
    IWbemClassObject *object;
    HRESULT result;

    if (!unknown) return WBEM_E_TYPE_MISMATCH;
    result = IUnknown_QueryInterface(unknown, &IID_IWbemClassObject, (void **)&object);
    if (FAILED(result)) return result;
    result = mi_instance_from_wmi(object, name_space, instance);
    IWbemClassObject_Release(object);
    return result;
}

static HRESULT read_reference(const WCHAR *path, MI_Instance **instance)
{
    MI_Result result = path ? mi_object_path_parse(path, instance) : MI_RESULT_INVALID_PARAMETER;

    if (result == MI_RESULT_OK) return S_OK;
    return result == MI_RESULT_SERVER_LIMITS_EXCEEDED ? E_OUTOFMEMORY : (HRESULT)WBEM_E_INVALID_OBJECT_PATH;
}

/* From where a VARIANT's union or a SAFEARRAY has it. */
static HRESULT read_scalar(const void *from, VARTYPE variant_type, MI_Type type, const WCHAR *name_space,
                           MI_Value *value)
{
    struct integer integer;
    double real;

    memset(value, 0, sizeof(*value));
    switch (type)
    {
    case MI_STRING:
        if (variant_type != VT_BSTR) return WBEM_E_TYPE_MISMATCH;
        value->string = *(BSTR const *)from;
        if (!value->string) value->string = (MI_Char *)L"";
        return S_OK;
    case MI_DATETIME:
        return variant_type == VT_BSTR ? read_datetime(*(BSTR const *)from, &value->datetime)
                                       : (HRESULT)WBEM_E_TYPE_MISMATCH;
    case MI_REFERENCE:
        return variant_type == VT_BSTR ? read_reference(*(BSTR const *)from, &value->reference)
                                       : (HRESULT)WBEM_E_TYPE_MISMATCH;
    case MI_INSTANCE:
        if (variant_type != VT_UNKNOWN && variant_type != VT_DISPATCH) return WBEM_E_TYPE_MISMATCH;
        return read_object(*(IUnknown *const *)from, name_space, &value->instance);
    case MI_REAL32:
    case MI_REAL64:
        if (!read_real(from, variant_type, &real)) return WBEM_E_TYPE_MISMATCH;
        if (type == MI_REAL32)
            value->real32 = (MI_Real32)real;
        else
            value->real64 = real;
        return S_OK;
    default:
        if (!read_integer(from, variant_type, &integer)) return WBEM_E_TYPE_MISMATCH;
        value->uint64 = type == MI_BOOLEAN ? integer.bits != 0 : integer.bits;
        return S_OK;
    }
}

/* All items have the same VARIANT type; those of SAFEARRAYs of VARIANTs their own. */
static HRESULT read_item(const char *from, VARTYPE item_type, MI_Type type, const WCHAR *name_space, MI_Value *item)
{
    const VARIANT *variant = (const void *)from;

    if (item_type != VT_VARIANT) return read_scalar(from, item_type, type, name_space, item);
    return read_scalar(&V_UI1(variant), V_VT(variant), type, name_space, item);
}

/* An item without a value would be a NULL among others, which arrays cannot have. */
static HRESULT read_items(SAFEARRAY *array, VARTYPE item_type, MI_Type type, const WCHAR *name_space, MI_Array *items,
                          MI_Uint32 count)
{
    size_t step = SafeArrayGetElemsize(array), size = mi_type_size(type);
    char *data;
    HRESULT result = SafeArrayAccessData(array, (void **)&data);

    if (FAILED(result)) return result;
    for (; items->size < count && result == S_OK; items->size++)
    {
        MI_Value item;

        result = read_item(data + items->size * step, item_type, type, name_space, &item);
        if (result != S_OK) break;
        memcpy((char *)items->data + items->size * size, &item, size);
    }
    SafeArrayUnaccessData(array);
    return result == S_FALSE ? (HRESULT)WBEM_E_TYPE_MISMATCH : result;
}

static HRESULT read_array(const VARIANT *variant, MI_Type type, const WCHAR *name_space, MI_Value *value)
{
    SAFEARRAY *array = V_ARRAY(variant);
    LONG lower = 0, upper = -1;
    MI_Uint32 count;
    HRESULT result;

    if (!(V_VT(variant) & VT_ARRAY) || !array || SafeArrayGetDim(array) != 1) return WBEM_E_TYPE_MISMATCH;
    SafeArrayGetLBound(array, 1, &lower);
    SafeArrayGetUBound(array, 1, &upper);
    count = upper < lower ? 0 : (MI_Uint32)(upper - lower) + 1;
    value->array.data = mi_alloc(count * mi_type_size(type) + 1);
    if (!value->array.data) return E_OUTOFMEMORY;
    result =
        read_items(array, V_VT(variant) & VT_TYPEMASK, (MI_Type)(type & ~MI_ARRAY), name_space, &value->array, count);
    if (FAILED(result)) mi_value_from_wmi_free(type, value);
    return result;
}

HRESULT mi_value_from_wmi(const VARIANT *variant, MI_Type type, const WCHAR *name_space, MI_Value *value)
{
    memset(value, 0, sizeof(*value));
    if (V_VT(variant) == VT_NULL || V_VT(variant) == VT_EMPTY) return S_FALSE;
    if (mi_type_is_array(type)) return read_array(variant, type, name_space, value);
    return read_scalar(&V_UI1(variant), V_VT(variant), type, name_space, value);
}

void mi_value_from_wmi_free(MI_Type type, MI_Value *value)
{
    if (!mi_type_is_array(type))
    {
        if (mi_type_is_instance(type) && value->instance) MI_Instance_Delete(value->instance);
        return;
    }
    for (MI_Uint32 i = 0; mi_type_is_instance(type) && i < value->instancea.size; i++)
        MI_Instance_Delete(value->instancea.data[i]);
    mi_free(value->array.data);
    memset(value, 0, sizeof(*value));
}

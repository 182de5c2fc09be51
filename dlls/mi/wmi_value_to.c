/* Values to WMI. See wmi_value.h. */
#define COBJMACROS
#include "mi/wmi_value.h"

#include "mi/allocation.h"
#include "mi/datetime.h"
#include "mi/object_path.h"
#include "mi/value.h"
#include "mi/wmi_object.h"

#include <string.h>

static bool is_integer(MI_Type type)
{
    return (type >= MI_UINT8 && type <= MI_SINT64) || type == MI_CHAR16;
}

static bool is_signed(MI_Type type)
{
    return type == MI_SINT8 || type == MI_SINT16 || type == MI_SINT32 || type == MI_SINT64;
}

/* The bits of a value of an integer type, the sign in all above. */
static MI_Uint64 bits_of(MI_Type type, MI_Uint64 bits)
{
    unsigned size = 8 * (unsigned)mi_type_size(type);

    if (size == 64) return bits;
    bits &= ((MI_Uint64)1 << size) - 1;
    if (is_signed(type) && bits >> (size - 1)) bits |= ~(MI_Uint64)0 << size;
    return bits;
}

/* Whether it is the same number in the other type; or as many bits. */
static bool fits(MI_Type from, MI_Type to, MI_Uint64 bits)
{
    bool negative = is_signed(from) && bits >> 63;

    if (mi_type_size(from) == mi_type_size(to)) return true;
    return bits_of(to, bits) == bits && negative == (is_signed(to) && bits >> 63);
}

static HRESULT put_text(const WCHAR *text, VARIANT *variant)
{
    V_VT(variant) = VT_BSTR;
    V_BSTR(variant) = SysAllocString(text);
    return V_BSTR(variant) ? S_OK : E_OUTOFMEMORY;
}

static HRESULT put_decimal(MI_Uint64 bits, bool negative, VARIANT *variant)
{
    WCHAR digits[24], *at = digits + MI_COUNT(digits) - 1;

    *at = 0;
    if (negative) bits = ~bits + 1;
    do
        *--at = (WCHAR)('0' + bits % 10);
    while (bits /= 10);
    if (negative) *--at = '-';
    return put_text(at, variant);
}

/* `as`: the MI type of the CIM type. 64 bits are texts; what is smaller stands in the next larger VARIANT type with a
 * sign, but for uint8. */
static HRESULT put_integer(MI_Uint64 bits, MI_Type from, MI_Type as, VARIANT *variant)
{
    bits = bits_of(from, bits);
    if (!fits(from, as, bits)) return WBEM_E_TYPE_MISMATCH;
    bits = bits_of(as, bits);
    if (as == MI_UINT64 || as == MI_SINT64) return put_decimal(bits, as == MI_SINT64 && bits >> 63, variant);
    if (as == MI_UINT8)
    {
        V_VT(variant) = VT_UI1;
        V_UI1(variant) = (BYTE)bits;
    }
    else if (as == MI_SINT8 || as == MI_SINT16 || as == MI_CHAR16)
    {
        V_VT(variant) = VT_I2;
        V_I2(variant) = (SHORT)bits;
    }
    else
    {
        V_VT(variant) = VT_I4;
        V_I4(variant) = (LONG)bits;
    }
    return S_OK;
}

static HRESULT put_real(double number, MI_Type as, VARIANT *variant)
{
    V_VT(variant) = as == MI_REAL32 ? VT_R4 : VT_R8;
    if (as == MI_REAL32)
        V_R4(variant) = (float)number;
    else
        V_R8(variant) = number;
    return S_OK;
}

static HRESULT put_reference(const MI_Instance *instance, VARIANT *variant)
{
    MI_Char *path;
    MI_Result result = mi_object_path(instance, true, &path);
    HRESULT put;

    if (result != MI_RESULT_OK)
        return result == MI_RESULT_SERVER_LIMITS_EXCEEDED ? E_OUTOFMEMORY : WBEM_E_INVALID_OBJECT_PATH;
    put = put_text(path, variant);
    mi_free(path);
    return put;
}

static HRESULT put_datetime(const MI_Datetime *datetime, VARIANT *variant)
{
    MI_Char text[MI_DATETIME_LENGTH + 1];

    return mi_datetime_format(datetime, text) ? put_text(text, variant) : (HRESULT)WBEM_E_INVALID_PARAMETER;
}

static HRESULT put_object(const MI_Instance *instance, const struct mi_wmi_call *call, VARIANT *variant)
{
    IWbemClassObject *object;
    HRESULT result = mi_object_from_instance(call, instance, &object);

    if (FAILED(result)) return result;
    V_VT(variant) = VT_UNKNOWN;
    V_UNKNOWN(variant) = (IUnknown *)object;
    return S_OK;
}

/* The types are those of scalars. */
static HRESULT put_scalar(const MI_Value *value, MI_Type type, MI_Type as, const struct mi_wmi_call *call,
                          VARIANT *variant)
{
    if (is_integer(type) && is_integer(as)) return put_integer(value->uint64, type, as, variant);
    if (type == MI_REAL32 && (as == MI_REAL32 || as == MI_REAL64)) return put_real(value->real32, as, variant);
    if (type == MI_REAL64 && (as == MI_REAL32 || as == MI_REAL64)) return put_real(value->real64, as, variant);
    if (type == MI_BOOLEAN && as == MI_BOOLEAN)
    {
        V_VT(variant) = VT_BOOL;
        V_BOOL(variant) = value->boolean ? VARIANT_TRUE : VARIANT_FALSE;
        return S_OK;
    }
    if (type == MI_STRING && (as == MI_STRING || as == MI_DATETIME || as == MI_REFERENCE))
        return put_text(value->string, variant);
    if (type == MI_DATETIME && (as == MI_DATETIME || as == MI_STRING)) return put_datetime(&value->datetime, variant);
    if (mi_type_is_instance(type) && (as == MI_REFERENCE || (as == MI_STRING && type == MI_REFERENCE)))
        return put_reference(value->instance, variant);
    if (type == MI_INSTANCE && as == MI_INSTANCE) return put_object(value->instance, call, variant);
    return WBEM_E_TYPE_MISMATCH;
}

/* What the items of an array of a scalar MI type are. */
static VARTYPE item_type(MI_Type type)
{
    switch (type)
    {
    case MI_BOOLEAN:
        return VT_BOOL;
    case MI_UINT8:
        return VT_UI1;
    case MI_SINT8:
    case MI_SINT16:
    case MI_CHAR16:
        return VT_I2;
    case MI_UINT16:
    case MI_UINT32:
    case MI_SINT32:
        return VT_I4;
    case MI_REAL32:
        return VT_R4;
    case MI_REAL64:
        return VT_R8;
    case MI_INSTANCE:
        return VT_UNKNOWN;
    default:
        return VT_BSTR;
    }
}

/* SafeArrayPutElement copies texts and adds references to objects. */
static HRESULT put_items(const MI_Array *items, MI_Type type, MI_Type as, const struct mi_wmi_call *call,
                         SAFEARRAY *array)
{
    size_t size = mi_type_size(type);
    HRESULT result = S_OK;

    for (LONG i = 0; i < (LONG)items->size && SUCCEEDED(result); i++)
    {
        MI_Value item = {0};
        VARIANT variant;
        bool pointer;

        VariantInit(&variant);
        memcpy(&item, (const char *)items->data + (size_t)i * size, size);
        result = put_scalar(&item, type, as, call, &variant);
        pointer = V_VT(&variant) == VT_BSTR || V_VT(&variant) == VT_UNKNOWN;
        if (SUCCEEDED(result))
            result = SafeArrayPutElement(array, &i, pointer ? (void *)V_BSTR(&variant) : (void *)&V_UI1(&variant));
        VariantClear(&variant);
    }
    return result;
}

static HRESULT put_array(const MI_Array *items, MI_Type type, MI_Type as, const struct mi_wmi_call *call,
                         VARIANT *variant)
{
    SAFEARRAY *array;
    HRESULT result;

    if (items->size > 0x7fffffff) return E_OUTOFMEMORY;
    array = SafeArrayCreateVector(item_type(as), 0, items->size);
    if (!array) return E_OUTOFMEMORY;
    result = put_items(items, type, as, call, array);
    if (FAILED(result))
    {
        SafeArrayDestroy(array);
        return result;
    }
    V_VT(variant) = VT_ARRAY | item_type(as);
    V_ARRAY(variant) = array;
    return S_OK;
}

HRESULT mi_value_to_wmi(const MI_Value *value, MI_Type type, CIMTYPE cim_type, const struct mi_wmi_call *call,
                        VARIANT *variant)
{
    int as = mi_type_of_cim(cim_type);

    VariantInit(variant);
    if (as < 0 || mi_type_is_array((MI_Uint32)as) != mi_type_is_array(type)) return WBEM_E_TYPE_MISMATCH;
    if (!value)
    {
        V_VT(variant) = VT_NULL;
        return S_OK;
    }
    if (!mi_type_is_array(type)) return put_scalar(value, type, (MI_Type)as, call, variant);
    return put_array(&value->array, (MI_Type)(type & ~MI_ARRAY), (MI_Type)(as & ~MI_ARRAY), call, variant);
}

/* The numbers stand at the same place, their low bytes first. */
bool mi_variant_to_own_type(VARIANT *variant, CIMTYPE cim_type)
{
    static const struct
    {
        CIMTYPE cim;
        VARTYPE documented, own;
    } types[] = {{CIM_SINT8, VT_I2, VT_I1}, {CIM_UINT16, VT_I4, VT_UI2}, {CIM_UINT32, VT_I4, VT_UI4}};

    for (size_t i = 0; i < MI_COUNT(types); i++)
        if (types[i].cim == cim_type && types[i].documented == V_VT(variant))
        {
            V_VT(variant) = types[i].own;
            return true;
        }
    return false;
}

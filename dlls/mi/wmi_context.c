/* What goes with a request to WMI's providers. See wmi_context.h. */
#define COBJMACROS
#include "mi/wmi_context.h"

#include "common/trace.h"
#include "mi/operation_options.h"

#include <oleauto.h>

CORK_TRACE_CHANNEL(mi);

/* A number as WMI has it in a VARIANT: up to 32 bits as VT_I4, more as text. */
static HRESULT number_variant(MI_Uint64 number, bool negative, bool large, VARIANT *variant)
{
    if (!large)
    {
        V_VT(variant) = VT_I4;
        V_I4(variant) = (LONG)number;
        return S_OK;
    }
    V_VT(variant) = VT_BSTR;
    return negative ? VarBstrFromI8((LONG64)number, LOCALE_INVARIANT, 0, &V_BSTR(variant))
                    : VarBstrFromUI8(number, LOCALE_INVARIANT, 0, &V_BSTR(variant));
}

static HRESULT make_variant(const MI_Value *value, MI_Type type, VARIANT *variant)
{
    switch (type)
    {
    case MI_BOOLEAN:
        V_VT(variant) = VT_BOOL;
        V_BOOL(variant) = value->boolean ? VARIANT_TRUE : VARIANT_FALSE;
        return S_OK;
    case MI_UINT8:
        return number_variant(value->uint8, false, false, variant);
    case MI_SINT8:
        return number_variant((MI_Uint64)value->sint8, true, false, variant);
    case MI_UINT16:
        return number_variant(value->uint16, false, false, variant);
    case MI_SINT16:
        return number_variant((MI_Uint64)value->sint16, true, false, variant);
    case MI_UINT32:
        return number_variant(value->uint32, false, false, variant);
    case MI_SINT32:
        return number_variant((MI_Uint64)value->sint32, true, false, variant);
    case MI_UINT64:
        return number_variant(value->uint64, false, true, variant);
    case MI_SINT64:
        return number_variant((MI_Uint64)value->sint64, true, true, variant);
    case MI_STRING:
        V_VT(variant) = VT_BSTR;
        V_BSTR(variant) = SysAllocString(value->string);
        return V_BSTR(variant) ? S_OK : E_OUTOFMEMORY;
    default:
        return E_NOTIMPL;
    }
}

static HRESULT add(IWbemContext **context, const MI_Char *name, const MI_Value *value, MI_Type type)
{
    HRESULT result = S_OK;
    VARIANT variant;

    if (!*context)
        result = CoCreateInstance(&CLSID_WbemContext, NULL, CLSCTX_INPROC_SERVER, &IID_IWbemContext, (void **)context);
    if (FAILED(result)) return result;
    VariantInit(&variant);
    result = make_variant(value, type, &variant);
    if (SUCCEEDED(result)) result = IWbemContext_SetValue(*context, name, 0, &variant);
    if (FAILED(result)) CORK_WARN("option %s of type %d: error %#lx\n", cork_debugstr_w(name), (int)type, result);
    VariantClear(&variant);
    return result;
}

HRESULT mi_wmi_context(const struct mi_request *request, IWbemContext **context)
{
    const MI_Char *name;
    MI_Value value;
    MI_Type type;
    HRESULT result = S_OK;

    *context = NULL;
    for (MI_Uint32 at = 0; SUCCEEDED(result) && mi_request_next_context(request, &at, &name, &value, &type);)
        result = add(context, name, &value, type);
    if (SUCCEEDED(result)) return S_OK;
    if (*context) IWbemContext_Release(*context);
    *context = NULL;
    return result;
}

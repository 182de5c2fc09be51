/* Capture devices. What devices there are the next DLL knows. */
#define COBJMACROS
#include "mf/next.h"

#include <mf_more.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

/*
 * Lists the capture devices that `attributes` ask for; the array and its activation objects are the caller's, the array
 * to be freed by CoTaskMemFree. Without a device *count is 0 and *sources NULL. E_INVALIDARG: a parameter is NULL or
 * the source type is neither audio nor video; MF_E_ATTRIBUTENOTFOUND: no source type; both leave the results alone, as
 * Windows does. Else what the next DLL says. Any thread. Source: mfidl.h, MFEnumDeviceSources; Wine's tests for the
 * codes.
 */
HRESULT WINAPI MFEnumDeviceSources(IMFAttributes *attributes, IMFActivate ***sources, UINT32 *count)
{
    HRESULT(WINAPI * next)(IMFAttributes *, IMFActivate ***, UINT32 *);
    HRESULT result;
    GUID type;

    CORK_TRACE("attributes %p\n", attributes);
    if (!attributes || !sources || !count) return E_INVALIDARG;
    result = IMFAttributes_GetGUID(attributes, &MF_DEVSOURCE_ATTRIBUTE_SOURCE_TYPE, &type);
    if (FAILED(result)) return result;
    if (!IsEqualGUID(&type, &MF_DEVSOURCE_ATTRIBUTE_SOURCE_TYPE_AUDCAP_GUID) &&
        !IsEqualGUID(&type, &MF_DEVSOURCE_ATTRIBUTE_SOURCE_TYPE_VIDCAP_GUID))
        return E_INVALIDARG;
    next = (HRESULT(WINAPI *)(IMFAttributes *, IMFActivate ***, UINT32 *))mf_next_function("MFEnumDeviceSources");
    if (!next) return E_NOTIMPL;
    /* An implementation that finds none may leave the array as it is. */
    *sources = NULL;
    *count = 0;
    return next(attributes, sources, count);
}

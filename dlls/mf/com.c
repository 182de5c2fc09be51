/* See com.h. */
#include "mf/com.h"

HRESULT com_query(void *object, const struct com_interface *interfaces, size_t count, REFIID iid, void **out)
{
    if (!out) return E_POINTER;
    *out = NULL;
    for (size_t i = 0; i < count; i++)
    {
        if (!IsEqualIID(iid, interfaces[i].iid) && (i || !IsEqualIID(iid, &IID_IUnknown))) continue;
        *out = (char *)object + interfaces[i].offset;
        IUnknown_AddRef((IUnknown *)*out);
        return S_OK;
    }
    return E_NOINTERFACE;
}

void com_drop(void *interface_place)
{
    IUnknown **place = interface_place;
    IUnknown *object = *place;

    *place = NULL;
    if (object) IUnknown_Release(object);
}

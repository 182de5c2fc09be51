/* See activate.h. */
#include "mf/activate.h"

#include <stdlib.h>
#include <mfapi.h>

#include "common/trace.h"
#include "mf/attribute_methods.h"
#include "mf/com.h"

CORK_TRACE_CHANNEL(mf);

/* attribute_methods.h has the order of the first two. */
struct activate
{
    IMFActivate IMFActivate_iface;
    IMFAttributes *attributes;
    volatile LONG refs;
    CRITICAL_SECTION lock; /* guards the object, also while it is made */
    IUnknown *object;
    const struct activate_kind *kind;
    void *context;
};

static const struct com_interface interfaces[] = {
    {&IID_IMFActivate, offsetof(struct activate, IMFActivate_iface)},
    {&IID_IMFAttributes, offsetof(struct activate, IMFActivate_iface)},
};

static HRESULT activate_query(struct activate *activate, REFIID iid, void **out)
{
    HRESULT hr = com_query(activate, interfaces, ARRAYSIZE(interfaces), iid, out);

    if (hr != E_NOINTERFACE || !activate->kind->query) return hr;
    return activate->kind->query(activate->context, &activate->IMFActivate_iface, iid, out);
}

static ULONG activate_addref(struct activate *activate)
{
    return InterlockedIncrement(&activate->refs);
}

static ULONG activate_release(struct activate *activate)
{
    ULONG refs = InterlockedDecrement(&activate->refs);

    if (refs) return refs;
    if (activate->object) IUnknown_Release(activate->object);
    activate->kind->free(activate->context);
    IMFAttributes_Release(activate->attributes);
    DeleteCriticalSection(&activate->lock);
    free(activate);
    return 0;
}

COM_UNKNOWN(activate, IMFActivate, activate, IMFActivate_iface)

static HRESULT STDMETHODCALLTYPE activate_ActivateObject(IMFActivate *iface, REFIID iid, void **object)
{
    struct activate *activate = COM_OBJECT(iface, activate, IMFActivate_iface);
    HRESULT hr = S_OK;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)object);
    if (!object) return E_POINTER;
    EnterCriticalSection(&activate->lock);
    if (!activate->object) hr = activate->kind->create(activate->context, activate->attributes, &activate->object);
    if (SUCCEEDED(hr)) hr = IUnknown_QueryInterface(activate->object, iid, object);
    LeaveCriticalSection(&activate->lock);
    return hr;
}

static HRESULT STDMETHODCALLTYPE activate_ShutdownObject(IMFActivate *iface)
{
    struct activate *activate = COM_OBJECT(iface, activate, IMFActivate_iface);
    IUnknown *object;

    CORK_TRACE("%p\n", (void *)iface);
    EnterCriticalSection(&activate->lock);
    object = activate->object;
    activate->object = NULL;
    activate->kind->shut_down(activate->context, object);
    LeaveCriticalSection(&activate->lock);
    if (object) IUnknown_Release(object);
    return S_OK;
}

/* "Implementation of this method is optional. If the activation object does not support this method, the method returns
 * E_NOTIMPL": on Windows those of this DLL do not. */
static HRESULT STDMETHODCALLTYPE activate_DetachObject(IMFActivate *iface)
{
    CORK_TRACE("%p\n", (void *)iface);
    return E_NOTIMPL;
}

static IMFActivateVtbl activate_vtbl = {
    .QueryInterface = activate_QueryInterface,
    .AddRef = activate_AddRef,
    .Release = activate_Release,
    ATTRIBUTE_METHODS(IMFActivate),
    .ActivateObject = activate_ActivateObject,
    .ShutdownObject = activate_ShutdownObject,
    .DetachObject = activate_DetachObject,
};

HRESULT activate_create(const struct activate_kind *kind, void *context, IMFActivate **out)
{
    struct activate *activate = calloc(1, sizeof(*activate));
    HRESULT hr;

    if (!activate) return E_OUTOFMEMORY;
    hr = MFCreateAttributes(&activate->attributes, 0);
    if (FAILED(hr))
    {
        free(activate);
        return hr;
    }
    activate->IMFActivate_iface.lpVtbl = &activate_vtbl;
    activate->refs = 1;
    InitializeCriticalSection(&activate->lock);
    activate->kind = kind;
    activate->context = context;
    *out = &activate->IMFActivate_iface;
    return S_OK;
}

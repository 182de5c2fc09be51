/* Services of an object, and shutting it down: helpers around interfaces that any object may have. */
#define COBJMACROS
#include <mf_more.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

/*
 * Asks `object` for a service interface by its IMFGetService. `service` and `riid` are the object's to judge. *out is
 * the object's too: its reference is the caller's where this succeeds. E_POINTER: no object. Else what QueryInterface
 * says where the object has no services, or what GetService says: MF_E_UNSUPPORTED_SERVICE for a service that it does
 * not have. Any thread. Source: mfidl.h, MFGetService.
 */
HRESULT WINAPI MFGetService(IUnknown *object, REFGUID service, REFIID riid, LPVOID *out)
{
    IMFGetService *services = NULL;
    HRESULT result;

    CORK_TRACE("object %p, out %p\n", object, out);
    if (!object)
    {
        CORK_WARN("no object\n");
        return E_POINTER;
    }
    result = IUnknown_QueryInterface(object, &IID_IMFGetService, (void **)&services);
    if (FAILED(result)) return result;
    result = IMFGetService_GetService(services, service, riid, out);
    IMFGetService_Release(services);
    return result;
}

/*
 * Shuts `object` down by its IMFShutdown. Returns S_OK for an object that has none, and for none at all, as Windows
 * does: there is nothing to shut down then. What Shutdown returns is traced and, as on Windows, not handed on. Any
 * thread. Source: mfidl.h, MFShutdownObject; that Windows keeps Shutdown's result to itself is shown by Wine's tests.
 */
HRESULT WINAPI MFShutdownObject(IUnknown *object)
{
    IMFShutdown *shutdown = NULL;
    HRESULT result;

    CORK_TRACE("object %p\n", object);
    if (!object || FAILED(IUnknown_QueryInterface(object, &IID_IMFShutdown, (void **)&shutdown))) return S_OK;
    result = IMFShutdown_Shutdown(shutdown);
    if (FAILED(result)) CORK_WARN("object %p: Shutdown failed: %#lx\n", object, result);
    IMFShutdown_Release(shutdown);
    return S_OK;
}

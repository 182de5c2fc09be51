/* The simple media type handler: one type, that the application sets. */
#include "mf/com.h"

#include <mf_more.h>

#include "common/trace.h"

#include <stdatomic.h>
#include <stdlib.h>

CORK_TRACE_CHANNEL(mf);

struct type_handler
{
    IMFMediaTypeHandler IMFMediaTypeHandler_iface;
    atomic_ulong references;
    SRWLOCK lock;       /* guards `type` */
    IMFMediaType *type; /* NULL: none is set */
};

static const struct com_interface interfaces[] = {
    {&IID_IMFMediaTypeHandler, offsetof(struct type_handler, IMFMediaTypeHandler_iface)}};

static HRESULT type_handler_query(struct type_handler *handler, REFIID iid, void **out)
{
    return com_query(handler, interfaces, 1, iid, out);
}

static ULONG type_handler_addref(struct type_handler *handler)
{
    return atomic_fetch_add(&handler->references, 1) + 1;
}

static ULONG type_handler_release(struct type_handler *handler)
{
    ULONG left = atomic_fetch_sub(&handler->references, 1) - 1;

    if (left) return left;
    if (handler->type) IMFMediaType_Release(handler->type);
    free(handler);
    return 0;
}

COM_UNKNOWN(type_handler, IMFMediaTypeHandler, type_handler, IMFMediaTypeHandler_iface)

/* The type that is set, with a reference; NULL: none. */
static IMFMediaType *current_type(IMFMediaTypeHandler *iface)
{
    struct type_handler *handler = COM_OBJECT(iface, type_handler, IMFMediaTypeHandler_iface);
    IMFMediaType *type;

    AcquireSRWLockShared(&handler->lock);
    type = handler->type;
    if (type) IMFMediaType_AddRef(type);
    ReleaseSRWLockShared(&handler->lock);
    return type;
}

/*
 * S_OK where `type` has the major type and the subtype of the type that is set. No type is ever proposed in *closest.
 * The codes are those of Windows, which differ from the documentation's MF_E_INVALIDMEDIATYPE: MF_E_UNEXPECTED where no
 * type is set, E_INVALIDARG where `type` is none or one of both has no major type, E_FAIL where they differ. Source:
 * IMFMediaTypeHandler::IsMediaTypeSupported, MFCreateSimpleTypeHandler; Wine's tests for the codes.
 */
static HRESULT WINAPI type_handler_IsMediaTypeSupported(IMFMediaTypeHandler *iface, IMFMediaType *type,
                                                        IMFMediaType **closest)
{
    static const DWORD wanted = MF_MEDIATYPE_EQUAL_MAJOR_TYPES | MF_MEDIATYPE_EQUAL_FORMAT_TYPES;
    IMFMediaType *current = current_type(iface);
    DWORD same = 0;
    HRESULT result;

    CORK_TRACE("handler %p, type %p\n", iface, type);
    if (closest) *closest = NULL;
    if (!current) return MF_E_UNEXPECTED;
    result = type ? IMFMediaType_IsEqual(current, type, &same) : E_INVALIDARG;
    IMFMediaType_Release(current);
    if (FAILED(result)) return result;
    return (same & wanted) == wanted ? S_OK : E_FAIL;
}

/* One, whether it is set or not, as on Windows. E_POINTER. */
static HRESULT WINAPI type_handler_GetMediaTypeCount(IMFMediaTypeHandler *iface, DWORD *count)
{
    (void)iface;
    if (!count) return E_POINTER;
    *count = 1;
    return S_OK;
}

/* *type is NULL where none is set, as on Windows; the documentation has MF_E_NOT_INITIALIZED for that. E_POINTER. */
static HRESULT WINAPI type_handler_GetCurrentMediaType(IMFMediaTypeHandler *iface, IMFMediaType **type)
{
    if (!type) return E_POINTER;
    *type = current_type(iface);
    return S_OK;
}

/* Index 0 is the type that is set, or NULL; there is no other: MF_E_NO_MORE_TYPES. E_POINTER. */
static HRESULT WINAPI type_handler_GetMediaTypeByIndex(IMFMediaTypeHandler *iface, DWORD index, IMFMediaType **type)
{
    if (index) return MF_E_NO_MORE_TYPES;
    return type_handler_GetCurrentMediaType(iface, type);
}

/* NULL takes the type away. Everything that is a type is accepted: what it is good for is up to who set it. */
static HRESULT WINAPI type_handler_SetCurrentMediaType(IMFMediaTypeHandler *iface, IMFMediaType *type)
{
    struct type_handler *handler = COM_OBJECT(iface, type_handler, IMFMediaTypeHandler_iface);
    IMFMediaType *old;

    CORK_TRACE("handler %p, type %p\n", iface, type);
    if (type) IMFMediaType_AddRef(type);
    AcquireSRWLockExclusive(&handler->lock);
    old = handler->type;
    handler->type = type;
    ReleaseSRWLockExclusive(&handler->lock);
    if (old) IMFMediaType_Release(old);
    return S_OK;
}

/* MF_E_NOT_INITIALIZED: no type is set; MF_E_ATTRIBUTENOTFOUND: it has no major type; E_POINTER. */
static HRESULT WINAPI type_handler_GetMajorType(IMFMediaTypeHandler *iface, GUID *major)
{
    IMFMediaType *type = current_type(iface);
    HRESULT result;

    if (!type) return MF_E_NOT_INITIALIZED;
    result = major ? IMFMediaType_GetGUID(type, &MF_MT_MAJOR_TYPE, major) : E_POINTER;
    IMFMediaType_Release(type);
    return result;
}

static IMFMediaTypeHandlerVtbl type_handler_vtbl = {
    type_handler_QueryInterface,
    type_handler_AddRef,
    type_handler_Release,
    type_handler_IsMediaTypeSupported,
    type_handler_GetMediaTypeCount,
    type_handler_GetMediaTypeByIndex,
    type_handler_SetCurrentMediaType,
    type_handler_GetCurrentMediaType,
    type_handler_GetMajorType,
};

/* Makes a handler without a type; it is the caller's. E_POINTER, E_OUTOFMEMORY. Any thread, and so are its methods.
 * Source: mfidl.h, MFCreateSimpleTypeHandler. */
HRESULT WINAPI MFCreateSimpleTypeHandler(IMFMediaTypeHandler **out)
{
    struct type_handler *handler;

    CORK_TRACE("out %p\n", out);
    if (!out) return E_POINTER;
    *out = NULL;
    handler = calloc(1, sizeof(*handler));
    if (!handler) return E_OUTOFMEMORY;
    handler->IMFMediaTypeHandler_iface.lpVtbl = &type_handler_vtbl;
    atomic_init(&handler->references, 1);
    InitializeSRWLock(&handler->lock);
    *out = &handler->IMFMediaTypeHandler_iface;
    return S_OK;
}

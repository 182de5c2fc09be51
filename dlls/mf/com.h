/* What the COM objects of this DLL have in common: tables of interfaces, and IUnknown of an object's further ones. */
#ifndef CORK_MF_COM_H
#define CORK_MF_COM_H

#define COBJMACROS
#include <stddef.h>
#include <windows.h>
#include <unknwn.h>

/* An interface of an object, and where in the object it lies. */
struct com_interface
{
    const IID *iid;
    size_t offset;
};

/* QueryInterface of `object` by a table of `count` rows; the first row also stands for IUnknown. Returns S_OK and *out
 * with a reference; E_NOINTERFACE and NULL; E_POINTER for no `out`. */
HRESULT com_query(void *object, const struct com_interface *interfaces, size_t count, REFIID iid, void **out);

/* Releases *interface, where there is one, and makes it NULL. */
void com_drop(void *interface_place);

/* The object of `type` that the interface `iface` lies in as `member`. */
#define COM_OBJECT(iface, type, member) CONTAINING_RECORD(iface, struct type, member)

/* The three methods of IUnknown, named prefix_QueryInterface and so on, of the interface that lies in struct `type` as
 * `member`, by the functions TYPE_query(object, iid, out), TYPE_addref(object) and TYPE_release(object). */
#define COM_UNKNOWN(prefix, interface_type, type, member)                                                              \
    COM_PART_UNKNOWN(prefix, interface_type, type, member, type##_query)

/* The same of a part that is an object of its own to COM, with a `query` of its own and the whole's references. */
/* NOLINTBEGIN(bugprone-macro-parentheses): types, in declarations */
#define COM_PART_UNKNOWN(prefix, interface_type, type, member, query)                                                  \
    static HRESULT STDMETHODCALLTYPE prefix##_QueryInterface(interface_type *iface, REFIID iid, void **out)            \
    {                                                                                                                  \
        return query(COM_OBJECT(iface, type, member), iid, out);                                                       \
    }                                                                                                                  \
    static ULONG STDMETHODCALLTYPE prefix##_AddRef(interface_type *iface)                                              \
    {                                                                                                                  \
        return type##_addref(COM_OBJECT(iface, type, member));                                                         \
    }                                                                                                                  \
    static ULONG STDMETHODCALLTYPE prefix##_Release(interface_type *iface)                                             \
    {                                                                                                                  \
        return type##_release(COM_OBJECT(iface, type, member));                                                        \
    }

/* The four methods of IMFMediaEventGenerator, likewise, by the event queue that is the object's member `queue`. Needs
 * mfobjects.h and mfapi.h. */
#define COM_EVENTS(prefix, interface_type, type, member, queue)                                                        \
    static HRESULT STDMETHODCALLTYPE prefix##_GetEvent(interface_type *iface, DWORD flags, IMFMediaEvent **event)      \
    {                                                                                                                  \
        return IMFMediaEventQueue_GetEvent(COM_OBJECT(iface, type, member)->queue, flags, event);                      \
    }                                                                                                                  \
    static HRESULT STDMETHODCALLTYPE prefix##_BeginGetEvent(interface_type *iface, IMFAsyncCallback *callback,         \
                                                            IUnknown *state)                                           \
    {                                                                                                                  \
        return IMFMediaEventQueue_BeginGetEvent(COM_OBJECT(iface, type, member)->queue, callback, state);              \
    }                                                                                                                  \
    static HRESULT STDMETHODCALLTYPE prefix##_EndGetEvent(interface_type *iface, IMFAsyncResult *result,               \
                                                          IMFMediaEvent **event)                                       \
    {                                                                                                                  \
        return IMFMediaEventQueue_EndGetEvent(COM_OBJECT(iface, type, member)->queue, result, event);                  \
    }                                                                                                                  \
    static HRESULT STDMETHODCALLTYPE prefix##_QueueEvent(interface_type *iface, MediaEventType event,                  \
                                                         REFGUID extended, HRESULT status, const PROPVARIANT *value)   \
    {                                                                                                                  \
        return IMFMediaEventQueue_QueueEventParamVar(COM_OBJECT(iface, type, member)->queue, event, extended, status,  \
                                                     value);                                                           \
    }
/* NOLINTEND(bugprone-macro-parentheses) */

#endif

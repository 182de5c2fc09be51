/* See source_host.h. */
#define COBJMACROS
#include "mf/source_host.h"

#include "common/trace.h"
#include "mf/com.h"
#include "mf/source_group.h"

CORK_TRACE_CHANNEL(mf);

HRESULT source_host_query(struct source_host *host, REFIID iid, void **out)
{
    static const struct com_interface interfaces[] = {
        {&IID_IMFMediaSource, offsetof(struct source_host, iface)},
        {&IID_IMFMediaEventGenerator, offsetof(struct source_host, iface)},
        {&IID_IMFGetService, offsetof(struct source_host, service_iface)},
    };
    HRESULT hr = com_query(host, interfaces, ARRAYSIZE(interfaces), iid, out);

    return hr == E_NOINTERFACE ? host->type->query(host, iid, out) : hr;
}

ULONG source_host_addref(struct source_host *host)
{
    return InterlockedIncrement(&host->refs);
}

ULONG source_host_release(struct source_host *host)
{
    ULONG refs = InterlockedDecrement(&host->refs);

    if (refs) return refs;
    /* For the children that nobody has shut down; a reference meanwhile, because they may be asked things. */
    host->refs = 1;
    IMFMediaSource_Shutdown(&host->iface);
    IMFMediaEventQueue_Release(host->queue);
    DeleteCriticalSection(&host->lock);
    host->type->destroy(host);
    return 0;
}

COM_UNKNOWN(source, IMFMediaSource, source_host, iface)
COM_UNKNOWN(service, IMFGetService, source_host, service_iface)

COM_EVENTS(source, IMFMediaSource, source_host, iface, queue)

HRESULT source_host_group(struct source_host *host, struct source_group **group)
{
    HRESULT hr = S_OK;

    *group = NULL;
    EnterCriticalSection(&host->lock);
    if (host->is_shut_down)
        hr = MF_E_SHUTDOWN;
    else
        *group = host->type->current(host);
    if (*group) source_group_addref(*group);
    LeaveCriticalSection(&host->lock);
    return hr;
}

static HRESULT WINAPI source_GetCharacteristics(IMFMediaSource *iface, DWORD *characteristics)
{
    struct source_group *group;
    HRESULT hr;

    if (!characteristics) return E_POINTER;
    hr = source_host_group(COM_OBJECT(iface, source_host, iface), &group);
    if (FAILED(hr)) return hr;
    if (!group) return MF_E_INVALIDREQUEST;
    hr = source_group_characteristics(group, characteristics);
    source_group_release(group);
    return hr;
}

static HRESULT WINAPI source_CreatePresentationDescriptor(IMFMediaSource *iface, IMFPresentationDescriptor **out)
{
    struct source_host *host = COM_OBJECT(iface, source_host, iface);
    bool is_shut_down;

    if (!out) return E_POINTER;
    *out = NULL;
    EnterCriticalSection(&host->lock);
    is_shut_down = host->is_shut_down;
    LeaveCriticalSection(&host->lock);
    return is_shut_down ? MF_E_SHUTDOWN : host->type->describe(host, out);
}

static HRESULT WINAPI source_Start(IMFMediaSource *iface, IMFPresentationDescriptor *descriptor, const GUID *format,
                                   const PROPVARIANT *position)
{
    struct source_host *host = COM_OBJECT(iface, source_host, iface);
    bool is_shut_down;

    CORK_TRACE("source %p, descriptor %p\n", (void *)iface, (void *)descriptor);
    if (!descriptor || !position) return E_INVALIDARG;
    EnterCriticalSection(&host->lock);
    is_shut_down = host->is_shut_down;
    LeaveCriticalSection(&host->lock);
    return is_shut_down ? MF_E_SHUTDOWN : host->type->start(host, descriptor, format, position);
}

/* Stop and Pause: the group's, or, where nothing plays, done. */
static HRESULT command(IMFMediaSource *iface, HRESULT (*function)(struct source_group *), MediaEventType answer)
{
    struct source_host *host = COM_OBJECT(iface, source_host, iface);
    struct source_group *group;
    HRESULT hr = source_host_group(host, &group);

    CORK_TRACE("source %p, answer %d: %#lx\n", (void *)iface, (int)answer, (unsigned long)hr);
    if (FAILED(hr)) return hr;
    if (!group)
    {
        source_host_queue(host, answer, S_OK, NULL);
        return S_OK;
    }
    hr = function(group);
    source_group_release(group);
    return hr;
}

static HRESULT WINAPI source_Stop(IMFMediaSource *iface)
{
    return command(iface, source_group_stop, MESourceStopped);
}

static HRESULT WINAPI source_Pause(IMFMediaSource *iface)
{
    return command(iface, source_group_pause, MESourcePaused);
}

static HRESULT WINAPI source_Shutdown(IMFMediaSource *iface)
{
    struct source_host *host = COM_OBJECT(iface, source_host, iface);
    bool was_shut_down;

    CORK_TRACE("source %p\n", (void *)iface);
    EnterCriticalSection(&host->lock);
    was_shut_down = host->is_shut_down;
    host->is_shut_down = true;
    LeaveCriticalSection(&host->lock);
    if (was_shut_down) return MF_E_SHUTDOWN;

    host->type->shut_down(host);
    IMFMediaEventQueue_Shutdown(host->queue);
    return S_OK;
}

static IMFMediaSourceVtbl source_vtbl = {
    source_QueryInterface,
    source_AddRef,
    source_Release,
    source_GetEvent,
    source_BeginGetEvent,
    source_EndGetEvent,
    source_QueueEvent,
    source_GetCharacteristics,
    source_CreatePresentationDescriptor,
    source_Start,
    source_Stop,
    source_Pause,
    source_Shutdown,
};

/* The rate is that of all children. Another service is the first child's that has it. */
static HRESULT WINAPI service_GetService(IMFGetService *iface, REFGUID service, REFIID iid, void **out)
{
    struct source_host *host = COM_OBJECT(iface, source_host, service_iface);
    struct source_group *group;
    HRESULT hr;

    if (!out) return E_POINTER;
    *out = NULL;
    hr = source_host_group(host, &group);
    if (FAILED(hr)) return hr;
    if (IsEqualGUID(service, &MF_RATE_CONTROL_SERVICE))
        hr = source_rate_create(host, iid, out);
    else if (IsEqualGUID(service, &MF_SOURCE_PRESENTATION_PROVIDER_SERVICE))
        hr = host->type->query(host, iid, out);
    else
        hr = group ? source_group_service(group, service, iid, out) : MF_E_UNSUPPORTED_SERVICE;
    if (group) source_group_release(group);
    return hr;
}

static IMFGetServiceVtbl service_vtbl = {service_QueryInterface, service_AddRef, service_Release, service_GetService};

HRESULT source_host_init(struct source_host *host, const struct source_host_type *type)
{
    HRESULT hr = MFCreateEventQueue(&host->queue);

    if (FAILED(hr)) return hr;
    host->iface.lpVtbl = &source_vtbl;
    host->service_iface.lpVtbl = &service_vtbl;
    host->type = type;
    host->refs = 1;
    InitializeCriticalSection(&host->lock);
    return S_OK;
}

void source_host_queue(struct source_host *host, MediaEventType type, HRESULT status, const PROPVARIANT *value)
{
    HRESULT hr = IMFMediaEventQueue_QueueEventParamVar(host->queue, type, &GUID_NULL, status, value);

    if (FAILED(hr)) CORK_WARN("event %d is lost: %#lx\n", (int)type, (unsigned long)hr);
}

/* IMFMediaSession and IMFMediaEventGenerator, references, MFCreateMediaSession. */
#include "mf/session.h"

#include <stdlib.h>
#include "common/trace.h"
#include "mf/com.h"

CORK_TRACE_CHANNEL(mf);

static struct session *from_media_session(IMFMediaSession *iface)
{
    return COM_OBJECT(iface, session, media_session);
}

/* ---- References ---------------------------------------------------------------------------------------------------
 */

static const struct com_interface interfaces[] = {
    {&IID_IMFMediaSession, offsetof(struct session, media_session)},
    {&IID_IMFMediaEventGenerator, offsetof(struct session, media_session)},
    {&IID_IMFGetService, offsetof(struct session, get_service)},
    {&IID_IMFRateSupport, offsetof(struct session, rate_support)},
    {&IID_IMFRateControl, offsetof(struct session, rate_control)},
};

HRESULT session_query(struct session *session, REFIID iid, void **out)
{
    return com_query(session, interfaces, ARRAYSIZE(interfaces), iid, out);
}

ULONG session_addref(struct session *session)
{
    return InterlockedIncrement(&session->refs);
}

ULONG session_release(struct session *session)
{
    ULONG refs = InterlockedDecrement(&session->refs);

    if (!refs)
    {
        session_forget(session);
        session_unuse(session);
    }
    return refs;
}

void session_use(struct session *session)
{
    InterlockedIncrement(&session->uses);
}

/* Nothing is left that could use it: no command, no timer, no callback, no reference. */
static void destroy(struct session *session)
{
    if (session->clock)
    {
        MFShutdownObject((IUnknown *)session->clock);
        IMFPresentationClock_Release(session->clock);
    }
    if (session->quality_manager) IMFQualityManager_Release(session->quality_manager);
    if (session->loader) IMFTopoLoader_Release(session->loader);
    event_delivery_close(&session->events);
    if (session->serial) serial_release(session->serial);
    if (session->shut_done) CloseHandle(session->shut_done);
    DeleteCriticalSection(&session->lock);
    free(session);
}

void session_unuse(struct session *session)
{
    if (!InterlockedDecrement(&session->uses)) destroy(session);
}

COM_UNKNOWN(media_session, IMFMediaSession, session, media_session)

/* ---- IMFMediaEventGenerator ---------------------------------------------------------------------------------------
 */

static HRESULT WINAPI media_session_GetEvent(IMFMediaSession *iface, DWORD flags, IMFMediaEvent **event)
{
    return event_delivery_get(&from_media_session(iface)->events, flags, event);
}

static HRESULT WINAPI media_session_BeginGetEvent(IMFMediaSession *iface, IMFAsyncCallback *callback, IUnknown *state)
{
    return event_delivery_begin(&from_media_session(iface)->events, callback, state);
}

static HRESULT WINAPI media_session_EndGetEvent(IMFMediaSession *iface, IMFAsyncResult *result, IMFMediaEvent **event)
{
    return event_delivery_end(&from_media_session(iface)->events, result, event);
}

static HRESULT WINAPI media_session_QueueEvent(IMFMediaSession *iface, MediaEventType type, REFGUID extended,
                                               HRESULT status, const PROPVARIANT *value)
{
    return event_delivery_queue_value(&from_media_session(iface)->events, type, extended, status, value);
}

/* ---- IMFMediaSession: commands ------------------------------------------------------------------------------------
 */

static HRESULT WINAPI media_session_SetTopology(IMFMediaSession *iface, DWORD flags, IMFTopology *topology)
{
    struct session *session = from_media_session(iface);
    struct session_command command = {
        .input = SESSION_DO_SET_TOPOLOGY, .event = MESessionTopologySet, .flags = flags, .topology = topology};
    HRESULT hr;

    CORK_TRACE("session %p, flags %#lx, topology %p\n", (void *)session, (unsigned long)flags, (void *)topology);
    if (session->shut_down) return MF_E_SHUTDOWN;
    if (FAILED(hr = session_check_topology(session, topology))) return hr;
    if (topology) IMFTopology_AddRef(topology);
    return session_command_submit(session, &command);
}

static HRESULT WINAPI media_session_ClearTopologies(IMFMediaSession *iface)
{
    struct session_command command = {.input = SESSION_DO_CLEAR_QUEUE, .event = MESessionTopologiesCleared};

    return session_command_submit(from_media_session(iface), &command);
}

static HRESULT WINAPI media_session_Start(IMFMediaSession *iface, const GUID *format, const PROPVARIANT *position)
{
    struct session *session = from_media_session(iface);
    struct session_command command = {
        .input = SESSION_DO_START, .event = MESessionStarted, .format = format ? *format : GUID_NULL};
    HRESULT hr;

    if (!position) return E_POINTER;
    CORK_TRACE("session %p, position of type %u\n", (void *)session, position->vt);
    if (position->vt != VT_EMPTY) command.input = SESSION_DO_SEEK;
    if (FAILED(hr = PropVariantCopy(&command.position, position))) return hr;
    return session_command_submit(session, &command);
}

static HRESULT WINAPI media_session_Pause(IMFMediaSession *iface)
{
    struct session_command command = {.input = SESSION_DO_PAUSE, .event = MESessionPaused};

    return session_command_submit(from_media_session(iface), &command);
}

static HRESULT WINAPI media_session_Stop(IMFMediaSession *iface)
{
    struct session_command command = {.input = SESSION_DO_STOP, .event = MESessionStopped};

    return session_command_submit(from_media_session(iface), &command);
}

static HRESULT WINAPI media_session_Close(IMFMediaSession *iface)
{
    return session_close(from_media_session(iface));
}

static HRESULT WINAPI media_session_Shutdown(IMFMediaSession *iface)
{
    return session_shutdown(from_media_session(iface));
}

/* ---- IMFMediaSession: getters -------------------------------------------------------------------------------------
 */

static HRESULT WINAPI media_session_GetClock(IMFMediaSession *iface, IMFClock **clock)
{
    struct session *session = from_media_session(iface);

    if (!clock) return E_POINTER;
    *clock = NULL;
    if (session->shut_down) return MF_E_SHUTDOWN;
    return IMFPresentationClock_QueryInterface(session->clock, &IID_IMFClock, (void **)clock);
}

static HRESULT WINAPI media_session_GetSessionCapabilities(IMFMediaSession *iface, DWORD *caps)
{
    struct session *session = from_media_session(iface);

    if (!caps) return E_POINTER;
    if (session->shut_down) return MF_E_SHUTDOWN;
    EnterCriticalSection(&session->lock);
    *caps = session->caps;
    LeaveCriticalSection(&session->lock);
    return S_OK;
}

/* Whether `presentation` is the one of that identifier: its own, or that of the topology that it was made from. */
static bool has_id(const struct presentation *presentation, TOPOID wanted)
{
    TOPOID id;

    return presentation->asked == wanted ||
           (SUCCEEDED(IMFTopology_GetTopologyID(presentation->topology, &id)) && id == wanted);
}

/* Under the lock. */
static IMFTopology *find_topology(const struct session *session, DWORD flags, TOPOID id)
{
    const struct presentation *presentation = session->current;

    if (presentation && ((flags & MFSESSION_GETFULLTOPOLOGY_CURRENT) || has_id(presentation, id)))
        return presentation->topology;
    if (flags & MFSESSION_GETFULLTOPOLOGY_CURRENT) return NULL;
    for (presentation = session->queue; presentation; presentation = presentation->next)
        if (has_id(presentation, id)) return presentation->topology;
    return NULL;
}

static HRESULT WINAPI media_session_GetFullTopology(IMFMediaSession *iface, DWORD flags, TOPOID id,
                                                    IMFTopology **topology)
{
    struct session *session = from_media_session(iface);

    if (!topology) return E_POINTER;
    *topology = NULL;
    if (session->shut_down) return MF_E_SHUTDOWN;
    EnterCriticalSection(&session->lock);
    *topology = find_topology(session, flags, id);
    if (*topology) IMFTopology_AddRef(*topology);
    LeaveCriticalSection(&session->lock);
    return *topology ? S_OK : MF_E_INVALIDREQUEST;
}

static const IMFMediaSessionVtbl media_session_vtbl = {
    media_session_QueryInterface,  media_session_AddRef,
    media_session_Release,         media_session_GetEvent,
    media_session_BeginGetEvent,   media_session_EndGetEvent,
    media_session_QueueEvent,      media_session_SetTopology,
    media_session_ClearTopologies, media_session_Start,
    media_session_Pause,           media_session_Stop,
    media_session_Close,           media_session_Shutdown,
    media_session_GetClock,        media_session_GetSessionCapabilities,
    media_session_GetFullTopology,
};

/* ---- Creation -----------------------------------------------------------------------------------------------------
 */

/* The loader: the one of MF_SESSION_TOPOLOADER, or the standard one where that cannot be made (as Windows does). */
static HRESULT create_loader(struct session *session, IMFAttributes *configuration)
{
    GUID clsid;
    HRESULT hr;

    if (configuration && SUCCEEDED(IMFAttributes_GetGUID(configuration, &MF_SESSION_TOPOLOADER, &clsid)))
    {
        hr = CoCreateInstance(&clsid, NULL, CLSCTX_INPROC_SERVER, &IID_IMFTopoLoader, (void **)&session->loader);
        if (SUCCEEDED(hr)) return hr;
        CORK_WARN("MF_SESSION_TOPOLOADER: %#lx\n", (unsigned long)hr);
    }
    return MFCreateTopoLoader(&session->loader);
}

/* The quality manager: likewise; none at all for GUID_NULL. */
static HRESULT create_quality_manager(struct session *session, IMFAttributes *configuration)
{
    GUID clsid;
    HRESULT hr;

    if (configuration && SUCCEEDED(IMFAttributes_GetGUID(configuration, &MF_SESSION_QUALITY_MANAGER, &clsid)))
    {
        if (IsEqualGUID(&clsid, &GUID_NULL)) return S_OK;
        hr = CoCreateInstance(&clsid, NULL, CLSCTX_INPROC_SERVER, &IID_IMFQualityManager,
                              (void **)&session->quality_manager);
        if (SUCCEEDED(hr)) return hr;
        CORK_WARN("MF_SESSION_QUALITY_MANAGER: %#lx\n", (unsigned long)hr);
    }
    return MFCreateStandardQualityManager(&session->quality_manager);
}

static bool is_set(IMFAttributes *configuration, REFGUID key)
{
    UINT32 value = 0;

    IMFAttributes_GetUINT32(configuration, key, &value);
    return value != 0;
}

/* Protected content is not for this session; who asks for it is told, not given something that will not play it. */
static HRESULT check_configuration(struct session *session, IMFAttributes *configuration)
{
    IUnknown *manager;

    if (!configuration) return S_OK;
    if (SUCCEEDED(IMFAttributes_GetUnknown(configuration, &MF_SESSION_CONTENT_PROTECTION_MANAGER, &IID_IUnknown,
                                           (void **)&manager)))
    {
        IUnknown_Release(manager);
        CORK_FIXME("protected content is not supported\n");
        return E_NOTIMPL;
    }
    if (SUCCEEDED(IMFAttributes_GetItem(configuration, &MF_SESSION_SERVER_CONTEXT, NULL)) ||
        SUCCEEDED(IMFAttributes_GetItem(configuration, &MF_SESSION_REMOTE_SOURCE_MODE, NULL)))
        CORK_WARN("an attribute of PMP sessions; this one is of the application's process\n");
    session->global_time = is_set(configuration, &MF_SESSION_GLOBAL_TIME);
    session->low_latency = is_set(configuration, &MF_LOW_LATENCY);
    return S_OK;
}

static HRESULT create_parts(struct session *session, IMFAttributes *configuration)
{
    HRESULT hr = check_configuration(session, configuration);

    if (SUCCEEDED(hr)) hr = event_delivery_init(&session->events);
    if (SUCCEEDED(hr)) hr = MFCreatePresentationClock(&session->clock);
    if (SUCCEEDED(hr)) hr = create_loader(session, configuration);
    if (SUCCEEDED(hr)) hr = create_quality_manager(session, configuration);
    if (SUCCEEDED(hr) && session->quality_manager)
        hr = IMFQualityManager_NotifyPresentationClock(session->quality_manager, session->clock);
    if (SUCCEEDED(hr) && !(session->serial = serial_create())) hr = E_OUTOFMEMORY;
    return hr;
}

HRESULT WINAPI MFCreateMediaSession(IMFAttributes *configuration, IMFMediaSession **out)
{
    struct session *session;
    HRESULT hr;

    CORK_TRACE("configuration %p\n", (void *)configuration);
    if (!out) return E_POINTER;
    *out = NULL;
    if (!(session = calloc(1, sizeof(*session)))) return E_OUTOFMEMORY;
    session->media_session.lpVtbl = (IMFMediaSessionVtbl *)&media_session_vtbl;
    session->get_service.lpVtbl = (IMFGetServiceVtbl *)&session_get_service_vtbl;
    session->rate_support.lpVtbl = (IMFRateSupportVtbl *)&session_rate_support_vtbl;
    session->rate_control.lpVtbl = (IMFRateControlVtbl *)&session_rate_control_vtbl;
    session->attribute_editor.lpVtbl = &session_attribute_editor_vtbl;
    session->refs = 1;
    session->uses = 1;
    session->last = &session->first;
    session->rate = 1.0f;
    InitializeCriticalSection(&session->lock);
    hr = create_parts(session, configuration);
    if (FAILED(hr))
    {
        destroy(session);
        return hr;
    }
    *out = &session->media_session;
    return S_OK;
}

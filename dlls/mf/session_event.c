/* The events of the session, with the data that their pages document. */
#include "mf/session.h"

#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

/* An event without data, or NULL: then the application misses it, which is all that can be done without memory. */
static IMFMediaEvent *make(MediaEventType type, HRESULT status, const PROPVARIANT *value)
{
    IMFMediaEvent *event;
    HRESULT hr = MFCreateMediaEvent(type, &GUID_NULL, status, value, &event);

    if (SUCCEEDED(hr)) return event;
    CORK_ERR("event %lu is lost: %#lx\n", (unsigned long)type, (unsigned long)hr);
    return NULL;
}

static void queue(struct session *session, IMFMediaEvent *event)
{
    InterlockedIncrement(&session->told_since);
    event_delivery_queue(&session->events, event);
    IMFMediaEvent_Release(event);
}

void session_tell(struct session *session, MediaEventType type, HRESULT status)
{
    InterlockedIncrement(&session->told_since);
    event_delivery_queue_value(&session->events, type, &GUID_NULL, status, NULL);
}

void session_tell_rate(struct session *session, HRESULT status, float rate)
{
    PROPVARIANT value = {.vt = VT_R4};

    if (FAILED(status))
    {
        /* The rate that stays: programs take it from here (How to Set the Playback Rate). */
        EnterCriticalSection(&session->lock);
        rate = session->rate;
        LeaveCriticalSection(&session->lock);
    }
    value.fltVal = rate;
    InterlockedIncrement(&session->told_since);
    event_delivery_queue_value(&session->events, MESessionRateChanged, &GUID_NULL, status, &value);
}

void session_tell_topology_set(struct session *session, IMFTopology *topology, HRESULT status)
{
    PROPVARIANT value = {.vt = VT_EMPTY};

    if (topology && SUCCEEDED(status))
    {
        value.vt = VT_UNKNOWN;
        value.punkVal = (IUnknown *)topology;
    }
    InterlockedIncrement(&session->told_since);
    event_delivery_queue_value(&session->events, MESessionTopologySet, &GUID_NULL, status, &value);
}

void session_tell_topology_status(struct session *session, struct presentation *presentation, MF_TOPOSTATUS status,
                                  HRESULT hr)
{
    PROPVARIANT value = {.vt = VT_UNKNOWN};
    IMFMediaEvent *event;

    /* Format changes may come again and again; all else only upwards. */
    if (status <= presentation->status && status != MF_TOPOSTATUS_DYNAMIC_CHANGED) return;
    if (status > presentation->status) presentation->status = status;
    value.punkVal = (IUnknown *)presentation->topology;
    if (!(event = make(MESessionTopologyStatus, hr, &value))) return;
    IMFMediaEvent_SetUINT32(event, &MF_EVENT_TOPOLOGY_STATUS, status);
    queue(session, event);
}

void session_tell_presentation_time(struct session *session, MFTIME start, MFTIME offset)
{
    IMFMediaEvent *event = make(MESessionNotifyPresentationTime, S_OK, NULL);

    if (!event) return;
    IMFMediaEvent_SetUINT64(event, &MF_EVENT_START_PRESENTATION_TIME, (UINT64)start);
    IMFMediaEvent_SetUINT64(event, &MF_EVENT_PRESENTATION_TIME_OFFSET, (UINT64)offset);
    IMFMediaEvent_SetUINT64(event, &MF_EVENT_START_PRESENTATION_TIME_AT_OUTPUT, (UINT64)start);
    queue(session, event);
}

void session_tell_started(struct session *session, HRESULT status)
{
    IMFMediaEvent *event = make(MESessionStarted, status, NULL);

    if (!event) return;
    if (SUCCEEDED(status) && session->current)
        IMFMediaEvent_SetUINT64(event, &MF_EVENT_PRESENTATION_TIME_OFFSET, (UINT64)session->current->offset);
    queue(session, event);
}

void session_tell_stopped(struct session *session, MediaEventType type, HRESULT status, MFTIME when)
{
    IMFMediaEvent *event = make(type, status, NULL);

    if (!event) return;
    IMFMediaEvent_SetUINT64(event, &MF_SESSION_APPROX_EVENT_OCCURRENCE_TIME, (UINT64)when);
    queue(session, event);
}

/* What the sources of `topology` allow, of SEEK, PAUSE and DOES_NOT_USE_NETWORK. */
static DWORD source_caps(IMFTopology *topology)
{
    DWORD caps = MFSESSIONCAP_SEEK | MFSESSIONCAP_PAUSE | MFSESSIONCAP_DOES_NOT_USE_NETWORK, flags;
    IMFTopologyNode *node;
    IMFMediaSource *source;
    WORD index = 0;

    while ((node = session_next_node(topology, MF_TOPOLOGY_SOURCESTREAM_NODE, &index)))
    {
        flags = 0;
        if (SUCCEEDED(IMFTopologyNode_GetUnknown(node, &MF_TOPONODE_SOURCE, &IID_IMFMediaSource, (void **)&source)))
        {
            if (FAILED(IMFMediaSource_GetCharacteristics(source, &flags))) flags = 0;
            IMFMediaSource_Release(source);
        }
        IMFTopologyNode_Release(node);
        if (!(flags & MFMEDIASOURCE_CAN_SEEK)) caps &= ~MFSESSIONCAP_SEEK;
        if (!(flags & MFMEDIASOURCE_CAN_PAUSE)) caps &= ~MFSESSIONCAP_PAUSE;
        if (!(flags & MFMEDIASOURCE_DOES_NOT_USE_NETWORK)) caps &= ~MFSESSIONCAP_DOES_NOT_USE_NETWORK;
    }
    return caps;
}

DWORD session_topology_caps(IMFTopology *topology)
{
    return MFSESSIONCAP_START | source_caps(topology) | session_rate_caps(topology);
}

void session_update_caps(struct session *session)
{
    DWORD caps = session->current && !session->closed ? session->current->caps : 0, delta;
    IMFMediaEvent *event;

    if (session->state != SESSION_RUNNING) caps &= ~MFSESSIONCAP_PAUSE; /* only what runs can be paused */
    EnterCriticalSection(&session->lock);
    delta = caps ^ session->caps;
    session->caps = caps;
    LeaveCriticalSection(&session->lock);
    /* That a closed session can do nothing any more is what MESessionClosed says. */
    if (!delta || session->closed || !(event = make(MESessionCapabilitiesChanged, S_OK, NULL))) return;
    IMFMediaEvent_SetUINT32(event, &MF_EVENT_SESSIONCAPS, caps);
    IMFMediaEvent_SetUINT32(event, &MF_EVENT_SESSIONCAPS_DELTA, delta);
    queue(session, event);
}

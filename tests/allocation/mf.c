/*
 * mf without memory: scenarios, over and over, with another allocation of the DLL's own failing each time. Linked with
 * its object files, so that its allocator can be replaced; mfplat's memory is its own. Every call has to succeed or to
 * fail with E_OUTOFMEMORY, no wait may last for ever, and the end has to leave no memory behind.
 */
#include "mf_scenario.h"

#include <stdio.h>

enum
{
    PATIENCE = 20000 /* milliseconds until a wait gives up: only reached when something hangs */
};

static const char *current; /* the scenario */
static int wrong;

void complain(const char *what, HRESULT result)
{
    printf("# %s, allocation %ld: %s: %#lx\n", current, failing_allocation(), what, result);
    wrong++;
}

int worked(HRESULT result, const char *what)
{
    if (FAILED(result) && (result != E_OUTOFMEMORY || !failing_allocation())) complain(what, result);
    return SUCCEEDED(result);
}

void drop(void *object)
{
    IUnknown **place = object;

    if (*place) IUnknown_Release(*place);
    *place = NULL;
}

/* ---- Callbacks on the stack, without references ------------------------------------------------------------------ */

struct listener
{
    IMFSampleGrabberSinkCallback iface;
    IMFAsyncCallback timer;
    HANDLE called;
};

static HRESULT STDMETHODCALLTYPE listener_QueryInterface(IMFSampleGrabberSinkCallback *iface, REFIID iid, void **out)
{
    BOOL has = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFClockStateSink) ||
               IsEqualIID(iid, &IID_IMFSampleGrabberSinkCallback);

    *out = has ? iface : NULL;
    return has ? S_OK : E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE listener_AddRef(IMFSampleGrabberSinkCallback *iface)
{
    (void)iface;
    return 2;
}

static HRESULT STDMETHODCALLTYPE listener_at(IMFSampleGrabberSinkCallback *iface, MFTIME time)
{
    (void)iface;
    (void)time;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE listener_start(IMFSampleGrabberSinkCallback *iface, MFTIME time, LONGLONG offset)
{
    (void)iface;
    (void)time;
    (void)offset;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE listener_rate(IMFSampleGrabberSinkCallback *iface, MFTIME time, float rate)
{
    (void)iface;
    (void)time;
    (void)rate;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE listener_clock(IMFSampleGrabberSinkCallback *iface, IMFPresentationClock *clock)
{
    (void)iface;
    (void)clock;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE listener_sample(IMFSampleGrabberSinkCallback *iface, REFGUID major, DWORD flags,
                                                 LONGLONG time, LONGLONG duration, const BYTE *data, DWORD size)
{
    (void)major;
    (void)flags;
    (void)time;
    (void)duration;
    (void)data;
    (void)size;
    SetEvent(CONTAINING_RECORD(iface, struct listener, iface)->called);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE listener_end(IMFSampleGrabberSinkCallback *iface)
{
    (void)iface;
    return S_OK;
}

static IMFSampleGrabberSinkCallbackVtbl listener_vtbl = {
    listener_QueryInterface, listener_AddRef, listener_AddRef, listener_start, listener_at, listener_at, listener_at,
    listener_rate,           listener_clock,  listener_sample, listener_end,
};

static HRESULT STDMETHODCALLTYPE timer_QueryInterface(IMFAsyncCallback *iface, REFIID iid, void **out)
{
    BOOL has = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFAsyncCallback);

    *out = has ? iface : NULL;
    return has ? S_OK : E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE timer_AddRef(IMFAsyncCallback *iface)
{
    (void)iface;
    return 2;
}

static HRESULT STDMETHODCALLTYPE timer_GetParameters(IMFAsyncCallback *iface, DWORD *flags, DWORD *queue)
{
    (void)iface;
    (void)flags;
    (void)queue;
    return E_NOTIMPL;
}

static HRESULT STDMETHODCALLTYPE timer_Invoke(IMFAsyncCallback *iface, IMFAsyncResult *result)
{
    (void)result;
    SetEvent(CONTAINING_RECORD(iface, struct listener, timer)->called);
    return S_OK;
}

static IMFAsyncCallbackVtbl timer_vtbl = {timer_QueryInterface, timer_AddRef, timer_AddRef, timer_GetParameters,
                                          timer_Invoke};

/* A listener counts no references, and the platform's threads may let go of it after the scenario's end: it is static.
 */
static void listener_init(struct listener *listener)
{
    listener->iface.lpVtbl = &listener_vtbl;
    listener->timer.lpVtbl = &timer_vtbl;
    if (!listener->called) listener->called = CreateEventA(NULL, FALSE, FALSE, NULL);
    ResetEvent(listener->called);
}

static void wait_for(struct listener *listener, const char *what)
{
    if (WaitForSingleObject(listener->called, PATIENCE)) complain(what, MF_E_TIMER_ORPHANED);
}

/* ---- Clock, grabber, quality manager, topology ------------------------------------------------------------------- */

static IMFPresentationClock *make_clock(void)
{
    IMFPresentationTimeSource *source = NULL;
    IMFPresentationClock *clock = NULL;

    if (!WORKED(MFCreatePresentationClock(&clock))) return NULL;
    MFCreateSystemTimeSource(&source);
    WORKED(IMFPresentationClock_SetTimeSource(clock, source));
    drop(&source);
    return clock;
}

static void end_clock(IMFPresentationClock *clock)
{
    IMFShutdown *shutdown = NULL;

    IMFPresentationClock_QueryInterface(clock, &IID_IMFShutdown, (void **)&shutdown);
    WORKED(IMFShutdown_Shutdown(shutdown));
    drop(&shutdown);
    IMFPresentationClock_Release(clock);
}

static void clock_scenario(void)
{
    IMFPresentationClock *clock = make_clock();
    static struct listener listener;
    IUnknown *key = NULL;
    IMFTimer *timer = NULL;

    if (!clock) return;
    listener_init(&listener);
    WORKED(IMFPresentationClock_AddClockStateSink(clock, (IMFClockStateSink *)&listener.iface));
    IMFPresentationClock_QueryInterface(clock, &IID_IMFTimer, (void **)&timer);
    if (WORKED(IMFPresentationClock_Start(clock, 0)))
    {
        if (WORKED(IMFTimer_SetTimer(timer, 0, 1000, &listener.timer, NULL, &key))) wait_for(&listener, "the timer");
        drop(&key);
        if (WORKED(IMFTimer_SetTimer(timer, MFTIMER_RELATIVE, INT_MAX, &listener.timer, NULL, &key)))
            WORKED(IMFTimer_CancelTimer(timer, key));
        drop(&key);
        WORKED(IMFPresentationClock_Pause(clock));
        WORKED(IMFPresentationClock_Start(clock, PRESENTATION_CURRENT_POSITION));
        WORKED(IMFPresentationClock_Stop(clock));
    }
    drop(&timer);
    end_clock(clock);
}

static IMFMediaType *pcm_type(void)
{
    IMFMediaType *type = NULL;

    MFCreateMediaType(&type);
    IMFMediaType_SetGUID(type, &MF_MT_MAJOR_TYPE, &MFMediaType_Audio);
    IMFMediaType_SetGUID(type, &MF_MT_SUBTYPE, &MFAudioFormat_PCM);
    return type;
}

static void give_sample(IMFStreamSink *stream, struct listener *listener)
{
    IMFMediaBuffer *buffer = NULL;
    IMFSample *sample = NULL;

    MFCreateSample(&sample);
    MFCreateMemoryBuffer(4, &buffer);
    IMFMediaBuffer_SetCurrentLength(buffer, 4);
    IMFSample_AddBuffer(sample, buffer);
    IMFSample_SetSampleTime(sample, 0);
    IMFSample_SetSampleDuration(sample, 10);
    if (WORKED(IMFStreamSink_ProcessSample(stream, sample))) wait_for(listener, "the sample");
    drop(&buffer);
    drop(&sample);
}

/* The clock tells the sink of its start on another thread. */
static void wait_for_start(IMFStreamSink *stream)
{
    IMFMediaEvent *event;
    MediaEventType type = MEUnknown;

    for (int i = 0; i < PATIENCE && type != MEStreamSinkStarted; i++)
    {
        if (FAILED(IMFStreamSink_GetEvent(stream, MF_EVENT_FLAG_NO_WAIT, &event)))
        {
            Sleep(1);
            continue;
        }
        IMFMediaEvent_GetType(event, &type);
        IMFMediaEvent_Release(event);
    }
    if (type != MEStreamSinkStarted) complain("the start", E_PENDING);
}

static void use_grabber(IMFMediaSink *sink, struct listener *listener)
{
    IMFPresentationClock *clock = make_clock();
    IMFStreamSink *stream = NULL;

    if (!clock) return;
    WORKED(IMFMediaSink_GetStreamSinkByIndex(sink, 0, &stream));
    if (WORKED(IMFMediaSink_SetPresentationClock(sink, clock)) && WORKED(IMFPresentationClock_Start(clock, 0)))
    {
        wait_for_start(stream);
        give_sample(stream, listener);
        WORKED(IMFStreamSink_PlaceMarker(stream, MFSTREAMSINK_MARKER_DEFAULT, NULL, NULL));
        WORKED(IMFStreamSink_Flush(stream));
        WORKED(IMFPresentationClock_Stop(clock));
    }
    drop(&stream);
    end_clock(clock);
}

static void grabber_scenario(void)
{
    IMFMediaType *type = pcm_type();
    IMFActivate *activate = NULL;
    IMFMediaSink *sink = NULL;
    static struct listener listener;

    listener_init(&listener);
    if (WORKED(MFCreateSampleGrabberSinkActivate(type, &listener.iface, &activate)) &&
        WORKED(IMFActivate_ActivateObject(activate, &IID_IMFMediaSink, (void **)&sink)))
    {
        use_grabber(sink, &listener);
        WORKED(IMFMediaSink_Shutdown(sink));
    }
    drop(&sink);
    drop(&activate);
    drop(&type);
}

/* A source node without a source, a transform node, an output node, connected. */
static IMFTopology *make_topology(void)
{
    static const MF_TOPOLOGY_TYPE types[] = {MF_TOPOLOGY_SOURCESTREAM_NODE, MF_TOPOLOGY_TRANSFORM_NODE,
                                             MF_TOPOLOGY_OUTPUT_NODE};
    IMFTopologyNode *node = NULL, *before = NULL;
    IMFTopology *topology = NULL;

    if (!WORKED(MFCreateTopology(&topology))) return NULL;
    for (int i = 0; i < 3; i++)
    {
        if (!WORKED(MFCreateTopologyNode(types[i], &node))) break;
        WORKED(IMFTopology_AddNode(topology, node));
        if (before) WORKED(IMFTopologyNode_ConnectOutput(before, 0, node, 0));
        drop(&before);
        before = node;
        node = NULL;
    }
    drop(&before);
    return topology;
}

static void topology_scenario(void)
{
    IMFTopology *topology = make_topology(), *copy = NULL;
    IMFCollection *nodes = NULL;

    if (!topology) return;
    if (WORKED(MFCreateTopology(&copy))) WORKED(IMFTopology_CloneFrom(copy, topology));
    if (WORKED(IMFTopology_GetOutputNodeCollection(topology, &nodes))) drop(&nodes);
    WORKED(IMFTopology_Clear(topology));
    drop(&copy);
    drop(&topology);
}

static void quality_scenario(void)
{
    IMFQualityManager *manager = NULL;
    IMFTopology *topology = make_topology();
    IMFPresentationClock *clock = make_clock();

    if (WORKED(MFCreateStandardQualityManager(&manager)))
    {
        if (topology) WORKED(IMFQualityManager_NotifyTopology(manager, topology));
        if (clock) WORKED(IMFQualityManager_NotifyPresentationClock(manager, clock));
        WORKED(IMFQualityManager_Shutdown(manager));
    }
    drop(&manager);
    drop(&topology);
    if (clock) end_clock(clock);
}

static void small_objects_scenario(void)
{
    IMFTranscodeProfile *profile = NULL;
    IMFSequencerSource *sequencer = NULL;
    IMFMediaTypeHandler *handler = NULL;
    IMFTopoLoader *loader = NULL;
    IMFMediaSource *source = NULL;

    if (WORKED(MFCreateTranscodeProfile(&profile))) drop(&profile);
    if (WORKED(MFCreateSimpleTypeHandler(&handler))) drop(&handler);
    if (WORKED(MFCreateTopoLoader(&loader))) drop(&loader);
    if (WORKED(MFCreateSequencerSource(NULL, &sequencer)) &&
        WORKED(IUnknown_QueryInterface((IUnknown *)sequencer, &IID_IMFMediaSource, (void **)&source)))
        WORKED(IMFMediaSource_Shutdown(source));
    drop(&source);
    drop(&sequencer);
}

/* ---- A session --------------------------------------------------------------------------------------------------- */

static HRESULT next_event(IMFMediaSession *session, MediaEventType *type, HRESULT *status)
{
    IMFMediaEvent *event;
    HRESULT hr = MF_E_NO_EVENTS_AVAILABLE;

    for (int i = 0; i < PATIENCE && hr == MF_E_NO_EVENTS_AVAILABLE; i++)
    {
        hr = IMFMediaSession_GetEvent(session, MF_EVENT_FLAG_NO_WAIT, &event);
        if (hr == MF_E_NO_EVENTS_AVAILABLE) Sleep(1);
    }
    if (FAILED(hr)) return hr;
    IMFMediaEvent_GetType(event, type);
    IMFMediaEvent_GetStatus(event, status);
    IMFMediaEvent_Release(event);
    return S_OK;
}

/* "exactly one MESessionClosed": it comes whatever went wrong before. */
static void close_session(IMFMediaSession *session)
{
    MediaEventType type = MEUnknown;
    HRESULT status = S_OK, hr = S_OK;

    if (!WORKED(IMFMediaSession_Close(session))) return;
    while (type != MESessionClosed && SUCCEEDED(hr))
        hr = next_event(session, &type, &status);
    if (type != MESessionClosed) complain("MESessionClosed", hr);
}

static void session_scenario(void)
{
    IMFMediaSession *session = NULL;
    IMFTopology *topology = NULL;
    IMFClock *clock = NULL;

    if (!WORKED(MFCreateMediaSession(NULL, &session))) return;
    if (WORKED(MFCreateTopology(&topology))) IMFMediaSession_SetTopology(session, 0, topology);
    drop(&topology);
    if (WORKED(IMFMediaSession_GetClock(session, &clock))) drop(&clock);
    WORKED(IMFMediaSession_ClearTopologies(session));
    close_session(session);
    WORKED(IMFMediaSession_Shutdown(session));
    drop(&session);
}

/* ---- All of them ------------------------------------------------------------------------------------------------- */

static const struct
{
    const char *name;
    void (*run)(void);
} scenarios[] = {
    {"clock", clock_scenario},
    {"sample grabber", grabber_scenario},
    {"topology", topology_scenario},
    {"quality manager", quality_scenario},
    {"objects that are made and released", small_objects_scenario},
    {"session", session_scenario},
    {"session that plays about", play_scenario},
    {"session that plays to the end", to_the_end_scenario},
    {"resolution of a topology", resolve_scenario},
    {"sequencer", sequencer_scenario},
    {"aggregate source", aggregate_scenario},
    {"ASF", asf_scenario},
};

int main(int argc, char **argv)
{
    const char *only = argc > 1 ? argv[1] : NULL;
    int failures = 0;

    setvbuf(stdout, NULL, _IONBF, 0);
    MFStartup(MF_VERSION, MFSTARTUP_FULL);
    for (size_t i = 0; i < ARRAYSIZE(scenarios); i++)
    {
        struct allocation_counts counts = {0};
        BOOL good;

        current = scenarios[i].name;
        wrong = 0;
        if (!only || !strcmp(only, current)) each_allocation(scenarios[i].run, NULL, &counts);
        good = !wrong && !counts.left && !counts.leaks && (only || counts.failed);
        printf("%sok %d - %s: %ld allocations, %ld failed in turn\n", good ? "" : "not ", (int)i + 1, current,
               counts.allocations, counts.failed);
        failures += !good;
    }
    MFShutdown();
    printf("1..%d\n", (int)ARRAYSIZE(scenarios));
    return failures != 0;
}

/*
 * A media session and who calls it when: Close inside a callback of its own events, Close while another thread starts,
 * the last reference in a callback (nf-mfidl-imfmediasession-close, -start).
 */
#include "mf_session_play.h"

enum
{
    ROUNDS = 60
};

/* ---- An application that acts inside its callback --------------------------------------------------------------- */

struct application
{
    IMFAsyncCallback iface; /* without references */
    IMFMediaSession *session;
    MediaEventType close_at; /* Close is called inside the callback with this event */
    BOOL let_go;             /* Shutdown and the last Release inside the callback with MESessionClosed */
    HRESULT closing;         /* what Close returned */
    ULONG references;        /* left after the Release */
    unsigned closed;         /* events of that type */
    HANDLE done;
};

static HRESULT WINAPI application_QueryInterface(IMFAsyncCallback *iface, REFIID iid, void **out)
{
    BOOL has = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFAsyncCallback);

    *out = has ? iface : NULL;
    return has ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI application_AddRef(IMFAsyncCallback *iface)
{
    (void)iface;
    return 2;
}

static HRESULT WINAPI application_GetParameters(IMFAsyncCallback *iface, DWORD *flags, DWORD *queue)
{
    (void)iface;
    (void)flags;
    (void)queue;
    return E_NOTIMPL;
}

static HRESULT WINAPI application_Invoke(IMFAsyncCallback *iface, IMFAsyncResult *result)
{
    struct application *application = CONTAINING_RECORD(iface, struct application, iface);
    MediaEventType type = MEUnknown;
    IMFMediaEvent *event;

    if (FAILED(IMFMediaSession_EndGetEvent(application->session, result, &event))) return S_OK;
    IMFMediaEvent_GetType(event, &type);
    IMFMediaEvent_Release(event);
    if (type == application->close_at && application->closing == E_PENDING)
        application->closing = IMFMediaSession_Close(application->session);
    if (type != MESessionClosed) return IMFMediaSession_BeginGetEvent(application->session, iface, NULL);

    application->closed++;
    if (application->let_go)
    {
        IMFMediaSession_Shutdown(application->session);
        application->references = IMFMediaSession_Release(application->session);
        application->session = NULL;
    }
    SetEvent(application->done);
    return S_OK;
}

static IMFAsyncCallbackVtbl application_table = {application_QueryInterface, application_AddRef, application_AddRef,
                                                 application_GetParameters, application_Invoke};

/* Plays until the application closes; returns whether MESessionClosed came once and nothing is left. */
static BOOL close_inside(MediaEventType close_at, BOOL let_go)
{
    struct rig *rig = play_rig();
    IMFMediaSource *source = rig_source(rig, &(struct rig_source_options){.samples = 5});
    IMFMediaSink *sink = rig_sink(rig, &(struct rig_sink_options){.finalizable = TRUE});
    IMFTopology *topology = rig_topology(rig, source, NULL, sink);
    /* The platform lets go of a callback some time after it has returned: no case may take its memory with it. */
    static struct application application;
    PROPVARIANT empty = {.vt = VT_EMPTY};
    char leaked[256] = "";
    unsigned left;
    BOOL came;

    application = (struct application){.iface.lpVtbl = &application_table,
                                       .close_at = close_at,
                                       .let_go = let_go,
                                       .closing = E_PENDING,
                                       .done = CreateEventW(NULL, TRUE, FALSE, NULL)};
    if (FAILED(pMFCreateMediaSession(NULL, &application.session))) return FALSE;
    IMFMediaSession_BeginGetEvent(application.session, &application.iface, NULL);
    IMFMediaSession_SetTopology(application.session, MFSESSION_SETTOPOLOGY_NORESOLUTION, topology);
    IMFMediaSession_Start(application.session, NULL, &empty);
    came = WaitForSingleObject(application.done, RIG_PATIENCE) == WAIT_OBJECT_0;
    if (!came || FAILED(application.closing))
        note("event %lu: Close gives %#lx, MESessionClosed %s", close_at, application.closing,
             came ? "comes" : "is missing");
    if (application.session)
    {
        IMFMediaSession_Shutdown(application.session);
        application.references = IMFMediaSession_Release(application.session);
    }
    IMFTopology_Release(topology);
    rig_finish(rig, source, sink);
    left = rig_end(rig, leaked, sizeof(leaked));
    if (left) note("event %lu: %u objects are left: %s", close_at, left, leaked);
    CloseHandle(application.done);
    return came && application.closing == S_OK && application.closed == 1 && !application.references && !left;
}

static void in_callback(void)
{
    static const MediaEventType events[] = {MESessionTopologySet, MESessionTopologyStatus, MESessionStarted,
                                            MEEndOfPresentation, MESessionEnded};
    int good = 1;

    for (unsigned i = 0; i < COUNT_OF(events); i++)
        good = close_inside(events[i], FALSE) && good;
    CHECK(IMFMediaSession_Close, in_callback,
          "(called inside the callback of any event, the Media Session sends its one MESessionClosed)", good);
    CHECK(IMFMediaSession_Release, in_callback,
          "(the session can be shut down and released inside the callback with MESessionClosed)",
          close_inside(MESessionStarted, TRUE));
}

/* ---- Close against another thread ------------------------------------------------------------------------------- */

struct racer
{
    struct rig_player *player;
    HANDLE go;
    HRESULT (*call)(struct rig_player *player);
    HRESULT result;
};

static DWORD WINAPI race(void *context)
{
    struct racer *racer = context;

    WaitForSingleObject(racer->go, INFINITE);
    racer->result = racer->call(racer->player);
    return 0;
}

static HRESULT seek_back(struct rig_player *player)
{
    return rig_seek(player, 0);
}

static HRESULT set_again(struct rig_player *player)
{
    return IMFMediaSession_SetTopology(rig_session(player), MFSESSION_SETTOPOLOGY_CLEAR_CURRENT, NULL);
}

static HRESULT stop(struct rig_player *player)
{
    return IMFMediaSession_Stop(rig_session(player));
}

static HRESULT pause(struct rig_player *player)
{
    return IMFMediaSession_Pause(rig_session(player));
}

/* One round: `call` on one thread, Close on this one, at once; the call's event comes if it was accepted, once. */
static BOOL one_round(HRESULT (*call)(struct rig_player *player), MediaEventType event, BOOL running)
{
    struct racer racer = {.call = call, .go = CreateEventW(NULL, TRUE, FALSE, NULL)};
    struct play play;
    HRESULT closing, closed = RIG_NO_EVENT;
    unsigned expected;
    HANDLE thread;
    BOOL good;

    if (!play_new(&play, 0, TRUE, TRUE)) return FALSE;
    if (running) play_start(&play);
    racer.player = play.player;
    expected = rig_event_count(play.player, event);
    thread = CreateThread(NULL, 0, race, &racer, 0, NULL);
    SetEvent(racer.go);
    closing = IMFMediaSession_Close(play.session);
    if (SUCCEEDED(closing)) closed = rig_wait_long(play.player, MESessionClosed, RIG_PATIENCE);
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
    CloseHandle(racer.go);
    /* What came after MESessionClosed was refused; the player asks for no event after that. */
    good = closing == S_OK && closed == S_OK && rig_event_count(play.player, MESessionClosed) == 1 &&
           rig_event_count(play.player, event) <= expected + 1;
    if (!good) note("event %lu: Close gives %#lx, MESessionClosed has %#lx", event, closing, closed);
    return play_end(&play, MF_E_INVALIDREQUEST) && good;
}

static BOOL rounds(HRESULT (*call)(struct rig_player *player), MediaEventType event, BOOL running)
{
    BOOL good = TRUE;

    for (unsigned i = 0; i < ROUNDS && good; i++)
        good = one_round(call, event, running);
    return good;
}

static void racing(void)
{
    CHECK(IMFMediaSession_Close, races_start, "(Start from another thread at the same time: both end, nothing is left)",
          rounds(rig_play, MESessionStarted, FALSE));
    CHECK(IMFMediaSession_Close, races_seek, "(a seek from another thread at the same time)",
          rounds(seek_back, MESessionStarted, TRUE));
    CHECK(IMFMediaSession_Close, races_stop, "(Stop from another thread at the same time)",
          rounds(stop, MESessionStopped, TRUE));
    CHECK(IMFMediaSession_Close, races_pause, "(Pause from another thread at the same time)",
          rounds(pause, MESessionPaused, TRUE));
    CHECK(IMFMediaSession_Close, races_clear, "(the topology is cleared from another thread at the same time)",
          rounds(set_again, MESessionTopologySet, TRUE));
}

static const struct test_case cases[] = {
    {"Close in a callback", in_callback}, {"Close in a race", racing}, {NULL, NULL}};
const struct group session_races_group = {"session_races", __FILE__, cases};

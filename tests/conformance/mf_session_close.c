/*
 * IMFMediaSession::Close and Shutdown (nf-mfidl-imfmediasession-close, -shutdown; mesessionclosed;
 * nn-mfidl-imffinalizablemediasink; mf-toponode-noshutdown-on-remove-attribute): from every state, with components that
 * fail, answer late or never.
 */
#include "mf_session_play.h"

/* Close and the wait for its event. */
static HRESULT close_and_wait(struct play *play)
{
    HRESULT hr = IMFMediaSession_Close(play->session);

    return FAILED(hr) ? hr : rig_wait_long(play->player, MESessionClosed, RIG_PATIENCE);
}

/* What a closed session still does, and what not. */
static void closed_session(void)
{
    struct play play;
    IMFTopology *topology = NULL;
    IMFClock *clock = NULL;
    DWORD caps = 1;

    if (!play_new(&play, 0, TRUE, TRUE)) return;
    play_start(&play);
    CHECK(IMFMediaSession_Close, S_OK,
          "When the operation completes, the Media Session sends an MESessionClosed event.", OK(close_and_wait(&play)));
    CHECK(IMFMediaSession_GetClock, closed, "the only valid methods on the Media Session are the following: GetClock",
          OK(IMFMediaSession_GetClock(play.session, &clock)));
    drop(&clock);
    CHECK(IMFMediaSession_GetFullTopology, closed, "the only valid methods ... GetFullTopology",
          OK(IMFMediaSession_GetFullTopology(play.session, MFSESSION_GETFULLTOPOLOGY_CURRENT, 0, &topology)));
    drop(&topology);
    CHECK(IMFMediaSession_GetSessionCapabilities, closed, "the only valid methods ... GetSessionCapabilities",
          OK(IMFMediaSession_GetSessionCapabilities(play.session, &caps)) && caps == 0);

    CHECK(IMFMediaSession_Start, closed,
          "All other methods return MF_E_INVALIDREQUEST, or else queue an event with that "
          "error code.",
          OK(rig_play(play.player)));
    CHECK(IMFMediaSession_Close, twice,
          "All other methods return MF_E_INVALIDREQUEST, or else queue an event with that "
          "error code.",
          GIVES(MF_E_INVALIDREQUEST, IMFMediaSession_Close(play.session)));
    CHECK(IMFMediaSession_Shutdown, S_OK, "the only valid methods ... Shutdown",
          OK(IMFMediaSession_Shutdown(play.session)));
    CHECK(IMFMediaSession_Close, once, "This event is the last event that the Media Session queues.",
          rig_event_count(play.player, MESessionClosed) == 1);
    CHECK(IMFMediaSession_Close, releases, "Closes the Media Session and releases all of the resources it is using.",
          play_end(&play, MF_E_SHUTDOWN));
}

static void shut_down_session(void)
{
    IMFMediaSession *session = NULL;
    PROPVARIANT empty = {.vt = VT_EMPTY};
    IMFTopology *topology = NULL;
    IMFMediaEvent *event = NULL;
    IMFClock *clock = NULL;
    DWORD caps;

    if (FAILED(pMFCreateMediaSession(NULL, &session))) return;
    IMFMediaSession_Shutdown(session);
    CHECK(IMFMediaSession_Start, MF_E_SHUTDOWN, "The Media Session has been shut down.",
          GIVES(MF_E_SHUTDOWN, IMFMediaSession_Start(session, NULL, &empty)));
    CHECK(IMFMediaSession_Pause, MF_E_SHUTDOWN, "The Media Session has been shut down.",
          GIVES(MF_E_SHUTDOWN, IMFMediaSession_Pause(session)));
    CHECK(IMFMediaSession_Stop, MF_E_SHUTDOWN, "The Media Session has been shut down.",
          GIVES(MF_E_SHUTDOWN, IMFMediaSession_Stop(session)));
    CHECK(IMFMediaSession_Close, MF_E_SHUTDOWN, "The Media Session has been shut down.",
          GIVES(MF_E_SHUTDOWN, IMFMediaSession_Close(session)));
    CHECK(IMFMediaSession_SetTopology, MF_E_SHUTDOWN, "The Media Session has been shut down.",
          GIVES(MF_E_SHUTDOWN, IMFMediaSession_SetTopology(session, 0, NULL)));
    CHECK(IMFMediaSession_ClearTopologies, MF_E_SHUTDOWN, "The Media Session has been shut down.",
          GIVES(MF_E_SHUTDOWN, IMFMediaSession_ClearTopologies(session)));
    CHECK(IMFMediaSession_GetClock, MF_E_SHUTDOWN, "The Media Session has been shut down.",
          GIVES(MF_E_SHUTDOWN, IMFMediaSession_GetClock(session, &clock)));
    CHECK(IMFMediaSession_GetSessionCapabilities, MF_E_SHUTDOWN, "The Media Session has been shut down.",
          GIVES(MF_E_SHUTDOWN, IMFMediaSession_GetSessionCapabilities(session, &caps)));
    CHECK(IMFMediaSession_GetFullTopology, MF_E_SHUTDOWN, "The Media Session has been shut down.",
          GIVES(MF_E_SHUTDOWN, IMFMediaSession_GetFullTopology(session, 0, 0, &topology)));
    CHECK(IMFMediaSession_GetEvent, MF_E_SHUTDOWN, "The object's Shutdown method was called.",
          GIVES(MF_E_SHUTDOWN, IMFMediaSession_GetEvent(session, MF_EVENT_FLAG_NO_WAIT, &event)));
    CHECK(IMFMediaSession_Shutdown, MF_E_SHUTDOWN,
          "After this method is called, other IMFMediaSession methods return "
          "MF_E_SHUTDOWN.",
          GIVES(MF_E_SHUTDOWN, IMFMediaSession_Shutdown(session)));
    CHECK(IMFMediaSession_Shutdown, references, "before the final call to IUnknown::Release", gone(&session));
}

/* In each state: Close comes to its end, sinks finalize before it, and nothing is left. */
static void from_states(void)
{
    struct play play;

    if (play_new(&play, 0, TRUE, TRUE))
        CHECK(IMFMediaSession_Close, from_stopped, "Closes the Media Session", play_end(&play, S_OK));
    if (play_new(&play, 0, TRUE, TRUE))
    {
        rig_play(play.player);
        CHECK(IMFMediaSession_Close, from_starting, "Closes the Media Session", play_end(&play, S_OK));
    }
    if (play_new(&play, 0, TRUE, TRUE))
    {
        play_start(&play);
        IMFMediaSession_Pause(play.session);
        rig_wait(play.player, MESessionPaused);
        CHECK(IMFMediaSession_Close, from_paused, "Closes the Media Session", play_end(&play, S_OK));
    }
    if (play_new(&play, 0, TRUE, TRUE))
    {
        play_start(&play);
        IMFMediaSession_Stop(play.session);
        CHECK(IMFMediaSession_Close, from_stopping, "Closes the Media Session", play_end(&play, S_OK));
    }
    if (play_new(&play, 3, FALSE, TRUE))
    {
        play_start(&play);
        rig_wait(play.player, MEEndOfPresentation);
        CHECK(IMFMediaSession_Close, from_end, "Closes the Media Session", play_end(&play, S_OK));
    }
    if (play_new(&play, 0, FALSE, FALSE))
    {
        play_set(&play, 0);
        CHECK(IMFMediaSession_Close, from_resolving, "Closes the Media Session", play_end(&play, S_OK));
    }
    if (play_new(&play, 0, TRUE, TRUE))
    {
        rig_fault(play.rig, "source:0.RequestSample", 3, RIG_FAIL, E_ABORT);
        play_start(&play);
        rig_wait_long(play.player, MEError, RIG_PATIENCE);
        CHECK(IMFMediaSession_Close, from_error, "Closes the Media Session",
              rig_event_count(play.player, MEError) == 1 && play_end(&play, S_OK));
    }
}

/* What had not ended ends with its one event, before MESessionClosed. */
static void pending(void)
{
    struct play play;
    struct rig_event started = {0}, paused = {0};
    int good;

    if (!play_new(&play, 0, TRUE, TRUE)) return;
    rig_fault(play.rig, "source.Start", 1, RIG_NEVER, S_OK);
    rig_play(play.player);
    IMFMediaSession_Pause(play.session);
    rig_wait_call(play.rig, "source.Start", 1);
    good = OK(close_and_wait(&play)) && play_event(&play, MESessionStarted, 0, &started) &&
           play_event(&play, MESessionPaused, 0, &paused) && play_before(&play, MESessionPaused, MESessionClosed);
    CHECK(IMFMediaSession_Close, cancels, "(every operation that is under way gets its one event)",
          good && started.status == MF_E_OPERATION_CANCELLED && paused.status == MF_E_OPERATION_CANCELLED);
    play_end(&play, MF_E_INVALIDREQUEST);
}

/* Finalization: asked for, waited for, its failure told. */
static void finalization(void)
{
    struct play play;
    struct rig_sink_state state = {0};

    if (play_new(&play, 3, FALSE, TRUE))
    {
        play_start(&play);
        rig_wait(play.player, MESessionEnded);
        OK(close_and_wait(&play));
        rig_sink_state(play.sink, 0, &state);
        drop(&state.type);
        CHECK(IMFMediaSession_Close, finalizes,
              "the Media Session will call BeginFinalize on the sink before the session "
              "closes",
              state.finalized && rig_count(play.rig, "sink.BeginFinalize") == 1);
        play_end(&play, MF_E_INVALIDREQUEST);
    }
    if (play_new(&play, 3, FALSE, TRUE))
    {
        rig_fault(play.rig, "sink.BeginFinalize", 1, RIG_FAIL, E_ACCESSDENIED);
        CHECK(IMFMediaSession_Close, begin_fails, "(MESessionClosed comes with the error)",
              play_end(&play, E_ACCESSDENIED));
    }
    if (play_new(&play, 3, FALSE, TRUE))
    {
        rig_fault(play.rig, "sink.BeginFinalize", 1, RIG_FAIL_ANSWER, E_ACCESSDENIED);
        CHECK(IMFMediaSession_Close, end_fails, "(MESessionClosed comes with the error)",
              play_end(&play, E_ACCESSDENIED));
    }
    if (play_new(&play, 0, TRUE, TRUE))
    {
        rig_fault(play.rig, "source.Stop", 1, RIG_FAIL, E_ACCESSDENIED);
        play_start(&play);
        CHECK(IMFMediaSession_Close, source_fails, "(MESessionClosed comes with the error)",
              play_end(&play, E_ACCESSDENIED));
    }
}

/* What has become of the rig's sink of that name. */
static int is_finalized(IMFMediaSink *sink)
{
    struct rig_sink_state state = {0};

    rig_sink_state(sink, 0, &state);
    drop(&state.type);
    return state.finalized;
}

/* A session that plays into a sink "second" after one into `play`'s, whose node has MF_TOPONODE_NOSHUTDOWN_ON_REMOVE
 * `stays`. The second source is put into *source, both are the caller's. Returns NULL where it does not get there. */
static IMFMediaSink *replace_sink(struct play *play, BOOL stays, IMFMediaSource **source)
{
    IMFMediaSink *second;
    IMFTopology *topology;
    IMFTopologyNode *node;
    WORD count, index;
    HRESULT hr;

    if (!play_new(play, 3, FALSE, FALSE)) return NULL;
    *source = rig_source(play->rig, &(struct rig_source_options){.name = "another", .samples = 3});
    second = rig_sink(play->rig, &(struct rig_sink_options){.name = "second", .finalizable = TRUE});
    topology = rig_topology(play->rig, play->source, NULL, play->sink);
    IMFTopology_GetNodeCount(topology, &count);
    for (index = 0; index < count; index++)
    {
        IMFTopology_GetNode(topology, index, &node);
        IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_NOSHUTDOWN_ON_REMOVE, stays);
        IMFTopologyNode_Release(node);
    }
    IMFMediaSession_SetTopology(play->session, MFSESSION_SETTOPOLOGY_NORESOLUTION, topology);
    IMFTopology_Release(topology);
    topology = rig_topology(play->rig, *source, NULL, second);
    IMFMediaSession_SetTopology(play->session, MFSESSION_SETTOPOLOGY_NORESOLUTION, topology);
    IMFTopology_Release(topology);
    rig_play(play->player);
    hr = rig_wait(play->player, MESessionEnded);
    if (FAILED(hr)) note("the second topology ends with %#lx", (unsigned long)hr);
    return second;
}

static int end_replaced(struct play *play, IMFMediaSink *second, IMFMediaSource *source, HRESULT status)
{
    IMFMediaSource_Shutdown(source);
    IMFMediaSource_Release(source);
    IMFMediaSink_Release(second);
    return play_end(play, status);
}

/* Sinks of topologies that others have taken the place of. */
static void replaced_sinks(void)
{
    IMFMediaSource *source;
    IMFMediaSink *second;
    struct play play;

    if ((second = replace_sink(&play, TRUE, &source)))
    {
        CHECK(IMFMediaSession_SetTopology, stays,
              "When the Media Session switches to a new topology or clears the current topology, it does not shut down "
              "the object that belongs to this topology node.",
              !is_finalized(play.sink) && rig_count(play.rig, "sink.Shutdown") == 0);
        OK(close_and_wait(&play));
        CHECK(IMFMediaSession_Close, finalizes_replaced,
              "If a media sink exposes this interface, the Media Session will call BeginFinalize on the sink before "
              "the session closes. (One whose topology is gone as well.)",
              is_finalized(play.sink) && is_finalized(second) && rig_count(play.rig, "sink.BeginFinalize") == 1 &&
                  rig_count(play.rig, "second.BeginFinalize") == 1);
        CHECK(IMFMediaSession_Close, after_replacement,
              "Closes the Media Session and releases all of the resources it is using.",
              end_replaced(&play, second, source, MF_E_INVALIDREQUEST));
    }
    if ((second = replace_sink(&play, FALSE, &source)))
    {
        rig_wait_call(play.rig, "sink.Shutdown", 1);
        CHECK(IMFMediaSession_SetTopology, finalizes,
              "Output nodes: The session calls IMFMediaSink::Shutdown on the media sink. (It has finalized before.)",
              is_finalized(play.sink) && rig_count(play.rig, "sink.BeginFinalize") == 1 &&
                  rig_count(play.rig, "sink.EndFinalize") == 1 && rig_count(play.rig, "second.BeginFinalize") == 0);
        CHECK(IMFMediaSession_Close, after_finalization,
              "Closes the Media Session and releases all of the resources it is using.",
              end_replaced(&play, second, source, S_OK));
    }
}

/* Their failures are Close's; one that the application has shut down meanwhile is none. */
static void replaced_sinks_fail(void)
{
    IMFMediaSource *source;
    IMFMediaSink *second;
    struct play play;

    if ((second = replace_sink(&play, TRUE, &source)))
    {
        rig_fault(play.rig, "sink.BeginFinalize", 1, RIG_FAIL, E_ACCESSDENIED);
        CHECK(IMFMediaSession_Close, replaced_fails, "(MESessionClosed comes with the error)",
              end_replaced(&play, second, source, E_ACCESSDENIED));
    }
    if ((second = replace_sink(&play, TRUE, &source)))
    {
        IMFMediaSink_Shutdown(play.sink);
        CHECK(IMFMediaSession_Close, replaced_shut_down, "(the application was first)",
              end_replaced(&play, second, source, S_OK));
    }
    SetEnvironmentVariableA("CORK_MF_CLOSETIMEOUT", "200");
    if ((second = replace_sink(&play, TRUE, &source)))
    {
        rig_fault(play.rig, "sink.BeginFinalize", 1, RIG_NEVER, S_OK);
        CHECK(IMFMediaSession_Close, replaced_silent, "(MESessionClosed comes all the same)",
              end_replaced(&play, second, source, HRESULT_FROM_WIN32(ERROR_TIMEOUT)));
    }
    SetEnvironmentVariableA("CORK_MF_CLOSETIMEOUT", NULL);
}

/* A component that never answers: MESessionClosed comes all the same, when the time limit is over. */
static void no_answer(void)
{
    static const char *const silent[] = {"sink.BeginFinalize", "source.Stop"};
    HRESULT late = HRESULT_FROM_WIN32(ERROR_TIMEOUT);
    struct play play;
    int good = 1;

    SetEnvironmentVariableA("CORK_MF_CLOSETIMEOUT", "200");
    for (unsigned i = 0; i < COUNT_OF(silent); i++)
    {
        if (!play_new(&play, 0, TRUE, TRUE)) return;
        rig_fault(play.rig, silent[i], 1, RIG_NEVER, S_OK);
        play_start(&play);
        good = GIVES(late, close_and_wait(&play)) && good;
        good = rig_event_count(play.player, MESessionClosed) == 1 && good;
        rig_release(play.rig);
        play_end(&play, MF_E_INVALIDREQUEST);
    }
    SetEnvironmentVariableA("CORK_MF_CLOSETIMEOUT", NULL);
    CHECK(IMFMediaSession_Close, time_limit, "(a component that never answers does not hang Close)", good);
}

/* Takes events out of the session until one of that type comes; its status. */
static HRESULT next_event(IMFMediaSession *session, MediaEventType wanted)
{
    for (;;)
    {
        IMFMediaEvent *event = NULL;
        MediaEventType type = MEUnknown;
        HRESULT hr, status = S_OK;

        if (FAILED(hr = IMFMediaSession_GetEvent(session, 0, &event))) return hr;
        IMFMediaEvent_GetType(event, &type);
        IMFMediaEvent_GetStatus(event, &status);
        IMFMediaEvent_Release(event);
        if (type == wanted) return status;
    }
}

/* A component that does not even return from a call. The thread that calls it is mfplat's, by which callbacks of the
 * application may come too, so this one fetches its events itself. */
static void no_return(void)
{
    struct rig *rig = play_rig();
    IMFMediaSource *source = rig_source(rig, &(struct rig_source_options){0});
    IMFMediaSink *sink = rig_sink(rig, &(struct rig_sink_options){.clocked = TRUE});
    IMFTopology *topology = rig_topology(rig, source, NULL, sink);
    PROPVARIANT empty = {.vt = VT_EMPTY};
    IMFMediaSession *session = NULL;
    char leaked[256] = "";
    unsigned left;
    int good;

    if (FAILED(pMFCreateMediaSession(NULL, &session))) return;
    SetEnvironmentVariableA("CORK_MF_CLOSETIMEOUT", "200");
    rig_fault(rig, "source.Stop", 1, RIG_BLOCK, S_OK);
    IMFMediaSession_SetTopology(session, MFSESSION_SETTOPOLOGY_NORESOLUTION, topology);
    IMFMediaSession_Start(session, NULL, &empty);
    good = OK(next_event(session, MESessionStarted)) && OK(IMFMediaSession_Close(session)) &&
           GIVES(HRESULT_FROM_WIN32(ERROR_TIMEOUT), next_event(session, MESessionClosed)) &&
           OK(IMFMediaSession_Shutdown(session));
    CHECK(IMFMediaSession_Close, blocked, "(a component that does not return from a call does not hang Close)", good);
    rig_release(rig);
    drop(&session);
    drop(&topology);
    drop(&source);
    IMFMediaSink_Shutdown(sink);
    drop(&sink);
    left = rig_end(rig, leaked, sizeof(leaked));
    if (left) note("%u objects are left: %s", left, leaked);
    SetEnvironmentVariableA("CORK_MF_CLOSETIMEOUT", NULL);
    CHECK(IMFMediaSession_Close, blocked_leak, "(and when it returns, the session lets go of everything)", !left);
}

/* The same with an application that gets its events by callback, wherever the component is called. */
static void no_return_to_callback(void)
{
    static const char *const blocked[] = {
        "source.Start", "source:0.RequestSample", "sink:0.ProcessSample", "sink.OnClockStart",
        "source.Stop",  "sink.OnClockStop",       "sink.BeginFinalize"};
    struct play play;
    HRESULT status;
    int good, closed = 1, nothing_left = 1;

    SetEnvironmentVariableA("CORK_MF_CLOSETIMEOUT", "200");
    for (unsigned i = 0; i < COUNT_OF(blocked); i++)
    {
        if (!play_new(&play, 0, TRUE, TRUE)) return;
        rig_fault(play.rig, blocked[i], 1, RIG_BLOCK, S_OK);
        if (i < 4)
            good = OK(rig_play(play.player)) && rig_wait_call(play.rig, blocked[i], 1);
        else
            good = OK(play_start(&play));
        status = close_and_wait(&play);
        /* Who has not started need not stop, so that is not waited for. */
        if (!good || (status != HRESULT_FROM_WIN32(ERROR_TIMEOUT) && (status != S_OK || i != 3)))
        {
            printf("# %s does not return, MESessionClosed has %#lx\n", blocked[i], status);
            closed = 0;
        }
        closed = rig_event_count(play.player, MESessionClosed) == 1 && closed;
        rig_release(play.rig);
        nothing_left = play_end(&play, MF_E_INVALIDREQUEST) && nothing_left;
    }
    SetEnvironmentVariableA("CORK_MF_CLOSETIMEOUT", NULL);
    CHECK(IMFMediaSession_Close, blocked_callback,
          "(a component that does not return from a call does not keep MESessionClosed from a callback)", closed);
    CHECK(IMFMediaSession_Close, blocked_callback_leak, "(and when it returns, the session lets go of everything)",
          nothing_left);
}

/* Without Close, or without either: nothing is left. */
static void forgotten(void)
{
    struct rig *rig = play_rig();
    IMFMediaSource *source = rig_source(rig, &(struct rig_source_options){0});
    IMFMediaSink *sink = rig_sink(rig, &(struct rig_sink_options){.clocked = TRUE, .finalizable = TRUE});
    IMFTopology *topology = rig_topology(rig, source, NULL, sink);
    PROPVARIANT empty = {.vt = VT_EMPTY};
    IMFMediaSession *session = NULL;
    char leaked[256] = "";
    unsigned left;

    if (FAILED(pMFCreateMediaSession(NULL, &session))) return;
    IMFMediaSession_SetTopology(session, MFSESSION_SETTOPOLOGY_NORESOLUTION, topology);
    IMFMediaSession_Start(session, NULL, &empty);
    rig_wait_call(rig, "sink.ProcessSample", 1);
    drop(&session);
    drop(&topology);
    IMFMediaSource_Shutdown(source);
    drop(&source);
    drop(&sink);
    left = rig_end(rig, leaked, sizeof(leaked));
    if (left) note("%u objects are left: %s", left, leaked);
    CHECK(IMFMediaSession_Release, running, "(the last reference to a running session shuts it down)", !left);
}

static void without_close(void)
{
    struct rig_sink_state state = {0};
    struct play play;
    int shut;

    if (!play_new(&play, 0, TRUE, TRUE)) return;
    play_start(&play);
    OK(IMFMediaSession_Shutdown(play.session));
    rig_sink_state(play.sink, 0, &state);
    shut = state.shut_down;
    drop(&state.type);
    CHECK(IMFMediaSession_Shutdown, sinks,
          "When the Media Session shuts down, it always shuts down the media sinks ... in "
          "the current topology.",
          shut);
    CHECK(IMFMediaSession_Shutdown, releases,
          "Shuts down the Media Session and releases all the resources used by the "
          "Media Session.",
          play_end(&play, MF_E_SHUTDOWN));
}

static const struct test_case cases[] = {
    {"a closed session", closed_session},
    {"a session that is shut down", shut_down_session},
    {"from each state", from_states},
    {"pending operations", pending},
    {"finalization", finalization},
    {"sinks of topologies that are gone", replaced_sinks},
    {"failures of sinks of topologies that are gone", replaced_sinks_fail},
    {"no answer", no_answer},
    {"no return", no_return},
    {"no return, events by callback", no_return_to_callback},
    {"the last reference", forgotten},
    {"Shutdown without Close", without_close},
    {NULL, NULL},
};
const struct group session_close_group = {"session_close", __FILE__, cases};

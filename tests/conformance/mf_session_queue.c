/*
 * The queue of topologies: SetTopology's flags, ClearTopologies, the transition from one presentation to the next
 * (nf-mfidl-imfmediasession-settopology, ne-mfidl-mfsession_settopology_flags, ne-mfapi-mf_topostatus,
 * sequence-presentation-times).
 */
#include "mf_session_play.h"

enum
{
    NONE = MFSESSION_SETTOPOLOGY_NORESOLUTION
};

/* A further source into the sink of `play`, set with `flags`; the source is the caller's. */
static IMFMediaSource *set_another(struct play *play, unsigned samples, DWORD flags, HRESULT *hr)
{
    IMFMediaSource *source = rig_source(play->rig, &(struct rig_source_options){.name = "next", .samples = samples});
    IMFTopology *topology = rig_topology(play->rig, source, NULL, play->sink);

    *hr = IMFMediaSession_SetTopology(play->session, flags, topology);
    IMFTopology_Release(topology);
    return source;
}

static void end_source(IMFMediaSource *source)
{
    IMFMediaSource_Shutdown(source);
    IMFMediaSource_Release(source);
}

/* Two presentations, one after the other without a break. */
static void transition(void)
{
    struct rig_sink_state state = {0};
    IMFMediaSource *next;
    struct play play;
    HRESULT hr;

    if (!play_new(&play, 20, TRUE, TRUE)) return;
    next = set_another(&play, 20, NONE, &hr);
    CHECK(IMFMediaSession_SetTopology, queued,
          "the Media Session queues pTopology and starts the new presentation when the current presentation has "
          "completed",
          OK(hr) && OK(rig_wait(play.player, MESessionTopologySet)) && OK(play_start(&play)) &&
              OK(rig_wait(play.player, MESessionEnded)));
    rig_sink_state(play.sink, 0, &state);
    drop(&state.type);
    CHECK(IMFMediaSession_SetTopology, all_samples, "(both are played to their ends)", state.samples == 40);
    CHECK(IMFMediaSession_SetTopology, offset, "New time stamp = media time + offset - media start",
          state.last_time > 30 * (RIG_SECOND / 100));
    CHECK(IMFMediaSession_SetTopology, MESessionNotifyPresentationTime,
          "Before a new segment starts, the Media Session sends the application an MESessionNotifyPresentationTime "
          "event.",
          rig_event_count(play.player, MESessionNotifyPresentationTime) == 2);
    CHECK(
        IMFMediaSession_SetTopology, statuses,
        "The media sinks have switched from the previous topology to this topology. This status value is not sent for "
        "the first topology that is played.",
        rig_event_count(play.player, MESessionTopologyStatus) == 3 + 4);
    CHECK(IMFMediaSession_SetTopology, MESessionStarted,
          "For the first topology, the MESessionStarted event indicates that the media sinks have started receiving "
          "data.",
          rig_event_count(play.player, MESessionStarted) == 1 && rig_event_count(play.player, MESessionEnded) == 1);
    end_source(next);
    CHECK(IMFMediaSession_Close, after_transition, "Closes the Media Session", play_end(&play, S_OK));
}

/* Whether the current topology is of that source. */
static int current_is_of(struct play *play, IMFMediaSource *source)
{
    IMFMediaSource *of = NULL;
    IMFTopologyNode *node = NULL;
    IMFCollection *nodes = NULL;
    IMFTopology *topology = NULL;
    int is;

    if (FAILED(IMFMediaSession_GetFullTopology(play->session, MFSESSION_GETFULLTOPOLOGY_CURRENT, 0, &topology)))
        return 0;
    IMFTopology_GetSourceNodeCollection(topology, &nodes);
    IMFCollection_GetElement(nodes, 0, (IUnknown **)&node);
    IMFTopologyNode_GetUnknown(node, &MF_TOPONODE_SOURCE, &IID_IMFMediaSource, (void **)&of);
    is = of == source;
    drop(&of);
    drop(&node);
    drop(&nodes);
    drop(&topology);
    return is;
}

static void immediate(void)
{
    IMFMediaSource *next;
    struct play play;
    HRESULT hr;

    if (!play_new(&play, 0, TRUE, TRUE)) return;
    play_start(&play);
    next = set_another(&play, 5, NONE | MFSESSION_SETTOPOLOGY_IMMEDIATE, &hr);
    CHECK(IMFMediaSession_SetTopology, immediate,
          "the Media Session ends the current presentation immediately, clears all pending topologies, and uses "
          "pTopology "
          "to start a new presentation",
          OK(hr) && OK(rig_wait(play.player, MESessionTopologySet)) && OK(rig_wait(play.player, MESessionEnded)) &&
              current_is_of(&play, next));
    end_source(next);
    CHECK(IMFMediaSession_Close, after_immediate, "Closes the Media Session", play_end(&play, S_OK));
}

static void clear_current(void)
{
    IMFTopology *topology = NULL;
    IMFMediaSource *next;
    struct play play;
    HRESULT hr;

    if (!play_new(&play, 0, TRUE, TRUE)) return;
    next = set_another(&play, 5, NONE, &hr);
    rig_wait(play.player, MESessionTopologySet);
    CHECK(IMFMediaSession_SetTopology, clear_current,
          "If there is a pending topology on the queue, that topology will be loaded after the current topology is "
          "cleared.",
          OK(hr) && OK(IMFMediaSession_SetTopology(play.session, MFSESSION_SETTOPOLOGY_CLEAR_CURRENT, NULL)) &&
              OK(rig_wait(play.player, MESessionTopologySet)) && OK(play_start(&play)) && current_is_of(&play, next) &&
              OK(rig_wait(play.player, MESessionEnded)));
    CHECK(IMFMediaSession_SetTopology, clear_last, "Otherwise, playback simply stops.",
          OK(IMFMediaSession_SetTopology(play.session, MFSESSION_SETTOPOLOGY_CLEAR_CURRENT, NULL)) &&
              OK(rig_wait(play.player, MESessionTopologySet)) && GIVES(MF_E_INVALIDREQUEST, play_start(&play)) &&
              GIVES(MF_E_INVALIDREQUEST,
                    IMFMediaSession_GetFullTopology(play.session, MFSESSION_GETFULLTOPOLOGY_CURRENT, 0, &topology)));
    end_source(next);
    CHECK(IMFMediaSession_Close, after_clear, "Closes the Media Session", play_end(&play, S_OK));
}

/* The status of the next event of a type that comes after MESessionClosed, when the player asks for none any more. */
static HRESULT status_after_close(struct play *play, MediaEventType type)
{
    ULONGLONG end = GetTickCount64() + RIG_PATIENCE;
    HRESULT status = RIG_NO_EVENT;
    MediaEventType came = MEUnknown;
    IMFMediaEvent *event;

    while (came != type && GetTickCount64() < end)
    {
        if (FAILED(IMFMediaSession_GetEvent(play->session, MF_EVENT_FLAG_NO_WAIT, &event)))
        {
            Sleep(1);
            continue;
        }
        IMFMediaEvent_GetType(event, &came);
        if (came == type) IMFMediaEvent_GetStatus(event, &status);
        IMFMediaEvent_Release(event);
    }
    return status;
}

static void clear_topologies(void)
{
    IMFMediaSource *next;
    struct play play;
    HRESULT hr;

    if (!play_new(&play, 5, FALSE, TRUE)) return;
    next = set_another(&play, 5, NONE, &hr);
    rig_wait(play.player, MESessionTopologySet);
    CHECK(IMFMediaSession_ClearTopologies, S_OK,
          "When the operation completes, the Media Session sends an MESessionTopologiesCleared event.",
          OK(hr) && OK(IMFMediaSession_ClearTopologies(play.session)) &&
              OK(rig_wait(play.player, MESessionTopologiesCleared)));
    CHECK(IMFMediaSession_ClearTopologies, current,
          "This method does not clear the current topology; it only removes "
          "topologies that are placed in the queue, waiting for playback.",
          OK(play_start(&play)) && OK(rig_wait(play.player, MESessionEnded)) && current_is_of(&play, play.source) &&
              rig_count(play.rig, "next.Start") == 0);
    end_source(next);
    CHECK(IMFMediaSession_ClearTopologies, MF_E_INVALIDREQUEST,
          "The operation cannot be performed in the Media Session's current state.",
          OK(IMFMediaSession_Close(play.session)) && OK(rig_wait_long(play.player, MESessionClosed, RIG_PATIENCE)) &&
              OK(IMFMediaSession_ClearTopologies(play.session)) &&
              GIVES(MF_E_INVALIDREQUEST, status_after_close(&play, MESessionTopologiesCleared)));
    CHECK(IMFMediaSession_SetTopology, MF_E_INVALIDREQUEST,
          "The operation cannot be performed in the Media Session's current state.",
          OK(play_set(&play, MFSESSION_SETTOPOLOGY_NORESOLUTION)) &&
              GIVES(MF_E_INVALIDREQUEST, status_after_close(&play, MESessionTopologySet)));
    play_end(&play, MF_E_INVALIDREQUEST);
}

/* What was played to its end makes room for what is set then. */
static void after_end(void)
{
    IMFMediaSource *next;
    struct play play;
    HRESULT hr;

    if (!play_new(&play, 3, FALSE, TRUE)) return;
    play_start(&play);
    rig_wait(play.player, MESessionEnded);
    next = set_another(&play, 3, NONE, &hr);
    CHECK(IMFMediaSession_SetTopology, after_end,
          "If there is no current presentation, the new presentation starts immediately. (on the next call to Start)",
          OK(hr) && OK(rig_wait(play.player, MESessionTopologySet)) && OK(play_start(&play)) &&
              OK(rig_wait(play.player, MESessionEnded)) && current_is_of(&play, next));
    end_source(next);
    CHECK(IMFMediaSession_Close, after_second, "Closes the Media Session", play_end(&play, S_OK));
}

static const struct test_case cases[] = {
    {"transition", transition},
    {"immediate", immediate},
    {"clear the current one", clear_current},
    {"clear topologies", clear_topologies},
    {"after the end", after_end},
    {NULL, NULL},
};
const struct group session_queue_group = {"session_queue", __FILE__, cases};

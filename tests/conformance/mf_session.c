/*
 * IMFMediaSession: creation, commands and their events, getters (nf-mfidl-mfcreatemediasession,
 * nf-mfidl-imfmediasession-*, how-to-control-presentation-states).
 */
#include "mf_session_play.h"

static void creation(void)
{
    IMFAttributes *configuration = NULL;
    IMFMediaSession *session = NULL;
    GUID nowhere = {0x5a1f6b0c, 0x0bad, 0x4c1e, {1, 2, 3, 4, 5, 6, 7, 8}};

    CHECK(MFCreateMediaSession, S_OK, "The function succeeded.",
          OK(pMFCreateMediaSession(NULL, &session)) && session && OK(IMFMediaSession_Shutdown(session)) &&
              gone(&session));

    MFCreateAttributes(&configuration, 3);
    IMFAttributes_SetGUID(configuration, &MF_SESSION_TOPOLOADER, &nowhere);
    IMFAttributes_SetGUID(configuration, &MF_SESSION_QUALITY_MANAGER, &GUID_NULL);
    IMFAttributes_SetUINT32(configuration, &MF_SESSION_GLOBAL_TIME, TRUE);
    CHECK(
        MFCreateMediaSession, configuration,
        "You can use the pConfiguration parameter to specify any of the following attributes: MF_SESSION_GLOBAL_TIME, "
        "MF_SESSION_QUALITY_MANAGER, MF_SESSION_TOPOLOADER",
        OK(pMFCreateMediaSession(configuration, &session)) && OK(IMFMediaSession_Shutdown(session)));
    drop(&session);
    drop(&configuration);
}

/* Whether the transform of a topology that is set in a session is told to have low latency, as asked for by the
 * session's or the topology's attributes. */
static int is_low_latency(BOOL by_session, BOOL by_topology)
{
    IMFMediaType *type = rig_audio_type(44100, 2);
    struct rig_transform_options options = {.input_type = type, .output_type = type};
    IMFAttributes *configuration = NULL, *attributes = NULL;
    IMFTopology *topology;
    IMFTransform *transform;
    struct rig *rig = play_rig();
    struct play play;
    UINT32 low = FALSE;

    MFCreateAttributes(&configuration, 1);
    if (by_session) IMFAttributes_SetUINT32(configuration, &MF_LOW_LATENCY, TRUE);
    play = (struct play){.rig = rig,
                         .source = rig_source(rig, &(struct rig_source_options){.samples = 3}),
                         .sink = rig_sink(rig, &(struct rig_sink_options){.type = type}),
                         .player = rig_player_new(rig, configuration)};
    drop(&configuration);
    transform = rig_transform(rig, &options);
    topology = rig_topology(rig, play.source, transform, play.sink);
    if (by_topology) IMFTopology_SetUINT32(topology, &MF_LOW_LATENCY, TRUE);
    IMFMediaSession_SetTopology(rig_session(play.player), MFSESSION_SETTOPOLOGY_NORESOLUTION, topology);
    rig_wait(play.player, MESessionTopologySet);
    IMFTransform_GetAttributes(transform, &attributes);
    IMFAttributes_GetUINT32(attributes, &MF_LOW_LATENCY, &low);
    drop(&attributes);
    drop(&topology);
    drop(&transform);
    drop(&type);
    return play_end(&play, S_OK) ? (int)low : -1;
}

static void latency(void)
{
    CHECK(MFCreateMediaSession, MF_LOW_LATENCY,
          "Media Session: Use the pConfiguation parameter of the MFCreateMediaSession",
          is_low_latency(TRUE, FALSE) == TRUE);
    CHECK(IMFMediaSession_SetTopology, MF_LOW_LATENCY, "or else set the attribute on the topology",
          is_low_latency(FALSE, TRUE) == TRUE);
    CHECK(
        IMFMediaSession_SetTopology, not_low_latency,
        "For other scenarios, such as local playback or transcoding, you typically should not enable low-latency mode",
        is_low_latency(FALSE, FALSE) == FALSE);
}

static void interfaces(void)
{
    IMFMediaSession *session = NULL;
    IUnknown *other = NULL;

    if (FAILED(pMFCreateMediaSession(NULL, &session))) return;
    CHECK(MFCreateMediaSession, interfaces, "Inheritance: IMFMediaEventGenerator, IMFMediaSession; IMFGetService",
          OK(IMFMediaSession_QueryInterface(session, &IID_IMFMediaEventGenerator, (void **)&other)) &&
              (drop(&other), OK(IMFMediaSession_QueryInterface(session, &IID_IMFGetService, (void **)&other))) &&
              (drop(&other),
               GIVES(E_NOINTERFACE, IMFMediaSession_QueryInterface(session, &IID_IMFAttributes, (void **)&other))));
    IMFMediaSession_Shutdown(session);
    drop(&session);
}

/* A session without a topology has nothing to start, pause or stop. */
static void without_topology(void)
{
    struct play play;
    DWORD caps = 1;

    if (!play_new(&play, 1, FALSE, FALSE)) return;
    CHECK(IMFMediaSession_Start, MF_E_INVALIDREQUEST,
          "The operation cannot be performed in the Media Session's current state.",
          GIVES(MF_E_INVALIDREQUEST, play_start(&play)));
    CHECK(IMFMediaSession_Stop, MF_E_INVALIDREQUEST,
          "The operation cannot be performed in the Media Session's current state.",
          OK(IMFMediaSession_Stop(play.session)) &&
              GIVES(MF_E_INVALIDREQUEST, rig_wait_long(play.player, MESessionStopped, RIG_PATIENCE)));
    CHECK(IMFMediaSession_Pause, MF_E_INVALIDREQUEST,
          "The operation cannot be performed in the Media Session's current state.",
          OK(IMFMediaSession_Pause(play.session)) &&
              GIVES(MF_E_INVALIDREQUEST, rig_wait_long(play.player, MESessionPaused, RIG_PATIENCE)));
    CHECK(IMFMediaSession_GetSessionCapabilities, none, "based on the current presentation",
          OK(IMFMediaSession_GetSessionCapabilities(play.session, &caps)) && caps == 0);
    CHECK(IMFMediaSession_Close, empty, "the Media Session sends an MESessionClosed event", play_end(&play, S_OK));
}

static void arguments(void)
{
    PROPVARIANT empty = {.vt = VT_EMPTY}, text = {.vt = VT_BOOL};
    IMFTopology *topology = NULL;
    struct play play;

    if (!play_new(&play, 0, TRUE, TRUE)) return;
    CHECK(IMFMediaSession_Start, E_POINTER, "(pvarStartPosition is an input parameter)",
          GIVES(E_POINTER, IMFMediaSession_Start(play.session, &GUID_NULL, NULL)));
    CHECK(IMFMediaSession_Start, format_null, "The value NULL is equivalent to passing in GUID_NULL.",
          OK(IMFMediaSession_Start(play.session, NULL, &empty)) && OK(rig_wait(play.player, MESessionStarted)));
    CHECK(IMFMediaSession_Start, position_type,
          "The pvarStartPosition parameter must have one of the following PROPVARIANT types: VT_I8, VT_EMPTY",
          OK(IMFMediaSession_Start(play.session, NULL, &text)) &&
              GIVES(MF_E_UNSUPPORTED_TIME_FORMAT, rig_wait_long(play.player, MESessionStarted, RIG_PATIENCE)));
    CHECK(IMFMediaSession_GetSessionCapabilities, E_POINTER, "NULL pointer argument.",
          GIVES(E_POINTER, IMFMediaSession_GetSessionCapabilities(play.session, NULL)));
    pMFCreateTopology(&topology);
    CHECK(IMFMediaSession_SetTopology, E_INVALIDARG, "Sets a topology on the Media Session. (an empty one is none)",
          GIVES(E_INVALIDARG, IMFMediaSession_SetTopology(play.session, 0, topology)));
    drop(&topology);
    CHECK(IMFMediaSession_Close, running, "Closes the Media Session and releases all of the resources it is using.",
          play_end(&play, S_OK));
}

/* Attributes that contradict the session's kind of time, or themselves. */
static void time_attributes(void)
{
    struct play play;
    IMFTopology *topology;
    IMFCollection *nodes = NULL;
    IMFTopologyNode *node = NULL;

    if (!play_new(&play, 1, FALSE, FALSE)) return;
    topology = rig_topology(play.rig, play.source, NULL, play.sink);
    IMFTopology_SetUINT64(topology, &MF_TOPOLOGY_PROJECTSTART, 0);
    CHECK(IMFMediaSession_SetTopology, MF_E_TOPO_INVALID_TIME_ATTRIBUTES,
          "The topology has invalid values for one or more of the following attributes: MF_TOPOLOGY_PROJECTSTART ...",
          GIVES(MF_E_TOPO_INVALID_TIME_ATTRIBUTES, IMFMediaSession_SetTopology(play.session, 0, topology)));
    IMFTopology_DeleteItem(topology, &MF_TOPOLOGY_PROJECTSTART);
    IMFTopology_GetSourceNodeCollection(topology, &nodes);
    IMFCollection_GetElement(nodes, 0, (IUnknown **)&node);
    IMFTopologyNode_SetUINT64(node, &MF_TOPONODE_MEDIASTART, 20);
    IMFTopologyNode_SetUINT64(node, &MF_TOPONODE_MEDIASTOP, 10);
    CHECK(IMFMediaSession_SetTopology, MF_E_TOPO_INVALID_TIME_ATTRIBUTES,
          "The topology has invalid values for one or more of the following attributes: MF_TOPONODE_MEDIASTART, "
          "MF_TOPONODE_MEDIASTOP",
          GIVES(MF_E_TOPO_INVALID_TIME_ATTRIBUTES, IMFMediaSession_SetTopology(play.session, 0, topology)));
    drop(&node);
    drop(&nodes);
    drop(&topology);
    play_end(&play, S_OK);
}

/* Every state transition of "How to Control Presentation States". */
static void transport(void)
{
    struct play play;
    DWORD caps = 0;

    if (!play_new(&play, 0, TRUE, TRUE)) return;
    CHECK(IMFMediaSession_Pause, MF_E_SESSION_PAUSEWHILESTOPPED, "The Media Session cannot pause while stopped.",
          OK(IMFMediaSession_Pause(play.session)) &&
              GIVES(MF_E_SESSION_PAUSEWHILESTOPPED, rig_wait_long(play.player, MESessionPaused, RIG_PATIENCE)));
    CHECK(IMFMediaSession_Start, S_OK, "When the method completes, the Media Session sends an MESessionStarted event.",
          OK(play_start(&play)));
    CHECK(IMFMediaSession_GetSessionCapabilities, S_OK,
          "The Media Session can be paused. ... can be seeked. ... started.",
          OK(IMFMediaSession_GetSessionCapabilities(play.session, &caps)) &&
              (caps & (MFSESSIONCAP_START | MFSESSIONCAP_SEEK | MFSESSIONCAP_PAUSE)) ==
                  (MFSESSIONCAP_START | MFSESSIONCAP_SEEK | MFSESSIONCAP_PAUSE));
    CHECK(IMFMediaSession_Pause, S_OK,
          "When the operation completes, the Media Session sends an MESessionPaused event.",
          OK(IMFMediaSession_Pause(play.session)) && OK(rig_wait(play.player, MESessionPaused)));
    CHECK(IMFMediaSession_Start, resume, "Pause -> Play", OK(play_start(&play)));
    CHECK(IMFMediaSession_Start, seek,
          "Playback ... in 100-nanosecond units, relative to the start of the presentation.",
          OK(rig_seek(play.player, RIG_SECOND)) && OK(rig_wait(play.player, MESessionStarted)));
    CHECK(IMFMediaSession_Stop, S_OK,
          "When the operation completes, the Media Session sends an MESessionStopped event.",
          OK(IMFMediaSession_Stop(play.session)) && OK(rig_wait(play.player, MESessionStopped)));
    CHECK(IMFMediaSession_Stop, stopped, "(what is stopped already stays so)",
          OK(IMFMediaSession_Stop(play.session)) && OK(rig_wait(play.player, MESessionStopped)));
    CHECK(IMFMediaSession_Start, again,
          "Stop -> Play: The presentation clock starts from the beginning of the presentation.", OK(play_start(&play)));
    CHECK(IMFMediaSession_Close, transport, "Closes the Media Session and releases all of the resources it is using.",
          play_end(&play, S_OK));
}

/* Commands are done in the order in which they were given, without the application waiting in between. */
static void order(void)
{
    struct play play;
    struct rig_event event;
    int good;

    if (!play_new(&play, 0, TRUE, TRUE)) return;
    rig_play(play.player);
    IMFMediaSession_Pause(play.session);
    rig_play(play.player);
    rig_seek(play.player, RIG_SECOND);
    IMFMediaSession_Stop(play.session);
    good = OK(rig_wait(play.player, MESessionStopped)) && rig_event_count(play.player, MESessionStarted) == 3 &&
           rig_event_count(play.player, MESessionPaused) == 1;
    for (unsigned i = 0; i < 3; i++)
        good = good && play_event(&play, MESessionStarted, i, &event) && OK(event.status);
    good = good && play_before(&play, MESessionStarted, MESessionPaused) &&
           play_before(&play, MESessionPaused, MESessionStopped);
    CHECK(IMFMediaSession_Start, order, "the Media Session queues all seek requests on a FIFO queue", good);
    CHECK(IMFMediaSession_Close, stopped, "Closes the Media Session and releases all of the resources it is using.",
          play_end(&play, S_OK));
}

/* From start to end: every event with its place. */
static void events(void)
{
    struct play play;

    if (!play_new(&play, 5, FALSE, TRUE)) return;
    CHECK(IMFMediaSession_SetTopology, S_OK,
          "If the method returns S_OK, the Media Session sends an MESessionTopologySet event when the operation "
          "completes.",
          rig_event_count(play.player, MESessionTopologySet) == 1);
    play_start(&play);
    CHECK(IMFMediaSession_Start, MESessionEnded,
          "Raised by the Media Session when it has finished playing the last "
          "presentation in the playback queue.",
          OK(rig_wait(play.player, MESessionEnded)) && rig_event_count(play.player, MESessionEnded) == 1);
    CHECK(IMFMediaSession_Start, MEEndOfPresentation, "The Media Session forwards this event to the application.",
          rig_event_count(play.player, MEEndOfPresentation) == 1 &&
              play_before(&play, MEEndOfPresentation, MESessionEnded));
    CHECK(IMFMediaSession_Start, MESessionNotifyPresentationTime,
          "Raised by the Media Session when a new presentation "
          "starts.",
          rig_event_count(play.player, MESessionNotifyPresentationTime) == 1 &&
              play_before(&play, MESessionNotifyPresentationTime, MESessionStarted));
    CHECK(IMFMediaSession_Start, MESessionTopologyStatus,
          "For a single topology, the Media Session sends these status flags in numerical order, starting with "
          "MF_TOPOSTATUS_READY.",
          rig_event_count(play.player, MESessionTopologyStatus) == 3 &&
              play_before(&play, MESessionTopologySet, MESessionTopologyStatus));
    CHECK(IMFMediaSession_Start, replay, "(what has ended can be started again)",
          OK(play_start(&play)) && OK(rig_wait(play.player, MESessionEnded)));
    CHECK(IMFMediaSession_Close, ended, "Closes the Media Session and releases all of the resources it is using.",
          play_end(&play, S_OK));
}

static void getters(void)
{
    struct play play;
    IMFTopology *full = NULL, *same = NULL;
    IMFClock *clock = NULL;
    TOPOID id = 0;

    if (!play_new(&play, 0, TRUE, TRUE)) return;
    CHECK(IMFMediaSession_GetClock, S_OK, "Retrieves the Media Session's presentation clock.",
          OK(IMFMediaSession_GetClock(play.session, &clock)) && clock);
    drop(&clock);
    CHECK(IMFMediaSession_GetFullTopology, S_OK, "the method returns the topology for the current presentation",
          OK(IMFMediaSession_GetFullTopology(play.session, MFSESSION_GETFULLTOPOLOGY_CURRENT, 0, &full)) && full);
    if (full) IMFTopology_GetTopologyID(full, &id);
    CHECK(IMFMediaSession_GetFullTopology, id, "one that matches the identifier given in the TopoId parameter",
          OK(IMFMediaSession_GetFullTopology(play.session, 0, id, &same)) && same == full);
    drop(&same);
    drop(&full);
    CHECK(IMFMediaSession_GetFullTopology, MF_E_INVALIDREQUEST, "(there is none with that identifier)",
          GIVES(MF_E_INVALIDREQUEST, IMFMediaSession_GetFullTopology(play.session, 0, id + 1000, &same)));
    CHECK(IMFMediaSession_Close, ready, "Closes the Media Session and releases all of the resources it is using.",
          play_end(&play, S_OK));
}

static const struct test_case cases[] = {
    {"creation", creation},
    {"low latency", latency},
    {"interfaces", interfaces},
    {"without a topology", without_topology},
    {"arguments", arguments},
    {"time attributes", time_attributes},
    {"transport", transport},
    {"order", order},
    {"events", events},
    {"getters", getters},
    {NULL, NULL},
};
const struct group session_group = {"session", __FILE__, cases};

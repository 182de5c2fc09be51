/*
 * How samples, marks and ends go from sources to sinks (media-sinks, mestreamsink*, meendofstream, mestreamtick,
 * nf-mfidl-imfmediastream-requestsample, mf-toponode-*).
 */
#include "mf_pipeline_show.h"

static void requests(void)
{
    struct show show;

    if (!show_new(&show, &(struct show_parts){.sink = &(struct rig_sink_options){.depth = 1}})) return;
    CHECK(IMFMediaStream_RequestSample, one_each,
          "For each MEStreamSinkRequestSample event, the pipeline requests data from the next upstream component.",
          OK(show_all(&show)) && show_state(&show, 0).in_order == 20 &&
              rig_count(show.play.rig, "source:0.RequestSample") == 21);
    CHECK(IMFStreamSink_PlaceMarker, MFSTREAMSINK_MARKER_ENDOFSEGMENT,
          "When the Media Session receives the MEEndOfStream event, it calls IMFStreamSink::PlaceMarker on the "
          "corresponding media sink, with the MFSTREAMSINK_MARKER_ENDOFSEGMENT marker type.",
          show_find(&show, "sink:0", "PlaceMarker", MFSTREAMSINK_MARKER_ENDOFSEGMENT) >
              rig_find(show.play.rig, "sink:0.ProcessSample", 20));
    CHECK(IMFMediaSession_Close, flow, "(nothing is left)", show_end(&show));
}

static void many_streams(void)
{
    struct rig_source_options source = {.samples = 10, .streams = 16};
    struct rig_sink_options sink = {.streams = 16};
    struct show show;
    unsigned i, good = 0;
    HRESULT hr;

    if (!show_new(&show, &(struct show_parts){.source = &source, .sink = &sink})) return;
    hr = show_all(&show);
    for (i = 0; i < 16; i++)
        good += show_state(&show, i).in_order == 10;
    CHECK(IMFMediaSession_Start, streams, "(every stream of every source is played)", OK(hr) && good == 16);
    CHECK(IMFMediaSession_Close, streams, "(nothing is left)", show_end(&show));
}

/* A topology of one source, a tee and two sinks, of which the second takes what the clock lets it. */
static int play_tee(UINT8 *discardable, struct rig_sink_state *first, struct rig_sink_state *second)
{
    struct rig *rig = play_rig();
    IMFMediaSource *source = rig_source(rig, &(struct rig_source_options){.samples = 50});
    IMFMediaSink *fast = rig_sink(rig, &(struct rig_sink_options){.name = "fast"});
    IMFMediaSink *slow = rig_sink(rig, &(struct rig_sink_options){.name = "slow", .clocked = TRUE, .depth = 1});
    IMFTopology *topology = NULL;
    IMFTopologyNode *nodes[4];
    struct rig_player *player;
    char leaked[256];
    HRESULT hr;
    unsigned i;

    pMFCreateTopology(&topology);
    nodes[0] = rig_source_node(rig, topology, source, 0);
    nodes[1] = rig_tee_node(rig, topology);
    nodes[2] = rig_output_node(rig, topology, fast, 0);
    nodes[3] = rig_output_node(rig, topology, slow, 0);
    IMFTopologyNode_ConnectOutput(nodes[0], 0, nodes[1], 0);
    IMFTopologyNode_ConnectOutput(nodes[1], 0, nodes[2], 0);
    IMFTopologyNode_ConnectOutput(nodes[1], 1, nodes[3], 0);
    IMFTopologyNode_SetUINT32(nodes[1], &MF_TOPONODE_PRIMARYOUTPUT, 0);
    if (discardable) IMFTopologyNode_SetBlob(nodes[1], &MF_TOPONODE_DISCARDABLE, discardable, 1);
    for (i = 0; i < 4; i++)
        drop(&nodes[i]);

    player = rig_player(rig, topology);
    if (!player) return 0;
    hr = rig_play(player);
    if (SUCCEEDED(hr)) hr = rig_wait(player, MESessionEnded);
    rig_sink_state(fast, 0, first);
    rig_sink_state(slow, 0, second);
    drop(&first->type);
    drop(&second->type);
    note("%#lx; %u and %u samples", (unsigned long)hr, first->samples, second->samples);
    if (rig_close(player, NULL) != S_OK) hr = E_FAIL;
    rig_finish(rig, source, fast);
    rig_finish(rig, NULL, slow);
    return rig_end(rig, leaked, sizeof(leaked)) == 0 && hr == S_OK;
}

static void tees(void)
{
    struct rig_sink_state first = {0}, second = {0};
    UINT8 output = 1;

    CHECK(MF_TOPONODE_PRIMARYOUTPUT, each,
          "The pipeline waits for a request from the primary output before processing requests from the other outputs.",
          play_tee(NULL, &first, &second) && first.in_order == 50 && second.in_order == 50);
    CHECK(MF_TOPONODE_DISCARDABLE, dropped,
          "the pipeline might drop samples from the specified output streams, if the stream is falling behind",
          play_tee(&output, &first, &second) && first.in_order == 50 && second.samples > 0 && second.samples <= 50);
}

static void stop_time(void)
{
    IMFTopologyNode *node;
    struct show show;

    if (!show_new(&show, &(struct show_parts){.source = &(struct rig_source_options){.samples = 0}})) return;
    node = show_node(&show, MF_TOPOLOGY_SOURCESTREAM_NODE);
    IMFTopologyNode_SetUINT64(node, &MF_TOPONODE_MEDIASTOP, RIG_SECOND / 10);
    drop(&node);
    CHECK(MF_TOPONODE_MEDIASTOP, cut, "This attribute specifies the position in the source where playback stops",
          OK(show_all(&show)) && show_state(&show, 0).in_order == 10);
    CHECK(IMFMediaSession_Close, cut, "(nothing is left)", show_end(&show));
}

static void start_time(void)
{
    IMFTopologyNode *node;
    struct show show;

    if (!show_new(&show, &(struct show_parts){.source = &(struct rig_source_options){.samples = 20}})) return;
    node = show_node(&show, MF_TOPOLOGY_SOURCESTREAM_NODE);
    IMFTopologyNode_SetUINT64(node, &MF_TOPONODE_MEDIASTART, RIG_SECOND / 10);
    drop(&node);
    CHECK(MF_TOPONODE_MEDIASTART, start, "This attribute specifies the position in the source where playback starts",
          OK(show_all(&show)) && show_find(&show, "source", "Start", RIG_SECOND / 10) >= 0 &&
              show_state(&show, 0).samples == 10);
    CHECK(MF_TOPONODE_MEDIASTART, presentation_time, "(presentation time begins at 0)",
          show_state(&show, 0).first_time == 0);
    CHECK(IMFMediaSession_Close, media_start, "(nothing is left)", show_end(&show));
}

/* A source that goes to the key frame before the position sends more samples ahead of it than were asked for. */
static int marked_in(unsigned preroll)
{
    IMFTopologyNode *node;
    struct show show;
    int good;

    if (!show_new(&show,
                  &(struct show_parts){.source = &(struct rig_source_options){.samples = 120, .key_distance = 50},
                                       .sink = &(struct rig_sink_options){.depth = 2, .preroll = preroll}}))
        return 0;
    node = show_node(&show, MF_TOPOLOGY_SOURCESTREAM_NODE);
    IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_MARKIN_HERE, TRUE);
    drop(&node);
    good = show_set(&show) && OK(rig_seek(show.play.player, RIG_SECOND * 9 / 10)) &&
           OK(rig_wait(show.play.player, MESessionStarted)) && OK(rig_wait(show.play.player, MESessionEnded)) &&
           show_state(&show, 0).samples == 30 && show_state(&show, 0).first_time == RIG_SECOND * 9 / 10;
    return show_end(&show) && good;
}

static void mark_in(void)
{
    CHECK(MF_TOPONODE_MARKIN_HERE, running, "(what lies before the start is dropped, and what follows is asked for)",
          marked_in(0));
    CHECK(MF_TOPONODE_MARKIN_HERE, prerolling, "(the same before the clock runs)", marked_in(1));
}

/* The media stream of a source, which is started and stopped for that. */
static IMFMediaStream *stream_of(IMFMediaSource *source)
{
    IMFPresentationDescriptor *descriptor = NULL;
    IMFMediaStream *stream = NULL;
    PROPVARIANT value = {.vt = VT_EMPTY};
    IMFMediaEvent *event;
    MediaEventType type;

    if (FAILED(IMFMediaSource_CreatePresentationDescriptor(source, &descriptor))) return NULL;
    if (SUCCEEDED(IMFMediaSource_Start(source, descriptor, &GUID_NULL, &value))) IMFMediaSource_Stop(source);
    IMFPresentationDescriptor_Release(descriptor);
    while (SUCCEEDED(IMFMediaSource_GetEvent(source, MF_EVENT_FLAG_NO_WAIT, &event)))
    {
        if (SUCCEEDED(IMFMediaEvent_GetType(event, &type)) && type == MENewStream &&
            SUCCEEDED(IMFMediaEvent_GetValue(event, &value)))
            stream = (IMFMediaStream *)value.punkVal;
        IMFMediaEvent_Release(event);
    }
    while (stream && SUCCEEDED(IMFMediaStream_GetEvent(stream, MF_EVENT_FLAG_NO_WAIT, &event)))
        IMFMediaEvent_Release(event);
    return stream;
}

static void put_tick(IMFMediaStream *stream, LONGLONG time)
{
    PROPVARIANT value = {.vt = VT_I8};

    value.hVal.QuadPart = time;
    IMFMediaStream_QueueEvent(stream, MEStreamTick, &GUID_NULL, S_OK, &value);
}

static void ticks(void)
{
    IMFMediaStream *stream;
    struct show show;

    if (!show_new(&show, &(struct show_parts){.source = &(struct rig_source_options){.samples = 20},
                                              .transform = &(struct rig_transform_options){.hold = 0},
                                              .sink = &(struct rig_sink_options){.clocked = TRUE}}))
        return;
    stream = stream_of(show.play.source);
    CHECK(IMFStreamSink_PlaceMarker, MFSTREAMSINK_MARKER_TICK,
          "The Media Foundation pipeline converts MEStreamTick events to MFSTREAMSINK_MARKER_TICK markers when needed.",
          stream && OK(show_start(&show)) && (put_tick(stream, 12345), 1) &&
              rig_wait_call(show.play.rig, "sink:0.PlaceMarker", 1) &&
              show_find(&show, "sink:0", "PlaceMarker", MFSTREAMSINK_MARKER_TICK) >= 0);
    CHECK(IMFMediaSession_Start, tick_end, "(and the end comes)", OK(rig_wait(show.play.player, MESessionEnded)));
    drop(&stream);
    CHECK(IMFMediaSession_Close, tick, "(nothing is left)", show_end(&show));
}

/* Queues events that no honest source queues. */
static void lie(IMFMediaSource *source, IMFMediaStream *stream)
{
    struct rig_sample_header header = {0};
    PROPVARIANT value = {.vt = VT_UNKNOWN};
    IMFSample *sample = NULL;

    (void)header;
    MFCreateSample(&sample);
    value.punkVal = (IUnknown *)sample;
    IMFMediaStream_QueueEvent(stream, MEMediaSample, &GUID_NULL, S_OK, &value); /* has no time and no data */
    IMFMediaSource_QueueEvent(source, MENewStream, &GUID_NULL, S_OK, &value);   /* is no stream */
    IMFMediaSource_QueueEvent(source, MEUpdatedStream, &GUID_NULL, S_OK, NULL);
    IMFMediaSource_QueueEvent(source, MESourceStopped, &GUID_NULL, S_OK, NULL); /* was not asked for */
    IMFMediaSource_QueueEvent(source, MEMediaSample, &GUID_NULL, S_OK, &value); /* is a stream's event */
    IMFMediaStream_QueueEvent(stream, MEMediaSample, &GUID_NULL, S_OK, NULL);
    IMFMediaStream_QueueEvent(stream, MEStreamFormatChanged, &GUID_NULL, S_OK, &value);
    IMFMediaStream_QueueEvent(stream, MEStreamTick, &GUID_NULL, S_OK, &value);
    IMFMediaStream_QueueEvent(stream, MEEndOfStream, &GUID_NULL, S_OK, NULL);
    IMFMediaStream_QueueEvent(stream, MEMediaSample, &GUID_NULL, S_OK, &value); /* after the end */
    IMFMediaStream_QueueEvent(stream, MEEndOfStream, &GUID_NULL, S_OK, NULL);
    IMFSample_Release(sample);
}

static void lies(void)
{
    IMFMediaStream *stream;
    struct show show;

    if (!show_new(&show, &(struct show_parts){.source = &(struct rig_source_options){.samples = 0},
                                              .transform = &(struct rig_transform_options){.hold = 0},
                                              .sink = &(struct rig_sink_options){.clocked = TRUE}}))
        return;
    stream = stream_of(show.play.source);
    CHECK(IMFMediaSession_Start, lies, "(events that a source must not send neither crash nor hang the session)",
          stream && OK(show_start(&show)) && (lie(show.play.source, stream), 1) &&
              OK(IMFMediaSession_Stop(show.play.session)) && OK(rig_wait(show.play.player, MESessionStopped)));
    drop(&stream);
    CHECK(IMFMediaSession_Close, lies, "(nothing is left)", show_end(&show));
}

static void errors(void)
{
    struct show show;

    if (!show_new(&show, &(struct show_parts){.source = &(struct rig_source_options){.samples = 0},
                                              .sink = &(struct rig_sink_options){.clocked = TRUE}}))
        return;
    rig_fault(show.play.rig, "source:0.RequestSample", 5, RIG_FAIL, MF_E_NET_READ);
    CHECK(IMFMediaStream_RequestSample, error,
          "If the source returns any other error code, the pipeline treats it as fatal error and halts the session.",
          show_start(&show) != RIG_NO_EVENT && rig_wait(show.play.player, MEError) == MF_E_NET_READ);
    CHECK(IMFMediaSession_Close, request_error, "(nothing is left)", show_end(&show));

    if (!show_new(&show, &(struct show_parts){.source = &(struct rig_source_options){.samples = 20}})) return;
    rig_fault(show.play.rig, "source:0.RequestSample", 5, RIG_FAIL, MF_E_MEDIA_SOURCE_WRONGSTATE);
    CHECK(IMFMediaStream_RequestSample, MF_E_MEDIA_SOURCE_WRONGSTATE,
          "The pipeline does not treat this return code as an error condition.",
          OK(show_all(&show)) && !rig_event_count(show.play.player, MEError));
    CHECK(IMFMediaSession_Close, wrong_state, "(nothing is left)", show_end(&show));
}

static void source_error(void)
{
    struct show show;

    if (!show_new(&show, &(struct show_parts){.source = &(struct rig_source_options){.samples = 0},
                                              .sink = &(struct rig_sink_options){.clocked = TRUE}}))
        return;
    CHECK(IMFMediaEventGenerator_QueueEvent, MEError, "Any Media Foundation component can send this event at any time.",
          OK(show_start(&show)) &&
              OK(IMFMediaSource_QueueEvent(show.play.source, MEError, &GUID_NULL, MF_E_NET_TIMEOUT, NULL)) &&
              rig_wait(show.play.player, MEError) == MF_E_NET_TIMEOUT);
    CHECK(IMFMediaSession_Close, source_error, "(nothing is left)", show_end(&show));
}

static const struct test_case cases[] = {
    {"requests", requests},
    {"many streams", many_streams},
    {"tees", tees},
    {"stop time", stop_time},
    {"start time", start_time},
    {"mark in", mark_in},
    {"ticks", ticks},
    {"lies", lies},
    {"errors of requests", errors},
    {"error of a source", source_error},
    {NULL, NULL},
};

const struct group pipeline_flow_group = {"pipeline_flow", __FILE__, cases};

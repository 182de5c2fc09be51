/*
 * Start, preroll, seek, pause, rates and scrubbing as components see them (media-sinks, nf-mfidl-imfmediasinkpreroll-*,
 * mf-toponode-disable-preroll-attribute, how-to-perform-scrubbing, nf-mfidl-imfqualitymanager-*).
 */
#include "mf_pipeline_show.h"

static const struct rig_source_options endless = {.samples = 0, .rates = TRUE};

static void preroll(void)
{
    struct show show;

    if (!show_new(&show, &(struct show_parts){.source = &endless,
                                              .sink = &(struct rig_sink_options){.clocked = TRUE, .preroll = 3}}))
        return;
    CHECK(IMFMediaSinkPreroll_NotifyPreroll, before_clock,
          "Prerolling is the process of giving data to the media sink before the presentation clock starts.",
          OK(show_start(&show)) && rig_before(show.play.rig, "sink.NotifyPreroll", "sink:0.ProcessSample") &&
              rig_before(show.play.rig, "sink:0.ProcessSample", "sink.OnClockStart"));
    CHECK(IMFMediaSession_Close, preroll, "(nothing is left)", show_end(&show));
}

static void no_preroll(void)
{
    IMFTopologyNode *node;
    struct show show;

    if (!show_new(&show, &(struct show_parts){.source = &endless,
                                              .sink = &(struct rig_sink_options){.clocked = TRUE, .preroll = 3}}))
        return;
    node = show_node(&show, MF_TOPOLOGY_OUTPUT_NODE);
    IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_DISABLE_PREROLL, TRUE);
    drop(&node);
    CHECK(MF_TOPONODE_DISABLE_PREROLL, none,
          "the Media Session does not preroll any data to the media sink, even if the media sink exposes the "
          "IMFMediaSinkPreroll interface",
          OK(show_start(&show)) && !rig_count(show.play.rig, "sink.NotifyPreroll"));
    CHECK(IMFMediaSession_Close, no_preroll, "(nothing is left)", show_end(&show));
}

static void order_of_start(void)
{
    struct show show;

    if (!show_new(&show, &(struct show_parts){.source = &endless, .sink = &(struct rig_sink_options){.clocked = TRUE}}))
        return;
    CHECK(IMFMediaSink_SetPresentationClock, before_streaming,
          "The presentation clock must be set on the media sink before streaming can begin.",
          OK(show_start(&show)) && rig_before(show.play.rig, "sink.SetPresentationClock", "sink.OnClockStart") &&
              rig_before(show.play.rig, "source.Start", "sink.OnClockStart"));
    CHECK(IMFMediaSession_Pause, order, "(the clock is paused, then the source)",
          OK(IMFMediaSession_Pause(show.play.session)) && OK(rig_wait(show.play.player, MESessionPaused)) &&
              rig_before(show.play.rig, "sink.OnClockPause", "source.Pause"));
    CHECK(IMFMediaSession_Start, resume, "(resumes from where it was)",
          OK(play_start(&show.play)) && rig_count(show.play.rig, "source.Stop") == 0 &&
              rig_count(show.play.rig, "source.Start") == 2);
    CHECK(IMFMediaSession_Stop, order, "(the clock is stopped, then the source)",
          OK(IMFMediaSession_Stop(show.play.session)) && OK(rig_wait(show.play.player, MESessionStopped)) &&
              rig_before(show.play.rig, "sink.OnClockStop", "source.Stop"));
    CHECK(IMFMediaSession_Close, order_of_start, "(nothing is left)", show_end(&show));
}

static void seek(void)
{
    struct show show;

    if (!show_new(&show, &(struct show_parts){.source = &endless, .sink = &(struct rig_sink_options){.clocked = TRUE}}))
        return;
    CHECK(IMFMediaSession_Start, seek,
          "(a seek stops the source, flushes the sink, starts the source and the clock at the new position)",
          OK(show_start(&show)) && (rig_forget(show.play.rig), OK(rig_seek(show.play.player, 5 * RIG_SECOND))) &&
              OK(rig_wait(show.play.player, MESessionStarted)) &&
              rig_wait_call(show.play.rig, "sink.OnClockStart", 1) &&
              rig_before(show.play.rig, "source.Stop", "sink:0.Flush") &&
              rig_before(show.play.rig, "sink:0.Flush", "source.Start") &&
              rig_before(show.play.rig, "source.Start", "sink.OnClockStart") &&
              show_find(&show, "sink", "OnClockStart", 5 * RIG_SECOND) >= 0 &&
              !rig_count(show.play.rig, "sink.OnClockStop"));
    CHECK(IMFStreamSink_ProcessSample, after_seek, "(and the samples are those from there on)",
          rig_wait_call(show.play.rig, "sink:0.ProcessSample", 3) && show_state(&show, 0).last_time >= 5 * RIG_SECOND);
    CHECK(IMFMediaSession_Close, seek, "(nothing is left)", show_end(&show));
}

static void scrub(void)
{
    struct show show;

    if (!show_new(&show, &(struct show_parts){
                             .source = &endless,
                             .sink = &(struct rig_sink_options){.clocked = TRUE, .rates = TRUE, .fastest = 8}}))
        return;
    CHECK(IMFRateControl_SetRate, scrub,
          "A successful scrubbing operation generates the MESessionScrubSampleComplete event after all the stream "
          "sinks are updated with the new frame",
          show_set(&show) && OK(rig_set_rate(show.play.player, FALSE, 0.0f)) &&
              OK(rig_wait(show.play.player, MESessionRateChanged)) && OK(rig_seek(show.play.player, RIG_SECOND)) &&
              OK(rig_wait(show.play.player, MESessionStarted)) &&
              OK(rig_wait(show.play.player, MESessionScrubSampleComplete)));
    CHECK(IMFMediaSession_Close, scrub, "(nothing is left)", show_end(&show));
}

static void rates(void)
{
    struct show show;

    if (!show_new(&show, &(struct show_parts){
                             .source = &endless,
                             .sink = &(struct rig_sink_options){.clocked = TRUE, .rates = TRUE, .fastest = 8}}))
        return;
    CHECK(IMFRateControl_SetRate, order, "(the source goes over to the rate, then the clock's sinks)",
          OK(show_start(&show)) && OK(rig_set_rate(show.play.player, FALSE, 2.0f)) &&
              OK(rig_wait(show.play.player, MESessionRateChanged)) &&
              rig_wait_call(show.play.rig, "sink.OnClockSetRate", 1) &&
              rig_before(show.play.rig, "source.SetRate", "sink.OnClockSetRate"));
    CHECK(IMFMediaSession_Close, rates, "(nothing is left)", show_end(&show));
}

static const struct test_case cases[] = {
    {"preroll", preroll}, {"no preroll", no_preroll}, {"order of a start", order_of_start},
    {"seek", seek},       {"scrub", scrub},           {"rates", rates},
    {NULL, NULL},
};

const struct group pipeline_control_group = {"pipeline_control", __FILE__, cases};

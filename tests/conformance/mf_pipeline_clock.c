/*
 * What the pipeline does with the presentation clock (mebufferingstarted, mebufferingstopped,
 * nn-mfidl-imfclockconsumer).
 */
#include "mf_pipeline_show.h"

static int paced_show(struct show *show)
{
    return show_new(show, &(struct show_parts){.source = &(struct rig_source_options){.samples = 0},
                                               .sink = &(struct rig_sink_options){.clocked = TRUE}});
}

static HRESULT tell(struct show *show, MediaEventType type)
{
    return IMFMediaSource_QueueEvent(show->play.source, type, &GUID_NULL, S_OK, NULL);
}

static MFCLOCK_STATE clock_state(struct show *show)
{
    MFCLOCK_STATE state = MFCLOCK_STATE_INVALID;
    IMFClock *clock;

    if (FAILED(IMFMediaSession_GetClock(show->play.session, &clock))) return state;
    IMFClock_GetState(clock, 0, &state);
    IMFClock_Release(clock);
    return state;
}

static void buffering(void)
{
    struct show show;

    if (!paced_show(&show)) return;
    CHECK(IMFMediaSession_GetEvent, MEBufferingStarted_forward,
          "The Media Session also forwards the MEBufferingStarted event to the application.",
          OK(show_start(&show)) && OK(tell(&show, MEBufferingStarted)) &&
              OK(rig_wait(show.play.player, MEBufferingStarted)));
    CHECK(IMFMediaSession_GetEvent, MEBufferingStarted_pause,
          "When the Media Session receives this event, it pauses the presentation clock until the media source sends "
          "the MEBufferingStopped event.",
          clock_state(&show) == MFCLOCK_STATE_PAUSED && rig_wait_call(show.play.rig, "sink.OnClockPause", 1) &&
              !rig_count(show.play.rig, "source.Pause"));
    CHECK(IMFMediaSession_GetEvent, MEBufferingStopped_restart, "(and then it goes on)",
          OK(tell(&show, MEBufferingStopped)) && OK(rig_wait(show.play.player, MEBufferingStopped)) &&
              clock_state(&show) == MFCLOCK_STATE_RUNNING && rig_wait_call(show.play.rig, "sink.OnClockRestart", 1));
    CHECK(IMFMediaSession_Close, buffering, "(nothing is left)", show_end(&show));
}

/* Two sources may do so at once; and the application may pause and stop meanwhile. */
static void buffering_and_commands(void)
{
    struct show show;

    if (!paced_show(&show)) return;
    CHECK(IMFMediaSession_GetEvent, MEBufferingStopped_matching,
          "The media source must send a matching MEBufferingStopped event for every MEBufferingStarted event.",
          OK(show_start(&show)) && OK(tell(&show, MEBufferingStarted)) && OK(tell(&show, MEBufferingStarted)) &&
              OK(tell(&show, MEBufferingStopped)) && OK(rig_wait(show.play.player, MEBufferingStopped)) &&
              clock_state(&show) == MFCLOCK_STATE_PAUSED);
    CHECK(IMFMediaSession_Pause, buffering, "(a pause while a source buffers)",
          OK(IMFMediaSession_Pause(show.play.session)) && OK(rig_wait(show.play.player, MESessionPaused)) &&
              clock_state(&show) == MFCLOCK_STATE_PAUSED);
    CHECK(IMFMediaSession_GetEvent, MEBufferingStopped_paused,
          "(a paused presentation stays paused when its source has buffered enough)",
          OK(tell(&show, MEBufferingStopped)) && OK(rig_wait(show.play.player, MEBufferingStopped)) &&
              clock_state(&show) == MFCLOCK_STATE_PAUSED);
    CHECK(IMFMediaSession_Start, after_buffering, "(and starts when it is told to)",
          OK(play_start(&show.play)) && clock_state(&show) == MFCLOCK_STATE_RUNNING);
    CHECK(IMFMediaSession_Stop, buffering, "(a stop while a source buffers)",
          OK(tell(&show, MEBufferingStarted)) && OK(rig_wait(show.play.player, MEBufferingStarted)) &&
              OK(IMFMediaSession_Stop(show.play.session)) && OK(rig_wait(show.play.player, MESessionStopped)));
    CHECK(IMFMediaSession_Start, forgets_buffering, "(after which buffering begins anew)",
          OK(play_start(&show.play)) && clock_state(&show) == MFCLOCK_STATE_RUNNING);
    CHECK(IMFMediaSession_Close, buffering_and_commands, "(nothing is left)", show_end(&show));
}

static void clock_consumer(void)
{
    struct show show;

    if (!show_new(&show, &(struct show_parts){.transform = &(struct rig_transform_options){.consumes_clock = TRUE}}))
        return;
    CHECK(IMFClockConsumer_SetPresentationClock, transform,
          "Called by the media pipeline to provide the app with an instance of IMFPresentationClock.",
          OK(show_all(&show)) && rig_count(show.play.rig, "transform.SetPresentationClock") == 1 &&
              rig_before(show.play.rig, "transform.SetPresentationClock", "transform.ProcessInput"));
    CHECK(IMFMediaSession_Close, clock_consumer, "(nothing is left)", show_end(&show));
}

static const struct test_case cases[] = {
    {"buffering", buffering},
    {"buffering and commands", buffering_and_commands},
    {"clock consumer", clock_consumer},
    {NULL, NULL},
};

const struct group pipeline_clock_group = {"pipeline_clock", __FILE__, cases};

/*
 * What a media session plays that is out of the ordinary: backwards, thinned, frame by frame, in global time, with a
 * format that changes (about-rate-control, how-to-perform-scrubbing, mf-session-global-time-attribute,
 * mf-topology-projectstart-attribute, mf_topostatus).
 */
#include "mf_session_play.h"

enum
{
    SAMPLES = 20,
    FRAME = RIG_SECOND / 100 /* the rig's samples */
};

/* The times of the samples as the sink gets them. */
struct times
{
    LONG count;
    LONGLONG list[4 * SAMPLES];
};

static void note_time(void *context, unsigned stream, IMFSample *sample)
{
    struct times *times = context;
    LONG index = InterlockedIncrement(&times->count) - 1;

    (void)stream;
    if (index < (LONG)COUNT_OF(times->list)) IMFSample_GetSampleTime(sample, &times->list[index]);
}

/* A session on a source that plays at every rate and a sink that takes every sample at once. */
static int play_rates(struct play *play, struct times *times)
{
    struct rig *rig = play_rig();

    memset(times, 0, sizeof(*times));
    return play_on(
        play, rig,
        rig_source(rig,
                   &(struct rig_source_options){.samples = SAMPLES, .rates = TRUE, .reverse = TRUE, .thinning = TRUE}),
        rig_sink(rig, &(struct rig_sink_options){.rates = TRUE, .consume = note_time, .context = times}), TRUE);
}

static HRESULT change_rate(struct play *play, BOOL thin, float rate)
{
    HRESULT hr = rig_set_rate(play->player, thin, rate);

    return SUCCEEDED(hr) ? rig_wait(play->player, MESessionRateChanged) : hr;
}

static void reverse(void)
{
    struct times times;
    struct play play;
    int falling = 1;

    if (!play_rates(&play, &times)) return;
    CHECK(IMFRateControl_SetRate, reverse, "negative values indicate reverse playback",
          OK(change_rate(&play, FALSE, -1.0f)));
    CHECK(IMFMediaSession_Start, reverse, "(from the end to the beginning)",
          OK(rig_seek(play.player, (SAMPLES - 1) * FRAME)) && OK(rig_wait(play.player, MESessionStarted)) &&
              OK(rig_wait(play.player, MESessionEnded)));
    for (LONG i = 1; i < times.count && i < (LONG)COUNT_OF(times.list); i++)
        falling = falling && times.list[i] == times.list[i - 1] - FRAME;
    if (times.count != SAMPLES || !falling)
        note("%ld samples, the first at %lld", times.count, (long long)times.list[0]);
    CHECK(IMFRateControl_SetRate, reverse_samples, "(every sample comes, the last one first)",
          times.count == SAMPLES && falling && times.list[0] == (SAMPLES - 1) * FRAME);
    CHECK(IMFMediaSession_Close, after_reverse, "(nothing is left)", play_end(&play, S_OK));
}

static void thinned(void)
{
    struct times times;
    struct play play;

    if (!play_rates(&play, &times)) return;
    CHECK(IMFRateControl_SetRate, thinned, "If TRUE, the media streams are thinned.",
          OK(change_rate(&play, TRUE, 2.0f)));
    CHECK(IMFMediaSession_Start, thinned, "(to the end)",
          OK(play_start(&play)) && OK(rig_wait(play.player, MESessionEnded)));
    CHECK(IMFRateControl_SetRate, thinned_samples, "(every second sample, as this source thins)",
          times.count == SAMPLES / 2 && times.list[1] == 2 * (LONGLONG)FRAME);
    CHECK(IMFRateControl_SetRate, thinned_back, "If FALSE, the streams are not thinned.",
          OK(change_rate(&play, FALSE, 1.0f)) && OK(play_start(&play)) && OK(rig_wait(play.player, MESessionEnded)) &&
              times.count == SAMPLES / 2 + SAMPLES);
    CHECK(IMFMediaSession_Close, after_thinned, "(nothing is left)", play_end(&play, S_OK));
}

/* Three frames, each asked for by a seek at rate 0. */
static void scrubbed(void)
{
    static const LONGLONG frames[] = {5, 11, 2};
    struct rig *rig = play_rig();
    struct times times = {.count = 0};
    struct play play;
    int good;

    if (!play_on(&play, rig, rig_source(rig, &(struct rig_source_options){.samples = SAMPLES, .rates = TRUE}),
                 rig_sink(rig,
                          &(struct rig_sink_options){
                              .clocked = TRUE, .rates = TRUE, .consume = note_time, .context = &times}),
                 TRUE))
        return;
    good = OK(change_rate(&play, FALSE, 0.0f));
    for (unsigned i = 0; i < COUNT_OF(frames); i++)
    {
        good = good && OK(rig_seek(play.player, frames[i] * FRAME)) && OK(rig_wait(play.player, MESessionStarted)) &&
               OK(rig_wait(play.player, MESessionScrubSampleComplete));
    }
    CHECK(IMFMediaSession_Start, scrubbed,
          "To get another frame at the rate of zero, the application must seek to a new position.",
          good && rig_event_count(play.player, MESessionScrubSampleComplete) == COUNT_OF(frames));
    CHECK(IMFMediaSession_Start, scrubbed_frames, "(each frame is the one that was asked for)",
          times.count >= (LONG)COUNT_OF(frames) && times.list[0] == frames[0] * FRAME);
    CHECK(IMFMediaSession_Close, after_scrubbed, "(nothing is left)", play_end(&play, S_OK));
}

/* A session of global time, with a presentation that begins a second into it. */
static void global_time(void)
{
    struct rig *rig = play_rig();
    struct rig_sink_state state = {0};
    IMFAttributes *configuration = NULL;
    struct times times = {.count = 0};
    struct play play = {.rig = rig};
    IMFTopology *topology;

    MFCreateAttributes(&configuration, 1);
    IMFAttributes_SetUINT32(configuration, &MF_SESSION_GLOBAL_TIME, TRUE);
    play.source = rig_source(rig, &(struct rig_source_options){.samples = SAMPLES});
    play.sink = rig_sink(rig, &(struct rig_sink_options){.consume = note_time, .context = &times});
    play.player = rig_player_new(rig, configuration);
    drop(&configuration);
    if (!play.player) return;
    play.session = rig_session(play.player);
    topology = rig_topology(rig, play.source, NULL, play.sink);
    IMFTopology_SetUINT64(topology, &MF_TOPOLOGY_PROJECTSTART, RIG_SECOND);
    IMFTopology_SetUINT64(topology, &MF_TOPOLOGY_PROJECTSTOP, 2 * RIG_SECOND);
    CHECK(IMFMediaSession_SetTopology, global_time,
          "MF_TOPOLOGY_PROJECTSTART: Specifies the start time for a topology, relative to the start of the first "
          "topology in the sequence. (of a session that uses global time)",
          OK(IMFMediaSession_SetTopology(play.session, MFSESSION_SETTOPOLOGY_NORESOLUTION, topology)) &&
              OK(rig_wait(play.player, MESessionTopologySet)));
    drop(&topology);
    CHECK(IMFMediaSession_Start, global_time, "(to the end)",
          OK(play_start(&play)) && OK(rig_wait(play.player, MESessionEnded)));
    rig_sink_state(play.sink, 0, &state);
    drop(&state.type);
    CHECK(IMFMediaSession_Start, global_time_samples, "(presentation time begins at the topology's project start)",
          times.count == SAMPLES && times.list[0] == RIG_SECOND &&
              state.last_time == RIG_SECOND + (SAMPLES - 1) * FRAME);
    times.count = 0;
    CHECK(IMFMediaSession_Start, global_time_position, "(a position is a presentation time, too)",
          OK(rig_seek(play.player, RIG_SECOND + 10 * FRAME)) && OK(rig_wait(play.player, MESessionStarted)) &&
              OK(rig_wait(play.player, MESessionEnded)) && times.count == 10 &&
              times.list[0] == RIG_SECOND + 10 * FRAME);
    CHECK(IMFMediaSession_Close, after_global_time, "(nothing is left)", play_end(&play, S_OK));
}

static void format_change(void)
{
    struct rig *rig = play_rig();
    IMFMediaType *wide = rig_audio_type(48000, 6);
    struct rig_sink_state state = {0};
    UINT32 channels = 0;
    struct play play;

    if (!play_on(
            &play, rig,
            rig_source(rig,
                       &(struct rig_source_options){.samples = SAMPLES, .change_at = SAMPLES / 2, .change_type = wide}),
            rig_sink(rig, &(struct rig_sink_options){0}), TRUE))
        return;
    CHECK(IMFMediaSession_Start, format_change,
          "MF_TOPOSTATUS_DYNAMIC_CHANGED (and the presentation goes on to its end)",
          OK(play_start(&play)) && OK(rig_wait(play.player, MESessionEnded)));
    rig_sink_state(play.sink, 0, &state);
    if (state.type) IMFMediaType_GetUINT32(state.type, &MF_MT_AUDIO_NUM_CHANNELS, &channels);
    drop(&state.type);
    CHECK(IMFMediaSession_Start, format_change_sink, "(the sink has the new type, and every sample)",
          channels == 6 && state.samples == SAMPLES && state.in_order == SAMPLES);
    drop(&wide);
    CHECK(IMFMediaSession_Close, after_format_change, "(nothing is left)", play_end(&play, S_OK));
}

static const struct test_case cases[] = {{"reverse", reverse},
                                         {"thinned", thinned},
                                         {"scrubbed", scrubbed},
                                         {"global time", global_time},
                                         {"format change", format_change},
                                         {NULL, NULL}};
const struct group session_rates_group = {"session_rates", __FILE__, cases};

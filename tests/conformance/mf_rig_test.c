/*
 * The rig's own tests (mf_rig.h): that its components do what the tests that stand on it rely on, here with a session
 * of the DLL under test.
 */
#include "mf_test.h"
#include "mf_rig.h"

static struct rig_api api;

static struct rig *new_rig(void)
{
    if (!api.module) rig_load_api(&api, L"mf.dll");
    return rig_new(&api);
}

/* Ends the rig; notes what is left of it. */
static int ended(struct rig *rig)
{
    char leaked[256] = "";
    unsigned left = rig_end(rig, leaked, sizeof(leaked));

    if (left) note("%u objects are left: %s", left, leaked);
    return !left;
}

/* A record, faults by name and number, and references, without any session. */
static void components(void)
{
    struct rig *rig = new_rig();
    IMFMediaSource *source = rig_source(rig, &(struct rig_source_options){.samples = 2});
    IMFMediaSink *sink = rig_sink(rig, &(struct rig_sink_options){.streams = 2});
    IMFTransform *transform = rig_transform(rig, &(struct rig_transform_options){.name = "decoder"});
    DWORD count = 0, flags;
    int good;

    rig_fault(rig, "sink.GetStreamSinkCount", 2, RIG_FAIL, E_ABORT);
    good = IMFMediaSink_GetStreamSinkCount(sink, &count) == S_OK && count == 2;
    good = good && IMFMediaSink_GetStreamSinkCount(sink, &count) == E_ABORT;
    good = good && IMFMediaSink_GetStreamSinkCount(sink, &count) == S_OK;
    good = good && IMFMediaSource_GetCharacteristics(source, &flags) == S_OK && (flags & MFMEDIASOURCE_CAN_SEEK);
    good = good && rig_count(rig, "*.GetStreamSinkCount") == 3 && rig_faults_met(rig) == 1;
    good = good && rig_before(rig, "sink.GetStreamSinkCount", "source.GetCharacteristics");
    good = good && rig_living(rig) == 3;
    IMFMediaSource_Release(source);
    IMFMediaSink_Release(sink);
    IMFTransform_Release(transform);
    CHECK(MFCreateMediaSession, rig_components, "(the tests' own components record calls and fail where told to)",
          ended(rig) && good);
}

/* From SetTopology to Close, through a transform. */
static void whole_play(void)
{
    struct rig *rig = new_rig();
    IMFMediaSource *source = rig_source(rig, &(struct rig_source_options){.samples = 10});
    IMFMediaSink *sink = rig_sink(rig, &(struct rig_sink_options){.depth = 1});
    IMFTransform *transform = rig_transform(rig, &(struct rig_transform_options){0});
    struct rig_player *player = rig_player(rig, rig_topology(rig, source, transform, sink));
    struct rig_sink_state state = {0};
    int good = player != NULL;

    IMFTransform_Release(transform);
    if (good)
    {
        good = rig_wait(player, MESessionTopologySet) == S_OK && rig_play(player) == S_OK;
        good = good && rig_wait(player, MESessionStarted) == S_OK && rig_wait(player, MESessionEnded) == S_OK;
        rig_sink_state(sink, 0, &state);
        good = good && state.samples == 10 && state.in_order == 10;
        if (!good)
        {
            rig_print_events(player);
            rig_print(rig);
        }
        good = rig_close(player, NULL) == S_OK && good;
    }
    if (state.type) IMFMediaType_Release(state.type);
    rig_finish(rig, source, sink);
    CHECK(MFCreateMediaSession, rig_play, "(the tests' own components play from the first sample to the last)",
          ended(rig) && good);
}

static const struct test_case cases[] = {{"components", components}, {"whole play", whole_play}, {NULL, NULL}};
const struct group rig_group = {"rig", __FILE__, cases};

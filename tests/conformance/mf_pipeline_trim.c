/*
 * Where playing starts and stops inside a sample (mf-toponode-markin-here-attribute,
 * mf-toponode-markout-here-attribute, mf-toponode-mediastop-attribute).
 */
#include "mf_pipeline_show.h"

struct heard
{
    LONG bytes;
    LONGLONG last_duration;
};

static void hear(void *context, unsigned stream, IMFSample *sample)
{
    struct heard *heard = context;
    DWORD length = 0;

    (void)stream;
    IMFSample_GetTotalLength(sample, &length);
    heard->bytes += (LONG)length;
    IMFSample_GetSampleDuration(sample, &heard->last_duration);
}

/* Ten samples of ten milliseconds of 44,100 blocks a second, 4 bytes each, played from 15 to 55 milliseconds. */
static void sound(void)
{
    struct heard heard = {0};
    struct rig_source_options source = {.samples = 10, .sample_size = 1764};
    struct rig_sink_options sink = {.consume = hear, .context = &heard};
    IMFTopologyNode *node;
    struct show show;

    if (!show_new(&show, &(struct show_parts){.source = &source, .sink = &sink})) return;
    node = show_node(&show, MF_TOPOLOGY_SOURCESTREAM_NODE);
    IMFTopologyNode_SetUINT64(node, &MF_TOPONODE_MEDIASTOP, 550000);
    IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_MARKIN_HERE, TRUE);
    IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_MARKOUT_HERE, TRUE);
    drop(&node);
    CHECK(MF_TOPONODE_MARKIN_HERE, sound,
          "the Media Foundation pipeline trims the output samples from this node to match the start time for the "
          "presentation",
          show_set(&show) && OK(rig_seek(show.play.player, 150000)) &&
              OK(rig_wait(show.play.player, MESessionStarted)) && OK(rig_wait(show.play.player, MESessionEnded)) &&
              show_state(&show, 0).first_time / 1000 == 150);
    note("%ld bytes, the last sample plays for %lld", heard.bytes, (long long)heard.last_duration);
    /* Half a sample of 441 blocks is 220 or 221 of them. */
    CHECK(MF_TOPONODE_MARKOUT_HERE, sound,
          "This attribute specifies the position in the source where playback stops, in 100-nanosecond units",
          heard.bytes >= 4 * 1764 - 8 && heard.bytes <= 4 * 1764 + 8 && heard.last_duration / 1000 == 50);
    CHECK(IMFMediaSession_Close, trim, "(nothing is left)", show_end(&show));
}

/* A picture cannot be cut: what is shown at the start and at the stop is whole. */
static void pictures(void)
{
    IMFMediaType *type = rig_video_type(8, 8);
    struct heard heard = {0};
    struct rig_source_options source = {.samples = 10, .sample_size = 256, .types = {type}};
    struct rig_sink_options sink = {.consume = hear, .context = &heard};
    IMFTopologyNode *node;
    struct show show;

    if (!show_new(&show, &(struct show_parts){.source = &source, .sink = &sink})) return;
    node = show_node(&show, MF_TOPOLOGY_SOURCESTREAM_NODE);
    IMFTopologyNode_SetUINT64(node, &MF_TOPONODE_MEDIASTOP, 550000);
    drop(&node);
    CHECK(MF_TOPONODE_MEDIASTOP, pictures, "specifies the position in the source where playback stops",
          OK(show_all(&show)) && heard.bytes == 6 * 256 && show_state(&show, 0).last_time == 500000);
    drop(&type);
    CHECK(IMFMediaSession_Close, pictures, "(nothing is left)", show_end(&show));
}

static const struct test_case cases[] = {
    {"sound", sound},
    {"pictures", pictures},
    {NULL, NULL},
};

const struct group pipeline_trim_group = {"pipeline_trim", __FILE__, cases};

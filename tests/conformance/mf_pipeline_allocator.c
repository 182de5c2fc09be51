/*
 * What the pipeline does with a sink that keeps its samples in memory of its own (nn-mfidl-imfvideosampleallocator and
 * its methods, nf-mfidl-imfvideosampleallocatornotify-notifyrelease, nf-mftransform-imftransform-processoutput).
 */
#include "mf_pipeline_show.h"

#define FRAMES 20
#define SMALL  1024 /* bytes that fit into every picture here */

/* Video of 64 by 48 through a transform that needs samples, into a sink that has an allocator. */
static int video(struct show *show, const struct rig_sink_options *sink, struct rig_transform_options *transform,
                 DWORD size)
{
    IMFMediaType *type = rig_video_type(64, 48);
    struct rig_source_options source = {.samples = FRAMES, .types = {type}, .sample_size = size};
    int made;

    transform->caller_allocates = TRUE;
    transform->sample_size = size;
    made = show_new(show, &(struct show_parts){.source = &source, .transform = transform, .sink = sink});
    drop(&type);
    return made;
}

static void samples_of_the_sink(void)
{
    struct rig_transform_options transform = {.hold = 2};
    struct show show;

    if (!video(&show, &(struct rig_sink_options){.allocates = TRUE}, &transform, SMALL)) return;
    CHECK(IMFVideoSampleAllocator_AllocateSample, session,
          "The Media Session uses this interface to allocate samples for the EVR",
          OK(show_all(&show)) && show_state(&show, 0).allocated == FRAMES && show_state(&show, 0).in_order == FRAMES);
    CHECK(IMFVideoSampleAllocator_InitializeSampleAllocator, session,
          "Specifies the number of samples to allocate and the media type for the samples.",
          show_find(&show, "allocator", "InitializeSampleAllocator", 64) >= 0 &&
              rig_before(show.play.rig, "allocator.InitializeSampleAllocator", "allocator.AllocateSample"));
    CHECK(IMFMediaSession_Close, allocator, "(the sink's samples go back to it)", show_end(&show));
}

/* A sink that keeps more samples than there are, until their time has come. */
static void waiting_for_samples(BOOL asynchronous)
{
    struct rig_transform_options transform = {.hold = 2, .asynchronous = asynchronous};
    struct show show;

    if (!video(&show, &(struct rig_sink_options){.allocates = TRUE, .clocked = TRUE, .depth = 12}, &transform, SMALL))
        return;
    CHECK(IMFVideoSampleAllocator_AllocateSample, MF_E_SAMPLEALLOCATOR_EMPTY, "No samples are available.",
          OK(show_all(&show)) && rig_count(show.play.rig, "allocator.Empty") > 0);
    CHECK(IMFVideoSampleAllocatorNotify_NotifyRelease, session,
          "When the sample is released and then returned to the pool of available samples, the allocator invokes the "
          "NotifyRelease method.",
          show_state(&show, 0).allocated == FRAMES && show_state(&show, 0).in_order == FRAMES);
    CHECK(IMFMediaSession_Close, empty_allocator, "(nothing is left)", show_end(&show));
}

static void empty_allocator(void)
{
    waiting_for_samples(FALSE);
    waiting_for_samples(TRUE);
}

/* Closed while the transform waits for a sample. */
static void closed_while_empty(void)
{
    struct rig_transform_options transform = {.hold = 0};
    struct show show;

    if (!video(&show, &(struct rig_sink_options){.allocates = TRUE, .clocked = TRUE, .depth = 12}, &transform, SMALL))
        return;
    CHECK(IMFVideoSampleAllocator_UninitializeSampleAllocator, session,
          "Releases all of the video samples that have been allocated.",
          OK(show_start(&show)) && rig_wait_call(show.play.rig, "allocator.Empty", 1) && show_end(&show));
}

/* The picture changes its size on the way. */
static void another_size(void)
{
    IMFMediaType *other = rig_video_type(32, 24);
    struct rig_transform_options transform = {.change_at = 7, .change_type = other};
    struct show show;

    if (!video(&show, &(struct rig_sink_options){.allocates = TRUE}, &transform, SMALL)) return;
    CHECK(IMFVideoSampleAllocator_InitializeSampleAllocator, change,
          "(the allocator is initialized with the type that the transform goes over to)",
          OK(show_all(&show)) && show_find(&show, "allocator", "InitializeSampleAllocator", 32) >= 0 &&
              show_state(&show, 0).allocated == FRAMES && show_state(&show, 0).in_order == FRAMES);
    drop(&other);
    CHECK(IMFMediaSession_Close, allocator_change, "(nothing is left)", show_end(&show));
}

/* What the transform puts out is larger than the sink's samples: no other sample is any larger. */
static void too_small(void)
{
    struct rig_transform_options transform = {.hold = 0};
    struct show show;

    if (!video(&show, &(struct rig_sink_options){.allocates = TRUE}, &transform, 64 * 48 * 4 + 4096)) return;
    CHECK(IMFTransform_ProcessOutput, too_small, "(the session fails where the sink's samples are too small)",
          show_start(&show) != RIG_NO_EVENT && rig_wait(show.play.player, MEError) == MF_E_BUFFERTOOSMALL);
    CHECK(IMFMediaSession_Close, too_small, "(and closes)", show_end(&show));
}

static void refusals(void)
{
    struct rig_transform_options transform = {.hold = 0};
    struct show show;

    if (!video(&show, &(struct rig_sink_options){.allocates = TRUE}, &transform, SMALL)) return;
    rig_fault(show.play.rig, "allocator.AllocateSample", 3, RIG_FAIL, E_OUTOFMEMORY);
    CHECK(IMFVideoSampleAllocator_AllocateSample, failure, "(the session fails with the allocator's error)",
          show_start(&show) != RIG_NO_EVENT && rig_wait(show.play.player, MEError) == E_OUTOFMEMORY);
    CHECK(IMFMediaSession_Close, allocator_failure, "(and closes)", show_end(&show));

    if (!video(&show, &(struct rig_sink_options){.allocates = TRUE}, &transform, SMALL)) return;
    rig_fault(show.play.rig, "sink:0.GetService", 1, RIG_FAIL, E_NOINTERFACE);
    CHECK(IMFTransform_ProcessOutput, no_allocator, "(a sink without an allocator has samples in ordinary memory)",
          OK(show_all(&show)) && show_state(&show, 0).in_order == FRAMES && !show_state(&show, 0).allocated);
    CHECK(IMFMediaSession_Close, no_allocator, "(nothing is left)", show_end(&show));
}

static const struct test_case cases[] = {
    {"samples of the sink", samples_of_the_sink},
    {"no sample left", empty_allocator},
    {"closed while there is none", closed_while_empty},
    {"another size", another_size},
    {"samples that are too small", too_small},
    {"refusals", refusals},
    {NULL, NULL},
};

const struct group pipeline_allocator_group = {"pipeline_allocator", __FILE__, cases};

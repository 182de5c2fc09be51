/*
 * What the pipeline does with transforms (basic-mft-processing-model, asynchronous-mfts, handling-stream-changes,
 * mft-message-*, nf-mftransform-imftransform-processoutput, mf-toponode-drain-attribute, mf-toponode-flush-attribute).
 */
#include "mf_pipeline_show.h"

/* Messages come before data: first where there is one of the kind. */
static int message(struct show *show, MFT_MESSAGE_TYPE type)
{
    return show_find(show, "transform", "ProcessMessage", type);
}

static void synchronous(void)
{
    struct show show;

    if (!show_new(&show, &(struct show_parts){.transform = &(struct rig_transform_options){.hold = 3}})) return;
    CHECK(IMFTransform_ProcessOutput, flow, "pull output samples from the MFT until the MFT requires more input",
          OK(show_all(&show)) && show_state(&show, 0).samples == 20 && show_state(&show, 0).in_order == 20);
    CHECK(IMFTransform_ProcessMessage, MFT_MESSAGE_NOTIFY_BEGIN_STREAMING,
          "it must do so after setting all of the media types on the MFT, and before calling ProcessInput",
          message(&show, MFT_MESSAGE_NOTIFY_BEGIN_STREAMING) >= 0 &&
              message(&show, MFT_MESSAGE_NOTIFY_BEGIN_STREAMING) <
                  rig_find(show.play.rig, "transform.ProcessInput", 1));
    CHECK(IMFTransform_ProcessMessage, MFT_MESSAGE_NOTIFY_START_OF_STREAM,
          "Notifies a Media Foundation transform (MFT) that the first sample is about to be processed.",
          message(&show, MFT_MESSAGE_NOTIFY_START_OF_STREAM) >= 0 &&
              message(&show, MFT_MESSAGE_NOTIFY_START_OF_STREAM) <
                  rig_find(show.play.rig, "transform.ProcessInput", 1));
    CHECK(IMFTransform_ProcessMessage, MFT_MESSAGE_COMMAND_DRAIN,
          "A client would typically drain an MFT when it reached the end of the source stream",
          message(&show, MFT_MESSAGE_NOTIFY_END_OF_STREAM) >= 0 &&
              message(&show, MFT_MESSAGE_NOTIFY_END_OF_STREAM) < message(&show, MFT_MESSAGE_COMMAND_DRAIN));
    CHECK(IMFMediaSession_Close, transform, "(nothing of the transform is left after the session's end)",
          show_end(&show));
}

static void allocation(void)
{
    struct show show;

    if (!show_new(&show, &(struct show_parts){.transform = &(struct rig_transform_options){.caller_allocates = TRUE}}))
        return;
    CHECK(IMFTransform_ProcessOutput, caller_allocates,
          "If neither of these two flags is present, the caller must allocate the media sample.",
          OK(show_all(&show)) && show_state(&show, 0).in_order == 20);
    CHECK(IMFMediaSession_Close, transform_allocation, "(the samples go with the session)", show_end(&show));
}

static void asynchronous(void)
{
    struct show show;

    if (!show_new(&show,
                  &(struct show_parts){.transform = &(struct rig_transform_options){.asynchronous = TRUE, .hold = 2}}))
        return;
    CHECK(IMFTransform_ProcessInput, asynchronous, "For each METransformNeedInput event, the client calls ProcessInput",
          OK(show_all(&show)) && show_state(&show, 0).in_order == 20 &&
              rig_count(show.play.rig, "transform.ProcessInput") == 20);
    CHECK(IMFTransform_ProcessOutput, asynchronous,
          "For each METransformHaveOutput event, the client calls ProcessOutput.",
          rig_count(show.play.rig, "transform.ProcessOutput") == 20);
    CHECK(IMFTransform_ProcessMessage, start_asynchronous,
          "When streaming starts, the client sends the MFT_MESSAGE_NOTIFY_START_OF_STREAM message.",
          message(&show, MFT_MESSAGE_NOTIFY_START_OF_STREAM) >= 0 &&
              message(&show, MFT_MESSAGE_NOTIFY_START_OF_STREAM) <
                  rig_find(show.play.rig, "transform.ProcessInput", 1));
    CHECK(IMFTransform_ProcessMessage, drain_asynchronous, "The client sends the MFT_MESSAGE_COMMAND_DRAIN message.",
          message(&show, MFT_MESSAGE_COMMAND_DRAIN) > rig_find(show.play.rig, "transform.ProcessInput", 20));
    CHECK(IMFMediaSession_Close, transform_asynchronous, "(nothing of an asynchronous one is left)", show_end(&show));
}

/* The transform finds that its output has another format. */
static void output_change(void)
{
    IMFMediaType *other = rig_audio_type(22050, 1);
    struct rig_sink_state state;
    struct show show;
    BOOL same = FALSE;

    if (!show_new(&show, &(struct show_parts){
                             .transform = &(struct rig_transform_options){.change_at = 7, .change_type = other}}))
        return;
    CHECK(IMFTransform_ProcessOutput, MF_E_TRANSFORM_STREAM_CHANGE,
          "The client calls IMFTransform::GetOutputAvailableType. The client calls SetOutputType to set a new output "
          "type. The client resumes calling ProcessInput/ProcessOutput.",
          OK(show_all(&show)) && show_state(&show, 0).in_order == 20 &&
              rig_count(show.play.rig, "transform.SetOutputType") > 0);
    rig_sink_state(show.play.sink, 0, &state);
    if (state.type) IMFMediaType_Compare(state.type, (IMFAttributes *)other, MF_ATTRIBUTES_MATCH_OUR_ITEMS, &same);
    CHECK(IMFStreamSink_ProcessSample, new_format, "(the sink is given the new type before samples of it)", same);
    drop(&state.type);
    drop(&other);
    CHECK(IMFMediaSession_Close, transform_output_change, "(nothing is left)", show_end(&show));
}

/* The source finds it. */
static void input_change(void)
{
    IMFMediaType *other = rig_audio_type(22050, 1);
    struct show show;
    int drain, set;

    if (!show_new(&show,
                  &(struct show_parts){
                      .source = &(struct rig_source_options){.samples = 20, .change_at = 7, .change_type = other},
                      .transform = &(struct rig_transform_options){.hold = 2}}))
        return;
    CHECK(IMFTransform_SetInputType, stream, "The client sets a new input type.",
          OK(show_all(&show)) && show_state(&show, 0).samples == 20 &&
              rig_count(show.play.rig, "transform.SetInputType") > 0);
    drain = message(&show, MFT_MESSAGE_COMMAND_DRAIN);
    set = rig_find(show.play.rig, "transform.SetInputType", rig_count(show.play.rig, "transform.SetInputType"));
    CHECK(IMFTransform_SetInputType, MFT_SUPPORT_DYNAMIC_FORMAT_CHANGE,
          "FALSE: Before the client sets a new input type, it must drain the MFT.", drain >= 0 && drain < set);
    drop(&other);
    CHECK(IMFMediaSession_Close, transform_input_change, "(nothing is left)", show_end(&show));
}

static void drain_modes(void)
{
    IMFTopologyNode *node;
    struct show show;

    if (!show_new(&show, &(struct show_parts){.transform = &(struct rig_transform_options){.hold = 3}})) return;
    node = show_node(&show, MF_TOPOLOGY_TRANSFORM_NODE);
    IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_DRAIN, MF_TOPONODE_DRAIN_NEVER);
    drop(&node);
    CHECK(MF_TOPONODE_DRAIN, MF_TOPONODE_DRAIN_NEVER, "The transform is never drained.",
          OK(show_all(&show)) && message(&show, MFT_MESSAGE_COMMAND_DRAIN) < 0 && show_state(&show, 0).samples == 17);
    CHECK(IMFMediaSession_Close, transform_drain, "(nothing is left)", show_end(&show));
}

/* A stream that is cut off in the middle, before a transform that keeps three samples. */
static unsigned samples_of_cut(UINT32 mode, int *drained)
{
    struct rig_sink_state state = {0};
    IMFTopologyNode *node;
    struct show show;

    *drained = -1;
    if (!show_new(&show, &(struct show_parts){.transform = &(struct rig_transform_options){.hold = 3}})) return 0;
    node = show_node(&show, MF_TOPOLOGY_TRANSFORM_NODE);
    IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_DRAIN, mode);
    drop(&node);
    node = show_node(&show, MF_TOPOLOGY_SOURCESTREAM_NODE);
    IMFTopologyNode_SetUINT64(node, &MF_TOPONODE_MEDIASTOP, RIG_SECOND / 10);
    drop(&node);
    if (OK(show_all(&show))) state = show_state(&show, 0);
    *drained = message(&show, MFT_MESSAGE_COMMAND_DRAIN) >= 0;
    return show_end(&show) ? state.samples : 0;
}

static void drain_at_a_cut(void)
{
    int drained;

    CHECK(MF_TOPONODE_DRAIN, MF_TOPONODE_DRAIN_DEFAULT,
          "It is not drained when markout is reached at the end of a segment.",
          samples_of_cut(MF_TOPONODE_DRAIN_DEFAULT, &drained) == 7 && drained == 0);
    CHECK(MF_TOPONODE_DRAIN, MF_TOPONODE_DRAIN_ALWAYS, "The transform is drained whenever a topology ends.",
          samples_of_cut(MF_TOPONODE_DRAIN_ALWAYS, &drained) == 10 && drained == 1);
    CHECK(MF_TOPONODE_DRAIN, MF_TOPONODE_DRAIN_NEVER_cut, "The transform is never drained.",
          samples_of_cut(MF_TOPONODE_DRAIN_NEVER, &drained) == 7 && drained == 0);
}

/* How often a seek of a running presentation has the transform flushed. */
static int flushes_of_seek(UINT32 mode, int *flushed)
{
    IMFTopologyNode *node;
    struct show show;
    int ok;

    if (!show_new(&show, &(struct show_parts){.source = &(struct rig_source_options){.samples = 0},
                                              .transform = &(struct rig_transform_options){.hold = 1},
                                              .sink = &(struct rig_sink_options){.clocked = TRUE}}))
        return 0;
    node = show_node(&show, MF_TOPOLOGY_TRANSFORM_NODE);
    IMFTopologyNode_SetUINT32(node, &MF_TOPONODE_FLUSH, mode);
    drop(&node);
    ok = OK(show_start(&show)) && OK(rig_seek(show.play.player, RIG_SECOND)) &&
         OK(rig_wait(show.play.player, MESessionStarted));
    *flushed = message(&show, MFT_MESSAGE_COMMAND_FLUSH) >= 0;
    return show_end(&show) && ok;
}

static void flush_modes(void)
{
    int flushed = -1;

    CHECK(MF_TOPONODE_FLUSH, MF_TOPONODE_FLUSH_ALWAYS,
          "The transform is flushed whenever the stream changes, including seeks and new segments.",
          flushes_of_seek(MF_TOPONODE_FLUSH_ALWAYS, &flushed) && flushed == 1);
    CHECK(MF_TOPONODE_FLUSH, MF_TOPONODE_FLUSH_SEEK,
          "The transform is flushed when seeking is performed on the stream.",
          flushes_of_seek(MF_TOPONODE_FLUSH_SEEK, &flushed) && flushed == 1);
    CHECK(MF_TOPONODE_FLUSH, MF_TOPONODE_FLUSH_NEVER, "The transform is never flushed during streaming.",
          flushes_of_seek(MF_TOPONODE_FLUSH_NEVER, &flushed) && flushed == 0);
}

/* The same by way of the topology loader. */
static void resolved(BOOL asynchronous, IMFMediaType *type)
{
    struct rig_transform_options transform = {
        .hold = 1, .asynchronous = asynchronous, .input_type = type, .output_type = type};
    struct rig_sink_options sink = {.type = type};
    struct show show;
    HRESULT hr;

    if (!show_new(&show, &(struct show_parts){.transform = &transform, .sink = &sink})) return;
    show.play.player = rig_player(show.play.rig, NULL);
    show.play.session = rig_session(show.play.player);
    hr = IMFMediaSession_SetTopology(show.play.session, 0, show.topology);
    CHECK(IMFMediaSession_SetTopology, resolve,
          "If no flags are set, the Media Session resolves the topology and then adds it to the queue of pending "
          "presentations.",
          OK(hr) && OK(rig_wait(show.play.player, MESessionTopologySet)) && OK(play_start(&show.play)) &&
              OK(rig_wait(show.play.player, MESessionEnded)) && show_state(&show, 0).in_order == 20);
    CHECK(IMFMediaSession_Close, resolved, "(nothing is left)", show_end(&show));
}

static void resolved_topologies(void)
{
    IMFMediaType *type = rig_audio_type(44100, 2);

    resolved(FALSE, NULL);
    resolved(TRUE, NULL);
    resolved(FALSE, type);
    drop(&type);
}

static void failures(void)
{
    struct show show;

    if (!show_new(&show, &(struct show_parts){.transform = &(struct rig_transform_options){.hold = 1}})) return;
    rig_fault(show.play.rig, "transform.ProcessInput", 5, RIG_FAIL, E_OUTOFMEMORY);
    CHECK(IMFTransform_ProcessInput, failure, "(the session fails with a transform's error)",
          show_start(&show) != RIG_NO_EVENT && rig_wait(show.play.player, MEError) == E_OUTOFMEMORY);
    CHECK(IMFMediaSession_Close, transform_failure, "(and closes)", show_end(&show));
}

static const struct test_case cases[] = {
    {"synchronous transform", synchronous},
    {"samples of the caller", allocation},
    {"asynchronous transform", asynchronous},
    {"change of the output", output_change},
    {"change of the input", input_change},
    {"drain modes", drain_modes},
    {"drain at a cut", drain_at_a_cut},
    {"flush modes", flush_modes},
    {"resolved topologies", resolved_topologies},
    {"failing transform", failures},
    {NULL, NULL},
};

const struct group pipeline_transform_group = {"pipeline_transform", __FILE__, cases};

/* MFCreateAggregateSource: the streams of several sources as those of one. */
#include "mf_source_events.h"

#define SOURCES 2

/* Two sources of the rig, and an aggregate of them. */
struct scene
{
    struct rig *rig;
    IMFMediaSource *children[SOURCES], *source;
    IMFPresentationDescriptor *descriptor;
    IMFMediaStream *streams[SOURCES];
};

static HRESULT aggregate(IMFMediaSource **children, DWORD count, IMFMediaSource **source)
{
    IMFCollection *collection = NULL;
    HRESULT hr = MFCreateCollection(&collection);

    for (DWORD i = 0; SUCCEEDED(hr) && i < count; i++)
        hr = IMFCollection_AddElement(collection, (IUnknown *)children[i]);
    *source = NULL;
    if (SUCCEEDED(hr)) hr = pMFCreateAggregateSource(collection, source);
    drop(&collection);
    return hr;
}

static int begin(struct scene *scene, const struct rig_source_options *second)
{
    struct rig_source_options options = {.name = "first", .samples = 3};

    memset(scene, 0, sizeof(*scene));
    scene->rig = source_rig();
    options.rates = second->rates;
    scene->children[0] = rig_source(scene->rig, &options);
    scene->children[1] = rig_source(scene->rig, second);
    return OK(aggregate(scene->children, SOURCES, &scene->source)) && scene->source &&
           OK(IMFMediaSource_CreatePresentationDescriptor(scene->source, &scene->descriptor));
}

/* Starts it and takes the two streams. */
static int play(struct scene *scene)
{
    int good = OK(start_empty(scene->source, scene->descriptor));

    for (int i = 0; good && i < SOURCES; i++)
        good = (scene->streams[i] = wait_object(scene->source, MENewStream, &IID_IMFMediaStream)) != NULL;
    return good && wait_status(scene->source, MESourceStarted) == S_OK;
}

/* Shuts it down. Whether nothing is left. */
static int end(struct scene *scene)
{
    for (int i = 0; i < SOURCES; i++)
        drop(&scene->streams[i]);
    drop(&scene->descriptor);
    if (scene->source) IMFMediaSource_Shutdown(scene->source);
    drop(&scene->source);
    for (int i = 0; i < SOURCES; i++)
    {
        /* One that was never played has not been taken over. */
        if (scene->children[i]) IMFMediaSource_Shutdown(scene->children[i]);
        drop(&scene->children[i]);
    }
    return end_rig(scene->rig);
}

static void arguments(void)
{
    IMFMediaSource *source = NULL;
    IMFMediaType *type = NULL;

    CHECK(MFCreateAggregateSource, E_INVALIDARG, "The pSourceCollection collection does not contain any elements.",
          GIVES(E_INVALIDARG, aggregate(NULL, 0, &source)) && !source);
    CHECK(MFCreateAggregateSource, E_POINTER, "pSourceCollection [in]",
          GIVES(E_POINTER, pMFCreateAggregateSource(NULL, &source)));
    MFCreateMediaType(&type);
    CHECK(MFCreateAggregateSource, E_NOINTERFACE, "the collection object that contains a list of media sources.",
          GIVES(E_NOINTERFACE, aggregate((IMFMediaSource **)&type, 1, &source)) && !source);
    drop(&type);
}

static void descriptor(void)
{
    struct scene scene;
    int good = begin(&scene, &(struct rig_source_options){.name = "second", .samples = 5, .streams = 2, .live = TRUE});
    DWORD count = 0, flags = 0, ids[3] = {0};
    IMFStreamDescriptor *stream;
    BOOL selected;

    CHECK(MFCreateAggregateSource, S_OK, "The method succeeded.", good);
    good = good && OK(IMFPresentationDescriptor_GetStreamDescriptorCount(scene.descriptor, &count)) && count == 3;
    for (DWORD i = 0; good && i < count; i++)
    {
        good = OK(IMFPresentationDescriptor_GetStreamDescriptorByIndex(scene.descriptor, i, &selected, &stream));
        good = good && selected && OK(IMFStreamDescriptor_GetStreamIdentifier(stream, &ids[i]));
        drop(&stream);
    }
    CHECK(MFCreateAggregateSource, streams,
          "The aggregated media source is useful for combining streams from separate media sources.",
          good && ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2]);
    CHECK(IMFMediaSource_GetCharacteristics, aggregate, "(An aggregate can what all its sources can.)",
          good && OK(IMFMediaSource_GetCharacteristics(scene.source, &flags)) && (flags & MFMEDIASOURCE_IS_LIVE) &&
              !(flags & (MFMEDIASOURCE_CAN_SEEK | MFMEDIASOURCE_CAN_PAUSE)));
    CHECK(MFCreateAggregateSource, release, "The caller must release the interface.", end(&scene));
}

static void playing(void)
{
    struct scene scene;
    IMFMediaSource *owner = NULL;
    int good = begin(&scene, &(struct rig_source_options){.name = "second", .samples = 5}) && play(&scene);

    CHECK(IMFMediaSource_Start, aggregate, "(An aggregate starts all its sources, and answers once.)",
          good && rig_count(scene.rig, "first.Start") == 1 && rig_count(scene.rig, "second.Start") == 1 &&
              no_event(scene.source));
    CHECK(IMFMediaStream_GetMediaSource, aggregate,
          "Retrieves a pointer to the media source that created this media stream.",
          good && OK(IMFMediaStream_GetMediaSource(scene.streams[1], &owner)) && owner == scene.source);
    drop(&owner);
    good = good && drain_stream(scene.streams[0]) == 3;
    CHECK(MFCreateAggregateSource, end_of_one, "(An aggregate has not ended with the first of its sources.)",
          good && no_event(scene.source));
    good = good && drain_stream(scene.streams[1]) == 5;
    CHECK(MFCreateAggregateSource, end_of_all, "(An aggregate ends with the last of its sources, once.)",
          good && wait_status(scene.source, MEEndOfPresentation) == S_OK && no_event(scene.source));
    CHECK(IMFMediaSource_Stop, aggregate, "(An aggregate stops all its sources, and answers once.)",
          good && OK(IMFMediaSource_Stop(scene.source)) && next_is(scene.source, MESourceStopped) &&
              rig_count(scene.rig, "first.Stop") == 1 && rig_count(scene.rig, "second.Stop") == 1 &&
              no_event(scene.source));
    CHECK(IMFMediaSource_Start, aggregate_again, "(Streams that were there before are updated, not new.)",
          good && OK(start_at(scene.source, scene.descriptor, RIG_SECOND / 50)) &&
              next_is(scene.source, MEUpdatedStream) && next_is(scene.source, MEUpdatedStream) &&
              next_is(scene.source, MESourceStarted) && drain_stream(scene.streams[0]) == 1 &&
              drain_stream(scene.streams[1]) == 3);
    CHECK(IMFMediaSource_Shutdown, aggregate, "Shuts down the media source and releases the resources it is using.",
          good && OK(IMFMediaSource_Shutdown(scene.source)) &&
              GIVES(MF_E_SHUTDOWN, start_empty(scene.source, scene.descriptor)) &&
              GIVES(MF_E_SHUTDOWN, IMFMediaSource_Shutdown(scene.source)) &&
              GIVES(MF_E_SHUTDOWN, IMFMediaStream_RequestSample(scene.streams[0], NULL)) &&
              rig_count(scene.rig, "first.Shutdown") == 1 && rig_count(scene.rig, "second.Shutdown") == 1);
    CHECK(IMFMediaSource_Shutdown, aggregate_leaves_nothing, "releases the resources it is using", end(&scene));
}

static void pausing(void)
{
    struct scene scene;
    int good = begin(&scene, &(struct rig_source_options){.name = "second", .samples = 5}) && play(&scene);

    CHECK(IMFMediaSource_Pause, aggregate, "(An aggregate pauses all its sources, and answers once.)",
          good && OK(IMFMediaSource_Pause(scene.source)) && next_is(scene.source, MESourcePaused) &&
              rig_count(scene.rig, "first.Pause") == 1 && rig_count(scene.rig, "second.Pause") == 1 &&
              no_event(scene.source));
    CHECK(IMFMediaSource_Start, aggregate_deselected, "(A source of which no stream is selected is stopped.)",
          good && OK(IMFPresentationDescriptor_DeselectStream(scene.descriptor, 1)) &&
              OK(start_empty(scene.source, scene.descriptor)) && wait_status(scene.source, MESourceStarted) == S_OK &&
              rig_wait_call(scene.rig, "second.Stop", 1) && drain_stream(scene.streams[0]) == 3 &&
              wait_status(scene.source, MEEndOfPresentation) == S_OK);
    CHECK(IMFMediaSource_Start, MF_E_MEDIA_SOURCE_NO_STREAMS_SELECTED,
          "(A presentation without a selected stream cannot be started.)",
          good && OK(IMFPresentationDescriptor_DeselectStream(scene.descriptor, 0)) &&
              GIVES(MF_E_MEDIA_SOURCE_NO_STREAMS_SELECTED, start_empty(scene.source, scene.descriptor)));
    CHECK(IMFMediaSource_Pause, aggregate_leaves_nothing, "(as any source)", end(&scene));
}

static void failures(void)
{
    struct scene scene;
    int good = begin(&scene, &(struct rig_source_options){.name = "second", .samples = 5});

    rig_fault(scene.rig, "second.Start", 1, RIG_FAIL, E_ABORT);
    CHECK(IMFMediaSource_Start, aggregate_fails, "(Where one source does not start, none plays.)",
          good && GIVES(E_ABORT, start_empty(scene.source, scene.descriptor)) &&
              rig_wait_call(scene.rig, "first.Stop", 1));
    rig_no_faults(scene.rig);
    rig_forget(scene.rig);
    rig_fault(scene.rig, "second.Start", 1, RIG_FAIL_ANSWER, E_ABORT);
    CHECK(IMFMediaSource_Start, aggregate_answers_failure,
          "(Where one source fails to start later, that is the answer, and none plays.)",
          good && OK(start_empty(scene.source, scene.descriptor)) &&
              wait_status(scene.source, MESourceStarted) == E_ABORT && rig_wait_call(scene.rig, "first.Stop", 1));
    CHECK(IMFMediaSource_Start, aggregate_failure_leaves_nothing, "(as any source)", end(&scene));
}

static void rates(void)
{
    struct scene scene;
    int good = begin(&scene, &(struct rig_source_options){
                                 .name = "second", .samples = 5, .rates = TRUE, .slowest = 0.5f, .fastest = 2.0f});
    IMFRateSupport *support = NULL;
    IMFRateControl *control = NULL;
    IMFGetService *services = NULL;
    float rate = 0, slowest = 0, fastest = 0;
    BOOL thin = TRUE;

    good = good && OK(IMFMediaSource_QueryInterface(scene.source, &IID_IMFGetService, (void **)&services)) &&
           OK(IMFGetService_GetService(services, &MF_RATE_CONTROL_SERVICE, &IID_IMFRateSupport, (void **)&support)) &&
           OK(IMFGetService_GetService(services, &MF_RATE_CONTROL_SERVICE, &IID_IMFRateControl, (void **)&control));
    CHECK(IMFRateSupport_GetFastestRate, aggregate, "(The rates of an aggregate are those that all its sources have.)",
          good && OK(IMFRateSupport_GetFastestRate(support, MFRATE_FORWARD, FALSE, &fastest)) && fastest == 2.0f &&
              OK(IMFRateSupport_GetSlowestRate(support, MFRATE_FORWARD, FALSE, &slowest)) && slowest == 0.5f &&
              OK(IMFRateSupport_IsRateSupported(support, FALSE, 1.5f, NULL)) &&
              FAILED(IMFRateSupport_IsRateSupported(support, FALSE, 4.0f, NULL)));
    CHECK(IMFRateControl_SetRate, aggregate, "(All its sources get the rate, and one answer comes.)",
          good && OK(IMFRateControl_SetRate(control, FALSE, 2.0f)) &&
              wait_status(scene.source, MESourceRateChanged) == S_OK && no_event(scene.source) &&
              rig_count(scene.rig, "first.SetRate") == 1 && rig_count(scene.rig, "second.SetRate") == 1 &&
              OK(IMFRateControl_GetRate(control, &thin, &rate)) && rate == 2.0f && !thin);
    drop(&support);
    drop(&control);
    drop(&services);
    CHECK(IMFRateControl_SetRate, aggregate_leaves_nothing, "(as any source)", end(&scene));
}

static void in_session(void)
{
    struct scene scene;
    struct rig_sink_state first = {0}, second = {0};
    struct rig_player *player = NULL;
    IMFMediaSink *sink = NULL;
    int good = begin(&scene, &(struct rig_source_options){.name = "second", .samples = 5});

    sink = rig_sink(scene.rig, &(struct rig_sink_options){.name = "sink", .streams = 2});
    player = good ? rig_player(scene.rig, rig_topology(scene.rig, scene.source, NULL, sink)) : NULL;
    good = player && OK(rig_wait(player, MESessionTopologySet)) && OK(rig_play(player)) &&
           OK(rig_wait(player, MESessionEnded));
    rig_sink_state(sink, 0, &first);
    rig_sink_state(sink, 1, &second);
    if (player && !good) rig_print_events(player);
    CHECK(IMFMediaSession_Start, aggregate,
          "The aggregated media source is useful for combining streams from separate media sources.",
          good && first.samples == 3 && first.in_order == 3 && second.samples == 5 && second.in_order == 5);
    drop(&first.type);
    drop(&second.type);
    if (player) good = OK(rig_close(player, NULL)) && good;
    rig_finish(scene.rig, NULL, sink);
    CHECK(IMFMediaSession_Close, aggregate_leaves_nothing, "(as any session)", end(&scene) && good);
}

static const struct test_case cases[] = {
    {"arguments", arguments}, {"descriptor", descriptor}, {"playing", playing},         {"pausing", pausing},
    {"failures", failures},   {"rates", rates},           {"in a session", in_session}, {NULL, NULL}};
const struct group aggregate_group = {"aggregate", __FILE__, cases};

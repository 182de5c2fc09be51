/*
 * The sequencer source and segment offsets. The test takes the media session's part: it starts the sequencer with each
 * segment's presentation descriptor, as the session does when one segment's topology follows another.
 */
#include "mf_source_events.h"

#define SEGMENTS 3

/* A sequencer with topologies of one source and one sink each. */
struct scene
{
    struct rig *rig;
    IMFSequencerSource *sequencer;
    IMFMediaSource *source; /* the sequencer's */
    IMFMediaSourceTopologyProvider *topologies;
    IMFMediaSource *children[SEGMENTS];
    IMFMediaSink *sink;
    IMFTopology *topology[SEGMENTS];
    MFSequencerElementId id[SEGMENTS];
    IMFPresentationDescriptor *descriptor; /* of the first segment */
    DWORD count;
};

static const char *const names[SEGMENTS] = {"one", "two", "three"};

/* Segment number i has i + 2 samples of a hundredth of a second; the last has the flag if `last`. */
static int begin(struct scene *scene, DWORD count, BOOL last)
{
    int good;

    memset(scene, 0, sizeof(*scene));
    scene->rig = source_rig();
    scene->count = count;
    scene->sink = rig_sink(scene->rig, &(struct rig_sink_options){.name = "sink"});
    good = OK(pMFCreateSequencerSource(NULL, &scene->sequencer)) &&
           OK(IMFSequencerSource_QueryInterface(scene->sequencer, &IID_IMFMediaSource, (void **)&scene->source)) &&
           OK(IMFSequencerSource_QueryInterface(scene->sequencer, &IID_IMFMediaSourceTopologyProvider,
                                                (void **)&scene->topologies));
    for (DWORD i = 0; good && i < count; i++)
    {
        scene->children[i] = rig_source(scene->rig, &(struct rig_source_options){.name = names[i], .samples = i + 2});
        scene->topology[i] = rig_topology(scene->rig, scene->children[i], NULL, scene->sink);
        good = OK(IMFSequencerSource_AppendTopology(scene->sequencer, scene->topology[i],
                                                    last && i + 1 == count ? SequencerTopologyFlags_Last : 0,
                                                    &scene->id[i]));
    }
    if (good && count) good = OK(IMFMediaSource_CreatePresentationDescriptor(scene->source, &scene->descriptor));
    return good;
}

static int end(struct scene *scene)
{
    drop(&scene->descriptor);
    if (scene->source) IMFMediaSource_Shutdown(scene->source);
    for (DWORD i = 0; i < scene->count; i++)
    {
        drop(&scene->topology[i]);
        if (scene->children[i]) IMFMediaSource_Shutdown(scene->children[i]);
        drop(&scene->children[i]);
    }
    drop(&scene->topologies);
    drop(&scene->source);
    drop(&scene->sequencer);
    rig_finish(scene->rig, NULL, scene->sink);
    return end_rig(scene->rig);
}

/* Whether the descriptor is that of segment number `index`. */
static int is_segment(struct scene *scene, IMFPresentationDescriptor *descriptor, DWORD index)
{
    MFSequencerElementId id = 0;

    return descriptor &&
           SUCCEEDED(IMFSequencerSource_GetPresentationContext(scene->sequencer, descriptor, &id, NULL)) &&
           id == scene->id[index];
}

/* Starts a segment as the session does. Returns its stream, or NULL. */
static IMFMediaStream *start_segment(struct scene *scene, IMFPresentationDescriptor *descriptor)
{
    IMFMediaStream *stream;

    if (!OK(start_empty(scene->source, descriptor))) return NULL;
    stream = wait_object(scene->source, MENewStream, &IID_IMFMediaStream);
    if (stream && wait_status(scene->source, MESourceStarted) != S_OK) drop(&stream);
    return stream;
}

/* ---- Segment offsets --------------------------------------------------------------------------------------------- */

static void segment_offsets(void)
{
    PROPVARIANT value = {.vt = VT_EMPTY};

    CHECK(MFCreateSequencerSegmentOffset, E_POINTER, "pvarSegmentOffset [out] (E_POINTER on Windows)",
          GIVES(E_POINTER, pMFCreateSequencerSegmentOffset(0, 0, NULL)));
    CHECK(MFCreateSequencerSegmentOffset, S_OK,
          "The method fills in the PROPVARIANT with the information needed for performing a seek operation.",
          OK(pMFCreateSequencerSegmentOffset(7, RIG_SECOND, &value)) && value.vt == VT_UNKNOWN && value.punkVal);
    CHECK(MFCreateSequencerSegmentOffset, clear, "The caller must free the PROPVARIANT by calling PropVariantClear.",
          value.vt == VT_UNKNOWN && references(value.punkVal) == 1 && OK(PropVariantClear(&value)));
}

/* ---- The list ---------------------------------------------------------------------------------------------------- */

static void arguments(void)
{
    IMFPresentationDescriptor *foreign = NULL;
    MFSequencerElementId id = 0;
    IMFTopology *empty = NULL;
    IMFTopologyNode *node = NULL;
    struct scene scene;
    int good;

    CHECK(MFCreateSequencerSource, E_POINTER, "ppSequencerSource",
          GIVES(E_POINTER, pMFCreateSequencerSource(NULL, NULL)));
    good = begin(&scene, 1, TRUE);
    CHECK(MFCreateSequencerSource, S_OK, "The function succeeded.", good);
    CHECK(IMFSequencerSource_AppendTopology, E_INVALIDARG,
          "If an application passes NULL, the call fails with an E_INVALIDARG error code.",
          good && GIVES(E_INVALIDARG, IMFSequencerSource_AppendTopology(scene.sequencer, NULL, 0, &id)));

    pMFCreateTopology(&empty);
    pMFCreateTopologyNode(MF_TOPOLOGY_SOURCESTREAM_NODE, &node);
    IMFTopology_AddNode(empty, node);
    CHECK(IMFSequencerSource_AppendTopology, MF_E_ATTRIBUTENOTFOUND,
          "The source topology node is missing one of the following attributes: MF_TOPONODE_STREAM_DESCRIPTOR, "
          "MF_TOPONODE_PRESENTATION_DESCRIPTOR, MF_TOPONODE_SOURCE",
          good && GIVES(MF_E_ATTRIBUTENOTFOUND, IMFSequencerSource_AppendTopology(scene.sequencer, empty, 0, &id)));
    drop(&node);
    drop(&empty);

    good = good && OK(IMFMediaSource_CreatePresentationDescriptor(scene.children[0], &foreign));
    CHECK(IMFSequencerSource_GetPresentationContext, E_INVALIDARG, "The presentation descriptor is not valid.",
          good && GIVES(E_INVALIDARG, IMFSequencerSource_GetPresentationContext(scene.sequencer, foreign, &id, NULL)));
    CHECK(
        IMFMediaSourceTopologyProvider_GetMediaSourceTopology, E_INVALIDARG,
        "Invalid argument. For example, a NULL input parameter, or the presentation descriptor is not valid.",
        good &&
            GIVES(E_INVALIDARG,
                  IMFMediaSourceTopologyProvider_GetMediaSourceTopology(scene.topologies, foreign, &empty)) &&
            GIVES(E_INVALIDARG, IMFMediaSourceTopologyProvider_GetMediaSourceTopology(scene.topologies, NULL, &empty)));
    CHECK(IMFSequencerSource_DeleteTopology, E_INVALIDARG,
          "The sequencer element identifier of the topology to delete.",
          good && GIVES(E_INVALIDARG, IMFSequencerSource_DeleteTopology(scene.sequencer, scene.id[0] + 100)));
    drop(&foreign);
    good = good && OK(IMFMediaSource_Shutdown(scene.source));
    CHECK(IMFMediaSource_Shutdown, sequencer,
          "This call shuts down all of the underlying native media sources in the sequencer source.",
          good && rig_count(scene.rig, "one.Shutdown") == 1);
    CHECK(
        IMFSequencerSource_UpdateTopology, MF_E_SHUTDOWN, "The sequencer source has been shut down.",
        good &&
            GIVES(MF_E_SHUTDOWN, IMFSequencerSource_UpdateTopology(scene.sequencer, scene.id[0], scene.topology[0])) &&
            GIVES(MF_E_SHUTDOWN, start_empty(scene.source, scene.descriptor)));
    CHECK(IMFMediaSource_Shutdown, sequencer_leaves_nothing, "(as any source)", end(&scene));
}

static void topologies(void)
{
    IMFMediaSource *source = NULL, *original = NULL;
    IMFTopology *topology = NULL, *first = NULL;
    IMFCollection *nodes = NULL;
    IMFTopologyNode *node = NULL;
    MFSequencerElementId id = 0;
    struct scene scene;
    UINT32 element = 0;
    int good = begin(&scene, 2, TRUE);

    CHECK(IMFSequencerSource_AppendTopology, S_OK, "Receives the sequencer element identifier for this topology.",
          good && scene.id[0] != scene.id[1]);
    CHECK(IMFSequencerSource_GetPresentationContext, S_OK,
          "Receives a pointer to the IMFTopology interface of the original topology that the application added to the "
          "sequencer source.",
          good && OK(IMFSequencerSource_GetPresentationContext(scene.sequencer, scene.descriptor, &id, &first)) &&
              id == scene.id[0] && first == scene.topology[0] &&
              OK(IMFSequencerSource_GetPresentationContext(scene.sequencer, scene.descriptor, NULL, NULL)));
    drop(&first);
    good = good &&
           OK(IMFMediaSourceTopologyProvider_GetMediaSourceTopology(scene.topologies, scene.descriptor, &topology));
    CHECK(IMFMediaSourceTopologyProvider_GetMediaSourceTopology, S_OK,
          "Returns a topology for a media source that builds an internal topology.", good && topology);
    good = good && topology && OK(IMFTopology_GetSourceNodeCollection(topology, &nodes)) &&
           OK(IMFCollection_GetElement(nodes, 0, (IUnknown **)&node)) &&
           OK(IMFTopologyNode_GetUnknown(node, &MF_TOPONODE_SOURCE, &IID_IMFMediaSource, (void **)&source)) &&
           OK(IMFTopologyNode_GetUINT32(node, &MF_TOPONODE_SEQUENCE_ELEMENTID, &element));
    CHECK(IMFMediaSourceTopologyProvider_GetMediaSourceTopology, nodes,
          "The source nodes in the modified topology contain pointers to the sequencer source, rather than the native "
          "sources.",
          good && source == scene.source && element == scene.id[0]);
    drop(&node);
    drop(&nodes);
    good = good && OK(IMFTopology_GetSourceNodeCollection(scene.topology[0], &nodes)) &&
           OK(IMFCollection_GetElement(nodes, 0, (IUnknown **)&node)) &&
           OK(IMFTopologyNode_GetUnknown(node, &MF_TOPONODE_SOURCE, &IID_IMFMediaSource, (void **)&original));
    CHECK(IMFSequencerSource_GetPresentationContext, original,
          "The source nodes in this topology contain pointers to the native sources.",
          good && original == scene.children[0]);
    drop(&node);
    drop(&nodes);
    drop(&source);
    drop(&original);
    drop(&topology);
    CHECK(IMFMediaSourceTopologyProvider_GetMediaSourceTopology, leaves_nothing,
          "The caller must release the interface.", end(&scene));
}

/* ---- Playing ----------------------------------------------------------------------------------------------------- */

static void in_turn(void)
{
    IMFPresentationDescriptor *next = NULL;
    IMFMediaStream *stream = NULL;
    IMFMediaSource *owner = NULL;
    struct scene scene;
    int good = begin(&scene, 2, TRUE) && OK(start_empty(scene.source, scene.descriptor));

    next = good ? wait_object(scene.source, MENewPresentation, &IID_IMFPresentationDescriptor) : NULL;
    CHECK(IMFMediaSource_Start, MENewPresentation, "Signals the application to preroll the next topology.",
          is_segment(&scene, next, 1));
    stream = good ? wait_object(scene.source, MENewStream, &IID_IMFMediaStream) : NULL;
    CHECK(IMFMediaSource_Start, sequencer_stream,
          "the sequencer source modifies the topologies so that the source nodes point to the sequencer source",
          stream && OK(IMFMediaStream_GetMediaSource(stream, &owner)) && owner == scene.source &&
              wait_status(scene.source, MESourceStarted) == S_OK);
    drop(&owner);
    CHECK(IMFMediaSource_Start, MEEndOfPresentationSegment,
          "Raised by the sequencer source when a segment is completed and is followed by another segment.",
          stream && drain_stream(stream) == 2 && next_is(scene.source, MEEndOfPresentationSegment));
    drop(&stream);
    stream = next ? start_segment(&scene, next) : NULL;
    CHECK(IMFMediaSource_Start, MEEndOfPresentation,
          "When the final segment is completed, the sequencer source raises an MEEndOfPresentation event.",
          stream && drain_stream(stream) == 3 && next_is(scene.source, MEEndOfPresentation) && no_event(scene.source) &&
              rig_wait_call(scene.rig, "one.Stop", 1));
    CHECK(IMFMediaSource_Stop, sequencer, "(The segment that plays is stopped.)",
          good && OK(IMFMediaSource_Stop(scene.source)) && next_is(scene.source, MESourceStopped) &&
              rig_count(scene.rig, "two.Stop") == 1);
    drop(&stream);
    drop(&next);
    CHECK(IMFMediaSource_Start, sequencer_leaves_nothing, "(as any source)", end(&scene));
}

/* Without the flag the sequencer waits for more, until it is told that there is none. */
static void waiting(void)
{
    IMFPresentationDescriptor *next = NULL;
    IMFTopology *more = NULL;
    IMFMediaStream *stream;
    struct scene scene;
    int good = begin(&scene, 1, FALSE);

    stream = good ? start_segment(&scene, scene.descriptor) : NULL;
    CHECK(IMFSequencerSource_AppendTopology, without_last,
          "Otherwise, the sequencer waits indefinitely for a new topology to be queued.",
          stream && drain_stream(stream) == 2 && next_is(scene.source, MEEndOfPresentationSegment) &&
              no_event(scene.source));
    drop(&stream);
    more = good ? rig_topology(scene.rig, scene.children[0], NULL, scene.sink) : NULL;
    good = good && OK(IMFSequencerSource_AppendTopology(scene.sequencer, more, 0, &scene.id[1]));
    next = good ? wait_object(scene.source, MENewPresentation, &IID_IMFPresentationDescriptor) : NULL;
    CHECK(IMFSequencerSource_AppendTopology, preroll,
          "The preroll list is synchronized with the input list and is refreshed each time a topology is added to or "
          "deleted from the input list.",
          is_segment(&scene, next, 1));
    stream = next ? start_segment(&scene, next) : NULL;
    CHECK(IMFSequencerSource_AppendTopology, same_source,
          "The input list can have duplicate topologies; however, they are identified by their unique segment "
          "identifiers.",
          stream && drain_stream(stream) == 2 && next_is(scene.source, MEEndOfPresentationSegment));
    CHECK(IMFSequencerSource_UpdateTopologyFlags, S_OK,
          "The sequencer uses this information to end playback with the pipeline.",
          good &&
              OK(IMFSequencerSource_UpdateTopologyFlags(scene.sequencer, scene.id[1], SequencerTopologyFlags_Last)) &&
              next_is(scene.source, MEEndOfPresentation) && no_event(scene.source));
    drop(&stream);
    drop(&next);
    drop(&more);
    CHECK(IMFSequencerSource_UpdateTopologyFlags, leaves_nothing, "(as any source)", end(&scene));
}

/* The value of MF_EVENT_SOURCE_TOPOLOGY_CANCELED of the next end of a segment. */
static int canceled_end(struct scene *scene)
{
    IMFMediaEvent *event = wait_event(scene->source, MEEndOfPresentationSegment);
    UINT32 canceled = 0;

    if (!event) return 0;
    IMFMediaEvent_GetUINT32(event, &MF_EVENT_SOURCE_TOPOLOGY_CANCELED, &canceled);
    IMFMediaEvent_Release(event);
    return canceled != 0;
}

static HRESULT start_in_segment(struct scene *scene, MFSequencerElementId id, LONGLONG offset)
{
    PROPVARIANT position = {.vt = VT_EMPTY};
    HRESULT hr = pMFCreateSequencerSegmentOffset(id, offset, &position);

    if (SUCCEEDED(hr))
        hr = IMFMediaSource_Start(scene->source, scene->descriptor, &MF_TIME_FORMAT_SEGMENT_OFFSET, &position);
    PropVariantClear(&position);
    return hr;
}

static void skipping(void)
{
    IMFPresentationDescriptor *second = NULL, *third = NULL;
    IMFMediaStream *stream = NULL, *later = NULL;
    IMFMediaEvent *event = NULL;
    struct scene scene;
    struct rig_call call;
    PROPVARIANT value = {.vt = VT_EMPTY};
    int good = begin(&scene, 3, TRUE) && OK(start_empty(scene.source, scene.descriptor));

    second = good ? wait_object(scene.source, MENewPresentation, &IID_IMFPresentationDescriptor) : NULL;
    stream = second ? wait_object(scene.source, MENewStream, &IID_IMFMediaStream) : NULL;
    good = stream && wait_status(scene.source, MESourceStarted) == S_OK;
    CHECK(IMFMediaSource_Start, MF_E_INVALID_POSITION, "(A segment offset of a segment that there is none.)",
          good && GIVES(MF_E_INVALID_POSITION, start_in_segment(&scene, 999, 0)));
    good = good && OK(start_in_segment(&scene, scene.id[2], RIG_SECOND / 50));
    third = good ? wait_object(scene.source, MENewPresentation, &IID_IMFPresentationDescriptor) : NULL;
    CHECK(IMFMediaSource_Start, skip,
          "The sequencer source sends an MENewPresentation event for the new segment to which the Media Session is "
          "skipping.",
          is_segment(&scene, third, 2));
    CHECK(IMFMediaSource_Start, cancel,
          "When the sequencer source ends the active segment, it sends the MEEndOfPresentationSegment event.",
          good && wait_status(scene.source, MESourceStarted) == S_OK && canceled_end(&scene) &&
              wait_status(stream, MEEndOfStream) == S_OK && rig_wait_call(scene.rig, "one.Stop", 1));
    CHECK(IMFSequencerSource_GetPresentationContext, MF_S_SEQUENCER_CONTEXT_CANCELED, "This segment was canceled.",
          second && GIVES(MF_S_SEQUENCER_CONTEXT_CANCELED,
                          IMFSequencerSource_GetPresentationContext(scene.sequencer, second, NULL, NULL)));
    later = second ? start_segment(&scene, second) : NULL;
    CHECK(IMFMediaSource_Start, cancel_preroll,
          "Then, because segment 2 is already pre-rolled, that segment is started but then immediately canceled.",
          later && canceled_end(&scene) && wait_status(later, MEEndOfStream) == S_OK);
    drop(&later);

    good = third && OK(start_empty(scene.source, third));
    later = good ? wait_object(scene.source, MENewStream, &IID_IMFMediaStream) : NULL;
    event = later ? wait_event(scene.source, MESourceStarted) : NULL;
    if (event) IMFMediaEvent_GetValue(event, &value);
    CHECK(IMFMediaSource_Start, segment_offset,
          "The sequencer source sends an MESourceStarted event with a start time equal to the segment offset",
          event && value.vt == VT_I8 && value.hVal.QuadPart == RIG_SECOND / 50 &&
              rig_call(scene.rig, (unsigned)rig_find(scene.rig, "three.Start", 1), &call) &&
              call.argument == RIG_SECOND / 50);
    CHECK(IMFMediaSource_Start, skipped_to_end, "The session can then switch to segment 3 and play it normally.",
          later && drain_stream(later) == 2 && next_is(scene.source, MEEndOfPresentation));
    if (event) IMFMediaEvent_Release(event);
    drop(&stream);
    drop(&later);
    drop(&second);
    drop(&third);
    CHECK(IMFMediaSource_Start, skip_leaves_nothing, "(as any source)", end(&scene));
}

static void deleting(void)
{
    IMFPresentationDescriptor *second = NULL, *third = NULL, *again = NULL;
    IMFMediaStream *stream = NULL;
    struct scene scene;
    int good = begin(&scene, 3, TRUE) && OK(start_empty(scene.source, scene.descriptor));

    second = good ? wait_object(scene.source, MENewPresentation, &IID_IMFPresentationDescriptor) : NULL;
    stream = second ? wait_object(scene.source, MENewStream, &IID_IMFMediaStream) : NULL;
    good = stream && wait_status(scene.source, MESourceStarted) == S_OK;
    good = good && OK(IMFSequencerSource_DeleteTopology(scene.sequencer, scene.id[1]));
    third = good ? wait_object(scene.source, MENewPresentation, &IID_IMFPresentationDescriptor) : NULL;
    CHECK(IMFSequencerSource_DeleteTopology, S_OK,
          "The preroll list is refreshed each time a topology is added to or deleted from the input list.",
          is_segment(&scene, third, 2));
    CHECK(
        IMFSequencerSource_DeleteTopology, active,
        "If the segment being deleted is the active topology, playback is stopped and the sequencer source raises the "
        "MEEndOfPresentationSegment event.",
        good && OK(IMFSequencerSource_DeleteTopology(scene.sequencer, scene.id[0])) && canceled_end(&scene) &&
            rig_wait_call(scene.rig, "one.Stop", 1));
    drop(&stream);
    stream = third ? start_segment(&scene, third) : NULL;
    CHECK(IMFSequencerSource_DeleteTopology, active_last,
          "If the active topology is also the last topology, the MEEndOfPresentation event is raised.",
          stream && OK(IMFSequencerSource_DeleteTopology(scene.sequencer, scene.id[2])) &&
              next_is(scene.source, MEEndOfPresentation) && no_event(scene.source));
    CHECK(IMFMediaSource_CreatePresentationDescriptor, sequencer_empty,
          "(A sequencer without segments has no presentation.)",
          good && GIVES(MF_E_INVALIDREQUEST, IMFMediaSource_CreatePresentationDescriptor(scene.source, &again)));
    drop(&stream);
    drop(&second);
    drop(&third);
    CHECK(IMFSequencerSource_DeleteTopology, leaves_nothing, "(as any source)", end(&scene));
}

static void updating(void)
{
    IMFPresentationDescriptor *second = NULL, *updated = NULL;
    IMFMediaStream *stream = NULL;
    struct scene scene;
    IMFTopology *replacement = NULL;
    PROPVARIANT value = {.vt = VT_EMPTY};
    IMFMediaEvent *event = NULL;
    int good = begin(&scene, 2, TRUE) && OK(start_empty(scene.source, scene.descriptor));

    second = good ? wait_object(scene.source, MENewPresentation, &IID_IMFPresentationDescriptor) : NULL;
    stream = second ? wait_object(scene.source, MENewStream, &IID_IMFMediaStream) : NULL;
    good = stream && wait_status(scene.source, MESourceStarted) == S_OK;
    replacement = good ? rig_topology(scene.rig, scene.children[0], NULL, scene.sink) : NULL;
    good = good && OK(IMFSequencerSource_UpdateTopology(scene.sequencer, scene.id[1], replacement));
    updated = good ? wait_object(scene.source, MENewPresentation, &IID_IMFPresentationDescriptor) : NULL;
    event = good ? wait_event(scene.source, MESequencerSourceTopologyUpdated) : NULL;
    if (event) IMFMediaEvent_GetValue(event, &value);
    CHECK(IMFSequencerSource_UpdateTopology, S_OK,
          "When the operation is completed, the sequencer source sends an MESequencerSourceTopologyUpdated event. "
          "(VT_UI4: Sequencer element identifier of the topology that is being updated.)",
          event && value.vt == VT_UI4 && value.ulVal == scene.id[1]);
    CHECK(IMFSequencerSource_UpdateTopology, preroll, "The preroll list is also refreshed.",
          is_segment(&scene, updated, 1) && updated != second);
    good = good && drain_stream(stream) == 2 && next_is(scene.source, MEEndOfPresentationSegment);
    drop(&stream);
    stream = good && updated ? start_segment(&scene, updated) : NULL;
    CHECK(IMFSequencerSource_UpdateTopology, plays,
          "The application can replace a segment's topology with another topology by calling UpdateTopology",
          stream && drain_stream(stream) == 2 && next_is(scene.source, MEEndOfPresentation));
    if (event) IMFMediaEvent_Release(event);
    drop(&stream);
    drop(&second);
    drop(&updated);
    drop(&replacement);
    CHECK(IMFSequencerSource_UpdateTopology, leaves_nothing, "(as any source)", end(&scene));
}

static void forcing(void)
{
    IMFMediaSourcePresentationProvider *provider = NULL;
    IMFGetService *services = NULL;
    IMFMediaStream *stream = NULL;
    struct scene scene;
    int good = begin(&scene, 1, TRUE);

    good = good && OK(IMFMediaSource_QueryInterface(scene.source, &IID_IMFGetService, (void **)&services)) &&
           OK(IMFGetService_GetService(services, &MF_SOURCE_PRESENTATION_PROVIDER_SERVICE,
                                       &IID_IMFMediaSourcePresentationProvider, (void **)&provider));
    stream = good ? start_segment(&scene, scene.descriptor) : NULL;
    CHECK(IMFMediaSourcePresentationProvider_ForceEndOfPresentation, S_OK,
          "Notifies the source when playback has reached the end of a segment.",
          stream && OK(IMFMediaSourcePresentationProvider_ForceEndOfPresentation(provider, scene.descriptor)) &&
              next_is(scene.source, MEEndOfPresentation) && rig_wait_call(scene.rig, "one.Stop", 1) &&
              wait_status(stream, MEEndOfStream) == S_OK && no_event(scene.source));
    drop(&stream);
    drop(&provider);
    drop(&services);
    CHECK(IMFMediaSourcePresentationProvider_ForceEndOfPresentation, leaves_nothing, "(as any source)", end(&scene));
}

/* ---- With the session ---------------------------------------------------------------------------------------------
 */

/* Puts the segment's topology into the session. */
static int queue_segment(struct scene *scene, IMFMediaSession *session, IMFPresentationDescriptor *descriptor)
{
    IMFTopology *topology = NULL;
    int good = OK(IMFMediaSourceTopologyProvider_GetMediaSourceTopology(scene->topologies, descriptor, &topology)) &&
               OK(IMFMediaSession_SetTopology(session, 0, topology));

    drop(&topology);
    return good;
}

static int close_session(IMFMediaSession *session)
{
    int good = session && OK(IMFMediaSession_Close(session)) && OK(wait_status(session, MESessionClosed)) &&
               OK(IMFMediaSession_Shutdown(session));

    drop(&session);
    return good;
}

static void in_session(void)
{
    PROPVARIANT position = {.vt = VT_EMPTY};
    IMFPresentationDescriptor *next = NULL;
    struct rig_sink_state state = {0};
    IMFMediaSession *session = NULL;
    struct scene scene;
    int good = begin(&scene, 2, TRUE) && OK(pMFCreateMediaSession(NULL, &session)) &&
               queue_segment(&scene, session, scene.descriptor) && OK(wait_status(session, MESessionTopologySet)) &&
               OK(IMFMediaSession_Start(session, &GUID_NULL, &position));

    next = good ? wait_object(session, MENewPresentation, &IID_IMFPresentationDescriptor) : NULL;
    CHECK(IMFMediaSession_Start, MENewPresentation, "The Media Session forwards this event to the application.",
          is_segment(&scene, next, 1));
    good = next && queue_segment(&scene, session, next);
    CHECK(IMFMediaSession_Start, sequence,
          "It is not necessary to re-start the media source; it will automatically play through to the next segment.",
          good && OK(wait_status(session, MEEndOfPresentationSegment)) &&
              OK(wait_status(session, MEEndOfPresentation)) && OK(wait_status(session, MESessionEnded)));
    rig_sink_state(scene.sink, 0, &state);
    if (state.samples != 5 || state.last_time != 4 * RIG_SECOND / 100)
        note("%u samples, the last at %lld", state.samples, (long long)state.last_time);
    CHECK(IMFMediaSession_Start, sequence_times,
          "In a playlist sequence, the presentation clock starts at zero and continues across segment boundaries.",
          good && state.samples == 5 && state.last_time == 4 * RIG_SECOND / 100);
    drop(&state.type);
    drop(&next);
    good = close_session(session);
    CHECK(IMFMediaSession_Close, sequence_leaves_nothing, "(as any session)", end(&scene) && good);
}

/* The first Start goes into the third segment: the first one is started and canceled. */
static void skip_in_session(void)
{
    IMFPresentationDescriptor *third = NULL;
    struct rig_sink_state state = {0};
    IMFMediaSession *session = NULL;
    PROPVARIANT position = {.vt = VT_EMPTY};
    struct scene scene;
    int good = begin(&scene, 3, TRUE) && OK(pMFCreateMediaSession(NULL, &session)) &&
               queue_segment(&scene, session, scene.descriptor) && OK(wait_status(session, MESessionTopologySet)) &&
               OK(pMFCreateSequencerSegmentOffset(scene.id[2], RIG_SECOND / 50, &position)) &&
               OK(IMFMediaSession_Start(session, &MF_TIME_FORMAT_SEGMENT_OFFSET, &position));

    third = good ? wait_object(session, MENewPresentation, &IID_IMFPresentationDescriptor) : NULL;
    good = third && is_segment(&scene, third, 2) && queue_segment(&scene, session, third);
    CHECK(
        IMFMediaSession_Start, MF_TIME_FORMAT_SEGMENT_OFFSET,
        "An application can skip to a particular segment in the sequence by starting the Media Session with a segment "
        "offset",
        good && OK(wait_status(session, MEEndOfPresentationSegment)) && OK(wait_status(session, MESessionEnded)));
    rig_sink_state(scene.sink, 0, &state);
    if (state.samples != 2) note("%u samples, from %lld", state.samples, (long long)state.first_time);
    CHECK(
        IMFMediaSession_Start, segment_offset_data,
        "The hnsOffset parameter specifies a time offset, relative to the start of the segment. Playback will start at "
        "this time.",
        good && state.samples == 2 && state.first_time == RIG_SECOND / 50);
    drop(&state.type);
    drop(&third);
    PropVariantClear(&position);
    good = close_session(session);
    CHECK(IMFMediaSession_Close, skip_leaves_nothing, "(as any session)", end(&scene) && good);
}

/* What seemed to be a segment in the middle is said to be the last one when it is over. */
static void last_in_session(void)
{
    PROPVARIANT position = {.vt = VT_EMPTY};
    IMFMediaSession *session = NULL;
    struct scene scene;
    int good = begin(&scene, 1, FALSE) && OK(pMFCreateMediaSession(NULL, &session)) &&
               queue_segment(&scene, session, scene.descriptor) && OK(wait_status(session, MESessionTopologySet)) &&
               OK(IMFMediaSession_Start(session, &GUID_NULL, &position)) &&
               OK(wait_status(session, MEEndOfPresentationSegment));

    CHECK(IMFSequencerSource_UpdateTopologyFlags, in_session,
          "Otherwise, the sequencer waits indefinitely for a new topology to be queued.",
          good &&
              OK(IMFSequencerSource_UpdateTopologyFlags(scene.sequencer, scene.id[0], SequencerTopologyFlags_Last)) &&
              OK(wait_status(session, MEEndOfPresentation)) && OK(wait_status(session, MESessionEnded)));
    good = close_session(session);
    CHECK(IMFMediaSession_Close, last_leaves_nothing, "(as any session)", end(&scene) && good);
}

static const struct test_case cases[] = {{"segment offsets", segment_offsets},
                                         {"arguments", arguments},
                                         {"topologies", topologies},
                                         {"in turn", in_turn},
                                         {"waiting", waiting},
                                         {"skipping", skipping},
                                         {"deleting", deleting},
                                         {"updating", updating},
                                         {"forcing", forcing},
                                         {"in a session", in_session},
                                         {"skip in a session", skip_in_session},
                                         {"last in a session", last_in_session},
                                         {NULL, NULL}};
const struct group sequencer_group = {"sequencer", __FILE__, cases};

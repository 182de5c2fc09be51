/* A media session that plays, without memory. The rig's own memory is not counted (rules.mk). */
#include "mf_scenario.h"

#include "../conformance/mf_rig.h"

#include <mf_transcode.h>

#include <stdio.h>

/* The functions that are linked into this program, in place of a DLL's. */
static const struct rig_api *linked_api(void)
{
    static struct rig_api api;

    if (!api.module)
    {
        api.module = GetModuleHandleW(NULL);
        api.create_session = MFCreateMediaSession;
        api.create_topology = MFCreateTopology;
        api.create_node = MFCreateTopologyNode;
        api.create_loader = MFCreateTopoLoader;
    }
    return &api;
}

struct scene
{
    struct rig *rig;
    IMFMediaSource *source;
    IMFMediaSink *sink;
    struct rig_player *player;
    BOOL set; /* SetTopology was accepted */
};

static void begin(struct scene *scene, unsigned samples, BOOL clocked)
{
    IMFTransform *transform;
    IMFTopology *topology;

    scene->rig = rig_new(linked_api());
    scene->source = rig_source(scene->rig, &(struct rig_source_options){.samples = samples, .rates = TRUE});
    scene->sink = rig_sink(
        scene->rig,
        &(struct rig_sink_options){.clocked = clocked, .preroll = clocked ? 2 : 0, .finalizable = TRUE, .rates = TRUE});
    transform = rig_transform(scene->rig, &(struct rig_transform_options){0});
    topology = rig_topology(scene->rig, scene->source, transform, scene->sink);
    IMFTransform_Release(transform);
    scene->player = topology ? rig_player_new(scene->rig, NULL) : NULL;
    if (!scene->player) worked(E_OUTOFMEMORY, "the topology and the session");
    scene->set = scene->player && WORKED(IMFMediaSession_SetTopology(rig_session(scene->player),
                                                                     MFSESSION_SETTOPOLOGY_NORESOLUTION, topology));
    drop(&topology);
}

/* The event of an operation. Without memory it may say so, or another has done so; never may none come. */
static int came(struct scene *scene, MediaEventType type, const char *what)
{
    HRESULT status = rig_wait(scene->player, type);
    struct rig_event event;

    if (status != RIG_NO_EVENT) return worked(status, what);
    for (unsigned i = 0; rig_event(scene->player, i, &event); i++)
        if (FAILED(event.status)) return worked(event.status, what);
    complain(what, status);
    return 0;
}

static void end(struct scene *scene)
{
    char leaked[256] = "";
    HRESULT hr = S_OK;

    if (scene->player) hr = rig_close(scene->player, NULL);
    worked(hr, "Close");
    rig_finish(scene->rig, scene->source, scene->sink);
    if (rig_end(scene->rig, leaked, sizeof(leaked)))
    {
        printf("# left: %s\n", leaked);
        complain("the end", E_UNEXPECTED);
    }
}

static void play_about(struct scene *scene)
{
    struct rig_player *player = scene->player;

    if (!came(scene, MESessionTopologySet, "SetTopology")) return;
    if (!WORKED(rig_play(player)) || !came(scene, MESessionStarted, "Start")) return;
    if (!WORKED(IMFMediaSession_Pause(rig_session(player))) || !came(scene, MESessionPaused, "Pause")) return;
    if (!WORKED(rig_play(player)) || !came(scene, MESessionStarted, "Start after a pause")) return;
    if (!WORKED(rig_seek(player, RIG_SECOND)) || !came(scene, MESessionStarted, "Start at a position")) return;
    if (!WORKED(rig_set_rate(player, FALSE, 2)) || !came(scene, MESessionRateChanged, "SetRate")) return;
    if (WORKED(IMFMediaSession_Stop(rig_session(player)))) came(scene, MESessionStopped, "Stop");
}

void play_scenario(void)
{
    struct scene scene = {0};

    begin(&scene, 0, TRUE);
    if (scene.set) play_about(&scene);
    end(&scene);
}

void to_the_end_scenario(void)
{
    struct scene scene = {0};

    begin(&scene, 5, FALSE);
    if (scene.set && came(&scene, MESessionTopologySet, "SetTopology") && WORKED(rig_play(scene.player)) &&
        came(&scene, MESessionStarted, "Start"))
        came(&scene, MESessionEnded, "the presentation's end");
    end(&scene);
}

/* ---- Objects that hold sources and sinks ------------------------------------------------------------------------- */

static void resolve(IMFTopology *topology)
{
    IMFTopoLoader *loader = NULL;
    IMFTopology *full = NULL;

    if (!topology) worked(E_OUTOFMEMORY, "the topology");
    if (topology && WORKED(MFCreateTopoLoader(&loader))) WORKED(IMFTopoLoader_Load(loader, topology, &full, NULL));
    drop(&full);
    drop(&loader);
}

void resolve_scenario(void)
{
    struct rig *rig = rig_new(linked_api());
    IMFMediaSource *source = rig_source(rig, &(struct rig_source_options){.samples = 1});
    IMFMediaSink *sink = rig_sink(rig, &(struct rig_sink_options){0});
    IMFTopology *topology = rig_topology(rig, source, NULL, sink);

    resolve(topology);
    drop(&topology);
    rig_finish(rig, source, sink);
    if (rig_end(rig, NULL, 0)) complain("the end", E_UNEXPECTED);
}

static void use_sequencer(IMFSequencerSource *sequencer, IMFTopology *topology)
{
    IMFMediaSourceTopologyProvider *provider = NULL;
    IMFPresentationDescriptor *descriptor = NULL;
    IMFMediaSource *source = NULL;
    IMFTopology *segment = NULL;
    MFSequencerElementId id = 0;

    IMFSequencerSource_QueryInterface(sequencer, &IID_IMFMediaSource, (void **)&source);
    IMFSequencerSource_QueryInterface(sequencer, &IID_IMFMediaSourceTopologyProvider, (void **)&provider);
    if (WORKED(IMFSequencerSource_AppendTopology(sequencer, topology, SequencerTopologyFlags_Last, &id)) &&
        WORKED(IMFMediaSource_CreatePresentationDescriptor(source, &descriptor)))
        WORKED(IMFMediaSourceTopologyProvider_GetMediaSourceTopology(provider, descriptor, &segment));
    drop(&segment);
    drop(&descriptor);
    IMFMediaSource_Shutdown(source);
    drop(&provider);
    drop(&source);
}

void sequencer_scenario(void)
{
    struct rig *rig = rig_new(linked_api());
    IMFMediaSource *source = rig_source(rig, &(struct rig_source_options){.samples = 1});
    IMFMediaSink *sink = rig_sink(rig, &(struct rig_sink_options){0});
    IMFTopology *topology = rig_topology(rig, source, NULL, sink);
    IMFSequencerSource *sequencer = NULL;

    if (topology && WORKED(MFCreateSequencerSource(NULL, &sequencer))) use_sequencer(sequencer, topology);
    drop(&sequencer);
    drop(&topology);
    rig_finish(rig, source, sink);
    if (rig_end(rig, NULL, 0)) complain("the end", E_UNEXPECTED);
}

void aggregate_scenario(void)
{
    struct rig *rig = rig_new(linked_api());
    IMFMediaSource *children[2], *source = NULL;
    IMFPresentationDescriptor *descriptor = NULL;
    IMFCollection *collection = NULL;

    MFCreateCollection(&collection);
    for (int i = 0; i < 2; i++)
    {
        children[i] = rig_source(rig, &(struct rig_source_options){.samples = 1});
        IMFCollection_AddElement(collection, (IUnknown *)children[i]);
    }
    if (WORKED(MFCreateAggregateSource(collection, &source)))
    {
        WORKED(IMFMediaSource_CreatePresentationDescriptor(source, &descriptor));
        IMFMediaSource_Shutdown(source);
    }
    drop(&descriptor);
    drop(&source);
    drop(&collection);
    for (int i = 0; i < 2; i++)
        rig_finish(rig, children[i], NULL);
    if (rig_end(rig, NULL, 0)) complain("the end", E_UNEXPECTED);
}

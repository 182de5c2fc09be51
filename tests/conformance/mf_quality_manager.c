/*
 * The standard quality manager at work (nf-mfidl-imfqualitymanager-*, nn-mfidl-imfqualityadvise, mequalitynotify): a
 * topology of a transform and a renderer that take advice, a clock, samples that come late and in time. When it advises
 * what is its own affair; the checks of that are of Cork's.
 */
#include "mf_test.h"

enum
{
    SECOND = 10000000,
    PATIENCE = 20000, /* milliseconds until a wait gives up: only reached when something hangs */
    ENOUGH = 1000     /* samples */
};

/* The lowest that the test's components have. */
#define LEVELS MF_QUALITY_NORMAL_MINUS_2
#define MODES  MF_DROP_MODE_1

/* ---- A component that takes advice ------------------------------------------------------------------------------ */

struct component
{
    IMFQualityAdvise iface; /* on the stack */
    LONG references;
    MF_QUALITY_LEVEL level;
    MF_QUALITY_DROP_MODE mode;
    LONGLONG dropped;
};

static struct component *component_of(IMFQualityAdvise *iface)
{
    return CONTAINING_RECORD(iface, struct component, iface);
}

static HRESULT WINAPI component_QueryInterface(IMFQualityAdvise *iface, REFIID iid, void **out)
{
    BOOL has = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFQualityAdvise);

    *out = has ? iface : NULL;
    if (!has) return E_NOINTERFACE;
    IMFQualityAdvise_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI component_AddRef(IMFQualityAdvise *iface)
{
    return InterlockedIncrement(&component_of(iface)->references);
}

static ULONG WINAPI component_Release(IMFQualityAdvise *iface)
{
    return InterlockedDecrement(&component_of(iface)->references);
}

static HRESULT WINAPI component_SetDropMode(IMFQualityAdvise *iface, MF_QUALITY_DROP_MODE mode)
{
    if (mode > MODES) return MF_E_NO_MORE_DROP_MODES;
    component_of(iface)->mode = mode;
    return S_OK;
}

static HRESULT WINAPI component_SetQualityLevel(IMFQualityAdvise *iface, MF_QUALITY_LEVEL level)
{
    if (level > LEVELS) return MF_E_NO_MORE_QUALITY_LEVELS;
    component_of(iface)->level = level;
    return S_OK;
}

static HRESULT WINAPI component_GetDropMode(IMFQualityAdvise *iface, MF_QUALITY_DROP_MODE *mode)
{
    *mode = component_of(iface)->mode;
    return S_OK;
}

static HRESULT WINAPI component_GetQualityLevel(IMFQualityAdvise *iface, MF_QUALITY_LEVEL *level)
{
    *level = component_of(iface)->level;
    return S_OK;
}

static HRESULT WINAPI component_DropTime(IMFQualityAdvise *iface, LONGLONG amount)
{
    component_of(iface)->dropped += amount;
    return S_OK;
}

static IMFQualityAdviseVtbl component_table = {
    component_QueryInterface,  component_AddRef,      component_Release,         component_SetDropMode,
    component_SetQualityLevel, component_GetDropMode, component_GetQualityLevel, component_DropTime};

/* Steps below normal. */
static int steps(const struct component *component)
{
    return (int)component->level + (int)component->mode;
}

static int is_lowest(const struct component *component)
{
    return component->level == LEVELS && component->mode == MODES;
}

/* ---- The scene -------------------------------------------------------------------------------------------------- */

struct scene
{
    IMFQualityManager *manager;
    IMFPresentationClock *clock;
    IMFTopology *topology;
    IMFTopologyNode *decode, *render;
    struct component transform, renderer;
    IMFSample *sample;
};

static void add_node(struct scene *scene, MF_TOPOLOGY_TYPE type, struct component *component, IMFTopologyNode **node)
{
    component->iface.lpVtbl = &component_table;
    component->references = 1;
    pMFCreateTopologyNode(type, node);
    IMFTopologyNode_SetObject(*node, (IUnknown *)&component->iface);
    IMFTopology_AddNode(scene->topology, *node);
}

static int scene_begin(struct scene *scene)
{
    IMFPresentationTimeSource *source = NULL;

    memset(scene, 0, sizeof(*scene));
    if (FAILED(pMFCreateStandardQualityManager(&scene->manager))) return 0;
    pMFCreateTopology(&scene->topology);
    add_node(scene, MF_TOPOLOGY_TRANSFORM_NODE, &scene->transform, &scene->decode);
    add_node(scene, MF_TOPOLOGY_OUTPUT_NODE, &scene->renderer, &scene->render);
    IMFTopologyNode_ConnectOutput(scene->decode, 0, scene->render, 0);
    pMFCreatePresentationClock(&scene->clock);
    MFCreateSystemTimeSource(&source);
    IMFPresentationClock_SetTimeSource(scene->clock, source);
    drop(&source);
    return SUCCEEDED(MFCreateSample(&scene->sample));
}

/* Whether nothing is left. */
static int scene_end(struct scene *scene)
{
    IMFQualityManager_Shutdown(scene->manager);
    drop(&scene->manager);
    drop(&scene->decode);
    drop(&scene->render);
    IMFTopology_Clear(scene->topology);
    drop(&scene->topology);
    drop(&scene->sample);
    pMFShutdownObject((IUnknown *)scene->clock);
    drop(&scene->clock);
    if (scene->transform.references != 1 || scene->renderer.references != 1)
        note("%ld references to the transform, %ld to the renderer", scene->transform.references,
             scene->renderer.references);
    return scene->transform.references == 1 && scene->renderer.references == 1;
}

/* A sample comes to the renderer so late. */
static HRESULT give(struct scene *scene, LONGLONG lag)
{
    LONGLONG now = 0;

    IMFPresentationClock_GetTime(scene->clock, &now);
    IMFSample_SetSampleTime(scene->sample, now - lag);
    return IMFQualityManager_NotifyProcessInput(scene->manager, scene->render, 0, scene->sample);
}

/* Late samples until the clock has told the manager that it runs, which it does on another thread, and it has acted. */
static int first_step(struct scene *scene)
{
    for (int i = 0; i < PATIENCE && !steps(&scene->transform); i++)
    {
        give(scene, SECOND);
        if (!steps(&scene->transform) && i > 10) Sleep(1);
    }
    return steps(&scene->transform) == 1;
}

static int begin_playing(struct scene *scene)
{
    return OK(IMFQualityManager_NotifyTopology(scene->manager, scene->topology)) &&
           OK(IMFQualityManager_NotifyPresentationClock(scene->manager, scene->clock)) &&
           OK(IMFPresentationClock_Start(scene->clock, 0));
}

/* ---- The checks ------------------------------------------------------------------------------------------------- */

static void notifications(void)
{
    struct scene scene;

    if (!scene_begin(&scene)) return;
    CHECK(IMFQualityManager_NotifyTopology, S_OK, "The method succeeded.",
          OK(IMFQualityManager_NotifyTopology(scene.manager, scene.topology)));
    CHECK(IMFQualityManager_NotifyPresentationClock, S_OK, "The method succeeded.",
          OK(IMFQualityManager_NotifyPresentationClock(scene.manager, scene.clock)));
    IMFSample_SetSampleTime(scene.sample, 0);
    CHECK(IMFQualityManager_NotifyProcessInput, S_OK, "The method succeeded.",
          OK(IMFQualityManager_NotifyProcessInput(scene.manager, scene.render, 0, scene.sample)));
    CHECK(IMFQualityManager_NotifyProcessOutput, S_OK, "The method succeeded.",
          OK(IMFQualityManager_NotifyProcessOutput(scene.manager, scene.decode, 0, scene.sample)));
    CHECK(IMFQualityManager_NotifyTopology, queries, "Queries for the IMFQualityAdvise interface.",
          !is_cork() || (scene.transform.references > 2 && scene.renderer.references > 2));
    CHECK(IMFQualityManager_NotifyTopology, NULL,
          "If this parameter is NULL, the quality manager should release any references to the previous topology.",
          OK(IMFQualityManager_NotifyTopology(scene.manager, NULL)) && scene.transform.references == 2 &&
              scene.renderer.references == 2 && references(scene.topology) == 1);
    IMFQualityManager_NotifyPresentationClock(scene.manager, NULL);
    CHECK(IMFQualityManager_NotifyPresentationClock, NULL,
          "If this parameter is NULL, the quality manager should release any references to the presentation clock.",
          references(scene.clock) == 1);
    CHECK(IMFQualityManager_Shutdown, releases, "(nothing is left)", scene_end(&scene));
}

static void advice(void)
{
    struct scene scene;
    int i;

    if (!is_cork() || !scene_begin(&scene)) return;
    CHECK(IMFQualityManager_NotifyProcessInput, lowers,
          "The quality manager can then use the IMFQualityAdvise pointers to adjust audio-video quality as needed. "
          "(samples that come late lower the transform's quality)",
          begin_playing(&scene) && first_step(&scene) && scene.transform.level == 1 && !steps(&scene.renderer));
    for (i = 0; i < ENOUGH && !steps(&scene.renderer); i++)
        give(&scene, SECOND);
    CHECK(IMFQualityManager_NotifyProcessInput, in_order,
          "MF_E_NO_MORE_QUALITY_LEVELS, MF_E_NO_MORE_DROP_MODES (then the next component is asked)",
          is_lowest(&scene.transform) && steps(&scene.renderer) == 1);
    for (i = 0; i < ENOUGH && !scene.renderer.dropped; i++)
        give(&scene, SECOND);
    CHECK(IMFQualityManager_NotifyProcessInput, drops,
          "If this does occur, then simply lowering quality does not guarantee the renderer will ever catch up. "
          "(then DropTime)",
          is_lowest(&scene.renderer) && scene.renderer.dropped >= SECOND && !scene.transform.dropped);
    for (i = 0; i < ENOUGH && is_lowest(&scene.renderer); i++)
        give(&scene, -SECOND);
    CHECK(IMFQualityManager_NotifyProcessInput, raises, "(samples in time raise it again, the last step first)",
          steps(&scene.renderer) == (int)LEVELS + (int)MODES - 1 && is_lowest(&scene.transform));
    IMFPresentationClock_Stop(scene.clock);
    for (i = 0; i < PATIENCE && (steps(&scene.transform) || steps(&scene.renderer)); i++)
        Sleep(1);
    CHECK(IMFClockStateSink_OnClockStop, quality, "(when the clock has stopped, quality is normal again)",
          !steps(&scene.transform) && !steps(&scene.renderer));
    CHECK(IMFQualityManager_Shutdown, releases_advised, "(nothing is left)", scene_end(&scene));
}

/* A component's own word on how late it is. */
static void events(void)
{
    PROPVARIANT lag = {.vt = VT_I8, .hVal.QuadPart = SECOND}, wrong = {.vt = VT_UI4};
    IMFMediaEvent *late = NULL, *odd = NULL;
    struct scene scene;
    int good = 1;

    if (!scene_begin(&scene)) return;
    MFCreateMediaEvent(MEQualityNotify, &MF_QUALITY_NOTIFY_SAMPLE_LAG, S_OK, &lag, &late);
    MFCreateMediaEvent(MEQualityNotify, &MF_QUALITY_NOTIFY_SAMPLE_LAG, S_OK, &wrong, &odd);
    begin_playing(&scene);
    for (int i = 0; i < 5; i++)
        good = OK(IMFQualityManager_NotifyQualityEvent(scene.manager, (IUnknown *)&scene.renderer.iface, late)) && good;
    CHECK(IMFQualityManager_NotifyQualityEvent, S_OK, "The method succeeded.", good);
    CHECK(IMFQualityManager_NotifyQualityEvent, lag,
          "MF_QUALITY_NOTIFY_SAMPLE_LAG: Lag time for the sample, in 100-nanosecond units.",
          !is_cork() || steps(&scene.transform) == 1);
    for (int i = 0; i < 5; i++)
        IMFQualityManager_NotifyQualityEvent(scene.manager, (IUnknown *)&scene.renderer.iface, odd);
    CHECK(IMFQualityManager_NotifyQualityEvent, value, "(a value of another type than VT_I8 says nothing)",
          !is_cork() || steps(&scene.transform) == 1);
    drop(&late);
    drop(&odd);
    IMFQualityManager_NotifyTopology(scene.manager, NULL);
    CHECK(IMFQualityManager_NotifyTopology, restores, "(components that are let go of have normal quality)",
          !steps(&scene.transform));
    CHECK(IMFQualityManager_Shutdown, releases_told, "(nothing is left)", scene_end(&scene));
}

static void shut_down(void)
{
    struct scene scene;

    if (!scene_begin(&scene)) return;
    begin_playing(&scene);
    CHECK(IMFQualityManager_Shutdown, S_OK, "The method succeeded.", OK(IMFQualityManager_Shutdown(scene.manager)));
    CHECK(IMFQualityManager_Shutdown, references,
          "The quality manager should release all references to the Media Session when this method is called.",
          scene.transform.references == 2 && scene.renderer.references == 2 && references(scene.topology) == 1);
    CHECK(IMFQualityManager_NotifyTopology, MF_E_SHUTDOWN, "(as any object that was shut down)",
          GIVES(MF_E_SHUTDOWN, IMFQualityManager_NotifyTopology(scene.manager, scene.topology)));
    CHECK(IMFQualityManager_NotifyPresentationClock, MF_E_SHUTDOWN, "(as any object that was shut down)",
          GIVES(MF_E_SHUTDOWN, IMFQualityManager_NotifyPresentationClock(scene.manager, scene.clock)));
    CHECK(IMFQualityManager_NotifyProcessInput, MF_E_SHUTDOWN, "(as any object that was shut down)",
          GIVES(MF_E_SHUTDOWN, give(&scene, 0)));
    CHECK(IMFQualityManager_Shutdown, again, "(nothing is left)", scene_end(&scene));
}

static const struct test_case cases[] = {{"notifications", notifications},
                                         {"advice", advice},
                                         {"quality events", events},
                                         {"a manager that is shut down", shut_down},
                                         {NULL, NULL}};
const struct group quality_manager_group = {"quality_manager", __FILE__, cases};

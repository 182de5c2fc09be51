/*
 * Each call of each component fails, or stays unanswered, once, in turn, over a whole life of a media session: an error
 * is always told, MESessionClosed always comes after Close, nothing hangs, nothing is left.
 *
 * Two lives: one with everything an application does while it plays (start, pause, seek, rate, stop, close), on a sink
 * that follows the clock, prerolls and is finalized; and one to the end of a short presentation. Each is first played
 * without a fault, which says what calls there are; then once for each call that is to fail.
 */
#include "../conformance/mf_test.h"
#include "../conformance/mf_rig.h"

enum
{
    METHODS = 256,
    ENOUGH_FAILURES = 3, /* of one case: what follows would say the same, at half a minute each */
    SILENCE = 300        /* ms after which a command that nobody answers is given up */
};

static const CLSID loader_id = {0x8a3e21f0, 0x5c1d, 0x4e0f, {0x92, 0x4a, 0x11, 0x7d, 0x53, 0x0c, 0x6e, 0x01}};
static const CLSID quality_id = {0x8a3e21f0, 0x5c1d, 0x4e0f, {0x92, 0x4a, 0x11, 0x7d, 0x53, 0x0c, 0x6e, 0x02}};

static struct rig_api api;

/* A fault to be met, or none (name NULL). */
struct fault
{
    const char *name;
    unsigned number;
    enum rig_manner manner;
};

/* One life. */
struct life
{
    struct rig *rig;
    const struct fault *fault;
    IMFMediaSource *source;
    IMFMediaSink *sink;
    struct rig_player *player;
    DWORD cookies[2];
    BOOL told;          /* a call or an event said that something is wrong */
    const char *silent; /* the step that nothing answered */
};

/* ---- Steps ------------------------------------------------------------------------------------------------------ */

/* Whether an event said that something is wrong. */
static BOOL error_came(struct rig_player *player)
{
    struct rig_event event;

    for (unsigned i = 0; rig_event(player, i, &event); i++)
        if (event.type == MEError || FAILED(event.status)) return TRUE;
    return FALSE;
}

/* Whether the life goes on after this step: its call succeeded and its event came without an error. */
static BOOL step(struct life *life, const char *name, HRESULT called, MediaEventType event)
{
    BOOL may_be_silent = life->fault && life->fault->manner >= RIG_LATE;
    HRESULT status;

    if (FAILED(called))
    {
        life->told = TRUE;
        return FALSE;
    }
    if (may_be_silent)
    {
        status = rig_wait_long(life->player, event, SILENCE);
        if (status == RIG_NO_EVENT && life->fault->manner == RIG_LATE)
        {
            rig_release(life->rig);
            status = rig_wait_long(life->player, event, RIG_PATIENCE);
        }
    }
    else
        status = rig_wait(life->player, event);
    if (status == S_OK) return TRUE;
    life->told = error_came(life->player);
    if (!life->told) life->silent = name;
    return FALSE;
}

static struct rig_player *new_player(struct life *life, IMFTopoLoader *loader, IMFQualityManager *quality)
{
    IMFAttributes *configuration;
    struct rig_player *player;

    life->cookies[0] = rig_offer(life->rig, &loader_id, (IUnknown *)loader);
    life->cookies[1] = rig_offer(life->rig, &quality_id, (IUnknown *)quality);
    MFCreateAttributes(&configuration, 2);
    IMFAttributes_SetGUID(configuration, &MF_SESSION_TOPOLOADER, &loader_id);
    IMFAttributes_SetGUID(configuration, &MF_SESSION_QUALITY_MANAGER, &quality_id);
    player = rig_player_new(life->rig, configuration);
    IMFAttributes_Release(configuration);
    return player;
}

/* Every component and a session that has the topology of them. */
static void begin_life(struct life *life, BOOL to_the_end)
{
    struct rig_source_options source = {.samples = to_the_end ? 5 : 0, .rates = TRUE};
    struct rig_sink_options sink = {
        .clocked = !to_the_end, .preroll = to_the_end ? 0 : 2, .finalizable = TRUE, .rates = TRUE};
    IMFTransform *transform = rig_transform(life->rig, &(struct rig_transform_options){.hold = 1});
    IMFTopoLoader *loader = rig_loader(life->rig, "loader", FALSE);
    IMFQualityManager *quality = rig_quality_manager(life->rig, "quality");
    IMFTopology *topology;

    life->source = rig_source(life->rig, &source);
    life->sink = rig_sink(life->rig, &sink);
    topology = rig_topology(life->rig, life->source, transform, life->sink);
    if (life->fault) rig_fault(life->rig, life->fault->name, life->fault->number, life->fault->manner, E_ABORT);
    life->player = new_player(life, loader, quality);
    if (life->player && step(life, "SetTopology", IMFMediaSession_SetTopology(rig_session(life->player), 0, topology),
                             MESessionTopologySet))
        life->told = FALSE;
    IMFTransform_Release(transform);
    IMFTopoLoader_Release(loader);
    IMFQualityManager_Release(quality);
    IMFTopology_Release(topology);
}

/* Start, pause, seek, another rate, stop. */
static void play_about(struct life *life)
{
    struct rig_player *player = life->player;
    IMFMediaSession *session = rig_session(player);

    if (!step(life, "Start", rig_play(player), MESessionStarted)) return;
    if (!step(life, "Pause", IMFMediaSession_Pause(session), MESessionPaused)) return;
    if (!step(life, "Start after a pause", rig_play(player), MESessionStarted)) return;
    if (!step(life, "Start at a position", rig_seek(player, RIG_SECOND), MESessionStarted)) return;
    if (!step(life, "SetRate", rig_set_rate(player, FALSE, 2), MESessionRateChanged)) return;
    step(life, "Stop", IMFMediaSession_Stop(session), MESessionStopped);
}

static void play_to_the_end(struct life *life)
{
    if (!step(life, "Start", rig_play(life->player), MESessionStarted)) return;
    step(life, "the presentation's end", S_OK, MESessionEnded);
}

/* Ends the life; whether all came to its end. The rig is gone then, or left to what hangs. */
static BOOL end_life(struct life *life, BOOL good)
{
    const struct fault *fault = life->fault;
    const char *name = fault ? fault->name : "nothing";
    unsigned number = fault ? fault->number : 0, left;
    char leaked[512] = "";
    HRESULT hr = RIG_NO_EVENT;

    if (life->silent && (!fault || fault->manner < RIG_NEVER))
    {
        printf("# %s fails, call %u, manner %u: %s is not answered\n", name, number,
               fault ? (unsigned)fault->manner : 0, life->silent);
        good = FALSE;
    }
    if (life->player) hr = rig_close(life->player, NULL);
    if (fault && fault->manner == RIG_BLOCK) rig_release(life->rig);
    if (life->player && hr == RIG_NO_EVENT)
    {
        printf("# %s fails, call %u, manner %u: no MESessionClosed\n", name, number,
               fault ? (unsigned)fault->manner : 0);
        rig_print_events(life->player);
        if (!fault) rig_print(life->rig);
    }
    for (unsigned i = 0; i < COUNT_OF(life->cookies); i++)
        if (life->cookies[i]) CoRevokeClassObject(life->cookies[i]);
    rig_finish(life->rig, life->source, life->sink);
    if (life->player && hr == RIG_NO_EVENT) return FALSE;
    left = rig_end(life->rig, leaked, sizeof(leaked));
    if (left)
        printf("# %s fails, call %u, manner %u: %u objects are left: %s\n", name, number,
               fault ? (unsigned)fault->manner : 0, left, leaked);
    fflush(stdout);
    return good && !left;
}

/* ---- Calls and faults ------------------------------------------------------------------------------------------- */

/* What was called in a life without a fault. */
struct method
{
    char name[96];
    unsigned calls;
    BOOL by_us; /* the first time by the application, on whose thread these tests run */
};

struct methods
{
    struct method list[METHODS];
    unsigned count;
};

static void count_call(struct methods *methods, const struct rig_call *call)
{
    char name[96];
    unsigned i;

    snprintf(name, sizeof(name), "%s.%s", call->component, call->method);
    for (i = 0; i < methods->count && strcmp(methods->list[i].name, name); i++)
        continue;
    if (i == METHODS) return;
    if (i == methods->count)
    {
        methods->count++;
        snprintf(methods->list[i].name, sizeof(methods->list[i].name), "%s", name);
        methods->list[i].calls = 0;
        methods->list[i].by_us = call->thread == GetCurrentThreadId();
    }
    methods->list[i].calls++;
}

static BOOL live(BOOL to_the_end, const struct fault *fault, struct methods *methods, BOOL has_to_be_told)
{
    struct life life = {.rig = rig_new(&api), .fault = fault};
    struct rig_call call;
    BOOL good = TRUE, met;

    begin_life(&life, to_the_end);
    if (life.player && !life.told && !life.silent)
    {
        if (to_the_end)
            play_to_the_end(&life);
        else
            play_about(&life);
    }
    met = rig_faults_met(life.rig) != 0;
    if (life.player && error_came(life.player)) life.told = TRUE;
    if (!life.player) life.told = TRUE;
    if (!fault && life.told)
    {
        printf("# without a fault an error is told\n");
        if (life.player) rig_print_events(life.player);
        good = FALSE;
    }
    if (has_to_be_told && met && !life.told)
    {
        printf("# %s fails, call %u, manner %u: no error is told\n", fault->name, fault->number,
               (unsigned)fault->manner);
        good = FALSE;
    }
    for (unsigned i = 0; methods && rig_call(life.rig, i, &call); i++)
        count_call(methods, &call);
    return end_life(&life, good);
}

/* The calls whose failure the application has to hear of before it closes: without them nothing is played. Not a
 * stream's BeginGetEvent: where events come quickly, and so are found by looking, the first one may be after the end.
 */
static BOOL is_essential(const char *name)
{
    static const char *const essential[] = {"source.Start",
                                            "source.Pause",
                                            "source.Stop",
                                            "source:0.RequestSample",
                                            "source.BeginGetEvent",
                                            "transform.ProcessInput",
                                            "transform.ProcessOutput",
                                            "sink:0.ProcessSample",
                                            "sink.SetPresentationClock",
                                            "sink.OnClockStart",
                                            "loader.Load"};

    for (unsigned i = 0; i < COUNT_OF(essential); i++)
        if (!strcmp(name, essential[i])) return TRUE;
    return FALSE;
}

/* The calls that have an answer beyond their return. */
static BOOL is_answered(const char *name)
{
    static const char *const answered[] = {"source.Start",         "source.Pause",           "source.Stop",
                                           "source.SetRate",       "source:0.RequestSample", "sink.OnClockStart",
                                           "sink.OnClockPause",    "sink.OnClockRestart",    "sink.OnClockStop",
                                           "sink.OnClockSetRate",  "sink.NotifyPreroll",     "sink.BeginFinalize",
                                           "sink:0.ProcessSample", "sink:0.PlaceMarker"};

    for (unsigned i = 0; i < COUNT_OF(answered); i++)
        if (!strcmp(name, answered[i])) return TRUE;
    return FALSE;
}

static BOOL begins_with(const char *name, const char *component)
{
    size_t length = strlen(component);

    return !strncmp(name, component, length) && name[length] == '.';
}

/* Whether a fault of this manner is one of the method's. What does not answer makes no difference to a call that has no
 * answer, and what does not return is not called by the application's only thread. */
static BOOL is_chosen(const struct method *method, enum rig_manner manner)
{
    if (manner == RIG_BLOCK) return !method->by_us;
    return manner == RIG_FAIL || is_answered(method->name);
}

/* Plays once for each chosen call of the component's methods; returns whether all went well. */
static BOOL each_call(const char *component, BOOL to_the_end, enum rig_manner manner)
{
    struct methods methods = {.count = 0};
    unsigned failures = 0, lives = 0;

    if (!live(to_the_end, NULL, &methods, FALSE)) failures++;
    for (unsigned i = 0; i < methods.count && failures < ENOUGH_FAILURES; i++)
    {
        const struct method *method = &methods.list[i];
        unsigned numbers[] = {1, 2, method->calls};
        BOOL essential = is_essential(method->name) && manner == RIG_FAIL;

        if (!begins_with(method->name, component)) continue;
        if (!is_chosen(method, manner)) continue;
        for (unsigned n = 0; n < (manner == RIG_BLOCK ? 1 : COUNT_OF(numbers)) && failures < ENOUGH_FAILURES; n++)
        {
            struct fault fault = {method->name, numbers[n], manner};

            if (n && numbers[n] <= numbers[n - 1]) continue;
            /* After the last call there may be nothing more to play, and so nothing to tell. */
            if (!live(to_the_end, &fault, NULL, essential && numbers[n] < method->calls)) failures++;
            lives++;
        }
    }
    printf("# %s, manner %u, %s: %u lives, %u went wrong\n", component, (unsigned)manner,
           to_the_end ? "to the end" : "about", lives, failures);
    fflush(stdout);
    return !failures && lives;
}

static void load(void)
{
    if (!api.module) rig_load_api(&api, L"mf.dll");
}

#define EACH_FAILS(component)                                                                                          \
    load();                                                                                                            \
    CHECK(IMFMediaSession_Close, component##_fails,                                                                    \
          "(a failing " #component " is told of, and MESessionClosed comes)",                                          \
          each_call(#component, FALSE, RIG_FAIL) && each_call(#component, TRUE, RIG_FAIL))

static void source_fails(void)
{
    EACH_FAILS(source);
}

static void stream_fails(void)
{
    load();
    CHECK(IMFMediaSession_Close, stream_fails, "(a failing stream is told of, and MESessionClosed comes)",
          each_call("source:0", FALSE, RIG_FAIL) && each_call("source:0", TRUE, RIG_FAIL));
}

static void transform_fails(void)
{
    EACH_FAILS(transform);
}

static void sink_fails(void)
{
    EACH_FAILS(sink);
}

static void stream_sink_fails(void)
{
    load();
    CHECK(IMFMediaSession_Close, stream_sink_fails, "(a failing stream sink is told of, and MESessionClosed comes)",
          each_call("sink:0", FALSE, RIG_FAIL) && each_call("sink:0", TRUE, RIG_FAIL));
}

static void advisers_fail(void)
{
    load();
    CHECK(IMFMediaSession_Close, advisers_fail,
          "(a failing topology loader or quality manager ends in an error or is passed over)",
          each_call("loader", FALSE, RIG_FAIL) && each_call("quality", FALSE, RIG_FAIL));
}

/* The answers of every component, in this manner. */
static BOOL every_answer(enum rig_manner manner)
{
    BOOL good;

    load();
    good = each_call("source", FALSE, manner);
    good = each_call("source:0", FALSE, manner) && good;
    good = each_call("sink", FALSE, manner) && good;
    return each_call("sink:0", TRUE, manner) && good;
}

static void answers_fail(void)
{
    CHECK(IMFMediaSession_Close, answers_fail, "(an answer that is an error is told of, and MESessionClosed comes)",
          every_answer(RIG_FAIL_ANSWER));
}

static void answers_late(void)
{
    CHECK(IMFMediaSession_Close, answers_late, "(a late answer is waited for)", every_answer(RIG_LATE));
}

static void answers_never(void)
{
    CHECK(IMFMediaSession_Close, answers_never,
          "(where an answer never comes Close goes on after the time of the setting CloseTimeout)",
          every_answer(RIG_NEVER));
}

static void calls_blocked(void)
{
    static const char *const components[] = {"source", "source:0", "transform", "sink", "sink:0", "loader", "quality"};
    char time[16] = "";
    BOOL good = TRUE;

    load();
    GetEnvironmentVariableA("CORK_MF_CLOSETIMEOUT", time, sizeof(time));
    SetEnvironmentVariableA("CORK_MF_CLOSETIMEOUT", "200");
    for (unsigned i = 0; i < COUNT_OF(components); i++)
        good = each_call(components[i], FALSE, RIG_BLOCK) && good;
    SetEnvironmentVariableA("CORK_MF_CLOSETIMEOUT", time[0] ? time : NULL);
    CHECK(IMFMediaSession_Close, calls_blocked,
          "(where a call does not return MESessionClosed comes after the time of the setting CloseTimeout, also to a "
          "callback)",
          good);
}

static const struct test_case cases[] = {{"source fails", source_fails},
                                         {"stream fails", stream_fails},
                                         {"transform fails", transform_fails},
                                         {"sink fails", sink_fails},
                                         {"stream sink fails", stream_sink_fails},
                                         {"advisers fail", advisers_fail},
                                         {"answers fail", answers_fail},
                                         {"answers late", answers_late},
                                         {"answers never", answers_never},
                                         {"calls blocked", calls_blocked},
                                         {NULL, NULL}};
static const struct group faults_group = {"faults", __FILE__, cases};
const struct group *const groups[] = {&faults_group, NULL};
const struct unreachable unreachable[] = {{NULL, NULL, NULL}};

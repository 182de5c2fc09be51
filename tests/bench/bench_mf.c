/*
 * The media session of Cork's mf.dll against Wine's own (mf_next.dll beside it), with the same components: the tests'
 * own source, pass-through transform and null sink (tests/conformance/mf_rig.h).
 *
 * Measured: from MFCreateMediaSession to MESessionTopologySet (a full topology), Start to MESessionStarted, Close to
 * MESessionClosed, and the samples a second of an endless source through the transform to the sink. Rounds alternate,
 * and within a round who comes first; printed are the medians, and of the ratios within a round.
 */
#include "../conformance/mf_rig.h"

#include <stdio.h>
#include <stdlib.h>

enum
{
    ROUNDS = 15,
    SESSIONS = 20,   /* of one round */
    SAMPLES = 20000, /* of one round */
    CORK = 0,
    WINE = 1
};

enum figure
{
    CREATE,
    START,
    CLOSE,
    FLOW,
    FIGURES
};

static const struct
{
    const char *what, *unit;
    double target;
} figures[FIGURES] = {{"create to topology set", "us", 1.0},
                      {"Start to MESessionStarted", "us", 1.0},
                      {"Close to MESessionClosed", "us", 1.0},
                      {"samples a second", "/s", 1.2}};

static struct rig_api api[2];

static void must(int good, const char *what)
{
    if (good) return;
    fprintf(stderr, "bench_mf: %s failed\n", what);
    exit(2);
}

static double now(void)
{
    LARGE_INTEGER frequency, count;

    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&count);
    return (double)count.QuadPart * 1e6 / (double)frequency.QuadPart;
}

/* ---- One session ------------------------------------------------------------------------------------------------- */

struct parts
{
    struct rig *rig;
    IMFMediaSource *source;
    IMFMediaSink *sink;
    struct rig_player *player;
    volatile LONG count;
    HANDLE reached;
};

static void consume(void *context, unsigned stream, IMFSample *sample)
{
    struct parts *parts = context;

    (void)stream;
    (void)sample;
    if (InterlockedIncrement(&parts->count) == SAMPLES) SetEvent(parts->reached);
}

/* Creates a session; returns how long it took to its topology. */
static double create(struct parts *parts, const struct rig_api *dll, unsigned samples)
{
    IMFMediaType *type = rig_audio_type(44100, 2);
    struct rig_sink_options sink = {.type = type, .consume = consume, .context = parts};
    struct rig_transform_options through = {.input_type = type, .output_type = type};
    IMFTransform *transform;
    IMFTopology *topology;
    double begin;

    *parts = (struct parts){.rig = rig_new(dll), .reached = CreateEventW(NULL, TRUE, FALSE, NULL)};
    rig_record(parts->rig, FALSE);
    parts->source = rig_source(parts->rig, &(struct rig_source_options){.samples = samples});
    parts->sink = rig_sink(parts->rig, &sink);
    transform = rig_transform(parts->rig, &through);
    begin = now();
    topology = rig_topology(parts->rig, parts->source, transform, parts->sink);
    parts->player = rig_player_new(parts->rig, NULL);
    must(topology && parts->player, "making a session");
    IMFMediaSession_SetTopology(rig_session(parts->player), MFSESSION_SETTOPOLOGY_NORESOLUTION, topology);
    must(rig_wait(parts->player, MESessionTopologySet) == S_OK, "SetTopology");
    begin = now() - begin;
    IMFTopology_Release(topology);
    IMFTransform_Release(transform);
    IMFMediaType_Release(type);
    return begin;
}

static double start(struct parts *parts)
{
    double begin = now();

    must(rig_play(parts->player) == S_OK && rig_wait(parts->player, MESessionStarted) == S_OK, "Start");
    return now() - begin;
}

static double close_session(struct parts *parts)
{
    IMFMediaSession *session = rig_session(parts->player);
    double begin = now();

    must(IMFMediaSession_Close(session) == S_OK && rig_wait_long(parts->player, MESessionClosed, RIG_PATIENCE) == S_OK,
         "Close");
    return now() - begin;
}

static void destroy(struct parts *parts)
{
    rig_player_release(parts->player);
    rig_finish(parts->rig, parts->source, parts->sink);
    /* What Wine's own session leaves behind is none of this program's business. */
    rig_end(parts->rig, NULL, 0);
    CloseHandle(parts->reached);
}

/* ---- Measuring --------------------------------------------------------------------------------------------------- */

static void sessions(const struct rig_api *dll, double *result)
{
    struct parts parts;

    for (int i = 0; i < SESSIONS; i++)
    {
        result[CREATE] += create(&parts, dll, 1) / SESSIONS;
        result[START] += start(&parts) / SESSIONS;
        must(rig_wait(parts.player, MESessionEnded) == S_OK, "playing");
        result[CLOSE] += close_session(&parts) / SESSIONS;
        destroy(&parts);
    }
}

static void flow(const struct rig_api *dll, double *result)
{
    struct parts parts;
    double begin;

    create(&parts, dll, 0);
    begin = now();
    start(&parts);
    must(WaitForSingleObject(parts.reached, RIG_PATIENCE * 3) == WAIT_OBJECT_0, "the flow of samples");
    result[FLOW] = SAMPLES * 1e6 / (now() - begin);
    close_session(&parts);
    destroy(&parts);
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;

    return (a > b) - (a < b);
}

static double median(double *list)
{
    qsort(list, ROUNDS, sizeof(*list), compare);
    return list[ROUNDS / 2];
}

int main(void)
{
    double results[2][FIGURES][ROUNDS], ratios[FIGURES][ROUNDS];

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    must(MFStartup(MF_VERSION, MFSTARTUP_FULL) == S_OK, "MFStartup");
    must(rig_load_api(&api[CORK], L"mf.dll"), "loading mf.dll");
    must(rig_load_api(&api[WINE], L"mf_next.dll"), "loading mf_next.dll");
    for (int round = 0; round < ROUNDS; round++)
    {
        double result[2][FIGURES] = {{0}};

        for (int turn = 0; turn < 2; turn++)
        {
            int who = (round + turn) % 2;

            sessions(&api[who], result[who]);
            flow(&api[who], result[who]);
        }
        for (int f = 0; f < FIGURES; f++)
        {
            results[CORK][f][round] = result[CORK][f];
            results[WINE][f][round] = result[WINE][f];
            ratios[f][round] = f == FLOW ? result[CORK][f] / result[WINE][f] : result[WINE][f] / result[CORK][f];
        }
    }
    printf("a media session: source, transform and sink of the tests' own (medians of %d rounds)\n", ROUNDS);
    for (int f = 0; f < FIGURES; f++)
    {
        double ratio = median(ratios[f]);

        printf("  %-26s Wine %9.1f %s, Cork %9.1f %s: %.2f times as fast   target: at least %.1f: %s\n",
               figures[f].what, median(results[WINE][f]), figures[f].unit, median(results[CORK][f]), figures[f].unit,
               ratio, figures[f].target, ratio >= figures[f].target ? "reached" : "MISSED");
    }
    return 0;
}

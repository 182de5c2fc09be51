/*
 * Many media sessions: one after another and at once without anything left or grown, and a topology of 64 branches.
 */
#include "../conformance/mf_test.h"
#include "../conformance/mf_rig.h"

#include <tlhelp32.h>

enum
{
    WARM_UP = 100,
    SESSIONS = 1000,
    AT_ONCE = 50,
    SAMPLES = 3
};

static struct rig_api api;

/* From SetTopology to the end of the presentation and Close; whether all went well and nothing is left. */
static BOOL whole_life(unsigned streams, BOOL plays)
{
    struct rig *rig = rig_new(&api);
    IMFMediaSource *source = rig_source(rig, &(struct rig_source_options){.streams = streams, .samples = SAMPLES});
    IMFMediaSink *sink = rig_sink(rig, &(struct rig_sink_options){.streams = streams});
    struct rig_player *player = rig_player(rig, rig_topology(rig, source, NULL, sink));
    BOOL good = player != NULL;

    if (good) good = rig_wait(player, MESessionTopologySet) == S_OK;
    if (good && plays)
        good = rig_play(player) == S_OK && rig_wait(player, MESessionStarted) == S_OK &&
               rig_wait(player, MESessionEnded) == S_OK;
    for (unsigned i = 0; good && plays && i < streams; i++)
    {
        struct rig_sink_state state;

        rig_sink_state(sink, i, &state);
        if (state.type) IMFMediaType_Release(state.type);
        good = state.samples == SAMPLES && state.in_order == SAMPLES;
    }
    if (player) good = rig_close(player, NULL) == S_OK && good;
    rig_finish(rig, source, sink);
    return !rig_end(rig, NULL, 0) && good;
}

static DWORD WINAPI live(void *streams)
{
    return whole_life((unsigned)(ULONG_PTR)streams, TRUE);
}

/* That many at once, each on a thread of its own. */
static BOOL at_once(void)
{
    HANDLE threads[AT_ONCE];
    BOOL good = TRUE;

    for (unsigned i = 0; i < AT_ONCE; i++)
        threads[i] = CreateThread(NULL, 0, live, (void *)1, 0, NULL);
    for (unsigned i = 0; i < AT_ONCE; i++)
    {
        DWORD lived = FALSE;

        WaitForSingleObject(threads[i], INFINITE);
        GetExitCodeThread(threads[i], &lived);
        CloseHandle(threads[i]);
        good = good && lived;
    }
    return good;
}

struct footprint
{
    DWORD handles, threads;
    size_t blocks;
};

static struct footprint footprint(void)
{
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
    THREADENTRY32 thread = {.dwSize = sizeof(thread)};
    PROCESS_HEAP_ENTRY entry = {0};
    struct footprint now = {0};

    for (BOOL more = Thread32First(snapshot, &thread); more; more = Thread32Next(snapshot, &thread))
        now.threads += thread.th32OwnerProcessID == GetCurrentProcessId();
    CloseHandle(snapshot);
    GetProcessHandleCount(GetCurrentProcess(), &now.handles);
    HeapLock(GetProcessHeap());
    while (HeapWalk(GetProcessHeap(), &entry))
        now.blocks += !!(entry.wFlags & PROCESS_HEAP_ENTRY_BUSY);
    HeapUnlock(GetProcessHeap());
    return now;
}

/* Less than one handle or thread for ten sessions; the pool's threads come and go. Blocks of the heap are shown and not
 * held to anything: about 18 a session stay, 30 with Wine's own mf.dll, and it is not known whose they are. */
static BOOL as_before(const struct footprint *before, unsigned sessions)
{
    struct footprint now = footprint();

    printf("# handles %lu, then %lu; threads %lu, then %lu; blocks %lu, then %lu\n", before->handles, now.handles,
           before->threads, now.threads, (unsigned long)before->blocks, (unsigned long)now.blocks);
    fflush(stdout);
    return now.handles < before->handles + sessions / 10 && now.threads < before->threads + sessions / 10;
}

static BOOL one_after_another(unsigned count)
{
    BOOL good = TRUE;

    for (unsigned i = 0; i < count; i++)
        good = whole_life(1, i % 4 != 0) && good;
    return good;
}

static void many(void)
{
    struct footprint before;
    BOOL good;

    rig_load_api(&api, L"mf.dll");
    good = one_after_another(WARM_UP);
    before = footprint();
    good = one_after_another(SESSIONS) && good;
    CHECK(IMFMediaSession_Close, one_after_another,
          "(1,000 sessions one after another leave no component, handle or thread)",
          good && as_before(&before, SESSIONS));
}

static void together(void)
{
    struct footprint before;
    BOOL good;

    rig_load_api(&api, L"mf.dll");
    good = at_once();
    before = footprint();
    for (int i = 0; i < 10; i++)
        good = at_once() && good;
    CHECK(IMFMediaSession_Close, at_once, "(50 sessions at once, ten times, leave no component, handle or thread)",
          good && as_before(&before, 10 * AT_ONCE));
}

static void branches(void)
{
    rig_load_api(&api, L"mf.dll");
    CHECK(IMFMediaSession_Start, branches, "(64 branches play from the first sample to the last)",
          whole_life(64, TRUE));
}

static const struct test_case cases[] = {{"many", many}, {"together", together}, {"branches", branches}, {NULL, NULL}};
static const struct group sessions_group = {"sessions", __FILE__, cases};
const struct group *const groups[] = {&sessions_group, NULL};
const struct unreachable unreachable[] = {{NULL, NULL, NULL}};

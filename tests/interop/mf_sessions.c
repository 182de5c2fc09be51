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
    SAMPLES = 3,
    WORK_ITEMS = 500, /* by which is found out what one leaves behind */
    SIZES = 1024      /* of blocks, in bytes, that are told apart */
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

/* ---- What stays -------------------------------------------------------------------------------------------------- */

/* The blocks of the heap, by their sizes; the last one counts all that are larger. */
static void count_blocks(size_t count[SIZES])
{
    PROCESS_HEAP_ENTRY entry = {0};

    ZeroMemory(count, SIZES * sizeof(*count));
    HeapLock(GetProcessHeap());
    while (HeapWalk(GetProcessHeap(), &entry))
        if (entry.wFlags & PROCESS_HEAP_ENTRY_BUSY) count[min(entry.cbData, SIZES - 1)]++;
    HeapUnlock(GetProcessHeap());
}

static volatile LONG items_left;

static HRESULT WINAPI item_QueryInterface(IMFAsyncCallback *self, REFIID iid, void **out)
{
    (void)iid;
    *out = self;
    return S_OK;
}

static ULONG WINAPI item_reference(IMFAsyncCallback *self)
{
    (void)self;
    return 1;
}

static HRESULT WINAPI item_GetParameters(IMFAsyncCallback *self, DWORD *flags, DWORD *queue)
{
    (void)self;
    (void)flags;
    (void)queue;
    return E_NOTIMPL;
}

static HRESULT WINAPI item_Invoke(IMFAsyncCallback *self, IMFAsyncResult *result)
{
    (void)self;
    (void)result;
    if (!InterlockedDecrement(&items_left)) WakeByAddressAll((void *)&items_left);
    return S_OK;
}

/* What mfplat leaves behind of every work item, whoever puts it: Wine's does not let go of the thread pool's object.
 * The size of that block; 0: nothing stays. No media session is there yet, and mf.dll has nothing to do with it. */
static size_t work_item_size(void)
{
    static IMFAsyncCallbackVtbl table = {item_QueryInterface, item_reference, item_reference, item_GetParameters,
                                         item_Invoke};
    IMFAsyncCallback callback = {&table};
    static size_t before[SIZES], after[SIZES];
    LONG left;

    count_blocks(before);
    items_left = WORK_ITEMS;
    for (int i = 0; i < WORK_ITEMS; i++)
        if (FAILED(MFPutWorkItem(MFASYNC_CALLBACK_QUEUE_STANDARD, &callback, NULL))) InterlockedDecrement(&items_left);
    while ((left = items_left))
        WaitOnAddress(&items_left, &left, sizeof(left), INFINITE);
    count_blocks(after);
    for (size_t size = 0; size < SIZES; size++)
        if (after[size] >= before[size] + WORK_ITEMS) return size;
    return 0;
}

struct footprint
{
    DWORD handles, threads;
    size_t work_items, blocks; /* blocks: all others */
};

static struct footprint footprint(void)
{
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
    THREADENTRY32 thread = {.dwSize = sizeof(thread)};
    static size_t of_item = SIZE_MAX, count[SIZES];
    struct footprint now = {0};

    if (of_item == SIZE_MAX) of_item = work_item_size();
    for (BOOL more = Thread32First(snapshot, &thread); more; more = Thread32Next(snapshot, &thread))
        now.threads += thread.th32OwnerProcessID == GetCurrentProcessId();
    CloseHandle(snapshot);
    GetProcessHandleCount(GetCurrentProcess(), &now.handles);
    count_blocks(count);
    for (size_t size = 0; size < SIZES; size++)
        now.blocks += count[size];
    now.work_items = of_item ? count[of_item] : 0;
    now.blocks -= now.work_items;
    return now;
}

/* Less than one handle, thread or block of the heap for ten sessions, but for what mfplat's work items leave behind;
 * the pool's threads come and go. */
static BOOL as_before(const struct footprint *before, unsigned sessions)
{
    struct footprint now = footprint();

    printf("# handles %lu, then %lu; threads %lu, then %lu; blocks %lu, then %lu; and %lu a session of mfplat's work "
           "items\n",
           before->handles, now.handles, before->threads, now.threads, (unsigned long)before->blocks,
           (unsigned long)now.blocks, (unsigned long)((now.work_items - before->work_items) / sessions));
    fflush(stdout);
    return now.handles < before->handles + sessions / 10 && now.threads < before->threads + sessions / 10 &&
           now.blocks < before->blocks + sessions / 10;
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
          "(1,000 sessions one after another leave no component, handle, thread or memory)",
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
    CHECK(IMFMediaSession_Close, at_once,
          "(50 sessions at once, ten times, leave no component, handle, thread or memory)",
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

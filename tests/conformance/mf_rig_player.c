/*
 * A session with a record of its events.
 */
#include "mf_rig_object.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct rig_player
{
    IMFAsyncCallback callback;
    volatile LONG references;
    struct rig *rig;
    IMFMediaSession *session;
    CRITICAL_SECTION lock;
    struct rig_event *events;
    unsigned count, room, passed; /* passed: the waits have gone over so many */
};

static struct rig_player *player_of(IMFAsyncCallback *self)
{
    return CONTAINING_RECORD(self, struct rig_player, callback);
}

static HRESULT WINAPI player_QueryInterface(IMFAsyncCallback *self, REFIID iid, void **out)
{
    *out = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFAsyncCallback) ? self : NULL;
    if (!*out) return E_NOINTERFACE;
    IMFAsyncCallback_AddRef(self);
    return S_OK;
}

static ULONG WINAPI player_AddRef(IMFAsyncCallback *self)
{
    return InterlockedIncrement(&player_of(self)->references);
}

static ULONG WINAPI player_Release(IMFAsyncCallback *self)
{
    struct rig_player *player = player_of(self);
    LONG references = InterlockedDecrement(&player->references);

    if (references) return references;
    DeleteCriticalSection(&player->lock);
    free(player->events);
    free(player);
    return 0;
}

static HRESULT WINAPI player_GetParameters(IMFAsyncCallback *self, DWORD *flags, DWORD *queue)
{
    (void)self;
    (void)flags;
    (void)queue;
    return E_NOTIMPL;
}

static LONGLONG value_of(IMFMediaEvent *event)
{
    PROPVARIANT value = {0};
    LONGLONG number = 0;

    if (FAILED(IMFMediaEvent_GetValue(event, &value))) return 0;
    if (value.vt == VT_I8 || value.vt == VT_UI8) number = value.hVal.QuadPart;
    if (value.vt == VT_UI4 || value.vt == VT_I4) number = value.lVal;
    if (value.vt == VT_R4) number = (LONGLONG)(value.fltVal * 1000);
    PropVariantClear(&value);
    return number;
}

static HRESULT WINAPI player_Invoke(IMFAsyncCallback *self, IMFAsyncResult *result)
{
    struct rig_player *player = player_of(self);
    struct rig_event record = {.thread = GetCurrentThreadId()};
    struct rig_event *grown;
    IMFMediaEvent *event;

    if (FAILED(IMFMediaSession_EndGetEvent(player->session, result, &event))) return S_OK;
    IMFMediaEvent_GetType(event, &record.type);
    IMFMediaEvent_GetStatus(event, &record.status);
    record.value = value_of(event);
    IMFMediaEvent_Release(event);
    /* The next one is asked for first: who waits for MESessionClosed may let go of the session. */
    if (record.type != MESessionClosed && IMFMediaSession_BeginGetEvent(player->session, self, NULL) == E_OUTOFMEMORY)
        IMFMediaSession_BeginGetEvent(player->session, self, NULL); /* there may be memory again */
    EnterCriticalSection(&player->lock);
    if (player->count == player->room)
    {
        grown = realloc(player->events, (player->room * 2 + 64) * sizeof(*player->events));
        if (grown)
        {
            player->events = grown;
            player->room = player->room * 2 + 64;
        }
    }
    if (player->count < player->room) player->events[player->count++] = record;
    LeaveCriticalSection(&player->lock);
    rig_signal(player->rig);
    return S_OK;
}

static IMFAsyncCallbackVtbl player_table = {player_QueryInterface, player_AddRef, player_Release, player_GetParameters,
                                            player_Invoke};

/* ---- Making ----------------------------------------------------------------------------------------------------- */

struct rig_player *rig_player_new(struct rig *rig, IMFAttributes *configuration)
{
    struct rig_player *player = calloc(1, sizeof(*player));

    if (!player) return NULL;
    player->callback.lpVtbl = &player_table;
    player->references = 1;
    player->rig = rig;
    InitializeCriticalSection(&player->lock);
    if (FAILED(rig_get_api(rig)->create_session(configuration, &player->session))) player->session = NULL;
    if (player->session && SUCCEEDED(IMFMediaSession_BeginGetEvent(player->session, &player->callback, NULL)))
        return player;
    if (player->session) IMFMediaSession_Release(player->session);
    IMFAsyncCallback_Release(&player->callback);
    return NULL;
}

struct rig_player *rig_player(struct rig *rig, IMFTopology *topology)
{
    struct rig_player *player = rig_player_new(rig, NULL);

    if (player && topology) IMFMediaSession_SetTopology(player->session, MFSESSION_SETTOPOLOGY_NORESOLUTION, topology);
    if (topology) IMFTopology_Release(topology);
    return player;
}

IMFMediaSession *rig_session(struct rig_player *player)
{
    return player->session;
}

/* ---- Events ----------------------------------------------------------------------------------------------------- */

unsigned rig_events(struct rig_player *player)
{
    unsigned count;

    EnterCriticalSection(&player->lock);
    count = player->count;
    LeaveCriticalSection(&player->lock);
    return count;
}

BOOL rig_event(struct rig_player *player, unsigned index, struct rig_event *event)
{
    BOOL there;

    EnterCriticalSection(&player->lock);
    there = index < player->count;
    if (there) *event = player->events[index];
    LeaveCriticalSection(&player->lock);
    return there;
}

unsigned rig_event_count(struct rig_player *player, MediaEventType type)
{
    unsigned count = 0;

    EnterCriticalSection(&player->lock);
    for (unsigned i = 0; i < player->count; i++)
        count += player->events[i].type == type;
    LeaveCriticalSection(&player->lock);
    return count;
}

struct event_wait
{
    struct rig_player *player;
    MediaEventType type;
    BOOL failures; /* a failed event ends the wait */
    HRESULT status;
};

static BOOL event_came(void *context)
{
    struct event_wait *wait = context;
    struct rig_player *player = wait->player;
    BOOL came = FALSE;

    EnterCriticalSection(&player->lock);
    while (!came && player->passed < player->count)
    {
        const struct rig_event *event = &player->events[player->passed++];

        came = event->type == wait->type || (wait->failures && (event->type == MEError || FAILED(event->status)));
        if (event->type == wait->type) wait->status = event->status;
    }
    LeaveCriticalSection(&player->lock);
    return came;
}

static HRESULT wait_event(struct rig_player *player, MediaEventType type, DWORD patience, BOOL failures)
{
    struct event_wait wait = {player, type, failures, RIG_NO_EVENT};

    rig_wait_for(player->rig, event_came, &wait, patience);
    return wait.status;
}

HRESULT rig_wait(struct rig_player *player, MediaEventType type)
{
    return wait_event(player, type, RIG_PATIENCE, TRUE);
}

HRESULT rig_wait_long(struct rig_player *player, MediaEventType type, DWORD patience)
{
    return wait_event(player, type, patience, FALSE);
}

void rig_print_events(struct rig_player *player)
{
    struct rig_event event;

    for (unsigned i = 0; rig_event(player, i, &event); i++)
        printf("#   event %lu, status %#lx, value %lld\n", event.type, event.status, (long long)event.value);
    fflush(stdout);
}

/* ---- Commands --------------------------------------------------------------------------------------------------- */

HRESULT rig_play(struct rig_player *player)
{
    PROPVARIANT position = {.vt = VT_EMPTY};

    return IMFMediaSession_Start(player->session, &GUID_NULL, &position);
}

HRESULT rig_seek(struct rig_player *player, LONGLONG time)
{
    PROPVARIANT position = {.vt = VT_I8, .hVal.QuadPart = time};

    return IMFMediaSession_Start(player->session, &GUID_NULL, &position);
}

HRESULT rig_set_rate(struct rig_player *player, BOOL thin, float rate)
{
    IMFGetService *services;
    IMFRateControl *control = NULL;
    HRESULT hr = IMFMediaSession_QueryInterface(player->session, &IID_IMFGetService, (void **)&services);

    if (FAILED(hr)) return hr;
    hr = IMFGetService_GetService(services, &MF_RATE_CONTROL_SERVICE, &IID_IMFRateControl, (void **)&control);
    IMFGetService_Release(services);
    if (FAILED(hr)) return hr;
    hr = IMFRateControl_SetRate(control, thin, rate);
    IMFRateControl_Release(control);
    return hr;
}

ULONG rig_player_release(struct rig_player *player)
{
    ULONG left;

    IMFMediaSession_Shutdown(player->session);
    left = IMFMediaSession_Release(player->session);
    IMFAsyncCallback_Release(&player->callback);
    return left;
}

HRESULT rig_close(struct rig_player *player, ULONG *references)
{
    HRESULT hr = IMFMediaSession_Close(player->session);
    ULONG left;

    if (SUCCEEDED(hr)) hr = rig_wait_long(player, MESessionClosed, RIG_PATIENCE);
    if (hr == RIG_NO_EVENT) return hr;
    left = rig_player_release(player);
    if (references) *references = left;
    return hr;
}

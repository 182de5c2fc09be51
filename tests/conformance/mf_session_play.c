#include "mf_session_play.h"

struct rig *play_rig(void)
{
    static struct rig_api api;

    if (!api.module) rig_load_api(&api, L"mf.dll");
    return rig_new(&api);
}

int play_on(struct play *play, struct rig *rig, IMFMediaSource *source, IMFMediaSink *sink, BOOL set)
{
    memset(play, 0, sizeof(*play));
    play->rig = rig;
    play->source = source;
    play->sink = sink;
    play->player = rig_player(rig, set ? rig_topology(rig, source, NULL, sink) : NULL);
    if (!play->player)
    {
        note("no session");
        return 0;
    }
    play->session = rig_session(play->player);
    return !set || rig_wait(play->player, MESessionTopologySet) == S_OK;
}

int play_new(struct play *play, unsigned samples, BOOL clocked, BOOL set)
{
    struct rig *rig = play_rig();

    return play_on(play, rig, rig_source(rig, &(struct rig_source_options){.samples = samples}),
                   rig_sink(rig, &(struct rig_sink_options){.clocked = clocked, .finalizable = TRUE}), set);
}

HRESULT play_set(struct play *play, DWORD flags)
{
    IMFTopology *topology = rig_topology(play->rig, play->source, NULL, play->sink);
    HRESULT hr = topology ? IMFMediaSession_SetTopology(play->session, flags, topology) : E_FAIL;

    if (topology) IMFTopology_Release(topology);
    return hr;
}

HRESULT play_start(struct play *play)
{
    HRESULT hr = rig_play(play->player);

    return SUCCEEDED(hr) ? rig_wait(play->player, MESessionStarted) : hr;
}

int play_drop(struct play *play)
{
    char leaked[256] = "";
    unsigned left;

    if (play->source) IMFMediaSource_Shutdown(play->source);
    drop(&play->source);
    if (play->sink) IMFMediaSink_Shutdown(play->sink);
    drop(&play->sink);
    left = rig_end(play->rig, leaked, sizeof(leaked));
    if (left) note("%u objects are left: %s", left, leaked);
    return !left;
}

int play_end(struct play *play, HRESULT status)
{
    ULONG references = 0;
    HRESULT hr;

    if (!play->player) return play_drop(play);
    hr = rig_close(play->player, &references);
    if (hr != status) note("MESessionClosed has %#lx", (unsigned long)hr);
    if (references) note("the session has %lu references left", (unsigned long)references);
    return play_drop(play) && hr == status && !references;
}

int play_event(struct play *play, MediaEventType type, unsigned number, struct rig_event *event)
{
    for (unsigned i = 0; rig_event(play->player, i, event); i++)
        if (event->type == type && !number--) return 1;
    return 0;
}

int play_before(struct play *play, MediaEventType first, MediaEventType second)
{
    struct rig_event event;
    int seen = 0;

    for (unsigned i = 0; rig_event(play->player, i, &event); i++)
    {
        if (event.type == second) return seen;
        if (event.type == first) seen = 1;
    }
    return 0;
}

#include "mf_pipeline_show.h"

int show_new(struct show *show, const struct show_parts *parts)
{
    static const struct rig_source_options source = {.samples = 20};
    static const struct rig_sink_options sink = {.streams = 1};

    memset(show, 0, sizeof(*show));
    show->play.rig = play_rig();
    show->play.source = rig_source(show->play.rig, parts->source ? parts->source : &source);
    if (parts->transform) show->transform = rig_transform(show->play.rig, parts->transform);
    show->play.sink = rig_sink(show->play.rig, parts->sink ? parts->sink : &sink);
    show->topology = rig_topology(show->play.rig, show->play.source, show->transform, show->play.sink);
    if (!show->topology) note("no topology");
    return show->topology != NULL;
}

IMFTopologyNode *show_node(struct show *show, MF_TOPOLOGY_TYPE type)
{
    IMFTopologyNode *node;
    MF_TOPOLOGY_TYPE found;
    WORD i;

    for (i = 0; SUCCEEDED(IMFTopology_GetNode(show->topology, i, &node)); i++)
    {
        if (SUCCEEDED(IMFTopologyNode_GetNodeType(node, &found)) && found == type) return node;
        IMFTopologyNode_Release(node);
    }
    return NULL;
}

int show_set(struct show *show)
{
    show->play.player = rig_player(show->play.rig, show->topology);
    show->topology = NULL;
    if (!show->play.player) return 0;
    show->play.session = rig_session(show->play.player);
    return rig_wait(show->play.player, MESessionTopologySet) == S_OK;
}

HRESULT show_start(struct show *show)
{
    return show_set(show) ? play_start(&show->play) : E_FAIL;
}

HRESULT show_all(struct show *show)
{
    HRESULT hr = show_start(show);

    return SUCCEEDED(hr) ? rig_wait(show->play.player, MESessionEnded) : hr;
}

int show_end(struct show *show)
{
    drop(&show->topology);
    drop(&show->transform);
    return play_end(&show->play, S_OK);
}

struct rig_sink_state show_state(struct show *show, unsigned stream)
{
    struct rig_sink_state state;

    rig_sink_state(show->play.sink, stream, &state);
    note("%u samples, %u in order, %u markers, %u flushes", state.samples, state.in_order, state.markers,
         state.flushes);
    if (state.type) IMFMediaType_Release(state.type);
    return state;
}

int show_find(struct show *show, const char *component, const char *method, LONGLONG argument)
{
    struct rig_call call;
    unsigned i;

    for (i = 0; rig_call(show->play.rig, i, &call); i++)
    {
        if (!strcmp(call.component, component) && !strcmp(call.method, method) && call.argument == argument)
            return (int)i;
    }
    return -1;
}

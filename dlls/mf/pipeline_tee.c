/* Tees: what comes in goes out by every branch (flow.h says how they wait for each other). */
#include "mf/pipeline_parts.h"

#include <stdlib.h>
#include <string.h>

struct tee_node
{
    struct node node;
    unsigned int primary;
    struct flow_branch *branches; /* of the outputs that lead somewhere */
    struct link **links;
    unsigned int count;
    UINT8 *discardable; /* MF_TOPONODE_DISCARDABLE: indexes of outputs */
    UINT32 discardable_count;
};

static bool is_discardable(const struct tee_node *tee, unsigned int output)
{
    return memchr(tee->discardable, (int)output, tee->discardable_count) != NULL;
}

/* Notes the branches, when the links are there. */
static bool find_branches(struct tee_node *tee)
{
    unsigned int i, primary = 0;

    if (tee->branches) return tee->count > 0;
    tee->branches = calloc(tee->node.output_count + 1, sizeof(*tee->branches));
    tee->links = calloc(tee->node.output_count + 1, sizeof(struct link *));
    if (!tee->branches || !tee->links)
    {
        pipeline_fail(tee->node.pipeline, E_OUTOFMEMORY);
        return false;
    }
    for (i = 0; i < tee->node.output_count; i++)
    {
        if (!tee->node.outputs[i]) continue;
        if (i == tee->primary) primary = tee->count;
        tee->branches[tee->count] = (struct flow_branch){&tee->node.outputs[i]->flow, is_discardable(tee, i)};
        tee->links[tee->count++] = tee->node.outputs[i];
    }
    tee->primary = primary;
    return tee->count > 0;
}

/* Hands the first item on to every branch. */
static void hand_on(struct tee_node *tee, struct link *input)
{
    struct pipeline *pipeline = tee->node.pipeline;
    struct flow_item item = *flow_first(&input->flow);
    unsigned int i;

    flow_pop(&input->flow, &pipeline->pool);
    for (i = 0; i < tee->count; i++)
    {
        struct link *link = tee->links[i];

        if (!link || (item.kind == FLOW_SAMPLE && !flow_tee_takes(&tee->branches[i]))) continue;
        if (item.object) IUnknown_AddRef((IUnknown *)item.object);
        if (item.kind == FLOW_SAMPLE)
            node_put_sample(&tee->node, link->output, item.object);
        else
            link_put(pipeline, link, item.kind, item.time, item.object);
    }
    if (item.object) IUnknown_Release((IUnknown *)item.object);
}

static void work(struct tee_node *tee)
{
    struct link *input = tee->node.input_count ? tee->node.inputs[0] : NULL;
    const struct flow_item *item;
    unsigned int wish;

    if (!input || !find_branches(tee)) return;
    while ((item = flow_first(&input->flow)))
    {
        if (item->kind == FLOW_SAMPLE && !flow_tee_wish(tee->branches, tee->count, tee->primary)) break;
        hand_on(tee, input);
    }
    wish = flow_tee_wish(tee->branches, tee->count, tee->primary);
    if (flow_want_at_least(&input->flow, wish)) link_want(input);
}

static void want(struct node *node, unsigned int output)
{
    (void)output;
    work((struct tee_node *)node);
}

static void take(struct node *node, unsigned int input)
{
    (void)input;
    work((struct tee_node *)node);
}

static void destroy(struct node *node)
{
    struct tee_node *tee = (struct tee_node *)node;

    free(tee->branches);
    free(tee->links);
    CoTaskMemFree(tee->discardable);
    free(tee);
}

static const struct node_ops tee_ops = {want, take, destroy};

HRESULT tee_node_create(struct pipeline *pipeline, IMFTopologyNode *topology_node, struct node **node)
{
    struct tee_node *tee = calloc(1, sizeof(*tee));

    (void)pipeline;
    if (!tee) return E_OUTOFMEMORY;
    tee->node.ops = &tee_ops;
    IMFTopologyNode_GetUINT32(topology_node, &MF_TOPONODE_PRIMARYOUTPUT, &tee->primary);
    IMFTopologyNode_GetAllocatedBlob(topology_node, &MF_TOPONODE_DISCARDABLE, &tee->discardable,
                                     &tee->discardable_count);
    *node = &tee->node;
    return S_OK;
}

/* The presentation clock: who else is given it, and how it waits for sources that have no data. */
#include "mf/pipeline_parts.h"

#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

static void offer(struct pipeline *pipeline, IUnknown *object)
{
    IMFClockConsumer *consumer;
    HRESULT hr;

    if (FAILED(IUnknown_QueryInterface(object, &IID_IMFClockConsumer, (void **)&consumer))) return;
    hr = IMFClockConsumer_SetPresentationClock(consumer, pipeline->clock);
    if (FAILED(hr)) CORK_WARN("%p does not take the clock: %#lx\n", (void *)object, (unsigned long)hr);
    IMFClockConsumer_Release(consumer);
}

void pipeline_offer_clock(struct pipeline *pipeline)
{
    struct media_source *source;
    struct node *node;

    if (pipeline->clock_offered) return;
    pipeline->clock_offered = true;
    for (source = pipeline->sources; source; source = source->next)
        offer(pipeline, (IUnknown *)source->source);
    for (node = pipeline->nodes; node; node = node->next)
    {
        if (node->type == MF_TOPOLOGY_TRANSFORM_NODE) offer(pipeline, transform_node_object(node));
    }
}

/* ---- Buffering -------------------------------------------------------------------------------------------------- */

static void set_held(struct pipeline *pipeline, bool held)
{
    struct sink_node *sink;
    HRESULT hr;

    pipeline->clock_held = held;
    hr = held ? IMFPresentationClock_Pause(pipeline->clock)
              : IMFPresentationClock_Start(pipeline->clock, PRESENTATION_CURRENT_POSITION);
    if (FAILED(hr)) CORK_WARN("pipeline %p: %#lx\n", (void *)pipeline, (unsigned long)hr);
    FOR_EACH_SINK_NODE(pipeline, sink) sink_node_expect(sink);
}

void pipeline_settle_clock(struct pipeline *pipeline)
{
    bool hold = pipeline->buffering > 0;

    if (pipeline->state != PIPELINE_RUNNING || pipeline->operation != OPERATION_NONE || pipeline->failed) return;
    if (hold != pipeline->clock_held) set_held(pipeline, hold);
}

void pipeline_buffering(struct pipeline *pipeline, bool begins)
{
    if (!pipeline->flowing) return; /* not before Start and not after Stop */
    if (begins)
        pipeline->buffering++;
    else if (pipeline->buffering)
        pipeline->buffering--;
    pipeline_settle_clock(pipeline);
}

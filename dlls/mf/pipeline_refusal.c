/*
 * Media sinks that refuse a change of the clock: a sink whose IMFClockStateSink returns an error will not send the
 * event that the operation under way waits for, so the error is its answer. E_NOTIMPL says that the sink has nothing to
 * do then; the operation goes on.
 */
#include "mf/pipeline_parts.h"

#include <stdlib.h>

#include "common/trace.h"
#include "mf/presentation_clock.h"

CORK_TRACE_CHANNEL(mf);

struct refusal
{
    struct serial_item item; /* first, so that the serial's pointer is the refusal's */
    struct pipeline *pipeline;
    const IUnknown *sink; /* only compared */
    enum awaited what;
    HRESULT status;
};

static void hold(void *context)
{
    pipeline_addref(context);
}

/* In the serial. A sink that has sent its event all the same is not waited for any more, and nothing happens. */
static void deal_with(struct serial_item *item)
{
    struct refusal *refusal = (struct refusal *)item;
    struct pipeline *pipeline = refusal->pipeline;
    struct sink_node *node;

    FOR_EACH_SINK_NODE(pipeline, node)
    {
        if (pipeline->shut_down) break;
        if (clock_identity(node->sink->sink) == refusal->sink)
            pipeline_answer(pipeline, &node->awaits, refusal->what, refusal->status);
    }
    pipeline_release(pipeline);
    free(refusal);
}

static enum awaited refused_operation(enum clock_notice notice)
{
    switch (notice)
    {
    case CLOCK_NOTICE_START:
    case CLOCK_NOTICE_RESTART:
        return AWAIT_START;
    case CLOCK_NOTICE_PAUSE:
        return AWAIT_PAUSE;
    case CLOCK_NOTICE_STOP:
        return AWAIT_STOP;
    default:
        return AWAIT_NOTHING; /* nobody waits for a change of rate */
    }
}

static void refused(void *context, const IUnknown *sink, enum clock_notice notice, HRESULT status)
{
    struct pipeline *pipeline = context;
    enum awaited what = refused_operation(notice);
    struct refusal *refusal;

    CORK_WARN("sink %p, notice %d: %#lx\n", (const void *)sink, notice, (unsigned long)status);
    refusal = what != AWAIT_NOTHING ? calloc(1, sizeof(*refusal)) : NULL;
    if (!refusal)
    {
        pipeline_release(pipeline);
        return;
    }
    refusal->item.run = deal_with;
    refusal->pipeline = pipeline;
    refusal->sink = sink;
    refusal->what = what;
    refusal->status = status == E_NOTIMPL ? S_OK : status;
    serial_run(pipeline->serial, &refusal->item);
}

static const struct clock_watcher watcher = {hold, refused};

void refusals_begin(struct pipeline *pipeline)
{
    presentation_clock_watch(pipeline->clock, &watcher, pipeline);
}

void refusals_end(struct pipeline *pipeline)
{
    presentation_clock_end_watch(pipeline->clock, pipeline);
}

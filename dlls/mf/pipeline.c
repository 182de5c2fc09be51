/* A pipeline as a whole: how it is made and given up. */
#include "mf/pipeline_allocator.h"

#include <stddef.h>
#include <stdlib.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

static void release_object(void *object)
{
    IUnknown_Release((IUnknown *)object);
}

static void hold(struct poller *poller, bool hold)
{
    struct pipeline *pipeline = (struct pipeline *)((char *)poller - offsetof(struct pipeline, poller));

    if (hold)
        pipeline_addref(pipeline);
    else
        pipeline_release(pipeline);
}

/* The sink that has a clock to go by, or the system's time. */
static HRESULT set_time_source(struct pipeline *pipeline)
{
    IMFPresentationTimeSource *time_source = NULL;
    struct media_sink *sink;
    HRESULT hr = S_OK;

    for (sink = pipeline->sinks; sink && !time_source; sink = sink->next)
        IMFMediaSink_QueryInterface(sink->sink, &IID_IMFPresentationTimeSource, (void **)&time_source);
    if (!time_source) hr = MFCreateSystemTimeSource(&time_source);
    if (FAILED(hr)) return hr;
    hr = IMFPresentationClock_SetTimeSource(pipeline->clock, time_source);
    IMFPresentationTimeSource_Release(time_source);
    return hr;
}

static HRESULT begin_streaming(struct pipeline *pipeline)
{
    struct node *node;
    HRESULT hr = S_OK;

    for (node = pipeline->nodes; node && SUCCEEDED(hr); node = node->next)
    {
        if (node->type == MF_TOPOLOGY_TRANSFORM_NODE) hr = transform_node_begin(node);
    }
    return hr;
}

HRESULT pipeline_create(const struct pipeline_config *config, IMFTopology *topology, struct pipeline **out)
{
    struct pipeline *pipeline = calloc(1, sizeof(*pipeline));
    HRESULT hr;

    if (!pipeline) return E_OUTOFMEMORY;
    pipeline->refs = 1;
    pipeline->serial = config->serial;
    serial_addref(pipeline->serial);
    pipeline->clock = config->clock;
    IMFPresentationClock_AddRef(pipeline->clock);
    pipeline->topology = topology;
    IMFTopology_AddRef(topology);
    pipeline->quality_manager = config->quality_manager;
    if (pipeline->quality_manager) IMFQualityManager_AddRef(pipeline->quality_manager);
    pipeline->notify = config->notify;
    pipeline->context = config->context;
    pipeline->rate = config->rate;
    pipeline->thin = config->thin;
    pipeline->pool.release = release_object;
    poller_init(&pipeline->poller, pipeline->serial, hold);

    hr = pipeline_build(pipeline, topology);
    if (SUCCEEDED(hr)) hr = begin_streaming(pipeline);
    if (SUCCEEDED(hr)) hr = set_time_source(pipeline);
    if (FAILED(hr))
    {
        pipeline_release(pipeline);
        return hr;
    }
    *out = pipeline;
    return S_OK;
}

void pipeline_shutdown(struct pipeline *pipeline)
{
    struct media_source *source;
    struct sink_node *sink_node;
    struct media_sink *sink;
    struct node *node;

    if (pipeline->shut_down) return;
    pipeline->shut_down = true;
    pipeline->flowing = false;
    pipeline->failed = true;
    pipeline->operation = OPERATION_NONE;
    refusals_end(pipeline);

    for (node = pipeline->nodes; node; node = node->next)
    {
        switch (node->type)
        {
        case MF_TOPOLOGY_SOURCESTREAM_NODE:
            source_node_detach((struct source_node *)node);
            break;
        case MF_TOPOLOGY_TRANSFORM_NODE:
            transform_node_detach(node);
            break;
        case MF_TOPOLOGY_OUTPUT_NODE:
            sink_node_detach((struct sink_node *)node);
            break;
        default:
            break;
        }
    }
    for (source = pipeline->sources; source; source = source->next)
        media_source_detach(source);
    for (sink = pipeline->sinks; sink; sink = sink->next)
    {
        media_sink_detach(sink);
        if (sink->has_clock) IMFMediaSink_SetPresentationClock(sink->sink, NULL);
        sink->has_clock = false;
    }
    if (pipeline->links) pipeline_empty_links(pipeline, false);
    FOR_EACH_SINK_NODE(pipeline, sink_node) sink_allocator_close(sink_node);
}

HRESULT pipeline_set_media_stop(struct pipeline *pipeline, TOPOID id, UINT64 media_stop)
{
    struct source_node *source;

    FOR_EACH_SOURCE_NODE(pipeline, source)
    {
        if (source->node.id != id) continue;
        source->media_stop = media_stop <= INT64_MAX ? (MFTIME)media_stop : INT64_MAX;
        return S_OK;
    }
    return E_INVALIDARG;
}

void pipeline_addref(struct pipeline *pipeline)
{
    InterlockedIncrement(&pipeline->refs);
}

void pipeline_release(struct pipeline *pipeline)
{
    if (InterlockedDecrement(&pipeline->refs)) return;
    pipeline_shutdown(pipeline);
    pipeline_dismantle(pipeline);
    PropVariantClear(&pipeline->start.position);
    if (pipeline->quality_manager) IMFQualityManager_Release(pipeline->quality_manager);
    IMFTopology_Release(pipeline->topology);
    IMFPresentationClock_Release(pipeline->clock);
    serial_release(pipeline->serial);
    free(pipeline);
}

/* Rates: sources first, then transforms and the clock, which tells the sinks. */
#include "mf/pipeline_parts.h"

#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

/* Asks a source for the rate. A source without rate control plays at its own. */
static HRESULT set_source_rate(struct media_source *source, BOOL thin, float rate)
{
    IMFRateControl *control;
    HRESULT hr;

    if (FAILED(
            MFGetService((IUnknown *)source->source, &MF_RATE_CONTROL_SERVICE, &IID_IMFRateControl, (void **)&control)))
        return S_OK;
    hr = media_source_subscribe(source);
    if (SUCCEEDED(hr))
    {
        pipeline_await(source->pipeline, &source->awaits, AWAIT_RATE);
        hr = IMFRateControl_SetRate(control, thin, rate);
        if (FAILED(hr))
            pipeline_await(source->pipeline, &source->awaits, AWAIT_NOTHING);
        else
            listener_expect(source->listener);
    }
    IMFRateControl_Release(control);
    return hr;
}

static HRESULT set_object_rate(IUnknown *object, BOOL thin, float rate)
{
    IMFRateControl *control;
    HRESULT hr;

    if (FAILED(MFGetService(object, &MF_RATE_CONTROL_SERVICE, &IID_IMFRateControl, (void **)&control))) return S_OK;
    hr = IMFRateControl_SetRate(control, thin, rate);
    IMFRateControl_Release(control);
    return hr;
}

HRESULT pipeline_rate_sources_done(struct pipeline *pipeline)
{
    IMFRateControl *control;
    struct node *node;
    HRESULT hr = S_OK;

    for (node = pipeline->nodes; node && SUCCEEDED(hr); node = node->next)
    {
        if (node->type == MF_TOPOLOGY_TRANSFORM_NODE)
            hr = set_object_rate(transform_node_object(node), pipeline->thin, pipeline->rate);
    }
    /* The clock tells those that it has. */
    if (SUCCEEDED(hr)) hr = pipeline_attach_sinks(pipeline);
    if (FAILED(hr)) return hr;
    hr = IMFPresentationClock_QueryInterface(pipeline->clock, &IID_IMFRateControl, (void **)&control);
    if (FAILED(hr)) return hr;
    /* A clock skips nothing: "The object does not support thinning." That is for who has the data. */
    hr = IMFRateControl_SetRate(control, FALSE, pipeline->rate);
    IMFRateControl_Release(control);
    return hr;
}

HRESULT pipeline_set_rate(struct pipeline *pipeline, BOOL thin, float rate)
{
    struct media_source *source;
    HRESULT hr = S_OK;

    if (pipeline->operation != OPERATION_NONE || pipeline->failed) return MF_E_INVALIDREQUEST;
    pipeline->operation = OPERATION_RATE;
    pipeline->phase = PHASE_RATE_SOURCES;
    pipeline->status = S_OK;
    for (source = pipeline->sources; source && SUCCEEDED(hr); source = source->next)
        hr = set_source_rate(source, thin, rate);
    if (FAILED(hr))
    {
        pipeline_cancel(pipeline);
        return hr;
    }
    pipeline->thin = thin;
    pipeline->rate = rate;
    if (!pipeline->awaited) pipeline_finish(pipeline, pipeline_rate_sources_done(pipeline));
    return S_OK;
}

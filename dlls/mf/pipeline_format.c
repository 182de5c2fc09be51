/* Changes of format on the way: which type an output and its receiver can agree on. */
#include "mf/pipeline_transform.h"

#include "common/trace.h"
#include "mf/pipeline_allocator.h"

CORK_TRACE_CHANNEL(mf);

/* More types than a transform offers in earnest. */
#define TYPE_LIMIT 256

/* Whether the receiver of a link takes samples of the type. */
static bool accepts(const struct link *link, IMFMediaType *type)
{
    struct node *node = link->to;
    IMFMediaTypeHandler *handler;
    unsigned int i;
    HRESULT hr;

    switch (node->type)
    {
    case MF_TOPOLOGY_OUTPUT_NODE:
        if (FAILED(IMFStreamSink_GetMediaTypeHandler(((struct sink_node *)node)->stream, &handler))) return false;
        hr = IMFMediaTypeHandler_IsMediaTypeSupported(handler, type, NULL);
        IMFMediaTypeHandler_Release(handler);
        return SUCCEEDED(hr);
    case MF_TOPOLOGY_TRANSFORM_NODE:
        return SUCCEEDED(IMFTransform_SetInputType(((struct transform_node *)node)->transform,
                                                   ((struct transform_node *)node)->inputs[link->input].id, type,
                                                   MFT_SET_TYPE_TEST_ONLY));
    case MF_TOPOLOGY_TEE_NODE:
        for (i = 0; i < node->output_count; i++)
        {
            if (node->outputs[i] && !accepts(node->outputs[i], type)) return false;
        }
        return true;
    default:
        return false;
    }
}

static bool same_subtype(IMFMediaType *one, IMFMediaType *other)
{
    GUID first, second;

    return one && SUCCEEDED(IMFMediaType_GetGUID(one, &MF_MT_SUBTYPE, &first)) &&
           SUCCEEDED(IMFMediaType_GetGUID(other, &MF_MT_SUBTYPE, &second)) && IsEqualGUID(&first, &second);
}

/* Sets the first type that the transform offers and the receiver takes; where `like`, only one of its subtype. */
static HRESULT try_types(struct transform_node *transform, unsigned int output, const struct link *link,
                         IMFMediaType *like, IMFMediaType **chosen)
{
    DWORD id = transform->outputs[output].id, i;
    IMFMediaType *type;

    for (i = 0; i < TYPE_LIMIT; i++)
    {
        if (FAILED(IMFTransform_GetOutputAvailableType(transform->transform, id, i, &type))) break;
        if ((!like || same_subtype(like, type)) && (!link || accepts(link, type)) &&
            SUCCEEDED(IMFTransform_SetOutputType(transform->transform, id, type, 0)))
        {
            *chosen = type;
            return S_OK;
        }
        IMFMediaType_Release(type);
    }
    return MF_E_INVALIDMEDIATYPE;
}

HRESULT transform_choose_output_type(struct transform_node *transform, unsigned int output)
{
    struct pipeline *pipeline = transform->node.pipeline;
    struct link *link = transform->node.outputs[output];
    IMFMediaType *before = NULL, *type = NULL;
    HRESULT hr;

    IMFTransform_GetOutputCurrentType(transform->transform, transform->outputs[output].id, &before);
    hr = before ? try_types(transform, output, link, before, &type) : MF_E_INVALIDMEDIATYPE;
    if (FAILED(hr)) hr = try_types(transform, output, link, NULL, &type);
    if (before) IMFMediaType_Release(before);
    if (FAILED(hr))
    {
        CORK_WARN("transform %p, output %u: no type suits the receiver\n", (void *)transform->transform, output);
        return hr;
    }
    transform_note_output(transform, output);
    hr = sink_allocator_set_type(link, type);
    if (FAILED(hr))
    {
        IMFMediaType_Release(type);
        return hr;
    }
    if (link)
        link_put(pipeline, link, FLOW_FORMAT, 0, type);
    else
        IMFMediaType_Release(type);
    return S_OK;
}

void renegotiate(struct link *link)
{
    struct node *node = link ? link->from : NULL;
    HRESULT hr;

    if (!node) return;
    if (node->type == MF_TOPOLOGY_TEE_NODE)
    {
        renegotiate(node->input_count ? node->inputs[0] : NULL);
        return;
    }
    /* A source gives what it has: the sink has to take it or say so by its next ProcessSample. */
    if (node->type != MF_TOPOLOGY_TRANSFORM_NODE) return;
    hr = transform_choose_output_type((struct transform_node *)node, link->output);
    if (FAILED(hr)) pipeline_fail(node->pipeline, hr);
}

/* What comes out of a transform: samples to be filled, ProcessOutput, events in the stream. */
#include "mf/pipeline_transform.h"

#include <stdlib.h>
#include <string.h>

#include "common/trace.h"
#include "mf/pipeline_allocator.h"

CORK_TRACE_CHANNEL(mf);

/* How often a buffer is made twice as large for a transform that finds it too small. */
#define ENLARGEMENTS  12
#define MFT_ALLOCATES (MFT_OUTPUT_STREAM_PROVIDES_SAMPLES | MFT_OUTPUT_STREAM_CAN_PROVIDE_SAMPLES)

/* Bytes that a sample of the output's type has, where the transform does not say: a frame, or a second of sound. */
static DWORD size_of_type(IMFTransform *transform, DWORD id)
{
    UINT32 size = 0, width = 0, height = 0;
    IMFMediaType *type;
    GUID subtype = {0};
    UINT64 frame = 0;

    if (FAILED(IMFTransform_GetOutputCurrentType(transform, id, &type))) return 0;
    if (SUCCEEDED(IMFMediaType_GetUINT64(type, &MF_MT_FRAME_SIZE, &frame)))
    {
        width = (UINT32)(frame >> 32);
        height = (UINT32)frame;
        IMFMediaType_GetGUID(type, &MF_MT_SUBTYPE, &subtype);
        if (FAILED(MFCalculateImageSize(&subtype, width, height, &size))) size = 0;
    }
    else
        IMFMediaType_GetUINT32(type, &MF_MT_AUDIO_AVG_BYTES_PER_SECOND, &size);
    IMFMediaType_Release(type);
    return size;
}

void transform_note_output(struct transform_node *transform, unsigned int output)
{
    struct transform_output *out = &transform->outputs[output];

    memset(&out->info, 0, sizeof(out->info));
    IMFTransform_GetOutputStreamInfo(transform->transform, out->id, &out->info);
    out->least = out->info.cbSize ? 1 : size_of_type(transform->transform, out->id);
    if (out->spare) IMFSample_Release(out->spare);
    out->spare = NULL;
}

/* Reads the numbers of the streams. "If this method returns E_NOTIMPL, it means the MFT has a fixed number of streams,
 * and the stream identifiers are consecutive starting from zero." */
static HRESULT read_ids(struct transform_node *transform, DWORD inputs, DWORD outputs)
{
    DWORD *ids = calloc(inputs + outputs + 1, sizeof(*ids)), i;
    HRESULT hr;

    if (!ids) return E_OUTOFMEMORY;
    hr = IMFTransform_GetStreamIDs(transform->transform, inputs, ids, outputs, ids + inputs);
    if (hr == E_NOTIMPL)
    {
        for (i = 0; i < inputs; i++)
            ids[i] = i;
        for (i = 0; i < outputs; i++)
            ids[inputs + i] = i;
        hr = S_OK;
    }
    for (i = 0; SUCCEEDED(hr) && i < inputs; i++)
        transform->inputs[i].id = ids[i];
    for (i = 0; SUCCEEDED(hr) && i < outputs; i++)
        transform->outputs[i].id = ids[inputs + i];
    free(ids);
    return hr;
}

HRESULT transform_get_streams(struct transform_node *transform)
{
    DWORD inputs = 0, outputs = 0, i;
    HRESULT hr;

    hr = IMFTransform_GetStreamCount(transform->transform, &inputs, &outputs);
    if (FAILED(hr)) return hr;
    if (inputs < transform->node.input_count || outputs < transform->node.output_count) return MF_E_INVALIDSTREAMNUMBER;

    if (inputs != transform->input_count || outputs != transform->output_count)
    {
        transform_drop_spares(transform);
        free(transform->inputs);
        free(transform->outputs);
        free(transform->buffers);
        transform->input_count = transform->output_count = 0;
        transform->inputs = calloc(inputs + 1, sizeof(*transform->inputs));
        transform->outputs = calloc(outputs + 1, sizeof(*transform->outputs));
        transform->buffers = calloc(outputs + 1, sizeof(*transform->buffers));
        if (!transform->inputs || !transform->outputs || !transform->buffers) return E_OUTOFMEMORY;
        transform->input_count = inputs;
        transform->output_count = outputs;
    }
    hr = read_ids(transform, inputs, outputs);
    for (i = 0; SUCCEEDED(hr) && i < outputs; i++)
        transform_note_output(transform, i);
    transform->copies = inputs == 1 && outputs == 1 && !transform->asynchronous;
    return hr;
}

void transform_drop_spares(struct transform_node *transform)
{
    DWORD i;

    for (i = 0; i < transform->output_count; i++)
    {
        if (transform->outputs[i].spare) IMFSample_Release(transform->outputs[i].spare);
        transform->outputs[i].spare = NULL;
    }
}

/* Where the output's samples go; NULL: nowhere. */
static struct link *output_link(const struct transform_node *transform, unsigned int output)
{
    return output < transform->node.output_count ? transform->node.outputs[output] : NULL;
}

static HRESULT allocate(const struct transform_output *output, IMFSample **sample)
{
    DWORD size = output->info.cbSize > output->least ? output->info.cbSize : output->least;
    IMFMediaBuffer *buffer;
    HRESULT hr;

    if (output->info.cbAlignment > 1)
        hr = MFCreateAlignedMemoryBuffer(size, output->info.cbAlignment - 1, &buffer);
    else
        hr = MFCreateMemoryBuffer(size, &buffer);
    if (FAILED(hr)) return hr;
    hr = MFCreateSample(sample);
    if (SUCCEEDED(hr))
    {
        hr = IMFSample_AddBuffer(*sample, buffer);
        if (FAILED(hr)) IMFSample_Release(*sample);
    }
    IMFMediaBuffer_Release(buffer);
    return hr;
}

/* A sample for the output to be filled, unless the transform brings its own: in the memory of the sink that it goes to,
 * where that has some. */
static HRESULT prepare(struct transform_node *transform, unsigned int output)
{
    struct transform_output *out = &transform->outputs[output];
    MFT_OUTPUT_DATA_BUFFER *buffer = &transform->buffers[output];

    memset(buffer, 0, sizeof(*buffer));
    buffer->dwStreamID = out->id;
    if (out->info.dwFlags & MFT_ALLOCATES) return S_OK;
    if (!out->spare)
    {
        HRESULT hr = sink_allocate_sample(output_link(transform, output), &out->spare);

        out->of_sink = hr == S_OK;
        if (hr == S_FALSE) hr = allocate(out, &out->spare);
        if (FAILED(hr)) return hr;
    }
    buffer->pSample = out->spare;
    return S_OK;
}

/* Hands on the events that the transform has put into the stream. */
static void put_events(struct transform_node *transform, struct link *link, IMFCollection *events)
{
    struct pipeline *pipeline = transform->node.pipeline;
    IMFMediaEvent *event;
    IUnknown *object;
    DWORD count = 0, i;

    IMFCollection_GetElementCount(events, &count);
    for (i = 0; i < count; i++)
    {
        if (FAILED(IMFCollection_GetElement(events, i, &object)) || !object) continue;
        if (SUCCEEDED(IUnknown_QueryInterface(object, &IID_IMFMediaEvent, (void **)&event)))
            link_put(pipeline, link, FLOW_EVENT, 0, event);
        IUnknown_Release(object);
    }
}

/* "Do not overwrite any attributes that the MFT sets on the output sample." The token is the request's. */
static void copy_attributes(IMFSample *from, IMFSample *to)
{
    PROPVARIANT value;
    UINT32 count = 0, i;
    GUID key;

    if (FAILED(IMFSample_GetCount(from, &count))) return;
    for (i = 0; i < count; i++)
    {
        PropVariantInit(&value);
        if (FAILED(IMFSample_GetItemByIndex(from, i, &key, &value))) continue;
        if (!IsEqualGUID(&key, &MFSampleExtension_Token) && FAILED(IMFSample_GetItem(to, &key, NULL)))
            IMFSample_SetItem(to, &key, &value);
        PropVariantClear(&value);
    }
}

/* Deals with what ProcessOutput has left for one output. */
static void put_output(struct transform_node *transform, unsigned int output, bool succeeded)
{
    struct transform_output *out = &transform->outputs[output];
    MFT_OUTPUT_DATA_BUFFER *buffer = &transform->buffers[output];
    struct link *link = output_link(transform, output);
    DWORD status = buffer->dwStatus & (MFT_OUTPUT_DATA_BUFFER_NO_SAMPLE);
    IMFSample *sample = buffer->pSample;

    if (buffer->pEvents)
    {
        if (link) put_events(transform, link, buffer->pEvents);
        IMFCollection_Release(buffer->pEvents);
        buffer->pEvents = NULL;
    }
    buffer->pSample = NULL;
    if (sample == out->spare)
    {
        if (!succeeded || status == MFT_OUTPUT_DATA_BUFFER_NO_SAMPLE) return; /* is used again */
        out->spare = NULL;
    }
    if (!sample) return;
    if (!succeeded || !link || status == MFT_OUTPUT_DATA_BUFFER_NO_SAMPLE)
    {
        IMFSample_Release(sample);
        return;
    }
    if (transform->copies && transform->last_input) copy_attributes(transform->last_input, sample);
    quality_output(&transform->node, output, sample);
    node_put_sample(&transform->node, output, sample);
}

/* Deletions, then additions, then format changes. */
static HRESULT change_streams(struct transform_node *transform, DWORD status, HRESULT outcome)
{
    unsigned int i, count = transform->node.output_count;
    bool told = false;
    HRESULT hr = S_OK;

    for (i = 0; i < count; i++)
    {
        if ((transform->outputs[i].changes & MFT_OUTPUT_DATA_BUFFER_NO_SAMPLE) != MFT_OUTPUT_DATA_BUFFER_STREAM_END)
            continue;
        transform->outputs[i].ended = true;
        told = true;
        link_put(transform->node.pipeline, transform->node.outputs[i], FLOW_END, 0, NULL);
    }
    if (status & MFT_PROCESS_OUTPUT_STATUS_NEW_STREAMS)
    {
        told = true;
        hr = transform_get_streams(transform);
    }
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if ((transform->outputs[i].changes & MFT_OUTPUT_DATA_BUFFER_NO_SAMPLE) != MFT_OUTPUT_DATA_BUFFER_FORMAT_CHANGE)
            continue;
        told = true;
        hr = transform_choose_output_type(transform, i);
    }
    /* Some say no more than that there is a change. */
    for (i = 0; i < count && SUCCEEDED(hr) && !told && outcome == MF_E_TRANSFORM_STREAM_CHANGE; i++)
        hr = transform_choose_output_type(transform, i);
    return hr;
}

/* A buffer was too small: the next one is larger. Returns whether it is worth another try. */
static bool enlarge(struct transform_node *transform)
{
    bool any = false;
    DWORD i;

    for (i = 0; i < transform->output_count; i++)
    {
        struct transform_output *out = &transform->outputs[i];
        DWORD size = out->info.cbSize > out->least ? out->info.cbSize : out->least;

        if (!out->spare || out->of_sink || size > MAXDWORD / 2) continue;
        transform_note_output(transform, i);
        out->least = out->info.cbSize > size ? out->info.cbSize : size * 2;
        any = true;
    }
    return any;
}

static HRESULT process(struct transform_node *transform, DWORD *status)
{
    DWORD i;
    HRESULT hr;

    for (i = 0; i < transform->output_count; i++)
    {
        hr = prepare(transform, i);
        if (hr == MF_E_SAMPLEALLOCATOR_EMPTY) return S_FALSE;
        if (FAILED(hr)) return hr;
    }
    *status = 0;
    return IMFTransform_ProcessOutput(transform->transform, 0, transform->output_count, transform->buffers, status);
}

HRESULT transform_output(struct transform_node *transform)
{
    unsigned int tries = 0;
    DWORD status = 0, i;
    bool changes = false;
    HRESULT hr, outcome;

    do
        outcome = process(transform, &status);
    while (outcome == MF_E_BUFFERTOOSMALL && ++tries < ENLARGEMENTS && enlarge(transform));
    if (outcome == S_FALSE) return S_FALSE;

    for (i = 0; i < transform->output_count; i++)
    {
        DWORD change = transform->buffers[i].dwStatus & MFT_OUTPUT_DATA_BUFFER_NO_SAMPLE;

        transform->outputs[i].changes = change;
        if (change && change != MFT_OUTPUT_DATA_BUFFER_NO_SAMPLE) changes = true;
    }
    /* A sample that comes with such a change is still of the old format. */
    for (i = 0; i < transform->output_count; i++)
        put_output(transform, i, SUCCEEDED(outcome));
    if (outcome == MF_E_TRANSFORM_STREAM_CHANGE || changes || status & MFT_PROCESS_OUTPUT_STATUS_NEW_STREAMS)
    {
        hr = change_streams(transform, status, outcome);
        if (FAILED(hr) || outcome == MF_E_TRANSFORM_STREAM_CHANGE) return hr;
    }
    return SUCCEEDED(outcome) ? S_OK : outcome;
}

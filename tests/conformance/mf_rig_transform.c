/*
 * The rig's transform. What it holds to: IMFTransform as documented for those who write one ("Media Foundation
 * Transforms", "Basic MFT Processing Model", "Asynchronous MFTs").
 */
#include "mf_rig_transform.h"

#include <stdlib.h>

RIG_UNKNOWN(IMFTransform, transform, mft)
RIG_UNKNOWN(IMFMediaEventGenerator, transform, generator)
RIG_EVENTS(IMFMediaEventGenerator, transform, generator, &this->object, NULL)

/* ---- Samples ---------------------------------------------------------------------------------------------------- */

static unsigned input_of(const struct transform *transform, unsigned output)
{
    return output % transform->options.inputs;
}

/* Whether the input takes a sample. */
static BOOL accepts(const struct transform *transform, unsigned input)
{
    if (transform->draining) return FALSE;
    for (unsigned i = input; i < transform->options.outputs; i += transform->options.inputs)
        if (transform->outputs[i].count > transform->options.hold) return FALSE;
    return TRUE;
}

/* How many samples may leave the output now. */
static unsigned available(const struct transform *transform, const struct output *output)
{
    if (transform->draining) return output->count;
    return output->count > transform->options.hold ? output->count - transform->options.hold : 0;
}

static BOOL is_empty(const struct transform *transform)
{
    for (unsigned i = 0; i < transform->options.outputs; i++)
        if (transform->outputs[i].count) return FALSE;
    return TRUE;
}

void rig_transform_drop_samples(struct transform *transform)
{
    for (unsigned i = 0; i < transform->options.outputs; i++)
    {
        struct output *output = &transform->outputs[i];

        for (unsigned n = 0; n < output->count; n++)
            IMFSample_Release(output->samples[n]);
        output->count = output->announced = 0;
    }
    for (unsigned i = 0; i < transform->options.inputs; i++)
        transform->inputs[i].asked = FALSE;
}

/* ---- The asynchronous transform's events ------------------------------------------------------------------------ */

static void tell(struct transform *transform, const struct rig_answer *answer, MediaEventType type, DWORD input)
{
    BOOL fails = answer->met && answer->manner == RIG_FAIL_ANSWER;
    IMFMediaEvent *event;

    if (FAILED(MFCreateMediaEvent(fails ? MEError : type, &GUID_NULL, fails ? answer->code : S_OK, NULL, &event)))
        return;
    if (type == METransformNeedInput) IMFMediaEvent_SetUINT32(event, &MF_EVENT_MFT_INPUT_STREAM_ID, input);
    rig_answer_event(transform->object.rig, answer, transform->events, event);
    IMFMediaEvent_Release(event);
}

/* Says what it needs and has now, as far as it has not said so. Locked. */
static void tell_all(struct transform *transform, const struct rig_answer *answer)
{
    if (!transform->options.asynchronous || !transform->streaming) return;
    for (unsigned i = 0; i < transform->options.outputs; i++)
    {
        struct output *output = &transform->outputs[i];

        for (; output->announced < available(transform, output); output->announced++)
            tell(transform, answer, METransformHaveOutput, 0);
    }
    for (unsigned i = 0; i < transform->options.inputs; i++)
    {
        if (transform->inputs[i].asked || !accepts(transform, i)) continue;
        transform->inputs[i].asked = TRUE;
        tell(transform, answer, METransformNeedInput, i);
    }
    if (!transform->draining || !is_empty(transform)) return;
    transform->draining = transform->streaming = FALSE;
    tell(transform, answer, METransformDrainComplete, 0);
}

/* Whether an asynchronous transform was not unlocked by its client. */
static BOOL is_locked(const struct transform *transform)
{
    UINT32 unlocked = FALSE;

    if (!transform->options.asynchronous) return FALSE;
    IMFAttributes_GetUINT32(transform->attributes, &MF_TRANSFORM_ASYNC_UNLOCK, &unlocked);
    return !unlocked;
}

/* ---- Streams ---------------------------------------------------------------------------------------------------- */

/* Begins a method of IMFTransform that has no answer of its own. */
#define BEGIN_METHOD(method_name, argument)                                                                            \
    struct transform *transform = transform_of_mft(self);                                                              \
    HRESULT hr = rig_enter(&transform->object, NULL, method_name, argument, NULL);                                     \
                                                                                                                       \
    if (FAILED(hr)) return hr;                                                                                         \
    if (transform->shut_down) return MF_E_SHUTDOWN

static HRESULT WINAPI transform_GetStreamLimits(IMFTransform *self, DWORD *input_minimum, DWORD *input_maximum,
                                                DWORD *output_minimum, DWORD *output_maximum)
{
    BEGIN_METHOD("GetStreamLimits", 0);
    *input_minimum = *input_maximum = transform->options.inputs;
    *output_minimum = *output_maximum = transform->options.outputs;
    return S_OK;
}

static HRESULT WINAPI transform_GetStreamCount(IMFTransform *self, DWORD *inputs, DWORD *outputs)
{
    BEGIN_METHOD("GetStreamCount", 0);
    *inputs = transform->options.inputs;
    *outputs = transform->options.outputs;
    return S_OK;
}

static HRESULT WINAPI transform_GetStreamIDs(IMFTransform *self, DWORD input_size, DWORD *inputs, DWORD output_size,
                                             DWORD *outputs)
{
    BEGIN_METHOD("GetStreamIDs", 0);
    (void)input_size;
    (void)inputs;
    (void)output_size;
    (void)outputs;
    return E_NOTIMPL; /* the identifiers are 0, 1 ... */
}

static HRESULT WINAPI transform_GetInputStreamInfo(IMFTransform *self, DWORD stream, MFT_INPUT_STREAM_INFO *info)
{
    BEGIN_METHOD("GetInputStreamInfo", stream);
    if (stream >= transform->options.inputs) return MF_E_INVALIDSTREAMNUMBER;
    *info = (MFT_INPUT_STREAM_INFO){.dwFlags = MFT_INPUT_STREAM_WHOLE_SAMPLES};
    return S_OK;
}

static HRESULT WINAPI transform_GetOutputStreamInfo(IMFTransform *self, DWORD stream, MFT_OUTPUT_STREAM_INFO *info)
{
    BEGIN_METHOD("GetOutputStreamInfo", stream);
    if (stream >= transform->options.outputs) return MF_E_INVALIDSTREAMNUMBER;
    *info =
        (MFT_OUTPUT_STREAM_INFO){.dwFlags = MFT_OUTPUT_STREAM_WHOLE_SAMPLES, .cbSize = transform->options.sample_size};
    if (!transform->options.caller_allocates) info->dwFlags |= MFT_OUTPUT_STREAM_PROVIDES_SAMPLES;
    return S_OK;
}

static HRESULT WINAPI transform_GetAttributes(IMFTransform *self, IMFAttributes **attributes)
{
    BEGIN_METHOD("GetAttributes", 0);
    *attributes = transform->attributes;
    IMFAttributes_AddRef(*attributes);
    return S_OK;
}

static HRESULT WINAPI transform_GetInputStreamAttributes(IMFTransform *self, DWORD stream, IMFAttributes **attributes)
{
    BEGIN_METHOD("GetInputStreamAttributes", stream);
    (void)attributes;
    return E_NOTIMPL;
}

static HRESULT WINAPI transform_GetOutputStreamAttributes(IMFTransform *self, DWORD stream, IMFAttributes **attributes)
{
    BEGIN_METHOD("GetOutputStreamAttributes", stream);
    (void)attributes;
    return E_NOTIMPL;
}

static HRESULT WINAPI transform_DeleteInputStream(IMFTransform *self, DWORD stream)
{
    BEGIN_METHOD("DeleteInputStream", stream);
    return E_NOTIMPL;
}

static HRESULT WINAPI transform_AddInputStreams(IMFTransform *self, DWORD count, DWORD *streams)
{
    BEGIN_METHOD("AddInputStreams", count);
    (void)streams;
    return E_NOTIMPL;
}

/* ---- Types ------------------------------------------------------------------------------------------------------ */

/* The one type that the output can have now, without a reference, or NULL. */
static IMFMediaType *output_type(const struct transform *transform, unsigned index)
{
    const struct output *output = &transform->outputs[index];

    if (output->changing || output->changed) return transform->options.change_type;
    if (transform->options.output_type) return transform->options.output_type;
    return transform->inputs[input_of(transform, index)].type;
}

static HRESULT hand_out_type(IMFMediaType *from, IMFMediaType **type)
{
    HRESULT hr;

    if (!from) return MF_E_TRANSFORM_TYPE_NOT_SET;
    hr = MFCreateMediaType(type);
    return SUCCEEDED(hr) ? IMFMediaType_CopyAllItems(from, (IMFAttributes *)*type) : hr;
}

static BOOL is_type(IMFMediaType *only, IMFMediaType *type)
{
    DWORD same = 0;

    if (!only) return TRUE;
    IMFMediaType_IsEqual(only, type, &same);
    return (same & MF_MEDIATYPE_EQUAL_FORMAT_DATA) && (same & MF_MEDIATYPE_EQUAL_FORMAT_TYPES);
}

static void put_type(IMFMediaType **slot, IMFMediaType *type)
{
    if (type) IMFMediaType_AddRef(type);
    if (*slot) IMFMediaType_Release(*slot);
    *slot = type;
}

static HRESULT WINAPI transform_GetInputAvailableType(IMFTransform *self, DWORD stream, DWORD index,
                                                      IMFMediaType **type)
{
    BEGIN_METHOD("GetInputAvailableType", stream);
    if (stream >= transform->options.inputs) return MF_E_INVALIDSTREAMNUMBER;
    if (index) return MF_E_NO_MORE_TYPES;
    if (!transform->options.input_type) return E_NOTIMPL; /* any */
    return hand_out_type(transform->options.input_type, type);
}

static HRESULT WINAPI transform_GetOutputAvailableType(IMFTransform *self, DWORD stream, DWORD index,
                                                       IMFMediaType **type)
{
    BEGIN_METHOD("GetOutputAvailableType", stream);
    if (stream >= transform->options.outputs) return MF_E_INVALIDSTREAMNUMBER;
    if (index) return MF_E_NO_MORE_TYPES;
    return hand_out_type(output_type(transform, stream), type);
}

static HRESULT WINAPI transform_SetInputType(IMFTransform *self, DWORD stream, IMFMediaType *type, DWORD flags)
{
    BEGIN_METHOD("SetInputType", stream);
    if (stream >= transform->options.inputs) return MF_E_INVALIDSTREAMNUMBER;
    if (type && !is_type(transform->options.input_type, type)) return MF_E_INVALIDMEDIATYPE;
    if (flags & MFT_SET_TYPE_TEST_ONLY) return S_OK;
    EnterCriticalSection(&transform->lock);
    put_type(&transform->inputs[stream].type, type);
    LeaveCriticalSection(&transform->lock);
    return S_OK;
}

static HRESULT WINAPI transform_SetOutputType(IMFTransform *self, DWORD stream, IMFMediaType *type, DWORD flags)
{
    static const struct rig_answer plain = {0};
    struct output *output;
    BEGIN_METHOD("SetOutputType", stream);
    if (stream >= transform->options.outputs) return MF_E_INVALIDSTREAMNUMBER;
    if (type && !output_type(transform, stream)) return MF_E_TRANSFORM_TYPE_NOT_SET;
    if (type && !is_type(output_type(transform, stream), type)) return MF_E_INVALIDMEDIATYPE;
    if (flags & MFT_SET_TYPE_TEST_ONLY) return S_OK;
    EnterCriticalSection(&transform->lock);
    output = &transform->outputs[stream];
    put_type(&output->type, type);
    if (type && output->changing)
    {
        output->changing = FALSE;
        output->changed = TRUE;
        tell_all(transform, &plain);
    }
    LeaveCriticalSection(&transform->lock);
    return S_OK;
}

static HRESULT current_type(IMFMediaType *current, IMFMediaType **type)
{
    if (!current) return MF_E_TRANSFORM_TYPE_NOT_SET;
    *type = current;
    IMFMediaType_AddRef(current);
    return S_OK;
}

static HRESULT WINAPI transform_GetInputCurrentType(IMFTransform *self, DWORD stream, IMFMediaType **type)
{
    BEGIN_METHOD("GetInputCurrentType", stream);
    if (stream >= transform->options.inputs) return MF_E_INVALIDSTREAMNUMBER;
    return current_type(transform->inputs[stream].type, type);
}

static HRESULT WINAPI transform_GetOutputCurrentType(IMFTransform *self, DWORD stream, IMFMediaType **type)
{
    BEGIN_METHOD("GetOutputCurrentType", stream);
    if (stream >= transform->options.outputs) return MF_E_INVALIDSTREAMNUMBER;
    return current_type(transform->outputs[stream].type, type);
}

/* ---- Processing ------------------------------------------------------------------------------------------------- */

static HRESULT WINAPI transform_GetInputStatus(IMFTransform *self, DWORD stream, DWORD *flags)
{
    BEGIN_METHOD("GetInputStatus", stream);
    if (stream >= transform->options.inputs) return MF_E_INVALIDSTREAMNUMBER;
    EnterCriticalSection(&transform->lock);
    *flags = accepts(transform, stream) ? MFT_INPUT_STATUS_ACCEPT_DATA : 0;
    LeaveCriticalSection(&transform->lock);
    return S_OK;
}

static HRESULT WINAPI transform_GetOutputStatus(IMFTransform *self, DWORD *flags)
{
    BEGIN_METHOD("GetOutputStatus", 0);
    *flags = 0;
    EnterCriticalSection(&transform->lock);
    for (unsigned i = 0; i < transform->options.outputs; i++)
        if (available(transform, &transform->outputs[i])) *flags = MFT_OUTPUT_STATUS_SAMPLE_READY;
    LeaveCriticalSection(&transform->lock);
    return S_OK;
}

static HRESULT WINAPI transform_SetOutputBounds(IMFTransform *self, LONGLONG lower, LONGLONG upper)
{
    BEGIN_METHOD("SetOutputBounds", lower);
    (void)upper;
    return E_NOTIMPL;
}

static HRESULT WINAPI transform_ProcessEvent(IMFTransform *self, DWORD stream, IMFMediaEvent *event)
{
    BEGIN_METHOD("ProcessEvent", stream);
    (void)event;
    return E_NOTIMPL;
}

static HRESULT WINAPI transform_ProcessMessage(IMFTransform *self, MFT_MESSAGE_TYPE message, ULONG_PTR parameter)
{
    struct transform *transform = transform_of_mft(self);
    struct rig_answer answer;
    HRESULT hr = rig_enter(&transform->object, NULL, "ProcessMessage", message, &answer);

    (void)parameter;
    if (FAILED(hr)) return hr;
    if (transform->shut_down) return MF_E_SHUTDOWN;
    if (is_locked(transform)) return MF_E_TRANSFORM_ASYNC_LOCKED;
    EnterCriticalSection(&transform->lock);
    if (message == MFT_MESSAGE_COMMAND_FLUSH)
    {
        rig_transform_drop_samples(transform);
        transform->draining = transform->streaming = FALSE;
    }
    else if (message == MFT_MESSAGE_NOTIFY_START_OF_STREAM)
    {
        transform->streaming = TRUE;
        tell_all(transform, &answer);
    }
    else if (message == MFT_MESSAGE_COMMAND_DRAIN)
    {
        transform->draining = TRUE;
        tell_all(transform, &answer);
        /* A synchronous one goes on as soon as it is empty. */
        if (!transform->options.asynchronous && is_empty(transform)) transform->draining = FALSE;
    }
    LeaveCriticalSection(&transform->lock);
    return S_OK;
}

static HRESULT WINAPI transform_ProcessInput(IMFTransform *self, DWORD stream, IMFSample *sample, DWORD flags)
{
    struct transform *transform = transform_of_mft(self);
    struct rig_answer answer;
    HRESULT hr = rig_enter(&transform->object, NULL, "ProcessInput", stream, &answer);

    if (FAILED(hr)) return hr;
    if (transform->shut_down) return MF_E_SHUTDOWN;
    if (is_locked(transform)) return MF_E_TRANSFORM_ASYNC_LOCKED;
    if (stream >= transform->options.inputs) return MF_E_INVALIDSTREAMNUMBER;
    if (!sample || flags) return E_INVALIDARG;
    EnterCriticalSection(&transform->lock);
    if (!transform->inputs[stream].type)
        hr = MF_E_TRANSFORM_TYPE_NOT_SET;
    else if (!accepts(transform, stream) || (transform->options.asynchronous && !transform->inputs[stream].asked))
        hr = MF_E_NOTACCEPTING;
    else
    {
        transform->inputs[stream].asked = FALSE;
        for (unsigned i = stream; i < transform->options.outputs; i += transform->options.inputs)
        {
            struct output *output = &transform->outputs[i];

            output->samples[output->count++] = sample;
            IMFSample_AddRef(sample);
        }
        tell_all(transform, &answer);
    }
    LeaveCriticalSection(&transform->lock);
    return hr;
}

/* Hands the output's first sample over. Locked. */
static HRESULT take_sample(struct transform *transform, struct output *output, MFT_OUTPUT_DATA_BUFFER *data)
{
    IMFSample *sample = output->samples[0];

    if (transform->options.caller_allocates)
    {
        HRESULT hr = data->pSample ? rig_copy_sample(sample, data->pSample) : E_INVALIDARG;

        if (FAILED(hr)) return hr;
        IMFSample_Release(sample);
    }
    else
        data->pSample = sample;
    MoveMemory(output->samples, output->samples + 1, --output->count * sizeof(*output->samples));
    if (output->announced) output->announced--;
    output->made++;
    return S_OK;
}

static HRESULT process_outputs(struct transform *transform, MFT_OUTPUT_DATA_BUFFER *data)
{
    HRESULT hr = MF_E_TRANSFORM_NEED_MORE_INPUT;

    for (unsigned i = 0; i < transform->options.outputs; i++)
    {
        struct output *output = &transform->outputs[data[i].dwStreamID];

        if (!output->type) return MF_E_TRANSFORM_TYPE_NOT_SET;
        data[i].dwStatus = MFT_OUTPUT_DATA_BUFFER_NO_SAMPLE;
        if (!available(transform, output)) continue;
        if (transform->options.change_type && !output->changed && output->made == transform->options.change_at)
            output->changing = TRUE;
        if (output->changing)
        {
            if (output->announced) output->announced--;
            data[i].dwStatus = MFT_OUTPUT_DATA_BUFFER_FORMAT_CHANGE;
            return MF_E_TRANSFORM_STREAM_CHANGE;
        }
        hr = take_sample(transform, output, &data[i]);
        if (FAILED(hr)) return hr;
        data[i].dwStatus = available(transform, output) ? MFT_OUTPUT_DATA_BUFFER_INCOMPLETE : 0;
    }
    return hr;
}

static HRESULT WINAPI transform_ProcessOutput(IMFTransform *self, DWORD flags, DWORD count,
                                              MFT_OUTPUT_DATA_BUFFER *data, DWORD *status)
{
    struct transform *transform = transform_of_mft(self);
    struct rig_answer answer;
    HRESULT hr = rig_enter(&transform->object, NULL, "ProcessOutput", count, &answer);

    if (FAILED(hr)) return hr;
    if (transform->shut_down) return MF_E_SHUTDOWN;
    if (is_locked(transform)) return MF_E_TRANSFORM_ASYNC_LOCKED;
    if (count != transform->options.outputs || !data || !status || flags) return E_INVALIDARG;
    for (DWORD i = 0; i < count; i++)
        if (data[i].dwStreamID >= transform->options.outputs) return MF_E_INVALIDSTREAMNUMBER;
    *status = 0;
    EnterCriticalSection(&transform->lock);
    hr = process_outputs(transform, data);
    if (SUCCEEDED(hr)) tell_all(transform, &answer);
    if (!transform->options.asynchronous && transform->draining && is_empty(transform)) transform->draining = FALSE;
    LeaveCriticalSection(&transform->lock);
    return hr;
}

static IMFTransformVtbl transform_table = {RIG_UNKNOWN_METHODS(transform, mft),
                                           transform_GetStreamLimits,
                                           transform_GetStreamCount,
                                           transform_GetStreamIDs,
                                           transform_GetInputStreamInfo,
                                           transform_GetOutputStreamInfo,
                                           transform_GetAttributes,
                                           transform_GetInputStreamAttributes,
                                           transform_GetOutputStreamAttributes,
                                           transform_DeleteInputStream,
                                           transform_AddInputStreams,
                                           transform_GetInputAvailableType,
                                           transform_GetOutputAvailableType,
                                           transform_SetInputType,
                                           transform_SetOutputType,
                                           transform_GetInputCurrentType,
                                           transform_GetOutputCurrentType,
                                           transform_GetInputStatus,
                                           transform_GetOutputStatus,
                                           transform_SetOutputBounds,
                                           transform_ProcessEvent,
                                           transform_ProcessMessage,
                                           transform_ProcessInput,
                                           transform_ProcessOutput};

static IMFMediaEventGeneratorVtbl transform_generator_table = {RIG_UNKNOWN_METHODS(transform, generator),
                                                               RIG_EVENTS_METHODS(transform, generator)};

/* ---- Making and unmaking ---------------------------------------------------------------------------------------- */

static void *transform_query(struct rig_object *object, REFIID iid)
{
    struct transform *transform = (struct transform *)object;

    if (IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFTransform)) return &transform->mft;
    if (IsEqualIID(iid, &IID_IMFClockConsumer) && transform->options.consumes_clock) return &transform->consumer;
    if (!transform->options.asynchronous) return NULL;
    if (IsEqualIID(iid, &IID_IMFMediaEventGenerator)) return &transform->generator;
    if (IsEqualIID(iid, &IID_IMFShutdown)) return &transform->shutdown;
    return NULL;
}

static void transform_destroy(struct rig_object *object)
{
    struct transform *transform = (struct transform *)object;

    rig_transform_drop_samples(transform);
    for (unsigned i = 0; i < transform->options.inputs; i++)
        put_type(&transform->inputs[i].type, NULL);
    for (unsigned i = 0; i < transform->options.outputs; i++)
    {
        put_type(&transform->outputs[i].type, NULL);
        free(transform->outputs[i].samples);
    }
    put_type(&transform->options.change_type, NULL);
    put_type(&transform->options.input_type, NULL);
    put_type(&transform->options.output_type, NULL);
    IMFMediaEventQueue_Shutdown(transform->events);
    IMFMediaEventQueue_Release(transform->events);
    IMFAttributes_Release(transform->attributes);
    DeleteCriticalSection(&transform->lock);
    free(transform->inputs);
    free(transform->outputs);
}

IMFTransform *rig_transform(struct rig *rig, const struct rig_transform_options *options)
{
    const char *name = options->name ? options->name : "transform";
    struct transform *transform = rig_object_new(rig, sizeof(*transform), name, transform_query, transform_destroy);
    struct rig_transform_options *own = &transform->options;

    transform->mft.lpVtbl = &transform_table;
    transform->generator.lpVtbl = &transform_generator_table;
    transform->shutdown.lpVtbl = &rig_transform_shutdown_table;
    transform->consumer.lpVtbl = &rig_transform_consumer_table;
    InitializeCriticalSection(&transform->lock);
    *own = *options;
    if (!own->inputs) own->inputs = 1;
    if (!own->outputs) own->outputs = 1;
    if (!own->sample_size) own->sample_size = 4096;
    if (own->change_type) IMFMediaType_AddRef(own->change_type);
    if (own->input_type) IMFMediaType_AddRef(own->input_type);
    if (own->output_type) IMFMediaType_AddRef(own->output_type);
    transform->inputs = calloc(own->inputs, sizeof(*transform->inputs));
    transform->outputs = calloc(own->outputs, sizeof(*transform->outputs));
    for (unsigned i = 0; i < own->outputs; i++)
        transform->outputs[i].samples = calloc(own->hold + 1, sizeof(IMFSample *));
    MFCreateEventQueue(&transform->events);
    MFCreateAttributes(&transform->attributes, 2);
    if (own->asynchronous) IMFAttributes_SetUINT32(transform->attributes, &MF_TRANSFORM_ASYNC, TRUE);
    return &transform->mft;
}

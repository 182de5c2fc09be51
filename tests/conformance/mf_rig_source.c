/*
 * The rig's media source. What it holds to: IMFMediaSource and IMFMediaStream as documented for those who write a media
 * source ("Writing a Custom Media Source").
 */
#include "mf_rig_source.h"

#include <stdio.h>
#include <stdlib.h>

RIG_UNKNOWN(IMFMediaSource, source, media)
RIG_EVENTS(IMFMediaSource, source, media, &this->object, NULL)

static void *stream_query(struct stream *stream, REFIID iid)
{
    if (IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFMediaStream) ||
        IsEqualIID(iid, &IID_IMFMediaEventGenerator))
        return &stream->media;
    return NULL;
}

RIG_PART_UNKNOWN(IMFMediaStream, stream, media)
RIG_EVENTS(IMFMediaStream, stream, media, &this->owner->object, this->name)

/* ---- Streams ---------------------------------------------------------------------------------------------------- */

static void drop_requests(struct stream *stream)
{
    while (stream->requests)
    {
        struct request *request = stream->requests;

        stream->requests = request->next;
        if (request->token) IUnknown_Release(request->token);
        free(request);
    }
    stream->last = &stream->requests;
}

/* Whether all of the source's chosen streams have ended. */
static BOOL all_ended(const struct source *source)
{
    for (unsigned i = 0; i < source->options.streams; i++)
        if (source->streams[i].active && !source->streams[i].ended) return FALSE;
    return TRUE;
}

static void end_stream(struct stream *stream)
{
    struct source *source = stream->owner;

    stream->ended = TRUE;
    IMFMediaEventQueue_QueueEventParamVar(stream->events, MEEndOfStream, &GUID_NULL, S_OK, NULL);
    if (source->presentation_ended || !all_ended(source)) return;
    source->presentation_ended = TRUE;
    IMFMediaEventQueue_QueueEventParamVar(source->events, MEEndOfPresentation, &GUID_NULL, S_OK, NULL);
}

static BOOL is_beyond(const struct source *source, LONGLONG number)
{
    return number < 0 || (source->options.samples && number >= source->options.samples);
}

static void change_format(struct stream *stream)
{
    IMFMediaType *type = stream->owner->options.change_type;
    IMFMediaTypeHandler *handler;

    stream->changed = TRUE;
    if (SUCCEEDED(IMFStreamDescriptor_GetMediaTypeHandler(stream->descriptor, &handler)))
    {
        IMFMediaTypeHandler_SetCurrentMediaType(handler, type);
        IMFMediaTypeHandler_Release(handler);
    }
    rig_queue_unknown(stream->events, MEStreamFormatChanged, (IUnknown *)type);
}

/* Sends the next sample. Locked. */
static void deliver(struct stream *stream, IUnknown *token, const struct rig_answer *answer)
{
    struct source *source = stream->owner;
    const struct rig_source_options *options = &source->options;
    struct rig_sample_header header = {stream->index, (DWORD)stream->next};
    PROPVARIANT value = {.vt = VT_UNKNOWN};
    IMFSample *sample;

    if (stream->ended) return;
    if (is_beyond(source, stream->next))
    {
        end_stream(stream);
        return;
    }
    if (options->change_type && options->change_at == stream->next && !stream->changed) change_format(stream);
    sample = rig_sample(source->object.rig, &header, options->sample_size, stream->next * options->sample_duration,
                        options->sample_duration);
    if (!sample) return;
    IMFSample_SetUINT32(sample, &MFSampleExtension_CleanPoint, TRUE);
    if (stream->discontinuity) IMFSample_SetUINT32(sample, &MFSampleExtension_Discontinuity, TRUE);
    if (token) IMFSample_SetUnknown(sample, &MFSampleExtension_Token, token);
    stream->discontinuity = FALSE;
    stream->next += (source->rate < 0 ? -1 : 1) * (source->thin ? 2 : 1);
    value.punkVal = (IUnknown *)sample;
    rig_answer(source->object.rig, answer, stream->events, MEMediaSample, MEError, &value);
    IMFSample_Release(sample);
    if (options->ends_early && is_beyond(source, stream->next)) end_stream(stream);
}

static HRESULT WINAPI stream_GetMediaSource(IMFMediaStream *self, IMFMediaSource **source)
{
    struct stream *stream = stream_of_media(self);
    HRESULT hr = rig_enter(&stream->owner->object, stream->name, "GetMediaSource", 0, NULL);

    if (FAILED(hr)) return hr;
    if (stream->owner->shut_down) return MF_E_SHUTDOWN;
    *source = &stream->owner->media;
    IMFMediaSource_AddRef(*source);
    return S_OK;
}

static HRESULT WINAPI stream_GetStreamDescriptor(IMFMediaStream *self, IMFStreamDescriptor **descriptor)
{
    struct stream *stream = stream_of_media(self);
    HRESULT hr = rig_enter(&stream->owner->object, stream->name, "GetStreamDescriptor", 0, NULL);

    if (FAILED(hr)) return hr;
    if (stream->owner->shut_down) return MF_E_SHUTDOWN;
    *descriptor = stream->descriptor;
    IMFStreamDescriptor_AddRef(*descriptor);
    return S_OK;
}

/* Keeps a request until the source runs again. */
static void keep_request(struct stream *stream, IUnknown *token, const struct rig_answer *answer)
{
    struct request *request = malloc(sizeof(*request));

    if (!request) return;
    *request = (struct request){NULL, token, *answer};
    if (token) IUnknown_AddRef(token);
    *stream->last = request;
    stream->last = &request->next;
}

static HRESULT WINAPI stream_RequestSample(IMFMediaStream *self, IUnknown *token)
{
    struct stream *stream = stream_of_media(self);
    struct source *source = stream->owner;
    struct rig_answer answer;
    HRESULT hr = rig_enter(&source->object, stream->name, "RequestSample", 0, &answer);

    if (FAILED(hr)) return hr;
    EnterCriticalSection(&source->lock);
    if (source->shut_down)
        hr = MF_E_SHUTDOWN;
    else if (!stream->active || source->state == SOURCE_STOPPED)
        hr = MF_E_MEDIA_SOURCE_WRONGSTATE;
    else if (stream->ended)
        hr = MF_E_END_OF_STREAM;
    else if (source->state == SOURCE_PAUSED)
        keep_request(stream, token, &answer);
    else
        deliver(stream, token, &answer);
    LeaveCriticalSection(&source->lock);
    return hr;
}

static IMFMediaStreamVtbl stream_table = {RIG_UNKNOWN_METHODS(stream, media), RIG_EVENTS_METHODS(stream, media),
                                          stream_GetMediaSource, stream_GetStreamDescriptor, stream_RequestSample};

/* ---- The source ------------------------------------------------------------------------------------------------- */

static HRESULT WINAPI source_GetCharacteristics(IMFMediaSource *self, DWORD *characteristics)
{
    struct source *source = source_of_media(self);
    HRESULT hr = rig_enter(&source->object, NULL, "GetCharacteristics", 0, NULL);

    if (FAILED(hr)) return hr;
    if (source->shut_down) return MF_E_SHUTDOWN;
    *characteristics = source->options.characteristics & ~RIG_NO_CHARACTERISTICS;
    return S_OK;
}

static HRESULT WINAPI source_CreatePresentationDescriptor(IMFMediaSource *self, IMFPresentationDescriptor **descriptor)
{
    struct source *source = source_of_media(self);
    IMFStreamDescriptor *descriptors[RIG_STREAMS];
    HRESULT hr = rig_enter(&source->object, NULL, "CreatePresentationDescriptor", 0, NULL);

    if (FAILED(hr)) return hr;
    if (source->shut_down) return MF_E_SHUTDOWN;
    for (unsigned i = 0; i < source->options.streams; i++)
        descriptors[i] = source->streams[i].descriptor;
    hr = MFCreatePresentationDescriptor(source->options.streams, descriptors, descriptor);
    if (FAILED(hr)) return hr;
    for (unsigned i = 0; i < source->options.streams; i++)
        IMFPresentationDescriptor_SelectStream(*descriptor, i);
    if (source->options.samples)
        IMFPresentationDescriptor_SetUINT64(*descriptor, &MF_PD_DURATION,
                                            source->options.samples * source->options.sample_duration);
    return S_OK;
}

/* Which streams the descriptor chooses. */
static void chosen_streams(IMFPresentationDescriptor *descriptor, BOOL *chosen)
{
    DWORD count = 0;

    IMFPresentationDescriptor_GetStreamDescriptorCount(descriptor, &count);
    for (DWORD i = 0; i < count; i++)
    {
        IMFStreamDescriptor *stream;
        BOOL selected = FALSE;
        DWORD identifier = RIG_STREAMS;

        if (FAILED(IMFPresentationDescriptor_GetStreamDescriptorByIndex(descriptor, i, &selected, &stream))) continue;
        IMFStreamDescriptor_GetStreamIdentifier(stream, &identifier);
        if (selected && identifier < RIG_STREAMS) chosen[identifier] = TRUE;
        IMFStreamDescriptor_Release(stream);
    }
}

/* Chooses streams and tells of those; where the position is a new one goes there. Locked. */
static void start_streams(struct source *source, const BOOL *chosen, const PROPVARIANT *position)
{
    for (unsigned i = 0; i < source->options.streams; i++)
    {
        struct stream *stream = &source->streams[i];

        stream->active = chosen[i];
        if (!stream->active) continue;
        if (position->vt == VT_I8)
        {
            drop_requests(stream);
            stream->next = position->hVal.QuadPart / source->options.sample_duration;
            if (source->options.key_distance) stream->next -= stream->next % source->options.key_distance;
            if (source->rate < 0 && source->options.samples && stream->next >= source->options.samples)
                stream->next = source->options.samples - 1;
            stream->ended = FALSE;
            stream->discontinuity = TRUE;
        }
        rig_queue_unknown(source->events, stream->known ? MEUpdatedStream : MENewStream, (IUnknown *)&stream->media);
        stream->known = TRUE;
    }
}

/* What the streams say of the start, and the requests that they kept. Locked. */
static void streams_started(struct source *source, const struct rig_answer *answer, MediaEventType type,
                            const PROPVARIANT *position)
{
    for (unsigned i = 0; i < source->options.streams; i++)
    {
        struct stream *stream = &source->streams[i];
        struct request *requests = stream->requests;

        if (!stream->active) continue;
        rig_answer(source->object.rig, answer, stream->events, type, type, position);
        stream->requests = NULL;
        stream->last = &stream->requests;
        while (requests)
        {
            struct request *request = requests;

            requests = request->next;
            deliver(stream, request->token, &request->answer);
            if (request->token) IUnknown_Release(request->token);
            free(request);
        }
    }
}

static HRESULT check_start(struct source *source, const GUID *format, const PROPVARIANT *position)
{
    if (source->shut_down) return MF_E_SHUTDOWN;
    if (format && !IsEqualGUID(format, &GUID_NULL)) return MF_E_UNSUPPORTED_TIME_FORMAT;
    if (position->vt != VT_EMPTY && position->vt != VT_I8) return MF_E_UNSUPPORTED_TIME_FORMAT;
    if (position->vt == VT_I8 && source->state != SOURCE_STOPPED &&
        !(source->options.characteristics & MFMEDIASOURCE_CAN_SEEK))
        return MF_E_INVALIDREQUEST;
    return S_OK;
}

static HRESULT WINAPI source_Start(IMFMediaSource *self, IMFPresentationDescriptor *descriptor, const GUID *format,
                                   const PROPVARIANT *position)
{
    struct source *source = source_of_media(self);
    struct rig_answer answer;
    BOOL chosen[RIG_STREAMS] = {FALSE};
    BOOL seeks, fails;
    HRESULT hr;

    if (!descriptor || !position) return E_INVALIDARG;
    hr = rig_enter(&source->object, NULL, "Start", position->vt == VT_I8 ? position->hVal.QuadPart : -1, &answer);
    if (FAILED(hr)) return hr;
    chosen_streams(descriptor, chosen);
    fails = answer.met && answer.manner == RIG_FAIL_ANSWER;
    EnterCriticalSection(&source->lock);
    hr = check_start(source, format, position);
    if (SUCCEEDED(hr))
    {
        PROPVARIANT actual = *position;

        /* From a stop, to go on is to begin at the beginning. */
        if (actual.vt == VT_EMPTY && source->state == SOURCE_STOPPED) actual.vt = VT_I8, actual.hVal.QuadPart = 0;
        seeks = source->state != SOURCE_STOPPED && position->vt == VT_I8;
        if (!fails)
        {
            start_streams(source, chosen, &actual);
            source->state = SOURCE_RUNNING;
            if (actual.vt == VT_I8) source->presentation_ended = FALSE;
        }
        rig_answer(source->object.rig, &answer, source->events, seeks ? MESourceSeeked : MESourceStarted,
                   seeks ? MESourceSeeked : MESourceStarted, &actual);
        if (!fails) streams_started(source, &answer, seeks ? MEStreamSeeked : MEStreamStarted, &actual);
    }
    LeaveCriticalSection(&source->lock);
    return hr;
}

/* Answers for the source and each chosen stream. Locked. */
static void answer_all(struct source *source, const struct rig_answer *answer, MediaEventType type,
                       MediaEventType stream_type)
{
    rig_answer(source->object.rig, answer, source->events, type, type, NULL);
    for (unsigned i = 0; i < source->options.streams; i++)
        if (source->streams[i].active)
            rig_answer(source->object.rig, answer, source->streams[i].events, stream_type, stream_type, NULL);
}

static HRESULT WINAPI source_Stop(IMFMediaSource *self)
{
    struct source *source = source_of_media(self);
    struct rig_answer answer;
    HRESULT hr = rig_enter(&source->object, NULL, "Stop", 0, &answer);

    if (FAILED(hr)) return hr;
    EnterCriticalSection(&source->lock);
    if (source->shut_down)
        hr = MF_E_SHUTDOWN;
    else
    {
        source->state = SOURCE_STOPPED;
        for (unsigned i = 0; i < source->options.streams; i++)
        {
            drop_requests(&source->streams[i]);
            source->streams[i].ended = FALSE;
        }
        answer_all(source, &answer, MESourceStopped, MEStreamStopped);
    }
    LeaveCriticalSection(&source->lock);
    return hr;
}

static HRESULT WINAPI source_Pause(IMFMediaSource *self)
{
    struct source *source = source_of_media(self);
    struct rig_answer answer;
    HRESULT hr = rig_enter(&source->object, NULL, "Pause", 0, &answer);

    if (FAILED(hr)) return hr;
    EnterCriticalSection(&source->lock);
    if (source->shut_down)
        hr = MF_E_SHUTDOWN;
    else if (!(source->options.characteristics & MFMEDIASOURCE_CAN_PAUSE) || source->state == SOURCE_STOPPED)
        hr = MF_E_INVALID_STATE_TRANSITION;
    else
    {
        source->state = SOURCE_PAUSED;
        answer_all(source, &answer, MESourcePaused, MEStreamPaused);
    }
    LeaveCriticalSection(&source->lock);
    return hr;
}

static HRESULT WINAPI source_Shutdown(IMFMediaSource *self)
{
    struct source *source = source_of_media(self);
    HRESULT hr = rig_enter(&source->object, NULL, "Shutdown", 0, NULL);

    if (FAILED(hr)) return hr;
    EnterCriticalSection(&source->lock);
    if (source->shut_down) hr = MF_E_SHUTDOWN;
    source->shut_down = TRUE;
    for (unsigned i = 0; i < source->options.streams; i++)
    {
        drop_requests(&source->streams[i]);
        IMFMediaEventQueue_Shutdown(source->streams[i].events);
    }
    IMFMediaEventQueue_Shutdown(source->events);
    LeaveCriticalSection(&source->lock);
    return hr;
}

static IMFMediaSourceVtbl source_table = {RIG_UNKNOWN_METHODS(source, media),
                                          RIG_EVENTS_METHODS(source, media),
                                          source_GetCharacteristics,
                                          source_CreatePresentationDescriptor,
                                          source_Start,
                                          source_Stop,
                                          source_Pause,
                                          source_Shutdown};

/* ---- Making and unmaking ---------------------------------------------------------------------------------------- */

static void *source_query(struct rig_object *object, REFIID iid)
{
    struct source *source = (struct source *)object;

    if (IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFMediaSource) ||
        IsEqualIID(iid, &IID_IMFMediaEventGenerator))
        return &source->media;
    if (!source->options.rates) return NULL;
    if (IsEqualIID(iid, &IID_IMFGetService)) return &source->services;
    if (IsEqualIID(iid, &IID_IMFRateSupport)) return &source->rate_support;
    if (IsEqualIID(iid, &IID_IMFRateControl)) return &source->rate_control;
    return NULL;
}

static void source_destroy(struct rig_object *object)
{
    struct source *source = (struct source *)object;

    for (unsigned i = 0; i < source->options.streams; i++)
    {
        struct stream *stream = &source->streams[i];

        drop_requests(stream);
        IMFMediaEventQueue_Shutdown(stream->events);
        IMFMediaEventQueue_Release(stream->events);
        IMFStreamDescriptor_Release(stream->descriptor);
        IMFMediaType_Release(source->options.types[i]);
    }
    IMFMediaEventQueue_Shutdown(source->events);
    IMFMediaEventQueue_Release(source->events);
    if (source->options.change_type) IMFMediaType_Release(source->options.change_type);
    DeleteCriticalSection(&source->lock);
    free(source->streams);
}

static void set_source_defaults(struct rig_source_options *options)
{
    if (!options->name) options->name = "source";
    if (!options->streams) options->streams = 1;
    if (!options->sample_duration) options->sample_duration = RIG_SECOND / 100;
    if (!options->sample_size) options->sample_size = 64;
    if (options->live) options->characteristics |= MFMEDIASOURCE_IS_LIVE;
    if (!options->characteristics) options->characteristics = MFMEDIASOURCE_CAN_SEEK | MFMEDIASOURCE_CAN_PAUSE;
    if (options->slowest == 0 && options->fastest == 0) options->fastest = 8;
    if (options->change_type) IMFMediaType_AddRef(options->change_type);
    for (unsigned i = 0; i < options->streams; i++)
    {
        if (options->types[i])
            IMFMediaType_AddRef(options->types[i]);
        else
            options->types[i] = rig_audio_type(44100, 2);
    }
}

static void make_stream(struct source *source, unsigned index)
{
    struct stream *stream = &source->streams[index];
    IMFMediaType *type = source->options.types[index];
    IMFMediaTypeHandler *handler;

    stream->owner = source;
    stream->media.lpVtbl = &stream_table;
    stream->index = index;
    stream->last = &stream->requests;
    snprintf(stream->name, sizeof(stream->name), "%.20s:%u", source->object.name, index);
    MFCreateEventQueue(&stream->events);
    MFCreateStreamDescriptor(index, 1, &type, &stream->descriptor);
    if (FAILED(IMFStreamDescriptor_GetMediaTypeHandler(stream->descriptor, &handler))) return;
    IMFMediaTypeHandler_SetCurrentMediaType(handler, type);
    IMFMediaTypeHandler_Release(handler);
}

IMFMediaSource *rig_source(struct rig *rig, const struct rig_source_options *options)
{
    const char *name = options->name ? options->name : "source";
    struct source *source = rig_object_new(rig, sizeof(*source), name, source_query, source_destroy);

    source->media.lpVtbl = &source_table;
    source->services.lpVtbl = &rig_source_services_table;
    source->rate_support.lpVtbl = &rig_source_rate_support_table;
    source->rate_control.lpVtbl = &rig_source_rate_control_table;
    InitializeCriticalSection(&source->lock);
    source->options = *options;
    set_source_defaults(&source->options);
    source->rate = 1;
    source->streams = calloc(source->options.streams, sizeof(*source->streams));
    MFCreateEventQueue(&source->events);
    for (unsigned i = 0; i < source->options.streams; i++)
        make_stream(source, i);
    return &source->media;
}

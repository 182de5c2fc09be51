/* The topology that transcodes a source: its streams, the encoders that the profile asks for, the sink of the file. */
#define COBJMACROS
#include <wchar.h>

#include "common/trace.h"
#include "mf/transcode.h"

CORK_TRACE_CHANNEL(mf);

/* A topology that is being made. */
struct builder
{
    IMFMediaSource *source;
    IMFTranscodeProfile *profile;
    IMFAttributes *container;
    IMFPresentationDescriptor *presentation;
    IMFTopology *topology;
    IUnknown *unlock;
    bool hardware;
    struct builder_stream
    {
        struct transcode_stream wanted;
        IMFStreamDescriptor *descriptor; /* of the source's stream that is to be it; NULL: none */
        IMFMediaType *type;              /* of what the sink gets */
        bool encode;
    } streams[2]; /* audio, video */
};

/* ---- Which streams ------------------------------------------------------------------------------------------------
 */

static HRESULT read_profile(struct builder *builder)
{
    UINT32 mode;
    GUID type;
    HRESULT hr = IMFTranscodeProfile_GetContainerAttributes(builder->profile, &builder->container);

    if (FAILED(hr)) return hr;
    if (!builder->container || FAILED(IMFAttributes_GetGUID(builder->container, &MF_TRANSCODE_CONTAINERTYPE, &type)))
        return MF_E_TRANSCODE_NO_CONTAINERTYPE;
    builder->hardware = SUCCEEDED(IMFAttributes_GetUINT32(builder->container, &MF_TRANSCODE_TOPOLOGYMODE, &mode)) &&
                        mode == MF_TRANSCODE_TOPOLOGYMODE_HARDWARE_ALLOWED;
    IMFAttributes_GetUnknown(builder->container, &MFT_FIELDOFUSE_UNLOCK_Attribute, &IID_IUnknown,
                             (void **)&builder->unlock);
    builder->streams[0].wanted.major = &MFMediaType_Audio;
    builder->streams[1].wanted.major = &MFMediaType_Video;
    hr = IMFTranscodeProfile_GetAudioAttributes(builder->profile, &builder->streams[0].wanted.attributes);
    if (SUCCEEDED(hr))
        hr = IMFTranscodeProfile_GetVideoAttributes(builder->profile, &builder->streams[1].wanted.attributes);
    return hr;
}

static HRESULT major_type(IMFStreamDescriptor *descriptor, GUID *major)
{
    IMFMediaTypeHandler *handler;
    HRESULT hr = IMFStreamDescriptor_GetMediaTypeHandler(descriptor, &handler);

    if (FAILED(hr)) return hr;
    hr = IMFMediaTypeHandler_GetMajorType(handler, major);
    IMFMediaTypeHandler_Release(handler);
    return hr;
}

/* Takes the stream for the output's one of its kind, if that is asked for and not there yet. */
static bool take_stream(struct builder *builder, IMFStreamDescriptor *descriptor)
{
    GUID major;

    if (FAILED(major_type(descriptor, &major))) return false;
    for (size_t i = 0; i < ARRAYSIZE(builder->streams); i++)
    {
        struct builder_stream *stream = &builder->streams[i];

        if (!stream->wanted.attributes || stream->descriptor || !IsEqualGUID(&major, stream->wanted.major)) continue;
        stream->descriptor = descriptor;
        IMFStreamDescriptor_AddRef(descriptor);
        return true;
    }
    return false;
}

/* Of the streams that the source has selected, those that the profile says anything of; the others are not played. */
static HRESULT choose_streams(struct builder *builder)
{
    DWORD count = 0, selected_count = 0, taken = 0;
    IMFStreamDescriptor *descriptor;
    BOOL selected;
    HRESULT hr = IMFMediaSource_CreatePresentationDescriptor(builder->source, &builder->presentation);

    if (SUCCEEDED(hr)) hr = IMFPresentationDescriptor_GetStreamDescriptorCount(builder->presentation, &count);
    for (DWORD i = 0; SUCCEEDED(hr) && i < count; i++)
    {
        hr = IMFPresentationDescriptor_GetStreamDescriptorByIndex(builder->presentation, i, &selected, &descriptor);
        if (FAILED(hr)) break;
        if (selected)
        {
            selected_count++;
            if (take_stream(builder, descriptor))
                taken++;
            else
                hr = IMFPresentationDescriptor_DeselectStream(builder->presentation, i);
        }
        IMFStreamDescriptor_Release(descriptor);
    }
    if (FAILED(hr)) return hr;
    if (!selected_count) return MF_E_MEDIA_SOURCE_NO_STREAMS_SELECTED;
    return taken ? S_OK : MF_E_TRANSCODE_PROFILE_NO_MATCHING_STREAMS;
}

/* ---- Which types --------------------------------------------------------------------------------------------------
 */

static HRESULT source_type(IMFStreamDescriptor *descriptor, IMFMediaType **type)
{
    IMFMediaTypeHandler *handler;
    HRESULT hr = IMFStreamDescriptor_GetMediaTypeHandler(descriptor, &handler);

    if (FAILED(hr)) return hr;
    hr = IMFMediaTypeHandler_GetCurrentMediaType(handler, type);
    if (FAILED(hr)) hr = IMFMediaTypeHandler_GetMediaTypeByIndex(handler, 0, type);
    IMFMediaTypeHandler_Release(handler);
    return hr;
}

/* Copies one attribute, if `from` has it and `to` has not. */
static void copy_missing(IMFMediaType *from, IMFMediaType *to, const GUID *key)
{
    PROPVARIANT value;

    if (SUCCEEDED(IMFMediaType_GetItem(to, key, NULL))) return;
    PropVariantInit(&value);
    if (SUCCEEDED(IMFMediaType_GetItem(from, key, &value))) IMFMediaType_SetItem(to, key, &value);
    PropVariantClear(&value);
}

/* Where the frame rate asked for and the source's differ by less than 1/1000 it is the source's: "the pipeline
 * considers the difference to be negligible" (ne-mfidl-mf_transcode_adjust_profile_flags). */
static void adjust_frame_rate(IMFMediaType *source, IMFMediaType *type)
{
    UINT64 wanted, has;
    double difference;

    if (FAILED(IMFMediaType_GetUINT64(type, &MF_MT_FRAME_RATE, &wanted)) || !(UINT32)wanted ||
        FAILED(IMFMediaType_GetUINT64(source, &MF_MT_FRAME_RATE, &has)) || !(UINT32)has)
        return;
    difference = (double)(wanted >> 32) / (UINT32)wanted - (double)(has >> 32) / (UINT32)has;
    if (difference > -0.001 && difference < 0.001) IMFMediaType_SetUINT64(type, &MF_MT_FRAME_RATE, has);
}

/* MF_TRANSCODE_ADJUST_PROFILE: the stream's settings follow the source. What belongs to the source's encoding, and not
 * to sound or pictures as such, is left out. */
static void adjust_type(struct builder *builder, struct builder_stream *stream, IMFMediaType *source)
{
    static const GUID *const sound[] = {&MF_MT_AUDIO_NUM_CHANNELS, &MF_MT_AUDIO_SAMPLES_PER_SECOND,
                                        &MF_MT_AUDIO_BITS_PER_SAMPLE, &MF_MT_AUDIO_CHANNEL_MASK};
    static const GUID *const picture[] = {&MF_MT_FRAME_SIZE, &MF_MT_PIXEL_ASPECT_RATIO, &MF_MT_INTERLACE_MODE,
                                          &MF_MT_FRAME_RATE};
    bool video = IsEqualGUID(stream->wanted.major, &MFMediaType_Video);
    UINT32 flags;

    if (FAILED(IMFAttributes_GetUINT32(builder->container, &MF_TRANSCODE_ADJUST_PROFILE, &flags))) return;
    if (flags & MF_TRANSCODE_ADJUST_PROFILE_USE_SOURCE_ATTRIBUTES)
    {
        for (size_t i = 0; !video && i < ARRAYSIZE(sound); i++)
            copy_missing(source, stream->type, sound[i]);
        for (size_t i = 0; video && i < ARRAYSIZE(picture); i++)
            copy_missing(source, stream->type, picture[i]);
    }
    if (!video) return;
    adjust_frame_rate(source, stream->type);
    if (FAILED(IMFMediaType_GetItem(stream->type, &MF_MT_INTERLACE_MODE, NULL)))
        IMFMediaType_SetUINT32(stream->type, &MF_MT_INTERLACE_MODE, MFVideoInterlace_Progressive);
}

/* Whether the sink gets the source's data as they are: the profile says so, or it says nothing of the stream's format
 * and MF_TRANSCODE_ADJUST_PROFILE_USE_SOURCE_ATTRIBUTES: "the generated output file is an ASF file (.wma) containing
 * MP3 media data". */
static bool is_copied(struct builder *builder, struct builder_stream *stream)
{
    UINT32 as_it_is = 0, flags = 0;

    IMFAttributes_GetUINT32(stream->wanted.attributes, &MF_TRANSCODE_DONOT_INSERT_ENCODER, &as_it_is);
    IMFAttributes_GetUINT32(builder->container, &MF_TRANSCODE_ADJUST_PROFILE, &flags);
    return as_it_is || (flags & MF_TRANSCODE_ADJUST_PROFILE_USE_SOURCE_ATTRIBUTES &&
                        FAILED(IMFAttributes_GetItem(stream->wanted.attributes, &MF_MT_SUBTYPE, NULL)));
}

/* What the sink gets: the source's own data where no encoder is wanted, else what the profile says. */
static HRESULT choose_type(struct builder *builder, struct builder_stream *stream)
{
    IMFMediaType *source = NULL;
    HRESULT hr = source_type(stream->descriptor, &source);

    if (FAILED(hr)) return hr;
    if (is_copied(builder, stream))
    {
        stream->type = source;
        return S_OK;
    }
    hr = transcode_media_type(&stream->wanted, &stream->type);
    if (SUCCEEDED(hr))
    {
        adjust_type(builder, stream, source);
        stream->encode = !transcode_is_uncompressed(stream->type);
    }
    IMFMediaType_Release(source);
    return hr;
}

/* ---- Nodes --------------------------------------------------------------------------------------------------------
 */

static HRESULT add_node(struct builder *builder, MF_TOPOLOGY_TYPE type, IMFTopologyNode **node)
{
    HRESULT hr = MFCreateTopologyNode(type, node);

    if (FAILED(hr)) return hr;
    hr = IMFTopology_AddNode(builder->topology, *node);
    if (FAILED(hr))
    {
        IMFTopologyNode_Release(*node);
        *node = NULL;
    }
    return hr;
}

static HRESULT add_source(struct builder *builder, struct builder_stream *stream, IMFTopologyNode **node)
{
    HRESULT hr = add_node(builder, MF_TOPOLOGY_SOURCESTREAM_NODE, node);

    if (SUCCEEDED(hr)) hr = IMFTopologyNode_SetUnknown(*node, &MF_TOPONODE_SOURCE, (IUnknown *)builder->source);
    if (SUCCEEDED(hr))
        hr = IMFTopologyNode_SetUnknown(*node, &MF_TOPONODE_PRESENTATION_DESCRIPTOR, (IUnknown *)builder->presentation);
    if (SUCCEEDED(hr))
        hr = IMFTopologyNode_SetUnknown(*node, &MF_TOPONODE_STREAM_DESCRIPTOR, (IUnknown *)stream->descriptor);
    return hr;
}

static HRESULT add_encoder(struct builder *builder, struct builder_stream *stream, IMFTopologyNode **node)
{
    IMFTransform *encoder;
    HRESULT hr = transcode_encoder(stream->wanted.major, stream->type, builder->hardware, stream->wanted.attributes,
                                   builder->unlock, &encoder);

    if (FAILED(hr)) return hr;
    hr = add_node(builder, MF_TOPOLOGY_TRANSFORM_NODE, node);
    if (SUCCEEDED(hr)) hr = IMFTopologyNode_SetObject(*node, (IUnknown *)encoder);
    if (SUCCEEDED(hr)) hr = IMFTopologyNode_SetOutputPrefType(*node, 0, stream->type);
    /* All that it holds belongs to the file, also where the application lets the source stop early. */
    if (SUCCEEDED(hr)) hr = IMFTopologyNode_SetUINT32(*node, &MF_TOPONODE_DRAIN, MF_TOPONODE_DRAIN_ALWAYS);
    IMFTransform_Release(encoder);
    return hr;
}

static HRESULT add_output(struct builder *builder, struct builder_stream *stream, IMFActivate *sink,
                          IMFTopologyNode **node)
{
    DWORD id = transcode_sink_stream(builder->profile, stream->wanted.major);
    HRESULT hr = add_node(builder, MF_TOPOLOGY_OUTPUT_NODE, node);

    if (SUCCEEDED(hr)) hr = IMFTopologyNode_SetObject(*node, (IUnknown *)sink);
    if (SUCCEEDED(hr)) hr = IMFTopologyNode_SetUINT32(*node, &MF_TOPONODE_STREAMID, id);
    /* The file is whole when the session has finalized the sink, and then it is done with. */
    if (SUCCEEDED(hr)) hr = IMFTopologyNode_SetUINT32(*node, &MF_TOPONODE_NOSHUTDOWN_ON_REMOVE, FALSE);
    return hr;
}

static HRESULT add_branch(struct builder *builder, struct builder_stream *stream, IMFActivate *sink)
{
    IMFTopologyNode *source = NULL, *encoder = NULL, *output = NULL;
    HRESULT hr = add_source(builder, stream, &source);

    if (SUCCEEDED(hr) && stream->encode) hr = add_encoder(builder, stream, &encoder);
    if (SUCCEEDED(hr)) hr = add_output(builder, stream, sink, &output);
    if (SUCCEEDED(hr) && encoder) hr = IMFTopologyNode_ConnectOutput(source, 0, encoder, 0);
    if (SUCCEEDED(hr)) hr = IMFTopologyNode_ConnectOutput(encoder ? encoder : source, 0, output, 0);
    if (source) IMFTopologyNode_Release(source);
    if (encoder) IMFTopologyNode_Release(encoder);
    if (output) IMFTopologyNode_Release(output);
    return hr;
}

static HRESULT build(struct builder *builder, LPCWSTR path, IMFByteStream *stream)
{
    IMFActivate *sink = NULL;
    HRESULT hr = read_profile(builder);

    if (SUCCEEDED(hr)) hr = choose_streams(builder);
    for (size_t i = 0; SUCCEEDED(hr) && i < ARRAYSIZE(builder->streams); i++)
        if (builder->streams[i].descriptor) hr = choose_type(builder, &builder->streams[i]);
    if (SUCCEEDED(hr)) hr = MFCreateTopology(&builder->topology);
    if (SUCCEEDED(hr))
        hr =
            IMFTopology_SetUINT32(builder->topology, &MF_TOPOLOGY_HARDWARE_MODE,
                                  builder->hardware ? MFTOPOLOGY_HWMODE_USE_HARDWARE : MFTOPOLOGY_HWMODE_SOFTWARE_ONLY);
    if (SUCCEEDED(hr))
        hr = transcode_sink_activate(builder->profile, builder->streams[0].type, builder->streams[1].type, path, stream,
                                     &sink);
    for (size_t i = 0; SUCCEEDED(hr) && i < ARRAYSIZE(builder->streams); i++)
        if (builder->streams[i].descriptor) hr = add_branch(builder, &builder->streams[i], sink);
    if (sink) IMFActivate_Release(sink);
    return hr;
}

static void release_parts(struct builder *builder)
{
    for (size_t i = 0; i < ARRAYSIZE(builder->streams); i++)
    {
        if (builder->streams[i].wanted.attributes) IMFAttributes_Release(builder->streams[i].wanted.attributes);
        if (builder->streams[i].descriptor) IMFStreamDescriptor_Release(builder->streams[i].descriptor);
        if (builder->streams[i].type) IMFMediaType_Release(builder->streams[i].type);
    }
    if (builder->container) IMFAttributes_Release(builder->container);
    if (builder->presentation) IMFPresentationDescriptor_Release(builder->presentation);
    if (builder->unlock) IUnknown_Release(builder->unlock);
}

static HRESULT create(IMFMediaSource *source, LPCWSTR path, IMFByteStream *stream, IMFTranscodeProfile *profile,
                      IMFTopology **out)
{
    struct builder builder = {.source = source, .profile = profile};
    HRESULT hr = build(&builder, path, stream);

    release_parts(&builder);
    if (SUCCEEDED(hr))
        *out = builder.topology;
    else if (builder.topology)
        IMFTopology_Release(builder.topology);
    return hr;
}

static bool is_path(LPCWSTR path)
{
    const WCHAR *c = path;

    if (!*path) return false;
    /* "\\?\" is how a long path may begin. */
    if (!wcsncmp(c, L"\\\\?\\", 4)) c += 4;
    for (; *c; c++)
        if (*c < ' ' || wcschr(L"<>\"|?*", *c)) return false;
    return true;
}

/* Makes the partial topology that transcodes `source` into the file `path` as `profile` says: source, encoder where the
 * output is encoded, sink. Decoders and converters are the topology loader's. The file is made when the topology is
 * resolved. Returns E_POINTER, E_INVALIDARG for a path with invalid characters, MF_E_TRANSCODE_NO_CONTAINERTYPE,
 * MF_E_MEDIA_SOURCE_NO_STREAMS_SELECTED, MF_E_TRANSCODE_PROFILE_NO_MATCHING_STREAMS,
 * MF_E_TRANSCODE_NO_MATCHING_ENCODER, MF_E_TRANSCODE_INVALID_PROFILE (a stream without subtype, a container that there
 * is no sink for), or an error of the source. (nf-mfidl-mfcreatetranscodetopology) */
HRESULT WINAPI MFCreateTranscodeTopology(IMFMediaSource *source, LPCWSTR path, IMFTranscodeProfile *profile,
                                         IMFTopology **out)
{
    CORK_TRACE("source %p, path %s, profile %p\n", (void *)source, cork_debugstr_w(path), (void *)profile);
    if (!out) return E_POINTER;
    *out = NULL;
    if (!source || !path || !profile) return E_POINTER;
    return is_path(path) ? create(source, path, NULL, profile, out) : E_INVALIDARG;
}

/* As MFCreateTranscodeTopology, into the byte stream `stream`. (nf-mfidl-mfcreatetranscodetopologyfrombytestream) */
HRESULT WINAPI MFCreateTranscodeTopologyFromByteStream(IMFMediaSource *source, IMFByteStream *stream,
                                                       IMFTranscodeProfile *profile, IMFTopology **out)
{
    CORK_TRACE("source %p, stream %p, profile %p\n", (void *)source, (void *)stream, (void *)profile);
    if (!out) return E_POINTER;
    *out = NULL;
    if (!source || !stream || !profile) return E_POINTER;
    return create(source, NULL, stream, profile, out);
}

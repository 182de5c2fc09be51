/* The transcode API: profile, encoders, the sink's activation object, topologies; and a source transcoded to WAVE. */
#include "mf_memory_stream.h"
#include "mf_source_events.h"
#include "mf_transcode_test.h"

#define WRITABLE (MFBYTESTREAM_IS_WRITABLE | MFBYTESTREAM_IS_SEEKABLE | MFBYTESTREAM_IS_READABLE)
#define HEADER   44 /* of a WAVE file of PCM */

/* A subtype that no encoder makes, and one that the tests' own makes. */
static const GUID no_subtype = {0x7f000001, 0, 0x10, {0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71}};
static const GUID own_subtype = {0x7f000002, 0, 0x10, {0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71}};

/* ---- Profiles ---------------------------------------------------------------------------------------------------- */

IMFAttributes *transcode_store(const GUID *key, const GUID *value)
{
    IMFAttributes *attributes = NULL;

    MFCreateAttributes(&attributes, 1);
    if (key) IMFAttributes_SetGUID(attributes, key, value);
    return attributes;
}

/* PCM of 44100 Hz, 16 bit, in stereo: what the rig's source has. */
static IMFAttributes *sound(const GUID *subtype)
{
    IMFAttributes *attributes = transcode_store(&MF_MT_SUBTYPE, subtype);

    IMFAttributes_SetGUID(attributes, &MF_MT_MAJOR_TYPE, &MFMediaType_Audio);
    IMFAttributes_SetUINT32(attributes, &MF_MT_AUDIO_NUM_CHANNELS, 2);
    IMFAttributes_SetUINT32(attributes, &MF_MT_AUDIO_SAMPLES_PER_SECOND, 44100);
    IMFAttributes_SetUINT32(attributes, &MF_MT_AUDIO_BITS_PER_SAMPLE, 16);
    return attributes;
}

IMFTranscodeProfile *transcode_profile(const GUID *container, const GUID *subtype)
{
    IMFAttributes *attributes;
    IMFTranscodeProfile *made = NULL;

    if (pMFCreateTranscodeProfile(&made) != S_OK) return NULL;
    if (container)
    {
        attributes = transcode_store(&MF_TRANSCODE_CONTAINERTYPE, container);
        IMFTranscodeProfile_SetContainerAttributes(made, attributes);
        drop(&attributes);
    }
    if (subtype)
    {
        attributes = sound(subtype);
        IMFTranscodeProfile_SetAudioAttributes(made, attributes);
        drop(&attributes);
    }
    return made;
}

static void profiles(void)
{
    IMFAttributes *audio = sound(&MFAudioFormat_PCM), *got = (IMFAttributes *)1;
    IMFTranscodeProfile *made = NULL;
    UINT32 channels = 0;
    int good;

    CHECK(MFCreateTranscodeProfile, E_POINTER, "ppTranscodeProfile [out]",
          GIVES(E_POINTER, pMFCreateTranscodeProfile(NULL)));
    good = OK(pMFCreateTranscodeProfile(&made));
    CHECK(MFCreateTranscodeProfile, S_OK, "If this function succeeds, it returns S_OK.", good);
    CHECK(IMFTranscodeProfile_GetAudioAttributes, none,
          "If there are no audio attributes set in the transcode profile, the call succeeds and ppAttrs receives NULL.",
          good && OK(IMFTranscodeProfile_GetAudioAttributes(made, &got)) && !got);
    got = (IMFAttributes *)1;
    CHECK(IMFTranscodeProfile_GetVideoAttributes, none, "the method succeeds and ppAttrs receives NULL.",
          good && OK(IMFTranscodeProfile_GetVideoAttributes(made, &got)) && !got);
    got = (IMFAttributes *)1;
    CHECK(IMFTranscodeProfile_GetContainerAttributes, none, "the call succeeds and ppAttrs receives NULL.",
          good && OK(IMFTranscodeProfile_GetContainerAttributes(made, &got)) && !got);
    CHECK(IMFTranscodeProfile_SetAudioAttributes, S_OK, "Sets audio stream configuration settings.",
          good && OK(IMFTranscodeProfile_SetAudioAttributes(made, audio)) &&
              OK(IMFTranscodeProfile_GetAudioAttributes(made, &got)) && got &&
              OK(IMFAttributes_GetUINT32(got, &MF_MT_AUDIO_NUM_CHANNELS, &channels)) && channels == 2);
    drop(&got);
    CHECK(IMFTranscodeProfile_SetAudioAttributes, replaces,
          "The specified attribute values overwrite any existing values stored in the transcode profile.",
          good && OK(IMFAttributes_SetUINT32(audio, &MF_MT_AUDIO_NUM_CHANNELS, 1)) &&
              OK(IMFTranscodeProfile_SetAudioAttributes(made, audio)) &&
              OK(IMFTranscodeProfile_GetAudioAttributes(made, &got)) &&
              OK(IMFAttributes_GetUINT32(got, &MF_MT_AUDIO_NUM_CHANNELS, &channels)) && channels == 1);
    drop(&got);
    CHECK(IMFTranscodeProfile_SetVideoAttributes, S_OK, "Sets video stream configuration settings.",
          good && OK(IMFTranscodeProfile_SetVideoAttributes(made, audio)) &&
              OK(IMFTranscodeProfile_GetVideoAttributes(made, &got)) && got);
    drop(&got);
    CHECK(IMFTranscodeProfile_SetContainerAttributes, S_OK, "Sets container configuration settings.",
          good && OK(IMFTranscodeProfile_SetContainerAttributes(made, audio)) &&
              OK(IMFTranscodeProfile_GetContainerAttributes(made, &got)) && got);
    drop(&got);
    CHECK(MFCreateTranscodeProfile, release, "Caller must release the interface.", gone(&made) && gone(&audio));
}

/* ---- Encoders ---------------------------------------------------------------------------------------------------- */

/* The class factory of the tests' encoder: the rig's transform, whose only output type is of own_subtype. */
static struct rig *encoder_rig;

static HRESULT WINAPI factory_QueryInterface(IClassFactory *iface, REFIID iid, void **out)
{
    *out = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IClassFactory) ? iface : NULL;
    return *out ? S_OK : E_NOINTERFACE;
}
static ULONG WINAPI factory_references(IClassFactory *iface)
{
    (void)iface;
    return 2;
}
static HRESULT WINAPI factory_CreateInstance(IClassFactory *iface, IUnknown *outer, REFIID iid, void **out)
{
    IMFAttributes *attributes = sound(&own_subtype);
    IMFTransform *transform;
    IMFMediaType *type = NULL;
    HRESULT hr;

    (void)iface;
    (void)outer;
    MFCreateMediaType(&type);
    IMFAttributes_CopyAllItems(attributes, (IMFAttributes *)type);
    transform = rig_transform(encoder_rig, &(struct rig_transform_options){.name = "encoder", .output_type = type});
    drop(&type);
    drop(&attributes);
    hr = IMFTransform_QueryInterface(transform, iid, out);
    IMFTransform_Release(transform);
    return hr;
}
static HRESULT WINAPI factory_LockServer(IClassFactory *iface, BOOL lock)
{
    (void)iface;
    (void)lock;
    return S_OK;
}
static IClassFactoryVtbl factory_vtbl = {factory_QueryInterface, factory_references, factory_references,
                                         factory_CreateInstance, factory_LockServer};
static IClassFactory factory = {&factory_vtbl};

static HRESULT register_encoder(struct rig *rig)
{
    static const MFT_REGISTER_TYPE_INFO input = {{0}, {0}};
    MFT_REGISTER_TYPE_INFO in = input, out = input;

    encoder_rig = rig;
    in.guidMajorType = out.guidMajorType = MFMediaType_Audio;
    in.guidSubtype = MFAudioFormat_PCM;
    out.guidSubtype = own_subtype;
    return MFTRegisterLocal(&factory, &MFT_CATEGORY_AUDIO_ENCODER, L"encoder of the tests", 0, 1, &in, 1, &out);
}

static void encoders(void)
{
    struct rig *rig = source_rig();
    IMFCollection *types = NULL;
    IMFMediaType *type = NULL;
    GUID subtype = {0};
    DWORD count = 0;
    int good;

    CHECK(MFTranscodeGetAudioOutputAvailableTypes, MF_E_TRANSCODE_NO_MATCHING_ENCODER,
          "Failed to find an encoder that matches the specified configuration settings.",
          GIVES(MF_E_TRANSCODE_NO_MATCHING_ENCODER,
                pMFTranscodeGetAudioOutputAvailableTypes(&no_subtype, MFT_ENUM_FLAG_ALL, NULL, &types)) &&
              !types);
    CHECK(MFTranscodeGetAudioOutputAvailableTypes, E_POINTER, "ppAvailableTypes [out]",
          GIVES(E_POINTER, pMFTranscodeGetAudioOutputAvailableTypes(&no_subtype, MFT_ENUM_FLAG_ALL, NULL, NULL)));
    good = OK(register_encoder(rig)) &&
           OK(pMFTranscodeGetAudioOutputAvailableTypes(&own_subtype, MFT_ENUM_FLAG_ALL, NULL, &types));
    CHECK(MFTranscodeGetAudioOutputAvailableTypes, S_OK, "The collection contains IMFMediaType pointers.",
          good && OK(IMFCollection_GetElementCount(types, &count)) && count == 1 &&
              OK(IMFCollection_GetElement(types, 0, (IUnknown **)&type)) &&
              OK(IMFMediaType_GetGUID(type, &MF_MT_SUBTYPE, &subtype)) && IsEqualGUID(&subtype, &own_subtype));
    drop(&type);
    drop(&types);
    MFTUnregisterLocal(&factory);
    CHECK(MFTranscodeGetAudioOutputAvailableTypes, leaves_nothing, "The caller must release the interface pointer.",
          end_rig(rig));
}

/* ---- Topologies -------------------------------------------------------------------------------------------------- */

/* A source whose presentation has nothing selected. */
static HRESULT(STDMETHODCALLTYPE *describe)(IMFMediaSource *, IMFPresentationDescriptor **);

static HRESULT STDMETHODCALLTYPE describe_deselected(IMFMediaSource *iface, IMFPresentationDescriptor **descriptor)
{
    HRESULT hr = describe(iface, descriptor);

    return FAILED(hr) ? hr : IMFPresentationDescriptor_DeselectStream(*descriptor, 0);
}

static HRESULT transcode_deselected(IMFMediaSource *source, IMFTranscodeProfile *wave)
{
    IMFMediaSourceVtbl *before = source->lpVtbl, table = *before;
    IMFTopology *topology = NULL;
    HRESULT hr;

    describe = table.CreatePresentationDescriptor;
    table.CreatePresentationDescriptor = describe_deselected;
    source->lpVtbl = &table;
    hr = pMFCreateTranscodeTopology(source, L"C:\\x.wav", wave, &topology);
    source->lpVtbl = before;
    drop(&topology);
    return hr;
}

static void topology_errors(void)
{
    struct rig *rig = source_rig();
    IMFMediaSource *source = rig_source(rig, &(struct rig_source_options){.samples = 2});
    IMFTranscodeProfile *nothing = transcode_profile(NULL, &MFAudioFormat_PCM),
                        *silent = transcode_profile(&MFTranscodeContainerType_WAVE, NULL),
                        *good = transcode_profile(&MFTranscodeContainerType_WAVE, &MFAudioFormat_PCM),
                        *odd = transcode_profile(&MFTranscodeContainerType_WAVE, &no_subtype);
    IMFTopology *topology = NULL;
    IMFByteStream *stream = memory_stream(1000, 0, WRITABLE);

    CHECK(MFCreateTranscodeTopology, MF_E_TRANSCODE_NO_CONTAINERTYPE,
          "The profile does not contain the MF_TRANSCODE_CONTAINERTYPE attribute.",
          nothing && GIVES(MF_E_TRANSCODE_NO_CONTAINERTYPE,
                           pMFCreateTranscodeTopology(source, L"C:\\x.wav", nothing, &topology)));
    CHECK(MFCreateTranscodeTopology, E_INVALIDARG, "pwszOutputFilePath contains invalid characters.",
          good && GIVES(E_INVALIDARG, pMFCreateTranscodeTopology(source, L"C:\\x?.wav", good, &topology)));
    CHECK(MFCreateTranscodeTopology, MF_E_TRANSCODE_PROFILE_NO_MATCHING_STREAMS,
          "The profile does not specify a media type for any of the selected streams on the media source.",
          silent && GIVES(MF_E_TRANSCODE_PROFILE_NO_MATCHING_STREAMS,
                          pMFCreateTranscodeTopology(source, L"C:\\x.wav", silent, &topology)));
    CHECK(MFCreateTranscodeTopology, MF_E_TRANSCODE_NO_MATCHING_ENCODER,
          "For one or more streams, cannot find an encoder that accepts the media type given in the profile.",
          odd && GIVES(MF_E_TRANSCODE_NO_MATCHING_ENCODER,
                       pMFCreateTranscodeTopology(source, L"C:\\x.wav", odd, &topology)));
    CHECK(MFCreateTranscodeTopologyFromByteStream, MF_E_TRANSCODE_NO_MATCHING_ENCODER, "(as MFCreateTranscodeTopology)",
          odd && GIVES(MF_E_TRANSCODE_NO_MATCHING_ENCODER,
                       pMFCreateTranscodeTopologyFromByteStream(source, stream, odd, &topology)));
    CHECK(MFCreateTranscodeTopology, MF_E_MEDIA_SOURCE_NO_STREAMS_SELECTED,
          "No streams are selected in the media source.",
          good && GIVES(MF_E_MEDIA_SOURCE_NO_STREAMS_SELECTED, transcode_deselected(source, good)));
    CHECK(MFCreateTranscodeTopology, S_OK,
          "The function call succeeded, and ppTranscodeTopo receives a pointer to the transcode topology.",
          good && OK(pMFCreateTranscodeTopology(source, L"C:\\x.wav", good, &topology)) && topology);
    drop(&topology);
    drop(&nothing);
    drop(&silent);
    drop(&good);
    drop(&odd);
    drop(&stream);
    rig_finish(rig, source, NULL);
    CHECK(MFCreateTranscodeTopology, leaves_nothing, "The caller must release the interface.", end_rig(rig));
}

WORD topology_node_count(IMFTopology *topology)
{
    WORD count = 0;

    IMFTopology_GetNodeCount(topology, &count);
    return count;
}

/* An encoder goes between source and sink, unless the profile says that none is to. */
static void encoder_nodes(void)
{
    struct rig *rig = source_rig();
    IMFMediaSource *source = rig_source(rig, &(struct rig_source_options){.samples = 2});
    IMFTranscodeProfile *encoded = transcode_profile(&MFTranscodeContainerType_ADTS, &own_subtype);
    IMFByteStream *stream = memory_stream(1000, 0, WRITABLE);
    IMFAttributes *attributes = NULL;
    IMFTopology *topology = NULL;
    int good = encoded && OK(register_encoder(rig)) &&
               OK(pMFCreateTranscodeTopologyFromByteStream(source, stream, encoded, &topology));

    CHECK(MFCreateTranscodeTopologyFromByteStream, S_OK,
          "This function creates a partial topology that contains the media source, the encoder, and the media sink.",
          good && topology_node_count(topology) == 3);
    drop(&topology);
    if (good)
    {
        IMFTranscodeProfile_GetAudioAttributes(encoded, &attributes);
        IMFAttributes_SetUINT32(attributes, &MF_TRANSCODE_DONOT_INSERT_ENCODER, 1);
        IMFTranscodeProfile_SetAudioAttributes(encoded, attributes);
        good = OK(pMFCreateTranscodeTopologyFromByteStream(source, stream, encoded, &topology));
    }
    CHECK(MFCreateTranscodeTopologyFromByteStream, without_encoder,
          "An encoder is not included in the transcode topology. The source node is connected to the output node.",
          good && topology_node_count(topology) == 2);
    drop(&topology);
    drop(&attributes);
    drop(&encoded);
    drop(&stream);
    MFTUnregisterLocal(&factory);
    rig_finish(rig, source, NULL);
    CHECK(MFCreateTranscodeTopologyFromByteStream, leaves_nothing, "The caller must release the interface.",
          end_rig(rig));
}

/* ---- The sink ---------------------------------------------------------------------------------------------------- */

/* The activation object of a byte stream, that the application brings: its own and only object. */
static IMFByteStream *activated_stream;

static HRESULT WINAPI activate_ActivateObject(IMFActivate *iface, REFIID iid, void **out)
{
    (void)iface;
    return IMFByteStream_QueryInterface(activated_stream, iid, out);
}
static HRESULT WINAPI activate_QueryInterface(IMFActivate *iface, REFIID iid, void **out)
{
    *out = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFActivate) ? iface : NULL;
    return *out ? S_OK : E_NOINTERFACE;
}
static ULONG WINAPI activate_references(IMFActivate *iface)
{
    (void)iface;
    return 2;
}
static IMFActivateVtbl activate_vtbl = {.QueryInterface = activate_QueryInterface,
                                        .AddRef = activate_references,
                                        .Release = activate_references,
                                        .ActivateObject = activate_ActivateObject};
static IMFActivate stream_activate = {&activate_vtbl};

/* A WAVE sink by the activation object, that writes to `stream`. */
static HRESULT wave_sink(IMFByteStream *stream, IMFActivate **activate, IMFMediaSink **sink)
{
    IMFTranscodeProfile *wave = transcode_profile(&MFTranscodeContainerType_WAVE, &MFAudioFormat_PCM);
    IMFTranscodeSinkInfoProvider *provider = NULL;
    HRESULT hr = pMFCreateTranscodeSinkActivate(activate);

    activated_stream = stream;
    *sink = NULL;
    if (SUCCEEDED(hr))
        hr = IMFActivate_QueryInterface(*activate, &IID_IMFTranscodeSinkInfoProvider, (void **)&provider);
    if (SUCCEEDED(hr)) hr = IMFTranscodeSinkInfoProvider_SetOutputByteStream(provider, &stream_activate);
    if (SUCCEEDED(hr)) hr = IMFTranscodeSinkInfoProvider_SetProfile(provider, wave);
    if (SUCCEEDED(hr)) hr = IMFActivate_ActivateObject(*activate, &IID_IMFMediaSink, (void **)sink);
    drop(&provider);
    drop(&wave);
    return hr;
}

static HRESULT give(IMFStreamSink *stream, DWORD size, BYTE value)
{
    IMFMediaBuffer *buffer = NULL;
    IMFSample *sample = NULL;
    BYTE *data;
    HRESULT hr;

    if (!stream) return E_POINTER;
    MFCreateMemoryBuffer(size, &buffer);
    IMFMediaBuffer_Lock(buffer, &data, NULL, NULL);
    memset(data, value, size);
    IMFMediaBuffer_Unlock(buffer);
    IMFMediaBuffer_SetCurrentLength(buffer, size);
    MFCreateSample(&sample);
    IMFSample_AddBuffer(sample, buffer);
    hr = IMFStreamSink_ProcessSample(stream, sample);
    drop(&sample);
    drop(&buffer);
    return hr;
}

/* The callback of BeginFinalize: an event, and the result. */
static HANDLE finalized;
static IMFAsyncResult *finalize_result;

static HRESULT WINAPI callback_QueryInterface(IMFAsyncCallback *iface, REFIID iid, void **out)
{
    *out = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFAsyncCallback) ? iface : NULL;
    return *out ? S_OK : E_NOINTERFACE;
}
static ULONG WINAPI callback_references(IMFAsyncCallback *iface)
{
    (void)iface;
    return 2;
}
static HRESULT WINAPI callback_GetParameters(IMFAsyncCallback *iface, DWORD *flags, DWORD *queue)
{
    (void)iface;
    (void)flags;
    (void)queue;
    return E_NOTIMPL;
}
static HRESULT WINAPI callback_Invoke(IMFAsyncCallback *iface, IMFAsyncResult *result)
{
    (void)iface;
    finalize_result = result;
    IMFAsyncResult_AddRef(result);
    SetEvent(finalized);
    return S_OK;
}
static IMFAsyncCallbackVtbl callback_vtbl = {callback_QueryInterface, callback_references, callback_references,
                                             callback_GetParameters, callback_Invoke};
static IMFAsyncCallback callback = {&callback_vtbl};

/* Finalizes the sink. Returns EndFinalize's result. */
static HRESULT finalize(IMFMediaSink *sink)
{
    IMFFinalizableMediaSink *finalizable = NULL;
    HRESULT hr = IMFMediaSink_QueryInterface(sink, &IID_IMFFinalizableMediaSink, (void **)&finalizable);

    finalized = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (SUCCEEDED(hr)) hr = IMFFinalizableMediaSink_BeginFinalize(finalizable, &callback, NULL);
    if (SUCCEEDED(hr) && WaitForSingleObject(finalized, RIG_PATIENCE)) hr = E_PENDING;
    if (SUCCEEDED(hr)) hr = IMFFinalizableMediaSink_EndFinalize(finalizable, finalize_result);
    drop(&finalize_result);
    drop(&finalizable);
    CloseHandle(finalized);
    return hr;
}

static DWORD get32(const BYTE *from)
{
    return from[0] | from[1] << 8 | from[2] << 16 | (DWORD)from[3] << 24;
}

/* Whether the stream has a WAVE file with `size` bytes of data. */
static int is_wave(IMFByteStream *stream, DWORD size)
{
    DWORD length;
    const BYTE *data = memory_stream_data(stream, &length);

    if (length != HEADER + size) note("%lu bytes, not %lu", (unsigned long)length, (unsigned long)(HEADER + size));
    return length == HEADER + size && !memcmp(data, "RIFF", 4) && get32(data + 4) == length - 8 &&
           !memcmp(data + 8, "WAVEfmt ", 8) && get32(data + 24) == 44100 && !memcmp(data + 36, "data", 4) &&
           get32(data + 40) == size;
}

static void sinks(void)
{
    IMFByteStream *stream = memory_stream(10000, 7, WRITABLE), *fixed = memory_stream(100, 0, MFBYTESTREAM_IS_WRITABLE);
    IMFTranscodeSinkInfoProvider *provider = NULL;
    IMFMediaSink *sink = NULL, *none = NULL;
    IMFActivate *activate = NULL, *other = NULL;
    IMFStreamSink *stream_sink = NULL;
    MF_TRANSCODE_SINK_INFO info = {0};
    DWORD count = 0, length = 0;
    const BYTE *data;
    int good;

    CHECK(MFCreateTranscodeSinkActivate, E_POINTER, "ppActivate [out]",
          GIVES(E_POINTER, pMFCreateTranscodeSinkActivate(NULL)));
    good = OK(wave_sink(stream, &activate, &sink)) && sink;
    CHECK(MFCreateTranscodeSinkActivate, S_OK,
          "This interface is used to create the file sink instance from the activation object.", good);
    CHECK(IMFTranscodeSinkInfoProvider_GetSinkInfo, S_OK,
          "Gets the media types for the audio and video streams specified in the transcode profile.",
          good && OK(IMFActivate_QueryInterface(activate, &IID_IMFTranscodeSinkInfoProvider, (void **)&provider)) &&
              OK(IMFTranscodeSinkInfoProvider_GetSinkInfo(provider, &info)) && info.pAudioMediaType &&
              !info.pVideoMediaType && OK(IMFMediaSink_GetStreamSinkById(sink, info.dwAudioStreamID, &stream_sink)));
    drop(&info.pAudioMediaType);
    good = good && OK(IMFMediaSink_GetStreamSinkCount(sink, &count)) && count == 1;
    good = good && OK(give(stream_sink, 1000, 1)) && OK(give(stream_sink, 24, 2)) && OK(finalize(sink));
    CHECK(IMFMediaSink_BeginFinalize, wave,
          "(What was given to the sink is in the file, however little a write takes.)",
          good && is_wave(stream, 1024) && (data = memory_stream_data(stream, &length)) && data[HEADER] == 1 &&
              data[HEADER + 999] == 1 && data[HEADER + 1000] == 2 && data[HEADER + 1023] == 2);
    CHECK(IMFMediaSink_Shutdown, wave, "Shuts down the media sink and releases the resources it is using.",
          good && OK(IMFMediaSink_Shutdown(sink)) &&
              GIVES(MF_E_SHUTDOWN, IMFMediaSink_GetStreamSinkCount(sink, &count)) &&
              GIVES(MF_E_SHUTDOWN, give(stream_sink, 4, 0)));
    drop(&stream_sink);
    drop(&provider);
    drop(&sink);
    good = gone(&activate);
    CHECK(MFCreateTranscodeSinkActivate, leaves_nothing, "(as any object)", good && gone(&stream));
    CHECK(MFCreateTranscodeSinkActivate, not_seekable,
          "(A WAVE file's sizes are known at its end, and are at its begin.)",
          GIVES(MF_E_BYTESTREAM_NOT_SEEKABLE, wave_sink(fixed, &other, &none)) && !none);
    drop(&other);
    CHECK(MFCreateTranscodeSinkActivate, not_seekable_leaves_nothing, "(as any object)", gone(&fixed));
}

/* A file that cannot be written: the sample says so, and the end too, and what was written is a file all the same. */
static void full_disk(void)
{
    IMFByteStream *stream = memory_stream(HEADER + 150, 0, WRITABLE);
    IMFStreamSink *stream_sink = NULL;
    IMFActivate *activate = NULL;
    IMFMediaSink *sink = NULL;
    int good =
        OK(wave_sink(stream, &activate, &sink)) && sink && OK(IMFMediaSink_GetStreamSinkByIndex(sink, 0, &stream_sink));

    CHECK(IMFStreamSink_ProcessSample, wave_disk_full, "(A write that fails is the caller's to know.)",
          good && OK(give(stream_sink, 100, 1)) &&
              GIVES(HRESULT_FROM_WIN32(ERROR_DISK_FULL), give(stream_sink, 100, 2)));
    CHECK(IMFMediaSink_BeginFinalize, wave_disk_full,
          "(A file that lacks data is not finalized with success; what it has can be read.)",
          good && GIVES(HRESULT_FROM_WIN32(ERROR_DISK_FULL), finalize(sink)) && is_wave(stream, 100));
    drop(&stream_sink);
    if (sink) IMFMediaSink_Shutdown(sink);
    drop(&sink);
    drop(&activate);
    CHECK(IMFMediaSink_BeginFinalize, wave_disk_full_leaves_nothing, "(as any object)", gone(&stream));
}

/* ---- The whole --------------------------------------------------------------------------------------------------- */

#define SAMPLES 50
#define SIZE    64

/* Whether each sample of the source is in the file, in its place. */
static int has_samples(IMFByteStream *stream)
{
    struct rig_sample_header header;
    DWORD length;
    const BYTE *data = memory_stream_data(stream, &length);

    if (!is_wave(stream, SAMPLES * SIZE)) return 0;
    for (DWORD i = 0; i < SAMPLES; i++)
    {
        memcpy(&header, data + HEADER + i * SIZE, sizeof(header));
        if (header.number != i) return 0;
    }
    return 1;
}

/* A session's last references go on a thread of its own. */
static int soon_gone(IMFByteStream **stream)
{
    for (DWORD begin = GetTickCount(); references(*stream) > 1 && GetTickCount() - begin < RIG_PATIENCE;)
        Sleep(1);
    return gone(stream);
}

static void transcoding(void)
{
    struct rig *rig = source_rig();
    IMFMediaSource *source =
        rig_source(rig, &(struct rig_source_options){.name = "source", .samples = SAMPLES, .sample_size = SIZE});
    IMFTranscodeProfile *wave = transcode_profile(&MFTranscodeContainerType_WAVE, &MFAudioFormat_PCM);
    IMFByteStream *stream = memory_stream(10000, 0, WRITABLE);
    struct rig_player *player = NULL;
    IMFTopology *topology = NULL;
    int good = wave && OK(pMFCreateTranscodeTopologyFromByteStream(source, stream, wave, &topology));

    player = good ? rig_player(rig, topology) : NULL;
    good = player && OK(rig_wait(player, MESessionTopologySet)) && OK(rig_play(player)) &&
           OK(rig_wait(player, MESessionEnded));
    if (player && !good) rig_print_events(player);
    if (player) good = OK(rig_close(player, NULL)) && good;
    CHECK(MFCreateTranscodeTopology, transcode,
          "The caller can then set this topology on the Media Session and start the session to begin the encoding "
          "process. When the Media Session ends, the transcoded file is generated.",
          good && has_samples(stream));
    drop(&wave);
    rig_finish(rig, source, NULL);
    CHECK(MFCreateTranscodeTopology, transcode_leaves_nothing, "(as any session)", end_rig(rig) && soon_gone(&stream));
}

static const struct test_case cases[] = {{"profiles", profiles},
                                         {"encoders", encoders},
                                         {"topology errors", topology_errors},
                                         {"encoder nodes", encoder_nodes},
                                         {"sinks", sinks},
                                         {"full disk", full_disk},
                                         {"transcoding", transcoding},
                                         {NULL, NULL}};
const struct group transcode_group = {"transcode", __FILE__, cases};

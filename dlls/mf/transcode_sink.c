/*
 * The sink of a transcoded file: by the profile's container, a media sink of Cork's own (WAVE) or one of those that the
 * DLL's other functions make; and the activation object that an application makes one with. See transcode.h.
 */
#define COBJMACROS
#include <stdlib.h>
#include <wchar.h>

#include "common/trace.h"
#include "mf/activate.h"
#include "mf/com.h"
#include "mf/transcode.h"
#include "mf/wave_sink.h"

CORK_TRACE_CHANNEL(mf);

/* What the activation object is to make. */
struct transcode_sink
{
    IMFTranscodeSinkInfoProvider iface;
    IMFActivate *activate; /* whose context this is */
    SRWLOCK lock;
    IMFTranscodeProfile *profile;
    WCHAR *path;
    IMFActivate *stream_activate;
    IMFByteStream *stream;
};

/* ---- Containers -------------------------------------------------------------------------------------------------- */

typedef HRESULT(WINAPI *make_both)(IMFByteStream *, IMFMediaType *video, IMFMediaType *audio, IMFMediaSink **);
typedef HRESULT(WINAPI *make_audio)(IMFByteStream *, IMFMediaType *audio, IMFMediaSink **);

static HRESULT WINAPI make_mp3(IMFByteStream *stream, IMFMediaType *audio, IMFMediaSink **sink)
{
    (void)audio;
    return MFCreateMP3MediaSink(stream, sink);
}

struct container
{
    const GUID *type;
    make_both both;
    make_audio audio;
};

static HRESULT WINAPI make_wave(IMFByteStream *stream, IMFMediaType *audio, IMFMediaSink **sink)
{
    return wave_sink_create(stream, audio, sink);
}

static const struct container containers[] = {
    {&MFTranscodeContainerType_WAVE, NULL, make_wave},
    {&MFTranscodeContainerType_MPEG4, MFCreateMPEG4MediaSink, NULL},
    {&MFTranscodeContainerType_3GP, MFCreate3GPMediaSink, NULL},
    {&MFTranscodeContainerType_FMPEG4, MFCreateFMPEG4MediaSink, NULL},
    {&MFTranscodeContainerType_MP3, NULL, make_mp3},
    {&MFTranscodeContainerType_AC3, NULL, MFCreateAC3MediaSink},
    {&MFTranscodeContainerType_ADTS, NULL, MFCreateADTSMediaSink},
};

static HRESULT find_container(IMFTranscodeProfile *profile, const struct container **container)
{
    IMFAttributes *attributes = NULL;
    GUID type;
    HRESULT hr = IMFTranscodeProfile_GetContainerAttributes(profile, &attributes);

    if (SUCCEEDED(hr) && (!attributes || FAILED(IMFAttributes_GetGUID(attributes, &MF_TRANSCODE_CONTAINERTYPE, &type))))
        hr = MF_E_TRANSCODE_NO_CONTAINERTYPE;
    if (attributes) IMFAttributes_Release(attributes);
    if (FAILED(hr)) return hr;
    for (size_t i = 0; i < ARRAYSIZE(containers); i++)
        if (IsEqualGUID(&type, containers[i].type))
        {
            *container = &containers[i];
            return S_OK;
        }
    CORK_FIXME("no media sink for container type {%08lx-...}\n", (unsigned long)type.Data1);
    return MF_E_TRANSCODE_INVALID_PROFILE;
}

static HRESULT make_sink(const struct container *container, IMFByteStream *stream, IMFMediaType *audio,
                         IMFMediaType *video, IMFMediaSink **sink)
{
    if (container->both) return container->both(stream, video, audio, sink);
    /* A container for sound alone. */
    return audio && !video ? container->audio(stream, audio, sink) : MF_E_TRANSCODE_INVALID_PROFILE;
}

DWORD transcode_sink_stream(IMFTranscodeProfile *profile, const GUID *major)
{
    const struct container *container;

    /* The MPEG-4 sinks' stream of pictures is 1 and that of sound 2, also where there is no other. */
    if (!IsEqualGUID(major, &MFMediaType_Audio) || FAILED(find_container(profile, &container))) return 1;
    return container->both ? 2 : 1;
}

/* ---- Types ------------------------------------------------------------------------------------------------------- */

HRESULT transcode_media_type(const struct transcode_stream *stream, IMFMediaType **out)
{
    IMFMediaType *type;
    GUID guid;
    HRESULT hr = MFCreateMediaType(&type);

    if (FAILED(hr)) return hr;
    hr = IMFAttributes_CopyAllItems(stream->attributes, (IMFAttributes *)type);
    if (SUCCEEDED(hr) && FAILED(IMFMediaType_GetGUID(type, &MF_MT_SUBTYPE, &guid))) hr = MF_E_TRANSCODE_INVALID_PROFILE;
    if (SUCCEEDED(hr) && SUCCEEDED(IMFMediaType_GetGUID(type, &MF_MT_MAJOR_TYPE, &guid)) &&
        !IsEqualGUID(&guid, stream->major))
        hr = MF_E_TRANSCODE_INVALID_PROFILE;
    if (SUCCEEDED(hr)) hr = IMFMediaType_SetGUID(type, &MF_MT_MAJOR_TYPE, stream->major);
    if (SUCCEEDED(hr))
        *out = type;
    else
        IMFMediaType_Release(type);
    return hr;
}

/* The types of the profile's streams; NULL where it has none. */
static HRESULT profile_types(IMFTranscodeProfile *profile, IMFMediaType **audio, IMFMediaType **video)
{
    struct transcode_stream sound = {&MFMediaType_Audio, NULL}, picture = {&MFMediaType_Video, NULL};
    HRESULT hr = IMFTranscodeProfile_GetAudioAttributes(profile, &sound.attributes);

    *audio = *video = NULL;
    if (SUCCEEDED(hr)) hr = IMFTranscodeProfile_GetVideoAttributes(profile, &picture.attributes);
    if (SUCCEEDED(hr) && sound.attributes) hr = transcode_media_type(&sound, audio);
    if (SUCCEEDED(hr) && picture.attributes) hr = transcode_media_type(&picture, video);
    if (sound.attributes) IMFAttributes_Release(sound.attributes);
    if (picture.attributes) IMFAttributes_Release(picture.attributes);
    if (FAILED(hr) && *audio)
    {
        IMFMediaType_Release(*audio);
        *audio = NULL;
    }
    return hr;
}

/* ---- The activation object --------------------------------------------------------------------------------------- */

static HRESULT open_stream(struct transcode_sink *sink, IMFByteStream **stream)
{
    *stream = sink->stream;
    if (*stream)
    {
        IMFByteStream_AddRef(*stream);
        return S_OK;
    }
    if (sink->stream_activate)
        return IMFActivate_ActivateObject(sink->stream_activate, &IID_IMFByteStream, (void **)stream);
    if (sink->path)
        return MFCreateFile(MF_ACCESSMODE_READWRITE, MF_OPENMODE_DELETE_IF_EXIST, MF_FILEFLAGS_NONE, sink->path,
                            stream);
    return MF_E_NOT_INITIALIZED;
}

static HRESULT create_sink(void *context, IMFAttributes *attributes, IUnknown **object)
{
    struct transcode_sink *sink = context;
    IMFMediaType *audio = NULL, *video = NULL;
    const struct container *container;
    IMFMediaSink *media_sink = NULL;
    IMFByteStream *stream = NULL;
    HRESULT hr;

    (void)attributes;
    AcquireSRWLockShared(&sink->lock);
    hr = sink->profile ? find_container(sink->profile, &container) : MF_E_NOT_INITIALIZED;
    if (SUCCEEDED(hr)) hr = profile_types(sink->profile, &audio, &video);
    if (SUCCEEDED(hr) && !audio && !video) hr = MF_E_TRANSCODE_INVALID_PROFILE;
    if (SUCCEEDED(hr)) hr = open_stream(sink, &stream);
    ReleaseSRWLockShared(&sink->lock);

    if (SUCCEEDED(hr)) hr = make_sink(container, stream, audio, video, &media_sink);
    if (SUCCEEDED(hr)) *object = (IUnknown *)media_sink;
    if (stream) IMFByteStream_Release(stream);
    if (audio) IMFMediaType_Release(audio);
    if (video) IMFMediaType_Release(video);
    return hr;
}

static void shut_down_sink(void *context, IUnknown *object)
{
    IMFMediaSink *sink;

    (void)context;
    if (!object || FAILED(IUnknown_QueryInterface(object, &IID_IMFMediaSink, (void **)&sink))) return;
    IMFMediaSink_Shutdown(sink);
    IMFMediaSink_Release(sink);
}

/* Forgets where the file is to go. */
static void forget_output(struct transcode_sink *sink)
{
    if (sink->stream_activate) IMFActivate_Release(sink->stream_activate);
    if (sink->stream) IMFByteStream_Release(sink->stream);
    free(sink->path);
    sink->stream_activate = NULL;
    sink->stream = NULL;
    sink->path = NULL;
}

static void free_sink(void *context)
{
    struct transcode_sink *sink = context;

    forget_output(sink);
    if (sink->profile) IMFTranscodeProfile_Release(sink->profile);
    free(sink);
}

static HRESULT query_sink(void *context, IMFActivate *activate, REFIID iid, void **out)
{
    struct transcode_sink *sink = context;

    if (!IsEqualIID(iid, &IID_IMFTranscodeSinkInfoProvider)) return E_NOINTERFACE;
    *out = &sink->iface;
    IMFActivate_AddRef(activate);
    return S_OK;
}

static const struct activate_kind sink_kind = {create_sink, shut_down_sink, free_sink, query_sink};

/* ---- IMFTranscodeSinkInfoProvider ---------------------------------------------------------------------------------
 */

static struct transcode_sink *from_provider(IMFTranscodeSinkInfoProvider *iface)
{
    return COM_OBJECT(iface, transcode_sink, iface);
}

static HRESULT WINAPI provider_QueryInterface(IMFTranscodeSinkInfoProvider *iface, REFIID iid, void **out)
{
    return IMFActivate_QueryInterface(from_provider(iface)->activate, iid, out);
}

static ULONG WINAPI provider_AddRef(IMFTranscodeSinkInfoProvider *iface)
{
    return IMFActivate_AddRef(from_provider(iface)->activate);
}

static ULONG WINAPI provider_Release(IMFTranscodeSinkInfoProvider *iface)
{
    return IMFActivate_Release(from_provider(iface)->activate);
}

static HRESULT WINAPI provider_SetOutputFile(IMFTranscodeSinkInfoProvider *iface, LPCWSTR path)
{
    struct transcode_sink *sink = from_provider(iface);
    WCHAR *copy;

    if (!path || !*path) return E_INVALIDARG;
    copy = _wcsdup(path);
    if (!copy) return E_OUTOFMEMORY;
    AcquireSRWLockExclusive(&sink->lock);
    forget_output(sink);
    sink->path = copy;
    ReleaseSRWLockExclusive(&sink->lock);
    return S_OK;
}

static HRESULT WINAPI provider_SetOutputByteStream(IMFTranscodeSinkInfoProvider *iface, IMFActivate *activate)
{
    struct transcode_sink *sink = from_provider(iface);

    if (!activate) return E_INVALIDARG;
    IMFActivate_AddRef(activate);
    AcquireSRWLockExclusive(&sink->lock);
    forget_output(sink);
    sink->stream_activate = activate;
    ReleaseSRWLockExclusive(&sink->lock);
    return S_OK;
}

static HRESULT WINAPI provider_SetProfile(IMFTranscodeSinkInfoProvider *iface, IMFTranscodeProfile *profile)
{
    struct transcode_sink *sink = from_provider(iface);
    const struct container *container;
    IMFTranscodeProfile *old;
    HRESULT hr;

    if (!profile) return E_INVALIDARG;
    hr = find_container(profile, &container);
    if (FAILED(hr)) return hr;
    IMFTranscodeProfile_AddRef(profile);
    AcquireSRWLockExclusive(&sink->lock);
    old = sink->profile;
    sink->profile = profile;
    ReleaseSRWLockExclusive(&sink->lock);
    if (old) IMFTranscodeProfile_Release(old);
    return S_OK;
}

static HRESULT WINAPI provider_GetSinkInfo(IMFTranscodeSinkInfoProvider *iface, MF_TRANSCODE_SINK_INFO *info)
{
    struct transcode_sink *sink = from_provider(iface);
    IMFTranscodeProfile *profile;
    HRESULT hr;

    if (!info) return E_POINTER;
    memset(info, 0, sizeof(*info));
    AcquireSRWLockShared(&sink->lock);
    profile = sink->profile;
    if (profile) IMFTranscodeProfile_AddRef(profile);
    ReleaseSRWLockShared(&sink->lock);
    if (!profile) return MF_E_NOT_INITIALIZED;
    hr = profile_types(profile, &info->pAudioMediaType, &info->pVideoMediaType);
    if (SUCCEEDED(hr) && info->pVideoMediaType)
        info->dwVideoStreamID = transcode_sink_stream(profile, &MFMediaType_Video);
    if (SUCCEEDED(hr) && info->pAudioMediaType)
        info->dwAudioStreamID = transcode_sink_stream(profile, &MFMediaType_Audio);
    IMFTranscodeProfile_Release(profile);
    return hr;
}

static const IMFTranscodeSinkInfoProviderVtbl provider_vtbl = {
    provider_QueryInterface,      provider_AddRef,     provider_Release,     provider_SetOutputFile,
    provider_SetOutputByteStream, provider_SetProfile, provider_GetSinkInfo,
};

static HRESULT new_sink(struct transcode_sink **out)
{
    struct transcode_sink *sink = calloc(1, sizeof(*sink));
    HRESULT hr;

    if (!sink) return E_OUTOFMEMORY;
    sink->iface.lpVtbl = &provider_vtbl;
    InitializeSRWLock(&sink->lock);
    hr = activate_create(&sink_kind, sink, &sink->activate);
    if (FAILED(hr))
        free(sink);
    else
        *out = sink;
    return hr;
}

/* Makes the activation object of a sink for a transcoded file; it has IMFTranscodeSinkInfoProvider, by which it gets
 * its profile and its file. Returns E_POINTER without `out`. (nf-mfidl-mfcreatetranscodesinkactivate) */
HRESULT WINAPI MFCreateTranscodeSinkActivate(IMFActivate **out)
{
    struct transcode_sink *sink;
    HRESULT hr;

    CORK_TRACE("out %p\n", (void *)out);
    if (!out) return E_POINTER;
    *out = NULL;
    hr = new_sink(&sink);
    if (SUCCEEDED(hr)) *out = sink->activate;
    return hr;
}

/* A profile of what the topology really has: its container, and the streams' types. */
static HRESULT narrow_profile(IMFTranscodeProfile *profile, IMFMediaType *audio, IMFMediaType *video,
                              IMFTranscodeProfile **out)
{
    IMFAttributes *container = NULL;
    HRESULT hr = MFCreateTranscodeProfile(out);

    if (FAILED(hr)) return hr;
    hr = IMFTranscodeProfile_GetContainerAttributes(profile, &container);
    if (SUCCEEDED(hr)) hr = IMFTranscodeProfile_SetContainerAttributes(*out, container);
    if (SUCCEEDED(hr) && audio) hr = IMFTranscodeProfile_SetAudioAttributes(*out, (IMFAttributes *)audio);
    if (SUCCEEDED(hr) && video) hr = IMFTranscodeProfile_SetVideoAttributes(*out, (IMFAttributes *)video);
    if (container) IMFAttributes_Release(container);
    if (FAILED(hr)) IMFTranscodeProfile_Release(*out);
    return hr;
}

HRESULT transcode_sink_activate(IMFTranscodeProfile *profile, IMFMediaType *audio, IMFMediaType *video, LPCWSTR path,
                                IMFByteStream *stream, IMFActivate **activate)
{
    IMFTranscodeProfile *narrow = NULL;
    struct transcode_sink *sink = NULL;
    HRESULT hr = narrow_profile(profile, audio, video, &narrow);

    if (FAILED(hr)) return hr;
    hr = new_sink(&sink);
    if (SUCCEEDED(hr)) hr = provider_SetProfile(&sink->iface, narrow);
    if (SUCCEEDED(hr) && path) hr = provider_SetOutputFile(&sink->iface, path);
    if (SUCCEEDED(hr) && !path)
    {
        sink->stream = stream;
        IMFByteStream_AddRef(stream);
    }
    IMFTranscodeProfile_Release(narrow);
    if (SUCCEEDED(hr))
        *activate = sink->activate;
    else if (sink)
        IMFActivate_Release(sink->activate);
    return hr;
}

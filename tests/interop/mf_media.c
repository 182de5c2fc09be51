/*
 * Plays a file of the host's as a Windows program does: source resolver, a partial topology, the DLL's media session
 * and loader, whatever decoders there are.
 *
 *   mf_media grab FILE OUT FORMAT A B [SEEK]   its first stream of the kind through a sample grabber: the bytes to OUT,
 *                                              to stdout what the session and the samples say. FORMAT: s16 or f32
 *                                              (A: samples a second, B: channels), nv12 (A: width, B: height).
 *                                              SEEK: 100 ns; the whole is played to its end, and then from there.
 *   mf_media sound FILE                        to the audio renderer, to its end
 *   mf_media transcode FILE OUT FORMAT A B     its sound to a WAVE file, by MFCreateTranscodeTopology
 *   mf_media transcode-stream FILE OUT FORMAT A B   the same into a byte stream of the program's
 *
 * FILE and OUT are paths as Windows has them. Exit code 0: the session's events were as documented.
 */
#include "../conformance/mf_rig.h"

#include <mf_transcode.h>

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static struct rig_api api;
static struct rig *rig;

static void must(HRESULT hr, const char *what)
{
    if (SUCCEEDED(hr)) return;
    printf("%s: %#lx\n", what, hr);
    exit(1);
}

/* ---- The grabber's callback -------------------------------------------------------------------------------------- */

static struct
{
    FILE *out;
    unsigned samples, gaps;
    LONGLONG first, next;
    unsigned long long bytes;
} grabbed;

static HRESULT WINAPI grab_QueryInterface(IMFSampleGrabberSinkCallback *self, REFIID iid, void **out)
{
    *out = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFSampleGrabberSinkCallback) ||
                   IsEqualIID(iid, &IID_IMFClockStateSink)
               ? self
               : NULL;
    return *out ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI grab_AddRef(IMFSampleGrabberSinkCallback *self)
{
    (void)self;
    return 2;
}

static ULONG WINAPI grab_Release(IMFSampleGrabberSinkCallback *self)
{
    (void)self;
    return 1;
}

static HRESULT WINAPI grab_OnClockStart(IMFSampleGrabberSinkCallback *self, MFTIME time, LONGLONG offset)
{
    (void)self;
    (void)time;
    (void)offset;
    return S_OK;
}

static HRESULT WINAPI grab_OnClock(IMFSampleGrabberSinkCallback *self, MFTIME time)
{
    (void)self;
    (void)time;
    return S_OK;
}

static HRESULT WINAPI grab_OnClockSetRate(IMFSampleGrabberSinkCallback *self, MFTIME time, float rate)
{
    (void)self;
    (void)time;
    (void)rate;
    return S_OK;
}

static HRESULT WINAPI grab_OnSetPresentationClock(IMFSampleGrabberSinkCallback *self, IMFPresentationClock *clock)
{
    (void)self;
    (void)clock;
    return S_OK;
}

/* Time stamps are rounded by whoever makes them: to a sample of sound, which is 0.1 ms at most. */
static HRESULT WINAPI grab_OnProcessSample(IMFSampleGrabberSinkCallback *self, REFGUID major, DWORD flags,
                                           LONGLONG time, LONGLONG duration, const BYTE *buffer, DWORD size)
{
    LONGLONG off = time - grabbed.next;

    (void)self;
    (void)major;
    (void)flags;
    if (!grabbed.samples++)
        grabbed.first = time;
    else if (off < -1000 || off > 1000)
        grabbed.gaps++;
    grabbed.next = time + duration;
    grabbed.bytes += size;
    fwrite(buffer, 1, size, grabbed.out);
    return S_OK;
}

static HRESULT WINAPI grab_OnShutdown(IMFSampleGrabberSinkCallback *self)
{
    (void)self;
    return S_OK;
}

static IMFSampleGrabberSinkCallbackVtbl grab_table = {
    grab_QueryInterface, grab_AddRef,  grab_Release,        grab_OnClockStart,           grab_OnClock,
    grab_OnClock,        grab_OnClock, grab_OnClockSetRate, grab_OnSetPresentationClock, grab_OnProcessSample,
    grab_OnShutdown};
static IMFSampleGrabberSinkCallback grab = {&grab_table};

/* ---- The topology ------------------------------------------------------------------------------------------------ */

static IMFMediaSource *open_source(const WCHAR *url)
{
    MF_OBJECT_TYPE type;
    IMFSourceResolver *resolver;
    IMFMediaSource *source;
    IUnknown *object;

    must(MFCreateSourceResolver(&resolver), "MFCreateSourceResolver");
    must(IMFSourceResolver_CreateObjectFromURL(resolver, url, MF_RESOLUTION_MEDIASOURCE, NULL, &type, &object),
         "CreateObjectFromURL");
    must(IUnknown_QueryInterface(object, &IID_IMFMediaSource, (void **)&source), "IMFMediaSource");
    IUnknown_Release(object);
    IMFSourceResolver_Release(resolver);
    return source;
}

/* 0: 16 bit, 1: float, 2: NV12 */
static int format_of(const WCHAR *name)
{
    return !wcscmp(name, L"s16") ? 0 : !wcscmp(name, L"f32") ? 1 : 2;
}

static IMFMediaType *wanted_type(int format, unsigned a, unsigned b)
{
    IMFMediaType *type = format == 2 ? rig_video_type(a, b) : rig_audio_type(a, b);

    if (format == 2)
    {
        IMFMediaType_SetGUID(type, &MF_MT_SUBTYPE, &MFVideoFormat_NV12);
        IMFMediaType_SetUINT32(type, &MF_MT_DEFAULT_STRIDE, a);
    }
    if (format != 1) return type;
    IMFMediaType_SetGUID(type, &MF_MT_SUBTYPE, &MFAudioFormat_Float);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_BITS_PER_SAMPLE, 32);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_BLOCK_ALIGNMENT, b * 4);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_AVG_BYTES_PER_SECOND, a * b * 4);
    return type;
}

/* The number of the source's first stream of the kind; chosen alone. */
static unsigned choose_stream(IMFPresentationDescriptor *presentation, const GUID *kind)
{
    DWORD count = 0, chosen = RIG_STREAMS;

    must(IMFPresentationDescriptor_GetStreamDescriptorCount(presentation, &count), "GetStreamDescriptorCount");
    for (DWORD i = 0; i < count; i++)
    {
        IMFStreamDescriptor *stream;
        IMFMediaTypeHandler *handler;
        BOOL selected;
        GUID major;

        must(IMFPresentationDescriptor_GetStreamDescriptorByIndex(presentation, i, &selected, &stream), "the stream");
        must(IMFStreamDescriptor_GetMediaTypeHandler(stream, &handler), "the type handler");
        must(IMFMediaTypeHandler_GetMajorType(handler, &major), "GetMajorType");
        if (chosen == RIG_STREAMS && IsEqualGUID(&major, kind))
        {
            chosen = i;
            IMFPresentationDescriptor_SelectStream(presentation, i);
        }
        else
            IMFPresentationDescriptor_DeselectStream(presentation, i);
        IMFMediaTypeHandler_Release(handler);
        IMFStreamDescriptor_Release(stream);
    }
    must(chosen == RIG_STREAMS ? E_FAIL : S_OK, "a stream of the kind");
    return chosen;
}

/* The source's stream of the kind to the activation object. */
static IMFTopology *partial_topology(IMFMediaSource *source, const GUID *kind, IMFActivate *activate)
{
    IMFPresentationDescriptor *presentation;
    IMFStreamDescriptor *stream;
    IMFTopology *topology;
    IMFTopologyNode *first, *last;
    UINT64 duration = 0;
    BOOL selected;

    must(IMFMediaSource_CreatePresentationDescriptor(source, &presentation), "CreatePresentationDescriptor");
    IMFPresentationDescriptor_GetUINT64(presentation, &MF_PD_DURATION, &duration);
    printf("duration %lld\n", (long long)duration);
    must(IMFPresentationDescriptor_GetStreamDescriptorByIndex(presentation, choose_stream(presentation, kind),
                                                              &selected, &stream),
         "GetStreamDescriptorByIndex");
    must(api.create_topology(&topology), "MFCreateTopology");
    must(api.create_node(MF_TOPOLOGY_SOURCESTREAM_NODE, &first), "MFCreateTopologyNode");
    must(api.create_node(MF_TOPOLOGY_OUTPUT_NODE, &last), "MFCreateTopologyNode");
    IMFTopologyNode_SetUnknown(first, &MF_TOPONODE_SOURCE, (IUnknown *)source);
    IMFTopologyNode_SetUnknown(first, &MF_TOPONODE_PRESENTATION_DESCRIPTOR, (IUnknown *)presentation);
    IMFTopologyNode_SetUnknown(first, &MF_TOPONODE_STREAM_DESCRIPTOR, (IUnknown *)stream);
    IMFTopologyNode_SetObject(last, (IUnknown *)activate);
    IMFTopologyNode_SetUINT32(last, &MF_TOPONODE_STREAMID, 0);
    IMFTopologyNode_SetUINT32(last, &MF_TOPONODE_NOSHUTDOWN_ON_REMOVE, FALSE);
    must(IMFTopology_AddNode(topology, first), "AddNode");
    must(IMFTopology_AddNode(topology, last), "AddNode");
    must(IMFTopologyNode_ConnectOutput(first, 0, last, 0), "ConnectOutput");
    IMFTopologyNode_Release(first);
    IMFTopologyNode_Release(last);
    IMFStreamDescriptor_Release(stream);
    IMFPresentationDescriptor_Release(presentation);
    return topology;
}

/* ---- The session ------------------------------------------------------------------------------------------------- */

/* The event comes, and without an error. */
static void expect(struct rig_player *player, MediaEventType type, const char *name)
{
    HRESULT hr = rig_wait(player, type);

    if (hr == S_OK) return;
    printf("%s: %#lx\n", name, hr);
    rig_print_events(player);
    exit(1);
}

static void play(struct rig_player *player, LONGLONG position)
{
    memset(&grabbed.samples, 0, sizeof(grabbed) - offsetof(__typeof__(grabbed), samples));
    must(position < 0 ? rig_play(player) : rig_seek(player, position), "Start");
    expect(player, MESessionStarted, "MESessionStarted");
    expect(player, MEEndOfPresentation, "MEEndOfPresentation");
    expect(player, MESessionEnded, "MESessionEnded");
    if (!grabbed.out) return;
    printf("samples %u, first %lld, end %lld, gaps %u, bytes %llu\n", grabbed.samples, (long long)grabbed.first,
           (long long)grabbed.next, grabbed.gaps, grabbed.bytes);
}

static FILE *open_output(const WCHAR *name, const WCHAR *more)
{
    WCHAR path[MAX_PATH];
    FILE *file;

    swprintf(path, MAX_PATH, L"%ls%ls", name, more);
    file = _wfopen(path, L"wb");
    must(file ? S_OK : E_ACCESSDENIED, "the output file");
    return file;
}

static void run(const WCHAR *url, const GUID *kind, IMFActivate *activate, const WCHAR *out, const WCHAR *seek)
{
    IMFMediaSource *source = open_source(url);
    IMFTopology *topology = partial_topology(source, kind, activate);
    struct rig_player *player = rig_player_new(rig, NULL);

    must(player ? S_OK : E_FAIL, "the session");
    if (out) grabbed.out = open_output(out, L"");
    must(IMFMediaSession_SetTopology(rig_session(player), 0, topology), "SetTopology");
    IMFTopology_Release(topology);
    expect(player, MESessionTopologySet, "MESessionTopologySet");
    play(player, -1);
    if (grabbed.out) fclose(grabbed.out);
    if (seek)
    {
        grabbed.out = open_output(out, L".seek");
        play(player, _wtoi64(seek));
        fclose(grabbed.out);
    }
    must(rig_close(player, NULL), "MESessionClosed");
    must(IMFMediaSource_Shutdown(source), "Shutdown of the source");
    IMFMediaSource_Release(source);
    IMFActivate_ShutdownObject(activate);
    IMFActivate_Release(activate);
    printf("closed\n");
}

static void grab_file(int count, WCHAR **arguments)
{
    HRESULT(WINAPI * create)
    (IMFMediaType *, IMFSampleGrabberSinkCallback *, IMFActivate **) =
        (void *)GetProcAddress(api.module, "MFCreateSampleGrabberSinkActivate");
    int format = format_of(arguments[4]);
    IMFMediaType *type = wanted_type(format, _wtoi(arguments[5]), _wtoi(arguments[6]));
    IMFActivate *activate;

    must(create(type, &grab, &activate), "MFCreateSampleGrabberSinkActivate");
    IMFActivate_SetUINT32(activate, &MF_SAMPLEGRABBERSINK_IGNORE_CLOCK, TRUE);
    IMFMediaType_Release(type);
    run(arguments[2], format == 2 ? &MFMediaType_Video : &MFMediaType_Audio, activate, arguments[3],
        count > 7 ? arguments[7] : NULL);
}

static void sound_file(WCHAR **arguments)
{
    HRESULT(WINAPI * create)(IMFActivate **) = (void *)GetProcAddress(api.module, "MFCreateAudioRendererActivate");
    IMFActivate *activate;

    must(create(&activate), "MFCreateAudioRendererActivate");
    run(arguments[2], &MFMediaType_Audio, activate, NULL, NULL);
}

/* ---- Transcoding ------------------------------------------------------------------------------------------------- */

/* A WAVE file of this sound: a media type's attributes are what a profile has. */
static IMFTranscodeProfile *wave_profile(IMFMediaType *type)
{
    HRESULT(WINAPI * create)
    (IMFTranscodeProfile **) = (void *)GetProcAddress(api.module, "MFCreateTranscodeProfile");
    IMFTranscodeProfile *profile;
    IMFAttributes *container;

    must(create(&profile), "MFCreateTranscodeProfile");
    must(MFCreateAttributes(&container, 1), "MFCreateAttributes");
    IMFAttributes_SetGUID(container, &MF_TRANSCODE_CONTAINERTYPE, &MFTranscodeContainerType_WAVE);
    must(IMFTranscodeProfile_SetContainerAttributes(profile, container), "SetContainerAttributes");
    must(IMFTranscodeProfile_SetAudioAttributes(profile, (IMFAttributes *)type), "SetAudioAttributes");
    IMFAttributes_Release(container);
    return profile;
}

static IMFTopology *transcode_topology(IMFMediaSource *source, const WCHAR *out, IMFTranscodeProfile *profile,
                                       IMFByteStream *stream)
{
    HRESULT(WINAPI * to_file)
    (IMFMediaSource *, LPCWSTR, IMFTranscodeProfile *, IMFTopology **) =
        (void *)GetProcAddress(api.module, "MFCreateTranscodeTopology");
    HRESULT(WINAPI * to_stream)
    (IMFMediaSource *, IMFByteStream *, IMFTranscodeProfile *, IMFTopology **) =
        (void *)GetProcAddress(api.module, "MFCreateTranscodeTopologyFromByteStream");
    IMFTopology *topology;

    must(stream ? to_stream(source, stream, profile, &topology) : to_file(source, out, profile, &topology),
         "the transcode topology");
    return topology;
}

static void transcode(WCHAR **arguments, int by_stream)
{
    IMFMediaSource *source = open_source(arguments[2]);
    IMFMediaType *type = wanted_type(format_of(arguments[4]), _wtoi(arguments[5]), _wtoi(arguments[6]));
    IMFTranscodeProfile *profile = wave_profile(type);
    struct rig_player *player = rig_player_new(rig, NULL);
    IMFByteStream *stream = NULL;
    IMFTopology *topology;

    if (by_stream)
        must(MFCreateFile(MF_ACCESSMODE_READWRITE, MF_OPENMODE_DELETE_IF_EXIST, MF_FILEFLAGS_NONE, arguments[3],
                          &stream),
             "the output file");
    topology = transcode_topology(source, arguments[3], profile, stream);
    must(IMFMediaSession_SetTopology(rig_session(player), 0, topology), "SetTopology");
    IMFTopology_Release(topology);
    expect(player, MESessionTopologySet, "MESessionTopologySet");
    play(player, -1);
    must(rig_close(player, NULL), "MESessionClosed");
    must(IMFMediaSource_Shutdown(source), "Shutdown of the source");
    IMFMediaSource_Release(source);
    IMFTranscodeProfile_Release(profile);
    IMFMediaType_Release(type);
    if (stream) IMFByteStream_Release(stream);
    printf("closed\n");
}

int wmain(int count, WCHAR **arguments);
int wmain(int count, WCHAR **arguments)
{
    setvbuf(stdout, NULL, _IONBF, 0);
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    must(MFStartup(MF_VERSION, MFSTARTUP_FULL), "MFStartup");
    must(rig_load_api(&api, L"mf.dll") ? S_OK : E_FAIL, "mf.dll");
    rig = rig_new(&api);
    if (count >= 7 && !wcscmp(arguments[1], L"grab"))
        grab_file(count, arguments);
    else if (count == 3 && !wcscmp(arguments[1], L"sound"))
        sound_file(arguments);
    else if (count == 7 && !wcscmp(arguments[1], L"transcode"))
        transcode(arguments, 0);
    else if (count == 7 && !wcscmp(arguments[1], L"transcode-stream"))
        transcode(arguments, 1);
    else
        must(E_INVALIDARG, "the arguments");
    MFShutdown();
    return 0;
}

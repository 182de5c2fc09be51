/* What becomes of a transcode profile: MF_TRANSCODE_ADJUST_PROFILE, and the identifiers of the sink's streams. */
#include "mf_source_events.h"
#include "mf_transcode_test.h"

/* ---- What becomes of a profile ---------------------------------------------------------------------------------- */

/* What the sink of a transcode topology is to get. */
static HRESULT sink_info(IMFTopology *topology, MF_TRANSCODE_SINK_INFO *info)
{
    IMFTranscodeSinkInfoProvider *provider = NULL;
    IMFCollection *outputs = NULL;
    IMFTopologyNode *node = NULL;
    IUnknown *sink = NULL;
    HRESULT hr = IMFTopology_GetOutputNodeCollection(topology, &outputs);

    memset(info, 0, sizeof(*info));
    if (SUCCEEDED(hr)) hr = IMFCollection_GetElement(outputs, 0, (IUnknown **)&node);
    if (SUCCEEDED(hr)) hr = IMFTopologyNode_GetObject(node, &sink);
    if (SUCCEEDED(hr)) hr = IUnknown_QueryInterface(sink, &IID_IMFTranscodeSinkInfoProvider, (void **)&provider);
    if (SUCCEEDED(hr)) hr = IMFTranscodeSinkInfoProvider_GetSinkInfo(provider, info);
    drop(&provider);
    drop(&sink);
    drop(&node);
    drop(&outputs);
    return hr;
}

/* The stream identifiers of the topology's outputs, each a decimal digit: 12 is 1 and 2 in any order. */
static UINT32 output_ids(IMFTopology *topology)
{
    UINT32 id, least = 0, most = 0;
    IMFCollection *outputs = NULL;
    IMFTopologyNode *node = NULL;
    DWORD count = 0;

    IMFTopology_GetOutputNodeCollection(topology, &outputs);
    IMFCollection_GetElementCount(outputs, &count);
    for (DWORD i = 0; i < count; i++)
    {
        IMFCollection_GetElement(outputs, i, (IUnknown **)&node);
        if (FAILED(IMFTopologyNode_GetUINT32(node, &MF_TOPONODE_STREAMID, &id))) id = 9;
        if (!i || id < least) least = id;
        if (id > most) most = id;
        drop(&node);
    }
    drop(&outputs);
    return count > 1 ? least * 10 + most : least;
}

/* A profile of a container with MF_TRANSCODE_ADJUST_PROFILE; no streams yet. */
static IMFTranscodeProfile *adjusted(const GUID *container, UINT32 flags)
{
    IMFTranscodeProfile *made = transcode_profile(NULL, NULL);
    IMFAttributes *attributes = transcode_store(&MF_TRANSCODE_CONTAINERTYPE, container);

    IMFAttributes_SetUINT32(attributes, &MF_TRANSCODE_ADJUST_PROFILE, flags);
    if (made) IMFTranscodeProfile_SetContainerAttributes(made, attributes);
    drop(&attributes);
    return made;
}

static void set_sound(IMFTranscodeProfile *made, const GUID *subtype)
{
    IMFAttributes *attributes = transcode_store(subtype ? &MF_MT_SUBTYPE : NULL, subtype);

    if (made) IMFTranscodeProfile_SetAudioAttributes(made, attributes);
    drop(&attributes);
}

static UINT32 value_of(IMFMediaType *type, const GUID *key)
{
    UINT32 value = 0;

    return type && SUCCEEDED(IMFMediaType_GetUINT32(type, key, &value)) ? value : 0;
}

static int has_subtype(IMFMediaType *type, const GUID *subtype)
{
    GUID has = {0};

    return type && OK(IMFMediaType_GetGUID(type, &MF_MT_SUBTYPE, &has)) && IsEqualGUID(&has, subtype);
}

static void adjusted_sound(void)
{
    struct rig *rig = source_rig();
    IMFMediaSource *source = rig_source(rig, &(struct rig_source_options){.samples = 2});
    IMFTranscodeProfile *filled =
        adjusted(&MFTranscodeContainerType_WAVE, MF_TRANSCODE_ADJUST_PROFILE_USE_SOURCE_ATTRIBUTES);
    IMFTranscodeProfile *left = adjusted(&MFTranscodeContainerType_WAVE, MF_TRANSCODE_ADJUST_PROFILE_DEFAULT);
    MF_TRANSCODE_SINK_INFO info = {0};
    IMFTopology *topology = NULL;
    int good;

    set_sound(filled, &MFAudioFormat_Float);
    good = filled && OK(pMFCreateTranscodeTopology(source, L"C:\\x.wav", filled, &topology)) &&
           OK(sink_info(topology, &info));
    CHECK(MFCreateTranscodeTopology, source_attributes,
          "the missing stream settings are filled by copying the input source attributes.",
          good && value_of(info.pAudioMediaType, &MF_MT_AUDIO_SAMPLES_PER_SECOND) == 44100 &&
              value_of(info.pAudioMediaType, &MF_MT_AUDIO_NUM_CHANNELS) == 2 &&
              has_subtype(info.pAudioMediaType, &MFAudioFormat_Float));
    drop(&info.pAudioMediaType);
    drop(&topology);
    set_sound(filled, NULL);
    good = filled && OK(pMFCreateTranscodeTopology(source, L"C:\\x.wav", filled, &topology)) &&
           OK(sink_info(topology, &info));
    CHECK(MFCreateTranscodeTopology, source_format,
          "This flag is useful in remux scenario where you want to generate the output file in the same format as the "
          "input source.",
          good && topology_node_count(topology) == 2 && has_subtype(info.pAudioMediaType, &MFAudioFormat_PCM));
    drop(&info.pAudioMediaType);
    drop(&topology);
    set_sound(left, &MFAudioFormat_PCM);
    good =
        left && OK(pMFCreateTranscodeTopology(source, L"C:\\x.wav", left, &topology)) && OK(sink_info(topology, &info));
    CHECK(MFCreateTranscodeTopology, default_attributes,
          "If the required settings are not provided by the application, the topology is created but the encoding "
          "session fails.",
          good && !value_of(info.pAudioMediaType, &MF_MT_AUDIO_SAMPLES_PER_SECOND));
    drop(&info.pAudioMediaType);
    drop(&topology);
    drop(&filled);
    drop(&left);
    rig_finish(rig, source, NULL);
    CHECK(MFCreateTranscodeTopology, adjusted_leaves_nothing, "The caller must release the interface.", end_rig(rig));
}

/* Pictures of so many frames in 1001 seconds. */
static IMFAttributes *pictures(UINT32 frames)
{
    IMFMediaType *type = rig_video_type(64, 48);

    IMFMediaType_SetUINT64(type, &MF_MT_FRAME_RATE, (UINT64)frames << 32 | 1001);
    IMFMediaType_DeleteItem(type, &MF_MT_INTERLACE_MODE);
    return (IMFAttributes *)type;
}

/* The rate's first number that becomes of so many frames asked for, where the source has 30000. */
static UINT32 adjusted_rate(IMFMediaSource *source, UINT32 frames, UINT32 *interlace)
{
    IMFTranscodeProfile *made = adjusted(&MFTranscodeContainerType_MPEG4, MF_TRANSCODE_ADJUST_PROFILE_DEFAULT);
    IMFAttributes *video = pictures(frames);
    MF_TRANSCODE_SINK_INFO info = {0};
    IMFTopology *topology = NULL;
    UINT64 rate = 0;

    if (made) IMFTranscodeProfile_SetVideoAttributes(made, video);
    if (made && OK(pMFCreateTranscodeTopology(source, L"C:\\x.mp4", made, &topology)) &&
        OK(sink_info(topology, &info)) && info.pVideoMediaType)
    {
        IMFMediaType_GetUINT64(info.pVideoMediaType, &MF_MT_FRAME_RATE, &rate);
        *interlace = value_of(info.pVideoMediaType, &MF_MT_INTERLACE_MODE);
    }
    drop(&info.pVideoMediaType);
    drop(&topology);
    drop(&video);
    drop(&made);
    return (UINT32)(rate >> 32);
}

static void adjusted_pictures(void)
{
    struct rig *rig = source_rig();
    IMFMediaType *type = (IMFMediaType *)pictures(30000);
    IMFMediaSource *source = rig_source(rig, &(struct rig_source_options){.samples = 2, .types = {type}});
    UINT32 interlace = 0;

    CHECK(MFCreateTranscodeTopology, frame_rate,
          "differ by less than 1/1000, the profile uses the media source frame rate.",
          adjusted_rate(source, 30001, &interlace) == 30000 && adjusted_rate(source, 29999, &interlace) == 30000);
    CHECK(MFCreateTranscodeTopology, progressive,
          "If the application does not specify an interlaced mode by setting the MF_MT_INTERLACE_MODE attribute, the "
          "profile is changed to use progressive frames.",
          interlace == MFVideoInterlace_Progressive);
    CHECK(MFCreateTranscodeTopology, own_frame_rate, "Media Foundation uses the application-specified settings",
          adjusted_rate(source, 25025, &interlace) == 25025);
    drop(&type);
    rig_finish(rig, source, NULL);
    CHECK(MFCreateTranscodeTopology, pictures_leave_nothing, "The caller must release the interface.", end_rig(rig));
}

/* The identifiers that the sinks' streams have on Windows. */
static void stream_ids(void)
{
    struct rig *rig = source_rig();
    IMFMediaType *video = rig_video_type(64, 48);
    IMFMediaSource *source =
        rig_source(rig, &(struct rig_source_options){.samples = 2, .streams = 2, .types = {NULL, video}});
    IMFTranscodeProfile *mp4 = transcode_profile(&MFTranscodeContainerType_MPEG4, &MFAudioFormat_PCM),
                        *wave = transcode_profile(&MFTranscodeContainerType_WAVE, &MFAudioFormat_PCM);
    IMFTopology *topology = NULL;

    CHECK(MFCreateTranscodeTopology, sound_id, "(The MPEG-4 sink's stream of sound is 2, without pictures too.)",
          mp4 && OK(pMFCreateTranscodeTopology(source, L"C:\\x.mp4", mp4, &topology)) && output_ids(topology) == 2);
    drop(&topology);
    CHECK(MFCreateTranscodeTopology, wave_id, "(A WAVE sink has one stream.)",
          wave && OK(pMFCreateTranscodeTopology(source, L"C:\\x.wav", wave, &topology)) && output_ids(topology) == 1);
    drop(&topology);
    if (mp4) IMFTranscodeProfile_SetVideoAttributes(mp4, (IMFAttributes *)video);
    CHECK(MFCreateTranscodeTopology, both_ids, "(The MPEG-4 sink's stream of pictures is 1.)",
          mp4 && OK(pMFCreateTranscodeTopology(source, L"C:\\x.mp4", mp4, &topology)) && output_ids(topology) == 12);
    drop(&topology);
    drop(&mp4);
    drop(&wave);
    drop(&video);
    rig_finish(rig, source, NULL);
    CHECK(MFCreateTranscodeTopology, ids_leave_nothing, "The caller must release the interface.", end_rig(rig));
}

static const struct test_case cases[] = {{"adjusted sound", adjusted_sound},
                                         {"adjusted pictures", adjusted_pictures},
                                         {"stream identifiers", stream_ids},
                                         {NULL, NULL}};
const struct group transcode_adjust_group = {"transcode_adjust", __FILE__, cases};

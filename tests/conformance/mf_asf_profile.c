/* ASF profiles: streams, mutual exclusion, prioritization; from presentation descriptors, and to them. */
#include "mf_asf_test.h"

static void streams(void)
{
    IMFASFProfile *profile = asf_new_profile(1);
    IMFMediaType *type = asf_audio_type();
    IMFASFStreamConfig *stream = NULL, *other = NULL;
    DWORD count = 0;
    WORD number = 0;

    CHECK(MFCreateASFProfile, S_OK, "Creates an ASF profile object.", profile != NULL);
    if (!profile) return;
    CHECK(MFCreateASFProfile, E_INVALIDARG, "Receives a pointer to the IMFASFProfile interface.",
          GIVES(E_INVALIDARG, pMFCreateASFProfile(NULL)));
    CHECK(IMFASFProfile_GetStreamCount, S_OK, "Retrieves the number of streams in the profile.",
          OK(IMFASFProfile_GetStreamCount(profile, &count)) && count == 2);
    CHECK(IMFASFProfile_GetStream, S_OK, "Retrieves a stream from the profile by stream index",
          OK(IMFASFProfile_GetStream(profile, 1, &number, NULL)) && number == ASF_VIDEO &&
              OK(IMFASFProfile_GetStream(profile, 0, NULL, &stream)) &&
              IMFASFStreamConfig_GetStreamNumber(stream) == ASF_AUDIO);
    CHECK(IMFASFProfile_GetStreamByNumber, S_OK,
          "The pointer that is retrieved points to the object within the profile.",
          OK(IMFASFProfile_GetStreamByNumber(profile, ASF_AUDIO, &other)) && other == stream);
    drop(&other);
    drop(&stream);
    CHECK(IMFASFProfile_GetStream, MF_E_INVALIDINDEX, "Stream indexes are sequential and zero-based.",
          GIVES(MF_E_INVALIDINDEX, IMFASFProfile_GetStream(profile, 2, &number, &stream)) && !stream);
    CHECK(IMFASFProfile_GetStreamByNumber, MF_E_INVALIDSTREAMNUMBER,
          "The stream number for which to obtain the pointer.",
          GIVES(MF_E_INVALIDSTREAMNUMBER, IMFASFProfile_GetStreamByNumber(profile, 9, &stream)) && !stream);
    CHECK(IMFASFProfile_CreateStream, E_INVALIDARG, "ppIStream is NULL.",
          GIVES(E_INVALIDARG, IMFASFProfile_CreateStream(profile, type, NULL)));
    CHECK(IMFASFProfile_CreateStream, S_OK,
          "The ASF stream configuration object created by this method is not included in the profile.",
          (stream = asf_new_stream(profile, type, ASF_AUDIO)) && OK(IMFASFProfile_GetStreamCount(profile, &count)) &&
              count == 2);
    CHECK(IMFASFProfile_SetStream, replaced,
          "If the stream number in the ASF stream configuration object is already included in the profile, the "
          "information in the new object replaces the old one.",
          OK(IMFASFProfile_SetStream(profile, stream)) && OK(IMFASFProfile_GetStreamCount(profile, &count)) &&
              count == 2 && OK(IMFASFProfile_GetStreamByNumber(profile, ASF_AUDIO, &other)) && other == stream);
    drop(&other);
    drop(&stream);
    CHECK(IMFASFProfile_RemoveStream, S_OK,
          "After a stream is removed, the ASF profile object reassigns stream indexes so that the index values are "
          "sequential starting from zero.",
          OK(IMFASFProfile_RemoveStream(profile, ASF_AUDIO)) &&
              OK(IMFASFProfile_GetStream(profile, 0, &number, NULL)) && number == ASF_VIDEO);
    CHECK(IMFASFProfile_RemoveStream, MF_E_INVALIDSTREAMNUMBER, "Stream number of the stream to remove.",
          GIVES(MF_E_INVALIDSTREAMNUMBER, IMFASFProfile_RemoveStream(profile, ASF_AUDIO)));
    IMFMediaType_Release(type);
    CHECK(MFCreateASFProfile, reference, "The caller must release the interface.", gone(&profile));
}

static void unsupported_type(void)
{
    IMFASFProfile *profile = asf_new_profile(0);
    IMFASFStreamConfig *stream;
    IMFMediaType *type = NULL;

    if (!profile) return;
    MFCreateMediaType(&type);
    IMFMediaType_SetGUID(type, &MF_MT_MAJOR_TYPE, &MFMediaType_SAMI);
    stream = asf_new_stream(profile, type, 5);
    CHECK(IMFASFProfile_SetStream, MF_E_ASF_UNSUPPORTED_STREAM_TYPE,
          "a media type can be successfully set, but cause an error when the stream is added to the profile.",
          stream && GIVES(MF_E_ASF_UNSUPPORTED_STREAM_TYPE, IMFASFProfile_SetStream(profile, stream)));
    drop(&stream);
    IMFMediaType_Release(type);
    IMFASFProfile_Release(profile);
}

static void stream_config(void)
{
    IMFASFProfile *profile = asf_new_profile(0);
    IMFMediaType *type = asf_video_type(), *got = NULL;
    IMFASFStreamConfig *stream = profile ? asf_new_stream(profile, type, 1) : NULL, *clone = NULL;
    BYTE info[3] = {1, 2, 3}, read[3] = {0};
    DWORD size = 2;
    WORD count = 0;
    GUID guid;

    if (!stream) return;
    CHECK(IMFASFStreamConfig_GetStreamType, S_OK, "Gets the major media type of the stream.",
          OK(IMFASFStreamConfig_GetStreamType(stream, &guid)) && IsEqualGUID(&guid, &MFMediaType_Video));
    CHECK(IMFASFStreamConfig_GetMediaType, S_OK, "Retrieves the media type of the stream.",
          OK(IMFASFStreamConfig_GetMediaType(stream, &got)) && got == type);
    drop(&got);
    CHECK(IMFASFStreamConfig_SetStreamNumber, MF_E_INVALIDSTREAMNUMBER, "Stream numbers start from 1",
          GIVES(MF_E_INVALIDSTREAMNUMBER, IMFASFStreamConfig_SetStreamNumber(stream, 0)) &&
              GIVES(MF_E_INVALIDSTREAMNUMBER, IMFASFStreamConfig_SetStreamNumber(stream, 128)) &&
              IMFASFStreamConfig_GetStreamNumber(stream) == 1);
    CHECK(IMFASFStreamConfig_SetStreamNumber, S_OK, "and do not need to be sequential.",
          OK(IMFASFStreamConfig_SetStreamNumber(stream, 127)) && IMFASFStreamConfig_GetStreamNumber(stream) == 127);
    CHECK(IMFASFStreamConfig_AddPayloadExtension, S_OK, "Configures a payload extension for the stream.",
          OK(IMFASFStreamConfig_AddPayloadExtension(stream, MFASFSampleExtension_SampleDuration, 2, NULL, 0)) &&
              OK(IMFASFStreamConfig_AddPayloadExtension(stream, MFASFSampleExtension_SMPTE, 14, info, sizeof(info))) &&
              OK(IMFASFStreamConfig_GetPayloadExtensionCount(stream, &count)) && count == 2);
    CHECK(IMFASFStreamConfig_AddPayloadExtension, E_INVALIDARG,
          "This parameter can be NULL if cbExtensionSystemInfo is 0.",
          GIVES(E_INVALIDARG, IMFASFStreamConfig_AddPayloadExtension(stream, MFASFSampleExtension_SMPTE, 14, NULL, 3)));
    CHECK(IMFASFStreamConfig_GetPayloadExtension, MF_E_BUFFERTOOSMALL,
          "The buffer specified in pbExtensionSystemInfo is too small.",
          GIVES(MF_E_BUFFERTOOSMALL, IMFASFStreamConfig_GetPayloadExtension(stream, 1, &guid, &count, read, &size)) &&
              size == 3);
    CHECK(IMFASFStreamConfig_GetPayloadExtension, S_OK,
          "to find the required size of the buffer, set this parameter to NULL; the size is returned in "
          "pcbExtensionSystemInfo.",
          OK(IMFASFStreamConfig_GetPayloadExtension(stream, 1, &guid, &count, NULL, &size)) && size == 3 &&
              count == 14 && OK(IMFASFStreamConfig_GetPayloadExtension(stream, 1, &guid, &count, read, &size)) &&
              IsEqualGUID(&guid, &MFASFSampleExtension_SMPTE) && !memcmp(info, read, sizeof(read)));
    CHECK(IMFASFStreamConfig_GetPayloadExtension, MF_E_INVALIDINDEX,
          "The wPayloadExtensionNumber parameter is out of range.",
          GIVES(MF_E_INVALIDINDEX, IMFASFStreamConfig_GetPayloadExtension(stream, 2, &guid, &count, NULL, &size)));
    CHECK(IMFASFStreamConfig_GetPayloadExtension, E_INVALIDARG, "Invalid argument.",
          GIVES(E_INVALIDARG, IMFASFStreamConfig_GetPayloadExtension(stream, 1, &guid, &count, read, NULL)));
    CHECK(IMFASFStreamConfig_Clone, S_OK, "The cloned object is completely independent of the original.",
          OK(IMFASFStreamConfig_Clone(stream, &clone)) && OK(IMFASFStreamConfig_RemoveAllPayloadExtensions(stream)) &&
              OK(IMFASFStreamConfig_GetPayloadExtensionCount(clone, &count)) && count == 2 &&
              IMFASFStreamConfig_GetStreamNumber(clone) == 127 && OK(IMFASFStreamConfig_GetMediaType(clone, &got)) &&
              got != type &&
              OK(IMFASFStreamConfig_GetBlobSize(clone, &MF_ASFSTREAMCONFIG_LEAKYBUCKET1, (UINT32 *)&size)) &&
              size == 12);
    CHECK(IMFASFStreamConfig_RemoveAllPayloadExtensions, S_OK, "Removes all payload extensions that are configured.",
          OK(IMFASFStreamConfig_GetPayloadExtensionCount(stream, &count)) && !count);
    drop(&got);
    MFCreateMediaType(&got);
    CHECK(IMFASFStreamConfig_SetMediaType, MF_E_INVALIDMEDIATYPE,
          "Some validation of the media type is performed by this method.",
          GIVES(MF_E_INVALIDMEDIATYPE, IMFASFStreamConfig_SetMediaType(stream, got)));
    drop(&got);
    CHECK(IMFASFStreamConfig_Clone, reference, "The caller must release the interface.", gone(&clone) && gone(&stream));
    IMFMediaType_Release(type);
    IMFASFProfile_Release(profile);
}

static void records(IMFASFMutualExclusion *mutex)
{
    WORD streams[4] = {0};
    DWORD record = 9, count;

    CHECK(IMFASFMutualExclusion_AddRecord, S_OK, "Record indexes are zero-based and sequential.",
          OK(IMFASFMutualExclusion_AddRecord(mutex, &record)) && record == 0 &&
              OK(IMFASFMutualExclusion_AddRecord(mutex, &record)) && record == 1);
    CHECK(IMFASFMutualExclusion_AddStreamForRecord, S_OK, "Each record includes one or more streams.",
          OK(IMFASFMutualExclusion_AddStreamForRecord(mutex, 0, 1)) &&
              OK(IMFASFMutualExclusion_AddStreamForRecord(mutex, 0, 3)) &&
              OK(IMFASFMutualExclusion_AddStreamForRecord(mutex, 1, 2)));
    CHECK(IMFASFMutualExclusion_AddStreamForRecord, MF_E_INVALIDREQUEST,
          "The specified stream number is already associated with the record.",
          GIVES(MF_E_INVALIDREQUEST, IMFASFMutualExclusion_AddStreamForRecord(mutex, 0, 1)));
    CHECK(IMFASFMutualExclusion_GetStreamsForRecord, S_OK,
          "Set to NULL to get the number of elements required, which is indicated by the value of pcStreams on return.",
          OK(IMFASFMutualExclusion_GetStreamsForRecord(mutex, 0, NULL, &count)) && count == 2);
    count = 1;
    CHECK(IMFASFMutualExclusion_GetStreamsForRecord, part,
          "the method will copy as many stream numbers to the array as there are elements indicated by the value of "
          "pcStreams.",
          OK(IMFASFMutualExclusion_GetStreamsForRecord(mutex, 0, streams, &count)) && count == 2 && streams[0] == 1 &&
              !streams[1] && OK(IMFASFMutualExclusion_GetStreamsForRecord(mutex, 0, streams, &count)) &&
              streams[1] == 3);
    CHECK(IMFASFMutualExclusion_GetStreamsForRecord, E_INVALIDARG, "The number of the record",
          GIVES(E_INVALIDARG, IMFASFMutualExclusion_GetStreamsForRecord(mutex, 2, streams, &count)));
    CHECK(IMFASFMutualExclusion_RemoveStreamFromRecord, MF_E_INVALIDREQUEST,
          "The stream number is not listed for the specified record.",
          GIVES(MF_E_INVALIDREQUEST, IMFASFMutualExclusion_RemoveStreamFromRecord(mutex, 1, 1)));
    CHECK(IMFASFMutualExclusion_RemoveStreamFromRecord, S_OK, "Removes a stream number from a record",
          OK(IMFASFMutualExclusion_RemoveStreamFromRecord(mutex, 0, 1)) &&
              OK(IMFASFMutualExclusion_GetStreamsForRecord(mutex, 0, streams, &count)) && count == 1 &&
              streams[0] == 3);
}

static void mutual_exclusion(void)
{
    IMFASFProfile *profile = asf_new_profile(1);
    IMFASFMutualExclusion *mutex = NULL, *clone = NULL, *got = NULL;
    WORD streams[4];
    DWORD count = 4;
    GUID type;

    if (!profile) return;
    CHECK(IMFASFProfile_CreateMutualExclusion, S_OK, "Creates an ASF mutual exclusion object.",
          OK(IMFASFProfile_CreateMutualExclusion(profile, &mutex)) &&
              OK(IMFASFProfile_GetMutualExclusionCount(profile, &count)) && !count);
    if (!mutex) return;
    records(mutex);
    CHECK(IMFASFMutualExclusion_SetType, S_OK, "Sets the type of mutual exclusion",
          OK(IMFASFMutualExclusion_SetType(mutex, &MFASFMutexType_Bitrate)) &&
              OK(IMFASFMutualExclusion_GetType(mutex, &type)) && IsEqualGUID(&type, &MFASFMutexType_Bitrate));
    CHECK(IMFASFMutualExclusion_Clone, S_OK, "Creates a copy of the ASF mutual exclusion object.",
          OK(IMFASFMutualExclusion_Clone(mutex, &clone)) && OK(IMFASFMutualExclusion_GetRecordCount(clone, &count)) &&
              count == 2);
    count = 4;
    CHECK(IMFASFMutualExclusion_RemoveRecord, S_OK,
          "When a record is removed, the ASF mutual exclusion object indexes the remaining records so that they are "
          "sequential starting with zero.",
          OK(IMFASFMutualExclusion_RemoveRecord(mutex, 0)) &&
              OK(IMFASFMutualExclusion_GetStreamsForRecord(mutex, 0, streams, &count)) && count == 1 &&
              streams[0] == 2 && GIVES(E_INVALIDARG, IMFASFMutualExclusion_RemoveRecord(mutex, 1)));
    CHECK(IMFASFProfile_AddMutualExclusion, S_OK, "Adds a configured ASF mutual exclusion object to the profile.",
          OK(IMFASFProfile_AddMutualExclusion(profile, clone)) &&
              OK(IMFASFProfile_AddMutualExclusion(profile, mutex)) &&
              OK(IMFASFProfile_GetMutualExclusionCount(profile, &count)) && count == 2);
    CHECK(IMFASFProfile_GetMutualExclusion, S_OK, "The returned pointer refers to the mutual exclusion in the profile.",
          OK(IMFASFProfile_GetMutualExclusion(profile, 1, &got)) && got == mutex);
    drop(&got);
    CHECK(IMFASFProfile_RemoveMutualExclusion, S_OK, "Removes an ASF mutual exclusion object from the profile.",
          OK(IMFASFProfile_RemoveMutualExclusion(profile, 0)) &&
              OK(IMFASFProfile_GetMutualExclusion(profile, 0, &got)) && got == mutex &&
              GIVES(MF_E_INVALIDINDEX, IMFASFProfile_RemoveMutualExclusion(profile, 1)));
    drop(&got);
    CHECK(IMFASFMutualExclusion_Clone, reference, "The caller must release the interface.", gone(&clone));
    IMFASFMutualExclusion_Release(mutex);
    IMFASFProfile_Release(profile);
}

static void prioritization(void)
{
    IMFASFProfile *profile = asf_new_profile(1), *copy = NULL;
    IMFASFStreamPrioritization *list = NULL, *clone = NULL, *got = NULL;
    WORD stream, flags;
    DWORD count;

    if (!profile) return;
    CHECK(IMFASFProfile_GetStreamPrioritization, MF_E_NOT_FOUND, "This method is not supported. (Here it is.)",
          GIVES(MF_E_NOT_FOUND, IMFASFProfile_GetStreamPrioritization(profile, &got)));
    if (FAILED(IMFASFProfile_CreateStreamPrioritization(profile, &list))) return;
    CHECK(IMFASFStreamPrioritization_AddStream, S_OK, "Adds a stream to the stream priority list.",
          OK(IMFASFStreamPrioritization_AddStream(list, 2, TRUE)) &&
              OK(IMFASFStreamPrioritization_AddStream(list, 1, FALSE)));
    CHECK(IMFASFStreamPrioritization_AddStream, MF_E_INVALIDREQUEST, "Invalid stream number.",
          GIVES(MF_E_INVALIDREQUEST, IMFASFStreamPrioritization_AddStream(list, 0, FALSE)) &&
              GIVES(MF_E_INVALIDREQUEST, IMFASFStreamPrioritization_AddStream(list, 1, FALSE)));
    CHECK(IMFASFStreamPrioritization_GetStream, S_OK, "The most important stream should be added first",
          OK(IMFASFStreamPrioritization_GetStream(list, 0, &stream, &flags)) && stream == 2 && flags == TRUE);
    CHECK(IMFASFStreamPrioritization_GetStream, E_INVALIDARG,
          "NULL pointer argument or the dwStreamIndex parameter is out of range.",
          GIVES(E_INVALIDARG, IMFASFStreamPrioritization_GetStream(list, 2, &stream, &flags)) &&
              GIVES(E_INVALIDARG, IMFASFStreamPrioritization_GetStream(list, 0, NULL, &flags)));
    IMFASFStreamPrioritization_Clone(list, &clone);
    CHECK(IMFASFStreamPrioritization_RemoveStream, S_OK,
          "When a stream is removed from the stream priority list, the index values of all streams that follow it in "
          "the list are decremented.",
          OK(IMFASFStreamPrioritization_RemoveStream(list, 0)) &&
              OK(IMFASFStreamPrioritization_GetStream(list, 0, &stream, &flags)) && stream == 1);
    CHECK(IMFASFStreamPrioritization_Clone, S_OK, "Creates a copy of the ASF stream prioritization object.",
          clone && OK(IMFASFStreamPrioritization_GetStreamCount(clone, &count)) && count == 2);
    IMFASFProfile_AddStreamPrioritization(profile, clone);
    CHECK(IMFASFProfile_Clone, S_OK, "Creates a copy of the ASF profile object.",
          OK(IMFASFProfile_Clone(profile, &copy)) && OK(IMFASFProfile_GetStreamCount(copy, &count)) && count == 2 &&
              OK(IMFASFProfile_GetStreamPrioritization(copy, &got)) && got != clone &&
              OK(IMFASFProfile_GetUINT32(copy, &MF_ASFPROFILE_MAXPACKETSIZE, (UINT32 *)&count)) && count == ASF_PACKET);
    CHECK(IMFASFProfile_RemoveStreamPrioritization, S_OK, "Removes the stream prioritization object from the profile.",
          OK(IMFASFProfile_RemoveStreamPrioritization(profile)) &&
              GIVES(MF_E_NOT_FOUND, IMFASFProfile_RemoveStreamPrioritization(profile)));
    drop(&got);
    drop(&copy);
    CHECK(IMFASFStreamPrioritization_Clone, reference, "The caller must release the interface.", gone(&clone));
    drop(&list);
    drop(&profile);
}

static void descriptors(void)
{
    IMFASFProfile *profile = asf_new_profile(1), *back = NULL;
    IMFPresentationDescriptor *descriptor = NULL;
    IMFStreamDescriptor *stream = NULL;
    IMFASFStreamConfig *config = NULL;
    IMFMediaType *type = NULL;
    DWORD count = 0, number = 0;
    UINT32 size = 0;
    BOOL selected;

    CHECK(MFCreatePresentationDescriptorFromASFProfile, E_INVALIDARG, "Pointer to the IMFASFProfile interface",
          GIVES(E_INVALIDARG, pMFCreatePresentationDescriptorFromASFProfile(NULL, &descriptor)));
    CHECK(MFCreateASFProfileFromPresentationDescriptor, E_INVALIDARG,
          "Pointer to the IMFPresentationDescriptor interface",
          GIVES(E_INVALIDARG, pMFCreateASFProfileFromPresentationDescriptor(NULL, &back)));
    if (!profile) return;
    CHECK(MFCreatePresentationDescriptorFromASFProfile, S_OK,
          "Creates a presentation descriptor from an ASF profile object.",
          OK(pMFCreatePresentationDescriptorFromASFProfile(profile, &descriptor)) &&
              OK(IMFPresentationDescriptor_GetStreamDescriptorCount(descriptor, &count)) && count == 2 &&
              OK(IMFPresentationDescriptor_GetStreamDescriptorByIndex(descriptor, 1, &selected, &stream)) &&
              OK(IMFStreamDescriptor_GetStreamIdentifier(stream, &number)) && number == ASF_VIDEO);
    drop(&stream);
    CHECK(MFCreateASFProfileFromPresentationDescriptor, S_OK,
          "This function parses the presentation descriptor, and populates an ASF profile",
          descriptor && OK(pMFCreateASFProfileFromPresentationDescriptor(descriptor, &back)) &&
              OK(IMFASFProfile_GetStreamByNumber(back, ASF_VIDEO, &config)) &&
              OK(IMFASFStreamConfig_GetMediaType(config, &type)) &&
              OK(IMFASFStreamConfig_GetBlobSize(config, &MF_ASFSTREAMCONFIG_LEAKYBUCKET1, &size)) && size == 12);
    drop(&type);
    drop(&config);
    drop(&back);
    drop(&profile);
    CHECK(MFCreatePresentationDescriptorFromASFProfile, reference, "The caller must release the interface.",
          gone(&descriptor));
}

static const struct test_case cases[] = {
    {"streams", streams},
    {"unsupported_type", unsupported_type},
    {"stream_config", stream_config},
    {"mutual_exclusion", mutual_exclusion},
    {"prioritization", prioritization},
    {"descriptors", descriptors},
    {NULL, NULL},
};
const struct group asf_profile_group = {"asf_profile", __FILE__, cases};

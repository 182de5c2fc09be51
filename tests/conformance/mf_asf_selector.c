/* The ASF stream selector: outputs, exclusions, bandwidth steps. Steps are Cork's own: the pages leave open how they
 * are made. */
#include "mf_asf_test.h"

/* Streams 1 (audio, 64 kbit/s) and 2 to 4 (video, 100, 300 and 200), the latter exclusive by bit rate. */
static IMFASFProfile *new_profile(void)
{
    static const DWORD rates[] = {64000, 100000, 300000, 200000};
    IMFASFMutualExclusion *mutex = NULL;
    IMFASFProfile *profile = NULL;
    DWORD record;

    if (FAILED(pMFCreateASFProfile(&profile)) || FAILED(IMFASFProfile_CreateMutualExclusion(profile, &mutex)))
        return profile;
    IMFASFMutualExclusion_SetType(mutex, &MFASFMutexType_Bitrate);
    for (WORD i = 0; i < 4; i++)
    {
        IMFMediaType *type = i ? asf_video_type() : asf_audio_type();
        IMFASFStreamConfig *stream = asf_new_stream(profile, type, i + 1);
        DWORD bucket[3] = {rates[i], 3000, 0};

        IMFASFStreamConfig_SetBlob(stream, &MF_ASFSTREAMCONFIG_LEAKYBUCKET1, (UINT8 *)bucket, sizeof(bucket));
        bucket[0] *= 2;
        IMFASFStreamConfig_SetBlob(stream, &MF_ASFSTREAMCONFIG_LEAKYBUCKET2, (UINT8 *)bucket, sizeof(bucket));
        IMFASFProfile_SetStream(profile, stream);
        IMFASFStreamConfig_Release(stream);
        IMFMediaType_Release(type);
        if (i && SUCCEEDED(IMFASFMutualExclusion_AddRecord(mutex, &record)))
            IMFASFMutualExclusion_AddStreamForRecord(mutex, record, i + 1);
    }
    IMFASFProfile_AddMutualExclusion(profile, mutex);
    IMFASFMutualExclusion_Release(mutex);
    return profile;
}

static void outputs(IMFASFStreamSelector *selector)
{
    ASF_SELECTION_STATUS status = ASF_STATUS_NOTSELECTED;
    IUnknown *mutex = NULL;
    WORD numbers[4] = {0};
    DWORD count = 0, output = 9;

    CHECK(IMFASFStreamSelector_GetStreamCount, S_OK, "Retrieves the number of streams that are in the ASF content.",
          OK(IMFASFStreamSelector_GetStreamCount(selector, &count)) && count == 4);
    CHECK(IMFASFStreamSelector_GetOutputCount, S_OK,
          "If mutual exclusion is used, mutually exclusive streams share the same output.",
          OK(IMFASFStreamSelector_GetOutputCount(selector, &count)) && count == 2);
    CHECK(IMFASFStreamSelector_GetOutputFromStream, S_OK, "Receives the output number.",
          OK(IMFASFStreamSelector_GetOutputFromStream(selector, 4, &output)) && output == 1);
    CHECK(IMFASFStreamSelector_GetOutputFromStream, MF_E_INVALIDREQUEST, "Invalid stream number.",
          GIVES(MF_E_INVALIDREQUEST, IMFASFStreamSelector_GetOutputFromStream(selector, 5, &output)));
    CHECK(IMFASFStreamSelector_GetOutputStreamCount, S_OK, "Retrieves the number of streams associated with an output.",
          OK(IMFASFStreamSelector_GetOutputStreamCount(selector, 1, &count)) && count == 3);
    CHECK(IMFASFStreamSelector_GetOutputStreamCount, MF_E_INVALIDREQUEST, "Invalid output number.",
          GIVES(MF_E_INVALIDREQUEST, IMFASFStreamSelector_GetOutputStreamCount(selector, 2, &count)));
    CHECK(IMFASFStreamSelector_GetOutputStreamNumbers, S_OK, "Retrieves the stream numbers for all of the streams",
          OK(IMFASFStreamSelector_GetOutputStreamNumbers(selector, 1, numbers)) && numbers[0] == 2 && numbers[2] == 4 &&
              !numbers[3]);
    CHECK(IMFASFStreamSelector_GetOutputStreamNumbers, MF_E_INVALIDREQUEST, "Invalid output number.",
          GIVES(MF_E_INVALIDREQUEST, IMFASFStreamSelector_GetOutputStreamNumbers(selector, 2, numbers)));
    CHECK(IMFASFStreamSelector_GetOutputMutexCount, S_OK, "Receives the number of mutual exclusions.",
          OK(IMFASFStreamSelector_GetOutputMutexCount(selector, 0, &count)) && !count &&
              OK(IMFASFStreamSelector_GetOutputMutexCount(selector, 1, &count)) && count == 1);
    CHECK(IMFASFStreamSelector_GetOutputMutex, S_OK, "Receives a pointer to the mutual exclusion object",
          OK(IMFASFStreamSelector_GetOutputMutex(selector, 1, 0, &mutex)) && mutex);
    drop(&mutex);
    CHECK(IMFASFStreamSelector_GetOutputMutex, MF_E_INVALIDREQUEST, "Set to a number between 0, and 1 less than",
          GIVES(MF_E_INVALIDREQUEST, IMFASFStreamSelector_GetOutputMutex(selector, 1, 1, &mutex)) && !mutex);
    CHECK(IMFASFStreamSelector_SetOutputOverride, S_OK,
          "Sets the selection status of an output, overriding other selection criteria.",
          OK(IMFASFStreamSelector_SetOutputOverride(selector, 1, ASF_STATUS_CLEANPOINTSONLY)) &&
              OK(IMFASFStreamSelector_GetOutputOverride(selector, 1, &status)) &&
              status == ASF_STATUS_CLEANPOINTSONLY &&
              OK(IMFASFStreamSelector_SetOutputOverride(selector, 1, ASF_STATUS_ALLDATAUNITS)) &&
              GIVES(MF_E_INVALIDREQUEST, IMFASFStreamSelector_SetOutputOverride(selector, 2, status)));
}

static void steps(IMFASFStreamSelector *selector)
{
    ASF_SELECTION_STATUS statuses[4];
    DWORD count = 0, bitrate = 0, step = 9;
    WORD numbers[4];

    CHECK(IMFASFStreamSelector_GetBandwidthStepCount, S_OK,
          "Retrieves the number of bandwidth steps that exist for the content.",
          OK(IMFASFStreamSelector_GetBandwidthStepCount(selector, &count)) && count == 4);
    CHECK(IMFASFStreamSelector_GetBandwidthStep, S_OK, "Retrieves the stream numbers that apply to a bandwidth step.",
          OK(IMFASFStreamSelector_GetBandwidthStep(selector, 3, &bitrate, numbers, statuses)) && bitrate == 728000 &&
              numbers[2] == 3 && statuses[2] == ASF_STATUS_ALLDATAUNITS && statuses[1] == ASF_STATUS_NOTSELECTED);
    CHECK(IMFASFStreamSelector_GetBandwidthStep, MF_E_INVALIDREQUEST,
          "Set this value to a number between 0, and 1 less than the number of bandwidth steps",
          GIVES(MF_E_INVALIDREQUEST, IMFASFStreamSelector_GetBandwidthStep(selector, 4, &bitrate, numbers, statuses)));
    CHECK(IMFASFStreamSelector_BitrateToStepNumber, S_OK,
          "call this method with the current data rate of the network connection to determine the correct step to use.",
          OK(IMFASFStreamSelector_BitrateToStepNumber(selector, 600000, &step)) && step == 2);
    CHECK(IMFASFStreamSelector_SetStreamSelectorFlags, S_OK,
          "The stream selector will use the average bit rate of streams when selecting streams.",
          OK(IMFASFStreamSelector_SetStreamSelectorFlags(selector, MFASF_STREAMSELECTOR_DISABLE_THINNING |
                                                                       MFASF_STREAMSELECTOR_USE_AVERAGE_BITRATE)) &&
              OK(IMFASFStreamSelector_GetBandwidthStepCount(selector, &count)) && count == 3 &&
              OK(IMFASFStreamSelector_GetBandwidthStep(selector, 2, &bitrate, numbers, statuses)) &&
              bitrate == 364000 && GIVES(E_INVALIDARG, IMFASFStreamSelector_SetStreamSelectorFlags(selector, 4)));
    CHECK(IMFASFStreamSelector_SetOutputMutexSelection, S_OK, "Record of the specified mutual exclusion to select.",
          OK(IMFASFStreamSelector_SetOutputMutexSelection(selector, 1, 0, 1)) &&
              OK(IMFASFStreamSelector_GetBandwidthStepCount(selector, &count)) && count == 1 &&
              GIVES(MF_E_INVALIDREQUEST, IMFASFStreamSelector_SetOutputMutexSelection(selector, 1, 0, 3)));
}

static void selector(void)
{
    IMFASFStreamSelector *selector = NULL;
    IMFASFProfile *profile = new_profile();

    if (!profile) return;
    CHECK(MFCreateASFStreamSelector, S_OK, "Creates the ASF stream selector.",
          OK(pMFCreateASFStreamSelector(profile, &selector)));
    CHECK(MFCreateASFStreamSelector, E_INVALIDARG, "Pointer to the IMFASFProfile interface.",
          GIVES(E_INVALIDARG, pMFCreateASFStreamSelector(NULL, &selector)));
    if (!selector) return;
    outputs(selector);
    steps(selector);
    CHECK(MFCreateASFStreamSelector, reference, "The caller must release the interface.", gone(&selector));
    drop(&profile);
}

static const struct test_case cases[] = {
    {"selector", selector},
    {NULL, NULL},
};
const struct group asf_selector_group = {"asf_selector", __FILE__, cases};

/* The ASF multiplexer: packets from samples, by leaky buckets. That a splitter gives the samples back is in
 * mf_asf_splitter.c. */
#include "mf_asf_test.h"

#include <propsys.h>
#include <stdlib.h>

static IMFASFMultiplexer *new_multiplexer(IMFASFContentInfo *info)
{
    IMFASFMultiplexer *mux = NULL;

    if (info && SUCCEEDED(pMFCreateASFMultiplexer(&mux)) && FAILED(IMFASFMultiplexer_Initialize(mux, info))) drop(&mux);
    return mux;
}

/* Passes sample `number` with another time, ms. */
static HRESULT process_at(IMFASFMultiplexer *mux, WORD stream, UINT32 number, LONGLONG time)
{
    IMFSample *sample = asf_sample(stream, number);
    HRESULT result =
        IMFASFMultiplexer_ProcessSample(mux, stream, sample, (time - (LONGLONG)number * ASF_SAMPLE_MS) * ASF_MS);

    IMFSample_Release(sample);
    return result;
}

static UINT32 drain(IMFASFMultiplexer *mux)
{
    DWORD status = ASF_STATUSFLAGS_INCOMPLETE;
    IMFSample *packet;
    UINT32 count = 0;

    while (status & ASF_STATUSFLAGS_INCOMPLETE && SUCCEEDED(IMFASFMultiplexer_GetNextPacket(mux, &status, &packet)))
        if (packet)
        {
            count++;
            IMFSample_Release(packet);
        }
    return count;
}

static void states(void)
{
    IMFASFContentInfo *info = asf_new_content(0), *other = asf_new_content(0);
    IMFASFMultiplexer *mux = NULL;
    IMFSample *sample = asf_sample(ASF_AUDIO, 0), *packet = (void *)1, *untimed = NULL;
    ASF_MUX_STATISTICS statistics;
    DWORD status = 1, flags = 9;

    if (!info || !other) return;
    CHECK(MFCreateASFMultiplexer, S_OK, "Creates the ASF Multiplexer.", OK(pMFCreateASFMultiplexer(&mux)));
    CHECK(MFCreateASFMultiplexer, E_INVALIDARG, "Receives a pointer to the IMFASFMultiplexer interface.",
          GIVES(E_INVALIDARG, pMFCreateASFMultiplexer(NULL)));
    if (!mux) return;
    CHECK(IMFASFMultiplexer_Initialize, MF_E_NOT_INITIALIZED,
          "This call must be made once at the beginning of encoding",
          GIVES(MF_E_NOT_INITIALIZED, IMFASFMultiplexer_ProcessSample(mux, ASF_AUDIO, sample, 0)) &&
              GIVES(MF_E_NOT_INITIALIZED, IMFASFMultiplexer_Flush(mux)) &&
              GIVES(MF_E_NOT_INITIALIZED, IMFASFMultiplexer_End(mux, info)) &&
              GIVES(MF_E_NOT_INITIALIZED, IMFASFMultiplexer_GetNextPacket(mux, &status, &packet)));
    CHECK(IMFASFMultiplexer_Initialize, E_INVALIDARG, "Pointer to the IMFASFContentInfo interface",
          GIVES(E_INVALIDARG, IMFASFMultiplexer_Initialize(mux, NULL)));
    CHECK(IMFASFMultiplexer_Initialize, S_OK, "Initializes the multiplexer with the data from a ContentInfo object.",
          OK(IMFASFMultiplexer_Initialize(mux, info)));
    CHECK(IMFASFMultiplexer_SetFlags, S_OK, "Sets multiplexer options.",
          OK(IMFASFMultiplexer_SetFlags(mux, MFASF_MULTIPLEXER_AUTOADJUST_BITRATE)) &&
              OK(IMFASFMultiplexer_GetFlags(mux, &flags)) && flags == MFASF_MULTIPLEXER_AUTOADJUST_BITRATE &&
              GIVES(E_INVALIDARG, IMFASFMultiplexer_SetFlags(mux, 2)) && OK(IMFASFMultiplexer_SetFlags(mux, 0)));
    CHECK(IMFASFMultiplexer_ProcessSample, MF_E_INVALIDSTREAMNUMBER, "The value passed in wStreamNumber is invalid.",
          GIVES(MF_E_INVALIDSTREAMNUMBER, IMFASFMultiplexer_ProcessSample(mux, 5, sample, 0)));
    MFCreateSample(&untimed);
    CHECK(
        IMFASFMultiplexer_ProcessSample, MF_E_NO_SAMPLE_TIMESTAMP,
        "make sure that the time stamp of the input media sample is a valid presentation time; otherwise ProcessSample "
        "fails and returns the MF_E_NO_SAMPLE_TIMESTAMP code.",
        GIVES(MF_E_NO_SAMPLE_TIMESTAMP, IMFASFMultiplexer_ProcessSample(mux, ASF_AUDIO, untimed, 0)));
    drop(&untimed);
    CHECK(IMFASFMultiplexer_ProcessSample, S_OK, "Delivers input samples to the multiplexer.",
          OK(IMFASFMultiplexer_ProcessSample(mux, ASF_AUDIO, sample, 0)));
    CHECK(IMFASFMultiplexer_GetNextPacket, none,
          "If no packets are ready, the method returns S_OK but does not return a sample in ppIPacket.",
          OK(IMFASFMultiplexer_GetNextPacket(mux, &status, &packet)) && !packet && !status);
    CHECK(IMFASFMultiplexer_End, MF_E_FLUSH_NEEDED,
          "There are pending output media samples waiting in the multiplexer.",
          GIVES(MF_E_FLUSH_NEEDED, IMFASFMultiplexer_End(mux, info)));
    for (UINT32 i = 1; i < 8 && SUCCEEDED(process_at(mux, ASF_AUDIO, i, i * 100)); i++)
        ;
    CHECK(IMFASFMultiplexer_ProcessSample, MF_E_NOTACCEPTING,
          "There are too many packets waiting to be retrieved from the multiplexer.",
          GIVES(MF_E_NOTACCEPTING, process_at(mux, ASF_AUDIO, 9, 900)));
    CHECK(IMFASFMultiplexer_Flush, S_OK, "This causes all output media samples in progress to be completed.",
          OK(IMFASFMultiplexer_Flush(mux)) && OK(IMFASFMultiplexer_GetNextPacket(mux, &status, &packet)) && packet &&
              status == ASF_STATUSFLAGS_INCOMPLETE);
    drop(&packet);
    CHECK(IMFASFMultiplexer_GetNextPacket, S_OK,
          "If more than one packet is waiting, the method sets the ASF_STATUSFLAGS_INCOMPLETE flag.", drain(mux) > 0);
    CHECK(IMFASFMultiplexer_End, E_INVALIDARG,
          "This must be the same object that was used to initialize the multiplexer.",
          GIVES(E_INVALIDARG, IMFASFMultiplexer_End(mux, other)));
    CHECK(IMFASFMultiplexer_End, S_OK, "the user should call End to update the specified ContentInfo object",
          OK(IMFASFMultiplexer_End(mux, info)));
    CHECK(IMFASFMultiplexer_GetStatistics, S_OK, "Number of frames written by the ASF multiplexer.",
          OK(IMFASFMultiplexer_GetStatistics(mux, ASF_AUDIO, &statistics)) && statistics.cFramesWritten >= 3 &&
              !statistics.cFramesDropped &&
              GIVES(MF_E_INVALIDSTREAMNUMBER, IMFASFMultiplexer_GetStatistics(mux, 9, &statistics)));
    drop(&sample);
    CHECK(MFCreateASFMultiplexer, reference, "The caller must release the interface.", gone(&mux));
    drop(&info);
    drop(&other);
}

static void bandwidth(void)
{
    IMFASFContentInfo *info = asf_new_content(1);
    IMFASFMultiplexer *mux = new_multiplexer(info);
    ASF_MUX_STATISTICS statistics = {0};
    IPropertyStore *store = NULL;
    PROPVARIANT value = {.vt = VT_BOOL, .boolVal = VARIANT_TRUE};
    HRESULT result = S_OK;
    DWORD flags = 0;

    if (!mux) return;
    /* 72 bytes of each ms' 12.5 go through the bucket: 42 samples of 900 bytes fill 3 seconds of it. */
    for (UINT32 i = 0; i < 60 && SUCCEEDED(result); i++)
    {
        result = process_at(mux, ASF_VIDEO, i, 0);
        drain(mux);
    }
    CHECK(IMFASFMultiplexer_ProcessSample, MF_E_BANDWIDTH_OVERRUN,
          "The sample that was processed violates the bandwidth limitations specified for the stream in the ASF "
          "ContentInfo object. When this error is generated, the sample is dropped.",
          GIVES(MF_E_BANDWIDTH_OVERRUN, result) && OK(IMFASFMultiplexer_GetStatistics(mux, ASF_VIDEO, &statistics)) &&
              statistics.cFramesDropped == 1);
    result = S_OK;
    for (UINT32 i = 0; i < 60 && SUCCEEDED(result); i++)
    {
        IMFASFMultiplexer_SetFlags(mux, MFASF_MULTIPLEXER_AUTOADJUST_BITRATE);
        result = process_at(mux, ASF_VIDEO, i, 0);
        drain(mux);
    }
    CHECK(IMFASFMultiplexer_SetFlags, MFASF_MULTIPLEXER_AUTOADJUST_BITRATE,
          "The multiplexer can ignore this situation if it is configured to adjust the bit rate", OK(result));
    drop(&mux);
    if (FAILED(IMFASFContentInfo_GetEncodingConfigurationPropertyStore(info, 0, &store))) return;
    IPropertyStore_SetValue(store, &MFPKEY_ASFMEDIASINK_AUTOADJUST_BITRATE, &value);
    drop(&store);
    mux = new_multiplexer(info);
    CHECK(IMFASFMultiplexer_Initialize, MFPKEY_ASFMEDIASINK_AUTOADJUST_BITRATE,
          "This indicates whether the multiplexer needs to adjust the bit rate automatically",
          mux && OK(IMFASFMultiplexer_GetFlags(mux, &flags)) && flags == MFASF_MULTIPLEXER_AUTOADJUST_BITRATE);
    drop(&mux);
    drop(&info);
}

static void late(void)
{
    IMFASFContentInfo *info = asf_new_content(1);
    IMFASFMultiplexer *mux = new_multiplexer(info);
    HRESULT result = S_OK;

    if (!mux) return;
    for (UINT32 i = 0; i < 45 && SUCCEEDED(result); i++)
    {
        result = process_at(mux, ASF_AUDIO, i, (LONGLONG)i * 100);
        drain(mux);
    }
    CHECK(IMFASFMultiplexer_SetSyncTolerance, default_tolerance,
          "The multiplexer will not accept a sample with a time stamp that is out of synchronization with the latest "
          "samples from any other stream by an amount that exceeds the synchronization tolerance.",
          OK(result) && GIVES(MF_E_LATE_SAMPLE, process_at(mux, ASF_VIDEO, 0, 0)));
    CHECK(IMFASFMultiplexer_ProcessSample, MF_E_LATE_SAMPLE,
          "The presentation time of the input media sample is earlier than the send time.",
          GIVES(MF_E_LATE_SAMPLE, process_at(mux, ASF_AUDIO, 0, -4000)));
    CHECK(IMFASFMultiplexer_SetSyncTolerance, S_OK, "this method overrides it (usually to increase it).",
          OK(IMFASFMultiplexer_SetSyncTolerance(mux, 10000)) && OK(process_at(mux, ASF_VIDEO, 0, 1500)));
    drop(&mux);
    drop(&info);
}

static const struct test_case cases[] = {
    {"states", states},
    {"bandwidth", bandwidth},
    {"late", late},
    {NULL, NULL},
};
const struct group asf_multiplexer_group = {"asf_multiplexer", __FILE__, cases};

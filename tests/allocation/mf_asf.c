/* ASF: a profile, its header, samples into packets and out of them again, an index, without memory. */
#include "mf_scenario.h"

#include <wmcontainer.h>

enum
{
    SAMPLES = 4,
    PACKET = 512,
    BYTES = 200
};

/* After a failure the rest of the file is not what it would be, and other errors follow: nothing more is called. */
static int lost;
#define DO(call) (!lost && (WORKED(call) || (lost = 1, 0)))

static IMFMediaType *sound(void)
{
    IMFMediaType *type = NULL;

    MFCreateMediaType(&type);
    IMFMediaType_SetGUID(type, &MF_MT_MAJOR_TYPE, &MFMediaType_Audio);
    IMFMediaType_SetGUID(type, &MF_MT_SUBTYPE, &MFAudioFormat_PCM);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_NUM_CHANNELS, 1);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_SAMPLES_PER_SECOND, 8000);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_BITS_PER_SAMPLE, 8);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_BLOCK_ALIGNMENT, 1);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_AVG_BYTES_PER_SECOND, 8000);
    return type;
}

static void add_stream(IMFASFProfile *profile)
{
    static const DWORD bucket[3] = {100000, 3000, 0};
    IMFASFStreamConfig *stream = NULL;
    IMFMediaType *type = sound();

    if (DO(IMFASFProfile_CreateStream(profile, type, &stream)))
    {
        DO(IMFASFStreamConfig_SetStreamNumber(stream, 1));
        IMFASFStreamConfig_SetBlob(stream, &MF_ASFSTREAMCONFIG_LEAKYBUCKET1, (const UINT8 *)bucket, sizeof(bucket));
        DO(IMFASFProfile_SetStream(profile, stream));
    }
    drop(&stream);
    drop(&type);
}

/* A content info object of a profile with one stream; NULL where memory was not enough for all of it. */
static IMFASFContentInfo *content(void)
{
    IMFASFContentInfo *info = NULL;
    IMFASFProfile *profile = NULL;
    DWORD streams = 0;

    if (!DO(MFCreateASFProfile(&profile))) return NULL;
    IMFASFProfile_SetUINT32(profile, &MF_ASFPROFILE_MAXPACKETSIZE, PACKET);
    add_stream(profile);
    IMFASFProfile_GetStreamCount(profile, &streams);
    if (streams && DO(MFCreateASFContentInfo(&info)) && !DO(IMFASFContentInfo_SetProfile(info, profile))) drop(&info);
    drop(&profile);
    return info;
}

static IMFSample *sample(int number)
{
    IMFMediaBuffer *buffer = NULL;
    IMFSample *made = NULL;

    MFCreateSample(&made);
    MFCreateMemoryBuffer(BYTES, &buffer);
    IMFMediaBuffer_SetCurrentLength(buffer, BYTES);
    IMFSample_AddBuffer(made, buffer);
    IMFSample_SetSampleTime(made, (LONGLONG)number * 250000);
    IMFSample_SetSampleDuration(made, 250000);
    drop(&buffer);
    return made;
}

/* The samples that the splitter has by now. */
static void take_samples(IMFASFSplitter *splitter)
{
    DWORD status = ASF_STATUSFLAGS_INCOMPLETE;
    IMFSample *got = NULL;
    WORD stream;

    while (status == ASF_STATUSFLAGS_INCOMPLETE)
    {
        status = 0;
        if (!DO(IMFASFSplitter_GetNextSample(splitter, &status, &stream, &got))) return;
        drop(&got);
    }
}

static void split(IMFASFSplitter *splitter, IMFSample *packet)
{
    IMFMediaBuffer *buffer = NULL;

    IMFSample_ConvertToContiguousBuffer(packet, &buffer);
    if (splitter && DO(IMFASFSplitter_ParseData(splitter, buffer, 0, 0))) take_samples(splitter);
    drop(&buffer);
}

static void take_packets(IMFASFMultiplexer *multiplexer, IMFASFSplitter *splitter)
{
    DWORD status = ASF_STATUSFLAGS_INCOMPLETE;
    IMFSample *packet = NULL;

    while (status == ASF_STATUSFLAGS_INCOMPLETE)
    {
        status = 0;
        if (!DO(IMFASFMultiplexer_GetNextPacket(multiplexer, &status, &packet))) return;
        if (packet) split(splitter, packet);
        drop(&packet);
    }
}

static IMFASFSplitter *new_splitter(IMFASFContentInfo *info)
{
    static const WORD stream = 1;
    IMFASFSplitter *splitter = NULL;

    if (!DO(MFCreateASFSplitter(&splitter))) return NULL;
    if (!DO(IMFASFSplitter_Initialize(splitter, info)) ||
        !DO(IMFASFSplitter_SelectStreams(splitter, (WORD *)&stream, 1)))
        drop(&splitter);
    return splitter;
}

static void multiplex(IMFASFMultiplexer *multiplexer, IMFASFContentInfo *info)
{
    IMFASFSplitter *splitter;

    if (!DO(IMFASFMultiplexer_Initialize(multiplexer, info))) return;
    splitter = new_splitter(info);
    for (int i = 0; i < SAMPLES; i++)
    {
        IMFSample *given = sample(i);

        DO(IMFASFMultiplexer_ProcessSample(multiplexer, 1, given, 0));
        drop(&given);
        take_packets(multiplexer, splitter);
    }
    if (DO(IMFASFMultiplexer_Flush(multiplexer))) take_packets(multiplexer, splitter);
    DO(IMFASFMultiplexer_End(multiplexer, info));
    drop(&splitter);
}

static void write_header(IMFASFContentInfo *info)
{
    IMFMediaBuffer *header = NULL;
    DWORD size = 0;

    if (!DO(IMFASFContentInfo_GenerateHeader(info, NULL, &size))) return;
    MFCreateMemoryBuffer(size, &header);
    DO(IMFASFContentInfo_GenerateHeader(info, header, &size));
    drop(&header);
}

void asf_scenario(void)
{
    IMFASFMultiplexer *multiplexer = NULL;
    IMFASFIndexer *indexer = NULL;
    IMFASFContentInfo *info;

    lost = 0;
    if (!(info = content())) return;
    if (DO(MFCreateASFMultiplexer(&multiplexer))) multiplex(multiplexer, info);
    drop(&multiplexer);
    if (DO(MFCreateASFIndexer(&indexer))) DO(IMFASFIndexer_Initialize(indexer, info));
    drop(&indexer);
    write_header(info);
    drop(&info);
}

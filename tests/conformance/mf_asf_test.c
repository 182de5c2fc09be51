/* What the tests of mf.dll's ASF objects share. See mf_asf_test.h. */
#include "mf_asf_test.h"

#include <mmreg.h>
#include <stdlib.h>

IMFMediaType *asf_audio_type(void)
{
    static const BYTE extra[10] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    BYTE bytes[sizeof(WAVEFORMATEX) + sizeof(extra)] = {0};
    WAVEFORMATEX *format = (WAVEFORMATEX *)bytes;
    IMFMediaType *type = NULL;

    format->wFormatTag = 0x161;
    format->nChannels = 2;
    format->nSamplesPerSec = 44100;
    format->nAvgBytesPerSec = 8000;
    format->nBlockAlign = 1000;
    format->wBitsPerSample = 16;
    format->cbSize = sizeof(extra);
    memcpy(bytes + sizeof(*format), extra, sizeof(extra));
    MFCreateMediaType(&type);
    MFInitMediaTypeFromWaveFormatEx(type, format, sizeof(bytes));
    return type;
}

IMFMediaType *asf_video_type(void)
{
    static const BYTE extra[4] = {9, 8, 7, 6};
    GUID subtype = MFVideoFormat_Base;
    IMFMediaType *type = NULL;

    subtype.Data1 = MAKEFOURCC('W', 'M', 'V', '3');
    MFCreateMediaType(&type);
    IMFMediaType_SetGUID(type, &MF_MT_MAJOR_TYPE, &MFMediaType_Video);
    IMFMediaType_SetGUID(type, &MF_MT_SUBTYPE, &subtype);
    IMFMediaType_SetUINT64(type, &MF_MT_FRAME_SIZE, (UINT64)320 << 32 | 240);
    IMFMediaType_SetUINT64(type, &MF_MT_FRAME_RATE, (UINT64)10 << 32 | 1);
    IMFMediaType_SetUINT32(type, &MF_MT_AVG_BITRATE, 90000);
    IMFMediaType_SetBlob(type, &MF_MT_USER_DATA, extra, sizeof(extra));
    return type;
}

IMFASFStreamConfig *asf_new_stream(IMFASFProfile *profile, IMFMediaType *type, WORD number)
{
    static const DWORD bucket[3] = {100000, 3000, 0};
    IMFASFStreamConfig *stream = NULL;

    if (FAILED(IMFASFProfile_CreateStream(profile, type, &stream))) return NULL;
    IMFASFStreamConfig_SetStreamNumber(stream, number);
    IMFASFStreamConfig_SetBlob(stream, &MF_ASFSTREAMCONFIG_LEAKYBUCKET1, (const UINT8 *)bucket, sizeof(bucket));
    return stream;
}

static void add_stream(IMFASFProfile *profile, IMFMediaType *type, WORD number)
{
    IMFASFStreamConfig *stream = asf_new_stream(profile, type, number);

    if (stream)
    {
        IMFASFProfile_SetStream(profile, stream);
        IMFASFStreamConfig_Release(stream);
    }
    IMFMediaType_Release(type);
}

IMFASFProfile *asf_new_profile(int video)
{
    IMFASFProfile *profile = NULL;

    if (FAILED(pMFCreateASFProfile(&profile)) || !profile) return NULL;
    IMFASFProfile_SetUINT32(profile, &MF_ASFPROFILE_MAXPACKETSIZE, ASF_PACKET);
    add_stream(profile, asf_audio_type(), ASF_AUDIO);
    if (video) add_stream(profile, asf_video_type(), ASF_VIDEO);
    return profile;
}

IMFASFContentInfo *asf_new_content(int video)
{
    IMFASFProfile *profile = asf_new_profile(video);
    IMFASFContentInfo *info = NULL;

    if (!profile) return NULL;
    if (SUCCEEDED(pMFCreateASFContentInfo(&info)) && FAILED(IMFASFContentInfo_SetProfile(info, profile))) drop(&info);
    IMFASFProfile_Release(profile);
    return info;
}

BYTE asf_byte(WORD stream, UINT32 sample, UINT32 at)
{
    return (BYTE)(stream * 61 + sample * 7 + at);
}

IMFMediaBuffer *asf_buffer(const void *data, DWORD size)
{
    IMFMediaBuffer *buffer = NULL;
    BYTE *bytes;

    if (FAILED(MFCreateMemoryBuffer(size, &buffer))) return NULL;
    if (SUCCEEDED(IMFMediaBuffer_Lock(buffer, &bytes, NULL, NULL)))
    {
        if (data) memcpy(bytes, data, size);
        IMFMediaBuffer_Unlock(buffer);
    }
    IMFMediaBuffer_SetCurrentLength(buffer, data ? size : 0);
    return buffer;
}

IMFSample *asf_sample(WORD stream, UINT32 number)
{
    UINT32 size = stream == ASF_AUDIO ? ASF_AUDIO_BYTES : ASF_VIDEO_BYTES;
    BYTE bytes[ASF_VIDEO_BYTES];
    IMFMediaBuffer *buffer;
    IMFSample *sample = NULL;

    for (UINT32 i = 0; i < size; i++)
        bytes[i] = asf_byte(stream, number, i);
    MFCreateSample(&sample);
    if ((buffer = asf_buffer(bytes, size)))
    {
        IMFSample_AddBuffer(sample, buffer);
        IMFMediaBuffer_Release(buffer);
    }
    IMFSample_SetSampleTime(sample, (LONGLONG)number * ASF_SAMPLE_MS * ASF_MS);
    IMFSample_SetSampleDuration(sample, (LONGLONG)ASF_SAMPLE_MS * ASF_MS);
    if (stream == ASF_VIDEO && !(number % 10)) IMFSample_SetUINT32(sample, &MFSampleExtension_CleanPoint, 1);
    return sample;
}

/* ---- A file ------------------------------------------------------------------------------------------------------ */

static int append(struct asf_made *made, IMFMediaBuffer *buffer, DWORD at)
{
    DWORD length;
    BYTE *bytes;

    if (FAILED(IMFMediaBuffer_Lock(buffer, &bytes, NULL, &length))) return 0;
    if (at + length <= ASF_FILE_ROOM) memcpy(made->data + at, bytes, length);
    if (at + length > made->size) made->size = at + length;
    IMFMediaBuffer_Unlock(buffer);
    return made->size <= ASF_FILE_ROOM;
}

static int write_header(struct asf_made *made, IMFASFContentInfo *info)
{
    IMFMediaBuffer *buffer;
    DWORD size = 0;
    int done;

    if (FAILED(IMFASFContentInfo_GenerateHeader(info, NULL, &size))) return 0;
    buffer = asf_buffer(NULL, size);
    done = SUCCEEDED(IMFASFContentInfo_GenerateHeader(info, buffer, &size)) && append(made, buffer, 0);
    IMFMediaBuffer_Release(buffer);
    made->header = size;
    return done;
}

static int write_packets(struct asf_made *made, IMFASFMultiplexer *mux, IMFASFIndexer *indexer)
{
    DWORD status = ASF_STATUSFLAGS_INCOMPLETE;
    IMFMediaBuffer *buffer;
    IMFSample *packet;
    int done = 1;

    while (done && status & ASF_STATUSFLAGS_INCOMPLETE)
    {
        if (FAILED(IMFASFMultiplexer_GetNextPacket(mux, &status, &packet))) return 0;
        if (!packet) break;
        done = (!indexer || SUCCEEDED(IMFASFIndexer_GenerateIndexEntries(indexer, packet))) &&
               SUCCEEDED(IMFSample_ConvertToContiguousBuffer(packet, &buffer));
        if (done)
        {
            done = append(made, buffer, made->size);
            IMFMediaBuffer_Release(buffer);
        }
        IMFSample_Release(packet);
        made->packets++;
    }
    return done;
}

static int write_samples(struct asf_made *made, IMFASFMultiplexer *mux, IMFASFIndexer *indexer, int video)
{
    const WORD last = video ? ASF_VIDEO : ASF_AUDIO;

    for (UINT32 i = 0; i < ASF_SAMPLES; i++)
        for (WORD stream = ASF_AUDIO; stream <= last; stream++)
        {
            IMFSample *sample = asf_sample(stream, i);
            HRESULT result = IMFASFMultiplexer_ProcessSample(mux, stream, sample, 0);

            IMFSample_Release(sample);
            if (FAILED(result) || !write_packets(made, mux, indexer)) return 0;
        }
    return SUCCEEDED(IMFASFMultiplexer_Flush(mux)) && write_packets(made, mux, indexer);
}

/* In pieces that are smaller than the index. */
static int write_index(struct asf_made *made, IMFASFIndexer *indexer, IMFASFContentInfo *info)
{
    IMFMediaBuffer *buffer;
    QWORD size;
    DWORD length;
    int done = 1;

    if (FAILED(IMFASFIndexer_CommitIndex(indexer, info)) || FAILED(IMFASFIndexer_GetIndexWriteSpace(indexer, &size)))
        return 0;
    for (QWORD at = 0; done && at < size; at += length)
    {
        buffer = asf_buffer(NULL, 50);
        done = SUCCEEDED(IMFASFIndexer_GetCompletedIndex(indexer, buffer, at)) &&
               SUCCEEDED(IMFMediaBuffer_GetCurrentLength(buffer, &length)) && length &&
               append(made, buffer, made->size);
        IMFMediaBuffer_Release(buffer);
    }
    return done;
}

static int make_file(struct asf_made *made, IMFASFContentInfo *info, IMFASFMultiplexer *mux, IMFASFIndexer *indexer,
                     int video)
{
    DWORD header;

    if (FAILED(IMFASFMultiplexer_Initialize(mux, info)) || !write_header(made, info)) return 0;
    header = made->header;
    if (!write_samples(made, mux, indexer, video) || FAILED(IMFASFMultiplexer_End(mux, info))) return 0;
    if (indexer && !write_index(made, indexer, info)) return 0;
    return write_header(made, info) && made->header == header;
}

static IMFASFIndexer *new_writer(IMFASFContentInfo *info)
{
    IMFASFIndexer *indexer = NULL;

    if (SUCCEEDED(pMFCreateASFIndexer(&indexer)) &&
        (FAILED(IMFASFIndexer_SetFlags(indexer, MFASF_INDEXER_WRITE_NEW_INDEX)) ||
         FAILED(IMFASFIndexer_Initialize(indexer, info))))
        drop(&indexer);
    return indexer;
}

int asf_make_file(int video, int with_index, struct asf_made *made)
{
    IMFASFContentInfo *info = asf_new_content(video);
    IMFASFMultiplexer *mux = NULL;
    IMFASFIndexer *indexer = NULL;
    int done = 0;

    memset(made, 0, sizeof(*made));
    if (!(made->data = calloc(1, ASF_FILE_ROOM))) return 0;
    if (info && with_index) indexer = new_writer(info);
    if (info && !with_index == !indexer && SUCCEEDED(pMFCreateASFMultiplexer(&mux)))
        done = make_file(made, info, mux, indexer, video);
    drop(&mux);
    drop(&indexer);
    drop(&info);
    return done;
}

IMFASFContentInfo *asf_parse(const struct asf_made *made)
{
    IMFMediaBuffer *buffer = asf_buffer(made->data, made->header);
    IMFASFContentInfo *info = NULL;

    if (SUCCEEDED(pMFCreateASFContentInfo(&info)) && IMFASFContentInfo_ParseHeader(info, buffer, 0) != S_OK)
        drop(&info);
    IMFMediaBuffer_Release(buffer);
    return info;
}

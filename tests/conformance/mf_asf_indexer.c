/* The ASF indexer and the byte stream of an index: making an index, and seeking by it. */
#include "mf_asf_test.h"

#include <stdlib.h>

static const PROPVARIANT *at_ms(LONGLONG ms)
{
    static PROPVARIANT value;

    value.vt = VT_I8;
    value.hVal.QuadPart = ms * ASF_MS;
    return &value;
}

/* A byte stream of a made file. */
static IMFByteStream *new_content_stream(const struct asf_made *made)
{
    IMFByteStream *stream = NULL;
    ULONG written;

    if (FAILED(MFCreateTempFile(MF_ACCESSMODE_READWRITE, MF_OPENMODE_DELETE_IF_EXIST, MF_FILEFLAGS_NONE, &stream)))
        return NULL;
    IMFByteStream_Write(stream, made->data, made->size, &written);
    return stream;
}

static IMFASFIndexer *new_indexer(IMFASFContentInfo *info, DWORD flags)
{
    IMFASFIndexer *indexer = NULL;

    if (SUCCEEDED(pMFCreateASFIndexer(&indexer)) &&
        (FAILED(IMFASFIndexer_SetFlags(indexer, flags)) || FAILED(IMFASFIndexer_Initialize(indexer, info))))
        drop(&indexer);
    return indexer;
}

/* Whether reading from an offset on gives a key frame that is not later than a time, ms, and no more than so much
 * earlier: the first payload of a sample that begins in the packet at the offset. */
static int leads_to(const struct asf_made *made, IMFASFContentInfo *info, QWORD offset, LONGLONG time, LONGLONG earlier)
{
    IMFMediaBuffer *buffer = asf_buffer(made->data + made->header + offset, made->packets * ASF_PACKET - (DWORD)offset);
    WORD video = ASF_VIDEO, stream;
    IMFASFSplitter *splitter = NULL;
    IMFSample *sample = NULL;
    LONGLONG got = -1;
    UINT32 key = 0;
    DWORD status;

    if (SUCCEEDED(pMFCreateASFSplitter(&splitter)) && SUCCEEDED(IMFASFSplitter_Initialize(splitter, info)) &&
        SUCCEEDED(IMFASFSplitter_SelectStreams(splitter, &video, 1)) &&
        SUCCEEDED(IMFASFSplitter_ParseData(splitter, buffer, 0, 0)))
        while (!key && SUCCEEDED(IMFASFSplitter_GetNextSample(splitter, &status, &stream, &sample)) && sample)
        {
            IMFSample_GetUINT32(sample, &MFSampleExtension_CleanPoint, &key);
            IMFSample_GetSampleTime(sample, &got);
            IMFSample_Release(sample);
        }
    drop(&splitter);
    IMFMediaBuffer_Release(buffer);
    note("at %ld ms, wanted %ld", (long)(got / ASF_MS), (long)time);
    return key && got <= time * ASF_MS && got >= (time - earlier) * ASF_MS;
}

static void seek(IMFASFIndexer *indexer, IMFASFContentInfo *info, const struct asf_made *made)
{
    ASF_INDEX_IDENTIFIER video = {GUID_NULL, ASF_VIDEO}, none = {GUID_NULL, 77};
    DWORD size = sizeof(ASF_INDEX_DESCRIPTOR), payload = 9;
    ASF_INDEX_DESCRIPTOR descriptor = {0};
    QWORD offset = 1;
    MFTIME time = -1;
    BOOL indexed = FALSE;

    CHECK(IMFASFIndexer_GetIndexStatus, S_OK, "Retrieves the index settings for a specified stream and index type.",
          OK(IMFASFIndexer_GetIndexStatus(indexer, &video, &indexed, (BYTE *)&descriptor, &size)) && indexed &&
              descriptor.dwInterval == 1000);
    size = 1;
    CHECK(IMFASFIndexer_GetIndexStatus, MF_E_BUFFERTOOSMALL,
          "The required buffer size is returned in the pcbIndexDescriptor parameter.",
          GIVES(MF_E_BUFFERTOOSMALL, IMFASFIndexer_GetIndexStatus(indexer, &video, &indexed, NULL, &size)) &&
              size == sizeof(ASF_INDEX_DESCRIPTOR));
    CHECK(IMFASFIndexer_GetIndexStatus, none,
          "If there is no index for the specified stream, the method returns FALSE in the pfIsIndexed parameter.",
          OK(IMFASFIndexer_GetIndexStatus(indexer, &none, &indexed, NULL, &size)) && !indexed);
    for (LONGLONG ms = 0; ms < ASF_SAMPLES * ASF_SAMPLE_MS; ms += 130)
        CHECK(IMFASFIndexer_GetSeekPositionForValue, S_OK,
              "The offset gives the starting location from which the client should begin reading from the stream.",
              OK(IMFASFIndexer_GetSeekPositionForValue(indexer, at_ms(ms), &video, &offset, &time, &payload)) &&
                  !(offset % ASF_PACKET) && time <= ms * ASF_MS && leads_to(made, info, offset, ms, 2000));
    CHECK(IMFASFIndexer_GetSeekPositionForValue, MF_E_ASF_OUTOFRANGE, "The requested seek time is out of range.",
          GIVES(MF_E_ASF_OUTOFRANGE,
                IMFASFIndexer_GetSeekPositionForValue(indexer, at_ms(60000), &video, &offset, NULL, NULL)) &&
              GIVES(MF_E_ASF_OUTOFRANGE,
                    IMFASFIndexer_GetSeekPositionForValue(indexer, at_ms(-1), &video, &offset, NULL, NULL)));
    CHECK(IMFASFIndexer_GetSeekPositionForValue, MF_E_NO_INDEX,
          "No index exists of the specified type for the specified stream.",
          GIVES(MF_E_NO_INDEX, IMFASFIndexer_GetSeekPositionForValue(indexer, at_ms(0), &none, &offset, NULL, NULL)));
}

static void reading(void)
{
    IMFASFContentInfo *info = NULL;
    IMFByteStream *content = NULL, *stream = NULL;
    ASF_INDEX_IDENTIFIER video = {GUID_NULL, ASF_VIDEO};
    IMFASFIndexer *indexer = NULL;
    IMFSample *sample = asf_sample(ASF_AUDIO, 0);
    IMFMediaBuffer *buffer = asf_buffer(NULL, 10);
    ASF_INDEX_DESCRIPTOR descriptor = {.Identifier = video, .dwInterval = 1};
    struct asf_made made;
    QWORD offset = 0, size;
    DWORD count = 9;

    CHECK(IMFASFIndexer_CommitIndex, file, "then call the GenerateHeader method of the ASF ContentInfo object.",
          asf_make_file(1, 1, &made) && (info = asf_parse(&made)) && (content = new_content_stream(&made)));
    if (!content) return;
    indexer = new_indexer(info, 0);
    CHECK(IMFASFIndexer_Initialize, S_OK, "Initializes the indexer object.", indexer != NULL);
    if (!indexer) return;
    CHECK(IMFASFIndexer_SetFlags, MF_E_INVALIDREQUEST,
          "Attempting to call SetFlags after Initialize will return MF_E_INVALIDREQUEST as a result.",
          GIVES(MF_E_INVALIDREQUEST, IMFASFIndexer_SetFlags(indexer, MFASF_INDEXER_WRITE_NEW_INDEX)));
    CHECK(IMFASFIndexer_GetIndexPosition, S_OK, "The index continues from the offset retrieved to the end of the file.",
          OK(IMFASFIndexer_GetIndexPosition(indexer, info, &offset)) &&
              offset == made.header + made.packets * ASF_PACKET);
    CHECK(IMFASFIndexer_GetIndexPosition, E_INVALIDARG, "pIContentInfo is NULL or pcbIndexOffset is NULL",
          GIVES(E_INVALIDARG, IMFASFIndexer_GetIndexPosition(indexer, NULL, &offset)) &&
              GIVES(E_INVALIDARG, IMFASFIndexer_GetIndexPosition(indexer, info, NULL)));
    CHECK(IMFASFIndexer_GetSeekPositionForValue, MF_E_ASF_INDEXNOTLOADED,
          "To read an existing ASF index, call SetIndexByteStreams before calling this method.",
          GIVES(MF_E_ASF_INDEXNOTLOADED,
                IMFASFIndexer_GetSeekPositionForValue(indexer, at_ms(0), &video, &size, NULL, NULL)));
    CHECK(MFCreateASFIndexerByteStream, MF_E_UNEXPECTED, "The offset specified in cbIndexStartOffset is invalid.",
          GIVES(MF_E_UNEXPECTED, pMFCreateASFIndexerByteStream(content, made.size + 1, &stream)) && !stream);
    CHECK(MFCreateASFIndexerByteStream, E_INVALIDARG, "Pointer to the IMFByteStream interface",
          GIVES(E_INVALIDARG, pMFCreateASFIndexerByteStream(NULL, 0, &stream)));
    CHECK(MFCreateASFIndexerByteStream, S_OK, "Creates a byte stream to access the index in an ASF stream.",
          OK(pMFCreateASFIndexerByteStream(content, offset, &stream)) && OK(IMFByteStream_GetLength(stream, &size)) &&
              size == made.size - offset);
    if (!stream) return;
    CHECK(IMFASFIndexer_GetIndexByteStreamCount, E_INVALIDARG, "pcByteStreams is NULL.",
          GIVES(E_INVALIDARG, IMFASFIndexer_GetIndexByteStreamCount(indexer, NULL)));
    CHECK(IMFASFIndexer_SetIndexByteStreams, S_OK,
          "For a reading scenario, only one byte stream should be used by the indexer object.",
          OK(IMFASFIndexer_SetIndexByteStreams(indexer, &stream, 1)) &&
              OK(IMFASFIndexer_GetIndexByteStreamCount(indexer, &count)) && count == 1);
    CHECK(IMFASFIndexer_SetIndexByteStreams, MF_E_ALREADY_INITIALIZED,
          "The indexer object has already been initialized and it has packets which have been indexed.",
          GIVES(MF_E_ALREADY_INITIALIZED, IMFASFIndexer_SetIndexByteStreams(indexer, &stream, 1)));
    seek(indexer, info, &made);
    CHECK(IMFASFIndexer_SetFlags, MFASF_INDEXER_READ_FOR_REVERSEPLAYBACK,
          "For reverse playback, if no key frame exists after the desired seek position, this parameter receives the "
          "value "
          "MFASFINDEXER_READ_FOR_REVERSEPLAYBACK_OUTOFDATASEGMENT.",
          OK(IMFASFIndexer_SetFlags(indexer, MFASF_INDEXER_READ_FOR_REVERSEPLAYBACK)) &&
              OK(IMFASFIndexer_GetSeekPositionForValue(indexer, at_ms(3500), &video, &offset, NULL, NULL)) &&
              offset == (QWORD)MFASFINDEXER_READ_FOR_REVERSEPLAYBACK_OUTOFDATASEGMENT &&
              OK(IMFASFIndexer_GetSeekPositionForValue(indexer, at_ms(100), &video, &offset, NULL, NULL)) && offset &&
              offset < made.packets * ASF_PACKET);
    CHECK(IMFASFIndexer_CommitIndex, MF_E_INVALIDREQUEST, "You cannot use this method in an index reading scenario.",
          GIVES(MF_E_INVALIDREQUEST, IMFASFIndexer_CommitIndex(indexer, info)));
    CHECK(IMFASFIndexer_GenerateIndexEntries, reading, "You cannot use this method while reading an index",
          GIVES(MF_E_INVALIDREQUEST, IMFASFIndexer_GenerateIndexEntries(indexer, sample)));
    CHECK(IMFASFIndexer_SetIndexStatus, MF_E_INVALIDREQUEST,
          "At attempt was made to change the index status in a seek-only scenario.",
          GIVES(MF_E_INVALIDREQUEST,
                IMFASFIndexer_SetIndexStatus(indexer, (BYTE *)&descriptor, sizeof(descriptor), TRUE)));
    CHECK(IMFASFIndexer_GetCompletedIndex, reading, "You can only use this method when writing indexes.",
          GIVES(MF_E_INVALIDREQUEST, IMFASFIndexer_GetCompletedIndex(indexer, buffer, 0)));
    drop(&indexer);
    CHECK(MFCreateASFIndexerByteStream, reference, "The caller must release the interface.", gone(&stream));
    drop(&content);
    drop(&info);
    drop(&buffer);
    drop(&sample);
    free(made.data);
}

static void writing(void)
{
    IMFASFContentInfo *info = asf_new_content(1);
    IMFMediaBuffer *buffer = asf_buffer(NULL, 10);
    IMFASFIndexer *indexer = NULL;
    IMFSample *sample = NULL;
    QWORD size;

    if (!info) return;
    CHECK(MFCreateASFIndexer, S_OK, "Creates the ASF Indexer object.", OK(pMFCreateASFIndexer(&indexer)));
    CHECK(MFCreateASFIndexer, E_INVALIDARG, "Receives a pointer to the IMFASFIndexer interface.",
          GIVES(E_INVALIDARG, pMFCreateASFIndexer(NULL)));
    if (!indexer) return;
    MFCreateSample(&sample);
    IMFSample_AddBuffer(sample, buffer);
    CHECK(IMFASFIndexer_GenerateIndexEntries, E_INVALIDARG, "The argument passed in is NULL.",
          GIVES(E_INVALIDARG, IMFASFIndexer_GenerateIndexEntries(indexer, NULL)));
    CHECK(IMFASFIndexer_GenerateIndexEntries, MF_E_NOT_INITIALIZED, "The indexer is not initialized.",
          GIVES(MF_E_NOT_INITIALIZED, IMFASFIndexer_GenerateIndexEntries(indexer, sample)));
    CHECK(IMFASFIndexer_SetFlags, S_OK, "Sets indexer options.",
          OK(IMFASFIndexer_SetFlags(indexer, MFASF_INDEXER_WRITE_NEW_INDEX)) &&
              OK(IMFASFIndexer_Initialize(indexer, info)));
    CHECK(IMFASFIndexer_GetIndexWriteSpace, MF_E_INDEX_NOT_COMMITTED, "The index has not been committed.",
          GIVES(MF_E_INDEX_NOT_COMMITTED, IMFASFIndexer_GetIndexWriteSpace(indexer, &size)));
    CHECK(IMFASFIndexer_GetCompletedIndex, MF_E_INDEX_NOT_COMMITTED,
          "The index was not committed before attempting to get the completed index.",
          GIVES(MF_E_INDEX_NOT_COMMITTED, IMFASFIndexer_GetCompletedIndex(indexer, buffer, 0)));
    CHECK(IMFASFIndexer_CommitIndex, S_OK, "Adds information about a new index to the ContentInfo object",
          OK(IMFASFIndexer_CommitIndex(indexer, info)));
    CHECK(IMFASFIndexer_CommitIndex, again,
          "if the index entries have already been committed through an earlier CommitIndex call.",
          GIVES(MF_E_INVALIDREQUEST, IMFASFIndexer_CommitIndex(indexer, info)));
    CHECK(IMFASFIndexer_GetIndexWriteSpace, S_OK, "Receives the size of the index, in bytes",
          OK(IMFASFIndexer_GetIndexWriteSpace(indexer, &size)) && size >= 56);
    CHECK(IMFASFIndexer_GetCompletedIndex, S_OK, "This method uses as much of the buffer as possible",
          OK(IMFASFIndexer_GetCompletedIndex(indexer, buffer, 0)));
    CHECK(MFCreateASFIndexer, reference, "The caller must release the interface.", gone(&indexer));
    drop(&sample);
    drop(&buffer);
    drop(&info);
}

static void no_index(void)
{
    IMFByteStream *content, *stream = NULL;
    IMFASFIndexer *indexer = NULL;
    IMFASFContentInfo *info;
    struct asf_made made;

    if (!asf_make_file(1, 0, &made)) return;
    content = new_content_stream(&made);
    info = asf_parse(&made);
    indexer = new_indexer(info, 0);
    CHECK(IMFASFIndexer_SetIndexByteStreams, MF_E_ASF_NOINDEX, "index object does not exist",
          content && OK(pMFCreateASFIndexerByteStream(content, made.size, &stream)) &&
              GIVES(MF_E_ASF_NOINDEX, IMFASFIndexer_SetIndexByteStreams(indexer, &stream, 1)));
    drop(&stream);
    drop(&indexer);
    drop(&info);
    made.data[30 + 24 + 68 + 1] = ASF_PACKET / 256 - 1; /* the least packet size */
    info = asf_parse(&made);
    CHECK(IMFASFIndexer_Initialize, MF_E_UNEXPECTED,
          "In the ASF header, the maximum data-packet size must equal the minimum data-packet size. Otherwise, the "
          "method "
          "returns MF_E_UNEXPECTED.",
          OK(pMFCreateASFIndexer(&indexer)) && GIVES(MF_E_UNEXPECTED, IMFASFIndexer_Initialize(indexer, info)));
    drop(&indexer);
    drop(&info);
    drop(&content);
    free(made.data);
}

static const struct test_case cases[] = {
    {"reading", reading},
    {"writing", writing},
    {"no_index", no_index},
    {NULL, NULL},
};
const struct group asf_indexer_group = {"asf_indexer", __FILE__, cases};

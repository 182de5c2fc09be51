/*
 * Takes ASF files of other programs apart with mf.dll's splitter and indexer, and makes new ones of what was in them
 * with its multiplexer.
 *
 *   mf_asf split FILE OUT PIECE         the samples' bytes of stream N to OUT.N, the file read in pieces of so many
 * bytes; says what was found mf_asf remux FILE OUT               the same streams' samples in a file of the
 * multiplexer's and the indexer's mf_asf seek FILE STREAM TIME        the first key frame from where the file's own
 * index leads to; TIME in ms
 *
 * Paths are as Windows has them.
 */
#define COBJMACROS
#include <mf_more.h>
#include <wmcontainer.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define STREAMS 128u
#define MS      10000 /* 100 ns */

static void must(HRESULT hr, const char *what)
{
    if (SUCCEEDED(hr)) return;
    printf("%s: %#lx\n", what, hr);
    exit(1);
}

/* ---- A file that is read ----------------------------------------------------------------------------------------- */

struct input
{
    IMFByteStream *stream;
    IMFASFContentInfo *info;
    UINT64 data, data_size; /* the packets, in the file */
};

/* What of the file there is from a place on, at most so much. */
static IMFMediaBuffer *read_at(IMFByteStream *stream, QWORD place, DWORD size)
{
    IMFMediaBuffer *buffer;
    ULONG got = 0;
    BYTE *bytes;

    must(MFCreateMemoryBuffer(size, &buffer), "MFCreateMemoryBuffer");
    must(IMFMediaBuffer_Lock(buffer, &bytes, NULL, NULL), "Lock");
    must(IMFByteStream_SetCurrentPosition(stream, place), "SetCurrentPosition");
    must(IMFByteStream_Read(stream, bytes, size, &got), "Read");
    IMFMediaBuffer_Unlock(buffer);
    must(IMFMediaBuffer_SetCurrentLength(buffer, got), "SetCurrentLength");
    return buffer;
}

static void parse_header(struct input *input)
{
    IMFMediaBuffer *buffer = read_at(input->stream, 0, 30);
    QWORD size = 0;

    must(MFCreateASFContentInfo(&input->info), "MFCreateASFContentInfo");
    must(IMFASFContentInfo_GetHeaderSize(input->info, buffer, &size), "GetHeaderSize");
    IMFMediaBuffer_Release(buffer);
    buffer = read_at(input->stream, 0, (DWORD)size);
    must(IMFASFContentInfo_ParseHeader(input->info, buffer, 0), "ParseHeader");
    IMFMediaBuffer_Release(buffer);
}

static struct input open_input(const WCHAR *path)
{
    struct input input = {0};
    IMFPresentationDescriptor *presentation;
    UINT64 duration = 0;

    must(MFCreateFile(MF_ACCESSMODE_READ, MF_OPENMODE_FAIL_IF_NOT_EXIST, MF_FILEFLAGS_NONE, path, &input.stream),
         "the file");
    parse_header(&input);
    must(IMFASFContentInfo_GeneratePresentationDescriptor(input.info, &presentation), "GeneratePresentationDescriptor");
    must(IMFPresentationDescriptor_GetUINT64(presentation, &MF_PD_ASF_DATA_START_OFFSET, &input.data),
         "where the data are");
    must(IMFPresentationDescriptor_GetUINT64(presentation, &MF_PD_ASF_DATA_LENGTH, &input.data_size),
         "how many data there are");
    IMFPresentationDescriptor_GetUINT64(presentation, &MF_PD_DURATION, &duration);
    printf("duration %lld\n", (long long)duration);
    IMFPresentationDescriptor_Release(presentation);
    return input;
}

static void close_input(struct input *input)
{
    IMFASFContentInfo_Release(input->info);
    IMFByteStream_Release(input->stream);
}

/* ---- Its samples ------------------------------------------------------------------------------------------------- */

/* Is given each sample; whether there are to be more. */
typedef int (*on_sample)(void *context, WORD stream, IMFSample *sample);

static IMFASFSplitter *new_splitter(IMFASFContentInfo *info)
{
    IMFASFProfile *profile;
    IMFASFSplitter *splitter;
    WORD numbers[STREAMS];
    DWORD count = 0;

    must(IMFASFContentInfo_GetProfile(info, &profile), "GetProfile");
    must(IMFASFProfile_GetStreamCount(profile, &count), "GetStreamCount");
    for (DWORD i = 0; i < count && i < STREAMS; i++)
    {
        IMFASFStreamConfig *stream;

        must(IMFASFProfile_GetStream(profile, i, &numbers[i], &stream), "GetStream");
        IMFASFStreamConfig_Release(stream);
    }
    IMFASFProfile_Release(profile);
    must(MFCreateASFSplitter(&splitter), "MFCreateASFSplitter");
    must(IMFASFSplitter_Initialize(splitter, info), "Initialize of the splitter");
    must(IMFASFSplitter_SelectStreams(splitter, numbers, (WORD)count), "SelectStreams");
    return splitter;
}

static int take_samples(IMFASFSplitter *splitter, on_sample take, void *context)
{
    DWORD status = ASF_STATUSFLAGS_INCOMPLETE;
    IMFSample *sample;
    WORD stream;
    int more = 1;

    while (more && status & ASF_STATUSFLAGS_INCOMPLETE)
    {
        must(IMFASFSplitter_GetNextSample(splitter, &status, &stream, &sample), "GetNextSample");
        if (!sample) continue;
        more = take(context, stream, sample);
        IMFSample_Release(sample);
    }
    return more;
}

/* From an offset in the data object on. */
static void each_sample(const struct input *input, UINT64 offset, DWORD piece, on_sample take, void *context)
{
    IMFASFSplitter *splitter = new_splitter(input->info);
    int more = 1;

    for (; more && offset < input->data_size; offset += piece)
    {
        DWORD size = input->data_size - offset < piece ? (DWORD)(input->data_size - offset) : piece;
        IMFMediaBuffer *buffer = read_at(input->stream, input->data + offset, size);

        must(IMFASFSplitter_ParseData(splitter, buffer, 0, 0), "ParseData");
        IMFMediaBuffer_Release(buffer);
        more = take_samples(splitter, take, context);
    }
    if (more) must(IMFASFSplitter_Flush(splitter), "Flush of the splitter");
    IMFASFSplitter_Release(splitter);
}

/* ---- split ------------------------------------------------------------------------------------------------------- */

struct split
{
    const WCHAR *out;
    struct split_stream
    {
        FILE *file;
        unsigned samples, keys, backwards;
        LONGLONG first, last;
        unsigned long long bytes;
    } streams[STREAMS];
};

static void open_stream_file(struct split *split, WORD number)
{
    WCHAR path[MAX_PATH];

    swprintf(path, MAX_PATH, L"%ls.%u", split->out, number);
    split->streams[number].file = _wfopen(path, L"wb");
    must(split->streams[number].file ? S_OK : E_ACCESSDENIED, "the output file");
}

static int write_sample(void *context, WORD number, IMFSample *sample)
{
    struct split *split = context;
    struct split_stream *stream = &split->streams[number];
    IMFMediaBuffer *buffer;
    LONGLONG time = 0;
    UINT32 key = 0;
    DWORD size;
    BYTE *bytes;

    if (!stream->file) open_stream_file(split, number);
    must(IMFSample_GetSampleTime(sample, &time), "GetSampleTime");
    IMFSample_GetUINT32(sample, &MFSampleExtension_CleanPoint, &key);
    must(IMFSample_ConvertToContiguousBuffer(sample, &buffer), "ConvertToContiguousBuffer");
    must(IMFMediaBuffer_Lock(buffer, &bytes, NULL, &size), "Lock");
    fwrite(bytes, 1, size, stream->file);
    IMFMediaBuffer_Unlock(buffer);
    IMFMediaBuffer_Release(buffer);
    if (!stream->samples++)
        stream->first = time;
    else if (time < stream->last)
        stream->backwards++;
    stream->last = time;
    stream->keys += key;
    stream->bytes += size;
    return 1;
}

static void split_file(const WCHAR *path, const WCHAR *out, DWORD piece)
{
    struct input input = open_input(path);
    struct split split = {.out = out};

    each_sample(&input, 0, piece, write_sample, &split);
    for (WORD i = 0; i < STREAMS; i++)
    {
        const struct split_stream *stream = &split.streams[i];

        if (!stream->file) continue;
        fclose(stream->file);
        printf("stream %u: samples %u, keys %u, backwards %u, first %lld, last %lld, bytes %llu\n", i, stream->samples,
               stream->keys, stream->backwards, (long long)stream->first, (long long)stream->last, stream->bytes);
    }
    close_input(&input);
}

/* ---- remux ------------------------------------------------------------------------------------------------------- */

struct output
{
    IMFByteStream *stream;
    IMFASFContentInfo *info;
    IMFASFMultiplexer *mux;
    IMFASFIndexer *indexer;
};

static void write_buffer(struct output *output, IMFMediaBuffer *buffer)
{
    ULONG written = 0;
    DWORD size;
    BYTE *bytes;

    must(IMFMediaBuffer_Lock(buffer, &bytes, NULL, &size), "Lock");
    must(IMFByteStream_Write(output->stream, bytes, size, &written), "Write");
    must(written == size ? S_OK : E_FAIL, "a whole write");
    IMFMediaBuffer_Unlock(buffer);
}

/* At the file's begin; the position is behind it. */
static void write_header(struct output *output)
{
    IMFMediaBuffer *buffer;
    DWORD size = 0;

    must(IMFASFContentInfo_GenerateHeader(output->info, NULL, &size), "the header's size");
    must(MFCreateMemoryBuffer(size, &buffer), "MFCreateMemoryBuffer");
    must(IMFASFContentInfo_GenerateHeader(output->info, buffer, &size), "GenerateHeader");
    must(IMFByteStream_SetCurrentPosition(output->stream, 0), "SetCurrentPosition");
    write_buffer(output, buffer);
    IMFMediaBuffer_Release(buffer);
}

static void write_packets(struct output *output)
{
    DWORD status = ASF_STATUSFLAGS_INCOMPLETE;
    IMFMediaBuffer *buffer;
    IMFSample *packet;

    while (status & ASF_STATUSFLAGS_INCOMPLETE)
    {
        must(IMFASFMultiplexer_GetNextPacket(output->mux, &status, &packet), "GetNextPacket");
        if (!packet) break;
        must(IMFASFIndexer_GenerateIndexEntries(output->indexer, packet), "GenerateIndexEntries");
        must(IMFSample_ConvertToContiguousBuffer(packet, &buffer), "ConvertToContiguousBuffer");
        write_buffer(output, buffer);
        IMFMediaBuffer_Release(buffer);
        IMFSample_Release(packet);
    }
}

static int multiplex(void *context, WORD stream, IMFSample *sample)
{
    struct output *output = context;

    must(IMFASFMultiplexer_ProcessSample(output->mux, stream, sample, 0), "ProcessSample");
    write_packets(output);
    return 1;
}

static void write_index(struct output *output)
{
    IMFMediaBuffer *buffer;
    DWORD length;
    QWORD size;

    must(IMFASFIndexer_CommitIndex(output->indexer, output->info), "CommitIndex");
    must(IMFASFIndexer_GetIndexWriteSpace(output->indexer, &size), "GetIndexWriteSpace");
    must(MFCreateMemoryBuffer(1000, &buffer), "MFCreateMemoryBuffer");
    for (QWORD at = 0; at < size; at += length)
    {
        must(IMFASFIndexer_GetCompletedIndex(output->indexer, buffer, at), "GetCompletedIndex");
        must(IMFMediaBuffer_GetCurrentLength(buffer, &length), "GetCurrentLength");
        must(length ? S_OK : E_FAIL, "a piece of the index");
        write_buffer(output, buffer);
    }
    IMFMediaBuffer_Release(buffer);
}

/* The same streams and their settings in a content info object of its own. */
static struct output open_output(const WCHAR *path, IMFASFContentInfo *like)
{
    struct output output = {0};
    IMFASFProfile *profile, *copy;

    must(MFCreateFile(MF_ACCESSMODE_READWRITE, MF_OPENMODE_DELETE_IF_EXIST, MF_FILEFLAGS_NONE, path, &output.stream),
         "the output file");
    must(IMFASFContentInfo_GetProfile(like, &profile), "GetProfile");
    must(IMFASFProfile_Clone(profile, &copy), "Clone of the profile");
    must(MFCreateASFContentInfo(&output.info), "MFCreateASFContentInfo");
    must(IMFASFContentInfo_SetProfile(output.info, copy), "SetProfile");
    must(MFCreateASFMultiplexer(&output.mux), "MFCreateASFMultiplexer");
    must(IMFASFMultiplexer_Initialize(output.mux, output.info), "Initialize of the multiplexer");
    must(MFCreateASFIndexer(&output.indexer), "MFCreateASFIndexer");
    must(IMFASFIndexer_SetFlags(output.indexer, MFASF_INDEXER_WRITE_NEW_INDEX), "SetFlags");
    must(IMFASFIndexer_Initialize(output.indexer, output.info), "Initialize of the indexer");
    IMFASFProfile_Release(copy);
    IMFASFProfile_Release(profile);
    return output;
}

static void remux_file(const WCHAR *path, const WCHAR *out)
{
    struct input input = open_input(path);
    struct output output = open_output(out, input.info);

    write_header(&output);
    each_sample(&input, 0, 65536, multiplex, &output);
    must(IMFASFMultiplexer_Flush(output.mux), "Flush");
    write_packets(&output);
    must(IMFASFMultiplexer_End(output.mux, output.info), "End");
    write_index(&output);
    write_header(&output);
    IMFASFIndexer_Release(output.indexer);
    IMFASFMultiplexer_Release(output.mux);
    IMFASFContentInfo_Release(output.info);
    IMFByteStream_Close(output.stream);
    IMFByteStream_Release(output.stream);
    close_input(&input);
}

/* ---- seek -------------------------------------------------------------------------------------------------------- */

struct seek
{
    WORD stream;
    LONGLONG found;
};

static int find_key(void *context, WORD stream, IMFSample *sample)
{
    struct seek *seek = context;
    UINT32 key = 0;

    IMFSample_GetUINT32(sample, &MFSampleExtension_CleanPoint, &key);
    if (stream != seek->stream || !key) return 1;
    must(IMFSample_GetSampleTime(sample, &seek->found), "GetSampleTime");
    return 0;
}

/* Where in the data object a time is, by the index objects behind it. */
static QWORD look_up(struct input *input, WORD stream, LONGLONG time)
{
    ASF_INDEX_IDENTIFIER kind = {GUID_NULL, stream};
    PROPVARIANT value = {.vt = VT_I8};
    IMFByteStream *index;
    IMFASFIndexer *indexer;
    QWORD place, offset = 0;
    MFTIME about = 0;

    must(MFCreateASFIndexer(&indexer), "MFCreateASFIndexer");
    must(IMFASFIndexer_Initialize(indexer, input->info), "Initialize of the indexer");
    must(IMFASFIndexer_GetIndexPosition(indexer, input->info, &place), "GetIndexPosition");
    must(MFCreateASFIndexerByteStream(input->stream, place, &index), "MFCreateASFIndexerByteStream");
    must(IMFASFIndexer_SetIndexByteStreams(indexer, &index, 1), "SetIndexByteStreams");
    value.hVal.QuadPart = time;
    must(IMFASFIndexer_GetSeekPositionForValue(indexer, &value, &kind, &offset, &about, NULL),
         "GetSeekPositionForValue");
    IMFByteStream_Release(index);
    IMFASFIndexer_Release(indexer);
    return offset;
}

static void seek_file(const WCHAR *path, WORD stream, LONGLONG time)
{
    struct input input = open_input(path);
    struct seek seek = {stream, -1};
    QWORD offset = look_up(&input, stream, time);

    each_sample(&input, offset, 65536, find_key, &seek);
    printf("offset %lld, key %lld\n", (long long)offset, (long long)seek.found);
    close_input(&input);
}

int wmain(int count, WCHAR **arguments);
int wmain(int count, WCHAR **arguments)
{
    setvbuf(stdout, NULL, _IONBF, 0);
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    must(MFStartup(MF_VERSION, MFSTARTUP_FULL), "MFStartup");
    if (count == 5 && !wcscmp(arguments[1], L"split"))
        split_file(arguments[2], arguments[3], (DWORD)_wtoi(arguments[4]));
    else if (count == 4 && !wcscmp(arguments[1], L"remux"))
        remux_file(arguments[2], arguments[3]);
    else if (count == 5 && !wcscmp(arguments[1], L"seek"))
        seek_file(arguments[2], (WORD)_wtoi(arguments[3]), _wtoi64(arguments[4]) * MS);
    else
        must(E_INVALIDARG, "the arguments");
    MFShutdown();
    printf("done\n");
    return 0;
}

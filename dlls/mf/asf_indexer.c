/*
 * IMFASFIndexer: seeking by the indexes of a file, and making indexes for one that is written.
 *
 * Indexes are by presentation time (index type GUID_NULL), at an interval of a second unless set otherwise. A completed
 * index is a Simple Index Object for each video stream, in the order of their numbers, and an Index Object of all
 * streams that are indexed.
 */
#include "mf/asf_objects.h"

#include <stdlib.h>

#include "common/trace.h"
#include "mf/asf_index.h"
#include "mf/asf_packet.h"
#include "mf/com.h"

CORK_TRACE_CHANNEL(mf);

#define DEFAULT_INTERVAL (1000 * ASF_UNITS_A_MS)
#define MAX_INDEX_BYTES  (256u << 20) /* of an index that is read */
#define WRITE_FLAGS      (MFASF_INDEXER_WRITE_NEW_INDEX | MFASF_INDEXER_WRITE_FOR_LIVEREAD)
#define ALL_FLAGS        (WRITE_FLAGS | MFASF_INDEXER_READ_FOR_REVERSEPLAYBACK)

struct indexer
{
    IMFASFIndexer IMFASFIndexer_iface;
    volatile LONG references;
    CRITICAL_SECTION lock;     /* of what follows */
    struct asf_header *header; /* NULL: not initialized */
    DWORD flags;
    IMFByteStream **byte_streams;
    DWORD byte_stream_count;
    BOOL loaded; /* the index has been read */
    struct asf_index index;
    /* For writing. */
    BOOL wanted[ASF_MAX_STREAM + 1];
    UINT64 interval; /* 100 ns */
    UINT64 packets;  /* that went by */
    UINT64 end;      /* the latest time in them, 100 ns with the preroll */
    BYTE *completed; /* the committed index; NULL: it is not */
    size_t completed_size;
};

static struct indexer *impl(IMFASFIndexer *iface)
{
    return CONTAINING_RECORD(iface, struct indexer, IMFASFIndexer_iface);
}

static void release_byte_streams(struct indexer *indexer)
{
    for (DWORD i = 0; i < indexer->byte_stream_count; i++)
        IMFByteStream_Release(indexer->byte_streams[i]);
    free(indexer->byte_streams);
    indexer->byte_streams = NULL;
    indexer->byte_stream_count = 0;
}

static HRESULT indexer_query(struct indexer *indexer, REFIID iid, void **out)
{
    static const struct com_interface interfaces[] = {{&asf_indexer_iid, 0}};

    return com_query(indexer, interfaces, ARRAYSIZE(interfaces), iid, out);
}

static ULONG indexer_addref(struct indexer *indexer)
{
    return (ULONG)InterlockedIncrement(&indexer->references);
}

static ULONG indexer_release(struct indexer *indexer)
{
    ULONG left = (ULONG)InterlockedDecrement(&indexer->references);

    if (left) return left;
    release_byte_streams(indexer);
    asf_index_free(&indexer->index);
    asf_header_free(indexer->header);
    free(indexer->completed);
    DeleteCriticalSection(&indexer->lock);
    free(indexer);
    return 0;
}

COM_UNKNOWN(indexer, IMFASFIndexer, indexer, IMFASFIndexer_iface)

static BOOL is_writing(const struct indexer *indexer)
{
    return indexer->flags & WRITE_FLAGS;
}

/* ---- Configuration ----------------------------------------------------------------------------------------------- */

/* MFASF_INDEXER_READ_FOR_REVERSEPLAYBACK can be set and taken back at any time: "Using the Indexer to Seek Within an
 * ASF File" does so with an indexer that is initialized. */
static HRESULT STDMETHODCALLTYPE indexer_SetFlags(IMFASFIndexer *iface, DWORD flags)
{
    struct indexer *indexer = impl(iface);
    HRESULT result = S_OK;

    CORK_TRACE("%p, %#lx\n", (void *)iface, flags);
    if (flags & ~(DWORD)ALL_FLAGS) return E_INVALIDARG;
    if (flags & WRITE_FLAGS && flags & MFASF_INDEXER_READ_FOR_REVERSEPLAYBACK) return E_INVALIDARG;
    EnterCriticalSection(&indexer->lock);
    if (indexer->header && (is_writing(indexer) || flags & WRITE_FLAGS))
        result = MF_E_INVALIDREQUEST;
    else
        indexer->flags = flags;
    LeaveCriticalSection(&indexer->lock);
    return result;
}

static HRESULT STDMETHODCALLTYPE indexer_GetFlags(IMFASFIndexer *iface, DWORD *flags)
{
    if (!flags) return E_INVALIDARG;
    *flags = impl(iface)->flags;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE indexer_Initialize(IMFASFIndexer *iface, IMFASFContentInfo *info)
{
    struct indexer *indexer = impl(iface);
    struct asf_header *header;
    HRESULT result;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)info);
    if (!info) return E_INVALIDARG;
    if (FAILED(result = asf_content_header(info, &header, NULL))) return result;
    if (header->file.max_packet_size != header->file.min_packet_size || !header->file.max_packet_size)
    {
        asf_header_free(header);
        return MF_E_UNEXPECTED;
    }
    EnterCriticalSection(&indexer->lock);
    release_byte_streams(indexer);
    asf_index_free(&indexer->index);
    asf_header_free(indexer->header);
    free(indexer->completed);
    indexer->header = header;
    indexer->completed = NULL;
    indexer->loaded = FALSE;
    indexer->packets = indexer->end = 0;
    indexer->interval = DEFAULT_INTERVAL;
    for (WORD i = 1; i <= ASF_MAX_STREAM; i++)
        indexer->wanted[i] = asf_header_stream(header, i) != NULL;
    LeaveCriticalSection(&indexer->lock);
    return S_OK;
}

/* Behind the data object. */
static HRESULT STDMETHODCALLTYPE indexer_GetIndexPosition(IMFASFIndexer *iface, IMFASFContentInfo *info, QWORD *offset)
{
    struct asf_header *header;
    HRESULT result;
    UINT64 size;

    if (!info || !offset) return E_INVALIDARG;
    if (!impl(iface)->header) return MF_E_NOT_INITIALIZED;
    if (FAILED(result = asf_content_header(info, &header, &size))) return result;
    *offset = size - ASF_DATA_OBJECT_HEADER + header->data_size;
    asf_header_free(header);
    return S_OK;
}

/* ---- Reading an index -------------------------------------------------------------------------------------------- */

static HRESULT read_all(IMFByteStream *stream, BYTE **data, ULONG *size)
{
    ULONG done = 0, piece = 1;
    QWORD length;
    HRESULT result;

    *data = NULL;
    if (FAILED(result = IMFByteStream_GetLength(stream, &length))) return result;
    if (!length || length > MAX_INDEX_BYTES) return MF_E_ASF_NOINDEX;
    if (!(*data = malloc((size_t)length))) return E_OUTOFMEMORY;
    result = IMFByteStream_SetCurrentPosition(stream, 0);
    while (SUCCEEDED(result) && done < length && piece)
    {
        result = IMFByteStream_Read(stream, *data + done, (ULONG)length - done, &piece);
        done += piece;
    }
    *size = done;
    return result;
}

/* The numbers of the video streams, in ascending order, which is that of their Simple Index Objects. */
static size_t video_streams(const struct asf_header *header, UINT16 numbers[ASF_MAX_STREAM])
{
    const struct asf_stream *stream;
    size_t count = 0;

    for (WORD i = 1; i <= ASF_MAX_STREAM; i++)
        if ((stream = asf_header_stream(header, i)) && asf_guid_equal(&stream->type, &asf_video_media))
            numbers[count++] = i;
    return count;
}

static HRESULT load(struct indexer *indexer, IMFByteStream *stream)
{
    UINT16 video[ASF_MAX_STREAM];
    size_t count = video_streams(indexer->header, video);
    BYTE *data;
    ULONG size;
    HRESULT result = read_all(stream, &data, &size);

    if (SUCCEEDED(result))
        result = asf_hresult(
            asf_index_read(data, size, video, count, indexer->header->file.max_packet_size, &indexer->index));
    free(data);
    if (SUCCEEDED(result) && !indexer->index.count) result = MF_E_ASF_NOINDEX;
    indexer->loaded = SUCCEEDED(result);
    return result;
}

static HRESULT set_byte_streams(struct indexer *indexer, IMFByteStream **streams, DWORD count)
{
    if (!indexer->header) return MF_E_NOT_INITIALIZED;
    if (indexer->packets || indexer->loaded) return MF_E_ALREADY_INITIALIZED;
    if (!is_writing(indexer) && count != 1) return E_INVALIDARG;
    release_byte_streams(indexer);
    if (!(indexer->byte_streams = calloc(count, sizeof(*streams)))) return E_OUTOFMEMORY;
    for (DWORD i = 0; i < count; i++)
    {
        indexer->byte_streams[i] = streams[i];
        IMFByteStream_AddRef(streams[i]);
    }
    indexer->byte_stream_count = count;
    return is_writing(indexer) ? S_OK : load(indexer, streams[0]);
}

/* Reading, the index is read from the one stream there is: MF_E_ASF_NOINDEX where there is none in it. Writing, the
 * indexer holds the streams, but an index is small and stays in memory. */
static HRESULT STDMETHODCALLTYPE indexer_SetIndexByteStreams(IMFASFIndexer *iface, IMFByteStream **streams, DWORD count)
{
    struct indexer *indexer = impl(iface);
    HRESULT result;

    CORK_TRACE("%p, %p, %lu\n", (void *)iface, (void *)streams, count);
    if (!streams || !count) return E_INVALIDARG;
    for (DWORD i = 0; i < count; i++)
        if (!streams[i]) return E_INVALIDARG;
    EnterCriticalSection(&indexer->lock);
    result = set_byte_streams(indexer, streams, count);
    LeaveCriticalSection(&indexer->lock);
    return result;
}

static HRESULT STDMETHODCALLTYPE indexer_GetIndexByteStreamCount(IMFASFIndexer *iface, DWORD *count)
{
    if (!count) return E_INVALIDARG;
    *count = impl(iface)->byte_stream_count;
    return S_OK;
}

static HRESULT check_readable(const struct indexer *indexer)
{
    if (!indexer->header) return MF_E_NOT_INITIALIZED;
    return indexer->loaded || is_writing(indexer) ? S_OK : MF_E_ASF_INDEXNOTLOADED;
}

/* The index that an identifier names: writing, also one that is asked for, but has no entries yet. */
static const struct asf_stream_index *find_index(const struct indexer *indexer, const ASF_INDEX_IDENTIFIER *identifier)
{
    if (!IsEqualGUID(&identifier->guidIndexType, &GUID_NULL)) return NULL;
    return asf_index_stream(&indexer->index, identifier->wStreamNumber);
}

static BOOL is_indexed(const struct indexer *indexer, const ASF_INDEX_IDENTIFIER *identifier)
{
    if (find_index(indexer, identifier)) return TRUE;
    return is_writing(indexer) && IsEqualGUID(&identifier->guidIndexType, &GUID_NULL) &&
           identifier->wStreamNumber <= ASF_MAX_STREAM && indexer->wanted[identifier->wStreamNumber];
}

static HRESULT describe_index(const struct indexer *indexer, const ASF_INDEX_IDENTIFIER *identifier, BYTE *buffer,
                              DWORD *size)
{
    const struct asf_stream_index *index = find_index(indexer, identifier);
    ASF_INDEX_DESCRIPTOR descriptor = {.Identifier = *identifier, .cPerEntryBytes = sizeof(DWORD)};
    DWORD room = *size;

    descriptor.dwInterval = (DWORD)((index ? index->interval : indexer->interval) / ASF_UNITS_A_MS);
    *size = sizeof(descriptor);
    if (room < sizeof(descriptor)) return MF_E_BUFFERTOOSMALL;
    if (!buffer) return E_INVALIDARG;
    memcpy(buffer, &descriptor, sizeof(descriptor));
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE indexer_GetIndexStatus(IMFASFIndexer *iface, ASF_INDEX_IDENTIFIER *identifier,
                                                        BOOL *indexed, BYTE *descriptor, DWORD *size)
{
    struct indexer *indexer = impl(iface);
    HRESULT result;

    if (!identifier || !indexed || !size) return E_INVALIDARG;
    EnterCriticalSection(&indexer->lock);
    if (SUCCEEDED(result = check_readable(indexer)))
    {
        *indexed = is_indexed(indexer, identifier);
        if (*indexed)
            result = describe_index(indexer, identifier, descriptor, size);
        else
            *size = 0;
    }
    LeaveCriticalSection(&indexer->lock);
    return result;
}

static HRESULT seek(const struct indexer *indexer, LONGLONG time, const ASF_INDEX_IDENTIFIER *identifier, QWORD *offset,
                    MFTIME *approximate)
{
    UINT64 preroll = indexer->header->file.preroll * ASF_UNITS_A_MS, found, at;
    const struct asf_stream_index *index = find_index(indexer, identifier);
    BOOL backwards = indexer->flags & MFASF_INDEXER_READ_FOR_REVERSEPLAYBACK;

    if (!index) return MF_E_NO_INDEX;
    if (time < 0 || (UINT64)time > (UINT64)INT64_MAX - preroll ||
        asf_index_find(index, (UINT64)time + preroll, backwards, &found, &at))
        return MF_E_ASF_OUTOFRANGE;
    *offset = found == ASF_NO_OFFSET ? (QWORD)MFASFINDEXER_READ_FOR_REVERSEPLAYBACK_OUTOFDATASEGMENT : found;
    if (approximate) *approximate = at > preroll ? (MFTIME)(at - preroll) : 0;
    return S_OK;
}

/* An index names packets, not payloads in them: the payload number is 0, that of the first one. */
static HRESULT STDMETHODCALLTYPE indexer_GetSeekPositionForValue(IMFASFIndexer *iface, const PROPVARIANT *value,
                                                                 ASF_INDEX_IDENTIFIER *identifier, QWORD *offset,
                                                                 MFTIME *approximate, DWORD *payload)
{
    struct indexer *indexer = impl(iface);
    HRESULT result;

    if (!value || !identifier || !offset) return E_INVALIDARG;
    EnterCriticalSection(&indexer->lock);
    if (SUCCEEDED(result = check_readable(indexer)))
        result =
            value->vt == VT_I8 ? seek(indexer, value->hVal.QuadPart, identifier, offset, approximate) : E_INVALIDARG;
    LeaveCriticalSection(&indexer->lock);
    if (SUCCEEDED(result) && payload) *payload = 0;
    return result;
}

/* ---- Writing an index -------------------------------------------------------------------------------------------- */

/* MFASFINDEXER_NO_FIXED_INTERVAL leaves the interval to the indexer. All streams have one: the last that was set. */
static HRESULT set_status(struct indexer *indexer, const ASF_INDEX_DESCRIPTOR *descriptor, BOOL generate)
{
    WORD stream = descriptor->Identifier.wStreamNumber;

    if (!indexer->header) return MF_E_NOT_INITIALIZED;
    if (!is_writing(indexer) || indexer->packets) return MF_E_INVALIDREQUEST;
    if (!IsEqualGUID(&descriptor->Identifier.guidIndexType, &GUID_NULL)) return E_INVALIDARG;
    if (!asf_header_stream(indexer->header, stream)) return MF_E_INVALIDSTREAMNUMBER;
    if (generate && !descriptor->dwInterval) return E_INVALIDARG;
    indexer->wanted[stream] = generate;
    if (generate && descriptor->dwInterval != MFASFINDEXER_NO_FIXED_INTERVAL)
        indexer->interval = (UINT64)descriptor->dwInterval * ASF_UNITS_A_MS;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE indexer_SetIndexStatus(IMFASFIndexer *iface, BYTE *buffer, DWORD size, BOOL generate)
{
    struct indexer *indexer = impl(iface);
    ASF_INDEX_DESCRIPTOR descriptor;
    HRESULT result;

    if (!buffer || size < sizeof(descriptor)) return E_INVALIDARG;
    memcpy(&descriptor, buffer, sizeof(descriptor));
    EnterCriticalSection(&indexer->lock);
    result = set_status(indexer, &descriptor, generate);
    LeaveCriticalSection(&indexer->lock);
    return result;
}

/* An object that can be read from: a clean point that begins in the packet. */
static HRESULT note_payload(struct indexer *indexer, const struct asf_payload *payload, UINT64 offset)
{
    UINT64 time = (UINT64)payload->time * ASF_UNITS_A_MS;
    struct asf_stream_index *index;

    if (time > indexer->end) indexer->end = time;
    if (!indexer->wanted[payload->stream] || payload->offset || !payload->key_frame) return S_OK;
    if (!(index = asf_index_stream(&indexer->index, payload->stream)) &&
        !(index = asf_index_add_stream(&indexer->index, payload->stream, indexer->interval)))
        return E_OUTOFMEMORY;
    return asf_index_note(index, time, offset) ? S_OK : E_OUTOFMEMORY;
}

static HRESULT note_packet(struct indexer *indexer, const BYTE *data, DWORD size)
{
    UINT64 offset = indexer->packets * indexer->header->file.max_packet_size;
    struct asf_payload payload;
    struct asf_packet packet;
    enum asf_result read = asf_packet_read(data, size, &packet);
    HRESULT result = asf_hresult(read);

    while (SUCCEEDED(result) && !(read = asf_packet_next(&packet, &payload)))
        result = note_payload(indexer, &payload, offset);
    if (SUCCEEDED(result) && read != ASF_END) result = asf_hresult(read);
    indexer->packets++;
    return result;
}

static HRESULT generate(struct indexer *indexer, IMFMediaBuffer *buffer)
{
    struct asf_locked locked;
    HRESULT result;

    if (!indexer->header) return MF_E_NOT_INITIALIZED;
    if (!is_writing(indexer) || indexer->completed) return MF_E_INVALIDREQUEST;
    if (FAILED(result = asf_lock(buffer, &locked))) return result;
    result = note_packet(indexer, locked.data, locked.length);
    asf_unlock(&locked);
    return result;
}

static HRESULT STDMETHODCALLTYPE indexer_GenerateIndexEntries(IMFASFIndexer *iface, IMFSample *sample)
{
    struct indexer *indexer = impl(iface);
    IMFMediaBuffer *buffer;
    HRESULT result;

    if (!sample) return E_INVALIDARG;
    if (FAILED(result = IMFSample_ConvertToContiguousBuffer(sample, &buffer))) return result;
    EnterCriticalSection(&indexer->lock);
    result = generate(indexer, buffer);
    LeaveCriticalSection(&indexer->lock);
    IMFMediaBuffer_Release(buffer);
    return result;
}

/* Returns whether a video stream has an index. */
static BOOL write_index(const struct indexer *indexer, struct asf_writer *out)
{
    UINT16 video[ASF_MAX_STREAM];
    size_t count = video_streams(indexer->header, video);
    BOOL indexed = FALSE;

    for (size_t i = 0; i < count; i++)
    {
        /* They count by their order: one without entries keeps the place of a stream that has no index. */
        struct asf_stream_index none = {.stream = video[i], .interval = indexer->interval};
        const struct asf_stream_index *index = asf_index_stream(&indexer->index, video[i]);

        asf_index_write_simple(index ? index : &none, &indexer->header->file.file_id,
                               indexer->header->file.max_packet_size, out);
        if (index) indexed = TRUE;
    }
    if (indexer->index.count) asf_index_write(&indexer->index, out);
    return indexed;
}

/* The index as it will stand in the file, and its parameters for the header. */
static HRESULT complete(struct indexer *indexer, IMFASFContentInfo *info)
{
    BYTE parameters[6 + 4 * ASF_MAX_STREAM];
    struct asf_writer out, described;
    BOOL seekable;
    BYTE *data;
    HRESULT result;

    for (size_t i = 0; i < indexer->index.count; i++)
        if (!asf_index_extend(&indexer->index.streams[i], indexer->end)) return E_OUTOFMEMORY;
    asf_writer_init(&out, NULL, 0);
    seekable = write_index(indexer, &out);
    if (!out.size) return MF_E_ASF_NOINDEX;
    if (!(data = malloc(out.size))) return E_OUTOFMEMORY;
    asf_writer_init(&out, data, out.size);
    write_index(indexer, &out);
    asf_writer_init(&described, parameters, sizeof(parameters));
    if (indexer->index.count) asf_index_write_parameters(&indexer->index, &described);
    result = asf_content_info_indexed(info, parameters, described.size, out.size, seekable);
    if (FAILED(result))
    {
        free(data);
        return result;
    }
    indexer->completed = data;
    indexer->completed_size = out.size;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE indexer_CommitIndex(IMFASFIndexer *iface, IMFASFContentInfo *info)
{
    struct indexer *indexer = impl(iface);
    HRESULT result;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)info);
    if (!info) return E_INVALIDARG;
    EnterCriticalSection(&indexer->lock);
    if (!indexer->header)
        result = MF_E_NOT_INITIALIZED;
    else if (!is_writing(indexer) || indexer->completed)
        result = MF_E_INVALIDREQUEST;
    else
        result = complete(indexer, info);
    LeaveCriticalSection(&indexer->lock);
    return result;
}

static HRESULT check_completed(const struct indexer *indexer)
{
    if (!indexer->header) return MF_E_NOT_INITIALIZED;
    if (!is_writing(indexer)) return MF_E_INVALIDREQUEST;
    return indexer->completed ? S_OK : MF_E_INDEX_NOT_COMMITTED;
}

static HRESULT STDMETHODCALLTYPE indexer_GetIndexWriteSpace(IMFASFIndexer *iface, QWORD *size)
{
    struct indexer *indexer = impl(iface);
    HRESULT result;

    if (!size) return E_INVALIDARG;
    EnterCriticalSection(&indexer->lock);
    if (SUCCEEDED(result = check_completed(indexer))) *size = indexer->completed_size;
    LeaveCriticalSection(&indexer->lock);
    return result;
}

/* "This method uses as much of the buffer as possible, and updates the length of the buffer appropriately."
 * E_INVALIDARG for an offset behind the index. */
static HRESULT copy_completed(const struct indexer *indexer, IMFMediaBuffer *buffer, QWORD offset)
{
    struct asf_locked locked;
    HRESULT result;
    size_t size;

    if (offset > indexer->completed_size) return E_INVALIDARG;
    if (FAILED(result = asf_lock(buffer, &locked))) return result;
    size = indexer->completed_size - (size_t)offset;
    if (size > locked.capacity) size = locked.capacity;
    memcpy(locked.data, indexer->completed + offset, size);
    asf_unlock(&locked);
    return IMFMediaBuffer_SetCurrentLength(buffer, (DWORD)size);
}

static HRESULT STDMETHODCALLTYPE indexer_GetCompletedIndex(IMFASFIndexer *iface, IMFMediaBuffer *buffer, QWORD offset)
{
    struct indexer *indexer = impl(iface);
    HRESULT result;

    if (!buffer) return E_INVALIDARG;
    EnterCriticalSection(&indexer->lock);
    if (SUCCEEDED(result = check_completed(indexer))) result = copy_completed(indexer, buffer, offset);
    LeaveCriticalSection(&indexer->lock);
    return result;
}

static IMFASFIndexerVtbl indexer_vtbl = {
    indexer_QueryInterface,
    indexer_AddRef,
    indexer_Release,
    indexer_SetFlags,
    indexer_GetFlags,
    indexer_Initialize,
    indexer_GetIndexPosition,
    indexer_SetIndexByteStreams,
    indexer_GetIndexByteStreamCount,
    indexer_GetIndexStatus,
    indexer_SetIndexStatus,
    indexer_GetSeekPositionForValue,
    indexer_GenerateIndexEntries,
    indexer_CommitIndex,
    indexer_GetIndexWriteSpace,
    indexer_GetCompletedIndex,
};

HRESULT WINAPI MFCreateASFIndexer(IMFASFIndexer **out)
{
    struct indexer *indexer;

    CORK_TRACE("%p\n", (void *)out);
    if (!out) return E_INVALIDARG;
    *out = NULL;
    if (!(indexer = calloc(1, sizeof(*indexer)))) return E_OUTOFMEMORY;
    indexer->IMFASFIndexer_iface.lpVtbl = &indexer_vtbl;
    indexer->references = 1;
    InitializeCriticalSection(&indexer->lock);
    *out = &indexer->IMFASFIndexer_iface;
    return S_OK;
}

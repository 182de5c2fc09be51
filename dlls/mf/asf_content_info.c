/*
 * IMFASFContentInfo: the header of an ASF file, read from one or made from a profile.
 *
 * A new file's header is written twice: before its packets, when it has neither sizes nor times, and after them. So
 * that the second has the first one's size whatever a multiplexer and an indexer add, there is padding in the first.
 */
#include "mf/asf_objects.h"

#include <stdlib.h>

#include "common/trace.h"
#include "mf/asf_packet.h"
#include "mf/com.h"

CORK_TRACE_CHANNEL(mf);

/* Room for what comes into a header after it was first generated: index parameters of all streams take less. */
#define SPARE_PADDING 1024u
/* Packets have about what comes in this time, within limits. */
#define PACKET_MS          100u
#define MIN_DEFAULT_PACKET 1024u
#define MAX_DEFAULT_PACKET 16384u

/* A property store of a stream, or with 0 of the file. */
struct encoding_store
{
    struct encoding_store *next;
    WORD stream;
    IPropertyStore *store;
};

struct content_info
{
    IMFASFContentInfo IMFASFContentInfo_iface;
    volatile LONG references;
    CRITICAL_SECTION lock;     /* of what follows */
    struct asf_header *header; /* NULL: nothing has been read or set */
    IMFASFProfile *profile;
    BYTE *pieces; /* of a header that is not whole yet */
    size_t received, room;
    size_t written; /* bytes of the header as it was generated or read last; 0: not yet */
    struct encoding_store *stores;
};

/* Tells Cork's own objects from others. */
static const GUID content_info_id = {0x3c1e4f1b, 0x9d7a, 0x4d0e, {0xa1, 0x5c, 0x0b, 0x6e, 0x2f, 0x84, 0xd7, 0x39}};

static struct content_info *impl(IMFASFContentInfo *iface)
{
    return CONTAINING_RECORD(iface, struct content_info, IMFASFContentInfo_iface);
}

static HRESULT content_info_query(struct content_info *info, REFIID iid, void **out)
{
    static const struct com_interface interfaces[] = {{&asf_content_info_iid, 0}, {&content_info_id, 0}};

    return com_query(info, interfaces, ARRAYSIZE(interfaces), iid, out);
}

static ULONG content_info_addref(struct content_info *info)
{
    return (ULONG)InterlockedIncrement(&info->references);
}

static ULONG content_info_release(struct content_info *info)
{
    ULONG left = (ULONG)InterlockedDecrement(&info->references);
    struct encoding_store *store;

    if (left) return left;
    while ((store = info->stores))
    {
        info->stores = store->next;
        IPropertyStore_Release(store->store);
        free(store);
    }
    asf_header_free(info->header);
    if (info->profile) IMFASFProfile_Release(info->profile);
    free(info->pieces);
    DeleteCriticalSection(&info->lock);
    free(info);
    return 0;
}

COM_UNKNOWN(content_info, IMFASFContentInfo, content_info, IMFASFContentInfo_iface)

/* ---- Reading a header -------------------------------------------------------------------------------------------- */

static HRESULT STDMETHODCALLTYPE content_info_GetHeaderSize(IMFASFContentInfo *iface, IMFMediaBuffer *buffer,
                                                            QWORD *size)
{
    struct asf_locked locked;
    enum asf_result result;
    HRESULT hr;

    (void)iface;
    if (!buffer || !size) return E_INVALIDARG;
    if (FAILED(hr = asf_lock(buffer, &locked))) return hr;
    result = asf_header_measure(locked.data, locked.length, size);
    asf_unlock(&locked);
    *size += ASF_DATA_OBJECT_HEADER;
    return result == ASF_END ? MF_E_BUFFERTOOSMALL : asf_hresult(result);
}

/* Takes a piece to those that came before; one at offset 0 begins a new header. */
static HRESULT add_piece(struct content_info *info, const BYTE *data, size_t size, UINT64 offset)
{
    BYTE *pieces;
    size_t room;

    if (!offset)
        info->received = 0;
    else if (offset != info->received)
        return E_INVALIDARG;
    if (info->received + size > info->room)
    {
        room = 2 * info->room > info->received + size ? 2 * info->room : info->received + size;
        if (!(pieces = realloc(info->pieces, room))) return E_OUTOFMEMORY;
        info->pieces = pieces;
        info->room = room;
    }
    memcpy(info->pieces + info->received, data, size);
    info->received += size;
    return S_OK;
}

static void forget_pieces(struct content_info *info)
{
    free(info->pieces);
    info->pieces = NULL;
    info->received = info->room = 0;
}

/* Reads the header when all of it is there, and the data object's header behind it. */
static HRESULT parse_pieces(struct content_info *info)
{
    struct asf_header *header;
    IMFASFProfile *profile;
    UINT64 size;
    HRESULT result = asf_hresult(asf_header_measure(info->pieces, info->received, &size));

    if (FAILED(result)) return result;
    if (info->received < size + ASF_DATA_OBJECT_HEADER) return MF_S_ASF_PARSEINPROGRESS;
    if (FAILED(result = asf_hresult(asf_header_read(info->pieces, info->received, &header)))) return result;
    if (FAILED(result = asf_profile_from_header(header, &profile)))
    {
        asf_header_free(header);
        return result;
    }
    asf_header_free(info->header);
    if (info->profile) IMFASFProfile_Release(info->profile);
    info->header = header;
    info->profile = profile;
    info->written = (size_t)size;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE content_info_ParseHeader(IMFASFContentInfo *iface, IMFMediaBuffer *buffer,
                                                          QWORD offset)
{
    struct content_info *info = impl(iface);
    struct asf_locked locked;
    HRESULT result;

    CORK_TRACE("%p, %p, %llu\n", (void *)iface, (void *)buffer, (unsigned long long)offset);
    if (!buffer) return E_INVALIDARG;
    if (FAILED(result = asf_lock(buffer, &locked))) return result;
    EnterCriticalSection(&info->lock);
    if (!offset && locked.length < ASF_HEADER_MIN)
        result = MF_E_BUFFERTOOSMALL;
    else if (SUCCEEDED(result = add_piece(info, locked.data, locked.length, offset)))
        result = parse_pieces(info);
    if (result != MF_S_ASF_PARSEINPROGRESS) forget_pieces(info);
    LeaveCriticalSection(&info->lock);
    asf_unlock(&locked);
    if (FAILED(result)) CORK_WARN("no ASF header: %#x\n", (unsigned)result);
    return result;
}

/* Whether there is a header: S_OK; MF_E_ASF_PARSINGINCOMPLETE where only a part of one came, MF_E_INVALIDREQUEST where
 * there is none. With the lock. */
static HRESULT check_header(const struct content_info *info)
{
    if (info->received) return MF_E_ASF_PARSINGINCOMPLETE;
    return info->header ? S_OK : MF_E_INVALIDREQUEST;
}

/* ---- Generating a header ----------------------------------------------------------------------------------------- */

/* The three numbers that an application sets for a stream when its encoder has decided on them. */
static void correct_bucket(const struct encoding_store *store, struct asf_stream *stream)
{
    PROPVARIANT value;

    if (!stream) return;
    PropVariantInit(&value);
    if (SUCCEEDED(IPropertyStore_GetValue(store->store, &MFPKEY_ASFSTREAMSINK_CORRECTED_LEAKYBUCKET, &value)) &&
        value.vt == (VT_VECTOR | VT_UI4) && value.caul.cElems == 3 && value.caul.pElems[0])
    {
        UINT64 rate = value.caul.pElems[0];

        stream->average.bitrate = (UINT32)rate;
        stream->average.window = (UINT32)(value.caul.pElems[1] * 8000ull / rate);
        stream->average.fullness = (UINT32)(value.caul.pElems[2] * 8000ull / rate);
    }
    PropVariantClear(&value);
}

static size_t measure(const struct asf_header *header, size_t padding)
{
    struct asf_writer out;

    asf_writer_init(&out, NULL, 0);
    asf_header_write(header, padding, &out);
    return out.size - ASF_DATA_OBJECT_HEADER;
}

/* The padding that keeps the header at the size that it had; where it cannot, or had none yet, spare padding. */
static size_t padding_of(const struct content_info *info)
{
    size_t bare = measure(info->header, 0);

    if (info->written == bare) return 0;
    if (info->written >= bare + ASF_OBJECT_SIZE) return info->written - bare;
    return SPARE_PADDING;
}

static HRESULT write_header(struct content_info *info, struct asf_locked *out, DWORD *size)
{
    size_t padding, needed;
    struct asf_writer writer;

    for (const struct encoding_store *store = info->stores; store; store = store->next)
        correct_bucket(store, asf_header_stream(info->header, store->stream));
    padding = padding_of(info);
    needed = measure(info->header, padding);
    if (needed > ASF_MAX_HEADER) return MF_E_ASF_INVALIDDATA;
    info->header->header_size = needed;
    /* The whole file, as far as it is known: an index is counted when it is committed. */
    if (info->header->file.flags & ASF_FILE_BROADCAST) info->header->file.file_size = 0;
    *size = (DWORD)needed + ASF_DATA_OBJECT_HEADER;
    if (!out) return S_OK;
    if (out->capacity < *size) return MF_E_BUFFERTOOSMALL;
    asf_writer_init(&writer, out->data, out->capacity);
    asf_header_write(info->header, padding, &writer);
    info->written = needed;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE content_info_GenerateHeader(IMFASFContentInfo *iface, IMFMediaBuffer *buffer,
                                                             DWORD *size)
{
    struct content_info *info = impl(iface);
    struct asf_locked locked = {0};
    HRESULT result;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)buffer);
    if (!size) return E_INVALIDARG;
    if (buffer && FAILED(result = asf_lock(buffer, &locked))) return result;
    EnterCriticalSection(&info->lock);
    if (SUCCEEDED(result = check_header(info))) result = write_header(info, buffer ? &locked : NULL, size);
    LeaveCriticalSection(&info->lock);
    asf_unlock(&locked);
    if (buffer && SUCCEEDED(result)) result = IMFMediaBuffer_SetCurrentLength(buffer, *size);
    return result;
}

/* ---- Profiles ---------------------------------------------------------------------------------------------------- */

static HRESULT STDMETHODCALLTYPE content_info_GetProfile(IMFASFContentInfo *iface, IMFASFProfile **profile)
{
    struct content_info *info = impl(iface);
    HRESULT result = S_OK;

    if (!profile) return E_INVALIDARG;
    *profile = NULL;
    EnterCriticalSection(&info->lock);
    if (info->received)
        result = MF_E_ASF_PARSINGINCOMPLETE;
    else if ((*profile = info->profile))
        IMFASFProfile_AddRef(*profile);
    LeaveCriticalSection(&info->lock);
    return result;
}

/* What the streams need together: bits a second, and the longest window, ms. */
static void sum_up(struct asf_header *header)
{
    UINT64 rate = 0;

    header->file.preroll = 0;
    for (const struct asf_stream *stream = header->streams; stream; stream = stream->next)
    {
        rate += stream->peak.bitrate;
        if (stream->average.window > header->file.preroll) header->file.preroll = stream->average.window;
        if (stream->peak.window > header->file.preroll) header->file.preroll = stream->peak.window;
    }
    header->file.max_bitrate = rate < UINT_MAX ? (UINT32)rate : UINT_MAX;
}

/* All packets of a file that is written have one size: what the profile says, in the limits of packets. */
static UINT32 packet_size(IMFASFProfile *profile, UINT32 rate)
{
    UINT32 size, min;

    if (FAILED(IMFASFProfile_GetUINT32(profile, &MF_ASFPROFILE_MAXPACKETSIZE, &size)) || !size)
    {
        size = (UINT32)((UINT64)rate * PACKET_MS / 8000);
        if (size < MIN_DEFAULT_PACKET) size = MIN_DEFAULT_PACKET;
        if (size > MAX_DEFAULT_PACKET) size = MAX_DEFAULT_PACKET;
        if (SUCCEEDED(IMFASFProfile_GetUINT32(profile, &MF_ASFPROFILE_MINPACKETSIZE, &min)) && size < min) size = min;
    }
    if (size < ASF_MIN_PACKET) size = ASF_MIN_PACKET;
    return size > ASF_MAX_PACKET ? ASF_MAX_PACKET : size;
}

/* A header for a new file: "categorized as a broadcast type", with everything 0 that only its packets tell. */
static HRESULT new_header(IMFASFProfile *profile, struct asf_header **out)
{
    struct asf_header *header = asf_header_new();
    FILETIME now;
    HRESULT result;
    GUID id;

    *out = NULL;
    if (!header) return E_OUTOFMEMORY;
    result = asf_profile_to_header(profile, header);
    if (SUCCEEDED(result) && !header->streams) result = E_INVALIDARG;
    if (SUCCEEDED(result)) result = CoCreateGuid(&id);
    if (FAILED(result))
    {
        asf_header_free(header);
        return result;
    }
    sum_up(header);
    GetSystemTimeAsFileTime(&now);
    header->file.file_id = asf_from_guid(&id);
    header->file.creation_time = (UINT64)now.dwHighDateTime << 32 | now.dwLowDateTime;
    header->file.flags = ASF_FILE_BROADCAST;
    header->file.min_packet_size = header->file.max_packet_size = packet_size(profile, header->file.max_bitrate);
    *out = header;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE content_info_SetProfile(IMFASFContentInfo *iface, IMFASFProfile *profile)
{
    struct content_info *info = impl(iface);
    IMFASFProfile *clone = NULL;
    struct asf_header *header;
    HRESULT result;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)profile);
    if (!profile) return E_INVALIDARG;
    if (FAILED(result = new_header(profile, &header))) return result;
    if (FAILED(result = IMFASFProfile_Clone(profile, &clone)))
    {
        asf_header_free(header);
        return result;
    }
    EnterCriticalSection(&info->lock);
    if (info->header && (info->header->data_packets || info->header->file.packets))
        result = MF_E_ALREADY_INITIALIZED;
    else
    {
        struct asf_header *old_header = info->header;
        IMFASFProfile *old = info->profile;

        info->header = header;
        info->profile = clone;
        info->written = 0;
        forget_pieces(info);
        header = old_header;
        clone = old;
    }
    LeaveCriticalSection(&info->lock);
    asf_header_free(header);
    if (clone) IMFASFProfile_Release(clone);
    return result;
}

static HRESULT STDMETHODCALLTYPE content_info_GeneratePresentationDescriptor(IMFASFContentInfo *iface,
                                                                             IMFPresentationDescriptor **descriptor)
{
    struct content_info *info = impl(iface);
    HRESULT result;

    if (!descriptor) return E_INVALIDARG;
    *descriptor = NULL;
    EnterCriticalSection(&info->lock);
    if (SUCCEEDED(result = check_header(info)))
    {
        info->header->header_size = measure(info->header, padding_of(info));
        result = asf_descriptor_from_header(info->header, descriptor);
    }
    LeaveCriticalSection(&info->lock);
    return result;
}

/* ---- Encoding properties ----------------------------------------------------------------------------------------- */

static HRESULT add_store(struct content_info *info, WORD stream, struct encoding_store **out)
{
    struct encoding_store *store = calloc(1, sizeof(*store));
    HRESULT result;

    if (!store) return E_OUTOFMEMORY;
    if (FAILED(result = PSCreateMemoryPropertyStore(&IID_IPropertyStore, (void **)&store->store)))
    {
        free(store);
        return result;
    }
    store->stream = stream;
    store->next = info->stores;
    info->stores = *out = store;
    return S_OK;
}

/* One store a stream, which is empty first. MF_E_INVALIDSTREAMNUMBER: the header has no such stream. */
static HRESULT STDMETHODCALLTYPE content_info_GetEncodingConfigurationPropertyStore(IMFASFContentInfo *iface,
                                                                                    WORD stream, IPropertyStore **out)
{
    struct content_info *info = impl(iface);
    struct encoding_store *store;
    HRESULT result = S_OK;

    if (!out) return E_INVALIDARG;
    *out = NULL;
    EnterCriticalSection(&info->lock);
    for (store = info->stores; store && store->stream != stream; store = store->next)
        ;
    if (!store && stream && (!info->header || !asf_header_stream(info->header, stream)))
        result = MF_E_INVALIDSTREAMNUMBER;
    else if (!store)
        result = add_store(info, stream, &store);
    if (SUCCEEDED(result))
    {
        *out = store->store;
        IPropertyStore_AddRef(*out);
    }
    LeaveCriticalSection(&info->lock);
    return result;
}

/* ---- For multiplexers and indexers ------------------------------------------------------------------------------- */

/* Cork's own object behind an interface, locked and with a reference; NULL where it is another's. */
static struct content_info *open_own(IMFASFContentInfo *iface)
{
    IMFASFContentInfo *own;

    if (!iface || FAILED(IMFASFContentInfo_QueryInterface(iface, &content_info_id, (void **)&own))) return NULL;
    EnterCriticalSection(&impl(own)->lock);
    return impl(own);
}

static void close_own(struct content_info *info)
{
    LeaveCriticalSection(&info->lock);
    content_info_release(info);
}

/* "A file is seekable if an audio stream is present and the maximum data packet size equals the minimum data packet
 * size." */
static BOOL has_audio(const struct asf_header *header)
{
    for (const struct asf_stream *stream = header->streams; stream; stream = stream->next)
        if (asf_guid_equal(&stream->type, &asf_audio_media)) return TRUE;
    return FALSE;
}

static void end_header(struct content_info *info, const struct asf_ended *ended)
{
    struct asf_header *header = info->header;

    header->file.packets = header->data_packets = ended->packets;
    header->file.play_duration = ended->play_duration;
    header->file.send_duration = ended->send_duration;
    if (ended->max_bitrate) header->file.max_bitrate = ended->max_bitrate;
    header->file.flags = has_audio(header) ? ASF_FILE_SEEKABLE : 0;
    header->data_size = ASF_DATA_OBJECT_HEADER + ended->packets * header->file.max_packet_size;
    for (struct asf_stream *stream = header->streams; stream; stream = stream->next)
    {
        if (!ended->bitrates[stream->number]) continue;
        stream->bitrate = ended->bitrates[stream->number];
        stream->has_bitrate = true;
    }
    /* Its own size first, which the numbers above do not change but a new table of bit rates may. */
    header->file.file_size = measure(header, padding_of(info)) + header->data_size;
}

HRESULT asf_content_info_ended(IMFASFContentInfo *iface, const struct asf_ended *ended)
{
    struct content_info *info = open_own(iface);
    HRESULT result;

    if (!info) return E_INVALIDARG;
    if (SUCCEEDED(result = check_header(info))) end_header(info, ended);
    close_own(info);
    return result;
}

static HRESULT index_header(struct content_info *info, struct asf_bytes parameters, UINT64 size, BOOL seekable)
{
    struct asf_header *header = info->header;

    asf_header_remove_objects(header, &asf_index_parameters_object);
    if (!asf_header_add_object(header, &asf_index_parameters_object, true, parameters)) return E_OUTOFMEMORY;
    if (seekable) header->file.flags |= ASF_FILE_SEEKABLE;
    header->file.file_size = measure(header, padding_of(info)) + header->data_size + size;
    return S_OK;
}

HRESULT asf_content_info_indexed(IMFASFContentInfo *iface, const void *parameters, size_t parameter_size, UINT64 size,
                                 BOOL seekable)
{
    struct content_info *info = open_own(iface);
    HRESULT result;

    if (!info) return E_INVALIDARG;
    if (SUCCEEDED(result = check_header(info)))
        result = index_header(info, (struct asf_bytes){parameters, parameter_size}, size, seekable);
    close_own(info);
    return result;
}

static IMFASFContentInfoVtbl content_info_vtbl = {
    content_info_QueryInterface,
    content_info_AddRef,
    content_info_Release,
    content_info_GetHeaderSize,
    content_info_ParseHeader,
    content_info_GenerateHeader,
    content_info_GetProfile,
    content_info_SetProfile,
    content_info_GeneratePresentationDescriptor,
    content_info_GetEncodingConfigurationPropertyStore,
};

HRESULT WINAPI MFCreateASFContentInfo(IMFASFContentInfo **out)
{
    struct content_info *info;

    CORK_TRACE("%p\n", (void *)out);
    if (!out) return E_INVALIDARG;
    *out = NULL;
    if (!(info = calloc(1, sizeof(*info)))) return E_OUTOFMEMORY;
    info->IMFASFContentInfo_iface.lpVtbl = &content_info_vtbl;
    info->references = 1;
    InitializeCriticalSection(&info->lock);
    *out = &info->IMFASFContentInfo_iface;
    return S_OK;
}

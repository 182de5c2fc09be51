/*
 * IMFASFMultiplexer: data packets from samples.
 *
 * Each sample gets a send time by its stream's leaky bucket: the stream sends at its bit rate, at the earliest a
 * buffer window before the sample's presentation. Samples wait in the send window, in the order of their send times,
 * until no stream can come before them any more; then they go into packets, which all have the size that the content
 * info object says.
 */
#include "mf/asf_objects.h"

#include <stdlib.h>

#include "common/trace.h"
#include "mf/asf_packet_queue.h"
#include "mf/asf_sample.h"
#include "mf/com.h"

CORK_TRACE_CHANNEL(mf);

#define DEFAULT_TOLERANCE 3000 /* ms */

/* A sample in the send window. */
struct waiting
{
    struct waiting *next;
    const struct asf_stream *stream;
    IMFMediaBuffer *buffer; /* all of it */
    LONGLONG send_time;     /* ms */
    LONGLONG time;          /* of presentation with the preroll, ms */
    UINT32 object, size;
    BOOL key_frame;
    UINT8 extension[ASF_MAX_EXTENSION];
    size_t extension_size;
};

struct stream_state
{
    BOOL seen;
    LONGLONG last_time;            /* the latest presentation, ms */
    double bucket_time;            /* when the stream has sent what it has, ms */
    UINT32 object;                 /* the next object's number */
    UINT64 bytes;                  /* of all objects, with what payloads take */
    LONGLONG first_time, end_time; /* of presentation, ms */
    ASF_MUX_STATISTICS statistics;
};

struct multiplexer
{
    IMFASFMultiplexer IMFASFMultiplexer_iface;
    volatile LONG references;
    CRITICAL_SECTION lock;     /* of what follows */
    struct asf_header *header; /* NULL: not initialized */
    IUnknown *content;         /* the identity of the content info object, without a reference */
    DWORD flags, tolerance, base_send_time;
    struct stream_state streams[ASF_MAX_STREAM + 1];
    struct waiting *window; /* by send time */
    struct asf_packet_queue packets;
};

static struct multiplexer *impl(IMFASFMultiplexer *iface)
{
    return CONTAINING_RECORD(iface, struct multiplexer, IMFASFMultiplexer_iface);
}

static void free_waiting(struct waiting *waiting)
{
    if (waiting->buffer) IMFMediaBuffer_Release(waiting->buffer);
    free(waiting);
}

static void reset(struct multiplexer *mux)
{
    struct waiting *waiting;

    while ((waiting = mux->window))
    {
        mux->window = waiting->next;
        free_waiting(waiting);
    }
    asf_packet_queue_reset(&mux->packets);
    asf_header_free(mux->header);
    mux->header = NULL;
    memset(mux->streams, 0, sizeof(mux->streams));
}

static HRESULT multiplexer_query(struct multiplexer *mux, REFIID iid, void **out)
{
    static const struct com_interface interfaces[] = {{&asf_multiplexer_iid, 0}};

    return com_query(mux, interfaces, ARRAYSIZE(interfaces), iid, out);
}

static ULONG multiplexer_addref(struct multiplexer *mux)
{
    return (ULONG)InterlockedIncrement(&mux->references);
}

static ULONG multiplexer_release(struct multiplexer *mux)
{
    ULONG left = (ULONG)InterlockedDecrement(&mux->references);

    if (left) return left;
    reset(mux);
    DeleteCriticalSection(&mux->lock);
    free(mux);
    return 0;
}

COM_UNKNOWN(multiplexer, IMFASFMultiplexer, multiplexer, IMFASFMultiplexer_iface)

/* ---- Configuration ----------------------------------------------------------------------------------------------- */

static BOOL get_property(IPropertyStore *store, REFPROPERTYKEY key, VARTYPE type, PROPVARIANT *value)
{
    PropVariantInit(value);
    if (SUCCEEDED(IPropertyStore_GetValue(store, key, value)) && value->vt == type) return TRUE;
    PropVariantClear(value);
    return FALSE;
}

/* "Make sure that the following property values are set on the specified ContentInfo object" ("Creating the Multiplexer
 * Object"). */
static void read_properties(struct multiplexer *mux, IMFASFContentInfo *info)
{
    IPropertyStore *store;
    PROPVARIANT value;

    if (FAILED(IMFASFContentInfo_GetEncodingConfigurationPropertyStore(info, 0, &store))) return;
    if (get_property(store, &MFPKEY_ASFMEDIASINK_AUTOADJUST_BITRATE, VT_BOOL, &value))
        mux->flags = value.boolVal ? mux->flags | MFASF_MULTIPLEXER_AUTOADJUST_BITRATE
                                   : mux->flags & ~(DWORD)MFASF_MULTIPLEXER_AUTOADJUST_BITRATE;
    if (get_property(store, &MFPKEY_ASFMEDIASINK_BASE_SENDTIME, VT_UI4, &value)) mux->base_send_time = value.ulVal;
    IPropertyStore_Release(store);
}

static IUnknown *identity(IMFASFContentInfo *info)
{
    IUnknown *unknown = NULL;

    if (SUCCEEDED(IMFASFContentInfo_QueryInterface(info, &IID_IUnknown, (void **)&unknown))) IUnknown_Release(unknown);
    return unknown;
}

/* Packets of one size are written. */
static HRESULT check_packet_size(const struct asf_header *header)
{
    UINT32 size = header->file.max_packet_size;

    return size == header->file.min_packet_size && size >= ASF_MIN_PACKET && size <= ASF_MAX_PACKET
               ? S_OK
               : MF_E_ASF_INVALIDDATA;
}

static HRESULT STDMETHODCALLTYPE multiplexer_Initialize(IMFASFMultiplexer *iface, IMFASFContentInfo *info)
{
    struct multiplexer *mux = impl(iface);
    struct asf_header *header;
    HRESULT result;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)info);
    if (!info) return E_INVALIDARG;
    if (FAILED(result = asf_content_header(info, &header, NULL))) return result;
    if (FAILED(result = check_packet_size(header)))
    {
        asf_header_free(header);
        return result;
    }
    EnterCriticalSection(&mux->lock);
    reset(mux);
    mux->header = header;
    mux->packets.packet_size = header->file.max_packet_size;
    mux->content = identity(info);
    mux->base_send_time = 0;
    read_properties(mux, info);
    LeaveCriticalSection(&mux->lock);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE multiplexer_SetFlags(IMFASFMultiplexer *iface, DWORD flags)
{
    if (flags & ~(DWORD)MFASF_MULTIPLEXER_AUTOADJUST_BITRATE) return E_INVALIDARG;
    impl(iface)->flags = flags;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE multiplexer_GetFlags(IMFASFMultiplexer *iface, DWORD *flags)
{
    if (!flags) return E_INVALIDARG;
    *flags = impl(iface)->flags;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE multiplexer_SetSyncTolerance(IMFASFMultiplexer *iface, DWORD tolerance)
{
    impl(iface)->tolerance = tolerance;
    return S_OK;
}

/* ---- Packets ----------------------------------------------------------------------------------------------------- */

/* Puts a piece of a sample into a packet; *done gets how much of it is written by then. */
static HRESULT write_piece(struct multiplexer *mux, const struct waiting *waiting, const BYTE *data, UINT32 *done)
{
    struct asf_payload payload = {0};
    HRESULT result;

    payload.stream = (UINT8)waiting->stream->number;
    payload.key_frame = waiting->key_frame;
    payload.object = waiting->object;
    payload.offset = *done;
    payload.object_size = waiting->size;
    payload.time = (UINT32)waiting->time;
    payload.extension = (struct asf_bytes){waiting->extension, waiting->extension_size};
    payload.data = (struct asf_bytes){data + *done, waiting->size - *done};
    if (FAILED(result = asf_packet_queue_write(&mux->packets, &payload, (UINT32)waiting->send_time))) return result;
    *done += (UINT32)payload.data.size;
    mux->streams[waiting->stream->number].bytes += payload.data.size + ASF_PAYLOAD_OVERHEAD + waiting->extension_size;
    return S_OK;
}

static HRESULT write_sample(struct multiplexer *mux, const struct waiting *waiting)
{
    struct asf_locked locked;
    UINT32 done = 0;
    HRESULT result = asf_lock(waiting->buffer, &locked);

    if (FAILED(result)) return result;
    while (done < waiting->size && SUCCEEDED(result))
        result = write_piece(mux, waiting, locked.data, &done);
    asf_unlock(&locked);
    if (SUCCEEDED(result)) mux->streams[waiting->stream->number].statistics.cFramesWritten++;
    return result;
}

/* Whether no stream can send anything before a sample any more: each that has samples has sent up to it, and a stream
 * that stays behind is waited for up to the tolerance. */
static BOOL is_due(const struct multiplexer *mux, const struct waiting *waiting)
{
    LONGLONG latest = 0;
    BOOL due = TRUE;

    for (const struct asf_stream *stream = mux->header->streams; stream; stream = stream->next)
    {
        const struct stream_state *state = &mux->streams[stream->number];

        if (state->seen && state->last_time > latest) latest = state->last_time;
        if (!state->seen || state->bucket_time < (double)waiting->send_time) due = FALSE;
    }
    return due || latest - waiting->time > (LONGLONG)mux->tolerance;
}

/* Packetizes the samples that are due, or all. */
static HRESULT write_window(struct multiplexer *mux, BOOL all)
{
    struct waiting *waiting;
    HRESULT result = S_OK;

    while ((waiting = mux->window) && (all || is_due(mux, waiting)) && SUCCEEDED(result))
    {
        mux->window = waiting->next;
        result = write_sample(mux, waiting);
        free_waiting(waiting);
    }
    return result;
}

/* ---- Samples ----------------------------------------------------------------------------------------------------- */

/* The send time of a sample of `size` bytes for `time`, ms; and the bucket after it. Without a bit rate there is no
 * bucket: a sample is sent a buffer window before its time. MF_E_LATE_SAMPLE: its time is before the time that the
 * stream sends at. MF_E_BANDWIDTH_OVERRUN: at the stream's rate it is not sent by its time. With
 * MFASF_MULTIPLEXER_AUTOADJUST_BITRATE it is sent faster instead. */
static HRESULT send_time(const struct multiplexer *mux, const struct asf_stream *stream, UINT32 size, LONGLONG time,
                         double *begin, double *end)
{
    const struct stream_state *state = &mux->streams[stream->number];
    BOOL adjust = mux->flags & MFASF_MULTIPLEXER_AUTOADJUST_BITRATE;
    double earliest = (double)time - stream->average.window;
    UINT32 rate = stream->average.bitrate;

    if (earliest < mux->base_send_time) earliest = mux->base_send_time;
    *begin = state->bucket_time > earliest ? state->bucket_time : earliest;
    *end = *begin + (rate ? size * 8000.0 / rate : 0);
    if (time < mux->packets.last_send_time) return MF_E_LATE_SAMPLE;
    if (adjust || !rate)
    {
        if (*begin > (double)time) *begin = (double)time;
        if (*end > (double)time) *end = (double)time;
        return S_OK;
    }
    if (*begin > (double)time) return MF_E_LATE_SAMPLE;
    return *end > (double)time ? MF_E_BANDWIDTH_OVERRUN : S_OK;
}

/* "The multiplexer will not accept a sample with a time stamp that is out of synchronization with the latest samples
 * from any other stream by an amount that exceeds the synchronization tolerance." One that is ahead of the others
 * keeps them from nothing; one that is behind comes too late. */
static HRESULT check_synchronization(const struct multiplexer *mux, WORD stream, LONGLONG time)
{
    for (WORD i = 1; i <= ASF_MAX_STREAM; i++)
        if (i != stream && mux->streams[i].seen && mux->streams[i].last_time - time > (LONGLONG)mux->tolerance)
            return MF_E_LATE_SAMPLE;
    return S_OK;
}

static void insert(struct multiplexer *mux, struct waiting *waiting)
{
    struct waiting **at = &mux->window;

    while (*at && (*at)->send_time <= waiting->send_time)
        at = &(*at)->next;
    waiting->next = *at;
    *at = waiting;
}

/* All of a sample but its times. */
static HRESULT hold_sample(struct multiplexer *mux, const struct asf_stream *stream, IMFSample *sample,
                           struct waiting **out)
{
    struct waiting *waiting = calloc(1, sizeof(*waiting));
    UINT32 clean = 0;
    DWORD size;
    HRESULT result;

    *out = NULL;
    if (!waiting) return E_OUTOFMEMORY;
    waiting->stream = stream;
    result = IMFSample_ConvertToContiguousBuffer(sample, &waiting->buffer);
    if (SUCCEEDED(result)) result = IMFMediaBuffer_GetCurrentLength(waiting->buffer, &size);
    if (SUCCEEDED(result)) result = asf_sample_extension(stream, sample, waiting->extension, &waiting->extension_size);
    /* A packet has to have room for some of it beside the extension. */
    if (SUCCEEDED(result) && (!size || waiting->extension_size + ASF_MIN_PACKET > mux->header->file.max_packet_size))
        result = E_INVALIDARG;
    if (FAILED(result))
    {
        free_waiting(waiting);
        return result;
    }
    waiting->size = size;
    waiting->key_frame = asf_guid_equal(&stream->type, &asf_audio_media) ||
                         (SUCCEEDED(IMFSample_GetUINT32(sample, &MFSampleExtension_CleanPoint, &clean)) && clean);
    *out = waiting;
    return S_OK;
}

/* How long a sample lasts, ms and never nothing: where it does not say so, as long as the one before it. A reader
 * leaves out what begins when the play duration is over. */
static LONGLONG sample_length(const struct stream_state *state, const struct waiting *waiting, IMFSample *sample)
{
    LONGLONG duration;

    if (SUCCEEDED(IMFSample_GetSampleDuration(sample, &duration)) && duration > 0)
        return duration / ASF_UNITS_A_MS + !!(duration % ASF_UNITS_A_MS);
    return state->seen && waiting->time > state->last_time ? waiting->time - state->last_time : 1;
}

/* Notes in the stream's state that a sample has been taken. */
static void note_sample(struct stream_state *state, struct waiting *waiting, IMFSample *sample, double end)
{
    LONGLONG stop = waiting->time + sample_length(state, waiting, sample);

    waiting->object = state->object++;
    if (!state->seen || waiting->time < state->first_time) state->first_time = waiting->time;
    if (!state->seen || waiting->time > state->last_time) state->last_time = waiting->time;
    if (stop > state->end_time) state->end_time = stop;
    state->bucket_time = end;
    state->seen = TRUE;
}

static HRESULT process_sample(struct multiplexer *mux, WORD number, IMFSample *sample, LONGLONG adjust)
{
    const struct asf_stream *stream;
    struct waiting *waiting;
    double begin, end;
    LONGLONG time;
    HRESULT result;

    if (!mux->header) return MF_E_NOT_INITIALIZED;
    if (!(stream = asf_header_stream(mux->header, number))) return MF_E_INVALIDSTREAMNUMBER;
    if (mux->packets.first) return MF_E_NOTACCEPTING;
    if (FAILED(IMFSample_GetSampleTime(sample, &time))) return MF_E_NO_SAMPLE_TIMESTAMP;
    time = (time + adjust) / ASF_UNITS_A_MS + (LONGLONG)mux->header->file.preroll;
    if (time < 0) return MF_E_LATE_SAMPLE;
    if (time > UINT_MAX) return MF_E_INVALID_TIMESTAMP;
    if (FAILED(result = hold_sample(mux, stream, sample, &waiting))) return result;
    result = check_synchronization(mux, number, time);
    if (SUCCEEDED(result)) result = send_time(mux, stream, waiting->size, time, &begin, &end);
    if (FAILED(result))
    {
        mux->streams[number].statistics.cFramesDropped++;
        CORK_WARN("stream %u drops a sample: %#x\n", number, (unsigned)result);
        free_waiting(waiting);
        return result;
    }
    waiting->time = time;
    waiting->send_time = (LONGLONG)begin > mux->packets.last_send_time ? (LONGLONG)begin : mux->packets.last_send_time;
    note_sample(&mux->streams[number], waiting, sample, end);
    insert(mux, waiting);
    return write_window(mux, FALSE);
}

static HRESULT STDMETHODCALLTYPE multiplexer_ProcessSample(IMFASFMultiplexer *iface, WORD stream, IMFSample *sample,
                                                           LONGLONG adjust)
{
    struct multiplexer *mux = impl(iface);
    HRESULT result;

    if (!sample) return E_INVALIDARG;
    EnterCriticalSection(&mux->lock);
    result = process_sample(mux, stream, sample, adjust);
    LeaveCriticalSection(&mux->lock);
    return result;
}

static HRESULT STDMETHODCALLTYPE multiplexer_GetNextPacket(IMFASFMultiplexer *iface, DWORD *status, IMFSample **sample)
{
    struct multiplexer *mux = impl(iface);
    HRESULT result = S_OK;

    if (!status || !sample) return E_INVALIDARG;
    *status = 0;
    EnterCriticalSection(&mux->lock);
    if (!mux->header) result = MF_E_NOT_INITIALIZED;
    *sample = asf_packet_queue_take(&mux->packets);
    if (mux->packets.first) *status = ASF_STATUSFLAGS_INCOMPLETE;
    LeaveCriticalSection(&mux->lock);
    return result;
}

static HRESULT STDMETHODCALLTYPE multiplexer_Flush(IMFASFMultiplexer *iface)
{
    struct multiplexer *mux = impl(iface);
    HRESULT result;

    CORK_TRACE("%p\n", (void *)iface);
    EnterCriticalSection(&mux->lock);
    result = mux->header ? write_window(mux, TRUE) : MF_E_NOT_INITIALIZED;
    if (SUCCEEDED(result)) result = asf_packet_queue_finish(&mux->packets);
    LeaveCriticalSection(&mux->lock);
    return result;
}

/* ---- The end ----------------------------------------------------------------------------------------------------- */

static void sum_up(const struct multiplexer *mux, struct asf_ended *ended)
{
    LONGLONG end = 0;
    UINT64 total = 0;

    for (WORD i = 1; i <= ASF_MAX_STREAM; i++)
    {
        const struct stream_state *state = &mux->streams[i];
        UINT64 length = (UINT64)(state->end_time - state->first_time);

        if (!state->seen) continue;
        if (state->end_time > end) end = state->end_time;
        if (length) ended->bitrates[i] = (UINT32)(state->bytes * 8000 / length);
        total += ended->bitrates[i];
    }
    ended->packets = mux->packets.packets;
    ended->play_duration = (UINT64)end * ASF_UNITS_A_MS;
    ended->send_duration = (UINT64)mux->packets.last_send_time * ASF_UNITS_A_MS;
    /* The rate that was asked for stays the most that there is, unless more has come. */
    ended->max_bitrate = total > mux->header->file.max_bitrate && total <= UINT_MAX ? (UINT32)total : 0;
}

/* E_INVALIDARG: not the content info object of Initialize, or not one of this DLL's, which alone can be changed. */
static HRESULT STDMETHODCALLTYPE multiplexer_End(IMFASFMultiplexer *iface, IMFASFContentInfo *info)
{
    struct multiplexer *mux = impl(iface);
    struct asf_ended ended = {0};
    HRESULT result = S_OK;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)info);
    if (!info) return E_INVALIDARG;
    EnterCriticalSection(&mux->lock);
    if (!mux->header)
        result = MF_E_NOT_INITIALIZED;
    else if (mux->content != identity(info))
        result = E_INVALIDARG;
    else if (mux->window || !asf_packet_queue_is_empty(&mux->packets))
        result = MF_E_FLUSH_NEEDED;
    else
        sum_up(mux, &ended);
    LeaveCriticalSection(&mux->lock);
    return SUCCEEDED(result) ? asf_content_info_ended(info, &ended) : result;
}

static HRESULT STDMETHODCALLTYPE multiplexer_GetStatistics(IMFASFMultiplexer *iface, WORD stream,
                                                           ASF_MUX_STATISTICS *statistics)
{
    struct multiplexer *mux = impl(iface);
    HRESULT result = S_OK;

    if (!statistics) return E_INVALIDARG;
    EnterCriticalSection(&mux->lock);
    if (!mux->header)
        result = MF_E_NOT_INITIALIZED;
    else if (!asf_header_stream(mux->header, stream))
        result = MF_E_INVALIDSTREAMNUMBER;
    else
        *statistics = mux->streams[stream].statistics;
    LeaveCriticalSection(&mux->lock);
    return result;
}

static IMFASFMultiplexerVtbl multiplexer_vtbl = {
    multiplexer_QueryInterface, multiplexer_AddRef,   multiplexer_Release,       multiplexer_Initialize,
    multiplexer_SetFlags,       multiplexer_GetFlags, multiplexer_ProcessSample, multiplexer_GetNextPacket,
    multiplexer_Flush,          multiplexer_End,      multiplexer_GetStatistics, multiplexer_SetSyncTolerance,
};

HRESULT WINAPI MFCreateASFMultiplexer(IMFASFMultiplexer **out)
{
    struct multiplexer *mux;

    CORK_TRACE("%p\n", (void *)out);
    if (!out) return E_INVALIDARG;
    *out = NULL;
    if (!(mux = calloc(1, sizeof(*mux)))) return E_OUTOFMEMORY;
    mux->IMFASFMultiplexer_iface.lpVtbl = &multiplexer_vtbl;
    mux->references = 1;
    mux->tolerance = DEFAULT_TOLERANCE;
    asf_packet_queue_init(&mux->packets);
    InitializeCriticalSection(&mux->lock);
    *out = &mux->IMFASFMultiplexer_iface;
    return S_OK;
}

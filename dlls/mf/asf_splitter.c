/*
 * IMFASFSplitter: samples from data packets.
 *
 * ParseData reads all packets that are whole then; what they gave waits in a queue for GetNextSample: samples, and the
 * errors between them. While anything waits, no more data are taken.
 */
#include "mf/asf_objects.h"

#include <stdlib.h>

#include "common/trace.h"
#include "mf/asf_assembly.h"
#include "mf/asf_packet.h"
#include "mf/asf_sample.h"
#include "mf/com.h"

CORK_TRACE_CHANNEL(mf);

/* What GetNextSample returns next: a sample, or an error. */
struct result
{
    struct result *next;
    HRESULT error;
    WORD stream;
    IMFSample *sample;
};

struct splitter
{
    IMFASFSplitter IMFASFSplitter_iface;
    volatile LONG references;
    CRITICAL_SECTION lock;     /* of what follows */
    struct asf_header *header; /* NULL: not initialized */
    DWORD flags;
    BOOL selected[ASF_MAX_STREAM + 1];
    struct asf_assembly streams[ASF_MAX_STREAM + 1];
    BYTE *carry; /* of a packet that is not whole yet */
    size_t carried, room;
    BOOL synchronized; /* a packet has been read since the beginning or the last flush */
    DWORD send_time;   /* of the last packet, ms */
    struct result *first, **last;
};

static struct splitter *impl(IMFASFSplitter *iface)
{
    return CONTAINING_RECORD(iface, struct splitter, IMFASFSplitter_iface);
}

/* Forgets everything that was parsed. */
static void reset(struct splitter *splitter)
{
    struct result *result;

    while ((result = splitter->first))
    {
        splitter->first = result->next;
        if (result->sample) IMFSample_Release(result->sample);
        free(result);
    }
    splitter->last = &splitter->first;
    for (int i = 0; i <= (int)ASF_MAX_STREAM; i++)
    {
        asf_assembly_reset(&splitter->streams[i]);
        splitter->streams[i].backwards = splitter->flags & MFASF_SPLITTER_REVERSE;
    }
    free(splitter->carry);
    splitter->carry = NULL;
    splitter->carried = splitter->room = 0;
    splitter->synchronized = FALSE;
}

static HRESULT splitter_query(struct splitter *splitter, REFIID iid, void **out)
{
    static const struct com_interface interfaces[] = {{&asf_splitter_iid, 0}};

    return com_query(splitter, interfaces, ARRAYSIZE(interfaces), iid, out);
}

static ULONG splitter_addref(struct splitter *splitter)
{
    return (ULONG)InterlockedIncrement(&splitter->references);
}

static ULONG splitter_release(struct splitter *splitter)
{
    ULONG left = (ULONG)InterlockedDecrement(&splitter->references);

    if (left) return left;
    reset(splitter);
    asf_header_free(splitter->header);
    DeleteCriticalSection(&splitter->lock);
    free(splitter);
    return 0;
}

COM_UNKNOWN(splitter, IMFASFSplitter, splitter, IMFASFSplitter_iface)

/* ---- Configuration ----------------------------------------------------------------------------------------------- */

static HRESULT STDMETHODCALLTYPE splitter_Initialize(IMFASFSplitter *iface, IMFASFContentInfo *info)
{
    struct splitter *splitter = impl(iface);
    struct asf_header *header;
    HRESULT result;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)info);
    if (!info) return E_INVALIDARG;
    if (FAILED(result = asf_content_header(info, &header, NULL))) return result;
    EnterCriticalSection(&splitter->lock);
    splitter->flags = 0;
    memset(splitter->selected, 0, sizeof(splitter->selected));
    splitter->send_time = 0;
    reset(splitter);
    asf_header_free(splitter->header);
    splitter->header = header;
    LeaveCriticalSection(&splitter->lock);
    return S_OK;
}

/* All packets have this size; 0: they differ. */
static UINT32 fixed_size(const struct asf_header *header)
{
    return header->file.min_packet_size == header->file.max_packet_size ? header->file.max_packet_size : 0;
}

/* "If the content does not support reverse playback, SetFlags returns MF_E_INVALIDREQUEST, but the flag is set on the
 * splitter." Only packets of one size are found from behind. */
static HRESULT set_flags(struct splitter *splitter, DWORD flags)
{
    if (!splitter->header) return MF_E_NOT_INITIALIZED;
    if (flags & ~(DWORD)(MFASF_SPLITTER_REVERSE | MFASF_SPLITTER_WMDRM)) return E_INVALIDARG;
    if ((flags ^ splitter->flags) & MFASF_SPLITTER_REVERSE)
    {
        splitter->flags = flags;
        reset(splitter);
    }
    splitter->flags = flags;
    return flags & MFASF_SPLITTER_REVERSE && !fixed_size(splitter->header) ? MF_E_INVALIDREQUEST : S_OK;
}

static HRESULT STDMETHODCALLTYPE splitter_SetFlags(IMFASFSplitter *iface, DWORD flags)
{
    struct splitter *splitter = impl(iface);
    HRESULT result;

    CORK_TRACE("%p, %#lx\n", (void *)iface, flags);
    EnterCriticalSection(&splitter->lock);
    result = set_flags(splitter, flags);
    LeaveCriticalSection(&splitter->lock);
    return result;
}

static HRESULT STDMETHODCALLTYPE splitter_GetFlags(IMFASFSplitter *iface, DWORD *flags)
{
    if (!flags) return E_INVALIDARG;
    *flags = impl(iface)->flags;
    return S_OK;
}

static HRESULT select_streams(struct splitter *splitter, const WORD *numbers, WORD count)
{
    if (!splitter->header) return MF_E_NOT_INITIALIZED;
    for (WORD i = 0; i < count; i++)
        if (!asf_header_stream(splitter->header, numbers[i])) return MF_E_INVALIDSTREAMNUMBER;
    memset(splitter->selected, 0, sizeof(splitter->selected));
    for (WORD i = 0; i < count; i++)
        splitter->selected[numbers[i]] = TRUE;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE splitter_SelectStreams(IMFASFSplitter *iface, WORD *numbers, WORD count)
{
    struct splitter *splitter = impl(iface);
    HRESULT result;

    if (!numbers && count) return E_INVALIDARG;
    EnterCriticalSection(&splitter->lock);
    result = select_streams(splitter, numbers, count);
    LeaveCriticalSection(&splitter->lock);
    return result;
}

static HRESULT STDMETHODCALLTYPE splitter_GetSelectedStreams(IMFASFSplitter *iface, WORD *numbers, WORD *count)
{
    struct splitter *splitter = impl(iface);
    WORD selected = 0, room;

    if (!count || (!numbers && *count)) return E_INVALIDARG;
    room = *count;
    EnterCriticalSection(&splitter->lock);
    for (WORD i = 1; i <= ASF_MAX_STREAM; i++)
    {
        if (!splitter->selected[i]) continue;
        if (selected < room) numbers[selected] = i;
        selected++;
    }
    LeaveCriticalSection(&splitter->lock);
    *count = selected;
    return selected > room ? MF_E_BUFFERTOOSMALL : S_OK;
}

/* ---- What packets give ------------------------------------------------------------------------------------------- */

static HRESULT queue(struct splitter *splitter, WORD stream, IMFSample *sample, HRESULT error)
{
    struct result *result = calloc(1, sizeof(*result));

    if (!result) return E_OUTOFMEMORY;
    result->error = error;
    result->stream = stream;
    if ((result->sample = sample)) IMFSample_AddRef(sample);
    *splitter->last = result;
    splitter->last = &result->next;
    return S_OK;
}

static HRESULT queue_error(struct splitter *splitter, HRESULT error)
{
    CORK_WARN("in the data: %#x\n", (unsigned)error);
    return queue(splitter, 0, NULL, error);
}

static HRESULT queue_object(struct splitter *splitter, const struct asf_stream *stream, struct asf_assembly *assembly)
{
    IMFSample *sample;
    HRESULT result = asf_sample_create(splitter->header, stream, assembly, &sample);

    assembly->gap = false;
    if (FAILED(result)) return result;
    result = queue(splitter, stream->number, sample, S_OK);
    IMFSample_Release(sample);
    return result;
}

/* "The splitter delivers samples for streams that are protected" only with the flag for it. */
static BOOL is_wanted(const struct splitter *splitter, const struct asf_stream *stream)
{
    return stream && splitter->selected[stream->number] &&
           (!stream->encrypted || splitter->flags & MFASF_SPLITTER_WMDRM);
}

static HRESULT take_payload(struct splitter *splitter, const struct asf_payload *payload)
{
    const struct asf_stream *stream = asf_header_stream(splitter->header, payload->stream);
    struct asf_assembly *assembly = &splitter->streams[payload->stream];
    enum asf_assembled assembled;
    HRESULT result = S_OK;

    if (!is_wanted(splitter, stream)) return S_OK;
    assembled = asf_assembly_add(assembly, payload);
    if (assembled == ASF_NO_ROOM) return E_OUTOFMEMORY;
    if (assembly->lost) result = queue_error(splitter, MF_E_ASF_MISSINGDATA);
    assembly->lost = false;
    if (SUCCEEDED(result) && assembled == ASF_WHOLE) result = queue_object(splitter, stream, assembly);
    return result;
}

/* All payloads of a packet; their number. ASF_INVALID: the packet contradicts itself, and has none. */
#define MAX_OBJECTS_OF_PACKET 65536u

static enum asf_result read_payloads(struct asf_packet *packet, struct asf_payload **payloads, size_t *count)
{
    struct asf_payload payload, *larger;
    enum asf_result result;
    size_t room = 0;

    *payloads = NULL;
    *count = 0;
    while (!(result = asf_packet_next(packet, &payload)))
    {
        if (*count == room)
        {
            room = room ? 2 * room : 16;
            if (room > MAX_OBJECTS_OF_PACKET) return ASF_TOO_LARGE;
            if (!(larger = realloc(*payloads, room * sizeof(*larger)))) return ASF_NO_MEMORY;
            *payloads = larger;
        }
        (*payloads)[(*count)++] = payload;
    }
    return result == ASF_END ? ASF_OK : result;
}

/* The data go on after something that is missing: no object goes on over it. */
static void break_streams(struct splitter *splitter)
{
    for (unsigned i = 1; i <= ASF_MAX_STREAM; i++)
    {
        asf_assembly_break(&splitter->streams[i]);
        splitter->streams[i].lost = false;
    }
}

/* A packet that cannot be read. Where none has been read before, the data do not begin at a packet, and give nothing:
 * "ParseData and GetNextSample calls succeed but GetNextSample does not retrieve any samples". */
static HRESULT refuse_packet(struct splitter *splitter, enum asf_result result)
{
    if (result == ASF_NO_MEMORY) return E_OUTOFMEMORY;
    break_streams(splitter);
    if (result != ASF_OPAQUE && !splitter->synchronized) return S_OK;
    return queue_error(splitter, asf_hresult(result));
}

static HRESULT take_packet(struct splitter *splitter, const BYTE *data, size_t size)
{
    struct asf_payload *payloads = NULL;
    struct asf_packet packet;
    enum asf_result read = asf_packet_read(data, size, &packet);
    HRESULT result = S_OK;
    size_t count = 0;

    if (!read) read = read_payloads(&packet, &payloads, &count);
    if (read)
    {
        free(payloads);
        return refuse_packet(splitter, read);
    }
    splitter->synchronized = TRUE;
    splitter->send_time = packet.send_time;
    for (size_t i = 0; i < count && SUCCEEDED(result); i++)
        result = take_payload(splitter, &payloads[splitter->flags & MFASF_SPLITTER_REVERSE ? count - 1 - i : i]);
    free(payloads);
    return result;
}

/* ---- Packets in buffers ------------------------------------------------------------------------------------------ */

/* Puts data behind what is carried, or backwards before it. */
static HRESULT carry(struct splitter *splitter, const BYTE *data, size_t size)
{
    size_t total = splitter->carried + size;
    BYTE *larger;

    if (total > splitter->room)
    {
        if (!(larger = realloc(splitter->carry, total))) return E_OUTOFMEMORY;
        splitter->carry = larger;
        splitter->room = total;
    }
    if (splitter->flags & MFASF_SPLITTER_REVERSE)
    {
        memmove(splitter->carry + size, splitter->carry, splitter->carried);
        if (size) memcpy(splitter->carry, data, size);
    }
    else if (size)
        memcpy(splitter->carry + splitter->carried, data, size);
    splitter->carried = total;
    return S_OK;
}

static HRESULT parse_forwards(struct splitter *splitter, UINT32 packet)
{
    HRESULT result = S_OK;
    size_t at = 0;

    for (; splitter->carried - at >= packet && SUCCEEDED(result); at += packet)
        result = take_packet(splitter, splitter->carry + at, packet);
    splitter->carried -= at;
    memmove(splitter->carry, splitter->carry + at, splitter->carried);
    return result;
}

static HRESULT parse_backwards(struct splitter *splitter, UINT32 packet)
{
    HRESULT result = S_OK;

    while (splitter->carried >= packet && SUCCEEDED(result))
    {
        splitter->carried -= packet;
        result = take_packet(splitter, splitter->carry + splitter->carried, packet);
    }
    return result;
}

/* Whether a buffer says that a packet begins with it. One that says nothing begins one where none is begun. */
static BOOL begins_packet(const struct splitter *splitter, IMFMediaBuffer *buffer)
{
    IMFAttributes *attributes;
    UINT32 boundary;
    HRESULT result;

    if (FAILED(IMFMediaBuffer_QueryInterface(buffer, &IID_IMFAttributes, (void **)&attributes)))
        return !splitter->carried;
    result = IMFAttributes_GetUINT32(attributes, &MFASFSPLITTER_PACKET_BOUNDARY, &boundary);
    IMFAttributes_Release(attributes);
    return SUCCEEDED(result) ? boundary != 0 : !splitter->carried;
}

/* Packets of different sizes: what is carried is one when it says so itself, or when it has the least size that a
 * packet has in the file. */
static HRESULT parse_variable(struct splitter *splitter, IMFMediaBuffer *buffer, const BYTE *data, size_t size)
{
    struct asf_packet packet;
    HRESULT result = S_OK;

    if (begins_packet(splitter, buffer) && splitter->carried)
    {
        splitter->carried = 0;
        result = refuse_packet(splitter, ASF_INVALID);
    }
    if (SUCCEEDED(result)) result = carry(splitter, data, size);
    if (FAILED(result) || asf_packet_read(splitter->carry, splitter->carried, &packet) ||
        splitter->carried < splitter->header->file.min_packet_size)
        return result;
    result = take_packet(splitter, splitter->carry, splitter->carried);
    splitter->carried = 0;
    return result;
}

static HRESULT parse(struct splitter *splitter, IMFMediaBuffer *buffer, const BYTE *data, size_t size)
{
    UINT32 packet;
    HRESULT result;

    if (!splitter->header) return MF_E_NOT_INITIALIZED;
    if (splitter->first) return MF_E_NOTACCEPTING;
    if (!(packet = fixed_size(splitter->header)))
    {
        if (splitter->flags & MFASF_SPLITTER_REVERSE) return MF_E_INVALIDREQUEST;
        return parse_variable(splitter, buffer, data, size);
    }
    if (FAILED(result = carry(splitter, data, size))) return result;
    return splitter->flags & MFASF_SPLITTER_REVERSE ? parse_backwards(splitter, packet)
                                                    : parse_forwards(splitter, packet);
}

static HRESULT STDMETHODCALLTYPE splitter_ParseData(IMFASFSplitter *iface, IMFMediaBuffer *buffer, DWORD offset,
                                                    DWORD length)
{
    struct splitter *splitter = impl(iface);
    struct asf_locked locked;
    HRESULT result;

    CORK_TRACE("%p, %p, %lu, %lu\n", (void *)iface, (void *)buffer, offset, length);
    if (!buffer) return E_INVALIDARG;
    if (FAILED(result = asf_lock(buffer, &locked))) return result;
    if (offset > locked.length || length > locked.length - offset)
        result = E_INVALIDARG;
    else
    {
        EnterCriticalSection(&splitter->lock);
        result = parse(splitter, buffer, locked.data + offset, length ? length : locked.length - offset);
        LeaveCriticalSection(&splitter->lock);
    }
    asf_unlock(&locked);
    return result;
}

/* ---- Samples ----------------------------------------------------------------------------------------------------- */

static struct result *take_result(struct splitter *splitter, BOOL *more)
{
    struct result *result;

    EnterCriticalSection(&splitter->lock);
    if ((result = splitter->first))
    {
        splitter->first = result->next;
        if (!splitter->first) splitter->last = &splitter->first;
    }
    *more = splitter->first != NULL;
    LeaveCriticalSection(&splitter->lock);
    return result;
}

/* An error stands where its data would: the samples behind it come with the calls after it. */
static HRESULT STDMETHODCALLTYPE splitter_GetNextSample(IMFASFSplitter *iface, DWORD *status, WORD *stream,
                                                        IMFSample **sample)
{
    struct result *result;
    HRESULT error;
    BOOL more;

    if (!status || !stream || !sample) return E_INVALIDARG;
    *sample = NULL;
    *stream = 0;
    if (!impl(iface)->header) return MF_E_NOT_INITIALIZED;
    result = take_result(impl(iface), &more);
    *status = more ? ASF_STATUSFLAGS_INCOMPLETE : 0;
    if (!result) return S_OK;
    *sample = result->sample;
    *stream = result->stream;
    error = result->error;
    free(result);
    return error;
}

static HRESULT STDMETHODCALLTYPE splitter_Flush(IMFASFSplitter *iface)
{
    struct splitter *splitter = impl(iface);

    CORK_TRACE("%p\n", (void *)iface);
    EnterCriticalSection(&splitter->lock);
    reset(splitter);
    LeaveCriticalSection(&splitter->lock);
    return S_OK;
}

/* ms; 0 before the first packet. */
static HRESULT STDMETHODCALLTYPE splitter_GetLastSendTime(IMFASFSplitter *iface, DWORD *time)
{
    if (!time) return E_INVALIDARG;
    *time = impl(iface)->send_time;
    return S_OK;
}

static IMFASFSplitterVtbl splitter_vtbl = {
    splitter_QueryInterface, splitter_AddRef,        splitter_Release,       splitter_Initialize,
    splitter_SetFlags,       splitter_GetFlags,      splitter_SelectStreams, splitter_GetSelectedStreams,
    splitter_ParseData,      splitter_GetNextSample, splitter_Flush,         splitter_GetLastSendTime,
};

HRESULT WINAPI MFCreateASFSplitter(IMFASFSplitter **out)
{
    struct splitter *splitter;

    CORK_TRACE("%p\n", (void *)out);
    if (!out) return E_INVALIDARG;
    *out = NULL;
    if (!(splitter = calloc(1, sizeof(*splitter)))) return E_OUTOFMEMORY;
    splitter->IMFASFSplitter_iface.lpVtbl = &splitter_vtbl;
    splitter->references = 1;
    splitter->last = &splitter->first;
    InitializeCriticalSection(&splitter->lock);
    *out = &splitter->IMFASFSplitter_iface;
    return S_OK;
}

/*
 * MFCreateASFIndexerByteStream: the part of a byte stream that an index lies in, as a byte stream of its own, whose
 * position 0 is where the index begins. It has a position of its own, too; reading and writing move the other's.
 */
#include "mf/asf_objects.h"

#include <stdlib.h>

#include "common/trace.h"
#include "mf/com.h"

CORK_TRACE_CHANNEL(mf);

struct index_stream
{
    IMFByteStream IMFByteStream_iface;
    volatile LONG references;
    CRITICAL_SECTION lock; /* of the position, and of the other stream's while it is used */
    IMFByteStream *content;
    QWORD start, position;
};

static struct index_stream *impl(IMFByteStream *iface)
{
    return CONTAINING_RECORD(iface, struct index_stream, IMFByteStream_iface);
}

static HRESULT index_stream_query(struct index_stream *stream, REFIID iid, void **out)
{
    static const struct com_interface interfaces[] = {{&IID_IMFByteStream, 0}};

    return com_query(stream, interfaces, ARRAYSIZE(interfaces), iid, out);
}

static ULONG index_stream_addref(struct index_stream *stream)
{
    return (ULONG)InterlockedIncrement(&stream->references);
}

static ULONG index_stream_release(struct index_stream *stream)
{
    ULONG left = (ULONG)InterlockedDecrement(&stream->references);

    if (left) return left;
    IMFByteStream_Release(stream->content);
    DeleteCriticalSection(&stream->lock);
    free(stream);
    return 0;
}

COM_UNKNOWN(index_stream, IMFByteStream, index_stream, IMFByteStream_iface)

static HRESULT STDMETHODCALLTYPE index_stream_GetCapabilities(IMFByteStream *iface, DWORD *capabilities)
{
    return IMFByteStream_GetCapabilities(impl(iface)->content, capabilities);
}

static HRESULT STDMETHODCALLTYPE index_stream_GetLength(IMFByteStream *iface, QWORD *length)
{
    struct index_stream *stream = impl(iface);
    HRESULT result;

    if (!length) return E_INVALIDARG;
    if (FAILED(result = IMFByteStream_GetLength(stream->content, length))) return result;
    *length = *length > stream->start ? *length - stream->start : 0;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE index_stream_SetLength(IMFByteStream *iface, QWORD length)
{
    return IMFByteStream_SetLength(impl(iface)->content, impl(iface)->start + length);
}

static HRESULT STDMETHODCALLTYPE index_stream_GetCurrentPosition(IMFByteStream *iface, QWORD *position)
{
    struct index_stream *stream = impl(iface);

    if (!position) return E_INVALIDARG;
    EnterCriticalSection(&stream->lock);
    *position = stream->position;
    LeaveCriticalSection(&stream->lock);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE index_stream_SetCurrentPosition(IMFByteStream *iface, QWORD position)
{
    struct index_stream *stream = impl(iface);

    EnterCriticalSection(&stream->lock);
    stream->position = position;
    LeaveCriticalSection(&stream->lock);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE index_stream_IsEndOfStream(IMFByteStream *iface, BOOL *end)
{
    QWORD length, position;
    HRESULT result;

    if (!end) return E_INVALIDARG;
    if (FAILED(result = index_stream_GetLength(iface, &length))) return result;
    index_stream_GetCurrentPosition(iface, &position);
    *end = position >= length;
    return S_OK;
}

/* Moves the other stream to where this one is. With the lock. */
static HRESULT go(struct index_stream *stream)
{
    return IMFByteStream_SetCurrentPosition(stream->content, stream->start + stream->position);
}

static HRESULT STDMETHODCALLTYPE index_stream_Read(IMFByteStream *iface, BYTE *data, ULONG size, ULONG *read)
{
    struct index_stream *stream = impl(iface);
    HRESULT result;

    if (!data || !read) return E_INVALIDARG;
    *read = 0;
    EnterCriticalSection(&stream->lock);
    if (SUCCEEDED(result = go(stream))) result = IMFByteStream_Read(stream->content, data, size, read);
    stream->position += *read;
    LeaveCriticalSection(&stream->lock);
    return result;
}

static HRESULT STDMETHODCALLTYPE index_stream_BeginRead(IMFByteStream *iface, BYTE *data, ULONG size,
                                                        IMFAsyncCallback *callback, IUnknown *state)
{
    struct index_stream *stream = impl(iface);
    HRESULT result;

    EnterCriticalSection(&stream->lock);
    if (SUCCEEDED(result = go(stream))) result = IMFByteStream_BeginRead(stream->content, data, size, callback, state);
    LeaveCriticalSection(&stream->lock);
    return result;
}

/* The position moves when an operation ends: as with any byte stream, one is under way at a time. */
static HRESULT STDMETHODCALLTYPE index_stream_EndRead(IMFByteStream *iface, IMFAsyncResult *ended, ULONG *read)
{
    struct index_stream *stream = impl(iface);
    HRESULT result;

    if (!read) return E_INVALIDARG;
    *read = 0;
    EnterCriticalSection(&stream->lock);
    result = IMFByteStream_EndRead(stream->content, ended, read);
    stream->position += *read;
    LeaveCriticalSection(&stream->lock);
    return result;
}

static HRESULT STDMETHODCALLTYPE index_stream_Write(IMFByteStream *iface, const BYTE *data, ULONG size, ULONG *written)
{
    struct index_stream *stream = impl(iface);
    HRESULT result;

    if (!data || !written) return E_INVALIDARG;
    *written = 0;
    EnterCriticalSection(&stream->lock);
    if (SUCCEEDED(result = go(stream))) result = IMFByteStream_Write(stream->content, data, size, written);
    stream->position += *written;
    LeaveCriticalSection(&stream->lock);
    return result;
}

static HRESULT STDMETHODCALLTYPE index_stream_BeginWrite(IMFByteStream *iface, const BYTE *data, ULONG size,
                                                         IMFAsyncCallback *callback, IUnknown *state)
{
    struct index_stream *stream = impl(iface);
    HRESULT result;

    EnterCriticalSection(&stream->lock);
    if (SUCCEEDED(result = go(stream))) result = IMFByteStream_BeginWrite(stream->content, data, size, callback, state);
    LeaveCriticalSection(&stream->lock);
    return result;
}

static HRESULT STDMETHODCALLTYPE index_stream_EndWrite(IMFByteStream *iface, IMFAsyncResult *ended, ULONG *written)
{
    struct index_stream *stream = impl(iface);
    HRESULT result;

    if (!written) return E_INVALIDARG;
    *written = 0;
    EnterCriticalSection(&stream->lock);
    result = IMFByteStream_EndWrite(stream->content, ended, written);
    stream->position += *written;
    LeaveCriticalSection(&stream->lock);
    return result;
}

static HRESULT STDMETHODCALLTYPE index_stream_Seek(IMFByteStream *iface, MFBYTESTREAM_SEEK_ORIGIN origin,
                                                   LONGLONG offset, DWORD flags, QWORD *position)
{
    struct index_stream *stream = impl(iface);
    HRESULT result = S_OK;
    QWORD to;

    (void)flags;
    EnterCriticalSection(&stream->lock);
    to = (origin == msoCurrent ? stream->position : 0) + (QWORD)offset;
    if ((origin != msoBegin && origin != msoCurrent) || (LONGLONG)to < 0)
        result = E_INVALIDARG;
    else
        stream->position = to;
    if (position) *position = stream->position;
    LeaveCriticalSection(&stream->lock);
    return result;
}

static HRESULT STDMETHODCALLTYPE index_stream_Flush(IMFByteStream *iface)
{
    return IMFByteStream_Flush(impl(iface)->content);
}

static HRESULT STDMETHODCALLTYPE index_stream_Close(IMFByteStream *iface)
{
    return IMFByteStream_Close(impl(iface)->content);
}

static IMFByteStreamVtbl index_stream_vtbl = {
    index_stream_QueryInterface,
    index_stream_AddRef,
    index_stream_Release,
    index_stream_GetCapabilities,
    index_stream_GetLength,
    index_stream_SetLength,
    index_stream_GetCurrentPosition,
    index_stream_SetCurrentPosition,
    index_stream_IsEndOfStream,
    index_stream_Read,
    index_stream_BeginRead,
    index_stream_EndRead,
    index_stream_Write,
    index_stream_BeginWrite,
    index_stream_EndWrite,
    index_stream_Seek,
    index_stream_Flush,
    index_stream_Close,
};

/* "MF_E_UNEXPECTED: The offset specified in cbIndexStartOffset is invalid": it lies behind the content's end. At the
 * end itself an index can be written. */
HRESULT WINAPI MFCreateASFIndexerByteStream(IMFByteStream *content, QWORD offset, IMFByteStream **out)
{
    struct index_stream *stream;
    HRESULT result;
    QWORD length;

    CORK_TRACE("%p, %llu, %p\n", (void *)content, (unsigned long long)offset, (void *)out);
    if (!content || !out) return E_INVALIDARG;
    *out = NULL;
    if (FAILED(result = IMFByteStream_GetLength(content, &length))) return result;
    if (offset > length) return MF_E_UNEXPECTED;
    if (!(stream = calloc(1, sizeof(*stream)))) return E_OUTOFMEMORY;
    stream->IMFByteStream_iface.lpVtbl = &index_stream_vtbl;
    stream->references = 1;
    stream->content = content;
    stream->start = offset;
    IMFByteStream_AddRef(content);
    InitializeCriticalSection(&stream->lock);
    *out = &stream->IMFByteStream_iface;
    return S_OK;
}

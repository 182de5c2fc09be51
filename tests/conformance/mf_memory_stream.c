/* See mf_memory_stream.h. */
#include "mf_memory_stream.h"

#include <stdlib.h>

struct memory_stream
{
    IMFByteStream iface;
    LONG refs;
    DWORD room, portion, capabilities, position, length;
    BYTE *data;
};

static struct memory_stream *from(IMFByteStream *iface)
{
    return CONTAINING_RECORD(iface, struct memory_stream, iface);
}

static HRESULT WINAPI stream_QueryInterface(IMFByteStream *iface, REFIID iid, void **out)
{
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IMFByteStream)) return E_NOINTERFACE;
    *out = iface;
    IMFByteStream_AddRef(iface);
    return S_OK;
}
static ULONG WINAPI stream_AddRef(IMFByteStream *iface)
{
    return InterlockedIncrement(&from(iface)->refs);
}
static ULONG WINAPI stream_Release(IMFByteStream *iface)
{
    ULONG refs = InterlockedDecrement(&from(iface)->refs);

    if (refs) return refs;
    free(from(iface)->data);
    free(from(iface));
    return 0;
}
static HRESULT WINAPI stream_GetCapabilities(IMFByteStream *iface, DWORD *capabilities)
{
    *capabilities = from(iface)->capabilities;
    return S_OK;
}
static HRESULT WINAPI stream_GetLength(IMFByteStream *iface, QWORD *length)
{
    *length = from(iface)->length;
    return S_OK;
}
static HRESULT WINAPI stream_SetLength(IMFByteStream *iface, QWORD length)
{
    (void)iface;
    (void)length;
    return E_NOTIMPL;
}
static HRESULT WINAPI stream_GetCurrentPosition(IMFByteStream *iface, QWORD *position)
{
    *position = from(iface)->position;
    return S_OK;
}
static HRESULT WINAPI stream_SetCurrentPosition(IMFByteStream *iface, QWORD position)
{
    if (position > from(iface)->length) return E_INVALIDARG;
    from(iface)->position = (DWORD)position;
    return S_OK;
}
static HRESULT WINAPI stream_IsEndOfStream(IMFByteStream *iface, BOOL *end)
{
    *end = from(iface)->position == from(iface)->length;
    return S_OK;
}
static HRESULT WINAPI stream_Read(IMFByteStream *iface, BYTE *data, ULONG size, ULONG *got)
{
    struct memory_stream *stream = from(iface);

    *got = size < stream->length - stream->position ? size : stream->length - stream->position;
    memcpy(data, stream->data + stream->position, *got);
    stream->position += *got;
    return S_OK;
}
static HRESULT WINAPI stream_BeginRead(IMFByteStream *iface, BYTE *data, ULONG size, IMFAsyncCallback *callback,
                                       IUnknown *state)
{
    (void)iface;
    (void)data;
    (void)size;
    (void)callback;
    (void)state;
    return E_NOTIMPL;
}
static HRESULT WINAPI stream_EndRead(IMFByteStream *iface, IMFAsyncResult *result, ULONG *got)
{
    (void)iface;
    (void)result;
    (void)got;
    return E_NOTIMPL;
}
static HRESULT WINAPI stream_Write(IMFByteStream *iface, const BYTE *data, ULONG size, ULONG *written)
{
    struct memory_stream *stream = from(iface);

    if (stream->portion && size > stream->portion) size = stream->portion;
    if (size > stream->room - stream->position) return HRESULT_FROM_WIN32(ERROR_DISK_FULL);
    memcpy(stream->data + stream->position, data, size);
    stream->position += size;
    if (stream->position > stream->length) stream->length = stream->position;
    *written = size;
    return S_OK;
}
static HRESULT WINAPI stream_BeginWrite(IMFByteStream *iface, const BYTE *data, ULONG size, IMFAsyncCallback *callback,
                                        IUnknown *state)
{
    (void)iface;
    (void)data;
    (void)size;
    (void)callback;
    (void)state;
    return E_NOTIMPL;
}
static HRESULT WINAPI stream_EndWrite(IMFByteStream *iface, IMFAsyncResult *result, ULONG *written)
{
    return stream_EndRead(iface, result, written);
}
static HRESULT WINAPI stream_Seek(IMFByteStream *iface, MFBYTESTREAM_SEEK_ORIGIN origin, LONGLONG offset, DWORD flags,
                                  QWORD *position)
{
    (void)iface;
    (void)origin;
    (void)offset;
    (void)flags;
    (void)position;
    return E_NOTIMPL;
}
static HRESULT WINAPI stream_Flush(IMFByteStream *iface)
{
    (void)iface;
    return S_OK;
}
static HRESULT WINAPI stream_Close(IMFByteStream *iface)
{
    (void)iface;
    return S_OK;
}

static IMFByteStreamVtbl stream_vtbl = {
    stream_QueryInterface,
    stream_AddRef,
    stream_Release,
    stream_GetCapabilities,
    stream_GetLength,
    stream_SetLength,
    stream_GetCurrentPosition,
    stream_SetCurrentPosition,
    stream_IsEndOfStream,
    stream_Read,
    stream_BeginRead,
    stream_EndRead,
    stream_Write,
    stream_BeginWrite,
    stream_EndWrite,
    stream_Seek,
    stream_Flush,
    stream_Close,
};

IMFByteStream *memory_stream(DWORD room, DWORD portion, DWORD capabilities)
{
    struct memory_stream *stream = calloc(1, sizeof(*stream));

    stream->iface.lpVtbl = &stream_vtbl;
    stream->refs = 1;
    stream->room = room;
    stream->portion = portion;
    stream->capabilities = capabilities;
    stream->data = calloc(1, room);
    return &stream->iface;
}

const BYTE *memory_stream_data(IMFByteStream *stream, DWORD *size)
{
    *size = from(stream)->length;
    return from(stream)->data;
}

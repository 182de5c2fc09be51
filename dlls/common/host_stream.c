/* Receiving what corkd sends. */
#ifdef _WIN32

#include "common/host_stream.h"

#include <limits.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(cork);

bool host_stream_open(struct host_stream *stream)
{
    memset(stream, 0, sizeof(*stream));
    stream->socket = INVALID_SOCKET;
    host_reader_init(&stream->reader, HOST_PAYLOAD_MAX);
    stream->operation.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    return stream->operation.hEvent != NULL;
}

void host_stream_close(struct host_stream *stream)
{
    if (stream->socket != INVALID_SOCKET) closesocket(stream->socket);
    CloseHandle(stream->operation.hEvent);
    host_reader_free(&stream->reader);
}

static enum host_received received(struct host_stream *stream, DWORD size)
{
    if (!size) return HOST_RECEIVED_END;
    host_reader_added(&stream->reader, size);
    return HOST_RECEIVED_SOME;
}

enum host_received host_stream_begin(struct host_stream *stream)
{
    DWORD flags = 0, size = 0;
    size_t room;
    WSABUF buffer;

    if (stream->posted) return HOST_RECEIVED_NOTHING;
    buffer.buf = (char *)host_reader_room(&stream->reader, &room);
    if (!buffer.buf)
    {
        CORK_WARN("%s\n", host_error_text(stream->reader.error));
        return HOST_RECEIVED_END;
    }
    buffer.len = room > INT_MAX ? INT_MAX : (ULONG)room;
    if (!WSARecv(stream->socket, &buffer, 1, &size, &flags, &stream->operation, NULL)) return received(stream, size);
    stream->posted = WSAGetLastError() == WSA_IO_PENDING;
    return stream->posted ? HOST_RECEIVED_NOTHING : HOST_RECEIVED_END;
}

/* With something under way that has ended, or will at once. */
static enum host_received finish(struct host_stream *stream)
{
    DWORD flags, size = 0;

    stream->posted = false;
    if (WSAGetOverlappedResult(stream->socket, &stream->operation, &size, TRUE, &flags)) return received(stream, size);
    return WSAGetLastError() == WSA_OPERATION_ABORTED ? HOST_RECEIVED_NOTHING : HOST_RECEIVED_END;
}

enum host_received host_stream_wait(struct host_stream *stream, DWORD timeout)
{
    if (WaitForSingleObject(stream->operation.hEvent, timeout) == WAIT_TIMEOUT) return HOST_RECEIVED_NOTHING;
    return finish(stream);
}

enum host_received host_stream_stop(struct host_stream *stream)
{
    if (!stream->posted) return HOST_RECEIVED_NOTHING;
    host_stream_interrupt(stream);
    return finish(stream);
}

void host_stream_interrupt(struct host_stream *stream)
{
    CancelIoEx((HANDLE)stream->socket, &stream->operation);
}

#endif

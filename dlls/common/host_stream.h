/*
 * What corkd sends on a connection: received by one thread at a time, whichever that is, and left at any time for
 * another to go on. Windows only; link with ws2_32.
 */
#ifndef CORK_COMMON_HOST_STREAM_H
#define CORK_COMMON_HOST_STREAM_H

#include <winsock2.h>

#include "common/host_protocol.h"

struct host_stream
{
    SOCKET socket;             /* the caller sets it, once there is one */
    struct host_reader reader; /* what has come */
    OVERLAPPED operation;      /* the receiving that is under way; its event is set when it ends */
    bool posted;               /* there is one */
};

enum host_received
{
    HOST_RECEIVED_NOTHING, /* not yet */
    HOST_RECEIVED_SOME,    /* bytes have come into the reader */
    HOST_RECEIVED_END,     /* the other side has gone, or what it sends is no stream of frames, or there is no memory */
};

/* Without a socket yet. False: no memory. */
bool host_stream_open(struct host_stream *stream);
/* Closes the socket too. Nothing may be under way. */
void host_stream_close(struct host_stream *stream);

/* Begins to receive, where that is not under way; does not wait. What was there already has come when it returns. */
enum host_received host_stream_begin(struct host_stream *stream);
/* After host_stream_begin said HOST_RECEIVED_NOTHING, on the same thread: waits at most `timeout` milliseconds. With
 * HOST_RECEIVED_NOTHING it is still under way, or has been interrupted. */
enum host_received host_stream_wait(struct host_stream *stream, DWORD timeout);
/* Ends what is under way, so that another thread may begin. The same thread again; does not wait for the other side. */
enum host_received host_stream_stop(struct host_stream *stream);
/* Ends the wait of another thread, if receiving is under way. Any thread; the stream has to stay meanwhile. */
void host_stream_interrupt(struct host_stream *stream);

#endif

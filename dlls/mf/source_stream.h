/*
 * A stream of a source that plays other sources: a child's stream under the identifier and descriptor that the outer
 * source gave it. The child's events are taken once and queued again here (source_group.c), so that one child's stream
 * can be played in one presentation after another.
 */
#ifndef CORK_MF_SOURCE_STREAM_H
#define CORK_MF_SOURCE_STREAM_H

#include <windows.h>
#include "mf_transcode.h"

struct source_stream
{
    IMFMediaStream iface;
    LONG refs;
    SRWLOCK lock;
    IMFMediaSource *source; /* the outer one, referenced until it is shut down */
    IMFMediaStream *native;
    IMFStreamDescriptor *descriptor;
    IMFMediaEventQueue *queue;
};

/* A stream of `source` for the child's stream `native`, with one reference. Returns E_OUTOFMEMORY or
 * MFCreateEventQueue's error. */
HRESULT source_stream_create(IMFMediaSource *source, IMFMediaStream *native, IMFStreamDescriptor *descriptor,
                             struct source_stream **out);

ULONG source_stream_addref(struct source_stream *stream);
ULONG source_stream_release(struct source_stream *stream);

/* The outer source has been shut down: from now on methods return MF_E_SHUTDOWN. */
void source_stream_shut_down(struct source_stream *stream);

#endif

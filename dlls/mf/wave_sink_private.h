/* What the WAVE sink's two files, the sink and its stream, know of each other. */
#ifndef CORK_MF_WAVE_SINK_PRIVATE_H
#define CORK_MF_WAVE_SINK_PRIVATE_H

#include <stdbool.h>
#include <windows.h>
#include "mf_transcode.h"

/* Samples that the sink asks for ahead. */
#define WAVE_SINK_DEPTH 4

struct wave_sink
{
    IMFFinalizableMediaSink sink_iface;
    IMFClockStateSink clock_iface;
    IMFStreamSink stream_iface;
    IMFMediaTypeHandler handler_iface;
    LONG refs;
    CRITICAL_SECTION lock;
    IMFMediaEventQueue *queue; /* the stream's events */
    IMFPresentationClock *clock;
    IMFByteStream *stream;
    IMFMediaType *type; /* complete, never changed */
    WAVEFORMATEX *format;
    UINT32 format_size;
    QWORD begin; /* where in the byte stream the file is */
    UINT64 data_size;
    HRESULT failure; /* the first one in writing */
    bool has_header, is_running, is_finalized, is_shut_down;
};

/* The lock, of a sink that is not shut down: MF_E_SHUTDOWN otherwise, and then nothing is to be left. */
HRESULT wave_sink_enter(struct wave_sink *sink);
void wave_sink_leave(struct wave_sink *sink);

HRESULT wave_sink_query(struct wave_sink *sink, REFIID iid, void **out);
ULONG wave_sink_addref(struct wave_sink *sink);
ULONG wave_sink_release(struct wave_sink *sink);

/* Writes a sample's data. Called with the lock held. */
HRESULT wave_sink_write(struct wave_sink *sink, IMFSample *sample);

/* Fills in the stream's interfaces and the type. Returns MF_E_INVALIDMEDIATYPE. (wave_stream.c) */
HRESULT wave_stream_init(struct wave_sink *sink, IMFMediaType *type);

#endif

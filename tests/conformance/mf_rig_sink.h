/* What the rig's media sink (mf_rig_sink.c) and its streams (mf_rig_sink_stream.c) share. */
#ifndef CORK_TESTS_CONFORMANCE_MF_RIG_SINK_H
#define CORK_TESTS_CONFORMANCE_MF_RIG_SINK_H

#include "mf_rig_object.h"

struct item;

struct sink_stream
{
    struct sink *owner;
    IMFStreamSink stream;
    IMFMediaTypeHandler handler;
    IMFGetService services;
    IMFVideoSampleAllocator *allocator; /* NULL: not yet, or none */
    IMFAsyncCallback timer;
    IMFMediaEventQueue *events;
    IMFMediaType *type;
    char name[RIG_NAME];
    unsigned index, outstanding, prerolled;
    struct item *items, **last;
    IUnknown *timer_key;
    DWORD expected; /* number of the sample that follows on */
    struct rig_sink_state state;
};

struct sink
{
    struct rig_object object;
    IMFFinalizableMediaSink media; /* IMFMediaSink's methods come first */
    IMFClockStateSink clock_state;
    IMFMediaSinkPreroll preroll;
    IMFGetService services;
    IMFRateSupport rate_support;
    CRITICAL_SECTION lock;
    struct rig_sink_options options;
    IMFPresentationClock *clock;
    BOOL shut_down, finalized, running, prerolling;
    float rate;
    HRESULT finalize_status;
    struct sink_stream *streams;
};

/* Makes the stream of this index. */
void rig_sink_stream_init(struct sink *sink, unsigned index);

/* All of these with the sink locked. */

/* Asks for a sample: at once, later or never, as the answer says. */
void rig_sink_stream_request(struct sink_stream *stream, const struct rig_answer *answer);
/* How many samples wait for their time. */
unsigned rig_sink_stream_waiting(const struct sink_stream *stream);
/* Consumes what is due by the sink's clock, and sets the timer for what comes next. */
void rig_sink_stream_consume_due(struct sink_stream *stream);
void rig_sink_stream_cancel_timer(struct sink_stream *stream);
/* Gives up what waits: samples unseen, markers with E_ABORT. */
void rig_sink_stream_flush(struct sink_stream *stream);

#endif

/*
 * The inside of a pipeline (pipeline.h): its nodes and what they say to each other. Everything here is used inside the
 * serial only.
 *
 * Each kind of node has its file: pipeline_source.c, pipeline_transform.c, pipeline_tee.c, pipeline_sink.c. Between two
 * nodes is a link (flow.h). The receiver raises the link's wish and calls the sender's `want`; the sender puts items in
 * and calls the receiver's `take`. Calls go down and up the graph, never round in circles: what a component does in
 * answer comes as an event, later.
 */
#ifndef CORK_MF_PIPELINE_PARTS_H
#define CORK_MF_PIPELINE_PARTS_H

#include "mf/pipeline.h"

#include <mferror.h>
#include <mftransform.h>
#include <mf_more.h>

#include "mf/flow.h"
#include "mf/pipeline_listener.h"

struct node;

struct link
{
    struct flow_link flow;
    struct node *from, *to;
    unsigned int output, input; /* of `from`, of `to` */
};

struct node_ops
{
    /* More is wanted at an output (it may turn out that nothing is missing). */
    void (*want)(struct node *node, unsigned int output);
    /* Something has been put into the link at an input. */
    void (*take)(struct node *node, unsigned int input);
    void (*destroy)(struct node *node);
};

struct node
{
    struct pipeline *pipeline;
    const struct node_ops *ops;
    struct node *next;
    MF_TOPOLOGY_TYPE type;
    TOPOID id;
    IMFTopologyNode *topology_node;
    struct link **inputs, **outputs; /* NULL where nothing is connected */
    unsigned int input_count, output_count;
    bool marks_in, marks_out;   /* samples are cut to what is to be played where they leave this node */
    struct source_node *source; /* where its data comes from; the first, where several meet */
};

/* What an object has been told to do and has not done yet. */
enum awaited
{
    AWAIT_NOTHING,
    AWAIT_START,
    AWAIT_PAUSE,
    AWAIT_STOP,
    AWAIT_PREROLL,
    AWAIT_RATE,
};

struct media_source
{
    struct pipeline *pipeline;
    struct media_source *next;
    IMFMediaSource *source;
    IMFPresentationDescriptor *descriptor;
    struct listener *listener;
    enum awaited awaits;
    bool started;             /* Start was accepted, and Stop has not been called since */
    bool ended;               /* MEEndOfPresentation or -Segment, or all its streams have been cut off */
    IMFMediaEvent *end_event; /* that event; NULL */
};

struct source_node
{
    struct node node;
    struct media_source *source;
    DWORD stream_id;
    IMFMediaStream *stream; /* NULL until the source has announced it */
    struct listener *listener;
    MFTIME media_start; /* MF_TOPONODE_MEDIASTART */
    MFTIME media_stop;  /* MF_TOPONODE_MEDIASTOP; INT64_MAX without */
    enum awaited awaits;
    bool unheard; /* its events could not be listened to */
    bool running;
    bool ended; /* MEEndOfStream, or cut off */
};

struct media_sink
{
    struct pipeline *pipeline;
    struct media_sink *next;
    IMFMediaSink *sink;
    IMFMediaSinkPreroll *preroll; /* NULL where it is not to be prerolled */
    struct listener *listener;    /* NULL where the sink itself sends no events */
    bool has_clock;
};

struct sink_allocator;

struct sink_node
{
    struct node node;
    struct media_sink *sink;
    IMFStreamSink *stream;
    struct listener *listener;
    struct sink_allocator *allocator; /* pipeline_allocator.h; NULL: it has none, or has not been asked */
    bool asked_for_allocator;
    enum awaited awaits;
    bool started;   /* the clock has been started since the last stop, and the sink has said so */
    bool paused;    /* since then */
    bool prerolled; /* since the last stop */
    bool ended;     /* it has consumed everything up to the end */
    bool ending;    /* the end has been put into its queue */
    bool scrubbed;
    unsigned int markers; /* placed and not come back yet */
};

enum operation
{
    OPERATION_NONE,
    OPERATION_START,
    OPERATION_PAUSE,
    OPERATION_STOP,
    OPERATION_RATE,
};

enum phase
{
    PHASE_STOP_TO_SEEK, /* sources, before they start at another position */
    PHASE_START_SOURCES,
    PHASE_PREROLL,
    PHASE_START_SINKS, /* by the clock */
    PHASE_PAUSE_SINKS, /* by the clock */
    PHASE_PAUSE_SOURCES,
    PHASE_STOP_SINKS, /* by the clock */
    PHASE_STOP_SOURCES,
    PHASE_RATE_SOURCES,
};

enum pipeline_state
{
    PIPELINE_STOPPED,
    PIPELINE_RUNNING,
    PIPELINE_PAUSED,
};

struct pipeline
{
    LONG refs;
    struct serial *serial;
    struct poller poller;
    IMFPresentationClock *clock;
    IMFTopology *topology;
    IMFQualityManager *quality_manager;
    const struct pipeline_notify *notify;
    void *context;
    bool shut_down;

    struct node *nodes;
    struct link *links;
    unsigned int link_count;
    struct media_source *sources;
    struct media_sink *sinks;
    struct flow_pool pool;

    enum pipeline_state state;
    bool fed;     /* a source has been started since the last flush, so that there is something to drop */
    bool flowing; /* samples may be asked for, and given */
    bool failed;  /* nothing goes on */
    bool ended;   /* sources_ended has been reported */
    bool drained;
    bool clock_offered;     /* to those who only look at it */
    unsigned int buffering; /* MEBufferingStarted that have not been followed by MEBufferingStopped */
    bool clock_held;        /* it pauses for their sake, though the presentation runs */
    float rate;
    BOOL thin;

    enum operation operation;
    enum phase phase;
    unsigned int awaited; /* objects that have something to do in this phase */
    HRESULT status;       /* of the operation so far */
    struct
    {
        GUID format;
        PROPVARIANT position;
        MFTIME offset;
        bool clock_runs;
        bool from_stop; /* it was stopped, or is being moved */
        MFTIME actual;  /* where a source says that it has started */
        bool has_actual;
    } start;
    MFTIME base;       /* presentation time of position 0 */
    MFTIME start_time; /* presentation time at which what is to be played starts */
    MFTIME end_time;   /* presentation time at which the last sample ends */
};

/* pipeline_operation.c: waits until all objects of a phase have answered. */
void pipeline_await(struct pipeline *pipeline, enum awaited *object, enum awaited what);
void pipeline_answer(struct pipeline *pipeline, enum awaited *object, enum awaited what, HRESULT status);
/* Ends the operation and reports it; or ends it without a report. */
void pipeline_finish(struct pipeline *pipeline, HRESULT status);
void pipeline_cancel(struct pipeline *pipeline);
/* Sinks are given the clock, and their events are listened to. */
HRESULT pipeline_attach_sinks(struct pipeline *pipeline);
/* A component has failed: ends the operation under way, or is reported by itself. */
void pipeline_fail(struct pipeline *pipeline, HRESULT status);
/* An event that means the same of every component: MEError is its failure, any other goes on to whoever has the
 * pipeline. */
void pipeline_pass_event(struct pipeline *pipeline, IMFMediaEvent *event, MediaEventType type, HRESULT status);
/* Reports that are made when the last of several has come. */
void pipeline_check_ended(struct pipeline *pipeline, IMFMediaEvent *event);
void pipeline_check_drained(struct pipeline *pipeline);
void pipeline_check_scrubbed(struct pipeline *pipeline);

/* pipeline_clock.c: gives the clock to the sources and transforms that ask for it (IMFClockConsumer), once. */
void pipeline_offer_clock(struct pipeline *pipeline);
/* A source has begun to buffer data, or has enough again: the clock waits for it. */
void pipeline_buffering(struct pipeline *pipeline, bool begins);
/* The clock pauses or goes on as buffering has it; where an operation is under way, when that has ended. */
void pipeline_settle_clock(struct pipeline *pipeline);

/* pipeline_rate.c: the sources have the new rate, now the others. */
HRESULT pipeline_rate_sources_done(struct pipeline *pipeline);

/* pipeline_graph.c */
HRESULT pipeline_build(struct pipeline *pipeline, IMFTopology *topology);
void pipeline_dismantle(struct pipeline *pipeline);
/* Empties every link. */
void pipeline_empty_links(struct pipeline *pipeline, bool keep_wishes);

/* Helpers for the nodes' files: puts an item into a link (NULL: nobody is there) and has the receiver take it. The
 * object's reference is taken over. */
void link_put(struct pipeline *pipeline, struct link *link, enum flow_kind kind, int64_t time, void *object);
/* Hands on a sample that leaves a node, if it lies in what is to be played; its reference is taken over. */
void node_put_sample(struct node *node, unsigned int output, IMFSample *sample);
/* pipeline_trim.c: what lies between `start` and `stop` (presentation time, 100 ns) of a sample that leaves a node: of
 * uncompressed sound a part of it, in a sample of its own; else all of it. Takes over the reference and returns one. */
IMFSample *node_trim_sample(struct node *node, unsigned int output, IMFSample *sample, MFTIME start, MFTIME stop);
/* The sender of the link is to look what is missing. */
void link_want(struct link *link);

/* Node constructors: take what `topology_node` holds. Links are made afterwards. */
HRESULT source_node_create(struct pipeline *pipeline, IMFTopologyNode *topology_node, struct node **node);
HRESULT transform_node_create(struct pipeline *pipeline, IMFTopologyNode *topology_node, struct node **node);
HRESULT tee_node_create(struct pipeline *pipeline, IMFTopologyNode *topology_node, struct node **node);
HRESULT sink_node_create(struct pipeline *pipeline, IMFTopologyNode *topology_node, struct node **node);

/* Iteration over the nodes of a kind. */
struct source_node *next_source_node(struct node *from);
struct sink_node *next_sink_node(struct node *from);
#define FOR_EACH_SOURCE_NODE(pipeline, it)                                                                             \
    for ((it) = next_source_node((pipeline)->nodes); (it); (it) = next_source_node((it)->node.next))
#define FOR_EACH_SINK_NODE(pipeline, it)                                                                               \
    for ((it) = next_sink_node((pipeline)->nodes); (it); (it) = next_sink_node((it)->node.next))

/* pipeline_source.c */
HRESULT media_source_subscribe(struct media_source *source);
void media_source_detach(struct media_source *source);
/* Another start: it has not ended. */
void media_source_forget_end(struct media_source *source);
HRESULT media_source_start(struct media_source *source, const GUID *format, const PROPVARIANT *position);
HRESULT media_source_pause(struct media_source *source);
HRESULT media_source_stop(struct media_source *source);
void source_node_detach(struct source_node *source);
/* Presentation time at which the stream is cut off; INT64_MAX: nowhere. */
MFTIME source_node_stop_time(const struct source_node *source);
/* What is to be played of the stream is over. */
void source_node_cut_off(struct source_node *source);
/* Data may be asked for: looks what the links want. */
void source_node_pump(struct source_node *source);

/* pipeline_transform.c */
HRESULT transform_node_begin(struct node *node); /* before the first start */
HRESULT transform_node_start(struct node *node); /* before the first sample after a stop or a seek */
void transform_node_flush(struct node *node);
void transform_node_detach(struct node *node); /* streaming ends */
IUnknown *transform_node_object(struct node *node);

/* The receiver does not take the format any more: finds another one between the two. NULL is allowed. */
void renegotiate(struct link *link);

/* pipeline_quality.c: what the quality manager is told, where there is one. */
void quality_input(struct node *node, unsigned int input, IMFSample *sample);
void quality_output(struct node *node, unsigned int output, IMFSample *sample);
void quality_event(struct pipeline *pipeline, IUnknown *object, IMFMediaEvent *event);

/* pipeline_sink.c */
HRESULT sink_node_attach(struct sink_node *sink); /* before the first start of the clock */
void sink_node_detach(struct sink_node *sink);
HRESULT media_sink_attach(struct media_sink *sink);
void media_sink_detach(struct media_sink *sink);
void sink_node_expect(struct sink_node *sink);

/* pipeline_refusal.c: hears of sinks that refuse the clock's changes, from the first start on until the end. */
void refusals_begin(struct pipeline *pipeline);
void refusals_end(struct pipeline *pipeline);

#endif

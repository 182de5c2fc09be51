/*
 * What a sample grabber sink does with the samples and markers that it is given, and how many it asks for: the order,
 * the states and the times, without samples, clocks or threads. Portable; the caller has the lock.
 *
 * Source: "Media Sinks", the pages of IMFStreamSink, IMFClockStateSink, IMFMediaSinkPreroll, the attributes of
 * MFCreateSampleGrabberSinkActivate, and MEStreamSinkScrubSampleComplete. Times are presentation times in units of 100
 * nanoseconds.
 */
#ifndef CORK_MF_GRABBER_FLOW_H
#define CORK_MF_GRABBER_FLOW_H

#include <stdbool.h>
#include <stdint.h>

/* How many samples it has, or has asked for, while it runs. */
#define GRABBER_DEPTH 4

enum grabber_state
{
    GRABBER_STOPPED,
    GRABBER_PAUSED,
    GRABBER_RUNNING
};

enum grabber_preroll
{
    GRABBER_NO_PREROLL,
    GRABBER_PREROLLING, /* waits for the first sample that is to be rendered */
    GRABBER_PREROLLED
};

/* A sample or a marker in the queue. Lies in what the caller keeps of it. */
struct grabber_item
{
    struct grabber_item *next; /* the flow's */
    bool marker;
    bool end_of_segment; /* a marker of that type */
    bool timed;          /* a sample that has a time */
    int64_t time;
    int64_t duration; /* 0: has none */
};

/* Zeros, with the three first members set, are a stopped one. */
struct grabber_flow
{
    float rate;    /* the clock's */
    bool rateless; /* MF_SAMPLEGRABBERSINK_IGNORE_CLOCK */
    int64_t lead;  /* MF_SAMPLEGRABBERSINK_SAMPLE_TIME_OFFSET */

    enum grabber_state state;
    enum grabber_preroll preroll;
    bool from;          /* there is a start position */
    int64_t start;      /* earlier than that nothing is rendered */
    bool scrub;         /* at rate 0 one sample is still to be rendered */
    unsigned asked;     /* samples that were asked for and have not come */
    unsigned samples;   /* in the queue */
    unsigned rendering; /* taken from the queue, and not yet done */
    struct grabber_item *first, *last;
};

/* What is to be sent after a call. */
struct grabber_news
{
    unsigned requests; /* so many MEStreamSinkRequestSample */
    bool prerolled;    /* MEStreamSinkPrerolled */
    bool scrubbed;     /* MEStreamSinkScrubSampleComplete, without a time */
};

/* The clock starts: at `position`, or (NULL) where it is. Items of before stay in the queue. */
struct grabber_news grabber_flow_start(struct grabber_flow *flow, const int64_t *position);
/* The clock pauses. False where the sink is stopped. */
bool grabber_flow_pause(struct grabber_flow *flow);
/* The clock stops. Returns the whole queue: samples to be dropped, markers to be sent. What was asked for is forgotten.
 */
struct grabber_item *grabber_flow_stop(struct grabber_flow *flow);
struct grabber_news grabber_flow_set_rate(struct grabber_flow *flow, float rate);

/* IMFMediaSinkPreroll::NotifyPreroll. */
struct grabber_news grabber_flow_preroll(struct grabber_flow *flow, int64_t start);

/* Whether a sample may come now. */
enum grabber_answer
{
    GRABBER_TAKES,
    GRABBER_STANDS,      /* MF_E_INVALIDREQUEST "The media sink is paused or stopped and cannot process the sample." */
    GRABBER_PREROLL_DONE /* MF_E_INVALID_STATE_TRANSITION "preroll is complete but the presentation clock has not
                            started yet" */
};
enum grabber_answer grabber_flow_may_add(const struct grabber_flow *flow);
/* Puts a sample (after GRABBER_TAKES) or a marker (any time) at the end of the queue. */
struct grabber_news grabber_flow_add(struct grabber_flow *flow, struct grabber_item *item);

/* Takes the whole queue: samples to be dropped, markers to be sent with E_ABORT. */
struct grabber_item *grabber_flow_flush(struct grabber_flow *flow, struct grabber_news *news);

/* What is to be done now with the first of the queue. */
enum grabber_step
{
    GRABBER_NOTHING,
    GRABBER_ASK_TIME, /* that depends on the time: ask again with it */
    GRABBER_WAIT,     /* until the clock is at *until */
    GRABBER_RENDER,   /* *item was taken from the queue; grabber_flow_done afterwards */
    GRABBER_SHOW,     /* the same at rate 0: MEStreamSinkScrubSampleComplete with its time afterwards */
    GRABBER_DROP,     /* *item was taken from the queue: is earlier than the start; grabber_flow_done afterwards */
    GRABBER_MARK      /* *item was taken from the queue: MEStreamSinkMarker */
};
/* `now`: the clock's time, or NULL: not asked yet. */
enum grabber_step grabber_flow_next(struct grabber_flow *flow, const int64_t *now, struct grabber_item **item,
                                    int64_t *until);
/* A sample that was taken is done with. */
struct grabber_news grabber_flow_done(struct grabber_flow *flow);
/* A marker that was taken has been sent. */
struct grabber_news grabber_flow_marked(struct grabber_flow *flow, const struct grabber_item *marker);

#endif

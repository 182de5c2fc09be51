/*
 * The running presentation of one full topology: sources' streams, transforms, tees, sinks' streams and the samples
 * that go through them.
 *
 * The session (session.h) says what is to be done, the pipeline does it and reports by struct pipeline_notify. All
 * functions here are called, and all reports are made, inside the one serial of the session (serial.h): never two at
 * once, with no lock held. The pipeline's callbacks from components (IMFAsyncCallback::Invoke) hand their work to that
 * serial by serial_run.
 *
 * Lifetime: pipeline_create's caller has one reference; the pipeline's own callbacks hold others. After
 * pipeline_shutdown no report is made any more, so `context` has to be valid until then only. The pipeline holds the
 * serial, the clock and the topology, and never the session.
 *
 * Operations: pipeline_start, pipeline_pause, pipeline_stop and pipeline_set_rate are asynchronous. Where one returns
 * S_OK exactly one report of its end follows, possibly before the function returns; where it returns an error none
 * does. The session has one under way at a time, with two exceptions: pipeline_stop and pipeline_shutdown may be called
 * at any time and end what is under way without a report of its own.
 */
#ifndef CORK_MF_PIPELINE_H
#define CORK_MF_PIPELINE_H

#define COBJMACROS
#include <stdbool.h>
#include <windows.h>
#include <mfapi.h>
#include <mfidl.h>
#include "mf/serial.h"

struct pipeline;

struct pipeline_notify
{
    /* The end of pipeline_start, pipeline_pause, pipeline_stop, pipeline_set_rate. started: sources have answered with
     * MESourceStarted (or -Seeked), the clock runs and sinks have answered. */
    void (*started)(void *context, HRESULT status);
    void (*paused)(void *context, HRESULT status);
    void (*stopped)(void *context, HRESULT status);
    void (*rate_changed)(void *context, HRESULT status);

    /* In the course of pipeline_start, once: every source has answered, data is being asked for. */
    void (*sources_started)(void *context);

    /* A component failed (MEError, or a call that returned an error) and no operation is under way to report it by.
     * From then on only pipeline_stop and pipeline_shutdown are called. */
    void (*failed)(void *context, HRESULT status);

    /* An event of a source, stream or sink that the application is to see (MENewPresentation, MEBufferingStarted,
     * MEExtendedType, MERenderer..., MEAudioSession... and the like), to be queued as it is; not the ones that have a
     * report here. The event is the caller's. */
    void (*event)(void *context, IMFMediaEvent *event);

    /* Every source has sent MEEndOfPresentation; data may still be on its way. `event`: the last one of them. */
    void (*sources_ended)(void *context, IMFMediaEvent *event);

    /* Every stream sink has also consumed its last sample. `end`: presentation time at which the last sample ends, in
     * 100 ns. */
    void (*drained)(void *context, MFTIME end);

    /* Rate 0: every stream sink has shown its one sample. */
    void (*scrubbed)(void *context);

    /* A node's media type changed while running. */
    void (*format_changed)(void *context);
};

struct pipeline_config
{
    struct serial *serial;
    IMFPresentationClock *clock; /* the session's; the pipeline sets its time source and starts, pauses, stops it */
    IMFQualityManager *quality_manager; /* or NULL; is told of what goes in and out */
    const struct pipeline_notify *notify;
    void *context;
    float rate; /* the rate that playback starts with */
    BOOL thin;
};

/* Where and when a presentation starts. */
struct pipeline_start
{
    GUID format;                 /* as IMFMediaSource::Start's; GUID_NULL: presentation time, VT_I8 or VT_EMPTY */
    const PROPVARIANT *position; /* for the sources; VT_EMPTY: from where they are (from the start when stopped) */
    /* Presentation time = the source's time stamp - the source node's MF_TOPONODE_MEDIASTART (0 without) + offset. */
    MFTIME offset;
    /* True: the clock runs already, with an earlier presentation's samples, and is left alone; the first samples of
     * this one follow those. False: the clock is started at `position` + offset, or goes on for VT_EMPTY after a pause,
     * or starts at `offset` for VT_EMPTY after a stop. */
    bool clock_runs;
};

/* Makes the pipeline of `topology`, a full one (every node has its object, output nodes their IMFStreamSink). Nothing
 * is subscribed to or started. Returns S_OK and *pipeline with one reference; E_OUTOFMEMORY;
 * MF_E_TOPO_CODEC_NOT_FOUND and the like where a node has no object; an error of a component. */
HRESULT pipeline_create(const struct pipeline_config *config, IMFTopology *topology, struct pipeline **pipeline);

/* Starts, resumes (VT_EMPTY, paused), or seeks (a position; running or paused). Subscribes to the components' events at
 * the first time. A seek of a running or paused pipeline stops the sources, flushes, starts the sources and restarts
 * the clock at the new position. Returns MF_E_INVALID_POSITION beyond the presentation's duration. */
HRESULT pipeline_start(struct pipeline *pipeline, const struct pipeline_start *start);

/* Pauses clock, sinks and sources. */
HRESULT pipeline_pause(struct pipeline *pipeline);

/* Stops clock, sinks and sources and drops all samples. Components that had failed are passed over; the report's
 * status is the first error. */
HRESULT pipeline_stop(struct pipeline *pipeline);

/* Sources, then (not running: at the next start) transforms and the clock go over to the rate, which the session has
 * found to be supported and allowed. */
HRESULT pipeline_set_rate(struct pipeline *pipeline, BOOL thin, float rate);

/* Changes MF_TOPONODE_MEDIASTOP of a source node while running (IMFTopologyNodeAttributeEditor). */
HRESULT pipeline_set_media_stop(struct pipeline *pipeline, TOPOID node, UINT64 media_stop);

/* Lets go of the components: no event is waited for any more, nothing of this pipeline touches them, no report is made.
 * Sinks are taken from the clock. Neither sources nor sinks are shut down here: that is the session's (it knows whether
 * the next presentation has them too). */
void pipeline_shutdown(struct pipeline *pipeline);

/* Any thread. */
void pipeline_addref(struct pipeline *pipeline);
void pipeline_release(struct pipeline *pipeline);

#endif

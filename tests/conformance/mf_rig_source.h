/* What the rig's media source (mf_rig_source.c) and its rates (mf_rig_source_rate.c) share. */
#ifndef CORK_TESTS_CONFORMANCE_MF_RIG_SOURCE_H
#define CORK_TESTS_CONFORMANCE_MF_RIG_SOURCE_H

#include "mf_rig_object.h"

enum source_state
{
    SOURCE_STOPPED,
    SOURCE_PAUSED,
    SOURCE_RUNNING
};

/* A request for a sample while the source is paused. */
struct request
{
    struct request *next;
    IUnknown *token;
    struct rig_answer answer;
};

struct stream
{
    struct source *owner;
    IMFMediaStream media;
    IMFMediaEventQueue *events;
    IMFStreamDescriptor *descriptor;
    char name[RIG_NAME];
    unsigned index;
    BOOL known, active, ended, changed, discontinuity;
    LONGLONG next; /* number of the next sample */
    struct request *requests, **last;
};

struct source
{
    struct rig_object object;
    IMFMediaSource media;
    IMFGetService services;
    IMFRateSupport rate_support;
    IMFRateControl rate_control;
    CRITICAL_SECTION lock;
    struct rig_source_options options;
    IMFMediaEventQueue *events;
    enum source_state state;
    BOOL shut_down, presentation_ended, thin;
    float rate;
    struct stream *streams;
};

extern IMFGetServiceVtbl rig_source_services_table;
extern IMFRateSupportVtbl rig_source_rate_support_table;
extern IMFRateControlVtbl rig_source_rate_control_table;

#endif

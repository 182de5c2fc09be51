/* What the rig's transform (mf_rig_transform.c) and its other interfaces (mf_rig_transform_service.c) share. */
#ifndef CORK_TESTS_CONFORMANCE_MF_RIG_TRANSFORM_H
#define CORK_TESTS_CONFORMANCE_MF_RIG_TRANSFORM_H

#include "mf_rig_object.h"

#include <mf_more.h>

struct input
{
    IMFMediaType *type;
    BOOL asked; /* asynchronous: METransformNeedInput was sent and not met yet */
};

struct output
{
    IMFMediaType *type;
    IMFSample **samples;       /* hold + 1 of them at most */
    unsigned count, announced; /* announced: METransformHaveOutput events that were not met yet */
    LONGLONG made;
    BOOL changing, changed;
};

struct transform
{
    struct rig_object object;
    IMFTransform mft;
    IMFMediaEventGenerator generator;
    IMFShutdown shutdown;
    IMFClockConsumer consumer;
    CRITICAL_SECTION lock;
    struct rig_transform_options options;
    IMFAttributes *attributes;
    IMFMediaEventQueue *events;
    BOOL draining, streaming, shut_down;
    struct input *inputs;
    struct output *outputs;
};

/* Gives up every sample that it holds. Locked. */
void rig_transform_drop_samples(struct transform *transform);

extern IMFShutdownVtbl rig_transform_shutdown_table;
extern const IMFClockConsumerVtbl rig_transform_consumer_table;

#endif

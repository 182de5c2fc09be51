/* What the tests of sources that play other sources share: their events, taken one by one. */
#ifndef CORK_TESTS_MF_SOURCE_EVENTS_H
#define CORK_TESTS_MF_SOURCE_EVENTS_H

#include "mf_test.h"
#include "mf_rig.h"

#include <mf_transcode.h>

/* Waits for the next event of `type`, passing over others, at most RIG_PATIENCE ms. The caller releases it; NULL. */
IMFMediaEvent *wait_event(void *generator, MediaEventType type);
/* The same, for its status only; E_PENDING where none came. */
HRESULT wait_status(void *generator, MediaEventType type);
/* The same, for the interface that it has as its value: the caller's; NULL. */
void *wait_object(void *generator, MediaEventType type, REFIID iid);
/* Whether the next event that comes is of `type`; notes what it is instead. */
int next_is(void *generator, MediaEventType type);
/* Whether no event is there. */
int no_event(void *generator);

/* Asks the stream for samples until it ends. Returns how many came, or -1. */
int drain_stream(IMFMediaStream *stream);

/* Starts a source with a descriptor at the beginning (VT_EMPTY), or at `position` in 100 ns. */
HRESULT start_empty(IMFMediaSource *source, IMFPresentationDescriptor *descriptor);
HRESULT start_at(IMFMediaSource *source, IMFPresentationDescriptor *descriptor, LONGLONG position);

/* A rig on the DLL under test, made when first asked for its functions. end_rig: whether nothing leaked; notes what
 * did. */
struct rig *source_rig(void);
int end_rig(struct rig *rig);

#endif

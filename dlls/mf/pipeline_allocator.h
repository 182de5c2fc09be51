/*
 * Samples in a video sink's own memory. A stream sink may offer an IMFVideoSampleAllocator as a service; what goes to
 * it is put into samples of that allocator, as the enhanced video renderer needs it ("The Media Session uses this
 * interface to allocate samples for the EVR", nn-mfidl-imfvideosampleallocator). Used inside the serial only.
 */
#ifndef CORK_MF_PIPELINE_ALLOCATOR_H
#define CORK_MF_PIPELINE_ALLOCATOR_H

#include "mf/pipeline_parts.h"

/* A sample for what the sender of `link` (NULL: nobody receives it) is to put out, from the allocator of the sink that
 * the link leads to, directly or over tees; the allocator is asked for and initialized with the sink's current type at
 * the first call. Returns S_OK and *sample with a reference; S_FALSE where no such sink has an allocator, or has no
 * type yet; MF_E_SAMPLEALLOCATOR_EMPTY: the sender's `want` is called when a sample has come back (an allocator without
 * IMFVideoSampleAllocatorCallback cannot say so: then when the sink asks for more); an error of the allocator. */
HRESULT sink_allocate_sample(struct link *link, IMFSample **sample);

/* Samples that are put into the link have this type from now on. An allocator that is in use is initialized anew; its
 * samples that are on their way stay what they are. Returns the allocator's error. */
HRESULT sink_allocator_set_type(struct link *link, IMFMediaType *type);

/* The pipeline is done with the sink: its samples are given up, no sender is called any more. */
void sink_allocator_close(struct sink_node *sink);

#endif

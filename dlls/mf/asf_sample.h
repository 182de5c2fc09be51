/* Media samples of media objects: what a splitter makes, and what a multiplexer writes of one. */
#ifndef CORK_MF_ASF_SAMPLE_H
#define CORK_MF_ASF_SAMPLE_H

#include "mf/asf_assembly.h"
#include "mf/asf_objects.h"

/* The sample of an object that is whole, with its time (100 ns, without the preroll), clean point, discontinuity and
 * what its payload extensions say. */
HRESULT asf_sample_create(const struct asf_header *header, const struct asf_stream *stream,
                          const struct asf_assembly *assembly, IMFSample **sample);

/* The payload extensions of a sample as a stream has them: to `data`, ASF_MAX_EXTENSION bytes; *size gets how many.
 * What the sample does not say is 0. E_INVALIDARG: they are larger than a payload can have. */
HRESULT asf_sample_extension(const struct asf_stream *stream, IMFSample *sample, UINT8 *data, size_t *size);

#endif

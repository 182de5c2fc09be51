/* What the tests of the transcode API share. */
#ifndef CORK_TESTS_MF_TRANSCODE_TEST_H
#define CORK_TESTS_MF_TRANSCODE_TEST_H

#include "mf_test.h"

#include <mf_transcode.h>

/* An attribute store with one GUID; without `key` an empty one. */
IMFAttributes *transcode_store(const GUID *key, const GUID *value);
/* A profile of a container (NULL: none) and sound of a subtype (NULL: none), in 44100 Hz, 16 bit and stereo. */
IMFTranscodeProfile *transcode_profile(const GUID *container, const GUID *subtype);
/* The number of a topology's nodes. */
WORD topology_node_count(IMFTopology *topology);

#endif

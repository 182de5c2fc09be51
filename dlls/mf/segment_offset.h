/* Positions in a sequencer source's presentation: a segment and a time in it (MF_TIME_FORMAT_SEGMENT_OFFSET). */
#ifndef CORK_MF_SEGMENT_OFFSET_H
#define CORK_MF_SEGMENT_OFFSET_H

#include <windows.h>
#include "mf_transcode.h"

/* What MFCreateSequencerSegmentOffset wrote into `value`: the element identifier, and the time in 100 ns from the
 * segment's start. Any thread. Returns MF_E_INVALID_POSITION for anything else, also for what another mf.dll made. */
HRESULT segment_offset_read(const PROPVARIANT *value, MFSequencerElementId *id, MFTIME *offset);

#endif

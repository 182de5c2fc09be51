/* A media sink of Cork's own that writes a WAVE file: uncompressed sound, as it comes. */
#ifndef CORK_MF_WAVE_SINK_H
#define CORK_MF_WAVE_SINK_H

#include <windows.h>
#include "mf_transcode.h"

/* The identifier of the sink's one stream. */
#define WAVE_SINK_STREAM 1

/* Makes a sink that writes to `stream` (referenced; writable and seekable, from where it stands) sound of `type`, which
 * has to be PCM or floating point with channels, rate and bits. The file is whole when the sink has been finalized.
 * Returns MF_E_INVALIDMEDIATYPE, MF_E_BYTESTREAM_NOT_SEEKABLE, E_INVALIDARG for a stream that cannot be written. */
HRESULT wave_sink_create(IMFByteStream *stream, IMFMediaType *type, IMFMediaSink **out);

#endif

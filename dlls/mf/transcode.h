/* What the parts of the transcode API know of each other: profile, encoders, sink and topology. */
#ifndef CORK_MF_TRANSCODE_PARTS_H
#define CORK_MF_TRANSCODE_PARTS_H

#include <stdbool.h>
#include <windows.h>
#include "mf_transcode.h"

/* One stream of the output: what the profile says of it. */
struct transcode_stream
{
    const GUID *major;         /* MFMediaType_Audio or MFMediaType_Video */
    IMFAttributes *attributes; /* of the profile; NULL: the output has no such stream */
};

/* The media type that a stream's attributes describe. Returns MF_E_TRANSCODE_INVALID_PROFILE where they have no
 * subtype or another major type. */
HRESULT transcode_media_type(const struct transcode_stream *stream, IMFMediaType **type);

/* Whether data of this type need no encoder: sound or pictures as they are. */
bool transcode_is_uncompressed(IMFMediaType *type);

/* Finds an encoder for `type`, sets that as its output type where it can be set before the input's, and the settings in
 * `settings` (MF_TRANSCODE_QUALITYVSSPEED ...; may be NULL). `unlock`: MFT_FIELDOFUSE_UNLOCK_Attribute's, or NULL.
 * Returns MF_E_TRANSCODE_NO_MATCHING_ENCODER. (transcode_encoders.c) */
HRESULT transcode_encoder(const GUID *major, IMFMediaType *type, bool hardware, IMFAttributes *settings,
                          IUnknown *unlock, IMFTransform **encoder);

/* Makes the activation object of the media sink for a profile's container, which writes to the file `path` or, where
 * that is NULL, to `stream`. What the profile lacks is found out here: MF_E_TRANSCODE_NO_CONTAINERTYPE,
 * MF_E_TRANSCODE_INVALID_PROFILE for a container that there is no sink for. `audio`, `video`: the streams' types, or
 * NULL. (transcode_sink.c) */
HRESULT transcode_sink_activate(IMFTranscodeProfile *profile, IMFMediaType *audio, IMFMediaType *video, LPCWSTR path,
                                IMFByteStream *stream, IMFActivate **activate);
/* The identifier of that sink's stream of a major type. */
DWORD transcode_sink_stream(IMFTranscodeProfile *profile, const GUID *major);

#endif

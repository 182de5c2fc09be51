/*
 * What the ASF objects (profile, content info, splitter, multiplexer, indexer, stream selector) share: results, memory
 * buffers, the header that a content info object describes, and the conversions between headers and profiles.
 *
 * Each object has a lock of its own and may be used by any thread; calls on one object go one after another. Objects
 * that are handed in may be anybody's: they are used by their documented methods, but for what changes a content info
 * object (asf_content_info_ended, asf_content_info_indexed), which needs Cork's own.
 */
#ifndef CORK_MF_ASF_OBJECTS_H
#define CORK_MF_ASF_OBJECTS_H

#define COBJMACROS
#include <windows.h>
#include <mfapi.h>
#include <mferror.h>
#include <mfidl.h>
#include <propsys.h>
#include <wmcontainer.h>

#include "mf/asf_header.h"

#define ASF_UNITS_A_MS 10000 /* 100 ns in a millisecond */

/* The interfaces' identifiers, which not every import library has. */
extern const IID asf_content_info_iid, asf_mutual_exclusion_iid, asf_prioritization_iid, asf_splitter_iid,
    asf_multiplexer_iid, asf_indexer_iid, asf_stream_selector_iid, asf_profile_iid, asf_stream_config_iid;

/* The API's code for a result of reading or writing; ASF_END is for the caller to know. */
HRESULT asf_hresult(enum asf_result result);

/* A GUID of Windows and one of a file lie the same way in memory. */
GUID asf_to_guid(const struct asf_guid *guid);
struct asf_guid asf_from_guid(const GUID *guid);

/* Mutual exclusion types: the API's and the file's. One that is not known is the same in both. */
GUID asf_mutex_type_to_mf(const struct asf_guid *type);
struct asf_guid asf_mutex_type_from_mf(const GUID *type);

/* The media type of a stream, from its type and type-specific data (asf_media_type.c). *type gets a reference. Codes:
 * MF_E_ASF_INVALIDDATA for data that are too short for the type, mfplat's. */
HRESULT asf_media_type_create(const struct asf_stream *stream, IMFMediaType **type);
/* Sets a stream's type and type-specific data from a media type. MF_E_ASF_UNSUPPORTED_STREAM_TYPE: no ASF stream has
 * that major type or, for audio and video, the type lacks what its format needs. */
HRESULT asf_media_type_describe(IMFMediaType *type, struct asf_header *header, struct asf_stream *stream);
/* The average bit rate that a media type tells, bits a second; 0 where it tells none. */
UINT32 asf_media_type_bitrate(IMFMediaType *type);

/* New objects, each with one reference (asf_stream_config.c, asf_mutual_exclusion.c, asf_prioritization.c). */
HRESULT asf_stream_config_create(IMFMediaType *type, IMFASFStreamConfig **config);
HRESULT asf_mutual_exclusion_create(IMFASFMutualExclusion **mutex);
HRESULT asf_prioritization_create(IMFASFStreamPrioritization **prioritization);

/* A profile of what the header says, and the header's streams, exclusions and priorities from a profile, which replace
 * those that it has (asf_profile_header.c). */
HRESULT asf_profile_from_header(const struct asf_header *header, IMFASFProfile **profile);
HRESULT asf_profile_to_header(IMFASFProfile *profile, struct asf_header *header);
/* A presentation descriptor of the header (asf_descriptor.c). */
HRESULT asf_descriptor_from_header(const struct asf_header *header, IMFPresentationDescriptor **descriptor);

/* The header that a content info object would generate, as data; whoever made the object. Free it. `size`, if it is
 * there, gets the bytes with the data object's header. */
HRESULT asf_content_header(IMFASFContentInfo *info, struct asf_header **header, UINT64 *size);

/* What a multiplexer tells a content info object at the end: fields of the file properties, and each stream's bits a
 * second by its number. */
struct asf_ended
{
    UINT64 packets, play_duration, send_duration; /* 100 ns, play_duration with the preroll */
    UINT32 max_bitrate;
    UINT32 bitrates[ASF_MAX_STREAM + 1]; /* 0: not known */
};

/* E_INVALIDARG: not an object of Cork's. */
HRESULT asf_content_info_ended(IMFASFContentInfo *info, const struct asf_ended *ended);
/* Notes that an index of `size` bytes, with those Index Parameters, follows the data; `seekable`: it makes the file so.
 */
HRESULT asf_content_info_indexed(IMFASFContentInfo *info, const void *parameters, size_t parameter_size, UINT64 size,
                                 BOOL seekable);

/* The bytes of a media buffer while it is locked. */
struct asf_locked
{
    IMFMediaBuffer *buffer;
    BYTE *data;
    DWORD capacity, length;
};

HRESULT asf_lock(IMFMediaBuffer *buffer, struct asf_locked *locked);
void asf_unlock(struct asf_locked *locked);
/* A media buffer with a copy of bytes. */
HRESULT asf_buffer_create(const void *data, DWORD size, IMFMediaBuffer **buffer);

#endif

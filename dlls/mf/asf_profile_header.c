/* Profiles from headers, and headers' streams from profiles. */
#include "mf/asf_objects.h"

#include <stdlib.h>

/* ---- A profile from a header ------------------------------------------------------------------------------------- */

/* A leaky bucket as the attributes of a stream configuration have it: three DWORDs, the last one in bytes, where a file
 * has milliseconds. */
static HRESULT set_bucket(IMFASFStreamConfig *config, REFGUID key, const struct asf_bucket *bucket)
{
    DWORD values[3] = {bucket->bitrate, bucket->window,
                       (DWORD)((UINT64)bucket->fullness * bucket->bitrate / (8 * 1000))};

    return IMFASFStreamConfig_SetBlob(config, key, (const UINT8 *)values, sizeof(values));
}

static HRESULT add_extensions(IMFASFStreamConfig *config, const struct asf_stream *stream)
{
    HRESULT result = S_OK;

    for (const struct asf_payload_extension *at = stream->extensions; at && SUCCEEDED(result); at = at->next)
        result = IMFASFStreamConfig_AddPayloadExtension(config, asf_to_guid(&at->system), at->size,
                                                        (BYTE *)at->info.data, (DWORD)at->info.size);
    return result;
}

static HRESULT configure(IMFASFStreamConfig *config, const struct asf_stream *stream)
{
    HRESULT result = IMFASFStreamConfig_SetStreamNumber(config, stream->number);

    if (SUCCEEDED(result) && stream->extended)
    {
        result = set_bucket(config, &MF_ASFSTREAMCONFIG_LEAKYBUCKET1, &stream->average);
        if (SUCCEEDED(result) && stream->peak.bitrate)
            result = set_bucket(config, &MF_ASFSTREAMCONFIG_LEAKYBUCKET2, &stream->peak);
        if (SUCCEEDED(result)) result = add_extensions(config, stream);
    }
    return result;
}

static HRESULT add_stream(IMFASFProfile *profile, const struct asf_stream *stream)
{
    IMFASFStreamConfig *config;
    IMFMediaType *type;
    HRESULT result;

    if (FAILED(result = asf_media_type_create(stream, &type))) return result;
    result = asf_stream_config_create(type, &config);
    IMFMediaType_Release(type);
    if (FAILED(result)) return result;
    result = configure(config, stream);
    if (SUCCEEDED(result)) result = IMFASFProfile_SetStream(profile, config);
    IMFASFStreamConfig_Release(config);
    /* A stream of a kind that this API has no type for is left out. */
    return result == MF_E_ASF_UNSUPPORTED_STREAM_TYPE ? S_OK : result;
}

static HRESULT add_record(IMFASFMutualExclusion *mutex, const struct asf_mutex_record *record)
{
    DWORD number;
    HRESULT result = IMFASFMutualExclusion_AddRecord(mutex, &number);

    for (unsigned i = 0; i < record->count && SUCCEEDED(result); i++)
    {
        result = IMFASFMutualExclusion_AddStreamForRecord(mutex, number, record->streams[i]);
        /* A file may name a stream twice, or one that cannot be. */
        if (result == MF_E_INVALIDREQUEST || result == MF_E_INVALIDSTREAMNUMBER) result = S_OK;
    }
    return result;
}

static HRESULT add_mutex(IMFASFProfile *profile, const struct asf_mutex *from)
{
    GUID type = asf_mutex_type_to_mf(&from->type);
    IMFASFMutualExclusion *mutex;
    HRESULT result;

    if (FAILED(result = asf_mutual_exclusion_create(&mutex))) return result;
    result = IMFASFMutualExclusion_SetType(mutex, &type);
    for (const struct asf_mutex_record *record = from->records; record && SUCCEEDED(result); record = record->next)
        result = add_record(mutex, record);
    if (SUCCEEDED(result)) result = IMFASFProfile_AddMutualExclusion(profile, mutex);
    IMFASFMutualExclusion_Release(mutex);
    return result;
}

static HRESULT add_priorities(IMFASFProfile *profile, const struct asf_priority *first)
{
    IMFASFStreamPrioritization *list;
    HRESULT result;

    if (!first) return S_OK;
    if (FAILED(result = asf_prioritization_create(&list))) return result;
    for (; first; first = first->next)
        IMFASFStreamPrioritization_AddStream(list, first->stream, first->flags);
    result = IMFASFProfile_AddStreamPrioritization(profile, list);
    IMFASFStreamPrioritization_Release(list);
    return result;
}

HRESULT asf_profile_from_header(const struct asf_header *header, IMFASFProfile **out)
{
    IMFASFProfile *profile;
    HRESULT result;

    *out = NULL;
    if (FAILED(result = MFCreateASFProfile(&profile))) return result;
    result = IMFASFProfile_SetUINT32(profile, &MF_ASFPROFILE_MINPACKETSIZE, header->file.min_packet_size);
    if (SUCCEEDED(result))
        result = IMFASFProfile_SetUINT32(profile, &MF_ASFPROFILE_MAXPACKETSIZE, header->file.max_packet_size);
    for (const struct asf_stream *stream = header->streams; stream && SUCCEEDED(result); stream = stream->next)
        result = add_stream(profile, stream);
    for (const struct asf_mutex *mutex = header->mutexes; mutex && SUCCEEDED(result); mutex = mutex->next)
        result = add_mutex(profile, mutex);
    if (SUCCEEDED(result)) result = add_priorities(profile, header->priorities);
    if (SUCCEEDED(result))
        *out = profile;
    else
        IMFASFProfile_Release(profile);
    return result;
}

/* ---- A header's streams from a profile --------------------------------------------------------------------------- */

static void get_bucket(IMFASFStreamConfig *config, REFGUID key, struct asf_bucket *bucket)
{
    DWORD values[3];
    UINT32 size = 0;

    if (FAILED(IMFASFStreamConfig_GetBlob(config, key, (UINT8 *)values, sizeof(values), &size)) ||
        size != sizeof(values))
        return;
    bucket->bitrate = values[0];
    bucket->window = values[1];
    bucket->fullness = values[0] ? (UINT32)((UINT64)values[2] * 8 * 1000 / values[0]) : 0;
}

/* Without leaky bucket parameters the media type tells the rate, and the window is the documented default. */
static void describe_buckets(IMFASFStreamConfig *config, IMFMediaType *type, struct asf_stream *stream)
{
    stream->average.bitrate = asf_media_type_bitrate(type);
    stream->average.window = MFASF_DEFAULT_BUFFER_WINDOW_MS;
    get_bucket(config, &MF_ASFSTREAMCONFIG_LEAKYBUCKET1, &stream->average);
    stream->peak = stream->average;
    get_bucket(config, &MF_ASFSTREAMCONFIG_LEAKYBUCKET2, &stream->peak);
    stream->bitrate = stream->average.bitrate;
    stream->has_bitrate = stream->bitrate != 0;
}

static HRESULT describe_extension(IMFASFStreamConfig *config, WORD index, struct asf_header *header,
                                  struct asf_stream *stream)
{
    struct asf_payload_extension *extension = asf_stream_add_extension(header, stream);
    BYTE *info = NULL;
    HRESULT result;
    DWORD size = 0;
    GUID system;
    WORD length;

    if (!extension) return E_OUTOFMEMORY;
    result = IMFASFStreamConfig_GetPayloadExtension(config, index, &system, &length, NULL, &size);
    if (SUCCEEDED(result) && size)
    {
        if (!(info = asf_header_alloc(header, size))) return E_OUTOFMEMORY;
        result = IMFASFStreamConfig_GetPayloadExtension(config, index, &system, &length, info, &size);
    }
    if (FAILED(result)) return result;
    extension->system = asf_from_guid(&system);
    extension->size = length;
    extension->info = (struct asf_bytes){info, size};
    return S_OK;
}

static HRESULT describe_stream(IMFASFStreamConfig *config, struct asf_header *header)
{
    WORD number = IMFASFStreamConfig_GetStreamNumber(config), extensions = 0;
    struct asf_stream *stream;
    IMFMediaType *type;
    HRESULT result;

    if (asf_header_stream(header, number)) return MF_E_INVALIDSTREAMNUMBER;
    if (!(stream = asf_header_add_stream(header, number))) return E_OUTOFMEMORY;
    stream->defined = stream->extended = true;
    stream->flags = 2; /* seekable */
    if (FAILED(result = IMFASFStreamConfig_GetMediaType(config, &type))) return result;
    result = asf_media_type_describe(type, header, stream);
    describe_buckets(config, type, stream);
    IMFMediaType_Release(type);
    if (SUCCEEDED(result)) result = IMFASFStreamConfig_GetPayloadExtensionCount(config, &extensions);
    for (WORD i = 0; i < extensions && SUCCEEDED(result); i++)
        result = describe_extension(config, i, header, stream);
    return result;
}

static HRESULT describe_record(IMFASFMutualExclusion *mutex, DWORD number, struct asf_header *header,
                               struct asf_mutex *to)
{
    WORD streams[ASF_MAX_STREAM];
    DWORD count = ASF_MAX_STREAM;
    struct asf_mutex_record *record;
    HRESULT result = IMFASFMutualExclusion_GetStreamsForRecord(mutex, number, streams, &count);

    if (FAILED(result)) return result;
    if (count > ASF_MAX_STREAM) return E_INVALIDARG;
    if (!(record = asf_mutex_add_record(header, to, (UINT16)count))) return E_OUTOFMEMORY;
    for (DWORD i = 0; i < count; i++)
        record->streams[i] = streams[i];
    return S_OK;
}

static HRESULT describe_mutex(IMFASFMutualExclusion *mutex, struct asf_header *header)
{
    struct asf_mutex *to = asf_header_add_mutex(header);
    DWORD records;
    HRESULT result;
    GUID type;

    if (!to) return E_OUTOFMEMORY;
    if (FAILED(result = IMFASFMutualExclusion_GetType(mutex, &type))) return result;
    to->type = asf_mutex_type_from_mf(&type);
    result = IMFASFMutualExclusion_GetRecordCount(mutex, &records);
    for (DWORD i = 0; SUCCEEDED(result) && i < records; i++)
        result = describe_record(mutex, i, header, to);
    return result;
}

static HRESULT describe_priorities(IMFASFProfile *profile, struct asf_header *header)
{
    IMFASFStreamPrioritization *list;
    struct asf_priority *priority;
    HRESULT result;
    DWORD count;

    if (FAILED(IMFASFProfile_GetStreamPrioritization(profile, &list))) return S_OK;
    result = IMFASFStreamPrioritization_GetStreamCount(list, &count);
    for (DWORD i = 0; SUCCEEDED(result) && i < count; i++)
        result = (priority = asf_header_add_priority(header))
                     ? IMFASFStreamPrioritization_GetStream(list, i, &priority->stream, &priority->flags)
                     : E_OUTOFMEMORY;
    IMFASFStreamPrioritization_Release(list);
    return result;
}

static HRESULT describe_streams(IMFASFProfile *profile, struct asf_header *header)
{
    IMFASFStreamConfig *config;
    DWORD count;
    HRESULT result = IMFASFProfile_GetStreamCount(profile, &count);

    for (DWORD i = 0; SUCCEEDED(result) && i < count; i++)
    {
        if (FAILED(result = IMFASFProfile_GetStream(profile, i, NULL, &config))) break;
        result = describe_stream(config, header);
        IMFASFStreamConfig_Release(config);
    }
    return result;
}

static HRESULT describe_mutexes(IMFASFProfile *profile, struct asf_header *header)
{
    IMFASFMutualExclusion *mutex;
    DWORD count;
    HRESULT result = IMFASFProfile_GetMutualExclusionCount(profile, &count);

    for (DWORD i = 0; SUCCEEDED(result) && i < count; i++)
    {
        if (FAILED(result = IMFASFProfile_GetMutualExclusion(profile, i, &mutex))) break;
        result = describe_mutex(mutex, header);
        IMFASFMutualExclusion_Release(mutex);
    }
    return result;
}

HRESULT asf_profile_to_header(IMFASFProfile *profile, struct asf_header *header)
{
    HRESULT result;

    header->streams = NULL;
    header->mutexes = NULL;
    header->priorities = NULL;
    result = describe_streams(profile, header);
    if (SUCCEEDED(result)) result = describe_mutexes(profile, header);
    if (SUCCEEDED(result)) result = describe_priorities(profile, header);
    return result;
}

/*
 * Presentation descriptors of ASF content: from a header, from a profile, and profiles from them.
 *
 * Source: "Media Foundation Attributes for ASF Header Objects", and each attribute's page for its type.
 */
#include "mf/asf_objects.h"

#include <stdlib.h>

#include "common/trace.h"
#include "mf/asf_description.h"

CORK_TRACE_CHANNEL(mf);

/* MF_PD_TOTAL_FILE_SIZE, which older headers lack. */
static const GUID total_file_size = {0x6c990d34, 0xbb8e, 0x477a, {0x85, 0x98, 0x0d, 0x5d, 0x96, 0xfc, 0xd8, 0x8a}};

/* ---- From a header ----------------------------------------------------------------------------------------------- */

/* A stream descriptor of one media type, which is the current one. */
static HRESULT create_stream_descriptor(DWORD number, IMFMediaType *type, IMFStreamDescriptor **out)
{
    IMFMediaTypeHandler *handler;
    HRESULT result = MFCreateStreamDescriptor(number, 1, &type, out);

    if (FAILED(result)) return result;
    if (SUCCEEDED(result = IMFStreamDescriptor_GetMediaTypeHandler(*out, &handler)))
    {
        result = IMFMediaTypeHandler_SetCurrentMediaType(handler, type);
        IMFMediaTypeHandler_Release(handler);
    }
    if (SUCCEEDED(result)) return S_OK;
    IMFStreamDescriptor_Release(*out);
    *out = NULL;
    return result;
}

/* The RFC 1766 name of a language of the header's list, in `text`; false where there is none. */
static BOOL language_name(const struct asf_header *header, UINT16 index, WCHAR text[128])
{
    const struct asf_object *object = asf_header_object_of(header, &asf_language_list_object, NULL);
    struct asf_bytes name = {0};
    struct asf_reader in;
    unsigned count;

    if (!object) return FALSE;
    asf_reader_init(&in, object->content.data, object->content.size);
    count = asf_get_u16(&in);
    if (index >= count) return FALSE;
    for (unsigned i = 0; i <= index; i++)
        name = asf_get_bytes(&in, asf_get_u8(&in));
    if (in.failed || !name.size) return FALSE;
    memset(text, 0, 128 * sizeof(*text));
    memcpy(text, name.data, name.size & ~(size_t)1);
    return *text != 0;
}

static HRESULT set_extended(IMFStreamDescriptor *descriptor, const struct asf_header *header,
                            const struct asf_stream *stream)
{
    const struct
    {
        const GUID *key;
        UINT32 value;
    } values[] = {
        {&MF_SD_ASF_EXTSTRMPROP_AVG_DATA_BITRATE, stream->average.bitrate},
        {&MF_SD_ASF_EXTSTRMPROP_AVG_BUFFERSIZE, stream->average.window},
        {&MF_SD_ASF_EXTSTRMPROP_MAX_DATA_BITRATE, stream->peak.bitrate},
        {&MF_SD_ASF_EXTSTRMPROP_MAX_BUFFERSIZE, stream->peak.window},
        {&MF_SD_ASF_EXTSTRMPROP_LANGUAGE_ID_INDEX, stream->language},
    };
    HRESULT result = S_OK;
    WCHAR language[128];

    for (size_t i = 0; i < ARRAYSIZE(values) && SUCCEEDED(result); i++)
        result = IMFStreamDescriptor_SetUINT32(descriptor, values[i].key, values[i].value);
    if (SUCCEEDED(result) && language_name(header, stream->language, language))
        result = IMFStreamDescriptor_SetString(descriptor, &MF_SD_LANGUAGE, language);
    return result;
}

/* A text of metadata, which need not end with a 0, as an attribute. */
static HRESULT set_text(IMFAttributes *attributes, REFGUID key, struct asf_bytes text)
{
    WCHAR *copy = calloc(1, text.size + sizeof(*copy) + 1);
    HRESULT result;

    if (!copy) return E_OUTOFMEMORY;
    if (text.size) memcpy(copy, text.data, text.size & ~(size_t)1);
    result = IMFAttributes_SetString(attributes, key, copy);
    free(copy);
    return result;
}

static HRESULT set_stream_attributes(IMFStreamDescriptor *descriptor, const struct asf_header *header,
                                     const struct asf_stream *stream)
{
    struct asf_value value;
    HRESULT result = S_OK;

    if (stream->has_bitrate)
        result = IMFStreamDescriptor_SetUINT32(descriptor, &MF_SD_ASF_STREAMBITRATES_BITRATE, stream->bitrate);
    if (SUCCEEDED(result) && stream->extended) result = set_extended(descriptor, header, stream);
    if (SUCCEEDED(result) && stream->encrypted) result = IMFStreamDescriptor_SetUINT32(descriptor, &MF_SD_PROTECTED, 1);
    if (SUCCEEDED(result) && asf_find_description(header, stream->number, "DeviceConformanceTemplate", &value) &&
        value.type == ASF_VALUE_TEXT)
        result = set_text((IMFAttributes *)descriptor, &MF_SD_ASF_METADATA_DEVICE_CONFORMANCE_TEMPLATE, value.bytes);
    return result;
}

static HRESULT describe_stream(const struct asf_header *header, const struct asf_stream *stream,
                               IMFStreamDescriptor **descriptor)
{
    IMFMediaType *type;
    HRESULT result = asf_media_type_create(stream, &type);

    if (FAILED(result)) return result;
    result = create_stream_descriptor(stream->number, type, descriptor);
    IMFMediaType_Release(type);
    if (FAILED(result)) return result;
    result = set_stream_attributes(*descriptor, header, stream);
    if (FAILED(result)) IMFStreamDescriptor_Release(*descriptor);
    return result;
}

static HRESULT set_file_properties(IMFPresentationDescriptor *descriptor, const struct asf_header *header, UINT64 start)
{
    const struct asf_file_properties *file = &header->file;
    UINT64 preroll = file->preroll * ASF_UNITS_A_MS;
    const struct
    {
        const GUID *key;
        UINT64 value;
    } wide[] =
        {
            {&total_file_size, file->file_size},
            {&MF_PD_DURATION, file->play_duration > preroll ? file->play_duration - preroll : 0},
            {&MF_PD_ASF_FILEPROPERTIES_PLAY_DURATION, file->play_duration},
            {&MF_PD_ASF_FILEPROPERTIES_SEND_DURATION, file->send_duration},
            {&MF_PD_ASF_FILEPROPERTIES_PREROLL, file->preroll},
            {&MF_PD_ASF_DATA_START_OFFSET, start},
            {&MF_PD_ASF_DATA_LENGTH, header->data_size},
        },
      narrow[] = {
          {&MF_PD_ASF_FILEPROPERTIES_PACKETS, file->packets},
          {&MF_PD_ASF_FILEPROPERTIES_FLAGS, file->flags},
          {&MF_PD_ASF_FILEPROPERTIES_MIN_PACKET_SIZE, file->min_packet_size},
          {&MF_PD_ASF_FILEPROPERTIES_MAX_PACKET_SIZE, file->max_packet_size},
          {&MF_PD_ASF_FILEPROPERTIES_MAX_BITRATE, file->max_bitrate},
      };
    GUID id = asf_to_guid(&file->file_id);
    HRESULT result = IMFPresentationDescriptor_SetGUID(descriptor, &MF_PD_ASF_FILEPROPERTIES_FILE_ID, &id);

    for (size_t i = 0; i < ARRAYSIZE(wide) && SUCCEEDED(result); i++)
        result = IMFPresentationDescriptor_SetUINT64(descriptor, wide[i].key, wide[i].value);
    for (size_t i = 0; i < ARRAYSIZE(narrow) && SUCCEEDED(result); i++)
        result = IMFPresentationDescriptor_SetUINT32(descriptor, narrow[i].key, (UINT32)narrow[i].value);
    if (SUCCEEDED(result))
        result = IMFPresentationDescriptor_SetBlob(descriptor, &MF_PD_ASF_FILEPROPERTIES_CREATION_TIME,
                                                   (const UINT8 *)&file->creation_time, sizeof(FILETIME));
    return result;
}

static HRESULT set_kinds(IMFPresentationDescriptor *descriptor, const struct asf_header *header)
{
    UINT32 audio = 0, video = 0, other = 0;
    HRESULT result;

    for (const struct asf_stream *stream = header->streams; stream; stream = stream->next)
    {
        if (asf_guid_equal(&stream->type, &asf_audio_media))
            audio = 1;
        else if (asf_guid_equal(&stream->type, &asf_video_media))
            video = 1;
        else
            other = 1;
    }
    result = IMFPresentationDescriptor_SetUINT32(descriptor, &MF_PD_ASF_INFO_HAS_AUDIO, audio);
    if (SUCCEEDED(result)) result = IMFPresentationDescriptor_SetUINT32(descriptor, &MF_PD_ASF_INFO_HAS_VIDEO, video);
    if (SUCCEEDED(result))
        result = IMFPresentationDescriptor_SetUINT32(descriptor, &MF_PD_ASF_INFO_HAS_NON_AUDIO_VIDEO, other);
    return result;
}

/* Lists of the header, as blobs. A malformed one is left out. */
static HRESULT set_list(IMFPresentationDescriptor *descriptor, REFGUID key, const struct asf_object *object,
                        bool (*list)(struct asf_bytes content, struct asf_writer *out))
{
    struct asf_writer out;
    UINT8 *data;
    HRESULT result;

    if (!object) return S_OK;
    asf_writer_init(&out, NULL, 0);
    if (!list(object->content, &out)) return S_OK;
    if (!(data = malloc(out.size))) return E_OUTOFMEMORY;
    asf_writer_init(&out, data, out.size);
    list(object->content, &out);
    result = IMFPresentationDescriptor_SetBlob(descriptor, key, data, (UINT32)out.size);
    free(data);
    return result;
}

/* Media Foundation orders languages anew, which its pages do not describe; here both attributes have the file's order.
 */
static HRESULT set_lists(IMFPresentationDescriptor *descriptor, const struct asf_header *header)
{
    const struct
    {
        const GUID *key;
        const struct asf_guid *object;
        bool (*list)(struct asf_bytes content, struct asf_writer *out);
    } lists[] = {
        {&MF_PD_ASF_CODECLIST, &asf_codec_list_object, asf_codec_list},
        {&MF_PD_ASF_SCRIPT, &asf_script_command_object, asf_script_list},
        {&MF_PD_ASF_MARKER, &asf_marker_object, asf_marker_list},
        {&MF_PD_ASF_LANGLIST, &asf_language_list_object, asf_language_list},
        {&MF_PD_ASF_LANGLIST_LEGACYORDER, &asf_language_list_object, asf_language_list},
    };
    HRESULT result = S_OK;

    for (size_t i = 0; i < ARRAYSIZE(lists) && SUCCEEDED(result); i++)
        result = set_list(descriptor, lists[i].key, asf_header_object_of(header, lists[i].object, NULL), lists[i].list);
    return result;
}

static HRESULT set_metadata(IMFPresentationDescriptor *descriptor, const struct asf_header *header)
{
    static const struct
    {
        const GUID *key;
        const char *name;
    } numbers[] = {
        {&MF_PD_ASF_METADATA_IS_VBR, "IsVBR"},
        {&MF_PD_ASF_METADATA_V8_VBRPEAK, "VBR Peak"},
        {&MF_PD_ASF_METADATA_V8_BUFFERAVERAGE, "Buffer Average"},
    };
    struct asf_value value;
    HRESULT result = S_OK;
    UINT64 number;

    for (size_t i = 0; i < ARRAYSIZE(numbers) && SUCCEEDED(result); i++)
        if (asf_find_description(header, 0, numbers[i].name, &value) && asf_value_number(&value, &number))
            result = IMFPresentationDescriptor_SetUINT32(descriptor, numbers[i].key, (UINT32)number);
    if (SUCCEEDED(result) && asf_find_description(header, 0, "ASFLeakyBucketPairs", &value))
        result = IMFPresentationDescriptor_SetBlob(descriptor, &MF_PD_ASF_METADATA_LEAKY_BUCKET_PAIRS, value.bytes.data,
                                                   (UINT32)value.bytes.size);
    return result;
}

/* A string of the content encryption object: bytes of ASCII with their number before them. */
static HRESULT set_ascii(IMFPresentationDescriptor *descriptor, REFGUID key, struct asf_bytes text)
{
    WCHAR *wide = calloc(text.size + 1, sizeof(*wide));
    HRESULT result;

    if (!wide) return E_OUTOFMEMORY;
    for (size_t i = 0; i < text.size; i++)
        wide[i] = text.data[i];
    result = IMFPresentationDescriptor_SetString(descriptor, key, wide);
    free(wide);
    return result;
}

static HRESULT set_encryption(IMFPresentationDescriptor *descriptor, const struct asf_header *header)
{
    const struct asf_object *object = asf_header_object_of(header, &asf_content_encryption_object, NULL);
    struct asf_bytes secret, type, key, url;
    struct asf_reader in;
    HRESULT result = S_OK;

    if (object)
    {
        asf_reader_init(&in, object->content.data, object->content.size);
        secret = asf_get_bytes(&in, asf_get_u32(&in));
        type = asf_get_bytes(&in, asf_get_u32(&in));
        key = asf_get_bytes(&in, asf_get_u32(&in));
        url = asf_get_bytes(&in, asf_get_u32(&in));
        if (in.failed) return MF_E_ASF_INVALIDDATA;
        result = IMFPresentationDescriptor_SetBlob(descriptor, &MF_PD_ASF_CONTENTENCRYPTION_SECRET_DATA, secret.data,
                                                   (UINT32)secret.size);
        if (SUCCEEDED(result)) result = set_ascii(descriptor, &MF_PD_ASF_CONTENTENCRYPTION_TYPE, type);
        if (SUCCEEDED(result)) result = set_ascii(descriptor, &MF_PD_ASF_CONTENTENCRYPTION_KEYID, key);
        if (SUCCEEDED(result)) result = set_ascii(descriptor, &MF_PD_ASF_CONTENTENCRYPTION_LICENSE_URL, url);
    }
    object = asf_header_object_of(header, &asf_extended_content_encryption_object, NULL);
    if (SUCCEEDED(result) && object && object->content.size > 4)
        result = IMFPresentationDescriptor_SetBlob(descriptor, &MF_PD_ASF_CONTENTENCRYPTIONEX_ENCRYPTION_DATA,
                                                   object->content.data + 4, (UINT32)object->content.size - 4);
    return result;
}

static HRESULT set_attributes(IMFPresentationDescriptor *descriptor, const struct asf_header *header)
{
    HRESULT result = set_file_properties(descriptor, header, header->header_size + ASF_DATA_OBJECT_HEADER);

    if (SUCCEEDED(result)) result = set_kinds(descriptor, header);
    if (SUCCEEDED(result)) result = set_lists(descriptor, header);
    if (SUCCEEDED(result)) result = set_metadata(descriptor, header);
    if (SUCCEEDED(result)) result = set_encryption(descriptor, header);
    return result;
}

static void release_streams(IMFStreamDescriptor **streams, DWORD count)
{
    for (DWORD i = 0; i < count; i++)
        IMFStreamDescriptor_Release(streams[i]);
}

/* Makes the descriptor of `count` stream descriptors, all of them selected. */
static HRESULT create_descriptor(IMFStreamDescriptor **streams, DWORD count, IMFPresentationDescriptor **descriptor)
{
    HRESULT result = MFCreatePresentationDescriptor(count, streams, descriptor);

    for (DWORD i = 0; SUCCEEDED(result) && i < count; i++)
        result = IMFPresentationDescriptor_SelectStream(*descriptor, i);
    return result;
}

HRESULT asf_descriptor_from_header(const struct asf_header *header, IMFPresentationDescriptor **out)
{
    IMFStreamDescriptor *streams[ASF_MAX_STREAM];
    IMFPresentationDescriptor *descriptor = NULL;
    HRESULT result = S_OK;
    DWORD count = 0;

    *out = NULL;
    for (const struct asf_stream *stream = header->streams; stream && SUCCEEDED(result); stream = stream->next)
        if (SUCCEEDED(result = describe_stream(header, stream, &streams[count]))) count++;
    if (SUCCEEDED(result)) result = create_descriptor(streams, count, &descriptor);
    release_streams(streams, count);
    if (SUCCEEDED(result)) result = set_attributes(descriptor, header);
    if (SUCCEEDED(result))
        *out = descriptor;
    else if (descriptor)
        IMFPresentationDescriptor_Release(descriptor);
    return result;
}

/* ---- From a profile, and back ------------------------------------------------------------------------------------ */

static HRESULT describe_config(IMFASFStreamConfig *config, IMFStreamDescriptor **descriptor)
{
    IMFMediaType *type;
    HRESULT result = IMFASFStreamConfig_GetMediaType(config, &type);

    if (FAILED(result)) return result;
    result = create_stream_descriptor(IMFASFStreamConfig_GetStreamNumber(config), type, descriptor);
    IMFMediaType_Release(type);
    if (FAILED(result)) return result;
    result = IMFASFStreamConfig_CopyAllItems(config, (IMFAttributes *)*descriptor);
    if (FAILED(result)) IMFStreamDescriptor_Release(*descriptor);
    return result;
}

/* The descriptor has the attributes of the profile, its streams those of the stream configurations. Fails with
 * E_INVALIDARG for NULL and for a profile without streams. */
HRESULT WINAPI MFCreatePresentationDescriptorFromASFProfile(IMFASFProfile *profile,
                                                            IMFPresentationDescriptor **descriptor)
{
    IMFStreamDescriptor *streams[ASF_MAX_STREAM];
    IMFASFStreamConfig *config;
    DWORD total, count = 0;
    HRESULT result;

    CORK_TRACE("%p, %p\n", (void *)profile, (void *)descriptor);
    if (!profile || !descriptor) return E_INVALIDARG;
    *descriptor = NULL;
    if (FAILED(result = IMFASFProfile_GetStreamCount(profile, &total))) return result;
    if (!total || total > ASF_MAX_STREAM) return E_INVALIDARG;
    for (DWORD i = 0; i < total && SUCCEEDED(result); i++)
    {
        if (FAILED(result = IMFASFProfile_GetStream(profile, i, NULL, &config))) break;
        if (SUCCEEDED(result = describe_config(config, &streams[count]))) count++;
        IMFASFStreamConfig_Release(config);
    }
    if (SUCCEEDED(result)) result = create_descriptor(streams, count, descriptor);
    release_streams(streams, count);
    if (SUCCEEDED(result)) result = IMFASFProfile_CopyAllItems(profile, (IMFAttributes *)*descriptor);
    if (FAILED(result) && *descriptor)
    {
        IMFPresentationDescriptor_Release(*descriptor);
        *descriptor = NULL;
    }
    return result;
}

/* The leaky buckets of a configuration from the attributes of a stream descriptor, where it has none itself. */
static HRESULT set_bucket(IMFASFStreamConfig *config, REFGUID key, REFGUID rate_key, REFGUID window_key)
{
    DWORD values[3] = {0};
    UINT32 rate, window, size;

    if (SUCCEEDED(IMFASFStreamConfig_GetBlobSize(config, key, &size))) return S_OK;
    if (FAILED(IMFASFStreamConfig_GetUINT32(config, rate_key, &rate)) || !rate ||
        FAILED(IMFASFStreamConfig_GetUINT32(config, window_key, &window)))
        return S_OK;
    values[0] = rate;
    values[1] = window;
    return IMFASFStreamConfig_SetBlob(config, key, (const UINT8 *)values, sizeof(values));
}

static HRESULT stream_media_type(IMFStreamDescriptor *stream, IMFMediaType **type)
{
    IMFMediaTypeHandler *handler;
    HRESULT result = IMFStreamDescriptor_GetMediaTypeHandler(stream, &handler);

    if (FAILED(result)) return result;
    result = IMFMediaTypeHandler_GetCurrentMediaType(handler, type);
    if (FAILED(result)) result = IMFMediaTypeHandler_GetMediaTypeByIndex(handler, 0, type);
    IMFMediaTypeHandler_Release(handler);
    return result;
}

static HRESULT configure_stream(IMFASFStreamConfig *config, IMFStreamDescriptor *stream)
{
    DWORD number;
    HRESULT result = IMFStreamDescriptor_GetStreamIdentifier(stream, &number);

    if (FAILED(result)) return result;
    if (!number || number > ASF_MAX_STREAM) return MF_E_INVALIDSTREAMNUMBER;
    result = IMFASFStreamConfig_SetStreamNumber(config, (WORD)number);
    if (SUCCEEDED(result)) result = IMFStreamDescriptor_CopyAllItems(stream, (IMFAttributes *)config);
    if (SUCCEEDED(result))
        result = set_bucket(config, &MF_ASFSTREAMCONFIG_LEAKYBUCKET1, &MF_SD_ASF_EXTSTRMPROP_AVG_DATA_BITRATE,
                            &MF_SD_ASF_EXTSTRMPROP_AVG_BUFFERSIZE);
    if (SUCCEEDED(result))
        result = set_bucket(config, &MF_ASFSTREAMCONFIG_LEAKYBUCKET2, &MF_SD_ASF_EXTSTRMPROP_MAX_DATA_BITRATE,
                            &MF_SD_ASF_EXTSTRMPROP_MAX_BUFFERSIZE);
    return result;
}

static HRESULT add_stream(IMFASFProfile *profile, IMFStreamDescriptor *stream)
{
    IMFASFStreamConfig *config;
    IMFMediaType *type;
    HRESULT result = stream_media_type(stream, &type);

    if (FAILED(result)) return result;
    result = asf_stream_config_create(type, &config);
    IMFMediaType_Release(type);
    if (FAILED(result)) return result;
    result = configure_stream(config, stream);
    if (SUCCEEDED(result)) result = IMFASFProfile_SetStream(profile, config);
    IMFASFStreamConfig_Release(config);
    return result;
}

static HRESULT add_streams(IMFASFProfile *profile, IMFPresentationDescriptor *descriptor)
{
    IMFStreamDescriptor *stream;
    HRESULT result;
    BOOL selected;
    DWORD count;

    result = IMFPresentationDescriptor_GetStreamDescriptorCount(descriptor, &count);
    for (DWORD i = 0; SUCCEEDED(result) && i < count; i++)
    {
        result = IMFPresentationDescriptor_GetStreamDescriptorByIndex(descriptor, i, &selected, &stream);
        if (FAILED(result)) break;
        result = add_stream(profile, stream);
        IMFStreamDescriptor_Release(stream);
    }
    return result;
}

/* "The profile object created by this function contains the MF_PD_ASF_xxx attributes." Its packet sizes are the
 * descriptor's. Fails with E_INVALIDARG for NULL, MF_E_INVALIDSTREAMNUMBER for a stream identifier that is no stream
 * number, MF_E_ASF_UNSUPPORTED_STREAM_TYPE for a media type that no ASF stream has. */
HRESULT WINAPI MFCreateASFProfileFromPresentationDescriptor(IMFPresentationDescriptor *descriptor,
                                                            IMFASFProfile **profile)
{
    HRESULT result;
    UINT32 size;

    CORK_TRACE("%p, %p\n", (void *)descriptor, (void *)profile);
    if (!descriptor || !profile) return E_INVALIDARG;
    if (FAILED(result = MFCreateASFProfile(profile))) return result;
    result = IMFPresentationDescriptor_CopyAllItems(descriptor, (IMFAttributes *)*profile);
    if (SUCCEEDED(result)) result = add_streams(*profile, descriptor);
    if (SUCCEEDED(result) &&
        SUCCEEDED(IMFPresentationDescriptor_GetUINT32(descriptor, &MF_PD_ASF_FILEPROPERTIES_MIN_PACKET_SIZE, &size)))
        result = IMFASFProfile_SetUINT32(*profile, &MF_ASFPROFILE_MINPACKETSIZE, size);
    if (SUCCEEDED(result) &&
        SUCCEEDED(IMFPresentationDescriptor_GetUINT32(descriptor, &MF_PD_ASF_FILEPROPERTIES_MAX_PACKET_SIZE, &size)))
        result = IMFASFProfile_SetUINT32(*profile, &MF_ASFPROFILE_MAXPACKETSIZE, size);
    if (FAILED(result))
    {
        IMFASFProfile_Release(*profile);
        *profile = NULL;
    }
    return result;
}

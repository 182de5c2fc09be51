/*
 * Media types of ASF streams: from a stream's type-specific data, and back.
 *
 * Source: ASF specification, section 9 (audio: WAVEFORMATEX; video: sizes and a BITMAPINFOHEADER; other kinds).
 */
#include "mf/asf_objects.h"

#include <mmreg.h>
#include <stdlib.h>

#define VIDEO_HEADER 11u /* width, height, flags, size of the format data */

/* The kinds whose type-specific data stay as they are, in the media type's user data. */
static const struct
{
    const struct asf_guid *file;
    const GUID *major;
} other_types[] = {
    {&asf_command_media, &MFMediaType_Script},
    {&asf_file_transfer_media, &MFMediaType_FileTransfer},
    {&asf_binary_media, &MFMediaType_Binary},
    {&asf_jfif_media, &MFMediaType_Image},
};

/* ---- From a stream ----------------------------------------------------------------------------------------------- */

/* The user data are there, too, where an older Wine leaves them out. */
static HRESULT init_audio(IMFMediaType *type, const WAVEFORMATEX *format, UINT32 size)
{
    HRESULT result = MFInitMediaTypeFromWaveFormatEx(type, format, size);
    UINT32 there;

    if (FAILED(result) || !format->cbSize || format->wFormatTag == WAVE_FORMAT_EXTENSIBLE ||
        SUCCEEDED(IMFMediaType_GetBlobSize(type, &MF_MT_USER_DATA, &there)))
        return result;
    return IMFMediaType_SetBlob(type, &MF_MT_USER_DATA, (const UINT8 *)(format + 1), format->cbSize);
}

/* A file may leave out the size at the end of the format where that is 0. */
static HRESULT audio_type(const struct asf_stream *stream, IMFMediaType *type)
{
    size_t size = stream->type_data.size, whole;
    WAVEFORMATEX *format;
    HRESULT result;

    if (size < sizeof(PCMWAVEFORMAT)) return MF_E_ASF_INVALIDDATA;
    if (!(format = calloc(1, size < sizeof(*format) ? sizeof(*format) : size))) return E_OUTOFMEMORY;
    memcpy(format, stream->type_data.data, size);
    whole = sizeof(*format) + format->cbSize;
    if (format->cbSize && whole > size)
        result = MF_E_ASF_INVALIDDATA;
    else
        result = init_audio(type, format, (UINT32)whole);
    free(format);
    return result;
}

/* Video formats that a compression of BITMAPINFOHEADER 0 names by their depth. */
static GUID video_subtype(const BITMAPINFOHEADER *format)
{
    GUID subtype = MFVideoFormat_Base;

    if (format->biCompression)
        subtype.Data1 = format->biCompression;
    else if (format->biBitCount == 24)
        return MFVideoFormat_RGB24;
    else if (format->biBitCount == 16)
        return MFVideoFormat_RGB555;
    else
        return MFVideoFormat_RGB32;
    return subtype;
}

static UINT64 pair(UINT32 high, UINT32 low)
{
    return (UINT64)high << 32 | low;
}

static HRESULT set_video(IMFMediaType *type, const struct asf_stream *stream, const BITMAPINFOHEADER *format,
                         struct asf_bytes extra)
{
    UINT32 height = format->biHeight < 0 ? 0u - (UINT32)format->biHeight : (UINT32)format->biHeight;
    GUID subtype = video_subtype(format);
    HRESULT result;

    result = IMFMediaType_SetGUID(type, &MF_MT_MAJOR_TYPE, &MFMediaType_Video);
    if (SUCCEEDED(result)) result = IMFMediaType_SetGUID(type, &MF_MT_SUBTYPE, &subtype);
    if (SUCCEEDED(result))
        result = IMFMediaType_SetUINT64(type, &MF_MT_FRAME_SIZE, pair((UINT32)format->biWidth, height));
    if (SUCCEEDED(result)) result = IMFMediaType_SetUINT64(type, &MF_MT_PIXEL_ASPECT_RATIO, pair(1, 1));
    if (SUCCEEDED(result)) result = IMFMediaType_SetUINT32(type, &MF_MT_INTERLACE_MODE, MFVideoInterlace_Progressive);
    if (SUCCEEDED(result) && extra.size)
        result = IMFMediaType_SetBlob(type, &MF_MT_USER_DATA, extra.data, (UINT32)extra.size);
    if (SUCCEEDED(result) && stream->has_bitrate)
        result = IMFMediaType_SetUINT32(type, &MF_MT_AVG_BITRATE, stream->bitrate);
    if (SUCCEEDED(result) && stream->time_per_frame && stream->time_per_frame <= UINT_MAX)
        result = IMFMediaType_SetUINT64(type, &MF_MT_FRAME_RATE,
                                        pair(1000 * ASF_UNITS_A_MS, (UINT32)stream->time_per_frame));
    return result;
}

static HRESULT video_type(const struct asf_stream *stream, IMFMediaType *type)
{
    struct asf_bytes bytes, extra;
    BITMAPINFOHEADER format;
    struct asf_reader in;

    asf_reader_init(&in, stream->type_data.data, stream->type_data.size);
    asf_get_bytes(&in, VIDEO_HEADER - 2);
    bytes = asf_get_bytes(&in, asf_get_u16(&in));
    if (in.failed || bytes.size < sizeof(format)) return MF_E_ASF_INVALIDDATA;
    memcpy(&format, bytes.data, sizeof(format));
    extra.data = bytes.data + sizeof(format);
    extra.size = bytes.size - sizeof(format);
    if (format.biWidth < 0 || format.biHeight == INT_MIN) return MF_E_ASF_INVALIDDATA;
    return set_video(type, stream, &format, extra);
}

static HRESULT other_type(const struct asf_stream *stream, IMFMediaType *type)
{
    GUID major = asf_to_guid(&stream->type);
    HRESULT result;

    for (size_t i = 0; i < ARRAYSIZE(other_types); i++)
        if (asf_guid_equal(&stream->type, other_types[i].file)) major = *other_types[i].major;
    result = IMFMediaType_SetGUID(type, &MF_MT_MAJOR_TYPE, &major);
    if (SUCCEEDED(result) && stream->type_data.size)
        result = IMFMediaType_SetBlob(type, &MF_MT_USER_DATA, stream->type_data.data, (UINT32)stream->type_data.size);
    return result;
}

HRESULT asf_media_type_create(const struct asf_stream *stream, IMFMediaType **type)
{
    HRESULT result = MFCreateMediaType(type);

    if (FAILED(result)) return result;
    if (asf_guid_equal(&stream->type, &asf_audio_media))
        result = audio_type(stream, *type);
    else if (asf_guid_equal(&stream->type, &asf_video_media))
        result = video_type(stream, *type);
    else
        result = other_type(stream, *type);
    if (FAILED(result))
    {
        IMFMediaType_Release(*type);
        *type = NULL;
    }
    return result;
}

/* ---- To a stream ------------------------------------------------------------------------------------------------- */

static UINT32 number(IMFMediaType *type, REFGUID key)
{
    UINT32 value;

    return SUCCEEDED(IMFMediaType_GetUINT32(type, key, &value)) ? value : 0;
}

/* A WAVEFORMATEX by the type's attributes, and behind it `extra` bytes: its user data. (mfplat's own function does so
 * only for a few formats in older Wine.) */
static void put_wave_format(struct asf_writer *out, IMFMediaType *type, UINT16 tag, UINT16 extra)
{
    asf_put_u16(out, tag);
    asf_put_u16(out, (UINT16)number(type, &MF_MT_AUDIO_NUM_CHANNELS));
    asf_put_u32(out, number(type, &MF_MT_AUDIO_SAMPLES_PER_SECOND));
    asf_put_u32(out, number(type, &MF_MT_AUDIO_AVG_BYTES_PER_SECOND));
    asf_put_u16(out, (UINT16)number(type, &MF_MT_AUDIO_BLOCK_ALIGNMENT));
    asf_put_u16(out, (UINT16)number(type, &MF_MT_AUDIO_BITS_PER_SAMPLE));
    asf_put_u16(out, extra);
}

/* What a WAVEFORMATEXTENSIBLE has besides: valid bits, channels' places, the subtype. */
#define EXTENSIBLE_SIZE 22u

static void put_extensible(struct asf_writer *out, IMFMediaType *type, const GUID *subtype)
{
    UINT32 valid = number(type, &MF_MT_AUDIO_VALID_BITS_PER_SAMPLE);
    struct asf_guid id = asf_from_guid(subtype);

    asf_put_u16(out, (UINT16)(valid ? valid : number(type, &MF_MT_AUDIO_BITS_PER_SAMPLE)));
    asf_put_u32(out, number(type, &MF_MT_AUDIO_CHANNEL_MASK));
    asf_put_guid(out, &id);
}

/* Whether a subtype stands for a format tag. */
static BOOL is_tag(const GUID *subtype)
{
    GUID base = MFAudioFormat_Base;

    base.Data1 = subtype->Data1;
    return IsEqualGUID(subtype, &base) && subtype->Data1 <= 0xffff;
}

static HRESULT describe_audio(IMFMediaType *type, struct asf_header *header, struct asf_stream *stream)
{
    UINT32 user = 0, extra, total;
    struct asf_writer out;
    GUID subtype;
    UINT8 *data;

    if (FAILED(IMFMediaType_GetGUID(type, &MF_MT_SUBTYPE, &subtype)) || !number(type, &MF_MT_AUDIO_NUM_CHANNELS) ||
        !number(type, &MF_MT_AUDIO_SAMPLES_PER_SECOND))
        return MF_E_ASF_UNSUPPORTED_STREAM_TYPE;
    if (FAILED(IMFMediaType_GetBlobSize(type, &MF_MT_USER_DATA, &user))) user = 0;
    if (user > 0xffff - EXTENSIBLE_SIZE) return MF_E_ASF_UNSUPPORTED_STREAM_TYPE;
    extra = user + (is_tag(&subtype) ? 0 : EXTENSIBLE_SIZE);
    total = (UINT32)sizeof(WAVEFORMATEX) + extra;
    if (!(data = asf_header_alloc(header, total))) return E_OUTOFMEMORY;
    asf_writer_init(&out, data, total);
    put_wave_format(&out, type, is_tag(&subtype) ? (UINT16)subtype.Data1 : WAVE_FORMAT_EXTENSIBLE, (UINT16)extra);
    if (!is_tag(&subtype)) put_extensible(&out, type, &subtype);
    if (user) IMFMediaType_GetBlob(type, &MF_MT_USER_DATA, data + out.size, user, NULL);
    stream->type = asf_audio_media;
    stream->type_data = (struct asf_bytes){data, total};
    return S_OK;
}

static void put_bitmap_header(struct asf_writer *out, UINT64 size, const GUID *subtype, UINT32 extra)
{
    UINT16 depth = 24;
    UINT32 compression = subtype->Data1;

    if (IsEqualGUID(subtype, &MFVideoFormat_RGB24) || IsEqualGUID(subtype, &MFVideoFormat_RGB32) ||
        IsEqualGUID(subtype, &MFVideoFormat_RGB555))
    {
        depth = IsEqualGUID(subtype, &MFVideoFormat_RGB24) ? 24 : IsEqualGUID(subtype, &MFVideoFormat_RGB32) ? 32 : 16;
        compression = BI_RGB;
    }
    asf_put_u32(out, (UINT32)sizeof(BITMAPINFOHEADER) + extra);
    asf_put_u32(out, (UINT32)(size >> 32));
    asf_put_u32(out, (UINT32)size);
    asf_put_u16(out, 1);
    asf_put_u16(out, depth);
    asf_put_u32(out, compression);
    asf_put_u32(out, (UINT32)(size >> 32) * (UINT32)size * depth / 8);
    for (int i = 0; i < 4; i++)
        asf_put_u32(out, 0);
}

static HRESULT describe_video(IMFMediaType *type, struct asf_header *header, struct asf_stream *stream)
{
    UINT32 extra = 0, total;
    struct asf_writer out;
    UINT64 size, rate;
    GUID subtype;
    UINT8 *data;

    if (FAILED(IMFMediaType_GetGUID(type, &MF_MT_SUBTYPE, &subtype)) ||
        FAILED(IMFMediaType_GetUINT64(type, &MF_MT_FRAME_SIZE, &size)))
        return MF_E_ASF_UNSUPPORTED_STREAM_TYPE;
    if (FAILED(IMFMediaType_GetBlobSize(type, &MF_MT_USER_DATA, &extra))) extra = 0;
    if (extra > 0xffff - sizeof(BITMAPINFOHEADER)) return MF_E_ASF_UNSUPPORTED_STREAM_TYPE;
    total = VIDEO_HEADER + (UINT32)sizeof(BITMAPINFOHEADER) + extra;
    if (!(data = asf_header_alloc(header, total))) return E_OUTOFMEMORY;
    asf_writer_init(&out, data, total);
    asf_put_u32(&out, (UINT32)(size >> 32));
    asf_put_u32(&out, (UINT32)size);
    asf_put_u8(&out, 2);
    asf_put_u16(&out, (UINT16)(total - VIDEO_HEADER));
    put_bitmap_header(&out, size, &subtype, extra);
    if (extra) IMFMediaType_GetBlob(type, &MF_MT_USER_DATA, data + out.size, extra, NULL);
    stream->type = asf_video_media;
    stream->type_data = (struct asf_bytes){data, total};
    if (SUCCEEDED(IMFMediaType_GetUINT64(type, &MF_MT_FRAME_RATE, &rate)) && rate >> 32)
        stream->time_per_frame = (UINT64)1000 * ASF_UNITS_A_MS * (UINT32)rate / (rate >> 32);
    return S_OK;
}

static HRESULT describe_other(IMFMediaType *type, const GUID *major, struct asf_header *header,
                              struct asf_stream *stream)
{
    UINT32 size = 0;
    UINT8 *data = NULL;
    size_t i;

    for (i = 0; i < ARRAYSIZE(other_types) && !IsEqualGUID(major, other_types[i].major); i++)
        ;
    if (i == ARRAYSIZE(other_types)) return MF_E_ASF_UNSUPPORTED_STREAM_TYPE;
    stream->type = *other_types[i].file;
    if (FAILED(IMFMediaType_GetBlobSize(type, &MF_MT_USER_DATA, &size)) || !size) return S_OK;
    if (!(data = asf_header_alloc(header, size))) return E_OUTOFMEMORY;
    stream->type_data = (struct asf_bytes){data, size};
    return IMFMediaType_GetBlob(type, &MF_MT_USER_DATA, data, size, NULL);
}

HRESULT asf_media_type_describe(IMFMediaType *type, struct asf_header *header, struct asf_stream *stream)
{
    GUID major;

    if (FAILED(IMFMediaType_GetMajorType(type, &major))) return MF_E_ASF_UNSUPPORTED_STREAM_TYPE;
    if (IsEqualGUID(&major, &MFMediaType_Audio)) return describe_audio(type, header, stream);
    if (IsEqualGUID(&major, &MFMediaType_Video)) return describe_video(type, header, stream);
    return describe_other(type, &major, header, stream);
}

UINT32 asf_media_type_bitrate(IMFMediaType *type)
{
    UINT32 value;

    if (SUCCEEDED(IMFMediaType_GetUINT32(type, &MF_MT_AVG_BITRATE, &value))) return value;
    if (SUCCEEDED(IMFMediaType_GetUINT32(type, &MF_MT_AUDIO_AVG_BYTES_PER_SECOND, &value)) && value < UINT_MAX / 8)
        return value * 8;
    return 0;
}

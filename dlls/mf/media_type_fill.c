/* See media_type_fill.h. */
#include "mf/media_type_fill.h"

#include <mf_more.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static const GUID *const video_attributes[] = {
    &MF_MT_FRAME_SIZE,      &MF_MT_FRAME_RATE,          &MF_MT_PIXEL_ASPECT_RATIO,
    &MF_MT_INTERLACE_MODE,  &MF_MT_VIDEO_ROTATION,      &MF_MT_MINIMUM_DISPLAY_APERTURE,
    &MF_MT_VIDEO_PRIMARIES, &MF_MT_TRANSFER_FUNCTION,   &MF_MT_YUV_MATRIX,
    &MF_MT_VIDEO_LIGHTING,  &MF_MT_VIDEO_NOMINAL_RANGE, &MF_MT_VIDEO_CHROMA_SITING,
};

/* The mask says which channels, so it goes with their number. */
static const GUID *const channel_attributes[] = {&MF_MT_AUDIO_CHANNEL_MASK, &MF_MT_AUDIO_NUM_CHANNELS};
static const GUID *const rate_attributes[] = {&MF_MT_AUDIO_SAMPLES_PER_SECOND};

static HRESULT take(IMFMediaType *type, IMFMediaType *source, const GUID *const *keys, size_t count)
{
    PROPVARIANT value;
    HRESULT hr = S_OK;

    for (size_t i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (SUCCEEDED(IMFMediaType_GetItem(type, keys[i], NULL))) continue;
        PropVariantInit(&value);
        if (FAILED(IMFMediaType_GetItem(source, keys[i], &value))) continue;
        hr = IMFMediaType_SetItem(type, keys[i], &value);
        PropVariantClear(&value);
    }
    return hr;
}

static HRESULT set_missing(IMFMediaType *type, const GUID *key, UINT32 value)
{
    return SUCCEEDED(IMFMediaType_GetItem(type, key, NULL)) ? S_OK : IMFMediaType_SetUINT32(type, key, value);
}

/* The bits of a sample: `source`'s where both are of one encoding, else what is usual. */
static UINT32 sample_bits(IMFMediaType *source, const GUID *subtype)
{
    GUID source_subtype;
    UINT32 bits;

    if (SUCCEEDED(IMFMediaType_GetGUID(source, &MF_MT_SUBTYPE, &source_subtype)) &&
        IsEqualGUID(&source_subtype, subtype) &&
        SUCCEEDED(IMFMediaType_GetUINT32(source, &MF_MT_AUDIO_BITS_PER_SAMPLE, &bits)) && bits)
        return bits;
    return IsEqualGUID(subtype, &MFAudioFormat_Float) ? 32 : 16;
}

/* Sizes of uncompressed sound. */
static HRESULT fill_sizes(IMFMediaType *type, IMFMediaType *source)
{
    UINT32 bits, channels, rate, block;
    GUID subtype;
    HRESULT hr;

    if (FAILED(IMFMediaType_GetGUID(type, &MF_MT_SUBTYPE, &subtype)) ||
        (!IsEqualGUID(&subtype, &MFAudioFormat_PCM) && !IsEqualGUID(&subtype, &MFAudioFormat_Float)))
        return S_OK;
    if (FAILED(hr = set_missing(type, &MF_MT_AUDIO_BITS_PER_SAMPLE, sample_bits(source, &subtype)))) return hr;
    if (FAILED(IMFMediaType_GetUINT32(type, &MF_MT_AUDIO_BITS_PER_SAMPLE, &bits)) ||
        FAILED(IMFMediaType_GetUINT32(type, &MF_MT_AUDIO_NUM_CHANNELS, &channels)) ||
        FAILED(IMFMediaType_GetUINT32(type, &MF_MT_AUDIO_SAMPLES_PER_SECOND, &rate)))
        return S_OK;
    if (FAILED(hr = set_missing(type, &MF_MT_AUDIO_BLOCK_ALIGNMENT, bits / 8 * channels))) return hr;
    if (FAILED(hr = IMFMediaType_GetUINT32(type, &MF_MT_AUDIO_BLOCK_ALIGNMENT, &block))) return hr;
    return set_missing(type, &MF_MT_AUDIO_AVG_BYTES_PER_SECOND, block * rate);
}

static HRESULT fill_audio(IMFMediaType *type, IMFMediaType *source)
{
    HRESULT hr;

    if (FAILED(IMFMediaType_GetItem(type, &MF_MT_AUDIO_NUM_CHANNELS, NULL)) &&
        FAILED(hr = take(type, source, channel_attributes, COUNT_OF(channel_attributes))))
        return hr;
    hr = take(type, source, rate_attributes, COUNT_OF(rate_attributes));
    return SUCCEEDED(hr) ? fill_sizes(type, source) : hr;
}

static HRESULT fill(IMFMediaType *type, IMFMediaType *source)
{
    GUID major;

    if (FAILED(IMFMediaType_GetMajorType(type, &major))) return S_OK;
    if (IsEqualGUID(&major, &MFMediaType_Video))
        return take(type, source, video_attributes, COUNT_OF(video_attributes));
    return IsEqualGUID(&major, &MFMediaType_Audio) ? fill_audio(type, source) : S_OK;
}

HRESULT media_type_fill(IMFMediaType *type, IMFMediaType *source, IMFMediaType **filled)
{
    HRESULT hr;

    if (FAILED(hr = MFCreateMediaType(filled))) return hr;
    if (SUCCEEDED(hr = IMFMediaType_CopyAllItems(type, (IMFAttributes *)*filled))) hr = fill(*filled, source);
    if (FAILED(hr)) IMFMediaType_Release(*filled);
    return hr;
}

BOOL media_type_is_within(IMFMediaType *type, IMFMediaType *other)
{
    BOOL within;

    return SUCCEEDED(IMFMediaType_Compare(type, (IMFAttributes *)other, MF_ATTRIBUTES_MATCH_OUR_ITEMS, &within)) &&
           within;
}

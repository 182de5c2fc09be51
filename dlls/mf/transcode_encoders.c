/* The encoders that are registered, and what they make. See transcode.h. */
#define COBJMACROS
#include <stdlib.h>

#include <mftransform.h>
#include <strmif.h>

#include "common/trace.h"
#include "mf/transcode.h"

CORK_TRACE_CHANNEL(mf);

/* IID_ICodecAPI, which is in none of the libraries that are linked. */
static const IID codec_api_iid = {0x901db4c7, 0x31ce, 0x41a2, {0x85, 0xdc, 0x8f, 0xa0, 0xbf, 0x41, 0xb8, 0xda}};

static void release_all(IMFActivate **activates, UINT32 count)
{
    for (UINT32 i = 0; i < count; i++)
        IMFActivate_Release(activates[i]);
    CoTaskMemFree(activates);
}

/* The encoders registered for an output of `subtype`, in the order in which they are to be tried. */
static HRESULT enumerate(const GUID *major, const GUID *subtype, UINT32 flags, IMFActivate ***activates, UINT32 *count)
{
    const MFT_REGISTER_TYPE_INFO output = {*major, *subtype};
    bool audio = IsEqualGUID(major, &MFMediaType_Audio);
    HRESULT hr;

    *activates = NULL;
    *count = 0;
    hr = MFTEnumEx(audio ? MFT_CATEGORY_AUDIO_ENCODER : MFT_CATEGORY_VIDEO_ENCODER, flags, NULL, &output, activates,
                   count);
    if (FAILED(hr) || *count) return hr;
    CoTaskMemFree(*activates);
    *activates = NULL;
    return MF_E_TRANSCODE_NO_MATCHING_ENCODER;
}

static HRESULT make_encoder(IMFActivate *activate, IUnknown *unlock, IMFTransform **encoder)
{
    if (unlock) IMFActivate_SetUnknown(activate, &MFT_FIELDOFUSE_UNLOCK_Attribute, unlock);
    return IMFActivate_ActivateObject(activate, &IID_IMFTransform, (void **)encoder);
}

/* The encoder's settings, as far as it has them: one that does not know a setting still encodes. */
static void apply_settings(IMFTransform *encoder, IMFAttributes *settings)
{
    VARIANT value = {.vt = VT_UI4};
    ICodecAPI *codec;
    UINT32 quality;
    HRESULT hr;

    if (!settings || FAILED(IMFAttributes_GetUINT32(settings, &MF_TRANSCODE_QUALITYVSSPEED, &quality))) return;
    hr = IMFTransform_QueryInterface(encoder, &codec_api_iid, (void **)&codec);
    if (SUCCEEDED(hr))
    {
        value.ulVal = quality > 100 ? 100 : quality;
        /* The attribute has the property's GUID, "and has the same interpretation". */
        hr = ICodecAPI_SetValue(codec, &MF_TRANSCODE_QUALITYVSSPEED, &value);
        ICodecAPI_Release(codec);
    }
    if (FAILED(hr)) CORK_WARN("encoder %p has no setting of quality: %#lx\n", (void *)encoder, (unsigned long)hr);
}

/* ---- MFTranscodeGetAudioOutputAvailableTypes -------------------------------------------------------------------- */

static bool is_subtype(IMFMediaType *type, const GUID *subtype)
{
    GUID sub;

    return SUCCEEDED(IMFMediaType_GetGUID(type, &MF_MT_SUBTYPE, &sub)) && IsEqualGUID(&sub, subtype);
}

/* Adds what the encoder makes of this subtype. */
static HRESULT add_types(IMFTransform *encoder, const GUID *subtype, IMFCollection *types)
{
    DWORD input_id, output_id = 0;
    IMFMediaType *type;
    HRESULT hr = S_OK;

    if (FAILED(IMFTransform_GetStreamIDs(encoder, 1, &input_id, 1, &output_id))) output_id = 0;
    for (DWORD i = 0; SUCCEEDED(hr); i++)
    {
        if (FAILED(IMFTransform_GetOutputAvailableType(encoder, output_id, i, &type))) break;
        if (is_subtype(type, subtype)) hr = IMFCollection_AddElement(types, (IUnknown *)type);
        IMFMediaType_Release(type);
    }
    return hr;
}

static HRESULT collect_types(IMFActivate **activates, UINT32 count, const GUID *subtype, IMFAttributes *settings,
                             IMFCollection *types)
{
    IUnknown *unlock = NULL;
    IMFTransform *encoder;
    HRESULT hr = S_OK;
    DWORD found = 0;

    if (settings) IMFAttributes_GetUnknown(settings, &MFT_FIELDOFUSE_UNLOCK_Attribute, &IID_IUnknown, (void **)&unlock);
    for (UINT32 i = 0; SUCCEEDED(hr) && i < count; i++)
    {
        if (FAILED(make_encoder(activates[i], unlock, &encoder))) continue;
        apply_settings(encoder, settings);
        hr = add_types(encoder, subtype, types);
        IMFTransform_Release(encoder);
        IMFActivate_ShutdownObject(activates[i]);
    }
    if (unlock) IUnknown_Release(unlock);
    if (SUCCEEDED(hr)) hr = IMFCollection_GetElementCount(types, &found);
    return SUCCEEDED(hr) && !found ? MF_E_TRANSCODE_NO_MATCHING_ENCODER : hr;
}

/* The output types of the registered audio encoders of `subtype`: a collection of IMFMediaType, never empty. `flags`:
 * MFT_ENUM_FLAG_...; `settings`: the encoders' settings, or NULL. Returns E_POINTER without `out`;
 * MF_E_TRANSCODE_NO_MATCHING_ENCODER. (nf-mfidl-mftranscodegetaudiooutputavailabletypes) */
HRESULT WINAPI MFTranscodeGetAudioOutputAvailableTypes(REFGUID subtype, DWORD flags, IMFAttributes *settings,
                                                       IMFCollection **out)
{
    IMFCollection *types = NULL;
    IMFActivate **activates;
    UINT32 count;
    HRESULT hr;

    CORK_TRACE("flags %#lx, settings %p\n", (unsigned long)flags, (void *)settings);
    if (!out) return E_POINTER;
    *out = NULL;
    if (!subtype) return E_INVALIDARG;
    hr = enumerate(&MFMediaType_Audio, subtype, flags, &activates, &count);
    if (FAILED(hr)) return hr;
    hr = MFCreateCollection(&types);
    if (SUCCEEDED(hr)) hr = collect_types(activates, count, subtype, settings, types);
    release_all(activates, count);
    if (SUCCEEDED(hr))
        *out = types;
    else if (types)
        IMFCollection_Release(types);
    return hr;
}

/* ---- Encoders of a topology -------------------------------------------------------------------------------------- */

bool transcode_is_uncompressed(IMFMediaType *type)
{
    static const GUID *const uncompressed[] = {
        &MFAudioFormat_PCM,    &MFAudioFormat_Float,  &MFVideoFormat_RGB32, &MFVideoFormat_ARGB32, &MFVideoFormat_RGB24,
        &MFVideoFormat_RGB565, &MFVideoFormat_RGB555, &MFVideoFormat_RGB8,  &MFVideoFormat_NV12,   &MFVideoFormat_YUY2,
        &MFVideoFormat_UYVY,   &MFVideoFormat_YV12,   &MFVideoFormat_I420,  &MFVideoFormat_IYUV,
    };

    /* Not IsCompressedFormat: that asks for an attribute which profiles need not have. */
    for (size_t i = 0; i < ARRAYSIZE(uncompressed); i++)
        if (is_subtype(type, uncompressed[i])) return true;
    return false;
}

/* Whether the encoder makes `type`. One that wants its input's type first is believed: the topology loader sets both.
 */
static bool takes(IMFTransform *encoder, IMFMediaType *type)
{
    DWORD input_id, output_id = 0;
    HRESULT hr;

    if (FAILED(IMFTransform_GetStreamIDs(encoder, 1, &input_id, 1, &output_id))) output_id = 0;
    hr = IMFTransform_SetOutputType(encoder, output_id, type, 0);
    return SUCCEEDED(hr) || hr == MF_E_TRANSFORM_TYPE_NOT_SET;
}

HRESULT transcode_encoder(const GUID *major, IMFMediaType *type, bool hardware, IMFAttributes *settings,
                          IUnknown *unlock, IMFTransform **encoder)
{
    UINT32 count, flags = MFT_ENUM_FLAG_SYNCMFT | MFT_ENUM_FLAG_ASYNCMFT | MFT_ENUM_FLAG_LOCALMFT |
                          MFT_ENUM_FLAG_TRANSCODE_ONLY | MFT_ENUM_FLAG_SORTANDFILTER;
    IMFActivate **activates;
    GUID subtype;
    HRESULT hr;

    if (hardware) flags |= MFT_ENUM_FLAG_HARDWARE;
    if (unlock) flags |= MFT_ENUM_FLAG_FIELDOFUSE;
    hr = IMFMediaType_GetGUID(type, &MF_MT_SUBTYPE, &subtype);
    if (SUCCEEDED(hr)) hr = enumerate(major, &subtype, flags, &activates, &count);
    if (FAILED(hr)) return hr;

    hr = MF_E_TRANSCODE_NO_MATCHING_ENCODER;
    for (UINT32 i = 0; FAILED(hr) && i < count; i++)
    {
        if (FAILED(make_encoder(activates[i], unlock, encoder))) continue;
        apply_settings(*encoder, settings);
        if (takes(*encoder, type))
            hr = S_OK;
        else
        {
            IMFTransform_Release(*encoder);
            *encoder = NULL;
        }
    }
    release_all(activates, count);
    return hr;
}

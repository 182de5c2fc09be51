/* See asf_sample.h. Source for the extensions: ASF specification, section 7.3, and their pages. */
#include "mf/asf_sample.h"

/* ---- A splitter's ------------------------------------------------------------------------------------------------ */

/* What one payload extension says. A duration is the sample's own; all others are attributes named as they are. */
static HRESULT set_extension(IMFSample *sample, const struct asf_payload_extension *extension, struct asf_bytes data)
{
    GUID system = asf_to_guid(&extension->system);
    struct asf_reader in;

    asf_reader_init(&in, data.data, data.size);
    if (IsEqualGUID(&system, &MFASFSampleExtension_SampleDuration) && data.size == 2)
        return IMFSample_SetSampleDuration(sample, (LONGLONG)asf_get_u16(&in) * ASF_UNITS_A_MS);
    if (IsEqualGUID(&system, &MFASFSampleExtension_OutputCleanPoint) && data.size == 1)
        return IMFSample_SetUINT32(sample, &system, asf_get_u8(&in));
    return IMFSample_SetBlob(sample, &system, data.data, (UINT32)data.size);
}

static HRESULT set_extensions(IMFSample *sample, const struct asf_stream *stream, const struct asf_assembly *assembly)
{
    const struct asf_payload_extension *extension;
    struct asf_bytes data;
    struct asf_reader in;
    HRESULT result = S_OK;

    asf_reader_init(&in, assembly->extension, assembly->extension_size);
    for (extension = stream->extensions; extension && SUCCEEDED(result); extension = extension->next)
    {
        data = asf_get_bytes(&in, extension->size == ASF_EXTENSION_VARIES ? asf_get_u16(&in) : extension->size);
        /* A payload may leave them out. */
        if (in.failed) return S_OK;
        if (data.size) result = set_extension(sample, extension, data);
    }
    return result;
}

/* Where the payloads of a protected sample met: DWORDs, from the sample's beginning. */
static HRESULT set_cross_offsets(IMFSample *sample, const struct asf_assembly *assembly)
{
    DWORD *offsets, offset = 0;
    HRESULT result;

    if (assembly->piece_count < 2) return S_OK;
    if (!(offsets = malloc((assembly->piece_count - 1) * sizeof(*offsets)))) return E_OUTOFMEMORY;
    for (UINT32 i = 0; i + 1 < assembly->piece_count; i++)
        offsets[i] = offset += assembly->pieces[i];
    result = IMFSample_SetBlob(sample, &MFSampleExtension_PacketCrossOffsets, (const UINT8 *)offsets,
                               (assembly->piece_count - 1) * sizeof(*offsets));
    free(offsets);
    return result;
}

static HRESULT describe(IMFSample *sample, const struct asf_header *header, const struct asf_stream *stream,
                        const struct asf_assembly *assembly)
{
    LONGLONG time = ((LONGLONG)assembly->time - (LONGLONG)header->file.preroll) * ASF_UNITS_A_MS;
    HRESULT result = IMFSample_SetSampleTime(sample, time);

    if (SUCCEEDED(result) && assembly->key_frame)
        result = IMFSample_SetUINT32(sample, &MFSampleExtension_CleanPoint, 1);
    if (SUCCEEDED(result) && assembly->gap) result = IMFSample_SetUINT32(sample, &MFSampleExtension_Discontinuity, 1);
    if (SUCCEEDED(result)) result = set_extensions(sample, stream, assembly);
    if (SUCCEEDED(result) && stream->encrypted) result = set_cross_offsets(sample, assembly);
    return result;
}

HRESULT asf_sample_create(const struct asf_header *header, const struct asf_stream *stream,
                          const struct asf_assembly *assembly, IMFSample **out)
{
    IMFMediaBuffer *buffer;
    IMFSample *sample;
    HRESULT result = asf_buffer_create(assembly->data, assembly->size, &buffer);

    *out = NULL;
    if (FAILED(result)) return result;
    if (SUCCEEDED(result = MFCreateSample(&sample)))
    {
        result = IMFSample_AddBuffer(sample, buffer);
        if (SUCCEEDED(result)) result = describe(sample, header, stream, assembly);
        if (SUCCEEDED(result))
            *out = sample;
        else
            IMFSample_Release(sample);
    }
    IMFMediaBuffer_Release(buffer);
    return result;
}

/* ---- A multiplexer's --------------------------------------------------------------------------------------------- */

/* The data of one extension of `size` bytes, or of its own where it varies. */
static void get_extension(const GUID *system, IMFSample *sample, UINT8 *data, UINT32 *size)
{
    struct asf_writer out;
    LONGLONG duration;
    UINT32 value;

    asf_writer_init(&out, data, *size);
    memset(data, 0, *size);
    if (IsEqualGUID(system, &MFASFSampleExtension_SampleDuration) && *size == 2)
    {
        if (FAILED(IMFSample_GetSampleDuration(sample, &duration))) duration = 0;
        asf_put_u16(&out, (UINT16)(duration / ASF_UNITS_A_MS));
    }
    else if (IsEqualGUID(system, &MFASFSampleExtension_OutputCleanPoint) && *size == 1)
        asf_put_u8(&out, SUCCEEDED(IMFSample_GetUINT32(sample, system, &value)) && value);
    else if (FAILED(IMFSample_GetBlob(sample, system, data, *size, &value)) || value > *size)
        *size = 0;
    else
        *size = value;
}

HRESULT asf_sample_extension(const struct asf_stream *stream, IMFSample *sample, UINT8 *data, size_t *size)
{
    const struct asf_payload_extension *extension;
    UINT8 value[ASF_MAX_EXTENSION];
    struct asf_writer out;

    asf_writer_init(&out, data, ASF_MAX_EXTENSION);
    for (extension = stream->extensions; extension; extension = extension->next)
    {
        GUID system = asf_to_guid(&extension->system);
        UINT32 length = extension->size == ASF_EXTENSION_VARIES ? sizeof(value) : extension->size;

        if (length > sizeof(value)) return E_INVALIDARG;
        get_extension(&system, sample, value, &length);
        if (extension->size == ASF_EXTENSION_VARIES)
            asf_put_u16(&out, (UINT16)length);
        else
        {
            memset(value + length, 0, extension->size - length);
            length = extension->size;
        }
        asf_put_bytes(&out, (struct asf_bytes){value, length});
    }
    /* The length of the replicated data, in which they stand behind 8 bytes, is a byte. */
    if (out.size > ASF_MAX_EXTENSION - 8) return E_INVALIDARG;
    *size = out.size;
    return S_OK;
}

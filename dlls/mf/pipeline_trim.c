/* Where playing starts or stops inside a sample: sound can be cut there. */
#include "mf/pipeline_parts.h"

#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

struct sound
{
    UINT32 rate, block; /* bytes a second, bytes of a block */
};

/* Whether the node's output is uncompressed sound. */
static bool get_sound(struct node *node, unsigned int output, struct sound *sound)
{
    IMFMediaType *type;
    GUID subtype;
    bool is;

    if (FAILED(MFGetTopoNodeCurrentType(node->topology_node, output, TRUE, &type))) return false;
    is = SUCCEEDED(IMFMediaType_GetGUID(type, &MF_MT_SUBTYPE, &subtype)) &&
         (IsEqualGUID(&subtype, &MFAudioFormat_PCM) || IsEqualGUID(&subtype, &MFAudioFormat_Float)) &&
         SUCCEEDED(IMFMediaType_GetUINT32(type, &MF_MT_AUDIO_AVG_BYTES_PER_SECOND, &sound->rate)) &&
         SUCCEEDED(IMFMediaType_GetUINT32(type, &MF_MT_AUDIO_BLOCK_ALIGNMENT, &sound->block));
    IMFMediaType_Release(type);
    return is;
}

/* A buffer with the part of the data. */
static HRESULT copy_part(IMFMediaBuffer *whole, const struct flow_trim *trim, IMFMediaBuffer **part)
{
    BYTE *from, *to;
    HRESULT hr = MFCreateMemoryBuffer(trim->keep, part);

    if (FAILED(hr)) return hr;
    hr = IMFMediaBuffer_Lock(whole, &from, NULL, NULL);
    if (SUCCEEDED(hr))
    {
        hr = IMFMediaBuffer_Lock(*part, &to, NULL, NULL);
        if (SUCCEEDED(hr))
        {
            CopyMemory(to, from + trim->skip, trim->keep);
            IMFMediaBuffer_Unlock(*part);
        }
        IMFMediaBuffer_Unlock(whole);
    }
    if (SUCCEEDED(hr)) hr = IMFMediaBuffer_SetCurrentLength(*part, trim->keep);
    if (FAILED(hr)) IMFMediaBuffer_Release(*part);
    return hr;
}

/* A sample with the attributes of `whole` and the part of its data. The whole is not changed, for others may have it
 * too. */
static HRESULT make_part(IMFSample *whole, const struct flow_trim *trim, IMFSample **part)
{
    IMFMediaBuffer *data, *cut;
    HRESULT hr = IMFSample_ConvertToContiguousBuffer(whole, &data);

    if (FAILED(hr)) return hr;
    hr = copy_part(data, trim, &cut);
    IMFMediaBuffer_Release(data);
    if (FAILED(hr)) return hr;
    hr = MFCreateSample(part);
    if (SUCCEEDED(hr))
    {
        hr = IMFSample_CopyAllItems(whole, (IMFAttributes *)*part);
        if (SUCCEEDED(hr)) hr = IMFSample_AddBuffer(*part, cut);
        if (SUCCEEDED(hr)) hr = IMFSample_SetSampleTime(*part, trim->time);
        if (SUCCEEDED(hr)) hr = IMFSample_SetSampleDuration(*part, trim->duration);
        if (FAILED(hr)) IMFSample_Release(*part);
    }
    IMFMediaBuffer_Release(cut);
    return hr;
}

IMFSample *node_trim_sample(struct node *node, unsigned int output, IMFSample *sample, MFTIME start, MFTIME stop)
{
    LONGLONG time, duration = 0;
    struct flow_trim trim;
    struct sound sound;
    IMFSample *part;
    DWORD size = 0;
    HRESULT hr;

    if (FAILED(IMFSample_GetSampleTime(sample, &time)) || FAILED(IMFSample_GetSampleDuration(sample, &duration)))
        return sample;
    if ((time >= start && (stop == INT64_MAX || duration <= stop - time)) ||
        FAILED(IMFSample_GetTotalLength(sample, &size)))
        return sample;
    if (!get_sound(node, output, &sound) || !flow_trim(&trim, time, size, sound.rate, sound.block, start, stop))
        return sample;
    hr = make_part(sample, &trim, &part);
    if (FAILED(hr))
    {
        CORK_WARN("node %#llx: a sample is played whole: %#lx\n", (unsigned long long)node->id, (unsigned long)hr);
        return sample;
    }
    IMFSample_Release(sample);
    return part;
}

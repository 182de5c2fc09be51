/*
 * The rig's media types, and its samples: their buffers are objects of the rig, so that a sample which nobody released
 * is seen at the end.
 */
#include "mf_rig_object.h"

#include <stdlib.h>

IMFMediaType *rig_audio_type(unsigned rate, unsigned channels)
{
    IMFMediaType *type;

    if (FAILED(MFCreateMediaType(&type))) return NULL;
    IMFMediaType_SetGUID(type, &MF_MT_MAJOR_TYPE, &MFMediaType_Audio);
    IMFMediaType_SetGUID(type, &MF_MT_SUBTYPE, &MFAudioFormat_PCM);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_BITS_PER_SAMPLE, 16);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_NUM_CHANNELS, channels);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_SAMPLES_PER_SECOND, rate);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_BLOCK_ALIGNMENT, channels * 2);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_AVG_BYTES_PER_SECOND, rate * channels * 2);
    IMFMediaType_SetUINT32(type, &MF_MT_ALL_SAMPLES_INDEPENDENT, TRUE);
    return type;
}

IMFMediaType *rig_video_type(unsigned width, unsigned height)
{
    IMFMediaType *type;

    if (FAILED(MFCreateMediaType(&type))) return NULL;
    IMFMediaType_SetGUID(type, &MF_MT_MAJOR_TYPE, &MFMediaType_Video);
    IMFMediaType_SetGUID(type, &MF_MT_SUBTYPE, &MFVideoFormat_RGB32);
    IMFMediaType_SetUINT64(type, &MF_MT_FRAME_SIZE, (UINT64)width << 32 | height);
    IMFMediaType_SetUINT64(type, &MF_MT_FRAME_RATE, (UINT64)25 << 32 | 1);
    IMFMediaType_SetUINT64(type, &MF_MT_PIXEL_ASPECT_RATIO, (UINT64)1 << 32 | 1);
    IMFMediaType_SetUINT32(type, &MF_MT_DEFAULT_STRIDE, width * 4);
    IMFMediaType_SetUINT32(type, &MF_MT_INTERLACE_MODE, MFVideoInterlace_Progressive);
    IMFMediaType_SetUINT32(type, &MF_MT_ALL_SAMPLES_INDEPENDENT, TRUE);
    return type;
}

struct buffer
{
    struct rig_object object;
    IMFMediaBuffer media;
    DWORD length, size;
    BYTE *bytes;
};

RIG_UNKNOWN(IMFMediaBuffer, buffer, media)

static HRESULT WINAPI buffer_Lock(IMFMediaBuffer *self, BYTE **bytes, DWORD *size, DWORD *length)
{
    struct buffer *buffer = buffer_of_media(self);

    if (!bytes) return E_INVALIDARG;
    *bytes = buffer->bytes;
    if (size) *size = buffer->size;
    if (length) *length = buffer->length;
    return S_OK;
}

static HRESULT WINAPI buffer_Unlock(IMFMediaBuffer *self)
{
    (void)self;
    return S_OK;
}

static HRESULT WINAPI buffer_GetCurrentLength(IMFMediaBuffer *self, DWORD *length)
{
    *length = buffer_of_media(self)->length;
    return S_OK;
}

static HRESULT WINAPI buffer_SetCurrentLength(IMFMediaBuffer *self, DWORD length)
{
    struct buffer *buffer = buffer_of_media(self);

    if (length > buffer->size) return E_INVALIDARG;
    buffer->length = length;
    return S_OK;
}

static HRESULT WINAPI buffer_GetMaxLength(IMFMediaBuffer *self, DWORD *size)
{
    *size = buffer_of_media(self)->size;
    return S_OK;
}

static IMFMediaBufferVtbl buffer_table = {RIG_UNKNOWN_METHODS(buffer, media),
                                          buffer_Lock,
                                          buffer_Unlock,
                                          buffer_GetCurrentLength,
                                          buffer_SetCurrentLength,
                                          buffer_GetMaxLength};

static void *buffer_query(struct rig_object *object, REFIID iid)
{
    struct buffer *buffer = (struct buffer *)object;

    if (IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFMediaBuffer)) return &buffer->media;
    return NULL;
}

IMFSample *rig_sample(struct rig *rig, const struct rig_sample_header *header, DWORD size, LONGLONG time,
                      LONGLONG duration)
{
    struct buffer *buffer;
    IMFSample *sample;

    if (size < sizeof(*header)) size = sizeof(*header);
    if (FAILED(MFCreateSample(&sample))) return NULL;
    buffer = rig_object_new(rig, sizeof(*buffer) + size, "buffer", buffer_query, NULL);
    buffer->media.lpVtbl = &buffer_table;
    buffer->bytes = (BYTE *)(buffer + 1);
    buffer->length = buffer->size = size;
    CopyMemory(buffer->bytes, header, sizeof(*header));
    IMFSample_AddBuffer(sample, &buffer->media);
    IMFMediaBuffer_Release(&buffer->media);
    IMFSample_SetSampleTime(sample, time);
    IMFSample_SetSampleDuration(sample, duration);
    return sample;
}

HRESULT rig_copy_sample(IMFSample *from, IMFSample *to)
{
    IMFMediaBuffer *source = NULL, *target = NULL;
    BYTE *bytes, *room;
    DWORD length, size;
    LONGLONG time;
    HRESULT hr;

    if (FAILED(hr = IMFSample_ConvertToContiguousBuffer(from, &source))) return hr;
    hr = IMFSample_GetBufferByIndex(to, 0, &target);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = IMFMediaBuffer_Lock(source, &bytes, NULL, &length)))
    {
        if (SUCCEEDED(hr = IMFMediaBuffer_Lock(target, &room, &size, NULL)))
        {
            if (size < length)
                hr = MF_E_BUFFERTOOSMALL;
            else
                CopyMemory(room, bytes, length);
            IMFMediaBuffer_Unlock(target);
        }
        IMFMediaBuffer_Unlock(source);
    }
    if (SUCCEEDED(hr)) hr = IMFMediaBuffer_SetCurrentLength(target, length);
    if (SUCCEEDED(hr)) hr = IMFSample_CopyAllItems(from, (IMFAttributes *)to);
    if (SUCCEEDED(hr) && SUCCEEDED(IMFSample_GetSampleTime(from, &time))) IMFSample_SetSampleTime(to, time);
    if (SUCCEEDED(hr) && SUCCEEDED(IMFSample_GetSampleDuration(from, &time))) IMFSample_SetSampleDuration(to, time);
    if (target) IMFMediaBuffer_Release(target);
    IMFMediaBuffer_Release(source);
    return hr;
}

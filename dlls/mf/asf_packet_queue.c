/* The packets of a multiplexer, in memory buffers of their size. */
#include "mf/asf_packet_queue.h"

#include <stdlib.h>

struct asf_whole_packet
{
    struct asf_whole_packet *next;
    IMFSample *sample;
};

void asf_packet_queue_init(struct asf_packet_queue *queue)
{
    *queue = (struct asf_packet_queue){0};
    queue->last = &queue->first;
}

/* Gives up the packet that is being written. */
static void drop_buffer(struct asf_packet_queue *queue)
{
    if (!queue->buffer) return;
    IMFMediaBuffer_Unlock(queue->buffer);
    IMFMediaBuffer_Release(queue->buffer);
}

void asf_packet_queue_reset(struct asf_packet_queue *queue)
{
    IMFSample *sample;

    while ((sample = asf_packet_queue_take(queue)))
        IMFSample_Release(sample);
    drop_buffer(queue);
    asf_packet_queue_init(queue);
}

static HRESULT begin_packet(struct asf_packet_queue *queue)
{
    UINT32 size = queue->packet_size;
    IMFMediaBuffer *buffer;
    BYTE *data;
    HRESULT result = MFCreateMemoryBuffer(size, &buffer);

    if (FAILED(result)) return result;
    if (FAILED(result = IMFMediaBuffer_Lock(buffer, &data, NULL, NULL)))
    {
        IMFMediaBuffer_Release(buffer);
        return result;
    }
    queue->buffer = buffer;
    queue->key_frame = FALSE;
    asf_packet_begin(&queue->writer, data, size);
    return S_OK;
}

static HRESULT packet_sample(struct asf_packet_queue *queue, IMFMediaBuffer *buffer, IMFSample **sample)
{
    LONGLONG time = (LONGLONG)queue->writer.send_time * ASF_UNITS_A_MS;
    HRESULT result = IMFMediaBuffer_SetCurrentLength(buffer, queue->writer.size);

    *sample = NULL;
    if (SUCCEEDED(result)) result = MFCreateSample(sample);
    if (SUCCEEDED(result)) result = IMFSample_AddBuffer(*sample, buffer);
    if (SUCCEEDED(result)) result = IMFSample_SetSampleTime(*sample, time);
    if (SUCCEEDED(result) && queue->key_frame) result = IMFSample_SetUINT32(*sample, &MFSampleExtension_CleanPoint, 1);
    if (FAILED(result) && *sample) IMFSample_Release(*sample);
    return result;
}

HRESULT asf_packet_queue_finish(struct asf_packet_queue *queue)
{
    IMFMediaBuffer *buffer = queue->buffer;
    struct asf_whole_packet *packet;
    HRESULT result;

    if (!buffer) return S_OK;
    if (!(packet = calloc(1, sizeof(*packet)))) return E_OUTOFMEMORY;
    asf_packet_finish(&queue->writer);
    queue->buffer = NULL;
    IMFMediaBuffer_Unlock(buffer);
    result = packet_sample(queue, buffer, &packet->sample);
    IMFMediaBuffer_Release(buffer);
    if (FAILED(result))
    {
        free(packet);
        return result;
    }
    *queue->last = packet;
    queue->last = &packet->next;
    queue->packets++;
    queue->last_send_time = queue->writer.send_time;
    return S_OK;
}

HRESULT asf_packet_queue_write(struct asf_packet_queue *queue, struct asf_payload *payload, UINT32 send_time)
{
    size_t extension = payload->extension.size;
    UINT32 room;
    HRESULT result;

    if (queue->buffer && !asf_packet_room(&queue->writer, extension) && FAILED(result = asf_packet_queue_finish(queue)))
        return result;
    if (!queue->buffer && FAILED(result = begin_packet(queue))) return result;
    room = asf_packet_room(&queue->writer, extension);
    if (payload->data.size > room) payload->data.size = room;
    asf_packet_add(&queue->writer, payload, send_time);
    if (!payload->offset && payload->key_frame) queue->key_frame = TRUE;
    return S_OK;
}

BOOL asf_packet_queue_is_empty(const struct asf_packet_queue *queue)
{
    return !queue->buffer && !queue->first;
}

IMFSample *asf_packet_queue_take(struct asf_packet_queue *queue)
{
    struct asf_whole_packet *packet = queue->first;
    IMFSample *sample;

    if (!packet) return NULL;
    sample = packet->sample;
    queue->first = packet->next;
    if (!queue->first) queue->last = &queue->first;
    free(packet);
    return sample;
}

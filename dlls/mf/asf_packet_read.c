/* Reading data packets. See asf_packet.h. */
#include "mf/asf_packet.h"

#include <string.h>

/* Bits of the bytes that a packet begins with (5.2.1, 5.2.2). */
#define CORRECTION_PRESENT      0x80u
#define CORRECTION_OPAQUE       0x10u
#define CORRECTION_LENGTH_TYPE  0x60u
#define CORRECTION_LENGTH       0x0fu
#define MULTIPLE_PAYLOADS       0x01u
#define COMPRESSED_REPLICATED   1u
#define MIN_REPLICATED          8u
#define STREAM_NUMBER_TYPE_BYTE 1u

/* Skips the error correction data, where there are any. */
static enum asf_result read_error_correction(struct asf_reader *in)
{
    uint8_t flags;

    if (!asf_left(in)) return ASF_INVALID;
    if (!(*in->at & CORRECTION_PRESENT)) return ASF_OK;
    flags = asf_get_u8(in);
    if (flags & CORRECTION_LENGTH_TYPE) return ASF_INVALID;
    if (flags & CORRECTION_OPAQUE) return ASF_OPAQUE;
    asf_get_bytes(in, flags & CORRECTION_LENGTH);
    return in->failed ? ASF_INVALID : ASF_OK;
}

enum asf_result asf_packet_read(const void *data, size_t size, struct asf_packet *packet)
{
    const uint8_t *begin = data;
    uint8_t lengths, properties, count;
    uint32_t length, padding;
    enum asf_result result;
    struct asf_reader in;

    memset(packet, 0, sizeof(*packet));
    asf_reader_init(&in, data, size);
    if ((result = read_error_correction(&in))) return result;
    lengths = asf_get_u8(&in);
    properties = asf_get_u8(&in);
    length = asf_get_coded(&in, lengths >> 5);
    packet->sequence = asf_get_coded(&in, lengths >> 1);
    padding = asf_get_coded(&in, lengths >> 3);
    packet->send_time = asf_get_u32(&in);
    packet->duration = asf_get_u16(&in);
    packet->multiple = lengths & MULTIPLE_PAYLOADS;
    packet->replicated_code = properties & 3;
    packet->offset_code = (properties >> 2) & 3;
    packet->object_code = (properties >> 4) & 3;
    packet->payloads = 1;
    if (packet->multiple)
    {
        count = asf_get_u8(&in);
        packet->payloads = count & ASF_MAX_PAYLOADS;
        packet->length_code = count >> 6;
    }
    /* Length types of its own in the packet's flags, other than a byte for stream numbers, are reserved (5.2.2). */
    if (in.failed || lengths & CORRECTION_PRESENT || properties >> 6 != STREAM_NUMBER_TYPE_BYTE) return ASF_INVALID;
    if (packet->multiple && !packet->length_code) return ASF_INVALID;
    if (length > size) return ASF_INVALID;
    packet->size = length ? length : (uint32_t)size;
    if (packet->size < (size_t)(in.at - begin) || packet->size - (size_t)(in.at - begin) < padding) return ASF_INVALID;
    in.end = begin + packet->size - padding;
    packet->left = packet->payloads;
    packet->in = in;
    return ASF_OK;
}

/* The next object of a compressed payload: a byte with its size, and that (5.2.3.2, 5.2.3.4). */
static enum asf_result next_compressed(struct asf_packet *packet, struct asf_payload *payload)
{
    struct asf_payload *common = &packet->compressed;
    struct asf_reader in;

    asf_reader_init(&in, common->data.data, common->data.size);
    *payload = *common;
    payload->data = asf_get_bytes(&in, asf_get_u8(&in));
    if (in.failed) return ASF_INVALID;
    payload->object_size = (uint32_t)payload->data.size;
    common->data.data = in.at;
    common->data.size = asf_left(&in);
    common->object++;
    common->time += packet->time_delta;
    return ASF_OK;
}

/* What stands between the stream's number and the data. Says whether the payload is compressed. */
static enum asf_result read_payload_header(struct asf_packet *packet, struct asf_payload *payload, bool *compressed)
{
    struct asf_reader *in = &packet->in;
    uint32_t replicated;
    uint8_t stream = asf_get_u8(in);

    memset(payload, 0, sizeof(*payload));
    payload->stream = stream & ASF_MAX_STREAM;
    payload->key_frame = stream & 0x80;
    payload->object = asf_get_coded(in, packet->object_code);
    payload->offset = asf_get_coded(in, packet->offset_code);
    replicated = asf_get_coded(in, packet->replicated_code);
    *compressed = replicated == COMPRESSED_REPLICATED;
    if (*compressed)
    {
        payload->time = payload->offset;
        payload->offset = 0;
        payload->sized = true;
        packet->time_delta = asf_get_u8(in);
    }
    else if (replicated >= MIN_REPLICATED)
    {
        payload->object_size = asf_get_u32(in);
        payload->time = asf_get_u32(in);
        payload->extension = asf_get_bytes(in, replicated - MIN_REPLICATED);
        payload->sized = true;
    }
    else if (replicated)
        return ASF_INVALID;
    return in->failed ? ASF_INVALID : ASF_OK;
}

static enum asf_result next_payload(struct asf_packet *packet, struct asf_payload *payload)
{
    struct asf_reader *in = &packet->in;
    enum asf_result result;
    bool compressed;

    if ((result = read_payload_header(packet, payload, &compressed))) return result;
    payload->data = asf_get_bytes(in, packet->multiple ? asf_get_coded(in, packet->length_code) : asf_left(in));
    if (in->failed || !payload->stream) return ASF_INVALID;
    if (compressed)
    {
        packet->compressed = *payload;
        return payload->data.size ? next_compressed(packet, payload) : ASF_INVALID;
    }
    if (!payload->sized)
    {
        /* A payload that says nothing of its object is one, at the time of its packet. */
        if (payload->offset) return ASF_INVALID;
        payload->object_size = (uint32_t)payload->data.size;
        payload->time = packet->send_time;
    }
    if (payload->offset > payload->object_size || payload->object_size - payload->offset < payload->data.size)
        return ASF_INVALID;
    return ASF_OK;
}

enum asf_result asf_packet_next(struct asf_packet *packet, struct asf_payload *payload)
{
    enum asf_result result;

    if (packet->compressed.data.size)
        result = next_compressed(packet, payload);
    else if (!packet->left)
        return ASF_END;
    else
    {
        packet->left--;
        result = next_payload(packet, payload);
    }
    if (result)
    {
        packet->left = 0;
        packet->compressed.data.size = 0;
    }
    return result;
}

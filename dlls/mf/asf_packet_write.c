/* Writing data packets. See asf_packet.h. */
#include "mf/asf_packet.h"

#include <string.h>

/* Every packet has multiple payloads, and lengths of the types that section 8.2 recommends: a byte for the number of
 * the object and for the size of the replicated data, a dword for the offset, a word for the padding. */
#define HEADER_SIZE    14u
#define CORRECTION     0x82u /* present, 2 bytes, which are 0 */
#define LENGTH_FLAGS   0x11u /* multiple payloads, padding in a word */
#define PROPERTIES     0x5du
#define PAYLOAD_LENGTH 0x80u /* in a word */
#define REPLICATED     8u

void asf_packet_begin(struct asf_packet_writer *writer, void *data, uint32_t size)
{
    memset(writer, 0, sizeof(*writer));
    asf_writer_init(&writer->out, data, size);
    writer->out.size = HEADER_SIZE;
    writer->size = size;
}

uint32_t asf_packet_room(const struct asf_packet_writer *writer, size_t extension)
{
    size_t used = writer->out.size + ASF_PAYLOAD_OVERHEAD + extension;

    if (writer->payloads == ASF_MAX_PAYLOADS || used >= writer->size) return 0;
    return writer->size - (uint32_t)used;
}

void asf_packet_add(struct asf_packet_writer *writer, const struct asf_payload *payload, uint32_t send_time)
{
    struct asf_writer *out = &writer->out;

    asf_put_u8(out, (uint8_t)(payload->stream | (payload->key_frame ? 0x80 : 0)));
    asf_put_u8(out, (uint8_t)payload->object);
    asf_put_u32(out, payload->offset);
    asf_put_u8(out, (uint8_t)(REPLICATED + payload->extension.size));
    asf_put_u32(out, payload->object_size);
    asf_put_u32(out, payload->time);
    asf_put_bytes(out, payload->extension);
    asf_put_u16(out, (uint16_t)payload->data.size);
    asf_put_bytes(out, payload->data);
    if (!writer->payloads)
    {
        writer->send_time = send_time;
        writer->first_time = writer->last_time = payload->time;
    }
    if (payload->time < writer->first_time) writer->first_time = payload->time;
    if (payload->time > writer->last_time) writer->last_time = payload->time;
    writer->payloads++;
}

void asf_packet_finish(struct asf_packet_writer *writer)
{
    uint32_t used = (uint32_t)writer->out.size, duration = writer->last_time - writer->first_time;
    struct asf_writer header;

    asf_writer_init(&header, writer->out.data, HEADER_SIZE);
    asf_put_u8(&header, CORRECTION);
    asf_put_u16(&header, 0);
    asf_put_u8(&header, LENGTH_FLAGS);
    asf_put_u8(&header, PROPERTIES);
    asf_put_u16(&header, (uint16_t)(writer->size - used));
    asf_put_u32(&header, writer->send_time);
    asf_put_u16(&header, (uint16_t)(duration > 0xffff ? 0xffff : duration));
    asf_put_u8(&header, (uint8_t)(PAYLOAD_LENGTH | writer->payloads));
    memset(writer->out.data + used, 0, writer->size - used);
}

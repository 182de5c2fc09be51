/*
 * Data packets and indexes of an ASF file: any bytes are read or refused, every payload lies in its packet, every
 * object has its size, whichever way it is put together; and no index leads to more entries than it has bytes for.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "mf/asf_assembly.h"
#include "mf/asf_index.h"

#define STREAMS 4

static void check_payload(const struct asf_payload *payload, const uint8_t *data, size_t size)
{
    REQUIRE(payload->stream && payload->stream <= ASF_MAX_STREAM);
    REQUIRE(!payload->data.size ||
            (payload->data.data >= data && payload->data.data + payload->data.size <= data + size));
    REQUIRE(payload->offset + (uint64_t)payload->data.size <= payload->object_size);
}

/* The bytes in packets of one size, forwards or backwards. */
static void read_packets(const uint8_t *data, size_t size, size_t packet_size, bool backwards)
{
    struct asf_assembly streams[STREAMS];
    struct asf_payload payload;
    struct asf_packet packet;

    memset(streams, 0, sizeof(streams));
    for (int i = 0; i < STREAMS; i++)
        streams[i].backwards = backwards;
    for (size_t at = 0; at < size; at += packet_size)
    {
        size_t length = size - at < packet_size ? size - at : packet_size;

        if (asf_packet_read(data + at, length, &packet)) continue;
        while (!asf_packet_next(&packet, &payload))
        {
            struct asf_assembly *assembly = &streams[payload.stream % STREAMS];

            check_payload(&payload, data + at, length);
            if (asf_assembly_add(assembly, &payload) == ASF_WHOLE) REQUIRE(assembly->received == assembly->size);
        }
    }
    for (int i = 0; i < STREAMS; i++)
        asf_assembly_reset(&streams[i]);
}

static void read_index(const uint8_t *data, size_t size)
{
    const uint16_t video[] = {1, 2};
    struct asf_index index;
    uint64_t offset, at;
    uint64_t entries = 0;

    if (asf_index_read(data, size, video, 2, 1000, &index)) return;
    for (size_t i = 0; i < index.count; i++)
    {
        entries += index.streams[i].count;
        REQUIRE(index.streams[i].interval);
        asf_index_find(&index.streams[i], 12345, false, &offset, &at);
        asf_index_find(&index.streams[i], 12345, true, &offset, &at);
    }
    REQUIRE(entries <= size);
    asf_index_free(&index);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2) return 0;
    switch (data[0] % 3)
    {
    case 0:
        read_packets(data + 2, size - 2, 16 + data[1], false);
        break;
    case 1:
        read_packets(data + 2, size - 2, 16 + data[1], true);
        break;
    default:
        read_index(data + 2, size - 2);
        break;
    }
    return 0;
}

/*
 * The protocol between DLLs and corkd, as either side reads it: any stream of bytes, in any pieces, gives the same
 * frames; a frame's values, read by any sequence of gets, stay inside it; what was put comes back; an endpoint text
 * that parses formats to itself.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "common/host_protocol.h"

#define PAYLOAD_MAX 4096

/* Reads values as the bytes of `plan` say, and writes them again: where all went well it is the same payload. */
static void read_values(const uint8_t *payload, size_t size, const uint8_t *plan, size_t plan_size)
{
    uint8_t *exact = malloc(size ? size : 1), guid[16];
    uint16_t *wide, buffer[8];
    struct host_decoder values;
    struct host_encoder again;
    const uint8_t *bytes;
    const char *text;
    size_t length, before;

    REQUIRE(exact);
    if (size) memcpy(exact, payload, size);
    host_decoder_init(&values, exact, size);
    host_encoder_init(&again);
    for (size_t i = 0; i < plan_size && !values.error; i++)
    {
        before = values.at;
        switch (plan[i] % 12)
        {
        case 0:
            host_put_u8(&again, host_get_u8(&values));
            break;
        case 1:
            host_put_u16(&again, host_get_u16(&values));
            break;
        case 2:
            host_put_u32(&again, host_get_u32(&values));
            break;
        case 3:
            host_put_u64(&again, host_get_u64(&values));
            break;
        case 4:
            host_put_i32(&again, host_get_i32(&values));
            break;
        case 5:
            host_put_i64(&again, host_get_i64(&values));
            break;
        case 6:
            host_put_bool(&again, host_get_bool(&values));
            break;
        case 7:
            bytes = host_get_bytes(&values, &length);
            REQUIRE(!length || (bytes >= exact && bytes + length <= exact + size));
            host_put_bytes(&again, bytes, length);
            break;
        case 8:
            text = host_get_utf8(&values);
            REQUIRE(!text || strlen(text) < size);
            host_put_utf8(&again, text);
            break;
        case 9:
            wide = host_get_utf16(&values);
            host_put_utf16(&again, wide);
            free(wide);
            break;
        case 10:
            host_get_guid(&values, guid);
            host_put_guid(&again, guid);
            break;
        default:
            if (plan[i] & 0x40)
            {
                if (host_get_utf16_into(&values, buffer, 8))
                    host_put_utf16(&again, buffer);
                else if (!values.error)
                    host_put_utf16(&again, NULL);
            }
            else
            {
                uint32_t count = host_get_list(&values, 1 + plan[i] % 7);

                REQUIRE((size_t)count * (1 + plan[i] % 7) <= size);
                host_put_list(&again, count);
            }
        }
        REQUIRE(values.at <= size && values.at >= before);
    }
    REQUIRE(values.error || again.error || (again.size == values.at && !memcmp(again.data, exact, again.size)));
    REQUIRE(values.error || !again.error);
    host_decoder_finish(&values, true);
    host_encoder_free(&again);
    free(exact);
}

/* A sum over the frames that the stream gives, taken in pieces of up to `piece` bytes. */
static uint64_t read_stream(const uint8_t *data, size_t size, size_t piece, enum host_error *error)
{
    struct host_reader reader;
    struct host_header header;
    const uint8_t *payload;
    uint64_t sum = 0;
    size_t at = 0;

    host_reader_init(&reader, PAYLOAD_MAX);
    for (;;)
    {
        size_t room, part;
        uint8_t *to;

        while (host_reader_next(&reader, &header, &payload))
        {
            REQUIRE(header.length <= PAYLOAD_MAX && strlen(header.service) <= HOST_SERVICE_SIZE);
            sum = sum * 31 + header.kind + header.number + header.code;
            for (size_t i = 0; i < header.length; i++)
                sum = sum * 31 + payload[i];
            read_values(payload, header.length, data, size < 32 ? size : 32);
            host_reader_drop(&reader, &header);
        }
        if (at == size || !(to = host_reader_room(&reader, &room))) break;
        part = size - at < piece ? size - at : piece;
        if (part > room) part = room;
        memcpy(to, data + at, part);
        host_reader_added(&reader, part);
        at += part;
        /* No more memory than 16 times what came, whatever length was claimed. */
        REQUIRE(reader.capacity <= 512 || reader.capacity <= 16 * at);
    }
    *error = reader.error;
    host_reader_free(&reader);
    return sum;
}

static void check_endpoint(const uint8_t *data, size_t size)
{
    struct host_endpoint endpoint, again;
    char text[HOST_ENDPOINT_SIZE];
    size_t length;

    if (!host_endpoint_parse((const char *)data, size, &endpoint)) return;
    length = host_endpoint_format(&endpoint, text);
    REQUIRE(host_endpoint_parse(text, length, &again) && !memcmp(&endpoint, &again, sizeof(again)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum host_error by_byte, at_once;
    uint64_t sum;

    check_endpoint(data, size);
    if (size) read_values(data + 1, size - 1, data, size < 16 ? size : 16);
    sum = read_stream(data, size, 1, &by_byte);
    REQUIRE(sum == read_stream(data, size, size ? size : 1, &at_once) && by_byte == at_once);
    return 0;
}

/* Frames of the protocol between Cork's DLLs and corkd, and its endpoint file. */
#include "common/host_protocol.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOST_MAGIC   0x4b524f43u /* "CORK" */
#define VERSION_SIZE 8           /* bytes that every version has the same */
#define READER_FIRST 512
#define READER_KEPT  65536 /* what an idle connection may keep */
#define READER_AHEAD 16    /* times what has really come are allocated for what a frame claims */

static uint32_t read_u32(const uint8_t *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static uint16_t read_u16(const uint8_t *at)
{
    return (uint16_t)(at[0] | at[1] << 8);
}

void host_frame_begin(struct host_encoder *encoder, enum host_kind kind, const char *service, uint64_t number,
                      uint32_t code)
{
    char name[HOST_SERVICE_SIZE] = {0};
    size_t length = service ? strlen(service) : 0;

    if (length > sizeof(name) && !encoder->error) encoder->error = HOST_TOO_LARGE;
    if (length && length <= sizeof(name)) memcpy(name, service, length);
    host_put_u32(encoder, HOST_MAGIC);
    host_put_u16(encoder, HOST_PROTOCOL_MAJOR);
    host_put_u16(encoder, HOST_PROTOCOL_MINOR);
    host_put_u32(encoder, 0); /* the length, at the end */
    host_put_u16(encoder, (uint16_t)kind);
    host_put_u16(encoder, 0);
    host_put_u64(encoder, number);
    host_put_raw(encoder, name, sizeof(name));
    host_put_u32(encoder, code);
}

enum host_error host_frame_end(struct host_encoder *encoder)
{
    return host_frame_end_with(encoder, NULL);
}

enum host_error host_frame_end_with(struct host_encoder *encoder, const struct host_encoder *rest)
{
    size_t length;

    if (rest && rest->error && !encoder->error) encoder->error = rest->error;
    if (encoder->error) return encoder->error;
    if (encoder->size < HOST_HEADER_SIZE) return encoder->error = HOST_MALFORMED;
    length = encoder->size - HOST_HEADER_SIZE + (rest ? rest->size : 0);
    if (length > HOST_PAYLOAD_MAX) return encoder->error = HOST_TOO_LARGE;
    for (int i = 0; i < 4; i++)
        encoder->data[8 + i] = (uint8_t)(length >> (8 * i));
    return HOST_OK;
}

void host_reader_init(struct host_reader *reader, uint32_t payload_max)
{
    memset(reader, 0, sizeof(*reader));
    reader->payload_max = payload_max;
}

void host_reader_free(struct host_reader *reader)
{
    free(reader->data);
    host_reader_init(reader, reader->payload_max);
}

/* How many bytes the frame that begins the buffer has, as far as is known. */
static size_t frame_size(const struct host_reader *reader)
{
    if (reader->size < HOST_HEADER_SIZE) return HOST_HEADER_SIZE;
    return HOST_HEADER_SIZE + (size_t)read_u32(reader->data + 8);
}

/* Whether what is there so far can begin a frame. */
static bool check_start(struct host_reader *reader)
{
    if (reader->error) return false;
    if (reader->size < VERSION_SIZE) return true;
    if (read_u32(reader->data) != HOST_MAGIC)
    {
        reader->error = HOST_MALFORMED;
        return false;
    }
    reader->major = read_u16(reader->data + 4);
    reader->minor = read_u16(reader->data + 6);
    if (reader->major != HOST_PROTOCOL_MAJOR)
        reader->error = HOST_VERSION;
    else if (reader->size >= 12 && read_u32(reader->data + 8) > reader->payload_max)
        reader->error = HOST_TOO_LARGE;
    return !reader->error;
}

/* A large frame has its place after few steps, and no byte more, so that host_reader_take can give it away; but what is
 * allocated is a multiple of what has really come: a length that is only claimed costs no memory. */
static size_t next_capacity(const struct host_reader *reader)
{
    size_t frame = frame_size(reader), most = READER_AHEAD * reader->capacity;

    if (!reader->capacity) return READER_FIRST;
    if (frame <= 2 * reader->capacity) return 2 * reader->capacity;
    return frame < most ? frame : most;
}

uint8_t *host_reader_room(struct host_reader *reader, size_t *room)
{
    size_t capacity;
    uint8_t *data;

    if (!check_start(reader)) return NULL;
    if (reader->size == reader->capacity)
    {
        capacity = next_capacity(reader);
        data = realloc(reader->data, capacity);
        if (!data)
        {
            reader->error = HOST_NO_MEMORY;
            return NULL;
        }
        reader->data = data;
        reader->capacity = capacity;
    }
    *room = reader->capacity - reader->size;
    return reader->data + reader->size;
}

void host_reader_added(struct host_reader *reader, size_t size)
{
    reader->size += size;
}

bool host_reader_next(struct host_reader *reader, struct host_header *header, const uint8_t **payload)
{
    const uint8_t *data = reader->data;

    if (!check_start(reader) || reader->size < HOST_HEADER_SIZE) return false;
    memset(header, 0, sizeof(*header));
    header->major = reader->major;
    header->minor = reader->minor;
    header->length = read_u32(data + 8);
    header->kind = read_u16(data + 12);
    header->number = read_u32(data + 16) | (uint64_t)read_u32(data + 20) << 32;
    memcpy(header->service, data + 24, HOST_SERVICE_SIZE);
    header->code = read_u32(data + 32);
    if (header->kind < HOST_HELLO || header->kind > HOST_REFUSAL || read_u16(data + 14))
    {
        reader->error = HOST_MALFORMED;
        return false;
    }
    if (reader->size < frame_size(reader)) return false;
    *payload = data + HOST_HEADER_SIZE;
    return true;
}

void host_reader_drop(struct host_reader *reader, const struct host_header *header)
{
    size_t size = HOST_HEADER_SIZE + (size_t)header->length;

    reader->size -= size;
    memmove(reader->data, reader->data + size, reader->size);
    if (!reader->size && reader->capacity > READER_KEPT)
    {
        free(reader->data);
        reader->data = NULL;
        reader->capacity = 0;
    }
}

uint8_t *host_reader_take(struct host_reader *reader, const struct host_header *header)
{
    uint8_t *data = reader->data;

    if (reader->size != HOST_HEADER_SIZE + (size_t)header->length || reader->capacity <= READER_KEPT) return NULL;
    reader->data = NULL;
    reader->size = reader->capacity = 0;
    return data;
}

const char *host_version_message(char *buffer, const char *side, uint16_t major, uint16_t minor)
{
    snprintf(buffer, HOST_MESSAGE_SIZE,
             "%s speaks version %u.%u of Cork's host protocol, this side version %u.%u: install both from one release",
             side, (unsigned)major, (unsigned)minor, (unsigned)HOST_PROTOCOL_MAJOR, (unsigned)HOST_PROTOCOL_MINOR);
    return buffer;
}

const char *host_error_text(enum host_error error)
{
    switch (error)
    {
    case HOST_OK:
        return "no error";
    case HOST_MALFORMED:
        return "not a message of Cork's host protocol";
    case HOST_TOO_LARGE:
        return "a message over the size limit";
    case HOST_VERSION:
        return "another version of Cork's host protocol";
    case HOST_NO_MEMORY:
        return "not enough memory";
    }
    return "unknown error";
}

const char *host_refusal_text(uint32_t refusal)
{
    switch (refusal)
    {
    case HOST_REFUSED_VERSION:
        return "the version of the protocol is another one";
    case HOST_REFUSED_TOKEN:
        return "the token is missing or wrong";
    case HOST_REFUSED_MALFORMED:
        return "the message is malformed";
    case HOST_REFUSED_SERVICE:
        return "there is no such service";
    case HOST_REFUSED_METHOD:
        return "the service has no such method";
    case HOST_REFUSED_LIMIT:
        return "too many connections or requests";
    case HOST_REFUSED_MEMORY:
        return "not enough memory";
    case HOST_REFUSED_CANCELLED:
        return "the request was cancelled";
    case HOST_REFUSED_STOPPING:
        return "the service is stopping";
    default:
        return "refused for an unknown reason";
    }
}

bool host_token_equal(const uint8_t *a, const uint8_t *b)
{
    volatile uint8_t difference = 0;

    for (size_t i = 0; i < HOST_TOKEN_SIZE; i++)
        difference = (uint8_t)(difference | (a[i] ^ b[i]));
    return difference == 0;
}

/* ---- The endpoint file ---- */

size_t host_endpoint_format(const struct host_endpoint *endpoint, char *buffer)
{
    int at = snprintf(buffer, HOST_ENDPOINT_SIZE, "corkd %u %u %lu ", (unsigned)endpoint->major,
                      (unsigned)endpoint->port, (unsigned long)endpoint->pid);

    for (size_t i = 0; i < HOST_TOKEN_SIZE; i++)
        at += snprintf(buffer + at, HOST_ENDPOINT_SIZE - (size_t)at, "%02x", endpoint->token[i]);
    at += snprintf(buffer + at, HOST_ENDPOINT_SIZE - (size_t)at, "\n");
    return (size_t)at;
}

/* A decimal number up to `max` with the `separator` behind it. */
static bool parse_number(const char **at, const char *end, uint32_t max, char separator, uint32_t *number)
{
    uint64_t value = 0;
    const char *start = *at;

    while (*at < end && **at >= '0' && **at <= '9' && *at - start < 10)
        value = value * 10 + (uint64_t)(*(*at)++ - '0');
    if (*at == start || value > max || *at == end || *(*at)++ != separator) return false;
    *number = (uint32_t)value;
    return true;
}

static int hex_digit(char digit)
{
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    return -1;
}

bool host_endpoint_parse(const char *text, size_t size, struct host_endpoint *endpoint)
{
    static const char start[] = "corkd ";
    const char *at = text, *end = text + size;
    uint32_t major, port;

    memset(endpoint, 0, sizeof(*endpoint));
    if (size < sizeof(start) - 1 || memcmp(text, start, sizeof(start) - 1)) return false;
    at += sizeof(start) - 1;
    if (!parse_number(&at, end, UINT16_MAX, ' ', &major) || !parse_number(&at, end, UINT16_MAX, ' ', &port) ||
        !parse_number(&at, end, UINT32_MAX, ' ', &endpoint->pid) || !port)
        return false;
    if (end - at != 2 * HOST_TOKEN_SIZE + 1 || end[-1] != '\n') return false;
    for (size_t i = 0; i < HOST_TOKEN_SIZE; i++)
    {
        int high = hex_digit(at[2 * i]), low = hex_digit(at[2 * i + 1]);

        if (high < 0 || low < 0) return false;
        endpoint->token[i] = (uint8_t)(high << 4 | low);
    }
    endpoint->major = (uint16_t)major;
    endpoint->port = (uint16_t)port;
    return true;
}

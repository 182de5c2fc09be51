/* The values in the payloads of the protocol between Cork's DLLs and corkd. */
#include "common/host_protocol.h"

#include <stdlib.h>
#include <string.h>

#define NO_STRING 0xffffffffu /* the length of a string that is NULL */
#define FRAME_MAX (HOST_HEADER_SIZE + (size_t)HOST_PAYLOAD_MAX)

/* ---- Text ---- */

/* The length of the UTF-8 sequence at `text` (RFC 3629, section 4), 0 where it is none. */
static size_t utf8_sequence(const uint8_t *text, size_t left)
{
    uint8_t first = text[0], low = 0x80, high = 0xbf;
    size_t length;

    if (first < 0x80) return 1;
    if (first < 0xc2 || first > 0xf4) return 0;
    length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (length > left) return 0;
    if (first == 0xe0) low = 0xa0;
    if (first == 0xed) high = 0x9f;
    if (first == 0xf0) low = 0x90;
    if (first == 0xf4) high = 0x8f;
    if (text[1] < low || text[1] > high) return 0;
    for (size_t i = 2; i < length; i++)
        if (text[i] < 0x80 || text[i] > 0xbf) return 0;
    return length;
}

static bool utf8_valid(const uint8_t *text, size_t size)
{
    for (size_t at = 0, length; at < size; at += length)
        if (!text[at] || !(length = utf8_sequence(text + at, size - at))) return false;
    return true;
}

/* ---- Writing ---- */

void host_encoder_init(struct host_encoder *encoder)
{
    memset(encoder, 0, sizeof(*encoder));
}

void host_encoder_free(struct host_encoder *encoder)
{
    free(encoder->data);
    host_encoder_init(encoder);
}

/* Room for `size` more bytes, which count as written; NULL and the error where there is none. */
static uint8_t *put(struct host_encoder *encoder, size_t size)
{
    size_t capacity = encoder->capacity ? encoder->capacity : 256;
    uint8_t *data;

    if (encoder->error) return NULL;
    if (size > FRAME_MAX - encoder->size)
    {
        encoder->error = HOST_TOO_LARGE;
        return NULL;
    }
    while (capacity < encoder->size + size)
        capacity *= 2;
    if (capacity != encoder->capacity)
    {
        data = realloc(encoder->data, capacity);
        if (!data)
        {
            encoder->error = HOST_NO_MEMORY;
            return NULL;
        }
        encoder->data = data;
        encoder->capacity = capacity;
    }
    encoder->size += size;
    return encoder->data + encoder->size - size;
}

static void put_number(struct host_encoder *encoder, uint64_t value, size_t size)
{
    uint8_t *at = put(encoder, size);

    for (size_t i = 0; at && i < size; i++)
        at[i] = (uint8_t)(value >> (8 * i));
}

void host_put_u8(struct host_encoder *encoder, uint8_t value)
{
    put_number(encoder, value, 1);
}

void host_put_u16(struct host_encoder *encoder, uint16_t value)
{
    put_number(encoder, value, 2);
}

void host_put_u32(struct host_encoder *encoder, uint32_t value)
{
    put_number(encoder, value, 4);
}

void host_put_u64(struct host_encoder *encoder, uint64_t value)
{
    put_number(encoder, value, 8);
}

void host_put_i32(struct host_encoder *encoder, int32_t value)
{
    put_number(encoder, (uint32_t)value, 4);
}

void host_put_i64(struct host_encoder *encoder, int64_t value)
{
    put_number(encoder, (uint64_t)value, 8);
}

void host_put_bool(struct host_encoder *encoder, bool value)
{
    put_number(encoder, value, 1);
}

void host_put_raw(struct host_encoder *encoder, const void *bytes, size_t size)
{
    uint8_t *at = put(encoder, size);

    if (at && size) memcpy(at, bytes, size);
}

/* An array with its length, in bytes, in front. */
static void put_array(struct host_encoder *encoder, const void *bytes, size_t size)
{
    if (size > HOST_STRING_MAX && !encoder->error) encoder->error = HOST_TOO_LARGE;
    if (encoder->error) return;
    host_put_u32(encoder, (uint32_t)size);
    host_put_raw(encoder, bytes, size);
}

void host_put_bytes(struct host_encoder *encoder, const void *bytes, size_t size)
{
    put_array(encoder, bytes, size);
}

/* With its 0, so that the reader can use it where it lies. */
void host_put_utf8(struct host_encoder *encoder, const char *text)
{
    size_t length;

    if (!text)
    {
        host_put_u32(encoder, NO_STRING);
        return;
    }
    length = strlen(text);
    if (!encoder->error && !utf8_valid((const uint8_t *)text, length)) encoder->error = HOST_MALFORMED;
    put_array(encoder, text, length + 1);
}

void host_put_utf16(struct host_encoder *encoder, const uint16_t *text)
{
    size_t length = 0;

    if (!text)
    {
        host_put_u32(encoder, NO_STRING);
        return;
    }
    while (length <= HOST_STRING_MAX / 2 && text[length])
        length++;
    if (length > HOST_STRING_MAX / 2 && !encoder->error) encoder->error = HOST_TOO_LARGE;
    host_put_u32(encoder, (uint32_t)(2 * length));
    for (size_t i = 0; i < length && !encoder->error; i++)
        host_put_u16(encoder, text[i]);
}

void host_put_guid(struct host_encoder *encoder, const void *guid)
{
    static const uint8_t zeros[16];

    host_put_raw(encoder, guid ? guid : zeros, 16);
}

void host_put_list(struct host_encoder *encoder, uint32_t count)
{
    if (count > HOST_LIST_MAX && !encoder->error) encoder->error = HOST_TOO_LARGE;
    host_put_u32(encoder, count);
}

/* ---- Reading ---- */

void host_decoder_init(struct host_decoder *decoder, const void *data, size_t size)
{
    decoder->data = data;
    decoder->size = data ? size : 0;
    decoder->at = 0;
    decoder->error = HOST_OK;
}

enum host_error host_decoder_finish(struct host_decoder *decoder, bool allow_more)
{
    if (!decoder->error && !allow_more && decoder->at != decoder->size) decoder->error = HOST_MALFORMED;
    return decoder->error;
}

static void fail(struct host_decoder *decoder, enum host_error error)
{
    if (!decoder->error) decoder->error = error;
}

/* The next `size` bytes, or NULL. */
static const uint8_t *get(struct host_decoder *decoder, size_t size)
{
    if (decoder->error) return NULL;
    if (size > decoder->size - decoder->at)
    {
        decoder->error = HOST_MALFORMED;
        return NULL;
    }
    decoder->at += size;
    return decoder->data + decoder->at - size;
}

static uint64_t get_number(struct host_decoder *decoder, size_t size)
{
    const uint8_t *at = get(decoder, size);
    uint64_t value = 0;

    for (size_t i = 0; at && i < size; i++)
        value |= (uint64_t)at[i] << (8 * i);
    return value;
}

uint8_t host_get_u8(struct host_decoder *decoder)
{
    return (uint8_t)get_number(decoder, 1);
}

uint16_t host_get_u16(struct host_decoder *decoder)
{
    return (uint16_t)get_number(decoder, 2);
}

uint32_t host_get_u32(struct host_decoder *decoder)
{
    return (uint32_t)get_number(decoder, 4);
}

uint64_t host_get_u64(struct host_decoder *decoder)
{
    return get_number(decoder, 8);
}

int32_t host_get_i32(struct host_decoder *decoder)
{
    return (int32_t)get_number(decoder, 4);
}

int64_t host_get_i64(struct host_decoder *decoder)
{
    return (int64_t)get_number(decoder, 8);
}

bool host_get_bool(struct host_decoder *decoder)
{
    uint8_t value = host_get_u8(decoder);

    if (value > 1) fail(decoder, HOST_MALFORMED);
    return value == 1;
}

const uint8_t *host_get_bytes(struct host_decoder *decoder, size_t *size)
{
    uint32_t length = host_get_u32(decoder);
    const uint8_t *at;

    if (length > HOST_STRING_MAX) fail(decoder, HOST_MALFORMED);
    at = get(decoder, length);
    *size = at ? length : 0;
    return at;
}

const char *host_get_utf8(struct host_decoder *decoder)
{
    uint32_t length = host_get_u32(decoder);
    const uint8_t *at;

    if (length == NO_STRING) return NULL;
    if (!length || length > HOST_STRING_MAX) fail(decoder, HOST_MALFORMED);
    at = get(decoder, length);
    if (!at) return NULL;
    if (at[length - 1] || !utf8_valid(at, length - 1))
    {
        fail(decoder, HOST_MALFORMED);
        return NULL;
    }
    return (const char *)at;
}

/* The units of a UTF-16 string, not aligned; *length is their number. NULL where NULL was put, and on error. */
static const uint8_t *get_utf16(struct host_decoder *decoder, size_t *length)
{
    uint32_t size = host_get_u32(decoder);
    const uint8_t *at;

    *length = 0;
    if (size == NO_STRING) return NULL;
    if (size % 2 || size > HOST_STRING_MAX) fail(decoder, HOST_MALFORMED);
    at = get(decoder, size);
    for (size_t i = 0; at && i < size; i += 2)
        if (!at[i] && !at[i + 1])
        {
            fail(decoder, HOST_MALFORMED);
            return NULL;
        }
    if (at) *length = size / 2;
    return at;
}

static void copy_utf16(uint16_t *to, const uint8_t *from, size_t length)
{
    for (size_t i = 0; i < length; i++)
        to[i] = (uint16_t)(from[2 * i] | from[2 * i + 1] << 8);
    to[length] = 0;
}

uint16_t *host_get_utf16(struct host_decoder *decoder)
{
    size_t length;
    const uint8_t *at = get_utf16(decoder, &length);
    uint16_t *text;

    if (!at) return NULL;
    text = malloc((length + 1) * sizeof(*text));
    if (text)
        copy_utf16(text, at, length);
    else
        fail(decoder, HOST_NO_MEMORY);
    return text;
}

bool host_get_utf16_into(struct host_decoder *decoder, uint16_t *buffer, size_t room)
{
    size_t length;
    const uint8_t *at = get_utf16(decoder, &length);

    if (room) buffer[0] = 0;
    if (!at) return false;
    if (length >= room)
    {
        fail(decoder, HOST_TOO_LARGE);
        return false;
    }
    copy_utf16(buffer, at, length);
    return true;
}

void host_get_guid(struct host_decoder *decoder, void *guid)
{
    const uint8_t *at = get(decoder, 16);

    if (at)
        memcpy(guid, at, 16);
    else
        memset(guid, 0, 16);
}

void host_get_guids(struct host_decoder *decoder, void *guids, uint32_t count)
{
    const uint8_t *at = get(decoder, count <= HOST_LIST_MAX ? 16 * (size_t)count : SIZE_MAX);

    if (at && count) memcpy(guids, at, 16 * (size_t)count);
}

uint32_t host_get_list(struct host_decoder *decoder, size_t least)
{
    uint32_t count = host_get_u32(decoder);

    if (decoder->error) return 0;
    if (count > HOST_LIST_MAX || (count && count > (decoder->size - decoder->at) / least))
    {
        decoder->error = HOST_MALFORMED;
        return 0;
    }
    return count;
}

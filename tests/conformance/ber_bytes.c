/*
 * SNMP messages by hand. See ber_bytes.h.
 */
#include "ber_bytes.h"

#include <string.h>

static void put_raw(struct bytes *out, const void *data, size_t length)
{
    if (length > sizeof(out->data) - out->length) length = sizeof(out->data) - out->length;
    if (length) memcpy(out->data + out->length, data, length);
    out->length += length;
}

static void put_byte(struct bytes *out, unsigned value)
{
    unsigned char byte = (unsigned char)value;

    put_raw(out, &byte, 1);
}

void put_tlv(struct bytes *out, unsigned char tag, const void *content, size_t length)
{
    put_byte(out, tag);
    if (length >= 256)
    {
        put_byte(out, 0x82);
        put_byte(out, (unsigned)(length >> 8));
    }
    else if (length >= 128)
        put_byte(out, 0x81);
    put_byte(out, (unsigned)length & 0xff);
    put_raw(out, content, length);
}

void put_nested(struct bytes *out, unsigned char tag, const struct bytes *content)
{
    put_tlv(out, tag, content->data, content->length);
}

void put_integer(struct bytes *out, unsigned char tag, long long value)
{
    unsigned char content[8];
    int first = 0;

    for (int i = 0; i < 8; i++)
        content[i] = (unsigned char)(value >> (56 - 8 * i));
    /* The shortest two's complement. */
    while (first < 7 && ((content[first] == 0 && !(content[first + 1] & 0x80)) ||
                         (content[first] == 0xff && (content[first + 1] & 0x80))))
        first++;
    put_tlv(out, tag, content + first, 8 - (size_t)first);
}

static void put_subidentifier(struct bytes *out, unsigned value)
{
    for (int shift = 28; shift > 0; shift -= 7)
        if (value >> shift) put_byte(out, 0x80 | ((value >> shift) & 0x7f));
    put_byte(out, value & 0x7f);
}

void put_oid(struct bytes *out, const unsigned *ids, size_t count)
{
    struct bytes content = {.length = 0};

    put_subidentifier(&content, ids[0] * 40 + ids[1]);
    for (size_t i = 2; i < count; i++)
        put_subidentifier(&content, ids[i]);
    put_nested(out, 0x06, &content);
}

void put_binding(struct bytes *out, const unsigned *ids, size_t count, unsigned char tag, const void *content,
                 size_t length)
{
    struct bytes binding = {.length = 0};

    put_oid(&binding, ids, count);
    put_tlv(&binding, tag, content, length);
    put_nested(out, 0x30, &binding);
}

void put_null_binding(struct bytes *out, const unsigned *ids, size_t count)
{
    put_binding(out, ids, count, 0x05, NULL, 0);
}

static void put_envelope(struct bytes *out, int version, const char *community, unsigned char tag,
                         const struct bytes *pdu)
{
    struct bytes message = {.length = 0};

    put_integer(&message, 0x02, version);
    put_tlv(&message, 0x04, community, strlen(community));
    put_nested(&message, tag, pdu);
    put_nested(out, 0x30, &message);
}

void put_message(struct bytes *out, int version, const char *community, unsigned char tag, int request_id, int second,
                 int third, const struct bytes *bindings)
{
    struct bytes pdu = {.length = 0};

    put_integer(&pdu, 0x02, request_id);
    put_integer(&pdu, 0x02, second);
    put_integer(&pdu, 0x02, third);
    put_nested(&pdu, 0x30, bindings);
    put_envelope(out, version, community, tag, &pdu);
}

void put_v1_trap(struct bytes *out, const char *community, const unsigned *enterprise, size_t count,
                 const unsigned char *address, int generic, int specific, unsigned long timestamp,
                 const struct bytes *bindings)
{
    struct bytes pdu = {.length = 0};

    put_oid(&pdu, enterprise, count);
    put_tlv(&pdu, 0x40, address, 4);
    put_integer(&pdu, 0x02, generic);
    put_integer(&pdu, 0x02, specific);
    put_integer(&pdu, 0x43, timestamp);
    put_nested(&pdu, 0x30, bindings);
    put_envelope(out, 0, community, 0xa4, &pdu);
}

struct reader
{
    const unsigned char *at, *end;
};

/* Reads one element; *content is where its content starts. Returns 0 where there is none. */
static int read_element(struct reader *reader, unsigned *tag, const unsigned char **content, size_t *length)
{
    size_t size = 0;

    if (reader->end - reader->at < 2) return 0;
    *tag = *reader->at++;
    size = *reader->at++;
    if (size & 0x80)
    {
        int bytes = size & 0x7f;

        if (bytes > 3 || reader->end - reader->at < bytes) return 0;
        for (size = 0; bytes; bytes--)
            size = size << 8 | *reader->at++;
    }
    if (size > (size_t)(reader->end - reader->at)) return 0;
    *content = reader->at;
    *length = size;
    reader->at += size;
    return 1;
}

static int read_integer(struct reader *reader, int *value)
{
    const unsigned char *content;
    unsigned tag;
    size_t length;
    unsigned result;

    if (!read_element(reader, &tag, &content, &length) || tag != 0x02 || !length) return 0;
    result = content[0] & 0x80 ? ~0u : 0;
    for (size_t i = 0; i < length; i++)
        result = result << 8 | content[i];
    *value = (int)result;
    return 1;
}

void parse_message(const unsigned char *data, size_t length, struct parsed *out)
{
    struct reader reader = {data, data + length};
    const unsigned char *content;
    unsigned tag;
    size_t size;

    memset(out, 0, sizeof(*out));
    if (!read_element(&reader, &tag, &content, &size) || tag != 0x30) return;
    reader = (struct reader){content, content + size};
    if (!read_integer(&reader, &out->version)) return;
    if (!read_element(&reader, &tag, &content, &size) || tag != 0x04 || size >= sizeof(out->community)) return;
    memcpy(out->community, content, size);
    if (!read_element(&reader, &tag, &content, &size)) return;
    out->tag = (int)tag;
    reader = (struct reader){content, content + size};
    out->request_id_content = content + 2;
    out->request_id_length = content[1];
    if (!read_integer(&reader, &out->request_id) || !read_integer(&reader, &out->second)) return;
    if (!read_integer(&reader, &out->third)) return;
    if (!read_element(&reader, &tag, &content, &size) || tag != 0x30) return;
    out->bindings = content;
    out->bindings_length = size;
    out->ok = 1;
}

#include "wsnmp32/ber.h"

#include <string.h>

enum snmp_codec_status ber_read_long_length(struct ber_reader *r, uint8_t first, size_t *length)
{
    unsigned octets = first & 0x7f;
    size_t value = 0;

    if (octets == 0 || octets > 4) return SNMP_CODEC_LENGTH;
    if ((size_t)(r->end - r->p) < octets) return SNMP_CODEC_TRUNCATED;
    while (octets--)
        value = value << 8 | *r->p++;
    *length = value;
    return SNMP_CODEC_OK;
}

enum snmp_codec_status ber_read_int32(struct ber_reader *r, int32_t *value)
{
    struct ber_reader content;
    enum snmp_codec_status status = ber_read(r, SNMP_VALUE_INT, &content);

    return status == SNMP_CODEC_OK ? ber_parse_int32(&content, value) : status;
}

/* Up to eight octets of two's complement, sign-extended. */
static uint64_t parse_sign_extended(const uint8_t *p, const uint8_t *end)
{
    uint64_t value = *p & 0x80 ? UINT64_MAX : 0;

    while (p != end)
        value = value << 8 | *p++;
    return value;
}

enum snmp_codec_status ber_parse_int32(const struct ber_reader *content, int32_t *value)
{
    size_t length = (size_t)(content->end - content->p);
    int64_t wide;

    if (length == 0 || length > 8) return SNMP_CODEC_INTEGER;
    wide = (int64_t)parse_sign_extended(content->p, content->end);
    if (wide < INT32_MIN || wide > INT32_MAX) return SNMP_CODEC_INTEGER;
    *value = (int32_t)wide;
    return SNMP_CODEC_OK;
}

enum snmp_codec_status ber_parse_uint64(const struct ber_reader *content, uint64_t *value)
{
    const uint8_t *p = content->p;
    size_t length = (size_t)(content->end - p);

    if (length == 9 && *p == 0)
    {
        *value = 0;
        for (p++; p != content->end; p++)
            *value = *value << 8 | *p;
        return SNMP_CODEC_OK;
    }
    if (length == 0 || length > 8) return SNMP_CODEC_INTEGER;
    *value = parse_sign_extended(p, content->end);
    return SNMP_CODEC_OK;
}

enum snmp_codec_status ber_parse_uint32(const struct ber_reader *content, uint32_t *value)
{
    enum snmp_codec_status status;
    uint64_t wide;

    status = ber_parse_uint64(content, &wide);
    if (status != SNMP_CODEC_OK) return status;
    /* The upper half is all zeros, or all ones because a number of at most four octets has been sign-extended. */
    if (wide > UINT32_MAX && (content->end - content->p > 4 || wide >> 32 != UINT32_MAX)) return SNMP_CODEC_INTEGER;
    *value = (uint32_t)wide;
    return SNMP_CODEC_OK;
}

/* The first sub-identifier stands for two arcs: 40 * X + Y, with X at most 2 (X.690, section 8.19.4). */
static void split_first(uint32_t first, uint32_t *ids)
{
    ids[0] = first < 40 ? 0 : first < 80 ? 1 : 2;
    ids[1] = first - 40 * ids[0];
}

/* A sub-identifier of several octets at *p, the last of which is known to be within the contents. */
static bool parse_long_subidentifier(const uint8_t **p, uint32_t *id)
{
    uint32_t value = 0;
    uint8_t octet;

    do
    {
        octet = *(*p)++;
        if (value >> 25) return false;
        value = value << 7 | (octet & 0x7f);
    }
    while (octet & 0x80);
    *id = value;
    return true;
}

enum snmp_codec_status ber_parse_oid(const struct ber_reader *content, uint32_t *ids, uint32_t *count)
{
    const uint8_t *p = content->p, *end = content->end;
    uint32_t *out = ids + 1;

    if (p == end)
    {
        ids[0] = ids[1] = 0;
        *count = 2;
        return SNMP_CODEC_OK;
    }
    if (end[-1] & 0x80) return SNMP_CODEC_OID;
    for (; p != end; out++)
    {
        if (!(*p & 0x80))
            *out = *p++;
        else if (!parse_long_subidentifier(&p, out))
            return SNMP_CODEC_OID;
    }
    if (out - ids > SNMP_OID_MAX_LENGTH) return SNMP_CODEC_OID;
    split_first(ids[1], ids);
    *count = (uint32_t)(out - ids);
    return SNMP_CODEC_OK;
}

void ber_write_octets(struct ber_writer *w, const uint8_t *octets, size_t len)
{
    uint8_t *p;

    if (len == 0) return;
    p = ber_take(w, len);
    if (p) memcpy(p, octets, len);
}

/* Octets of a length of 128 or more behind its first one. */
static unsigned long_length_octets(size_t length)
{
    unsigned octets = 0;

    if (length < 0x80) return 0;
    for (; length; length >>= 8)
        octets++;
    return octets;
}

void ber_write_long_header(struct ber_writer *w, uint8_t tag, size_t length)
{
    unsigned octets = long_length_octets(length);
    uint8_t *p = ber_take(w, 2 + octets);

    if (!p) return;
    p[0] = tag;
    p[1] = (uint8_t)(0x80 | octets);
    for (; octets; octets--, length >>= 8)
        p[1 + octets] = (uint8_t)length;
}

/* An element of `octets` contents octets: the low ones of `value`, the ninth being zero. */
static void write_integer(struct ber_writer *w, uint8_t tag, uint64_t value, unsigned octets)
{
    uint8_t *p = ber_take(w, 2 + octets);

    if (!p) return;
    p[0] = tag;
    p[1] = (uint8_t)octets;
    for (; octets; octets--, value >>= 8)
        p[1 + octets] = (uint8_t)value;
}

void ber_write_int32(struct ber_writer *w, uint8_t tag, int32_t value)
{
    unsigned octets = 1;

    for (uint32_t rest = (uint32_t)(value < 0 ? ~value : value); rest > 0x7f; rest >>= 8)
        octets++;
    write_integer(w, tag, (uint64_t)(int64_t)value, octets);
}

void ber_write_uint64(struct ber_writer *w, uint8_t tag, uint64_t value)
{
    unsigned octets = 1;

    for (uint64_t rest = value; rest > 0x7f; rest >>= 8)
        octets++;
    write_integer(w, tag, value, octets);
}

/* A sub-identifier in front of `p`; returns the new front. */
static uint8_t *put_subidentifier(uint8_t *p, uint32_t value)
{
    *--p = value & 0x7f;
    while (value >>= 7)
        *--p = (uint8_t)(0x80 | value);
    return p;
}

static bool oid_encodable(const struct snmp_oid *oid)
{
    if (!oid->ids || oid->len < SNMP_OID_MIN_LENGTH || oid->len > SNMP_OID_MAX_LENGTH || oid->ids[0] > 2) return false;
    return oid->ids[1] <= (oid->ids[0] < 2 ? 39 : UINT32_MAX - 80);
}

/* Contents, written in front of `p`, where there is room for five octets a sub-identifier; returns the new front. */
static uint8_t *put_oid(uint8_t *p, const struct snmp_oid *oid)
{
    const uint32_t *ids = oid->ids;

    for (uint32_t i = oid->len - 1; i >= 2; i--)
    {
        if (ids[i] < 0x80)
            *--p = (uint8_t)ids[i];
        else
            p = put_subidentifier(p, ids[i]);
    }
    return put_subidentifier(p, ids[0] * 40 + ids[1]);
}

bool ber_write_oid(struct ber_writer *w, const struct snmp_oid *oid)
{
    uint8_t spare[5 * SNMP_OID_MAX_LENGTH];
    size_t mark = ber_written(w);
    uint8_t *p;

    if (!oid_encodable(oid)) return false;
    if (!w->lost && (size_t)(w->p - w->start) >= 5 * oid->len)
        w->p = put_oid(w->p, oid);
    else
    {
        p = put_oid(spare + sizeof(spare), oid);
        ber_write_octets(w, p, (size_t)(spare + sizeof(spare) - p));
    }
    ber_write_header(w, SNMP_VALUE_OID, mark);
    return true;
}

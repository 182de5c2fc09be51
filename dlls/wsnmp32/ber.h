/*
 * BER (X.690) as SNMP uses it: readers on a bounded range, a writer that works backwards.
 *
 * Definite lengths only, low tag numbers only. The reader never looks outside its range; the writer never writes
 * outside its buffer. No allocation, no recursion.
 *
 * Sources: X.690; RFC 1157 section 3.2.2, RFC 3417 section 8 (the restrictions for SNMP).
 */
#ifndef CORK_WSNMP32_BER_H
#define CORK_WSNMP32_BER_H

#include "wsnmp32/value.h"

#include <stddef.h>

#define BER_SEQUENCE 0x30

/* Results of the codec: of the BER readers here, and of message_codec.h. */
enum snmp_codec_status
{
    SNMP_CODEC_OK,
    SNMP_CODEC_TRUNCATED, /* decoding: an element is longer than what holds it */
    SNMP_CODEC_LENGTH,    /* decoding: a length of indefinite form, or of more than 4 octets */
    SNMP_CODEC_TAG,       /* decoding: another element is due here */
    SNMP_CODEC_TRAILING,  /* decoding: octets behind the last element inside a SEQUENCE or PDU */
    SNMP_CODEC_VERSION,   /* neither SNMPv1 nor SNMPv2c */
    SNMP_CODEC_PDU_TYPE,  /* no PDU type of that version */
    SNMP_CODEC_INTEGER,   /* an integer of no octets, of too many, or outside its type's range */
    SNMP_CODEC_OID,       /* an object identifier outside the limits (see message_codec.h) */
    SNMP_CODEC_SYNTAX,    /* a value of unknown syntax, or one that the version does not have (encoding) */
    SNMP_CODEC_VALUE,     /* a value of known syntax with impossible contents */
    SNMP_CODEC_TOO_BIG,   /* encoding: the message does not fit the size given */
    SNMP_CODEC_NO_MEMORY
};

/* A range of octets to read: `p` advances to `end`. */
struct ber_reader
{
    const uint8_t *p;
    const uint8_t *end;
};

/* The octets of a length in the long form, 0x80 | their number being `first`. */
enum snmp_codec_status ber_read_long_length(struct ber_reader *r, uint8_t first, size_t *length);

/*
 * Reads one element's identifier and length, leaves `r` behind the element and sets `content` to its contents.
 * Lengths may be non-minimal, up to 4 octets (net-snmp and old agents send 82 00 05 and 84 00 00 00 05).
 */
static inline enum snmp_codec_status ber_read_any(struct ber_reader *r, uint8_t *tag, struct ber_reader *content)
{
    size_t length;

    if (r->end - r->p < 2) return SNMP_CODEC_TRUNCATED;
    *tag = *r->p++;
    length = *r->p++;
    if (length >= 0x80)
    {
        enum snmp_codec_status status = ber_read_long_length(r, (uint8_t)length, &length);

        if (status != SNMP_CODEC_OK) return status;
    }
    if ((size_t)(r->end - r->p) < length) return SNMP_CODEC_TRUNCATED;
    content->p = r->p;
    content->end = r->p += length;
    return SNMP_CODEC_OK;
}

/* The same for an element that must have identifier `tag` (SNMP_CODEC_TAG if not). */
static inline enum snmp_codec_status ber_read(struct ber_reader *r, uint8_t tag, struct ber_reader *content)
{
    uint8_t found;

    if (r->p != r->end && *r->p != tag) return SNMP_CODEC_TAG;
    return ber_read_any(r, &found, content);
}

/* An INTEGER that fits 32 bits: 1 to 8 octets, redundant leading ones allowed. Reads identifier, length, contents. */
enum snmp_codec_status ber_read_int32(struct ber_reader *r, int32_t *value);

/*
 * Contents of integers. Signed: as ber_read_int32. Unsigned: 1 to 9 octets; an encoder that forgot the leading zero
 * octet is understood (four octets with the top bit set, eight for Counter64); a shorter negative number is taken
 * modulo 2^32 (2^64), as net-snmp takes it. More significant octets than the type has: SNMP_CODEC_INTEGER.
 */
enum snmp_codec_status ber_parse_int32(const struct ber_reader *content, int32_t *value);
enum snmp_codec_status ber_parse_uint32(const struct ber_reader *content, uint32_t *value);
enum snmp_codec_status ber_parse_uint64(const struct ber_reader *content, uint64_t *value);

/* The most sub-identifiers that contents of `octets` octets can stand for: one each, and one for the first two arcs. */
#define BER_OID_ROOM(octets) ((octets) ? (octets) + 1 : 2)

/*
 * Contents of an object identifier, into `ids` (room for BER_OID_ROOM); `*count` receives their number, 2 to 128. No
 * octets at all stand for 0.0, as net-snmp has it; superfluous leading octets 80 of a sub-identifier are allowed.
 * SNMP_CODEC_OID: more than 128, one above 2^32 - 1, or the last one incomplete; `ids` is undefined then.
 */
enum snmp_codec_status ber_parse_oid(const struct ber_reader *content, uint32_t *ids, uint32_t *count);

/*
 * A buffer to write into from its end: `p` moves down to `start`. Once an element has not fitted, writing only counts:
 * `lost` octets more would be needed.
 */
struct ber_writer
{
    uint8_t *start;
    uint8_t *p;
    uint8_t *end;
    size_t lost;
};

static inline void ber_writer_init(struct ber_writer *w, uint8_t *buffer, size_t size)
{
    w->start = buffer;
    w->p = w->end = size ? buffer + size : buffer;
    w->lost = 0;
}

/* Octets written, whether they fitted or not. A mark for ber_write_header. */
static inline size_t ber_written(const struct ber_writer *w)
{
    return (size_t)(w->end - w->p) + w->lost;
}

/* Room for `size` octets in front, or NULL with them counted as lost; after the first loss everything is. */
static inline uint8_t *ber_take(struct ber_writer *w, size_t size)
{
    if (w->lost || (size_t)(w->p - w->start) < size)
    {
        w->lost += size;
        return NULL;
    }
    return w->p -= size;
}

/* Contents or whole octets. */
void ber_write_octets(struct ber_writer *w, const uint8_t *octets, size_t len);

/* Length of 128 or more and identifier, in front. */
void ber_write_long_header(struct ber_writer *w, uint8_t tag, size_t length);

/* Length and identifier in front of what was written since `mark` (minimal definite form). */
static inline void ber_write_header(struct ber_writer *w, uint8_t tag, size_t mark)
{
    size_t length = ber_written(w) - mark;
    uint8_t *p;

    if (length >= 0x80)
    {
        ber_write_long_header(w, tag, length);
        return;
    }
    p = ber_take(w, 2);
    if (p)
    {
        p[0] = tag;
        p[1] = (uint8_t)length;
    }
}

/* Whole elements, minimal (two's complement, shortest; an unsigned with the top bit set gets a leading zero octet). */
void ber_write_int32(struct ber_writer *w, uint8_t tag, int32_t value);
void ber_write_uint64(struct ber_writer *w, uint8_t tag, uint64_t value);

/*
 * A whole OBJECT IDENTIFIER. False, and nothing written, when BER cannot express it: fewer than 2 or more than 128
 * sub-identifiers, first arc above 2, second above 39 under 0 or 1, above 2^32 - 81 under 2 (their combination has to
 * stay a 32-bit sub-identifier).
 */
bool ber_write_oid(struct ber_writer *w, const struct snmp_oid *oid);

#endif

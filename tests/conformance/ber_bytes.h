/*
 * SNMP messages written by hand, byte by byte, so that the tests do not lean on the codec under test (X.690, RFC 1157,
 * RFC 1905).
 */
#ifndef CORK_TESTS_BER_BYTES_H
#define CORK_TESTS_BER_BYTES_H

#include <stddef.h>

struct bytes
{
    unsigned char data[4096];
    size_t length;
};

/* Each appends one element to `out`. */
void put_tlv(struct bytes *out, unsigned char tag, const void *content, size_t length);
void put_nested(struct bytes *out, unsigned char tag, const struct bytes *content);
void put_integer(struct bytes *out, unsigned char tag, long long value);
void put_oid(struct bytes *out, const unsigned *ids, size_t count);
/* A variable binding with a NULL value. */
void put_null_binding(struct bytes *out, const unsigned *ids, size_t count);
/* A binding whose value is `length` content bytes under `tag`. */
void put_binding(struct bytes *out, const unsigned *ids, size_t count, unsigned char tag, const void *content,
                 size_t length);

/* A whole message but for a v1 trap: version, community, PDU of `tag` with three integers and the bindings. */
void put_message(struct bytes *out, int version, const char *community, unsigned char tag, int request_id, int second,
                 int third, const struct bytes *bindings);
/* A v1 trap (RFC 1157 4.1.6); `address` has four bytes. */
void put_v1_trap(struct bytes *out, const char *community, const unsigned *enterprise, size_t count,
                 const unsigned char *address, int generic, int specific, unsigned long timestamp,
                 const struct bytes *bindings);

/* What a message says, as far as the tests look; `ok` is 0 where it is none. The pointers point into the message. */
struct parsed
{
    int ok, version, tag, request_id, second, third;
    char community[64];
    const unsigned char *bindings; /* the content of the bindings' SEQUENCE */
    size_t bindings_length;
    const unsigned char *request_id_content;
    size_t request_id_length;
};
void parse_message(const unsigned char *data, size_t length, struct parsed *out);

#endif

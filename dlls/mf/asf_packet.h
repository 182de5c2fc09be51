/*
 * Data packets: reading one with all its payloads, and writing one of a fixed size.
 *
 * Source: ASF specification, section 5.2 (error correction, parsing information, single and multiple, compressed and
 * uncompressed payloads). No state is shared; nothing is allocated.
 */
#ifndef CORK_MF_ASF_PACKET_H
#define CORK_MF_ASF_PACKET_H

#include "mf/asf_format.h"

/* A piece of a media object, or all of it. The bytes lie in the packet. */
struct asf_payload
{
    uint8_t stream;
    bool key_frame;
    uint32_t object; /* the media object's number, of which at least 8 bits count */
    uint32_t offset; /* of this piece in the object */
    uint32_t object_size;
    uint32_t time;              /* of presentation, ms, with the preroll */
    struct asf_bytes extension; /* of the stream's payload extension systems */
    struct asf_bytes data;
    bool sized; /* object_size and time are said in the packet; if not, the payload is a whole object */
};

/* A packet that is read. Its fields from `in` on belong to asf_packet_next. */
struct asf_packet
{
    uint32_t size;      /* of the whole packet, as it says itself or as it was given */
    uint32_t send_time; /* ms */
    uint16_t duration;  /* ms */
    uint32_t sequence;
    bool multiple;
    unsigned payloads; /* at most 63 */
    struct asf_reader in;
    unsigned object_code, offset_code, replicated_code, length_code, left;
    struct asf_payload compressed; /* what the payloads within a compressed one have in common */
    uint8_t time_delta;
};

/* Reads the packet's own header. ASF_OPAQUE: its error correction data say that the rest is opaque. ASF_INVALID: it is
 * no packet, or it is longer than `size`. */
enum asf_result asf_packet_read(const void *data, size_t size, struct asf_packet *packet);
/* The next payload. Those within a compressed payload come one by one. ASF_END after the last, ASF_INVALID where the
 * packet contradicts itself: nothing more is to be had from it then. */
enum asf_result asf_packet_next(struct asf_packet *packet, struct asf_payload *payload);

#define ASF_MAX_PAYLOADS     63u
#define ASF_MAX_PACKET       0xffffu /* bytes of a packet that is written: lengths in it have 16 bits */
#define ASF_MIN_PACKET       100u    /* of one that is written */
#define ASF_PAYLOAD_OVERHEAD 17u     /* bytes that a payload takes beside its data and extension */

/* A packet that is being written. */
struct asf_packet_writer
{
    struct asf_writer out;
    uint32_t size;
    unsigned payloads;
    uint32_t send_time, first_time, last_time;
};

/* Begins one of `size` bytes (ASF_MIN_PACKET to ASF_MAX_PACKET) at `data`. */
void asf_packet_begin(struct asf_packet_writer *writer, void *data, uint32_t size);
/* The bytes of data that a payload with that much extension can still have; 0 where it has no place. */
uint32_t asf_packet_room(const struct asf_packet_writer *writer, size_t extension);
/* Adds a payload, which has to have room; `send_time` in ms, of which the first payload's is the packet's. */
void asf_packet_add(struct asf_packet_writer *writer, const struct asf_payload *payload, uint32_t send_time);
/* Completes it: writes its header, and fills it up. It has to have a payload. */
void asf_packet_finish(struct asf_packet_writer *writer);

#endif

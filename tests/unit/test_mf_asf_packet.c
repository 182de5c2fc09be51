/*
 * ASF data packets and the media objects put together from their payloads, the portable part. What is written is read
 * again; what is malformed is refused.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "mf/asf_assembly.h"
#include "mf/asf_packet.h"

#define PACKET_SIZE 400u

/* ---- Packets ----------------------------------------------------------------------------------------------------- */

static const uint8_t object_data[1000] = {1, 2, 3, 4, 5};

static struct asf_payload sample_payload(uint8_t stream, uint32_t object, uint32_t offset, uint32_t size)
{
    return (struct asf_payload){.stream = stream,
                                .key_frame = true,
                                .object = object,
                                .offset = offset,
                                .object_size = sizeof(object_data),
                                .time = 3000 + object,
                                .extension = {(const uint8_t *)"ab", 2},
                                .data = {object_data + offset, size}};
}

/* A packet with as many payloads as fit; returns their number. */
static unsigned write_packet(uint8_t packet[PACKET_SIZE], uint32_t piece)
{
    struct asf_packet_writer writer;
    struct asf_payload payload;
    unsigned count = 0;

    asf_packet_begin(&writer, packet, PACKET_SIZE);
    while (asf_packet_room(&writer, 2) >= piece)
    {
        payload = sample_payload((uint8_t)(1 + count % 3), count, piece, piece);
        asf_packet_add(&writer, &payload, 500 + count);
        count++;
    }
    asf_packet_finish(&writer);
    return count;
}

START_TEST(packet_there_and_back)
{
    uint8_t data[PACKET_SIZE];
    struct asf_payload payload;
    struct asf_packet packet;

    for (uint32_t piece = 1; piece < PACKET_SIZE - 40; piece++)
    {
        unsigned count = write_packet(data, piece);

        ck_assert_uint_gt(count, 0);
        ck_assert_int_eq(asf_packet_read(data, sizeof(data), &packet), ASF_OK);
        ck_assert_uint_eq(packet.payloads, count);
        ck_assert_uint_eq(packet.send_time, 500);
        ck_assert_uint_eq(packet.duration, count - 1);
        for (unsigned i = 0; i < count; i++)
        {
            ck_assert_int_eq(asf_packet_next(&packet, &payload), ASF_OK);
            ck_assert_uint_eq(payload.stream, 1 + i % 3);
            ck_assert(payload.key_frame && payload.sized);
            ck_assert_uint_eq(payload.object, i);
            ck_assert_uint_eq(payload.offset, piece);
            ck_assert_uint_eq(payload.object_size, sizeof(object_data));
            ck_assert_uint_eq(payload.time, 3000 + i);
            ck_assert_uint_eq(payload.extension.size, 2);
            ck_assert_uint_eq(payload.data.size, piece);
            ck_assert(!memcmp(payload.data.data, object_data + piece, piece));
        }
        ck_assert_int_eq(asf_packet_next(&packet, &payload), ASF_END);
    }
}
END_TEST

START_TEST(packet_limits)
{
    struct asf_packet_writer writer;
    struct asf_payload payload = {.stream = 1, .object_size = 1, .data = {object_data, 1}};
    uint8_t data[2000];

    asf_packet_begin(&writer, data, sizeof(data));
    for (unsigned i = 0; i < ASF_MAX_PAYLOADS; i++)
    {
        ck_assert_uint_gt(asf_packet_room(&writer, 0), 0);
        asf_packet_add(&writer, &payload, 0);
    }
    ck_assert_uint_eq(asf_packet_room(&writer, 0), 0);
}
END_TEST

/* Every packet with one byte changed, and every one that is cut off. */
START_TEST(packet_malformed)
{
    uint8_t data[PACKET_SIZE], *exact;
    struct asf_payload payload;
    struct asf_packet packet;

    write_packet(data, 50);
    for (size_t i = 0; i < sizeof(data); i++)
        for (unsigned bit = 0; bit < 8; bit++)
        {
            data[i] ^= (uint8_t)(1u << bit);
            if (asf_packet_read(data, sizeof(data), &packet) == ASF_OK)
                while (asf_packet_next(&packet, &payload) == ASF_OK)
                    ck_assert_uint_le(payload.offset + payload.data.size, payload.object_size);
            data[i] ^= (uint8_t)(1u << bit);
        }
    for (size_t i = 0; i < sizeof(data); i++)
    {
        ck_assert_ptr_nonnull(exact = malloc(i ? i : 1));
        memcpy(exact, data, i);
        if (asf_packet_read(exact, i, &packet) == ASF_OK)
            while (asf_packet_next(&packet, &payload) == ASF_OK)
                ;
        free(exact);
    }
    data[0] = 0x92;
    ck_assert_int_eq(asf_packet_read(data, sizeof(data), &packet), ASF_OPAQUE);
    data[0] = 0xe2;
    ck_assert_int_eq(asf_packet_read(data, sizeof(data), &packet), ASF_INVALID);
}
END_TEST

/* A packet by hand, with each length type, of one payload: single, or one of two. */
static size_t other_packet(uint8_t *data, unsigned code, bool multiple, bool compressed)
{
    struct asf_writer out;

    asf_writer_init(&out, data, 200);
    asf_put_u8(&out, (uint8_t)((multiple ? 1 : 0) | code << 1 | code << 3 | code << 5));
    asf_put_u8(&out, (uint8_t)(1 | 3 << 2 | code << 4 | 1 << 6));
    for (unsigned i = 0; i < 3; i++)
    {
        uint32_t value = i == 0 ? 100 : i == 1 ? 5 : 10; /* length, sequence, padding */

        if (code == 1) asf_put_u8(&out, (uint8_t)value);
        if (code == 2) asf_put_u16(&out, (uint16_t)value);
        if (code == 3) asf_put_u32(&out, value);
    }
    asf_put_u32(&out, 777);
    asf_put_u16(&out, 40);
    if (multiple) asf_put_u8(&out, 1 | 1 << 6);
    asf_put_u8(&out, 4 | 0x80);
    if (code == 1) asf_put_u8(&out, 9);
    if (code == 2) asf_put_u16(&out, 9);
    if (code == 3) asf_put_u32(&out, 9);
    asf_put_u32(&out, compressed ? 1000 : 0);
    asf_put_u8(&out, compressed ? 1 : 0);
    if (compressed) asf_put_u8(&out, 20);
    if (multiple) asf_put_u8(&out, 7);
    asf_put_u8(&out, 2);
    asf_put_u16(&out, 0x2211);
    asf_put_u8(&out, 3);
    asf_put_u16(&out, 0x4433);
    asf_put_u8(&out, 0x55);
    return out.size;
}

START_TEST(packet_length_types)
{
    for (unsigned code = 0; code < 4; code++)
    {
        uint8_t data[200] = {0};
        struct asf_payload payload;
        struct asf_packet packet;
        size_t size = other_packet(data, code, true, true);

        ck_assert_int_eq(asf_packet_read(data, code ? 100 : size, &packet), ASF_OK);
        ck_assert_uint_eq(packet.size, code ? 100 : size);
        ck_assert_uint_eq(packet.sequence, code ? 5 : 0);
        ck_assert_uint_eq(packet.send_time, 777);
        ck_assert_int_eq(asf_packet_next(&packet, &payload), ASF_OK);
        ck_assert_uint_eq(payload.object, code ? 9 : 0);
        ck_assert_uint_eq(payload.time, 1000);
        ck_assert_uint_eq(payload.data.size, 2);
        ck_assert_int_eq(asf_packet_next(&packet, &payload), ASF_OK);
        ck_assert_uint_eq(payload.object, code ? 10 : 1);
        ck_assert_uint_eq(payload.time, 1020);
        ck_assert_uint_eq(payload.data.size, 3);
        ck_assert_uint_eq(payload.object_size, 3);
        ck_assert_int_eq(asf_packet_next(&packet, &payload), ASF_END);

        memset(data, 0, sizeof(data));
        size = other_packet(data, code, false, false);
        ck_assert_int_eq(asf_packet_read(data, code ? 100 : size, &packet), ASF_OK);
        ck_assert_int_eq(asf_packet_next(&packet, &payload), ASF_OK);
        ck_assert(!payload.sized);
        ck_assert_uint_eq(payload.time, 777);
        ck_assert_uint_eq(payload.object_size, payload.data.size);
        ck_assert_uint_eq(payload.data.data[0], 2);
        ck_assert_int_eq(asf_packet_next(&packet, &payload), ASF_END);
    }
}
END_TEST

/* ---- Objects ----------------------------------------------------------------------------------------------------- */

static enum asf_assembled add(struct asf_assembly *assembly, uint32_t object, uint32_t offset, uint32_t size)
{
    struct asf_payload payload = sample_payload(1, object, offset, size);

    return asf_assembly_add(assembly, &payload);
}

START_TEST(assembly_forwards)
{
    struct asf_assembly assembly = {0};

    ck_assert_int_eq(add(&assembly, 0, 500, 500), ASF_PASSED); /* reading began in the middle */
    ck_assert(!assembly.lost);
    ck_assert_int_eq(add(&assembly, 1, 0, 300), ASF_PART);
    ck_assert_int_eq(add(&assembly, 1, 300, 600), ASF_PART);
    ck_assert_int_eq(add(&assembly, 1, 900, 100), ASF_WHOLE);
    ck_assert_uint_eq(assembly.received, 1000);
    ck_assert(!memcmp(assembly.data, object_data, 1000));
    ck_assert(!assembly.gap && assembly.key_frame);
    ck_assert_uint_eq(assembly.extension_size, 2);
    ck_assert_uint_eq(assembly.piece_count, 3);
    ck_assert_int_eq(add(&assembly, 2, 0, 1000), ASF_WHOLE);
    ck_assert(!assembly.gap && !assembly.lost);
    ck_assert_int_eq(add(&assembly, 4, 0, 1000), ASF_WHOLE); /* 3 is missing */
    ck_assert(assembly.gap && !assembly.lost);
    assembly.gap = false;
    ck_assert_int_eq(add(&assembly, 5, 0, 10), ASF_PART);
    ck_assert_int_eq(add(&assembly, 5, 20, 10), ASF_PASSED);
    ck_assert(assembly.lost);
    assembly.lost = false;
    ck_assert_int_eq(add(&assembly, 5, 30, 10), ASF_PASSED);
    ck_assert(!assembly.lost);
    ck_assert_int_eq(add(&assembly, 6, 0, 1000), ASF_WHOLE);
    ck_assert(assembly.gap && !assembly.lost);
    asf_assembly_reset(&assembly);
}
END_TEST

START_TEST(assembly_backwards)
{
    struct asf_assembly assembly = {.backwards = true};

    ck_assert_int_eq(add(&assembly, 3, 0, 500), ASF_PASSED);
    ck_assert_int_eq(add(&assembly, 2, 900, 100), ASF_PART);
    ck_assert_int_eq(add(&assembly, 2, 300, 600), ASF_PART);
    ck_assert_int_eq(add(&assembly, 2, 0, 300), ASF_WHOLE);
    ck_assert(!memcmp(assembly.data, object_data, 1000));
    ck_assert_uint_eq(assembly.pieces[0], 300);
    ck_assert_int_eq(add(&assembly, 1, 0, 1000), ASF_WHOLE);
    ck_assert(!assembly.gap && !assembly.lost);
    asf_assembly_reset(&assembly);
    ck_assert(assembly.backwards);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("asf");
    Suite *suite = suite_create("mf_asf_packet");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, packet_there_and_back);
    tcase_add_test(tcase, packet_limits);
    tcase_add_test(tcase, packet_malformed);
    tcase_add_test(tcase, packet_length_types);
    tcase_add_test(tcase, assembly_forwards);
    tcase_add_test(tcase, assembly_backwards);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

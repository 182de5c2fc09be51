/*
 * ASF, the portable part: headers, packets, objects put together from payloads, indexes, and the choice of streams.
 * What is written is read again; what is malformed is refused.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "mf/asf_assembly.h"
#include "mf/asf_description.h"
#include "mf/asf_header.h"
#include "mf/asf_index.h"
#include "mf/asf_packet.h"
#include "mf/asf_selection.h"

#define PACKET_SIZE 400u

/* ---- Headers ----------------------------------------------------------------------------------------------------- */

static struct asf_bytes text_bytes(const char *text)
{
    return (struct asf_bytes){(const uint8_t *)text, strlen(text)};
}

static struct asf_stream *add_stream(struct asf_header *header, uint16_t number, const struct asf_guid *type)
{
    struct asf_stream *stream = asf_header_add_stream(header, number);

    ck_assert_ptr_nonnull(stream);
    stream->type = *type;
    stream->type_data = text_bytes("type-specific data");
    stream->defined = true;
    return stream;
}

/* A header with something of everything. */
static struct asf_header *sample_header(void)
{
    struct asf_header *header = asf_header_new();
    struct asf_payload_extension *extension;
    struct asf_mutex_record *record;
    struct asf_priority *priority;
    struct asf_stream *stream;
    struct asf_mutex *mutex;

    ck_assert_ptr_nonnull(header);
    header->file.packets = header->data_packets = 7;
    header->file.play_duration = 50000000;
    header->file.preroll = 3000;
    header->file.min_packet_size = header->file.max_packet_size = PACKET_SIZE;
    header->data_size = ASF_DATA_OBJECT_HEADER + 7 * PACKET_SIZE;
    add_stream(header, 1, &asf_audio_media);
    stream = add_stream(header, 2, &asf_video_media);
    stream->extended = stream->has_bitrate = stream->encrypted = true;
    stream->bitrate = 128000;
    stream->average = (struct asf_bucket){100000, 3000, 10};
    stream->time_per_frame = 400000;
    extension = asf_stream_add_extension(header, stream);
    extension->system = asf_reserved_1;
    extension->size = 2;
    extension->info = text_bytes("info");
    mutex = asf_header_add_mutex(header);
    mutex->type = asf_mutex_bitrate;
    asf_mutex_add_record(header, mutex, 1)->streams[0] = 1;
    asf_mutex_add_record(header, mutex, 1)->streams[0] = 2;
    mutex = asf_header_add_mutex(header);
    mutex->type = asf_mutex_language;
    record = asf_mutex_add_record(header, mutex, 2);
    record->streams[0] = 1;
    record->streams[1] = 2;
    priority = asf_header_add_priority(header);
    priority->stream = 2;
    priority->flags = 1;
    ck_assert(asf_header_add_object(header, &asf_codec_list_object, false, text_bytes("kept")));
    ck_assert(asf_header_add_object(header, &asf_metadata_object, true, text_bytes("kept, too")));
    return header;
}

static uint8_t *write_header(const struct asf_header *header, size_t padding, size_t *size)
{
    struct asf_writer out;
    uint8_t *data;

    asf_writer_init(&out, NULL, 0);
    asf_header_write(header, padding, &out);
    *size = out.size;
    ck_assert_ptr_nonnull(data = malloc(*size));
    asf_writer_init(&out, data, *size);
    asf_header_write(header, padding, &out);
    ck_assert_uint_eq(out.size, *size);
    return data;
}

START_TEST(header_there_and_back)
{
    struct asf_header *header = sample_header(), *read;
    const struct asf_stream *stream;
    size_t size, again_size;
    uint8_t *data = write_header(header, 100, &size), *again;
    uint64_t measured;

    ck_assert_int_eq(asf_header_measure(data, ASF_OBJECT_SIZE, &measured), ASF_OK);
    ck_assert_uint_eq(measured + ASF_DATA_OBJECT_HEADER, size);
    ck_assert_int_eq(asf_header_read(data, size, &read), ASF_OK);
    ck_assert_uint_eq(read->header_size, measured);
    ck_assert_uint_eq(read->file.preroll, 3000);
    ck_assert_uint_eq(read->data_packets, 7);
    ck_assert_uint_eq(read->data_size, header->data_size);
    ck_assert_ptr_nonnull(stream = asf_header_stream(read, 2));
    ck_assert(stream->encrypted && stream->extended && stream->has_bitrate);
    ck_assert_uint_eq(stream->average.window, 3000);
    ck_assert_uint_eq(stream->type_data.size, 18);
    ck_assert_uint_eq(stream->extensions->size, 2);
    ck_assert_uint_eq(stream->extensions->info.size, 4);
    /* Those in the header extension stand before the others. */
    ck_assert_uint_eq(read->mutexes->record_count, 1);
    ck_assert_uint_eq(read->mutexes->records->count, 2);
    ck_assert_uint_eq(read->mutexes->next->record_count, 2);
    ck_assert_uint_eq(read->priorities->stream, 2);
    ck_assert_ptr_nonnull(asf_header_object_of(read, &asf_metadata_object, NULL));
    again = write_header(read, 100, &again_size);
    ck_assert_uint_eq(again_size, size);
    free(again);
    asf_header_remove_objects(read, &asf_codec_list_object);
    ck_assert_ptr_null(asf_header_object_of(read, &asf_codec_list_object, NULL));
    asf_header_free(read);
    asf_header_free(header);
    free(data);
}
END_TEST

/* Every header that is cut off, and every one with one byte changed, is read or refused, but nothing else. */
START_TEST(header_malformed)
{
    struct asf_header *header = sample_header(), *read;
    size_t size;
    uint8_t *data = write_header(header, 0, &size), *exact;
    size_t object = size - ASF_DATA_OBJECT_HEADER;

    for (size_t i = 0; i < object; i++)
    {
        ck_assert_ptr_nonnull(exact = malloc(i ? i : 1));
        memcpy(exact, data, i);
        ck_assert_int_eq(asf_header_read(exact, i, &read), ASF_END);
        free(exact);
    }
    for (size_t i = 0; i < object; i++)
    {
        uint8_t kept = data[i];

        data[i] ^= 0xff;
        if (asf_header_read(data, size, &read) == ASF_OK) asf_header_free(read);
        data[i] = kept;
    }
    data[0] ^= 1;
    ck_assert_int_eq(asf_header_read(data, size, &read), ASF_INVALID);
    asf_header_free(header);
    free(data);
}
END_TEST

static enum asf_result read_again(const struct asf_header *header)
{
    struct asf_header *read = NULL;
    enum asf_result result;
    size_t size;
    uint8_t *data = write_header(header, 0, &size);

    result = asf_header_read(data, size, &read);
    asf_header_free(read);
    free(data);
    return result;
}

START_TEST(header_rules)
{
    struct asf_header *header = asf_header_new();
    uint64_t size;
    uint8_t large[ASF_OBJECT_SIZE];
    struct asf_writer out;

    ck_assert_int_eq(read_again(header), ASF_INVALID); /* no stream */
    add_stream(header, 1, &asf_audio_media);
    ck_assert_int_eq(read_again(header), ASF_OK);
    add_stream(header, 1, &asf_audio_media);
    ck_assert_int_eq(read_again(header), ASF_INVALID); /* twice */
    header->streams->next->number = 2;
    ck_assert_int_eq(read_again(header), ASF_OK);
    header->file.min_packet_size = 2;
    ck_assert_int_eq(read_again(header), ASF_INVALID);
    asf_header_free(header);
    asf_writer_init(&out, large, sizeof(large));
    asf_put_guid(&out, &asf_header_object);
    asf_put_u64(&out, ASF_MAX_HEADER + 1);
    ck_assert_int_eq(asf_header_measure(large, sizeof(large), &size), ASF_TOO_LARGE);
    ck_assert_int_eq(asf_header_measure(large, sizeof(large) - 1, &size), ASF_END);
}
END_TEST

/* ---- Descriptions ------------------------------------------------------------------------------------------------ */

static void put_wide(struct asf_writer *out, const char *text)
{
    for (; *text; text++)
        asf_put_u16(out, (uint8_t)*text);
}

static void check_wide(struct asf_reader *in, const char *text)
{
    ck_assert_uint_eq(asf_get_u32(in), 2 * strlen(text) + 2);
    for (; *text; text++)
        ck_assert_uint_eq(asf_get_u16(in), (uint8_t)*text);
    ck_assert_uint_eq(asf_get_u16(in), 0);
}

START_TEST(lists)
{
    uint8_t from[200], to[400];
    struct asf_writer in, out;
    struct asf_reader read;

    asf_writer_init(&in, from, sizeof(from));
    asf_put_guid(&in, &asf_reserved_2);
    asf_put_u32(&in, 1);
    asf_put_u16(&in, 2);
    asf_put_u16(&in, 3);
    put_wide(&in, "WMA");
    asf_put_u16(&in, 2); /* with its 0 */
    put_wide(&in, "x");
    asf_put_u16(&in, 0);
    asf_put_u16(&in, 2);
    asf_put_u16(&in, 0x161);
    asf_writer_init(&out, to, sizeof(to));
    ck_assert(asf_codec_list((struct asf_bytes){from, in.size}, &out));
    asf_reader_init(&read, to, out.size);
    ck_assert_uint_eq(asf_get_u32(&read), 1);
    ck_assert_uint_eq(asf_get_u32(&read), 2);
    check_wide(&read, "WMA");
    check_wide(&read, "x");
    ck_assert_uint_eq(asf_get_u32(&read), 2);
    ck_assert_uint_eq(asf_get_u16(&read), 0x161);
    ck_assert_uint_eq(asf_left(&read), 0);
    for (size_t i = 0; i < in.size; i++)
    {
        asf_writer_init(&out, to, sizeof(to));
        ck_assert(!asf_codec_list((struct asf_bytes){from, i}, &out));
    }
}
END_TEST

START_TEST(scripts_and_markers)
{
    uint8_t from[200], to[400];
    struct asf_writer in, out;
    struct asf_reader read;

    asf_writer_init(&in, from, sizeof(from));
    asf_put_guid(&in, &asf_reserved_2);
    asf_put_u16(&in, 1);
    asf_put_u16(&in, 2);
    asf_put_u16(&in, 3);
    put_wide(&in, "URL");
    asf_put_u16(&in, 4);
    put_wide(&in, "TEXT");
    asf_put_u32(&in, 1234);
    asf_put_u16(&in, 1);
    asf_put_u16(&in, 2);
    put_wide(&in, "hi");
    asf_writer_init(&out, to, sizeof(to));
    ck_assert(asf_script_list((struct asf_bytes){from, in.size}, &out));
    asf_reader_init(&read, to, out.size);
    ck_assert_uint_eq(asf_get_u32(&read), 1);
    check_wide(&read, "hi");
    check_wide(&read, "TEXT");
    ck_assert_uint_eq(asf_get_u32(&read), 1234);

    asf_writer_init(&in, from, sizeof(from));
    asf_put_guid(&in, &asf_reserved_2);
    asf_put_u32(&in, 1);
    asf_put_u16(&in, 0);
    asf_put_u16(&in, 0);
    asf_put_u64(&in, 99);
    asf_put_u64(&in, 77);
    asf_put_u16(&in, 0);
    asf_put_u32(&in, 55);
    asf_put_u32(&in, 0);
    asf_put_u32(&in, 1);
    put_wide(&in, "m");
    asf_writer_init(&out, to, sizeof(to));
    ck_assert(asf_marker_list((struct asf_bytes){from, in.size}, &out));
    asf_reader_init(&read, to, out.size);
    ck_assert_uint_eq(asf_get_u32(&read), 1);
    check_wide(&read, "m");
    ck_assert_uint_eq(asf_get_u64(&read), 77);
    ck_assert_uint_eq(asf_get_u64(&read), 55);
    ck_assert_uint_eq(asf_get_u64(&read), 99);

    asf_writer_init(&in, from, sizeof(from));
    asf_put_u16(&in, 1);
    asf_put_u8(&in, 12);
    put_wide(&in, "en-us");
    asf_put_u16(&in, 0);
    asf_writer_init(&out, to, sizeof(to));
    ck_assert(asf_language_list((struct asf_bytes){from, in.size}, &out));
    asf_reader_init(&read, to, out.size);
    ck_assert_uint_eq(asf_get_u32(&read), 1);
    check_wide(&read, "en-us");
}
END_TEST

START_TEST(descriptions)
{
    struct asf_header *header = asf_header_new();
    struct asf_value value;
    struct asf_writer out;
    uint8_t content[100];
    uint64_t number;

    asf_writer_init(&out, content, sizeof(content));
    asf_put_u16(&out, 1);
    asf_put_u16(&out, 12);
    put_wide(&out, "IsVBR");
    asf_put_u16(&out, 0);
    asf_put_u16(&out, ASF_VALUE_BOOL);
    asf_put_u16(&out, 4);
    asf_put_u32(&out, 1);
    ck_assert(asf_header_add_object(header, &asf_extended_content_description_object, false,
                                    (struct asf_bytes){content, out.size}));
    ck_assert(asf_find_description(header, 0, "IsVBR", &value));
    ck_assert(asf_value_number(&value, &number));
    ck_assert_uint_eq(number, 1);
    ck_assert(!asf_find_description(header, 1, "IsVBR", &value));
    asf_writer_init(&out, content, sizeof(content));
    asf_put_u16(&out, 1);
    asf_put_u16(&out, 0);
    asf_put_u16(&out, 3);
    asf_put_u16(&out, 4);
    asf_put_u16(&out, ASF_VALUE_TEXT);
    asf_put_u32(&out, 2);
    put_wide(&out, "DC");
    put_wide(&out, "L");
    ck_assert(asf_header_add_object(header, &asf_metadata_object, true, (struct asf_bytes){content, out.size}));
    ck_assert(asf_find_description(header, 3, "DC", &value));
    ck_assert_uint_eq(value.bytes.size, 2);
    ck_assert(!asf_value_number(&value, &number));
    ck_assert(!asf_find_description(header, 3, "D", &value));
    asf_header_free(header);
}
END_TEST

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
                                .extension = text_bytes("ab"),
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

/* ---- Indexes ----------------------------------------------------------------------------------------------------- */

START_TEST(index_entries)
{
    struct asf_index index = {0};
    struct asf_stream_index *stream = asf_index_add_stream(&index, 2, 1000);
    uint64_t offset, at;

    ck_assert(asf_index_note(stream, 300, 0));
    ck_assert(asf_index_note(stream, 700, 400));
    ck_assert(asf_index_note(stream, 3000, 800));
    ck_assert(asf_index_note(stream, 2500, 900)); /* not later: passed over */
    ck_assert(asf_index_extend(stream, 5500));
    ck_assert_uint_eq(stream->count, 6);
    ck_assert_int_eq(asf_index_find(stream, 999, false, &offset, &at), ASF_OK);
    ck_assert_uint_eq(offset, 0);
    ck_assert_int_eq(asf_index_find(stream, 2999, false, &offset, &at), ASF_OK);
    ck_assert_uint_eq(offset, 400);
    ck_assert_uint_eq(at, 2000);
    ck_assert_int_eq(asf_index_find(stream, 5999, false, &offset, &at), ASF_OK);
    ck_assert_uint_eq(offset, 800);
    ck_assert_int_eq(asf_index_find(stream, 6000, false, &offset, &at), ASF_END);
    ck_assert_int_eq(asf_index_find(stream, 1500, true, &offset, &at), ASF_OK);
    ck_assert_uint_eq(offset, 800);
    ck_assert_int_eq(asf_index_find(stream, 3500, true, &offset, &at), ASF_OK);
    ck_assert_uint_eq(offset, ASF_NO_OFFSET);
    asf_index_free(&index);
}
END_TEST

START_TEST(index_there_and_back)
{
    struct asf_index index = {0}, read;
    struct asf_stream_index *stream;
    const uint16_t video[] = {2};
    struct asf_writer out;
    uint8_t data[1000];

    stream = asf_index_add_stream(&index, 1, 10000000);
    for (uint64_t i = 0; i < 5; i++)
        ck_assert(asf_index_note(stream, i * 10000000, i * 3000000000u)); /* more than 32 bits: several blocks */
    stream = asf_index_add_stream(&index, 2, 10000000);
    ck_assert(asf_index_note(stream, 0, 400));
    asf_writer_init(&out, data, sizeof(data));
    asf_index_write_simple(asf_index_stream(&index, 2), &asf_reserved_1, 400, &out);
    asf_index_write(&index, &out);
    ck_assert_uint_lt(out.size, sizeof(data));
    ck_assert_int_eq(asf_index_read(data, out.size, video, 1, 400, &read), ASF_OK);
    ck_assert_uint_eq(read.count, 2);
    stream = asf_index_stream(&read, 1);
    ck_assert_uint_eq(stream->count, 5);
    for (uint64_t i = 0; i < 5; i++)
        ck_assert_uint_eq(stream->entries[i], i * 3000000000u);
    asf_index_free(&read);
    for (size_t i = 0; i < out.size; i++)
    {
        data[i] ^= 0xff;
        if (asf_index_read(data, out.size, video, 1, 400, &read) == ASF_OK) asf_index_free(&read);
        data[i] ^= 0xff;
        if (asf_index_read(data, i, video, 1, 400, &read) == ASF_OK) asf_index_free(&read);
    }
    asf_writer_init(&out, data, sizeof(data));
    asf_index_write_simple(asf_index_stream(&index, 2), &asf_reserved_1, 400, &out);
    ck_assert_int_eq(asf_index_read(data, out.size, video, 1, 400, &read), ASF_OK);
    ck_assert_uint_eq(asf_index_stream(&read, 2)->entries[0], 400);
    asf_index_free(&read);
    asf_index_free(&index);
}
END_TEST

/* ---- Streams to read --------------------------------------------------------------------------------------------- */

static void none(struct asf_exclusion *exclusion)
{
    memset(exclusion->records, 0xff, sizeof(exclusion->records));
    exclusion->selected = ASF_NO_RECORD;
}

START_TEST(streams_to_read)
{
    struct asf_selection *selection = calloc(1, sizeof(*selection));
    struct asf_exclusion exclusions[1];

    ck_assert_ptr_nonnull(selection);
    none(&exclusions[0]);
    exclusions[0].by_bitrate = true;
    selection->stream_count = 4;
    selection->exclusion_count = 1;
    selection->exclusions = exclusions;
    selection->thinning = true;
    selection->streams[0] = (struct asf_selectable){.number = 1, .bitrate = 64000};
    selection->streams[1] = (struct asf_selectable){.number = 2, .bitrate = 100000, .video = true};
    selection->streams[2] = (struct asf_selectable){.number = 3, .bitrate = 300000, .video = true};
    selection->streams[3] = (struct asf_selectable){.number = 4, .bitrate = 200000, .video = true};
    for (unsigned i = 1; i < 4; i++)
        exclusions[0].records[i] = (uint16_t)(i - 1);
    asf_selection_connect(selection);
    ck_assert_uint_eq(selection->output_count, 2);
    ck_assert_uint_eq(selection->streams[3].output, selection->streams[1].output);
    ck_assert(asf_selection_concerns(selection, 0, 1) && !asf_selection_concerns(selection, 0, 0));
    asf_selection_make_steps(selection);
    ck_assert_uint_eq(selection->step_count, 4);
    ck_assert_uint_eq(selection->steps[0].bitrate, 64000);
    ck_assert_uint_eq(selection->steps[0].selected[1], ASF_CLEAN_POINTS_ONLY);
    ck_assert_uint_eq(selection->steps[1].bitrate, 164000);
    ck_assert_uint_eq(selection->steps[2].bitrate, 264000);
    ck_assert_uint_eq(selection->steps[2].selected[3], ASF_ALL_DATA);
    ck_assert_uint_eq(selection->steps[2].selected[1], ASF_NOT_SELECTED);
    ck_assert_uint_eq(selection->steps[3].bitrate, 364000);
    ck_assert_uint_eq(asf_selection_step(selection, 0), 0);
    ck_assert_uint_eq(asf_selection_step(selection, 270000), 2);
    ck_assert_uint_eq(asf_selection_step(selection, UINT32_MAX), 3);
    exclusions[0].selected = 1;
    selection->thinning = false;
    asf_selection_make_steps(selection);
    ck_assert_uint_eq(selection->step_count, 1);
    ck_assert_uint_eq(selection->steps[0].bitrate, 364000);
    selection->overrides[0] = ASF_NOT_SELECTED;
    asf_selection_make_steps(selection);
    ck_assert_uint_eq(selection->steps[0].bitrate, 300000);
    free(selection);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("asf");
    Suite *suite = suite_create("mf_asf");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, header_there_and_back);
    tcase_add_test(tcase, header_malformed);
    tcase_add_test(tcase, header_rules);
    tcase_add_test(tcase, lists);
    tcase_add_test(tcase, scripts_and_markers);
    tcase_add_test(tcase, descriptions);
    tcase_add_test(tcase, packet_there_and_back);
    tcase_add_test(tcase, packet_limits);
    tcase_add_test(tcase, packet_malformed);
    tcase_add_test(tcase, packet_length_types);
    tcase_add_test(tcase, assembly_forwards);
    tcase_add_test(tcase, assembly_backwards);
    tcase_add_test(tcase, index_entries);
    tcase_add_test(tcase, index_there_and_back);
    tcase_add_test(tcase, streams_to_read);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

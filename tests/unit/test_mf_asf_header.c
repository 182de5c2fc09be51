/*
 * ASF headers and the descriptions in them, the portable part. What is written is read again; what is malformed is
 * refused.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "mf/asf_description.h"
#include "mf/asf_header.h"

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

int main(void)
{
    TCase *tcase = tcase_create("asf");
    Suite *suite = suite_create("mf_asf_header");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, header_there_and_back);
    tcase_add_test(tcase, header_malformed);
    tcase_add_test(tcase, header_rules);
    tcase_add_test(tcase, lists);
    tcase_add_test(tcase, scripts_and_markers);
    tcase_add_test(tcase, descriptions);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

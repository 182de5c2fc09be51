/* The protocol between DLLs and corkd: values, frames, and the endpoint file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/host_protocol.h"
#include "test_framework.h"

static const uint16_t wide_text[] = {'M', 0xe9, 0xd83d, 0xde00, 0xd800, 0}; /* with an unpaired surrogate */

static void put_everything(struct host_encoder *encoder)
{
    host_put_u8(encoder, 0xfe);
    host_put_u16(encoder, 0xfedc);
    host_put_u32(encoder, 0xfedcba98u);
    host_put_u64(encoder, 0xfedcba9876543210u);
    host_put_i32(encoder, -2);
    host_put_i64(encoder, -3);
    host_put_bool(encoder, true);
    host_put_bytes(encoder, "\0a", 2);
    host_put_bytes(encoder, NULL, 0);
    host_put_utf8(encoder, "caf\xc3\xa9 \xf0\x9f\x98\x80");
    host_put_utf8(encoder, "");
    host_put_utf8(encoder, NULL);
    host_put_utf16(encoder, wide_text);
    host_put_utf16(encoder, wide_text + 5);
    host_put_utf16(encoder, NULL);
    host_put_guid(encoder, "0123456789abcdef");
    host_put_guid(encoder, NULL);
    host_put_list(encoder, 2);
    host_put_u32(encoder, 1);
    host_put_u32(encoder, 2);
}

static void get_numbers(struct host_decoder *decoder)
{
    require(host_get_u8(decoder) == 0xfe);
    require(host_get_u16(decoder) == 0xfedc);
    require(host_get_u32(decoder) == 0xfedcba98u);
    require(host_get_u64(decoder) == 0xfedcba9876543210u);
    require(host_get_i32(decoder) == -2);
    require(host_get_i64(decoder) == -3);
    require(host_get_bool(decoder));
}

static void get_texts(struct host_decoder *decoder)
{
    uint16_t *wide, buffer[6];
    const uint8_t *bytes;
    size_t size;

    bytes = host_get_bytes(decoder, &size);
    require(size == 2 && !memcmp(bytes, "\0a", 2));
    bytes = host_get_bytes(decoder, &size);
    require(size == 0 && bytes);
    require(!strcmp(host_get_utf8(decoder), "caf\xc3\xa9 \xf0\x9f\x98\x80"));
    require(!strcmp(host_get_utf8(decoder), ""));
    require(!host_get_utf8(decoder));
    require(host_get_utf16_into(decoder, buffer, 6));
    require(!memcmp(buffer, wide_text, sizeof(wide_text)));
    wide = host_get_utf16(decoder);
    require(wide && !wide[0]);
    free(wide);
    require(!host_get_utf16(decoder));
}

START_TEST(values_come_back)
{
    struct host_encoder encoder;
    struct host_decoder decoder;
    uint8_t guid[16];

    host_encoder_init(&encoder);
    put_everything(&encoder);
    require(encoder.error == HOST_OK);
    host_decoder_init(&decoder, encoder.data, encoder.size);
    get_numbers(&decoder);
    get_texts(&decoder);
    host_get_guid(&decoder, guid);
    require(!memcmp(guid, "0123456789abcdef", 16));
    host_get_guid(&decoder, guid);
    require(!memcmp(guid, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16));
    require(host_get_list(&decoder, 4) == 2 && host_get_u32(&decoder) == 1 && host_get_u32(&decoder) == 2);
    require(host_decoder_finish(&decoder, false) == HOST_OK);
    host_encoder_free(&encoder);
}
END_TEST

/* Every shorter payload is an error at its end and nothing but zeros from there on. */
START_TEST(every_cut_is_an_error)
{
    struct host_encoder encoder;

    host_encoder_init(&encoder);
    put_everything(&encoder);
    for (size_t size = 0; size < encoder.size; size++)
    {
        uint8_t *exact = malloc(size ? size : 1), guid[16];
        struct host_decoder decoder;
        size_t length;

        require(exact);
        memcpy(exact, encoder.data, size);
        host_decoder_init(&decoder, exact, size);
        host_get_u8(&decoder), host_get_u16(&decoder), host_get_u32(&decoder), host_get_u64(&decoder);
        host_get_i32(&decoder), host_get_i64(&decoder), host_get_bool(&decoder);
        host_get_bytes(&decoder, &length), host_get_bytes(&decoder, &length);
        host_get_utf8(&decoder), host_get_utf8(&decoder), host_get_utf8(&decoder);
        for (int i = 0; i < 3; i++)
            free(host_get_utf16(&decoder));
        host_get_guid(&decoder, guid), host_get_guid(&decoder, guid);
        host_get_list(&decoder, 4), host_get_u32(&decoder);
        require(host_get_u32(&decoder) == 0);
        require(host_decoder_finish(&decoder, true) == HOST_MALFORMED);
        require(host_get_u8(&decoder) == 0 && !host_get_utf8(&decoder) && !host_get_bytes(&decoder, &length) &&
                !length);
        free(exact);
    }
    host_encoder_free(&encoder);
}
END_TEST

static enum host_error utf8_error(const char *bytes, size_t size)
{
    struct host_encoder encoder;
    struct host_decoder decoder;
    enum host_error error;

    host_encoder_init(&encoder);
    host_put_bytes(&encoder, bytes, size);
    host_decoder_init(&decoder, encoder.data, encoder.size);
    require(!host_get_utf8(&decoder) == (decoder.error != HOST_OK));
    error = decoder.error;
    host_encoder_free(&encoder);
    return error;
}

/* RFC 3629, section 4; and no 0 inside, one at the end. */
START_TEST(wrong_text_is_refused)
{
    struct host_encoder encoder;
    struct host_decoder decoder;

    require(utf8_error("abc\0", 4) == HOST_OK);
    require(utf8_error("abc", 3) == HOST_MALFORMED);
    require(utf8_error("a\0b\0", 4) == HOST_MALFORMED);
    require(utf8_error("", 0) == HOST_MALFORMED);
    require(utf8_error("\xc0\x80\0", 3) == HOST_MALFORMED);
    require(utf8_error("\xe0\x80\x80\0", 4) == HOST_MALFORMED);
    require(utf8_error("\xed\xa0\x80\0", 4) == HOST_MALFORMED);
    require(utf8_error("\xf4\x90\x80\x80\0", 5) == HOST_MALFORMED);
    require(utf8_error("\xc3\0", 2) == HOST_MALFORMED);
    require(utf8_error("\xf4\x8f\xbf\xbf\0", 5) == HOST_OK);

    host_encoder_init(&encoder);
    host_put_utf8(&encoder, "\x80");
    require(encoder.error == HOST_MALFORMED);
    host_encoder_free(&encoder);
    host_put_bytes(&encoder, "a\0b", 3); /* UTF-16 of an odd length */
    host_decoder_init(&decoder, encoder.data, encoder.size);
    require(!host_get_utf16(&decoder) && decoder.error == HOST_MALFORMED);
    host_encoder_free(&encoder);
    host_put_bytes(&encoder, "a\0\0\0", 4); /* with a 0 inside */
    host_decoder_init(&decoder, encoder.data, encoder.size);
    require(!host_get_utf16(&decoder) && decoder.error == HOST_MALFORMED);
    host_encoder_free(&encoder);
}
END_TEST

START_TEST(many_guids)
{
    static const char bytes[] = "0123456789abcdefABCDEFGHIJKLMNOPx";
    struct host_decoder decoder;
    char guids[32] = "as it was";

    host_decoder_init(&decoder, bytes, 33);
    host_get_guids(&decoder, guids, 2);
    require(!memcmp(guids, bytes, 32) && host_get_u8(&decoder) == 'x');
    require(host_decoder_finish(&decoder, false) == HOST_OK);
    host_get_guids(&decoder, NULL, 0);
    require(!decoder.error);
    strcpy(guids, "as it was");
    host_decoder_init(&decoder, bytes, 31);
    host_get_guids(&decoder, guids, 2);
    require(decoder.error == HOST_MALFORMED && !strcmp(guids, "as it was"));
    host_decoder_init(&decoder, bytes, 32);
    host_get_guids(&decoder, guids, 0x10000001u);
    require(decoder.error == HOST_MALFORMED && !strcmp(guids, "as it was"));
}
END_TEST

START_TEST(numbers_out_of_range)
{
    struct host_encoder encoder;
    struct host_decoder decoder;
    uint16_t buffer[4] = {1, 1, 1, 1};

    host_decoder_init(&decoder, "\2", 1);
    require(!host_get_bool(&decoder) && decoder.error == HOST_MALFORMED);
    /* A list of more elements than there can be. */
    host_decoder_init(&decoder, "\3\0\0\0abcdefgh", 12);
    require(host_get_list(&decoder, 4) == 0 && decoder.error == HOST_MALFORMED);
    host_decoder_init(&decoder, "\2\0\0\0abcdefgh", 12);
    require(host_get_list(&decoder, 4) == 2 && decoder.error == HOST_OK);
    require(host_decoder_finish(&decoder, true) == HOST_OK);
    require(host_decoder_finish(&decoder, false) == HOST_MALFORMED);
    host_decoder_init(&decoder, "\xff\xff\xff\xff", 4);
    require(host_get_list(&decoder, 1) == 0 && decoder.error == HOST_MALFORMED);
    /* A buffer that is too small stays terminated. */
    host_encoder_init(&encoder);
    host_put_utf16(&encoder, u"abcd");
    host_decoder_init(&decoder, encoder.data, encoder.size);
    require(!host_get_utf16_into(&decoder, buffer, 4) && decoder.error == HOST_TOO_LARGE && buffer[0] == 0);
    host_encoder_free(&encoder);
    host_decoder_init(&decoder, NULL, 5);
    require(host_get_u8(&decoder) == 0 && decoder.error == HOST_MALFORMED);
}
END_TEST

/* The first error stays, and nothing is written after it. */
START_TEST(limits_of_writing)
{
    struct host_encoder encoder;
    char *large = malloc(HOST_STRING_MAX + 2);
    size_t size;

    require(large);
    memset(large, 'x', HOST_STRING_MAX + 1);
    large[HOST_STRING_MAX + 1] = 0;
    host_encoder_init(&encoder);
    host_put_bytes(&encoder, large, HOST_STRING_MAX);
    require(encoder.error == HOST_OK);
    size = encoder.size;
    host_put_utf8(&encoder, large);
    require(encoder.error == HOST_TOO_LARGE && encoder.size == size);
    host_put_u32(&encoder, 1);
    require(encoder.size == size && host_frame_end(&encoder) == HOST_TOO_LARGE);
    host_encoder_free(&encoder);
    host_put_list(&encoder, HOST_LIST_MAX + 1);
    require(encoder.error == HOST_TOO_LARGE);
    host_encoder_free(&encoder);
    host_frame_begin(&encoder, HOST_REQUEST, "too long a name", 1, 1);
    require(host_frame_end(&encoder) == HOST_TOO_LARGE);
    host_encoder_free(&encoder);
    host_frame_begin(&encoder, HOST_REPLY, "rsm", 1, 1);
    for (int i = 0; i < 9; i++)
        host_put_bytes(&encoder, large, HOST_STRING_MAX);
    require(host_frame_end(&encoder) == HOST_TOO_LARGE);
    host_encoder_free(&encoder);
    free(large);
}
END_TEST

/* ---- Frames ---- */

static void feed(struct host_reader *reader, const uint8_t *data, size_t size)
{
    while (size)
    {
        size_t room, part;
        uint8_t *to = host_reader_room(reader, &room);

        require(to);
        part = size < room ? size : room;
        memcpy(to, data, part);
        host_reader_added(reader, part);
        data += part;
        size -= part;
    }
}

static void make_frame(struct host_encoder *frame, uint64_t number, size_t size)
{
    host_encoder_init(frame);
    host_frame_begin(frame, HOST_REQUEST, "12345678", number, 77);
    for (size_t i = 0; i < size; i++)
        host_put_u8(frame, (uint8_t)(i + number));
    require(host_frame_end(frame) == HOST_OK);
}

/* Frames of many sizes, in pieces of many sizes. */
START_TEST(frames_in_pieces)
{
    for (size_t piece = 1; piece < 3000; piece = piece * 3 + 1)
    {
        struct host_reader reader;
        uint64_t next = 1;

        host_reader_init(&reader, 5000);
        for (uint64_t number = 1; number <= 12; number++)
        {
            struct host_encoder frame;
            struct host_header header;
            const uint8_t *payload;
            size_t length = (size_t)number * number * 30;

            make_frame(&frame, number, length);
            for (size_t at = 0; at < frame.size; at += piece)
            {
                feed(&reader, frame.data + at, frame.size - at < piece ? frame.size - at : piece);
                while (host_reader_next(&reader, &header, &payload))
                {
                    require(header.number == next++ && header.kind == HOST_REQUEST && header.code == 77);
                    require(!strcmp(header.service, "12345678") && header.length == length);
                    for (size_t i = 0; i < length; i++)
                        require(payload[i] == (uint8_t)(i + number));
                    host_reader_drop(&reader, &header);
                }
            }
            host_encoder_free(&frame);
        }
        require(next == 13 && reader.error == HOST_OK && reader.size == 0);
        host_reader_free(&reader);
    }
}
END_TEST

static enum host_error error_of(size_t at, uint8_t value, size_t size)
{
    struct host_encoder frame;
    struct host_reader reader;
    struct host_header header;
    const uint8_t *payload;
    enum host_error error;
    size_t room;

    make_frame(&frame, 1, 10);
    frame.data[at] = value;
    host_reader_init(&reader, 100);
    feed(&reader, frame.data, size);
    require(!host_reader_next(&reader, &header, &payload));
    error = reader.error;
    require(!error || (!host_reader_room(&reader, &room) && !host_reader_next(&reader, &header, &payload)));
    host_reader_free(&reader);
    host_encoder_free(&frame);
    return error;
}

START_TEST(wrong_frames)
{
    char text[HOST_MESSAGE_SIZE], ours[32];

    require(error_of(0, 'X', 7) == HOST_OK); /* too early to say */
    require(error_of(0, 'X', 8) == HOST_MALFORMED);
    require(error_of(4, 2, 8) == HOST_VERSION);
    require(error_of(8, 101, 12) == HOST_TOO_LARGE);
    require(error_of(11, 0x80, HOST_HEADER_SIZE) == HOST_TOO_LARGE);
    require(error_of(12, 0, HOST_HEADER_SIZE) == HOST_MALFORMED);
    require(error_of(12, HOST_REFUSAL + 1, HOST_HEADER_SIZE) == HOST_MALFORMED);
    require(error_of(14, 1, HOST_HEADER_SIZE) == HOST_MALFORMED);
    require(error_of(6, 9, HOST_HEADER_SIZE) == HOST_OK); /* a later minor version */
    host_version_message(text, "corkd", 2, 3);
    snprintf(ours, sizeof(ours), "this side version %d.%d", HOST_PROTOCOL_MAJOR, HOST_PROTOCOL_MINOR);
    require(strstr(text, "corkd speaks version 2.3") && strstr(text, ours));
    for (int i = 0; i < 20; i++)
        require(host_error_text((enum host_error)i)[0] && host_refusal_text((uint32_t)i)[0]);
}
END_TEST

/* A large frame is given away where it lies, in memory of its own size; a small one, and one that others have come
 * behind, is not. */
START_TEST(large_frames_are_taken)
{
    static const size_t lengths[] = {0, 100, 65536, 70000, 1000000, 1600000};
    struct host_header header;
    struct host_reader reader;
    const uint8_t *payload;
    uint8_t *whole;

    host_reader_init(&reader, HOST_PAYLOAD_MAX);
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++)
    {
        struct host_encoder frame;

        make_frame(&frame, i + 1, lengths[i]);
        feed(&reader, frame.data, frame.size);
        require(host_reader_next(&reader, &header, &payload) && header.length == lengths[i]);
        whole = host_reader_take(&reader, &header);
        require((whole != NULL) == (lengths[i] >= 65536));
        require(!whole || (payload == whole + HOST_HEADER_SIZE && !memcmp(whole, frame.data, frame.size)));
        require(!whole || (!reader.size && !reader.capacity));
        free(whole);
        if (!whole) host_reader_drop(&reader, &header);
        host_encoder_free(&frame);
    }
    host_reader_free(&reader);
}
END_TEST

START_TEST(taken_alone)
{
    struct host_encoder frame, small;
    struct host_header header;
    struct host_reader reader;
    const uint8_t *payload;

    make_frame(&frame, 1, 70000);
    make_frame(&small, 2, 3);
    host_reader_init(&reader, HOST_PAYLOAD_MAX);
    feed(&reader, small.data, small.size);
    feed(&reader, frame.data, frame.size);
    require(host_reader_next(&reader, &header, &payload) && header.number == 2);
    require(!host_reader_take(&reader, &header));
    host_reader_drop(&reader, &header);
    feed(&reader, small.data, small.size);
    require(host_reader_next(&reader, &header, &payload) && header.number == 1);
    require(!host_reader_take(&reader, &header));
    host_reader_drop(&reader, &header);
    require(host_reader_next(&reader, &header, &payload) && header.number == 2);
    host_reader_drop(&reader, &header);
    require(!reader.size);
    host_reader_free(&reader);
    host_encoder_free(&frame);
    host_encoder_free(&small);
}
END_TEST

/* Sent one behind the other they are one frame; the length and the errors are those of both. */
START_TEST(frame_in_two_parts)
{
    struct host_encoder frame, rest, whole;

    host_encoder_init(&whole);
    host_frame_begin(&whole, HOST_REPLY, "rsm", 5, 6);
    host_put_utf8(&whole, "text");
    require(host_frame_end(&whole) == HOST_OK);
    host_encoder_init(&rest);
    host_put_utf8(&rest, "text");
    host_encoder_init(&frame);
    host_frame_begin(&frame, HOST_REPLY, "rsm", 5, 6);
    require(host_frame_end_with(&frame, &rest) == HOST_OK && frame.size == HOST_HEADER_SIZE);
    require(frame.size + rest.size == whole.size && !memcmp(frame.data, whole.data, frame.size) &&
            !memcmp(rest.data, whole.data + frame.size, rest.size));
    host_put_utf8(&rest, "\xff");
    require(host_frame_end_with(&frame, &rest) == HOST_MALFORMED);
    host_encoder_free(&rest);
    host_encoder_free(&frame);
    host_frame_begin(&frame, HOST_REPLY, "rsm", 5, 6);
    while (rest.size <= HOST_PAYLOAD_MAX - 16)
        host_put_guid(&rest, NULL);
    require(host_frame_end_with(&frame, &rest) == HOST_OK);
    host_put_u8(&rest, 0);
    require(host_frame_end_with(&frame, &rest) == HOST_TOO_LARGE);
    host_encoder_free(&rest);
    host_encoder_free(&frame);
    host_encoder_free(&whole);
}
END_TEST

/* A claimed length costs no memory before its bytes come, and a multiple of what has come then. */
START_TEST(claims_cost_nothing)
{
    struct host_encoder frame;
    struct host_reader reader;
    struct host_header header;
    const uint8_t *payload;

    make_frame(&frame, 1, 0);
    memcpy(frame.data + 8, "\0\0\x7f\0", 4);
    host_reader_init(&reader, HOST_PAYLOAD_MAX);
    feed(&reader, frame.data, frame.size);
    require(!host_reader_next(&reader, &header, &payload) && reader.error == HOST_OK);
    require(reader.capacity <= 512);
    for (size_t size = frame.size; size < 100000; size++)
    {
        feed(&reader, (const uint8_t *)"x", 1);
        require(reader.capacity <= (size < 512 ? 512 : 16 * size));
    }
    host_reader_free(&reader);
    host_encoder_free(&frame);
}
END_TEST

/* ---- The endpoint file ---- */

START_TEST(endpoint_text)
{
    struct host_endpoint endpoint = {1, 65535, 4294967295u, {0}}, again;
    char text[HOST_ENDPOINT_SIZE], changed[HOST_ENDPOINT_SIZE];
    size_t size;

    for (size_t i = 0; i < HOST_TOKEN_SIZE; i++)
        endpoint.token[i] = (uint8_t)(i * 9);
    endpoint.major = 65535;
    size = host_endpoint_format(&endpoint, text);
    require(size < sizeof(text) && text[size] == 0 && text[size - 1] == '\n');
    require(host_endpoint_parse(text, size, &again) && !memcmp(&endpoint, &again, sizeof(again)));
    for (size_t i = 0; i < size; i++)
        require(!host_endpoint_parse(text, i, &again));
    /* Any one character that is another kind of character makes it no endpoint. */
    for (size_t i = 0; i < size; i++)
    {
        memcpy(changed, text, size);
        changed[i] = 'G';
        require(!host_endpoint_parse(changed, size, &again));
    }
    require(!host_endpoint_parse("corkd 1 0 1 ", 12, &again));
}
END_TEST

START_TEST(tokens)
{
    uint8_t a[HOST_TOKEN_SIZE] = {0}, b[HOST_TOKEN_SIZE] = {0};

    require(host_token_equal(a, b));
    for (size_t i = 0; i < HOST_TOKEN_SIZE; i++)
        for (int bit = 0; bit < 8; bit++)
        {
            b[i] ^= (uint8_t)(1u << bit);
            require(!host_token_equal(a, b));
            b[i] ^= (uint8_t)(1u << bit);
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("host protocol");
    TCase *tests = tcase_create("all");
    SRunner *runner;
    int failed;

    tcase_add_test(tests, values_come_back);
    tcase_add_test(tests, every_cut_is_an_error);
    tcase_add_test(tests, wrong_text_is_refused);
    tcase_add_test(tests, numbers_out_of_range);
    tcase_add_test(tests, many_guids);
    tcase_add_test(tests, limits_of_writing);
    tcase_add_test(tests, frames_in_pieces);
    tcase_add_test(tests, wrong_frames);
    tcase_add_test(tests, large_frames_are_taken);
    tcase_add_test(tests, taken_alone);
    tcase_add_test(tests, frame_in_two_parts);
    tcase_add_test(tests, claims_cost_nothing);
    tcase_add_test(tests, endpoint_text);
    tcase_add_test(tests, tokens);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

/* ASF indexes and the choice of the streams to read, the portable part. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "mf/asf_index.h"
#include "mf/asf_selection.h"

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
    Suite *suite = suite_create("mf_asf_index");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, index_entries);
    tcase_add_test(tcase, index_there_and_back);
    tcase_add_test(tcase, streams_to_read);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

/* Index objects of a file, read and written. See asf_index.h. */
#include "mf/asf_index.h"

#include <stdlib.h>
#include <string.h>

#define UNITS_A_MS    10000u
#define INVALID_ENTRY 0xffffffffu
#define CLEAN_POINT   3u /* type of an index: the nearest past clean point (6.2) */
#define MAX_STREAMS   127u

static bool set_room(struct asf_stream_index *index, uint64_t count)
{
    index->room = (uint32_t)count;
    return !count || (index->entries = malloc((size_t)count * sizeof(*index->entries)));
}

static enum asf_result read_simple(struct asf_bytes content, uint16_t stream, uint32_t packet_size,
                                   struct asf_index *index)
{
    struct asf_stream_index *result;
    uint64_t interval;
    struct asf_reader in;
    uint32_t count;

    asf_reader_init(&in, content.data, content.size);
    asf_get_guid(&in);
    interval = asf_get_u64(&in);
    asf_get_u32(&in);
    count = asf_get_u32(&in);
    if (in.failed || !interval || asf_left(&in) / 6 < count) return ASF_INVALID;
    if (!(result = asf_index_add_stream(index, stream, interval)) || !set_room(result, count)) return ASF_NO_MEMORY;
    for (; result->count < count; result->count++)
    {
        result->entries[result->count] = (uint64_t)asf_get_u32(&in) * packet_size;
        asf_get_u16(&in);
    }
    return ASF_OK;
}

/* An Index Object's specifiers: which column of its blocks is which stream's. */
struct columns
{
    unsigned count;
    uint16_t streams[MAX_STREAMS];
    bool used[MAX_STREAMS];
};

/* Of several indexes of one stream the one of clean points is best, then the first. */
static enum asf_result read_specifiers(struct asf_reader *in, struct columns *columns)
{
    unsigned types[MAX_STREAMS];

    for (unsigned i = 0; i < columns->count; i++)
    {
        columns->streams[i] = asf_get_u16(in) & MAX_STREAMS;
        types[i] = asf_get_u16(in);
        columns->used[i] = true;
        for (unsigned j = 0; j < i; j++)
        {
            if (columns->streams[j] != columns->streams[i] || !columns->used[j]) continue;
            columns->used[i] = types[i] == CLEAN_POINT && types[j] != CLEAN_POINT;
            columns->used[j] = !columns->used[i];
        }
    }
    return in->failed ? ASF_INVALID : ASF_OK;
}

/* The entries of a block: a row a time, a column a specifier. */
static enum asf_result read_block(struct asf_reader *in, const struct columns *columns, struct asf_index *index)
{
    uint64_t positions[MAX_STREAMS];
    uint32_t rows = asf_get_u32(in);

    for (unsigned i = 0; i < columns->count; i++)
        positions[i] = asf_get_u64(in);
    if (in->failed || asf_left(in) / 4 / columns->count < rows) return ASF_INVALID;
    while (rows--)
        for (unsigned i = 0; i < columns->count; i++)
        {
            struct asf_stream_index *stream = asf_index_stream(index, columns->streams[i]);
            uint32_t entry = asf_get_u32(in);

            if (!columns->used[i] || stream->count == stream->room) continue;
            stream->entries[stream->count++] = entry == INVALID_ENTRY ? ASF_NO_OFFSET : positions[i] + entry;
        }
    return ASF_OK;
}

static enum asf_result read_index(struct asf_bytes content, struct asf_index *index)
{
    struct columns columns;
    struct asf_stream_index *stream;
    struct asf_reader in;
    enum asf_result result = ASF_OK;
    uint32_t interval, blocks;

    asf_reader_init(&in, content.data, content.size);
    interval = asf_get_u32(&in);
    columns.count = asf_get_u16(&in);
    blocks = asf_get_u32(&in);
    if (in.failed || !interval || !columns.count || columns.count > MAX_STREAMS) return ASF_INVALID;
    if (read_specifiers(&in, &columns)) return ASF_INVALID;
    for (unsigned i = 0; i < columns.count; i++)
    {
        if (!columns.used[i]) continue;
        if (asf_index_stream(index, columns.streams[i])) return ASF_INVALID;
        stream = asf_index_add_stream(index, columns.streams[i], (uint64_t)interval * UNITS_A_MS);
        /* No more entries than that can follow. */
        if (!stream || !set_room(stream, asf_left(&in) / 4 / columns.count)) return ASF_NO_MEMORY;
    }
    while (blocks-- && !result)
        result = read_block(&in, &columns, index);
    return result;
}

/* Simple Index Objects wait for the end of reading: an Index Object goes before them. */
static enum asf_result read_objects(struct asf_bytes data, struct asf_bytes *simple, size_t *simple_count, size_t room,
                                    struct asf_index *index)
{
    struct asf_bytes content;
    enum asf_result result;
    struct asf_reader in;
    struct asf_guid id;

    asf_reader_init(&in, data.data, data.size);
    while (!asf_get_object(&in, &id, &content))
    {
        if (asf_guid_equal(&id, &asf_simple_index_object) && *simple_count < room) simple[(*simple_count)++] = content;
        if (asf_guid_equal(&id, &asf_index_object) && (result = read_index(content, index))) return result;
    }
    return ASF_OK;
}

enum asf_result asf_index_read(const void *data, size_t size, const uint16_t *video, size_t video_count,
                               uint32_t packet_size, struct asf_index *index)
{
    struct asf_bytes simple[MAX_STREAMS];
    size_t count = 0;
    enum asf_result result;

    memset(index, 0, sizeof(*index));
    if (video_count > MAX_STREAMS) video_count = MAX_STREAMS;
    result = read_objects((struct asf_bytes){data, size}, simple, &count, video_count, index);
    for (size_t i = 0; i < count && !result; i++)
        if (!asf_index_stream(index, video[i])) result = read_simple(simple[i], video[i], packet_size, index);
    if (result) asf_index_free(index);
    return result;
}

/* ---- Writing ----------------------------------------------------------------------------------------------------- */

void asf_index_write_simple(const struct asf_stream_index *index, const struct asf_guid *file_id, uint32_t packet_size,
                            struct asf_writer *out)
{
    size_t begin = asf_begin_object(out, &asf_simple_index_object);

    asf_put_guid(out, file_id);
    asf_put_u64(out, index->interval);
    asf_put_u32(out, 1);
    asf_put_u32(out, index->count);
    for (uint32_t i = 0; i < index->count; i++)
    {
        uint64_t offset = index->entries[i] == ASF_NO_OFFSET ? 0 : index->entries[i];

        asf_put_u32(out, (uint32_t)(offset / packet_size));
        asf_put_u16(out, 1);
    }
    asf_end_object(out, begin);
}

/* The entry of a stream in a row: beyond its end the last is repeated. */
static uint64_t entry_of(const struct asf_stream_index *index, uint32_t row)
{
    if (!index->count) return ASF_NO_OFFSET;
    return index->entries[row < index->count ? row : index->count - 1];
}

static uint32_t rows_of(const struct asf_index *index)
{
    uint32_t rows = 0;

    for (size_t i = 0; i < index->count; i++)
        if (index->streams[i].count > rows) rows = index->streams[i].count;
    return rows;
}

/* The rows from `first` on whose offsets fit 32 bits counted from `positions`, which are set to the block's. */
static uint32_t rows_of_block(const struct asf_index *index, uint32_t first, uint32_t rows, uint64_t *positions)
{
    uint32_t row;

    for (size_t i = 0; i < index->count; i++)
        positions[i] = ASF_NO_OFFSET;
    for (row = first; row < rows; row++)
        for (size_t i = 0; i < index->count; i++)
        {
            uint64_t offset = entry_of(&index->streams[i], row);

            if (offset == ASF_NO_OFFSET) continue;
            if (positions[i] == ASF_NO_OFFSET) positions[i] = offset;
            if (offset - positions[i] >= INVALID_ENTRY) return row - first;
        }
    return row - first;
}

void asf_index_write(const struct asf_index *index, struct asf_writer *out)
{
    size_t begin = asf_begin_object(out, &asf_index_object), blocks_at;
    uint64_t positions[MAX_STREAMS];
    uint32_t rows = rows_of(index), blocks = 0;

    asf_put_u32(out, (uint32_t)(index->streams[0].interval / UNITS_A_MS));
    asf_put_u16(out, (uint16_t)index->count);
    blocks_at = out->size;
    asf_put_u32(out, 0);
    for (size_t i = 0; i < index->count; i++)
    {
        asf_put_u16(out, index->streams[i].stream);
        asf_put_u16(out, CLEAN_POINT);
    }
    for (uint32_t first = 0, count; first < rows; first += count, blocks++)
    {
        count = rows_of_block(index, first, rows, positions);
        asf_put_u32(out, count);
        for (size_t i = 0; i < index->count; i++)
            asf_put_u64(out, positions[i] == ASF_NO_OFFSET ? 0 : positions[i]);
        for (uint32_t row = first; row < first + count; row++)
            for (size_t i = 0; i < index->count; i++)
            {
                uint64_t offset = entry_of(&index->streams[i], row);

                asf_put_u32(out, offset == ASF_NO_OFFSET ? INVALID_ENTRY : (uint32_t)(offset - positions[i]));
            }
    }
    asf_set_u32(out, blocks_at, blocks);
    asf_end_object(out, begin);
}

void asf_index_write_parameters(const struct asf_index *index, struct asf_writer *out)
{
    asf_put_u32(out, (uint32_t)(index->streams[0].interval / UNITS_A_MS));
    asf_put_u16(out, (uint16_t)index->count);
    for (size_t i = 0; i < index->count; i++)
    {
        asf_put_u16(out, index->streams[i].stream);
        asf_put_u16(out, CLEAN_POINT);
    }
}

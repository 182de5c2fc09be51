/* Indexes in memory. See asf_index.h. */
#include "mf/asf_index.h"

#include <stdlib.h>
#include <string.h>

/* Entries of an index: at the usual interval of a second it is more than three years. */
#define MAX_ENTRIES 100000000u

void asf_index_free(struct asf_index *index)
{
    for (size_t i = 0; i < index->count; i++)
        free(index->streams[i].entries);
    free(index->streams);
    memset(index, 0, sizeof(*index));
}

struct asf_stream_index *asf_index_stream(const struct asf_index *index, uint16_t stream)
{
    for (size_t i = 0; i < index->count; i++)
        if (index->streams[i].stream == stream) return &index->streams[i];
    return NULL;
}

struct asf_stream_index *asf_index_add_stream(struct asf_index *index, uint16_t stream, uint64_t interval)
{
    struct asf_stream_index *streams = realloc(index->streams, (index->count + 1) * sizeof(*streams));

    if (!streams) return NULL;
    index->streams = streams;
    streams += index->count++;
    memset(streams, 0, sizeof(*streams));
    streams->stream = stream;
    streams->interval = interval;
    return streams;
}

/* Adds entries until there are `count`. */
static bool fill(struct asf_stream_index *index, uint64_t count, uint64_t offset)
{
    if (count > MAX_ENTRIES) return false;
    if (count > index->room)
    {
        size_t room = count < 64 ? 64 : (size_t)count + (size_t)count / 2;
        uint64_t *entries = realloc(index->entries, room * sizeof(*entries));

        if (!entries) return false;
        index->entries = entries;
        index->room = (uint32_t)room;
    }
    while (index->count < count)
        index->entries[index->count++] = offset;
    return true;
}

static uint64_t last_offset(const struct asf_stream_index *index)
{
    return index->count ? index->entries[index->count - 1] : ASF_NO_OFFSET;
}

bool asf_index_note(struct asf_stream_index *index, uint64_t time, uint64_t offset)
{
    /* The first entry whose time is not before it. */
    uint64_t entry = time / index->interval + (time % index->interval ? 1 : 0);

    if (index->count && time <= index->noted) return true;
    if (!fill(index, entry, index->count ? last_offset(index) : offset)) return false;
    if (!fill(index, entry + 1, offset)) return false;
    index->entries[entry] = offset;
    index->noted = time;
    return true;
}

bool asf_index_extend(struct asf_stream_index *index, uint64_t time)
{
    uint64_t count = time / index->interval + 1;

    if (index->count && count < index->count) index->count = (uint32_t)count;
    return fill(index, count, last_offset(index));
}

enum asf_result asf_index_find(const struct asf_stream_index *index, uint64_t time, bool backwards, uint64_t *offset,
                               uint64_t *at)
{
    uint64_t entry = time / index->interval;

    if (entry >= index->count || index->entries[entry] == ASF_NO_OFFSET) return ASF_END;
    *offset = index->entries[entry];
    if (backwards)
    {
        while (entry < index->count && index->entries[entry] == *offset)
            entry++;
        *offset = entry < index->count ? index->entries[entry] : ASF_NO_OFFSET;
    }
    *at = entry * index->interval;
    return ASF_OK;
}

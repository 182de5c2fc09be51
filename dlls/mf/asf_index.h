/*
 * Indexes: for times at equal distances, where the packet lies from which to read on. Read from and written as Simple
 * Index Objects (for video streams, by packet number) and Index Objects (for any stream, by offset).
 *
 * Source: ASF specification, sections 6.1 and 6.2 (indexes), 4.9 (index parameters).
 */
#ifndef CORK_MF_ASF_INDEX_H
#define CORK_MF_ASF_INDEX_H

#include "mf/asf_format.h"

#define ASF_NO_OFFSET UINT64_MAX

/* Entry i: the offset, from the first packet on, of the packet to read from for the time i * interval, counted with
 * the preroll; ASF_NO_OFFSET: none. */
struct asf_stream_index
{
    uint16_t stream;
    uint64_t interval; /* 100 ns */
    uint32_t count, room;
    uint64_t *entries;
    uint64_t noted; /* the last time of asf_index_note */
};

struct asf_index
{
    size_t count;
    struct asf_stream_index *streams;
};

void asf_index_free(struct asf_index *index);

/* Reads all index objects in `data`; other objects are skipped, and what is no whole object ends it. Simple Index
 * Objects are for `video`, the numbers of the video streams in ascending order, in turn; they give way to an Index
 * Object. Packets have `packet_size` bytes. ASF_INVALID: an index contradicts itself. Free the index. */
enum asf_result asf_index_read(const void *data, size_t size, const uint16_t *video, size_t video_count,
                               uint32_t packet_size, struct asf_index *index);

/* The index of a stream; NULL where there is none. */
struct asf_stream_index *asf_index_stream(const struct asf_index *index, uint16_t stream);
/* Adds an empty one for a stream that has none. NULL when there is no memory. */
struct asf_stream_index *asf_index_add_stream(struct asf_index *index, uint16_t stream, uint64_t interval);
/* Notes that reading from `offset` on serves `time` (100 ns, with the preroll), and later times until the next note.
 * Times have to rise; one that is not later than the last is passed over. False when there is no memory. */
bool asf_index_note(struct asf_stream_index *index, uint64_t time, uint64_t offset);
/* Fills the entries up to `time` with the last offset. False when there is no memory. */
bool asf_index_extend(struct asf_stream_index *index, uint64_t time);

/* What there is to read from for `time` (100 ns, with the preroll). ASF_END: the time is beyond the index, or no entry
 * serves it. `at`: the time that the entry stands for. Backwards, the offset is that of the next different entry after
 * the time, ASF_NO_OFFSET where there is none. */
enum asf_result asf_index_find(const struct asf_stream_index *index, uint64_t time, bool backwards, uint64_t *offset,
                               uint64_t *at);

/* Writes the Simple Index Object of a stream. */
void asf_index_write_simple(const struct asf_stream_index *index, const struct asf_guid *file_id, uint32_t packet_size,
                            struct asf_writer *out);
/* Writes one Index Object of all streams, which must have one interval; in as many blocks as its 32-bit offsets need,
 * in entries as many as the longest has. */
void asf_index_write(const struct asf_index *index, struct asf_writer *out);
/* Writes the content of the Index Parameters Object that belongs to that. */
void asf_index_write_parameters(const struct asf_index *index, struct asf_writer *out);

#endif

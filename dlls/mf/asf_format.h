/*
 * What everything that reads or writes the Advanced Systems Format has in common: results, the GUIDs of objects, and
 * little-endian values read from and written to memory of known size.
 *
 * Source: "Advanced Systems Format (ASF) Specification", revision 01.20.05; its section numbers are quoted. All of it
 * is portable; nothing in it is shared between threads.
 */
#ifndef CORK_MF_ASF_FORMAT_H
#define CORK_MF_ASF_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum asf_result
{
    ASF_OK,
    ASF_END,       /* nothing more: of the functions that go through something */
    ASF_INVALID,   /* the data are not ASF, or contradict themselves */
    ASF_OPAQUE,    /* a data packet whose contents are not the format's own */
    ASF_TOO_LARGE, /* over a limit of the format or of this implementation */
    ASF_NO_MEMORY
};

#define ASF_GUID_SIZE          16u
#define ASF_OBJECT_SIZE        24u         /* an object's GUID and its size */
#define ASF_HEADER_MIN         30u         /* the header object without objects in it */
#define ASF_DATA_OBJECT_HEADER 50u         /* what stands before the first data packet */
#define ASF_MAX_HEADER         (10u << 20) /* bytes of a header that is read or written */
#define ASF_MAX_STREAM         127u        /* the highest number of a stream; the lowest is 1 */

/* A GUID as it stands in a file: the first three fields little-endian. */
struct asf_guid
{
    uint8_t bytes[ASF_GUID_SIZE];
};

/* Bytes that somebody else owns. */
struct asf_bytes
{
    const uint8_t *data;
    size_t size;
};

/* The objects (specification, section 10.1 to 10.3). */
extern const struct asf_guid asf_header_object, asf_data_object, asf_simple_index_object, asf_index_object;
extern const struct asf_guid asf_file_properties_object, asf_stream_properties_object, asf_header_extension_object;
extern const struct asf_guid asf_codec_list_object, asf_script_command_object, asf_marker_object;
extern const struct asf_guid asf_mutual_exclusion_object, asf_stream_bitrate_object, asf_padding_object;
extern const struct asf_guid asf_content_encryption_object, asf_extended_content_encryption_object;
extern const struct asf_guid asf_extended_content_description_object;
extern const struct asf_guid asf_extended_stream_object, asf_advanced_mutual_exclusion_object;
extern const struct asf_guid asf_group_mutual_exclusion_object, asf_stream_prioritization_object;
extern const struct asf_guid asf_language_list_object, asf_metadata_object, asf_metadata_library_object;
extern const struct asf_guid asf_index_parameters_object;
/* Kinds of streams, of error correction and of mutual exclusion (10.4, 10.5, 10.7). */
extern const struct asf_guid asf_audio_media, asf_video_media, asf_command_media, asf_jfif_media;
extern const struct asf_guid asf_degradable_jpeg_media, asf_file_transfer_media, asf_binary_media;
extern const struct asf_guid asf_no_error_correction, asf_audio_spread;
extern const struct asf_guid asf_mutex_language, asf_mutex_bitrate, asf_mutex_unknown;
extern const struct asf_guid asf_reserved_1, asf_reserved_2;

bool asf_guid_equal(const struct asf_guid *a, const struct asf_guid *b);

/* Reads from `at` up to `end`. What would go beyond fails: `failed` is set, and every read from then on gives 0. */
struct asf_reader
{
    const uint8_t *at, *end;
    bool failed;
};

void asf_reader_init(struct asf_reader *reader, const void *data, size_t size);
size_t asf_left(const struct asf_reader *reader);
uint8_t asf_get_u8(struct asf_reader *reader);
uint16_t asf_get_u16(struct asf_reader *reader);
uint32_t asf_get_u32(struct asf_reader *reader);
uint64_t asf_get_u64(struct asf_reader *reader);
struct asf_guid asf_get_guid(struct asf_reader *reader);
/* The next `size` bytes, where they are; no bytes (and failed) where there are fewer. */
struct asf_bytes asf_get_bytes(struct asf_reader *reader, uint64_t size);
/* A value whose length type is `code`: 0 none (the value is 0), 1 a byte, 2 a word, 3 a dword. */
uint32_t asf_get_coded(struct asf_reader *reader, unsigned code);
/* The next object: its GUID and what is in it, without its GUID and size. ASF_END at the end, ASF_INVALID where its
 * size contradicts what is left. */
enum asf_result asf_get_object(struct asf_reader *reader, struct asf_guid *id, struct asf_bytes *content);

/* Writes to `capacity` bytes at `data`; counts on in `size` where they do not suffice, and writes none of a value that
 * does not fit. No memory at all (NULL, 0) just counts. */
struct asf_writer
{
    uint8_t *data;
    size_t capacity, size;
};

void asf_writer_init(struct asf_writer *writer, void *data, size_t capacity);
void asf_put_u8(struct asf_writer *writer, uint8_t value);
void asf_put_u16(struct asf_writer *writer, uint16_t value);
void asf_put_u32(struct asf_writer *writer, uint32_t value);
void asf_put_u64(struct asf_writer *writer, uint64_t value);
void asf_put_guid(struct asf_writer *writer, const struct asf_guid *guid);
void asf_put_bytes(struct asf_writer *writer, struct asf_bytes bytes);
/* Begins an object, whose size is not known yet; returns where it begins, for asf_end_object, which sets its size. */
size_t asf_begin_object(struct asf_writer *writer, const struct asf_guid *id);
void asf_end_object(struct asf_writer *writer, size_t begin);
/* Sets a value that was written at `at` before. */
void asf_set_u32(struct asf_writer *writer, size_t at, uint32_t value);

#endif

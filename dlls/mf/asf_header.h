/*
 * The header of an ASF file as data: what its objects say, read from bytes and written to bytes.
 *
 * Streams, their extended properties and bit rates, mutual exclusion and prioritization are fields here, because
 * profiles read and set them. Every other object (languages, codecs, markers, scripts, descriptions, metadata,
 * encryption, what is not known) is kept as it stands in the file, and written again unchanged; asf_description.h
 * reads those. Padding is not kept: asf_header_write makes as much as is asked for.
 *
 * Source: ASF specification, sections 3 (header), 4 (header extension), 5 (data object's header). A header belongs to
 * one thread at a time.
 */
#ifndef CORK_MF_ASF_HEADER_H
#define CORK_MF_ASF_HEADER_H

#include "mf/asf_format.h"

/* File Properties Object (3.2). Times in 100 ns, but for preroll: ms. */
struct asf_file_properties
{
    struct asf_guid file_id;
    uint64_t file_size, creation_time, packets, play_duration, send_duration, preroll;
    uint32_t flags, min_packet_size, max_packet_size, max_bitrate;
};

#define ASF_FILE_BROADCAST 1u
#define ASF_FILE_SEEKABLE  2u

struct asf_payload_extension
{
    struct asf_payload_extension *next;
    struct asf_guid system;
    uint16_t size;         /* of its data in each sample; 0xffff: varies */
    struct asf_bytes info; /* of the system, for all samples */
};

#define ASF_EXTENSION_VARIES 0xffffu

/* A leaky bucket: bits a second, ms, bytes (in a file: ms of fullness). */
struct asf_bucket
{
    uint32_t bitrate, window, fullness;
};

/* Stream Properties Object (3.3), Extended Stream Properties Object (4.1), Stream Bitrate Properties Object (3.12). */
struct asf_stream
{
    struct asf_stream *next;
    uint16_t number; /* 1 to ASF_MAX_STREAM */
    struct asf_guid type, error_correction;
    uint64_t time_offset; /* 100 ns */
    struct asf_bytes type_data, error_data;
    bool encrypted;
    bool defined; /* its stream properties were there; false only while a header is read */
    bool has_bitrate;
    uint32_t bitrate; /* average, with the packets' overhead */
    bool extended;    /* what follows is there */
    uint64_t start_time, end_time, time_per_frame;
    struct asf_bucket average, peak;
    uint32_t max_object_size, flags;
    uint16_t language;
    uint16_t name_count;
    struct asf_bytes names; /* as in the file */
    struct asf_payload_extension *extensions;
};

/* The streams of a record; each excludes those of the other records. */
struct asf_mutex_record
{
    struct asf_mutex_record *next;
    uint16_t count;
    uint16_t *streams;
};

/* Mutual Exclusion Object (3.8), Advanced and Group Mutual Exclusion Object (4.2, 4.3). */
struct asf_mutex
{
    struct asf_mutex *next;
    struct asf_guid type;
    uint16_t record_count;
    struct asf_mutex_record *records;
};

/* Stream Prioritization Object (4.4), the most important first. */
struct asf_priority
{
    struct asf_priority *next;
    uint16_t stream, flags; /* flags: 1 mandatory */
};

/* An object that is kept as it is. */
struct asf_object
{
    struct asf_object *next;
    struct asf_guid id;
    struct asf_bytes content; /* without GUID and size */
    bool in_extension;        /* it lies in the Header Extension Object */
};

struct asf_block;

struct asf_header
{
    struct asf_block *memory; /* all that hangs below lies in it */
    struct asf_file_properties file;
    struct asf_stream *streams; /* in the file's order */
    struct asf_mutex *mutexes;
    struct asf_priority *priorities;
    struct asf_object *objects;
    uint64_t header_size; /* of the header object as it was read; 0 where it was not */
    /* The data object's header (5.1). */
    uint64_t data_size, data_packets;
};

/* An empty header: no streams, a data object without packets. NULL when there is no memory. Free it. */
struct asf_header *asf_header_new(void);
void asf_header_free(struct asf_header *header);

/* The size of the header object that begins at `data`, without the data object's header: at least ASF_OBJECT_SIZE
 * bytes have to be there (ASF_END otherwise), ASF_INVALID where no header object begins, ASF_TOO_LARGE beyond
 * ASF_MAX_HEADER. */
enum asf_result asf_header_measure(const void *data, size_t size, uint64_t *header_size);

/* Reads the header object at `data`, and the data object's header where that follows. A header needs file properties,
 * once, and a stream; a stream number is there once. ASF_END: less than the header object is there. */
enum asf_result asf_header_read(const void *data, size_t size, struct asf_header **header);

/* Writes the header object, with `padding` bytes of padding object (0, or at least ASF_OBJECT_SIZE), and the data
 * object's header behind it. */
void asf_header_write(const struct asf_header *header, size_t padding, struct asf_writer *writer);

/* Memory that lives as long as the header, zeroed; NULL when there is none. */
void *asf_header_alloc(struct asf_header *header, size_t size);
/* A copy of bytes in it; false when there is no memory. */
bool asf_header_copy(struct asf_header *header, const void *data, size_t size, struct asf_bytes *copy);

/* The stream of a number, NULL where there is none. */
struct asf_stream *asf_header_stream(const struct asf_header *header, uint16_t number);
/* Adds one at the end; NULL when there is no memory. The number must be new. */
struct asf_stream *asf_header_add_stream(struct asf_header *header, uint16_t number);
struct asf_payload_extension *asf_stream_add_extension(struct asf_header *header, struct asf_stream *stream);
struct asf_mutex *asf_header_add_mutex(struct asf_header *header);
/* Adds a record with room for `count` streams. */
struct asf_mutex_record *asf_mutex_add_record(struct asf_header *header, struct asf_mutex *mutex, uint16_t count);
struct asf_priority *asf_header_add_priority(struct asf_header *header);
/* Adds an object with a copy of its content. False when there is no memory. */
bool asf_header_add_object(struct asf_header *header, const struct asf_guid *id, bool in_extension,
                           struct asf_bytes content);
/* The next object of that kind after `after` (NULL: the first); NULL where there is none. */
const struct asf_object *asf_header_object_of(const struct asf_header *header, const struct asf_guid *id,
                                              const struct asf_object *after);
/* Takes out every object of that kind. */
void asf_header_remove_objects(struct asf_header *header, const struct asf_guid *id);

#endif

/* Reading a header. See asf_header.h. */
#include "mf/asf_header.h"

#include <string.h>

#define STREAM_NUMBER_BITS 0x7fu
#define STREAM_ENCRYPTED   0x8000u
/* Objects in a header. Appending to a list goes through it: this keeps a malicious one from costing minutes. */
#define MAX_OBJECTS 4096u
/* Payload extension systems of a stream: likewise. */
#define MAX_EXTENSIONS 256u

/* What is known while a header is read. */
struct reading
{
    struct asf_header *header;
    bool has_file;
    unsigned objects;
};

enum asf_result asf_header_measure(const void *data, size_t size, uint64_t *header_size)
{
    struct asf_reader reader;
    struct asf_guid id;

    asf_reader_init(&reader, data, size);
    id = asf_get_guid(&reader);
    *header_size = asf_get_u64(&reader);
    if (reader.failed) return ASF_END;
    if (!asf_guid_equal(&id, &asf_header_object) || *header_size < ASF_HEADER_MIN) return ASF_INVALID;
    return *header_size > ASF_MAX_HEADER ? ASF_TOO_LARGE : ASF_OK;
}

/* ---- The objects ------------------------------------------------------------------------------------------------- */

static enum asf_result read_file_properties(struct reading *reading, struct asf_reader *in)
{
    struct asf_file_properties *file = &reading->header->file;

    file->file_id = asf_get_guid(in);
    file->file_size = asf_get_u64(in);
    file->creation_time = asf_get_u64(in);
    file->packets = asf_get_u64(in);
    file->play_duration = asf_get_u64(in);
    file->send_duration = asf_get_u64(in);
    file->preroll = asf_get_u64(in);
    file->flags = asf_get_u32(in);
    file->min_packet_size = asf_get_u32(in);
    file->max_packet_size = asf_get_u32(in);
    file->max_bitrate = asf_get_u32(in);
    if (in->failed || reading->has_file || file->min_packet_size > file->max_packet_size) return ASF_INVALID;
    reading->has_file = true;
    return ASF_OK;
}

/* The stream of a number, made where the object that is read is the first to name it. */
static enum asf_result stream_of(struct reading *reading, uint16_t number, struct asf_stream **stream)
{
    if (!number || number > ASF_MAX_STREAM) return ASF_INVALID;
    *stream = asf_header_stream(reading->header, number);
    if (!*stream) *stream = asf_header_add_stream(reading->header, number);
    return *stream ? ASF_OK : ASF_NO_MEMORY;
}

static enum asf_result read_stream_properties(struct reading *reading, struct asf_reader *in)
{
    struct asf_guid type = asf_get_guid(in), correction = asf_get_guid(in);
    uint64_t time_offset = asf_get_u64(in);
    uint32_t type_size = asf_get_u32(in), error_size = asf_get_u32(in);
    uint16_t flags = asf_get_u16(in);
    struct asf_bytes type_data, error_data;
    struct asf_stream *stream;
    enum asf_result result;

    asf_get_u32(in);
    type_data = asf_get_bytes(in, type_size);
    error_data = asf_get_bytes(in, error_size);
    if (in->failed) return ASF_INVALID;
    if ((result = stream_of(reading, flags & STREAM_NUMBER_BITS, &stream))) return result;
    if (stream->defined) return ASF_INVALID;
    stream->defined = true;
    stream->type = type;
    stream->error_correction = correction;
    stream->time_offset = time_offset;
    stream->type_data = type_data;
    stream->error_data = error_data;
    stream->encrypted = flags & STREAM_ENCRYPTED;
    return ASF_OK;
}

static struct asf_bucket read_bucket(struct asf_reader *in)
{
    struct asf_bucket bucket;

    bucket.bitrate = asf_get_u32(in);
    bucket.window = asf_get_u32(in);
    bucket.fullness = asf_get_u32(in);
    return bucket;
}

/* A stream's names, in any number, as the bytes that they take. */
static struct asf_bytes read_names(struct asf_reader *in, unsigned count)
{
    struct asf_bytes names = {in->at, 0};

    while (count--)
    {
        asf_get_u16(in);
        asf_get_bytes(in, asf_get_u16(in));
    }
    if (!in->failed) names.size = (size_t)(in->at - names.data);
    return names;
}

static enum asf_result read_extensions(struct reading *reading, struct asf_reader *in, struct asf_stream *stream,
                                       unsigned count)
{
    struct asf_payload_extension *extension;

    if (count > MAX_EXTENSIONS) return ASF_TOO_LARGE;
    while (count--)
    {
        if (!(extension = asf_stream_add_extension(reading->header, stream))) return ASF_NO_MEMORY;
        extension->system = asf_get_guid(in);
        extension->size = asf_get_u16(in);
        extension->info = asf_get_bytes(in, asf_get_u32(in));
        if (in->failed) return ASF_INVALID;
    }
    return ASF_OK;
}

/* May have the stream's Stream Properties Object in it, which then stands nowhere else. */
static enum asf_result read_extended_stream(struct reading *reading, struct asf_reader *in)
{
    struct asf_stream read = {0}, *stream;
    struct asf_bytes content;
    struct asf_reader nested;
    unsigned extensions;
    enum asf_result result;
    struct asf_guid id;
    uint16_t number;

    read.start_time = asf_get_u64(in);
    read.end_time = asf_get_u64(in);
    read.average = read_bucket(in);
    read.peak = read_bucket(in);
    read.max_object_size = asf_get_u32(in);
    read.flags = asf_get_u32(in);
    number = asf_get_u16(in);
    read.language = asf_get_u16(in);
    read.time_per_frame = asf_get_u64(in);
    read.name_count = asf_get_u16(in);
    extensions = asf_get_u16(in);
    read.names = read_names(in, read.name_count);
    if (in->failed) return ASF_INVALID;
    if ((result = stream_of(reading, number, &stream))) return result;
    if (stream->extended) return ASF_INVALID;
    stream->extended = true;
    stream->start_time = read.start_time;
    stream->end_time = read.end_time;
    stream->average = read.average;
    stream->peak = read.peak;
    stream->max_object_size = read.max_object_size;
    stream->flags = read.flags;
    stream->language = read.language;
    stream->time_per_frame = read.time_per_frame;
    stream->name_count = read.name_count;
    stream->names = read.names;
    if ((result = read_extensions(reading, in, stream, extensions))) return result;
    if ((result = asf_get_object(in, &id, &content)) == ASF_END) return ASF_OK;
    if (result || !asf_guid_equal(&id, &asf_stream_properties_object)) return ASF_INVALID;
    asf_reader_init(&nested, content.data, content.size);
    return read_stream_properties(reading, &nested);
}

static enum asf_result read_bitrates(struct reading *reading, struct asf_reader *in)
{
    unsigned count = asf_get_u16(in);
    struct asf_stream *stream;
    enum asf_result result;

    while (count--)
    {
        uint16_t number = asf_get_u16(in) & STREAM_NUMBER_BITS;
        uint32_t bitrate = asf_get_u32(in);

        if (in->failed) return ASF_INVALID;
        if ((result = stream_of(reading, number, &stream))) return result;
        stream->has_bitrate = true;
        stream->bitrate = bitrate;
    }
    return in->failed ? ASF_INVALID : ASF_OK;
}

/* Numbers of streams, as one record or as a record each. */
static enum asf_result read_record(struct reading *reading, struct asf_reader *in, struct asf_mutex *mutex, bool each)
{
    uint16_t count = asf_get_u16(in);
    struct asf_mutex_record *record = NULL;

    if (in->failed || asf_left(in) < count * 2u || count > ASF_MAX_STREAM) return ASF_INVALID;
    if (!each && !(record = asf_mutex_add_record(reading->header, mutex, count))) return ASF_NO_MEMORY;
    for (unsigned i = 0; i < count; i++)
    {
        if (each && !(record = asf_mutex_add_record(reading->header, mutex, 1))) return ASF_NO_MEMORY;
        record->streams[each ? 0 : i] = asf_get_u16(in) & STREAM_NUMBER_BITS;
    }
    return ASF_OK;
}

static enum asf_result read_mutex(struct reading *reading, struct asf_reader *in, bool group)
{
    struct asf_mutex *mutex = asf_header_add_mutex(reading->header);
    enum asf_result result;
    unsigned records;

    if (!mutex) return ASF_NO_MEMORY;
    mutex->type = asf_get_guid(in);
    if (!group) return read_record(reading, in, mutex, true);
    records = asf_get_u16(in);
    if (in->failed || records > ASF_MAX_STREAM) return ASF_INVALID;
    while (records--)
        if ((result = read_record(reading, in, mutex, false))) return result;
    return ASF_OK;
}

static enum asf_result read_prioritization(struct reading *reading, struct asf_reader *in)
{
    unsigned count = asf_get_u16(in);
    struct asf_priority *priority;

    if (in->failed || count > ASF_MAX_STREAM || reading->header->priorities) return ASF_INVALID;
    while (count--)
    {
        if (!(priority = asf_header_add_priority(reading->header))) return ASF_NO_MEMORY;
        priority->stream = asf_get_u16(in);
        priority->flags = asf_get_u16(in);
    }
    return in->failed ? ASF_INVALID : ASF_OK;
}

static enum asf_result read_objects(struct reading *reading, struct asf_bytes bytes, bool in_extension);

static enum asf_result read_extension(struct reading *reading, struct asf_reader *in)
{
    asf_get_guid(in);
    asf_get_u16(in);
    return read_objects(reading, asf_get_bytes(in, asf_get_u32(in)), true);
}

/* ---- The header -------------------------------------------------------------------------------------------------- */

static enum asf_result read_object(struct reading *reading, const struct asf_guid *id, struct asf_bytes content,
                                   bool in_extension)
{
    struct asf_reader in;

    asf_reader_init(&in, content.data, content.size);
    if (asf_guid_equal(id, &asf_padding_object)) return ASF_OK;
    if (asf_guid_equal(id, &asf_mutual_exclusion_object)) return read_mutex(reading, &in, false);
    if (in_extension)
    {
        if (asf_guid_equal(id, &asf_extended_stream_object)) return read_extended_stream(reading, &in);
        if (asf_guid_equal(id, &asf_advanced_mutual_exclusion_object)) return read_mutex(reading, &in, false);
        if (asf_guid_equal(id, &asf_group_mutual_exclusion_object)) return read_mutex(reading, &in, true);
        if (asf_guid_equal(id, &asf_stream_prioritization_object)) return read_prioritization(reading, &in);
    }
    else
    {
        if (asf_guid_equal(id, &asf_file_properties_object)) return read_file_properties(reading, &in);
        if (asf_guid_equal(id, &asf_stream_properties_object)) return read_stream_properties(reading, &in);
        if (asf_guid_equal(id, &asf_header_extension_object)) return read_extension(reading, &in);
        if (asf_guid_equal(id, &asf_stream_bitrate_object)) return read_bitrates(reading, &in);
    }
    return asf_header_add_object(reading->header, id, in_extension, content) ? ASF_OK : ASF_NO_MEMORY;
}

static enum asf_result read_objects(struct reading *reading, struct asf_bytes bytes, bool in_extension)
{
    struct asf_bytes content;
    struct asf_reader in;
    enum asf_result result;
    struct asf_guid id;

    asf_reader_init(&in, bytes.data, bytes.size);
    while (!(result = asf_get_object(&in, &id, &content)))
    {
        if (++reading->objects > MAX_OBJECTS) return ASF_TOO_LARGE;
        if ((result = read_object(reading, &id, content, in_extension))) return result;
    }
    return result == ASF_END ? ASF_OK : result;
}

/* Takes out the streams that are named, but whose properties are nowhere. */
static bool keep_defined(struct asf_header *header)
{
    struct asf_stream **at = &header->streams;

    while (*at)
    {
        if ((*at)->defined)
            at = &(*at)->next;
        else
            *at = (*at)->next;
    }
    return header->streams;
}

/* The data object's header, where all of it is there. */
static enum asf_result read_data_object(struct asf_header *header, struct asf_bytes bytes)
{
    struct asf_reader in;
    struct asf_guid id;

    if (bytes.size < ASF_DATA_OBJECT_HEADER) return ASF_OK;
    asf_reader_init(&in, bytes.data, bytes.size);
    id = asf_get_guid(&in);
    if (!asf_guid_equal(&id, &asf_data_object)) return ASF_INVALID;
    header->data_size = asf_get_u64(&in);
    asf_get_guid(&in);
    header->data_packets = asf_get_u64(&in);
    return ASF_OK;
}

enum asf_result asf_header_read(const void *data, size_t size, struct asf_header **header)
{
    struct reading reading = {0};
    struct asf_bytes copy;
    enum asf_result result;
    uint64_t header_size;

    *header = NULL;
    if ((result = asf_header_measure(data, size, &header_size))) return result;
    if (size < header_size) return ASF_END;
    if (!(reading.header = asf_header_new())) return ASF_NO_MEMORY;
    reading.header->header_size = header_size;
    if (!asf_header_copy(reading.header, data, (size_t)header_size, &copy))
        result = ASF_NO_MEMORY;
    else
        result =
            read_objects(&reading, (struct asf_bytes){copy.data + ASF_HEADER_MIN, copy.size - ASF_HEADER_MIN}, false);
    if (!result && (!reading.has_file || !keep_defined(reading.header))) result = ASF_INVALID;
    if (!result)
        result = read_data_object(reading.header,
                                  (struct asf_bytes){(const uint8_t *)data + header_size, size - (size_t)header_size});
    if (result)
        asf_header_free(reading.header);
    else
        *header = reading.header;
    return result;
}

/* Writing a header. See asf_header.h. */
#include "mf/asf_header.h"

#define ENCRYPTED_FLAG 0x8000u

static void write_file_properties(const struct asf_file_properties *file, struct asf_writer *out)
{
    size_t begin = asf_begin_object(out, &asf_file_properties_object);

    asf_put_guid(out, &file->file_id);
    asf_put_u64(out, file->file_size);
    asf_put_u64(out, file->creation_time);
    asf_put_u64(out, file->packets);
    asf_put_u64(out, file->play_duration);
    asf_put_u64(out, file->send_duration);
    asf_put_u64(out, file->preroll);
    asf_put_u32(out, file->flags);
    asf_put_u32(out, file->min_packet_size);
    asf_put_u32(out, file->max_packet_size);
    asf_put_u32(out, file->max_bitrate);
    asf_end_object(out, begin);
}

static void write_stream_properties(const struct asf_stream *stream, struct asf_writer *out)
{
    size_t begin = asf_begin_object(out, &asf_stream_properties_object);

    asf_put_guid(out, &stream->type);
    asf_put_guid(out, &stream->error_correction);
    asf_put_u64(out, stream->time_offset);
    asf_put_u32(out, (uint32_t)stream->type_data.size);
    asf_put_u32(out, (uint32_t)stream->error_data.size);
    asf_put_u16(out, (uint16_t)(stream->number | (stream->encrypted ? ENCRYPTED_FLAG : 0)));
    asf_put_u32(out, 0);
    asf_put_bytes(out, stream->type_data);
    asf_put_bytes(out, stream->error_data);
    asf_end_object(out, begin);
}

static void write_bucket(const struct asf_bucket *bucket, struct asf_writer *out)
{
    asf_put_u32(out, bucket->bitrate);
    asf_put_u32(out, bucket->window);
    asf_put_u32(out, bucket->fullness);
}

static void write_extended_stream(const struct asf_stream *stream, struct asf_writer *out)
{
    size_t begin = asf_begin_object(out, &asf_extended_stream_object);
    const struct asf_payload_extension *extension;
    uint16_t count = 0;

    asf_put_u64(out, stream->start_time);
    asf_put_u64(out, stream->end_time);
    write_bucket(&stream->average, out);
    write_bucket(&stream->peak, out);
    asf_put_u32(out, stream->max_object_size);
    asf_put_u32(out, stream->flags);
    asf_put_u16(out, stream->number);
    asf_put_u16(out, stream->language);
    asf_put_u64(out, stream->time_per_frame);
    asf_put_u16(out, stream->name_count);
    for (extension = stream->extensions; extension; extension = extension->next)
        count++;
    asf_put_u16(out, count);
    asf_put_bytes(out, stream->names);
    for (extension = stream->extensions; extension; extension = extension->next)
    {
        asf_put_guid(out, &extension->system);
        asf_put_u16(out, extension->size);
        asf_put_u32(out, (uint32_t)extension->info.size);
        asf_put_bytes(out, extension->info);
    }
    asf_end_object(out, begin);
}

/* A mutual exclusion whose records have one stream each needs no groups; one by bit rate then has an object outside of
 * the header extension (3.8), which older readers know. */
enum mutex_kind
{
    MUTEX_BITRATE,
    MUTEX_ADVANCED,
    MUTEX_GROUP
};

static enum mutex_kind kind_of(const struct asf_mutex *mutex)
{
    for (const struct asf_mutex_record *record = mutex->records; record; record = record->next)
        if (record->count != 1) return MUTEX_GROUP;
    return asf_guid_equal(&mutex->type, &asf_mutex_bitrate) ? MUTEX_BITRATE : MUTEX_ADVANCED;
}

static void write_mutex(const struct asf_mutex *mutex, struct asf_writer *out)
{
    static const struct asf_guid *const ids[] = {&asf_mutual_exclusion_object, &asf_advanced_mutual_exclusion_object,
                                                 &asf_group_mutual_exclusion_object};
    enum mutex_kind kind = kind_of(mutex);
    size_t begin = asf_begin_object(out, ids[kind]);

    asf_put_guid(out, &mutex->type);
    asf_put_u16(out, mutex->record_count);
    for (const struct asf_mutex_record *record = mutex->records; record; record = record->next)
    {
        if (kind == MUTEX_GROUP) asf_put_u16(out, record->count);
        for (unsigned i = 0; i < record->count; i++)
            asf_put_u16(out, record->streams[i]);
    }
    asf_end_object(out, begin);
}

static void write_prioritization(const struct asf_priority *first, struct asf_writer *out)
{
    const struct asf_priority *priority;
    uint16_t count = 0;
    size_t begin;

    if (!first) return;
    begin = asf_begin_object(out, &asf_stream_prioritization_object);
    for (priority = first; priority; priority = priority->next)
        count++;
    asf_put_u16(out, count);
    for (priority = first; priority; priority = priority->next)
    {
        asf_put_u16(out, priority->stream);
        asf_put_u16(out, priority->flags);
    }
    asf_end_object(out, begin);
}

/* Writes the objects that are kept as they are, in the header or in its extension; returns their number. */
static uint32_t write_objects(const struct asf_header *header, bool in_extension, struct asf_writer *out)
{
    uint32_t count = 0;

    for (const struct asf_object *object = header->objects; object; object = object->next)
    {
        size_t begin;

        if (object->in_extension != in_extension) continue;
        begin = asf_begin_object(out, &object->id);
        asf_put_bytes(out, object->content);
        asf_end_object(out, begin);
        count++;
    }
    return count;
}

static void write_extension(const struct asf_header *header, struct asf_writer *out)
{
    size_t begin = asf_begin_object(out, &asf_header_extension_object), size_at, content;

    asf_put_guid(out, &asf_reserved_1);
    asf_put_u16(out, 6);
    size_at = out->size;
    asf_put_u32(out, 0);
    content = out->size;
    for (const struct asf_stream *stream = header->streams; stream; stream = stream->next)
        if (stream->extended) write_extended_stream(stream, out);
    for (const struct asf_mutex *mutex = header->mutexes; mutex; mutex = mutex->next)
        if (kind_of(mutex) != MUTEX_BITRATE) write_mutex(mutex, out);
    write_prioritization(header->priorities, out);
    write_objects(header, true, out);
    asf_set_u32(out, size_at, (uint32_t)(out->size - content));
    asf_end_object(out, begin);
}

/* Returns the number of objects: 1, or 0 where no stream has a bit rate. */
static uint32_t write_bitrates(const struct asf_header *header, struct asf_writer *out)
{
    const struct asf_stream *stream;
    uint16_t count = 0;
    size_t begin;

    for (stream = header->streams; stream; stream = stream->next)
        count += stream->has_bitrate;
    if (!count) return 0;
    begin = asf_begin_object(out, &asf_stream_bitrate_object);
    asf_put_u16(out, count);
    for (stream = header->streams; stream; stream = stream->next)
    {
        if (!stream->has_bitrate) continue;
        asf_put_u16(out, stream->number);
        asf_put_u32(out, stream->bitrate);
    }
    asf_end_object(out, begin);
    return 1;
}

static void write_padding(size_t padding, struct asf_writer *out)
{
    size_t begin = asf_begin_object(out, &asf_padding_object);

    for (size_t i = ASF_OBJECT_SIZE; i < padding; i++)
        asf_put_u8(out, 0);
    asf_end_object(out, begin);
}

static void write_data_object(const struct asf_header *header, struct asf_writer *out)
{
    asf_put_guid(out, &asf_data_object);
    asf_put_u64(out, header->data_size);
    asf_put_guid(out, &header->file.file_id);
    asf_put_u64(out, header->data_packets);
    asf_put_u16(out, 0x0101);
}

void asf_header_write(const struct asf_header *header, size_t padding, struct asf_writer *writer)
{
    size_t begin = asf_begin_object(writer, &asf_header_object), count_at = writer->size;
    uint32_t count = 2;

    asf_put_u32(writer, 0);
    asf_put_u8(writer, 1);
    asf_put_u8(writer, 2);
    write_file_properties(&header->file, writer);
    write_extension(header, writer);
    for (const struct asf_stream *stream = header->streams; stream; stream = stream->next, count++)
        write_stream_properties(stream, writer);
    for (const struct asf_mutex *mutex = header->mutexes; mutex; mutex = mutex->next)
    {
        if (kind_of(mutex) != MUTEX_BITRATE) continue;
        write_mutex(mutex, writer);
        count++;
    }
    count += write_bitrates(header, writer);
    count += write_objects(header, false, writer);
    if (padding)
    {
        write_padding(padding, writer);
        count++;
    }
    asf_set_u32(writer, count_at, count);
    asf_end_object(writer, begin);
    write_data_object(header, writer);
}

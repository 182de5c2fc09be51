/* The data of a header and the memory that it lies in. See asf_header.h. */
#include "mf/asf_header.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

struct asf_block
{
    struct asf_block *next;
    alignas(max_align_t) uint8_t bytes[];
};

struct asf_header *asf_header_new(void)
{
    struct asf_header *header = calloc(1, sizeof(*header));

    if (header) header->data_size = ASF_DATA_OBJECT_HEADER;
    return header;
}

void asf_header_free(struct asf_header *header)
{
    struct asf_block *block, *next;

    if (!header) return;
    for (block = header->memory; block; block = next)
    {
        next = block->next;
        free(block);
    }
    free(header);
}

void *asf_header_alloc(struct asf_header *header, size_t size)
{
    struct asf_block *block = calloc(1, sizeof(*block) + size);

    if (!block) return NULL;
    block->next = header->memory;
    header->memory = block;
    return block->bytes;
}

bool asf_header_copy(struct asf_header *header, const void *data, size_t size, struct asf_bytes *copy)
{
    uint8_t *memory = NULL;

    if (size)
    {
        if (!(memory = asf_header_alloc(header, size))) return false;
        memcpy(memory, data, size);
    }
    copy->data = memory;
    copy->size = size;
    return true;
}

struct asf_stream *asf_header_stream(const struct asf_header *header, uint16_t number)
{
    struct asf_stream *stream;

    for (stream = header->streams; stream && stream->number != number; stream = stream->next)
        ;
    return stream;
}

/* Allocates a member of the list that `last` is the first pointer of, at the list's end. */
#define APPEND(header, list, member)                                                                                   \
    do                                                                                                                 \
    {                                                                                                                  \
        __typeof__(list) *last_ = &(list);                                                                             \
        (member) = asf_header_alloc(header, sizeof(*(member)));                                                        \
        while (*last_)                                                                                                 \
            last_ = &(*last_)->next;                                                                                   \
        *last_ = (member);                                                                                             \
    }                                                                                                                  \
    while (0)

struct asf_stream *asf_header_add_stream(struct asf_header *header, uint16_t number)
{
    struct asf_stream *stream;

    APPEND(header, header->streams, stream);
    if (!stream) return NULL;
    stream->number = number;
    stream->error_correction = asf_no_error_correction;
    return stream;
}

struct asf_payload_extension *asf_stream_add_extension(struct asf_header *header, struct asf_stream *stream)
{
    struct asf_payload_extension *extension;

    APPEND(header, stream->extensions, extension);
    return extension;
}

struct asf_mutex *asf_header_add_mutex(struct asf_header *header)
{
    struct asf_mutex *mutex;

    APPEND(header, header->mutexes, mutex);
    return mutex;
}

struct asf_mutex_record *asf_mutex_add_record(struct asf_header *header, struct asf_mutex *mutex, uint16_t count)
{
    struct asf_mutex_record *record;
    uint16_t *streams = NULL;

    if (count && !(streams = asf_header_alloc(header, count * sizeof(*streams)))) return NULL;
    APPEND(header, mutex->records, record);
    if (!record) return NULL;
    record->count = count;
    record->streams = streams;
    mutex->record_count++;
    return record;
}

struct asf_priority *asf_header_add_priority(struct asf_header *header)
{
    struct asf_priority *priority;

    APPEND(header, header->priorities, priority);
    return priority;
}

bool asf_header_add_object(struct asf_header *header, const struct asf_guid *id, bool in_extension,
                           struct asf_bytes content)
{
    struct asf_object *object;
    struct asf_bytes copy;

    if (!asf_header_copy(header, content.data, content.size, &copy)) return false;
    APPEND(header, header->objects, object);
    if (!object) return false;
    object->id = *id;
    object->in_extension = in_extension;
    object->content = copy;
    return true;
}

const struct asf_object *asf_header_object_of(const struct asf_header *header, const struct asf_guid *id,
                                              const struct asf_object *after)
{
    const struct asf_object *object = after ? after->next : header->objects;

    while (object && !asf_guid_equal(&object->id, id))
        object = object->next;
    return object;
}

void asf_header_remove_objects(struct asf_header *header, const struct asf_guid *id)
{
    struct asf_object **at = &header->objects;

    while (*at)
    {
        if (asf_guid_equal(&(*at)->id, id))
            *at = (*at)->next;
        else
            at = &(*at)->next;
    }
}

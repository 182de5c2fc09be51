/* See asf_description.h. */
#include "mf/asf_description.h"

/* A string of `size` bytes: its size with the 0 that ends it, and that. */
static void put_text(struct asf_reader *in, uint64_t size, struct asf_writer *out)
{
    struct asf_bytes text = asf_get_bytes(in, size & ~1ull);

    if (size & 1) asf_get_u8(in);
    while (text.size && !text.data[text.size - 2] && !text.data[text.size - 1])
        text.size -= 2;
    asf_put_u32(out, (uint32_t)text.size + 2);
    asf_put_bytes(out, text);
    asf_put_u16(out, 0);
}

bool asf_codec_list(struct asf_bytes content, struct asf_writer *out)
{
    struct asf_reader in;
    struct asf_bytes info;
    uint32_t count;

    asf_reader_init(&in, content.data, content.size);
    asf_get_guid(&in);
    count = asf_get_u32(&in);
    asf_put_u32(out, count);
    while (count-- && !in.failed)
    {
        asf_put_u32(out, asf_get_u16(&in));
        put_text(&in, 2ull * asf_get_u16(&in), out);
        put_text(&in, 2ull * asf_get_u16(&in), out);
        info = asf_get_bytes(&in, asf_get_u16(&in));
        asf_put_u32(out, (uint32_t)info.size);
        asf_put_bytes(out, info);
    }
    return !in.failed;
}

/* The type of a script command is an index into the types, which stand before the commands. */
static void put_type(struct asf_reader types, unsigned count, unsigned index, struct asf_writer *out)
{
    struct asf_reader none;

    while (index && count)
    {
        asf_get_bytes(&types, 2ull * asf_get_u16(&types));
        index--;
        count--;
    }
    asf_reader_init(&none, NULL, 0);
    if (count)
        put_text(&types, 2ull * asf_get_u16(&types), out);
    else
        put_text(&none, 0, out);
}

bool asf_script_list(struct asf_bytes content, struct asf_writer *out)
{
    struct asf_reader in, types;
    unsigned commands, type_count, type;
    uint32_t time;

    asf_reader_init(&in, content.data, content.size);
    asf_get_guid(&in);
    commands = asf_get_u16(&in);
    type_count = asf_get_u16(&in);
    types = in;
    for (unsigned i = 0; i < type_count; i++)
        asf_get_bytes(&in, 2ull * asf_get_u16(&in));
    asf_put_u32(out, commands);
    while (commands-- && !in.failed)
    {
        time = asf_get_u32(&in);
        type = asf_get_u16(&in);
        put_text(&in, 2ull * asf_get_u16(&in), out);
        if (in.failed) break;
        put_type(types, type_count, type, out);
        asf_put_u32(out, time);
    }
    return !in.failed;
}

bool asf_marker_list(struct asf_bytes content, struct asf_writer *out)
{
    uint64_t offset, time, send_time;
    struct asf_reader in;
    uint32_t count;

    asf_reader_init(&in, content.data, content.size);
    asf_get_guid(&in);
    count = asf_get_u32(&in);
    asf_get_u16(&in);
    asf_get_bytes(&in, asf_get_u16(&in));
    asf_put_u32(out, count);
    while (count-- && !in.failed)
    {
        offset = asf_get_u64(&in);
        time = asf_get_u64(&in);
        asf_get_u16(&in);
        send_time = asf_get_u32(&in);
        asf_get_u32(&in);
        put_text(&in, 2ull * asf_get_u32(&in), out);
        asf_put_u64(out, time);
        asf_put_u64(out, send_time);
        asf_put_u64(out, offset);
    }
    return !in.failed;
}

bool asf_language_list(struct asf_bytes content, struct asf_writer *out)
{
    struct asf_reader in;
    unsigned count;

    asf_reader_init(&in, content.data, content.size);
    count = asf_get_u16(&in);
    asf_put_u32(out, count);
    while (count-- && !in.failed)
        put_text(&in, asf_get_u8(&in), out);
    return !in.failed;
}

static bool name_equal(struct asf_bytes wide, const char *name)
{
    size_t i;

    for (i = 0; name[i]; i++)
        if (wide.size < 2 * i + 2 || wide.data[2 * i] != (uint8_t)name[i] || wide.data[2 * i + 1]) return false;
    return wide.size == 2 * i || (wide.size == 2 * i + 2 && !wide.data[2 * i] && !wide.data[2 * i + 1]);
}

static bool find_in_content_description(struct asf_bytes content, const char *name, struct asf_value *value)
{
    struct asf_bytes found;
    struct asf_reader in;
    unsigned count;

    asf_reader_init(&in, content.data, content.size);
    count = asf_get_u16(&in);
    while (count--)
    {
        found = asf_get_bytes(&in, asf_get_u16(&in));
        value->type = asf_get_u16(&in);
        value->bytes = asf_get_bytes(&in, asf_get_u16(&in));
        if (in.failed) return false;
        if (name_equal(found, name)) return true;
    }
    return false;
}

static bool find_in_metadata(struct asf_bytes content, uint16_t stream, const char *name, struct asf_value *value)
{
    struct asf_bytes found;
    struct asf_reader in;
    uint16_t number, length;
    unsigned count;
    uint32_t size;

    asf_reader_init(&in, content.data, content.size);
    count = asf_get_u16(&in);
    while (count--)
    {
        asf_get_u16(&in);
        number = asf_get_u16(&in);
        length = asf_get_u16(&in);
        value->type = asf_get_u16(&in);
        size = asf_get_u32(&in);
        found = asf_get_bytes(&in, length);
        value->bytes = asf_get_bytes(&in, size);
        if (in.failed) return false;
        if (number == stream && name_equal(found, name)) return true;
    }
    return false;
}

bool asf_find_description(const struct asf_header *header, uint16_t stream, const char *name, struct asf_value *value)
{
    static const struct asf_guid *const ids[] = {&asf_metadata_object, &asf_metadata_library_object};
    const struct asf_object *object = NULL;

    while (!stream && (object = asf_header_object_of(header, &asf_extended_content_description_object, object)))
        if (find_in_content_description(object->content, name, value)) return true;
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
        for (object = NULL; (object = asf_header_object_of(header, ids[i], object));)
            if (find_in_metadata(object->content, stream, name, value)) return true;
    return false;
}

bool asf_value_number(const struct asf_value *value, uint64_t *number)
{
    struct asf_reader in;

    asf_reader_init(&in, value->bytes.data, value->bytes.size);
    if (value->type != ASF_VALUE_BOOL && value->type != ASF_VALUE_WORD && value->type != ASF_VALUE_DWORD &&
        value->type != ASF_VALUE_QWORD)
        return false;
    /* A BOOL has 32 bits in one object and 16 in the others. */
    if (value->bytes.size == 2)
        *number = asf_get_u16(&in);
    else if (value->bytes.size == 4)
        *number = asf_get_u32(&in);
    else
        *number = asf_get_u64(&in);
    return !in.failed;
}

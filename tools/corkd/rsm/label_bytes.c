/* What the label formats share: numbers and text out of bytes that nobody vouches for. */
#include <md5.h>
#include <stdio.h>
#include <string.h>

#include "rsm/label_formats.h"
#include "rsm/utf8.h"

bool label_has(struct label_bytes bytes, size_t at, size_t size)
{
    return at <= bytes.size && size <= bytes.size - at;
}

bool label_is(struct label_bytes bytes, size_t at, const char *text)
{
    size_t length = strlen(text);

    return label_has(bytes, at, length) && !memcmp(bytes.data + at, text, length);
}

uint16_t label_u16(struct label_bytes bytes, size_t at)
{
    if (!label_has(bytes, at, 2)) return 0;
    return (uint16_t)(bytes.data[at] | bytes.data[at + 1] << 8);
}

uint32_t label_u32(struct label_bytes bytes, size_t at)
{
    return label_u16(bytes, at) | (uint32_t)label_u16(bytes, at + 2) << 16;
}

/* ---- Text ---- */

struct text_writer
{
    char *text;
    size_t room, length;
};

static void write_point(struct text_writer *writer, uint32_t point)
{
    if (point < ' ' || (point >= 0x7f && point < 0xa0) || (point == ' ' && !writer->length)) return;
    if (writer->length + 5 > writer->room) return;
    writer->length += utf8_put(writer->text + writer->length, point);
}

static void end_text(struct text_writer *writer)
{
    while (writer->length && writer->text[writer->length - 1] == ' ')
        writer->length--;
    writer->text[writer->length] = 0;
}

void label_latin1(struct label_bytes bytes, size_t at, size_t size, char *text, size_t room)
{
    struct text_writer writer = {text, room, 0};

    if (!label_has(bytes, at, size)) size = 0;
    for (size_t i = 0; i < size && bytes.data[at + i]; i++)
        write_point(&writer, bytes.data[at + i]);
    end_text(&writer);
}

static uint32_t unit_at(struct label_bytes bytes, size_t at, bool little)
{
    uint16_t unit = label_u16(bytes, at);

    return little ? unit : (uint16_t)(unit << 8 | unit >> 8);
}

void label_utf16(struct label_bytes bytes, size_t at, size_t size, bool little, char *text, size_t room)
{
    struct text_writer writer = {text, room, 0};

    if (!label_has(bytes, at, size)) size = 0;
    for (size_t i = 0; i + 2 <= size; i += 2)
    {
        uint32_t point = unit_at(bytes, at + i, little);
        uint32_t low = i + 4 <= size ? unit_at(bytes, at + i + 2, little) : 0;

        if (!point) break;
        if (point >= 0xd800 && point < 0xdc00 && low >= 0xdc00 && low < 0xe000)
        {
            point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
            i += 2;
        }
        write_point(&writer, point);
    }
    end_text(&writer);
}

/* ---- Filling a label ---- */

void label_set_type(struct media_label *label, const char *type)
{
    label->kind = LABEL_KNOWN;
    snprintf(label->type, sizeof(label->type), "%s", type);
}

void label_set_id(struct media_label *label, struct label_bytes bytes, size_t at, size_t size)
{
    label->id_size = (uint32_t)size;
    memcpy(label->id, bytes.data + at, size);
}

void label_set_serial(struct media_label *label, uint32_t serial)
{
    label->id_size = 4;
    for (uint32_t i = 0; i < 4; i++)
        label->id[i] = (uint8_t)(serial >> 8 * i);
}

void label_set_digest(struct media_label *label, struct label_bytes bytes, size_t size)
{
    MD5_CTX context;

    MD5Init(&context);
    MD5Update(&context, bytes.data, size);
    MD5Final(label->id, &context);
    label->id_size = MD5_DIGEST_LENGTH;
}

uint32_t label_column_sum(struct label_bytes bytes, size_t at, bool reverse)
{
    uint8_t sums[4] = {0};
    uint32_t serial = 0;

    if (!label_has(bytes, at, 2048)) return 0;
    for (size_t i = 0; i < 2048; i++)
        sums[i % 4] = (uint8_t)(sums[i % 4] + bytes.data[at + i]);
    for (int i = 0; i < 4; i++)
        serial = serial << 8 | sums[reverse ? 3 - i : i];
    return serial;
}

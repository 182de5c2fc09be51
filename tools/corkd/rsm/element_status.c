/* READ ELEMENT STATUS. */
#include "rsm/element_status.h"

#include <string.h>

#include "rsm/scsi_inquiry.h"

#define HEADER     8u
#define DESCRIPTOR 12u /* of every element, before the tags */
#define TAG_FIELD  36u
#define TAG_TEXT   32u

static uint16_t get16(const uint8_t *data)
{
    return (uint16_t)(data[0] << 8 | data[1]);
}

static uint32_t get24(const uint8_t *data)
{
    return (uint32_t)data[0] << 16 | (uint32_t)data[1] << 8 | data[2];
}

void element_status_command(uint8_t cdb[12], uint8_t type, uint16_t first, uint16_t count, bool tags, bool identifiers,
                            uint32_t room)
{
    memset(cdb, 0, 12);
    cdb[0] = 0xb8;
    cdb[1] = (uint8_t)((tags ? 0x10 : 0) | type);
    cdb[2] = (uint8_t)(first >> 8);
    cdb[3] = (uint8_t)first;
    cdb[4] = (uint8_t)(count >> 8);
    cdb[5] = (uint8_t)count;
    cdb[6] = identifiers;
    cdb[7] = (uint8_t)(room >> 16);
    cdb[8] = (uint8_t)(room >> 8);
    cdb[9] = (uint8_t)room;
}

/* The identifier behind the tags: code set, type, reserved, length, bytes. */
static void parse_identifier(const uint8_t *data, size_t size, size_t sent, struct element_status *status)
{
    size_t length;

    if (size < 4 || sent < 4 || !data[3]) return;
    length = data[3];
    status->identifier_codes = data[0] & 0xf;
    if (length > size - 4) length = size - 4;
    if (length > sent - 4)
    {
        length = sent - 4;
        status->identifier_cut = true;
    }
    status->identifier = data + 4;
    status->identifier_size = length;
}

/* One descriptor: of `size` bytes by what the page says, of which `sent` are there. */
static void parse_descriptor(const uint8_t *data, size_t size, size_t sent, uint8_t type, uint8_t flags,
                             struct element_status *status)
{
    size_t at = DESCRIPTOR;

    memset(status, 0, sizeof(*status));
    status->type = type;
    status->address = get16(data);
    status->full = data[2] & 1;
    status->exception = data[2] & 4;
    status->accessible = data[2] & 8;
    status->asc = data[4];
    status->ascq = data[5];
    status->inverted = data[9] & 0x40;
    status->has_source = data[9] & 0x80;
    if (status->has_source) status->source = get16(data + 10);
    if (flags & 0x80)
    {
        status->has_tag = true;
        if (sent > at) scsi_text(data + at, sent - at < TAG_TEXT ? sent - at : TAG_TEXT, status->tag, ELEMENT_TAG);
        at += TAG_FIELD;
    }
    if (flags & 0x40) at += TAG_FIELD;
    if (size > at && sent > at) parse_identifier(data + at, size - at, sent - at, status);
}

size_t element_status_parse(const uint8_t *data, size_t size,
                            void (*found)(void *context, const struct element_status *status), void *context)
{
    size_t at = HEADER, count = 0;

    while (at + HEADER <= size)
    {
        uint8_t type = data[at] & 0xf, flags = data[at + 1];
        size_t one = get16(data + at + 2), rest = get24(data + at + 5), room;

        at += HEADER;
        if (type < ELEMENT_PICKER || type > ELEMENT_DRIVE || one < DESCRIPTOR) break;
        /* A page ends where it says, the data where they do. */
        room = size - at;
        for (; rest >= one && room >= DESCRIPTOR; rest -= one)
        {
            size_t sent = room < one ? room : one;
            struct element_status status;

            parse_descriptor(data + at, one, sent, type, flags, &status);
            found(context, &status);
            count++;
            at += sent;
            room -= sent;
        }
        if (rest >= one) break; /* cut */
        at += rest < room ? rest : room;
    }
    return count;
}

bool element_identifier_matches(const struct element_status *status, const char *serial)
{
    char text[SCSI_IDENTIFIER_MAX];
    size_t length = strlen(serial), size;

    if (!length || !status->identifier_size || status->identifier_cut || status->identifier_codes == 1) return false;
    scsi_text(status->identifier, status->identifier_size, text, sizeof(text));
    size = strlen(text);
    if (size < length || strcmp(text + size - length, serial) != 0) return false;
    return size == length || text[size - length - 1] == ' ' || size - length == 24; /* vendor and product */
}

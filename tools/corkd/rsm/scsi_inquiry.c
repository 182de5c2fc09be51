/* Parsers of what a SCSI unit says of itself. */
#include "rsm/scsi_inquiry.h"

#include <string.h>

static uint16_t get16(const uint8_t *data)
{
    return (uint16_t)(data[0] << 8 | data[1]);
}

void scsi_text(const uint8_t *data, size_t size, char *text, size_t room)
{
    size_t begin = 0, length = 0;

    while (begin < size && (data[begin] == ' ' || !data[begin]))
        begin++;
    while (size > begin && (data[size - 1] == ' ' || !data[size - 1]))
        size--;
    for (size_t i = begin; i < size && length + 1 < room; i++)
        text[length++] = (char)(data[i] >= 0x20 && data[i] < 0x7f ? data[i] : '?');
    text[length] = 0;
}

/* ---- INQUIRY ---- */

bool scsi_inquiry_parse(const uint8_t *data, size_t size, struct scsi_inquiry *inquiry)
{
    memset(inquiry, 0, sizeof(*inquiry));
    inquiry->type = SCSI_NO_DEVICE;
    if (size < 36) return false;
    /* The qualifier says whether a device is connected; 1 and 3 mean that there is none. */
    if (!(data[0] >> 5)) inquiry->type = data[0] & 0x1f;
    inquiry->removable = data[1] & 0x80;
    scsi_text(data + 8, 8, inquiry->vendor, sizeof(inquiry->vendor));
    scsi_text(data + 16, 16, inquiry->product, sizeof(inquiry->product));
    scsi_text(data + 32, 4, inquiry->revision, sizeof(inquiry->revision));
    return true;
}

/* The length of a page of vital product data, as far as it was sent; false: it is not that page. */
static bool page_length(const uint8_t *data, size_t size, uint8_t code, size_t *length)
{
    if (size < 4 || data[1] != code) return false;
    *length = get16(data + 2);
    if (*length > size - 4) *length = size - 4;
    return true;
}

bool scsi_serial_parse(const uint8_t *data, size_t size, char serial[SCSI_IDENTIFIER_MAX])
{
    size_t length;

    serial[0] = 0;
    if (!page_length(data, size, 0x80, &length)) return false;
    scsi_text(data + 4, length, serial, SCSI_IDENTIFIER_MAX);
    return serial[0];
}

bool scsi_identification_has(const uint8_t *page, size_t page_size, const uint8_t *identifier, size_t size)
{
    size_t length;

    if (!size || !page_length(page, page_size, 0x83, &length)) return false;
    for (size_t at = 4; at + 4 <= length + 4;)
    {
        size_t one = page[at + 3];

        if (one > length + 4 - at - 4) return false;
        /* Of the unit, not of its port or target. */
        if (!(page[at + 1] >> 4 & 3) && one == size && !memcmp(page + at + 4, identifier, size)) return true;
        at += 4 + one;
    }
    return false;
}

size_t scsi_luns_parse(const uint8_t *data, size_t size, uint32_t *luns, size_t room)
{
    size_t count = 0, length;

    if (size < 8) return 0;
    length = (size_t)data[0] << 24 | (size_t)data[1] << 16 | (size_t)data[2] << 8 | data[3];
    if (length > size - 8) length = size - 8;
    for (size_t at = 8; at + 8 <= length + 8 && count < room; at += 8)
    {
        uint8_t method = data[at] >> 6;

        if (method <= 1) luns[count++] = (uint32_t)(data[at] & 0x3f) << 8 | data[at + 1];
    }
    return count;
}

/* ---- Mode pages ---- */

/* A page's parameters (behind its length), as far as they were sent. NULL: it is not there. */
static const uint8_t *find_page(const uint8_t *data, size_t size, uint8_t code, size_t *length)
{
    size_t at;

    if (size < 4) return NULL;
    at = 4 + (size_t)data[3]; /* behind the block descriptors */
    while (at + 2 <= size)
    {
        bool sub_page = data[at] & 0x40;
        size_t header = sub_page ? 4 : 2, page;

        if (at + header > size) return NULL;
        page = sub_page ? get16(data + at + 2) : data[at + 1];
        if ((data[at] & 0x3f) == code && !sub_page)
        {
            *length = page > size - at - header ? size - at - header : page;
            return data + at + header;
        }
        at += header + page;
    }
    return NULL;
}

static struct element_range get_range(const uint8_t *data)
{
    struct element_range range = {get16(data), get16(data + 2)};

    /* Addresses have 16 bits: what would be beyond cannot be named. */
    if (range.count > 0x10000 - range.first) range.count = (uint16_t)(0x10000 - range.first);
    return range;
}

bool element_addresses_parse(const uint8_t *data, size_t size, struct element_addresses *addresses)
{
    size_t length;
    const uint8_t *page = find_page(data, size, 0x1d, &length);

    memset(addresses, 0, sizeof(*addresses));
    if (!page || length < 16) return false;
    addresses->pickers = get_range(page);
    addresses->slots = get_range(page + 4);
    addresses->ports = get_range(page + 8);
    addresses->drives = get_range(page + 12);
    return true;
}

bool changer_rotates(const uint8_t *data, size_t size)
{
    size_t length;
    const uint8_t *page = find_page(data, size, 0x1e, &length);

    return page && length >= 1 && page[0] & 1;
}

/* ---- TapeAlert ---- */

bool tape_alert_wants_cleaning(const uint8_t *data, size_t size)
{
    size_t length;

    if (size < 4 || (data[0] & 0x3f) != 0x2e) return false;
    length = get16(data + 2);
    if (length > size - 4) length = size - 4;
    for (size_t at = 4; at + 5 <= length + 4; at += 4 + (size_t)data[at + 3])
    {
        uint16_t flag = get16(data + at);

        if (data[at + 3] < 1) continue;
        if ((flag == 20 || flag == 21 || flag == 3) && data[at + 4] & 1) return true;
    }
    return false;
}

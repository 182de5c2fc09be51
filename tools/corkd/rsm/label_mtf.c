/*
 * Microsoft Tape Format 1.00a: the TAPE descriptor block with which each tape begins (sections "Common Block Header"
 * and "MTF_TAPE"), read as "Using MTF Media Labels" of the Removable Storage Manager's documentation says.
 */
#include "rsm/label_formats.h"

enum
{
    AT_FIRST_EVENT = 8, /* u16: how long the descriptor block is, its strings included */
    AT_STRING_TYPE = 48,
    AT_CHECKSUM = 50, /* u16: the words before it, exclusive-ored */
    AT_ATTRIBUTES = 56,
    AT_NAME = 68,
    AT_LABEL = 72, /* the media label, or a description */
    AT_SOFTWARE = 80,
    TAPE_SIZE = 94,

    STRINGS_ANSI = 1,
    STRINGS_UNICODE = 2,
    ATTRIBUTE_MEDIA_LABEL = 2,
};

static bool checksum_holds(struct label_bytes bytes)
{
    uint16_t sum = 0;

    for (size_t at = 0; at < AT_CHECKSUM; at += 2)
        sum ^= label_u16(bytes, at);
    return sum == label_u16(bytes, AT_CHECKSUM);
}

/* A string of the block: its size and its place are given at `at`. */
static void read_string(struct label_bytes block, size_t at, char *text, size_t room)
{
    size_t size = label_u16(block, at), place = label_u16(block, at + 2);

    if (block.data[AT_STRING_TYPE] == STRINGS_UNICODE)
        label_utf16(block, place, size, true, text, room);
    else if (block.data[AT_STRING_TYPE] == STRINGS_ANSI)
        label_latin1(block, place, size, text, room);
    else
        text[0] = 0;
}

static int digit_of(char character)
{
    if (character >= '0' && character <= '9') return character - '0';
    character |= 0x20;
    return character >= 'a' && character <= 'f' ? character - 'a' + 10 : -1;
}

/* The GUID that `text` begins with, "12345678-1234-1234-1234-123456789012", as it lies in memory. */
static bool parse_guid(const char *text, uint8_t id[16])
{
    /* The first three fields are numbers, with their lowest byte first. */
    static const uint8_t place[16] = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};

    for (size_t i = 0; i < 16; i++)
    {
        int high, low;

        if ((i == 4 || i == 6 || i == 8 || i == 10) && *text++ != '-') return false;
        high = digit_of(text[0]);
        low = high < 0 ? -1 : digit_of(text[1]);
        if (low < 0) return false;
        id[place[i]] = (uint8_t)(high << 4 | low);
        text += 2;
    }
    return true;
}

static bool find_guid(struct label_bytes block, struct media_label *label)
{
    char text[2048];

    if (!(label_u32(block, AT_ATTRIBUTES) & ATTRIBUTE_MEDIA_LABEL)) return false;
    read_string(block, AT_LABEL, text, sizeof(text));
    for (const char *at = text; *at; at++)
        if (parse_guid(at, label->id))
        {
            label->id_size = 16;
            return true;
        }
    return false;
}

bool label_mtf(struct label_bytes bytes, struct media_label *label)
{
    struct label_bytes block = bytes;

    if (!label_is(bytes, 0, "TAPE") || !label_has(bytes, 0, TAPE_SIZE) || !checksum_holds(bytes)) return false;
    block.size = label_u16(bytes, AT_FIRST_EVENT);
    if (block.size < TAPE_SIZE || block.size > bytes.size) return false;
    label_set_type(label, "MTF");
    read_string(block, AT_SOFTWARE, label->type, sizeof(label->type));
    if (!label->type[0]) label_set_type(label, "MTF");
    read_string(block, AT_NAME, label->info, sizeof(label->info));
    if (!find_guid(block, label)) label_set_digest(label, block, block.size);
    return true;
}

/*
 * On-media labels. The input is a medium's beginning, sparse, so that what lies far in is reached by few bytes: records
 * of a place in units of 256 bytes (2 bytes), a length (2 bytes) and that many bytes; between them are zeros. An input
 * that begins with a byte of its own value 0xff is taken as it is. What is recognised has to be whole: text that ends,
 * an identifier that fits, nothing filled of what is not known; a free label written with that identifier reads back.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "rsm/media_label.h"

static bool is_whole_text(const char *text, size_t room)
{
    size_t length = strnlen(text, room);

    for (size_t i = 0; i < length; i++)
        if ((uint8_t)text[i] < ' ') return false;
    return length < room;
}

static void check_free(const struct media_label *label)
{
    uint8_t block[MEDIA_LABEL_FREE_BYTES];
    struct media_label again;

    if (!label->id_size) return;
    REQUIRE(media_label_write_free(label, block, sizeof(block)) == sizeof(block));
    media_label_recognise(block, sizeof(block), &again);
    REQUIRE(again.kind == LABEL_FREE && again.id_size == label->id_size &&
            !memcmp(again.id, label->id, label->id_size));
}

static void check(const uint8_t *data, size_t size)
{
    struct media_label label;
    uint8_t *exact = malloc(size ? size : 1);

    REQUIRE(exact);
    if (size) memcpy(exact, data, size);
    media_label_recognise(exact, size, &label);
    free(exact);
    REQUIRE((label.kind == LABEL_NONE) == (size == 0));
    REQUIRE(is_whole_text(label.type, sizeof(label.type)) && is_whole_text(label.info, sizeof(label.info)));
    REQUIRE(label.id_size <= LABEL_ID_MAX);
    if (label.kind == LABEL_UNKNOWN || label.kind == LABEL_NONE)
        REQUIRE(!label.type[0] && !label.info[0] && !label.id_size);
    else
        REQUIRE(label.type[0]);
    check_free(&label);
}

static size_t spread(const uint8_t *data, size_t size, uint8_t *medium)
{
    size_t end = 0;

    for (size_t at = 0; at + 4 <= size;)
    {
        size_t place = 256 * (size_t)(data[at] | data[at + 1] << 8),
               length = (size_t)(data[at + 2] | data[at + 3] << 8);

        at += 4;
        if (length > size - at) length = size - at;
        if (place + length > MEDIA_LABEL_DISC_BYTES) break;
        memcpy(medium + place, data + at, length);
        if (place + length > end) end = place + length;
        at += length;
    }
    return end;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t medium[MEDIA_LABEL_DISC_BYTES];
    size_t end;

    if (size && data[0] == 0xff)
    {
        check(data + 1, size - 1);
        return 0;
    }
    end = spread(data, size, medium);
    check(medium, end);
    /* Whole sectors, as a device gives them. */
    if (end % 2048 && end + 2048 - end % 2048 <= sizeof(medium)) check(medium, end + 2048 - end % 2048);
    memset(medium, 0, end);
    return 0;
}

/*
 * READ ELEMENT STATUS: whatever a device sends, each descriptor lies in the data, their number is bounded by the size,
 * and texts are printable and end. What is found of a beginning of the data is also found of the whole.
 */
#include <string.h>

#include "fuzz.h"
#include "rsm/element_status.h"

struct seen
{
    const uint8_t *data;
    size_t size, count;
};

static void check(void *context, const struct element_status *status)
{
    struct seen *seen = context;
    uint8_t sum = 0;

    seen->count++;
    REQUIRE(status->type >= ELEMENT_PICKER && status->type <= ELEMENT_DRIVE);
    REQUIRE(memchr(status->tag, 0, sizeof(status->tag)));
    for (const char *c = status->tag; *c; c++)
        REQUIRE(*c >= 0x20 && *c < 0x7f);
    REQUIRE(!status->identifier_size || (status->identifier >= seen->data &&
                                         status->identifier + status->identifier_size <= seen->data + seen->size));
    for (size_t i = 0; i < status->identifier_size; i++)
        sum = (uint8_t)(sum + status->identifier[i]);
    (void)sum;
    element_identifier_matches(status, "DRV000001");
    REQUIRE(!element_identifier_matches(status, ""));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct seen whole = {.data = data, .size = size}, half = {.data = data, .size = size / 2};
    size_t count = element_status_parse(data, size, check, &whole);

    REQUIRE(count == whole.count && count <= size / 12);
    element_status_parse(data, half.size, check, &half);
    REQUIRE(half.count <= whole.count);
    return 0;
}

/* Libraries that a device change detection watches: what stands in them is asked for now and then. */
#include "rsm/worker.h"

#include <stdlib.h>

#define WATCH_MS 500

/* A number for what stands in the slots and drives; 0: the library does not say. */
static uint64_t look(struct library *library)
{
    static const enum changer_element_type types[] = {CHANGER_DRIVE, CHANGER_SLOT};
    uint64_t sum = 0xcbf29ce484222325u; /* FNV-1a */

    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
    {
        uint32_t count = library->description.elements[types[i]];
        struct changer_content *contents = calloc(count + 1, sizeof(*contents));
        const uint8_t *bytes = (const uint8_t *)contents;

        if (!contents || library->changer->kind->inventory(library->changer, types[i], false, contents)) sum = 0;
        for (size_t at = 0; sum && at < count * sizeof(*contents); at++)
            sum = (sum ^ bytes[at]) * 0x100000001b3u;
        free(contents);
        if (!sum) return 0;
    }
    return sum;
}

void watch_poll(struct library *library)
{
    uint64_t contents, now = monotonic_ms();

    if (library->watched_at && now < library->watched_at + WATCH_MS) return;
    library->watched_at = now;
    contents = look(library);
    if (contents == library->watched_contents) return;
    library->watched_contents = contents;
    if (inventory_run(library, false, IDENTIFY_NEW)) library->uncertain = true;
}

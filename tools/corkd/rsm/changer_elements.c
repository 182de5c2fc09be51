/* What stands in the elements of a SCSI changer. */
#include <stdlib.h>
#include <string.h>

#include "rsm/media_changer.h"
#include "win_error.h"

#define AT_ONCE   128u /* elements asked for in one command */
#define EACH      200u /* bytes of room for each */
#define STATUS_MS 120000u
#define READY_MS  300000u
#define CLEANER   "CLN" /* how the bar codes of cleaning cartridges begin, by common usage */

static const uint8_t type_codes[CHANGER_ELEMENT_TYPES] = {ELEMENT_SLOT, ELEMENT_DRIVE, ELEMENT_PORT};

struct reading
{
    struct media_changer *changer;
    enum changer_element_type type;
    struct changer_content *contents;
    uint32_t next; /* the address behind the highest that was found */
};

static void take_element(void *context, const struct element_status *status)
{
    struct reading *reading = context;
    const struct element_range *range = &reading->changer->ranges[reading->type],
                               *slots = &reading->changer->ranges[CHANGER_SLOT];
    struct changer_content *content;

    if (status->type != type_codes[reading->type] || status->address < range->first ||
        status->address - range->first >= range->count)
        return;
    content = &reading->contents[status->address - range->first];
    memset(content, 0, sizeof(*content));
    content->full = status->full;
    /* 83h: only the bar code could not be read. */
    content->readable = !status->exception || status->asc == 0x83;
    if (status->full) memcpy(content->barcode, status->tag, sizeof(status->tag));
    content->cleaner = !strncmp(content->barcode, CLEANER, strlen(CLEANER));
    if (status->has_source && status->source >= slots->first && status->source - slots->first < slots->count)
    {
        content->has_source = true;
        content->source = status->source - slots->first;
    }
    if (status->has_tag) reading->changer->has_tags = true;
    if (status->address >= reading->next) reading->next = status->address + 1u;
}

/* Some changers without a reader refuse to be asked for bar codes. */
static uint32_t ask(struct reading *reading, uint16_t count, uint8_t *data, uint32_t room, bool *tags)
{
    struct scsi_command command;
    uint8_t cdb[12];
    uint32_t error;

    element_status_command(cdb, type_codes[reading->type], (uint16_t)reading->next, count, *tags, false, room);
    scsi_command_init(&command, cdb, 12, STATUS_MS);
    scsi_command_data(&command, SCSI_DATA_IN, data, room);
    error = scsi_device_run(&reading->changer->device, &command, SCSI_REPEAT, READY_MS);
    if (error == ERROR_INVALID_PARAMETER && *tags)
    {
        *tags = false;
        return ask(reading, count, data, room, tags);
    }
    if (!error) element_status_parse(data, command.transferred, take_element, reading);
    return error;
}

uint32_t changer_elements_read(struct media_changer *changer, enum changer_element_type type,
                               struct changer_content *contents)
{
    const struct element_range *range = &changer->ranges[type];
    struct reading reading = {.changer = changer, .type = type, .contents = contents, .next = range->first};
    uint32_t end = (uint32_t)range->first + range->count, before, error = 0;
    uint8_t *data;
    bool tags = true;

    memset(contents, 0, range->count * sizeof(*contents));
    if (!range->count) return 0;
    data = malloc(16 + AT_ONCE * EACH);
    if (!data) return ERROR_NOT_ENOUGH_MEMORY;
    do
    {
        uint32_t count = end - reading.next < AT_ONCE ? end - reading.next : AT_ONCE;

        before = reading.next;
        error = ask(&reading, (uint16_t)count, data, 16 + count * EACH, &tags);
    }
    while (!error && reading.next > before && reading.next < end);
    free(data);
    return error;
}

uint32_t changer_elements_verify(struct media_changer *changer)
{
    uint32_t error = 0;

    changer->device.changed = false;
    for (int type = 0; type < CHANGER_ELEMENT_TYPES && !error; type++)
    {
        uint32_t count = changer->ranges[type].count;
        struct changer_content *now = calloc(count + 1, sizeof(*now));

        if (!now) return ERROR_NOT_ENOUGH_MEMORY;
        error = changer_elements_read(changer, (enum changer_element_type)type, now);
        for (uint32_t i = 0; i < count && !error; i++)
        {
            const struct changer_content *known = &changer->known[type][i];

            if (now[i].full != known->full || strcmp(now[i].barcode, known->barcode) != 0) error = ERROR_MEDIA_CHANGED;
        }
        free(now);
    }
    if (error) changer->device.changed = true;
    changer->told = error ? 0 : (1u << CHANGER_ELEMENT_TYPES) - 1;
    return error;
}

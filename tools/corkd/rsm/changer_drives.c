/* Which units the drives of a SCSI changer are. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rsm/media_changer.h"
#include "rsm/scsi_nodes.h"
#include "win_error.h"

#define STATUS_MS 120000u
#define READY_MS  300000u
#define UNITS_MAX 256
#define NODES_MAX 256
#define ROOM_MAX  (1u << 20) /* bytes, for what the changer tells of its drives */

/* ---- What the changer tells ---- */

struct matching
{
    struct media_changer *changer;
    const struct tape_drive *candidate;
    bool *named;         /* by element: the changer tells a whole identifier */
    uint32_t match;      /* the element whose identifier is the candidate's; none: the count of them */
    const uint8_t *page; /* the candidate's device identification */
    uint32_t page_size;
};

static uint32_t read_identifiers(struct media_changer *changer, uint8_t *data, uint32_t room, uint32_t *size)
{
    const struct element_range *range = &changer->ranges[CHANGER_DRIVE];
    struct scsi_command command;
    uint8_t cdb[12];
    uint32_t error;

    for (int tags = 1; tags >= 0; tags--)
    {
        element_status_command(cdb, ELEMENT_DRIVE, range->first, range->count, tags, true, room);
        scsi_command_init(&command, cdb, 12, STATUS_MS);
        scsi_command_data(&command, SCSI_DATA_IN, data, room);
        error = scsi_device_run(&changer->device, &command, SCSI_REPEAT, READY_MS);
        if (error != ERROR_INVALID_PARAMETER) break;
    }
    *size = error ? 0 : command.transferred;
    /* Without: then only the location can say it. */
    return error == ERROR_INVALID_PARAMETER ? 0 : error;
}

static void match_element(void *context, const struct element_status *status)
{
    struct matching *matching = context;
    const struct element_range *range = &matching->changer->ranges[CHANGER_DRIVE];
    uint32_t index = (uint32_t)status->address - range->first;

    if (status->type != ELEMENT_DRIVE || status->address < range->first || index >= range->count) return;
    if (status->identifier_size && !status->identifier_cut) matching->named[index] = true;
    if (!matching->candidate || status->identifier_cut) return;
    if (element_identifier_matches(status, matching->candidate->device.serial) ||
        scsi_identification_has(matching->page, matching->page_size, status->identifier, status->identifier_size))
        matching->match = index;
}

/* ---- Candidates ---- */

static uint32_t open_candidate(struct tape_drive *drive, struct scsi_transport *transport, uint32_t unit)
{
    uint32_t error = scsi_device_open(&drive->device, transport, unit);

    if (!error && drive->device.inquiry.type != SCSI_TAPE && drive->device.inquiry.type != SCSI_CD &&
        drive->device.inquiry.type != SCSI_OPTICAL)
        error = ERROR_INVALID_DRIVE;
    return error;
}

static void from_node(struct tape_drive *drive, const struct scsi_node *node)
{
    snprintf(drive->node, sizeof(drive->node), "%s", node->tape);
    drive->port = node->host;
    drive->bus = node->channel;
    drive->target = node->target;
    drive->lun = node->lun;
}

static uint32_t open_generic(struct media_changer *changer, const char *path, struct tape_drive *drive, char *message,
                             size_t size)
{
    struct scsi_transport *transport = NULL;
    uint32_t error = scsi_generic_open(path, changer->device.transport->limit_ms, &transport, message, size);

    if (error) return error;
    drive->owns_transport = true;
    error = open_candidate(drive, transport, 0);
    if (error) snprintf(message, size, "%.100s is no drive, or does not answer", path);
    if (error) transport->kind->close(transport);
    if (error) memset(drive, 0, sizeof(*drive));
    return error;
}

static bool is_iscsi(const struct media_changer *changer)
{
    return changer->base.kind == &iscsi_changer_kind;
}

/* The units beside an iSCSI changer. */
static size_t iscsi_candidates(struct media_changer *changer, struct tape_drive *candidates, size_t room)
{
    static const uint8_t cdb[12] = {0xa0, 0, 0, 0, 0, 0, 0, 0, 8 * UNITS_MAX >> 8, 0, 0, 0};
    struct scsi_command command;
    uint8_t data[8 * UNITS_MAX];
    uint32_t units[UNITS_MAX];
    size_t count, found = 0;

    scsi_command_init(&command, cdb, 12, STATUS_MS);
    scsi_command_data(&command, SCSI_DATA_IN, data, sizeof(data));
    if (scsi_device_run(&changer->device, &command, SCSI_REPEAT, 0)) return 0;
    count = scsi_luns_parse(data, command.transferred, units, UNITS_MAX);
    for (size_t i = 0; i < count && found < room; i++)
    {
        struct tape_drive *drive = &candidates[found];

        if (units[i] == changer->device.unit) continue;
        memset(drive, 0, sizeof(*drive));
        drive->lun = (uint16_t)units[i];
        if (!open_candidate(drive, changer->device.transport, units[i])) found++;
    }
    return found;
}

/* The drives of this machine whose nodes may be opened. */
static size_t generic_candidates(struct media_changer *changer, struct tape_drive *candidates, size_t room)
{
    struct scsi_node *nodes = calloc(NODES_MAX, sizeof(*nodes));
    size_t count = nodes ? scsi_nodes_list("/sys/class", nodes, NODES_MAX) : 0, found = 0;
    char message[256];

    for (size_t i = 0; i < count && found < room; i++)
    {
        if (nodes[i].type != SCSI_TAPE && nodes[i].type != SCSI_OPTICAL && nodes[i].type != SCSI_CD) continue;
        memset(&candidates[found], 0, sizeof(candidates[found]));
        if (open_generic(changer, nodes[i].generic, &candidates[found], message, sizeof(message))) continue;
        from_node(&candidates[found++], &nodes[i]);
    }
    free(nodes);
    return found;
}

/* ---- Matching ---- */

static void take(struct media_changer *changer, uint32_t index, struct tape_drive *candidate)
{
    changer->drives[index] = *candidate;
    memset(candidate, 0, sizeof(*candidate));
}

static void match_candidate(struct media_changer *changer, struct tape_drive *candidate, bool *named,
                            const uint8_t *data, uint32_t size)
{
    uint32_t count = changer->ranges[CHANGER_DRIVE].count, page_size = 0;
    uint8_t page[255];
    struct matching matching = {.changer = changer, .candidate = candidate, .named = named, .match = count};

    if (scsi_device_vital(&candidate->device, 0x83, page, sizeof(page), &page_size)) page_size = 0;
    matching.page = page;
    matching.page_size = page_size;
    element_status_parse(data, size, match_element, &matching);
    if (matching.match < count && !changer->drives[matching.match].device.transport)
        take(changer, matching.match, candidate);
}

/* Units elsewhere may be drives of another library. */
static bool is_beside(const struct media_changer *changer, const struct tape_drive *drive)
{
    const struct scsi_node *node = &changer->node;

    return is_iscsi(changer) ||
           (drive->port == node->host && drive->bus == node->channel && drive->target == node->target);
}

/* One drive of which the changer tells nothing, and one unit beside it that is left: they belong together. */
static void match_last(struct media_changer *changer, struct tape_drive *candidates, size_t found, const bool *named)
{
    uint32_t count = changer->ranges[CHANGER_DRIVE].count, open = count, opens = 0;
    size_t left = found, lefts = 0;

    for (uint32_t i = 0; i < count; i++)
        if (!changer->drives[i].device.transport && !named[i])
        {
            open = i;
            opens++;
        }
    for (size_t i = 0; i < found; i++)
        if (candidates[i].device.transport && is_beside(changer, &candidates[i]))
        {
            left = i;
            lefts++;
        }
    if (opens == 1 && lefts == 1) take(changer, open, &candidates[left]);
}

static uint32_t match_all(struct media_changer *changer)
{
    uint32_t count = changer->ranges[CHANGER_DRIVE].count, size = 0,
             room = count < ROOM_MAX / 400 ? 16 + count * 400 : ROOM_MAX;
    struct tape_drive *candidates = calloc(UNITS_MAX, sizeof(*candidates));
    uint8_t *data = malloc(room);
    bool *named = calloc(count + 1, sizeof(*named));
    uint32_t error = candidates && data && named ? 0 : ERROR_NOT_ENOUGH_MEMORY;
    size_t found = 0;

    if (!error) error = read_identifiers(changer, data, room, &size);
    if (!error)
    {
        struct matching all = {.changer = changer, .named = named};

        element_status_parse(data, size, match_element, &all);
        found = is_iscsi(changer) ? iscsi_candidates(changer, candidates, UNITS_MAX)
                                  : generic_candidates(changer, candidates, UNITS_MAX);
        for (size_t i = 0; i < found; i++)
            match_candidate(changer, &candidates[i], named, data, size);
        match_last(changer, candidates, found, named);
        for (size_t i = 0; i < found; i++)
            tape_drive_close(&candidates[i]);
    }
    free(named);
    free(data);
    free(candidates);
    return error;
}

/* ---- Named in the location ---- */

static uint32_t open_named(struct media_changer *changer, const char *name, struct tape_drive *drive, char *message,
                           size_t size)
{
    struct scsi_node *nodes;
    size_t count;
    uint32_t error;

    if (is_iscsi(changer))
    {
        char *end;
        unsigned long unit = strtoul(name, &end, 10);

        drive->lun = (uint16_t)unit;
        error = *end || unit > 0x3fff ? ERROR_INVALID_DRIVE
                                      : open_candidate(drive, changer->device.transport, (uint32_t)unit);
        if (error) memset(drive, 0, sizeof(*drive));
        if (error) snprintf(message, size, "unit %.60s is no drive, or does not answer", name);
        return error;
    }
    error = open_generic(changer, name, drive, message, size);
    if (error) return error;
    nodes = calloc(NODES_MAX, sizeof(*nodes));
    count = nodes ? scsi_nodes_list("/sys/class", nodes, NODES_MAX) : 0;
    for (size_t i = 0; i < count; i++)
        if (!strcmp(nodes[i].generic, name)) from_node(drive, &nodes[i]);
    free(nodes);
    return 0;
}

uint32_t changer_drives_find(struct media_changer *changer, char *message, size_t size)
{
    uint32_t count = changer->ranges[CHANGER_DRIVE].count, error = 0;

    changer->drives = calloc(count + 1, sizeof(*changer->drives));
    if (!changer->drives) return ERROR_NOT_ENOUGH_MEMORY;
    if (!count) return 0;
    if (!changer->location.has_drives) return match_all(changer);
    if (changer->location.drive_count > count)
    {
        snprintf(message, size, "%zu drives are named, the changer has %u", changer->location.drive_count, count);
        return ERROR_INVALID_PARAMETER;
    }
    for (size_t i = 0; i < changer->location.drive_count && !error; i++)
        if (changer->location.drives[i][0])
            error = open_named(changer, changer->location.drives[i], &changer->drives[i], message, size);
    return error;
}

void changer_drives_close(struct media_changer *changer)
{
    for (uint32_t i = 0; changer->drives && i < changer->ranges[CHANGER_DRIVE].count; i++)
        tape_drive_close(&changer->drives[i]);
    free(changer->drives);
    changer->drives = NULL;
}
